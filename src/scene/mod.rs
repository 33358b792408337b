//! What one picture contains: an ordered list of things to draw, for any output.
//!
//! Invariant: building a scene changes nothing and depends only on its arguments,
//! so the same state gives the same picture on screen and on paper.

mod draw;

pub use draw::{
    BoundaryLine, Face, Ground, GroundStyle, HalfPlane, Item, Layer, LineDraw, LineMesh, LinePoint, MeshId,
    PlacedGlyph, Scene, Shape, TextRun,
};
