//! The files hold what they should, in the form they should.

use std::str::FromStr;

use corridor_atlas::atlas::{Date, Precision};
use geojson::{FeatureCollection, GeoJson};
use serde_json::Value;

use super::{FILES, assert_none, atlas, json, walk};

#[test]
fn there_are_six_corridors_with_their_letters_and_thirty_routes() {
    let letters: String = atlas().corridors.iter().map(|one| one.letter.as_str()).collect();
    assert_eq!(letters, "NMCIPB");
    assert!(atlas().corridors.iter().zip(1..).all(|(one, order)| one.order == order));
    assert_eq!(atlas().corridors.iter().map(|one| one.routes.len()).sum::<usize>(), 30);
    assert_eq!(atlas().legs.len(), 266);
}

#[test]
fn there_are_eleven_zones_and_the_horgos_center() {
    let zones = &atlas().zones;
    let count = |region: &str| zones.iter().filter(|zone| zone.region == region).count();
    assert_eq!((count("north-east"), count("south-west"), count("north-west")), (5, 6, 1));
    let mut orders: Vec<u8> = zones.iter().filter_map(|zone| zone.order).collect();
    orders.sort_unstable();
    assert_eq!(orders, (1..=11).collect::<Vec<_>>());
    let horgos: Vec<_> = zones.iter().filter(|zone| zone.order.is_none()).map(|zone| &zone.id.name).collect();
    assert_eq!(horgos, ["horgos"]);
}

#[test]
fn fourteen_border_zones_date_from_1992_and_three_are_later() {
    let years: Vec<i16> = atlas().border_zones.iter().map(|zone| zone.approved.first_year()).collect();
    assert_eq!(years.iter().filter(|year| **year == 1992).count(), 14);
    let later: Vec<i16> = years.into_iter().filter(|year| *year != 1992).collect();
    assert_eq!(later, [2011, 2013, 2015]);
}

#[test]
fn every_other_thing_is_there_in_its_number() {
    let atlas = atlas();
    let western = atlas.projects.iter().filter(|one| one.is_western_development).count();
    assert_eq!((atlas.projects.len(), western), (14, 6));
    let changes = atlas.crossings.iter().filter(|one| one.sides.len() == 1).count();
    assert_eq!((atlas.crossings.len() - changes, changes), (46, 7));
    assert_eq!(atlas.events.iter().filter(|event| event.in_document).count(), 12);
    assert_eq!(atlas.events.iter().filter(|event| !event.in_document).count(), 56);
    assert_eq!((atlas.lessons.len(), atlas.lesson_places.len(), atlas.belts.len()), (3, 12, 3));
    assert_eq!((atlas.glossary.len(), atlas.countries.len()), (36, 28));
    let orders: Vec<u8> = atlas.connectivities.iter().map(|one| one.order).collect();
    assert_eq!(orders, [1, 2, 3, 4, 5]);
    for area in &atlas.connectivities {
        let dated = |fact: &&corridor_atlas::atlas::Fact| {
            fact.key == "example" && fact.shown().says == corridor_atlas::atlas::Says::Other
        };
        assert!(area.facts.iter().filter(dated).count() >= 3, "{}", area.id);
    }
}

#[test]
fn every_geojson_file_is_rfc_7946_with_places_on_earth() {
    for file in FILES.iter().filter(|file| file.ends_with(".geojson")) {
        let parsed = GeoJson::from_str(&json(file).to_string()).expect(file);
        let collection = FeatureCollection::try_from(parsed).expect(file);
        assert!(!collection.features.is_empty(), "{file}");
        for feature in collection.features {
            let geometry = serde_json::to_value(feature.geometry.expect(file)).expect(file);
            let name = feature.properties.and_then(|all| all.get("id").cloned()).unwrap_or_default();
            let mut positions = Vec::new();
            pairs(&geometry["coordinates"], &mut positions);
            assert!(!positions.is_empty(), "{file} {name}");
            for [lon, lat] in positions {
                // The window of the atlas: from Lisbon to Kamchatka, from Java to the Arctic.
                assert!((-10.0..=180.0).contains(&lon) && (-11.0..=75.0).contains(&lat), "{file} {name}");
            }
        }
    }
}

fn pairs(value: &Value, found: &mut Vec<[f64; 2]>) {
    let Value::Array(list) = value else { return };
    match list.as_slice() {
        [Value::Number(lon), Value::Number(lat)] => {
            found.push([lon.as_f64().expect("a number"), lat.as_f64().expect("a number")]);
        }
        _ => list.iter().for_each(|inner| pairs(inner, found)),
    }
}

#[test]
fn every_feature_carries_its_own_id() {
    for file in FILES.iter().filter(|file| file.ends_with(".geojson") && **file != "corridors.geojson") {
        for feature in json(file)["features"].as_array().expect("features") {
            assert_eq!(feature["id"], feature["properties"]["id"], "{file}");
        }
    }
}

#[test]
fn every_date_reads_as_a_date() {
    let mut faults = Vec::new();
    let mut dates = 0;
    for file in FILES {
        walk(file, &json(file), &mut |path, value| {
            let key = path.rsplit('.').next().unwrap_or_default();
            let Some(text) =
                value.as_str().filter(|_| ["as_of", "date", "approved", "accessed"].contains(&key))
            else {
                return;
            };
            dates += 1;
            match text.parse::<Date>() {
                Ok(date) if (1850..=2030).contains(&date.first_year()) => {}
                other => faults.push(format!("{path}: {text:?} {other:?}")),
            }
        });
    }
    assert_none(&faults);
    assert!(dates > 500, "{dates}");
}

#[test]
fn events_stand_in_the_order_of_their_dates() {
    let mut faults = Vec::new();
    for pair in atlas().events.windows(2).filter(|pair| pair[0].date > pair[1].date) {
        faults.push(format!("{} stands before {}", pair[0].id, pair[1].id));
    }
    assert_none(&faults);
}

#[test]
fn every_leg_tells_how_honest_it_is_and_who_owns_it() {
    for leg in &atlas().legs {
        let wanted = match leg.precision {
            Precision::Traced => ("Public domain", "natural-earth"),
            Precision::Approximate => ("ODbL 1.0", "openstreetmap"),
            Precision::Schematic => ("CC BY 4.0", "geonames"),
        };
        assert_eq!((leg.licence.as_str(), leg.source.as_str()), wanted, "{} {}", leg.route, leg.order);
    }
}
