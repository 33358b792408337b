//! What is so of a thing: a few sentences to read, then pairs of what and how, then their sources.

use egui::Ui;

use super::facts::chips;
use crate::atlas::{Citation, Names};
use crate::catalog::Line;
use crate::ui::told_text::told_text;
use crate::ui::widgets::{Tone, labelled, section, tag};
use crate::ui::{Commands, Context};

/// Lines that are read as sentences rather than looked up.
const READ: [&str; 5] = ["description", "status", "definition", "explanation", "title"];
/// Lines that have a place of their own in the panel.
const ELSEWHERE: [&str; 7] = ["position", "countries", "route", "legs", "view", "name", "stage"];

/// Width of the column of labels.
const LABELS: f32 = 104.0;

/// The sentences, each with its sources.
pub(super) fn sentences_ui(ui: &mut Ui, context: &Context<'_>, lines: &[Line], commands: &mut Commands) {
    for line in lines.iter().filter(|line| READ.contains(&line.key)) {
        ui.add_space(10.0);
        let reading = context.look.tokens.text.reading;
        // A term is not explained by itself.
        if line.key == "definition" {
            ui.add(egui::Label::new(context.look.text(reading, &line.value)).wrap().selectable(true));
        } else {
            told_text(ui, context, (reading, &line.value), commands);
        }
        chips(ui, context, &line.sources, commands);
    }
}

/// Everything else that has no place of its own.
pub(super) fn rest_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (lines, names): (&[Line], Option<&Names>),
    commands: &mut Commands,
) {
    let is_pair = |line: &&Line| !READ.contains(&line.key) && !ELSEWHERE.contains(&line.key);
    let pairs: Vec<&Line> = lines.iter().filter(is_pair).collect();
    if !pairs.is_empty() {
        section(ui, context, &context.strings.panel.in_short);
    }
    pairs_ui(ui, context, &pairs, commands);
    if let Some(names) = names.filter(|names| !names.also.is_empty()) {
        section(ui, context, &context.strings.panel.also_called);
        ui.add(egui::Label::new(context.look.small(&names.also.join(" · "))).wrap().selectable(true));
    }
}

/// Two columns: what, and how it is; then the sources of all, each once.
pub(super) fn pairs_ui(ui: &mut Ui, context: &Context<'_>, lines: &[&Line], commands: &mut Commands) {
    for line in lines {
        let label = |ui: &mut Ui| drop(ui.add(egui::Label::new(context.look.small(&line.label)).wrap()));
        labelled(ui, LABELS, label, |ui| {
            ui.add(egui::Label::new(context.look.body(&line.value)).wrap().selectable(true));
            doubt_ui(ui, context, line);
        });
        ui.add_space(4.0);
    }
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
