//! A tour, or the years, on its way out of the atlas.

use std::sync::Arc;

use super::Tours;
use crate::state::Effect;
use crate::tour::{Tour, TourForm};

/// How far what is being taken out is, in pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    pub done: usize,
    /// 0 until the first is under way.
    pub total: usize,
}

/// What can be asked of what is taken out, and told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeOutCommand {
    /// The open tour.
    Tour(TourForm),
    /// The map as it is looked at, year by year.
    Years(TourForm),
    /// So far it is; `None` where it is over.
    Told(Option<Taking>),
    Stop,
}

impl Tours {
    pub(super) fn apply_to_taking(&mut self, command: TakeOutCommand) -> Vec<Effect> {
        match command {
            TakeOutCommand::Tour(form) => {
                let open = self.open.as_ref().filter(|open| !open.tour.steps.is_empty());
                return open
                    .map(|open| Arc::clone(&open.tour))
                    .map_or_else(Vec::new, |tour| self.begin_taking(Some(tour), form));
            }
            TakeOutCommand::Years(form) => return self.begin_taking(None, form),
            TakeOutCommand::Told(taking) => self.taking = taking,
            TakeOutCommand::Stop => return vec![Effect::StopTakingOut],
        }
        Vec::new()
    }

    /// One at a time: each draws as fast as the machine can.
    fn begin_taking(&mut self, tour: Option<Arc<Tour>>, form: TourForm) -> Vec<Effect> {
        if self.taking.is_some() {
            return Vec::new();
        }
        vec![Effect::TakeOut { tour, form }]
    }
}
