//! The quiz: a card with the question, answers by pressing or on the map, and what makes the right one right.

use std::hash::{Hash as _, Hasher as _};

use egui::{Label, Pos2, Response, ScrollArea, Stroke, TextEdit, Ui};

use super::card::{Card, card_ui};
use super::details::chips;
use super::gestures::on_map;
use super::look::colour;
use super::overlay::{middle, screen};
use super::widgets::{Icon, Tone, button, section, tag};
use super::{Commands, Context, Layout};
use crate::catalog::quiz::{Answer, Given, PoolFault, Pooled, Question, Round};
use crate::catalog::words::{km, short_name};
use crate::state::{Command, QuizCommand};

const WIDTH: f32 = 300.0;
/// Of the list of results.
const LIST: f32 = 220.0;

pub(crate) fn quiz_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let quiz = &context.state.quiz;
    if !quiz.is_open {
        return;
    }
    let texts = &context.strings.quiz;
    let card = Card { name: "quiz", title: &texts.title, close: &texts.close, width: WIDTH };
    let is_closed = card_ui(ui, context, layout, card, |ui| match &quiz.round {
        Some(round) if quiz.is_explaining => explained_ui(ui, context, round, commands),
        Some(round) if !round.is_over() => question_ui(ui, context, round, commands),
        round => begin_ui(ui, context, round.as_deref(), commands),
    });
    if is_closed {
        commands.push(Command::Quiz(QuizCommand::SetOpen(false)));
    }
}

/// Before a round, and after one with its results.
fn begin_ui(ui: &mut Ui, context: &Context<'_>, round: Option<&Round>, commands: &mut Commands) {
    let (texts, quiz) = (&context.strings.quiz, &context.state.quiz);
    if let Some(round) = round {
        let (right, total) = (round.right_count().to_string(), round.given().len().to_string());
        let score = texts.score.fill_all(&[("n", &right), ("total", &total)]);
        ui.label(context.look.text(context.look.tokens.text.heading, &score));
        ui.horizontal_wrapped(|ui| {
            if button(ui, context, Some(Icon("copy")), &texts.copy, false).clicked() {
                let (catalog, language) = (&context.state.catalog, context.language());
                commands.push(Command::Copy(crate::catalog::quiz::results_csv(round, catalog, language)));
            }
            if button(ui, context, None, &texts.save, false).clicked() {
                commands.push(Command::Quiz(QuizCommand::Save));
            }
        });
    } else {
        ui.add(Label::new(context.look.body(&texts.about)).wrap());
    }
    let mut person = quiz.person.clone();
    let field = TextEdit::singleline(&mut person).hint_text(texts.person.as_str()).desired_width(WIDTH);
    if ui.add(field).changed() {
        commands.push(Command::Quiz(QuizCommand::SetPerson(person)));
    }
    let start = if round.is_some() { &texts.again } else { &texts.start };
    if button(ui, context, Some(Icon("play")), start, true).clicked() {
        commands.push(Command::Quiz(QuizCommand::Start { seed: seed(ui) }));
    }
    match &quiz.pooled {
        Some(Ok(pooled)) => pooled_ui(ui, context, pooled),
        Some(Err(fault)) => {
            let told =
                texts.not_pooled.fill_all(&[("file", fault_file(fault)), ("line", &fault_line(fault))]);
            ui.horizontal_wrapped(|ui| tag(ui, context, Tone::Doubt, &told));
        }
        None => drop(ui.add(Label::new(context.look.small(&texts.pool)).wrap())),
    }
}

fn fault_file(fault: &PoolFault) -> &str {
    match fault {
        PoolFault::NoColumn { file, .. }
        | PoolFault::NoValue { file, .. }
        | PoolFault::NotTrueOrFalse { file, .. }
        | PoolFault::OpenQuote { file, .. } => file,
    }
}

fn fault_line(fault: &PoolFault) -> String {
    let line = match fault {
        PoolFault::NoColumn { line, .. }
        | PoolFault::NoValue { line, .. }
        | PoolFault::NotTrueOrFalse { line, .. }
        | PoolFault::OpenQuote { line, .. } => line,
    };
    line.to_string()
}

/// A number that is another each time: of when the button was pressed.
fn seed(ui: &Ui) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    ui.input(|input| (input.time.to_bits(), input.pointer.latest_pos().map(|at| at.x.to_bits())))
        .hash(&mut hasher);
    hasher.finish()
}

