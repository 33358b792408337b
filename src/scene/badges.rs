//! Letters on the corridors: where along each line its badge stands.

use std::collections::BTreeSet;

use super::corridors::{Chain, CorridorLines};
use crate::geo::{ScreenPoint, Size, Viewport};

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
        for stand in line.places(viewport, spacing) {
            let free = SHIFTS.iter().filter_map(|shift| line.at(stand.along + shift * stand.step, viewport));
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

/// Where a badge stands along its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// From the begin of the line, wherever the view is.
    pub(super) number: u32,
    /// World steps along the whole.
    pub(super) along: f64,
    /// To the next.
    pub(super) step: f64,
}

/// The shares of the segment at which it enters and leaves the view grown by `margin` (Liang and Barsky, 1984);
/// `None` where it stays outside.
fn inside(a: ScreenPoint, b: ScreenPoint, size: Size, margin: f64) -> Option<(f64, f64)> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, change, most) in [(a.x, b.x - a.x, size.width), (a.y, b.y - a.y, size.height)] {
        let (low, high) = (-margin - start, most + margin - start);
        if change == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (enter, leave) = (low / change, high / change);
        from = from.max(enter.min(leave));
        to = to.min(enter.max(leave));
    }
    (from <= to).then_some((from, to))
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

    /// Where badges go along the line about the view; this changes only at whole zooms.
    pub(super) fn places(&self, viewport: &Viewport, spacing: Spacing) -> Vec<Stand> {
        let scale = viewport.camera.scale();
        if self.length * scale < spacing.least_line {
            return Vec::new();
        }
        let whole_zoom_scale = scale / viewport.camera.zoom.fract().exp2();
        let count = (self.length * whole_zoom_scale / spacing.repeat).round().max(1.0);
        let step = self.length / count;
        // A badge may move along the line, and a name stands between two: up to two steps from the view.
        let margin = 2.0 * step * scale;
        let last = count as u32 - 1;
        let mut numbers = BTreeSet::new();
        for (from, to) in self.about(viewport, margin) {
            let number = |along: f64| (along / step - 0.5).clamp(0.0, f64::from(last)) as u32;
            numbers.extend(number(from)..=(number(to) + 1).min(last));
        }
        numbers
            .into_iter()
            .map(|number| Stand { number, along: (f64::from(number) + 0.5) * step, step })
            .collect()
    }

    /// The stretches of the line that lie in the view grown by `margin` points: from and to along the whole.
    fn about(&self, viewport: &Viewport, margin: f64) -> impl Iterator<Item = (f64, f64)> {
        let of_chain = move |&(start, chain): &(f64, &'a Chain)| {
            chain.points.windows(2).filter_map(move |pair| {
                let [a, b] = [0, 1].map(|end| viewport.screen_from_world(pair[end].at));
                let (from, to) = inside(a, b, viewport.size, margin)?;
                let own = |share: f64| {
                    let [from, to] = [0, 1].map(|end| f64::from(pair[end].along));
                    start + from + (to - from) * share
                };
                Some((own(from), own(to)))
            })
        };
        self.chains.iter().flat_map(of_chain)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_cut_to_the_view() {
        let size = Size { width: 200.0, height: 100.0 };
        let cut =
            |ax, ay, bx, by, margin| inside(ScreenPoint::new(ax, ay), ScreenPoint::new(bx, by), size, margin);
        assert_eq!(cut(-100.0, 50.0, 300.0, 50.0, 0.0), Some((0.25, 0.75)));
        assert_eq!(cut(-100.0, 50.0, 300.0, 50.0, 100.0), Some((0.0, 1.0)));
        assert_eq!(cut(100.0, -1e12, 100.0, 1e12, 0.0).map(|(from, to)| to > from), Some(true));
        assert_eq!(cut(-50.0, 0.0, 50.0, -200.0, 0.0), None, "past the corner");
        assert_eq!(cut(0.0, 101.0, 200.0, 101.0, 0.0), None);
    }
}
