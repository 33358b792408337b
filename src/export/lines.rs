//! Lines of the world on paper: cut to what is seen, with no more points than can be seen.

use super::paper::Step;
use crate::geo::{Viewport, WorldBounds, WorldFixed, simplify};
use crate::scene::LinePoint;

/// A line on paper stays this close to its data, in points.
const TOLERANCE: f64 = 0.1;
/// Points of the scene beyond its edges in which lines are still drawn, besides half their width.
const MARGIN: f64 = 4.0;
const WORLD: f64 = 4_294_967_296.0;
/// Ends of segments nearer to opposite directions than this have a corner of their own on each.
const SHARP: f64 = 0.2;
/// A line beside its track strays at most this much farther at a corner.
const LEAST_MITRE: f64 = 0.6;

/// The view that is drawn, and the way from the world to its points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    center: [f64; 2],
    size: [f64; 2],
    /// Points to a step of the world.
    pub(super) scale: f64,
}

/// One copy of the world in a sight: how far it is moved east, in steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Copy(f64);

/// A part of a line that is seen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) points: Vec<[f32; 2]>,
    /// From the start of its line, in points.
    pub(super) along: f32,
}

/// How far beside its track a line lies and how far beyond the edge it is drawn, in points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    pub(super) half_step: f32,
    pub(super) width: f32,
}

impl Sight {
    pub(super) fn new(viewport: &Viewport) -> Self {
        let center = viewport.camera.center;
        Self {
            center: [f64::from(center.x), f64::from(center.y)],
            size: [viewport.size.width, viewport.size.height],
            scale: viewport.camera.scale(),
        }
    }

    /// The copies of the world in which `bounds`, grown by `reach`, is seen.
    pub(super) fn copies(&self, bounds: WorldBounds, reach: Reach) -> Vec<Copy> {
        let margin = reach.margin() + f64::from(reach.half_step.abs()) * 6.0;
        let copies = [-WORLD, 0.0, WORLD].map(Copy);
        let is_seen = |copy: &Copy| {
            let (a, b) = (self.place(bounds.min, *copy), self.place(bounds.max, *copy));
            (0..2).all(|axis| b[axis] >= -margin && a[axis] <= self.size[axis] + margin)
        };
        copies.into_iter().filter(is_seen).collect()
    }

    /// Where a place of one copy of the world lies, in points.
    pub(super) fn place(&self, at: WorldFixed, Copy(shift): Copy) -> [f64; 2] {
        let x = f64::from(at.x) + shift - self.center[0];
        let y = f64::from(at.y) - self.center[1];
        [x.mul_add(self.scale, self.size[0] / 2.0), y.mul_add(self.scale, self.size[1] / 2.0)]
    }

    /// How far a simplified line may stray, in steps of the world.
    pub(super) fn tolerance(&self) -> f64 {
        TOLERANCE / self.scale
    }

    /// Left, top, right, bottom of what is drawn, in points.
    pub(super) fn window(&self, reach: Reach) -> [f64; 4] {
        let margin = reach.margin();
        [-margin, -margin, self.size[0] + margin, self.size[1] + margin]
    }

    /// The seen parts of polylines, each ending in a gap, added to `pieces`.
    pub(super) fn lines(&self, points: &[LinePoint], copy: Copy, reach: Reach, pieces: &mut Vec<Piece>) {
        for line in points.split_inclusive(|point| point.flags & LinePoint::GAP != 0) {
            self.line(line, copy, reach, pieces);
        }
    }

    fn line(&self, line: &[LinePoint], copy: Copy, reach: Reach, pieces: &mut Vec<Piece>) {
        let beside = Reach { width: reach.width + reach.half_step.abs() * 12.0, ..reach };
        let window = self.window(beside);
        let mut start = None;
        for (index, pair) in line.windows(2).enumerate() {
            let ends = [self.place(pair[0].at, copy), self.place(pair[1].at, copy)];
            if may_touch(ends, window) {
                start.get_or_insert(index);
            } else if let Some(start) = start.take() {
                self.run(&line[start..=index], copy, reach, pieces);
            }
        }
        if let Some(start) = start {
            self.run(&line[start..], copy, reach, pieces);
        }
    }

