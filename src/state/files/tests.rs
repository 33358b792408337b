//! Files as they arrive: shown together, and with what was asked of them before.

use super::*;
use crate::format::{Patient, read_source};
use crate::geo::LonLat;
use crate::state::Awaited;
use crate::state::tests::fresh;

fn open(names: &[&str], fits: bool) -> Command {
    let paths = names.iter().map(|name| PathBuf::from(format!("/data/{name}.geojson"))).collect();
    Command::File(FileCommand::Open { paths, fits })
}

/// The file `key` is read: a line of one degree from a place to the east.
fn read(state: &mut State, key: &str, [lon, lat]: [f64; 2]) -> Vec<Effect> {
    let text = format!(r#"{{"type":"LineString","coordinates":[[{lon},{lat}],[{},{lat}]]}}"#, lon + 1.0);
    let (source, batch) =
        read_source(Arc::new(text.into_bytes()), Path::new("a.geojson"), &Patient).expect("it reads");
    let dataset = Arc::new(Dataset::new(source, batch).0);
    state.apply(Command::File(FileCommand::Read { key: key.to_owned(), dataset }))
}

/// Whether a place is in view.
fn sees(state: &State, [lon, lat]: [f64; 2]) -> bool {
    let viewport = state.view.viewport();
    let at = viewport.screen_from_world(LonLat::new(lon, lat).to_world());
    (0.0..=viewport.size.width).contains(&at.x) && (0.0..=viewport.size.height).contains(&at.y)
}

#[test]
fn files_that_open_together_are_shown_together() {
    let mut state = fresh();
    let (west, east) = ([20.0, 40.0], [120.0, 30.0]);
    let _ = state.apply(open(&["a", "b"], true));
    let _ = read(&mut state, "b", east);
    assert!(!sees(&state, west) && sees(&state, east));
    let _ = read(&mut state, "a", west);
    assert!(sees(&state, west) && sees(&state, east));
    // What is opened by itself is shown by itself.
    let _ = state.apply(Command::SetMotionReduced(true));
    let _ = state.apply(open(&["c"], true));
    let _ = read(&mut state, "c", [60.0, 35.0]);
    assert!(!sees(&state, west) && sees(&state, [60.0, 35.0]));
}

/// Where the files `a` and `b` lie.
const PLACE: [f64; 2] = [80.0, 44.0];

/// A window into which the files `a` and `b` are read, and a feature that is asked for.
fn waiting(id: &str) -> State {
    let mut state = fresh();
    let _ = state.apply(open(&["a", "b"], false));
    let id: Id = id.parse().expect("an id");
    let awaited = Awaited { selected: Some(id.clone()), fitted: Some(id), is_said: true };
    assert_eq!(state.apply(Command::Await(awaited)), []);
    state
}

#[test]
fn a_feature_is_selected_and_shown_once_its_file_is_read() {
    let mut state = waiting("file/b/0");
    let before = state.view.camera();
    assert_eq!(read(&mut state, "a", PLACE), []);
    assert_eq!((state.picks.selected.clone(), state.view.camera()), (None, before));
    assert_eq!(read(&mut state, "b", PLACE), []);
    assert_eq!(state.picks.selected, "file/b/0".parse().ok());
    let centre = state.view.camera().center.to_lonlat();
    assert!((centre.lon - 80.5).abs() < 0.01, "{centre:?}");
}

#[test]
fn a_feature_that_no_file_has_is_told_when_all_are_read() {
    for id in ["file/b/7", "file/c/0"] {
        let mut state = waiting(id);
        assert_eq!(read(&mut state, "b", PLACE), []);
        assert_eq!(read(&mut state, "a", PLACE), [Effect::TellMissing(id.parse().expect("an id"))]);
        assert_eq!(read(&mut state, "a", PLACE), [], "it is told once");
    }
    let mut state = waiting("file/b/7");
    let _ = state.apply(Command::File(FileCommand::Failed { key: "a".to_owned(), fault: Fault::Empty }));
    assert_eq!(read(&mut state, "b", PLACE).len(), 1);
}
