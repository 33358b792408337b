//! Opened files in a picture: their areas and lines by level of detail, their points as marks or clusters.

use std::collections::HashSet;
use std::sync::Arc;

use super::build::Frame;
use super::draw::{FeatureDraw, FeatureKey, FeaturePart, Item, Layer, RowLooks};
use super::file_ink::{ClassInk, LINE_WIDTH, area_opacity, class_inks, plain_ink};
use super::marks::plate;
use super::names::Names;
use super::pick::{Hit, HitLayer, REACH};
use crate::atlas::Id;
use crate::data::{Dataset, Level};
use crate::geo::{ScreenPoint, Viewport, WorldBounds};
use crate::state::{OpenFile, State};
use crate::theme::Rgba;

/// Wider by this where it is hovered or selected.
const LIT_WIDTH: f32 = 3.0;
/// Radius of a point, in points of the screen.
const POINT_RADIUS: f32 = 4.0;
/// Points share a mark where they are in one square of about this width.
const CLUSTER_WIDTH: f64 = 40.0;

/// A file that is drawn.
struct Drawn<'a> {
    dataset: &'a Arc<Dataset>,
    frame: &'a Frame<'a>,
    ink: ClassInk,
    looks: Option<Arc<RowLooks>>,
}

/// Areas under lines, file by file from the lowest.
pub(super) fn layers(frame: &Frame<'_>) -> Vec<Layer> {
    let mut layers = Vec::new();
    for file in frame.state.files.iter().filter(|file| file.is_visible) {
        let Some(dataset) = file.dataset() else { continue };
        let opacity = opacity(file);
        let looks = looks(frame, file).map(Arc::new);
        let drawn = Drawn { dataset, frame, ink: ink(frame, file), looks };
        if let Some(areas) = drawn.areas() {
            layers.push(Layer { name: "file-areas", opacity: opacity * area_opacity(file), items: areas });
        }
        let lines = drawn.lines();
        if !lines.is_empty() {
            layers.push(Layer { name: "file-lines", opacity, items: lines });
        }
    }
    layers.extend(lit(frame));
    layers
}

fn opacity(file: &OpenFile) -> f32 {
    f32::from(file.style.opacity_percent) / 100.0
}

fn ink(frame: &Frame<'_>, file: &OpenFile) -> ClassInk {
    plain_ink(frame.looks.colours(), file)
}

/// The look of each class, where the file has classes.
fn looks(frame: &Frame<'_>, file: &OpenFile) -> Option<RowLooks> {
    let theme = frame.looks.colours();
    let inks = file.classes.as_ref().map(|classes| class_inks(theme, file, classes));
    let Some(shown) = &file.filter.shown else {
        return Some(RowLooks { classes: Arc::clone(file.classes.as_ref()?), inks: inks? });
    };
    let mut inks = inks.unwrap_or_else(|| vec![plain_ink(theme, file)]);
    // After the classes comes what does not pass the filter.
    inks.push(ClassInk::default());
    Some(RowLooks { classes: Arc::clone(shown), inks })
}

impl Drawn<'_> {
    fn draw(&self, key: FeatureKey, bounds: WorldBounds, colour: Rgba) -> Item {
        Item::Features(FeatureDraw {
            key,
            dataset: Arc::clone(self.dataset),
            bounds: self.frame.drawn_bounds(bounds),
            colour,
            width: self.ink.width,
            looks: self.looks.clone(),
            warp: self.frame.warp.clone(),
        })
    }

    fn lines(&self) -> Vec<Item> {
        let Some((number, level)) = level_at(self.dataset, self.frame.viewport.finest_zoom()) else {
            return Vec::new();
        };
        let views = self.frame.viewport.bounds();
        let is_seen = |bounds: WorldBounds| views.iter().any(|view| view.intersects(bounds));
        let chunks = level.chunks.iter().enumerate().filter(|(_, chunk)| is_seen(chunk.bounds));
        chunks
            .map(|(index, chunk)| {
                let (level, chunk_number) = (number as u16, index as u32);
                let part = FeaturePart::Lines;
                let key = FeatureKey {
                    dataset: self.dataset.id,
                    level,
                    chunk: chunk_number,
                    part,
                    bend: self.frame.bend(),
                };
                self.draw(key, chunk.bounds, self.ink.line)
            })
            .collect()
    }

    /// The triangles of the level that suits, or of the nearest that has them.
    fn areas(&self) -> Option<Vec<Item>> {
        if !self.dataset.has_areas {
            return None;
        }
        let (wanted, _) = level_at(self.dataset, self.frame.viewport.finest_zoom())?;
        let levels = &self.dataset.levels;
        let (number, chunks) =
            nearest_first(wanted, levels.len()).find_map(|number| Some((number, levels[number].areas()?)))?;
        let views = self.frame.viewport.bounds();
        let part = if self.looks.is_some() { FeaturePart::RowAreas } else { FeaturePart::Areas };
        let items = chunks.iter().enumerate().filter_map(|(index, chunk)| {
            let bounds = chunk.bounds.filter(|bounds| views.iter().any(|view| view.intersects(*bounds)))?;
            let (level, chunk, bend) = (number as u16, index as u32, self.frame.bend());
            let key = FeatureKey { dataset: self.dataset.id, level, chunk, part, bend };
            Some(self.draw(key, bounds, self.ink.fill))
        });
        Some(items.collect())
    }
}

