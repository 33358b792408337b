//! The table that lies open under the map, and the filter that map, table and counts share.

mod filter;
mod listing;
mod subject;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Effect, State};
use crate::atlas::{Id, Kind};
use crate::data::{Column, Direction, OutFormat, RowSet, Table, order, tsv};

pub use filter::{Facet, RowFilter};
pub use listing::LISTED;
pub use subject::{Lists, Subject};

/// The table that lies open under the map.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenTable {
    /// Whose features it lists.
    pub of: Subject,
    /// The column by which it is ordered; the order of the file where there is none.
    pub sort: Option<(String, Direction)>,
    /// Columns that are not shown.
    pub hidden: BTreeSet<String>,
    /// Columns in another order than that of the file; those it does not name follow.
    moved: Vec<String>,
    /// The rows that pass the filter, in their order.
    pub order: Arc<Vec<u32>>,
    /// Columns that part the rows, and how.
    pub facets: Arc<Vec<Facet>>,
    /// Rows chosen together, to copy or to see; one alone is the selection.
    pub chosen: Arc<BTreeSet<u32>>,
    /// From where Shift chooses on.
    anchor: Option<u32>,
}

/// Which rows a press on one chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It alone.
    One,
    /// It too, or no more.
    Toggle,
    /// All from the one pressed before to it.
    Through,
    /// All that pass.
    All,
}

/// What can be asked of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum TableCommand {
    /// Lists the features of a file, or of a kind.
    Open(Subject),
    Close,
    /// Orders by a column: rising, falling, then as in the file again.
    Sort {
        column: String,
    },
    /// Shows a column or does not.
    SetColumnVisible {
        column: String,
        is_visible: bool,
    },
    ShowAllColumns,
    /// Puts a column so many places further, or back.
    MoveColumn {
        column: String,
        by: isize,
    },
    Choose {
        row: u32,
        choice: Choice,
    },
    /// Takes the dates of a column for the timeline.
    DateBy {
        column: String,
    },
    /// Puts several chosen rows, or all that pass, on the clipboard, for a spreadsheet.
    Copy,
    /// Saves the same in a file that the person chooses: as a table, or with its geometry.
    Export(OutFormat),
    /// Lets through what the text says; an empty one all.
    Filter {
        of: Subject,
        text: String,
    },
}

impl TableCommand {
    /// Closes the table, or opens that of the file in which something is selected, else of the selection's kind,
    /// else of the topmost file, else of the zones.
    #[must_use]
    pub fn toggled(state: &State) -> Self {
        if state.table.is_some() {
            return Self::Close;
        }
        let selected = state.picks.selected.as_ref();
        let of_selected = selected.and_then(|id| match state.files.feature(id) {
            Some((file, _, _)) => Some(Subject::File(file.key.clone())),
            None => LISTED.contains(&id.kind).then_some(Subject::Atlas(id.kind)),
        });
        let files = || state.files.iter().rev().map(|file| Subject::File(file.key.clone()));
        let topmost = || files().find(|file| state.has_subject(file));
        Self::Open(of_selected.or_else(topmost).unwrap_or(Subject::Atlas(Kind::Zone)))
    }
}

impl OpenTable {
    fn new(of: Subject) -> Self {
        Self {
            of,
            sort: None,
            hidden: BTreeSet::new(),
            moved: Vec::new(),
            order: Arc::default(),
            facets: Arc::default(),
            chosen: Arc::default(),
            anchor: None,
        }
    }

    /// The columns that are shown, in their order.
    #[must_use]
    pub fn columns<'a>(&self, table: &'a Table) -> Vec<&'a Column> {
        let place =
            |column: &&Column| self.moved.iter().position(|name| *name == column.name).unwrap_or(usize::MAX);
        let mut columns: Vec<&Column> =
            table.columns.iter().filter(|column| !self.hidden.contains(&column.name)).collect();
        columns.sort_by_key(place);
        columns
    }

    /// The columns whose places were changed, in their order.
    pub(super) fn moved(&self) -> &[String] {
        &self.moved
    }

    /// As a session kept it.
    pub(super) fn adopt(
        &mut self,
        sort: Option<(String, Direction)>,
        hidden: BTreeSet<String>,
        moved: Vec<String>,
    ) {
        (self.sort, self.hidden, self.moved) = (sort, hidden, moved);
    }

    /// The rows that are chosen, where they are several, else all that pass, in their order.
    fn wanted(&self) -> Vec<u32> {
        let is_wanted = |row: &u32| self.chosen.len() < 2 || self.chosen.contains(row);
        self.order.iter().copied().filter(is_wanted).collect()
    }

    fn move_column(&mut self, table: &Table, name: &str, by: isize) {
        let mut names: Vec<String> = self.columns(table).iter().map(|column| column.name.clone()).collect();
        let Some(from) = names.iter().position(|other| other == name) else { return };
        let to = from.saturating_add_signed(by).min(names.len() - 1);
        let name = names.remove(from);
        names.insert(to, name);
        self.moved = names;
    }

    /// Chooses rows; the one that is to be selected, where it is one alone.
    fn choose(&mut self, row: u32, choice: Choice, selected: Option<u32>) -> Option<u32> {
        // One alone is the selection, which may have changed on the map.
        if self.chosen.len() <= 1 {
            self.chosen = Arc::new(selected.into_iter().collect());
            self.anchor = selected.or(self.anchor);
        }
        let mut chosen = BTreeSet::clone(&self.chosen);
        match choice {
            Choice::One => chosen = BTreeSet::from([row]),
            Choice::Toggle => {
                if !chosen.remove(&row) {
                    chosen.insert(row);
                }
            }
            Choice::Through => {
                let place = |row: u32| self.order.iter().position(|other| *other == row);
                let (from, to) = (self.anchor.and_then(place), place(row));
                chosen = match (from, to) {
                    (Some(from), Some(to)) => {
                        self.order[from.min(to)..=from.max(to)].iter().copied().collect()
                    }
                    _ => BTreeSet::from([row]),
                };
            }
            Choice::All => chosen = self.order.iter().copied().collect(),
        }
        if matches!(choice, Choice::One | Choice::Toggle) {
            self.anchor = Some(row);
        }
        self.chosen = Arc::new(chosen);
        (self.chosen.len() == 1).then(|| self.chosen.first().copied()).flatten()
    }
}

