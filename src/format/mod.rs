//! Reads a person's files, one reader a format, and writes features for other programs.
//!
//! Invariant: a reader trusts no file. It looks only where its bytes are, counts its nesting, and a feature that
//! it cannot read is a problem with a place while the rest opens.

mod antimeridian;
mod columns;
pub mod csv;
mod database;
mod feature;
mod folder;
mod geojson;
mod guard;
mod import;
pub mod join_text;
mod mapped;
pub mod notes;
mod packed;
pub mod placed_text;
mod positions;
mod properties;
mod read_as;
mod refusal;
mod room;
mod scan;
mod sheet;
pub mod write;

use std::path::Path;
use std::sync::Arc;

use crate::data::{Batch, Fault, Problem, ProblemKind, Source, Spot};
use crate::i18n::Strings;
use crate::i18n::strings::ProblemTexts;

pub use columns::columns;
pub use csv::recoded;
pub use database::{database_is_broken, open_database};
pub use folder::unfolded;
pub use guard::is_guarded;
pub use import::{Crs, FORMATS, Format, Imported, Indexed, Pieces, import, named};
pub use mapped::{STDIN, map};
pub use packed::ending;
pub use properties::{Value, id_and_properties, name_of, shown};
pub use read_as::ReadAs;
pub use refusal::{ReadError, filter_fault, refused};
pub use sheet::{SHEETS, has_places, read_sheet, sheet};

/// How the names of files of GeoJSON end; what is inside decides.
pub const EXTENSIONS: [&str; 5] = ["geojson", "json", "geojsonl", "ndjson", "geojsons"];

/// How the names of all files end that can be read.
#[must_use]
pub fn all_extensions() -> Vec<&'static str> {
    let others = FORMATS.iter().flat_map(|format| format.extensions);
    EXTENSIONS.iter().chain(&SHEETS).chain(others).copied().collect()
}

/// What a reader does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    GoOn,
    /// Stop with what was read so far.
    Keep,
    /// Stop and forget it.
    Drop,
}

/// What is told while a file is read, and what to do next.
pub trait Watch: Sync {
    /// So many more bytes and vertices have been read.
    fn next(&self, bytes: u64, vertices: u64) -> Next;

    /// Whether the features read so far are to be shown, which have so many vertices.
    fn wants_preview(&self, _vertices: u64) -> bool {
        false
    }

    /// The features at the begin of the file.
    fn preview(&self, _source: Source, _batch: Batch) {}
}

/// Reads to the end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patient;

impl Watch for Patient {
    fn next(&self, _bytes: u64, _vertices: u64) -> Next {
        Next::GoOn
    }
}

/// Reads a file whole; `Stopped` where the watch said so.
pub fn read(path: &Path, watch: &dyn Watch) -> Result<(Source, Batch), ReadError> {
    read_as(path, &ReadAs::default(), watch)
}

/// Reads a file whose numbers are what a person says that they are.
pub fn read_as(path: &Path, read_as: &ReadAs, watch: &dyn Watch) -> Result<(Source, Batch), ReadError> {
    read_source_as(map(path)?, path, (read_as, watch))
}

/// Whether a file is a table of text: by its name, or where that says nothing by its begin.
#[must_use]
pub fn is_sheet(bytes: &[u8], path: &Path) -> bool {
    named(bytes, path) == Some(sheet::NAME)
}

/// Whether a text is data of any format, and not words or the names of files.
#[must_use]
pub fn is_data(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', char::from(geojson::RECORD)]) || named(text.as_bytes(), Path::new("")).is_some()
}

/// SHA-256 of what a file is read as, in hexadecimal digits: of its own bytes, or of the `GeoJSON` that is made of it.
/// `None` where it does not read.
#[must_use]
pub fn fingerprint(path: &Path) -> Option<String> {
    fingerprint_as(path, &ReadAs::default())
}

/// The same of a file whose numbers are what a person says that they are.
#[must_use]
pub fn fingerprint_as(path: &Path, how: &ReadAs) -> Option<String> {
    let (source, _) = read_as(path, how, &Patient).ok()?;
    Some(crate::data::fingerprint((*source).as_ref()))
}

/// Reads what stands in memory, of whatever format that needs no other file; errors call it `path`.
pub fn read_source(source: Source, path: &Path, watch: &dyn Watch) -> Result<(Source, Batch), ReadError> {
    read_source_as(source, path, (&ReadAs::default(), watch))
}

/// The same with numbers that are what a person says that they are.
pub fn read_source_as(
    source: Source,
    path: &Path,
    (read_as, watch): (&ReadAs, &dyn Watch),
) -> Result<(Source, Batch), ReadError> {
    let bytes = (*source).as_ref();
    if let Some(read) = import::read((bytes, path), read_as, watch) {
        return read;
    }
    room::check(path, bytes.len() as u64)?;
    if sheet::is_sheet(bytes, path) {
        return read_sheet(&sheet(bytes, path)?, path, (read_as, watch));
    }
    read_as::read_geojson(source, path, (read_as, watch))
}

