//! Areas on the screen as triangles, by lyon: egui itself fills convex ones only.

use egui::{Color32, Mesh, Pos2, Shape};
use lyon_tessellation::geom::point;
use lyon_tessellation::path::Path;
use lyon_tessellation::{BuffersBuilder, FillOptions, FillTessellator, FillVertex, VertexBuffers};

/// The rings filled in one colour; a ring inside another is a hole.
pub(super) fn filled(rings: &[Vec<Pos2>], ink: Color32) -> Shape {
    let mut path = Path::builder();
    for ring in rings.iter().filter(|ring| ring.len() > 2) {
        let mut corners = ring.iter().map(|at| point(at.x, at.y));
        if let Some(first) = corners.next() {
            path.begin(first);
            for corner in corners {
                path.line_to(corner);
            }
            path.end(true);
        }
    }
    let mut buffers: VertexBuffers<Pos2, u32> = VertexBuffers::new();
    let corner = |vertex: FillVertex<'_>| Pos2::new(vertex.position().x, vertex.position().y);
    let mut output = BuffersBuilder::new(&mut buffers, corner);
    // A ring that lyon cannot fill has its outline still.
    if FillTessellator::new().tessellate_path(&path.build(), &FillOptions::even_odd(), &mut output).is_err() {
        return Shape::Noop;
    }
    let mut mesh = Mesh::default();
    for vertex in buffers.vertices {
        mesh.colored_vertex(vertex, ink);
    }
    mesh.indices = buffers.indices;
    Shape::mesh(mesh)
}

/// Whether a place lies inside an odd number of rings.
pub(super) fn holds(rings: &[Vec<Pos2>], at: Pos2) -> bool {
    let crosses = |a: Pos2, b: Pos2| {
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    };
    let count: usize = rings
        .iter()
        .map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)).filter(|(a, b)| crosses(**a, **b)).count())
        .sum();
    count % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f32, to: f32) -> Vec<Pos2> {
        vec![Pos2::new(from, from), Pos2::new(to, from), Pos2::new(to, to), Pos2::new(from, to)]
    }

    #[test]
    fn a_hole_is_neither_filled_nor_held() {
        let rings = [square(0.0, 10.0), square(4.0, 6.0)];
        assert!(holds(&rings, Pos2::new(1.0, 5.0)) && !holds(&rings, Pos2::new(5.0, 5.0)));
        let Shape::Mesh(mesh) = filled(&rings, Color32::RED) else { panic!("a mesh") };
        let area: f32 = mesh
            .indices
            .chunks(3)
            .map(|corners| {
                let [a, b, c] = [0, 1, 2].map(|n| mesh.vertices[corners[n] as usize].pos);
                ((b - a).x * (c - a).y - (b - a).y * (c - a).x).abs() / 2.0
            })
            .sum();
        assert!((area - 96.0).abs() < 0.1, "{area}");
    }
}
