//! Rows and columns, drawn as far as they are seen.

use egui::{Align, Id as EguiId, Layout, Margin, Rect, Sense, Stroke, Ui, pos2, vec2};
use egui_table::{CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, TableDelegate};

use super::Listed;
use super::column::menu_ui;
use crate::atlas::Id;
use crate::data::{Column, Direction};
use crate::i18n::integer;
use crate::state::{Choice, Command, TableCommand};
use crate::ui::look::colour;
use crate::ui::{Commands, Context};

/// Of the column with the rows' numbers.
const NUMBERS: f32 = 64.0;
/// Of a column: at least, at most, and at most before a person has made it wider.
const LEAST_WIDTH: f32 = 76.0;
const MOST_WIDTH: f32 = 900.0;
const MOST_AT_FIRST: f32 = 280.0;
/// A letter of a column's name, about.
const LETTER: f32 = 8.0;
/// Room in a head for the arrow of the order and the button of the menu.
const BESIDE_NAME: f32 = 62.0;
const MENU: f32 = 22.0;
/// Of the bar before what is selected.
const MARK: f32 = 3.0;

pub(super) fn rows_ui(ui: &mut Ui, context: &Context<'_>, listed: Listed<'_>, commands: &mut Commands) {
    let columns = listed.open.columns(listed.table);
    let salt = EguiId::unique(("rows of", &listed.open.of));
    let numbers = TableColumn::new(NUMBERS).resizable(false);
    // The first time each finds its width by what it holds.
    let is_new = ui.data(|data| data.get_temp::<bool>(salt).is_none());
    let most = if is_new { MOST_AT_FIRST } else { MOST_WIDTH };
    let own = columns.iter().map(|column| {
        let name = name_width(column);
        let least = if is_new { name } else { LEAST_WIDTH };
        TableColumn::new(name).range(least..=most).id(salt.with(&column.name))
    });
    let own: Vec<TableColumn> = std::iter::once(numbers).chain(own).collect();
    let mut shown = egui_table::Table::new();
    if let Some(row) = newly_selected(ui, context, listed) {
        shown = shown.scroll_to_row(row, None);
    }
    let place = ui.max_rect();
    let mut rows = Rows { context, listed, columns, commands, hovered: None };
    shown
        .id_salt(salt)
        .num_rows(listed.open.order.len() as u64)
        .columns(own)
        .num_sticky_cols(1)
        .auto_size_mode(egui_table::AutoSizeMode::Never)
        .headers([HeaderRow::new(context.look.tokens.size.row_table)])
        .show(ui, &mut rows);
    let Rows { hovered, commands, .. } = rows;
    if ui.rect_contains_pointer(place) && context.state.picks.hovered != hovered {
        commands.push(Command::Hover(hovered));
    }
    ui.data_mut(|data| data.insert_temp(salt, true));
}

/// Where the selected feature stands, once whenever another one is selected.
fn newly_selected(ui: &Ui, context: &Context<'_>, listed: Listed<'_>) -> Option<u64> {
    let selected = context.state.picks.selected.clone();
    let memory = EguiId::unique("selected in the table");
    let before = ui.data_mut(|data| data.get_temp::<Option<Id>>(memory));
    ui.data_mut(|data| data.insert_temp(memory, selected.clone()));
    let selected = selected.filter(|id| before.flatten().as_ref() != Some(id))?;
    let row = context.state.row_of_id(&listed.open.of, &selected)?;
    listed.open.order.iter().position(|other| *other == row).map(|at| at as u64)
}

/// The rows in their order.
struct Rows<'a, 'b> {
    context: &'a Context<'b>,
    listed: Listed<'a>,
    columns: Vec<&'a Column>,
    commands: &'a mut Commands,
    hovered: Option<Id>,
}

impl<'a> Rows<'a, '_> {
    fn row(&self, number: u64) -> Option<u32> {
        self.listed.open.order.get(usize::try_from(number).ok()?).copied()
    }

    fn column(&self, number: usize) -> Option<&'a Column> {
        self.columns.get(number.checked_sub(1)?).copied()
    }

    fn cell_text(&self, ui: &mut Ui, column: &Column, row: u32) {
        let Some(text) = column.text(row as usize) else { return };
        cell_label(ui, self.context.look.body(&text));
    }

    /// What a press on a row chooses, by the keys held.
    fn press(&mut self, ui: &Ui, row: u32, id: Id, is_double: bool) {
        let modifiers = ui.input(|input| input.modifiers);
        let choice = if modifiers.shift {
            Choice::Through
        } else if modifiers.command {
            Choice::Toggle
        } else {
            Choice::One
        };
        if is_double {
            self.commands.push(Command::FlyTo(id));
        } else {
            self.commands.push(Command::Table(TableCommand::Choose { row, choice }));
        }
    }
}

