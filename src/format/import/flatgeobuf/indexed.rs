//! `FlatGeobuf` that lies elsewhere: its index tells which bytes hold the features of a view, and only they are read.
//!
//! Invariant: no number of the index is believed. A node's children lie on the level below it, and nodes, features
//! and bytes of one view have limits that are held before anything of them is asked for.

use std::ops::Range;
use std::path::Path;

use super::super::cursor::{Cursor, Order};
use super::super::{Format, Input, read_in};
use super::{BEGIN, NODE, broken, features, header, index_length, levels, matches, system};
use crate::data::{Batch, Fault, ProblemKind, Source};
use crate::format::{ReadAs, ReadError, Watch};

/// Bytes of a header, at most: its columns.
const MOST_HEADER: u64 = 4 << 20;
/// Nodes of the index that are read for a view, at most.
const MOST_NODES: u64 = 500_000;
/// Features of a view, at most.
const MOST_FEATURES: usize = 50_000;
/// Bytes that are read for a view, at most.
const MOST_BYTES: u64 = 48 << 20;
/// Features so close in the file are asked for together, with what lies between them.
const GAP: u64 = 64 << 10;

/// A part of a file: its header, and some of its features right behind.
const PART: Format = Format {
    name: "FlatGeobuf",
    extensions: &[],
    matches,
    read: |input, collector| features(input.bytes, |_| None, collector),
};

/// Where the bytes of a file come from.
pub trait Pieces: Send + Sync {
    /// How many bytes there are.
    fn size(&self) -> u64;

    /// Exactly so many bytes from a place on.
    ///
    /// # Errors
    /// The fault that a person is told.
    fn piece(&self, from: u64, len: usize) -> Result<Vec<u8>, Fault>;
}

/// A file whose features are read view by view.
pub struct Indexed {
    pieces: Box<dyn Pieces>,
    /// With its length before it.
    header: Vec<u8>,
    /// Nodes of each level, the features' own first.
    levels: Vec<u64>,
    /// Children of a node, at most.
    width: u64,
    /// Where the index begins, and the features behind it.
    index: u64,
    features: u64,
    /// As the file calls itself.
    pub name: Option<String>,
    /// West, south, east, north in degrees, as the file says.
    pub bounds: Option<[f64; 4]>,
}

impl Indexed {
    /// Reads the header. `None` where there is no index or where positions are no degrees of WGS84: such a file is
    /// read whole.
    ///
    /// # Errors
    /// No `FlatGeobuf`, a header that does not read, or the fault of the pieces.
    pub fn open(pieces: Box<dyn Pieces>) -> Result<Option<Self>, Fault> {
        let begin = BEGIN as u64 + 4;
        if pieces.size() < begin {
            return Err(broken(ProblemKind::Truncated));
        }
        let head = pieces.piece(0, begin as usize)?;
        if !matches(&Input { bytes: &head, path: Path::new("") }) {
            return Err(Fault::UnknownFormat);
        }
        let length = u64::from(Cursor::new(&head, BEGIN, Order::Little).u32().unwrap_or(u32::MAX));
        if length > MOST_HEADER || begin + length > pieces.size() {
            return Err(broken(ProblemKind::Truncated));
        }
        let bytes = pieces.piece(BEGIN as u64, length as usize + 4)?;
        let about = header(&bytes)?;
        let (Some(levels), Some(index_length)) = (levels(&about), index_length(&about)) else {
            return Ok(None);
        };
        let is_of_degrees = system(&about).is_none_or(|crs| {
            crs.code.is_some_and(|(org, code)| (org.as_str(), code) == ("EPSG", 4326) || org == "OGC")
        });
        let index = begin + length;
        let Some(features) =
            index.checked_add(index_length).filter(|at| is_of_degrees && *at <= pieces.size())
        else {
            return Ok(None);
        };
        let envelope: Vec<f64> = about.envelope().into_iter().flatten().collect();
        let bounds =
            <[f64; 4]>::try_from(envelope).ok().filter(|bounds| bounds.iter().all(|n| n.is_finite()));
        let name = about.name().filter(|name| !name.is_empty()).map(str::to_owned);
        let width = u64::from(about.index_node_size());
        Ok(Some(Self { pieces, header: bytes, levels, width, index, features, name, bounds }))
    }

