//! Polygons as triangles, by lyon's sweep: it is at home with hundreds of thousands of holes.

use std::sync::Arc;

use lyon_tessellation::geom::point;
use lyon_tessellation::path::Path;
use lyon_tessellation::{
    BuffersBuilder, FillGeometryBuilder, FillOptions, FillRule, FillTessellator, FillVertex, GeometryBuilder,
    GeometryBuilderError, VertexBuffers, VertexId,
};

use super::batch::PartKind;
use super::level::AreaChunk;
use super::runs::{Lines, along_curve};
use super::sleeve::apart;
use crate::geo::{WorldBounds, WorldFixed};

/// Vertices after which a chunk is full.
const CHUNK: usize = 1 << 14;

/// A polygon of this many vertices more than [`CROSSINGS`] allows is given up.
const SPARE: usize = 1 << 12;

/// Vertices of triangles for each of the rings' own. Each crossing of the rings adds one, and a scribble of some
/// thousand vertices has millions of crossings.
const CROSSINGS: usize = 4;

/// The polygons of `lines` in chunks; what lyon cannot do is left to its outline, and so is a scribble. `None` if
/// it does not go on to the end.
pub(super) fn triangulated(lines: &Lines, goes_on: impl Fn() -> bool) -> Option<Vec<Arc<AreaChunk>>> {
    let mut polygons = polygons(lines);
    polygons.sort_by_key(|(_, rings)| along_curve(rings[0][0]));
    let mut tessellator = FillTessellator::new();
    let mut chunks = Vec::new();
    let mut chunk = AreaChunk::default();
    for (row, rings) in &polygons {
        if !goes_on() {
            return None;
        }
        fill(&mut tessellator, rings, &mut chunk);
        chunk.rows.push((chunk.vertices.len() as u32, *row));
        if chunk.vertices.len() >= CHUNK {
            chunks.push(finished(std::mem::take(&mut chunk)));
        }
    }
    if !chunk.triangles.is_empty() {
        chunks.push(finished(chunk));
    }
    Some(chunks)
}

fn finished(chunk: AreaChunk) -> Arc<AreaChunk> {
    let bounds = WorldBounds::of(chunk.vertices.iter().copied());
    Arc::new(AreaChunk { bounds, ..chunk })
}

/// A row, and the outer ring of a polygon of it with its holes.
type Polygon<'a> = (u32, Vec<&'a [WorldFixed]>);

fn polygons(lines: &Lines) -> Vec<Polygon<'_>> {
    let mut polygons: Vec<Polygon<'_>> = Vec::new();
    for (row, kind, vertices) in lines.each().filter(|(.., vertices)| vertices.len() > 3) {
        match kind {
            PartKind::Outer => polygons.push((row, vec![vertices])),
            PartKind::Hole => {
                if let Some((_, rings)) = polygons.last_mut() {
                    rings.push(vertices);
                }
            }
            PartKind::Point | PartKind::Line => {}
        }
    }
    polygons
}

fn fill(tessellator: &mut FillTessellator, rings: &[&[WorldFixed]], chunk: &mut AreaChunk) {
    // lyon counts in f32: from the polygon's own corner, in a unit in which it is some thousands wide.
    let origin = rings[0][0];
    let reach = rings[0].iter().map(|at| {
        let [dx, dy] = apart(*at, origin);
        dx.abs().max(dy.abs())
    });
    let unit = (reach.fold(1.0, f64::max) / 16_384.0).max(1.0 / 64.0);
    let local = |at: &WorldFixed| {
        let [dx, dy] = apart(*at, origin);
        point((dx / unit) as f32, (dy / unit) as f32)
    };
    let mut path = Path::builder();
    for ring in rings {
        let mut vertices = ring.iter().map(local);
        let Some(first) = vertices.next() else { continue };
        path.begin(first);
        vertices.for_each(|at| {
            path.line_to(at);
        });
        path.end(true);
    }
    let mut buffers: VertexBuffers<WorldFixed, u32> = VertexBuffers::new();
    let back = |vertex: FillVertex<'_>| {
        let at = vertex.position();
        let step = |from: u32, value: f32| f64::from(value).mul_add(unit, f64::from(from)).round();
        // Casts stop at the edges of the world, but for the eastern one.
        WorldFixed::new((step(origin.x, at.x) as u32).min(WorldFixed::EAST), step(origin.y, at.y) as u32)
    };
    let options = FillOptions::default().with_fill_rule(FillRule::EvenOdd).with_tolerance(0.5);
    let spare = CROSSINGS * rings.iter().map(|ring| ring.len()).sum::<usize>() + SPARE;
    let mut output = Limited { output: BuffersBuilder::new(&mut buffers, back), spare };
    if tessellator.tessellate_path(&path.build(), &options, &mut output).is_ok() {
        let first = chunk.vertices.len() as u32;
        chunk.vertices.append(&mut buffers.vertices);
        chunk.triangles.extend(buffers.indices.into_iter().map(|index| index + first));
    }
}

