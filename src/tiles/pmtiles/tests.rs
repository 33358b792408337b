//! Archives that are built here, hostile ones among them, and those of the public collection.

use proptest::prelude::*;

use super::directory::written;
use super::*;
use crate::tiles::Kind;
use crate::tiles::pack::gzip;

/// Bytes in memory.
#[derive(Debug)]
struct Memory(Vec<u8>);

impl Bytes for Memory {
    fn len(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    fn read_at(&self, offset: u64, len: usize) -> Result<Vec<u8>, TileError> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.0.len());
        Ok(self.0[from..from.saturating_add(len).min(self.0.len())].to_vec())
    }
}

/// Bytes of which nobody knows how many there are.
struct Endless(Memory);

impl Bytes for Endless {
    fn len(&self) -> Option<u64> {
        None
    }

    fn read_at(&self, offset: u64, len: usize) -> Result<Vec<u8>, TileError> {
        self.0.read_at(offset, len)
    }
}

/// What an archive is built from.
struct Build {
    root: Vec<u8>,
    leaves: Vec<u8>,
    tiles: Vec<u8>,
    metadata: Vec<u8>,
    /// Packing of directories, of tiles, and the kind of tile.
    codes: [u8; 3],
}

impl Build {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"PMTiles\x03".to_vec();
        let mut offset = 127_u64;
        for section in [&self.root, &self.metadata, &self.leaves, &self.tiles] {
            bytes.extend(offset.to_le_bytes());
            bytes.extend((section.len() as u64).to_le_bytes());
            offset += section.len() as u64;
        }
        bytes.extend([0; 24]);
        bytes.push(1);
        bytes.extend(self.codes);
        bytes.extend([0, 3]);
        for degrees in [-180_i32, -85, 180, 85] {
            bytes.extend((degrees * 10_000_000).to_le_bytes());
        }
        bytes.extend([0; 9]);
        assert_eq!(bytes.len(), header::LEN);
        for section in [&self.root, &self.metadata, &self.leaves, &self.tiles] {
            bytes.extend(section);
        }
        bytes
    }

    fn open(&self) -> Result<PmTiles, TileError> {
        PmTiles::open(Box::new(Memory(self.bytes())))
    }
}

fn entry(id: u64, offset: u64, len: usize, run: u32) -> Entry {
    Entry { id, offset, len: len as u32, run }
}

/// An archive of vector tiles: the tile of the world, a run of four equal tiles below it, and a leaf for zoom 2.
fn sample() -> Build {
    let [world, quarter, deep] = [&b"\x1a\x00world"[..], b"\x1a\x00quarter", b"\x1a\x00deep"].map(gzip);
    let leaf = gzip(&written(&[entry(7, (world.len() + quarter.len()) as u64, deep.len(), 2)]));
    let root = [
        entry(0, 0, world.len(), 1),
        entry(1, world.len() as u64, quarter.len(), 4),
        entry(5, 0, leaf.len(), 0),
    ];
    let metadata = br#"{"name": "Sample", "attribution": "<a href='x'>&copy; Someone</a>"}"#;
    Build {
        root: gzip(&written(&root)),
        leaves: leaf,
        tiles: [world, quarter, deep].concat(),
        metadata: gzip(metadata),
        codes: [2, 2, 1],
    }
}

/// An archive whose only vector tile is `tile`, for the tests of others.
pub(in crate::tiles) fn archive_of(tiles: &[(TileCoord, Vec<u8>)], max_zoom: u8) -> PmTiles {
    let mut sorted: Vec<_> = tiles.iter().map(|(coord, tile)| (coord.id(), tile)).collect();
    sorted.sort();
    let mut bytes = Vec::new();
    let mut entries = Vec::new();
    for (id, tile) in sorted {
        entries.push(entry(id, bytes.len() as u64, tile.len(), 1));
        bytes.extend(tile);
    }
    let build = Build {
        root: written(&entries),
        leaves: Vec::new(),
        tiles: bytes,
        metadata: b"{}".to_vec(),
        codes: [1, 1, 1],
    };
    let mut bytes = build.bytes();
    bytes[101] = max_zoom;
    PmTiles::open(Box::new(Memory(bytes))).expect("an archive")
}

