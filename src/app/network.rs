//! What a person opens by its address: whole files into the cache, archives of tiles piece by piece. Nothing here asks
//! for anything by itself.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy;

use super::home;
use crate::data::{Fault, fingerprint};
use crate::i18n::Strings;
use crate::net::{self, Client, Limits, Manners, NetError, Polite, Progress, Remote, Url};
use crate::tiles::{self, Archive, Fetch, PmTiles, Template, TileError};

/// The address that a path is, where somebody wrote one in its place.
pub(super) fn address(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)).then_some(text)
}

/// Whether an address is that of tiles, not of a file that is read whole.
pub(super) fn is_of_tiles(address: &str) -> bool {
    let end = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    end.ends_with(".pmtiles") || address.contains("{z}")
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

/// Opens tiles at an address: an archive by its pieces, or a server by its pattern.
pub(super) fn archive((address, strings): (&str, &Strings)) -> Result<Arc<dyn Archive>, Fault> {
    let told = |error: &NetError| told(strings, error);
    let tile_fault = |error: TileError| Fault::Tiles { message: error.told(strings) };
    if address.contains("{z}") {
        let template = Template::parse(address).map_err(tile_fault)?;
        let client = client().map_err(|error| told(&error))?;
        let folder = cache().map(|cache| cache.join("tiles-by-address"));
        let clock: net::Clock =
            Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs()));
        let polite = Polite::new(client, folder, Manners::default(), clock);
        let info = tiles::Info::of_template(&template);
        return Ok(Arc::new(tiles::Remote { template, info, fetch: Box::new(Asked(polite)) }));
    }
    let url: Url = net::address::parse(address).map_err(|error| told(&error))?;
    let remote = client().and_then(|client| Remote::open(&client, &url, &net::to_the_end));
    let remote = remote.map_err(|error| told(&error))?;
    let pieces = Pieces { len: Some(remote.len()), remote: Mutex::new(remote) };
    Ok(Arc::new(PmTiles::open(Box::new(pieces)).map_err(tile_fault)?))
}

fn told(strings: &Strings, error: &NetError) -> Fault {
    match error {
        NetError::Stopped => Fault::Stopped,
        error => Fault::Network { message: net::told(strings, error) },
    }
}

/// An archive that lies elsewhere, piece by piece.
#[derive(Debug)]
struct Pieces {
    len: Option<u64>,
    remote: Mutex<Remote>,
}

impl tiles::Bytes for Pieces {
    fn len(&self) -> Option<u64> {
        self.len
    }

    fn read_at(&self, offset: u64, len: usize) -> Result<Vec<u8>, TileError> {
        let mut remote = self.remote.lock().unwrap_or_else(PoisonError::into_inner);
        let left = remote.len().saturating_sub(offset).min(len as u64);
        let left = usize::try_from(left).unwrap_or(len);
        remote.read_at(offset, left, &net::to_the_end).map_err(|error| TileError::Remote(Box::new(error)))
    }
}

/// A server that is asked for one tile after the other.
#[derive(Debug)]
struct Asked(Polite);

impl Fetch for Asked {
    fn fetch(&self, url: &str) -> Result<Option<Vec<u8>>, Box<dyn std::error::Error + Send + Sync>> {
        let url = net::address::parse(url)?;
        match self.0.get(&url, &net::to_the_end) {
            Ok(tile) => Ok(Some(tile.bytes)),
            Err(NetError::Status(404 | 204)) => Ok(None),
            Err(error) => Err(Box::new(error)),
        }
    }
}
