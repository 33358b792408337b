//! What the fonts are called where they are not embedded, and what may stand in for them.

use std::collections::HashMap;

use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::theme::Font;

/// A font as a style sheet asks for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Family {
    /// Its own name, then others, with commas.
    pub(super) names: String,
    /// 100 to 900.
    pub(super) weight: u16,
    pub(super) is_italic: bool,
}

/// The families by font, read from the fonts once.
#[derive(Default)]
pub(super) struct Families(HashMap<Font, Family>);

impl Families {
    pub(super) fn of(&mut self, font: Font) -> &Family {
        self.0.entry(font).or_insert_with(|| read(font))
    }
}

fn read(font: Font) -> Family {
    let others = others(font);
    let Ok(file) = FontRef::new(font.bytes()) else {
        return Family { names: others.to_owned(), weight: 400, is_italic: false };
    };
    let name = [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]
        .into_iter()
        .find_map(|id| file.localized_strings(id).english_or_first());
    let names = name.map_or_else(|| others.to_owned(), |name| format!("'{name}', {others}"));
    let attributes = file.attributes();
    let is_italic = attributes.style != skrifa::attribute::Style::Normal;
    Family { names, weight: attributes.weight.value().round() as u16, is_italic }
}

/// What most systems have in its place.
const fn others(font: Font) -> &'static str {
    match font {
        Font::Inter400 | Font::Inter500 | Font::Inter600 => "'Helvetica Neue', 'Segoe UI', Arial, sans-serif",
        Font::Serif600 | Font::SerifItalic400 => "'Source Serif 4', Georgia, 'Times New Roman', serif",
        Font::Mono400 => "Consolas, Menlo, 'DejaVu Sans Mono', monospace",
        Font::Chinese400 => "'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
        Font::Korean400 => "'Source Han Sans KR', 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_say_their_weight_and_slope() {
        let mut families = Families::default();
        let semibold = families.of(Font::Inter600).clone();
        assert!(semibold.names.starts_with("'Inter', ") && semibold.weight == 600, "{semibold:?}");
        let italic = families.of(Font::SerifItalic400).clone();
        assert!(italic.names.starts_with("'Atlas Serif', ") && italic.is_italic, "{italic:?}");
    }
}
