//! `GeoPackage` (OGC 12-128r19): every table of features of a database that is only read.
//!
//! Invariant: nothing of the file is run. Views are not opened, and no value is longer than a limit.

mod table;

use rusqlite::Connection;

use super::Input;
use super::collect::{Collector, Halt};
use crate::data::Fault;
use crate::format::database::{database_is_broken, open_database};

const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the database says whose it is, and what those say that are of this kind.
const WHOSE: std::ops::Range<usize> = 68..72;
const OURS: [&[u8]; 3] = [b"GPKG", b"GP10", b"GP11"];
/// Bytes of a value or a row, at most.
const LONGEST: i32 = 1 << 29;

/// A table of features, and where its geometry stands.
#[derive(Clone, Debug)]
struct Layer {
    table: String,
    column: String,
    /// The authority and its code, and the definition.
    system: (String, u32, String),
}

pub(super) fn matches(input: &Input<'_>) -> bool {
    let is_database = input.bytes.starts_with(MAGIC);
    is_database
        && (input.bytes.get(WHOSE).is_some_and(|whose| OURS.contains(&whose)) || input.ends_in(&["gpkg"]))
}

/// Why a database does not read: half a file, most often, else what it says itself.
fn fault(error: &rusqlite::Error) -> Fault {
    if database_is_broken(error) {
        Fault::DatabaseBroken
    } else {
        Fault::Database { message: error.to_string() }
    }
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    let connection = open_database(input.path, LONGEST).map_err(|error| fault(&error))?;
    let layers = layers(&connection).map_err(|error| fault(&error))?;
    let total = input.bytes.len() as u64;
    for (number, layer) in layers.iter().enumerate() {
        let from = total * number as u64 / layers.len() as u64;
        let span = total / layers.len() as u64;
        table::read(&connection, layer, (layers.len() > 1, from, span), collector)?;
    }
    Ok(())
}

/// The tables of features that are tables.
fn layers(connection: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut statement = connection.prepare(
        "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition, g.srs_id
         FROM gpkg_geometry_columns g
         JOIN sqlite_master m ON lower(m.name) = lower(g.table_name) AND m.type = 'table' AND m.rootpage > 0
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         ORDER BY g.rowid",
    )?;
    let layers = statement.query_map([], |row| {
        let text = |index| row.get::<_, Option<String>>(index).map(Option::unwrap_or_default);
        let own: Option<i64> = row.get(5)?;
        let code: Option<i64> = row.get(3)?;
        let code = code.or(own).and_then(|code| u32::try_from(code).ok()).unwrap_or_default();
        Ok(Layer { table: text(0)?, column: text(1)?, system: (text(2)?, code, text(4)?) })
    })?;
    layers.collect()
}

#[cfg(test)]
mod tests;
