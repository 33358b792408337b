//! Walks a fixed path in the real window and measures it.

use std::time::{Duration, Instant};

use crate::ui::Commands;

/// A measurement under way.
#[derive(Debug)]
pub struct Profile {
    pub started: Instant,
}

impl Profile {
    pub(super) fn frame(&mut self, _is_complete: bool, _commands: &mut Commands, _ctx: &egui::Context) {}

    pub(super) fn ui_took(&mut self, _time: Duration) {}
}
