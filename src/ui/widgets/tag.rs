//! Small words on a ground of their own: what kind, how sure, which source.

use egui::{Response, Role, Sense, Stroke, Ui, WidgetInfo};

use super::icon::{Icon, paint_icon};
use super::switch::focus_ring;
use crate::theme::Rgba;
use crate::ui::Context;
use crate::ui::look::colour;

/// What a tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Good,
    Doubt,
}

/// A word that says what kind or how sure.
pub(crate) fn tag(ui: &mut Ui, context: &Context<'_>, tone: Tone, text: &str) -> Response {
    let colours = context.look.colours();
    let (ground, ink): (Rgba, Rgba) = match tone {
        Tone::Plain => (colours.accent.soft, colours.accent.fill),
        Tone::Good => (colours.status.ok_soft, colours.status.ok),
        Tone::Doubt => (colours.status.warn_soft, colours.status.warn),
    };
    let mut style = context.look.tokens.text.chip;
    style.face = crate::theme::Face::UiMedium;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), context.look.font(style), colour(ink));
    let icon_width = if tone == Tone::Good { 16.0 } else { 0.0 };
    let size = galley.size() + egui::vec2(14.0 + icon_width, 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, context.look.tokens.radius.chip, colour(ground));
    if tone == Tone::Good {
        let at = rect.left_center() + egui::vec2(12.0, 0.0);
        paint_icon(ui.painter(), Icon("check"), at, context.look.tokens.stroke.icon, colour(ink));
    }
    ui.painter().galley(rect.min + egui::vec2(7.0 + icon_width, 2.0), galley, colour(ink));
    response
}

/// A word that is on or off, with a tick where it is on.
pub(crate) fn toggle_chip(ui: &mut Ui, context: &Context<'_>, text: &str, is_on: bool) -> Response {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let (ground, ink) = if is_on {
        (colours.accent.soft, colours.text.primary)
    } else {
        (colours.surface.sunken, colours.text.secondary)
    };
    let galley =
        ui.painter().layout_no_wrap(text.to_owned(), context.look.font(tokens.text.small), colour(ink));
    let size = galley.size() + egui::vec2(32.0, 6.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, text));
    ui.painter().rect_filled(rect, tokens.radius.chip, colour(ground));
    if is_on {
        paint_icon(
            ui.painter(),
            Icon("check"),
            rect.left_center() + egui::vec2(12.0, 0.0),
            tokens.stroke.icon,
            colour(colours.accent.fill),
        );
    }
    ui.painter().galley(rect.min + egui::vec2(24.0, 3.0), galley, colour(ink));
    focus_ring(ui, context, &response, rect.expand(2.0), 8.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A source in a few words; a click opens what is known of it.
pub(crate) fn chip(ui: &mut Ui, context: &Context<'_>, text: &str, name: &str) -> Response {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let style = tokens.text.chip;
    let most = (ui.available_width() - 14.0).max(60.0);
    let text = context.look.text(style, text).color(colour(colours.text.secondary));
    let galley = egui::WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Truncate),
        most,
        egui::TextStyle::Small,
    );
    let size = galley.size() + egui::vec2(14.0, 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    let ground = if response.hovered() { colours.surface.raised } else { colours.surface.sunken };
    let stroke = Stroke::new(tokens.stroke.hairline, colour(colours.surface.line));
    ui.painter().rect(rect, tokens.radius.chip, colour(ground), stroke, egui::StrokeKind::Inside);
    ui.painter().galley(rect.min + egui::vec2(7.0, 1.0), galley, context.look.primary());
    focus_ring(ui, context, &response, rect.expand(2.0), 8.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
