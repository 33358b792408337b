//! The records of a `.shp` and the shapes in them. Measures are left out, heights are kept.

use super::super::cursor::{Cursor, Order, Short};
use super::super::geometry::{Geometry, Position};
use super::rings::polygons;
use crate::data::ProblemKind;

/// Bytes before the first record.
pub(super) const HEADER: usize = 100;
pub(super) const MULTIPATCH: u32 = 31;
/// What is less stands for no value (page 2 of the white paper).
const NO_DATA: f64 = -1e38;

/// A record's own bytes, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) content: &'a [u8],
    pub(super) end: usize,
}

/// A shape; none where the file says that there is none.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) geometry: Option<Geometry>,
    pub(super) kind: Option<ProblemKind>,
}

/// All records one after the other, to the end of the file or to one whose length cannot be.
pub(super) fn records(bytes: &[u8]) -> impl Iterator<Item = Result<Record<'_>, ProblemKind>> {
    let mut at = HEADER;
    std::iter::from_fn(move || {
        let mut cursor = Cursor::new(bytes, at, Order::Big);
        // Some writers leave room at the end.
        if at >= bytes.len() || bytes[at..].iter().take(8).all(|byte| *byte == 0) {
            return None;
        }
        let read = |cursor: &mut Cursor<'_>| {
            let _number = cursor.u32()?;
            Ok::<usize, Short>(cursor.u32()? as usize * 2)
        };
        let content = read(&mut cursor).and_then(|length| cursor.take(length));
        at = cursor.at;
        if content.is_err() {
            at = bytes.len();
        }
        Some(content.map(|content| Record { content, end: at }).map_err(|Short| ProblemKind::Truncated))
    })
}

/// The shape of a record.
pub(super) fn shape(content: &[u8]) -> Result<Shape, ProblemKind> {
    let mut cursor = Cursor::new(content, 0, Order::Little);
    let of = |geometry| Ok(Shape { geometry: Some(geometry), kind: None });
    let short = |Short| ProblemKind::Broken;
    let kind = cursor.u32().map_err(short)?;
    // Types with heights are 10 more, those with measures alone 20.
    let has_heights = (10..20).contains(&kind);
    match kind {
        0 => Ok(Shape { geometry: None, kind: None }),
        1 | 11 | 21 => of(Geometry::Point(point(&mut cursor, has_heights).map_err(short)?)),
        8 | 18 | 28 => of(Geometry::MultiPoint(multipoint(&mut cursor, has_heights).map_err(short)?)),
        3 | 13 | 23 => {
            let lines = parts(&mut cursor, has_heights).map_err(short)?;
            let lines = lines.into_iter().map(Geometry::Line).collect();
            Ok(Shape { geometry: Geometry::of_many(lines), kind: None })
        }
        5 | 15 | 25 => {
            let mut polygons = polygons(parts(&mut cursor, has_heights).map_err(short)?);
            let geometry = match polygons.len() {
                0 => return Ok(Shape { geometry: None, kind: None }),
                1 => Geometry::Polygon(polygons.remove(0)),
                _ => Geometry::MultiPolygon(polygons),
            };
            of(geometry)
        }
        _ => Err(ProblemKind::UnknownGeometry),
    }
}

fn point(cursor: &mut Cursor<'_>, has_heights: bool) -> Result<Position, Short> {
    let (x, y) = (cursor.f64()?, cursor.f64()?);
    let z = if has_heights { cursor.f64()? } else { f64::NAN };
    Ok([x, y, height(z)])
}

fn height(z: f64) -> f64 {
    if z < NO_DATA { f64::NAN } else { z }
}

fn multipoint(cursor: &mut Cursor<'_>, has_heights: bool) -> Result<Vec<Position>, Short> {
    // The box.
    cursor.take(32)?;
    let count = cursor.count(16)?;
    positions(cursor, count, has_heights)
}

fn positions(cursor: &mut Cursor<'_>, count: usize, has_heights: bool) -> Result<Vec<Position>, Short> {
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        all.push([cursor.f64()?, cursor.f64()?, f64::NAN]);
    }
    if has_heights {
        // The least and the greatest.
        cursor.take(16)?;
        for at in &mut all {
            at[2] = height(cursor.f64()?);
        }
    }
    Ok(all)
}

/// Lines or rings, each from its begin to that of the next.
fn parts(cursor: &mut Cursor<'_>, has_heights: bool) -> Result<Vec<Vec<Position>>, Short> {
    cursor.take(32)?;
    let parts = cursor.u32()? as usize;
    let points = cursor.u32()? as usize;
    let left = cursor.bytes.len() - cursor.at;
    let needed = parts.checked_mul(4).zip(points.checked_mul(16)).and_then(|(a, b)| a.checked_add(b));
    if needed.is_none_or(|needed| needed > left) {
        return Err(Short);
    }
    let mut begins = Vec::with_capacity(parts + 1);
    for _ in 0..parts {
        begins.push(cursor.u32()? as usize);
    }
    begins.push(points);
    let all = positions(cursor, points, has_heights)?;
    let ranges = begins.windows(2).map(|ends| all.get(ends[0]..ends[1]).map(<[Position]>::to_vec));
    let parts: Option<Vec<Vec<Position>>> = ranges.collect();
    let mut parts = parts.ok_or(Short)?;
    parts.retain(|part| !part.is_empty());
    Ok(parts)
}
