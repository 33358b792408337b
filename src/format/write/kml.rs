//! KML 2.2 (OGC 07-147r2): a placemark to each feature, its properties as untyped data.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use geojson::{GeometryValue, Position};

use super::feature::{Feature, Value};
use super::written::Written;
use crate::format::{id_and_properties, name_of};

pub(super) fn write(features: &[&[u8]], name: &str, out: &mut impl Write) -> io::Result<Written> {
    let mut written = Written::default();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str("<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>");
    escape(&mut text, name);
    text.push_str("</name>\n");
    for bytes in features {
        let Some(feature) = Feature::of(bytes) else {
            written.skipped += 1;
            continue;
        };
        feature.count(&mut written);
        text.push_str("<Placemark>");
        if let Some(name) = name_of(&id_and_properties(bytes).1) {
            element(&mut text, "name", &name);
        }
        data(&mut text, &feature);
        let heights_left_out = written.heights_left_out;
        if let Some(shape) = feature.shape(&mut written) {
            // Here each position has a height or not.
            written.heights_left_out = heights_left_out;
            geometry(&mut text, &shape.value);
        }
        text.push_str("</Placemark>\n");
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    text.push_str("</Document>\n</kml>\n");
    out.write_all(text.as_bytes())?;
    Ok(written)
}

fn data(out: &mut String, feature: &Feature<'_>) {
    let each = || feature.values.iter().enumerate().map(|(number, (name, value))| (number, name, value));
    let last: HashMap<&str, usize> = each().map(|(number, name, _)| (name.as_ref(), number)).collect();
    let counts = |number: usize, name: &str| last.get(name) == Some(&number);
    let told: Vec<_> =
        each().filter(|(number, name, value)| counts(*number, name) && **value != Value::Null).collect();
    if told.is_empty() {
        return;
    }
    out.push_str("<ExtendedData>");
    for (_, name, value) in told {
        out.push_str("<Data name=\"");
        escape(out, name);
        out.push_str("\">");
        element(out, "value", value.text());
        out.push_str("</Data>");
    }
    out.push_str("</ExtendedData>");
}

fn geometry(out: &mut String, value: &GeometryValue) {
    match value {
        GeometryValue::Point { coordinates } => point(out, coordinates),
        GeometryValue::LineString { coordinates } => line(out, "LineString", coordinates),
        GeometryValue::Polygon { coordinates } => polygon(out, coordinates),
        GeometryValue::MultiPoint { coordinates } => several(out, coordinates, point),
        GeometryValue::MultiLineString { coordinates } => {
            several(out, coordinates, |out, positions| line(out, "LineString", positions));
        }
        GeometryValue::MultiPolygon { coordinates } => {
            several(out, coordinates, |out, rings| polygon(out, rings));
        }
        GeometryValue::GeometryCollection { geometries } => {
            several(out, geometries, |out, one| geometry(out, &one.value));
        }
    }
}

fn several<T>(out: &mut String, parts: &[T], part: impl Fn(&mut String, &T)) {
    out.push_str("<MultiGeometry>");
    for one in parts {
        part(out, one);
    }
    out.push_str("</MultiGeometry>");
}

fn point(out: &mut String, position: &Position) {
    line(out, "Point", std::slice::from_ref(position));
}

fn polygon(out: &mut String, rings: &[Vec<Position>]) {
    out.push_str("<Polygon><tessellate>1</tessellate>");
    for (number, ring) in rings.iter().enumerate() {
        let boundary = if number == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
        let _ = write!(out, "<{boundary}>");
        line(out, "LinearRing", ring);
        let _ = write!(out, "</{boundary}>");
    }
    out.push_str("</Polygon>");
}

/// Positions as longitude, latitude and the height where there is one. Heights are kept and, by the default of
/// KML, not shown.
fn line(out: &mut String, tag: &str, positions: &[Position]) {
    // Without it a long line goes through the ground.
    let follows = if tag == "LineString" { "<tessellate>1</tessellate>" } else { "" };
    // Text takes all that is written into it.
    let _ = write!(out, "<{tag}>{follows}<coordinates>");
    for (number, position) in positions.iter().enumerate() {
        if number > 0 {
            out.push(' ');
        }
        for (number, value) in position.as_slice().iter().take(3).enumerate() {
            let comma = if number > 0 { "," } else { "" };
            let _ = write!(out, "{comma}{value}");
        }
    }
    let _ = write!(out, "</coordinates></{tag}>");
}

fn element(out: &mut String, tag: &str, text: &str) {
    let _ = write!(out, "<{tag}>");
    escape(out, text);
    let _ = write!(out, "</{tag}>");
}

/// Text as XML has it; characters that XML cannot hold are dropped.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // A reader would make other white space of them.
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placemark_has_its_name_its_data_and_its_place() {
        let feature = br#"{"properties":{"name":"A & <B>\u0000","n":1.50,"n":2.50,"o":null},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,3]},{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}]}}"#;
        let mut out = Vec::new();
        let written = write(&[feature, b"{"], "x", &mut out).expect("written");
        assert_eq!((written.features, written.skipped), (1, 1));
        let text = String::from_utf8(out).expect("text");
        let wanted = concat!(
            "<Placemark><name>A &amp; &lt;B&gt;</name><ExtendedData>",
            "<Data name=\"name\"><value>A &amp; &lt;B&gt;</value></Data>",
            "<Data name=\"n\"><value>2.50</value></Data></ExtendedData><MultiGeometry>",
            "<Point><coordinates>1,2,3</coordinates></Point><Polygon><tessellate>1</tessellate>",
            "<outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9 0,0</coordinates></LinearRing></outerBoundaryIs>",
            "<innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing></innerBoundaryIs>",
            "</Polygon></MultiGeometry></Placemark>\n"
        );
        assert!(text.contains(wanted), "{text}");
    }
}
