//! Coordinate systems: their numbers as degrees of WGS84, and within how many metres.
//!
//! Invariant: no system is called exact. Each says within how many metres it meets WGS84, and the shift between the
//! two is a published one, by its code.

mod china;
mod find;
mod guess;
mod params;
mod table;
mod wkt;

#[cfg(test)]
mod tests;

use proj4rs::Proj;
use proj4rs::adaptors::transform_xy;

use super::LonLat;
use super::geodesic::distance_m;

pub use china::Offset;
pub use find::{Found, find};
pub use guess::{Guess, Suspicion, guesses, suspect};
pub use table::Shift;

/// A shift that a file brings along is held to be so exact, in metres: nobody says how it was found.
const OWN_SHIFT_M: f64 = 30.0;
/// A datum of which nothing is known, on an ellipsoid about the centre of the Earth and on any other, in metres.
const GEOCENTRIC_M: f64 = 5.0;
const REGIONAL_M: f64 = 1000.0;
/// So far outside of the area of a system its accuracy still holds, in degrees.
const FAR_DEG: f64 = 2.0;
/// There and back again a place may stray so far, in metres.
const STRAY_M: f64 = 1.0;

/// A coordinate system whose numbers can be turned into degrees.
#[derive(Debug)]
pub struct System {
    /// As its authority or its file calls it.
    pub name: String,
    /// An authority and its code, where one is known.
    pub code: Option<(&'static str, u32)>,
    /// Within so many metres its places meet WGS84; 0 where it is a projection of WGS84, as exact as the file.
    pub accuracy_m: f64,
    /// Between its datum and WGS84, where one is applied.
    pub shift: Option<&'static Shift>,
    /// For which it is made, where that is known: west, south, east, north in degrees; east may be beyond 180.
    area: Option<[f64; 4]>,
    projection: Proj,
    /// Without its shift, where it has one.
    unshifted: Option<Proj>,
    degrees: Proj,
    /// Its numbers go around the world, so that those of one place are not one alone.
    goes_around: bool,
}

/// A coordinate system that nobody here knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the coordinate system {name:?} is not known")]
pub struct Unknown {
    /// As the file calls it; empty where it has no name.
    pub name: String,
}

impl System {
    /// By an authority (`EPSG`, `ESRI`, `OGC`) and its code.
    pub fn of_code(authority: &str, code: u32) -> Result<Self, Unknown> {
        let unknown = || Unknown { name: format!("{authority}:{code}") };
        let code = match (authority.to_ascii_uppercase().as_str(), code) {
            ("OGC" | "CRS", 84) => 4326,
            ("OGC" | "CRS", 83) => 4269,
            ("OGC" | "CRS", 27) => 4267,
            ("EPSG" | "ESRI", code) => code,
            _ => return Err(unknown()),
        };
        let row = table::row(code).ok_or_else(unknown)?;
        Self::of_row(row).ok_or_else(unknown)
    }

    /// By its definition: well-known text of either edition, or a string of PROJ.
    pub fn of_text(text: &str) -> Result<Self, Unknown> {
        let text = text.trim();
        if text.contains("proj=") && !text.contains('[') {
            return Self::of_proj(text);
        }
        let shown: String = text.chars().take(80).collect();
        let said = wkt::said(text).ok_or(Unknown { name: shown })?;
        let unknown = || Unknown { name: said.name.to_owned() };
        if let Some((authority, code)) = said.code
            && let Ok(system) = Self::of_code(authority, code)
        {
            return Ok(system);
        }
        Self::of_said(&said).or_else(|| Self::of_name(said.name)).ok_or_else(unknown)
    }

    /// Longitude and latitude in degrees of WGS84, the longitude from -180 to 180. `x` counts to the east and `y` to
    /// the north, or as the system counts them; `None` where they are no place of it.
    #[must_use]
    pub fn degrees(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        if !x.is_finite() || !y.is_finite() {
            return None;
        }
        let is_degrees = self.projection.is_latlong();
        let (x, y) = if is_degrees { (x.to_radians(), y.to_radians()) } else { (x, y) };
        let (lon, lat) = transform_xy(&self.projection, &self.degrees, x, y).ok()?;
        let (lon, lat) = (lon.to_degrees(), lat.to_degrees());
        if !lon.is_finite() || !(-90.000_001..=90.000_001).contains(&lat) {
            return None;
        }
        if !is_degrees && !self.goes_around {
            let [back_x, back_y] = self.numbers([lon, lat])?;
            let most = STRAY_M + 1e-6 * (x.abs() + y.abs());
            if (back_x - x).hypot(back_y - y) > most {
                return None;
            }
        }
        let is_home = (-180.0..=180.0).contains(&lon);
        Some([if is_home { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }, lat.clamp(-90.0, 90.0)])
    }

    /// The numbers of a place in degrees of WGS84; `None` where the system does not reach.
    #[must_use]
    pub fn numbers(&self, [lon, lat]: [f64; 2]) -> Option<[f64; 2]> {
        let (x, y) =
            transform_xy(&self.degrees, &self.projection, lon.to_radians(), lat.to_radians()).ok()?;
        let is_degrees = self.projection.is_latlong();
        let [x, y] = if is_degrees { [x.to_degrees(), y.to_degrees()] } else { [x, y] };
        (x.is_finite() && y.is_finite()).then_some([x, y])
    }

