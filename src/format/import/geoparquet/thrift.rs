//! What stands in Thrift's compact protocol, walked through before a parser makes room for what it says.
//!
//! Invariant: what passes here has fields in ascending order, counts no larger than the bytes behind them, and a
//! schema no deeper than [`MOST_NESTED`].

use super::super::cursor::{Cursor, Order, Short};

/// Structs in structs, at most.
const MOST_DEPTH: usize = 24;
/// Columns in columns, at most.
const MOST_NESTED: usize = 32;
/// Bytes of all names on the ways to all columns, at most.
const MOST_NAMES: usize = 1 << 25;
/// The fewest bytes of a struct in a list: an order of columns is a choice of one that says nothing more.
const LEAST_STRUCT: usize = 3;

const I32: u8 = 5;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// What a page says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Bytes of the header itself.
    pub(super) length: usize,
    /// 0 data, 1 index, 2 dictionary, 3 data of the second edition.
    pub(super) kind: i32,
    pub(super) unpacked: usize,
    pub(super) packed: usize,
    pub(super) values: usize,
    pub(super) nulls: usize,
    pub(super) rows: usize,
    pub(super) encoding: i32,
    /// How definition and repetition levels are written.
    pub(super) levels: [i32; 2],
    /// Bytes of definition and repetition levels, in the second edition.
    pub(super) level_bytes: [usize; 2],
    /// Whether a page of the second edition is not packed all the same.
    pub(super) is_plain: bool,
}

