//! Starts the program: content is read on its own thread while the window is made.

use std::path::PathBuf;
use std::sync::Arc;

use etcetera::BaseStrategy;

use super::{App, Profile};
use crate::atlas::Atlas;
use crate::basemap::Basemap;
use crate::catalog::Catalog;
use crate::render::{Loader, Part};
use crate::scene::{self, Names, Scenery};
use crate::state::{Command, State};
use crate::theme::Tokens;

/// The window's first size, in points.
const SIZE: [f32; 2] = [1440.0, 900.0];
const LEAST_SIZE: [f32; 2] = [480.0, 360.0];

/// What everything is shown from.
#[derive(Debug)]
pub struct Content {
    pub state: State,
    pub scenery: Arc<Scenery>,
    pub tokens: Arc<Tokens>,
    pub loader: Loader,
}

/// What the command line asks of the window.
#[derive(Debug, Default)]
pub struct Options {
    /// Done in order before the first frame.
    pub commands: Vec<Command>,
    pub profile: Option<Profile>,
}

/// Why there is no window, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    #[error("no display was found; start it in a graphical session, or use `corridor-atlas render`")]
    NoDisplay,
    #[error(
        "no graphics driver was found that can draw the map; on Debian install mesa-vulkan-drivers and libvulkan1"
    )]
    NoGraphics,
    #[error(
        "the window could not be opened: {0}; on Debian install libxkbcommon-x11-0, libxcursor1 and libxi6"
    )]
    Window(String),
    #[error("the atlas's own files are damaged: {0}")]
    Content(String),
}

/// Reads the atlas and the basemap's tables.
pub fn content() -> Result<Content, WindowError> {
    let damaged = |error: &dyn std::error::Error| WindowError::Content(error.to_string());
    let basemap = Arc::new(Basemap::embedded());
    let tokens = Arc::new(Tokens::embedded().map_err(|error| damaged(&error))?);
    let (atlas, tables) = std::thread::scope(|scope| {
        let tables = scope.spawn(|| basemap.tables());
        (Atlas::embedded(), tables.join())
    });
    let atlas = atlas.map_err(|error| damaged(&error))?;
    let tables =
        tables.map_err(|_| WindowError::Content("tables".to_owned()))?.map_err(|error| damaged(&error))?;
    let catalog = Arc::new(Catalog::new(atlas, tables));
    let scenery = Arc::new(Scenery::new(&catalog, Basemap::embedded(), Arc::clone(&tokens)));
    let state = State::new(catalog);
    Ok(Content { state, scenery, tokens, loader: Loader::new(basemap) })
}

/// Opens the window and runs until it is closed.
pub fn run(options: Options) -> Result<(), WindowError> {
    let reading = std::thread::Builder::new().name("atlas-content".to_owned()).spawn(|| {
        let mut content = content()?;
        preload(&mut content);
        Ok::<Content, WindowError>(content)
    });
    let reading = reading.map_err(|error| WindowError::Content(error.to_string()))?;
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Corridor Atlas")
            .with_app_id("corridor-atlas")
            .with_inner_size(SIZE)
            .with_min_inner_size(LEAST_SIZE),
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let content =
            reading.join().map_err(|_| WindowError::Content("it could not be read".to_owned()))??;
        Ok(Box::new(App::new(creation, content, options.commands, options.profile)))
    });
    eframe::run_native("corridor-atlas", native, create).map_err(explained)
}

/// Starts decoding what the first picture needs.
fn preload(content: &mut Content) {
    let scene = scene::build(&content.state, &content.scenery, 1.0, &mut Names::default());
    if let Some(ground) = scene.ground {
        let chunks = ground.chunks.into_iter().map(Part::Chunk);
        content.loader.ask(chunks.chain(ground.tiles.into_iter().map(Part::Tile)));
    }
}

fn explained(error: eframe::Error) -> WindowError {
    match error {
        eframe::Error::WinitEventLoop(_) => WindowError::NoDisplay,
        eframe::Error::Wgpu(_) => WindowError::NoGraphics,
        eframe::Error::AppCreation(error) => match error.downcast::<WindowError>() {
            Ok(error) => *error,
            Err(error) => WindowError::Content(error.to_string()),
        },
        other => WindowError::Window(other.to_string()),
    }
}

/// Where online tiles are kept between runs; `None` where there is no home.
pub(super) fn cache_folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join("corridor-atlas").join("tiles"))
}
