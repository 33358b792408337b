//! Tiles of pictures from an archive, decoded on a thread of their own and drawn under everything else.

use std::collections::HashMap;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, unbounded};
use egui::{Color32, ColorImage, Mesh, Rect, Shape, TextureHandle, TextureOptions, Ui, pos2, vec2};

use super::tiles::each_tile;
use crate::geo::Viewport;
use crate::tiles::Archive;

/// Textures that are kept; a 4K window shows 150.
const MOST: usize = 512;

type Place = (u8, u32, u32);

/// One archive's pictures.
pub struct PictureTiles {
    archive: Arc<dyn Archive>,
    known: HashMap<Place, Known>,
    wanted: Sender<Place>,
    done: Receiver<(Place, Option<ColorImage>)>,
    frame: u64,
    /// Whether the last picture had any; until then the atlas's own ground stays.
    has_any: bool,
}

struct Known {
    /// `None` while it is on its way, or where there is none.
    texture: Option<TextureHandle>,
    /// The frame in which it was drawn last.
    seen: u64,
}

impl PictureTiles {
    #[must_use]
    pub fn new(ctx: &egui::Context, archive: Arc<dyn Archive>) -> Self {
        let (wanted, waiting) = unbounded::<Place>();
        let (teller, done) = unbounded();
        let (read, woken) = (Arc::clone(&archive), ctx.clone());
        let work = move || {
            while let Ok(place) = waiting.recv() {
                let picture = decoded(&*read, place);
                // The layer may be gone.
                if teller.send((place, picture)).is_err() {
                    return;
                }
                woken.request_repaint();
            }
        };
        if let Err(error) = std::thread::Builder::new().name("atlas-pictures".to_owned()).spawn(work) {
            log::error!("pictures cannot be read: {error}");
        }
        Self { archive, known: HashMap::new(), wanted, done, frame: 0, has_any: false }
    }

    /// Draws what is there of the view; the rest comes later, a coarser tile in its place until then.
    pub(crate) fn paint(&mut self, ui: &Ui, rect: Rect, viewport: &Viewport) {
        self.frame += 1;
        for (place, picture) in self.done.try_iter().collect::<Vec<_>>() {
            let load =
                |picture| ui.ctx().load_texture(format!("tile {place:?}"), picture, TextureOptions::LINEAR);
            let seen = self.frame;
            self.known.insert(place, Known { texture: picture.map(load), seen });
        }
        let info = self.archive.info();
        let range = (f64::from(info.min_zoom), f64::from(info.max_zoom));
        let mut tiles = Vec::new();
        each_tile(rect, viewport, range, |place, rect| tiles.push((place, rect)));
        let least = info.min_zoom;
        let mut has_any = false;
        for (place, rect) in tiles {
            has_any |= self.paint_tile(ui, place, least, rect);
        }
        self.tidy();
        self.has_any = has_any;
    }

    /// Whether there is anything to see.
    #[must_use]
    pub fn has_any(&self) -> bool {
        self.has_any
    }

    fn paint_tile(&mut self, ui: &Ui, place: Place, least: u8, rect: Rect) -> bool {
        if !self.known.contains_key(&place) {
            self.known.insert(place, Known { texture: None, seen: self.frame });
            // Its thread lives as long as this.
            let _ = self.wanted.send(place);
        }
        for up in 0..=place.0 - least.min(place.0) {
            let above = (place.0 - up, place.1 >> up, place.2 >> up);
            let Some(known) = self.known.get_mut(&above) else { continue };
            known.seen = self.frame;
            let Some(texture) = &known.texture else { continue };
            let side = 1.0 / f32::from(1_u16 << up.min(15));
            let at = |own: u32, above: u32| (own - (above << up)) as f32 * side;
            let begin = pos2(at(place.1, above.1), at(place.2, above.2));
            let part = Rect::from_min_size(begin, vec2(side, side));
            paint_texture(ui, texture, rect, part);
            return true;
        }
        false
    }

    /// The longest unseen go.
    fn tidy(&mut self) {
        if self.known.len() <= MOST {
            return;
        }
        let mut seen: Vec<u64> = self.known.values().map(|known| known.seen).collect();
        seen.sort_unstable();
        let limit = seen[seen.len() - MOST];
        self.known.retain(|_, known| known.seen >= limit);
    }
}

fn paint_texture(ui: &Ui, texture: &TextureHandle, rect: Rect, part: Rect) {
    let mut mesh = Mesh::with_texture(texture.id());
    mesh.add_rect_with_uv(rect, part, Color32::WHITE);
    ui.painter().add(Shape::mesh(mesh));
}

/// `None` where there is no tile, or none that is a picture.
fn decoded(archive: &dyn Archive, (z, x, y): Place) -> Option<ColorImage> {
    let bytes = archive.tile(z, x, y).inspect_err(|error| log::warn!("tile {z}/{x}/{y}: {error}")).ok()??;
    let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(4_096), Some(4_096));
    reader.limits(limits);
    let picture =
        reader.decode().inspect_err(|error| log::warn!("tile {z}/{x}/{y}: {error}")).ok()?.into_rgba8();
    let size = [picture.width() as usize, picture.height() as usize];
    Some(ColorImage::from_rgba_unmultiplied(size, picture.as_raw()))
}

impl std::fmt::Debug for PictureTiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PictureTiles").field("known", &self.known.len()).finish_non_exhaustive()
    }
}
