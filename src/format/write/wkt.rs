//! Geometries as well-known text.

use std::fmt::Write;

use geojson::{GeometryValue, Position};

use super::shape::{Shape, numbers};

/// `LINESTRING Z (80.4 44.2 700,81 45 710)`
pub(super) fn wkt(shape: &Shape) -> String {
    let mut wkt = Wkt { out: String::new(), has_heights: shape.has_heights() };
    wkt.geometry(&shape.value);
    wkt.out
}

struct Wkt {
    out: String,
    has_heights: bool,
}

impl Wkt {
    fn geometry(&mut self, value: &GeometryValue) {
        self.out.push_str(&value.type_name().to_ascii_uppercase());
        self.out.push_str(if self.has_heights { " Z " } else { " " });
        match value {
            GeometryValue::Point { coordinates } => {
                self.list(std::slice::from_ref(coordinates), Self::position);
            }
            GeometryValue::LineString { coordinates } => self.line(coordinates),
            GeometryValue::MultiPoint { coordinates } => {
                self.list(coordinates, |wkt, at| wkt.list(std::slice::from_ref(at), Self::position));
            }
            GeometryValue::Polygon { coordinates } | GeometryValue::MultiLineString { coordinates } => {
                self.lines(coordinates);
            }
            GeometryValue::MultiPolygon { coordinates } => {
                self.list(coordinates, |wkt, rings| wkt.lines(rings));
            }
            GeometryValue::GeometryCollection { geometries } => {
                self.list(geometries, |wkt, geometry| wkt.geometry(&geometry.value));
            }
        }
    }

    fn list<T>(&mut self, parts: &[T], part: impl Fn(&mut Self, &T)) {
        for (number, one) in parts.iter().enumerate() {
            self.out.push(if number == 0 { '(' } else { ',' });
            part(self, one);
        }
        self.out.push(')');
    }

    fn lines(&mut self, lines: &[Vec<Position>]) {
        self.list(lines, |wkt, line| wkt.line(line));
    }

    fn line(&mut self, positions: &[Position]) {
        self.list(positions, Self::position);
    }

    fn position(&mut self, position: &Position) {
        let [x, y, height] = numbers(position);
        // Text takes all that is written into it.
        let _ =
            if self.has_heights { write!(self.out, "{x} {y} {height}") } else { write!(self.out, "{x} {y}") };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_text() {
        for (json, wanted) in [
            (r#"{"type":"Point","coordinates":[80.40,-1e-7]}"#, "POINT (80.4 -0.0000001)"),
            (r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#, "MULTIPOINT ((1 2),(3 4))"),
            (r#"{"type":"LineString","coordinates":[[1,2,3],[3,4,5]]}"#, "LINESTRING Z (1 2 3,3 4 5)"),
            (
                r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]]]}"#,
                "MULTIPOLYGON (((0 0,9 0,9 9,0 0)))",
            ),
            (
                r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}]}"#,
                "GEOMETRYCOLLECTION (POINT (1 2),MULTILINESTRING ((1 2,3 4)))",
            ),
        ] {
            let shape = Shape::of(json.as_bytes()).expect("read").expect("not empty");
            assert_eq!(wkt(&shape), wanted);
        }
    }
}
