//! What a reader hands over: some features in the order of their source.

use crate::geo::WorldFixed;

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
}

/// Features in columns.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub places: Vec<Place>,
    pub parts: Vec<Part>,
    pub vertices: Vec<WorldFixed>,
    pub problems: Vec<Problem>,
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
