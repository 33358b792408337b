//! The formats in which features leave the atlas.

use std::path::Path;

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

    /// What the format is called, in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::Csv => "CSV",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::Kml => "KML",
            Self::GeoPackage => "GeoPackage",
        }
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
