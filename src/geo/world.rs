//! The world in integers: Web Mercator in steps of 2⁻³² of its width, and the degrees it comes from.

use std::f64::consts::PI;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::mercator::world_y;

/// Web Mercator ends here, in degrees: the latitude at which the world is square (EPSG:3857).
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_6;

/// Steps in the width (and height) of the world.
const WORLD: f64 = 4_294_967_296.0;

/// A place in degrees, WGS84: longitude −180 to 180 east, latitude −90 to 90 north.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    pub lon: f64,
    pub lat: f64,
}

/// Why a text is no pair of degrees.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseLonLatError {
    #[error("expected LON,LAT, for example 80.41,44.21")]
    Shape,
    #[error("longitude {0} is outside -180 to 180")]
    Longitude(String),
    #[error("latitude {0} is outside -90 to 90")]
    Latitude(String),
}

impl LonLat {
    #[must_use]
    pub const fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }

    /// Where this is on the Web Mercator square; latitudes beyond [`MAX_LATITUDE`] stop at its edge.
    ///
    /// x = (λ + 180) / 360, y = ½ − ln tan(π/4 + φ/2) / 2π (Snyder 1987, eq. 7-1 and 7-2, on the sphere).
    #[must_use]
    pub fn to_world(self) -> WorldFixed {
        let x = (self.lon + 180.0) / 360.0;
        let lat = self.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
        let y = 0.5 - lat.sin().atanh() / (2.0 * PI);
        WorldFixed { x: fixed_wrapping(x), y: fixed_clamped(y) }
    }
}

impl FromStr for LonLat {
    type Err = ParseLonLatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (lon, lat) = text.split_once(',').ok_or(ParseLonLatError::Shape)?;
        let parse = |part: &str| part.trim().parse::<f64>().ok().filter(|value| value.is_finite());
        let (Some(lon_value), Some(lat_value)) = (parse(lon), parse(lat)) else {
            return Err(ParseLonLatError::Shape);
        };
        if !(-180.0..=180.0).contains(&lon_value) {
            return Err(ParseLonLatError::Longitude(lon.trim().to_owned()));
        }
        if !(-90.0..=90.0).contains(&lat_value) {
            return Err(ParseLonLatError::Latitude(lat.trim().to_owned()));
        }
        Ok(Self::new(lon_value, lat_value))
    }
}

/// A place on the Web Mercator square: x east from 180° W, y south from [`MAX_LATITUDE`],
/// in 2⁻³² of the world's width (about 9 mm at the equator). For drawing and picking, not for keeping.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable,
)]
#[repr(C)]
pub struct WorldFixed {
    pub x: u32,
    pub y: u32,
}

impl WorldFixed {
    /// The x of 180° E: the eastern edge of the world, which is not the western one.
    pub const EAST: u32 = u32::MAX - 1;

    #[must_use]
    pub const fn new(x: u32, y: u32) -> Self {
        Self { x, y }
    }

    /// From fractions of the world: x wraps, y stops at the edges.
    #[must_use]
    pub fn from_unit(x: f64, y: f64) -> Self {
        Self { x: fixed_wrapping(x), y: fixed_clamped(y) }
    }

    /// Where a position of a file lies. The edges of the world stay apart: 180° E is the eastern one, and a line that
    /// comes near it is not thrown to the other side by rounding. Beyond ±180° the world goes round.
    #[must_use]
    pub fn of_degrees(lon: f64, lat: f64) -> Self {
        let inside = if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 };
        let x = ((inside + 180.0) / 360.0 * WORLD).round().clamp(0.0, f64::from(Self::EAST));
        Self { x: x as u32, y: world_y(lat) }
    }

    /// As fractions of the world, each from 0 (included) to 1 (excluded).
    #[must_use]
    pub fn to_unit(self) -> (f64, f64) {
        (f64::from(self.x) / WORLD, f64::from(self.y) / WORLD)
    }

    /// Back to degrees (the inverse of [`LonLat::to_world`]).
    #[must_use]
    pub fn to_lonlat(self) -> LonLat {
        let (x, y) = self.to_unit();
        let lat = ((0.5 - y) * 2.0 * PI).sinh().atan();
        LonLat::new(x.mul_add(360.0, -180.0), lat.to_degrees())
    }

    /// Steps from `from` to here, the shorter way round the world in x.
    #[must_use]
    pub fn offset_from(self, from: Self) -> (i64, i64) {
        let dx = self.x.wrapping_sub(from.x).cast_signed();
        (i64::from(dx), i64::from(self.y) - i64::from(from.y))
    }
}

