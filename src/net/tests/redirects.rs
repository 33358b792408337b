//! Servers that send on: in circles, to where they must not, and to where they may.

use super::{Server, client, hurried, reply};
use crate::net::trail::step;
use crate::net::{NetError, Url, to_the_end};

fn sending_to(location: &str) -> Vec<u8> {
    reply(302, &[("Location", location)], b"")
}

/// What comes of opening `/file` under the name `host` at a server that sends on to `location`.
fn followed(host: &str, location: &str) -> Result<Vec<u8>, NetError> {
    let location = location.to_owned();
    let server = Server::new(move |request, stream| {
        let here = request.header("host").unwrap_or_default().split_once(':').unwrap_or_default().1;
        let location = location.replace("PORT", here);
        let answer = if request.path == "/file" { sending_to(&location) } else { reply(200, &[], b"there") };
        std::io::Write::write_all(stream, &answer)
    });
    client(hurried()).get(&server.at(host, "/file"), &to_the_end).map(|response| response.bytes)
}

#[test]
fn a_public_server_may_send_on_to_another_public_one() {
    assert_eq!(followed("a.public.test", "http://b.public.test:PORT/there"), Ok(b"there".to_vec()));
    assert_eq!(followed("a.public.test", "there"), Ok(b"there".to_vec()));
    assert_eq!(followed("a.public.test", "//b.public.test:PORT/there"), Ok(b"there".to_vec()));
}

#[test]
fn each_way_of_sending_on_is_followed_and_the_last_address_told() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::new(move |request, stream| {
            let away = reply(status, &[("Location", "/there")], b"");
            let answer = if request.path == "/file" { away } else { reply(200, &[], b"there") };
            std::io::Write::write_all(stream, &answer)
        });
        let response = client(hurried()).get(&server.url(), &to_the_end).expect("there");
        assert_eq!(response.final_url, server.at("home.test", "/there"), "{status}");
    }
}

