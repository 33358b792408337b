//! What outlives the window: everything that a person opened, chose and made, as plain text.
//!
//! Invariant: a session is made of the state and given back to it; whoever restores what was taken sees the same.
//! What undo takes back is the same, so whatever a session keeps can be undone.

mod restore;
mod take;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Compare, FileStyle, Measure, Panels, Placing, Settings};
use crate::atlas::Id;
use crate::data::Direction;
use crate::geo::LonLat;
use crate::tour::Look;

/// Sessions up to this version are read.
pub const SESSION_VERSION: u32 = 1;
/// How the names of project files end.
pub const PROJECT_ENDING: &str = ".atlas.json";
/// Files that are remembered after they were closed.
pub(super) const MOST_RECENT: usize = 12;
/// More layers than this nobody opened by hand.
const MOST_FILES: usize = 500;

/// The window as it was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub corridor_atlas_session: u32,
    /// The version of the program that wrote it.
    #[serde(default)]
    pub program: String,
    #[serde(default)]
    pub settings: Settings,
    #[serde(default)]
    pub look: Look,
    #[serde(default)]
    pub panels: Panels,
    /// The lowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<KeptFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<KeptTable>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strip: Option<KeptStrip>,
    #[serde(default)]
    pub compare: Compare,
    #[serde(default)]
    pub measure: Measure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tour: Option<KeptTour>,
    /// Files opened before, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<PathBuf>,
    /// A person's notes as `GeoJSON`; only in a project, for at home they have a file of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<serde_json::Value>,
}

/// A layer from a file, or from a text that stands in no file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFile {
    /// The middle part of its features' ids.
    pub key: String,
    pub name: String,
    pub path: PathBuf,
    /// What was pasted or joined: it stands nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Arc<str>>,
    pub style: FileStyle,
    #[serde(default = "yes")]
    pub is_visible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated_by: Option<String>,
    #[serde(default, skip_serializing_if = "Placing::is_plain")]
    pub placing: Placing,
}

/// The table under the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTable {
    /// A kind, or `file/` and the key of a file.
    pub of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<(String, Direction)>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub hidden: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

/// The strip under the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptStrip {
    pub corridor: Id,
    pub route: String,
}

/// The tour that is open, with what is not saved of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptTour {
    /// As its file has it.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    #[serde(default)]
    pub is_changed: bool,
    #[serde(default)]
    pub step: usize,
}

/// How much of a session is brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// What undo takes back: not where the map is looked at and at what, nor which sheets lie open.
    Made,
}

/// What went wrong with keeping the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionTrouble {
    /// It could not be read: its file has this name now, and the window starts fresh.
    SetAside(PathBuf),
    /// The system's own words: what is changed now is lost when the program ends.
    NotKept(String),
}

/// What can be asked of it.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionCommand {
    /// Everything as it was left.
    Restore(Box<Session>),
    /// The same from a project file, in place of what is open.
    Open(Box<Session>),
    /// Save what is open as a project, in a file that the person chooses.
    Save,
    /// How it goes with keeping it.
    Trouble(Option<SessionTrouble>),
}

/// Why a text is no session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionFault {
    /// Lines and columns count from 1.
    #[error("line {line}, column {column}: {what}")]
    Broken { line: usize, column: usize, what: String },
    /// Written by a later program.
    #[error("it was written by version {0} of the program")]
    Later(String),
}

const fn yes() -> bool {
    true
}

impl Session {
    /// The text that is kept.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// What a text says.
    ///
    /// # Errors
    /// Where it stops to be a session, or that a later program wrote it.
    pub fn from_json(text: &str) -> Result<Self, SessionFault> {
        #[derive(Deserialize)]
        struct Version {
            corridor_atlas_session: u32,
            #[serde(default)]
            program: String,
        }
        let broken = |error: serde_json::Error| SessionFault::Broken {
            line: error.line(),
            column: error.column(),
            what: error.to_string(),
        };
        let version: Version = serde_json::from_str(text).map_err(broken)?;
        if version.corridor_atlas_session > SESSION_VERSION {
            return Err(SessionFault::Later(version.program));
        }
        let mut session: Self = serde_json::from_str(text).map_err(broken)?;
        session.files.truncate(MOST_FILES);
        session.recent.truncate(MOST_RECENT);
        let is_there = |point: &LonLat| point.lon.abs() <= 180.0 && point.lat.abs() <= 90.0;
        session.measure.points.retain(is_there);
        Ok(session)
    }

    /// Whether a text may be one, by its begin.
    #[must_use]
    pub fn seems(text: &[u8]) -> bool {
        let head = &text[..text.len().min(256)];
        let name: &[u8] = b"\"corridor_atlas_session\"";
        head.windows(name.len()).any(|part| part == name)
    }

    /// Paths as seen from the folder in which the project lies, so that both can be moved and mailed together.
    pub fn make_relative(&mut self, folder: &Path) {
        self.each_path(|path| {
            if let Ok(rest) = path.strip_prefix(folder) {
                *path = rest.to_owned();
            }
        });
        self.recent.clear();
    }

    /// The same the other way.
    pub fn make_absolute(&mut self, folder: &Path) {
        self.each_path(|path| {
            if path.is_relative() {
                *path = folder.join(&*path);
            }
        });
    }

    fn each_path(&mut self, change: impl Fn(&mut PathBuf)) {
        let files = self.files.iter_mut().filter(|file| file.text.is_none()).map(|file| &mut file.path);
        let tour = self.tour.as_mut().and_then(|tour| tour.path.as_mut());
        files.chain(tour).for_each(change);
    }
}

#[cfg(test)]
mod tests;
