//! What can go wrong between the atlas and a server, and what the libraries below call it.

use std::error::Error;
use std::io::{self, ErrorKind};

use super::names::NotPublic;

/// Why nothing came from the network, or not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// What was typed is no address that can be opened.
    #[error("{0:?} is not an address that can be opened")]
    Bad(String),
    /// Only http and https are opened.
    #[error("{0:?} is not http or https")]
    Scheme(String),
    /// A name and a password stand in the address, where they would be kept and shown.
    #[error("the address holds a name or a password")]
    UserInfo,
    /// No network, or none that leads there.
    #[error("no way to {host}: {cause}")]
    Offline { host: String, cause: String },
    /// The host's name leads to no address.
    #[error("the name {host} was not found: {cause}")]
    Unresolved { host: String, cause: String },
    /// Nobody listens there.
    #[error("{0} refuses the connection")]
    Refused(String),
    /// Nothing came for too long, or not all of it in time.
    #[error("{0} took too long")]
    TimedOut(String),
    /// No secure connection came about.
    #[error("no secure connection to {host}: {cause}")]
    Tls { host: String, cause: String },
    /// What the server says is not HTTP.
    #[error("{host} does not speak HTTP: {cause}")]
    NotHttp { host: String, cause: String },
    /// A page for people where a tile should be, as networks send that ask for a login.
    #[error("{0} answers with a web page")]
    WebPage(String),
    /// The server answers with this status.
    #[error("status {0}")]
    Status(u16),
    /// The server asks for a pause of so many seconds; see [`super::Polite`].
    #[error("{host} asks for a pause of {secs} s")]
    Busy { host: String, secs: u64 },
    /// More than the limit, in bytes.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// The connection ended before the answer did.
    #[error("the answer was cut off: {0}")]
    Truncated(String),
    /// The lengths that the server names contradict each other or what it sends.
    #[error("the server names a wrong length: {0}")]
    LyingLength(String),
    /// Compressed in a way that was not asked for and is not undone.
    #[error("the answer is packed as {0:?}, which was not asked for")]
    Packed(String),
    /// The server sends the whole file where a part was asked for.
    #[error("the server does not send parts of a file")]
    NoRange,
    /// The file is another than at the first request.
    #[error("the file was changed meanwhile")]
    Changed,
    /// Sent on too often, or in a circle.
    #[error("sent on more than {0} times")]
    TooManyRedirects(usize),
    /// Sent on to this host, which lies inside the person's own network.
    #[error("sent on to {0}, which is not on the public network")]
    RedirectToPrivate(String),
    /// Sent on from https to http.
    #[error("sent on to an insecure address at {0}")]
    RedirectDowngrade(String),
    /// An address of the person's own network sends on to another host.
    #[error("sent on to another host, {0}")]
    RedirectElsewhere(String),
    /// The watch said so.
    #[error("stopped")]
    Stopped,
    /// The program's own part failed: no thread, no certificates of the system.
    #[error("the network could not be set up: {0}")]
    Setup(String),
}

impl NetError {
    /// Whether it says more about the connection than about what was asked for, so that asking again later may help.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(
            self,
            Self::Offline { .. }
                | Self::Unresolved { .. }
                | Self::Refused(_)
                | Self::TimedOut(_)
                | Self::Truncated(_)
                | Self::Tls { .. }
        )
    }
}

/// Names the fault of a request to `host` that brought no answer.
pub(super) fn of_request(error: &reqwest::Error, host: &str, is_secure: bool) -> NetError {
    let cause = causes(error);
    if let Some(refusal) = found::<NotPublic>(error) {
        return NetError::RedirectToPrivate(refusal.0.clone());
    }
    if error.is_timeout() {
        return NetError::TimedOut(host.to_owned());
    }
    if error.is_dns() {
        return NetError::Unresolved { host: host.to_owned(), cause };
    }
    if let Some(fault) = found::<hyper::Error>(error) {
        if fault.is_parse() {
            return NetError::NotHttp { host: host.to_owned(), cause };
        }
        if fault.is_incomplete_message() {
            return NetError::Truncated(cause);
        }
    }
    match found::<io::Error>(error).map(io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => NetError::Refused(host.to_owned()),
        Some(ErrorKind::TimedOut) => NetError::TimedOut(host.to_owned()),
        Some(ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable) => {
            NetError::Offline { host: host.to_owned(), cause }
        }
        _ if error.is_connect() && is_secure => NetError::Tls { host: host.to_owned(), cause },
        _ if error.is_connect() => NetError::Offline { host: host.to_owned(), cause },
        _ => NetError::Truncated(cause),
    }
}

/// Names the fault of a body that began to come from `host`.
pub(super) fn of_body(error: &reqwest::Error, host: &str) -> NetError {
    if error.is_timeout() {
        return NetError::TimedOut(host.to_owned());
    }
    match found::<hyper::Error>(error) {
        Some(fault) if fault.is_parse() => NetError::NotHttp { host: host.to_owned(), cause: causes(error) },
        _ => NetError::Truncated(causes(error)),
    }
}

/// The error and all that caused it, in one line; without the address, which may hold a key.
pub(super) fn causes(error: &(dyn Error + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut next = error.source().or(Some(error));
    while let Some(error) = next {
        let text = error.to_string();
        if said.last().is_none_or(|last| !last.ends_with(&text)) {
            said.push(text);
        }
        next = error.source();
    }
    said.join(": ")
}

/// The first of the causes that is a `T`.
fn found<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        // An io::Error hides what it wraps from `source`, which tells that one's source instead.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = wrapped.and_then(|inner| inner.downcast_ref::<T>()) {
            return Some(found);
        }
        next = error.source();
    }
    None
}
