//! A geometry as every writer needs it: closed rings, no empty parts, at least two finite numbers to a position.

use geojson::{Geometry, GeometryValue, Position};

/// A geometry with at least one position.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) value: GeometryValue,
    pub(super) about: About,
}

/// What was found while looking through all positions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct About {
    /// West, south, east, north in degrees.
    pub(super) bounds: [f64; 4],
    pub(super) positions: usize,
    pub(super) closed_rings: u64,
    pub(super) has_more_numbers: bool,
    with_height: usize,
    is_bad: bool,
}

/// No geometry, or one with a position that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

impl Shape {
    /// Reads a geometry; `None` where it has no position.
    pub(super) fn of(bytes: &[u8]) -> Result<Option<Self>, Unreadable> {
        let geometry: Geometry = serde_json::from_slice(bytes).map_err(|_| Unreadable)?;
        let mut value = geometry.value;
        let mut about = About::new();
        about.tidy(&mut value);
        if about.is_bad {
            Err(Unreadable)
        } else {
            Ok((about.positions > 0).then_some(Self { value, about }))
        }
    }

    /// Whether every position has a height. A ring with heights at some could not be written closed.
    pub(super) fn has_heights(&self) -> bool {
        self.about.with_height == self.about.positions
    }

    /// Whether at least one position has a height.
    pub(super) fn has_any_height(&self) -> bool {
        self.about.with_height > 0
    }

    /// Its type as `WKB` and `FlatGeobuf` number it.
    pub(super) fn code(&self) -> u8 {
        code(&self.value)
    }
}

/// 1 to 7.
pub(super) fn code(value: &GeometryValue) -> u8 {
    match value {
        GeometryValue::Point { .. } => 1,
        GeometryValue::LineString { .. } => 2,
        GeometryValue::Polygon { .. } => 3,
        GeometryValue::MultiPoint { .. } => 4,
        GeometryValue::MultiLineString { .. } => 5,
        GeometryValue::MultiPolygon { .. } => 6,
        GeometryValue::GeometryCollection { .. } => 7,
    }
}

/// Longitude and latitude in degrees and the height, `NaN` where there is none.
pub(super) fn numbers(position: &Position) -> [f64; 3] {
    let at = |index| position.as_slice().get(index).copied().unwrap_or(f64::NAN);
    [at(0), at(1), at(2)]
}

impl About {
    fn new() -> Self {
        Self {
            bounds: NOTHING,
            positions: 0,
            closed_rings: 0,
            has_more_numbers: false,
            with_height: 0,
            is_bad: false,
        }
    }

    fn tidy(&mut self, value: &mut GeometryValue) {
        match value {
            GeometryValue::Point { coordinates } => self.position(coordinates),
            GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
                self.line(coordinates);
            }
            GeometryValue::MultiLineString { coordinates } => {
                coordinates.retain(|line| !line.is_empty());
                for line in coordinates {
                    self.line(line);
                }
            }
            GeometryValue::Polygon { coordinates } => self.polygon(coordinates),
            GeometryValue::MultiPolygon { coordinates } => {
                for polygon in &mut *coordinates {
                    self.polygon(polygon);
                }
                coordinates.retain(|polygon| !polygon.is_empty());
            }
            GeometryValue::GeometryCollection { geometries } => geometries.retain_mut(|geometry| {
                let before = self.positions;
                self.tidy(&mut geometry.value);
                self.positions > before
            }),
        }
    }

    fn polygon(&mut self, rings: &mut Vec<Vec<Position>>) {
        // A hole is none without its outer ring.
        if rings.first().is_some_and(Vec::is_empty) {
            self.is_bad |= rings.iter().any(|ring| !ring.is_empty());
        }
        rings.retain(|ring| !ring.is_empty());
        for ring in rings {
            if ring.first() != ring.last() {
                self.closed_rings += 1;
                ring.extend(ring.first().cloned());
            }
            self.line(ring);
        }
    }

    fn line(&mut self, positions: &[Position]) {
        for position in positions {
            self.position(position);
        }
    }

    fn position(&mut self, position: &Position) {
        let numbers = position.as_slice();
        self.is_bad |= numbers.len() < 2 || numbers.iter().any(|number| !number.is_finite());
        self.positions += 1;
        self.with_height += usize::from(numbers.len() > 2);
        self.has_more_numbers |= numbers.len() > 3;
        if let [x, y, ..] = *numbers {
            self.bounds = around(self.bounds, [x, y, x, y]);
        }
    }
}

/// The box around nothing.
pub(super) const NOTHING: [f64; 4] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

/// The box around two boxes.
pub(super) fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_empty_parts_left_out() {
        let polygon = br#"{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0,5],[9,9]],[]],[]]}"#;
        let shape = Shape::of(polygon).expect("read").expect("not empty");
        assert_eq!((shape.about.positions, shape.about.closed_rings, shape.code()), (4, 1, 6));
        assert!(shape.has_any_height() && !shape.has_heights());
        assert_eq!(shape.about.bounds, [0.0, 0.0, 9.0, 9.0]);
        let GeometryValue::MultiPolygon { coordinates } = &shape.value else { panic!("another type") };
        assert_eq!((coordinates.len(), coordinates[0].len()), (1, 1));
    }

    #[test]
    fn nothing_is_nothing_and_no_position_is_a_fault() {
        for empty in [
            r#"{"type":"MultiPoint","coordinates":[]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[]}]}"#,
        ] {
            assert_eq!(Shape::of(empty.as_bytes()), Ok(None), "{empty}");
        }
        for bad in [
            r#"{"type":"LineString","coordinates":[[1,2],[3]]}"#,
            r#"{"type":"Point","coordinates":[[1,2]]}"#,
            r#"{"type":"Point","coordinates":[1e999,2]}"#,
            r#"{"type":"Circle","coordinates":[1,2]}"#,
            r#"{"type":"Polygon","coordinates":[[],[[0,0],[1,0],[1,1],[0,0]]]}"#,
            "null",
        ] {
            assert_eq!(Shape::of(bad.as_bytes()), Err(Unreadable), "{bad}");
        }
    }
}
