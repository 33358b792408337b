//! Well-known text (OGC 06-103r4) and `PostGIS`'s `SRID=…;` before it: a file, a column of a table, or pasted.
//! Measures are left out.

use super::Input;
use super::collect::{Collector, Feature, Halt};
use super::crs::Crs;
use super::geometry::{Geometry, Position};
use super::lines::Lines;
use super::property::Properties;
use super::xml::decoded;
use crate::data::ProblemKind;

/// Collections in collections, at most; what reads their text goes no deeper.
const MOST_NESTED: usize = 16;
const KINDS: [&str; 7] =
    ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

/// What is wrong, and how many bytes into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fault {
    kind: ProblemKind,
    at: usize,
}

/// A text before its geometry is read.
#[derive(Clone, Copy, Debug)]
struct Parser<'a> {
    text: &'a str,
    at: usize,
}

/// What each position has besides x and y.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum More {
    /// A third number is a height, a fourth none.
    Unsaid,
    Height,
    Measure,
}

pub(super) fn matches(input: &Input<'_>) -> bool {
    // A table may begin with a geometry and is a table all the same.
    let is_table = super::super::sheet::is_named(input.path);
    let head = decoded(input.head());
    !is_table && seems_wkt(&head)
}

/// Whether a text begins as a geometry does.
fn seems_wkt(text: &str) -> bool {
    let mut parser = Parser { text, at: 0 };
    parser.system();
    let is_kind = KINDS.contains(&parser.word().as_str());
    let is_opened = parser.rest().starts_with('(');
    let next = parser.word();
    is_kind && (is_opened || matches!(next.as_str(), "Z" | "M" | "ZM" | "EMPTY"))
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    let text = decoded(input.bytes);
    let mut parser = Parser { text: &text, at: 0 };
    let (mut system, mut lines) = (None, Lines::new());
    loop {
        parser.between();
        if parser.rest().is_empty() {
            return Ok(());
        }
        let start = parser.at;
        let spot = lines.spot(text.as_bytes(), start);
        let (own, read) = (parser.system(), parser.geometry(0));
        if own != system {
            system = own;
            let crs = own.map(|code| Crs::of_code("EPSG", code));
            collector.set_crs(crs, Some(spot));
        }
        let (geometry, faults) = match read {
            Ok(geometry) => (Some(geometry), Vec::new()),
            Err(fault) => {
                parser.at = after(&text, start);
                (None, vec![fault.kind])
            }
        };
        let properties = Properties::default();
        collector.add(&Feature {
            spot,
            id: None,
            geometry: geometry.as_ref(),
            properties: &properties,
            faults,
        })?;
        collector.reach(parser.at as u64)?;
    }
}

/// Behind what begins at `start` and is broken: the next line that begins as a geometry does.
fn after(text: &str, start: usize) -> usize {
    let mut lines = memchr::memchr_iter(b'\n', &text.as_bytes()[start..]).map(|end| start + end + 1);
    lines.find(|line| seems_wkt(&text[*line..])).unwrap_or(text.len())
}

/// A geometry as `GeoJSON`, for a cell of a table; `None` where there is none.
pub(in crate::format) fn json(text: &str) -> Option<String> {
    let mut parser = Parser { text, at: 0 };
    parser.system();
    let geometry = parser.geometry(0).ok()?;
    parser.between();
    let mut out = Vec::new();
    let is_place = super::geometry::push_geometry(&mut out, &geometry, None).is_ok();
    (is_place && parser.rest().is_empty()).then(|| String::from_utf8_lossy(&out).into_owned())
}

