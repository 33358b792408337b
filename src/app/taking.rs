//! Tours and the years taken out into files, on a thread of their own that can be stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::saving;
use crate::cli::{CliError, MOVING, STILL, Story, TakeOut};
use crate::geo::Size;
use crate::scene::Scenery;
use crate::state::{Command, State, TakeOutCommand, Taking, TourCommand};
use crate::tour::{Tour, TourForm};

/// Pictures a second while the map flies.
const FRAMES_PER_SEC: u32 = 12;

/// What is on its way out, of which there is one at most.
#[derive(Default)]
pub(super) struct Outgoing {
    stop: Arc<AtomicBool>,
}

impl Outgoing {
    /// Lets the person choose a place, and writes it there.
    pub(super) fn start(
        &mut self,
        ctx: &egui::Context,
        (tour, form): (Option<Arc<Tour>>, TourForm),
        (state, scenery): (&State, &Arc<Scenery>),
        tell: crossbeam_channel::Sender<Command>,
    ) {
        self.stop = Arc::default();
        let (stop, ctx_of_thread) = (Arc::clone(&self.stop), ctx.clone());
        let size = if form.is_moving() { MOVING } else { STILL };
        let (state, scenery) = (seen_at(state, size, tour.is_some()), Arc::clone(scenery));
        let stem = tour.as_ref().and_then(|tour| tour.id.clone()).unwrap_or_else(|| "tour".to_owned());
        let stem = if tour.is_none() { "timeline".to_owned() } else { stem };
        let name = form.extension().map_or_else(|| stem.clone(), |end| format!("{stem}.{end}"));
        saving::save(ctx, name, move |path| {
            let told = |taking: Option<Taking>| {
                // The window may be gone.
                let _ = tell.send(Command::Tour(TourCommand::TakeOut(TakeOutCommand::Told(taking))));
                ctx_of_thread.request_repaint();
            };
            let watch = |done, total| {
                told(Some(Taking { done, total }));
                !stop.load(Ordering::Relaxed)
            };
            let story = tour.as_deref().map_or(Story::Years, Story::Tour);
            let job = TakeOut {
                state: &state,
                scenery: &scenery,
                story,
                size,
                frames_per_sec: FRAMES_PER_SEC,
                watch: &watch,
            };
            let written = job.write(form, path);
            told(None);
            match written {
                Ok(()) | Err(CliError::Stopped) => Ok(()),
                Err(error) => Err(error.to_string()),
            }
        });
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// The years are seen where the window looks; a tour looks by itself.
fn seen_at(state: &State, size: Size, is_tour: bool) -> State {
    if is_tour { state.clone() } else { super::figures::on_paper(state, size) }
}
