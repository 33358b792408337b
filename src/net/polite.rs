//! Tiles from servers that many people share: few requests at a time, nothing asked for twice, and a pause when asked.
//!
//! Invariant: a tile that was once seen stays to be seen without a network, as long as the folder has room for it.

mod caching;
mod disk;
mod queue;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH};

use super::client::{Answer, Ask, Client, Tag, text, whole};
use super::trail::Trust;
use super::{NetError, Watch, address};
use disk::{Disk, Kept, Key, Meta};
use queue::{Queue, Verdict};

/// Seconds since 1970, told by whoever may read a clock.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A tile at which the server fails is asked for again after so long.
const STUMBLE_SECS: u64 = 60;

/// How a server is treated. All times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Most requests under way to one host.
    pub parallel: usize,
    /// Most bytes in the folder.
    pub max_disk_bytes: u64,
    /// Most bytes of one tile.
    pub max_tile_bytes: u64,
    /// How long a tile is taken as new where the server says nothing; OpenStreetMap asks for seven days at least.
    pub fresh_secs: u64,
    /// How long a tile that does not exist is not asked for again.
    pub missing_secs: u64,
    /// The first pause of a host that cannot be reached or is overloaded; it doubles with each failure.
    pub first_pause_secs: u64,
    /// The longest pause that is not the server's own wish.
    pub longest_pause_secs: u64,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            parallel: 2,
            max_disk_bytes: 200_000_000,
            max_tile_bytes: 8_000_000,
            fresh_secs: 7 * 24 * 3600,
            missing_secs: 3600,
            first_pause_secs: 5,
            longest_pause_secs: 600,
        }
    }
}

/// A tile as the server sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub bytes: Vec<u8>,
    pub content_type: Option<String>,
    /// Whether it is shown beyond its time, since the server could not be asked for a newer one.
    pub is_stale: bool,
}

/// Why no tile came, and how long the server wants to be left alone, in seconds.
struct Refusal {
    error: NetError,
    pause_secs: Option<u64>,
}

/// Fetches tiles for any number of threads.
pub struct Polite {
    client: Client,
    disk: Option<Mutex<Disk>>,
    queue: Queue,
    manners: Manners,
    clock: Clock,
    /// Where every request may lead; without it, where the address of each does.
    trust: Option<Trust>,
}

impl std::fmt::Debug for Polite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Polite")
            .field("client", &self.client)
            .field("manners", &self.manners)
            .finish_non_exhaustive()
    }
}

impl Polite {
    /// Keeps tiles in `folder`, which is made; without one, or where it cannot be used, nothing is kept.
    #[must_use]
    pub fn new(client: Client, folder: Option<PathBuf>, manners: Manners, clock: Clock) -> Self {
        let open = |folder: PathBuf| {
            let disk = Disk::open(&folder, manners.max_disk_bytes);
            disk.inspect_err(|error| log::warn!("tiles cannot be kept in {}: {error}", folder.display())).ok()
        };
        let disk = folder.and_then(open).map(Mutex::new);
        Self { client, disk, queue: Queue::new(&manners), manners, clock, trust: None }
    }

    /// The same for addresses that no person typed: they lead no further than the file does that names them.
    #[must_use]
    pub fn within(mut self, trust: Trust) -> Self {
        self.trust = Some(trust);
        self
    }

    /// A tile: from the folder while it is new, else from the server once it is its turn, else from the folder
    /// although it is old. Waits on this thread; the fault tells why there is nothing, and the same question may be
    /// put again at any time, since the pauses are kept here.
    pub fn get(&self, url: &Url, watch: &Watch<'_>) -> Result<Tile, NetError> {
        let url = address::checked(url.clone())?;
        let key = Key::of(url.as_str());
        if let Some(tile) = self.fresh(key) {
            return Ok(tile);
        }
        let turn = match self.queue.turn(key, url.authority(), &self.clock, watch) {
            Ok(turn) => turn,
            Err(error) => return self.old_or(key, error),
        };
        // Whoever had the turn before may have fetched the same tile.
        if turn.has_waited
            && let Some(tile) = self.fresh(key)
        {
            return Ok(tile);
        }
        let kept = self.kept(key);
        match self.asked(&url, kept.as_ref(), watch) {
            Ok(answer) => {
                // Kept before the turn ends, for those who wait for the same tile.
                let tile = match kept {
                    Some(kept) if answer.status == 304 => self.renewed(key, kept, &answer.headers),
                    _ => self.stored(key, answer),
                };
                turn.done(Verdict::Fine, (self.clock)());
                Ok(tile)
            }
            Err(refusal) => {
                let error = refusal.error.clone();
                turn.done(self.judged(refusal), (self.clock)());
                self.old_or(key, error)
            }
        }
    }

    /// Forgets all pauses, for when a person asks to try again now.
    pub fn try_again(&self) {
        self.queue.forget();
    }

