//! One line of a list: something small in front, a name, something at the end; it can be pressed.

use egui::{CursorIcon, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::switch::focus_ring;
use crate::ui::Context;
use crate::ui::look::colour;

/// What a row says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// For a screen reader.
    pub(crate) name: &'a str,
    pub(crate) is_selected: bool,
    pub(crate) height: f32,
    /// Room left for what lies at the end and is pressed by itself.
    pub(crate) end_width: f32,
}

/// A row as wide as the sheet; `content` draws into it, left to right.
pub(crate) fn row(
    ui: &mut Ui,
    context: &Context<'_>,
    row: Row<'_>,
    content: impl FnOnce(&mut Ui),
) -> Response {
    let (rect, place) = ui.allocate_exact_size(vec2(ui.available_width(), row.height), Sense::hover());
    let pressed = Rect::from_min_max(rect.min, rect.max - vec2(row.end_width, 0.0));
    let response = ui.interact(pressed, place.id.with("row"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, row.is_selected, row.name));
    let (colours, radius) = (context.look.colours(), context.look.tokens.radius.control);
    let ground = rect.expand2(vec2(8.0, 0.0));
    if row.is_selected {
        ui.painter().rect_filled(ground, radius, colour(colours.accent.soft));
    } else if response.hovered() {
        ui.painter().rect_filled(ground, radius, colour(colours.surface.sunken));
    }
    focus_ring(ui, context, &response, ground, f32::from(radius));
    let builder = UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        content(ui);
    });
    response.on_hover_cursor(CursorIcon::PointingHand)
}
