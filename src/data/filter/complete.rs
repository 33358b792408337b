//! What may come next in a filter that is being written.

use std::ops::Range;

use super::token::{Token, Tokens};
use super::{FilterErrorKind, written_name, written_value};
use crate::data::{Column, RowSet, Table, outline};

/// What is offered at most.
const MOST: usize = 8;

/// Words that may take the place of a part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The part that they replace, in bytes: what was begun, or nothing.
    pub at: Range<usize>,
    pub words: Vec<String>,
}

/// What the grammar wants next.
enum Wanted<'a> {
    Column,
    Operator(Option<&'a Column>),
    /// The second word of `starts with`, `is missing`, `is not missing`.
    Word(&'static [&'static str], Option<&'a Column>),
    Value(Option<&'a Column>),
    /// `and`, `or`, or one more value of the list.
    Joint(Option<&'a Column>),
}

const OF_NUMBERS: [&str; 8] = ["=", ">=", "<=", ">", "<", "!=", "in", "is missing"];
const OF_TEXTS: [&str; 7] = ["=", "contains", "starts with", "ends with", "!=", "in", "is missing"];

/// What may stand at the end of `text`, which goes up to the caret.
#[must_use]
pub fn completions(text: &str, table: &Table) -> Completions {
    let (tokens, begun) = parts(text);
    let mut wanted = Wanted::Column;
    for token in tokens {
        wanted = wanted.after(&token, table);
    }
    let begin = begun.start.min(text.len());
    let start = text[begin..].trim_start_matches(['"', '\'', '`']).to_lowercase();
    let all: Vec<String> = match wanted {
        Wanted::Column => table.columns.iter().map(|column| written_name(&column.name)).collect(),
        Wanted::Operator(column) => {
            let is_numeric = column.is_some_and(Column::is_numeric);
            let words: &[&str] = if is_numeric { &OF_NUMBERS } else { &OF_TEXTS };
            words.iter().map(|word| (*word).to_owned()).collect()
        }
        Wanted::Word(words, _) => words.iter().map(|word| (*word).to_owned()).collect(),
        Wanted::Value(column) => column.map(|column| values(column, table)).unwrap_or_default(),
        Wanted::Joint(_) => vec!["and".to_owned(), "or".to_owned()],
    };
    let plain = |word: &str| word.trim_start_matches(['"', '`']).to_lowercase();
    let is_begun = |word: &String| plain(word).contains(&start) && word.as_str() != &text[begin..];
    let mut words: Vec<String> = all.into_iter().filter(is_begun).collect();
    // What begins so before what holds it further on.
    words.sort_by_key(|word| !plain(word).starts_with(&start));
    words.truncate(MOST);
    Completions { at: begin..text.len(), words }
}

/// The tokens that are whole, and where the last one was begun.
fn parts(text: &str) -> (Vec<Token<'_>>, Range<usize>) {
    let mut tokens = Tokens::new(text);
    let mut found = Vec::new();
    loop {
        match tokens.next() {
            Ok((Token::End, _)) => return (found, text.len()..text.len()),
            Ok((Token::Word(_) | Token::Number(_) | Token::Sign(_), at)) if at.end == text.len() => {
                return (found, at);
            }
            Ok((token, _)) => found.push(token),
            Err(error) if error.kind == FilterErrorKind::WantsQuote => return (found, error.at),
            Err(_) => return (found, text.len()..text.len()),
        }
    }
}

/// The most frequent values of a column as the filter reads them.
fn values(column: &Column, table: &Table) -> Vec<String> {
    let summary = outline(column, &RowSet::all(table.rows()));
    summary.values.iter().map(|(value, _)| written_value(value)).collect()
}

impl<'a> Wanted<'a> {
    fn after(self, token: &Token<'_>, table: &'a Table) -> Self {
        let word = match token {
            Token::Word(word) => word.to_lowercase(),
            Token::Name(name) => name.to_lowercase(),
            _ => String::new(),
        };
        match (self, token) {
            (Self::Column, Token::Open) => Self::Column,
            (Self::Column, Token::Word(_)) if word == "not" => Self::Column,
            (Self::Column, Token::Word(_) | Token::Name(_)) => {
                let is_it = |column: &&Column| column.name.to_lowercase() == word;
                Self::Operator(table.columns.iter().find(is_it))
            }
            (Self::Operator(column), Token::Word(_)) => match word.as_str() {
                "starts" | "ends" => Self::Word(&["with"], column),
                "is" => Self::Word(&["missing", "not missing"], column),
                _ => Self::Value(column),
            },
            (Self::Word(words, column), _) => match word.as_str() {
                "with" => Self::Value(column),
                "not" => Self::Word(&["missing"], column),
                "missing" => Self::Joint(None),
                _ => Self::Word(words, column),
            },
            (Self::Operator(column), Token::Sign(_))
            | (Self::Value(column), Token::Open)
            | (Self::Joint(column), Token::Comma) => Self::Value(column),
            (Self::Value(column), _) => Self::Joint(column),
            (Self::Joint(_), Token::Word(_)) if word == "and" || word == "or" => Self::Column,
            _ => Self::Joint(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, TableBuilder};

    fn words(text: &str) -> (String, Vec<String>) {
        let mut builder = TableBuilder::default();
        for (status, km) in [("in operation", 1.5), ("planned", 2.0), ("in operation", 3.0)] {
            builder.row();
            builder.set("status", Cell::Text(status));
            builder.set("length km", Cell::Real(km));
        }
        let found = completions(text, &builder.finish());
        (text[..found.at.start].to_owned(), found.words)
    }

    #[test]
    fn columns_then_comparisons_then_values_then_joints_are_offered() {
        let offered = |text: &str| words(text).1;
        assert_eq!(offered(""), ["status", "`length km`"]);
        assert_eq!(words("not len"), ("not ".to_owned(), vec!["`length km`".to_owned()]));
        assert_eq!(offered("status ")[..3], ["=", "contains", "starts with"]);
        assert_eq!(offered("`length km` ")[..2], ["=", ">="]);
        assert_eq!(offered("status = "), ["\"in operation\"", "\"planned\""]);
        assert_eq!(words("status = \"pl"), ("status = ".to_owned(), vec!["\"planned\"".to_owned()]));
        assert_eq!(offered("status in (\"planned\", i"), ["\"in operation\""]);
        assert_eq!(offered("status = planned "), ["and", "or"]);
        assert_eq!(offered("status is "), ["missing", "not missing"]);
        assert_eq!(offered("status = planned and "), ["status", "`length km`"]);
        assert!(offered("status = planned and x").is_empty());
    }
}
