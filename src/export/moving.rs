//! A moving picture from a stream of frames, one file for all of them: APNG or GIF.
//!
//! Frames come one at a time and only the last one is kept. What did not change since is not written
//! again. The picture plays without end.

mod palette;

use std::borrow::Cow;
use std::fmt;
use std::io::Write;

use image::RgbaImage;
use thiserror::Error;

use palette::Palette;

/// The kinds of moving pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moving {
    /// All colours, for browsers and slides; larger than a GIF.
    Apng,
    /// 255 colours a frame, for everything that shows pictures.
    Gif,
    /// A numbered PNG file for each frame, for programs that cut films: [`Reel`] writes none of them.
    Pngs,
}

/// Why a moving picture was not written.
#[derive(Debug, Error)]
pub enum MovingError {
    #[error("a sequence of PNG files is not one moving picture")]
    ManyFiles,
    #[error("a moving picture needs a frame")]
    NoFrames,
    #[error("a picture of {width} × {height} pixels does not fit the format")]
    Size { width: u32, height: u32 },
    #[error("a frame has {width} × {height} pixels, unlike the picture")]
    FrameSize { width: u32, height: u32 },
    #[error("{written} of {promised} frames came")]
    FrameCount { promised: u32, written: u32 },
    #[error("the APNG was not written")]
    Apng(#[from] png::EncodingError),
    #[error("the GIF was not written")]
    Gif(#[from] gif::EncodingError),
}

/// A moving picture that is being written.
pub struct Reel<W: Write> {
    format: Format<W>,
    width: u32,
    height: u32,
    promised: u32,
    written: u32,
    /// The frame before, as RGBA; empty before the first.
    last: Vec<u8>,
}

enum Format<W: Write> {
    Apng(Box<png::Writer<W>>),
    Gif(Box<Gif<W>>),
}

struct Gif<W: Write> {
    encoder: gif::Encoder<W>,
    palette: Palette,
    /// What rounding to hundredths of a second has kept back so far.
    owed_ms: u32,
}

impl<W: Write> fmt::Debug for Reel<W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reel")
            .field("width", &self.width)
            .field("height", &self.height)
            .field("promised", &self.promised)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}

/// Pixels from the left and the top, and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl<W: Write> Reel<W> {
    /// Begins a picture of (width, height) pixels and so many frames, neither of them 0. GIF takes at most
    /// 65,535 pixels each way, APNG 2,147,483,647.
    pub fn begin(moving: Moving, output: W, size: (u32, u32), frames: u32) -> Result<Self, MovingError> {
        let (width, height) = size;
        if frames == 0 {
            return Err(MovingError::NoFrames);
        }
        let most = if moving == Moving::Gif { u32::from(u16::MAX) } else { u32::MAX >> 1 };
        if !(1..=most).contains(&width) || !(1..=most).contains(&height) {
            return Err(MovingError::Size { width, height });
        }
        let format = match moving {
            Moving::Apng => {
                let mut encoder = png::Encoder::new(output, width, height);
                encoder.set_color(png::ColorType::Rgba);
                encoder.set_depth(png::BitDepth::Eight);
                encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
                encoder.set_animated(frames, 0)?;
                Format::Apng(Box::new(encoder.write_header()?))
            }
            Moving::Gif => {
                // Each frame brings its colours.
                let mut encoder = gif::Encoder::new(output, short(width), short(height), &[])?;
                encoder.set_repeat(gif::Repeat::Infinite)?;
                Format::Gif(Box::new(Gif { encoder, palette: Palette::default(), owed_ms: 0 }))
            }
            Moving::Pngs => return Err(MovingError::ManyFiles),
        };
        Ok(Self { format, width, height, promised: frames, written: 0, last: Vec::new() })
    }

    /// Adds a frame that stands for `delay_ms`, in APNG at most 655 s. GIF counts hundredths of a second,
    /// two at the least, and makes up for what it rounds at the next frame; it takes all pixels as opaque.
    pub fn push(&mut self, frame: &RgbaImage, delay_ms: u32) -> Result<(), MovingError> {
        let (width, height) = frame.dimensions();
        if (width, height) != (self.width, self.height) {
            return Err(MovingError::FrameSize { width, height });
        }
        if self.written == self.promised {
            return Err(MovingError::FrameCount { promised: self.promised, written: self.written + 1 });
        }
        let pixels = frame.as_raw();
        let part = self.changed_part(pixels);
        let mut changes = self.changes(pixels, &self.last, part);
        if changes.iter().flatten().any(|pixel| pixel[3] < u8::MAX) {
            // What shines through would be laid over the frame before.
            changes = self.changes(pixels, &[], part);
        }
        match &mut self.format {
            Format::Apng(writer) => push_apng(writer, &changes, part, delay_ms)?,
            Format::Gif(gif) => gif.push(&changes, part, delay_ms)?,
        }
        self.last.clone_from(pixels);
        self.written += 1;
        Ok(())
    }

