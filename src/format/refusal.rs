//! Why nothing of a file can be shown, and what to do about it.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::data::ProblemKind;
use crate::i18n::{Language, Strings};

/// A file of which nothing can be shown. As an error it speaks English, after the file's path.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    pub path: PathBuf,
    pub fault: Fault,
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The system does not give it; `message` is the system's own.
    Open {
        kind: ErrorKind,
        message: String,
    },
    /// A pipe or a device.
    NotAFile,
    /// Bytes of memory that it may need, and that are free.
    TooLarge {
        needed: u64,
        free: u64,
    },
    Empty,
    UnknownFormat,
    /// Line and column from 1.
    Syntax {
        line: u64,
        column: u64,
        what: ProblemKind,
    },
    /// The watch wanted no more of it.
    Stopped,
    /// The system has no thread left for its reader.
    NoThread {
        message: String,
    },
}

impl ReadError {
    pub(super) fn new(path: &Path, fault: Fault) -> Self {
        Self { path: path.to_owned(), fault }
    }

    pub(super) fn open(path: &Path, error: &std::io::Error) -> Self {
        Self::new(path, Fault::Open { kind: error.kind(), message: error.to_string() })
    }
}

impl Fault {
    /// In words, as the end of a line or a line of its own.
    #[must_use]
    pub fn told(&self, strings: &Strings) -> String {
        let texts = &strings.refusals;
        match self {
            Self::Open { kind: ErrorKind::NotFound, .. } => texts.not_found.clone(),
            Self::Open { kind: ErrorKind::PermissionDenied, .. } => texts.not_allowed.clone(),
            Self::Open { kind: ErrorKind::IsADirectory, .. } => texts.folder.clone(),
            Self::Open { message, .. } | Self::NoThread { message } => texts.system.fill("message", message),
            Self::NotAFile => texts.not_a_file.clone(),
            Self::TooLarge { needed, free } => {
                texts.too_large.fill_all(&[("needed", &gigabytes(*needed)), ("free", &gigabytes(*free))])
            }
            Self::Empty => texts.empty.clone(),
            Self::UnknownFormat => texts.unknown_format.clone(),
            Self::Syntax { line, column, what } => super::placed(&strings.problems, (*line, *column), *what),
            Self::Stopped => texts.stopped.clone(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.fault.told(Strings::embedded(Language::En)))
    }
}

impl std::error::Error for ReadError {}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e9)
}
