//! What lies where in the basemap's files.

use crate::geo::{WorldBounds, WorldFixed};

use super::BasemapError;
use super::bytes::Bytes;
use super::relief::Plane;

/// How much detail a chunk shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    Coarse,
    Medium,
    Fine,
}

impl Detail {
    /// The level for a zoom at which the world is `256 * 2^zoom` points wide.
    #[must_use]
    pub fn for_zoom(zoom: f64) -> Self {
        if zoom < 4.2 {
            Self::Coarse
        } else if zoom < 6.8 {
            Self::Medium
        } else {
            Self::Fine
        }
    }
}

/// One square of vectors; x counts east from 180° W, y south from the north edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChunkId {
    pub detail: Detail,
    pub x: u16,
    pub y: u16,
}

/// One square of relief: level z has 2^z by 2^z of them; x counts east, y south.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    pub z: u8,
    pub x: u16,
    pub y: u16,
}

/// Where a chunk's numbers count from, and how large their steps are (a power of two).
#[derive(Clone, Copy, Debug)]
pub(super) struct Square {
    pub(super) x: u64,
    pub(super) y: u64,
    pub(super) shift: u32,
}

impl Square {
    /// A place `steps` from the corner; the world's far edges stop at the last step.
    pub(super) fn place(self, x: u32, y: u32) -> WorldFixed {
        let fixed = |origin: u64, steps: u32| {
            u32::try_from(origin + (u64::from(steps) << self.shift)).unwrap_or(u32::MAX)
        };
        WorldFixed::new(fixed(self.x, x), fixed(self.y, y))
    }
}

#[derive(Clone, Copy, Debug)]
struct Level {
    side: u16,
    shift: u8,
}

#[derive(Clone, Copy, Debug)]
struct ChunkEntry {
    id: ChunkId,
    offset: u32,
    len: u32,
    raw_len: u32,
}

/// The index of `vector.bin`.
#[derive(Debug)]
pub(super) struct VectorIndex<'a> {
    levels: [Level; 3],
    entries: Vec<ChunkEntry>,
    blobs: &'a [u8],
}

impl<'a> VectorIndex<'a> {
    pub(super) fn read(file: &'a [u8]) -> Result<Self, BasemapError> {
        let mut bytes = Bytes::new(file, "vector index");
        if &bytes.fixed()? != b"CABV0001" || bytes.u32()? != 3 {
            return Err(bytes.damaged("it is of another version"));
        }
        let count = bytes.u32()? as usize;
        let mut levels = [Level { side: 0, shift: 0 }; 3];
        for level in &mut levels {
            *level = Level { side: bytes.u16()?, shift: bytes.u8()? };
            bytes.u8()?;
            if !level.side.is_power_of_two() || level.side > 256 || level.shift > 24 {
                return Err(bytes.damaged("a level cannot be"));
            }
        }
        let mut table = Bytes::new(bytes.take(count.saturating_mul(20))?, "vector index");
        let entries = (0..count).map(|_| ChunkEntry::read(&mut table)).collect::<Result<Vec<_>, _>>()?;
        if !entries.is_sorted_by(|a, b| a.id < b.id) {
            return Err(bytes.damaged("it is out of order"));
        }
        Ok(Self { levels, entries, blobs: bytes.rest() })
    }

    /// The packed bytes of a chunk, how many they become, and the square they lie in.
    pub(super) fn find(&self, id: ChunkId) -> Result<(&'a [u8], usize, Square), BasemapError> {
        let place = self
            .entries
            .binary_search_by_key(&id, |entry| entry.id)
            .map_err(|_| BasemapError::NoChunk(id))?;
        let entry = self.entries[place];
        let blob = self.blobs.get(entry.offset as usize..).and_then(|rest| rest.get(..entry.len as usize));
        let blob = blob.ok_or(BasemapError::Damaged { part: "vector index", reason: "it ends early" })?;
        let level = self.levels[id.detail as usize];
        let size = (1u64 << 32) / u64::from(level.side);
        let square =
            Square { x: u64::from(id.x) * size, y: u64::from(id.y) * size, shift: u32::from(level.shift) };
        Ok((blob, entry.raw_len as usize, square))
    }

