//! Puts a picture together from the state: ground, grid, corridors, badges, marks, names.

use std::sync::Arc;

use super::badges::{Badge, Spacing, badges};
use super::corridors::CorridorLines;
use super::draw::{Item, Layer, Scene, Shape};
use super::features::{Mark, mark_zoom, marks};
use super::files;
use super::grid::grid;
use super::ground::ground;
use super::marks::{Emphasis, MarkKind, MarkPen, plate};
use super::names::{self, Names};
use super::rings;
use super::scenery::Scenery;
use super::style::{Looks, MarkStyle};
use crate::atlas::{Id, Kind};
use crate::catalog::Entry;
use crate::geo::{Viewport, Warp, WorldBounds};
use crate::state::{LayerKind, State};
use crate::theme::Rgba;

/// The picture of `state` in its own view. `pixels_per_point` chooses how fine the relief must be;
/// `names` remembers where names stood, so that they do not flicker.
#[must_use]
pub fn build(state: &State, scenery: &Scenery, pixels_per_point: f32, names: &mut Names) -> Scene {
    build_on(state, scenery, (pixels_per_point, false), names).0
}

/// The same; where tiles lie between the ground and the rest (`is_online`), the ground is a scene of its own.
#[must_use]
pub fn build_on(
    state: &State,
    scenery: &Scenery,
    (pixels_per_point, is_online): (f32, bool),
    names: &mut Names,
) -> (Scene, Option<Scene>) {
    let viewport = state.view.viewport();
    let frame = Frame::new(state, scenery, viewport);
    let ground = Some(ground(&frame, pixels_per_point));
    let mut layers = Vec::new();
    if state.layers.shows(LayerKind::Grid) && !is_online {
        layers.push(Layer {
            name: "graticule",
            opacity: 1.0,
            items: vec![grid((&viewport, frame.warp.as_deref()), frame.looks.colours())],
        });
    }
    layers.extend(files::layers(&frame));
    layers.extend(rings::layer(&frame, names));
    layers.extend(frame.corridor_layers());
    let badges = frame.badges();
    let (dots, labels) = names::layer(&frame, &badges, names);
    layers.push(dots);
    if state.layers.shows(LayerKind::Names) {
        layers.push(frame.badge_layer(&badges, names));
    }
    layers.extend(files::point_layer(&frame, names));
    layers.extend(frame.mark_layers(names));
    layers.extend(frame.pin());
    layers.push(labels);
    let viewport = frame.paper;
    if is_online {
        let beneath = Scene { viewport, ground, layers: Vec::new() };
        return (Scene { viewport, ground: None, layers }, Some(beneath));
    }
    (Scene { viewport, ground, layers }, None)
}

/// What the parts of one picture share.
#[derive(Debug)]
pub struct Frame<'a> {
    pub state: &'a State,
    pub scenery: &'a Scenery,
    pub looks: &'a Looks,
    /// Where places are drawn.
    pub viewport: Viewport,
    /// Where the corridors' lines are drawn: `viewport`, unless it is equal-area and they are bent.
    pub paper: Viewport,
    pub(super) warp: Option<Arc<Warp>>,
    bent: Vec<CorridorLines>,
    pub marks: Vec<Mark>,
    pub mark_style: MarkStyle,
    /// Corridors that stay bright beside the selection; `None` where nothing fades.
    lit: Option<Vec<Id>>,
    /// What belongs to the selected area of cooperation; all other marks fade.
    lens: Option<Vec<Id>>,
    /// What the last event of the time that is shown happened to, and what is chosen in the table.
    lit_marks: Vec<Id>,
}

impl<'a> Frame<'a> {
    fn new(state: &'a State, scenery: &'a Scenery, viewport: Viewport) -> Self {
        let margin = 40.0;
        let is_near = |mark: &Mark| {
            let at = viewport.screen_from_world(mark.at);
            (-margin..=viewport.size.width + margin).contains(&at.x)
                && (-margin..=viewport.size.height + margin).contains(&at.y)
        };
        let looks = scenery.looks(state.settings.theme);
        let mark_style = looks.marks(mark_zoom(state, viewport.camera.zoom));
        let mut marks = marks(state, &viewport, &mark_style);
        marks.retain(is_near);
        let warp = Warp::of(&viewport).map(Arc::new);
        let bent = warp.iter().flat_map(|warp| {
            let zoom = viewport.camera.zoom;
            scenery.corridors.iter().map(move |corridor| corridor.bent(zoom, warp))
        });
        Self {
            bent: bent.collect(),
            paper: warp.as_ref().map_or(viewport, |warp| warp.paper()),
            warp,
            lit: lit_corridors(state),
            lens: lens(state),
            lit_marks: lit_marks(state),
            state,
            scenery,
            looks,
            viewport,
            marks,
            mark_style,
        }
    }