#[test]
fn a_circle_ends() {
    let server = Server::saying(sending_to("/file"));
    let fault = client(hurried()).get(&server.url(), &to_the_end);
    assert_eq!(fault, Err(NetError::TooManyRedirects(3)));
    // The first request and the three that may follow.
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn a_chain_may_have_as_many_links_as_the_limit_says() {
    let chain = |links: usize| {
        let server = Server::new(move |request, stream| {
            let next = sending_to(&format!("/{}", request.number + 1));
            let answer = if request.number < links { next } else { reply(200, &[], b"end") };
            std::io::Write::write_all(stream, &answer)
        });
        client(hurried()).get(&server.url(), &to_the_end).map(|response| response.bytes)
    };
    assert_eq!(chain(3), Ok(b"end".to_vec()));
    assert_eq!(chain(4), Err(NetError::TooManyRedirects(3)));
}

#[test]
fn a_public_server_cannot_send_into_the_network_of_a_person() {
    for host in ["home.test", "127.0.0.1", "[::1]", "0x7f.1", "2130706433"] {
        let answer = followed("a.public.test", &format!("http://{host}:PORT/there"));
        let Err(NetError::RedirectToPrivate(told)) = answer else { panic!("{host}: {answer:?}") };
        let written = Url::parse(&format!("http://{host}/")).expect("an address");
        assert_eq!(Some(told.as_str()), written.host_str().map(|host| host.trim_matches(['[', ']'])));
    }
}

#[test]
fn a_name_that_turns_private_between_judging_and_connecting_is_refused_at_the_door() {
    // The first lookup judges the typed name as public, the second one is the connection's own.
    let server = Server::saying(reply(200, &[], b"secret"));
    let answer = client(hurried()).get(&server.at("turning.test", "/file"), &to_the_end);
    assert_eq!(answer.err(), Some(NetError::RedirectToPrivate("turning.test".to_owned())));
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_redirect_to_a_name_that_turns_private_is_refused_at_the_door() {
    use super::TestNames;
    use crate::net::{Client, Found, Names};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Public when it is judged, private when it is connected to.
    #[derive(Debug, Default)]
    struct Turning(TestNames, AtomicUsize);

    impl Names for Turning {
        fn look_up(&self, host: &str) -> std::io::Result<Vec<Found>> {
            let mut found = self.0.look_up(host)?;
            if host == "b.test" {
                found[0].is_public = self.1.fetch_add(1, Ordering::SeqCst) == 0;
            }
            Ok(found)
        }
    }

    let target = Server::saying(reply(200, &[], b"secret"));
    let server = Server::saying(sending_to(target.at("b.test", "/").as_str()));
    let client = Client::with_names(hurried(), Arc::new(Turning::default())).expect("a client");
    let answer = client.get(&server.at("a.public.test", "/file"), &to_the_end);
    assert_eq!(answer.err(), Some(NetError::RedirectToPrivate("b.test".to_owned())));
    assert_eq!((server.seen().len(), target.seen().len()), (1, 0));
}

#[test]
fn what_a_person_typed_may_be_private_and_stays_on_its_host() {
    assert_eq!(followed("home.test", "/there"), Ok(b"there".to_vec()));
    assert_eq!(followed("home.test", "http://home.test:PORT/there"), Ok(b"there".to_vec()));
    for host in ["other.test", "a.public.test", "127.0.0.1"] {
        let answer = followed("home.test", &format!("http://{host}:PORT/there"));
        assert_eq!(answer, Err(NetError::RedirectElsewhere(host.to_owned())));
    }
}

#[test]
fn nothing_but_the_web_is_followed() {
    let answers = [
        ("file:///etc/passwd", NetError::Scheme("file".to_owned())),
        ("ftp://a.public.test/", NetError::Scheme("ftp".to_owned())),
        ("data:text/plain,hello", NetError::Scheme("data".to_owned())),
        ("http://name:word@a.public.test/", NetError::UserInfo),
        ("http://", NetError::Bad("http://".to_owned())),
    ];
    for (location, fault) in answers {
        assert_eq!(followed("a.public.test", location), Err(fault), "{location}");
    }
}

#[test]
fn a_secure_address_does_not_lead_to_an_insecure_one() {
    let followed = |from: &str, location: &str| step(&Url::parse(from).expect("an address"), location);
    let fault = Err(NetError::RedirectDowngrade("b.public.test".to_owned()));
    assert_eq!(followed("https://a.public.test/x", "http://b.public.test/"), fault);
    for (from, location, wanted) in [
        ("https://a.public.test/x", "https://b.public.test/", "https://b.public.test/"),
        ("https://a.public.test/x", "//b.public.test/", "https://b.public.test/"),
        ("https://a.public.test/x/y", "z", "https://a.public.test/x/z"),
        ("http://a.public.test/x", "https://b.public.test/", "https://b.public.test/"),
        ("http://a.public.test/x", "http://b.public.test/#part", "http://b.public.test/"),
    ] {
        assert_eq!(followed(from, location).map(String::from).as_deref(), Ok(wanted));
    }
}

#[test]
fn a_name_that_leads_to_both_sides_counts_as_private() {
    let mixed = "mixed.test".to_owned();
    let answer = followed("a.public.test", "http://mixed.test:PORT/there");
    assert_eq!(answer, Err(NetError::RedirectToPrivate(mixed.clone())));
    let answer = followed("mixed.test", "http://a.public.test:PORT/there");
    assert_eq!(answer, Err(NetError::RedirectElsewhere("a.public.test".to_owned())));
    assert_eq!(followed("mixed.test", "/there"), Ok(b"there".to_vec()));
}

#[test]
fn a_redirect_that_names_no_place_is_told_by_its_status() {
    let server = Server::saying(reply(302, &[], b""));
    assert_eq!(client(hurried()).get(&server.url(), &to_the_end).err(), Some(NetError::Status(302)));
}