#[test]
fn tiles_are_found_through_runs_and_leaves() {
    let archive = sample().open().expect("an archive");
    let text = |z, x, y| {
        let tile = archive.tile(z, x, y).expect("read");
        tile.map(|tile| String::from_utf8_lossy(&tile[2..]).into_owned())
    };
    assert_eq!(text(0, 0, 0).as_deref(), Some("world"));
    for (x, y) in [(0, 0), (0, 1), (1, 1), (1, 0)] {
        assert_eq!(text(1, x, y).as_deref(), Some("quarter"));
    }
    let places = [7, 8].map(|id| TileCoord::of_id(id).expect("a tile"));
    for place in places {
        assert_eq!(text(place.z(), place.x(), place.y()).as_deref(), Some("deep"));
    }
    assert_eq!(text(2, 0, 0), None);
    assert_eq!(text(3, 0, 0), None);
    assert_eq!(text(1, 2, 0), None);
}

#[test]
fn an_archive_says_what_it_is() {
    let archive = sample().open().expect("an archive");
    let info = archive.info();
    assert_eq!((info.name.as_deref(), info.attribution.as_deref()), (Some("Sample"), Some("© Someone")));
    assert_eq!((info.min_zoom, info.max_zoom, info.kind), (0, 3, Kind::Mvt));
    assert_eq!(info.bounds, Some([-180.0, -85.0, 180.0, 85.0]));
}

#[test]
fn an_archive_that_is_cut_off_says_how_much_is_missing() {
    let mut bytes = sample().bytes();
    bytes.truncate(bytes.len() - 3);
    assert!(matches!(PmTiles::open(Box::new(Memory(bytes))), Err(TileError::Cut { missing: 3 })));
}

#[test]
fn metadata_that_does_not_read_hides_no_tile() {
    let archive = Build { metadata: b"nothing".to_vec(), ..sample() }.open().expect("an archive");
    assert_eq!(archive.info().name, None);
    assert!(archive.tile(0, 0, 0).expect("a tile").is_some());
}

#[test]
fn what_is_not_read_is_refused_by_name() {
    let refusal = |codes| Build { codes, ..sample() }.open().expect_err("refused").to_string();
    assert_eq!(refusal([2, 2, 6]), "tiles of the kind MLT are not read");
    assert_eq!(refusal([2, 9, 1]), "the Header of the archive is damaged");
    let mut bytes = sample().bytes();
    bytes[7] = 4;
    assert!(matches!(PmTiles::open(Box::new(Memory(bytes))), Err(TileError::Version(4))));
}

#[test]
fn directories_and_tiles_may_be_packed_in_other_ways() {
    type Pack = fn(&[u8]) -> Vec<u8>;
    let zstd: Pack = |bytes| zstd::bulk::compress(bytes, 3).expect("packed");
    for (pack, code) in [(zstd, 4), (brotli as Pack, 3)] {
        let tile = pack(b"\x1a\0");
        let build = Build {
            root: pack(&written(&[entry(0, 0, tile.len(), 1)])),
            leaves: Vec::new(),
            tiles: tile,
            metadata: pack(b"{\"name\": \"Z\"}"),
            codes: [code, code, 1],
        };
        let archive = build.open().expect("an archive");
        assert_eq!(archive.info().name.as_deref(), Some("Z"));
        assert_eq!(archive.tile(0, 0, 0).expect("a tile").as_deref(), Some(&b"\x1a\0"[..]));
    }
}

/// Brotli's frame (RFC 7932, sections 9.1 and 9.2) around bytes that stay as they are.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    const IS_UNCOMPRESSED: usize = 1 << 20;
    const LAST_AND_EMPTY: u8 = 3;
    let head = IS_UNCOMPRESSED | (bytes.len() - 1) << 4;
    [&head.to_le_bytes()[..3], bytes, &[LAST_AND_EMPTY]].concat()
}

