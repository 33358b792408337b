//! What of the atlas is marked at a zoom: the same list is drawn, labelled and picked.

use super::marks::MarkKind;
use super::style::MarkStyle;
use crate::atlas::{Id, Kind, LessonPlace};
use crate::catalog::Catalog;
use crate::geo::{LonLat, Viewport, WorldFixed};
use crate::state::{LayerKind, State};

/// From here on projects that are lines or programmes are marked too.
const PROGRAMME_ZOOM: f64 = 3.5;
const CROSSING_ZOOM: f64 = 7.0;
const GAUGE_BREAK_ZOOM: f64 = 5.5;

/// One mark on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// One, or those of a cluster in the order of the document.
    pub ids: Vec<Id>,
    pub kind: MarkKind,
    pub at: WorldFixed,
    /// Metres by which the position may be off; 0 where that is not drawn.
    pub error_m: f64,
}

impl Mark {
    #[must_use]
    pub fn is(&self, id: Option<&Id>) -> bool {
        id.is_some_and(|id| self.ids.contains(id))
    }
}

/// From this zoom on marks are at their largest.
const CLOSE_UP: f64 = 6.5;

/// The zoom as of which marks are drawn: who sits further back sees them as they are close up.
pub(super) fn mark_zoom(state: &State, zoom: f64) -> f64 {
    if state.tours.is_seen_only() { zoom.max(CLOSE_UP) } else { zoom }
}

/// The atlas's marks in the order of hits, without towns.
#[must_use]
pub fn marks(state: &State, viewport: &Viewport, style: &MarkStyle) -> Vec<Mark> {
    // Where a place is asked for the map does not give it away.
    if state.quiz.asks_for_a_place() {
        return Vec::new();
    }
    let mut marks = zones(state, (viewport, style));
    marks.extend(projects(state, viewport.camera.zoom));
    marks.extend(border_zones(state));
    marks.extend(crossings(state, viewport.camera.zoom));
    marks.extend(lesson_places(state));
    marks
}

/// The places of what is selected of the lessons, which are on the map only then.
fn lesson_places(state: &State) -> impl Iterator<Item = Mark> {
    let selected = state.picks.selected.as_ref();
    let is_about = move |place: &LessonPlace| {
        selected.is_some_and(|id| match id.kind {
            Kind::KoreaPlace => *id == place.id,
            Kind::Lesson | Kind::Belt => {
                let related = state.catalog.entry(id).map(|entry| entry.related()).unwrap_or_default();
                related.contains(&place.id) || place.related.contains(id)
            }
            _ => false,
        })
    };
    state.catalog.atlas.lesson_places.iter().filter(move |place| is_about(place)).map(|place| {
        let position = &place.position;
        let error_m = if position.certain { 0.0 } else { position.accuracy_km.unwrap_or(0.0) * 1e3 };
        Mark {
            ids: vec![place.id.clone()],
            kind: MarkKind::Town { rank: 0 },
            at: position.place().to_world(),
            error_m,
        }
    })
}

fn zones(state: &State, view: (&Viewport, &MarkStyle)) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for zone in &state.catalog.atlas.zones {
        let is_horgos = zone.order.is_none();
        let layer = if is_horgos { LayerKind::Horgos } else { LayerKind::Zones };
        let is_shown = state.layers.shows(layer) && state.layers.lets_through(&zone.id);
        if !is_shown && state.picks.selected.as_ref() != Some(&zone.id) {
            continue;
        }
        let kind = if is_horgos { MarkKind::Horgos } else { MarkKind::Zone };
        let error_m =
            if zone.position.certain { 0.0 } else { zone.position.accuracy_km.unwrap_or(0.0) * 1e3 };
        let at = LonLat::new(zone.position.lon, zone.position.lat).to_world();
        marks.push(Mark { ids: vec![zone.id.clone()], kind, at, error_m });
    }
    // An audience cannot open a cluster.
    if state.tours.is_seen_only() {
        return marks;
    }
    cluster(marks, view, state.picks.selected.as_ref())
}

/// Joins zones that would cover each other; the centre and what is selected stay by themselves.
fn cluster(marks: Vec<Mark>, (viewport, style): (&Viewport, &MarkStyle), selected: Option<&Id>) -> Vec<Mark> {
    let mut joined: Vec<Mark> = Vec::new();
    for mark in marks {
        let stays = mark.kind != MarkKind::Zone || mark.is(selected);
        let place = viewport.screen_from_world(mark.at);
        let near = joined.iter_mut().find(|other| {
            matches!(other.kind, MarkKind::Zone | MarkKind::Cluster(_))
                && !other.is(selected)
                && viewport.screen_from_world(other.at).distance(place) < f64::from(style.cluster_distance)
        });
        match near {
            Some(other) if !stays => {
                other.ids.extend(mark.ids);
                other.kind = MarkKind::Cluster(other.ids.len());
                other.at = WorldFixed::new(other.at.x.midpoint(mark.at.x), other.at.y.midpoint(mark.at.y));
            }
            _ => joined.push(mark),
        }
    }
    // Clusters are larger than zones: those that would now cover each other become one.
    while let Some((kept, gone)) = covering(&joined, (viewport, style), selected) {
        let gone = joined.remove(gone);
        let kept = &mut joined[kept];
        kept.ids.extend(gone.ids);
        kept.kind = MarkKind::Cluster(kept.ids.len());
        kept.at = WorldFixed::new(kept.at.x.midpoint(gone.at.x), kept.at.y.midpoint(gone.at.y));
    }
    joined
}

