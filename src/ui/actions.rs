//! The one table of what can be asked for: the shortcuts, the menu, the palette and the sheet of keys show it.

use egui::{Key, Modifiers};

use super::Context;
use super::layout::is_left_open;
use crate::atlas::Kind;
use crate::catalog::{citation, link};
use crate::i18n::strings::KeyTexts;
use crate::i18n::{Language, Strings};
use crate::state::{Command, LayerKind, Sheet, Step, StripCommand, TableCommand, Way};
use crate::theme::Theme;

/// Points that an arrow key pans, plain and with Shift.
const PAN: f64 = 80.0;
const PAN_FAR: f64 = 320.0;
/// Zoom levels of a key press.
const ZOOM: f64 = 0.5;
/// Steps of the text's size, in percent.
const TEXT_STEP: i32 = 10;

/// Something that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Search,
    OpenFile,
    /// The direction is that of the key's place in its row: left, right, up, down.
    Pan {
        is_far: bool,
    },
    ZoomIn,
    ZoomOut,
    WholeMap,
    FlyTo,
    /// Which one is the key's place in its row.
    Choose,
    Walk(Kind, Step),
    /// The way is that of the key's place in its row, as for the pan.
    WalkTo,
    Around,
    LeftPanel,
    Table,
    Strip,
    Back,
    Forward,
    FullScreen,
    NextTheme,
    Theme(Theme),
    Language(Language),
    TextLarger,
    TextSmaller,
    TextNormal,
    LessMotion,
    Layer(LayerKind),
    ReadDocument,
    CopyCitation,
    CopyLink,
    NextRegion,
    AllKeys,
    About,
    Escape,
}

/// Where an action stands in the menu and the sheet of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Find,
    Map,
    Things,
    Sheets,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Find, Self::Map, Self::Things, Self::Sheets];

    #[must_use]
    pub fn title(self, keys: &KeyTexts) -> &str {
        match self {
            Self::Find => &keys.part_find,
            Self::Map => &keys.part_map,
            Self::Things => &keys.part_things,
            Self::Sheets => &keys.part_sheets,
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

use Place::{Keys, MenuAndPalette as Menu, Palette};

/// Everything, in the order in which it is shown. Keys with modifiers come before those without.
pub const TABLE: &[Row] = &[
    row(Menu, Part::Find, Action::Search, ("Ctrl K", &[(CTRL, Key::K), (CTRL, Key::F)])),
    row(Menu, Part::Find, Action::OpenFile, ("Ctrl O", &[(CTRL, Key::O)])),
    row(Menu, Part::Find, Action::ReadDocument, ("", &[])),
    row(Palette, Part::Find, Action::CopyCitation, ("Ctrl C", &[(CTRL, Key::C)])),
    row(Palette, Part::Find, Action::CopyLink, ("", &[])),
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
    row(Palette, Part::Map, Action::Layer(LayerKind::Zones), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Horgos), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Projects), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::BorderZones), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Crossings), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Relief), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Water), ("", &[])),
    row(Palette, Part::Map, Action::Layer(LayerKind::Places), ("", &[])),
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
];

impl Action {
    /// What it does, in a few words.
    #[must_use]
    pub fn text(self, context: &Context<'_>) -> String {
        let (strings, keys, toolbar) = (context.strings, &context.strings.keys, &context.strings.toolbar);
        let text = match self {
            Self::Search => &keys.search,
            Self::OpenFile => &keys.open_file,
            Self::Pan { is_far: false } => &keys.pan,
            Self::Pan { is_far: true } => &keys.pan_faster,
            Self::ZoomIn => &toolbar.zoom_in,
            Self::ZoomOut => &toolbar.zoom_out,
            Self::WholeMap => &keys.whole_map,
            Self::FlyTo => &keys.fly_to,
            Self::Choose => &keys.choose,
            Self::Walk(Kind::Corridor, Step::Next) => &keys.next_corridor,
            Self::Walk(Kind::Corridor, Step::Previous) => &keys.previous_corridor,
            Self::Walk(_, Step::Next) => &keys.next_zone,
            Self::Walk(_, Step::Previous) => &keys.previous_zone,
            Self::WalkTo => &keys.walk,
            Self::Around => &keys.around,
            Self::LeftPanel => &keys.layers,
            Self::Table => &keys.table,
            Self::Strip => &keys.strip,
            Self::Back => &toolbar.back,
            Self::Forward => &toolbar.forward,
            Self::FullScreen => &keys.full_screen,
            Self::NextTheme => &keys.next_theme,
            Self::Theme(theme) => {
                let name = match theme {
                    Theme::Light => &toolbar.theme_light,
                    Theme::Dark => &toolbar.theme_dark,
                    Theme::Projector => &toolbar.theme_projector,
                };
                return format!("{}: {name}", toolbar.theme);
            }
            Self::Language(language) => return format!("{}: {}", toolbar.language, language.own_name()),
            Self::TextLarger => &keys.text_larger,
            Self::TextSmaller => &keys.text_smaller,
            Self::TextNormal => &keys.text_normal,
            Self::LessMotion => &toolbar.less_motion,
            Self::Layer(layer) => {
                let is_shown = context.state.layers.shows(layer);
                let text = if is_shown { &strings.layers.hide_layer } else { &strings.layers.show_layer };
                return text.fill("name", layer_name(strings, layer));
            }
            Self::ReadDocument => &strings.overview.read_document,
            Self::CopyCitation => &keys.copy_citation,
            Self::CopyLink => &strings.panel.copy_link,
            Self::NextRegion => &keys.next_region,
            Self::AllKeys => &keys.all_keys,
            Self::About => &toolbar.about,
            Self::Escape => &keys.escape,
        };
        text.clone()
    }

