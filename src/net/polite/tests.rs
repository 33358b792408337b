//! Tiles from a server on the loopback, with a clock that a test turns and a folder that goes with it.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use super::{Clock, Manners, Polite, Tile};
use crate::net::tests::{Request, Server, client, hurried, reply};
use crate::net::{NetError, Next, Trust, Url, to_the_end};

/// A folder, a clock at 1,000 seconds, and the server's answers.
struct Stage {
    folder: tempfile::TempDir,
    now: Arc<AtomicU64>,
    server: Server,
}

impl Stage {
    fn new(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            now: Arc::new(AtomicU64::new(1000)),
            server: Server::new(move |request, stream| match answer(request) {
                // Nothing at all: the connection breaks.
                bytes if bytes.is_empty() => Err(io::Error::other("gone")),
                bytes => stream.write_all(&bytes),
            }),
        }
    }

    fn polite(&self) -> Polite {
        self.polite_with(Manners::default())
    }

    fn polite_with(&self, manners: Manners) -> Polite {
        let now = Arc::clone(&self.now);
        let clock: Clock = Arc::new(move || now.load(Ordering::SeqCst));
        Polite::new(client(hurried()), Some(self.folder.path().to_owned()), manners, clock)
    }

    fn pass(&self, secs: u64) {
        self.now.fetch_add(secs, Ordering::SeqCst);
    }

    fn url(&self, path: &str) -> Url {
        self.server.at("a.public.test", path)
    }

    fn asked(&self) -> usize {
        self.server.seen().len()
    }
}

fn tile(bytes: &[u8], is_stale: bool) -> Tile {
    Tile { bytes: bytes.to_vec(), content_type: Some("image/png".to_owned()), is_stale }
}

fn png(headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    reply(200, &[headers, &[("Content-Type", "image/png")]].concat(), body)
}

