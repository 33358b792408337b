//! Which ring is a hole in which: shapefiles keep all rings of a feature in one list and tell them apart by the way
//! they go around.

use static_aabb2d_index::{StaticAABB2DIndex, StaticAABB2DIndexBuilder};

use super::super::geometry::Position;

type Ring = Vec<Position>;
/// West, south, east, north.
type Bounds = [f64; 4];

/// Polygons, each its outer ring first. Outer rings go around clockwise; where the largest ring of a feature does not,
/// its writer had it the other way round. A hole that lies in no outer ring is an area of its own.
pub(super) fn polygons(rings: Vec<Ring>) -> Vec<Vec<Ring>> {
    let areas: Vec<f64> = rings.iter().map(|ring| doubled_area(ring)).collect();
    let largest =
        areas.iter().copied().fold(0.0, |most: f64, area| if area.abs() > most.abs() { area } else { most });
    let way = if largest > 0.0 { 1.0 } else { -1.0 };
    let (mut outer, mut holes) = (Vec::new(), Vec::new());
    for (ring, area) in rings.into_iter().zip(areas) {
        // A ring without an area has no way around.
        if area * way >= 0.0 { outer.push(ring) } else { holes.push(ring) }
    }
    let mut polygons: Vec<Vec<Ring>> = outer.into_iter().map(|ring| vec![ring]).collect();
    if let ([polygon], false) = (&mut polygons[..], holes.is_empty()) {
        polygon.append(&mut holes);
        return polygons;
    }
    if holes.is_empty() {
        return polygons;
    }
    let boxes: Vec<Bounds> = polygons.iter().map(|polygon| bounds(&polygon[0])).collect();
    let index = index(&boxes);
    for hole in holes {
        match holder(&hole, &polygons, (&boxes, index.as_ref())) {
            Some(number) => polygons[number].push(hole),
            None => polygons.push(vec![hole]),
        }
    }
    polygons
}

