//! The table under the map: a file's features as rows, what they say as columns, and the filter over both.

mod facets;
mod filter;

use egui::{
    Align, Area, Id as EguiId, Layout as EguiLayout, Margin, Order, Rect, Sense, Stroke, Ui, pos2, vec2,
};
use egui_table::{CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, TableDelegate};

use super::files::count;
use super::look::colour;
use super::widgets::{Icon, hairline, icon_button};
use super::{Commands, Context, Layout};
use crate::atlas::Id;
use crate::data::{Column, Direction, Table};
use crate::i18n::integer;
use crate::scene::file_colour;
use crate::state::{Command, OpenFile, OpenTable, TableCommand};

const HEAD: f32 = 46.0;
const FACETS: f32 = 236.0;
/// Of the column with the rows' numbers.
const NUMBERS: f32 = 64.0;
/// Of a column: of numbers, of texts, and at most.
const NUMBER_WIDTH: f32 = 76.0;
const TEXT_WIDTH: f32 = 150.0;
const MOST_WIDTH: f32 = 600.0;
/// A letter of a column's name, about.
const LETTER: f32 = 8.0;

pub(crate) fn table_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let (Some(open), Some(rect)) = (&context.state.table, layout.bottom) else { return };
    let Some(file) = context.state.files.get(&open.key) else { return };
    let area = Area::new(EguiId::unique("table"))
        .fade_in(false)
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .sense(Sense::CLICK | Sense::DRAG)
        .accessible_name(&context.strings.table.title);
    area.show(ui.ctx(), |ui| {
        context.look.paper(context.look.tokens.radius.panel).show(ui, |ui| {
            // The edge of the paper is outside of it.
            ui.set_min_size(rect.size() - vec2(2.0, 2.0));
            ui.set_max_size(rect.size() - vec2(2.0, 2.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, context, file, commands);
            hairline(ui, context);
            match file.table() {
                Some(table) => body_ui(ui, context, (file, open, table), commands),
                None => drop(ui.centered_and_justified(|ui| {
                    ui.label(context.look.small(&context.strings.table.reading));
                })),
            }
        });
    });
}

/// The file, how many of its features pass, the filter, and the way out.
fn head_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let strings = &context.strings.table;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(16.0, 6.0))));
    ui.with_layout(EguiLayout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let (swatch, _) = ui.allocate_exact_size(vec2(14.0, 4.0), Sense::hover());
        ui.painter().rect_filled(swatch, 2.0, colour(file_colour(context.look.colours(), file.style.colour)));
        ui.label(context.look.text(context.look.tokens.text.heading, &file.name));
        let (passing, all) = file.counts();
        let (shown, total) = (count(passing as u64), count(all as u64));
        ui.label(context.look.small(&strings.shown_of.fill_all(&[("shown", &shown), ("total", &total)])));
        ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, context, Icon("close"), &strings.close, true).clicked() {
                commands.push(Command::Table(TableCommand::Close));
            }
            if icon_button(ui, context, Icon("copy"), &strings.copy, file.table().is_some()).clicked() {
                commands.push(Command::Table(TableCommand::Copy));
            }
            filter::filter_ui(ui, context, file, commands);
        });
    });
}

fn body_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, open, table): (&OpenFile, &OpenTable, &Table),
    commands: &mut Commands,
) {
    let room = ui.available_rect_before_wrap();
    let has_facets = !open.facets.is_empty();
    let split = if has_facets { room.left() + FACETS } else { room.left() };
    if has_facets {
        let left = Rect::from_min_max(room.min, pos2(split, room.bottom()));
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(left.shrink2(vec2(16.0, 4.0))));
        facets::facets_ui(&mut ui, context, (file, &open.facets), commands);
        let line = Stroke::new(1.0, colour(context.look.colours().surface.line));
        ui.painter().vline(split, room.y_range(), line);
    }
    let right = Rect::from_min_max(pos2(split, room.top()), room.max);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(right));
    if open.order.is_empty() {
        ui.centered_and_justified(|ui| ui.label(context.look.small(&context.strings.table.no_rows)));
        return;
    }
    let mut rows = Rows { context, file, open, table, commands };
    let numbers = TableColumn::new(NUMBERS).resizable(false);
    let own = table.columns.iter().map(|column| {
        let least = least_width(column);
        TableColumn::new(least).range(least..=MOST_WIDTH).id(EguiId::unique((
            "column",
            &file.key,
            &column.name,
        )))
    });
    let mut shown = egui_table::Table::new();
    if let Some(row) = newly_selected(&ui, context, (file, open)) {
        shown = shown.scroll_to_row(row, None);
    }
    shown
        .id_salt(("table of", &file.key))
        .num_rows(open.order.len() as u64)
        .columns(std::iter::once(numbers).chain(own).collect::<Vec<_>>())
        .num_sticky_cols(1)
        .auto_size_mode(egui_table::AutoSizeMode::Never)
        .headers([HeaderRow::new(context.look.tokens.size.row_table)])
        .show(&mut ui, &mut rows);
}

