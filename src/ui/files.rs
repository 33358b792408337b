//! Opened files in the left panel and beside their table, the way to open one, and what one of their features says.

mod doctor;
mod feature;
mod opening;
mod panel;
mod placed;

use std::sync::Arc;

use egui::{Align, Layout, Rect, Sense, Ui, vec2};

use super::file_style::{legend_ui, style_ui};
use super::look::colour;
use super::widgets::{Icon, button, icon_button, section};
use super::{Commands, Context};
use crate::data::{Dataset, Fault};
use crate::format;
use crate::i18n::{Language, integer};
use crate::scene::file_colour;
use crate::state::{
    Command, FileCommand, FileContent, Join, OnDisk, OpenFile, Parts, Progress, Sheet, Subject, TableCommand,
};

pub(super) use feature::{feature_ui, told_by};
pub(super) use opening::{FOOT, open_ui, path_ui, trouble_ui};
pub(super) use panel::{is_wanted, panel_ui};
pub(super) use placed::offsets_ui;

/// Problems that are listed, and that are copied.
const SHOWN: usize = 8;
const COPIED: usize = 1_000;

/// The topmost file first, as they lie on the map.
pub(super) fn files_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    if context.state.files.is_empty() && waiting(context).is_none() {
        return;
    }
    section(ui, context, &context.strings.layers.your_files);
    list_ui(ui, context, commands);
}

/// A table that was laid aside before it was joined.
fn waiting<'c>(context: &Context<'c>) -> Option<&'c Join> {
    context.state.join.as_ref().filter(|_| context.state.panels.sheet.is_none())
}

fn list_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    if let Some(join) = waiting(context) {
        let text = context.strings.join.waiting.fill("name", &join.name());
        if ui.link(context.look.body(&text)).clicked() {
            commands.push(Command::SetSheet(Some(Sheet::Join)));
        }
        ui.add_space(6.0);
    }
    let count = context.state.files.iter().count();
    for (at, file) in (0..count).rev().zip(context.state.files.iter().rev()) {
        ui.push_id(&file.key, |ui| {
            file_ui(ui, context, file, commands);
            dated_ui(ui, context, file);
            if context.state.files.styled() == Some(&file.key) {
                style_ui(ui, context, (file, (at, count)), commands);
            }
            if file.is_visible {
                legend_ui(ui, context, file);
            }
        });
    }
}

/// While a time is shown: how many features are of it, and by which column.
fn dated_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile) {
    let Some((table, passing)) = file.table().zip(file.filter.passing.as_ref()) else { return };
    let Some(column) = file.dated_column(table).filter(|_| context.state.timeline.until.is_some()) else {
        return;
    };
    let number = |count: usize| integer(i64::try_from(count).unwrap_or(i64::MAX));
    let (shown, total) = (number(passing.count()), number(table.rows()));
    let told = [("n", shown.as_str()), ("total", &total), ("column", &column.name)];
    ui.label(context.look.small(&context.strings.timeline.of_file.fill_all(&told)));
}

