//! Coordinates put right: closed, wound, thinned, wrapped and cut at 180°.

use std::collections::BTreeSet;

use super::super::geometry::{are_same, wrapped};
use super::super::ring::{contains, doubled_area};
use super::super::scan::Node;
use super::Fix;

/// A position with its text, which stays as it was written where nothing of it changes.
#[derive(Clone, Debug, PartialEq)]
struct Position {
    at: [f64; 2],
    rest: Vec<f64>,
    text: String,
}

type Ring = Vec<Position>;
type Fixes = BTreeSet<Fix>;

/// The coordinates of a geometry as they should be, and the type that they are of then; `None` where nothing of them
/// remains. Without a fix the text is the one that was there.
pub(super) fn mend(
    text: &[u8],
    (name, node): (&'static str, &Node),
    fixes: &mut Fixes,
) -> Option<(&'static str, String)> {
    let items = node.items()?;
    if items.is_empty() {
        return Some((name, String::new()));
    }
    let mended = match name {
        "Point" => (name, position(text, node, fixes)?.text),
        "MultiPoint" => {
            let points = positions(text, node, fixes);
            if points.is_empty() {
                return None;
            }
            (name, list(points.iter().map(|point| point.text.clone())))
        }
        "LineString" | "MultiLineString" => {
            let nodes = if name == "LineString" { std::slice::from_ref(node) } else { items };
            let parts: Vec<Ring> = nodes.iter().flat_map(|node| line(text, node, fixes)).collect();
            match parts.as_slice() {
                [] => return None,
                [one] if name == "LineString" => (name, written(one)),
                several => ("MultiLineString", list(several.iter().map(|part| written(part)))),
            }
        }
        _ => {
            let nodes = if name == "Polygon" { std::slice::from_ref(node) } else { items };
            let parts: Vec<Vec<Ring>> = nodes.iter().flat_map(|node| polygon(text, node, fixes)).collect();
            match parts.as_slice() {
                [] => return None,
                [one] if name == "Polygon" => (name, rings(one)),
                several => ("MultiPolygon", list(several.iter().map(|part| rings(part)))),
            }
        }
    };
    Some(mended)
}

fn list(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(","))
}

fn written(ring: &[Position]) -> String {
    list(ring.iter().map(|position| position.text.clone()))
}

fn rings(polygon: &[Ring]) -> String {
    list(polygon.iter().map(|ring| written(ring)))
}

impl Position {
    fn new(at: [f64; 2], rest: Vec<f64>) -> Self {
        let numbers = at.iter().chain(&rest).map(|number| serde_json::Value::from(*number).to_string());
        Self { text: list(numbers), at, rest }
    }

    fn moved(&self, degrees: f64) -> Self {
        Self::new([self.at[0] + degrees, self.at[1]], self.rest.clone())
    }
}

/// `None` where it has no place on Earth.
fn position(text: &[u8], node: &Node, fixes: &mut Fixes) -> Option<Position> {
    let numbers: Option<Vec<f64>> = node.items()?.iter().map(Node::number).collect();
    let numbers = numbers.filter(|numbers| numbers.len() >= 2 && numbers[1].abs() <= 90.0)?;
    let (at, rest) = ([numbers[0], numbers[1]], numbers[2..].to_vec());
    if at[0].abs() > 180.0 {
        fixes.insert(Fix::Wrapped);
        return Some(Position::new([wrapped(at[0]), at[1]], rest));
    }
    let text = String::from_utf8_lossy(&text[node.span.clone()]).into_owned();
    Some(Position { at, rest, text })
}

fn positions(text: &[u8], node: &Node, fixes: &mut Fixes) -> Ring {
    let Some(items) = node.items() else {
        fixes.insert(Fix::PartLeftOut);
        return Vec::new();
    };
    let kept: Ring = items.iter().filter_map(|item| position(text, item, fixes)).collect();
    if kept.len() < items.len() {
        fixes.insert(Fix::PartLeftOut);
    }
    kept
}

