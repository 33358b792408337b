//! A scene as a list of draw calls: what is drawn from which buffer with which uniform, in order.

use egui_wgpu::wgpu;

use super::features::FeatureContent;
use super::ground_mesh::Strokes;
use super::instances::{GlyphInstance, ShapeInstance};
use super::paths::{self, PathVertex};
use super::placement::placements;
use super::segments::Points;
use super::shaders::UNIFORM_STRIDE;
use super::store::{AreaBuffer, ChunkBuffers, Gpu, Store};
use crate::basemap::{ChunkId, Detail};
use crate::geo::{Size, Viewport, WorldBounds};
use crate::scene::{
    BoundaryLine, ChosenBoundary, FeatureDraw, Ground, GroundStyle, Item, LineDraw, Scene, TextRun,
};
use crate::theme::Rgba;

/// Ribbons from this width on, in points, are flattened before they are laid on the map.
const FLAT_FROM: f32 = 6.0;

/// The uniform of one draw, as the shaders lay it out.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
struct DrawUniform {
    reference: [u32; 2],
    offset_px: [f32; 2],
    viewport_px: [f32; 2],
    px_per_step: f32,
    width_px: f32,
    colour: [f32; 4],
    dash_px: [f32; 2],
    half_step_px: f32,
    /// Pixels to a point.
    px: f32,
}

/// One draw call. Buffers are handles: cloning one copies nothing.
pub(super) enum Call {
    Area {
        areas: (wgpu::Buffer, wgpu::Buffer),
        indices: std::ops::Range<u32>,
        uniform: u32,
        /// Where each feature looks as it says.
        looks: Option<wgpu::BindGroup>,
    },
    /// Segments, by the number of their first point.
    Line {
        points: wgpu::BindGroup,
        segments: std::ops::Range<u32>,
        uniform: u32,
        looks: Option<wgpu::BindGroup>,
    },
    Shapes(std::ops::Range<u32>),
    /// Corners of triangles.
    Paths(std::ops::Range<u32>),
    Glyphs(std::ops::Range<u32>),
}

/// Calls that are flattened together where the opacity is under 1.
pub(super) struct Segment {
    pub(super) opacity: f32,
    pub(super) calls: Vec<Call>,
}

/// Everything one picture needs, before any of it is encoded.
pub(super) struct Plan<'a> {
    viewport: Viewport,
    px: f32,
    /// What is land.
    pub(super) land: Vec<Call>,
    pub(super) segments: Vec<Segment>,
    pub(super) uniforms: Vec<u8>,
    pub(super) shapes: Vec<ShapeInstance>,
    pub(super) paths: Vec<PathVertex>,
    pub(super) glyphs: Vec<GlyphInstance>,
    gpu: Gpu<'a>,
    /// Of the features that are being planned.
    looks: Option<wgpu::BindGroup>,
}

/// How a polyline is stroked, in points.
#[derive(Clone, Copy)]
struct Pen {
    colour: Rgba,
    width: f32,
    dash: Option<[f32; 2]>,
    half_step: f32,
}

impl<'a> Plan<'a> {
    pub(super) fn new(scene: &Scene, px: f32, store: &mut Store, gpu: Gpu<'a>) -> Self {
        let mut plan = Self {
            viewport: scene.viewport,
            px,
            land: Vec::new(),
            segments: Vec::new(),
            uniforms: Vec::new(),
            shapes: Vec::new(),
            paths: Vec::new(),
            glyphs: Vec::new(),
            gpu,
            looks: None,
        };
        if let Some(ground) = &scene.ground {
            let chunks: Vec<&ChunkBuffers> = if ground.warp.is_some() {
                store.bent_chunks().collect()
            } else {
                let chunks = chunks_to_draw(ground, store);
                chunks.iter().filter_map(|id| store.chunk(*id)).collect()
            };
            plan.ground(ground, &chunks);
        }
        for layer in &scene.layers {
            let mut calls = Vec::new();
            for item in &layer.items {
                plan.item(item, store, &mut calls);
            }
            plan.push(layer.opacity, calls);
        }
        plan
    }

