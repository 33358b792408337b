//! Delimited text cut into cells, and which delimiter cuts it best.
//!
//! Invariant: a record knows the line on which it begins, whatever line breaks stand inside its quotes.

use memchr::{memchr, memchr3};

/// What may stand between cells; of two that cut equally well the first is taken.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many records say which it is.
const LOOKED_AT: usize = 20;

/// The cells of one record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// From 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
    /// It has a quote that nothing closes.
    pub(super) has_open_quote: bool,
}

/// Walks over text record by record.
#[derive(Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
    line: u64,
    /// A quote was never closed: it and those that follow are signs like any other.
    is_literal: bool,
}

impl<'a> Records<'a> {
    /// `delimiter` is ASCII; `line` is the number of the text's first line.
    pub(super) fn new(text: &'a str, delimiter: u8, line: u64) -> Self {
        Self { text, delimiter, at: 0, line, is_literal: false }
    }

    /// The next cell, and whether another follows in the same record.
    fn cell(&mut self) -> (String, bool) {
        let bytes = self.text.as_bytes();
        let mut cell = String::new();
        let spaces = bytes[self.at..].iter().take_while(|byte| **byte == b' ').count();
        if !self.is_literal && bytes.get(self.at + spaces) == Some(&b'"') {
            let start = (self.at, self.line);
            self.at += spaces + 1;
            if !self.quoted(&mut cell) {
                cell.clear();
                (self.at, self.line) = start;
                self.is_literal = true;
            }
        }
        let rest = &bytes[self.at..];
        let length = memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
        cell.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
        let Some(&end) = bytes.get(self.at) else { return (cell, false) };
        self.at += 1;
        if end == self.delimiter {
            return (cell, true);
        }
        self.at += usize::from(end == b'\r' && bytes.get(self.at) == Some(&b'\n'));
        self.line += 1;
        (cell, false)
    }

    /// From behind an opening quote to behind the closing one; whether there is one.
    fn quoted(&mut self, cell: &mut String) -> bool {
        let bytes = self.text.as_bytes();
        loop {
            let Some(length) = memchr(b'"', &bytes[self.at..]) else { return false };
            let piece = &self.text[self.at..self.at + length];
            self.line += line_breaks(piece);
            cell.push_str(piece);
            self.at += length + 1;
            if bytes.get(self.at) != Some(&b'"') {
                return true;
            }
            cell.push('"');
            self.at += 1;
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = Record { line: self.line, ..Record::default() };
        let was_literal = self.is_literal;
        loop {
            let (cell, goes_on) = self.cell();
            record.cells.push(cell);
            if !goes_on {
                record.has_open_quote = self.is_literal && !was_literal;
                return Some(record);
            }
        }
    }
}

/// How many lines end in a text, however they do.
pub(super) fn line_breaks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let is_break =
        |&at: &usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    (0..bytes.len()).filter(is_break).count() as u64
}

/// The delimiter that cuts the first records into equally many cells; a comma where none cuts.
pub(super) fn sniffed(text: &str) -> u8 {
    let mut best = (DELIMITERS[0], 0.0, 1);
    for delimiter in DELIMITERS {
        let widths = widths(text, delimiter);
        let Some(width) = most_common(&widths).filter(|width| *width > 1) else { continue };
        let share = widths.iter().filter(|one| **one == width).count() as f64 / widths.len() as f64;
        if share > best.1 || (share == best.1 && width > best.2) {
            best = (delimiter, share, width);
        }
    }
    best.0
}

/// The number of cells that most of the first records have.
pub(super) fn common_width(text: &str, delimiter: u8) -> Option<usize> {
    most_common(&widths(text, delimiter))
}

/// The number of cells of each of the first records that are not blank.
pub(super) fn widths(text: &str, delimiter: u8) -> Vec<usize> {
    let records = Records::new(text, delimiter, 1);
    let full = records.filter(|record| record.cells.iter().any(|cell| !cell.trim().is_empty()));
    full.take(LOOKED_AT).map(|record| record.cells.len()).collect()
}

/// The greatest of those that are equally common.
fn most_common(widths: &[usize]) -> Option<usize> {
    let count = |width: usize| widths.iter().filter(|one| **one == width).count();
    widths.iter().copied().max_by_key(|width| (count(*width), *width))
}
