//! What all readers share: files found by what is in them, places of faults, and an end to what is read.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Reads all, and remembers what it was told.
#[derive(Default)]
pub(super) struct Counted {
    bytes: AtomicU64,
    vertices: AtomicU64,
}

impl Watch for Counted {
    fn next(&self, bytes: u64, vertices: u64) -> Next {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.vertices.fetch_add(vertices, Ordering::Relaxed);
        Next::GoOn
    }
}

/// The features of some bytes.
pub(super) fn imported(bytes: &[u8], name: &str) -> Result<Imported, Fault> {
    let path = Path::new(name);
    import(bytes, path, &Counted::default()).expect("a format").map_err(|error| error.fault)
}

/// The lines of what was read, and the kinds of its problems.
pub(super) fn lines(bytes: &[u8], name: &str) -> (Vec<String>, Vec<ProblemKind>) {
    let read = imported(bytes, name).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    let text = String::from_utf8(read.text).expect("text");
    for line in text.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    let kinds = read.problems.iter().map(|problem| problem.kind).collect();
    (text.lines().map(str::to_owned).collect(), kinds)
}

/// The batch that a window would show.
pub(super) fn batch(bytes: &[u8], name: &str) -> Batch {
    read((bytes, Path::new(name)), &ReadAs::default(), &Counted::default())
        .expect("a format")
        .expect("features")
        .1
}

/// A file of the public collections, where the folder of them is known.
pub(super) fn corpus(name: &str) -> Option<(std::path::PathBuf, Vec<u8>)> {
    let Some(folder) = std::env::var_os("ATLAS_CORPORA") else {
        println!("ATLAS_CORPORA is not set: {name} is not read");
        return None;
    };
    let path = Path::new(&folder).join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some((path, bytes))
}

const THREE: &str = "<gpx version=\"1.1\">\n<wpt lat=\"1\" lon=\"2\"/>\n<wpt lat=\"95\" lon=\"2\"/>\n<rte><rtept lat=\"1\" lon=\"2\"/><rtept lat=\"3\" lon=\"4\"/></rte>\n</gpx>";

#[test]
fn a_problem_stands_where_the_file_has_it() {
    let batch = batch(THREE.as_bytes(), "a.gpx");
    assert_eq!(batch.places.len(), 3);
    let [problem] = &batch.problems[..] else { panic!("{:?}", batch.problems) };
    assert_eq!((problem.kind, problem.feature), (ProblemKind::OutOfRange, Some(1)));
    assert_eq!(problem.spot, Some(Spot::Line { line: 3, column: 1 }));
    let told = crate::format::told(crate::i18n::Strings::embedded(crate::i18n::Language::En), b"", problem);
    assert!(told.starts_with("Line 3, column 1: "), "{told}");
}

#[test]
fn bytes_and_vertices_are_told_once() {
    let watch = Counted::default();
    read((THREE.as_bytes(), Path::new("a.gpx")), &ReadAs::default(), &watch)
        .expect("a format")
        .expect("features");
    assert_eq!(watch.bytes.into_inner(), THREE.len() as u64);
    assert_eq!(watch.vertices.into_inner(), 4);
}

/// Answers the same to all.
struct Says(Next);

impl Watch for Says {
    fn next(&self, _bytes: u64, _vertices: u64) -> Next {
        self.0
    }
}

#[test]
fn a_person_can_keep_what_was_read_or_drop_it() {
    let many = format!("<gpx>{}</gpx>", "<wpt lat=\"1\" lon=\"2\"/>".repeat(200_000));
    let read = |next| {
        read((many.as_bytes(), Path::new("a.gpx")), &ReadAs::default(), &Says(next)).expect("a format")
    };
    let all = read(Next::GoOn).expect("all").1;
    let kept = read(Next::Keep).expect("some").1;
    assert_eq!(all.places.len(), 200_000);
    assert!((1..200_000).contains(&kept.places.len()), "{}", kept.places.len());
    assert_eq!(read(Next::Drop).err().map(|error| error.fault), Some(Fault::Stopped));
}

