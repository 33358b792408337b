//! Parts of a file: servers that send others than were asked for, and files that change while they are read.

use std::io::Write;

use super::{Request, Server, client, hurried, reply};
use crate::net::{NetError, Remote, Store, to_the_end};

/// A thousand bytes that tell where they stand.
pub(super) fn file() -> Vec<u8> {
    (0..1000_u32).map(|at| (at * 7 % 251) as u8).collect()
}

/// The part that is asked for, honestly.
pub(super) fn part(request: &Request, file: &[u8], etag: &str) -> Vec<u8> {
    let Some((first, last)) = request.range() else { return reply(200, &[("ETag", etag)], file) };
    if first >= file.len() {
        return reply(416, &[("Content-Range", &format!("bytes */{}", file.len()))], b"");
    }
    let last = last.min(file.len() - 1);
    let range = format!("bytes {first}-{last}/{}", file.len());
    reply(206, &[("Content-Range", &range), ("ETag", etag)], &file[first..=last])
}

fn honest() -> Server {
    Server::new(|request, stream| stream.write_all(&part(request, &file(), "\"1\"")))
}

/// What comes of asking for 10 bytes from the byte 5 on.
fn range(status: u16, content_range: Option<&str>, body: &[u8]) -> Result<Vec<u8>, NetError> {
    let headers: Vec<_> = content_range.map(|value| ("Content-Range", value)).into_iter().collect();
    let server = Server::saying(reply(status, &headers, body));
    client(hurried()).range(&server.url(), 5, 10, &to_the_end)
}

#[test]
fn a_part_is_what_was_asked_for() {
    let server = honest();
    let client = client(hurried());
    let file = file();
    assert_eq!(client.range(&server.url(), 5, 10, &to_the_end).as_deref(), Ok(&file[5..15]));
    assert_eq!(client.range(&server.url(), 999, 1, &to_the_end).as_deref(), Ok(&file[999..]));
    assert_eq!(client.range(&server.url(), 5, 0, &to_the_end).as_deref(), Ok(&[][..]));
    assert_eq!(server.seen()[0].header("range"), Some("bytes=5-14"));
    assert_eq!(server.seen().len(), 2);
    let beyond = client.range(&server.url(), 995, 10, &to_the_end);
    assert!(matches!(beyond, Err(NetError::Truncated(_))), "{beyond:?}");
    assert_eq!(client.range(&server.url(), 1000, 1, &to_the_end), Err(NetError::Status(416)));
    assert_eq!(client.range(&server.url(), 0, 100_001, &to_the_end), Err(NetError::TooLarge(100_000)));
    let overflow = client.range(&server.url(), u64::MAX, 2, &to_the_end);
    assert!(matches!(overflow, Err(NetError::Truncated(_))), "{overflow:?}");
}

#[test]
fn a_range_that_contradicts_what_was_asked_for_is_a_lie() {
    let ten = b"0123456789";
    assert_eq!(range(206, Some("bytes 5-14/100"), ten), Ok(ten.to_vec()));
    assert_eq!(range(206, Some("bytes 5-14/*"), ten), Ok(ten.to_vec()));
    let lies: [(Option<&str>, &[u8]); 14] = [
        (None, ten),
        (Some("bytes 0-9/100"), ten),
        (Some("bytes 6-15/100"), ten),
        (Some("bytes 5-15/100"), b"0123456789a"),
        (Some("bytes 5-13/100"), b"012345678"),
        (Some("bytes 5-13/*"), b"012345678"),
        (Some("bytes 5-14/14"), ten),
        (Some("bytes 14-5/100"), ten),
        (Some("bytes 5-14/100"), b"012345678"),
        (Some("bytes 5-14/100"), b"0123456789a"),
        (Some("lines 5-14/100"), ten),
        (Some("bytes 5-14"), ten),
        (Some("bytes +5-14/100"), ten),
        (Some("bytes 5-18446744073709551615/18446744073709551616"), ten),
    ];
    for (content_range, body) in lies {
        let answer = range(206, content_range, body);
        assert!(matches!(answer, Err(NetError::LyingLength(_))), "{content_range:?}: {answer:?}");
    }
}

#[test]
fn a_part_without_a_length_is_still_counted() {
    let asked = |body: &str| {
        let head = "HTTP/1.1 206 Part\r\nConnection: close\r\nContent-Range: bytes 5-14/100\r\n\r\n";
        let server = Server::saying(format!("{head}{body}"));
        client(hurried()).range(&server.url(), 5, 10, &to_the_end)
    };
    assert_eq!(asked("0123456789"), Ok(b"0123456789".to_vec()));
    for body in ["", "012345678", "0123456789a"] {
        let answer = asked(body);
        assert!(matches!(answer, Err(NetError::LyingLength(_))), "{answer:?}");
    }
}

