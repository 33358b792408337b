//! What all themes share: widths, shapes, spaces and durations.

use serde::Deserialize;

use super::by_zoom::ByZoom;

/// Widths of lines on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineWidths {
    pub corridor_main: ByZoom,
    pub corridor_branch: ByZoom,
    /// From one corridor to the next where they share a track.
    pub parallel_step: ByZoom,
    pub border: ByZoom,
    pub border_ribbon: ByZoom,
    pub coast: ByZoom,
    pub river: ByZoom,
}

/// Shares of strength, from 0 to 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FadeByZoom {
    /// Relief gives way as its raster gets coarse, and is gone at zoom 9.
    pub relief: ByZoom,
    /// Borders are fainter on the small map.
    pub border: ByZoom,
}

/// Dashes; a traced line has none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dashes {
    pub approximate_in_line_widths: Dash,
    /// So short that its round caps make dots.
    pub schematic_in_line_widths: Dash,
    pub disputed_border_px: Dash,
    /// The ring that is as large as the error of a position.
    pub position_uncertain_px: Dash,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dash {
    pub dash: f32,
    pub gap: f32,
}

/// Shapes of the marks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkShapes {
    pub zone: ZoneShape,
    pub horgos: HorgosShape,
    pub border_zone: BorderZoneShape,
    pub cluster: ClusterShape,
    pub project: ProjectShape,
    pub gauge_break: GaugeBreakShape,
    pub error_ring: ErrorRingShape,
}

/// A disc cut by a border: lower right half filled, upper left half open.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneShape {
    pub radius_by_zoom: ByZoom,
    /// The cut, at 45 degrees.
    pub gap: f32,
}

/// The zone's disc with one ring around it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HorgosShape {
    /// From the edge of the disc to the ring.
    pub ring_gap: f32,
    pub ring_width: f32,
}

/// An open square.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BorderZoneShape {
    pub side: f32,
    pub radius: f32,
    pub stroke: f32,
}

/// A filled disc with the count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClusterShape {
    pub radius: f32,
    /// Marks closer together than this become one.
    pub closer_than: f32,
}

/// A rounded plate with a glyph.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectShape {
    pub side: f32,
    pub radius: f32,
    pub stroke: f32,
    pub glyphs: ProjectGlyphs,
}

/// Paths as in SVG, in a box of 16 with the origin in its middle.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectGlyphs {
    pub port: String,
    pub railway: String,
    pub pipeline: String,
    pub power: String,
    pub canal: String,
    pub dam: String,
    pub zone: String,
}

impl ProjectGlyphs {
    /// The path for a project's kind.
    #[must_use]
    pub fn get(&self, kind: &str) -> Option<&str> {
        match kind {
            "port" => Some(&self.port),
            "railway" => Some(&self.railway),
            "pipeline" => Some(&self.pipeline),
            "power" => Some(&self.power),
            "canal" => Some(&self.canal),
            "dam" => Some(&self.dam),
            "zone" => Some(&self.zone),
            _ => None,
        }
    }
}

/// A disc, a bar, and two short rails on each side.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GaugeBreakShape {
    pub radius: f32,
    pub rail_gap_1435: f32,
    pub rail_gap_1520: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRingShape {
    pub least_radius: f32,
}

/// The letter badge of a corridor.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BadgeSizes {
    /// On the map.
    pub size: f32,
    pub size_list: f32,
    pub radius: f32,
    pub radius_list: f32,
    /// The letter's size as a share of the badge's.
    pub font_share: f32,
    /// From one badge to the next along a line.
    pub repeat_along_line: f32,
    /// Lines shorter than this on the screen show none.
    pub least_line: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spaces {
    pub s1: f32,
    pub s2: f32,
    pub s3: f32,
    pub s4: f32,
    pub s5: f32,
    pub s6: f32,
    pub s8: f32,
    pub s10: f32,
    pub window_margin: f32,
    pub panel_gap: f32,
}

/// Radii of corners.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Radii {
    pub panel: u8,
    pub bar: u8,
    pub card: u8,
    pub control: u8,
    pub chip: u8,
    pub badge: u8,
    pub mark_plate: u8,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    pub left_panel: f32,
    pub left_rail: f32,
    pub right_panel: f32,
    /// With a zone in it.
    pub right_panel_details: f32,
    pub strip_height: f32,
    pub timeline_height: f32,
    pub table_height: f32,
    pub toolbar_height: f32,
    pub row: f32,
    pub row_table: f32,
    pub control: f32,
    pub button_tile: f32,
    pub hit_target_min: f32,
    pub hit_target_presenter: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strokes {
    pub hairline: f32,
    pub control: f32,
    pub icon: f32,
    pub focus_ring: f32,
    /// Between a thing and its focus ring.
    pub focus_gap: f32,
}

/// Durations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    pub panel_ms: f32,
    pub fly_min_ms: f32,
    pub fly_max_ms: f32,
    /// How far a flight rises: van Wijk and Nuij's rho.
    pub fly_rho: f64,
    /// The fade that stands for a flight when motion is reduced.
    pub reduced_fade_ms: f32,
    pub label_fade_ms: f32,
}

/// How much larger things are than written.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    #[serde(rename = "type")]
    pub text: f32,
    pub map_labels: f32,
    pub line: f32,
    pub mark: f32,
}

impl Scale {
    /// As written.
    pub const ONE: Self = Self { text: 1.0, map_labels: 1.0, line: 1.0, mark: 1.0 };
}
