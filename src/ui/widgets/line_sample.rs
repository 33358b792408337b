//! A short line in the style of a precision, as in the legend.

use egui::{Painter, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};

use crate::atlas::Precision;
use crate::ui::Context;

const WIDTH: f32 = 2.2;

/// 40 points of line.
pub(crate) fn line_sample(ui: &mut Ui, context: &Context<'_>, precision: Precision, ink: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(42.0, 20.0), egui::Sense::hover());
    let ends = [pos2(rect.left(), rect.center().y), pos2(rect.right(), rect.center().y)];
    paint_precision(ui.painter(), context, ends, (precision, WIDTH, ink));
}

/// A level line, solid, dashed or dotted as its precision says.
pub(crate) fn paint_precision(
    painter: &Painter,
    context: &Context<'_>,
    [from, to]: [Pos2; 2],
    (precision, width, ink): (Precision, f32, egui::Color32),
) {
    let Some([on, off]) = context.scenery.looks(context.look.theme).dash(precision, width) else {
        painter.line_segment([from, to], Stroke::new(width, ink));
        return;
    };
    let mut x = from.x + width / 2.0;
    while x + on <= to.x {
        if on < width {
            painter.circle_filled(pos2(x, from.y), width / 2.0, ink);
        } else {
            let dash = Rect::from_min_size(pos2(x, from.y - width / 2.0), Vec2::new(on, width));
            painter.rect_filled(dash, width / 2.0, ink);
        }
        x += on + off;
    }
}
