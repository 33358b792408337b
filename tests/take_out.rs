//! What leaves the atlas by the command line: data, figures, tours; and that nothing is lost where it cannot.

mod program;

use std::path::{Path, PathBuf};

use corridor_atlas::export::carried;
use corridor_atlas::tour::Figure;
use program::{complaint, run, text};

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn at(&self, name: &str) -> String {
        self.path(name).to_str().expect("UTF-8").to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).expect("written");
        self.at(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Everything that lies in the folder.
    fn names(&self) -> Vec<String> {
        let all = std::fs::read_dir(self.0.path()).expect("a folder");
        let mut names: Vec<String> =
            all.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Spaces, an exponent, a number that no double holds, keys out of order.
const FIRST: &str = r#"{"type":"Feature", "id":"r1", "properties":{"name":"North road","lanes": 2,"id_long":12345678901234567890,"z":1.50e0},"geometry":{"type":"LineString","coordinates":[[80.10,41],[84,41.000]]}}"#;
const SECOND: &str = r#"{ "properties" : { "lanes" : 4, "name" : "Süd" }, "geometry" : { "coordinates" : [ 81, 40 ], "type" : "Point" }, "type" : "Feature" }"#;

fn roads() -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"copyright\":\"The mappers, ODbL\",\"features\":[\n{FIRST},\n{SECOND}]}}"
    )
}

#[test]
fn features_leave_byte_by_byte_as_they_came_with_their_terms_beside() {
    let desk = Desk::new();
    let input = desk.write("roads.geojson", &roads());
    let said = text(&["convert", &input, &desk.at("all.geojson")]);
    assert!(said.contains("2 features"), "{said}");
    let all = desk.read("all.geojson");
    assert!(all.contains(FIRST) && all.contains(SECOND), "{all}");
    text(&["convert", &input, &desk.at("wide.geojson"), "--filter", "lanes >= 4"]);
    let wide = desk.read("wide.geojson");
    assert!(!wide.contains(FIRST) && wide.contains(SECOND), "{wide}");
    let terms = desk.read("wide.geojson.sources.txt");
    for wanted in ["roads.geojson", "The mappers, ODbL", "lanes >= 4", "Share alike"] {
        assert!(terms.contains(wanted), "{wanted}: {terms}");
    }
    assert_eq!(desk.read("roads.geojson"), roads());
}

#[test]
fn every_feature_of_the_atlas_leaves_as_it_is_carried() {
    let desk = Desk::new();
    for (layer, carried) in [
        ("zones", include_str!("../assets/atlas/zones.geojson")),
        ("corridors", include_str!("../assets/atlas/corridors.geojson")),
    ] {
        let name = format!("{layer}.geojson");
        text(&["convert", layer, &desk.at(&name)]);
        let features = |text: &str| {
            let collection: serde_json::Value = serde_json::from_str(text).expect("JSON");
            collection["features"].as_array().expect("features").clone()
        };
        let (wanted, written) = (features(carried), features(&desk.read(&name)));
        assert_eq!(wanted.len(), written.len(), "{layer}");
        assert!(wanted.iter().all(|feature| written.contains(feature)), "{layer}");
    }
    assert!(
        desk.read("corridors.geojson.sources.txt").contains("Share alike"),
        "lines of the mappers are in it"
    );
}

#[test]
fn each_format_of_data_is_one_that_others_know() {
    let desk = Desk::new();
    for (name, start) in [
        ("z.csv", b"longitude,".as_slice()),
        ("z.fgb", b"fgb\x03fgb"),
        ("z.kml", b"<?xml"),
        ("z.gpkg", b"SQLite format 3\0"),
    ] {
        text(&["convert", "zones", &desk.at(name), "--lang", "ko"]);
        let bytes = std::fs::read(desk.path(name)).expect("written");
        assert!(bytes.starts_with(start), "{name}");
    }
    assert!(desk.read("z.csv").contains("훈춘"));
}

#[test]
fn data_that_cannot_be_written_leaves_everything_as_it_was() {
    let desk = Desk::new();
    let input = desk.write("roads.geojson", &roads());
    let refused = |arguments: &[&str], wanted: &str| {
        let said = complaint(&[&["convert"], arguments].concat());
        assert!(said.contains(wanted), "{said}");
    };
    refused(&[&input, &input], "choose another name");
    refused(&[&input, &desk.at("x.shp")], ".gpkg");
    refused(&[&input, "/no/such/folder/x.csv"], "there is no folder /no/such/folder");
    refused(&[&input, &desk.at("x.csv"), "--filter", "lanes >"], "character 8");
    refused(&[&input, &desk.at("x.csv"), "--filter", "width > 1"], "No column");
    refused(&["/no/such.geojson", &desk.at("x.csv")], "/no/such.geojson");
    assert_eq!((desk.read("roads.geojson"), desk.names()), (roads(), vec!["roads.geojson".to_owned()]));
}

