//! What one picture contains: an ordered list of things to draw, for any output.
//!
//! Invariant: building a scene changes nothing and depends only on its arguments,
//! so the same state gives the same picture on screen and on paper.

mod along;
mod badges;
mod bend;
mod build;
mod corridors;
mod cover;
mod draw;
mod features;
mod file_ink;
mod files;
mod furniture;
mod grid;
mod ground;
mod labels;
mod lines;
mod marks;
mod montage;
mod names;
mod paragraph;
mod pick;
mod rings;
mod scenery;
mod strokes;
mod style;
mod text;
mod touching;
mod towns;

pub use build::{Frame, build, build_on};
pub use draw::{
    BoundaryLine, ChosenBoundary, FeatureDraw, FeatureKey, FeaturePart, Ground, GroundStyle, HalfPlane, Item,
    Layer, LineDraw, LineMesh, LinePoint, MeshId, PathDraw, PlacedGlyph, RowLooks, Scene, Shape, TextRun,
};
pub use features::{Mark, marks};
pub use file_ink::{ClassInk, class_inks, class_name, file_colour};
pub use furniture::{Furniture, LONGEST_BAR, PageText, figure, map_page, text_page};
pub use marks::{Emphasis, MarkKind, MarkPen};
pub use montage::{Montage, Piece};
pub use names::Names;
pub use paragraph::pieces;
pub use pick::{Hit, HitLayer, REACH, cluster_at, pick};
pub use scenery::Scenery;
pub use style::{Looks, MarkStyle};
pub use text::letter;
