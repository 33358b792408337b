// Relief tiles laid out as the screen sees them: what sea and land are coloured by.

struct Tile {
    // Left, top, right, bottom in pixels of the target, and of the texture in its own units.
    place: vec4<f32>,
    part: vec4<f32>,
    viewport_px: vec2<f32>,
    unused: vec2<f32>,
};

@group(0) @binding(0) var<uniform> tile: Tile;
@group(1) @binding(0) var relief: texture_2d<f32>;
@group(1) @binding(1) var smooth_sampler: sampler;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) uv: vec2<f32>,
};

@vertex
fn vertex(@builtin(vertex_index) corner: u32) -> Fragment {
    let share = vec2<f32>(f32(corner & 1u), f32(corner >> 1u));
    let at = mix(tile.place.xy, tile.place.zw, share);
    var out: Fragment;
    out.position = vec4<f32>(at.x / tile.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / tile.viewport_px.y * 2.0, 0.0, 1.0);
    out.uv = mix(tile.part.xy, tile.part.zw, share);
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    return textureSampleLevel(relief, smooth_sampler, in.uv, 0.0);
}
