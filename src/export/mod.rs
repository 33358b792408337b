//! Pictures on paper: a scene as SVG or PDF, vectors as vectors and text as text.
//!
//! Invariant: what is on the screen is on paper, in the same order, place and look. Nothing here draws on a GPU or
//! reads a file; the relief comes as a picture, and the caller writes what comes out.

mod areas;
mod carried;
mod families;
mod glyphs;
mod ground;
mod handout;
mod lines;
mod moving;
mod paper;
mod pdf;
mod shapes;
mod svg;
mod walk;

#[cfg(test)]
mod tests;

use image::RgbaImage;

use crate::basemap::{Basemap, BasemapError};
use crate::scene::Scene;

pub use carried::{PDF_NAME, PNG_KEYWORD, carried, png_with};
pub use ground::backdrop;
pub use handout::{Handout, HandoutSource, HandoutStep, HandoutWords, html};
pub use moving::{Moving, MovingError, Reel};
pub use pdf::pdf;
pub use svg::{svg, svg_page};

/// One scene to draw.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub scene: &'a Scene,
    pub basemap: &'a Basemap<'a>,
    /// The scene's [`backdrop`] with a few pixels to a point: sea, land and relief. Without it they are flat.
    pub ground: Option<&'a RgbaImage>,
}

/// What a file says about itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub title: &'a str,
    /// What is seen, for those who do not see it.
    pub description: &'a str,
    /// By BCP 47: `en`, `zh`, `ko`.
    pub language: &'a str,
    /// Year, month and day on which it was made.
    pub date: Option<(u16, u8, u8)>,
}

/// A page of a PDF. Its points are 1/72 inch, those of a scene 1/96.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    pub width_pt: f32,
    pub height_pt: f32,
    /// What is seen, for those who do not see it.
    pub description: &'a str,
    /// From the lowest to the topmost.
    pub placed: Vec<Placed<'a>>,
}

/// A sheet on a page, as wide as asked and as high as that makes it, in points of the page.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    pub sheet: &'a Sheet<'a>,
    pub left_pt: f32,
    pub top_pt: f32,
    pub width_pt: f32,
}

impl<'a> Page<'a> {
    /// A page that a sheet fills from edge to edge in its own size.
    #[must_use]
    pub fn of(sheet: &'a Sheet<'a>, description: &'a str) -> Self {
        /// Points of a page in a point of a scene.
        const SCALE: f32 = 72.0 / 96.0;
        let size = sheet.scene.viewport.size;
        let (width_pt, height_pt) = (size.width as f32 * SCALE, size.height as f32 * SCALE);
        let placed = vec![Placed { sheet, left_pt: 0.0, top_pt: 0.0, width_pt }];
        Self { width_pt, height_pt, description, placed }
    }
}

/// A file inside a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// Its media type, such as `application/json`.
    pub mime: &'a str,
}

/// Why a scene does not go on paper.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("a part of the basemap does not read")]
    Basemap(#[from] BasemapError),
    #[error("the picture of the ground cannot be packed")]
    Picture(#[from] image::ImageError),
    #[error("a page of {width} by {height} points cannot be")]
    Page { width: f32, height: f32 },
    #[error("the PDF cannot be put together: {0}")]
    Pdf(String),
}
