//! Features side by side: taken in, held against each other, taken out.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::{SIZE, Sight, Window, id};

fn comparing(select: &str) -> Window {
    let sight = Sight { select: Some(id(select)), ..Sight::default() };
    let mut window = Window::open_with(&sight, SIZE);
    window.key(Modifiers::NONE, Key::C);
    window
}

#[test]
fn what_is_selected_stands_beside_what_is_added_and_equal_rows_can_go() {
    let mut window = comparing("zone/manzhouli");
    assert!(window.says("Zabaykalsk"));
    window.press(Role::Button, "Add");
    window.press(Role::ListItem, "Heihe");
    assert!(window.0.query_all_by_role_and_label(Role::Image, "Heihe").next().is_some(), "a map of it");
    let russia = |window: &Window| window.0.query_all_by_label("Russia").count();
    // The panel under the sheet says it once more.
    assert_eq!(russia(&window), 3, "both face it");
    window.press(Role::Switch, "Only differences");
    assert_eq!(russia(&window), 1);
    window.press(Role::Button, "Take Heihe out");
    assert_eq!(window.state().compared(), [id("zone/manzhouli")]);
}

#[test]
fn all_zones_lie_on_one_sheet_and_a_press_leads_to_one() {
    let mut window = Window::open();
    window.key(Modifiers::NONE, Key::C);
    assert!(window.says("All zones at one scale"));
    assert_eq!(window.0.get_all_by_role(Role::Image).count(), 12);
    window.press(Role::Image, "Mohan");
    assert_eq!(window.selected().as_deref(), Some("zone/mohan"));
    assert!(!window.says("All zones at one scale"));
}

#[test]
fn the_panel_takes_in_too_and_escape_closes() {
    let mut window = comparing("corridor/cpec");
    assert!(window.0.query_all_by_role_and_label(Role::Image, "China–Pakistan").next().is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.0.query_all_by_role(Role::Image).count(), 0);
    window.key(Modifiers::NONE, Key::CloseBracket);
    window.press(Role::Link, "Compare");
    assert_eq!(window.state().compared().len(), 2);
}
