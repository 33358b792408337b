//! What was read from one file, ready to draw, to pick and to ask.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use static_aabb2d_index::{StaticAABB2DIndex, StaticAABB2DIndexBuilder};

use super::batch::{Batch, Doubt, PartKind, Place, Placed, Problem, ProblemKind};
use super::fingerprint::fingerprint;
use super::level::{LEVEL_ZOOMS, Level, simplified};
use super::points::Points;
use super::runs::Lines;
use crate::geo::{WorldBounds, WorldFixed};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A level is worth its memory when it has this much less than the finer one.
const WORTH: f64 = 0.6;

/// One in so many features is few.
const FEW: usize = 10;

/// The bytes that features were read from, as they were.
pub type Source = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Features of one file.
pub struct Dataset {
    /// No other of this run has it.
    pub id: u64,
    source: Source,
    places: Vec<Place>,
    vertices: usize,
    pub bounds: Option<WorldBounds>,
    /// From the farthest to the data itself; empty where there are neither lines nor areas.
    pub levels: Vec<Level>,
    pub points: Points,
    pub problems: Vec<Problem>,
    /// Over the runs of the last level.
    pub(super) index: Option<StaticAABB2DIndex<u32>>,
    /// How its numbers became degrees, where they were none.
    pub placed: Option<Placed>,
    /// What of its numbers must be asked.
    pub doubt: Option<Doubt>,
    pub has_areas: bool,
    /// By row: the box around its lines and areas.
    boxes: Vec<Option<WorldBounds>>,
}

impl Dataset {
    /// Builds levels and index; the areas' triangles are still missing, see [`Dataset::fill`].
    #[must_use]
    pub fn new(source: Source, batch: Batch) -> (Self, Unfilled) {
        let bounds = bounds(&batch);
        let vertices = batch.vertices.len();
        let mut lines = Lines::default();
        let mut points = Vec::new();
        let is_all_lines = batch.parts.iter().all(|part| part.kind != PartKind::Point);
        if is_all_lines {
            lines.parts = batch.parts.iter().map(|part| (part.end, part.row, part.kind)).collect();
            lines.vertices = batch.vertices;
        } else {
            for (part, vertices) in batch.each_part() {
                match part.kind {
                    PartKind::Point => points.extend(vertices.iter().map(|at| (*at, part.row))),
                    kind => lines.push(part.row, kind, vertices),
                }
            }
        }
        let boxes = boxes(&lines, batch.places.len());
        let has_areas = lines.parts.iter().any(|(_, _, kind)| *kind == PartKind::Outer);
        let (levels, unfilled) = levels(lines, has_areas);
        let index = levels.last().and_then(index);
        let dataset = Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            source,
            places: batch.places,
            vertices,
            bounds,
            levels,
            points: Points::new(points),
            problems: batch.problems,
            index,
            has_areas,
            placed: batch.placed,
            doubt: batch.doubt,
            boxes,
        };
        (dataset, unfilled)
    }

    /// Features.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    #[must_use]
    pub fn vertices(&self) -> usize {
        self.vertices
    }

    /// All bytes of its source.
    #[must_use]
    pub fn source(&self) -> &[u8] {
        (*self.source).as_ref()
    }

    /// SHA-256 of its source, in hexadecimal digits. About a second for 500 MB.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(self.source())
    }

    /// The bytes of a feature as they stand in its source.
    #[must_use]
    pub fn bytes(&self, row: u32) -> Option<&[u8]> {
        let place = self.places.get(row as usize)?;
        (*self.source).as_ref().get(place.start as usize..place.end as usize)
    }

    /// What stands in its source before the first feature and behind the last.
    #[must_use]
    pub fn around(&self) -> [&[u8]; 2] {
        let (first, last) = (self.places.first(), self.places.last());
        let source = self.source();
        let before = first.and_then(|place| source.get(..place.start as usize));
        let behind = last.and_then(|place| source.get(place.end as usize..));
        [before.unwrap_or(source), behind.unwrap_or_default()]
    }

    /// The level that suits a zoom.
    #[must_use]
    pub fn level(&self, zoom: f64) -> Option<&Level> {
        self.levels.get(self.level_number(zoom)?)
    }

    /// The lines and rings of one feature, in full.
    pub fn lines_of(&self, row: u32) -> impl Iterator<Item = &[WorldFixed]> {
        self.levels.last().into_iter().flat_map(move |level| level.lines_of(row))
    }

    /// The lines and rings of one feature with `most` vertices at most: as fine as that allows, or the coarsest.
    #[must_use]
    pub fn lines_within(&self, row: u32, most: usize) -> Vec<&[WorldFixed]> {
        let mut lines = Vec::new();
        for level in self.levels.iter().rev() {
            lines = level.lines_of(row).collect();
            if lines.iter().map(|line| line.len()).sum::<usize>() <= most {
                break;
            }
        }
        lines
    }

    /// The box around the lines and areas of one feature.
    #[must_use]
    pub fn outline(&self, row: u32) -> Option<WorldBounds> {
        self.boxes.get(row as usize).copied().flatten()
    }

    /// The box around one feature.
    #[must_use]
    pub fn bounds_of(&self, row: u32) -> Option<WorldBounds> {
        let points = self.points.iter().filter(|(_, other)| *other == row).map(|(at, _)| at);
        match (self.outline(row), WorldBounds::of(points)) {
            (Some(outline), Some(points)) => Some(outline.union(points)),
            (outline, points) => outline.or(points),
        }
    }

    /// Makes the triangles of a level, once; the rings they are made of are not kept. It ends early and makes none
    /// when `goes_on`, asked before each polygon, says so.
    pub fn fill(&self, unfilled: &mut Unfilled, number: usize, goes_on: impl Fn() -> bool) {
        if let (Some(level), Some(lines)) = (self.levels.get(number), unfilled.0.get_mut(number)) {
            level.triangulate(&std::mem::take(lines), goes_on);
        }
    }

    /// The number of the level that suits a zoom.
    #[must_use]
    pub fn level_number(&self, zoom: f64) -> Option<usize> {
        let number = self.levels.iter().position(|level| zoom <= level.zoom);
        number.or(self.levels.len().checked_sub(1))
    }
}

