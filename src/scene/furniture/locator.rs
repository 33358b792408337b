//! Where on Earth a figure is: a small map in a corner, with the figure's own edges on it.

use std::sync::Arc;

use super::{Desk, MARGIN};
use crate::geo::{Camera, Projection, ScreenPoint, Size, Viewport};
use crate::scene::build::build;
use crate::scene::draw::{Item, Layer, Scene};
use crate::scene::marks::capsule;
use crate::scene::montage::Piece;
use crate::scene::names::Names;
use crate::scene::scenery::Scenery;
use crate::state::{LayerKind, State};

/// Its share of the figure's width, its least and greatest width in points, and its shape.
const SHARE: f32 = 0.2;
const WIDTHS: [f32; 2] = [110.0, 210.0];
const SHAPE: f32 = 0.68;
/// How much further off it looks, in zooms, and between which: a continent is known by its shape.
const FURTHER: f64 = 3.4;
const FURTHEST: f64 = 0.6;
const NEAREST: f64 = 1.5;
/// White around it, and the line around what the figure shows, in points.
const FRAME: f32 = 3.0;
const EDGE: f32 = 1.6;
/// A figure of less than this, in points, is marked by a square of that size.
const LEAST: f64 = 7.0;
/// Pieces of an edge that is a curve.
const STEPS: u32 = 24;

/// The place of the small map on the figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    at: [f32; 2],
    size: Size,
}

impl Desk<'_> {
    /// Takes the corner in which it hides least; `None` where it would show no more than the figure.
    pub(super) fn locator(&mut self, state: &State) -> Option<Place> {
        if state.view.viewport().camera.zoom < FURTHEST + 1.0 {
            return None;
        }
        let width = (self.size.width as f32 * SHARE).clamp(WIDTHS[0], WIDTHS[1]);
        let size = [width.round(), (width * SHAPE).round()];
        if size[0] + 2.0 * MARGIN > self.size.width as f32 || size[1] + 2.0 * MARGIN > self.size.height as f32
        {
            return None;
        }
        let outer = size.map(|side| side + 2.0 * FRAME);
        let corner = self.free_corner(state, outer);
        self.paper(corner, outer, self.looks.colours().surface.panel);
        let at = corner.map(|edge| (edge + FRAME).round());
        Some(Place { at, size: Size { width: f64::from(size[0]), height: f64::from(size[1]) } })
    }
}

/// The small map itself.
pub(super) fn piece(place: Place, (state, scenery): (&State, &Scenery), pixels_per_point: f32) -> Piece {
    let figure = state.view.viewport();
    let zoom = (figure.camera.zoom - FURTHER).clamp(FURTHEST, NEAREST);
    let viewport = Viewport::new(Camera { zoom, ..figure.camera }, place.size);
    let mut seen = state.seen_through(viewport, None);
    for layer in LayerKind::ALL.into_iter().filter(|layer| *layer != LayerKind::Relief) {
        seen.layers.set(layer, false);
    }
    let mut scene = build(&seen, scenery, pixels_per_point, &mut Names::default());
    let ink = scenery.looks(state.settings.theme).colours().accent.fill;
    let edges = match figure.projection {
        Projection::EqualArea if is_wide(&figure, &viewport) => curved(&figure, &viewport),
        _ => edges(&figure, &viewport).to_vec(),
    };
    let sides = edges.iter().zip(edges.iter().cycle().skip(1));
    let shapes = sides.map(|(from, to)| capsule(*from, *to, EDGE, ink)).collect();
    scene.layers.push(Layer { name: "locator", opacity: 1.0, items: vec![Item::Shapes(shapes)] });
    Piece { scene: Arc::new(scene), at: place.at }
}

/// Whether the figure is larger on the small map than the least that marks it.
fn is_wide(figure: &Viewport, small: &Viewport) -> bool {
    let scale = (small.camera.zoom - figure.camera.zoom).exp2();
    figure.size.width.min(figure.size.height) * scale > LEAST
}

/// The edges of an equal-area figure on the small map, which are curves there.
fn curved(figure: &Viewport, small: &Viewport) -> Vec<[f32; 2]> {
    let Size { width, height } = figure.size;
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let sides = corners.into_iter().zip(corners.into_iter().cycle().skip(1));
    let between = |(from, to): ([f64; 2], [f64; 2])| {
        (0..STEPS).map(move |n| {
            let share = f64::from(n) / f64::from(STEPS);
            let [x, y] = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share);
            let at = small.screen_from_world(figure.world_from_screen(ScreenPoint::new(x, y)));
            [at.x as f32, at.y as f32]
        })
    };
    sides.flat_map(between).collect()
}

/// The corners of the figure on the small map.
fn edges(figure: &Viewport, small: &Viewport) -> [[f32; 2]; 4] {
    let middle = small.screen_from_world(figure.camera.center);
    let scale = (small.camera.zoom - figure.camera.zoom).exp2();
    let half = [figure.size.width, figure.size.height].map(|side| (side * scale).max(LEAST) / 2.0);
    let ScreenPoint { x, y } = middle;
    [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]
        .map(|[right, down]| [(x + right * half[0]) as f32, (y + down * half[1]) as f32])
}

/// Puts the small map on the figure that left room for it.
pub(super) fn pieces(scene: Scene, locator: Option<Piece>) -> Vec<Piece> {
    std::iter::once(Piece { scene: Arc::new(scene), at: [0.0; 2] }).chain(locator).collect()
}
