//! How a file names its coordinate system, and the one place where positions are turned into degrees.

use crate::geo::crs::{System, Unknown};

/// A coordinate system by its names. Nothing is known of it but what the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crs {
    /// An authority and its code: `EPSG`, 4326.
    pub code: Option<(String, u32)>,
    /// Its definition as well-known text, or as a string of PROJ.
    pub wkt: Option<String>,
}

/// Turns the two numbers of a position into longitude and latitude in degrees of WGS84; `None` where it has no place.
pub(crate) type Transform = Box<dyn Fn([f64; 2]) -> Option<[f64; 2]>>;

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

    /// By a name as people and GeoJSON write it: `EPSG:3857`, `urn:ogc:def:crs:EPSG::3857`, `CRS84`, a bare code, or a
    /// whole definition.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.trim();
        if name.contains("proj=") || name.contains('[') {
            return Self::of_wkt(name);
        }
        if name.to_uppercase().ends_with("CRS84") {
            return Some(Self::of_code("OGC", 84));
        }
        let mut parts = name.rsplit([':', '/']).filter(|part| !part.is_empty());
        let code = parts.next()?.parse().ok()?;
        // Between the authority and the code may stand the edition of its list.
        let is_authority = |part: &&str| part.starts_with(|one: char| one.is_ascii_alphabetic());
        Some(Self::of_code(parts.find(is_authority).unwrap_or("EPSG"), code))
    }

    /// A name that [`Crs::of_name`] reads as the same again where it has a code or a definition, but not both.
    #[must_use]
    pub fn name(&self) -> String {
        let coded = self.code.as_ref().map(|(authority, code)| format!("{authority}:{code}"));
        coded.or_else(|| self.wkt.clone()).unwrap_or_default()
    }

    /// The system that it names.
    pub fn system(&self) -> Result<System, Unknown> {
        let coded = self.code.as_ref().map(|(authority, code)| System::of_code(authority, *code));
        match (coded, &self.wkt) {
            (Some(Ok(system)), _) => Ok(system),
            (Some(Err(unknown)), text) => text.as_deref().map_or(Err(unknown), System::of_text),
            (None, Some(text)) => System::of_text(text),
            (None, None) => Err(Unknown { name: String::new() }),
        }
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

    #[test]
    fn codes_are_found_in_whatever_name_they_stand() {
        for (name, wanted) in [
            ("EPSG:3857", Some(Crs::of_code("EPSG", 3857))),
            ("urn:ogc:def:crs:EPSG::3857", Some(Crs::of_code("EPSG", 3857))),
            ("urn:ogc:def:crs:EPSG:9.9.1:4490", Some(Crs::of_code("EPSG", 4490))),
            ("http://www.opengis.net/def/crs/EPSG/0/5179", Some(Crs::of_code("EPSG", 5179))),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Some(Crs::of_code("OGC", 84))),
            ("esri:102100", Some(Crs::of_code("ESRI", 102_100))),
            ("4527", Some(Crs::of_code("EPSG", 4527))),
            ("", None),
            ("my own", None),
        ] {
            assert_eq!(Crs::of_name(name), wanted, "{name}");
            assert_eq!(wanted.as_ref().and_then(|crs| Crs::of_name(&crs.name())), wanted, "{name}");
        }
        assert!(Crs::of_name("+proj=utm +zone=44").is_some_and(|crs| crs.system().is_ok()));
    }

    #[test]
    fn a_code_that_nobody_knows_is_read_by_its_definition() {
        let crs = Crs { wkt: Some("+proj=utm +zone=44 +datum=WGS84".to_owned()), ..Crs::of_code("MINE", 7) };
        assert!(crs.system().is_ok());
        assert_eq!(
            Crs::of_code("MINE", 7).system().map_err(|unknown| unknown.name).err(),
            Some("MINE:7".to_owned())
        );
    }
}
