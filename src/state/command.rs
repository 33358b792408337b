//! What can be asked of the state, and what the state asks of the world outside.

use std::path::PathBuf;
use std::sync::Arc;

use super::{
    Awaited, CompareCommand, FigureWish, FileCommand, Join, JoinCommand, LayerKind, MeasureCommand,
    NoteCommand, QuizCommand, Reopened, SessionCommand, Sheet, StripCommand, Subject, TableCommand,
    TimelineCommand, TourCommand, TrueSizeCommand, Way,
};
use crate::atlas::{Id, Kind};
use crate::data::{Dataset, Notes, OutFormat};
use crate::geo::{Camera, LonLat, Padding, ScreenPoint, Size, WorldBounds};
use crate::i18n::Language;
use crate::theme::Theme;
use crate::tour::{Tour, TourForm};

/// A wish; [`super::State::apply`] grants it.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// So many seconds have passed.
    Tick(f64),
    /// The map is this large, and this much of it lies under panels.
    SetViewport {
        size: Size,
        padding: Padding,
    },
    /// The camera as a gesture left it.
    MoveCamera(Camera),
    /// Move the map by so many points.
    Pan {
        dx: f64,
        dy: f64,
    },
    /// The map was let go while it moved so many points a second.
    Drift {
        dx: f64,
        dy: f64,
    },
    /// Zoom by levels; about a place on the screen, or the middle of the free map.
    Zoom {
        delta: f64,
        about: Option<ScreenPoint>,
    },
    /// The whole of what the atlas shows.
    ShowAll,
    Fit(WorldBounds),
    /// Look from there at once.
    LookAt(Camera),
    /// Show the box at once, whatever the window's size becomes, until the map is moved.
    Frame(WorldBounds),
    FlyTo(Id),
    /// Along a corridor, station by station.
    FlyAlong(Id),
    /// Bring a place into the free map, where it is not there.
    Show(LonLat),
    /// The same, with a pin at the place.
    PinAt(LonLat),
    StopFlight,
    Hover(Option<Id>),
    Select(Option<Id>),
    /// A click on the map that hit these, nearest rank first.
    Click(Vec<Id>),
    /// One of the things that lay under the last click, by its place in the list.
    Choose(usize),
    /// To the next or previous of a kind.
    Walk {
        kind: Kind,
        step: Step,
    },
    /// To the nearest thing that way.
    WalkTo(Way),
    /// List what is on the screen, nearest first.
    ListAround,
    Back,
    Forward,
    /// Close one thing.
    Escape,
    SetLayerVisible {
        layer: LayerKind,
        is_visible: bool,
    },
    SetCorridorVisible {
        corridor: Id,
        is_visible: bool,
    },
    /// Whose view of the boundaries is drawn; `None` is nobody's.
    SetViewpoint(Option<String>),
    SetLanguage(Language),
    SetTheme(Theme),
    SetMotionReduced(bool),
    /// 100 is the normal size; clamped to what can be chosen.
    SetTextPercent(i32),
    SetLeftPanelOpen(bool),
    SetRightPanelOpen(bool),
    SetTimelineOpen(bool),
    SetSheet(Option<Sheet>),
    OpenSearch,
    CloseSearch,
    SetQuery(String),
    MoveInResults(Direction),
    /// Go to a result of the search, by its place in the list.
    TakeResult(usize),
    /// Of opened files.
    File(FileCommand),
    /// Of the table under the map, and the filter.
    Table(TableCommand),
    /// Of the strip of a corridor.
    Strip(StripCommand),
    /// Of the measure on the map.
    Measure(MeasureCommand),
    /// Of an area laid elsewhere.
    TrueSize(TrueSizeCommand),
    /// List what lies within so many kilometres of what is selected, or no more.
    LookNear(Option<f64>),
    /// Of the quiz.
    Quiz(QuizCommand),
    /// Of tours.
    Tour(TourCommand),
    /// Of a person's notes.
    Note(NoteCommand),
    /// Of a table that is to be joined.
    Join(JoinCommand),
    /// Take back what was done last, or do it again.
    Undo,
    Redo,
    /// Of the comparison.
    Compare(CompareCommand),
    /// Of the time that is shown.
    Timeline(TimelineCommand),
    /// Save a text in a file that the person chooses.
    SaveAs {
        name: String,
        text: String,
    },
    /// Save what is in view as a picture without names, to print.
    SaveBlankMap,
    /// What the figure is to be like.
    SetFigure(Box<FigureWish>),
    /// Save what is in view as that figure, in a file that the person chooses.
    SaveFigure,
    /// Bring back the view of a figure.
    Reopen(Box<Reopened>),
    /// What was told of it is read.
    ForgetReopened,
    /// Of what outlives the window.
    Session(SessionCommand),
    /// Show and select features once their files are read.
    Await(Awaited),
    /// Put a text on the clipboard.
    Copy(String),
    OpenLink(String),
    ToggleFullScreen,
}

impl Command {
    /// Whether whoever asks for it has turned from the list of things at one place to something else.
    pub(super) fn leaves_the_list(&self) -> bool {
        matches!(
            self,
            Self::ShowAll
                | Self::Fit(_)
                | Self::FlyTo(_)
                | Self::Walk { .. }
                | Self::WalkTo(_)
                | Self::Back
                | Self::Forward
                | Self::SetLayerVisible { .. }
                | Self::SetCorridorVisible { .. }
                | Self::TakeResult(_)
                | Self::Table(TableCommand::Open(_))
        )
    }
}

/// Along a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Next,
    Previous,
}

/// Up or down a list on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// What the shell has to do in the world outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Copy(String),
    OpenLink(String),
    ToggleFullScreen,
    SetFullScreen(bool),
    /// Let the person choose a file, and write a tour there, or the years; tell how it goes.
    TakeOut {
        tour: Option<Arc<Tour>>,
        form: TourForm,
    },
    StopTakingOut,
    /// Look through a tour, and tell what is found.
    CheckTour(Arc<Tour>),
    /// Read a file, and tell how it goes.
    ReadFile {
        key: String,
        path: PathBuf,
    },
    /// Read a text as a file, and tell how it goes.
    ReadText {
        key: String,
        text: String,
    },
    /// Let the person choose files.
    ChooseFiles,
    /// Look through a file for what is wrong with it, and tell what is found.
    Examine {
        key: String,
    },
    /// Let the person choose a file, and write a mended copy there.
    Mend {
        key: String,
    },
    /// Read what the features of a file say into columns.
    ReadColumns {
        key: String,
        dataset: Arc<Dataset>,
    },
    /// Let the person choose a file for a text, and write it there.
    SaveAs {
        name: String,
        text: String,
    },
    /// Let the person choose a file, and write features of a table there.
    Export {
        of: Subject,
        rows: Vec<u32>,
        format: OutFormat,
    },
    /// Let the person choose a file, and draw what is in view there without names.
    SaveBlankMap,
    /// Let the person choose a file, and draw the figure there.
    SaveFigure(Box<FigureWish>),
    /// Let the person choose a file, and write what is open there as a project.
    SaveProject,
    /// Write the notes where they are kept.
    KeepNotes(Arc<Notes>),
    /// Make a layer of a table and what it was joined to, and tell how it goes.
    Join {
        key: String,
        join: Box<Join>,
    },
    /// Read no further in a file, and tell what was read.
    EndReading {
        key: String,
    },
    /// Nobody waits for that file any more.
    StopReading {
        key: String,
    },
    /// Say that no file has a feature that was asked for.
    TellMissing(Id),
}
