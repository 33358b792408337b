//! Layers of tiles: an archive of vector tiles is a layer of what is in view, read anew whenever the view has settled;
//! one of pictures is drawn under everything else.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::network;
use crate::data::{Batch, Dataset, Fault, Source};
use crate::format::{self, Next, ReadError, Watch};
use crate::geo::WorldBounds;
use crate::i18n::Strings;
use crate::state::{Command, FileCommand, State};
use crate::tiles::{self, Archive, Kind, MOST_TILES, TileError};
use crate::ui::PictureTiles;

/// So long the view stands still before its tiles are read, in seconds.
const SETTLED_SECS: f64 = 0.25;

/// All layers of tiles that are open.
pub(super) struct Tiled {
    layers: HashMap<String, Layer>,
    news: Receiver<News>,
    teller: Sender<News>,
}

enum News {
    Opened {
        key: String,
        archive: Arc<dyn Archive>,
    },
    Told(FileCommand),
    /// A window is done.
    Idle(String),
}

struct Layer {
    archive: Arc<dyn Archive>,
    /// The view whose tiles were read last, or are being read.
    seen: Option<(Vec<WorldBounds>, u8)>,
    is_busy: bool,
    pictures: Option<PictureTiles>,
}

/// Whether a file is an archive of tiles on this machine.
pub(super) fn is_archive(path: &Path) -> bool {
    let end = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    tiles::EXTENSIONS.contains(&end.as_str())
}

struct Patient;

impl Watch for Patient {
    fn next(&self, _bytes: u64, _vertices: u64) -> Next {
        Next::GoOn
    }
}

impl Tiled {
    pub(super) fn new() -> Self {
        let (teller, news) = unbounded();
        Self { layers: HashMap::new(), news, teller }
    }

