//! Files of `TopoJSON`, good and bad.

use super::super::tests::{batch, imported, lines};
use super::*;
use crate::data::Spot;

/// The example of the specification, and its quantised twin.
const PLAIN: &str = r#"{"arcs":[[[102,0],[103,1],[104,0],[105,1]],[[100,0],[101,0],[101,1],[100,1],[100,0]]],
"type":"Topology","objects":{"example":{"type":"GeometryCollection","geometries":[
{"type":"Point","properties":{"prop0":"value0"},"coordinates":[102,0.5]},
{"type":"LineString","id":"b","properties":{"n":1.50,"o":{"a":[1]}},"arcs":[0]},
{"type":"Polygon","id":7,"properties":{"layer":"own"},"arcs":[[1]]}]},
"second":{"type":"MultiLineString","arcs":[[0],[-1]]}}}"#;
const QUANTISED: &str = r#"{"type":"Topology","transform":{"scale":[0.0005,0.0001],"translate":[100,0]},"objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[4000,5000]},{"type":"LineString","arcs":[0]},{"type":"MultiPolygon","arcs":[[[1]]]}]}},"arcs":[[[4000,0],[1999,9999],[2000,-9999],[2000,9999]],[[0,0],[0,9999],[2000,0],[0,-9999],[-2000,0]]]}"#;

#[test]
fn every_object_is_a_layer() {
    let (lines, kinds) = lines(PLAIN.as_bytes(), "a.json");
    assert_eq!(
        lines,
        [
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[102,0.5]},"properties":{"prop0":"value0","layer":"example"}}"#,
            r#"{"type":"Feature","id":"b","geometry":{"type":"LineString","coordinates":[[102,0],[103,1],[104,0],[105,1]]},"properties":{"n":1.50,"o":{"a":[1]},"layer":"example"}}"#,
            r#"{"type":"Feature","id":7,"geometry":{"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,1],[100,0]]]},"properties":{"layer":"own","layer 2":"example"}}"#,
            r#"{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[102,0],[103,1],[104,0],[105,1]],[[105,1],[104,0],[103,1],[102,0]]]},"properties":{"layer":"second"}}"#,
        ]
    );
    assert!(kinds.is_empty());
}

#[test]
fn quantised_lines_are_steps() {
    let (lines, kinds) = lines(QUANTISED.as_bytes(), "a.topojson");
    let numbers = |line: &str| -> Vec<f64> {
        let json: serde_json::Value = serde_json::from_str(line).expect(line);
        let text = json["geometry"]["coordinates"].to_string();
        text.split(['[', ']', ',']).filter_map(|number| number.parse().ok()).collect()
    };
    let is_near = |found: &[f64], wanted: &[f64]| {
        found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9)
    };
    assert!(is_near(&numbers(&lines[0]), &[102.0, 0.5]), "{}", lines[0]);
    assert!(
        is_near(&numbers(&lines[1]), &[102.0, 0.0, 102.9995, 0.9999, 103.9995, 0.0, 104.9995, 0.9999]),
        "{}",
        lines[1]
    );
    assert!(
        is_near(&numbers(&lines[2]), &[100.0, 0.0, 100.0, 0.9999, 101.0, 0.9999, 101.0, 0.0, 100.0, 0.0]),
        "{}",
        lines[2]
    );
    assert!(kinds.is_empty());
}

#[test]
fn arcs_that_meet_are_one_line() {
    let text = r#"{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0,-2]]}},"arcs":[[[0,0],[0,4],[4,4]],[[0,0],[4,0],[4,4]]]}"#;
    let (lines, _) = lines(text.as_bytes(), "a.json");
    assert!(lines[0].contains("[[[0,0],[0,4],[4,4],[4,0],[0,0]]]"), "{}", lines[0]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_opens() {
    let good = r#"{"type":"Point","coordinates":[1,2]}"#;
    let deep = format!(
        "{}{good}{}",
        r#"{"type":"GeometryCollection","geometries":["#.repeat(1_000),
        "]}".repeat(1_000)
    );
    for (bad, kind) in [
        (r#"{"type":"LineString","arcs":[1]}"#, ProblemKind::Broken),
        (r#"{"type":"LineString","arcs":[-9223372036854775808]}"#, ProblemKind::Broken),
        (r#"{"type":"LineString","arcs":[2]}"#, ProblemKind::Broken),
        (r#"{"type":"LineString","arcs":[[0]]}"#, ProblemKind::Nesting),
        (r#"{"type":"LineString"}"#, ProblemKind::Nesting),
        (r#"{"type":"Point","coordinates":["a",2]}"#, ProblemKind::Position),
        (r#"{"type":"Circle","arcs":[0]}"#, ProblemKind::UnknownGeometry),
        (r#"{"type":null}"#, ProblemKind::NoGeometry),
        (deep.as_str(), ProblemKind::TooDeep),
        ("7", ProblemKind::Broken),
    ] {
        let text = format!(
            "{{\"type\":\"Topology\",\"arcs\":[[[1,2],[3,4]],[[1]]],\"objects\":{{\"a\":{{\"type\":\"GeometryCollection\",\"geometries\":[{good},\n {bad},\n{good}]}}}}}}"
        );
        let read = batch(text.as_bytes(), "a.json");
        assert_eq!((read.places.len(), read.parts.len()), (3, 2), "{bad:.60}");
        assert!(read.problems.iter().any(|problem| problem.kind == kind), "{bad:.60}: {:?}", read.problems);
        let spot = Some(Spot::Line { line: 2, column: 2 });
        assert!(read.problems.iter().all(|problem| problem.spot == spot), "{:?}", read.problems);
    }
}

#[test]
fn what_is_cut_off_is_refused_with_its_place() {
    for end in 120..PLAIN.len() {
        let fault = imported(&PLAIN.as_bytes()[..end], "a.topojson").err();
        assert!(matches!(fault, Some(Fault::Syntax { line: 1..=6, .. })), "{end}: {fault:?}");
    }
}

#[test]
fn a_line_named_a_million_times_has_an_end() {
    let arc = vec!["[1,2]"; 1_000].join(",");
    let many = vec!["0"; 1_000_000].join(",");
    let text = format!(
        r#"{{"type":"Topology","objects":{{"a":{{"type":"LineString","arcs":[{many}]}}}},"arcs":[[{arc}]]}}"#
    );
    let watch = super::super::tests::Counted::default();
    let read_as = crate::format::ReadAs::default();
    let mut collector = Collector::new(&watch, &read_as, 1 << 24);
    let input = Input { bytes: text.as_bytes(), path: std::path::Path::new("a.json") };
    let halt = read(&input, &mut collector).expect_err("too large");
    assert!(matches!(halt, Halt::Fault(Fault::TooLarge { .. })), "{halt:?}");
}

#[test]
fn other_json_is_none() {
    for (text, name, is_one) in [
        (PLAIN, "a.json", true),
        (r#"{"type":"FeatureCollection","x":"Topology"}"#, "a.json", false),
        (r#"{"type":"FeatureCollection"}"#, "a.topojson", false),
        (r#"{"x":{"type":"Topology"}}"#, "a.json", false),
        ("[]", "a.topojson", false),
    ] {
        let input = Input { bytes: text.as_bytes(), path: std::path::Path::new(name) };
        assert_eq!(matches(&input), is_one, "{text:.40}");
    }
}
