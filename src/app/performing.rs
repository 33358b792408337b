//! What the state asks of the world outside is done: files, links, the clipboard, the screen.

use std::sync::Arc;

use super::examining::Wish;
use super::joining::Joining;
use super::{App, blank_map, figures, saving, sessions, tours};
use crate::cli;
use crate::state::{Effect, JoinTarget, OpenFile, PROJECT_ENDING};
use crate::ui;

impl App {
    /// Does in the world outside what the state asks for.
    pub(super) fn perform(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::Copy(text) => {
                ctx.copy_text(text);
                ui::note(ctx, ui::Notice::Copied);
            }
            Effect::OpenLink(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Effect::ToggleFullScreen => {
                let is_full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!is_full));
            }
            Effect::SetFullScreen(is_full) => {
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(is_full));
            }
            Effect::TakeOut { tour, form } => {
                let seen = (&self.state, &self.scenery);
                self.outgoing.start(ctx, (tour, form), seen, self.jobs.teller());
            }
            Effect::StopTakingOut => self.outgoing.stop(),
            Effect::CheckTour(tour) => {
                tours::check(ctx, tour, (&self.state, &self.scenery), self.jobs.teller());
            }
            Effect::ReadFile { key, path } => {
                self.read(ctx, key, path, true);
            }
            Effect::Examine { key } => self.examine(ctx, key, Wish::Report),
            Effect::Mend { key } => self.examine(ctx, key, Wish::Copy),
            Effect::ReadText { key, text } => self.jobs.start_text(ctx, key, text),
            Effect::ChooseFiles => self.jobs.choose(ctx),
            Effect::ReadColumns { key, dataset } => self.jobs.read_columns(ctx, key, dataset),
            Effect::SaveAs { name, text } => saving::save_text(ctx, name, text),
            Effect::Export { of, rows, format } => {
                if let Some(extract) = cli::Extract::of(&self.state, &of, &rows) {
                    saving::save(ctx, extract.file_name(format), move |path| {
                        extract.write(format, path).map(drop).map_err(|error| error.to_string())
                    });
                }
            }
            Effect::SaveFigure(wish) => {
                figures::save(ctx, *wish, (&self.state, &self.scenery, &self.look.tokens));
            }
            Effect::SaveProject => {
                let (session, notes) = (self.state.session(), Arc::clone(&self.state.notes.all));
                if let Some(session) = session {
                    let name = format!("project{PROJECT_ENDING}");
                    saving::save(ctx, name, move |path| sessions::save(session, &notes, path));
                }
            }
            Effect::SaveBlankMap => blank_map::save(ctx, &self.state, &self.scenery),
            Effect::KeepNotes(notes) => {
                if let Some(keeper) = &self.keeper {
                    keeper.keep(notes);
                }
            }
            Effect::Join { key, join } => {
                let dataset = match &join.target {
                    JoinTarget::File { key, .. } => {
                        self.state.files.get(key).and_then(OpenFile::whole).cloned()
                    }
                    JoinTarget::Countries | JoinTarget::Zones => None,
                };
                let catalog = Arc::clone(&self.state.catalog);
                self.jobs.start_join(ctx, key, Joining { catalog, dataset, join });
            }
            Effect::EndReading { key } => self.jobs.end(&key),
            Effect::StopReading { key } => {
                self.watcher.forget(&key);
                self.tiled.forget(&key);
                self.jobs.stop(&key);
            }
            Effect::TellMissing(id) => ui::note(ctx, ui::Notice::Missing(id)),
        }
    }
}
