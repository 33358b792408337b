//! Vector tiles.
#![no_main]

use corridor_atlas::tiles::{Limits, TileCoord, features, tilejson};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut out = Vec::new();
    let coord = TileCoord::new(3, 5, 2).expect("a tile");
    let _ = features(bytes, coord, &mut out, &Limits::default());
    let _ = tilejson(bytes);
});
