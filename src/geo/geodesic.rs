//! Distances and bearings on the WGS84 ellipsoid (Karney 2013, by way of the `geo` crate).

use geo::{
    Bearing as _, Destination as _, Distance, Geodesic, GeodesicArea as _, InterpolatePoint as _, LineString,
    Point, Polygon,
};

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

/// Where the geodesic ends that sets out from `from` in a bearing (degrees) and is so many metres long.
#[must_use]
pub fn destination(from: LonLat, bearing: Bearing, metres: f64) -> LonLat {
    let end = Geodesic.destination(point(from), bearing, metres);
    LonLat::new(end.x(), end.y())
}

/// Square metres inside a ring of geodesics, whichever way round it goes; the first place need not stand at its
/// end again.
#[must_use]
pub fn area_m2(ring: &[LonLat]) -> f64 {
    if ring.len() < 3 {
        return 0.0;
    }
    Polygon::new(line(ring), Vec::new()).geodesic_area_signed().abs()
}

/// Places along the geodesic, both ends included, no farther apart than `most_m` metres.
#[must_use]
pub fn along(from: LonLat, to: LonLat, most_m: f64) -> Vec<LonLat> {
    let parts = (distance_m(from, to) / most_m).ceil().clamp(1.0, 256.0) as usize;
    let between = (1..parts).map(|part| {
        let at = Geodesic.point_at_ratio_between(point(from), point(to), part as f64 / parts as f64);
        LonLat::new(at.x(), at.y())
    });
    std::iter::once(from).chain(between).chain([to]).collect()
}

/// A circle of a radius in metres as a ring of `count` places.
#[must_use]
pub fn circle(center: LonLat, radius_m: f64, count: usize) -> Vec<LonLat> {
    (0..count).map(|n| destination(center, 360.0 * n as f64 / count as f64, radius_m)).collect()
}

fn line(places: &[LonLat]) -> LineString {
    places.iter().map(|place| (place.lon, place.lat)).collect()
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
    fn a_square_degree_at_the_equator_has_its_area_both_ways_round() {
        let mut ring: Vec<LonLat> =
            [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(lon, lat)| LonLat::new(lon, lat)).to_vec();
        // 111,319.49 m by 110,574 m, and a little less towards the pole.
        let area = area_m2(&ring) / 1e6;
        assert!((area - 12_308.8).abs() < 1.0, "{area}");
        ring.reverse();
        assert!((area_m2(&ring) / 1e6 - area).abs() < 1e-6);
        assert_eq!(area_m2(&ring[..2]), 0.0);
    }

    #[test]
    fn a_destination_lies_in_its_distance_and_a_circle_has_its_area() {
        let from = LonLat::new(80.4, 44.2);
        let to = destination(from, 73.0, 250_000.0);
        assert!(
            (distance_m(from, to) - 250_000.0).abs() < 1e-3
                && (initial_bearing(from, to) - 73.0).abs() < 1e-6
        );
        let area = area_m2(&circle(from, 10_000.0, 360));
        assert!((area / (std::f64::consts::PI * 1e8) - 1.0).abs() < 1e-4, "{area}");
    }

    #[test]
    fn a_long_way_has_places_between_and_a_short_one_its_ends() {
        let (a, b) = (LonLat::new(0.0, 50.0), LonLat::new(90.0, 50.0));
        let way = along(a, b, 100_000.0);
        assert!(way.len() > 50 && way[0] == a && way[way.len() - 1] == b);
        assert!(way.iter().any(|place| place.lat > 58.0), "towards the pole");
        assert_eq!(along(a, LonLat::new(0.1, 50.0), 100_000.0).len(), 2);
    }

    #[test]
    fn east_is_ninety_degrees() {
        assert!((initial_bearing(LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0)) - 90.0).abs() < 1e-9);
    }
}
