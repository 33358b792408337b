//! Geometries of `FlatGeobuf`: flat lists of numbers, the ends of their parts, and parts of their own.

use flatgeobuf::{Geometry as Flat, GeometryType};

use super::super::geometry::{Geometry, Position};
use crate::data::ProblemKind;

/// Collections in collections, at most; what reads their text goes no deeper.
const MOST_NESTED: usize = 16;

/// The geometry of a feature; `all` is the type that all features of the file have, or an unknown one.
pub(super) fn geometry(flat: &Flat<'_>, all: GeometryType) -> Result<Geometry, ProblemKind> {
    one(flat, all, 0)
}

fn one(flat: &Flat<'_>, all: GeometryType, nested: usize) -> Result<Geometry, ProblemKind> {
    if nested > MOST_NESTED {
        return Err(ProblemKind::TooDeep);
    }
    let kind = if flat.type_() == GeometryType::Unknown { all } else { flat.type_() };
    Ok(match kind {
        GeometryType::Point => {
            let at = positions(flat)?.first().copied();
            Geometry::Point(at.unwrap_or([f64::NAN; 3]))
        }
        GeometryType::MultiPoint => Geometry::MultiPoint(positions(flat)?),
        GeometryType::LineString => Geometry::Line(positions(flat)?),
        GeometryType::MultiLineString => Geometry::MultiLine(lines(flat)?),
        GeometryType::Polygon | GeometryType::Triangle => Geometry::Polygon(lines(flat)?),
        GeometryType::MultiPolygon | GeometryType::PolyhedralSurface | GeometryType::TIN => {
            let parts = parts(flat, GeometryType::Polygon, nested)?;
            let rings = |part| if let Geometry::Polygon(rings) = part { Some(rings) } else { None };
            Geometry::MultiPolygon(parts.into_iter().filter_map(rings).collect())
        }
        GeometryType::GeometryCollection => Geometry::Collection(parts(flat, GeometryType::Unknown, nested)?),
        _ => return Err(ProblemKind::UnknownGeometry),
    })
}

fn parts(flat: &Flat<'_>, all: GeometryType, nested: usize) -> Result<Vec<Geometry>, ProblemKind> {
    flat.parts().into_iter().flatten().map(|part| one(&part, all, nested + 1)).collect()
}

fn positions(flat: &Flat<'_>) -> Result<Vec<Position>, ProblemKind> {
    let Some(xy) = flat.xy() else { return Ok(Vec::new()) };
    let count = xy.len() / 2;
    let z = flat.z().filter(|z| !z.is_empty());
    if xy.len() % 2 != 0 || z.is_some_and(|z| z.len() != count) {
        return Err(ProblemKind::Broken);
    }
    let height = |index| z.map_or(f64::NAN, |z| z.get(index));
    Ok((0..count).map(|index| [xy.get(2 * index), xy.get(2 * index + 1), height(index)]).collect())
}

/// Lines or rings; a single one has no list of ends.
fn lines(flat: &Flat<'_>) -> Result<Vec<Vec<Position>>, ProblemKind> {
    let all = positions(flat)?;
    let Some(ends) = flat.ends().filter(|ends| !ends.is_empty()) else {
        return Ok(if all.is_empty() { Vec::new() } else { vec![all] });
    };
    let mut start = 0;
    let each = ends.iter().map(|end| {
        let end = end as usize;
        let line = all.get(start..end).map(<[Position]>::to_vec);
        start = end;
        line.ok_or(ProblemKind::Broken)
    });
    each.collect()
}
