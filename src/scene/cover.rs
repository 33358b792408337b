//! What names on the map must not cover: marks and badges at all, corridors at a cost.

use super::badges::Badge;
use super::build::Frame;
use super::labels::Obstacles;
use crate::geo::WorldFixed;

/// Every so many points along a corridor a point counts as covered.
const COVER_STEP: f64 = 14.0;

/// Marks and badges block; each stretch of a corridor costs.
pub(super) fn obstacles(frame: &Frame<'_>, badges: &[Badge]) -> Obstacles {
    let around = |[x, y]: [f32; 2], r: f32| [x - r, y - r, x + r, y + r];
    let mut boxes: Vec<_> =
        frame.marks.iter().map(|mark| around(frame.at(mark), mark.kind.radius(&frame.mark_style))).collect();
    boxes.extend(badges.iter().map(|badge| around(badge.at, 9.0 * frame.mark_style.scale)));
    let mut points = Vec::new();
    for (_, corridor) in frame.corridors() {
        let level = corridor.level(frame.viewport.camera.zoom);
        for pair in level.mesh.points.windows(2) {
            if pair[0].flags & super::draw::LinePoint::GAP == 0 {
                sample(frame, [pair[0].at, pair[1].at], &mut points);
            }
        }
    }
    Obstacles { boxes, points }
}

fn sample(frame: &Frame<'_>, ends: [WorldFixed; 2], points: &mut Vec<[f32; 2]>) {
    let [a, b] = ends.map(|end| frame.paper.screen_from_world(end));
    let size = frame.viewport.size;
    let is_out =
        a.x.max(b.x) < 0.0 || a.y.max(b.y) < 0.0 || a.x.min(b.x) > size.width || a.y.min(b.y) > size.height;
    let length = a.distance(b);
    if is_out || length > 20_000.0 {
        return;
    }
    let count = (length / COVER_STEP).ceil().max(1.0);
    for step in 0..count as u32 {
        let share = f64::from(step) / count;
        points.push([(a.x + (b.x - a.x) * share) as f32, (a.y + (b.y - a.y) * share) as f32]);
    }
}