    /// The key of how lines are bent; 0 where they are not.
    pub(super) fn bend(&self) -> u64 {
        self.warp.as_ref().map_or(0, |warp| warp.key())
    }

    /// The box of what is drawn of something in `bounds`.
    pub(super) fn drawn_bounds(&self, bounds: WorldBounds) -> WorldBounds {
        self.warp.as_ref().map_or(bounds, |warp| warp.sheet())
    }

    #[must_use]
    pub fn at(&self, mark: &Mark) -> [f32; 2] {
        let at = self.viewport.screen_from_world(mark.at);
        [at.x as f32, at.y as f32]
    }

    #[must_use]
    pub fn emphasis(&self, mark: &Mark) -> Emphasis {
        let picks = &self.state.picks;
        if mark.is(picks.selected.as_ref()) {
            Emphasis::Selected
        } else if mark.is(picks.hovered.as_ref()) || self.lit_marks.iter().any(|id| mark.is(Some(id))) {
            Emphasis::Hovered
        } else if self.lens.as_ref().is_some_and(|lens| !mark.ids.iter().any(|id| lens.contains(id)))
            || !mark.ids.iter().any(|id| self.is_of_the_time(id))
        {
            Emphasis::Dimmed
        } else {
            Emphasis::None
        }
    }

    /// The corridors that are shown, with their place in the document.
    pub fn corridors(&self) -> impl Iterator<Item = (usize, &CorridorLines)> {
        let layers = &self.state.layers;
        let all = if self.warp.is_some() { &self.bent } else { &self.scenery.corridors };
        all.iter().enumerate().filter(|(_, corridor)| layers.shows_corridor(&corridor.id))
    }

    pub(super) fn is_lit(&self, corridor: &Id) -> bool {
        let picks = &self.state.picks;
        let is_picked = [&picks.selected, &picks.hovered].iter().any(|pick| pick.as_ref() == Some(corridor));
        let is_asked_for = self.lit.as_ref().is_none_or(|lit| lit.contains(corridor));
        is_asked_for && (is_picked || self.is_of_the_time(corridor))
    }

    /// Whether a thing has a dated step in the time that is shown.
    fn is_of_the_time(&self, id: &Id) -> bool {
        self.state.timeline.shows(&self.state.catalog, id)
    }

    /// How badges repeat along the corridors.
    pub(super) fn spacing(&self) -> Spacing {
        let tokens = &self.looks.tokens().badge;
        Spacing {
            repeat: f64::from(tokens.repeat_along_line),
            least_line: f64::from(tokens.least_line),
            clear: f64::from(tokens.size * self.mark_style.scale) * 0.9,
        }
    }

    fn badges(&self) -> Vec<Badge> {
        let lit = self.corridors().filter(|(_, corridor)| self.is_lit(&corridor.id));
        let marks: Vec<[f32; 2]> = self.marks.iter().map(|mark| self.at(mark)).collect();
        badges(lit, (&self.paper, self.spacing()), &marks)
    }

    fn badge_layer(&self, badges: &[Badge], names: &mut Names) -> Layer {
        let (looks, tokens) = (self.looks, &self.looks.tokens().badge);
        let (scale, case) = (self.mark_style.scale, self.mark_style.case);
        let half = tokens.size / 2.0 * scale;
        let shapes = badges.iter().flat_map(|badge| {
            let (colour, _) = looks.corridor(&self.scenery.corridors[badge.corridor].id);
            let radius = tokens.radius * scale;
            [
                plate(badge.at, half + 1.0, radius + 1.0, (case, Rgba::CLEAR, 0.0)),
                plate(badge.at, half, radius, (colour, Rgba::CLEAR, 0.0)),
            ]
        });
        let shapes: Vec<Shape> = shapes.collect();
        let letters = badges.iter().filter_map(|badge| {
            let corridor = &self.scenery.corridors[badge.corridor].id;
            let Some(Entry::Item(crate::atlas::Item::Corridor(entry))) = self.state.catalog.entry(corridor)
            else {
                return None;
            };
            Some(names.letter(
                &entry.letter,
                badge.at,
                tokens.size * tokens.font_share * scale,
                looks.corridor(corridor).1,
            ))
        });
        let letters = letters.collect();
        Layer { name: "badges", opacity: 1.0, items: vec![Item::Shapes(shapes), Item::Text(letters)] }
    }

