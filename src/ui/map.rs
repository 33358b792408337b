//! The map itself: its picture, what hands do on it, what the pointer is over.

use std::collections::BTreeSet;

use egui::{
    Color32, Id as EguiId, LayerId, Order, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    vec2,
};

use super::files::told_by;
use super::gestures::{box_in_progress, gestures, on_map};
use super::heard::heard_ui;
use super::lens::lens_ui;
use super::look::colour;
use super::notes::place_menu;
use super::overlay::{drag_area, overlay_ui, set_point};
use super::quiz::answered_at;
use super::regions::{Region, landing};
use super::{Commands, Context, MapPicture};
use crate::atlas::Id;
use crate::catalog::words::{kind_name, position, short_name};
use crate::geo::WorldBounds;
use crate::render;
use crate::scene::{Hit, HitLayer, cluster_at, pick};
use crate::state::Command;

/// Things this close to the pointer, in points, are at one place.
const OVERLAP: f64 = 6.0;

pub(crate) fn map_ui(ui: &mut Ui, context: &Context<'_>, picture: MapPicture<'_>, commands: &mut Commands) {
    let rect = ui.max_rect();
    let response = ui.interact(rect, EguiId::unique("map"), Sense::CLICK | Sense::DRAG);
    let viewport = context.state.view.viewport();
    let center = viewport.camera.center.to_lonlat();
    response.widget_info(|| {
        let access = &context.strings.access;
        WidgetInfo::labeled(
            Role::Canvas,
            true,
            format!("{}: {}", access.map, position(context.strings, center, 2)),
        )
    });
    if !drag_area(ui, context, &response, commands) {
        gestures(ui, &response, &viewport, commands);
    }
    if let Some(beneath) = picture.beneath {
        ui.painter().add(render::callback(render::ViewId::BENEATH, rect, beneath));
    }
    if let Some(online) = picture.online {
        online.paint(ui, rect, &viewport);
        let fault = online.fault(context.strings);
        ui.data_mut(|data| data.insert_temp(super::online::fault_id(), fault));
    }
    for pictures in picture.pictures {
        pictures.paint(ui, rect, &viewport);
    }
    ui.painter().add(render::callback(render::ViewId::MAIN, rect, picture.scene));
    if let Some(lens) = picture.lens {
        lens_ui(ui, context, lens);
    }
    if let Some(drawn) = box_in_progress(ui, &response) {
        let accent = colour(context.look.colours().accent.fill);
        ui.painter().rect(
            drawn,
            2.0,
            accent.gamma_multiply(0.12),
            Stroke::new(1.5, accent),
            StrokeKind::Inside,
        );
    }
    let free = free_map(context, rect);
    landing(ui, context, Region::Map, (free, &context.strings.access.map));
    pointer(ui, context, &response, commands);
    overlay_ui(ui, context, &response, commands);
    place_menu(context, &response, commands);
    heard_ui(ui, context, &response, commands);
}

/// What the panels leave free.
pub(super) fn free_map(context: &Context<'_>, window: Rect) -> Rect {
    let padding = context.state.view.padding();
    let min = window.min + vec2(padding.left as f32, padding.top as f32);
    Rect::from_min_max(min, window.max - vec2(padding.right as f32, padding.bottom as f32))
}

/// Hover, click and double click.
fn pointer(ui: &Ui, context: &Context<'_>, response: &Response, commands: &mut Commands) {
    let Some(pos) = response.hover_pos().filter(|_| response.contains_pointer() && !response.dragged())
    else {
        // What was under the pointer is so no longer; a list may have lit something else since.
        let was_over = EguiId::unique("pointer was over the map");
        if ui.data_mut(|data| data.remove_temp::<bool>(was_over)).is_some()
            && context.state.picks.hovered.is_some()
        {
            commands.push(Command::Hover(None));
        }
        return;
    };
    ui.data_mut(|data| data.insert_temp(EguiId::unique("pointer was over the map"), true));
    // What lies there would give the answer away.
    if context.state.quiz.asks_for_a_place() {
        if response.clicked() {
            commands.push(answered_at(context, response, pos));
        }
        return;
    }
    let viewport = context.state.view.viewport();
    let hits = pick(context.state, context.scenery, &viewport, on_map(response, pos));
    let aimed: Vec<&Hit> = hits.iter().filter(|hit| !hit.layer.is_ground()).collect();
    let hovered = aimed.first().map(|hit| hit.id.clone());
    if hovered != context.state.picks.hovered {
        commands.push(Command::Hover(hovered.clone()));
    }
    // Only where a zone is hit can there be a cluster.
    let cluster = match aimed.first() {
        Some(hit) if hit.layer == HitLayer::Zones => {
            cluster_at(context.state, context.scenery, &viewport, on_map(response, pos))
        }
        _ => Vec::new(),
    };
    if let Some(hit) = aimed.first() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        // The list of what lies here says more.
        if !context.state.picks.is_list_open() {
            let said =
                if cluster.len() > 1 { together(context, &cluster) } else { named(ui, context, &hit.id) };
            tip(ui, context, said, pos);
        }
    }
    if context.state.measure.is_on {
        if response.clicked() {
            commands.push(set_point(context, response, pos));
        }
    } else if response.double_clicked() {
        match hovered {
            Some(id) => commands.push(Command::FlyTo(id)),
            None => commands.push(Command::Zoom { delta: 1.0, about: Some(on_map(response, pos)) }),
        }
    } else if response.clicked() {
        if let Some(bounds) = apart(context, &cluster, viewport.camera.zoom) {
            commands.push(Command::Fit(bounds));
            return;
        }
        commands.push(Command::Click(at_one_place(context, &hits)));
    }
}

