//! What a person opens by its address: whole files into the cache, archives of tiles piece by piece. Nothing here asks
//! for anything by itself.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy;

use super::home;
use super::opened::Opened;
use crate::data::{Fault, fingerprint};
use crate::format::{Indexed, Pieces};
use crate::i18n::Strings;
use crate::net::{self, Client, Limits, Manners, NetError, Polite, Progress, Remote, Trust, Url};
use crate::tiles::{self, Archive, Fetch, PmTiles, Template, TileError};
use crate::ui::OnlineMap;

/// Bytes at the begin of what lies at an address that are looked at for what it is.
const LOOKED_AT: u64 = 4 << 10;
/// Features with an index are read whole where their file has no more bytes than this.
const WHOLE: u64 = 8 << 20;
const MOST_TILEJSON: u64 = 8 << 20;

/// The address that a path is, where somebody wrote one in its place.
pub(super) fn address(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)).then_some(text)
}

/// One door for the whole program, opened when somebody first asks for something.
fn client() -> Result<Client, NetError> {
    static CLIENT: OnceLock<Result<Client, NetError>> = OnceLock::new();
    CLIENT.get_or_init(|| Client::new(Limits::default())).clone()
}

fn cache() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("corridor-atlas"))
}

/// Where a file from that address is kept.
pub(super) fn kept(address: &str) -> Option<PathBuf> {
    let folder: String = fingerprint(address.as_bytes()).chars().take(16).collect();
    let last = address.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let plain: String = last.chars().filter(|c| c.is_alphanumeric() || "-_.".contains(*c)).collect();
    let name = if plain.trim_matches('.').is_empty() { "file".to_owned() } else { plain };
    Some(cache()?.join("downloads").join(folder).join(name))
}

/// Fetches a file whole and says where it lies now; `goes_on` is told the bytes so far and those of the whole.
pub(super) fn fetched(
    (address, strings): (&str, &Strings),
    goes_on: &dyn Fn(u64, u64) -> bool,
) -> Result<PathBuf, Fault> {
    let told = |error: &NetError| told(strings, error);
    let url = net::address::parse(address).map_err(|error| told(&error))?;
    let watch = |progress: Progress| {
        let goes_on = goes_on(progress.bytes, progress.total.unwrap_or(0));
        if goes_on { net::Next::GoOn } else { net::Next::Stop }
    };
    let response = client().and_then(|client| client.get(&url, &watch)).map_err(|error| told(&error))?;
    // Without a home there is nowhere to put it.
    let no_home = || std::io::Error::from(std::io::ErrorKind::NotFound);
    let refused = |error: std::io::Error| Fault::Open { kind: error.kind(), message: error.to_string() };
    let path = kept(address).ok_or_else(no_home).map_err(refused)?;
    home::write_whole(&path, &response.bytes).map_err(refused)?;
    Ok(path)
}

/// Finds out what lies at an address by its begin: a server of tiles, an archive of them, or features with an index.
/// `None` where it is a file to be fetched whole.
pub(super) fn opened(address: &str, strings: &'static Strings) -> Result<Option<Opened>, Fault> {
    let told = |error: &NetError| told(strings, error);
    let tile_fault = |error: TileError| Fault::Tiles { message: error.told(strings) };
    if address.contains("{z}") {
        let template = Template::parse(address).map_err(tile_fault)?;
        let info = tiles::Info::of_template(&template);
        return served((template, info), None, strings).map(Some).map_err(|error| told(&error));
    }
    let url: Url = net::address::parse(address).map_err(|error| told(&error))?;
    let is_archive = url.path().to_lowercase().ends_with(".pmtiles");
    let client = client().map_err(|error| told(&error))?;
    let mut remote = match Remote::open(&client, &url, &net::to_the_end) {
        Ok(remote) => remote,
        // A server that gives no parts may still give all; an archive cannot be read so.
        Err(NetError::NoRange | NetError::LyingLength(_) | NetError::Packed(_) | NetError::Status(_))
            if !is_archive =>
        {
            return Ok(None);
        }
        Err(error) => return Err(told(&error)),
    };
    let looked_at = remote.len().min(LOOKED_AT) as usize;
    let head = remote.read_at(0, looked_at, &net::to_the_end).map_err(|error| told(&error))?;
    if tiles::is_tilejson(&head) {
        let whole = remote.len().min(MOST_TILEJSON) as usize;
        let bytes = remote.read_at(0, whole, &net::to_the_end).map_err(|error| told(&error))?;
        let named = tiles::tilejson(&bytes).map_err(tile_fault)?;
        return served(named, Some(remote.trust().clone()), strings).map(Some).map_err(|error| told(&error));
    }
    let size = remote.len();
    let pieces = Box::new(Asked { size, remote: Mutex::new(remote), strings });
    if is_archive || tiles::is_pmtiles(&head) {
        let archive = PmTiles::open(pieces).map_err(tile_fault)?;
        return Ok(Some(Opened::Tiles(Arc::new(archive))));
    }
    if head.starts_with(b"fgb") && size > WHOLE {
        return Ok(Indexed::open(pieces)?.map(|indexed| Opened::Indexed(Arc::new(indexed))));
    }
    Ok(None)
}

