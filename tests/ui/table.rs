//! The table under the map, and the filter that it shares with it.

use corridor_atlas::geo::LonLat;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable;

use super::Window;
use super::files::{wait, with_file};

const FILE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Dry port","kind":"port","opened":2014},"geometry":{"type":"Point","coordinates":[70,44]}},
{"type":"Feature","properties":{"name":"Long line","kind":"rail","opened":2009},"geometry":{"type":"LineString","coordinates":[[70,40],[80,40]]}},
{"type":"Feature","properties":{"name":"Sea port","kind":"port"},"geometry":{"type":"Point","coordinates":[80,44]}},
{"type":"Feature","properties":{"name":"Short line","kind":"rail","opened":2021},"geometry":{"type":"LineString","coordinates":[[72,42],[78,42]]}}]}"#;

fn with_table() -> (Window, tempfile::TempDir) {
    let (mut window, folder) = with_file(FILE);
    window.key(Modifiers::NONE, Key::T);
    wait(&mut window, |window| window.says("Sort by kind"));
    (window, folder)
}

/// The names in the table, from the top down.
fn names(window: &Window) -> Vec<String> {
    let all = ["Dry port", "Long line", "Sea port", "Short line"];
    let mut found: Vec<(f32, String)> = all
        .iter()
        .flat_map(|name| {
            window.0.query_all_by_label(name).map(|node| (node.rect().top(), (*name).to_owned()))
        })
        .filter(|(top, _)| *top > 500.0)
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

fn filter(window: &mut Window, text: &str) {
    let field = window.0.get_by_role(Role::TextInput).rect().center();
    window.click_at(field);
    window.key(Modifiers::COMMAND, Key::A);
    window.type_text(text);
}

#[test]
fn columns_sort_up_down_and_back() {
    let (mut window, _folder) = with_table();
    let orders: [&[&str]; 3] = [
        &["Long line", "Dry port", "Short line", "Sea port"],
        &["Short line", "Dry port", "Long line", "Sea port"],
        &["Dry port", "Long line", "Sea port", "Short line"],
    ];
    for order in orders {
        window.click("Sort by opened");
        assert_eq!(names(&window), order);
    }
    window.key(Modifiers::NONE, Key::T);
    assert!(!window.says("Sort by opened"));
}

#[test]
fn a_filter_holds_for_table_map_and_counts() {
    let (mut window, _folder) = with_table();
    filter(&mut window, "opened >= 2010");
    assert_eq!(names(&window), ["Dry port", "Short line"]);
    assert!(window.says("2 of 4 features"));
    let place = |window: &Window, lon: f64, lat: f64| {
        let at = window.state().view.viewport().screen_from_world(LonLat::new(lon, lat).to_world());
        Pos2::new(at.x as f32, at.y as f32)
    };
    let hidden = place(&window, 75.0, 40.0);
    window.click_at(hidden);
    assert_ne!(window.selected().map(|id| id.starts_with("file/")), Some(true), "what is filtered out");
    let shown = place(&window, 75.0, 42.0);
    window.click_at(shown);
    assert_eq!(window.selected().as_deref(), Some("file/roads-and-fields/3"));
    let copied = window.copied_by("Copy the rows");
    assert_eq!(copied, "name\tkind\topened\nDry port\tport\t2014\nShort line\trail\t2021\n");
    // What does not parse changes nothing and says why.
    filter(&mut window, "opened >= ");
    assert!(window.says("A number or a text in quotes is wanted here."));
    assert_eq!(names(&window), ["Dry port", "Short line"]);
    window.click("Clear the filter");
    assert_eq!(names(&window).len(), 4);
}

#[test]
fn a_facet_filters_and_a_row_selects_its_feature() {
    let (mut window, _folder) = with_table();
    window.click("rail: 2");
    assert_eq!(names(&window), ["Long line", "Short line"]);
    let row = window.0.get_by_role_and_label(Role::Row, "Feature 4").rect();
    window.click_at(Pos2::new(row.left() + 100.0, row.center().y));
    assert_eq!(window.selected().as_deref(), Some("file/roads-and-fields/3"));
    window.click("rail: 2");
    assert_eq!(names(&window).len(), 4);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Sort by kind"), "Escape closes the table first");
    assert!(window.selected().is_some());
}

#[test]
fn the_atlas_s_own_things_are_tables_and_their_filter_holds_on_the_map() {
    let mut window = Window::open();
    window.key(Modifiers::NONE, Key::T);
    assert!(window.says("Cooperation zones") && window.says("12 of 12 features"));
    window.click("Laos: 1");
    window.click("Myanmar: 1");
    assert!(window.says("2 of 12 features"));
    let is_shown =
        |window: &Window, id: &str| window.state().layers.lets_through(&id.parse().expect("an id"));
    assert!(is_shown(&window, "zone/mohan") && !is_shown(&window, "zone/heihe"));
    window.press(Role::Button, "Another table");
    window.press(Role::ListItem, "Corridors");
    assert!(window.says("6 of 6 features"));
    assert!(!is_shown(&window, "zone/heihe"), "the filter of the zones goes on");
}

#[test]
fn a_column_says_what_it_holds_and_can_be_hidden() {
    let (mut window, _folder) = with_table();
    window.press(Role::Button, "Column opened");
    for told in ["Missing", "Mean", "2,014.67"] {
        assert!(window.says(told), "{told}");
    }
    window.press(Role::ListItem, "Hide");
    assert!(!window.says("Sort by opened"));
    window.press(Role::Button, "Column kind");
    window.press(Role::ListItem, "Show all columns");
    assert!(window.says("Sort by opened"));
}

#[test]
fn the_filter_offers_what_may_come_next() {
    let (mut window, _folder) = with_table();
    filter(&mut window, "ki");
    assert!(window.says("kind"));
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Tab);
    assert!(window.says("2 of 4 features"), "kind = its most frequent value");
}

#[test]
fn a_head_that_is_dragged_past_its_neighbour_takes_its_place() {
    let mut window = Window::open();
    window.key(Modifiers::NONE, Key::T);
    let names = |window: &Window| -> Vec<String> {
        let open = window.state().table.as_ref().expect("a table");
        let table = window.state().table_of(&open.of).expect("its columns");
        open.columns(table).iter().map(|column| column.name.clone()).collect()
    };
    let before = names(&window);
    let head = |window: &Window, name: &str| {
        window.0.get_by_role_and_label(Role::ColumnHeader, &format!("Sort by {name}")).rect()
    };
    let (first, second) = (head(&window, &before[0]), head(&window, &before[1]));
    window.drag(first.center(), second.center());
    assert_eq!(names(&window)[..2], [before[1].clone(), before[0].clone()]);
}
