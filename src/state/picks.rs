//! What is hovered and selected, and what else lay under the last click.

use crate::atlas::Id;

/// Identity across map, lists and panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picks {
    pub selected: Option<Id>,
    pub hovered: Option<Id>,
    /// Everything that lay under the last click, where that was more than one thing.
    pub here: Vec<Id>,
}

impl Picks {
    /// Selects, and forgets the list of the last click.
    pub fn select(&mut self, id: Option<Id>) {
        self.selected = id;
        self.here.clear();
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
