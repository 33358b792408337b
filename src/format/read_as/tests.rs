//! Files in other systems than degrees of WGS84: placed, told of, and asked about.

use std::io::Write as _;

use super::*;
use crate::data::Spot;
use crate::format::{Patient, read, read_as};

fn opened(text: &str, end: &str, how: &ReadAs) -> (Vec<u8>, Batch) {
    let mut file = tempfile::Builder::new().suffix(end).tempfile().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("written");
    let (source, batch) = read_as(file.path(), how, &Patient).expect(text);
    ((*source).as_ref().to_vec(), batch)
}

fn plain(text: &str, end: &str) -> Batch {
    opened(text, end, &ReadAs::default()).1
}

fn kinds(batch: &Batch) -> Vec<ProblemKind> {
    batch.problems.iter().map(|problem| problem.kind).collect()
}

/// Whether the first vertex lies within about a hundred metres of a place.
fn is_at(batch: &Batch, lon: f64, lat: f64) -> bool {
    let place = batch.vertices[0].to_lonlat();
    (place.lon - lon).abs() < 1e-3 && (place.lat - lat).abs() < 1e-3
}

fn of_code(code: u32) -> ReadAs {
    ReadAs { crs: Some(Crs::of_code("EPSG", code)), ..ReadAs::default() }
}

/// Horgos in Web Mercator.
const METRES: &str = r#"{"type":"FeatureCollection","name":"a",
"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},
"features":[
{"type":"Feature","properties":{"coordinates":[1,2]},"geometry":{"type":"Point","coordinates":[8950087.06,5496444.99,9]}},
{"type":"Feature","properties":{},"geometry":null}
]}"#;

#[test]
fn geojson_in_metres_that_names_its_system_is_placed() {
    for text in [METRES.to_owned(), METRES.replace("urn:ogc:def:crs:EPSG::3857", "EPSG:3857"), at_the_end()] {
        let (source, batch) = opened(&text, ".geojson", &ReadAs::default());
        assert!(is_at(&batch, 80.4, 44.2), "{:?}", batch.vertices[0].to_lonlat());
        assert_eq!(kinds(&batch), [ProblemKind::NoGeometry]);
        let placed = batch.placed.expect("placed");
        assert_eq!((placed.code.as_deref(), placed.accuracy_m), (Some("EPSG:3857"), 0.0));
        assert_eq!(placed.system, "WGS 84 / Pseudo-Mercator");
        assert_eq!(batch.doubt, None);
        let written = String::from_utf8(source).expect("text");
        assert!(
            written.contains(r#""properties":{"coordinates":[1,2]}"#) && written.contains(",9]"),
            "{written}"
        );
        assert_eq!(written.lines().count(), text.lines().count());
    }
}

fn at_the_end() -> String {
    let crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}}";
    METRES.replace(&format!("{crs},\n"), "").replace("\n]}", &format!("\n],\n{crs}}}"))
}

#[test]
fn a_system_that_nobody_knows_is_named_and_read_as_it_stands() {
    let link = r#""crs":{"type":"link","properties":{"href":"http://example.org/my.wkt"}}"#;
    let named = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:MINE::7"}}"#;
    for (member, name) in [(link, "http://example.org/my.wkt"), (named, "MINE:7")] {
        let text = format!(
            r#"{{"type":"FeatureCollection",{member},"features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[80.4,44.2]}}}}]}}"#
        );
        let batch = plain(&text, ".geojson");
        assert_eq!(kinds(&batch), [ProblemKind::OtherCrs]);
        assert_eq!(batch.doubt.and_then(|doubt| doubt.unknown).as_deref(), Some(name));
        assert_eq!(batch.placed, None);
        let (_, said) = opened(&text, ".geojson", &of_code(4326));
        assert!(kinds(&said).is_empty() && said.placed.is_some() && said.doubt.is_none());
    }
}

#[test]
fn metres_without_a_system_are_asked_about_and_not_drawn() {
    let text = METRES.replace(
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}},\n",
        "",
    );
    let batch = plain(&text, ".geojson");
    assert_eq!(kinds(&batch), [ProblemKind::Metres]);
    assert!(batch.vertices.is_empty() && batch.places.len() == 2);
    let doubt = batch.doubt.expect("a doubt");
    assert_eq!((doubt.suspicion, doubt.guesses[0].code), (Suspicion::Metres, 3857));
    let (_, said) = opened(&text, ".geojson", &of_code(3857));
    assert!(is_at(&said, 80.4, 44.2) && said.doubt.is_none());
}

