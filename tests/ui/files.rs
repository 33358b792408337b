//! A person’s own files in the window.

use corridor_atlas::geo::LonLat;
use corridor_atlas::state::FileContent;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable;

use super::Window;

/// A file of two lines and a square, opened and read to its end.
pub(super) fn with_file(text: &str) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roads and fields.geojson");
    std::fs::write(&path, text).expect("written");
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::O);
    window.type_text(&path.display().to_string());
    window.key(Modifiers::NONE, Key::Enter);
    wait(&mut window, |window| {
        window.state().files.iter().all(|file| !matches!(file.content, FileContent::Reading { .. }))
    });
    (window, folder)
}

/// Frames until it is so: files are read on other threads.
pub(super) fn wait(window: &mut Window, is_so: impl Fn(&Window) -> bool) {
    for _ in 0..2_000 {
        if is_so(window) {
            break;
        }
        std::thread::yield_now();
        window.0.step();
    }
    assert!(is_so(window), "in time");
    window.0.run();
}

const FILE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"North road","lanes":2},"geometry":{"type":"LineString","coordinates":[[80,41],[84,41]]}},
{"type":"Feature","properties":{"name":"Field","crop":"cotton"},"geometry":{"type":"Polygon","coordinates":[[[80,36],[84,36],[84,40],[80,40],[80,36]]]}},
{"type":"Feature","properties":{"name":"Broken"},"geometry":{"type":"LineString","coordinates":[[80,41]]}}]}"#;

#[test]
fn a_file_opens_by_its_path_is_listed_and_shown_whole() {
    let (mut window, _folder) = with_file(FILE);
    assert!(window.says("roads and fields.geojson"));
    assert!(window.says("3 features · 7 points"));
    // The doctor takes the place of what the reader found.
    wait(&mut window, |window| window.state().files.iter().all(|file| file.report.is_some()));
    assert!(window.says("Line with a single position") && window.says("First at feature 3, line 4"));
    let bounds = window.state().files.iter().next().and_then(|file| file.dataset()?.bounds).expect("a box");
    let viewport = window.state().view.viewport();
    let (a, b) = (viewport.screen_from_world(bounds.min), viewport.screen_from_world(bounds.max));
    assert!(a.x > 300.0 && b.x < 1100.0 && b.x - a.x > 300.0, "{a:?} {b:?}");
}

