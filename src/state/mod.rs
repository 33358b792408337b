//! What is shown and chosen right now, and the one place that changes it.
//!
//! Invariant: state does no IO, reads no clock and never sees egui. It changes only in
//! [`State::apply`], which answers with what the world outside has to do.

mod around;
mod command;
mod compare;
mod file_style;
mod files;
mod history;
mod layers;
mod panels;
mod paste;
mod picks;
mod strip;
mod table;
mod timeline;
mod view;

use std::sync::Arc;

pub use around::Way;
pub use command::{Command, Direction, Effect, Step};
pub use compare::{Compare, CompareCommand, MOST_COMPARED};
pub use file_style::{Columns, FEWEST_CLASSES, FileStyle, MOST_CLASSES, StyleBy};
pub use files::{FileCommand, FileContent, Files, OpenFile, Progress};
pub use history::{Change, History};
pub use layers::{LayerKind, Layers};
pub use picks::Picks;
pub use strip::{OpenStrip, StripCommand, StripPart, StripScale};
pub use table::{Choice, Facet, LISTED, Lists, OpenTable, RowFilter, Subject, TableCommand};
pub use timeline::{SPEEDS, Timeline, TimelineCommand};
pub use view::View;

use crate::atlas::{Id, Kind};
use crate::catalog::Catalog;
use crate::geo::WorldBounds;
use crate::i18n::Language;
use crate::search::Search;
use crate::theme::Theme;

/// Everything that a person has changed or chosen.
#[derive(Clone, Debug)]
pub struct State {
    /// What there is to show; never changes.
    pub catalog: Arc<Catalog>,
    pub view: View,
    pub layers: Layers,
    pub files: Files,
    pub table: Option<OpenTable>,
    /// The tables of the atlas's own things, once opened, with what is wanted of them.
    pub lists: Lists,
    pub strip: Option<OpenStrip>,
    pub timeline: Timeline,
    pub compare: Compare,
    pub picks: Picks,
    pub search: Search,
    pub history: History,
    pub settings: Settings,
    pub panels: Panels,
}

/// Choices that outlive a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    pub language: Language,
    pub theme: Theme,
    /// Camera moves are cuts.
    pub is_motion_reduced: bool,
    /// Size of everything that is read, 80 to 200 percent.
    pub text_percent: i32,
}

/// Sizes of text that can be chosen, in percent.
pub const TEXT_PERCENTS: std::ops::RangeInclusive<i32> = 80..=200;

/// Which sheets lie open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panels {
    /// Whether the left panel is open, not its rail; `None` leaves it to the window's width.
    pub is_left_open: Option<bool>,
    /// Whether the details are open while nothing is selected; `None` leaves it to the window's width.
    pub is_right_open: Option<bool>,
    /// Whether the timeline is open; `None` leaves it to the window's height.
    pub is_timeline_open: Option<bool>,
    pub sheet: Option<Sheet>,
}

/// A sheet over the map; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Keys,
    About,
    /// A file is to be opened.
    Open,
}

