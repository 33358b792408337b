//! Shapefiles, good and bad, made here byte by byte.

use std::sync::Arc;

use super::super::archive::tests::zip;
use super::super::tests::{Counted, batch, corpus, imported, lines};
use super::*;
use crate::data::PartKind;

/// A `.shp` of some records.
fn shp(kind: u32, records: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![0; HEADER];
    out[..4].copy_from_slice(&CODE);
    out[28] = 0xe8;
    out[29] = 3;
    out[32..36].copy_from_slice(&kind.to_le_bytes());
    for (number, record) in records.iter().enumerate() {
        out.extend((number as u32 + 1).to_be_bytes());
        out.extend((record.len() as u32 / 2).to_be_bytes());
        out.extend(record);
    }
    out
}

/// Numbers after a shape's type.
fn record(kind: u32, integers: &[u32], numbers: &[f64]) -> Vec<u8> {
    let mut out = kind.to_le_bytes().to_vec();
    if !integers.is_empty() {
        out.extend([0; 32]);
    }
    out.extend(integers.iter().flat_map(|integer| integer.to_le_bytes()));
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    out
}

/// A table with a column of each type.
fn dbf(language: u8, name: &[u8], rows: &[Vec<u8>]) -> Vec<u8> {
    let fields: [(&[u8], u8, u8); 4] =
        [(name, b'C', 10), (b"km", b'N', 6), (b"open", b'L', 1), (b"day", b'D', 8)];
    let mut out = vec![0; 32];
    out[0] = 3;
    out[4..8].copy_from_slice(&(rows.len() as u32).to_le_bytes());
    out[8..10].copy_from_slice(&(32 + 32 * 4 + 1_u16).to_le_bytes());
    out[10..12].copy_from_slice(&26_u16.to_le_bytes());
    out[29] = language;
    for (name, kind, length) in fields {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name);
        field[11] = kind;
        field[16] = length;
        out.extend(field);
    }
    out.push(0x0d);
    for row in rows {
        out.extend(row);
    }
    out
}

fn row(mark: u8, name: &[u8], rest: &str) -> Vec<u8> {
    let mut out = vec![mark];
    out.extend(name);
    out.resize(11, b' ');
    out.extend(rest.as_bytes());
    assert_eq!(out.len(), 26);
    out
}

fn point(x: f64, y: f64) -> Vec<u8> {
    record(1, &[], &[x, y])
}

