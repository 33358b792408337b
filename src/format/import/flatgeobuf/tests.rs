//! Files of `FlatGeobuf`, written by our own writer and then spoiled.

use super::super::tests::{batch, corpus, imported, lines};
use super::*;
use crate::data::OutFormat;
use crate::format::write::write;
use flatgeobuf::ColumnType;

const FEATURES: [&str; 8] = [
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[80.4,44.2]},"properties":{"name":"霍尔果斯","open":true,"n":-7,"km":12.5,"o":{"a":[1]}}}"#,
    r#"{"type":"Feature","geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4]]},"properties":{}}"#,
    r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{}}"#,
    r#"{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]},"properties":{}}"#,
    r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[2,1],[3,1],[3,2],[2,1]]]},"properties":{}}"#,
    r#"{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]},"properties":{}}"#,
    r#"{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]},"properties":{}}"#,
    r#"{"type":"Feature","geometry":null,"properties":{"name":"nowhere"}}"#,
];

fn written(features: &[&str]) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let bytes: Vec<&[u8]> = features.iter().map(|feature| feature.as_bytes()).collect();
    write(OutFormat::FlatGeobuf, &bytes, "a", file.path()).expect("written");
    std::fs::read(file.path()).expect("read")
}

#[test]
fn what_was_written_comes_back() {
    for features in
        [&FEATURES[..], &FEATURES[..7], &FEATURES[..1], &FEATURES[2..3], &FEATURES[4..5], &FEATURES[5..6]]
    {
        let (mut lines, kinds) = lines(&written(features), "a.fgb");
        // They stand along a curve.
        let mut wanted: Vec<&str> = features.to_vec();
        lines.sort();
        wanted.sort_unstable();
        assert_eq!(lines, wanted);
        assert!(kinds.is_empty(), "{kinds:?}");
    }
    let heights = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2,3],[4,5,6.5]]},"properties":{}}"#;
    assert_eq!(lines(&written(&[heights]), "a.fgb").0, [heights]);
}

#[test]
fn the_system_is_handed_on() {
    assert_eq!(
        imported(&written(&FEATURES), "a").expect("read").crs[0].code,
        Some(("EPSG".to_owned(), 4326))
    );
}

#[test]
fn spoiled_bytes_are_a_problem_and_no_more() {
    let good = written(&FEATURES[..7]);
    for at in BEGIN..good.len() {
        for value in [0xff, 0x7f, good[at] ^ 1] {
            let mut bad = good.clone();
            bad[at] = value;
            let read = imported(&bad, "a.fgb");
            assert!(
                matches!(read, Ok(_) | Err(Fault::Broken { .. } | Fault::NoFeatures { .. })),
                "{at}: {read:?}"
            );
        }
    }
    for end in BEGIN..good.len() {
        let read = imported(&good[..end], "a.fgb");
        let is_told = match &read {
            Ok(read) => read.spots.len() < 7,
            Err(Fault::Broken { what, .. }) => *what == ProblemKind::Truncated,
            Err(fault) => matches!(fault, Fault::NoFeatures { .. }),
        };
        assert!(is_told, "{end}: {read:?}");
    }
}

#[test]
fn values_of_every_type_are_read() {
    let kinds = [
        (ColumnType::Byte, &[0xff][..], "-1"),
        (ColumnType::UByte, &[0xff], "255"),
        (ColumnType::Bool, &[1], "true"),
        (ColumnType::Short, &[0xfe, 0xff], "-2"),
        (ColumnType::UShort, &[0xfe, 0xff], "65534"),
        (ColumnType::UInt, &[0xff; 4], "4294967295"),
        (ColumnType::ULong, &[0xff; 8], "18446744073709551615"),
        (ColumnType::Float, &[0xcd, 0xcc, 0xcc, 0x3d], "0.1"),
        (ColumnType::Json, &[2, 0, 0, 0, b'[', b']'], "[]"),
        (ColumnType::Json, &[1, 0, 0, 0, b'['], r#""[""#),
        (ColumnType::DateTime, &[4, 0, 0, 0, b'2', b'0', b'1', b'3'], r#""2013""#),
    ];
    for (kind, raw, wanted) in kinds {
        let columns = [values::Column::named("a", kind)];
        let mut properties = Properties::default();
        let whole = [&[0, 0], raw].concat();
        assert_eq!(values::read(&whole, &columns, &mut properties), Ok(()), "{kind:?}");
        let mut out = Vec::new();
        properties.push_to(&mut out);
        assert_eq!(String::from_utf8(out).expect("text"), format!("{{\"a\":{wanted}}}"), "{kind:?}");
        let mut properties = Properties::default();
        let cut = &whole[..whole.len() - 1];
        assert_eq!(values::read(cut, &columns, &mut properties), Err(ProblemKind::Broken), "{kind:?}");
    }
}

#[test]
fn public_files_open() {
    let Some((path, bytes)) = corpus("geozero/geozero/tests/data/countries.fgb") else { return };
    let read = batch(&bytes, &path.to_string_lossy());
    assert_eq!((read.places.len(), read.problems.len()), (179, 0));
    assert!(read.parts.len() > 179);
}
