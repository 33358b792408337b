//! What is hovered and selected, and what else lay under the last click.

use std::sync::Arc;

use crate::atlas::Id;
use crate::geo::LonLat;

/// Identity across map, lists and panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picks {
    pub selected: Option<Id>,
    pub hovered: Option<Id>,
    /// Everything that lay under the last click, where that was more than one thing.
    pub here: Vec<Id>,
    /// From where `here` was asked for; `None` where a click found it.
    pub here_from: Option<LonLat>,
    /// A bare position that was searched for.
    pub pin: Option<LonLat>,
    /// What lies near the selected thing, where that was asked for.
    pub near: Option<Near>,
}

/// What lies within a distance of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub of: Id,
    pub km: f64,
    /// With its distance in kilometres, the nearest first.
    pub found: Arc<Vec<(Id, f64)>>,
    /// How many features of each opened file.
    pub in_files: Vec<(String, usize)>,
}

impl Picks {
    /// Whether the list of what lies here, or around, is shown.
    #[must_use]
    pub fn is_list_open(&self) -> bool {
        self.here.len() > 1 || self.here_from.is_some()
    }

    /// Selects, and forgets the list of the last click and the searched position.
    pub fn select(&mut self, id: Option<Id>) {
        self.selected = id;
        self.pin = None;
        self.here.clear();
        self.here_from = None;
    }

    /// The first of `hits`; a repeated click on the same things takes the one after the selected.
    #[must_use]
    pub fn next_of(&self, hits: &[Id]) -> Option<Id> {
        let is_repeated = hits.len() > 1 && self.here == hits;
        let selected = self.selected.as_ref().filter(|_| is_repeated);
        let after = selected.and_then(|id| hits.iter().position(|hit| hit == id)).map_or(0, |at| at + 1);
        hits.get(after % hits.len().max(1)).cloned()
    }
}
