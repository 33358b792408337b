//! How a file names its coordinate system, and the one place where positions are turned into degrees.

/// A coordinate system by its names. Nothing is known of it but what the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crs {
    /// An authority and its code: `EPSG`, 4326.
    pub code: Option<(String, u32)>,
    /// Its definition as well-known text.
    pub wkt: Option<String>,
}

/// Turns the two numbers of a position into longitude and latitude in degrees of WGS84; `None` where it has no place.
pub(super) type Transform = Box<dyn Fn([f64; 2]) -> Option<[f64; 2]>>;

/// Codes of WGS84 in degrees, with two and with three dimensions.
const WGS84: [u32; 2] = [4326, 4979];
/// How definitions of systems in degrees begin, in the two editions of well-known text.
const GEOGRAPHIC: [&str; 5] = ["GEOGCS", "GEOGCRS", "GEODCRS", "GEODETICCRS", "GEOGRAPHICCRS"];
/// What WGS84 is called in them.
const NAMES: [&str; 4] = ["WGS_1984", "WGS 84", "WGS84", "CRS84"];

impl Crs {
    /// By an authority and its code.
    #[must_use]
    pub fn of_code(authority: &str, code: u32) -> Self {
        Self { code: Some((authority.to_uppercase(), code)), wkt: None }
    }

    /// By well-known text, as the `.prj` of a shapefile has it; `None` where there is none.
    #[must_use]
    pub fn of_wkt(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('\0');
        (!text.is_empty()).then(|| Self { code: None, wkt: Some(text.to_owned()) })
    }

    /// Whether its positions are longitude and latitude of WGS84 already.
    #[must_use]
    pub fn is_degrees(&self) -> bool {
        if let Some((authority, code)) = &self.code {
            return (authority == "EPSG" && WGS84.contains(code)) || (authority == "OGC" && *code == 84);
        }
        let text = self.wkt.as_deref().unwrap_or_default().trim_start();
        let (keyword, rest) = text.split_once(['[', '(']).unwrap_or((text, ""));
        // The first name is the system's own; those of its parts follow.
        let name = rest.split(['"', ']', ',']).find(|name| !name.trim().is_empty()).unwrap_or_default();
        let is_geographic = GEOGRAPHIC.iter().any(|one| one.eq_ignore_ascii_case(keyword.trim()));
        is_geographic && NAMES.iter().any(|one| name.contains(one))
    }
}

/// How positions in `crs` become degrees; `None` where nobody knows it, so that they are read as they stand.
pub(super) fn transform(_crs: &Crs) -> Option<Transform> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wgs84_is_known_by_its_code_and_by_its_names() {
        for (wkt, is_degrees) in [
            (r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.25]]]"#, true),
            (r#"GEOGCRS["WGS 84",DATUM["World Geodetic System 1984"]]"#, true),
            (
                r#"GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",TOWGS84[1,2,3]],AUTHORITY["WGS84"]]"#,
                false,
            ),
            (r#"PROJCS["WGS_1984_UTM_Zone_44N",GEOGCS["GCS_WGS_1984"]]"#, false),
            ("nothing", false),
        ] {
            assert_eq!(Crs::of_wkt(wkt).expect("text").is_degrees(), is_degrees, "{wkt}");
        }
        assert!(Crs::of_code("epsg", 4326).is_degrees() && !Crs::of_code("EPSG", 3857).is_degrees());
        assert_eq!(Crs::of_wkt(" \n"), None);
    }
}
