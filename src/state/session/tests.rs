//! Sessions are taken from the state and given back to it.

use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::atlas::Kind;
use crate::data::{Dataset, Source};
use crate::format::{Patient, read_source};
use crate::geo::{Camera, LonLat, Padding, Size};
use crate::i18n::Language;
use crate::state::tests::fresh;
use crate::state::{
    Command, CompareCommand, Effect, FileCommand, LayerKind, MeasureCommand, SessionCommand, State, StyleBy,
    Subject, TableCommand, TimelineCommand, TourCommand,
};
use crate::theme::Theme;

const SIZE: Size = Size { width: 1200.0, height: 800.0 };

fn ask(state: &mut State, command: Command) -> Vec<Effect> {
    state.apply(command)
}

fn window() -> State {
    let mut state = fresh();
    let _ = ask(&mut state, Command::SetViewport { size: SIZE, padding: Padding::default() });
    state
}

/// What a person may have done before they went home.
fn busy() -> State {
    let mut state = window();
    let open = FileCommand::Open { paths: vec![PathBuf::from("/data/zone.geojson")], fits: false };
    let style =
        FileStyle { colour: 4, by: StyleBy::Categories { column: "kind".to_owned() }, opacity_percent: 60 };
    let key = "zone".to_owned();
    for command in [
        Command::SetLanguage(Language::Ko),
        Command::SetTheme(Theme::Dark),
        Command::SetTextPercent(120),
        Command::LookAt(Camera::new(LonLat::new(105.0, 21.0), 6.25)),
        Command::File(open),
        Command::File(FileCommand::OpenText("{\"type\":\"Point\",\"coordinates\":[1,2]}".to_owned())),
        Command::File(FileCommand::SetStyle { key: key.clone(), style }),
        Command::File(FileCommand::Rename { key: key.clone(), name: "Fields".to_owned() }),
        Command::File(FileCommand::Move { key: key.clone(), to: 1 }),
        Command::Table(TableCommand::Filter { of: Subject::File(key), text: "kind = 2".to_owned() }),
        Command::SetLayerVisible { layer: LayerKind::Relief, is_visible: false },
        Command::SetCorridorVisible { corridor: "corridor/cpec".parse().expect("an id"), is_visible: false },
        Command::SetViewpoint(Some("ISO".to_owned())),
        Command::Select("zone/hekou".parse().ok()),
        Command::Compare(CompareCommand::Pin("zone/hekou".parse().expect("an id"))),
        Command::Measure(MeasureCommand::SetOn(true)),
        Command::Measure(MeasureCommand::Add(LonLat::new(1.0, 2.0))),
        Command::Tour(TourCommand::Record),
        Command::Timeline(TimelineCommand::Show("2013-09".parse().ok())),
        Command::Table(TableCommand::Open(Subject::Atlas(Kind::Zone))),
        Command::Table(TableCommand::Sort { column: "name".to_owned() }),
        Command::Table(TableCommand::Filter { of: Subject::Atlas(Kind::Zone), text: "Hekou".to_owned() }),
        Command::SetRightPanelOpen(false),
    ] {
        let _ = ask(&mut state, command);
    }
    state
}

#[test]
fn what_was_taken_and_given_back_is_the_same() {
    let state = busy();
    let taken = state.session().expect("no show");
    assert_eq!(
        taken.look.filters.keys().collect::<Vec<_>>(),
        ["file/zone", "zone"],
        "a file may be called so"
    );
    let read = Session::from_json(&taken.to_json()).expect("it reads");
    assert_eq!(read, taken);
    let mut other = window();
    let effects = ask(&mut other, Command::Session(SessionCommand::Restore(Box::new(read))));
    let reads: Vec<&Effect> = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::ReadFile { .. } | Effect::ReadText { .. }))
        .collect();
    assert_eq!(reads.len(), 2, "{effects:?}");
    assert_eq!(other.session().expect("no show"), taken);
    assert!(!other.undo.can_undo(), "a new window has nothing to take back");
}

#[test]
fn a_feature_that_was_selected_is_selected_once_its_file_is_read() {
    let mut taken = window().session().expect("no show");
    taken.files = vec![KeptFile {
        key: "roads".to_owned(),
        name: "roads".to_owned(),
        path: PathBuf::from("/data/roads.geojson"),
        text: None,
        style: FileStyle::plain(0),
        is_visible: true,
        dated_by: None,
        placing: crate::state::Placing::default(),
    }];
    taken.look.select = "file/roads/0".parse().ok();
    let mut state = window();
    let _ = ask(&mut state, Command::Session(SessionCommand::Restore(Box::new(taken))));
    assert_eq!(state.picks.selected, None);
    let source: Source = Arc::new(b"{\"type\":\"Point\",\"coordinates\":[1,2]}".to_vec());
    let (source, batch) = read_source(source, Path::new("roads.geojson"), &Patient).expect("it reads");
    let (dataset, _) = Dataset::new(source, batch);
    let key = "roads".to_owned();
    let _ = ask(&mut state, Command::File(FileCommand::Read { key, dataset: Arc::new(dataset) }));
    assert_eq!(state.picks.selected, "file/roads/0".parse().ok());
    assert_eq!(state.files.recent, [PathBuf::from("/data/roads.geojson")]);
}

