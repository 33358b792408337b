//! Glyphs as fields of distances in one texture: drawn once, sharp at any size, with room for a halo.

use std::collections::HashMap;

use egui_wgpu::wgpu;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::field::{Coverage, distance_field};
use crate::theme::Font;

/// Pixels in the em of a field.
const EM: f32 = 44.0;
/// How far from its outline a field tells the distance, in its pixels.
pub(super) const SPREAD: f32 = 9.0;
/// Width of the texture; it grows downwards.
const WIDTH: u32 = 1024;
const FIRST_HEIGHT: u32 = 1024;
const MOST_HEIGHT: u32 = 8192;

/// Where a glyph's field lies, and its box around the origin in ems.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Left, top, right, bottom in the texture, 0 to 1 across and in pixels down.
    pub(super) part: [f32; 4],
    pub(super) em_box: [f32; 4],
}

/// The texture and what is in it.
pub(super) struct GlyphAtlas {
    pub(super) texture: wgpu::Texture,
    slots: HashMap<(Font, u16), Option<Slot>>,
    fonts: HashMap<Font, FontRef<'static>>,
    shelf: [u32; 3],
    height: u32,
    /// The rows kept on the CPU, to move them when the texture grows.
    pixels: Vec<u8>,
}

/// Ems in the whole range of a field.
pub(super) const RANGE_EM: f32 = 2.0 * SPREAD / EM;

impl GlyphAtlas {
    pub(super) fn new(device: &wgpu::Device) -> Self {
        Self {
            texture: texture(device, FIRST_HEIGHT),
            slots: HashMap::new(),
            fonts: HashMap::new(),
            shelf: [0, 0, 0],
            height: FIRST_HEIGHT,
            pixels: Vec::new(),
        }
    }

    /// Rows of the texture, to turn pixels into shares.
    pub(super) fn height(&self) -> f32 {
        self.height as f32
    }

    /// The glyph's place, drawn now if this is its first time; `None` where it has no ink.
    pub(super) fn slot(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        key: (Font, u16),
    ) -> Option<Slot> {
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let slot = self.draw(device, queue, key);
        self.slots.insert(key, slot);
        slot
    }

    fn draw(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        (font, glyph): (Font, u16),
    ) -> Option<Slot> {
        if let std::collections::hash_map::Entry::Vacant(entry) = self.fonts.entry(font) {
            entry.insert(FontRef::new(font.bytes()).ok()?);
        }
        let face = self.fonts.get(&font)?;
        let outline = face.outline_glyphs().get(GlyphId::new(u32::from(glyph)))?;
        let mut pen = Pen::default();
        outline.draw(DrawSettings::unhinted(Size::new(EM), LocationRef::default()), &mut pen).ok()?;
        let (coverage, left, top) = pen.coverage()?;
        let field = distance_field(&coverage, SPREAD);
        let (width, height) = (coverage.width as u32, coverage.height as u32);
        let [x, y] = self.place(device, queue, width, height)?;
        write(queue, &self.texture, ([x, y], [width, height]), &field);
        self.keep(([x, y], [width, height]), &field);
        let (w, h) = (width as f32, height as f32);
        Some(Slot {
            part: [x as f32 / WIDTH as f32, y as f32, (x as f32 + w) / WIDTH as f32, y as f32 + h],
            em_box: [left / EM, top / EM, (left + w) / EM, (top + h) / EM],
        })
    }

    /// A free place on the current shelf, or on a new one below it.
    fn place(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        width: u32,
        height: u32,
    ) -> Option<[u32; 2]> {
        let [x, y, shelf_height] = self.shelf;
        let (x, y, shelf_height) =
            if x + width + 1 > WIDTH { (0, y + shelf_height + 1, 0) } else { (x, y, shelf_height) };
        while y + height > self.height {
            if self.height * 2 > MOST_HEIGHT {
                log::warn!("no room for more glyphs");
                return None;
            }
            self.grow(device, queue);
        }
        self.shelf = [x + width + 1, y, shelf_height.max(height)];
        Some([x, y])
    }

    fn grow(&mut self, device: &wgpu::Device, queue: &wgpu::Queue) {
        self.height *= 2;
        self.texture = texture(device, self.height);
        let rows = self.pixels.len() as u32 / WIDTH;
        if rows > 0 {
            write(queue, &self.texture, ([0, 0], [WIDTH, rows]), &self.pixels);
        }
    }

    fn keep(&mut self, ([x, y], [width, height]): ([u32; 2], [u32; 2]), field: &[u8]) {
        let rows = (y + height) as usize * WIDTH as usize;
        if self.pixels.len() < rows {
            self.pixels.resize(rows, 0);
        }
        for (row, line) in field.chunks_exact(width as usize).enumerate() {
            let start = (y as usize + row) * WIDTH as usize + x as usize;
            self.pixels[start..start + line.len()].copy_from_slice(line);
        }
    }
}

fn texture(device: &wgpu::Device, height: u32) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("glyphs"),
        size: wgpu::Extent3d { width: WIDTH, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::R8Unorm,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    })
}

fn write(
    queue: &wgpu::Queue,
    texture: &wgpu::Texture,
    ([x, y], [width, height]): ([u32; 2], [u32; 2]),
    bytes: &[u8],
) {
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d { x, y, z: 0 },
            aspect: wgpu::TextureAspect::All,
        },
        bytes,
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(width), rows_per_image: None },
        wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
    );
}

/// Gathers an outline as straight edges, y down.
#[derive(Default)]
struct Pen {
    edges: Vec<[[f32; 2]; 2]>,
    start: [f32; 2],
    at: [f32; 2],
}

impl Pen {
    fn edge(&mut self, to: [f32; 2]) {
        self.edges.push([self.at, to]);
        self.at = to;
    }

    /// The covered pixels with room for the field, and where its corner lies from the origin.
    fn coverage(&self) -> Option<(Coverage, f32, f32)> {
        let points = self.edges.iter().flatten();
        let [mut low, mut high] = [[f32::MAX; 2], [f32::MIN; 2]];
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        if self.edges.is_empty() || !(high[0] > low[0] || high[1] > low[1]) {
            return None;
        }
        let room = SPREAD.ceil() + 1.0;
        let (left, top) = (low[0].floor() - room, low[1].floor() - room);
        let (width, height) =
            ((high[0].ceil() + room - left) as usize, (high[1].ceil() + room - top) as usize);
        let mut coverage = Coverage::new(width.min(WIDTH as usize - 1), height);
        for [a, b] in &self.edges {
            coverage.edge([a[0] - left, a[1] - top], [b[0] - left, b[1] - top]);
        }
        Some((coverage, left, top))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = [x, -y];
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.edge([x, -y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        const STEPS: u8 = 6;
        let (a, c, b) = (self.at, [cx, -cy], [x, -y]);
        for step in 1..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let at = |i: usize| (1.0 - t) * (1.0 - t) * a[i] + 2.0 * (1.0 - t) * t * c[i] + t * t * b[i];
            self.edge([at(0), at(1)]);
        }
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        const STEPS: u8 = 8;
        let (a, c, d, b) = (self.at, [cx0, -cy0], [cx1, -cy1], [x, -y]);
        for step in 1..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let u = 1.0 - t;
            let at = |i: usize| {
                u * u * u * a[i] + 3.0 * u * u * t * c[i] + 3.0 * u * t * t * d[i] + t * t * t * b[i]
            };
            self.edge([at(0), at(1)]);
        }
    }

    fn close(&mut self) {
        if self.at != self.start {
            self.edge(self.start);
        }
    }
}