    /// A position that was searched for, over whatever lies there.
    fn pin(&self) -> Option<Layer> {
        let at = self.viewport.screen_from_world(self.state.picks.pin?.to_world());
        let mut shapes = Vec::new();
        let mut pen = MarkPen { style: &self.mark_style, shapes: &mut shapes };
        pen.mark(&MarkKind::Town { rank: 0 }, [at.x as f32, at.y as f32], Emphasis::Selected);
        Some(Layer { name: "place", opacity: 1.0, items: vec![Item::Shapes(shapes)] })
    }

    /// Those that a lens leaves out, faded as one, under the others.
    fn mark_layers(&self, names: &mut Names) -> Vec<Layer> {
        // What is hit first is painted last; what is selected, after everything.
        let mut ordered: Vec<&Mark> = self.marks.iter().rev().collect();
        ordered.sort_by_key(|mark| self.emphasis(mark) == Emphasis::Selected);
        let (dimmed, bright): (Vec<&Mark>, Vec<&Mark>) =
            ordered.into_iter().partition(|mark| self.emphasis(mark) == Emphasis::Dimmed);
        let mut layers = Vec::new();
        if !dimmed.is_empty() {
            let opacity = self.looks.colours().state.dimmed_opacity;
            layers.push(self.mark_layer(&dimmed, opacity, names));
        }
        layers.push(self.mark_layer(&bright, 1.0, names));
        layers
    }

    fn mark_layer(&self, ordered: &[&Mark], opacity: f32, names: &mut Names) -> Layer {
        let mut shapes = Vec::new();
        let mut pen = MarkPen { style: &self.mark_style, shapes: &mut shapes };
        for mark in ordered {
            let at = self.at(mark);
            let error = (mark.error_m / self.viewport.metres_per_point()) as f32;
            if mark.error_m > 0.0 && self.viewport.camera.zoom >= 7.0 {
                pen.error_ring(at, error.max(self.looks.tokens().mark_shape.error_ring.least_radius));
            }
            pen.mark(&mark.kind, at, self.emphasis(mark));
        }
        let counts = ordered.iter().filter_map(|mark| match mark.kind {
            MarkKind::Cluster(count) => {
                Some(names.count(count, self.at(mark), 11.0 * self.mark_style.scale, self.mark_style.open))
            }
            _ => None,
        });
        let counts = counts.collect();
        Layer { name: "marks", opacity, items: vec![Item::Shapes(shapes), Item::Text(counts)] }
    }
}

/// The corridors that belong to the selection; `None` where it has none.
fn lit_corridors(state: &State) -> Option<Vec<Id>> {
    let selected = state.picks.selected.as_ref()?;
    match selected.kind {
        // Hidden, it dims nothing.
        Kind::Corridor => state.layers.shows_corridor(selected).then(|| vec![selected.clone()]),
        Kind::Zone | Kind::Project | Kind::Crossing => {
            let related = state.catalog.entry(selected)?.related();
            let lit: Vec<Id> = related.into_iter().filter(|id| id.kind == Kind::Corridor).collect();
            (!lit.is_empty()).then_some(lit)
        }
        Kind::Connectivity => {
            let of = |id: Id| match id.kind {
                Kind::Corridor => vec![id],
                _ => state.catalog.entry(&id).map(|entry| entry.related()).unwrap_or_default(),
            };
            let related = state.catalog.entry(selected)?.related().into_iter().flat_map(of);
            Some(related.filter(|id| id.kind == Kind::Corridor).collect())
        }
        _ => None,
    }
}

/// What belongs to the selected area of cooperation; `None` where nothing of that kind is selected.
fn lens(state: &State) -> Option<Vec<Id>> {
    let selected = state.picks.selected.as_ref().filter(|id| id.kind == Kind::Connectivity)?;
    Some(state.catalog.entry(selected)?.related())
}

/// What stands with the event that was last, unless all years are shown; and the rows chosen together in the table.
fn lit_marks(state: &State) -> Vec<Id> {
    let event = state.timeline.event(&state.catalog);
    let mut lit =
        event.and_then(|id| state.catalog.entry(id)).map(|entry| entry.related()).unwrap_or_default();
    lit.extend(state.chosen());
    lit
}
