//! Where a name may stand: beside its mark, about in its area, or at the end of a line.

use super::{Candidate, Leader, Rect};

/// How far a name of an area steps at a time, across and down, and which steps stay inside the area.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub step: [f32; 2],
    pub holds: [[bool; 5]; 5],
}

impl Room {
    pub(super) fn is_inside(&self, side: Side) -> bool {
        let Side::Nudged(right, down) = side else { return true };
        self.holds[(down + 2) as usize][(right + 2) as usize]
    }
}

/// Places at the end of a line: so many ways, in rings so many points apart.
pub(super) const LED: u8 = 48;
const LED_WAYS: u8 = 16;
const LED_STEP: f32 = 20.0;
/// From one box along a line to the next, in points.
const LED_BOX: f32 = 5.0;

/// Where a name stands beside its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Center,
    /// Off its anchor by so many steps of its room.
    Nudged(i8, i8),
    /// At one of the other places.
    Elsewhere(u8),
    /// Away from its mark, at the end of a line: ring by ring around it.
    Led(u8),
    Right,
    Left,
    Below,
    Above,
    BelowRight,
    AboveRight,
    BelowLeft,
    AboveLeft,
}

pub(super) const SIDES: [Side; 8] = [
    Side::Right,
    Side::Left,
    Side::Below,
    Side::Above,
    Side::AboveRight,
    Side::BelowRight,
    Side::AboveLeft,
    Side::BelowLeft,
];

/// A name of an area moves about within it.
pub(super) const NUDGES: [Side; 17] = [
    Side::Center,
    Side::Nudged(0, -1),
    Side::Nudged(0, 1),
    Side::Nudged(1, 0),
    Side::Nudged(-1, 0),
    Side::Nudged(1, -1),
    Side::Nudged(1, 1),
    Side::Nudged(-1, -1),
    Side::Nudged(-1, 1),
    Side::Nudged(0, -2),
    Side::Nudged(0, 2),
    Side::Nudged(2, 0),
    Side::Nudged(-2, 0),
    Side::Nudged(2, -1),
    Side::Nudged(2, 1),
    Side::Nudged(-2, -1),
    Side::Nudged(-2, 1),
];

pub(super) fn size(candidate: &Candidate) -> [f32; 2] {
    let width = candidate.lines.iter().map(|line| line.layout.width).fold(0.0, f32::max);
    let height = candidate.lines.iter().map(|line| line.layout.size * 1.25).sum::<f32>();
    [width, height]
}

pub(super) fn rect_at(candidate: &Candidate, side: Side) -> Rect {
    let [x, y] = candidate.anchor;
    let [width, height] = size(candidate);
    let gap = candidate.radius.unwrap_or(0.0) + 3.0;
    let near = gap * 0.75;
    let (left, top) = match side {
        Side::Center => (x - width / 2.0, y - height / 2.0),
        Side::Nudged(right, down) => {
            let [step_x, step_y] = candidate.room.map_or([0.0; 2], |room| room.step);
            let (dx, dy) = (f32::from(right) * step_x, f32::from(down) * step_y);
            (x + dx - width / 2.0, y + dy - height / 2.0)
        }
        Side::Elsewhere(number) => {
            let [dx, dy] = candidate.elsewhere.get(usize::from(number)).copied().unwrap_or_default();
            (x + dx - width / 2.0, y + dy - height / 2.0)
        }
        Side::Led(number) => {
            let [right, down] = led_way(number);
            let [end_x, end_y] = led_end(candidate, number);
            // The side of the name that is turned to its mark.
            let aside = |way: f32, size: f32| match way {
                way if way > 0.3 => 0.0,
                way if way < -0.3 => size,
                _ => size / 2.0,
            };
            (end_x - aside(right, width), end_y - aside(down, height))
        }
        Side::Right => (x + gap, y - height / 2.0),
        Side::Left => (x - gap - width, y - height / 2.0),
        Side::Below => (x - width / 2.0, y + gap - 1.0),
        Side::Above => (x - width / 2.0, y - gap + 1.0 - height),
        Side::BelowRight => (x + near, y + near - 2.0),
        Side::AboveRight => (x + near, y - near - height + 2.0),
        Side::BelowLeft => (x - near - width, y + near - 2.0),
        Side::AboveLeft => (x - near - width, y - near - height + 2.0),
    };
    if candidate.angle == 0.0 {
        return [left, top, left + width, top + height];
    }
    let (c, s) = (candidate.angle.cos().abs(), candidate.angle.sin().abs());
    let (w, h) = (width * c + height * s, width * s + height * c);
    [x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0]
}

/// The direction of a place at the end of a line.
pub(super) fn led_way(number: u8) -> [f32; 2] {
    let (sin, cos) = (f32::from(number % LED_WAYS) * std::f32::consts::TAU / f32::from(LED_WAYS)).sin_cos();
    [cos, sin]
}

/// Where the line ends.
fn led_end(candidate: &Candidate, number: u8) -> [f32; 2] {
    let away = candidate.radius.unwrap_or(0.0) + LED_STEP * f32::from(1 + number / LED_WAYS);
    let [right, down] = led_way(number);
    [candidate.anchor[0] + right * away, candidate.anchor[1] + down * away]
}

/// Boxes along the line to that place, from a little off its mark on.
pub(super) fn led_boxes(candidate: &Candidate, side: Side) -> Vec<Rect> {
    let Some(Leader { from, to, .. }) = leader(candidate, side) else { return Vec::new() };
    let length = (to[0] - from[0]).hypot(to[1] - from[1]);
    let count = (length / LED_BOX) as u32;
    let place = |number: u32| {
        let share = number as f32 * LED_BOX / length;
        let [x, y] = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share);
        [x - 0.5, y - 0.5, x + 0.5, y + 0.5]
    };
    (1..count).map(place).collect()
}

pub(super) fn leader(candidate: &Candidate, side: Side) -> Option<Leader> {
    let Side::Led(number) = side else { return None };
    let [right, down] = led_way(number);
    let edge = candidate.radius.unwrap_or(0.0);
    let from = [candidate.anchor[0] + right * edge, candidate.anchor[1] + down * edge];
    let colour = candidate.lines.first()?.colour;
    Some(Leader { from, to: led_end(candidate, number), colour })
}