/// The wanted level, those farther out, then those nearer.
fn nearest_first(wanted: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..=wanted).rev().chain(wanted + 1..count)
}

fn level_at(dataset: &Dataset, zoom: f64) -> Option<(usize, &Level)> {
    let number = dataset.level_number(zoom)?;
    Some((number, &dataset.levels[number]))
}

/// The outlines of what is hovered, of what is selected, and of the rows chosen together.
fn lit(frame: &Frame<'_>) -> Option<Layer> {
    let picks = &frame.state.picks;
    let (hovered, selected) = (picks.hovered.as_ref(), picks.selected.as_ref());
    let chosen = frame.state.chosen();
    let items = chosen.iter().chain([hovered, selected].into_iter().flatten()).filter_map(|id| {
        let (file, dataset, row) = frame.state.files.feature(id)?;
        let bounds = dataset.outline(row)?;
        let is_selected = selected == Some(id) || chosen.contains(id);
        let ring = frame.looks.colours().state.selected_ring;
        let colour = if is_selected { ring } else { ink(frame, file).line };
        let part = FeaturePart::Lines;
        let key =
            FeatureKey { dataset: dataset.id, level: FeatureKey::ROW, chunk: row, part, bend: frame.bend() };
        let (dataset, bounds) = (Arc::clone(dataset), frame.drawn_bounds(bounds));
        let (width, warp) = (LIT_WIDTH, frame.warp.clone());
        Some(Item::Features(FeatureDraw { key, dataset, bounds, colour, width, looks: None, warp }))
    });
    let items: Vec<Item> = items.collect();
    (!items.is_empty()).then_some(Layer { name: "file-outlines", opacity: 1.0, items })
}

/// Points and clusters of all files, with their counts.
pub(super) fn point_layer(frame: &Frame<'_>, names: &mut Names) -> Option<Layer> {
    let (mut shapes, mut counts) = (Vec::new(), Vec::new());
    let case = frame.mark_style.case;
    let chosen: HashSet<Id> = frame.state.chosen().into_iter().collect();
    for file in frame.state.files.iter().filter(|file| file.is_visible) {
        let Some(dataset) = file.dataset().filter(|dataset| !dataset.points.is_empty()) else { continue };
        let points = file.filter.points.as_deref().unwrap_or(&dataset.points);
        let (plain, looks) = (ink(frame, file).point, looks(frame, file));
        let opacity = opacity(file);
        let depth = depth(frame.viewport.camera.zoom);
        for part in frame.viewport.bounds() {
            for cluster in points.clusters(part, depth) {
                let at = frame.viewport.screen_from_world(cluster.at);
                let at = [at.x as f32, at.y as f32];
                let radius = radius(cluster.count);
                let picks = &frame.state.picks;
                // Those of several classes are of none.
                let class = looks.as_ref().filter(|_| cluster.count == 1);
                let colour = match (class, &looks) {
                    (Some(looks), _) => looks.of(cluster.row).point,
                    (None, Some(_)) if file.classes.is_some() => frame.mark_style.town_stroke,
                    (None, _) => plain,
                };
                let colour = colour.faded(opacity);
                let id = file.feature(cluster.row);
                let is_lit = cluster.count == 1
                    && (chosen.contains(&id)
                        || [&picks.selected, &picks.hovered].iter().any(|pick| pick.as_ref() == Some(&id)));
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
    (!shapes.is_empty()).then(|| Layer {
        name: "file-points",
        opacity: 1.0,
        items: vec![Item::Shapes(shapes), Item::Text(counts)],
    })
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
            if !file.filter.lets_through(row) {
                return;
            }
            hits.push(Hit { id: file.feature(row), layer, distance: distance.max(0.0) });
        };
        let reach = REACH + f64::from(POINT_RADIUS);
        // The points that are drawn: a cluster is of those that pass.
        let points = file.filter.points.as_deref().unwrap_or(&dataset.points);
        for near in points.near(viewport, point, (reach, depth(viewport.camera.zoom))) {
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
