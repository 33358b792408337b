//! The ways to open a file: the button, the field for its path, and those that were open before.

use std::path::PathBuf;

use egui::{Align, Layout, Margin, Ui};

use super::super::look::colour;
use super::super::widgets::{Icon, button, hairline};
use super::super::{Commands, Context};
use crate::state::{Command, FileCommand, SessionTrouble, Sheet};

/// Files opened before that are offered.
const MOST_RECENT: usize = 6;

/// Height of the foot with the button that opens a file.
pub(in crate::ui) const FOOT: f32 = 50.0;

/// At the foot of the left panel: the button, and that files can be dropped.
pub(in crate::ui) fn open_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let files = &context.strings.files;
    hairline(ui, context);
    egui::Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            if button(ui, context, Some(Icon("plus")), &files.open, false).clicked() {
                commands.push(Command::SetSheet(Some(Sheet::Open)));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(egui::Label::new(context.look.small(&files.or_drop)).wrap());
            });
        });
    });
}

/// Passes in which a new sheet finds its size.
const MEASURING: u64 = 2;

/// The sheet with a field for the file's path.
pub(in crate::ui) fn path_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let id = egui::Id::unique("path to open");
    let mut path: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.add_space(8.0);
    ui.label(context.look.small(&context.strings.files.path));
    ui.add_space(4.0);
    let field_id = id.with("field");
    // Before it is shown, so that it takes the letters of the sheet's first frame too.
    let pass = ui.ctx().cumulative_pass_nr();
    let before = ui.data(|data| data.get_temp::<(u64, u64)>(field_id));
    let opened = before.filter(|(_, last)| last + 1 >= pass).map_or(pass, |(opened, _)| opened);
    ui.data_mut(|data| data.insert_temp(field_id, (opened, pass)));
    // The first passes only measure the sheet, and a field that is measured does not keep the focus.
    if pass <= opened + MEASURING {
        ui.memory_mut(|memory| memory.request_focus(field_id));
    }
    let is_entered = ui.memory(|memory| memory.has_focus(field_id))
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    let field = egui::TextEdit::singleline(&mut path)
        .id(field_id)
        .desired_width(f32::INFINITY)
        .return_key(None)
        .hint_text("~/data/roads.geojson");
    ui.add(field);
    ui.data_mut(|data| data.insert_temp(id, path.clone()));
    ui.add_space(10.0);
    let mut is_pressed = false;
    ui.horizontal(|ui| {
        is_pressed = button(ui, context, None, &context.strings.words.open, true).clicked();
        if button(ui, context, None, &context.strings.files.browse, false).clicked() {
            commands.push(Command::File(FileCommand::Choose));
            commands.push(Command::SetSheet(None));
        }
    });
    recent_ui(ui, context, commands);
    ui.add_space(4.0);
    if (is_pressed || is_entered) && !path.trim().is_empty() {
        let paths = vec![PathBuf::from(path.trim().trim_matches('"'))];
        commands.push(Command::File(FileCommand::Open { paths, fits: true }));
        commands.push(Command::SetSheet(None));
        ui.data_mut(|data| data.remove::<String>(id));
    }
}

/// Files that were open before and are not now, the newest first.
fn recent_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let files = &context.state.files;
    let is_open = |path: &PathBuf| files.iter().any(|file| file.path == *path);
    let recent: Vec<&PathBuf> = files.recent.iter().filter(|path| !is_open(path)).take(MOST_RECENT).collect();
    if recent.is_empty() {
        return;
    }
    ui.add_space(12.0);
    ui.label(context.look.small(&context.strings.files.recent));
    ui.add_space(2.0);
    for path in recent {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let link = ui.link(context.look.body(&name)).on_hover_text(path.display().to_string());
        if link.clicked() {
            commands.push(Command::File(FileCommand::Open { paths: vec![path.clone()], fits: true }));
            commands.push(Command::SetSheet(None));
        }
    }
}

/// Where the session is not kept as it should be.
pub(in crate::ui) fn trouble_ui(ui: &mut Ui, context: &Context<'_>) {
    let texts = &context.strings.session;
    let told = match &context.state.session_trouble {
        None => return,
        Some(SessionTrouble::SetAside(path)) => texts.set_aside.fill("path", &path.display().to_string()),
        Some(SessionTrouble::NotKept(reason)) => texts.not_kept.fill("reason", reason),
    };
    let told = context.look.small(&told).color(colour(context.look.colours().status.warn));
    ui.add(egui::Label::new(told).wrap().selectable(true));
    ui.add_space(6.0);
}
