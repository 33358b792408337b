//! What lies at a place: exact, by an index over runs of segments.

use super::dataset::Dataset;
use super::points::Points;
use crate::geo::{ScreenPoint, Viewport, WorldBounds, WorldFixed};

/// A feature at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub row: u32,
    /// Screen points from it; 0 inside an area.
    pub distance: f64,
}

impl Dataset {
    /// The features whose lines pass within `reach` points, nearest first; each once.
    #[must_use]
    pub fn lines_near(&self, viewport: &Viewport, point: ScreenPoint, reach: f64) -> Vec<Near> {
        let (Some(index), Some(finest)) = (&self.index, self.levels.last()) else { return Vec::new() };
        let query = |around: WorldBounds| index.query(around.min.x, around.min.y, around.max.x, around.max.y);
        let mut found = Vec::new();
        for run in around(viewport, point, reach).into_iter().flat_map(query) {
            let vertices = finest.sorted.run(run);
            let nearest = vertices
                .windows(2)
                .map(|pair| {
                    let ends = [0, 1].map(|n| viewport.screen_from_world(pair[n]));
                    to_segment(point, ends)
                })
                .fold(f64::INFINITY, f64::min);
            if nearest <= reach {
                found.push(Near { row: finest.sorted.runs[run].row, distance: nearest });
            }
        }
        each_once(found)
    }

    /// The features in whose areas `place` lies: an even number of edges of a polygon on one side is outside, holes
    /// included; polygons of one feature may overlap.
    #[must_use]
    pub fn areas_at(&self, place: WorldFixed) -> Vec<u32> {
        let (Some(index), Some(finest)) = (&self.index, self.levels.last()) else { return Vec::new() };
        let mut crossed: Vec<(u32, u32)> = Vec::new();
        for run in index.query(place.x, place.y, u32::MAX, place.y) {
            let about = finest.sorted.runs[run];
            if about.polygon == 0 {
                continue;
            }
            let crossings = finest.sorted.run(run).windows(2).filter(|pair| is_crossed(place, pair)).count();
            crossed.extend(std::iter::repeat_n((about.row, about.polygon), crossings % 2));
        }
        crossed.sort_unstable();
        let odd = crossed.chunk_by(|a, b| a == b).filter(|same| same.len() % 2 == 1);
        let mut rows: Vec<u32> = odd.map(|same| same[0].0).collect();
        rows.dedup();
        rows
    }
}

impl Points {
    /// The features whose points are drawn within `reach` points, nearest first.
    #[must_use]
    pub fn near(&self, viewport: &Viewport, point: ScreenPoint, (reach, depth): (f64, u32)) -> Vec<Near> {
        let clusters = around(viewport, point, reach).into_iter().flat_map(|part| self.clusters(part, depth));
        let near = clusters.filter_map(|cluster| {
            let distance = viewport.screen_from_world(cluster.at).distance(point);
            (distance <= reach).then_some(Near { row: cluster.row, distance })
        });
        each_once(near.collect())
    }
}

/// Whether the ray from `place` to the east crosses the edge.
fn is_crossed(place: WorldFixed, pair: &[WorldFixed]) -> bool {
    let (a, b) = (pair[0], pair[1]);
    if (a.y > place.y) == (b.y > place.y) {
        return false;
    }
    let share = (f64::from(place.y) - f64::from(a.y)) / (f64::from(b.y) - f64::from(a.y));
    let x = f64::from(a.x) + share * (f64::from(b.x) - f64::from(a.x));
    f64::from(place.x) < x
}

/// The part of the world within `reach` points of a place on the screen: two across 180°.
fn around(viewport: &Viewport, point: ScreenPoint, reach: f64) -> Vec<WorldBounds> {
    let corner = |sign: f64| {
        viewport.world_from_screen(ScreenPoint::new(point.x + sign * reach, point.y + sign * reach))
    };
    let (min, max) = (corner(-1.0), corner(1.0));
    if min.y > max.y {
        return Vec::new();
    }
    let part = |left: u32, right: u32| WorldBounds {
        min: WorldFixed::new(left, min.y),
        max: WorldFixed::new(right, max.y),
    };
    if min.x <= max.x { vec![part(min.x, max.x)] } else { vec![part(min.x, u32::MAX), part(0, max.x)] }
}

fn to_segment(point: ScreenPoint, [a, b]: [ScreenPoint; 2]) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / dx.mul_add(dx, dy * dy).max(1e-12);
    let along = along.clamp(0.0, 1.0);
    point.distance(ScreenPoint::new(a.x + along * dx, a.y + along * dy))
}

fn each_once(mut found: Vec<Near>) -> Vec<Near> {
    found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    let mut seen = std::collections::HashSet::new();
    found.retain(|near| seen.insert(near.row));
    found
}
