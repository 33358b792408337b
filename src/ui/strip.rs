//! The strip under the map: one route of a corridor laid out straight, its kilometres from left to right.

mod axis;
mod drawing;
mod head;
mod things;

use egui::{Order, Pos2, Rect, Stroke, Ui, vec2};

use super::look::colour;
use super::widgets::{hairline, sheet};
use super::{Commands, Context, Layout};
use crate::catalog::Strip;
use crate::geo::ScreenPoint;
use crate::state::OpenStrip;
use axis::Axis;

/// What is laid out, and how.
struct Laid<'a> {
    open: &'a OpenStrip,
    strip: Strip<'a>,
    axis: Axis,
    ink: egui::Color32,
}

pub(crate) fn strip_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    if let Some(rect) = layout.bottom {
        strip_in(ui, context, rect, commands);
    }
}

/// The strip that lies open, in `rect` of the window or of a figure.
pub(super) fn strip_in(ui: &Ui, context: &Context<'_>, rect: Rect, commands: &mut Commands) {
    let Some(open) = &context.state.strip else { return };
    let catalog = &context.state.catalog;
    let Some((corridor, route)) = catalog.route(&open.corridor, &open.route) else { return };
    let strip = catalog.strip(corridor, route);
    let mut pointed = None;
    sheet(ui, context, ("strip", &context.strings.strip.title), rect, |ui| {
        head::head_ui(ui, context, (open, corridor, &strip), commands);
        hairline(ui, context);
        let room = ui.available_rect_before_wrap().shrink2(vec2(36.0, 6.0));
        let axis = Axis::new(&strip, open.scale, room.x_range());
        let ink = colour(context.scenery.looks(context.look.theme).corridor(&corridor.id).0);
        let laid = Laid { open, strip, axis, ink };
        pointed = drawing::drawing_ui(ui, context, (&laid, room), commands);
    });
    if let Some(km) = pointed {
        ring_on_map(ui, context, open, km);
    }
}

/// Where on the map a kilometre lies, while the pointer is over the strip.
fn ring_on_map(ui: &Ui, context: &Context<'_>, open: &OpenStrip, km: f64) {
    let Some(place) = open.line.at(km) else { return };
    let at = context.state.view.viewport().screen_from_world(place.to_world());
    let center = Pos2::new(at.x as f32, at.y as f32) + ui.max_rect().min.to_vec2();
    let colours = context.look.colours();
    ui.painter().circle_stroke(center, 11.0, Stroke::new(5.0, colour(colours.surface.panel)));
    ui.painter().circle_stroke(center, 11.0, Stroke::new(2.5, colour(colours.accent.fill)));
}

/// The kilometre under the pointer on the map, while it is over the corridor there.
fn pointed_on_map(ui: &Ui, context: &Context<'_>, open: &OpenStrip) -> Option<f64> {
    if context.state.picks.hovered.as_ref() != Some(&open.corridor) {
        return None;
    }
    let at = ui.input(|input| input.pointer.hover_pos())?;
    // It may be hovered in a list too.
    if ui.ctx().layer_id_at(at).is_some_and(|layer| layer.order != Order::Background) {
        return None;
    }
    let world =
        context.state.view.viewport().world_from_screen(ScreenPoint::new(f64::from(at.x), f64::from(at.y)));
    open.line.nearest(world.to_lonlat()).map(|(km, _)| km)
}

/// The part of the paper around a kilometre.
fn column(rect: Rect, x: f32, half: f32) -> Rect {
    Rect::from_x_y_ranges(x - half..=x + half, rect.y_range())
}
