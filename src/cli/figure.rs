//! A figure in a file: pixels, or vectors with text as text, each carrying the view that it is of.

use std::cell::Cell;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use image::{Rgba, RgbaImage};

use super::CliError;
use super::unfinished::{Unfinished, plain};
use crate::basemap::Basemap;
use crate::catalog::{citation, words};
use crate::export::{self, About, Attachment, PDF_NAME, PNG_KEYWORD, Page, Placed, Sheet};
use crate::i18n::Strings;
use crate::render::{Headless, Loader, MOST_PIXELS};
use crate::scene::{self, Furniture, Montage, Scene, Scenery};
use crate::state::{FigureForm, FigureOf, State};
use crate::theme::Tokens;
use crate::ui::{self, PanelFigure};

/// Pixels to a point of the relief under vectors.
const GROUND_SCALE: f32 = 2.0;
/// Points of a page, of 1/72 inch, in a point of a scene, of 1/96 inch.
const PAGE_POINTS: f32 = 72.0 / 96.0;

/// Everything that a figure is made of.
#[derive(Debug)]
pub struct FigureJob<'a> {
    /// Its view is that of the figure.
    pub state: &'a State,
    pub scenery: &'a Scenery,
    pub tokens: &'a Arc<Tokens>,
    pub of: FigureOf,
    /// Of a map; a panel has its title alone.
    pub furniture: &'a Furniture,
    /// Pixels to a point, of pixels.
    pub scale: f32,
}

