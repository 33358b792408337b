//! Choices of how things are shown, which sheets lie open, and what is typed into the search.

use super::{Command, Direction, State, TEXT_PERCENTS};
use crate::i18n::Language;
use crate::theme::Theme;

impl State {
    pub(super) fn apply_to_settings(&mut self, command: &Command) {
        match *command {
            Command::SetViewpoint(ref viewpoint) => self.layers.see_from(viewpoint.clone()),
            Command::SetLanguage(language) => self.set_language(language),
            Command::SetTheme(theme) => self.set_theme(theme),
            Command::SetMotionReduced(is_reduced) => self.settings.is_motion_reduced = is_reduced,
            Command::SetTextPercent(percent) => {
                self.settings.text_percent = percent.clamp(*TEXT_PERCENTS.start(), *TEXT_PERCENTS.end());
            }
            _ => {}
        }
    }

    pub(super) fn apply_to_panels(&mut self, command: Command) {
        match command {
            Command::SetLeftPanelOpen(is_open) => self.set_left_open(is_open),
            Command::SetRightPanelOpen(is_open) => self.panels.is_right_open = Some(is_open),
            Command::SetTimelineOpen(is_open) => self.panels.is_timeline_open = Some(is_open),
            Command::SetSheet(sheet) => {
                self.panels.sheet = sheet;
                if sheet.is_some() {
                    self.search.close();
                }
            }
            Command::OpenSearch => {
                self.search.is_open = true;
                self.panels.sheet = None;
            }
            Command::CloseSearch => self.search.close(),
            Command::SetQuery(query) => self.search.set_query(query, &self.catalog),
            Command::MoveInResults(direction) => {
                self.search.move_highlight(if direction == Direction::Up { -1 } else { 1 });
            }
            Command::TakeResult(index) => self.take_result(index),
            _ => {}
        }
    }

    fn set_language(&mut self, language: Language) {
        self.settings.language = language;
        self.retell_lists();
        self.guess_join();
    }

    pub(super) fn set_left_open(&mut self, is_open: bool) {
        self.panels.is_left_open = Some(is_open);
        // Beside a table or a strip there is only room for its rail.
        if is_open {
            (self.table, self.strip) = (None, None);
        }
    }

    fn set_theme(&mut self, theme: Theme) {
        self.settings.theme = theme;
        self.view.lay_out_again();
    }
}
