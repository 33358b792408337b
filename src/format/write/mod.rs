//! Takes features out of the atlas into files of other programs, one writer a format.
//!
//! Invariant: a value is written as it stands in its source or not at all, and what a format cannot carry is
//! counted. No feature, however broken, ends the program or the rest of the file.

mod columns;
mod csv;
mod feature;
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

pub use terms::{Terms, terms};
pub use written::Written;

/// A format that features are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutFormat {
    GeoJson,
    Csv,
    FlatGeobuf,
    Kml,
    GeoPackage,
}

impl OutFormat {
    pub const ALL: [Self; 5] = [Self::GeoJson, Self::Csv, Self::FlatGeobuf, Self::Kml, Self::GeoPackage];

    /// The format that the end of a file's name asks for, in any case of letters.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?;
        let is_json = end.eq_ignore_ascii_case("json");
        let found = Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(end));
        found.or(is_json.then_some(Self::GeoJson))
    }

    /// How the names of its files end, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::FlatGeobuf => "fgb",
            Self::Kml => "kml",
            Self::GeoPackage => "gpkg",
        }
    }
}

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("cannot write {}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("cannot write the database {}", path.display())]
    Database { path: PathBuf, source: rusqlite::Error },
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