/// Reads `GeoJSON` in degrees of WGS84 that stands in memory.
fn read_geojson(source: Source, path: &Path, watch: &dyn Watch) -> Result<(Source, Batch), ReadError> {
    let bytes = (*source).as_ref();
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let first = bytes[start..].iter().copied().find(|byte| !is_blank(byte));
    let refusal = |fault| ReadError::new(path, fault);
    match first {
        None => return Err(refusal(Fault::Empty)),
        Some(b'{' | geojson::RECORD) => {}
        Some(_) => return Err(refusal(Fault::UnknownFormat)),
    }
    let preview = |batch| watch.preview(Arc::clone(&source), batch);
    let batch = geojson::read((bytes, start), watch, &preview).map_err(|end| match end {
        geojson::End::Stopped => refusal(Fault::Stopped),
        geojson::End::Syntax { byte, what } => {
            let (line, column) = line_and_column(bytes, byte);
            refusal(Fault::Syntax { line, column, what })
        }
    })?;
    Ok((source, batch))
}

/// What a feature is called: by its name where a property has one, else by its number from 1.
#[must_use]
pub fn label(bytes: &[u8], row: u32) -> String {
    let (_, properties) = id_and_properties(bytes);
    name_of(&properties).unwrap_or_else(|| format!("#{}", u64::from(row) + 1))
}

/// `Line 3, column 12: no geometry`.
#[must_use]
pub fn told(strings: &Strings, source: &[u8], problem: &Problem) -> String {
    match problem.spot {
        Some(spot) => at_spot(&strings.problems, spot, problem.kind),
        None => placed(&strings.problems, line_and_column(source, problem.byte), problem.kind),
    }
}

/// Each of some problems that stand in the order of their bytes; the file is walked through once.
#[must_use]
pub fn told_all(strings: &Strings, source: &[u8], problems: &[Problem]) -> Vec<String> {
    let (mut from, mut lines) = (0, 0);
    let told = problems.iter().map(|problem| {
        if let Some(spot) = problem.spot {
            return at_spot(&strings.problems, spot, problem.kind);
        }
        let at = (problem.byte as usize).min(source.len()).max(from);
        lines += memchr::memchr_iter(b'\n', &source[from..at]).count() as u64;
        from = at;
        placed(&strings.problems, (lines + 1, column(source, at)), problem.kind)
    });
    told.collect()
}

/// What is wrong in a line and column.
fn placed(texts: &ProblemTexts, (line, column): (u64, u64), kind: ProblemKind) -> String {
    let (line, column) = (line.to_string(), column.to_string());
    texts.at.fill_all(&[("line", &line), ("column", &column), ("reason", reason(texts, kind))])
}

/// What is wrong at a place of a file that is no GeoJSON.
fn at_spot(texts: &ProblemTexts, spot: Spot, kind: ProblemKind) -> String {
    match spot {
        Spot::Line { line, column } => placed(texts, (line, column), kind),
        Spot::Record(record) => {
            let reason = reason(texts, kind);
            texts.at_record.fill_all(&[("record", &record.to_string()), ("reason", reason)])
        }
    }
}

/// What is wrong, without its place.
#[must_use]
pub fn reason(texts: &ProblemTexts, kind: ProblemKind) -> &String {
    match kind {
        ProblemKind::Truncated => &texts.truncated,
        ProblemKind::Syntax => &texts.syntax,
        ProblemKind::NoGeometry => &texts.no_geometry,
        ProblemKind::UnknownGeometry => &texts.unknown_geometry,
        ProblemKind::Nesting => &texts.nesting,
        ProblemKind::Position => &texts.position,
        ProblemKind::OutOfRange => &texts.out_of_range,
        ProblemKind::TooShort => &texts.too_short,
        ProblemKind::UnclosedRing => &texts.unclosed_ring,
        ProblemKind::Encoding => &texts.encoding,
        ProblemKind::NotGeoJson => &texts.not_geojson,
        ProblemKind::OtherCrs => &texts.other_crs,
        ProblemKind::Broken => &texts.broken,
        ProblemKind::TooDeep => &texts.too_deep,
        ProblemKind::NotFollowed => &texts.not_followed,
        ProblemKind::Metres => &texts.metres,
        ProblemKind::Degrees => &texts.degrees,
        ProblemKind::Swapped => &texts.swapped,
        ProblemKind::PerhapsSwapped => &texts.perhaps_swapped,
        ProblemKind::Ragged => &texts.ragged,
        ProblemKind::OpenQuote => &texts.open_quote,
    }
}

/// Where a byte stands, both from 1; columns count characters.
#[must_use]
pub fn line_and_column(bytes: &[u8], byte: u64) -> (u64, u64) {
    let at = (byte as usize).min(bytes.len());
    (memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64 + 1, column(bytes, at))
}

/// The column of a byte, from 1.
fn column(bytes: &[u8], at: usize) -> u64 {
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |at| at + 1);
    // Continuation bytes of UTF-8 begin no character.
    bytes[start..at].iter().filter(|byte| (**byte & 0xc0) != 0x80).count() as u64 + 1
}

#[cfg(test)]
mod tests;
