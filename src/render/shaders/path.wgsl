// Triangles of the picture, each corner with its place in points and its colour times its alpha.

struct View {
    viewport_px: vec2<f32>,
    px_per_point: f32,
    unused: f32,
};

@group(0) @binding(0) var<uniform> view: View;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec4<f32>,
};

@vertex
fn vertex(@location(0) point: vec2<f32>, @location(1) colour: vec4<f32>) -> Fragment {
    let at = point * view.px_per_point;
    var out: Fragment;
    out.position = vec4<f32>(at.x / view.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / view.viewport_px.y * 2.0, 0.0, 1.0);
    out.colour = colour;
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    return in.colour;
}
