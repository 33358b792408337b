//! Sessions on the disk.

use super::*;
use crate::data::Notes;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn session(program: &str) -> Session {
    Session { corridor_atlas_session: 1, program: program.to_owned(), ..Session::default() }
}

#[test]
fn a_home_that_cannot_be_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = folder.path().join("taken");
    fs::write(&taken, "").expect("written");
    assert!(place_in(&taken.join("corridor-atlas")).is_err());
}

#[test]
fn two_windows_keep_two_sessions_and_the_first_place_is_free_again() {
    let folder = folder();
    let first = place_in(folder.path()).expect("a place");
    let second = place_in(folder.path()).expect("another place");
    assert!(first.path.ends_with("session.json") && second.path.ends_with("session-2.json"));
    drop(first);
    assert!(place_in(folder.path()).is_ok_and(|place| place.path.ends_with("session.json")));
}

#[test]
fn what_is_written_is_read_and_what_does_not_read_is_set_aside() {
    let folder = folder();
    let place = place_in(folder.path()).expect("a place");
    assert_eq!(place.read(), (None, None), "nothing was there, which is no trouble");
    home::write_whole(&place.path, session("x").to_json().as_bytes()).expect("written");
    assert_eq!(place.read(), (Some(session("x")), None));
    let broken = [
        "{\"corridor_atlas_session\":1,\"files\":[{]".as_bytes().to_vec(),
        session("9").to_json().replace("_session\": 1", "_session\": 2").into_bytes(),
        vec![0xff, 0xfe, 0],
        Vec::new(),
    ];
    for bytes in broken {
        fs::write(&place.path, &bytes).expect("written");
        let (None, Some(SessionTrouble::SetAside(aside))) = place.read() else { panic!("set aside") };
        assert_eq!(fs::read(&aside).expect("kept"), bytes);
        assert!(!place.path.exists(), "the window starts fresh");
    }
}

#[test]
fn the_newest_is_on_the_disk_when_the_program_ends() {
    let folder = folder();
    let place = place_in(folder.path()).expect("a place");
    let path = place.path.clone();
    let keeper = Keeper::new(place, || {});
    for number in 0..50 {
        keeper.wanted.as_ref().expect("open").send(session(&number.to_string())).expect("its thread lives");
    }
    drop(keeper);
    let text = fs::read_to_string(path).expect("written");
    assert_eq!(Session::from_json(&text).expect("a session").program, "49");
}

#[test]
fn what_cannot_be_written_is_told_once_and_told_when_it_goes_again() {
    let folder = folder();
    let place = place_in(folder.path()).expect("a place");
    let path = place.path.clone();
    // A folder in the place of the file: no user, not even root, can write over it.
    fs::create_dir(&path).expect("a folder");
    let (woken, wakes) = unbounded();
    let keeper = Keeper::new(place, move || woken.send(()).unwrap_or_default());
    let send = |name| keeper.wanted.as_ref().expect("open").send(session(name)).expect("its thread lives");
    send("a");
    wakes.recv().expect("told");
    assert!(matches!(
        keeper.news(),
        Some(Command::Session(SessionCommand::Trouble(Some(SessionTrouble::NotKept(_)))))
    ));
    fs::remove_dir(&path).expect("gone");
    send("b");
    wakes.recv().expect("told");
    assert_eq!(keeper.news(), Some(Command::Session(SessionCommand::Trouble(None))));
}

#[test]
fn a_project_can_be_moved_with_its_files() {
    let (here, there) = (folder(), folder());
    let data = here.path().join("roads.geojson");
    fs::write(&data, "{}").expect("written");
    let mut made = session("x");
    made.files = vec![crate::state::KeptFile {
        key: "roads".to_owned(),
        name: "Roads".to_owned(),
        path: data,
        text: None,
        style: crate::state::FileStyle::plain(3),
        is_visible: false,
        dated_by: None,
        placing: crate::state::Placing::default(),
    }];
    let note = crate::data::Note {
        at: crate::geo::LonLat::new(80.0, 44.0),
        title: "Here".to_owned(),
        text: String::new(),
        created: String::new(),
        rest: serde_json::Map::new(),
    };
    let notes = Notes { list: vec![note.clone()], others: Vec::new() };
    let name = "trip.atlas.json";
    save(made, &notes, &here.path().join(name)).expect("saved");
    for file in ["roads.geojson", name] {
        fs::rename(here.path().join(file), there.path().join(file)).expect("moved");
    }
    let path = there.path().join(name);
    assert!(is_project(&path));
    let commands = open(&path, Strings::embedded(crate::i18n::Language::En)).expect("it opens");
    let [Command::Session(SessionCommand::Open(opened)), Command::Note(NoteCommand::TakeIn(taken))] =
        commands.as_slice()
    else {
        panic!("{commands:?}")
    };
    assert_eq!(opened.files[0].path, there.path().join("roads.geojson"));
    assert_eq!(*taken, [note]);
}

#[test]
fn a_project_is_known_by_what_is_inside_where_it_was_renamed() {
    let folder = folder();
    let path = folder.path().join("renamed.json");
    fs::write(&path, session("x").to_json()).expect("written");
    assert!(is_project(&path));
    fs::write(&path, "{\"type\":\"FeatureCollection\"}").expect("written");
    assert!(!is_project(&path) && !is_project(&folder.path().join("none.json")));
}
