//! What the file doctor says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Template;

/// The doctor's panel and its findings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoctorTexts {
    pub title: String,
    pub in_kinds: Template,
    pub sound: String,
    pub first_feature: Template,
    pub first_byte: Template,
    pub place: Template,
    pub with_detail: Template,
    pub examine: String,
    pub mend: String,
    pub log_title: Template,
    /// By the keys of kinds of faults; a test of the doctor holds that all are there.
    pub names: BTreeMap<String, String>,
    /// By the keys of what was done.
    pub fixes: BTreeMap<String, String>,
}
