//! Where on a figure there is room: beside the papers that lie there already, over as little of its subject as
//! can be.

use super::{Desk, MARGIN};
use crate::atlas::{Id, Kind, Position};
use crate::geo::{LonLat, Viewport};
use crate::state::{LayerKind, State};

impl Desk<'_> {
    /// The corner in which a paper of that width and height hides least of corridors, zones and projects: its
    /// upper left point.
    pub(super) fn free_corner(&self, state: &State, [width, height]: [f32; 2]) -> [f32; 2] {
        let viewport = state.view.viewport();
        let subject: Vec<[f32; 2]> =
            subject(state).into_iter().map(|place| on_page(&viewport, place)).collect();
        let right = self.size.width as f32 - MARGIN - width;
        let sides = [right, MARGIN].into_iter().flat_map(|left| {
            let (top, bottom) = self.free_heights([left, left + width]);
            [[left, (bottom - height).max(top)], [left, top]]
        });
        let hidden = |corner: &[f32; 2]| {
            let is_under = |at: &&[f32; 2]| {
                (corner[0]..corner[0] + width).contains(&at[0])
                    && (corner[1]..corner[1] + height).contains(&at[1])
            };
            let is_over = corner[1] + height > self.size.height as f32 - MARGIN;
            (is_over, subject.iter().filter(is_under).count())
        };
        sides.min_by_key(hidden).unwrap_or([right, MARGIN])
    }

    /// Between which heights there is no paper in a column of the page.
    fn free_heights(&self, [left, right]: [f32; 2]) -> (f32, f32) {
        let middle = self.size.height as f32 / 2.0;
        let (mut top, mut bottom) = (MARGIN, self.size.height as f32 - MARGIN);
        for [from_left, from, to_right, to] in &self.papers {
            if *to_right < left || *from_left > right {
                continue;
            }
            if *from > middle {
                bottom = bottom.min(from - MARGIN / 2.0);
            } else {
                top = top.max(to + MARGIN / 2.0);
            }
        }
        (top, bottom)
    }
}

/// Every place that a figure is about.
fn subject(state: &State) -> Vec<LonLat> {
    let mut places: Vec<LonLat> =
        state.catalog.ids(Kind::Corridor).iter().flat_map(|id| line(state, id)).collect();
    places.extend(marked(state, LayerKind::Zones));
    places.extend(marked(state, LayerKind::Projects));
    places
}

/// Whether a corridor is to be seen on the page.
pub(super) fn has_corridor(state: &State, corridor: &Id) -> bool {
    let viewport = state.view.viewport();
    line(state, corridor).any(|place| is_on(&viewport, place))
}

/// Whether a mark of a layer is to be seen on the page.
pub(super) fn has_mark(state: &State, layer: LayerKind) -> bool {
    let viewport = state.view.viewport();
    marked(state, layer).any(|place| is_on(&viewport, place))
}

/// The places along a corridor that is shown.
fn line<'a>(state: &'a State, corridor: &Id) -> impl Iterator<Item = LonLat> + use<'a> {
    let is_shown = state.layers.shows_corridor(corridor);
    let of = corridor.clone();
    let legs = state.catalog.atlas.legs.iter().filter(move |leg| is_shown && leg.corridor == of);
    legs.flat_map(|leg| leg.line.iter().copied())
}

/// The places of the marks of a layer that is shown.
fn marked(state: &State, layer: LayerKind) -> impl Iterator<Item = LonLat> + use<> {
    let atlas = &state.catalog.atlas;
    let positions: Vec<&Position> = match layer {
        _ if !state.layers.shows(layer) => Vec::new(),
        LayerKind::Zones => {
            atlas.zones.iter().filter(|zone| zone.order.is_some()).map(|zone| &zone.position).collect()
        }
        LayerKind::Horgos => {
            atlas.zones.iter().filter(|zone| zone.order.is_none()).map(|zone| &zone.position).collect()
        }
        LayerKind::Projects => atlas.projects.iter().map(|project| &project.position).collect(),
        LayerKind::BorderZones => atlas.border_zones.iter().map(|zone| &zone.position).collect(),
        LayerKind::Crossings => atlas.crossings.iter().map(|crossing| &crossing.position).collect(),
        _ => Vec::new(),
    };
    positions.into_iter().map(Position::place).collect::<Vec<_>>().into_iter()
}

fn on_page(viewport: &Viewport, place: LonLat) -> [f32; 2] {
    let at = viewport.screen_from_world(place.to_world());
    [at.x as f32, at.y as f32]
}

fn is_on(viewport: &Viewport, place: LonLat) -> bool {
    let [x, y] = on_page(viewport, place);
    (0.0..=viewport.size.width as f32).contains(&x) && (0.0..=viewport.size.height as f32).contains(&y)
}
