//! Text on the map, laid out without a window: glyphs, advances, kerning, two or three lines at most.

use std::collections::HashMap;
use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

use super::draw::PlacedGlyph;
use crate::theme::{Face, Font};

/// How a name is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TextStyle {
    pub face: Face,
    /// Of the em, in points.
    pub size: f32,
    /// Added between Latin letters, as a share of the size.
    pub tracking_em: f32,
    /// Latin letters in capitals.
    pub is_upper: bool,
}

/// A line of text with its origin at the left end of its baseline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub size: f32,
    pub width: f32,
    /// From the baseline to the top of capitals.
    pub cap_height: f32,
    pub glyphs: Vec<PlacedGlyph>,
}

/// Share of the em that capitals and Han characters rise above the baseline.
const CAP_SHARE: f32 = 0.73;

/// The embedded fonts, read once, and what was laid out with them.
#[derive(Default)]
pub(super) struct Typesetter {
    fonts: HashMap<Font, FontRef<'static>>,
    laid: HashMap<Key, Arc<Layout>>,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typesetter").field("laid", &self.laid.len()).finish_non_exhaustive()
    }
}

/// Text, face, size in hundredths of a point, tracking in hundredths of the em.
type Key = (String, Face, i32, i32, bool);

/// Layouts kept before all are dropped: more than any view shows.
const MOST_LAID: usize = 8_000;

impl Typesetter {
    /// The line, from the cache where it was laid out before.
    pub(super) fn layout(&mut self, text: &str, style: TextStyle) -> Arc<Layout> {
        let hundredths = |value: f32| (value * 100.0).round() as i32;
        let key = (
            text.to_owned(),
            style.face,
            hundredths(style.size),
            hundredths(style.tracking_em),
            style.is_upper,
        );
        if let Some(layout) = self.laid.get(&key) {
            return Arc::clone(layout);
        }
        if self.laid.len() > MOST_LAID {
            self.laid.clear();
        }
        let layout = Arc::new(self.set(text, style));
        self.laid.insert(key, Arc::clone(&layout));
        layout
    }

    fn set(&mut self, text: &str, style: TextStyle) -> Layout {
        let shown: String = if style.is_upper { text.to_uppercase() } else { text.to_owned() };
        let mut glyphs = Vec::new();
        let mut x = 0.0;
        let mut last_tracking = 0.0;
        for c in shown.nfc() {
            let Some((font, glyph, advance)) = self.glyph(c, style) else { continue };
            glyphs.push(PlacedGlyph { font, glyph, at: [x, 0.0], angle: 0.0 });
            last_tracking = if is_latin(c) { style.tracking_em * style.size } else { 0.0 };
            x += advance + last_tracking;
        }
        Layout {
            size: style.size,
            width: (x - last_tracking).max(0.0),
            cap_height: style.size * CAP_SHARE,
            glyphs,
        }
    }

    /// The first font of the face that has the character.
    fn glyph(&mut self, c: char, style: TextStyle) -> Option<(Font, u16, f32)> {
        for &font in style.face.fonts() {
            if let std::collections::hash_map::Entry::Vacant(entry) = self.fonts.entry(font)
                && let Ok(read) = FontRef::new(font.bytes())
            {
                entry.insert(read);
            }
            let Some(read) = self.fonts.get(&font) else { continue };
            if let Some(glyph) = read.charmap().map(c) {
                let metrics = read.glyph_metrics(Size::new(style.size), LocationRef::default());
                let advance = metrics.advance_width(glyph).unwrap_or(style.size / 2.0);
                return Some((font, glyph.to_u32() as u16, advance));
            }
        }
        None
    }
}

/// The glyph of a character in the first font of a face that has one.
#[must_use]
pub fn letter(face: Face, c: char) -> Option<(Font, u16)> {
    face.fonts().iter().find_map(|&font| {
        let glyph = FontRef::new(font.bytes()).ok()?.charmap().map(c)?;
        Some((font, glyph.to_u32() as u16))
    })
}

fn is_latin(c: char) -> bool {
    (c as u32) < 0x1100
}

/// A long name in two lines of about equal length, broken at a space; short names stay whole.
#[must_use]
pub(super) fn balanced(text: &str, most_chars: usize) -> Vec<&str> {
    let length = text.chars().count();
    if length <= most_chars || !text.contains(' ') {
        return vec![text];
    }
    let middle = text.len() / 2;
    let breaks = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    let Some(at) = breaks.min_by_key(|at| at.abs_diff(middle)) else { return vec![text] };
    vec![&text[..at], &text[at + 1..]]
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: TextStyle = TextStyle { face: Face::Ui, size: 12.0, tracking_em: 0.0, is_upper: false };

    #[test]
    fn three_scripts_and_marks_have_glyphs() {
        let mut typesetter = Typesetter::default();
        for text in ["Huò’ěrguǒsī", "Đồng Đăng", "霍尔果斯", "호르고스", "Москва", "Zamyn-Üüd"]
        {
            let layout = typesetter.layout(text, STYLE);
            assert_eq!(layout.glyphs.len(), text.nfc().count(), "{text}");
            assert!(layout.width > 10.0);
        }
    }

    #[test]
    fn tracking_widens_latin_only() {
        let mut typesetter = Typesetter::default();
        let wide = TextStyle { tracking_em: 0.35, ..STYLE };
        assert!(typesetter.layout("CHINA", wide).width > typesetter.layout("CHINA", STYLE).width);
        assert!(
            (typesetter.layout("中国", wide).width - typesetter.layout("中国", STYLE).width).abs() < 0.01
        );
    }

    #[test]
    fn long_names_break_near_their_middle() {
        assert_eq!(balanced("South China Sea", 8), ["South", "China Sea"]);
        assert_eq!(balanced("Aral", 8), ["Aral"]);
    }
}
