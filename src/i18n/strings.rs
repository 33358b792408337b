//! Every text of the interface, as a typed table: a missing or extra key fails to parse, in any language.
//!
//! A hole named `km`, `mm` or `value` takes a number with its unit; `lat` and `lon` a place on the globe with its
//! letter; `n`, `total`, `year`, `percent` and other counts a bare number. The others take a name or a written
//! date, and `text` what a person typed.

mod crs;
mod doctor;
mod map;
mod net;
mod panel;
mod sheet;
mod speech;
mod style;
mod tell;
mod tiles;

use std::sync::OnceLock;

use serde::Deserialize;

use super::Language;
use super::number::integer;

pub use crs::CrsTexts;
pub use doctor::DoctorTexts;
pub use map::{
    AttributionTexts, BoundaryTexts, CompareTexts, HereTexts, KindName, KindTexts, LayerTexts,
    PrecisionTexts, StripTexts, TimelineTexts, ToolTexts,
};
pub use net::NetTexts;
pub use panel::{OverviewTexts, PanelTexts, SearchTexts, ToolbarTexts, WordTexts};
pub use sheet::{
    AboutTexts, ErrorTexts, FileTexts, JoinTexts, KeyTexts, NoteTexts, ProblemTexts, QuizTexts, ReceiptTexts,
    RefusalTexts, SessionTexts, TableTexts,
};
pub use speech::{AccessTexts, DateTexts, UnitTexts};
pub use style::StyleTexts;
pub use tell::{FigureTexts, FlightTexts, HandoutTexts, PresenterTexts, TourTexts};
pub use tiles::TileTexts;

const ENGLISH: &str = include_str!("../../assets/i18n/en.json");
const CHINESE: &str = include_str!("../../assets/i18n/zh.json");
const KOREAN: &str = include_str!("../../assets/i18n/ko.json");

/// The texts of one language, by the part of the window that says them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strings {
    pub app_name: String,
    pub words: WordTexts,
    pub toolbar: ToolbarTexts,
    pub search: SearchTexts,
    pub kinds: KindTexts,
    pub layers: LayerTexts,
    pub precision: PrecisionTexts,
    pub overview: OverviewTexts,
    pub panel: PanelTexts,
    pub boundary: BoundaryTexts,
    pub here: HereTexts,
    pub timeline: TimelineTexts,
    pub strip: StripTexts,
    pub compare: CompareTexts,
    pub tools: ToolTexts,
    pub files: FileTexts,
    pub join: JoinTexts,
    pub notes: NoteTexts,
    pub receipts: ReceiptTexts,
    pub quiz: QuizTexts,
    pub style: StyleTexts,
    pub refusals: RefusalTexts,
    pub tiles: TileTexts,
    pub net: NetTexts,
    pub problems: ProblemTexts,
    pub crs: CrsTexts,
    pub table: TableTexts,
    pub presenter: PresenterTexts,
    pub tours: TourTexts,
    pub handout: HandoutTexts,
    pub flight: FlightTexts,
    pub figure: FigureTexts,
    pub keys: KeyTexts,
    pub about: AboutTexts,
    pub attribution: AttributionTexts,
    pub access: AccessTexts,
    pub dates: DateTexts,
    pub units: UnitTexts,
    pub errors: ErrorTexts,
    pub session: SessionTexts,
    pub doctor: DoctorTexts,
}

impl Strings {
    /// The texts that the program carries, read at the first asking.
    #[must_use]
    pub fn embedded(language: Language) -> &'static Self {
        static ENGLISH_TABLE: OnceLock<Strings> = OnceLock::new();
        static CHINESE_TABLE: OnceLock<Strings> = OnceLock::new();
        static KOREAN_TABLE: OnceLock<Strings> = OnceLock::new();
        let (table, text) = match language {
            Language::En => (&ENGLISH_TABLE, ENGLISH),
            Language::Zh => (&CHINESE_TABLE, CHINESE),
            Language::Ko => (&KOREAN_TABLE, KOREAN),
        };
        // The files are part of the program; tests/strings.rs reads all three.
        table.get_or_init(|| Self::parse(text).expect("the embedded texts are whole"))
    }

    /// Texts in the form of `assets/i18n/en.json`.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// A text with holes: `{n} selected`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(String);

