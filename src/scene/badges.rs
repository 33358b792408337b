//! Letters on the corridors: where along each line its badge stands.

use super::corridors::{Chain, CorridorLines};
use crate::geo::Viewport;

/// A badge stands at most this close to another, in points.
const APART: f64 = 44.0;

/// One letter on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Badge {
    /// The corridor's place in the order of the document.
    pub corridor: usize,
    pub at: [f32; 2],
}

/// How badges repeat, in points.
#[derive(Clone, Copy, Debug)]
pub struct Spacing {
    pub repeat: f64,
    pub least_line: f64,
    pub size: f64,
}

/// The badges in view. They keep their places on the ground while the map is panned.
#[must_use]
pub fn badges<'a>(
    corridors: impl Iterator<Item = (usize, &'a CorridorLines)>,
    viewport: &Viewport,
    spacing: Spacing,
) -> Vec<Badge> {
    let mut placed: Vec<Badge> = Vec::new();
    for (index, corridor) in corridors {
        for (number, chain) in corridor.chains.iter().enumerate() {
            let phase = f64::from(((index * 5 + number * 3) % 8) as u32) / 8.0;
            along_chain(chain, viewport, spacing, phase, |at| {
                let is_inside = (0.0..=viewport.size.width).contains(&at[0]) && (0.0..=viewport.size.height).contains(&at[1]);
                let is_free = placed.iter().all(|other| {
                    (f64::from(other.at[0]) - at[0]).hypot(f64::from(other.at[1]) - at[1]) >= APART
                });
                if is_inside && is_free {
                    placed.push(Badge { corridor: index, at: at.map(|v| v as f32) });
                }
            });
        }
    }
    placed
}

/// Calls `place` every so often along the chain, at distances that only change at whole zooms.
fn along_chain(chain: &Chain, viewport: &Viewport, spacing: Spacing, phase: f64, mut place: impl FnMut([f64; 2])) {
    let scale = viewport.camera.scale();
    let length = chain.points.last().map_or(0.0, |point| f64::from(point.along));
    if length * scale < spacing.least_line {
        return;
    }
    let whole_zoom_scale = scale / viewport.camera.zoom.fract().exp2();
    let step = (spacing.repeat / whole_zoom_scale).min(length);
    let mut next = step * if length < step * 1.5 { 0.5 } else { 0.25 + phase / 2.0 };
    for pair in chain.points.windows(2) {
        let (from, to) = (f64::from(pair[0].along), f64::from(pair[1].along));
        while next <= to && to > from {
            let share = (next - from) / (to - from);
            let (a, b) = (viewport.screen_from_world(pair[0].at), viewport.screen_from_world(pair[1].at));
            place([a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share]);
            next += step;
        }
    }
}
