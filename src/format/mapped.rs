//! A file as bytes: a small one as a copy, a large one without reading it into memory first.

#[cfg(unix)]
mod torn;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::{ReadError, packed};
use crate::data::{Fault, Source};

/// Files up to this many bytes are copied: a program that saves by cutting a file short first does no harm then.
const COPIED: u64 = 32 << 20;

/// What standard input is called among files.
pub const STDIN: &str = "-";

/// All of it, in memory: nobody can look at it twice.
fn standard_input() -> std::io::Result<Source> {
    let most = super::room::most_text();
    let mut bytes = Vec::new();
    let read =
        std::io::Read::take(std::io::stdin().lock(), most.saturating_add(1)).read_to_end(&mut bytes)?;
    if read as u64 > most {
        return Err(std::io::ErrorKind::OutOfMemory.into());
    }
    Ok(Arc::new(bytes))
}

/// The bytes of a file or of standard input, unpacked where they are packed once more.
pub fn map(path: &Path) -> Result<Source, ReadError> {
    packed::unpacked(as_it_is(path)?, path)
}

/// Copies or maps a file, or reads standard input. The pages of a mapped one come from the disk when they are looked at and
/// take no memory of the program's own.
#[allow(unsafe_code)]
fn as_it_is(path: &Path) -> Result<Source, ReadError> {
    let open = |error| ReadError::open(path, &error);
    if path == Path::new(STDIN) {
        return standard_input().map_err(open);
    }
    if ["http://", "https://"].iter().any(|start| path.to_str().is_some_and(|path| path.starts_with(start))) {
        return Err(ReadError::new(path, Fault::Address));
    }
    // Looked at before it is opened: whoever opens a pipe waits for its other end.
    let about = std::fs::metadata(path).map_err(open)?;
    if about.is_dir() {
        return Err(open(std::io::ErrorKind::IsADirectory.into()));
    }
    if !about.is_file() {
        return Err(ReadError::new(path, Fault::NotAFile));
    }
    if about.len() <= COPIED {
        return Ok(Arc::new(std::fs::read(path).map_err(open)?));
    }
    let file = std::fs::File::open(path).map_err(open)?;
    // SAFETY: the bytes are only read, and what another program cuts off meanwhile reads as zeros. Bytes that it
    // changes under the map can break what is read, not the program: no reader trusts what it has read before.
    let mapped = unsafe { memmap2::Mmap::map(&file) }.map_err(open)?;
    Ok(guarded(mapped))
}

#[cfg(unix)]
fn guarded(map: memmap2::Mmap) -> Source {
    Arc::new(torn::Guarded::new(map))
}

/// Windows lets nobody cut a file short that is mapped.
#[cfg(not(unix))]
fn guarded(map: memmap2::Mmap) -> Source {
    Arc::new(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_cut_off_a_large_file_reads_as_zeros_and_the_program_goes_on() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let length = usize::try_from(COPIED).expect("a size") + 5;
        std::fs::write(file.path(), vec![b'x'; length]).expect("written");
        let source = map(file.path()).expect("mapped");
        file.as_file().set_len(10).expect("cut short");
        let bytes = (*source).as_ref();
        assert_eq!((bytes.len(), bytes[9], bytes[1 << 20], bytes[length - 1]), (length, b'x', 0, 0));
    }

    #[test]
    fn a_small_file_stays_whole_when_another_program_cuts_it_short() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), "{\"type\":\"FeatureCollection\"}").expect("written");
        let source = map(file.path()).expect("read");
        std::fs::write(file.path(), "").expect("cut short");
        assert_eq!((*source).as_ref(), b"{\"type\":\"FeatureCollection\"}");
    }
}
