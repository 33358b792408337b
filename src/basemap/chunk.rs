//! One square of land, water, coasts, borders and rivers, ready to draw and to ask.
//!
//! The bytes are columns of varints, in the order in which [`decode`] reads them; the other half is
//! `tools/basemap/chunks.py`.

use std::ops::Range;

use crate::geo::WorldFixed;

use super::BasemapError;
use super::bytes::Bytes;
use super::index::Square;

/// What a chunk holds. Everything lies inside its square; neighbours share the vertices on the edge.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// Owners are rows of the country table, or `NO_COUNTRY`.
    pub land: Areas,
    /// Owners are scale ranks: 0 the largest lakes, 12 the smallest.
    pub lakes: Areas,
    /// Coasts of the sea; every kind is 0.
    pub coast: Lines,
    /// Kinds are rows of the boundary table.
    pub borders: Lines,
    /// Shores of lakes; kinds are scale ranks as with the lakes.
    pub shores: Lines,
    /// Rivers; kinds are scale ranks: 0 or 1 the largest, 12 the smallest.
    pub rivers: Lines,
}

/// Areas as triangles, grouped by owner.
#[derive(Clone, Debug, Default)]
pub struct Areas {
    pub vertices: Vec<WorldFixed>,
    /// Three numbers of vertices a triangle.
    pub triangles: Vec<u32>,
    /// In order of owner; together they cover `triangles`.
    pub groups: Vec<Group>,
}

/// The triangles of one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub owner: u16,
    /// Which part of `Areas::triangles`; both ends are multiples of three.
    pub triangles: Range<u32>,
}

impl Areas {
    /// Whose area a point lies in; a point on the line between two is the first's.
    #[must_use]
    pub fn owner_at(&self, point: WorldFixed) -> Option<u16> {
        let found = self.groups.iter().find(|group| {
            let range = group.triangles.start as usize..group.triangles.end as usize;
            self.triangles[range].chunks_exact(3).any(|corners| {
                triangle_holds([corners[0], corners[1], corners[2]].map(|n| self.vertices[n as usize]), point)
            })
        });
        found.map(|group| group.owner)
    }
}

/// Whether a point is in a triangle or on its edge, whichever way round its corners go.
fn triangle_holds([a, b, c]: [WorldFixed; 3], p: WorldFixed) -> bool {
    let (low_x, high_x) = (a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x));
    let (low_y, high_y) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
    if p.x < low_x || p.x > high_x || p.y < low_y || p.y > high_y {
        return false;
    }
    let side = |from: WorldFixed, to: WorldFixed| {
        let d = |t: u32, s: u32| i128::from(t) - i128::from(s);
        (d(to.x, from.x) * d(p.y, from.y) - d(to.y, from.y) * d(p.x, from.x)).signum()
    };
    let sides = [side(a, b), side(b, c), side(c, a)];
    sides.iter().all(|&s| s >= 0) || sides.iter().all(|&s| s <= 0)
}

/// Lines of one or more kinds.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    pub points: Vec<WorldFixed>,
    /// Where each line begins in `points`; it ends where the next begins.
    pub starts: Vec<u32>,
    /// The kind of each line; as long as `starts`.
    pub kinds: Vec<u16>,
}

impl Lines {
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Each line's kind and points, of which there are two at least.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &[WorldFixed])> {
        let ends = self.starts.iter().skip(1).copied().chain([self.points.len() as u32]);
        let ranges = self.starts.iter().zip(ends).map(|(&start, end)| start as usize..end as usize);
        self.kinds.iter().zip(ranges).map(|(&kind, range)| (kind, &self.points[range]))
    }

    pub(super) fn append(&mut self, other: &Self) {
        let base = self.points.len() as u32;
        self.points.extend_from_slice(&other.points);
        self.starts.extend(other.starts.iter().map(|start| start + base));
        self.kinds.extend_from_slice(&other.kinds);
    }
}

