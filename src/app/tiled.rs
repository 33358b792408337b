//! Layers of which only what is in view is read, anew whenever the view has settled: tiles, and features with an index.
//! Tiles of pictures are drawn under everything else.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::files::Jobs;
use super::network;
use super::opened::Opened;
use crate::geo::WorldBounds;
use crate::i18n::Strings;
use crate::state::{Command, FileCommand, State};
use crate::ui::PictureTiles;

/// So long the view stands still before its tiles are read, in seconds.
const SETTLED_SECS: f64 = 0.25;

/// All such layers that are open.
pub(super) struct Tiled {
    layers: HashMap<String, Layer>,
    /// Of which it is being found out what they are.
    opening: HashSet<String>,
    news: Receiver<News>,
    teller: Sender<News>,
}

enum News {
    Opened {
        key: String,
        opened: Opened,
    },
    /// What lies at an address is read whole.
    Whole {
        key: String,
        address: String,
    },
    Told(FileCommand),
    /// A window is done.
    Idle(String),
}

struct Layer {
    opened: Opened,
    /// The view whose tiles were read last, or are being read.
    seen: Option<(Vec<WorldBounds>, u8)>,
    is_busy: bool,
    pictures: Option<PictureTiles>,
}

impl Tiled {
    pub(super) fn new() -> Self {
        let (teller, news) = unbounded();
        Self { layers: HashMap::new(), opening: HashSet::new(), news, teller }
    }

    /// Opens an archive of this machine, or finds out what lies at an address, on a thread of its own.
    pub(super) fn open(
        &mut self,
        ctx: &egui::Context,
        key: String,
        (path, strings): (PathBuf, &'static Strings),
    ) {
        self.opening.insert(key.clone());
        self.spawn(ctx, move |teller| {
            let news = match network::address(&path) {
                Some(address) => match network::opened(address, strings) {
                    Ok(Some(opened)) => News::Opened { key, opened },
                    Ok(None) => News::Whole { key, address: address.to_owned() },
                    Err(fault) => News::Told(FileCommand::Failed { key, fault }),
                },
                None => match Opened::archive(&path, strings) {
                    Ok(opened) => News::Opened { key, opened },
                    Err(fault) => News::Told(FileCommand::Failed { key, fault }),
                },
            };
            // The window may be gone.
            let _ = teller.send(news);
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
        self.opening.remove(key);
    }

    /// What has happened since; what is read whole goes to `jobs`.
    pub(super) fn news(&mut self, ctx: &egui::Context, jobs: &mut Jobs, state: &State) -> Vec<Command> {
        let mut commands = Vec::new();
        for news in self.news.try_iter().collect::<Vec<_>>() {
            match news {
                News::Told(command) => commands.push(Command::File(command)),
                News::Idle(key) => {
                    if let Some(layer) = self.layers.get_mut(&key) {
                        layer.is_busy = false;
                    }
                }
                // It may have been closed meanwhile.
                News::Whole { key, address } => {
                    if self.opening.remove(&key) {
                        let strings = Strings::embedded(state.settings.language);
                        jobs.fetch(ctx, (key, address), (true, strings));
                    }
                }
                News::Opened { key, opened } => {
                    if self.opening.remove(&key) {
                        commands.extend(self.add(ctx, key, opened).map(Command::File));
                    }
                }
            }
        }
        commands
    }

    /// A layer is open; it has nothing to show yet.
    fn add(&mut self, ctx: &egui::Context, key: String, opened: Opened) -> impl Iterator<Item = FileCommand> {
        let parts = Arc::new(opened.parts());
        let pictures = opened.pictures().map(|archive| PictureTiles::new(ctx, archive));
        let nothing = pictures.is_some().then(Opened::nothing);
        self.layers.insert(key.clone(), Layer { opened, seen: None, is_busy: false, pictures });
        let window = nothing.map(|nothing| FileCommand::Window { key: key.clone(), dataset: Some(nothing) });
        [FileCommand::InParts { key, parts }].into_iter().chain(window)
    }

    /// Reads what is in view where it stands still and is another one than before.
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
            let (opened, bounds) = (layer.opened.clone(), view.0.clone());
            let zoom = viewport.camera.zoom;
            self.spawn(ctx, move |teller| {
                let told = match opened.in_view((&bounds, zoom), strings) {
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
