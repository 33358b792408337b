//! Tables of whatever encoding and delimiter.
#![no_main]

use corridor_atlas::format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sheet) = format::csv::read_csv(bytes) {
        let _ = format::places(&sheet);
        let _ = format::as_points(&sheet);
    }
});
