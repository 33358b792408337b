//! Files read back by other readers, and hostile features through every writer.

use std::path::PathBuf;

use ::flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
use rusqlite::Connection;

use super::*;

const RICH: [&str; 6] = [
    r#"{"type":"Feature","id":"a-1","properties":{"name":"霍尔果斯 \"x\"","Name":"other","km":1.50,"n":7,"ok":true,"tags":{"a":[1]},"geom":"g","big":18446744073709551615},"geometry":{"type":"Point","coordinates":[80.41,44.21,790]}}"#,
    r#"{"type":"Feature","properties":{"name":"line","km":2,"n":9007199254740993,"ok":false,"tags":[1,2]},"geometry":{"type":"LineString","coordinates":[[80,44],[81.5,45]]}}"#,
    r#"{"type":"Feature","properties":{"name":null},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]],[[1,0.5],[2,0.5],[2,1],[1,0.5]]],[[[20,20],[21,20],[21,21]]]]}}"#,
    r#"{"type":"Feature","properties":{"name":"all"},"geometry":{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2],[3,4]]},{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}]}}"#,
    r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8],[9,9]]]}"#,
    r#"{"type":"Feature","properties":{"name":"multi"},"geometry":{"type":"MultiPoint","coordinates":[[-10,-20]]}}"#,
];
const NOWHERE: &str = r#"{"type":"Feature","properties":{"name":"nowhere","km":NaN},"geometry":null}"#;

struct Out {
    _folder: tempfile::TempDir,
    path: PathBuf,
    written: Written,
}

fn out(format: OutFormat, features: &[&str]) -> Out {
    let bytes: Vec<&[u8]> = features.iter().map(|feature| feature.as_bytes()).collect();
    out_bytes(format, &bytes)
}

fn out_bytes(format: OutFormat, features: &[&[u8]]) -> Out {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out").with_extension(format.extension());
    let written = write(format, features, "a \"layer\"", &path).expect("written");
    Out { _folder: folder, path, written }
}

#[test]
fn the_end_of_a_name_says_the_format() {
    for format in OutFormat::ALL {
        let path = PathBuf::from("a.b").with_extension(format.extension().to_uppercase());
        assert_eq!(OutFormat::of_path(&path), Some(format));
    }
    assert_eq!(OutFormat::of_path(Path::new("a.json")), Some(OutFormat::GeoJson));
    assert_eq!(OutFormat::of_path(Path::new("csv")), None);
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    for format in OutFormat::ALL {
        let error = write(format, &[], "x", Path::new("/nowhere/at/all")).expect_err("no such folder");
        assert!(error.to_string().ends_with("/nowhere/at/all"), "{error}");
    }
}

#[test]
fn a_geopackage_gives_back_types_values_and_places() {
    let file = out(OutFormat::GeoPackage, &[&RICH[..], &[NOWHERE]].concat());
    let renamed: Vec<_> = file.written.renamed.iter().map(|(_, new)| new.as_str()).collect();
    assert_eq!(renamed, ["Name_2", "geom_2"]);
    let counts = (file.written.features, file.written.without_geometry, file.written.closed_rings);
    assert_eq!(counts, (7, 1, 1));
    let database = Connection::open(&file.path).expect("a database");
    let one = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0)).expect(sql);
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert_eq!(database.pragma_query_value(None, "application_id", |row| row.get(0)), Ok(0x4750_4B47));
    assert_eq!(database.pragma_query_value(None, "user_version", |row| row.get(0)), Ok(10_300));
    assert_eq!(
        one("SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)"),
        "-1,0,4326"
    );
    assert_eq!(
        one("SELECT geometry_type_name || z || column_name FROM gpkg_geometry_columns"),
        "GEOMETRY2geom"
    );
    assert_eq!(one("SELECT min_x || ' ' || max_y FROM gpkg_contents"), "-10.0 45.0");
    assert_eq!(
        one("SELECT group_concat(name || ':' || type, ' ') FROM pragma_table_info('a \"layer\"')"),
        "fid:INTEGER geom:GEOMETRY id:TEXT name:TEXT Name_2:TEXT km:REAL n:INTEGER ok:BOOLEAN tags:TEXT geom_2:TEXT big:TEXT"
    );
    let table = "FROM \"a \"\"layer\"\"\"";
    assert_eq!(
        one(&format!(
            "SELECT name || id || Name_2 || km || n || ok || tags || geom_2 || big {table} WHERE fid = 1"
        )),
        "霍尔果斯 \"x\"a-1other1.571{\"a\":[1]}g18446744073709551615"
    );
    assert_eq!(one(&format!("SELECT n || ' ' || typeof(km) {table} WHERE fid = 2")), "9007199254740993 real");
    assert_eq!(
        one(&format!("SELECT group_concat(length(geom)) {table} WHERE fid IN (1, 2)")),
        format!("{},{}", 40 + 29, 40 + 9 + 32)
    );
    assert_eq!(one(&format!("SELECT typeof(geom) || typeof(km) {table} WHERE name = 'nowhere'")), "nullnull");
}

