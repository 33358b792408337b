//! `GeoParquet` 1.1 (OGC 24-013): groups of rows whose columns stand one behind the other, each in packed pages.
//!
//! Invariant: before the parser makes room for anything, what the file says of it is walked through and held against
//! the bytes that there are, and a page is unpacked by our own hands (`geoparquet/pages.rs`). Where the parser panics
//! all the same, that is a group of rows that does not read, and no more.

mod about;
mod cell;
mod leaf;
mod pages;
mod shape;
mod thrift;
mod tree;

use bytes::Bytes;
use parquet::file::metadata::{
    ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader, ParquetStatisticsPolicy, RowGroupMetaData,
};

use super::super::guard;
use super::super::sheet::{LATITUDES, LONGITUDES};
use super::Input;
use super::collect::{Collector, Feature, Halt};
use super::cursor::{Cursor, Order, Short};
use super::property::Properties;
use crate::data::{Fault, ProblemKind, Spot};
use about::About;
use leaf::Leaf;
use pages::Pages;
use tree::Node;

const FORMAT: &str = "GeoParquet";
const MAGIC: &[u8] = b"PAR1";
/// Bytes behind the description of a file: its length, and the magic bytes again.
const TAIL: usize = 8;
/// Rows that are read at once, at most.
const ROWS: usize = 256;
/// Bytes that the values of a batch may take where they are larger than their pages.
const BATCH: u64 = 1 << 26;
/// Bytes of memory for a level with its value; what is left is counted so that cells find room beside it.
const LEVEL: u64 = 24;
/// Bytes of memory for a byte of the description, roughly.
const DESCRIBED: u64 = 32;
/// Bytes of a value of fixed length, at most.
const LONGEST: i32 = 1 << 16;

/// What is read of a file.
struct Table {
    columns: Vec<Node>,
    /// Whether each of them is a value of its features.
    is_value: Vec<bool>,
    about: About,
}

pub(super) fn matches(input: &Input<'_>) -> bool {
    input.bytes.starts_with(MAGIC)
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    let bytes = input.bytes;
    let broken = |what| Halt::Fault(Fault::Broken { format: FORMAT, spot: None, what });
    let footer = footer(bytes).map_err(|Short| broken(ProblemKind::Truncated))?;
    thrift::check_footer(footer).map_err(|Short| broken(ProblemKind::Broken))?;
    if (footer.len() as u64).saturating_mul(DESCRIBED) > collector.left() {
        return Err(collector.too_large());
    }
    let described = guarded(|| described(footer)).map_err(broken)?;
    let table = Table::of(&described).ok_or(Fault::NoPlaces)?;
    collector.set_crs(table.about.crs.clone(), None);
    let groups = described.row_groups();
    for (number, group) in groups.iter().enumerate() {
        match table.read(group, bytes, collector) {
            Ok(()) => {}
            Err(End::Halt(halt)) => return Err(halt),
            Err(End::Problem(kind)) => {
                let spot = Spot::Record(collector.len() as u64 + 1);
                collector.problem(kind, Some(spot));
            }
        }
        collector.reach(bytes.len() as u64 * (number as u64 + 1) / groups.len() as u64)?;
    }
    Ok(())
}

/// The description at the end of a file.
fn footer(bytes: &[u8]) -> Result<&[u8], Short> {
    let tail = bytes.len().checked_sub(TAIL).filter(|tail| *tail > MAGIC.len()).ok_or(Short)?;
    let mut cursor = Cursor::new(bytes, tail, Order::Little);
    let length = cursor.u32()? as usize;
    let start = tail.checked_sub(length).filter(|start| *start >= MAGIC.len()).ok_or(Short)?;
    if bytes.ends_with(MAGIC) { Ok(&bytes[start..tail]) } else { Err(Short) }
}

fn described(footer: &[u8]) -> parquet::errors::Result<ParquetMetaData> {
    let none = || ParquetStatisticsPolicy::SkipAll;
    let options = ParquetMetaDataOptions::new()
        .with_column_stats_policy(none())
        .with_size_stats_policy(none())
        .with_encoding_stats_policy(none());
    ParquetMetaDataReader::decode_metadata_with_options(footer, Some(&options))
}