#[test]
fn every_type_of_shape_is_read() {
    let ring = [0.0, 0.0, 0.0, 4.0, 4.0, 4.0, 0.0, 0.0];
    let hole = [1.0, 2.0, 2.0, 3.0, 1.0, 3.0, 1.0, 2.0];
    let both = [ring, hole].concat();
    let with_heights = [&ring[..], &[1.0, 4.0], &[1.0, 2.0, -1e39, 4.0], &[0.0, 0.0], &[9.0; 4]].concat();
    for (kind, record, json) in [
        (1, point(80.4, 44.2), r#"{"type":"Point","coordinates":[80.4,44.2]}"#),
        (11, record(11, &[], &[1.0, 2.0, 3.0, 9.0]), r#"{"type":"Point","coordinates":[1,2,3]}"#),
        (21, record(21, &[], &[1.0, 2.0, 9.0]), r#"{"type":"Point","coordinates":[1,2]}"#),
        (8, record(8, &[2], &[1.0, 2.0, 3.0, 4.0]), r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#),
        (
            3,
            record(3, &[1, 2, 0], &[1.0, 2.0, 3.0, 4.0]),
            r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#,
        ),
        (
            23,
            record(23, &[2, 4, 0, 2], &[&ring[..], &[0.0, 9.0], &[9.0; 4]].concat()),
            r#"{"type":"MultiLineString","coordinates":[[[0,0],[0,4]],[[4,4],[0,0]]]}"#,
        ),
        (
            5,
            record(5, &[2, 8, 0, 4], &both),
            r#"{"type":"Polygon","coordinates":[[[0,0],[0,4],[4,4],[0,0]],[[1,2],[2,3],[1,3],[1,2]]]}"#,
        ),
        (
            15,
            record(15, &[1, 4, 0], &with_heights),
            r#"{"type":"Polygon","coordinates":[[[0,0,1],[0,4,2],[4,4],[0,0,4]]]}"#,
        ),
        (1, record(0, &[], &[]), "null"),
    ] {
        let (lines, kinds) = lines(&shp(kind, &[record]), "a.shp");
        assert_eq!(lines, [format!(r#"{{"type":"Feature","geometry":{json},"properties":{{}}}}"#)], "{kind}");
        assert!(kinds.is_empty(), "{kind}: {kinds:?}");
    }
}

#[test]
fn rows_of_the_table_belong_to_their_shapes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roads.shp");
    let shapes = shp(1, &[point(1.0, 2.0), point(3.0, 4.0), point(5.0, 6.0)]);
    let table = dbf(
        0,
        b"name",
        &[
            row(b' ', "Horgos".as_bytes(), "  12.5T20130907"),
            row(b'*', b"gone", "     1 00000000"),
            row(b' ', b"x", "******?00000000"),
        ],
    );
    std::fs::write(&path, &shapes).expect("written");
    std::fs::write(folder.path().join("roads.DBF"), table).expect("written");
    std::fs::write(folder.path().join("roads.prj"), "PROJCS[\"Beijing\"]").expect("written");
    let read = imported(&shapes, &path.to_string_lossy()).expect("read");
    let text = String::from_utf8(read.text).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].ends_with(r#""properties":{"name":"Horgos","km":12.5,"open":true,"day":"2013-09-07"}}"#),
        "{text}"
    );
    assert!(lines[1].ends_with(r#"[5,6]},"properties":{"name":"x"}}"#), "{text}");
    assert_eq!(read.spots, [Spot::Record(1), Spot::Record(3)]);
    assert_eq!(read.crs, [Crs::of_wkt("PROJCS[\"Beijing\"]").expect("text")]);
    assert_eq!(read.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [ProblemKind::OtherCrs]);
}

#[test]
fn texts_are_read_in_the_code_page_that_is_declared_or_that_fits() {
    let encoded = |encoding: &'static encoding_rs::Encoding, text: &str| encoding.encode(text).0.into_owned();
    let (chinese, korean) = ("霍尔果斯口", "서울특별시");
    for (bytes, text, cpg, language) in [
        (chinese.as_bytes()[..9].to_vec(), &chinese[..9], "UTF-8", 0),
        (encoded(encoding_rs::GBK, chinese), chinese, "GBK\r\n", 0),
        (encoded(encoding_rs::GBK, chinese), chinese, "936", 0),
        (encoded(encoding_rs::GBK, chinese), chinese, "", 0x4d),
        (encoded(encoding_rs::GBK, chinese), chinese, "UTF-8", 0),
        (encoded(encoding_rs::GBK, chinese), chinese, "", 0),
        (encoded(encoding_rs::EUC_KR, korean), korean, "EUC-KR", 0),
        (encoded(encoding_rs::EUC_KR, korean), korean, "ANSI 949", 0),
        (encoded(encoding_rs::EUC_KR, korean), korean, "", 0x79),
        (encoded(encoding_rs::EUC_KR, korean), korean, "", 0),
        (encoded(encoding_rs::WINDOWS_1252, "Zürich"), "Zürich", "88591", 0x57),
    ] {
        let table = dbf(language, &bytes, &[row(b' ', &bytes, "     1F00000000")]);
        let shapes = shp(1, &[point(1.0, 2.0)]);
        let files: [(&str, &[u8]); 3] = [("a.shp", &shapes), ("a.dbf", &table), ("a.cpg", cpg.as_bytes())];
        let (lines, kinds) = lines(&zip(&files), "a.zip");
        assert!(lines[0].contains(&format!("{{\"{text}\":\"{text}\"")), "{cpg} {language}: {}", lines[0]);
        assert!(kinds.is_empty(), "{cpg} {language}: {kinds:?}");
    }
}

#[test]
fn layers_of_an_archive_keep_their_names() {
    let one = shp(1, &[point(1.0, 2.0)]);
    let bytes = zip(&[("x/roads.shp", &one), ("x/gates.shp", &one), ("x/gates.prj", b"GEOGCS[\"WGS 84\"]")]);
    let (lines, kinds) = lines(&bytes, "a.zip");
    assert!(lines[0].contains(r#""layer":"roads""#) && lines[1].contains(r#""layer":"gates""#), "{lines:?}");
    assert!(kinds.is_empty());
}

#[test]
fn what_is_broken_is_told_and_the_rest_opens() {
    let liar = record(5, &[1, u32::MAX, 0], &[1.0, 2.0]);
    let bad_part = record(3, &[1, 2, 7], &[1.0, 2.0, 3.0, 4.0]);
    for (bad, kind) in [
        (liar, ProblemKind::Broken),
        (bad_part, ProblemKind::Broken),
        (record(3, &[u32::MAX, 1], &[1.0]), ProblemKind::Broken),
        (record(7, &[], &[]), ProblemKind::UnknownGeometry),
        (record(1, &[], &[f64::NAN, 2.0]), ProblemKind::Position),
        (record(1, &[], &[]), ProblemKind::Broken),
    ] {
        let batch = batch(&shp(5, &[point(1.0, 2.0), bad.clone(), point(3.0, 4.0)]), "a.shp");
        assert_eq!((batch.places.len(), batch.parts.len()), (3, 2), "{bad:?}");
        assert!(batch.problems.iter().any(|problem| problem.kind == kind), "{bad:?}: {:?}", batch.problems);
        assert!(batch.problems.iter().all(|problem| problem.spot == Some(Spot::Record(2))), "{bad:?}");
    }
    let whole = shp(1, &[point(1.0, 2.0), point(3.0, 4.0)]);
    let read = batch(&whole[..whole.len() - 3], "a.shp");
    assert_eq!((read.places.len(), read.problems[0].kind), (1, ProblemKind::Truncated));
    for end in HEADER..whole.len() {
        let _ = imported(&whole[..end], "a.shp").map(|read| read.text.len());
    }
    assert_eq!(imported(&shp(31, &[]), "a.shp").err(), Some(Fault::Geometry { name: "MultiPatch" }));
}

#[test]
fn a_table_that_lies_does_no_harm() {
    let shapes = shp(1, &[point(1.0, 2.0)]);
    let good = dbf(0, b"name", &[row(b' ', b"x", "     1F00000000")]);
    for at in 0..good.len() {
        for value in [0, 0xff] {
            let mut table = good.clone();
            table[at] = value;
            let files: [(&str, &[u8]); 2] = [("a.shp", &shapes), ("a.dbf", &table)];
            let read = imported(&zip(&files), "a.zip");
            assert!(matches!(read, Ok(_) | Err(Fault::NoFeatures { .. })), "{at}: {value}");
        }
    }
}

#[test]
fn public_files_open() {
    let folder = "geozero/geozero/tests/data/shp/";
    for (name, features, parts, kind) in [
        ("polygon_hole.shp", 1, 1, PartKind::Hole),
        ("multi_polygon.shp", 1, 4, PartKind::Outer),
        ("polygonz.shp", 1, 1, PartKind::Outer),
        ("polygonm.shp", 1, 1, PartKind::Outer),
        ("line.shp", 1, 2, PartKind::Line),
        ("linez.shp", 1, 3, PartKind::Line),
        ("linem.shp", 1, 2, PartKind::Line),
        ("point.shp", 1, 1, PartKind::Point),
        ("pointz.shp", 2, 2, PartKind::Point),
        ("pointm.shp", 2, 2, PartKind::Point),
        ("multipoint.shp", 1, 1, PartKind::Point),
        ("multipointz.shp", 1, 1, PartKind::Point),
    ] {
        let Some((path, bytes)) = corpus(&format!("{folder}{name}")) else { return };
        let text = imported(&bytes, &path.to_string_lossy()).expect("read").text;
        // As they stand: whether their numbers are degrees is asked afterwards.
        let read = crate::format::read_geojson(Arc::new(text), &path, &Counted::default());
        let (_, batch) = read.expect("features");
        let found = batch.parts.iter().filter(|part| part.kind == kind).count();
        assert_eq!((batch.places.len(), found), (features, parts), "{name}");
        // Most of them lie on no globe, and nothing else is wrong with them.
        let is_off = |problem: &crate::data::Problem| problem.kind == ProblemKind::OutOfRange;
        assert!(batch.problems.iter().all(is_off), "{name}: {:?}", batch.problems);
    }
    let Some((_, bytes)) = corpus(&format!("{folder}multipatch.shp")) else { return };
    assert_eq!(imported(&bytes, "m.shp").err(), Some(Fault::Geometry { name: "MultiPatch" }));
    let Some((path, bytes)) = corpus(&format!("{folder}poly.shp")) else { return };
    let read = imported(&bytes, &path.to_string_lossy()).expect("read");
    let text = String::from_utf8(read.text).expect("text");
    assert_eq!((read.spots.len(), text.matches("\"EAS_ID\":").count()), (10, 10), "{text:.300}");
    assert!(read.crs[0].wkt.as_ref().is_some_and(|wkt| wkt.starts_with("PROJCS")));
}
