//! An area picked up and laid elsewhere as large as it is: every point keeps its distance and its bearing from
//! the middle, on the ellipsoid.

use std::sync::Arc;

use super::State;
use crate::geo::{Bearing, LonLat, WorldFixed, area_m2, destination, distance_m, initial_bearing, simplify};

/// More points than this are generalised away before it is moved: it moves under the hand.
const MOST_POINTS: usize = 3_000;

/// Where generalising begins, in steps of the world: about 40 m at the equator.
const FIRST_TOLERANCE: u32 = 1 << 12;

/// What is picked up.
#[derive(Clone, Debug, PartialEq)]
pub struct TrueSize {
    pub name: String,
    /// Where its middle was.
    pub home: LonLat,
    /// Where its middle lies now.
    pub at: LonLat,
    pub area_m2: f64,
    /// Only its area is known: it is a circle of that area.
    pub is_circle: bool,
    /// Bearing and metres of each point from the middle, ring by ring.
    shape: Arc<Vec<Vec<(Bearing, f64)>>>,
}

/// What can be asked of it.
#[derive(Clone, Debug, PartialEq)]
pub enum TrueSizeCommand {
    PickUp(Box<TrueSize>),
    /// Its middle lies there now.
    Move(LonLat),
    PutAway,
}

impl TrueSize {
    /// From the rings of an area; `area_m2` where it is known better than by its rings. `None` where they hold
    /// nothing.
    #[must_use]
    pub fn new(name: String, rings: &[Vec<WorldFixed>]) -> Option<Self> {
        let home = middle(rings)?;
        let mut tolerance = 0;
        let mut kept: Vec<Vec<WorldFixed>> = rings.to_vec();
        while kept.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
            tolerance = (tolerance * 2).max(FIRST_TOLERANCE);
            kept = rings.iter().map(|ring| generalised(ring, f64::from(tolerance))).collect();
            kept.retain(|ring| ring.len() > 3);
        }
        let polar = |point: &WorldFixed| {
            let place = point.to_lonlat();
            (initial_bearing(home, place), distance_m(home, place))
        };
        let shape: Vec<Vec<(Bearing, f64)>> =
            kept.iter().map(|ring| ring.iter().map(polar).collect()).collect();
        let area_m2 = rings.iter().map(|ring| signed_area_m2(ring)).sum::<f64>().abs();
        (!shape.is_empty()).then(|| Self {
            name,
            home,
            at: home,
            area_m2,
            is_circle: false,
            shape: Arc::new(shape),
        })
    }

    /// A circle of an area in square metres around `home`, where no form is known.
    #[must_use]
    pub fn circle(name: String, home: LonLat, area_m2: f64) -> Self {
        let radius = (area_m2 / std::f64::consts::PI).sqrt();
        let ring = (0..90).map(|n| (f64::from(n) * 4.0, radius)).collect();
        Self { name, home, at: home, area_m2, is_circle: true, shape: Arc::new(vec![ring]) }
    }

    /// Its rings where it lies now.
    #[must_use]
    pub fn rings(&self) -> Vec<Vec<LonLat>> {
        let place = |(bearing, metres): &(Bearing, f64)| destination(self.at, *bearing, *metres);
        self.shape.iter().map(|ring| ring.iter().map(place).collect()).collect()
    }

    /// How much larger this map draws it where it lies than where it was.
    #[must_use]
    pub fn stretch(&self) -> f64 {
        let scale = |place: LonLat| 1.0 / place.lat.to_radians().cos();
        (scale(self.at) / scale(self.home)).powi(2)
    }
}

impl State {
    pub(super) fn apply_to_true_size(&mut self, command: TrueSizeCommand) {
        match command {
            TrueSizeCommand::PickUp(taken) => self.true_size = Some(*taken),
            TrueSizeCommand::Move(to) => {
                if let Some(taken) = &mut self.true_size {
                    taken.at = to;
                }
            }
            TrueSizeCommand::PutAway => self.true_size = None,
        }
    }
}

fn generalised(ring: &[WorldFixed], tolerance: f64) -> Vec<WorldFixed> {
    simplify(ring, tolerance, |_| false).into_iter().map(|at| ring[at]).collect()
}

/// The middle of the largest ring.
fn middle(rings: &[Vec<WorldFixed>]) -> Option<LonLat> {
    let largest = rings.iter().max_by(|a, b| flat_area(a).abs().total_cmp(&flat_area(b).abs()))?;
    let area = flat_area(largest);
    let origin = *largest.first()?;
    if area == 0.0 {
        return None;
    }
    let (mut x, mut y) = (0.0, 0.0);
    for ((ax, ay), (bx, by)) in sides(largest) {
        let cross = ax * by - bx * ay;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    let whole = 2.0_f64.powi(32);
    let (ox, oy) = origin.to_unit();
    Some(WorldFixed::from_unit(ox + x / (6.0 * area) / whole, oy + y / (6.0 * area) / whole).to_lonlat())
}

/// In steps of the world, from the ring's first point; positive clockwise as seen on the screen.
fn flat_area(ring: &[WorldFixed]) -> f64 {
    sides(ring).map(|((ax, ay), (bx, by))| ax * by - bx * ay).sum::<f64>() / 2.0
}

fn sides(ring: &[WorldFixed]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    let origin = ring.first().copied().unwrap_or_default();
    let local = move |point: &WorldFixed| {
        let (dx, dy) = point.offset_from(origin);
        (dx as f64, dy as f64)
    };
    ring.iter().zip(ring.iter().cycle().skip(1)).map(move |(a, b)| (local(a), local(b)))
}

fn signed_area_m2(ring: &[WorldFixed]) -> f64 {
    let places: Vec<LonLat> = ring.iter().map(|point| point.to_lonlat()).collect();
    area_m2(&places) * flat_area(ring).signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Vec<WorldFixed> {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
            .map(|(dx, dy)| LonLat::new(west + dx, south + dy).to_world())
            .to_vec()
    }

    #[test]
    fn an_area_moved_to_the_equator_is_as_large_there() {
        let mut taken = TrueSize::new("a".to_owned(), &[square(60.0, 55.0, 4.0)]).expect("an area");
        taken.at = LonLat::new(100.0, 0.0);
        let there = area_m2(&taken.rings()[0]);
        assert!((there / taken.area_m2 - 1.0).abs() < 0.005, "{there} of {}", taken.area_m2);
        let stretch = taken.stretch();
        assert!((0.29..0.31).contains(&stretch), "{stretch}: a Mercator map draws it smaller there");
    }

    #[test]
    fn what_lies_inside_and_is_not_its_own_does_not_count() {
        let mut hole = square(61.0, 56.0, 1.0);
        hole.reverse();
        let outer = square(60.0, 55.0, 4.0);
        let whole = TrueSize::new("a".to_owned(), std::slice::from_ref(&outer)).expect("an area").area_m2;
        let with_hole = TrueSize::new("a".to_owned(), &[outer, hole]).expect("an area").area_m2;
        assert!(with_hole < whole * 0.95 && with_hole > whole * 0.9);
        assert!(TrueSize::new("a".to_owned(), &[]).is_none());
    }

    #[test]
    fn a_circle_has_the_area_that_is_known() {
        let taken = TrueSize::circle("a".to_owned(), LonLat::new(80.4, 44.2), 5.28e6);
        assert!((area_m2(&taken.rings()[0]) / 5.28e6 - 1.0).abs() < 0.002);
    }
}