fn file_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let strings = context.strings;
    ui.horizontal(|ui| {
        ui.set_height(context.look.tokens.size.row);
        ui.spacing_mut().item_spacing.x = 8.0;
        let ink = file_colour(context.look.colours(), file.style.colour);
        let (place, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
        let sample = Rect::from_center_size(place.center(), vec2(16.0, 4.0));
        ui.painter().rect_filled(sample, 2.0, colour(ink));
        let room = ui.available_width() - 4.0 * context.look.tokens.size.hit_target_min - 4.0;
        ui.scope(|ui| {
            ui.set_max_width(room);
            let name = egui::Label::new(context.look.body(&file.name)).truncate().sense(Sense::click());
            let shown = ui.add(name).on_hover_text(file.path.display().to_string());
            if shown.clicked() {
                commands.push(Command::File(FileCommand::Show { key: file.key.clone() }));
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let remove = format!("{}: {}", strings.words.remove, file.name);
            if icon_button(ui, context, Icon("close"), &remove, true).clicked() {
                commands.push(Command::File(FileCommand::Remove { key: file.key.clone() }));
            }
            let (icon, text) = if file.is_visible {
                ("eye", &strings.layers.hide_layer)
            } else {
                ("eye_off", &strings.layers.show_layer)
            };
            if icon_button(ui, context, Icon(icon), &text.fill("name", &file.name), true).clicked() {
                let (key, is_visible) = (file.key.clone(), !file.is_visible);
                commands.push(Command::File(FileCommand::SetVisible { key, is_visible }));
            }
            let table = format!("{}: {}", strings.table.title, file.name);
            if icon_button(ui, context, Icon("table"), &table, file.whole().is_some()).clicked() {
                commands.push(Command::Table(TableCommand::Open(Subject::File(file.key.clone()))));
            }
            let style = strings.style.title.fill("name", &file.name);
            if icon_button(ui, context, Icon("palette"), &style, file.dataset().is_some()).clicked() {
                let is_open = context.state.files.styled() == Some(&file.key);
                let key = (!is_open).then(|| file.key.clone());
                commands.push(Command::File(FileCommand::OpenStyle { key }));
            }
        });
    });
    content_ui(ui, context, file, commands);
}

/// How far it has come, what it holds, and what is wrong with it.
fn content_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let strings = context.strings;
    match &file.content {
        FileContent::Reading { progress, .. } => progress_ui(ui, context, (file, *progress), commands),
        FileContent::Ready { dataset, .. } => {
            if let Some(parts) = &file.parts {
                parts_ui(ui, context, (parts, file.is_too_wide));
            }
            if !dataset.is_empty() || file.parts.is_none() {
                ui.label(context.look.small(&about(context, dataset)));
            }
            if !file.filter.text.is_empty() {
                filtered_ui(ui, context, (file, dataset), commands);
            }
            if let Some(percent) = file.stopped_at {
                let text = strings.files.stopped.fill("percent", &percent.to_string());
                ui.label(context.look.small(&text));
            }
            placed::placed_ui(ui, context, (file, dataset), commands);
            if file.on_disk != OnDisk::Same {
                changed_ui(ui, context, file, commands);
            }
            // The doctor finds all that the reader does, and more.
            if file.report.is_none() {
                problems_ui(ui, context, dataset, commands);
            }
            doctor::doctor_ui(ui, context, file, commands);
        }
        FileContent::Failed(fault) => {
            let error = colour(context.look.colours().status.error);
            ui.label(context.look.small(&strings.files.cannot_open).color(error));
            let why = context.look.small(&format::refused(strings, fault));
            ui.add(egui::Label::new(why).wrap().selectable(true));
            doctor::doctor_ui(ui, context, file, commands);
            let waits = matches!(fault, Fault::NotAsked | Fault::Network { .. });
            if waits && button(ui, context, None, &strings.files.reload, false).clicked() {
                commands.push(Command::File(FileCommand::Reload { key: file.key.clone() }));
            }
            let is_gone = matches!(fault, Fault::Open { kind: std::io::ErrorKind::NotFound, .. });
            if is_gone && button(ui, context, None, &strings.files.find, false).clicked() {
                commands.push(Command::SetSheet(Some(Sheet::Open)));
            }
        }
    }
}

/// How much of it its filter shows; a press shows all again.
fn filtered_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, dataset): (&OpenFile, &Dataset),
    commands: &mut Commands,
) {
    let texts = &context.strings.table;
    let all = dataset.len() as u64;
    let shown = file.filter.passing.as_ref().map_or(all, |rows| rows.count() as u64);
    let told = texts.shown_of.fill_all(&[("shown", &count(shown)), ("total", &count(all))]);
    ui.label(context.look.small(&told).color(colour(context.look.colours().status.warn)));
    if button(ui, context, Some(Icon("close")), &texts.clear_filter, false).clicked() {
        let of = Subject::File(file.key.clone());
        commands.push(Command::Table(TableCommand::Filter { of, text: String::new() }));
    }
    ui.add_space(4.0);
}

/// What a file says of itself of which only what is in view is read.
fn parts_ui(ui: &mut Ui, context: &Context<'_>, (parts, is_too_wide): (&Parts, bool)) {
    let files = &context.strings.files;
    let told = match parts {
        Parts::Tiles(info) => {
            let (from, to) = (info.min_zoom.to_string(), info.max_zoom.to_string());
            let zooms = files.tiles.fill_all(&[("from", &from), ("to", &to)]);
            let credit = info.attribution.iter().map(|attribution| format!(" · {attribution}"));
            credit.fold(zooms, |told, credit| told + &credit)
        }
        Parts::Indexed { count: features, .. } => files.indexed.fill("n", &count(*features)),
    };
    ui.add(egui::Label::new(context.look.small(&told)).wrap());
    if is_too_wide {
        ui.add(egui::Label::new(context.look.small(&files.too_wide)).wrap());
    }
}

