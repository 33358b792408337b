//! Every text of the interface, as a typed table: a missing or extra key fails to parse, in any language.

use serde::Deserialize;

/// The texts of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strings {
    pub app_name: String,
}

/// A text with holes: `{n} selected`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Template(String);

impl Template {
    /// The text with `{name}` replaced by `value`.
    #[must_use]
    pub fn fill(&self, name: &str, value: &str) -> String {
        self.0.replace(&format!("{{{name}}}"), value)
    }
}
