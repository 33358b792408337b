//! Columns that part the rows: values with how many rows have each, or how numbers spread; a press filters.

use egui::{Align, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::Listed;
use crate::data::{Filter, Histogram};
use crate::i18n::decimal;
use crate::state::{Command, Facet, TableCommand};
use crate::ui::files::count as counted;
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, paint_icon, section};
use crate::ui::{Commands, Context};

/// Values of a column that are listed before more are asked for.
const FIRST_VALUES: usize = 6;
const ROW: f32 = 24.0;
const BOX: f32 = 14.0;
/// Of the bar, and of the number after it.
const BAR: f32 = 44.0;
const NUMBER: f32 = 52.0;
/// Of the bars of a histogram.
const BARS: f32 = 40.0;

pub(super) fn facets_ui(ui: &mut Ui, context: &Context<'_>, listed: Listed<'_>, commands: &mut Commands) {
    egui::ScrollArea::vertical().id_salt("facets").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for facet in listed.open.facets.iter() {
            ui.push_id(&facet.column, |ui| {
                section(ui, context, &facet.column);
                match &facet.summary.histogram {
                    Some(spread) => spread_ui(ui, context, (listed, facet, spread), commands),
                    None => values_ui(ui, context, (listed, facet), commands),
                }
            });
        }
        ui.add_space(8.0);
    });
}

fn filter(listed: Listed<'_>, text: String) -> Command {
    Command::Table(TableCommand::Filter { of: listed.open.of.clone(), text })
}

fn values_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (listed, facet): (Listed<'_>, &Facet),
    commands: &mut Commands,
) {
    let strings = &context.strings.table;
    let (text, values) = (&listed.filter.text, &facet.summary.values);
    let wanted = Filter::values(text, &facet.column);
    let most = values.first().map_or(1, |(_, count)| *count).max(1);
    let id = ui.scope_id().with("all values");
    let is_whole = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let shown = if is_whole { values.len() } else { FIRST_VALUES };
    for (value, count) in values.iter().take(shown) {
        let is_on = wanted.iter().any(|other| other.to_lowercase() == value.to_lowercase());
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let told = format!("{value}: {}", counted(*count as u64));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, &told));
        value_ui(
            ui,
            context,
            (rect, value, *count),
            (most, is_on, response.hovered() || response.has_focus()),
        );
        if response.clicked() {
            commands.push(filter(listed, Filter::toggled(text, &facet.column, value)));
        }
    }
    let more = values.len().saturating_sub(FIRST_VALUES);
    if more > 0 {
        let told = if is_whole {
            strings.fewer_values.clone()
        } else {
            strings.more_values.fill("n", &more.to_string())
        };
        if ui.link(context.look.small(&told)).clicked() {
            ui.data_mut(|data| data.insert_temp(id, !is_whole));
        }
    }
}

fn value_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (rect, value, count): (Rect, &str, usize),
    (most, is_on, is_lit): (usize, bool, bool),
) {
    let colours = context.look.colours();
    if is_lit {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 6.0, colour(colours.surface.sunken));
    }
    let square = Rect::from_center_size(pos2(rect.left() + BOX / 2.0, rect.center().y), vec2(BOX, BOX));
    if is_on {
        ui.painter().rect_filled(square, 4.0, colour(colours.accent.fill));
        paint_icon(ui.painter(), Icon("check"), square.center(), 1.6, colour(colours.accent.on_fill));
    } else {
        let edge = Stroke::new(1.0, colour(colours.surface.line_strong));
        ui.painter().rect_stroke(square, 4.0, edge, StrokeKind::Inside);
    }
    let rest = Rect::from_min_max(pos2(square.right() + 8.0, rect.top()), rect.max);
    let mut row =
        ui.new_child(egui::UiBuilder::new().max_rect(rest).layout(Layout::right_to_left(Align::Center)));
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

