//! Starts the program: content is read on its own thread while the window is made.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use super::sessions::{self, Place};
use super::{App, Profile, Rescue, notes};
use crate::atlas::{Id, Kind};
use crate::cli::{self, CliError, Sight};
use crate::content::Content;
use crate::render::{self, Loader, Part};
use crate::scene::{self, Names};
use crate::state::{Awaited, Command, Effect, FileCommand, SessionCommand, SessionTrouble, TourCommand};
use crate::ui;

/// The window's first size, in points.
const SIZE: [f32; 2] = [1440.0, 900.0];
const LEAST_SIZE: [f32; 2] = [480.0, 360.0];

/// What the window opens with.
#[derive(Debug, Default)]
pub struct Start {
    pub sight: Sight,
    /// Opened as layers.
    pub files: Vec<PathBuf>,
    /// A tour's file or id.
    pub tour: Option<String>,
    /// The tour is shown at once.
    pub presents: bool,
    /// Neither takes up the last session nor leaves one.
    pub is_fresh: bool,
    pub profile: Option<Profile>,
    pub rescue: Rescue,
}

/// Why there is no window, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    #[error("no display was found; start it in a graphical session, or use corridor-atlas render")]
    NoDisplay,
    #[error(
        "no graphics driver was found that can draw the map; on Debian install mesa-vulkan-drivers and libvulkan1"
    )]
    NoGraphics,
    #[error(
        "the window could not be opened: {0}; on Debian install libxkbcommon-x11-0, libxcursor1 and libxi6"
    )]
    Window(String),
    #[error(transparent)]
    Options(#[from] CliError),
    #[error("the measurement was not finished: its window was closed")]
    Closed,
}

/// Content, ready for a window.
#[derive(Debug)]
pub struct Ready {
    pub content: Content,
    pub loader: Loader,
    /// The file in which notes are kept; `None` keeps none.
    pub notes: Option<PathBuf>,
    /// Where the session is kept; `None` keeps none.
    pub session: Option<Place>,
    /// What is to be done for the session that was taken up.
    pub effects: Vec<Effect>,
    pub rescue: Rescue,
}

impl Ready {
    /// Everything read, and the basemap's first parts on their way.
    pub fn read(sight: &Sight) -> Result<Self, CliError> {
        Self::restored(sight, None)
    }

    /// The same as the last session left it.
    fn restored(sight: &Sight, session: Option<Place>) -> Result<Self, CliError> {
        let mut content = Content::embedded().map_err(CliError::from)?;
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, SIZE.into());
        let _ = content.state.apply(ui::viewport_command(window, &content.state, &content.tokens));
        let (kept, trouble) = session.as_ref().map(Place::read).unwrap_or_default();
        let restore = kept.map(|session| Command::Session(SessionCommand::Restore(Box::new(session))));
        let told = trouble.map(|trouble| Command::Session(SessionCommand::Trouble(Some(trouble))));
        let effects =
            restore.into_iter().chain(told).flat_map(|command| content.state.apply(command)).collect();
        for command in cli::commands(sight, &content.state)? {
            let _ = content.state.apply(command);
        }
        let mut loader = Loader::new(Arc::clone(&content.basemap));
        // What the first picture needs is decoded while the window is still being made.
        let scene = scene::build(&content.state, &content.scenery, 1.0, &mut Names::default());
        if let Some(ground) = scene.ground {
            let chunks = ground.chunks.into_iter().map(Part::Chunk);
            loader.ask(chunks.chain(ground.tiles.into_iter().map(Part::Tile)));
        }
        Ok(Self { content, loader, notes: None, session, effects, rescue: Rescue::default() })
    }
}

