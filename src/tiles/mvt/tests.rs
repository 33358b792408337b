//! Tiles that are written here, and those of the public collections.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

/// A message of protobuf, field by field.
#[derive(Clone, Debug, Default)]
pub(in crate::tiles) struct Message(pub(in crate::tiles) Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn number(mut self, field: u64, value: u64) -> Self {
        self.varint(field << 3);
        self.varint(value);
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    fn packed(self, field: u64, values: &[u32]) -> Self {
        let mut inner = Self::default();
        for value in values {
            inner.varint(u64::from(*value));
        }
        self.bytes(field, &inner.0)
    }

    fn feature(kind: u64, geometry: &[u32], tags: &[u32]) -> Self {
        Self::default().number(1, 7).packed(2, tags).number(3, kind).packed(4, geometry)
    }

    /// A layer of version 2 with an extent of 16.
    fn layer(name: &str, features: &[Self], keys: &[&str], values: &[Self]) -> Self {
        let mut layer = Self::default().number(15, 2).bytes(1, name.as_bytes()).number(5, 16);
        for feature in features {
            layer = layer.bytes(2, &feature.0);
        }
        for key in keys {
            layer = layer.bytes(3, key.as_bytes());
        }
        for value in values {
            layer = layer.bytes(4, &value.0);
        }
        layer
    }

    fn tile(layers: &[Self]) -> Vec<u8> {
        layers.iter().fold(Self::default(), |tile, layer| tile.bytes(3, &layer.0)).0
    }
}

fn folded(step: i32) -> u32 {
    ((step << 1) ^ (step >> 31)).cast_unsigned()
}

/// The commands of parts: each a list of points in units; rings are closed.
fn commands(parts: &[&[[i32; 2]]], is_ring: bool) -> Vec<u32> {
    let mut commands = Vec::new();
    let mut cursor = [0, 0];
    for part in parts {
        for (number, point) in part.iter().enumerate() {
            match number {
                0 => commands.push(1 << 3 | 1),
                1 => commands.push((part.len() as u32 - 1) << 3 | 2),
                _ => {}
            }
            commands.extend([folded(point[0] - cursor[0]), folded(point[1] - cursor[1])]);
            cursor = *point;
        }
        if is_ring {
            commands.push(1 << 3 | 7);
        }
    }
    commands
}

/// A vector tile with one point in its middle, for the tests of others.
pub(in crate::tiles) fn tile_with_point(layer: &str) -> Vec<u8> {
    let point = Message::feature(1, &[9, folded(8), folded(8)], &[]);
    Message::tile(&[Message::layer(layer, &[point], &[], &[])])
}

fn world() -> TileCoord {
    TileCoord::new(0, 0, 0).expect("a tile")
}

fn read(tile: &[u8], coord: TileCoord) -> (Vec<Json>, Stats) {
    let mut out = Vec::new();
    let stats = features(tile, coord, &mut out, &Limits::default()).expect("a tile");
    let lines = String::from_utf8(out).expect("UTF-8");
    let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(lines.len(), stats.features);
    (lines, stats)
}

/// The geometry of a feature of the tile of the world, 16 units wide.
fn geometry(kind: u64, parts: &[&[[i32; 2]]]) -> Option<Json> {
    let feature = Message::feature(kind, &commands(parts, kind == 3), &[]);
    let (mut lines, stats) = read(&Message::tile(&[Message::layer("a", &[feature], &[], &[])]), world());
    assert_eq!(stats.problems, 0);
    lines.pop().map(|mut line| line["geometry"].take())
}

#[test]
fn units_of_a_tile_become_degrees() {
    let point = geometry(1, &[&[[8, 8]]]).expect("a point");
    assert_eq!(point, json!({"type": "Point", "coordinates": [0, 0]}));
    let line = geometry(2, &[&[[0, 0], [4, 8]]]).expect("a line");
    assert_eq!(line, json!({"type": "LineString", "coordinates": [[-180, 85.051_128_78], [-90, 0]]}));
    let coord = TileCoord::new(4, 11, 5).expect("a tile");
    let (lines, _) = read(&tile_with_point("zones"), coord);
    assert_eq!(lines[0]["geometry"]["coordinates"], json!([78.75, 48.922_499_264]));
}

#[test]
fn several_parts_become_a_multi_geometry() {
    let feature = Message::feature(1, &[2 << 3 | 1, folded(4), folded(8), folded(4), 0], &[]);
    let (lines, _) = read(&Message::tile(&[Message::layer("a", &[feature], &[], &[])]), world());
    assert_eq!(lines[0]["geometry"], json!({"type": "MultiPoint", "coordinates": [[-90, 0], [0, 0]]}));
    let lines = geometry(2, &[&[[0, 8], [4, 8]], &[[8, 8], [12, 8]]]).expect("lines");
    let coordinates = json!([[[-180, 0], [-90, 0]], [[0, 0], [90, 0]]]);
    assert_eq!(lines, json!({"type": "MultiLineString", "coordinates": coordinates}));
}

const SQUARE: [[i32; 2]; 4] = [[0, 0], [12, 0], [12, 12], [0, 12]];

#[test]
fn rings_are_told_apart_by_their_direction() {
    let hole = [[4, 4], [4, 8], [8, 8], [8, 4]];
    let second = [[13, 13], [15, 13], [15, 15]];
    let shape = geometry(3, &[&SQUARE, &hole, &second]).expect("polygons");
    assert_eq!(shape["type"], "MultiPolygon");
    let counts: Vec<_> = shape["coordinates"]
        .as_array()
        .expect("polygons")
        .iter()
        .map(|p| p.as_array().map(Vec::len))
        .collect();
    assert_eq!(counts, [Some(2), Some(1)]);
    // RFC 7946: an exterior runs counter-clockwise, a hole clockwise.
    let area = |ring: &Json| {
        let points: Vec<_> = ring
            .as_array()
            .expect("a ring")
            .iter()
            .map(|p| [p[0].as_f64().expect("x"), p[1].as_f64().expect("y")])
            .collect();
        assert_eq!(points.first(), points.last());
        shape::doubled_area(&points)
    };
    let polygon = &shape["coordinates"][0];
    assert!(area(&polygon[0]) > 0.0 && area(&polygon[1]) < 0.0, "{polygon}");
}

#[test]
fn the_first_ring_of_an_old_tile_is_an_exterior_however_it_runs() {
    let mut backwards = SQUARE;
    backwards.reverse();
    let shape = geometry(3, &[&backwards]).expect("a polygon");
    assert_eq!(shape["type"], "Polygon");
}

#[test]
fn what_lies_beyond_the_tile_is_cut_off() {
    let around = [[-4, -4], [20, -4], [20, 20], [-4, 20]];
    let shape = geometry(3, &[&around]).expect("a polygon");
    let ring = shape["coordinates"][0].as_array().expect("a ring");
    assert_eq!(ring.len(), 5);
    assert!(ring.iter().all(|point| point[0].as_f64().is_some_and(|lon| lon.abs() == 180.0)), "{shape}");
    assert_eq!(geometry(1, &[&[[-1, 3]]]), None);
    assert_eq!(geometry(2, &[&[[17, 3], [18, 3]]]), None);
    let hole_outside = geometry(3, &[&SQUARE, &[[-4, 4], [-4, 8], [-2, 8]]]).expect("a polygon");
    assert_eq!(hole_outside["coordinates"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_point_between_two_tiles_is_written_once() {
    let point = |x: i32| {
        let feature = Message::feature(1, &commands(&[&[[x, 3]]], false), &[]);
        Message::tile(&[Message::layer("a", &[feature], &[], &[])])
    };
    let tile = |x| TileCoord::new(1, x, 0).expect("a tile");
    let (west, stats) = read(&point(16), tile(0));
    let (east, _) = read(&point(0), tile(1));
    assert_eq!((west.len(), east.len(), stats.outside), (0, 1, 1));
}

fn value(field: u64, number: u64) -> Message {
    Message::default().number(field, number)
}

#[test]
fn properties_keep_their_types() {
    let text = Message::default().bytes(1, "口岸 \"x\"\n".as_bytes());
    let mut float = Message(vec![2 << 3 | 5]);
    float.0.extend(1.1_f32.to_le_bytes());
    let mut double = Message(vec![3 << 3 | 1]);
    double.0.extend(f64::NAN.to_le_bytes());
    let values = [
        text,
        float,
        double,
        value(4, u64::MAX),
        value(5, u64::MAX),
        value(6, 3),
        value(7, 1),
        Message::default(),
    ];
    let keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let tags: Vec<u32> = (0..8).flat_map(|index| [index, index]).collect();
    let feature = Message::feature(1, &[9, 2, 2], &tags);
    let (lines, stats) =
        read(&Message::tile(&[Message::layer("ports", &[feature], &keys, &values)]), world());
    let wanted = json!({
        "a": "口岸 \"x\"\n", "b": 1.1, "c": null, "d": -1, "e": u64::MAX, "f": -2, "g": true, "h": null,
        "layer": "ports",
    });
    assert_eq!((&lines[0]["properties"], &lines[0]["id"], stats.problems), (&wanted, &json!(7), 0));
}

#[test]
fn a_property_of_the_feature_outlives_the_name_of_the_layer() {
    let properties = |keys: &[&str]| {
        let tags: Vec<u32> = (0..keys.len() as u32).flat_map(|index| [index, 0]).collect();
        let feature = Message::feature(1, &[9, 2, 2], &tags);
        let layer = Message::layer("roads", &[feature], keys, &[value(5, 2)]);
        read(&Message::tile(&[layer]), world()).0[0]["properties"].clone()
    };
    assert_eq!(properties(&["layer"]), json!({"layer": 2, "mvt_layer": "roads"}));
    assert_eq!(properties(&["layer", "mvt_layer"]), json!({"layer": 2, "mvt_layer": 2}));
}

#[test]
fn what_breaks_the_specification_is_counted_and_the_rest_is_written() {
    let good = Message::feature(1, &[9, 2, 2], &[]);
    let huge = Message::feature(1, &[0x1fff_ffff << 3 | 1, 2, 2], &[]);
    let cut_off = Message::feature(2, &[9, 2, 2, 2 << 3 | 2, 4], &[]);
    let never_opened = Message::feature(3, &[15], &[]);
    let odd_tags = Message::feature(1, &[9, 2, 2], &[0]);
    let strange_tags = Message::feature(1, &[9, 2, 2], &[4, 4]);
    let unknown = Message::feature(0, &[9, 2, 2], &[]);
    let all = [good, huge, cut_off, never_opened, odd_tags, strange_tags, unknown];
    let future = Message::default().number(15, 3).bytes(1, b"future");
    let tile = Message::tile(&[future, Message::layer("a", &all, &["k"], &[])]);
    let (lines, stats) = read(&tile, world());
    assert_eq!((lines.len(), stats.problems, stats.unknown), (3, 6, 1));
}

#[test]
fn limits_end_a_tile() {
    let point = Message::feature(1, &[9, 2, 2], &[]);
    let tile = Message::tile(&[Message::layer("a", &vec![point; 100], &[], &[])]);
    let limited = |limits: Limits| {
        let mut out = b"kept\n".to_vec();
        let stats = features(&tile, world(), &mut out, &limits).expect("a tile");
        assert!(out.starts_with(b"kept\n") && out.ends_with(b"\n"));
        assert!(out.len() - 5 <= limits.bytes);
        (stats.features, stats.is_cut)
    };
    let none = Limits::default();
    assert_eq!(limited(none), (100, false));
    assert_eq!(limited(Limits { features: 10, ..none }), (10, true));
    assert_eq!(limited(Limits { vertices: 20, ..none }), (20, true));
    let (count, is_cut) = limited(Limits { bytes: 1_000, ..none });
    assert!(is_cut && (1..20).contains(&count), "{count}");
}

#[test]
fn bytes_that_are_no_protobuf_leave_the_text_as_it_was() {
    let mut tile = tile_with_point("a");
    tile.push(0x1a);
    let mut out = b"before".to_vec();
    let error = features(&tile, world(), &mut out, &Limits::default()).expect_err("damaged");
    assert!(matches!(error, TileError::Damaged(Part::Tile)));
    assert_eq!(out, b"before");
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut out = Vec::new();
        drop(features(&bytes, world(), &mut out, &Limits::default()));
        let layer = Message::default().bytes(1, b"a").bytes(2, &bytes);
        drop(features(&Message::tile(&[layer]), world(), &mut out, &Limits::default()));
    }

    #[test]
    fn any_geometry_gives_json_inside_the_tile(
        kind in 0..5_u64,
        commands in prop::collection::vec(prop_oneof![Just(9_u32), Just(10), Just(18), Just(15), 0..60_u32, any::<u32>()], 0..40),
    ) {
        let feature = Message::feature(kind, &commands, &[]);
        let (lines, _) = read(&Message::tile(&[Message::layer("a", &[feature], &[], &[])]), world());
        for line in lines {
            prop_assert!(numbers(&line["geometry"]["coordinates"]).iter().all(|n| n.abs() <= 180.0));
        }
    }

    #[test]
    fn any_damage_is_survived(at in 0..200_usize, byte in any::<u8>()) {
        let feature = Message::feature(3, &commands(&[&SQUARE], true), &[0, 0]);
        let mut tile = Message::tile(&[Message::layer("a", &[feature], &["k"], &[value(5, 2)])]);
        let at = at % tile.len();
        tile[at] = byte;
        let mut out = Vec::new();
        drop(features(&tile, world(), &mut out, &Limits::default()));
        prop_assert!(out.len() < 4_000, "{}", out.len());
    }
}

/// All numbers in nested lists.
fn numbers(value: &Json) -> Vec<f64> {
    match value {
        Json::Array(list) => list.iter().flat_map(numbers).collect(),
        other => other.as_f64().into_iter().collect(),
    }
}

mod corpora;
