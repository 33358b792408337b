//! The one table of what can be asked for: the shortcuts, the menu, the palette and the sheet of keys show it.

mod rows;
mod telling;

use super::Context;
use super::layout::{is_left_open, is_timeline_open};
use crate::atlas::Kind;
use crate::catalog::{citation, link};
use crate::i18n::{Language, Strings};
use crate::state::{
    Command, CompareCommand, LayerKind, MeasureCommand, QuizCommand, Receipts, SessionCommand, Sheet, Step,
    StripCommand, TableCommand, TimelineCommand, TourCommand, Way,
};
use crate::theme::Theme;

pub use rows::{Part, Place, Row, TABLE};
pub use telling::Telling;

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
    SaveProject,
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
    Compare,
    Measure,
    AddNote,
    /// Held, not pressed: the map looks for it itself.
    Lens,
    Undo,
    Redo,
    Timeline,
    Play,
    /// To the next month in which something happened, or the one before.
    StepTime {
        is_forward: bool,
    },
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
    Receipts,
    Quiz,
    BlankMap,
    Figure,
    Tours,
    Present,
    RecordStep,
    CheckTour,
    /// While a tour is shown.
    Tell(Telling),
    CopyCitation,
    CopyLink,
    NextRegion,
    AllKeys,
    About,
    Escape,
}

impl Action {
    /// What it does, in a few words.
    #[must_use]
    pub fn text(self, context: &Context<'_>) -> String {
        let (strings, keys, toolbar) = (context.strings, &context.strings.keys, &context.strings.toolbar);
        let text = match self {
            Self::Search => &keys.search,
            Self::OpenFile => &keys.open_file,
            Self::SaveProject => &strings.session.save_project,
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
            Self::Compare => &keys.compare,
            Self::Measure => &strings.tools.measure,
            Self::AddNote => &strings.notes.add,
            Self::Lens => &strings.boundary.lens,
            Self::Undo => &strings.tools.undo,
            Self::Redo => &strings.tools.redo,
            Self::Timeline => &strings.timeline.title,
            Self::Play if context.state.timeline.is_playing => &strings.timeline.pause,
            Self::Play => &strings.timeline.play,
            Self::StepTime { is_forward: true } => &strings.timeline.next,
            Self::StepTime { is_forward: false } => &strings.timeline.previous,
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
            Self::Receipts => &strings.receipts.title,
            Self::Quiz => &strings.quiz.title,
            Self::BlankMap => &strings.overview.blank_map,
            Self::Figure => &strings.figure.title,
            Self::Tours => &strings.tours.title,
            Self::Present => &strings.presenter.start,
            Self::RecordStep => &strings.tours.record,
            Self::CheckTour => &strings.flight.title,
            Self::Tell(telling) => telling.text(&strings.presenter),
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
            Self::SaveProject => Command::Session(SessionCommand::Save),
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
            Self::Compare => Command::Compare(if state.compare.is_open {
                CompareCommand::Close
            } else {
                CompareCommand::Open(state.picks.selected.clone())
            }),
            Self::Measure => Command::Measure(MeasureCommand::SetOn(!state.measure.is_on)),
            Self::AddNote => super::notes::added(context),
            Self::Undo => Command::Undo,
            Self::Redo => Command::Redo,
            Self::Timeline => {
                let height = state.view.viewport().size.height as f32;
                Command::SetTimelineOpen(!is_timeline_open(state, height))
            }
            Self::Play => Command::Timeline(TimelineCommand::SetPlaying(!state.timeline.is_playing)),
            Self::StepTime { is_forward } => Command::Timeline(TimelineCommand::Step { is_forward }),
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
            Self::BlankMap => Command::SaveBlankMap,
            Self::Quiz => Command::Quiz(QuizCommand::SetOpen(!state.quiz.is_open)),
            Self::Receipts => Command::SetSheet(Some(Sheet::Receipts(Receipts::Sources))),
            Self::CopyCitation => {
                let id = state.picks.selected.as_ref()?;
                let entry = state.catalog.entry(id)?;
                Command::Copy(citation(&state.catalog, context.language(), (id, &entry)))
            }
            Self::CopyLink => Command::Copy(link(state.view.camera(), state.picks.selected.as_ref()?)),
            Self::NextRegion | Self::Lens => return None,
            Self::Figure => Command::SetSheet(Some(Sheet::Figure)),
            Self::Tours => Command::SetSheet(Some(Sheet::Tours)),
            Self::Present => Command::Tour(TourCommand::Present),
            Self::RecordStep => Command::Tour(TourCommand::Record),
            Self::CheckTour => {
                let check = Command::Tour(TourCommand::Check);
                if state.tours.open.is_some() { check } else { Command::SetSheet(Some(Sheet::Tours)) }
            }
            Self::Tell(telling) => return telling.command(state, index),
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
        LayerKind::Names => &layers.names,
        LayerKind::Online => &layers.online,
    }
}