    /// Opens an archive, or tiles at an address, on a thread of its own.
    pub(super) fn open(
        &self,
        ctx: &egui::Context,
        key: String,
        (path, strings): (PathBuf, &'static Strings),
    ) {
        self.spawn(ctx, move |teller| {
            let opened: Result<Arc<dyn Archive>, Fault> = match network::address(&path) {
                Some(address) => network::archive((address, strings)),
                None => tiles::open(&path).map(Arc::from).map_err(|error| fault(strings, &error)),
            };
            // The window may be gone.
            let _ = match opened {
                Ok(archive) => teller.send(News::Opened { key, archive }),
                Err(fault) => teller.send(News::Told(FileCommand::Failed { key, fault })),
            };
        });
    }

    fn spawn(&self, ctx: &egui::Context, work: impl FnOnce(&Sender<News>) + Send + 'static) {
        let (teller, ctx) = (self.teller.clone(), ctx.clone());
        let run = move || {
            work(&teller);
            ctx.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name("atlas-tiles".to_owned()).spawn(run) {
            log::error!("tiles cannot be read: {error}");
        }
    }

    pub(super) fn forget(&mut self, key: &str) {
        self.layers.remove(key);
    }

    /// What has happened since.
    pub(super) fn news(&mut self, ctx: &egui::Context) -> Vec<Command> {
        let mut commands = Vec::new();
        for news in self.news.try_iter().collect::<Vec<_>>() {
            match news {
                News::Told(command) => commands.push(Command::File(command)),
                News::Idle(key) => {
                    if let Some(layer) = self.layers.get_mut(&key) {
                        layer.is_busy = false;
                    }
                }
                News::Opened { key, archive } => {
                    let info = Arc::new(archive.info().clone());
                    let is_vector = info.kind == Kind::Mvt;
                    let pictures = (!is_vector).then(|| PictureTiles::new(ctx, Arc::clone(&archive)));
                    commands.push(Command::File(FileCommand::Tiles { key: key.clone(), info }));
                    if !is_vector {
                        commands.push(Command::File(FileCommand::Window {
                            key: key.clone(),
                            dataset: nothing(),
                        }));
                    }
                    self.layers.insert(key, Layer { archive, seen: None, is_busy: false, pictures });
                }
            }
        }
        commands
    }

    /// Reads the tiles of the view where it stands still and is another one than before.
    pub(super) fn follow(&mut self, ctx: &egui::Context, state: &State) {
        if self.layers.is_empty() {
            return;
        }
        let viewport = state.view.viewport();
        let view = (viewport.bounds(), viewport.camera.zoom.floor() as u8);
        let moved = egui::Id::unique("when the view of tiles moved");
        let now = ctx.input(|input| input.time);
        let last: Option<(Vec<WorldBounds>, u8, f64)> = ctx.data(|data| data.get_temp(moved));
        let since = match last {
            Some((bounds, zoom, since)) if (&bounds, zoom) == (&view.0, view.1) => since,
            _ => now,
        };
        ctx.data_mut(|data| data.insert_temp(moved, (view.0.clone(), view.1, since)));
        let wanted: Vec<String> = state
            .files
            .iter()
            .filter(|file| file.is_visible)
            .filter(|file| self.layers.get(&file.key).is_some_and(|layer| layer.wants(&view)))
            .map(|file| file.key.clone())
            .collect();
        if wanted.is_empty() {
            return;
        }
        if state.is_moving() || now - since < SETTLED_SECS {
            ctx.request_repaint_after(Duration::from_secs_f64(SETTLED_SECS));
            return;
        }
        let strings = Strings::embedded(state.settings.language);
        for key in wanted {
            let Some(layer) = self.layers.get_mut(&key) else { continue };
            (layer.is_busy, layer.seen) = (true, Some(view.clone()));
            let (archive, bounds) = (Arc::clone(&layer.archive), view.0.clone());
            let zoom = viewport.camera.zoom;
            self.spawn(ctx, move |teller| {
                let told = match dataset_of(&*archive, (&bounds, zoom), strings) {
                    Ok(dataset) => FileCommand::Window { key: key.clone(), dataset },
                    Err(fault) => FileCommand::Failed { key: key.clone(), fault },
                };
                // The window may be gone.
                let _ = teller.send(News::Told(told));
                let _ = teller.send(News::Idle(key));
            });
        }
    }

    /// The pictures of the layers that are shown, the lowest first.
    pub(super) fn pictures(&mut self, state: &State) -> Vec<&mut PictureTiles> {
        if self.layers.is_empty() {
            return Vec::new();
        }
        let order: Vec<String> =
            state.files.iter().filter(|file| file.is_visible).map(|file| file.key.clone()).collect();
        let mut shown: Vec<(usize, &mut PictureTiles)> = self
            .layers
            .iter_mut()
            .filter_map(|(key, layer)| {
                let place = order.iter().position(|other| other == key)?;
                Some((place, layer.pictures.as_mut()?))
            })
            .collect();
        shown.sort_by_key(|(place, _)| *place);
        shown.into_iter().map(|(_, pictures)| pictures).collect()
    }
}

impl Layer {
    fn wants(&self, view: &(Vec<WorldBounds>, u8)) -> bool {
        self.pictures.is_none() && !self.is_busy && self.seen.as_ref() != Some(view)
    }
}

/// What a view shows of an archive of vector tiles. A view that is too wide for its tiles shows none of them.
fn dataset_of(
    archive: &dyn Archive,
    (bounds, zoom): (&[WorldBounds], f64),
    strings: &Strings,
) -> Result<Arc<Dataset>, Fault> {
    let mut text = Vec::new();
    for bounds in bounds {
        match tiles::window(archive, *bounds, zoom, MOST_TILES, &|_, _| true) {
            Ok(window) => text.extend(window.text),
            Err(TileError::TooWide { .. }) => {}
            Err(error) => return Err(fault(strings, &error)),
        }
    }
    if text.is_empty() {
        return Ok(nothing());
    }
    let read: Result<(Source, Batch), ReadError> =
        format::read_source(Arc::new(text), Path::new("view.geojsonl"), &Patient);
    let (source, batch) = read.map_err(|error| error.fault)?;
    let (dataset, mut unfilled) = Dataset::new(source, batch);
    for number in 0..dataset.levels.len() {
        dataset.fill(&mut unfilled, number, || true);
    }
    Ok(Arc::new(dataset))
}

fn nothing() -> Arc<Dataset> {
    Arc::new(Dataset::new(Arc::new(Vec::new()), Batch::default()).0)
}

fn fault(strings: &Strings, error: &TileError) -> Fault {
    Fault::Tiles { message: error.told(strings) }
}
