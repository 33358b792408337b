//! Where the bytes of an archive come from: pieces of a file, or of anything that gives pieces.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::TileError;

/// Bytes that are read in pieces, from several threads.
pub trait Bytes: Send + Sync {
    /// How many there are, where that is known.
    fn len(&self) -> Option<u64>;

    /// Whether it is known that there are none.
    fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The bytes from `offset` on, `len` of them; fewer only where the archive ends before.
    fn read_at(&self, offset: u64, len: usize) -> Result<Vec<u8>, TileError>;
}

/// A file on this machine. It is read through one handle, which a lock guards because its position moves.
#[derive(Debug)]
pub struct FileBytes {
    file: Mutex<File>,
    len: u64,
}

impl FileBytes {
    /// Opens a regular file; folders, pipes and devices are refused.
    pub fn open(path: &Path) -> Result<Self, TileError> {
        let failed = |source| TileError::Open { path: path.to_owned(), source };
        // Asked before it is opened: opening a pipe would wait for its other end.
        let about = std::fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return Err(failed(ErrorKind::IsADirectory.into()));
        }
        if !about.is_file() {
            return Err(failed(ErrorKind::InvalidInput.into()));
        }
        let file = File::open(path).map_err(failed)?;
        Ok(Self { file: Mutex::new(file), len: about.len() })
    }
}

impl Bytes for FileBytes {
    fn len(&self) -> Option<u64> {
        Some(self.len)
    }

    fn read_at(&self, offset: u64, len: usize) -> Result<Vec<u8>, TileError> {
        let there = self.len.saturating_sub(offset).min(len as u64);
        if there == 0 {
            return Ok(Vec::new());
        }
        let mut bytes = Vec::with_capacity(there as usize);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset)).map_err(TileError::Read)?;
        (&mut *file).take(there).read_to_end(&mut bytes).map_err(TileError::Read)?;
        Ok(bytes)
    }
}
