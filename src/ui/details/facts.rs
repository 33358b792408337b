//! Facts: the document's word beside the check, then the rest by year, each with its sources.

use egui::{Align, Color32, Frame, Layout, Margin, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::atlas::{Agreement, Citation, Cited, Date, Fact, Id, Kind, Month, Part, Says};
use crate::catalog::words::{cited, date};
use crate::state::Command;
use crate::ui::look::colour;
use crate::ui::told_text::told_text;
use crate::ui::widgets::{Tone, chip, halves, labelled, section, tag};
use crate::ui::{Commands, Context};

/// Width of the column of years.
const YEARS: f32 = 40.0;
/// Room for the tag at the end of a card's title.
const TAG_ROOM: f32 = 110.0;
/// Of the bar of shares, and the room between two of them.
const PARTS_HEIGHT: f32 = 7.0;
const PARTS_GAP: f32 = 1.5;
/// How much of its ink keeps what is later than the time that is shown: it is still read.
pub(super) const LATER: f32 = 0.58;
/// Facts by year that are shown before all are asked for.
const FIRST_FACTS: usize = 3;

/// All facts of one thing.
pub(super) fn facts_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (id, facts): (&Id, &[Fact]),
    commands: &mut Commands,
) {
    if let Some(until) = context.state.timeline.until
        && facts.iter().flat_map(|fact| &fact.cited).any(|one| is_later(one, until))
    {
        let until = date(context.strings, Date { start: until.moment(), end: None });
        ui.add_space(10.0);
        ui.label(context.look.small(&context.strings.timeline.later.fill("date", &until)));
    }
    let has_document = |fact: &&Fact| fact.said_by(Says::Document).next().is_some();
    let (paired, mut others): (Vec<&Fact>, Vec<&Fact>) = facts.iter().partition(has_document);
    if !paired.is_empty() {
        section(ui, context, &context.strings.panel.document_and_check);
        for fact in paired {
            pair_ui(ui, context, fact, commands);
            ui.add_space(8.0);
        }
    }
    if others.is_empty() {
        return;
    }
    section(ui, context, &context.strings.panel.facts_by_year);
    others.sort_by_key(|fact| (fact.shown().as_of.is_none(), fact.shown().as_of));
    let asked = egui::Id::unique(("all facts", id));
    // A button for a single fact more would take its room.
    let is_whole = others.len() <= FIRST_FACTS + 1 || ui.data(|data| data.get_temp(asked).unwrap_or(false));
    let count = if is_whole { others.len() } else { FIRST_FACTS };
    for (number, fact) in others.iter().take(count).enumerate() {
        ui.push_id((id, number), |ui| {
            for one in &fact.cited {
                ui.scope(|ui| {
                    fade_later(ui, context, one);
                    dated_ui(ui, context, (fact, one), commands);
                });
            }
        });
    }
    if !is_whole {
        let text = context.strings.panel.show_all_facts.fill(others.len());
        if ui.link(context.look.body(&text)).clicked() {
            ui.data_mut(|data| data.insert_temp(asked, true));
        }
    }
}

/// What the document says and what a check says, side by side where both speak.
pub(crate) fn pair_ui(ui: &mut Ui, context: &Context<'_>, fact: &Fact, commands: &mut Commands) {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let frame = Frame::new()
        .stroke(Stroke::new(tokens.stroke.hairline, colour(colours.surface.line)))
        .fill(colour(colours.surface.panel))
        .corner_radius(tokens.radius.card)
        .inner_margin(Margin::symmetric(10, 9));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let agreement = fact.agreement.map(|agreement| match agreement {
            Agreement::Differ => (Tone::Doubt, &context.strings.panel.they_differ),
            Agreement::Agree => (Tone::Good, &context.strings.panel.they_agree),
        });
        ui.horizontal_top(|ui| {
            let room = if agreement.is_some() { TAG_ROOM } else { 0.0 };
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width() - room);
                let label = context.look.strong(fact.label.get(context.language()));
                ui.add(egui::Label::new(label).wrap());
            });
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if let Some((tone, text)) = agreement {
                    tag(ui, context, tone, text);
                }
            });
        });
        ui.add_space(4.0);
        let document: Vec<&Cited> = fact.said_by(Says::Document).collect();
        let mut rest: Vec<&Cited> = fact.cited.iter().filter(|cited| cited.says != Says::Document).collect();
        rest.sort_by_key(|cited| std::cmp::Reverse(cited.as_of));
        if rest.is_empty() {
            said_ui(ui, context, &document, commands);
            return;
        }
        // Both columns ask for things; one queue takes them in turn.
        let queue = std::cell::RefCell::new(commands);
        let said = |ui: &mut Ui, said: &[&Cited]| said_ui(ui, context, said, &mut queue.borrow_mut());
        halves(ui, 8.0, |ui| said(ui, &document), |ui| said(ui, &rest));
    });
}

