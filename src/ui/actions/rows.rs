//! The rows of the one table: every action with its keys and where it can be chosen.

use egui::{Key, Modifiers};

use super::{Action, Telling};
use crate::atlas::Kind;
use crate::i18n::Language;
use crate::i18n::strings::KeyTexts;
use crate::state::{LayerKind, Step};
use crate::theme::Theme;

/// Where an action stands in the menu and the sheet of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Find,
    Map,
    Things,
    Sheets,
    Present,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Find, Self::Map, Self::Things, Self::Sheets, Self::Present];

    #[must_use]
    pub fn title(self, keys: &KeyTexts) -> &str {
        match self {
            Self::Find => &keys.part_find,
            Self::Map => &keys.part_map,
            Self::Things => &keys.part_things,
            Self::Sheets => &keys.part_sheets,
            Self::Present => &keys.part_present,
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub action: Action,
    pub part: Part,
    pub keys: &'static [(Modifiers, Key)],
    /// The keys as they are shown; empty where there are none.
    pub shown: &'static str,
    pub place: Place,
}

/// Where an action can be chosen by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It makes sense with its keys only.
    Keys,
    Palette,
    MenuAndPalette,
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;

const fn row(
    place: Place,
    part: Part,
    action: Action,
    (shown, keys): (&'static str, &'static [(Modifiers, Key)]),
) -> Row {
    Row { action, part, keys, shown, place }
}

/// A key of the presenter.
const fn told(telling: Telling, keys: (&'static str, &'static [(Modifiers, Key)])) -> Row {
    row(Place::Keys, Part::Present, Action::Tell(telling), keys)
}

use Place::{Keys, MenuAndPalette as Menu, Palette};

/// Everything, in the order in which it is shown. Keys with modifiers come before those without.
pub const TABLE: &[Row] = &[
    row(Menu, Part::Find, Action::Search, ("Ctrl K", &[(CTRL, Key::K), (CTRL, Key::F)])),
    row(Menu, Part::Find, Action::OpenFile, ("Ctrl O", &[(CTRL, Key::O)])),
    row(Menu, Part::Find, Action::SaveProject, ("Ctrl S", &[(CTRL, Key::S)])),
    row(Menu, Part::Find, Action::ReadDocument, ("", &[])),
    row(Menu, Part::Find, Action::Receipts, ("", &[])),
    row(Menu, Part::Find, Action::Quiz, ("", &[])),
    row(Menu, Part::Find, Action::Figure, ("Ctrl E", &[(CTRL, Key::E)])),
    row(Menu, Part::Find, Action::BlankMap, ("", &[])),
    row(Palette, Part::Find, Action::CopyCitation, ("Ctrl C", &[(CTRL, Key::C)])),
    row(Palette, Part::Find, Action::CopyLink, ("", &[])),
    row(Palette, Part::Find, Action::Redo, ("Ctrl Shift Z", &[(CTRL_SHIFT, Key::Z), (CTRL, Key::Y)])),
    row(Palette, Part::Find, Action::Undo, ("Ctrl Z", &[(CTRL, Key::Z)])),
    row(Palette, Part::Map, Action::Back, ("Alt ←", &[(ALT, Key::ArrowLeft)])),
    row(Palette, Part::Map, Action::Forward, ("Alt →", &[(ALT, Key::ArrowRight)])),
    row(Menu, Part::Sheets, Action::TextLarger, ("Ctrl +", &[(CTRL, Key::Plus), (CTRL, Key::Equals)])),
    row(Menu, Part::Sheets, Action::TextSmaller, ("Ctrl −", &[(CTRL, Key::Minus)])),
    row(Menu, Part::Sheets, Action::TextNormal, ("Ctrl 0", &[(CTRL, Key::Num0)])),
    row(
        Keys,
        Part::Things,
        Action::WalkTo,
        (
            "Ctrl ← → ↑ ↓",
            &[(CTRL, Key::ArrowLeft), (CTRL, Key::ArrowRight), (CTRL, Key::ArrowUp), (CTRL, Key::ArrowDown)],
        ),
    ),
    row(Palette, Part::Things, Action::Around, (".", &[(NONE, Key::Period)])),
    row(
        Keys,
        Part::Map,
        Action::Pan { is_far: true },
        (
            "Shift ← → ↑ ↓",
            &[
                (SHIFT, Key::ArrowLeft),
                (SHIFT, Key::ArrowRight),
                (SHIFT, Key::ArrowUp),
                (SHIFT, Key::ArrowDown),
            ],
        ),
    ),
    row(
        Keys,
        Part::Map,
        Action::Pan { is_far: false },
        (
            "← → ↑ ↓",
            &[(NONE, Key::ArrowLeft), (NONE, Key::ArrowRight), (NONE, Key::ArrowUp), (NONE, Key::ArrowDown)],
        ),
    ),
    row(
        Palette,
        Part::Map,
        Action::ZoomIn,
        ("+", &[(NONE, Key::Plus), (NONE, Key::Equals), (SHIFT, Key::Equals), (SHIFT, Key::Plus)]),
    ),
    row(Palette, Part::Map, Action::ZoomOut, ("−", &[(NONE, Key::Minus)])),
    row(Menu, Part::Map, Action::WholeMap, ("0, Home", &[(NONE, Key::Num0), (NONE, Key::Home)])),
    row(Palette, Part::Things, Action::FlyTo, ("Enter", &[(NONE, Key::Enter)])),
    row(
        Keys,
        Part::Things,
        Action::Choose,
        (
            "1 – 9",
            &[
                (NONE, Key::Num1),
                (NONE, Key::Num2),
                (NONE, Key::Num3),
                (NONE, Key::Num4),
                (NONE, Key::Num5),
                (NONE, Key::Num6),
                (NONE, Key::Num7),
                (NONE, Key::Num8),
                (NONE, Key::Num9),
            ],
        ),
    ),
    row(Palette, Part::Things, Action::Walk(Kind::Zone, Step::Next), ("N", &[(NONE, Key::N)])),
    row(Palette, Part::Things, Action::Walk(Kind::Zone, Step::Previous), ("P", &[(NONE, Key::P)])),
    row(Palette, Part::Things, Action::Walk(Kind::Corridor, Step::Next), ("]", &[(NONE, Key::CloseBracket)])),
    row(
        Palette,
        Part::Things,
        Action::Walk(Kind::Corridor, Step::Previous),
        ("[", &[(NONE, Key::OpenBracket)]),
    ),
    row(Menu, Part::Sheets, Action::LeftPanel, ("L", &[(NONE, Key::L)])),
    row(Menu, Part::Sheets, Action::Table, ("T", &[(NONE, Key::T)])),
    row(Menu, Part::Sheets, Action::Strip, ("S", &[(NONE, Key::S)])),
    row(Menu, Part::Map, Action::Measure, ("M", &[(NONE, Key::M)])),
    row(Menu, Part::Map, Action::AddNote, ("A", &[(NONE, Key::A)])),
    row(Keys, Part::Map, Action::Lens, ("V", &[(NONE, Key::V)])),
    row(Menu, Part::Sheets, Action::Compare, ("C", &[(NONE, Key::C)])),
    row(Menu, Part::Sheets, Action::Timeline, ("", &[])),
    row(Palette, Part::Map, Action::Play, ("Space", &[(NONE, Key::Space)])),
    row(Palette, Part::Map, Action::StepTime { is_forward: false }, ("", &[])),
    row(Palette, Part::Map, Action::StepTime { is_forward: true }, ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Zones), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Horgos), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Projects), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::BorderZones), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Crossings), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Relief), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Water), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Places), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Names), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Grid), ("G", &[(NONE, Key::G)])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Online), ("", &[])),
    row(Palette, Part::Sheets, Action::NextTheme, ("D", &[(NONE, Key::D)])),
    row(Menu, Part::Sheets, Action::Theme(Theme::Light), ("", &[])),
    row(Menu, Part::Sheets, Action::Theme(Theme::Dark), ("", &[])),
    row(Menu, Part::Sheets, Action::Theme(Theme::Projector), ("", &[])),
    row(Menu, Part::Sheets, Action::Language(Language::En), ("", &[])),
    row(Menu, Part::Sheets, Action::Language(Language::Zh), ("", &[])),
    row(Menu, Part::Sheets, Action::Language(Language::Ko), ("", &[])),
    row(Menu, Part::Sheets, Action::LessMotion, ("", &[])),
    row(Menu, Part::Sheets, Action::FullScreen, ("F11", &[(NONE, Key::F11)])),
    row(Keys, Part::Sheets, Action::NextRegion, ("F6", &[(NONE, Key::F6), (SHIFT, Key::F6)])),
    row(
        Menu,
        Part::Find,
        Action::AllKeys,
        ("?", &[(NONE, Key::Questionmark), (SHIFT, Key::Questionmark), (SHIFT, Key::Slash)]),
    ),
    row(Menu, Part::Find, Action::About, ("", &[])),
    row(Keys, Part::Sheets, Action::Escape, ("Esc", &[(NONE, Key::Escape)])),
    row(Menu, Part::Present, Action::Tours, ("", &[])),
    row(Menu, Part::Present, Action::Present, ("F5", &[(NONE, Key::F5)])),
    row(Menu, Part::Present, Action::RecordStep, ("R", &[(NONE, Key::R)])),
    row(Palette, Part::Present, Action::CheckTour, ("", &[])),
    told(
        Telling::Next,
        (
            "PgDn, →, Space",
            &[(NONE, Key::PageDown), (NONE, Key::ArrowRight), (NONE, Key::ArrowDown), (NONE, Key::Space)],
        ),
    ),
    told(
        Telling::Previous,
        (
            "PgUp, ←",
            &[(NONE, Key::PageUp), (NONE, Key::ArrowLeft), (NONE, Key::ArrowUp), (NONE, Key::Backspace)],
        ),
    ),
    told(Telling::First, ("Home", &[(NONE, Key::Home)])),
    told(Telling::Last, ("End", &[(NONE, Key::End)])),
    told(
        Telling::Digit,
        (
            "1 … 9",
            &[
                (NONE, Key::Num0),
                (NONE, Key::Num1),
                (NONE, Key::Num2),
                (NONE, Key::Num3),
                (NONE, Key::Num4),
                (NONE, Key::Num5),
                (NONE, Key::Num6),
                (NONE, Key::Num7),
                (NONE, Key::Num8),
                (NONE, Key::Num9),
            ],
        ),
    ),
    told(Telling::Enter, ("Enter", &[(NONE, Key::Enter)])),
    told(Telling::Return, ("R", &[(NONE, Key::R)])),
    // Clickers send a full stop, too.
    told(Telling::Black, ("B", &[(NONE, Key::B), (NONE, Key::Period)])),
    told(Telling::White, ("W", &[(NONE, Key::W), (NONE, Key::Comma)])),
    told(Telling::Laser, ("L", &[(NONE, Key::L)])),
    told(Telling::Notes, ("N", &[(NONE, Key::N)])),
    told(Telling::SecondWindow, ("S", &[(NONE, Key::S)])),
    told(Telling::Play, ("P", &[(NONE, Key::P)])),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_rows_share_a_key() {
        // A presenter's keys count while a tour is shown, the others while none is.
        let (told, others): (Vec<&Row>, Vec<&Row>) =
            TABLE.iter().partition(|row| matches!(row.action, Action::Tell(_)));
        for rows in [told, others] {
            let mut seen = HashSet::new();
            for (modifiers, key) in rows.iter().flat_map(|row| row.keys) {
                assert!(seen.insert((format!("{modifiers:?}"), *key)), "{modifiers:?} {key:?} twice");
            }
        }
    }

    #[test]
    fn what_is_shown_has_keys() {
        for row in TABLE {
            assert_eq!(row.shown.is_empty(), row.keys.is_empty(), "{:?}", row.action);
        }
    }
}
