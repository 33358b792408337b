//! Files good and bad: what is read, what is said of them, and that nothing ends the program.

use std::io::Write;

use super::*;
use crate::data::{Dataset, PartKind, ProblemKind};
use crate::geo::LonLat;

fn file(text: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text).expect("written");
    file
}

fn batch(text: &str) -> Batch {
    read(file(text.as_bytes()).path(), &Patient).map(|(_, batch)| batch).expect(text)
}

fn refusal(path: &Path) -> String {
    read(path, &Patient).err().map(|error| error.to_string()).unwrap_or_default()
}

fn kinds(batch: &Batch) -> Vec<ProblemKind> {
    batch.problems.iter().map(|problem| problem.kind).collect()
}

fn collection(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"a":1}},"geometry":{geometry}}}]}}"#
    )
}

#[test]
fn every_type_of_geometry_becomes_its_parts() {
    use PartKind::{Hole, Line, Outer, Point};
    let cases: [(&str, &[PartKind], usize); 9] = [
        (r#"{"type":"Point","coordinates":[1,2]}"#, &[Point], 1),
        (r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4,5]]}"#, &[Point], 2),
        (r#"{"coordinates":[[1,2],[3,4]],"type":"LineString"}"#, &[Line], 2),
        (r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#, &[Line, Line], 4),
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}"#,
            &[Outer, Hole],
            8,
        ),
        (
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]],[[[1,1],[2,1],[2,2],[1,1]]]]}"#,
            &[Outer, Outer],
            8,
        ),
        (
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}"#,
            &[Point, Line],
            3,
        ),
        (r#"{"type":"LineString","coordinates":[[170,0],[-170,10]]}"#, &[Line, Line], 4),
        (r#"{"type":"MultiPolygon","coordinates":[]}"#, &[], 0),
    ];
    for (geometry, parts, vertices) in cases {
        let batch = batch(&collection(geometry));
        assert_eq!(batch.parts.iter().map(|part| part.kind).collect::<Vec<_>>(), parts, "{geometry}");
        assert_eq!(batch.vertices.len(), vertices, "{geometry}");
        let told = kinds(&batch);
        assert!(told.is_empty(), "{geometry}: {told:?}");
    }
}

