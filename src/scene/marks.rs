//! Marks as shapes: the zone's divided disc, the centre's ring, the project's plate, the crossing's bars.

use std::f32::consts::FRAC_1_SQRT_2;

use super::draw::{HalfPlane, Shape};
use super::style::MarkStyle;
use crate::theme::Rgba;

/// What a mark looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkKind {
    Zone,
    Horgos,
    /// So many zones too close to tell apart.
    Cluster(usize),
    /// With the name of its glyph.
    Project(String),
    BorderZone,
    /// Gauge in mm on the western and the eastern side, where they differ.
    Crossing {
        is_gauge_break: bool,
    },
    /// A stop of a corridor, or a town.
    Town {
        rank: u8,
    },
}

/// How much attention a mark gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    None,
    Hovered,
    Selected,
    Dimmed,
}

/// Draws marks in one style.
#[derive(Debug)]
pub struct MarkPen<'a> {
    pub style: &'a MarkStyle,
    pub shapes: &'a mut Vec<Shape>,
}

impl MarkKind {
    /// Whether its name is that of the town in which it lies.
    pub(super) fn names_its_town(&self) -> bool {
        matches!(self, Self::Zone | Self::Horgos | Self::Cluster(_) | Self::BorderZone)
    }

    /// From the middle to the outer edge, in points.
    #[must_use]
    pub fn radius(&self, style: &MarkStyle) -> f32 {
        match self {
            Self::Zone => style.zone_radius,
            Self::Horgos => style.zone_radius + style.ring_gap + style.ring_width,
            Self::Cluster(_) => style.cluster_radius,
            Self::Project(_) => style.plate_side / 2.0,
            Self::BorderZone => style.border_zone_side / 2.0,
            Self::Crossing { is_gauge_break: true } => style.gauge_radius,
            Self::Crossing { is_gauge_break: false } => style.town_radius + 0.6 * style.scale,
            Self::Town { rank } => {
                if *rank <= 1 {
                    style.town_radius
                } else {
                    style.town_radius - 0.4 * style.scale
                }
            }
        }
    }
}

