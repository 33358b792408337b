//! The table of a file's features, and the filter that map, table and counts share.

use std::sync::Arc;

use super::files::OpenFile;
use super::{Effect, State};
use crate::data::{
    Classes, Column, Direction, Filter, FilterError, Points, RowSet, Summary, Table, Values, order, summary,
    tsv,
};

/// Columns with this many different values at most are offered as facets.
const MOST_FACET_VALUES: usize = 24;
/// Facets that are offered.
const MOST_FACETS: usize = 4;

/// The table that lies open under the map.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenTable {
    /// Of the file whose features it lists.
    pub key: String,
    /// The column by which it is ordered; the order of the file where there is none.
    pub sort: Option<(String, Direction)>,
    /// The rows that pass the filter, in their order.
    pub order: Arc<Vec<u32>>,
    /// Columns of few values and what they hold among the rows that pass.
    pub facets: Arc<Vec<(String, Summary)>>,
}

/// Which features of a file are wanted.
#[derive(Clone, Debug, Default)]
pub struct FileFilter {
    /// As typed.
    pub text: String,
    /// Where the text stops to make sense; until then what it said before goes on.
    pub error: Option<FilterError>,
    /// `None` lets all features through.
    pub passing: Option<Arc<RowSet>>,
    /// The points that pass, where not all do.
    pub points: Option<Arc<Points>>,
    /// The classes of the file with one more for what is not to be seen.
    pub shown: Option<Arc<Classes>>,
}

/// Equal where they show the same.
impl PartialEq for FileFilter {
    fn eq(&self, other: &Self) -> bool {
        let id = |filter: &Self| filter.shown.as_ref().map(|classes| classes.id);
        let points = |filter: &Self| filter.points.as_ref().map(Arc::as_ptr);
        id(self) == id(other) && points(self) == points(other)
    }
}

/// What can be asked of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum TableCommand {
    /// Lists the features of a file.
    Open {
        key: String,
    },
    Close,
    /// Orders by a column: rising, falling, then as in the file again.
    Sort {
        column: String,
    },
    /// Puts the rows that pass on the clipboard, for a spreadsheet.
    Copy,
    /// Lets through what the text says; an empty one all.
    Filter {
        key: String,
        text: String,
    },
}

impl TableCommand {
    /// Closes the table, or opens that of the file in which something is selected, else of the topmost; `None`
    /// where no file is open.
    #[must_use]
    pub fn toggled(state: &State) -> Option<Self> {
        if state.table.is_some() {
            return Some(Self::Close);
        }
        let selected = state.picks.selected.as_ref().and_then(|id| state.files.feature(id));
        let file = selected.map(|(file, _, _)| file).or_else(|| state.files.iter().next_back())?;
        Some(Self::Open { key: file.key.clone() })
    }
}

impl FileFilter {
    /// Whether a feature passes.
    #[must_use]
    pub fn lets_through(&self, row: u32) -> bool {
        self.passing.as_ref().is_none_or(|passing| passing.contains(row as usize))
    }
}

impl OpenFile {
    /// The features that pass, and all.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let all = self.whole().map_or(0, |dataset| dataset.len());
        (self.filter.passing.as_ref().map_or(all, |passing| passing.count()), all)
    }

    /// Reads the filter's text anew.
    fn refilter(&mut self) {
        let (Some(table), Some(dataset)) = (self.table(), self.whole()) else { return };
        let (table, dataset) = (Arc::clone(table), Arc::clone(dataset));
        self.filter.error = None;
        if self.filter.text.trim().is_empty() {
            self.filter.passing = None;
        } else {
            match Filter::parse(&self.filter.text).and_then(|filter| filter.rows(&table)) {
                Ok(rows) => self.filter.passing = Some(Arc::new(rows)),
                Err(error) => {
                    self.filter.error = Some(error);
                    return;
                }
            }
        }
        let passing = self.filter.passing.as_ref();
        self.filter.points = passing.map(|passing| Arc::new(dataset.points.passing(passing)));
        self.mask();
    }

    /// Hides what does not pass, in whichever classes the file is drawn.
    pub(super) fn mask(&mut self) {
        let masked = |passing: &Arc<RowSet>| Arc::new(Classes::masked(self.classes.as_deref(), passing));
        self.filter.shown = self.filter.passing.as_ref().map(masked);
    }
}

/// The columns with few values, in the order of the file, and what they hold among `rows`.
fn facets(table: &Table, rows: &RowSet) -> Vec<(String, Summary)> {
    let is_facet = |column: &&Column| match &column.values {
        Values::Text(texts) => (2..=MOST_FACET_VALUES).contains(&texts.words.len()) && column.is_category(),
        _ => column.is_category(),
    };
    let columns = table.columns.iter().filter(is_facet).take(MOST_FACETS);
    columns.map(|column| (column.name.clone(), summary(column, rows))).collect()
}

impl State {
    pub(super) fn apply_to_table(&mut self, command: TableCommand) -> Vec<Effect> {
        match command {
            TableCommand::Open { key } => {
                let Some(file) = self.files.at(&key) else { return Vec::new() };
                let effects = file.want_columns();
                self.table = Some(OpenTable {
                    key: key.clone(),
                    sort: None,
                    order: Arc::default(),
                    facets: Arc::default(),
                });
                self.refilter(&key);
                return effects;
            }
            TableCommand::Close => self.table = None,
            TableCommand::Sort { column } => {
                let Some(table) = &mut self.table else { return Vec::new() };
                table.sort = match table.sort.take() {
                    Some((by, Direction::Rising)) if by == column => Some((column, Direction::Falling)),
                    Some((by, Direction::Falling)) if by == column => None,
                    _ => Some((column, Direction::Rising)),
                };
                self.reorder(false);
            }
            TableCommand::Copy => {
                let Some(open) = &self.table else { return Vec::new() };
                let table = self.files.get(&open.key).and_then(OpenFile::table);
                return table.map(|table| Effect::Copy(tsv(table, &open.order))).into_iter().collect();
            }
            TableCommand::Filter { key, text } => {
                if let Some(file) = self.files.at(&key) {
                    file.filter.text = text;
                    self.refilter(&key);
                }
            }
        }
        Vec::new()
    }

    /// What follows from new columns or a new filter of a file.
    pub(super) fn refilter(&mut self, key: &str) {
        if let Some(file) = self.files.at(key) {
            file.refilter();
        }
        self.reorder(true);
    }

    /// `is_counted_anew` where other rows pass than before.
    fn reorder(&mut self, is_counted_anew: bool) {
        let Some(open) = &mut self.table else { return };
        let Some(file) = self.files.get(&open.key) else {
            self.table = None;
            return;
        };
        let Some(table) = file.table() else { return };
        let all = RowSet::all(table.rows());
        let rows = file.filter.passing.as_deref().unwrap_or(&all);
        if is_counted_anew {
            open.facets = Arc::new(facets(table, rows));
        }
        let by = open.sort.as_ref().and_then(|(name, way)| table.column(name).map(|column| (column, *way)));
        open.order = Arc::new(order(rows, by));
    }
}