impl Template {
    /// With its holes still open, for whoever fills them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text with `{name}` replaced by `value`.
    #[must_use]
    pub fn fill(&self, name: &str, value: &str) -> String {
        self.fill_all(&[(name, value)])
    }

    /// The text with every `{name}` replaced by its value; braces inside a value stay as they are.
    #[must_use]
    pub fn fill_all(&self, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(self.0.len() + 16);
        for piece in pieces(&self.0) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Hole(name) => {
                    let value = values.iter().find_map(|(own, value)| (*own == name).then_some(*value));
                    debug_assert!(value.is_some(), "nothing for {{{name}}} in {:?}", self.0);
                    out.push_str(value.unwrap_or_default());
                }
            }
        }
        out
    }

    /// The names of its holes, in the order of the text.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        let hole = |piece| if let Piece::Hole(name) = piece { Some(name) } else { None };
        pieces(&self.0).filter_map(hole).collect()
    }
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_whole = pieces(&text).all(|piece| match piece {
            Piece::Text(text) => !text.contains(['{', '}']),
            Piece::Hole(name) => is_name(name),
        });
        if is_whole { Ok(Self(text)) } else { Err(format!("{text:?} has a brace that is no hole")) }
    }
}

/// A text about so many things: `1 result`, `3 results`. Its hole `n` is the number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// For exactly one; the same as `other` in languages that do not tell them apart.
    one: Template,
    other: Template,
}

impl Counted {
    /// The text for `count` things.
    #[must_use]
    pub fn fill(&self, count: usize) -> String {
        self.fill_with(count, &[])
    }

    /// The text for `count` things, with its other holes filled too.
    #[must_use]
    pub fn fill_with(&self, count: usize, values: &[(&str, &str)]) -> String {
        let number = integer(i64::try_from(count).unwrap_or(i64::MAX));
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(values);
        let template = if count == 1 { &self.one } else { &self.other };
        template.fill_all(&all)
    }
}

enum Piece<'a> {
    Text(&'a str),
    Hole(&'a str),
}

/// Cuts a text at its holes; a brace without its partner stays text.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let open = rest.find('{').filter(|open| rest[*open..].contains('}'));
        let (piece, left) = match open {
            Some(0) => {
                let (name, left) = rest[1..].split_once('}')?;
                (Piece::Hole(name), left)
            }
            Some(open) => (Piece::Text(&rest[..open]), &rest[open..]),
            None => (Piece::Text(rest), ""),
        };
        rest = left;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        Template::try_from(text.to_owned()).expect("a template")
    }

    #[test]
    fn holes_are_filled_by_name_and_values_are_left_alone() {
        let text = template("Nothing for “{text}” in {place}, {text}");
        assert_eq!(text.holes(), ["text", "place", "text"]);
        let filled = text.fill_all(&[("place", "{text}"), ("text", "rui")]);
        assert_eq!(filled, "Nothing for “rui” in {text}, rui");
        assert_eq!(template("good to {km}").fill("km", "1 km"), "good to 1 km");
    }

    #[test]
    fn a_stray_brace_does_not_parse() {
        for text in ["{", "}", "a {b", "{}", "{a b}", "{{n}}", "n} of {total}"] {
            assert!(Template::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn one_thing_and_many_are_said_apart() {
        let here = &Strings::embedded(Language::En).here.title;
        assert_eq!(here.fill(1), "1 thing here");
        assert_eq!(here.fill(3), "3 things here");
        assert_eq!(Strings::embedded(Language::Zh).here.title.fill(1200), "此处有1,200项");
    }

    #[test]
    fn the_longest_sentence_says_everything_in_every_language() {
        for language in Language::ALL {
            let texts = &Strings::embedded(language).access;
            let said = texts.thing_on_corridors.fill_all(&[
                ("name", "N4ME"),
                ("kind", "K1ND"),
                ("countries", "C0UNTRIES"),
                ("letters", "L3TTERS"),
            ]);
            for part in ["N4ME", "K1ND", "C0UNTRIES", "L3TTERS"] {
                assert!(said.contains(part), "{said}");
            }
        }
    }
}
