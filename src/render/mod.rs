//! Draws scenes with wgpu: into a texture of our own, which egui's picture or an image file takes over.
//!
//! Invariant: nothing outside this module names a GPU type, and losing the device loses no data.

mod blocks;
mod features;
mod field;
mod glyphs;
mod ground_mesh;
mod headless;
mod instances;
mod loader;
mod looks;
mod lost;
mod paths;
mod pipelines;
mod placement;
mod plan;
mod segments;
mod shaders;
mod store;
mod terrain;
mod view;
mod window;

use std::collections::HashMap;
use std::sync::Arc;

use egui_wgpu::wgpu;

use crate::scene::Scene;
use pipelines::Pipelines;
use store::{BUDGET_HARDWARE, BUDGET_SOFTWARE, Gpu, Store};
use view::{Frame, View};

pub use headless::{Headless, MOST_PIXELS, NoGpu};
pub use loader::{Loader, Part};
pub use lost::on_device_lost;
pub use window::{
    adapter_name, callback, configuration, fill, install, is_complete, miniature_callback, round_callback,
};

/// Which of a window's pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ViewId(pub u32);

impl ViewId {
    /// The map, with its ground unless something else is the ground.
    pub const MAIN: Self = Self(0);
    /// The ground beneath tiles.
    pub const BENEATH: Self = Self(999);
    /// What a lens over it shows.
    pub const LENS: Self = Self(1_000);
    /// What a presenter's own window shows of now, and of what comes next.
    pub const DESK_NOW: Self = Self(1_001);
    pub const DESK_NEXT: Self = Self(1_002);
    /// What a figure will be; its further pictures have the numbers that follow.
    pub const FIGURE: Self = Self(1_003);
}

/// Everything of the map that lives on one device.
struct MapRenderer {
    pipelines: Pipelines,
    store: Store,
    views: HashMap<ViewId, View>,
}

impl MapRenderer {
    fn new(device: &wgpu::Device, format: wgpu::TextureFormat, loader: Loader, is_software: bool) -> Self {
        let budget = if is_software { BUDGET_SOFTWARE } else { BUDGET_HARDWARE };
        Self {
            pipelines: Pipelines::new(device, format),
            store: Store::new(device, loader, budget),
            views: HashMap::new(),
        }
    }

    /// Draws the scene, unless it stands drawn already.
    fn prepare(
        &mut self,
        (device, queue): (&wgpu::Device, &wgpu::Queue),
        encoder: &mut wgpu::CommandEncoder,
        (id, scene): (ViewId, &Arc<Scene>),
        pixels_per_point: f32,
    ) {
        let gpu = Gpu { device, queue, layouts: &self.pipelines.layouts, sampler: &self.pipelines.sampler };
        let has_news = self.store.receive(&gpu);
        let limit = device.limits().max_texture_dimension_2d;
        let pixels = |points: f64| ((points * f64::from(pixels_per_point)).round() as u32).clamp(1, limit);
        let size = [pixels(scene.viewport.size.width), pixels(scene.viewport.size.height)];
        let view = self.views.entry(id).or_insert_with(|| View::new(device, size));
        if view.size != size {
            *view = View::new(device, size);
        }
        let is_drawn = view.drawn.as_ref().is_some_and(|drawn| Arc::ptr_eq(drawn, scene));
        let is_waiting = self.store.features.is_waiting;
        if is_drawn && (view.is_complete || !(has_news || is_waiting)) {
            return;
        }
        let mut frame = Frame { device, queue, encoder, pipelines: &self.pipelines, store: &mut self.store };
        view.draw(&mut frame, scene, pixels_per_point);
        self.store.end_frame();
    }
}