impl State {
    /// Nothing chosen, everything that belongs to the atlas shown.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>) -> Self {
        Self {
            search: Search::new(&catalog),
            catalog,
            view: View::default(),
            layers: Layers::default(),
            files: Files::default(),
            table: None,
            lists: Lists::default(),
            strip: None,
            timeline: Timeline::default(),
            compare: Compare::default(),
            picks: Picks::default(),
            history: History::default(),
            settings: Settings {
                language: Language::En,
                theme: Theme::Light,
                is_motion_reduced: false,
                text_percent: 100,
            },
            panels: Panels { is_left_open: None, is_right_open: None, is_timeline_open: None, sheet: None },
        }
    }

    /// Does what `command` asks; the effects are for the shell to perform.
    #[must_use]
    pub fn apply(&mut self, command: Command) -> Vec<Effect> {
        if command.leaves_the_list() {
            self.picks.here.clear();
            self.picks.here_from = None;
        }
        match command {
            Command::Tick(dt_secs) => {
                self.view.tick(dt_secs);
                return self.play(dt_secs);
            }
            Command::SetViewport { size, padding } => self.view.set_viewport(size, padding),
            Command::MoveCamera(camera) => {
                self.remember(Change::Camera);
                self.view.move_to(camera);
            }
            Command::Pan { dx, dy } => {
                self.remember(Change::Camera);
                self.view.pan(dx, dy);
            }
            Command::Drift { .. } if self.settings.is_motion_reduced => self.view.stop(),
            Command::Drift { dx, dy } => self.view.drift(dx, dy),
            Command::Zoom { delta, about } => {
                self.remember(Change::Camera);
                self.view.zoom(delta, about, self.settings.is_motion_reduced);
            }
            Command::ShowAll => self.fly(|state| state.view.home()),
            Command::Fit(bounds) => self.fly_to_bounds(bounds),
            Command::LookAt(camera) => self.view.move_to(camera),
            Command::Frame(bounds) => self.view.hold(bounds),
            Command::FlyTo(id) => self.fly_to(&id),
            Command::StopFlight => self.view.stop(),
            Command::Hover(id) => self.picks.hovered = id,
            Command::Select(id) => self.select(id),
            Command::Click(hits) => self.click(hits),
            Command::Choose(index) => self.choose(index),
            Command::Walk { kind, step } => self.walk(kind, step),
            Command::WalkTo(way) => {
                if let Some(id) = around::nearest(self, way) {
                    self.select(Some(id.clone()));
                    self.bring_in(&id);
                }
            }
            Command::ListAround => self.list_around(),
            Command::Back => self.travel(History::back),
            Command::Forward => self.travel(History::forward),
            Command::Escape => self.escape(),
            Command::SetLayerVisible { layer, is_visible } => self.layers.set(layer, is_visible),
            Command::SetCorridorVisible { corridor, is_visible } => {
                self.layers.set_corridor(corridor, is_visible);
            }
            Command::SetLanguage(_)
            | Command::SetTheme(_)
            | Command::SetMotionReduced(_)
            | Command::SetTextPercent(_) => self.apply_to_settings(&command),
            Command::SetLeftPanelOpen(_)
            | Command::SetRightPanelOpen(_)
            | Command::SetTimelineOpen(_)
            | Command::SetSheet(_)
            | Command::OpenSearch
            | Command::CloseSearch
            | Command::SetQuery(_)
            | Command::MoveInResults(_)
            | Command::TakeResult(_) => self.apply_to_panels(command),
            Command::File(command) => return self.apply_to_files(command),
            Command::Table(command) => return self.apply_to_table(command),
            Command::Strip(command) => self.apply_to_strip(command),
            Command::Compare(command) => self.apply_to_compare(command),
            Command::Timeline(command) => return self.apply_to_timeline(command),
            Command::Copy(text) => return vec![Effect::Copy(text)],
            Command::OpenLink(url) => return vec![Effect::OpenLink(url)],
            Command::ToggleFullScreen => return vec![Effect::ToggleFullScreen],
        }
        Vec::new()
    }

    fn list_around(&mut self) {
        let (from, found) = around::around(self);
        self.picks.here = found;
        self.picks.here_from = Some(from);
    }

    fn set_language(&mut self, language: Language) {
        self.settings.language = language;
        self.retell_lists();
    }

    fn set_left_open(&mut self, is_open: bool) {
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

    /// Selects without moving the camera.
    fn select(&mut self, id: Option<Id>) {
        // What was asked for lies under the comparison.
        self.compare.is_open &= id.is_none();
        if self.picks.selected != id {
            self.remember(Change::Selection);
            self.picks.select(id);
            self.lay_out_selected();
        }
    }

    fn click(&mut self, hits: Vec<Id>) {
        self.view.stop();
        self.search.close();
        let chosen = self.picks.next_of(&hits);
        self.picks.pin = None;
        self.picks.here_from = None;
        self.select(chosen);
        self.picks.here = if hits.len() > 1 { hits } else { Vec::new() };
    }

    fn choose(&mut self, index: usize) {
        if let Some(id) = self.picks.here.get(index).cloned() {
            let (here, from) = (std::mem::take(&mut self.picks.here), self.picks.here_from);
            self.select(Some(id));
            (self.picks.here, self.picks.here_from) = (here, from);
        }
    }

    /// The next or previous of a kind, in the order of the document, and the way there.
    fn walk(&mut self, kind: Kind, step: Step) {
        let ids = self.catalog.ids(kind);
        if ids.is_empty() {
            return;
        }
        let at = self.picks.selected.as_ref().and_then(|id| ids.iter().position(|other| other == id));
        let next = match (at, step) {
            (None, Step::Next) => 0,
            (None, Step::Previous) => ids.len() - 1,
            (Some(at), Step::Next) => (at + 1) % ids.len(),
            (Some(at), Step::Previous) => (at + ids.len() - 1) % ids.len(),
        };
        self.select(Some(ids[next].clone()));
        self.fly_to(&ids[next]);
    }

    fn take_result(&mut self, index: usize) {
        let Some(hit) = self.search.results().get(index) else { return };
        let (id, bounds, position) = (hit.id.clone(), hit.bounds, hit.position);
        self.search.close();
        let is_bare = id.is_none();
        self.select(id);
        self.picks.pin = position.filter(|_| is_bare);
        if let Some(bounds) = bounds {
            self.fly_to_bounds(bounds);
        }
    }

    fn fly_to(&mut self, id: &Id) {
        if let Some(bounds) = self.bounds(id) {
            self.fly_to_bounds(bounds);
        }
    }

    /// Moves the map only where the thing lies under a panel or beyond the edge.
    fn bring_in(&mut self, id: &Id) {
        let Some(bounds) = self.catalog.bounds(id) else { return };
        let viewport = self.view.viewport();
        let at = viewport.screen_from_world(bounds.center());
        let padding = self.view.padding();
        let is_free = (padding.left..=viewport.size.width - padding.right).contains(&at.x)
            && (padding.top..=viewport.size.height - padding.bottom).contains(&at.y);
        if !is_free {
            let middle = self.view.middle();
            self.fly(|_| viewport.dragged(middle.x - at.x, middle.y - at.y).camera);
        }
    }

    fn fly_to_bounds(&mut self, bounds: WorldBounds) {
        self.remember(Change::Camera);
        self.view.fly_to(bounds, self.settings.is_motion_reduced);
    }

    fn fly(&mut self, target: impl FnOnce(&Self) -> crate::geo::Camera) {
        self.remember(Change::Camera);
        let camera = target(self);
        self.view.fly(camera, self.settings.is_motion_reduced);
    }

    /// One thing closes at a time, the topmost first.
    fn escape(&mut self) {
        if self.panels.sheet.is_some() {
            self.panels.sheet = None;
        } else if self.search.is_open {
            self.search.close();
        } else if self.compare.is_open {
            self.compare.is_open = false;
        } else if self.view.is_flying() {
            self.view.stop();
        } else if !self.picks.here.is_empty() || self.picks.here_from.is_some() {
            self.picks.here.clear();
            self.picks.here_from = None;
        } else if self.table.is_some() {
            self.table = None;
        } else if self.strip.is_some() {
            self.strip = None;
        } else if self.picks.pin.is_some() {
            self.picks.pin = None;
        } else {
            self.select(None);
        }
    }

    fn remember(&mut self, change: Change) {
        let here = history::Stop { camera: self.view.camera(), selected: self.picks.selected.clone() };
        self.history.remember(here, change, self.view.clock_secs());
    }

    fn travel(&mut self, way: fn(&mut History, history::Stop) -> Option<history::Stop>) {
        let here = history::Stop { camera: self.view.camera(), selected: self.picks.selected.clone() };
        if let Some(stop) = way(&mut self.history, here) {
            self.picks.select(stop.selected);
            self.lay_out_selected();
            self.view.fly(stop.camera, self.settings.is_motion_reduced);
        }
    }
}

#[cfg(test)]
mod tests;