fn get(polite: &Polite, url: &Url) -> Result<Tile, NetError> {
    polite.get(url, &to_the_end)
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn a_tile_is_asked_for_once_while_it_is_new_even_by_the_next_run() {
    let stage = Stage::new(|_| png(&[("Cache-Control", "max-age=100")], b"one"));
    let url = stage.url("/1/2/3.png");
    assert_eq!(get(&stage.polite(), &url), Ok(tile(b"one", false)));
    stage.pass(99);
    assert_eq!(get(&stage.polite(), &url), Ok(tile(b"one", false)));
    assert_eq!(stage.asked(), 1);
    stage.pass(1);
    assert_eq!(get(&stage.polite(), &url), Ok(tile(b"one", false)));
    assert_eq!(stage.asked(), 2);
}

#[test]
fn an_old_tile_is_asked_for_by_its_mark_and_kept_when_it_is_the_same() {
    let stage = Stage::new(|request| match request.header("if-none-match") {
        Some("\"7\"") => reply(304, &[("Cache-Control", "max-age=50")], b""),
        _ => png(&[("Cache-Control", "max-age=10"), ("ETag", "\"7\""), ("Last-Modified", "then")], b"one"),
    });
    let (polite, url) = (stage.polite(), stage.url("/tile"));
    get(&polite, &url).expect("a tile");
    stage.pass(10);
    assert_eq!(get(&polite, &url), Ok(tile(b"one", false)));
    assert_eq!(stage.server.seen()[1].header("if-modified-since"), Some("then"));
    stage.pass(49);
    assert_eq!(get(&polite, &url), Ok(tile(b"one", false)));
    assert_eq!(stage.asked(), 2);
    stage.pass(1);
    get(&polite, &url).expect("a tile");
    assert_eq!(stage.asked(), 3);
}

#[test]
fn a_word_that_nothing_has_changed_is_no_tile_where_none_was_seen() {
    let stage = Stage::new(|_| reply(304, &[], b""));
    assert_eq!(get(&stage.polite(), &stage.url("/tile")), Err(NetError::Status(304)));
}

#[test]
fn what_must_not_be_kept_is_not() {
    let stage = Stage::new(|_| png(&[("Cache-Control", "no-store")], b"one"));
    let (polite, url) = (stage.polite(), stage.url("/tile"));
    get(&polite, &url).expect("a tile");
    get(&polite, &url).expect("a tile");
    assert_eq!((stage.asked(), files(stage.folder.path()), polite.disk_bytes()), (2, 0, 0));
}

#[test]
fn without_a_network_what_was_seen_is_shown_and_the_rest_tried_again_after_a_pause() {
    let is_down = Arc::new(AtomicBool::new(false));
    let down = Arc::clone(&is_down);
    let stage = Stage::new(move |_| {
        if down.load(Ordering::SeqCst) { Vec::new() } else { png(&[("Cache-Control", "max-age=10")], b"one") }
    });
    let (polite, seen, unseen) = (stage.polite(), stage.url("/seen"), stage.url("/unseen"));
    get(&polite, &seen).expect("a tile");
    is_down.store(true, Ordering::SeqCst);
    stage.pass(60);
    assert_eq!(get(&polite, &seen), Ok(tile(b"one", true)));
    let fault = get(&polite, &unseen).expect_err("never seen");
    assert!(fault.is_connection(), "{fault:?}");
    // One request has found out, on two connections; the others wait for the end of the pause.
    assert_eq!(stage.asked(), 3);
    stage.pass(5);
    assert!(get(&polite, &unseen).is_err());
    assert_eq!(stage.asked(), 5);
    stage.pass(9);
    assert!(get(&polite, &unseen).is_err());
    assert_eq!(stage.asked(), 5, "the second pause is twice as long");
    is_down.store(false, Ordering::SeqCst);
    assert!(get(&polite, &unseen).is_err());
    stage.pass(1);
    assert_eq!(get(&polite, &unseen), Ok(tile(b"one", false)));
}

#[test]
fn a_person_who_asks_again_need_not_wait_for_the_end_of_a_pause() {
    let stage = Stage::new(|request| if request.number < 2 { Vec::new() } else { png(&[], b"one") });
    let (polite, url) = (stage.polite(), stage.url("/tile"));
    assert!(get(&polite, &url).is_err());
    assert!(get(&polite, &url).is_err());
    polite.try_again();
    assert_eq!(get(&polite, &url), Ok(tile(b"one", false)));
}

#[test]
fn a_pause_that_a_server_asks_for_is_kept_for_all_its_tiles_and_for_no_other_host() {
    for status in [429, 503] {
        let stage = Stage::new(move |request| match request.number {
            0 => reply(status, &[("Retry-After", "120")], b""),
            _ => png(&[], b"one"),
        });
        let polite = stage.polite();
        assert_eq!(get(&polite, &stage.url("/1")), Err(NetError::Status(status)));
        stage.pass(100);
        let busy = NetError::Busy { host: stage.url("/").authority().to_owned(), secs: 20 };
        assert_eq!(get(&polite, &stage.url("/2")), Err(busy));
        assert_eq!(stage.asked(), 1);
        let other = stage.server.at("b.public.test", "/2");
        assert_eq!(get(&polite, &other), Ok(tile(b"one", false)));
        stage.pass(20);
        assert_eq!(get(&polite, &stage.url("/2")), Ok(tile(b"one", false)));
    }
}

#[test]
fn pauses_double_up_to_the_longest() {
    let stage = Stage::new(|_| reply(429, &[], b""));
    let manners = Manners { first_pause_secs: 5, longest_pause_secs: 30, ..Manners::default() };
    let (polite, url) = (stage.polite_with(manners), stage.url("/tile"));
    for pause in [5, 10, 20, 30, 30] {
        let before = stage.asked();
        assert_eq!(get(&polite, &url), Err(NetError::Status(429)));
        stage.pass(pause - 1);
        assert!(matches!(get(&polite, &url), Err(NetError::Busy { secs: 1, .. })));
        assert_eq!(stage.asked(), before + 1);
        stage.pass(1);
    }
}

#[test]
fn a_tile_that_is_not_there_is_not_asked_for_again_soon_and_its_old_state_goes() {
    let stage = Stage::new(|request| match request.number {
        0 => png(&[("Cache-Control", "max-age=10")], b"one"),
        _ => reply(404, &[], b""),
    });
    let (polite, url) = (stage.polite(), stage.url("/tile"));
    get(&polite, &url).expect("a tile");
    stage.pass(10);
    for _ in 0..3 {
        assert_eq!(get(&polite, &url), Err(NetError::Status(404)));
    }
    assert_eq!((stage.asked(), files(stage.folder.path())), (2, 0));
    stage.pass(3600);
    assert_eq!(get(&polite, &url), Err(NetError::Status(404)));
    assert_eq!(stage.asked(), 3);
}

#[test]
fn a_tile_at_which_the_server_stumbles_holds_up_no_other() {
    let stage = Stage::new(|request| match request.path.as_str() {
        "/bad" => reply(500, &[], b""),
        _ => png(&[], b"one"),
    });
    let polite = stage.polite();
    assert_eq!(get(&polite, &stage.url("/bad")), Err(NetError::Status(500)));
    assert_eq!(get(&polite, &stage.url("/good")), Ok(tile(b"one", false)));
    assert_eq!(get(&polite, &stage.url("/bad")), Err(NetError::Status(500)));
    assert_eq!(stage.asked(), 2);
}

#[test]
fn the_page_of_a_network_that_asks_for_a_login_is_no_tile() {
    let stage = Stage::new(|request| match request.number {
        0 => png(&[("Cache-Control", "max-age=10")], b"one"),
        _ => reply(200, &[("Content-Type", "text/html; charset=utf-8")], b"<html>"),
    });
    let (polite, url) = (stage.polite(), stage.url("/tile"));
    get(&polite, &url).expect("a tile");
    stage.pass(10);
    assert_eq!(get(&polite, &url), Ok(tile(b"one", true)));
    let fault = get(&polite, &stage.url("/unseen"));
    assert_eq!(fault, Err(NetError::WebPage("a.public.test".to_owned())));
}

#[test]
fn a_tile_larger_than_tiles_are_is_refused() {
    let stage = Stage::new(|_| png(&[], &[0; 2000]));
    let polite = stage.polite_with(Manners { max_tile_bytes: 1999, ..Manners::default() });
    assert_eq!(get(&polite, &stage.url("/tile")), Err(NetError::TooLarge(1999)));
}

#[test]
fn the_folder_never_grows_beyond_its_size_and_the_longest_unused_goes_first() {
    let stage = Stage::new(|_| png(&[], &[7; 1000]));
    let manners = Manners { max_disk_bytes: 5000, ..Manners::default() };
    let polite = stage.polite_with(manners);
    for name in ["/1", "/2", "/3", "/4", "/1", "/5"] {
        get(&polite, &stage.url(name)).expect("a tile");
        assert!(polite.disk_bytes() <= 5000, "{}", polite.disk_bytes());
    }
    assert_eq!(stage.asked(), 5);
    get(&polite, &stage.url("/1")).expect("still there");
    assert_eq!(stage.asked(), 5);
    get(&polite, &stage.url("/2")).expect("a tile");
    assert_eq!(stage.asked(), 6, "the longest unused has gone");
    let lengths = std::fs::read_dir(stage.folder.path()).expect("a folder").flatten();
    let on_disk: u64 = lengths.map(|entry| entry.metadata().expect("a file").len()).sum();
    assert_eq!(on_disk, polite.disk_bytes());
    let smaller = stage.polite_with(Manners { max_disk_bytes: 1500, ..manners });
    assert!(smaller.disk_bytes() <= 1500, "a smaller size holds from the start");
}

#[test]
fn what_lies_broken_in_the_folder_is_fetched_anew_and_what_is_not_ours_stays() {
    let stage = Stage::new(|_| png(&[("Cache-Control", "max-age=100")], b"a tile of some bytes"));
    let url = stage.url("/tile");
    get(&stage.polite(), &url).expect("a tile");
    let entry =
        std::fs::read_dir(stage.folder.path()).expect("a folder").next().expect("one").expect("a file");
    let whole = std::fs::read(entry.path()).expect("bytes");
    for broken in [&whole[..whole.len() - 1], &whole[..10], b"", b"\n", b"{}\n", &[0xff; 300]] {
        std::fs::write(entry.path(), broken).expect("written");
        let before = stage.asked();
        assert_eq!(get(&stage.polite(), &url), Ok(tile(b"a tile of some bytes", false)));
        assert_eq!(stage.asked(), before + 1, "{broken:?}");
    }
    for name in ["notes.txt", ".unfinished-x1"] {
        std::fs::write(stage.folder.path().join(name), "text").expect("written");
    }
    stage.polite();
    assert!(stage.folder.path().join("notes.txt").exists());
    assert!(!stage.folder.path().join(".unfinished-x1").exists());
}

#[test]
fn no_key_of_an_address_is_written_down() {
    let stage = Stage::new(|_| png(&[], b"one"));
    get(&stage.polite(), &stage.url("/tile?key=s3cret")).expect("a tile");
    let entry =
        std::fs::read_dir(stage.folder.path()).expect("a folder").next().expect("one").expect("a file");
    let text = String::from_utf8_lossy(&std::fs::read(entry.path()).expect("bytes")).into_owned();
    assert!(!text.contains("s3cret") && !entry.file_name().to_string_lossy().contains("s3cret"));
}

#[test]
fn at_most_two_requests_are_under_way_to_one_host() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (inside, highest) = (Arc::clone(&now), Arc::clone(&most));
    // Both of the first two answers wait for each other, so two must come at once.
    let both = Barrier::new(2);
    let stage = Stage::new(move |_| {
        highest.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        both.wait();
        inside.fetch_sub(1, Ordering::SeqCst);
        png(&[], b"one")
    });
    let polite = stage.polite();
    thread::scope(|scope| {
        for number in 0..8 {
            let (polite, url) = (&polite, stage.url(&format!("/{number}")));
            scope.spawn(move || get(polite, &url).expect("a tile"));
        }
    });
    assert_eq!((stage.asked(), most.load(Ordering::SeqCst)), (8, 2));
}

