//! A corridor's letter on its colour.

use egui::{Align2, Painter, Pos2, Rect, Response, Sense, Ui, Vec2};

use crate::atlas::Corridor;
use crate::theme::Face;
use crate::ui::Context;
use crate::ui::look::{colour, family};

/// The badge of a corridor, as large as in lists.
pub(crate) fn badge(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor) -> Response {
    let size = context.look.tokens.badge.size_list;
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_badge(ui.painter(), context, corridor, rect.center());
    response
}

/// Draws the badge around `center`.
pub(crate) fn paint_badge(painter: &Painter, context: &Context<'_>, corridor: &Corridor, center: Pos2) {
    let tokens = &context.look.tokens.badge;
    let rect = Rect::from_center_size(center, Vec2::splat(tokens.size_list));
    let Some(ink) = context.look.colours().corridor.get(&corridor.id.name) else { return };
    painter.rect_filled(rect, tokens.radius_list, colour(ink.colour));
    let font = egui::FontId::new(tokens.size_list * tokens.font_share, family(Face::Atlas));
    painter.text(rect.center(), Align2::CENTER_CENTER, &corridor.letter, font, colour(ink.on_badge));
}