fn said_ui(ui: &mut Ui, context: &Context<'_>, said: &[&Cited], commands: &mut Commands) {
    let (strings, panel) = (context.strings, &context.strings.panel);
    for one in said {
        ui.scope(|ui| {
            fade_later(ui, context, one);
            let year = one.as_of.map(|as_of| date(strings, as_of));
            let who = match (one.says, year) {
                (Says::Document, Some(year)) => panel.document_says_in.fill("date", &year),
                (Says::Document, None) => panel.document_says.clone(),
                (_, Some(year)) => panel.check_says_in.fill("date", &year),
                (_, None) => panel.check_says.clone(),
            };
            let who = context.look.text(context.look.tokens.text.chip, &who).color(context.look.secondary());
            ui.label(who);
            value_ui(ui, context, one, commands);
            chips(ui, context, &one.sources, commands);
            ui.add_space(4.0);
        });
    }
}

fn is_later(one: &Cited, until: Month) -> bool {
    one.as_of.is_some_and(|as_of| as_of.first_month() > until)
}

/// What was not so yet in the time that is shown steps back.
fn fade_later(ui: &mut Ui, context: &Context<'_>, one: &Cited) {
    if context.state.timeline.until.is_some_and(|until| is_later(one, until)) {
        ui.multiply_opacity(LATER);
    }
}

fn value_ui(ui: &mut Ui, context: &Context<'_>, one: &Cited, commands: &mut Commands) {
    told_text(ui, context, (context.look.tokens.text.body, one.value.get(context.language())), commands);
    if one.parts.len() > 1 {
        parts_ui(ui, context, &one.parts);
    }
    if !one.certain {
        tag(ui, context, Tone::Doubt, &context.strings.panel.not_certain);
    }
    if let Some(note) = &one.note {
        ui.add(egui::Label::new(context.look.small(note.get(context.language()))).wrap());
    }
}

/// A bar in the shares of the countries: the first filled, the others open.
fn parts_ui(ui: &mut Ui, context: &Context<'_>, parts: &[Part]) {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    ui.add_space(3.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), PARTS_HEIGHT), Sense::hover());
    let whole: f64 = parts.iter().map(|part| part.amount).sum();
    let ink = colour(colours.text.primary);
    let mut left = rect.left();
    for (number, part) in parts.iter().enumerate() {
        let width = rect.width() * (part.amount / whole) as f32;
        let piece = Rect::from_min_size(pos2(left, rect.top()), vec2(width - PARTS_GAP, rect.height()));
        let fill = if number == 0 { ink } else { Color32::TRANSPARENT };
        let stroke = Stroke::new(tokens.stroke.hairline, ink);
        ui.painter().rect(piece, 1.5, fill, stroke, StrokeKind::Inside);
        left += width;
    }
}

/// The year, what happened or is so, and who says it.
fn dated_ui(ui: &mut Ui, context: &Context<'_>, (fact, one): (&Fact, &Cited), commands: &mut Commands) {
    let strings = context.strings;
    let year = |ui: &mut Ui| {
        match one.as_of {
            Some(as_of) => ui
                .label(context.look.strong(&as_of.first_year().to_string()))
                .on_hover_text(date(strings, as_of)),
            None => ui.label(context.look.small("–")).on_hover_text(&strings.panel.no_year),
        };
    };
    // Larger letters need a wider column.
    let width = YEARS * context.look.tokens.scale(context.look.theme).text;
    labelled(ui, width, year, |ui| {
        if !fact.is_event {
            ui.label(context.look.small(fact.label.get(context.language())));
        }
        value_ui(ui, context, one, commands);
        chips(ui, context, &one.sources, commands);
    });
    ui.add_space(8.0);
}

/// The sources as chips; each opens its card.
pub(crate) fn chips(ui: &mut Ui, context: &Context<'_>, sources: &[Citation], commands: &mut Commands) {
    ui.add_space(3.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
        ui.spacing_mut().interact_size.y = 0.0;
        for citation in sources {
            let source = context.state.catalog.atlas.source(&citation.id);
            let short = source.map_or(citation.id.as_str(), |source| source.chip(context.language()));
            let whole = cited(source, citation, context.language());
            let name = context.strings.access.source.fill("name", &whole);
            let response = chip(ui, context, short, &name);
            let response = match source {
                Some(source) => {
                    let at = citation.at.as_ref().map_or(String::new(), |at| format!("\n{at}"));
                    response.on_hover_text(format!("{}{at}", source.title))
                }
                None => response,
            };
            if response.clicked() {
                commands.push(Command::Select(Some(Id::new(Kind::Source, &citation.id))));
            }
        }
    });
}
