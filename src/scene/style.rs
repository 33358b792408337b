//! The tokens of a theme, evaluated for a zoom: what colour and how wide everything on the map is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draw::{BoundaryLine, GroundStyle};
use crate::atlas::{Id, Precision, RouteRole};
use crate::basemap::Tables;
use crate::geo::Viewport;
use crate::state::{LayerKind, Layers};
use crate::theme::{Rgba, Scale, Theme, ThemeTokens, Tokens};

/// Natural Earth's boundaries are good to about this much.
const BOUNDARY_ERROR_M: f64 = 1_000.0;
/// What a project can be; each has a glyph.
const GLYPHS: [&str; 7] = ["port", "railway", "pipeline", "power", "canal", "dam", "zone"];
/// From here on a boundary is drawn as the band of its error.
const BAND_ZOOM: f64 = 9.0;

/// How the map looks in one theme.
#[derive(Clone, Debug)]
pub struct Looks {
    pub theme: Theme,
    tokens: Arc<Tokens>,
    boundaries: Arc<[BoundaryLine]>,
    glyphs: Arc<BTreeMap<String, Vec<Vec<[f32; 2]>>>>,
}

/// Sizes and colours of marks at one zoom, in points.
#[derive(Clone, Debug)]
pub struct MarkStyle {
    /// 1, or more on a projector; everything below is already scaled.
    pub scale: f32,
    pub filled: Rgba,
    pub open: Rgba,
    pub case: Rgba,
    pub zone_radius: f32,
    pub zone_gap: f32,
    pub ring_gap: f32,
    pub ring_width: f32,
    pub cluster_radius: f32,
    /// Zones closer than this become one mark with their number.
    pub cluster_distance: f32,
    pub plate_side: f32,
    pub plate_radius: f32,
    pub project_fill: Rgba,
    pub project_stroke: Rgba,
    pub border_zone_side: f32,
    pub border_zone_fill: Rgba,
    pub border_zone_stroke: Rgba,
    pub gauge_radius: f32,
    pub town_radius: f32,
    pub town_stroke: Rgba,
    pub hover_plate: Rgba,
    pub selected: Rgba,
    pub selected_ring_width: f32,
    pub selected_glow_width: f32,
    pub selected_glow_alpha: u8,
    pub error_ring: Rgba,
    pub error_dash: [f32; 2],
    glyphs: Arc<BTreeMap<String, Vec<Vec<[f32; 2]>>>>,
}

impl MarkStyle {
    /// The strokes of a project's glyph, in points from its middle; none for an unknown name.
    #[must_use]
    pub fn glyph(&self, name: &str) -> &[Vec<[f32; 2]>] {
        self.glyphs.get(name).map_or(&[], Vec::as_slice)
    }
}

impl Looks {
    #[must_use]
    pub fn new(tokens: Arc<Tokens>, theme: Theme, tables: &Tables) -> Self {
        let boundaries = tables
            .boundaries
            .iter()
            .map(|boundary| if boundary.is_disputed { BoundaryLine::Disputed } else { BoundaryLine::Solid });
        let scale = tokens.scale(theme).mark;
        let glyphs = &tokens.mark_shape.project.glyphs;
        let paths =
            GLYPHS.iter().filter_map(|&name| Some((name.to_owned(), strokes(glyphs.get(name)?, scale))));
        let glyphs = paths.collect();
        Self { theme, tokens, boundaries: boundaries.collect(), glyphs: Arc::new(glyphs) }
    }

    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    #[must_use]
    pub fn colours(&self) -> &ThemeTokens {
        self.tokens.theme(self.theme)
    }

