//! Which corridors and zones touch which boundaries, on the ground.

use std::collections::{BTreeSet, HashMap};

use super::scenery::BoundaryLines;
use crate::atlas::Id;
use crate::catalog::Catalog;
use crate::geo::{Camera, LonLat, ScreenPoint, Size, Viewport, along};

/// A line that comes this near to a boundary, in kilometres, touches it: boundaries are good to about one.
const LINE_KM: f64 = 2.0;
const ZONE_KM: f64 = 5.0;
/// Lines are looked at this often, in metres.
const STEP_M: f64 = 2_500.0;

/// By the row of each boundary what touches it.
pub(super) fn touching(catalog: &Catalog, lines: &BoundaryLines) -> HashMap<u16, BTreeSet<Id>> {
    let mut found: HashMap<u16, BTreeSet<Id>> = HashMap::new();
    let mut look = |id: &Id, place: LonLat, km: f64| {
        let (viewport, middle) = around(place);
        for (row, _) in lines.near(&viewport, middle, km) {
            found.entry(row).or_default().insert(id.clone());
        }
    };
    for zone in &catalog.atlas.zones {
        look(&zone.id, zone.position.place(), ZONE_KM);
    }
    for leg in &catalog.atlas.legs {
        for pair in leg.line.windows(2) {
            for place in along(pair[0], pair[1], STEP_M) {
                look(&leg.corridor, place, LINE_KM);
            }
        }
    }
    found
}

/// A view of a place in which a kilometre is one point, and the middle of it.
fn around(place: LonLat) -> (Viewport, ScreenPoint) {
    let size = Size { width: 10.0, height: 10.0 };
    let camera = Camera { center: place.to_world(), zoom: 0.0 };
    let at_zero = Viewport::new(camera, size).metres_per_point();
    let camera = Camera { zoom: (at_zero / 1e3).log2(), ..camera };
    (Viewport::new(camera, size), ScreenPoint::new(5.0, 5.0))
}

#[cfg(test)]
mod tests;
