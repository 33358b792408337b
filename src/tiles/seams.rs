//! Areas that were cut at the sides of tiles are put together again, so that no side is drawn as a border and nothing
//! is counted or listed once for each tile.
//!
//! Pieces belong together where they say the same of themselves, and have one id or meet along a side.

use std::collections::{BTreeMap, HashMap};

use geo::orient::{Direction, Orient};
use geo::{Coord, LineString, MultiPolygon, Polygon, unary_union};

use super::mvt::push_degrees;
use crate::geo::WorldFixed;

const GEOMETRY: &[u8] = b",\"geometry\":{\"type\":\"";
const COORDINATES: &[u8] = b"\",\"coordinates\":";
const PROPERTIES: &[u8] = b",\"properties\":{";
/// What stands before the geometry of a feature without an id.
const NO_ID: &[u8] = b"{\"type\":\"Feature\"";
/// Between a position and the side that it lies on, in 2⁻³² of the world, at most: both are rounded.
const AT_SIDE: i64 = 2;
/// Vertices of what is put together, at most; what has more stays in pieces.
const MOST_VERTICES: usize = 1 << 20;

/// Of a side: where it begins and ends, in 2⁻³² of the world, and the number of the piece that has it.
type Stretch = (i64, i64, usize);

/// A line of the text that is an area.
struct Piece<'a> {
    /// Its place among the lines.
    line: usize,
    /// With the id.
    head: &'a [u8],
    is_multi: bool,
    coordinates: &'a [u8],
    /// The properties, to the end of the line.
    tail: &'a [u8],
}