#[test]
fn a_leaf_that_leads_to_itself_ends() {
    let leaf = written(&[entry(0, 0, 5, 0)]);
    let build = Build { root: leaf.clone(), leaves: leaf, codes: [1, 1, 1], ..sample() };
    let archive = build.open().expect("an archive");
    assert!(matches!(archive.tile(0, 0, 0), Err(TileError::TooDeep)));
    let kept = archive.leaves.lock().expect("a lock").len();
    assert_eq!(kept, 1);
}

#[test]
fn lengths_are_held_against_limits_before_memory_is_taken() {
    let root = |entries: &[Entry]| Build { root: written(entries), codes: [1, 1, 1], ..sample() };
    let far = root(&[entry(0, 1 << 40, 9, 1)]).open().expect("an archive");
    assert!(matches!(far.tile(0, 0, 0), Err(TileError::Damaged(Part::Tile))));
    let mut bytes = root(&[entry(0, 0, u32::MAX as usize, 1)]).bytes();
    bytes[64..72].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(matches!(PmTiles::open(Box::new(Memory(bytes.clone()))), Err(TileError::Cut { .. })));
    let large = PmTiles::open(Box::new(Endless(Memory(bytes.clone())))).expect("an archive");
    assert!(matches!(large.tile(0, 0, 0), Err(TileError::TooLarge { part: Part::Tile, .. })));
    bytes[16..24].copy_from_slice(&(1_u64 << 40).to_le_bytes());
    let refused = PmTiles::open(Box::new(Endless(Memory(bytes))));
    assert!(matches!(refused, Err(TileError::TooLarge { part: Part::Directory, .. })));
}

