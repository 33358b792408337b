//! A figure in a file: pixels, or vectors with text as text, each carrying the view that it is of.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use image::RgbaImage;

use super::CliError;
use super::unfinished::{Unfinished, plain};
use crate::basemap::Basemap;
use crate::catalog::{citation, words};
use crate::export::{self, About, Attachment, PDF_NAME, PNG_KEYWORD, Page, Sheet};
use crate::i18n::Strings;
use crate::render::{Headless, Loader, MOST_PIXELS};
use crate::scene::{self, Furniture, Names, Scene, Scenery};
use crate::state::{FigureForm, State};

/// Pixels to a point of the relief under vectors.
const GROUND_SCALE: f32 = 2.0;

/// Everything that a figure is made of.
#[derive(Debug)]
pub struct FigureJob<'a> {
    /// Its view is that of the figure.
    pub state: &'a State,
    pub scenery: &'a Scenery,
    pub furniture: &'a Furniture,
    /// Pixels to a point, of pixels.
    pub scale: f32,
}

impl FigureJob<'_> {
    /// Draws it and writes it; nothing is left behind where that fails.
    ///
    /// # Errors
    /// A path that cannot be written, a full disk, no graphics driver.
    pub fn write(&self, form: FigureForm, path: &Path) -> Result<(), CliError> {
        let file = Unfinished::beside(path)?;
        match form {
            FigureForm::Png => {
                let scene = Arc::new(self.scene(self.scale));
                let image = headless()?.image(&scene, self.scale)?;
                drop(scene);
                let carried = self.carried();
                file.finish(|out| png(out, &image, Some(&carried)))
            }
            FigureForm::Svg => {
                let scene = self.scene(GROUND_SCALE);
                let text = vectors(&scene, |sheet| export::svg(sheet, &self.about(), Some(&self.carried())))?;
                file.finish(|out| out.write_all(text.as_bytes()))
            }
            FigureForm::Pdf => {
                let scene = self.scene(GROUND_SCALE);
                let carried = self.carried();
                let attachment =
                    Attachment { name: PDF_NAME, bytes: carried.as_bytes(), mime: "application/json" };
                let about = self.about();
                let bytes = vectors(&scene, |sheet| {
                    export::pdf(&[Page::of(sheet, about.description)], &about, Some(&attachment))
                })?;
                file.finish(|out| out.write_all(&bytes))
            }
        }
    }

    fn scene(&self, scale: f32) -> Scene {
        scene::figure((self.state, self.scenery), scale, &mut Names::default(), self.furniture)
    }

    /// The view as JSON, with what its files were and what to cite.
    fn carried(&self) -> String {
        let language = self.state.settings.language;
        let attribution = words::attribution(Strings::embedded(language));
        let catalog = &self.state.catalog;
        let selected = self.state.picks.selected.as_ref();
        let cited = selected.and_then(|id| Some(citation(catalog, language, (id, &catalog.entry(id)?))));
        let sources = std::iter::once(attribution).chain(cited).collect();
        self.state.figure(self.state.view.viewport().size, sources).to_json()
    }

    fn about(&self) -> About<'_> {
        let language = self.state.settings.language;
        let name = &Strings::embedded(language).app_name;
        let title = self.furniture.title.as_deref().unwrap_or(name);
        About { title, description: title, language: language.code(), date: None }
    }
}

/// Writes a scene as vectors over the picture of its ground.
fn vectors<T>(
    scene: &Scene,
    write: impl FnOnce(&Sheet<'_>) -> Result<T, export::ExportError>,
) -> Result<T, CliError> {
    let ground = ground_image(&mut headless()?, scene)?;
    let basemap = Basemap::embedded();
    Ok(write(&Sheet { scene, basemap: &basemap, ground: Some(&ground) })?)
}

/// Sea, land and relief of a scene, to lie under its vectors.
pub(super) fn ground_image(headless: &mut Headless, scene: &Scene) -> Result<RgbaImage, CliError> {
    let longest = scene.viewport.size.width.max(scene.viewport.size.height) as f32;
    let scale = GROUND_SCALE.min(MOST_PIXELS as f32 / longest);
    Ok(headless.image(&Arc::new(export::backdrop(scene)), scale)?)
}

pub(super) fn headless() -> Result<Headless, CliError> {
    Ok(Headless::new(Loader::new(Arc::new(Basemap::embedded())))?)
}

/// An opaque picture as PNG, with the view that it carries.
pub(super) fn png(out: &mut dyn Write, image: &RgbaImage, carried: Option<&str>) -> std::io::Result<()> {
    let (width, height) = image.dimensions();
    let mut encoder = png::Encoder::new(BufWriter::new(out), width, height);
    // The map is opaque everywhere: an alpha channel would say nothing.
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    if let Some(carried) = carried {
        encoder.add_itxt_chunk(PNG_KEYWORD.to_owned(), carried.to_owned()).map_err(written)?;
    }
    let mut writer = encoder.write_header().map_err(written)?;
    let mut rows = writer.stream_writer().map_err(written)?;
    let mut line = Vec::with_capacity(width as usize * 3);
    for row in image.rows() {
        line.clear();
        line.extend(row.flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
        rows.write_all(&line)?;
    }
    rows.finish().map_err(written)?;
    writer.finish().map_err(written)
}

/// The cause, without words about the encoder.
fn written(error: png::EncodingError) -> std::io::Error {
    match error {
        png::EncodingError::IoError(error) => plain(&error),
        other => std::io::Error::other(other),
    }
}
