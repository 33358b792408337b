//! Where on a figure there is room: beside the papers that lie there already, over as little of its subject as
//! can be.

use super::{Desk, MARGIN};
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
    let atlas = &state.catalog.atlas;
    let legs = atlas.legs.iter().filter(|leg| state.layers.shows_corridor(&leg.corridor));
    let mut places: Vec<LonLat> = legs.flat_map(|leg| leg.line.iter().copied()).collect();
    if state.layers.shows(LayerKind::Zones) {
        places.extend(atlas.zones.iter().map(|zone| zone.position.place()));
    }
    if state.layers.shows(LayerKind::Projects) {
        places.extend(atlas.projects.iter().map(|project| project.position.place()));
    }
    places
}

fn on_page(viewport: &Viewport, place: LonLat) -> [f32; 2] {
    let at = viewport.screen_from_world(place.to_world());
    [at.x as f32, at.y as f32]
}
