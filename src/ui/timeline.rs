//! The bar with the years: what happened when, up to when the map shows it, and play.

mod axis;
mod listed;

use egui::{Align, Label, Layout as EguiLayout, Rect, Sense, Ui, vec2};

use super::figure::make;
use super::regions::{Region, landing};
use super::tour::forms_ui;
use super::widgets::{Icon, icon_button, sheet};
use super::{Commands, Context, Layout};
use crate::atlas::Date;
use crate::catalog::words::{date, short_name};
use crate::i18n::decimal;
use crate::state::{Command, FigureOf, SPEEDS, TimelineCommand};

pub(super) use listed::listed_in;

/// Room for the buttons before the axis, and for the date after it, in points at the usual size of text.
const BUTTONS: f32 = 100.0;
const TOLD: f32 = 182.0;
/// In narrower bars there is only the button that plays.
const STEPS_FROM: f32 = 430.0;
const MARGIN: f32 = 12.0;

pub(crate) fn timeline_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    if let Some(rect) = layout.timeline {
        timeline_in(ui, context, rect, commands);
    }
}

/// The timeline in `rect` of the window or of a figure.
pub(super) fn timeline_in(ui: &Ui, context: &Context<'_>, rect: Rect, commands: &mut Commands) {
    let title = &context.strings.access.region_timeline;
    sheet(ui, context, ("timeline", title), rect, |ui| {
        landing(ui, context, Region::Timeline, (rect, title));
        let scale = context.look.tokens.scale(context.look.theme).text;
        let height = context.look.tokens.size.timeline_height * scale;
        let bar = Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - height), rect.max);
        let has_steps = rect.width() >= STEPS_FROM;
        let before = match (context.is_on_paper(), has_steps) {
            (true, _) => 0.0,
            (false, true) => BUTTONS,
            (false, false) => BUTTONS - 64.0,
        };
        let told = TOLD * scale;
        let ends = [bar.left() + MARGIN + before, bar.right() - told - MARGIN];
        if !context.is_on_paper() {
            buttons_ui(&mut part(ui, bar, bar.left() + MARGIN..=ends[0]), context, has_steps, commands);
        }
        let axis = Rect::from_x_y_ranges(ends[0] + 20.0..=ends[1] - 14.0, bar.y_range());
        axis::axis_ui(ui, context, axis, commands);
        told_ui(&mut part(ui, bar, ends[1]..=bar.right() - MARGIN), context, commands);
        if context.state.timeline.until.is_some() {
            let above = Rect::from_min_max(rect.min, egui::pos2(rect.right(), bar.top()));
            happened_ui(
                &mut part(ui, above, above.left() + MARGIN..=above.right() - MARGIN),
                context,
                commands,
            );
        }
    });
}

/// A part of the bar, laid out from left to right.
fn part(ui: &mut Ui, bar: Rect, x: std::ops::RangeInclusive<f32>) -> Ui {
    let room = Rect::from_x_y_ranges(x, bar.y_range());
    let layout = EguiLayout::left_to_right(Align::Center);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(layout));
    ui.spacing_mut().item_spacing.x = 4.0;
    ui
}

fn buttons_ui(ui: &mut Ui, context: &Context<'_>, has_steps: bool, commands: &mut Commands) {
    let (texts, timeline) = (&context.strings.timeline, &context.state.timeline);
    let (icon, name) = if timeline.is_playing { ("pause", &texts.pause) } else { ("play", &texts.play) };
    if icon_button(ui, context, Icon(icon), name, true).clicked() {
        commands.push(Command::Timeline(TimelineCommand::SetPlaying(!timeline.is_playing)));
    }
    if !has_steps {
        return;
    }
    for (icon, name, is_forward) in
        [("step_back", &texts.previous, false), ("step_forward", &texts.next, true)]
    {
        if icon_button(ui, context, Icon(icon), name, true).clicked() {
            commands.push(Command::Timeline(TimelineCommand::Step { is_forward }));
        }
    }
}

