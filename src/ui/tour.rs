//! The open tour: its steps in order, each shown by a press, with the words of one of them to be changed.

mod flight;
mod list;
mod taking;

use egui::{Label, Sense, TextEdit, Ui, vec2};

use super::card::{Card, card_ui};
use super::look::colour;
use super::widgets::{Icon, Row, button, icon_button, row};
use super::{Commands, Context, Layout};
use crate::state::{Command, OpenTour, TourCommand, TourPart};
use crate::tour::{Step, Words};

pub(crate) use flight::flight_ui;
pub(crate) use list::tours_ui;
pub(crate) use taking::{forms_ui, taking_ui};

const WIDTH: f32 = 300.0;
/// Of the list of steps, in points.
const MOST_HEIGHT: f32 = 270.0;

/// `8:12`.
pub(super) fn minutes(secs: u32) -> String {
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// The card of the open tour, where the tools have theirs.
pub(crate) fn tour_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let Some(open) = &context.state.tours.open else { return };
    let texts = &context.strings.tours;
    let title = open.tour.title.get(context.language());
    let title = if title.is_empty() { texts.untitled.as_str() } else { title };
    let card = Card { name: "tour", title, close: &texts.close, width: WIDTH };
    let is_closed = card_ui(ui, context, layout, card, |ui| {
        let takes = minutes(open.tour.lasts());
        let planned = minutes(open.tour.planned());
        let count = texts.steps.fill(open.tour.steps.len());
        let lasts = texts.lasts.fill_all(&[("time", &takes), ("total", &planned)]);
        ui.label(context.look.small(&format!("{count} · {lasts}")));
        if open.is_changed {
            ui.label(context.look.small(&texts.unsaved).color(colour(context.look.colours().status.warn)));
        }
        match open.edited.and_then(|step| Some((step, open.tour.steps.get(step)?))) {
            Some((number, step)) => words_ui(ui, context, (open, number, step), commands),
            None => steps_ui(ui, context, open, commands),
        }
        buttons_ui(ui, context, open, commands);
    });
    if is_closed {
        commands.push(Command::Tour(TourCommand::Close));
    }
}

fn steps_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTour, commands: &mut Commands) {
    let texts = &context.strings.tours;
    if open.tour.steps.is_empty() {
        ui.add(Label::new(context.look.body(&texts.empty)).wrap());
    }
    let room = ui.ctx().content_rect().height() - 330.0;
    egui::ScrollArea::vertical().max_height(MOST_HEIGHT.min(room.max(90.0))).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (number, step) in open.tour.steps.iter().enumerate() {
            step_ui(ui, context, (open, number, step), commands);
        }
    });
}

/// A step in the list: a press shows it, a drag moves it, a button opens its words.
fn step_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (open, number, step): (&OpenTour, usize, &Step),
    commands: &mut Commands,
) {
    let texts = &context.strings.tours;
    let title = step.title.get(context.language());
    let title = if title.is_empty() { &texts.untitled_step } else { title };
    let name = format!("{}. {title}", number + 1);
    let height = context.look.tokens.size.hit_target_min + 2.0;
    let look = Row { name: &name, is_selected: open.step == number, height, end_width: 30.0 };
    let response = row(ui, context, look, |ui| {
        ui.add_sized(vec2(22.0, 18.0), Label::new(context.look.small(&(number + 1).to_string())));
        ui.add(Label::new(context.look.body(title)).truncate());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, context, Icon("pencil"), &format!("{}: {name}", texts.edit), true).clicked() {
                commands.push(Command::Tour(TourCommand::Edit(Some(number))));
            }
        });
    });
    if response.clicked() {
        commands.push(Command::Tour(TourCommand::Go(number)));
    }
    let grip = response.interact(Sense::click_and_drag());
    if grip.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    }
    if grip.drag_stopped()
        && let Some(moved) = grip.total_drag_delta()
    {
        let by = (moved.y / height).round() as isize;
        if by != 0 {
            commands.push(Command::Tour(TourCommand::Move {
                from: number,
                to: number.saturating_add_signed(by),
            }));
        }
    }
}

