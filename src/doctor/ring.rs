//! What is wrong with the shape of a line or a ring, in degrees.

use std::collections::HashMap;

/// A position with the number of the one that it is in its list.
pub(super) type Place = [f64; 2];

/// Twice the area on the plane, positive where the ring runs anticlockwise (the shoelace formula, about the first
/// position so that small rings far from zero keep their digits).
pub(super) fn doubled_area(ring: &[Place]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    let from = |place: &Place| [place[0] - first[0], place[1] - first[1]];
    ring.windows(2).map(|pair| cross(from(&pair[0]), from(&pair[1]))).sum()
}

/// Whether all positions lie on one line. A bow tie may have no area either, but crosses itself.
pub(super) fn is_straight(ring: &[Place]) -> bool {
    let Some(first) = ring.first() else { return true };
    let from = |place: &Place| [place[0] - first[0], place[1] - first[1]];
    let Some(along) = ring.iter().map(from).find(|along| *along != [0.0, 0.0]) else { return true };
    ring.iter().all(|place| cross(along, from(place)) == 0.0)
}

fn cross(a: Place, b: Place) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

/// How often a position stands twice in a row; the first such place.
pub(super) fn repeats(line: &[Place]) -> (usize, Option<usize>) {
    let is_same = |at: &usize| line[*at] == line[at + 1];
    let all = || (0..line.len().saturating_sub(1)).filter(is_same);
    (all().count(), all().next().map(|at| at + 1))
}

/// The first step over more than half the world.
pub(super) fn long_step(line: &[Place]) -> Option<usize> {
    line.windows(2).position(|pair| (pair[1][0] - pair[0][0]).abs() > 180.0)
}

/// Whether a place lies in a ring or on it, by the rays that leave it eastwards.
pub(super) fn contains(ring: &[Place], place: Place) -> bool {
    let mut is_inside = false;
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let side = cross([b[0] - a[0], b[1] - a[1]], [place[0] - a[0], place[1] - a[1]]);
        if side == 0.0 && within(a, b, place) {
            return true;
        }
        if (a[1] > place[1]) != (b[1] > place[1]) && (side > 0.0) == (b[1] > a[1]) {
            is_inside = !is_inside;
        }
    }
    is_inside
}

fn within(a: Place, b: Place, place: Place) -> bool {
    (0..2).all(|axis| place[axis] >= a[axis].min(b[axis]) && place[axis] <= a[axis].max(b[axis]))
}

/// Where two segments have more in common than a shared end.
fn cut(a: [Place; 2], b: [Place; 2]) -> Option<Place> {
    let side = |line: [Place; 2], place: Place| {
        let value = cross(
            [line[1][0] - line[0][0], line[1][1] - line[0][1]],
            [place[0] - line[0][0], place[1] - line[0][1]],
        );
        if value == 0.0 {
            0
        } else if value > 0.0 {
            1
        } else {
            -1
        }
    };
    let (a0, a1, b0, b1) = (side(b, a[0]), side(b, a[1]), side(a, b[0]), side(a, b[1]));
    if a0 * a1 < 0 && b0 * b1 < 0 {
        return Some(meeting(a, b));
    }
    let touches = |(side, line, place): &(i32, [Place; 2], Place)| {
        *side == 0 && within(line[0], line[1], *place) && *place != line[0] && *place != line[1]
    };
    let ends = [(a0, b, a[0]), (a1, b, a[1]), (b0, a, b[0]), (b1, a, b[1])];
    ends.into_iter().find(touches).map(|(_, _, place)| place)
}

/// Where the lines through two segments meet that are not parallel.
fn meeting(a: [Place; 2], b: [Place; 2]) -> Place {
    let (along, across) = ([a[1][0] - a[0][0], a[1][1] - a[0][1]], [b[1][0] - b[0][0], b[1][1] - b[0][1]]);
    let part = cross([b[0][0] - a[0][0], b[0][1] - a[0][1]], across) / cross(along, across);
    [a[0][0] + part * along[0], a[0][1] + part * along[1]]
}

/// Cells along each side of the grid in which crossings are looked for, at most.
const MOST_CELLS: usize = 512;

/// Pairs that are looked at in one ring, at most: a ball of wool that long is not told.
const MOST_LOOKS: usize = 50_000_000;