    /// Ends the file, which is whole only then. Fails where fewer frames came than were promised.
    pub fn finish(self) -> Result<(), MovingError> {
        if self.written != self.promised {
            return Err(MovingError::FrameCount { promised: self.promised, written: self.written });
        }
        match self.format {
            Format::Apng(writer) => writer.finish()?,
            Format::Gif(gif) => gif.encoder.into_inner()?.flush().map_err(gif::EncodingError::Io)?,
        }
        Ok(())
    }

    /// The smallest part that holds all pixels that differ from the frame before: the corner pixel where
    /// none does, since a frame cannot be empty.
    fn changed_part(&self, pixels: &[u8]) -> Part {
        let row = self.width as usize * 4;
        if self.last.is_empty() {
            return Part { left: 0, top: 0, width: self.width, height: self.height };
        }
        let rows = pixels.chunks_exact(row).zip(self.last.chunks_exact(row)).enumerate();
        let mut part: Option<(usize, usize, usize, usize)> = None;
        for (y, (new, old)) in rows.filter(|(_, (new, old))| new != old) {
            let differs = |(new, old): (&[u8], &[u8])| new != old;
            let mut columns = new.chunks_exact(4).zip(old.chunks_exact(4));
            let first = columns.clone().position(differs).unwrap_or_default();
            let last = columns.rposition(differs).unwrap_or_default();
            let (left, right, top, _) = part.unwrap_or((first, last, y, y));
            part = Some((left.min(first), right.max(last), top, y));
        }
        let (left, right, top, bottom) = part.unwrap_or_default();
        let [left, top, width, height] = [left, top, right - left + 1, bottom - top + 1].map(|it| it as u32);
        Part { left, top, width, height }
    }

    /// The pixels of a part, row by row: nothing where one is as in `old`.
    fn changes(&self, pixels: &[u8], old: &[u8], part: Part) -> Vec<Option<[u8; 4]>> {
        let mut changes = Vec::with_capacity(part.width as usize * part.height as usize);
        for y in part.top..part.top + part.height {
            let start = (y as usize * self.width as usize + part.left as usize) * 4;
            let span = start..start + part.width as usize * 4;
            let mut old = old.get(span.clone()).unwrap_or_default().chunks_exact(4);
            changes.extend(pixels[span].chunks_exact(4).map(|new| {
                let is_same = old.next() == Some(new);
                (!is_same).then(|| [new[0], new[1], new[2], new[3]])
            }));
        }
        changes
    }
}

impl<W: Write> Gif<W> {
    fn push(&mut self, changes: &[Option<[u8; 4]>], part: Part, delay_ms: u32) -> Result<(), MovingError> {
        // Programs that show pictures slow down what is quicker than two hundredths.
        const LEAST_HUNDREDTHS: u32 = 2;
        self.palette.fit(changes);
        let due_ms = delay_ms.saturating_add(self.owed_ms);
        let delay = (due_ms / 10).clamp(LEAST_HUNDREDTHS, u32::from(u16::MAX));
        self.owed_ms = due_ms.saturating_sub(delay * 10);
        self.encoder.write_frame(&gif::Frame {
            delay: short(delay),
            dispose: gif::DisposalMethod::Keep,
            transparent: Some(self.palette.transparent()),
            left: short(part.left),
            top: short(part.top),
            width: short(part.width),
            height: short(part.height),
            palette: Some(self.palette.table()),
            buffer: Cow::Owned(self.palette.indexed(changes)),
            ..gif::Frame::default()
        })?;
        Ok(())
    }
}

fn push_apng<W: Write>(
    writer: &mut png::Writer<W>,
    changes: &[Option<[u8; 4]>],
    part: Part,
    delay_ms: u32,
) -> Result<(), MovingError> {
    writer.reset_frame_position()?;
    writer.set_frame_dimension(part.width, part.height)?;
    writer.set_frame_position(part.left, part.top)?;
    match u16::try_from(delay_ms) {
        Ok(thousandths) => writer.set_frame_delay(thousandths, 1000)?,
        Err(_) => writer.set_frame_delay(short(delay_ms / 10), 100)?,
    }
    let keeps_some = changes.contains(&None);
    writer.set_blend_op(if keeps_some { png::BlendOp::Over } else { png::BlendOp::Source })?;
    let pixels = changes.iter().flat_map(|change| change.unwrap_or_default());
    writer.write_image_data(&pixels.collect::<Vec<_>>())?;
    Ok(())
}

/// A number in the two bytes that the format has for it.
fn short(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
