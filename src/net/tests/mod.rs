//! Requests against a server on the loopback that lies, stalls and leads astray; nothing here waits by sleeping.

mod lies;
mod packed;
mod parts;
mod proxies;
mod redirects;
mod server;
mod stalls;
mod words;

pub(super) use server::{Request, Server, TestNames, client, hurried, reply};
