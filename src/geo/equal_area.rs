//! Lambert's azimuthal equal-area projection of the ellipsoid: areas are true everywhere, the scale at the centre.
//!
//! Snyder 1987, Map Projections: a Working Manual, pages 187 to 190: the oblique ellipsoidal form by way of authalic
//! latitudes, which lie on a sphere of the ellipsoid's area.

use super::{LonLat, WorldFixed};

/// WGS84: half the longer axis in metres, and the square of the eccentricity.
const A: f64 = 6_378_137.0;
const E2: f64 = 0.006_694_379_990_141_317;

/// Nearer than this to the place opposite the centre, as 1 + cos of the arc, the way there is in every direction.
const OPPOSITE: f64 = 1e-12;

/// The projection about one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EqualArea {
    lon: f64,
    /// Of the centre's authalic latitude.
    sin: f64,
    cos: f64,
    /// Of the sphere, in metres.
    radius: f64,
    /// Makes the scale at the centre true in all directions (eq. 24-20).
    stretch: f64,
}

/// A place on the plane with how far round the Earth it is from the centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OnPlane {
    /// East and north of the centre, in metres.
    pub(super) at: [f64; 2],
    /// Cosine of the arc from the centre: 1 there, −1 opposite.
    pub(super) cos_arc: f64,
}

impl EqualArea {
    /// About a place that is no pole.
    pub(super) fn about(center: LonLat) -> Self {
        let lat = center.lat.to_radians();
        let sin = sin_authalic(lat.sin());
        let cos = (1.0 - sin * sin).sqrt().max(1e-9);
        let radius = A * (q(1.0) / 2.0).sqrt();
        // eq. 14-15
        let across = lat.cos() / (1.0 - E2 * lat.sin().powi(2)).sqrt();
        Self { lon: center.lon, sin, cos, radius, stretch: A * across / (radius * cos) }
    }

    /// Where a place lies on the plane (eq. 24-17 to 24-19).
    pub(super) fn forward(&self, place: LonLat) -> OnPlane {
        let lon = (place.lon - self.lon).to_radians();
        let sin = sin_authalic(place.lat.to_radians().sin());
        let cos = (1.0 - sin * sin).max(0.0).sqrt();
        let cos_arc = self.sin * sin + self.cos * cos * lon.cos();
        let scale = self.radius * (2.0 / (1.0 + cos_arc).max(OPPOSITE)).sqrt();
        let east = scale * self.stretch * cos * lon.sin();
        let north = scale / self.stretch * (self.cos * sin - self.sin * cos * lon.cos());
        OnPlane { at: [east, north], cos_arc }
    }

