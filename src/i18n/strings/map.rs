//! Texts of the map and of the lists of what is on it.

use serde::Deserialize;

use super::{Counted, Template};

/// What a thing is: one of it, and many.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindTexts {
    pub corridor: KindName,
    pub zone: KindName,
    pub centre: KindName,
    pub project: KindName,
    pub border_zone: KindName,
    pub crossing: KindName,
    pub gauge_change: KindName,
    pub event: KindName,
    pub connectivity: KindName,
    pub lesson: KindName,
    pub lesson_place: KindName,
    pub belt: KindName,
    pub term: KindName,
    pub source: KindName,
    pub country: KindName,
    pub place: KindName,
    pub boundary: KindName,
    pub file: KindName,
}

/// The left panel: what is on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerTexts {
    pub corridors: String,
    pub places: String,
    pub base_map: String,
    pub zones: String,
    pub horgos: String,
    pub projects: String,
    pub projects_in_document: String,
    pub border_zones: String,
    /// `from` and `to` are bare years.
    pub border_zones_dated: Template,
    pub crossings: String,
    pub relief: String,
    pub water: String,
    pub grid: String,
    pub towns: String,
    pub names: String,
    pub online: String,
    pub needs_connection: String,
    pub your_files: String,
    pub show_layer: Template,
    pub hide_layer: Template,
}

/// How exact a line is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecisionTexts {
    pub title: String,
    pub traced: String,
    pub approximate: String,
    pub schematic: String,
    pub traced_long: String,
    pub approximate_long: String,
    pub schematic_long: String,
    pub legs: String,
    pub leg_count: Counted,
}

/// A boundary, and who draws it how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundaryTexts {
    pub in_dispute: String,
    pub drawn_dashed: String,
    pub good_to: String,
    pub neutral: String,
    pub drawn_by: Template,
    pub most_maps: String,
    pub view_of: Template,
    pub between: Template,
    pub international: String,
    pub disputed: String,
    pub indefinite: String,
    pub line_of_control: String,
    pub claim: String,
    pub breakaway: String,
    pub lease: String,
    pub province: String,
    pub unrecognized: String,
    pub not_drawn: String,
    pub seen_from: String,
    pub all_views: String,
    pub lens: String,
    pub touched_by: String,
    pub one_view: String,
}

/// The list of things at one place, and groups of marks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HereTexts {
    pub nothing: String,
    pub title: Counted,
    pub around: Counted,
    /// How far away a thing is and which way: `km`, and `way` as one of the compass.
    pub way: Template,
    pub keys: String,
    pub zones: Counted,
    pub zoom_to_tell_apart: String,
}

/// The bar with the years, and the list of events.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimelineTexts {
    pub title: String,
    pub all_years: String,
    pub play: String,
    pub pause: String,
    pub next: String,
    pub previous: String,
    pub speed: Template,
    pub until: Template,
    pub between: Template,
    pub start: String,
    pub stages: String,
    pub begun: Template,
    pub planned: Template,
    pub opened: Template,
    pub in_time: String,
    pub late: Counted,
    pub late_so_far: Counted,
    pub late_years: Counted,
    pub late_years_so_far: Counted,
    pub not_yet: String,
    pub later: Template,
    pub of_file: Template,
    pub nothing_before: Template,
    pub show_all_years: String,
    pub events: Counted,
}

/// A corridor unrolled.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripTexts {
    pub title: String,
    pub summary: Counted,
    pub stations: String,
    pub crossings: String,
    pub borders: String,
    pub gauge: String,
    pub gauge_break: String,
    pub zones: String,
    pub projects: String,
    pub rail_distance: String,
    pub countries: String,
    pub branch_from: Template,
    pub branch_to: Template,
    pub measured: Template,
    /// Where something lies along the route.
    pub at_km: Template,
    pub close: String,
    pub other: String,
    pub drag: String,
}

/// The small print on the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributionTexts {
    pub natural_earth: String,
    pub geonames: String,
    pub openstreetmap: String,
    pub relief: Template,
    pub public_domain: String,
}

/// What a thing of a kind is called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindName {
    pub one: String,
    pub many: String,
}

/// Several features side by side.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompareTexts {
    pub title: Counted,
    pub zones_title: Counted,
    pub all_title: String,
    pub rings: String,
    pub only_differences: String,
    pub add: String,
    pub all_zones: String,
    pub remove: Template,
    pub close: String,
    pub scale: String,
    pub scale_note: String,
    pub first_step: String,
    pub steps: String,
    pub accuracy: String,
    pub nothing: String,
    pub empty: String,
    pub alone: String,
    pub full: String,
}

/// Measuring on the map, areas in their true size, what lies near.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolTexts {
    pub measure: String,
    pub measure_hint: String,
    pub point_here: String,
    pub close_area: String,
    pub open_area: String,
    pub take_back: String,
    pub copy: String,
    pub distance: String,
    pub moved: String,
    pub around: String,
    pub area: String,
    pub bearing: String,
    /// One leg of a measured line: numbers of points.
    pub leg: Template,
    pub on_ellipsoid: String,
    pub close: String,
    pub true_size: String,
    pub true_size_hint: String,
    pub stretch: Template,
    pub circle: String,
    pub bring_here: String,
    pub back_home: String,
    pub near: String,
    pub within: Counted,
    pub in_file: Counted,
    pub undo: String,
    pub redo: String,
}