    /// A stretch of a line whose segments are all near.
    fn run(&self, run: &[LinePoint], copy: Copy, reach: Reach, pieces: &mut Vec<Piece>) {
        let world: Vec<WorldFixed> = run.iter().map(|point| point.at).collect();
        let side = |i: usize| run[i].half_steps();
        let turns = |i: usize| {
            reach.half_step != 0.0 && (1..run.len() - 1).contains(&i) && {
                side(i) != side(i - 1) || side(i) != side(i + 1)
            }
        };
        let kept = simplify(&world, self.tolerance(), turns);
        let track: Vec<[f64; 2]> = kept.iter().map(|&i| self.place(world[i], copy)).collect();
        let sides: Vec<f64> = kept.iter().map(|&i| f64::from(side(i)) * f64::from(reach.half_step)).collect();
        let along: Vec<f64> = kept.iter().map(|&i| f64::from(run[i].along) * self.scale).collect();
        let window = self.window(reach);
        let mut open: Option<Piece> = None;
        for (number, pair) in beside(&track, &sides).into_iter().enumerate() {
            let Some([from, to]) = clipped(pair, window) else {
                pieces.extend(open.take());
                continue;
            };
            let ends = [at(pair, from), at(pair, to)];
            let piece = open.get_or_insert_with(|| Piece {
                points: vec![short(ends[0])],
                along: (length(pair) * from + along[number]) as f32,
            });
            // At a sharp turn beside the track the next segment begins elsewhere.
            if piece.points.last() != Some(&short(ends[0])) {
                piece.points.push(short(ends[0]));
            }
            piece.points.push(short(ends[1]));
            if to < 1.0 {
                pieces.extend(open.take());
            }
        }
        pieces.extend(open);
    }
}

impl Reach {
    /// Of a line on its own track.
    pub(super) fn of_width(width: f32) -> Self {
        Self { half_step: 0.0, width }
    }

    fn margin(self) -> f64 {
        f64::from(self.width) / 2.0 + MARGIN
    }
}

/// All pieces as one path.
pub(super) fn path(pieces: &[Piece]) -> Vec<Step> {
    let mut path = Vec::with_capacity(pieces.iter().map(|piece| piece.points.len()).sum());
    for piece in pieces {
        let points = piece.points.iter().enumerate();
        path.extend(points.map(|(n, &point)| if n == 0 { Step::Move(point) } else { Step::Line(point) }));
    }
    path
}

/// The segments of `track`, each moved to the right of its direction by the distance of its ends.
fn beside(track: &[[f64; 2]], sides: &[f64]) -> Vec<[[f64; 2]; 2]> {
    let ways: Vec<[f64; 2]> = track.windows(2).map(|pair| direction(pair[0], pair[1])).collect();
    let segments = ways.iter().enumerate().map(|(i, &way)| {
        let before = i.checked_sub(1).map_or(way, |before| ways[before]);
        let after = ways.get(i + 1).copied().unwrap_or(way);
        [moved(track[i], [way, before], sides[i]), moved(track[i + 1], [way, after], sides[i + 1])]
    });
    segments.collect()
}

/// A point moved along the mean normal of the two segments that meet there.
fn moved(point: [f64; 2], [way, other]: [[f64; 2]; 2], distance: f64) -> [f64; 2] {
    if distance == 0.0 {
        return point;
    }
    let normal = [-way[1], way[0]];
    let mean = [normal[0] - other[1], normal[1] + other[0]];
    let size = mean[0].hypot(mean[1]);
    if size < SHARP {
        return [point[0] + normal[0] * distance, point[1] + normal[1] * distance];
    }
    let mitre = mean.map(|v| v / size);
    let far = distance / (mitre[0] * normal[0] + mitre[1] * normal[1]).max(LEAST_MITRE);
    [point[0] + mitre[0] * far, point[1] + mitre[1] * far]
}

fn direction(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    let way = [b[0] - a[0], b[1] - a[1]];
    let length = way[0].hypot(way[1]).max(1e-9);
    way.map(|v| v / length)
}

fn length([a, b]: [[f64; 2]; 2]) -> f64 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}

fn at([a, b]: [[f64; 2]; 2], share: f64) -> [f64; 2] {
    if share >= 1.0 { b } else { [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share] }
}

pub(super) fn short(point: [f64; 2]) -> [f32; 2] {
    point.map(|v| v as f32)
}

