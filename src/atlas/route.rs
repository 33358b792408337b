//! The shapes of `corridors.json` and `corridors.geojson`: corridors, their routes, stops and legs.

use serde::Deserialize;

use super::model::Names;
use super::{Citation, Fact, Id};
use crate::geo::LonLat;
use crate::i18n::Localized;

/// How honest a line is: along a mapped track, from station to station, or from town to town.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    Traced,
    Approximate,
    Schematic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RouteRole {
    Main,
    Branch,
}

/// `corridors.json`: one of the six, in the order of the document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corridor {
    pub id: Id,
    pub order: u8,
    /// The badge: N M C I P B.
    pub letter: String,
    pub name: Names,
    /// NELB, CMREC …
    pub abbreviation: String,
    pub description: Localized,
    pub description_sources: Vec<Citation>,
    /// ISO 3166-1 alpha-2, from the start of the main route.
    pub countries: Vec<String>,
    pub routes: Vec<Route>,
    pub facts: Vec<Fact>,
    pub related: Vec<Id>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// `nelb-main`: the `route` of its legs.
    pub id: String,
    pub name: Localized,
    pub role: RouteRole,
    /// `rail`, `road` … as a person reads it.
    pub mode: Localized,
    /// Measured along the drawn legs.
    pub km: f64,
    pub stops: Vec<Stop>,
    /// Gauge by section, in mm, where known: from stop or crossing to stop or crossing.
    #[serde(default)]
    pub gauge_sections: Vec<GaugeSection>,
    #[serde(default)]
    pub note: Option<Localized>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GaugeSection {
    pub from: String,
    pub to: String,
    pub gauge_mm: Vec<u16>,
    pub certain: bool,
    pub sources: Vec<Citation>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    pub name: Names,
    pub country: String,
    pub lon: f64,
    pub lat: f64,
    /// From the start of the route along its legs.
    pub km: f64,
    pub certain: bool,
    pub sources: Vec<Citation>,
    /// Beside the country, where its rule is claimed by another: neutral words.
    #[serde(default)]
    pub note: Option<Localized>,
}

/// `corridors.geojson`: one feature, a stretch of a route between two stops, of one precision.
#[derive(Clone, Debug)]
pub struct Leg {
    pub corridor: Id,
    pub route: String,
    /// 0 for the first of its route.
    pub order: u32,
    pub precision: Precision,
    pub role: RouteRole,
    pub licence: String,
    pub source: String,
    pub km: f64,
    pub line: Vec<LonLat>,
}

impl Stop {
    #[must_use]
    pub fn place(&self) -> LonLat {
        LonLat::new(self.lon, self.lat)
    }
}
