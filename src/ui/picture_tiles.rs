//! Tiles of pictures, read and decoded on threads of their own and drawn under everything else. One that does not come
//! is asked for again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use egui::{Color32, ColorImage, Mesh, Rect, Shape, TextureHandle, TextureOptions, Ui, pos2, vec2};

use crate::geo::Viewport;
use crate::i18n::Strings;
use crate::tiles::{Archive, TileError};

/// Textures that are kept; a 4K window shows 150.
const MOST: usize = 512;
/// Threads that wait for tiles and decode them.
const READERS: usize = 4;
/// What did not come is asked for again after so long, in seconds.
const AGAIN_SECS: f64 = 4.0;

type Place = (u8, u32, u32);

/// One archive's pictures.
pub struct PictureTiles {
    archive: Arc<dyn Archive>,
    known: HashMap<Place, Known>,
    wanted: Sender<Place>,
    done: Receiver<(Place, Result<Option<ColorImage>, TileError>)>,
    frame: u64,
    /// Places whose tile did not come, and when they are asked for again.
    failed: Vec<(f64, Place)>,
    /// Why the last one did not.
    fault: Option<TileError>,
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
        for number in 0..READERS {
            let (read, woken) = (Arc::clone(&archive), ctx.clone());
            let (waiting, teller): (Receiver<Place>, Sender<_>) = (waiting.clone(), teller.clone());
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
            let name = format!("atlas-pictures-{number}");
            if let Err(error) = std::thread::Builder::new().name(name).spawn(work) {
                log::error!("pictures cannot be read: {error}");
            }
        }
        let (known, failed) = (HashMap::new(), Vec::new());
        Self { archive, known, wanted, done, frame: 0, failed, fault: None, has_any: false }
    }

    /// Draws what is there of the view; the rest comes later, a coarser tile in its place until then.
    pub(crate) fn paint(&mut self, ui: &Ui, rect: Rect, viewport: &Viewport) {
        self.frame += 1;
        self.take(ui);
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

    /// What has come since, and what is to be asked for again.
    fn take(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        for (place, picture) in self.done.try_iter().collect::<Vec<_>>() {
            let load =
                |picture| ui.ctx().load_texture(format!("tile {place:?}"), picture, TextureOptions::LINEAR);
            match picture {
                Ok(picture) => {
                    let seen = self.frame;
                    self.known.insert(place, Known { texture: picture.map(load), seen });
                    self.fault = None;
                }
                Err(error) => {
                    self.failed.push((now + AGAIN_SECS, place));
                    self.fault = Some(error);
                    ui.ctx().request_repaint_after(Duration::from_secs_f64(AGAIN_SECS));
                }
            }
        }
        for (_, place) in self.failed.extract_if(.., |(again, _)| *again <= now) {
            self.known.remove(&place);
        }
    }

    /// Why tiles are missing, while they are.
    #[must_use]
    pub fn fault(&self, strings: &Strings) -> Option<String> {
        self.fault.as_ref().map(|fault| fault.told(strings))
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
fn decoded(archive: &dyn Archive, (z, x, y): Place) -> Result<Option<ColorImage>, TileError> {
    let tile = archive.tile(z, x, y).inspect_err(|error| log::warn!("tile {z}/{x}/{y}: {error}"))?;
    Ok(tile.and_then(|bytes| {
        let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
        let mut limits = image::Limits::default();
        (limits.max_image_width, limits.max_image_height) = (Some(4_096), Some(4_096));
        reader.limits(limits);
        let picture =
            reader.decode().inspect_err(|error| log::warn!("tile {z}/{x}/{y}: {error}")).ok()?.into_rgba8();
        let size = [picture.width() as usize, picture.height() as usize];
        Some(ColorImage::from_rgba_unmultiplied(size, picture.as_raw()))
    }))
}

/// The tiles in view over `rect` at a whole zoom of a range, each with where it lies on the screen.
fn each_tile(
    rect: Rect,
    viewport: &Viewport,
    (least, most): (f64, f64),
    mut tile: impl FnMut((u8, u32, u32), Rect),
) {
    let zoom = viewport.camera.zoom.round().clamp(least, most);
    let count = 1_i64 << (zoom as u32);
    let side = 256.0 * (viewport.camera.zoom - zoom).exp2();
    let (x, y) = viewport.camera.center.to_unit();
    let (left, top) = (
        x * count as f64 - viewport.size.width / 2.0 / side,
        y * count as f64 - viewport.size.height / 2.0 / side,
    );
    let (columns, rows) =
        ((viewport.size.width / side).ceil() as i64, (viewport.size.height / side).ceil() as i64);
    for row in top.floor() as i64..=top.floor() as i64 + rows + 1 {
        for column in left.floor() as i64..=left.floor() as i64 + columns + 1 {
            if !(0..count).contains(&row) {
                continue;
            }
            let at = vec2(((column as f64 - left) * side) as f32, ((row as f64 - top) * side) as f32);
            let place = Rect::from_min_size(rect.min + at, vec2(side as f32, side as f32));
            tile((zoom as u8, column.rem_euclid(count) as u32, row as u32), place);
        }
    }
}

impl std::fmt::Debug for PictureTiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PictureTiles").field("known", &self.known.len()).finish_non_exhaustive()
    }
}
