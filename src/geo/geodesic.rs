//! Distances and bearings on the WGS84 ellipsoid (Karney 2013, by way of the `geo` crate).

use geo::{Bearing as _, Distance, Geodesic, Point};

use super::LonLat;

/// Degrees clockwise from north, 0 (included) to 360 (excluded).
pub type Bearing = f64;

/// Metres between two places along the geodesic.
#[must_use]
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    Geodesic.distance(point(from), point(to))
}

/// The bearing in which the geodesic from `from` to `to` sets out.
#[must_use]
pub fn initial_bearing(from: LonLat, to: LonLat) -> Bearing {
    Geodesic.bearing(point(from), point(to)).rem_euclid(360.0)
}

/// Metres along a line of places.
#[must_use]
pub fn length_m(line: &[LonLat]) -> f64 {
    line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum()
}

fn point(place: LonLat) -> Point {
    Point::new(place.lon, place.lat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_the_equator_is_as_long_as_known() {
        let metres = distance_m(LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0));
        assert!((metres - 111_319.49).abs() < 0.01, "{metres}");
    }

    #[test]
    fn east_is_ninety_degrees() {
        assert!((initial_bearing(LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0)) - 90.0).abs() < 1e-9);
    }
}
