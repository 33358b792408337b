//! The world bent so that a plain view draws it as an equal-area page: every place moves to where Mercator would have
//! it drawn there, and what was straight gets so many points that it is as curved as it must be.
//!
//! So whoever draws knows of Mercator only, and the window pays nothing for figures.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::page::Page;
use super::{Camera, LonLat, Projection, ScreenPoint, Size, Viewport, WorldBounds, WorldFixed};

/// The plain view lies this many zooms closer in a world that is as much larger: the whole disc has room there.
const CLOSER: f64 = 3.0;
/// A bent line strays at most this far from its curve, in points, and has no longer segments.
const TOLERANCE: f64 = 0.04;
const LONGEST: f64 = 48.0;
/// Segments shorter than this, in points, are straight enough.
const SHORT: f64 = 3.0;
/// Cosine of the arc from the centre beyond which nothing is drawn: 120°, twice as far as a page reaches.
const FAR: f64 = -0.5;
/// Around the page everything is bent too, so that strokes go on beyond its edges; in points.
const AROUND: f64 = 64.0;
const HALF_WORLD: f64 = 2_147_483_648.0;

/// The way from the world to an equal-area page.
#[derive(Clone, Debug, PartialEq)]
pub struct Warp {
    view: Viewport,
    page: Page,
    paper: Viewport,
    seen: Vec<WorldBounds>,
}

/// A point of a bent line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bent {
    pub at: WorldFixed,
    /// World steps along its part of the line.
    pub along: u32,
    /// Which point of the line it is or comes before.
    pub source: usize,
    /// Its part of the line ends here.
    pub is_last: bool,
}

/// A place with where it is drawn.
#[derive(Clone, Copy)]
struct Corner {
    at: WorldFixed,
    on: ScreenPoint,
    is_far: bool,
}

impl Warp {
    /// Of an equal-area view; `None` on Mercator, where nothing is bent.
    #[must_use]
    pub fn of(view: &Viewport) -> Option<Self> {
        if view.projection == Projection::Mercator {
            return None;
        }
        let center = WorldFixed::new(1 << 31, 1 << 31);
        let paper = Viewport::new(Camera { center, zoom: view.camera.zoom + CLOSER }, view.size);
        let page = view.page();
        Some(Self { view: *view, seen: page.bounds(), page, paper })
    }

    /// The view through which the bent world is the page.
    #[must_use]
    pub fn paper(&self) -> Viewport {
        self.paper
    }

    /// The view of the figure.
    #[must_use]
    pub fn view(&self) -> Viewport {
        self.view
    }

    /// A number that no other warp of this run is likely to have; never 0.
    #[must_use]
    pub fn key(&self) -> u64 {
        let Viewport { camera, size, .. } = self.view;
        let mut hasher = DefaultHasher::new();
        (camera.center, [camera.zoom, size.width, size.height].map(f64::to_bits)).hash(&mut hasher);
        hasher.finish().max(1)
    }

    /// The box of the bent world in which the page lies.
    #[must_use]
    pub fn sheet(&self) -> WorldBounds {
        let Size { width, height } = self.paper.size;
        let corner = |x: f64, y: f64| self.paper.world_from_screen(ScreenPoint::new(x, y));
        WorldBounds { min: corner(-AROUND, -AROUND), max: corner(width + AROUND, height + AROUND) }
    }

    /// Where a place is drawn, in points; `None` on the far side of the Earth.
    #[must_use]
    pub fn screen(&self, place: WorldFixed) -> Option<ScreenPoint> {
        let corner = self.corner(place);
        (!corner.is_far).then_some(corner.on)
    }

    /// Where the North Pole is drawn, in points.
    #[must_use]
    pub fn north_pole(&self) -> ScreenPoint {
        self.page.screen_of(LonLat::new(0.0, 90.0))
    }

    /// A line with the points that its curve asks for, in parts where some of it is out of view.
    #[must_use]
    pub fn line(&self, line: &[WorldFixed]) -> Vec<Bent> {
        let mut bent: Vec<Bent> = Vec::with_capacity(line.len());
        let mut along = None;
        for (index, pair) in line.windows(2).enumerate() {
            let [a, b] = [pair[0], pair[1]].map(|at| self.corner(at));
            if (a.is_far && b.is_far) || !self.may_see(&[a.at, b.at]) {
                end_part(&mut bent, &mut along);
                continue;
            }
            if along.is_none() {
                bent.push(Bent { at: self.bend(a.on), along: 0, source: index, is_last: false });
                along = Some(0.0);
            }
            let mut points = Vec::new();
            self.between(a, b, &mut points);
            points.push(b.on);
            for on in points {
                let at = self.bend(on);
                let before = bent.last().map_or(at, |last| last.at);
                let (dx, dy) = at.offset_from(before);
                let so_far = along.unwrap_or(0.0) + (dx as f64).hypot(dy as f64);
                along = Some(so_far);
                bent.push(Bent { at, along: so_far as u32, source: index + 1, is_last: false });
            }
        }
        end_part(&mut bent, &mut along);
        bent
    }

