//! The map in egui's window: a paint callback that draws the scene when it changed and lays it in place.

use std::sync::Arc;

use egui_wgpu::wgpu;
use egui_wgpu::{CallbackResources, CallbackTrait, RenderState, ScreenDescriptor};

use super::loader::Loader;
use super::view::{blit_group, buffer};
use super::{MapRenderer, ViewId};
use crate::scene::Scene;

/// Makes the map's pipelines on the window's device; `wake` asks for a frame when a part of the ground arrives.
pub fn install(state: &RenderState, loader: Loader, wake: impl Fn() + Send + Sync + 'static) {
    loader.on_arrival(wake);
    let is_software = state.adapter.get_info().device_type == wgpu::DeviceType::Cpu;
    let renderer = MapRenderer::new(&state.device, state.target_format, loader, is_software);
    state.renderer.write().callback_resources.insert(renderer);
}

/// How eframe sets up the device: with blocks of memory no larger than needed, which in software is the
/// computer's own.
#[must_use]
pub fn configuration() -> egui_wgpu::WgpuConfiguration {
    let mut setup = egui_wgpu::WgpuSetupCreateNew::without_display_handle();
    let usual = Arc::clone(&setup.device_descriptor);
    setup.device_descriptor = Arc::new(move |adapter| wgpu::DeviceDescriptor {
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..usual(adapter)
    });
    egui_wgpu::WgpuConfiguration { wgpu_setup: setup.into(), ..egui_wgpu::WgpuConfiguration::default() }
}

/// Whether the picture drawn last holds everything that belongs on it.
#[must_use]
pub fn is_complete(state: &RenderState, view: ViewId) -> bool {
    let renderer = state.renderer.read();
    let map = renderer.callback_resources.get::<MapRenderer>();
    map.and_then(|map| map.views.get(&view)).is_some_and(|view| view.is_complete)
}

/// What draws: the graphics card or the software in its place.
#[must_use]
pub fn adapter_name(state: &RenderState) -> String {
    let info = state.adapter.get_info();
    format!("{} ({:?})", info.name, info.backend)
}

/// The shape that is the map, over `rect` of the window.
pub fn callback(view: ViewId, rect: egui::Rect, scene: Arc<Scene>) -> egui::Shape {
    egui::Shape::Callback(egui_wgpu::Callback::new_paint_callback(
        rect,
        Painted { view, scene, at: rect.min, radius: 0.0, scale: 1.0 },
    ))
}

/// A picture made small enough for `rect`, which has its shape: everything on it is smaller, too.
pub fn miniature_callback(view: ViewId, rect: egui::Rect, scene: Arc<Scene>) -> egui::Shape {
    let scale = rect.width() / (scene.viewport.size.width as f32).max(1.0);
    let painted = Painted { view, scene, at: rect.min, radius: 0.0, scale };
    egui::Shape::Callback(egui_wgpu::Callback::new_paint_callback(rect, painted))
}

/// A round part of a picture: the circle in the middle of `rect`, which is a square.
pub fn round_callback(view: ViewId, rect: egui::Rect, scene: Arc<Scene>) -> egui::Shape {
    let painted = Painted { view, scene, at: rect.min, radius: rect.width() / 2.0, scale: 1.0 };
    egui::Shape::Callback(egui_wgpu::Callback::new_paint_callback(rect, painted))
}

/// A rectangle of one opaque colour (sRGB, 0 to 1) on whole pixels. Software drivers fill it many times faster
/// than egui's own shader, which looks at a texture for every pixel.
pub fn fill(rect: egui::Rect, colour: [f32; 3]) -> egui::Shape {
    egui::Shape::Callback(egui_wgpu::Callback::new_paint_callback(rect, Filled(colour)))
}

struct Filled([f32; 3]);

impl CallbackTrait for Filled {
    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        let Some(renderer) = resources.get::<MapRenderer>() else { return };
        let [r, g, b] = self.0.map(f64::from);
        pass.set_blend_constant(wgpu::Color { r, g, b, a: 1.0 });
        pass.set_pipeline(&renderer.pipelines.fill);
        pass.draw(0..3, 0..1);
    }
}

struct Painted {
    view: ViewId,
    scene: Arc<Scene>,
    /// Its upper left corner in the window.
    at: egui::Pos2,
    /// Of the circle that is shown of it, in points; 0 shows all.
    radius: f32,
    /// Points of the window for each point of the picture.
    scale: f32,
}

/// Where each picture goes, made anew each frame.
struct Placed(std::collections::HashMap<ViewId, (wgpu::Buffer, wgpu::BindGroup)>);

impl CallbackTrait for Painted {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(renderer) = resources.get_mut::<MapRenderer>() else { return Vec::new() };
        let pixels_per_point = screen.pixels_per_point * self.scale;
        renderer.prepare((device, queue), encoder, (self.view, &self.scene), pixels_per_point);
        let Some(view) = renderer.views.get(&self.view) else { return Vec::new() };
        let uniform = buffer(device, "place", 16, wgpu::BufferUsages::UNIFORM);
        let group = blit_group(device, &renderer.pipelines, (&uniform, 0), &view.map);
        match resources.get_mut::<Placed>() {
            Some(placed) => drop(placed.0.insert(self.view, (uniform, group))),
            None => drop(resources.insert(Placed([(self.view, (uniform, group))].into()))),
        }
        if let Some((uniform, _)) = resources.get::<Placed>().and_then(|placed| placed.0.get(&self.view)) {
            let [left, top] = [self.at.x, self.at.y].map(|points| (points * screen.pixels_per_point).round());
            let radius = self.radius * screen.pixels_per_point;
            queue.write_buffer(uniform, 0, bytemuck::cast_slice(&[1.0_f32, left, top, radius]));
        }
        Vec::new()
    }

    fn paint(
        &self,
        info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        let renderer = resources.get::<MapRenderer>();
        let placed = resources.get::<Placed>().and_then(|placed| placed.0.get(&self.view));
        let (Some(renderer), Some((_, group))) = (renderer, placed) else { return };
        // egui clamps the viewport to the screen; ours is always the whole of it.
        let [width, height] = info.screen_size_px;
        pass.set_viewport(0.0, 0.0, width as f32, height as f32, 0.0, 1.0);
        pass.set_pipeline(&renderer.pipelines.blit);
        pass.set_bind_group(0, group, &[]);
        pass.draw(0..3, 0..1);
    }
}
