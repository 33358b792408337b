//! The graticule: meridians and parallels at round degrees.

use super::draw::Shape;
use crate::geo::{LonLat, MAX_LATITUDE, ScreenPoint, Viewport};
use crate::theme::{Rgba, ThemeTokens};

/// Degrees between lines, the first that leaves them this far apart.
const STEPS: [f64; 9] = [30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1];
const LEAST_APART: f64 = 90.0;

/// The lines in view: across the picture each meridian with its longitude, and down it each parallel with its
/// latitude, in degrees.
#[must_use]
pub(super) fn graticule(viewport: &Viewport) -> [Vec<(f64, f64)>; 2] {
    let points_per_degree = 256.0 * viewport.camera.zoom.exp2() / 360.0;
    let step =
        STEPS.iter().rev().copied().find(|step| step * points_per_degree >= LEAST_APART).unwrap_or(STEPS[0]);
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

/// The lines in view, drawn.
#[must_use]
pub(super) fn grid(viewport: &Viewport, colours: &ThemeTokens) -> Vec<Shape> {
    let style = &colours.map.graticule;
    let colour = style.colour.faded(style.opacity);
    let half = f64::from(style.width_px) / 2.0;
    let (width, height) = (viewport.size.width, viewport.size.height);
    let [meridians, parallels] = graticule(viewport);
    let upright = meridians.into_iter().map(|(x, _)| bar([x, height / 2.0], [half, height / 2.0], colour));
    let level = parallels.into_iter().map(|(y, _)| bar([width / 2.0, y], [width / 2.0, half], colour));
    upright.chain(level).collect()
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
