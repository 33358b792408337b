//! Opened files in a picture: their areas and lines by level of detail, their points as marks or clusters.

use std::sync::Arc;

use super::build::Frame;
use super::draw::{FeatureDraw, FeatureKey, Item, Layer};
use super::marks::plate;
use super::names::Names;
use super::pick::{Hit, HitLayer, REACH};
use crate::data::{Dataset, Level};
use crate::geo::{ScreenPoint, Viewport, WorldBounds};
use crate::state::{OpenFile, State};
use crate::theme::Rgba;
/// How much of an area's colour is seen.
const AREA_OPACITY: f32 = 0.28;
const LINE_WIDTH: f32 = 1.4;
/// Wider by this where it is hovered or selected.
const LIT_WIDTH: f32 = 3.0;
/// Radius of a point, in points of the screen.
const POINT_RADIUS: f32 = 4.0;
/// Points share a mark where they are in one square of about this width.
const CLUSTER_WIDTH: f64 = 40.0;

/// Areas under lines, file by file from the lowest.
pub(super) fn layers(frame: &Frame<'_>) -> Vec<Layer> {
    let mut layers = Vec::new();
    for file in frame.state.files.iter().filter(|file| file.is_visible) {
        let Some(dataset) = file.dataset() else { continue };
        let colour = colour(frame, file);
        let zoom = frame.viewport.camera.zoom;
        if let Some(areas) = areas(dataset, zoom, (&frame.viewport, colour)) {
            layers.push(Layer { opacity: AREA_OPACITY, items: areas });
        }
        let lines = lines(dataset, zoom, (&frame.viewport, colour));
        if !lines.is_empty() {
            layers.push(Layer { opacity: 1.0, items: lines });
        }
    }
    layers.extend(lit(frame));
    layers
}

fn colour(frame: &Frame<'_>, file: &OpenFile) -> Rgba {
    let colours = &frame.looks.colours().file;
    colours.get(file.colour % colours.len().max(1)).copied().unwrap_or(frame.looks.colours().text.primary)
}

fn lines(dataset: &Arc<Dataset>, zoom: f64, (viewport, colour): (&Viewport, Rgba)) -> Vec<Item> {
    let Some((number, level)) = level_at(dataset, zoom) else { return Vec::new() };
    let views = viewport.bounds();
    let is_seen = |bounds: WorldBounds| views.iter().any(|view| view.intersects(bounds));
    let chunks = level.chunks.iter().enumerate().filter(|(_, chunk)| is_seen(chunk.bounds));
    chunks
        .map(|(index, chunk)| {
            let key =
                FeatureKey { dataset: dataset.id, level: number as u16, chunk: index as u32, is_area: false };
            let draw = FeatureDraw {
                key,
                dataset: Arc::clone(dataset),
                bounds: chunk.bounds,
                colour,
                width: LINE_WIDTH,
            };
            Item::Features(draw)
        })
        .collect()
}

/// The triangles of the level that suits, or of the nearest that has them.
fn areas(dataset: &Arc<Dataset>, zoom: f64, (viewport, colour): (&Viewport, Rgba)) -> Option<Vec<Item>> {
    if !dataset.has_areas {
        return None;
    }
    let (wanted, _) = level_at(dataset, zoom)?;
    let (number, chunks) = nearest_first(wanted, dataset.levels.len())
        .find_map(|number| Some((number, dataset.levels[number].areas()?)))?;
    let views = viewport.bounds();
    let items = chunks.iter().enumerate().filter_map(|(index, chunk)| {
        let bounds = chunk.bounds.filter(|bounds| views.iter().any(|view| view.intersects(*bounds)))?;
        let key =
            FeatureKey { dataset: dataset.id, level: number as u16, chunk: index as u32, is_area: true };
        Some(Item::Features(FeatureDraw { key, dataset: Arc::clone(dataset), bounds, colour, width: 0.0 }))
    });
    Some(items.collect())
}

/// The wanted level, those farther out, then those nearer.
fn nearest_first(wanted: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..=wanted).rev().chain(wanted + 1..count)
}

fn level_at(dataset: &Dataset, zoom: f64) -> Option<(usize, &Level)> {
    let number = dataset.level_number(zoom)?;
    Some((number, &dataset.levels[number]))
}

