//! Texts that a screen reader says, and the words of dates and numbers.

use serde::Deserialize;

use super::{Counted, Template};

/// What a screen reader says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessTexts {
    pub map: String,
    pub map_view: Template,
    pub region_search: String,
    pub region_layers: String,
    pub region_toolbar: String,
    pub region_details: String,
    pub region_timeline: String,
    pub thing: Template,
    pub thing_in: Template,
    pub thing_on_corridors: Template,
    pub corridor_shown: Template,
    pub corridor_hidden: Template,
    pub corridor_badge: Template,
    pub gauge_break: Template,
    pub cluster: Counted,
    pub selected: Template,
    pub layer_on: Template,
    pub layer_off: Template,
    pub source: Template,
    pub opens_browser: String,
    pub error_ring: Template,
    pub scale: Template,
    pub around: Template,
    pub around_one: Template,
    pub nothing_around: String,
    pub result_of: Template,
    /// From the north, clockwise.
    pub directions: [String; 8],
}

/// Dates, as exact as they are known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateTexts {
    pub months: [String; 12],
    pub months_short: [String; 12],
    /// `year` is the first of the ten, a bare number.
    pub decade: Template,
    pub year: Template,
    /// `month` is one of `months`.
    pub month: Template,
    pub day: Template,
    pub span: Template,
    pub span_short: Template,
    pub as_of: Template,
    pub since: Template,
    pub undated: String,
}

/// Numbers with their units, and places on the globe.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTexts {
    pub km: Template,
    pub m: Template,
    pub mm: Template,
    pub ha: Template,
    pub km2: Template,
    pub about: Template,
    pub north: Template,
    pub south: Template,
    pub east: Template,
    pub west: Template,
    /// `lat` and `lon` are one of the four above, each.
    pub position: Template,
    /// North, north-east, and so on round.
    pub compass: [String; 8],
}