/// Twice the area of a ring, by the shoelace formula; less than nothing where it goes around clockwise.
fn doubled_area(ring: &[Position]) -> f64 {
    // Small rings far from zero lose their area to rounding otherwise.
    let Some(&[x0, y0, _]) = ring.first() else { return 0.0 };
    let each = ring.windows(2).map(|pair| {
        let ([ax, ay, _], [bx, by, _]) = (pair[0], pair[1]);
        (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    });
    each.sum()
}

fn bounds(ring: &[Position]) -> Bounds {
    let nothing = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter().fold(nothing, |[west, south, east, north], &[x, y, _]| {
        [west.min(x), south.min(y), east.max(x), north.max(y)]
    })
}

fn index(boxes: &[Bounds]) -> Option<StaticAABB2DIndex<f64>> {
    let mut builder = StaticAABB2DIndexBuilder::<f64>::new(boxes.len());
    for &[west, south, east, north] in boxes {
        builder.add(west, south, east, north);
    }
    builder.build().ok()
}

/// The smallest outer ring that the hole lies in.
fn holder(
    hole: &[Position],
    polygons: &[Vec<Ring>],
    (boxes, index): (&[Bounds], Option<&StaticAABB2DIndex<f64>>),
) -> Option<usize> {
    let [west, south, east, north] = bounds(hole);
    let mut near: Vec<usize> = index?.query(west, south, east, north);
    near.retain(|number| {
        boxes
            .get(*number)
            .is_some_and(|own| own[0] <= west && own[1] <= south && own[2] >= east && own[3] >= north)
    });
    let size =
        |number: &usize| (boxes[*number][2] - boxes[*number][0]) * (boxes[*number][3] - boxes[*number][1]);
    near.sort_by(|a, b| size(a).total_cmp(&size(b)));
    near.into_iter().find(|number| {
        let outer = &polygons[*number][0];
        // A hole may touch its outer ring, so that one of its corners says nothing.
        hole.iter().find_map(|at| lies_in(at, outer)).unwrap_or(true)
    })
}

/// Whether a position lies in a ring, by the number of its edges to the right of it; `None` on an edge.
fn lies_in(&[x, y, _]: &Position, ring: &[Position]) -> Option<bool> {
    let mut is_in = false;
    for pair in ring.windows(2) {
        let ([ax, ay, _], [bx, by, _]) = (pair[0], pair[1]);
        let side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
        let is_between = |a: f64, b: f64, at: f64| at >= a.min(b) && at <= a.max(b);
        if side == 0.0 && is_between(ax, bx, x) && is_between(ay, by, y) {
            return None;
        }
        if (ay > y) != (by > y) && (side > 0.0) == (by > ay) {
            is_in = !is_in;
        }
    }
    Some(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square, clockwise as outer rings go.
    fn square(x: f64, y: f64, side: f64) -> Ring {
        [[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]]
            .map(|[x, y]| [x, y, f64::NAN])
            .to_vec()
    }

    fn turned(mut ring: Ring) -> Ring {
        ring.reverse();
        ring
    }

    fn counts(rings: Vec<Ring>) -> Vec<usize> {
        polygons(rings).iter().map(Vec::len).collect()
    }

    #[test]
    fn holes_come_to_the_smallest_ring_around_them() {
        let rings = vec![
            turned(square(1.0, 1.0, 8.0)),
            square(0.0, 0.0, 10.0),
            square(2.0, 2.0, 4.0),
            turned(square(3.0, 3.0, 1.0)),
            square(20.0, 0.0, 1.0),
        ];
        let found = polygons(rings);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
        assert_eq!(found[0][1][0][..2], [1.0, 1.0]);
        assert_eq!(found[1][1][0][..2], [3.0, 3.0]);
    }

    #[test]
    fn a_writer_that_goes_the_other_way_round_is_understood() {
        assert_eq!(counts(vec![turned(square(0.0, 0.0, 10.0)), square(1.0, 1.0, 2.0)]), [2]);
        assert_eq!(counts(vec![turned(square(0.0, 0.0, 1.0)), turned(square(5.0, 0.0, 1.0))]), [1, 1]);
    }

    #[test]
    fn a_hole_in_nothing_is_an_area() {
        let rings = vec![square(0.0, 0.0, 3.0), square(5.0, 5.0, 3.0), turned(square(20.0, 20.0, 1.0))];
        assert_eq!(counts(rings), [1, 1, 1]);
        // In the box of the first and beside it.
        let bent = [[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 8.0], [1.0, 8.0], [1.0, 0.0], [0.0, 0.0]];
        let bent: Ring = bent.map(|[x, y]| [x, y, f64::NAN]).to_vec();
        let around = square(2.0, 1.0, 5.0);
        let found = polygons(vec![bent, around, turned(square(3.0, 3.0, 1.0))]);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_corner_on_the_ring_around_it_says_nothing() {
        let hole: Ring =
            [[0.0, 5.0], [4.0, 4.0], [4.0, 6.0], [0.0, 5.0]].map(|[x, y]| [x, y, f64::NAN]).to_vec();
        let found = polygons(vec![square(0.0, 0.0, 10.0), square(20.0, 0.0, 1.0), hole]);
        assert_eq!(found[0].len(), 2);
    }

    #[test]
    fn many_holes_in_many_rings_do_not_take_long() {
        let at = |number: u32| (f64::from(number % 200) * 3.0, f64::from(number / 200) * 3.0);
        let outer = (0..20_000).map(|number| square(at(number).0, at(number).1, 2.0));
        let holes = (0..20_000).map(|number| turned(square(at(number).0 + 0.5, at(number).1 + 0.5, 1.0)));
        let found = polygons(outer.chain(holes).collect());
        assert!(found.len() == 20_000 && found.iter().all(|polygon| polygon.len() == 2));
    }
}
