//! Every pipeline of the map, made once for a device.

use egui_wgpu::wgpu;

use super::shaders::{
    AREA, BLIT, Blend, FILL, FORMAT, GROUND, LINE, PATH, PipelineParts, SHAPE, Stencil, TEXT, group_layout,
    pipeline, points_entry, sampler_entry, texture_entry, uniform_entry,
};

/// Bytes of the uniforms in the shaders.
pub(super) const DRAW_SIZE: u64 = 64;
const GROUND_SIZE: u64 = 64;
const VIEW_SIZE: u64 = 16;

/// What the shaders read, group by group.
pub(super) struct Layouts {
    pub(super) draw: wgpu::BindGroupLayout,
    pub(super) ground: wgpu::BindGroupLayout,
    pub(super) picture: wgpu::BindGroupLayout,
    pub(super) points: wgpu::BindGroupLayout,
    pub(super) looks: wgpu::BindGroupLayout,
    pub(super) view: wgpu::BindGroupLayout,
    pub(super) blit: wgpu::BindGroupLayout,
}

impl Layouts {
    fn new(device: &wgpu::Device) -> Self {
        let looks = [points_entry(), wgpu::BindGroupLayoutEntry { binding: 1, ..points_entry() }];
        let ground = [uniform_entry(0, GROUND_SIZE, false), texture_entry(1, false)];
        let blit = [uniform_entry(0, 16, false), texture_entry(1, false)];
        let group = |name, entries: &[wgpu::BindGroupLayoutEntry]| group_layout(device, name, entries);
        Self {
            draw: group("draw", &[uniform_entry(0, DRAW_SIZE, true)]),
            ground: group("ground", &ground),
            picture: group("picture", &[texture_entry(0, true), sampler_entry(1)]),
            points: group("points", &[points_entry()]),
            looks: group("looks", &looks),
            view: group("view", &[uniform_entry(0, VIEW_SIZE, false)]),
            blit: group("blit", &blit),
        }
    }
}

pub(super) struct Pipelines {
    pub(super) line: wgpu::RenderPipeline,
    pub(super) area: wgpu::RenderPipeline,
    /// Each feature in its own look.
    pub(super) row_line: wgpu::RenderPipeline,
    pub(super) row_area: wgpu::RenderPipeline,
    /// Colours land and marks it in the stencil.
    pub(super) land: wgpu::RenderPipeline,
    pub(super) tile_land: wgpu::RenderPipeline,
    pub(super) tile_sea: wgpu::RenderPipeline,
    pub(super) shape: wgpu::RenderPipeline,
    pub(super) path: wgpu::RenderPipeline,
    pub(super) text: wgpu::RenderPipeline,
    /// Lays a flattened layer over the map.
    pub(super) flatten: wgpu::RenderPipeline,
    /// Lays the map into egui's picture.
    pub(super) blit: wgpu::RenderPipeline,
    /// Colours a rectangle of egui's picture.
    pub(super) fill: wgpu::RenderPipeline,
    pub(super) layouts: Layouts,
    pub(super) sampler: wgpu::Sampler,
}

