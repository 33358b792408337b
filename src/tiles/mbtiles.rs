//! `MBTiles` 1.3: tiles in an `SQLite` database that is only read.
//!
//! Invariant: no file is written, and no question runs for long. The table of tiles is often a view over others, so
//! views are answered; what such a view may call is held to what `SQLite` deems innocuous, its steps are counted,
//! and no value is longer than a limit.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

use super::info::zooms;
use super::pack::{Packing, unpack};
use super::pmtiles::MOST_TILE;
use super::{Archive, Info, Kind, Part, TileCoord, TileError};
use crate::format::open_database;

pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";
/// Bytes of the header of a database.
pub(super) const HEADER: usize = 100;
/// Where a database says of which program it is, and what `GeoPackage` writes there ("GPKG", before 1.2 "GP10" and "GP11").
const PROGRAM: std::ops::Range<usize> = 68..70;
const GEOPACKAGE: &[u8] = b"GP";
/// Bytes of a value or a row, at most.
const LONGEST: i32 = 16 << 20;
/// Rows of metadata that are read.
const MOST_ROWS: usize = 1_000;
/// A question is stopped after so many times so many steps of `SQLite`'s machine: a second or two.
const STEPS: i32 = 1_000_000;
const MOST_ROUNDS: u32 = 100;

/// A database whose metadata is read.
#[derive(Debug)]
pub struct MbTiles {
    /// A connection serves one question at a time.
    connection: Mutex<Connection>,
    /// Rounds of steps that the present question has taken.
    rounds: Arc<AtomicU32>,
    info: Info,
}

impl MbTiles {
    /// Opens a database without writing to it or beside it.
    pub fn open(path: &Path) -> Result<Self, TileError> {
        let rounds = Arc::new(AtomicU32::new(0));
        let connection = connect(path, &rounds).map_err(TileError::Database)?;
        let mut info = metadata(&connection, &rounds)?;
        let is_said = info.1;
        if !is_said {
            let deepest = |order: &str| {
                rounds.store(0, Ordering::Relaxed);
                let question = format!("SELECT zoom_level FROM tiles ORDER BY zoom_level {order} LIMIT 1");
                connection.query_row(&question, [], |row| row.get::<_, i64>(0)).optional()
            };
            let zoom =
                |order| Ok(deepest(order).map_err(TileError::Database)?.and_then(|z| u8::try_from(z).ok()));
            (info.0.min_zoom, info.0.max_zoom) = zooms(zoom("ASC")?, zoom("DESC")?);
        }
        Ok(Self { connection: Mutex::new(connection), rounds, info: info.0 })
    }
}

/// Whether a database, which begins with `head`, has tiles; of its own kind even where it is damaged.
pub(super) fn is_one(path: &Path, head: &[u8]) -> bool {
    if head.get(PROGRAM) == Some(GEOPACKAGE) {
        return false;
    }
    let question = "SELECT count(*) FROM sqlite_schema WHERE name IN ('tiles', 'metadata')";
    let tables =
        open_database(path, LONGEST).and_then(|it| it.query_row(question, [], |row| row.get::<_, i64>(0)));
    tables.map_or_else(
        |_| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("mbtiles")),
        |count| count >= 1,
    )
}

impl Archive for MbTiles {
    fn info(&self) -> &Info {
        &self.info
    }

    fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileError> {
        let Some(coord) = TileCoord::new(z, x, y) else { return Ok(None) };
        let packed: Option<Option<Vec<u8>>> = {
            let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            self.rounds.store(0, Ordering::Relaxed);
            let mut question = connection
                .prepare_cached(
                    "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3",
                )
                .map_err(TileError::Database)?;
            question
                .query_row((z, x, coord.tms_row()), |row| row.get(0))
                .optional()
                .map_err(TileError::Database)?
        };
        let Some(packed) = packed.flatten().filter(|packed| !packed.is_empty()) else { return Ok(None) };
        let packing = if self.info.kind == Kind::Mvt { Packing::Unknown } else { Packing::None };
        unpack(packed, packing, Part::Tile, MOST_TILE).map(Some)
    }
}

/// What another program has not put into the file itself yet needs its help files; otherwise none is looked for.
fn connect(path: &Path, rounds: &Arc<AtomicU32>) -> rusqlite::Result<Connection> {
    let mut connection = open_database(path, LONGEST)?;
    let rounds = Arc::clone(rounds);
    let is_over = move || rounds.fetch_add(1, Ordering::Relaxed) >= MOST_ROUNDS;
    connection.progress_handler(STEPS, Some(is_over))?;
    Ok(connection)
}

/// What the table of metadata says, and whether it says the zooms.
fn metadata(connection: &Connection, rounds: &AtomicU32) -> Result<(Info, bool), TileError> {
    let mut object = rows(connection, rounds).map_err(TileError::Database)?;
    if let Some(Value::String(text)) = object.remove("json")
        && let Ok(Value::Object(inner)) = serde_json::from_str(&text)
    {
        object.extend(inner.into_iter().filter(|(key, _)| key == "vector_layers"));
    }
    let kind = match object.get("format").and_then(Value::as_str) {
        Some(name) => Kind::named(name).ok_or_else(|| TileError::Kind(name.chars().take(20).collect()))?,
        None => first_kind(connection, rounds)?,
    };
    let is_said = ["minzoom", "maxzoom"].iter().all(|key| object.contains_key(*key));
    Ok((Info::of(&object, kind), is_said))
}

fn rows(connection: &Connection, rounds: &AtomicU32) -> rusqlite::Result<Map<String, Value>> {
    rounds.store(0, Ordering::Relaxed);
    let mut question = connection.prepare("SELECT CAST(name AS TEXT), CAST(value AS TEXT) FROM metadata")?;
    let pairs = question.query_map([], |row| {
        let text = |index| row.get::<_, Option<String>>(index).map(Option::unwrap_or_default);
        Ok((text(0)?, Value::String(text(1)?)))
    })?;
    pairs.take(MOST_ROWS).collect()
}

/// The kind of the first tile, of a database that does not say it.
fn first_kind(connection: &Connection, rounds: &AtomicU32) -> Result<Kind, TileError> {
    rounds.store(0, Ordering::Relaxed);
    let first: Option<Vec<u8>> = connection
        .query_row("SELECT tile_data FROM tiles LIMIT 1", [], |row| row.get(0))
        .optional()
        .map_err(TileError::Database)?;
    let first = unpack(first.unwrap_or_default(), Packing::Unknown, Part::Tile, MOST_TILE)?;
    Kind::sniffed(&first).ok_or_else(|| TileError::Kind("?".to_owned()))
}

#[cfg(test)]
mod tests;