/// Where the selected feature stands, once whenever another one is selected.
fn newly_selected(ui: &Ui, context: &Context<'_>, (file, open): (&OpenFile, &OpenTable)) -> Option<u64> {
    let selected = context.state.picks.selected.clone();
    let memory = EguiId::unique("selected in the table");
    let before = ui.data_mut(|data| data.get_temp::<Option<Id>>(memory));
    ui.data_mut(|data| data.insert_temp(memory, selected.clone()));
    let selected = selected.filter(|id| before.flatten().as_ref() != Some(id))?;
    let (_, _, row) = context.state.files.feature(&selected).filter(|(of, _, _)| of.key == file.key)?;
    open.order.iter().position(|other| *other == row).map(|at| at as u64)
}

/// The rows in their order, drawn as far as they are seen.
struct Rows<'a, 'b> {
    context: &'a Context<'b>,
    file: &'a OpenFile,
    open: &'a OpenTable,
    table: &'a Table,
    commands: &'a mut Commands,
}

impl Rows<'_, '_> {
    fn row(&self, number: u64) -> Option<u32> {
        self.open.order.get(usize::try_from(number).ok()?).copied()
    }

    fn column(&self, number: usize) -> Option<&Column> {
        self.table.columns.get(number.checked_sub(1)?)
    }

    fn cell_text(&self, ui: &mut Ui, column: &Column, row: u32) {
        let Some(text) = column.text(row as usize) else { return };
        cell_label(ui, self.context.look.body(&text));
    }
}

/// As wide as it is while the columns find their width, cut short after that.
fn cell_label(ui: &mut Ui, text: egui::RichText) {
    let mode = if ui.is_sizing_pass() { egui::TextWrapMode::Extend } else { egui::TextWrapMode::Truncate };
    ui.add(egui::Label::new(text).wrap_mode(mode).selectable(false));
}

/// Room for the name with the arrow of its order, and for the begin of a text.
fn least_width(column: &Column) -> f32 {
    let name = column.name.chars().count() as f32 * LETTER + 44.0;
    let own = if column.is_numeric() { NUMBER_WIDTH } else { TEXT_WIDTH };
    own.max(name).min(MOST_WIDTH / 2.0)
}

/// Numbers stand at the right, so that their digits are under each other.
fn side(column: Option<&Column>) -> EguiLayout {
    let is_right = column.is_none_or(Column::is_numeric);
    if is_right { EguiLayout::right_to_left(Align::Center) } else { EguiLayout::left_to_right(Align::Center) }
}

impl TableDelegate for Rows<'_, '_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let colours = self.context.look.colours();
        ui.painter().rect_filled(ui.max_rect(), 0.0, colour(colours.surface.sunken));
        let Some(column) = self.column(cell.col_range.start) else { return };
        let name = column.name.clone();
        let sorted = self.open.sort.as_ref().filter(|(by, _)| *by == name).map(|(_, way)| *way);
        let response = ui.interact(ui.max_rect(), ui.scope_id().with("sort"), Sense::click());
        let told = self.context.strings.table.sort_by.fill("name", &name);
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::ColumnHeader, true, sorted.is_some(), &told)
        });
        let arrow = match sorted {
            Some(Direction::Rising) => " ↑",
            Some(Direction::Falling) => " ↓",
            None => "",
        };
        let layout = side(self.column(cell.col_range.start));
        egui::Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
            ui.with_layout(layout, |ui| {
                let text = self.context.look.strong(&format!("{name}{arrow}"));
                cell_label(ui, text);
            });
        });
        if response.clicked() {
            self.commands.push(Command::Table(TableCommand::Sort { column: name }));
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, number: u64) {
        let Some(row) = self.row(number) else { return };
        let id = self.file.feature(row);
        let colours = self.context.look.colours();
        let (rect, picks) = (ui.max_rect(), &self.context.state.picks);
        let response = ui.interact(rect, ui.scope_id().with("press"), Sense::click());
        let is_selected = picks.selected.as_ref() == Some(&id);
        let named = self.context.strings.table.row.fill("n", &integer(i64::from(row) + 1));
        // Its pinned part is the same row: it is told once.
        if ui.clip_rect().width() > NUMBERS + 1.0 {
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Row, true, is_selected, &named));
        }
        if is_selected {
            ui.painter().rect_filled(rect, 0.0, colour(colours.accent.soft));
        } else if response.hovered() || picks.hovered.as_ref() == Some(&id) {
            ui.painter().rect_filled(rect, 0.0, colour(colours.surface.sunken));
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colour(colours.surface.line)));
        if response.hovered() && picks.hovered.as_ref() != Some(&id) {
            self.commands.push(Command::Hover(Some(id.clone())));
        }
        if response.double_clicked() {
            self.commands.push(Command::FlyTo(id));
        } else if response.clicked() {
            self.commands.push(Command::Select(Some(id)));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(row) = self.row(cell.row_nr) else { return };
        let column = self.column(cell.col_nr);
        egui::Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
            ui.with_layout(side(column), |ui| match column {
                Some(column) => self.cell_text(ui, column, row),
                None => drop(ui.label(self.context.look.small(&integer(i64::from(row) + 1)))),
            });
        });
    }

    fn default_row_height(&self) -> f32 {
        self.context.look.tokens.size.row_table
    }
}
