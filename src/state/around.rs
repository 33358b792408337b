//! What lies around, for whoever finds their way by keys: the nearest thing in a direction, and all that is near.

use super::{LayerKind, State};
use crate::atlas::{Id, Item, Kind};
use crate::catalog::Entry;
use crate::geo::{LonLat, ScreenPoint};

/// Things named when asked what is around.
const MOST: usize = 9;
/// Nearer than this, in points, is here and not further along.
const HERE: f64 = 2.0;

/// A way on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Left,
    Right,
    Up,
    Down,
}

impl Way {
    /// Points along the way and across it, from `from` to `to`.
    fn along_and_across(self, from: ScreenPoint, to: ScreenPoint) -> (f64, f64) {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        match self {
            Self::Left => (-dx, dy),
            Self::Right => (dx, dy),
            Self::Up => (-dy, dx),
            Self::Down => (dy, dx),
        }
    }
}

/// Where the walk stands: at the selection where it is on the screen, else in the middle of the free map.
fn here(state: &State) -> ScreenPoint {
    let viewport = state.view.viewport();
    let selected = state.picks.selected.as_ref().and_then(|id| at(state, id));
    let is_seen = |point: &ScreenPoint| {
        (0.0..=viewport.size.width).contains(&point.x) && (0.0..=viewport.size.height).contains(&point.y)
    };
    selected.filter(is_seen).unwrap_or_else(|| state.view.middle())
}

fn at(state: &State, id: &Id) -> Option<ScreenPoint> {
    let bounds = state.catalog.bounds(id)?;
    Some(state.view.viewport().screen_from_world(bounds.center()))
}

/// The atlas's shown points, each with its place on the screen; beyond the screen too.
fn shown(state: &State) -> impl Iterator<Item = (Id, ScreenPoint)> {
    let kinds = [
        (Kind::Zone, LayerKind::Zones),
        (Kind::Project, LayerKind::Projects),
        (Kind::BorderZone, LayerKind::BorderZones),
        (Kind::Crossing, LayerKind::Crossings),
    ];
    let ids = kinds.into_iter().flat_map(move |(kind, layer)| {
        let ids = state.catalog.ids(kind).into_iter();
        ids.filter(move |id| state.layers.shows(layer_of(state, layer, id)))
    });
    ids.filter(|id| state.layers.lets_through(id)).filter_map(|id| Some((id.clone(), at(state, &id)?)))
}

/// The layer of a kind, but that the centre has one of its own.
fn layer_of(state: &State, layer: LayerKind, id: &Id) -> LayerKind {
    match state.catalog.entry(id) {
        Some(Entry::Item(Item::Zone(zone))) if zone.order.is_none() => LayerKind::Horgos,
        _ => layer,
    }
}

/// The nearest shown thing in a quarter of the compass; what lies across counts double.
pub(super) fn nearest(state: &State, way: Way) -> Option<Id> {
    let from = here(state);
    let ahead = shown(state).filter_map(|(id, to)| {
        let (along, across) = way.along_and_across(from, to);
        (along > HERE && across.abs() <= along).then_some((along + across.abs(), id))
    });
    ahead.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// The place from where the walk goes on, and what is in the free map, nearest first.
pub(super) fn around(state: &State) -> (LonLat, Vec<Id>) {
    let (from, size, padding) = (here(state), state.view.viewport().size, state.view.padding());
    let is_seen = |to: &ScreenPoint| {
        (padding.left..=size.width - padding.right).contains(&to.x)
            && (padding.top..=size.height - padding.bottom).contains(&to.y)
    };
    let selected = state.picks.selected.as_ref();
    let others = shown(state).filter(|(id, to)| is_seen(to) && selected != Some(id));
    let mut found: Vec<(f64, Id)> = others.map(|(id, to)| (from.distance(to), id)).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let place = state.view.viewport().world_from_screen(from).to_lonlat();
    (place, found.into_iter().take(MOST).map(|(_, id)| id).collect())
}
