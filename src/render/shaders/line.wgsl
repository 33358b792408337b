// Polylines as triangles: each corner of a segment fetches four neighbouring points by the segment's number.
// Joins and caps are round because each segment is a capsule. Where two meet, the line that halves their
// angle parts them, so that each pixel belongs to one of them and translucent lines do not blend twice.

struct Draw {
    reference: vec2<u32>,
    offset_px: vec2<f32>,
    viewport_px: vec2<f32>,
    px_per_step: f32,
    width_px: f32,
    colour: vec4<f32>,
    dash_px: vec2<f32>,
    half_step_px: f32,
    // Pixels to a point.
    px: f32,
};

@group(0) @binding(0) var<uniform> draw: Draw;
// x, y, distance along the line and flags of each point, after one that ends a line.
@group(1) @binding(0) var points: texture_2d<u32>;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    // Along the segment from its start and across it, in pixels.
    @location(0) local: vec2<f32>,
    @location(1) @interpolate(flat) length_px: f32,
    // How far along its line the segment begins, in world steps; or the look of its feature.
    @location(2) @interpolate(flat) of_line: u32,
    // Each end in pixels, and the direction in which the line goes on there; 0 where nothing is parted.
    @location(3) @interpolate(flat) parting_a: vec4<f32>,
    @location(4) @interpolate(flat) parting_b: vec4<f32>,
};

const GAP: u32 = 1u;

fn point(number: u32) -> vec4<u32> {
    return textureLoad(points, vec2<u32>(number % 2048u, number / 2048u), 0);
}

// Integers are subtracted first, so nothing is lost at deep zoom.
fn place(point: vec4<u32>) -> vec2<f32> {
    let steps = vec2<i32>(bitcast<i32>(point.x - draw.reference.x), bitcast<i32>(point.y - draw.reference.y));
    return vec2<f32>(steps) * draw.px_per_step + draw.offset_px;
}

fn side(point: vec4<u32>) -> f32 {
    let byte = i32((point.w >> 8u) & 0xffu);
    return f32(select(byte, byte - 256, byte > 127)) * draw.half_step_px;
}

fn direction(start: vec2<f32>, end: vec2<f32>) -> vec2<f32> {
    let way = end - start;
    return way / max(length(way), 1e-6);
}

// Which way the line goes where two segments meet. Short segments and sharp turns are not parted: what
// would be cut off there may belong to neither.
fn parting(here: vec2<f32>, other: vec2<f32>, width_px: f32) -> vec2<f32> {
    let long_enough = min(length(here), length(other)) >= width_px;
    let first = here / max(length(here), 1e-6);
    let second = other / max(length(other), 1e-6);
    return select(vec2<f32>(0.0), first + second, long_enough && dot(first, second) > -0.2);
}

// Beside a point, along the mean normal of the segments that meet there.
fn beside(at: vec2<f32>, here: vec2<f32>, other: vec2<f32>, distance: f32) -> vec2<f32> {
    let normal = vec2<f32>(-here.y, here.x);
    let mean = normal + vec2<f32>(-other.y, other.x);
    let size = length(mean);
    if size < 0.2 {
        return at + normal * distance;
    }
    let miter = mean / size;
    return at + miter * distance / max(dot(miter, normal), 0.6);
}

fn corner_of(index: u32, width_px: f32) -> Fragment {
    let segment = index / 4u;
    let corner = index % 4u;
    let first = point(segment + 1u);
    var out: Fragment;
    out.position = vec4<f32>(2.0, 2.0, 2.0, 1.0);
    if (first.w & GAP) != 0u {
        return out;
    }
    let before = point(segment);
    let second = point(segment + 2u);
    let after = point(segment + 3u);
    var a = place(first);
    var b = place(second);
    let way = direction(a, b);
    var way_before = way;
    if (before.w & GAP) == 0u {
        let start = place(before);
        way_before = direction(start, a);
        out.parting_a = vec4<f32>(a, parting(a - start, b - a, width_px));
    }
    var way_after = way;
    if (second.w & GAP) == 0u {
        let end = place(after);
        way_after = direction(b, end);
        out.parting_b = vec4<f32>(b, parting(b - a, end - b, width_px));
    }
    let side_a = side(first);
    let side_b = side(second);
    if side_a != 0.0 || side_b != 0.0 {
        a = beside(a, way, way_before, side_a);
        b = beside(b, way, way_after, side_b);
        out.parting_a = vec4<f32>(a, out.parting_a.zw);
        out.parting_b = vec4<f32>(b, out.parting_b.zw);
    }
    let reach = width_px * 0.5 + 1.0;
    let low = min(a, b) - vec2<f32>(reach);
    let high = max(a, b) + vec2<f32>(reach);
    if any(high < vec2<f32>(0.0)) || any(low > draw.viewport_px) {
        return out;
    }
    let along = direction(a, b);
    let across = vec2<f32>(-along.y, along.x);
    let length_px = length(b - a);
    let x = select(-reach, length_px + reach, (corner & 1u) == 1u);
    let y = select(-reach, reach, (corner & 2u) == 2u);
    let at = a + along * x + across * y;
    out.position = vec4<f32>(at.x / draw.viewport_px.x * 2.0 - 1.0, 1.0 - at.y / draw.viewport_px.y * 2.0, 0.0, 1.0);
    out.local = vec2<f32>(x, y);
    out.length_px = length_px;
    out.of_line = first.z;
    return out;
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Fragment {
    return corner_of(index, draw.width_px);
}

fn own_width(look: u32) -> f32 {
    return f32(look >> 28u) * 0.5 * draw.px;
}

@vertex
fn vertex_by_row(@builtin(vertex_index) index: u32) -> Fragment {
    let look = look_of(point(index / 4u + 1u).z).x;
    var out = corner_of(index, own_width(look));
    out.of_line = look;
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    return stroked(in, f32(in.of_line) * draw.px_per_step, draw.width_px, draw.colour);
}

@fragment
fn fragment_by_row(in: Fragment) -> @location(0) vec4<f32> {
    let colour = unpack4x8unorm(in.of_line & 0xffffffu).rgb;
    let opacity = f32((in.of_line >> 24u) & 0xfu) / 15.0;
    return stroked(in, 0.0, own_width(in.of_line), vec4<f32>(colour, opacity * draw.colour.a));
}

fn stroked(in: Fragment, along_px: f32, width_px: f32, colour: vec4<f32>) -> vec4<f32> {
    let at_pixel = in.position.xy;
    let is_before = dot(at_pixel - in.parting_a.xy, in.parting_a.zw) < 0.0;
    let is_after = any(in.parting_b.zw != vec2<f32>(0.0)) && dot(at_pixel - in.parting_b.xy, in.parting_b.zw) >= 0.0;
    if is_before || is_after {
        discard;
    }
    let inside = clamp(in.local.x, 0.0, in.length_px);
    var beyond = abs(in.local.x - inside);
    if draw.dash_px.y > 0.0 {
        let period = draw.dash_px.x + draw.dash_px.y;
        let phase = along_px + inside;
        let at = phase - floor(phase / period) * period;
        if at > draw.dash_px.x {
            beyond += min(at - draw.dash_px.x, period - at);
        }
    }
    let distance = length(vec2<f32>(beyond, in.local.y)) - width_px * 0.5;
    let coverage = clamp(0.5 - distance, 0.0, 1.0);
    // Hairlines thinner than a pixel fade instead of breaking up.
    let thin = min(width_px, 1.0);
    let alpha = colour.a * min(coverage, thin);
    if alpha <= 0.0 {
        discard;
    }
    return vec4<f32>(colour.rgb * alpha, alpha);
}
