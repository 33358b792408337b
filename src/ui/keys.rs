//! The one table of shortcuts: what each key does, shown as it stands in the sheet of all keys.

use egui::{Key, Modifiers, Ui};

use super::{Commands, Context};
use crate::atlas::Kind;
use crate::catalog::citation;
use crate::i18n::strings::KeyTexts;
use crate::state::{Command, LayerKind, Sheet, Step};

/// Points that an arrow key pans.
const PAN: f64 = 80.0;
/// With Shift.
const PAN_FAR: f64 = 320.0;

/// What a shortcut does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Search,
    Pan { right: i8, down: i8, is_far: bool },
    ZoomIn,
    ZoomOut,
    WholeMap,
    FlyTo,
    Choose(usize),
    Walk(Kind, Step),
    LeftPanel,
    Back,
    Forward,
    FullScreen,
    NextTheme,
    AllKeys,
    CopyCitation,
    ToggleGrid,
    Escape,
}

/// One key and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Shortcut {
    pub modifiers: Modifiers,
    pub key: Key,
    pub action: Action,
    /// As the sheet shows it; empty where another row of the table shows it already.
    pub shown: &'static str,
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;

const fn row(modifiers: Modifiers, key: Key, action: Action, shown: &'static str) -> Shortcut {
    Shortcut { modifiers, key, action, shown }
}

const fn pan(right: i8, down: i8, is_far: bool) -> Action {
    Action::Pan { right, down, is_far }
}

/// Every shortcut, those with modifiers before those without.
pub const SHORTCUTS: &[Shortcut] = &[
    row(CTRL, Key::K, Action::Search, "Ctrl K"),
    row(CTRL, Key::F, Action::Search, ""),
    row(CTRL, Key::C, Action::CopyCitation, "Ctrl C"),
    row(ALT, Key::ArrowLeft, Action::Back, "Alt ← →"),
    row(ALT, Key::ArrowRight, Action::Forward, ""),
    row(SHIFT, Key::ArrowLeft, pan(-1, 0, true), "Shift ← → ↑ ↓"),
    row(SHIFT, Key::ArrowRight, pan(1, 0, true), ""),
    row(SHIFT, Key::ArrowUp, pan(0, -1, true), ""),
    row(SHIFT, Key::ArrowDown, pan(0, 1, true), ""),
    row(NONE, Key::ArrowLeft, pan(-1, 0, false), "← → ↑ ↓"),
    row(NONE, Key::ArrowRight, pan(1, 0, false), ""),
    row(NONE, Key::ArrowUp, pan(0, -1, false), ""),
    row(NONE, Key::ArrowDown, pan(0, 1, false), ""),
    row(NONE, Key::Plus, Action::ZoomIn, "+ −"),
    row(NONE, Key::Equals, Action::ZoomIn, ""),
    row(SHIFT, Key::Equals, Action::ZoomIn, ""),
    row(SHIFT, Key::Plus, Action::ZoomIn, ""),
    row(NONE, Key::Minus, Action::ZoomOut, ""),
    row(NONE, Key::Num0, Action::WholeMap, "0, Home"),
    row(NONE, Key::Home, Action::WholeMap, ""),
    row(NONE, Key::Enter, Action::FlyTo, "Enter"),
    row(NONE, Key::Num1, Action::Choose(0), "1 – 9"),
    row(NONE, Key::Num2, Action::Choose(1), ""),
    row(NONE, Key::Num3, Action::Choose(2), ""),
    row(NONE, Key::Num4, Action::Choose(3), ""),
    row(NONE, Key::Num5, Action::Choose(4), ""),
    row(NONE, Key::Num6, Action::Choose(5), ""),
    row(NONE, Key::Num7, Action::Choose(6), ""),
    row(NONE, Key::Num8, Action::Choose(7), ""),
    row(NONE, Key::Num9, Action::Choose(8), ""),
    row(NONE, Key::N, Action::Walk(Kind::Zone, Step::Next), "N P"),
    row(NONE, Key::P, Action::Walk(Kind::Zone, Step::Previous), ""),
    row(NONE, Key::OpenBracket, Action::Walk(Kind::Corridor, Step::Previous), "[ ]"),
    row(NONE, Key::CloseBracket, Action::Walk(Kind::Corridor, Step::Next), ""),
    row(NONE, Key::L, Action::LeftPanel, "L"),
    row(NONE, Key::G, Action::ToggleGrid, "G"),
    row(NONE, Key::D, Action::NextTheme, "D"),
    row(NONE, Key::F11, Action::FullScreen, "F11"),
    row(NONE, Key::Questionmark, Action::AllKeys, "?"),
    row(SHIFT, Key::Questionmark, Action::AllKeys, ""),
    row(SHIFT, Key::Slash, Action::AllKeys, ""),
    row(NONE, Key::Escape, Action::Escape, "Esc"),
];

