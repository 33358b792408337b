//! A feature of a tile as a line of `GeoJSON` (RFC 7946).

use std::collections::HashSet;
use std::f64::consts::PI;
use std::io::Write;

use super::clip;
use super::layer::{Feature, TileLayer, Value};
use super::protobuf::Reader;
use super::shape::{Kind, Point, Shape, doubled_area};
use crate::tiles::TileCoord;

/// Digits of a degree: 10⁻⁹ is 0.1 mm, finer than a unit of any tile.
const PER_DEGREE: f64 = 1e9;

/// What became of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// `problems` of its properties were left out.
    Whole { problems: usize },
    /// Nothing of it lies in the tile.
    Outside,
    /// It has more bytes than there is room for, and is not written.
    TooLong,
}

/// What a line is made from, and the bytes that it may have.
pub(super) struct Line<'a> {
    pub(super) layer: &'a TileLayer<'a>,
    pub(super) feature: &'a Feature<'a>,
    pub(super) coord: TileCoord,
    pub(super) most: usize,
}

impl Line<'_> {
    pub(super) fn write(&self, shape: &Shape, out: &mut Vec<u8>) -> Written {
        let start = out.len();
        out.extend_from_slice(b"{\"type\":\"Feature\"");
        if let Some(id) = self.feature.id {
            push(out, format_args!(",\"id\":{id}"));
        }
        out.extend_from_slice(b",\"geometry\":");
        if !self.geometry(shape, out) {
            out.truncate(start);
            return Written::Outside;
        }
        out.extend_from_slice(b",\"properties\":{");
        let problems = self.properties(out, start);
        out.extend_from_slice(b"}}\n");
        if out.len() - start > self.most {
            out.truncate(start);
            return Written::TooLong;
        }
        Written::Whole { problems }
    }

    /// Writes the part of the geometry inside the tile; false where there is none.
    fn geometry(&self, shape: &Shape, out: &mut Vec<u8>) -> bool {
        let extent = self.layer.extent;
        let mut parts = Parts { out, coord: self.coord, extent, count: 0, at: 0 };
        match shape.kind {
            Kind::Points => {
                parts.begin("Point");
                let last = self.coord.side() - 1;
                let is_last = (self.coord.x() == last, self.coord.y() == last);
                for point in shape.points.iter().filter(|point| clip::owns(**point, extent, is_last)) {
                    parts.part(|parts| parts.position(*point));
                }
                parts.end("MultiPoint")
            }
            Kind::Lines => {
                parts.begin("LineString");
                for line in shape.parts() {
                    clip::line(line, extent, |piece| parts.part(|parts| parts.positions(piece)));
                }
                parts.end("MultiLineString")
            }
            Kind::Rings => {
                parts.begin("Polygon");
                polygons(shape, &mut parts);
                parts.end("MultiPolygon")
            }
        }
    }

    /// Writes the properties and the layer's name; how many were left out.
    fn properties(&self, out: &mut Vec<u8>, start: usize) -> usize {
        let mut problems = 0;
        let mut names = HashSet::new();
        let mut reader = Reader::new(self.feature.tags);
        loop {
            let pair = match (reader.packed(), reader.packed()) {
                (Ok(None), _) => break,
                (Ok(Some(key)), Ok(Some(value))) => {
                    (self.layer.keys.get(key as usize), self.layer.values.get(value as usize))
                }
                _ => {
                    problems += 1;
                    break;
                }
            };
            if out.len() - start > self.most {
                break;
            }
            match pair {
                (Some(key), Some(value)) if names.insert(*key) => {
                    push_text(out, key);
                    out.push(b':');
                    push_value(out, *value);
                    out.push(b',');
                }
                _ => problems += 1,
            }
        }
        let own = ["layer", "mvt_layer"].into_iter().find(|name| !names.contains(name.as_bytes()));
        match own {
            Some(name) => {
                push_text(out, name.as_bytes());
                out.push(b':');
                push_text(out, self.layer.name);
            }
            None => {
                out.pop();
            }
        }
        problems
    }
}

/// Groups rings to polygons: a ring that runs as the first one does begins another, the others are holes. In tiles
/// of version 2 the first runs clockwise on the screen; those of version 1 do not say.
fn polygons(shape: &Shape, parts: &mut Parts<'_>) {
    let mut outer_sign = 0.0;
    let mut polygon: Vec<(Vec<Point>, bool)> = Vec::new();
    // Whether the exterior of the present polygon lies outside, and its holes with it.
    let mut is_gone = true;
    for ring in shape.parts() {
        let area = doubled_area(ring);
        if area == 0.0 {
            continue;
        }
        if outer_sign == 0.0 {
            outer_sign = area.signum();
        }
        let is_outer = area.signum() == outer_sign;
        if is_outer {
            parts.polygon(&polygon);
            polygon.clear();
        } else if is_gone {
            continue;
        }
        let cut = clip::ring(ring, parts.extent);
        let has_area = doubled_area(&cut) != 0.0;
        if is_outer {
            is_gone = !has_area;
        }
        if has_area {
            // On the map, whose y runs north, an exterior goes counter-clockwise and a hole clockwise.
            polygon.push((cut, (area > 0.0) == is_outer));
        }
    }
    parts.polygon(&polygon);
}

