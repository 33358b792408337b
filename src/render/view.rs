//! One picture on the GPU: its textures and buffers, and how a plan is drawn into them.

use std::sync::Arc;

use egui_wgpu::wgpu;

use super::pipelines::{DRAW_SIZE, Pipelines};
use super::plan::{Call, Plan};
use super::segments::indices_of;
use super::shaders::{UNIFORM_STRIDE, stencil, target};
use super::store::{Gpu, Store};
use super::terrain::{self, Tiles};
use crate::scene::Scene;

/// What the stencil says of a pixel.
const SEA: u32 = 0;
const LAND: u32 = 1;

/// The textures and buffers of one picture.
pub(super) struct View {
    pub(super) size: [u32; 2],
    pub(super) map: wgpu::Texture,
    /// Where a faint segment is put together; made when one is first drawn.
    scratch: Option<wgpu::Texture>,
    stencil: wgpu::Texture,
    pub(super) drawn: Option<Arc<Scene>>,
    pub(super) is_complete: bool,
    buffers: Buffers,
}

/// Written anew each frame; each grows when it must.
struct Buffers {
    draws: wgpu::Buffer,
    tiles: wgpu::Buffer,
    shapes: wgpu::Buffer,
    paths: wgpu::Buffer,
    glyphs: wgpu::Buffer,
    view: wgpu::Buffer,
    ground: wgpu::Buffer,
    opacities: wgpu::Buffer,
}

/// The bind groups of one frame.
struct Groups {
    draw: wgpu::BindGroup,
    view: wgpu::BindGroup,
    ground: wgpu::BindGroup,
    glyphs: wgpu::BindGroup,
}

impl View {
    pub(super) fn new(device: &wgpu::Device, size: [u32; 2]) -> Self {
        let uniform = wgpu::BufferUsages::UNIFORM;
        let vertex = wgpu::BufferUsages::VERTEX;
        Self {
            size,
            map: target(device, "map", size),
            scratch: None,
            stencil: stencil(device, size),
            drawn: None,
            is_complete: false,
            buffers: Buffers {
                draws: buffer(device, "draws", 64 * UNIFORM_STRIDE, uniform),
                tiles: buffer(device, "tiles", 8 << 10, vertex),
                shapes: buffer(device, "shapes", 64 << 10, vertex),
                paths: buffer(device, "paths", 4 << 10, vertex),
                glyphs: buffer(device, "glyphs", 128 << 10, vertex),
                view: buffer(device, "view", 16, uniform),
                ground: buffer(device, "ground", 64, uniform),
                opacities: buffer(device, "opacities", 16 * UNIFORM_STRIDE, uniform),
            },
        }
    }

