//! A tour before an audience: which step, what hides it, and how everything stood before.

use super::TourCommand;
use crate::state::{Effect, History, Layers, Panels, Picks, State, Timeline, View};
use crate::tour::{Look, Step};

/// What is on the screen in place of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    Black,
    White,
}

/// Where the presenter reads the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotesAt {
    Nowhere,
    /// On this screen, over the lower edge.
    Screen,
    /// In a window of their own, with clock and pictures.
    Window,
}

/// Sizes of the notes' letters around the usual one.
const NOTE_SIZES: std::ops::RangeInclusive<i8> = -3..=6;

/// How a tour is shown.
#[derive(Clone, Debug)]
pub struct Show {
    pub blank: Option<Blank>,
    pub notes: NotesAt,
    pub has_laser: bool,
    pub is_playing: bool,
    /// The map was moved by hand since the step was shown.
    pub is_away: bool,
    /// The digits that were typed.
    pub typed: Option<u32>,
    pub note_size: i8,
    /// Since the start, and since the step came.
    pub elapsed_secs: f64,
    pub in_step_secs: f64,
    before: Box<Before>,
}

/// What a tour changes, as it was.
#[derive(Clone, Debug)]
struct Before {
    look: Look,
    view: View,
    layers: Layers,
    timeline: Timeline,
    picks: Picks,
    history: History,
    panels: Panels,
}

impl State {
    pub(super) fn present(&mut self) -> Vec<Effect> {
        let Some(open) = &self.tours.open else {
            self.panels.sheet = Some(crate::state::Sheet::Tours);
            return Vec::new();
        };
        if self.tours.show.is_some() || open.tour.steps.is_empty() {
            return Vec::new();
        }
        let before = Before {
            look: self.look(),
            view: self.view,
            layers: self.layers.clone(),
            timeline: self.timeline.clone(),
            picks: self.picks.clone(),
            history: self.history.clone(),
            panels: self.panels,
        };
        self.tours.show = Some(Show {
            blank: None,
            notes: NotesAt::Nowhere,
            has_laser: false,
            is_playing: false,
            is_away: false,
            typed: None,
            note_size: 0,
            elapsed_secs: 0.0,
            in_step_secs: 0.0,
            before: Box::new(before),
        });
        self.search.close();
        self.panels.sheet = None;
        (self.table, self.strip, self.along) = (None, None, None);
        self.compare.is_open = false;
        self.picks.hovered = None;
        let mut effects = vec![Effect::SetFullScreen(true)];
        effects.extend(self.show_step(false));
        effects
    }

    /// Everything is as it was before the show.
    pub(in crate::state) fn end_show(&mut self) -> Vec<Effect> {
        let Some(show) = self.tours.show.take() else { return Vec::new() };
        let Before { look, view, layers, timeline, picks, history, panels } = *show.before;
        let mut effects = self.show_look(&look);
        (self.layers, self.timeline, self.picks) = (layers, timeline, picks);
        (self.history, self.panels) = (history, panels);
        self.view.fly(view.camera(), true);
        effects.push(Effect::SetFullScreen(false));
        effects
    }

    pub(super) fn change_show(&mut self, command: &TourCommand) {
        let Some(show) = &mut self.tours.show else { return };
        match *command {
            TourCommand::Blank(blank) => {
                show.blank = (show.blank != Some(blank)).then_some(blank);
            }
            // The same place twice puts them away.
            TourCommand::Notes(at) => show.notes = if show.notes == at { NotesAt::Nowhere } else { at },
            TourCommand::SetLaser(has_laser) => show.has_laser = has_laser,
            TourCommand::SetPlaying(is_playing) => {
                show.is_playing = is_playing;
                show.in_step_secs = 0.0;
            }
            TourCommand::Digit(digit) => {
                let typed = show.typed.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit));
                show.typed = Some(typed.min(999));
            }
            TourCommand::ResizeNotes(by) => {
                let size = show.note_size.saturating_add(by);
                show.note_size = size.clamp(*NOTE_SIZES.start(), *NOTE_SIZES.end());
            }
            _ => {}
        }
    }

    pub(super) fn enter(&mut self) -> Vec<Effect> {
        let Some(show) = &mut self.tours.show else { return Vec::new() };
        match show.typed.take() {
            Some(number) => self.go_to_step((number as usize).saturating_sub(1)),
            None if show.is_away => self.show_step(false),
            None => self.step_tour(true),
        }
    }

    /// To the next step or the one before; past the ends nothing happens, so that a clicker never ends the show.
    pub(super) fn step_tour(&mut self, is_forward: bool) -> Vec<Effect> {
        if let Some(show) = &mut self.tours.show {
            show.typed = None;
            // The press that brings the map back only does that.
            if show.blank.take().is_some() {
                return Vec::new();
            }
        }
        let Some(open) = &self.tours.open else { return Vec::new() };
        let step = if is_forward { open.step + 1 } else { open.step.saturating_sub(1) };
        if step == open.step || step >= open.tour.steps.len() {
            return Vec::new();
        }
        self.go_to_step(step)
    }

    /// Shows a step; beyond the last, the last.
    pub(super) fn go_to_step(&mut self, step: usize) -> Vec<Effect> {
        let Some(open) = &mut self.tours.open else { return Vec::new() };
        open.step = step.min(open.tour.steps.len().saturating_sub(1));
        self.show_step(false)
    }

    pub(super) fn show_step(&mut self, at_once: bool) -> Vec<Effect> {
        let Some(look) = self.tours.open.as_ref().and_then(|open| Some(open.shown()?.look.clone())) else {
            return Vec::new();
        };
        if let Some(show) = &mut self.tours.show {
            (show.is_away, show.blank, show.typed, show.in_step_secs) = (false, None, None, 0.0);
        }
        let effects = self.show_look(&look);
        self.aim(&look, at_once);
        effects
    }

    /// Lets time pass: the clock, and a tour that plays by itself.
    pub(in crate::state) fn tick_show(&mut self, dt_secs: f64) -> Vec<Effect> {
        let Some(show) = &mut self.tours.show else { return Vec::new() };
        let Some(open) = &self.tours.open else { return Vec::new() };
        show.elapsed_secs += dt_secs;
        show.in_step_secs += dt_secs;
        let is_over = open.shown().is_some_and(|step| show.in_step_secs >= f64::from(step.lasts()));
        if !(show.is_playing && is_over) {
            return Vec::new();
        }
        if open.step + 1 < open.tour.steps.len() {
            return self.go_to_step(open.step + 1);
        }
        show.is_playing = false;
        Vec::new()
    }

    /// The map was moved by hand.
    pub(in crate::state) fn leave_step(&mut self) {
        if let Some(show) = &mut self.tours.show {
            show.is_away = true;
        }
    }

    /// Seconds until something changes on the screen of a show by itself.
    #[must_use]
    pub fn next_change_secs(&self) -> Option<f64> {
        let (open, show) = self.tours.presented()?;
        let step = open.shown().filter(|_| show.is_playing)?;
        Some((f64::from(step.lasts()) - show.in_step_secs).max(0.0))
    }

    /// The step that follows the one that is shown.
    #[must_use]
    pub fn next_step(&self) -> Option<&Step> {
        let open = self.tours.open.as_ref()?;
        open.tour.steps.get(open.step + 1)
    }
}
