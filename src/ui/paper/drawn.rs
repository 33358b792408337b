//! What egui painted as items of a scene, so that a panel is written to files as a map is.
//!
//! Shapes keep their order, and letters stay letters. Shadows, pictures and gradients have no place on paper.

use std::f32::consts::TAU;

use egui::epaint::{
    CircleShape, ClippedShape, ColorMode, CubicBezierShape, EllipseShape, PathShape, PathStroke, RectShape,
    TextShape,
};
use egui::{Color32, FontFamily, Pos2, Rect, Shape as EguiShape, Stroke, StrokeKind, Vec2, pos2};

use crate::scene::{Item, PathDraw, PlacedGlyph, Shape, TextRun, letter};
use crate::theme::{Face, Rgba};
use crate::ui::look::family;

/// Curves stray at most so far from their polylines, in points.
const TOLERANCE: f32 = 0.02;
/// Corners of an ellipse.
const CORNERS: usize = 64;

/// The items of what was painted, from the lowest to the topmost.
pub(super) fn items(painted: &[ClippedShape]) -> Vec<Item> {
    let mut desk = Desk::default();
    for ClippedShape { clip_rect, shape, .. } in painted {
        desk.shape(shape, *clip_rect);
    }
    desk.items
}

#[derive(Default)]
struct Desk {
    items: Vec<Item>,
}

impl Desk {
    fn shape(&mut self, shape: &EguiShape, clip: Rect) {
        match shape {
            EguiShape::Noop => return,
            EguiShape::Vec(shapes) => return shapes.iter().for_each(|shape| self.shape(shape, clip)),
            _ if !clip.intersects(shape.visual_bounding_rect()) => return,
            _ => {}
        }
        match shape {
            EguiShape::Circle(circle) => self.push(disc(circle)),
            EguiShape::Ellipse(ellipse) => self.path(&oval(ellipse)),
            EguiShape::LineSegment { points, stroke } => self.push(bar(*points, *stroke)),
            EguiShape::Path(path) => self.path(path),
            EguiShape::Rect(rect) => self.rect(rect, clip),
            EguiShape::Text(text) => self.text(text),
            EguiShape::QuadraticBezier(curve) => {
                let points = curve.flatten(Some(TOLERANCE));
                let (closed, fill, stroke) = (curve.closed, curve.fill, curve.stroke.clone());
                self.path(&PathShape { points, closed, fill, stroke });
            }
            EguiShape::CubicBezier(curve) => self.path(&flat(curve)),
            _ => log::error!("a figure leaves out a shape that is no plain one"),
        }
    }

    fn push(&mut self, shape: Shape) {
        match self.items.last_mut() {
            Some(Item::Shapes(shapes)) => shapes.push(shape),
            _ => self.items.push(Item::Shapes(vec![shape])),
        }
    }

    fn path(&mut self, path: &PathShape) {
        let ColorMode::Solid(stroke) = path.stroke.color else {
            return log::error!("a figure leaves out a line in several colours");
        };
        let draw = PathDraw {
            points: path.points.iter().map(|at| [at.x, at.y]).collect(),
            is_closed: path.closed,
            fill: ink(path.fill),
            stroke: ink(stroke),
            stroke_width: path.stroke.width,
        };
        match self.items.last_mut() {
            Some(Item::Paths(paths)) => paths.push(draw),
            _ => self.items.push(Item::Paths(vec![draw])),
        }
    }

    fn rect(&mut self, shape: &RectShape, clip: Rect) {
        if shape.blur_width > 0.0 {
            return;
        }
        let width = if shape.stroke.color == Color32::TRANSPARENT { 0.0 } else { shape.stroke.width };
        let outside = match shape.stroke_kind {
            StrokeKind::Inside => 0.0,
            StrokeKind::Middle => width / 2.0,
            StrokeKind::Outside => width,
        };
        let corners = shape.corner_radius;
        let radius = f32::from(corners.nw.max(corners.ne).max(corners.sw).max(corners.se));
        let is_plain = radius == 0.0 && width == 0.0 && shape.angle == 0.0;
        let rect = if is_plain { shape.rect.intersect(clip) } else { shape.rect.expand(outside) };
        self.push(Shape {
            center: rect.center().into(),
            half: [rect.width() / 2.0, rect.height() / 2.0],
            radius: if radius > 0.0 { radius + outside } else { 0.0 },
            angle: shape.angle,
            fill: ink(shape.fill),
            stroke: ink(shape.stroke.color),
            stroke_width: width,
            clip: None,
            dash: None,
        });
    }

