//! What holds for all archives: pipes are refused, and every error has words in every language.

use std::io;

use super::*;
use crate::i18n::{Language, Strings};

fn errors() -> Vec<TileError> {
    let open = |kind: io::ErrorKind| TileError::Open { path: "a".into(), source: kind.into() };
    vec![
        open(io::ErrorKind::NotFound),
        open(io::ErrorKind::PermissionDenied),
        open(io::ErrorKind::InvalidInput),
        TileError::Read(io::Error::other("D1SK")),
        TileError::Remote("S3RVER".into()),
        TileError::UnknownFormat,
        TileError::Version(47),
        TileError::Cut { missing: 4_711 },
        TileError::Kind("MLT".to_owned()),
        TileError::Damaged(Part::Directory),
        TileError::TooLarge { part: Part::Tile, most: 47 << 20 },
        TileError::TooDeep,
        TileError::Database(rusqlite::Error::InvalidQuery),
        TileError::Template(TemplateFault::Scheme),
        TileError::Template(TemplateFault::UnknownHole("quadkey".to_owned())),
        TileError::Template(TemplateFault::MissingHole),
        TileError::TileJson,
        TileError::NotVector,
        TileError::TooWide { min_zoom: 47 },
        TileError::Stopped,
    ]
}

#[test]
fn every_error_has_its_own_words_in_every_language() {
    let mut seen = std::collections::BTreeSet::new();
    for language in Language::ALL {
        for error in errors() {
            let told = error.told(Strings::embedded(language));
            assert!(!told.is_empty() && !told.contains(['{', '}']), "{told}");
            assert!(seen.insert(told.clone()), "{told} is said twice");
        }
    }
    let english = Strings::embedded(Language::En);
    let all: String = errors().iter().map(|error| error.told(english) + "\n").collect();
    for part in ["D1SK", "S3RVER", "MLT", "quadkey", "a directory", "47 MB", "zoom 47", "version 47"] {
        assert!(all.contains(part), "{part} is not in:\n{all}");
    }
}

#[test]
fn a_file_is_read_in_pieces_up_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a");
    std::fs::write(&path, b"0123456789").expect("written");
    let bytes = FileBytes::open(&path).expect("a file");
    assert_eq!((bytes.len(), bytes.is_empty()), (Some(10), false));
    assert_eq!(bytes.read_at(3, 4).expect("a piece"), b"3456");
    assert_eq!(bytes.read_at(8, usize::MAX).expect("the end"), b"89");
    assert_eq!(bytes.read_at(u64::MAX, 4).expect("nothing"), b"");
    assert!(matches!(open(&path), Err(TileError::UnknownFormat)));
}

#[test]
fn an_archive_is_known_by_what_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        is_archive(&path)
    };
    assert!(file("renamed.bin", b"PMTiles\x03 and more"));
    assert!(file("spoiled.pmtiles", b"{}"), "what calls itself an archive is told to be none");
    assert!(!file("plain.geojson", b"{\"type\": \"FeatureCollection\"}"));
    let database = |name: &str, text: &str| {
        let path = folder.path().join(name);
        let connection = rusqlite::Connection::open(&path).expect("a database");
        connection.execute_batch(text).expect("made");
        is_archive(&path)
    };
    let tiles = "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);";
    assert!(database("tiles.db", tiles));
    assert!(!database("features.mbtiles", "CREATE TABLE gpkg_contents (table_name);"));
    assert!(!database("both.gpkg", &format!("{tiles} PRAGMA application_id = 1196444487;")));
}