impl Parser<'_> {
    /// What follows, without blanks.
    fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    /// Steps over what stands between geometries.
    fn between(&mut self) {
        while self.rest().starts_with([';', '"', '\'', '\u{feff}']) {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
    }

    /// The letters that follow, as capitals.
    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = rest[..end].to_ascii_uppercase();
        self.at += end;
        word
    }

    fn takes(&mut self, wanted: char) -> bool {
        let is_there = self.rest().starts_with(wanted);
        self.at += if is_there { wanted.len_utf8() } else { 0 };
        is_there
    }

    fn expect(&mut self, wanted: char) -> Result<(), Fault> {
        if self.takes(wanted) { Ok(()) } else { Err(self.fault()) }
    }

    fn fault(&mut self) -> Fault {
        let kind = if self.rest().is_empty() { ProblemKind::Truncated } else { ProblemKind::Broken };
        Fault { kind, at: self.at }
    }

    /// The number in `SRID=4326;`.
    fn system(&mut self) -> Option<u32> {
        self.between();
        let before = self.at;
        if self.word() == "SRID"
            && self.takes('=')
            && let Some((code, _)) = self.rest().split_once(';')
        {
            let (length, code) = (code.len(), code.trim().parse().ok());
            self.at += length + 1;
            return code;
        }
        self.at = before;
        None
    }

    fn geometry(&mut self, nested: usize) -> Result<Geometry, Fault> {
        let start = self.at;
        if nested > MOST_NESTED {
            return Err(Fault { kind: ProblemKind::TooDeep, at: start });
        }
        let mut name = self.word();
        // `POINTZ` is written as well as `POINT Z`.
        let mut more = None;
        for (end, kind) in [("ZM", More::Height), ("Z", More::Height), ("M", More::Measure)] {
            if more.is_none()
                && let Some(short) = name.strip_suffix(end).filter(|short| KINDS.contains(short))
            {
                (name, more) = (short.to_owned(), Some(kind));
            }
        }
        if !KINDS.contains(&name.as_str()) {
            return Err(Fault { kind: ProblemKind::UnknownGeometry, at: start });
        }
        let before = self.at;
        let mut word = self.word();
        if more.is_none() && matches!(word.as_str(), "Z" | "M" | "ZM") {
            more = Some(if word == "M" { More::Measure } else { More::Height });
            word = self.word();
        } else if word.is_empty() {
            self.at = before;
        }
        let is_empty = word == "EMPTY";
        if !is_empty && !word.is_empty() {
            return Err(self.fault());
        }
        let more = more.unwrap_or(More::Unsaid);
        Ok(match name.as_str() {
            "POINT" if is_empty => Geometry::Point([f64::NAN; 3]),
            "POINT" => Geometry::Point(self.bracketed(|parser| parser.position(more))?),
            "LINESTRING" if is_empty => Geometry::Line(Vec::new()),
            "LINESTRING" => Geometry::Line(self.line(more)?),
            "POLYGON" if is_empty => Geometry::Polygon(Vec::new()),
            "POLYGON" => Geometry::Polygon(self.lines(more)?),
            "MULTIPOINT" if is_empty => Geometry::MultiPoint(Vec::new()),
            "MULTIPOINT" => Geometry::MultiPoint(self.points(more)?),
            "MULTILINESTRING" if is_empty => Geometry::MultiLine(Vec::new()),
            "MULTILINESTRING" => Geometry::MultiLine(self.lines(more)?),
            "MULTIPOLYGON" if is_empty => Geometry::MultiPolygon(Vec::new()),
            "MULTIPOLYGON" => Geometry::MultiPolygon(self.each(|parser| parser.lines(more))?),
            _ if is_empty => Geometry::Collection(Vec::new()),
            _ => Geometry::Collection(self.each(|parser| parser.geometry(nested + 1))?),
        })
    }

    fn bracketed<T>(&mut self, inside: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.expect('(')?;
        let found = inside(self)?;
        self.expect(')')?;
        Ok(found)
    }

    /// Several in brackets, parted by commas; `EMPTY` among them is left out.
    fn each<T>(&mut self, one: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        self.expect('(')?;
        let mut all = Vec::new();
        loop {
            let before = self.at;
            if self.word() != "EMPTY" {
                self.at = before;
                all.push(one(self)?);
            }
            if !self.takes(',') {
                self.expect(')')?;
                return Ok(all);
            }
        }
    }

    fn lines(&mut self, more: More) -> Result<Vec<Vec<Position>>, Fault> {
        self.each(|parser| parser.line(more))
    }

    fn line(&mut self, more: More) -> Result<Vec<Position>, Fault> {
        self.each(|parser| parser.position(more))
    }

    /// Points with or without brackets of their own.
    fn points(&mut self, more: More) -> Result<Vec<Position>, Fault> {
        self.each(|parser| {
            let is_bracketed = parser.rest().starts_with('(');
            if is_bracketed {
                parser.bracketed(|parser| parser.position(more))
            } else {
                parser.position(more)
            }
        })
    }

    fn position(&mut self, more: More) -> Result<Position, Fault> {
        let (mut numbers, mut count) = ([f64::NAN; 4], 0);
        loop {
            let rest = self.rest();
            let end = rest.find(|c: char| c.is_whitespace() || c == ',' || c == ')').unwrap_or(rest.len());
            if end == 0 {
                break;
            }
            let number = rest[..end].parse::<f64>().ok().filter(|number| number.is_finite());
            let (Some(number), Some(slot)) = (number, numbers.get_mut(count)) else {
                return Err(Fault { kind: ProblemKind::Position, at: self.at });
            };
            *slot = number;
            count += 1;
            self.at += end;
        }
        if count < 2 {
            let kind = if self.rest().is_empty() { ProblemKind::Truncated } else { ProblemKind::Position };
            return Err(Fault { kind, at: self.at });
        }
        let height = if more == More::Measure { f64::NAN } else { numbers[2] };
        Ok([numbers[0], numbers[1], height])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{batch, imported, lines};
    use super::*;
    use crate::data::Spot;

    #[test]
    fn every_geometry_is_read() {
        for (text, wanted) in [
            ("POINT (80.4 44.2)", r#"{"type":"Point","coordinates":[80.4,44.2]}"#),
            ("SRID=4326;point z(1 2 3)", r#"{"type":"Point","coordinates":[1,2,3]}"#),
            ("POINTZM(1 2 3 4)", r#"{"type":"Point","coordinates":[1,2,3]}"#),
            ("POINT M (1 2 3)", r#"{"type":"Point","coordinates":[1,2]}"#),
            ("POINT EMPTY", r#"{"type":"Point","coordinates":[]}"#),
            ("LINESTRING(1 2,-3e1 4.50)", r#"{"type":"LineString","coordinates":[[1,2],[-30,4.5]]}"#),
            ("MULTIPOINT(1 2,(3 4), EMPTY)", r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#),
            (
                "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
                r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}"#,
            ),
            (
                "MULTILINESTRING Z ((1 2 3, 4 5 6))",
                r#"{"type":"MultiLineString","coordinates":[[[1,2,3],[4,5,6]]]}"#,
            ),
            (
                "MULTIPOLYGON(((0 0,4 0,4 4,0 0)))",
                r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]]]}"#,
            ),
            (
                "GEOMETRYCOLLECTION(POINT(1 2),GEOMETRYCOLLECTION EMPTY)",
                r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"GeometryCollection","geometries":[]}]}"#,
            ),
        ] {
            assert_eq!(json(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_none() {
        for text in [
            "",
            "POINT",
            "POINT(1)",
            "POINT(1 x)",
            "POINT(1 2",
            "POINT(1 2) x",
            "CIRCLE(1 2)",
            "POINT(1 2 3 4 5)",
            "Horgos",
            "POINT 中(1 2)",
        ] {
            assert_eq!(json(text), None, "{text}");
        }
        let deep = "GEOMETRYCOLLECTION(".repeat(200_000);
        assert_eq!(json(&deep), None);
    }

    #[test]
    fn a_file_holds_one_a_line_and_a_broken_one_is_told() {
        let text = "POINT(1 2)\nPOINT(1\nLINESTRING(1 2,3 4);POINT(5 6)\n\n";
        let read = batch(text.as_bytes(), "a.wkt");
        assert_eq!((read.places.len(), read.parts.len()), (4, 3));
        assert_eq!(read.problems[0].kind, ProblemKind::Position);
        assert_eq!(read.problems[0].spot, Some(Spot::Line { line: 2, column: 1 }));
        let system = imported(b"SRID=3857;POINT(1 2)\nSRID=3857;POINT(1 2)", "a").expect("read");
        assert_eq!((system.crs, system.problems.len()), (vec![Crs::of_code("EPSG", 3857)], 0));
        let unknown = imported(b"SRID=9;POINT(1 2)\nSRID=9;POINT(1 2)", "a").expect("read");
        assert_eq!(unknown.problems.len(), 1);
        assert_eq!(lines(b"point empty", "pasted").0.len(), 1);
    }

    #[test]
    fn words_of_a_text_are_no_geometry() {
        for text in ["Point,Name\n1,2", "POINTS (1 2)", "polygons", "{}"] {
            assert!(!seems_wkt(text), "{text}");
        }
        assert!(seems_wkt(" MultiPolygon(((") && seems_wkt("SRID=1;POINT Z (") && seems_wkt("POINT\nEMPTY"));
    }
}
