//! What of the atlas lies within a distance of something.

use super::Catalog;
use crate::atlas::{Id, Item, Kind};
use crate::catalog::Entry;
use crate::geo::{LonLat, along, distance_m};

/// Kinds that are looked for.
const KINDS: [Kind; 6] =
    [Kind::Zone, Kind::Project, Kind::BorderZone, Kind::Crossing, Kind::KoreaPlace, Kind::Place];
/// A degree of latitude is nowhere shorter.
const LEAST_DEGREE_M: f64 = 110_500.0;
/// Along a line distances are taken this often.
const STEP_M: f64 = 2_000.0;

/// What lies within `km` of a thing, the nearest first, with its distance in kilometres along the geodesic. Of a
/// line, from the line.
#[must_use]
pub fn within(catalog: &Catalog, id: &Id, km: f64) -> Vec<(Id, f64)> {
    let from = places(catalog, id);
    let near = |place: LonLat| nearest_m(&from, place, km * 1e3);
    let mut found: Vec<(Id, f64)> = KINDS
        .into_iter()
        .flat_map(|kind| catalog.ids(kind))
        .filter(|other| other != id)
        .filter_map(|other| {
            let place = place(catalog, &other)?;
            near(place).map(|metres| (other, metres / 1e3))
        })
        .collect();
    let lines = catalog.atlas.corridors.iter().map(|corridor| &corridor.id).filter(|other| *other != id);
    found.extend(lines.filter_map(|other| {
        let metres = line(catalog, other).into_iter().filter_map(near).min_by(f64::total_cmp)?;
        Some((other.clone(), metres / 1e3))
    }));
    found.sort_by(|a, b| a.1.total_cmp(&b.1));
    found
}

/// Where a thing is that is a point.
fn place(catalog: &Catalog, id: &Id) -> Option<LonLat> {
    let bounds = catalog.entry(id)?.bounds(&catalog.atlas)?;
    Some(bounds.center().to_lonlat())
}

/// From where distances to a thing are taken.
fn places(catalog: &Catalog, id: &Id) -> Vec<LonLat> {
    match catalog.entry(id) {
        Some(Entry::Item(Item::Corridor(_))) => line(catalog, id),
        _ => place(catalog, id).into_iter().collect(),
    }
}

/// The lines of a corridor, close enough to measure from.
fn line(catalog: &Catalog, id: &Id) -> Vec<LonLat> {
    let legs = catalog.atlas.legs.iter().filter(|leg| leg.corridor == *id);
    let pairs = legs.flat_map(|leg| leg.line.windows(2));
    pairs.flat_map(|pair| along(pair[0], pair[1], STEP_M)).collect()
}

/// Metres to the nearest of `from`, where that is within `most_m`.
fn nearest_m(from: &[LonLat], to: LonLat, most_m: f64) -> Option<f64> {
    let most_degrees = most_m / LEAST_DEGREE_M;
    let across = most_degrees / to.lat.to_radians().cos().max(0.05);
    let is_about = |place: &&LonLat| {
        let apart = (place.lon - to.lon).abs();
        (place.lat - to.lat).abs() <= most_degrees && apart.min(360.0 - apart) <= across
    };
    let nearest = from.iter().filter(is_about).map(|place| distance_m(*place, to)).min_by(f64::total_cmp)?;
    (nearest <= most_m).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::embedded;

    #[test]
    fn near_horgos_lie_its_crossing_and_both_its_corridors_nearest_first() {
        let catalog = embedded();
        let id = "zone/horgos".parse().expect("an id");
        let found = within(&catalog, &id, 50.0);
        let km = |name: &str| found.iter().find(|(id, _)| id.to_string() == name).map(|(_, km)| *km);
        assert!(km("crossing/horgos-altynkol").is_some_and(|km| km < 20.0), "{found:?}");
        assert!(km("corridor/nelb").is_some() && km("corridor/ccwaec").is_some());
        assert_eq!(km("corridor/cpec"), None);
        assert!(found.is_sorted_by(|a, b| a.1 <= b.1) && found.iter().all(|(_, km)| *km <= 50.0));
        assert!(within(&catalog, &id, 500.0).len() > found.len());
    }

    #[test]
    fn from_a_corridor_it_is_measured_to_its_line() {
        let catalog = embedded();
        let found = within(&catalog, &"corridor/cicpec".parse().expect("an id"), 20.0);
        let zones = found.iter().filter(|(id, _)| id.kind == Kind::Zone).count();
        assert!(zones >= 4, "{found:?}");
    }
}
