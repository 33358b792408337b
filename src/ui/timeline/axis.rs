//! The axis of years: events as marks on it, and the handles that say from when to when.

use egui::{Color32, EventFilter, Key, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::atlas::{Date, Id, Item, Month};
use crate::catalog::Entry;
use crate::catalog::words::{date, short_name};
use crate::state::{Command, TimelineCommand};
use crate::ui::keys::arrow_taker;
use crate::ui::look::colour;
use crate::ui::{Commands, Context};

/// Of the marks, the line and the handle, in points.
const EVENT: f32 = 4.2;
const CHECK: f32 = 2.2;
const HANDLE: f32 = 6.0;
const LINE: f32 = 2.0;
/// The pointer takes a mark this close to it.
const REACH: f32 = 5.0;
/// Where what lies before the axis is, in points before its begin.
const EARLIER: f32 = 12.0;
/// Years between two ticks, and room for a year, in points.
const STEPS: [i16; 5] = [1, 2, 5, 10, 20];
const YEAR_ROOM: f32 = 48.0;
/// Names in the tip of a place where more than so many things happened.
const MOST_NAMES: usize = 6;

/// Months and the x at which each lies.
#[derive(Clone, Copy, Debug)]
struct Axis {
    first: Month,
    last: Month,
    left: f32,
    right: f32,
}

impl Axis {
    fn x(self, month: Month) -> f32 {
        if month < self.first {
            return self.left - EARLIER;
        }
        let share = month.since(self.first) as f32 / self.last.since(self.first).max(1) as f32;
        egui::lerp(self.left..=self.right, share.min(1.0))
    }

    fn month(self, x: f32) -> Month {
        let share = ((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0);
        self.first.plus((share * self.last.since(self.first) as f32).round() as i32)
    }

    /// Round years, as many as there is room for.
    fn years(self) -> impl Iterator<Item = i16> {
        let span = f32::from(self.last.year() - self.first.year()).max(1.0);
        let room = (self.right - self.left) / span;
        let step = STEPS.into_iter().find(|step| f32::from(*step) * room >= YEAR_ROOM).unwrap_or(20);
        let begin = (self.first.year() + step - 1) / step * step;
        (begin..=self.last.year()).step_by(step as usize)
    }
}

pub(super) fn axis_ui(ui: &mut Ui, context: &Context<'_>, rect: Rect, commands: &mut Commands) {
    let chronicle = &context.state.catalog.chronicle;
    let axis = Axis { first: chronicle.first, last: chronicle.last, left: rect.left(), right: rect.right() };
    let y = rect.top() + rect.height() * 0.41;
    line_ui(ui, context, axis, (y, rect.bottom()));
    let room = rect.expand2(vec2(10.0, 0.0));
    let response = ui.interact(room, ui.scope_id().with("axis"), Sense::click_and_drag());
    tell(context, axis, &response);
    let pointed = pointed(context, axis, &response, y);
    events_ui(ui, context, axis, (y, &pointed));
    handles_ui(ui, context, axis, (y, &response));
    drag(context, axis, (&response, &pointed), commands);
    arrows(ui, axis, (context, &response), commands);
    if !pointed.is_empty() && !response.dragged() {
        response.on_hover_ui_at_pointer(|ui| tip(ui, context, &pointed));
    }
}

fn line_ui(ui: &Ui, context: &Context<'_>, axis: Axis, (y, bottom): (f32, f32)) {
    let (colours, timeline) = (context.look.colours(), &context.state.timeline);
    let (from, to) = shown(axis, timeline.from, timeline.until);
    let rest = Stroke::new(LINE, colour(colours.surface.line_strong));
    ui.painter().hline(axis.left..=axis.right, y, rest);
    // What is earlier lies beyond a gap.
    let before = [pos2(axis.left - EARLIER, y), pos2(axis.left, y)];
    ui.painter().extend(egui::Shape::dashed_line(&before, rest, 2.0, 2.5));
    let passed = axis.x(from).max(axis.left)..=axis.x(to).max(axis.left);
    ui.painter().hline(passed, y, Stroke::new(LINE, context.look.secondary()));
    let font = context.look.font(context.look.tokens.text.small);
    for year in axis.years() {
        let x = axis.x(Month::new(year, 1));
        let tick = Stroke::new(1.0, colour(colours.surface.line_strong));
        ui.painter().vline(x, y + 4.0..=y + 8.0, tick);
        let galley = ui.painter().layout_no_wrap(year.to_string(), font.clone(), context.look.secondary());
        let at = pos2(x - galley.size().x / 2.0, bottom - galley.size().y - 4.0);
        ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    }
}

fn shown(axis: Axis, from: Option<Month>, until: Option<Month>) -> (Month, Month) {
    (from.unwrap_or(axis.first), until.unwrap_or(axis.last))
}

/// The events of the document stand out; later checks are dots.
fn events_ui(ui: &Ui, context: &Context<'_>, axis: Axis, (y, pointed): (f32, &[&(Date, Id)])) {
    let catalog = &context.state.catalog;
    let paper = colour(context.look.colours().surface.panel);
    let accent = colour(context.look.colours().accent.fill);
    let is_of_document = |id: &Id| is_of_document(context, id);
    let ring = |id: &Id| pointed.iter().any(|(_, one)| one == id) || is_picked(context, id);
    for of_document in [false, true] {
        for (when, id) in catalog.chronicle.events.iter().filter(|(_, id)| is_of_document(id) == of_document)
        {
            let at = pos2(axis.x(when.first_month()), y);
            let ink = if ring(id) { accent } else { context.look.secondary() };
            if of_document {
                ui.painter().circle(at, EVENT, paper, Stroke::new(1.4, ink));
            } else {
                ui.painter().circle_filled(at, if ring(id) { EVENT } else { CHECK }, ink);
            }
        }
    }
}

/// Whether the document itself tells an event.
pub(super) fn is_of_document(context: &Context<'_>, id: &Id) -> bool {
    matches!(context.state.catalog.entry(id), Some(Entry::Item(Item::Event(event))) if event.in_document)
}

fn is_picked(context: &Context<'_>, id: &Id) -> bool {
    let picks = &context.state.picks;
    [&picks.selected, &picks.hovered].iter().any(|pick| pick.as_ref() == Some(id))
}

/// The handle of the end is filled; that of the begin, which may be taken from the left end, is open.
fn handles_ui(ui: &Ui, context: &Context<'_>, axis: Axis, (y, response): (f32, &Response)) {
    let timeline = &context.state.timeline;
    let colours = context.look.colours();
    let (from, to) = shown(axis, timeline.from, timeline.until);
    let accent = colour(colours.accent.fill);
    let paper = colour(colours.surface.panel);
    if timeline.from.is_some() || response.hovered() {
        let rect = Rect::from_center_size(pos2(axis.x(from), y), vec2(5.0, 15.0));
        ui.painter().rect(rect, 2.0, paper, Stroke::new(1.6, accent), egui::StrokeKind::Inside);
    }
    ui.painter().circle_filled(pos2(axis.x(to), y), HANDLE, accent);
    if response.has_focus() {
        let ring = Stroke::new(context.look.tokens.stroke.focus_ring, colour(colours.accent.focus_ring));
        ui.painter().circle_stroke(pos2(axis.x(to), y), HANDLE + 3.0, ring);
    }
}

fn tell(context: &Context<'_>, axis: Axis, response: &Response) {
    let timeline = &context.state.timeline;
    let texts = &context.strings.timeline;
    response.widget_info(|| {
        let value = timeline.until.map_or_else(
            || texts.all_years.clone(),
            |until| date(context.strings, Date { start: until.moment(), end: None }),
        );
        let until = timeline.until.unwrap_or(axis.last);
        let mut info = WidgetInfo::labeled(Role::Slider, true, format!("{}: {value}", texts.title));
        info.value = Some(f64::from(until.since(axis.first)));
        info.current_text_value = Some(value);
        info
    });
}

/// The events under the pointer.
fn pointed<'a>(context: &Context<'a>, axis: Axis, response: &Response, y: f32) -> Vec<&'a (Date, Id)> {
    let Some(at) = response.hover_pos().filter(|at| (at.y - y).abs() < 12.0) else { return Vec::new() };
    let events = &context.state.catalog.chronicle.events;
    events.iter().filter(|(when, _)| (axis.x(when.first_month()) - at.x).abs() <= REACH).collect()
}