/// Opens the window and runs until it is closed; a measurement returns its report.
pub fn run(start: Start) -> Result<String, WindowError> {
    let Start { sight, files, tour, presents, is_fresh, mut profile, rescue } = start;
    let fits = sight.view.is_none() && sight.fit.is_none();
    let (sight, awaited) = if files.is_empty() { (sight, None) } else { awaited(sight) };
    let opening = FileCommand::Open { paths: files, fits };
    // A tour that cannot be read is said before a window flashes up, too.
    let tour = tour.as_deref().map(cli::opening).transpose()?;
    // An id that does not exist is said before a window flashes up.
    let names_things = sight.select.is_some() || matches!(sight.fit, Some(cli::Fit::Thing(_)));
    let place = (!is_fresh && profile.is_none()).then(sessions::place);
    let (session, trouble) = match place.transpose() {
        Ok(session) => (session, None),
        Err(error) => (None, Some(SessionTrouble::NotKept(error.to_string()))),
    };
    let reading = spawn(sight, session)?;
    let reading =
        if names_things { Reading::Done(Box::new(joined(reading)?)) } else { Reading::Underway(reading) };
    let (done, report) = mpsc::channel();
    let is_json = profile.as_ref().map(|profile| profile.is_json);
    if let Some(profile) = &mut profile {
        profile.done = Some(done);
    }
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Corridor Atlas")
            .with_app_id("corridor-atlas")
            .with_inner_size(SIZE)
            .with_min_inner_size(LEAST_SIZE),
        // Every surface is one flat colour; dithering would only cost software drawing its time.
        dithering: false,
        wgpu_options: render::configuration(),
        ..eframe::NativeOptions::default()
    };
    let (rescuer, is_restarted) = (rescue.clone(), rescue.is_restarted());
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let ready = match reading {
            Reading::Done(ready) => *ready,
            Reading::Underway(thread) => joined(thread)?,
        };
        let notes = if profile.is_none() { notes::home() } else { None };
        let mut app = App::new(creation, Ready { notes, rescue: rescuer, ..ready }, profile);
        if is_restarted {
            ui::note(&creation.egui_ctx, ui::Notice::DeviceLost);
        }
        app.commands.push(app.not_open_yet(opening));
        app.commands.extend(awaited.map(Command::Await));
        app.commands.extend(tour);
        if trouble.is_some() {
            app.commands.push(Command::Session(SessionCommand::Trouble(trouble)));
        }
        if presents {
            app.commands.push(Command::Tour(TourCommand::Present));
        }
        Ok(Box::new(app))
    });
    rescue.guard(|| eframe::run_native("corridor-atlas", native, create)).map_err(explained)?;
    match is_json {
        Some(is_json) => {
            report.try_recv().map(|report| report.written(is_json)).map_err(|_| WindowError::Closed)
        }
        None => Ok(String::new()),
    }
}

/// What is asked of features of files, which are read once the window is there.
fn awaited(mut sight: Sight) -> (Sight, Option<Awaited>) {
    let is_of_file = |id: &mut Id| id.kind == Kind::File;
    let selected = sight.select.take_if(is_of_file);
    let fitted = match sight.fit {
        Some(cli::Fit::Thing(ref id)) if id.kind == Kind::File => {
            let id = id.clone();
            sight.fit = None;
            Some(id)
        }
        _ => None,
    };
    let is_asked = selected.is_some() || fitted.is_some();
    (sight, is_asked.then_some(Awaited { selected, fitted, is_said: true }))
}

enum Reading {
    Underway(JoinHandle<Result<Ready, CliError>>),
    Done(Box<Ready>),
}

fn spawn(sight: Sight, session: Option<Place>) -> Result<JoinHandle<Result<Ready, CliError>>, WindowError> {
    let builder = std::thread::Builder::new().name("atlas-content".to_owned());
    builder
        .spawn(move || Ready::restored(&sight, session))
        .map_err(|error| WindowError::Window(error.to_string()))
}

fn joined(thread: JoinHandle<Result<Ready, CliError>>) -> Result<Ready, WindowError> {
    let read = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    Ok(read?)
}

fn explained(error: eframe::Error) -> WindowError {
    match error {
        eframe::Error::WinitEventLoop(_) => WindowError::NoDisplay,
        eframe::Error::Wgpu(_) => WindowError::NoGraphics,
        eframe::Error::AppCreation(error) => match error.downcast::<WindowError>() {
            Ok(error) => *error,
            Err(error) => WindowError::Window(error.to_string()),
        },
        error @ eframe::Error::Winit(_) => WindowError::Window(error.to_string()),
    }
}
