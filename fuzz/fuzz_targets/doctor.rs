//! The file doctor: it ends, and a mended copy has no errors left.
#![no_main]

use corridor_atlas::doctor::{self, Severity};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = doctor::examine(bytes, &|_| true);
    let mended = doctor::mend(bytes);
    let report = doctor::examine(&mended.text, &|_| true);
    assert_eq!(report.count(Severity::Error), 0, "{}", String::from_utf8_lossy(&mended.text));
});
