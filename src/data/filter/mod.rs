//! Which features are wanted, as a person writes it: `status = "in operation" and year >= 2013`.

mod apply;
mod complete;
mod edit;
mod parse;
mod token;

use std::ops::Range;

pub use complete::{Completions, completions};

/// A filter that has been understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    root: Node,
}

/// One condition, or several joined.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// Whether the column has no value.
    Missing(Named),
    Compare(Named, Operator, Value),
    OneOf(Named, Vec<Value>),
    /// Whether any column contains the text.
    Anywhere(String),
}

/// The name of a column and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
struct Named {
    name: String,
    at: Range<usize>,
}

impl Named {
    /// Names compare without regard to case.
    fn is(&self, column: &str) -> bool {
        self.name == column || self.name.to_lowercase() == column.to_lowercase()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(f64),
    Text(String),
    Bool(bool),
}

/// Why a filter was not understood, and where, in bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    pub at: Range<usize>,
    pub kind: FilterErrorKind,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilterErrorKind {
    /// The name of a column is wanted here.
    WantsColumn,
    /// A comparison is wanted here: `=`, `<`, `contains` …
    WantsOperator,
    /// A number or a text in quotes is wanted here.
    WantsValue,
    /// `and`, `or` or the end is wanted here.
    WantsEnd,
    /// A bracket was opened and not closed.
    WantsBracket,
    /// A quote was opened and not closed.
    WantsQuote,
    /// The table has no column of that name.
    UnknownColumn,
    /// More brackets inside brackets than anybody writes.
    TooDeep,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// Says where it stops to make sense.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(|root| Self { root })
    }

    /// The part of a filter that asks for one of some values of a column, as facets do.
    #[must_use]
    pub fn written(column: &str, values: &[&str]) -> String {
        let (column, values) = (written_name(column), values.iter().map(|value| written_value(value)));
        let values: Vec<String> = values.collect();
        match values.as_slice() {
            [one] => format!("{column} = {one}"),
            several => format!("{column} in ({})", several.join(", ")),
        }
    }
}

/// A name as the filter reads it: bare where it can be, else in backquotes.
#[must_use]
pub fn written_name(name: &str) -> String {
    let mut tokens = token::Tokens::new(name);
    let is_bare = matches!(tokens.next(), Ok((token::Token::Word(word), _)) if word == name)
        && !token::is_reserved(name);
    if is_bare { name.to_owned() } else { format!("`{}`", name.replace('`', "``")) }
}

/// A value as the filter reads it: a number as it is, all else in quotes.
#[must_use]
pub fn written_value(value: &str) -> String {
    // Read as a number `007` would come back as 7.
    let is_number =
        value.parse::<f64>().is_ok_and(|number| number.is_finite() && number.to_string() == value);
    if is_number { value.to_owned() } else { format!("\"{}\"", value.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests;
