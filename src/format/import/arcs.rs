//! Circular arcs (ISO 13249-3, `ST_CircularString`) as straight pieces, since `GeoJSON` has nothing else.

use std::f64::consts::TAU;

use super::geometry::Position;

/// Pieces of a whole circle: they stray 4 · 10⁻⁵ of its radius from it at most.
const PIECES: f64 = 360.0;
/// Pieces of one geometry: beyond that its circles get fewer.
const MOST_PIECES: usize = 1 << 22;

/// The line along arcs that each go from a position through the next one to the third, which begins the next arc.
/// Three in a row, and what no circle goes through, is straight.
pub(super) fn along(arcs: &[Position]) -> Vec<Position> {
    let pieces = PIECES.min((2 * MOST_PIECES / arcs.len().max(1)) as f64);
    let mut line: Vec<Position> = arcs.first().copied().into_iter().collect();
    let mut at = 0;
    while let Some(&[from, via, to]) = arcs.get(at..at + 3) {
        if let Some(circle) = Circle::through([from, via, to]) {
            circle.turn((from, via), pieces, &mut line);
            circle.turn((via, to), pieces, &mut line);
        } else {
            line.extend([via, to]);
        }
        at += 2;
    }
    // One too many is no arc.
    line.extend(arcs.get(at + 1));
    line
}

struct Circle {
    centre: [f64; 2],
    /// Against the clock.
    is_left: bool,
}

impl Circle {
    /// The circle through three positions; where the last is the first again, the one whose diameter reaches the second.
    fn through([from, via, to]: [Position; 3]) -> Option<Self> {
        if from[..2] == to[..2] {
            let centre = [f64::midpoint(from[0], via[0]), f64::midpoint(from[1], via[1])];
            return (from[..2] != via[..2]).then_some(Self { centre, is_left: true });
        }
        // From the first one, so that large coordinates do not swallow small arcs.
        let ([bx, by], [cx, cy]) = ([via[0] - from[0], via[1] - from[1]], [to[0] - from[0], to[1] - from[1]]);
        let twice = 2.0 * (bx * cy - by * cx);
        let (b, c) = (bx * bx + by * by, cx * cx + cy * cy);
        let centre = [from[0] + (cy * b - by * c) / twice, from[1] + (bx * c - cx * b) / twice];
        let is_straight = twice.abs() <= 1e-12 * (b + c);
        (!is_straight && centre.iter().all(|number| number.is_finite()))
            .then_some(Self { centre, is_left: twice > 0.0 })
    }

    /// Adds the way from the one to the other, whose own positions stay as they are.
    fn turn(&self, (from, to): (Position, Position), pieces: f64, line: &mut Vec<Position>) {
        let [x, y] = self.centre;
        let angle = |at: Position| (at[1] - y).atan2(at[0] - x);
        let turned = (angle(to) - angle(from)).rem_euclid(TAU);
        let turned = if self.is_left { turned } else { turned - TAU };
        let radius = (from[0] - x).hypot(from[1] - y);
        let steps = (turned.abs() / TAU * pieces).ceil().max(1.0);
        for step in 1..steps as u32 {
            let part = f64::from(step) / steps;
            let (sin, cos) = (angle(from) + turned * part).sin_cos();
            line.push([x + radius * cos, y + radius * sin, from[2] + (to[2] - from[2]) * part]);
        }
        line.push(to);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FLAT: f64 = f64::NAN;

    #[test]
    fn an_arc_goes_through_its_positions_and_stays_on_its_circle() {
        for (arc, length) in [
            ([[-1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 4.0]], 181),
            ([[-1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [1.0, 0.0, 4.0]], 181),
            // Three quarters.
            ([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [0.0, -1.0, 4.0]], 271),
            // All of it.
            ([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [1.0, 0.0, 4.0]], 361),
        ] {
            let line = along(&arc);
            assert_eq!((line.len(), line[0], line[line.len() - 1]), (length, arc[0], arc[2]));
            assert!(line.contains(&arc[1]));
            assert!(line.iter().all(|at| (at[0].hypot(at[1]) - 1.0).abs() < 1e-12), "{line:?}");
            assert!(line.windows(2).all(|two| (two[1][0] - two[0][0]).hypot(two[1][1] - two[0][1]) < 0.02));
        }
    }

    #[test]
    fn what_is_on_no_circle_is_straight() {
        for straight in [
            vec![[0.0, 0.0, FLAT], [1.0, 1.0, FLAT], [2.0, 2.0, FLAT]],
            vec![[0.0, 0.0, FLAT], [0.0, 0.0, FLAT], [0.0, 0.0, FLAT]],
            vec![[0.0, 0.0, FLAT], [f64::INFINITY, 1.0, FLAT], [2.0, 0.0, FLAT]],
            vec![[0.0, 0.0, FLAT], [1.0, 0.0, FLAT]],
            vec![[0.0, 0.0, FLAT]],
            vec![],
        ] {
            let plain = |line: Vec<Position>| line.iter().map(|at| [at[0], at[1]]).collect::<Vec<_>>();
            assert_eq!(plain(along(&straight)), plain(straight));
        }
    }

    proptest! {
        #[test]
        fn no_arcs_become_more_than_they_may(arcs in proptest::collection::vec(any::<[f64; 3]>(), 0..40)) {
            let line = along(&arcs);
            prop_assert!(line.len() <= 1 + arcs.len() * PIECES as usize);
            prop_assert!(line.len() >= arcs.len());
        }
    }
}
