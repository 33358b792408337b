//! What rounds leave behind: a person's answers as CSV (RFC 4180), and the CSVs of many people counted together.
//!
//! Invariant: no cell that is written is a formula to a spreadsheet, and what is written is read back as it was.

use std::collections::BTreeMap;

use super::{Answer, Round};
use crate::atlas::Id;
use crate::catalog::{Catalog, words};
use crate::i18n::Language;

/// The columns as they are written; they are read in any order.
const COLUMNS: [&str; 8] =
    ["person", "question", "kind", "asked", "right_answer", "answer", "is_right", "distance_km"];
/// A cell that begins with one of these is run by some spreadsheet.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A row for each answer. A thing is its id, a space and its name; a place is degrees east and north;
/// a skipped question has no answer.
#[must_use]
pub fn results_csv(round: &Round, catalog: &Catalog, language: Language) -> String {
    let called = |id: &Id| format!("{id} {}", words::short_name(catalog, id, language));
    let mut out = record(COLUMNS.map(str::to_owned));
    for (number, (question, given)) in round.quiz.questions.iter().zip(round.given()).enumerate() {
        let right = match question.place(catalog) {
            Some(place) => degrees(place.lon, place.lat),
            None => called(question.right()),
        };
        let answer = match &given.answer {
            Answer::Position(place) => degrees(place.lon, place.lat),
            Answer::Choice(id) => called(id),
            Answer::Skipped => String::new(),
        };
        let distance = given.verdict.distance_km.map(|km| format!("{km:.1}"));
        out += &record([
            round.person.clone(),
            (number + 1).to_string(),
            question.kind().to_owned(),
            called(question.asked()),
            right,
            answer,
            given.verdict.is_right.to_string(),
            distance.unwrap_or_default(),
        ]);
    }
    out
}

fn degrees(lon: f64, lat: f64) -> String {
    format!("{lon:.4},{lat:.4}")
}

fn record(values: [String; COLUMNS.len()]) -> String {
    values.map(|value| cell(&value)).join(",") + "\r\n"
}

fn cell(value: &str) -> String {
    let safe = if is_run(value) { format!("'{value}") } else { value.to_owned() };
    let is_quoted = safe.contains(['"', ',', '\r', '\n']);
    if is_quoted { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// What [`cell`] was given, without its quotes.
fn plain(value: &str) -> &str {
    value.strip_prefix('\'').filter(|_| is_run(value)).unwrap_or(value)
}

/// Apostrophes before it count as part of it, else one that is a person's own would get lost.
fn is_run(value: &str) -> bool {
    value.trim_start_matches('\'').starts_with(RUN)
}

/// How many of so many questions were answered right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub right: usize,
    pub asked: usize,
}

/// How a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonTally {
    pub person: String,
    pub tally: Tally,
}

/// How a question did with everyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionTally {
    /// `place`, `corridor` or `neighbour`.
    pub kind: String,
    /// The id of what it asks about, as the file has it.
    pub asked: String,
    pub tally: Tally,
}

/// The answers of many people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pooled {
    /// By name.
    pub people: Vec<PersonTally>,
    /// The hardest first: the least share of right answers; of equals, the one asked more often.
    pub questions: Vec<QuestionTally>,
}

