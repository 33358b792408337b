//! Comma separated values (RFC 4180, UTF-8): where a feature lies, then its properties.
//!
//! Values are not quoted off from spreadsheets as in `data::csv`: whoever converts wants them back as they
//! were.

use std::borrow::Cow;
use std::io::{self, Write};

use geojson::GeometryValue;

use super::columns::Columns;
use super::feature::Feature;
use super::shape::{Shape, numbers};
use super::wkt::wkt;
use super::written::Written;

/// Which columns of places are needed.
#[derive(Default)]
struct Places {
    points: bool,
    heights: bool,
    others: bool,
}

/// Columns of places stand first, so that a reader that goes by names finds them before a property called `x`.
pub(super) fn write(features: &[&[u8]], out: &mut impl Write) -> io::Result<Written> {
    let (mut columns, mut places, mut written) = (Columns::default(), Places::default(), Written::default());
    for bytes in features {
        let Some(feature) = Feature::of(bytes) else { continue };
        columns.add(&feature);
        match feature.shape(&mut Written::default()) {
            Some(shape) if matches!(shape.value, GeometryValue::Point { .. }) => {
                places.points = true;
                places.heights |= shape.has_heights();
            }
            Some(_) => places.others = true,
            None => {}
        }
    }
    let names = places.columns().map(|place| free_name(&columns, place));
    let header = names.chain(columns.list.iter().map(|column| Cow::Borrowed(column.name.as_str())));
    let header: Vec<_> = header.collect();
    if !header.is_empty() {
        out.write_all(line(header.into_iter()).as_bytes())?;
    }
    for bytes in features {
        let Some(feature) = Feature::of(bytes) else {
            written.skipped += 1;
            continue;
        };
        feature.count(&mut written);
        let cells = places.cells(feature.shape(&mut written).as_ref());
        let row = columns.row(&feature).into_iter();
        let values = row.map(|value| Cow::Borrowed(value.map_or("", |value| value.text())));
        out.write_all(line(cells.into_iter().map(Cow::Owned).chain(values)).as_bytes())?;
    }
    Ok(written)
}

impl Places {
    fn columns(&self) -> impl Iterator<Item = &'static str> {
        let points = self.points.then_some(["longitude", "latitude"]).into_iter().flatten();
        points.chain(self.heights.then_some("altitude")).chain(self.others.then_some("wkt"))
    }

    fn cells(&self, shape: Option<&Shape>) -> Vec<String> {
        let (mut point, mut text) = ([const { String::new() }; 3], String::new());
        match shape.map(|shape| (&shape.value, shape)) {
            Some((GeometryValue::Point { coordinates }, _)) => {
                point = numbers(coordinates)
                    .map(|number| if number.is_nan() { String::new() } else { number.to_string() });
            }
            Some((_, shape)) => text = wkt(shape),
            None => {}
        }
        let [longitude, latitude, height] = point;
        let mut cells = Vec::new();
        if self.points {
            cells.extend([longitude, latitude]);
        }
        cells.extend(self.heights.then_some(height));
        cells.extend(self.others.then_some(text));
        cells
    }
}

/// A name that no property has, whatever the case of its letters.
fn free_name(columns: &Columns, wanted: &'static str) -> Cow<'static, str> {
    let is_taken = |name: &str| columns.list.iter().any(|column| column.name.eq_ignore_ascii_case(name));
    if !is_taken(wanted) {
        return Cow::Borrowed(wanted);
    }
    let numbered = (2_u64..).map(|number| format!("{wanted}_{number}"));
    Cow::Owned(numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_default())
}

fn line<'a>(cells: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut out = String::new();
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    // A line with nothing on it would be no row.
    if out.is_empty() {
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(features: &[&str]) -> String {
        let bytes: Vec<&[u8]> = features.iter().map(|feature| feature.as_bytes()).collect();
        let mut out = Vec::new();
        write(&bytes, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn values_are_as_they_are_written_and_places_in_the_columns_they_need() {
        let point = r#"{"properties":{"name":"say \"hi\"","km":1.50,"f":"=1+1"},"geometry":{"type":"Point","coordinates":[80.4,44.2]}}"#;
        assert_eq!(
            text(&[point]),
            "longitude,latitude,name,km,f\r\n80.4,44.2,\"say \"\"hi\"\"\",1.50,=1+1\r\n"
        );
        let line = r#"{"properties":{"Longitude":[1,2]},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"#;
        let high = r#"{"properties":null,"geometry":{"type":"Point","coordinates":[1,2,3.5]}}"#;
        assert_eq!(
            text(&[line, high, "{"]),
            "longitude_2,latitude,altitude,wkt,Longitude\r\n,,,\"LINESTRING (1 2,3 4)\",\"[1,2]\"\r\n1,2,3.5,,\r\n"
        );
    }

    #[test]
    fn a_row_with_nothing_is_a_row() {
        assert_eq!(text(&[r#"{"properties":{"a":null}}"#]), "a\r\n\"\"\r\n");
        assert_eq!(text(&[]), "");
    }
}
