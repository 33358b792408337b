//! The corridors as polylines: chains of equal precision, simplified per zoom, beside each other on shared track.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::bend::{bent_mesh, bent_points};
use super::draw::{LineMesh, LinePoint, MeshId};
use crate::atlas::{Atlas, Id, Leg, Precision, RouteRole};
use crate::geo::{Warp, WorldBounds, WorldFixed, simplify};

/// Up to which zoom each level is drawn; the last is the data itself.
const LEVEL_ZOOMS: [f64; 5] = [3.5, 5.0, 6.5, 8.0, f64::INFINITY];
/// A simplified line stays this close to the data, in points at the level's upper zoom.
const TOLERANCE: f64 = 0.4;

/// One corridor, ready to draw and to pick.
#[derive(Debug)]
pub struct CorridorLines {
    pub id: Id,
    pub bounds: WorldBounds,
    pub chains: Vec<Chain>,
    levels: Vec<Level>,
}

/// Consecutive legs of one route and one precision, where no route before drew them.
#[derive(Debug)]
pub struct Chain {
    pub role: RouteRole,
    pub precision: Precision,
    pub points: Vec<LinePoint>,
    pub bounds: WorldBounds,
}

/// All chains at one level of detail.
#[derive(Debug)]
pub struct Level {
    pub mesh: Arc<LineMesh>,
    pub strokes: Vec<Stroke>,
}

/// The points of a mesh that are drawn alike.
#[derive(Clone, Debug)]
pub struct Stroke {
    pub role: RouteRole,
    pub precision: Precision,
    pub points: Range<u32>,
}

impl CorridorLines {
    /// The level that suits `zoom`.
    #[must_use]
    pub fn level(&self, zoom: f64) -> &Level {
        let index = LEVEL_ZOOMS.iter().position(|&upper| zoom <= upper).unwrap_or(LEVEL_ZOOMS.len() - 1);
        // Of a bent corridor there is one level only.
        &self.levels[index.min(self.levels.len() - 1)]
    }

    /// The corridor for an equal-area page, at the level that suits `zoom`. It is measured along what is seen of it.
    #[must_use]
    pub(super) fn bent(&self, zoom: f64, warp: &Warp) -> Self {
        let bounds = warp.sheet();
        let chains = self.chains.iter().flat_map(|chain| {
            let points = bent_points(&chain.points, warp, |_, along| along);
            let parts = points.split_inclusive(|point| point.flags & LinePoint::GAP != 0);
            let part = |points: &[LinePoint]| Chain { points: points.to_vec(), bounds, ..*chain };
            parts.map(part).collect::<Vec<_>>()
        });
        let level = self.level(zoom);
        let ranges = level.strokes.iter().map(|stroke| stroke.points.clone());
        let (mesh, ranges) = bent_mesh(&level.mesh, ranges, warp);
        let strokes = level.strokes.iter().zip(ranges);
        let strokes = strokes.map(|(stroke, points)| Stroke { points, ..*stroke }).collect();
        Self { id: self.id.clone(), bounds, chains: chains.collect(), levels: vec![Level { mesh, strokes }] }
    }
}

/// All corridors of the atlas, in the order of the document.
#[must_use]
pub(super) fn corridor_lines(atlas: &Atlas) -> Vec<CorridorLines> {
    let legs = legs_in_drawing_order(atlas);
    let sharing = Sharing::of(&legs, atlas);
    atlas
        .corridors
        .iter()
        .enumerate()
        .filter_map(|(index, corridor)| {
            let own = legs.iter().filter(|leg| leg.corridor == corridor.id);
            let chains = chains(own, &sharing, index);
            let bounds = chains.iter().map(|chain| chain.bounds).reduce(WorldBounds::union)?;
            let levels = LEVEL_ZOOMS.iter().map(|&zoom| level(&chains, zoom, bounds)).collect();
            Some(CorridorLines { id: corridor.id.clone(), bounds, chains, levels })
        })
        .collect()
}

/// Main routes before branches, so that a branch leaves shared track to its main line.
fn legs_in_drawing_order(atlas: &Atlas) -> Vec<&Leg> {
    let mut legs: Vec<&Leg> = atlas.legs.iter().collect();
    legs.sort_by_key(|leg| leg.role);
    legs
}

/// An edge without direction, and whether it was met in the direction of its key.
fn edge(a: WorldFixed, b: WorldFixed) -> ((WorldFixed, WorldFixed), bool) {
    if a <= b { ((a, b), true) } else { ((b, a), false) }
}

/// Who runs on each edge.
struct Sharing {
    /// By edge: a bit for each corridor, and the direction in which the first of them runs.
    edges: HashMap<(WorldFixed, WorldFixed), (u32, bool)>,
}

