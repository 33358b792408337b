//! Why an archive or a tile cannot be shown, for programs and in words.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use crate::format::database_is_broken;
use crate::i18n::{Strings, integer};

/// A part of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Header,
    Directory,
    Metadata,
    Tile,
}

/// Why an address is no template of tiles.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    #[error("the address begins neither with https:// nor with http://")]
    Scheme,
    #[error("{{{0}}} has no place in an address of tiles")]
    UnknownHole(String),
    #[error("the address lacks {{z}}, {{x}} or {{y}}")]
    MissingHole,
}

/// What is wrong with an archive, an address or a tile. As an error it speaks English; [`TileError::told`] speaks all
/// languages.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    #[error("cannot read {path:?}")]
    Open {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot read the archive")]
    Read(#[source] io::Error),
    /// What brings bytes from elsewhere says why they do not come.
    #[error("the tiles did not come")]
    Remote(#[source] Box<dyn Error + Send + Sync>),
    #[error("neither a PMTiles nor an MBTiles archive")]
    UnknownFormat,
    #[error("{missing} bytes of the archive are missing")]
    Cut { missing: u64 },
    #[error("PMTiles of version {0} are not read, only of version 3")]
    Version(u8),
    #[error("tiles of the kind {0} are not read")]
    Kind(String),
    #[error("the {0:?} of the archive is damaged")]
    Damaged(Part),
    /// `most` is in bytes.
    #[error("the {part:?} would be larger than {most} bytes")]
    TooLarge { part: Part, most: u64 },
    #[error("the directories of the archive are nested too deep")]
    TooDeep,
    #[error("the database cannot be read")]
    Database(#[source] rusqlite::Error),
    #[error("not an address of tiles: {0}")]
    Template(#[source] TemplateFault),
    #[error("not a TileJSON document")]
    TileJson,
    #[error("the archive has pictures, not vector tiles")]
    NotVector,
    /// The view needs more tiles than a window takes, even at the first zoom of the archive.
    #[error("the tiles begin at zoom {min_zoom}, too deep for so wide a view")]
    TooWide { min_zoom: u8 },
    #[error("reading was stopped")]
    Stopped,
}

impl TileError {
    /// The error in words, as the end of a line or a line of its own.
    #[must_use]
    pub fn told(&self, strings: &Strings) -> String {
        let texts = &strings.tiles;
        let part = |part: &Part| match part {
            Part::Header => texts.header.as_str(),
            Part::Directory => texts.directory.as_str(),
            Part::Metadata => texts.metadata.as_str(),
            Part::Tile => texts.tile.as_str(),
        };
        match self {
            Self::Open { source, .. } => open(strings, source),
            Self::Read(source) => strings.refusals.system.fill("message", &source.to_string()),
            Self::Remote(source) => texts.remote.fill("message", &source.to_string()),
            Self::UnknownFormat => texts.unknown_format.clone(),
            Self::Cut { missing } => texts.cut.fill("n", &integer(missing.cast_signed())),
            Self::Version(version) => texts.version.fill("n", &version.to_string()),
            Self::Kind(name) => texts.kind.fill("name", name),
            Self::Damaged(damaged) => texts.damaged.fill("name", part(damaged)),
            Self::TooLarge { part: large, most } => {
                let most = integer(i64::try_from(most >> 20).unwrap_or(i64::MAX));
                texts.too_large.fill_all(&[("name", part(large)), ("most", &most)])
            }
            Self::TooDeep => texts.too_deep.clone(),
            Self::Database(source) if database_is_broken(source) => strings.refusals.database_broken.clone(),
            Self::Database(source) => strings.refusals.database.fill("message", &source.to_string()),
            Self::Template(fault) => match fault {
                TemplateFault::Scheme => texts.scheme.clone(),
                TemplateFault::UnknownHole(name) => texts.unknown_hole.fill("name", name),
                TemplateFault::MissingHole => texts.missing_hole.clone(),
            },
            Self::TileJson => texts.tilejson.clone(),
            Self::NotVector => texts.not_vector.clone(),
            Self::TooWide { min_zoom } => texts.too_wide.fill("n", &min_zoom.to_string()),
            Self::Stopped => strings.refusals.stopped.clone(),
        }
    }
}

/// What the system says, in the words for files.
fn open(strings: &Strings, error: &io::Error) -> String {
    let texts = &strings.refusals;
    match error.kind() {
        io::ErrorKind::NotFound => texts.not_found.clone(),
        io::ErrorKind::PermissionDenied => texts.not_allowed.clone(),
        io::ErrorKind::IsADirectory => texts.folder.clone(),
        io::ErrorKind::InvalidInput => texts.not_a_file.clone(),
        _ => texts.system.fill("message", &error.to_string()),
    }
}
