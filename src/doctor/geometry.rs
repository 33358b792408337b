//! Coordinates: how they are nested, what each position says, and whether lines and rings are whole.

use super::Kind;
use super::check::Checker;
use super::ring::{Place, contains, crossing, doubled_area, is_straight, long_step, repeats};
use super::scan::{Node, Value};

/// Decimals of a degree beyond which nothing on Earth is meant: ten are a hundredth of a millimetre.
const MOST_DECIMALS: i32 = 10;
/// Bytes of a number that has more decimals than that, at least.
const DIGITS: usize = MOST_DECIMALS as usize + 2;
/// Neither degrees nor a slip: a longitude of three turns.
const FAR: f64 = 1_080.0;

/// Holds the coordinates of a geometry of that type against the standard.
pub(super) fn check(checker: &mut Checker<'_>, name: &str, node: &Node) {
    if node.items().is_some_and(<[Node]>::is_empty) {
        return checker.find(Kind::EmptyGeometry, node.span.start, "");
    }
    match name {
        "Point" => point(checker, node),
        "MultiPoint" => each(checker, node, point),
        "LineString" => line(checker, node),
        "MultiLineString" => each(checker, node, line),
        "Polygon" => polygon(checker, node),
        _ => each(checker, node, polygon),
    }
}

fn each(checker: &mut Checker<'_>, node: &Node, look: impl Fn(&mut Checker<'_>, &Node)) {
    match node.items() {
        Some(items) => items.iter().for_each(|item| look(checker, item)),
        None => checker.find(Kind::Nesting, node.span.start, ""),
    }
}

fn point(checker: &mut Checker<'_>, node: &Node) {
    let _ = position(checker, node);
}

/// One position; `None` where it has no place.
fn position(checker: &mut Checker<'_>, node: &Node) -> Option<Place> {
    let Some(items) = node.items() else {
        checker.find(Kind::Nesting, node.span.start, "");
        return None;
    };
    checker.report.vertices += 1;
    if items.iter().any(|item| item.number().is_none()) {
        let is_list = items.iter().any(|item| matches!(item.value, Value::Array(_)));
        checker.find(if is_list { Kind::Nesting } else { Kind::PositionNumber }, node.span.start, "");
        return None;
    }
    match items.len() {
        0 | 1 => {
            checker.find(Kind::PositionShort, node.span.start, "");
            return None;
        }
        2 | 3 => {}
        many => checker.find(Kind::PositionLong, node.span.start, many.to_string()),
    }
    let (lon, lat) = (items[0].number()?, items[1].number()?);
    let all = &mut checker.positions;
    all.count += 1;
    all.first = all.first.or(Some(node.span.start));
    all.far += u64::from(lon.abs() > FAR || lat.abs() > FAR);
    all.swapped += u64::from(lon.abs() <= 90.0 && lat.abs() > 90.0 && lat.abs() <= 180.0);
    if all.precise.is_none() && items.iter().any(is_precise) {
        all.precise = Some(node.span.start);
    }
    if lat.abs() > 90.0 {
        checker.find(Kind::Latitude, items[1].span.start, lat.to_string());
        return None;
    }
    if lon.abs() > 180.0 {
        let place = Some([wrapped(lon), lat]);
        checker.find_at(Kind::Past180, (items[0].span.start, place), lon.to_string());
    }
    let bounds = checker.report.bounds.get_or_insert([lon, lat, lon, lat]);
    *bounds = [bounds[0].min(lon), bounds[1].min(lat), bounds[2].max(lon), bounds[3].max(lat)];
    Some([lon, lat])
}

/// A number is written with as many digits as its bytes have.
fn is_precise(node: &Node) -> bool {
    let Some(number) = node.number() else { return false };
    // What is short in bytes has few decimals, whatever it says.
    if node.span.len() < DIGITS {
        return false;
    }
    let scaled = number * 10_f64.powi(MOST_DECIMALS);
    (scaled - scaled.round()).abs() > 1e-3
}

