//! The type: which face at which size, for panels and for names on the map.

use serde::Deserialize;

use super::by_zoom::ByZoom;

/// A family of the interface; each falls back to the Chinese and the Korean face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    Ui,
    UiMedium,
    UiSemibold,
    /// Titles and badges.
    Atlas,
    /// Names of water and relief.
    AtlasItalic,
    Mono,
}

impl Face {
    pub const ALL: [Self; 6] =
        [Self::Ui, Self::UiMedium, Self::UiSemibold, Self::Atlas, Self::AtlasItalic, Self::Mono];

    /// The name of the family in the interface.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::Ui => "ui",
            Self::UiMedium => "ui_medium",
            Self::UiSemibold => "ui_semibold",
            Self::Atlas => "atlas",
            Self::AtlasItalic => "atlas_italic",
            Self::Mono => "mono",
        }
    }
}

/// Text in panels.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    pub title_presenter: TypeStyle,
    pub title: TypeStyle,
    pub title_zone: TypeStyle,
    pub heading: TypeStyle,
    pub strip_heading: TypeStyle,
    pub body: TypeStyle,
    pub body_strong: TypeStyle,
    pub reading: TypeStyle,
    pub small: TypeStyle,
    pub caption: TypeStyle,
    pub chip: TypeStyle,
    pub presenter_text: TypeStyle,
    pub presenter_notes: TypeStyle,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeStyle {
    pub face: Face,
    pub size: f32,
    /// From baseline to baseline.
    pub line: f32,
    /// Added between letters of the Latin script.
    pub tracking: f32,
    /// Set in capitals, Latin script only.
    pub is_upper: bool,
}

/// Names on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapType {
    pub country: MapTypeStyle,
    pub sea: MapTypeStyle,
    pub relief: MapTypeStyle,
    pub zone: MapTypeStyle,
    pub zone_second_language: MapTypeStyle,
    pub city_rank_0: MapTypeStyle,
    pub city_rank_1: MapTypeStyle,
    pub city_rank_2: MapTypeStyle,
    pub city_rank_3: MapTypeStyle,
}

impl MapType {
    /// The style of a city's name; ranks beyond the last are set as the last.
    #[must_use]
    pub fn city(&self, rank: u8) -> &MapTypeStyle {
        match rank {
            0 => &self.city_rank_0,
            1 => &self.city_rank_1,
            2 => &self.city_rank_2,
            _ => &self.city_rank_3,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapTypeStyle {
    pub face: Face,
    pub size_by_zoom: ByZoom,
    /// Added between letters of the Latin script, as a share of the size.
    pub tracking_em: f32,
    /// Set in capitals, Latin script only.
    pub is_upper: bool,
}
