//! What the check before a show can find, with its step.

use crate::i18n::{Language, Strings};

/// Something to mend, or to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// By its place from 0; `None` is about the whole tour.
    pub step: Option<usize>,
    /// Of the tour's file, from 1; 0 where the tour was never read from one.
    pub line: u64,
    pub what: What,
}

/// What it is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    UnknownId {
        id: String,
        nearest: Vec<String>,
    },
    UnknownLayer {
        name: String,
        nearest: Vec<String>,
    },
    UnknownSource(String),
    UnknownFilter(String),
    UnknownViewpoint(String),
    /// By what it is of.
    EmptyFilter(String),
    BadFilter {
        of: String,
        reason: String,
    },
    NoPlace(String),
    MissingFile(String),
    BrokenFile {
        name: String,
        reason: String,
    },
    /// Characters that no font of the atlas has.
    NoGlyph {
        text: String,
        language: Language,
    },
    /// The smallest text on the map, in points.
    SmallText(f32),
    /// The least contrast of a text to its halo, 1 to 21.
    FaintText(f32),
    /// Title and caption take more than their card.
    LongCaption(Language),
    NoTitle,
    NoSource,
    /// Told in other languages, but not in this one.
    NoWords(Language),
    /// Seconds that the steps take, and that are planned.
    Time {
        takes: u32,
        planned: u32,
    },
}

impl Finding {
    /// Whether the show goes well all the same.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        matches!(self.what, What::NoWords(_) | What::Time { .. })
    }

    /// `Step 3, line 41`.
    #[must_use]
    pub fn place(&self, strings: &Strings) -> String {
        let texts = &strings.flight;
        let Some(step) = self.step else { return texts.of_tour.clone() };
        let number = (step + 1).to_string();
        if self.line == 0 {
            return texts.at_step_alone.fill("n", &number);
        }
        texts.at_step.fill_all(&[("n", &number), ("line", &self.line.to_string())])
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn told(&self, strings: &Strings) -> String {
        let texts = &strings.flight;
        match &self.what {
            What::UnknownId { id, nearest } => {
                texts.unknown_id.fill_all(&[("id", id), ("nearest", &listed(nearest))])
            }
            What::UnknownLayer { name, nearest } => {
                texts.unknown_layer.fill_all(&[("name", name), ("nearest", &listed(nearest))])
            }
            What::UnknownSource(id) => texts.unknown_source.fill("id", id),
            What::UnknownFilter(name) => texts.unknown_filter.fill("name", name),
            What::UnknownViewpoint(name) => texts.unknown_viewpoint.fill("name", name),
            What::EmptyFilter(name) => texts.empty_filter.fill("name", name),
            What::BadFilter { of, reason } => texts.bad_filter.fill_all(&[("name", of), ("reason", reason)]),
            What::NoPlace(id) => texts.no_place.fill("id", id),
            What::MissingFile(name) => texts.missing_file.fill("name", name),
            What::BrokenFile { name, reason } => {
                texts.broken_file.fill_all(&[("name", name), ("reason", reason)])
            }
            What::NoGlyph { text, language } => {
                texts.no_glyph.fill_all(&[("text", text), ("language", language.own_name())])
            }
            What::SmallText(points) => texts.small.fill("value", &format!("{points:.1}")),
            What::FaintText(ratio) => texts.faint.fill("value", &format!("{ratio:.1}")),
            What::LongCaption(language) => texts.long.fill("language", language.own_name()),
            What::NoTitle => texts.no_title.clone(),
            What::NoSource => texts.no_source.clone(),
            What::NoWords(language) => texts.no_words.fill("language", language.own_name()),
            What::Time { takes, planned } => {
                texts.time.fill_all(&[("time", &minutes(*takes)), ("total", &minutes(*planned))])
            }
        }
    }
}

fn listed(nearest: &[String]) -> String {
    if nearest.is_empty() { "–".to_owned() } else { nearest.join(", ") }
}

/// `8:12`.
fn minutes(secs: u32) -> String {
    format!("{}:{:02}", secs / 60, secs % 60)
}
