//! A session is given back to the state: all of it when the window opens, or what undo takes back.

use std::sync::Arc;

use super::{Extent, KeptFile, KeptTable, KeptTour, MOST_RECENT, Session, SessionCommand};
use crate::atlas::Kind;
use crate::state::{
    Awaited, Command, Effect, FileCommand, OpenTour, RefusedTour, Sheet, State, StripCommand, Subject,
    TableCommand,
};
use crate::tour::{Look, read};

impl State {
    pub(in crate::state) fn apply_to_session(&mut self, command: SessionCommand) -> Vec<Effect> {
        match command {
            SessionCommand::Restore(session) | SessionCommand::Open(session) => {
                self.adopt(&session, Extent::Whole)
            }
            SessionCommand::Save => vec![Effect::SaveProject],
            SessionCommand::Trouble(trouble) => {
                self.session_trouble = trouble;
                if self.session_trouble.is_some() {
                    // Where it stands.
                    self.set_left_open(true);
                }
                Vec::new()
            }
        }
    }

    /// Brings back what a session keeps; what it does not keep goes.
    pub(in crate::state) fn adopt(&mut self, session: &Session, extent: Extent) -> Vec<Effect> {
        let is_whole = extent == Extent::Whole;
        self.adopt_settings(session);
        let mut effects = self.adopt_files(&session.files);
        let selected = if is_whole { session.look.select.clone() } else { self.picks.selected.clone() };
        let waits = selected.as_ref().is_some_and(|id| id.kind == Kind::File);
        self.files.awaited = Awaited { selected: selected.clone().filter(|_| waits), ..Awaited::default() };
        let mut look = Look { select: selected, ..session.look.clone() };
        if !is_whole {
            (look.from, look.until) = (self.timeline.from, self.timeline.until);
        }
        effects.extend(self.show_look(&look));
        self.measure = session.measure.clone();
        if !is_whole {
            return effects;
        }
        self.compare = session.compare.clone();
        self.panels = crate::state::Panels { sheet: None, ..session.panels };
        self.adopt_recent(session);
        self.aim(&session.look, true);
        if let Some(tour) = &session.tour {
            self.adopt_tour(tour);
        }
        if let Some(strip) = &session.strip {
            let (corridor, route) = (strip.corridor.clone(), Some(strip.route.clone()));
            self.apply_to_strip(StripCommand::Open { corridor, route });
        }
        if let Some(table) = &session.table {
            effects.extend(self.adopt_table(table));
        }
        effects
    }

    fn adopt_settings(&mut self, session: &Session) {
        let settings = session.settings;
        for command in [
            Command::SetLanguage(settings.language),
            Command::SetTheme(settings.theme),
            Command::SetMotionReduced(settings.is_motion_reduced),
            Command::SetTextPercent(settings.text_percent),
        ] {
            // The same again is no change: lists are told anew, and the view is laid out anew.
            if self.settings != settings {
                self.apply_to_settings(&command);
            }
        }
    }

    /// Files that are there already stay as they are read; the others are read, and those that are not kept go.
    fn adopt_files(&mut self, kept: &[KeptFile]) -> Vec<Effect> {
        let is_kept = |key: &str| kept.iter().any(|file| file.key == key);
        let gone: Vec<String> =
            self.files.iter().map(|file| file.key.clone()).filter(|key| !is_kept(key)).collect();
        let mut effects = Vec::new();
        for key in gone {
            effects.extend(self.apply_to_files(FileCommand::Remove { key }));
        }
        for (place, file) in kept.iter().enumerate() {
            let key = file.key.clone();
            if self.files.get(&key).is_none() {
                effects.push(self.files.bring_back(file));
            } else {
                effects.extend(self.set_style(&key, file.style.clone()));
                effects.extend(self.files.place(&key, file.placing.clone()));
            }
            if let Some(open) = self.files.at(&key) {
                open.name.clone_from(&file.name);
                open.is_visible = file.is_visible;
                if open.dated_by != file.dated_by {
                    open.dated_by.clone_from(&file.dated_by);
                    self.refilter(&key);
                }
            }
            let _ = self.apply_to_files(FileCommand::Move { key, to: place });
        }
        effects
    }

    fn adopt_recent(&mut self, session: &Session) {
        let others = session.recent.iter().filter(|path| !self.files.recent.contains(path));
        let others: Vec<_> = others.cloned().collect();
        self.files.recent.extend(others);
        self.files.recent.truncate(MOST_RECENT);
    }

    fn adopt_tour(&mut self, kept: &KeptTour) {
        let mut tour = match read(&kept.text) {
            Ok(tour) => tour,
            Err(faults) => {
                let name = kept.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
                self.tours.refused = Some(Arc::new(RefusedTour { name, faults }));
                self.panels.sheet = Some(Sheet::Tours);
                return;
            }
        };
        tour.id.clone_from(&kept.id);
        let step = kept.step.min(tour.steps.len().saturating_sub(1));
        self.tours.open = Some(OpenTour {
            tour: Arc::new(tour),
            path: kept.path.clone(),
            is_changed: kept.is_changed,
            step,
            edited: None,
        });
    }

    fn adopt_table(&mut self, kept: &KeptTable) -> Vec<Effect> {
        let Some(of) = self.subject(&kept.of) else { return Vec::new() };
        let effects = self.apply_to_table(TableCommand::Open(of.clone()));
        if let Some(open) = self.table.as_mut().filter(|open| open.of == of) {
            open.adopt(kept.sort.clone(), kept.hidden.clone(), kept.columns.clone());
            self.reorder(false);
        }
        effects
    }

    /// What a session or a look calls a kind or a file.
    pub(in crate::state) fn subject(&self, name: &str) -> Option<Subject> {
        let kind = || crate::state::LISTED.into_iter().find(|kind| kind.as_str() == name);
        let file = |key: &str| self.files.get(key).map(|file| Subject::File(file.key.clone()));
        if let Some(key) = name.strip_prefix("file/") {
            return file(key);
        }
        kind().map(Subject::Atlas).or_else(|| file(name))
    }
}
