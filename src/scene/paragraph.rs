//! Running text in lines of a given width: captions and the pages of a handout.

use super::draw::{PlacedGlyph, TextRun};
use super::names::Names;
use super::text::TextStyle;
use crate::theme::{Rgba, TypeStyle};

/// Text as it will stand: its lines, and the height that they take, in points.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    lines: Vec<String>,
    style: TextStyle,
    line_height: f32,
    /// Of the longest line, in points.
    width: f32,
}

/// What a line may be broken after: a space, the dash between two names, or any character of Chinese.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, ' ' | '–') || ('\u{2e80}'..='\u{9fff}').contains(&c) {
            pieces.push(&text[from..end]);
            from = end;
        }
    }
    pieces.push(&text[from..]);
    pieces
}

impl Paragraph {
    /// Breaks `text` into lines of at most `width` points; a line break in it stays one.
    pub(super) fn new(names: &mut Names, text: &str, (style, scale): (TypeStyle, f32), width: f32) -> Self {
        let set = TextStyle {
            face: style.face,
            size: style.size * scale,
            tracking_em: style.tracking / style.size,
            is_upper: false,
        };
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for piece in pieces(paragraph) {
                let longer = format!("{line}{piece}");
                if !line.is_empty() && names.layout(longer.trim_end(), set).width > width {
                    lines.push(std::mem::replace(&mut line, piece.to_owned()));
                } else {
                    line = longer;
                }
            }
            lines.push(line);
        }
        let widths = lines.iter().map(|line| names.layout(line.trim_end(), set).width);
        let width = widths.fold(0.0, f32::max);
        Self { lines, style: set, line_height: style.line * scale, width }
    }

    pub(super) fn width(&self) -> f32 {
        self.width
    }

    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * self.line_height
    }

    /// The lines from the upper left corner `at` down.
    pub(super) fn runs(&self, names: &mut Names, at: [f32; 2], colour: Rgba) -> Vec<TextRun> {
        let place = |(number, line): (usize, &String)| {
            let layout = names.layout(line.trim_end(), self.style);
            let middle = at[1] + (number as f32 + 0.5) * self.line_height;
            let base = middle + self.style.size * 0.36;
            let glyphs = layout.glyphs.iter();
            let glyphs =
                glyphs.map(|glyph| PlacedGlyph { at: [at[0] + glyph.at[0], base], ..*glyph }).collect();
            TextRun { size: layout.size, colour, halo: None, opacity: 1.0, glyphs }
        };
        self.lines.iter().enumerate().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Face;

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters_and_lose_nothing() {
        let style = TypeStyle { face: Face::Ui, size: 16.0, line: 24.0, tracking: 0.0, is_upper: false };
        let mut names = Names::default();
        for text in [
            "A sentence of several words that is long",
            "霍尔果斯国际边境合作中心在中国和哈萨克斯坦",
            "one\ntwo",
        ] {
            let paragraph = Paragraph::new(&mut names, text, (style, 1.0), 120.0);
            assert!(paragraph.lines.len() > 1, "{text}");
            assert_eq!(paragraph.lines.concat(), text.replace('\n', ""));
            for line in &paragraph.lines {
                assert!(names.layout(line.trim_end(), paragraph.style).width <= 120.0, "{line}");
            }
        }
    }
}
