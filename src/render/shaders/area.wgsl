// Triangles of one colour, and of land: its colour comes from the terrain under the pixel.

struct Draw {
    reference: vec2<u32>,
    offset_px: vec2<f32>,
    viewport_px: vec2<f32>,
    px_per_step: f32,
    width_px: f32,
    colour: vec4<f32>,
    dash_px: vec2<f32>,
    half_step_px: f32,
    unused: f32,
};

struct Ground {
    shadow: vec4<f32>,
    light: vec4<f32>,
    vignette: vec4<f32>,
    // Relief strength, share of it for lit slopes, vignette strength, vignette reach in coast pixels.
    strengths: vec4<f32>,
};

@group(0) @binding(0) var<uniform> draw: Draw;
@group(1) @binding(0) var<uniform> ground: Ground;
@group(1) @binding(1) var terrain: texture_2d<f32>;
// Row 0: sea by height code, row 1: land.
@group(1) @binding(2) var ramp: texture_2d<f32>;

@vertex
fn vertex(@location(0) point: vec2<u32>) -> @builtin(position) vec4<f32> {
    let steps = vec2<i32>(bitcast<i32>(point.x - draw.reference.x), bitcast<i32>(point.y - draw.reference.y));
    let at = vec2<f32>(steps) * draw.px_per_step + draw.offset_px;
    return vec4<f32>(at.x / draw.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / draw.viewport_px.y * 2.0, 0.0, 1.0);
}

@fragment
fn plain() -> @location(0) vec4<f32> {
    return vec4<f32>(draw.colour.rgb * draw.colour.a, draw.colour.a);
}

fn ramp_at(height: f32, row: i32) -> vec3<f32> {
    let at = height * 255.0;
    let low = i32(floor(at));
    let here = textureLoad(ramp, vec2<i32>(low, row), 0).rgb;
    let next = textureLoad(ramp, vec2<i32>(min(low + 1, 255), row), 0).rgb;
    return mix(here, next, at - floor(at));
}

@fragment
fn land(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let sample = textureLoad(terrain, vec2<i32>(at.xy), 0);
    var colour = ramp_at(sample.g, 1);
    let slope = (sample.r - 128.0 / 255.0) * 2.0;
    let strength = ground.strengths.x;
    let dark = clamp(-slope * 2.2, 0.0, 1.0) * strength;
    let bright = clamp(slope * 2.2, 0.0, 1.0) * strength * ground.strengths.y;
    colour = mix(colour, ground.shadow.rgb, dark);
    colour = mix(colour, ground.light.rgb, bright);
    return vec4<f32>(colour, 1.0);
}

@vertex
fn everywhere(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    let x = f32(corner & 1u) * 4.0 - 1.0;
    let y = f32(corner >> 1u) * 4.0 - 1.0;
    return vec4<f32>(x, y, 0.0, 1.0);
}

@fragment
fn sea(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let sample = textureLoad(terrain, vec2<i32>(at.xy), 0);
    let colour = ramp_at(sample.g, 0);
    let near = clamp(1.0 - sample.b / max(ground.strengths.w, 1e-4), 0.0, 1.0);
    return vec4<f32>(mix(colour, ground.vignette.rgb, near * near * ground.strengths.z), 1.0);
}
