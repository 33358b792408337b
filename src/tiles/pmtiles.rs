//! `PMTiles` 3: one file with all tiles in the order of the Hilbert curve, and directories that say where each lies.
//!
//! The reader is our own: the pmtiles crate reads asynchronously, from sources that need a runtime which nothing else
//! below the window has, and here every length is held against a limit of ours before memory is taken.
//!
//! Invariant: a tile is found through four directories at most, none of them larger than a limit.

mod directory;
mod header;

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use self::directory::{Entry, find};
use self::header::{Header, Span};
use super::pack::{Packing, unpack};
use super::{Archive, Bytes, Info, Part, TileCoord, TileError};

pub(super) const MAGIC: &[u8] = header::MAGIC;

/// The header and the root lie in so many bytes (section 3): they come at once.
const FIRST: usize = 16_384;
/// Bytes of a directory, packed and unpacked.
const MOST_DIRECTORY: usize = 16 << 20;
/// Bytes of the metadata, unpacked.
const MOST_METADATA: usize = 4 << 20;
/// Bytes of a tile, packed and unpacked.
pub(super) const MOST_TILE: usize = 16 << 20;
/// Directories on the way to a tile, the root included (section 4).
const MOST_DEPTH: usize = 4;
/// Leaves that are kept, and entries of all of them together.
const MOST_LEAVES: usize = 64;
const MOST_KEPT: usize = 1 << 20;

/// An archive of which the header, the root and the metadata are read.
pub struct PmTiles {
    bytes: Box<dyn Bytes>,
    header: Header,
    root: Arc<[Entry]>,
    /// The leaves that were looked at last, the latest at the end. A lock, because tiles are asked for by several
    /// threads; nothing is read while it is held.
    leaves: Mutex<Vec<(Span, Arc<[Entry]>)>>,
    info: Info,
}

impl std::fmt::Debug for PmTiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PmTiles")
            .field("header", &self.header)
            .field("info", &self.info)
            .finish_non_exhaustive()
    }
}

impl PmTiles {
    /// Reads the header, the root and the metadata. Metadata that does not read is left out: tiles show without it.
    pub fn open(bytes: Box<dyn Bytes>) -> Result<Self, TileError> {
        let first = bytes.read_at(0, FIRST)?;
        let header = Header::parse(&first)?;
        let missing = bytes.len().map_or(0, |len| header.end().saturating_sub(len));
        if missing > 0 {
            return Err(TileError::Cut { missing });
        }
        let read = |span: Span| match span.of(&first) {
            Some(piece) => Ok(piece.to_vec()),
            None => read(&*bytes, span),
        };
        let damaged = TileError::Damaged(Part::Directory);
        if header.root.len == 0 {
            return Err(damaged);
        }
        let root = header.root.at_most(MOST_DIRECTORY, Part::Directory)?;
        let root = unpack(read(root)?, header.inner, Part::Directory, MOST_DIRECTORY)?;
        let root = directory::parse(&root)?;
        let metadata = if header.metadata.at_most(MOST_METADATA, Part::Metadata).is_ok() {
            let packed = read(header.metadata)?;
            unpack(packed, header.inner, Part::Metadata, MOST_METADATA).unwrap_or_default()
        } else {
            Vec::new()
        };
        let metadata = match serde_json::from_slice(&metadata) {
            Ok(Value::Object(object)) => object,
            _ => serde_json::Map::new(),
        };
        let mut info = Info::of(&metadata, header.kind);
        (info.min_zoom, info.max_zoom) = header.zooms;
        info.bounds = header.bounds.or(info.bounds);
        Ok(Self { bytes, header, root: root.into(), leaves: Mutex::default(), info })
    }

    /// Where a tile lies in the file.
    fn place(&self, id: u64) -> Result<Option<Span>, TileError> {
        let mut entries = Arc::clone(&self.root);
        for _ in 0..MOST_DEPTH {
            let Some(entry) = find(&entries, id) else { return Ok(None) };
            if !entry.is_leaf() {
                return self.header.tiles.inside(entry.span(), Part::Tile).map(Some);
            }
            let leaf = self.header.leaves.inside(entry.span(), Part::Directory)?;
            entries = self.leaf(leaf)?;
        }
        Err(TileError::TooDeep)
    }

    fn leaf(&self, span: Span) -> Result<Arc<[Entry]>, TileError> {
        {
            let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = leaves.iter().position(|(own, _)| *own == span) {
                let kept = leaves.remove(at);
                leaves.push(kept.clone());
                return Ok(kept.1);
            }
        }
        let packed = read(&*self.bytes, span.at_most(MOST_DIRECTORY, Part::Directory)?)?;
        let bytes = unpack(packed, self.header.inner, Part::Directory, MOST_DIRECTORY)?;
        let entries: Arc<[Entry]> = directory::parse(&bytes)?.into();
        let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        leaves.push((span, Arc::clone(&entries)));
        let total = |leaves: &[(Span, Arc<[Entry]>)]| leaves.iter().map(|(_, own)| own.len()).sum::<usize>();
        while leaves.len() > MOST_LEAVES || (leaves.len() > 1 && total(&leaves) > MOST_KEPT) {
            leaves.remove(0);
        }
        Ok(entries)
    }
}

impl Archive for PmTiles {
    fn info(&self) -> &Info {
        &self.info
    }

    fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileError> {
        let Some(coord) = TileCoord::new(z, x, y) else { return Ok(None) };
        let Some(span) = self.place(coord.id())? else { return Ok(None) };
        let packed = read(&*self.bytes, span.at_most(MOST_TILE, Part::Tile)?)?;
        let packing = self.header.outer;
        // Pictures are packed by themselves: what is unknown stays as it is.
        let is_picture = self.info.kind != super::Kind::Mvt;
        let packing = if is_picture && packing == Packing::Unknown { Packing::None } else { packing };
        unpack(packed, packing, Part::Tile, MOST_TILE).map(Some)
    }
}

/// All bytes of a span that has been held against its limit.
fn read(bytes: &dyn Bytes, span: Span) -> Result<Vec<u8>, TileError> {
    let damaged = || TileError::Damaged(Part::Header);
    let end = span.offset.checked_add(span.len).ok_or_else(damaged)?;
    if bytes.len().is_some_and(|len| end > len) {
        return Err(damaged());
    }
    let read = bytes.read_at(span.offset, span.len as usize)?;
    if read.len() as u64 == span.len { Ok(read) } else { Err(damaged()) }
}

#[cfg(test)]
pub(super) mod tests;
