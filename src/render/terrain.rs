//! Which relief tiles cover the view, and the colours that height and depth become.

use egui_wgpu::wgpu;
use egui_wgpu::wgpu::util::DeviceExt;

use super::shaders::UNIFORM_STRIDE;
use super::store::Store;
use crate::basemap::{RELIEF_SIZE, TileId, depth_or_height_m};
use crate::geo::Viewport;
use crate::scene::{Ground, GroundStyle, Scene};
use crate::theme::Rgba;

/// Heights at which the middle and the highland colours are reached, in metres.
const MIDDLE_M: f32 = 700.0;
const HIGHLAND_M: f32 = 3_200.0;
/// Pixels of a level that the coast channel's whole range stands for.
const COAST_RANGE_PX: f32 = 12.0;

/// A tile, or the part of a coarser one in its place, on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct TileDraw {
    pub(super) id: TileId,
    /// Left, top, right, bottom in pixels.
    place: [f32; 4],
    /// The same in the texture, 0 to 1.
    part: [f32; 4],
}

/// The tiles at hand for the ground, coarser ones where finer are still missing; asks for those.
pub(super) fn tiles(ground: &Ground, viewport: &Viewport, px: f32, store: &mut Store) -> Vec<TileDraw> {
    let mut draws = Vec::new();
    for &wanted in &ground.tiles {
        store.has_tile(wanted);
        let Some(id) = at_hand(wanted, store) else { continue };
        for place in places(wanted, viewport, f64::from(px)) {
            draws.push(TileDraw { id, place, part: part_of(id, wanted) });
        }
    }
    draws
}

/// The tile itself, or the nearest coarser one that is there.
fn at_hand(wanted: TileId, store: &Store) -> Option<TileId> {
    let mut id = wanted;
    loop {
        if store.tile(id).is_some() {
            return Some(id);
        }
        id = TileId { z: id.z.checked_sub(1)?, x: id.x / 2, y: id.y / 2 };
    }
}

/// Where a tile lies on the screen, once for each copy of the world in view.
fn places(id: TileId, viewport: &Viewport, px: f64) -> Vec<[f32; 4]> {
    let side = 256.0 * (viewport.camera.zoom - f64::from(id.z)).exp2();
    let world = 256.0 * viewport.camera.zoom.exp2();
    let (cx, cy) = viewport.camera.center.to_unit();
    let top = f64::from(id.y) * side - cy * world + viewport.size.height / 2.0;
    let first = f64::from(id.x) * side - cx * world + viewport.size.width / 2.0;
    [-1.0, 0.0, 1.0]
        .into_iter()
        .map(|copy| first + copy * world)
        .filter(|left| left + side > 0.0 && *left < viewport.size.width)
        .map(|left| [left, top, left + side, top + side].map(|v| (v * px) as f32))
        .collect()
}

/// The part of `id`'s texture that shows `wanted`, inside the border of one pixel.
fn part_of(id: TileId, wanted: TileId) -> [f32; 4] {
    let depth = u32::from(wanted.z - id.z);
    let count = (depth as f32).exp2();
    let within = |at: u16, from: u16| f32::from(at) - f32::from(from) * count;
    let (x, y) = (within(wanted.x, id.x) / count, within(wanted.y, id.y) / count);
    let size = RELIEF_SIZE as f32;
    let inside = |share: f32| (1.0 + share * (size - 2.0)) / size;
    [inside(x), inside(y), inside(x + 1.0 / count), inside(y + 1.0 / count)]
}

/// The tiles' uniforms, each at its stride.
pub(super) fn uniforms(tiles: &[TileDraw], size: [f32; 2]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(tiles.len() * UNIFORM_STRIDE as usize);
    for tile in tiles {
        let start = bytes.len();
        bytes.extend_from_slice(bytemuck::cast_slice(&[tile.place, tile.part, [size[0], size[1], 0.0, 0.0]]));
        bytes.resize(start + UNIFORM_STRIDE as usize, 0);
    }
    bytes
}