    /// Whether it is on: a mark in the menu.
    #[must_use]
    pub fn is_on(self, context: &Context<'_>) -> bool {
        let settings = &context.state.settings;
        match self {
            Self::LessMotion => settings.is_motion_reduced,
            Self::Theme(theme) => settings.theme == theme,
            Self::Language(language) => settings.language == language,
            _ => false,
        }
    }

    /// What to ask the state for; `index` is the key's place in its row. `None` where nothing is to be done.
    #[must_use]
    pub fn command(self, context: &Context<'_>, index: usize) -> Option<Command> {
        let state = context.state;
        Some(match self {
            Self::Search => Command::OpenSearch,
            Self::OpenFile => Command::SetSheet(Some(Sheet::Open)),
            Self::Pan { is_far } => {
                let step = if is_far { PAN_FAR } else { PAN };
                let [dx, dy] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]][index.min(3)];
                Command::Pan { dx: dx * step, dy: dy * step }
            }
            Self::ZoomIn => Command::Zoom { delta: ZOOM, about: None },
            Self::ZoomOut => Command::Zoom { delta: -ZOOM, about: None },
            Self::WholeMap => Command::ShowAll,
            Self::FlyTo => Command::FlyTo(state.picks.selected.clone()?),
            Self::Choose => Command::Choose(index),
            Self::Walk(kind, step) => Command::Walk { kind, step },
            Self::WalkTo => Command::WalkTo([Way::Left, Way::Right, Way::Up, Way::Down][index.min(3)]),
            Self::Around => Command::ListAround,
            Self::LeftPanel => {
                let is_under = state.table.is_some() || state.strip.is_some();
                let is_open = is_left_open(state, state.view.viewport().size.width as f32);
                Command::SetLeftPanelOpen(is_under || !is_open)
            }
            Self::Table => Command::Table(TableCommand::toggled(state)),
            Self::Strip => Command::Strip(StripCommand::toggled(state)?),
            Self::Back => Command::Back,
            Self::Forward => Command::Forward,
            Self::FullScreen => Command::ToggleFullScreen,
            Self::NextTheme => Command::SetTheme(state.settings.theme.next()),
            Self::Theme(theme) => Command::SetTheme(theme),
            Self::Language(language) => Command::SetLanguage(language),
            Self::TextLarger => Command::SetTextPercent(state.settings.text_percent + TEXT_STEP),
            Self::TextSmaller => Command::SetTextPercent(state.settings.text_percent - TEXT_STEP),
            Self::TextNormal => Command::SetTextPercent(100),
            Self::LessMotion => Command::SetMotionReduced(!state.settings.is_motion_reduced),
            Self::Layer(layer) => Command::SetLayerVisible { layer, is_visible: !state.layers.shows(layer) },
            Self::ReadDocument => Command::Select(Some(state.catalog.atlas.document().id.clone())),
            Self::CopyCitation => {
                let id = state.picks.selected.as_ref()?;
                let entry = state.catalog.entry(id)?;
                Command::Copy(citation(&state.catalog, context.language(), (id, &entry)))
            }
            Self::CopyLink => Command::Copy(link(state.view.camera(), state.picks.selected.as_ref()?)),
            Self::NextRegion => return None,
            Self::AllKeys => Command::SetSheet(Some(Sheet::Keys)),
            Self::About => Command::SetSheet(Some(Sheet::About)),
            Self::Escape => Command::Escape,
        })
    }
}

/// The name of a layer in the interface.
pub(crate) fn layer_name(strings: &Strings, layer: LayerKind) -> &str {
    let layers = &strings.layers;
    match layer {
        LayerKind::Corridors => &layers.corridors,
        LayerKind::Zones => &layers.zones,
        LayerKind::Horgos => &layers.horgos,
        LayerKind::Projects => &layers.projects_in_document,
        LayerKind::BorderZones => &layers.border_zones,
        LayerKind::Crossings => &layers.crossings,
        LayerKind::Relief => &layers.relief,
        LayerKind::Water => &layers.water,
        LayerKind::Grid => &layers.grid,
        LayerKind::Places => &layers.towns,
        LayerKind::Online => &layers.online,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_rows_share_a_key() {
        let mut seen = HashSet::new();
        for (modifiers, key) in TABLE.iter().flat_map(|row| row.keys) {
            assert!(seen.insert((format!("{modifiers:?}"), *key)), "{modifiers:?} {key:?} twice");
        }
    }

    #[test]
    fn what_is_shown_has_keys() {
        for row in TABLE {
            assert_eq!(row.shown.is_empty(), row.keys.is_empty(), "{:?}", row.action);
        }
    }
}
