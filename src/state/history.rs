//! Where a person has been: camera and selection, backwards and forwards.

use crate::atlas::Id;
use crate::geo::Camera;

/// Camera moves closer together than this are one stop.
const MERGE_SECS: f64 = 2.0;
const MOST_STOPS: usize = 200;

/// One place to come back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    pub camera: Camera,
    pub selected: Option<Id>,
}

/// What is about to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Camera,
    Selection,
}

/// Stops behind and ahead of where we are.
#[derive(Clone, Debug, Default)]
pub struct History {
    behind: Vec<Stop>,
    ahead: Vec<Stop>,
    last_secs: Option<f64>,
}

impl History {
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        !self.behind.is_empty()
    }

    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        !self.ahead.is_empty()
    }

    /// Called before a change, with what stands now. The flight to what was just selected is no stop of its
    /// own, nor is a camera move soon after another.
    pub fn remember(&mut self, here: Stop, change: Change, now_secs: f64) {
        let is_recent = self.last_secs.is_some_and(|last| now_secs - last < MERGE_SECS);
        self.last_secs = Some(now_secs);
        self.ahead.clear();
        if is_recent && change == Change::Camera {
            return;
        }
        if self.behind.last() != Some(&here) {
            self.behind.push(here);
        }
        if self.behind.len() > MOST_STOPS {
            self.behind.remove(0);
        }
    }

    /// What is gone is no longer selected at any stop.
    pub(super) fn forget(&mut self, is_gone: impl Fn(&Id) -> bool) {
        for stop in self.behind.iter_mut().chain(&mut self.ahead) {
            stop.selected = stop.selected.take().filter(|id| !is_gone(id));
        }
    }

    /// The stop before `here`, which becomes the one ahead.
    pub fn back(&mut self, here: Stop) -> Option<Stop> {
        self.last_secs = None;
        let stop = pop_other(&mut self.behind, &here)?;
        self.ahead.push(here);
        Some(stop)
    }

    /// The stop after `here`.
    pub fn forward(&mut self, here: Stop) -> Option<Stop> {
        self.last_secs = None;
        let stop = pop_other(&mut self.ahead, &here)?;
        self.behind.push(here);
        Some(stop)
    }
}

/// The last stop that is not where we are already.
fn pop_other(stops: &mut Vec<Stop>, here: &Stop) -> Option<Stop> {
    while let Some(stop) = stops.pop() {
        if stop != *here {
            return Some(stop);
        }
    }
    None
}