/// How numbers spread; a drag across bars asks for theirs, a press on them for all again.
fn spread_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (listed, facet, spread): (Listed<'_>, &Facet, &Histogram),
    commands: &mut Commands,
) {
    let (text, column) = (&listed.filter.text, &facet.column);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BARS), Sense::click_and_drag());
    let wanted = Filter::span(text, column);
    let is_in = |bar: usize| {
        let (least, greatest) = spread.span(bar..=bar);
        wanted.is_none_or(|(min, max)| greatest >= min && least <= max)
    };
    bars_ui(ui, context, rect, spread, is_in);
    let (min, max) =
        wanted.map_or((spread.min, spread.max), |(min, max)| (min.max(spread.min), max.min(spread.max)));
    let whole = column_number;
    let told = context.strings.table.from_to.fill_all(&[
        ("name", column),
        ("from", &whole(spread, min)),
        ("to", &whole(spread, max)),
    ]);
    response.widget_info(|| WidgetInfo::selected(Role::Slider, true, wanted.is_some(), &told));
    ui.horizontal(|ui| {
        ui.label(context.look.small(&whole(spread, min)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(context.look.small(&whole(spread, max)));
        });
    });
    let bar_at = |x: f32| {
        let share = ((x - rect.left()) / rect.width()).clamp(0.0, 0.999);
        (share * spread.bars.len() as f32) as usize
    };
    let begun = ui.scope_id().with("first bar");
    if response.drag_started()
        && let Some(at) = ui.input(|input| input.pointer.press_origin())
    {
        ui.data_mut(|data| data.insert_temp(begun, bar_at(at.x)));
    }
    let first = ui.data(|data| data.get_temp::<usize>(begun));
    if let (true, Some(first), Some(at)) = (response.dragged(), first, response.interact_pointer_pos()) {
        let last = bar_at(at.x);
        let span = spread.span(first.min(last)..=first.max(last));
        if wanted != Some(span) {
            commands.push(filter(listed, Filter::spanned(text, column, Some(span))));
        }
    } else if response.clicked() {
        let pressed = response.interact_pointer_pos().map(|at| bar_at(at.x));
        let span = pressed.map(|bar| spread.span(bar..=bar)).filter(|_| wanted.is_none());
        commands.push(filter(listed, Filter::spanned(text, column, span)));
    }
}

/// Years, and numbers of which the greatest has four digits, without their thousands set apart.
pub(super) fn column_number(spread: &Histogram, value: f64) -> String {
    let is_whole = value.fract() == 0.0;
    match (is_whole && spread.max.abs() < 10_000.0, is_whole) {
        (true, _) => format!("{value:.0}"),
        (false, true) => decimal(value, 0),
        (false, false) => {
            let is_narrow = value.abs() < 100.0 || spread.max - spread.min < 100.0;
            decimal(value, if is_narrow { 2 } else { 0 })
        }
    }
}

/// The bars of a histogram over `rect`, by their numbers.
pub(super) fn bars(rect: Rect, spread: &Histogram) -> impl Iterator<Item = (usize, Rect)> {
    let most = spread.bars.iter().copied().max().unwrap_or(1).max(1) as f32;
    let step = rect.width() / spread.bars.len() as f32;
    spread.bars.iter().enumerate().map(move |(number, &count)| {
        // What is there can be seen, however little.
        let height = if count == 0 { 0.0 } else { (rect.height() * count as f32 / most).max(1.5) };
        let left = rect.left() + step * number as f32;
        let right = (left + step - 1.0).max(left + 2.0);
        (number, Rect::from_min_max(pos2(left + 1.0, rect.bottom() - height), pos2(right, rect.bottom())))
    })
}

/// A histogram over `rect`, in full ink where `is_in`.
pub(super) fn bars_ui(
    ui: &Ui,
    context: &Context<'_>,
    rect: Rect,
    spread: &Histogram,
    is_in: impl Fn(usize) -> bool,
) {
    let colours = context.look.colours();
    for (number, bar) in bars(rect, spread) {
        let ink = if is_in(number) { colours.accent.fill } else { colours.surface.line_strong };
        ui.painter().rect_filled(bar, 1.5, colour(ink));
    }
    let line = Stroke::new(1.0, colour(colours.surface.line));
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}
