//! Cuts geometry to the square of its tile.
//!
//! Invariant: what lies inside is not moved, and a line gives the same cuts in both directions.

use super::shape::Point;

/// Whether a point is this tile's and no neighbour's: its western and northern sides are its own, the others too
/// where the world ends.
pub(super) fn owns([x, y]: Point, extent: f64, (is_last_column, is_last_row): (bool, bool)) -> bool {
    let inside = |value: f64, is_last: bool| (0.0..extent).contains(&value) || (is_last && value == extent);
    inside(x, is_last_column) && inside(y, is_last_row)
}

fn is_inside([x, y]: Point, extent: f64) -> bool {
    (0.0..=extent).contains(&x) && (0.0..=extent).contains(&y)
}

/// The pieces of a line inside the square (Liang and Barsky 1984), each with two points or more.
pub(super) fn line(line: &[Point], extent: f64, mut piece: impl FnMut(&[Point])) {
    let mut run: Vec<Point> = Vec::new();
    for (from, to) in line.iter().zip(line.iter().skip(1)) {
        let cut = if is_inside(*from, extent) && is_inside(*to, extent) {
            Some([*from, *to])
        } else {
            segment(*from, *to, extent)
        };
        let Some([start, end]) = cut else { continue };
        if run.last().is_some_and(|last| *last != start) {
            finish(&mut run, &mut piece);
        }
        if run.is_empty() {
            run.push(start);
        }
        if start != end {
            run.push(end);
        }
    }
    finish(&mut run, &mut piece);
}

fn finish(run: &mut Vec<Point>, piece: &mut impl FnMut(&[Point])) {
    if run.len() > 1 {
        piece(run);
    }
    run.clear();
}

/// The part of a segment inside the square.
fn segment(from: Point, to: Point, extent: f64) -> Option<[Point; 2]> {
    // The same cut whichever way the segment runs.
    if to < from {
        return segment(to, from, extent).map(|[start, end]| [end, start]);
    }
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let run = to[axis] - from[axis];
        for (step, room) in [(-run, from[axis]), (run, extent - from[axis])] {
            if step == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
    }
    if enter > leave {
        return None;
    }
    let at = |t: f64| [0, 1].map(|axis| (to[axis] - from[axis]).mul_add(t, from[axis]).clamp(0.0, extent));
    let start = if enter > 0.0 { at(enter) } else { from };
    let end = if leave < 1.0 { at(leave) } else { to };
    Some([start, end])
}

/// The part of a ring inside the square (Sutherland and Hodgman 1974), without its first point again; empty where
/// nothing is. A ring that leaves and comes back runs along the side.
pub(super) fn ring(ring: &[Point], extent: f64) -> Vec<Point> {
    let mut ring = ring.to_vec();
    if ring.iter().all(|point| is_inside(*point, extent)) {
        return ring;
    }
    let sides: [(usize, f64, bool); 4] =
        [(0, 0.0, true), (0, extent, false), (1, 0.0, true), (1, extent, false)];
    for (axis, limit, is_lower) in sides {
        let inside = |point: Point| if is_lower { point[axis] >= limit } else { point[axis] <= limit };
        let mut cut = Vec::with_capacity(ring.len() + 4);
        let before = ring.last().copied().into_iter().chain(ring.iter().copied());
        for (from, to) in before.zip(ring.iter().copied()) {
            if inside(from) != inside(to) {
                push(&mut cut, crossing(from, to, (axis, limit)));
            }
            if inside(to) {
                push(&mut cut, to);
            }
        }
        ring = cut;
    }
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 { Vec::new() } else { ring }
}

fn push(ring: &mut Vec<Point>, point: Point) {
    if ring.last() != Some(&point) {
        ring.push(point);
    }
}

/// Where a segment crosses a side, the same whichever way it runs.
fn crossing(from: Point, to: Point, (axis, limit): (usize, f64)) -> Point {
    let (from, to) = if to < from { (to, from) } else { (from, to) };
    let t = (limit - from[axis]) / (to[axis] - from[axis]);
    let mut point = from;
    point[1 - axis] = (to[1 - axis] - from[1 - axis]).mul_add(t, from[1 - axis]);
    point[axis] = limit;
    point
}

