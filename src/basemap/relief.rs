//! Shaded relief, height and the distance from the coast, as squares of pixels.
//!
//! The squares are Web Mercator tiles of 512 pixels with one pixel of their neighbours on every side,
//! so that a sampler that blends sees no seam.

use std::io::Cursor;

use image::ImageDecoder;
use image::codecs::jpeg::JpegDecoder;

use super::BasemapError;

/// Pixels along a tile's side: 512 of its own and one of each neighbour.
pub const RELIEF_SIZE: u32 = 514;

/// Levels of the pyramid: tiles have z from 0 to one less.
pub const RELIEF_LEVELS: u8 = 5;

/// Samples along the side of the planes kept at half the resolution: one for two pixels, and one more
/// on every side.
const HALF: usize = 258;

/// The coast plane counts distances from here, so that a little land is told apart too.
const COAST_ZERO: u8 = 64;

/// One square of relief.
#[derive(Clone, Debug)]
pub struct ReliefTile {
    /// Pixels along a side: [`RELIEF_SIZE`].
    pub size: u32,
    /// Rows from the north, four bytes a pixel.
    /// Red: shaded relief, 128 flat, less in shadow, more in light, 128 at sea.
    /// Green: height, 128 at sea level; see [`depth_or_height_m`].
    /// Blue: distance from the coast on the sea's side, 0 at the coast and on land, 255 at 12 pixels
    /// of this level and more.
    /// Alpha: 255.
    pub rgba: Vec<u8>,
}

/// The height (or depth, negative) in metres that a green value stands for: `±8000 ((v − 128) / 127)²`.
#[must_use]
pub fn depth_or_height_m(green: u8) -> f32 {
    let share = (f32::from(green) - 128.0) / 127.0;
    8000.0 * share * share.abs()
}

/// One channel as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Plane<'a> {
    Even(u8),
    Picture(&'a [u8]),
}

/// Relief at full resolution, height and coast at half.
pub(super) fn decode([relief, height, coast]: [Plane<'_>; 3]) -> Result<ReliefTile, BasemapError> {
    let size = RELIEF_SIZE as usize;
    let mut rgba = vec![255; size * size * 4];
    match relief {
        Plane::Even(value) => rgba.chunks_exact_mut(4).for_each(|pixel| pixel[0] = value),
        Plane::Picture(bytes) => {
            let picture = grey_picture(bytes, size)?;
            rgba.chunks_exact_mut(4).zip(picture).for_each(|(pixel, value)| pixel[0] = value);
        }
    }
    fill_doubled(&mut rgba, 1, height, |value| value)?;
    fill_doubled(&mut rgba, 2, coast, |value| {
        let past = u16::from(value.saturating_sub(COAST_ZERO));
        (past * 255 / u16::from(255 - COAST_ZERO)) as u8
    })?;
    Ok(ReliefTile { size: RELIEF_SIZE, rgba })
}

/// Writes a plane of half resolution into one channel, blended between its samples.
fn fill_doubled(
    rgba: &mut [u8],
    channel: usize,
    plane: Plane<'_>,
    meaning: impl Fn(u8) -> u8,
) -> Result<(), BasemapError> {
    let bytes = match plane {
        Plane::Even(value) => {
            let value = meaning(value);
            rgba.chunks_exact_mut(4).for_each(|pixel| pixel[channel] = value);
            return Ok(());
        }
        Plane::Picture(bytes) => bytes,
    };
    let meanings: Vec<u8> = (0..=255).map(meaning).collect();
    let samples = grey_picture(bytes, HALF)?;
    let size = RELIEF_SIZE as usize;
    let mut blended = [0u16; HALF];
    for (y, row) in rgba.chunks_exact_mut(size * 4).enumerate() {
        let (first, second) = if y % 2 == 0 { (3, 1) } else { (1, 3) };
        let above = &samples[y / 2 * HALF..][..HALF];
        let below = &samples[(y / 2 + 1) * HALF..][..HALF];
        for (out, (&a, &b)) in blended.iter_mut().zip(above.iter().zip(below)) {
            *out = first * u16::from(a) + second * u16::from(b);
        }
        for (pair, near) in row.chunks_exact_mut(8).zip(blended.windows(2)) {
            pair[channel] = meanings[usize::from((3 * near[0] + near[1] + 8) / 16)];
            pair[channel + 4] = meanings[usize::from((near[0] + 3 * near[1] + 8) / 16)];
        }
    }
    Ok(())
}

/// A grey JPEG of exactly `side` by `side`; its size is checked before anything is allocated.
fn grey_picture(bytes: &[u8], side: usize) -> Result<Vec<u8>, BasemapError> {
    let damaged = |reason| BasemapError::Damaged { part: "relief", reason };
    let decoder = JpegDecoder::new(Cursor::new(bytes))?;
    let (width, height) = decoder.dimensions();
    if (width as usize, height as usize) != (side, side) {
        return Err(damaged("a picture has the wrong size"));
    }
    if decoder.color_type() != image::ColorType::L8 {
        return Err(damaged("a picture is not grey"));
    }
    let mut pixels = vec![0; side * side];
    decoder.read_image(&mut pixels)?;
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_grow_with_the_value_and_the_sea_is_at_128() {
        assert_eq!(depth_or_height_m(128), 0.0);
        assert_eq!(depth_or_height_m(255), 8000.0);
        assert!((1..=255).all(|value| depth_or_height_m(value) > depth_or_height_m(value - 1)));
    }

    #[test]
    fn an_even_tile_needs_no_picture() {
        let tile = decode([Plane::Even(128), Plane::Even(101), Plane::Even(255)]).expect("a tile");
        assert_eq!(tile.rgba[..4], [128, 101, 255, 255]);
        assert_eq!(tile.rgba.len(), 514 * 514 * 4);
    }
}
