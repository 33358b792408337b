//! The receipts: all sources, what one says alone, where they differ, and the document beside what a check says.

use std::sync::Arc;

use egui::{Label, ScrollArea, TextEdit, Ui};

use super::details::{chips, pair_ui};
use super::widgets::{Icon, Row, icon_button, row, segmented};
use super::{Commands, Context};
use crate::atlas::{Fact, Id};
use crate::catalog::words::{date, short_name};
use crate::catalog::{About, Claim};
use crate::i18n::Language;
use crate::state::{Command, Receipts, Sheet};

/// Of the list, at most.
const MOST_HEIGHT: f32 = 560.0;
const ROW: f32 = 30.0;
/// What the name of a thing takes at most.
const NAME: f32 = 220.0;

pub(super) fn receipts_ui(ui: &mut Ui, context: &Context<'_>, page: Receipts, commands: &mut Commands) {
    let texts = &context.strings.receipts;
    let names = [&texts.sources, &texts.alone, &texts.differ, &texts.pairs];
    let items = names.map(|name| (name.as_str(), name.as_str()));
    let chosen = Receipts::ALL.iter().position(|one| *one == page).unwrap_or(0);
    if let Some(index) = segmented(ui, context, &items, chosen) {
        commands.push(Command::SetSheet(Some(Sheet::Receipts(Receipts::ALL[index]))));
    }
    ui.add_space(4.0);
    let note = [&texts.sources_note, &texts.alone_note, &texts.differ_note, &texts.pairs_note][chosen];
    ui.add(Label::new(context.look.small(note)).wrap());
    ui.add_space(4.0);
    let wanted = find_ui(ui, context);
    match page {
        Receipts::Sources => {
            let all = kept(ui, context, "sources by use", || sources(context));
            list_ui(ui, context, (&all, &wanted, "source\ttitle\tthings"), commands);
        }
        Receipts::Alone => {
            let all = kept(ui, context, "on one source", || alone(context));
            list_ui(ui, context, (&all, &wanted, "thing\tfact\tvalue\tdate\tsource"), commands);
        }
        Receipts::Differ => {
            facts_ui(ui, context, (&context.state.catalog.disagreements(), &wanted), commands);
        }
        Receipts::Pairs => {
            facts_ui(ui, context, (&context.state.catalog.document_and_check(), &wanted), commands);
        }
    }
}

/// The words that are looked for, in small letters.
fn find_ui(ui: &mut Ui, context: &Context<'_>) -> String {
    let id = egui::Id::unique("find in receipts");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut text)
        .hint_text(context.strings.receipts.find.as_str())
        .desired_width(f32::INFINITY);
    if ui.add(field).changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    ui.add_space(6.0);
    text.to_lowercase()
}

/// How many are listed of how many, and the list for a spreadsheet.
fn head_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (shown, total): (usize, usize),
    commands: &mut Commands,
    copied: impl FnOnce() -> String,
) {
    let texts = &context.strings.receipts;
    ui.horizontal(|ui| {
        if shown == 0 {
            ui.label(context.look.small(&texts.none));
        } else {
            let total = total.to_string();
            ui.label(context.look.small(&texts.shown.fill_with(shown, &[("total", &total)])));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, context, Icon("copy"), &texts.copy, shown > 0).clicked() {
                commands.push(Command::Copy(copied()));
            }
        });
    });
}

fn height(ui: &Ui) -> f32 {
    MOST_HEIGHT.min(ui.ctx().content_rect().height() - 300.0).max(120.0)
}

/// Opens what was pressed, which closes the sheet.
fn go(id: &Id, commands: &mut Commands) {
    commands.push(Command::Select(Some(id.clone())));
}

/// One line of a list: what it leads to, and its words.
struct Line {
    id: Id,
    /// What it is called, what is said, and at the end how often or by whom.
    words: [String; 3],
    /// As a line of a spreadsheet.
    copied: String,
    /// All of it in small letters, to be looked through.
    searched: String,
}

impl Line {
    fn new(id: Id, words: [String; 3], cells: &[&str]) -> Self {
        let copied = format!("{}\n", cells.join("\t"));
        let searched = format!("{} {} {}", words[0], words[1], words[2]).to_lowercase();
        Self { id, words, copied, searched }
    }
}

/// The lines of a list, made when it is first shown in a language and not in each frame.
fn kept(
    ui: &Ui,
    context: &Context<'_>,
    name: &'static str,
    make: impl FnOnce() -> Vec<Line>,
) -> Arc<Vec<Line>> {
    let id = egui::Id::unique(name);
    let language = context.language();
    let known: Option<(Language, Arc<Vec<Line>>)> = ui.data(|data| data.get_temp(id));
    if let Some((_, lines)) = known.filter(|(of, _)| *of == language) {
        return lines;
    }
    let lines = Arc::new(make());
    ui.data_mut(|data| data.insert_temp(id, (language, Arc::clone(&lines))));
    lines
}