/// The file on the disk is another one by now: a press reads it again.
fn changed_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let files = &context.strings.files;
    let told = if file.on_disk == OnDisk::Gone { &files.gone } else { &files.changed };
    ui.label(context.look.small(told).color(colour(context.look.colours().status.warn)));
    if file.on_disk == OnDisk::Changed && button(ui, context, None, &files.reload, false).clicked() {
        commands.push(Command::File(FileCommand::Reload { key: file.key.clone() }));
    }
    ui.add_space(4.0);
}

/// `20,000 features · 5,000,000 points`.
fn about(context: &Context<'_>, dataset: &Dataset) -> String {
    let files = &context.strings.files;
    let points = files.points.fill(dataset.vertices());
    format!("{} · {points}", files.features.fill(dataset.len()))
}

/// The problems of a dataset in a language, as they were told.
type Known = ((u64, Language), Arc<Vec<String>>);

/// How much is wrong; a click opens the list of what, and where.
fn problems_ui(ui: &mut Ui, context: &Context<'_>, dataset: &Dataset, commands: &mut Commands) {
    if dataset.problems.is_empty() {
        return;
    }
    let files = &context.strings.files;
    let text = files.warnings.fill(dataset.problems.len());
    let ink = colour(context.look.colours().status.warn);
    let id = ui.scope_id().with("problems");
    let is_open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let label = egui::Label::new(context.look.small(&text).color(ink)).wrap().sense(Sense::click());
    let response = ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        ui.data_mut(|data| data.insert_temp(id, !is_open));
    }
    if !is_open {
        return;
    }
    let told = |most: usize| {
        let problems = &dataset.problems[..most.min(dataset.problems.len())];
        format::told_all(context.strings, (*dataset.source()).as_ref(), problems)
    };
    let of = (dataset.id, context.language());
    let memory = id.with("told");
    let known = ui.data(|data| data.get_temp::<Known>(memory)).filter(|known| known.0 == of);
    let (_, shown) = known.unwrap_or_else(|| (of, Arc::new(told(SHOWN))));
    ui.data_mut(|data| data.insert_temp::<Known>(memory, (of, Arc::clone(&shown))));
    for line in shown.iter() {
        ui.add(egui::Label::new(context.look.small(line)).wrap().selectable(true));
    }
    if let Some(more) = dataset.problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        ui.label(context.look.small(&context.strings.problems.more.fill("n", &count(more as u64))));
    }
    if button(ui, context, Some(Icon("copy")), &files.copy_list, false).clicked() {
        commands.push(Command::Copy(told(COPIED).join("\n")));
    }
    ui.add_space(6.0);
}

pub(super) fn count(value: u64) -> String {
    integer(value.cast_signed())
}

fn progress_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, progress): (&OpenFile, Progress),
    commands: &mut Commands,
) {
    let files = &context.strings.files;
    let points = count(progress.vertices);
    let is_read = progress.bytes >= progress.total;
    let text = if is_read {
        files.preparing.fill("points", &points)
    } else {
        let megabytes = |bytes: u64| count(bytes >> 20);
        let (read, total) = (megabytes(progress.bytes), megabytes(progress.total));
        files.loading.fill_all(&[("read", &read), ("total", &total), ("points", &points)])
    };
    ui.label(context.look.small(&text));
    if !is_read {
        ui.horizontal(|ui| {
            if button(ui, context, None, &context.strings.words.stop, false).clicked() {
                commands.push(Command::File(FileCommand::Stop { key: file.key.clone() }));
            }
            if let Some(seconds) = progress.seconds_left {
                ui.label(context.look.small(&files.time_left.fill("seconds", &seconds.to_string())));
            }
        });
    }
    let share = progress.bytes as f32 / progress.total.max(1) as f32;
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &text));
    let colours = context.look.colours();
    let bar = Rect::from_center_size(place.center(), vec2(place.width(), 3.0));
    ui.painter().rect_filled(bar, 1.5, colour(colours.surface.line));
    let done = Rect::from_min_size(bar.min, vec2(bar.width() * share, bar.height()));
    ui.painter().rect_filled(done, 1.5, colour(colours.accent.fill));
}

/// While files hang over the window: that they may be let go.
pub(super) fn drop_ui(ui: &Ui, context: &Context<'_>) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter =
        ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop")));
    let rect = ui.ctx().content_rect();
    let accent = colour(context.look.colours().accent.fill);
    painter.rect_filled(rect, 0.0, accent.gamma_multiply(0.14));
    let stroke = egui::Stroke::new(3.0, accent);
    painter.rect_stroke(rect.shrink(8.0), 14.0, stroke, egui::StrokeKind::Inside);
    let font = context.look.font(context.look.tokens.text.heading);
    let text = &context.strings.files.drop_here;
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, font, context.look.primary());
}
