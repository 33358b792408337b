//! Geometries as well-known binary, little endian (ISO 13249-3: 1000 more to a type with heights).

use geojson::{GeometryValue, Position};

use super::shape::{Shape, code, numbers};

/// Appends a geometry; every position of it has a height or none has.
pub(super) fn push(out: &mut Vec<u8>, shape: &Shape) {
    Wkb { out, has_heights: shape.has_heights() }.geometry(&shape.value);
}

struct Wkb<'a> {
    out: &'a mut Vec<u8>,
    has_heights: bool,
}

impl Wkb<'_> {
    fn geometry(&mut self, value: &GeometryValue) {
        self.begin(code(value));
        match value {
            GeometryValue::Point { coordinates } => self.position(coordinates),
            GeometryValue::LineString { coordinates } => self.line(coordinates),
            GeometryValue::Polygon { coordinates } => self.rings(coordinates),
            GeometryValue::MultiPoint { coordinates } => self.each(coordinates, 1, Self::position),
            GeometryValue::MultiLineString { coordinates } => {
                self.each(coordinates, 2, |wkb, line| wkb.line(line));
            }
            GeometryValue::MultiPolygon { coordinates } => {
                self.each(coordinates, 3, |wkb, polygon| wkb.rings(polygon));
            }
            GeometryValue::GeometryCollection { geometries } => {
                self.count(geometries.len());
                for geometry in geometries {
                    self.geometry(&geometry.value);
                }
            }
        }
    }

    fn begin(&mut self, code: u8) {
        self.out.push(1);
        let heights = if self.has_heights { 1000 } else { 0 };
        self.out.extend((u32::from(code) + heights).to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        // Whoever calls keeps geometries far below this.
        self.out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }

    /// Parts that are geometries of their own.
    fn each<T>(&mut self, parts: &[T], code: u8, part: impl Fn(&mut Self, &T)) {
        self.count(parts.len());
        for one in parts {
            self.begin(code);
            part(self, one);
        }
    }

    fn rings(&mut self, rings: &[Vec<Position>]) {
        self.count(rings.len());
        for ring in rings {
            self.line(ring);
        }
    }

    fn line(&mut self, positions: &[Position]) {
        self.count(positions.len());
        for position in positions {
            self.position(position);
        }
    }

    fn position(&mut self, position: &Position) {
        let many = if self.has_heights { 3 } else { 2 };
        for number in &numbers(position)[..many] {
            self.out.extend(number.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(geometry: &str) -> String {
        let shape = Shape::of(geometry.as_bytes()).expect("read").expect("not empty");
        let mut out = Vec::new();
        push(&mut out, &shape);
        out.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    #[test]
    fn points_have_the_bytes_that_the_standard_says() {
        assert_eq!(
            hex(r#"{"type":"Point","coordinates":[1,2]}"#),
            "0101000000000000000000f03f0000000000000040"
        );
        assert_eq!(
            hex(r#"{"type":"MultiPoint","coordinates":[[1,2,-2]]}"#),
            "01ec0300000100000001e9030000000000000000f03f000000000000004000000000000000c0"
        );
    }
}
