//! The colours of one theme, and the few lengths and opacities that go with them.

use serde::{Deserialize, Deserializer};

use super::by_zoom::rising_table;
use super::color::Rgba;

/// Everything that differs between the themes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeTokens {
    pub surface: Surface,
    pub panel_shadow: Shadow,
    pub text: TextInk,
    /// Of opened files, in turn.
    pub file: Vec<Rgba>,
    pub accent: Accent,
    pub status: Status,
    pub map: MapInk,
    pub corridor: CorridorInks,
    /// Lifts every corridor off the map.
    pub corridor_casing: Casing,
    pub mark: MarkInk,
    pub state: StateInk,
}

/// Paper: what panels and controls are made of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    pub window: Rgba,
    pub panel: Rgba,
    /// Buttons and cards.
    pub raised: Rgba,
    /// Fields to write in.
    pub sunken: Rgba,
    /// Under small print that lies on the map.
    pub veil: Rgba,
    pub line: Rgba,
    pub line_strong: Rgba,
}

/// The shadow of a sheet, in egui's terms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shadow {
    /// To the right and down.
    pub offset: [i8; 2],
    pub blur: u8,
    pub spread: u8,
    pub colour: Rgba,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextInk {
    pub primary: Rgba,
    pub secondary: Rgba,
    pub tertiary: Rgba,
}

/// What can be pressed, or is on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accent {
    pub fill: Rgba,
    pub on_fill: Rgba,
    /// The ground of the chosen row.
    pub soft: Rgba,
    pub focus_ring: Rgba,
}

/// Tags and rings that say how sure or how well something is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    pub warn: Rgba,
    pub warn_soft: Rgba,
    pub ok: Rgba,
    pub ok_soft: Rgba,
    pub error: Rgba,
    pub error_soft: Rgba,
}

/// The land under everything.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapInk {
    pub sea_by_depth_m: SeaRamp,
    pub coast_vignette: Vignette,
    pub land: LandRamp,
    pub relief: Relief,
    pub lake: Rgba,
    pub river: Rgba,
    pub coastline: Rgba,
    pub border: BorderInk,
    pub graticule: Graticule,
    pub label: LabelInk,
    /// For layers that a person opens, in the order of opening.
    pub user_layer_colours: [Rgba; 4],
}

/// Sea colours by depth in metres, rising; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct SeaRamp(Vec<(f32, Rgba)>);

impl SeaRamp {
    /// The colour at a depth, mixed between its neighbours.
    #[must_use]
    pub fn at(&self, depth_m: f32) -> Rgba {
        let after = self.0.partition_point(|(at, _)| *at <= depth_m);
        match (after.checked_sub(1).and_then(|index| self.0.get(index)), self.0.get(after)) {
            (Some((from, low)), Some((to, high))) => low.mixed(*high, (depth_m - from) / (to - from)),
            (Some((_, colour)), None) | (None, Some((_, colour))) => *colour,
            (None, None) => Rgba::CLEAR,
        }
    }

    /// The entries as (metres, colour), by rising depth.
    #[must_use]
    pub fn entries(&self) -> &[(f32, Rgba)] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for SeaRamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rising_table(deserializer, "a depth in metres").map(Self)
    }
}

/// The light band of water along a coast.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vignette {
    pub colour: Rgba,
    pub strength: f32,
    pub reach_px: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LandRamp {
    pub lowland: Rgba,
    pub middle: Rgba,
    pub highland: Rgba,
}

/// How hill shading is laid over the land.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relief {
    pub shadow: Rgba,
    pub light: Rgba,
    /// Below zoom 5; times [`super::FadeByZoom::relief`] above.
    pub strength: f32,
    pub light_share: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BorderInk {
    pub colour: Rgba,
    /// The broad band under the line.
    pub ribbon: Rgba,
    pub ribbon_opacity: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graticule {
    pub colour: Rgba,
    pub opacity: f32,
    pub width_px: f32,
}

/// Names on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelInk {
    pub halo_land: Rgba,
    pub halo_sea: Rgba,
    pub halo_width_px: f32,
    pub country: Rgba,
    pub sea: Rgba,
    pub relief: Rgba,
    pub city_rank_0_1: Rgba,
    pub city_rank_2_3: Rgba,
    pub zone: Rgba,
}

/// The six corridors in the order of the document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorridorInks {
    pub nelb: CorridorInk,
    pub cmrec: CorridorInk,
    pub ccwaec: CorridorInk,
    pub cicpec: CorridorInk,
    pub cpec: CorridorInk,
    pub bcimec: CorridorInk,
}

impl CorridorInks {
    /// By the name in the id: `nelb` of `corridor/nelb`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&CorridorInk> {
        self.all().into_iter().find_map(|(own, ink)| (own == name).then_some(ink))
    }

    /// Name and colours of each, in the order of the document.
    #[must_use]
    pub fn all(&self) -> [(&'static str, &CorridorInk); 6] {
        [
            ("nelb", &self.nelb),
            ("cmrec", &self.cmrec),
            ("ccwaec", &self.ccwaec),
            ("cicpec", &self.cicpec),
            ("cpec", &self.cpec),
            ("bcimec", &self.bcimec),
        ]
    }
}

/// One corridor: its line, and its letter badge.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorridorInk {
    pub colour: Rgba,
    /// The letter, the second cue beside the colour.
    pub badge: String,
    pub on_badge: Rgba,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Casing {
    pub colour: Rgba,
    pub opacity: f32,
    /// Wider than the line by so much, both sides together.
    pub extra_px: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkInk {
    pub zone_filled_half: Rgba,
    pub zone_open_half: Rgba,
    /// The rim that parts a mark from the map.
    pub case: Rgba,
    pub project_stroke: Rgba,
    pub project_fill: Rgba,
    pub border_zone_stroke: Rgba,
    pub border_zone_fill: Rgba,
}

/// How attention is shown on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateInk {
    pub selected_ring: Rgba,
    pub selected_ring_px: f32,
    pub selected_glow_px: f32,
    pub selected_glow_opacity: f32,
    pub hover_plate: Rgba,
    pub corridor_selected_glow_extra_px: f32,
    pub corridor_selected_glow_opacity: f32,
    /// What is left of everything that is not selected.
    pub dimmed_opacity: f32,
}
