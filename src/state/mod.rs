//! What is shown and chosen right now, and the one place that changes it.
//!
//! Invariant: state does no IO, reads no clock and never sees egui. It changes only in
//! [`State::apply`], which answers with what the world outside has to do.

mod along;
mod around;
mod awaited;
mod command;
mod compare;
mod figure;
mod figure_wish;
mod file_style;
mod files;
mod going;
mod history;
mod join;
mod layers;
mod look;
mod measure;
mod notes;
mod panels;
mod paste;
mod picks;
mod quiz;
mod session;
mod strip;
mod table;
mod timeline;
mod tour;
mod true_size;
mod undo;
mod view;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use along::Along;
pub use around::Way;
pub use awaited::Awaited;
pub use command::{Command, Direction, Effect, Step};
pub use compare::{Compare, CompareCommand, MOST_COMPARED};
pub use figure::Reopened;
pub use figure_wish::{FIGURE_SCALES, FigureForm, FigureOf, FigurePart, FigureWish, POINTS_PER_MM, Paper};
pub use file_style::{Columns, FEWEST_CLASSES, FileStyle, MOST_CLASSES, StyleBy};
pub use files::{FileCommand, FileContent, Files, OnDisk, OpenFile, Parts, Placing, Progress};
pub use history::{Change, History};
pub use join::{Join, JoinCommand, JoinTarget};
pub use layers::{LayerKind, Layers};
pub use look::{UnknownLayer, step_padding};
pub use measure::{Measure, MeasureCommand, MeasuredLeg};
pub use notes::{NoteCommand, NoteTrouble, OwnNotes};
pub use paste::names_files;
pub use picks::{Near, Picks};
pub use quiz::{QuizCommand, QuizState};
pub use session::{
    KeptFile, PROJECT_ENDING, SESSION_VERSION, Session, SessionCommand, SessionFault, SessionTrouble,
};
pub use strip::{OpenStrip, StripCommand, StripPart, StripScale};
pub use table::{Choice, Facet, LISTED, Lists, OpenTable, RowFilter, Subject, TableCommand};
pub use timeline::{SPEEDS, Timeline, TimelineCommand};
pub use tour::{
    Blank, NotesAt, OpenTour, Part as TourPart, RefusedTour, Show, TakeOutCommand, Taking, TourCommand, Tours,
};
pub use true_size::{TrueSize, TrueSizeCommand};
pub use undo::Undo;
pub use view::View;

use crate::catalog::Catalog;
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
    pub along: Option<Along>,
    pub compare: Compare,
    pub measure: Measure,
    pub true_size: Option<TrueSize>,
    pub undo: Undo,
    pub notes: OwnNotes,
    pub quiz: QuizState,
    pub tours: Tours,
    /// A figure that was opened, where not all of it is as it was.
    pub reopened: Option<Reopened>,
    /// The figure that is being made.
    pub wish: FigureWish,
    /// A table that is to be joined.
    pub join: Option<Join>,
    pub picks: Picks,
    pub search: Search,
    pub history: History,
    pub settings: Settings,
    /// Why the session is not as it should be.
    pub session_trouble: Option<SessionTrouble>,
    pub panels: Panels,
}

/// Choices of how everything is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub theme: Theme,
    /// Camera moves are cuts.
    pub is_motion_reduced: bool,
    /// Size of everything that is read, 80 to 200 percent.
    pub text_percent: i32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::En, theme: Theme::Light, is_motion_reduced: false, text_percent: 100 }
    }
}

/// Sizes of text that can be chosen, in percent.
pub const TEXT_PERCENTS: std::ops::RangeInclusive<i32> = 80..=200;

/// Which sheets lie open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// Whether the left panel is open, not its rail; `None` leaves it to the window's width.
    pub is_left_open: Option<bool>,
    /// Whether the details are open while nothing is selected; `None` leaves it to the window's width.
    pub is_right_open: Option<bool>,
    /// Whether the timeline is open; `None` leaves it to the window's height.
    pub is_timeline_open: Option<bool>,
    /// Belongs to the moment: no session keeps it.
    #[serde(skip)]
    pub sheet: Option<Sheet>,
}

/// A page of the receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipts {
    Sources,
    /// What one source says alone.
    Alone,
    /// Where sources differ.
    Differ,
    /// The document beside a check.
    Pairs,
}

impl Receipts {
    pub const ALL: [Self; 4] = [Self::Sources, Self::Alone, Self::Differ, Self::Pairs];
}

