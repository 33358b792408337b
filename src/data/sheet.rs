//! A table of text as a person wrote it, before anything of it has a place.

use super::{Problem, ProblemKind, Spot};

/// A table as its file has it; all rows are as wide as the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Each different from all others; what has no name is called by its number.
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The line on which each row begins, from 1.
    pub lines: Vec<u64>,
    pub delimiter: u8,
    /// The encoding, which may be guessed.
    pub encoding: &'static str,
    /// In the order of their lines.
    pub problems: Vec<SheetProblem>,
}

/// What is wrong with a line, or was decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetProblem {
    /// From 1.
    pub line: u64,
    pub kind: SheetProblemKind,
}

/// What is wrong with a line of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetProblemKind {
    /// It has so many cells more than the header; they are left out.
    Extra(usize),
    /// It has so many cells less than the header; those are empty.
    Missing(usize),
    /// It stands above the header and is much narrower: a title, not a row.
    AboveHeader,
    /// Bytes that are no text in the file's encoding.
    Encoding,
    /// It has a quote that nothing closes; it is read as a sign like any other.
    OpenQuote,
}

/// Why nothing of a table can be read. As an error it speaks English, for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    #[error("line 1: the table is empty")]
    Empty,
    /// A header, and nothing below it.
    #[error("line {line}: no row follows the header")]
    NoRows { line: u64 },
    /// A spreadsheet's own format.
    #[error("line 1: this is a workbook, not delimited text")]
    Workbook,
    #[error("line {line}: not text")]
    NotText { line: u64 },
}

impl SheetProblem {
    /// The same as a problem of a file, at the begin of its line; `None` where it is no fault.
    #[must_use]
    pub fn placed(self) -> Option<Problem> {
        let kind = match self.kind {
            SheetProblemKind::Extra(_) | SheetProblemKind::Missing(_) => ProblemKind::Ragged,
            SheetProblemKind::Encoding => ProblemKind::Encoding,
            SheetProblemKind::OpenQuote => ProblemKind::OpenQuote,
            SheetProblemKind::AboveHeader => return None,
        };
        let spot = Some(Spot::Line { line: self.line, column: 1 });
        Some(Problem { kind, feature: None, byte: 0, spot })
    }
}

impl Sheet {
    /// The cells of a column, from top to bottom.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.get(column).map_or("", String::as_str))
    }
}
