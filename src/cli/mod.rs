//! The command line: what it asks, and the answers that need no window.
//!
//! Results go to standard output. What goes wrong is one line that says what to do.

mod args;
mod ask;
mod check;
mod convert;
mod extract;
mod figure;
mod files;
mod info;
mod mending;
mod picture;
mod reading;
mod takeout;
mod tour;
mod unfinished;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{CommandFactory, FromArgMatches};

use crate::atlas::{Atlas, Id};
use crate::content::{Content, ContentError};
use crate::data::{Doubt, FilterError};
use crate::format::{ReadError, filter_fault, write::WriteError};
use crate::geo::WIDEST_DEG;
use crate::i18n::{Language, Strings};
use crate::render::NoGpu;
use crate::state::{Command, State, UnknownLayer};
use crate::tour::Fault;

use args::{Arguments, Subcommands, TourSubcommands};
pub use args::{Fit, Sight, View, WindowArguments};
pub use extract::Extract;
pub use figure::FigureJob;
pub(crate) use mending::{seems_geojson, write_mended};
pub use takeout::{Story, TakeOut};
pub(crate) use tour::{MOVING, STILL, opening};

/// What the command line asks for.
#[derive(Debug)]
pub enum Request {
    /// Open the window.
    Window(WindowArguments),
    /// Measure the window.
    Profile { is_json: bool, files: Vec<PathBuf> },
    /// Answered already.
    Answer(Answer),
}

/// What is to be said.
#[derive(Debug)]
pub struct Answer {
    /// For standard output.
    pub text: String,
    /// It was done, but problems were found.
    pub has_problems: bool,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self { text, has_problems: false }
    }
}

/// Why there is no answer, in one line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error("{0}")]
    Usage(String),
    #[error("there is no {id}; {}", near(.nearest))]
    UnknownId { id: String, nearest: Vec<String> },
    #[error("there is no command or file {name}; {}", near(.nearest))]
    UnknownCommand { name: String, nearest: Vec<String> },
    #[error("there is no layer {name}; {}", near(.nearest))]
    UnknownLayer { name: String, nearest: Vec<String> },
    #[error("there is no kind {name}; {}", near(.nearest))]
    UnknownKind { name: String, nearest: Vec<String> },
    #[error("there is no route {name}; {}", near(.nearest))]
    UnknownRoute { name: String, nearest: Vec<String> },
    #[error("there is no column {name}; {}", near(.nearest))]
    UnknownColumn { name: String, nearest: Vec<String> },
    #[error("there is no tour {name}; {}", near(.nearest))]
    UnknownTour { name: String, nearest: Vec<String> },
    #[error("{}: {source}", .path.display())]
    ReadTour { path: PathBuf, source: std::io::Error },
    #[error("{}: {}", .path.display(), by_line(.faults))]
    Tour { path: PathBuf, faults: Vec<Fault> },
    #[error("{id} has no place on the map to fit; use --view")]
    NoPlace { id: Id },
    #[error("cannot write {}: {source}", .path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot write {}: there is no folder {}", .path.display(), .folder.display())]
    NoFolder { path: PathBuf, folder: PathBuf },
    #[error("{}: this would take the place of a file that goes into it; choose another name", .path.display())]
    OwnInput { path: PathBuf },
    #[error("{}: pictures end in .png, .svg or .pdf", .path.display())]
    Format { path: PathBuf },
    #[error("{}: a tour ends in .html, .pdf, .gif, .png or .mp4, or is a folder", .path.display())]
    TourFormat { path: PathBuf },
    #[error("{}: the years are a moving picture: .gif, .png, .mp4 or a folder", .path.display())]
    StillForm { path: PathBuf },
    #[error("{}: there is something in this folder; choose an empty or a new one", .path.display())]
    FullFolder { path: PathBuf },
    #[error("films are made by ffmpeg, which is not there; install it, or write a .gif or .png")]
    NoFfmpeg,
    #[error("stopped")]
    Stopped,
    #[error("a picture of {width}×{height} pixels is too large; {most} is the most each way")]
    TooLarge { width: u64, height: u64, most: u32 },
    #[error(
        "the picture is too wide for equal-area: a side would be more than {WIDEST_DEG}° from the centre, or the South Pole on it; \
         look closer, or use --projection mercator"
    )]
    TooWide,
    #[error("{}: tiles open in the window only; the commands read features", .path.display())]
    Tiles { path: PathBuf },
    #[error("{}: data ends in .geojson, .csv, .fgb, .kml or .gpkg", .path.display())]
    DataFormat { path: PathBuf },
    #[error("cannot write {}: {}", .path.display(), .source.cause())]
    Extract { path: PathBuf, source: WriteError },
    #[error("{}: its positions are no degrees; only .geojson keeps them as they are", .path.display())]
    OtherCrs { path: PathBuf },
    #[error("the filter {text} at character {}: {} Columns: {}", .error.at.start + 1, filter_fault(english(), .error.kind), .columns.join(", "))]
    Filter { text: String, error: FilterError, columns: Vec<String> },
    #[error("{}: {}", .path.display(), files::asked(.doubt).unwrap_or_default())]
    Doubt { path: PathBuf, doubt: Doubt },
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    NoGpu(#[from] NoGpu),
    #[error("the picture could not be made: {0}")]
    Export(#[from] crate::export::ExportError),
    #[error("the atlas's own files are damaged: {0}")]
    Content(#[from] ContentError),
}

impl From<UnknownLayer> for CliError {
    fn from(UnknownLayer { name, nearest }: UnknownLayer) -> Self {
        Self::UnknownLayer { name, nearest }
    }
}

fn english() -> &'static Strings {
    Strings::embedded(Language::En)
}

/// Every fault on one line.
fn by_line(faults: &[Fault]) -> String {
    let told: Vec<String> =
        faults.iter().map(|fault| format!("line {}: {}", fault.line, fault.wrong)).collect();
    told.join("; ")
}

/// The end of a line about something unknown.
fn near(nearest: &[String]) -> String {
    if nearest.is_empty() {
        "see corridor-atlas list".to_owned()
    } else {
        format!("nearest: {}", nearest.join(", "))
    }
}

/// Reads the arguments and answers what needs no window.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, CliError> {
    let parsed = command().try_get_matches_from(arguments);
    let arguments = match parsed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) if !error.use_stderr() => return Ok(Request::Answer(error.to_string().into())),
        Err(error) => return Err(CliError::Usage(one_line(&error))),
    };
    let answer = match arguments.command {
        None => {
            return misspelt(&arguments.window.files).map_or(Ok(Request::Window(arguments.window)), Err);
        }
        Some(Subcommands::Profile(profile)) => {
            return Ok(Request::Profile { is_json: profile.json, files: profile.files });
        }
        Some(Subcommands::Render(render)) => picture::render(&render, Content::embedded()?)?,
        Some(Subcommands::Convert(convert)) => {
            return convert::convert(&convert, Content::embedded()?).map(Request::Answer);
        }
        Some(Subcommands::At(at)) => ask::at(&at, Content::embedded()?)?,
        Some(Subcommands::Info(info)) => ask::info(&info, Content::embedded()?)?,
        Some(Subcommands::Search(search)) => ask::search(&search, &Content::embedded()?),
        Some(Subcommands::List(list)) => ask::list(&list, &Content::embedded()?)?,
        Some(Subcommands::Check(check)) => return check::check(&check).map(Request::Answer),
        Some(Subcommands::Tour(TourSubcommands::Export(export))) => {
            tour::export(&export, Content::embedded()?)?
        }
        Some(Subcommands::Tour(TourSubcommands::Check(check))) => {
            return tour::check(&check, Content::embedded()?).map(Request::Answer);
        }
    };
    Ok(Request::Answer(answer.into()))
}

