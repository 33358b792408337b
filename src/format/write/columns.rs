//! The columns that many features have together, and the type that holds every value of one unharmed.

use std::collections::HashMap;

use super::feature::{Feature, Value};

/// What all values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    /// Fits 64 bits with a sign.
    Integer,
    /// A double gives back every digit.
    Real,
    /// Lists and objects.
    Json,
    /// Anything, as it is written.
    Text,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// `None` while there was no value.
    kind: Option<Kind>,
    /// Every integer of it is a double too.
    are_doubles: bool,
}

impl Column {
    pub(super) fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Text)
    }

    fn add(&mut self, value: &Value<'_>) {
        let Some(new) = kind(value) else { return };
        if let (Kind::Integer, Value::Number(text)) = (new, value) {
            self.are_doubles &= survives(text);
        }
        self.kind = Some(match (self.kind, new) {
            (None, new) => new,
            (Some(old), new) if old == new => old,
            (Some(Kind::Integer | Kind::Real), Kind::Integer | Kind::Real) => Kind::Real,
            _ => Kind::Text,
        });
        if self.kind == Some(Kind::Real) && !self.are_doubles {
            self.kind = Some(Kind::Text);
        }
    }
}

/// In the order in which their names appear first.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) list: Vec<Column>,
    numbers: HashMap<String, usize>,
}

impl Columns {
    pub(super) fn of(features: &[&[u8]]) -> Self {
        let mut columns = Self::default();
        for feature in features.iter().filter_map(|bytes| Feature::of(bytes)) {
            columns.add(&feature);
        }
        columns
    }

    pub(super) fn add(&mut self, feature: &Feature<'_>) {
        for (name, value) in &feature.values {
            let number = if let Some(&number) = self.numbers.get(name.as_ref()) {
                number
            } else {
                let name = name.to_string();
                self.numbers.insert(name.clone(), self.list.len());
                self.list.push(Column { name, kind: None, are_doubles: true });
                self.list.len() - 1
            };
            self.list[number].add(value);
        }
    }

    /// Keeps as many as a format takes, and says how many are left out.
    pub(super) fn keep(&mut self, most: usize) -> u64 {
        let left_out = self.list.len().saturating_sub(most);
        self.list.truncate(most);
        self.numbers.retain(|_, number| *number < most);
        left_out as u64
    }

    /// A feature's values, one slot to each column.
    pub(super) fn row<'a, 'b>(&self, feature: &'b Feature<'a>) -> Vec<Option<&'b Value<'a>>> {
        let mut row = vec![None; self.list.len()];
        for (name, value) in &feature.values {
            if let Some(&number) = self.numbers.get(name.as_ref()) {
                row[number] = Some(value);
            }
        }
        row
    }
}

/// A value as its column has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Bool(bool),
    Integer(i64),
    Real(f64),
    Json(&'a str),
    Text(&'a str),
}

/// `None` where there is none.
pub(super) fn cell<'a>(kind: Kind, value: Option<&'a Value<'_>>) -> Option<Cell<'a>> {
    let value = value.filter(|value| **value != Value::Null)?;
    match (kind, value) {
        (Kind::Text, value) => Some(Cell::Text(value.text())),
        (Kind::Bool, Value::Bool(value)) => Some(Cell::Bool(*value)),
        (Kind::Integer, Value::Number(text)) => text.parse().ok().map(Cell::Integer),
        (Kind::Real, Value::Number(text)) => text.parse().ok().map(Cell::Real),
        (Kind::Json, Value::Nested(text)) => Some(Cell::Json(text)),
        _ => None,
    }
}

/// `None` where the value says nothing of its column.
fn kind(value: &Value<'_>) -> Option<Kind> {
    match value {
        Value::Null | Value::NoNumber(_) => None,
        Value::Bool(_) => Some(Kind::Bool),
        Value::Nested(_) => Some(Kind::Json),
        Value::Text(_) => Some(Kind::Text),
        Value::Number(text) if text.parse::<i64>().is_ok_and(|value| value.to_string() == *text) => {
            Some(Kind::Integer)
        }
        Value::Number(text) => {
            let is_whole = !text.contains(['.', 'e', 'E']);
            Some(if !is_whole && survives(text) { Kind::Real } else { Kind::Text })
        }
    }
}

/// Whether a double, written with as many digits, says the same number again.
fn survives(text: &str) -> bool {
    let (mantissa, _) = text.split_once(['e', 'E']).unwrap_or((text, ""));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let Ok(value) = text.parse::<f64>() else { return false };
    if digits.is_empty() || digits.len() > 40 {
        // The double keeps even the sign of 0.
        return digits.is_empty();
    }
    if !value.is_normal() {
        return false;
    }
    let again = format!("{:.*e}", digits.len() - 1, value.abs());
    let (mantissa, _) = again.split_once('e').unwrap_or((&again, ""));
    mantissa.chars().filter(char::is_ascii_digit).eq(digits.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(values: &[&str]) -> Kind {
        let features: Vec<String> =
            values.iter().map(|value| format!(r#"{{"properties":{{"a":{value}}}}}"#)).collect();
        let bytes: Vec<&[u8]> = features.iter().map(std::string::String::as_bytes).collect();
        Columns::of(&bytes).list[0].kind()
    }

    #[test]
    fn a_column_holds_every_value_unharmed() {
        for (values, wanted) in [
            (&["1", "null", "-9223372036854775808"][..], Kind::Integer),
            (&["1", "9223372036854775808"], Kind::Text),
            (&["1", "1.50"], Kind::Real),
            (&["9007199254740993", "1.5"], Kind::Text),
            (&["1.5", "9007199254740993"], Kind::Text),
            (&["80.409999999999997", "1e3", "-0.0", "NaN"], Kind::Real),
            (&["0.1234567890123456789"], Kind::Text),
            (&["80.410000000000004"], Kind::Text),
            (&["1e999"], Kind::Text),
            (&["-0"], Kind::Text),
            (&["true", "false"], Kind::Bool),
            (&["true", "1"], Kind::Text),
            (&["[1]", "{}"], Kind::Json),
            (&["[1]", "\"x\""], Kind::Text),
            (&["null"], Kind::Text),
        ] {
            assert_eq!(kind_of(values), wanted, "{values:?}");
        }
    }

    #[test]
    fn columns_come_in_order_and_the_last_of_a_name_counts() {
        let features: [&[u8]; 2] =
            [br#"{"properties":{"b":1,"a":2}}"#, br#"{"properties":{"c":3,"a":4,"a":5}}"#];
        let mut columns = Columns::of(&features);
        let names: Vec<_> = columns.list.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["b", "a", "c"]);
        assert_eq!(columns.keep(2), 1);
        let feature = Feature::of(features[1]).expect("a feature");
        assert_eq!(columns.row(&feature), [None, Some(&Value::Number("5"))]);
    }
}
