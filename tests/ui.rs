//! The window's parts, found by their names as a screen reader finds them, pressed, and asked what they did.

use corridor_atlas::app::{App, Ready};
use corridor_atlas::atlas::Id;
use corridor_atlas::cli::Sight;
use corridor_atlas::geo::{Camera, LonLat};
use corridor_atlas::i18n::Language;
use corridor_atlas::state::{FileContent, LayerKind, State};
use corridor_atlas::theme::Theme;
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: egui::Vec2 = vec2(1440.0, 900.0);

struct Window(Harness<'static, App>);

impl Window {
    fn open() -> Self {
        Self::open_with(&Sight { theme: Some(Theme::Light), ..Sight::default() }, SIZE)
    }

    fn open_with(sight: &Sight, size: egui::Vec2) -> Self {
        let ready = Ready::read(sight).expect("the embedded content reads");
        let builder = Harness::builder().with_size(size).with_step_dt(1.0 / 30.0).with_max_steps(400).wgpu();
        let mut harness = builder.build_eframe(move |creation| App::new(creation, ready, None));
        harness.run();
        Self(harness)
    }

    /// The map alone around a place, which lies in the middle of the window.
    fn at(lon: f64, lat: f64, zoom: f64) -> Self {
        let camera = Camera::new(LonLat::new(lon, lat), zoom);
        let view = Some(corridor_atlas::cli::View(camera));
        Self::open_with(&Sight { view, ..Sight::default() }, SIZE)
    }

    fn state(&self) -> &State {
        self.0.state().state()
    }

    fn selected(&self) -> Option<String> {
        self.state().picks.selected.as_ref().map(ToString::to_string)
    }

    /// Presses what has this role and name: a name alone may stand in a label beside it too.
    fn press(&mut self, role: Role, label: &str) {
        self.0.get_by_role_and_label(role, label).click();
        self.0.run();
    }

    fn click(&mut self, label: &str) {
        self.0.get_by_label(label).click();
        self.0.run();
    }

    fn click_at(&mut self, pos: Pos2) {
        self.0.hover_at(pos);
        self.0.run();
        for pressed in [true, false] {
            let event = egui::Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            self.0.event(event);
            self.0.run();
        }
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
    }

    fn type_text(&mut self, text: &str) {
        self.0.event(egui::Event::Text(text.to_owned()));
        self.0.run();
    }

    fn says(&self, label: &str) -> bool {
        self.0.query_all_by_label(label).next().is_some()
    }
}

fn middle() -> Pos2 {
    (SIZE / 2.0).to_pos2()
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

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
    window.0.get_by_label("Copy citation").click();
    // The clipboard's commands are of one frame, so each is looked at.
    let mut copied = None;
    for _ in 0..4 {
        window.0.step();
        let commands = &window.0.output().platform_output.commands;
        copied = copied.or_else(|| {
            commands.iter().find_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
    }
    let copied = copied.expect("a text on the clipboard");
    assert!(
        copied.starts_with("Horgos") && copied.contains("Corridor Atlas") && copied.lines().count() > 3,
        "{copied}"
    );
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
fn a_question_mark_shows_all_keys_and_escape_closes_them() {
    let mut window = Window::open();
    window.key(Modifiers::NONE, Key::Questionmark);
    assert!(window.says("All keys") && window.says("Next zone"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Next zone"));
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
    for _ in 0..5 {
        window.key(Modifiers::NONE, Key::F6);
        let focused = window.0.get_all_by_role(Role::Region).find(egui_kittest::Node::is_focused);
        heard.push(focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default());
    }
    assert_eq!(heard, ["Layers", "Map", "Toolbar", "Six corridors, eleven zones, one centre", "Layers"]);
}

/// What egui shortened with dots, or what runs out of the part of the window it is drawn in.
fn cut_off(window: &Window) -> Vec<String> {
    fn walk(shape: &egui::Shape, clip: egui::Rect, found: &mut Vec<String>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, clip, found)),
            egui::Shape::Text(text) => {
                let rect = text.visual_bounding_rect();
                let is_out = rect.left() < clip.left() - 1.0 || rect.right() > clip.right() + 1.0;
                let is_seen = clip.intersects(rect) && !text.galley.is_empty();
                if is_seen && (text.galley.elided || is_out) {
                    found.push(text.galley.text().to_owned());
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &window.0.output().shapes {
        walk(&clipped.shape, clipped.clip_rect, &mut found);
    }
    found
}

#[test]
fn nothing_is_cut_off_in_any_language_at_1280_by_720() {
    let mut found = Vec::new();
    for lang in [Language::En, Language::Zh, Language::Ko] {
        for theme in [Theme::Light, Theme::Projector] {
            let selections =
                ["zone/horgos", "corridor/cicpec", "project/cn-pk-railway", "connectivity/policy"];
            for select in [None].into_iter().chain(selections.into_iter().map(|text| Some(id(text)))) {
                let sight = Sight {
                    lang: Some(lang),
                    theme: Some(theme),
                    select: select.clone(),
                    ..Sight::default()
                };
                let mut window = Window::open_with(&sight, vec2(1280.0, 720.0));
                window.key(Modifiers::NONE, Key::L);
                assert_eq!(window.state().panels.is_left_open, Some(true));
                found.extend(
                    cut_off(&window).into_iter().map(|text| format!("{lang:?} {theme:?} {select:?}: {text}")),
                );
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// A file of two lines and a square, opened and read to its end.
fn with_file(text: &str) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roads and fields.geojson");
    std::fs::write(&path, text).expect("written");
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::O);
    window.type_text(&path.display().to_string());
    window.key(Modifiers::NONE, Key::Enter);
    let is_there = |window: &Window| {
        window.state().files.iter().all(|file| !matches!(file.content, FileContent::Reading(_)))
    };
    for _ in 0..2_000 {
        if is_there(&window) {
            break;
        }
        std::thread::yield_now();
        window.0.step();
    }
    assert!(is_there(&window), "read in time");
    window.0.run();
    (window, folder)
}

const FILE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"North road","lanes":2},"geometry":{"type":"LineString","coordinates":[[80,41],[84,41]]}},
{"type":"Feature","properties":{"name":"Field","crop":"cotton"},"geometry":{"type":"Polygon","coordinates":[[[80,36],[84,36],[84,40],[80,40],[80,36]]]}},
{"type":"Feature","properties":{"name":"Broken"},"geometry":{"type":"LineString","coordinates":[[80,41]]}}]}"#;

#[test]
fn a_file_opens_by_its_path_is_listed_and_shown_whole() {
    let (window, _folder) = with_file(FILE);
    assert!(window.says("roads and fields.geojson"));
    assert!(window.says("3 features · 7 points"));
    assert!(window.says("1 warning. The rest opened as it is."));
    let bounds = window.state().files.iter().next().and_then(|file| file.dataset()?.bounds).expect("a box");
    let viewport = window.state().view.viewport();
    let (a, b) = (viewport.screen_from_world(bounds.min), viewport.screen_from_world(bounds.max));
    assert!(a.x > 300.0 && b.x < 1100.0 && b.x - a.x > 300.0, "{a:?} {b:?}");
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
    let found = window.0.query_all_by_label_contains("line 2, column 13").next().is_some();
    assert!(found, "the place of the fault");
    assert!(window.says("Corridors"));
}