/// What time is shown; a press shows all years again.
fn told_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (texts, timeline) = (&context.strings.timeline, &context.state.timeline);
    let words = |month: crate::atlas::Month| date(context.strings, Date { start: month.moment(), end: None });
    ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if !context.is_on_paper()
            && icon_button(ui, context, Icon("figure"), &context.strings.figure.make, true).clicked()
        {
            commands.extend(make(context.state, FigureOf::Timeline, None));
        }
        let Some(until) = timeline.until else {
            ui.label(context.look.strong(&texts.all_years));
            return;
        };
        if !context.is_on_paper()
            && icon_button(ui, context, Icon("close"), &texts.show_all_years, true).clicked()
        {
            commands.push(Command::Timeline(TimelineCommand::Show(None)));
        }
        let shown = words(until);
        let whole = match timeline.from {
            Some(from) => texts.between.fill_all(&[("from", &words(from)), ("to", &shown)]),
            None => texts.until.fill("date", &shown),
        };
        ui.add(Label::new(context.look.strong(&shown)).truncate()).on_hover_text(whole);
    });
}

/// What happened last in the time that is shown, and how fast it plays.
fn happened_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (texts, state) = (&context.strings.timeline, context.state);
    let chronicle = &state.catalog.chronicle;
    let Some(until) = state.timeline.until else { return };
    ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
        if !context.is_on_paper() {
            let name = &context.strings.handout.years;
            let years = icon_button(ui, context, Icon("save"), name, state.tours.taking.is_none());
            forms_ui(context, &years, false, commands);
            speed_ui(ui, context, commands);
        }
        ui.label(context.look.small(&texts.events.fill(chronicle.count(state.timeline.from, until))));
        ui.add_space(8.0);
        ui.with_layout(EguiLayout::left_to_right(Align::Center), |ui| {
            ui.add_space(4.0);
            let Some((when, id)) = chronicle.event_by(until) else {
                let first = chronicle.events.first().map(|(date, _)| date.first_year().to_string());
                ui.label(context.look.small(&texts.nothing_before.fill("year", &first.unwrap_or_default())));
                return;
            };
            if let Some(from) = state.timeline.from {
                let words = |month: crate::atlas::Month| {
                    date(context.strings, Date { start: month.moment(), end: None })
                };
                let span = [("from", words(from)), ("to", words(until))];
                let span = span.each_ref().map(|(key, value)| (*key, value.as_str()));
                ui.label(context.look.strong(&texts.between.fill_all(&span)));
                ui.add_space(6.0);
            }
            ui.label(context.look.strong(&date(context.strings, *when)));
            let name = short_name(&state.catalog, id, context.language());
            let text = context.look.body(&name);
            let response = ui.add(Label::new(text).truncate().sense(Sense::click()));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                commands.push(Command::Select(Some(id.clone())));
            }
        });
    });
}

/// Each press takes the next speed.
fn speed_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let speed = context.state.timeline.speed;
    let shown = |speed: f64| decimal(speed, usize::from(speed < 1.0));
    let at = SPEEDS.iter().position(|one| (one - speed).abs() < 1e-6).unwrap_or(1);
    let name = context.strings.timeline.speed.fill("n", &shown(speed));
    let galley = ui.painter().layout_no_wrap(
        format!("{}×", shown(speed)),
        context.look.font(context.look.tokens.text.small),
        context.look.secondary(),
    );
    let (rect, response) = ui.allocate_exact_size(vec2(40.0, 24.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let surface = &context.look.colours().surface;
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, super::look::colour(surface.sunken));
    }
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, context.look.secondary());
    if response.on_hover_text(&name).clicked() {
        let next = SPEEDS[(at + 1) % SPEEDS.len()];
        commands.push(Command::Timeline(TimelineCommand::SetSpeed(next)));
    }
}
