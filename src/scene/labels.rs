//! Where names go: by priority, on the side of their mark that is free and covers least, without flicker.

use std::collections::HashMap;
use std::sync::Arc;

use super::draw::{PlacedGlyph, TextRun};
use super::text::Layout;
use crate::theme::Rgba;

/// A label that lost stays lost until the zoom changed by this much.
const STEADY_ZOOM: f64 = 0.25;
/// Names keep this far from each other, in points.
const APART: f32 = 2.0;
/// Side of a cell of the collision grid.
const CELL: f32 = 48.0;
/// What one covered point of a corridor costs, against 1 for a less liked side.
const COVER_COST: f32 = 2.0;

/// One line of a label.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub layout: Arc<Layout>,
    pub colour: Rgba,
}

/// A name that wants a place.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The same for the same thing in every picture.
    pub key: u64,
    /// Higher goes first.
    pub priority: i32,
    pub anchor: [f32; 2],
    /// Of the mark beside which it stands; `None` centres it on the anchor, or near it where it has room.
    pub radius: Option<f32>,
    pub lines: Vec<Line>,
    pub halo: (Rgba, f32),
    /// Turned clockwise about the anchor; only centred names are.
    pub angle: f32,
    /// How far a name of an area may step aside, across and down.
    pub(super) room: Option<[f32; 2]>,
    /// Placed even where it covers others.
    pub is_required: bool,
    /// Costs above this are too much.
    pub most_cost: f32,
}

/// Left, top, right, bottom.
type Rect = [f32; 4];

/// What names must not cover.
#[derive(Debug, Default)]
pub(super) struct Obstacles {
    pub boxes: Vec<Rect>,
    /// Points along corridors.
    pub points: Vec<[f32; 2]>,
}

/// What each key got last, and at which zoom.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory(HashMap<u64, (Option<Side>, f64)>);

impl Memory {
    /// Whether the name was placed in the picture last laid out.
    #[must_use]
    pub(super) fn is_placed(&self, key: u64) -> bool {
        matches!(self.0.get(&key), Some((Some(_), _)))
    }
}

/// Where a name stands beside its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Center,
    /// Off its anchor by so many steps of its room.
    Nudged(i8, i8),
    Right,
    Left,
    Below,
    Above,
    BelowRight,
    AboveRight,
    BelowLeft,
    AboveLeft,
}

const SIDES: [Side; 8] = [
    Side::Right,
    Side::Left,
    Side::Below,
    Side::Above,
    Side::AboveRight,
    Side::BelowRight,
    Side::AboveLeft,
    Side::BelowLeft,
];

/// A name of an area moves about within it.
const NUDGES: [Side; 17] = [
    Side::Center,
    Side::Nudged(0, -1),
    Side::Nudged(0, 1),
    Side::Nudged(1, 0),
    Side::Nudged(-1, 0),
    Side::Nudged(1, -1),
    Side::Nudged(1, 1),
    Side::Nudged(-1, -1),
    Side::Nudged(-1, 1),
    Side::Nudged(0, -2),
    Side::Nudged(0, 2),
    Side::Nudged(2, 0),
    Side::Nudged(-2, 0),
    Side::Nudged(2, -1),
    Side::Nudged(2, 1),
    Side::Nudged(-2, -1),
    Side::Nudged(-2, 1),
];

/// Places the candidates inside `free`; `memory` is what the picture before left behind.
pub(super) fn place(
    candidates: &mut [Candidate],
    obstacles: &Obstacles,
    (free, zoom): (Rect, f64),
    memory: &mut Memory,
) -> Vec<TextRun> {
    candidates.sort_by_key(|candidate| (-candidate.priority, candidate.key));
    let mut grid = Grid::default();
    for &rect in &obstacles.boxes {
        grid.add(rect);
    }
    let mut points = Grid::default();
    for &[x, y] in &obstacles.points {
        points.add([x, y, x, y]);
    }
    let mut next = HashMap::with_capacity(candidates.len());
    let mut runs = Vec::new();
    for candidate in candidates.iter() {
        let before = memory.0.get(&candidate.key).filter(|(_, at)| (zoom - at).abs() < STEADY_ZOOM);
        let has_lost = matches!(before, Some((None, _)));
        let steady = before.and_then(|(side, _)| *side);
        let found = if has_lost && !candidate.is_required {
            None
        } else {
            choose(candidate, steady, (free, &grid, &points))
        };
        let at_zoom = before.map_or(zoom, |(_, at)| *at);
        next.insert(candidate.key, (found.map(|(side, _)| side), at_zoom));
        if let Some((side, rect)) = found {
            grid.add(rect);
            push_runs(candidate, side, rect, &mut runs);
        }
    }
    memory.0 = next;
    runs
}

type Around<'a> = (Rect, &'a Grid, &'a Grid);

