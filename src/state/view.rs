//! The camera, the flight it may be on, and what of the map is free of panels.

use crate::geo::{Camera, Flight, LonLat, Padding, Projection, ScreenPoint, Size, Viewport, WorldBounds};

/// A wheel notch or key press glides for this long to where it goes.
const GLIDE_RATE_PER_SEC: f64 = 18.0;
/// How fast a map that was let go slows down.
const DRIFT_RATE_PER_SEC: f64 = 5.0;
/// Slower than this, in points a second, it stands.
const LEAST_DRIFT: f64 = 12.0;
/// Fitting a point or a short line goes no closer than this.
const CLOSEST_FIT: f64 = 9.0;
/// Free map left around what is fitted, in points.
const FIT_MARGIN: f64 = 36.0;

/// Where the map is looked at from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    camera: Camera,
    size: Size,
    projection: Projection,
    padding: Padding,
    motion: Motion,
    clock_secs: f64,
    held: Option<Held>,
    /// What the flight is to show: should panels open on the way, it ends where that is free of them.
    aim: Option<Target>,
    /// Whether the window has told its size.
    is_laid_out: bool,
}

/// What is shown until a person moves the map, whatever the window's size becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Home,
    Bounds(WorldBounds),
}

/// What is to be seen in the free map.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Bounds(WorldBounds),
    /// What a camera showed in a picture of that width and height.
    Picture(Camera, [f64; 2]),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Motion {
    Still,
    Flying(Flight),
    /// Zooming on towards `zoom` with the place under `about` held still.
    Gliding {
        zoom: f64,
        about: ScreenPoint,
    },
    /// Let go while dragging: points a second, slowing down.
    Drifting {
        dx: f64,
        dy: f64,
    },
}

impl Default for View {
    fn default() -> Self {
        let size = Size { width: 1440.0, height: 900.0 };
        let mut view = Self {
            camera: Camera::new(LonLat::new(66.0, 34.0), 3.0),
            size,
            projection: Projection::Mercator,
            padding: Padding::default(),
            motion: Motion::Still,
            clock_secs: 0.0,
            held: Some(Held::Home),
            aim: None,
            is_laid_out: false,
        };
        view.camera = view.home();
        view
    }
}

impl View {
    #[must_use]
    pub fn camera(&self) -> Camera {
        self.camera
    }

    #[must_use]
    pub fn viewport(&self) -> Viewport {
        Viewport::new(self.camera, self.size).through(self.projection)
    }

    #[must_use]
    pub fn padding(&self) -> Padding {
        self.padding
    }

    /// The same for a figure in another projection: what is held is fitted to its page, and a place that was asked for
    /// stays in the middle, with the scale it has there.
    #[must_use]
    pub fn projected(&self, projection: Projection) -> Viewport {
        let view = self.viewport().through(projection);
        match self.held {
            Some(Held::Bounds(bounds)) => view.fitted_to(bounds, FIT_MARGIN, CLOSEST_FIT),
            Some(Held::Home) => view.laid_flat(),
            None => view,
        }
    }

    /// Seconds that have passed in frames.
    #[must_use]
    pub fn clock_secs(&self) -> f64 {
        self.clock_secs
    }

    #[must_use]
    pub fn is_flying(&self) -> bool {
        matches!(self.motion, Motion::Flying(_))
    }

