//! Several features side by side: their maps at one scale, and what is known of them row by row.

mod maps;
mod rows;

use egui::{Align, Layout as EguiLayout, Margin, Popup, Rect, ScrollArea, Ui, vec2};

use super::figure::make;
use super::files::told_by;
use super::menu::entry_ui;
use super::widgets::{Icon, button, icon_button, sheet, switch};
use super::{Commands, Context, Scenes};
use crate::atlas::{Id, Kind};
use crate::catalog::compare::{Cell, Compared, compared, joined};
use crate::catalog::words::short_name;
use crate::state::{Command, CompareCommand, FigureOf, MOST_COMPARED};

pub use maps::compare_maps;

/// What a sheet over the whole window keeps free around itself, and inside its edge.
const AROUND: f32 = 12.0;
const INSIDE: f32 = 24.0;
/// From the edge of the window, or of a page, to what is written.
pub(super) const EDGE: f32 = AROUND + INSIDE;
const HEAD: f32 = 56.0;
/// The column of labels, and room between maps.
const LABELS: f32 = 150.0;
const GAP: f32 = 12.0;
/// Where what a feature says is kept.
const PLACES: [&str; MOST_COMPARED] = ["compared 1", "compared 2", "compared 3", "compared 4"];
const MENU_WIDTH: f32 = 280.0;
const MENU_HEIGHT: f32 = 420.0;

pub(crate) fn compare_ui(ui: &Ui, context: &Context<'_>, scenes: &Scenes, commands: &mut Commands) {
    if context.state.compare.is_open {
        compare_in(ui, context, (ui.max_rect(), scenes), commands);
    }
}

/// The comparison in a window, or on a page of a figure; how far down it reaches.
pub(super) fn compare_in(
    ui: &Ui,
    context: &Context<'_>,
    (window, scenes): (Rect, &Scenes),
    commands: &mut Commands,
) -> f32 {
    let state = context.state;
    let ids = state.compared();
    let title = title(context, &ids);
    let mut bottom = window.bottom();
    sheet(ui, context, ("compare", &title), window.shrink(AROUND), |ui| {
        let inside = ui.max_rect().shrink2(vec2(INSIDE, 0.0));
        let head = Rect::from_min_size(inside.min + vec2(0.0, 8.0), vec2(inside.width(), HEAD - 8.0));
        let mut head = ui.new_child(egui::UiBuilder::new().max_rect(head));
        head_ui(&mut head, context, &title, commands);
        let placed = compare_maps(window, state, &context.look.tokens);
        maps::maps_ui(ui, context, (&placed, scenes), commands);
        if state.compare.has_all_zones || placed.is_empty() {
            if placed.is_empty() {
                let room = Rect::from_min_max(inside.min + vec2(0.0, HEAD), inside.max);
                let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
                ui.label(context.look.body(&context.strings.compare.empty));
            }
            return;
        }
        let top = placed.iter().map(|(_, map)| map.bottom()).fold(inside.top(), f32::max) + 10.0;
        let room = Rect::from_min_max(egui::pos2(inside.left(), top), inside.max);
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
        if context.is_on_paper() {
            let rows = table(&ui, context, &ids);
            rows::rows_ui(&mut ui, context, (&rows, &placed), commands);
            bottom = ui.min_rect().bottom();
            return;
        }
        ScrollArea::vertical().id_salt("compared").auto_shrink([false, false]).show(&mut ui, |ui| {
            egui::Frame::new().inner_margin(Margin { bottom: 16, ..Margin::ZERO }).show(ui, |ui| {
                rows::rows_ui(ui, context, (&table(ui, context, &ids), &placed), commands);
            });
        });
    });
    bottom
}

fn title(context: &Context<'_>, ids: &[Id]) -> String {
    let texts = &context.strings.compare;
    if context.state.compare.has_all_zones {
        return texts.all_title.clone();
    }
    let is_zones = ids.iter().all(|id| id.kind == Kind::Zone);
    if is_zones { texts.zones_title.fill(ids.len()) } else { texts.title.fill(ids.len()) }
}