/// Without positions that only say the one before again, unless hardly anything would remain.
fn thinned(ring: Ring, least: usize, fixes: &mut Fixes) -> Ring {
    let mut thin = ring.clone();
    thin.dedup_by(|next, before| next.at == before.at && next.rest == before.rest);
    if thin.len() == ring.len() || thin.len() < least {
        return ring;
    }
    fixes.insert(Fix::Thinned);
    thin
}

fn line(text: &[u8], node: &Node, fixes: &mut Fixes) -> Vec<Ring> {
    let line = thinned(positions(text, node, fixes), 2, fixes);
    if line.len() < 2 {
        fixes.insert(Fix::PartLeftOut);
        return Vec::new();
    }
    cut_line(line, fixes)
}

/// A line that goes round the back of the world goes on at its other side.
fn cut_line(line: Ring, fixes: &mut Fixes) -> Vec<Ring> {
    let is_cut = |pair: &[Position]| (pair[1].at[0] - pair[0].at[0]).abs() > 180.0;
    if !line.windows(2).any(is_cut) {
        return vec![line];
    }
    fixes.insert(Fix::Cut);
    let mut parts = vec![vec![line[0].clone()]];
    for pair in line.windows(2) {
        if is_cut(pair) {
            let side = 180.0_f64.copysign(pair[0].at[0]);
            let beyond = pair[1].moved(2.0 * side);
            let edge = between(&pair[0], &beyond, side);
            let back = edge.moved(-2.0 * side);
            if let Some(part) =
                parts.last_mut().filter(|part| part.last().is_some_and(|last| last.at != edge.at))
            {
                part.push(edge);
            }
            parts.push(vec![back]);
        }
        if let Some(part) =
            parts.last_mut().filter(|part| part.last().is_some_and(|last| last.at != pair[1].at))
        {
            part.push(pair[1].clone());
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

/// Where the way from one position to another crosses a meridian.
fn between(a: &Position, b: &Position, lon: f64) -> Position {
    let share = if a.at[0] == b.at[0] { 0.0 } else { (lon - a.at[0]) / (b.at[0] - a.at[0]) };
    let mix = |a: f64, b: f64| a + (b - a) * share;
    let rest = a.rest.iter().zip(&b.rest).map(|(a, b)| mix(*a, *b)).collect();
    Position::new([lon, mix(a.at[1], b.at[1])], rest)
}

fn polygon(text: &[u8], node: &Node, fixes: &mut Fixes) -> Vec<Vec<Ring>> {
    let Some(items) = node.items() else {
        fixes.insert(Fix::PartLeftOut);
        return Vec::new();
    };
    let mut rings = Vec::new();
    for (number, item) in items.iter().enumerate() {
        match ring(text, item, fixes) {
            Some(ring) => rings.push(ring),
            None if number == 0 && !items.is_empty() => {
                fixes.insert(Fix::PartLeftOut);
                return Vec::new();
            }
            None => drop(fixes.insert(Fix::PartLeftOut)),
        }
    }
    let mut parts = cut_polygon(rings, fixes);
    for part in &mut parts {
        for (number, ring) in part.iter_mut().enumerate() {
            wind(ring, number == 0, fixes);
        }
    }
    parts
}

/// Closed and with four positions at least; `None` where it has too few.
fn ring(text: &[u8], node: &Node, fixes: &mut Fixes) -> Option<Ring> {
    let ring = positions(text, node, fixes);
    let is_closed = node.items().is_some_and(|items| items.len() == ring.len()) && are_same(node);
    let mut ring = thinned(ring, 4, fixes);
    let (first, last) = (ring.first()?.clone(), ring.last()?);
    if !is_closed && (first.at, &first.rest) != (last.at, &last.rest) {
        fixes.insert(Fix::Closed);
        ring.push(first);
    }
    (ring.len() >= 4).then_some(ring)
}

fn wind(ring: &mut Ring, is_outer: bool, fixes: &mut Fixes) {
    let area = doubled_area(&places(ring));
    if area != 0.0 && (area > 0.0) != is_outer {
        fixes.insert(Fix::Rewound);
        ring.reverse();
    }
}

fn places(ring: &[Position]) -> Vec<[f64; 2]> {
    ring.iter().map(|position| position.at).collect()
}

/// A polygon that lies on both sides of 180° becomes one on each side.
fn cut_polygon(rings: Vec<Ring>, fixes: &mut Fixes) -> Vec<Vec<Ring>> {
    let steps = |ring: &Ring| ring.windows(2).any(|pair| (pair[1].at[0] - pair[0].at[0]).abs() > 180.0);
    if !rings.iter().any(steps) {
        return if rings.is_empty() { Vec::new() } else { vec![rings] };
    }
    let unrolled: Option<Vec<Ring>> = rings.iter().map(unrolled).collect();
    // A ring about a pole never comes back to where it began: it stays as it is, and is told.
    let Some(mut unrolled) = unrolled else { return vec![rings] };
    for hole in 1..unrolled.len() {
        // Beside its outer ring, not a turn away.
        let outer = places(&unrolled[0]);
        let turn = [0.0, 360.0, -360.0]
            .into_iter()
            .find(|turn| contains(&outer, [unrolled[hole][0].at[0] + turn, unrolled[hole][0].at[1]]));
        if let Some(turn) = turn.filter(|turn| *turn != 0.0) {
            unrolled[hole] = unrolled[hole].iter().map(|position| position.moved(turn)).collect();
        }
    }
    fixes.insert(Fix::Cut);
    let mut parts = Vec::new();
    for turn in [-1.0, 0.0, 1.0] {
        let (west, east) = (360.0 * turn - 180.0, 360.0 * turn + 180.0);
        let clip = |ring: &Ring| clipped(&clipped(ring, west, true), east, false);
        let part: Vec<Ring> = unrolled
            .iter()
            .map(clip)
            .map(|ring| {
                ring.iter().map(|at| if turn == 0.0 { at.clone() } else { at.moved(-360.0 * turn) }).collect()
            })
            .collect();
        let is_area = |ring: &Ring| ring.len() >= 4 && doubled_area(&places(ring)) != 0.0;
        if part.first().is_some_and(is_area) {
            parts.push(part.into_iter().filter(is_area).collect());
        }
    }
    parts
}

/// Longitudes that go on past 180°, so that no step is longer than half the world; `None` where it goes round.
fn unrolled(ring: &Ring) -> Option<Ring> {
    let mut turn = 0.0;
    let mut out: Ring = Vec::with_capacity(ring.len());
    for (at, position) in ring.iter().enumerate() {
        if at > 0 {
            let step = position.at[0] - ring[at - 1].at[0];
            turn -= if step > 180.0 {
                360.0
            } else if step < -180.0 {
                -360.0
            } else {
                0.0
            };
        }
        out.push(if turn == 0.0 { position.clone() } else { position.moved(turn) });
    }
    (turn == 0.0).then_some(out)
}

/// The part of a closed ring on one side of a meridian (Sutherland and Hodgman, "Reentrant Polygon Clipping", 1974).
fn clipped(ring: &Ring, lon: f64, keeps_east: bool) -> Ring {
    let is_in = |position: &Position| if keeps_east { position.at[0] >= lon } else { position.at[0] <= lon };
    let mut out: Ring = Vec::new();
    for pair in ring.windows(2) {
        if is_in(&pair[0]) != is_in(&pair[1]) {
            out.push(between(&pair[0], &pair[1], lon));
        }
        if is_in(&pair[1]) {
            out.push(pair[1].clone());
        }
    }
    out.dedup_by(|next, before| next.at == before.at);
    if let Some(first) = out.first().cloned()
        && out.last().is_some_and(|last| last.at != first.at)
    {
        out.push(first);
    }
    out
}
