//! Where on the screen a mesh is drawn: once for each copy of the world in view, without losing precision.

use crate::geo::{Viewport, WorldBounds, WorldFixed};

const WORLD: f64 = 4_294_967_296.0;
const HALF: f64 = WORLD / 2.0;

/// From which place vertices are measured, and where that place is drawn, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placement {
    pub(super) reference: WorldFixed,
    pub(super) offset_px: [f32; 2],
}

/// The copies of `bounds` that reach into the view, grown by `margin` points.
///
/// Near the centre vertices are measured from it, as integers, so nothing is lost at deep zoom. Half a
/// world away that would wrap, but there the zoom is low and measuring from the mesh's middle is exact enough.
pub(super) fn placements(
    viewport: &Viewport,
    bounds: WorldBounds,
    (px, margin): (f64, f64),
) -> Vec<Placement> {
    let camera = viewport.camera;
    let scale = camera.scale();
    let middle = [viewport.size.width / 2.0 * px, viewport.size.height / 2.0 * px];
    let (cx, cy) = (f64::from(camera.center.x), f64::from(camera.center.y));
    let (top, bottom) = (f64::from(bounds.min.y) - cy, f64::from(bounds.max.y) - cy);
    let reach_y = viewport.size.height / 2.0 + margin;
    if bottom * scale < -reach_y || top * scale > reach_y {
        return Vec::new();
    }
    let reach_x = viewport.size.width / 2.0 + margin;
    let mut found = Vec::new();
    for copy in [-1.0, 0.0, 1.0] {
        let shift = copy * WORLD - cx;
        let (left, right) = (f64::from(bounds.min.x) + shift, f64::from(bounds.max.x) + shift);
        if right * scale < -reach_x || left * scale > reach_x {
            continue;
        }
        let is_near = left > -HALF && right < HALF && top > -HALF && bottom < HALF;
        if is_near {
            let offset_px = middle.map(|v| v as f32);
            found.push(Placement { reference: camera.center, offset_px });
        } else {
            let reference = bounds.center();
            let (dx, dy) = (f64::from(reference.x) + shift, f64::from(reference.y) - cy);
            let offset_px = [(dx * scale * px + middle[0]) as f32, (dy * scale * px + middle[1]) as f32];
            found.push(Placement { reference, offset_px });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Camera, LonLat, Size};

    fn view(lon: f64, zoom: f64) -> Viewport {
        let size = Size { width: 1440.0, height: 900.0 };
        Viewport::clamped(Camera::new(LonLat::new(lon, 20.0), zoom), size)
    }

    fn bounds(west: f64, east: f64) -> WorldBounds {
        let (a, b) = (LonLat::new(west, 50.0).to_world(), LonLat::new(east, 10.0).to_world());
        WorldBounds { min: a, max: b }
    }

    #[test]
    fn a_narrow_world_is_drawn_more_than_once() {
        let found = placements(&view(60.0, 2.0), bounds(-170.0, -130.0), (1.0, 0.0));
        // 1,440 points show 506 degrees of a world that is 1,024 wide: from 193° W to 313° E.
        assert!(found.len() >= 2, "{found:?}");
    }

    #[test]
    fn across_180_the_near_copy_is_drawn() {
        let found = placements(&view(179.0, 5.0), bounds(-179.0, -170.0), (1.0, 0.0));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_is_out_of_view_is_not_drawn() {
        assert!(placements(&view(60.0, 8.0), bounds(100.0, 110.0), (1.0, 0.0)).is_empty());
    }
}
