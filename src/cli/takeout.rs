//! A tour, or the years of the atlas, taken out: pages to hand out, or a moving picture.

mod pages;
mod reel;

use std::path::Path;

use super::CliError;
use crate::geo::Size;
use crate::i18n::Strings;
use crate::scene::Scenery;
use crate::state::State;
use crate::tour::{Tour, TourForm};

/// What is taken out.
#[derive(Clone, Copy, Debug)]
pub enum Story<'a> {
    Tour(&'a Tour),
    /// The map year by year, as it is looked at.
    Years,
}

/// Everything that goes into it.
pub struct TakeOut<'a> {
    pub state: &'a State,
    pub scenery: &'a Scenery,
    pub story: Story<'a>,
    /// Of the pictures, in points.
    pub size: Size,
    /// Pictures a second while the map flies, of moving pictures.
    pub frames_per_sec: u32,
    /// How many pictures are done of how many; `false` stops.
    pub watch: &'a dyn Fn(usize, usize) -> bool,
}

impl std::fmt::Debug for TakeOut<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TakeOut")
            .field("story", &self.story)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl TakeOut<'_> {
    /// Writes it; nothing is left behind where that fails or is stopped.
    ///
    /// # Errors
    /// A path that cannot be written, a full disk, no graphics driver, no ffmpeg for MP4, a folder that is not
    /// empty, and [`CliError::Stopped`].
    pub fn write(&self, form: TourForm, path: &Path) -> Result<(), CliError> {
        match (form, self.story) {
            (TourForm::Html, Story::Tour(tour)) => pages::html(self, tour, path),
            (TourForm::Pdf, Story::Tour(tour)) => pages::pdf(self, tour, path),
            (TourForm::Html | TourForm::Pdf, Story::Years) => {
                Err(CliError::StillForm { path: path.to_owned() })
            }
            _ => reel::write(self, form, path),
        }
    }

    fn strings(&self) -> &'static Strings {
        Strings::embedded(self.state.settings.language)
    }

    /// Tells how far it is.
    fn step(&self, done: usize, total: usize) -> Result<(), CliError> {
        if (self.watch)(done, total) { Ok(()) } else { Err(CliError::Stopped) }
    }
}
