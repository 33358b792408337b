//! From names to addresses, and the door that lets none through which is not public.
//!
//! Invariant: a connection that must be public goes to an address that was judged in the very lookup that the
//! connection is made from, so a name that answers otherwise the second time gains nothing.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use reqwest::dns::{Name, Resolve, Resolving};

use super::address;

/// An address that a name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub address: IpAddr,
    /// Whether it belongs to the public network.
    pub is_public: bool,
}

/// Who knows what names lead to; another than the system's for tests.
pub trait Names: Send + Sync + std::fmt::Debug {
    /// All addresses of a name, or the one that `host` writes out; may take as long as the network lets it.
    fn look_up(&self, host: &str) -> io::Result<Vec<Found>>;
}

/// The names that the operating system knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn look_up(&self, host: &str) -> io::Result<Vec<Found>> {
        let judged = |address| Found { address, is_public: address::is_public(address) };
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![judged(address)]);
        }
        Ok((host, 0_u16).to_socket_addrs()?.map(|found| judged(found.ip())).collect())
    }
}

/// A host that is not on the public network, where only such a one may be.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not on the public network")]
pub(super) struct NotPublic(pub(super) String);

/// Gives reqwest the addresses to connect to.
#[derive(Clone, Debug)]
pub(super) struct Door {
    pub(super) names: Arc<dyn Names>,
    /// Whether names with an address that is not public are refused.
    pub(super) is_public_only: bool,
}

impl Resolve for Door {
    fn resolve(&self, name: Name) -> Resolving {
        let door = self.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = look_up(&door.names, &host).await?;
            if door.is_public_only && found.iter().any(|found| !found.is_public) {
                return Err(NotPublic(host).into());
            }
            let addresses = found.into_iter().map(|found| SocketAddr::new(found.address, 0));
            Ok(Box::new(addresses) as reqwest::dns::Addrs)
        })
    }
}

/// Looks a name up on a thread that may wait; a name without any address is an error.
pub(super) async fn look_up(names: &Arc<dyn Names>, host: &str) -> io::Result<Vec<Found>> {
    let (names, asked) = (Arc::clone(names), host.to_owned());
    let found =
        tokio::task::spawn_blocking(move || names.look_up(&asked)).await.map_err(io::Error::other)??;
    if found.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
    }
    Ok(found)
}
