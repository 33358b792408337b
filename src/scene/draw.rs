//! The draw list: everything one picture contains, in the order in which it is painted.
//!
//! Lengths are points (the renderer multiplies by pixels per point); angles are radians clockwise.
//! Colours are sRGB with straight alpha. Nothing here knows a GPU, an SVG or a window.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::bend::bent_points;
use super::file_ink::ClassInk;
use crate::basemap::{ChunkId, TileId};
use crate::data::{AreaChunk, Classes, Dataset};
use crate::geo::{Viewport, Warp, WorldBounds, WorldFixed};
use crate::theme::{Font, Rgba};

/// One picture: the ground, then layers from the bottom to the top.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Always of Mercator: what an equal-area figure shows is bent before it stands here.
    pub viewport: Viewport,
    /// `None` where something else is the ground (online tiles).
    pub ground: Option<Ground>,
    pub layers: Vec<Layer>,
}

/// Items painted together; with an opacity under 1 they are flattened first, so overlaps do not darken.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Of the group that it becomes in a file.
    pub name: &'static str,
    pub opacity: f32,
    pub items: Vec<Item>,
}

/// One thing to paint.
#[derive(Clone, Debug)]
pub enum Item {
    Lines(LineDraw),
    /// Part of an opened file.
    Features(FeatureDraw),
    Shapes(Vec<Shape>),
    /// Polylines and convex polygons in points of the picture.
    Paths(Vec<PathDraw>),
    Text(Vec<TextRun>),
}

/// Sea, land, relief, water and boundaries, from the basemap's chunks and tiles.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The vector chunks in view, of one detail.
    pub chunks: Vec<ChunkId>,
    /// The relief tiles in view, of the level that suits the zoom (at most the pyramid's deepest).
    pub tiles: Vec<TileId>,
    pub style: GroundStyle,
    pub chosen: Option<ChosenBoundary>,
    /// How chunks and tiles are to be bent, for an equal-area figure.
    pub warp: Option<Arc<Warp>>,
}

/// A selected boundary: countries are never shaded, since who owns what is in dispute in places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChosenBoundary {
    /// In the basemap's tables.
    pub row: u16,
    pub colour: Rgba,
    /// Of the line under its own, in points.
    pub width: f32,
}

/// How the ground is coloured, already evaluated for the zoom.
#[derive(Clone, Debug, PartialEq)]
pub struct GroundStyle {
    /// (depth in metres, colour), from the shore down.
    pub sea: Vec<(f32, Rgba)>,
    /// Lowland, middle, highland.
    pub land: [Rgba; 3],
    pub relief_shadow: Rgba,
    pub relief_light: Rgba,
    /// 0 hides the relief.
    pub relief_strength: f32,
    pub relief_light_share: f32,
    /// Whether sea depth and the land ramp are told apart; else one sea and the lowland colour.
    pub has_height_tints: bool,
    pub vignette: Rgba,
    /// 0 hides the brightening along the coast.
    pub vignette_strength: f32,
    /// How far it reaches from the coast, in points.
    pub vignette_reach: f32,
    pub lake: Rgba,
    pub river: Rgba,
    pub river_width: f32,
    /// Rivers and lakes of a rank above this are left out; negative hides them all.
    pub water_max_rank: i16,
    pub coast: Rgba,
    pub coast_width: f32,
    pub border: Rgba,
    pub border_width: f32,
    /// 0 hides the line itself (past the zoom that its error allows).
    pub border_opacity: f32,
    pub ribbon: Rgba,
    /// The soft band under a border: decoration far out, its error of about a kilometre close up.
    pub ribbon_width: f32,
    pub ribbon_opacity: f32,
    /// On and off, for boundaries in dispute.
    pub disputed_dash: [f32; 2],
    /// By boundary feature (the index in the basemap's tables): how its line is drawn.
    pub boundaries: Arc<[BoundaryLine]>,
}

/// How one boundary feature is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoundaryLine {
    Solid,
    Disputed,
    Hidden,
}

/// A name that no other mesh of this run has, so the renderer can keep what it uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeshId(u64);

impl MeshId {
    #[must_use]
    pub fn fresh() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// Polylines that stay on the GPU. It never changes once made.
#[derive(Debug)]
pub struct LineMesh {
    pub id: MeshId,
    pub points: Vec<LinePoint>,
    pub bounds: WorldBounds,
}

/// One vertex of a polyline; a segment runs from each point to the next unless `GAP` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct LinePoint {
    pub at: WorldFixed,
    /// World steps along the polyline from its start: the phase of dashes.
    pub along: u32,
    /// [`LinePoint::GAP`], and in bits 8 to 15 the side offset in half steps as an `i8`
    /// (positive to the right of the direction of the line).
    pub flags: u32,
}

impl LinePoint {
    /// No segment from this point to the next: the last of its polyline.
    pub const GAP: u32 = 1;

    #[must_use]
    pub fn new(at: WorldFixed, along: u32, half_steps: i8, is_last: bool) -> Self {
        let side = u32::from(half_steps.cast_unsigned()) << 8;
        Self { at, along, flags: side | (u32::from(is_last) * Self::GAP) }
    }

    /// The side offset in half steps.
    #[must_use]
    pub fn half_steps(self) -> i8 {
        ((self.flags >> 8) as u8).cast_signed()
    }
}

/// A range of a mesh's polylines painted in one style, with round joins and caps.
#[derive(Clone, Debug)]
pub struct LineDraw {
    pub mesh: Arc<LineMesh>,
    /// Points, not segments; it begins and ends at whole polylines.
    pub points: Range<u32>,
    pub colour: Rgba,
    pub width: f32,
    /// On and off lengths with round caps; `None` is solid.
    pub dash: Option<[f32; 2]>,
    /// Points for one half step to the side, for lines that share a track.
    pub half_step: f32,
}

