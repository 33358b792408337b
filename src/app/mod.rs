//! The shell: it owns everything, runs the frame, and does in the world outside what the state asks for.

mod blank_map;
mod coming;
mod examining;
mod figures;
mod files;
mod home;
mod joining;
mod network;
mod notes;
mod opened;
mod opening;
mod performing;
mod picture;
mod profile;
mod report;
mod rescue;
mod saving;
mod sessions;
mod start;
mod taking;
mod tiled;
mod tours;
mod watching;

use std::sync::Arc;

use crate::catalog::words::short_name;
use crate::content::Content;
use crate::i18n::Strings;
use crate::render::{self, ViewId};
use crate::scene::{Scene, Scenery};
use crate::state::{Command, Effect, LayerKind, State};
use crate::ui::{self, Commands, Context, Look, MapPicture, PictureTiles, TypeAhead};
use files::Jobs;
use picture::{Compared, LensPicture, Picture};

pub use profile::Profile;
pub use report::report_panics;
pub use rescue::Rescue;
pub use start::{Ready, Start, WindowError, run};

/// The program with its window.
pub struct App {
    state: State,
    scenery: Arc<Scenery>,
    look: Look,
    commands: Commands,
    type_ahead: TypeAhead,
    picture: Picture,
    compared: Compared,
    lens: LensPicture,
    desk: tours::Desk,
    figure: picture::FigurePicture,
    online: Option<PictureTiles>,
    jobs: Jobs,
    watcher: watching::Watcher,
    tiled: tiled::Tiled,
    outgoing: taking::Outgoing,
    /// Of notes; `None` where there is no place for them.
    keeper: Option<notes::Keeper>,
    /// Of the session; `None` where none is kept.
    session: Option<sessions::Keeper>,
    rescue: Rescue,
    /// Of the window: what is selected, and the program's name.
    title: String,
    /// What the title names.
    titled: Option<crate::atlas::Id>,
    /// When the last frame began, in egui's seconds.
    last_secs: Option<f64>,
    profile: Option<Profile>,
}

