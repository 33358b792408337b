//! Rounded boxes, discs and half discs as paths.

use std::f32::consts::TAU;

use super::paper::{Ends, Painted, Paper, Pen, Step};
use crate::scene::{HalfPlane, Shape};

/// Length of the handles of a curve that stands for a quarter of a circle, for a radius of 1.
const HANDLE: f32 = 0.552_284_8;

/// Paints one shape: its rim lies inside its outline.
pub(super) fn paint(shape: &Shape, paper: &mut dyn Paper) {
    let width = shape.stroke_width.min(shape.half[0].min(shape.half[1])).max(0.0);
    let has_rim = width > 0.0 && shape.stroke.0[3] > 0;
    let clip = shape.clip.map(|plane| half_plane(shape, plane));
    let clip = clip.as_deref();
    let pen = has_rim.then(|| pen(shape, width));
    let fill = Some(shape.fill).filter(|fill| fill.0[3] > 0);
    if shape.dash.is_none() && has_rim && shape.stroke.0[3] == 255 {
        // No seam between the fill and the rim that covers its edge.
        paper.paint(&Painted { path: &outline(shape, width / 2.0), fill, pen, clip });
        return;
    }
    // The rim takes the place of the fill, but between dashes the fill goes on.
    let inset = if shape.dash.is_some() { 0.0 } else { width };
    if fill.is_some() {
        paper.paint(&Painted { path: &outline(shape, inset), fill, pen: None, clip });
    }
    if has_rim {
        paper.paint(&Painted { path: &outline(shape, width / 2.0), fill: None, pen, clip });
    }
}

fn pen(shape: &Shape, width: f32) -> Pen {
    let ends = if shape.radius > 0.0 { Ends::Flat } else { Ends::Sharp };
    let dash = shape.dash.filter(|[on, off]| *on > 0.0 && *off > 0.0).map(|[on, off]| {
        // A whole number of dashes goes round.
        let round = TAU * (shape.half[0] - width / 2.0);
        let period = round / (round / (on + off)).floor().max(1.0);
        let on = period * on / (on + off);
        [on, period - on]
    });
    Pen { colour: shape.stroke, width, dash, phase: 0.0, ends }
}

/// The outline `inset` points inside that of the shape, from the middle of its left side clockwise.
fn outline(shape: &Shape, inset: f32) -> Vec<Step> {
    let [w, h] = shape.half.map(|half| (half - inset).max(0.0));
    let r = (shape.radius.min(shape.half[0]).min(shape.half[1]) - inset).max(0.0).min(w).min(h);
    let place = placing(shape);
    if r == 0.0 {
        let [a, b, c, d] = [[-w, -h], [w, -h], [w, h], [-w, h]].map(place);
        return vec![Step::Move(a), Step::Line(b), Step::Line(c), Step::Line(d), Step::Close];
    }
    let k = r * (1.0 - HANDLE);
    let mut path = vec![Step::Move(place([-w, 0.0]))];
    // Each corner: where it begins, its handles, its end.
    let corners = [
        [[-w, r - h], [-w, k - h], [k - w, -h], [r - w, -h]],
        [[w - r, -h], [w - k, -h], [w, k - h], [w, r - h]],
        [[w, h - r], [w, h - k], [w - k, h], [w - r, h]],
        [[r - w, h], [k - w, h], [-w, h - k], [-w, h - r]],
    ];
    let mut at = [-w, 0.0];
    for [start, first, second, end] in corners {
        if start != at {
            path.push(Step::Line(place(start)));
        }
        path.push(Step::Curve([place(first), place(second), place(end)]));
        at = end;
    }
    path.push(Step::Close);
    path
}

/// The part of a half plane that can matter to the shape.
fn half_plane(shape: &Shape, plane: HalfPlane) -> Vec<Step> {
    let far = shape.half[0] + shape.half[1] + 2.0;
    let [nx, ny] = plane.normal;
    let corner = |along: f32, deep: f32| {
        let deep = plane.offset + deep;
        [nx * deep - ny * along, ny * deep + nx * along]
    };
    let corners = [corner(-far, 0.0), corner(far, 0.0), corner(far, 2.0 * far), corner(-far, 2.0 * far)];
    let [a, b, c, d] = corners.map(placing(shape));
    vec![Step::Move(a), Step::Line(b), Step::Line(c), Step::Line(d), Step::Close]
}

/// From the shape's own axes to the scene.
fn placing(shape: &Shape) -> impl Fn([f32; 2]) -> [f32; 2] + Copy + use<> {
    let (s, c) = shape.angle.sin_cos();
    let [x, y] = shape.center;
    move |[dx, dy]| [x + c * dx - s * dy, y + s * dx + c * dy]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Rgba;

    const INK: Rgba = Rgba([1, 2, 3, 255]);

    fn disc(radius: f32) -> Shape {
        Shape {
            center: [100.0, 50.0],
            half: [radius; 2],
            radius,
            angle: 0.0,
            fill: INK,
            stroke: INK,
            stroke_width: 2.0,
            clip: None,
            dash: None,
        }
    }

    #[test]
    fn a_rim_lies_inside_its_outline() {
        let path = outline(&disc(10.0), 1.0);
        assert_eq!(path[0], Step::Move([91.0, 50.0]));
        let Step::Curve([.., top]) = path[1] else { panic!("{path:?}") };
        assert_eq!(top, [100.0, 41.0]);
    }

    #[test]
    fn dashes_close_round_a_disc() {
        let pen = pen(&Shape { dash: Some([5.0, 3.0]), ..disc(10.0) }, 2.0);
        let [on, off] = pen.dash.expect("it is dashed");
        let count = TAU * 9.0 / (on + off);
        assert!((count - count.round()).abs() < 1e-4 && count > 6.5, "{count}");
        assert!((on / off - 5.0 / 3.0).abs() < 1e-4);
    }

    #[test]
    fn a_turned_box_turns_clockwise() {
        let shape = Shape { half: [10.0, 2.0], radius: 0.0, angle: TAU / 4.0, ..disc(10.0) };
        let Step::Move([x, y]) = outline(&shape, 0.0)[0] else { panic!("a path begins with a move") };
        // Its upper left corner is now to the upper right.
        assert!((x - 102.0).abs() < 1e-4 && (y - 40.0).abs() < 1e-4, "{x} {y}");
    }

    #[test]
    fn a_clip_keeps_the_side_of_its_normal() {
        let path = half_plane(&disc(10.0), HalfPlane { normal: [1.0, 0.0], offset: 3.0 });
        let points = path.iter().filter_map(|step| match step {
            Step::Move(at) | Step::Line(at) => Some(at[0]),
            _ => None,
        });
        let (low, high) = points.fold((f32::MAX, f32::MIN), |(a, b), x| (a.min(x), b.max(x)));
        assert!((low - 103.0).abs() < 1e-4 && high > 110.0, "{low} {high}");
    }
}