/// The program's version, and on a second line that of the data with the day of its last change. A damaged build
/// still tells the first.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let program = env!("CARGO_PKG_VERSION");
    match Atlas::edition() {
        Ok(data) => format!("{program}\natlas data {} of {}", data.version, data.date),
        Err(_) => program.to_owned(),
    }
});

/// The whole command line, as help, man page and completions tell it.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command().version(VERSION.as_str())
}

/// A command that was meant where a file stands: a bare word that names no file and is near a command.
fn misspelt(files: &[PathBuf]) -> Option<CliError> {
    let first = files.first().filter(|first| !first.exists())?;
    let name = first.to_str().filter(|name| name.chars().all(char::is_alphanumeric))?;
    let all = command();
    let commands = all.get_subcommands().map(clap::Command::get_name);
    let nearest: Vec<String> =
        crate::search::nearest(name, commands).into_iter().map(str::to_owned).collect();
    (!nearest.is_empty()).then(|| CliError::UnknownCommand { name: name.to_owned(), nearest })
}

/// What clap says before it comes to usage, without its line breaks.
fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let said: Vec<&str> = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty())
        .collect();
    format!("{}; see corridor-atlas --help", said.join(" "))
}

/// The commands that bring a state to what is asked of it.
pub fn commands(sight: &Sight, state: &State) -> Result<Vec<Command>, CliError> {
    let mut commands = Vec::new();
    commands.extend(sight.lang.map(Command::SetLanguage));
    commands.extend(sight.theme.map(Command::SetTheme));
    if let Some(View(camera)) = sight.view {
        commands.push(Command::LookAt(camera));
    }
    match &sight.fit {
        Some(Fit::Bounds(bounds)) => commands.push(Command::Frame(*bounds)),
        Some(Fit::Thing(id)) => {
            known(state, id)?;
            let bounds = state.bounds(id).ok_or_else(|| CliError::NoPlace { id: id.clone() })?;
            commands.push(Command::Frame(bounds));
        }
        None => {}
    }
    if let Some(id) = &sight.select {
        known(state, id)?;
        commands.push(Command::Select(Some(id.clone())));
    }
    Ok(commands)
}

/// That there is such a thing; else the nearest names.
fn known(state: &State, id: &Id) -> Result<(), CliError> {
    let catalog = &state.catalog;
    if catalog.entry(id).is_some() || state.files.feature(id).is_some() {
        return Ok(());
    }
    let of_kind = catalog.ids(id.kind).into_iter().map(|id| id.to_string()).collect::<Vec<_>>();
    let text = id.to_string();
    let nearest = crate::search::nearest(&text, of_kind.iter().map(String::as_str));
    Err(CliError::UnknownId { id: text.clone(), nearest: nearest.into_iter().map(str::to_owned).collect() })
}
