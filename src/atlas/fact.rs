//! A fact is never bare: what is said, who says it, when, and whether it is certain.

use serde::{Deserialize, Serialize};

use super::{Date, Id};
use crate::i18n::Localized;

/// One thing known about a feature, as every source that speaks of it tells it; never empty.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What the fact is about, the same word for the same thing everywhere: `area`, `opened`, `status` …
    pub key: String,
    /// The key as a person reads it.
    pub label: Localized,
    /// What is said; the first is shown where there is room for one.
    #[serde(deserialize_with = "non_empty")]
    pub cited: Vec<Cited>,
    /// How the document and a later check stand to each other, where both speak.
    #[serde(default)]
    pub agreement: Option<Agreement>,
    /// What happened when, rather than what is so: shown under "facts by year".
    #[serde(default)]
    pub is_event: bool,
}

/// What one or more sources say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    pub value: Localized,
    /// The area that the value tells, in square kilometres; `None` where it tells none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_km2: Option<f64>,
    /// When it was so; `None` where the source gives no year.
    #[serde(default)]
    pub as_of: Option<Date>,
    pub certain: bool,
    #[serde(default)]
    pub note: Option<Localized>,
    /// Whether this is the document's own word, a check on it, or neither.
    #[serde(default)]
    pub says: Says,
    #[serde(deserialize_with = "non_empty")]
    pub sources: Vec<Citation>,
    /// The features that this names, as links.
    #[serde(default)]
    pub related: Vec<Id>,
    /// How the value is made up of countries; empty where it is not.
    #[serde(default)]
    pub parts: Vec<Part>,
}

/// What of a value lies in one country.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// ISO 3166-1, two letters.
    pub country: String,
    /// In the unit of the value; more than 0.
    pub amount: f64,
}

/// A source and the place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The name in `sources.json`, without its kind: `opinion-2018`.
    pub id: String,
    /// Page, note, record or paragraph; `None` where the source is one page or one record.
    #[serde(default)]
    pub at: Option<String>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Says {
    Document,
    Check,
    #[default]
    Other,
}

/// How the document and the checks stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    Agree,
    Differ,
}

impl Fact {
    /// What is shown where there is room for one.
    #[must_use]
    pub fn shown(&self) -> &Cited {
        &self.cited[0]
    }

    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.agreement == Some(Agreement::Differ)
    }

    /// What `says` says of it.
    pub fn said_by(&self, says: Says) -> impl Iterator<Item = &Cited> {
        self.cited.iter().filter(move |cited| cited.says == says)
    }
}

fn non_empty<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    let items = Vec::deserialize(deserializer)?;
    if items.is_empty() {
        return Err(serde::de::Error::custom(
            "a fact needs at least one value, and a value at least one source",
        ));
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_a_source_does_not_parse() {
        let text = r#"{"key":"area","label":{"en":"a","zh":"b","ko":"c"},
            "cited":[{"value":{"en":"1","zh":"1","ko":"1"},"certain":true,"sources":[]}]}"#;
        let error = serde_json::from_str::<Fact>(text).expect_err("no source");
        assert!(error.to_string().contains("at least one source"), "{error}");
    }
}
