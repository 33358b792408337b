//! What crosses 180° lies on both sides of it, and nowhere between.

use super::*;
use crate::geo::WorldFixed;

fn dataset(geometry: &str) -> Dataset {
    let (source, batch) = read(file(geometry.as_bytes()).path(), &Patient).expect("read");
    Dataset::new(source, batch).0
}

/// Whether the areas hold a place, by counting the edges east of it.
fn holds(dataset: &Dataset, lon: f64, lat: f64) -> bool {
    let at = WorldFixed::of_degrees(lon, lat);
    let lines = dataset.lines_of(0);
    let edges = lines.flat_map(|ring| ring.windows(2));
    let crossed = edges.filter(|edge| {
        let (a, b) = (edge[0], edge[1]);
        let is_beside = (a.y > at.y) != (b.y > at.y);
        let share = (f64::from(at.y) - f64::from(a.y)) / (f64::from(b.y) - f64::from(a.y));
        is_beside && f64::from(a.x) + (f64::from(b.x) - f64::from(a.x)) * share > f64::from(at.x)
    });
    crossed.count() % 2 == 1
}

#[test]
fn an_area_over_180_degrees_is_two() {
    let strip = "[[179,0],[-179,0],[-179,10],[179,10],[179,0]]";
    let hole = "[[179.5,4],[-179.5,4],[-179.5,6],[179.5,6],[179.5,4]]";
    let dataset = dataset(&format!("{{\"type\":\"Polygon\",\"coordinates\":[{strip},{hole}]}}"));
    for (lon, lat, is_in) in [
        (179.7, 2.0, true),
        (-179.7, 2.0, true),
        (179.7, 5.0, false),
        (-179.7, 5.0, false),
        (179.2, 5.0, true),
        (80.0, 5.0, false),
        (-80.0, 2.0, false),
    ] {
        assert_eq!(holds(&dataset, lon, lat), is_in, "{lon},{lat}");
    }
}

#[test]
fn an_area_that_was_parted_already_and_one_around_a_pole_stay() {
    let parted = "{\"type\":\"Polygon\",\"coordinates\":[[[170,0],[180,0],[180,10],[170,10],[170,0]]]}";
    assert_eq!(batch(parted).vertices.len(), 5);
    let pole = "{\"type\":\"Polygon\",\"coordinates\":[[[-180,-90],[-180,-70],[0,-65],[180,-70],[180,-90],[-180,-90]]]}";
    assert_eq!(batch(pole).vertices.len(), 6);
}

#[test]
fn a_parallel_around_the_world_is_a_line_and_a_short_way_over_180_is_two() {
    let width = |coordinates: &str| {
        let batch = batch(&format!("{{\"type\":\"LineString\",\"coordinates\":{coordinates}}}"));
        let ends: Vec<usize> = batch.parts.iter().map(|part| part.end as usize).collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let lengths = starts.zip(&ends).map(|(start, &end)| {
            let xs = batch.vertices[start..end].iter().map(|at| at.x);
            f64::from(xs.clone().max().unwrap_or(0) - xs.min().unwrap_or(0)) / 4_294_967_296.0 * 360.0
        });
        lengths.map(f64::round).collect::<Vec<_>>()
    };
    assert_eq!(width("[[-180,40],[180,40]]"), [360.0]);
    assert_eq!(width("[[170,40],[-170,40]]"), [10.0, 10.0]);
    assert_eq!(width("[[170,40],[180,40],[-180,40],[-170,40]]"), [10.0, 10.0]);
}

#[test]
fn polygons_of_one_feature_may_overlap() {
    let square = |from: u32, to: u32| format!("[[[{from},0],[{to},0],[{to},9],[{from},9],[{from},0]]]");
    let dataset = dataset(&format!(
        "{{\"type\":\"MultiPolygon\",\"coordinates\":[{},{}]}}",
        square(0, 10),
        square(5, 15)
    ));
    for (lon, rows) in [(2.0, &[0][..]), (7.0, &[0]), (12.0, &[0]), (17.0, &[])] {
        assert_eq!(dataset.areas_at(WorldFixed::of_degrees(lon, 4.0)), rows, "{lon}");
    }
}

#[test]
fn a_feature_s_box_holds_its_points_and_its_lines() {
    let point = "{\"type\":\"Point\",\"coordinates\":[0,0]}";
    let line = "{\"type\":\"LineString\",\"coordinates\":[[80,40],[81,41]]}";
    let dataset = dataset(&format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{point},{line}]}}"));
    let bounds = dataset.bounds_of(0).expect("a box");
    assert!(
        bounds.contains(WorldFixed::of_degrees(0.0, 0.0))
            && bounds.contains(WorldFixed::of_degrees(81.0, 41.0))
    );
}
