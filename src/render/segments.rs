//! Polylines on the GPU: their points in a texture, and the corners of segments as one list of indices for all.
//!
//! A segment as an instance of four vertices is the common way, but software drivers, and some cards, take
//! half a microsecond for each instance. Here a draw is one list of triangles; the vertex shader fetches the
//! points of its segment by number.

use egui_wgpu::wgpu;
use egui_wgpu::wgpu::util::DeviceExt;

use super::blocks::Blocks;
use crate::geo::WorldFixed;
use crate::scene::LinePoint;

/// Points in a row of the texture; `line.wgsl` says the same.
const ROW: usize = 2048;
/// Corners of a segment, of which there are four, as two triangles.
const CORNERS: [u32; 6] = [0, 1, 2, 2, 1, 3];
/// Segments whose corners are listed to begin with.
const FIRST_COUNT: u32 = 1 << 15;

/// Points of polylines with one more at both ends, so that each segment sees its neighbours.
pub(super) struct Points {
    pub(super) group: wgpu::BindGroup,
    pub(super) count: u32,
    /// `None` where the mesh is drawn as a whole.
    pub(super) blocks: Option<Blocks>,
}

/// The corners of segments, as many as the longest mesh has.
pub(super) struct Corners {
    pub(super) indices: wgpu::Buffer,
    count: u32,
}

impl Points {
    pub(super) fn new(
        (device, queue): (&wgpu::Device, &wgpu::Queue),
        layout: &wgpu::BindGroupLayout,
        points: &[LinePoint],
    ) -> Self {
        let end = LinePoint::new(WorldFixed::default(), 0, 0, true);
        let width = (points.len() + 3).min(ROW);
        let height = (points.len() + 3).div_ceil(width);
        let mut padded = Vec::with_capacity(width * height);
        padded.push(end);
        padded.extend_from_slice(points);
        padded.resize(width * height, end);
        let texture = device.create_texture_with_data(
            queue,
            &wgpu::TextureDescriptor {
                label: Some("points"),
                size: wgpu::Extent3d { width: width as u32, height: height as u32, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: wgpu::TextureFormat::Rgba32Uint,
                usage: wgpu::TextureUsages::TEXTURE_BINDING,
                view_formats: &[],
            },
            wgpu::util::TextureDataOrder::LayerMajor,
            bytemuck::cast_slice(&padded),
        );
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("points"),
            layout,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::TextureView(&view),
            }],
        });
        Self { group, count: points.len() as u32, blocks: None }
    }
}

impl Corners {
    pub(super) fn new(device: &wgpu::Device) -> Self {
        Self { indices: listed(device, FIRST_COUNT), count: FIRST_COUNT }
    }

    /// Makes room for a mesh of so many segments.
    pub(super) fn reach(&mut self, device: &wgpu::Device, segments: u32) {
        if segments > self.count {
            self.count = segments.next_power_of_two();
            self.indices = listed(device, self.count);
        }
    }
}

/// Which indices draw these segments.
pub(super) fn indices_of(segments: &std::ops::Range<u32>) -> std::ops::Range<u32> {
    CORNERS.len() as u32 * segments.start..CORNERS.len() as u32 * segments.end
}

fn listed(device: &wgpu::Device, count: u32) -> wgpu::Buffer {
    let indices: Vec<u32> =
        (0..count).flat_map(|segment| CORNERS.map(|corner| 4 * segment + corner)).collect();
    device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
        label: Some("corners"),
        contents: bytemuck::cast_slice(&indices),
        usage: wgpu::BufferUsages::INDEX,
    })
}