    /// How far the shift of its datum moves a place in degrees of WGS84, in metres; `None` where there is no shift.
    #[must_use]
    pub fn shift_m(&self, place: LonLat) -> Option<f64> {
        let unshifted = self.unshifted.as_ref()?;
        let [x, y] = self.numbers([place.lon, place.lat])?;
        let [x, y] = if self.is_geographic() { [x.to_radians(), y.to_radians()] } else { [x, y] };
        let (lon, lat) = transform_xy(unshifted, &self.degrees, x, y).ok()?;
        Some(distance_m(place, LonLat::new(lon.to_degrees(), lat.to_degrees())))
    }

    /// Whether it is made for a place, or for one not far away; where nobody says for what it is made, it may be.
    #[must_use]
    pub fn reaches(&self, place: LonLat) -> bool {
        self.area.is_none_or(|[west, south, east, north]| {
            is_within([west - FAR_DEG, south - FAR_DEG, east + FAR_DEG, north + FAR_DEG], place)
        })
    }

    /// Whether its numbers are degrees.
    #[must_use]
    pub fn is_geographic(&self) -> bool {
        self.projection.is_latlong()
    }

    fn of_row(row: &table::Row) -> Option<Self> {
        let shift = row.shift.and_then(table::shift);
        let datum = table::datum(row.datum)?;
        let text = params::whole(row.params, datum, shift);
        let mut system = Self::made(row.name, &text, row.accuracy_m)?;
        system.code = Some((table::authority(row.code), row.code));
        system.shift = shift;
        system.area = Some(row.area);
        Some(system)
    }

    /// Of a name alone: what cannot be read otherwise may be written as its authority writes it.
    fn of_name(name: &str) -> Option<Self> {
        let wanted = table::folded(name);
        let row = table::rows().iter().find(|row| table::folded(row.name) == wanted)?;
        Self::of_row(row)
    }

    fn of_said(said: &wkt::Said<'_>) -> Option<Self> {
        let text = proj4wkt::wkt_to_projstring(said.text).ok()?;
        let own = params::own(&text);
        // In the second edition of well-known text the azimuth of an oblique Mercator gets lost on the way.
        if own.contains("proj=omerc") && !own.contains("alpha=") {
            return None;
        }
        let datum = said.datum.and_then(table::datum_named);
        let Some(datum) = datum.filter(|_| !params::has_sphere(&own)) else {
            let is_shifted = said.has_shift && text.contains("+towgs84=");
            return Self::made(
                said.name,
                &params::without_shift(&text, is_shifted),
                accuracy_of(&text, is_shifted),
            );
        };
        let is_same = |row: &&table::Row| row.datum == datum.code && params::are_same(row.params, &own);
        let same = table::rows().iter().filter(is_same).min_by(|a, b| a.accuracy_m.total_cmp(&b.accuracy_m));
        let (shift, accuracy_m) =
            same.map_or((datum.shift, datum.accuracy_m), |row| (row.shift, row.accuracy_m));
        let shift = shift.and_then(table::shift);
        let mut system = Self::made(said.name, &params::whole(&own, datum, shift), accuracy_m)?;
        // Systems of two and of three dimensions share their degrees, so that a code of them says too much.
        system.code =
            same.filter(|_| !system.is_geographic()).map(|row| (table::authority(row.code), row.code));
        system.shift = shift;
        system.area = same.map(|row| row.area);
        Some(system)
    }

    fn of_proj(text: &str) -> Result<Self, Unknown> {
        let unknown = || Unknown { name: text.chars().take(80).collect() };
        let kept = params::known(text);
        let is_shifted = kept.contains("towgs84=") && !params::is_null_shift(&kept);
        Self::made(text, &kept, accuracy_of(&kept, is_shifted)).ok_or_else(unknown)
    }

    fn made(name: &str, text: &str, accuracy_m: f64) -> Option<Self> {
        let projection = Proj::from_proj_string(text).ok()?;
        let degrees = Proj::from_proj_string("+proj=longlat +datum=WGS84").ok()?;
        let goes_around = ["merc", "webmerc", "eqc", "cea", "mill"].contains(&projection.projname());
        let is_known = projection.has_inverse() && !projection.is_geocent();
        let unshifted = text.contains("towgs84=").then(|| params::without_shift(text, false));
        let unshifted = unshifted.and_then(|text| Proj::from_proj_string(&text).ok());
        let (name, code, shift, area) = (name.to_owned(), None, None, None);
        is_known.then_some(Self {
            name,
            code,
            accuracy_m,
            shift,
            area,
            projection,
            unshifted,
            degrees,
            goes_around,
        })
    }
}

/// Whether a place lies in an area whose east may be beyond 180.
fn is_within([west, south, east, north]: [f64; 4], place: LonLat) -> bool {
    let is_along = |lon: f64| (west..=east).contains(&lon);
    (south..=north).contains(&place.lat) && (is_along(place.lon) || is_along(place.lon + 360.0))
}

/// Within how many metres a system is that no table has.
fn accuracy_of(text: &str, is_shifted: bool) -> f64 {
    match text {
        _ if is_shifted => OWN_SHIFT_M,
        text if text.contains("datum=WGS84") => 0.0,
        text if params::is_geocentric(text) => GEOCENTRIC_M,
        _ => REGIONAL_M,
    }
}
