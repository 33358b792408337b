//! One feature's geometry: positions straight into columns.

use std::ops::Range;

use super::antimeridian::parted;
use super::scan::{Scan, Stuck};
use crate::data::{Batch, Part, PartKind, Place, Problem, ProblemKind};
use crate::geo::WorldFixed;

/// Collections in collections, at most.
const MOST_NESTED: usize = 16;
/// Arrays around a number, at most: a multipolygon has four.
const MOST_DEPTH: usize = 4;

/// Reads the feature at `place` into `batch`; what is wrong with it becomes a problem, and it stays as a row.
/// `positions` is room that one feature leaves to the next.
pub(super) fn read_feature(bytes: &[u8], place: Place, batch: &mut Batch, positions: &mut Vec<WorldFixed>) {
    positions.clear();
    let row = batch.places.len() as u32;
    batch.places.push(place);
    let mut reader = Reader {
        scan: Scan::new(&bytes[..place.end as usize], place.start as usize),
        row,
        batch,
        positions,
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
    batch.problems.push(Problem { kind, feature: Some(row), byte, spot: None });
}

struct Reader<'a, 'b> {
    scan: Scan<'a>,
    row: u32,
    batch: &'b mut Batch,
    /// Read, and not yet known to be part of a geometry: of one that breaks off nothing stays.
    positions: &'b mut Vec<WorldFixed>,
    has_geometry: bool,
}

/// The positions of one geometry before its type is known.
struct Nested {
    /// Arrays around a number.
    depth: usize,
    /// Of its positions.
    range: Range<usize>,
    /// (one past the last position, whether it begins a polygon of several)
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
        if let Some(found) = coordinates.filter(|_| kind != b"Feature") {
            self.close(kind, &found, start);
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
        let first = self.positions.len();
        let mut found = Nested { depth: 0, range: first..first, parts: Vec::new() };
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
                    let end = self.positions.len();
                    let from = found.parts.last().map_or(first, |part| part.0);
                    if depth + 2 == found.depth && (end > from || found.depth == 2) {
                        found.parts.push((end, begins_polygon));
                        begins_polygon = false;
                    } else if depth + 3 == found.depth {
                        begins_polygon = true;
                    }
                    if depth == 0 {
                        found.range.end = end;
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
        self.positions.push(WorldFixed::of_degrees(lon, lat));
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
            _ => return problem(self.batch, ProblemKind::UnknownGeometry, (self.row, byte)),
        };
        self.has_geometry = true;
        // An empty array says that there is nothing, at any depth.
        if found.range.is_empty() {
            return;
        }
        if found.depth != wanted {
            return problem(self.batch, ProblemKind::Nesting, (self.row, byte));
        }
        // Whoever reads on appends.
        let positions = std::mem::take(self.positions);
        match part_kind {
            PartKind::Point => {
                self.batch.vertices.extend_from_slice(&positions[found.range.clone()]);
                self.end_part(PartKind::Point);
            }
            PartKind::Line => {
                for range in found.parts() {
                    self.line(&positions[range], byte);
                }
            }
            PartKind::Outer | PartKind::Hole => {
                let begins = found.parts.iter().map(|part| part.1);
                let rings: Vec<(bool, &[WorldFixed])> =
                    begins.zip(found.parts().map(|range| &positions[range])).collect();
                for polygon in rings.chunk_by(|_, (begins_polygon, _)| !begins_polygon) {
                    self.polygon(polygon, byte);
                }
            }
        }
        *self.positions = positions;
    }

    fn end_part(&mut self, kind: PartKind) {
        let end = self.batch.vertices.len() as u32;
        self.batch.parts.push(Part { end, row: self.row, kind });
    }

    /// An outer ring and its holes; those that are too short are left out.
    fn polygon(&mut self, rings: &[(bool, &[WorldFixed])], byte: u64) {
        let outer = PartKind::Outer;
        let long: Vec<&[WorldFixed]> =
            rings.iter().map(|(_, ring)| *ring).filter(|ring| ring.len() > 2).collect();
        for _ in long.len()..rings.len() {
            problem(self.batch, ProblemKind::TooShort, (self.row, byte));
        }
        // Without its outer ring a hole is a hole in nothing.
        if rings.first().is_none_or(|(_, ring)| ring.len() < 3) {
            return;
        }
        for _ in long.iter().filter(|ring| ring.first() != ring.last()) {
            problem(self.batch, ProblemKind::UnclosedRing, (self.row, byte));
        }
        let Some(polygons) = parted(&long) else {
            for (index, ring) in long.iter().enumerate() {
                self.ring(if index == 0 { outer } else { PartKind::Hole }, ring);
            }
            return;
        };
        for polygon in polygons {
            for (index, ring) in polygon.iter().enumerate() {
                self.ring(if index == 0 { outer } else { PartKind::Hole }, ring);
            }
        }
    }

    fn ring(&mut self, kind: PartKind, vertices: &[WorldFixed]) {
        self.batch.vertices.extend_from_slice(vertices);
        if vertices.first() != vertices.last() {
            self.batch.vertices.push(vertices[0]);
        }
        self.end_part(kind);
    }

    /// A line that crosses 180° goes on in a part of its own.
    fn line(&mut self, vertices: &[WorldFixed], byte: u64) {
        const EAST: u32 = WorldFixed::EAST;
        if vertices.len() < 2 {
            return problem(self.batch, ProblemKind::TooShort, (self.row, byte));
        }
        // From edge to edge and nothing between them: a parallel around the world.
        let is_parallel = matches!(vertices, [a, b] if a.x.abs_diff(b.x) == EAST);
        for (index, &at) in vertices.iter().enumerate() {
            if index > 0 && !is_parallel {
                let before = vertices[index - 1];
                if at.x.abs_diff(before.x) > 1 << 31 {
                    let (dx, dy) = at.offset_from(before);
                    let edge = if dx > 0 { EAST } else { 0 };
                    let to_edge = f64::from(edge) - f64::from(before.x);
                    let y = f64::from(before.y) + dy as f64 * (to_edge / dx as f64).clamp(0.0, 1.0);
                    self.batch.vertices.push(WorldFixed::new(edge, y as u32));
                    self.end_part(PartKind::Line);
                    self.batch.vertices.push(WorldFixed::new(EAST - edge, y as u32));
                }
            }
            self.batch.vertices.push(at);
        }
        self.end_part(PartKind::Line);
    }
}

impl Nested {
    /// The positions of each part.
    fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = self.range.start;
        self.parts.iter().map(move |&(end, _)| std::mem::replace(&mut start, end)..end)
    }
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