/// The view that a figure carries.
fn view(path: &Path) -> Figure {
    let bytes = std::fs::read(path).expect("a figure");
    let json = carried(&bytes).unwrap_or_else(|| panic!("{} carries no view", path.display()));
    Figure::from_json(&json).expect("a view")
}

#[test]
fn each_form_of_figure_carries_the_same_view() {
    let desk = Desk::new();
    let roads = desk.write("roads.geojson", &roads());
    let views: Vec<Figure> = ["f.png", "f.svg", "f.pdf"]
        .iter()
        .map(|name| {
            let out = desk.at(name);
            let options = ["--fit", "zone/horgos", "--select", "zone/horgos", "--hide", "relief"];
            text(&[&["render", "-o", &out, &roads, "--size", "400x300"], &options[..]].concat());
            view(&desk.path(name))
        })
        .collect();
    assert_eq!(views[0], views[1]);
    assert_eq!(views[0], views[2]);
    let look = &views[0].look;
    assert_eq!(look.select.as_ref().map(ToString::to_string).as_deref(), Some("zone/horgos"));
    assert_eq!(look.hide, ["relief"]);
    assert_eq!((views[0].files.len(), views[0].files[0].name.as_str()), (1, "roads.geojson"));
}

#[test]
fn figures_of_vectors_keep_their_words_as_text() {
    let desk = Desk::new();
    text(&["render", "-o", &desk.at("f.svg"), "--fit", "zone/horgos", "--size", "600x400", "--legend"]);
    let svg = desk.read("f.svg");
    assert!(svg.contains(">Horgos<") || svg.contains(">Horgos Center<"), "the zone by its name");
    assert!(svg.contains("id=\"furniture\"") || svg.contains("furniture"), "a group a layer");
}

const TOUR: &str = r#"tour = 1
title = { en = "Two steps" }
[[step]]
title = { en = "Horgos" }
caption = { en = "The zone on both sides of the border." }
sources = ["opinion-2018"]
at = "zone/horgos"
[[step]]
title = { en = "Rail" }
caption = { en = "A corridor by rail." }
sources = ["opinion-2018"]
at = "corridor/nelb"
"#;

#[test]
fn a_tour_is_checked_and_its_faults_have_lines() {
    let desk = Desk::new();
    let good = desk.write("good.tour.toml", TOUR);
    assert!(run(&["tour", "check", &good]).status.success());
    let bad = desk.write("bad.tour.toml", &TOUR.replace("zone/horgos", "zone/horgoz"));
    let checked = run(&["tour", "check", &bad]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    assert!(said.contains("line 4") && said.contains("zone/horgos"), "{said}");
    let broken = desk.write("broken.tour.toml", &TOUR.replace("title = { en = \"Rail\" }", "title = "));
    assert!(complaint(&["tour", "check", &broken]).contains("line 9"));
}

#[test]
fn a_tour_becomes_pages_and_pictures_that_hold_all_of_it() {
    let desk = Desk::new();
    let tour = desk.write("two.tour.toml", TOUR);
    for name in ["two.html", "two.pdf", "two.gif", "two.png", "frames"] {
        let size = ["--size", "160x90", "--fps", "2"];
        text(&[&["tour", "export", &tour, "-o", &desk.at(name)], &size[..]].concat());
    }
    let html = desk.read("two.html");
    assert!(html.contains("A corridor by rail.") && !html.contains("src=\"http"), "offline");
    let starts = |name: &str, start: &[u8]| {
        let bytes = std::fs::read(desk.path(name)).expect("written");
        assert!(bytes.starts_with(start), "{name}");
        bytes
    };
    starts("two.pdf", b"%PDF");
    starts("two.gif", b"GIF89a");
    let png = starts("two.png", b"\x89PNG");
    assert!(png.windows(4).any(|window| window == b"acTL"), "it moves");
    let list = desk.read("frames/frames.ffconcat");
    let files = std::fs::read_dir(desk.path("frames")).expect("a folder").count();
    assert_eq!(list.matches("duration").count() + 1, files);
    assert!(list.matches("duration 5\n").count() == 2, "each step stands: {list}");
    let said = complaint(&["tour", "export", &tour, "-o", &desk.at("frames")]);
    assert!(said.contains("an empty or a new one"), "{said}");
}
