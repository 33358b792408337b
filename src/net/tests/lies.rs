//! Servers that say one thing and send another, too much, or no HTTP at all.

use std::io::Write;
use std::net::TcpListener;
use std::thread;

use super::server::{read, stall};
use super::{Server, client, hurried, reply};
use crate::net::{NetError, Tag, Url, address, to_the_end};

fn get(server: &Server) -> Result<Vec<u8>, NetError> {
    client(hurried()).get(&server.url(), &to_the_end).map(|response| response.bytes)
}

fn saying(bytes: &[u8]) -> Result<Vec<u8>, NetError> {
    get(&Server::saying(bytes))
}

/// More than the tests take.
fn too_large() -> NetError {
    NetError::TooLarge(hurried().max_bytes)
}

#[test]
fn an_honest_answer_comes_whole_with_what_is_known_of_it() {
    let headers =
        [("Content-Type", "application/geo+json"), ("ETag", "\"7\""), ("Last-Modified", "yesterday")];
    let server = Server::saying(reply(200, &headers, b"{}"));
    let response = client(hurried()).get(&server.url(), &to_the_end).expect("an answer");
    assert_eq!(response.bytes, b"{}");
    assert_eq!(response.content_type.as_deref(), Some("application/geo+json"));
    let tag = Tag { etag: Some("\"7\"".to_owned()), last_modified: Some("yesterday".to_owned()) };
    assert_eq!(response.tag, tag);
    assert_eq!(response.final_url, server.url());
}

#[test]
fn a_request_says_who_asks_and_nothing_of_who_sits_before_it() {
    let server = Server::saying(reply(200, &[("Set-Cookie", "a=b")], b""));
    let client = client(hurried());
    for _ in 0..2 {
        client.get(&server.url(), &to_the_end).expect("an answer");
    }
    let agent = concat!("corridor-atlas/", env!("CARGO_PKG_VERSION"), " (desktop atlas)");
    for request in server.seen() {
        assert_eq!(request.header("user-agent"), Some(agent));
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        for name in ["cookie", "referer", "authorization", "accept-language"] {
            assert_eq!(request.header(name), None, "{name}");
        }
    }
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn a_connection_is_used_again() {
    let server = Server::new(|_, stream| {
        loop {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole")?;
            if read(stream).is_none() {
                return Ok(());
            }
        }
    });
    let client = client(hurried());
    for _ in 0..3 {
        assert_eq!(client.get(&server.url(), &to_the_end).expect("an answer").bytes, b"whole");
    }
    // The server notes only the first request of a connection.
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_connection_that_died_while_nobody_used_it_is_no_fault() {
    let server = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole");
    let client = client(hurried());
    for _ in 0..50 {
        assert_eq!(client.get(&server.url(), &to_the_end).expect("an answer").bytes, b"whole");
    }
}

#[test]
fn a_connection_that_breaks_is_tried_once_more_and_not_a_third_time() {
    let server = Server::saying("");
    let answer = get(&server);
    assert!(matches!(answer, Err(NetError::Truncated(_))), "{answer:?}");
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn a_body_shorter_than_promised_is_cut_off() {
    let answer = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    assert!(matches!(answer, Err(NetError::Truncated(_))), "{answer:?}");
}

#[test]
fn chunks_that_end_early_are_cut_off() {
    let answer = saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
    assert!(matches!(answer, Err(NetError::Truncated(_))), "{answer:?}");
}

#[test]
fn a_connection_closed_before_the_head_ends_is_cut_off() {
    for head in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"] {
        let answer = saying(head);
        assert!(matches!(answer, Err(NetError::Truncated(_))), "{answer:?}");
    }
}

#[test]
fn bytes_behind_the_promised_length_are_not_taken() {
    let answer = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwhole and more");
    assert_eq!(answer, Ok(b"whol".to_vec()));
}

#[test]
fn two_lengths_that_differ_are_no_http() {
    let answer = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nwhole");
    assert!(matches!(answer, Err(NetError::NotHttp { .. })), "{answer:?}");
}

#[test]
fn a_length_beyond_the_limit_is_refused_before_anything_is_read() {
    for length in [100_001, u64::MAX >> 1] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
        assert_eq!(saying(head.as_bytes()), Err(too_large()));
    }
    for length in ["18446744073709551615", "18446744073709551616", "-1", "many"] {
        let answer = saying(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").as_bytes());
        assert!(matches!(answer, Err(NetError::NotHttp { .. })), "{answer:?}");
    }
}

#[test]
fn an_endless_body_ends_at_the_limit() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 4096])?;
        }
    });
    assert_eq!(get(&server), Err(too_large()));
}

