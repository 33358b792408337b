//! A table that is to be joined: to what, by which column, and which rows find their place.

use egui::{Label, Popup, ScrollArea, Ui};

use super::menu::entry_ui;
use super::widgets::{Icon, Tone, button, labelled, section, tag};
use super::{Commands, Context};
use crate::catalog::join::{Unmatched, Why};
use crate::data::{Problem, ProblemKind};
use crate::format;
use crate::i18n::integer;
use crate::state::{Command, Join, JoinCommand, JoinTarget, Sheet};

const LABELS: f32 = 120.0;
/// Of the list of rows without a match, and how many it lists.
const LIST: f32 = 190.0;
const MOST: usize = 200;
/// Faults of a table that are told one by one.
const MOST_TOLD: usize = 3;
const MENU_WIDTH: f32 = 360.0;
const MENU_HEIGHT: f32 = 320.0;

/// What is wrong with the rows: those of another width by their number, the rest by its lines.
fn problems_ui(ui: &mut Ui, context: &Context<'_>, join: &Join) {
    let placed = join.rows.problems.iter().filter_map(|problem| problem.placed());
    let (ragged, others): (Vec<Problem>, Vec<Problem>) =
        placed.partition(|problem| problem.kind == ProblemKind::Ragged);
    if !ragged.is_empty() {
        ui.label(context.look.small(&context.strings.join.problems.fill(ragged.len())));
    }
    for problem in others.iter().take(MOST_TOLD) {
        ui.label(context.look.small(&format::told(context.strings, &[], problem)));
    }
}

pub(super) fn join_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let Some(join) = &context.state.join else { return };
    let texts = &context.strings.join;
    let about = [
        ("rows", number(join.rows.rows.len())),
        ("columns", join.rows.columns.len().to_string()),
        ("encoding", join.rows.encoding.to_owned()),
    ];
    let about: Vec<(&str, &str)> = about.iter().map(|(key, value)| (*key, value.as_str())).collect();
    ui.label(context.look.small(&texts.about.fill_all(&about)));
    problems_ui(ui, context, join);
    ui.add_space(8.0);
    choices_ui(ui, context, join, commands);
    ui.add_space(8.0);
    found_ui(ui, context, join);
    unmatched_ui(ui, context, join);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let can_start = !join.joined.pairs.is_empty();
        ui.add_enabled_ui(can_start, |ui| {
            let is_pressed = button(ui, context, Some(Icon("check")), &texts.start, can_start).clicked();
            // Return does what the filled button does, unless something else has the focus.
            let is_asked = ui.memory(|memory| memory.focused().is_none())
                && ui.input(|input| input.key_pressed(egui::Key::Enter));
            if can_start && (is_pressed || is_asked) {
                commands.push(Command::Join(JoinCommand::Start));
            }
        });
        if !join.joined.unmatched.is_empty()
            && button(ui, context, Some(Icon("copy")), &texts.copy, false).clicked()
        {
            commands.push(Command::Copy(copied(join)));
        }
        if button(ui, context, None, &context.strings.words.close, false).clicked() {
            commands.push(Command::SetSheet(None::<Sheet>));
        }
    });
}

