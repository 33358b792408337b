//! Levels, triangles and hits beside exact geometry, which the `geo` crate computes.

use ::geo::{Contains, Coord, Distance, Euclidean, LineString, Point, Polygon, Rect, Simplify};
use proptest::prelude::*;

use super::level::{STRAY, TINY, steps};
use super::*;
use crate::geo::{Camera, LonLat, ScreenPoint, Size, Viewport, WorldFixed};

fn dataset(parts: &[(PartKind, Vec<WorldFixed>)]) -> (Dataset, Unfilled) {
    let mut batch = Batch::default();
    let mut row = 0;
    for (index, (kind, vertices)) in parts.iter().enumerate() {
        if index > 0 && *kind != PartKind::Hole {
            row += 1;
        }
        batch.vertices.extend_from_slice(vertices);
        batch.parts.push(Part { end: batch.vertices.len() as u32, row, kind: *kind });
    }
    batch.places = vec![Place { start: 0, end: 0 }; row as usize + 1];
    Dataset::new(std::sync::Arc::new(Vec::new()), batch)
}

fn coordinates(vertices: &[WorldFixed]) -> LineString<f64> {
    vertices.iter().map(|at| Coord { x: f64::from(at.x), y: f64::from(at.y) }).collect()
}

/// A walk of steps that vary from a metre to a hundred kilometres.
fn walk() -> impl Strategy<Value = Vec<WorldFixed>> {
    let step = (0.0..std::f64::consts::TAU, 6.0_f64..22.0);
    prop::collection::vec(step, 2..300).prop_map(|steps| {
        let mut at = (2_147_483_648.0, 2_147_483_648.0);
        let turned = steps.into_iter().map(|(angle, bits)| {
            at.0 += angle.cos() * bits.exp2();
            at.1 += angle.sin() * bits.exp2();
            WorldFixed::new(at.0 as u32, at.1 as u32)
        });
        turned.collect()
    })
}

/// A ring around a centre, its radius between these.
fn ring(radius: std::ops::Range<f64>) -> impl Strategy<Value = Vec<WorldFixed>> {
    prop::collection::vec(radius, 4..60).prop_map(|radii| {
        let count = radii.len();
        let corner = |(index, radius): (usize, &f64)| {
            let (sin, cos) = (index as f64 / count as f64 * std::f64::consts::TAU).sin_cos();
            WorldFixed::new((2e9 + radius * cos) as u32, (2e9 + radius * sin) as u32)
        };
        let mut ring: Vec<WorldFixed> = radii.iter().enumerate().map(corner).collect();
        ring.push(ring[0]);
        ring
    })
}