impl State {
    pub(super) fn apply_to_table(&mut self, command: TableCommand) -> Vec<Effect> {
        match command {
            TableCommand::Open(of) => {
                if !self.has_subject(&of) {
                    return Vec::new();
                }
                let effects = self.want_table(&of);
                self.strip = None;
                self.table = Some(OpenTable::new(of));
                self.reorder(true);
                return effects;
            }
            TableCommand::Close => self.table = None,
            TableCommand::Filter { of, text } => {
                self.set_filter(&of, text);
                self.reorder(true);
            }
            command => return self.apply_to_open_table(command),
        }
        Vec::new()
    }

    fn apply_to_open_table(&mut self, command: TableCommand) -> Vec<Effect> {
        let Some(mut open) = self.table.take() else { return Vec::new() };
        let mut effects = Vec::new();
        let mut selected = None;
        let is_sorted = matches!(command, TableCommand::Sort { .. });
        let mut is_dated_anew = false;
        match command {
            TableCommand::Sort { column } => {
                open.sort = match open.sort.take() {
                    Some((by, Direction::Rising)) if by == column => Some((column, Direction::Falling)),
                    Some((by, Direction::Falling)) if by == column => None,
                    _ => Some((column, Direction::Rising)),
                };
            }
            TableCommand::SetColumnVisible { column, is_visible: true } => drop(open.hidden.remove(&column)),
            TableCommand::SetColumnVisible { column, is_visible: false } => {
                // Without a head nothing would bring the columns back.
                if self.table_of(&open.of).is_some_and(|table| open.columns(table).len() > 1) {
                    open.hidden.insert(column);
                }
            }
            TableCommand::ShowAllColumns => open.hidden.clear(),
            TableCommand::MoveColumn { column, by } => {
                if let Some(table) = self.table_of(&open.of) {
                    open.move_column(table, &column, by);
                }
            }
            TableCommand::Choose { row, choice } => {
                let before = self.picks.selected.as_ref().and_then(|id| self.row_of_id(&open.of, id));
                let one = open.choose(row, choice, before);
                selected = Some(one.and_then(|row| self.id_of_row(&open.of, row)));
            }
            TableCommand::DateBy { column } => {
                if let Subject::File(key) = &open.of
                    && let Some(file) = self.files.at(key)
                {
                    file.dated_by = Some(column);
                }
                is_dated_anew = true;
            }
            TableCommand::Copy => {
                let table = self.table_of(&open.of);
                effects.extend(table.map(|table| Effect::Copy(tsv(&open.columns(table), &open.wanted()))));
            }
            TableCommand::Export(format) => {
                effects.push(Effect::Export { of: open.of.clone(), rows: open.wanted(), format });
            }
            TableCommand::Open(_) | TableCommand::Close | TableCommand::Filter { .. } => {}
        }
        let of = open.of.clone();
        self.table = Some(open);
        if let Subject::File(key) = of
            && is_dated_anew
        {
            self.refilter(&key);
        }
        if is_sorted {
            self.reorder(false);
        }
        if let Some(selected) = selected {
            effects.extend(self.apply(super::Command::Select(selected)));
        }
        effects
    }

    /// The features of the rows that are chosen together, the first of many: they stand out on the map.
    #[must_use]
    pub fn chosen(&self) -> Vec<Id> {
        const MOST: usize = 300;
        let Some(open) = self.table.as_ref().filter(|open| open.chosen.len() > 1) else { return Vec::new() };
        open.chosen.iter().take(MOST).filter_map(|row| self.id_of_row(&open.of, *row)).collect()
    }

    /// What follows from new columns, a new filter or another time of a file.
    pub(super) fn refilter(&mut self, key: &str) {
        let until = self.timeline.limits();
        if let Some(file) = self.files.at(key) {
            file.refilter(until);
        }
        self.reorder(true);
    }

    /// `is_counted_anew` where other rows pass than before.
    pub(super) fn reorder(&mut self, is_counted_anew: bool) {
        let Some(mut open) = self.table.take() else { return };
        if !self.has_subject(&open.of) {
            return;
        }
        if let (Some(table), Some(filter)) = (self.table_of(&open.of), self.filter_of(&open.of)) {
            let all = RowSet::all(table.rows());
            let rows = filter.passing.as_deref().unwrap_or(&all);
            if is_counted_anew {
                open.facets = Arc::new(filter::facets(table, filter));
                open.chosen = Arc::new(
                    open.chosen.iter().copied().filter(|row| rows.contains(*row as usize)).collect(),
                );
            }
            let by =
                open.sort.as_ref().and_then(|(name, way)| table.column(name).map(|column| (column, *way)));
            open.order = Arc::new(order(rows, by));
        }
        self.table = Some(open);
    }
}

#[cfg(test)]
mod tests;