    /// Opaque neighbours go into one pass.
    fn push(&mut self, opacity: f32, calls: Vec<Call>) {
        match self.segments.last_mut() {
            Some(last) if last.opacity >= 1.0 && opacity >= 1.0 => last.calls.extend(calls),
            _ if calls.is_empty() => {}
            _ => self.segments.push(Segment { opacity, calls }),
        }
    }

    fn ground(&mut self, ground: &Ground, chunks: &[&ChunkBuffers]) {
        let style = &ground.style;
        let mut land = Vec::new();
        for chunk in chunks {
            self.areas(chunk.land.as_ref(), chunk.bounds, (style.land[0], u32::MAX), &mut land);
        }
        self.land = land;
        let mut calls = Vec::new();
        let shore = Pen {
            colour: style.coast,
            width: style.coast_width.max(1.0 / self.px),
            dash: None,
            half_step: 0.0,
        };
        if style.water_max_rank >= 0 {
            self.water(style, chunks, shore, &mut calls);
        }
        for chunk in chunks {
            let (buffers, _) = chunk.lines(self.viewport.camera.zoom);
            self.line(buffers.coast.as_ref(), chunk.bounds, (shore, 0..u32::MAX), &mut calls);
        }
        self.push(1.0, calls);
        self.borders(ground, chunks);
    }

    fn water(&mut self, style: &GroundStyle, chunks: &[&ChunkBuffers], shore: Pen, calls: &mut Vec<Call>) {
        let river = Pen { colour: style.river, width: style.river_width, dash: None, half_step: 0.0 };
        for chunk in chunks {
            let (buffers, strokes) = chunk.lines(self.viewport.camera.zoom);
            let count = strokes.rivers.count_to(style.water_max_rank);
            self.line(buffers.rivers.as_ref(), chunk.bounds, (river, 0..count), calls);
        }
        for chunk in chunks {
            let count = chunk.mesh.lakes.count_to(style.water_max_rank);
            self.areas(chunk.lakes.as_ref(), chunk.bounds, (style.lake, count), calls);
            let (buffers, strokes) = chunk.lines(self.viewport.camera.zoom);
            let count = strokes.shores.count_to(style.water_max_rank);
            self.line(buffers.shores.as_ref(), chunk.bounds, (shore, 0..count), calls);
        }
    }