impl FigureJob<'_> {
    /// Draws it and writes it; nothing is left behind where that fails.
    ///
    /// # Errors
    /// A path that cannot be written, a full disk, a page that is too long, no graphics driver where one is needed.
    pub fn write(&self, form: FigureForm, path: &Path) -> Result<(), CliError> {
        let file = Unfinished::beside(path)?;
        let carried = self.carried();
        let about = self.about();
        match form {
            FigureForm::Png => {
                let page = self.page(self.scale)?;
                let image = image(&page, self.scale)?;
                drop(page);
                file.finish(|out| png(out, &image, Some(&carried)))
            }
            FigureForm::Svg => {
                let text = vectors(&self.page(GROUND_SCALE)?, about.description, |page| {
                    export::svg_page(page, &about, Some(&carried))
                })?;
                file.finish(|out| out.write_all(text.as_bytes()))
            }
            FigureForm::Pdf => {
                let attachment =
                    Attachment { name: PDF_NAME, bytes: carried.as_bytes(), mime: "application/json" };
                let bytes = vectors(&self.page(GROUND_SCALE)?, about.description, |page| {
                    export::pdf(std::slice::from_ref(page), &about, Some(&attachment))
                })?;
                file.finish(|out| out.write_all(&bytes))
            }
        }
    }

    fn page(&self, scale: f32) -> Result<Montage, CliError> {
        if self.of == FigureOf::Map {
            return Ok(scene::map_page((self.state, self.scenery), scale, self.furniture));
        }
        let figure = PanelFigure {
            state: self.state,
            scenery: self.scenery,
            tokens: self.tokens,
            of: self.of,
            title: self.furniture.title.as_deref().unwrap_or_default(),
            size: self.state.view.viewport().size,
        };
        ui::montage(&figure, scale)
            .ok_or_else(|| CliError::Usage("there is nothing of that to draw".to_owned()))
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

/// Every picture in its place, over white.
fn image(page: &Montage, scale: f32) -> Result<RgbaImage, CliError> {
    let [width, height] = [page.size.width, page.size.height].map(|side| (side * f64::from(scale)).round());
    if width.max(height) > f64::from(MOST_PIXELS) {
        let (width, height) = (width as u64, height as u64);
        return Err(CliError::TooLarge { width, height, most: MOST_PIXELS });
    }
    let mut headless = headless()?;
    if let [piece] = page.pieces.as_slice() {
        return Ok(headless.image(&piece.scene, scale)?);
    }
    let mut whole = RgbaImage::from_pixel(width as u32, height as u32, Rgba([255; 4]));
    for piece in &page.pieces {
        let part = headless.image(&piece.scene, scale)?;
        let [left, top] = piece.at.map(|side| (side * scale).round() as u32);
        for (x, y, over) in part.enumerate_pixels() {
            if let Some(under) = whole.get_pixel_mut_checked(left + x, top + y) {
                lay(under, *over);
            }
        }
    }
    Ok(whole)
}

/// A pixel over another; its colour is multiplied with its alpha already.
fn lay(under: &mut Rgba<u8>, over: Rgba<u8>) {
    let rest = u16::from(255 - over[3]);
    for (under, over) in under.0.iter_mut().zip(over.0) {
        *under = over.saturating_add(((u16::from(*under) * rest + 127) / 255) as u8);
    }
}

/// Writes a page as vectors, each map over the picture of its ground.
fn vectors<T>(
    page: &Montage,
    description: &str,
    write: impl FnOnce(&Page<'_>) -> Result<T, export::ExportError>,
) -> Result<T, CliError> {
    let mut headless = headless()?;
    let basemap = Basemap::embedded();
    let scenes = page.pieces.iter().map(|piece| piece.scene.as_ref());
    let grounds =
        scenes.map(|scene| scene.ground.as_ref().map(|_| ground_image(&mut headless, scene)).transpose());
    let grounds = grounds.collect::<Result<Vec<_>, _>>()?;
    let sheets = page.pieces.iter().zip(&grounds);
    let sheets = sheets.map(|(piece, ground)| Sheet {
        scene: &piece.scene,
        basemap: &basemap,
        ground: ground.as_ref(),
    });
    let sheets: Vec<Sheet<'_>> = sheets.collect();
    let placed = page.pieces.iter().zip(&sheets).map(|(piece, sheet)| {
        let [left_pt, top_pt] = piece.at.map(|side| side * PAGE_POINTS);
        let width_pt = piece.scene.viewport.size.width as f32 * PAGE_POINTS;
        Placed { sheet, left_pt, top_pt, width_pt }
    });
    let [width_pt, height_pt] = [page.size.width, page.size.height].map(|side| side as f32 * PAGE_POINTS);
    Ok(write(&Page { width_pt, height_pt, description, placed: placed.collect() })?)
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
    let fault = Cell::new(None);
    let encoded = encode(Remembering { out, fault: &fault }, image, carried);
    // The encoder makes words of what its writer says.
    encoded.map_err(|error| fault.take().unwrap_or_else(|| std::io::Error::other(error)))
}

fn encode(out: impl Write, image: &RgbaImage, carried: Option<&str>) -> Result<(), png::EncodingError> {
    let (width, height) = image.dimensions();
    let mut encoder = png::Encoder::new(BufWriter::new(out), width, height);
    // The map is opaque everywhere: an alpha channel would say nothing.
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    if let Some(carried) = carried {
        encoder.add_itxt_chunk(PNG_KEYWORD.to_owned(), carried.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    let mut line = Vec::with_capacity(width as usize * 3);
    for row in image.rows() {
        line.clear();
        line.extend(row.flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
        rows.write_all(&line)?;
    }
    rows.finish()?;
    writer.finish()
}

/// Writes on and keeps the first error as it was.
struct Remembering<'a> {
    out: &'a mut dyn Write,
    fault: &'a Cell<Option<std::io::Error>>,
}

impl Remembering<'_> {
    fn keep<T>(&self, done: std::io::Result<T>) -> std::io::Result<T> {
        done.inspect_err(|error| {
            // After an interruption the caller goes on.
            if error.kind() != std::io::ErrorKind::Interrupted {
                let first = self.fault.take().unwrap_or_else(|| plain(error));
                self.fault.set(Some(first));
            }
        })
    }
}

impl Write for Remembering<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let done = self.out.write(bytes);
        self.keep(done)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let done = self.out.flush();
        self.keep(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many bytes.
    struct Disk(usize);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            if taken == 0 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_called_so() {
        let image = RgbaImage::from_fn(64, 64, |x, y| image::Rgba([(x * y) as u8, x as u8, y as u8, 255]));
        for room in [0, 50, 2_000] {
            let written = png(&mut Disk(room), &image, Some("{}"));
            assert_eq!(written.map_err(|error| error.kind()), Err(std::io::ErrorKind::StorageFull), "{room}");
        }
    }
}
