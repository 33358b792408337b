//! Opened files on the GPU: chunks that were seen, uploaded a few at a time and dropped when memory runs short.

use std::collections::HashMap;

use super::blocks::Blocks;
use super::segments::{Corners, Points};
use super::store::{AreaBuffer, Gpu, uploaded_area};
use crate::scene::{FeatureDraw, FeatureKey, FeaturePart, LinePoint};

/// Bytes that one frame uploads at most, but for the first chunk.
const UPLOAD: u64 = 12 << 20;
/// Triangles in a block.
const BLOCK: usize = 1024;

/// A chunk of a file.
pub(super) struct FeatureBuffers {
    pub(super) content: FeatureContent,
    pub(super) bytes: u64,
    pub(super) last_drawn: u64,
}

pub(super) enum FeatureContent {
    Lines(Points),
    Areas(AreaBuffer),
    /// Nothing to draw.
    Empty,
}

/// All chunks, and what this frame has done so far.
#[derive(Default)]
pub(super) struct Features {
    pub(super) chunks: HashMap<FeatureKey, FeatureBuffers>,
    uploaded: u64,
    /// Whether a chunk had to wait for the next frame.
    pub(super) is_waiting: bool,
}

impl Features {
    pub(super) fn begin_frame(&mut self) {
        self.uploaded = 0;
        self.is_waiting = false;
    }

    /// The chunk's buffers; `None` where it has to wait.
    pub(super) fn get(
        &mut self,
        gpu: &Gpu<'_>,
        corners: &mut Corners,
        (draw, frame): (&FeatureDraw, u64),
    ) -> Option<&FeatureContent> {
        if !self.chunks.contains_key(&draw.key) {
            if self.uploaded > UPLOAD {
                self.is_waiting = true;
                return None;
            }
            let (content, bytes) = upload(gpu, corners, draw);
            self.uploaded += bytes;
            self.chunks.insert(draw.key, FeatureBuffers { content, bytes, last_drawn: frame });
        }
        let chunk = self.chunks.get_mut(&draw.key)?;
        chunk.last_drawn = frame;
        Some(&chunk.content)
    }

    /// Drops what was drawn longest ago until the rest is small enough; never what was drawn just now.
    pub(super) fn shrink(&mut self, budget: u64, frame: u64) {
        let mut total: u64 = self.chunks.values().map(|chunk| chunk.bytes).sum();
        while total > budget {
            let oldest = self.chunks.iter().filter(|(_, chunk)| chunk.last_drawn + 2 < frame);
            let Some(key) = oldest.min_by_key(|(_, chunk)| chunk.last_drawn).map(|(key, _)| *key) else {
                return;
            };
            total -= self.chunks.remove(&key).map_or(0, |chunk| chunk.bytes);
        }
    }
}

fn upload(gpu: &Gpu<'_>, corners: &mut Corners, draw: &FeatureDraw) -> (FeatureContent, u64) {
    if draw.key.part != FeaturePart::Lines {
        let Some(areas) = draw.areas() else { return (FeatureContent::Empty, 0) };
        let corner = |index: usize| areas.vertices[areas.triangles[index] as usize];
        let blocks = Blocks::new(areas.triangles.len() / 3, BLOCK, |i| [0, 1, 2].map(|n| corner(3 * i + n)));
        let with_rows = (draw.key.part == FeaturePart::RowAreas).then(|| areas.vertices_with_rows());
        let plain: &[u8] = bytemuck::cast_slice(&areas.vertices);
        let vertices = with_rows.as_ref().map_or(plain, |vertices| bytemuck::cast_slice(vertices));
        let buffer = uploaded_area(gpu.device, vertices, (&areas.triangles, blocks));
        let bytes = vertices.len() + areas.triangles.len() * 4;
        return (buffer.map_or(FeatureContent::Empty, FeatureContent::Areas), bytes as u64);
    }
    let points = draw.points();
    if points.len() < 2 {
        return (FeatureContent::Empty, 0);
    }
    corners.reach(gpu.device, points.len() as u32);
    let bytes = (points.len() * size_of::<LinePoint>()) as u64;
    (FeatureContent::Lines(Points::new((gpu.device, gpu.queue), &gpu.layouts.points, &points)), bytes)
}
