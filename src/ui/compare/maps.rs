//! The maps of a comparison: where each lies, its name above it, its scale in its corner.

use std::sync::Arc;

use egui::{Align, Layout, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{AROUND, GAP, HEAD, INSIDE, LABELS};
use crate::atlas::Id;
use crate::catalog::words::{length, short_name};
use crate::i18n::Language;
use crate::render::{self, ViewId};
use crate::scene::Scene;
use crate::state::{Command, CompareCommand, State};
use crate::theme::Tokens;
use crate::ui::details::symbol;
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, icon_button};
use crate::ui::{Commands, Context, Scenes};

/// The name above a map.
const NAME: f32 = 34.0;
/// Widest map, and the share of the sheet that maps take above their table.
const WIDEST: f32 = 420.0;
const SHARE: f32 = 0.42;
/// All zones lie in so many columns.
const COLUMNS: usize = 4;
/// Longest scale bar.
const BAR: f32 = 70.0;

/// Where the map of each compared feature lies in a window; empty while nothing is compared.
#[must_use]
pub fn compare_maps(window: Rect, state: &State, tokens: &Tokens) -> Vec<(Id, Rect)> {
    if !state.compare.is_open {
        return Vec::new();
    }
    let ids = state.compared();
    let inside = window.shrink(AROUND).shrink2(vec2(INSIDE, 0.0));
    let top = inside.top() + HEAD;
    let name = NAME * tokens.scale(state.settings.theme).text;
    let (left, columns, height) = if state.compare.has_all_zones {
        let rows = ids.len().div_ceil(COLUMNS).max(1) as f32;
        let each = (inside.bottom() - INSIDE - top) / rows;
        (inside.left(), COLUMNS, each - name - 4.0)
    } else {
        (inside.left() + LABELS, ids.len().max(1), inside.height() * SHARE)
    };
    let width = (inside.right() - left - GAP * (columns - 1) as f32) / columns as f32;
    let width = if state.compare.has_all_zones { width } else { width.min(WIDEST) };
    let place = |(number, id): (usize, Id)| {
        let (column, row) = (number % columns, number / columns);
        let min = pos2(left + column as f32 * (width + GAP), top + name + row as f32 * (height + name + 4.0));
        // Whole points, so that a picture is not drawn between pixels.
        (id, Rect::from_min_size(min.round(), vec2(width.floor(), height.floor())))
    };
    ids.into_iter().enumerate().map(place).collect()
}

pub(super) fn maps_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (placed, scenes): (&[(Id, Rect)], &Scenes),
    commands: &mut Commands,
) {
    for (number, (id, rect)) in placed.iter().enumerate() {
        name_ui(ui, context, (id, *rect), commands);
        let scene = scenes.iter().find(|(other, _)| other == id).map(|(_, scene)| scene);
        if let Some(scene) = scene {
            // The main map is number 0.
            let view = ViewId(u32::try_from(number + 1).unwrap_or(1));
            // A figure places the map itself, under all this.
            if !context.is_on_paper() {
                ui.painter().add(render::callback(view, *rect, Arc::clone(scene)));
            }
            scale_ui(ui, context, (*rect, scene));
        }
        let response = ui.interact(*rect, ui.scope_id().with(("map", number)), Sense::click());
        let name = name(context, id);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
        let line = if response.hovered() || response.has_focus() {
            Stroke::new(2.0, colour(context.look.colours().accent.fill))
        } else {
            Stroke::new(1.0, colour(context.look.colours().surface.line_strong))
        };
        ui.painter().rect_stroke(*rect, 4.0, line, StrokeKind::Outside);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            commands.push(Command::Compare(CompareCommand::Close));
            commands.push(Command::Select(Some(id.clone())));
            commands.push(Command::FlyTo(id.clone()));
        }
    }
    if let Some((_, first)) = placed.first().filter(|_| !context.state.compare.has_all_zones) {
        notes_ui(ui, context, *first);
    }
}

pub(super) fn name(context: &Context<'_>, id: &Id) -> String {
    match context.state.files.feature(id) {
        Some((_, dataset, row)) => crate::format::label(dataset.bytes(row).unwrap_or_default(), row),
        None => short_name(&context.state.catalog, id, context.language()),
    }
}

fn name_ui(ui: &mut Ui, context: &Context<'_>, (id, map): (&Id, Rect), commands: &mut Commands) {
    let height = NAME * context.look.tokens.scale(context.look.theme).text;
    let room = Rect::from_min_max(pos2(map.left(), map.top() - height), pos2(map.right(), map.top()));
    let layout = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(layout));
    ui.spacing_mut().item_spacing.x = 8.0;
    symbol(&mut ui, context, id);
    let name = name(context, id);
    let can_go = !context.state.compare.has_all_zones && !context.is_on_paper();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if can_go {
            let remove = context.strings.compare.remove.fill("name", &name);
            if icon_button(ui, context, Icon("close"), &remove, true).clicked() {
                commands.push(Command::Compare(CompareCommand::Unpin(id.clone())));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.add(egui::Label::new(context.look.text(context.look.tokens.text.heading, &name)).truncate());
            let other = if context.language() == Language::Zh { Language::En } else { Language::Zh };
            if let Some(entry) = context.state.catalog.entry(id).filter(|_| ui.available_width() > 50.0) {
                ui.add(egui::Label::new(context.look.small(entry.name(other))).truncate());
            }
        });
    });
}

fn scale_ui(ui: &Ui, context: &Context<'_>, (map, scene): (Rect, &Scene)) {
    let metres = scene.viewport.round_metres(f64::from(BAR));
    let width = (metres / scene.viewport.metres_per_point()) as f32;
    let from = pos2(map.left() + 12.0, map.bottom() - 14.0);
    let ink = context.look.primary();
    let stroke = Stroke::new(1.4, ink);
    let to = from + vec2(width, 0.0);
    let font = context.look.font(context.look.tokens.text.small);
    let text = ui.painter().layout_no_wrap(length(context.strings, metres), font, ink);
    let paper = Rect::from_min_max(from - vec2(8.0, 12.0), to + vec2(text.size().x + 12.0, 8.0));
    ui.painter().rect_filled(paper, 6.0, colour(context.look.colours().surface.veil));
    ui.painter().line_segment([from, to], stroke);
    for end in [from, to] {
        ui.painter().line_segment([end, end - vec2(0.0, 5.0)], stroke);
    }
    ui.painter().galley(to + vec2(6.0, -text.size().y / 2.0 - 2.0), text, ink);
}

/// Beside the maps: what their scale is.
fn notes_ui(ui: &mut Ui, context: &Context<'_>, first: Rect) {
    let texts = &context.strings.compare;
    let room = Rect::from_min_max(
        pos2(first.left() - LABELS, first.top()),
        pos2(first.left() - GAP, first.bottom()),
    );
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
    ui.label(context.look.caption(&texts.scale));
    ui.add_space(4.0);
    ui.add(egui::Label::new(context.look.small(&texts.scale_note)).wrap());
}
