//! One table of features: its rows, their values and their geometries.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use super::super::collect::{Collector, Feature, Halt};
use super::super::crs::Crs;
use super::super::geometry::Geometry;
use super::super::property::{Properties, quoted};
use super::super::wkb;
use super::{Layer, fault};
use crate::data::{ProblemKind, Spot};

/// Bytes of a geometry's own header before its box.
const HEADER: usize = 8;
/// Bytes of the box, by its number in the header.
const BOXES: [usize; 5] = [0, 32, 48, 48, 64];

/// How the columns of a table are read.
struct Columns {
    geometry: usize,
    /// The primary key, where it is a whole number.
    key: Option<usize>,
    /// (name, whether it is declared as true or false)
    all: Vec<(String, bool)>,
}

/// Reads a table; `is_named` says whether its features are told apart by its name, and its rows stand for `span`
/// bytes of the file `from` one on.
pub(super) fn read(
    connection: &Connection,
    layer: &Layer,
    (is_named, from, span): (bool, u64, u64),
    collector: &mut Collector<'_>,
) -> Result<(), Halt> {
    let database = |error: rusqlite::Error| Halt::Fault(fault(&error));
    let table = format!("\"{}\"", layer.table.replace('"', "\"\""));
    let count =
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0));
    let count = count.map_err(database)?.max(1) as u64;
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).map_err(database)?;
    let declared = declared(connection, &layer.table).map_err(database)?;
    let Some(columns) = Columns::of(&statement, layer, &declared) else {
        collector.problem(ProblemKind::NoGeometry, None);
        return Ok(());
    };
    collector.set_crs(system(layer), None);
    let mut rows = statement.query([]).map_err(database)?;
    for number in 1_u64.. {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => break,
            Err(error) => {
                // A damaged page ends its table, and what stood before it is good.
                log::debug!("{} ends at row {number}: {error}", layer.table);
                let spot = Spot::Record(collector.len() as u64 + 1);
                collector.problem(ProblemKind::Broken, Some(spot));
                break;
            }
        };
        let name = is_named.then_some(layer.table.as_str());
        // Rows of all tables are counted on, as the features of the layer are.
        let spot = Spot::Record(collector.len() as u64 + 1);
        feature(row, (&columns, name), spot, collector)?;
        collector.reach(from + (span as f64 * (number as f64 / count as f64).min(1.0)) as u64)?;
    }
    Ok(())
}

/// A column as its table declares it.
struct Declared {
    name: String,
    kind: String,
    is_key: bool,
}

fn declared(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Declared>> {
    let mut statement = connection.prepare("SELECT name, type, pk FROM pragma_table_xinfo(?1)")?;
    let all = statement.query_map([table], |row| {
        let is_key = row.get::<_, i64>(2)? > 0;
        Ok(Declared { name: row.get(0)?, kind: row.get::<_, Option<String>>(1)?.unwrap_or_default(), is_key })
    })?;
    all.collect()
}

/// Codes 0 and -1 stand for systems that nobody knows.
fn system(layer: &Layer) -> Option<Crs> {
    let (authority, code, definition) = &layer.system;
    let is_known = *code > 0 && !authority.is_empty() && !authority.eq_ignore_ascii_case("NONE");
    let named = is_known.then(|| Crs::of_code(authority, *code));
    let wkt = Crs::of_wkt(definition).filter(|_| *code > 0).filter(|_| definition != "undefined");
    match (named, wkt) {
        (Some(named), Some(Crs { wkt, .. })) => Some(Crs { wkt, ..named }),
        (named, wkt) => named.or(wkt),
    }
}

impl Columns {
    fn of(statement: &Statement<'_>, layer: &Layer, declared: &[Declared]) -> Option<Self> {
        let is_bool = |name: &str| {
            declared.iter().any(|one| one.name == name && one.kind.eq_ignore_ascii_case("boolean"))
        };
        let names = statement.column_names();
        let all: Vec<(String, bool)> = names.map(|name| (name.to_owned(), is_bool(name))).collect();
        let named = |wanted: &str| all.iter().position(|(name, _)| name.eq_ignore_ascii_case(wanted));
        let mut keys = declared.iter().filter(|one| one.is_key);
        let key = keys.next().filter(|_| keys.next().is_none());
        let key = key.and_then(|key| named(&key.name));
        Some(Self { geometry: named(&layer.column)?, key, all })
    }
}

fn feature(
    row: &Row<'_>,
    (columns, layer): (&Columns, Option<&str>),
    spot: Spot,
    collector: &mut Collector<'_>,
) -> Result<(), Halt> {
    let (mut properties, mut faults) = (Properties::default(), Vec::new());
    let (mut geometry, mut id) = (None, None);
    for (index, (name, is_bool)) in columns.all.iter().enumerate() {
        let Ok(value) = row.get_ref(index) else {
            faults.push(ProblemKind::Broken);
            continue;
        };
        match value {
            ValueRef::Blob(bytes) if index == columns.geometry => match blob(bytes) {
                Ok(read) => geometry = read,
                Err(kind) => faults.push(kind),
            },
            ValueRef::Null => {}
            _ if index == columns.geometry => faults.push(ProblemKind::Broken),
            ValueRef::Integer(key) if columns.key == Some(index) => id = Some(key.to_string()),
            ValueRef::Integer(value) if *is_bool && matches!(value, 0 | 1) => {
                properties.json(name, (value == 1).to_string());
            }
            ValueRef::Integer(value) => properties.json(name, value.to_string()),
            ValueRef::Real(value) => properties.number(name, value),
            ValueRef::Text(bytes) => {
                if std::str::from_utf8(bytes).is_err() && !faults.contains(&ProblemKind::Encoding) {
                    faults.push(ProblemKind::Encoding);
                }
                properties.json(name, quoted(&String::from_utf8_lossy(bytes)));
            }
            // Pictures and the like.
            ValueRef::Blob(_) => {}
        }
    }
    properties.text("layer", layer.unwrap_or_default());
    collector.add(&Feature { spot, id, geometry: geometry.as_ref(), properties: &properties, faults })
}

/// The geometry behind the header that the format puts before it.
fn blob(bytes: &[u8]) -> Result<Option<Geometry>, ProblemKind> {
    let [b'G', b'P', _version, flags, ..] = bytes else { return Err(ProblemKind::Broken) };
    let (is_empty, is_extended) = (flags & 0x10 != 0, flags & 0x20 != 0);
    if is_extended {
        return Err(ProblemKind::UnknownGeometry);
    }
    let length = BOXES.get(usize::from(flags >> 1 & 7)).ok_or(ProblemKind::Broken)?;
    let rest = bytes.get(HEADER + length..).ok_or(ProblemKind::Broken)?;
    let geometry = wkb::geometry(rest);
    if is_empty && geometry.is_err() { Ok(None) } else { geometry.map(Some) }
}