#[test]
fn requests_that_fail_together_count_as_one_failure() {
    let both = Barrier::new(2);
    let stage = Stage::new(move |_| {
        both.wait();
        reply(429, &[], b"")
    });
    let polite = stage.polite();
    thread::scope(|scope| {
        for path in ["/1", "/2"] {
            let (polite, url) = (&polite, stage.url(path));
            scope.spawn(move || assert_eq!(get(polite, &url), Err(NetError::Status(429))));
        }
    });
    let fault = get(&polite, &stage.url("/3"));
    assert!(matches!(fault, Err(NetError::Busy { secs: 5, .. })), "{fault:?}");
}

#[test]
fn many_who_want_the_same_tile_ask_once() {
    let stage = Stage::new(|_| png(&[], b"one"));
    let (polite, url) = (stage.polite(), stage.url("/tile"));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(get(&polite, &url), Ok(tile(b"one", false))));
        }
    });
    assert_eq!(stage.asked(), 1);
}

#[test]
fn one_who_waits_for_a_turn_can_stop() {
    let stage = Stage::new(|_| png(&[], b"one"));
    let polite = stage.polite_with(Manners { parallel: 1, ..Manners::default() });
    let (first, second) = (stage.url("/1"), stage.url("/2"));
    let stopped = std::cell::OnceCell::new();
    // While the first request is under way, its watch lets the second one ask for a turn.
    let watch = |_| {
        stopped.get_or_init(|| polite.get(&second, &|_| Next::Stop));
        Next::GoOn
    };
    polite.get(&first, &watch).expect("a tile");
    assert_eq!(stopped.get(), Some(&Err(NetError::Stopped)));
    assert_eq!(get(&polite, &second), Ok(tile(b"one", false)), "stopping is no fault of the host");
}

