//! The client: one thread that waits for the network, and requests that wait on their own threads until all has come.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED};
use reqwest::{Proxy, Url, redirect};
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::names::{Door, Names, SystemNames};
use super::trail::{Asking, Trust};
use super::{Limits, NetError, Watch, address};

const USER_AGENT: &str = concat!("corridor-atlas/", env!("CARGO_PKG_VERSION"), " (desktop atlas)");

/// Connections that nobody uses are closed after so long.
const KEEP_IDLE: Duration = Duration::from_secs(15);

/// Opens addresses. Copies share their connections; requests may come from any thread that may wait, but not from
/// one of an async runtime.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) limits: Limits,
    pub(super) names: Arc<dyn Names>,
    /// Connects only to the public network, or to the proxy that the environment names.
    pub(super) public: reqwest::Client,
    /// Connects to wherever a person has typed.
    pub(super) anywhere: reqwest::Client,
    /// Whether a proxy opens the public connections, and finds the names for them.
    pub(super) has_proxy: bool,
    handle: Handle,
    /// The thread of the network ends when this goes.
    _end: oneshot::Sender<()>,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub bytes: Vec<u8>,
    /// As the server writes it, such as `application/geo+json`.
    pub content_type: Option<String>,
    /// Where it came from after all redirects.
    pub final_url: Url,
    pub tag: Tag,
}

/// By what a server tells one state of a file from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl Tag {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self { etag: text(headers, &ETAG), last_modified: text(headers, &LAST_MODIFIED) }
    }

    /// Whether another answer tells of another state: a mark that both have differs.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        differ(&self.etag, &other.etag) || differ(&self.last_modified, &other.last_modified)
    }
}

/// What is asked for, and what of the answer is taken.
pub(super) struct Ask<'a> {
    pub(super) url: &'a Url,
    pub(super) headers: Vec<(HeaderName, String)>,
    /// Which network it may be on; `None` for an address that a person typed.
    pub(super) trust: Option<Trust>,
    /// Looks at the head of an answer and says how much room its body gets; without room it is not read.
    pub(super) room: &'a Room<'a>,
    pub(super) watch: &'a Watch<'a>,
}

/// The most bytes that are read, and the fault when there are more.
pub(super) type Room<'a> = dyn Fn(u16, &HeaderMap) -> Result<Option<(u64, NetError)>, NetError> + 'a;

/// An answer of any status.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) url: Url,
    pub(super) trust: Trust,
    pub(super) bytes: Vec<u8>,
}

impl Client {
    /// A client for the names that the system knows. Connections to the public network go through the proxy that
    /// `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` names, except for `NO_PROXY`; others never do. `NetError::Setup`
    /// where the system has no thread to give.
    pub fn new(limits: Limits) -> Result<Self, NetError> {
        Self::built(limits, Arc::new(SystemNames), &proxies())
    }

    /// A client that finds names elsewhere, without any proxy.
    pub fn with_names(limits: Limits, names: Arc<dyn Names>) -> Result<Self, NetError> {
        Self::built(limits, names, &[])
    }

    pub(super) fn built(limits: Limits, names: Arc<dyn Names>, proxies: &[Proxy]) -> Result<Self, NetError> {
        let setup = |error: &dyn std::error::Error| NetError::Setup(error.to_string());
        let has_proxy = !proxies.is_empty();
        // A proxy may well be on this machine, so with one the door stays open and each address is judged before.
        let public = client_of(|| {
            let public = http(&limits, &names, !has_proxy);
            proxies.iter().cloned().fold(public, reqwest::ClientBuilder::proxy)
        })?;
        let anywhere = client_of(|| http(&limits, &names, false))?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| setup(&error))?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel::<()>();
        let run = move || {
            // The sender is only ever dropped: that is the sign.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        thread::Builder::new().name("network".to_owned()).spawn(run).map_err(|error| setup(&error))?;
        let shared = Shared { limits, names, public, anywhere, has_proxy, handle, _end: end };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// What it was made with.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.shared.limits
    }

