//! What was planned and what came of it: a bar of time for each stage, its delay in the colour of doubt.

use egui::{Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::facts::chips;
use crate::atlas::{Date, Delay, Month, Stage};
use crate::catalog::words::stage as words;
use crate::ui::look::colour;
use crate::ui::widgets::section;
use crate::ui::{Commands, Context};

/// Of a bar, and of the strip it lies in, in points.
const BAR: f32 = 7.0;
const STRIP: f32 = 16.0;
/// Months left free at either end of the strip.
const FREE: i32 = 6;

pub(super) fn stages_ui(ui: &mut Ui, context: &Context<'_>, stages: &[Stage], commands: &mut Commands) {
    let now = context.state.catalog.atlas.date.first_month();
    let spans = || stages.iter().filter_map(Stage::span);
    let Some(first) = spans().map(|(first, _)| first).min() else { return };
    let last = spans().map(|(_, last)| last).max().map_or(now, |last| last.max(now));
    section(ui, context, &context.strings.timeline.stages);
    let until = context.state.timeline.until;
    for stage in stages {
        ui.scope(|ui| {
            let is_later = until.zip(stage.span()).is_some_and(|(until, (first, _))| first > until);
            if is_later {
                ui.multiply_opacity(super::facts::LATER);
            }
            ui.label(context.look.strong(stage.name.get(context.language())));
            strip_ui(ui, context, stage, (first.plus(-FREE), last.plus(FREE), now));
            ui.add(egui::Label::new(context.look.small(&words(context.strings, stage, now))).wrap());
            chips(ui, context, &stage.sources, commands);
            ui.add_space(8.0);
        });
    }
}

fn strip_ui(ui: &mut Ui, context: &Context<'_>, stage: &Stage, (first, last, now): (Month, Month, Month)) {
    let colours = context.look.colours();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), STRIP), Sense::hover());
    let x = |month: Month| {
        rect.left() + rect.width() * month.since(first) as f32 / last.since(first).max(1) as f32
    };
    let bar = |from: f32, to: f32| {
        Rect::from_x_y_ranges(from..=to, rect.center().y - BAR / 2.0..=rect.center().y + BAR / 2.0)
    };
    let line = Stroke::new(1.0, colour(colours.surface.line));
    ui.painter().hline(rect.x_range(), rect.center().y, line);
    ui.painter().vline(x(now), rect.y_range(), line);
    if let Some(until) = context.state.timeline.until.filter(|until| *until >= first && *until <= last) {
        let mark = Stroke::new(1.6, colour(colours.accent.fill));
        ui.painter().vline(x(until), rect.y_range(), mark);
    }
    let ink = context.look.secondary();
    let doubt = colour(colours.status.warn);
    let end = stage.opened.map_or(now, Date::first_month);
    if let Some(begun) = stage.begun.map(Date::first_month) {
        let built = bar(x(begun), x(end).max(x(begun) + 2.0));
        if stage.opened.is_some() {
            ui.painter().rect_filled(built, 2.0, ink);
        } else {
            ui.painter().rect(
                built,
                2.0,
                ink.gamma_multiply(0.25),
                Stroke::new(1.0, ink),
                StrokeKind::Inside,
            );
        }
    }
    if let Some(planned) = stage.planned.map(Date::first_month) {
        if matches!(stage.delay(now), Some(Delay::Late(_) | Delay::LateSoFar(_))) {
            ui.painter().rect_filled(bar(x(planned), x(end)), 2.0, doubt);
        }
        let mark = Stroke::new(1.6, context.look.primary());
        ui.painter().vline(x(planned), rect.y_range().shrink(1.0), mark);
    }
    if stage.opened.is_some() {
        ui.painter().circle_filled(pos2(x(end), rect.center().y), BAR / 2.0 + 1.0, context.look.primary());
    }
}