/// Tiles of a server; `trust` where no person typed its address.
fn served(
    (template, info): (Template, tiles::Info),
    trust: Option<Trust>,
    strings: &'static Strings,
) -> Result<Opened, NetError> {
    let polite = polite()?;
    let polite = match trust {
        Some(trust) => polite.within(trust),
        None => polite,
    };
    let fetch = Box::new(Server { polite, strings });
    Ok(Opened::Tiles(Arc::new(tiles::Remote { template, info, fetch })))
}

/// The online map; `None` where this machine has no way to open connections.
pub(super) fn online_map(strings: &'static Strings) -> Option<Arc<dyn Archive>> {
    let polite = polite().inspect_err(|error| log::error!("the online map cannot open: {error}")).ok()?;
    Some(Arc::new(OnlineMap::new(Box::new(Server { polite, strings }))))
}

fn polite() -> Result<Polite, NetError> {
    let folder = cache().map(|cache| cache.join("tiles-by-address"));
    let clock: net::Clock =
        Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs()));
    Ok(Polite::new(client()?, folder, Manners::default(), clock))
}

fn told(strings: &Strings, error: &NetError) -> Fault {
    match error {
        NetError::Stopped => Fault::Stopped,
        error => Fault::Network { message: net::told(strings, error) },
    }
}

/// A file that lies elsewhere, piece by piece.
struct Asked {
    size: u64,
    remote: Mutex<Remote>,
    /// For what goes wrong.
    strings: &'static Strings,
}

impl Asked {
    fn read(&self, from: u64, len: usize) -> Result<Vec<u8>, NetError> {
        let mut remote = self.remote.lock().unwrap_or_else(PoisonError::into_inner);
        remote.read_at(from, len, &net::to_the_end)
    }
}

impl tiles::Bytes for Asked {
    fn len(&self) -> Option<u64> {
        Some(self.size)
    }

    fn read_at(&self, offset: u64, len: usize) -> Result<Vec<u8>, TileError> {
        let left = self.size.saturating_sub(offset).min(len as u64);
        self.read(offset, left as usize).map_err(|error| TileError::Remote(Box::new(error)))
    }
}

impl Pieces for Asked {
    fn size(&self) -> u64 {
        self.size
    }

    fn piece(&self, from: u64, len: usize) -> Result<Vec<u8>, Fault> {
        self.read(from, len).map_err(|error| told(self.strings, &error))
    }
}

/// A server that is asked for one tile after the other.
struct Server {
    polite: Polite,
    /// For what goes wrong.
    strings: &'static Strings,
}

impl Fetch for Server {
    fn fetch(&self, url: &str) -> Result<Option<Vec<u8>>, Box<dyn std::error::Error + Send + Sync>> {
        let url = net::address::parse(url)?;
        match self.polite.get(&url, &net::to_the_end) {
            Ok(tile) => Ok(Some(tile.bytes)),
            Err(NetError::Status(404 | 204)) => Ok(None),
            Err(error) => Err(net::told(self.strings, &error).into()),
        }
    }
}
