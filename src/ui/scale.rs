//! The scale bar, what the map is made from, and the place under the pointer.

use egui::{Align2, Area, Color32, Id, Margin, Order, Rect, Stroke, Ui, pos2, vec2};

use super::look::colour;
use super::{Context, Layout};
use crate::catalog::words::{attribution, length, position};
use crate::geo::ScreenPoint;
use crate::scene::LONGEST_BAR;

/// Width and height in most languages.
const USUAL: egui::Vec2 = vec2(320.0, 76.0);

/// Room for the zoom buttons, and the least for the scale, in points.
const BESIDE: f32 = 76.0;
const NARROWEST: f32 = 130.0;

/// Where the scale lies; before it was drawn, about where it will.
#[must_use]
pub fn scale_box(ctx: &egui::Context, layout: &Layout) -> Rect {
    let drawn = ctx.memory(|memory| memory.area_rect(Id::unique("scale")));
    drawn.unwrap_or_else(|| {
        let corner = layout.scale_left_bottom;
        Rect::from_min_max(corner - vec2(0.0, USUAL.y), corner + vec2(USUAL.x, 0.0))
    })
}

pub(crate) fn scale_ui(ui: &Ui, context: &Context<'_>, layout: &Layout) {
    let area = Area::new(Id::unique("scale"))
        .fade_in(false)
        .order(Order::Middle)
        .fixed_pos(layout.scale_left_bottom)
        .pivot(Align2::LEFT_BOTTOM)
        .interactable(false);
    area.show(ui.ctx(), |ui| {
        let veil = colour(context.look.colours().surface.veil);
        let frame = egui::Frame::new().fill(veil).corner_radius(8).inner_margin(Margin::symmetric(10, 6));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            // Whom the map thanks is read in the narrowest window, beside the zoom buttons.
            ui.set_max_width(
                (layout.zoom_right_bottom.x - layout.scale_left_bottom.x - BESIDE).max(NARROWEST),
            );
            bar(ui, context);
            let sources = context.look.text(context.look.tokens.text.chip, &attribution(context.strings));
            ui.label(sources.color(context.look.secondary()));
            if let Some(text) = under_pointer(ui, context, layout) {
                ui.label(
                    context.look.text(context.look.tokens.text.chip, &text).color(context.look.secondary()),
                );
            }
        });
    });
}

fn bar(ui: &mut Ui, context: &Context<'_>) {
    let viewport = context.state.view.viewport();
    let metres = viewport.round_metres(LONGEST_BAR);
    let text = length(context.strings, metres);
    let points = (metres / viewport.metres_per_point()) as f32;
    let (rect, response) =
        ui.allocate_exact_size(vec2(LONGEST_BAR as f32 + 60.0, 22.0), egui::Sense::hover());
    let name = context.strings.access.scale.fill("km", &text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    let ink = context.look.primary();
    let font = context.look.font(context.look.tokens.text.chip);
    let base =
        Rect::from_min_max(pos2(rect.left(), rect.bottom() - 5.0), pos2(rect.left() + points, rect.bottom()));
    ui.painter().text(pos2(rect.left(), rect.top()), Align2::LEFT_TOP, "0", font.clone(), ink);
    ui.painter().text(pos2(base.right(), rect.top()), Align2::CENTER_TOP, text, font, ink);
    bracket(ui, base, ink);
}

fn bracket(ui: &Ui, base: Rect, ink: Color32) {
    let stroke = Stroke::new(1.4, ink);
    let points = vec![base.left_top(), base.left_bottom(), base.right_bottom(), base.right_top()];
    ui.painter().line(points, stroke);
}

/// Latitude and longitude, as exact as a point on the screen.
fn under_pointer(ui: &Ui, context: &Context<'_>, layout: &Layout) -> Option<String> {
    let pointer = ui.input(|input| input.pointer.hover_pos())?;
    let is_on_map = ui.ctx().layer_id_at(pointer).is_none_or(|layer| layer.order == Order::Background);
    if !is_on_map {
        return None;
    }
    let offset = pointer - layout.window.min;
    let viewport = context.state.view.viewport();
    let place =
        viewport.world_from_screen(ScreenPoint::new(f64::from(offset.x), f64::from(offset.y))).to_lonlat();
    let decimals = (viewport.camera.zoom / 3.3).floor().clamp(1.0, 6.0) as usize;
    Some(position(context.strings, place, decimals))
}
