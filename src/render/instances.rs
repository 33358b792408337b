//! Shapes and glyphs in the form in which the shaders read them.

use bytemuck::{Pod, Zeroable};

use super::glyphs::{RANGE_EM, Slot};
use crate::scene::{PlacedGlyph, Shape, TextRun};
use crate::theme::Rgba;

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct ShapeInstance {
    center: [f32; 2],
    half: [f32; 2],
    /// Radius, angle, stroke width, 1 where there is a clip.
    sizes: [f32; 4],
    clip: [f32; 3],
    dash: [f32; 2],
    fill: [u8; 4],
    stroke: [u8; 4],
}

impl From<&Shape> for ShapeInstance {
    fn from(shape: &Shape) -> Self {
        let clip = shape.clip.map(|clip| [clip.normal[0], clip.normal[1], clip.offset]);
        let has_clip = if clip.is_some() { 1.0 } else { 0.0 };
        Self {
            center: shape.center,
            half: shape.half,
            sizes: [shape.radius, shape.angle, shape.stroke_width, has_clip],
            clip: clip.unwrap_or_default(),
            dash: shape.dash.unwrap_or_default(),
            fill: shape.fill.0,
            stroke: shape.stroke.0,
        }
    }
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct GlyphInstance {
    origin: [f32; 2],
    em_box: [f32; 4],
    part: [f32; 4],
    /// Angle, points of distance in the field's range, points painted outside the outline.
    sizes: [f32; 3],
    colour: [u8; 4],
}

impl GlyphInstance {
    /// A glyph of `run` from its place in the texture; `halo` paints its halo instead of the letter.
    pub(super) fn new(run: &TextRun, glyph: &PlacedGlyph, slot: Slot, halo: Option<(Rgba, f32)>) -> Self {
        let (colour, outside) = halo.map_or((run.colour, 0.0), |(colour, width)| (colour, width));
        Self {
            origin: glyph.at,
            em_box: slot.em_box.map(|v| v * run.size),
            part: slot.part,
            sizes: [glyph.angle, RANGE_EM * run.size, outside],
            colour: colour.faded(run.opacity).0,
        }
    }

    /// Rows come in pixels; the texture may have grown since, so they become shares of it at the end.
    pub(super) fn scale_rows(&mut self, height: f32) {
        self.part[1] /= height;
        self.part[3] /= height;
    }
}