/// A press goes there, or to what happened about there; the handle nearer to where a drag began follows it.
fn drag(
    context: &Context<'_>,
    axis: Axis,
    (response, pointed): (&Response, &[&(Date, Id)]),
    commands: &mut Commands,
) {
    let timeline = &context.state.timeline;
    let Some(at) = response.interact_pointer_pos() else { return };
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    let month = axis.month(at.x);
    if response.clicked() {
        let month = pointed.first().map_or(month, |(when, _)| when.first_month());
        commands.push(Command::Timeline(TimelineCommand::Show(Some(month))));
        return;
    }
    if !response.dragged() {
        return;
    }
    let begun = response.ctx.input(|input| input.pointer.press_origin()).map_or(at.x, |origin| origin.x);
    let taken = response.id.with("taken");
    let is_from = if response.drag_started() {
        let (from, to) = shown(axis, timeline.from, timeline.until);
        let is_from = (begun - axis.x(from)).abs() < HANDLE + 2.0 && from < to;
        response.ctx.data_mut(|data| data.insert_temp(taken, is_from));
        is_from
    } else {
        response.ctx.data(|data| data.get_temp(taken).unwrap_or(false))
    };
    let wanted = if is_from {
        let month = month.min(timeline.until.unwrap_or(axis.last));
        TimelineCommand::From((month > axis.first).then_some(month))
    } else {
        TimelineCommand::Show(Some(month.max(timeline.from.unwrap_or(axis.first))))
    };
    let is_new = match wanted {
        TimelineCommand::From(from) => from != timeline.from,
        _ => timeline.until != Some(month),
    };
    if is_new {
        commands.push(Command::Timeline(wanted));
    }
}

