//! Rows of a table as text that a spreadsheet takes in: a tab or a comma between values, a line to a row.

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

/// The same as comma separated values (RFC 4180). A text that a spreadsheet would run as a formula is quoted off by
/// an apostrophe.
#[must_use]
pub fn csv(columns: &[&Column], rows: &[u32]) -> String {
    let mut out = csv_line(columns.iter().map(|column| column.name.as_str().into()));
    for &row in rows {
        out += &csv_line(columns.iter().map(|column| column.text(row as usize).unwrap_or_default()));
    }
    out
}

/// One line of comma separated values, with its end.
#[must_use]
pub fn csv_line<'a>(values: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> String {
    let mut out = String::new();
    for (number, value) in values.enumerate() {
        if number > 0 {
            out.push(',');
        }
        push_cell(&mut out, &value);
    }
    out.push_str("\r\n");
    out
}

fn push_cell(out: &mut String, value: &str) {
    let is_formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err();
    let value = if is_formula { format!("'{value}") } else { value.to_owned() };
    if value.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&value);
    }
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
    fn what_a_spreadsheet_would_run_is_quoted_off_and_numbers_are_not() {
        let mut out = String::new();
        for value in ["=1+1", "-5", "say \"hi\""] {
            push_cell(&mut out, value);
            out.push('|');
        }
        assert_eq!(out, "'=1+1|-5|\"say \"\"hi\"\"\"|");
    }

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
        let columns: Vec<_> = table.columns.iter().collect();
        assert_eq!(csv(&columns, &[0, 1]), "name,year\r\n\"a\tb\nc\",2013\r\n霍尔果斯,\r\n");
        assert_eq!(
            tsv(&table.columns.iter().collect::<Vec<_>>(), &[1, 0]),
            "name\tyear\n霍尔果斯\t\na b c\t2013\n"
        );
    }
}
