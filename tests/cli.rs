//! The command line's contract: answers, their JSON shapes, exit statuses, one clear line when something is wrong.

mod program;

use std::path::Path;
use std::process::Command;

use program::{complaint, run, text};
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let text = text(&[arguments, &["--json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text}"))
}

#[test]
fn the_version_tells_that_of_the_data_and_its_date() {
    let told: Value =
        serde_json::from_str(include_str!("../assets/atlas/version.json")).expect("the data's version");
    let part = |key: &str| told[key].as_str().expect("a text").to_owned();
    let lines = [
        format!("corridor-atlas {}", env!("CARGO_PKG_VERSION")),
        format!("atlas data {} of {}", part("version"), part("date")),
    ];
    for option in ["--version", "-V"] {
        assert_eq!(text(&[option]).lines().collect::<Vec<_>>(), lines);
    }
}

#[test]
fn a_click_at_each_zone_finds_that_zone_first() {
    let zones = json(&["list", "zone"]);
    let items = zones["items"].as_array().expect("items");
    assert_eq!(items.len(), 12);
    for item in items {
        let id = item["id"].as_str().expect("an id");
        let info = json(&["info", id]);
        let (lon, lat) = (&info["bounds"][0], &info["bounds"][1]);
        let at = json(&["at", &format!("{lon},{lat}"), "--zoom", "8"]);
        assert_eq!(at["hits"][0]["id"], *id);
        assert_eq!(at["hits"][0]["layer"], "zones");
        assert_eq!(at["hits"][0]["distance_px"], 0.0);
    }
}

#[test]
fn hits_come_in_the_one_order() {
    const ORDER: [&str; 8] =
        ["zones", "projects", "border-zones", "crossings", "corridors", "boundaries", "places", "countries"];
    let at = json(&["at", "80.4097,44.2125", "--zoom", "7"]);
    let hits = at["hits"].as_array().expect("hits");
    let ranks: Vec<usize> = hits
        .iter()
        .map(|hit| ORDER.iter().position(|layer| hit["layer"] == **layer).expect("a known layer"))
        .collect();
    assert!(ranks.len() >= 4 && ranks.is_sorted(), "{at}");
    assert!(hits.iter().all(|hit| hit["distance_px"].as_f64().is_some_and(|px| px <= 12.0)));
    assert_eq!(hits.last().expect("a hit")["id"], "country/CN");
}

#[test]
fn the_open_ocean_has_nothing_and_says_so() {
    let at = json(&["at", "-150,-20"]);
    assert_eq!(at["hits"].as_array().map(Vec::len), Some(0));
    assert_eq!(text(&["at", "-150,-20"]), "Nothing of the atlas is here.\n");
}

#[test]
fn a_hidden_layer_is_not_hit() {
    let at = json(&["at", "80.4097,44.2125", "--hide", "horgos,crossings,corridor/nelb,corridor/ccwaec"]);
    let hits = at["hits"].as_array().expect("hits");
    assert!(
        !hits.iter().any(|hit| ["zones", "crossings", "corridors"].contains(&hit["layer"].as_str().unwrap()))
    );
}

#[test]
fn search_finds_horgos_by_every_name() {
    for query in ["霍尔果斯", "huoerguosi", "Huò'ěrguǒsī", "호르고스", "khorgos", "horgos"] {
        let found = json(&["search", query]);
        assert_eq!(found["query"], query);
        assert_eq!(found["results"][0]["id"], "zone/horgos", "{query}");
        assert_eq!(found["results"][0]["kind"], "zone");
        assert!(found["results"][0]["score"].is_number());
    }
    assert_eq!(json(&["search", "Manzouli"])["results"][0]["id"], "zone/manzhouli");
}