#[test]
fn numbers_are_read_as_the_standard_library_reads_them() {
    for text in
        ["0.1", "-179.999999999", "12.345678901234567890", "1e1", "-1.5E+1", "00012", "89.99999999999999"]
    {
        let batch = batch(&collection(&format!(r#"{{"type":"Point","coordinates":[{text},{text}]}}"#)));
        let value: f64 = text.parse().expect(text);
        let (read, wanted) = (batch.vertices[0], LonLat::new(value, value).to_world());
        let is_near = read.x.abs_diff(wanted.x) <= 1 && read.y.abs_diff(wanted.y) <= 1;
        assert!(is_near, "{text}: {read:?} {wanted:?}");
    }
}

#[test]
fn what_is_wrong_is_said_and_the_rest_opens() {
    let good = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    for (bad, kind) in [
        (r#"{"type":"Feature","geometry":null,"properties":{}}"#, ProblemKind::NoGeometry),
        (
            r#"{"type":"Feature","geometry":{"type":"Circle","coordinates":[1,2]}}"#,
            ProblemKind::UnknownGeometry,
        ),
        (r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[[1,2]]}}"#, ProblemKind::Nesting),
        (r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1]}}"#, ProblemKind::Position),
        (r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[200,2]}}"#, ProblemKind::OutOfRange),
        (
            r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2]]}}"#,
            ProblemKind::TooShort,
        ),
        (
            r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9]]]}}"#,
            ProblemKind::UnclosedRing,
        ),
        (r#"{"type":"Feature","geometry":{"type":"Point","coordinates":["a",2]}}"#, ProblemKind::Syntax),
        (r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[[[[[1]]]]]}}"#, ProblemKind::Syntax),
    ] {
        let batch = batch(&format!(r#"{{"type":"FeatureCollection","features":[{good},{bad},{good}]}}"#));
        assert!(kinds(&batch).contains(&kind), "{bad}: {:?}", kinds(&batch));
        assert_eq!(batch.problems[0].feature, Some(1), "{bad}");
        assert_eq!(batch.places.len(), 3);
        assert!(batch.parts.iter().any(|part| part.row == 2), "{bad}");
    }
}

#[test]
fn lines_and_records_are_features_too() {
    let line = r#"{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    for text in [format!("{line}\n{line}\r\n{line}\n"), format!("\u{1e}{line}\n\u{1e}{line}\n\u{1e}{line}\n")]
    {
        let batch = batch(&text);
        assert_eq!((batch.places.len(), batch.parts.len()), (3, 3), "{text}");
    }
    let batch = batch(&format!("\u{feff}{line}"));
    assert_eq!(batch.places.len(), 1);
}

#[test]
fn a_file_cut_short_opens_as_far_as_it_goes() {
    let good = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    let text = format!(r#"{{"type":"FeatureCollection","features":[{good},{good},{}"#, &good[..50]);
    let batch = batch(&text);
    assert_eq!(batch.places.len(), 2);
    assert_eq!(kinds(&batch), [ProblemKind::Truncated]);
}

#[test]
fn what_is_no_map_file_is_refused_with_its_place() {
    for text in ["", "   ", "hello", "[1,2]", "PK\u{3}\u{4}"] {
        assert!(read(file(text.as_bytes()).path(), &Patient).is_err(), "{text:?}");
    }
    let error = read(file(b"{\n  \"features\" 1}").path(), &Patient).err().map(|error| error.to_string());
    assert!(error.as_ref().is_some_and(|error| error.contains("Line 2, column 14")), "{error:?}");
    assert!(read(std::path::Path::new("/nowhere/at.geojson"), &Patient).is_err());
}

#[test]
fn a_feature_off_the_world_does_not_make_the_others_small_but_many_do_count() {
    let features = |off: usize| {
        let lon = |n: usize| if n < off { 200.0 } else { 20.0 + n as f64 * 0.1 };
        let lines = (0..20).map(|n| format!("{{\"type\":\"Point\",\"coordinates\":[{},10]}}\n", lon(n)));
        let (source, batch) =
            read(file(lines.collect::<String>().as_bytes()).path(), &Patient).expect("read");
        Dataset::new(source, batch).0.bounds.expect("bounds")
    };
    let width = |bounds: crate::geo::WorldBounds| bounds.max.x - bounds.min.x;
    assert!(width(features(1)) < 1 << 26, "{:?}", features(1));
    assert!(width(features(5)) > 1 << 31, "{:?}", features(5));
}

#[test]
fn properties_come_back_in_their_own_order_and_exact() {
    let text = r#"{"type":"Feature","id":7,"properties":{"zeta":1.50,"alpha":"ä","name":"Almaty","n":null},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    let (source, batch) = read(file(text.as_bytes()).path(), &Patient).expect("reads");
    let (dataset, _) = Dataset::new(source, batch);
    let (id, properties) = id_and_properties(dataset.bytes(0).expect("bytes"));
    assert_eq!(id, Some(7.into()));
    let keys: Vec<&str> = properties.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["zeta", "alpha", "name", "n"]);
    assert_eq!(name_of(&properties).as_deref(), Some("Almaty"));
}

#[test]
fn damaged_files_never_end_the_program() {
    let text = collection(
        r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}"#,
    );
    let bytes = text.as_bytes();
    // A fixed sequence of places and bits (Knuth's multiplier).
    let mut seed = 12_345_u64;
    for cut in (0..bytes.len()).step_by(3) {
        let _ = read(file(&bytes[..cut]).path(), &Patient);
        let mut flipped = bytes.to_vec();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        flipped[cut] ^= 1 << (seed >> 61);
        if let Ok((source, batch)) = read(file(&flipped).path(), &Patient) {
            let (dataset, mut unfilled) = Dataset::new(source, batch);
            for number in 0..dataset.levels.len() {
                dataset.fill(&mut unfilled, number, || true);
            }
        }
    }
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    let batch = batch(&collection(&format!(r#"{{"type":"Point","coordinates":{deep}}}"#)));
    assert_eq!(kinds(&batch), [ProblemKind::Syntax]);
}

#[test]
fn every_property_becomes_a_column() {
    let text = concat!(
        r#"{"type":"FeatureCollection","features":["#,
        r#"{"type":"Feature","id":7,"properties":{"name":"a\u00e9\"b","n":1,"x":null,"list":[1,{"a":"]"}]},"geometry":null},"#,
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"n":2.5,"on":"2013-09-07","is":true}},"#,
        r#"{"type":"Feature","properties":null,"geometry":null}"#,
        "]}"
    );
    let (source, batch) = read(file(text.as_bytes()).path(), &Patient).expect("read");
    let (dataset, _) = Dataset::new(source, batch);
    let table = columns(&dataset);
    let told: Vec<(&str, Vec<String>)> = table
        .columns
        .iter()
        .map(|column| {
            let text = |row| column.text(row).unwrap_or("-".into()).into_owned();
            (column.name.as_str(), (0..table.rows()).map(text).collect())
        })
        .collect();
    let line = |values: [&str; 3]| values.map(str::to_owned).to_vec();
    assert_eq!(
        told,
        [
            ("id", line(["7", "-", "-"])),
            ("name", line(["a\u{e9}\"b", "-", "-"])),
            ("n", line(["1", "2.5", "-"])),
            ("list", line([r#"[1,{"a":"]"}]"#, "-", "-"])),
            ("on", line(["-", "2013-09-07", "-"])),
            ("is", line(["-", "true", "-"])),
        ]
    );
    assert_eq!(table.column("on").and_then(|column| column.instant(1)), Some(1_378_512_000));
}

#[test]
fn what_is_no_text_is_told_and_the_rest_of_its_feature_stays() {
    let latin = b"{\"type\":\"Feature\",\"properties\":{\"name\":\"Caf\xe9\",\"n\":3},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}";
    let (_, batch) = read(file(latin).path(), &Patient).expect("read");
    assert_eq!(kinds(&batch), [ProblemKind::Encoding]);
    assert_eq!(latin.get(batch.problems[0].byte as usize), Some(&0xe9));
    for (bytes, name) in [
        (latin.to_vec(), "Caf\u{fffd}"),
        (br#"{"properties":{"name":"a\ud800b","n":3}}"#.to_vec(), r"a\ud800b"),
        (b"{\"properties\":{\"name\":\"a\x01b\",\"n\":3}}".to_vec(), "a\u{1}b"),
    ] {
        let (_, properties) = id_and_properties(&bytes);
        assert_eq!(name_of(&properties).as_deref(), Some(name));
        assert_eq!(properties.len(), 2, "{name}");
    }
}

#[test]
fn json_that_is_no_geojson_is_refused_with_its_place() {
    for text in
        [r#"{"type":"FeatureCollection"}"#, r#"{"type":"FeatureCollection","features":null}"#, r#"{"a":1}"#]
    {
        let error = refusal(file(text.as_bytes()).path());
        assert!(error.contains("Line 1, column 1: JSON, but not GeoJSON"), "{error}");
    }
    let (_, batch) =
        read(file(br#"{"type":"FeatureCollection","features":[]}"#).path(), &Patient).expect("none");
    assert_eq!((batch.places.len(), batch.problems.len()), (0, 0));
    let lines = "{\"type\":\"Point\",\"coordinates\":[1,2]}\n{\"a\":1}\n";
    let (_, batch) = read(file(lines.as_bytes()).path(), &Patient).expect("a point");
    assert_eq!((batch.places.len(), kinds(&batch)), (1, vec![ProblemKind::NotGeoJson]));
}

/// Stops after so many vertices.
struct Stopper {
    vertices: std::sync::atomic::AtomicU64,
    after: u64,
    wish: Next,
    previews: std::sync::Mutex<Vec<usize>>,
}

impl Stopper {
    fn new(after: u64, wish: Next) -> Self {
        Self { vertices: 0.into(), after, wish, previews: Vec::new().into() }
    }
}

impl Watch for Stopper {
    fn next(&self, _bytes: u64, vertices: u64) -> Next {
        let before = self.vertices.fetch_add(vertices, std::sync::atomic::Ordering::Relaxed);
        if before + vertices >= self.after { self.wish } else { Next::GoOn }
    }

    fn wants_preview(&self, vertices: u64) -> bool {
        vertices >= 40_000 && self.previews.lock().expect("a lock").is_empty()
    }

    fn preview(&self, _source: Source, batch: Batch) {
        self.previews.lock().expect("a lock").push(batch.places.len());
    }
}

fn many_lines() -> String {
    let line = |number: usize| {
        let positions: Vec<String> =
            (0..100).map(|i| format!("[{}.5,{}.25]", (i + number) % 170, i % 80)).collect();
        let positions = positions.join(",");
        format!(
            r#"{{"type":"Feature","properties":{{"n":{number}}},"geometry":{{"type":"LineString","coordinates":[{positions}]}}}}"#
        )
    };
    let lines: Vec<String> = (0..2_000).map(line).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, lines.join(","))
}

#[test]
fn reading_that_is_stopped_keeps_the_begin_of_the_file_or_nothing() {
    let file = file(many_lines().as_bytes());
    let keep = Stopper::new(50_000, Next::Keep);
    let (source, batch) = read(file.path(), &keep).expect("the begin");
    let rows = batch.places.len();
    assert!((500..2_000).contains(&rows), "{rows}");
    assert_eq!(batch.problems, []);
    let (dataset, _) = Dataset::new(source, batch);
    for row in [0, rows as u32 / 2, rows as u32 - 1] {
        let (_, properties) = id_and_properties(dataset.bytes(row).expect("bytes"));
        assert_eq!(shown(&properties[0].1), row.to_string());
    }
    let drop = read(file.path(), &Stopper::new(50_000, Next::Drop));
    assert!(matches!(drop, Err(ReadError { fault: Fault::Stopped, .. })));
}

#[test]
fn a_preview_is_the_begin_of_the_file() {
    let watch = Stopper::new(u64::MAX, Next::Keep);
    let (_, batch) = read(file(many_lines().as_bytes()).path(), &watch).expect("read");
    let previews = watch.previews.into_inner().expect("a lock");
    assert_eq!((batch.places.len(), previews.len()), (2_000, 1));
    assert!((400..2_000).contains(&previews[0]), "{previews:?}");
}

#[test]
fn a_place_in_a_file_counts_lines_and_characters() {
    let text = "ab\nhórgos 霍尔\nx".as_bytes();
    let places = [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (6, (2, 3)), (11, (2, 8)), (14, (2, 9))];
    for (byte, place) in places {
        assert_eq!(line_and_column(text, byte), place, "byte {byte}");
    }
    assert_eq!(line_and_column(text, 999), (3, 2), "the end of the file");
}

#[test]
fn a_problem_is_told_with_its_place_and_a_feature_is_called_by_its_name() {
    let strings = Strings::embedded(crate::i18n::Language::En);
    let problem = Problem { kind: ProblemKind::NoGeometry, feature: Some(1), byte: 3, spot: None };
    let said = told(strings, b"ab\ncd", &problem);
    assert_eq!(said, format!("Line 2, column 1: {}", strings.problems.no_geometry));
    let text = b"ab\ncd\n\n\xe4\xb8\xadx";
    let problems: Vec<Problem> = [0, 3, 3, 10, 99]
        .map(|byte| Problem { kind: ProblemKind::NoGeometry, feature: None, byte, spot: None })
        .to_vec();
    let each: Vec<String> = problems.iter().map(|problem| told(strings, text, problem)).collect();
    assert_eq!(told_all(strings, text, &problems), each);
    let named = br#"{"type":"Feature","properties":{"name":"North road"},"geometry":null}"#;
    assert_eq!(label(named, 4), "North road");
    assert_eq!(label(br#"{"type":"Feature","properties":{},"geometry":null}"#, 4), "#5");
}

mod antimeridian;
mod broken;
