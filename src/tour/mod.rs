//! Tours: steps that look at the map, with what is said at each, in a plain text that a person can write.
//!
//! Invariant: whatever is read back from what [`write`] wrote is the same tour; a text that is no tour gives every
//! fault with its line, and never half a tour.

mod figure;
mod finding;
mod form;
mod look;
mod read;
mod words;
mod write;

use std::path::Path;

pub use figure::{Figure, FigureFile};
pub use finding::{Finding, What};
pub use form::TourForm;
pub use look::{Aim, Look};
pub use read::{Fault, Wrong, read};
pub use words::Words;
pub use write::write;

/// What the names of tour files end in.
pub const ENDING: &str = ".tour.toml";

/// Seconds that are planned for a step that plans none.
pub const USUAL_SECONDS: u32 = 60;

/// A row of steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tour {
    /// Of a tour that comes with the atlas: `tour/…` without its kind.
    pub id: Option<String>,
    pub title: Words,
    /// Planned for all of it.
    pub minutes: Option<u32>,
    /// Files that it shows, from the folder in which the tour lies.
    pub files: Vec<String>,
    pub steps: Vec<Step>,
}

/// One picture with what is said of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    pub title: Words,
    /// What the audience reads.
    pub caption: Words,
    /// What the presenter says; paragraphs are parted by an empty line.
    pub notes: Words,
    /// Planned; `None` plans [`USUAL_SECONDS`].
    pub seconds: Option<u32>,
    pub look: Look,
    /// Ids of the sources on which the words rest.
    pub sources: Vec<String>,
    /// Where it begins in the file, from 1; 0 where it was never read.
    pub line: u64,
}

impl Step {
    /// Seconds that it takes when the tour plays by itself.
    #[must_use]
    pub fn lasts(&self) -> u32 {
        self.seconds.unwrap_or(USUAL_SECONDS)
    }
}

impl Tour {
    /// Seconds of all steps together.
    #[must_use]
    pub fn lasts(&self) -> u32 {
        self.steps.iter().map(Step::lasts).fold(0, u32::saturating_add)
    }

    /// Seconds that are planned: as it says, else what its steps take.
    #[must_use]
    pub fn planned(&self) -> u32 {
        self.minutes.map_or_else(|| self.lasts(), |minutes| minutes.saturating_mul(60))
    }

    /// What is said of it and its steps, for whoever looks for a text.
    pub fn texts(&self) -> impl Iterator<Item = &Words> {
        let of_steps = self.steps.iter().flat_map(|step| [&step.title, &step.caption, &step.notes]);
        std::iter::once(&self.title).chain(of_steps)
    }
}

/// Whether a file is called as tours are.
#[must_use]
pub fn is_tour(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().ends_with(ENDING))
}

/// The texts of the tours that come with the atlas, by their ids.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("six-corridors", include_str!("../../assets/tours/six-corridors.tour.toml")),
    ("eleven-zones", include_str!("../../assets/tours/eleven-zones.tour.toml")),
    ("1992-to-today", include_str!("../../assets/tours/1992-to-today.tour.toml")),
    ("korea", include_str!("../../assets/tours/korea.tour.toml")),
];

/// The tour that comes with the atlas under this id, with or without `tour/` before it.
#[must_use]
pub fn built_in(id: &str) -> Option<Tour> {
    let name = id.strip_prefix("tour/").unwrap_or(id);
    let (_, text) = BUILT_IN.into_iter().find(|(id, _)| *id == name)?;
    read(text).ok()
}

#[cfg(test)]
mod tests;
