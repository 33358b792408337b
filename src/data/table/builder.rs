//! Builds columns row by row; a column takes the narrowest kind that holds all its values.

use std::collections::HashMap;

use super::{Column, Table, Texts, Values};
use crate::data::date::instant;
use crate::data::delay::add_delay;

/// One value as a file has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Integer(i64),
    Real(f64),
    Bool(bool),
    Text(&'a str),
    Json(&'a str),
}

/// A table that grows.
#[derive(Debug, Default)]
pub struct TableBuilder {
    table: Table,
    numbers: HashMap<String, usize>,
}

impl TableBuilder {
    /// The next feature; what is set from now on is of it.
    pub fn row(&mut self) {
        self.table.rows += 1;
    }

    /// Gives a column its place among the others before it has a value.
    pub fn name(&mut self, name: &str) {
        self.number(name);
    }

    /// A value of the feature begun last; the last of several counts.
    pub fn set(&mut self, name: &str, cell: Cell<'_>) {
        let number = self.number(name);
        let column = &mut self.table.columns[number];
        column.values.make_room(cell, self.table.rows - 1);
        column.values.put(cell, self.table.rows - 1);
    }

    /// Appends the rows of a table after these.
    pub fn append(&mut self, next: Self) {
        let before = self.table.rows;
        if before == 0 {
            *self = next;
            return;
        }
        self.table.rows += next.table.rows;
        for column in next.table.columns {
            let number = self.number(&column.name);
            self.table.columns[number].values.append(column.values, before);
        }
    }

    /// The table, every column with a value for each row, texts that all are dates as such, and the delay between
    /// what was planned and what came.
    #[must_use]
    pub fn finish(mut self) -> Table {
        for column in &mut self.table.columns {
            column.values.fill(self.table.rows);
            let values = std::mem::replace(&mut column.values, Values::Empty);
            column.values = dated(values);
        }
        add_delay(&mut self.table);
        self.table
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.table.columns.len();
        self.table.columns.push(Column { name: name.to_owned(), values: Values::Empty });
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

fn dated(values: Values) -> Values {
    match values {
        Values::Text(texts) => match texts.words.iter().map(instant).collect::<Option<Vec<i64>>>() {
            Some(instants) if !instants.is_empty() => Values::Date(texts, instants),
            _ => Values::Text(texts),
        },
        other => other,
    }
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Integer(values) => values.len(),
            Self::Real(values) => values.len(),
            Self::Bool(values) => values.len(),
            Self::Text(texts) | Self::Date(texts, _) | Self::Json(texts) => texts.of_row.len(),
        }
    }

    /// Rows up to `rows` that have no value yet are without.
    fn fill(&mut self, rows: usize) {
        match self {
            Self::Empty => {}
            Self::Integer(values) => values.resize(rows, Self::NO_INTEGER),
            Self::Real(values) => values.resize(rows, f64::NAN),
            Self::Bool(values) => values.resize(rows, Self::NO_BOOL),
            Self::Text(texts) | Self::Date(texts, _) | Self::Json(texts) => {
                texts.of_row.resize(rows, Texts::NONE);
            }
        }
    }

    /// Becomes a kind that holds the cell too, with `row` as its last row.
    fn make_room(&mut self, cell: Cell<'_>, row: usize) {
        let rows = self.len();
        let wider = match (&mut *self, cell) {
            (Self::Empty, cell) => Some(match cell {
                // The one integer that stands for none.
                Cell::Integer(Self::NO_INTEGER) | Cell::Text(_) => Self::Text(Texts::default()),
                Cell::Integer(_) => Self::Integer(Vec::new()),
                Cell::Real(_) => Self::Real(Vec::new()),
                Cell::Bool(_) => Self::Bool(Vec::new()),
                Cell::Json(_) => Self::Json(Texts::default()),
            }),
            (Self::Integer(values), Cell::Real(_)) if values.iter().all(|value| is_exact(*value)) => {
                let real = |value: &i64| if *value == Self::NO_INTEGER { f64::NAN } else { *value as f64 };
                Some(Self::Real(values.iter().map(real).collect()))
            }
            (Self::Integer(_), Cell::Integer(value)) if value != Self::NO_INTEGER => None,
            (Self::Real(_), Cell::Integer(value)) if is_exact(value) => None,
            (Self::Real(_), Cell::Real(_))
            | (Self::Bool(_), Cell::Bool(_))
            | (Self::Text(_) | Self::Date(..), _)
            | (Self::Json(_), Cell::Json(_)) => None,
            _ => Some(Self::Text(self.texts(rows))),
        };
        if let Some(wider) = wider {
            *self = wider;
        }
        self.fill(row + 1);
    }

    /// The same values as texts.
    fn texts(&mut self, rows: usize) -> Texts {
        if let Self::Text(texts) | Self::Date(texts, _) | Self::Json(texts) = self {
            return std::mem::take(texts);
        }
        let column = Column { name: String::new(), values: std::mem::replace(self, Self::Empty) };
        let mut texts = Texts::default();
        for row in 0..rows {
            let number = column.text(row).map_or(Texts::NONE, |text| texts.words.number(&text));
            texts.of_row.push(number);
        }
        texts
    }

    /// The kind is wide enough, and the row is there.
    fn put(&mut self, cell: Cell<'_>, row: usize) {
        match (self, cell) {
            (Self::Integer(values), Cell::Integer(value)) => values[row] = value,
            (Self::Real(values), Cell::Integer(value)) => values[row] = value as f64,
            (Self::Real(values), Cell::Real(value)) => values[row] = value,
            (Self::Bool(values), Cell::Bool(value)) => values[row] = u8::from(value),
            (Self::Text(texts) | Self::Date(texts, _) | Self::Json(texts), cell) => {
                texts.of_row[row] = match cell {
                    Cell::Text(text) | Cell::Json(text) => texts.words.number(text),
                    Cell::Integer(value) => texts.words.number(&value.to_string()),
                    Cell::Real(value) => texts.words.number(&value.to_string()),
                    Cell::Bool(value) => texts.words.number(if value { "true" } else { "false" }),
                };
            }
            // Room was made for it.
            _ => {}
        }
    }

    /// The values of a later part, from row `before` on.
    fn append(&mut self, next: Self, before: usize) {
        self.fill(before);
        match (&mut *self, next) {
            (_, Self::Empty) => {}
            (Self::Integer(values), Self::Integer(mut more)) => values.append(&mut more),
            (Self::Real(values), Self::Real(mut more)) => values.append(&mut more),
            (Self::Bool(values), Self::Bool(mut more)) => values.append(&mut more),
            (Self::Text(texts), Self::Text(more)) | (Self::Json(texts), Self::Json(more)) => {
                let numbers: Vec<u32> = more.words.iter().map(|word| texts.words.number(word)).collect();
                let moved = more.of_row.iter().map(|number| numbers.get(*number as usize).copied());
                texts.of_row.extend(moved.map(|number| number.unwrap_or(Texts::NONE)));
            }
            (_, next) => self.append_cells(next, before),
        }
    }

    /// Value by value, where the kinds differ.
    fn append_cells(&mut self, next: Self, before: usize) {
        let rows = next.len();
        let is_json = matches!(next, Self::Json(_));
        let column = Column { name: String::new(), values: next };
        for row in 0..rows {
            let Some(text) = column.text(row) else { continue };
            let cell = match &column.values {
                Self::Integer(values) => Cell::Integer(values[row]),
                Self::Real(values) => Cell::Real(values[row]),
                Self::Bool(values) => Cell::Bool(values[row] == 1),
                _ if is_json => Cell::Json(&text),
                _ => Cell::Text(&text),
            };
            self.make_room(cell, before + row);
            self.put(cell, before + row);
        }
    }
}

/// Whether a real number holds the integer as it is.
fn is_exact(value: i64) -> bool {
    value == Values::NO_INTEGER || value.unsigned_abs() <= 1 << 53
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[(&str, Cell<'_>)]]) -> TableBuilder {
        let mut builder = TableBuilder::default();
        for row in rows {
            builder.row();
            row.iter().for_each(|(name, cell)| builder.set(name, *cell));
        }
        builder
    }

    fn texts(table: &Table, name: &str) -> Vec<String> {
        let column = table.column(name).expect("a column");
        (0..table.rows()).map(|row| column.text(row).unwrap_or("-".into()).into_owned()).collect()
    }

    #[test]
    fn a_column_takes_the_kind_that_holds_all_its_values() {
        let table = table(&[
            &[("n", Cell::Integer(7)), ("x", Cell::Integer(1)), ("big", Cell::Integer(i64::MAX))],
            &[("x", Cell::Real(2.5)), ("mixed", Cell::Bool(true)), ("big", Cell::Real(0.5))],
            &[("mixed", Cell::Json("[1]")), ("n", Cell::Integer(-2))],
        ])
        .finish();
        assert!(matches!(table.column("n").map(|c| &c.values), Some(Values::Integer(_))));
        assert_eq!(texts(&table, "n"), ["7", "-", "-2"]);
        assert_eq!(texts(&table, "x"), ["1", "2.5", "-"]);
        assert_eq!(texts(&table, "mixed"), ["-", "true", "[1]"]);
        assert_eq!(texts(&table, "big"), ["9223372036854775807", "0.5", "-"]);
    }

    #[test]
    fn texts_that_all_are_dates_are_dates() {
        let day = |text| [("on", Cell::Text(text))];
        let (a, b) = (day("2013-09-07"), day("2003/03/23 00:00:00"));
        let dates = table(&[&a, &b]).finish();
        let column = &dates.columns[0];
        assert!(column.instant(1) < column.instant(0));
        let c = day("soon");
        let texts = table(&[&a, &c]).finish();
        assert!(matches!(texts.columns[0].values, Values::Text(_)));
    }

    #[test]
    fn parts_read_apart_are_as_if_read_at_once() {
        let rows: [&[(&str, Cell<'_>)]; 5] = [
            &[("a", Cell::Integer(1)), ("b", Cell::Text("x"))],
            &[("b", Cell::Text("y"))],
            &[("a", Cell::Real(0.5)), ("c", Cell::Bool(false))],
            &[("b", Cell::Integer(4)), ("a", Cell::Integer(3))],
            &[("d", Cell::Json("{}")), ("b", Cell::Text("x"))],
        ];
        let told = |table: &Table| {
            let columns = table.columns.iter();
            columns.map(|column| (column.name.clone(), texts(table, &column.name))).collect::<Vec<_>>()
        };
        let whole = told(&table(&rows).finish());
        for split in 0..=rows.len() {
            let mut parts = table(&rows[..split]);
            parts.append(table(&rows[split..]));
            assert_eq!(told(&parts.finish()), whole, "{split}");
        }
    }
}
