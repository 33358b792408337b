//! What lies under a point of the map, in the one order of hits: marks, lines, places, the country.
//!
//! It reads the same marks and lines that are drawn, on the CPU, so it needs no GPU and no picture.

use std::collections::HashSet;

use super::corridors::CorridorLines;
use super::draw::LinePoint;
use super::features::{Mark, marks};
use super::marks::MarkKind;
use super::scenery::Scenery;
use super::style::{Looks, MarkStyle};
use crate::atlas::Id;
use crate::basemap::Detail;
use crate::geo::{ScreenPoint, Viewport, WorldBounds, WorldFixed};
use crate::state::{LayerKind, State};

/// A thing is hit within this many points of its drawn mark or line.
pub const REACH: f64 = 12.0;

/// What a click would find.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: Id,
    pub layer: HitLayer,
    /// Points from the drawn mark or line; 0 on it and inside areas.
    pub distance: f64,
}

/// Where a hit stands in the order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitLayer {
    Zones,
    Projects,
    FilePoints,
    BorderZones,
    Crossings,
    Corridors,
    FileLines,
    Boundaries,
    FileAreas,
    Places,
    Countries,
}

impl HitLayer {
    /// Its name in the answers of `at`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zones => "zones",
            Self::Projects => "projects",
            Self::FilePoints => "file-points",
            Self::FileLines => "file-lines",
            Self::FileAreas => "file-areas",
            Self::BorderZones => "border-zones",
            Self::Crossings => "crossings",
            Self::Corridors => "corridors",
            Self::Boundaries => "boundaries",
            Self::Places => "places",
            Self::Countries => "countries",
        }
    }

    /// Whether it covers ground rather than being a mark or line that one aims at.
    #[must_use]
    pub const fn is_ground(self) -> bool {
        matches!(self, Self::Countries | Self::FileAreas)
    }
}

/// Everything at `point`, in the order of hits; within a rank the nearest first.
#[must_use]
pub fn pick(state: &State, scenery: &Scenery, viewport: &Viewport, point: ScreenPoint) -> Vec<Hit> {
    let looks = scenery.looks(state.settings.theme);
    let style = looks.marks(viewport.camera.zoom);
    let aim = Aim { viewport, point, place: viewport.world_from_screen(point), looks, style: &style };
    let mut hits = Vec::new();
    for mark in marks(state, viewport, &style) {
        aim.mark(&mark, &mut hits);
    }
    for corridor in scenery.corridors.iter().filter(|corridor| state.layers.shows_corridor(&corridor.id)) {
        if let Some(distance) = aim.corridor(corridor) {
            hits.push(Hit { id: corridor.id.clone(), layer: HitLayer::Corridors, distance });
        }
    }
    aim.boundaries(state, scenery, &mut hits);
    super::files::pick(state, viewport, point, &mut hits);
    if state.layers.shows(LayerKind::Places) {
        aim.places(state, scenery, &mut hits);
    }
    // Stable: marks of one rank and distance keep the order of the document.
    hits.sort_by(|a, b| a.layer.cmp(&b.layer).then(a.distance.total_cmp(&b.distance)));
    // An area that is hit inside and at its edge is one thing.
    let mut seen = HashSet::new();
    hits.retain(|hit| seen.insert(hit.id.clone()));
    let detail = Detail::for_zoom(viewport.camera.zoom);
    hits.extend(country(state, scenery, (aim.place, detail)));
    hits
}

/// The zones of the cluster at `point`; empty where there is none.
#[must_use]
pub fn cluster_at(state: &State, scenery: &Scenery, viewport: &Viewport, point: ScreenPoint) -> Vec<Id> {
    let style = scenery.looks(state.settings.theme).marks(viewport.camera.zoom);
    let is_hit = |mark: &Mark| {
        let distance = viewport.screen_from_world(mark.at).distance(point);
        matches!(mark.kind, MarkKind::Cluster(_)) && distance <= f64::from(mark.kind.radius(&style)) + 2.0
    };
    marks(state, viewport, &style).into_iter().find(is_hit).map(|mark| mark.ids).unwrap_or_default()
}

/// Whether a segment comes near a box: few do, and the others are not worth their exact distance.
fn is_about(pair: &[LinePoint], around: WorldBounds) -> bool {
    let (a, b) = (pair[0].at, pair[1].at);
    a.x.min(b.x) <= around.max.x
        && a.x.max(b.x) >= around.min.x
        && a.y.min(b.y) <= around.max.y
        && a.y.max(b.y) >= around.min.y
}

struct Aim<'a> {
    viewport: &'a Viewport,
    point: ScreenPoint,
    place: WorldFixed,
    looks: &'a Looks,
    style: &'a MarkStyle,
}