#[test]
fn search_takes_coordinates_and_keeps_to_its_limit() {
    let found = json(&["search", "-33.5, 70.25"]);
    assert_eq!(found["results"][0]["position"], serde_json::json!([70.25, -33.5]));
    assert_eq!(json(&["search", "china", "--limit", "3"])["results"].as_array().map(Vec::len), Some(3));
    assert_eq!(json(&["search", "xqzzv"])["results"].as_array().map(Vec::len), Some(0));
}

#[test]
fn info_has_the_shape_of_the_contract_in_three_languages() {
    for language in ["en", "zh", "ko"] {
        let info = json(&["info", "zone/horgos", "--lang", language]);
        assert_eq!((&info["id"], &info["kind"]), (&"zone/horgos".into(), &"zone".into()));
        for name in ["en", "zh", "ko"] {
            assert!(info["name"][name].as_str().is_some_and(|name| !name.is_empty()));
        }
        assert_eq!(info["bounds"].as_array().map(Vec::len), Some(4));
        let facts = info["facts"].as_array().expect("facts");
        assert!(facts.len() > 10);
        for fact in facts {
            assert!(
                fact["key"].is_string() && fact["value"].is_string() && fact["certain"].is_boolean(),
                "{fact}"
            );
            assert!(fact.get("as_of").is_some() && fact.get("note").is_some(), "{fact}");
            let sources = fact["sources"].as_array().expect("sources");
            assert!(!sources.is_empty() && sources.iter().all(|source| source["id"].is_string()), "{fact}");
        }
        assert!(info["related"].as_array().is_some_and(|related| related.contains(&"corridor/nelb".into())));
    }
}

#[test]
fn the_documents_claim_stands_beside_the_check() {
    let info = json(&["info", "zone/horgos"]);
    let area: Vec<&Value> =
        info["facts"].as_array().expect("facts").iter().filter(|fact| fact["key"] == "area").collect();
    let says = |who: &str, part: &str| {
        area.iter()
            .any(|fact| fact["says"] == who && fact["value"].as_str().is_some_and(|v| v.contains(part)))
    };
    assert!(says("document", "528 ha") && says("check", "560 ha"));
    assert!(area.iter().all(|fact| fact["agreement"] == "differ"));
}

#[test]
fn each_kind_of_the_contract_is_listed() {
    let counts = [("corridor", 6), ("zone", 12), ("project", 14), ("border-zone", 17), ("connectivity", 5)];
    for (kind, count) in counts {
        let listed = json(&["list", kind]);
        assert_eq!(listed["kind"], kind);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(count), "{kind}");
    }
    assert!(json(&["list", "event"])["items"].as_array().is_some_and(|items| items.len() >= 12));
    assert!(json(&["list", "source"])["items"].as_array().is_some_and(|items| items.len() > 100));
    let of = |kind: &[&str]| json(&[&["list"], kind].concat())["items"].as_array().map_or(0, Vec::len);
    let own = ["corridor", "zone", "project", "border-zone", "event", "connectivity", "source"];
    assert_eq!(of(&[]), own.iter().map(|kind| of(&[kind])).sum::<usize>(), "without a kind, each of them");
}

