//! A proxy opens the public connections and only those; what it is asked for is judged before.

use std::io::Write;
use std::sync::Arc;

use reqwest::Proxy;

use super::parts::{SMALL, file, part};
use super::{Server, TestNames, hurried, reply};
use crate::net::{Client, NetError, Remote, to_the_end};

fn through(proxy: &Server) -> Client {
    // Under a name that is not public, as proxies are.
    let proxy = Proxy::all(proxy.at("home.test", "").as_str()).expect("a proxy");
    Client::built(hurried(), Arc::new(TestNames::default()), &[proxy]).expect("a client")
}

#[test]
fn a_public_address_is_asked_of_the_proxy_even_where_names_are_unknown() {
    let proxy = Server::saying(reply(200, &[], b"by proxy"));
    for host in ["a.public.test", "nowhere.test"] {
        let url = proxy.at(host, "/file");
        let response = through(&proxy).get(&url, &to_the_end).expect("an answer");
        assert_eq!(response.bytes, b"by proxy");
        assert_eq!(proxy.seen().last().map(|request| request.path.clone()), Some(url.to_string()));
    }
}

#[test]
fn what_lies_in_the_network_of_a_person_is_asked_directly() {
    let (proxy, server) =
        (Server::saying(reply(200, &[], b"by proxy")), Server::saying(reply(200, &[], b"direct")));
    let response = through(&proxy).get(&server.url(), &to_the_end).expect("an answer");
    assert_eq!((response.bytes.as_slice(), proxy.seen().len()), (&b"direct"[..], 0));
}

#[test]
fn a_proxy_is_not_asked_for_what_a_public_server_must_not_lead_to() {
    let proxy = Server::new(|request, stream| {
        let away = reply(302, &[("Location", "http://home.test/")], b"");
        stream.write_all(if request.path.contains("public") { &away } else { b"" })
    });
    let answer = through(&proxy).get(&proxy.at("a.public.test", "/file"), &to_the_end);
    assert_eq!(answer.err(), Some(NetError::RedirectToPrivate("home.test".to_owned())));
    assert_eq!(proxy.seen().len(), 1);
}

#[test]
fn a_file_whose_name_turns_private_while_it_is_read_is_no_longer_asked_of_the_proxy() {
    let proxy = Server::new(|request, stream| stream.write_all(&part(request, &file(), "\"1\"")));
    let url = proxy.at("turning.test", "/file");
    let mut remote = Remote::open_with(&through(&proxy), &url, SMALL, &to_the_end).expect("a file");
    let answer = remote.read_at(640, 64, &to_the_end);
    assert_eq!(answer, Err(NetError::RedirectToPrivate("turning.test".to_owned())));
    assert_eq!(proxy.seen().len(), 1);
}
