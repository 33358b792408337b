//! Selecting, and going to what is selected: by a click, by keys, from the search, back and forward.

use std::sync::Arc;

use super::history;
use super::{Change, Effect, History, MeasureCommand, Near, State, Step, around};
use crate::atlas::{Id, Kind};
use crate::geo::{LonLat, WorldBounds};

impl State {
    pub(super) fn list_around(&mut self) {
        let (from, found) = around::around(self);
        self.picks.here = found;
        self.picks.here_from = Some(from);
    }

    /// Selects without moving the camera.
    pub(super) fn select(&mut self, id: Option<Id>) {
        // What was asked for lies under the comparison, or a sheet.
        if id.is_some() {
            self.compare.is_open = false;
            self.panels.sheet = None;
        }
        if self.picks.selected != id {
            self.remember(Change::Selection);
            self.picks.select(id);
            self.lay_out_selected();
            let km = self.picks.near.as_ref().map(|near| near.km);
            self.look_near(km);
        }
    }

    /// Lists what lies within so many kilometres of what is selected; `None` no more.
    pub(super) fn look_near(&mut self, km: Option<f64>) {
        self.picks.near = km.zip(self.picks.selected.clone()).map(|(km, id)| {
            let found = crate::catalog::within(&self.catalog, &id, km);
            let place = self.bounds(&id).map(|bounds| bounds.center().to_lonlat());
            let in_files = self.files.iter().filter(|file| file.is_visible).filter_map(|file| {
                let rows = file.dataset()?.within(place?, km * 1e3);
                let count = rows.into_iter().filter(|row| file.filter.lets_through(*row)).count();
                (count > 0).then(|| (file.key.clone(), count))
            });
            let in_files = in_files.collect();
            Near { of: id, km, found: Arc::new(found), in_files }
        });
    }

    pub(super) fn click(&mut self, hits: Vec<Id>) {
        self.view.stop();
        self.search.close();
        let chosen = self.picks.next_of(&hits);
        self.picks.pin = None;
        self.picks.here_from = None;
        self.select(chosen);
        self.picks.here = if hits.len() > 1 { hits } else { Vec::new() };
    }

    pub(super) fn choose(&mut self, index: usize) {
        if let Some(id) = self.picks.here.get(index).cloned() {
            let (here, from) = (std::mem::take(&mut self.picks.here), self.picks.here_from);
            self.select(Some(id));
            (self.picks.here, self.picks.here_from) = (here, from);
        }
    }

    /// To the nearest thing that way.
    pub(super) fn walk_to(&mut self, way: super::Way) {
        if let Some(id) = around::nearest(self, way) {
            self.select(Some(id.clone()));
            self.bring_in(&id);
        }
    }

    /// The next or previous of a kind, in the order of the document, and the way there.
    pub(super) fn walk(&mut self, kind: Kind, step: Step) {
        let ids = self.catalog.ids(kind);
        if ids.is_empty() {
            return;
        }
        let at = self.picks.selected.as_ref().and_then(|id| ids.iter().position(|other| other == id));
        let next = match (at, step) {
            (None, Step::Next) => 0,
            (None, Step::Previous) => ids.len() - 1,
            (Some(at), Step::Next) => (at + 1) % ids.len(),
            (Some(at), Step::Previous) => (at + ids.len() - 1) % ids.len(),
        };
        self.select(Some(ids[next].clone()));
        self.fly_to(&ids[next]);
    }

    pub(super) fn take_result(&mut self, index: usize) {
        let Some(hit) = self.search.results().get(index) else { return };
        let (id, bounds, position) = (hit.id.clone(), hit.bounds, hit.position);
        self.search.close();
        let is_bare = id.is_none();
        self.select(id);
        self.picks.pin = position.filter(|_| is_bare);
        if let Some(bounds) = bounds {
            self.fly_to_bounds(bounds);
        }
    }

    pub(super) fn fly_to(&mut self, id: &Id) {
        if let Some(bounds) = self.bounds(id) {
            self.fly_to_bounds(bounds);
        }
    }

