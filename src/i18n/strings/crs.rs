//! Texts of coordinate systems: which one a file is in, how exactly that is known, and what is asked where it is not.

use serde::Deserialize;

use super::Template;

/// The coordinate system of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrsTexts {
    /// A code, a name and the accuracy.
    pub line: Template,
    /// The same of a system without a code.
    pub line_named: Template,
    pub as_file: String,
    /// In metres.
    pub within: Template,
    /// By metres, and the code of the operation.
    pub shifted: Template,
    /// The offset's name, and metres.
    pub offset: Template,
    pub swapped: String,
    pub unknown: Template,
    pub unnamed: String,
    pub ask_metres: String,
    pub ask_swapped: String,
    pub ask_arctic: String,
    pub ask_degrees: String,
    pub as_degrees: String,
    pub swap: String,
    pub keep: String,
    pub other: String,
    /// A code and a name.
    pub guess: Template,
    pub guess_swapped: Template,
    /// The offset's name.
    pub offer: Template,
    /// In metres.
    pub offer_shift: Template,
    /// In place of the accuracy.
    pub far: String,
    pub code_or_name: String,
}