/// A longitude within ±180°.
pub(super) fn wrapped(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

/// The places of a list of positions; `None` where one of them has none.
fn places(checker: &mut Checker<'_>, node: &Node) -> Option<Vec<Place>> {
    let Some(items) = node.items() else {
        checker.find(Kind::Nesting, node.span.start, "");
        return None;
    };
    let places: Vec<Option<Place>> = items.iter().map(|item| position(checker, item)).collect();
    places.into_iter().collect()
}

fn start(node: &Node, at: usize) -> usize {
    node.items().and_then(|items| items.get(at)).map_or(node.span.start, |item| item.span.start)
}

/// Where a list of positions begins, if it does so on Earth.
fn first_place(node: &Node) -> Option<Place> {
    let items = node.items()?.first()?.items()?;
    let (lon, lat) = (items.first()?.number()?, items.get(1)?.number()?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
}

fn line(checker: &mut Checker<'_>, node: &Node) {
    let length = node.items().map(<[Node]>::len);
    if length.is_some_and(|length| length < 2) {
        let place = (node.span.start, first_place(node));
        checker.find_at(Kind::ShortLine, place, length.unwrap_or_default().to_string());
    }
    let Some(places) = places(checker, node).filter(|places| places.len() > 1) else { return };
    if places.iter().all(|place| *place == places[0]) {
        return checker.find_at(Kind::ZeroLine, (node.span.start, Some(places[0])), "");
    }
    steps(checker, node, &places);
}

/// What lines and rings share.
fn steps(checker: &mut Checker<'_>, node: &Node, places: &[Place]) {
    let (count, first) = repeats(places);
    if let Some(at) = first {
        checker.find_at(Kind::DuplicateVertices, (start(node, at), Some(places[at])), count.to_string());
    }
    if let Some(at) = long_step(places) {
        checker.find_at(Kind::Antimeridian, (start(node, at), Some(places[at])), "");
    }
}

fn polygon(checker: &mut Checker<'_>, node: &Node) {
    let Some(rings) = node.items() else {
        return checker.find(Kind::Nesting, node.span.start, "");
    };
    if rings.is_empty() {
        return checker.find(Kind::EmptyGeometry, node.span.start, "");
    }
    let outer = ring(checker, &rings[0], true);
    for hole in &rings[1..] {
        let places = ring(checker, hole, false);
        if let (Some(outer), Some(places)) = (&outer, places)
            && let Some(outside) = places.iter().find(|place| !contains(outer, **place))
        {
            checker.find_at(Kind::HoleOutside, (hole.span.start, Some(*outside)), "");
        }
    }
}

/// A ring that is whole, for the holes in it.
fn ring(checker: &mut Checker<'_>, node: &Node, is_outer: bool) -> Option<Vec<Place>> {
    let length = node.items().map(<[Node]>::len);
    if let Some(length) = length.filter(|length| *length < 4) {
        checker.find_at(Kind::ShortRing, (node.span.start, first_place(node)), length.to_string());
    }
    let places = places(checker, node)?;
    let (first, last) = (*places.first()?, *places.last()?);
    let is_closed = first == last && are_same(node);
    if !is_closed {
        checker.find_at(Kind::OpenRing, (node.span.start, Some(last)), "");
    }
    if !is_closed || places.len() < 4 {
        return None;
    }
    steps(checker, node, &places);
    let area = doubled_area(&places);
    if is_straight(&places) {
        checker.find_at(Kind::FlatRing, (node.span.start, Some(first)), "");
        return None;
    }
    if let Some((at, place)) = crossing(&places) {
        checker.find_at(Kind::SelfCrossing, (start(node, at), Some(place)), "");
        return None;
    }
    if (area > 0.0) != is_outer {
        checker.find_at(Kind::Winding, (node.span.start, Some(first)), "");
    }
    Some(places)
}

/// Whether the first and the last position are the same in all their numbers.
pub(super) fn are_same(ring: &Node) -> bool {
    let numbers = |node: &Node| -> Option<Vec<f64>> { node.items()?.iter().map(Node::number).collect() };
    let items = ring.items().unwrap_or_default();
    items.first().and_then(numbers) == items.last().and_then(numbers)
}

/// The box of all positions of a geometry, in degrees; `None` where it has none.
pub(super) fn bounds(geometry: &Node) -> Option<[f64; 4]> {
    fn grow(node: &Node, bounds: &mut Option<[f64; 4]>) {
        let Some(items) = node.items() else { return };
        let numbers = items.first().and_then(Node::number).zip(items.get(1).and_then(Node::number));
        if let Some((lon, lat)) = numbers {
            let [w, s, e, n] = bounds.unwrap_or([lon, lat, lon, lat]);
            *bounds = Some([w.min(lon), s.min(lat), e.max(lon), n.max(lat)]);
        } else {
            for item in items {
                grow(item, bounds);
            }
        }
    }
    let mut bounds = None;
    if let Some(coordinates) = geometry.get("coordinates") {
        grow(coordinates, &mut bounds);
    }
    for item in geometry.get("geometries").and_then(Node::items).unwrap_or_default() {
        if let Some(coordinates) = item.get("coordinates") {
            grow(coordinates, &mut bounds);
        }
    }
    bounds
}
