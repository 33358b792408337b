//! Letters on the corridors: where along each line its badge stands.

use super::corridors::{Chain, CorridorLines};
use crate::geo::{ScreenPoint, Viewport};

/// A badge stands at most this close to another, in points.
const APART: f64 = 44.0;
/// Where its own place is taken, a badge moves along the line by these shares of the distance between badges.
const SHIFTS: [f64; 7] = [0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36];

/// One letter on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Badge {
    /// The corridor's place in the order of the document.
    pub(super) corridor: usize,
    pub(super) at: [f32; 2],
}

/// How badges repeat, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    pub(super) repeat: f64,
    pub(super) least_line: f64,
    /// From a badge to what it must not cover.
    pub(super) clear: f64,
}

/// The badges in view, clear of `taken`. They keep their places on the ground while the map is panned.
pub(super) fn badges<'a>(
    corridors: impl Iterator<Item = (usize, &'a CorridorLines)>,
    (viewport, spacing): (&Viewport, Spacing),
    taken: &[[f32; 2]],
) -> Vec<Badge> {
    let mut placed: Vec<Badge> = Vec::new();
    let near = |a: [f32; 2], b: ScreenPoint, distance: f64| {
        ScreenPoint::new(f64::from(a[0]), f64::from(a[1])).distance(b) < distance
    };
    for (index, corridor) in corridors {
        let line = Unrolled::new(corridor);
        for middle in line.places(viewport, spacing) {
            let free = SHIFTS.iter().filter_map(|shift| line.at(middle.0 + shift * middle.1, viewport));
            let free = free.filter(|at| {
                let is_inside = (0.0..=viewport.size.width).contains(&at.x)
                    && (0.0..=viewport.size.height).contains(&at.y);
                is_inside
                    && placed.iter().all(|other| !near(other.at, *at, APART))
                    && taken.iter().all(|other| !near(*other, *at, spacing.clear))
            });
            if let Some(at) = free.take(1).next() {
                placed.push(Badge { corridor: index, at: [at.x as f32, at.y as f32] });
            }
        }
    }
    placed
}

/// A corridor's chains one after the other, as if they were one line; main routes first.
pub(super) struct Unrolled<'a> {
    /// Where each chain begins along the whole, in world steps.
    chains: Vec<(f64, &'a Chain)>,
    length: f64,
}

impl<'a> Unrolled<'a> {
    pub(super) fn new(corridor: &'a CorridorLines) -> Self {
        let mut length = 0.0;
        let mut chains = Vec::with_capacity(corridor.chains.len());
        for chain in &corridor.chains {
            chains.push((length, chain));
            length += chain.points.last().map_or(0.0, |point| f64::from(point.along));
        }
        Self { chains, length }
    }

    /// Where badges go along the line, and how far they may move; this changes only at whole zooms.
    pub(super) fn places(&self, viewport: &Viewport, spacing: Spacing) -> Vec<(f64, f64)> {
        let scale = viewport.camera.scale();
        if self.length * scale < spacing.least_line {
            return Vec::new();
        }
        let whole_zoom_scale = scale / viewport.camera.zoom.fract().exp2();
        let count = (self.length * whole_zoom_scale / spacing.repeat).round().max(1.0);
        let step = self.length / count;
        (0..count as u32).map(|number| ((f64::from(number) + 0.5) * step, step)).collect()
    }

    /// Where the line is drawn at a distance along it.
    pub(super) fn at(&self, along: f64, viewport: &Viewport) -> Option<ScreenPoint> {
        let index = self.chains.partition_point(|(start, _)| *start <= along).checked_sub(1)?;
        let (start, chain) = self.chains[index];
        let own = along - start;
        let next = chain.points.partition_point(|point| f64::from(point.along) <= own);
        let (a, b) = (chain.points.get(next.checked_sub(1)?)?, chain.points.get(next)?);
        let share = (own - f64::from(a.along)) / (f64::from(b.along) - f64::from(a.along));
        let (from, to) = (viewport.screen_from_world(a.at), viewport.screen_from_world(b.at));
        Some(ScreenPoint::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share))
    }
}
