//! What the file doctor says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Counted, Template};

/// The doctor's panel and its findings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoctorTexts {
    pub title: String,
    /// By kinds; `all` counts what was found.
    pub in_kinds: Counted,
    pub error: String,
    pub warning: String,
    pub remark: String,
    pub sound: String,
    pub first_feature: Template,
    pub first_line: Template,
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

impl DoctorTexts {
    /// How much something matters, by the name that it has on the command line.
    #[must_use]
    pub fn severity(&self, name: &str) -> &str {
        match name {
            "error" => &self.error,
            "warning" => &self.warning,
            _ => &self.remark,
        }
    }
}
