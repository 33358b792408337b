//! Columns of few values: each value with how many features have it; a press lets through those alone.

use egui::{Align, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::data::{Filter, Summary};
use crate::state::{Command, OpenFile, TableCommand};
use crate::ui::files::count as counted;
use crate::ui::look::colour;
use crate::ui::widgets::section;
use crate::ui::{Commands, Context};

/// Values of a column that are listed.
const MOST_VALUES: usize = 8;
const ROW: f32 = 24.0;
/// Of the bar, and of the number after it.
const BAR: f32 = 44.0;
const NUMBER: f32 = 52.0;

pub(super) fn facets_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, facets): (&OpenFile, &[(String, Summary)]),
    commands: &mut Commands,
) {
    egui::ScrollArea::vertical().id_salt("facets").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (column, summary) in facets {
            ui.push_id(column, |ui| facet_ui(ui, context, (file, column, summary), commands));
        }
    });
}

fn facet_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, column, summary): (&OpenFile, &str, &Summary),
    commands: &mut Commands,
) {
    section(ui, context, column);
    let most = summary.values.first().map_or(1, |(_, count)| *count).max(1);
    for (value, count) in summary.values.iter().take(MOST_VALUES) {
        let condition = Filter::written(column, &[value]);
        let is_on = around(&file.filter.text, &condition).is_some();
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let told = format!("{value}: {}", counted(*count as u64));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, &told));
        value_ui(ui, context, (rect, value, *count), (most, is_on || response.hovered()));
        if response.clicked() {
            let text = toggled(&file.filter.text, &condition);
            commands.push(Command::Table(TableCommand::Filter { key: file.key.clone(), text }));
        }
    }
}

fn value_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (rect, value, count): (Rect, &str, usize),
    (most, is_lit): (usize, bool),
) {
    let colours = context.look.colours();
    if is_lit {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 6.0, colour(colours.accent.soft));
    }
    let mut row =
        ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center)));
    row.allocate_ui_with_layout(vec2(NUMBER, ROW), Layout::right_to_left(Align::Center), |ui| {
        ui.label(context.look.small(&counted(count as u64)));
    });
    let (bar, _) = row.allocate_exact_size(vec2(BAR, 6.0), Sense::hover());
    row.painter().rect_filled(bar, 3.0, colour(colours.surface.sunken));
    let share = count as f32 / most as f32;
    let full = Rect::from_min_max(bar.min, pos2(bar.left() + BAR * share, bar.bottom()));
    row.painter().rect_filled(full, 3.0, colour(colours.text.tertiary));
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add(egui::Label::new(context.look.body(value)).truncate().selectable(false));
    });
}

/// Joins conditions.
const AND: &str = " and ";

/// What stands before and after a condition that is one of those joined by `and`; values may hold that word too.
fn around<'a>(filter: &'a str, condition: &str) -> Option<(&'a str, &'a str)> {
    filter.match_indices(condition).find_map(|(at, found)| {
        let (before, after) = (&filter[..at], &filter[at + found.len()..]);
        let begins = before.is_empty() || before.ends_with(AND);
        let ends = after.is_empty() || after.starts_with(AND);
        (begins && ends)
            .then(|| (before.strip_suffix(AND).unwrap_or(before), after.strip_prefix(AND).unwrap_or(after)))
    })
}

/// The filter with the condition, or without it where it was there.
fn toggled(filter: &str, condition: &str) -> String {
    match (around(filter, condition), filter.trim()) {
        (Some((before, "")), _) => before.to_owned(),
        (Some(("", after)), _) => after.to_owned(),
        (Some((before, after)), _) => format!("{before}{AND}{after}"),
        (None, "") => condition.to_owned(),
        // Brackets keep what a person joined by `or` together.
        (None, rest) if rest.contains(" or ") => format!("({rest}){AND}{condition}"),
        (None, rest) => format!("{rest}{AND}{condition}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_is_switched_on_and_off() {
        let on = toggled("", "a = 1");
        assert_eq!(on, "a = 1");
        let both = toggled(&on, "b = \"x\"");
        assert_eq!(both, "a = 1 and b = \"x\"");
        assert_eq!(toggled(&both, "a = 1"), "b = \"x\"");
        let three = toggled(&both, "c = \"x and y\"");
        assert_eq!(toggled(&three, "c = \"x and y\""), both);
        assert_eq!(toggled(&three, "b = \"x\""), "a = 1 and c = \"x and y\"");
        assert_eq!(toggled("a = 1 or a = 2", "b = 3"), "(a = 1 or a = 2) and b = 3");
    }
}