impl<'a> Piece<'a> {
    fn of((line, text): (usize, &'a [u8])) -> Option<Self> {
        let at = memchr::memmem::find(text, GEOMETRY)?;
        let end = at + memchr::memmem::find(&text[at..], PROPERTIES)?;
        let geometry = &text[at + GEOMETRY.len()..end];
        let name = memchr::memchr(b'"', geometry)?;
        let is_multi = match &geometry[..name] {
            b"Polygon" => false,
            b"MultiPolygon" => true,
            _ => return None,
        };
        let coordinates = geometry[name..].strip_prefix(COORDINATES)?.strip_suffix(b"}")?;
        Some(Self { line, head: &text[..at], is_multi, coordinates, tail: &text[end..] })
    }

    fn polygons(&self) -> Option<Vec<Polygon>> {
        type Rings = Vec<Vec<[f64; 2]>>;
        let all: Vec<Rings> = if self.is_multi {
            serde_json::from_slice(self.coordinates).ok()?
        } else {
            vec![serde_json::from_slice(self.coordinates).ok()?]
        };
        let polygon = |rings: Rings| {
            let mut rings = rings.into_iter().map(LineString::from);
            rings.next().map(|outer| Polygon::new(outer, rings.collect()))
        };
        all.into_iter().map(polygon).collect()
    }
}

/// The lines of a window of tiles of one zoom, with its areas whole.
pub(super) fn joined(text: Vec<u8>, zoom: u8) -> Vec<u8> {
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let mut alike: HashMap<(&[u8], &[u8]), Vec<Piece<'_>>> = HashMap::new();
    for piece in lines.iter().copied().enumerate().filter_map(Piece::of) {
        alike.entry((piece.head, piece.tail)).or_default().push(piece);
    }
    let mut instead: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    for pieces in alike.into_values().filter(|pieces| pieces.len() > 1) {
        join(&pieces, zoom, &mut instead);
    }
    if instead.is_empty() {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    for (number, line) in lines.into_iter().enumerate() {
        out.extend_from_slice(instead.get(&number).map_or(line, Vec::as_slice));
    }
    out
}

/// Puts together what of these pieces belongs together: the first line of each becomes the whole, the others nothing.
fn join(pieces: &[Piece<'_>], zoom: u8, instead: &mut BTreeMap<usize, Vec<u8>>) {
    let Some(areas) = pieces.iter().map(Piece::polygons).collect::<Option<Vec<_>>>() else { return };
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    if pieces[0].head == NO_ID {
        for (piece, group) in meeting(&areas, zoom).into_iter().enumerate() {
            groups.entry(group).or_default().push(piece);
        }
    } else {
        groups.insert(0, (0..pieces.len()).collect());
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let parts = || group.iter().flat_map(|piece| &areas[*piece]);
        if parts().map(vertices).sum::<usize>() > MOST_VERTICES {
            continue;
        }
        let whole = unary_union(parts()).orient(Direction::Default);
        let first = &pieces[group[0]];
        instead.insert(first.line, written(first, &whole));
        instead.extend(group[1..].iter().map(|piece| (pieces[*piece].line, Vec::new())));
    }
}

fn vertices(polygon: &Polygon) -> usize {
    rings(polygon).map(|ring| ring.0.len()).sum()
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &LineString> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// For each piece the number of one that it meets, itself where it meets none; the same for all that hang together.
fn meeting(areas: &[Vec<Polygon>], zoom: u8) -> Vec<usize> {
    // Of each side the stretches that pieces have of it.
    let mut sides: BTreeMap<(usize, i64), Vec<Stretch>> = BTreeMap::new();
    let tile = 1_i64 << 32_u8.saturating_sub(zoom);
    for (piece, polygons) in areas.iter().enumerate() {
        for ring in polygons.iter().flat_map(rings) {
            let places: Vec<[i64; 2]> = ring.coords().map(place).collect();
            for (from, to) in places.iter().zip(places.iter().skip(1)) {
                for axis in 0..2 {
                    let side = (from[axis] + tile / 2) / tile;
                    if [from, to].iter().all(|at| (at[axis] - side * tile).abs() <= AT_SIDE) {
                        let (a, b) = (from[1 - axis], to[1 - axis]);
                        sides.entry((axis, side)).or_default().push((a.min(b), a.max(b), piece));
                    }
                }
            }
        }
    }
    let mut groups: Vec<usize> = (0..areas.len()).collect();
    for stretches in sides.values_mut() {
        stretches.sort_unstable();
        let mut reached = (i64::MIN, 0);
        for &(from, to, piece) in stretches.iter() {
            if from + AT_SIDE < reached.0 {
                let (one, two) = (root(&groups, piece), root(&groups, reached.1));
                groups[one.max(two)] = one.min(two);
            }
            if to > reached.0 {
                reached = (to, piece);
            }
        }
    }
    (0..areas.len()).map(|piece| root(&groups, piece)).collect()
}

fn root(groups: &[usize], mut piece: usize) -> usize {
    while groups[piece] != piece {
        piece = groups[piece];
    }
    piece
}

fn place(at: &Coord) -> [i64; 2] {
    let WorldFixed { x, y } = WorldFixed::of_degrees(at.x, at.y);
    [x, y].map(i64::from)
}

fn written(first: &Piece<'_>, whole: &MultiPolygon) -> Vec<u8> {
    let mut out = first.head.to_vec();
    out.extend_from_slice(GEOMETRY);
    let is_one = whole.0.len() == 1;
    out.extend_from_slice(if is_one { b"Polygon" } else { b"MultiPolygon" });
    out.extend_from_slice(COORDINATES);
    let polygon = |out: &mut Vec<u8>, polygon: &Polygon| {
        list(out, rings(polygon), |out, ring| {
            list(out, ring.coords(), |out, at| {
                out.push(b'[');
                push_degrees(out, at.x);
                out.push(b',');
                push_degrees(out, at.y);
                out.push(b']');
            });
        });
    };
    if is_one {
        polygon(&mut out, &whole.0[0]);
    } else {
        list(&mut out, whole, polygon);
    }
    out.push(b'}');
    out.extend_from_slice(first.tail);
    out
}

/// Writes a list of JSON.
fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (number, one) in items.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        item(out, one);
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use geo::Area;

    use super::*;

    /// At zoom 1 the tiles meet at 0° and 0°.
    fn square(head: &str, [west, south, east, north]: [i32; 4], tail: &str) -> String {
        format!(
            "{{\"type\":\"Feature\"{head},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}},\"properties\":{{{tail}}}}}\n"
        )
    }

    fn joined_lines(lines: &[String]) -> Vec<String> {
        let text = String::from_utf8(joined(lines.concat().into_bytes(), 1)).expect("text");
        text.lines().map(|line| format!("{line}\n")).collect()
    }

    fn area(line: &str) -> f64 {
        let piece = Piece::of((0, line.as_bytes())).expect("an area");
        piece.polygons().expect("polygons").iter().map(Area::signed_area).sum()
    }

    #[test]
    fn pieces_that_meet_are_one_without_its_side() {
        let (own, other) = ("\"name\":\"a\"", "\"name\":\"b\"");
        let lines = [
            square("", [-10, 1, 0, 20], own),
            square("", [0, 1, 5, 20], other),
            square("", [0, 5, 10, 15], own),
            square("", [0, -20, 10, -5], own),
            square("", [-10, -4, 0, 0], own),
        ];
        let whole = joined_lines(&lines);
        assert_eq!((whole.len(), &whole[1..]), (4, &[&lines[1], &lines[3], &lines[4]].map(Clone::clone)[..]));
        assert!(
            (area(&whole[0]) - 290.0).abs() < 1e-4
                && whole[0].ends_with("\"properties\":{\"name\":\"a\"}}\n")
        );
        // No part of 0° is left but where the one reaches beyond the other.
        let piece = Piece::of((0, whole[0].as_bytes())).expect("an area");
        let ring = &piece.polygons().expect("polygons")[0];
        let along = |two: &[Coord]| two.iter().all(|at| at.x.abs() < 1e-6);
        let sides: f64 = ring
            .exterior()
            .0
            .windows(2)
            .filter(|two| along(two))
            .map(|two| (two[1].y - two[0].y).abs())
            .sum();
        assert!((sides - 9.0).abs() < 1e-6, "{sides}");
    }

    #[test]
    fn an_id_holds_together_what_does_not_meet() {
        let id = ",\"id\":7";
        let lines = [
            square(id, [-10, 1, -2, 20], ""),
            square(id, [2, 1, 5, 20], ""),
            square(",\"id\":8", [3, 1, 5, 20], ""),
        ];
        let whole = joined_lines(&lines);
        assert_eq!((whole.len(), &whole[1]), (2, &lines[2]));
        assert!(whole[0].contains("MultiPolygon") && whole[0].starts_with("{\"type\":\"Feature\",\"id\":7,"));
        assert!((area(&whole[0]) - 209.0).abs() < 1e-4);
    }

    proptest::proptest! {
        #[test]
        fn whatever_tiles_hold_comes_out_as_features(
            rings in proptest::collection::vec(
                (proptest::bool::ANY, proptest::collection::vec((-8..=0_i32, -9..9_i32), 3..9)), 2..6),
        ) {
            let line = |(is_east, ring): &(bool, Vec<(i32, i32)>)| {
                let sign = if *is_east { -1 } else { 1 };
                let closed = ring.iter().chain(ring.first()).map(|(x, y)| format!("[{},{y}]", sign * x));
                let ring = closed.collect::<Vec<_>>().join(",");
                format!("{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}},\"properties\":{{}}}}\n")
            };
            let lines: Vec<String> = rings.iter().map(line).collect();
            let whole = joined_lines(&lines);
            proptest::prop_assert!(whole.len() <= lines.len());
            for line in whole {
                let json: serde_json::Value = serde_json::from_str(&line).expect("JSON");
                proptest::prop_assert_eq!(&json["type"], "Feature");
            }
        }
    }

    #[test]
    fn what_is_no_area_or_alone_stays_byte_for_byte() {
        let point = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[0,1]},\"properties\":{}}\n";
        let lines = [
            point.to_owned(),
            point.to_owned(),
            square("", [-10, 1, 0, 2], ""),
            square("", [0, 2, 9, 5], ""),
            "no feature\n".to_owned(),
        ];
        assert_eq!(joined_lines(&lines), lines);
    }
}
