//! What part of the world is looked at, and the only way between the world and the screen.

use super::{LonLat, Projection, WorldBounds, WorldFixed};

/// The farthest out: the world is 1,024 points wide.
pub const MIN_ZOOM: f64 = 2.0;
/// The closest in: about 4 cm a point at the equator.
pub const MAX_ZOOM: f64 = 22.0;

/// Width of the world at zoom 0, in points.
const TILE: f64 = 256.0;
const WORLD: f64 = 4_294_967_296.0;

/// A place on the screen in points, from the viewport's upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScreenPoint {
    pub x: f64,
    pub y: f64,
}

impl ScreenPoint {
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Points between here and `other`.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A width and height in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// What lies over the map on each side, in points: the free map is what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Padding {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Where the map is looked at from: the world is 256 · 2^zoom points wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub center: WorldFixed,
    pub zoom: f64,
}

impl Camera {
    #[must_use]
    pub fn new(center: LonLat, zoom: f64) -> Self {
        Self { center: center.to_world(), zoom: zoom.clamp(MIN_ZOOM, MAX_ZOOM) }
    }

    /// Points in one step of the world.
    #[must_use]
    pub fn scale(self) -> f64 {
        TILE * self.zoom.exp2() / WORLD
    }
}

/// A camera and the size of the window it fills: the one place that turns world into screen and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    pub camera: Camera,
    pub size: Size,
    /// Only figures have another than Mercator.
    pub projection: Projection,
}

impl Viewport {
    /// A view on Web Mercator.
    #[must_use]
    pub const fn new(camera: Camera, size: Size) -> Self {
        Self { camera, size, projection: Projection::Mercator }
    }

    /// The same view through another projection: about the same centre, with the same metres a point there.
    #[must_use]
    pub const fn through(self, projection: Projection) -> Self {
        Self { projection, ..self }
    }

    /// The camera, held where the world can be seen: zoom within limits and wide enough for no
    /// more than one world from edge to edge vertically, the poles at the edges.
    #[must_use]
    pub fn clamped(camera: Camera, size: Size) -> Self {
        let least = (size.height / TILE).log2().max(MIN_ZOOM);
        let zoom =
            if camera.zoom.is_finite() { camera.zoom.clamp(least.min(MAX_ZOOM), MAX_ZOOM) } else { least };
        let mut camera = Camera { center: camera.center, zoom };
        let half = (size.height / 2.0 / camera.scale()).min(WORLD / 2.0);

        let y = f64::from(camera.center.y).clamp(half, WORLD - half).clamp(0.0, WORLD - 1.0) as u32;
        camera.center.y = y;
        Self::new(camera, size)
    }

    /// Where a place is drawn; of its copies round the world, the one nearest the centre.
    #[must_use]
    pub fn screen_from_world(&self, point: WorldFixed) -> ScreenPoint {
        if self.projection == Projection::EqualArea {
            return self.page().screen(point);
        }
        let (dx, dy) = point.offset_from(self.camera.center);
        let scale = self.camera.scale();

        let (dx, dy) = (dx as f64, dy as f64);
        ScreenPoint::new(dx.mul_add(scale, self.size.width / 2.0), dy.mul_add(scale, self.size.height / 2.0))
    }

    /// What place is drawn there; above and below the world, its edge.
    #[must_use]
    pub fn world_from_screen(&self, point: ScreenPoint) -> WorldFixed {
        if self.projection == Projection::EqualArea {
            return self.page().place(point).to_world();
        }
        let scale = self.camera.scale() * WORLD;
        let (x, y) = self.camera.center.to_unit();
        WorldFixed::from_unit(
            x + (point.x - self.size.width / 2.0) / scale,
            y + (point.y - self.size.height / 2.0) / scale,
        )
    }

    /// The same view moved so that `point` is drawn at `screen`.
    #[must_use]
    pub fn with_point_at(&self, point: WorldFixed, screen: ScreenPoint) -> Self {
        let (x, y) = point.to_unit();
        let scale = self.camera.scale() * WORLD;
        let center = WorldFixed::from_unit(
            x - (screen.x - self.size.width / 2.0) / scale,
            y - (screen.y - self.size.height / 2.0) / scale,
        );
        Self::clamped(Camera { center, zoom: self.camera.zoom }, self.size)
    }

    /// Zoomed by `delta` levels with the place under `pivot` staying where it is.
    #[must_use]
    pub fn zoomed_about(&self, pivot: ScreenPoint, delta: f64) -> Self {
        let place = self.world_from_screen(pivot);
        let camera = Camera { zoom: self.camera.zoom + delta, ..self.camera };
        Self::clamped(camera, self.size).with_point_at(place, pivot)
    }

    /// Moved by so many points: the map goes with the drag.
    #[must_use]
    pub fn dragged(&self, dx: f64, dy: f64) -> Self {
        let place = self.camera.center;
        let middle = ScreenPoint::new(self.size.width / 2.0 + dx, self.size.height / 2.0 + dy);
        self.with_point_at(place, middle)
    }