#[test]
fn what_is_wrong_is_one_line_that_says_what_to_do() {
    let cases: &[(&[&str], &str)] = &[
        (&["--bogus"], "--bogus"),
        (&["at"], "<LON,LAT>"),
        (&["at", "300,0"], "longitude 300"),
        (&["at", "10,95"], "latitude 95"),
        (&["at", "80,44", "--zoom", "40"], "zoom 40"),
        (&["info", "zone/horgas"], "nearest: zone/horgos"),
        (&["info", "horgos"], "kind/name"),
        (&["list", "zones"], "nearest: zone"),
        (&["--select", "zone/horgas"], "nearest: zone/horgos"),
        (&["chek", "a.geojson"], "nearest: check"),
        (&["--fit", "corridor/nelbb"], "nearest: corridor/nelb"),
        (&["--view", "1,2"], "LON,LAT,ZOOM"),
        (&["--lang", "fr"], "en, zh or ko"),
        (&["--theme", "sepia"], "light, dark or projector"),
        (&["render"], "--output"),
        (&["render", "-o", "x.jpg"], ".png"),
        (&["render", "-o", "/nowhere/at/all/x.png"], "/nowhere/at/all/x.png"),
        (&["render", "-o", "x.png", "--size", "9x9"], "16 to 16384"),
        (&["render", "-o", "x.png", "--size", "9000x500"], "8192"),
        (&["render", "-o", "x.png", "--scale", "99"], "between"),
        (&["render", "-o", "x.png", "--layers", "corridor"], "nearest: corridors"),
        (&["render", "-o", "x.png", "--hide", "online"], "online"),
        (&["render", "-o", "x.png", "--fit", "term/bri"], "term/bri"),
    ];
    for (arguments, part) in cases {
        let said = complaint(arguments);
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
    assert!(!Path::new("x.png").exists(), "a refused picture leaves no file");
}

#[test]
fn without_a_display_the_window_says_so() {
    let output = Command::new(env!("CARGO_BIN_EXE_corridor-atlas"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("no display"), "{said}");
}

#[test]
fn without_a_graphics_driver_the_picture_names_the_package() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("picture.png");
    let output = Command::new(env!("CARGO_BIN_EXE_corridor-atlas"))
        .args(["render", "--size", "64x64", "-o"])
        .arg(&picture)
        // The loader finds no driver in an empty list, and no other way to draw is tried.
        .env("VK_DRIVER_FILES", "/nowhere.json")
        .env("VK_ICD_FILENAMES", "/nowhere.json")
        .env("WGPU_BACKEND", "vulkan")
        .output()
        .expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("mesa-vulkan-drivers"), "{said}");
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("the folder").count(),
        0,
        "nothing half-written is left"
    );
}

#[test]
fn a_picture_has_the_size_that_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("picture.png");
    let path = picture.to_str().expect("UTF-8");
    let said = text(&["render", "-o", path, "--size", "320x200", "--scale", "2", "--fit", "zone/horgos"]);
    assert!(said.is_empty());
    let image = image::open(&picture).expect("a picture");
    assert_eq!((image.width(), image.height()), (640, 400));
    // A second run gives the same bytes, and takes the place of the first.
    let before = std::fs::read(&picture).expect("the picture");
    text(&["render", "-o", path, "--size", "320x200", "--scale", "2", "--fit", "zone/horgos"]);
    assert_eq!(std::fs::read(&picture).expect("the picture"), before);
}

#[test]
fn a_panel_is_drawn_in_place_of_the_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("roads.geojson");
    std::fs::write(&file, FILE).expect("written");
    let file = file.to_str().expect("UTF-8");
    let path = folder.path().join("figure.svg");
    let path = path.to_str().expect("UTF-8");
    // What stands on it has no map: none of these needs a graphics driver.
    for (panel, group) in [
        (&["--strip", "corridor/nelb", "--route", "nelb-horgos"][..], "strip"),
        (&["--timeline"], "timeline"),
        (&["--chart", "lanes", file], "chart"),
    ] {
        text(&[&["render", "-o", path, "--size", "900x600", "--title", "Of a panel"], panel].concat());
        let svg = std::fs::read_to_string(path).expect("the figure");
        assert!(svg.contains(&format!("<g id=\"{group}\"")), "{panel:?}");
        assert!(svg.contains(">Of a panel<") && svg.contains("width=\"900\""), "{panel:?}");
    }
    for (wrong, said) in [
        (&["--strip", "corridor/nelb", "--route", "nelb-horgo"][..], "nearest: nelb-horgos"),
        (&["--strip", "zone/horgos"], "only a corridor"),
        (&["--compare", "term/bri"], "term/bri"),
        (&["--chart", "lane", file], "nearest: lanes"),
        (&["--chart", "lanes"], "name the file"),
        (&["--timeline", "--legend"], "--legend"),
    ] {
        let complaint = complaint(&[&["render", "-o", path], wrong].concat());
        assert!(complaint.contains(said), "{complaint}");
    }
}