/// Reads a chunk's unpacked bytes.
pub(super) fn decode(raw: &[u8], square: Square) -> Result<Chunk, BasemapError> {
    let mut bytes = Bytes::new(raw, "chunk");
    let ground = read_vertices(&mut bytes, square)?;
    let (triangles, groups) = read_areas(&mut bytes, ground.len())?;
    let coast = read_lines(&mut bytes, &ground)?;
    let borders = read_lines(&mut bytes, &ground)?;
    let land = Areas { vertices: ground, triangles, groups };
    let pools = read_vertices(&mut bytes, square)?;
    let (triangles, groups) = read_areas(&mut bytes, pools.len())?;
    let shores = read_lines(&mut bytes, &pools)?;
    let lakes = Areas { vertices: pools, triangles, groups };
    let beds = read_vertices(&mut bytes, square)?;
    let rivers = read_lines(&mut bytes, &beds)?;
    if !bytes.rest().is_empty() {
        return Err(bytes.damaged("there is something after its end"));
    }
    Ok(Chunk { land, lakes, coast, borders, shores, rivers })
}

fn read_vertices(bytes: &mut Bytes<'_>, square: Square) -> Result<Vec<WorldFixed>, BasemapError> {
    let count = bytes.count(2)?;
    let x = bytes.sums(count)?;
    let y = bytes.sums(count)?;
    Ok(x.into_iter().zip(y).map(|(x, y)| square.place(x, y)).collect())
}

fn read_areas(bytes: &mut Bytes<'_>, vertices: usize) -> Result<(Vec<u32>, Vec<Group>), BasemapError> {
    let count = bytes.count(2)?;
    let mut groups = Vec::with_capacity(count);
    let mut end = 0u32;
    for _ in 0..count {
        let owner = u16::try_from(bytes.varint()?).map_err(|_| bytes.damaged("an owner cannot be"))?;
        let corners = bytes.varint()?.checked_mul(3).ok_or(bytes.damaged("a number is too large"))?;
        let start = end;
        end = end.checked_add(corners).ok_or(bytes.damaged("a number is too large"))?;
        groups.push(Group { owner, triangles: start..end });
    }
    if end as usize > bytes.rest().len() {
        return Err(bytes.damaged("it counts more than it holds"));
    }
    let mut triangles = vec![0; end as usize];
    let mut a = 0u32;
    for corner in triangles.iter_mut().step_by(3) {
        a = a.wrapping_add_signed(bytes.zigzag()?);
        *corner = a;
    }
    for place in 1..3 {
        for triangle in triangles.chunks_exact_mut(3) {
            triangle[place] = triangle[place - 1].wrapping_add_signed(bytes.zigzag()?);
        }
    }
    if triangles.iter().any(|&corner| corner as usize >= vertices) {
        return Err(bytes.damaged("a triangle has a corner that is not there"));
    }
    Ok((triangles, groups))
}

fn read_lines(bytes: &mut Bytes<'_>, vertices: &[WorldFixed]) -> Result<Lines, BasemapError> {
    let count = bytes.count(4)?;
    let mut kinds = Vec::with_capacity(count);
    for _ in 0..count {
        kinds.push(u16::try_from(bytes.varint()?).map_err(|_| bytes.damaged("a kind cannot be"))?);
    }
    let mut starts = Vec::with_capacity(count);
    let mut end = 0u32;
    for _ in 0..count {
        let points = bytes.varint()?;
        if points < 2 {
            return Err(bytes.damaged("a line has no length"));
        }
        starts.push(end);
        end = end.checked_add(points).ok_or(bytes.damaged("a number is too large"))?;
    }
    let numbers = bytes.sums(end as usize)?;
    let points = numbers.iter().map(|&number| vertices.get(number as usize).copied());
    let points: Option<Vec<_>> = points.collect();
    let points = points.ok_or(bytes.damaged("a line has a point that is not there"))?;
    Ok(Lines { points, starts, kinds })
}
