//! Databases that are built here, hostile ones among them.

use super::*;
use crate::tiles::pack::gzip;

/// A database in a folder of its own.
fn database(statements: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a #1%.mbtiles");
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(statements).expect(statements);
    (folder, path)
}

const TABLES: &str = "
    CREATE TABLE metadata (name TEXT, value TEXT);
    CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[test]
fn rows_count_from_the_south_and_vector_tiles_are_unpacked() {
    let tile = hex(&gzip(b"\x1a\x00north"));
    let (_folder, path) = database(&format!(
        "{TABLES}
        INSERT INTO metadata VALUES ('name', 'Roads'), ('format', 'pbf'), ('minzoom', '0'), ('maxzoom', '2'),
            ('bounds', '70,30,90,50'), ('attribution', '<b>&copy; Someone</b>'),
            ('json', '{{\"vector_layers\": [{{\"id\": \"roads\", \"fields\": {{}}}}], \"name\": \"Other\"}}');
        INSERT INTO tiles VALUES (2, 1, 3, X'{tile}'), (2, 1, 2, NULL);"
    ));
    let archive = crate::tiles::open(&path).expect("an archive");
    let info = archive.info();
    assert_eq!((info.name.as_deref(), info.attribution.as_deref()), (Some("Roads"), Some("© Someone")));
    assert_eq!((info.kind, info.min_zoom, info.max_zoom), (Kind::Mvt, 0, 2));
    assert_eq!((info.bounds, info.layers.len()), (Some([70.0, 30.0, 90.0, 50.0]), 1));
    assert_eq!(archive.tile(2, 1, 0).expect("read").as_deref(), Some(&b"\x1a\x00north"[..]));
    for (z, x, y) in [(2, 1, 3), (2, 1, 1), (2, 9, 0), (60, 0, 0)] {
        assert_eq!(archive.tile(z, x, y).expect("read"), None, "{z}/{x}/{y}");
    }
}

#[test]
fn a_view_may_bring_the_tiles() {
    let (_folder, path) = database(
        "CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE map (z INTEGER, x INTEGER, y INTEGER, id TEXT);
        CREATE TABLE images (id TEXT, tile_data BLOB);
        CREATE VIEW tiles AS SELECT z AS zoom_level, x AS tile_column, y AS tile_row, tile_data
            FROM map JOIN images ON images.id = map.id;
        INSERT INTO map VALUES (1, 0, 1, 'sea'), (3, 0, 0, 'sea');
        INSERT INTO images VALUES ('sea', X'89504E470D0A');",
    );
    let archive = MbTiles::open(&path).expect("an archive");
    let info = archive.info();
    // Nothing is said: the tiles themselves tell.
    assert_eq!((info.kind, info.min_zoom, info.max_zoom), (Kind::Png, 1, 3));
    assert!(archive.tile(1, 0, 0).expect("read").is_some());
}

#[test]
fn a_view_that_does_not_end_is_stopped() {
    let (_folder, path) = database(
        "CREATE TABLE metadata (name TEXT, value TEXT);
        INSERT INTO metadata VALUES ('format', 'png'), ('minzoom', 0), ('maxzoom', 1);
        CREATE VIEW tiles AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
            SELECT -i AS zoom_level, i AS tile_column, i AS tile_row, 'x' AS tile_data FROM n;",
    );
    let archive = MbTiles::open(&path).expect("an archive");
    assert!(matches!(archive.tile(0, 0, 0), Err(TileError::Database(_))));
}

#[test]
fn what_is_no_archive_is_refused() {
    let refusal = |statements: &str| {
        let (_folder, path) = database(statements);
        crate::tiles::open(&path).expect_err("refused")
    };
    assert!(matches!(refusal("CREATE TABLE other (a)"), TileError::Database(_)));
    assert!(matches!(refusal(TABLES), TileError::Kind(_)));
    let of_kind =
        |format: &str| refusal(&format!("{TABLES} INSERT INTO metadata VALUES ('format', '{format}');"));
    assert_eq!(of_kind("mlt").to_string(), "tiles of the kind mlt are not read");
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("a.mbtiles");
    std::fs::write(&text, b"SQLite format 3\0and then nothing").expect("written");
    assert!(matches!(crate::tiles::open(&text), Err(TileError::Database(_))));
    let strings = crate::i18n::Strings::embedded(crate::i18n::Language::En);
    let told = |path: &Path| crate::tiles::open(path).expect_err("refused").told(strings);
    assert_eq!(told(folder.path()), strings.refusals.folder);
    assert_eq!(told(&folder.path().join("none")), strings.refusals.not_found);
}

#[test]
fn a_value_past_the_limit_is_not_taken() {
    let (_folder, path) = database(&format!(
        "{TABLES} INSERT INTO metadata VALUES ('format', 'png'), ('minzoom', 0), ('maxzoom', 0);
        INSERT INTO tiles VALUES (0, 0, 0, zeroblob({}));",
        MOST_TILE + 1
    ));
    let archive = MbTiles::open(&path).expect("an archive");
    assert!(matches!(archive.tile(0, 0, 0), Err(TileError::Database(_))));
}

#[test]
fn nothing_is_written_beside_an_archive() {
    let (folder, path) = database(&format!(
        "{TABLES} INSERT INTO metadata VALUES ('format', 'png'), ('minzoom', 0), ('maxzoom', 0);"
    ));
    let before = std::fs::read(&path).expect("bytes");
    let archive = MbTiles::open(&path).expect("an archive");
    assert_eq!(archive.tile(0, 0, 0).expect("read"), None);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
}
