//! Pictures without a window: the same renderer on a device of its own, waiting until all is drawn.

use std::sync::Arc;

use egui_wgpu::wgpu;
use image::RgbaImage;

use super::loader::{Loader, Part};
use super::shaders::FORMAT;
use super::store::Gpu;
use super::{MapRenderer, ViewId};
use crate::scene::Scene;

/// A picture has at most so many pixels each way: what every device can draw.
pub const MOST_PIXELS: u32 = 8192;

/// No driver that can draw was found.
#[derive(Debug, thiserror::Error)]
#[error(
    "no graphics driver was found that can draw the map; on Debian install mesa-vulkan-drivers and libvulkan1"
)]
pub struct NoGpu;

/// A device without a window.
pub struct Headless {
    device: wgpu::Device,
    queue: wgpu::Queue,
    renderer: MapRenderer,
}

impl Headless {
    /// Finds a device; software will do.
    pub fn new(loader: Loader) -> Result<Self, NoGpu> {
        // GL comes last: looking for it makes system libraries write to standard error.
        let adapter =
            adapter(wgpu::Backends::PRIMARY).or_else(|| adapter(wgpu::Backends::GL)).ok_or(NoGpu)?;
        let descriptor = wgpu::DeviceDescriptor {
            required_limits: wgpu::Limits {
                max_texture_dimension_2d: MOST_PIXELS,
                ..wgpu::Limits::downlevel_webgl2_defaults()
            },
            ..wgpu::DeviceDescriptor::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor)).map_err(|_| NoGpu)?;
        let is_software = adapter.get_info().device_type == wgpu::DeviceType::Cpu;
        let renderer = MapRenderer::new(&device, FORMAT, loader, is_software);
        Ok(Self { device, queue, renderer })
    }

    /// The scene, `pixels_per_point` pixels to a point, complete.
    pub fn image(&mut self, scene: &Arc<Scene>, pixels_per_point: f32) -> Result<RgbaImage, NoGpu> {
        self.load(scene);
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let (device, queue) = (&self.device, &self.queue);
        loop {
            self.renderer.prepare((device, queue), &mut encoder, (ViewId::MAIN, scene), pixels_per_point);
            if !self.renderer.store.features.is_waiting {
                break;
            }
            queue.submit([std::mem::replace(
                &mut encoder,
                device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default()),
            )
            .finish()]);
        }
        queue.submit([encoder.finish()]);
        device.poll(wgpu::PollType::wait_indefinitely()).map_err(|_| NoGpu)?;
        let view = self.renderer.views.get(&ViewId::MAIN).ok_or(NoGpu)?;
        let (map, size) = (view.map.clone(), view.size);
        if size[0] * size[1] > LARGE_PIXELS {
            // What a large picture was drawn with goes before it comes.
            self.renderer.views.remove(&ViewId::MAIN);
        }
        read_back(device, queue, (&map, size)).ok_or(NoGpu)
    }

    fn load(&mut self, scene: &Scene) {
        let Some(ground) = &scene.ground else { return };
        let chunks = ground.chunks.iter().filter(|_| ground.warp.is_none()).copied().map(Part::Chunk);
        let parts: Vec<Part> = chunks.chain(ground.tiles.iter().copied().map(Part::Tile)).collect();
        let gpu = Gpu {
            device: &self.device,
            queue: &self.queue,
            layouts: &self.renderer.pipelines.layouts,
            sampler: &self.renderer.pipelines.sampler,
        };
        self.renderer.store.complete(&gpu, &parts);
    }
}

impl std::fmt::Debug for Headless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Headless").finish_non_exhaustive()
    }
}

/// A device that can draw, of these backends or of those that `WGPU_BACKEND` names.
fn adapter(backends: wgpu::Backends) -> Option<wgpu::Adapter> {
    let descriptor =
        wgpu::InstanceDescriptor { backends, ..wgpu::InstanceDescriptor::new_without_display_handle() };
    let instance = wgpu::Instance::new(descriptor.with_env());
    pollster::block_on(instance.request_adapter(&wgpu::RequestAdapterOptions::default())).ok()
}

/// A picture of more pixels than this is large.
const LARGE_PIXELS: u32 = 16 << 20;
/// Bytes of a texture that are copied at a time: a large picture is not in memory twice.
const BAND_BYTES: u32 = 32 << 20;

/// Copies a texture into an image, row by row as the alignment of copies demands.
fn read_back(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    (texture, [width, height]): (&wgpu::Texture, [u32; 2]),
) -> Option<RgbaImage> {
    let stride = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let band = (BAND_BYTES / stride).clamp(1, height);
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("picture"),
        size: u64::from(stride) * u64::from(band),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
    for top in (0..height).step_by(band as usize) {
        let rows = band.min(height - top);
        let origin = wgpu::Origin3d { x: 0, y: top, z: 0 };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_texture_to_buffer(
            wgpu::TexelCopyTextureInfo { origin, ..texture.as_image_copy() },
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(stride),
                    rows_per_image: None,
                },
            },
            wgpu::Extent3d { width, height: rows, depth_or_array_layers: 1 },
        );
        queue.submit([encoder.finish()]);
        let part = buffer.slice(..u64::from(stride) * u64::from(rows));
        part.map_async(wgpu::MapMode::Read, |_| {});
        device.poll(wgpu::PollType::wait_indefinitely()).ok()?;
        let mapped = part.get_mapped_range().ok()?;
        for row in mapped.chunks_exact(stride as usize) {
            pixels.extend_from_slice(&row[..width as usize * 4]);
        }
        drop(mapped);
        buffer.unmap();
    }
    RgbaImage::from_raw(width, height, pixels)
}