#[test]
fn a_directory_lies_in_no_way() {
    let lies: [&[u8]; 6] = [
        // More entries than bytes; an id twice; no length; no offset; an offset past all numbers; cut off.
        &[0xff, 0xff, 0xff, 0xff, 0x0f, 0],
        &[2, 0, 0, 1, 1, 1, 1, 1, 1],
        &[1, 0, 1, 0, 1],
        &[1, 0, 1, 1, 0],
        &[1, 0, 1, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        &[1, 0, 1],
    ];
    for lie in lies {
        assert!(directory::parse(lie).is_err(), "{lie:?}");
    }
    assert_eq!(directory::parse(&[0]).expect("no entries"), []);
}

#[test]
fn the_leaves_that_are_kept_have_an_end() {
    let one = written(&[entry(0, 0, 5, 1)]);
    let count = 100_u64;
    let entries: Vec<_> = (0..count).map(|n| entry(n, n * one.len() as u64, one.len(), 0)).collect();
    let mut leaves = Vec::new();
    (0..count).for_each(|n| leaves.extend(written(&[entry(n, 0, 5, 1)])));
    let archive =
        Build { root: written(&entries), leaves, codes: [1, 1, 1], ..sample() }.open().expect("open");
    for id in 0..40 {
        let coord = TileCoord::of_id(id).expect("a tile");
        assert!(archive.tile(coord.z(), coord.x(), coord.y()).expect("read").is_some(), "{id}");
    }
    for id in 40..count {
        archive.place(id).expect("read");
    }
    let leaves = archive.leaves.lock().expect("a lock");
    assert_eq!(leaves.len(), MOST_LEAVES);
    let latest = leaves[MOST_LEAVES - 1].0.offset;
    assert_eq!(latest, archive.header.leaves.offset + 99 * one.len() as u64);
}

fn poke(bytes: Vec<u8>) {
    let Ok(archive) = PmTiles::open(Box::new(Memory(bytes))) else { return };
    for id in 0..30 {
        let coord = TileCoord::of_id(id).expect("a tile");
        // Either answer will do: what matters is that there is one.
        drop(archive.tile(coord.z(), coord.x(), coord.y()));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut with_magic = b"PMTiles\x03".to_vec();
        with_magic.extend(&bytes);
        poke(bytes);
        poke(with_magic);
    }

    #[test]
    fn any_damage_is_survived(at in 0..400_usize, value in any::<u8>(), is_plain in any::<bool>()) {
        let mut build = sample();
        if is_plain {
            build = Build { root: written(&[entry(0, 0, 9, 1), entry(1, 0, 9, 0)]), leaves: written(&[entry(1, 3, 9, 4)]), codes: [1, 1, 1], ..build };
        }
        let mut bytes = build.bytes();
        let at = at % bytes.len();
        bytes[at] = value;
        let cut = bytes[..at].to_vec();
        poke(bytes);
        poke(cut);
    }

    #[test]
    fn directories_come_back(steps in prop::collection::vec((1..1000_u64, 0..9_u32, 1..99_usize, any::<bool>()), 0..50)) {
        let (mut id, mut end) = (0, 0);
        let mut entries = Vec::new();
        for (step, run, len, is_next) in steps {
            id += step;
            let offset = if is_next { end } else { step };
            entries.push(entry(id, offset, len, run));
            end = offset + len as u64;
        }
        prop_assert_eq!(directory::parse(&written(&entries)).expect("a directory"), entries);
    }
}

#[test]
fn public_archives_open_and_hostile_ones_do_not() {
    let Some(folder) = std::env::var_os("ATLAS_CORPORA") else {
        println!("ATLAS_CORPORA is not set: no archive is read");
        return;
    };
    let folder = std::path::Path::new(&folder).join("PMTiles");
    let open = |name: &str| crate::tiles::open(&folder.join(name));
    let tiles_of = |name: &str| {
        let archive = open(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let ids = 0..400_u64;
        let coords = ids.filter_map(TileCoord::of_id).filter(|coord| coord.z() <= archive.info().max_zoom);
        let tiles = coords.filter_map(|at| archive.tile(at.z(), at.x(), at.y()).expect("a tile"));
        let kind = archive.info().kind;
        let mut count = 0;
        for tile in tiles {
            assert_eq!(Kind::sniffed(&tile), Some(kind), "{name}");
            count += 1;
        }
        (count, archive.info().clone())
    };
    let (count, info) = tiles_of("spec/v3/stamen_toner(raster)CC-BY+ODbL_z3.pmtiles");
    assert_eq!((count, info.kind, info.max_zoom), (85, Kind::Png, 3));
    let (count, info) = tiles_of("js/test/data/test_fixture_1.pmtiles");
    assert_eq!((count, info.kind), (1, Kind::Mvt));
    let whitney = open("spec/v3/usgs-mt-whitney-8-15-webp-512.pmtiles").expect("an archive");
    let [west, south, east, north] = whitney.info().bounds.expect("bounds");
    let bounds = crate::geo::WorldBounds::of_degrees([west, south, east, north]);
    let center = bounds.center();
    for zoom in whitney.info().min_zoom..=whitney.info().max_zoom {
        let at = TileCoord::at(zoom, center);
        let tile = whitney.tile(at.z(), at.x(), at.y()).expect("read").expect("a tile");
        assert_eq!(Kind::sniffed(&tile), Some(Kind::Webp));
    }
    for (name, told) in [
        ("invalid.pmtiles", "neither a PMTiles nor an MBTiles archive"),
        ("empty.pmtiles", "neither a PMTiles nor an MBTiles archive"),
        ("invalid_v4.pmtiles", "PMTiles of version 4 are not read, only of version 3"),
        ("test_fixture_mlt.pmtiles", "tiles of the kind MLT are not read"),
    ] {
        let error = open(&format!("js/test/data/{name}")).expect_err(name);
        assert_eq!(error.to_string(), told, "{name}");
    }
    assert!(open("js/test/data/test_fixture_2.pmtiles").is_ok());
}
