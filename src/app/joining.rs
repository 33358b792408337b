//! Makes a layer of a table and the places that its rows name.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use crate::basemap::{Basemap, Detail};
use crate::catalog::Catalog;
use crate::catalog::join::country_targets;
use crate::data::Dataset;
use crate::format::id_and_properties;
use crate::format::join_text::{JoinedFeature, geometry_text, joined_geojson, written};
use crate::geo::{LonLat, WorldFixed};
use crate::state::{Join, JoinTarget};

/// What a target is: its geometry as JSON, and what it says of itself.
type Target = (String, Vec<(String, Value)>);

/// The features as `GeoJSON`, in the order of the table's rows. `dataset` is of the file that it is joined to.
pub(super) fn joined(catalog: &Catalog, dataset: Option<&Dataset>, join: &Join) -> Vec<u8> {
    let rows = &join.rows;
    let basemap = Basemap::embedded();
    let countries = country_targets(catalog);
    let targets: std::collections::HashMap<usize, Target> = join
        .joined
        .pairs
        .iter()
        .map(|(_, target)| *target)
        .collect::<std::collections::BTreeSet<usize>>()
        .into_iter()
        .filter_map(|target| {
            let found = match &join.target {
                JoinTarget::Countries => country(catalog, &basemap, &countries.get(target)?.rows),
                JoinTarget::Zones => zone(catalog, target),
                JoinTarget::File { .. } => feature(dataset?, target),
            };
            Some((target, found?))
        })
        .collect();
    let written = written(&rows.rows, rows.columns.len(), rows.delimiter);
    let features = join.joined.pairs.iter().filter_map(|(row, target)| {
        let (geometry, properties) = targets.get(target)?;
        Some(JoinedFeature {
            geometry: Cow::Borrowed(geometry.as_str()),
            properties: Cow::Borrowed(properties.as_slice()),
            cells: rows.rows.get(*row).map(Vec::as_slice),
        })
    });
    joined_geojson(features, &rows.columns, &written)
}

fn country(catalog: &Catalog, basemap: &Basemap<'_>, rows: &[u16]) -> Option<Target> {
    let main = catalog.tables.countries.get(usize::from(*rows.first()?))?;
    let rings = rows.iter().flat_map(|row| basemap.outline_of(*row, Detail::Medium).unwrap_or_default());
    let properties = vec![
        ("name".to_owned(), Value::from(main.name.en.clone())),
        ("name_zh".to_owned(), Value::from(main.name.zh.clone())),
        ("name_ko".to_owned(), Value::from(main.name.ko.clone())),
        ("iso_a2".to_owned(), Value::from(main.iso_a2.clone())),
        ("iso_a3".to_owned(), Value::from(main.iso_a3.clone())),
    ];
    Some((polygons(rings.collect()), properties))
}

/// Rings as a geometry: each that goes the other way round is a hole in the outer one that holds it.
fn polygons(rings: Vec<Vec<WorldFixed>>) -> String {
    let (mut outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| turn(ring) > 0.0);
    outer.sort_by(|a, b| turn(a).total_cmp(&turn(b)));
    let mut polygons: Vec<Vec<Vec<WorldFixed>>> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        let Some(&at) = hole.first() else { continue };
        // The smallest that holds it: islands in lakes are their own.
        if let Some(polygon) = polygons.iter_mut().find(|polygon| holds(&polygon[0], at)) {
            polygon.push(hole);
        }
    }
    let polygons: Vec<String> =
        polygons.iter().map(|rings| listed(rings.iter().map(|ring| ring_text(ring)))).collect();
    format!("{{\"type\":\"MultiPolygon\",\"coordinates\":{}}}", listed(polygons.into_iter()))
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(","))
}

fn ring_text(ring: &[WorldFixed]) -> String {
    let place = |point: &WorldFixed| {
        let LonLat { lon, lat } = point.to_lonlat();
        format!("[{lon:.5},{lat:.5}]")
    };
    listed(ring.iter().chain(ring.first()).map(place))
}

/// Twice the area of a ring; positive where it goes round as outlines of countries do.
fn turn(ring: &[WorldFixed]) -> f64 {
    let sides = ring.iter().zip(ring.iter().cycle().skip(1));
    sides
        .map(|(a, b)| {
            let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(f64::from);
            ax * by - bx * ay
        })
        .sum()
}

fn holds(ring: &[WorldFixed], at: WorldFixed) -> bool {
    let [x, y] = [at.x, at.y].map(f64::from);
    let crossings = ring.iter().zip(ring.iter().cycle().skip(1)).filter(|(a, b)| {
        let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(f64::from);
        (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossings.count() % 2 == 1
}

fn zone(catalog: &Catalog, target: usize) -> Option<Target> {
    let zone = catalog.atlas.zones.get(target)?;
    let LonLat { lon, lat } = zone.position.place();
    let properties = vec![
        ("id".to_owned(), Value::from(zone.id.to_string())),
        ("name".to_owned(), Value::from(zone.name.en.clone())),
        ("name_zh".to_owned(), Value::from(zone.name.zh.clone())),
        ("name_ko".to_owned(), Value::from(zone.name.ko.clone())),
    ];
    Some((format!("{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}}"), properties))
}

fn feature(dataset: &Dataset, target: usize) -> Option<Target> {
    let bytes = dataset.bytes(u32::try_from(target).ok()?)?;
    let (_, properties) = id_and_properties(bytes);
    Some((geometry_text(bytes).to_owned(), properties))
}

/// What a job needs to make the layer on a thread of its own.
pub(super) struct Joining {
    pub(super) catalog: Arc<Catalog>,
    pub(super) dataset: Option<Arc<Dataset>>,
    pub(super) join: Box<Join>,
}

impl Joining {
    pub(super) fn text(&self) -> Vec<u8> {
        joined(&self.catalog, self.dataset.as_deref(), &self.join)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: u32, to: u32) -> Vec<WorldFixed> {
        [(from, from), (to, from), (to, to), (from, to)].map(|(x, y)| WorldFixed::new(x, y)).to_vec()
    }

    #[test]
    fn a_hole_goes_to_the_smallest_ring_around_it() {
        let mut hole = square(1_200_000_000, 1_300_000_000);
        hole.reverse();
        let text =
            polygons(vec![square(1_000_000_000, 2_000_000_000), hole, square(1_100_000_000, 1_400_000_000)]);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let rings: Vec<usize> = value["coordinates"]
            .as_array()
            .expect("polygons")
            .iter()
            .map(|polygon| polygon.as_array().expect("rings").len())
            .collect();
        assert_eq!(rings, [2, 1]);
    }
}
