//! Words of a tour: in the languages that their author wrote.

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};

use crate::i18n::Language;

/// A text in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    texts: [Option<String>; Language::ALL.len()],
}

impl Words {
    /// In `language`; else in one of the others, so that a step is never silent.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.own(language).or_else(|| self.texts.iter().flatten().next().map(String::as_str)).unwrap_or("")
    }

    /// In `language` and no other.
    #[must_use]
    pub fn own(&self, language: Language) -> Option<&str> {
        self.texts[place(language)].as_deref()
    }

    /// An empty text takes the language away.
    pub fn set(&mut self, language: Language, text: String) {
        self.texts[place(language)] = (!text.is_empty()).then_some(text);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(Option::is_none)
    }

    /// The languages that it has, with their texts.
    pub fn all(&self) -> impl Iterator<Item = (Language, &str)> {
        Language::ALL.into_iter().filter_map(|language| Some((language, self.own(language)?)))
    }

    /// In one language.
    #[must_use]
    pub fn of(language: Language, text: &str) -> Self {
        let mut words = Self::default();
        words.set(language, text.to_owned());
        words
    }
}

fn place(language: Language) -> usize {
    Language::ALL.iter().position(|other| *other == language).unwrap_or(0)
}

/// A table by language, or one text for all.
impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or a table with en, zh and ko")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Words, E> {
        Ok(Words::of(Language::En, text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut words = Words::default();
        while let Some(key) = map.next_key::<String>()? {
            let language = key.parse().map_err(serde::de::Error::custom)?;
            words.set(language, map.next_value()?);
        }
        Ok(words)
    }
}
