//! What of the basemap is in view, how it is coloured, and what of it is selected.

use std::sync::Arc;

use super::build::Frame;
use super::draw::{BoundaryLine, ChosenBoundary, Ground, GroundStyle};
use super::scenery::Scenery;
use crate::atlas::Kind;
use crate::basemap::{Boundary, BoundaryKind, Detail, RELIEF_LEVELS, Tables, TileId};
use crate::geo::WorldBounds;
use crate::state::State;

/// The ground of a view. `pixels_per_point` chooses how fine the relief must be.
pub(super) fn ground(frame: &Frame<'_>, pixels_per_point: f32) -> Ground {
    let Frame { state, scenery, viewport, .. } = frame;
    let mut style = scenery.looks(state.settings.theme).ground(viewport, &state.layers);
    if let Some(view) = &state.layers.viewpoint {
        style.boundaries = seen_from(&state.catalog.tables, view);
    }
    let zoom = viewport.finest_zoom();
    let detail = Detail::for_zoom(zoom);
    let bounds = viewport.bounds();
    let mut chunks: Vec<_> =
        bounds.iter().flat_map(|&part| scenery.basemap.chunks_in(detail, part)).collect();
    chunks.sort_unstable();
    chunks.dedup();
    let tiles = if style.has_height_tints { tiles((&bounds, zoom), pixels_per_point) } else { Vec::new() };
    let chosen = chosen(state, scenery, &style);
    Ground { chunks, tiles, style, chosen, warp: frame.warp.clone() }
}

/// How each boundary is drawn as `view` sees it; what is inside a country there is no boundary.
fn seen_from(tables: &Tables, view: &str) -> Arc<[BoundaryLine]> {
    let line = |boundary: &Boundary| match boundary.kind_for(view) {
        BoundaryKind::International | BoundaryKind::LeaseLimit => BoundaryLine::Solid,
        BoundaryKind::Province | BoundaryKind::Unrecognized => BoundaryLine::Hidden,
        BoundaryKind::Disputed
        | BoundaryKind::Indefinite
        | BoundaryKind::LineOfControl
        | BoundaryKind::Indeterminate
        | BoundaryKind::OverlayLimit
        | BoundaryKind::Claim => BoundaryLine::Disputed,
    };
    tables.boundaries.iter().map(line).collect()
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
fn tiles((parts, zoom): (&[WorldBounds], f64), pixels_per_point: f32) -> Vec<TileId> {
    let wanted = zoom - 1.0 + f64::from(pixels_per_point).log2();
    let z = (wanted - 0.2).ceil().clamp(0.0, f64::from(RELIEF_LEVELS - 1)) as u8;
    let count = 1u32 << z;
    let column = |steps: u32| ((u64::from(steps) * u64::from(count)) >> 32) as u32;
    let mut tiles = Vec::new();
    for part in parts {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_hide_what_they_do_not_recognise_and_nobodys_view_hides_nothing() {
        let tables = crate::basemap::Basemap::embedded().tables().expect("the tables read");
        let hidden = |view: &str| {
            seen_from(&tables, view).iter().filter(|line| **line == BoundaryLine::Hidden).count()
        };
        let not_drawn = |view: &str| {
            let is_hidden = |boundary: &&Boundary| {
                matches!(boundary.kind_for(view), BoundaryKind::Province | BoundaryKind::Unrecognized)
            };
            tables.boundaries.iter().filter(is_hidden).count()
        };
        for view in ["CN", "IN", "PK", "ISO"] {
            assert!(hidden(view) > 5 && hidden(view) == not_drawn(view), "{view}");
        }
        assert_ne!(seen_from(&tables, "IN"), seen_from(&tables, "PK"));
    }
}
