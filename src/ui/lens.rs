//! Whose view of the boundaries is drawn, and a lens that shows the other.

use std::sync::Arc;

use egui::{Key, Popup, Pos2, Rect, ScrollArea, Sense, Stroke, Ui, vec2};

use super::look::colour;
use super::menu::entry_ui;
use super::widgets::{Icon, Row, paint_icon, row};
use super::{Commands, Context};
use crate::catalog::words::country;
use crate::geo::{Camera, ScreenPoint, Size, Viewport};
use crate::render::{self, ViewId};
use crate::scene::Scene;
use crate::state::{Command, State};

/// Of the lens, in points.
const RADIUS: f32 = 130.0;
const MENU_WIDTH: f32 = 260.0;
const MENU_HEIGHT: f32 = 420.0;

/// Where a lens lies, and what it looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    pub rect: Rect,
    pub viewport: Viewport,
}

/// The lens, while its key is held and the pointer is over the map.
#[must_use]
pub fn lens(ui: &Ui, state: &State) -> Option<Lens> {
    let is_held = ui.input(|input| input.key_down(Key::V) && input.modifiers.is_none());
    let pointer = ui.input(|input| input.pointer.hover_pos())?;
    let is_free = state.panels.sheet.is_none() && !state.search.is_open && !state.compare.is_open;
    if !is_held || !is_free || ui.ctx().text_edit_focused() || !is_over_map(ui, pointer) {
        return None;
    }
    let window = ui.max_rect();
    // On whole points, so that its picture lies pixel on pixel.
    let center = pointer.round();
    let at = center - window.min;
    let place = state.view.viewport().world_from_screen(ScreenPoint::new(f64::from(at.x), f64::from(at.y)));
    let camera = Camera { center: place, zoom: state.view.camera().zoom };
    let side = f64::from(RADIUS * 2.0);
    let viewport = Viewport::new(camera, Size { width: side, height: side });
    Some(Lens { rect: Rect::from_center_size(center, vec2(RADIUS * 2.0, RADIUS * 2.0)), viewport })
}

fn is_over_map(ui: &Ui, pointer: Pos2) -> bool {
    ui.ctx().layer_id_at(pointer).is_none_or(|layer| layer.order == egui::Order::Background)
}

/// Draws it over the map, with whose view it shows.
pub(super) fn lens_ui(ui: &Ui, context: &Context<'_>, (lens, scene): (Lens, Arc<Scene>)) {
    ui.painter().add(render::round_callback(ViewId::LENS, lens.rect, scene));
    let ring = Stroke::new(2.4, colour(context.look.colours().accent.fill));
    ui.painter().circle_stroke(lens.rect.center(), RADIUS, ring);
    let name = name(context, context.state.layers.other_viewpoint());
    let font = context.look.font(context.look.tokens.text.small);
    let galley = ui.painter().layout_no_wrap(name, font, context.look.primary());
    let at = lens.rect.center_bottom() + vec2(-galley.size().x / 2.0, 6.0);
    let paper = Rect::from_min_size(at, galley.size()).expand2(vec2(8.0, 3.0));
    ui.painter().rect_filled(paper, 8.0, colour(context.look.colours().surface.panel));
    ui.painter().galley(at, galley, context.look.primary());
}

fn name(context: &Context<'_>, view: Option<&str>) -> String {
    match view {
        None => context.strings.boundary.all_views.clone(),
        Some(view) => {
            let who = country(&context.state.catalog, view, context.language());
            context.strings.boundary.view_of.fill("who", &who)
        }
    }
}

/// In the left panel: whose view is drawn.
pub(super) fn viewpoint_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let texts = &context.strings.boundary;
    let viewpoint = context.state.layers.viewpoint.as_deref();
    let chosen = name(context, viewpoint);
    let spoken = format!("{}: {chosen}", texts.seen_from);
    let look =
        Row { name: &spoken, is_selected: false, height: context.look.tokens.size.row, end_width: 0.0 };
    let response = row(ui, context, look, |ui| {
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(20.0), Sense::hover());
        let ink = context.look.secondary();
        paint_icon(ui.painter(), Icon("boundary"), rect.center(), context.look.tokens.stroke.icon, ink);
        ui.add(egui::Label::new(context.look.body(&texts.seen_from)).truncate());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(16.0), Sense::hover());
            paint_icon(ui.painter(), Icon("down"), rect.center(), context.look.tokens.stroke.icon, ink);
            if let Some(view) = viewpoint {
                let who = country(&context.state.catalog, view, context.language());
                ui.add(egui::Label::new(context.look.strong(&who)).truncate());
            }
        });
    });
    let response = response.on_hover_text(&texts.lens);
    if viewpoint.is_some() {
        ui.add(egui::Label::new(context.look.small(&texts.one_view)).wrap());
    }
    Popup::menu(&response).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(MENU_WIDTH);
            ui.label(context.look.small(&texts.lens));
            ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let catalog = &context.state.catalog;
                let mut views: Vec<(String, Option<String>)> = catalog
                    .viewpoints()
                    .into_iter()
                    .map(|view| (country(catalog, view, context.language()), Some(view.to_owned())))
                    .collect();
                views.sort();
                views.insert(0, (texts.all_views.clone(), None));
                for (name, view) in views {
                    let is_drawn = viewpoint == view.as_deref();
                    if entry_ui(ui, context, &name, if is_drawn { "✓" } else { "" }, is_drawn).clicked() {
                        commands.push(Command::SetViewpoint(view));
                        ui.close();
                    }
                }
            });
        },
    );
}
