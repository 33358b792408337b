//! The tour that is open: made and changed here, shown in [`show`].

mod edit;
mod show;
mod taking;

use std::path::PathBuf;
use std::sync::Arc;

use super::{Effect, Sheet, State};
use crate::i18n::Language;
use crate::tour::{Fault, Finding, Tour};

pub use show::{Blank, NotesAt, Show};
pub use taking::{TakeOutCommand, Taking};

/// Everything about tours.
#[derive(Clone, Debug, Default)]
pub struct Tours {
    pub open: Option<OpenTour>,
    /// A file that was to be a tour and is none.
    pub refused: Option<Arc<RefusedTour>>,
    /// What the check of the open tour found; `None` while it is under way.
    pub findings: Option<Arc<Vec<Finding>>>,
    /// How far what is being taken out is.
    pub taking: Option<Taking>,
    /// This is a picture of a step, on which nobody can press anything.
    pub is_picture: bool,
    /// While a tour is shown to somebody.
    pub show: Option<Show>,
}

/// A tour with its file.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenTour {
    pub tour: Arc<Tour>,
    /// `None` where it has none yet, or came with the atlas.
    pub path: Option<PathBuf>,
    pub is_changed: bool,
    /// The step that is shown, or was last.
    pub step: usize,
    /// The step whose words are open to be changed.
    pub edited: Option<usize>,
}

/// Why a file is no tour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedTour {
    pub name: String,
    pub faults: Vec<Fault>,
}

/// What can be asked of tours.
#[derive(Clone, Debug, PartialEq)]
pub enum TourCommand {
    Open {
        tour: Arc<Tour>,
        path: Option<PathBuf>,
    },
    Refuse(RefusedTour),
    /// An empty one.
    New,
    Close,
    /// Show a step, by its place from 0.
    Go(usize),
    Step {
        is_forward: bool,
    },
    /// Look again where the step does.
    Return,
    /// Show it to an audience, from the step that is shown.
    Present,
    End,
    /// The same screen twice shows the map again.
    Blank(Blank),
    Notes(NotesAt),
    SetLaser(bool),
    /// Goes on by itself, each step as long as is planned.
    SetPlaying(bool),
    /// A digit of the number of a step.
    Digit(u8),
    /// To the step whose number was typed; without one onwards, or back to the step where the map was moved.
    Enter,
    /// Larger or smaller notes, by so many steps.
    ResizeNotes(i8),
    /// The view as it is, as a step after the one that is shown.
    Record,
    /// The step looks as the view does now.
    Retake(usize),
    Move {
        from: usize,
        to: usize,
    },
    Remove(usize),
    Edit(Option<usize>),
    /// Of the tour where `step` is `None`.
    SetWords {
        step: Option<usize>,
        part: Part,
        language: Language,
        text: String,
    },
    SetSeconds {
        step: usize,
        seconds: u32,
    },
    Save,
    TakeOut(TakeOutCommand),
    /// Look through it before a show.
    Check,
    Checked(Arc<Vec<Finding>>),
}

/// Which words of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Title,
    Caption,
    Notes,
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Title, Self::Caption, Self::Notes];
}

impl OpenTour {
    #[must_use]
    pub fn shown(&self) -> Option<&crate::tour::Step> {
        self.tour.steps.get(self.step)
    }
}

impl Tours {
    /// The tour that is being shown, with how.
    #[must_use]
    pub fn presented(&self) -> Option<(&OpenTour, &Show)> {
        self.open.as_ref().zip(self.show.as_ref())
    }

    /// Whether nothing on the map can be pressed: a show, or a picture of one.
    #[must_use]
    pub fn is_seen_only(&self) -> bool {
        self.is_picture || self.is_presented()
    }

    /// Whether the map is an audience's: nothing else may be on it.
    #[must_use]
    pub fn is_presented(&self) -> bool {
        self.presented().is_some()
    }
}

impl State {
    pub(super) fn apply_to_tours(&mut self, command: TourCommand) -> Vec<Effect> {
        match command {
            TourCommand::Open { tour, path } => return self.open_tour(tour, path),
            TourCommand::Refuse(refused) => {
                self.tours.refused = Some(Arc::new(refused));
                if !self.tours.is_presented() {
                    self.panels.sheet = Some(Sheet::Tours);
                }
            }
            TourCommand::Check => return self.check_tour(),
            TourCommand::Checked(findings) => self.tours.findings = Some(findings),
            TourCommand::Close => {
                let effects = self.end_show();
                self.tours.open = None;
                return effects;
            }
            TourCommand::Go(step) => return self.go_to_step(step),
            TourCommand::Step { is_forward } => return self.step_tour(is_forward),
            TourCommand::Return => return self.show_step(false),
            TourCommand::Present => return self.present(),
            TourCommand::End => return self.end_show(),
            command @ (TourCommand::Blank(_)
            | TourCommand::Notes(_)
            | TourCommand::SetLaser(_)
            | TourCommand::SetPlaying(_)
            | TourCommand::Digit(_)
            | TourCommand::ResizeNotes(_)) => self.change_show(&command),
            TourCommand::TakeOut(command) => return self.tours.apply_to_taking(command),
            TourCommand::Enter => return self.enter(),
            command => return self.edit_tour(command),
        }
        Vec::new()
    }

    fn check_tour(&mut self) -> Vec<Effect> {
        let Some(open) = &self.tours.open else { return Vec::new() };
        self.panels.sheet = Some(Sheet::Flight);
        self.tours.findings = None;
        vec![Effect::CheckTour(Arc::clone(&open.tour))]
    }

    fn open_tour(&mut self, tour: Arc<Tour>, path: Option<PathBuf>) -> Vec<Effect> {
        // What stands open is saved first by whoever made it; a show is never broken off by a file that comes in.
        if self.tours.is_presented() {
            return Vec::new();
        }
        let folder = path.as_ref().and_then(|path| path.parent().map(std::path::Path::to_owned));
        let wanted: Vec<PathBuf> = tour
            .files
            .iter()
            .map(|file| folder.as_ref().map_or_else(|| PathBuf::from(file), |folder| folder.join(file)))
            .filter(|path| !self.files.iter().any(|file| file.path == *path))
            .collect();
        self.tours.refused = None;
        self.tours.open = Some(OpenTour { tour, path, is_changed: false, step: 0, edited: None });
        self.panels.sheet = None;
        let mut effects: Vec<Effect> = wanted.into_iter().map(|path| self.files.open(path, false)).collect();
        effects.extend(self.show_step(false));
        effects
    }
}

#[cfg(test)]
mod tests;