    /// Features of the whole file, as it says.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.levels[0]
    }

    /// The features whose boxes touch any of some, each of which is west, south, east, north in degrees; `None` where
    /// there are too many of them to be read at once.
    ///
    /// # Errors
    /// What the bytes of the file or their reader say, `Stopped` where the watch said so.
    pub fn within(&self, boxes: &[[f64; 4]], watch: &dyn Watch) -> Result<Option<(Source, Batch)>, Fault> {
        let Some(places) = self.found(boxes)? else { return Ok(None) };
        let Some(own) = self.gathered(&places)? else { return Ok(None) };
        if own.is_empty() {
            return Ok(Some((std::sync::Arc::new(Vec::new()), Batch::default())));
        }
        let bytes = [b"fgb\x03fgb\0", self.header.as_slice(), &own].concat();
        let input = Input { bytes: &bytes, path: Path::new("view.fgb") };
        let read = read_in(&PART, &input, &ReadAs::default(), watch);
        read.map(Some).map_err(|error: ReadError| error.fault)
    }

    /// Where the features begin whose boxes touch any of some, in the order of the file.
    fn found(&self, boxes: &[[f64; 4]]) -> Result<Option<Vec<u64>>, Fault> {
        let total: u64 = self.levels.iter().sum();
        let mut end = 0;
        let root = 0..1;
        let mut wanted = vec![root];
        let mut seen = 0;
        let mut places = Vec::new();
        for (level, nodes) in self.levels.iter().enumerate().rev() {
            end += nodes;
            let below = end..(end + level.checked_sub(1).map_or(0, |below| self.levels[below])).min(total);
            seen += wanted.iter().map(|range| range.end - range.start).sum::<u64>();
            if seen > MOST_NODES {
                return Ok(None);
            }
            let mut children: Vec<Range<u64>> = Vec::new();
            for range in &wanted {
                for node in self.nodes(range)?.into_iter().filter(|node| node.touches(boxes)) {
                    if level == 0 {
                        places.push(node.offset);
                    } else if below.contains(&node.offset) {
                        join(&mut children, node.offset..(node.offset + self.width).min(below.end));
                    } else {
                        return Err(broken(ProblemKind::Broken));
                    }
                }
            }
            if places.len() > MOST_FEATURES {
                return Ok(None);
            }
            wanted = children;
        }
        places.sort_unstable();
        places.dedup();
        Ok(Some(places))
    }

    fn nodes(&self, range: &Range<u64>) -> Result<Vec<Node>, Fault> {
        let length = (range.end - range.start) * NODE;
        let bytes = self.pieces.piece(self.index + range.start * NODE, length as usize)?;
        Ok(bytes.chunks_exact(NODE as usize).filter_map(Node::of).collect())
    }

    /// The features at some places, each with its length before it; `None` where they are too large.
    fn gathered(&self, places: &[u64]) -> Result<Option<Vec<u8>>, Fault> {
        let mut own = Vec::new();
        let mut read = 0;
        for near in places.chunk_by(|a, b| b - a <= GAP) {
            let (first, last) = (near[0], near[near.len() - 1]);
            let (from, size) = (self.features.saturating_add(first), last - first + 4);
            read += size;
            if read > MOST_BYTES {
                return Ok(None);
            }
            if from.saturating_add(size) > self.pieces.size() {
                return Err(broken(ProblemKind::Truncated));
            }
            let bytes = self.pieces.piece(from, size as usize)?;
            for place in near {
                let at = (place - first) as usize;
                let length = Cursor::new(&bytes, at, Order::Little)
                    .u32()
                    .map_err(|_| broken(ProblemKind::Truncated))?;
                let whole = length as usize + 4;
                if let Some(here) = bytes.get(at..at.saturating_add(whole)) {
                    own.extend_from_slice(here);
                    continue;
                }
                let from = self.features.saturating_add(*place);
                read += u64::from(length);
                if read > MOST_BYTES {
                    return Ok(None);
                }
                if from.saturating_add(whole as u64) > self.pieces.size() {
                    return Err(broken(ProblemKind::Truncated));
                }
                own.extend(self.pieces.piece(from, whole)?);
            }
        }
        Ok(Some(own))
    }
}

/// Adds a range, to the last one where it goes on there.
fn join(ranges: &mut Vec<Range<u64>>, range: Range<u64>) {
    match ranges.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => ranges.push(range),
    }
}

/// A box, and where that which it holds begins: a feature behind the index, or the first of its children among the
/// nodes.
struct Node {
    bounds: [f64; 4],
    offset: u64,
}

impl Node {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes, 0, Order::Little);
        let mut bounds = [0.0; 4];
        for side in &mut bounds {
            *side = cursor.f64().ok()?;
        }
        Some(Self { bounds, offset: cursor.u64().ok()? })
    }

    fn touches(&self, boxes: &[[f64; 4]]) -> bool {
        let [w, s, e, n] = self.bounds;
        boxes.iter().any(|[west, south, east, north]| w <= *east && e >= *west && s <= *north && n >= *south)
    }
}

impl std::fmt::Debug for Indexed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indexed")
            .field("name", &self.name)
            .field("levels", &self.levels)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
