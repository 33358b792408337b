//! Which features are compared, and how each is looked at so that a kilometre is the same length on every map.

use serde::{Deserialize, Serialize};

use super::State;
use crate::atlas::{Id, Kind};
use crate::geo::{Camera, LonLat, Size, Viewport, WorldBounds, distance_m};

/// Features side by side at most.
pub const MOST_COMPARED: usize = 4;
/// Half of what is seen around a point, in metres.
const AROUND_M: f64 = 20_500.0;
/// Free around what is larger than a point, as a share of it.
const MARGIN: f64 = 1.15;

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Compare {
    pub is_open: bool,
    /// In the order in which they were taken.
    pub pins: Vec<Id>,
    /// All zones on one sheet in place of the pins.
    pub has_all_zones: bool,
    pub only_differences: bool,
}

/// What can be asked of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareCommand {
    /// Opens it; a feature is taken in.
    Open(Option<Id>),
    Close,
    Pin(Id),
    Unpin(Id),
    SetAllZones(bool),
    SetOnlyDifferences(bool),
}

impl Compare {
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.pins.len() >= MOST_COMPARED
    }
}

impl State {
    pub(super) fn apply_to_compare(&mut self, command: CompareCommand) {
        match command {
            CompareCommand::Open(id) => {
                if let Some(id) = id {
                    self.pin(id);
                }
                self.compare.has_all_zones = self.compare.pins.is_empty();
                self.compare.is_open = true;
            }
            CompareCommand::Close => self.compare.is_open = false,
            CompareCommand::Pin(id) => self.pin(id),
            CompareCommand::Unpin(id) => self.compare.pins.retain(|pin| *pin != id),
            CompareCommand::SetAllZones(has_all) => self.compare.has_all_zones = has_all,
            CompareCommand::SetOnlyDifferences(only) => self.compare.only_differences = only,
        }
    }

    /// The last of four makes room.
    fn pin(&mut self, id: Id) {
        if self.bounds(&id).is_none() || self.compare.pins.contains(&id) {
            return;
        }
        self.compare.pins.truncate(MOST_COMPARED - 1);
        self.compare.pins.push(id);
        self.compare.has_all_zones = false;
    }

    /// What stands side by side.
    #[must_use]
    pub fn compared(&self) -> Vec<Id> {
        let is_there = |id: &Id| self.bounds(id).is_some();
        if self.compare.has_all_zones {
            self.catalog.ids(Kind::Zone)
        } else {
            self.compare.pins.iter().filter(|id| is_there(id)).cloned().collect()
        }
    }

    /// How each is looked at in a map of `size`: its middle in the middle, a kilometre everywhere as long.
    #[must_use]
    pub fn looks_at(&self, ids: &[Id], size: Size) -> Vec<Viewport> {
        let boxes: Vec<WorldBounds> = ids.iter().filter_map(|id| self.bounds(id)).collect();
        let is_point = |id: &Id| {
            self.catalog
                .entry(id)
                .and_then(|entry| entry.bounds(&self.catalog.atlas))
                .is_some_and(|own| own.min == own.max)
        };
        let wanted = ids.iter().zip(&boxes).map(|(id, bounds)| {
            let (width, height) =
                if is_point(id) { (2.0 * AROUND_M, 2.0 * AROUND_M) } else { extent_m(*bounds) };
            (width / size.width).max(height / size.height)
        });
        let metres = wanted.fold(1.0, f64::max);
        let looked = boxes.iter().map(|bounds| {
            let camera = Camera { center: bounds.center(), zoom: 0.0 };
            let at_zero = Viewport::new(camera, size).metres_per_point();
            Viewport::new(Camera { zoom: (at_zero / metres).log2(), ..camera }, size)
        });
        looked.collect()
    }

    /// The same as seen through another window, with one thing selected and nothing hovered.
    #[must_use]
    pub fn seen_through(&self, viewport: Viewport, selected: Option<Id>) -> Self {
        let mut seen = self.clone();
        seen.view.look_through(viewport);
        seen.picks = super::Picks { selected, ..super::Picks::default() };
        seen.layers.set(super::LayerKind::Grid, false);
        seen
    }
}

/// Width and height of a box on the ground, in metres, through its middle.
fn extent_m(bounds: WorldBounds) -> (f64, f64) {
    let (min, max, middle) = (bounds.min.to_lonlat(), bounds.max.to_lonlat(), bounds.center().to_lonlat());
    let across = distance_m(LonLat::new(min.lon, middle.lat), LonLat::new(middle.lon, middle.lat))
        + distance_m(LonLat::new(middle.lon, middle.lat), LonLat::new(max.lon, middle.lat));
    let down = distance_m(LonLat::new(middle.lon, min.lat), LonLat::new(middle.lon, max.lat));
    (across * MARGIN, down * MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Command;
    use crate::state::tests::fresh;

    fn ids(names: &[&str]) -> Vec<Id> {
        names.iter().map(|name| name.parse().expect("an id")).collect()
    }

    #[test]
    fn a_kilometre_is_as_long_on_every_map() {
        let state = fresh();
        let size = Size { width: 280.0, height: 320.0 };
        for ids in
            [ids(&["zone/manzhouli", "zone/mohan"]), ids(&["corridor/cpec", "corridor/bcimec", "zone/heihe"])]
        {
            let metres: Vec<f64> =
                state.looks_at(&ids, size).iter().map(Viewport::metres_per_point).collect();
            assert!(metres.windows(2).all(|pair| (pair[0] / pair[1] - 1.0).abs() < 1e-9), "{metres:?}");
        }
    }

    #[test]
    fn four_at_most_each_once_and_none_without_a_place() {
        let mut state = fresh();
        for id in ids(&[
            "zone/ruili",
            "zone/mohan",
            "zone/ruili",
            "term/bri",
            "zone/hekou",
            "zone/heihe",
            "zone/horgos",
        ]) {
            let _ = state.apply(Command::Compare(CompareCommand::Open(Some(id))));
        }
        assert_eq!(state.compared(), ids(&["zone/ruili", "zone/mohan", "zone/hekou", "zone/horgos"]));
        let _ = state.apply(Command::Escape);
        assert!(!state.compare.is_open && state.compare.pins.len() == 4, "they stay for the next time");
    }
}
