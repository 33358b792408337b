//! What the panels say and do.

use corridor_atlas::cli::Sight;
use corridor_atlas::i18n::Language;
use corridor_atlas::state::LayerKind;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;

use super::{Window, id};

#[test]
fn switching_a_layer_off_hides_it() {
    let mut window = Window::open();
    window.press(Role::Switch, "Cooperation zones");
    assert!(!window.state().layers.shows(LayerKind::Zones));
    window.press(Role::Switch, "Cooperation zones");
    assert!(window.state().layers.shows(LayerKind::Zones));
}

#[test]
fn no_connection_is_opened_unless_a_person_asks() {
    let window = Window::open();
    assert!(!window.state().layers.shows(LayerKind::Online));
}

#[test]
fn a_corridor_in_the_list_opens_its_panel_and_its_eye_hides_it() {
    let mut window = Window::open();
    window.0.get_by_label_contains("Corridor M, China–Mongolia–Russia").click();
    window.0.run();
    assert_eq!(window.selected().as_deref(), Some("corridor/cmrec"));
    assert!(window.says("Copy citation") && window.says("Routes"));
    window.click("Hide China–Mongolia–Russia");
    assert!(!window.state().layers.shows_corridor(&id("corridor/cmrec")));
}

#[test]
fn a_source_opens_its_card_and_back_returns() {
    let mut window = Window::open();
    window.click("Read the document");
    let source = window.selected().expect("the document");
    assert_eq!(source, "source/opinion-2018");
    assert!(window.says("Facts from this source"));
    window.click("Back");
    assert_eq!(window.selected(), None);
    window.click("Forward");
    assert_eq!(window.selected(), Some(source));
}

#[test]
fn a_citation_goes_to_the_clipboard_with_its_sources() {
    let mut window = Window::open();
    window.press(Role::ListItem, "Horgos");
    let copied = window.copied_by("Copy citation");
    assert!(
        copied.starts_with("Horgos") && copied.contains("Corridor Atlas") && copied.lines().count() > 3,
        "{copied}"
    );
    assert!(window.copied_by("BibTeX").starts_with("@misc{corridor-atlas-horgos,"));
    assert!(window.copied_by("CSL-JSON").contains("\"version\": \"2026"));
}

#[test]
fn the_language_changes_the_words_and_the_map_at_once() {
    let mut window = Window::open();
    window.click("中文");
    assert_eq!(window.state().settings.language, Language::Zh);
    assert!(window.says("走廊") && !window.says("Corridors"));
    window.click("한국어");
    assert!(window.says("회랑"));
    window.click("English");
    assert!(window.says("Corridors"));
}

#[test]
fn the_licences_of_everything_carried_are_shown() {
    let mut window = Window::open();
    window.click("About and licences");
    for title in ["Natural Earth", "GeoNames"] {
        let found = window.0.query_all_by_label_contains(title).next().is_some();
        assert!(found, "{title}");
    }
}

#[test]
fn a_small_window_starts_with_the_rail_and_shows_details_when_asked() {
    let mut window = Window::open_with(&Sight::default(), vec2(960.0, 600.0));
    assert!(!window.says("Corridors"));
    window.key(Modifiers::NONE, Key::N);
    assert_eq!(window.selected().as_deref(), Some("zone/manzhouli"));
    assert!(window.says("Copy citation"));
}
