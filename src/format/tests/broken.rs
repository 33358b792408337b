//! One broken feature or line costs itself, and nothing of the others.

use super::*;

/// Where the vertices of each row lie, in whole degrees.
fn rows(text: &str) -> Vec<Vec<(i32, i32)>> {
    let batch = batch(text);
    let mut rows = vec![Vec::new(); batch.places.len()];
    let mut start = 0;
    for part in &batch.parts {
        for at in &batch.vertices[start..part.end as usize] {
            let at = at.to_lonlat();
            rows[part.row as usize].push((at.lon.round() as i32, at.lat.round() as i32));
        }
        start = part.end as usize;
    }
    assert_eq!(start, batch.vertices.len(), "every vertex belongs to a part: {text}");
    rows
}

#[test]
fn positions_of_a_geometry_that_breaks_off_are_nobody_s() {
    let line = |coordinates: &str| {
        format!(
            "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"LineString\",\"coordinates\":{coordinates}}}}}\n"
        )
    };
    let point = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[10,10]}}\n";
    for broken in ["[[80,40],[NaN,NaN],[81,41]]", "[[80,40],[81,41],x]", "[[80,40],[81,\"41\"]]"] {
        let text = format!("{}{point}", line(broken));
        assert_eq!(rows(&text), [vec![], vec![(10, 10)]], "{broken}");
    }
}

#[test]
fn the_last_of_several_coordinates_counts_wherever_they_stand() {
    let geometry = "{\"type\":\"Point\",\"coordinates\":[1,2],\"coordinates\":[3,4]}";
    assert_eq!(rows(geometry), [[(3, 4)]]);
    let feature = "{\"type\":\"Feature\",\"coordinates\":[1,2],\"geometry\":{\"type\":\"Point\",\"coordinates\":[3,4]},\"properties\":{}}";
    assert_eq!(rows(feature), [[(3, 4)]]);
    let after = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[3,4]},\"coordinates\":[1,2]}";
    assert_eq!(rows(after), [[(3, 4)]]);
}

#[test]
fn a_hole_without_its_outer_ring_is_a_hole_in_nothing() {
    let square = "[[0,0],[9,0],[9,9],[0,0]]";
    let text = format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[[{square}],[[[1,1]],{square}]]}}");
    let batch = batch(&text);
    assert_eq!((batch.parts.len(), kinds(&batch)), (1, vec![ProblemKind::TooShort]));
}

#[test]
fn a_damaged_line_costs_itself_alone() {
    let point = |n: usize| format!("{{\"type\":\"Point\",\"coordinates\":[{n},{n}]}}");
    for damaged in
        ["{\"type\":\"Point\",\"coordinates\":[2,", "garbage", "{garbage", "\"text\"", "{\"a\":\"x"]
    {
        let lines = [point(1), damaged.to_owned(), point(3), point(4)].join("\n");
        let read = batch(&lines);
        assert_eq!(read.places.len(), 3, "{damaged}");
        assert_eq!(read.problems.len(), 1, "{damaged}");
        let (line, _) = line_and_column(lines.as_bytes(), read.problems[0].byte);
        assert!((2..=3).contains(&line), "{damaged}: line {line}");
        // The first line too, where others follow.
        let first = [damaged.to_owned(), point(2), point(3)].join("\n");
        if damaged.starts_with('{') {
            assert_eq!(batch(&first).places.len(), 2, "{damaged}");
        }
    }
    let commas = [point(1), point(2), point(3)].join(",\n");
    let read = batch(&commas);
    assert_eq!((read.places.len(), kinds(&read)), (3, vec![ProblemKind::Syntax]));
}

#[test]
fn a_collection_that_breaks_off_keeps_its_features_once() {
    let feature = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,1]}}";
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{feature},\n{feature}\n{feature},\n{feature}]}}"
    );
    assert_eq!(batch(&text).places.len(), 2);
}

#[test]
fn numbers_that_are_none_are_missing_values() {
    let row = |value: &str| {
        format!("{{\"type\":\"Feature\",\"properties\":{{\"n\":{value}}},\"geometry\":null}}\n")
    };
    let text = [row("1.5"), row("NaN"), row("Infinity"), row("2")].concat();
    let (source, batch) = read(file(text.as_bytes()).path(), &Patient).expect("read");
    let table = columns(&Dataset::new(source, batch).0);
    let column = table.column("n").expect("n");
    assert!(column.is_numeric());
    assert_eq!((0..4).map(|row| column.is_missing(row)).collect::<Vec<_>>(), [false, true, true, false]);
}

#[test]
fn a_property_called_id_is_not_covered_by_the_feature_s_own() {
    let text = "{\"type\":\"Feature\",\"properties\":{\"id\":7},\"geometry\":null,\"id\":\"a\"}\n{\"type\":\"Feature\",\"id\":8,\"properties\":{},\"geometry\":null}\n";
    let (source, batch) = read(file(text.as_bytes()).path(), &Patient).expect("read");
    let table = columns(&Dataset::new(source, batch).0);
    let column = table.column("id").expect("id");
    assert_eq!((column.number(0), column.number(1)), (Some(7.0), Some(8.0)));
}
