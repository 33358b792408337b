//! Near a zone: rings at round distances from its port, and the way to the town across the border.

use super::build::Frame;
use super::draw::{Item, Layer, Shape};
use super::marks::{Emphasis, MarkKind, MarkPen, disc};
use super::names::Names;
use crate::atlas::{Id, Item as Thing};
use crate::catalog::Entry;
use crate::geo::{Projection, WorldFixed};
use crate::theme::Rgba;

/// From this zoom on.
const FROM_ZOOM: f64 = 8.8;
/// Kilometres.
const RINGS: [u32; 3] = [5, 10, 20];
/// In points.
const RING_WIDTH: f32 = 1.0;
const DOT: f32 = 1.0;
const BETWEEN_DOTS: f32 = 4.5;
const LETTERS: f32 = 10.5;
/// Rings smaller than this say nothing.
const LEAST_RADIUS: f32 = 24.0;

/// The rings of the zones in view, under the corridors.
pub(super) fn layer(frame: &Frame<'_>, names: &mut Names) -> Option<Layer> {
    if frame.viewport.camera.zoom < FROM_ZOOM {
        return None;
    }
    let (mut shapes, mut runs) = (Vec::new(), Vec::new());
    let looks = frame.looks;
    let ink = looks.colours().text.tertiary;
    let strings = crate::i18n::Strings::embedded(frame.state.settings.language);
    for mark in frame.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Zone | MarkKind::Horgos)) {
        let Some(id) = mark.ids.first() else { continue };
        let at = frame.at(mark);
        for km in RINGS {
            let radius = (f64::from(km) * 1e3 / metres_per_point(frame, mark.at)) as f32;
            if radius < LEAST_RADIUS {
                continue;
            }
            shapes.push(disc(at, radius, (Rgba::CLEAR, ink.faded(0.45), RING_WIDTH)));
            let text = strings.units.km.fill("n", &km.to_string());
            let halo = looks.colours().map.label.halo_land;
            runs.push(names.small(
                &text,
                [at[0], at[1] - radius],
                LETTERS * frame.mark_style.scale,
                (ink, halo),
            ));
        }
        across(frame, (id, at), &mut shapes);
    }
    (!shapes.is_empty()).then(|| Layer {
        name: "distances",
        opacity: 1.0,
        items: vec![Item::Shapes(shapes), Item::Text(runs)],
    })
}

/// Metres in a point of the screen at a place: on Mercator that shrinks towards the poles.
fn metres_per_point(frame: &Frame<'_>, at: WorldFixed) -> f64 {
    let lat = |point: WorldFixed| point.to_lonlat().lat.to_radians().cos();
    match frame.viewport.projection {
        Projection::Mercator => {
            frame.viewport.metres_per_point() * lat(at) / lat(frame.viewport.camera.center)
        }
        // So close up it is hardly off anywhere on the page.
        Projection::EqualArea => frame.viewport.metres_per_point(),
    }
}

/// Dots to the town across the border, and the town.
fn across(frame: &Frame<'_>, (id, from): (&Id, [f32; 2]), shapes: &mut Vec<Shape>) {
    let Some(Entry::Item(Thing::Zone(zone))) = frame.state.catalog.entry(id) else { return };
    let to = frame.viewport.screen_from_world(zone.counterpart.position.place().to_world());
    let to = [to.x as f32, to.y as f32];
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx.hypot(dy);
    let begin = frame.mark_style.zone_radius + BETWEEN_DOTS;
    let dots = ((length - begin) / BETWEEN_DOTS).max(0.0) as usize;
    for dot in 0..dots {
        let share = (begin + dot as f32 * BETWEEN_DOTS) / length;
        let at = [from[0] + dx * share, from[1] + dy * share];
        shapes.push(disc(at, DOT, (frame.looks.colours().text.secondary, Rgba::CLEAR, 0.0)));
    }
    if length > begin {
        MarkPen { style: &frame.mark_style, shapes }.mark(&MarkKind::Town { rank: 2 }, to, Emphasis::None);
    }
}