/// A sheet over the map; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Keys,
    About,
    /// A file is to be opened.
    Open,
    /// A table is to be joined.
    Join,
    /// All sources, and what rests on them.
    Receipts(Receipts),
    /// The tours that there are, or why a file is none.
    Tours,
    /// What the check of the open tour found.
    Flight,
    /// A figure is to be made.
    Figure,
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
            along: None,
            compare: Compare::default(),
            measure: Measure::default(),
            true_size: None,
            undo: Undo::default(),
            notes: OwnNotes::default(),
            quiz: QuizState::default(),
            tours: Tours::default(),
            reopened: None,
            wish: FigureWish::default(),
            join: None,
            picks: Picks::default(),
            history: History::default(),
            settings: Settings::default(),
            session_trouble: None,
            panels: Panels::default(),
        }
    }

    /// Does what `command` asks; the effects are for the shell to perform.
    #[must_use]
    pub fn apply(&mut self, command: Command) -> Vec<Effect> {
        let after = self.before_step(&command);
        let effects = self.grant(command);
        if let Some(after) = after {
            after(self);
        }
        effects
    }

    fn grant(&mut self, command: Command) -> Vec<Effect> {
        if command.leaves_the_list() {
            self.picks.here.clear();
            self.picks.here_from = None;
        }
        match command {
            Command::Tick(dt_secs) => {
                self.view.tick(dt_secs);
                self.go_along(dt_secs);
                let mut effects = self.play(dt_secs);
                effects.extend(self.tick_show(dt_secs));
                return effects;
            }
            Command::SetViewport { size, padding } => self.view.set_viewport(size, padding),
            Command::MoveCamera(_) | Command::Pan { .. } | Command::Drift { .. } | Command::Zoom { .. } => {
                self.apply_to_camera(&command);
            }
            Command::ShowAll => self.fly(|state| state.view.home()),
            Command::Fit(bounds) => self.fly_to_bounds(bounds),
            Command::LookAt(camera) => self.view.move_to(camera),
            Command::Frame(bounds) => self.view.hold(bounds),
            Command::FlyTo(id) => self.fly_to(&id),
            Command::Show(place) => self.show_place(place),
            Command::PinAt(place) => self.pin_at(place),
            Command::FlyAlong(corridor) => self.fly_along(&corridor),
            Command::StopFlight => self.stop_flight(),
            Command::Hover(id) => self.picks.hovered = id,
            Command::Select(id) => self.select(id),
            Command::Click(hits) => self.click(hits),
            Command::Choose(index) => self.choose(index),
            Command::Walk { kind, step } => self.walk(kind, step),
            Command::WalkTo(way) => self.walk_to(way),
            Command::ListAround => self.list_around(),
            Command::Back => self.travel(History::back),
            Command::Forward => self.travel(History::forward),
            Command::Escape => return self.escape(),
            Command::SetLayerVisible { layer, is_visible } => self.layers.set(layer, is_visible),
            Command::SetCorridorVisible { corridor, is_visible } => {
                self.layers.set_corridor(corridor, is_visible);
            }
            Command::SetViewpoint(_)
            | Command::SetLanguage(_)
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
            Command::LookNear(km) => self.look_near(km),
            Command::SaveBlankMap
            | Command::SaveAs { .. }
            | Command::SetFigure(_)
            | Command::SaveFigure
            | Command::Reopen(_)
            | Command::ForgetReopened
            | Command::Session(_)
            | Command::Await(_)
            | Command::Undo
            | Command::Redo
            | Command::File(_)
            | Command::Table(_)
            | Command::Strip(_)
            | Command::Measure(_)
            | Command::TrueSize(_)
            | Command::Quiz(_)
            | Command::Tour(_)
            | Command::Note(_)
            | Command::Join(_)
            | Command::Compare(_)
            | Command::Timeline(_) => return self.apply_to_parts(command),
            Command::Copy(text) => return vec![Effect::Copy(text)],
            Command::OpenLink(url) => return vec![Effect::OpenLink(url)],
            Command::ToggleFullScreen => return vec![Effect::ToggleFullScreen],
        }
        Vec::new()
    }

    /// What hands and keys do with the map.
    fn apply_to_camera(&mut self, command: &Command) {
        if !matches!(command, Command::Drift { .. }) {
            self.remember(Change::Camera);
            self.leave_step();
        }
        match *command {
            Command::MoveCamera(camera) => {
                self.view.move_to(camera);
            }
            Command::Pan { dx, dy } => {
                self.view.pan(dx, dy);
            }
            Command::Drift { .. } if self.settings.is_motion_reduced => self.view.stop(),
            Command::Drift { dx, dy } => self.view.drift(dx, dy),
            Command::Zoom { delta, about } => {
                self.view.zoom(delta, about, self.settings.is_motion_reduced);
            }
            _ => {}
        }
    }

    /// What belongs to one part of the program, which knows how.
    fn apply_to_parts(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::SaveBlankMap => return vec![Effect::SaveBlankMap],
            Command::SaveAs { name, text } => return vec![Effect::SaveAs { name, text }],
            Command::SetFigure(wish) => self.wish = *wish,
            Command::SaveFigure => return vec![Effect::SaveFigure(Box::new(self.wish.clone()))],
            Command::Reopen(reopened) => return self.reopen(*reopened),
            Command::ForgetReopened => self.reopened = None,
            Command::Session(command) => return self.apply_to_session(command),
            Command::Await(awaited) => return self.await_features(awaited),
            Command::Undo => return self.undo(),
            Command::Redo => return self.redo(),
            Command::File(command) => return self.apply_to_files(command),
            Command::Table(command) => return self.apply_to_table(command),
            Command::Strip(command) => self.apply_to_strip(command),
            Command::Measure(command) => self.apply_to_measure(command),
            Command::TrueSize(command) => self.apply_to_true_size(command),
            Command::Quiz(command) => return self.apply_to_quiz(command),
            Command::Tour(command) => return self.apply_to_tours(command),
            Command::Note(command) => return self.apply_to_notes(command),
            Command::Join(command) => return self.apply_to_join(command),
            Command::Compare(command) => self.apply_to_compare(command),
            Command::Timeline(command) => return self.apply_to_timeline(command),
            _ => {}
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
