//! Runs of a buffer with the box around each, so that what is out of view is not drawn.

use std::ops::Range;

use crate::geo::{WorldBounds, WorldFixed};

/// A run that is drawn as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block {
    /// One past its last element.
    end: u32,
    bounds: WorldBounds,
}

/// The runs of one buffer, in order and without gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Blocks(Vec<Block>);

impl Blocks {
    /// Runs of `length` elements; `places` gives the places that an element touches.
    pub(super) fn new<P>(count: usize, length: usize, places: impl Fn(usize) -> P) -> Self
    where
        P: IntoIterator<Item = WorldFixed>,
    {
        let starts = (0..count).step_by(length);
        let blocks = starts.filter_map(|start| {
            let end = (start + length).min(count);
            let bounds = WorldBounds::of((start..end).flat_map(&places))?;
            Some(Block { end: end as u32, bounds })
        });
        Self(blocks.collect())
    }

    /// The parts of `wanted` that may be in one of `views`, neighbours joined.
    pub(super) fn in_view(&self, wanted: Range<u32>, views: &[WorldBounds]) -> Vec<Range<u32>> {
        let mut found: Vec<Range<u32>> = Vec::new();
        let mut start = 0;
        for block in &self.0 {
            let part = wanted.start.max(start)..wanted.end.min(block.end);
            start = block.end;
            if part.is_empty() || !views.iter().any(|view| view.intersects(block.bounds)) {
                continue;
            }
            match found.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => found.push(part),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(from: u32, to: u32) -> WorldBounds {
        WorldBounds { min: WorldFixed::new(from, 0), max: WorldFixed::new(to, 10) }
    }

    #[test]
    fn only_what_may_be_seen_is_drawn_and_neighbours_in_one_go() {
        // Element i lies at x = i.
        let ends = |found: Vec<Range<u32>>| found.iter().map(|run| (run.start, run.end)).collect::<Vec<_>>();
        let blocks = Blocks::new(100, 10, |i| [WorldFixed::new(i as u32, 5)]);
        assert_eq!(ends(blocks.in_view(0..100, &[view(25, 41)])), [(20, 50)]);
        assert_eq!(ends(blocks.in_view(27..45, &[view(25, 41)])), [(27, 45)]);
        assert_eq!(ends(blocks.in_view(0..100, &[view(0, 3), view(95, 200)])), [(0, 10), (90, 100)]);
        assert_eq!(blocks.in_view(0..100, &[view(300, 400)]), []);
        assert_eq!(Blocks::default().in_view(0..100, &[view(0, 9)]), []);
    }
}
