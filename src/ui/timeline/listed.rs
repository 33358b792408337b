//! On paper nobody points at the marks of the timeline: the events of the document are listed under it.

use egui::{Label, Rect, Ui, pos2, vec2};

use super::axis::is_of_document;
use crate::atlas::{Date, Id};
use crate::catalog::words::{date, short_name};
use crate::ui::Context;

/// The columns, the room between them, and that for a date, in points.
const COLUMNS: usize = 2;
const GAP: f32 = 24.0;
const DATE: f32 = 116.0;
/// Above the list, and between two lines.
const ABOVE: f32 = 8.0;
const BETWEEN: f32 = 5.0;

/// Lists those in the time that is shown, down one column and then the next; how far down they reach.
pub(in crate::ui) fn listed_in(ui: &mut Ui, context: &Context<'_>, room: Rect) -> f32 {
    let timeline = &context.state.timeline;
    let is_in = |(when, id): &&(Date, Id)| {
        let month = when.first_month();
        timeline.until.is_none_or(|until| month <= until)
            && timeline.from.is_none_or(|from| month >= from)
            && is_of_document(context, id)
    };
    let events: Vec<&(Date, Id)> = context.state.catalog.chronicle.events.iter().filter(is_in).collect();
    let width = (room.width() - GAP * (COLUMNS - 1) as f32) / COLUMNS as f32;
    let each = events.len().div_ceil(COLUMNS).max(1);
    let mut lowest = room.top();
    for (number, column) in events.chunks(each).enumerate() {
        let left = room.left() + number as f32 * (width + GAP);
        let mut top = room.top() + ABOVE;
        for (when, id) in column {
            let name = short_name(&context.state.catalog, id, context.language());
            let said = [
                (left, DATE, context.look.strong(&date(context.strings, *when))),
                (left + DATE, width - DATE, context.look.body(&name)),
            ];
            let ends = said.map(|(left, width, text)| {
                let place = Rect::from_min_size(pos2(left, top), vec2(width, f32::INFINITY));
                let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(place));
                ui.add(Label::new(text).wrap());
                ui.min_rect().bottom()
            });
            top = ends[0].max(ends[1]) + BETWEEN;
        }
        lowest = lowest.max(top);
    }
    lowest
}
