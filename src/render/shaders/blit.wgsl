// One texture laid over another, pixel on pixel.

struct Blit {
    opacity: vec4<f32>,
};

@group(0) @binding(0) var<uniform> blit: Blit;
@group(0) @binding(1) var picture: texture_2d<f32>;

@vertex
fn vertex(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    let x = f32(corner & 1u) * 4.0 - 1.0;
    let y = f32(corner >> 1u) * 4.0 - 1.0;
    return vec4<f32>(x, y, 0.0, 1.0);
}

@fragment
fn fragment(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    // The second and third numbers are where the picture begins in the target, the fourth the radius of the circle
    // that is shown of it, if any.
    let radius = blit.opacity.w;
    if (radius > 0.0 && distance(at.xy, blit.opacity.yz + vec2<f32>(radius, radius)) > radius) {
        discard;
    }
    let pixel = vec2<i32>(at.xy - blit.opacity.yz);
    return textureLoad(picture, pixel, 0) * blit.opacity.x;
}
