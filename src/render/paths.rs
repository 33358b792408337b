//! Polylines and polygons of the picture as triangles with soft edges, as egui makes them in the window.

use bytemuck::{Pod, Zeroable};
use egui::Color32;
use egui::epaint::{Mesh, PathShape, PathStroke, TessellationOptions, Tessellator};

use crate::scene::PathDraw;
use crate::theme::Rgba;

/// A corner of a triangle: where it lies, in points, and its colour times its own alpha.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct PathVertex {
    at: [f32; 2],
    colour: [u8; 4],
}

/// The corners of all triangles, three by three; edges are soft over one of `px` pixels to a point.
pub(super) fn vertices(paths: &[PathDraw], px: f32) -> Vec<PathVertex> {
    let mut tessellator = Tessellator::new(px, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for path in paths {
        tessellator.tessellate_path(&shape(path), &mut mesh);
    }
    let corner = |index: &u32| {
        let vertex = mesh.vertices[*index as usize];
        PathVertex { at: vertex.pos.into(), colour: vertex.color.to_array() }
    };
    mesh.indices.iter().map(corner).collect()
}

fn shape(path: &PathDraw) -> PathShape {
    let fill = if path.is_closed { colour(path.fill) } else { Color32::TRANSPARENT };
    PathShape {
        points: path.points.iter().map(|at| (*at).into()).collect(),
        closed: path.is_closed,
        fill,
        stroke: PathStroke::new(path.stroke_width, colour(path.stroke)),
    }
}

fn colour(Rgba([r, g, b, a]): Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INK: Rgba = Rgba([10, 20, 30, 255]);

    #[test]
    fn a_filled_square_covers_its_middle_and_an_open_path_is_not_filled() {
        let square = PathDraw {
            points: vec![[0.0, 0.0], [8.0, 0.0], [8.0, 8.0], [0.0, 8.0]],
            is_closed: true,
            fill: INK,
            stroke: Rgba::CLEAR,
            stroke_width: 0.0,
        };
        assert_eq!(vertices(std::slice::from_ref(&square), 2.0).len() % 3, 0);
        let is_inside = |vertex: &PathVertex| vertex.at.iter().all(|v| (-0.5..=8.5).contains(v));
        let filled = vertices(std::slice::from_ref(&square), 2.0);
        assert!(filled.len() >= 6 && filled.iter().all(is_inside));
        assert!(filled.iter().any(|vertex| vertex.colour == INK.0));
        assert!(vertices(&[PathDraw { is_closed: false, ..square }], 2.0).is_empty());
    }
}
