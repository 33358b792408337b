//! Whether the atlas has the letters of a text, and how much room they take on the audience's card.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::scene::{Looks, pieces};
use crate::theme::{Face, TypeStyle};

/// The card that is read, in points: its words' width, and the height that leaves the map to be seen.
const WIDTH: f32 = 548.0;
const HEIGHT: f32 = 300.0;
/// Around and between title and caption.
const AROUND: f32 = 56.0;

/// The fonts of the audience's card.
pub(super) struct Letters<'a> {
    title: Set<'a>,
    caption: Set<'a>,
}

/// A style with its fonts, the first that has a letter draws it.
struct Set<'a> {
    style: TypeStyle,
    fonts: Vec<FontRef<'a>>,
}

impl Set<'_> {
    fn new(style: TypeStyle, scale: f32) -> Self {
        let fonts = fonts(style.face);
        Self { style: TypeStyle { size: style.size * scale, line: style.line * scale, ..style }, fonts }
    }

    fn width(&self, c: char) -> Option<f32> {
        self.fonts.iter().find_map(|font| {
            let glyph = font.charmap().map(c)?;
            font.glyph_metrics(Size::new(self.style.size), LocationRef::default()).advance_width(glyph)
        })
    }

    /// The height of the text in lines that are at most `WIDTH` long.
    fn height(&self, text: &str) -> f32 {
        if text.is_empty() {
            return 0.0;
        }
        let (mut lines, mut used) = (1.0, 0.0);
        for word in pieces(text) {
            let width: f32 = word.chars().filter_map(|c| self.width(c)).sum();
            let shown: f32 = word.trim_end().chars().filter_map(|c| self.width(c)).sum();
            if used > 0.0 && used + shown > WIDTH {
                lines += 1.0;
                used = 0.0;
            }
            used += width;
        }
        lines * self.style.line
    }
}

fn fonts(face: Face) -> Vec<FontRef<'static>> {
    face.fonts().iter().filter_map(|font| FontRef::new(font.bytes()).ok()).collect()
}

impl Letters<'_> {
    pub(super) fn new(looks: &Looks) -> Self {
        let (text, scale) = (&looks.tokens().text, looks.scale().text);
        Self { title: Set::new(text.title_presenter, scale), caption: Set::new(text.presenter_text, scale) }
    }

    /// The characters of a text that cannot be drawn, each once.
    pub(super) fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for c in text.chars().filter(|c| !c.is_control()) {
            if self.caption.width(c).is_none() && !missing.contains(&c) {
                missing.push(c);
            }
        }
        missing
    }

    /// Whether title and caption leave the map to be seen.
    pub(super) fn fit_card(&self, [title, caption]: [&str; 2]) -> bool {
        self.title.height(title) + self.caption.height(caption) + AROUND <= HEIGHT
    }
}