    /// The camera that shows `bounds` in what `padding` leaves free, no closer than `max_zoom`.
    #[must_use]
    pub fn fit(size: Size, bounds: WorldBounds, padding: Padding, max_zoom: f64) -> Camera {
        let free_width = (size.width - padding.left - padding.right).max(32.0);
        let free_height = (size.height - padding.top - padding.bottom).max(32.0);
        let steps_x = f64::from(bounds.max.x - bounds.min.x).max(1.0);
        let steps_y = f64::from(bounds.max.y - bounds.min.y).max(1.0);
        let scale = (free_width / steps_x).min(free_height / steps_y);
        let zoom = (scale * WORLD / TILE).log2().clamp(MIN_ZOOM, max_zoom.min(MAX_ZOOM));
        let view = Self::new(Camera { center: bounds.center(), zoom }, size);
        let middle_of_free =
            ScreenPoint::new(padding.left + free_width / 2.0, padding.top + free_height / 2.0);
        view.with_point_at(bounds.center(), middle_of_free).camera
    }

    /// The boxes of the world in view: one, or two where the view crosses 180°.
    #[must_use]
    pub fn bounds(&self) -> Vec<WorldBounds> {
        if self.projection == Projection::EqualArea {
            return self.page().bounds();
        }
        let half_width = self.size.width / 2.0 / self.camera.scale();
        let top = self.world_from_screen(ScreenPoint::new(0.0, 0.0));
        let bottom = self.world_from_screen(ScreenPoint::new(0.0, self.size.height));
        if half_width >= WORLD / 2.0 {
            return vec![WorldBounds {
                min: WorldFixed::new(0, top.y),
                max: WorldFixed::new(u32::MAX, bottom.y),
            }];
        }
        let west = top.x;
        let east = self.world_from_screen(ScreenPoint::new(self.size.width, 0.0)).x;
        if west <= east {
            return vec![WorldBounds {
                min: WorldFixed::new(west, top.y),
                max: WorldFixed::new(east, bottom.y),
            }];
        }
        vec![
            WorldBounds { min: WorldFixed::new(west, top.y), max: WorldFixed::new(u32::MAX, bottom.y) },
            WorldBounds { min: WorldFixed::new(0, top.y), max: WorldFixed::new(east, bottom.y) },
        ]
    }

    /// The longest round length (1, 2 or 5 times a power of ten) in metres that is at most `points` long.
    #[must_use]
    pub fn round_metres(&self, points: f64) -> f64 {
        let most = self.metres_per_point() * points;
        let magnitude = 10_f64.powf(most.log10().floor());
        let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * magnitude <= most).unwrap_or(1.0);
        step * magnitude
    }

    /// Metres on the ground in one point at the centre of the view.
    #[must_use]
    pub fn metres_per_point(&self) -> f64 {
        const EQUATOR_M: f64 = 40_075_016.685_578_5;
        let lat = self.camera.center.to_lonlat().lat.to_radians();
        EQUATOR_M * lat.cos() / (TILE * self.camera.zoom.exp2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: Size = Size { width: 1280.0, height: 800.0 };

    fn view(lon: f64, lat: f64, zoom: f64) -> Viewport {
        Viewport::clamped(Camera::new(LonLat::new(lon, lat), zoom), SIZE)
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let view = view(80.0, 44.0, 5.0);
        let pivot = ScreenPoint::new(900.0, 200.0);
        let place = view.world_from_screen(pivot);
        let after = view.zoomed_about(pivot, 1.7).screen_from_world(place);
        assert!(after.distance(pivot) < 1e-3, "{after:?}");
    }

    #[test]
    fn the_poles_stop_the_map() {
        let view = view(0.0, 84.9, 3.0).dragged(0.0, 5_000.0);
        assert_eq!(view.world_from_screen(ScreenPoint::new(0.0, 0.0)).y, 0);
    }

    #[test]
    fn dragging_east_past_180_comes_round() {
        let view = view(179.0, 0.0, 6.0).dragged(-400.0, 0.0);
        assert!(view.camera.center.to_lonlat().lon < -170.0);
        assert_eq!(view.bounds().len(), 2);
        assert_eq!(self::view(150.0, 0.0, 6.0).bounds().len(), 1);
    }

    #[test]
    fn zoom_clamps_instead_of_refusing() {
        assert_eq!(view(0.0, 0.0, 21.9).zoomed_about(ScreenPoint::new(0.0, 0.0), 3.0).camera.zoom, MAX_ZOOM);
    }

    #[test]
    fn fitting_centres_in_the_free_map() {
        let bounds =
            WorldBounds::of([LonLat::new(70.0, 30.0).to_world(), LonLat::new(90.0, 50.0).to_world()]);
        let bounds = bounds.expect("two points have a box");
        let padding = Padding { left: 300.0, right: 20.0, ..Padding::default() };
        let view = Viewport::new(Viewport::fit(SIZE, bounds, padding, 22.0), SIZE);
        let (a, b) = (view.screen_from_world(bounds.min), view.screen_from_world(bounds.max));
        assert!(a.x >= 299.9 && b.x <= 1260.1 && a.y >= -0.1 && b.y <= 800.1, "{a:?} {b:?}");
        assert!((f64::midpoint(a.x, b.x) - 780.0).abs() < 0.5);
    }

    proptest! {
        #[test]
        fn screen_and_world_agree(
            lon in -180.0..180.0, lat in -80.0..80.0, zoom in 3.0..20.0,
            x in 0.0..1280.0, y in 0.0..800.0,
        ) {
            let view = view(lon, lat, zoom);
            let point = ScreenPoint::new(x, y);
            let back = view.screen_from_world(view.world_from_screen(point));
            let step = view.camera.scale();
            prop_assert!(back.distance(point) <= step.max(1e-6) * 1.5, "{back:?}");
        }
    }
}
