//! Levels of detail: what is not seen at a zoom is not in its level.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::batch::PartKind;
use super::runs::{Lines, Run, Sorted};
use super::sleeve::{apart, sleeve};
use super::triangles::triangulated;
use crate::geo::{Warp, WorldBounds, WorldFixed};

/// Zooms that have a level of their own, besides the data itself.
pub(super) const LEVEL_ZOOMS: [f64; 8] = [1.5, 3.0, 4.0, 5.0, 6.0, 7.5, 9.0, 11.0];
/// How far a level may stray from the data, in points at its zoom.
pub(super) const STRAY: f64 = 0.5;
/// Parts smaller than this, in points, are drawn as dots, one to each place.
pub(super) const TINY: f64 = 1.0;
/// Squares that have one dot at most, in tiny parts.
const DOT_SPACING: u32 = 4;

/// World steps of a point at a zoom.
pub(super) fn steps(points: f64, zoom: f64) -> f64 {
    points * 4_294_967_296.0 / (256.0 * zoom.exp2())
}

/// Lines and areas for zooms up to its own.
#[derive(Debug)]
pub struct Level {
    /// Infinite for the data itself.
    pub zoom: f64,
    pub(super) sorted: Sorted,
    pub chunks: Vec<LineChunk>,
    /// Filled in the background, the farthest level first.
    pub(super) areas: OnceLock<Vec<Arc<AreaChunk>>>,
}

/// Runs that are drawn together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineChunk {
    pub bounds: WorldBounds,
    pub(super) first_run: u32,
    pub(super) end_run: u32,
}

/// Triangles that are drawn together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaChunk {
    pub bounds: Option<WorldBounds>,
    pub vertices: Vec<WorldFixed>,
    pub triangles: Vec<u32>,
    /// (one past its last vertex, row), feature by feature.
    pub rows: Vec<(u32, u32)>,
}

impl AreaChunk {
    /// The same for an equal-area page: bent, feature by feature, without what is out of view.
    #[must_use]
    pub fn bent(&self, warp: &Warp) -> Self {
        let mut bent = Self { bounds: Some(warp.sheet()), ..Self::default() };
        let (all, _) = self.triangles.as_chunks::<3>();
        let mut first = 0;
        for &(end, row) in &self.rows {
            let count = all[first..].iter().take_while(|corners| corners[0] < end).count();
            let (vertices, triangles) = warp.areas(&self.vertices, all[first..first + count].as_flattened());
            first += count;
            let base = bent.vertices.len() as u32;
            bent.vertices.extend(vertices);
            bent.triangles.extend(triangles.into_iter().map(|number| base + number));
            bent.rows.push((bent.vertices.len() as u32, row));
        }
        bent
    }

    /// x, y and row of each vertex.
    #[must_use]
    pub fn vertices_with_rows(&self) -> Vec<[u32; 3]> {
        let mut vertices = Vec::with_capacity(self.vertices.len());
        for &(end, row) in &self.rows {
            let of_row = &self.vertices[vertices.len()..end as usize];
            vertices.extend(of_row.iter().map(|at| [at.x, at.y, row]));
        }
        vertices
    }
}

impl Level {
    pub(super) fn new(zoom: f64, lines: &Lines) -> Self {
        let sorted = Sorted::new(lines);
        let mut first_run = 0;
        let chunks = sorted.chunks.iter().filter_map(|&end_run| {
            let runs = first_run..end_run;
            first_run = end_run;
            let bounds = runs.clone().map(|run| sorted.bounds(run as usize)).reduce(WorldBounds::union)?;
            Some(LineChunk { bounds, first_run: runs.start, end_run })
        });
        let chunks = chunks.collect();
        Self { zoom, sorted, chunks, areas: OnceLock::new() }
    }

    /// The lines of a chunk, each with the row of its feature.
    pub fn lines(&self, chunk: &LineChunk) -> impl Iterator<Item = (u32, &[WorldFixed])> {
        (chunk.first_run as usize..chunk.end_run as usize)
            .map(|index| (self.sorted.runs[index].row, self.sorted.run(index)))
    }

    /// Vertices of a chunk.
    #[must_use]
    pub fn count(&self, chunk: &LineChunk) -> usize {
        let end = |run: u32| if run == 0 { 0 } else { self.sorted.runs[run as usize - 1].end };
        (end(chunk.end_run) - end(chunk.first_run)) as usize
    }

    /// `None` while they are still being made.
    #[must_use]
    pub fn areas(&self) -> Option<&[Arc<AreaChunk>]> {
        self.areas.get().map(Vec::as_slice)
    }

    /// The lines of one feature.
    pub(super) fn lines_of(&self, row: u32) -> impl Iterator<Item = &[WorldFixed]> {
        let runs = self.sorted.runs.iter().enumerate();
        runs.filter(move |(_, run): &(usize, &Run)| run.row == row).map(|(index, _)| self.sorted.run(index))
    }