impl Sharing {
    fn of(legs: &[&Leg], atlas: &Atlas) -> Self {
        let mut edges = HashMap::new();
        for (index, corridor) in atlas.corridors.iter().enumerate() {
            for leg in legs.iter().filter(|leg| leg.corridor == corridor.id) {
                for (a, b) in leg_edges(leg) {
                    let (key, is_along) = edge(a, b);
                    edges.entry(key).or_insert((0, is_along)).0 |= 1 << index;
                }
            }
        }
        Self { edges }
    }

    /// Half steps to the right of the way from `a` to `b` for corridor number `index`.
    fn half_steps(&self, a: WorldFixed, b: WorldFixed, index: usize) -> i8 {
        let (key, is_along) = edge(a, b);
        let Some(&(corridors, first_is_along)) = self.edges.get(&key) else { return 0 };
        let before = (corridors & ((1 << index) - 1)).count_ones() as i8;
        let side = 2 * before - (corridors.count_ones() as i8 - 1);
        if is_along == first_is_along { side } else { -side }
    }
}

fn leg_edges(leg: &Leg) -> impl Iterator<Item = (WorldFixed, WorldFixed)> {
    leg.line.windows(2).map(|pair| (pair[0].to_world(), pair[1].to_world())).filter(|(a, b)| a != b)
}

/// A chain under way.
struct Open<'a> {
    leg: &'a Leg,
    ends: Vec<WorldFixed>,
    sides: Vec<i8>,
}

fn chains<'a>(legs: impl Iterator<Item = &'a &'a Leg>, sharing: &Sharing, index: usize) -> Vec<Chain> {
    let mut drawn = std::collections::HashSet::new();
    let mut done = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for leg in legs {
        for (a, b) in leg_edges(leg) {
            let is_new = drawn.insert(edge(a, b).0);
            let continues = open.as_ref().is_some_and(|open| {
                open.ends.last() == Some(&a)
                    && open.leg.route == leg.route
                    && open.leg.precision == leg.precision
            });
            if !is_new || !continues {
                done.extend(open.take().and_then(close));
            }
            if !is_new {
                continue;
            }
            let chain = open.get_or_insert_with(|| Open { leg, ends: vec![a], sides: Vec::new() });
            chain.ends.push(b);
            chain.sides.push(sharing.half_steps(a, b, index));
        }
    }
    done.extend(open.and_then(close));
    done.sort_by_key(|chain| (chain.role, chain.precision));
    done
}

fn close(open: Open<'_>) -> Option<Chain> {
    let last = open.ends.len().checked_sub(1)?;
    let mut along = 0.0;
    let points = open
        .ends
        .iter()
        .enumerate()
        .map(|(i, &at)| {
            if i > 0 {
                along += steps_between(open.ends[i - 1], at);
            }
            LinePoint::new(at, along as u32, side_at(&open.sides, i), i == last)
        })
        .collect();
    let bounds = WorldBounds::of(open.ends)?;
    Some(Chain { role: open.leg.role, precision: open.leg.precision, points, bounds })
}

/// Where sharing begins or ends, the line leaves its own track only after the point.
fn side_at(sides: &[i8], i: usize) -> i8 {
    let before = i.checked_sub(1).and_then(|i| sides.get(i)).or(sides.first()).copied().unwrap_or(0);
    let after = sides.get(i).or(sides.last()).copied().unwrap_or(0);
    if before == after || before.abs() < after.abs() { before } else { after }
}

fn steps_between(a: WorldFixed, b: WorldFixed) -> f64 {
    let (dx, dy) = b.offset_from(a);
    (dx as f64).hypot(dy as f64)
}

fn level(chains: &[Chain], upper_zoom: f64, bounds: WorldBounds) -> Level {
    let tolerance = TOLERANCE * 4_294_967_296.0 / (256.0 * upper_zoom.exp2());
    let mut points: Vec<LinePoint> = Vec::new();
    let mut strokes: Vec<Stroke> = Vec::new();
    for chain in chains {
        let start = points.len() as u32;
        let line: Vec<WorldFixed> = chain.points.iter().map(|point| point.at).collect();
        let side = |i: usize| chain.points[i].half_steps();
        let kept = simplify(&line, tolerance, |i| side(i) != side(i - 1) || side(i) != side(i + 1));
        points.extend(kept.into_iter().map(|i| chain.points[i]));
        let end = points.len() as u32;
        match strokes.last_mut() {
            Some(stroke) if (stroke.role, stroke.precision) == (chain.role, chain.precision) => {
                stroke.points.end = end;
            }
            _ => strokes.push(Stroke { role: chain.role, precision: chain.precision, points: start..end }),
        }
    }
    Level { mesh: Arc::new(LineMesh { id: MeshId::fresh(), points, bounds }), strokes }
}
