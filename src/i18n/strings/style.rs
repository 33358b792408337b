//! Texts of how an opened file is drawn.

use serde::Deserialize;

use super::{Counted, Template};

/// The style of a file, and its legend.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StyleTexts {
    pub title: Template,
    pub name: String,
    pub colour: Template,
    pub one: String,
    pub values: String,
    pub numbers: String,
    pub own: String,
    pub property: String,
    pub method: String,
    pub quantile: String,
    pub equal: String,
    pub natural: String,
    pub classes: Counted,
    pub fewer: String,
    pub more: String,
    pub opacity: String,
    pub reading: String,
    pub no_properties: String,
    pub no_numbers: String,
    pub range: Template,
    pub others: Counted,
    pub missing: String,
    pub raise: String,
    pub lower: String,
}
