//! The header of `PMTiles` 3 (section 3.1): 127 bytes, little-endian.

use crate::tiles::info::{box_of, zooms};
use crate::tiles::pack::Packing;
use crate::tiles::{Kind, Part, TileError};

pub(super) const MAGIC: &[u8] = b"PMTiles";
pub(super) const LEN: usize = 127;
const VERSION: u8 = 3;

/// A piece of the file, or of a section of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) offset: u64,
    pub(super) len: u64,
}

impl Span {
    /// These bytes, where they all are there.
    pub(super) fn of(self, bytes: &[u8]) -> Option<&[u8]> {
        let start = usize::try_from(self.offset).ok()?;
        let end = start.checked_add(usize::try_from(self.len).ok()?)?;
        bytes.get(start..end)
    }

    /// This span, unless it is larger than a part may be.
    pub(super) fn at_most(self, most: usize, part: Part) -> Result<Self, TileError> {
        if self.len <= most as u64 { Ok(self) } else { Err(TileError::TooLarge { part, most: most as u64 }) }
    }

    /// Where a span that counts from the begin of this section lies in the file.
    pub(super) fn inside(self, inner: Self, part: Part) -> Result<Self, TileError> {
        let damaged = TileError::Damaged(part);
        match (inner.offset.checked_add(inner.len), self.offset.checked_add(inner.offset)) {
            (Some(end), Some(offset)) if end <= self.len => Ok(Self { offset, len: inner.len }),
            _ => Err(damaged),
        }
    }
}

/// Where the sections lie, how they are packed, and what the tiles are.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) root: Span,
    pub(super) metadata: Span,
    pub(super) leaves: Span,
    pub(super) tiles: Span,
    /// How directories and metadata are packed.
    pub(super) inner: Packing,
    /// How tiles are packed.
    pub(super) outer: Packing,
    pub(super) kind: Kind,
    pub(super) zooms: (u8, u8),
    pub(super) bounds: Option<[f64; 4]>,
}

impl Header {
    /// Where the last of its sections ends, in bytes.
    pub(super) fn end(&self) -> u64 {
        let sections = [self.root, self.metadata, self.leaves, self.tiles];
        sections.iter().map(|section| section.offset.saturating_add(section.len)).max().unwrap_or(0)
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, TileError> {
        if !bytes.starts_with(MAGIC) {
            return Err(TileError::UnknownFormat);
        }
        let damaged = || TileError::Damaged(Part::Header);
        if let Some(version) = bytes.get(7).filter(|version| **version != VERSION) {
            return Err(TileError::Version(*version));
        }
        let bytes: &[u8; LEN] = bytes.first_chunk().ok_or_else(damaged)?;
        let span = |at| Span { offset: u64_at(bytes, at), len: u64_at(bytes, at + 8) };
        let degrees = |at| f64::from(i32_at(bytes, at)) / 1e7;
        let kind = match bytes[99] {
            1 => Kind::Mvt,
            2 => Kind::Png,
            3 => Kind::Jpeg,
            4 => Kind::Webp,
            5 => Kind::Avif,
            6 => return Err(TileError::Kind("MLT".to_owned())),
            other => return Err(TileError::Kind(other.to_string())),
        };
        Ok(Self {
            root: span(8),
            metadata: span(24),
            leaves: span(40),
            tiles: span(56),
            inner: Packing::of_code(bytes[97])?,
            outer: Packing::of_code(bytes[98])?,
            kind,
            zooms: zooms(Some(bytes[100]), Some(bytes[101])),
            bounds: box_of([degrees(102), degrees(106), degrees(110), degrees(114)]),
        })
    }
}

fn u64_at(bytes: &[u8; LEN], at: usize) -> u64 {
    bytes[at..at + 8].iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn i32_at(bytes: &[u8; LEN], at: usize) -> i32 {
    bytes[at..at + 4].iter().rev().fold(0, |value, byte| value << 8 | i32::from(*byte))
}
