//! How each feature of a file looks, as two textures: by row its class, by class its look.

use std::collections::HashMap;

use egui_wgpu::wgpu;
use egui_wgpu::wgpu::util::DeviceExt;

use super::store::Gpu;
use crate::scene::{ClassInk, RowLooks};

/// Texels in a row of the textures; the shaders say the same.
const ROW: usize = 2048;
/// Frames after which looks that nobody drew are dropped.
const PATIENCE: u64 = 120;

/// The looks of all files that are drawn by class.
#[derive(Default)]
pub(super) struct Looks(HashMap<u64, Kept>);

struct Kept {
    rows: wgpu::Texture,
    inks: Vec<ClassInk>,
    group: wgpu::BindGroup,
    last_drawn: u64,
}

impl Looks {
    /// The bind group with the looks of a file, made anew where its colours changed.
    pub(super) fn get(&mut self, gpu: &Gpu<'_>, looks: &RowLooks, frame: u64) -> Option<wgpu::BindGroup> {
        let id = looks.classes.id;
        // A file has many chunks: its colours are compared once a frame.
        let is_good = |kept: &Kept| kept.last_drawn == frame || kept.inks == looks.inks;
        if !self.0.get(&id).is_some_and(is_good) {
            let rows = self.0.remove(&id).map(|kept| kept.rows);
            let rows = rows.unwrap_or_else(|| rows_texture(gpu, &looks.classes.of_row));
            let group = group(gpu, &rows, &looks.inks);
            self.0.insert(id, Kept { rows, inks: looks.inks.clone(), group, last_drawn: frame });
        }
        let kept = self.0.get_mut(&id)?;
        kept.last_drawn = frame;
        Some(kept.group.clone())
    }

    pub(super) fn end_frame(&mut self, frame: u64) {
        self.0.retain(|_, kept| kept.last_drawn + PATIENCE > frame);
    }
}

fn rows_texture(gpu: &Gpu<'_>, of_row: &[u16]) -> wgpu::Texture {
    let bytes: Vec<u8> = of_row.iter().flat_map(|class| class.to_le_bytes()).collect();
    texture(gpu, "classes by row", (wgpu::TextureFormat::R16Uint, 2), bytes)
}

fn group(gpu: &Gpu<'_>, rows: &wgpu::Texture, inks: &[ClassInk]) -> wgpu::BindGroup {
    let bytes: Vec<u8> = inks.iter().flat_map(|ink| [line_word(ink), fill_word(ink)]).flatten().collect();
    let classes = texture(gpu, "looks by class", (wgpu::TextureFormat::Rg32Uint, 8), bytes);
    let views = [rows, &classes].map(|texture| texture.create_view(&wgpu::TextureViewDescriptor::default()));
    let entries: Vec<_> = (0..)
        .zip(&views)
        .map(|(binding, view)| wgpu::BindGroupEntry {
            binding,
            resource: wgpu::BindingResource::TextureView(view),
        })
        .collect();
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("looks"),
        layout: &gpu.layouts.looks,
        entries: &entries,
    })
}

/// Red, green, blue; then sixteenths of opacity and, above them, half points of width.
fn line_word(ink: &ClassInk) -> [u8; 4] {
    let [r, g, b, a] = ink.line.0;
    let half_points = (ink.width * 2.0).round().clamp(1.0, 15.0) as u8;
    [r, g, b, (a >> 4) | (half_points << 4)]
}

fn fill_word(ink: &ClassInk) -> [u8; 4] {
    ink.fill.0
}

fn texture(
    gpu: &Gpu<'_>,
    name: &str,
    (format, size): (wgpu::TextureFormat, usize),
    mut bytes: Vec<u8>,
) -> wgpu::Texture {
    let count = (bytes.len() / size).max(1);
    let width = count.min(ROW);
    let height = count.div_ceil(width);
    bytes.resize(width * height * size, 0);
    gpu.device.create_texture_with_data(
        gpu.queue,
        &wgpu::TextureDescriptor {
            label: Some(name),
            size: wgpu::Extent3d { width: width as u32, height: height as u32, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        },
        wgpu::util::TextureDataOrder::LayerMajor,
        &bytes,
    )
}