/// The rings of each level, until they are triangles.
#[derive(Debug)]
pub struct Unfilled(Vec<Lines>);

/// The box around all features but one or a few that lie off the world: wrong numbers mostly, which would show the
/// rest small. Where many do, as those beyond 180° of a file about the Pacific, they belong to it.
fn bounds(batch: &Batch) -> Option<WorldBounds> {
    let all = || WorldBounds::of(batch.vertices.iter().copied());
    let is_off = |problem: &&Problem| problem.kind == ProblemKind::OutOfRange;
    let off: HashSet<u32> =
        batch.problems.iter().filter(is_off).filter_map(|problem| problem.feature).collect();
    let is_one = off.len() == 1 && batch.places.len() > 1;
    if off.is_empty() || (!is_one && off.len() * FEW > batch.places.len()) {
        return all();
    }
    let on = batch.each_part().filter(|(part, _)| !off.contains(&part.row));
    WorldBounds::of(on.flat_map(|(_, vertices)| vertices.iter().copied())).or_else(all)
}

fn boxes(lines: &Lines, rows: usize) -> Vec<Option<WorldBounds>> {
    if lines.parts.is_empty() {
        return Vec::new();
    }
    let mut boxes: Vec<Option<WorldBounds>> = vec![None; rows];
    for (row, _, vertices) in lines.each() {
        let slot = &mut boxes[row as usize];
        let own = WorldBounds::of(vertices.iter().copied());
        *slot = match (*slot, own) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (a, b) => a.or(b),
        };
    }
    boxes
}

/// Each level from the finer one, then all from the farthest to the nearest.
fn levels(lines: Lines, has_areas: bool) -> (Vec<Level>, Unfilled) {
    if lines.parts.is_empty() {
        return (Vec::new(), Unfilled(Vec::new()));
    }
    let mut made = Vec::new();
    let mut rings = Vec::new();
    let (mut finer, mut zoom) = (lines, f64::INFINITY);
    let mut zooms = LEVEL_ZOOMS.iter().rev().copied();
    loop {
        // One level is sorted while the next is made from the same lines.
        let (level, next) = std::thread::scope(|scope| {
            let sorting = scope.spawn(|| Level::new(zoom, &finer));
            let finer_zoom = zoom;
            let next = zooms.by_ref().find_map(|zoom| {
                let lines = simplified(&finer, finer_zoom, zoom);
                (lines.vertices.len() as f64 <= WORTH * finer.vertices.len() as f64).then_some((zoom, lines))
            });
            (sorting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), next)
        });
        made.push(level);
        let Some((next_zoom, next)) = next else { break };
        let before = std::mem::replace(&mut finer, next);
        zoom = next_zoom;
        if has_areas {
            rings.push(before);
        }
    }
    if has_areas {
        rings.push(finer);
    }
    made.reverse();
    rings.reverse();
    (made, Unfilled(rings))
}

fn index(level: &Level) -> Option<StaticAABB2DIndex<u32>> {
    let count = level.sorted.runs.len();
    let mut builder = StaticAABB2DIndexBuilder::<u32>::new(count);
    for run in 0..count {
        let bounds = level.sorted.bounds(run);
        builder.add(bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y);
    }
    builder.build().ok()
}

impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Dataset {}

impl fmt::Debug for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rows, vertices) = (self.places.len(), self.vertices);
        f.debug_struct("Dataset").field("rows", &rows).field("vertices", &vertices).finish_non_exhaustive()
    }
}
