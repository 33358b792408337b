//! Tours in the window: opened, shown before an audience, checked; and figures dropped back.

use std::path::Path;

use corridor_atlas::cli::FigureJob;
use corridor_atlas::content::Content;
use corridor_atlas::geo::{Camera, LonLat, Padding, Size};
use corridor_atlas::scene::Furniture;
use corridor_atlas::state::{Command, FigureForm, FigureOf, LayerKind};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::files::{Dropped, wait};
use super::{Window, id};

/// The tour of the six corridors, open at its first step.
fn with_tour() -> Window {
    let mut window = Window::open();
    window.press(Role::Button, "Menu");
    window.press(Role::ListItem, "Tours");
    window.press(Role::ListItem, "The six corridors");
    window
}

fn step(window: &Window) -> usize {
    window.state().tours.open.as_ref().expect("a tour").step
}

#[test]
fn before_an_audience_there_is_the_step_and_nothing_to_press() {
    let mut window = with_tour();
    window.press(Role::Button, "Present");
    assert!(window.state().tours.is_presented());
    assert_eq!(window.0.query_all_by_role(Role::Button).count(), 0, "nothing of the window");
    for (key, wanted) in [(Key::PageDown, 1), (Key::Space, 2), (Key::ArrowRight, 3), (Key::PageUp, 2)] {
        window.key(Modifiers::NONE, key);
        assert_eq!(step(&window), wanted, "{key:?}");
    }
    window.key(Modifiers::NONE, Key::Num1);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(step(&window), 0, "its number, then Enter");
    // What a clicker cannot mean does nothing to the map behind the step.
    window.0.event(egui::Event::Paste("41.2, 80.1".to_owned()));
    window.0.run();
    assert_eq!(window.state().files.iter().count(), 0);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.state().tours.is_presented());
}

#[test]
fn the_map_can_be_moved_and_one_key_leads_back_to_the_step() {
    let mut window = with_tour();
    window.press(Role::Button, "Present");
    let before = window.state().view.camera();
    window.drag(egui::pos2(900.0, 300.0), egui::pos2(600.0, 400.0));
    assert_ne!(window.state().view.camera(), before);
    window.key(Modifiers::NONE, Key::R);
    wait(&mut window, |window| !window.state().view.is_flying());
    let after = window.state().view.camera();
    assert!((after.zoom - before.zoom).abs() < 1e-6);
    assert!(after.center.x.abs_diff(before.center.x) < 100 && after.center.y.abs_diff(before.center.y) < 100);
}

#[test]
fn a_recorded_view_is_a_step_whose_words_can_be_written_and_taken_back() {
    let mut window = Window::open();
    window.key(Modifiers::NONE, Key::R);
    let steps = |window: &Window| window.state().tours.open.as_ref().map_or(0, |open| open.tour.steps.len());
    assert_eq!(steps(&window), 1);
    window.0.get_by_role_and_label(Role::TextInput, "Title").click();
    window.0.run();
    window.type_text("Where it begins");
    let titles = |window: &Window| {
        let open = window.state().tours.open.as_ref().expect("a tour");
        open.tour.steps[0].title.get(window.state().settings.language).to_owned()
    };
    assert_eq!(titles(&window), "Where it begins");
    window.press(Role::Button, "Done");
    window.key(Modifiers::NONE, Key::R);
    assert_eq!(steps(&window), 2);
    window.press(Role::Button, "Done");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(steps(&window), 1);
    window.click("Close the tour");
    assert_eq!(steps(&window), 0);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(steps(&window), 1, "a closed tour is not lost");
}

#[test]
fn the_flight_check_of_a_tour_of_the_atlas_is_green() {
    let mut window = with_tour();
    window.press(Role::Button, "Flight check");
    wait(&mut window, |window| window.state().tours.findings.is_some());
    assert!(window.says("Ready: nothing is missing"));
}

const ROADS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Road"},"geometry":{"type":"LineString","coordinates":[[80,41],[84,41]]}}]}"#;

/// A figure of a view with a file, written as `form`.
fn figure(folder: &Path, form: FigureForm) -> std::path::PathBuf {
    let roads = folder.join("roads.geojson");
    std::fs::write(&roads, ROADS).expect("written");
    let mut window = Window::open();
    window.key(Modifiers::COMMAND, Key::O);
    window.type_text(&roads.display().to_string());
    window.key(Modifiers::NONE, Key::Enter);
    wait(&mut window, |window| window.state().files.iter().all(|file| file.whole().is_some()));
    let mut state = window.state().clone();
    state.settings.is_motion_reduced = true;
    for command in [
        Command::SetViewport { size: Size { width: 600.0, height: 400.0 }, padding: Padding::default() },
        Command::LookAt(Camera::new(LonLat::new(80.4, 44.2), 7.5)),
        Command::SetLayerVisible { layer: LayerKind::Relief, is_visible: false },
        Command::Select(Some(id("zone/horgos"))),
    ] {
        let _ = state.apply(command);
    }
    let path = folder.join(format!("figure.{}", form.ending()));
    let Content { scenery, tokens, .. } = Content::embedded().expect("the embedded content reads");
    let job = FigureJob {
        state: &state,
        scenery: &scenery,
        tokens: &tokens,
        of: FigureOf::Map,
        furniture: &Furniture::default(),
        scale: 1.0,
    };
    job.write(form, &path).expect("written");
    path
}

/// Drops a file on the window.
fn drop_on(window: &mut Window, path: &Path) {
    window.0.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_owned())));
    window.0.run();
}

#[test]
fn a_figure_dropped_on_the_window_brings_its_view_back() {
    for form in FigureForm::ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let path = figure(folder.path(), form);
        let mut window = Window::open();
        drop_on(&mut window, &path);
        wait(&mut window, |window| {
            let files = || window.state().files.iter();
            files().count() == 1 && files().all(|file| file.whole().is_some())
        });
        wait(&mut window, |window| !window.state().view.is_flying());
        let state = window.state();
        assert_eq!(window.selected().as_deref(), Some("zone/horgos"), "{form:?}");
        assert!(!state.layers.shows(LayerKind::Relief), "{form:?}");
        let middle = state.view.viewport().world_from_screen(state.view.middle()).to_lonlat();
        assert!((middle.lon - 80.4).abs() < 0.01 && (middle.lat - 44.2).abs() < 0.01, "{form:?} {middle:?}");
    }
}

#[test]
fn a_figure_says_which_of_its_files_is_gone_or_other_than_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = figure(folder.path(), FigureForm::Png);
    std::fs::write(folder.path().join("roads.geojson"), ROADS.replace("84", "85")).expect("written");
    let mut window = Window::open();
    drop_on(&mut window, &path);
    wait(&mut window, |window| window.says("roads.geojson has changed since"));
    std::fs::remove_file(folder.path().join("roads.geojson")).expect("removed");
    let mut window = Window::open();
    drop_on(&mut window, &path);
    wait(&mut window, |window| window.says("roads.geojson is not there any more"));
}
