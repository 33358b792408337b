//! Areas on paper: triangles put together to rings again, cut to what is seen.

use super::lines::{Copy, Reach, Sight, short};
use super::paper::Step;
use crate::geo::{WorldBounds, WorldFixed, simplify};

/// Rings smaller than this both ways are left out, in points.
const LEAST: f64 = 0.15;

/// Triangles by their corners, in any order and either way round.
pub(super) type Triangle = [WorldFixed; 3];

/// The seen part of `triangles` as rings. Where triangles share an edge it is gone; all rings go round the same
/// way, so that what winds round a place at all is inside.
pub(super) fn path(sight: &Sight, triangles: impl Iterator<Item = Triangle>, copy: Copy) -> Vec<Step> {
    let window = sight.window(Reach::default());
    let is_near = |triangle: &Triangle| {
        let corners = triangle.map(|corner| sight.place(corner, copy));
        (0..2).all(|axis| {
            let values = corners.map(|corner| corner[axis]);
            let (low, high) =
                (values[0].min(values[1]).min(values[2]), values[0].max(values[1]).max(values[2]));
            high >= window[axis] && low <= window[axis + 2]
        })
    };
    let mut path = Vec::new();
    for ring in rings(triangles.filter(is_near)) {
        if is_tiny(&ring, sight) {
            continue;
        }
        let placed: Vec<[f64; 2]> =
            thinned(&ring, sight.tolerance()).into_iter().map(|at| sight.place(at, copy)).collect();
        let cut = cut(placed, window);
        if cut.len() < 3 {
            continue;
        }
        let points = cut.into_iter().enumerate();
        path.extend(points.map(|(n, at)| if n == 0 { Step::Move(short(at)) } else { Step::Line(short(at)) }));
        path.push(Step::Close);
    }
    path
}

fn is_tiny(ring: &[WorldFixed], sight: &Sight) -> bool {
    WorldBounds::of(ring.iter().copied()).is_none_or(|bounds| {
        let size = [bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y];
        size.iter().all(|&steps| f64::from(steps) * sight.scale < LEAST)
    })
}

/// The edges that only one triangle has, chained to rings; the first point is not repeated.
fn rings(triangles: impl Iterator<Item = Triangle>) -> Vec<Vec<WorldFixed>> {
    let mut edges: Vec<(WorldFixed, WorldFixed, bool)> = Vec::new();
    for [a, b, c] in triangles {
        let turn = turn(a, b, c);
        if turn == 0 {
            continue;
        }
        let corners = if turn > 0 { [a, b, c] } else { [a, c, b] };
        for n in 0..3 {
            let (from, to) = (corners[n], corners[(n + 1) % 3]);
            edges.push(if from < to { (from, to, true) } else { (to, from, false) });
        }
    }
    edges.sort_unstable();
    let mut outer: Vec<(WorldFixed, WorldFixed)> = Vec::new();
    for same in edges.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (low, high, _) = same[0];
        let forward = same.iter().filter(|edge| edge.2).count();
        let backward = same.len() - forward;
        let edge = if forward > backward { (low, high) } else { (high, low) };
        outer.extend(std::iter::repeat_n(edge, forward.abs_diff(backward)));
    }
    outer.sort_unstable();
    chained(&outer)
}

/// Follows edges, sorted by their start, until each has been walked once.
fn chained(edges: &[(WorldFixed, WorldFixed)]) -> Vec<Vec<WorldFixed>> {
    let mut is_walked = vec![false; edges.len()];
    let next_from = |start: WorldFixed, is_walked: &[bool]| {
        let first = edges.partition_point(|edge| edge.0 < start);
        (first..edges.len()).take_while(|&n| edges[n].0 == start).find(|&n| !is_walked[n])
    };
    let mut rings = Vec::new();
    for first in 0..edges.len() {
        let mut ring = Vec::new();
        let mut at = Some(first).filter(|&n| !is_walked[n]);
        while let Some(number) = at {
            is_walked[number] = true;
            ring.push(edges[number].0);
            at = next_from(edges[number].1, &is_walked);
        }
        if ring.len() > 2 {
            rings.push(ring);
        }
    }
    rings
}