fn may_touch([a, b]: [[f64; 2]; 2], window: [f64; 4]) -> bool {
    (0..2).all(|axis| a[axis].max(b[axis]) >= window[axis] && a[axis].min(b[axis]) <= window[axis + 2])
}

/// From where to where a segment is in the window, as shares of its length (Liang and Barsky 1984).
fn clipped([a, b]: [[f64; 2]; 2], window: [f64; 4]) -> Option<[f64; 2]> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let way = b[axis] - a[axis];
        let (low, high) = (window[axis] - a[axis], window[axis + 2] - a[axis]);
        if way == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (near, far) = if way > 0.0 { (low / way, high / way) } else { (high / way, low / way) };
        from = from.max(near);
        to = to.min(far);
    }
    (from <= to).then_some([from, to])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Camera, LonLat, Size};

    fn sight(lon: f64, zoom: f64) -> Sight {
        let size = Size { width: 800.0, height: 600.0 };
        Sight::new(&Viewport::clamped(Camera::new(LonLat::new(lon, 20.0), zoom), size))
    }

    fn drawn(sight: &Sight, places: &[(f64, f64, i8)], half_step: f32) -> Vec<Piece> {
        let mut points: Vec<LinePoint> = Vec::new();
        let mut along = 0.0;
        for (index, (lon, lat, side)) in places.iter().enumerate() {
            let at = LonLat::new(*lon, *lat).to_world();
            if let Some(last) = points.last() {
                let (dx, dy) = at.offset_from(last.at);
                along += (dx as f64).hypot(dy as f64);
            }
            points.push(LinePoint::new(at, along as u32, *side, index + 1 == places.len()));
        }
        let bounds = WorldBounds::of(points.iter().map(|point| point.at)).expect("there are points");
        let reach = Reach { half_step, width: 2.0 };
        let mut pieces = Vec::new();
        for copy in sight.copies(bounds, reach) {
            sight.lines(&points, copy, reach, &mut pieces);
        }
        pieces
    }

    #[test]
    fn a_line_through_the_page_ends_just_beyond_its_edges() {
        let pieces = drawn(&sight(80.0, 5.0), &[(0.0, 20.0, 0), (179.0, 20.0, 0)], 0.0);
        let [piece] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!(piece.points, [[-5.0, 300.0], [805.0, 300.0]]);
        // 80 degrees at zoom 5 are 1820.4 points, of which 400 are left of the middle.
        assert!((piece.along - (1820.44 - 405.0)).abs() < 0.1, "{}", piece.along);
    }

    #[test]
    fn what_leaves_and_comes_back_is_two_pieces() {
        let places = [(78.0, 20.0, 0), (78.0, 60.0, 0), (82.0, 60.0, 0), (82.0, 20.0, 0)];
        assert_eq!(drawn(&sight(80.0, 5.0), &places, 0.0).len(), 2);
        assert!(drawn(&sight(80.0, 5.0), &[(0.0, 60.0, 0), (170.0, 60.0, 0)], 0.0).is_empty());
    }

    #[test]
    fn a_narrow_world_shows_a_line_as_often_as_it_is_seen() {
        let size = Size { width: 1500.0, height: 600.0 };
        let wide = Sight::new(&Viewport::clamped(Camera::new(LonLat::new(60.0, 0.0), 2.0), size));
        assert_eq!(drawn(&wide, &[(-170.0, 10.0, 0), (-160.0, 10.0, 0)], 0.0).len(), 2);
    }

    #[test]
    fn positive_half_steps_lie_to_the_right() {
        let east = drawn(&sight(80.0, 5.0), &[(78.0, 20.0, 2), (82.0, 20.0, 2)], 1.5);
        assert!((east[0].points[0][1] - 303.0).abs() < 1e-3, "{east:?}");
        let west = drawn(&sight(80.0, 5.0), &[(82.0, 20.0, 2), (78.0, 20.0, 2)], 1.5);
        assert!((west[0].points[0][1] - 297.0).abs() < 1e-3, "{west:?}");
    }

    #[test]
    fn points_that_nobody_sees_are_left_out() {
        let places: Vec<_> = (0..=1000).map(|n| (78.0 + 0.004 * f64::from(n), 20.0, 0)).collect();
        assert_eq!(drawn(&sight(80.0, 5.0), &places, 0.0)[0].points.len(), 2);
    }
}
