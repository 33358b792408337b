//! Definitions in the language of PROJ, as the tables, `proj4wkt` and people write them.

use std::fmt::Write as _;

use super::table::{Datum, Shift};

/// What says how the Earth is shaped and where its centre lies.
const OF_THE_DATUM: [&str; 9] = ["datum", "ellps", "towgs84", "nadgrids", "a", "b", "rf", "f", "R"];
/// What a string of a person may say; grids would be files.
const KNOWN: [&str; 33] = [
    "proj", "lat_0", "lat_1", "lat_2", "lat_ts", "lon_0", "lon_1", "lon_2", "lonc", "alpha", "gamma", "k",
    "k_0", "x_0", "y_0", "zone", "south", "units", "to_meter", "axis", "pm", "datum", "ellps", "towgs84",
    "a", "b", "rf", "f", "R", "h", "no_off", "no_uoff", "over",
];
/// Of what differs only in writing two values are the same within so much: relative to them, and in degrees or metres.
const SAME: [f64; 2] = [1e-9, 1e-7];

/// Each part of a definition: its name and its value, empty where it is a switch.
fn parts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_whitespace().map(|part| {
        let part = part.strip_prefix('+').unwrap_or(part);
        part.split_once('=').unwrap_or((part, ""))
    })
}

fn written<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in parts {
        let sign = if value.is_empty() { "" } else { "=" };
        // Writing into memory does not fail.
        let _ = write!(text, "+{name}{sign}{value} ");
    }
    text
}

/// A definition with its ellipsoid and its shift. One that brings its own sphere is a formula over the degrees of
/// WGS84, which no shift goes with.
pub(super) fn whole(params: &str, datum: &Datum, shift: Option<&Shift>) -> String {
    let mut text = written(parts(params));
    if has_sphere(params) {
        return text;
    }
    let _ = write!(text, "+a={} ", datum.semi_major);
    match datum.inverse_flattening {
        "0" => _ = write!(text, "+b={}", datum.semi_major),
        flattening => _ = write!(text, "+rf={flattening}"),
    }
    if let Some(shift) = shift {
        let _ = write!(text, " +towgs84={}", shift.values);
    }
    text
}

/// What a definition says of the projection alone, and of a sphere for it.
pub(super) fn own(text: &str) -> String {
    let is_sphere = sphere(text);
    written(parts(text).filter(|(name, _)| {
        let is_shape = is_sphere && ["a", "b", "R"].contains(name);
        is_shape || !(OF_THE_DATUM.contains(name) || ["no_defs", "type", "wktext"].contains(name))
    }))
}

/// Whether it is a projection of a sphere.
fn sphere(text: &str) -> bool {
    let value = |wanted| parts(text).find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let is_round = value("a").is_some() && value("a") == value("b");
    value("R").is_some() || (is_round && value("proj") != Some("longlat"))
}

pub(super) fn has_sphere(text: &str) -> bool {
    sphere(text)
}

/// Without a shift, or with it.
pub(super) fn without_shift(text: &str, is_kept: bool) -> String {
    written(parts(text).filter(|(name, _)| *name != "nadgrids" && (is_kept || *name != "towgs84")))
}

/// What of a person's string is known here.
pub(super) fn known(text: &str) -> String {
    written(parts(text).filter(|(name, _)| KNOWN.contains(name)))
}

pub(super) fn is_null_shift(text: &str) -> bool {
    let value = parts(text).find(|(name, _)| *name == "towgs84").map_or("", |(_, value)| value);
    value.split(',').all(|one| one.trim().parse() == Ok(0.0))
}

/// Whether its ellipsoid is one about the centre of the Earth.
pub(super) fn is_geocentric(text: &str) -> bool {
    parts(text).any(|(name, value)| match name {
        "ellps" => ["GRS80", "WGS84"].contains(&value),
        "datum" => value == "NAD83",
        "a" => value.parse::<f64>().is_ok_and(|metres| (metres - 6_378_137.0).abs() < 0.5),
        _ => false,
    })
}