/// What is known of each: of the atlas's things from the atlas, of features from their files.
fn table(ui: &Ui, context: &Context<'_>, ids: &[Id]) -> Vec<Compared> {
    if ids.iter().all(|id| id.kind != Kind::File) {
        return compared(&context.state.catalog, context.language(), ids);
    }
    let told = ids.iter().zip(PLACES).map(|(id, place)| {
        let Some((_, dataset, row)) = context.state.files.feature(id) else { return Vec::new() };
        let told = told_by(ui.ctx(), place, (dataset, row));
        let cell = |(key, text): &(String, String)| {
            let cell = Cell { text: text.clone(), number: text.parse().ok(), ..Cell::default() };
            (key.clone(), key.clone(), cell)
        };
        told.lines.iter().map(cell).collect()
    });
    joined(&told.collect::<Vec<_>>())
}

fn head_ui(ui: &mut Ui, context: &Context<'_>, title: &str, commands: &mut Commands) {
    let (texts, compare) = (&context.strings.compare, &context.state.compare);
    ui.with_layout(EguiLayout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        ui.label(context.look.text(context.look.tokens.text.title, title));
        if context.is_on_paper() {
            return note_ui(ui, context);
        }
        ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            if icon_button(ui, context, Icon("close"), &texts.close, true).clicked() {
                commands.push(Command::Compare(CompareCommand::Close));
            }
            let figure = &context.strings.figure.make;
            if icon_button(ui, context, Icon("figure"), figure, true).clicked() {
                commands.extend(make(context.state, FigureOf::Comparison, None));
            }
            if !compare.has_all_zones {
                let add = button(ui, context, Some(Icon("plus")), &texts.add, compare.pins.len() < 2);
                add_ui(context, &add, commands);
            }
            let all = button(ui, context, None, &texts.all_zones, compare.has_all_zones);
            if all.clicked() {
                commands.push(Command::Compare(CompareCommand::SetAllZones(!compare.has_all_zones)));
            }
            if !compare.has_all_zones && compare.pins.len() > 1 {
                let only = switch(ui, context, compare.only_differences, &texts.only_differences);
                if let Some(only) = only {
                    commands.push(Command::Compare(CompareCommand::SetOnlyDifferences(only)));
                }
                ui.label(context.look.body(&texts.only_differences));
            }
            ui.with_layout(EguiLayout::left_to_right(Align::Center), |ui| note_ui(ui, context));
        });
    });
}

/// What is the same on every map.
fn note_ui(ui: &mut Ui, context: &Context<'_>) {
    let (texts, compare) = (&context.strings.compare, &context.state.compare);
    let is_zones = context.state.compared().iter().all(|id| id.kind == Kind::Zone);
    let is_alone = !compare.has_all_zones && compare.pins.len() == 1;
    let note = match (is_alone, is_zones) {
        // On paper nothing can be added.
        (true, _) if !context.is_on_paper() => &texts.alone,
        (_, true) => &texts.rings,
        (_, false) => &texts.scale_note,
    };
    ui.add(egui::Label::new(context.look.small(note)).truncate());
}

/// What can be taken in: more of the kind that is compared, else zones.
fn add_ui(context: &Context<'_>, button: &egui::Response, commands: &mut Commands) {
    let state = context.state;
    Popup::menu(button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(MENU_WIDTH);
            if state.compare.is_full() {
                ui.label(context.look.small(&context.strings.compare.full));
            }
            let kind = state.compare.pins.first().map_or(Kind::Zone, |id| id.kind);
            let kind = if kind == Kind::File { Kind::Zone } else { kind };
            ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for id in state.catalog.ids(kind).into_iter().filter(|id| !state.compare.pins.contains(id)) {
                    let name = short_name(&state.catalog, &id, context.language());
                    if entry_ui(ui, context, &name, "", false).clicked() {
                        commands.push(Command::Compare(CompareCommand::Pin(id)));
                        ui.close();
                    }
                }
            });
        },
    );
}
