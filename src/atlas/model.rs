//! The shapes of the files in `assets/atlas`: each type is one entry of one file.

use serde::Deserialize;

use super::route::{Precision, Stop};
use super::stage::Stage;
use super::{Citation, Date, Fact, Id};
use crate::geo::LonLat;
use crate::i18n::{Language, Localized};

/// A name in the three languages, with pinyin and what else it is called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub en: String,
    pub zh: String,
    pub ko: String,
    /// With tone marks; empty where the Chinese name is not from pinyin.
    #[serde(default)]
    pub pinyin: String,
    /// Other spellings in any language, for search and for "also".
    #[serde(default)]
    pub also: Vec<String>,
    /// For labels and lists, where the name is long.
    #[serde(default)]
    pub short: Option<Localized>,
}

impl Names {
    /// The name in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
            Language::Ko => &self.ko,
        }
    }

    /// The short name in a language, else the name.
    #[must_use]
    pub fn short(&self, language: Language) -> &str {
        self.short.as_ref().map_or_else(|| self.get(language), |short| short.get(language))
    }
}

/// Where a point lies and how well that is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Degrees, WGS84; from the feature's geometry where it has one.
    #[serde(default)]
    pub lon: f64,
    #[serde(default)]
    pub lat: f64,
    /// The error that the position may have, in km; `None` where none is stated.
    #[serde(default)]
    pub accuracy_km: Option<f64>,
    pub certain: bool,
    #[serde(default)]
    pub note: Option<Localized>,
    pub sources: Vec<Citation>,
}

impl Position {
    #[must_use]
    pub fn place(&self) -> LonLat {
        LonLat::new(self.lon, self.lat)
    }
}

/// `zones.geojson`: one of the eleven, or the Horgos Center.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    pub id: Id,
    /// Its place in the document's list, 1 to 11; `None` for the ratified centre.
    #[serde(default)]
    pub order: Option<u8>,
    pub name: Names,
    /// `north-east`, `south-west` or `north-west`.
    pub region: String,
    pub region_name: Localized,
    pub province: Localized,
    /// ISO 3166-1 alpha-2 of the country across the border.
    pub neighbour: String,
    /// What it is and how far it has come.
    pub status: Localized,
    pub told_by: ToldBy,
    pub position: Position,
    pub port_name: Localized,
    pub counterpart: Place,
    pub km_to_counterpart: f64,
    pub corridors: Vec<Id>,
    /// What of it was to be built, and when.
    #[serde(default)]
    pub stages: Vec<Stage>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// Who says what a zone's own words say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldBy {
    pub status: Vec<Citation>,
    pub province: Vec<Citation>,
    pub port: Vec<Citation>,
}

/// A named place that belongs to something else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub name: Names,
    pub country: String,
    #[serde(default)]
    pub admin: Option<Localized>,
    pub position: Position,
}

/// `projects.geojson`: a project or programme that the document names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    pub id: Id,
    pub name: Names,
    /// `port`, `railway`, `pipeline`, `power`, `canal`, `dam` or `zone`: the glyph.
    pub kind: String,
    pub kind_name: Localized,
    pub kind_sources: Vec<Citation>,
    /// True for the six programmes of the Western Development Strategy.
    pub is_western_development: bool,
    /// Where the mark stands.
    pub position: Position,
    pub corridors: Vec<Id>,
    /// What it runs along, where it is no point.
    #[serde(default)]
    pub lines: Vec<ProjectLine>,
    /// What of it was to be built, and when.
    #[serde(default)]
    pub stages: Vec<Stage>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectLine {
    pub precision: Precision,
    pub points: Vec<Stop>,
}

/// `border-zones.geojson`: a border economic cooperation zone, 14 of 1992 and three later.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BorderZone {
    pub id: Id,
    pub name: Names,
    pub province: Localized,
    /// ISO 3166-1 alpha-2 of the country across the border.
    pub faces: String,
    pub approved: Date,
    pub position: Position,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// `crossings.geojson`: where a route crosses a border, or a gauge changes inside a country.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    pub id: Id,
    pub name: Names,
    pub mode: Localized,
    /// One side for a gauge change inside a country, else two.
    pub sides: Vec<CrossingSide>,
    pub position: Position,
    pub is_gauge_break: bool,
    pub gauge_certain: bool,
    /// Kilometres from the start of each route it lies on.
    pub along: Vec<Along>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossingSide {
    pub country: String,
    pub post: Names,
    pub gauge_mm: Vec<u16>,
    pub position: Position,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Along {
    pub route: String,
    pub km: f64,
}

/// `timeline.json`: a dated event; the document's own and those of the corridors.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub id: Id,
    pub date: Date,
    pub name: Localized,
    /// Whether the document itself tells it.
    pub in_document: bool,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// `connectivities.json`: one of the five areas of cooperation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connectivity {
    pub id: Id,
    pub order: u8,
    pub name: Names,
    pub explanation: Localized,
    pub explanation_sources: Vec<Citation>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// `korea.json`: one of the document's three lessons for the Korean peninsula.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    pub id: Id,
    pub order: u8,
    pub name: Localized,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// `korea.json`: a place where a lesson can be seen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonPlace {
    pub id: Id,
    pub name: Names,
    pub position: Position,
    /// What of it was to be built, and when.
    #[serde(default)]
    pub stages: Vec<Stage>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// `korea.json`: one of the three belts of the New Economic Map; schematic.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belt {
    pub id: Id,
    pub name: Names,
    pub points: Vec<Stop>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

/// `glossary.json`: a term and what it means here.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    pub id: Id,
    pub name: Names,
    pub definition: Localized,
    pub sources: Vec<Citation>,
}

/// `countries.json`: a country that a corridor, a zone or a project touches.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountryInfo {
    pub id: Id,
    pub name: Names,
    /// Railway gauges and other facts about the country.
    #[serde(default)]
    pub facts: Vec<Fact>,
}

/// `sources.json`: where something stands written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: Id,
    /// For a chip: `People’s Daily, 2014`.
    pub short: String,
    /// What stands on the chip of a source that is no publication, in words rather than a name.
    #[serde(default)]
    pub called: Option<Localized>,
    /// The whole reference, in the source's own language.
    pub title: String,
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub publisher: Option<String>,
    #[serde(default)]
    pub date: Option<Date>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub accessed: Option<Date>,
    /// Of data taken from it.
    #[serde(default)]
    pub licence: Option<String>,
    /// What a reader should know of it: a copy of a copy, an undated page …
    #[serde(default)]
    pub note: Option<Localized>,
    /// What the document says that belongs to no one place, from `document.json`; empty for other sources.
    #[serde(skip)]
    pub facts: Vec<Fact>,
}
