//! Where names go: by priority, on the side of their mark that is free and covers least, without flicker.

mod grid;
mod side;

use std::collections::HashMap;
use std::sync::Arc;

use super::draw::{PlacedGlyph, TextRun};
use super::text::Layout;
use crate::theme::Rgba;
use grid::Grid;
pub(super) use side::Room;
use side::{LED, NUDGES, SIDES, Side, leader, led_boxes, led_way, rect_at, size};

/// A label that lost stays lost until the zoom changed by this much.
const STEADY_ZOOM: f64 = 0.25;
/// What a line costs: any free side is better.
const LEAD_COST: f32 = 30.0;
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
    pub(super) room: Option<Room>,
    /// Where else it may stand, as far off its anchor, should there be no room near it.
    pub(super) elsewhere: Vec<[f32; 2]>,
    /// Where its sides are taken it may stand farther off, at the end of a line.
    pub may_lead: bool,
    /// Placed even where it covers others.
    pub is_required: bool,
    /// Costs above this are too much.
    pub most_cost: f32,
}

impl Candidate {
    /// A level name on its anchor that gives way where all is taken; what differs is said over it.
    pub(super) fn plain(key: u64, (priority, anchor): (i32, [f32; 2]), halo: (Rgba, f32)) -> Self {
        Self {
            key,
            priority,
            anchor,
            radius: None,
            lines: Vec::new(),
            halo,
            angle: 0.0,
            room: None,
            elsewhere: Vec::new(),
            may_lead: false,
            is_required: false,
            most_cost: f32::INFINITY,
        }
    }
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

/// A line from a mark to its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Leader {
    pub from: [f32; 2],
    pub to: [f32; 2],
    pub colour: Rgba,
}

/// What was placed.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub runs: Vec<TextRun>,
    pub leaders: Vec<Leader>,
}

/// A name whose anchor lies nearer to the edge than this may lose its place there and find one farther in.
const EDGE: f32 = 160.0;

/// What each key got last and at which zoom, and what was free then.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    places: HashMap<u64, (Option<Side>, f64)>,
    free: Rect,
}

impl Memory {
    /// Whether the name was placed in the picture last laid out.
    #[must_use]
    pub(super) fn is_placed(&self, key: u64) -> bool {
        matches!(self.places.get(&key), Some((Some(_), _)))
    }
}

/// Places the candidates inside `free`; `memory` is what the picture before left behind.
pub(super) fn place(
    candidates: &mut [Candidate],
    obstacles: &Obstacles,
    (free, zoom): (Rect, f64),
    memory: &mut Memory,
) -> Placed {
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
    let mut placed = Placed::default();
    for candidate in candidates.iter() {
        let before = memory.places.get(&candidate.key).filter(|(_, at)| (zoom - at).abs() < STEADY_ZOOM);
        // Where a panel has closed there may be room now.
        let has_lost = matches!(before, Some((None, _))) && free == memory.free;
        let steady = before.and_then(|(side, _)| *side);
        let found = if has_lost && !candidate.is_required {
            None
        } else {
            choose(candidate, steady, (free, &grid, &points))
        };
        let at_zoom = before.map_or(zoom, |(_, at)| *at);
        if found.is_some() || is_well_inside(candidate.anchor, free) {
            next.insert(candidate.key, (found.map(|(side, _)| side), at_zoom));
        }
        if let Some((side, rect)) = found {
            grid.add(rect);
            push_runs(candidate, side, rect, &mut placed.runs);
            placed.leaders.extend(leader(candidate, side));
            for point in led_boxes(candidate, side) {
                grid.add(point);
            }
        }
    }
    *memory = Memory { places: next, free };
    placed
}

fn is_well_inside([x, y]: [f32; 2], [left, top, right, bottom]: Rect) -> bool {
    (left + EDGE..=right - EDGE).contains(&x) && (top + EDGE..=bottom - EDGE).contains(&y)
}

type Around<'a> = (Rect, &'a Grid, &'a Grid);