/// As wide as it is while the columns find their width, cut short after that.
fn cell_label(ui: &mut Ui, text: egui::RichText) {
    let mode = if ui.is_sizing_pass() { egui::TextWrapMode::Extend } else { egui::TextWrapMode::Truncate };
    ui.add(egui::Label::new(text).wrap_mode(mode).selectable(false));
}

/// Where a head that is dragged has gone past its own column: one place that way.
fn dragged_past(response: &egui::Response, rect: Rect) -> Option<isize> {
    let pointer = response.interact_pointer_pos().filter(|_| response.dragged())?;
    let delta = response.drag_delta().x;
    if pointer.x > rect.right() && delta > 0.0 {
        Some(1)
    } else if pointer.x < rect.left() && delta < 0.0 {
        Some(-1)
    } else {
        None
    }
}

/// Room for the name with what stands beside it.
fn name_width(column: &Column) -> f32 {
    let letter = |letter: char| if letter.is_ascii() { LETTER } else { 2.0 * LETTER };
    let name: f32 = column.name.chars().map(letter).sum();
    (name + BESIDE_NAME).clamp(LEAST_WIDTH, MOST_AT_FIRST)
}

/// Numbers stand at the right, so that their digits are under each other.
fn side(column: Option<&Column>) -> Layout {
    let is_right = column.is_none_or(Column::is_numeric);
    if is_right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) }
}

impl TableDelegate for Rows<'_, '_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let colours = self.context.look.colours();
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, colour(colours.surface.sunken));
        let Some(column) = self.column(cell.col_range.start) else { return };
        let name = column.name.clone();
        let sorted = self.listed.open.sort.as_ref().filter(|(by, _)| *by == name).map(|(_, way)| *way);
        let press = Rect::from_min_max(rect.min, pos2(rect.right() - MENU, rect.bottom()));
        let response = ui.interact(press, EguiId::unique(("head", &name)), Sense::click_and_drag());
        let told = self.context.strings.table.sort_by.fill("name", &name);
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::ColumnHeader, true, sorted.is_some(), &told)
        });
        let arrow = match sorted {
            Some(Direction::Rising) => " ↑",
            Some(Direction::Falling) => " ↓",
            None => "",
        };
        let margin = Margin { left: 12, right: MENU as i8, top: 0, bottom: 0 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.with_layout(side(Some(column)), |ui| {
                cell_label(ui, self.context.look.strong(&format!("{name}{arrow}")));
            });
        });
        let menu = Rect::from_min_max(pos2(rect.right() - MENU, rect.top()), rect.max);
        menu_ui(ui, self.context, (self.listed, column, menu), self.commands);
        if response.clicked() {
            self.commands.push(Command::Table(TableCommand::Sort { column: name }));
        } else if let Some(by) = dragged_past(&response, rect) {
            self.commands.push(Command::Table(TableCommand::MoveColumn { column: name, by }));
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, number: u64) {
        let Some(row) = self.row(number) else { return };
        let Some(id) = self.context.state.id_of_row(&self.listed.open.of, row) else { return };
        let colours = self.context.look.colours();
        let (rect, picks) = (ui.max_rect(), &self.context.state.picks);
        let response = ui.interact(rect, ui.scope_id().with("press"), Sense::click());
        let chosen = &self.listed.open.chosen;
        let is_lit = picks.selected.as_ref() == Some(&id) || (chosen.len() > 1 && chosen.contains(&row));
        let named = self.context.strings.table.row.fill("n", &integer(i64::from(row) + 1));
        let is_pinned = ui.clip_rect().width() <= NUMBERS + 1.0;
        // Its pinned part is the same row: it is told once.
        if !is_pinned {
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Row, true, is_lit, &named));
        }
        if is_lit {
            ui.painter().rect_filled(rect, 0.0, colour(colours.accent.soft));
            if is_pinned {
                let mark = Rect::from_min_size(rect.min, vec2(MARK, rect.height()));
                ui.painter().rect_filled(mark, 0.0, colour(colours.accent.fill));
            }
        } else if response.hovered() || picks.hovered.as_ref() == Some(&id) {
            ui.painter().rect_filled(rect, 0.0, colour(colours.surface.sunken));
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colour(colours.surface.line)));
        if response.hovered() {
            self.hovered = Some(id.clone());
        }
        if response.clicked() || response.double_clicked() {
            self.press(ui, row, id, response.double_clicked());
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