impl MarkPen<'_> {
    /// A mark with its middle at `at`.
    pub fn mark(&mut self, kind: &MarkKind, at: [f32; 2], emphasis: Emphasis) {
        let radius = kind.radius(self.style);
        match emphasis {
            Emphasis::Selected => self.selected(at, radius),
            Emphasis::Hovered => {
                self.disc(at, radius + 5.0 * self.style.scale, (self.style.hover_plate, Rgba::CLEAR, 0.0));
            }
            Emphasis::None | Emphasis::Dimmed => {}
        }
        match kind {
            MarkKind::Zone => self.zone(at, radius),
            MarkKind::Horgos => self.horgos(at, radius),
            MarkKind::Cluster(_) => {
                self.disc(at, radius, (self.style.filled, self.style.case, 1.5 * self.style.scale));
            }
            MarkKind::Project(glyph) => self.project(at, glyph),
            MarkKind::BorderZone => self.border_zone(at),
            MarkKind::Crossing { is_gauge_break: true } => self.gauge_break(at),
            MarkKind::Crossing { is_gauge_break: false } | MarkKind::Town { .. } => {
                self.disc(at, radius, (self.style.open, self.style.town_stroke, 1.3 * self.style.scale));
            }
        }
    }

    /// A dashed ring around a place that is known only so well.
    pub fn error_ring(&mut self, at: [f32; 2], radius: f32) {
        let width = 1.3 * self.style.scale;
        self.shapes.push(Shape {
            dash: Some(self.style.error_dash),
            ..disc(at, radius, (Rgba::CLEAR, self.style.error_ring, width))
        });
    }

    fn disc(&mut self, at: [f32; 2], radius: f32, paint: (Rgba, Rgba, f32)) {
        self.shapes.push(disc(at, radius, paint));
    }

    fn selected(&mut self, at: [f32; 2], radius: f32) {
        let style = self.style;
        let ring = radius + 2.0 * style.scale + style.selected_ring_width;
        let glow =
            Rgba([style.selected.0[0], style.selected.0[1], style.selected.0[2], style.selected_glow_alpha]);
        self.disc(at, ring + style.selected_glow_width - style.selected_ring_width, (glow, Rgba::CLEAR, 0.0));
        self.disc(at, ring, (style.case, style.selected, style.selected_ring_width));
    }

    fn zone(&mut self, at: [f32; 2], radius: f32) {
        let style = self.style;
        self.disc(at, radius + 1.6 * style.scale, (style.case, Rgba::CLEAR, 0.0));
        let gap = style.zone_gap / 2.0;
        let half = |sign: f32| Some(HalfPlane { normal: [sign * FRAC_1_SQRT_2; 2], offset: gap });
        self.shapes.push(Shape {
            clip: half(-1.0),
            ..disc(at, radius, (style.open, style.filled, 1.3 * style.scale))
        });
        self.shapes.push(Shape { clip: half(1.0), ..disc(at, radius, (style.filled, Rgba::CLEAR, 0.0)) });
    }

    fn horgos(&mut self, at: [f32; 2], radius: f32) {
        let style = self.style;
        self.disc(at, radius + 1.6 * style.scale, (style.case, Rgba::CLEAR, 0.0));
        self.disc(at, radius, (style.case, style.filled, style.ring_width));
        self.zone(at, style.zone_radius);
    }

    fn project(&mut self, at: [f32; 2], glyph: &str) {
        let style = self.style;
        let side = style.plate_side / 2.0;
        self.shapes.push(plate(
            at,
            side + 1.2 * style.scale,
            style.plate_radius + 1.0,
            (style.case, Rgba::CLEAR, 0.0),
        ));
        let stroke = 1.3 * style.scale;
        self.shapes.push(plate(
            at,
            side,
            style.plate_radius,
            (style.project_fill, style.project_stroke, stroke),
        ));
        for line in style.glyph(glyph) {
            self.polyline(at, line, 1.2 * style.scale, style.project_stroke);
        }
    }

    fn border_zone(&mut self, at: [f32; 2]) {
        let style = self.style;
        let side = style.border_zone_side / 2.0;
        self.shapes.push(plate(at, side + 1.2 * style.scale, 2.0, (style.case, Rgba::CLEAR, 0.0)));
        let stroke = 1.4 * style.scale;
        self.shapes.push(plate(at, side, 1.0, (style.border_zone_fill, style.border_zone_stroke, stroke)));
    }

    /// A bar between two short rails of each gauge.
    fn gauge_break(&mut self, at: [f32; 2]) {
        let style = self.style;
        let scale = style.scale;
        self.disc(at, style.gauge_radius, (style.case, Rgba::CLEAR, 0.0));
        let line = |from: [f32; 2], to: [f32; 2]| [from.map(|v| v * scale), to.map(|v| v * scale)];
        let mut lines = vec![line([0.0, -4.6], [0.0, 4.6])];
        for (side, apart) in [(-1.0, 1.0), (1.0, 1.8)] {
            for sign in [-1.0, 1.0] {
                lines.push(line([side * 1.8, sign * apart], [side * 5.2, sign * apart]));
            }
        }
        for line in lines {
            self.polyline(at, &line, 1.2 * scale, style.filled);
        }
    }

    /// Joined capsules through points relative to `at`.
    fn polyline(&mut self, at: [f32; 2], points: &[[f32; 2]], width: f32, colour: Rgba) {
        for pair in points.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|point| [at[0] + point[0], at[1] + point[1]]);
            self.shapes.push(capsule(a, b, width, colour));
        }
    }
}

/// A straight stroke with round caps.
pub(super) fn capsule(a: [f32; 2], b: [f32; 2], width: f32, colour: Rgba) -> Shape {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    Shape {
        center: [f32::midpoint(a[0], b[0]), f32::midpoint(a[1], b[1])],
        half: [dx.hypot(dy) / 2.0 + width / 2.0, width / 2.0],
        radius: width / 2.0,
        angle: dy.atan2(dx),
        fill: colour,
        stroke: Rgba::CLEAR,
        stroke_width: 0.0,
        clip: None,
        dash: None,
    }
}

/// A disc to the outer edge of its stroke.
pub(super) fn disc(at: [f32; 2], radius: f32, paint: (Rgba, Rgba, f32)) -> Shape {
    plate(at, radius, radius, paint)
}

/// A square with rounded corners, `half` its side.
pub(super) fn plate(
    at: [f32; 2],
    half: f32,
    radius: f32,
    (fill, stroke, stroke_width): (Rgba, Rgba, f32),
) -> Shape {
    Shape {
        center: at,
        half: [half; 2],
        radius,
        angle: 0.0,
        fill,
        stroke,
        stroke_width,
        clip: None,
        dash: None,
    }
}
