//! A flight along a route of a corridor, from its first station to its last.

use std::sync::Arc;

use super::{Change, State};
use crate::atlas::{Id, Kind};
use crate::catalog::RouteLine;
use crate::geo::{Camera, WorldBounds};

/// A whole route takes so many seconds, however long it is; within limits of speed.
const WHOLE_SECS: f64 = 40.0;
const LEAST_KM_PER_SEC: f64 = 25.0;
const MOST_KM_PER_SEC: f64 = 260.0;
/// So close that the land beside the line is seen.
const ZOOM: f64 = 5.6;
/// The camera may be off by so much, as a share of a zoom level or of the world, before somebody else moved it.
const MOVED: f64 = 1e-6;

/// A flight under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Along {
    pub corridor: Id,
    pub route: String,
    line: Arc<RouteLine>,
    /// Where it is.
    pub km: f64,
    length_km: f64,
    /// Where it left the camera; elsewhere somebody took over.
    camera: Option<Camera>,
}

impl State {
    /// Sets out along a route: the one that lies open for the corridor, else its main one.
    pub(super) fn fly_along(&mut self, corridor: &Id) {
        if corridor.kind != Kind::Corridor {
            return;
        }
        let open =
            self.strip.as_ref().filter(|open| open.corridor == *corridor).map(|open| open.route.clone());
        let Some((_, route)) = self.catalog.route(corridor, open.as_deref().unwrap_or_default()) else {
            return;
        };
        let (route, length_km) = (route.id.clone(), route.km);
        let line = Arc::new(self.catalog.route_line(&route));
        if self.settings.is_motion_reduced {
            // A cut to the whole of it stands for the way.
            let places = line.between(0.0, length_km);
            if let Some(bounds) = WorldBounds::of(places.map(crate::geo::LonLat::to_world)) {
                self.fly_to_bounds(bounds);
            }
            return;
        }
        self.remember(Change::Camera);
        if let Some(start) = line.at(0.0) {
            let camera = self.centred(Camera::new(start, ZOOM));
            self.view.fly(camera, false);
        }
        self.along =
            Some(Along { corridor: corridor.clone(), route, line, km: 0.0, length_km, camera: None });
    }

    /// Stops where it is, on whichever flight.
    pub(super) fn stop_flight(&mut self) {
        self.along = None;
        self.view.stop();
    }

    /// Goes on along the route; any hand on the map ends it.
    pub(super) fn go_along(&mut self, dt_secs: f64) {
        let Some(mut along) = self.along.take() else { return };
        if self.view.is_flying() {
            self.along = Some(along);
            return;
        }
        let here = self.view.camera();
        let is_same = |camera: Camera| {
            let (dx, dy) = camera.center.offset_from(here.center);
            (camera.zoom - here.zoom).abs() < MOVED && dx.abs().max(dy.abs()) < 64
        };
        if along.camera.is_some_and(|camera| !is_same(camera)) {
            return;
        }
        let speed = (along.length_km / WHOLE_SECS).clamp(LEAST_KM_PER_SEC, MOST_KM_PER_SEC);
        along.km = (along.km + speed * dt_secs.clamp(0.0, 0.1)).min(along.length_km);
        let Some(place) = along.line.at(along.km) else { return };
        let camera = self.centred(Camera::new(place, here.zoom));
        self.view.move_to(camera);
        along.camera = Some(self.view.camera());
        if along.km < along.length_km {
            self.along = Some(along);
        }
    }

    /// The camera that shows its own middle in the middle of the free map.
    fn centred(&self, camera: Camera) -> Camera {
        let size = self.view.viewport().size;
        let middle = self.view.middle();
        let viewport = crate::geo::Viewport::new(camera, size);
        viewport.dragged(middle.x - size.width / 2.0, middle.y - size.height / 2.0).camera
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Command;
    use crate::state::tests::fresh;

    #[test]
    fn it_goes_from_the_first_station_to_the_last_and_a_hand_ends_it() {
        let mut state = fresh();
        let corridor: Id = "corridor/cpec".parse().expect("an id");
        let ask = |state: &mut State, command| drop(state.apply(command));
        ask(&mut state, Command::FlyAlong(corridor.clone()));
        let mut seen = Vec::new();
        for _ in 0..4_000 {
            ask(&mut state, Command::Tick(0.05));
            let Some(along) = &state.along else { break };
            seen.push(along.km);
        }
        assert!(state.along.is_none(), "it ends");
        assert!(seen.is_sorted() && seen.last().is_some_and(|km| *km > 800.0), "{:?}", seen.last());
        ask(&mut state, Command::FlyAlong(corridor));
        (0..100).for_each(|_| ask(&mut state, Command::Tick(0.05)));
        assert!(state.along.is_some());
        ask(&mut state, Command::Pan { dx: 40.0, dy: 0.0 });
        let camera = state.view.camera();
        ask(&mut state, Command::Tick(0.05));
        assert!(state.along.is_none());
        assert_eq!(state.view.camera(), camera, "the map stays where the hand left it");
    }
}
