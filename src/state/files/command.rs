//! What can be asked of opened files, and what their readers tell.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Fault, OnDisk, Parts, Placing, Progress};
use crate::data::{Dataset, Table};
use crate::doctor::Report;
use crate::state::FileStyle;

/// What can be asked of opened files, and what their readers tell.
#[derive(Clone, Debug, PartialEq)]
pub enum FileCommand {
    /// Read them; `fits` shows each whole once it is there.
    Open {
        paths: Vec<PathBuf>,
        fits: bool,
    },
    /// Open data that stands in a text.
    OpenText(String),
    /// Open the files that a text names, where it does.
    OpenNamed(String),
    /// Let the person choose some.
    Choose,
    Progress {
        key: String,
        progress: Progress,
    },
    Read {
        key: String,
        dataset: Arc<Dataset>,
    },
    /// The features at its begin.
    Preview {
        key: String,
        dataset: Arc<Dataset>,
    },
    /// Read no further; what was read stays.
    Stop {
        key: String,
    },
    /// So many levels have their areas.
    Filled {
        key: String,
        levels: usize,
    },
    Failed {
        key: String,
        fault: Fault,
    },
    SetVisible {
        key: String,
        is_visible: bool,
    },
    /// Let it lie as the so many-th from below, the others in their order.
    Move {
        key: String,
        to: usize,
    },
    /// Call it otherwise; the file on the disk keeps its name.
    Rename {
        key: String,
        name: String,
    },
    /// Show the style of one file in the list, or of none.
    OpenStyle {
        key: Option<String>,
    },
    SetStyle {
        key: String,
        style: FileStyle,
    },
    /// What its features say was read.
    Columns {
        key: String,
        table: Arc<Table>,
    },
    /// Fly to the whole of it.
    Show {
        key: String,
    },
    /// Only what is in view of it is read; it says this of itself.
    InParts {
        key: String,
        parts: Arc<Parts>,
    },
    /// What of it is in view, in place of what was; `None` where that is too much.
    Window {
        key: String,
        dataset: Option<Arc<Dataset>>,
    },
    /// Its numbers are to be placed so; it is read again.
    Place {
        key: String,
        placing: Placing,
    },
    /// Let the doctor look through it.
    Examine {
        key: String,
    },
    /// What the doctor found.
    Examined {
        key: String,
        report: Arc<Report>,
    },
    /// Save a mended copy of it, in a file that the person chooses.
    Mend {
        key: String,
    },
    /// Read it again from the disk, where it has changed.
    Reload {
        key: String,
    },
    /// How it is on the disk by now.
    OnDisk {
        key: String,
        is: OnDisk,
    },
    /// Take it off the map; its reading stops.
    Remove {
        key: String,
    },
}