#[test]
fn degrees_in_a_system_of_metres_are_asked_about_and_not_drawn_beside_zero() {
    let text = METRES.replace("8950087.06,5496444.99", "80.4,44.2");
    let batch = plain(&text, ".geojson");
    assert_eq!(kinds(&batch), [ProblemKind::Degrees]);
    assert!(batch.vertices.is_empty() && batch.placed.is_none());
    assert_eq!(batch.doubt.expect("a doubt").suspicion, Suspicion::Degrees);
    let (_, said) = opened(&text, ".geojson", &of_code(4326));
    assert!(is_at(&said, 80.4, 44.2) && said.doubt.is_none());
}

#[test]
fn a_table_in_metres_is_asked_about_and_read_as_a_person_says() {
    // Zone 39 of three degrees, northing first, as surveyors write it.
    let text = "name,x,y\na,4412345.6,39512345.1\nb,4412445.6,39512445.1\nc,,\n";
    let batch = plain(text, ".csv");
    assert_eq!(kinds(&batch), [ProblemKind::Metres]);
    assert!(batch.vertices.is_empty() && batch.places.len() == 3);
    let doubt = batch.doubt.expect("a doubt");
    let first = &doubt.guesses[0];
    assert_eq!((first.code, first.is_swapped), (4527, true));
    let how = ReadAs { swap: true, ..of_code(4527) };
    let (source, said) = opened(text, ".csv", &how);
    assert!(is_at(&said, 117.1441, 39.8452), "{:?}", said.vertices[0].to_lonlat());
    let placed = said.placed.expect("placed");
    assert!(placed.is_swapped && placed.accuracy_m == 1.0 && placed.code.as_deref() == Some("EPSG:4527"));
    assert_eq!(kinds(&Batch { problems: said.problems, ..Batch::default() }), [ProblemKind::NoGeometry]);
    assert!(String::from_utf8_lossy(&source).contains("\"x\":4412345.6"));
}

#[test]
fn swapped_degrees_are_noticed_and_turned_when_asked() {
    let text = "name,x,y\na,39.9,116.4\nb,37.5,126.9\n";
    let batch = plain(text, ".csv");
    assert_eq!((kinds(&batch), batch.vertices.len()), (vec![ProblemKind::Swapped], 0));
    let (_, said) = opened(text, ".csv", &ReadAs { swap: true, ..ReadAs::default() });
    assert!(is_at(&said, 116.4, 39.9) && said.doubt.is_none());
    let arctic = plain("lon,lat\n44.2,80.4\n43.8,87.6\n", ".csv");
    assert_eq!((kinds(&arctic), arctic.vertices.len()), (vec![ProblemKind::PerhapsSwapped], 2));
    let honest = plain("lon,lat\n80.4,44.2\n25.5,71.1\n200,10\n", ".csv");
    assert!(honest.doubt.is_none(), "{:?}", honest.doubt);
}

#[test]
fn an_offset_is_taken_off_and_its_size_said() {
    let text = "lon,lat\n116.404,39.910\n";
    let (_, said) = opened(text, ".csv", &ReadAs { offset: Some(Offset::Gcj02), ..ReadAs::default() });
    let placed = said.placed.as_ref().expect("placed");
    let moved = placed.shift_m.expect("metres");
    assert!((400.0..700.0).contains(&moved) && placed.accuracy_m == Offset::ACCURACY_M, "{placed:?}");
    assert!(!is_at(&said, 116.404, 39.910));
    let kml = "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Placemark><Point><coordinates>116.404,39.910</coordinates></Point></Placemark></kml>";
    let (_, same) = opened(kml, ".kml", &ReadAs { offset: Some(Offset::Gcj02), ..ReadAs::default() });
    assert_eq!(same.vertices, said.vertices);
}

