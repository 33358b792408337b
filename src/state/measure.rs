//! Distances and areas that a person measures on the map, point by point, on the ellipsoid.

use serde::{Deserialize, Serialize};

use super::State;
use crate::geo::{Bearing, LonLat, area_m2, distance_m, initial_bearing};

/// What is being measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measure {
    /// Whether a click on the map sets a point.
    pub is_on: bool,
    pub points: Vec<LonLat>,
    /// The last point joins the first: an area.
    pub is_closed: bool,
}

/// What can be asked of the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MeasureCommand {
    SetOn(bool),
    Add(LonLat),
    /// Takes the last point away, or opens what was closed.
    TakeBack,
    /// Makes an area of it, or a line again.
    SetClosed(bool),
    MovePoint {
        index: usize,
        to: LonLat,
    },
    Clear,
}

/// From one point to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredLeg {
    pub metres: f64,
    /// As it sets out.
    pub bearing: Bearing,
}

impl Measure {
    #[must_use]
    pub fn legs(&self) -> Vec<MeasuredLeg> {
        let ends = self.points.iter().zip(self.points.iter().skip(1));
        let last = self.points.last().zip(self.points.first()).filter(|_| self.is_closed);
        let leg = |(from, to): (&LonLat, &LonLat)| MeasuredLeg {
            metres: distance_m(*from, *to),
            bearing: initial_bearing(*from, *to),
        };
        ends.chain(last).map(leg).collect()
    }

    /// Metres along all legs.
    #[must_use]
    pub fn metres(&self) -> f64 {
        self.legs().iter().map(|leg| leg.metres).sum()
    }

    /// Square metres inside; `None` of a line.
    #[must_use]
    pub fn area_m2(&self) -> Option<f64> {
        self.is_closed.then(|| area_m2(&self.points))
    }
}

impl State {
    pub(super) fn apply_to_measure(&mut self, command: MeasureCommand) {
        let measure = &mut self.measure;
        match command {
            MeasureCommand::SetOn(is_on) => {
                measure.is_on = is_on;
                if !is_on {
                    (measure.points, measure.is_closed) = (Vec::new(), false);
                }
            }
            MeasureCommand::Add(point) => {
                // Another point after an area begins anew.
                if measure.is_closed {
                    (measure.points, measure.is_closed) = (Vec::new(), false);
                }
                if measure.points.last() != Some(&point) {
                    measure.points.push(point);
                }
            }
            MeasureCommand::TakeBack if measure.is_closed => measure.is_closed = false,
            MeasureCommand::TakeBack => drop(measure.points.pop()),
            MeasureCommand::SetClosed(is_closed) => {
                measure.is_closed = is_closed && measure.points.len() > 2;
            }
            MeasureCommand::MovePoint { index, to } => {
                if let Some(point) = measure.points.get_mut(index) {
                    *point = to;
                }
            }
            MeasureCommand::Clear => (measure.points, measure.is_closed) = (Vec::new(), false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Command;
    use crate::state::tests::fresh;

    fn ask(state: &mut State, command: MeasureCommand) {
        let _ = state.apply(Command::Measure(command));
    }

    #[test]
    fn points_make_a_line_then_an_area_and_are_taken_back_one_by_one() {
        let mut state = fresh();
        ask(&mut state, MeasureCommand::SetOn(true));
        for (lon, lat) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)] {
            ask(&mut state, MeasureCommand::Add(LonLat::new(lon, lat)));
        }
        let legs = state.measure.legs();
        assert_eq!(legs.len(), 2);
        assert!((legs[0].metres - 111_319.49).abs() < 0.1 && (legs[0].bearing - 90.0).abs() < 1e-6);
        assert_eq!(state.measure.area_m2(), None);
        ask(&mut state, MeasureCommand::SetClosed(true));
        assert_eq!(state.measure.legs().len(), 3);
        assert!(state.measure.area_m2().is_some_and(|area| (area / 6.15e9 - 1.0).abs() < 0.01));
        ask(&mut state, MeasureCommand::TakeBack);
        assert_eq!((state.measure.is_closed, state.measure.points.len()), (false, 3));
        ask(&mut state, MeasureCommand::TakeBack);
        ask(&mut state, MeasureCommand::SetClosed(true));
        assert!(!state.measure.is_closed, "two points hold no area");
        let _ = state.apply(Command::Escape);
        assert!(!state.measure.is_on && state.measure.points.is_empty());
    }
}