    /// Bytes of all tiles in the folder.
    #[must_use]
    pub fn disk_bytes(&self) -> u64 {
        self.disk().map_or(0, |disk| disk.bytes())
    }

    fn asked(&self, url: &Url, kept: Option<&Kept>, watch: &Watch<'_>) -> Result<Answer, Refusal> {
        let headers = kept.map(|kept| conditions(&kept.meta)).unwrap_or_default();
        let most = self.manners.max_tile_bytes;
        let room = |status, headers: &HeaderMap| match status {
            200 => whole(headers, most).map(Some),
            _ => Ok(None),
        };
        let refusal = |error| Refusal { error, pause_secs: None };
        let answer = self
            .client
            .fetch(&Ask { url, headers, trust: self.trust.clone(), room: &room, watch })
            .map_err(refusal)?;
        let is_page =
            || text(&answer.headers, &CONTENT_TYPE).is_some_and(|name| name.starts_with("text/html"));
        match answer.status {
            200 if is_page() => Err(refusal(NetError::WebPage(address::host(url).to_owned()))),
            200 => Ok(answer),
            304 if kept.is_some() => Ok(answer),
            status => {
                let pause_secs = caching::retry_after(&answer.headers, (self.clock)());
                Err(Refusal { error: NetError::Status(status), pause_secs })
            }
        }
    }

    /// What a fault means for the next requests.
    fn judged(&self, refusal: Refusal) -> Verdict {
        let Refusal { error, pause_secs } = refusal;
        match error {
            NetError::Stopped => Verdict::Stopped,
            NetError::Status(429 | 502..=504) => Verdict::Pause { asked: pause_secs, error },
            // One tile that a server stumbles over says nothing of the others.
            NetError::Status(500..) => {
                Verdict::Missing { secs: self.manners.missing_secs.min(STUMBLE_SECS), error }
            }
            error if error.is_connection() => Verdict::Pause { asked: None, error },
            error => Verdict::Missing { secs: self.manners.missing_secs, error },
        }
    }

    fn fresh(&self, key: Key) -> Option<Tile> {
        let kept = self.kept(key)?;
        ((self.clock)() < kept.meta.fresh_until).then(|| kept.into_tile(false))
    }

    /// The old tile where the fault is one of the connection; a server that says that there is none has the last word.
    fn old_or(&self, key: Key, error: NetError) -> Result<Tile, NetError> {
        let is_passing = error.is_connection()
            || matches!(error, NetError::Status(429 | 500..) | NetError::Busy { .. } | NetError::WebPage(_));
        if is_passing && let Some(kept) = self.kept(key) {
            return Ok(kept.into_tile(true));
        }
        if matches!(error, NetError::Status(404 | 410))
            && let Some(mut disk) = self.disk()
        {
            disk.remove(key);
        }
        Err(error)
    }

    fn stored(&self, key: Key, answer: Answer) -> Tile {
        let now = (self.clock)();
        let tag = Tag::of(&answer.headers);
        let meta = Meta {
            etag: tag.etag,
            last_modified: tag.last_modified,
            content_type: text(&answer.headers, &CONTENT_TYPE),
            fresh_until: 0,
            len: answer.bytes.len() as u64,
        };
        let mut kept = Kept { meta, bytes: answer.bytes };
        if let Some(mut disk) = self.disk() {
            match caching::fresh_secs(&answer.headers, self.manners.fresh_secs, now) {
                Some(secs) => {
                    kept.meta.fresh_until = now.saturating_add(secs);
                    disk.write(key, &kept);
                }
                None => disk.remove(key),
            }
        }
        kept.into_tile(false)
    }

    fn renewed(&self, key: Key, mut kept: Kept, headers: &HeaderMap) -> Tile {
        let now = (self.clock)();
        let secs = caching::fresh_secs(headers, self.manners.fresh_secs, now).unwrap_or(0);
        kept.meta.fresh_until = now.saturating_add(secs);
        if let Some(mut disk) = self.disk() {
            disk.write(key, &kept);
        }
        kept.into_tile(false)
    }

    fn kept(&self, key: Key) -> Option<Kept> {
        self.disk()?.read(key, self.manners.max_tile_bytes)
    }

    fn disk(&self) -> Option<MutexGuard<'_, Disk>> {
        Some(self.disk.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    fn into_tile(self, is_stale: bool) -> Tile {
        Tile { bytes: self.bytes, content_type: self.meta.content_type, is_stale }
    }
}

/// The headers that ask only for a newer one.
fn conditions(meta: &Meta) -> Vec<(HeaderName, String)> {
    let pair = |name, value: &Option<String>| value.clone().map(|value| (name, value));
    let etag = pair(IF_NONE_MATCH, &meta.etag);
    etag.into_iter().chain(pair(IF_MODIFIED_SINCE, &meta.last_modified)).collect()
}