impl App {
    /// With the content already read.
    pub fn new(creation: &eframe::CreationContext<'_>, ready: Ready, mut profile: Option<Profile>) -> Self {
        let Ready { content, loader, notes, session, effects, rescue } = ready;
        let Content { mut state, scenery, tokens, .. } = content;
        let ctx = creation.egui_ctx.clone();
        if let Some(render_state) = &creation.wgpu_render_state {
            let woken = ctx.clone();
            render::install(render_state, loader, move || woken.request_repaint());
            render::on_device_lost(render_state, rescue.alarm(&ctx));
            if let Some(profile) = &mut profile {
                profile.set_adapter(render::adapter_name(render_state));
            }
        }
        ui::install_fonts(&ctx);
        let keeper = notes.map(|path| {
            let _ = state.apply(Command::Note(notes::read(&path)));
            let woken = ctx.clone();
            notes::Keeper::new(path, move || woken.request_repaint())
        });
        let session = session.map(|place| {
            let woken = ctx.clone();
            sessions::Keeper::new(place, move || woken.request_repaint())
        });
        // Text has its own commands for that, which go through the state.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut app = Self {
            look: Look::new(tokens, state.settings.theme),
            state,
            scenery,
            commands: Commands::default(),
            type_ahead: TypeAhead::default(),
            picture: Picture::default(),
            compared: Compared::default(),
            lens: LensPicture::default(),
            desk: tours::Desk::default(),
            figure: picture::FigurePicture::default(),
            online: None,
            jobs: Jobs::new(),
            tiled: tiled::Tiled::new(),
            watcher: watching::Watcher::new(&ctx),
            outgoing: taking::Outgoing::default(),
            keeper,
            session,
            rescue,
            title: String::new(),
            titled: None,
            last_secs: None,
            profile,
        };
        app.look.apply(&ctx);
        for effect in effects {
            match effect {
                // What lies at an address waits until somebody asks for it.
                Effect::ReadFile { key, path } => app.read(&ctx, key, path, false),
                effect => app.perform(&ctx, effect),
            }
        }
        app
    }

    /// What is shown and chosen right now.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Grants every wish in the queue and performs what follows from it.
    fn apply(&mut self, ctx: &egui::Context) {
        let mut figures = Vec::new();
        let strings = Strings::embedded(self.state.settings.language);
        let commands = self.commands.take().into_iter().map(coming::dated);
        let commands: Vec<Command> = commands
            .flat_map(|command| coming::opened((ctx, strings), command))
            .flat_map(|command| tours::opened(command, &mut figures))
            .collect();
        for path in figures {
            figures::open(ctx, path, self.jobs.teller());
        }
        for command in commands {
            for effect in self.state.apply(command) {
                self.perform(ctx, effect);
            }
        }
        if self.look.theme != self.state.settings.theme {
            self.look = Look::new(Arc::clone(&self.look.tokens), self.state.settings.theme);
            self.look.apply(ctx);
        }
        let zoom = self.state.settings.text_percent as f32 / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > 1e-3 {
            ctx.set_zoom_factor(zoom);
        }
        let is_online = self.state.layers.shows(LayerKind::Online);
        if is_online && self.online.is_none() {
            self.online = network::online_map(strings).map(|map| PictureTiles::new(ctx, map));
        } else if !is_online {
            self.online = None;
        }
    }

    /// Says what is selected in the window's title, where a screen reader and the task bar read it.
    fn name_window(&mut self, ctx: &egui::Context) {
        let strings = Strings::embedded(self.state.settings.language);
        let (catalog, language) = (&self.state.catalog, self.state.settings.language);
        let title = match &self.state.picks.selected {
            Some(id) => {
                // A feature of a file is read when it is chosen anew, not every frame.
                let name = match self.state.files.feature(id) {
                    Some(_) if self.titled.as_ref() == Some(id) => return,
                    Some((_, dataset, row)) => {
                        crate::format::label(dataset.bytes(row).unwrap_or_default(), row)
                    }
                    None => short_name(catalog, id, language),
                };
                strings.words.window_title.fill_all(&[("name", &name), ("app", &strings.app_name)])
            }
            None => strings.app_name.clone(),
        };
        self.titled.clone_from(&self.state.picks.selected);
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// What the first picture does not need is read once it stands.
    fn settle(&mut self, is_complete: bool) {
        if !is_complete || self.picture.is_complete {
            return;
        }
        self.picture.is_complete = true;
        let (scenery, catalog) = (Arc::clone(&self.scenery), Arc::clone(&self.state.catalog));
        let reading = std::thread::Builder::new().name("atlas-boundaries".to_owned());
        if let Err(error) = reading.spawn(move || {
            scenery.read_boundaries();
            scenery.find_touching(&catalog);
        }) {
            log::error!("boundaries cannot be clicked: {error}");
        }
    }

    /// Asks for the areas of the levels that are to be seen.
    fn fill_files(&self) {
        let zoom = self.state.view.camera().zoom;
        for file in self.state.files.iter().filter(|file| file.is_visible) {
            let Some(dataset) = file.whole().filter(|dataset| dataset.has_areas) else { continue };
            let number = dataset.level_number(zoom);
            if let Some(number) = number.filter(|&number| dataset.levels[number].areas().is_none()) {
                self.jobs.fill(&file.key, number);
            }
        }
    }

    /// The scene of the state as it is.
    fn scene(&mut self, ctx: &egui::Context, window: egui::Rect) -> Arc<Scene> {
        let layout = ui::Layout::new(window, &self.state, &self.look.tokens);
        let scale = ui::scale_box(ctx, &layout).translate(-window.min.to_vec2());
        let scale = [scale.min.x, scale.min.y, scale.max.x, scale.max.y];
        let is_online = self.online.as_ref().is_some_and(PictureTiles::has_any)
            || self.tiled.pictures(&self.state).iter().any(|pictures| pictures.has_any());
        let ground = (ctx.pixels_per_point(), is_online);
        self.picture.of((&self.state, &self.scenery), ground, Some(scale))
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        if self.type_ahead.deliver(input) {
            ctx.request_repaint();
        }
    }

    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if let Some(restart) = self.rescue.needed() {
            self.on_exit();
            self.session = None;
            restart();
        }
        let now = ctx.input(|input| input.time);
        let dt_secs = self.last_secs.map_or(0.0, |last| now - last);
        self.last_secs = Some(now);
        let is_complete =
            frame.wgpu_render_state().is_some_and(|state| render::is_complete(state, ViewId::MAIN));
        self.settle(is_complete);
        if let Some(profile) = &mut self.profile {
            let seen = profile::Seen { is_complete, state: &self.state, scenery: &self.scenery, ctx };
            profile.frame(&seen, &mut self.commands);
        }
        self.commands.extend(self.jobs.news());
        self.commands.extend(self.watcher.news());
        self.commands.extend(self.tiled.news(ctx, &mut self.jobs, &self.state));
        self.tiled.follow(ctx, &self.state);
        let kept = self.keeper.as_ref().and_then(notes::Keeper::news);
        self.commands.extend(kept.map(Command::Note));
        self.commands.extend(self.session.as_ref().and_then(sessions::Keeper::news));
        // Nothing comes in between a presenter and the audience.
        if !self.state.tours.is_presented() {
            self.commands.extend(coming::dropped(ctx));
        }
        // Time passes first, so that what a hand asks for is done on the newest camera.
        for effect in self.state.apply(Command::Tick(dt_secs)) {
            self.perform(ctx, effect);
        }
        self.apply(ctx);
        self.name_window(ctx);
        if self.state.is_moving() {
            ctx.request_repaint();
        }
        if let Some(keeper) = &mut self.session {
            keeper.watch(ctx, &self.state, now);
        }
    }

    fn on_exit(&mut self) {
        if let Some(keeper) = &mut self.session {
            keeper.keep(&self.state);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        // First, so that the picture suits the window it is drawn in.
        let _ = self.state.apply(ui::viewport_command(ui.max_rect(), &self.state, &self.look.tokens));
        self.fill_files();
        let scene = self.scene(ui.ctx(), ui.max_rect());
        let placed = ui::compare_maps(ui.max_rect(), &self.state, &self.look.tokens);
        let pixels_per_point = ui.ctx().pixels_per_point();
        let compared = self.compared.of((&self.state, &self.scenery), pixels_per_point, &placed);
        let lens = self.lens.of(ui, (&self.state, &self.scenery), pixels_per_point);
        let figure = figures::preview(
            &mut self.figure,
            (&self.state, &self.scenery, &self.look.tokens),
            pixels_per_point,
        );
        let strings = Strings::embedded(self.state.settings.language);
        let context = Context {
            state: &self.state,
            scenery: &self.scenery,
            strings,
            look: &self.look,
            medium: ui::Medium::Window,
        };
        let shown = Arc::clone(&scene);
        let pictures = self.tiled.pictures(&self.state);
        let beneath = self.picture.beneath.clone();
        let online = self.online.as_mut();
        let picture = MapPicture { scene, beneath, online, pictures, compared: &compared, lens, figure };
        ui::window_ui(ui, &context, picture, &mut self.commands);
        self.desk.show(ui.ctx(), (&context, shown), &mut self.commands);
        let is_changed = self.commands.changes(&self.state);
        if is_changed {
            ui.ctx().request_repaint();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        egui::Rgba::from(ui::colour(self.look.colours().surface.window)).to_array()
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}
