//! Lines for an equal-area page: bent, with the points that their curves ask for, in parts where they leave the page.

use std::ops::Range;
use std::sync::Arc;

use super::draw::{LineMesh, LinePoint, MeshId};
use crate::geo::{Warp, WorldFixed};

/// Polylines that each end in a gap. `along` is what the bent points say of how far along they are: of the point of
/// the line that each comes from, and of the steps along its part.
pub(super) fn bent_points(
    points: &[LinePoint],
    warp: &Warp,
    along: impl Fn(LinePoint, u32) -> u32,
) -> Vec<LinePoint> {
    let mut bent = Vec::new();
    for line in points.split_inclusive(|point| point.flags & LinePoint::GAP != 0) {
        let places: Vec<WorldFixed> = line.iter().map(|point| point.at).collect();
        bent.extend(warp.line(&places).into_iter().map(|point| {
            let source = line[point.source];
            LinePoint::new(point.at, along(source, point.along), source.half_steps(), point.is_last)
        }));
    }
    bent
}

/// Ranges of a mesh, each bent; the new mesh, and where in it each range lies.
pub(super) fn bent_mesh(
    mesh: &LineMesh,
    ranges: impl Iterator<Item = Range<u32>>,
    warp: &Warp,
) -> (Arc<LineMesh>, Vec<Range<u32>>) {
    let mut points = Vec::new();
    let ranges = ranges.map(|range| {
        let start = points.len() as u32;
        let range = range.start as usize..range.end as usize;
        points.extend(bent_points(&mesh.points[range], warp, |_, along| along));
        start..points.len() as u32
    });
    let ranges = ranges.collect();
    (Arc::new(LineMesh { id: MeshId::fresh(), points, bounds: warp.sheet() }), ranges)
}
