//! The graticule: meridians and parallels at round degrees, straight on Mercator and curved on an equal-area page.

use std::sync::Arc;

use super::bend::bent_points;
use super::draw::{Item, LineDraw, LineMesh, LinePoint, MeshId, Shape};
use crate::geo::{LonLat, MAX_LATITUDE, ScreenPoint, Viewport, Warp, WorldBounds, WorldFixed};
use crate::theme::{Rgba, ThemeTokens};

/// Degrees between lines, the first that leaves them this far apart.
const STEPS: [f64; 9] = [30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1];
const LEAST_APART: f64 = 90.0;

/// Degrees between the lines of a view.
fn step(viewport: &Viewport) -> f64 {
    let per_degree = points_per_degree(viewport);
    STEPS.iter().rev().copied().find(|step| step * per_degree >= LEAST_APART).unwrap_or(STEPS[0])
}

fn points_per_degree(viewport: &Viewport) -> f64 {
    256.0 * viewport.camera.zoom.exp2() / 360.0
}

/// Where the lines in view meet the edges: across the upper edge each meridian with its longitude, and down the left
/// edge each parallel with its latitude, in degrees.
#[must_use]
pub(super) fn on_edges(viewport: &Viewport) -> [Vec<(f64, f64)>; 2] {
    let Some(warp) = Warp::of(viewport) else { return graticule(viewport) };
    let mut met = [Vec::new(), Vec::new()];
    for curve in curves(viewport) {
        let axis = usize::from(!curve.is_meridian);
        let drawn: Vec<ScreenPoint> = curve.points.iter().filter_map(|at| warp.screen(at.at)).collect();
        // A meridian crosses the upper edge, where y is 0; a parallel the left one, where x is.
        let parts = |at: &ScreenPoint| if curve.is_meridian { (at.y, at.x) } else { (at.x, at.y) };
        let crossed = drawn.windows(2).find_map(|pair| {
            let ((a, from), (b, to)) = (parts(&pair[0]), parts(&pair[1]));
            ((a < 0.0) != (b < 0.0)).then(|| from + (to - from) * a / (a - b))
        });
        met[axis].extend(crossed.map(|at| (at, curve.degrees)));
    }
    met
}

/// The lines in view: across the picture each meridian with its longitude, and down it each parallel with its
/// latitude, in degrees. On Mercator.
fn graticule(viewport: &Viewport) -> [Vec<(f64, f64)>; 2] {
    let (points_per_degree, step) = (points_per_degree(viewport), step(viewport));
    let (width, height) = (viewport.size.width, viewport.size.height);
    let centre = viewport.camera.center.to_lonlat();
    let half_degrees = width / 2.0 / points_per_degree;
    let first = ((centre.lon - half_degrees) / step).floor() as i64;
    let last = ((centre.lon + half_degrees) / step).ceil() as i64;
    let meridian = |number: i64| {
        let lon = number as f64 * step;
        (width / 2.0 + (lon - centre.lon) * points_per_degree, lon)
    };
    let latitude = |y: f64| viewport.world_from_screen(ScreenPoint::new(0.0, y)).to_lonlat().lat;
    let parallel = |number: i64| {
        let lat = number as f64 * step;
        let y = || viewport.screen_from_world(LonLat::new(centre.lon, lat).to_world()).y;
        (lat.abs() < MAX_LATITUDE).then(|| (y(), lat))
    };
    let (south, north) = (latitude(height), latitude(0.0));
    let parallels = (south / step).floor() as i64..=(north / step).ceil() as i64;
    [(first..=last).map(meridian).collect(), parallels.filter_map(parallel).collect()]
}

/// A meridian or parallel of an equal-area page, as it lies in the world.
struct Curve {
    is_meridian: bool,
    degrees: f64,
    points: Vec<LinePoint>,
}

/// Points of a curve: so many that the page's edges are met where they are.
const POINTS: u32 = 256;

/// The lines of an equal-area page, each within the boxes that the page shows.
fn curves(viewport: &Viewport) -> Vec<Curve> {
    let step = step(viewport);
    let mut curves = Vec::new();
    for part in viewport.bounds() {
        let [west, south, east, north] = part.to_degrees();
        let numbers = |low: f64, high: f64| (low / step).ceil() as i64..=(high / step).floor() as i64;
        let line = |is_meridian: bool, degrees: f64| {
            let along = |share: f64| {
                if is_meridian {
                    WorldFixed::of_degrees(degrees, south + (north - south) * share)
                } else {
                    WorldFixed::of_degrees(west + (east - west) * share, degrees)
                }
            };
            let point = |n: u32| LinePoint::new(along(f64::from(n) / f64::from(POINTS)), 0, 0, n == POINTS);
            Curve { is_meridian, degrees, points: (0..=POINTS).map(point).collect() }
        };
        curves.extend(numbers(west, east).map(|number| line(true, number as f64 * step)));
        curves.extend(numbers(south, north).map(|number| line(false, number as f64 * step)));
    }
    curves
}

/// The lines in view, drawn.
#[must_use]
pub(super) fn grid((viewport, warp): (&Viewport, Option<&Warp>), colours: &ThemeTokens) -> Item {
    let style = &colours.map.graticule;
    let colour = style.colour.faded(style.opacity);
    if let Some(warp) = warp {
        let points: Vec<LinePoint> = curves(viewport).into_iter().flat_map(|curve| curve.points).collect();
        let points = bent_points(&points, warp, |_, along| along);
        let count = points.len() as u32;
        let bounds: WorldBounds = warp.sheet();
        let mesh = Arc::new(LineMesh { id: MeshId::fresh(), points, bounds });
        let width = style.width_px;
        return Item::Lines(LineDraw { mesh, points: 0..count, colour, width, dash: None, half_step: 0.0 });
    }
    let half = f64::from(style.width_px) / 2.0;
    let (width, height) = (viewport.size.width, viewport.size.height);
    let [meridians, parallels] = graticule(viewport);
    let upright = meridians.into_iter().map(|(x, _)| bar([x, height / 2.0], [half, height / 2.0], colour));
    let level = parallels.into_iter().map(|(y, _)| bar([width / 2.0, y], [width / 2.0, half], colour));
    Item::Shapes(upright.chain(level).collect())
}

fn bar(center: [f64; 2], half: [f64; 2], fill: Rgba) -> Shape {
    Shape {
        center: center.map(|v| v as f32),
        half: half.map(|v| v as f32),
        radius: 0.0,
        angle: 0.0,
        fill,
        stroke: Rgba::CLEAR,
        stroke_width: 0.0,
        clip: None,
        dash: None,
    }
}
