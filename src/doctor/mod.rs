//! The file doctor: what is wrong with a `GeoJSON` file, byte by byte, and a mended copy of it.
//!
//! Invariant: it sees bytes and gives findings; it opens nothing and writes nothing. Whatever the bytes are it ends,
//! and a mended text has no error left.

mod check;
mod geometry;
mod kind;
mod mend;
mod ring;
mod scan;
mod told;

use std::collections::BTreeMap;

pub use kind::{Kind, Severity};
pub use mend::{Done, Fix, Mended, mend};
pub use told::{done_told, name, places, told};

use check::Checker;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub kind: Kind,
    /// From the begin of the file, from 0.
    pub byte: u64,
    /// The row of the feature, from 0.
    pub feature: Option<u32>,
    /// Longitude and latitude in degrees, where it has a place.
    pub at: Option<[f64; 2]>,
    /// What the sentence tells of it: a name, a number.
    pub detail: String,
}

/// Where a kind is found first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    /// Among the findings.
    pub index: usize,
    pub line: u64,
}

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub features: u64,
    /// Features that could not be understood at all.
    pub lost: u64,
    pub vertices: u64,
    /// West, south, east, north in degrees.
    pub bounds: Option<[f64; 4]>,
    /// In the order of their bytes; of each kind the first thousand.
    pub findings: Vec<Finding>,
    /// How many there are of each kind.
    pub counts: BTreeMap<Kind, u64>,
    /// The first of each kind, with its line from 1.
    pub firsts: BTreeMap<Kind, First>,
    is_in_feature: bool,
    /// Its numbers are no degrees, or stand the wrong way round: they are not judged, and not mended, one by one.
    is_placed_otherwise: bool,
}

impl Report {
    /// How many findings matter that much.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        self.counts.iter().filter(|(kind, _)| kind.severity() == severity).map(|(_, count)| count).sum()
    }
}

/// Looks through a file. `watch` is told how many bytes were read from time to time, and says whether to go on.
#[must_use]
pub fn examine(bytes: &[u8], watch: &dyn Fn(u64) -> bool) -> Report {
    let mut checker = Checker::new(watch);
    let start = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    if start > 0 {
        checker.find(Kind::ByteOrderMark, 0, "");
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        checker.find(Kind::Utf16, 0, "");
        return checker.finish();
    }
    if bytes[start..].iter().all(u8::is_ascii_whitespace) {
        checker.find(Kind::Empty, 0, "");
        return checker.finish();
    }
    for at in not_utf8(bytes) {
        checker.find(Kind::NotUtf8, at, "");
    }
    scan::scan(bytes, start, &mut checker);
    let mut report = checker.finish();
    report.firsts = firsts(bytes, &report.findings);
    report
}

fn firsts(bytes: &[u8], findings: &[Finding]) -> BTreeMap<Kind, First> {
    let mut indices: BTreeMap<Kind, usize> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        indices.entry(finding.kind).or_insert(index);
    }
    let mut order: Vec<(Kind, usize)> = indices.into_iter().collect();
    order.sort_by_key(|(_, index)| *index);
    let lines = places(bytes, order.iter().map(|(_, index)| findings[*index].byte));
    let with_line = |((kind, index), (line, _)): ((Kind, usize), (u64, u64))| (kind, First { index, line });
    order.into_iter().zip(lines).map(with_line).collect()
}

/// Where bytes stand that are no UTF-8.
fn not_utf8(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    bytes.utf8_chunks().filter_map(move |chunk| {
        let bad = at + chunk.valid().len();
        at = bad + chunk.invalid().len();
        (!chunk.invalid().is_empty()).then_some(bad)
    })
}

#[cfg(test)]
mod tests;
