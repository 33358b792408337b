//! Areas that cross 180° in two or more, as RFC 7946 (3.1.9) asks a writer to do.

use crate::geo::WorldFixed;

/// World steps around the world.
const WORLD: i64 = 1 << 32;
/// From the western edge of the world to the eastern.
const EAST: i64 = WorldFixed::EAST as i64;

/// A vertex whose x goes on past the edges of the world.
type Unrolled = (i64, i64);

/// The polygons into which the outer ring and its holes fall apart at 180°, each its outer ring first; `None` where
/// the outer ring does not cross it, or goes around a pole.
pub(super) fn parted(rings: &[&[WorldFixed]]) -> Option<Vec<Vec<Vec<WorldFixed>>>> {
    let outer = unrolled(rings.first()?)?;
    let (least, greatest) = span(&outer)?;
    if least >= 0 && greatest < WORLD {
        return None;
    }
    let mut all = vec![outer];
    for ring in &rings[1..] {
        let hole = unrolled(ring)?;
        // The hole lies wherever around the world its outer ring does.
        let first = hole.first()?.0;
        let turns = (-1..=1).find(|turns| (least..=greatest).contains(&(first + turns * WORLD)))?;
        all.push(hole.into_iter().map(|(x, y)| (x + turns * WORLD, y)).collect());
    }
    let sheets = least.div_euclid(WORLD)..=greatest.div_euclid(WORLD);
    let on_sheet = |sheet: i64| {
        let west = sheet * WORLD;
        let cut = |ring: &Vec<Unrolled>| clipped(&clipped(ring, west, 1), west + EAST, -1);
        let rings = all.iter().map(cut).filter(|ring| ring.len() > 2);
        rings.map(|ring| rolled(&ring, west)).collect::<Vec<_>>()
    };
    Some(sheets.map(on_sheet).filter(|polygon| !polygon.is_empty()).collect())
}

/// The ring with no step longer than half around the world; `None` where it does not come back to where it began.
fn unrolled(ring: &[WorldFixed]) -> Option<Vec<Unrolled>> {
    let mut unrolled: Vec<Unrolled> = Vec::with_capacity(ring.len());
    let mut turns = 0;
    for (index, at) in ring.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| ring[before]) {
            let step = i64::from(at.x) - i64::from(before.x);
            // From edge to edge goes around the world along a pole or a parallel, not over 180°.
            if step.abs() > WORLD / 2 && step.abs() < EAST {
                turns -= step.signum();
            }
        }
        unrolled.push((i64::from(at.x) + turns * WORLD, i64::from(at.y)));
    }
    (turns == 0).then_some(unrolled)
}

fn span(ring: &[Unrolled]) -> Option<(i64, i64)> {
    let xs = || ring.iter().map(|(x, _)| *x);
    Some((xs().min()?, xs().max()?))
}

/// What of a ring lies on one side of a meridian (Sutherland and Hodgman 1974); `side` is 1 for the east of it.
fn clipped(ring: &[Unrolled], meridian: i64, side: i64) -> Vec<Unrolled> {
    let is_in = |(x, _): Unrolled| (x - meridian) * side >= 0;
    let mut kept = Vec::new();
    let edges = ring.iter().zip(ring.iter().cycle().skip(1)).take(ring.len());
    for (&from, &to) in edges {
        if is_in(from) {
            kept.push(from);
        }
        if is_in(from) != is_in(to) {
            let share = (meridian - from.0) as f64 / (to.0 - from.0) as f64;
            kept.push((meridian, from.1 + ((to.1 - from.1) as f64 * share).round() as i64));
        }
    }
    kept
}

/// Back onto the world, closed.
fn rolled(ring: &[Unrolled], west: i64) -> Vec<WorldFixed> {
    // Clipped, they lie on it.
    let place = |&(x, y): &Unrolled| WorldFixed::new((x - west) as u32, y as u32);
    let mut ring: Vec<WorldFixed> = ring.iter().map(place).collect();
    ring.dedup();
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring
}
