//! Filters as a person types them.
#![no_main]

use corridor_atlas::data::Filter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(error) = Filter::parse(text) {
        assert!(error.at.start <= text.len());
    }
});