impl Action {
    /// What it does, in a few words.
    #[must_use]
    pub fn text<'a>(&self, keys: &'a KeyTexts, grid: &'a str) -> &'a str {
        match self {
            Self::Search => &keys.search,
            Self::Pan { is_far: false, .. } => &keys.pan,
            Self::Pan { is_far: true, .. } => &keys.pan_faster,
            Self::ZoomIn | Self::ZoomOut => &keys.zoom,
            Self::WholeMap => &keys.whole_map,
            Self::FlyTo => &keys.fly_to,
            Self::Choose(_) => &keys.choose,
            Self::Walk(Kind::Corridor, _) => &keys.corridors,
            Self::Walk(..) => &keys.zones,
            Self::LeftPanel => &keys.layers,
            Self::Back | Self::Forward => &keys.back_forward,
            Self::FullScreen => &keys.full_screen,
            Self::NextTheme => &keys.next_theme,
            Self::AllKeys => &keys.all_keys,
            Self::CopyCitation => &keys.copy_citation,
            Self::ToggleGrid => grid,
            Self::Escape => &keys.escape,
        }
    }

    fn command(self, context: &Context<'_>) -> Option<Command> {
        let state = context.state;
        Some(match self {
            Self::Search => Command::OpenSearch,
            Self::Pan { right, down, is_far } => {
                let step = if is_far { PAN_FAR } else { PAN };
                Command::Pan { dx: -f64::from(right) * step, dy: -f64::from(down) * step }
            }
            Self::ZoomIn => Command::Zoom { delta: 0.5, about: None },
            Self::ZoomOut => Command::Zoom { delta: -0.5, about: None },
            Self::WholeMap => Command::ShowAll,
            Self::FlyTo => Command::FlyTo(state.picks.selected.clone()?),
            Self::Choose(index) => Command::Choose(index),
            Self::Walk(kind, step) => Command::Walk { kind, step },
            Self::LeftPanel => Command::SetLeftPanelOpen(!state.panels.is_left_open.unwrap_or(true)),
            Self::Back => Command::Back,
            Self::Forward => Command::Forward,
            Self::FullScreen => Command::ToggleFullScreen,
            Self::NextTheme => Command::SetTheme(state.settings.theme.next()),
            Self::AllKeys => Command::SetSheet(Some(Sheet::Keys)),
            Self::CopyCitation => {
                let id = state.picks.selected.as_ref()?;
                let entry = state.catalog.entry(id)?;
                Command::Copy(citation(&state.catalog, context.language(), (id, &entry)))
            }
            Self::ToggleGrid => {
                let is_visible = !state.layers.shows(LayerKind::Grid);
                Command::SetLayerVisible { layer: LayerKind::Grid, is_visible }
            }
            Self::Escape => Command::Escape,
        })
    }
}

/// Pushes what the pressed keys ask for; single letters only while no text field has the focus.
pub(crate) fn keys(ui: &Ui, context: &Context<'_>, commands: &mut Commands) {
    let is_typing = ui.ctx().egui_wants_keyboard_input() || context.state.search.is_open;
    let has_focus = ui.memory(|memory| memory.focused().is_some());
    for shortcut in SHORTCUTS {
        let is_plain = shortcut.modifiers.is_none() || shortcut.modifiers == SHIFT;
        if is_typing && is_plain {
            continue;
        }
        // Enter presses what has the focus; the map takes it only when nothing has.
        if shortcut.key == Key::Enter && has_focus {
            continue;
        }
        let count = if shortcut.key == Key::C && shortcut.modifiers == CTRL {
            let is_copy = |event: &&egui::Event| matches!(event, egui::Event::Copy);
            ui.input(|input| input.events.iter().filter(is_copy).take(1).count())
        } else {
            ui.input_mut(|input| input.count_and_consume_key(shortcut.modifiers, shortcut.key))
        };
        // A slow frame may bring several presses; none is lost.
        for _ in 0..count {
            commands.extend(shortcut.action.command(context));
        }
    }
}
