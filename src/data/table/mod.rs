//! What features say of themselves, in columns: as many values as there are features, and no object for each.

mod builder;
mod words;

use std::borrow::Cow;

pub use builder::{Cell, TableBuilder};
pub use words::Words;

/// All columns of a dataset, in the order in which its file names them first.
#[derive(Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    rows: usize,
}

/// One property of every feature.
#[derive(Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub values: Values,
}

/// Different whole numbers up to which they are taken for codes.
const MOST_CODES: usize = 8;

/// The values of a column, by row.
#[derive(Debug, PartialEq)]
pub enum Values {
    /// Every feature is without.
    Empty,
    /// `Values::NO_INTEGER` where a feature is without.
    Integer(Vec<i64>),
    /// Not a number where a feature is without.
    Real(Vec<f64>),
    /// 0 or 1; 2 where a feature is without.
    Bool(Vec<u8>),
    /// Texts, and everything in a column whose values are of several kinds.
    Text(Texts),
    /// Days and times as texts that sort by when they are, see [`Column::instant`].
    Date(Texts, Vec<i64>),
    /// Arrays and objects, as they are written.
    Json(Texts),
}

/// Each text once, and by row which it is.
#[derive(Debug, Default, PartialEq)]
pub struct Texts {
    pub words: Words,
    /// `Texts::NONE` where a feature is without.
    pub of_row: Vec<u32>,
}

impl Texts {
    pub const NONE: u32 = u32::MAX;

    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.words.get(*self.of_row.get(row)?)
    }
}

impl Values {
    pub const NO_INTEGER: i64 = i64::MIN;
    pub const NO_BOOL: u8 = 2;
}

impl Table {
    /// Features.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Codes rather than numbers: few, each of several features.
fn are_few(values: &[i64]) -> bool {
    let mut seen: Vec<i64> = Vec::with_capacity(MOST_CODES);
    for value in values.iter().filter(|value| **value != Values::NO_INTEGER) {
        if !seen.contains(value) {
            if seen.len() == MOST_CODES {
                return false;
            }
            seen.push(*value);
        }
    }
    seen.len() > 1 && seen.len() * 2 <= values.len()
}

impl Column {
    /// A value as it is read; `None` where the feature is without.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match &self.values {
            Values::Empty => None,
            Values::Integer(values) => {
                let value = values.get(row).filter(|value| **value != Values::NO_INTEGER)?;
                Some(value.to_string().into())
            }
            Values::Real(values) => Some(values.get(row).filter(|value| !value.is_nan())?.to_string().into()),
            Values::Bool(values) => match values.get(row)? {
                0 => Some("false".into()),
                1 => Some("true".into()),
                _ => None,
            },
            Values::Text(texts) | Values::Date(texts, _) | Values::Json(texts) => {
                texts.get(row).map(Cow::Borrowed)
            }
        }
    }

    /// Whether the feature is without.
    #[must_use]
    pub fn is_missing(&self, row: usize) -> bool {
        match &self.values {
            Values::Empty => true,
            Values::Integer(values) => values.get(row).is_none_or(|value| *value == Values::NO_INTEGER),
            Values::Real(values) => values.get(row).is_none_or(|value| value.is_nan()),
            Values::Bool(values) => values.get(row).is_none_or(|value| *value == Values::NO_BOOL),
            Values::Text(texts) | Values::Date(texts, _) | Values::Json(texts) => texts.get(row).is_none(),
        }
    }

    /// A value as a number; `None` where it is none.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<f64> {
        match &self.values {
            Values::Integer(values) => {
                values.get(row).filter(|value| **value != Values::NO_INTEGER).map(|value| *value as f64)
            }
            Values::Real(values) => values.get(row).copied().filter(|value| !value.is_nan()),
            _ => None,
        }
    }

    /// When it was, in seconds since 1970; `None` where the column has no dates.
    #[must_use]
    pub fn instant(&self, row: usize) -> Option<i64> {
        let Values::Date(texts, instants) = &self.values else { return None };
        instants.get(*texts.of_row.get(row)? as usize).copied()
    }

    /// Whether its values part the features: a text that several share says more than one that each has for itself.
    #[must_use]
    pub fn is_category(&self) -> bool {
        match &self.values {
            Values::Text(texts) => texts.words.len() * 2 <= texts.of_row.len(),
            Values::Bool(_) => true,
            Values::Integer(values) => are_few(values),
            _ => false,
        }
    }

    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self.values, Values::Integer(_) | Values::Real(_))
    }
}
