//! A server that answers each connection as a test wants, byte by byte, and names that lead wherever a test says.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::net::{Client, Found, Limits, Names, Url};

/// What a client asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::net) struct Request {
    /// Counts from 0.
    pub(in crate::net) number: usize,
    pub(in crate::net) path: String,
    /// All lines of the head in small letters.
    pub(in crate::net) head: String,
}

impl Request {
    /// A header's value in small letters.
    pub(in crate::net) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(own, _)| *own == name).map(|(_, value)| value).next()
    }

    /// First and last byte of the range that is asked for.
    pub(in crate::net) fn range(&self) -> Option<(usize, usize)> {
        let (first, last) = self.header("range")?.strip_prefix("bytes=")?.split_once('-')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    }
}

/// Listens on a port of its own until it goes.
pub(in crate::net) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    /// Answers each request on a connection of its own, which is closed behind the answer.
    pub(in crate::net) fn new(
        answer: impl Fn(&Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port of the loopback");
        let address = listener.local_addr().expect("an address");
        let (seen, is_over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (list, end, answer) = (Arc::clone(&seen), Arc::clone(&is_over), Arc::new(answer));
        let count = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(mut stream) = stream else { continue };
                let (list, answer, count) = (Arc::clone(&list), Arc::clone(&answer), Arc::clone(&count));
                thread::spawn(move || {
                    let Some(mut request) = read(&mut stream) else { return };
                    request.number = count.fetch_add(1, Ordering::SeqCst);
                    list.lock().expect("no test has failed").push(request.clone());
                    // A client that has had enough closes the connection while the server still writes.
                    let _ = answer(&request, &mut stream);
                });
            }
        });
        Self { address, seen, is_over }
    }

    /// Answers every request with the same bytes.
    pub(in crate::net) fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::new(move |_, stream| stream.write_all(&bytes))
    }

    /// An address of this server under the name `host`.
    pub(in crate::net) fn at(&self, host: &str, path: &str) -> Url {
        let text = format!("http://{host}:{}{path}", self.address.port());
        Url::parse(&text).expect("an address")
    }

    pub(in crate::net) fn url(&self) -> Url {
        self.at("home.test", "/file")
    }

    pub(in crate::net) fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("no test has failed").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // Wakes the listener, so that it sees that all is over.
        let _ = TcpStream::connect(self.address);
    }
}

/// Reads the head of a request; `None` where the client leaves.
pub(in crate::net) fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let text = String::from_utf8(head).ok()?;
    let path = text.split(' ').nth(1)?.to_owned();
    Some(Request { number: 0, path, head: text.replace("\r\n", "\n").to_lowercase() })
}

/// An answer with a body and its length.
pub(in crate::net) fn reply(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text =
        format!("HTTP/1.1 {status} said\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    [text.as_bytes(), b"\r\n", body].concat()
}

/// Writes nothing more until the client leaves.
pub(in crate::net) fn stall(stream: &mut TcpStream) -> io::Result<()> {
    while stream.read(&mut [0])? != 0 {}
    Ok(())
}

/// Writes the bytes again and again, each after so many milliseconds, until the client leaves.
pub(in crate::net) fn drip(stream: &mut TcpStream, bytes: &[u8], millis: u64) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_millis(millis)))?;
    loop {
        stream.write_all(bytes)?;
        // The wait for what the client does not send is the pause.
        if stream.read(&mut [0]).is_ok_and(|read| read == 0) {
            return Ok(());
        }
    }
}

/// Every name leads to the loopback, which counts as public for names that end in `public.test`; `nowhere.test` leads
/// nowhere, `mixed.test` to a public and a private address, and `turning.test` to both from its second lookup on.
#[derive(Debug, Default)]
pub(in crate::net) struct TestNames {
    turning: AtomicUsize,
}

impl Names for TestNames {
    fn look_up(&self, host: &str) -> io::Result<Vec<Found>> {
        let found = |is_public| Found { address: IpAddr::V4(Ipv4Addr::LOCALHOST), is_public };
        match host {
            "nowhere.test" => Err(io::Error::other("no such name")),
            "turning.test" if self.turning.fetch_add(1, Ordering::SeqCst) == 0 => Ok(vec![found(true)]),
            "turning.test" | "mixed.test" => Ok(vec![found(true), found(false)]),
            _ => Ok(vec![found(host.ends_with("public.test"))]),
        }
    }
}

/// Limits at which a test ends soon.
pub(in crate::net) fn hurried() -> Limits {
    Limits {
        max_bytes: 100_000,
        connect_timeout: Duration::from_secs(5),
        idle_timeout: Duration::from_secs(5),
        total_timeout: Duration::from_secs(10),
        max_redirects: 3,
    }
}

pub(in crate::net) fn client(limits: Limits) -> Client {
    Client::with_names(limits, Arc::new(TestNames::default())).expect("a client")
}
