//! What hands do on the map.

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::{Window, id, middle};

#[test]
fn a_click_on_the_map_selects_what_is_drawn_there() {
    let mut window = Window::at(113.6, 25.0, 8.0);
    window.click_at(middle());
    assert_eq!(window.selected().as_deref(), Some("country/CN"));
    let mut window = Window::at(101.694, 21.187, 8.0);
    window.click_at(middle());
    assert_eq!(window.selected().as_deref(), Some("zone/mohan"));
    assert!(window.says("The document and the check"));
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.selected(), None);
    assert!(window.says("Six corridors, eleven zones, one centre"));
}

#[test]
fn several_things_at_one_place_give_a_list_that_keys_choose_from() {
    let mut window = Window::at(80.4097, 44.2125, 6.0);
    window.click_at(middle());
    let here = window.state().picks.here.clone();
    assert!(here.len() > 1 && here[0] == id("zone/horgos"), "{here:?}");
    assert!(window.says(&format!("{} things here", here.len())));
    window.key(Modifiers::NONE, Key::Num2);
    assert_eq!(window.selected(), Some(here[1].to_string()));
}

#[test]
fn the_pointer_names_what_a_click_would_take() {
    let mut window = Window::at(80.4097, 44.2125, 8.0);
    window.0.hover_at(middle());
    window.0.run();
    assert_eq!(window.state().picks.hovered, Some(id("zone/horgos")));
}

#[test]
fn dragging_moves_the_map_and_the_wheel_zooms_about_the_pointer() {
    let mut window = Window::at(80.4, 44.2, 6.0);
    let before = window.state().view.camera();
    window.0.drag_at(middle());
    window.0.run();
    window.0.hover_at(middle() + vec2(120.0, 0.0));
    window.0.run();
    window.0.drop_at(middle() + vec2(120.0, 0.0));
    window.0.run();
    let after = window.state().view.camera();
    assert!(after.center.to_lonlat().lon < before.center.to_lonlat().lon - 0.5);
    let pointer = middle() + vec2(90.0, 40.0);
    let under = |window: &Window| {
        let point = corridor_atlas::geo::ScreenPoint::new(f64::from(pointer.x), f64::from(pointer.y));
        window.state().view.viewport().world_from_screen(point).to_lonlat()
    };
    window.0.hover_at(pointer);
    window.0.run();
    let place = under(&window);
    let wheel = egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 3.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    };
    window.0.event(wheel);
    window.0.run();
    assert!((window.state().view.camera().zoom - after.zoom - 3.0 * 1.25_f64.log2()).abs() < 1e-6);
    let still = under(&window);
    assert!((still.lon - place.lon).abs() < 1e-4 && (still.lat - place.lat).abs() < 1e-4);
}

#[test]
fn marks_and_features_stand_in_the_tree_with_name_kind_and_state() {
    let (mut window, _folder) = super::files::with_file(
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Depot"},"geometry":{"type":"Point","coordinates":[80.4,44.2]}},
{"type":"Feature","properties":{"name":"Siding"},"geometry":{"type":"LineString","coordinates":[[80,44],[81,44.5]]}}]}"#,
    );
    assert!(window.says("Depot, roads and fields.geojson"), "a point of a file");
    assert!(window.says("Siding, roads and fields.geojson"), "a line of a file");
    let horgos = "Horgos, cooperation centre, China – Kazakhstan, on corridors N, C";
    let node = |window: &Window| {
        let all = window.0.query_all_by_label_contains("China – Kazakhstan");
        all.map(|node| node.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert!(node(&window).iter().any(|label| label.eq_ignore_ascii_case(horgos)), "{:?}", node(&window));
    let label = node(&window)[0].clone();
    window.0.get_by_label(&label).click_accesskit();
    window.0.run();
    assert!(window.selected().is_some());
}
