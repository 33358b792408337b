//! A short line in the style of a precision, as in the legend.

use egui::{Rect, Stroke, Ui, Vec2, pos2, vec2};

use crate::atlas::Precision;
use crate::ui::Context;

const WIDTH: f32 = 2.2;

/// 40 points of line.
pub(crate) fn line_sample(ui: &mut Ui, context: &Context<'_>, precision: Precision, ink: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(42.0, 20.0), egui::Sense::hover());
    let (from, to) = (pos2(rect.left(), rect.center().y), pos2(rect.right(), rect.center().y));
    let stroke = Stroke::new(WIDTH, ink);
    let Some([on, off]) = context.scenery.looks(context.look.theme).dash(precision, WIDTH) else {
        ui.painter().line_segment([from, to], stroke);
        return;
    };
    let mut x = from.x + WIDTH / 2.0;
    while x + on <= to.x {
        if on < WIDTH {
            ui.painter().circle_filled(pos2(x, from.y), WIDTH / 2.0, ink);
        } else {
            let dash = Rect::from_min_size(pos2(x, from.y - WIDTH / 2.0), Vec2::new(on, WIDTH));
            ui.painter().rect_filled(dash, WIDTH / 2.0, ink);
        }
        x += on + off;
    }
}
