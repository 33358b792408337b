//! A smooth way from one camera to another: out, across and in, as one path.
//!
//! van Wijk and Nuij, "Smooth and efficient zooming and panning" (2003), with ρ = 1.42.

use super::{Camera, Size, Viewport, WorldFixed};

const RHO: f64 = 1.42;
const MIN_SECS: f64 = 0.6;
const MAX_SECS: f64 = 2.4;
/// Seconds for one unit of the path's length, within the limits above.
const SECS_PER_UNIT: f64 = 0.45;
const WORLD: f64 = 4_294_967_296.0;

/// A flight under way. It holds no clock: whoever flies it says how much time has passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flight {
    from: Camera,
    to: Camera,
    path: Path,
    elapsed_secs: f64,
    duration_secs: f64,
}

/// The path in (distance, width) space, w in world steps.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Path {
    w0: f64,
    w1: f64,
    distance: f64,
    r0: f64,
    length: f64,
}

impl Flight {
    /// From `from` to `to` in a window of `size`, the shorter way round the world.
    #[must_use]
    pub fn new(from: Camera, to: Camera, size: Size) -> Self {
        let path = Path::new(from, to, size);
        let duration_secs = (path.length * SECS_PER_UNIT).clamp(MIN_SECS, MAX_SECS);
        Self { from, to, path, elapsed_secs: 0.0, duration_secs }
    }

    /// Where the flight ends.
    #[must_use]
    pub fn target(&self) -> Camera {
        self.to
    }

    #[must_use]
    pub fn is_over(&self) -> bool {
        self.elapsed_secs >= self.duration_secs
    }

    /// The camera after `dt_secs` more, held inside the world.
    pub fn advance(&mut self, dt_secs: f64, size: Size) -> Camera {
        self.elapsed_secs = (self.elapsed_secs + dt_secs).min(self.duration_secs);
        if self.is_over() {
            return Viewport::clamped(self.to, size).camera;
        }
        let share = ease_in_out_cubic(self.elapsed_secs / self.duration_secs);
        let (along, width) = self.path.at(share);

        let (dx, dy) = {
            let (dx, dy) = self.to.center.offset_from(self.from.center);
            (dx as f64, dy as f64)
        };
        let (x, y) = self.from.center.to_unit();
        let center = WorldFixed::from_unit(x + dx * along / WORLD, y + dy * along / WORLD);
        let zoom = (size.width.max(1.0) * WORLD / (width * 256.0)).log2();
        Viewport::clamped(Camera { center, zoom }, size).camera
    }
}

impl Path {
    fn new(from: Camera, to: Camera, size: Size) -> Self {
        let width = size.width.max(1.0);
        let (w0, w1) = (width / from.scale(), width / to.scale());
        let (dx, dy) = to.center.offset_from(from.center);

        let distance = (dx as f64).hypot(dy as f64);
        if distance < w0.min(w1) * 1e-4 {
            return Self { w0, w1, distance: 0.0, r0: 0.0, length: (w1 / w0).ln().abs() / RHO };
        }
        let rise = |width: f64, sign: f64| {
            let squares = w1 * w1 - w0 * w0 + sign * RHO.powi(4) * distance * distance;
            let b = squares / (2.0 * width * RHO * RHO * distance);
            (-b).asinh()
        };
        let (r0, r1) = (rise(w0, 1.0), rise(w1, -1.0));
        Self { w0, w1, distance, r0, length: (r1 - r0) / RHO }
    }

    /// Share of the distance covered and width seen, after `share` (0 to 1) of the path.
    fn at(&self, share: f64) -> (f64, f64) {
        if self.distance == 0.0 {
            return (share, self.w0 * (self.w1 / self.w0).powf(share));
        }
        let s = share * self.length;
        let (r0, inner) = (self.r0, RHO * s + self.r0);
        let width = self.w0 * r0.cosh() / inner.cosh();
        let covered = self.w0 / (RHO * RHO) * (r0.cosh() * inner.tanh() - r0.sinh());
        (covered / self.distance, width)
    }
}

fn ease_in_out_cubic(t: f64) -> f64 {
    if t < 0.5 { 4.0 * t * t * t } else { 1.0 - (-2.0 * t + 2.0).powi(3) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::LonLat;

    const SIZE: Size = Size { width: 1280.0, height: 800.0 };

    fn fly(from: Camera, to: Camera) -> Vec<Camera> {
        let mut flight = Flight::new(from, to, SIZE);
        let mut seen = Vec::new();
        while !flight.is_over() {
            seen.push(flight.advance(1.0 / 60.0, SIZE));
        }
        seen
    }

    #[test]
    fn a_flight_ends_exactly_at_its_target() {
        let to = Camera::new(LonLat::new(117.4, 49.6), 9.0);
        let seen = fly(Camera::new(LonLat::new(4.0, 52.0), 8.0), to);
        assert_eq!(seen.last(), Some(&to));
    }

    #[test]
    fn a_long_flight_goes_out_before_it_goes_in() {
        let seen = fly(Camera::new(LonLat::new(4.0, 52.0), 8.0), Camera::new(LonLat::new(117.4, 49.6), 8.0));
        let lowest = seen.iter().map(|camera| camera.zoom).fold(f64::MAX, f64::min);
        assert!(lowest < 5.0, "{lowest}");
    }

    #[test]
    fn a_flight_over_180_takes_the_short_way() {
        let seen = fly(Camera::new(LonLat::new(170.0, 0.0), 4.0), Camera::new(LonLat::new(-170.0, 0.0), 4.0));
        assert!(seen.iter().all(|camera| camera.center.to_lonlat().lon.abs() > 165.0));
    }

    #[test]
    fn no_step_of_a_flight_jumps() {
        let seen = fly(Camera::new(LonLat::new(60.0, 40.0), 3.0), Camera::new(LonLat::new(80.4, 44.2), 12.0));
        for pair in seen.windows(2) {
            assert!((pair[1].zoom - pair[0].zoom).abs() < 0.5, "{pair:?}");
        }
    }
}
