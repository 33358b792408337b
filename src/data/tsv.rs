//! Rows of a table as text that a spreadsheet takes in: a tab between values, a line to a row.

use super::Column;

/// The names of the columns, then the rows in their order. Tabs and line breaks inside a value become spaces.
#[must_use]
pub fn tsv(columns: &[&Column], rows: &[u32]) -> String {
    let mut out = String::new();
    push_line(&mut out, columns.iter().map(|column| column.name.as_str().into()));
    for &row in rows {
        push_line(&mut out, columns.iter().map(|column| column.text(row as usize).unwrap_or_default()));
    }
    out
}

fn push_line<'a>(out: &mut String, values: impl Iterator<Item = std::borrow::Cow<'a, str>>) {
    for (number, value) in values.enumerate() {
        if number > 0 {
            out.push('\t');
        }
        out.extend(
            value.chars().map(|letter| if matches!(letter, '\t' | '\n' | '\r') { ' ' } else { letter }),
        );
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, TableBuilder};

    #[test]
    fn a_row_is_a_line_whatever_its_values_hold() {
        let mut builder = TableBuilder::default();
        for (name, year) in [("a\tb\nc", Some(2013)), ("霍尔果斯", None)] {
            builder.row();
            builder.set("name", Cell::Text(name));
            if let Some(year) = year {
                builder.set("year", Cell::Integer(year));
            }
        }
        let table = builder.finish();
        assert_eq!(
            tsv(&table.columns.iter().collect::<Vec<_>>(), &[1, 0]),
            "name\tyear\n霍尔果斯\t\na b c\t2013\n"
        );
    }
}
