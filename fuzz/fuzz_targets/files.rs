//! Files of every format but tables and archives of tiles: read, and written anew as what was read.
#![no_main]

use std::path::Path;
use std::sync::Arc;

use corridor_atlas::data::Dataset;
use corridor_atlas::format::{self, Patient};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok((source, batch)) = format::read_source(Arc::new(bytes.to_vec()), Path::new("file"), &Patient) else {
        return;
    };
    let dataset = Arc::new(Dataset::new(source, batch).0);
    let _ = format::columns(&dataset);
    for row in 0..dataset.len().min(100) as u32 {
        let _ = format::id_and_properties(dataset.bytes(row).unwrap_or_default());
    }
});