/// The cheapest side that is free; the one it has already, where that still is.
fn choose(
    candidate: &Candidate,
    steady: Option<Side>,
    (free, grid, points): Around<'_>,
) -> Option<(Side, Rect)> {
    let sides: &[Side] = match (candidate.radius, candidate.room) {
        (Some(_), _) => &SIDES,
        (None, Some(_)) => &NUDGES,
        (None, None) => &[Side::Center],
    };
    let mut best: Option<(f32, Side, Rect)> = None;
    for (order, &side) in sides.iter().enumerate() {
        let rect = rect_at(candidate, side);
        let is_inside = rect[0] >= free[0] && rect[1] >= free[1] && rect[2] <= free[2] && rect[3] <= free[3];
        let is_free = is_inside && !grid.hits(rect);
        if !is_free && !candidate.is_required {
            continue;
        }
        let steadiness = if steady == Some(side) { -1.5 } else { 0.0 };
        let blocked = if is_free { 0.0 } else { 1_000.0 };
        let cost = order as f32 * 0.35 + points.count(rect) as f32 * COVER_COST + steadiness + blocked;
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, side, rect));
        }
    }
    best.filter(|(cost, ..)| candidate.is_required || *cost <= candidate.most_cost)
        .map(|(_, side, rect)| (side, rect))
}

fn size(candidate: &Candidate) -> [f32; 2] {
    let width = candidate.lines.iter().map(|line| line.layout.width).fold(0.0, f32::max);
    let height = candidate.lines.iter().map(|line| line.layout.size * 1.25).sum::<f32>();
    [width, height]
}

fn rect_at(candidate: &Candidate, side: Side) -> Rect {
    let [x, y] = candidate.anchor;
    let [width, height] = size(candidate);
    let gap = candidate.radius.unwrap_or(0.0) + 3.0;
    let near = gap * 0.75;
    let (left, top) = match side {
        Side::Center => (x - width / 2.0, y - height / 2.0),
        Side::Nudged(right, down) => {
            let [step_x, step_y] = candidate.room.unwrap_or_default();
            let (dx, dy) = (f32::from(right) * step_x, f32::from(down) * step_y);
            (x + dx - width / 2.0, y + dy - height / 2.0)
        }
        Side::Right => (x + gap, y - height / 2.0),
        Side::Left => (x - gap - width, y - height / 2.0),
        Side::Below => (x - width / 2.0, y + gap - 1.0),
        Side::Above => (x - width / 2.0, y - gap + 1.0 - height),
        Side::BelowRight => (x + near, y + near - 2.0),
        Side::AboveRight => (x + near, y - near - height + 2.0),
        Side::BelowLeft => (x - near - width, y + near - 2.0),
        Side::AboveLeft => (x - near - width, y - near - height + 2.0),
    };
    if candidate.angle == 0.0 {
        return [left, top, left + width, top + height];
    }
    let (c, s) = (candidate.angle.cos().abs(), candidate.angle.sin().abs());
    let (w, h) = (width * c + height * s, width * s + height * c);
    [x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0]
}

/// Lines under each other, aligned towards the mark.
fn push_runs(candidate: &Candidate, side: Side, rect: Rect, runs: &mut Vec<TextRun>) {
    let [width, height] = size(candidate);
    let turned = candidate.angle != 0.0;
    let (left, top) = if turned {
        (candidate.anchor[0] - width / 2.0, candidate.anchor[1] - height / 2.0)
    } else {
        (rect[0], rect[1])
    };
    let mut y = top;
    for line in &candidate.lines {
        let layout = &line.layout;
        let slack = width - layout.width;
        let x = left
            + match side {
                Side::Right | Side::BelowRight | Side::AboveRight => 0.0,
                Side::Left | Side::BelowLeft | Side::AboveLeft => slack,
                Side::Center | Side::Nudged(..) | Side::Below | Side::Above => slack / 2.0,
            };
        let line_height = layout.size * 1.25;
        let baseline = y + line_height / 2.0 + layout.cap_height / 2.0;
        let glyphs = layout
            .glyphs
            .iter()
            .map(|glyph| turn(candidate, PlacedGlyph { at: [x + glyph.at[0], baseline], ..*glyph }));
        runs.push(TextRun {
            size: layout.size,
            colour: line.colour,
            halo: Some(candidate.halo),
            opacity: 1.0,
            glyphs: glyphs.collect(),
        });
        y += line_height;
    }
}

fn turn(candidate: &Candidate, glyph: PlacedGlyph) -> PlacedGlyph {
    if candidate.angle == 0.0 {
        return glyph;
    }
    let (s, c) = candidate.angle.sin_cos();
    let [ax, ay] = candidate.anchor;
    let (dx, dy) = (glyph.at[0] - ax, glyph.at[1] - ay);
    PlacedGlyph { at: [ax + c * dx - s * dy, ay + s * dx + c * dy], angle: candidate.angle, ..glyph }
}

/// Boxes by cell, so that only neighbours are compared.
#[derive(Debug, Default)]
struct Grid {
    cells: HashMap<(i32, i32), Vec<Rect>>,
}

impl Grid {
    fn add(&mut self, rect: Rect) {
        for cell in cells(rect) {
            self.cells.entry(cell).or_default().push(rect);
        }
    }

