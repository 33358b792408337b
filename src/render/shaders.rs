//! The shaders' sources and the small pieces of wgpu that every pipeline repeats.

use egui_wgpu::wgpu;

pub(super) const LINE: &str = concat!(include_str!("shaders/looks.wgsl"), include_str!("shaders/line.wgsl"));
pub(super) const AREA: &str = concat!(include_str!("shaders/looks.wgsl"), include_str!("shaders/area.wgsl"));
pub(super) const GROUND: &str = include_str!("shaders/ground.wgsl");
pub(super) const SHAPE: &str = include_str!("shaders/shape.wgsl");
pub(super) const PATH: &str = include_str!("shaders/path.wgsl");
pub(super) const TEXT: &str = include_str!("shaders/text.wgsl");
pub(super) const BLIT: &str = include_str!("shaders/blit.wgsl");
pub(super) const FILL: &str = include_str!("shaders/fill.wgsl");

/// The map's own pictures; egui blends in sRGB space too, so nothing is converted.
pub(super) const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// Uniforms of single draws stand this far apart: the most that any adapter asks for.
pub(super) const UNIFORM_STRIDE: u64 = 256;

/// What differs between pipelines.
#[derive(Clone, Copy)]
pub(super) struct PipelineParts<'a> {
    pub(super) name: &'a str,
    pub(super) source: &'a str,
    pub(super) entries: (&'a str, &'a str),
    pub(super) groups: &'a [Option<&'a wgpu::BindGroupLayout>],
    pub(super) buffers: &'a [wgpu::VertexBufferLayout<'a>],
    pub(super) topology: wgpu::PrimitiveTopology,
    pub(super) format: wgpu::TextureFormat,
    pub(super) blend: Blend,
    pub(super) stencil: Stencil,
}

/// How a colour meets what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blend {
    /// In its place.
    None,
    /// Over it, multiplied with its own alpha beforehand.
    Over,
    /// The pass's blend constant in place of both.
    Constant,
}

impl Blend {
    fn state(self) -> Option<wgpu::BlendState> {
        let constant = wgpu::BlendComponent {
            src_factor: wgpu::BlendFactor::Constant,
            dst_factor: wgpu::BlendFactor::Zero,
            operation: wgpu::BlendOperation::Add,
        };
        match self {
            Self::None => None,
            Self::Over => Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
            Self::Constant => Some(wgpu::BlendState { color: constant, alpha: constant }),
        }
    }
}

/// What a pipeline has to do with the stencil, whose reference is 1 for land and 0 for sea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stencil {
    /// It is drawn in a pass that has none.
    None,
    /// Writes the reference.
    Mark,
    /// Draws only where the reference stands.
    Inside,
}

/// Every device has it.
pub(super) const STENCIL_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Stencil8;

impl Stencil {
    fn state(self) -> Option<wgpu::DepthStencilState> {
        let (compare, pass_op) = match self {
            Self::None => return None,
            Self::Mark => (wgpu::CompareFunction::Always, wgpu::StencilOperation::Replace),
            Self::Inside => (wgpu::CompareFunction::Equal, wgpu::StencilOperation::Keep),
        };
        let face = wgpu::StencilFaceState {
            compare,
            fail_op: wgpu::StencilOperation::Keep,
            depth_fail_op: wgpu::StencilOperation::Keep,
            pass_op,
        };
        Some(wgpu::DepthStencilState {
            format: STENCIL_FORMAT,
            depth_write_enabled: None,
            depth_compare: None,
            stencil: wgpu::StencilState { front: face, back: face, read_mask: 0xff, write_mask: 0xff },
            bias: wgpu::DepthBiasState::default(),
        })
    }
}

pub(super) fn pipeline(device: &wgpu::Device, parts: &PipelineParts<'_>) -> wgpu::RenderPipeline {
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(parts.name),
        source: wgpu::ShaderSource::Wgsl(parts.source.into()),
    });
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(parts.name),
        bind_group_layouts: parts.groups,
        immediate_size: 0,
    });
    let buffers: Vec<Option<wgpu::VertexBufferLayout<'_>>> =
        parts.buffers.iter().cloned().map(Some).collect();
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(parts.name),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some(parts.entries.0),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &buffers,
        },
        primitive: wgpu::PrimitiveState { topology: parts.topology, ..wgpu::PrimitiveState::default() },
        depth_stencil: parts.stencil.state(),
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some(parts.entries.1),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format: parts.format,
                blend: parts.blend.state(),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}

/// A uniform read by both stages; `size` bytes, moved by an offset for each draw where `is_dynamic`.
pub(super) fn uniform_entry(binding: u32, size: u64, is_dynamic: bool) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: is_dynamic,
            min_binding_size: wgpu::BufferSize::new(size),
        },
        count: None,
    }
}

/// A texture of floats for the fragment stage; sampled between texels where `is_filtered`.
pub(super) fn texture_entry(binding: u32, is_filtered: bool) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable: is_filtered },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        count: None,
    }
}

/// A texture of whole numbers for the vertex stage.
pub(super) fn points_entry() -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        visibility: wgpu::ShaderStages::VERTEX,
        ty: wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Uint,
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        ..texture_entry(0, false)
    }
}

pub(super) fn sampler_entry(binding: u32) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
        count: None,
    }
}

pub(super) fn group_layout(
    device: &wgpu::Device,
    name: &str,
    entries: &[wgpu::BindGroupLayoutEntry],
) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(name), entries })
}

/// A texture that passes can draw into and shaders can read.
pub(super) fn target(device: &wgpu::Device, name: &str, size: [u32; 2]) -> wgpu::Texture {
    let usage = wgpu::TextureUsages::RENDER_ATTACHMENT
        | wgpu::TextureUsages::TEXTURE_BINDING
        | wgpu::TextureUsages::COPY_SRC;
    attachment(device, name, size, (FORMAT, usage))
}

/// Where the ground marks what is land.
pub(super) fn stencil(device: &wgpu::Device, size: [u32; 2]) -> wgpu::Texture {
    attachment(device, "stencil", size, (STENCIL_FORMAT, wgpu::TextureUsages::RENDER_ATTACHMENT))
}

fn attachment(
    device: &wgpu::Device,
    name: &str,
    [width, height]: [u32; 2],
    (format, usage): (wgpu::TextureFormat, wgpu::TextureUsages),
) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some(name),
        size: wgpu::Extent3d { width: width.max(1), height: height.max(1), depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage,
        view_formats: &[],
    })
}