#[test]
fn whatever_was_made_is_taken_back_step_by_step_and_done_again() {
    let mut state = busy();
    let whole = state.session().expect("no show");
    let mut steps = 0;
    while state.undo.can_undo() {
        let _ = ask(&mut state, Command::Undo);
        steps += 1;
    }
    let begun = state.session().expect("no show");
    assert!(steps > 12, "{steps}");
    assert!(begun.files.is_empty() && begun.look.hide.is_empty() && begun.look.filters.is_empty());
    assert_eq!((begun.settings, begun.look.viewpoint.as_deref()), (window().settings, None));
    assert_eq!(begun.look.at, whole.look.at, "the map stays where it is");
    (0..steps).for_each(|_| drop(ask(&mut state, Command::Redo)));
    let again = state.session().expect("no show");
    assert_eq!((again.files, again.settings, again.look), (whole.files, whole.settings, whole.look));
}

#[test]
fn a_removed_file_comes_back_by_undo_and_is_read_again() {
    let mut state = busy();
    let _ = ask(&mut state, Command::File(FileCommand::Remove { key: "zone".to_owned() }));
    let effects = ask(&mut state, Command::Undo);
    let path = PathBuf::from("/data/zone.geojson");
    assert!(effects.contains(&Effect::ReadFile { key: "zone".to_owned(), path }), "{effects:?}");
    let file = state.files.get("zone").expect("it is back");
    assert_eq!((file.name.as_str(), file.style.colour), ("Fields", 4));
}

#[test]
fn a_file_that_was_missing_is_found_under_its_name() {
    let mut state = busy();
    let failed = FileCommand::Failed { key: "zone".to_owned(), fault: crate::data::Fault::Empty };
    let _ = ask(&mut state, Command::File(failed));
    let there = PathBuf::from("/elsewhere/zone.geojson");
    let effects =
        ask(&mut state, Command::File(FileCommand::Open { paths: vec![there.clone()], fits: true }));
    assert_eq!(effects, [Effect::ReadFile { key: "zone".to_owned(), path: there }]);
    assert_eq!(state.files.get("zone").map(|file| file.style.colour), Some(4), "its style stays");
}

#[test]
fn a_session_of_the_first_version_opens() {
    let text = include_str!("../../../tests/fixtures/session-1.atlas.json");
    let session = Session::from_json(text).expect("it reads");
    let mut state = window();
    let effects = ask(&mut state, Command::Session(SessionCommand::Restore(Box::new(session))));
    assert_eq!(state.settings.language, Language::Zh);
    assert_eq!(state.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["Roads", "Pasted"]);
    assert_eq!(state.tours.open.as_ref().map(|open| open.tour.steps.len()), Some(1));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ReadText { .. })));
}

#[test]
fn what_is_no_session_says_where() {
    let Err(SessionFault::Broken { line: 2, .. }) = Session::from_json("{\"corridor_atlas_session\": 1,\n!}")
    else {
        panic!("a fault in line 2")
    };
    let later = Session { corridor_atlas_session: 2, program: "9.1".to_owned(), ..Session::default() };
    assert_eq!(Session::from_json(&later.to_json()), Err(SessionFault::Later("9.1".to_owned())));
}

proptest::proptest! {
    #[test]
    fn a_number_comes_back_as_it_was_written(lon in -180.0_f64..180.0, lat in -85.0_f64..85.0) {
        let mut session = Session { corridor_atlas_session: 1, ..Session::default() };
        session.measure.points = vec![LonLat { lon, lat }];
        proptest::prop_assert_eq!(Session::from_json(&session.to_json()), Ok(session));
    }

    #[test]
    fn whatever_stands_in_a_session_it_is_read_or_refused(
        cut in proptest::prelude::any::<proptest::sample::Index>(),
        instead in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..6),
    ) {
        let text = include_str!("../../../tests/fixtures/session-1.atlas.json");
        let at = cut.index(text.len());
        let mut bytes = text.as_bytes().to_vec();
        let end = (at + instead.len()).min(bytes.len());
        bytes.splice(at..end, instead);
        if let Ok(session) = Session::from_json(&String::from_utf8_lossy(&bytes)) {
            let mut state = window();
            let _ = ask(&mut state, Command::Session(SessionCommand::Restore(Box::new(session))));
            proptest::prop_assert!(state.session().is_some());
        }
    }
}
