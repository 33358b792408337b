//! `GeoPackage` 1.3 (OGC 12-128r17): one table of features in an `SQLite` database.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Connection, Transaction, params, params_from_iter};

use super::columns::{Cell, Columns, Kind, cell};
use super::feature::Feature;
use super::shape::{NOTHING, Shape, around};
use super::wkb;
use super::written::Written;

/// `SQLite` takes 2000 columns to a table; two are ours.
const MOST_COLUMNS: usize = 1998;
/// `SQLite` takes a billion bytes to a row, and a position takes up to 24.
const MOST_POSITIONS: usize = 1 << 24;
const MOST_BYTES: usize = 1 << 29;

/// `GPKG`.
const APPLICATION_ID: i32 = 0x4750_4B47;
const VERSION: i32 = 10_300;
const WGS84: i32 = 4326;

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
";

const WGS84_WKT: &str = concat!(
    r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],"#,
    r#"AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],"#,
    r#"UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#
);

/// What the geometries have in common.
struct Layer {
    bounds: [f64; 4],
    /// By the codes of `WKB`.
    types: [bool; 8],
    with_heights: u64,
    shapes: u64,
}

/// Writes into a database that is empty.
pub(super) fn write(features: &[&[u8]], name: &str, path: &Path) -> rusqlite::Result<Written> {
    let mut written = Written::default();
    let mut columns = Columns::of(features);
    written.columns_left_out = columns.keep(MOST_COLUMNS);
    let names = names(&columns, &mut written);
    let table = table_name(name);
    let mut connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(TABLES)?;
    systems(&transaction)?;
    transaction.execute_batch(&create(&table, &columns, &names))?;
    let layer = rows(&transaction, features, (&table, &columns, &names), &mut written)?;
    layer.register(&transaction, &table)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(written)
}

fn systems(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)")?;
    for (name, id, organization, definition) in [
        ("WGS 84 geodetic", WGS84, "EPSG", WGS84_WKT),
        ("Undefined cartesian SRS", -1, "NONE", "undefined"),
        ("Undefined geographic SRS", 0, "NONE", "undefined"),
    ] {
        insert.execute(params![name, id, organization, id, definition, None::<&str>])?;
    }
    Ok(())
}

fn create(table: &str, columns: &Columns, names: &[String]) -> String {
    let mut sql = format!("CREATE TABLE {} (", quoted(table));
    sql.push_str("fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY");
    for (column, name) in columns.list.iter().zip(names) {
        let kind = match column.kind() {
            Kind::Bool => "BOOLEAN",
            Kind::Integer => "INTEGER",
            Kind::Real => "REAL",
            Kind::Json | Kind::Text => "TEXT",
        };
        sql.push_str(", ");
        sql.push_str(&quoted(name));
        sql.push(' ');
        sql.push_str(kind);
    }
    sql.push_str(");");
    sql
}

fn rows(
    transaction: &Transaction<'_>,
    features: &[&[u8]],
    (table, columns, names): (&str, &Columns, &[String]),
    written: &mut Written,
) -> rusqlite::Result<Layer> {
    let mut layer = Layer { bounds: NOTHING, types: [false; 8], with_heights: 0, shapes: 0 };
    let mut sql = format!("INSERT INTO {} (geom", quoted(table));
    for name in names {
        sql.push_str(", ");
        sql.push_str(&quoted(name));
    }
    sql.push_str(") VALUES (?");
    sql.push_str(&", ?".repeat(names.len()));
    sql.push(')');
    let mut insert = transaction.prepare(&sql)?;
    for bytes in features {
        let Some(feature) = Feature::of(bytes) else {
            written.skipped += 1;
            continue;
        };
        let mut counted = Written::default();
        let shape = feature.shape(&mut counted);
        let positions = shape.as_ref().map_or(0, |shape| shape.about.positions);
        if bytes.len() > MOST_BYTES || positions > MOST_POSITIONS {
            written.too_large += 1;
            continue;
        }
        feature.shape(written);
        feature.count(written);
        let blob = shape.as_ref().map(geometry);
        let row = columns.list.iter().zip(columns.row(&feature));
        let values = row.map(|(column, value)| sql_value(cell(column.kind(), value)));
        let place = blob.map_or(SqlValue::Null, SqlValue::Blob);
        insert.execute(params_from_iter(std::iter::once(ToSqlOutput::Owned(place)).chain(values)))?;
        if let Some(shape) = &shape {
            layer.add(shape);
        }
    }
    Ok(layer)
}

