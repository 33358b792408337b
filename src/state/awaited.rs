//! What was asked of a feature before its file was read: by a session, or by whoever started the program.

use super::{Command, Effect, FileContent, OpenFile, State};
use crate::atlas::Id;

/// Features of files that are still read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Awaited {
    /// To be selected.
    pub selected: Option<Id>,
    /// To be shown whole.
    pub fitted: Option<Id>,
    /// Whether it is said where no file has them.
    pub is_said: bool,
}

impl State {
    /// Waits for other features than before.
    pub(super) fn await_features(&mut self, awaited: Awaited) -> Vec<Effect> {
        self.files.awaited = awaited;
        self.take_awaited()
    }

    /// Does what can be done by now; the rest waits for files that are still read, or are found again.
    pub(super) fn take_awaited(&mut self) -> Vec<Effect> {
        let Awaited { selected, fitted, is_said } = std::mem::take(&mut self.files.awaited);
        let is_here = |id: &Id| self.files.feature(id).is_some();
        let (select, selected) = parted(selected, is_here);
        let (fit, fitted) = parted(fitted, is_here);
        if select.is_some() {
            self.picks.select(select);
        }
        if let Some(bounds) = fit.and_then(|id| self.bounds(&id)) {
            let _ = self.apply(Command::Frame(bounds));
        }
        let is_read = |file: &OpenFile| !matches!(file.content, FileContent::Reading { .. });
        if !is_said || !self.files.iter().all(is_read) {
            self.files.awaited = Awaited { selected, fitted, is_said };
            return Vec::new();
        }
        selected.or(fitted).map(Effect::TellMissing).into_iter().collect()
    }
}

/// What is there, and what is not.
fn parted(id: Option<Id>, is_here: impl Fn(&Id) -> bool) -> (Option<Id>, Option<Id>) {
    match id {
        Some(id) if is_here(&id) => (Some(id), None),
        id => (None, id),
    }
}