    fn hits(&self, rect: Rect) -> bool {
        let grown = [rect[0] - APART, rect[1] - APART / 2.0, rect[2] + APART, rect[3] + APART / 2.0];
        cells(grown).any(|cell| {
            self.cells.get(&cell).is_some_and(|boxes| boxes.iter().any(|other| overlap(*other, grown)))
        })
    }

    /// How many single points lie inside.
    fn count(&self, rect: Rect) -> usize {
        let inside = |cell| {
            self.cells
                .get(&cell)
                .map_or(0, |boxes| boxes.iter().filter(|other| overlap(**other, rect)).count())
        };
        cells(rect).map(inside).sum()
    }
}

fn cells(rect: Rect) -> impl Iterator<Item = (i32, i32)> {
    let cell = |value: f32| (value / CELL).floor() as i32;
    let (columns, rows) = (cell(rect[0])..=cell(rect[2]), cell(rect[1])..=cell(rect[3]));
    columns.flat_map(move |x| rows.clone().map(move |y| (x, y)))
}

fn overlap(a: Rect, b: Rect) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::text::{TextStyle, Typesetter};
    use crate::theme::Face;
    use proptest::prelude::*;

    const FREE: Rect = [0.0, 0.0, 800.0, 600.0];

    fn candidate(key: u64, anchor: [f32; 2], priority: i32) -> Candidate {
        let style = TextStyle { face: Face::Ui, size: 12.0, tracking_em: 0.0, is_upper: false };
        let layout = Typesetter::default().layout("Manzhouli", style);
        Candidate {
            key,
            priority,
            anchor,
            radius: Some(6.0),
            lines: vec![Line { layout, colour: Rgba([0, 0, 0, 255]) }],
            halo: (Rgba([255, 255, 255, 255]), 1.6),
            angle: 0.0,
            room: None,
            is_required: false,
            most_cost: 100.0,
        }
    }

    fn first_x(runs: &[TextRun]) -> Vec<f32> {
        runs.iter().map(|run| run.glyphs[0].at[0]).collect()
    }

    #[test]
    fn a_name_near_the_edge_turns_inward() {
        let mut one = [candidate(1, [790.0, 300.0], 1)];
        let runs = place(&mut one, &Obstacles::default(), (FREE, 5.0), &mut Memory::default());
        assert!(first_x(&runs)[0] < 790.0);
    }

    #[test]
    fn the_lesser_of_two_at_one_place_yields_and_stays_away_until_the_zoom_changes() {
        let blocked = Obstacles { boxes: vec![FREE], points: Vec::new() };
        let mut memory = Memory::default();
        assert!(place(&mut [candidate(1, [400.0, 300.0], 1)], &blocked, (FREE, 5.0), &mut memory).is_empty());
        let open = Obstacles::default();
        assert!(place(&mut [candidate(1, [400.0, 300.0], 1)], &open, (FREE, 5.1), &mut memory).is_empty());
        assert_eq!(place(&mut [candidate(1, [400.0, 300.0], 1)], &open, (FREE, 5.4), &mut memory).len(), 1);
    }

    #[test]
    fn what_is_required_is_placed_even_where_all_is_covered() {
        let blocked = Obstacles { boxes: vec![FREE], points: Vec::new() };
        let mut one = [Candidate { is_required: true, ..candidate(1, [400.0, 300.0], 1) }];
        assert_eq!(place(&mut one, &blocked, (FREE, 5.0), &mut Memory::default()).len(), 1);
    }

    #[test]
    fn panning_a_little_keeps_every_side() {
        let mut memory = Memory::default();
        let at =
            |shift: f32| [candidate(1, [300.0 + shift, 300.0], 2), candidate(2, [330.0 + shift, 306.0], 1)];
        let before = first_x(&place(&mut at(0.0), &Obstacles::default(), (FREE, 5.0), &mut memory));
        let after = first_x(&place(&mut at(3.0), &Obstacles::default(), (FREE, 5.0), &mut memory));
        for (a, b) in before.iter().zip(&after) {
            assert!((b - a - 3.0).abs() < 1e-3, "{before:?} {after:?}");
        }
    }

    proptest! {
        #[test]
        fn no_two_names_overlap(points in prop::collection::vec((0.0f32..800.0, 0.0f32..600.0), 1..60)) {
            let mut all: Vec<Candidate> =
                (0..).zip(points).map(|(key, (x, y))| candidate(key, [x, y], key as i32)).collect();
            let width = all[0].lines[0].layout.width;
            let runs = place(&mut all, &Obstacles::default(), (FREE, 5.0), &mut Memory::default());
            let boxes: Vec<Rect> = runs.iter().map(|run| {
                let [x, y] = run.glyphs[0].at;
                [x, y - 9.0, x + width, y + 3.0]
            }).collect();
            for (i, a) in boxes.iter().enumerate() {
                prop_assert!(boxes[i + 1..].iter().all(|b| !overlap(*a, *b)));
            }
        }
    }
}
