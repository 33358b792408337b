//! The offline basemap.

/// A vector chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChunkId {
    pub detail: Detail,
    pub x: u16,
    pub y: u16,
}

/// How exact a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    Coarse,
    Medium,
    Fine,
}

/// A relief tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    pub z: u8,
    pub x: u16,
    pub y: u16,
}
