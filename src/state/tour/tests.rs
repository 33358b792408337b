//! Tours opened, shown, left and made.

use super::*;
use crate::atlas::Id;
use crate::geo::{Camera, LonLat, Padding, Size};
use crate::state::tests::fresh;
use crate::state::{Command, LayerKind};
use crate::tour::{built_in, read};

fn ask(state: &mut State, command: TourCommand) -> Vec<Effect> {
    state.apply(Command::Tour(command))
}

fn with_tour() -> State {
    let mut state = fresh();
    let _ = state.apply(Command::SetMotionReduced(true));
    let size = Size { width: 1280.0, height: 720.0 };
    let _ = state.apply(Command::SetViewport { size, padding: Padding::default() });
    let text = "tour = 1\ntitle = \"T\"\n\
        [[step]]\ntitle = \"A\"\nat = \"80.4,44.2,6\"\nselect = \"zone/horgos\"\nlayers = [\"zones\"]\n\
        [[step]]\ntitle = \"B\"\nat = \"100,20,5\"\nuntil = \"2001-01\"\nfilters = { zone = \"Heihe\" }\nseconds = 5\n\
        [[step]]\ntitle = \"C\"\n";
    let tour = Arc::new(read(text).expect("a tour"));
    let _ = ask(&mut state, TourCommand::Open { tour, path: None });
    state
}

fn step(state: &State) -> usize {
    state.tours.open.as_ref().expect("a tour").step
}

#[test]
fn a_step_shows_what_it_wants_and_the_next_forgets_it() {
    let mut state = with_tour();
    assert!(state.layers.shows(LayerKind::Zones) && !state.layers.shows(LayerKind::Corridors));
    assert_eq!(state.picks.selected, "zone/horgos".parse().ok());
    let _ = ask(&mut state, TourCommand::Step { is_forward: true });
    assert!(state.layers.shows(LayerKind::Corridors) && state.picks.selected.is_none());
    assert!((state.view.camera().zoom - 5.0).abs() < 1e-9);
    assert_eq!(state.timeline.until.map(|until| until.to_string()).as_deref(), Some("2001-01"));
    let manzhouli: Id = "zone/manzhouli".parse().expect("an id");
    assert!(!state.layers.lets_through(&manzhouli));
    let _ = ask(&mut state, TourCommand::Step { is_forward: true });
    assert!(state.layers.lets_through(&manzhouli) && state.timeline.until.is_none());
}

#[test]
fn when_the_show_ends_everything_is_as_it_was() {
    let mut state = fresh();
    let _ = state.apply(Command::LookAt(Camera::new(LonLat::new(10.0, 50.0), 7.0)));
    let _ = state.apply(Command::SetLayerVisible { layer: LayerKind::Relief, is_visible: false });
    let _ = state.apply(Command::Select("corridor/cpec".parse().ok()));
    let before = (state.look(), state.panels, state.view.camera());
    let tour = Arc::new(built_in("six-corridors").expect("it comes along"));
    state.tours.open = Some(OpenTour { tour, path: None, is_changed: false, step: 0, edited: None });
    assert_eq!(ask(&mut state, TourCommand::Present)[0], Effect::SetFullScreen(true));
    for _ in 0..4 {
        let _ = ask(&mut state, TourCommand::Step { is_forward: true });
    }
    assert_ne!(state.look(), before.0);
    assert!(ask(&mut state, TourCommand::End).contains(&Effect::SetFullScreen(false)));
    assert_eq!((state.look(), state.panels, state.view.camera()), before);
}

#[test]
fn a_clicker_goes_on_and_never_past_the_ends() {
    let mut state = with_tour();
    let _ = ask(&mut state, TourCommand::Present);
    for (is_forward, wanted) in [(false, 0), (true, 1), (true, 2), (true, 2)] {
        let _ = ask(&mut state, TourCommand::Step { is_forward });
        assert_eq!(step(&state), wanted);
    }
    let _ = ask(&mut state, TourCommand::Digit(2));
    let _ = ask(&mut state, TourCommand::Enter);
    assert_eq!(step(&state), 1, "a number and Enter");
    let _ = ask(&mut state, TourCommand::Blank(Blank::Black));
    let _ = ask(&mut state, TourCommand::Step { is_forward: true });
    assert_eq!(step(&state), 1, "the press that brings the map back only does that");
    assert!(state.tours.is_presented());
}

#[test]
fn a_map_that_was_moved_comes_back_by_one_key() {
    let mut state = with_tour();
    let _ = ask(&mut state, TourCommand::Present);
    let camera = state.view.camera();
    let _ = state.apply(Command::Pan { dx: 300.0, dy: 20.0 });
    assert!(state.tours.show.as_ref().is_some_and(|show| show.is_away));
    let _ = ask(&mut state, TourCommand::Enter);
    assert_eq!((state.view.camera(), step(&state)), (camera, 0));
}

#[test]
fn played_by_itself_each_step_lasts_as_long_as_is_planned_and_the_last_one_stays() {
    let mut state = with_tour();
    let _ = ask(&mut state, TourCommand::Present);
    let _ = ask(&mut state, TourCommand::Go(1));
    let _ = ask(&mut state, TourCommand::SetPlaying(true));
    assert_eq!(state.next_change_secs(), Some(5.0));
    let _ = state.apply(Command::Tick(4.0));
    assert_eq!(step(&state), 1);
    let _ = state.apply(Command::Tick(1.5));
    assert_eq!(step(&state), 2);
    let _ = state.apply(Command::Tick(100.0));
    assert!(step(&state) == 2 && state.next_change_secs().is_none());
}

#[test]
fn what_is_recorded_looks_the_same_when_it_is_shown() {
    let mut state = with_tour();
    let _ = ask(&mut state, TourCommand::Close);
    let _ = state.apply(Command::LookAt(Camera::new(LonLat::new(105.0, 21.0), 6.5)));
    let _ = state.apply(Command::SetLayerVisible { layer: LayerKind::BorderZones, is_visible: true });
    let _ = state.apply(Command::SetCorridorVisible {
        corridor: "corridor/cpec".parse().expect("an id"),
        is_visible: false,
    });
    let _ = state.apply(Command::Select("zone/hekou".parse().ok()));
    let before = state.look();
    let _ = ask(&mut state, TourCommand::Record);
    let _ = state.apply(Command::ShowAll);
    let _ = state.apply(Command::SetLayerVisible { layer: LayerKind::BorderZones, is_visible: false });
    let _ = ask(&mut state, TourCommand::Go(0));
    assert_eq!(state.look(), before);
    let words = state.tours.open.as_ref().and_then(OpenTour::shown).map(|step| step.title.clone());
    assert!(words.is_some_and(|title| !title.is_empty()), "named after what was selected");
}

#[test]
fn steps_move_and_go_and_undo_brings_them_back() {
    let mut state = with_tour();
    let titles = |state: &State| {
        let open = state.tours.open.as_ref().expect("a tour");
        open.tour.steps.iter().map(|step| step.title.get(Language::En).to_owned()).collect::<String>()
    };
    let _ = ask(&mut state, TourCommand::Move { from: 0, to: 2 });
    assert_eq!((titles(&state).as_str(), step(&state)), ("BCA", 2));
    let _ = ask(&mut state, TourCommand::Remove(1));
    assert_eq!(titles(&state), "BA");
    let _ = state.apply(Command::Undo);
    let _ = state.apply(Command::Undo);
    assert_eq!(titles(&state), "ABC");
    let _ = state.apply(Command::Redo);
    assert_eq!(titles(&state), "BCA");
}