/// The geometry's rings and positions, however deep.
#[derive(Default)]
struct Told(String);

impl ::flatgeobuf::geozero::GeomProcessor for Told {
    fn xy(&mut self, x: f64, y: f64, _: usize) -> ::flatgeobuf::geozero::error::Result<()> {
        self.0 += &[x.to_string(), " ".to_owned(), y.to_string(), ",".to_owned()].concat();
        Ok(())
    }
    fn linestring_end(&mut self, _: bool, _: usize) -> ::flatgeobuf::geozero::error::Result<()> {
        self.0.push('|');
        Ok(())
    }
    fn polygon_end(&mut self, _: bool, _: usize) -> ::flatgeobuf::geozero::error::Result<()> {
        self.0.push(';');
        Ok(())
    }
}

#[test]
fn a_flatgeobuf_gives_back_values_and_places_and_finds_by_place() {
    let file = out(OutFormat::FlatGeobuf, &RICH);
    assert!(file.written.is_indexed && file.written.features == 6, "{:?}", file.written);
    assert_eq!(file.written.heights_left_out, 1);
    let open =
        || FgbReader::open(std::io::BufReader::new(File::open(&file.path).expect("a file"))).expect("a file");
    let reader = open();
    let header = reader.header();
    assert_eq!((header.features_count(), header.has_z(), header.name()), (6, false, Some("a \"layer\"")));
    assert_eq!(header.crs().map(|crs| crs.code()), Some(4326));
    let mut features = open().select_all().expect("features");
    let mut told = Vec::new();
    while let Some(feature) = features.next().expect("a feature") {
        let mut places = Told::default();
        let geometry = feature.fbs_feature().geometry().expect("a geometry");
        geometry.process(&mut places, ::flatgeobuf::GeometryType::Unknown).expect("read");
        told.push((feature.property::<String>("name").ok(), places.0));
        if feature.property::<String>("name").is_ok_and(|name| name.starts_with('霍')) {
            assert_eq!(feature.property::<f64>("km").ok(), Some(1.5));
            assert_eq!(feature.property::<i64>("n").ok(), Some(7));
            assert_eq!(feature.property::<bool>("ok").ok(), Some(true));
            let text = feature.properties().expect("properties");
            assert_eq!(text.get("big").map(String::as_str), Some("18446744073709551615"));
            assert_eq!(text.get("tags").map(String::as_str), Some(r#"{"a":[1]}"#));
        }
    }
    told.sort();
    let wanted = [
        (None, "0 0,9 0,9 9,0 0,|1 0.5,2 0.5,2 1,1 0.5,|;20 20,21 20,21 21,20 20,|;"),
        (None, "1 2,3 4,|5 6,7 8,9 9,|"),
        (Some("all"), "1 2,3 4,0 0,1 0,1 1,0 0,|;1 2,3 4,|5 6,7 8,|"),
        (Some("line"), "80 44,81.5 45,|"),
        (Some("multi"), "-10 -20,"),
        (Some("霍尔果斯 \"x\""), "80.41 44.21,"),
    ];
    let wanted = wanted.map(|(name, places)| (name.map(str::to_owned), places.to_owned()));
    assert_eq!(told, wanted);
    let mut near = open().select_bbox(79.0, 43.0, 82.0, 46.0).expect("an index");
    let mut names = Vec::new();
    while let Some(feature) = near.next().expect("a feature") {
        names.extend(feature.property::<String>("name").ok());
    }
    names.sort();
    assert_eq!(names, ["line", "霍尔果斯 \"x\""]);
}

#[test]
fn a_flatgeobuf_keeps_a_feature_without_a_place_and_goes_without_an_index() {
    let file = out(OutFormat::FlatGeobuf, &[RICH[0], NOWHERE]);
    assert!(!file.written.is_indexed && file.written.without_geometry == 1);
    let reader = FgbReader::open(File::open(&file.path).expect("a file")).expect("a file");
    let mut features = reader.select_all_seq().expect("features");
    let mut heights = Vec::new();
    while let Some(feature) = features.next().expect("a feature") {
        let geometry = feature.fbs_feature().geometry();
        heights.push(geometry.map(|geometry| geometry.z().map(|z| z.get(0))));
    }
    assert_eq!(heights, [Some(Some(790.0)), None]);
}

#[test]
fn many_features_are_found_where_they_lie() {
    let features: Vec<String> = (0..1000)
        .map(|n| {
            format!(
                r#"{{"properties":{{"n":{n}}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}"#,
                n % 40,
                n / 40
            )
        })
        .collect();
    let texts: Vec<&str> = features.iter().map(String::as_str).collect();
    let file = out(OutFormat::FlatGeobuf, &texts);
    let reader =
        FgbReader::open(std::io::BufReader::new(File::open(&file.path).expect("a file"))).expect("a file");
    let mut found = reader.select_bbox(9.5, 9.5, 11.5, 10.5).expect("an index");
    let mut numbers = Vec::new();
    while let Some(feature) = found.next().expect("a feature") {
        numbers.extend(feature.property::<i64>("n").ok());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [410, 411]);
}

#[test]
fn nothing_is_a_file_too() {
    for format in OutFormat::ALL {
        assert_eq!(out(format, &[]).written, Written::default(), "{format:?}");
    }
}

#[test]
fn a_csv_and_a_geojson_are_read_back_by_the_atlas() {
    let file = out(OutFormat::Csv, &RICH);
    let sheet = crate::format::csv::read_csv(&std::fs::read(&file.path).expect("a file")).expect("a table");
    assert_eq!((sheet.rows.len(), sheet.problems.len()), (6, 0));
    assert_eq!(&sheet.columns[..6], ["longitude", "latitude", "altitude", "wkt", "id", "name"]);
    assert_eq!(&sheet.rows[0][..6], ["80.41", "44.21", "790", "", "a-1", "霍尔果斯 \"x\""]);
    let file = out(OutFormat::GeoJson, &RICH);
    let text = std::fs::read_to_string(&file.path).expect("a file");
    for feature in RICH {
        assert!(text.contains(feature), "{feature}");
    }
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
}

/// The texts of all elements of a name; every element must end where it should.
fn elements(xml: &[u8], wanted: &[u8]) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_reader(xml);
    let (mut buffer, mut texts, mut is_inside) = (Vec::new(), Vec::new(), false);
    loop {
        match reader.read_event_into(&mut buffer).expect("XML") {
            Event::Start(tag) if tag.name().as_ref() == wanted => {
                is_inside = true;
                texts.push(String::new());
            }
            Event::Text(text) if is_inside => {
                texts.last_mut().expect("one").push_str(&text.decode().expect("text"));
            }
            Event::GeneralRef(name) if is_inside => {
                let letter = name.resolve_char_ref().expect("a character").unwrap_or('"');
                texts.last_mut().expect("one").push(letter);
            }
            Event::End(_) => is_inside = false,
            Event::Eof => return texts,
            _ => {}
        }
        buffer.clear();
    }
}

#[test]
fn a_kml_is_xml_with_every_value_and_place() {
    let file = out(OutFormat::Kml, &[&RICH[..], &[NOWHERE]].concat());
    let xml = std::fs::read(&file.path).expect("a file");
    let names = elements(&xml, b"name");
    assert_eq!(names, ["a \"layer\"", "霍尔果斯 \"x\"", "line", "all", "multi", "nowhere"]);
    assert_eq!(elements(&xml, b"Placemark").len(), 7);
    assert_eq!(elements(&xml, b"coordinates")[..2], ["80.41,44.21,790", "80,44 81.5,45"]);
    let values = elements(&xml, b"value");
    assert_eq!(values[..4], ["a-1", "霍尔果斯 \"x\"", "other", "1.50"]);
}

/// Every feature cut short at each byte, and with each byte made another.
fn hostile() -> Vec<Vec<u8>> {
    let mut features = Vec::new();
    for text in RICH {
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            features.push(bytes[..at].to_vec());
            for other in *b"\"{}[],:\\0e-\x00\xff" {
                let mut changed = bytes.to_vec();
                changed[at] = other;
                features.push(changed);
            }
        }
    }
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(500), close.repeat(500));
    let nested = "{\"type\":\"GeometryCollection\",\"geometries\":[";
    features.push(format!("{{\"geometry\":{}}}", deep(nested, "]}")).into_bytes());
    features.push(format!("{{\"properties\":{{\"a\":{}}}}}", deep("[", "]")).into_bytes());
    features.push(br#"{"properties":{"":1,"\u0000":2,"FID":3,"fid":4,"a\"b":5},"geometry":{"type":"Point","coordinates":[1e308,-1e308]}}"#.to_vec());
    features
}

#[test]
fn no_feature_ends_the_program_or_the_file() {
    let hostile = hostile();
    let bytes: Vec<&[u8]> = hostile.iter().map(Vec::as_slice).collect();
    for format in OutFormat::ALL {
        let file = out_bytes(format, &bytes);
        let written = &file.written;
        assert_eq!(written.features + written.skipped + written.too_large, bytes.len() as u64, "{format:?}");
        assert!(written.features > 0 && written.skipped > 0, "{format:?}: {written:?}");
        assert!(!written.told().is_empty());
        if format == OutFormat::Kml {
            let xml = std::fs::read(&file.path).expect("a file");
            assert!(std::str::from_utf8(&xml).is_ok());
            assert_eq!(elements(&xml, b"Placemark").len() as u64, written.features);
        }
    }
}
