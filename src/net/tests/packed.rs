//! Servers that pack what they send although nobody asked.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Server, client, hurried, reply};
use crate::net::{NetError, Remote, to_the_end};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("packed");
    packer.finish().expect("packed")
}

/// What comes of a body that is called packed in this way.
fn saying(named: &str, body: &[u8]) -> Result<Vec<u8>, NetError> {
    let server = Server::saying(reply(200, &[("Content-Encoding", named)], body));
    client(hurried()).get(&server.url(), &to_the_end).map(|response| response.bytes)
}

fn packed(named: &str) -> NetError {
    NetError::Packed(named.to_owned())
}

#[test]
fn what_was_packed_unasked_is_unpacked() {
    let body = gzip(b"{\"type\": \"FeatureCollection\"}");
    for named in ["gzip", "GZip", "x-gzip"] {
        assert_eq!(saying(named, &body).as_deref(), Ok(&b"{\"type\": \"FeatureCollection\"}"[..]), "{named}");
    }
    // As brotli's own program packs it.
    assert_eq!(saying("br", b"\x0b\x05\x80{\"type\": 1}\x03").as_deref(), Ok(&b"{\"type\": 1}"[..]));
    assert_eq!(saying("identity", b"{}").as_deref(), Ok(&b"{}"[..]));
    let twice = [gzip(b"one "), gzip(b"two")].concat();
    assert_eq!(saying("gzip", &twice).as_deref(), Ok(&b"one two"[..]));
}

#[test]
fn what_swells_beyond_its_room_is_too_large() {
    let most = hurried().max_bytes;
    let bytes = vec![b' '; most as usize];
    assert_eq!(saying("gzip", &gzip(&bytes)).as_deref(), Ok(&bytes[..]));
    let bomb = gzip(&vec![b' '; 100 * most as usize]);
    assert!((bomb.len() as u64) < most);
    assert_eq!(saying("gzip", &bomb), Err(NetError::TooLarge(most)));
}

#[test]
fn what_is_packed_badly_or_in_another_way_says_so() {
    let body = gzip(b"{}");
    assert!(matches!(saying("gzip", &body[..body.len() - 4]), Err(NetError::Truncated(_))));
    assert_eq!(saying("gzip", b"{\"type\": 1, \"features\": []}"), Err(packed("gzip")));
    assert_eq!(saying("br", &body), Err(packed("br")));
    assert_eq!(saying("zstd", &body), Err(packed("zstd")));
    assert_eq!(saying("gzip, gzip", &body), Err(packed("gzip, gzip")));
}

#[test]
fn a_part_of_something_packed_is_no_part_of_the_file() {
    let body = gzip(b"0123456789");
    let range = format!("bytes 0-{}/{}", body.len() - 1, body.len());
    let headers = [("Content-Encoding", "gzip"), ("Content-Range", range.as_str())];
    let server = Server::saying(reply(206, &headers, &body));
    let client = client(hurried());
    assert_eq!(client.range(&server.url(), 0, body.len() as u64, &to_the_end), Err(packed("gzip")));
    assert_eq!(Remote::open(&client, &server.url(), &to_the_end).map(|_| ()), Err(packed("gzip")));
}

#[test]
fn a_whole_file_instead_of_a_part_is_measured_unpacked() {
    let server = Server::saying(reply(200, &[("Content-Encoding", "gzip")], &gzip(b"0123456789")));
    let client = client(hurried());
    let mut remote = Remote::open(&client, &server.url(), &to_the_end).expect("a file");
    assert_eq!((remote.len(), remote.read_at(8, 2, &to_the_end).as_deref()), (10, Ok(&b"89"[..])));
    let swollen = Server::saying(reply(200, &[("Content-Encoding", "gzip")], &gzip(&[b'0'; 5_000])));
    assert_eq!(client.range(&swollen.url(), 0, 1_000, &to_the_end), Err(NetError::NoRange));
}
