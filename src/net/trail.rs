//! One request from its first address to the last byte, along every redirect, each judged before it is followed.

use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{ACCEPT_ENCODING, LOCATION};
use tokio::time::timeout;

use super::client::{Answer, Ask, Shared, length};
use super::packed::Packing;
use super::{NetError, Next, Progress, address, error, names};

/// How often a waiting request asks whether to go on.
const TICK: Duration = Duration::from_millis(50);

/// The first allocation for a body is at most this, whatever length the server names.
const FIRST_BYTES: u64 = 1 << 20;

/// Where a request may lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// To any host of the public network, and to no other.
    Public,
    /// Only to this host, since a person typed it and it is not on the public network.
    Home(String),
}

/// A request under way.
pub(super) struct Asking<'a> {
    shared: &'a Shared,
    ask: &'a Ask<'a>,
    progress: Cell<Progress>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(shared: &'a Shared, ask: &'a Ask<'a>) -> Self {
        Self { shared, ask, progress: Cell::default() }
    }

    /// The answer at the end of all redirects.
    pub(super) async fn answer(&self, url: Url) -> Result<Answer, NetError> {
        let (response, url, trust) = self.followed(url).await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut answer = Answer { status, headers, url, trust, bytes: Vec::new() };
        if let Some((most, over)) = (self.ask.room)(status, &answer.headers)? {
            let packing = Packing::of(status, &answer.headers)?;
            let host = address::host(&answer.url).to_owned();
            let bytes = self.body(response, &host, (most, over.clone())).await?;
            answer.bytes = packing.undone(bytes, (most, over))?;
        }
        Ok(answer)
    }

    async fn followed(&self, mut url: Url) -> Result<(reqwest::Response, Url, Trust), NetError> {
        let trust = match &self.ask.trust {
            Some(trust) => {
                self.judge(&url, trust).await?;
                trust.clone()
            }
            None if self.is_public(&url).await? => Trust::Public,
            None => Trust::Home(address::host(&url).to_owned()),
        };
        for _ in 0..=self.shared.limits.max_redirects {
            let response = self.sent(&url, &trust).await?;
            let Some(next) = target(&response, &url)? else { return Ok((response, url, trust)) };
            self.judge(&next, &trust).await?;
            url = next;
        }
        Err(NetError::TooManyRedirects(self.shared.limits.max_redirects))
    }

    /// Refuses an address to which the trust does not reach.
    async fn judge(&self, url: &Url, trust: &Trust) -> Result<(), NetError> {
        let host = address::host(url);
        match trust {
            Trust::Home(home) if home == host => Ok(()),
            Trust::Home(_) => Err(NetError::RedirectElsewhere(host.to_owned())),
            Trust::Public if self.is_public(url).await? => Ok(()),
            Trust::Public => Err(NetError::RedirectToPrivate(host.to_owned())),
        }
    }

    /// Whether all that the host's name leads to is on the public network.
    async fn is_public(&self, url: &Url) -> Result<bool, NetError> {
        let host = address::host(url);
        let looking = names::look_up(&self.shared.names, host);
        match self.wait(self.shared.limits.connect_timeout, host, looking).await? {
            Ok(found) => Ok(found.iter().all(|found| found.is_public)),
            // Behind a proxy this machine may know no names at all.
            Err(_) if self.shared.has_proxy => Ok(true),
            Err(error) => Err(NetError::Unresolved { host: host.to_owned(), cause: error::causes(&error) }),
        }
    }

    /// The head of an answer. A connection that was kept open may have died unseen, so one that breaks before it has
    /// said anything is tried once more (RFC 9110, section 9.2.2, allows it for what only reads).
    async fn sent(&self, url: &Url, trust: &Trust) -> Result<reqwest::Response, NetError> {
        match self.sent_once(url, trust).await {
            Err(NetError::Truncated(_)) => self.sent_once(url, trust).await,
            other => other,
        }
    }

    async fn sent_once(&self, url: &Url, trust: &Trust) -> Result<reqwest::Response, NetError> {
        let limits = &self.shared.limits;
        let client = match trust {
            Trust::Public => &self.shared.public,
            Trust::Home(_) => &self.shared.anywhere,
        };
        let mut request = client.get(url.clone()).header(ACCEPT_ENCODING, "identity");
        for (name, value) in &self.ask.headers {
            request = request.header(name, value);
        }
        let host = address::host(url);
        let sent = self.wait(limits.connect_timeout + limits.idle_timeout, host, request.send()).await?;
        sent.map_err(|fault| error::of_request(&fault, host, url.scheme() == "https"))
    }

    /// Reads the body into its room.
    async fn body(
        &self,
        mut response: reqwest::Response,
        host: &str,
        (most, over): (u64, NetError),
    ) -> Result<Vec<u8>, NetError> {
        let total = length(response.headers());
        let mut bytes = Vec::with_capacity(total.unwrap_or(0).min(most).min(FIRST_BYTES) as usize);
        self.progress.set(Progress { bytes: 0, total });
        loop {
            let piece = self.wait(self.shared.limits.idle_timeout, host, response.chunk()).await?;
            let Some(piece) = piece.map_err(|fault| error::of_body(&fault, host))? else { break };
            if bytes.len() as u64 + piece.len() as u64 > most {
                return Err(over);
            }
            bytes.extend_from_slice(&piece);
            self.progress.set(Progress { bytes: bytes.len() as u64, total });
        }
        Ok(bytes)
    }

    /// Waits for at most `limit`, and not after the watch has said stop.
    async fn wait<F: Future>(&self, limit: Duration, host: &str, what: F) -> Result<F::Output, NetError> {
        let mut what = pin!(what);
        let watched = async {
            loop {
                if (self.ask.watch)(self.progress.get()) == Next::Stop {
                    return Err(NetError::Stopped);
                }
                if let Ok(done) = timeout(TICK, what.as_mut()).await {
                    return Ok(done);
                }
            }
        };
        timeout(limit, watched).await.unwrap_or_else(|_| Err(NetError::TimedOut(host.to_owned())))
    }
}

/// Where the answer sends on to.
fn target(response: &reqwest::Response, from: &Url) -> Result<Option<Url>, NetError> {
    if ![301, 302, 303, 307, 308].contains(&response.status().as_u16()) {
        return Ok(None);
    }
    let Some(location) = response.headers().get(LOCATION) else { return Ok(None) };
    step(from, &String::from_utf8_lossy(location.as_bytes())).map(Some)
}

/// The address that `location` means when `from` sends on to it, if it may be opened and is no less secure.
pub(super) fn step(from: &Url, location: &str) -> Result<Url, NetError> {
    let next = from.join(location).map_err(|_| NetError::Bad(location.to_owned()))?;
    let next = address::checked(next)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err(NetError::RedirectDowngrade(address::host(&next).to_owned()));
    }
    Ok(next)
}
