//! What stays on the GPU between frames: meshes, relief tiles, glyphs.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use egui_wgpu::wgpu;
use egui_wgpu::wgpu::util::DeviceExt;

use super::blocks::Blocks;
use super::features::{FeatureContent, Features};
use super::glyphs::GlyphAtlas;
use super::ground_mesh::{GroundMesh, StrokeSet, Strokes, Triangles, far_zoom};
use super::loader::{Loaded, Loader, Part};
use super::looks::Looks;
use super::pipelines::Layouts;
use super::segments::{Corners, Points};
use crate::basemap::{ChunkId, Detail, RELIEF_SIZE, ReliefTile, TileId};
use crate::geo::{Warp, WorldBounds};
use crate::scene::{FeatureDraw, LineMesh, LinePoint, MeshId, RowLooks};

/// Bytes kept before the least recently drawn goes, on a graphics card and in software.
pub(super) const BUDGET_HARDWARE: u64 = 512 << 20;
pub(super) const BUDGET_SOFTWARE: u64 = 96 << 20;

/// How long the first picture waits for the next part of its ground: drawing it twice would take longer.
const FIRST_PATIENCE: Duration = Duration::from_millis(50);

pub(super) struct AreaBuffer {
    pub(super) vertices: wgpu::Buffer,
    pub(super) indices: wgpu::Buffer,
    pub(super) count: u32,
    /// Of triangles.
    pub(super) blocks: Blocks,
}

pub(super) struct ChunkBuffers {
    /// Where the zooms of the farther lines end.
    far_zoom: f64,
    pub(super) bounds: WorldBounds,
    pub(super) land: Option<AreaBuffer>,
    pub(super) lakes: Option<AreaBuffer>,
    near: ChunkLines,
    far: ChunkLines,
    /// Kept to tell by rank and boundary what to draw; its points and triangles are on the GPU only.
    pub(super) mesh: GroundMesh,
    bytes: u64,
    last_drawn: u64,
}

impl ChunkBuffers {
    /// The polylines for a zoom, and what of them is what.
    pub(super) fn lines(&self, zoom: f64) -> (&ChunkLines, &StrokeSet) {
        if zoom < self.far_zoom { (&self.far, &self.mesh.far) } else { (&self.near, &self.mesh.near) }
    }
}

/// The buffers of a [`StrokeSet`].
pub(super) struct ChunkLines {
    pub(super) coast: Option<Points>,
    pub(super) shores: Option<Points>,
    pub(super) rivers: Option<Points>,
    pub(super) borders: Option<Points>,
}

impl ChunkLines {
    fn new(gpu: &Gpu<'_>, set: &mut StrokeSet) -> Self {
        Self {
            coast: strokes_buffer(gpu, &mut set.coast),
            shores: strokes_buffer(gpu, &mut set.shores),
            rivers: strokes_buffer(gpu, &mut set.rivers),
            borders: strokes_buffer(gpu, &mut set.borders),
        }
    }
}

pub(super) struct TileTexture {
    pub(super) group: wgpu::BindGroup,
    bytes: u64,
    last_drawn: u64,
}

/// Chunks that are bent for one equal-area page.
struct BentChunks {
    warp: Arc<Warp>,
    ids: Vec<ChunkId>,
    chunks: Vec<ChunkBuffers>,
}

/// Everything kept, and the frame that was drawn last.
pub(super) struct Store {
    /// With whom they are of: those of figures go when their scene does.
    lines: HashMap<MeshId, (Weak<LineMesh>, Points)>,
    chunks: HashMap<ChunkId, Option<ChunkBuffers>>,
    tiles: HashMap<TileId, Option<TileTexture>>,
    /// The chunks of the equal-area figure that was drawn last.
    bent: Option<BentChunks>,
    pub(super) features: Features,
    looks: Looks,
    pub(super) glyphs: GlyphAtlas,
    pub(super) corners: Corners,
    pub(super) loader: Loader,
    budget: u64,
    frame: u64,
}

impl Store {
    pub(super) fn new(device: &wgpu::Device, loader: Loader, budget: u64) -> Self {
        Self {
            lines: HashMap::new(),
            chunks: HashMap::new(),
            tiles: HashMap::new(),
            bent: None,
            features: Features::default(),
            looks: Looks::default(),
            glyphs: GlyphAtlas::new(device),
            corners: Corners::new(device),
            loader,
            budget,
            frame: 0,
        }
    }

    /// Uploads what arrived; true if anything did.
    pub(super) fn receive(&mut self, gpu: &Gpu<'_>) -> bool {
        let patience = if self.frame == 0 { FIRST_PATIENCE } else { Duration::ZERO };
        let arrived = self.loader.arrived(patience);
        let is_any = !arrived.is_empty();
        for loaded in arrived {
            self.keep(gpu, loaded);
        }
        is_any
    }

    /// Decodes and uploads what is missing, here and now.
    pub(super) fn complete(&mut self, gpu: &Gpu<'_>, parts: &[Part]) {
        for &part in parts {
            let is_there = match part {
                Part::Chunk(id) => self.chunks.contains_key(&id),
                Part::Tile(id) => self.tiles.contains_key(&id),
            };
            if !is_there {
                let loaded = self.loader.load_now(part);
                self.keep(gpu, loaded);
            }
        }
    }

