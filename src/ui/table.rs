//! The table under the map: a file's features as rows, what they say as columns, and the filter over both.

mod facets;
mod filter;

use egui::{
    Align, Area, Id as EguiId, Layout as EguiLayout, Margin, Order, Rect, Sense, Stroke, Ui, pos2, vec2,
};
use egui_table::{CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, TableDelegate};

use super::look::colour;
use super::widgets::{Icon, hairline, icon_button};
use super::{Commands, Context, Layout};
use crate::data::{Column, Direction, Table};
use crate::i18n::integer;
use crate::scene::file_colour;
use crate::state::{Command, OpenFile, OpenTable, TableCommand};

const HEAD: f32 = 46.0;
const FACETS: f32 = 236.0;
/// Of the column with the rows' numbers.
const NUMBERS: f32 = 64.0;
const WIDTH: f32 = 150.0;

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
        let (shown, total) = (integer(passing as i64), integer(all as i64));
        ui.label(context.look.small(&strings.shown_of.fill_all(&[("shown", &shown), ("total", &total)])));
        ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, context, Icon("close"), &strings.close, true).clicked() {
                commands.push(Command::Table(TableCommand::Close));
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
    let has_facets = !file.filter.facets.is_empty();
    let split = if has_facets { room.left() + FACETS } else { room.left() };
    if has_facets {
        let left = Rect::from_min_max(room.min, pos2(split, room.bottom()));
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(left.shrink2(vec2(16.0, 4.0))));
        facets::facets_ui(&mut ui, context, file, commands);
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
        TableColumn::new(WIDTH).range(60.0..=600.0).id(EguiId::unique(("column", &file.key, &column.name)))
    });
    egui_table::Table::new()
        .id_salt(("table of", &file.key))
        .num_rows(open.order.len() as u64)
        .columns(std::iter::once(numbers).chain(own).collect::<Vec<_>>())
        .num_sticky_cols(1)
        .auto_size_mode(egui_table::AutoSizeMode::Never)
        .headers([HeaderRow::new(context.look.tokens.size.row_table)])
        .show(&mut ui, &mut rows);
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
        let label = egui::Label::new(self.context.look.body(&text)).truncate().selectable(false);
        ui.add(label);
    }
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
                ui.add(egui::Label::new(text).truncate().selectable(false));
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
        let response = ui.interact(rect, EguiId::unique(("row", &self.file.key, row)), Sense::click());
        let is_selected = picks.selected.as_ref() == Some(&id);
        let named = self.context.strings.table.row.fill("n", &integer(i64::from(row) + 1));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Row, true, is_selected, &named));
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