fn number(count: usize) -> String {
    integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn choices_ui(ui: &mut Ui, context: &Context<'_>, join: &Join, commands: &mut Commands) {
    let texts = &context.strings.join;
    let label = |ui: &mut Ui, text: &str| drop(ui.label(context.look.small(text)));
    labelled(
        ui,
        LABELS,
        |ui| label(ui, &texts.to),
        |ui| {
            let chosen = button(ui, context, Some(Icon("down")), &target_name(context, &join.target), false);
            let names = join.targets.iter().map(|target| target_name(context, target));
            if let Some(index) = menu(context, &chosen, names) {
                commands.push(Command::Join(JoinCommand::SetTarget(join.targets[index].clone())));
            }
        },
    );
    ui.add_space(6.0);
    labelled(
        ui,
        LABELS,
        |ui| label(ui, &texts.by),
        |ui| {
            let name = join.rows.columns.get(join.column).map_or("", String::as_str);
            let chosen = button(ui, context, Some(Icon("down")), name, false);
            if let Some(index) = menu(context, &chosen, join.rows.columns.iter().cloned()) {
                commands.push(Command::Join(JoinCommand::SetColumn(index)));
            }
        },
    );
}

fn target_name(context: &Context<'_>, target: &JoinTarget) -> String {
    let texts = &context.strings.join;
    match target {
        JoinTarget::Countries => texts.countries.clone(),
        JoinTarget::Zones => texts.zones.clone(),
        JoinTarget::File { key, column } => {
            let name = context.state.files.get(key).map_or(key.as_str(), |file| file.name.as_str());
            texts.features_of.fill_all(&[("name", name), ("column", column)])
        }
    }
}

/// The entry that was chosen.
fn menu(
    context: &Context<'_>,
    button: &egui::Response,
    names: impl Iterator<Item = String>,
) -> Option<usize> {
    let mut chosen = None;
    Popup::menu(button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(MENU_WIDTH);
            ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, name) in names.enumerate() {
                    if entry_ui(ui, context, &name, "", false).clicked() {
                        chosen = Some(index);
                        ui.close();
                    }
                }
            });
        },
    );
    chosen
}

fn found_ui(ui: &mut Ui, context: &Context<'_>, join: &Join) {
    let texts = &context.strings.join;
    let total = join.rows.rows.len();
    let found = total - join.joined.unmatched.len();
    if found == 0 {
        ui.horizontal_wrapped(|ui| tag(ui, context, Tone::Doubt, &texts.none_found));
        return;
    }
    let total = number(total);
    ui.label(context.look.strong(&texts.found.fill_with(found, &[("total", &total)])));
    if !join.joined.several.is_empty() {
        ui.add(Label::new(context.look.small(&texts.several.fill(join.joined.several.len()))).wrap());
    }
    if !join.joined.targets_without_row.is_empty() {
        ui.label(context.look.small(&texts.without.fill(join.joined.targets_without_row.len())));
    }
}

fn unmatched_ui(ui: &mut Ui, context: &Context<'_>, join: &Join) {
    let unmatched = &join.joined.unmatched;
    if unmatched.is_empty() {
        return;
    }
    section(ui, context, &context.strings.join.unmatched.fill(unmatched.len()));
    ScrollArea::vertical().id_salt("unmatched").max_height(LIST).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().interact_size.y = 0.0;
        for one in unmatched.iter().take(MOST) {
            ui.horizontal(|ui| {
                ui.label(context.look.body(&line(context, join, one)));
                ui.label(context.look.small(&why(context, join, one)));
            });
        }
        if unmatched.len() > MOST {
            ui.label(context.look.small(&format!("+ {}", unmatched.len() - MOST)));
        }
    });
}

fn line(context: &Context<'_>, join: &Join, one: &Unmatched) -> String {
    let number = join.rows.lines.get(one.row).copied().unwrap_or_default().to_string();
    context.strings.join.line.fill_all(&[("line", &number), ("text", &one.text)])
}

fn why(context: &Context<'_>, join: &Join, one: &Unmatched) -> String {
    let texts = &context.strings.join;
    match one.why {
        Why::Empty => texts.empty.clone(),
        Why::Ambiguous => texts.ambiguous.clone(),
        Why::Unknown { near: Some(target) } => {
            join.near.get(&target).map(|name| texts.near.fill("name", name)).unwrap_or_default()
        }
        Why::Unknown { near: None } => String::new(),
    }
}

/// The lines and what stands in them, for a spreadsheet.
fn copied(join: &Join) -> String {
    let row = |one: &Unmatched| {
        let line = join.rows.lines.get(one.row).copied().unwrap_or_default();
        format!("{line}\t{}\n", one.text.replace(['\t', '\n', '\r'], " "))
    };
    let column = join.rows.columns.get(join.column).map_or("", String::as_str);
    let rows: String = join.joined.unmatched.iter().map(row).collect();
    format!("line\t{column}\n{rows}")
}