/// Calls the parser. Its panics are those of a file that says one thing and holds another: they leave nothing behind
/// that is used again.
fn guarded<T>(call: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, ProblemKind> {
    match guard::guarded(call) {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => {
            log::debug!("{FORMAT}: {error}");
            Err(ProblemKind::Broken)
        }
        None => Err(ProblemKind::Broken),
    }
}

/// Why a group of rows ends early.
enum End {
    Halt(Halt),
    Problem(ProblemKind),
}

impl From<Halt> for End {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<ProblemKind> for End {
    fn from(kind: ProblemKind) -> Self {
        Self::Problem(kind)
    }
}

impl Table {
    /// `None` where nothing of a file says where its rows lie.
    fn of(described: &ParquetMetaData) -> Option<Self> {
        let file = described.file_metadata();
        let mut next = 0;
        let fields = file.schema_descr().root_schema().get_fields().iter();
        let columns: Vec<Node> = fields.map(|field| Node::of(field, (0, 0), &mut next)).collect();
        let about = about::about(file, &columns)?;
        let is_value = columns.iter().map(|column| !about.unread.contains(&column.name)).collect();
        Some(Self { columns, is_value, about })
    }

    fn read(&self, group: &RowGroupMetaData, bytes: &[u8], collector: &mut Collector<'_>) -> Result<(), End> {
        let (mut leaves, at_once) = self.open(group, bytes, collector)?;
        let mut left = usize::try_from(group.num_rows()).map_err(|_| ProblemKind::Broken)?;
        while left > 0 {
            let wanted = left.min(at_once);
            let mut filled = wanted;
            for leaf in leaves.iter_mut().flatten() {
                filled = filled.min(guarded(|| leaf.fill(wanted))?);
            }
            // Values that the parser left empty panic when they are looked at.
            let rows = guard::guarded(|| self.rows(filled, &mut leaves, collector));
            rows.unwrap_or_else(|| Err(ProblemKind::Broken.into()))?;
            if filled < wanted {
                return Err(ProblemKind::Truncated.into());
            }
            left -= wanted;
        }
        Ok(())
    }

    fn rows(
        &self,
        count: usize,
        leaves: &mut [Option<Leaf>],
        collector: &mut Collector<'_>,
    ) -> Result<(), End> {
        for _ in 0..count {
            if leaves.iter().flatten().any(|leaf| leaf.repetition() != Some(0)) {
                return Err(ProblemKind::Broken.into());
            }
            self.feature(leaves, collector)?;
        }
        Ok(())
    }

    /// Opens the columns of a group, and says how many rows are read at once.
    fn open(
        &self,
        group: &RowGroupMetaData,
        bytes: &[u8],
        collector: &Collector<'_>,
    ) -> Result<(Vec<Option<Leaf>>, usize), End> {
        let geometry = self.about.written.columns();
        let is_read = |at: usize| self.is_value[at] || geometry.contains(&at);
        let mut leaves: Vec<Option<Leaf>> = Vec::new();
        let (mut needed, mut at_once) = (0_u64, ROWS as u64);
        for (at, column) in self.columns.iter().enumerate() {
            for index in column.leaves.clone() {
                if !is_read(at) {
                    leaves.push(None);
                    continue;
                }
                let chunk = chunk(group, index, bytes).ok_or(ProblemKind::Truncated)?;
                let about = group.columns()[index].column_descr_ptr();
                let survey = pages::survey(chunk)?;
                let is_nested = about.max_rep_level() > 0;
                needed = needed.saturating_add(chunk.len() as u64).saturating_add(survey.bytes);
                if is_nested {
                    // One row may be all of them.
                    needed = needed.saturating_add(survey.values.saturating_mul(LEVEL));
                }
                if survey.is_chained {
                    at_once = at_once.min(BATCH / survey.largest_page.max(1)).max(1);
                }
                let chained = if is_nested { survey.values } else { at_once };
                if survey.is_chained && chained.saturating_mul(survey.largest_page) > collector.left() {
                    return Err(collector.too_large().into());
                }
                if needed > collector.left() {
                    return Err(collector.too_large().into());
                }
                if about.type_length() > LONGEST {
                    return Err(ProblemKind::Broken.into());
                }
                let has_levels = [about.max_def_level() > 0, is_nested];
                let packing = group.columns()[index].compression();
                let pages = Pages::new(Bytes::copy_from_slice(chunk), packing, has_levels);
                leaves.push(Some(guarded(|| Ok(Leaf::new(about, pages)))?));
            }
        }
        Ok((leaves, at_once as usize))
    }

    fn feature(&self, leaves: &mut [Option<Leaf>], collector: &mut Collector<'_>) -> Result<(), End> {
        let spot = Spot::Record(collector.len() as u64 + 1);
        let (mut properties, mut row) = (Properties::default(), Vec::with_capacity(self.columns.len()));
        let (mut length, most) = (0, collector.left());
        for (column, is_value) in self.columns.iter().zip(&self.is_value) {
            let is_open = leaves.get(column.leaves.start).is_some_and(Option::is_some);
            let cell = if is_open { Some(column.read(leaves)?) } else { None };
            if let (Some(cell), true) = (&cell, is_value) {
                let mut json = String::new();
                if column.push_json(&mut json, cell, most) {
                    length += json.len() as u64;
                    properties.json(&column.name, json);
                }
            }
            if length > most {
                return Err(collector.too_large().into());
            }
            row.push(cell);
        }
        let (geometry, faults) = match self.about.written.geometry(&row) {
            Ok(geometry) => (geometry, Vec::new()),
            Err(kind) => (None, vec![kind]),
        };
        let feature =
            Feature { spot, id: None, geometry: geometry.as_ref(), properties: &properties, faults };
        Ok(collector.add(&feature)?)
    }
}

/// The pages of a column in a group, where they stand in the file.
fn chunk<'a>(group: &RowGroupMetaData, index: usize, bytes: &'a [u8]) -> Option<&'a [u8]> {
    let column = group.columns().get(index)?;
    // Some writers say that a dictionary which is not there stands at the begin of the file.
    let dictionary = column.dictionary_page_offset().filter(|at| *at > 0 && *at < column.data_page_offset());
    let from = usize::try_from(dictionary.unwrap_or(column.data_page_offset())).ok()?;
    let length = usize::try_from(column.compressed_size()).ok()?;
    bytes.get(from..from.checked_add(length)?)
}

#[cfg(test)]
mod tests;