    /// Triangles parted until they are as curved as they must be, without those out of view. `triangles` are numbers of
    /// `vertices`. What shares an edge still does.
    #[must_use]
    pub fn areas(&self, vertices: &[WorldFixed], triangles: &[u32]) -> (Vec<WorldFixed>, Vec<u32>) {
        let mut parts =
            Parts { warp: self, numbers: HashMap::new(), vertices: Vec::new(), triangles: Vec::new() };
        for numbers in triangles.as_chunks::<3>().0 {
            let corners = numbers.map(|number| vertices[number as usize]);
            if self.may_see(&corners) {
                parts.add(corners.map(|at| self.corner(at)));
            }
        }
        (parts.vertices, parts.triangles)
    }

    fn corner(&self, at: WorldFixed) -> Corner {
        let place = at.to_lonlat();
        let on = self.page.plane.forward(place);
        Corner { at, on: self.page.on_page(on.at), is_far: on.cos_arc < FAR }
    }

    /// The place of the bent world that the plain view draws there.
    fn bend(&self, on: ScreenPoint) -> WorldFixed {
        let scale = self.paper.camera.scale();
        let step = |at: f64, side: f64| {
            ((at - side / 2.0) / scale + HALF_WORLD).round().clamp(0.0, 2.0 * HALF_WORLD - 1.0) as u32
        };
        WorldFixed::new(step(on.x, self.paper.size.width), step(on.y, self.paper.size.height))
    }

    fn may_see(&self, places: &[WorldFixed]) -> bool {
        let bounds = WorldBounds::of(places.iter().copied());
        bounds.is_some_and(|bounds| self.seen.iter().any(|part| part.intersects(bounds)))
    }

    /// The points between two ends that the curve asks for.
    fn between(&self, a: Corner, b: Corner, points: &mut Vec<ScreenPoint>) {
        if let Some(middle) = self.parted(a, b) {
            self.between(a, middle, points);
            points.push(middle.on);
            self.between(middle, b, points);
        }
    }

    /// The middle of a segment that is too straight or too long as it is. It depends on the segment alone, whichever
    /// way round, so that neighbours part the edge they share at the same places.
    fn parted(&self, a: Corner, b: Corner) -> Option<Corner> {
        let length = a.on.distance(b.on);
        let is_dust = a.at.x.abs_diff(b.at.x).max(a.at.y.abs_diff(b.at.y)) < 4;
        if length < SHORT || is_dust || (a.is_far && b.is_far) {
            return None;
        }
        let middle = WorldFixed::new(a.at.x.midpoint(b.at.x), a.at.y.midpoint(b.at.y));
        let middle = self.corner(middle);
        let straight = ScreenPoint::new(f64::midpoint(a.on.x, b.on.x), f64::midpoint(a.on.y, b.on.y));
        (length > LONGEST || middle.on.distance(straight) > TOLERANCE).then_some(middle)
    }
}

fn end_part(bent: &mut [Bent], along: &mut Option<f64>) {
    if along.take().is_some()
        && let Some(last) = bent.last_mut()
    {
        last.is_last = true;
    }
}

/// Triangles that are being parted.
struct Parts<'a> {
    warp: &'a Warp,
    /// Of the vertices, by where they lie in the world.
    numbers: HashMap<WorldFixed, u32>,
    vertices: Vec<WorldFixed>,
    triangles: Vec<u32>,
}

