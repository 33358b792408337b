//! Files, good and bad, made here, and those that others publish.

mod broken;
mod made;

use super::super::crs::Crs;
use super::super::tests::{batch, corpus, imported, lines};
use crate::data::{Fault, ProblemKind};
use crate::format::import::wkt;
use made::{Filled, Values, file, file_of, flat, point};
use parquet::basic::Encoding;
use parquet::file::properties::{WriterProperties, WriterVersion};

const PLAIN: &str =
    r#"{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB"}}}"#;

/// The lines of a file without problems.
fn good(bytes: &[u8]) -> Vec<String> {
    let (lines, problems) = lines(bytes, "a.parquet");
    assert_eq!(problems, []);
    lines
}

/// Two points with a value each.
fn small() -> Vec<u8> {
    let message = "message m { required binary geometry; optional binary name (UTF8); }";
    let columns = [
        flat(Values::Bytes(vec![point(80.4, 44.2), point(1.0, 2.0)]), &[]),
        flat(Values::texts(&["霍尔果斯"]), &[1, 0]),
    ];
    file(message, Some(PLAIN), &columns)
}

#[test]
fn values_are_what_their_columns_say() {
    let message = "message m {
        required binary geometry;
        optional int64 big; optional int64 moment (TIMESTAMP(MILLIS,true));
        optional int64 local (TIMESTAMP(NANOS,false)); optional int32 day (DATE);
        optional int32 clock (TIME(MILLIS,false)); optional int32 price (DECIMAL(9,2));
        optional boolean open; optional double km; optional float f; optional binary picture;
        optional int32 small (INTEGER(8,false)); optional int64 large (INTEGER(64,false));
        optional fixed_len_byte_array(16) id (UUID); optional fixed_len_byte_array(3) debt (DECIMAL(6,3));
        optional binary raw (JSON); }";
    let there = |values| flat(values, &[1, 0, 1]);
    let columns = [
        flat(Values::Bytes(vec![point(80.4, 44.2), point(1.0, 2.0), point(1.0, 2.0)]), &[]),
        there(Values::Long(vec![i64::MAX, 9_007_199_254_740_993])),
        there(Values::Long(vec![1_500, i64::MAX])),
        there(Values::Long(vec![1_700_000_000_123_456_789, 0])),
        there(Values::Int(vec![-1, i32::MAX])),
        there(Values::Int(vec![3_661_001, -1])),
        there(Values::Int(vec![-5, 1_250])),
        there(Values::Bool(vec![true, false])),
        there(Values::Double(vec![f64::NAN, 12.0])),
        there(Values::Float(vec![0.1, f32::INFINITY])),
        there(Values::Bytes(vec![vec![0, 255], vec![]])),
        there(Values::Int(vec![-1, 7])),
        there(Values::Long(vec![-1, 7])),
        there(Values::Fixed(vec![(0..16).collect(), vec![0; 16]])),
        there(Values::Fixed(vec![vec![0xff, 0xff, 0xfe], vec![0, 0x30, 0x39]])),
        there(Values::texts(&["{\"a\":\n[1]}", "{"])),
    ];
    let lines = good(&file(message, Some(PLAIN), &columns));
    let wanted = r#""properties":{"big":9223372036854775807,"moment":"1970-01-01T00:00:01.5Z","local":"2023-11-14T22:13:20.123456789","day":"1969-12-31","clock":"01:01:01.001","price":-0.05,"open":true,"km":null,"f":0.1,"small":255,"large":18446744073709551615,"id":"00010203-0405-0607-0809-0a0b0c0d0e0f","debt":-0.002,"raw":{"a": [1]}}}"#;
    assert!(lines[0].ends_with(wanted), "{}", lines[0]);
    assert_eq!(
        lines[1],
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}"#
    );
    let wanted = r#""big":9007199254740993,"moment":9223372036854775807,"local":"1970-01-01T00:00:00","day":2147483647,"clock":-1,"price":12.50,"open":false,"km":12,"f":null,"small":7,"large":7,"id":"00000000-0000-0000-0000-000000000000","debt":12.345,"raw":"{"}}"#;
    assert!(lines[2].ends_with(wanted), "{}", lines[2]);
}

