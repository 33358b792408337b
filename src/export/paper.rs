//! What a map is drawn on: the few things that every paper can do, in points of the scene, y down.

use crate::theme::{Font, Rgba};

/// A step of a path, in points from the upper left corner of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    /// A cubic curve: two handles, then its end.
    Curve([[f32; 2]; 3]),
    Close,
}

/// How the ends and corners of a stroke look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Round caps and joins: lines of the map.
    Round,
    /// Flat caps, round joins: the rims of shapes with round corners.
    Flat,
    /// Flat caps, pointed joins: the rims of boxes.
    Sharp,
}

/// How a path is stroked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    pub colour: Rgba,
    /// In points.
    pub width: f32,
    /// On and off lengths in points; `None` is solid.
    pub dash: Option<[f32; 2]>,
    /// How far into the dashes a path begins, in points.
    pub phase: f32,
    pub ends: Ends,
}

/// A path with its fill (what winds round a place at all is inside), its stroke over that, and what is shown of both.
#[derive(Clone, Debug)]
pub(super) struct Painted<'a> {
    pub path: &'a [Step],
    pub fill: Option<Rgba>,
    pub pen: Option<Pen>,
    /// Only what lies inside is painted.
    pub clip: Option<&'a [Step]>,
}

/// Letters on one baseline in one look.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextLine {
    /// The left end of the baseline.
    pub at: [f32; 2],
    /// Radians clockwise.
    pub angle: f32,
    /// Of the em, in points.
    pub size: f32,
    pub colour: Rgba,
    /// Colour and how far it reaches beyond the letters, in points.
    pub halo: Option<(Rgba, f32)>,
    /// From left to right.
    pub spans: Vec<Span>,
}

/// Letters of one font.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub font: Font,
    pub letters: Vec<Letter>,
}

/// One glyph and the character it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letter {
    pub character: char,
    pub glyph: u16,
    /// From the left end of the baseline, in points.
    pub along: f32,
    /// Its own width, in points.
    pub advance: f32,
}

/// A sheet that takes things in the order in which they lie on each other.
pub(super) trait Paper {
    /// All until [`Paper::end_group`] belongs to one layer, flattened first where the opacity is under 1.
    fn begin_group(&mut self, name: &str, opacity: f32);
    fn end_group(&mut self);
    fn paint(&mut self, painted: &Painted<'_>);
    /// All halos lie under all letters.
    fn text(&mut self, lines: &[TextLine]);
    /// A JPEG picture over the whole sheet.
    fn image(&mut self, jpeg: &[u8]);
}
