//! What a column holds in all, and what can be done with it, behind the button in its head.

use std::sync::Arc;

use egui::{Popup, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::Listed;
use super::facets::bars_ui;
use crate::data::{Column, RowSet, Summary, summary, tells_when};
use crate::i18n::decimal;
use crate::state::{Command, FigureOf, Subject, TableCommand};
use crate::ui::figure::make;
use crate::ui::files::count;
use crate::ui::look::colour;
use crate::ui::menu::entry_ui;
use crate::ui::widgets::{Icon, hairline, labelled, paint_icon};
use crate::ui::{Commands, Context};

const WIDTH: f32 = 240.0;
const LABELS: f32 = 96.0;
const BARS: f32 = 44.0;

/// The button in the head of a column, in `rect`, and the sheet that it opens.
pub(super) fn menu_ui(
    ui: &Ui,
    context: &Context<'_>,
    (listed, column, rect): (Listed<'_>, &Column, Rect),
    commands: &mut Commands,
) {
    let strings = &context.strings.table;
    let response = ui.interact(rect, ui.scope_id().with("menu"), Sense::click());
    let name = strings.column.fill("name", &column.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let ink = if response.hovered() || response.has_focus() {
        context.look.primary()
    } else {
        colour(context.look.colours().text.tertiary)
    };
    paint_icon(ui.painter(), Icon("down"), rect.center() - vec2(3.0, 0.0), 1.4, ink);
    Popup::menu(&response).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(10)).show(
        |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(context.look.strong(&column.name));
            ui.add_space(6.0);
            summary_ui(ui, context, &counted(ui, listed, column));
            hairline(ui, context);
            ui.add_space(4.0);
            let is_dated = tells_when(column);
            let column = || column.name.clone();
            let acts = [
                (&strings.move_left, TableCommand::MoveColumn { column: column(), by: -1 }),
                (&strings.move_right, TableCommand::MoveColumn { column: column(), by: 1 }),
                (
                    &strings.hide_column,
                    TableCommand::SetColumnVisible { column: column(), is_visible: false },
                ),
            ];
            let dates = (matches!(listed.open.of, Subject::File(_)) && is_dated)
                .then(|| (&strings.use_dates, TableCommand::DateBy { column: column() }));
            let all = (!listed.open.hidden.is_empty())
                .then_some((&strings.show_columns, TableCommand::ShowAllColumns));
            if entry_ui(ui, context, &context.strings.figure.make, "", false).clicked() {
                commands.extend(make(context.state, FigureOf::Chart, Some(&column())));
                ui.close();
            }
            for (text, act) in acts.into_iter().chain(dates).chain(all) {
                if entry_ui(ui, context, text, "", false).clicked() {
                    commands.push(Command::Table(act));
                    ui.close();
                }
            }
        },
    );
}

/// A column over an order of rows, and what it holds.
type Counted = (String, Arc<Vec<u32>>, Arc<Summary>);

/// Counted when the sheet opens and whenever other rows pass, not in every frame.
fn counted(ui: &Ui, listed: Listed<'_>, column: &Column) -> Arc<Summary> {
    let memory = egui::Id::unique("column counted last");
    let order = &listed.open.order;
    let known = ui.data(|data| data.get_temp::<Counted>(memory));
    if let Some((.., known)) = known.filter(|(name, of, _)| *name == column.name && Arc::ptr_eq(of, order)) {
        return known;
    }
    let all = RowSet::all(listed.table.rows());
    let rows = listed.filter.passing.as_deref().unwrap_or(&all);
    let new = Arc::new(summary(column, rows));
    let counted = (column.name.clone(), Arc::clone(order), Arc::clone(&new));
    ui.data_mut(|data| data.insert_temp::<Counted>(memory, counted));
    new
}

fn summary_ui(ui: &mut Ui, context: &Context<'_>, summary: &Summary) {
    let strings = &context.strings.table;
    let whole = |n: usize| count(n as u64);
    let mut lines = vec![
        (&strings.values, whole(summary.count)),
        (&strings.missing, whole(summary.missing)),
        (&strings.distinct, whole(summary.distinct)),
    ];
    if let Some(spread) = &summary.histogram {
        let number = |value: f64| decimal(value, usize::from(value.fract() != 0.0) * 2);
        lines.push((&strings.least, number(spread.min)));
        lines.push((&strings.mean, number(spread.mean)));
        lines.push((&strings.greatest, number(spread.max)));
    }
    for (label, value) in lines {
        let label = |ui: &mut Ui| drop(ui.label(context.look.small(label)));
        labelled(ui, LABELS, label, |ui| drop(ui.label(context.look.body(&value))));
    }
    if let Some(spread) = &summary.histogram {
        ui.add_space(6.0);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), BARS), Sense::hover());
        bars_ui(ui, context, rect, spread, |_| true);
    }
    ui.add_space(8.0);
}
