//! Tours: whatever stands in one, its faults have lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(faults) = corridor_atlas::tour::read(text) {
        assert!(!faults.is_empty());
    }
});