    fn keep(&mut self, gpu: &Gpu<'_>, loaded: Loaded) {
        match loaded {
            Loaded::Chunk(id, mesh) => {
                let longest = mesh.as_ref().map_or(0, |mesh| mesh.longest());
                self.corners.reach(gpu.device, longest);
                self.chunks.insert(id, mesh.map(|mesh| chunk_buffers(gpu, id, *mesh, self.frame)));
            }
            Loaded::Tile(id, tile) => {
                self.tiles.insert(id, tile.map(|tile| tile_texture(gpu, &tile, self.frame)));
            }
        }
    }

    /// The chunk's buffers; asks for it where it is missing. Inner `None`: it is damaged.
    pub(super) fn has_chunk(&mut self, id: ChunkId) -> bool {
        let frame = self.frame;
        if let Some(chunk) = self.chunks.get_mut(&id) {
            if let Some(chunk) = chunk {
                chunk.last_drawn = frame;
            }
            true
        } else {
            self.loader.ask([Part::Chunk(id)]);
            false
        }
    }

    pub(super) fn chunk(&self, id: ChunkId) -> Option<&ChunkBuffers> {
        self.chunks.get(&id).and_then(Option::as_ref)
    }

    pub(super) fn has_tile(&mut self, id: TileId) -> bool {
        let frame = self.frame;
        if let Some(tile) = self.tiles.get_mut(&id) {
            if let Some(tile) = tile {
                tile.last_drawn = frame;
            }
            true
        } else {
            self.loader.ask([Part::Tile(id)]);
            false
        }
    }

    pub(super) fn tile(&self, id: TileId) -> Option<&TileTexture> {
        self.tiles.get(&id).and_then(Option::as_ref)
    }

    /// Chunks that are on the GPU, of whatever detail.
    pub(super) fn chunks_at_hand(&self) -> impl Iterator<Item = ChunkId> {
        self.chunks.iter().filter(|(_, chunk)| chunk.is_some()).map(|(id, _)| *id)
    }

    /// Puts a mesh on the GPU at its first use.
    pub(super) fn upload_line(&mut self, gpu: &Gpu<'_>, mesh: &Arc<LineMesh>) {
        self.corners.reach(gpu.device, mesh.points.len() as u32);
        let upload = || Points::new((gpu.device, gpu.queue), &gpu.layouts.points, &mesh.points);
        self.lines.entry(mesh.id).or_insert_with(|| (Arc::downgrade(mesh), upload()));
    }

    pub(super) fn line(&self, mesh: &LineMesh) -> Option<&Points> {
        self.lines.get(&mesh.id).map(|(_, points)| points)
    }

    /// Bends chunks for an equal-area figure and puts them on the GPU, unless they are there; here and now, since a
    /// figure is drawn once.
    pub(super) fn bend(&mut self, gpu: &Gpu<'_>, warp: &Arc<Warp>, ids: &[ChunkId]) {
        if self.bent.as_ref().is_some_and(|bent| bent.ids == ids && bent.warp == *warp) {
            return;
        }
        let chunk = |&id: &ChunkId| {
            let mesh = self.loader.bent(id, warp)?;
            self.corners.reach(gpu.device, mesh.longest());
            Some(chunk_buffers(gpu, id, mesh, self.frame))
        };
        let chunks = ids.iter().filter_map(chunk).collect();
        self.bent = Some(BentChunks { warp: Arc::clone(warp), ids: ids.to_vec(), chunks });
    }

    pub(super) fn bent_chunks(&self) -> impl Iterator<Item = &ChunkBuffers> {
        self.bent.iter().flat_map(|bent| &bent.chunks)
    }

    /// A chunk of a file; `None` where it waits for the next frame.
    pub(super) fn feature(&mut self, gpu: &Gpu<'_>, draw: &FeatureDraw) -> Option<&FeatureContent> {
        self.features.get(gpu, &mut self.corners, (draw, self.frame))
    }

    /// How each feature of a file looks.
    pub(super) fn looks(&mut self, gpu: &Gpu<'_>, looks: &RowLooks) -> Option<wgpu::BindGroup> {
        self.looks.get(gpu, looks, self.frame)
    }

