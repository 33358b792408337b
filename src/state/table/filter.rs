//! Which rows of a table are wanted, and how what is left spreads over its columns.

use std::sync::Arc;

use crate::data::{
    Classes, Column, Filter, FilterError, FilterErrorKind, Points, RowSet, Summary, Table, Until, Values,
    dated_by, outline,
};
use crate::state::files::OpenFile;

/// Columns of texts with this many different values at most are offered as facets.
const MOST_FACET_VALUES: usize = 60;
/// Facets that are offered, and how many of them are of numbers or dates at least where there are such columns.
const MOST_FACETS: usize = 6;
const NUMBER_FACETS: usize = 2;

/// Which features of a file, or of a kind of the atlas, are wanted.
#[derive(Clone, Debug, Default)]
pub struct RowFilter {
    /// As typed.
    pub text: String,
    /// Where the text stops to make sense; until then what it said before goes on.
    pub error: Option<FilterError>,
    /// What the text lets through; `None` all features.
    by_text: Option<Arc<RowSet>>,
    /// What of that is dated in the time that is shown; `None` lets all features through.
    pub passing: Option<Arc<RowSet>>,
    /// The points of a file that pass, where not all do.
    pub points: Option<Arc<Points>>,
    /// The classes of a file with one more for what is not to be seen.
    pub shown: Option<Arc<Classes>>,
}

/// Equal where they show the same.
impl PartialEq for RowFilter {
    fn eq(&self, other: &Self) -> bool {
        let id = |filter: &Self| filter.shown.as_ref().map(|classes| classes.id);
        let points = |filter: &Self| filter.points.as_ref().map(Arc::as_ptr);
        id(self) == id(other) && points(self) == points(other) && self.passing == other.passing
    }
}

impl RowFilter {
    /// Whether a row passes.
    #[must_use]
    pub fn lets_through(&self, row: u32) -> bool {
        self.passing.as_ref().is_none_or(|passing| passing.contains(row as usize))
    }

    /// Whether the text names a column that the table has not.
    pub(super) fn lacks_column(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.kind == FilterErrorKind::UnknownColumn)
    }

    /// Reads the text anew; one that makes no sense lets through what the one before did.
    pub(super) fn read(&mut self, table: &Table) {
        self.error = None;
        self.by_text = if self.text.trim().is_empty() {
            None
        } else {
            match Filter::parse(&self.text).and_then(|filter| filter.rows(table)) {
                Ok(rows) => Some(Arc::new(rows)),
                Err(error) => {
                    self.error = Some(error);
                    return;
                }
            }
        };
        self.passing.clone_from(&self.by_text);
    }
}

impl OpenFile {
    /// Reads the filter's text anew, and lets through what of it is dated in the time that is shown.
    pub(in crate::state) fn refilter(&mut self, until: Option<Until>) {
        let (Some(table), Some(dataset)) = (self.table(), self.whole()) else { return };
        let (table, dataset) = (Arc::clone(table), Arc::clone(dataset));
        self.filter.read(&table);
        let dated = until.and_then(|until| Some(until.rows(&table, self.dated_column(&table)?)));
        let by_text = self.filter.by_text.clone();
        self.filter.passing = match (by_text, dated) {
            (Some(by_text), Some(dated)) => Some(Arc::new(dated.and(&by_text))),
            (by_text, dated) => by_text.or(dated.map(Arc::new)),
        };
        let passing = self.filter.passing.as_ref();
        self.filter.points = passing.map(|passing| Arc::new(dataset.points.passing(passing)));
        self.mask();
    }

    /// The column that tells when its features are of.
    #[must_use]
    pub fn dated_column<'a>(&self, table: &'a Table) -> Option<&'a Column> {
        let chosen = self.dated_by.as_ref().and_then(|name| table.column(name));
        chosen.or_else(|| dated_by(table))
    }

    /// Hides what does not pass, in whichever classes the file is drawn.
    pub(in crate::state) fn mask(&mut self) {
        let masked = |passing: &Arc<RowSet>| Arc::new(Classes::masked(self.classes.as_deref(), passing));
        self.filter.shown = self.filter.passing.as_ref().map(masked);
    }
}

/// A column that can be pressed: its values with how many rows have each, or how its numbers spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    pub column: String,
    /// Among the rows that pass everything else that the filter asks.
    pub summary: Summary,
}

/// The columns that part the rows, categories first.
pub(super) fn facets(table: &Table, filter: &RowFilter) -> Vec<Facet> {
    let is_category = |column: &&Column| match &column.values {
        Values::Text(texts) => (2..=MOST_FACET_VALUES).contains(&texts.words.len()) && column.is_category(),
        _ => column.is_category(),
    };
    let is_spread = |column: &&Column| {
        !column.is_category() && (column.is_numeric() || matches!(column.values, Values::Date(..)))
    };
    let columns = || table.columns.iter();
    let spread = columns().filter(is_spread).count().min(NUMBER_FACETS);
    let categories = columns().filter(is_category).take(MOST_FACETS - spread);
    let rest = MOST_FACETS - categories.clone().count();
    let all = RowSet::all(table.rows());
    let passing = filter.passing.as_deref().unwrap_or(&all);
    let facet = |column: &Column| {
        let asks = !Filter::values(&filter.text, &column.name).is_empty()
            || Filter::span(&filter.text, &column.name).is_some();
        let others = asks.then(|| match Filter::without(&filter.text, &column.name) {
            Some(others) => others.rows(table).ok(),
            None => Some(all.clone()),
        });
        let others = others.flatten();
        let summary = outline(column, others.as_ref().unwrap_or(passing));
        Facet { column: column.name.clone(), summary }
    };
    categories.chain(columns().filter(is_spread).take(rest)).map(facet).collect()
}
