//! What is so of a thing: a few sentences to read, then pairs of what and how, then their sources.

use egui::Ui;

use super::facts::chips;
use crate::atlas::Citation;
use crate::catalog::Line;
use crate::ui::widgets::{Tone, tag};
use crate::ui::{Commands, Context};

/// Lines that are read as sentences rather than looked up.
const READ: [&str; 5] = ["description", "status", "definition", "explanation", "title"];
/// Lines that have a place of their own in the panel.
const ELSEWHERE: [&str; 6] = ["position", "countries", "route", "legs", "view", "name"];

/// The sentences, each with its sources, then the pairs.
pub(super) fn lines_ui(ui: &mut Ui, context: &Context<'_>, lines: &[Line], commands: &mut Commands) {
    for line in lines.iter().filter(|line| READ.contains(&line.key)) {
        ui.add_space(10.0);
        let text = context.look.text(context.look.tokens.text.reading, &line.value);
        ui.add(egui::Label::new(text).wrap().selectable(true));
        chips(ui, context, &line.sources, commands);
    }
    let is_pair = |line: &&Line| !READ.contains(&line.key) && !ELSEWHERE.contains(&line.key);
    let pairs: Vec<&Line> = lines.iter().filter(is_pair).collect();
    pairs_ui(ui, context, ("pairs", &pairs), commands);
}

/// Two columns: what, and how it is; then the sources of all, each once.
pub(super) fn pairs_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (name, lines): (&str, &[&Line]),
    commands: &mut Commands,
) {
    if lines.is_empty() {
        return;
    }
    ui.add_space(10.0);
    let grid =
        egui::Grid::new(name).num_columns(2).spacing([12.0, 5.0]).min_col_width(96.0).max_col_width(210.0);
    grid.show(ui, |ui| {
        for line in lines {
            ui.add(egui::Label::new(context.look.small(&line.label)).wrap());
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(egui::Label::new(context.look.body(&line.value)).wrap().selectable(true));
                doubt_ui(ui, context, line);
            });
            ui.end_row();
        }
    });
    ui.add_space(2.0);
    chips(ui, context, &sources(lines), commands);
}

/// What a reader should know before trusting the line.
pub(super) fn doubt_ui(ui: &mut Ui, context: &Context<'_>, line: &Line) {
    if !line.certain {
        tag(ui, context, Tone::Doubt, &context.strings.panel.not_certain);
    }
    if let Some(note) = &line.note {
        ui.add(egui::Label::new(context.look.small(note)).wrap());
    }
}

fn sources(lines: &[&Line]) -> Vec<Citation> {
    let mut sources: Vec<Citation> = Vec::new();
    for citation in lines.iter().flat_map(|line| &line.sources) {
        if !sources.contains(citation) {
            sources.push(citation.clone());
        }
    }
    sources
}