#[cfg(test)]
mod tests {
    use super::super::shape::doubled_area;
    use super::*;
    use proptest::prelude::*;

    fn pieces(points: &[Point]) -> Vec<Vec<Point>> {
        let mut pieces = Vec::new();
        line(points, 10.0, |piece| pieces.push(piece.to_vec()));
        pieces
    }

    #[test]
    fn a_line_that_comes_back_is_two() {
        let out_and_back = [[2.0, 2.0], [14.0, 2.0], [14.0, 4.0], [6.0, 4.0]];
        assert_eq!(pieces(&out_and_back), [[[2.0, 2.0], [10.0, 2.0]], [[10.0, 4.0], [6.0, 4.0]]]);
        assert_eq!(pieces(&[[-5.0, 5.0], [15.0, 5.0]]), [[[0.0, 5.0], [10.0, 5.0]]]);
    }

    #[test]
    fn a_line_beside_the_tile_or_at_its_corner_is_none() {
        assert!(pieces(&[[11.0, 0.0], [11.0, 9.0]]).is_empty());
        assert!(pieces(&[[-1.0, 1.0], [1.0, -1.0]]).is_empty());
        assert!(pieces(&[[3.0, 3.0], [3.0, 3.0]]).is_empty());
    }

    #[test]
    fn a_ring_around_the_tile_becomes_the_tile() {
        let around = [[-5.0, -5.0], [15.0, -5.0], [15.0, 15.0], [-5.0, 15.0]];
        let cut = ring(&around, 10.0);
        assert_eq!(doubled_area(&cut), 200.0);
        assert_eq!(cut.len(), 4);
        assert!(ring(&[[11.0, 1.0], [15.0, 1.0], [15.0, 5.0]], 10.0).is_empty());
    }

    #[test]
    fn a_point_on_a_side_belongs_to_one_tile() {
        assert!(owns([0.0, 0.0], 10.0, (false, false)));
        assert!(!owns([10.0, 0.0], 10.0, (false, false)));
        assert!(owns([10.0, 0.0], 10.0, (true, false)));
        assert!(!owns([f64::NAN, 0.0], 10.0, (true, true)));
    }

    fn point() -> impl Strategy<Value = Point> {
        [-30..40_i32, -30..40_i32].prop_map(|point| point.map(f64::from))
    }

    proptest! {
        #[test]
        fn what_is_left_lies_inside(points in prop::collection::vec(point(), 3..9)) {
            for piece in pieces(&points).into_iter().chain([ring(&points, 10.0)]) {
                for [x, y] in piece {
                    prop_assert!((0.0..=10.0).contains(&x) && (0.0..=10.0).contains(&y), "{x} {y}");
                }
            }
        }

        #[test]
        fn four_tiles_have_the_area_of_the_whole(points in prop::collection::vec(point(), 3..9)) {
            let shifted = |dx: f64, dy: f64| points.iter().map(|[x, y]| [x - dx, y - dy]).collect::<Vec<_>>();
            let quarters = [(0.0, 0.0), (5.0, 0.0), (0.0, 5.0), (5.0, 5.0)];
            let sum: f64 = quarters.iter().map(|(x, y)| doubled_area(&ring(&shifted(*x, *y), 5.0))).sum();
            prop_assert!((sum - doubled_area(&ring(&points, 10.0))).abs() < 1e-6);
        }

        #[test]
        fn a_line_is_cut_alike_in_both_directions(points in prop::collection::vec(point(), 2..6)) {
            let mut reversed = points.clone();
            reversed.reverse();
            let mut back: Vec<Vec<Point>> = pieces(&reversed);
            back.reverse();
            for piece in &mut back {
                piece.reverse();
            }
            prop_assert_eq!(pieces(&points), back);
        }
    }
}
