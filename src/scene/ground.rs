//! What of the basemap is in view, how it is coloured, and what of it is selected.

use super::draw::{ChosenBoundary, Ground, GroundStyle};
use super::scenery::Scenery;
use crate::atlas::Kind;
use crate::basemap::{Detail, RELIEF_LEVELS, TileId};
use crate::geo::Viewport;
use crate::state::State;

/// The ground of a view. `pixels_per_point` chooses how fine the relief must be.
pub(super) fn ground(state: &State, scenery: &Scenery, viewport: &Viewport, pixels_per_point: f32) -> Ground {
    let zoom = viewport.camera.zoom;
    let style = scenery.looks(state.settings.theme).ground(viewport, &state.layers);
    let detail = Detail::for_zoom(zoom);
    let bounds = viewport.bounds();
    let mut chunks: Vec<_> =
        bounds.iter().flat_map(|&part| scenery.basemap.chunks_in(detail, part)).collect();
    chunks.sort_unstable();
    chunks.dedup();
    let tiles = if style.has_height_tints { tiles(viewport, pixels_per_point) } else { Vec::new() };
    let chosen = chosen(state, scenery, &style);
    Ground { chunks, tiles, style, chosen }
}

/// The boundary that is selected.
fn chosen(state: &State, scenery: &Scenery, style: &GroundStyle) -> Option<ChosenBoundary> {
    let selected = state.picks.selected.as_ref().filter(|id| id.kind == Kind::Boundary)?;
    let ring = &scenery.looks(state.settings.theme).colours().state;
    Some(ChosenBoundary {
        row: state.catalog.boundary_row(selected)?,
        colour: ring.selected_ring,
        width: style.border_width.max(1.0) + 2.0 * ring.selected_ring_px,
    })
}

/// The relief tiles in view, of the level whose pixels are about the screen's.
fn tiles(viewport: &Viewport, pixels_per_point: f32) -> Vec<TileId> {
    let wanted = viewport.camera.zoom - 1.0 + f64::from(pixels_per_point).log2();
    let z = (wanted - 0.2).ceil().clamp(0.0, f64::from(RELIEF_LEVELS - 1)) as u8;
    let count = 1u32 << z;
    let column = |steps: u32| ((u64::from(steps) * u64::from(count)) >> 32) as u32;
    let mut tiles = Vec::new();
    for part in viewport.bounds() {
        for y in column(part.min.y)..=column(part.max.y) {
            for x in column(part.min.x)..=column(part.max.x) {
                tiles.push(TileId { z, x: x as u16, y: y as u16 });
            }
        }
    }
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}