/// The cheapest side that is free; the one it has already, where that still is.
fn choose(
    candidate: &Candidate,
    steady: Option<Side>,
    (free, grid, points): Around<'_>,
) -> Option<(Side, Rect)> {
    let near: &[Side] = match (candidate.radius, candidate.room) {
        (Some(_), _) => &SIDES,
        (None, Some(_)) => &NUDGES,
        (None, None) => &[Side::Center],
    };
    let elsewhere = (0..candidate.elsewhere.len() as u8).map(Side::Elsewhere);
    let led = (0..if candidate.may_lead { LED } else { 0 }).map(Side::Led);
    let mut best: Option<(f32, Side, Rect)> = None;
    for (order, side) in near.iter().copied().chain(elsewhere).chain(led).enumerate() {
        if candidate.room.is_some_and(|room| !room.is_inside(side)) {
            continue;
        }
        let rect = rect_at(candidate, side);
        let is_inside = rect[0] >= free[0] && rect[1] >= free[1] && rect[2] <= free[2] && rect[3] <= free[3];
        // A line crosses no other, and no mark.
        let is_clear = led_boxes(candidate, side).into_iter().all(|point| !grid.hits(point));
        let is_free = is_inside && is_clear && !grid.hits(rect);
        if !is_free && !candidate.is_required {
            continue;
        }
        let steadiness = if steady == Some(side) { -1.5 } else { 0.0 };
        let blocked = if is_free { 0.0 } else { 1_000.0 };
        // Another place is as good as the last step aside.
        let order = if matches!(side, Side::Elsewhere(_)) { near.len() / 2 } else { order };
        let lead = if matches!(side, Side::Led(_)) { LEAD_COST } else { 0.0 };
        let cost = lead + order as f32 * 0.35 + points.count(rect) as f32 * COVER_COST + steadiness + blocked;
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, side, rect));
        }
    }
    best.filter(|(cost, ..)| candidate.is_required || *cost <= candidate.most_cost)
        .map(|(_, side, rect)| (side, rect))
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
                Side::Led(number) if led_way(number)[0] > 0.3 => 0.0,
                Side::Led(number) if led_way(number)[0] < -0.3 => slack,
                Side::Led(_)
                | Side::Center
                | Side::Nudged(..)
                | Side::Elsewhere(_)
                | Side::Below
                | Side::Above => slack / 2.0,
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

#[cfg(test)]
mod tests {
    use super::grid::overlap;
    use super::*;
    use crate::scene::text::{TextStyle, Typesetter};
    use crate::theme::Face;
    use proptest::prelude::*;

    const FREE: Rect = [0.0, 0.0, 800.0, 600.0];

    fn candidate(key: u64, anchor: [f32; 2], priority: i32) -> Candidate {
        let style = TextStyle { face: Face::Ui, size: 12.0, tracking_em: 0.0, is_upper: false };
        let layout = Typesetter::default().layout("Manzhouli", style);
        Candidate {
            radius: Some(6.0),
            lines: vec![Line { layout, colour: Rgba([0, 0, 0, 255]) }],
            most_cost: 100.0,
            ..Candidate::plain(key, (priority, anchor), (Rgba([255, 255, 255, 255]), 1.6))
        }
    }

    fn first_x(runs: &[TextRun]) -> Vec<f32> {
        runs.iter().map(|run| run.glyphs[0].at[0]).collect()
    }

    #[test]
    fn a_name_near_the_edge_turns_inward() {
        let mut one = [candidate(1, [790.0, 300.0], 1)];
        let runs = place(&mut one, &Obstacles::default(), (FREE, 5.0), &mut Memory::default());
        assert!(first_x(&runs.runs)[0] < 790.0);
    }

