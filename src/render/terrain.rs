//! Which relief tiles cover the view, and the colours that height and depth become.

use egui_wgpu::wgpu;
use egui_wgpu::wgpu::util::DeviceExt;

use super::store::Store;
use crate::basemap::{RELIEF_SIZE, TileId, depth_or_height_m};
use crate::geo::{ScreenPoint, Size, Viewport, Warp, WorldFixed};
use crate::scene::{Ground, GroundStyle, Scene};
use crate::theme::Rgba;

/// Heights at which the middle and the highland colours are reached, in metres.
const MIDDLE_M: f32 = 700.0;
const HIGHLAND_M: f32 = 3_200.0;
/// Pixels of a level that the coast channel's whole range stands for.
const COAST_RANGE_PX: f32 = 12.0;

/// A piece of a tile: the whole of it on Mercator.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct TilePiece {
    /// Upper left and upper right, lower left and lower right, in pixels of the target.
    upper: [f32; 4],
    lower: [f32; 4],
    /// Left, top, right, bottom in the texture, 0 to 1.
    part: [f32; 4],
    /// 1 where its corners are those of neighbours too and must be met exactly, else 0.
    is_bent: f32,
}

/// A tile, or the part of a coarser one in its place.
#[derive(Clone, Debug)]
pub(super) struct TileDraw {
    pub(super) id: TileId,
    /// Its pieces among those of all.
    pub(super) pieces: std::ops::Range<u32>,
}

/// The tiles of a picture.
#[derive(Debug, Default)]
pub(super) struct Tiles {
    pub(super) draws: Vec<TileDraw>,
    pub(super) pieces: Vec<TilePiece>,
}

impl Tiles {
    /// The tiles at hand for the ground, coarser ones where finer are still missing; asks for those.
    pub(super) fn new(ground: &Ground, viewport: &Viewport, px: f32, store: &mut Store) -> Self {
        let mut tiles = Self::default();
        for &wanted in &ground.tiles {
            store.has_tile(wanted);
            let Some(id) = at_hand(wanted, store) else { continue };
            let part = part_of(id, wanted);
            let start = tiles.pieces.len() as u32;
            match &ground.warp {
                None => {
                    let places = places(wanted, viewport, f64::from(px)).into_iter();
                    tiles.pieces.extend(places.map(|[left, top, right, bottom]| TilePiece {
                        upper: [left, top, right, top],
                        lower: [left, bottom, right, bottom],
                        part,
                        is_bent: 0.0,
                    }));
                }
                Some(warp) => tiles.bent((wanted, part), warp, px),
            }
            tiles.draws.push(TileDraw { id, pieces: start..tiles.pieces.len() as u32 });
        }
        tiles
    }

    /// A tile of an equal-area page, in pieces so small that they are as good as flat. Neighbours have the corners on
    /// their common side in common, so no gap is between them.
    fn bent(&mut self, (id, part): (TileId, [f32; 4]), warp: &Warp, px: f32) {
        let size = warp.view().size;
        let side = 1_u64 << (32 - id.z);
        let node = |x: u16, y: u16| {
            let at = |tile: u16, n: u16| {
                (u64::from(tile) * side + side * u64::from(n) / u64::from(PIECES)).min(u64::from(u32::MAX))
                    as u32
            };
            warp.screen(WorldFixed::new(at(id.x, x), at(id.y, y)))
        };
        let row_of = |y: u16| (0..=PIECES).map(|x| node(x, y)).collect::<Vec<_>>();
        let uv = |x: u16, y: u16| {
            let [left, top, right, bottom] = part;
            let share = |n: u16| f32::from(n) / f32::from(PIECES);
            [left + (right - left) * share(x), top + (bottom - top) * share(y)]
        };
        let mut upper = row_of(0);
        if id.y == 0 {
            // The relief ends at the edge of Mercator: what it shows there goes on to the pole.
            let pole = vec![Some(warp.north_pole()); upper.len()];
            self.row((&pole, &upper), size, px, |x, _| uv(x, 0));
        }
        for y in 0..PIECES {
            let lower = row_of(y + 1);
            self.row((&upper, &lower), size, px, |x, down| uv(x, y + down));
            upper = lower;
        }
    }

    /// The pieces between two rows of corners that are on the page.
    fn row(
        &mut self,
        (upper, lower): (&[Option<ScreenPoint>], &[Option<ScreenPoint>]),
        size: Size,
        px: f32,
        uv: impl Fn(u16, u16) -> [f32; 2],
    ) {
        for x in 0..PIECES {
            let n = usize::from(x);
            let [Some(a), Some(b), Some(c), Some(d)] = [upper[n], upper[n + 1], lower[n], lower[n + 1]]
            else {
                continue;
            };
            let all = [a, b, c, d];
            let is_out = |of: fn(&ScreenPoint) -> f64, side: f64| {
                all.iter().all(|at| of(at) < 0.0) || all.iter().all(|at| of(at) > side)
            };
            if is_out(|at| at.x, size.width) || is_out(|at| at.y, size.height) {
                continue;
            }
            let [a, b, c, d] = all.map(|at| [at.x as f32 * px, at.y as f32 * px]);
            let ([left, top], [right, bottom]) = (uv(x, 0), uv(x + 1, 1));
            self.pieces.push(TilePiece {
                upper: [a[0], a[1], b[0], b[1]],
                lower: [c[0], c[1], d[0], d[1]],
                part: [left, top, right, bottom],
                is_bent: 1.0,
            });
        }
    }
}

/// Pieces of a bent tile each way: about eight points wide, since a tile is 128 to 256 points.
const PIECES: u16 = 32;

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

/// Relief colours and strengths as the shader lays them out.
pub(super) fn ground_uniform(ground: &Ground, viewport: &Viewport) -> [f32; 16] {
    let style = &ground.style;
    let level = ground.tiles.first().map_or(0.0, |tile| f64::from(tile.z));
    // Points that one pixel of the level's tiles takes on the screen.
    let view = ground.warp.as_ref().map_or(*viewport, |warp| warp.view());
    let stretch = 0.5 * (view.camera.zoom - level).exp2();
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
    // Bent chunks are made when they are drawn.
    if ground.warp.is_none() {
        for &id in &ground.chunks {
            is_whole &= store.has_chunk(id);
        }
    }
    for &id in &ground.tiles {
        is_whole &= store.has_tile(id);
    }
    is_whole
}
