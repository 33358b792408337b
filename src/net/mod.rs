//! The only door to the network for what a person opens by its address: whole files, parts of files, tiles.
//!
//! Invariant: nothing is trusted. Every wait has an end and can be stopped, every answer has a greatest size, and no
//! server on the public network can make the atlas ask one that is not. No cookies, no passwords, no referrer.

pub mod address;
mod client;
mod error;
mod names;
mod packed;
mod polite;
mod range;
mod remote;
mod told;
mod trail;

#[cfg(test)]
mod tests;

use std::time::Duration;

pub use client::{Client, Response, Tag};
pub use error::NetError;
pub use names::{Found, Names, SystemNames};
pub use polite::{Clock, Manners, Polite, Tile};
pub use remote::{Remote, Store};
pub use reqwest::Url;
pub use told::told;
pub use trail::Trust;

/// How much and how long is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one answer; it stands in memory.
    pub max_bytes: u64,
    /// Longest wait for a name and for a connection, each.
    pub connect_timeout: Duration,
    /// Longest wait for the head of an answer, and between two pieces of its body.
    pub idle_timeout: Duration,
    /// Longest wait for all of it, however steadily it drips.
    pub total_timeout: Duration,
    /// How often a request may be sent on.
    pub max_redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 500_000_000,
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_mins(15),
            max_redirects: 5,
        }
    }
}

/// How far an answer has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the body so far.
    pub bytes: u64,
    /// Bytes that the server promises.
    pub total: Option<u64>,
}

/// What a request does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    GoOn,
    Stop,
}

/// Asked about every 50 milliseconds, and after each piece, whether to go on.
pub type Watch<'a> = dyn Fn(Progress) -> Next + 'a;

/// Goes on to the end.
#[must_use]
pub fn to_the_end(_: Progress) -> Next {
    Next::GoOn
}
