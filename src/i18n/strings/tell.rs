//! Texts of telling and taking out: tours, presenting, the flight check, figures.

use serde::Deserialize;

use super::{Counted, Template};

/// Presenting and touring.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenterTexts {
    pub start: String,
    pub tour: String,
    pub next: String,
    pub back: String,
    pub notes: String,
    pub current: String,
    pub step_of: Template,
    pub black: String,
    pub end: String,
    pub title: String,
    pub other_screen: String,
    pub time: String,
    pub since: String,
    pub planned: Template,
    /// `time` is minutes and seconds, as `8:12`.
    pub left: Template,
    pub over: Template,
    pub next_step: Template,
    pub is_last: String,
    pub notes_of: Template,
    pub no_notes: String,
    pub play: String,
    pub stop: String,
    pub smaller: String,
    pub larger: String,
    pub second_window: String,
    pub white: String,
    pub laser: String,
    #[serde(rename = "return")]
    pub back_to_step: String,
    pub moved: String,
    pub first: String,
    pub last: String,
    pub jump: String,
    pub next_key: String,
    pub back_key: String,
    pub stop_all: String,
}

/// Tours: the list of them, and the making of one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourTexts {
    pub title: String,
    pub along: String,
    pub new: String,
    pub open: String,
    pub hint: String,
    pub steps: Counted,
    pub minutes: Counted,
    pub refused: Template,
    pub fault: Template,
    pub untitled: String,
    pub untitled_step: String,
    pub record: String,
    pub retake: String,
    pub remove: String,
    pub up: String,
    pub down: String,
    pub edit: String,
    pub done: String,
    pub name: String,
    pub caption: String,
    pub notes: String,
    pub seconds: String,
    pub save: String,
    pub close: String,
    pub check: String,
    pub empty: String,
    pub unsaved: String,
    /// Both are minutes and seconds.
    pub lasts: Template,
    pub wrong_form: Template,
    pub wrong_version: Template,
    pub wrong_empty: String,
    pub wrong_many: String,
    pub wrong_value: Template,
    pub wrong_months: String,
}

/// What the check before a show finds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlightTexts {
    pub title: String,
    pub ready: String,
    pub faults: Counted,
    pub remarks: Counted,
    /// `line` is of the file.
    pub at_step: Template,
    pub at_step_alone: Template,
    pub of_tour: String,
    pub unknown_id: Template,
    pub unknown_layer: Template,
    pub unknown_source: Template,
    pub unknown_filter: Template,
    pub bad_filter: Template,
    pub no_place: Template,
    pub missing_file: Template,
    pub broken_file: Template,
    pub no_glyph: Template,
    pub small: Template,
    pub faint: Template,
    pub long: Template,
    /// `language` is a language’s own name.
    pub no_words: Template,
    pub no_source: String,
    pub no_title: String,
    pub time: Template,
    pub again: String,
    pub go: String,
    pub unknown_viewpoint: Template,
    pub empty_filter: Template,
}

/// Figures: how one is made, and what it brings back.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureTexts {
    pub title: String,
    pub of: String,
    pub map: String,
    pub strip: String,
    pub comparison: String,
    pub timeline: String,
    pub chart: String,
    /// Opens the sheet on which a figure is made.
    pub make: String,
    pub sources: Template,
    pub as_high: String,
    pub form: String,
    pub paper: String,
    pub screen: String,
    pub landscape: String,
    pub portrait: String,
    pub scale: String,
    pub dpi: Template,
    /// Both are whole numbers.
    pub pixels: Template,
    /// Both are whole numbers.
    pub millimetres: Template,
    pub name: String,
    pub legend: String,
    pub north: String,
    pub north_letter: String,
    pub grid_labels: String,
    pub locator: String,
    pub notes: String,
    pub carries: String,
    pub save: Template,
    pub projection: String,
    pub mercator: String,
    pub equal_area: String,
    /// What each is true to.
    pub mercator_is: String,
    pub equal_area_is: String,
    pub too_wide: Template,
    pub reopened: String,
    pub missing: Template,
    pub changed: Template,
    pub other_data: Template,
    pub no_view: Template,
}

/// A tour or the years as pages and moving pictures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoutTexts {
    pub sources: String,
    pub licences: String,
    pub print: String,
    pub planned: Template,
    /// For whoever does not see the picture of a step.
    pub map_of: Template,
    pub title: String,
    pub html: String,
    pub pdf: String,
    pub gif: String,
    pub apng: String,
    pub mp4: String,
    pub frames: String,
    pub years: String,
    pub under_way: Template,
    pub stop: String,
}