/// The outlines of what is hovered and of what is selected.
fn lit(frame: &Frame<'_>) -> Option<Layer> {
    let picks = &frame.state.picks;
    let (hovered, selected) = (picks.hovered.as_ref(), picks.selected.as_ref());
    let items = [hovered, selected].into_iter().flatten().filter_map(|id| {
        let (file, dataset, row) = frame.state.files.feature(id)?;
        let bounds = dataset.outline(row)?;
        let is_selected = selected == Some(id);
        let ring = frame.looks.colours().state.selected_ring;
        let colour = if is_selected { ring } else { colour(frame, file) };
        let key = FeatureKey { dataset: dataset.id, level: FeatureKey::ROW, chunk: row, is_area: false };
        let dataset = Arc::clone(dataset);
        Some(Item::Features(FeatureDraw { key, dataset, bounds, colour, width: LIT_WIDTH }))
    });
    let items: Vec<Item> = items.collect();
    (!items.is_empty()).then_some(Layer { opacity: 1.0, items })
}

/// Points and clusters of all files, with their counts.
pub(super) fn point_layer(frame: &Frame<'_>, names: &mut Names) -> Option<Layer> {
    let (mut shapes, mut counts) = (Vec::new(), Vec::new());
    let case = frame.mark_style.case;
    for file in frame.state.files.iter().filter(|file| file.is_visible) {
        let Some(dataset) = file.dataset().filter(|dataset| !dataset.points.is_empty()) else { continue };
        let colour = colour(frame, file);
        let depth = depth(frame.viewport.camera.zoom);
        for part in frame.viewport.bounds() {
            for cluster in dataset.points.clusters(part, depth) {
                let at = frame.viewport.screen_from_world(cluster.at);
                let at = [at.x as f32, at.y as f32];
                let radius = radius(cluster.count);
                let picks = &frame.state.picks;
                let id = file.feature(cluster.row);
                let is_lit = cluster.count == 1
                    && [&picks.selected, &picks.hovered].iter().any(|pick| pick.as_ref() == Some(&id));
                let ring = if is_lit { frame.looks.colours().state.selected_ring } else { case };
                shapes.push(plate(
                    at,
                    radius + 1.0,
                    radius + 1.0,
                    (colour, ring, 1.0 + f32::from(u8::from(is_lit))),
                ));
                if cluster.count > 1 {
                    counts.push(names.count(cluster.count as usize, at, 10.0, frame.mark_style.open));
                }
            }
        }
    }
    (!shapes.is_empty())
        .then(|| Layer { opacity: 1.0, items: vec![Item::Shapes(shapes), Item::Text(counts)] })
}

/// How often the world is divided so that its squares are about a cluster wide.
fn depth(zoom: f64) -> u32 {
    (zoom + (256.0 / CLUSTER_WIDTH).log2()).floor().clamp(0.0, 31.0) as u32
}

/// Grows with the number of digits.
fn radius(count: u32) -> f32 {
    if count == 1 { POINT_RADIUS } else { 6.0 + 3.0 * (count as f32).log10() }
}

/// What of the files lies at `point`, the topmost file first.
pub(super) fn pick(state: &State, viewport: &Viewport, point: ScreenPoint, hits: &mut Vec<Hit>) {
    let place = viewport.world_from_screen(point);
    for file in state.files.iter().rev().filter(|file| file.is_visible) {
        let Some(dataset) = file.dataset() else { continue };
        let mut push = |layer, row, distance: f64| {
            hits.push(Hit { id: file.feature(row), layer, distance: distance.max(0.0) });
        };
        let reach = REACH + f64::from(POINT_RADIUS);
        for near in dataset.points_near(viewport, point, (reach, depth(viewport.camera.zoom))) {
            push(HitLayer::FilePoints, near.row, near.distance - f64::from(POINT_RADIUS));
        }
        for near in dataset.lines_near(viewport, point, REACH) {
            push(HitLayer::FileLines, near.row, near.distance - f64::from(LINE_WIDTH) / 2.0);
        }
        if dataset.has_areas {
            for row in dataset.areas_at(place) {
                push(HitLayer::FileAreas, row, 0.0);
            }
        }
    }
}
