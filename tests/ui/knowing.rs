//! Notes, whose view of the borders is drawn, and the receipts.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::{Window, id};

#[test]
fn a_note_is_written_listed_deleted_and_brought_back() {
    let mut window = Window::at(80.4, 44.2, 6.0);
    window.key(Modifiers::NONE, Key::A);
    window.type_text("gate");
    let titles = |window: &Window| {
        let notes = &window.state().notes.all.list;
        notes.iter().map(|note| note.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&window), ["gate"]);
    let place = window.state().notes.all.list[0].at;
    assert!((place.lon - 80.4).abs() < 2.0 && (place.lat - 44.2).abs() < 2.0, "{place:?}");
    assert!(window.0.query_all_by_role_and_label(Role::Button, "Note: gate").next().is_some(), "its pin");
    window.press(Role::Button, "Delete");
    assert!(titles(&window).is_empty());
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(titles(&window), ["gate"]);
    window.press(Role::Button, "Note: gate");
    assert_eq!(window.state().notes.open, Some(0));
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().notes.open, None);
}

#[test]
fn borders_are_drawn_as_somebody_sees_them_and_the_panel_says_so() {
    let mut window = Window::open();
    window.press(Role::ListItem, "Borders as seen from: Neutral: disputed lines dashed");
    window.press(Role::ListItem, "India");
    assert_eq!(window.state().layers.viewpoint.as_deref(), Some("IN"));
    assert!(window.says("This is one state’s view, not the atlas’s."));
    window.press(Role::ListItem, "Borders as seen from: as India sees it");
    window.press(Role::ListItem, "Neutral: disputed lines dashed");
    assert_eq!(window.state().layers.viewpoint, None);
}

#[test]
fn receipts_list_sources_lonely_values_and_disagreements_and_lead_to_them() {
    let mut window = Window::open();
    window.press(Role::Link, "Every fact here names its source and its year.");
    assert!(window.0.query_all_by_label_contains("of 2").next().is_some(), "how many sources");
    assert!(window.copied_by("Copy the list").starts_with("source\ttitle\tthings\n"));
    window.press(Role::RadioButton, "Where sources differ");
    assert!(window.says("Values on which sources do not agree. Both stand in the atlas."));
    window.press(Role::RadioButton, "The document and since");
    assert!(window.copied_by("Copy the list").contains("Document"));
    window.press(Role::RadioButton, "All sources");
    window.press(Role::ListItem, "GeoNames: GeoNames geographical database");
    assert_eq!(window.selected(), Some(id("source/geonames").to_string()));
    assert!(!window.says("All sources"));
}