/// Relief colours and strengths as the shader lays them out.
pub(super) fn ground_uniform(ground: &Ground, viewport: &Viewport) -> [f32; 16] {
    let style = &ground.style;
    let level = ground.tiles.first().map_or(0.0, |tile| f64::from(tile.z));
    // Points that one pixel of the level's tiles takes on the screen.
    let stretch = 0.5 * (viewport.camera.zoom - level).exp2();
    let reach = style.vignette_reach / stretch as f32 / COAST_RANGE_PX;
    let mut uniform = [0.0; 16];
    for (slot, colour) in [style.relief_shadow, style.relief_light, style.vignette].into_iter().enumerate() {
        uniform[slot * 4..slot * 4 + 4].copy_from_slice(&colour.to_unit());
    }
    uniform[12..].copy_from_slice(&[
        style.relief_strength,
        style.relief_light_share,
        style.vignette_strength,
        reach.min(1.0),
    ]);
    uniform
}

/// Steps of the ramp between two height codes, so that the nearest step is near enough.
const STEPS: u32 = 4;

/// What the sea is coloured where no tile lies.
pub(super) fn flat_sea(style: &GroundStyle) -> wgpu::Color {
    let [r, g, b, _] = sea_colour(&style.sea, 0.0).to_unit().map(f64::from);
    wgpu::Color { r, g, b, a: 1.0 }
}

/// Colours by height code: the sea's in the first row, the land's in the second.
pub(super) fn ramp(device: &wgpu::Device, queue: &wgpu::Queue, style: &GroundStyle) -> wgpu::Texture {
    let metres = |code: u8| if style.has_height_tints { depth_or_height_m(code) } else { 0.0 };
    let width = 255 * STEPS + 1;
    let between = |step: u32| {
        let (code, share) = ((step / STEPS) as u8, (step % STEPS) as f32 / STEPS as f32);
        let (low, high) = (metres(code), metres(code.saturating_add(1)));
        low + (high - low) * share
    };
    let sea = (0..width).flat_map(|step| sea_colour(&style.sea, (-between(step)).max(0.0)).0);
    let land = (0..width).flat_map(|step| land_colour(style.land, between(step).max(0.0)).0);
    let bytes: Vec<u8> = sea.chain(land).collect();
    device.create_texture_with_data(
        queue,
        &wgpu::TextureDescriptor {
            label: Some("ramp"),
            size: wgpu::Extent3d { width, height: 2, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        },
        wgpu::util::TextureDataOrder::LayerMajor,
        &bytes,
    )
}

fn sea_colour(stops: &[(f32, Rgba)], depth_m: f32) -> Rgba {
    let after = stops.partition_point(|(depth, _)| *depth <= depth_m);
    match (after.checked_sub(1).and_then(|index| stops.get(index)), stops.get(after)) {
        (Some((from, low)), Some((to, high))) => low.mixed(*high, (depth_m - from) / (to - from)),
        (Some((_, colour)), None) | (None, Some((_, colour))) => *colour,
        (None, None) => Rgba::CLEAR,
    }
}

fn land_colour([low, middle, high]: [Rgba; 3], height_m: f32) -> Rgba {
    if height_m < MIDDLE_M {
        low.mixed(middle, height_m / MIDDLE_M)
    } else {
        middle.mixed(high, ((height_m - MIDDLE_M) / (HIGHLAND_M - MIDDLE_M)).min(1.0))
    }
}

/// Whether everything that the scene's ground wants is on the GPU.
pub(super) fn is_complete(scene: &Scene, store: &mut Store) -> bool {
    let Some(ground) = &scene.ground else { return true };
    let mut is_whole = true;
    for &id in &ground.chunks {
        is_whole &= store.has_chunk(id);
    }
    for &id in &ground.tiles {
        is_whole &= store.has_tile(id);
    }
    is_whole
}
