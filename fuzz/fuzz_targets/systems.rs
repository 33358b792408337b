//! Definitions of coordinate systems, and positions in them.
#![no_main]

use corridor_atlas::geo::crs::System;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(system) = System::of_text(text) else { return };
    for numbers in [[0.0, 0.0], [500_000.0, 4_900_000.0], [f64::MAX, f64::NAN]] {
        if let Some([lon, lat]) = system.degrees(numbers) {
            assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat));
        }
    }
});
