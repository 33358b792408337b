//! Files of other programs, one row of [`FORMATS`] each: what is inside decides, the name only hints.
//!
//! Invariant: a reader writes its features as `GeoJSON`, one a line, and everything after that is as if a person had
//! opened that text: the same checks, the same columns, the same properties on demand. What it could not carry over
//! is a problem with the place in the file itself.

mod archive;
mod arcs;
mod collect;
pub(super) mod crs;
mod cursor;
mod flatgeobuf;
mod geometry;
mod geopackage;
mod geoparquet;
mod gpx;
mod kml;
mod lines;
mod property;
mod shapefile;
mod topojson;
pub(super) mod wkb;
pub(super) mod wkt;
mod xml;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::read_as::{Outcome, ReadAs, may_be_degrees};
use super::{Next, ReadError, Watch, room};
use crate::data::{Batch, Fault, Problem, ProblemKind, Source, Spot};
use collect::{Collector, Halt};

pub use crs::Crs;
pub use flatgeobuf::{Indexed, Pieces};
pub(super) use geometry::push_number;

/// So many bytes at the begin of a file are looked at for what it is.
const LOOKED_AT: usize = 1 << 12;

/// A format of another program.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// As its makers write it.
    pub name: &'static str,
    /// How its files may end, in small letters.
    pub extensions: &'static [&'static str],
    /// Whether a file seems to be one, by its bytes and then by its name.
    matches: fn(&Input<'_>) -> bool,
    read: fn(&Input<'_>, &mut Collector<'_>) -> Result<(), Halt>,
}

/// A file before anything of it is known.
#[derive(Clone, Copy)]
struct Input<'a> {
    bytes: &'a [u8],
    path: &'a Path,
}

/// What a file of another program has become.
#[derive(Debug)]
pub struct Imported {
    /// Features as `GeoJSON`, one a line.
    pub text: Vec<u8>,
    /// Where each feature stands in the file.
    pub spots: Vec<Spot>,
    /// What was found before the text is read, in the order of its bytes.
    pub problems: Vec<Problem>,
    /// The coordinate systems that it names, each once; none of them is an unknown that is read as degrees.
    pub crs: Vec<Crs>,
    /// What became of them.
    pub(super) outcome: Outcome,
}

/// Every format that we read besides `GeoJSON` and tables, most specific first: the first that matches wins.
pub const FORMATS: &[Format] = &[
    Format { name: "KML", extensions: &["kml", "kmz"], matches: kml::matches, read: kml::read },
    Format { name: "GPX", extensions: &["gpx"], matches: gpx::matches, read: gpx::read },
    Format {
        name: "Shapefile",
        extensions: &["shp", "zip"],
        matches: shapefile::matches,
        read: shapefile::read,
    },
    Format {
        name: "GeoPackage",
        extensions: &["gpkg"],
        matches: geopackage::matches,
        read: geopackage::read,
    },
    Format {
        name: "GeoParquet",
        extensions: &["parquet", "geoparquet"],
        matches: geoparquet::matches,
        read: geoparquet::read,
    },
    Format { name: "FlatGeobuf", extensions: &["fgb"], matches: flatgeobuf::matches, read: flatgeobuf::read },
    Format { name: "TopoJSON", extensions: &["topojson"], matches: topojson::matches, read: topojson::read },
    Format { name: "WKT", extensions: &["wkt"], matches: wkt::matches, read: wkt::read },
];

/// The one file of an archive that is of no format which comes as an archive; `None` where these bytes are no such
/// archive.
pub(super) fn alone(bytes: &[u8]) -> Option<Result<Vec<u8>, Fault>> {
    let archive = archive::Archive::is_one(bytes).then(|| archive::Archive::of(bytes))?.ok()?;
    let entry = archive.only()?;
    let name = entry.name.to_lowercase();
    (![".shp", ".kml"].iter().any(|end| name.ends_with(end))).then(|| archive.unpack(entry))
}

/// The format that a file is of; `None` where no row of the table says so.
fn found(input: &Input<'_>) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.matches)(input))
}

/// What the format of a file is called that is no `GeoJSON`: by its bytes, and for tables by its name where it has one.
/// `None` where it is to be read as `GeoJSON`.
#[must_use]
pub fn named(bytes: &[u8], path: &Path) -> Option<&'static str> {
    let table = super::sheet::is_sheet(bytes, path).then_some(super::sheet::NAME);
    found(&Input { bytes, path }).map(|format| format.name).or(table)
}

/// Reads a file of another program; `None` where it is of no such format. `bytes` are those of the file at `path`,
/// whose neighbours are looked at where a format has several files.
pub fn import(bytes: &[u8], path: &Path, watch: &dyn Watch) -> Option<Result<Imported, ReadError>> {
    import_as((bytes, path), &ReadAs::default(), watch)
}

fn import_as(
    (bytes, path): (&[u8], &Path),
    read_as: &ReadAs,
    watch: &dyn Watch,
) -> Option<Result<Imported, ReadError>> {
    let input = Input { bytes, path };
    let format = found(&input)?;
    Some(taken(format, &input, (read_as, watch)).map_err(|fault| ReadError::new(path, fault)))
}

