//! Whether a file fits into memory, before it is read.

use std::path::Path;

use sysinfo::System;

use super::ReadError;
use crate::data::Fault;

/// Bytes of memory that a byte of a file takes at most while it is opened, as measured: areas of many vertices
/// take nearly so much, lines a quarter of it.
const NEEDED: u64 = 5;

/// Refuses a file that would not fit into the memory that is free, as far as the system tells.
pub(super) fn check(path: &Path, length: u64) -> Result<(), ReadError> {
    let mut system = System::new();
    system.refresh_memory();
    let free = system.available_memory();
    match needed(length) {
        needed if free > 0 && needed > free => Err(ReadError::new(path, Fault::TooLarge { needed, free })),
        _ => Ok(()),
    }
}

/// So many bytes of text can be made of a file of another program before it would not fit.
pub(super) fn most_text() -> u64 {
    let mut system = System::new();
    system.refresh_memory();
    match system.available_memory() {
        // The system does not tell.
        0 => u64::MAX,
        free => free / NEEDED,
    }
}

/// Bytes of memory for so many bytes of a file.
pub(super) fn needed(length: u64) -> u64 {
    length.saturating_mul(NEEDED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_larger_than_all_memory_is_refused_with_the_numbers() {
        let error = check(Path::new("world.geojson"), u64::MAX / 8).expect_err("too large").to_string();
        assert!(error.contains("world.geojson: it may need ") && error.contains(" GB are free"), "{error}");
        assert!(check(Path::new("small.geojson"), 1_000).is_ok());
    }
}
