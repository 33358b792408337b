// Triangles of one colour.

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

@group(0) @binding(0) var<uniform> draw: Draw;
@vertex
fn vertex(@location(0) point: vec2<u32>) -> @builtin(position) vec4<f32> {
    let steps = vec2<i32>(bitcast<i32>(point.x - draw.reference.x), bitcast<i32>(point.y - draw.reference.y));
    let at = vec2<f32>(steps) * draw.px_per_step + draw.offset_px;
    return vec4<f32>(at.x / draw.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / draw.viewport_px.y * 2.0, 0.0, 1.0);
}

@fragment
fn fragment() -> @location(0) vec4<f32> {
    return vec4<f32>(draw.colour.rgb * draw.colour.a, draw.colour.a);
}
