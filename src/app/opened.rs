//! What of which only the part in view is read: tiles of an archive or a server, and features with an index.

use std::path::Path;
use std::sync::Arc;

use crate::data::{Batch, Dataset, Fault, Source};
use crate::format::{self, Indexed, Patient, ReadError};
use crate::geo::WorldBounds;
use crate::i18n::Strings;
use crate::state::Parts;
use crate::tiles::{self, Archive, Kind, MOST_TILES, TileError};

/// It is open, and serves one view after the other.
#[derive(Clone, Debug)]
pub(super) enum Opened {
    Tiles(Arc<dyn Archive>),
    Indexed(Arc<Indexed>),
}

impl Opened {
    /// Opens an archive of tiles on this machine.
    pub(super) fn archive(path: &Path, strings: &Strings) -> Result<Self, Fault> {
        let archive = tiles::open(path).map_err(|error| fault(strings, &error))?;
        Ok(Self::Tiles(Arc::from(archive)))
    }

    /// What it says of itself.
    pub(super) fn parts(&self) -> Parts {
        match self {
            Self::Tiles(archive) => Parts::Tiles(archive.info().clone()),
            Self::Indexed(indexed) => {
                Parts::Indexed { name: indexed.name.clone(), count: indexed.count(), bounds: indexed.bounds }
            }
        }
    }

    /// Its tiles, where they are pictures.
    pub(super) fn pictures(&self) -> Option<Arc<dyn Archive>> {
        match self {
            Self::Tiles(archive) if archive.info().kind != Kind::Mvt => Some(Arc::clone(archive)),
            Self::Tiles(_) | Self::Indexed(_) => None,
        }
    }

    /// What a view shows of it; `None` where that is too much to be read at once.
    pub(super) fn in_view(
        &self,
        (bounds, zoom): (&[WorldBounds], f64),
        strings: &Strings,
    ) -> Result<Option<Arc<Dataset>>, Fault> {
        let read = match self {
            Self::Tiles(archive) => of_tiles(&**archive, (bounds, zoom), strings)?,
            Self::Indexed(indexed) => of_index(indexed, bounds)?,
        };
        let Some((source, batch)) = read else { return Ok(None) };
        let (dataset, mut unfilled) = Dataset::new(source, batch);
        for number in 0..dataset.levels.len() {
            dataset.fill(&mut unfilled, number, || true);
        }
        Ok(Some(Arc::new(dataset)))
    }

    pub(super) fn nothing() -> Arc<Dataset> {
        let (source, batch) = no_features();
        Arc::new(Dataset::new(source, batch).0)
    }
}

type Read = (Source, Batch);

fn no_features() -> Read {
    (Arc::new(Vec::new()), Batch::default())
}

fn of_tiles(
    archive: &dyn Archive,
    (bounds, zoom): (&[WorldBounds], f64),
    strings: &Strings,
) -> Result<Option<Read>, Fault> {
    let mut text = Vec::new();
    for bounds in bounds {
        match tiles::window(archive, *bounds, zoom, MOST_TILES, &|_, _| true) {
            Ok(window) => text.extend(window.text),
            Err(TileError::TooWide { .. }) => return Ok(None),
            Err(error) => return Err(fault(strings, &error)),
        }
    }
    if text.is_empty() {
        return Ok(Some(no_features()));
    }
    let read: Result<Read, ReadError> =
        format::read_source(Arc::new(text), Path::new("view.geojsonl"), &Patient);
    read.map(Some).map_err(|error| error.fault)
}

/// A view over 180° has a box on either side.
fn of_index(indexed: &Indexed, bounds: &[WorldBounds]) -> Result<Option<Read>, Fault> {
    let boxes: Vec<[f64; 4]> = bounds.iter().map(|bounds| bounds.to_degrees()).collect();
    indexed.within(&boxes, &Patient)
}

fn fault(strings: &Strings, error: &TileError) -> Fault {
    Fault::Tiles { message: error.told(strings) }
}