/// Reads the header with which these bytes begin.
pub(super) fn head(bytes: &[u8]) -> Result<Head, Short> {
    let mut cursor = Cursor::new(bytes, 0, Order::Little);
    let mut head = Head { kind: -1, encoding: -1, ..Head::default() };
    fields(&mut cursor, 0, &mut |id, kind, cursor| {
        match (id, kind) {
            (1, I32) => head.kind = int(cursor)?,
            (2, I32) => head.unpacked = count(cursor)?,
            (3, I32) => head.packed = count(cursor)?,
            (5, STRUCT) => data(cursor, &mut head)?,
            (7, STRUCT) => dictionary(cursor, &mut head)?,
            (8, STRUCT) => data_2(cursor, &mut head)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    head.length = cursor.at;
    Ok(head)
}

fn data(cursor: &mut Cursor<'_>, head: &mut Head) -> Result<(), Short> {
    fields(cursor, 1, &mut |id, kind, cursor| {
        match (id, kind) {
            (1, I32) => head.values = count(cursor)?,
            (2, I32) => head.encoding = int(cursor)?,
            (3, I32) => head.levels[0] = int(cursor)?,
            (4, I32) => head.levels[1] = int(cursor)?,
            _ => return Ok(false),
        }
        Ok(true)
    })
}

fn dictionary(cursor: &mut Cursor<'_>, head: &mut Head) -> Result<(), Short> {
    fields(cursor, 1, &mut |id, kind, cursor| {
        match (id, kind) {
            (1, I32) => head.values = count(cursor)?,
            (2, I32) => head.encoding = int(cursor)?,
            _ => return Ok(false),
        }
        Ok(true)
    })
}

fn data_2(cursor: &mut Cursor<'_>, head: &mut Head) -> Result<(), Short> {
    fields(cursor, 1, &mut |id, kind, cursor| {
        match (id, kind) {
            (1, I32) => head.values = count(cursor)?,
            (2, I32) => head.nulls = count(cursor)?,
            (3, I32) => head.rows = count(cursor)?,
            (4, I32) => head.encoding = int(cursor)?,
            (5, I32) => head.level_bytes[0] = count(cursor)?,
            (6, I32) => head.level_bytes[1] = count(cursor)?,
            // Which of the two it is stands in the type.
            (7, 1 | 2) => head.is_plain = kind == 2,
            _ => return Ok(false),
        }
        Ok(true)
    })
}

/// Walks through the description at the end of a file.
pub(super) fn check_footer(bytes: &[u8]) -> Result<(), Short> {
    let mut cursor = Cursor::new(bytes, 0, Order::Little);
    fields(&mut cursor, 0, &mut |id, kind, cursor| {
        if (id, kind) == (2, LIST) {
            schema(cursor)?;
            return Ok(true);
        }
        Ok(false)
    })
}

/// The columns as a list, each group before what is in it.
fn schema(cursor: &mut Cursor<'_>) -> Result<(), Short> {
    let (kind, elements) = list(cursor)?;
    // (children to come, bytes of the names down to it)
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let mut names = 0_usize;
    for _ in 0..elements {
        if kind != STRUCT {
            return Err(Short);
        }
        let (mut name, mut children) = (0, 0);
        fields(cursor, 1, &mut |id, kind, cursor| {
            match (id, kind) {
                (4, BINARY) => name = binary(cursor)?,
                (5, I32) => children = count(cursor)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if let Some(group) = groups.last_mut() {
            group.0 -= 1;
        }
        let way = groups.last().map_or(0, |group| group.1) + name + size_of::<String>();
        if children > 0 {
            groups.push((children, way));
        } else {
            names += way;
        }
        if children > elements || groups.len() > MOST_NESTED || names > MOST_NAMES {
            return Err(Short);
        }
        while groups.last().is_some_and(|group| group.0 == 0) {
            groups.pop();
        }
    }
    Ok(())
}

/// Walks through the fields of a struct; `read` says whether it took one.
fn fields(
    cursor: &mut Cursor<'_>,
    depth: usize,
    read: &mut dyn FnMut(i64, u8, &mut Cursor<'_>) -> Result<bool, Short>,
) -> Result<(), Short> {
    if depth > MOST_DEPTH {
        return Err(Short);
    }
    let mut last = 0;
    loop {
        let head = cursor.u8()?;
        let kind = head & 0xf;
        if kind == 0 {
            return Ok(());
        }
        let id = if head >> 4 == 0 { signed(cursor)? } else { last + i64::from(head >> 4) };
        if id <= last || id > i64::from(i16::MAX) {
            return Err(Short);
        }
        last = id;
        if !read(id, kind, cursor)? {
            skip(cursor, kind, depth)?;
        }
    }
}

fn skip(cursor: &mut Cursor<'_>, kind: u8, depth: usize) -> Result<(), Short> {
    match kind {
        1 | 2 => {}
        3 => drop(cursor.u8()?),
        4..=6 => drop(varint(cursor)?),
        7 => drop(cursor.take(8)?),
        BINARY => drop(binary(cursor)?),
        LIST | 10 => {
            if depth > MOST_DEPTH {
                return Err(Short);
            }
            let (kind, count) = list(cursor)?;
            for _ in 0..count {
                skip(cursor, kind, depth + 1)?;
            }
        }
        STRUCT => fields(cursor, depth + 1, &mut |_, _, _| Ok(false))?,
        // Maps stand in no edition of the format.
        _ => return Err(Short),
    }
    Ok(())
}

/// The type and the number of what a list holds.
fn list(cursor: &mut Cursor<'_>) -> Result<(u8, usize), Short> {
    let head = cursor.u8()?;
    let (kind, short) = (head & 0xf, usize::from(head >> 4));
    let count = if short == 15 { usize::try_from(varint(cursor)?).map_err(|_| Short)? } else { short };
    let least = if kind == STRUCT { LEAST_STRUCT } else { 1 };
    let needed = count.checked_mul(least).ok_or(Short)?;
    // Two ways to write true and false in a list are about; lists of them stand in no description.
    let is_bool = count > 0 && matches!(kind, 0..=2);
    if is_bool || needed > cursor.bytes.len() - cursor.at { Err(Short) } else { Ok((kind, count)) }
}

fn binary(cursor: &mut Cursor<'_>) -> Result<usize, Short> {
    let length = usize::try_from(varint(cursor)?).map_err(|_| Short)?;
    cursor.take(length)?;
    Ok(length)
}

fn signed(cursor: &mut Cursor<'_>) -> Result<i64, Short> {
    let value = varint(cursor)?;
    Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
}

fn int(cursor: &mut Cursor<'_>) -> Result<i32, Short> {
    i32::try_from(signed(cursor)?).map_err(|_| Short)
}

fn count(cursor: &mut Cursor<'_>) -> Result<usize, Short> {
    usize::try_from(int(cursor)?).map_err(|_| Short)
}

/// Seven bits a byte, the lowest first; the highest bit says whether more follow.
pub(super) fn varint(cursor: &mut Cursor<'_>) -> Result<u64, Short> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = cursor.u8()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(Short)
}
