//! What the atlas tells holds together: every reference, every source, every place and every length.

mod document;
mod files;
mod places;
mod references;
mod routes;
mod texts;

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use corridor_atlas::atlas::{Atlas, Citation, Cited, Fact, Id, Kind, Position};
use serde_json::Value;

/// Every file of the atlas, as it lies in the folder.
const FILES: &[&str] = &[
    "border-zones.geojson",
    "connectivities.json",
    "corridors.geojson",
    "corridors.json",
    "countries.json",
    "crossings.geojson",
    "document.json",
    "glossary.json",
    "korea.json",
    "projects.geojson",
    "sources.json",
    "timeline.json",
    "version.json",
    "zones.geojson",
];

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::embedded().expect("the atlas parses"))
}

/// A file as plain JSON.
fn json(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/atlas").join(name);
    let text = fs::read_to_string(path).expect("a file of the atlas");
    serde_json::from_str(&text).expect("JSON")
}

/// Every id of the atlas, file by file.
fn ids() -> Vec<Id> {
    Kind::ALL.into_iter().flat_map(|kind| atlas().ids(kind)).collect()
}

/// Every fact with the id of what it is about; `document` for those of no one place.
fn facts() -> Vec<(String, &'static Fact)> {
    let atlas = atlas();
    let of_items = ids().into_iter().filter_map(|id| atlas.item(&id).map(|item| (id.to_string(), item)));
    let items = of_items.flat_map(|(id, item)| item.facts().iter().map(move |fact| (id.clone(), fact)));
    let document = atlas.document().facts.iter().map(|fact| ("document".to_owned(), fact));
    let countries = atlas.countries.iter().flat_map(|one| {
        let id = one.id.to_string();
        one.facts.iter().map(move |fact| (id.clone(), fact))
    });
    items.chain(document).chain(countries).collect()
}

/// Everything that is said, with where it stands.
fn cited() -> Vec<(String, &'static Cited)> {
    let place = |(id, fact): (String, &'static Fact)| {
        let at = format!("{id} {}", fact.key);
        fact.cited.iter().map(move |cited| (at.clone(), cited))
    };
    facts().into_iter().flat_map(place).collect()
}

/// Every position that states its error and its source.
fn positions() -> Vec<(String, &'static Position)> {
    let atlas = atlas();
    let mut all: Vec<(String, &Position)> = Vec::new();
    for zone in &atlas.zones {
        all.push((zone.id.to_string(), &zone.position));
        all.push((format!("{} counterpart", zone.id), &zone.counterpart.position));
    }
    all.extend(atlas.projects.iter().map(|one| (one.id.to_string(), &one.position)));
    all.extend(atlas.border_zones.iter().map(|one| (one.id.to_string(), &one.position)));
    all.extend(atlas.lesson_places.iter().map(|one| (one.id.to_string(), &one.position)));
    for crossing in &atlas.crossings {
        all.push((crossing.id.to_string(), &crossing.position));
        let sides = crossing.sides.iter();
        all.extend(sides.map(|side| (format!("{} {}", crossing.id, side.country), &side.position)));
    }
    all
}

/// Every list of citations in any file, with where it stands.
fn citations() -> Vec<(String, Vec<Citation>)> {
    let mut found = Vec::new();
    for file in FILES {
        walk(file, &json(file), &mut |path, value| {
            let Value::Object(object) = value else { return };
            for (key, list) in object.iter().filter(|(key, _)| key.ends_with("sources")) {
                let list = serde_json::from_value(list.clone());
                found.push((format!("{path}.{key}"), list.expect("citations")));
            }
        });
    }
    found
}

/// Calls `visit` for a value and everything inside it, with its path.
fn walk(path: &str, value: &Value, visit: &mut impl FnMut(&str, &Value)) {
    visit(path, value);
    match value {
        Value::Object(object) => {
            let name = object.get("id").and_then(Value::as_str).unwrap_or(path).to_owned();
            for (key, inner) in object {
                walk(&format!("{name}.{key}"), inner, visit);
            }
        }
        Value::Array(list) => {
            for (number, inner) in list.iter().enumerate() {
                walk(&format!("{path}[{number}]"), inner, visit);
            }
        }
        _ => {}
    }
}

/// Fails with every fault on its own line.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