    /// Draws the scene into this view's map.
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, scene: &Arc<Scene>, px: f32) {
        let gpu = Gpu {
            device: frame.device,
            queue: frame.queue,
            layouts: &frame.pipelines.layouts,
            sampler: &frame.pipelines.sampler,
        };
        let ground = scene.ground.as_ref();
        let tiles =
            ground.map_or_else(Tiles::default, |ground| Tiles::new(ground, &scene.viewport, px, frame.store));
        if let Some(warp) = ground.and_then(|ground| ground.warp.as_ref()) {
            frame.store.bend(&gpu, warp, ground.map_or(&[], |ground| &ground.chunks));
        }
        frame.store.features.begin_frame();
        let mut plan = Plan::new(scene, px, frame.store, gpu);
        plan.finish_glyphs(frame.store.glyphs.height());
        self.write(frame, scene, (&plan, &tiles, px));
        let ramp =
            scene.ground.as_ref().map(|ground| terrain::ramp(frame.device, frame.queue, &ground.style));
        let groups = self.groups(frame, ramp.as_ref());
        if let Some(ground) = &scene.ground {
            self.ground_pass(frame, &groups, (terrain::flat_sea(&ground.style), &plan.land, &tiles));
        }
        self.map_passes(frame, &groups, (&plan, scene.ground.is_some()));
        self.is_complete = terrain::is_complete(scene, frame.store) && !frame.store.features.is_waiting;
        if frame.store.features.is_waiting {
            frame.store.loader.ask_for_a_frame();
        }
        self.drawn = Some(Arc::clone(scene));
    }

    fn write(&mut self, frame: &Frame<'_>, scene: &Scene, (plan, tiles, px): (&Plan<'_>, &Tiles, f32)) {
        let (device, queue) = (frame.device, frame.queue);
        let size = self.size.map(|v| v as f32);
        let buffers = &mut self.buffers;
        upload(device, queue, &mut buffers.draws, &plan.uniforms);
        upload(device, queue, &mut buffers.tiles, bytemuck::cast_slice(&tiles.pieces));
        upload(device, queue, &mut buffers.shapes, bytemuck::cast_slice(&plan.shapes));
        upload(device, queue, &mut buffers.paths, bytemuck::cast_slice(&plan.paths));
        upload(device, queue, &mut buffers.glyphs, bytemuck::cast_slice(&plan.glyphs));
        queue.write_buffer(&buffers.view, 0, bytemuck::cast_slice(&[size[0], size[1], px, 0.0]));
        if let Some(ground) = &scene.ground {
            let uniform = terrain::ground_uniform(ground, &scene.viewport);
            queue.write_buffer(&buffers.ground, 0, bytemuck::cast_slice(&uniform));
        }
        let mut opacities = Vec::new();
        for segment in &plan.segments {
            opacities.extend_from_slice(bytemuck::cast_slice(&[segment.opacity, 0.0, 0.0, 0.0]));
            opacities.resize(opacities.len().next_multiple_of(UNIFORM_STRIDE as usize), 0);
        }
        upload(device, queue, &mut buffers.opacities, &opacities);
    }

    fn groups(&self, frame: &Frame<'_>, ramp: Option<&wgpu::Texture>) -> Groups {
        let (device, pipelines) = (frame.device, frame.pipelines);
        let part = |buffer, size| {
            wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer,
                offset: 0,
                size: wgpu::BufferSize::new(size),
            })
        };
        let group = |layout, resources: &[wgpu::BindingResource<'_>]| {
            let entries: Vec<_> = (0..)
                .zip(resources)
                .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource: resource.clone() })
                .collect();
            device.create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout, entries: &entries })
        };
        let view_of = |texture: &wgpu::Texture| texture.create_view(&wgpu::TextureViewDescriptor::default());
        let glyphs = view_of(&frame.store.glyphs.texture);
        // Without a ground nothing reads the ramp; any texture will do in its place.
        let ramp = ramp.map_or_else(|| view_of(&self.map), view_of);
        let texture = wgpu::BindingResource::TextureView;
        Groups {
            draw: group(&pipelines.layouts.draw, &[part(&self.buffers.draws, DRAW_SIZE)]),
            view: group(&pipelines.layouts.view, &[self.buffers.view.as_entire_binding()]),
            ground: group(
                &pipelines.layouts.ground,
                &[self.buffers.ground.as_entire_binding(), texture(&ramp)],
            ),
            glyphs: group(
                &pipelines.layouts.picture,
                &[texture(&glyphs), wgpu::BindingResource::Sampler(&pipelines.sampler)],
            ),
        }
    }

    /// Land over a flat sea, marked in the stencil; then the tiles, as sea and as land.
    fn ground_pass(
        &self,
        frame: &mut Frame<'_>,
        groups: &Groups,
        (sea, land, tiles): (wgpu::Color, &[Call], &Tiles),
    ) {
        let stencil = self.stencil.create_view(&wgpu::TextureViewDescriptor::default());
        let operations = wgpu::Operations { load: wgpu::LoadOp::Clear(0), store: wgpu::StoreOp::Discard };
        let stencil = wgpu::RenderPassDepthStencilAttachment {
            view: &stencil,
            depth_ops: None,
            stencil_ops: Some(operations),
        };
        let mut pass = begin(frame.encoder, (&self.map, wgpu::LoadOp::Clear(sea)), Some(stencil));
        pass.set_stencil_reference(LAND);
        for call in land {
            if let Call::Area { areas, indices, uniform, .. } = call {
                pass.set_pipeline(&frame.pipelines.land);
                triangles(&mut pass, groups, (areas, indices.clone(), *uniform));
            }
        }
        for (reference, pipeline) in [(SEA, &frame.pipelines.tile_sea), (LAND, &frame.pipelines.tile_land)] {
            pass.set_pipeline(pipeline);
            pass.set_stencil_reference(reference);
            pass.set_bind_group(2, &groups.ground, &[]);
            pass.set_bind_group(0, &groups.view, &[]);
            pass.set_vertex_buffer(0, self.buffers.tiles.slice(..));
            for tile in &tiles.draws {
                let Some(texture) = frame.store.tile(tile.id) else { continue };
                pass.set_bind_group(1, &texture.group, &[]);
                pass.draw(0..4, tile.pieces.clone());
            }
        }
    }

    fn map_passes(&mut self, frame: &mut Frame<'_>, groups: &Groups, (plan, has_ground): (&Plan<'_>, bool)) {
        let clear = wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT);
        if plan.segments.iter().any(|segment| segment.opacity < 1.0) && self.scratch.is_none() {
            self.scratch = Some(target(frame.device, "flattened", self.size));
        }
        let mut load = if has_ground { wgpu::LoadOp::Load } else { clear };
        for (number, segment) in plan.segments.iter().enumerate() {
            let corners = &frame.store.corners.indices;
            let calls = |pass: &mut wgpu::RenderPass<'_>| {
                self.calls(pass, (frame.pipelines, corners), groups, &segment.calls);
            };
            match &self.scratch {
                Some(scratch) if segment.opacity < 1.0 => {
                    calls(&mut begin(frame.encoder, (scratch, clear), None));
                    let place = (&self.buffers.opacities, number as u64 * UNIFORM_STRIDE);
                    let group = blit_group(frame.device, frame.pipelines, place, scratch);
                    let mut pass = begin(frame.encoder, (&self.map, load), None);
                    pass.set_pipeline(&frame.pipelines.flatten);
                    pass.set_bind_group(0, &group, &[]);
                    pass.draw(0..3, 0..1);
                }
                _ => calls(&mut begin(frame.encoder, (&self.map, load), None)),
            }
            load = wgpu::LoadOp::Load;
        }
        if plan.segments.is_empty() {
            begin(frame.encoder, (&self.map, load), None);
        }
    }

    fn calls(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        (pipelines, corners): (&Pipelines, &wgpu::Buffer),
        groups: &Groups,
        calls: &[Call],
    ) {
        for call in calls {
            match call {
                Call::Area { areas, indices, uniform, looks } => {
                    choose(pass, looks.as_ref(), (&pipelines.area, &pipelines.row_area));
                    triangles(pass, groups, (areas, indices.clone(), *uniform));
                }
                Call::Line { points, segments, uniform, looks } => {
                    choose(pass, looks.as_ref(), (&pipelines.line, &pipelines.row_line));
                    pass.set_bind_group(0, &groups.draw, &[*uniform]);
                    pass.set_bind_group(1, points, &[]);
                    pass.set_index_buffer(corners.slice(..), wgpu::IndexFormat::Uint32);
                    pass.draw_indexed(indices_of(segments), 0, 0..1);
                }
                Call::Shapes(range) => {
                    pass.set_pipeline(&pipelines.shape);
                    pass.set_bind_group(0, &groups.view, &[]);
                    pass.set_vertex_buffer(0, self.buffers.shapes.slice(..));
                    pass.draw(0..4, range.clone());
                }
                Call::Paths(range) => {
                    pass.set_pipeline(&pipelines.path);
                    pass.set_bind_group(0, &groups.view, &[]);
                    pass.set_vertex_buffer(0, self.buffers.paths.slice(..));
                    pass.draw(range.clone(), 0..1);
                }
                Call::Glyphs(range) => {
                    pass.set_pipeline(&pipelines.text);
                    pass.set_bind_group(0, &groups.view, &[]);
                    pass.set_bind_group(1, &groups.glyphs, &[]);
                    pass.set_vertex_buffer(0, self.buffers.glyphs.slice(..));
                    pass.draw(0..4, range.clone());
                }
            }
        }
    }
}

