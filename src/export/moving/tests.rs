//! What was written is read again by other readers and looks as it should.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{AnimationDecoder, Rgba};

use super::*;

const SIZE: (u32, u32) = (40, 30);

/// A soft gradient in many colours with a square in one strong colour, which moves.
fn frame(square_left: u32) -> RgbaImage {
    RgbaImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let is_square = (square_left..square_left + 3).contains(&x) && (10..13).contains(&y);
        let [x, y] = [x, y].map(|it| u8::try_from(it).unwrap());
        if is_square { Rgba([190, 20, 110, 255]) } else { Rgba([200 + x, 210 + y, 180 + (x ^ y), 255]) }
    })
}

fn written(moving: Moving, frames: &[(RgbaImage, u32)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let count = u32::try_from(frames.len()).unwrap();
    let mut reel = Reel::begin(moving, &mut bytes, frames[0].0.dimensions(), count).unwrap();
    for (frame, delay_ms) in frames {
        reel.push(frame, *delay_ms).unwrap();
    }
    reel.finish().unwrap();
    bytes
}

/// The frames as they are seen, and hundredths of a second; and how many pixels were written for each.
fn seen_in_gif(bytes: &[u8]) -> Vec<(RgbaImage, u16, usize)> {
    let mut decoder = gif::DecodeOptions::new().read_info(bytes).unwrap();
    assert_eq!(decoder.repeat(), gif::Repeat::Infinite);
    let mut canvas = RgbaImage::new(decoder.width().into(), decoder.height().into());
    let mut seen = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let palette = frame.palette.as_ref().unwrap();
        for (at, index) in
            frame.buffer.iter().enumerate().filter(|(_, index)| Some(**index) != frame.transparent)
        {
            let (x, y) = (at % usize::from(frame.width), at / usize::from(frame.width));
            let colour = &palette[usize::from(*index) * 3..][..3];
            let [x, y] = [x + usize::from(frame.left), y + usize::from(frame.top)].map(|it| it as u32);
            canvas.put_pixel(x, y, Rgba([colour[0], colour[1], colour[2], 255]));
        }
        seen.push((canvas.clone(), frame.delay, frame.buffer.len()));
    }
    seen
}

fn seen_in_apng(bytes: &[u8]) -> Vec<image::Frame> {
    let decoder = PngDecoder::new(Cursor::new(bytes)).unwrap().apng().unwrap();
    decoder.into_frames().collect_frames().unwrap()
}

#[test]
fn an_apng_shows_each_frame_exactly_for_its_time() {
    let still = frame(20);
    let mut glass = frame(5);
    glass.put_pixel(5, 5, Rgba([10, 20, 30, 128]));
    let frames = [(frame(5), 40), (still.clone(), 33), (still, 70_000), (glass, 1), (frame(5), 250)];
    let seen = seen_in_apng(&written(Moving::Apng, &frames));
    assert_eq!(seen.len(), frames.len());
    for (seen, (frame, delay_ms)) in seen.into_iter().zip(&frames) {
        let (numerator, denominator) = seen.delay().numer_denom_ms();
        assert_eq!(numerator, delay_ms * denominator);
        assert!(seen.into_buffer() == *frame, "{delay_ms}");
    }
}

#[test]
fn a_gif_shows_each_frame_nearly_and_few_colours_exactly() {
    let frames = [(frame(5), 40), (frame(20), 40), (frame(20), 40), (frame(30), 40)];
    let seen = seen_in_gif(&written(Moving::Gif, &frames));
    assert_eq!(seen.len(), 4);
    for ((seen, _, _), (frame, _)) in seen.iter().zip(&frames) {
        let apart = seen.as_raw().iter().zip(frame.as_raw()).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(apart.unwrap() <= 12, "{apart:?}");
    }
    assert_eq!(seen[1].0.get_pixel(21, 11), &Rgba([190, 20, 110, 255]));
    let two = RgbaImage::from_fn(9, 9, |x, _| Rgba([u8::try_from(x % 2).unwrap() * 255, 0, 7, 255]));
    assert!(seen_in_gif(&written(Moving::Gif, &[(two.clone(), 100)]))[0].0 == two);
}

#[test]
fn only_what_changed_is_written() {
    let frames = [(frame(5), 40), (frame(20), 40), (frame(20), 40)];
    let sizes = seen_in_gif(&written(Moving::Gif, &frames)).into_iter().map(|(_, _, size)| size);
    assert_eq!(sizes.collect::<Vec<_>>(), [40 * 30, 18 * 3, 1]);
    let still = vec![(frame(5), 40); 50];
    let (one, fifty) = (written(Moving::Apng, &still[..1]), written(Moving::Apng, &still));
    assert!(fifty.len() < one.len() + 50 * 100);
}

#[test]
fn a_gif_keeps_time_over_many_frames() {
    let frames = vec![(frame(5), 33); 30];
    let hundredths =
        seen_in_gif(&written(Moving::Gif, &frames)).iter().map(|it| u32::from(it.1)).sum::<u32>();
    assert_eq!(hundredths, 99);
    let quick = seen_in_gif(&written(Moving::Gif, &[(frame(5), 1), (frame(6), 0)]));
    assert_eq!(quick.iter().map(|it| it.1).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn frames_and_sizes_that_do_not_fit_are_refused() {
    let begin = |moving, size, frames| Reel::begin(moving, Vec::new(), size, frames);
    assert!(matches!(begin(Moving::Pngs, SIZE, 1), Err(MovingError::ManyFiles)));
    assert!(matches!(begin(Moving::Gif, SIZE, 0), Err(MovingError::NoFrames)));
    assert!(matches!(begin(Moving::Gif, (70_000, 2), 1), Err(MovingError::Size { width: 70_000, .. })));
    assert!(matches!(begin(Moving::Apng, (0, 2), 1), Err(MovingError::Size { .. })));
    for moving in [Moving::Apng, Moving::Gif] {
        let mut reel = begin(moving, SIZE, 2).unwrap();
        assert!(matches!(reel.push(&RgbaImage::new(1, 1), 9), Err(MovingError::FrameSize { .. })));
        reel.push(&frame(1), 9).unwrap();
        reel.push(&frame(2), 9).unwrap();
        assert!(matches!(reel.push(&frame(3), 9), Err(MovingError::FrameCount { promised: 2, written: 3 })));
        let reel = begin(moving, SIZE, 2).unwrap();
        assert!(matches!(reel.finish(), Err(MovingError::FrameCount { promised: 2, written: 0 })));
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let mut space = [0_u8; 700];
    let mut reel = Reel::begin(Moving::Gif, space.as_mut_slice(), SIZE, 1).unwrap();
    assert!(matches!(reel.push(&frame(1), 9), Err(MovingError::Gif(gif::EncodingError::Io(_)))));
    let mut space = [0_u8; 200];
    let mut reel = Reel::begin(Moving::Apng, space.as_mut_slice(), SIZE, 1).unwrap();
    assert!(matches!(reel.push(&frame(1), 9), Err(MovingError::Apng(png::EncodingError::IoError(_)))));
}
