//! Where a file tells what was planned and what came, how late it came, as a column of its own.

use super::{Column, Table, Values};

/// The name of the column of days, and of years where only years are known.
const DAYS: &str = "delay_days";
const YEARS: &str = "delay_years";
/// Words in the names of columns of what was planned, and of what came.
const PLANNED: [&str; 6] = ["plan", "target", "schedul", "expected", "计划", "예정"];
const ACTUAL: [&str; 7] = ["actual", "opened", "complet", "real", "实际", "실제", "완공"];
const DAY_SECS: i64 = 86_400;

/// Adds the delay as the last column where two columns tell it and no column has its name.
pub(super) fn add_delay(table: &mut Table) {
    let named = |words: &[&str]| {
        let is_named = |column: &&Column| {
            let name = column.name.to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        table.columns.iter().filter(is_named).find(|column| kind(column).is_some())
    };
    let (Some(planned), Some(actual)) = (named(&PLANNED), named(&ACTUAL)) else { return };
    let (Some(name), true) = (kind(planned), kind(planned) == kind(actual)) else { return };
    if planned.name == actual.name || table.column(name).is_some() {
        return;
    }
    let delay = |row: usize| match name {
        DAYS => Some((actual.instant(row)? - planned.instant(row)?).div_euclid(DAY_SECS)),
        _ => Some((actual.number(row)? - planned.number(row)?) as i64),
    };
    let values = (0..table.rows()).map(|row| delay(row).unwrap_or(Values::NO_INTEGER)).collect();
    table.columns.push(Column { name: name.to_owned(), values: Values::Integer(values) });
}

/// What a delay between columns of this kind counts in.
fn kind(column: &Column) -> Option<&'static str> {
    match column.values {
        Values::Date(..) => Some(DAYS),
        Values::Integer(_) => Some(YEARS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::data::{Cell, Table, TableBuilder};

    fn table(rows: &[[(&str, Cell<'_>); 2]]) -> Table {
        let mut builder = TableBuilder::default();
        for row in rows {
            builder.row();
            for (name, cell) in row {
                builder.set(name, *cell);
            }
        }
        builder.finish()
    }

    #[test]
    fn days_between_planned_and_actual_are_a_column() {
        let text = Cell::Text;
        let table = table(&[
            [("planned_open", text("2014-01-01")), ("actual_open", text("2014-03-01"))],
            [("planned_open", text("2014-05-02")), ("actual_open", text("2014-05-01"))],
        ]);
        let delay = table.column("delay_days").expect("a delay");
        assert_eq!([delay.number(0), delay.number(1)], [Some(59.0), Some(-1.0)]);
    }

    #[test]
    fn a_day_against_a_year_and_one_column_alone_are_no_delay() {
        let mixed = table(&[[("planned", Cell::Text("2014-01-01")), ("actual", Cell::Integer(2015))]]);
        assert!(mixed.columns.len() == 2);
        let alone = table(&[[("planned", Cell::Integer(2014)), ("km", Cell::Integer(7))]]);
        assert!(alone.columns.len() == 2);
        let years = table(&[[("计划年份", Cell::Integer(2014)), ("实际年份", Cell::Integer(2017))]]);
        assert_eq!(years.column("delay_years").and_then(|column| column.number(0)), Some(3.0));
    }
}
