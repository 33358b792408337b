//! One feature's geometry: positions straight into columns.

use super::scan::{Scan, Stuck};
use crate::data::{Batch, Part, PartKind, Place, Problem, ProblemKind};
use crate::geo::WorldFixed;

/// Collections in collections, at most.
const MOST_NESTED: usize = 16;
/// Arrays around a number, at most: a multipolygon has four.
const MOST_DEPTH: usize = 4;

/// Reads the feature at `place` into `batch`; what is wrong with it becomes a problem, and it stays as a row.
pub(super) fn read_feature(bytes: &[u8], place: Place, batch: &mut Batch) {
    let row = batch.places.len() as u32;
    batch.places.push(place);
    let mut reader = Reader {
        scan: Scan::new(&bytes[..place.end as usize], place.start as usize),
        row,
        batch,
        has_geometry: false,
    };
    let outcome = reader.object(0);
    let own = &bytes[place.start as usize..place.end as usize];
    let encoding = std::str::from_utf8(own).err().map(|fault| place.start + fault.valid_up_to() as u64);
    let (at, has_geometry) = (reader.scan.at as u64, reader.has_geometry);
    if let Some(byte) = encoding {
        problem(batch, ProblemKind::Encoding, (row, byte));
    }
    match outcome {
        Err(Stuck::End) => problem(batch, ProblemKind::Truncated, (row, at)),
        Err(Stuck::Unexpected | Stuck::Stopped) => problem(batch, ProblemKind::Syntax, (row, at)),
        Ok(()) if !has_geometry => problem(batch, ProblemKind::NoGeometry, (row, place.start)),
        Ok(()) => {}
    }
}

fn problem(batch: &mut Batch, kind: ProblemKind, (row, byte): (u32, u64)) {
    batch.problems.push(Problem { kind, feature: Some(row), byte });
}

struct Reader<'a, 'b> {
    scan: Scan<'a>,
    row: u32,
    batch: &'b mut Batch,
    has_geometry: bool,
}

/// The positions of one geometry before its type is known.
struct Nested {
    /// Arrays around a number.
    depth: usize,
    first_vertex: usize,
    /// (one past the last vertex, whether it begins a polygon of several)
    parts: Vec<(usize, bool)>,
}

