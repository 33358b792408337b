//! A step of a tour on paper: its caption on the picture, or its words on a page below it.

use super::super::draw::{Item, Layer, Scene, TextRun};
use super::super::names::Names;
use super::super::paragraph::Paragraph;
use super::super::scenery::Scenery;
use super::{Desk, MARGIN};
use crate::catalog::words;
use crate::geo::{Camera, LonLat, Size, Viewport};
use crate::theme::{Rgba, Theme, TypeStyle};

/// The caption, as in the window: from the edges, widest, and around its words.
const EDGE: f32 = 40.0;
const WIDEST: f32 = 612.0;
const INSET: [f32; 2] = [32.0, 24.0];
const BETWEEN: f32 = 8.0;

impl Desk<'_> {
    /// Title and caption on a card in the lower left corner.
    pub(super) fn caption(&mut self, [title, caption]: [&str; 2]) {
        let (text, scale) = (&self.looks.tokens().text, self.looks.scale().text);
        let width = WIDEST.min(self.size.width as f32 - 2.0 * EDGE) - 2.0 * INSET[0];
        let mut lines = Vec::new();
        for (text, style) in [(title, text.title_presenter), (caption, text.presenter_text)] {
            if !text.is_empty() {
                lines.push(Paragraph::new(self.names, text, (style, scale), width));
            }
        }
        let width = lines.iter().map(Paragraph::width).fold(0.0, f32::max);
        let between = BETWEEN * lines.len().saturating_sub(1) as f32;
        let height = lines.iter().map(Paragraph::height).sum::<f32>() + 2.0 * INSET[1] + between;
        if lines.is_empty() {
            return;
        }
        let corner = [EDGE, self.size.height as f32 - EDGE - height];
        let (panel, ink) = (self.looks.colours().surface.panel, self.looks.colours().text.primary);
        self.paper(corner, [width + 2.0 * INSET[0], height], panel);
        let mut top = corner[1] + INSET[1];
        for paragraph in lines {
            self.runs.extend(paragraph.runs(self.names, [corner[0] + INSET[0], top], ink));
            top += paragraph.height() + BETWEEN;
        }
    }

    /// Whom the map thanks, in the lower right corner.
    pub(super) fn thanks(&mut self) {
        let style = self.scaled(self.looks.tokens().text.chip);
        let (veil, ink) = (self.looks.colours().surface.veil, self.looks.colours().text.secondary);
        let text = words::attribution(self.strings);
        let size = [self.names.layout(&text, style).width + 16.0, style.size + 10.0];
        let corner = [self.size.width as f32 - MARGIN - size[0], self.size.height as f32 - MARGIN - size[1]];
        self.paper(corner, size, veil);
        self.words(&text, style, ([corner[0] + 8.0, corner[1] + 5.0 + style.size * 0.82], ink));
    }
}

/// Words of a page, each in its style, one under the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageText {
    Title,
    Reading,
    Notes,
    /// A heading over what follows.
    Caption,
    Small,
}

/// A page of text alone, with words from its upper left corner down; how far down they reach, in points.
#[must_use]
pub fn text_page(scenery: &Scenery, size: Size, texts: &[(PageText, String)]) -> (Scene, f32) {
    let looks = scenery.looks(Theme::Light);
    let (tokens, colours) = (&looks.tokens().text, looks.colours());
    let mut names = Names::default();
    let mut runs: Vec<TextRun> = Vec::new();
    let mut top = 0.0;
    for (kind, text) in texts {
        let (style, ink, above): (TypeStyle, Rgba, f32) = match kind {
            PageText::Title => (tokens.title, colours.text.primary, 0.0),
            PageText::Reading => (tokens.reading, colours.text.primary, 6.0),
            PageText::Notes => (tokens.body, colours.text.primary, 4.0),
            PageText::Caption => (tokens.caption, colours.text.secondary, 14.0),
            PageText::Small => (tokens.small, colours.text.secondary, 2.0),
        };
        top += above;
        let paragraph = Paragraph::new(&mut names, text, (style, 1.0), size.width as f32);
        runs.extend(paragraph.runs(&mut names, [0.0, top], ink));
        top += paragraph.height();
    }
    let viewport = Viewport::new(Camera::new(LonLat::new(0.0, 0.0), 2.0), size);
    let layers = vec![Layer { name: "words", opacity: 1.0, items: vec![Item::Text(runs)] }];
    (Scene { viewport, ground: None, layers }, top)
}
