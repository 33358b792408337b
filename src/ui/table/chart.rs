//! The chart of a column on a page of its own: how its numbers or years spread, or how often each value is there.

use egui::{Align2, FontId, Rect, Stroke, Ui, pos2, vec2};

use super::facets::{bars, bars_ui, column_number};
use crate::catalog::words::kinds_of;
use crate::data::{Histogram, Summary};
use crate::i18n::decimal;
use crate::state::Subject;
use crate::ui::Context;
use crate::ui::files::count;
use crate::ui::look::colour;

/// From the top of the room: its head, and from there to the bars; then how high those are, in points.
const HEAD: f32 = 44.0;
const ABOVE: f32 = 26.0;
const BARS: f32 = 240.0;
/// Between the bars and what is told of them.
const BELOW: f32 = 34.0;
/// A row for a value, and the room for its name.
const ROW: f32 = 22.0;
const NAME: f32 = 0.3;
/// Values that are shown one by one.
const MOST_VALUES: usize = 24;
/// Room between two labels at least.
const APART: f32 = 8.0;

/// Draws the chart of the column that is wished for into the room; how far down it reaches.
pub(in crate::ui) fn chart_in(ui: &Ui, context: &Context<'_>, room: Rect) -> f32 {
    let Some((of, column)) = context.state.charted() else { return room.top() };
    let summary = context.state.counted(of, column);
    head_ui(ui, context, (of, &column.name), room);
    let top = room.top() + HEAD;
    let bottom = match &summary.histogram {
        Some(spread) => {
            spread_ui(ui, context, spread, Rect::from_x_y_ranges(room.x_range(), top..=top + ABOVE + BARS))
        }
        None => values_ui(ui, context, &summary, Rect::from_min_max(pos2(room.left(), top), room.max)),
    };
    let galley =
        ui.painter().layout(told(context, &summary), font(context), context.look.secondary(), room.width());
    let end = bottom + galley.size().y;
    ui.painter().galley(pos2(room.left(), bottom), galley, context.look.secondary());
    end
}

fn font(context: &Context<'_>) -> FontId {
    context.look.font(context.look.tokens.text.small)
}

/// The column, whose it is, and how many of the rows are counted.
fn head_ui(ui: &Ui, context: &Context<'_>, (of, column): (&Subject, &str), room: Rect) {
    let name = match of {
        Subject::File(key) => context.state.files.get(key).map_or(key.as_str(), |file| file.name.as_str()),
        Subject::Atlas(kind) => kinds_of(context.strings, *kind),
    };
    let (passing, all) = context.state.row_counts(of);
    let texts = &context.strings.table;
    let rows = texts.shown_of.fill_all(&[("shown", &count(passing as u64)), ("total", &count(all as u64))]);
    let filter = context.state.filter_of(of).map(|filter| filter.text.trim()).filter(|text| !text.is_empty());
    let told =
        [Some(name), Some(rows.as_str()), filter].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let middle = room.top() + HEAD / 2.0 + 4.0;
    let heading = context.look.font(context.look.tokens.text.heading);
    let title = ui.painter().text(
        pos2(room.left(), middle),
        Align2::LEFT_CENTER,
        column,
        heading,
        context.look.primary(),
    );
    let at = pos2(title.right() + 10.0, middle + 1.0);
    ui.painter().text(at, Align2::LEFT_CENTER, told, font(context), context.look.secondary());
}

/// Bars with how many rows each counts above it, and where it begins under it.
fn spread_ui(ui: &Ui, context: &Context<'_>, spread: &Histogram, rect: Rect) -> f32 {
    let rect = Rect::from_min_max(rect.min + vec2(0.0, ABOVE), rect.max);
    bars_ui(ui, context, rect, spread, |_| true);
    let (primary, secondary) = (context.look.primary(), context.look.secondary());
    let line = Stroke::new(1.0, colour(context.look.colours().surface.line_strong));
    let has_values = spread.step == 1.0;
    let mut last = f32::NEG_INFINITY;
    for (number, bar) in bars(rect, spread) {
        let rows = spread.bars[number];
        if rows > 0 {
            let at = pos2(bar.center().x, bar.top() - 3.0);
            ui.painter().text(at, Align2::CENTER_BOTTOM, count(rows as u64), font(context), primary);
        }
        let (least, greatest) = spread.span(number..=number);
        let x = if has_values { bar.center().x } else { bar.left() - 1.0 };
        let mut ends = vec![(x, least)];
        if number + 1 == spread.bars.len() && !has_values {
            ends.push((rect.right(), greatest));
        }
        for (x, value) in ends {
            ui.painter().vline(x, rect.bottom()..=rect.bottom() + 4.0, line);
            let galley = ui.painter().layout_no_wrap(column_number(spread, value), font(context), secondary);
            let half = galley.size().x / 2.0;
            let left = (x - half).clamp(rect.left(), rect.right() - 2.0 * half);
            if left >= last + APART {
                last = left + 2.0 * half;
                ui.painter().galley(pos2(left, rect.bottom() + 5.0), galley, secondary);
            }
        }
    }
    rect.bottom() + BELOW
}

/// A bar for each value, the most frequent first.
fn values_ui(ui: &Ui, context: &Context<'_>, summary: &Summary, room: Rect) -> f32 {
    let most = summary.values.first().map_or(1, |(_, count)| *count).max(1) as f32;
    let from = room.left() + room.width() * NAME;
    let longest = room.right() - from - 60.0;
    let (primary, secondary) = (context.look.primary(), context.look.secondary());
    let fill = colour(context.look.colours().accent.fill);
    let mut top = room.top();
    for (value, rows) in summary.values.iter().take(MOST_VALUES) {
        let middle = top + ROW / 2.0;
        let mut job = egui::text::LayoutJob::simple_singleline(value.clone(), font(context), primary);
        job.wrap = egui::text::TextWrapping::truncate_at_width(from - room.left() - 12.0);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(room.left(), middle - galley.size().y / 2.0), galley, primary);
        let width = (longest * *rows as f32 / most).max(1.5);
        ui.painter().rect_filled(Rect::from_min_size(pos2(from, middle - 6.0), vec2(width, 12.0)), 1.5, fill);
        let at = pos2(from + width + 6.0, middle);
        ui.painter().text(at, Align2::LEFT_CENTER, count(*rows as u64), font(context), secondary);
        top += ROW;
    }
    let more = summary.distinct.saturating_sub(MOST_VALUES.min(summary.values.len()));
    if more > 0 {
        let text = context.strings.table.more_values.fill("n", &count(more as u64));
        ui.painter().text(pos2(from, top + ROW / 2.0), Align2::LEFT_CENTER, text, font(context), secondary);
        top += ROW;
    }
    top + 10.0
}

/// What the column holds in all.
fn told(context: &Context<'_>, summary: &Summary) -> String {
    let texts = &context.strings.table;
    let whole = |n: usize| count(n as u64);
    let mut told = vec![
        (&texts.values, whole(summary.count)),
        (&texts.missing, whole(summary.missing)),
        (&texts.distinct, whole(summary.distinct)),
    ];
    if let Some(spread) = &summary.histogram {
        told.push((&texts.least, column_number(spread, spread.min)));
        told.push((&texts.mean, decimal(spread.mean, 2)));
        told.push((&texts.greatest, column_number(spread, spread.max)));
    }
    told.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(" · ")
}
