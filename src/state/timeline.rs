//! Which time is shown: all of it, up to a month, or between two; and how it plays.

use super::{Effect, State};
use crate::atlas::{Id, Month};
use crate::catalog::Catalog;
use crate::data::Until;

/// Months a second at speed 1: the years since 1990 take about half a minute.
const MONTHS_PER_SEC: f64 = 14.0;
/// The speeds that can be chosen.
pub const SPEEDS: [f64; 4] = [0.5, 1.0, 2.0, 4.0];

/// The time that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Up to the end of this month; `None` shows all years.
    pub until: Option<Month>,
    /// From the begin of this month; `None` from the earliest.
    pub from: Option<Month>,
    pub is_playing: bool,
    /// How fast it plays; 1 is the usual.
    pub speed: f64,
    /// Of the month that plays, what has passed, 0 to 1.
    passed: f64,
}

impl Default for Timeline {
    fn default() -> Self {
        Self { until: None, from: None, is_playing: false, speed: 1.0, passed: 0.0 }
    }
}

/// What can be asked of the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimelineCommand {
    /// Shows what is dated up to the end of a month; `None` all years.
    Show(Option<Month>),
    /// Shows what is dated from a month on; `None` from the earliest.
    From(Option<Month>),
    /// Plays on, or stops.
    SetPlaying(bool),
    SetSpeed(f64),
    /// To the next month in which something happened, or the one before.
    Step {
        is_forward: bool,
    },
}

impl Timeline {
    /// Whether a thing has a dated step in what is shown, or no date at all.
    #[must_use]
    pub fn shows(&self, catalog: &Catalog, id: &Id) -> bool {
        self.until.is_none_or(|until| catalog.chronicle.has_step(id, self.from, until))
    }

    /// The event that was last; `None` while all years are shown.
    #[must_use]
    pub fn event<'a>(&self, catalog: &'a Catalog) -> Option<&'a Id> {
        let (_, id) = catalog.chronicle.event_by(self.until?)?;
        Some(id)
    }

    /// What the dates of opened files are held against.
    #[must_use]
    pub(super) fn limits(&self) -> Option<Until> {
        let until = self.until?;
        let start = |month: Month| {
            let ((year, month, _), _) = month.moment().range();
            (year, month)
        };
        Some(Until { from: self.from.map(start), before: start(until.plus(1)) })
    }
}

impl State {
    pub(super) fn apply_to_timeline(&mut self, command: TimelineCommand) -> Vec<Effect> {
        let (first, last) = (self.catalog.chronicle.first, self.catalog.chronicle.last);
        let before = (self.timeline.until, self.timeline.from);
        match command {
            TimelineCommand::Show(until) => {
                self.timeline.until = until;
                self.timeline.is_playing = false;
                if until.is_none() {
                    self.timeline.from = None;
                }
            }
            TimelineCommand::From(from) => {
                self.timeline.from = from;
                if from.is_some() {
                    let until = self.timeline.until.unwrap_or(last);
                    self.timeline.until = Some(from.map_or(until, |from| until.max(from)));
                }
            }
            TimelineCommand::SetPlaying(is_playing) => {
                let is_at_end = self.timeline.until.is_none_or(|until| until >= last);
                if is_playing && is_at_end {
                    self.timeline.until = Some(self.timeline.from.unwrap_or(first));
                }
                self.timeline.is_playing = is_playing;
                self.timeline.passed = 0.0;
            }
            TimelineCommand::SetSpeed(speed) => {
                self.timeline.speed = speed.clamp(SPEEDS[0], SPEEDS[SPEEDS.len() - 1]);
            }
            TimelineCommand::Step { is_forward } => {
                self.timeline.is_playing = false;
                let from = self.timeline.until.unwrap_or(if is_forward { first.plus(-1) } else { last });
                let next = self.catalog.chronicle.step_from(from, is_forward);
                self.timeline.until = next.or(self.timeline.until);
                self.timeline.from = self.timeline.from.filter(|from| next.is_none_or(|next| *from <= next));
            }
        }
        self.after_time(before)
    }

    /// Lets so many seconds of play pass.
    pub(super) fn play(&mut self, dt_secs: f64) -> Vec<Effect> {
        if !self.timeline.is_playing {
            return Vec::new();
        }
        let before = (self.timeline.until, self.timeline.from);
        let last = self.catalog.chronicle.last;
        let passed = self.timeline.passed + dt_secs * MONTHS_PER_SEC * self.timeline.speed;
        self.timeline.passed = passed.fract();
        let until = self.timeline.until.unwrap_or(last).plus(passed as i32);
        self.timeline.until = Some(until.min(last));
        self.timeline.is_playing = until < last;
        self.after_time(before)
    }

    /// Opened files show what is dated in the time that is shown.
    fn after_time(&mut self, before: (Option<Month>, Option<Month>)) -> Vec<Effect> {
        if before == (self.timeline.until, self.timeline.from) {
            return Vec::new();
        }
        let is_wanted = self.timeline.until.is_some();
        let keys: Vec<String> = self.files.iter().map(|file| file.key.clone()).collect();
        let mut effects = Vec::new();
        for key in &keys {
            if let Some(file) = self.files.at(key)
                && is_wanted
                && file.table().is_none()
            {
                effects.extend(file.want_columns());
            }
            self.refilter(key);
        }
        effects
    }

    /// Something moves by itself: the window must be drawn again.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.view.is_moving() || self.timeline.is_playing || self.along.is_some()
    }
}
