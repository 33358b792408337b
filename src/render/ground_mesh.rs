//! A basemap chunk in the form in which it goes to the GPU.

use crate::basemap::{Areas, Chunk, Lines};
use crate::geo::{WorldBounds, WorldFixed};
use crate::scene::{BoundaryLine, LinePoint};

/// Triangles and polylines of one chunk.
pub(super) struct GroundMesh {
    pub(super) bounds: WorldBounds,
    pub(super) land: Triangles,
    pub(super) lakes: Triangles,
    pub(super) coast: Strokes,
    pub(super) shores: Strokes,
    pub(super) rivers: Strokes,
    pub(super) borders: Strokes,
}

pub(super) struct Triangles {
    pub(super) vertices: Vec<WorldFixed>,
    pub(super) indices: Vec<u32>,
    /// (rank, one past its last index), by rising rank.
    pub(super) ends: Vec<(u16, u32)>,
}

/// Polylines with what each run of them is: a rank, or the row of a boundary.
pub(super) struct Strokes {
    pub(super) points: Vec<LinePoint>,
    /// (kind, one past its last point), by rising kind.
    pub(super) ends: Vec<(u16, u32)>,
}

impl GroundMesh {
    pub(super) fn new(chunk: Chunk, bounds: WorldBounds) -> Self {
        Self {
            bounds,
            land: Triangles::whole(chunk.land),
            lakes: Triangles::by_rank(&chunk.lakes),
            coast: Strokes::new(&chunk.coast),
            shores: Strokes::new(&chunk.shores),
            rivers: Strokes::new(&chunk.rivers),
            borders: Strokes::new(&chunk.borders),
        }
    }
}

impl Triangles {
    fn whole(areas: Areas) -> Self {
        Self { vertices: areas.vertices, indices: areas.triangles, ends: Vec::new() }
    }

    fn by_rank(areas: &Areas) -> Self {
        let mut groups: Vec<_> = areas.groups.iter().collect();
        groups.sort_by_key(|group| group.owner);
        let mut indices = Vec::with_capacity(areas.triangles.len());
        let mut ends: Vec<(u16, u32)> = Vec::new();
        for group in groups {
            let range = group.triangles.start as usize..group.triangles.end as usize;
            indices.extend_from_slice(&areas.triangles[range]);
            push_end(&mut ends, group.owner, indices.len() as u32);
        }
        Self { vertices: areas.vertices.clone(), indices, ends }
    }

    /// How many indices belong to ranks up to `rank`.
    pub(super) fn count_to(&self, rank: i16) -> u32 {
        count_to(&self.ends, rank)
    }
}

impl Strokes {
    fn new(lines: &Lines) -> Self {
        let mut sorted: Vec<(u16, &[WorldFixed])> = lines.iter().collect();
        sorted.sort_by_key(|(kind, _)| *kind);
        let mut points = Vec::with_capacity(lines.points.len());
        let mut ends: Vec<(u16, u32)> = Vec::new();
        for (kind, line) in sorted {
            let mut along = 0.0;
            for (number, &at) in line.iter().enumerate() {
                if let Some(&before) = number.checked_sub(1).and_then(|before| line.get(before)) {
                    let (dx, dy) = at.offset_from(before);
                    along += (dx as f64).hypot(dy as f64);
                }
                points.push(LinePoint::new(at, along as u32, 0, number + 1 == line.len()));
            }
            push_end(&mut ends, kind, points.len() as u32);
        }
        Self { points, ends }
    }

    /// How many points belong to kinds up to `rank`.
    pub(super) fn count_to(&self, rank: i16) -> u32 {
        count_to(&self.ends, rank)
    }

    /// The ranges of points whose boundary is drawn as `wanted`, neighbours joined.
    pub(super) fn ranges(
        ends: &[(u16, u32)],
        styles: &[BoundaryLine],
        wanted: BoundaryLine,
    ) -> Vec<std::ops::Range<u32>> {
        let mut ranges: Vec<std::ops::Range<u32>> = Vec::new();
        let mut start = 0;
        for &(kind, end) in ends {
            let style = styles.get(usize::from(kind)).copied().unwrap_or(BoundaryLine::Solid);
            if style == wanted {
                match ranges.last_mut() {
                    Some(last) if last.end == start => last.end = end,
                    _ => ranges.push(start..end),
                }
            }
            start = end;
        }
        ranges
    }
}

fn push_end(ends: &mut Vec<(u16, u32)>, kind: u16, end: u32) {
    match ends.last_mut() {
        Some(last) if last.0 == kind => last.1 = end,
        _ => ends.push((kind, end)),
    }
}

fn count_to(ends: &[(u16, u32)], rank: i16) -> u32 {
    ends.iter().take_while(|(kind, _)| i32::from(*kind) <= i32::from(rank)).last().map_or(0, |(_, end)| *end)
}