/// The first segment that crosses another one, or lies on it, and where; `ring` is closed. A grid keeps segments that are far
/// from each other apart, so that a coast of 100,000 positions takes milliseconds.
pub(super) fn crossing(ring: &[Place]) -> Option<(usize, Place)> {
    let count = ring.len().checked_sub(1).filter(|count| *count >= 4)?;
    let grid = Grid::over(ring, count);
    let mut cells: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    let mut first = None;
    let mut looked = 0_usize;
    for at in 0..count {
        let segment = [ring[at], ring[at + 1]];
        if segment[0] == segment[1] {
            continue;
        }
        for cell in grid.cells(segment) {
            let others = cells.entry(cell).or_default();
            looked += 1 + others.len();
            let hit = |&other: &usize| {
                let is_apart = !are_neighbours(ring, other, at);
                is_apart.then(|| cut([ring[other], ring[other + 1]], segment)).flatten()
            };
            let own = others.iter().find_map(hit).or_else(|| folds(ring, at).then_some(segment[0]));
            first = first.or(own.map(|place| (at, place)));
            others.push(at);
        }
        if first.is_some() || looked > MOST_LOOKS {
            break;
        }
    }
    first
}

/// Segments that share an end, repeated positions between them being none.
fn are_neighbours(ring: &[Place], one: usize, other: usize) -> bool {
    ring[one + 1] == ring[other] || ring[other + 1] == ring[one]
}

/// Whether a segment runs straight back over the one before it.
fn folds(ring: &[Place], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let (a, b, c) = (ring[before], ring[at], ring[at + 1]);
    let (to, on) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
    cross(to, on) == 0.0 && to[0] * on[0] + to[1] * on[1] < 0.0
}

/// Equal cells over a ring's box.
struct Grid {
    min: Place,
    step: Place,
    side: usize,
}

impl Grid {
    fn over(ring: &[Place], count: usize) -> Self {
        let fold = |axis: usize, with: fn(f64, f64) -> f64| ring.iter().map(|place| place[axis]).reduce(with);
        let range = |axis: usize| {
            (fold(axis, f64::min).unwrap_or_default(), fold(axis, f64::max).unwrap_or_default())
        };
        let side = ((count as f64).sqrt() as usize).clamp(1, MOST_CELLS);
        let ((west, east), (south, north)) = (range(0), range(1));
        let step = [east - west, north - south].map(|length| (length / side as f64).max(f64::MIN_POSITIVE));
        Self { min: [west, south], step, side }
    }

    fn cell(&self, value: f64, axis: usize) -> usize {
        (((value - self.min[axis]) / self.step[axis]) as usize).min(self.side - 1)
    }

    /// The cells of a segment's box that it comes near.
    fn cells(&self, segment: [Place; 2]) -> impl Iterator<Item = (usize, usize)> + use<> {
        let range = |axis: usize| {
            let (a, b) = (self.cell(segment[0][axis], axis), self.cell(segment[1][axis], axis));
            a.min(b)..=a.max(b)
        };
        let (columns, rows) = (range(0), range(1));
        columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every segment against every other.
    fn crosses_slowly(ring: &[Place]) -> bool {
        let count = ring.len().saturating_sub(1);
        (0..count).any(|at| {
            let segment = [ring[at], ring[at + 1]];
            segment[0] != segment[1]
                && (folds(ring, at)
                    || (0..at).any(|other| {
                        let before = [ring[other], ring[other + 1]];
                        before[0] != before[1]
                            && !are_neighbours(ring, other, at)
                            && cut(before, segment).is_some()
                    }))
        })
    }

    proptest! {
        #[test]
        fn the_grid_finds_what_looking_at_all_pairs_finds(
            places in prop::collection::vec((-20_i32..20, -20_i32..20), 4..40),
        ) {
            let mut ring: Vec<Place> = places.iter().map(|(x, y)| [f64::from(*x), f64::from(*y)]).collect();
            ring.push(ring[0]);
            prop_assert_eq!(crossing(&ring).is_some(), crosses_slowly(&ring));
        }
    }

    #[test]
    fn a_bow_tie_crosses_and_a_square_does_not() {
        let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        let bow_tie = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];
        assert_eq!((crossing(&square), crossing(&bow_tie)), (None, Some((2, [0.5, 0.5]))));
        assert!((doubled_area(&square) - 2.0).abs() < 1e-12);
        assert!(
            contains(&square, [0.5, 0.5]) && contains(&square, [1.0, 0.5]) && !contains(&square, [1.1, 0.5])
        );
        assert_eq!(repeats(&[[0.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), (1, Some(1)));
    }

    #[test]
    fn a_coast_of_a_hundred_thousand_positions_is_looked_through() {
        let at = |n: usize| {
            let turn = n as f64 / 100_000.0 * std::f64::consts::TAU;
            [turn.cos() * (10.0 + (turn * 500.0).sin()), turn.sin() * (10.0 + (turn * 500.0).sin())]
        };
        let mut coast: Vec<Place> = (0..100_000).map(at).collect();
        coast.push(coast[0]);
        assert_eq!(crossing(&coast), None);
        coast.swap(100, 60_000);
        assert!(crossing(&coast).is_some());
    }
}
