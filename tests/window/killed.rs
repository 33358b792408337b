//! The program is killed at any moment: its session is whole, and it goes on from there.
//!
//! `ATLAS_KILLS=100 cargo test --test window killed -- --nocapture` kills it more often, and tells how much was lost.

use std::path::Path;
use std::time::Instant;

use corridor_atlas::state::Session;

use super::display::Window;

const USUAL_KILLS: usize = 3;

/// What is on the disk; a session that does not read fails.
fn kept(home: &Path) -> Option<Session> {
    let text = std::fs::read_to_string(home.join("corridor-atlas/session.json")).ok()?;
    Some(Session::from_json(&text).expect("whatever is there is whole"))
}

fn selected(session: &Session) -> Option<String> {
    session.look.select.as_ref().map(ToString::to_string)
}

#[test]
fn whenever_it_is_killed_the_session_is_whole_and_nothing_is_set_aside() {
    let kills = std::env::var("ATLAS_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL_KILLS);
    let home = tempfile::tempdir().expect("a folder");
    let mut longest = 0.0_f64;
    let mut last: Option<String> = None;
    for kill in 0..kills {
        let mut window = Window::at_home(&[], Some(home.path()));
        assert_eq!(kept(home.path()).as_ref().and_then(selected), last, "it opens as it was left");
        // Each press selects the next zone, which the title names. How often differs from kill to kill.
        let mut pressed = Vec::new();
        for _ in 0..=(kill * 7) % 11 {
            let before = window.title();
            window.xdotool("key n");
            window.until("another zone", |window| window.title() != before);
            pressed.push(Instant::now());
        }
        window.until("a session", |_| kept(home.path()).as_ref().and_then(selected) != last);
        window.xdotool("key n");
        window.kill();
        let killed = Instant::now();
        let now = kept(home.path()).expect("a session");
        assert!(now.look.at.is_some(), "where the map was looked at is kept");
        last = selected(&now);
        let zone = last.as_deref().expect("a zone is selected");
        assert!(zone.starts_with("zone/"), "{zone}");
        longest = longest.max(pressed.last().map_or(0.0, |last| (killed - *last).as_secs_f64()));
    }
    println!(
        "{kills} kills, the session whole after each; longest from a press to its being kept: {longest:.2} s"
    );
    let names: Vec<String> = std::fs::read_dir(home.path().join("corridor-atlas"))
        .expect("the program's folder")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    assert!(!names.iter().any(|name| name.contains(".1.")), "nothing was set aside: {names:?}");
}
