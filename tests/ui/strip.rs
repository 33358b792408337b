//! The strip of a corridor: what lies along it, hover and selection both ways, and measuring.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable;

use super::{SIZE, Sight, Window};

fn with_strip() -> Window {
    let select = Some("corridor/nelb".parse().expect("an id"));
    let mut window = Window::open_with(&Sight { select, ..Sight::default() }, SIZE);
    window.key(Modifiers::NONE, Key::S);
    window
}

#[test]
fn stops_and_crossings_stand_at_their_kilometres_and_a_press_selects_them() {
    let mut window = with_strip();
    assert!(window.says("Along the corridor"));
    window.press(Role::Button, "Alashankou – Dostyk · km 4,093");
    assert_eq!(window.selected().as_deref(), Some("crossing/alashankou-dostyk"));
    window.press(Role::Button, "Astana · km 5,491");
    assert_eq!(window.selected().as_deref(), Some("place/astana-kz"));
    window.press(Role::CheckBox, "Stations");
    assert!(!window.says("Astana · km 5,491"));
}

#[test]
fn another_route_opens_from_where_it_leaves_and_shows_its_zone() {
    let mut window = with_strip();
    window.press(Role::Button, "to Almaty, 747 km · Horgos");
    assert!(window.0.query_all_by_label_contains("747 km, 7 stations").next().is_some());
    window.press(Role::Button, "Horgos · km 424");
    assert_eq!(window.selected().as_deref(), Some("zone/horgos"));
    window.press(Role::RadioButton, "Countries");
    window.press(Role::Button, "Close the strip");
    assert!(!window.says("Close the strip"));
}

#[test]
fn the_kilometre_under_the_pointer_is_told_and_a_drag_measures() {
    let mut window = with_strip();
    let at = |window: &Window, label: &str| window.0.get_by_label(label).rect().center();
    let (from, to) = (at(&window, "Lianyungang · km 0"), at(&window, "Rotterdam · km 10,998"));
    let below = |at: Pos2| at + egui::vec2(0.0, 30.0);
    window.drag(below(from), below(to));
    let told = window.0.query_all_by_label_contains("along the route").next().is_some();
    assert!(told, "how long and how much longer than direct");
}