#[test]
fn there_is_an_end_to_what_a_file_becomes() {
    let watch = Counted::default();
    let read_as = crate::format::ReadAs::default();
    let mut collector = Collector::new(&watch, &read_as, 1_000);
    let properties = property::Properties::default();
    let spot = Spot::Record(1);
    let end = (0..100).find_map(|_| {
        let feature =
            collect::Feature { spot, id: None, geometry: None, properties: &properties, faults: Vec::new() };
        collector.add(&feature).err()
    });
    assert!(matches!(end, Some(Halt::Fault(Fault::TooLarge { .. }))), "{end:?}");
    assert!((10..30).contains(&collector.len()));
}

#[test]
fn a_file_without_features_says_so() {
    assert_eq!(imported(b"<gpx/>", "a.gpx").err(), Some(Fault::NoFeatures { format: "GPX" }));
    let broken = imported(b"<gpx><wpt", "a.gpx").err();
    let spot = Some(Spot::Line { line: 1, column: 6 });
    assert_eq!(broken, Some(Fault::Broken { format: "GPX", spot, what: ProblemKind::Truncated }));
}

#[test]
fn what_is_inside_decides_before_the_name() {
    for (bytes, name, format) in [
        (&b"<?xml version=\"1.0\"?>\n<gpx/>"[..], "a.kml", "GPX"),
        (b"\xef\xbb\xbf<kml xmlns=\"x\"/>", "a.gpx", "KML"),
        (b"<!-- <gpx> --><Placemark/>", "a", "KML"),
        (b"<svg/>", "a.kml", ""),
        (b"{\"type\":\"FeatureCollection\"}", "a.kml", ""),
        (b"", "a.gpx", ""),
    ] {
        let found = found(&Input { bytes, path: Path::new(name) });
        assert_eq!(found.map_or("", |format| format.name), format, "{name}");
    }
}

proptest! {
    /// Whatever the bytes are, they are read or refused.
    #[test]
    fn no_bytes_end_the_program(number in 0..SEEDS.len(), cuts in vec((0..400_usize, any::<u8>()), 1..12)) {
        let (seed, name) = SEEDS[number];
        let mut bytes = seed.to_vec();
        for (at, value) in cuts {
            let at = at % bytes.len();
            match value % 3 {
                0 => bytes[at] = value,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, value),
            }
            if bytes.is_empty() {
                bytes.push(value);
            }
        }
        if let Some(Ok(read)) = import(&bytes, Path::new(name), &Counted::default()) {
            let text = String::from_utf8(read.text).expect("text");
            prop_assert_eq!(text.lines().count(), read.spots.len());
            for line in text.lines() {
                prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", line);
            }
        }
    }
}

/// A good file of each format that is text.
const SEEDS: [(&[u8], &str); 4] = [
    (THREE.as_bytes(), "a.gpx"),
    (
        b"<kml><Folder><name>f</name><Placemark id=\"7\"><name>&lt;a&gt;</name><TimeSpan><begin>1</begin></TimeSpan><ExtendedData><Data name=\"n\"><value>1.5</value></Data></ExtendedData><MultiGeometry><Point><coordinates>1,2,3</coordinates></Point><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark></Folder></kml>",
        "a.kml",
    ),
    (
        br#"{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[1,0]},"objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"Point","id":1,"properties":{"a":[1,{"b":"c"}]},"coordinates":[4,5]},{"type":"LineString","arcs":[0]},{"type":"MultiPolygon","arcs":[[[-1]]]}]}},"arcs":[[[4,0],[19,9],[2,-9],[2,9]]]}"#,
        "a.topojson",
    ),
    (
        b"SRID=4326;POINT Z (1 2 3)\nMULTIPOLYGON(((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1)))\nGEOMETRYCOLLECTION(POINT EMPTY,LINESTRING(1 2,3 4))\n",
        "a.wkt",
    ),
];