    /// Whether the next tick moves the camera: the window must be drawn again.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.motion != Motion::Still
    }

    /// The camera that shows all corridors and zones.
    #[must_use]
    pub fn home(&self) -> Camera {
        const HOME: [(f64, f64); 2] = [(-2.0, -4.0), (142.0, 62.0)];
        let corners = HOME.map(|(lon, lat)| LonLat::new(lon, lat).to_world());
        let bounds = WorldBounds { min: corners[0], max: corners[0] }.with(corners[1]);
        self.fitted(bounds, 0.0)
    }

    /// The camera that shows `bounds` in the free map, with a margin.
    #[must_use]
    pub fn fitting(&self, bounds: WorldBounds) -> Camera {
        self.fitted(bounds, FIT_MARGIN)
    }

    fn fitted(&self, bounds: WorldBounds, margin: f64) -> Camera {
        let Padding { left, top, right, bottom } = self.padding;
        let padding = Padding {
            left: left + margin,
            top: top + margin,
            right: right + margin,
            bottom: bottom + margin,
        };
        let camera = Viewport::fit(self.size, bounds, padding, CLOSEST_FIT);
        Viewport::clamped(camera, self.size).camera
    }

    /// Whether nobody has moved the map yet.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Whether it is still the first view.
    #[must_use]
    pub fn is_at_home(&self) -> bool {
        matches!(self.held, Some(Held::Home))
    }

    /// The middle of the free map.
    #[must_use]
    pub fn middle(&self) -> ScreenPoint {
        let Padding { left, top, right, bottom } = self.padding;
        ScreenPoint::new(
            f64::midpoint(left, self.size.width - right),
            f64::midpoint(top, self.size.height - bottom),
        )
    }

    pub(super) fn set_viewport(&mut self, size: Size, padding: Padding) {
        if size.width < 1.0 || size.height < 1.0 {
            return;
        }
        if (self.size, self.padding) == (size, padding) {
            self.is_laid_out = true;
            return;
        }
        // A panel that opens or closes does not move the map under the hand.
        let is_resized = self.size != size || !self.is_laid_out;
        (self.size, self.padding) = (size, padding);
        self.is_laid_out = true;
        if let Some(target) = self.aim {
            return self.fly_at(target, self.motion == Motion::Still);
        }
        if !is_resized {
            return;
        }
        let camera = match self.held {
            Some(Held::Home) => self.home(),
            Some(Held::Bounds(bounds)) => self.fitting(bounds),
            None => self.camera,
        };
        self.camera = Viewport::clamped(camera, size).camera;
    }

    /// The panels become as wide as another theme's letters ask: what nobody moved is fitted to what they leave.
    pub(super) fn lay_out_again(&mut self) {
        self.is_laid_out = false;
    }

    /// Looks from there at once, with nothing over the map.
    pub(super) fn look_through(&mut self, viewport: Viewport) {
        *self = Self {
            camera: viewport.camera,
            size: viewport.size,
            projection: viewport.projection,
            padding: Padding::default(),
            motion: Motion::Still,
            held: None,
            ..*self
        };
    }

    pub(super) fn move_to(&mut self, camera: Camera) {
        self.stop();
        self.held = None;
        self.camera = Viewport::clamped(camera, self.size).camera;
    }

    /// Shows `bounds` at once, and still when the window's size changes, until a person moves the map.
    pub(super) fn hold(&mut self, bounds: WorldBounds) {
        self.stop();
        self.held = Some(Held::Bounds(bounds));
        self.camera = self.fitting(bounds);
    }

    pub(super) fn pan(&mut self, dx: f64, dy: f64) {
        self.move_to(self.viewport().dragged(dx, dy).camera);
    }

    pub(super) fn drift(&mut self, dx: f64, dy: f64) {
        self.motion = Motion::Drifting { dx, dy };
    }

    pub(super) fn zoom(&mut self, delta: f64, about: Option<ScreenPoint>, is_motion_reduced: bool) {
        let about = about.unwrap_or_else(|| self.middle());
        let from = match self.motion {
            Motion::Gliding { zoom, .. } => zoom,
            Motion::Still | Motion::Flying(_) | Motion::Drifting { .. } => self.camera.zoom,
        };
        self.held = None;
        self.aim = None;
        let camera = Camera { zoom: from + delta, ..self.camera };
        let zoom = Viewport::clamped(camera, self.size).camera.zoom;
        if is_motion_reduced {
            self.camera = self.viewport().zoomed_about(about, zoom - self.camera.zoom).camera;
        } else {
            self.motion = Motion::Gliding { zoom, about };
        }
    }

    /// Towards `bounds`, wherever the panels leave room for them.
    pub(super) fn fly_to(&mut self, bounds: WorldBounds, is_motion_reduced: bool) {
        self.fly_at(Target::Bounds(bounds), is_motion_reduced);
    }

    /// To what a camera showed in a picture of that width and height.
    pub(super) fn fly_to_picture(&mut self, camera: Camera, size: [f64; 2], is_motion_reduced: bool) {
        self.fly_at(Target::Picture(camera, size), is_motion_reduced);
    }

    fn fly_at(&mut self, target: Target, is_motion_reduced: bool) {
        let to = match target {
            Target::Bounds(bounds) => self.fitting(bounds),
            Target::Picture(camera, size) => self.showing(camera, size),
        };
        self.fly(to, is_motion_reduced);
        self.aim = Some(target);
    }

    /// A camera that shows in the free map what another showed in a picture of that size.
    fn showing(&self, camera: Camera, [width, height]: [f64; 2]) -> Camera {
        let (size, padding) = (self.size, self.padding);
        let across = (size.width - padding.left - padding.right).max(1.0) / width;
        let down = (size.height - padding.top - padding.bottom).max(1.0) / height;
        let zoom = camera.zoom + across.min(down).log2();
        let middle = self.middle();
        let aside = (size.width / 2.0 - middle.x, size.height / 2.0 - middle.y);
        Viewport::clamped(Camera { zoom, ..camera }, size).dragged(-aside.0, -aside.1).camera
    }

    pub(super) fn fly(&mut self, to: Camera, is_motion_reduced: bool) {
        self.aim = None;
        self.held = (to == self.home()).then_some(Held::Home);
        if is_motion_reduced {
            self.camera = to;
            self.motion = Motion::Still;
        } else {
            self.motion = Motion::Flying(Flight::new(self.camera, to, self.size));
        }
    }

    /// Stops where it is.
    pub(super) fn stop(&mut self) {
        self.aim = None;
        self.motion = Motion::Still;
    }

    pub(super) fn tick(&mut self, dt_secs: f64) {
        let dt_secs = dt_secs.clamp(0.0, 3600.0);
        self.clock_secs += dt_secs;
        // A frame that was late must not end the flight unseen.
        let step = dt_secs.min(0.1);
        match self.motion {
            Motion::Still => self.aim = None,
            Motion::Flying(ref mut flight) => {
                self.camera = flight.advance(step, self.size);
                if flight.is_over() {
                    self.motion = Motion::Still;
                }
            }
            Motion::Gliding { zoom, about } => self.glide(zoom, about, step),
            Motion::Drifting { dx, dy } => {
                self.camera = self.viewport().dragged(dx * step, dy * step).camera;
                let left = (-DRIFT_RATE_PER_SEC * step).exp();
                let (dx, dy) = (dx * left, dy * left);
                let is_there = dx.hypot(dy) < LEAST_DRIFT;
                self.motion = if is_there { Motion::Still } else { Motion::Drifting { dx, dy } };
            }
        }
    }

    fn glide(&mut self, zoom: f64, about: ScreenPoint, step_secs: f64) {
        let left = zoom - self.camera.zoom;
        let is_there = left.abs() < 0.002;
        let share = 1.0 - (-GLIDE_RATE_PER_SEC * step_secs).exp();
        let delta = if is_there { left } else { left * share };
        self.camera = self.viewport().zoomed_about(about, delta).camera;
        if is_there {
            self.motion = Motion::Still;
        }
    }
}