/// With the focus, arrows go by months, page keys by years, and to either end.
fn arrows(ui: &Ui, axis: Axis, (context, response): (&Context<'_>, &Response), commands: &mut Commands) {
    if !response.has_focus() {
        return;
    }
    ui.data_mut(|data| data.insert_temp(arrow_taker(), response.id));
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let until = context.state.timeline.until.unwrap_or(axis.last);
    let by = [
        (Key::ArrowLeft, -1),
        (Key::ArrowRight, 1),
        (Key::PageDown, -12),
        (Key::PageUp, 12),
        (Key::Home, axis.first.since(until)),
        (Key::End, axis.last.since(until)),
    ];
    for (key, months) in by {
        let presses = ui.input_mut(|input| input.count_and_consume_key(egui::Modifiers::NONE, key));
        if presses > 0 {
            let presses = i32::try_from(presses).unwrap_or(1);
            let month = until.plus(months * presses).clamp(axis.first, axis.last);
            commands.push(Command::Timeline(TimelineCommand::Show(Some(month))));
        }
    }
}

fn tip(ui: &mut Ui, context: &Context<'_>, pointed: &[&(Date, Id)]) {
    ui.set_max_width(320.0);
    for (when, id) in pointed.iter().take(MOST_NAMES) {
        let name = short_name(&context.state.catalog, id, context.language());
        ui.label(context.look.strong(&date(context.strings, *when)));
        ui.add(egui::Label::new(context.look.small(&name)).wrap());
    }
    if pointed.len() > MOST_NAMES {
        ui.label(context.look.small(&format!("+ {}", pointed.len() - MOST_NAMES)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_come_back_from_their_places_and_years_are_round() {
        let axis = Axis { first: Month::new(1990, 1), last: Month::new(2026, 11), left: 100.0, right: 900.0 };
        for months in 0..axis.last.since(axis.first) {
            let month = axis.first.plus(months);
            assert_eq!(axis.month(axis.x(month)), month);
        }
        assert_eq!(axis.years().collect::<Vec<_>>(), [1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025]);
        assert_eq!(axis.x(Month::new(1910, 1)), 88.0, "what is earlier stands before its begin");
    }
}