    pub(super) fn bounds(&self, id: ChunkId) -> Option<WorldBounds> {
        let side = self.levels[id.detail as usize].side;
        if id.x >= side || id.y >= side {
            return None;
        }
        let size = (1u64 << 32) / u64::from(side);
        let corner = |step: u64| u32::try_from(step * size).unwrap_or(u32::MAX);
        let (x, y) = (u64::from(id.x), u64::from(id.y));
        Some(WorldBounds {
            min: WorldFixed::new(corner(x), corner(y)),
            max: WorldFixed::new(corner(x + 1), corner(y + 1)),
        })
    }

    pub(super) fn chunks_in(&self, detail: Detail, bounds: WorldBounds) -> Vec<ChunkId> {
        let size = (1u64 << 32) / u64::from(self.levels[detail as usize].side);
        let columns = u64::from(bounds.min.x) / size..=u64::from(bounds.max.x) / size;
        let rows = u64::from(bounds.min.y) / size..=u64::from(bounds.max.y) / size;
        let inside = |id: &ChunkId| columns.contains(&u64::from(id.x)) && rows.contains(&u64::from(id.y));
        let start = self.entries.partition_point(|entry| entry.id.detail < detail);
        let level = self.entries[start..].iter().map(|entry| entry.id);
        let mut found: Vec<_> = level.take_while(|id| id.detail == detail).filter(inside).collect();
        found.sort_by_key(|id| (id.y, id.x));
        found
    }
}

impl ChunkEntry {
    fn read(bytes: &mut Bytes<'_>) -> Result<Self, BasemapError> {
        let detail = match bytes.u16()? {
            0 => Detail::Coarse,
            1 => Detail::Medium,
            2 => Detail::Fine,
            _ => return Err(bytes.damaged("a level cannot be")),
        };
        let id = ChunkId { detail, x: bytes.u16()?, y: bytes.u16()? };
        bytes.u16()?;
        Ok(Self { id, offset: bytes.u32()?, len: bytes.u32()?, raw_len: bytes.u32()? })
    }
}

#[derive(Clone, Copy, Debug)]
struct TileEntry {
    id: TileId,
    planes: [(u32, u32); 3],
}

/// The index of `relief.bin`.
#[derive(Debug)]
pub(super) struct ReliefIndex<'a> {
    entries: Vec<TileEntry>,
    blobs: &'a [u8],
}

impl<'a> ReliefIndex<'a> {
    pub(super) fn read(file: &'a [u8]) -> Result<Self, BasemapError> {
        let mut bytes = Bytes::new(file, "relief index");
        if &bytes.fixed()? != b"CABR0001" {
            return Err(bytes.damaged("it is of another version"));
        }
        let count = bytes.u32()? as usize;
        let mut table = Bytes::new(bytes.take(count.saturating_mul(32))?, "relief index");
        let entries = (0..count).map(|_| TileEntry::read(&mut table)).collect::<Result<Vec<_>, _>>()?;
        if !entries.is_sorted_by(|a, b| a.id < b.id) {
            return Err(bytes.damaged("it is out of order"));
        }
        Ok(Self { entries, blobs: bytes.rest() })
    }

    /// The three planes of a tile: relief, height, coast.
    pub(super) fn find(&self, id: TileId) -> Result<[Plane<'a>; 3], BasemapError> {
        let place =
            self.entries.binary_search_by_key(&id, |entry| entry.id).map_err(|_| BasemapError::NoTile(id))?;
        let damaged = BasemapError::Damaged { part: "relief index", reason: "it ends early" };
        let plane = |(offset, len): (u32, u32)| match len {
            0 => Some(Plane::Even(offset.to_le_bytes()[0])),
            _ => self.blobs.get(offset as usize..)?.get(..len as usize).map(Plane::Picture),
        };
        let [a, b, c] = self.entries[place].planes;
        plane(a).zip(plane(b)).zip(plane(c)).map(|((a, b), c)| [a, b, c]).ok_or(damaged)
    }
}

impl TileEntry {
    fn read(bytes: &mut Bytes<'_>) -> Result<Self, BasemapError> {
        let z = u8::try_from(bytes.u16()?).map_err(|_| bytes.damaged("a level cannot be"))?;
        let id = TileId { z, x: bytes.u16()?, y: bytes.u16()? };
        bytes.u16()?;
        let mut planes = [(0, 0); 3];
        for plane in &mut planes {
            *plane = (bytes.u32()?, bytes.u32()?);
        }
        Ok(Self { id, planes })
    }
}