const FILE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"r1","properties":{"name":"North road","lanes":2},"geometry":{"type":"LineString","coordinates":[[80,41],[84,41]]}},
{"type":"Feature","properties":{"crop":"cotton"},"geometry":{"type":"Polygon","coordinates":[[[80,36],[84,36],[84,40],[80,40],[80,36]],[[81,37],[83,37],[83,39],[81,39],[81,37]]]}}]}"#;

#[test]
fn a_file_answers_like_the_atlas_and_its_holes_are_holes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("my roads.geojson");
    std::fs::write(&path, FILE).expect("written");
    let path = path.to_str().expect("UTF-8");
    let first = |place: &str| {
        let at = json(&["at", place, "--zoom", "6", path]);
        let hit = &at["hits"][0];
        [&hit["id"], &hit["layer"], &hit["name"]].map(|value| value.as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(first("82,41"), ["file/my-roads/0", "file-lines", "North road"]);
    assert_eq!(first("80.5,38"), ["file/my-roads/1", "file-areas", "#2"]);
    assert_eq!(first("82,38")[0], "country/CN", "in the hole there is no field");
    let info = json(&["info", "file/my-roads/0", path]);
    let facts = info["facts"].as_array().expect("facts");
    let pairs: Vec<_> = facts.iter().map(|fact| (fact["key"].as_str(), fact["value"].as_str())).collect();
    let wanted = [("id", "r1"), ("name", "North road"), ("lanes", "2")];
    assert_eq!(pairs, wanted.map(|(key, value)| (Some(key), Some(value))));
    assert!(complaint(&["info", "file/my-roads/7", path]).contains("file/my-roads/7"));
    assert!(complaint(&["at", "82,41", "/nowhere/x.geojson"]).contains("/nowhere/x.geojson"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pipe.geojson");
    let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
    assert!(made.success());
    let complaint = complaint(&["at", "1,2", &path.display().to_string()]);
    assert!(complaint.contains("not a regular file"), "{complaint}");
}

#[test]
fn what_is_wrong_with_a_file_is_said_beside_the_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("short.geojson");
    let text =
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}"#;
    std::fs::write(&path, text).expect("written");
    let output = run(&["at", "1,2", &path.display().to_string()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success());
    assert!(said.contains("short.geojson: 2 warnings, the first: Line 1, column 41: no geometry"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_picture_never_takes_the_place_of_a_file_that_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("roads.png");
    std::fs::write(&file, FILE).expect("written");
    let other = folder.path().join(".").join("roads.png");
    let (input, output) = (file.to_str().expect("UTF-8"), other.to_str().expect("UTF-8"));
    let said = complaint(&["render", "-o", output, "--size", "64x64", input]);
    assert!(said.contains("choose another name"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), FILE);
}

#[test]
fn a_picture_into_a_folder_that_is_not_there_says_so() {
    let complaint = complaint(&["render", "-o", "/no/such/folder/x.png"]);
    assert!(complaint.contains("there is no folder /no/such/folder"), "{complaint}");
}

#[test]
fn lines_say_who_says_them_and_every_kind_of_fact_is_found() {
    let told = json(&["info", "zone/manzhouli"]);
    let facts = told["facts"].as_array().expect("facts");
    let sources = |key: &str| -> Vec<String> {
        let fact = facts.iter().find(|fact| fact["key"] == key).expect(key);
        let cited = fact["sources"].as_array().expect("sources");
        cited.iter().map(|source| source["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert!(sources("status").contains(&"opinion-2018".to_owned()), "{:?}", sources("status"));
    assert_eq!(sources("province"), ["geonames"]);
    let found = text(&["search", "USB drive at the summit"]);
    assert!(found.contains("lesson/3"), "{found}");
    let boundary = text(&["info", "boundary/1746705265"]);
    assert!(boundary.contains("Canada – United States"), "{boundary}");
}
