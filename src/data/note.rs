//! A person's own pins and what they wrote beside them.

use serde_json::{Map, Value};

use crate::geo::LonLat;

/// A pin with what was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub at: LonLat,
    pub title: String,
    pub text: String,
    /// A day as `2026-11-26`; empty where it is not known.
    pub created: String,
    /// What else its file says of it, kept as it is.
    pub rest: Map<String, Value>,
}

/// All notes of a person, in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    pub list: Vec<Note>,
    /// Features of the file that are no pins, kept as they are.
    pub others: Vec<Value>,
}
