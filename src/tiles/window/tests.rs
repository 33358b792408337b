//! Views of archives that are built here.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::format::{Patient, read_source};
use crate::geo::WorldFixed;
use crate::tiles::mvt::tests::tile_with_point;
use crate::tiles::pmtiles::tests::archive_of;
use crate::tiles::{Info, PmTiles, open};

fn coord(z: u8, x: u32, y: u32) -> TileCoord {
    TileCoord::new(z, x, y).expect("a tile")
}

/// All tiles of zooms 0 to 2 but one, each with a point in its middle; one of them is damaged.
fn pyramid() -> PmTiles {
    let all = (0..=2_u8).flat_map(|z| {
        let side = 1_u32 << z;
        (0..side).flat_map(move |y| (0..side).map(move |x| coord(z, x, y)))
    });
    let tiles: Vec<_> = all
        .filter(|tile| *tile != coord(2, 3, 3))
        .map(|tile| {
            let is_damaged = tile == coord(2, 0, 0);
            (tile, if is_damaged { b"\x1a\xff".to_vec() } else { tile_with_point("points") })
        })
        .collect();
    archive_of(&tiles, 2)
}

fn go_on(_: usize, _: usize) -> bool {
    true
}

fn view(archive: &dyn Archive, bounds: WorldBounds, zoom: f64, most: usize) -> Window {
    window(archive, bounds, zoom, most, &go_on).expect("a window")
}

#[test]
fn a_view_has_the_tiles_of_its_zoom() {
    let archive = pyramid();
    for (zoom, wanted) in [(0.0, (0, 1)), (1.9, (1, 4))] {
        let window = view(&archive, WorldBounds::WORLD, zoom, MOST_TILES);
        assert_eq!((window.zoom, window.tiles), wanted);
        assert_eq!(window.text.split_inclusive(|byte| *byte == b'\n').count(), wanted.1);
    }
    let window = view(&archive, WorldBounds::WORLD, 2.0, MOST_TILES);
    assert_eq!((window.tiles, window.missing, window.broken), (14, 1, 1));
    assert!(matches!(window.fault, Some(TileError::Damaged(_))));
}

#[test]
fn a_view_deeper_than_the_archive_takes_its_deepest_tiles() {
    let archive = pyramid();
    let corner = WorldBounds {
        min: WorldFixed::new(1 << 31, 1 << 31),
        max: WorldFixed::new((1 << 31) + 9, (1 << 31) + 9),
    };
    let window = view(&archive, corner, 17.3, MOST_TILES);
    assert_eq!((window.zoom, window.tiles), (2, 1));
}

#[test]
fn too_many_tiles_make_a_lower_zoom() {
    let archive = pyramid();
    assert_eq!(view(&archive, WorldBounds::WORLD, 2.0, 15).zoom, 1);
    assert_eq!(view(&archive, WorldBounds::WORLD, 2.0, 0).zoom, 0);
}

/// An archive of which only its words are looked at.
#[derive(Debug)]
struct Said(Info);

impl Archive for Said {
    fn info(&self) -> &Info {
        &self.0
    }

    fn tile(&self, _z: u8, _x: u32, _y: u32) -> Result<Option<Vec<u8>>, TileError> {
        Err(TileError::Remote("away".into()))
    }
}

#[test]
fn a_view_too_wide_and_pictures_are_refused() {
    let deep = Info { min_zoom: 6, max_zoom: 9, ..pyramid().info().clone() };
    let refusal =
        |info: &Info| window(&Said(info.clone()), WorldBounds::WORLD, 3.0, 64, &go_on).expect_err("refused");
    assert!(matches!(refusal(&deep), TileError::TooWide { min_zoom: 6 }));
    assert!(matches!(refusal(&Info { kind: Kind::Png, ..deep.clone() }), TileError::NotVector));
    // Where nothing comes at all, the reason is the answer.
    assert!(matches!(refusal(&Info { min_zoom: 0, ..deep }), TileError::Remote(_)));
}

#[test]
fn beside_the_archive_there_is_nothing() {
    let said = Said(Info { bounds: Some([70.0, 30.0, 90.0, 50.0]), ..pyramid().info().clone() });
    let window = view(&said, WorldBounds::of_degrees([-60.0, -20.0, -50.0, -10.0]), 2.0, 64);
    assert_eq!((window.text.len(), window.tiles, window.missing), (0, 0, 0));
}

#[test]
fn the_watch_is_told_and_stops() {
    let archive = pyramid();
    let told = RefCell::new(Vec::new());
    let watch = |done: usize, total: usize| {
        told.borrow_mut().push((done, total));
        done < 2
    };
    assert!(matches!(window(&archive, WorldBounds::WORLD, 1.0, 64, &watch), Err(TileError::Stopped)));
    assert_eq!(*told.borrow(), [(0, 4), (1, 4), (2, 4)]);
}

#[test]
fn the_same_view_gives_the_same_text() {
    let archive = pyramid();
    let text = || view(&archive, WorldBounds::WORLD, 2.0, 64).text;
    let first = text();
    assert!((0..5).all(|_| text() == first));
    let mut alone = Vec::new();
    for coord in wanted(&archive, WorldBounds::WORLD, 2.0, 64).expect("tiles").tiles {
        if let Ok(Some(tile)) = archive.tile(coord.z(), coord.x(), coord.y()) {
            drop(features(&tile, coord, &mut alone, &Limits::default()));
        }
    }
    assert_eq!(first, alone);
}

#[test]
fn limits_hold_for_all_tiles_together() {
    let archive = pyramid();
    let tiles = wanted(&archive, WorldBounds::WORLD, 1.0, 64).expect("tiles");
    let limits = Limits { features: 3, ..Limits::default() };
    let window = window_within(&archive, &tiles, &limits, &go_on).expect("a window");
    assert_eq!((window.tiles, window.is_cut), (3, true));
}

#[test]
fn the_text_opens_like_any_file() {
    let text = view(&pyramid(), WorldBounds::WORLD, 1.0, 64).text;
    let (_, batch) = read_source(Arc::new(text), Path::new("a.geojsonl"), &Patient).expect("features");
    assert_eq!(batch.places.len(), 4);
    assert!(batch.problems.is_empty(), "{:?}", batch.problems);
}

#[test]
fn a_public_archive_of_vectors_opens_as_a_layer() {
    let Some(folder) = std::env::var_os("ATLAS_CORPORA") else {
        println!("ATLAS_CORPORA is not set: no archive is read");
        return;
    };
    let archive =
        open(&Path::new(&folder).join("PMTiles/js/test/data/test_fixture_1.pmtiles")).expect("an archive");
    let window = view(&*archive, WorldBounds::WORLD, 4.0, 64);
    assert_eq!((window.tiles, window.problems, window.broken), (1, 0, 0));
    let (_, batch) = read_source(Arc::new(window.text), Path::new("a.geojsonl"), &Patient).expect("features");
    assert_eq!(batch.places.len(), 1);
}
