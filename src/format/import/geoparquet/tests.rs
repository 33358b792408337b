//! Files, good and bad, made here, and those that others publish.

use super::super::tests::{batch, corpus, imported, lines};
use super::*;

#[test]
fn public_files_open_with_the_shapes_that_their_tables_say() {
    for kind in ["point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"] {
        let name = |rest| format!("geoparquet/test_data/data-{kind}-{rest}");
        let Some((_, bytes)) = corpus(&name("encoding_wkb.parquet")) else { return };
        println!("{kind} {:?}", lines(&bytes, "a.parquet"));
    }
}
