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
    px: f32,
};

@group(0) @binding(0) var<uniform> draw: Draw;

fn place(point: vec2<u32>) -> vec4<f32> {
    let steps = vec2<i32>(bitcast<i32>(point.x - draw.reference.x), bitcast<i32>(point.y - draw.reference.y));
    let at = vec2<f32>(steps) * draw.px_per_step + draw.offset_px;
    return vec4<f32>(at.x / draw.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / draw.viewport_px.y * 2.0, 0.0, 1.0);
}

@vertex
fn vertex(@location(0) point: vec2<u32>) -> @builtin(position) vec4<f32> {
    return place(point);
}

@fragment
fn fragment() -> @location(0) vec4<f32> {
    return vec4<f32>(draw.colour.rgb * draw.colour.a, draw.colour.a);
}

struct RowFragment {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) fill: u32,
};

@vertex
fn vertex_by_row(@location(0) point: vec2<u32>, @location(1) row: u32) -> RowFragment {
    var out: RowFragment;
    out.position = place(point);
    out.fill = look_of(row).y;
    return out;
}

@fragment
fn fragment_by_row(in: RowFragment) -> @location(0) vec4<f32> {
    let colour = unpack4x8unorm(in.fill);
    let alpha = colour.a * draw.colour.a;
    return vec4<f32>(colour.rgb * alpha, alpha);
}
