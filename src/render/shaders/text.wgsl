// Glyphs from a field of distances: the same texel serves the letter and its halo at any size and angle.

struct View {
    viewport_px: vec2<f32>,
    px_per_point: f32,
    unused: f32,
};

@group(0) @binding(0) var<uniform> view: View;
@group(1) @binding(0) var field: texture_2d<f32>;
@group(1) @binding(1) var smooth_sampler: sampler;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) uv: vec2<f32>,
    // Pixels of distance in the whole range of the field, and how far outside the outline to paint.
    @location(1) @interpolate(flat) range: vec2<f32>,
    @location(2) @interpolate(flat) colour: vec4<f32>,
};

@vertex
fn vertex(
    @builtin(vertex_index) corner: u32,
    // The origin of the glyph in points, then its box around it in points.
    @location(0) origin: vec2<f32>,
    @location(1) box: vec4<f32>,
    @location(2) part: vec4<f32>,
    // Angle, points of distance in the field's range, points outside the outline.
    @location(3) sizes: vec3<f32>,
    @location(4) colour: vec4<f32>,
) -> Fragment {
    let share = vec2<f32>(f32(corner & 1u), f32(corner >> 1u));
    let local = mix(box.xy, box.zw, share);
    let c = cos(sizes.x);
    let s = sin(sizes.x);
    let at = (origin + vec2<f32>(c * local.x - s * local.y, s * local.x + c * local.y)) * view.px_per_point;
    var out: Fragment;
    out.position = vec4<f32>(at.x / view.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / view.viewport_px.y * 2.0, 0.0, 1.0);
    out.uv = mix(part.xy, part.zw, share);
    out.range = sizes.yz * view.px_per_point;
    out.colour = colour;
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let value = textureSampleLevel(field, smooth_sampler, in.uv, 0.0).r;
    let distance = (value - 0.5) * in.range.x + in.range.y;
    // A halo ends softly; a letter is as sharp as a pixel allows.
    let softness = select(0.55, 0.9, in.range.y > 0.3);
    let coverage = smoothstep(-softness, softness, distance);
    let alpha = in.colour.a * coverage;
    return vec4<f32>(in.colour.rgb * alpha, alpha);
}
