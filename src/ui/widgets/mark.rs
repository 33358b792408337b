//! The map's marks in lists: the same shapes, drawn by egui's painter.

use egui::epaint::{PathShape, PathStroke, RectShape};
use egui::{
    Painter, Pos2, Rect, Response, Sense, Shape as EguiShape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use crate::scene::{Emphasis, HalfPlane, MarkKind, MarkPen, Shape};
use crate::ui::Context;
use crate::ui::look::colour;

/// Zooms matter to marks on the map only; lists show them as at this one.
const LIST_ZOOM: f64 = 3.0;
/// Corners of a disc drawn as a polygon.
const CORNERS: usize = 48;

/// A mark in a box of 20 points.
pub(crate) fn mark(ui: &mut Ui, context: &Context<'_>, kind: &MarkKind) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::hover());
    paint_mark(ui.painter(), context, kind, rect.center());
    response
}

/// A mark around a place.
pub(crate) fn paint_mark(painter: &Painter, context: &Context<'_>, kind: &MarkKind, center: Pos2) {
    let style = context.scenery.looks(context.look.theme).marks(LIST_ZOOM);
    let mut shapes = Vec::new();
    let mut pen = MarkPen { style: &style, shapes: &mut shapes };
    pen.mark(kind, [0.0, 0.0], Emphasis::None);
    paint_shapes(painter, &shapes, center);
}

/// Draws shapes of a scene with their origin at `origin`.
pub(crate) fn paint_shapes(painter: &Painter, shapes: &[Shape], origin: Pos2) {
    for shape in shapes {
        painter.add(egui_shape(shape, origin.to_vec2()));
    }
}

fn egui_shape(shape: &Shape, offset: Vec2) -> EguiShape {
    let center = Pos2::from(shape.center) + offset;
    let stroke = Stroke::new(shape.stroke_width, colour(shape.stroke));
    let inner = shape.half.map(|half| half - shape.stroke_width / 2.0);
    if let Some(clip) = shape.clip {
        return half_disc(center, inner[0], clip, (colour(shape.fill), stroke));
    }
    if shape.angle != 0.0 {
        let along = Vec2::angled(shape.angle) * (shape.half[0] - shape.radius);
        return EguiShape::line_segment(
            [center - along, center + along],
            Stroke::new(shape.half[1] * 2.0, colour(shape.fill)),
        );
    }
    let rect = Rect::from_center_size(center, vec2(inner[0], inner[1]) * 2.0);
    RectShape::new(rect, shape.radius, colour(shape.fill), stroke, StrokeKind::Middle).into()
}

/// The part of a disc on one side of a line, with its edge.
fn half_disc(
    center: Pos2,
    radius: f32,
    clip: HalfPlane,
    (fill, stroke): (egui::Color32, Stroke),
) -> EguiShape {
    let normal = Vec2::from(clip.normal);
    let half_angle = (clip.offset / radius).clamp(-1.0, 1.0).acos();
    let points = (0..=CORNERS)
        .map(|i| {
            let angle = normal.angle() - half_angle + 2.0 * half_angle * i as f32 / CORNERS as f32;
            center + Vec2::angled(angle) * radius
        })
        .map(|point| pos2(point.x, point.y))
        .collect();
    PathShape { points, closed: true, fill, stroke: PathStroke::new(stroke.width, stroke.color) }.into()
}
