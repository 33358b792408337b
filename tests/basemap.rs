//! The basemap that is part of the program answers what it is asked, and damaged bytes do no harm.

use corridor_atlas::basemap::{Basemap, BoundaryKind, Detail, NO_COUNTRY, TileId, depth_or_height_m};
use corridor_atlas::geo::{LonLat, WorldBounds, WorldFixed};

const VECTOR: &[u8] = include_bytes!("../assets/basemap/vector.bin");
const RELIEF: &[u8] = include_bytes!("../assets/basemap/relief.bin");
const TABLES: &[u8] = include_bytes!("../assets/basemap/tables.bin");
const LEVELS: [Detail; 3] = [Detail::Coarse, Detail::Medium, Detail::Fine];

fn at(lon: f64, lat: f64) -> WorldFixed {
    LonLat::new(lon, lat).to_world()
}

fn country_at(map: &Basemap<'_>, lon: f64, lat: f64) -> Option<String> {
    let owner = map.owner_at(at(lon, lat), Detail::Fine).expect("the chunk decodes")?;
    if owner == NO_COUNTRY {
        return Some("nobody".to_owned());
    }
    let tables = map.tables().expect("the tables parse");
    Some(tables.countries[usize::from(owner)].iso_a2.clone())
}

#[test]
fn known_places_lie_in_their_countries() {
    let map = Basemap::embedded();
    let places = [
        ("Kashgar", 75.99, 39.47, "CN"),
        ("Almaty", 76.93, 43.25, "KZ"),
        ("Horgos", 80.43, 44.20, "CN"),
        ("Baikonur", 63.3, 45.95, "KZ"),
        ("Seoul", 126.98, 37.56, "KR"),
        ("Pyongyang", 125.75, 39.03, "KP"),
        ("Vladivostok", 131.92, 43.14, "RU"),
        ("Chukotka beyond 180 degrees", -173.5, 66.5, "RU"),
        ("Hanoi", 105.84, 21.03, "VN"),
        ("Ulaanbaatar", 106.9, 47.92, "MN"),
        ("Lisbon", -9.14, 38.74, "PT"),
        ("Paris", 2.35, 48.86, "FR"),
        ("Oslo", 10.75, 59.95, "NO"),
        ("Taipei", 121.5, 25.04, "TW"),
        ("Maseru", 27.9, -29.5, "LS"),
        ("South Pole's side", 60.0, -80.0, "AQ"),
        ("Lake Victoria", 33.0, -0.4, "UG"),
    ];
    for (name, lon, lat, code) in places {
        assert_eq!(country_at(&map, lon, lat).as_deref(), Some(code), "{name}");
    }
}

#[test]
fn the_open_sea_belongs_to_nobody() {
    let map = Basemap::embedded();
    for (lon, lat) in [(-140.0, 0.0), (51.0, 42.0), (115.0, 13.0), (179.99, -30.0), (35.0, 43.3)] {
        assert_eq!(country_at(&map, lon, lat), None, "{lon} {lat}");
    }
}

#[test]
fn every_chunk_decodes_and_stays_inside_its_square() {
    let map = Basemap::embedded();
    for detail in LEVELS {
        let ids = map.chunks_in(detail, WorldBounds::WORLD);
        assert!(!ids.is_empty());
        for id in ids {
            let chunk = map.chunk(id).unwrap();
            let square = map.chunk_bounds(id).unwrap();
            for areas in [&chunk.land, &chunk.lakes] {
                assert!(areas.vertices.iter().all(|&p| square.contains(p)), "{id:?}");
                let end = areas.groups.last().map_or(0, |group| group.triangles.end);
                assert_eq!(end as usize, areas.triangles.len());
                assert!(areas.groups.is_sorted_by(|a, b| a.owner < b.owner));
            }
            for lines in [&chunk.coast, &chunk.borders, &chunk.shores, &chunk.rivers] {
                assert_eq!(lines.starts.len(), lines.kinds.len());
                assert!(lines.points.iter().all(|&p| square.contains(p)), "{id:?}");
                assert!(lines.iter().all(|(_, points)| points.len() > 1));
            }
        }
    }
}

#[test]
fn no_line_runs_along_a_cut() {
    let map = Basemap::embedded();
    for detail in LEVELS {
        for id in map.chunks_in(detail, WorldBounds::WORLD) {
            let chunk = map.chunk(id).unwrap();
            let square = map.chunk_bounds(id).unwrap();
            let on_x = |p: WorldFixed| p.x == square.min.x || p.x == square.max.x;
            let on_y = |p: WorldFixed| p.y == square.min.y || p.y == square.max.y;
            for lines in [&chunk.coast, &chunk.borders, &chunk.shores, &chunk.rivers] {
                for pair in lines.iter().flat_map(|(_, points)| points.windows(2)) {
                    let along = (on_x(pair[0]) && pair[0].x == pair[1].x)
                        || (on_y(pair[0]) && pair[0].y == pair[1].y);
                    assert!(!along, "{id:?} {pair:?}");
                }
            }
        }
    }
}