    /// What place lies there on the plane (eq. 24-24 to 24-27); beyond its edge, the place opposite the centre.
    pub(super) fn inverse(&self, [east, north]: [f64; 2]) -> LonLat {
        let (x, y) = (east / self.stretch, north * self.stretch);
        let rho = x.hypot(y);
        if rho < 1e-9 {
            return LonLat::new(self.lon, latitude_of(self.sin).to_degrees());
        }
        let arc = 2.0 * (rho / (2.0 * self.radius)).min(1.0).asin();
        let (sin_arc, cos_arc) = arc.sin_cos();
        let sin = (cos_arc * self.sin + y * sin_arc * self.cos / rho).clamp(-1.0, 1.0);
        let lon = (x * sin_arc).atan2(rho * self.cos * cos_arc - y * self.sin * sin_arc);
        let lon = (self.lon + lon.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
        LonLat::new(lon, latitude_of(sin).to_degrees())
    }

    /// Which way north is at a place, in radians clockwise from up.
    pub(super) fn north_at(&self, place: LonLat) -> f64 {
        const STEP_DEG: f64 = 1e-3;
        let at = |lat: f64| self.forward(LonLat::new(place.lon, lat)).at;
        let (from, to) = (at(place.lat - STEP_DEG), at(place.lat + STEP_DEG));
        (to[0] - from[0]).atan2(to[1] - from[1])
    }

    /// Degrees of arc from the centre to what lies `metres` from it on the plane; 180 beyond its edge.
    pub(super) fn arc_deg(&self, metres: f64) -> f64 {
        (2.0 * (metres / (2.0 * self.radius)).min(1.0).asin()).to_degrees()
    }

    /// The same as [`EqualArea::forward`] for a place of the Mercator square.
    pub(super) fn of_world(&self, place: WorldFixed) -> OnPlane {
        self.forward(place.to_lonlat())
    }
}

/// q of a latitude by its sine (eq. 3-12).
fn q(sin: f64) -> f64 {
    let e = E2.sqrt();
    (1.0 - E2) * (sin / (1.0 - E2 * sin * sin) + (e * sin).atanh() / e)
}

/// The sine of the authalic latitude (eq. 3-11).
fn sin_authalic(sin: f64) -> f64 {
    (q(sin) / q(1.0)).clamp(-1.0, 1.0)
}

/// The latitude, in radians, whose authalic latitude has that sine: the series of eq. 3-18, and one step of Newton's
/// method on eq. 3-12.
fn latitude_of(sin_authalic: f64) -> f64 {
    let beta = sin_authalic.asin();
    let (e4, e6) = (E2 * E2, E2 * E2 * E2);
    let lat = beta
        + (E2 / 3.0 + 31.0 * e4 / 180.0 + 517.0 * e6 / 5040.0) * (2.0 * beta).sin()
        + (23.0 * e4 / 360.0 + 251.0 * e6 / 3780.0) * (4.0 * beta).sin()
        + 761.0 * e6 / 45360.0 * (6.0 * beta).sin();
    let (sin, cos) = lat.sin_cos();
    if cos < 1e-6 {
        return lat;
    }
    // dq/dφ = 2 (1 − e²) cos φ / (1 − e² sin² φ)²
    let slope = 2.0 * (1.0 - E2) * cos / (1.0 - E2 * sin * sin).powi(2);
    lat + (sin_authalic * q(1.0) - q(sin)) / slope
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::area_m2;
    use proptest::prelude::*;

    const HORGOS: LonLat = LonLat::new(80.41, 44.21);

    /// The area on the plane of a ring, in square metres.
    fn on_plane(plane: &EqualArea, ring: &[LonLat]) -> f64 {
        let points: Vec<[f64; 2]> = ring.iter().map(|place| plane.forward(*place).at).collect();
        let [x0, y0] = points[0];
        let next = points.iter().cycle().skip(1);
        let cross =
            |([ax, ay], [bx, by]): (&[f64; 2], &[f64; 2])| (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
        points.iter().zip(next).map(cross).sum::<f64>().abs() / 2.0
    }

    /// A ring of geodesics with many corners about a place, some kilometres wide.
    fn ring(at: LonLat) -> Vec<LonLat> {
        crate::geo::circle(at, 20_000.0, 720)
    }

    #[test]
    fn areas_are_those_of_the_ellipsoid_wherever_they_lie() {
        let plane = EqualArea::about(HORGOS);
        for (lon, lat) in
            [(80.41, 44.21), (4.5, 52.0), (120.0, 30.0), (103.8, 1.3), (37.6, 55.8), (60.0, -10.0)]
        {
            let ring = ring(LonLat::new(lon, lat));
            let (drawn, true_m2) = (on_plane(&plane, &ring), area_m2(&ring).abs());
            assert!((drawn / true_m2 - 1.0).abs() < 1e-6, "{lon},{lat}: {drawn} {true_m2}");
        }
    }

    #[test]
    fn small_cells_of_one_size_are_of_one_size_on_the_plane() {
        // Between parallels whose authalic sines are evenly apart, cells of one width have one area (eq. 3-12).
        let plane = EqualArea::about(HORGOS);
        let areas: Vec<f64> = (-8..=9)
            .map(|row| {
                let sin = f64::from(row) / 10.0;
                let (south, north) = (latitude_of(sin).to_degrees(), latitude_of(sin + 1e-4).to_degrees());
                let (west, east) = (70.0 + f64::from(row), 70.01 + f64::from(row));
                let side = |a: LonLat, b: LonLat| {
                    (0..64).map(move |n| {
                        let share = f64::from(n) / 64.0;
                        LonLat::new(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share)
                    })
                };
                let corners = [(west, south), (east, south), (east, north), (west, north)];
                let corners = corners.map(|(lon, lat)| LonLat::new(lon, lat));
                let ring: Vec<LonLat> = (0..4).flat_map(|n| side(corners[n], corners[(n + 1) % 4])).collect();
                on_plane(&plane, &ring)
            })
            .collect();
        for area in &areas {
            assert!((area / areas[0] - 1.0).abs() < 1e-6, "{areas:?}");
        }
    }

    #[test]
    fn a_known_place_lies_where_the_book_says() {
        // Page 333 has x = −965,932 m and y = −1,056,815 m on Clarke's ellipsoid, which differs by metres.
        let plane = EqualArea::about(LonLat::new(-100.0, 40.0));
        let [east, north] = plane.forward(LonLat::new(-110.0, 30.0)).at;
        assert!((east + 965_932.1).abs() < 100.0 && (north + 1_056_814.9).abs() < 100.0, "{east} {north}");
    }

    #[test]
    fn north_is_up_at_the_centre_and_on_its_meridian_only() {
        let plane = EqualArea::about(HORGOS);
        assert!(plane.north_at(HORGOS).abs() < 1e-9);
        assert!(plane.north_at(LonLat::new(80.41, 10.0)).abs() < 1e-9);
        assert!(
            plane.north_at(LonLat::new(110.0, 44.0)) < -0.2,
            "in the east the meridians lean to the west"
        );
        assert!(plane.north_at(LonLat::new(30.0, 44.0)) > 0.3);
    }

    proptest! {
        #[test]
        fn there_and_back_again(
            lon0 in -180.0..180.0, lat0 in -84.0..84.0_f64, lon in -179.9..179.9_f64, lat in -88.0..88.0_f64,
        ) {
            let plane = EqualArea::about(LonLat::new(lon0, lat0));
            let there = plane.forward(LonLat::new(lon, lat));
            prop_assume!(there.cos_arc > -0.9);
            let back = plane.inverse(there.at);
            prop_assert!((back.lat - lat).abs() < 1e-9, "{:?}", back);
            let east = (back.lon - lon + 540.0).rem_euclid(360.0) - 180.0;
            prop_assert!(east.abs() * lat.to_radians().cos() < 1e-9, "{:?}", back);
        }

        #[test]
        fn the_scale_is_true_at_the_centre(
            lon in -170.0..170.0, lat in -80.0..80.0_f64, bearing in 0.0..360.0_f64,
        ) {
            let center = LonLat::new(lon, lat);
            let plane = EqualArea::about(center);
            let there = crate::geo::circle(center, 1_000.0, 360)[bearing as usize];
            let [east, north] = plane.forward(there).at;
            prop_assert!((east.hypot(north) - 1_000.0).abs() < 1e-3, "{}", east.hypot(north));
        }
    }
}
