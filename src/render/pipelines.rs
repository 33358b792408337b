//! Every pipeline of the map, made once for a device.

use egui_wgpu::wgpu;

use super::shaders::{
    AREA, BLIT, Blend, FILL, FORMAT, GROUND, LINE, PipelineParts, SHAPE, Stencil, TEXT, group_layout,
    pipeline, points_entry, sampler_entry, texture_entry, uniform_entry,
};

/// Bytes of the uniforms in the shaders.
pub(super) const DRAW_SIZE: u64 = 64;
pub(super) const TILE_SIZE: u64 = 48;
const GROUND_SIZE: u64 = 64;
const VIEW_SIZE: u64 = 16;

pub(super) struct Pipelines {
    pub(super) line: wgpu::RenderPipeline,
    pub(super) area: wgpu::RenderPipeline,
    /// Colours land and marks it in the stencil.
    pub(super) land: wgpu::RenderPipeline,
    pub(super) tile_land: wgpu::RenderPipeline,
    pub(super) tile_sea: wgpu::RenderPipeline,
    pub(super) shape: wgpu::RenderPipeline,
    pub(super) text: wgpu::RenderPipeline,
    /// Lays a flattened layer over the map.
    pub(super) flatten: wgpu::RenderPipeline,
    /// Lays the map into egui's picture.
    pub(super) blit: wgpu::RenderPipeline,
    /// Colours a rectangle of egui's picture.
    pub(super) fill: wgpu::RenderPipeline,
    pub(super) draw_layout: wgpu::BindGroupLayout,
    pub(super) ground_layout: wgpu::BindGroupLayout,
    pub(super) tile_layout: wgpu::BindGroupLayout,
    pub(super) picture_layout: wgpu::BindGroupLayout,
    pub(super) points_layout: wgpu::BindGroupLayout,
    pub(super) view_layout: wgpu::BindGroupLayout,
    pub(super) blit_layout: wgpu::BindGroupLayout,
    pub(super) sampler: wgpu::Sampler,
}

impl Pipelines {
    pub(super) fn new(device: &wgpu::Device, window_format: wgpu::TextureFormat) -> Self {
        let draw_layout = group_layout(device, "draw", &[uniform_entry(0, DRAW_SIZE, true)]);
        let ground_layout =
            group_layout(device, "ground", &[uniform_entry(0, GROUND_SIZE, false), texture_entry(1, false)]);
        let tile_layout = group_layout(device, "tile", &[uniform_entry(0, TILE_SIZE, true)]);
        let picture_layout = group_layout(device, "picture", &[texture_entry(0, true), sampler_entry(1)]);
        let points_layout = group_layout(device, "points", &[points_entry()]);
        let view_layout = group_layout(device, "view", &[uniform_entry(0, VIEW_SIZE, false)]);
        let blit_layout =
            group_layout(device, "blit", &[uniform_entry(0, 16, false), texture_entry(1, false)]);
        let base = PipelineParts {
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
        let make = |parts: PipelineParts<'_>| pipeline(device, &parts);
        let list = wgpu::PrimitiveTopology::TriangleList;
        let area = PipelineParts {
            name: "area",
            source: AREA,
            groups: &[&draw_layout],
            buffers: &[AREA_BUFFER],
            topology: list,
            ..base
        };
        let tile = PipelineParts {
            source: GROUND,
            groups: &[&tile_layout, &picture_layout, &ground_layout],
            blend: Blend::None,
            stencil: Stencil::Inside,
            ..base
        };
        let blit =
            PipelineParts { name: "flatten", source: BLIT, groups: &[&blit_layout], topology: list, ..base };
        let line = PipelineParts {
            name: "line",
            source: LINE,
            groups: &[&draw_layout, &points_layout],
            topology: list,
            ..base
        };
        let shape = PipelineParts { name: "shape", source: SHAPE, groups: &[&view_layout], ..base };
        let text =
            PipelineParts { name: "text", source: TEXT, groups: &[&view_layout, &picture_layout], ..base };
        Self {
            land: make(PipelineParts { name: "land", blend: Blend::None, stencil: Stencil::Mark, ..area }),
            area: make(area),
            tile_land: make(PipelineParts { name: "relief on land", entries: ("vertex", "land"), ..tile }),
            tile_sea: make(PipelineParts { name: "depth of the sea", entries: ("vertex", "sea"), ..tile }),
            line: make(line),
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
            sampler: device.create_sampler(&wgpu::SamplerDescriptor {
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                ..wgpu::SamplerDescriptor::default()
            }),
            draw_layout,
            ground_layout,
            tile_layout,
            picture_layout,
            points_layout,
            view_layout,
            blit_layout,
        }
    }
}

const AREA_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: 8,
    step_mode: wgpu::VertexStepMode::Vertex,
    attributes: &wgpu::vertex_attr_array![0 => Uint32x2],
};

const SHAPE_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: size_of::<super::instances::ShapeInstance>() as u64,
    step_mode: wgpu::VertexStepMode::Instance,
    attributes: &wgpu::vertex_attr_array![
        0 => Float32x2, 1 => Float32x2, 2 => Float32x4, 3 => Float32x3, 4 => Float32x2, 5 => Unorm8x4, 6 => Unorm8x4
    ],
};

const GLYPH_BUFFER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: size_of::<super::instances::GlyphInstance>() as u64,
    step_mode: wgpu::VertexStepMode::Instance,
    attributes: &wgpu::vertex_attr_array![
        0 => Float32x2, 1 => Float32x4, 2 => Float32x4, 3 => Float32x3, 4 => Unorm8x4
    ],
};
