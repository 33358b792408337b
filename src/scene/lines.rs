//! Lines of projects and belts: drawn while they are selected or hovered.

use std::sync::Arc;

use super::bend::bent_mesh;
use super::corridors::Stroke;
use super::draw::{LineMesh, LinePoint, MeshId};
use crate::atlas::{Atlas, Id, Precision, RouteRole, Stop};
use crate::geo::{LonLat, Warp, WorldBounds, WorldFixed};

/// The strokes of one feature.
#[derive(Debug)]
pub struct FeatureLines {
    pub id: Id,
    pub mesh: Arc<LineMesh>,
    pub strokes: Vec<Stroke>,
}

impl FeatureLines {
    /// The same for an equal-area page.
    pub(super) fn bent(&self, warp: &Warp) -> Self {
        let (mesh, ranges) =
            bent_mesh(&self.mesh, self.strokes.iter().map(|stroke| stroke.points.clone()), warp);
        let strokes = self.strokes.iter().zip(ranges);
        let strokes = strokes.map(|(stroke, points)| Stroke { points, ..*stroke }).collect();
        Self { id: self.id.clone(), mesh, strokes }
    }
}

/// The lines of every project and belt that has any.
#[must_use]
pub(super) fn feature_lines(atlas: &Atlas) -> Vec<FeatureLines> {
    let projects = atlas.projects.iter().filter_map(|project| {
        let lines = project.lines.iter().map(|line| (line.precision, line.points.as_slice()));
        feature(&project.id, lines)
    });
    let belts = atlas.belts.iter().filter_map(|belt| {
        feature(&belt.id, std::iter::once((Precision::Schematic, belt.points.as_slice())))
    });
    projects.chain(belts).collect()
}

fn feature<'a>(id: &Id, lines: impl Iterator<Item = (Precision, &'a [Stop])>) -> Option<FeatureLines> {
    let mut points: Vec<LinePoint> = Vec::new();
    let mut strokes = Vec::new();
    for (precision, stops) in lines.filter(|(_, stops)| stops.len() > 1) {
        let start = points.len() as u32;
        let mut along = 0.0;
        let mut before: Option<WorldFixed> = None;
        for (number, stop) in stops.iter().enumerate() {
            let at = LonLat::new(stop.lon, stop.lat).to_world();
            if let Some(before) = before {
                let (dx, dy) = at.offset_from(before);
                along += (dx as f64).hypot(dy as f64);
            }
            points.push(LinePoint::new(at, along as u32, 0, number + 1 == stops.len()));
            before = Some(at);
        }
        strokes.push(Stroke { role: RouteRole::Branch, precision, points: start..points.len() as u32 });
    }
    let bounds = WorldBounds::of(points.iter().map(|point| point.at))?;
    Some(FeatureLines {
        id: id.clone(),
        mesh: Arc::new(LineMesh { id: MeshId::fresh(), points, bounds }),
        strokes,
    })
}