/// Whether two definitions say the same of the projection. What is not said is as PROJ takes it.
pub(super) fn are_same(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let has_all = |a: &[(&str, Value<'_>)], b: &[(&str, Value<'_>)]| {
        a.iter().all(|(name, value)| {
            let theirs = b.iter().find(|(own, _)| own == name).map(|(_, value)| *value);
            theirs.map_or_else(|| value.is_default(name), |theirs| value.is_same(theirs))
        })
    };
    has_all(&one, &other) && has_all(&other, &one)
}

#[derive(Clone, Copy)]
enum Value<'a> {
    Number(f64),
    Word(&'a str),
}

impl Value<'_> {
    fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => (a - b).abs() <= SAME[1].max(SAME[0] * a.abs()),
            (Self::Word(a), Self::Word(b)) => a == b,
            _ => false,
        }
    }

    fn is_default(self, name: &str) -> bool {
        match self {
            Self::Number(value) => value == if name == "k" || name == "to_meter" { 1.0 } else { 0.0 },
            Self::Word(_) => false,
        }
    }
}

/// Of the units that the tables have; one that they do not have is no match for them.
fn metres(unit: &str) -> Option<f64> {
    match unit {
        "m" => None,
        "ft" => Some(0.3048),
        "us-ft" => Some(1200.0 / 3937.0),
        "link" => Some(0.201_168),
        _ => Some(f64::NAN),
    }
}

/// UTM is written out, and what has two names has one.
fn plain(text: &str) -> Vec<(&str, Value<'_>)> {
    let mut plain = Vec::new();
    let is_utm = parts(text).any(|part| part == ("proj", "utm"));
    let is_south = parts(text).any(|(name, _)| name == "south");
    for (name, value) in parts(text) {
        let name = if name == "k_0" { "k" } else { name };
        match (name, value.parse::<f64>()) {
            ("proj", _) if is_utm => plain.push(("proj", Value::Word("tmerc"))),
            ("zone", Ok(zone)) if is_utm => plain.push(("lon_0", Value::Number(6.0 * zone - 183.0))),
            ("south", _) if is_utm => {}
            ("units", Err(_)) => {
                plain.extend(metres(value).map(|metres| ("to_meter", Value::Number(metres))));
            }
            (name, Ok(number)) => plain.push((name, Value::Number(number))),
            (name, Err(_)) => plain.push((name, Value::Word(value))),
        }
    }
    if is_utm {
        let north = if is_south { 10_000_000.0 } else { 0.0 };
        plain.extend(
            [("k", 0.9996), ("x_0", 500_000.0), ("y_0", north)].map(|(name, at)| (name, Value::Number(at))),
        );
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_that_differ_in_writing_alone_are_the_same() {
        let utm = "proj=utm zone=44";
        assert!(are_same(utm, "+proj=tmerc +lat_0=0 +lon_0=81 +k_0=0.9996 +x_0=500000 +y_0=0 +units=m"));
        assert!(!are_same(utm, "+proj=tmerc +lat_0=0 +lon_0=75 +k_0=0.9996 +x_0=500000 +y_0=0"));
        assert!(!are_same("proj=utm zone=44 south", utm));
        assert!(!are_same("proj=tmerc lon_0=75 x_0=13500000", "proj=tmerc lon_0=75 x_0=500000"));
        assert!(are_same("proj=longlat", "+proj=longlat "));
        assert!(are_same("proj=lcc units=us-ft", "+proj=lcc +to_meter=0.304800609601219"));
        assert!(
            !are_same("proj=lcc units=us-ft", "proj=lcc units=ft")
                && !are_same("proj=lcc units=km", "proj=lcc")
        );
    }

    #[test]
    fn a_string_of_a_person_names_no_files() {
        assert_eq!(known("+proj=utm +zone=5 +nadgrids=@/etc/passwd +wktext"), "+proj=utm +zone=5 ");
        assert!(is_null_shift("+towgs84=0,0,0") && !is_null_shift("+towgs84=0,0,1"));
    }
}
