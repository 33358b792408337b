//! Names on the map.

use super::badges::Badge;
use super::build::Frame;
use super::draw::{Layer, TextRun};
use crate::theme::Rgba;

/// Where names stood in the picture before.
#[derive(Clone, Debug, Default)]
pub struct Names {}

pub(super) fn layer(_frame: &Frame<'_>, _badges: &[Badge], _names: &mut Names) -> Layer {
    Layer { opacity: 1.0, items: Vec::new() }
}

pub(super) fn letter(_letter: &str, _at: [f32; 2], size: f32, colour: Rgba) -> TextRun {
    TextRun { size, colour, halo: None, opacity: 1.0, glyphs: Vec::new() }
}

pub(super) fn count(count: usize, at: [f32; 2], size: f32, colour: Rgba) -> TextRun {
    letter(&count.to_string(), at, size, colour)
}