/// Where coasts and borders of a column of chunks end on its east or west edge.
fn ends_on_edge(map: &Basemap<'_>, x: u16, on_east: bool) -> Vec<(u16, u32)> {
    let mut found = Vec::new();
    for id in map.chunks_in(Detail::Fine, WorldBounds::WORLD) {
        if id.x != x {
            continue;
        }
        let square = map.chunk_bounds(id).expect("it exists");
        let edge = if on_east { square.max.x } else { square.min.x };
        let chunk = map.chunk(id).expect("it decodes");
        for lines in [&chunk.coast, &chunk.borders, &chunk.rivers] {
            let ends = lines.iter().flat_map(|(kind, p)| [(kind, p[0]), (kind, p[p.len() - 1])]);
            found.extend(ends.filter(|(_, p)| p.x == edge).map(|(kind, p)| (kind, p.y)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn lines_meet_across_the_edge_between_two_chunks() {
    let map = Basemap::embedded();
    for x in [17, 20, 22, 24, 25] {
        let (west, east) = (ends_on_edge(&map, x, true), ends_on_edge(&map, x + 1, false));
        assert!(west.len() > 3);
        assert_eq!(west, east, "column {x}");
    }
}

#[test]
fn land_of_neighbours_leaves_no_crack() {
    let map = Basemap::embedded();
    for detail in [Detail::Medium, Detail::Fine] {
        for id in map.chunks_in(detail, WorldBounds { min: at(79.0, 47.0), max: at(86.0, 42.0) }) {
            let chunk = map.chunk(id).unwrap();
            let square = map.chunk_bounds(id).unwrap();
            let step = (square.max.x - square.min.x) / 61;
            for cell in 0..60 * 60 {
                let (column, row) = (cell % 60 + 1, cell / 60 + 1);
                let p = WorldFixed::new(square.min.x + step * column, square.min.y + step * row);
                let lonlat = p.to_lonlat();
                if (70.0..110.0).contains(&lonlat.lon) && (30.0..60.0).contains(&lonlat.lat) {
                    assert!(chunk.land.owner_at(p).is_some(), "{lonlat:?}");
                }
            }
        }
    }
}

#[test]
fn countries_and_great_towns_have_three_names() {
    let tables = Basemap::embedded().tables().unwrap();
    for country in &tables.countries {
        assert!(country.name.all().iter().all(|name| !name.is_empty()), "{country:?}");
        assert!([0, 2].contains(&country.iso_a2.len()), "{country:?}");
        assert!([0, 3].contains(&country.iso_a3.len()), "{country:?}");
        assert!(country.bounds[0] < country.bounds[2] && country.bounds[1] < country.bounds[3]);
    }
    let great: Vec<_> = tables.places.iter().filter(|place| place.rank <= 3).collect();
    assert!(great.len() > 300);
    for place in great {
        assert!(!place.zh.is_empty() && !place.ko.is_empty(), "{place:?}");
    }
    for feature in &tables.features {
        assert!(feature.name.all().iter().all(|name| !name.is_empty()), "{feature:?}");
        assert!(feature.min_zoom < feature.max_zoom, "{feature:?}");
    }
    assert!(tables.places.len() > 6500 && tables.features.len() > 80);
    assert!(tables.places.is_sorted_by_key(|place| place.rank));
}

#[test]
fn a_place_is_named_without_a_status() {
    let tables = Basemap::embedded().tables().unwrap();
    let row = tables.countries.iter().find(|country| country.iso_a2 == "TW").unwrap();
    assert_eq!(row.name.all(), ["Taiwan", "台湾", "대만"]);
}

#[test]
fn the_line_of_control_is_disputed_and_drawn_otherwise_by_others() {
    let map = Basemap::embedded();
    let tables = map.tables().unwrap();
    let lines = map.boundary_lines().unwrap();
    let kashmir = WorldBounds { min: at(73.0, 36.0), max: at(78.0, 32.5) };
    let mut kinds: Vec<_> = lines
        .iter()
        .filter(|(_, points)| points.iter().any(|&p| kashmir.contains(p)))
        .map(|(kind, _)| &tables.boundaries[usize::from(kind)])
        .collect();
    kinds.retain(|boundary| boundary.kind == BoundaryKind::LineOfControl);
    assert!(!kinds.is_empty());
    assert!(kinds.iter().all(|boundary| boundary.is_disputed));
    assert!(kinds.iter().any(|boundary| boundary.kind_for("IN") != boundary.kind));
    assert!(tables.boundaries.iter().any(|boundary| boundary.kind == BoundaryKind::Disputed));
}

#[test]
fn every_border_drawn_is_a_row_of_the_table() {
    let map = Basemap::embedded();
    let rows = map.tables().unwrap().boundaries.len();
    for detail in LEVELS {
        for id in map.chunks_in(detail, WorldBounds::WORLD) {
            assert!(map.chunk(id).unwrap().borders.kinds.iter().all(|&kind| usize::from(kind) < rows));
        }
    }
}

#[test]
fn relief_borders_are_the_neighbours_own_pixels() {
    let map = Basemap::embedded();
    for (z, x, y) in [(4u8, 11u16, 6u16), (4, 15, 4), (3, 7, 3), (2, 2, 1)] {
        let here = map.relief_tile(TileId { z, x, y }).unwrap();
        let east = map.relief_tile(TileId { z, x: (x + 1) % (1 << z), y }).unwrap();
        let pixel = |rgba: &[u8], column: usize, row: usize, channel: usize| {
            i32::from(rgba[(row * 514 + column) * 4 + channel])
        };
        // Each tile is a JPEG of its own, so the same pixel differs by a few greys.
        for channel in 0..3 {
            let apart: i32 = (1..513)
                .map(|row| (pixel(&here.rgba, 513, row, channel) - pixel(&east.rgba, 1, row, channel)).abs())
                .sum();
            assert!(apart < 512 * 8, "{z} {x} {y} channel {channel}: {}", f64::from(apart) / 512.0);
        }
    }
}

#[test]
fn relief_is_flat_at_sea_and_knows_depth_and_height() {
    let map = Basemap::embedded();
    let sample = |lon: f64, lat: f64| {
        let (x, y) = at(lon, lat).to_unit();
        let (x, y) = (x * 16.0, y * 16.0);
        let tile = map.relief_tile(TileId { z: 4, x: x as u16, y: y as u16 }).unwrap();
        let (column, row) = ((x.fract() * 512.0) as usize + 1, (y.fract() * 512.0) as usize + 1);
        let at = (row * 514 + column) * 4;
        (tile.rgba[at], depth_or_height_m(tile.rgba[at + 1]), tile.rgba[at + 2])
    };
    let (relief, depth, coast) = sample(65.0, 15.0);
    assert!((relief, coast) == (128, 255) && (-4500.0..-3000.0).contains(&depth), "{depth}");
    let (_, height, coast) = sample(88.0, 33.0);
    assert!(coast == 0 && (4300.0..5800.0).contains(&height), "{height}");
    let (_, height, _) = sample(117.0, 34.0);
    assert!((0.0..150.0).contains(&height), "{height}");
    let (_, depth, coast) = sample(50.9, 42.6);
    assert!(coast == 255 && depth < -10.0, "{depth} {coast}");
}

#[test]
fn the_whole_pyramid_is_there() {
    let map = Basemap::embedded();
    for z in 0..5u8 {
        for y in 0..1u16 << z {
            for x in 0..1u16 << z {
                let tile = map.relief_tile(TileId { z, x, y }).unwrap();
                assert_eq!(tile.rgba.len(), 514 * 514 * 4);
            }
        }
    }
    assert!(map.relief_tile(TileId { z: 5, x: 0, y: 0 }).is_err());
}

#[test]
fn the_basemap_stays_small() {
    assert!(VECTOR.len() + RELIEF.len() + TABLES.len() <= 12_000_000);
}

/// Asks for one of everything; true where something could not be given.
fn something_fails(vector: &[u8], relief: &[u8], tables: &[u8]) -> bool {
    let map = Basemap::from_bytes(vector, relief, tables);
    let chunks = map.chunks_in(Detail::Fine, WorldBounds::WORLD);
    let mut failed = map.tables().is_err() || chunks.is_empty();
    for id in chunks.into_iter().step_by(40) {
        failed |= map.chunk(id).is_err();
    }
    failed | map.relief_tile(TileId { z: 4, x: 11, y: 6 }).is_err()
}

/// A fixed row of numbers that look random.
fn next(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    (*seed >> 33) as usize % below
}

#[test]
fn cut_bytes_give_errors() {
    let mut seed = 1;
    assert!(!something_fails(VECTOR, RELIEF, TABLES));
    for _ in 0..12 {
        let cut = |seed: &mut u64, bytes: &'static [u8]| &bytes[..next(seed, bytes.len() / 2)];
        let vector = cut(&mut seed, VECTOR);
        assert!(something_fails(vector, RELIEF, TABLES));
        let relief = cut(&mut seed, RELIEF);
        assert!(something_fails(VECTOR, relief, cut(&mut seed, TABLES)));
    }
}

#[test]
fn flipped_bits_give_no_panic() {
    let mut seed = 2;
    for round in 0..12 {
        let (mut vector, mut relief) = (VECTOR.to_vec(), RELIEF.to_vec());
        let reach = if round % 2 == 0 { 20_000 } else { vector.len().min(relief.len()) };
        for _ in 0..400 {
            vector[next(&mut seed, reach)] ^= 1 << next(&mut seed, 8);
            relief[next(&mut seed, reach)] ^= 1 << next(&mut seed, 8);
        }
        // Whether it fails depends on what was hit; that it comes back is the test.
        let _ = something_fails(&vector, &relief, TABLES);
    }
}