#[test]
fn a_server_that_sends_the_whole_file_gives_no_parts() {
    assert_eq!(range(200, None, &file()), Err(NetError::NoRange));
    let whole = Server::saying(reply(200, &[], b"small"));
    let client = client(hurried());
    assert_eq!(client.range(&whole.url(), 0, 5, &to_the_end).as_deref(), Ok(&b"small"[..]));
    assert_eq!(client.range(&whole.url(), 0, 4, &to_the_end), Err(NetError::NoRange));
    let endless = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 4096])?;
        }
    });
    assert_eq!(client.range(&endless.url(), 0, 5, &to_the_end), Err(NetError::NoRange));
}

pub(super) const SMALL: Store = Store { block: 64, run: 4, kept: 6 };

fn open(server: &Server) -> Result<Remote, NetError> {
    Remote::open_with(&client(hurried()), &server.url(), SMALL, &to_the_end)
}

#[test]
fn a_remote_file_reads_as_if_it_lay_here() {
    let server = honest();
    let mut remote = open(&server).expect("a file");
    assert_eq!(remote.len(), 1000);
    let file = file();
    for (from, len) in [(0, 1), (63, 2), (0, 1000), (990, 10), (1000, 0), (128, 64), (500, 300)] {
        let read = remote.read_at(from as u64, len, &to_the_end).expect("within");
        assert_eq!(read, &file[from..from + len], "{len} from {from}");
    }
    let beyond = remote.read_at(990, 11, &to_the_end);
    assert!(matches!(beyond, Err(NetError::Truncated(_))), "{beyond:?}");
}

#[test]
fn blocks_that_are_at_hand_are_not_asked_for_again() {
    let server = honest();
    let mut remote = open(&server).expect("a file");
    let mut read = |from| remote.read_at(from, 64, &to_the_end).expect("within");
    read(0);
    assert_eq!(server.seen().len(), 1);
    // Two blocks touched, one request; then nothing.
    read(100);
    read(64);
    assert_eq!(server.seen().len(), 2);
    assert_eq!(server.seen()[1].range(), Some((64, 191)));
    // The least recently used goes first: the seventh block pushes out the one at 0.
    for from in [192, 256, 320, 384] {
        read(from);
    }
    read(64);
    assert_eq!(server.seen().len(), 6);
    read(0);
    assert_eq!(server.seen().len(), 7);
}

#[test]
fn a_long_read_goes_in_runs_and_skips_what_is_at_hand() {
    let server = honest();
    let mut remote = open(&server).expect("a file");
    remote.read_at(128, 1, &to_the_end).expect("within");
    remote.read_at(0, 640, &to_the_end).expect("within");
    let ranges: Vec<_> = server.seen().iter().filter_map(Request::range).collect();
    assert_eq!(ranges, [(0, 63), (128, 191), (64, 127), (192, 447), (448, 639)]);
    assert_eq!(remote.received(), 640);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_told() {
    let changed = [
        (file(), "\"2\""),
        (file()[..999].to_vec(), "\"1\""),
        (file()[..500].to_vec(), "\"1\""),
        ([file(), file()].concat(), "\"1\""),
    ];
    for (now, etag) in changed {
        let server = Server::new(move |request, stream| {
            let (file, etag) = if request.number == 0 { (file(), "\"1\"") } else { (now.clone(), etag) };
            stream.write_all(&part(request, &file, etag))
        });
        let mut remote = open(&server).expect("a file");
        assert_eq!(remote.read_at(640, 64, &to_the_end), Err(NetError::Changed));
    }
}

#[test]
fn a_file_smaller_than_a_block_needs_no_server_that_sends_parts() {
    let server = Server::saying(reply(200, &[], b"small"));
    let mut remote = open(&server).expect("a file");
    assert_eq!(remote.read_at(1, 3, &to_the_end).as_deref(), Ok(&b"mal"[..]));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(open(&Server::saying(reply(200, &[], &file()))).err(), Some(NetError::NoRange));
    let unknown = reply(206, &[("Content-Range", "bytes 0-63/*")], &file()[..64]);
    assert_eq!(open(&Server::saying(unknown)).err(), Some(NetError::NoRange));
}

#[test]
fn a_place_that_is_open_for_a_while_only_is_asked_for_again() {
    let server = Server::new(|request, stream| {
        let place = format!("/place/{}", request.number);
        let answer = match (request.path.as_str(), request.number) {
            ("/file", _) => reply(302, &[("Location", &place)], b""),
            ("/place/0", 2..) => reply(403, &[], b""),
            _ => part(request, &file(), "\"1\""),
        };
        stream.write_all(&answer)
    });
    let mut remote = open(&server).expect("a file");
    assert_eq!(remote.read_at(640, 64, &to_the_end).as_deref(), Ok(&file()[640..704]));
    let paths: Vec<_> = server.seen().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/file", "/place/0", "/place/0", "/file", "/place/3"]);
    assert_eq!(remote.url().path(), "/place/3");
}