/// Writes coordinates, first as those of one part; when a second one comes they are made those of several.
struct Parts<'a> {
    out: &'a mut Vec<u8>,
    coord: TileCoord,
    extent: f64,
    count: usize,
    /// Where the name of the type begins.
    at: usize,
}

impl Parts<'_> {
    fn begin(&mut self, single: &str) {
        self.out.extend_from_slice(b"{\"type\":\"");
        self.at = self.out.len();
        push(self.out, format_args!("{single}\",\"coordinates\":["));
    }

    fn part(&mut self, write: impl FnOnce(&mut Self)) {
        if self.count > 0 {
            self.out.push(b',');
        }
        self.count += 1;
        write(self);
    }

    /// Closes the list, which was begun for several; one part alone stands without it.
    fn end(self, multi: &str) -> bool {
        let single_name = multi.len() - "Multi".len();
        let list = self.at + single_name + "\",\"coordinates\":".len();
        match self.count {
            0 => return false,
            1 => {
                self.out.remove(list);
                self.out.push(b'}');
            }
            _ => {
                self.out.splice(self.at..self.at, *b"Multi");
                self.out.extend_from_slice(b"]}");
            }
        }
        true
    }

    /// An exterior and its holes, each with whether it is written backwards.
    fn polygon(&mut self, rings: &[(Vec<Point>, bool)]) {
        if rings.is_empty() {
            return;
        }
        self.part(|parts| {
            for (number, (ring, is_reversed)) in rings.iter().enumerate() {
                parts.out.push(if number == 0 { b'[' } else { b',' });
                let mut closed = ring.clone();
                closed.extend(ring.first());
                if *is_reversed {
                    closed.reverse();
                }
                parts.positions(&closed);
            }
            parts.out.push(b']');
        });
    }

    fn positions(&mut self, points: &[Point]) {
        for (number, point) in points.iter().enumerate() {
            self.out.push(if number == 0 { b'[' } else { b',' });
            self.position(*point);
        }
        self.out.push(b']');
    }

    /// λ = 360 x − 180, φ = atan sinh π(1 − 2y) of fractions of the world (Snyder 1987, eq. 7-4, on the sphere).
    fn position(&mut self, [x, y]: Point) {
        let side = f64::from(self.coord.side());
        let x = (f64::from(self.coord.x()) + x / self.extent) / side;
        let y = (f64::from(self.coord.y()) + y / self.extent) / side;
        let lat = (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees();
        self.out.push(b'[');
        push_degrees(self.out, x.mul_add(360.0, -180.0));
        self.out.push(b',');
        push_degrees(self.out, lat);
        self.out.push(b']');
    }
}

/// Degrees, −180 to 180, with up to nine digits behind the point.
pub(in crate::tiles) fn push_degrees(out: &mut Vec<u8>, degrees: f64) {
    let steps = (degrees.abs() * PER_DEGREE).round() as u64;
    let (whole, part) = (steps / PER_DEGREE as u64, steps % PER_DEGREE as u64);
    if degrees < 0.0 && steps > 0 {
        out.push(b'-');
    }
    push(out, format_args!("{whole}"));
    if part > 0 {
        push(out, format_args!(".{part:09}"));
        while out.last() == Some(&b'0') {
            out.pop();
        }
    }
}

fn push_value(out: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Text(text) => push_text(out, text),
        Value::Float(number) if number.is_finite() => push(out, format_args!("{number}")),
        Value::Double(number) if number.is_finite() => push(out, format_args!("{number:?}")),
        Value::Signed(number) => push(out, format_args!("{number}")),
        Value::Unsigned(number) => push(out, format_args!("{number}")),
        Value::Bool(is_so) => push(out, format_args!("{is_so}")),
        Value::Float(_) | Value::Double(_) | Value::Unknown => out.extend_from_slice(b"null"),
    }
}

/// A text as JSON; what is no UTF-8 becomes the sign for it.
fn push_text(out: &mut Vec<u8>, text: &[u8]) {
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(out, &*String::from_utf8_lossy(text));
}

fn push(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
