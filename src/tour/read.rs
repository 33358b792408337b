//! Reads a tour from its text: every fault with its line, rather than the first alone.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use super::{Aim, Look, Step, Tour, Words};
use crate::atlas::Id;

/// Tours of this version are read.
const VERSION: u32 = 1;
/// More than any evening needs; a text with more is something else.
const MOST_STEPS: usize = 500;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: u64,
    pub wrong: Wrong,
}

/// What can be wrong in the text of a tour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is no TOML, or not in the form of a tour: what the parser says.
    Form(String),
    Version(u32),
    NoSteps,
    TooManySteps,
    /// A value that cannot be read: which, how it stands there, and what was expected.
    Value {
        key: &'static str,
        text: String,
        expected: String,
    },
    /// It ends before it begins.
    Months,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(what) => f.write_str(what),
            Self::Version(version) => {
                write!(f, "this is a tour of version {version}; this program reads version {VERSION}")
            }
            Self::NoSteps => f.write_str("there is no [[step]]"),
            Self::TooManySteps => write!(f, "there are more than {MOST_STEPS} steps"),
            Self::Value { key, text, expected } => write!(f, "{key} = {text:?}: {expected}"),
            Self::Months => f.write_str("from is later than until"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTour {
    tour: Spanned<u32>,
    id: Option<String>,
    minutes: Option<u32>,
    title: Words,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default, rename = "step")]
    steps: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    title: Spanned<Words>,
    #[serde(default)]
    caption: Words,
    #[serde(default)]
    notes: Words,
    seconds: Option<u32>,
    at: Option<Spanned<String>>,
    select: Option<Spanned<String>>,
    layers: Option<Vec<String>>,
    #[serde(default)]
    hide: Vec<String>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    viewpoint: Option<String>,
    #[serde(default)]
    filters: BTreeMap<String, String>,
    #[serde(default)]
    sources: Vec<String>,
}

/// The tour that `text` is.
///
/// # Errors
/// Every fault that was found, in the order of the lines.
pub fn read(text: &str) -> Result<Tour, Vec<Fault>> {
    let raw: RawTour = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![Fault { line: line(text, at), wrong: Wrong::Form(plain(error.message())) }]
    })?;
    let mut reader = Reader { text, faults: Vec::new() };
    let version = *raw.tour.get_ref();
    if version != VERSION {
        reader.fault(raw.tour.span().start, Wrong::Version(version));
    }
    if raw.steps.is_empty() {
        reader.fault(text.len(), Wrong::NoSteps);
    }
    if raw.steps.len() > MOST_STEPS {
        reader.fault(0, Wrong::TooManySteps);
    }
    let steps = raw.steps.into_iter().take(MOST_STEPS).map(|step| reader.step(step)).collect();
    let Reader { mut faults, .. } = reader;
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.line);
        return Err(faults);
    }
    Ok(Tour { id: raw.id, title: raw.title, minutes: raw.minutes, files: raw.files, steps })
}

struct Reader<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, wrong: Wrong) {
        self.faults.push(Fault { line: line(self.text, at), wrong });
    }

    fn step(&mut self, raw: RawStep) -> Step {
        let at = raw.title.span().start;
        let look = Look {
            at: self.value::<Aim>("at", raw.at),
            select: self.value::<Id>("select", raw.select),
            layers: raw.layers,
            hide: raw.hide,
            from: self.value("from", raw.from),
            until: self.value("until", raw.until),
            viewpoint: raw.viewpoint,
            filters: raw.filters,
        };
        if look.from.zip(look.until).is_some_and(|(from, until)| from > until) {
            self.fault(at, Wrong::Months);
        }
        Step {
            title: raw.title.into_inner(),
            caption: raw.caption,
            notes: raw.notes,
            seconds: raw.seconds,
            look,
            sources: raw.sources,
            line: line(self.text, at),
        }
    }

    fn value<T: FromStr<Err: fmt::Display>>(
        &mut self,
        key: &'static str,
        text: Option<Spanned<String>>,
    ) -> Option<T> {
        let text = text?;
        let at = text.span().start;
        match text.get_ref().parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let expected = error.to_string();
                self.fault(at, Wrong::Value { key, text: text.into_inner(), expected });
                None
            }
        }
    }
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> u64 {
    let before = &text.as_bytes()[..at.min(text.len())];
    memchr::memchr_iter(b'\n', before).count() as u64 + 1
}

/// On one line.
fn plain(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
