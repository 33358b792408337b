// Relief tiles coloured as sea or as land; the stencil says which of the two a pixel is.

struct View {
    viewport_px: vec2<f32>,
    px_per_point: f32,
    unused: f32,
};

struct Ground {
    shadow: vec4<f32>,
    light: vec4<f32>,
    vignette: vec4<f32>,
    // Relief strength, share of it for lit slopes, vignette strength, vignette reach in coast pixels.
    strengths: vec4<f32>,
};

@group(0) @binding(0) var<uniform> view: View;
@group(1) @binding(0) var relief: texture_2d<f32>;
@group(1) @binding(1) var smooth_sampler: sampler;
@group(2) @binding(0) var<uniform> ground: Ground;
// Row 0: sea by height code, row 1: land; four steps to a code.
@group(2) @binding(1) var ramp: texture_2d<f32>;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) uv: vec2<f32>,
};

// A piece of a tile: its upper and its lower corners, and its left, top, right and bottom in the texture.
struct Piece {
    @location(0) upper: vec4<f32>,
    @location(1) lower: vec4<f32>,
    @location(2) part: vec4<f32>,
    @location(3) is_bent: f32,
};

@vertex
fn vertex(@builtin(vertex_index) corner: u32, piece: Piece) -> Fragment {
    let share = vec2<f32>(f32(corner & 1u), f32(corner >> 1u));
    var at = mix(piece.upper.xy, piece.lower.zw, share);
    if piece.is_bent > 0.5 {
        let side = select(piece.upper, piece.lower, corner >= 2u);
        at = select(side.xy, side.zw, (corner & 1u) == 1u);
    }
    var out: Fragment;
    out.position = vec4<f32>(at.x / view.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / view.viewport_px.y * 2.0, 0.0, 1.0);
    out.uv = mix(piece.part.xy, piece.part.zw, share);
    return out;
}

fn ramp_at(height: f32, row: i32) -> vec3<f32> {
    return textureLoad(ramp, vec2<i32>(i32(height * 1020.0 + 0.5), row), 0).rgb;
}

@fragment
fn land(in: Fragment) -> @location(0) vec4<f32> {
    let sample = textureSampleLevel(relief, smooth_sampler, in.uv, 0.0);
    let slope = (sample.r - 128.0 / 255.0) * 4.4;
    let dark = clamp(-slope, 0.0, 1.0) * ground.strengths.x;
    let bright = clamp(slope, 0.0, 1.0) * ground.strengths.x * ground.strengths.y;
    let shaded = mix(ramp_at(sample.g, 1), ground.shadow.rgb, dark);
    return vec4<f32>(mix(shaded, ground.light.rgb, bright), 1.0);
}

@fragment
fn sea(in: Fragment) -> @location(0) vec4<f32> {
    let sample = textureSampleLevel(relief, smooth_sampler, in.uv, 0.0);
    let near = clamp(1.0 - sample.b / max(ground.strengths.w, 1e-4), 0.0, 1.0);
    return vec4<f32>(mix(ramp_at(sample.g, 0), ground.vignette.rgb, near * near * ground.strengths.z), 1.0);
}
