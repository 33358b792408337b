//! What lies where on the screen already.

use std::collections::HashMap;

use super::Rect;

/// Names keep this far from each other, in points.
const APART: f32 = 2.0;
/// Side of a cell of the collision grid.
const CELL: f32 = 48.0;

/// Boxes by cell, so that only neighbours are compared.
#[derive(Debug, Default)]
pub(super) struct Grid {
    cells: HashMap<(i32, i32), Vec<Rect>>,
}

impl Grid {
    pub(super) fn add(&mut self, rect: Rect) {
        for cell in cells(rect) {
            self.cells.entry(cell).or_default().push(rect);
        }
    }

    pub(super) fn hits(&self, rect: Rect) -> bool {
        let grown = [rect[0] - APART, rect[1] - APART / 2.0, rect[2] + APART, rect[3] + APART / 2.0];
        cells(grown).any(|cell| {
            self.cells.get(&cell).is_some_and(|boxes| boxes.iter().any(|other| overlap(*other, grown)))
        })
    }

    /// How many single points lie inside.
    pub(super) fn count(&self, rect: Rect) -> usize {
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

pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