#[test]
fn well_known_text_with_a_code_is_placed_and_what_has_no_place_is_told() {
    let text = "SRID=32644;POINT(524767.35 4672025.94)\nSRID=32644;POINT(1e12 1e12)\n";
    let batch = plain(text, ".wkt");
    assert!(is_at(&batch, 81.3, 42.2));
    assert_eq!(kinds(&batch), [ProblemKind::Position]);
    assert_eq!(batch.placed.and_then(|placed| placed.code).as_deref(), Some("EPSG:32644"));
    let bad = METRES.replace("8950087.06", "9e99").replace("EPSG::3857", "EPSG::32644");
    assert!(kinds(&plain(&bad, ".geojson")).contains(&ProblemKind::Position));
}

#[test]
fn a_format_that_can_name_a_system_and_does_not_is_asked_about() {
    let text = "POINT(8950087 5496445)\nPOINT(8950187 5496545)\n";
    let batch = plain(text, ".wkt");
    assert_eq!((kinds(&batch), batch.vertices.len()), (vec![ProblemKind::Metres], 0));
    assert_eq!(batch.problems[0].spot, Some(Spot::Line { line: 1, column: 1 }));
    let (_, said) = opened(text, ".wkt", &of_code(3857));
    assert!(is_at(&said, 80.4, 44.2) && said.problems.is_empty());
    let unknown = plain("SRID=9;POINT(8950087 5496445)\n", ".wkt");
    assert_eq!(kinds(&unknown), [ProblemKind::OtherCrs, ProblemKind::Metres]);
    let doubt = unknown.doubt.expect("a doubt");
    assert_eq!((doubt.unknown.as_deref(), doubt.suspicion), (Some("EPSG:9"), Suspicion::Metres));
}

#[test]
fn a_system_of_a_person_goes_before_that_of_the_file() {
    let (_, batch) = opened("SRID=4326;POINT(8950087 5496445)\n", ".wkt", &of_code(3857));
    assert!(is_at(&batch, 80.4, 44.2));
    let (_, batch) = opened(&METRES.replace("EPSG::3857", "EPSG::4527"), ".geojson", &of_code(3857));
    let code = batch.placed.as_ref().and_then(|placed| placed.code.as_deref());
    assert!(is_at(&batch, 80.4, 44.2) && code == Some("EPSG:3857"));
}

#[test]
fn whoever_stops_the_turning_stops_the_file() {
    struct Stops;
    impl Watch for Stops {
        fn next(&self, _bytes: u64, _vertices: u64) -> Next {
            Next::Drop
        }
    }
    let mut file = tempfile::Builder::new().suffix(".geojson").tempfile().expect("a temporary file");
    file.write_all(METRES.as_bytes()).expect("written");
    let stopped = read(file.path(), &Stops).err().map(|error| error.fault);
    assert_eq!(stopped, Some(Fault::Stopped));
}

#[test]
fn metres_are_not_shown_early() {
    struct Eager(std::sync::atomic::AtomicUsize);
    impl Watch for Eager {
        fn next(&self, _bytes: u64, _vertices: u64) -> Next {
            Next::GoOn
        }
        fn wants_preview(&self, _vertices: u64) -> bool {
            true
        }
        fn preview(&self, _source: Source, batch: Batch) {
            self.0.fetch_add(batch.vertices.len(), std::sync::atomic::Ordering::Relaxed);
        }
    }
    for (numbers, end, is_shown) in [
        ("[8950087,5496445]", ".geojson", false),
        ("[80.4,44.2]", ".geojson", true),
        ("8950087 5496445", ".wkt", false),
        ("80.4 44.2", ".wkt", true),
    ] {
        let one = match end {
            ".wkt" => format!("POINT({numbers})\n"),
            _ => format!("{{\"type\":\"Point\",\"coordinates\":{numbers}}}\n"),
        };
        let mut file = tempfile::Builder::new().suffix(end).tempfile().expect("a temporary file");
        file.write_all(one.repeat(20).as_bytes()).expect("written");
        let eager = Eager(std::sync::atomic::AtomicUsize::new(0));
        read(file.path(), &eager).expect("read");
        assert_eq!(eager.0.into_inner() > 0, is_shown, "{one}");
    }
}

#[test]
fn degrees_open_as_before() {
    let text = r#"{"type":"Point","coordinates":[80.4,44.2]}"#;
    let mut file = tempfile::Builder::new().suffix(".geojson").tempfile().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("written");
    let (source, batch) = read(file.path(), &Patient).expect("read");
    assert_eq!((*source).as_ref(), text.as_bytes());
    assert!(batch.placed.is_none() && batch.doubt.is_none() && batch.problems.is_empty());
}
