//! A file as bytes, without reading it into memory first.

use std::path::Path;
use std::sync::Arc;

use super::ReadError;
use crate::data::Source;

/// Maps a file. Its pages come from the disk when they are looked at and take no memory of the program's own.
#[allow(unsafe_code)]
pub fn map(path: &Path) -> Result<Source, ReadError> {
    let open = |source| ReadError::Open { path: path.to_owned(), source };
    // Looked at before it is opened: whoever opens a pipe waits for its other end.
    let about = std::fs::metadata(path).map_err(open)?;
    if about.is_dir() {
        return Err(open(std::io::ErrorKind::IsADirectory.into()));
    }
    if !about.is_file() {
        return Err(ReadError::NotAFile { path: path.to_owned() });
    }
    let file = std::fs::File::open(path).map_err(open)?;
    // SAFETY: the bytes are only read. Another program that cuts the file short meanwhile ends this one, as it
    // would end any that maps files; a copy of every file would cost as much memory as the file is long.
    let mapped = unsafe { memmap2::Mmap::map(&file) }.map_err(open)?;
    Ok(Arc::new(mapped))
}
