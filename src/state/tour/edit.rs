//! A tour is made: steps recorded from the view, put in order, and given words.

use std::sync::Arc;

use super::{OpenTour, Part, TourCommand};
use crate::catalog::words::short_name;
use crate::state::{Effect, State};
use crate::tour::{ENDING, Step, Tour, Words, write};

impl State {
    pub(super) fn edit_tour(&mut self, command: TourCommand) -> Vec<Effect> {
        match command {
            TourCommand::New => {
                self.tours.refused = None;
                self.panels.sheet = None;
                self.tours.open = Some(OpenTour::empty());
            }
            TourCommand::Record => self.record(),
            TourCommand::Edit(edited) => {
                if let Some(open) = &mut self.tours.open {
                    open.edited = edited.filter(|step| *step < open.tour.steps.len());
                }
            }
            TourCommand::Save => return self.save_tour(),
            TourCommand::Retake(step) => {
                let look = self.look();
                self.change_tour(|tour| {
                    if let Some(step) = tour.steps.get_mut(step) {
                        step.look = look;
                    }
                });
            }
            TourCommand::Move { from, to } => self.move_step(from, to),
            TourCommand::Remove(step) => self.remove_step(step),
            TourCommand::SetWords { step, part, language, text } => self.change_tour(|tour| {
                if let Some(words) = words_of(tour, step, part) {
                    words.set(language, text);
                }
            }),
            TourCommand::SetSeconds { step, seconds } => self.change_tour(|tour| {
                if let Some(step) = tour.steps.get_mut(step) {
                    step.seconds = Some(seconds);
                }
            }),
            _ => {}
        }
        Vec::new()
    }

    fn change_tour(&mut self, change: impl FnOnce(&mut Tour)) {
        let Some(open) = &mut self.tours.open else { return };
        let before = Arc::clone(&open.tour);
        change(Arc::make_mut(&mut open.tour));
        open.is_changed |= before != open.tour;
    }

    /// The view as it is becomes a step, in a new tour where none is open.
    fn record(&mut self) {
        if self.tours.show.is_some() {
            return;
        }
        let look = self.look();
        let language = self.settings.language;
        let named = look.select.as_ref().map(|id| short_name(&self.catalog, id, language));
        let title = named.map(|name| Words::of(language, &name)).unwrap_or_default();
        let step = Step { title, look, ..Step::default() };
        let open = self.tours.open.get_or_insert_with(OpenTour::empty);
        let at = if open.tour.steps.is_empty() { 0 } else { open.step + 1 };
        open.step = at;
        open.edited = Some(at);
        self.change_tour(|tour| tour.steps.insert(at.min(tour.steps.len()), step));
    }

    fn move_step(&mut self, from: usize, to: usize) {
        let Some(open) = &mut self.tours.open else { return };
        let last = open.tour.steps.len().saturating_sub(1);
        let to = to.min(last);
        if from > last || from == to {
            return;
        }
        // What is shown stays shown.
        open.step = moved(open.step, (from, to));
        open.edited = open.edited.map(|step| moved(step, (from, to)));
        self.change_tour(|tour| {
            let step = tour.steps.remove(from);
            tour.steps.insert(to, step);
        });
    }

    fn remove_step(&mut self, step: usize) {
        let Some(open) = &mut self.tours.open else { return };
        if step >= open.tour.steps.len() {
            return;
        }
        open.edited = None;
        if open.step > step || open.step + 1 == open.tour.steps.len() {
            open.step = open.step.saturating_sub(1);
        }
        self.change_tour(|tour| drop(tour.steps.remove(step)));
    }

    fn save_tour(&mut self) -> Vec<Effect> {
        let Some(open) = &self.tours.open else { return Vec::new() };
        let name = open.path.as_ref().and_then(|path| path.file_name());
        let name = name.map(|name| name.to_string_lossy().into_owned());
        let name =
            name.unwrap_or_else(|| format!("{}{ENDING}", file_stem(&open.tour, self.settings.language)));
        vec![Effect::SaveAs { name, text: write(&open.tour) }]
    }

    /// What undo brings back.
    pub(in crate::state) fn tour_as_it_is(&self) -> Option<Arc<Tour>> {
        self.tours.open.as_ref().map(|open| Arc::clone(&open.tour))
    }

    pub(in crate::state) fn restore_tour(&mut self, tour: Option<Arc<Tour>>) {
        let Some(tour) = tour else {
            self.tours.open = None;
            return;
        };
        let open = self.tours.open.get_or_insert_with(OpenTour::empty);
        if open.tour != tour {
            open.step = open.step.min(tour.steps.len().saturating_sub(1));
            (open.tour, open.edited, open.is_changed) = (tour, None, true);
        }
    }
}

impl OpenTour {
    fn empty() -> Self {
        Self { tour: Arc::new(Tour::default()), path: None, is_changed: false, step: 0, edited: None }
    }
}

/// The place of a step once another went from one place to another.
fn moved(step: usize, (from, to): (usize, usize)) -> usize {
    match step {
        step if step == from => to,
        step if from < step && step <= to => step - 1,
        step if to <= step && step < from => step + 1,
        step => step,
    }
}

fn words_of(tour: &mut Tour, step: Option<usize>, part: Part) -> Option<&mut Words> {
    let Some(step) = step else { return Some(&mut tour.title) };
    let step = tour.steps.get_mut(step)?;
    Some(match part {
        Part::Title => &mut step.title,
        Part::Caption => &mut step.caption,
        Part::Notes => &mut step.notes,
    })
}

/// The title as the name of a file.
fn file_stem(tour: &Tour, language: crate::i18n::Language) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { '-' };
    let stem: String = tour.title.get(language).trim().chars().map(plain).collect();
    let stem = stem.trim_matches('-').to_owned();
    if stem.is_empty() { "tour".to_owned() } else { stem }
}
