//! The two offsets that Chinese map services add to WGS84, and the way back.
//!
//! Both formulas have become known without their makers; the way back is found by iteration. They are offered, never
//! applied unasked: no file says that its numbers are offset.

use std::f64::consts::PI;

use crate::geo::LonLat;
use crate::geo::geodesic::distance_m;

/// Of the ellipsoid that the offset is counted on, Krassovsky's: metres, and the square of its eccentricity.
const SEMI_MAJOR: f64 = 6_378_245.0;
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;
/// Where the offset is counted from, in degrees.
const MIDDLE: [f64; 2] = [105.0, 35.0];
/// West, south, east, north in degrees: beyond them nothing is added.
const EDGES: [f64; 4] = [72.004, 0.8293, 137.8347, 55.8271];
/// What Baidu adds, in degrees, and turns by.
const BAIDU: [f64; 2] = [0.0065, 0.006];
const BAIDU_TURN: f64 = PI * 3000.0 / 180.0;
/// The way back ends when a step is shorter, in degrees: about a tenth of a millimetre.
const CLOSE: f64 = 1e-9;
const MOST_STEPS: usize = 16;

/// An offset that Chinese map services add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offset {
    /// Of the state: Amap, Tencent, and Google within China.
    Gcj02,
    /// Baidu's, over the state's.
    Bd09,
}

impl Offset {
    pub const ALL: [Self; 2] = [Self::Gcj02, Self::Bd09];
    /// The way back meets WGS84 within so many metres of what the forward formula gives; the formula itself is not
    /// published, and services are seen to differ by so much.
    pub const ACCURACY_M: f64 = 2.0;

    /// As its users write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gcj02 => "GCJ-02",
            Self::Bd09 => "BD-09",
        }
    }

    /// The offset of a name, as [`Offset::name`] gives it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|offset| offset.name().eq_ignore_ascii_case(name.trim()))
    }

    /// The offset numbers of a place in degrees of WGS84.
    #[must_use]
    pub fn apply(self, place: [f64; 2]) -> [f64; 2] {
        let [lon, lat] = gcj02(place);
        if self == Self::Gcj02 || !is_inside(place) {
            return [lon, lat];
        }
        let radius = lon.hypot(lat) + 0.000_02 * (lat * BAIDU_TURN).sin();
        let angle = lat.atan2(lon) + 0.000_003 * (lon * BAIDU_TURN).cos();
        [radius * angle.cos() + BAIDU[0], radius * angle.sin() + BAIDU[1]]
    }

    /// The place in degrees of WGS84 whose offset numbers these are, within 1e-7 degrees of that.
    #[must_use]
    pub fn remove(self, offset: [f64; 2]) -> [f64; 2] {
        let mut place = offset;
        for _ in 0..MOST_STEPS {
            let [lon, lat] = self.apply(place);
            let (east, north) = (offset[0] - lon, offset[1] - lat);
            place = [place[0] + east, place[1] + north];
            if east.abs() < CLOSE && north.abs() < CLOSE {
                break;
            }
        }
        // Across the edge there is no way back; what lies there was not offset.
        if place.iter().all(|degrees| degrees.is_finite()) && is_inside(place) { place } else { offset }
    }

    /// How far it moves what has these numbers, in metres.
    #[must_use]
    pub fn shift_m(self, offset: LonLat) -> f64 {
        let [lon, lat] = self.remove([offset.lon, offset.lat]);
        distance_m(offset, LonLat::new(lon, lat))
    }
}

fn is_inside([lon, lat]: [f64; 2]) -> bool {
    let [west, south, east, north] = EDGES;
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

fn gcj02([lon, lat]: [f64; 2]) -> [f64; 2] {
    if !is_inside([lon, lat]) {
        return [lon, lat];
    }
    let [east, north] = metres(lon - MIDDLE[0], lat - MIDDLE[1]);
    let (sin, cos) = lat.to_radians().sin_cos();
    let bent = 1.0 - ECCENTRICITY_2 * sin * sin;
    let meridian = SEMI_MAJOR * (1.0 - ECCENTRICITY_2) / (bent * bent.sqrt());
    let parallel = SEMI_MAJOR / bent.sqrt() * cos;
    [lon + (east / parallel).to_degrees(), lat + (north / meridian).to_degrees()]
}

/// Metres east and north.
fn metres(x: f64, y: f64) -> [f64; 2] {
    let wave = |size: f64, turns: f64| size * (turns * PI).sin();
    let ripples = (wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x)) * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + ripples
        + (wave(20.0, y) + wave(40.0, y / 3.0)) * 2.0 / 3.0
        + (wave(160.0, y / 12.0) + wave(320.0, y / 30.0)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + ripples
        + (wave(20.0, x) + wave(40.0, x / 3.0)) * 2.0 / 3.0
        + (wave(150.0, x / 12.0) + wave(300.0, x / 30.0)) * 2.0 / 3.0;
    [east, north]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_offset_is_some_hundred_metres_in_china_and_none_beyond() {
        // Tiananmen.
        let beijing = LonLat::new(116.397_5, 39.908_7);
        let [gcj, bd] = Offset::ALL.map(|offset| {
            let [lon, lat] = offset.apply([beijing.lon, beijing.lat]);
            distance_m(beijing, LonLat::new(lon, lat))
        });
        assert!((400.0..700.0).contains(&gcj) && (900.0..1_600.0).contains(&bd), "{gcj} {bd}");
        for offset in Offset::ALL {
            assert_eq!(Offset::named(offset.name()), Some(offset));
            assert_eq!(offset.apply([2.35, 48.85]), [2.35, 48.85]);
            assert_eq!(offset.remove([2.35, 48.85]), [2.35, 48.85]);
            assert!((100.0..2_000.0).contains(&offset.shift_m(LonLat::new(80.4, 44.2))));
        }
    }

    #[test]
    fn the_offset_is_that_of_the_published_conversions() {
        // Control values that the open conversions between the two systems test themselves with.
        for (wgs84, gcj02) in [
            ([121.527_210_6, 31.177_427_6], [121.531_541_859, 31.175_303_984]),
            ([113.912_316, 22.543_847], [113.917_176_481, 22.540_796_132]),
            ([116.377_817, 39.911_954], [116.384_047_225, 39.913_345_455]),
        ] {
            let [lon, lat] = Offset::Gcj02.apply(wgs84);
            assert!((lon - gcj02[0]).abs() < 1e-8 && (lat - gcj02[1]).abs() < 1e-8, "{lon} {lat}");
        }
    }

    proptest! {
        #[test]
        fn the_way_back_meets_the_way_there(lon in 73.5..134.5_f64, lat in 18.5..53.5_f64) {
            for offset in Offset::ALL {
                let [back_lon, back_lat] = offset.remove(offset.apply([lon, lat]));
                prop_assert!((back_lon - lon).abs() < 1e-7 && (back_lat - lat).abs() < 1e-7);
            }
        }

        #[test]
        fn no_numbers_are_too_much(lon in proptest::num::f64::ANY, lat in proptest::num::f64::ANY) {
            for offset in Offset::ALL {
                let place = offset.remove([lon, lat]);
                prop_assert!(place[0].is_finite() || !lon.is_finite());
            }
        }
    }
}
