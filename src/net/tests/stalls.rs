//! Servers that stop speaking, at every place where they can, and people who no longer want to wait.

use std::cell::Cell;
use std::io::Write;
use std::net::TcpListener;
use std::time::Duration;

use super::server::{drip, stall};
use super::{Server, client, hurried, reply};
use crate::net::{Limits, NetError, Next, Progress, Url, to_the_end};

/// The pause that is too long for these tests.
const SHORT: Duration = Duration::from_millis(300);

fn impatient() -> Limits {
    Limits { connect_timeout: SHORT, idle_timeout: SHORT, ..hurried() }
}

/// What comes of asking a server with little patience.
fn fault(server: &Server, limits: Limits) -> NetError {
    client(limits).get(&server.url(), &to_the_end).expect_err("a fault")
}

fn late() -> NetError {
    NetError::TimedOut("home.test".to_owned())
}

#[test]
fn a_server_that_never_answers_is_left() {
    assert_eq!(fault(&Server::new(|_, stream| stall(stream)), impatient()), late());
}

#[test]
fn a_server_that_stops_inside_its_head_is_left() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Le")?;
        stall(stream)
    });
    assert_eq!(fault(&server, impatient()), late());
}

#[test]
fn a_server_that_stops_inside_its_body_is_left() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")?;
        stall(stream)
    });
    assert_eq!(fault(&server, impatient()), late());
}

#[test]
fn a_head_that_drips_is_left_although_it_never_pauses() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
        drip(stream, b"a", 10)
    });
    assert_eq!(fault(&server, impatient()), late());
}

#[test]
fn a_server_that_always_says_go_on_is_left() {
    let server = Server::new(|_, stream| drip(stream, b"HTTP/1.1 100 Continue\r\n\r\n", 10));
    assert_eq!(fault(&server, impatient()), late());
}

#[test]
fn a_body_that_drips_is_left_when_the_whole_time_is_over() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n")?;
        drip(stream, b"a", 10)
    });
    let limits = Limits { total_timeout: SHORT, ..hurried() };
    assert_eq!(fault(&server, limits), late());
}

#[test]
fn a_slow_body_whose_pauses_are_short_enough_comes_whole() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n")?;
        drip(stream, b"abc", 100)
    });
    // Five pieces take longer together than the longest pause that is allowed.
    let response = client(impatient()).get(&server.url(), &to_the_end).expect("whole");
    assert_eq!(response.bytes, b"abcabcabcabcabc");
}

#[test]
fn waiting_ends_at_once_when_the_watch_says_so() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")?;
        stall(stream)
    });
    let seen = Cell::new(Progress::default());
    let watch = |progress: Progress| {
        seen.set(progress);
        if progress.bytes > 0 { Next::Stop } else { Next::GoOn }
    };
    // Limits of seconds: only the watch can end this soon, and the fault tells that it did.
    assert_eq!(client(hurried()).get(&server.url(), &watch), Err(NetError::Stopped));
    assert_eq!(seen.get(), Progress { bytes: 4, total: Some(100) });
}

#[test]
fn nothing_is_asked_when_the_watch_says_stop_before() {
    let server = Server::saying(reply(200, &[], b"whole"));
    assert_eq!(client(hurried()).get(&server.url(), &|_| Next::Stop), Err(NetError::Stopped));
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_port_where_nobody_listens_refuses() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let url = Url::parse(&format!("http://home.test:{port}/")).expect("an address");
    let fault = client(hurried()).get(&url, &to_the_end).expect_err("nobody");
    assert_eq!(fault, NetError::Refused("home.test".to_owned()));
    assert!(fault.is_connection());
}

#[test]
fn a_name_that_leads_nowhere_is_told_as_such() {
    let url = Url::parse("http://nowhere.test/").expect("an address");
    let fault = client(hurried()).get(&url, &to_the_end).expect_err("no name");
    assert!(
        matches!(&fault, NetError::Unresolved { host, cause } if host == "nowhere.test" && cause == "no such name")
    );
}
