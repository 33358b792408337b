//! Search, menu, palette and keys.

use corridor_atlas::theme::Theme;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{Window, id};

#[test]
fn search_by_keys_alone() {
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::K);
    window.type_text("호르고스");
    assert_eq!(window.state().search.results()[0].id, Some(id("zone/horgos")));
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::ArrowUp);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.selected().as_deref(), Some("zone/horgos"));
    assert!(window.state().view.camera().zoom > 6.0, "it flew there");
    window.key(Modifiers::COMMAND, Key::K);
    window.type_text("rui xyz");
    assert!(window.says("Nothing found for “rui xyz”. Try a Chinese, Korean or pinyin name."));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.state().search.is_open);
}

#[test]
fn a_question_mark_shows_all_keys_and_escape_closes_them() {
    let mut window = Window::open();
    window.key(Modifiers::NONE, Key::Questionmark);
    assert!(window.says("All keys") && window.says("Next zone"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Next zone"));
}

#[test]
fn a_command_is_found_by_its_name_and_done_by_enter() {
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::K);
    window.type_text(">theme dark");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().settings.theme, Theme::Dark);
    assert!(!window.state().search.is_open);
}

#[test]
fn the_menu_shows_commands_with_their_keys() {
    let mut window = Window::open();
    window.press(Role::Button, "Menu");
    window.press(Role::ListItem, "Theme: Projector");
    assert_eq!(window.state().settings.theme, Theme::Projector);
    assert!(!window.says("Theme: Dark"), "a choice closes the menu");
}

#[test]
fn results_stand_in_groups_with_facts_last() {
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::K);
    window.type_text("ruili");
    for heading in ["COOPERATION ZONES", "BORDER ZONES", "FACTS"] {
        assert!(window.says(heading), "{heading}");
    }
    let results = window.state().search.results();
    let mut groups: Vec<_> = results.iter().map(corridor_atlas::search::Found::group).collect();
    groups.dedup();
    let once: std::collections::HashSet<_> = groups.iter().collect();
    assert_eq!(once.len(), groups.len(), "each group once");
    assert!(results.last().is_some_and(|found| found.is_fact));
}

#[test]
fn text_grows_and_shrinks_within_its_bounds() {
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::Plus);
    assert_eq!(window.state().settings.text_percent, 110);
    assert!((window.0.ctx.zoom_factor() - 1.1).abs() < 1e-3);
    for _ in 0..20 {
        window.key(Modifiers::COMMAND, Key::Minus);
    }
    assert_eq!(window.state().settings.text_percent, 80);
    window.key(Modifiers::COMMAND, Key::Num0);
    assert_eq!(window.state().settings.text_percent, 100);
}

#[test]
fn f6_lands_in_each_part_of_the_window_in_turn() {
    let mut window = Window::open();
    let mut heard = Vec::new();
    for _ in 0..6 {
        window.key(Modifiers::NONE, Key::F6);
        let focused = window.0.get_all_by_role(Role::Region).find(egui_kittest::Node::is_focused);
        heard.push(focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default());
    }
    let details = "Six corridors, eleven zones, one centre";
    assert_eq!(heard, ["Layers", "Map", "Toolbar", details, "Timeline", "Layers"]);
}

#[test]
fn tab_goes_through_the_list_before_the_map_and_a_pressed_button_keeps_the_focus() {
    let mut window = Window::open();
    let focused = |window: &Window, role: Role| {
        let found = window.0.get_all_by_role(role).find(egui_kittest::Node::is_focused);
        found.and_then(|node| node.accesskit_node().label())
    };
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&window, Role::Region).as_deref(), Some("Layers"));
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&window, Role::Button).as_deref(), Some("Close the list"));
    for _ in 0..80 {
        if focused(&window, Role::RadioButton).as_deref() == Some("中文") {
            break;
        }
        window.key(Modifiers::NONE, Key::Tab);
    }
    assert_eq!(focused(&window, Role::RadioButton).as_deref(), Some("中文"));
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().settings.language, corridor_atlas::i18n::Language::Zh);
    assert_eq!(focused(&window, Role::RadioButton).as_deref(), Some("中文"));
}
