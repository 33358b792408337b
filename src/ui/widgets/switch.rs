//! On or off: a sliding knob of 26 by 16.

use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::Context;
use crate::ui::look::colour;

/// Returns whether it is to be on, where a person just changed that.
pub(crate) fn switch(ui: &mut Ui, context: &Context<'_>, is_on: bool, name: &str) -> Option<bool> {
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, is_on, name));
    let colours = context.look.colours();
    let track = egui::Rect::from_center_size(rect.center(), vec2(26.0, 16.0));
    let share = ui.ctx().animate_bool_responsive(response.id, is_on);
    let ground = if is_on { colours.accent.fill } else { colours.surface.line_strong };
    ui.painter().rect_filled(track, 8.0, colour(ground));
    let knob = pos2(egui::lerp(track.left() + 8.0..=track.right() - 8.0, share), track.center().y);
    ui.painter().circle_filled(knob, 6.0, colour(colours.surface.raised));
    focus_ring(ui, context, &response, track.expand(2.0), 10.0);
    response.clicked().then_some(!is_on)
}

/// The ring around what the keyboard is on.
pub(super) fn focus_ring(ui: &Ui, context: &Context<'_>, response: &Response, rect: egui::Rect, radius: f32) {
    if response.has_focus() {
        let stroke = Stroke::new(
            context.look.tokens.stroke.focus_ring,
            colour(context.look.colours().accent.focus_ring),
        );
        ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Outside);
    }
}