fn sources(context: &Context<'_>) -> Vec<Line> {
    let catalog = &context.state.catalog;
    let line = |(id, count): (Id, usize)| {
        let source = catalog.atlas.source(&id.name)?;
        let (chip, rests) = (source.chip(context.language()), context.strings.receipts.rests.fill(count));
        let said = if source.title == chip { String::new() } else { source.title.clone() };
        let cells = [id.name.as_str(), &source.title, &count.to_string()].map(str::to_owned);
        Some(Line::new(id, [chip.to_owned(), said, rests], &cells.each_ref().map(String::as_str)))
    };
    catalog.sources_by_use().into_iter().filter_map(line).collect()
}

fn alone(context: &Context<'_>) -> Vec<Line> {
    let (catalog, language) = (&context.state.catalog, context.language());
    let line = |about: About<Claim<'_>>| {
        let Claim { fact, cited } = about.what;
        let key = cited.sources.first().map_or("", |one| one.id.as_str());
        let source = catalog.atlas.source(key).map_or(key, |source| source.chip(language));
        let (name, label) = (short_name(catalog, &about.id, language), fact.label.get(language));
        let value = cited.value.get(language);
        let when = cited.as_of.map_or_else(String::new, |as_of| date(context.strings, as_of));
        let words = [name.clone(), format!("{label}: {value}"), source.to_owned()];
        Line::new(about.id, words, &[&name, label, value, &when, key])
    };
    catalog.on_one_source().into_iter().map(line).collect()
}

fn list_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (all, wanted, heads): (&[Line], &str, &str),
    commands: &mut Commands,
) {
    let listed: Vec<&Line> = all.iter().filter(|line| line.searched.contains(wanted)).collect();
    let copied =
        || format!("{heads}\n{}", listed.iter().map(|line| line.copied.as_str()).collect::<String>());
    head_ui(ui, context, (listed.len(), all.len()), commands, copied);
    let height = height(ui);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).show_rows(
        ui,
        ROW,
        listed.len(),
        |ui, rows| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for line in &listed[rows] {
                line_ui(ui, context, line, commands);
            }
        },
    );
}

fn line_ui(ui: &mut Ui, context: &Context<'_>, line: &Line, commands: &mut Commands) {
    let [name, said, end] = &line.words;
    let spoken = if said.is_empty() { name.clone() } else { format!("{name}: {said}") };
    let look = Row { name: &spoken, is_selected: false, height: ROW, end_width: 0.0 };
    let response = row(ui, context, look, |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(context.look.small(end));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.scope(|ui| {
                    ui.set_max_width(NAME);
                    ui.add(Label::new(context.look.strong(name)).truncate());
                });
                ui.add(Label::new(context.look.small(said)).truncate()).on_hover_text(said);
            });
        });
    });
    if response.clicked() {
        go(&line.id, commands);
    }
}

/// Facts as cards: what the document says, and beside it what others do.
fn facts_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (all, wanted): (&[About<&Fact>], &str),
    commands: &mut Commands,
) {
    let (catalog, language) = (&context.state.catalog, context.language());
    let words = |about: &About<&Fact>| {
        let values = about.what.cited.iter().map(|cited| cited.value.get(language));
        let name = short_name(catalog, &about.id, language);
        format!("{name} {} {}", about.what.label.get(language), values.collect::<Vec<_>>().join(" "))
    };
    let listed: Vec<&About<&Fact>> =
        all.iter().filter(|about| words(about).to_lowercase().contains(wanted)).collect();
    let copied = || {
        let lines = listed.iter().flat_map(|about| {
            about.what.cited.iter().map(|cited| {
                let sources: Vec<&str> = cited.sources.iter().map(|one| one.id.as_str()).collect();
                let when = cited.as_of.map_or_else(String::new, |as_of| as_of.to_string());
                let name = short_name(catalog, &about.id, language);
                let label = about.what.label.get(language);
                let value = cited.value.get(language);
                format!("{name}\t{label}\t{:?}\t{when}\t{value}\t{}\n", cited.says, sources.join(" "))
            })
        });
        format!("thing\tfact\twho\tdate\tvalue\tsources\n{}", lines.collect::<String>())
    };
    head_ui(ui, context, (listed.len(), all.len()), commands, copied);
    ScrollArea::vertical().max_height(height(ui)).min_scrolled_height(height(ui)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for (number, about) in listed.iter().enumerate() {
            ui.push_id(number, |ui| {
                let name = short_name(catalog, &about.id, language);
                let accent = super::look::colour(context.look.colours().accent.fill);
                if ui.link(context.look.strong(&name).color(accent)).clicked() {
                    go(&about.id, commands);
                }
                if about.what.said_by(crate::atlas::Says::Document).next().is_some() {
                    pair_ui(ui, context, about.what, commands);
                } else {
                    for cited in &about.what.cited {
                        ui.add(Label::new(context.look.body(cited.value.get(language))).wrap());
                        chips(ui, context, &cited.sources, commands);
                    }
                }
                ui.add_space(10.0);
            });
        }
    });
}
