//! `FlatGeobuf` 3: features behind a header that names their columns, and an index that is stepped over.
//!
//! Invariant: each buffer is verified before anything of it is read.

mod geometry;
mod indexed;
mod values;

use flatbuffers::VerifierOptions;
use flatgeobuf::packed_r_tree::NodeItem;
use flatgeobuf::{Header, size_prefixed_root_as_feature_with_opts, size_prefixed_root_as_header_with_opts};

use super::Input;
use super::collect::{Collector, Feature, Halt};
use super::crs::Crs;
use super::cursor::{Cursor, Order, Short};
use super::property::Properties;
use crate::data::{Fault, ProblemKind, Spot};

pub use indexed::{Indexed, Pieces};

/// The version stands between, and a patch behind that changes nothing for readers.
const MAGIC: [&[u8]; 2] = [b"fgb\x03", b"fgb"];
const BEGIN: usize = 8;
/// Bytes of a node of the index.
const NODE: u64 = size_of::<NodeItem>() as u64;
/// Tables in tables of a feature, at most: its parts in their parts.
const MOST_DEPTH: usize = 40;
const MOST_COLUMNS: usize = 1 << 16;

pub(super) fn matches(input: &Input<'_>) -> bool {
    input.bytes.len() >= BEGIN && input.bytes.starts_with(MAGIC[0]) && input.bytes[4..].starts_with(MAGIC[1])
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    features(input.bytes, index_length, collector)
}

/// The features behind a header and, between them, an index of so many bytes.
fn features(
    bytes: &[u8],
    between: fn(&Header<'_>) -> Option<u64>,
    collector: &mut Collector<'_>,
) -> Result<(), Halt> {
    let truncated = |Short| broken(ProblemKind::Truncated);
    let mut cursor = Cursor::new(bytes, BEGIN, Order::Little);
    let header = header(sized(&mut cursor).map_err(truncated)?)?;
    if let Some(length) = between(&header) {
        cursor.take(length.min(usize::MAX as u64) as usize).map_err(truncated)?;
    }
    collector.set_crs(system(&header), None);
    let columns = values::columns(header.columns(), MOST_COLUMNS);
    for number in 1_u64.. {
        if cursor.at >= bytes.len() {
            break;
        }
        let spot = Spot::Record(number);
        let Ok(own) = sized(&mut cursor) else {
            collector.problem(ProblemKind::Truncated, Some(spot));
            break;
        };
        feature(own, (&header, &columns), spot, collector)?;
        collector.reach(cursor.at as u64)?;
    }
    Ok(())
}

fn broken(what: ProblemKind) -> Fault {
    Fault::Broken { format: "FlatGeobuf", spot: None, what }
}

/// A header with its own length before it.
fn header(bytes: &[u8]) -> Result<Header<'_>, Fault> {
    let header = size_prefixed_root_as_header_with_opts(&limits(bytes.len()), bytes);
    header.map_err(|_| broken(ProblemKind::Broken))
}

/// A buffer with its own length before it.
fn sized<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], Short> {
    let start = cursor.at;
    let length = cursor.u32()? as usize;
    cursor.take(length)?;
    cursor.bytes.get(start..cursor.at).ok_or(Short)
}

/// A buffer of so many bytes has no more tables than that, and what is seen may be no larger than it.
fn limits(length: usize) -> VerifierOptions {
    VerifierOptions {
        max_depth: MOST_DEPTH,
        max_tables: length / 4 + 16,
        // Tables may share what they have; a few times as much is honest.
        max_apparent_size: length.saturating_mul(4).saturating_add(1 << 10),
        ..VerifierOptions::default()
    }
}

/// Bytes of the index: nodes over the features, level over level up to one.
fn index_length(header: &Header<'_>) -> Option<u64> {
    let nodes = levels(header)?.iter().fold(0_u64, |sum, nodes| sum.saturating_add(*nodes));
    Some(nodes.saturating_mul(NODE))
}

/// How many nodes each level of the index has, the features' own first; there is one above even a single feature.
/// `None` where there is no index.
fn levels(header: &Header<'_>) -> Option<Vec<u64>> {
    let (count, size) = (header.features_count(), u64::from(header.index_node_size()));
    if count == 0 || size < 2 {
        return None;
    }
    let mut levels = vec![count, count.div_ceil(size)];
    while let Some(nodes) = levels.last().copied().filter(|nodes| *nodes > 1) {
        levels.push(nodes.div_ceil(size));
    }
    Some(levels)
}

fn system(header: &Header<'_>) -> Option<Crs> {
    let crs = header.crs()?;
    let code = u32::try_from(crs.code()).ok().filter(|code| *code > 0);
    let code = code.map(|code| (crs.org().unwrap_or("EPSG").to_uppercase(), code));
    let wkt = crs.wkt().and_then(Crs::of_wkt).and_then(|crs| crs.wkt);
    (code.is_some() || wkt.is_some()).then_some(Crs { code, wkt })
}

fn feature(
    bytes: &[u8],
    (header, columns): (&Header<'_>, &[values::Column]),
    spot: Spot,
    collector: &mut Collector<'_>,
) -> Result<(), Halt> {
    let (mut properties, mut faults, mut shape) = (Properties::default(), Vec::new(), None);
    match size_prefixed_root_as_feature_with_opts(&limits(bytes.len()), bytes) {
        Ok(feature) => {
            if let Some(own) = feature.geometry() {
                match geometry::geometry(&own, header.geometry_type()) {
                    Ok(found) => shape = Some(found),
                    Err(kind) => faults.push(kind),
                }
            }
            // A feature may have columns of its own.
            let own = feature.columns().map(|own| values::columns(Some(own), MOST_COLUMNS));
            let raw = feature.properties().map(|raw| raw.bytes()).unwrap_or_default();
            if let Err(kind) = values::read(raw, own.as_deref().unwrap_or(columns), &mut properties) {
                faults.push(kind);
            }
        }
        Err(_) => faults.push(ProblemKind::Broken),
    }
    collector.add(&Feature { spot, id: None, geometry: shape.as_ref(), properties: &properties, faults })
}

#[cfg(test)]
mod tests;