/// What drawing a frame works with.
pub(super) struct Frame<'a> {
    pub(super) device: &'a wgpu::Device,
    pub(super) queue: &'a wgpu::Queue,
    pub(super) encoder: &'a mut wgpu::CommandEncoder,
    pub(super) pipelines: &'a Pipelines,
    pub(super) store: &'a mut Store,
}

/// The group that lays `texture` over something, with its opacity and place at `offset` of the buffer.
pub(super) fn blit_group(
    device: &wgpu::Device,
    pipelines: &Pipelines,
    (uniform, offset): (&wgpu::Buffer, u64),
    texture: &wgpu::Texture,
) -> wgpu::BindGroup {
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let binding = wgpu::BufferBinding { buffer: uniform, offset, size: wgpu::BufferSize::new(16) };
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("blit"),
        layout: &pipelines.layouts.blit,
        entries: &[
            wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::Buffer(binding) },
            wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&view) },
        ],
    })
}

/// The pipeline for features of one look, or for each in its own.
fn choose(
    pass: &mut wgpu::RenderPass<'_>,
    looks: Option<&wgpu::BindGroup>,
    (plain, by_row): (&wgpu::RenderPipeline, &wgpu::RenderPipeline),
) {
    match looks {
        Some(looks) => {
            pass.set_pipeline(by_row);
            pass.set_bind_group(2, looks, &[]);
        }
        None => pass.set_pipeline(plain),
    }
}

type Indexed<'a> = (&'a (wgpu::Buffer, wgpu::Buffer), std::ops::Range<u32>, u32);

fn triangles(
    pass: &mut wgpu::RenderPass<'_>,
    groups: &Groups,
    ((vertices, indices), range, uniform): Indexed<'_>,
) {
    pass.set_bind_group(0, &groups.draw, &[uniform]);
    pass.set_vertex_buffer(0, vertices.slice(..));
    pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
    pass.draw_indexed(range, 0, 0..1);
}

fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    (texture, load): (&wgpu::Texture, wgpu::LoadOp<wgpu::Color>),
    stencil: Option<wgpu::RenderPassDepthStencilAttachment<'_>>,
) -> wgpu::RenderPass<'a> {
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("map"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view: &view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
        })],
        depth_stencil_attachment: stencil,
        ..wgpu::RenderPassDescriptor::default()
    })
}

pub(super) fn buffer(
    device: &wgpu::Device,
    name: &str,
    size: u64,
    usage: wgpu::BufferUsages,
) -> wgpu::Buffer {
    let usage = usage | wgpu::BufferUsages::COPY_DST;
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(name),
        size,
        usage,
        mapped_at_creation: false,
    })
}

fn upload(device: &wgpu::Device, queue: &wgpu::Queue, kept: &mut wgpu::Buffer, bytes: &[u8]) {
    if bytes.len() as u64 > kept.size() {
        let size = (bytes.len() as u64).next_power_of_two();
        *kept = buffer(device, "grown", size, kept.usage());
    }
    if !bytes.is_empty() {
        queue.write_buffer(kept, 0, bytes);
    }
}
