//! The graticule: meridians and parallels at round degrees.

use super::draw::Shape;
use crate::geo::{LonLat, MAX_LATITUDE, ScreenPoint, Viewport};
use crate::theme::{Rgba, ThemeTokens};

/// Degrees between lines, the first that leaves them this far apart.
const STEPS: [f64; 9] = [30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1];
const LEAST_APART: f64 = 90.0;

/// The lines in view.
#[must_use]
pub(super) fn grid(viewport: &Viewport, colours: &ThemeTokens) -> Vec<Shape> {
    let points_per_degree = 256.0 * viewport.camera.zoom.exp2() / 360.0;
    let step =
        STEPS.iter().rev().copied().find(|step| step * points_per_degree >= LEAST_APART).unwrap_or(STEPS[0]);
    let style = &colours.map.graticule;
    let colour = style.colour.faded(style.opacity);
    let (width, height) = (viewport.size.width, viewport.size.height);
    let centre = viewport.camera.center.to_lonlat();
    let mut shapes = Vec::new();
    let half_degrees = width / 2.0 / points_per_degree;
    let first = ((centre.lon - half_degrees) / step).floor() as i64;
    let last = ((centre.lon + half_degrees) / step).ceil() as i64;
    for number in first..=last {
        let x = width / 2.0 + (number as f64 * step - centre.lon) * points_per_degree;
        shapes.push(bar([x, height / 2.0], [f64::from(style.width_px) / 2.0, height / 2.0], colour));
    }
    let (north, south) = (
        viewport.world_from_screen(ScreenPoint::new(0.0, 0.0)).to_lonlat().lat,
        viewport.world_from_screen(ScreenPoint::new(0.0, height)).to_lonlat().lat,
    );
    for number in (south / step).floor() as i64..=(north / step).ceil() as i64 {
        let lat = number as f64 * step;
        if lat.abs() < MAX_LATITUDE {
            let y = viewport.screen_from_world(LonLat::new(centre.lon, lat).to_world()).y;
            shapes.push(bar([width / 2.0, y], [width / 2.0, f64::from(style.width_px) / 2.0], colour));
        }
    }
    shapes
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