/// Why a file's answers cannot be counted. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolFault {
    #[error("{file} line {line}: there is no column {column}")]
    NoColumn { file: String, line: usize, column: &'static str },
    #[error("{file} line {line}: {column} is empty")]
    NoValue { file: String, line: usize, column: &'static str },
    #[error("{file} line {line}: is_right is {found:?}, neither true nor false")]
    NotTrueOrFalse { file: String, line: usize, found: String },
    #[error("{file} line {line}: the quote that opens here does not close")]
    OpenQuote { file: String, line: usize },
}

/// One row of a file, as far as it is counted.
struct Row {
    person: String,
    kind: String,
    asked: String,
    is_right: bool,
}

/// A line of the file and the cells of the record that begins there.
type Record = (usize, Vec<String>);

/// Counts the answers in several files, each a name and its text. A person of the same name in two files is one;
/// answers without a name are those of the file.
pub fn pool(texts: &[(&str, &str)]) -> Result<Pooled, PoolFault> {
    let mut people: BTreeMap<String, Tally> = BTreeMap::new();
    let mut questions: BTreeMap<(String, String), Tally> = BTreeMap::new();
    for &(file, text) in texts {
        for row in rows(file, text)? {
            let person = people.entry(row.person).or_default();
            let question = questions.entry((row.kind, row.asked)).or_default();
            for tally in [person, question] {
                tally.right += usize::from(row.is_right);
                tally.asked += 1;
            }
        }
    }
    let people = people.into_iter().map(|(person, tally)| PersonTally { person, tally }).collect();
    let questions = questions.into_iter();
    let mut questions: Vec<QuestionTally> =
        questions.map(|((kind, asked), tally)| QuestionTally { kind, asked, tally }).collect();
    questions.sort_by(|a, b| {
        let (a, b) = (a.tally, b.tally);
        (a.right * b.asked).cmp(&(b.right * a.asked)).then(b.asked.cmp(&a.asked))
    });
    Ok(Pooled { people, questions })
}

fn rows(file: &str, text: &str) -> Result<Vec<Row>, PoolFault> {
    let records = records(text.strip_prefix('\u{feff}').unwrap_or(text));
    let records = records.map_err(|line| PoolFault::OpenQuote { file: file.to_owned(), line })?;
    let mut records = records.into_iter();
    let (line, header) = records.next().unwrap_or((1, Vec::new()));
    let column = |column: &'static str| {
        let at = header.iter().position(|name| name.trim() == column);
        at.ok_or_else(|| PoolFault::NoColumn { file: file.to_owned(), line, column })
    };
    let [person, kind, asked, is_right] =
        [column("person")?, column("kind")?, column("asked")?, column("is_right")?];
    let row = |(line, cells): Record| {
        let cell = |at: usize| cells.get(at).map_or("", |cell| plain(cell));
        let filled = |at: usize, column: &'static str| match cell(at) {
            "" => Err(PoolFault::NoValue { file: file.to_owned(), line, column }),
            value => Ok(value.to_owned()),
        };
        let is_right = filled(is_right, "is_right")?;
        let is_right = match is_right.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => return Err(PoolFault::NotTrueOrFalse { file: file.to_owned(), line, found: is_right }),
        };
        let person = if cell(person).is_empty() { file } else { cell(person) };
        let mut asked = filled(asked, "asked")?;
        // The name after it is in the person's own language.
        asked.truncate(asked.find(' ').unwrap_or(asked.len()));
        Ok(Row { person: person.to_owned(), kind: filled(kind, "kind")?, asked, is_right })
    };
    records.map(row).collect()
}

/// The records of a CSV without the empty lines; `Err` is the line of a quote that does not close.
fn records(text: &str) -> Result<Vec<Record>, usize> {
    let mut records = Vec::new();
    let (mut line, mut start) = (1, 1);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let mut quoted_since = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek();
        match (letter, quoted_since) {
            ('"', Some(_)) if next == Some(&'"') => cell.extend(letters.next()),
            ('"', Some(_)) => quoted_since = None,
            ('"', None) if cell.is_empty() => quoted_since = Some(line),
            (',', None) => cells.push(std::mem::take(&mut cell)),
            ('\r', None) if next == Some(&'\n') => {}
            ('\n', None) => {
                cells.push(std::mem::take(&mut cell));
                records.push((start, std::mem::take(&mut cells)));
                line += 1;
                start = line;
            }
            _ => {
                line += usize::from(letter == '\n');
                cell.push(letter);
            }
        }
    }
    if let Some(line) = quoted_since {
        return Err(line);
    }
    cells.push(cell);
    records.push((start, cells));
    records.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    Ok(records)
}