/// The box in which the zones of a cluster stand apart; `None` where they would not, or there is no cluster.
fn apart(context: &Context<'_>, cluster: &[Id], zoom: f64) -> Option<WorldBounds> {
    let bounds = cluster.iter().filter_map(|id| context.state.catalog.bounds(id));
    let bounds = bounds.reduce(WorldBounds::union)?;
    (context.state.view.fitting(bounds).zoom > zoom + 0.5).then_some(bounds)
}

/// The first hit and whatever else lies at its place; the country only where there is nothing else.
fn at_one_place(context: &Context<'_>, hits: &[Hit]) -> Vec<Id> {
    let Some(first) = hits.first() else { return Vec::new() };
    let is_with = |hit: &&Hit| {
        hit.id == first.id
            || (hit.layer != HitLayer::Countries && hit.layer != HitLayer::Places && hit.distance <= OVERLAP)
    };
    // A boundary in several pieces is one line to whoever looks at it.
    let mut boundaries = BTreeSet::new();
    let is_new = |hit: &&Hit| {
        let name = || short_name(&context.state.catalog, &hit.id, context.language());
        hit.layer != HitLayer::Boundaries || boundaries.insert(name())
    };
    hits.iter().filter(is_with).filter(is_new).map(|hit| hit.id.clone()).collect()
}

/// What a thing is called, and of what kind or file it is.
pub(super) fn named(ui: &Ui, context: &Context<'_>, id: &Id) -> (String, String) {
    if let Some((file, dataset, row)) = context.state.files.feature(id) {
        let told = told_by(ui.ctx(), "hovered feature", (dataset, row));
        return (told.label.clone(), file.name.clone());
    }
    let catalog = &context.state.catalog;
    let kind = catalog.entry(id).map(|entry| kind_name(context.strings, &entry).to_owned());
    let mut kind = kind.unwrap_or_default();
    if !context.state.timeline.shows(catalog, id) {
        kind = format!("{kind} · {}", context.strings.timeline.not_yet);
    }
    (short_name(catalog, id, context.language()), kind)
}

/// How many zones a cluster holds, and which.
fn together(context: &Context<'_>, cluster: &[Id]) -> (String, String) {
    let name = |id: &Id| short_name(&context.state.catalog, id, context.language());
    let names: Vec<String> = cluster.iter().map(name).collect();
    (context.strings.here.zones.fill(cluster.len()), names.join(", "))
}

/// The name beside the pointer, and under it what it is.
fn tip(ui: &Ui, context: &Context<'_>, (name, kind): (String, String), pos: egui::Pos2) {
    let colours = context.look.colours();
    let ink = colour(colours.surface.panel);
    let (title, kind) = (
        ui.painter().layout_no_wrap(name, context.look.font(context.look.tokens.text.body_strong), ink),
        ui.painter().layout_no_wrap(
            kind,
            context.look.font(context.look.tokens.text.small),
            ink.gamma_multiply(0.8),
        ),
    );
    let size = vec2(title.size().x.max(kind.size().x), title.size().y + kind.size().y) + vec2(20.0, 12.0);
    let window = free_map(context, ui.max_rect());
    let mut at = pos + vec2(16.0, 18.0);
    at.x = at.x.min(window.right() - size.x);
    at.y = if at.y + size.y > window.bottom() { pos.y - size.y - 10.0 } else { at.y };
    let rect = Rect::from_min_size(at, size);
    // Over the scale too.
    let painter =
        ui.ctx().layer_painter(LayerId::new(Order::Tooltip, EguiId::unique("name beside the pointer")));
    painter.rect_filled(rect, 8.0, colour(colours.text.primary));
    painter.galley(rect.min + vec2(10.0, 5.0), title.clone(), Color32::PLACEHOLDER);
    painter.galley(rect.min + vec2(10.0, 5.0 + title.size().y), kind, Color32::PLACEHOLDER);
}