/// Takes so many vertices and no more.
struct Limited<Output> {
    output: Output,
    spare: usize,
}

impl<Output: FillGeometryBuilder> GeometryBuilder for Limited<Output> {
    fn begin_geometry(&mut self) {
        self.output.begin_geometry();
    }

    fn end_geometry(&mut self) {
        self.output.end_geometry();
    }

    fn add_triangle(&mut self, a: VertexId, b: VertexId, c: VertexId) {
        self.output.add_triangle(a, b, c);
    }

    fn abort_geometry(&mut self) {
        self.output.abort_geometry();
    }
}

impl<Output: FillGeometryBuilder> FillGeometryBuilder for Limited<Output> {
    fn add_fill_vertex(&mut self, vertex: FillVertex<'_>) -> Result<VertexId, GeometryBuilderError> {
        self.spare = self.spare.checked_sub(1).ok_or(GeometryBuilderError::TooManyVertices)?;
        self.output.add_fill_vertex(vertex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(at: (u32, u32), side: u32) -> Vec<WorldFixed> {
        [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
            .map(|(x, y)| WorldFixed::new(at.0 + x, at.1 + y))
            .to_vec()
    }

    fn area(chunk: &AreaChunk) -> f64 {
        let twice = chunk.triangles.chunks(3).map(|corners| {
            let [a, b, c] = [0, 1, 2].map(|n| chunk.vertices[corners[n] as usize]);
            let ((bx, by), (cx, cy)) = (b.offset_from(a), c.offset_from(a));
            ((bx * cy - by * cx) as f64).abs()
        });
        twice.sum::<f64>() / 2.0
    }

    #[test]
    fn a_hole_stays_open() {
        let mut lines = Lines::default();
        lines.push(0, PartKind::Outer, &square((1_000_000, 1_000_000), 100_000));
        lines.push(0, PartKind::Hole, &square((1_020_000, 1_020_000), 50_000));
        let chunks = triangulated(&lines, || true).expect("it goes on");
        let wanted = 100_000.0_f64.powi(2) - 50_000.0_f64.powi(2);
        assert_eq!(chunks.len(), 1);
        assert_eq!(chunks[0].rows, [(chunks[0].vertices.len() as u32, 0)]);
        assert!((area(&chunks[0]) / wanted - 1.0).abs() < 1e-3, "{}", area(&chunks[0]) / wanted);
    }
    #[test]
    fn a_scribble_is_left_to_its_outline_and_its_neighbour_is_filled() {
        // Every side crosses most of the others: some four million crossings.
        let scribble = (0..4_000_u32).map(|n| {
            WorldFixed::new(n.wrapping_mul(2_654_435_761) >> 12, n.wrapping_mul(2_246_822_519) >> 12)
        });
        let mut lines = Lines::default();
        lines.push(0, PartKind::Outer, &scribble.collect::<Vec<_>>());
        lines.push(1, PartKind::Outer, &square((2_000_000, 2_000_000), 100_000));
        let chunks = triangulated(&lines, || true).expect("it goes on");
        assert_eq!(chunks.iter().map(|chunk| area(chunk)).sum::<f64>(), 1e10);
    }

    #[test]
    fn no_triangle_reaches_over_the_eastern_edge() {
        let west = WorldFixed::EAST - 119_304_647;
        let ring =
            [(west, 0), (WorldFixed::EAST, 0), (WorldFixed::EAST, 1 << 26), (west, 1 << 26), (west, 0)];
        let mut lines = Lines::default();
        lines.push(0, PartKind::Outer, &ring.map(|(x, y)| WorldFixed::new(x, y)));
        let chunks = triangulated(&lines, || true).expect("it goes on");
        assert!(chunks[0].vertices.iter().all(|at| (west..=WorldFixed::EAST).contains(&at.x)));
    }

    #[test]
    fn nothing_is_made_once_nobody_waits() {
        let mut lines = Lines::default();
        lines.push(0, PartKind::Outer, &square((0, 0), 100));
        assert!(triangulated(&lines, || false).is_none());
    }
}