impl Pipelines {
    pub(super) fn new(device: &wgpu::Device, window_format: wgpu::TextureFormat) -> Self {
        let layouts = Layouts::new(device);
        let base = BASE;
        let make = |parts: PipelineParts<'_>| pipeline(device, &parts);
        let list = wgpu::PrimitiveTopology::TriangleList;
        let area = PipelineParts {
            name: "area",
            source: AREA,
            groups: &[Some(&layouts.draw)],
            buffers: &[AREA_BUFFER],
            topology: list,
            ..base
        };
        let tile = PipelineParts {
            source: GROUND,
            groups: &[Some(&layouts.view), Some(&layouts.picture), Some(&layouts.ground)],
            buffers: &[TILE_BUFFER],
            blend: Blend::None,
            stencil: Stencil::Inside,
            ..base
        };
        let blit = PipelineParts {
            name: "flatten",
            source: BLIT,
            groups: &[Some(&layouts.blit)],
            topology: list,
            ..base
        };
        let line = PipelineParts {
            name: "line",
            source: LINE,
            groups: &[Some(&layouts.draw), Some(&layouts.points)],
            topology: list,
            ..base
        };
        let shape = PipelineParts { name: "shape", source: SHAPE, groups: &[Some(&layouts.view)], ..base };
        let path = PipelineParts { name: "path", source: PATH, topology: list, ..shape };
        let text = PipelineParts {
            name: "text",
            source: TEXT,
            groups: &[Some(&layouts.view), Some(&layouts.picture)],
            ..base
        };
        Self {
            land: make(PipelineParts { name: "land", blend: Blend::None, stencil: Stencil::Mark, ..area }),
            area: make(area),
            row_area: make(PipelineParts {
                entries: BY_ROW,
                groups: &[Some(&layouts.draw), None, Some(&layouts.looks)],
                buffers: &[ROW_AREA_BUFFER],
                ..area
            }),
            row_line: make(PipelineParts {
                entries: BY_ROW,
                groups: &[Some(&layouts.draw), Some(&layouts.points), Some(&layouts.looks)],
                ..line
            }),
            tile_land: make(PipelineParts { name: "relief on land", entries: ("vertex", "land"), ..tile }),
            tile_sea: make(PipelineParts { name: "depth of the sea", entries: ("vertex", "sea"), ..tile }),
            line: make(line),
            path: make(PipelineParts { buffers: &[PATH_BUFFER], ..path }),
            shape: make(PipelineParts { buffers: &[SHAPE_BUFFER], ..shape }),
            text: make(PipelineParts { buffers: &[GLYPH_BUFFER], ..text }),
            flatten: make(blit),
            blit: make(PipelineParts { name: "blit", format: window_format, ..blit }),
            fill: make(PipelineParts {
                name: "fill",
                source: FILL,
                topology: list,
                format: window_format,
                blend: Blend::Constant,
                ..base
            }),
            layouts,
            sampler: device.create_sampler(&wgpu::SamplerDescriptor {
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                ..wgpu::SamplerDescriptor::default()
            }),
        }
    }
}

/// A strip that lies over what is there.
const BASE: PipelineParts<'_> = PipelineParts {
    name: "",
    source: "",
    entries: ("vertex", "fragment"),
    groups: &[],
    buffers: &[],
    topology: wgpu::PrimitiveTopology::TriangleStrip,
    format: FORMAT,
    blend: Blend::Over,
    stencil: Stencil::None,
};

const BY_ROW: (&str, &str) = ("vertex_by_row", "fragment_by_row");

const ROW_AREA_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: 12,
    step_mode: wgpu::VertexStepMode::Vertex,
    attributes: &wgpu::vertex_attr_array![0 => Uint32x2, 1 => Uint32],
};

const AREA_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: 8,
    step_mode: wgpu::VertexStepMode::Vertex,
    attributes: &wgpu::vertex_attr_array![0 => Uint32x2],
};

/// Corners in pixels of the target, the part of the texture, and whether it is bent.
const TILE_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: size_of::<super::terrain::TilePiece>() as u64,
    step_mode: wgpu::VertexStepMode::Instance,
    attributes: &wgpu::vertex_attr_array![0 => Float32x4, 1 => Float32x4, 2 => Float32x4, 3 => Float32],
};

const SHAPE_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: size_of::<super::instances::ShapeInstance>() as u64,
    step_mode: wgpu::VertexStepMode::Instance,
    attributes: &wgpu::vertex_attr_array![
        0 => Float32x2, 1 => Float32x2, 2 => Float32x4, 3 => Float32x3, 4 => Float32x2, 5 => Unorm8x4, 6 => Unorm8x4
    ],
};

const PATH_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: size_of::<super::paths::PathVertex>() as u64,
    step_mode: wgpu::VertexStepMode::Vertex,
    attributes: &wgpu::vertex_attr_array![0 => Float32x2, 1 => Unorm8x4],
};

const GLYPH_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: size_of::<super::instances::GlyphInstance>() as u64,
    step_mode: wgpu::VertexStepMode::Instance,
    attributes: &wgpu::vertex_attr_array![
        0 => Float32x2, 1 => Float32x4, 2 => Float32x4, 3 => Float32x3, 4 => Unorm8x4
    ],
};
