//! Raster tiles from the network, downloaded and cached by walkers; made only when a person switches them on.

use std::path::PathBuf;

use egui::{Color32, Mesh, Rect, Shape, Ui, vec2};
use walkers::sources::OpenStreetMap;
use walkers::{HttpOptions, HttpTiles, Tile, TileId, Tiles};

use crate::geo::Viewport;

/// Tiles of the source end here.
const DEEPEST: f64 = 19.0;

/// The online layer.
pub struct OnlineTiles {
    tiles: HttpTiles,
    /// Whether the last picture had any; until then the atlas's own ground stays.
    has_any: bool,
}

impl OnlineTiles {
    /// Opens the connection; `cache` keeps what was seen for the next time.
    #[must_use]
    pub fn new(ctx: &egui::Context, cache: Option<PathBuf>) -> Self {
        let options = HttpOptions { cache, ..HttpOptions::default() };
        Self { tiles: HttpTiles::with_options(OpenStreetMap, options, ctx.clone()), has_any: false }
    }

    /// Whether there is anything to see.
    #[must_use]
    pub fn has_any(&self) -> bool {
        self.has_any
    }

    /// Draws the tiles in view over `rect`, round the world where it wraps.
    pub(crate) fn paint(&mut self, ui: &Ui, rect: Rect, viewport: &Viewport) {
        self.has_any = false;
        each_tile(rect, viewport, (0.0, DEEPEST), |(zoom, x, y), rect| {
            self.paint_tile(ui, TileId { x, y, zoom }, rect);
        });
    }

    fn paint_tile(&mut self, ui: &Ui, id: TileId, rect: Rect) {
        let Some(piece) = self.tiles.at(id) else { return };
        let Tile::Raster(texture) = piece.tile;
        self.has_any = true;
        let mut mesh = Mesh::with_texture(texture.id());
        mesh.add_rect_with_uv(rect, piece.uv, Color32::WHITE);
        ui.painter().add(Shape::mesh(mesh));
    }
}

/// The tiles in view over `rect` at a whole zoom of a range, each with where it lies on the screen.
pub(super) fn each_tile(
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

impl std::fmt::Debug for OnlineTiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OnlineTiles").finish_non_exhaustive()
    }
}
