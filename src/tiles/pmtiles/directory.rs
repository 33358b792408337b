//! A directory of `PMTiles` 3 (section 4.2): where runs of equal tiles and further directories lie.

use super::header::Span;
use crate::tiles::{Part, TileError};

/// Entries of a directory; writers end one far sooner.
const MOST_ENTRIES: u64 = 1 << 20;

/// A run of tiles with the same bytes, or a leaf for all tiles up to the next entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: u64,
    /// In bytes from the begin of the section.
    pub(super) offset: u64,
    pub(super) len: u32,
    /// Tiles in the run; 0 for a leaf.
    pub(super) run: u32,
}

impl Entry {
    pub(super) fn is_leaf(&self) -> bool {
        self.run == 0
    }

    pub(super) fn span(&self) -> Span {
        Span { offset: self.offset, len: u64::from(self.len) }
    }
}

/// Reads an unpacked directory: four columns of varints, numbers as steps from the one before.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Entry>, TileError> {
    columns(bytes).ok_or(TileError::Damaged(Part::Directory))
}

fn columns(mut bytes: &[u8]) -> Option<Vec<Entry>> {
    let count = varint(&mut bytes)?;
    // An entry takes a byte in each column.
    if count > MOST_ENTRIES || count * 4 > bytes.len() as u64 {
        return None;
    }
    let mut entries = Vec::with_capacity(count as usize);
    let mut id = 0_u64;
    for index in 0..count {
        let step = varint(&mut bytes)?;
        if step == 0 && index > 0 {
            return None;
        }
        id = id.checked_add(step)?;
        entries.push(Entry { id, offset: 0, len: 0, run: 0 });
    }
    for entry in &mut entries {
        entry.run = varint(&mut bytes)?.try_into().ok()?;
    }
    for entry in &mut entries {
        entry.len = varint(&mut bytes)?.try_into().ok().filter(|len| *len > 0)?;
    }
    let mut end = None;
    for entry in &mut entries {
        entry.offset = match varint(&mut bytes)? {
            0 => end?,
            offset => offset - 1,
        };
        end = Some(entry.offset.checked_add(u64::from(entry.len))?);
    }
    Some(entries)
}

/// The entry that has a tile or leads to it.
pub(super) fn find(entries: &[Entry], id: u64) -> Option<Entry> {
    let after = entries.partition_point(|entry| entry.id <= id);
    let entry = entries.get(after.checked_sub(1)?)?;
    (entry.is_leaf() || id - entry.id < u64::from(entry.run)).then_some(*entry)
}

/// A number of 7 bits a byte, the lowest first, 64 bits at most.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && bits > 1 {
            return None;
        }
        value |= bits << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The bytes that [`parse`] reads.
#[cfg(test)]
pub(super) fn written(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut push = |mut value: u64| {
        while value > 0x7f {
            bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        bytes.push(value as u8);
    };
    push(entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        push(entry.id - last);
        last = entry.id;
    }
    let columns = [|entry: &Entry| entry.run, |entry: &Entry| entry.len];
    for number in columns.iter().flat_map(|column| entries.iter().map(column)) {
        push(u64::from(number));
    }
    let mut end = None;
    for entry in entries {
        push(if end == Some(entry.offset) { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.len));
    }
    bytes
}