/// A part of a file that stays on the GPU while it is seen, whichever picture shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FeatureKey {
    pub dataset: u64,
    pub level: u16,
    pub chunk: u32,
    pub part: FeaturePart,
    /// The key of the warp by which it is bent, or 0.
    pub bend: u64,
}

/// What of the features is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeaturePart {
    Lines,
    /// Areas of one colour.
    Areas,
    /// Areas that know which feature they are of.
    RowAreas,
}

/// The look of each feature: by its row the class, by its class the look.
#[derive(Clone, Debug)]
pub struct RowLooks {
    pub classes: Arc<Classes>,
    pub inks: Vec<ClassInk>,
}

impl RowLooks {
    /// The width of the widest line, in points.
    #[must_use]
    pub fn widest(&self) -> f32 {
        self.inks.iter().map(|ink| ink.width).fold(0.0, f32::max)
    }

    /// The look of a feature.
    #[must_use]
    pub fn of(&self, row: u32) -> ClassInk {
        let class = usize::from(self.classes.of(row));
        self.inks.get(class).or(self.inks.last()).copied().unwrap_or_default()
    }
}

/// Lines or areas of a file, in one colour or each in that of its class.
#[derive(Clone, Debug)]
pub struct FeatureDraw {
    pub key: FeatureKey,
    pub dataset: Arc<Dataset>,
    pub bounds: WorldBounds,
    pub colour: Rgba,
    /// Of lines.
    pub width: f32,
    /// In place of colour and width.
    pub looks: Option<Arc<RowLooks>>,
    /// How it is to be bent, for an equal-area figure; `bounds` are then of what comes out.
    pub warp: Option<Arc<Warp>>,
}

impl FeatureKey {
    /// The level of a single feature, whose row is then the chunk.
    pub const ROW: u16 = u16::MAX;
}

/// Vertices of the outline of a single feature, which is one buffer on the GPU.
const MOST_OUTLINED: usize = 1 << 20;

impl FeatureDraw {
    /// The points of its lines, made anew each time: whoever draws keeps what was made of them.
    #[must_use]
    pub fn points(&self) -> Vec<LinePoint> {
        let points = self.straight_points();
        match &self.warp {
            Some(warp) => bent_points(&points, warp, |source, _| source.along),
            None => points,
        }
    }

    fn straight_points(&self) -> Vec<LinePoint> {
        let mut points = Vec::new();
        // Without dashes nobody asks how far along the line a point is: its row stands there.
        let mut push = |row: u32, line: &[WorldFixed]| {
            let last = line.len().saturating_sub(1);
            let all = line.iter().enumerate();
            points.extend(all.map(|(index, at)| LinePoint::new(*at, row, 0, index == last)));
        };
        if self.key.level == FeatureKey::ROW {
            let row = self.key.chunk;
            self.dataset.lines_within(row, MOST_OUTLINED).into_iter().for_each(|line| push(row, line));
            return points;
        }
        if let Some(level) = self.dataset.levels.get(usize::from(self.key.level))
            && let Some(chunk) = level.chunks.get(self.key.chunk as usize)
        {
            level.lines(chunk).for_each(|(row, line)| push(row, line));
        }
        points
    }

    /// Its triangles.
    #[must_use]
    pub fn areas(&self) -> Option<Cow<'_, AreaChunk>> {
        let level = self.dataset.levels.get(usize::from(self.key.level))?;
        let chunk = level
            .areas()?
            .get(self.key.chunk as usize)
            .map(Arc::as_ref)
            .filter(|_| self.key.part != FeaturePart::Lines)?;
        Some(match &self.warp {
            Some(warp) => Cow::Owned(chunk.bent(warp)),
            None => Cow::Borrowed(chunk),
        })
    }
}

/// A rounded box, and with it a disc, a ring, a plate, a capsule or half of any of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    pub center: [f32; 2],
    /// Half the width and height, to the outer edge of the stroke.
    pub half: [f32; 2],
    /// Corner radius; half the size makes a disc.
    pub radius: f32,
    /// Turned clockwise about the centre.
    pub angle: f32,
    pub fill: Rgba,
    pub stroke: Rgba,
    pub stroke_width: f32,
    /// Only the part for which `normal · (p − center) >= offset` is painted (in points, unturned).
    pub clip: Option<HalfPlane>,
    /// On and off lengths along the stroke of a disc.
    pub dash: Option<[f32; 2]>,
}

/// A polyline or, closed, a convex polygon, in points of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PathDraw {
    pub points: Vec<[f32; 2]>,
    /// From the last point to the first again; only then is it filled.
    pub is_closed: bool,
    pub fill: Rgba,
    pub stroke: Rgba,
    /// Of the stroke, half of it on either side of the path; flat ends.
    pub stroke_width: f32,
}

/// A half plane; `normal` has length 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfPlane {
    pub normal: [f32; 2],
    pub offset: f32,
}

/// Glyphs of one look.
#[derive(Clone, Debug)]
pub struct TextRun {
    /// Of the em, in points.
    pub size: f32,
    pub colour: Rgba,
    /// Colour and width of what is painted under the glyphs.
    pub halo: Option<(Rgba, f32)>,
    pub opacity: f32,
    pub glyphs: Vec<PlacedGlyph>,
}

/// A glyph with its origin on the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    pub font: Font,
    pub glyph: u16,
    pub at: [f32; 2],
    pub angle: f32,
}
