//! Mapbox Vector Tile 1 and 2: the features of a tile as lines of `GeoJSON`, cut to the tile itself.
//!
//! The reader of protobuf is our own: mvt-reader would bring prost, which nothing else here needs, and the part of the
//! wire format that tiles use is a hundred lines, over which the limits are ours.
//!
//! Invariant: nothing is taken in memory that the tile's own bytes do not pay for, up to the limits. A feature that
//! does not read is counted while the others are written, and the same bytes give the same text.

mod clip;
mod layer;
mod protobuf;
mod shape;
mod write;

use self::layer::{Feature, TileLayer};
use self::protobuf::{Reader, Wire};
use self::shape::Shape;
use self::write::Line;
pub(super) use self::write::push_degrees;
use super::{Part, TileCoord, TileError};

/// What a tile or a window of tiles may become, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Features that are written.
    pub features: usize,
    /// Vertices of them, before they are cut.
    pub vertices: usize,
    /// Bytes of text.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { features: 500_000, vertices: 8_000_000, bytes: 256 << 20 }
    }
}

/// What became of a tile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Lines that were written.
    pub features: usize,
    /// Vertices that were read.
    pub vertices: usize,
    /// Features that lie outside the tile's own bounds, in the margin that it shares with its neighbours.
    pub outside: usize,
    /// Features whose kind of geometry is not known.
    pub unknown: usize,
    /// Layers, features and properties that break the specification and are left out.
    pub problems: usize,
    /// Whether a limit ended the reading.
    pub is_cut: bool,
}

/// Writes the features of an unpacked tile behind `out`, one `GeoJSON` feature a line, in degrees.
///
/// Each has its own properties and `layer`, the name of its layer; a feature with a property of that name keeps its
/// own and has the layer's under `mvt_layer`. Geometry is cut to the tile, so that neighbours do not overlap.
/// An error means bytes that are no protobuf; `out` is then as it was.
pub fn features(
    tile: &[u8],
    coord: TileCoord,
    out: &mut Vec<u8>,
    limits: &Limits,
) -> Result<Stats, TileError> {
    let before = out.len();
    let mut work = Work { stats: Stats::default(), limits, shape: Shape::default(), start: before };
    let mut reader = Reader::new(tile);
    let result = loop {
        match reader.next() {
            Ok(Some((3, Wire::Bytes(layer)))) => {
                work.layer(layer, coord, out);
                if work.stats.is_cut {
                    break Ok(work.stats);
                }
            }
            Ok(Some((3, _))) => work.stats.problems += 1,
            Ok(Some(_)) => {}
            Ok(None) => break Ok(work.stats),
            Err(_) => break Err(TileError::Damaged(Part::Tile)),
        }
    };
    if result.is_err() {
        out.truncate(before);
    }
    result
}

struct Work<'a> {
    stats: Stats,
    limits: &'a Limits,
    /// Used again for each feature.
    shape: Shape,
    /// Where the text of this tile begins.
    start: usize,
}

impl Work<'_> {
    fn layer(&mut self, bytes: &[u8], coord: TileCoord, out: &mut Vec<u8>) {
        let Some(layer) = TileLayer::read(bytes) else {
            self.stats.problems += 1;
            return;
        };
        for feature in layer.features() {
            match feature.and_then(|bytes| Feature::read(bytes).ok()) {
                Some(feature) => self.feature(&layer, &feature, coord, out),
                None => self.stats.problems += 1,
            }
            let stats = &mut self.stats;
            stats.is_cut |= stats.features >= self.limits.features
                || stats.vertices >= self.limits.vertices
                || out.len() - self.start >= self.limits.bytes;
            if stats.is_cut {
                return;
            }
        }
    }

    fn feature(&mut self, layer: &TileLayer<'_>, feature: &Feature<'_>, coord: TileCoord, out: &mut Vec<u8>) {
        let room = self.limits.vertices.saturating_sub(self.stats.vertices);
        let read = self.shape.read(feature, room);
        self.stats.vertices += self.shape.points.len();
        match read {
            Ok(()) => {}
            Err(shape::Fault::Unknown) => {
                self.stats.unknown += 1;
                return;
            }
            Err(shape::Fault::Broken) => {
                self.stats.problems += 1;
                return;
            }
            Err(shape::Fault::TooLarge) => {
                self.stats.is_cut = true;
                return;
            }
        }
        let line =
            Line { layer, feature, coord, most: self.limits.bytes.saturating_sub(out.len() - self.start) };
        match line.write(&self.shape, out) {
            write::Written::Whole { problems } => {
                self.stats.features += 1;
                self.stats.problems += problems;
            }
            write::Written::Outside => self.stats.outside += 1,
            write::Written::TooLong => self.stats.is_cut = true,
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
