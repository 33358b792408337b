//! Every command does what it says, and asks the world outside for no more.

use proptest::prelude::*;

use super::*;
use crate::atlas::{Id, Kind};
use crate::content::Content;
use crate::geo::{Camera, LonLat, Padding, ScreenPoint, Size, WorldBounds};

thread_local! {
    static FRESH: State = Content::embedded().expect("the embedded content reads").state;
}

pub(super) fn fresh() -> State {
    FRESH.with(Clone::clone)
}

/// The one place that applies a command and looks at its effects.
fn check(state: &mut State, command: Command, effects: &[Effect]) {
    assert_eq!(state.apply(command), effects);
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn select(state: &mut State, text: &str) {
    check(state, Command::Select(Some(id(text))), &[]);
}

/// Time passes until nothing moves.
fn settle(state: &mut State) {
    for _ in 0..600 {
        check(state, Command::Tick(1.0 / 60.0), &[]);
        if !state.view.is_moving() {
            return;
        }
    }
    panic!("the map never comes to rest");
}

fn bounds(west: f64, south: f64, east: f64, north: f64) -> WorldBounds {
    let corners = [(west, north), (east, south)].map(|(lon, lat)| LonLat::new(lon, lat).to_world());
    WorldBounds { min: corners[0], max: corners[1] }
}

#[test]
fn hiding_a_layer_keeps_the_selection() {
    let mut state = fresh();
    select(&mut state, "zone/horgos");
    check(&mut state, Command::SetLayerVisible { layer: LayerKind::Horgos, is_visible: false }, &[]);
    assert!(!state.layers.shows(LayerKind::Horgos));
    assert_eq!(state.picks.selected, Some(id("zone/horgos")));
}

#[test]
fn hiding_one_corridor_leaves_the_others() {
    let mut state = fresh();
    check(&mut state, Command::SetCorridorVisible { corridor: id("corridor/cpec"), is_visible: false }, &[]);
    assert!(!state.layers.shows_corridor(&id("corridor/cpec")));
    assert!(state.layers.shows_corridor(&id("corridor/nelb")));
}

#[test]
fn selecting_does_not_move_the_map() {
    let mut state = fresh();
    let before = state.view.camera();
    select(&mut state, "zone/mohan");
    assert_eq!(state.view.camera(), before);
}

#[test]
fn a_click_on_several_things_lists_them_and_a_second_click_takes_the_next() {
    let mut state = fresh();
    let hits = vec![id("zone/erenhot"), id("corridor/cmrec")];
    check(&mut state, Command::Click(hits.clone()), &[]);
    assert_eq!(state.picks.selected, Some(id("zone/erenhot")));
    assert_eq!(state.picks.here, hits);
    check(&mut state, Command::Click(hits.clone()), &[]);
    assert_eq!(state.picks.selected, Some(id("corridor/cmrec")));
    check(&mut state, Command::Choose(0), &[]);
    assert_eq!(state.picks.selected, Some(id("zone/erenhot")));
    assert_eq!(state.picks.here, hits, "the list stays open to choose again");
}

#[test]
fn a_click_on_empty_map_clears() {
    let mut state = fresh();
    select(&mut state, "zone/mohan");
    check(&mut state, Command::Click(Vec::new()), &[]);
    assert_eq!(state.picks.selected, None);
}

#[test]
fn escape_closes_one_thing_at_a_time() {
    let mut state = fresh();
    check(&mut state, Command::Click(vec![id("zone/erenhot"), id("corridor/cmrec")]), &[]);
    check(&mut state, Command::OpenSearch, &[]);
    check(&mut state, Command::SetSheet(Some(Sheet::Keys)), &[]);
    assert!(!state.search.is_open, "keys go to the sheet");
    check(&mut state, Command::Escape, &[]);
    assert!(state.panels.sheet.is_none());
    check(&mut state, Command::OpenSearch, &[]);
    check(&mut state, Command::Escape, &[]);
    assert!(!state.search.is_open && !state.picks.here.is_empty());
    check(&mut state, Command::Escape, &[]);
    assert!(state.picks.here.is_empty() && state.picks.selected.is_some());
    check(&mut state, Command::Escape, &[]);
    assert_eq!(state.picks.selected, None);
}

#[test]
fn a_panel_that_opens_moves_no_map_but_the_flight_that_opened_it() {
    let window = |right| Command::SetViewport {
        size: Size { width: 1000.0, height: 600.0 },
        padding: Padding { left: 60.0, top: 12.0, right, bottom: 12.0 },
    };
    let mut state = fresh();
    let _ = state.apply(window(12.0));
    let before = state.view.camera();
    let _ = state.apply(window(400.0));
    assert_eq!(state.view.camera(), before, "nothing was asked for");
    let _ = state.apply(window(12.0));
    let _ = state.apply(Command::SetMotionReduced(false));
    let _ = state.apply(Command::FlyTo(id("corridor/nelb")));
    let _ = state.apply(Command::Tick(0.1));
    let _ = state.apply(window(400.0));
    while state.view.is_moving() {
        let _ = state.apply(Command::Tick(0.1));
    }
    let bounds = state.bounds(&id("corridor/nelb")).expect("a corridor has a box");
    assert_eq!(state.view.camera(), state.view.fitting(bounds), "it ends beside the panel");
}

#[test]
fn back_and_forward_walk_the_selections() {
    let mut state = fresh();
    select(&mut state, "zone/mohan");
    check(&mut state, Command::Tick(3.0), &[]);
    select(&mut state, "zone/heihe");
    check(&mut state, Command::Back, &[]);
    assert_eq!(state.picks.selected, Some(id("zone/mohan")));
    check(&mut state, Command::Back, &[]);
    assert_eq!(state.picks.selected, None);
    assert!(!state.history.can_go_back());
    check(&mut state, Command::Forward, &[]);
    check(&mut state, Command::Forward, &[]);
    assert_eq!(state.picks.selected, Some(id("zone/heihe")));
}

#[test]
fn one_step_back_undoes_a_walk_to_the_next_zone() {
    let mut state = fresh();
    select(&mut state, "zone/horgos");
    check(&mut state, Command::Tick(3.0), &[]);
    let before = state.view.camera();
    check(&mut state, Command::Walk { kind: Kind::Zone, step: Step::Next }, &[]);
    settle(&mut state);
    check(&mut state, Command::Back, &[]);
    assert_eq!(state.picks.selected, Some(id("zone/horgos")));
    settle(&mut state);
    assert_eq!(state.view.camera(), before);
}

#[test]
fn flying_ends_where_the_thing_is_in_the_middle_of_the_free_map() {
    let mut state = fresh();
    let (size, padding) =
        (Size { width: 1400.0, height: 900.0 }, Padding { left: 300.0, right: 380.0, ..Padding::default() });
    check(&mut state, Command::SetViewport { size, padding }, &[]);
    check(&mut state, Command::FlyTo(id("zone/horgos")), &[]);
    assert!(state.view.is_flying());
    settle(&mut state);
    let zone = state.catalog.atlas.zones.iter().find(|zone| zone.id.name == "horgos").expect("Horgos");
    let at = state.view.viewport().screen_from_world(zone.position.place().to_world());
    assert!(at.distance(state.view.middle()) < 2.0, "{at:?}");
}

#[test]
fn a_hand_on_the_map_stops_a_flight_where_it_is() {
    let mut state = fresh();
    check(&mut state, Command::FlyTo(id("zone/mohan")), &[]);
    check(&mut state, Command::Tick(0.1), &[]);
    check(&mut state, Command::StopFlight, &[]);
    let here = state.view.camera();
    check(&mut state, Command::Tick(1.0), &[]);
    assert_eq!(state.view.camera(), here);
}

#[test]
fn reduced_motion_cuts() {
    let mut state = fresh();
    check(&mut state, Command::SetMotionReduced(true), &[]);
    check(&mut state, Command::FlyTo(id("zone/mohan")), &[]);
    assert!(!state.view.is_moving());
    check(&mut state, Command::Drift { dx: 900.0, dy: 0.0 }, &[]);
    assert!(!state.view.is_moving());
    let before = state.view.camera().zoom;
    check(&mut state, Command::Zoom { delta: 1.0, about: None }, &[]);
    assert!((state.view.camera().zoom - before - 1.0).abs() < 1e-9);
}

#[test]
fn a_map_let_go_goes_on_unless_motion_is_reduced() {
    for is_reduced in [false, true] {
        let mut state = fresh();
        check(&mut state, Command::SetMotionReduced(is_reduced), &[]);
        check(&mut state, Command::Drift { dx: 900.0, dy: 0.0 }, &[]);
        assert_ne!(state.view.is_moving(), is_reduced);
    }
}

#[test]
fn the_rate_of_frames_does_not_change_where_a_zoom_ends() {
    let zoomed = |frames_per_sec: f64| {
        let mut state = fresh();
        check(&mut state, Command::LookAt(Camera::new(LonLat::new(80.0, 44.0), 5.0)), &[]);
        let about = Some(ScreenPoint::new(300.0, 200.0));
        check(&mut state, Command::Zoom { delta: 0.32, about }, &[]);
        for _ in 0..(frames_per_sec as u32 * 2) {
            check(&mut state, Command::Tick(1.0 / frames_per_sec), &[]);
        }
        state.view.camera()
    };
    let (slow, fast) = (zoomed(30.0), zoomed(144.0));
    assert!((slow.zoom - fast.zoom).abs() < 1e-6 && (slow.zoom - 5.32).abs() < 1e-6);
    let (dx, dy) = slow.center.offset_from(fast.center);
    assert!(dx.abs() < 200 && dy.abs() < 200, "{dx} {dy}");
}

#[test]
fn what_was_framed_stays_framed_until_the_map_is_moved() {
    let mut state = fresh();
    let wanted = bounds(70.0, 35.0, 90.0, 50.0);
    check(&mut state, Command::Frame(wanted), &[]);
    let (size, padding) = (Size { width: 800.0, height: 600.0 }, Padding::default());
    check(&mut state, Command::SetViewport { size, padding }, &[]);
    let shown = state.view.viewport();
    let (a, b) = (shown.screen_from_world(wanted.min), shown.screen_from_world(wanted.max));
    assert!(a.x > 0.0 && a.y > 0.0 && b.x < 800.0 && b.y < 600.0, "{a:?} {b:?}");
    check(&mut state, Command::Pan { dx: 100.0, dy: 0.0 }, &[]);
    let moved = state.view.camera();
    let size = Size { width: 900.0, height: 600.0 };
    check(&mut state, Command::SetViewport { size, padding }, &[]);
    assert_eq!(state.view.camera(), moved);
}

#[test]
fn walking_goes_round_the_zones() {
    let mut state = fresh();
    for _ in 0..12 {
        check(&mut state, Command::Walk { kind: Kind::Zone, step: Step::Next }, &[]);
    }
    assert_eq!(state.picks.selected, Some(id("zone/horgos")));
    check(&mut state, Command::Walk { kind: Kind::Zone, step: Step::Next }, &[]);
    assert_eq!(state.picks.selected, Some(id("zone/manzhouli")));
    check(&mut state, Command::Walk { kind: Kind::Zone, step: Step::Previous }, &[]);
    assert_eq!(state.picks.selected, Some(id("zone/horgos")));
}

#[test]
fn walking_a_way_goes_to_the_nearest_thing_there() {
    let mut state = fresh();
    let size = Size { width: 1000.0, height: 800.0 };
    check(&mut state, Command::SetViewport { size, padding: Padding::default() }, &[]);
    check(&mut state, Command::LookAt(Camera::new(LonLat::new(104.0, 22.5), 6.0)), &[]);
    check(&mut state, Command::SetLayerVisible { layer: LayerKind::Projects, is_visible: false }, &[]);
    check(&mut state, Command::Select(Some(id("zone/hekou"))), &[]);
    let mut seen = Vec::new();
    for way in [Way::Right, Way::Right, Way::Left, Way::Left] {
        check(&mut state, Command::WalkTo(way), &[]);
        seen.push(state.picks.selected.as_ref().map(ToString::to_string).unwrap_or_default());
    }
    assert_eq!(seen, ["zone/longbang", "zone/dongxing", "zone/pingxiang", "zone/hekou"]);
    assert!(!state.view.is_flying(), "all of it is on the screen");
    check(&mut state, Command::WalkTo(Way::Up), &[]);
    assert!(state.view.is_flying(), "nothing north of it is on the screen");
}

#[test]
fn what_is_around_is_listed_nearest_first() {
    let mut state = fresh();
    let size = Size { width: 1000.0, height: 800.0 };
    check(&mut state, Command::SetViewport { size, padding: Padding::default() }, &[]);
    check(&mut state, Command::LookAt(Camera::new(LonLat::new(106.7, 22.0), 6.0)), &[]);
    check(&mut state, Command::ListAround, &[]);
    let here = state.picks.here.clone();
    assert_eq!(here.first(), Some(&id("zone/pingxiang")));
    let from = state.picks.here_from.expect("a place");
    assert!((from.lon - 106.7).abs() < 0.01 && (from.lat - 22.0).abs() < 0.01, "{from:?}");
    assert!(here.contains(&id("zone/hekou")) && !here.contains(&id("zone/horgos")) && here.len() <= 9);
    check(&mut state, Command::Choose(0), &[]);
    assert_eq!(state.picks.selected, Some(id("zone/pingxiang")));
    check(&mut state, Command::Escape, &[]);
    assert!(!state.picks.is_list_open() && state.picks.selected.is_some());
    // Where nothing is, that is said.
    check(&mut state, Command::LookAt(Camera::new(LonLat::new(-150.0, -40.0), 6.0)), &[]);
    check(&mut state, Command::ListAround, &[]);
    assert!(state.picks.here.is_empty() && state.picks.is_list_open());
}

#[test]
fn a_result_of_the_search_is_selected_and_flown_to() {
    let mut state = fresh();
    check(&mut state, Command::OpenSearch, &[]);
    check(&mut state, Command::SetQuery("Manzouli".to_owned()), &[]);
    check(&mut state, Command::MoveInResults(Direction::Down), &[]);
    check(&mut state, Command::MoveInResults(Direction::Up), &[]);
    let marked = state.search.highlighted();
    check(&mut state, Command::TakeResult(marked), &[]);
    assert_eq!(state.picks.selected, Some(id("zone/manzhouli")));
    assert!(!state.search.is_open && state.view.is_flying());
}

#[test]
fn a_searched_position_is_pinned_until_something_else_is_chosen() {
    let mut state = fresh();
    for next in [Command::Escape, Command::Select(Some(id("zone/ruili"))), Command::Click(Vec::new())] {
        check(&mut state, Command::OpenSearch, &[]);
        check(&mut state, Command::SetQuery("44.21, 80.41".to_owned()), &[]);
        check(&mut state, Command::TakeResult(0), &[]);
        assert_eq!(state.picks.pin, Some(LonLat::new(80.41, 44.21)));
        check(&mut state, Command::StopFlight, &[]);
        check(&mut state, next, &[]);
        assert_eq!(state.picks.pin, None);
    }
}

#[test]
fn only_what_concerns_the_world_outside_has_an_effect() {
    let mut state = fresh();
    check(&mut state, Command::Copy("x".to_owned()), &[Effect::Copy("x".to_owned())]);
    check(&mut state, Command::OpenLink("y".to_owned()), &[Effect::OpenLink("y".to_owned())]);
    check(&mut state, Command::ToggleFullScreen, &[Effect::ToggleFullScreen]);
    check(&mut state, Command::SetLanguage(Language::Ko), &[]);
    check(&mut state, Command::SetTheme(Theme::Dark), &[]);
    check(&mut state, Command::SetLeftPanelOpen(false), &[]);
    assert_eq!((state.settings.language, state.settings.theme), (Language::Ko, Theme::Dark));
    assert_eq!(state.panels.is_left_open, Some(false));
}

fn command() -> impl Strategy<Value = Command> {
    let any_id = prop::sample::select(vec![
        "zone/horgos",
        "corridor/cpec",
        "zone/nowhere",
        "place/x",
        "source/geonames",
    ]);
    let any_id = any_id.prop_map(id);
    let far = -5_000.0..5_000.0;
    prop_oneof![
        (0.0..5.0).prop_map(Command::Tick),
        (far.clone(), far.clone()).prop_map(|(dx, dy)| Command::Pan { dx, dy }),
        (far.clone(), far.clone()).prop_map(|(dx, dy)| Command::Drift { dx, dy }),
        (-30.0..30.0, far.clone(), far)
            .prop_map(|(delta, x, y)| Command::Zoom { delta, about: Some(ScreenPoint::new(x, y)) }),
        (1.0..9_000.0, 1.0..9_000.0).prop_map(|(width, height)| Command::SetViewport {
            size: Size { width, height },
            padding: Padding { left: 300.0, right: 300.0, ..Padding::default() },
        }),
        any_id.clone().prop_map(Command::FlyTo),
        any_id.clone().prop_map(|id| Command::Select(Some(id))),
        prop::collection::vec(any_id, 0..4).prop_map(Command::Click),
        (0_usize..12).prop_map(Command::Choose),
        (0_usize..90).prop_map(Command::TakeResult),
        "\\PC{0,12}".prop_map(Command::SetQuery),
        Just(Command::Back),
        Just(Command::Forward),
        Just(Command::Escape),
        Just(Command::ShowAll),
        Just(Command::Walk { kind: Kind::Source, step: Step::Previous }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_list_of_commands_breaks_the_state(commands in prop::collection::vec(command(), 0..40)) {
        let mut state = fresh();
        for command in commands {
            let _ = state.apply(command);
            let camera = state.view.camera();
            prop_assert!(camera.zoom.is_finite() && camera.zoom <= crate::geo::MAX_ZOOM);
            prop_assert!(state.search.highlighted() <= state.search.results().len());
        }
    }
}
