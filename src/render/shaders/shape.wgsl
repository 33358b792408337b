// Rounded boxes with a stroke, cut by a half plane or dashed round a circle where asked.

struct View {
    viewport_px: vec2<f32>,
    px_per_point: f32,
    unused: f32,
};

@group(0) @binding(0) var<uniform> view: View;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) local: vec2<f32>,
    @location(1) @interpolate(flat) half_size: vec2<f32>,
    // Radius and stroke width, then on and off of the dash.
    @location(2) @interpolate(flat) sizes: vec4<f32>,
    @location(3) @interpolate(flat) clip: vec3<f32>,
    @location(4) @interpolate(flat) fill: vec4<f32>,
    @location(5) @interpolate(flat) stroke: vec4<f32>,
};

@vertex
fn vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) center: vec2<f32>,
    @location(1) half_size: vec2<f32>,
    // Radius, angle, stroke width, 1 where there is a clip.
    @location(2) sizes: vec4<f32>,
    @location(3) clip: vec3<f32>,
    @location(4) dash: vec2<f32>,
    @location(5) fill: vec4<f32>,
    @location(6) stroke: vec4<f32>,
) -> Fragment {
    let scale = view.px_per_point;
    let reach = half_size * scale + vec2<f32>(1.0);
    let share = vec2<f32>(f32(corner & 1u), f32(corner >> 1u)) * 2.0 - 1.0;
    let local = share * reach;
    let c = cos(sizes.y);
    let s = sin(sizes.y);
    let at = center * scale + vec2<f32>(c * local.x - s * local.y, s * local.x + c * local.y);
    var out: Fragment;
    out.position = vec4<f32>(at.x / view.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / view.viewport_px.y * 2.0, 0.0, 1.0);
    out.local = local;
    out.half_size = half_size * scale;
    out.sizes = vec4<f32>(sizes.x * scale, sizes.z * scale, dash * scale);
    // No clip: everything is far on the right side.
    out.clip = select(vec3<f32>(0.0, 0.0, -1e6), vec3<f32>(clip.xy, clip.z * scale), sizes.w > 0.5);
    out.fill = fill;
    out.stroke = stroke;
    return out;
}

fn rounded_box(p: vec2<f32>, half_size: vec2<f32>, radius: f32) -> f32 {
    let r = min(radius, min(half_size.x, half_size.y));
    let q = abs(p) - half_size + vec2<f32>(r);
    return length(max(q, vec2<f32>(0.0))) + min(max(q.x, q.y), 0.0) - r;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let distance = rounded_box(in.local, in.half_size, in.sizes.x);
    let cut = in.clip.z - dot(in.clip.xy, in.local);
    let outside = max(distance, cut);
    let whole = clamp(0.5 - outside, 0.0, 1.0);
    var stroke = 0.0;
    if in.sizes.y > 0.0 {
        stroke = clamp(distance + in.sizes.y + 0.5, 0.0, 1.0) * whole;
        if in.sizes.w > 0.0 {
            let radius = in.half_size.x - in.sizes.y * 0.5;
            let round = 6.2831853 * radius;
            let period = round / max(floor(round / (in.sizes.z + in.sizes.w)), 1.0);
            let phase = (atan2(in.local.y, in.local.x) + 3.1415927) * radius;
            let at = phase - floor(phase / period) * period;
            let on = period * in.sizes.z / (in.sizes.z + in.sizes.w);
            stroke *= clamp(min(at, on - at) + 0.5, 0.0, 1.0);
        }
    }
    let fill = whole - stroke;
    let fill_alpha = in.fill.a * max(fill, 0.0);
    let stroke_alpha = in.stroke.a * stroke;
    return vec4<f32>(in.fill.rgb * fill_alpha + in.stroke.rgb * stroke_alpha, fill_alpha + stroke_alpha);
}
