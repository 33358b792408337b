//! The three languages of the atlas: what is said in each, and how numbers and dates are written.
//!
//! Invariant: no sentence of the window stands in Rust; they all stand in `assets/i18n`. The command line complains
//! in English, beside the code that finds the fault.

mod fold;
mod number;
pub mod strings;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use fold::{fold, fold_words};
pub use number::{decimal, integer, kilometres};
pub use strings::{Strings, Template};

/// A language of the interface and of the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Zh,
    Ko,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::En, Self::Zh, Self::Ko];

    /// The two letters of ISO 639-1.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Ko => "ko",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Zh => "中文",
            Self::Ko => "한국어",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == text)
            .ok_or_else(|| format!("{text} is not a language of the atlas; use en, zh or ko"))
    }
}

/// The same words in the three languages; a file that lacks one does not parse.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    pub en: String,
    pub zh: String,
    pub ko: String,
}

impl Localized {
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
            Language::Ko => &self.ko,
        }
    }

    /// All three, English first.
    #[must_use]
    pub fn all(&self) -> [&str; 3] {
        [&self.en, &self.zh, &self.ko]
    }
}
