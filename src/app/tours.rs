//! Tours in the world outside: opened from files, checked on a thread of their own, told from a second window.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::figures::is_figure;
use super::picture::Picture;
use crate::flight;
use crate::scene::{Scene, Scenery};
use crate::state::{Command, FileCommand, NotesAt, RefusedTour, State, TourCommand};
use crate::tour::{Fault, Tour, Wrong, is_tour, read};
use crate::ui::{self, Commands, Context, DeskPictures};

/// A tour is a text that a person wrote: more than this is something else.
const MOST_BYTES: u64 = 4 << 20;
/// The presenter's window at first, in points.
const DESK: [f32; 2] = [1280.0, 720.0];
/// How often a clock is looked at.
const CLOCK: Duration = Duration::from_secs(1);

/// Files to be opened, of which tours go their own way, and figures too.
pub(super) fn opened(command: Command, figures: &mut Vec<PathBuf>) -> Vec<Command> {
    let Command::File(FileCommand::Open { paths, fits }) = command else { return vec![command] };
    let (tours, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| is_tour(path));
    let (pictures, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| is_figure(path));
    figures.extend(pictures);
    let mut commands: Vec<Command> = tours.iter().map(|path| Command::Tour(open(path))).collect();
    if !paths.is_empty() {
        commands.push(Command::File(FileCommand::Open { paths, fits }));
    }
    commands
}

/// Reads a tour from its file.
pub(super) fn open(path: &Path) -> TourCommand {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let form = |what: String| vec![Fault { line: 1, wrong: Wrong::Form(what) }];
    let read = text(path).map_err(|error| form(error.to_string())).and_then(|text| read(&text));
    match read {
        Ok(tour) => TourCommand::Open { tour: Arc::new(tour), path: Some(path.to_owned()) },
        Err(faults) => TourCommand::Refuse(RefusedTour { name, faults }),
    }
}

fn text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// Looks through a tour on a thread of its own.
pub(super) fn check(
    ctx: &egui::Context,
    tour: Arc<Tour>,
    (state, scenery): (&State, &Arc<Scenery>),
    tell: crossbeam_channel::Sender<Command>,
) {
    let (state, scenery, ctx) = (state.clone(), Arc::clone(scenery), ctx.clone());
    let check = move || {
        let findings = Arc::new(flight::check(&state, &scenery, &tour));
        // The window may be gone.
        let _ = tell.send(Command::Tour(TourCommand::Checked(findings)));
        ctx.request_repaint();
    };
    if let Err(error) = std::thread::Builder::new().name("atlas-flight-check".to_owned()).spawn(check) {
        log::error!("the tour cannot be checked: {error}");
    }
}

/// The presenter's window, with the picture of what comes next.
#[derive(Default)]
pub(super) struct Desk(Picture);

impl Desk {
    /// Shows the presenter's window while one is wanted, and sees to it that clocks go on.
    /// `now` is what the audience sees.
    pub(super) fn show(
        &mut self,
        ctx: &egui::Context,
        (context, now): (&Context<'_>, Arc<Scene>),
        commands: &mut Commands,
    ) {
        let state = context.state;
        let Some((_, show)) = state.tours.presented() else { return };
        if let Some(secs) = state.next_change_secs() {
            ctx.request_repaint_after(Duration::from_secs_f64(secs.min(3600.0)));
        }
        if show.notes != NotesAt::Nowhere {
            ctx.request_repaint_after(CLOCK);
        }
        if show.notes != NotesAt::Window {
            return;
        }
        let title = format!("{} – {}", context.strings.presenter.title, context.strings.app_name);
        let builder = egui::ViewportBuilder::default().with_title(title).with_inner_size(DESK);
        let id = egui::ViewportId::from_hash_of("presenter");
        ctx.show_viewport_immediate(id, builder, |ui, _| {
            let pictures = self.pictures(ui.ctx(), context, Arc::clone(&now));
            let time = jiff::Zoned::now().strftime("%H:%M").to_string();
            ui::desk_ui(ui, context, (&pictures, &time), commands);
            if ui.input(|input| input.viewport().close_requested()) {
                commands.push(Command::Tour(TourCommand::Notes(NotesAt::Window)));
            }
        });
    }

    fn pictures(&mut self, ctx: &egui::Context, context: &Context<'_>, now: Arc<Scene>) -> DeskPictures {
        let size = context.state.view.viewport().size;
        let next = context.state.next_step().map(|step| {
            let seen = context.state.told(step, size);
            self.0.of((&seen, context.scenery), (ctx.pixels_per_point(), false), None)
        });
        DeskPictures { now, next }
    }
}