    /// Counts a frame, and drops what was drawn longest ago where there is too much.
    pub(super) fn end_frame(&mut self) {
        self.frame += 1;
        if self.frame == 2 {
            self.loader.ask(far_parts());
        }
        self.lines.retain(|_, (mesh, _)| mesh.strong_count() > 0);
        self.features.shrink(self.budget, self.frame);
        self.looks.end_frame(self.frame);
        let total: u64 = self.chunks.values().flatten().map(|chunk| chunk.bytes).sum::<u64>()
            + self.tiles.values().flatten().map(|tile| tile.bytes).sum::<u64>();
        if total <= self.budget {
            return;
        }
        let stale = self.frame.saturating_sub(2);
        let old_chunk =
            self.chunks.iter().filter_map(|(id, chunk)| Some((chunk.as_ref()?.last_drawn, Part::Chunk(*id))));
        let old_tile =
            self.tiles.iter().filter_map(|(id, tile)| Some((tile.as_ref()?.last_drawn, Part::Tile(*id))));
        let oldest = old_chunk
            .chain(old_tile)
            .filter(|(drawn, part)| *drawn < stale && !is_far(*part))
            .min_by_key(|(drawn, _)| *drawn);
        if let Some((_, part)) = oldest {
            match part {
                Part::Chunk(id) => drop(self.chunks.remove(&id)),
                Part::Tile(id) => drop(self.tiles.remove(&id)),
            }
            self.loader.forget(part);
        }
    }
}

fn is_far(part: Part) -> bool {
    match part {
        Part::Chunk(id) => id.detail == Detail::Coarse,
        Part::Tile(id) => id.z == 1,
    }
}

/// The whole world from far away: it stands in for whatever is not there yet, and always stays.
fn far_parts() -> impl Iterator<Item = Part> {
    let squares = || (0..2).flat_map(|y| (0..2).map(move |x| (x, y)));
    let chunks = squares().map(|(x, y)| Part::Chunk(ChunkId { detail: Detail::Coarse, x, y }));
    chunks.chain(squares().map(|(x, y)| Part::Tile(TileId { z: 1, x, y })))
}

/// The device and what making textures for it needs.
#[derive(Clone, Copy)]
pub(super) struct Gpu<'a> {
    pub(super) device: &'a wgpu::Device,
    pub(super) queue: &'a wgpu::Queue,
    pub(super) layouts: &'a Layouts,
    pub(super) sampler: &'a wgpu::Sampler,
}

fn strokes_buffer(gpu: &Gpu<'_>, strokes: &mut Strokes) -> Option<Points> {
    let points = std::mem::take(&mut strokes.points);
    let blocks = std::mem::take(&mut strokes.blocks);
    let upload = || Points::new((gpu.device, gpu.queue), &gpu.layouts.points, &points);
    (points.len() > 1).then(|| Points { blocks: Some(blocks), ..upload() })
}

fn area_buffer(device: &wgpu::Device, triangles: &mut Triangles) -> Option<AreaBuffer> {
    let (vertices, indices) =
        (std::mem::take(&mut triangles.vertices), std::mem::take(&mut triangles.indices));
    uploaded_area(device, bytemuck::cast_slice(&vertices), (&indices, std::mem::take(&mut triangles.blocks)))
}

/// Triangles of vertices as the pipeline reads them; `None` where there are none.
pub(super) fn uploaded_area(
    device: &wgpu::Device,
    vertices: &[u8],
    (indices, blocks): (&[u32], Blocks),
) -> Option<AreaBuffer> {
    if indices.is_empty() {
        return None;
    }
    let buffer = |contents: &[u8], usage| {
        device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: Some("area"), contents, usage })
    };
    Some(AreaBuffer {
        vertices: buffer(vertices, wgpu::BufferUsages::VERTEX),
        indices: buffer(bytemuck::cast_slice(indices), wgpu::BufferUsages::INDEX),
        count: indices.len() as u32,
        blocks,
    })
}

fn chunk_buffers(gpu: &Gpu<'_>, id: ChunkId, mut mesh: GroundMesh, frame: u64) -> ChunkBuffers {
    let area_bytes = |areas: &Triangles| (areas.vertices.len() * 8 + areas.indices.len() * 4) as u64;
    let line_bytes = |lines: &Strokes| (lines.points.len() * size_of::<LinePoint>()) as u64;
    let bytes = area_bytes(&mesh.land)
        + area_bytes(&mesh.lakes)
        + [&mesh.near, &mesh.far]
            .into_iter()
            .flat_map(|set| [&set.coast, &set.shores, &set.rivers, &set.borders])
            .map(line_bytes)
            .sum::<u64>();
    ChunkBuffers {
        far_zoom: far_zoom(id.detail),
        bounds: mesh.bounds,
        land: area_buffer(gpu.device, &mut mesh.land),
        lakes: area_buffer(gpu.device, &mut mesh.lakes),
        near: ChunkLines::new(gpu, &mut mesh.near),
        far: ChunkLines::new(gpu, &mut mesh.far),
        mesh,
        bytes,
        last_drawn: frame,
    }
}

fn tile_texture(gpu: &Gpu<'_>, tile: &ReliefTile, frame: u64) -> TileTexture {
    let texture = gpu.device.create_texture_with_data(
        gpu.queue,
        &wgpu::TextureDescriptor {
            label: Some("relief"),
            size: wgpu::Extent3d { width: RELIEF_SIZE, height: RELIEF_SIZE, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        },
        wgpu::util::TextureDataOrder::LayerMajor,
        &tile.rgba,
    );
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("relief"),
        layout: &gpu.layouts.picture,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(gpu.sampler) },
        ],
    });
    TileTexture { group, bytes: tile.rgba.len() as u64, last_drawn: frame }
}
