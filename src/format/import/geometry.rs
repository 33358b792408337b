//! Geometries between the bytes of a format and the text of `GeoJSON`.

use super::crs::Transform;

/// The numbers of a position as they stand in the file; the third is a height, `NaN` where there is none.
pub(super) type Position = [f64; 3];

/// A geometry, its rings as the file has them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Geometry {
    Point(Position),
    MultiPoint(Vec<Position>),
    Line(Vec<Position>),
    MultiLine(Vec<Vec<Position>>),
    Polygon(Vec<Vec<Position>>),
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    Collection(Vec<Geometry>),
}

/// A position that is no place: not finite, or off its coordinate system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoPlace;

impl Geometry {
    /// Simple geometries as one: several of a kind become the kind that holds several.
    pub(super) fn of_many(mut parts: Vec<Self>) -> Option<Self> {
        if parts.len() < 2 {
            return parts.pop();
        }
        let all = |is: fn(&Self) -> bool| parts.iter().all(is);
        let is_points = all(|part| matches!(part, Self::Point(_)));
        let is_lines = all(|part| matches!(part, Self::Line(_)));
        let is_polygons = all(|part| matches!(part, Self::Polygon(_)));
        let each = parts.into_iter();
        Some(if is_points {
            Self::MultiPoint(
                each.filter_map(|part| if let Self::Point(at) = part { Some(at) } else { None }).collect(),
            )
        } else if is_lines {
            Self::MultiLine(
                each.filter_map(|part| if let Self::Line(line) = part { Some(line) } else { None }).collect(),
            )
        } else if is_polygons {
            let rings = |part| if let Self::Polygon(rings) = part { Some(rings) } else { None };
            Self::MultiPolygon(each.filter_map(rings).collect())
        } else {
            Self::Collection(each.collect())
        })
    }
}

/// Writes a geometry as JSON. What is half written after an error is of no use.
///
/// It goes as deep as the geometry does, so a reader that lets collections nest counts them.
pub(super) fn push_geometry(
    out: &mut Vec<u8>,
    geometry: &Geometry,
    transform: Option<&Transform>,
) -> Result<(), NoPlace> {
    let mut writer = Writer { out, transform };
    writer.geometry(geometry)
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    transform: Option<&'a Transform>,
}

impl Writer<'_> {
    fn geometry(&mut self, geometry: &Geometry) -> Result<(), NoPlace> {
        let (name, member) = match geometry {
            Geometry::Point(_) => ("Point", "coordinates"),
            Geometry::MultiPoint(_) => ("MultiPoint", "coordinates"),
            Geometry::Line(_) => ("LineString", "coordinates"),
            Geometry::MultiLine(_) => ("MultiLineString", "coordinates"),
            Geometry::Polygon(_) => ("Polygon", "coordinates"),
            Geometry::MultiPolygon(_) => ("MultiPolygon", "coordinates"),
            Geometry::Collection(_) => ("GeometryCollection", "geometries"),
        };
        for piece in ["{\"type\":\"", name, "\",\"", member, "\":"] {
            self.out.extend_from_slice(piece.as_bytes());
        }
        match geometry {
            Geometry::Point(at) if at[0].is_nan() && at[1].is_nan() => self.out.extend_from_slice(b"[]"),
            Geometry::Point(at) => self.position(at)?,
            Geometry::MultiPoint(line) | Geometry::Line(line) => self.line(line)?,
            Geometry::MultiLine(lines) | Geometry::Polygon(lines) => self.lines(lines)?,
            Geometry::MultiPolygon(polygons) => self.each(polygons, |writer, rings| writer.lines(rings))?,
            Geometry::Collection(parts) => self.each(parts, Self::geometry)?,
        }
        self.out.push(b'}');
        Ok(())
    }

    fn each<T>(
        &mut self,
        parts: &[T],
        part: impl Fn(&mut Self, &T) -> Result<(), NoPlace>,
    ) -> Result<(), NoPlace> {
        self.out.push(b'[');
        for (index, one) in parts.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            part(self, one)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn lines(&mut self, lines: &[Vec<Position>]) -> Result<(), NoPlace> {
        self.each(lines, |writer, line| writer.line(line))
    }

    fn line(&mut self, line: &[Position]) -> Result<(), NoPlace> {
        self.each(line, Self::position)
    }

    fn position(&mut self, &[x, y, z]: &Position) -> Result<(), NoPlace> {
        let [x, y] = self.transform.map_or(Some([x, y]), |turn| turn([x, y])).ok_or(NoPlace)?;
        if !x.is_finite() || !y.is_finite() {
            return Err(NoPlace);
        }
        self.out.push(b'[');
        push_number(self.out, x);
        self.out.push(b',');
        push_number(self.out, y);
        if z.is_finite() {
            self.out.push(b',');
            push_number(self.out, z);
        }
        self.out.push(b']');
        Ok(())
    }
}

/// The shortest digits that are read as the same number again; what is not finite is null.
pub(in crate::format) fn push_number(out: &mut Vec<u8>, value: f64) {
    let start = out.len();
    // Writing into memory does not fail, and neither does a number.
    if serde_json::to_writer(&mut *out, &value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
    if out.ends_with(b".0") {
        out.truncate(out.len() - 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(geometry: &Geometry) -> String {
        let mut out = Vec::new();
        push_geometry(&mut out, geometry, None).expect("places");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn numbers_come_back_as_they_were() {
        for value in [0.1, -0.0, 80.0, 1e-7, 1e21, 123_456_789.123_456_79, 180.0 / 7.0, f64::MIN_POSITIVE] {
            let mut out = Vec::new();
            push_number(&mut out, value);
            let text = String::from_utf8(out).expect("text");
            assert_eq!(text.parse::<f64>().expect(&text).to_bits(), value.to_bits(), "{text}");
        }
    }

    #[test]
    fn several_of_a_kind_are_one() {
        let line = Geometry::Line(vec![[1.0, 2.0, f64::NAN], [3.5, 4.0, 7.0]]);
        let point = Geometry::Point([1.0, 2.0, 0.0]);
        let both = Geometry::of_many(vec![line.clone(), line.clone()]).expect("two");
        assert_eq!(
            json(&both),
            r#"{"type":"MultiLineString","coordinates":[[[1,2],[3.5,4,7]],[[1,2],[3.5,4,7]]]}"#
        );
        let mixed = Geometry::of_many(vec![point.clone(), line]).expect("two");
        assert!(matches!(mixed, Geometry::Collection(ref parts) if parts.len() == 2));
        assert_eq!(Geometry::of_many(vec![point.clone()]), Some(point));
        assert_eq!(Geometry::of_many(Vec::new()), None);
    }

    #[test]
    fn what_is_no_place_is_no_geometry() {
        let bad = Geometry::Line(vec![[1.0, f64::INFINITY, f64::NAN]]);
        assert_eq!(push_geometry(&mut Vec::new(), &bad, None), Err(NoPlace));
        let empty = Geometry::Point([f64::NAN; 3]);
        assert_eq!(json(&empty), r#"{"type":"Point","coordinates":[]}"#);
        let turn: Transform = Box::new(|[x, y]| (x > 0.0).then_some([x / 2.0, y]));
        let mut out = Vec::new();
        assert_eq!(push_geometry(&mut out, &Geometry::Point([4.0, 1.0, 9.0]), Some(&turn)), Ok(()));
        assert!(out.ends_with(b"[2,1,9]}"), "{}", String::from_utf8_lossy(&out));
    }
}
