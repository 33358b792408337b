//! Files come back: from a session, after a failure, or because they have changed on the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Columns, FileContent, Files, OpenFile, Parts, Progress};
use crate::atlas::{Id, Kind};
use crate::data::{Batch, Dataset};
use crate::geo::WorldBounds;
use crate::state::session::MOST_RECENT;
use crate::state::{Command, Effect, KeptFile, State, StyleBy, Subject};

/// How a file is on the disk, beside what was read of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    Same,
    Changed,
    Gone,
}

/// Where a layer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::state) enum Origin {
    Disk,
    /// Of other layers and tables, and not read yet.
    Made,
    /// What was pasted or made: it stands in no file.
    Text(Arc<str>),
}

/// How a layer comes to the map when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// Shown whole where it fits; looks that its features have become its style.
    New { fits: bool },
    /// It was there before: its style and the view are somebody's choice.
    Again,
}

impl OpenFile {
    /// What was pasted or joined, which stands in no file.
    #[must_use]
    pub fn own_text(&self) -> Option<&Arc<str>> {
        match &self.origin {
            Origin::Text(text) => Some(text),
            Origin::Disk | Origin::Made => None,
        }
    }

    /// Whether it seems to be `GeoJSON`, by its name.
    #[must_use]
    pub fn is_geojson(&self) -> bool {
        let end = self.path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
        end.contains("json") && end != "topojson" && self.parts.is_none()
    }

    /// Whether it could not be read.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        matches!(self.content, FileContent::Failed(_))
    }

    /// A layer that was made of others has no file: what it was made into is kept.
    pub(super) fn keep_text(&mut self, dataset: &Dataset) {
        if self.origin == Origin::Made
            && let Ok(text) = std::str::from_utf8(dataset.source())
        {
            self.origin = Origin::Text(text.into());
        }
    }

    /// As if it had never been read; style and filter stay.
    fn begin_again(&mut self) {
        // What was read before is seen until there is something new.
        let preview = self.whole().cloned();
        self.content = FileContent::Reading { progress: Progress::default(), preview };
        self.columns = Columns::default();
        self.classes = None;
        self.stopped_at = None;
        self.on_disk = OnDisk::Same;
        self.report = None;
    }

    /// Reads it, wherever it stands.
    fn reading(&self) -> Effect {
        let key = self.key.clone();
        match self.own_text() {
            Some(text) => Effect::ReadText { key, text: text.to_string() },
            None => Effect::ReadFile { key, path: self.path.clone() },
        }
    }
}

impl State {
    /// A file is open of which only what is in view is read.
    pub(super) fn take_parts(&mut self, key: &str, parts: Arc<Parts>) -> Vec<Effect> {
        let Some(file) = self.files.at(key) else { return Vec::new() };
        let arrival = std::mem::replace(&mut file.arrival, Arrival::Again);
        let bounds = parts.bounds().map(WorldBounds::of_degrees);
        // Many writers call an archive as its file is called.
        let stem = file.path.file_stem().unwrap_or_default().to_string_lossy();
        if let Some(name) = parts.name().filter(|name| arrival != Arrival::Again && *name != stem) {
            name.clone_into(&mut file.name);
        }
        file.parts = Some(parts);
        let path = file.path.clone();
        self.files.remember(Some(path));
        self.show_arrived(arrival, bounds);
        Vec::new()
    }

    /// Shows a new file whole, with those that were opened with it.
    pub(super) fn show_arrived(&mut self, arrival: Arrival, bounds: Option<WorldBounds>) {
        let Some(bounds) = bounds.filter(|_| arrival == Arrival::New { fits: true }) else { return };
        let is_framed = self.view.is_held() && self.files.arrived.is_some();
        let all = self.files.arrived.map_or(bounds, |arrived| arrived.union(bounds));
        self.files.arrived = Some(all);
        // While nobody has moved the map there is nothing to fly from.
        let show = if self.view.is_at_home() || is_framed { Command::Frame(all) } else { Command::Fit(all) };
        let _ = self.apply(show);
    }

    /// Rows of another view are other features: what was chosen among them is chosen no more.
    pub(super) fn take_window(&mut self, key: &str, dataset: Option<Arc<Dataset>>) -> Vec<Effect> {
        let is_styled = self.files.styled() == Some(key);
        let is_listed = self.table.as_ref().is_some_and(|table| table.of == Subject::File(key.to_owned()));
        let Some(file) = self.files.at(key) else { return Vec::new() };
        file.is_too_wide = dataset.is_none();
        let dataset =
            dataset.unwrap_or_else(|| Arc::new(Dataset::new(Arc::new(Vec::new()), Batch::default()).0));
        file.content = FileContent::Ready { dataset, filled: 0 };
        (file.columns, file.classes) = (Columns::default(), None);
        let is_wanted =
            is_styled || is_listed || file.style.by != StyleBy::One || !file.filter.text.is_empty();
        let wanted = if is_wanted { file.want_columns() } else { Vec::new() };
        let is_of_it =
            |id: &Id| id.kind == Kind::File && id.name.rsplit_once('/').is_some_and(|(of, _)| of == key);
        if self.picks.hovered.as_ref().is_some_and(is_of_it) {
            self.picks.hovered = None;
        }
        if self.picks.selected.as_ref().is_some_and(is_of_it) {
            self.picks.select(None);
        }
        self.picks.here.retain(|id| !is_of_it(id));
        self.history.forget(is_of_it);
        wanted
    }
}

impl Files {
    /// As a session kept it, on top of the others.
    pub(in crate::state) fn bring_back(&mut self, kept: &KeptFile) -> Effect {
        let names = (kept.key.clone(), Some(kept.name.clone()));
        let mut file = OpenFile::new(names, kept.path.clone(), kept.style.clone());
        file.origin = kept.text.clone().map_or(Origin::Disk, Origin::Text);
        file.dated_by.clone_from(&kept.dated_by);
        file.placing.clone_from(&kept.placing);
        (file.is_visible, file.arrival) = (kept.is_visible, Arrival::Again);
        let effect = file.reading();
        self.list.push(file);
        self.opened += 1;
        self.given.insert(kept.key.clone());
        effect
    }

    /// Another try takes the place of one that failed: the same file, or one of the same name from where it is now.
    pub(super) fn take_place(&mut self, path: &Path) -> Option<Effect> {
        let is_same = |file: &&mut OpenFile| file.path == path || file.path.file_name() == path.file_name();
        let mut failed = self.list.iter_mut().filter(|file| file.has_failed() && file.origin == Origin::Disk);
        let file = failed.find(is_same)?;
        path.clone_into(&mut file.path);
        file.begin_again();
        Some(file.reading())
    }

    /// Reads a file again from the disk.
    pub(super) fn reload(&mut self, key: &str) -> Vec<Effect> {
        let Some(file) = self.at(key).filter(|file| file.origin == Origin::Disk) else { return Vec::new() };
        file.begin_again();
        vec![Effect::StopReading { key: key.to_owned() }, file.reading()]
    }

    /// A file that was read stands first among the recent ones.
    pub(super) fn remember(&mut self, path: Option<PathBuf>) {
        let Some(path) = path else { return };
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(MOST_RECENT);
    }
}
