//! Fewer vertices in one walk along the line: the sleeve of Zhao and Saalfeld (1997).

use crate::geo::WorldFixed;

/// How far a line may go back beyond where it ends, in half widths of the sleeve.
const TURN: f64 = 0.5;

/// Appends to `kept` the vertices of `line` that keep every other within `tolerance` world steps of them; both ends
/// stay. Linear in the length of the line.
pub(super) fn sleeve(line: &[WorldFixed], tolerance: f64, kept: &mut Vec<WorldFixed>) {
    // What lies beside the end of a segment and beyond it is farthest off.
    let tolerance = tolerance / TURN.hypot(1.0);
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else { return };
    kept.push(first);
    let mut anchor = first;
    let mut cone: Option<Cone> = None;
    let mut farthest = 0.0_f64;
    let Some(&second) = line.get(1) else { return };
    // The vertex before the one that is looked at: where it is, and from the anchor how.
    let (mut before, mut to_before) = (second, offset(second, anchor));
    for &here in &line[2..] {
        let (way, length) = to_before;
        farthest = farthest.max(length);
        if length > tolerance {
            let narrowed = Cone::around(way, length, tolerance);
            cone = Some(cone.map_or(narrowed, |cone| cone.intersected(narrowed)));
        }
        let mut to_here = offset(here, anchor);
        let is_out = cone.is_some_and(|cone| !cone.holds(to_here.0));
        // A line that turns back keeps the place where it turned.
        if is_out || to_here.1 + TURN * tolerance < farthest {
            kept.push(before);
            anchor = before;
            cone = None;
            farthest = 0.0;
            to_here = offset(here, anchor);
        }
        (before, to_before) = (here, to_here);
    }
    if line.len() > 1 {
        kept.push(last);
    }
}

/// The directions that pass near enough to everything between the anchor and here.
#[derive(Clone, Copy)]
struct Cone {
    left: [f64; 2],
    right: [f64; 2],
}

impl Cone {
    /// Towards a disc of `tolerance` around `at`; a little narrower than its tangents.
    fn around(at: [f64; 2], length: f64, tolerance: f64) -> Self {
        let side = [-at[1] / length * tolerance, at[0] / length * tolerance];
        Self { left: [at[0] + side[0], at[1] + side[1]], right: [at[0] - side[0], at[1] - side[1]] }
    }

    fn intersected(self, other: Self) -> Self {
        let left = if cross(self.left, other.left) < 0.0 { other.left } else { self.left };
        let right = if cross(self.right, other.right) > 0.0 { other.right } else { self.right };
        Self { left, right }
    }

    fn holds(self, at: [f64; 2]) -> bool {
        cross(self.right, at) >= 0.0 && cross(at, self.left) >= 0.0
    }
}

fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

fn offset(at: WorldFixed, from: WorldFixed) -> ([f64; 2], f64) {
    let offset = apart(at, from);
    // No hypot: nothing here comes near overflow, and it is much slower.
    (offset, (offset[0] * offset[0] + offset[1] * offset[1]).sqrt())
}

/// World steps from `from` to `at`, never round the world: what crosses 180° was parted when it was read.
pub(super) fn apart(at: WorldFixed, from: WorldFixed) -> [f64; 2] {
    [f64::from(at.x) - f64::from(from.x), f64::from(at.y) - f64::from(from.y)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distance(point: WorldFixed, a: WorldFixed, b: WorldFixed) -> f64 {
        let ([bx, by], _) = offset(b, a);
        let ([px, py], _) = offset(point, a);
        let along = ((px * bx + py * by) / (bx * bx + by * by).max(1.0)).clamp(0.0, 1.0);
        (px - along * bx).hypot(py - along * by)
    }

    proptest! {
        #[test]
        fn no_dropped_vertex_lies_farther_than_the_tolerance(
            steps in prop::collection::vec((-900i32..900, -900i32..900), 1..200),
            tolerance in 10.0..2_000.0_f64,
        ) {
            let mut at = (1u32 << 31, 1u32 << 31);
            let line: Vec<WorldFixed> = steps
                .into_iter()
                .map(|(dx, dy)| {
                    at = (at.0.wrapping_add_signed(dx), at.1.wrapping_add_signed(dy));
                    WorldFixed::new(at.0, at.1)
                })
                .collect();
            let mut kept = Vec::new();
            sleeve(&line, tolerance, &mut kept);
            prop_assert_eq!(kept.first(), line.first());
            prop_assert_eq!(kept.last(), line.last());
            for point in &line {
                let nearest = kept
                    .windows(2)
                    .map(|pair| distance(*point, pair[0], pair[1]))
                    .fold(if kept.len() < 2 { 0.0 } else { f64::INFINITY }, f64::min);
                prop_assert!(nearest <= tolerance + 1e-6, "{} > {}", nearest, tolerance);
            }
        }
    }

    #[test]
    fn a_straight_line_keeps_its_ends() {
        let line: Vec<WorldFixed> = (0..100).map(|i| WorldFixed::new(1000 + i * 10, 500)).collect();
        let mut kept = Vec::new();
        sleeve(&line, 1.0, &mut kept);
        assert_eq!(kept, [line[0], line[99]]);
    }
}