impl Parts<'_> {
    fn add(&mut self, [a, b, c]: [Corner; 3]) {
        let warp = self.warp;
        if (a.is_far && b.is_far && c.is_far) || !warp.may_see(&[a.at, b.at, c.at]) {
            return;
        }
        match [warp.parted(a, b), warp.parted(b, c), warp.parted(c, a)] {
            [None, None, None] => self.push([a, b, c]),
            [Some(ab), Some(bc), Some(ca)] => {
                for part in [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]] {
                    self.add(part);
                }
            }
            [Some(ab), Some(bc), None] => self.two([a, b, c], [ab, bc]),
            [None, Some(bc), Some(ca)] => self.two([b, c, a], [bc, ca]),
            [Some(ab), None, Some(ca)] => self.two([c, a, b], [ca, ab]),
            [Some(ab), None, None] => self.one([a, b, c], ab),
            [None, Some(bc), None] => self.one([b, c, a], bc),
            [None, None, Some(ca)] => self.one([c, a, b], ca),
        }
    }

    /// Parted in the middle of its first edge.
    fn one(&mut self, [a, b, c]: [Corner; 3], ab: Corner) {
        self.add([a, ab, c]);
        self.add([ab, b, c]);
    }

    /// Parted in the middle of its first and second edge.
    fn two(&mut self, [a, b, c]: [Corner; 3], [ab, bc]: [Corner; 2]) {
        self.add([ab, b, bc]);
        self.add([a, ab, bc]);
        self.add([a, bc, c]);
    }

    fn push(&mut self, corners: [Corner; 3]) {
        for corner in corners {
            let next = self.vertices.len() as u32;
            let number = *self.numbers.entry(corner.at).or_insert(next);
            if number == next {
                self.vertices.push(self.warp.bend(corner.on));
            }
            self.triangles.push(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warp(lon: f64, lat: f64, zoom: f64) -> Warp {
        let camera = Camera::new(LonLat::new(lon, lat), zoom);
        let view = Viewport::new(camera, Size { width: 1440.0, height: 900.0 });
        Warp::of(&view.through(Projection::EqualArea)).expect("it is bent")
    }

    #[test]
    fn the_plain_view_draws_a_bent_place_where_the_page_has_it() {
        let warp = warp(80.41, 44.21, 4.0);
        for (lon, lat) in [(80.41, 44.21), (104.0, 30.7), (60.0, 56.0), (37.6, 55.8)] {
            let place = LonLat::new(lon, lat).to_world();
            let on = warp.view().screen_from_world(place);
            let drawn = warp.paper().screen_from_world(warp.bend(on));
            assert!(drawn.distance(on) < 1e-3, "{drawn:?} {on:?}");
            assert_eq!(warp.screen(place), Some(on));
        }
        assert_eq!(warp.screen(LonLat::new(-99.0, -44.0).to_world()), None, "the other side of the Earth");
    }

    #[test]
    fn a_parallel_becomes_a_curve_that_no_segment_leaves() {
        let warp = warp(80.0, 44.0, 4.0);
        let line = [LonLat::new(40.0, 50.0), LonLat::new(120.0, 50.0)].map(LonLat::to_world);
        let bent = warp.line(&line);
        assert!(bent.len() > 30 && bent.last().is_some_and(|last| last.is_last), "{}", bent.len());
        for pair in bent.windows(2) {
            let [a, b] = [0, 1].map(|n| warp.paper().screen_from_world(pair[n].at));
            let middle = ScreenPoint::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
            let lat = warp.view().world_from_screen(middle).to_lonlat().lat;
            let off = (lat - 50.0).abs() * 111_000.0 / warp.view().metres_per_point();
            assert!(off < 0.06, "{off}");
            assert!(pair[1].along > pair[0].along);
        }
    }

    #[test]
    fn what_is_out_of_view_parts_a_line() {
        let warp = warp(80.0, 44.0, 6.0);
        let degrees = [(79.0, 44.0), (81.0, 44.0), (81.0, -60.0), (70.0, -60.0), (79.0, 44.5)];
        let line = degrees.map(|(lon, lat)| LonLat::new(lon, lat).to_world());
        let ends: Vec<usize> =
            warp.line(&line).iter().filter(|point| point.is_last).map(|point| point.source).collect();
        assert_eq!(ends, [2, 4]);
    }

    #[test]
    fn parted_triangles_cover_what_they_did_and_share_their_edges() {
        let warp = warp(80.0, 44.0, 4.0);
        let corners = [(60.0, 30.0), (100.0, 30.0), (100.0, 58.0), (60.0, 58.0)];
        let corners = corners.map(|(lon, lat)| LonLat::new(lon, lat).to_world());
        let (vertices, triangles) = warp.areas(&corners, &[0, 1, 2, 0, 2, 3]);
        // Each edge within belongs to two triangles, that run along it in opposite directions.
        let mut edges: HashMap<(u32, u32), i32> = HashMap::new();
        let mut twice = 0_i128;
        for [a, b, c] in triangles.as_chunks::<3>().0.iter().copied() {
            for (from, to) in [(a, b), (b, c), (c, a)] {
                *edges.entry((from.min(to), from.max(to))).or_default() += if from < to { 1 } else { -1 };
            }
            let [a, b, c] = [a, b, c].map(|n| vertices[n as usize]);
            let d = |to: u32, from: u32| i128::from(to) - i128::from(from);
            let part = d(b.x, a.x) * d(c.y, a.y) - d(b.y, a.y) * d(c.x, a.x);
            assert!(part <= 0, "a triangle was turned over");
            twice += part;
        }
        let outer = edges.values().filter(|sum| **sum != 0).count();
        assert!(outer > 100 && outer < triangles.len() / 3, "{outer}");
        let step = warp.paper().camera.scale() * warp.view().metres_per_point();
        let drawn = twice.unsigned_abs() as f64 / 2.0 * step * step;
        // A fan of points along the sides gives the area on the ellipsoid.
        let side = |a: (f64, f64), b: (f64, f64)| {
            (0..400).map(move |n| {
                let share = f64::from(n) / 400.0;
                LonLat::new(a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
            })
        };
        let ring = [(60.0, 30.0), (100.0, 30.0), (100.0, 58.0), (60.0, 58.0)];
        let ring: Vec<LonLat> = (0..4).flat_map(|n| side(ring[n], ring[(n + 1) % 4])).collect();
        let true_m2 = crate::geo::area_m2(&ring).abs();
        assert!((drawn / true_m2 - 1.0).abs() < 2e-4, "{drawn} {true_m2}");
    }
}
