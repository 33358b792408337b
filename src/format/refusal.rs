//! Why nothing of a file can be shown, and what to do about it.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::data::{Fault, FilterErrorKind, SheetFault};
use crate::i18n::{Language, Strings};

/// A file of which nothing can be shown. As an error it speaks English, after the file's path.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    pub path: PathBuf,
    pub fault: Fault,
}

impl ReadError {
    pub(super) fn new(path: &Path, fault: Fault) -> Self {
        Self { path: path.to_owned(), fault }
    }

    pub(super) fn open(path: &Path, error: &std::io::Error) -> Self {
        Self::new(path, Fault::Open { kind: error.kind(), message: error.to_string() })
    }
}

/// Why a filter is not understood, in words.
#[must_use]
pub fn filter_fault(strings: &Strings, kind: FilterErrorKind) -> &str {
    let strings = &strings.table;
    match kind {
        FilterErrorKind::WantsColumn => &strings.wants_column,
        FilterErrorKind::WantsOperator => &strings.wants_operator,
        FilterErrorKind::WantsValue => &strings.wants_value,
        FilterErrorKind::WantsEnd => &strings.wants_end,
        FilterErrorKind::WantsBracket => &strings.wants_bracket,
        FilterErrorKind::WantsQuote => &strings.wants_quote,
        FilterErrorKind::UnknownColumn => &strings.unknown_column,
        FilterErrorKind::TooDeep => &strings.too_deep,
    }
}

/// A fault in words, as the end of a line or a line of its own.
#[must_use]
pub fn refused(strings: &Strings, fault: &Fault) -> String {
    let texts = &strings.refusals;
    match fault {
        Fault::Open { kind: ErrorKind::NotFound, .. } => texts.not_found.clone(),
        Fault::Open { kind: ErrorKind::PermissionDenied, .. } => texts.not_allowed.clone(),
        Fault::Open { kind: ErrorKind::IsADirectory, .. } => texts.folder.clone(),
        Fault::Open { message, .. } | Fault::NoThread { message } => texts.system.fill("message", message),
        Fault::NotAFile => texts.not_a_file.clone(),
        Fault::TooLarge { needed, free } => {
            texts.too_large.fill_all(&[("needed", &gigabytes(*needed)), ("free", &gigabytes(*free))])
        }
        Fault::Address => texts.address.clone(),
        Fault::Empty => texts.empty.clone(),
        Fault::UnknownFormat => texts.unknown_format.clone(),
        Fault::Syntax { line, column, what } => super::placed(&strings.problems, (*line, *column), *what),
        Fault::Broken { format, spot, what } => {
            let reason = match spot {
                Some(spot) => super::at_spot(&strings.problems, *spot, *what),
                None => super::reason(&strings.problems, *what).clone(),
            };
            texts.broken.fill_all(&[("format", format), ("reason", &reason)])
        }
        Fault::NoFeatures { format } => texts.no_features.fill("format", format),
        Fault::Geometry { name } => texts.geometry.fill("name", name),
        Fault::Archive => texts.archive.clone(),
        Fault::Unpacked { most } => texts.unpacked.fill("most", &gigabytes(*most)),
        Fault::DatabaseBroken => texts.database_broken.clone(),
        Fault::Database { message } => texts.database.fill("message", message),
        Fault::Sheet(fault) => sheet(strings, *fault),
        Fault::NoPlaces => texts.no_places.clone(),
        Fault::Stopped => texts.stopped.clone(),
        Fault::Network { message } | Fault::Tiles { message } => message.clone(),
        Fault::NotAsked => texts.not_asked.clone(),
        Fault::Stumbled => texts.stumbled.clone(),
    }
}

fn sheet(strings: &Strings, fault: SheetFault) -> String {
    let texts = &strings.refusals;
    let at = |line: u64, reason: &String| {
        strings.files.at_line.fill_all(&[("line", &line.to_string()), ("reason", reason)])
    };
    match fault {
        SheetFault::Empty => texts.sheet_empty.clone(),
        SheetFault::Workbook => texts.sheet_workbook.clone(),
        SheetFault::NoRows { line } => at(line, &texts.sheet_no_rows),
        SheetFault::NotText { line } => at(line, &texts.sheet_not_text),
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), refused(Strings::embedded(Language::En), &self.fault))
    }
}

impl std::error::Error for ReadError {}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e9)
}
