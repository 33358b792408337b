//! What the basemap knows by name: countries, boundaries, places, seas and mountains.

use serde::Deserialize;

use crate::geo::LonLat;
use crate::i18n::{Language, Localized};

use super::{BasemapError, bytes::Bytes, unpack};

/// All names, in the order in which chunks number them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Row = the owner of land in a chunk.
    pub countries: Vec<Country>,
    /// Row = the kind of a border in a chunk.
    pub boundaries: Vec<Boundary>,
    /// Most important first.
    pub places: Vec<Place>,
    /// Seas, lakes, rivers, ranges and deserts, most important first.
    pub features: Vec<Feature>,
}

/// A country, territory or area that the map names or tells apart. Common names; no status is claimed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// Two letters of ISO 3166-1 (and XK); empty where there are none.
    pub iso_a2: String,
    /// Three letters of ISO 3166-1; empty where there are none.
    pub iso_a3: String,
    pub name: Localized,
    /// Where its name goes.
    pub label: LonLat,
    /// 2 the most important to 10; names of less rank go first.
    pub label_rank: u8,
    /// The least zoom at which its name is drawn (the world is `256 * 2^zoom` points wide).
    pub min_zoom: f32,
    /// West, south, east, north in degrees of its main part: far islands are left out, 180° never crossed.
    pub bounds: [f64; 4],
    /// Where its name may stand and still lie inside, in steps of an eighth of its box off `label`: see
    /// [`Country::holds`].
    pub aside: u32,
    /// Other places inside where its name may stand.
    pub elsewhere: Vec<LonLat>,
    /// Its name is written as a place's is.
    pub is_place: bool,
}

impl Country {
    /// Whether its name lies inside, so many steps to the right and down; each from -2 to 2.
    #[must_use]
    pub fn holds(&self, right: i8, down: i8) -> bool {
        let bit = 5 * (i32::from(down) + 2) + i32::from(right) + 2;
        (0..25).contains(&bit) && self.aside >> bit & 1 == 1
    }
}

/// A boundary line of the map and how states draw it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    /// Natural Earth's number of the line.
    pub id: u32,
    pub kind: BoundaryKind,
    /// Whether it is in dispute, or no agreed boundary at all: drawn dashed.
    pub is_disputed: bool,
    /// What lies on its left; empty where nothing is named.
    pub left: Localized,
    /// What lies on its right.
    pub right: Localized,
    /// Its own name, where it has one ("Line of Control").
    pub name: Localized,
    /// The least zoom at which it is drawn.
    pub min_zoom: f32,
    /// How a state or body draws it, where that is not `kind`: (two letters, "ISO" or "TLC"; its kind).
    pub views: Vec<(String, BoundaryKind)>,
}

impl Boundary {
    /// How `view` (two letters, "ISO" or "TLC") draws this line.
    #[must_use]
    pub fn kind_for(&self, view: &str) -> BoundaryKind {
        self.views.iter().find(|(name, _)| name == view).map_or(self.kind, |&(_, kind)| kind)
    }
}

/// What a boundary line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundaryKind {
    International,
    Disputed,
    /// Not marked on the ground.
    Indefinite,
    LineOfControl,
    /// The frontier itself is not settled.
    Indeterminate,
    LeaseLimit,
    /// The limit of a zone inside a country, such as a demilitarised strip.
    OverlayLimit,
    /// Inside a country, in this view.
    Province,
    /// Drawn as a claim only.
    Claim,
    /// Not drawn, in this view.
    Unrecognized,
}

/// A town.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub en: String,
    /// Empty where no name is known.
    pub zh: String,
    /// Empty where no name is known.
    pub ko: String,
    /// Two letters of ISO 3166-1; empty where there are none.
    pub country: String,
    pub at: LonLat,
    /// 0 the greatest to 10; the map draws 0 to 3 before zoom 7.
    pub rank: u8,
    /// People, about; 0 where unknown.
    pub population: u32,
    /// The least zoom at which it is drawn.
    pub min_zoom: f32,
    /// Whether it is the seat of a country's government.
    pub is_capital: bool,
}

impl Place {
    /// Its name in a language, or in English where that is not known.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        let name = match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
            Language::Ko => &self.ko,
        };
        if name.is_empty() { &self.en } else { name }
    }
}

/// A sea, lake, river, range or desert with a name on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    pub kind: FeatureKind,
    pub name: Localized,
    /// The middle of its name.
    pub at: LonLat,
    /// Drawn from this zoom (included).
    pub min_zoom: f32,
    /// Drawn to this zoom (excluded).
    pub max_zoom: f32,
    /// How far its name is turned, in degrees clockwise, −90 to 90.
    pub angle_deg: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureKind {
    Ocean,
    Sea,
    Gulf,
    Strait,
    Lake,
    River,
    Range,
    Desert,
    Plateau,
    Plain,
}

impl FeatureKind {
    /// Whether its name is set as water's.
    #[must_use]
    pub const fn is_water(self) -> bool {
        matches!(self, Self::Ocean | Self::Sea | Self::Gulf | Self::Strait | Self::Lake | Self::River)
    }
}

/// Reads `tables.bin`: a mark, the length of the JSON, and the JSON packed.
pub(super) fn decode(file: &[u8]) -> Result<Tables, BasemapError> {
    let mut bytes = Bytes::new(file, "tables");
    if &bytes.fixed()? != b"CABT0001" {
        return Err(bytes.damaged("they are of another version"));
    }
    let raw_len = bytes.u32()? as usize;
    Ok(serde_json::from_slice(&unpack(bytes.rest(), raw_len, "tables")?)?)
}
