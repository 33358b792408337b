// How each feature of a file looks: by row its class, by class its look.

@group(2) @binding(0) var class_of_row: texture_2d<u32>;
// x: the line, red, green, blue, then opacity and half points of width with four bits each; y: the area.
@group(2) @binding(1) var look_of_class: texture_2d<u32>;

fn look_of(row: u32) -> vec2<u32> {
    let number = textureLoad(class_of_row, vec2<u32>(row % 2048u, row / 2048u), 0).x;
    return textureLoad(look_of_class, vec2<u32>(number % 2048u, number / 2048u), 0).xy;
}