/// The results of several people.
fn pooled_ui(ui: &mut Ui, context: &Context<'_>, pooled: &Pooled) {
    let texts = &context.strings.quiz;
    section(ui, context, &texts.pooled.fill(pooled.people.len()));
    let score = |right: usize, asked: usize| {
        texts.score.fill_all(&[("n", &right.to_string()), ("total", &asked.to_string())])
    };
    ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().interact_size.y = 0.0;
        for one in &pooled.people {
            ui.label(context.look.strong(&one.person));
            ui.label(context.look.small(&score(one.tally.right, one.tally.asked)));
        }
        section(ui, context, &texts.hardest);
        for one in &pooled.questions {
            let id = one.asked.parse().ok();
            let name = id.map_or_else(
                || one.asked.clone(),
                |id| short_name(&context.state.catalog, &id, context.language()),
            );
            ui.label(context.look.body(&name));
            ui.label(context.look.small(&score(one.tally.right, one.tally.asked)));
        }
    });
}

fn question_ui(ui: &mut Ui, context: &Context<'_>, round: &Round, commands: &mut Commands) {
    let texts = &context.strings.quiz;
    let Some(question) = round.at() else { return };
    let number = (round.given().len() + 1).to_string();
    let total = round.quiz.questions.len().to_string();
    ui.label(context.look.small(&texts.progress.fill_all(&[("n", &number), ("total", &total)])));
    let name = short_name(&context.state.catalog, question.asked(), context.language());
    let text = match question {
        Question::Place { .. } => &texts.place,
        Question::WhichCorridor { .. } => &texts.corridor,
        Question::WhichNeighbour { .. } => &texts.neighbour,
    };
    ui.add(Label::new(context.look.text(context.look.tokens.text.heading, &text.fill("name", &name))).wrap());
    for choice in question.choices() {
        let name = short_name(&context.state.catalog, choice, context.language());
        if button(ui, context, None, &name, false).clicked() {
            commands.push(Command::Quiz(QuizCommand::Answer(Answer::Choice(choice.clone()))));
        }
    }
    ui.horizontal_wrapped(|ui| {
        if question.choices().is_empty() && button(ui, context, None, &texts.here, false).clicked() {
            commands.push(Command::Quiz(QuizCommand::Answer(Answer::Position(middle(context)))));
        }
        if button(ui, context, None, &texts.skip, false).clicked() {
            commands.push(Command::Quiz(QuizCommand::Answer(Answer::Skipped)));
        }
    });
}

/// Whether it was right, the answer, and who says so.
fn explained_ui(ui: &mut Ui, context: &Context<'_>, round: &Round, commands: &mut Commands) {
    let texts = &context.strings.quiz;
    let Some((question, given)) = last(round) else { return };
    let explained = question.explained(&context.state.catalog, context.language());
    ui.horizontal_wrapped(|ui| {
        let (tone, text) =
            if given.verdict.is_right { (Tone::Good, &texts.right) } else { (Tone::Doubt, &texts.wrong) };
        tag(ui, context, tone, text);
        if let Some(distance) = given.verdict.distance_km {
            ui.label(context.look.small(&texts.away.fill("km", &km(context.strings, distance))));
        }
    });
    if !matches!(question, Question::Place { .. }) {
        ui.add(Label::new(context.look.strong(&texts.answer.fill("name", &explained.name))).wrap());
    }
    for line in &explained.lines {
        ui.label(context.look.small(&line.label));
        ui.add(Label::new(context.look.body(&line.value)).wrap());
    }
    chips(ui, context, &explained.sources, commands);
    if button(ui, context, Some(Icon("forward")), &texts.next, true).clicked() {
        commands.push(Command::Quiz(QuizCommand::Next));
    }
}

/// The question that was answered last, and how.
fn last(round: &Round) -> Option<(&Question, &Given)> {
    let given = round.given();
    Some((round.quiz.questions.get(given.len().checked_sub(1)?)?, given.last()?))
}

/// A click on the map that is an answer.
pub(super) fn answered_at(context: &Context<'_>, map: &Response, at: Pos2) -> Command {
    let place = context.state.view.viewport().world_from_screen(on_map(map, at)).to_lonlat();
    Command::Quiz(QuizCommand::Answer(Answer::Position(place)))
}

/// Where somebody thought that it lies, and how far that is off.
pub(super) fn guess_ui(ui: &Ui, context: &Context<'_>, map: &Response) {
    let quiz = &context.state.quiz;
    let last = quiz.round.as_deref().filter(|_| quiz.is_open && quiz.is_explaining).and_then(last);
    let Some((question, Given { answer: Answer::Position(guess), .. })) = last else { return };
    let Some(right) = question.place(&context.state.catalog) else { return };
    let viewport = context.state.view.viewport();
    let ends = [*guess, right].map(|place| screen(&viewport, map.rect, place));
    let ink = colour(context.look.colours().state.selected_ring);
    ui.painter().extend(egui::Shape::dashed_line(&ends, Stroke::new(1.6, ink), 5.0, 4.0));
    ui.painter().circle(ends[0], 5.0, colour(context.look.colours().surface.panel), Stroke::new(2.0, ink));
}
