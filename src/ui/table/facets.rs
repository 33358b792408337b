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

pub(super) fn facets_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    egui::ScrollArea::vertical().id_salt("facets").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (column, summary) in file.filter.facets.iter() {
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
        let is_on = has(&file.filter.text, &condition);
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

/// Whether a condition is one of those joined by `and`.
fn has(filter: &str, condition: &str) -> bool {
    filter.split(" and ").any(|part| part.trim() == condition)
}

/// The filter with the condition, or without it where it was there.
fn toggled(filter: &str, condition: &str) -> String {
    if has(filter, condition) {
        let rest: Vec<&str> = filter.split(" and ").filter(|part| part.trim() != condition).collect();
        return rest.join(" and ");
    }
    match filter.trim() {
        "" => condition.to_owned(),
        // Brackets keep what a person joined by `or` together.
        rest if rest.contains(" or ") => format!("({rest}) and {condition}"),
        rest => format!("{rest} and {condition}"),
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
        assert_eq!(toggled("a = 1 or a = 2", "b = 3"), "(a = 1 or a = 2) and b = 3");
    }
}
