//! The table under the map: features as rows, what is known of them as columns, and the filter over both.

mod chart;
mod column;
mod complete;
mod facets;
mod filter;
mod head;
mod rows;

use egui::{Rect, Stroke, Ui, pos2, vec2};

use super::look::colour;
use super::widgets::{button, hairline, sheet};
use super::{Commands, Context, Layout};
use crate::data::Table;
use crate::state::{Command, OpenTable, RowFilter, TableCommand};

pub(super) use chart::chart_in;

const FACETS: f32 = 236.0;
/// Half of what is said where no row passes.
const NO_ROWS: f32 = 30.0;

/// What is listed: the open table, its columns and the filter over them.
#[derive(Clone, Copy)]
struct Listed<'a> {
    open: &'a OpenTable,
    table: &'a Table,
    filter: &'a RowFilter,
}

pub(crate) fn table_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let (Some(open), Some(rect)) = (&context.state.table, layout.bottom) else { return };
    sheet(ui, context, ("table", &context.strings.table.title), rect, |ui| {
        head::head_ui(ui, context, open, commands);
        hairline(ui, context);
        match (context.state.table_of(&open.of), context.state.filter_of(&open.of)) {
            (Some(table), Some(filter)) => body_ui(ui, context, Listed { open, table, filter }, commands),
            _ => drop(ui.centered_and_justified(|ui| {
                ui.label(context.look.small(&context.strings.table.reading));
            })),
        }
    });
}

fn body_ui(ui: &mut Ui, context: &Context<'_>, listed: Listed<'_>, commands: &mut Commands) {
    let room = ui.available_rect_before_wrap();
    let has_facets = !listed.open.facets.is_empty();
    let split = if has_facets { room.left() + FACETS } else { room.left() };
    if has_facets {
        let left = Rect::from_min_max(room.min, pos2(split, room.bottom()));
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(left.shrink2(vec2(16.0, 4.0))));
        facets::facets_ui(&mut ui, context, listed, commands);
        let line = Stroke::new(1.0, colour(context.look.colours().surface.line));
        ui.painter().vline(split, room.y_range(), line);
    }
    let right = Rect::from_min_max(pos2(split, room.top()), room.max);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(right));
    if listed.open.order.is_empty() {
        no_rows_ui(&mut ui, context, listed, commands);
        return;
    }
    rows::rows_ui(&mut ui, context, listed, commands);
}

/// Nothing passes the filter: a press takes it away.
fn no_rows_ui(ui: &mut Ui, context: &Context<'_>, listed: Listed<'_>, commands: &mut Commands) {
    let texts = &context.strings.table;
    ui.add_space((ui.available_height() / 2.0 - NO_ROWS).max(8.0));
    ui.vertical_centered(|ui| {
        ui.label(context.look.small(&texts.no_rows));
        ui.add_space(8.0);
        if !listed.filter.text.is_empty() && button(ui, context, None, &texts.clear_filter, false).clicked() {
            let (of, text) = (listed.open.of.clone(), String::new());
            commands.push(Command::Table(TableCommand::Filter { of, text }));
        }
    });
}
