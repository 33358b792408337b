//! What is written is read back by a reader that knows nothing of it.

use super::*;

fn table(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
}

/// The kind of a table's first column.
fn kind(text: &str, delimiter: u8) -> Written {
    written(&table(text), 1, delimiter)[0]
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The properties of the first feature, whose own are `own`.
fn properties(own: &[(String, Value)], columns: &[&str], rows: &str, delimiter: u8) -> Vec<(String, Value)> {
    let rows = table(rows);
    let features = rows.iter().map(|row| JoinedFeature {
        geometry: r#"{"type":"Point","coordinates":[102.60,17.9600]}"#.into(),
        properties: own.into(),
        cells: Some(row),
    });
    let columns = names(columns);
    let bytes = joined_geojson(features, &columns, &written(&rows, columns.len(), delimiter));
    let json: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(json["features"].as_array().map(Vec::len), Some(rows.len()));
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains(r#""geometry":{"type":"Point","coordinates":[102.60,17.9600]},"#), "{text}");
    let first = text.lines().nth(1).expect("a feature");
    crate::format::id_and_properties(first.trim_end_matches(',').as_bytes()).1
}

#[test]
fn a_column_is_numbers_where_all_of_it_is() {
    for (text, delimiter, wanted) in [
        ("1\n-2.5\n\n1e6", b',', Written::Plain),
        ("1\nabout 2", b',', Written::Text),
        ("007\n12", b',', Written::Text),
        ("0\n0.5\n-0.25", b',', Written::Plain),
        ("1,234.5\n12\n1,000,000", b',', Written::Thousands),
        ("1,23\n1,234", b',', Written::Text),
        ("12,34,567", b',', Written::Text),
        ("1,5\n2,25\n3", b';', Written::DecimalComma),
        ("1,5\n2,25", b',', Written::Text),
        ("1,234\n2,345", b';', Written::Text),
        ("12345678901234567890", b',', Written::Text),
        ("0.14285714285714285", b',', Written::Plain),
        ("1e-300", b',', Written::Plain),
        ("1e999", b',', Written::Text),
        ("\n ", b',', Written::Text),
        ("2020-01-02", b',', Written::Text),
        (".5\n-.25", b',', Written::Plain),
    ] {
        assert_eq!(kind(text, delimiter), wanted, "{text:?}");
    }
}

#[test]
fn cells_become_what_they_say() {
    let columns = ["code", "value", "share", "note", "empty"];
    let read = properties(&[], &columns, "007|1,234.5|-0.10| \"x\" |\n12|7|3||", b',');
    let json: Vec<String> = read.iter().map(|(_, value)| value.to_string()).collect();
    assert_eq!(json, [r#""007""#, "1234.5", "-0.1", r#"" \"x\" ""#, "null"]);
    let comma = properties(&[], &["value"], "−1,5\n+2", b';');
    assert_eq!(comma[0].1, -1.5);
}

#[test]
fn the_features_own_properties_come_first_and_keep_their_names() {
    let own = [("name".to_owned(), Value::from("Laos")), ("id".to_owned(), Value::from(3))];
    let read = properties(&own, &["name", "name (CSV)", "year"], "LAO|x|2019", b',');
    let found: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, ["name", "id", "name (CSV) (CSV)", "name (CSV)", "year"]);
    assert_eq!(read[0].1, "Laos");
    assert_eq!(read[2].1, "LAO");
    assert_eq!(read[3].1, "x");
    assert_eq!(read[4].1, 2019);
}

#[test]
fn a_target_without_a_row_has_nulls() {
    let feature = JoinedFeature { geometry: "null".into(), properties: Vec::new().into(), cells: None };
    let bytes = joined_geojson([feature], &names(&["value"]), &[Written::Plain]);
    let json: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(json["features"][0]["properties"], serde_json::json!({ "value": null }));
    assert!(json["features"][0]["geometry"].is_null());
}

#[test]
fn no_feature_is_a_collection_still() {
    let bytes = joined_geojson([], &names(&["value"]), &[]);
    let json: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(json["features"], serde_json::json!([]));
}

#[test]
fn geometries_are_taken_as_they_are_written() {
    let point = r#"{"type":"Point","coordinates":[1.50,2]}"#;
    let feature = format!(r#"{{"type":"Feature","properties":{{"geometry":1}},"geometry": {point} }}"#);
    assert_eq!(geometry_text(feature.as_bytes()), point);
    assert_eq!(geometry_text(point.as_bytes()), point);
    for broken in [
        r#"{"type":"Feature","properties":{}}"#,
        r#"{"type":"Feature","geometry":{"type":"Po"#,
        "",
        r#"{"geometry":[NaN]}"#,
    ] {
        assert_eq!(geometry_text(broken.as_bytes()), "null", "{broken}");
    }
}

#[test]
fn a_field_of_numbers_is_one_whatever_fills_it() {
    for (text, number) in [
        ("0.000000000000000", Some("0.000000000000000")),
        ("1.142857142857143", Some("1.142857142857143")),
        ("007", Some("7")),
        ("-00.5", Some("-0.5")),
        (".5", Some("0.5")),
        ("000", Some("0")),
        ("123456789012345678", Some("123456789012345678")),
        ("1.5e+020", Some("1.5e+020")),
        ("", None),
        ("-", None),
        ("?", None),
        ("1 2", None),
    ] {
        assert_eq!(filled_number(text).as_deref(), number, "{text}");
    }
}
