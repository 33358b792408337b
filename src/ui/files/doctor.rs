//! The file doctor in the list of files: what is wrong, how often, where it is first, and a mended copy.

use egui::{Align, Label, Layout, Sense, Ui, vec2};

use super::super::look::colour;
use super::super::widgets::{Icon, Tone, button, paint_icon, tag};
use super::super::{Commands, Context};
use super::{COPIED, count};
use crate::doctor::{Finding, Kind, Report, Severity, name, told};
use crate::geo::LonLat;
use crate::state::{Command, FileCommand, OpenFile};

/// Heights of a kind's two lines, and the room for how often it is, in points.
const ROW: f32 = 20.0;
const SUB_ROW: f32 = 16.0;
const COUNT: f32 = 44.0;

/// What was found in a file; nothing where nothing is wrong.
pub(super) fn doctor_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let texts = &context.strings.doctor;
    let Some(report) = &file.report else {
        // One that is large is looked through when asked.
        if file.whole().is_some()
            && file.is_geojson()
            && button(ui, context, None, &texts.examine, false).clicked()
        {
            commands.push(Command::File(FileCommand::Examine { key: file.key.clone() }));
        }
        return;
    };
    // What was answered is no question any more.
    let is_placed = file.whole().is_some_and(|dataset| dataset.placed.is_some());
    let is_answered = |kind: Kind| is_placed && matches!(kind, Kind::Swapped | Kind::Metres);
    let kinds: Vec<(Kind, u64)> = matters(report).filter(|(kind, _)| !is_answered(*kind)).collect();
    if kinds.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.label(context.look.strong(&texts.title));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let all = count(kinds.iter().map(|(_, count)| count).sum());
            tag(ui, context, Tone::Doubt, &texts.in_kinds.fill_with(kinds.len(), &[("all", &all)]));
        });
    });
    for (kind, many) in kinds {
        kind_ui(ui, context, (file, report), (kind, many), commands);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if button(ui, context, None, &texts.mend, false).clicked() {
            commands.push(Command::File(FileCommand::Mend { key: file.key.clone() }));
        }
        if button(ui, context, Some(Icon("copy")), &context.strings.files.copy_list, false).clicked() {
            commands.push(Command::Copy(listed(context, file, report)));
        }
    });
    ui.add_space(6.0);
}

/// Kinds of errors and warnings, errors first.
fn matters(report: &Report) -> impl Iterator<Item = (Kind, u64)> {
    let of = |severity| {
        report
            .counts
            .iter()
            .filter(move |(kind, _)| kind.severity() == severity)
            .map(|(kind, count)| (*kind, *count))
    };
    of(Severity::Error).chain(of(Severity::Warning))
}

/// One kind with how often it is; a press goes to the first place, the next one to the second.
fn kind_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, report): (&OpenFile, &Report),
    (kind, many): (Kind, u64),
    commands: &mut Commands,
) {
    let colours = context.look.colours();
    let ink = if kind.severity() == Severity::Error { colours.status.error } else { colours.status.warn };
    let first = report.firsts.get(&kind);
    let line = first.map(|first| first.line);
    let first = first.and_then(|first| report.findings.get(first.index));
    let title = ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.spacing_mut().item_spacing.x = 6.0;
        let (place, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
        paint_icon(ui.painter(), Icon("warning"), place.center(), 1.4, colour(ink));
        let room = ui.available_width() - COUNT;
        let named = ui.scope(|ui| {
            ui.set_max_width(room);
            let text = context.look.body(name(context.strings, kind));
            ui.add(Label::new(text).truncate().sense(Sense::click()))
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(context.look.small(&count(many)));
        });
        named.inner.on_hover_cursor(egui::CursorIcon::PointingHand)
    });
    if let Some(first) = first {
        ui.horizontal(|ui| {
            ui.set_height(SUB_ROW);
            ui.add_space(20.0);
            ui.label(context.look.small(&first_told(context, first, line)));
        });
    }
    if title.inner.clicked() {
        // Each further press goes on to the next.
        let id = ui.scope_id().with((&file.key, kind));
        let pressed: usize = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let mut known = report.findings.iter().filter(|finding| finding.kind == kind);
        let total = known.clone().count().max(1);
        if let Some(finding) = known.nth(pressed % total) {
            go(file, finding, commands);
        }
        ui.data_mut(|data| data.insert_temp(id, pressed + 1));
    }
}

/// `First at feature 8,114, line 8,120`.
fn first_told(context: &Context<'_>, finding: &Finding, line: Option<u64>) -> String {
    let texts = &context.strings.doctor;
    let line = count(line.unwrap_or(1));
    match finding.feature {
        Some(row) => {
            let feature = count(u64::from(row) + 1);
            texts.first_feature.fill_all(&[("feature", &feature), ("line", &line)])
        }
        None => texts.first_line.fill("line", &line),
    }
}

/// To its place on Earth, and to its feature.
fn go(file: &OpenFile, finding: &Finding, commands: &mut Commands) {
    let row = finding.feature.filter(|row| file.whole().is_some_and(|data| (*row as usize) < data.len()));
    if let Some(row) = row {
        commands.push(Command::Select(Some(file.feature(row))));
        commands.push(Command::FlyTo(file.feature(row)));
    }
    if let Some([lon, lat]) = finding.at {
        commands.push(Command::PinAt(LonLat::new(lon, lat)));
    }
}

/// Everything that was found, each with its feature.
fn listed(context: &Context<'_>, file: &OpenFile, report: &Report) -> String {
    let findings = report.findings.iter().filter(|finding| finding.kind.severity() != Severity::Remark);
    let line = |finding: &Finding| {
        let row = finding.feature.map(|row| format!("#{}: ", u64::from(row) + 1)).unwrap_or_default();
        format!("{row}{}", told(context.strings, finding))
    };
    let lines: Vec<String> =
        std::iter::once(file.name.clone()).chain(findings.take(COPIED).map(line)).collect();
    lines.join("\n")
}