fn taken(
    format: &Format,
    input: &Input<'_>,
    (read_as, watch): (&ReadAs, &dyn Watch),
) -> Result<Imported, Fault> {
    let mut collector = Collector::new(watch, read_as, room::most_text());
    let read = (format.read)(input, &mut collector);
    match read.and_then(|()| collector.tell(input.bytes.len() as u64)) {
        Ok(()) | Err(Halt::Enough) => {}
        Err(Halt::Fault(fault)) => return Err(fault),
    }
    let imported = collector.finish();
    if !imported.spots.is_empty() {
        return Ok(imported);
    }
    let format = format.name;
    Err(match imported.problems.first() {
        Some(problem) => Fault::Broken { format, spot: problem.spot, what: problem.kind },
        None => Fault::NoFeatures { format },
    })
}

/// Reads a file of another program as features; `None` where it is of no such format.
pub(super) fn read(
    (bytes, path): (&[u8], &Path),
    read_as: &ReadAs,
    watch: &dyn Watch,
) -> Option<Result<(Source, Batch), ReadError>> {
    let input = Input { bytes, path };
    found(&input).map(|format| read_in(format, &input, read_as, watch))
}

/// The same of a file whose format is known.
fn read_in(
    format: &Format,
    input: &Input<'_>,
    read_as: &ReadAs,
    watch: &dyn Watch,
) -> Result<(Source, Batch), ReadError> {
    let path = input.path;
    let first = First { watch, has_enough: AtomicBool::new(false) };
    let imported = taken(format, input, (read_as, &first)).map_err(|fault| ReadError::new(path, fault))?;
    let Imported { text, spots, problems, crs: _, outcome } = imported;
    let again =
        Again { watch, has_enough: first.has_enough.into_inner(), spots: &spots, problems: &problems };
    let read = super::read_geojson(Arc::new(text), path, &again);
    read.map(|(source, mut batch)| {
        again.place(&mut batch);
        outcome.tell((*source).as_ref(), &mut batch);
        again.locate(&mut batch);
        (source, batch)
    })
}

/// Watches while the file becomes text: its bytes count then, its vertices later.
struct First<'a> {
    watch: &'a dyn Watch,
    has_enough: AtomicBool,
}

impl Watch for First<'_> {
    fn next(&self, bytes: u64, _vertices: u64) -> Next {
        let next = self.watch.next(bytes, 0);
        self.has_enough.fetch_or(next == Next::Keep, Ordering::Relaxed);
        next
    }
}

/// Watches while the text becomes features.
struct Again<'a> {
    watch: &'a dyn Watch,
    /// Whoever wanted no more than was read so far wants all of that.
    has_enough: bool,
    spots: &'a [Spot],
    problems: &'a [Problem],
}

impl Again<'_> {
    /// What is odd about all numbers stands where the first of them does.
    fn locate(&self, batch: &mut Batch) {
        use ProblemKind::{Degrees, Metres, PerhapsSwapped, Swapped};
        let is_of_all =
            |problem: &&mut Problem| matches!(problem.kind, Degrees | Metres | Swapped | PerhapsSwapped);
        for problem in batch.problems.iter_mut().filter(is_of_all) {
            problem.spot = self.spots.first().copied();
        }
    }

    /// Puts problems where they stand in the file, and adds those that only the file shows.
    fn place(&self, batch: &mut Batch) {
        // Why a feature has no geometry its reader has said already.
        let mut said = self.problems.iter().filter_map(|problem| problem.feature).collect::<Vec<u32>>();
        said.dedup();
        let is_said = |row: Option<u32>| row.is_some_and(|row| said.binary_search(&row).is_ok());
        batch.problems.retain(|problem| problem.kind != ProblemKind::NoGeometry || !is_said(problem.feature));
        for problem in &mut batch.problems {
            let row = problem.feature.and_then(|row| self.spots.get(row as usize));
            problem.spot = row.copied();
        }
        let rows = batch.places.len() as u32;
        let is_read = |problem: &&Problem| problem.feature.is_none_or(|row| row < rows);
        batch.problems.extend(self.problems.iter().filter(is_read).cloned());
        batch.problems.sort_by_key(|problem| problem.byte);
    }
}

impl Watch for Again<'_> {
    fn next(&self, _bytes: u64, vertices: u64) -> Next {
        match self.watch.next(0, vertices) {
            Next::Keep if self.has_enough => Next::GoOn,
            next => next,
        }
    }

    fn wants_preview(&self, vertices: u64) -> bool {
        self.watch.wants_preview(vertices)
    }

    fn preview(&self, source: Source, mut batch: Batch) {
        self.place(&mut batch);
        if may_be_degrees((*source).as_ref(), &batch) {
            self.watch.preview(source, batch);
        }
    }
}

impl Input<'_> {
    /// The begin of the file.
    fn head(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().min(LOOKED_AT)]
    }

    /// Whether the name ends so; `ends` are in small letters.
    fn ends_in(&self, ends: &[&str]) -> bool {
        let end = self.path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        ends.iter().any(|wanted| wanted.eq_ignore_ascii_case(end))
    }
}

#[cfg(test)]
mod tests;