    pub(super) fn triangulate(&self, lines: &Lines, goes_on: impl Fn() -> bool) {
        if self.areas.get().is_none()
            && let Some(areas) = triangulated(lines, goes_on)
        {
            // Only the one thread that has the rings sets it.
            let _ = self.areas.set(areas);
        }
    }
}

/// The `lines` of a finer zoom for another: fewer vertices, and dots for what is too small to have a shape.
pub(super) fn simplified(lines: &Lines, finer: f64, zoom: f64) -> Lines {
    // The finer level has strayed already.
    let stray = steps(STRAY, zoom) - steps(STRAY, finer);
    let tiny = steps(TINY, zoom) as u32;
    let halves = halves(lines);
    let done = std::thread::scope(|scope| {
        let threads: Vec<_> = halves
            .into_iter()
            .map(|range| scope.spawn(move || simplified_part(lines, range, (stray, tiny))))
            .collect();
        threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    let mut all = Lines::default();
    for half in done {
        all.append(half.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
    }
    all
}

/// Parts in two ranges of about as many vertices.
fn halves(lines: &Lines) -> Vec<std::ops::Range<usize>> {
    let middle = lines.vertices.len() as u32 / 2;
    let split = lines.parts.partition_point(|part| part.0 <= middle);
    vec![0..split, split..lines.parts.len()]
}

fn simplified_part(lines: &Lines, range: std::ops::Range<usize>, (stray, tiny): (f64, u32)) -> Lines {
    let mut result = Lines::default();
    let mut dots: HashSet<(u32, u32)> = HashSet::new();
    let mut kept = Vec::new();
    let mut start = if range.start == 0 { 0 } else { lines.parts[range.start - 1].0 };
    // Whether the outer ring that holes follow became a dot, or nothing.
    let mut is_outer_tiny = false;
    for &(end, row, kind) in &lines.parts[range] {
        let vertices = &lines.vertices[start as usize..end as usize];
        start = end;
        if kind == PartKind::Hole && is_outer_tiny {
            continue;
        }
        let is_tiny = size(vertices) < tiny;
        if kind != PartKind::Hole {
            is_outer_tiny = is_tiny;
        }
        if is_tiny {
            let cell = (DOT_SPACING * tiny).max(1);
            if kind != PartKind::Hole && dots.insert((vertices[0].x / cell, vertices[0].y / cell)) {
                result.push(row, PartKind::Line, &[vertices[0], vertices[0]]);
            }
            continue;
        }
        kept.clear();
        if kind == PartKind::Line {
            sleeve(vertices, stray, &mut kept);
        } else {
            ring(vertices, stray, &mut kept);
        }
        result.push(row, kind, &kept);
    }
    result
}

/// A ring stays one: it is cut at its farthest vertex, so that both halves keep their ends.
fn ring(vertices: &[WorldFixed], stray: f64, kept: &mut Vec<WorldFixed>) {
    let from = vertices[0];
    let farthest = (0..vertices.len()).max_by_key(|&index| {
        let [dx, dy] = apart(vertices[index], from);
        (dx.abs() + dy.abs()) as u64
    });
    let middle = farthest.unwrap_or(0);
    sleeve(&vertices[..=middle], stray, kept);
    if middle + 1 < vertices.len() {
        kept.pop();
        sleeve(&vertices[middle..], stray, kept);
    }
}

/// The longer side of the box around them, in world steps.
fn size(vertices: &[WorldFixed]) -> u32 {
    WorldBounds::of(vertices.iter().copied())
        .map_or(0, |bounds| (bounds.max.x - bounds.min.x).max(bounds.max.y - bounds.min.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(at: WorldFixed, radius: f64) -> Vec<WorldFixed> {
        let point = |i: u32| {
            let angle = f64::from(i % 360).to_radians();
            let step = |from: u32, share: f64| (f64::from(from) + radius * share).round() as u32;
            WorldFixed::new(step(at.x, angle.cos()), step(at.y, angle.sin()))
        };
        (0..=360).map(point).collect()
    }

    #[test]
    fn a_ring_stays_closed_and_an_island_becomes_a_dot_before_it_is_nothing() {
        let mut lines = Lines::default();
        lines.push(0, PartKind::Outer, &circle(WorldFixed::new(1 << 31, 1 << 31), steps(40.0, 4.0)));
        lines.push(1, PartKind::Outer, &circle(WorldFixed::new(1 << 30, 1 << 30), steps(0.2, 4.0)));
        let level = simplified(&lines, f64::INFINITY, 4.0);
        let parts: Vec<_> = level.each().collect();
        assert_eq!((parts[0].0, parts[0].1), (0, PartKind::Outer));
        assert_eq!(parts[0].2.first(), parts[0].2.last());
        assert!((8..120).contains(&parts[0].2.len()), "{}", parts[0].2.len());
        assert_eq!((parts[1].0, parts[1].1, parts[1].2.len()), (1, PartKind::Line, 2));
    }
}