impl<'a> Reader<'a, '_> {
    /// A feature, a geometry, or a collection of geometries.
    fn object(&mut self, nested: usize) -> Result<(), Stuck> {
        if nested > MOST_NESTED {
            return Err(Stuck::Unexpected);
        }
        self.scan.expect(b'{')?;
        if self.scan.takes(b'}')? {
            return Ok(());
        }
        let (mut kind, mut coordinates): (&[u8], Option<Nested>) = (b"", None);
        let start = self.scan.at as u64;
        loop {
            let key = self.scan.string()?;
            self.scan.expect(b':')?;
            let next = self.scan.peek()?;
            match key {
                b"type" if next == b'"' => kind = self.scan.string()?,
                b"coordinates" if next == b'[' => coordinates = Some(self.coordinates()?),
                b"geometry" if next == b'{' => self.object(nested + 1)?,
                b"geometries" if next == b'[' => self.geometries(nested)?,
                _ => self.scan.skip()?,
            }
            if !self.scan.takes(b',')? {
                break;
            }
        }
        self.scan.expect(b'}')?;
        match coordinates {
            Some(found) if kind != b"Feature" => self.close(kind, &found, start),
            Some(found) => self.batch.vertices.truncate(found.first_vertex),
            None => {}
        }
        Ok(())
    }

    fn geometries(&mut self, nested: usize) -> Result<(), Stuck> {
        self.scan.expect(b'[')?;
        if self.scan.takes(b']')? {
            return Ok(());
        }
        loop {
            self.object(nested + 1)?;
            if !self.scan.takes(b',')? {
                return self.scan.expect(b']');
            }
        }
    }

    /// Arrays in arrays of numbers; where one of positions ends, a part ends.
    fn coordinates(&mut self) -> Result<Nested, Stuck> {
        let mut found = Nested { depth: 0, first_vertex: self.batch.vertices.len(), parts: Vec::new() };
        let mut depth = 0_usize;
        let mut begins_polygon = true;
        loop {
            match self.scan.peek()? {
                b'[' => {
                    self.scan.at += 1;
                    depth += 1;
                    if depth > MOST_DEPTH {
                        return Err(Stuck::Unexpected);
                    }
                }
                b']' => {
                    self.scan.at += 1;
                    depth -= 1;
                    let end = self.batch.vertices.len();
                    let from = found.parts.last().map_or(found.first_vertex, |part| part.0);
                    if depth + 2 == found.depth && (end > from || found.depth == 2) {
                        found.parts.push((end, begins_polygon));
                        begins_polygon = false;
                    } else if depth + 3 == found.depth {
                        begins_polygon = true;
                    }
                    if depth == 0 {
                        return Ok(found);
                    }
                }
                b',' => self.scan.at += 1,
                _ => {
                    found.depth = found.depth.max(depth);
                    self.position()?;
                }
            }
        }
    }

    /// The numbers of a position; the closing bracket is left.
    fn position(&mut self) -> Result<(), Stuck> {
        let start = self.scan.at as u64;
        let mut values = [0.0; 2];
        let mut count = 0;
        loop {
            let value = self.number()?;
            if let Some(slot) = values.get_mut(count) {
                *slot = value;
            }
            count += 1;
            if !self.scan.takes(b',')? {
                break;
            }
        }
        let [lon, lat] = values;
        if count < 2 {
            problem(self.batch, ProblemKind::Position, (self.row, start));
            return Ok(());
        }
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            // Of many positions of one feature the first is told of.
            let is_told =
                self.batch.problems.last().is_some_and(|last| {
                    last.feature == Some(self.row) && last.kind == ProblemKind::OutOfRange
                });
            if !is_told {
                problem(self.batch, ProblemKind::OutOfRange, (self.row, start));
            }
        }
        self.batch.vertices.push(WorldFixed::of_degrees(lon, lat));
        Ok(())
    }

    /// Digits as an integer and a power of ten where that is exact, else as the standard library reads them.
    fn number(&mut self) -> Result<f64, Stuck> {
        self.scan.peek()?;
        let bytes = self.scan.bytes;
        let start = self.scan.at;
        let mut at = start;
        let is_negative = bytes.get(at) == Some(&b'-');
        at += usize::from(is_negative);
        let (mut digits, mut count, mut decimals) = (0_u64, 0_u32, 0_u32);
        let mut is_after_point = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'0'..=b'9' => {
                    digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                    count += 1;
                    decimals += u32::from(is_after_point);
                }
                b'.' if !is_after_point => is_after_point = true,
                _ => break,
            }
            at += 1;
        }
        let is_plain = !matches!(bytes.get(at), Some(b'e' | b'E'));
        if count > 0 && count <= 15 && is_plain {
            self.scan.at = at;
            let value = digits as f64 / POWERS[decimals as usize];
            return Ok(if is_negative { -value } else { value });
        }
        while bytes.get(at).is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        {
            at += 1;
        }
        let text = std::str::from_utf8(&bytes[start..at]).map_err(|_| Stuck::Unexpected)?;
        let value: f64 = text.parse().map_err(|_| Stuck::Unexpected)?;
        self.scan.at = at;
        Ok(value)
    }

    /// Makes parts of what was read, as its type says.
    fn close(&mut self, kind: &'a [u8], found: &Nested, byte: u64) {
        let (wanted, part_kind) = match kind {
            b"Point" => (1, PartKind::Point),
            b"MultiPoint" => (2, PartKind::Point),
            b"LineString" => (2, PartKind::Line),
            b"MultiLineString" => (3, PartKind::Line),
            b"Polygon" => (3, PartKind::Outer),
            b"MultiPolygon" => (4, PartKind::Outer),
            _ => {
                self.batch.vertices.truncate(found.first_vertex);
                return problem(self.batch, ProblemKind::UnknownGeometry, (self.row, byte));
            }
        };
        self.has_geometry = true;
        // An empty array says that there is nothing, at any depth.
        if self.batch.vertices.len() == found.first_vertex {
            return;
        }
        if found.depth != wanted {
            self.batch.vertices.truncate(found.first_vertex);
            return problem(self.batch, ProblemKind::Nesting, (self.row, byte));
        }
        if part_kind == PartKind::Point {
            let end = self.batch.vertices.len() as u32;
            return self.batch.parts.push(Part { end, row: self.row, kind: PartKind::Point });
        }
        let raw = self.batch.vertices.split_off(found.first_vertex);
        let mut start = 0;
        for &(end, begins_polygon) in &found.parts {
            let end = end - found.first_vertex;
            let is_hole = part_kind == PartKind::Outer && !begins_polygon;
            let kind = if is_hole { PartKind::Hole } else { part_kind };
            self.part(kind, &raw[start..end], byte);
            start = end;
        }
    }

    fn part(&mut self, kind: PartKind, vertices: &[WorldFixed], byte: u64) {
        let is_ring = kind != PartKind::Line;
        if vertices.len() < if is_ring { 3 } else { 2 } {
            return problem(self.batch, ProblemKind::TooShort, (self.row, byte));
        }
        if is_ring {
            self.batch.vertices.extend_from_slice(vertices);
            if vertices.first() != vertices.last() {
                problem(self.batch, ProblemKind::UnclosedRing, (self.row, byte));
                self.batch.vertices.push(vertices[0]);
            }
            let end = self.batch.vertices.len() as u32;
            return self.batch.parts.push(Part { end, row: self.row, kind });
        }
        self.line(vertices);
    }

    /// A line that crosses 180° goes on in a part of its own.
    fn line(&mut self, vertices: &[WorldFixed]) {
        let row = self.row;
        for (index, &at) in vertices.iter().enumerate() {
            if index > 0 {
                let before = vertices[index - 1];
                if at.x.abs_diff(before.x) > 1 << 31 {
                    let (dx, dy) = at.offset_from(before);
                    let edge = if dx > 0 { u32::MAX - 1 } else { 0 };
                    let to_edge = f64::from(edge) - f64::from(before.x);
                    let y = f64::from(before.y) + dy as f64 * (to_edge / dx as f64).clamp(0.0, 1.0);
                    self.batch.vertices.push(WorldFixed::new(edge, y as u32));
                    let end = self.batch.vertices.len() as u32;
                    self.batch.parts.push(Part { end, row, kind: PartKind::Line });
                    self.batch.vertices.push(WorldFixed::new(u32::MAX - 1 - edge, y as u32));
                }
            }
            self.batch.vertices.push(at);
        }
        let end = self.batch.vertices.len() as u32;
        self.batch.parts.push(Part { end, row, kind: PartKind::Line });
    }
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