impl Aim<'_> {
    fn mark(&self, mark: &Mark, hits: &mut Vec<Hit>) {
        let layer = match mark.kind {
            MarkKind::Zone | MarkKind::Horgos | MarkKind::Cluster(_) => HitLayer::Zones,
            MarkKind::Project(_) => HitLayer::Projects,
            MarkKind::BorderZone => HitLayer::BorderZones,
            MarkKind::Crossing { .. } | MarkKind::Town { .. } => HitLayer::Crossings,
        };
        let from_middle = self.viewport.screen_from_world(mark.at).distance(self.point);
        let distance = (from_middle - f64::from(mark.kind.radius(self.style))).max(0.0);
        if distance <= REACH {
            hits.extend(mark.ids.iter().map(|id| Hit { id: id.clone(), layer, distance }));
        }
    }

    /// Points from the nearest stroke of a corridor, where that is in reach.
    fn corridor(&self, corridor: &CorridorLines) -> Option<f64> {
        let zoom = self.viewport.camera.zoom;
        let reach_box = self.reach_box(REACH + 24.0);
        let half_step = self.looks.half_step(zoom);
        let nearest = corridor
            .chains
            .iter()
            .filter(|chain| chain.bounds.intersects(reach_box))
            .flat_map(|chain| {
                let half_width = f64::from(self.looks.corridor_width(chain.role, zoom)) / 2.0;
                let near = chain.points.windows(2).filter(move |pair| is_about(pair, reach_box));
                near.map(move |pair| self.segment(pair, half_step) - half_width)
            })
            .fold(f64::INFINITY, f64::min);
        (nearest <= REACH).then_some(nearest.max(0.0))
    }

    fn segment(&self, pair: &[LinePoint], half_step: f64) -> f64 {
        let (a, b) =
            (self.viewport.screen_from_world(pair[0].at), self.viewport.screen_from_world(pair[1].at));
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy).max(1e-9);
        let (nx, ny) = (-dy / length, dx / length);
        let beside = |p: ScreenPoint, point: &LinePoint| {
            let side = f64::from(point.half_steps()) * half_step;
            ScreenPoint::new(p.x + nx * side, p.y + ny * side)
        };
        distance_to_segment(self.point, beside(a, &pair[0]), beside(b, &pair[1]))
    }

    fn boundaries(&self, state: &State, scenery: &Scenery, hits: &mut Vec<Hit>) {
        let Some(lines) = scenery.boundaries() else { return };
        for (row, distance) in lines.near(self.viewport, self.point, REACH) {
            if let Some(id) = state.catalog.boundary_id(row) {
                hits.push(Hit { id, layer: HitLayer::Boundaries, distance });
            }
        }
    }

    fn places(&self, state: &State, scenery: &Scenery, hits: &mut Vec<Hit>) {
        let reach_box = self.reach_box(REACH);
        for town in scenery.towns.shown(self.viewport.camera.zoom) {
            if !reach_box.contains(town.at) {
                continue;
            }
            let distance = (self.viewport.screen_from_world(town.at).distance(self.point) - 3.0).max(0.0);
            if distance <= REACH && state.catalog.bounds(&town.id).is_some() {
                hits.push(Hit { id: town.id.clone(), layer: HitLayer::Places, distance });
            }
        }
    }

    /// The part of the world within `reach` points.
    fn reach_box(&self, reach: f64) -> WorldBounds {
        let corner = |sign: f64| {
            let point = ScreenPoint::new(self.point.x + sign * reach, self.point.y + sign * reach);
            self.viewport.world_from_screen(point)
        };
        let (min, max) = (corner(-1.0), corner(1.0));
        if min.x <= max.x {
            return WorldBounds { min, max };
        }
        // Across 180° the whole width is looked through.
        WorldBounds { min: WorldFixed::new(0, min.y), max: WorldFixed::new(u32::MAX, max.y) }
    }
}

fn country(state: &State, scenery: &Scenery, (place, detail): (WorldFixed, Detail)) -> Option<Hit> {
    let row = scenery.basemap.owner_at(place, detail).ok().flatten()?;
    let id = state.catalog.country_id(row)?;
    Some(Hit { id, layer: HitLayer::Countries, distance: 0.0 })
}

/// Points from `point` to the segment from `a` to `b`.
pub(super) fn distance_to_segment(point: ScreenPoint, a: ScreenPoint, b: ScreenPoint) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length_squared = dx * dx + dy * dy;
    let along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / length_squared.max(1e-12);
    let along = along.clamp(0.0, 1.0);
    point.distance(ScreenPoint::new(a.x + along * dx, a.y + along * dy))
}