    #[test]
    fn the_lesser_of_two_at_one_place_yields_and_stays_away_until_the_zoom_changes() {
        let blocked = Obstacles { boxes: vec![FREE], points: Vec::new() };
        let mut memory = Memory::default();
        assert!(
            place(&mut [candidate(1, [400.0, 300.0], 1)], &blocked, (FREE, 5.0), &mut memory).runs.is_empty()
        );
        let open = Obstacles::default();
        assert!(
            place(&mut [candidate(1, [400.0, 300.0], 1)], &open, (FREE, 5.1), &mut memory).runs.is_empty()
        );
        assert_eq!(
            place(&mut [candidate(1, [400.0, 300.0], 1)], &open, (FREE, 5.4), &mut memory).runs.len(),
            1
        );
    }

    #[test]
    fn a_name_from_beyond_the_edge_comes_in_with_the_map_and_one_under_a_panel_when_it_closes() {
        let open = Obstacles::default();
        let mut memory = Memory::default();
        let count = |x: f32, free: Rect, memory: &mut Memory| {
            place(&mut [candidate(1, [x, 300.0], 1)], &open, (free, 5.0), memory).runs.len()
        };
        assert_eq!((count(870.0, FREE, &mut memory), count(400.0, FREE, &mut memory)), (0, 1));
        let blocked = Obstacles { boxes: vec![FREE], points: Vec::new() };
        let mut memory = Memory::default();
        let narrow = [0.0, 0.0, 700.0, 600.0];
        assert!(
            place(&mut [candidate(1, [350.0, 300.0], 1)], &blocked, (narrow, 5.0), &mut memory)
                .runs
                .is_empty()
        );
        assert_eq!(count(350.0, FREE, &mut memory), 1);
    }

    #[test]
    fn what_is_required_is_placed_even_where_all_is_covered() {
        let blocked = Obstacles { boxes: vec![FREE], points: Vec::new() };
        let mut one = [Candidate { is_required: true, ..candidate(1, [400.0, 300.0], 1) }];
        assert_eq!(place(&mut one, &blocked, (FREE, 5.0), &mut Memory::default()).runs.len(), 1);
    }

    #[test]
    fn a_name_whose_sides_are_taken_stands_at_the_end_of_a_line() {
        // A gap to each corner is left.
        let beside = [[414.0, 290.0, 480.0, 310.0], [320.0, 290.0, 386.0, 310.0]];
        let over = [[396.0, 276.0, 404.0, 290.0], [396.0, 310.0, 404.0, 324.0]];
        let crowd = Obstacles { boxes: [beside, over].concat(), points: Vec::new() };
        let at = [400.0, 300.0];
        let mut one = [Candidate { may_lead: true, ..candidate(1, at, 1) }];
        let placed = place(&mut one, &crowd, (FREE, 5.0), &mut Memory::default());
        assert_eq!(placed.runs.len(), 1);
        let Leader { from, to, .. } = placed.leaders[0];
        let far = |end: [f32; 2]| (end[0] - at[0]).hypot(end[1] - at[1]);
        assert!((far(from) - 6.0).abs() < 1e-3 && far(to) > 20.0, "{from:?} {to:?}");
        let mut free = [Candidate { may_lead: true, ..candidate(1, at, 1) }];
        let placed = place(&mut free, &Obstacles::default(), (FREE, 5.0), &mut Memory::default());
        assert!(placed.leaders.is_empty(), "a free side is better");
    }

    #[test]
    fn panning_a_little_keeps_every_side() {
        let mut memory = Memory::default();
        let at =
            |shift: f32| [candidate(1, [300.0 + shift, 300.0], 2), candidate(2, [330.0 + shift, 306.0], 1)];
        let before = first_x(&place(&mut at(0.0), &Obstacles::default(), (FREE, 5.0), &mut memory).runs);
        let after = first_x(&place(&mut at(3.0), &Obstacles::default(), (FREE, 5.0), &mut memory).runs);
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
            let boxes: Vec<Rect> = runs.runs.iter().map(|run| {
                let [x, y] = run.glyphs[0].at;
                [x, y - 9.0, x + width, y + 3.0]
            }).collect();
            for (i, a) in boxes.iter().enumerate() {
                prop_assert!(boxes[i + 1..].iter().all(|b| !overlap(*a, *b)));
            }
        }
    }
}
