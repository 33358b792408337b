//! Short runs of lines, sorted so that what lies together stands together.

use super::batch::PartKind;
use crate::geo::{WorldBounds, WorldFixed};

/// Segments in a run at most.
const RUN: usize = 64;
/// Vertices in a chunk: what is uploaded and drawn as one.
const CHUNK: usize = 1 << 14;

/// Some consecutive vertices of one line or ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// One past its last vertex.
    pub(super) end: u32,
    pub(super) row: u32,
    /// The polygon whose outer ring or hole it is of, counted from 1; 0 for a line.
    pub(super) polygon: u32,
}

/// Lines and rings as they come out of a reader or of a level.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub(super) vertices: Vec<WorldFixed>,
    /// (one past the last vertex, row, kind)
    pub(super) parts: Vec<(u32, u32, PartKind)>,
}

impl Lines {
    pub(super) fn push(&mut self, row: u32, kind: PartKind, vertices: &[WorldFixed]) {
        self.vertices.extend_from_slice(vertices);
        self.parts.push((self.vertices.len() as u32, row, kind));
    }

    pub(super) fn append(&mut self, mut next: Self) {
        let before = self.vertices.len() as u32;
        self.vertices.append(&mut next.vertices);
        self.parts.extend(next.parts.into_iter().map(|(end, row, kind)| (end + before, row, kind)));
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (u32, PartKind, &[WorldFixed])> {
        let mut start = 0;
        self.parts.iter().map(move |&(end, row, kind)| {
            let vertices = &self.vertices[start as usize..end as usize];
            start = end;
            (row, kind, vertices)
        })
    }
}

/// Runs in the order of the Z curve, and the chunks they form.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) vertices: Vec<WorldFixed>,
    pub(super) runs: Vec<Run>,
    /// One past the last run of each chunk.
    pub(super) chunks: Vec<u32>,
}

impl Sorted {
    pub(super) fn new(lines: &Lines) -> Self {
        // (place on the curve, first vertex, vertices, row, polygon)
        let mut order: Vec<(u64, u32, u32, u32, u32)> = Vec::new();
        let (mut start, mut polygons) = (0_u32, 0_u32);
        for &(end, row, kind) in &lines.parts {
            polygons += u32::from(kind == PartKind::Outer);
            let is_ring = matches!(kind, PartKind::Outer | PartKind::Hole);
            let polygon = if is_ring { polygons } else { 0 };
            let mut at = start;
            loop {
                let count = (end - at).min(RUN as u32 + 1);
                let middle = lines.vertices[(at + count / 2) as usize];
                order.push((along_curve(middle), at, count, row, polygon));
                if at + count >= end {
                    break;
                }
                at += count - 1;
            }
            start = end;
        }
        order.sort_unstable();
        let total = order.iter().map(|run| run.2 as usize).sum();
        let mut sorted = Self { vertices: Vec::with_capacity(total), ..Self::default() };
        let mut filled = 0;
        for (_, start, count, row, polygon) in order {
            if filled + count as usize > CHUNK {
                sorted.chunks.push(sorted.runs.len() as u32);
                filled = 0;
            }
            filled += count as usize;
            sorted.vertices.extend_from_slice(&lines.vertices[start as usize..(start + count) as usize]);
            sorted.runs.push(Run { end: sorted.vertices.len() as u32, row, polygon });
        }
        sorted.chunks.push(sorted.runs.len() as u32);
        sorted
    }

    /// The vertices of a run.
    pub(super) fn run(&self, index: usize) -> &[WorldFixed] {
        let start = if index == 0 { 0 } else { self.runs[index - 1].end };
        &self.vertices[start as usize..self.runs[index].end as usize]
    }

    pub(super) fn bounds(&self, index: usize) -> WorldBounds {
        WorldBounds::of(self.run(index).iter().copied()).unwrap_or(WorldBounds::WORLD)
    }
}

/// The place of a point on the Z curve: the bits of x and y in turn.
pub(super) fn along_curve(at: WorldFixed) -> u64 {
    spread(at.x) | (spread(at.y) << 1)
}

fn spread(value: u32) -> u64 {
    let mut bits = u64::from(value);
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        bits = (bits | (bits << shift)) & mask;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_takes_the_bits_in_turn() {
        assert_eq!(along_curve(WorldFixed::new(0b11, 0b10)), 0b1101);
        assert_eq!(along_curve(WorldFixed::new(u32::MAX, u32::MAX)), u64::MAX);
    }

    #[test]
    fn runs_share_their_ends_and_lose_no_segment() {
        let line: Vec<WorldFixed> = (0..1000).map(|i| WorldFixed::new(i * 977, i * 13)).collect();
        let mut lines = Lines::default();
        lines.push(7, PartKind::Line, &line);
        let sorted = Sorted::new(&lines);
        let segments: usize = (0..sorted.runs.len()).map(|index| sorted.run(index).len() - 1).sum();
        assert_eq!(segments, line.len() - 1);
        assert!(sorted.runs.iter().all(|run| run.row == 7 && run.polygon == 0));
        assert_eq!(sorted.chunks.last(), Some(&(sorted.runs.len() as u32)));
    }
}
