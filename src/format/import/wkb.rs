//! Geometries as well-known binary, of ISO (13249-3) and as `PostGIS` extends it. Measures are left out; curves become
//! straight pieces.

use super::arcs;
use super::cursor::{Cursor, Order, Short};
use super::geometry::{Geometry, Position, push_geometry};
use crate::data::ProblemKind;

/// Collections in collections, at most; what reads their text goes no deeper.
const MOST_NESTED: usize = 16;
const WITH_Z: u32 = 0x8000_0000;
const WITH_M: u32 = 0x4000_0000;
const WITH_SYSTEM: u32 = 0x2000_0000;
/// The fewest bytes of a geometry: its order, its type and a count.
const LEAST: usize = 9;

/// Reads the geometry with which these bytes begin.
pub(super) fn geometry(bytes: &[u8]) -> Result<Geometry, ProblemKind> {
    let mut cursor = Cursor::new(bytes, 0, Order::Little);
    one(&mut cursor, 0)
}

/// A geometry in hexadecimal digits as `GeoJSON`, for a cell of a table, as `PostGIS` copies its columns out; `None`
/// where there is none.
pub(in crate::format) fn json(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix("\\x").or_else(|| text.strip_prefix("0x")).unwrap_or(text).as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| {
        let digit = |at: u8| char::from(at).to_digit(16);
        Some((digit(*high)? * 16 + digit(*low)?) as u8)
    };
    // A column of other text is not read to its end.
    if !rest.is_empty() || !matches!(pairs.first(), Some(b"00" | b"01")) {
        return None;
    }
    let bytes: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    let mut out = Vec::new();
    push_geometry(&mut out, &geometry(&bytes).ok()?, None).ok()?;
    Some(String::from_utf8_lossy(&out).into_owned())
}

impl From<Short> for ProblemKind {
    fn from(_: Short) -> Self {
        Self::Broken
    }
}

/// How the positions of a geometry are written.
#[derive(Clone, Copy)]
struct Numbers {
    has_z: bool,
    has_m: bool,
}

impl Numbers {
    fn bytes(self) -> usize {
        8 * (2 + usize::from(self.has_z) + usize::from(self.has_m))
    }

    fn position(self, cursor: &mut Cursor<'_>) -> Result<Position, Short> {
        let (x, y) = (cursor.f64()?, cursor.f64()?);
        let z = if self.has_z { cursor.f64()? } else { f64::NAN };
        if self.has_m {
            cursor.f64()?;
        }
        Ok([x, y, z])
    }

    fn line(self, cursor: &mut Cursor<'_>) -> Result<Vec<Position>, Short> {
        let count = cursor.count(self.bytes())?;
        (0..count).map(|_| self.position(cursor)).collect()
    }

    fn rings(self, cursor: &mut Cursor<'_>) -> Result<Vec<Vec<Position>>, Short> {
        let count = cursor.count(4)?;
        (0..count).map(|_| self.line(cursor)).collect()
    }
}

fn one(cursor: &mut Cursor<'_>, nested: usize) -> Result<Geometry, ProblemKind> {
    if nested > MOST_NESTED {
        return Err(ProblemKind::TooDeep);
    }
    cursor.order = match cursor.u8()? {
        0 => Order::Big,
        1 => Order::Little,
        _ => return Err(ProblemKind::Broken),
    };
    let code = cursor.u32()?;
    if code & WITH_SYSTEM != 0 {
        cursor.u32()?;
    }
    let plain = code & !(WITH_Z | WITH_M | WITH_SYSTEM);
    let thousands = plain / 1000;
    let has_z = code & WITH_Z != 0 || matches!(thousands, 1 | 3);
    let has_m = code & WITH_M != 0 || matches!(thousands, 2 | 3);
    let numbers = Numbers { has_z, has_m };
    match plain % 1000 {
        1 => Ok(Geometry::Point(numbers.position(cursor)?)),
        2 => Ok(Geometry::Line(numbers.line(cursor)?)),
        // A triangle is a polygon of one ring.
        3 | 17 => Ok(Geometry::Polygon(numbers.rings(cursor)?)),
        4 => parts(cursor, nested).map(|parts| {
            let points = parts
                .into_iter()
                .filter_map(|part| if let Geometry::Point(at) = part { Some(at) } else { None });
            Geometry::MultiPoint(points.collect())
        }),
        // Several lines, or curves.
        5 | 11 => Ok(Geometry::MultiLine(lines(cursor, nested)?)),
        // Surfaces of many faces are what they look like from above.
        6 | 12 | 15 | 16 => parts(cursor, nested).map(|parts| {
            let polygons = parts
                .into_iter()
                .filter_map(|part| if let Geometry::Polygon(rings) = part { Some(rings) } else { None });
            Geometry::MultiPolygon(polygons.collect())
        }),
        7 => parts(cursor, nested).map(Geometry::Collection),
        8 => Ok(Geometry::Line(arcs::along(&numbers.line(cursor)?))),
        // Straight and round parts, each from the end of the one before.
        9 => {
            let mut parts = lines(cursor, nested)?.into_iter();
            let first = parts.next().unwrap_or_default();
            let join = |mut line: Vec<Position>, part: Vec<Position>| {
                line.extend(part.into_iter().skip(1));
                line
            };
            Ok(Geometry::Line(parts.fold(first, join)))
        }
        10 => Ok(Geometry::Polygon(lines(cursor, nested)?)),
        _ => Err(ProblemKind::UnknownGeometry),
    }
}