    /// The whole of what is at `url`; `Status` where the server answers with anything but that.
    pub fn get(&self, url: &Url, watch: &Watch<'_>) -> Result<Response, NetError> {
        let most = self.shared.limits.max_bytes;
        let room = |status, headers: &HeaderMap| match status {
            200 | 203 => whole(headers, most).map(Some),
            _ => Err(NetError::Status(status)),
        };
        let answer = self.fetch(&Ask { url, headers: Vec::new(), trust: None, room: &room, watch })?;
        Ok(Response {
            content_type: text(&answer.headers, &CONTENT_TYPE),
            tag: Tag::of(&answer.headers),
            final_url: answer.url,
            bytes: answer.bytes,
        })
    }

    /// Asks, follows, reads; waits on this thread until it is done, too late or stopped.
    pub(super) fn fetch(&self, ask: &Ask<'_>) -> Result<Answer, NetError> {
        let url = address::checked(ask.url.clone())?;
        let asking = Asking::new(&self.shared, ask);
        let total = self.shared.limits.total_timeout;
        self.shared.handle.block_on(async {
            let late = |_| NetError::TimedOut(address::host(&url).to_owned());
            tokio::time::timeout(total, asking.answer(url.clone())).await.map_err(late)?
        })
    }
}

/// A system without any certificates has no client that trusts them: then nothing is trusted, and what is plain opens.
fn client_of(builder: impl Fn() -> reqwest::ClientBuilder) -> Result<reqwest::Client, NetError> {
    let trusting_nobody = |_| builder().tls_certs_only(Vec::<reqwest::Certificate>::new()).build();
    let client = builder().build().or_else(trusting_nobody);
    client.map_err(|error| NetError::Setup(super::error::causes(&error)))
}

/// Room for a whole body of at most so many bytes.
pub(super) fn whole(headers: &HeaderMap, most: u64) -> Result<(u64, NetError), NetError> {
    let too_large = NetError::TooLarge(most);
    if length(headers).is_some_and(|length| length > most) { Err(too_large) } else { Ok((most, too_large)) }
}

/// What the server says of the body's length, in bytes.
pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    text(headers, &CONTENT_LENGTH)?.trim().parse().ok()
}

/// A header's value, where it is plain text.
pub(super) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn http(limits: &Limits, names: &Arc<dyn Names>, is_public_only: bool) -> reqwest::ClientBuilder {
    let door = Door { names: Arc::clone(names), is_public_only };
    // Packed answers are not asked for; what comes packed all the same is unpacked by `packed`, which counts.
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(limits.connect_timeout)
        .pool_idle_timeout(KEEP_IDLE)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .dns_resolver(Arc::new(door))
}

/// The proxies that the environment names; one that cannot be used is told of and left out.
fn proxies() -> Vec<Proxy> {
    let named = |names: [&str; 2]| names.into_iter().find_map(|name| std::env::var(name).ok());
    let all = named(["all_proxy", "ALL_PROXY"]);
    let secure = named(["https_proxy", "HTTPS_PROXY"]).or_else(|| all.clone());
    // The name in capitals could come from a request's header where the program runs as a CGI script; it does not.
    let plain = named(["http_proxy", "HTTP_PROXY"]).or(all);
    let no_proxy = reqwest::NoProxy::from_env();
    let mut proxies = Vec::new();
    for (address, make) in [(secure, Proxy::https as fn(String) -> _), (plain, Proxy::http)] {
        let Some(address) = address.filter(|address| !address.is_empty()) else { continue };
        if address.starts_with("socks") {
            log::warn!("a SOCKS proxy is named, which the atlas does not use: connecting directly");
            continue;
        }
        match make(address) {
            Ok(proxy) => proxies.push(proxy.no_proxy(no_proxy.clone())),
            Err(error) => log::warn!("the proxy that the environment names cannot be used: {error}"),
        }
    }
    proxies
}