/// A box on the square; `min` is its north-west corner. It never crosses 180°.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorldBounds {
    pub min: WorldFixed,
    pub max: WorldFixed,
}

impl WorldBounds {
    /// The whole square.
    /// Between west, south, east and north, in degrees; the eastern edge of the world stays the eastern one.
    #[must_use]
    pub fn of_degrees([west, south, east, north]: [f64; 4]) -> Self {
        let (a, b) = (WorldFixed::of_degrees(west, north), WorldFixed::of_degrees(east, south));
        Self { min: a, max: a }.with(b)
    }

    pub const WORLD: Self = Self { min: WorldFixed::new(0, 0), max: WorldFixed::new(u32::MAX, u32::MAX) };

    /// The smallest box around `points`; `None` where there are none.
    pub fn of(points: impl IntoIterator<Item = WorldFixed>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        Some(points.fold(Self { min: first, max: first }, Self::with))
    }

    /// This box, grown to hold `point`.
    #[must_use]
    pub fn with(self, point: WorldFixed) -> Self {
        Self {
            min: WorldFixed::new(self.min.x.min(point.x), self.min.y.min(point.y)),
            max: WorldFixed::new(self.max.x.max(point.x), self.max.y.max(point.y)),
        }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        self.with(other.min).with(other.max)
    }

    #[must_use]
    pub fn contains(self, point: WorldFixed) -> bool {
        (self.min.x..=self.max.x).contains(&point.x) && (self.min.y..=self.max.y).contains(&point.y)
    }

    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    #[must_use]
    pub fn center(self) -> WorldFixed {
        WorldFixed::new(self.min.x.midpoint(self.max.x), self.min.y.midpoint(self.max.y))
    }

    /// West, south, east, north in degrees.
    #[must_use]
    pub fn to_degrees(self) -> [f64; 4] {
        let (north_west, south_east) = (self.min.to_lonlat(), self.max.to_lonlat());
        [north_west.lon, south_east.lat, south_east.lon, north_west.lat]
    }
}

fn fixed_wrapping(unit: f64) -> u32 {
    let steps = (unit.rem_euclid(1.0) * WORLD).round();
    if steps >= WORLD { 0 } else { steps as u32 }
}

fn fixed_clamped(unit: f64) -> u32 {
    (unit * WORLD).round().clamp(0.0, WORLD - 1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_centre_of_the_world_is_its_middle() {
        assert_eq!(LonLat::new(0.0, 0.0).to_world(), WorldFixed::new(1 << 31, 1 << 31));
    }

    #[test]
    fn a_known_place_lands_where_the_formula_says() {
        let (x, y) = LonLat::new(80.409_72, 44.2125).to_world().to_unit();
        assert!((x - 0.723_360_333).abs() < 1e-9, "{x}");
        assert!((y - 0.362_797_658).abs() < 1e-9, "{y}");
    }

    #[test]
    fn negative_degrees_parse_as_values() {
        assert_eq!("-70.5,-33.4".parse(), Ok(LonLat::new(-70.5, -33.4)));
        assert!("181,0".parse::<LonLat>().is_err());
        assert!("0,nan".parse::<LonLat>().is_err());
    }

    proptest! {
        #[test]
        fn degrees_come_back_within_the_step(lon in -180.0..179.999_999, lat in -85.05..85.05) {
            let back = LonLat::new(lon, lat).to_world().to_lonlat();
            prop_assert!((back.lon - lon).abs() < 1e-7);
            prop_assert!((back.lat - lat).abs() < 1e-7);
        }
    }
}
