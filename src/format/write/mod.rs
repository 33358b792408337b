//! Takes features out of the atlas into files of other programs, one writer a format.
//!
//! Invariant: a value is written as it stands in its source or not at all, and what a format cannot carry is
//! counted. No feature, however broken, ends the program or the rest of the file.

mod columns;
mod csv;
mod feature;
mod flat;
mod flatgeobuf;
mod geojson;
mod geopackage;
mod kml;
mod shape;
mod terms;
mod wkb;
mod wkt;
mod written;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::data::OutFormat;

pub use flat::flat;
pub use terms::{Terms, terms};
pub use written::Written;

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("cannot write {}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("cannot write the database {}", path.display())]
    Database { path: PathBuf, source: rusqlite::Error },
}

impl WriteError {
    /// What went wrong, without the place.
    #[must_use]
    pub fn cause(&self) -> String {
        match self {
            Self::File { source, .. } => source.to_string(),
            Self::Database { source, .. } => source.to_string(),
        }
    }
}

/// Writes features, each given as the bytes it has in its source, to `path`; a file there is replaced. `name` is
/// what the layer is called inside the file. What is at `path` after an error is of no use.
pub fn write(format: OutFormat, features: &[&[u8]], name: &str, path: &Path) -> Result<Written, WriteError> {
    let failed = |source| WriteError::File { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    if format == OutFormat::GeoPackage {
        drop(file);
        let failed = |source| WriteError::Database { path: path.to_owned(), source };
        return geopackage::write(features, name, path).map_err(failed);
    }
    let mut out = BufWriter::with_capacity(1 << 18, file);
    let written = match format {
        OutFormat::GeoJson => geojson::write(features, &mut out),
        OutFormat::Csv => csv::write(features, &mut out),
        OutFormat::Kml => kml::write(features, name, &mut out),
        OutFormat::FlatGeobuf | OutFormat::GeoPackage => flatgeobuf::write(features, name, &mut out),
    };
    let written = written.map_err(failed)?;
    out.flush().map_err(failed)?;
    Ok(written)
}

#[cfg(test)]
mod tests;
