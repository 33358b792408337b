//! Files of GPX, good and bad.

use super::super::tests::{batch, corpus, lines};
use crate::data::{Fault, PartKind, ProblemKind};

const FILE: &str = r#"<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><name>not a feature</name><bounds minlat="0" minlon="0" maxlat="1" maxlon="1"/></metadata>
<wpt lat="44.2" lon="80.4"><ele>1200.5</ele><time>2020-05-01T00:00:00Z</time><name>霍尔果斯</name><link href="http://example.org/"><text>x</text></link><sat>7</sat><extensions><a:color>red</a:color></extensions></wpt>
<rte><name>R</name><number>3</number><rtept lat="1" lon="2"><name>p</name></rtept><rtept lat="3" lon="4"><ele>5</ele></rtept></rte>
<trk><name>T</name><trkseg><trkpt lat="1" lon="2"><ele>9</ele><time>2020-01-01</time></trkpt><trkpt lat="1.5" lon="2.5"><time>2020-01-02</time></trkpt></trkseg><trkseg/><trkseg><trkpt lat="3" lon="4"/><trkpt lat="5" lon="6"/></trkseg></trk>
</gpx>"#;

#[test]
fn waypoints_routes_and_tracks_are_features() {
    let (lines, kinds) = lines(FILE.as_bytes(), "a.gpx");
    assert_eq!(
        lines,
        [
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[80.4,44.2,1200.5]},"properties":{"ele":1200.5,"time":"2020-05-01T00:00:00Z","name":"霍尔果斯","link":"http://example.org/","sat":7,"color":"red","layer":"waypoints"}}"#,
            r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[2,1],[4,3,5]]},"properties":{"name":"R","number":3,"layer":"routes"}}"#,
            r#"{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[2,1,9],[2.5,1.5]],[[4,3],[6,5]]]},"properties":{"name":"T","begin":"2020-01-01","end":"2020-01-02","layer":"tracks"}}"#,
        ]
    );
    assert!(kinds.is_empty(), "{kinds:?}");
}

#[test]
fn what_is_broken_is_told_and_the_rest_opens() {
    let good = r#"<wpt lat="1" lon="2"/>"#;
    for (bad, kind, features) in [
        (r#"<wpt lat="x" lon="2"/>"#, ProblemKind::Position, 3),
        (r#"<wpt lon="2"/>"#, ProblemKind::Position, 3),
        (
            r#"<trk><trkseg><trkpt lat="1"/><trkpt lat="1" lon="2"/><trkpt lat="1" lon="3"/></trkseg></trk>"#,
            ProblemKind::Position,
            3,
        ),
        (r#"<wpt lat="1" lon="2"><name>n</wpt>"#, ProblemKind::Broken, 3),
        (r#"<trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk>"#, ProblemKind::TooShort, 3),
        ("<trk><name>empty</name></trk>", ProblemKind::NoGeometry, 3),
    ] {
        let batch = batch(format!("<gpx>{good}\n{bad}\n{good}</gpx>").as_bytes(), "a.gpx");
        let kinds: Vec<ProblemKind> = batch.problems.iter().map(|problem| problem.kind).collect();
        assert!(kinds.contains(&kind), "{bad}: {kinds:?}");
        assert_eq!(batch.places.len(), features, "{bad}");
        assert!(batch.parts.iter().any(|part| part.row as usize == features - 1), "{bad}");
    }
}

#[test]
fn cut_anywhere_it_still_says_something() {
    let begin = FILE.find("<metadata").expect("an element in the first");
    for end in begin..FILE.len() {
        let read = super::super::tests::imported(&FILE.as_bytes()[..end], "a.gpx");
        assert!(
            matches!(read, Ok(_) | Err(Fault::Broken { .. } | Fault::NoFeatures { .. })),
            "{end}: {read:?}"
        );
    }
}

#[test]
fn public_files_open() {
    for (name, features, lines) in [
        ("gpx/tests/fixtures/wikipedia_example.gpx", 1, 1),
        ("gpx/tests/fixtures/garmin-activity.gpx", 2, 1),
        ("gpx/tests/fixtures/with_accuracy.gpx", 1, 1),
        ("gpx/tests/fixtures/caltopo-export.gpx", 2, 2),
        ("gpx/tests/fixtures/viking_with_route_extensions.gpx", 3, 1),
        ("geozero/geozero/tests/data/extensive.gpx", 4, 3),
    ] {
        let Some((path, bytes)) = corpus(name) else { return };
        let batch = batch(&bytes, &path.to_string_lossy());
        let of_lines = batch.parts.iter().filter(|part| part.kind == PartKind::Line).count();
        assert_eq!((batch.places.len(), of_lines), (features, lines), "{name}");
        // A track or a route without a single position is a feature without a place.
        let is_empty = |problem: &crate::data::Problem| problem.kind == ProblemKind::NoGeometry;
        assert!(batch.problems.iter().all(is_empty), "{name}: {:?}", batch.problems);
    }
}
