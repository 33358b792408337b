//! Which rows are dated in a span of time.

use super::date::begin_of_month;
use super::{Column, RowSet, Table, Values};

/// A span of time in whole months, as (year, month from 1 to 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    /// Its first month; `None` from the earliest.
    pub from: Option<(i16, u8)>,
    /// The month after its last.
    pub before: (i16, u8),
}

/// Words in the name of a column of years.
const YEAR_WORDS: [&str; 8] = ["year", "yr", "date", "since", "opened", "年", "연도", "년"];
/// Whole numbers that can be years.
const YEARS: std::ops::RangeInclusive<f64> = 1000.0..=2200.0;

/// The column that tells when: the first of dates, else the first of years.
#[must_use]
pub fn dated_by(table: &Table) -> Option<&Column> {
    let dates = table.columns.iter().find(|column| matches!(column.values, Values::Date(..)));
    dates.or_else(|| table.columns.iter().find(|column| is_of_years(column)))
}

/// Whether a column holds dates or years.
#[must_use]
pub fn tells_when(column: &Column) -> bool {
    matches!(column.values, Values::Date(..)) || is_of_years(column)
}

fn is_of_years(column: &Column) -> bool {
    let Values::Integer(values) = &column.values else { return false };
    let name = column.name.to_lowercase();
    let known = values.iter().filter(|value| **value != Values::NO_INTEGER).map(|value| *value as f64);
    YEAR_WORDS.iter().any(|word| name.contains(word))
        && known.clone().all(|year| YEARS.contains(&year))
        && known.count() > 0
}

impl Until {
    /// The rows dated in it; a row without a date is in it always.
    #[must_use]
    pub fn rows(self, table: &Table, column: &Column) -> RowSet {
        let is_in = |value: f64, from: Option<f64>, before: f64| {
            value < before && from.is_none_or(|from| value >= from)
        };
        if matches!(column.values, Values::Date(..)) {
            let begin = |(year, month)| begin_of_month(year, month) as f64;
            let (from, before) = (self.from.map(begin), begin(self.before));
            return RowSet::of(table.rows(), |row| {
                column.instant(row).is_none_or(|instant| is_in(instant as f64, from, before))
            });
        }
        // A year is in it where its first month is.
        let (year, month) = self.before;
        let before = f64::from(year) + f64::from(u8::from(month > 1));
        let from = self.from.map(|(year, _)| f64::from(year));
        RowSet::of(table.rows(), |row| column.number(row).is_none_or(|year| is_in(year, from, before)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, TableBuilder};

    fn table(name: &str, cells: &[Option<Cell<'_>>]) -> Table {
        let mut builder = TableBuilder::default();
        for cell in cells {
            builder.row();
            if let Some(cell) = cell {
                builder.set(name, *cell);
            }
        }
        builder.finish()
    }

    #[test]
    fn rows_are_in_by_their_month_and_without_a_date_always() {
        let text = |text| Some(Cell::Text(text));
        let cells = [text("2013-08-31"), text("2013/09/01 00:00:00"), None, text("2014-01-01")];
        let table = table("when", &cells);
        let column = dated_by(&table).expect("a column of dates");
        let rows = |from, before| Until { from, before }.rows(&table, column).iter().collect::<Vec<_>>();
        assert_eq!(rows(None, (2013, 9)), [0, 2]);
        assert_eq!(rows(None, (2013, 10)), [0, 1, 2]);
        assert_eq!(rows(Some((2013, 9)), (2014, 2)), [1, 2, 3]);
    }

    #[test]
    fn years_count_from_their_first_month_and_numbers_that_are_none_do_not() {
        let years: Vec<_> = [1992, 2013, 2014].map(|year| Some(Cell::Integer(year))).to_vec();
        let table_of_years = table("Opening year", &years);
        let column = dated_by(&table_of_years).expect("a column of years");
        let rows = |before| Until { from: None, before }.rows(&table_of_years, column).count();
        assert_eq!((rows((2013, 1)), rows((2013, 2)), rows((2014, 1))), (1, 2, 2));
        assert!(dated_by(&table("year", &[Some(Cell::Integer(7))])).is_none());
        assert!(dated_by(&table("km", &years)).is_none());
    }
}