    /// How much larger than on paper text, lines and marks are drawn.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.tokens.scale(self.theme)
    }

    /// Width of a corridor's line, in points.
    #[must_use]
    pub fn corridor_width(&self, role: RouteRole, zoom: f64) -> f32 {
        let widths = &self.tokens.line_width_by_zoom;
        let width = match role {
            RouteRole::Main => widths.corridor_main.at(zoom),
            RouteRole::Branch => widths.corridor_branch.at(zoom),
        };
        width * self.scale().line
    }

    /// Points for half a step between corridors that share a track.
    #[must_use]
    pub fn half_step(&self, zoom: f64) -> f64 {
        f64::from(self.tokens.line_width_by_zoom.parallel_step.at(zoom) * self.scale().line) / 2.0
    }

    /// On and off for a line of `width`; `None` is solid.
    #[must_use]
    pub fn dash(&self, precision: Precision, width: f32) -> Option<[f32; 2]> {
        let dashes = &self.tokens.dash;
        match precision {
            Precision::Traced => None,
            Precision::Approximate => {
                let dash = dashes.approximate_in_line_widths;
                Some([dash.dash * width, dash.gap * width])
            }
            Precision::Schematic => {
                let dash = dashes.schematic_in_line_widths;
                Some([dash.dash * width, dash.gap * width])
            }
        }
    }

    /// The colour of a corridor's line, and of the letter on its badge.
    #[must_use]
    pub fn corridor(&self, id: &Id) -> (Rgba, Rgba) {
        let colours = self.colours();
        colours.corridor.get(&id.name).map_or((colours.text.primary, colours.surface.panel), |corridor| {
            (corridor.colour, corridor.on_badge)
        })
    }

    #[must_use]
    pub fn marks(&self, zoom: f64) -> MarkStyle {
        let (colours, shapes) = (self.colours(), &self.tokens.mark_shape);
        let scale = self.scale().mark;
        let uncertain = self.tokens.dash.position_uncertain_px;
        MarkStyle {
            scale,
            filled: colours.mark.zone_filled_half,
            open: colours.mark.zone_open_half,
            case: colours.mark.case,
            zone_radius: shapes.zone.radius_by_zoom.at(zoom) * scale,
            zone_gap: shapes.zone.gap * scale,
            ring_gap: shapes.horgos.ring_gap * scale,
            ring_width: shapes.horgos.ring_width * scale,
            cluster_radius: shapes.cluster.radius * scale,
            cluster_distance: shapes.cluster.closer_than * scale,
            plate_side: shapes.project.side * scale,
            plate_radius: shapes.project.radius * scale,
            project_fill: colours.mark.project_fill,
            project_stroke: colours.mark.project_stroke,
            border_zone_side: shapes.border_zone.side * scale,
            border_zone_fill: colours.mark.border_zone_fill,
            border_zone_stroke: colours.mark.border_zone_stroke,
            gauge_radius: shapes.gauge_break.radius * scale,
            town_radius: 3.0 * scale,
            town_stroke: colours.mark.project_stroke,
            hover_plate: colours.state.hover_plate,
            selected: colours.state.selected_ring,
            selected_ring_width: colours.state.selected_ring_px * scale,
            selected_glow_width: colours.state.selected_glow_px * scale,
            selected_glow_alpha: (colours.state.selected_glow_opacity * 255.0) as u8,
            error_ring: colours.status.warn,
            error_dash: [uncertain.dash * scale, uncertain.gap * scale],
            glyphs: Arc::clone(&self.glyphs),
        }
    }

    /// Sea, land, water and boundaries as the layers ask for them.
    #[must_use]
    pub fn ground(&self, viewport: &Viewport, layers: &Layers) -> GroundStyle {
        let (map, widths) = (&self.colours().map, &self.tokens.line_width_by_zoom);
        let zoom = viewport.camera.zoom;
        let has_relief = layers.shows(LayerKind::Relief);
        let relief_fade = self.tokens.fade_by_zoom.relief.at(zoom);
        let band = (2.0 * BOUNDARY_ERROR_M / viewport.metres_per_point()) as f32;
        let is_band = zoom >= BAND_ZOOM;
        let ribbon = widths.border_ribbon.at(zoom);
        GroundStyle {
            sea: map.sea_by_depth_m.entries().to_vec(),
            land: [map.land.lowland, map.land.middle, map.land.highland],
            relief_shadow: map.relief.shadow,
            relief_light: map.relief.light,
            relief_strength: if has_relief { map.relief.strength * relief_fade } else { 0.0 },
            relief_light_share: map.relief.light_share,
            has_height_tints: has_relief,
            vignette: map.coast_vignette.colour,
            vignette_strength: if zoom < 7.0 { map.coast_vignette.strength } else { 0.0 },
            vignette_reach: map.coast_vignette.reach_px,
            lake: map.lake,
            river: map.river,
            river_width: widths.river.at(zoom) * self.scale().line,
            water_max_rank: if layers.shows(LayerKind::Water) { water_rank(zoom) } else { -1 },
            coast: map.coastline,
            coast_width: widths.coast.at(zoom),
            border: map.border.colour,
            border_width: widths.border.at(zoom) * self.scale().line,
            border_opacity: if is_band { 0.0 } else { self.tokens.fade_by_zoom.border.at(zoom) },
            // Close up the band is the border itself, as wide as its error.
            ribbon: if is_band { map.border.colour } else { map.border.ribbon },
            ribbon_width: if is_band { band.max(ribbon) } else { ribbon },
            ribbon_opacity: map.border.ribbon_opacity,
            disputed_dash: [
                self.tokens.dash.disputed_border_px.dash,
                self.tokens.dash.disputed_border_px.gap,
            ],
            boundaries: Arc::clone(&self.boundaries),
        }
    }
}

/// The least important river or lake drawn at `zoom`, by Natural Earth's rank.
fn water_rank(zoom: f64) -> i16 {
    match zoom {
        z if z < 3.0 => 2,
        z if z < 4.0 => 4,
        z if z < 5.0 => 6,
        z if z < 6.0 => 7,
        z if z < 7.0 => 9,
        _ => i16::MAX,
    }
}

/// An SVG path as polylines.
fn strokes(path: &str, scale: f32) -> Vec<Vec<[f32; 2]>> {
    let Ok(path) = kurbo::BezPath::from_svg(path) else { return Vec::new() };
    let mut strokes: Vec<Vec<[f32; 2]>> = Vec::new();
    let place = |point: kurbo::Point| [point.x as f32 * scale, point.y as f32 * scale];
    kurbo::flatten(path, 0.05, |element| match (element, strokes.last_mut()) {
        (kurbo::PathEl::MoveTo(point), _) => strokes.push(vec![place(point)]),
        (kurbo::PathEl::LineTo(point), Some(stroke)) => stroke.push(place(point)),
        (kurbo::PathEl::ClosePath, Some(stroke)) => stroke.extend(stroke.first().copied()),
        // Flattening leaves no curves, and a path begins with a move.
        _ => {}
    });
    strokes
}