/// Geometries of their own that are lines.
fn lines(cursor: &mut Cursor<'_>, nested: usize) -> Result<Vec<Vec<Position>>, ProblemKind> {
    let line = |part| if let Geometry::Line(line) = part { Some(line) } else { None };
    Ok(parts(cursor, nested)?.into_iter().filter_map(line).collect())
}

/// Geometries of their own, each with its own order of bytes.
fn parts(cursor: &mut Cursor<'_>, nested: usize) -> Result<Vec<Geometry>, ProblemKind> {
    let count = cursor.count(LEAST)?;
    let order = cursor.order;
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(one(cursor, nested + 1)?);
    }
    cursor.order = order;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
    }

    fn json(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        let geometry = geometry(bytes).expect("a geometry");
        super::super::geometry::push_geometry(&mut out, &geometry, None).expect("places");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn both_orders_and_both_ways_to_say_height_are_read() {
        let (one, two, three) = ("000000000000f03f", "0000000000000040", "0000000000000840");
        for (hex, wanted) in [
            (format!("01 01000000 {one}{two}"), r#"{"type":"Point","coordinates":[1,2]}"#),
            (
                "00 00000001 3ff0000000000000 4000000000000000".to_owned(),
                r#"{"type":"Point","coordinates":[1,2]}"#,
            ),
            (format!("01 e9030000 {one}{two}{three}"), r#"{"type":"Point","coordinates":[1,2,3]}"#),
            (format!("01 d1070000 {one}{two}{three}"), r#"{"type":"Point","coordinates":[1,2]}"#),
            (format!("01 010000a0 e6100000 {one}{two}{three}"), r#"{"type":"Point","coordinates":[1,2,3]}"#),
            (format!("01 b90b0000 {one}{two}{three}{one}"), r#"{"type":"Point","coordinates":[1,2,3]}"#),
            (
                "01 01000000 000000000000f87f 000000000000f87f".to_owned(),
                r#"{"type":"Point","coordinates":[]}"#,
            ),
            (
                format!("01 05000000 01000000 01 02000000 02000000 {one}{two}{two}{one}"),
                r#"{"type":"MultiLineString","coordinates":[[[1,2],[2,1]]]}"#,
            ),
            (
                format!("01 07000000 02000000 01 01000000 {one}{two} 00 00000004 00000000"),
                r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiPoint","coordinates":[]}]}"#,
            ),
        ] {
            assert_eq!(json(&bytes(&hex)), wanted, "{hex}");
        }
    }

    #[test]
    fn curves_are_lines_and_their_surfaces_polygons() {
        let number = |number: f64| format!("{:016x}", number.to_bits().swap_bytes());
        let line = |kind: &str, line: &[[f64; 2]]| {
            let positions: String = line.iter().flatten().map(|value| number(*value)).collect();
            format!("01 {kind}000000 {:02x}000000 {positions}", line.len())
        };
        let half = line("08", &[[-1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]);
        let back = line("02", &[[1.0, 0.0], [0.0, -1.0], [-1.0, 0.0]]);
        let compound = format!("01 09000000 02000000 {half} {back}");
        let polygon = format!("01 0a000000 01000000 {compound}");
        let surfaces = format!("01 0c000000 01000000 {polygon}");
        let curves = format!("01 0b000000 02000000 {half} {back}");
        let read = |hex: &str| geometry(&bytes(hex)).expect("a geometry");
        let Geometry::Line(ring) = read(&compound) else { panic!("no line") };
        assert_eq!((ring.len(), ring[0][..2] == ring[182][..2]), (183, true));
        assert!(matches!(read(&polygon), Geometry::Polygon(rings) if rings[0].len() == 183));
        assert!(matches!(read(&surfaces), Geometry::MultiPolygon(all) if all[0][0].len() == 183));
        assert!(matches!(read(&curves), Geometry::MultiLine(all) if all.len() == 2 && all[1].len() == 3));
    }

    #[test]
    fn a_cell_of_digits_is_a_geometry() {
        let point = "0101000020E6100000000000000000544000000000000046c0";
        let wanted = r#"{"type":"Point","coordinates":[80,-44]}"#;
        for cell in [point.to_owned(), format!(" \\x{point}\n"), format!("0x{point}")] {
            assert_eq!(super::json(&cell).as_deref(), Some(wanted), "{cell}");
        }
        for cell in ["", "01", "Horgos", "0101", &point[..40], &format!("{point}0"), "01霍尔果斯"] {
            assert_eq!(super::json(cell), None, "{cell}");
        }
    }

    #[test]
    fn lies_and_nesting_are_found_out() {
        let deep = bytes("01 07000000 01000000").repeat(200_000);
        assert_eq!(geometry(&deep), Err(ProblemKind::TooDeep));
        for (hex, kind) in [
            ("", ProblemKind::Broken),
            ("02 01000000", ProblemKind::Broken),
            ("01 02000000 ffffffff 00", ProblemKind::Broken),
            ("01 03000000 ffffff3f 00000000", ProblemKind::Broken),
            ("01 07000000 ffffff0f 00", ProblemKind::Broken),
            ("01 0d000000 00000000", ProblemKind::UnknownGeometry),
        ] {
            assert_eq!(geometry(&bytes(hex)), Err(kind), "{hex}");
        }
    }
}