/// Title, caption and notes of a step in the language of the window.
fn words_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (open, number, step): (&OpenTour, usize, &Step),
    commands: &mut Commands,
) {
    let texts = &context.strings.tours;
    ui.horizontal(|ui| {
        ui.label(
            context.look.strong(&context.strings.flight.at_step_alone.fill("n", &(number + 1).to_string())),
        );
        ui.label(context.look.small(context.language().own_name()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let last = open.tour.steps.len() - 1;
            for (icon, name, to) in
                [("down", &texts.down, number + 1), ("up", &texts.up, number.wrapping_sub(1))]
            {
                if icon_button(ui, context, Icon(icon), name, to <= last).clicked() && to <= last {
                    commands.push(Command::Tour(TourCommand::Move { from: number, to }));
                }
            }
        });
    });
    if number == 0 {
        field_ui(
            ui,
            context,
            (&context.strings.presenter.tour, None, TourPart::Title, &open.tour.title),
            commands,
        );
    }
    let fields = [
        (&texts.name, TourPart::Title, &step.title),
        (&texts.caption, TourPart::Caption, &step.caption),
        (&texts.notes, TourPart::Notes, &step.notes),
    ];
    for (name, part, words) in fields {
        field_ui(ui, context, (name, Some(number), part, words), commands);
    }
    ui.horizontal(|ui| {
        let name = ui.label(context.look.small(&texts.seconds)).id;
        let mut seconds = step.lasts();
        let drag = egui::DragValue::new(&mut seconds).range(1..=3600).speed(1.0);
        if ui.add(drag).labelled_by(name).changed() {
            commands.push(Command::Tour(TourCommand::SetSeconds { step: number, seconds }));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if button(ui, context, None, &texts.done, true).clicked() {
            commands.push(Command::Tour(TourCommand::Edit(None)));
        }
        if button(ui, context, None, &texts.retake, false).clicked() {
            commands.push(Command::Tour(TourCommand::Retake(number)));
        }
        if button(ui, context, None, &texts.remove, false).clicked() {
            commands.push(Command::Tour(TourCommand::Remove(number)));
        }
    });
}

fn field_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (name, step, part, words): (&str, Option<usize>, TourPart, &Words),
    commands: &mut Commands,
) {
    let language = context.language();
    let mut text = words.own(language).unwrap_or_default().to_owned();
    // What another language says stands there faintly, to be translated.
    let hint = if text.is_empty() { words.get(language) } else { "" };
    let hint = if hint.is_empty() { name } else { hint };
    let label = ui.label(context.look.small(name)).id;
    let rows = match part {
        TourPart::Title => 1,
        TourPart::Caption => 3,
        TourPart::Notes => 4,
    };
    let id = egui::Id::unique(("words of a tour", step, part as u8));
    let field = if rows == 1 { TextEdit::singleline(&mut text) } else { TextEdit::multiline(&mut text) };
    let field = field.id(id).hint_text(hint).desired_rows(rows).desired_width(WIDTH);
    let response = ui.add(field).labelled_by(label);
    if response.changed() {
        commands.push(Command::Tour(TourCommand::SetWords { step, part, language, text }));
    }
}

fn buttons_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTour, commands: &mut Commands) {
    let texts = &context.strings.tours;
    let has_steps = !open.tour.steps.is_empty();
    ui.horizontal_wrapped(|ui| {
        if has_steps
            && button(ui, context, Some(Icon("play")), &context.strings.presenter.start, true).clicked()
        {
            commands.push(Command::Tour(TourCommand::Present));
        }
        if has_steps && button(ui, context, None, &texts.check, false).clicked() {
            commands.push(Command::Tour(TourCommand::Check));
        }
        if open.edited.is_none() && button(ui, context, None, &texts.record, false).clicked() {
            commands.push(Command::Tour(TourCommand::Record));
        }
        if has_steps && button(ui, context, Some(Icon("save")), &texts.save, false).clicked() {
            commands.push(Command::Tour(TourCommand::Save));
        }
        if has_steps && context.state.tours.taking.is_none() {
            let take_out = button(ui, context, None, &context.strings.handout.title, false);
            forms_ui(context, &take_out, true, commands);
        }
    });
}