/// Two marks of which one is a cluster and covers the other, in their order.
fn covering(
    marks: &[Mark],
    (viewport, style): (&Viewport, &MarkStyle),
    selected: Option<&Id>,
) -> Option<(usize, usize)> {
    let joins =
        |mark: &Mark| matches!(mark.kind, MarkKind::Zone | MarkKind::Cluster(_)) && !mark.is(selected);
    let place = |mark: &Mark| viewport.screen_from_world(mark.at);
    let radius = |mark: &Mark| f64::from(mark.kind.radius(style));
    let pairs = (0..marks.len()).flat_map(|a| (a + 1..marks.len()).map(move |b| (a, b)));
    let mut covering = pairs.filter(|&(a, b)| {
        let (a, b) = (&marks[a], &marks[b]);
        (a.ids.len() > 1 || b.ids.len() > 1)
            && joins(a)
            && joins(b)
            && place(a).distance(place(b)) < radius(a) + radius(b)
    });
    covering.next()
}

fn projects(state: &State, zoom: f64) -> impl Iterator<Item = Mark> {
    let is_shown = state.layers.shows(LayerKind::Projects);
    state.catalog.atlas.projects.iter().filter_map(move |project| {
        let is_selected = state.picks.selected.as_ref() == Some(&project.id);
        let is_early = project.lines.is_empty() || zoom >= PROGRAMME_ZOOM;
        let is_through = state.layers.lets_through(&project.id);
        let is_wanted = is_selected || (is_shown && is_early && is_through);
        if !is_wanted {
            return None;
        }
        let at = LonLat::new(project.position.lon, project.position.lat).to_world();
        Some(Mark {
            ids: vec![project.id.clone()],
            kind: MarkKind::Project(project.kind.clone()),
            at,
            error_m: 0.0,
        })
    })
}

fn border_zones(state: &State) -> impl Iterator<Item = Mark> {
    let is_shown = state.layers.shows(LayerKind::BorderZones);
    state.catalog.atlas.border_zones.iter().filter_map(move |zone| {
        let is_selected = state.picks.selected.as_ref() == Some(&zone.id);
        let is_through = is_shown && state.layers.lets_through(&zone.id);
        if !is_selected && !is_through {
            return None;
        }
        let at = LonLat::new(zone.position.lon, zone.position.lat).to_world();
        Some(Mark { ids: vec![zone.id.clone()], kind: MarkKind::BorderZone, at, error_m: 0.0 })
    })
}

fn crossings(state: &State, zoom: f64) -> impl Iterator<Item = Mark> {
    let is_shown = state.layers.shows(LayerKind::Crossings);
    let corridor = state.picks.selected.as_ref().filter(|id| id.kind == Kind::Corridor);
    state.catalog.atlas.crossings.iter().filter_map(move |crossing| {
        let from_zoom = if crossing.is_gauge_break { GAUGE_BREAK_ZOOM } else { CROSSING_ZOOM };
        let is_selected = state.picks.selected.as_ref() == Some(&crossing.id);
        let is_of_corridor = crossing.is_gauge_break
            && corridor.is_some_and(|corridor| {
                lies_on(&state.catalog, corridor, crossing.along.iter().map(|along| along.route.as_str()))
            });
        let is_through = is_shown && state.layers.lets_through(&crossing.id);
        if !is_selected && !(is_through && (zoom >= from_zoom || is_of_corridor)) {
            return None;
        }
        let at = LonLat::new(crossing.position.lon, crossing.position.lat).to_world();
        let kind = MarkKind::Crossing { is_gauge_break: crossing.is_gauge_break };
        Some(Mark { ids: vec![crossing.id.clone()], kind, at, error_m: 0.0 })
    })
}

fn lies_on<'a>(catalog: &Catalog, corridor: &Id, mut routes: impl Iterator<Item = &'a str>) -> bool {
    let corridor = catalog.atlas.corridors.iter().find(|other| other.id == *corridor);
    corridor.is_some_and(|corridor| routes.any(|name| corridor.routes.iter().any(|route| route.id == name)))
}