fn polygon(outer: &[WorldFixed], hole: &[WorldFixed]) -> Polygon<f64> {
    Polygon::new(coordinates(outer), vec![coordinates(hole)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_vertex_lies_farther_from_its_level_than_half_a_point(line in walk()) {
        let (dataset, _) = dataset(&[(PartKind::Line, line.clone())]);
        for level in &dataset.levels {
            if level.zoom.is_infinite() {
                continue;
            }
            let kept: Vec<LineString<f64>> = level.lines_of(0).map(coordinates).collect();
            let most = steps(STRAY, level.zoom) + 2.0;
            let is_dot = kept.iter().all(|line| line.0.windows(2).all(|pair| pair[0] == pair[1]));
            for at in &line {
                let point = Point::new(f64::from(at.x), f64::from(at.y));
                let nearest = kept.iter().map(|kept| Euclidean.distance(&point, kept)).fold(f64::MAX, f64::min);
                // What is a dot was a box of a point at most, and the level that it was made of had strayed.
                let most = if is_dot { most + steps(TINY * std::f64::consts::SQRT_2, level.zoom) } else { most };
                prop_assert!(nearest <= most, "zoom {}: {nearest} of {most}", level.zoom);
            }
        }
    }

    #[test]
    fn an_outline_keeps_to_what_it_may_have_or_is_the_coarsest(line in walk(), most in 2_usize..400) {
        let (dataset, _) = dataset(&[(PartKind::Line, line)]);
        let count = |level: &Level| level.lines_of(0).map(<[_]>::len).sum::<usize>();
        let outline: usize = dataset.lines_within(0, most).iter().map(|line| line.len()).sum();
        let finest = dataset.levels.iter().rev().map(count).find(|count| *count <= most);
        prop_assert_eq!(Some(outline), finest.or(dataset.levels.first().map(count)));
    }

    #[test]
    fn no_feature_is_missing_from_any_level(line in walk()) {
        let (dataset, _) = dataset(&[(PartKind::Line, line)]);
        prop_assert!(dataset.levels.iter().all(|level| level.lines_of(0).next().is_some()));
    }

    #[test]
    fn levels_keep_about_as_few_vertices_as_the_best(line in walk()) {
        let (dataset, _) = dataset(&[(PartKind::Line, line.clone())]);
        for level in dataset.levels.iter().filter(|level| level.zoom.is_finite()) {
            let kept: usize = level.lines_of(0).map(|line| line.len() - 1).sum();
            let best = coordinates(&line).simplify(steps(0.15, level.zoom)).0.len();
            prop_assert!(kept <= 3 * best + 8, "zoom {}: {kept} and {best}", level.zoom);
        }
    }

    #[test]
    fn a_place_is_inside_exactly_where_the_polygon_contains_it(
        outer in ring(4e7..8e7), hole in ring(1e6..3e7), places in prop::collection::vec((-1e8..1e8, -1e8..1e8), 20),
    ) {
        let exact = polygon(&outer, &hole);
        let (dataset, _) = dataset(&[(PartKind::Outer, outer), (PartKind::Hole, hole)]);
        for (dx, dy) in places {
            let at = WorldFixed::new((2e9 + dx) as u32, (2e9 + dy) as u32);
            let point = Point::new(f64::from(at.x), f64::from(at.y));
            prop_assert_eq!(!dataset.areas_at(at).is_empty(), exact.contains(&point), "{:?}", at);
        }
    }

    #[test]
    fn triangles_cover_the_polygon_and_leave_its_hole_open(outer in ring(4e7..8e7), hole in ring(1e6..3e7)) {
        use ::geo::Area;
        let wanted = polygon(&outer, &hole).unsigned_area();
        let (dataset, mut unfilled) = dataset(&[(PartKind::Outer, outer), (PartKind::Hole, hole)]);
        let finest = dataset.levels.len() - 1;
        dataset.fill(&mut unfilled, finest, || true);
        let chunks = dataset.levels[finest].areas().expect("triangles");
        let area = |chunk: &AreaChunk| {
            let corners = |three: &[u32]| [0, 1, 2].map(|n| {
                let at = chunk.vertices[three[n] as usize];
                (f64::from(at.x), f64::from(at.y))
            });
            let twice = |[a, b, c]: [(f64, f64); 3]| {
                ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs()
            };
            chunk.triangles.chunks(3).map(|three| twice(corners(three))).sum::<f64>() / 2.0
        };
        let filled: f64 = chunks.iter().map(|chunk| area(chunk)).sum();
        prop_assert!((filled / wanted - 1.0).abs() < 2e-3, "{} of it", filled / wanted);
        prop_assert!(chunks.iter().all(|chunk| chunk.rows.last() == Some(&(chunk.vertices.len() as u32, 0))));
    }

    #[test]
    fn a_line_is_hit_exactly_where_it_is_near(line in walk(), x in 0.0..800.0, y in 0.0..600.0) {
        let bounds = Rect::new(
            Coord { x: 0.0, y: 0.0 },
            Coord { x: f64::from(u32::MAX), y: f64::from(u32::MAX) },
        );
        prop_assume!(line.iter().all(|at| bounds.contains(&Point::new(f64::from(at.x), f64::from(at.y)))));
        let camera = Camera::new(LonLat::new(0.0, 0.0), 9.0);
        let viewport = Viewport::new(camera, Size { width: 800.0, height: 600.0 });
        let (dataset, _) = dataset(&[(PartKind::Line, line.clone())]);
        let point = ScreenPoint::new(x, y);
        let on_screen: LineString<f64> = line
            .iter()
            .map(|at| viewport.screen_from_world(*at))
            .map(|at| Coord { x: at.x, y: at.y })
            .collect();
        let exact = Euclidean.distance(&Point::new(x, y), &on_screen);
        prop_assume!((exact - 12.0).abs() > 1e-3);
        let found = dataset.lines_near(&viewport, point, 12.0);
        prop_assert_eq!(!found.is_empty(), exact <= 12.0, "{}", exact);
        if let Some(near) = found.first() {
            prop_assert!((near.distance - exact).abs() < 1e-3);
        }
    }
}