    /// The ribbons, then the lines on them.
    fn borders(&mut self, ground: &Ground, chunks: &[&ChunkBuffers]) {
        let style = &ground.style;
        // Where segments of a wide ribbon meet they would darken each other.
        let is_flat = style.ribbon_width >= FLAT_FROM;
        let ribbon = if is_flat { style.ribbon } else { style.ribbon.faded(style.ribbon_opacity) };
        let border = style.border.faded(style.border_opacity);
        let ribbon = Pen { colour: ribbon, width: style.ribbon_width, dash: None, half_step: 0.0 };
        let line = Pen { colour: border, width: style.border_width, dash: None, half_step: 0.0 };
        let dashed = Pen { dash: Some(style.disputed_dash), ..line };
        let (mut bands, mut chosen, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        for chunk in chunks {
            let (buffers, strokes) = chunk.lines(self.viewport.camera.zoom);
            if let Some(ChosenBoundary { row, colour, width }) = ground.chosen {
                let (under, points) = (Pen { colour, width, ..line }, strokes.borders.of_boundary(row));
                self.line(buffers.borders.as_ref(), chunk.bounds, (under, points), &mut chosen);
            }
            for (wanted, pen) in [(BoundaryLine::Solid, line), (BoundaryLine::Disputed, dashed)] {
                for range in Strokes::ranges(&strokes.borders.ends, &style.boundaries, wanted) {
                    let buffer = buffers.borders.as_ref();
                    self.line(buffer, chunk.bounds, (ribbon, range.clone()), &mut bands);
                    if style.border_opacity > 0.0 {
                        self.line(buffer, chunk.bounds, (pen, range), &mut lines);
                    }
                }
            }
        }
        self.push(if is_flat { style.ribbon_opacity } else { 1.0 }, bands);
        self.push(1.0, chosen);
        self.push(1.0, lines);
    }

    fn item(&mut self, item: &Item, store: &mut Store, calls: &mut Vec<Call>) {
        match item {
            Item::Lines(draw) => self.line_draw(draw, store, calls),
            Item::Features(draw) => self.features(draw, store, calls),
            Item::Shapes(shapes) => {
                let start = self.shapes.len() as u32;
                self.shapes.extend(shapes.iter().map(ShapeInstance::from));
                calls.push(Call::Shapes(start..self.shapes.len() as u32));
            }
            Item::Paths(all) => {
                let start = self.paths.len() as u32;
                self.paths.extend(paths::vertices(all, self.px));
                calls.push(Call::Paths(start..self.paths.len() as u32));
            }
            Item::Text(runs) => {
                let start = self.glyphs.len() as u32;
                self.text(runs, store);
                calls.push(Call::Glyphs(start..self.glyphs.len() as u32));
            }
        }
    }

    fn line_draw(&mut self, draw: &LineDraw, store: &mut Store, calls: &mut Vec<Call>) {
        store.upload_line(&self.gpu, &draw.mesh);
        let pen = Pen { colour: draw.colour, width: draw.width, dash: draw.dash, half_step: draw.half_step };
        self.line(store.line(&draw.mesh), draw.mesh.bounds, (pen, draw.points.clone()), calls);
    }

    fn features(&mut self, draw: &FeatureDraw, store: &mut Store, calls: &mut Vec<Call>) {
        let gpu = self.gpu;
        self.looks = draw.looks.as_ref().and_then(|looks| store.looks(&gpu, looks));
        // With looks of their own, features are as wide as the widest, and opaque until their looks say more.
        let looks = draw.looks.as_ref();
        let width = looks.map_or(draw.width, |looks| looks.widest());
        let colour = if looks.is_some() { Rgba([255; 4]) } else { draw.colour };
        match store.feature(&gpu, draw) {
            Some(FeatureContent::Lines(points)) => {
                let pen = Pen { colour, width, dash: None, half_step: 0.0 };
                self.line(Some(points), draw.bounds, (pen, 0..u32::MAX), calls);
            }
            Some(FeatureContent::Areas(areas)) => {
                self.areas(Some(areas), draw.bounds, (colour, u32::MAX), calls);
            }
            Some(FeatureContent::Empty) | None => {}
        }
        self.looks = None;
    }

    /// All halos before all letters, so that no halo covers a neighbour.
    fn text(&mut self, runs: &[TextRun], store: &mut Store) {
        let Gpu { device, queue, .. } = self.gpu;
        let mut letters = Vec::new();
        for run in runs {
            for glyph in &run.glyphs {
                let Some(slot) = store.glyphs.slot(device, queue, (glyph.font, glyph.glyph)) else {
                    continue;
                };
                if let Some(halo) = run.halo {
                    self.glyphs.push(GlyphInstance::new(run, glyph, slot, Some(halo)));
                }
                letters.push(GlyphInstance::new(run, glyph, slot, None));
            }
        }
        self.glyphs.append(&mut letters);
    }

    fn line(
        &mut self,
        buffer: Option<&Points>,
        bounds: WorldBounds,
        (pen, points): (Pen, std::ops::Range<u32>),
        calls: &mut Vec<Call>,
    ) {
        let Some(buffer) = buffer else { return };
        let all = points.start..points.end.min(buffer.count).saturating_sub(1);
        let segments = match &buffer.blocks {
            Some(blocks) => blocks.in_view(all, &self.views(pen.width)),
            None if all.is_empty() => return,
            None => vec![all],
        };
        if segments.is_empty() {
            return;
        }
        for uniform in self.place(bounds, pen) {
            let call = |segments: &std::ops::Range<u32>| Call::Line {
                points: buffer.group.clone(),
                segments: segments.clone(),
                uniform,
                looks: self.looks.clone(),
            };
            calls.extend(segments.iter().map(call));
        }
    }

    /// The parts of the world in view, grown by half the width of a line and its soft edge.
    fn views(&self, width: f32) -> Vec<WorldBounds> {
        let margin = f64::from(width) + 2.0 / f64::from(self.px);
        let size = self.viewport.size;
        let grown = Size { width: size.width + margin, height: size.height + margin };
        Viewport { size: grown, ..self.viewport }.bounds()
    }

    fn areas(
        &mut self,
        buffer: Option<&AreaBuffer>,
        bounds: WorldBounds,
        (colour, count): (Rgba, u32),
        calls: &mut Vec<Call>,
    ) {
        let Some(buffer) = buffer else { return };
        let triangles = buffer.blocks.in_view(0..count.min(buffer.count) / 3, &self.views(0.0));
        if triangles.is_empty() {
            return;
        }
        let pen = Pen { colour, width: 0.0, dash: None, half_step: 0.0 };
        for uniform in self.place(bounds, pen) {
            let call = |triangles: &std::ops::Range<u32>| Call::Area {
                areas: (buffer.vertices.clone(), buffer.indices.clone()),
                indices: 3 * triangles.start..3 * triangles.end,
                uniform,
                looks: self.looks.clone(),
            };
            calls.extend(triangles.iter().map(call));
        }
    }

    /// A uniform for each copy of the world in view; returns their offsets.
    fn place(&mut self, bounds: WorldBounds, pen: Pen) -> Vec<u32> {
        let px = self.px;
        let margin = f64::from(pen.width + pen.half_step.abs() * 6.0) + 2.0;
        let found = placements(&self.viewport, bounds, (f64::from(px), margin));
        let size = self.viewport.size;
        found
            .into_iter()
            .map(|placement| {
                let offset = self.uniforms.len() as u32;
                let uniform = DrawUniform {
                    reference: [placement.reference.x, placement.reference.y],
                    offset_px: placement.offset_px,
                    viewport_px: [size.width as f32 * px, size.height as f32 * px],
                    px_per_step: (self.viewport.camera.scale() * f64::from(px)) as f32,
                    width_px: pen.width * px,
                    colour: pen.colour.to_unit(),
                    dash_px: pen.dash.map_or([0.0; 2], |dash| dash.map(|v| v * px)),
                    half_step_px: pen.half_step * px,
                    px,
                };
                self.uniforms.extend_from_slice(bytemuck::bytes_of(&uniform));
                self.uniforms.resize((offset as u64 + UNIFORM_STRIDE) as usize, 0);
                offset
            })
            .collect()
    }

    /// Glyph places come in pixels down; this turns them into shares of the texture's final height.
    pub(super) fn finish_glyphs(&mut self, height: f32) {
        for glyph in &mut self.glyphs {
            glyph.scale_rows(height);
        }
    }
}

/// The chunks of the ground that are at hand; while some are missing, those of another detail that are.
fn chunks_to_draw(ground: &Ground, store: &mut Store) -> Vec<ChunkId> {
    let mut is_whole = true;
    for &id in &ground.chunks {
        is_whole &= store.has_chunk(id);
    }
    if is_whole {
        return ground.chunks.clone();
    }
    let wanted = ground.chunks.first().map_or(Detail::Coarse, |id| id.detail);
    let mut stand_ins: Vec<ChunkId> =
        store.chunks_at_hand().filter(|id| id.detail == Detail::Coarse && wanted != Detail::Coarse).collect();
    stand_ins.sort_unstable();
    stand_ins.extend(ground.chunks.iter().copied().filter(|id| store.chunk(*id).is_some()));
    stand_ins
}
