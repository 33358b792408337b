//! Names of corridors along their lines, where a stretch is straight enough to carry one.

use super::badges::Unrolled;
use crate::geo::{ScreenPoint, Viewport};

/// A name follows its line no more steeply than this, in radians: steeper, it is hard to read.
const STEEPEST: f64 = 0.7;
/// How far the line may stray from the straight name, in points.
const STRAY: f64 = 5.0;
/// Stretches tried between two badges, as shares of the distance between them.
const TRIES: [f64; 5] = [0.5, 0.42, 0.58, 0.34, 0.66];
/// Points of the stretch that are looked at.
const SAMPLES: u32 = 8;

/// Where a name of `width` points goes beside its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) middle: [f32; 2],
    /// Clockwise; the name reads from left to right.
    pub(super) angle: f32,
}

/// The straight stretch between the badges at `place` and the next one; `aside` is how far above the line.
pub(super) fn stretch(
    line: &Unrolled<'_>,
    viewport: &Viewport,
    (start, step): (f64, f64),
    (width, aside): (f32, f32),
) -> Option<Stretch> {
    let half = f64::from(width) / 2.0 / viewport.camera.scale();
    if half * 2.4 > step {
        return None;
    }
    TRIES.iter().find_map(|share| {
        let middle = start + share * step;
        let at = |offset: f64| line.at(middle + offset, viewport);
        let (a, b) = (at(-half)?, at(half)?);
        let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let (length, angle) = (dx.hypot(dy), dy.atan2(dx));
        // Shorter, the line bends; longer, it jumps from one stretch to another.
        let is_straight = (0.96..1.04).contains(&(length / f64::from(width))) && angle.abs() < STEEPEST;
        let normal = (-dy / length, dx / length);
        let stray = (1..SAMPLES).try_fold(0.0_f64, |most, number| {
            let offset = half * (f64::from(number) / f64::from(SAMPLES) * 2.0 - 1.0);
            let ScreenPoint { x, y } = at(offset)?;
            Some(most.max(((x - a.x) * normal.0 + (y - a.y) * normal.1).abs()))
        })?;
        let middle = at(0.0)?;
        let aside = f64::from(aside);
        (is_straight && stray < STRAY).then_some(Stretch {
            middle: [(middle.x - normal.0 * aside) as f32, (middle.y - normal.1 * aside) as f32],
            angle: angle as f32,
        })
    })
}
