//! Databases, good and bad, made here.

use std::path::PathBuf;

use rusqlite::params;

use super::super::crs::Crs;
use super::super::tests::{Counted, batch, corpus};
use super::super::{Imported, import};
use super::*;
use crate::data::{ProblemKind, Spot};

const TABLES: &str = "PRAGMA application_id = 1196444487;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('u', -1, 'NONE', -1, 'undefined'), ('w', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\"]'), ('k', 5174, 'epsg', 5174, 'PROJCS[\"K\"]');
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);";

struct Package {
    /// It is removed with this.
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Package {
    /// A database in a folder of its own, with what `fill` puts into it.
    fn new(fill: impl Fn(&Connection) -> rusqlite::Result<()>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ways & 100%25?#.gpkg");
        let connection = Connection::open(&path).expect("a database");
        connection.execute_batch(TABLES).and_then(|()| fill(&connection)).expect("filled");
        connection.close().expect("closed");
        Self { _folder: folder, path }
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("read")
    }

    fn read(&self) -> Result<Imported, Fault> {
        import(&self.bytes(), &self.path, &Counted::default()).expect("a format").map_err(|error| error.fault)
    }
}

fn point(x: f64, y: f64) -> Vec<u8> {
    let mut out = vec![b'G', b'P', 0, 1, 0xe6, 0x10, 0, 0, 1, 1, 0, 0, 0];
    out.extend([x, y].iter().flat_map(|number| number.to_le_bytes()));
    out
}

/// A table of points.
fn table(connection: &Connection, name: &str, system: i64) -> rusqlite::Result<()> {
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    connection.execute_batch(&format!(
        "CREATE TABLE {quoted} (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, open BOOLEAN, km REAL, n INTEGER, pic BLOB)"
    ))?;
    let row = "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'POINT', ?2, 0, 0)";
    connection.execute(row, params![name, system])?;
    let insert = format!("INSERT INTO {quoted} VALUES (?1, ?2, ?3, ?4, ?5, ?6, x'00ff')");
    connection.execute(&insert, params![7, point(80.4, 44.2), "霍尔果斯", 1, 12.5, i64::MAX])?;
    connection.execute(
        &insert,
        params![9, None::<Vec<u8>>, None::<String>, None::<i64>, None::<f64>, None::<i64>],
    )?;
    Ok(())
}

#[test]
fn rows_are_features_with_their_key_and_their_values() {
    let read = Package::new(|connection| table(connection, "points", 4326)).read().expect("read");
    let text = String::from_utf8(read.text).expect("text");
    assert_eq!(
        text,
        "{\"type\":\"Feature\",\"id\":7,\"geometry\":{\"type\":\"Point\",\"coordinates\":[80.4,44.2]},\"properties\":{\"name\":\"霍尔果斯\",\"open\":true,\"km\":12.5,\"n\":9223372036854775807}}\n\
         {\"type\":\"Feature\",\"id\":9,\"geometry\":null,\"properties\":{}}\n"
    );
    assert!(read.problems.is_empty());
    assert_eq!(read.crs[0].code, Some(("EPSG".to_owned(), 4326)));
}

#[test]
fn every_table_is_a_layer_in_its_own_system() {
    let package = Package::new(|connection| {
        table(connection, "a \"b\"'; DROP TABLE x", 5174)?;
        table(connection, "unknown", -1)?;
        connection.execute_batch("CREATE VIEW slow AS SELECT 1 AS geom; INSERT INTO gpkg_geometry_columns VALUES ('slow', 'geom', 'POINT', 0, 0, 0), ('missing', 'geom', 'POINT', 0, 0, 0)")
    });
    let read = package.read().expect("read");
    let text = String::from_utf8(read.text).expect("text");
    assert_eq!((text.lines().count(), text.matches("\"layer\":\"unknown\"").count()), (4, 2), "{text}");
    assert!(text.contains(r#""layer":"a \"b\"'; DROP TABLE x""#), "{text}");
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    // The grid's numbers lie about its false origin, off the south of Korea.
    assert!(
        text.contains("\"coordinates\":[124.85010") && text.contains("\"coordinates\":[80.4,44.2]"),
        "{text}"
    );
    let korean = Crs { code: Some(("EPSG".to_owned(), 5174)), wkt: Some("PROJCS[\"K\"]".to_owned()) };
    assert_eq!(read.crs, [korean]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_opens() {
    let bad: [(&[u8], ProblemKind); 5] = [
        (b"GP\0\x01", ProblemKind::Broken),
        (b"XX\0\x01\0\0\0\0", ProblemKind::Broken),
        (b"GP\0\x0f\0\0\0\0", ProblemKind::Broken),
        (b"GP\0\x21\0\0\0\0", ProblemKind::UnknownGeometry),
        (b"GP\0\x01\0\0\0\0\x01\x02\0\0\0\xff\xff\xff\xff", ProblemKind::Broken),
    ];
    for (bytes, kind) in bad {
        let package = Package::new(|connection| {
            table(connection, "points", 4326)?;
            connection.execute("UPDATE points SET geom = ?1 WHERE fid = 9", [bytes])?;
            connection.execute("INSERT INTO points (geom) VALUES (?1)", [point(1.0, 2.0)]).map(drop)
        });
        let read = batch(&package.bytes(), &package.path.to_string_lossy());
        assert_eq!((read.places.len(), read.parts.len()), (3, 2), "{bytes:?}");
        let problem = read.problems.iter().find(|problem| problem.kind == kind);
        assert_eq!(
            problem.and_then(|problem| problem.spot),
            Some(Spot::Record(2)),
            "{bytes:?}: {:?}",
            read.problems
        );
    }
}

#[test]
fn a_damaged_database_is_refused_or_read_as_far_as_it_goes() {
    let package = Package::new(|connection| table(connection, "points", 4326));
    let bytes = package.bytes();
    for at in (100..bytes.len()).step_by(37) {
        let mut damaged = bytes.clone();
        damaged[at..].iter_mut().take(16).for_each(|byte| *byte ^= 0xff);
        std::fs::write(&package.path, damaged).expect("written");
        let read = package.read();
        assert!(
            matches!(
                read,
                Ok(_)
                    | Err(Fault::Database { .. }
                        | Fault::DatabaseBroken
                        | Fault::NoFeatures { .. }
                        | Fault::Broken { .. })
            ),
            "{at}: {read:?}"
        );
    }
    std::fs::write(&package.path, &bytes[..bytes.len() / 2]).expect("written");
    assert!(matches!(package.read(), Err(Fault::DatabaseBroken)));
}

#[test]
fn nothing_is_written_beside_it() {
    let package = Package::new(|connection| table(connection, "points", 4326));
    package.read().expect("read");
    let folder = package.path.parent().expect("a folder");
    assert_eq!(std::fs::read_dir(folder).expect("listed").count(), 1);
}

#[test]
fn public_files_open() {
    let Some((path, bytes)) = corpus("geozero/geozero/tests/data/gpkg_test.gpkg") else { return };
    let read = batch(&bytes, &path.to_string_lossy());
    assert_eq!(read.places.len(), 137);
    let is_empty = |problem: &crate::data::Problem| problem.kind == ProblemKind::NoGeometry;
    assert!(read.problems.iter().all(is_empty), "{:?}", read.problems);
}