#[test]
fn columns_in_columns_are_json() {
    let message = "message m { required binary geometry;
        optional group tags (LIST) { repeated group list { optional binary element (UTF8); } }
        optional group names (MAP) { repeated group key_value { required binary key (UTF8); optional int32 value; } }
        optional group bbox { required double xmin; optional double ymin; }
        repeated int32 old; }";
    let texts = Values::texts;
    let columns: [Filled; 7] = [
        flat(Values::Bytes(vec![point(1.0, 2.0); 3]), &[]),
        (texts(&["a", "b"]), vec![3, 2, 3, 0, 1], vec![0, 1, 1, 0, 0]),
        (texts(&["zh", "ko"]), vec![2, 2, 0, 1], vec![0, 1, 0, 0]),
        (Values::Int(vec![1]), vec![3, 2, 0, 1], vec![0, 1, 0, 0]),
        flat(Values::Double(vec![0.5, 1.5]), &[1, 0, 1]),
        flat(Values::Double(vec![2.0]), &[2, 0, 1]),
        (Values::Int(vec![1, 2, 3]), vec![1, 1, 0, 1], vec![0, 1, 0, 0]),
    ];
    let lines = good(&file(message, Some(PLAIN), &columns));
    for (line, wanted) in lines.iter().zip([
        r#"{"tags":["a",null,"b"],"names":{"zh":1},"bbox":{"xmin":0.5,"ymin":2},"old":[1,2]}}"#,
        r#"{"old":[]}}"#,
        r#"{"tags":[],"names":{},"bbox":{"xmin":1.5},"old":[3]}}"#,
    ]) {
        assert!(line.ends_with(&format!("\"properties\":{wanted}")), "{line}");
    }
}