    /// Each row of one look becomes a run; signs that no font of ours has are left out.
    fn text(&mut self, text: &TextShape) {
        let job = &text.galley.job;
        let mut characters = job.text.char_indices();
        let mut runs: Vec<TextRun> = Vec::new();
        for row in &text.galley.rows {
            let mut is_begun = false;
            for glyph in &row.glyphs {
                let byte = characters.next().map_or(job.text.len(), |(byte, _)| byte);
                let section = job.sections.iter().find(|section| byte < section.byte_range.end.0);
                let Some(format) = section.or(job.sections.last()).map(|section| &section.format) else {
                    continue;
                };
                let Some((font, id)) = letter(face(&format.font_id.family), glyph.chr) else { continue };
                let own =
                    if format.color == Color32::PLACEHOLDER { text.fallback_color } else { format.color };
                let colour = ink(text.override_text_color.unwrap_or(own));
                let offset = row.pos.to_vec2() + glyph.pos.to_vec2();
                let at = text.pos + egui::emath::Rot2::from_angle(text.angle) * offset;
                let placed = PlacedGlyph { font, glyph: id, at: at.into(), angle: text.angle };
                let size = format.font_id.size;
                match runs.last_mut() {
                    Some(run) if is_begun && run.size == size && run.colour == colour => {
                        run.glyphs.push(placed);
                    }
                    _ => runs.push(TextRun {
                        size,
                        colour,
                        halo: None,
                        opacity: text.opacity_factor,
                        glyphs: vec![placed],
                    }),
                }
                is_begun = true;
            }
            if row.ends_with_newline {
                characters.next();
            }
        }
        match self.items.last_mut() {
            Some(Item::Text(before)) => before.append(&mut runs),
            _ if runs.is_empty() => {}
            _ => self.items.push(Item::Text(runs)),
        }
    }
}

/// The face of an egui family; those of egui's own names are set in the face of panels.
fn face(wanted: &FontFamily) -> Face {
    match wanted {
        FontFamily::Monospace => Face::Mono,
        wanted => Face::ALL.into_iter().find(|face| family(*face) == *wanted).unwrap_or(Face::Ui),
    }
}

fn ink(colour: Color32) -> Rgba {
    Rgba(colour.to_srgba_unmultiplied())
}

fn disc(circle: &CircleShape) -> Shape {
    let width = if circle.stroke.color == Color32::TRANSPARENT { 0.0 } else { circle.stroke.width };
    let radius = circle.radius + width / 2.0;
    Shape {
        center: circle.center.into(),
        half: [radius; 2],
        radius,
        angle: 0.0,
        fill: ink(circle.fill),
        stroke: ink(circle.stroke.color),
        stroke_width: width,
        clip: None,
        dash: None,
    }
}

/// A line with flat ends.
fn bar([from, to]: [Pos2; 2], stroke: Stroke) -> Shape {
    let along = to - from;
    Shape {
        center: from.lerp(to, 0.5).into(),
        half: [along.length() / 2.0, stroke.width / 2.0],
        radius: 0.0,
        angle: along.angle(),
        fill: ink(stroke.color),
        stroke: Rgba::CLEAR,
        stroke_width: 0.0,
        clip: None,
        dash: None,
    }
}

fn flat(curve: &CubicBezierShape) -> PathShape {
    let points = curve.flatten(Some(TOLERANCE));
    PathShape { points, closed: curve.closed, fill: curve.fill, stroke: curve.stroke.clone() }
}

fn oval(ellipse: &EllipseShape) -> PathShape {
    let turned = egui::emath::Rot2::from_angle(ellipse.angle);
    let point = |n: usize| {
        let at = Vec2::angled(TAU * n as f32 / CORNERS as f32) * ellipse.radius;
        ellipse.center + turned * at
    };
    let points = (0..CORNERS).map(point).map(|at| pos2(at.x, at.y)).collect();
    let stroke = PathStroke::new(ellipse.stroke.width, ellipse.stroke.color);
    PathShape { points, closed: true, fill: ellipse.fill, stroke }
}
