//! Databases of strangers, opened so that they can do no harm.

use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

/// What means something in the address of a database.
const RESERVED: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');

/// Whether a database does not read because bytes of it are missing or spoiled, as those of half a file are.
#[must_use]
pub fn database_is_broken(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Opens a database without writing to it or beside it; a value or a row has `longest` bytes at most. What another
/// program has not put into the file itself yet needs its help files.
///
/// # Errors
/// The database's own: no such file, or no database.
pub fn open_database(path: &Path, longest: i32) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    let is_unfinished = std::fs::metadata(&journal).is_ok_and(|about| about.len() > 0);
    let connection = match path.to_str() {
        Some(text) if !is_unfinished => {
            let text = utf8_percent_encode(text, RESERVED);
            let address = format!("file:{text}?mode=ro&immutable=1");
            Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        _ => Connection::open_with_flags(path, flags)?,
    };
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}
