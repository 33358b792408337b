//! What can be pressed: buttons with words, icons, or both; one of several.

use egui::{Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::icon::{Icon, paint_icon};
use super::switch::focus_ring;
use crate::theme::Face;
use crate::ui::Context;
use crate::ui::look::{colour, family};

/// An icon alone, at least 28 points each way; `name` is its tooltip and its name.
pub(crate) fn icon_button(
    ui: &mut Ui,
    context: &Context<'_>,
    icon: Icon,
    name: &str,
    is_enabled: bool,
) -> Response {
    let side = context.look.tokens.size.hit_target_min;
    let sense = if is_enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, name));
    let colours = context.look.colours();
    if response.hovered() && is_enabled {
        ui.painter().rect_filled(rect, context.look.tokens.radius.control, colour(colours.surface.sunken));
    }
    let ink = if is_enabled { colours.text.secondary } else { colours.surface.line_strong };
    paint_icon(ui.painter(), icon, rect.center(), context.look.tokens.stroke.icon, colour(ink));
    focus_ring(ui, context, &response, rect.expand(1.0), 8.0);
    response.on_hover_text(name)
}

/// A button with a word, and an icon before it where there is one; the primary one is filled.
pub(crate) fn button(
    ui: &mut Ui,
    context: &Context<'_>,
    icon: Option<Icon>,
    text: &str,
    is_primary: bool,
) -> Response {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let ink = if is_primary { colours.accent.on_fill } else { colours.text.primary };
    let galley = galley(ui, context, text, colour(ink));
    let icon_width = if icon.is_some() { 24.0 } else { 0.0 };
    let size = vec2(galley.size().x + icon_width + 24.0, tokens.size.control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    ground(ui, context, &response, rect, is_primary);
    if let Some(icon) = icon {
        paint_icon(
            ui.painter(),
            icon,
            pos2(rect.left() + 20.0, rect.center().y),
            tokens.stroke.icon,
            colour(ink),
        );
    }
    let at = pos2(rect.left() + 12.0 + icon_width, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour(ink));
    focus_ring(ui, context, &response, rect.expand(2.0), 10.0);
    response
}

/// An icon over a word, as wide as `width`.
pub(crate) fn tile_button(
    ui: &mut Ui,
    context: &Context<'_>,
    icon: Icon,
    text: &str,
    look: (bool, f32),
) -> Response {
    let (is_primary, width) = look;
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let ink = if is_primary { colours.accent.on_fill } else { colours.text.primary };
    let (rect, response) = ui.allocate_exact_size(vec2(width, tokens.size.button_tile), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    ground(ui, context, &response, rect, is_primary);
    paint_icon(ui.painter(), icon, pos2(rect.center().x, rect.top() + 16.0), tokens.stroke.icon, colour(ink));
    let font = egui::FontId::new(11.5, family(Face::UiMedium));
    let galley = ui.painter().layout(text.to_owned(), font, colour(ink), width - 6.0);
    let at = pos2(rect.center().x - galley.size().x / 2.0, rect.bottom() - 7.0 - galley.size().y);
    ui.painter().galley(at, galley, colour(ink));
    focus_ring(ui, context, &response, rect.expand(2.0), 10.0);
    response
}

/// One of several, side by side; returns the one just chosen.
pub(crate) fn segmented(
    ui: &mut Ui,
    context: &Context<'_>,
    items: &[(&str, &str)],
    chosen: usize,
) -> Option<usize> {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let mut picked = None;
    let frame = egui::Frame::new()
        .fill(colour(colours.surface.sunken))
        .corner_radius(tokens.radius.control)
        .inner_margin(2);
    let row = |ui: &mut Ui, content: &mut dyn FnMut(&mut Ui)| {
        // In a narrow panel they take two rows rather than more room than there is.
        if ui.layout().is_horizontal() { content(ui) } else { ui.horizontal_wrapped(|ui| content(ui)).inner }
    };
    frame.show(ui, |ui| {
        row(ui, &mut |ui| {
            ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
            for (index, (text, name)) in items.iter().enumerate() {
                let is_chosen = index == chosen;
                let ink = if is_chosen { context.look.primary() } else { context.look.secondary() };
                let galley = galley(ui, context, text, ink);
                let (rect, response) =
                    ui.allocate_exact_size(galley.size() + vec2(16.0, 8.0), Sense::click());
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, name));
                if is_chosen {
                    let stroke = Stroke::new(tokens.stroke.hairline, colour(colours.surface.line));
                    ui.painter().rect(rect, 6.0, colour(colours.surface.raised), stroke, StrokeKind::Inside);
                }
                ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
                focus_ring(ui, context, &response, rect.expand(1.0), 7.0);
                if response.clicked() {
                    picked = Some(index);
                }
            }
        });
    });
    picked
}

fn galley(ui: &Ui, context: &Context<'_>, text: &str, ink: Color32) -> std::sync::Arc<egui::Galley> {
    let mut style = context.look.tokens.text.body;
    style.face = Face::UiMedium;
    ui.painter().layout_no_wrap(text.to_owned(), context.look.font(style), ink)
}

fn ground(ui: &Ui, context: &Context<'_>, response: &Response, rect: egui::Rect, is_primary: bool) {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let fill = match (is_primary, response.hovered()) {
        (true, false) => colours.accent.fill,
        (true, true) => colours.accent.fill.mixed(colours.text.primary, 0.18),
        (false, true) => colours.surface.sunken,
        (false, false) => colours.surface.raised,
    };
    let edge = if is_primary { colours.accent.fill } else { colours.surface.line_strong };
    let stroke = Stroke::new(tokens.stroke.control, colour(edge));
    ui.painter().rect(rect, tokens.radius.control, colour(fill), stroke, StrokeKind::Inside);
}