#[test]
fn endless_chunks_end_at_the_limit() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        loop {
            stream.write_all(b"4\r\naaaa\r\n")?;
        }
    });
    assert_eq!(get(&server), Err(too_large()));
}

#[test]
fn what_a_chunk_says_of_itself_and_what_follows_the_last_one_end_too() {
    for start in ["4;extension=", "4\r\naaaa\r\n0\r\n"] {
        let server = Server::new(move |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            stream.write_all(start.as_bytes())?;
            loop {
                stream.write_all(b"X-Trailer: value\r\n")?;
            }
        });
        let answer = get(&server);
        assert!(matches!(answer, Err(NetError::Truncated(_) | NetError::NotHttp { .. })), "{answer:?}");
    }
}

#[test]
fn endless_headers_are_no_http() {
    for line in [&b"X-Header: value\r\n"[..], b"value without end"] {
        let server = Server::new(move |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
            loop {
                stream.write_all(line)?;
            }
        });
        let answer = get(&server);
        assert!(matches!(answer, Err(NetError::NotHttp { .. })), "{answer:?}");
    }
}

#[test]
fn garbage_is_no_http() {
    let garbage: [&[u8]; 4] =
        [b"SSH-2.0-OpenSSH_9.6\r\n", b"\x15\x03\x01\x00\x02\x02\x16", &[0; 64], b"HTTP/9.9 200\r\n\r\n"];
    for bytes in garbage {
        let answer = saying(bytes);
        assert!(matches!(answer, Err(NetError::NotHttp { .. })), "{bytes:?}: {answer:?}");
    }
}

#[test]
fn a_chunk_without_a_length_is_no_body() {
    let answer = saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n0\r\n\r\n");
    assert!(answer.is_err(), "{answer:?}");
}

#[test]
fn a_status_of_failure_is_told_and_its_page_not_read() {
    for status in [204, 206, 300, 400, 401, 404, 418, 429, 500, 503] {
        let head = format!("HTTP/1.1 {status} no\r\nContent-Length: 99999999999\r\n\r\n");
        assert_eq!(saying(head.as_bytes()), Err(NetError::Status(status)));
    }
}

#[test]
fn https_where_none_is_spoken_gives_no_secure_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let speaking = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").expect("written");
        stall(&mut stream)
    });
    let url = Url::parse(&format!("https://home.test:{port}/")).expect("an address");
    let fault = client(hurried()).get(&url, &to_the_end).expect_err("no TLS");
    assert!(matches!(&fault, NetError::Tls { host, .. } if host == "home.test"), "{fault:?}");
    // Whether the client leaves by a word or by a reset is all the same.
    let _ = speaking.join().expect("the server");
}

#[test]
fn only_plain_addresses_of_the_web_are_opened() {
    let fault = |text: &str| address::parse(text).expect_err(text);
    assert_eq!(fault("file:///etc/passwd"), NetError::Scheme("file".to_owned()));
    assert_eq!(fault("ftp://host/file"), NetError::Scheme("ftp".to_owned()));
    assert_eq!(fault("javascript:alert(1)"), NetError::Scheme("javascript".to_owned()));
    assert_eq!(fault("https://name@host/"), NetError::UserInfo);
    assert_eq!(fault("https://:word@host/"), NetError::UserInfo);
    assert_eq!(fault("roads.geojson"), NetError::Bad("roads.geojson".to_owned()));
    assert_eq!(fault("https://"), NetError::Bad("https://".to_owned()));
    let url = address::parse(" HTTPS://Host/a file?x=1#part ").expect("an address");
    assert_eq!(url.as_str(), "https://host/a%20file?x=1");
}
