//! Placed glyphs as lines of text again: which character each stands for, and what stands on one baseline.

use std::collections::HashMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::paper::{Letter, Span, TextLine};
use crate::scene::{PlacedGlyph, TextRun};
use crate::theme::Font;

/// Characters that look like another and share its glyph: radicals, whose glyphs are those of Han characters.
const RADICALS: std::ops::RangeInclusive<u32> = 0x2E80..=0x2FDF;
/// Where no character has a glyph.
const UNKNOWN: char = '\u{FFFD}';
/// Letters of one line lie on its baseline to this share of their size.
const OFF_LINE: f32 = 0.05;
/// More room than this between letters, as a share of their size, parts two lines; less than none overlaps.
const APART: std::ops::Range<f32> = -0.5..1.0;

/// The fonts read the other way round: from glyph to character.
#[derive(Default)]
pub(super) struct Characters {
    fonts: HashMap<Font, Option<Read>>,
}

struct Read {
    font: FontRef<'static>,
    /// By glyph.
    characters: Vec<char>,
}

impl Read {
    fn new(font: Font) -> Option<Self> {
        let read = FontRef::new(font.bytes()).ok()?;
        let mut characters: Vec<char> = Vec::new();
        let mut mapped: Vec<(u32, GlyphId)> =
            read.charmap().mappings().filter(|(code, _)| *code >= 0x20).collect();
        // The first to come stays: low codes before high ones, radicals last.
        mapped.sort_unstable_by_key(|(code, _)| (RADICALS.contains(code), *code));
        for (code, glyph) in mapped {
            let glyph = glyph.to_u32() as usize;
            if glyph >= characters.len() {
                characters.resize(glyph + 1, UNKNOWN);
            }
            if characters[glyph] == UNKNOWN {
                characters[glyph] = char::from_u32(code).unwrap_or(UNKNOWN);
            }
        }
        Some(Self { font: read, characters })
    }
}

impl Characters {
    /// The character and the advance of a glyph, in points.
    fn of(&mut self, glyph: &PlacedGlyph, size: f32) -> (char, f32) {
        let read = self.fonts.entry(glyph.font).or_insert_with(|| Read::new(glyph.font));
        let Some(read) = read else { return (UNKNOWN, size / 2.0) };
        let metrics = read.font.glyph_metrics(Size::new(size), LocationRef::default());
        let advance = metrics.advance_width(GlyphId::new(u32::from(glyph.glyph)));
        let character = read.characters.get(usize::from(glyph.glyph)).copied().unwrap_or(UNKNOWN);
        (character, advance.unwrap_or(size / 2.0))
    }

    /// The lines of a run, in their order.
    pub(super) fn lines(&mut self, run: &TextRun) -> Vec<TextLine> {
        let mut lines: Vec<TextLine> = Vec::new();
        for glyph in &run.glyphs {
            let (character, advance) = self.of(glyph, run.size);
            let continued = lines.last().and_then(|line| continues(line, glyph));
            let letter = Letter { character, glyph: glyph.glyph, along: continued.unwrap_or(0.0), advance };
            match lines.last_mut() {
                Some(line) if continued.is_some() => push(line, glyph.font, letter),
                _ => lines.push(TextLine {
                    at: glyph.at,
                    angle: glyph.angle,
                    size: run.size,
                    colour: run.colour.faded(run.opacity),
                    halo: run.halo.map(|(colour, width)| (colour.faded(run.opacity), width)),
                    spans: vec![Span { font: glyph.font, letters: vec![letter] }],
                }),
            }
        }
        lines
    }
}

fn push(line: &mut TextLine, font: Font, letter: Letter) {
    match line.spans.last_mut() {
        Some(span) if span.font == font => span.letters.push(letter),
        _ => line.spans.push(Span { font, letters: vec![letter] }),
    }
}

