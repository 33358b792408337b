//! Tools over the map: measuring, an area in its true size, what lies near; and taking back.

use corridor_atlas::geo::{LonLat, distance_m};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, pos2};
use egui_kittest::kittest::Queryable;

use super::{SIZE, Sight, Window, id, middle};

fn with(select: &str) -> Window {
    Window::open_with(&Sight { select: Some(id(select)), ..Sight::default() }, SIZE)
}

#[test]
fn clicks_measure_a_way_and_an_area_and_are_taken_back() {
    let mut window = Window::at(85.0, 43.0, 6.0);
    window.key(Modifiers::NONE, Key::M);
    for at in [middle(), middle() + egui::vec2(120.0, 0.0), middle() + egui::vec2(60.0, -90.0)] {
        window.click_at(at);
    }
    assert_eq!(window.state().measure.points.len(), 3);
    assert_eq!(window.selected(), None, "a click sets a point and selects nothing");
    window.press(Role::Button, "Make an area");
    assert!(window.0.query_all_by_label_contains("km²").next().is_some());
    let copied = window.copied_by("Copy the numbers");
    assert!(copied.starts_with("lon\tlat\tmetres_to_next\tbearing\n") && copied.contains("area_m2"));
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().measure.points.len(), 2);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.state().measure.points.len(), 3);
    window.press(Role::Button, "Point at the map’s middle");
    assert_eq!(window.state().measure.points.len(), 4);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.state().measure.is_on);
}

#[test]
fn a_country_is_dragged_elsewhere_and_keeps_its_size() {
    let mut window = with("country/MN");
    window.press(Role::Link, "True size");
    let home = window.state().true_size.as_ref().expect("an area").home;
    let viewport = window.state().view.viewport();
    let at = viewport.screen_from_world(home.to_world());
    let from = pos2(at.x as f32, at.y as f32);
    let camera = window.state().view.camera();
    window.drag(from, from + egui::vec2(-60.0, 180.0));
    let taken = window.state().true_size.clone().expect("an area");
    assert!(taken.at.lat < home.lat - 15.0, "{:?}", taken.at);
    assert_eq!(window.state().view.camera(), camera, "the map stays");
    assert!(taken.stretch() < 0.8);
    assert!(window.0.query_all_by_label_contains("1,565,000").next().is_some(), "its area in km²");
    window.press(Role::Button, "Back home");
    let back = window.state().true_size.as_ref().expect("an area").at;
    assert!(distance_m(back, home) < 1.0);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.state().true_size.is_none());
}

#[test]
fn what_lies_near_is_counted_listed_and_follows_the_selection() {
    let mut window = with("zone/horgos");
    window.press(Role::Link, "What lies near");
    assert!(window.0.query_all_by_label_contains("within 100 km").next().is_some());
    let count = |window: &Window| window.state().picks.near.as_ref().map_or(0, |near| near.found.len());
    let near = count(&window);
    window.press(Role::RadioButton, "500 km");
    assert!(count(&window) > near && near > 2);
    window.key(Modifiers::NONE, Key::N);
    assert!(window.state().picks.near.as_ref().is_some_and(|near| near.of != id("zone/horgos")));
}

#[test]
fn a_point_is_set_on_what_is_pointed_at_and_can_be_moved() {
    let mut window = Window::at(80.4, 44.2, 8.0);
    window.key(Modifiers::NONE, Key::M);
    let horgos = window.state().bounds_of_point(&id("zone/horgos")).expect("a place");
    let at = window.state().view.viewport().screen_from_world(horgos.to_world());
    let at: Pos2 = pos2(at.x as f32 + 2.0, at.y as f32);
    window.click_at(at);
    let point = |window: &Window| window.state().measure.points[0];
    assert!(distance_m(point(&window), horgos) < 1.0);
    window.drag(at, at + egui::vec2(100.0, 0.0));
    assert!(distance_m(point(&window), LonLat::new(horgos.lon, horgos.lat)) > 10_000.0);
}
