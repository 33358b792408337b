//! Reads delimited text, whoever wrote it: the encoding and the delimiter are found out from the bytes.
//!
//! Invariant: every cell is as it is written, and what cannot be kept is a problem with its line.

mod encoding;
mod records;

use std::collections::HashSet;

use crate::data::{Sheet, SheetFault, SheetProblem, SheetProblemKind};
pub(super) use encoding::guessed;
pub use encoding::recoded;
use records::{Record, Records, sniffed};

/// Reads a table; its first record names the columns.
pub fn read_csv(bytes: &[u8]) -> Result<Sheet, SheetFault> {
    let decoded = encoding::decode(bytes)?;
    let (hinted, text, first_line) = hint(&decoded.text);
    let delimiter = hinted.unwrap_or_else(|| sniffed(text));
    let mut problems = Vec::new();
    if let Some(at) = decoded.first_bad {
        let line = 1 + records::line_breaks(&decoded.text[..at]);
        problems.push(SheetProblem { line, kind: SheetProblemKind::Encoding });
    }
    let mut records = Records::new(text, delimiter, first_line).filter(|record| !is_blank(record)).peekable();
    let width = records::common_width(text, delimiter).unwrap_or(1);
    let header = loop {
        let record = records.next().ok_or(SheetFault::Empty)?;
        if record.has_open_quote {
            problems.push(SheetProblem { line: record.line, kind: SheetProblemKind::OpenQuote });
        }
        if record.cells.len() * 2 > width || records.peek().is_none() {
            break record;
        }
        problems.push(SheetProblem { line: record.line, kind: SheetProblemKind::AboveHeader });
    };
    let mut sheet = Sheet {
        columns: unique(&header.cells),
        rows: Vec::new(),
        lines: Vec::new(),
        delimiter,
        encoding: decoded.name,
        problems,
    };
    for record in records {
        sheet.push(record);
    }
    sheet.drop_empty_end();
    sheet.problems.sort_by_key(|problem| problem.line);
    if sheet.rows.is_empty() { Err(SheetFault::NoRows { line: header.line }) } else { Ok(sheet) }
}

impl Sheet {
    fn push(&mut self, record: Record) {
        let (width, mut cells) = (self.columns.len(), record.cells);
        let mut problem = |kind| self.problems.push(SheetProblem { line: record.line, kind });
        if record.has_open_quote {
            problem(SheetProblemKind::OpenQuote);
        }
        if cells.len() < width {
            problem(SheetProblemKind::Missing(width - cells.len()));
        }
        // A delimiter at the end of each line says nothing.
        let extra = cells.iter().skip(width).filter(|cell| !cell.trim().is_empty()).count();
        if extra > 0 {
            problem(SheetProblemKind::Extra(extra));
        }
        cells.resize(width, String::new());
        self.rows.push(cells);
        self.lines.push(record.line);
    }

    /// Spreadsheets write the rows below the last one as delimiters alone.
    fn drop_empty_end(&mut self) {
        let is_full = |row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
        let kept = self.rows.iter().rposition(is_full).map_or(0, |last| last + 1);
        if let Some(&line) = self.lines.get(kept) {
            let is_missing = |problem: &SheetProblem| matches!(problem.kind, SheetProblemKind::Missing(_));
            self.problems.retain(|problem| problem.line < line || !is_missing(problem));
        }
        self.rows.truncate(kept);
        self.lines.truncate(kept);
    }
}

/// Whether the begin of a file looks like a table: most of its first records are as wide as the header, and that has
/// more than one cell.
pub(super) fn seems_table(head: &[u8]) -> bool {
    let Ok(decoded) = encoding::decode(head) else { return false };
    let (hinted, text, _) = hint(&decoded.text);
    let widths = records::widths(text, hinted.unwrap_or_else(|| sniffed(text)));
    let [header, rows @ ..] = widths.as_slice() else { return false };
    *header > 1 && rows.iter().filter(|row| *row == header).count() * 2 > rows.len()
}

/// The delimiter that spreadsheets write into a first line of its own (`sep=;`), the text below, and its line.
fn hint(text: &str) -> (Option<u8>, &str, u64) {
    let Some(rest) = text.strip_prefix("sep=") else { return (None, text, 1) };
    let Some((delimiter, below)) = rest.split_once('\n') else { return (None, text, 1) };
    match delimiter.trim_end_matches('\r').as_bytes() {
        [byte] if byte.is_ascii() => (Some(*byte), below, 2),
        _ => (None, text, 1),
    }
}

fn is_blank(record: &Record) -> bool {
    matches!(record.cells.as_slice(), [cell] if cell.trim().is_empty())
}

/// Names for columns, each once: `name`, `name 2`, `column 3`.
fn unique(names: &[String]) -> Vec<String> {
    // A name that stands in the file is not given to another column.
    let written: HashSet<&str> = names.iter().map(|name| name.trim()).collect();
    let mut taken = HashSet::new();
    let mut unique = Vec::with_capacity(names.len());
    for (index, name) in names.iter().map(|name| name.trim()).enumerate() {
        let base = if name.is_empty() { format!("column {}", index + 1) } else { name.to_owned() };
        let mut candidate = base.clone();
        let mut number = 1;
        while taken.contains(&candidate)
            || (candidate.as_str() != name && written.contains(candidate.as_str()))
        {
            number += 1;
            candidate = format!("{base} {number}");
        }
        taken.insert(candidate.clone());
        unique.push(candidate);
    }
    unique
}

#[cfg(test)]
mod tests;