#[test]
fn beside_a_files_table_its_doctor_stays_in_sight_until_something_is_selected() {
    let (mut window, _folder) = with_file(FILE);
    wait(&mut window, |window| window.state().files.iter().all(|file| file.report.is_some()));
    window.click("Table: roads and fields.geojson");
    wait(&mut window, |window| window.state().table.as_ref().is_some_and(|table| !table.order.is_empty()));
    assert!(window.says("Your files") && window.says("Line with a single position"));
    window.click("North road");
    assert!(window.selected().is_some());
    assert!(!window.says("Line with a single position"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.says("Line with a single position"));
}

#[test]
fn a_click_on_a_feature_shows_all_its_properties() {
    let (mut window, _folder) = with_file(FILE);
    let viewport = window.state().view.viewport();
    for (lon, lat, name, value) in [(82.0, 41.0, "North road", "2"), (82.0, 38.0, "Field", "cotton")] {
        let at = viewport.screen_from_world(LonLat::new(lon, lat).to_world());
        window.click_at(Pos2::new(at.x as f32, at.y as f32));
        assert!(window.says(name) && window.says(value), "{name}: {:?}", window.selected());
    }
    window.press(Role::Button, "Remove: roads and fields.geojson");
    assert!(window.state().files.is_empty());
    assert_eq!(window.selected(), None, "what is gone is not selected");
}

#[test]
fn a_file_that_cannot_be_read_says_where_and_leaves_the_rest() {
    let (window, _folder) = with_file("{\"type\": \"FeatureCollection\",\n \"features\" 1}");
    assert!(window.says("This file could not be opened."));
    let found = window.0.query_all_by_label_contains("Line 2, column 13").next().is_some();
    assert!(found, "the place of the fault");
    assert!(window.says("Corridors"));
}

#[test]
fn features_are_coloured_by_their_values_and_the_legend_counts_them() {
    let (mut window, _folder) = with_file(FILE);
    window.click("Style of roads and fields.geojson");
    wait(&mut window, |window| window.says("By value"));
    window.click("By value");
    assert!(window.says("cotton") && window.says("No value"), "by what some share, not by the names");
    window.click("By number");
    let file = window.state().files.iter().next().expect("a file");
    let counts: Vec<usize> =
        file.classes.iter().flat_map(|classes| &classes.list).map(|class| class.count).collect();
    assert_eq!(counts, [1, 2], "one number, two without");
    assert!(window.says("No value"));
    window.click("Colour 3");
    assert_eq!(window.state().files.iter().next().map(|file| file.style.colour), Some(2));
}

#[test]
fn a_file_is_called_otherwise_and_laid_over_another() {
    let (mut window, folder) = with_file(FILE);
    let path = folder.path().join("second.geojson");
    std::fs::write(&path, FILE).expect("written");
    window.key(Modifiers::COMMAND, Key::O);
    window.type_text(&path.display().to_string());
    window.key(Modifiers::NONE, Key::Enter);
    wait(&mut window, |window| window.state().files.iter().all(|file| file.dataset().is_some()));
    let order = |window: &Window| -> Vec<String> {
        window.state().files.iter().map(|file| file.name.clone()).collect()
    };
    assert_eq!(order(&window), ["roads and fields.geojson", "second.geojson"]);
    window.click("Style of roads and fields.geojson");
    window.click("Move up: roads and fields.geojson");
    assert_eq!(order(&window), ["second.geojson", "roads and fields.geojson"]);
    window.0.get_by_label("Name").focus();
    window.0.run();
    window.key(Modifiers::COMMAND, Key::A);
    window.type_text("Survey");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(order(&window), ["second.geojson", "Survey"]);
}

#[test]
fn geojson_from_the_clipboard_is_a_file_of_its_own() {
    let mut window = Window::open();
    window.0.event(egui::Event::Paste(FILE.to_owned()));
    window.0.run();
    wait(&mut window, |window| window.says("3 features · 7 points"));
    assert!(window.says("Pasted"));
    window.0.event(egui::Event::Paste("just words, and\nmore".to_owned()));
    window.0.run();
    assert_eq!(window.state().files.iter().count(), 1, "other text is left alone");
}

#[test]
fn geometries_and_cells_of_a_spreadsheet_from_the_clipboard_open_too() {
    let mut window = Window::open();
    window.0.event(egui::Event::Paste("SRID=4326;LINESTRING (80 44, 87 43)".to_owned()));
    window.0.run();
    wait(&mut window, |window| window.says("1 feature · 2 points"));
    window
        .0
        .event(egui::Event::Paste("name\tlon\tlat\nHorgos\t80.4\t44.2\nAlashankou\t82.6\t45.2".to_owned()));
    window.0.run();
    wait(&mut window, |window| window.says("2 features · 2 points"));
    assert_eq!(window.state().files.iter().count(), 2);
}

/// A file let go over the window.
#[derive(Debug)]
pub(super) struct Dropped(pub(super) std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn files_that_are_dropped_or_pasted_as_links_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for name in ["one.geojson", "two roads.geojson", "a, b.geojson", "c, d.geojson"] {
        std::fs::write(path(name), FILE).expect("written");
    }
    let mut window = Window::open();
    window.0.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path("one.geojson"))));
    window.0.run();
    let link = format!("file://{}", path("two%20roads.geojson").display());
    window.0.event(egui::Event::Paste(link));
    window.0.run();
    wait(&mut window, |window| window.state().files.iter().all(|file| file.dataset().is_some()));
    assert!(window.says("one.geojson") && window.says("two roads.geojson"));
    let both = format!("{}\n{}", path("a, b.geojson").display(), path("c, d.geojson").display());
    window.0.event(egui::Event::Paste(both));
    window.0.run();
    assert!(window.says("a, b.geojson") && window.says("c, d.geojson"), "names with commas are no table");
}
