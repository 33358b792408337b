//! A basemap chunk in the form in which it goes to the GPU.

use super::blocks::Blocks;
use crate::basemap::{Areas, Chunk, Detail, Lines};
use crate::geo::{Warp, WorldBounds, WorldFixed, simplify};
use crate::scene::{BoundaryLine, LinePoint};

/// Triangles and polylines of one chunk.
pub(super) struct GroundMesh {
    pub(super) bounds: WorldBounds,
    pub(super) land: Triangles,
    pub(super) lakes: Triangles,
    /// For the closer half of the zooms at which the chunk is drawn.
    pub(super) near: StrokeSet,
    /// For the farther half: no more points than can be seen there.
    pub(super) far: StrokeSet,
}

/// The polylines of a chunk.
pub(super) struct StrokeSet {
    pub(super) coast: Strokes,
    pub(super) shores: Strokes,
    pub(super) rivers: Strokes,
    pub(super) borders: Strokes,
}

/// A line of the farther half stays this close to its data, in points; what is smaller is left out.
const TOLERANCE: f64 = 0.4;

pub(super) struct Triangles {
    pub(super) vertices: Vec<WorldFixed>,
    pub(super) indices: Vec<u32>,
    /// (rank, one past its last index), by rising rank.
    pub(super) ends: Vec<(u16, u32)>,
    /// Of triangles.
    pub(super) blocks: Blocks,
}

/// Polylines with what each run of them is: a rank, or the row of a boundary.
pub(super) struct Strokes {
    pub(super) points: Vec<LinePoint>,
    /// (kind, one past its last point), by rising kind.
    pub(super) ends: Vec<(u16, u32)>,
    /// Of segments.
    pub(super) blocks: Blocks,
}

/// Triangles and segments in a block.
const BLOCK: usize = 384;

impl GroundMesh {
    pub(super) fn new(chunk: Chunk, bounds: WorldBounds, detail: Detail) -> Self {
        let tolerance = TOLERANCE * 4_294_967_296.0 / (256.0 * far_zoom(detail).exp2());
        Self {
            bounds,
            near: StrokeSet::new(&chunk, 0.0),
            far: StrokeSet::new(&chunk, tolerance),
            lakes: Triangles::by_rank(&chunk.lakes),
            land: Triangles::whole(chunk.land),
        }
    }

    /// For an equal-area page. Its lines are drawn with all their points.
    pub(super) fn bent(chunk: &Chunk, warp: &Warp) -> Self {
        let bent = chunk.bent(warp);
        Self {
            bounds: warp.sheet(),
            near: StrokeSet::new(&bent, 0.0),
            far: StrokeSet::new(&Chunk::default(), 0.0),
            lakes: Triangles::by_rank(&bent.lakes),
            land: Triangles::whole(bent.land),
        }
    }
}

impl GroundMesh {
    /// Points of the longest mesh of polylines.
    pub(super) fn longest(&self) -> u32 {
        let sets = [&self.near, &self.far].into_iter();
        let lengths = sets.flat_map(|set| [&set.coast, &set.shores, &set.rivers, &set.borders]);
        lengths.map(|strokes| strokes.points.len() as u32).max().unwrap_or(0)
    }
}

/// Where the farther half of a detail's zooms ends.
pub(super) fn far_zoom(detail: Detail) -> f64 {
    match detail {
        Detail::Coarse => 3.3,
        Detail::Medium => 5.4,
        Detail::Fine => 8.0,
    }
}

impl StrokeSet {
    /// Lines simplified to within `tolerance` world steps; 0 keeps every point.
    fn new(chunk: &Chunk, tolerance: f64) -> Self {
        Self {
            coast: Strokes::new(&chunk.coast, tolerance),
            shores: Strokes::new(&chunk.shores, tolerance),
            rivers: Strokes::new(&chunk.rivers, tolerance),
            borders: Strokes::new(&chunk.borders, tolerance),
        }
    }
}

impl Triangles {
    fn new(vertices: Vec<WorldFixed>, indices: Vec<u32>, ends: Vec<(u16, u32)>) -> Self {
        let corner = |index: usize| vertices[indices[index] as usize];
        let blocks = Blocks::new(indices.len() / 3, BLOCK, |i| [0, 1, 2].map(|n| corner(3 * i + n)));
        Self { vertices, indices, ends, blocks }
    }

    fn whole(areas: Areas) -> Self {
        Self::new(areas.vertices, areas.triangles, Vec::new())
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
        Self::new(areas.vertices.clone(), indices, ends)
    }

    /// How many indices belong to ranks up to `rank`.
    pub(super) fn count_to(&self, rank: i16) -> u32 {
        count_to(&self.ends, rank)
    }
}

impl Strokes {
    fn new(lines: &Lines, tolerance: f64) -> Self {
        let mut sorted: Vec<(u16, &[WorldFixed])> = lines.iter().collect();
        sorted.sort_by_key(|(kind, _)| *kind);
        let mut points = Vec::with_capacity(lines.points.len());
        let mut ends: Vec<(u16, u32)> = Vec::new();
        for (kind, line) in sorted {
            if tolerance > 0.0 && is_smaller(line, 2.0 * tolerance) {
                continue;
            }
            let kept = if tolerance > 0.0 {
                simplify(line, tolerance, |_| false)
            } else {
                (0..line.len()).collect()
            };
            let mut along = 0.0;
            let mut before: Option<WorldFixed> = None;
            for (number, &index) in kept.iter().enumerate() {
                let at = line[index];
                if let Some(before) = before {
                    let (dx, dy) = at.offset_from(before);
                    along += (dx as f64).hypot(dy as f64);
                }
                before = Some(at);
                points.push(LinePoint::new(at, along as u32, 0, number + 1 == kept.len()));
            }
            push_end(&mut ends, kind, points.len() as u32);
        }
        let blocks = Blocks::new(points.len().saturating_sub(1), BLOCK, |i| [points[i].at, points[i + 1].at]);
        Self { points, ends, blocks }
    }

    /// The points of one boundary; empty where it has none here.
    pub(super) fn of_boundary(&self, row: u16) -> std::ops::Range<u32> {
        range_of(&self.ends, row)
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

/// Whether a closed line is less than `size` world steps wide and high: an island or a pond.
fn is_smaller(line: &[WorldFixed], size: f64) -> bool {
    let is_closed = line.len() > 2 && line.first() == line.last();
    let bounds = WorldBounds::of(line.iter().copied());
    is_closed
        && bounds.is_some_and(|bounds| {
            let (width, height) = bounds.max.offset_from(bounds.min);
            (width as f64) < size && (height as f64) < size
        })
}

fn range_of(ends: &[(u16, u32)], kind: u16) -> std::ops::Range<u32> {
    let at = ends.partition_point(|(other, _)| *other < kind);
    let start = at.checked_sub(1).map_or(0, |before| ends[before].1);
    ends.get(at).filter(|(other, _)| *other == kind).map_or(start..start, |(_, end)| start..*end)
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
