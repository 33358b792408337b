//! Tables of whatever encoding and delimiter.
#![no_main]

use std::path::Path;

use corridor_atlas::format::{self, Patient, ReadAs};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(sheet) = format::csv::read_csv(bytes) else { return };
    for swap in [false, true] {
        let read_as = ReadAs { swap, ..ReadAs::default() };
        let _ = format::read_sheet(&sheet, Path::new("table.csv"), (&read_as, &Patient));
    }
});
