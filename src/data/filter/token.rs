//! The words, signs and values of a filter.

use std::ops::Range;

use super::{FilterError, FilterErrorKind};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// A word without quotes: a column, a value, or a word of the filter's own.
    Word(&'a str),
    /// A name in backquotes.
    Name(String),
    Text(String),
    Number(f64),
    /// One of `= != < <= > >=`.
    Sign(&'static str),
    Open,
    Close,
    Comma,
    End,
}

/// Longer signs before the shorter that begin them.
const SIGNS: [(&str, &str); 8] =
    [("!=", "!="), ("<>", "!="), ("<=", "<="), (">=", ">="), ("==", "="), ("=", "="), ("<", "<"), (">", ">")];

/// Whether the word means something to the filter itself.
pub(super) fn is_reserved(word: &str) -> bool {
    ["and", "or", "not", "in", "is", "true", "false"].iter().any(|other| word.eq_ignore_ascii_case(other))
}

#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What stands in a part of the text.
    pub(super) fn written(&self, at: &Range<usize>) -> &'a str {
        &self.text[at.clone()]
    }

    /// The next token and where it stands; [`Token::End`] again and again at the end.
    pub(super) fn next(&mut self) -> Result<(Token<'a>, Range<usize>), FilterError> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else {
            self.at = start;
            return Ok((Token::End, start..start));
        };
        let (token, len) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '"' | '\'' => {
                let (text, len) = quoted(rest, first).ok_or_else(|| unclosed(start, rest))?;
                (Token::Text(text), len)
            }
            '`' => {
                let (name, len) = quoted(rest, first).ok_or_else(|| unclosed(start, rest))?;
                (Token::Name(name), len)
            }
            _ => match SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
                Some((sign, meant)) => (Token::Sign(meant), sign.len()),
                None => word(rest),
            },
        };
        self.at = start + len;
        Ok((token, start..self.at))
    }
}

fn unclosed(start: usize, rest: &str) -> FilterError {
    FilterError { at: start..start + rest.len(), kind: FilterErrorKind::WantsQuote }
}

/// What stands between two quotes, a doubled quote for one, and how long that is with its quotes.
fn quoted(rest: &str, quote: char) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != quote {
            text.push(letter);
        } else if letters.next_if(|(_, next)| *next == quote).is_some() {
            text.push(quote);
        } else {
            return Some((text, at + quote.len_utf8()));
        }
    }
    None
}

/// A number, or whatever goes on to the next space or sign.
fn word(rest: &str) -> (Token<'_>, usize) {
    let is_end = |letter: char| letter.is_whitespace() || "()=<>!,\"'`".contains(letter);
    let len = rest.find(is_end).unwrap_or(rest.len()).max(1);
    // A lone `!` is a word too, so that the complaint stands at it.
    let len = rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).find(|end| *end >= len);
    let word = &rest[..len.unwrap_or(rest.len())];
    let begins = word.starts_with(|first: char| first.is_ascii_digit() || "-+.".contains(first));
    let number = word.parse::<f64>().ok().filter(|number| begins && number.is_finite());
    (number.map_or(Token::Word(word), Token::Number), word.len())
}
