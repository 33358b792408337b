//! Maps that come in tiles: `PMTiles` and `MBTiles` archives, templates of addresses, and vector tiles as GeoJSON.
//!
//! Invariant: nothing of an archive is trusted. Every length is held against a limit before memory is taken, what is
//! unpacked is bounded, and a tile that does not read is told while the others show. No connection is opened here:
//! who wants an archive from elsewhere brings its [`Bytes`] or [`Fetch`].

mod attribution;
mod bytes;
mod coord;
mod error;
mod info;
mod mbtiles;
mod mvt;
mod pack;
mod pmtiles;
mod seams;
mod template;
mod window;

use std::path::Path;

pub use bytes::{Bytes, FileBytes};
pub use coord::{MAX_ZOOM, TileCoord};
pub use error::{Part, TemplateFault, TileError};
pub use info::{Info, Kind, Layer};
pub use mbtiles::MbTiles;
pub use mvt::{Limits, Stats, features};
pub use pmtiles::PmTiles;
pub use template::{Fetch, Remote, Template, is_tilejson, tilejson};
pub use window::{MOST_TILES, Window, window};

/// How the names of archives end that can be read.
pub const EXTENSIONS: [&str; 2] = ["pmtiles", "mbtiles"];

/// Tiles of one kind, by their place in the pyramid.
pub trait Archive: Send + Sync + std::fmt::Debug {
    /// What the archive says of itself.
    fn info(&self) -> &Info;

    /// A tile as it is drawn from, unpacked; `None` where the archive has none. Rows count from the north.
    fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileError>;
}

/// Whether a file on this machine is to be opened as an archive: its bytes decide, and its name where they say nothing.
#[must_use]
pub fn is_archive(path: &Path) -> bool {
    let end = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_named_so = EXTENSIONS.contains(&end.as_str());
    let head = FileBytes::open(path).and_then(|bytes| bytes.read_at(0, mbtiles::HEADER)).unwrap_or_default();
    if head.starts_with(mbtiles::MAGIC) {
        mbtiles::is_one(path, &head)
    } else {
        is_named_so || is_pmtiles(&head)
    }
}

/// Whether bytes begin as an archive of `PMTiles` does.
#[must_use]
pub fn is_pmtiles(head: &[u8]) -> bool {
    head.starts_with(pmtiles::MAGIC)
}

/// Opens an archive on this machine; its first bytes decide which it is.
pub fn open(path: &Path) -> Result<Box<dyn Archive>, TileError> {
    let bytes = FileBytes::open(path)?;
    let head = bytes.read_at(0, 16)?;
    if is_pmtiles(&head) {
        Ok(Box::new(PmTiles::open(Box::new(bytes))?))
    } else if head.starts_with(mbtiles::MAGIC) {
        Ok(Box::new(MbTiles::open(path)?))
    } else {
        Err(TileError::UnknownFormat)
    }
}

#[cfg(test)]
mod tests;
