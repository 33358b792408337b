//! The tables of `assets/crs`: coordinate systems, datums, and the shifts between those and WGS84.
//!
//! Invariant: no number of a system stands in Rust; the tables are written by `tools/crs` and say where theirs are from.

use std::sync::OnceLock;

const SYSTEMS: &str = include_str!("../../../assets/crs/systems.tsv");
const DATUMS: &str = include_str!("../../../assets/crs/datums.tsv");
const SHIFTS: &str = include_str!("../../../assets/crs/shifts.tsv");
const GUESSES: &str = include_str!("../../../assets/crs/guesses.tsv");

/// Esri's codes begin above the EPSG's.
const MOST_EPSG: u32 = 32_767;
/// Its older code of Web Mercator was never the EPSG's, though many write it so.
const GOOGLE: u32 = 900_913;

/// A coordinate system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) code: u32,
    pub(super) name: &'static str,
    pub(super) datum: u32,
    pub(super) shift: Option<u32>,
    /// Within so many metres of WGS84; 0 is a projection of WGS84 itself.
    pub(super) accuracy_m: f64,
    /// For which it is made: west, south, east, north in degrees; an east beyond 180 goes on over the edge of the world.
    pub(super) area: [f64; 4],
    /// In the language of PROJ, without the ellipsoid and the shift.
    pub(super) params: &'static str,
}

/// A datum, and what holds for it where no more is known of a system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Datum {
    pub(super) code: u32,
    /// Metres.
    pub(super) semi_major: &'static str,
    /// 0 for a sphere.
    pub(super) inverse_flattening: &'static str,
    pub(super) shift: Option<u32>,
    pub(super) accuracy_m: f64,
    /// By all that write them, parted by `|`.
    names: &'static str,
}

/// A published shift from a datum to WGS84: a coordinate operation of the EPSG.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Of the operation.
    pub code: u32,
    pub name: &'static str,
    /// For which it was published.
    pub area: &'static str,
    /// Metres, in its area.
    pub accuracy_m: f64,
    /// Three translations in metres, or with them three rotations in seconds of arc and a scale in parts of a
    /// million, as a position vector transformation (EPSG Guidance Note 7-2, method 9606).
    pub values: &'static str,
}

/// A system that numbers are tried in, and the numbers that its area has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tried {
    pub(super) code: u32,
    /// West, south, east, north.
    pub(super) bounds: [f64; 4],
}

/// The system of a code.
pub(super) fn row(code: u32) -> Option<&'static Row> {
    let rows = rows();
    rows.binary_search_by_key(&code, |row| row.code).ok().map(|at| &rows[at])
}

/// Every system, by its code.
pub(super) fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| SYSTEMS.lines().filter_map(row_of).collect())
}

/// The datum of a code.
pub(super) fn datum(code: u32) -> Option<&'static Datum> {
    datums().iter().find(|datum| datum.code == code)
}

/// The datum that some name means, however it is spaced.
pub(super) fn datum_named(name: &str) -> Option<&'static Datum> {
    let wanted = folded(name);
    datums().iter().find(|datum| datum.names.split('|').any(|name| folded(name) == wanted))
}

/// The shift of a code.
pub(super) fn shift(code: u32) -> Option<&'static Shift> {
    static ALL: OnceLock<Vec<Shift>> = OnceLock::new();
    ALL.get_or_init(|| SHIFTS.lines().filter_map(shift_of).collect()).iter().find(|shift| shift.code == code)
}

/// Systems that numbers are tried in, the likeliest first.
pub(super) fn tried() -> impl Iterator<Item = Tried> {
    GUESSES.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let code = cells.next()?.parse().ok()?;
        let mut number = || cells.next()?.parse().ok();
        Some(Tried { code, bounds: [number()?, number()?, number()?, number()?] })
    })
}

/// Whose a code is.
pub(super) fn authority(code: u32) -> &'static str {
    if code > MOST_EPSG && code != GOOGLE { "ESRI" } else { "EPSG" }
}

/// A name without what writers of names differ in: `D_Beijing_1954`, `Beijing 1954`.
pub(super) fn folded(name: &str) -> String {
    let name = name.strip_prefix("D_").or_else(|| name.strip_prefix("GCS_")).unwrap_or(name);
    name.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn datums() -> &'static [Datum] {
    static ALL: OnceLock<Vec<Datum>> = OnceLock::new();
    ALL.get_or_init(|| DATUMS.lines().filter_map(datum_of).collect())
}

fn cells<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    line.split('\t').collect::<Vec<_>>().try_into().ok()
}

fn row_of(line: &'static str) -> Option<Row> {
    let [code, name, datum, shift, accuracy, area, params] = cells(line)?;
    let area: Vec<f64> = area.split(',').filter_map(|side| side.parse().ok()).collect();
    Some(Row {
        code: code.parse().ok()?,
        name,
        datum: datum.parse().ok()?,
        shift: shift.parse().ok(),
        accuracy_m: accuracy.parse().ok()?,
        area: area.try_into().ok()?,
        params,
    })
}

fn datum_of(line: &'static str) -> Option<Datum> {
    let [code, semi_major, inverse_flattening, shift, accuracy, names] = cells(line)?;
    Some(Datum {
        code: code.parse().ok()?,
        semi_major,
        inverse_flattening,
        shift: shift.parse().ok(),
        accuracy_m: accuracy.parse().ok()?,
        names,
    })
}

fn shift_of(line: &'static str) -> Option<Shift> {
    let [code, name, area, accuracy, values] = cells(line)?;
    Some(Shift { code: code.parse().ok()?, name, area, accuracy_m: accuracy.parse().ok()?, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        assert_eq!(rows().len(), SYSTEMS.lines().count());
        assert_eq!(datums().len(), DATUMS.lines().count());
        assert_eq!(tried().count(), GUESSES.lines().count());
        assert!(SHIFTS.lines().all(|line| shift_of(line).is_some()));
        assert!(rows().is_sorted_by_key(|row| row.code));
        for row in rows() {
            assert!(datum(row.datum).is_some(), "{}: no datum {}", row.code, row.datum);
            assert!(row.shift.is_none_or(|code| shift(code).is_some()), "{}: no shift", row.code);
        }
        for tried in tried() {
            assert!(row(tried.code).is_some(), "{}", tried.code);
        }
    }

    #[test]
    fn a_datum_is_found_by_whatever_writes_its_name() {
        for (name, code) in [
            ("D_Beijing_1954", 6214),
            ("Beijing 1954", 6214),
            ("D_Xian_1980", 6610),
            ("D_China_2000", 1043),
            ("World Geodetic System 1984", 6326),
            ("WGS_1984", 6326),
            ("D_Korean_Datum_1985", 6162),
            ("Pulkovo_1942", 6284),
        ] {
            assert_eq!(datum_named(name).map(|datum| datum.code), Some(code), "{name}");
        }
        assert!(datum_named("D_Unknown").is_none());
    }
}