/// Positive where the corners go one way round, negative the other, 0 where they lie on a line.
fn turn(a: WorldFixed, b: WorldFixed, c: WorldFixed) -> i128 {
    let d = |to: u32, from: u32| i128::from(to) - i128::from(from);
    (d(b.x, a.x) * d(c.y, a.y) - d(b.y, a.y) * d(c.x, a.x)).signum()
}

/// A ring with no more points than can be seen.
fn thinned(ring: &[WorldFixed], tolerance: f64) -> Vec<WorldFixed> {
    let far = |at: &WorldFixed| {
        let (dx, dy) = at.offset_from(ring[0]);
        (dx as f64).hypot(dy as f64)
    };
    let farthest = ring.iter().enumerate().max_by(|a, b| far(a.1).total_cmp(&far(b.1))).map_or(0, |(n, _)| n);
    let mut closed = ring.to_vec();
    closed.push(ring[0]);
    let mut kept = simplify(&closed, tolerance, |n| n == farthest);
    kept.pop();
    kept.into_iter().map(|n| ring[n]).collect()
}

/// A ring cut at the four sides of a window one after the other (Sutherland and Hodgman 1974); parts of it may run
/// along the sides.
fn cut(mut ring: Vec<[f64; 2]>, window: [f64; 4]) -> Vec<[f64; 2]> {
    for (side, limit) in window.into_iter().enumerate() {
        let (axis, sign) = (side % 2, if side < 2 { 1.0 } else { -1.0 });
        let depth = |point: [f64; 2]| (point[axis] - limit) * sign;
        if ring.iter().all(|&point| depth(point) >= 0.0) {
            continue;
        }
        let mut inside = Vec::with_capacity(ring.len());
        for (n, &point) in ring.iter().enumerate() {
            let before = ring[(n + ring.len() - 1) % ring.len()];
            let (a, b) = (depth(before), depth(point));
            if (a < 0.0) != (b < 0.0) {
                let share = a / (a - b);
                let mut at =
                    [before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share];
                at[axis] = limit;
                inside.push(at);
            }
            if b >= 0.0 {
                inside.push(point);
            }
        }
        ring = inside;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(x: u32, y: u32) -> WorldFixed {
        WorldFixed::new(x, y)
    }

    /// Twice the area of the rings, by their direction.
    fn area(rings: &[Vec<WorldFixed>]) -> i64 {
        let of_ring = |ring: &Vec<WorldFixed>| {
            let next = ring.iter().cycle().skip(1);
            let cross = |(a, b): (&WorldFixed, &WorldFixed)| {
                i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y)
            };
            ring.iter().zip(next).map(cross).sum::<i64>()
        };
        rings.iter().map(of_ring).sum()
    }

    #[test]
    fn two_triangles_become_the_square_they_make() {
        let (a, b, c, d) = (at(0, 0), at(10, 0), at(10, 10), at(0, 10));
        let rings = rings([[a, b, c], [a, d, c]].into_iter());
        assert_eq!(rings.len(), 1);
        assert_eq!((rings[0].len(), area(&rings)), (4, 200));
    }

    #[test]
    fn a_hole_goes_the_other_way_round() {
        let outer = [at(0, 0), at(9, 0), at(9, 9), at(0, 9)];
        let inner = [at(3, 3), at(6, 3), at(6, 6), at(3, 6)];
        let sides = (0..4).flat_map(|n| {
            let m = (n + 1) % 4;
            [[outer[n], outer[m], inner[n]], [inner[n], inner[m], outer[m]]]
        });
        let rings = rings(sides);
        assert_eq!((rings.len(), area(&rings)), (2, 2 * (81 - 9)));
    }

    #[test]
    fn a_ring_that_surrounds_the_window_becomes_the_window() {
        let window = [0.0, 0.0, 10.0, 5.0];
        let ring = cut(vec![[-9.0, -9.0], [30.0, -9.0], [30.0, 30.0], [-9.0, 30.0]], window);
        assert_eq!(ring.len(), 4);
        assert!(ring.iter().all(|p| [0.0, 10.0].contains(&p[0]) && [0.0, 5.0].contains(&p[1])), "{ring:?}");
        assert!(cut(vec![[-9.0, 0.0], [-1.0, 0.0], [-1.0, 3.0]], window).is_empty());
    }
}