/// How far along the line a glyph stands, where it goes on with it.
fn continues(line: &TextLine, glyph: &PlacedGlyph) -> Option<f32> {
    if glyph.angle != line.angle {
        return None;
    }
    let (s, c) = line.angle.sin_cos();
    let (dx, dy) = (glyph.at[0] - line.at[0], glyph.at[1] - line.at[1]);
    let (along, off) = (c * dx + s * dy, c * dy - s * dx);
    let last = line.spans.last()?.letters.last()?;
    let room = (along - last.along - last.advance) / line.size;
    (off.abs() <= OFF_LINE * line.size && APART.contains(&room)).then_some(along)
}

/// Whether anything of a line may be seen on a scene of that size.
pub(super) fn is_seen(line: &TextLine, size: [f32; 2]) -> bool {
    let length = line.spans.iter().flat_map(|span| &span.letters).map(|letter| letter.along + letter.advance);
    let length = length.fold(0.0, f32::max);
    let (s, c) = line.angle.sin_cos();
    let end = [line.at[0] + c * length, line.at[1] + s * length];
    (0..2).all(|axis| {
        line.at[axis].max(end[axis]) >= -line.size && line.at[axis].min(end[axis]) <= size[axis] + line.size
    })
}

/// All characters of a line.
#[cfg(test)]
pub(super) fn words(line: &TextLine) -> String {
    line.spans.iter().flat_map(|span| &span.letters).map(|letter| letter.character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Face, Rgba};

    /// A text set as the scene sets it.
    fn set(text: &str, at: [f32; 2], angle: f32) -> Vec<PlacedGlyph> {
        let mut x = 0.0;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let found = Face::Ui.fonts().iter().find_map(|&font| {
                let read = FontRef::new(font.bytes()).expect("the fonts read");
                let glyph = read.charmap().map(c)?;
                let metrics = read.glyph_metrics(Size::new(12.0), LocationRef::default());
                Some((font, glyph.to_u32() as u16, metrics.advance_width(glyph).unwrap_or(6.0)))
            });
            let (font, glyph, advance) = found.expect("the character has a glyph");
            let (s, c) = angle.sin_cos();
            glyphs.push(PlacedGlyph { font, glyph, at: [at[0] + c * x, at[1] + s * x], angle });
            x += advance;
        }
        glyphs
    }

    fn run(glyphs: Vec<PlacedGlyph>) -> TextRun {
        TextRun { size: 12.0, colour: Rgba([0, 0, 0, 255]), halo: None, opacity: 1.0, glyphs }
    }

    #[test]
    fn three_scripts_come_back_as_they_were_written() {
        for text in ["Khorgos / 霍尔果斯 / 호르고스", "Đồng Đăng–中国 1,435 mm", "Москва, Zamyn-Üüd"]
        {
            let lines = Characters::default().lines(&run(set(text, [10.0, 20.0], 0.0)));
            assert_eq!(lines.len(), 1, "{text}");
            assert_eq!(words(&lines[0]), text);
        }
    }

    #[test]
    fn a_second_line_and_a_far_word_stand_alone() {
        let mut glyphs = set("South China", [10.0, 20.0], 0.3);
        glyphs.extend(set("Sea", [10.0, 34.0], 0.3));
        glyphs.extend(set("Aral", [200.0, 34.0], 0.3));
        let lines = Characters::default().lines(&run(glyphs));
        let texts: Vec<_> = lines.iter().map(words).collect();
        assert_eq!(texts, ["South China", "Sea", "Aral"]);
        assert!((lines[0].angle - 0.3).abs() < 1e-6);
    }

    #[test]
    fn what_stands_beside_the_scene_is_not_seen() {
        let line = |at| Characters::default().lines(&run(set("Aral", at, 0.0))).remove(0);
        assert!(is_seen(&line([-20.0, 20.0]), [100.0, 100.0]));
        assert!(!is_seen(&line([-60.0, 20.0]), [100.0, 100.0]));
        assert!(!is_seen(&line([20.0, 130.0]), [100.0, 100.0]));
    }
}
