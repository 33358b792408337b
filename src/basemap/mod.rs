//! The offline basemap: land, water, borders and relief of the whole world, and the names on it.
//!
//! Invariant: everything here is a pure function of bytes that are part of the program. Nothing is read
//! from disk, what is kept of one answer serves only to give the next one sooner, and damaged bytes give an error, never a panic or a huge allocation.

mod bent;
mod bytes;
mod chunk;
mod index;
mod outline;
mod relief;
mod tables;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::geo::{WorldBounds, WorldFixed};

pub use chunk::{Areas, Chunk, Group, Lines};
pub use index::{ChunkId, Detail, TileId};
pub use relief::{RELIEF_LEVELS, RELIEF_SIZE, ReliefTile, depth_or_height_m};
pub use tables::{Boundary, BoundaryKind, Country, Feature, FeatureKind, Place, Tables};

use index::{ReliefIndex, VectorIndex};

/// The owner of land that belongs to no country of the table.
pub const NO_COUNTRY: u16 = 0xFFFF;

/// Why a part of the basemap cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    #[error("the basemap has no chunk {0:?}")]
    NoChunk(ChunkId),
    #[error("the basemap has no relief tile {0:?}")]
    NoTile(TileId),
    #[error("the basemap's {part} is damaged: {reason}")]
    Damaged { part: &'static str, reason: &'static str },
    #[error("the basemap's {part} does not unpack")]
    Unpack {
        part: &'static str,
        #[source]
        source: std::io::Error,
    },
    #[error("a picture of the basemap's relief does not decode")]
    Picture(#[from] image::ImageError),
    #[error("the basemap's tables do not parse")]
    Tables(#[from] serde_json::Error),
}

/// The three files of the basemap, with their indexes read.
#[derive(Debug)]
pub struct Basemap<'a> {
    vector: Result<VectorIndex<'a>, BasemapError>,
    relief: Result<ReliefIndex<'a>, BasemapError>,
    tables: &'a [u8],
    /// The land that was asked for last: who moves a pointer asks for the same again.
    recent: Mutex<VecDeque<(ChunkId, Arc<Areas>)>>,
}

/// Chunks whose land is kept at hand.
const RECENT: usize = 12;

impl Basemap<'static> {
    /// The basemap that is part of the program. Reads the indexes only: about 50 microseconds.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_bytes(
            include_bytes!("../../assets/basemap/vector.bin"),
            include_bytes!("../../assets/basemap/relief.bin"),
            include_bytes!("../../assets/basemap/tables.bin"),
        )
    }
}

impl<'a> Basemap<'a> {
    /// From the bytes of `vector.bin`, `relief.bin` and `tables.bin`; a damaged index is reported by
    /// the calls that need it.
    #[must_use]
    pub fn from_bytes(vector: &'a [u8], relief: &'a [u8], tables: &'a [u8]) -> Self {
        Self {
            vector: VectorIndex::read(vector),
            relief: ReliefIndex::read(relief),
            tables,
            recent: Mutex::default(),
        }
    }

    /// The chunks of one level that exist and touch `bounds`, row by row from the north-west.
    #[must_use]
    pub fn chunks_in(&self, detail: Detail, bounds: WorldBounds) -> Vec<ChunkId> {
        self.vector.as_ref().map_or_else(|_| Vec::new(), |index| index.chunks_in(detail, bounds))
    }

    /// The square that a chunk covers; it exists for every id, held or not.
    #[must_use]
    pub fn chunk_bounds(&self, id: ChunkId) -> Option<WorldBounds> {
        self.vector.as_ref().ok().and_then(|index| index.bounds(id))
    }

    /// Unpacks one chunk: under a millisecond, two for the largest. May be called on any thread.
    pub fn chunk(&self, id: ChunkId) -> Result<Chunk, BasemapError> {
        let index = part(&self.vector, "vector index")?;
        let (packed, raw_len, square) = index.find(id)?;
        chunk::decode(&unpack(packed, raw_len, "chunk")?, square)
    }

    /// The country at a point, as exact as `detail` is: its row in [`Tables::countries`] or [`NO_COUNTRY`];
    /// `None` at sea.
    pub fn owner_at(&self, point: WorldFixed, detail: Detail) -> Result<Option<u16>, BasemapError> {
        let bounds = WorldBounds { min: point, max: point };
        for id in self.chunks_in(detail, bounds) {
            if let Some(owner) = self.land(id)?.owner_at(point) {
                return Ok(Some(owner));
            }
        }
        Ok(None)
    }

    /// The land of a chunk, unpacked at most once while the pointer stays about there.
    fn land(&self, id: ChunkId) -> Result<Arc<Areas>, BasemapError> {
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let known = recent().iter().find(|(other, _)| *other == id).map(|(_, land)| Arc::clone(land));
        if let Some(land) = known {
            return Ok(land);
        }
        let land = Arc::new(self.chunk(id)?.land);
        let mut recent = recent();
        recent.truncate(RECENT - 1);
        recent.push_front((id, Arc::clone(&land)));
        Ok(land)
    }

    /// All boundary lines of the world at the finest level, for picking; a line's kind is its row in
    /// [`Tables::boundaries`].
    pub fn boundary_lines(&self) -> Result<Lines, BasemapError> {
        let mut all = Lines::default();
        for id in part(&self.vector, "vector index")?.chunks_in(Detail::Fine, WorldBounds::WORLD) {
            all.append(&self.chunk(id)?.borders);
        }
        Ok(all)
    }

    /// Decodes one relief tile: about a millisecond. May be called on any thread.
    pub fn relief_tile(&self, id: TileId) -> Result<ReliefTile, BasemapError> {
        relief::decode(part(&self.relief, "relief index")?.find(id)?)
    }

    /// Countries, boundaries, places and names: about five milliseconds.
    pub fn tables(&self) -> Result<Tables, BasemapError> {
        tables::decode(self.tables)
    }
}

fn part<'i, T>(index: &'i Result<T, BasemapError>, part: &'static str) -> Result<&'i T, BasemapError> {
    index.as_ref().map_err(|_| BasemapError::Damaged { part, reason: "its index does not read" })
}

/// Unpacks a zstd frame that must come out at exactly `raw_len` bytes.
fn unpack(packed: &[u8], raw_len: usize, part: &'static str) -> Result<Vec<u8>, BasemapError> {
    /// More than any honest part of the basemap needs.
    const MOST: usize = 8 << 20;
    if raw_len > MOST {
        return Err(BasemapError::Damaged { part, reason: "it claims to be too large" });
    }
    let raw =
        zstd::bulk::decompress(packed, raw_len).map_err(|source| BasemapError::Unpack { part, source })?;
    if raw.len() == raw_len { Ok(raw) } else { Err(BasemapError::Damaged { part, reason: "it ends early" }) }
}
