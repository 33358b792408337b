//! What a reader hands over: some features in the order of their source.

use crate::geo::WorldFixed;
use crate::geo::crs::{Guess, Offset, Suspicion};

/// Where a feature stands in its source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub start: u64,
    pub end: u64,
}

/// One point, one line or one ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// One past its last vertex.
    pub end: u32,
    /// The feature it belongs to, counted from the first of its batch.
    pub row: u32,
    pub kind: PartKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    Point,
    Line,
    /// The outer ring of a polygon; its holes follow.
    Outer,
    Hole,
}

/// Something that is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    /// Of the feature in the file, from 0.
    pub feature: Option<u32>,
    /// From the begin of the source.
    pub byte: u64,
    /// In the file itself, where the source was made from it.
    pub spot: Option<Spot>,
}

/// A place in a file that is no GeoJSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Both from 1; columns count characters.
    Line { line: u64, column: u64 },
    /// A record of a table or of a binary file, from 1.
    Record(u64),
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The file ends inside a feature.
    Truncated,
    /// Not the JSON that belongs there.
    Syntax,
    /// A feature without a geometry; it is kept.
    NoGeometry,
    UnknownGeometry,
    /// The arrays are nested otherwise than the type says.
    Nesting,
    /// A position of fewer than two numbers, or of what is no number.
    Position,
    /// Longitude beyond ±180 or latitude beyond ±90.
    OutOfRange,
    /// A line of one position, or a ring of fewer than four.
    TooShort,
    UnclosedRing,
    /// Bytes that are no text in UTF-8.
    Encoding,
    /// A line or a document that is neither a feature nor a geometry nor a collection of them.
    NotGeoJson,
    /// Coordinates in a system that is not WGS84; they are read as they stand.
    OtherCrs,
    /// A record whose bytes do not make sense.
    Broken,
    /// Elements in elements, or collections in collections, too many for any honest file.
    TooDeep,
    /// Another file or a picture that the file only names; it is not fetched.
    NotFollowed,
    /// Numbers too large for degrees in a file that names no coordinate system; nothing of it is drawn.
    Metres,
    /// Degrees in a file that names a system of metres; nothing of it is drawn.
    Degrees,
    /// Latitude before longitude; nothing of it is drawn.
    Swapped,
    /// Places in the Arctic Ocean that lie in Asia the other way round; they are drawn as they stand.
    PerhapsSwapped,
    /// A row of a table that is not as wide as the header.
    Ragged,
    /// A quote in a table that nothing closes; it is read as a sign like any other.
    OpenQuote,
}

/// How the numbers of a file became degrees of WGS84.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The coordinate system's name, as its authority or the file has it.
    pub system: String,
    /// `EPSG:3857`, where one is known.
    pub code: Option<String>,
    /// Within so many metres of WGS84; 0 says as exact as the file.
    pub accuracy_m: f64,
    /// Whether its places lie where the system is not made for, so that nothing is known of its accuracy there.
    pub is_far: bool,
    /// The published shift that was applied: `EPSG:15921`.
    pub shift: Option<String>,
    /// How far the shift of the datum, or the offset that was taken off, moves the middle of the file, in metres.
    pub shift_m: Option<f64>,
    /// The offset of a map service that was taken off.
    pub offset: Option<Offset>,
    pub is_swapped: bool,
}

/// What is not known of the numbers of a file, and must be asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubt {
    /// The coordinate system that the file names and that nobody here knows.
    pub unknown: Option<String>,
    pub suspicion: Suspicion,
    /// Systems that the numbers fit into, the likeliest first.
    pub guesses: Vec<Guess>,
}

impl Doubt {
    /// Whether nothing of the file is drawn before it is answered.
    #[must_use]
    pub const fn hides(&self) -> bool {
        matches!(self.suspicion, Suspicion::Metres | Suspicion::Swapped | Suspicion::Degrees)
    }
}

/// Features in columns.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub places: Vec<Place>,
    pub parts: Vec<Part>,
    pub vertices: Vec<WorldFixed>,
    pub problems: Vec<Problem>,
    /// Of the whole file, where its numbers were not degrees of WGS84 or were read as something else.
    pub placed: Option<Placed>,
    pub doubt: Option<Doubt>,
}

impl Batch {
    /// Adds the features of `next` after these.
    pub fn append(&mut self, mut next: Self) {
        let (rows, vertices) = (self.places.len() as u32, self.vertices.len() as u32);
        self.places.append(&mut next.places);
        self.vertices.append(&mut next.vertices);
        let moved = next.parts.iter();
        self.parts.extend(moved.map(|part| Part { end: part.end + vertices, row: part.row + rows, ..*part }));
        let moved = next.problems.into_iter();
        self.problems.extend(
            moved.map(|problem| Problem { feature: problem.feature.map(|row| row + rows), ..problem }),
        );
    }

    /// Each part with its vertices.
    pub(super) fn each_part(&self) -> impl Iterator<Item = (&Part, &[WorldFixed])> {
        let mut start = 0;
        self.parts.iter().map(move |part| {
            let vertices = &self.vertices[start as usize..part.end as usize];
            start = part.end;
            (part, vertices)
        })
    }
}
