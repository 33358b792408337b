//! Nobody asked for a connection: none is opened, whatever a file says, and without any network all is there.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;

use corridor_atlas::content::Content;

use super::display::Window;
use super::{title_of, view};

/// The sockets of the internet that a process has open, by their numbers.
fn internet_sockets(process: u32) -> Vec<String> {
    let own: BTreeSet<String> = fs::read_dir(format!("/proc/{process}/fd"))
        .expect("the process runs")
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let tables = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"];
    let lines = tables.iter().filter_map(|table| {
        let text = fs::read_to_string(format!("/proc/{process}/net/{table}")).ok()?;
        Some(text.lines().skip(1).map(|line| format!("{table} {line}")).collect::<Vec<_>>())
    });
    let number = |line: &String| line.split_whitespace().nth(10).map(str::to_owned);
    lines.flatten().filter(|line| number(line).is_some_and(|number| own.contains(&number))).collect()
}

#[test]
fn a_file_that_names_addresses_causes_no_request_and_no_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("it asks without waiting");
    let address = listener.local_addr().expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("linked.kml");
    let link = format!("http://{address}/more.kml");
    let text = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE kml SYSTEM \"{link}\"><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\
         <NetworkLink><Link><href>{link}</href><refreshMode>onInterval</refreshMode></Link></NetworkLink>\
         <Style id=\"s\"><IconStyle><Icon><href>{link}</href></Icon></IconStyle></Style>\
         <Placemark><name>&lt;img src='{link}'&gt;</name><styleUrl>{link}#s</styleUrl>\
         <Point><coordinates>86,47</coordinates></Point></Placemark></Document></kml>"
    );
    fs::write(&path, text).expect("written");
    let mut window = Window::open(&[path.to_str().expect("a plain name"), "--view", "86,47,9"]);
    // Looked at all along, until the feature of the file is clicked and told.
    let mut seen = Vec::new();
    window.click_middle();
    window.until("what the file names", |window| {
        seen.extend(internet_sockets(window.process()));
        window.title().contains("img src")
    });
    assert!(seen.is_empty(), "{seen:?}");
    assert!(listener.accept().is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "nobody came");
}

#[test]
fn without_any_network_the_atlas_is_complete() {
    if !Window::can_cut_off() {
        println!("skipped: this system lets nobody make a network of their own");
        return;
    }
    let content = Content::embedded().expect("the embedded content reads");
    let zone = content.state.catalog.atlas.zones.first().expect("a zone");
    let mut window = Window::cut_off(&["--view", &view(zone.position.place(), 9.0)]);
    window.click_middle();
    window.expect_title(&title_of(&content, &zone.id));
    assert!(internet_sockets(window.process()).is_empty());
}