#[test]
fn boxes_around_geometries_and_other_geometries_are_no_values() {
    let message = "message m { required binary geometry; required binary middle; required group bbox { required double xmin; } required int32 n; }";
    let geo = r#"{"primary_column":"geometry","columns":{"middle":{"encoding":"WKB"},"geometry":{"encoding":"WKB","covering":{"bbox":{"xmin":["bbox","xmin"]}}}}}"#;
    let points = || flat(Values::Bytes(vec![point(1.0, 2.0)]), &[]);
    let columns = [points(), points(), flat(Values::Double(vec![1.0]), &[]), flat(Values::Int(vec![7]), &[])];
    let lines = good(&file(message, Some(geo), &columns));
    assert!(lines[0].ends_with(r#""properties":{"n":7}}"#), "{}", lines[0]);
}

/// The geometries of a file whose positions are columns of numbers; `lists` are around them.
fn native(encoding: &str, lists: usize, levels: (&[i16], &[i16]), numbers: &[f64]) -> Vec<String> {
    let mut column =
        "required group item { required double x; required double y; optional double z; }".to_owned();
    for depth in 0..lists {
        let (how, name) = if depth + 1 == lists { ("optional", "geometry") } else { ("required", "item") };
        column = format!("{how} group {name} (LIST) {{ repeated group list {{ {column} }} }}");
    }
    if lists == 0 {
        column = column.replace("required group item", "optional group geometry");
    }
    let geo =
        format!(r#"{{"primary_column":"geometry","columns":{{"geometry":{{"encoding":"{encoding}"}}}}}}"#);
    let (definitions, repetitions) = (levels.0.to_vec(), levels.1.to_vec());
    let y: Vec<f64> = numbers.iter().map(|x| x + 0.5).collect();
    let columns = [
        (Values::Double(numbers.to_vec()), definitions.clone(), repetitions.clone()),
        (Values::Double(y), definitions.clone(), repetitions.clone()),
        // No position has a height.
        (Values::Double(vec![]), definitions, repetitions),
    ];
    let lines = good(&file(&format!("message m {{ {column} }}"), Some(&geo), &columns));
    let shape = |line: &String| {
        let rest = line.strip_prefix("{\"type\":\"Feature\",\"geometry\":").expect("a feature").to_owned();
        rest.strip_suffix(",\"properties\":{}}").expect("no values").to_owned()
    };
    lines.iter().map(shape).collect()
}

#[test]
fn positions_in_columns_of_their_own_are_geometries() {
    let json = |kind: &str, coordinates: &str| format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
    let null = || "null".to_owned();
    assert_eq!(native("point", 0, (&[1, 0], &[]), &[1.0]), [json("Point", "[1,1.5]"), null()]);
    let lines: (&[i16], &[i16]) = (&[2, 2, 0, 1], &[0, 1, 0, 0]);
    for (encoding, kind) in [("linestring", "LineString"), ("multipoint", "MultiPoint")] {
        let wanted = [json(kind, "[[1,1.5],[2,2.5]]"), null(), json(kind, "[]")];
        assert_eq!(native(encoding, 1, lines, &[1.0, 2.0]), wanted);
    }
    let rings: (&[i16], &[i16]) = (&[3, 3, 3, 0, 2], &[0, 2, 1, 0, 0]);
    for (encoding, kind) in [("polygon", "Polygon"), ("geoarrow.multilinestring", "MultiLineString")] {
        let wanted = [json(kind, "[[[1,1.5],[2,2.5]],[[3,3.5]]]"), null(), json(kind, "[[]]")];
        assert_eq!(native(encoding, 2, rings, &[1.0, 2.0, 3.0]), wanted);
    }
    let polygons: (&[i16], &[i16]) = (&[4, 4, 4, 4, 0], &[0, 3, 2, 1, 0]);
    let wanted = [json("MultiPolygon", "[[[[1,1.5],[2,2.5]],[[3,3.5]]],[[[4,4.5]]]]"), null()];
    assert_eq!(native("multipolygon", 3, polygons, &[1.0, 2.0, 3.0, 4.0]), wanted);
}

#[test]
fn heights_are_kept() {
    let message =
        "message m { required group geometry { required double y; required double z; required double x; } }";
    let columns = [2.0, 3.0, 1.0].map(|number| flat(Values::Double(vec![number]), &[]));
    let lines = good(&file(message, Some(&PLAIN.replace("WKB", "point")), &columns));
    assert!(lines[0].contains("[1,2,3]"), "{}", lines[0]);
}

#[test]
fn systems_are_known_by_their_names() {
    let code = |authority: &str, code| Some(Crs::of_code(authority, code));
    for (crs, wanted) in [
        ("", code("OGC", 84)),
        (r#","crs":null"#, None),
        (r#","crs":{"type":"GeographicCRS","id":{"authority":"OGC","code":"CRS84"}}"#, code("OGC", 84)),
        (r#","crs":{"type":"ProjectedCRS","id":{"authority":"EPSG","code":5174}}"#, code("EPSG", 5174)),
        (r#","crs":{"type":"ProjectedCRS","id":{"authority":"epsg","code":"3857"}}"#, code("EPSG", 3857)),
        (r#","crs":{"type":"GeographicCRS","name":"WGS 84 (CRS84)"}"#, code("OGC", 84)),
        (r#","crs":{"type":"ProjectedCRS","name":"Ours"}"#, Crs::of_wkt("PROJCRS[\"Ours\"]")),
        (r#","crs":"EPSG:32644""#, code("EPSG", 32_644)),
        (r#","crs":"urn:ogc:def:crs:OGC::CRS84""#, code("OGC", 84)),
        (r#","crs":"GEOGCS[\"GCS_Beijing_1954\"]""#, Crs::of_wkt("GEOGCS[\"GCS_Beijing_1954\"]")),
    ] {
        let geo = PLAIN.replace("\"WKB\"", &format!("\"WKB\"{crs}"));
        let columns = [flat(Values::Bytes(vec![point(1.0, 2.0)]), &[])];
        let read = imported(&file("message m { required binary geometry; }", Some(&geo), &columns), "a");
        assert_eq!(read.expect("read").crs, wanted.into_iter().collect::<Vec<_>>(), "{crs}");
    }
}

#[test]
fn a_file_that_says_nothing_is_read_by_the_names_of_its_columns() {
    let numbers = |number| flat(Values::Double(vec![number]), &[]);
    let message = "message m { required double Lat; required double lon; }";
    let lines = good(&file(message, None, &[numbers(44.2), numbers(80.4)]));
    assert!(lines[0].contains(r#"[80.4,44.2]},"properties":{"Lat":44.2,"lon":80.4}"#), "{}", lines[0]);
    let columns = [flat(Values::Bytes(vec![point(1.0, 2.0)]), &[])];
    let read = imported(&file("message m { required binary GEOM; }", None, &columns), "a").expect("read");
    assert!(read.crs.is_empty() && read.spots.len() == 1);
    let none = file("message m { required double lat; }", None, &[numbers(1.0)]);
    assert_eq!(imported(&none, "a.parquet").err(), Some(Fault::NoPlaces));
}

#[test]
fn newer_pages_and_differences_are_read() {
    let count = 3_000;
    let message = "message m { required binary geometry; optional binary name (UTF8); required int64 n; }";
    let names: Vec<String> = (0..count).map(|number| format!("station {:05}", number / 2)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let columns = [
        flat(Values::Bytes(vec![point(1.0, 2.0); count]), &[]),
        flat(Values::texts(&names), &vec![1; count]),
        flat(Values::Long((0..3_000).collect()), &[]),
    ];
    let old = good(&file(message, Some(PLAIN), &columns));
    assert_eq!(old.len(), count);
    assert!(old[2_999].ends_with(r#"{"name":"station 01499","n":2999}}"#), "{}", old[2_999]);
    for encoding in [Encoding::DELTA_BYTE_ARRAY, Encoding::DELTA_LENGTH_BYTE_ARRAY] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let properties = WriterProperties::builder()
                .set_writer_version(version)
                .set_dictionary_enabled(false)
                .set_data_page_row_count_limit(700)
                .set_write_batch_size(100)
                .set_column_encoding("name".into(), encoding)
                .set_column_encoding("n".into(), Encoding::DELTA_BINARY_PACKED);
            assert_eq!(good(&file_of(properties, message, Some(PLAIN), &columns)), old, "{encoding}");
        }
    }
}

#[test]
fn public_files_open_with_the_shapes_that_their_tables_say() {
    for kind in ["point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"] {
        let name = |rest| format!("geoparquet/test_data/data-{kind}-{rest}");
        let Some((_, bytes)) = corpus(&name("encoding_wkb.parquet")) else { return };
        let Some((_, table)) = corpus(&name("wkt.csv")) else { return };
        // The type of the column says the same as the metadata.
        let typed = String::from_utf8_lossy(&bytes).contains("geo").then(|| {
            let mut bytes = bytes.clone();
            let at = bytes.windows(5).position(|part| part == b"\x18\x03geo").expect("metadata");
            bytes[at + 2] = b'n';
            bytes
        });
        for bytes in [Some(bytes), typed].into_iter().flatten() {
            let read = good(&bytes);
            let table = crate::format::csv::read_csv(&table).expect("a table");
            assert_eq!(read.len(), table.rows.len(), "{kind}");
            for (line, row) in read.iter().zip(&table.rows) {
                let geometry = wkt::json(&row[1]).unwrap_or_else(|| "null".to_owned());
                let wanted = format!("\"geometry\":{geometry},\"properties\":{{\"col\":{}}}}}", row[0]);
                assert!(line.ends_with(&wanted), "{line}\n{wanted}");
            }
        }
    }
    let Some((path, bytes)) = corpus("geoparquet/examples/example.parquet") else { return };
    let read = batch(&bytes, &path.to_string_lossy());
    assert_eq!((read.places.len(), read.problems.len()), (5, 0));
    let text = good(&bytes).join("\n");
    assert!(text.contains(r#""name":"Fiji""#) && text.contains(r#""continent":"Oceania""#), "{text}");
}

#[test]
fn what_is_inside_decides() {
    let named = imported(&small(), "a.geojson").expect("read");
    assert_eq!(named.spots.len(), 2);
    let mut encrypted = small();
    let end = encrypted.len();
    encrypted[end - 4..].copy_from_slice(b"PARE");
    let what = ProblemKind::Truncated;
    assert_eq!(
        imported(&encrypted, "a.parquet").err(),
        Some(Fault::Broken { format: "GeoParquet", spot: None, what })
    );
}