fn sql_value(cell: Option<Cell<'_>>) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match cell {
        None => ValueRef::Null,
        Some(Cell::Bool(value)) => ValueRef::Integer(i64::from(value)),
        Some(Cell::Integer(value)) => ValueRef::Integer(value),
        Some(Cell::Real(value)) => ValueRef::Real(value),
        Some(Cell::Json(text) | Cell::Text(text)) => ValueRef::Text(text.as_bytes()),
    })
}

/// A header with the box, then well-known binary.
fn geometry(shape: &Shape) -> Vec<u8> {
    // Little endian, and a box of four numbers.
    const FLAGS: u8 = 0b0000_0011;
    let mut out = vec![b'G', b'P', 0, FLAGS];
    out.extend(WGS84.to_le_bytes());
    let [west, south, east, north] = shape.about.bounds;
    for number in [west, east, south, north] {
        out.extend(number.to_le_bytes());
    }
    wkb::push(&mut out, shape);
    out
}

impl Layer {
    fn add(&mut self, shape: &Shape) {
        self.bounds = around(self.bounds, shape.about.bounds);
        self.types[usize::from(shape.code())] = true;
        self.with_heights += u64::from(shape.has_heights());
        self.shapes += 1;
    }

    /// The one type of all, or that of any.
    fn type_name(&self) -> &'static str {
        const NAMES: [&str; 8] = [
            "GEOMETRY",
            "POINT",
            "LINESTRING",
            "POLYGON",
            "MULTIPOINT",
            "MULTILINESTRING",
            "MULTIPOLYGON",
            "GEOMETRYCOLLECTION",
        ];
        let mut used = NAMES.iter().zip(self.types).filter(|(_, is_used)| *is_used);
        match (used.next(), used.next()) {
            (Some((name, _)), None) => name,
            _ => NAMES[0],
        }
    }

    fn register(&self, transaction: &Transaction<'_>, table: &str) -> rusqlite::Result<()> {
        let [west, south, east, north] = self.bounds.map(|degree| degree.is_finite().then_some(degree));
        transaction.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id)
             VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6)",
            params![table, west, south, east, north, WGS84],
        )?;
        // 0 says that there are no heights, 1 that all have them, 2 that some do.
        let heights = match self.with_heights {
            0 => 0,
            all if all == self.shapes => 1,
            _ => 2,
        };
        transaction.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, ?, 0)",
            params![table, self.type_name(), WGS84, heights],
        )?;
        Ok(())
    }
}

/// A name for each column: `SQLite` sees no difference between large and small letters.
fn names(columns: &Columns, written: &mut Written) -> Vec<String> {
    let mut taken: HashSet<String> = ["fid", "geom"].map(str::to_owned).into();
    let mut names = Vec::with_capacity(columns.list.len());
    for column in &columns.list {
        let clean = cleaned(&column.name, "column");
        let mut name = clean.clone();
        let mut number = 1;
        while !taken.insert(name.to_ascii_lowercase()) {
            number += 1;
            name = format!("{clean}_{number}");
        }
        if name != column.name {
            written.renamed.push((column.name.clone(), name.clone()));
        }
        names.push(name);
    }
    names
}

/// What the table is called: the names of the format's own tables are not taken.
fn table_name(name: &str) -> String {
    let name = cleaned(name, "features");
    let lower = name.to_ascii_lowercase();
    let is_reserved = ["gpkg_", "sqlite_", "rtree_"].iter().any(|prefix| lower.starts_with(prefix));
    if is_reserved { format!("layer_{name}") } else { name }
}

/// Without control characters, which no statement takes, and not empty.
fn cleaned(name: &str, otherwise: &str) -> String {
    let clean = name.replace(char::is_control, "_");
    if clean.trim().is_empty() { otherwise.to_owned() } else { clean }
}

/// A name inside a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
