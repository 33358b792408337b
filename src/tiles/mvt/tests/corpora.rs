//! The tiles of the public collections: valid ones give what is written beside them, none makes the reader fall.

use std::path::{Path, PathBuf};

use super::*;

fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("ATLAS_CORPORA") else {
        println!("ATLAS_CORPORA is not set: no vector tile is read");
        return None;
    };
    Some(Path::new(&folder).join("mvt-fixtures"))
}

fn json_of(path: &Path) -> Json {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The properties that a feature of a `tile.json` has, the layer's name among them.
fn wanted(layer: &Json, feature: &Json) -> Json {
    let mut wanted = serde_json::Map::new();
    let tags: Vec<usize> = numbers(&feature["tags"]).iter().map(|tag| *tag as usize).collect();
    for pair in tags.chunks(2) {
        let key = layer["keys"][pair[0]].as_str().expect("a key").to_owned();
        let entry = layer["values"][pair[1]].as_object().and_then(|value| value.iter().next());
        let value = match entry {
            // 076 writes a text as a number.
            Some((kind, Json::Number(number))) if kind == "string_value" => json!(number.to_string()),
            other => other.map(|(_, value)| value.clone()).unwrap_or_default(),
        };
        wanted.insert(key, value);
    }
    let name = if wanted.contains_key("layer") { "mvt_layer" } else { "layer" };
    wanted.insert(name.to_owned(), layer["name"].clone());
    Json::Object(wanted)
}

/// Whether two values are the same, numbers as near as 32 bits tell.
fn is_same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| is_same(value, other)))
        }
        _ => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * a.abs(),
            _ => a == b,
        },
    }
}

#[test]
fn valid_fixtures_give_what_stands_beside_them_and_others_are_told() {
    let Some(folder) = corpus() else { return };
    let mut names: Vec<_> = std::fs::read_dir(folder.join("fixtures"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    names.sort();
    assert!(names.len() > 60);
    let mut untold = Vec::new();
    for folder in names {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let tile = std::fs::read(folder.join("tile.mvt")).expect("a tile");
        let mut out = Vec::new();
        let read = features(&tile, world(), &mut out, &Limits::default());
        // 057 says half a thousand million points and has one, which its own words call right.
        let is_valid = name != "057" && json_of(&folder.join("info.json"))["validity"]["v2"] == json!(true);
        if !is_valid {
            if read.is_ok_and(|stats| stats.problems + stats.unknown == 0) {
                untold.push(name);
            }
            continue;
        }
        let stats = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(stats.problems, 0, "{name}");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        compare(&name, &lines, &json_of(&folder.join("tile.json")), stats);
    }
    // Two layers of one name are two layers, a version that is not said is 1, values of a kind to come are null, two
    // points at one place are no line but lie in no tile, and closing a line was allowed once.
    assert_eq!(untold, ["011", "015", "024", "026", "046", "061"]);
}

/// Whether a point of a fixture lies west or north of its tile, where steps are odd; or a line lies at the end of all
/// numbers, where it touches no more than a corner.
fn lies_outside(kind: u64, geometry: &[f64]) -> bool {
    match kind {
        1 => geometry[1..3].iter().any(|step| step % 2.0 == 1.0),
        2 => geometry.iter().any(|step| *step >= 4_294_967_294.0),
        _ => false,
    }
}

/// The layers of a tile and of what stands beside it may come in different orders.
fn compare(name: &str, lines: &[Json], tile: &Json, stats: Stats) {
    let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
    let mut left = lines.to_vec();
    let (mut unknown, mut outside) = (0, 0);
    for layer in list(&tile["layers"]) {
        for feature in list(&layer["features"]) {
            let kind = feature["type"].as_u64().unwrap_or_default();
            let is_outside = lies_outside(kind, &numbers(&feature["geometry"]));
            if kind == 0 || is_outside {
                unknown += usize::from(kind == 0);
                outside += usize::from(is_outside);
                continue;
            }
            let properties = wanted(&layer, &feature);
            let id = feature.get("id").filter(|id| !id.is_null());
            let is_it = |line: &Json| line.get("id") == id && is_same(&line["properties"], &properties);
            let at = left.iter().position(is_it);
            let line =
                left.remove(at.unwrap_or_else(|| panic!("{name}: {id:?} {properties} is not in {left:?}")));
            let shape = line["geometry"]["type"].as_str().unwrap_or_default();
            let ends = ["", "Point", "LineString", "Polygon"];
            assert!(shape.ends_with(ends[kind as usize]), "{name}: {shape}");
        }
    }
    assert!(left.is_empty(), "{name}: too many features: {left:?}");
    assert_eq!((stats.unknown, stats.outside), (unknown, outside), "{name}");
}

#[test]
fn real_tiles_give_features_without_a_problem() {
    let Some(folder) = corpus() else { return };
    let (mut tiles, mut written, mut bytes) = (0, 0, 0);
    for place in std::fs::read_dir(folder.join("real-world")).expect("a folder") {
        let place = place.expect("an entry").path();
        for entry in std::fs::read_dir(&place).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|end| end != "mvt" && end != "pbf") {
                continue;
            }
            let packed = std::fs::read(&path).expect("a tile");
            let tile =
                crate::tiles::pack::unpack(packed, crate::tiles::pack::Packing::Unknown, Part::Tile, 1 << 24)
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let coord = TileCoord::new(13, 2_100, 3_046).expect("a tile");
            let (lines, stats) = read(&tile, coord);
            assert_eq!(stats.problems, 0, "{}: {stats:?}", path.display());
            tiles += 1;
            written += lines.len();
            bytes += tile.len();
        }
    }
    println!("{written} features of {tiles} tiles of {bytes} bytes");
    assert!(tiles > 150 && written > 10_000, "{tiles} {written}");
}
