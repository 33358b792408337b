//! Above the rows: whose they are, how many of them pass, the filter, and the way out.

use egui::{Align, Layout, Popup, Sense, Ui, vec2};

use super::filter::filter_ui;
use crate::catalog::words::kinds_of;
use crate::data::OutFormat;
use crate::scene::file_colour;
use crate::state::{Command, LISTED, OpenTable, Subject, TableCommand};
use crate::ui::files::count;
use crate::ui::look::colour;
use crate::ui::menu::entry_ui;
use crate::ui::widgets::{Icon, icon_button, section};
use crate::ui::{Commands, Context};

const HEIGHT: f32 = 46.0;
const MENU_WIDTH: f32 = 260.0;

pub(super) fn head_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTable, commands: &mut Commands) {
    let strings = &context.strings.table;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(16.0, 6.0))));
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        title_ui(ui, context, open, commands);
        let (passing, all) = context.state.row_counts(&open.of);
        let (shown, total) = (count(passing as u64), count(all as u64));
        let mut told = strings.shown_of.fill_all(&[("shown", &shown), ("total", &total)]);
        if open.chosen.len() > 1 {
            told = format!("{told} · {}", strings.chosen.fill("n", &count(open.chosen.len() as u64)));
        }
        ui.label(context.look.small(&told));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, context, Icon("close"), &strings.close, true).clicked() {
                commands.push(Command::Table(TableCommand::Close));
            }
            let table = context.state.table_of(&open.of);
            if icon_button(ui, context, Icon("copy"), &strings.copy, table.is_some()).clicked() {
                commands.push(Command::Table(TableCommand::Copy));
            }
            let save = icon_button(ui, context, Icon("save"), &strings.export, table.is_some());
            save_ui(context, &save, commands);
            if let Some(filter) = context.state.filter_of(&open.of) {
                filter_ui(ui, context, (&open.of, filter, table), commands);
            }
        });
    });
}

/// How what passes can be saved.
fn save_ui(context: &Context<'_>, button: &egui::Response, commands: &mut Commands) {
    Popup::menu(button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(MENU_WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            for format in OutFormat::ALL {
                if entry_ui(ui, context, format.name(), "", false).clicked() {
                    commands.push(Command::Table(TableCommand::Export(format)));
                    ui.close();
                }
            }
        },
    );
}

/// What is listed; a press offers the other tables.
fn title_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTable, commands: &mut Commands) {
    let colours = context.look.colours();
    if let Subject::File(key) = &open.of
        && let Some(file) = context.state.files.get(key)
    {
        let (swatch, _) = ui.allocate_exact_size(vec2(14.0, 4.0), Sense::hover());
        ui.painter().rect_filled(swatch, 2.0, colour(file_colour(colours, file.style.colour)));
    }
    ui.label(context.look.text(context.look.tokens.text.heading, &name(context, &open.of)));
    let button = icon_button(ui, context, Icon("down"), &context.strings.table.other, true);
    Popup::menu(&button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(MENU_WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            let kinds = LISTED.into_iter().map(Subject::Atlas);
            let files = context.state.files.iter().rev().map(|file| Subject::File(file.key.clone()));
            let files = files.filter(|file| context.state.has_subject(file));
            let mut offer = |ui: &mut Ui, subject: Subject| {
                let is_open = subject == open.of;
                if entry_ui(ui, context, &name(context, &subject), "", is_open).clicked() {
                    commands.push(Command::Table(TableCommand::Open(subject)));
                    ui.close();
                }
            };
            kinds.for_each(|subject| offer(ui, subject));
            if !context.state.files.is_empty() {
                section(ui, context, &context.strings.layers.your_files);
                files.for_each(|subject| offer(ui, subject));
            }
        },
    );
}

fn name(context: &Context<'_>, subject: &Subject) -> String {
    match subject {
        Subject::File(key) => context.state.files.get(key).map(|file| file.name.clone()).unwrap_or_default(),
        Subject::Atlas(kind) => kinds_of(context.strings, *kind).to_owned(),
    }
}