    /// Moves the map only where the thing lies under a panel or beyond the edge.
    pub(super) fn bring_in(&mut self, id: &Id) {
        if let Some(bounds) = self.catalog.bounds(id) {
            self.show_place(bounds.center().to_lonlat());
        }
    }

    pub(super) fn show_place(&mut self, place: LonLat) {
        let viewport = self.view.viewport();
        let at = viewport.screen_from_world(place.to_world());
        let padding = self.view.padding();
        let is_free = (padding.left..=viewport.size.width - padding.right).contains(&at.x)
            && (padding.top..=viewport.size.height - padding.bottom).contains(&at.y);
        if !is_free {
            let middle = self.view.middle();
            self.fly(|_| viewport.dragged(middle.x - at.x, middle.y - at.y).camera);
        }
    }

    pub(super) fn pin_at(&mut self, place: LonLat) {
        self.picks.pin = Some(place);
        self.show_place(place);
    }

    pub(super) fn fly_to_bounds(&mut self, bounds: WorldBounds) {
        self.remember(Change::Camera);
        self.view.fly_to(bounds, self.settings.is_motion_reduced);
    }

    pub(super) fn fly(&mut self, target: impl FnOnce(&Self) -> crate::geo::Camera) {
        self.remember(Change::Camera);
        let camera = target(self);
        self.view.fly(camera, self.settings.is_motion_reduced);
    }

    /// One thing closes at a time, the topmost first.
    pub(super) fn escape(&mut self) -> Vec<Effect> {
        if let Some(show) = &mut self.tours.show {
            return if show.blank.take().is_some() { Vec::new() } else { self.end_show() };
        }
        if self.panels.sheet.is_some() {
            self.panels.sheet = None;
        } else if self.search.is_open {
            self.search.close();
        } else if self.compare.is_open {
            self.compare.is_open = false;
        } else if self.view.is_flying() || self.along.is_some() {
            self.stop_flight();
        } else if self.measure.is_on {
            self.apply_to_measure(MeasureCommand::SetOn(false));
        } else if self.true_size.is_some() {
            self.true_size = None;
        } else if self.quiz.is_open {
            self.quiz.is_open = false;
        } else if self.notes.open.is_some() {
            self.notes.open = None;
        } else if !self.picks.here.is_empty() || self.picks.here_from.is_some() {
            self.picks.here.clear();
            self.picks.here_from = None;
        } else if self.table.is_some() {
            self.table = None;
        } else if self.strip.is_some() {
            self.strip = None;
        } else if self.picks.pin.is_some() {
            self.picks.pin = None;
        } else {
            self.select(None);
        }
        Vec::new()
    }

    pub(super) fn remember(&mut self, change: Change) {
        let here = history::Stop { camera: self.view.camera(), selected: self.picks.selected.clone() };
        self.history.remember(here, change, self.view.clock_secs());
    }

    pub(super) fn travel(&mut self, way: fn(&mut History, history::Stop) -> Option<history::Stop>) {
        let here = history::Stop { camera: self.view.camera(), selected: self.picks.selected.clone() };
        if let Some(stop) = way(&mut self.history, here) {
            self.picks.select(stop.selected);
            self.lay_out_selected();
            self.view.fly(stop.camera, self.settings.is_motion_reduced);
        }
    }

    /// The box around anything with an id.
    #[must_use]
    pub fn bounds(&self, id: &Id) -> Option<WorldBounds> {
        match self.files.feature(id) {
            Some((_, dataset, row)) => dataset.bounds_of(row).map(crate::catalog::with_room),
            None => self.catalog.bounds(id),
        }
    }

    /// Where a thing is that is a point; `None` of lines and areas.
    #[must_use]
    pub fn bounds_of_point(&self, id: &Id) -> Option<LonLat> {
        let bounds = match self.files.feature(id) {
            Some((_, dataset, row)) => dataset.bounds_of(row)?,
            None => self.catalog.entry(id)?.bounds(&self.catalog.atlas)?,
        };
        (bounds.min == bounds.max).then(|| bounds.min.to_lonlat())
    }
}