#[test]
fn without_a_folder_tiles_come_all_the_same() {
    let stage = Stage::new(|_| png(&[], b"one"));
    let clock: Clock = Arc::new(|| 0);
    let file = stage.folder.path().join("file");
    std::fs::write(&file, "not a folder").expect("written");
    for folder in [None, Some(file)] {
        let polite = Polite::new(client(hurried()), folder, Manners::default(), Arc::clone(&clock));
        assert_eq!(get(&polite, &stage.url("/tile")), Ok(tile(b"one", false)));
    }
}

#[test]
fn an_address_that_no_person_typed_leads_no_further_than_the_file_that_names_it() {
    let stage = Stage::new(|_| png(&[], b"tile"));
    let home = |path: &str| stage.server.at("home.test", path);
    assert_eq!(get(&stage.polite(), &home("/1")), Ok(tile(b"tile", false)));
    let of_public = stage.polite().within(Trust::Public);
    let private = Err(NetError::RedirectToPrivate("home.test".to_owned()));
    assert_eq!(get(&of_public, &home("/2")), private);
    assert_eq!(get(&of_public, &stage.url("/3")), Ok(tile(b"tile", false)));
    let of_other = stage.polite().within(Trust::Home("other.test".to_owned()));
    let elsewhere = Err(NetError::RedirectElsewhere("home.test".to_owned()));
    assert_eq!(get(&of_other, &home("/2")), elsewhere);
    let of_home = stage.polite().within(Trust::Home("home.test".to_owned()));
    assert_eq!(get(&of_home, &home("/2")), Ok(tile(b"tile", false)));
    assert_eq!(stage.asked(), 3);
}
