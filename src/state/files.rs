//! Files that a person opened: each a layer above the basemap, in the order in which they lie.

mod command;
mod kept;
mod parts;
mod placing;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file_style::{Columns, FileStyle, StyleBy};
use super::table::{RowFilter, Subject};
use super::{Awaited, Command, Effect, State};
use crate::atlas::{Id, Kind};
use crate::data::{Classes, Dataset, Fault, seems_to_have_looks};
use crate::doctor::Report;
use crate::geo::WorldBounds;

pub use command::FileCommand;
use kept::Arrival;
pub use kept::OnDisk;
pub(super) use kept::Origin;
pub use parts::Parts;
pub use placing::Placing;

/// Standard input among files: it cannot be read twice.
const STDIN: &str = "-";

/// All opened files, the lowest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    list: Vec<OpenFile>,
    /// The file whose style is open in the list.
    pub(super) styled: Option<String>,
    /// Files opened so far, for colours.
    opened: usize,
    /// Keys given so far: news of a file that is gone must not reach another.
    given: BTreeSet<String>,
    /// Files that were read, the newest first, for who wants one again.
    pub recent: Vec<PathBuf>,
    pub(super) awaited: Awaited,
    /// The box around what was opened together and is read by now.
    arrived: Option<WorldBounds>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// The middle part of its features' ids: unique, without white space or slashes.
    pub key: String,
    pub name: String,
    pub path: PathBuf,
    pub style: FileStyle,
    pub columns: Columns,
    /// Its features by class, where the style goes by classes.
    pub classes: Option<Arc<Classes>>,
    pub filter: RowFilter,
    /// The column that tells when, as somebody chose; `None` takes the first that does.
    pub dated_by: Option<String>,
    pub is_visible: bool,
    arrival: Arrival,
    pub(super) origin: Origin,
    pub placing: Placing,
    pub on_disk: OnDisk,
    /// Of a file of which only what is in view is read: what it says of itself.
    pub parts: Option<Arc<Parts>>,
    /// Too much of it is in view to be read at once.
    pub is_too_wide: bool,
    /// What the doctor found, once it was there.
    pub report: Option<Arc<Report>>,
    /// How much of it was read, in percent, when a person stopped it.
    pub stopped_at: Option<u8>,
    pub content: FileContent,
}

/// How far it has come.
#[derive(Clone, Debug)]
pub enum FileContent {
    /// With the features at its begin, once there are some to show.
    Reading {
        progress: Progress,
        preview: Option<Arc<Dataset>>,
    },
    /// `filled` counts up whenever a level has got its areas.
    Ready {
        dataset: Arc<Dataset>,
        filled: usize,
    },
    Failed(Fault),
}

/// Of a file that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    pub bytes: u64,
    pub total: u64,
    pub vertices: u64,
    /// Once that can be told.
    pub seconds_left: Option<u32>,
}

/// Equal where they look alike.
impl PartialEq for OpenFile {
    fn eq(&self, other: &Self) -> bool {
        let is_same_content = match (&self.content, &other.content) {
            (FileContent::Ready { dataset: a, filled: x }, FileContent::Ready { dataset: b, filled: y }) => {
                Arc::ptr_eq(a, b) && x == y
            }
            (FileContent::Reading { preview: a, .. }, FileContent::Reading { preview: b, .. }) => a == b,
            (FileContent::Failed(_), FileContent::Failed(_)) => true,
            _ => false,
        };
        let class = |file: &Self| file.classes.as_ref().map(|classes| classes.id);
        is_same_content
            && class(self) == class(other)
            && (&self.key, self.is_visible, &self.style, &self.filter)
                == (&other.key, other.is_visible, &other.style, &other.filter)
    }
}

impl OpenFile {
    fn new((key, name): (String, Option<String>), path: PathBuf, style: FileStyle) -> Self {
        Self {
            name: name.unwrap_or_else(|| key.clone()),
            key,
            path,
            style,
            columns: Columns::default(),
            classes: None,
            filter: RowFilter::default(),
            dated_by: None,
            is_visible: true,
            arrival: Arrival::New { fits: false },
            origin: Origin::Disk,
            placing: Placing::default(),
            on_disk: OnDisk::Same,
            parts: None,
            is_too_wide: false,
            report: None,
            stopped_at: None,
            content: FileContent::Reading { progress: Progress::default(), preview: None },
        }
    }

    /// What was read, or its begin; `None` while nothing is there.
    #[must_use]
    pub fn dataset(&self) -> Option<&Arc<Dataset>> {
        match &self.content {
            FileContent::Reading { preview, .. } => preview.as_ref(),
            FileContent::Ready { .. } | FileContent::Failed(_) => self.whole(),
        }
    }

    /// All of it; `None` while it is being read.
    #[must_use]
    pub fn whole(&self) -> Option<&Arc<Dataset>> {
        match &self.content {
            FileContent::Ready { dataset, .. } => Some(dataset),
            FileContent::Reading { .. } | FileContent::Failed(_) => None,
        }
    }

    /// The id of a feature of it.
    #[must_use]
    pub fn feature(&self, row: u32) -> Id {
        Id::new(Kind::File, format!("{}/{row}", self.key))
    }
}

impl Files {
    /// The lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &OpenFile> {
        self.list.iter()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&OpenFile> {
        self.list.iter().find(|file| file.key == key)
    }

    /// The file and the row that an id names, where they are there.
    #[must_use]
    pub fn feature(&self, id: &Id) -> Option<(&OpenFile, &Arc<Dataset>, u32)> {
        if id.kind != Kind::File {
            return None;
        }
        let (key, row) = id.name.rsplit_once('/')?;
        let (file, row) = (self.get(key)?, row.parse().ok()?);
        let dataset = file.dataset()?;
        ((row as usize) < dataset.len()).then_some((file, dataset, row))
    }

    pub(super) fn at(&mut self, key: &str) -> Option<&mut OpenFile> {
        self.list.iter_mut().find(|file| file.key == key)
    }

    fn content(&mut self, key: &str) -> Option<&mut FileContent> {
        self.at(key).map(|file| &mut file.content)
    }

    /// It was no layer after all.
    pub(super) fn forget(&mut self, key: &str) {
        self.list.retain(|file| file.key != key);
    }

    /// A key for a file's name that no other has.
    fn key(&self, path: &Path) -> String {
        let stem = path.file_stem().map_or_else(|| "file".into(), |stem| stem.to_string_lossy());
        let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let base: String = stem.chars().map(plain).collect();
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone()).chain(numbered).find(|key| !self.given.contains(key)).unwrap_or(base)
    }

    /// The file whose style is open in the list.
    #[must_use]
    pub fn styled(&self) -> Option<&str> {
        self.styled.as_deref()
    }

    fn move_to(&mut self, key: &str, to: usize) {
        if let Some(from) = self.list.iter().position(|file| file.key == key) {
            let file = self.list.remove(from);
            self.list.insert(to.min(self.list.len()), file);
        }
    }

    pub(super) fn open(&mut self, path: PathBuf, fits: bool) -> Effect {
        if let Some(effect) = self.take_place(&path) {
            return effect;
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let key = self.add(path.clone(), name, fits);
        if let Some(file) = self.at(&key).filter(|file| file.path == Path::new(STDIN)) {
            file.origin = Origin::Made;
        }
        Effect::ReadFile { key, path }
    }

    /// Text that was pasted, as a file of its own.
    pub(super) fn open_text(&mut self, text: &str, name: &str) -> Effect {
        let key = self.add(PathBuf::from(name), Some(name.to_owned()), true);
        if let Some(file) = self.at(&key) {
            file.origin = Origin::Text(text.into());
        }
        Effect::ReadText { key, text: text.to_owned() }
    }

    /// The key of a new file on top of the others, which is still to be read.
    pub(super) fn add(&mut self, path: PathBuf, name: Option<String>, fits: bool) -> String {
        let key = self.key(&path);
        let style = FileStyle::plain(self.opened);
        self.list.push(OpenFile {
            arrival: Arrival::New { fits },
            ..OpenFile::new((key.clone(), name), path, style)
        });
        self.opened += 1;
        self.given.insert(key.clone());
        key
    }
}

impl State {
    /// What is asked of opened files.
    pub(super) fn apply_to_files(&mut self, command: FileCommand) -> Vec<Effect> {
        match command {
            FileCommand::Open { paths, fits } => {
                self.files.arrived = None;
                return paths.into_iter().map(|path| self.files.open(path, fits)).collect();
            }
            FileCommand::OpenText(text) => return self.open_text(&text),
            FileCommand::OpenNamed(text) => return self.open_named(&text),
            FileCommand::Choose => return vec![Effect::ChooseFiles],
            FileCommand::Progress { key, progress } => {
                if let Some(FileContent::Reading { progress: before, .. }) = self.files.content(&key) {
                    *before = progress;
                }
            }
            FileCommand::Preview { key, dataset } => {
                if let Some(FileContent::Reading { preview, .. }) = self.files.content(&key) {
                    *preview = Some(dataset);
                }
            }
            FileCommand::Stop { key } => {
                let Some(file) = self.files.at(&key) else { return Vec::new() };
                let FileContent::Reading { progress, .. } = file.content else { return Vec::new() };
                file.stopped_at = Some((progress.bytes * 100 / progress.total.max(1)) as u8);
                return vec![Effect::EndReading { key }];
            }
            FileCommand::Read { key, dataset } => return self.take_in(&key, dataset),
            FileCommand::Place { key, placing } => return self.files.place(&key, placing),
            FileCommand::InParts { key, parts } => return self.take_parts(&key, parts),
            FileCommand::Window { key, dataset } => return self.take_window(&key, dataset),
            FileCommand::Examine { key } => return vec![Effect::Examine { key }],
            FileCommand::Examined { key, report } => {
                if let Some(file) = self.files.at(&key) {
                    file.report = Some(report);
                }
            }
            FileCommand::Mend { key } => return vec![Effect::Mend { key }],
            FileCommand::Reload { key } => return self.files.reload(&key),
            FileCommand::OnDisk { key, is } => {
                if let Some(file) = self.files.at(&key) {
                    file.on_disk = is;
                }
            }
            FileCommand::Filled { key, levels } => {
                if let Some(FileContent::Ready { filled, .. }) = self.files.content(&key) {
                    *filled = levels;
                }
            }
            FileCommand::Failed { key, fault } => {
                if let Some(file) = self.files.at(&key) {
                    file.content = FileContent::Failed(fault);
                    // Where it stands why.
                    self.set_left_open(true);
                }
            }
            FileCommand::SetVisible { key, is_visible } => {
                if let Some(file) = self.files.at(&key) {
                    file.is_visible = is_visible;
                }
            }
            FileCommand::Move { key, to } => self.files.move_to(&key, to),
            FileCommand::Rename { key, name } => {
                if let Some(file) = self.files.at(&key).filter(|_| !name.trim().is_empty()) {
                    name.trim().clone_into(&mut file.name);
                }
            }
            FileCommand::OpenStyle { key } => return self.open_style(key),
            FileCommand::SetStyle { key, style } => return self.set_style(&key, style),
            FileCommand::Columns { key, table } => self.take_columns(&key, table),
            FileCommand::Show { key } => {
                let bounds = self.files.get(&key).and_then(OpenFile::dataset).and_then(|data| data.bounds);
                if let Some(bounds) = bounds {
                    return self.apply(Command::Fit(bounds));
                }
            }
            FileCommand::Remove { key } => return self.remove_file(key),
        }
        Vec::new()
    }

    /// Takes it off the map, with all that was chosen in it.
    fn remove_file(&mut self, key: String) -> Vec<Effect> {
        self.files.list.retain(|file| file.key != key);
        self.table = self.table.take().filter(|table| table.of != Subject::File(key.clone()));
        let is_gone = |id: &Option<Id>| {
            id.as_ref().is_some_and(|id| id.kind == Kind::File && self.files.feature(id).is_none())
        };
        if is_gone(&self.picks.hovered) {
            self.picks.hovered = None;
        }
        if is_gone(&self.picks.selected) {
            self.picks.select(None);
        }
        self.picks.here.retain(|id| id.kind != Kind::File || self.files.feature(id).is_some());
        self.history.forget(|id| id.kind == Kind::File && self.files.feature(id).is_none());
        self.files.styled = self.files.styled.take().filter(|styled| *styled != key);
        vec![Effect::StopReading { key }]
    }

    fn take_in(&mut self, key: &str, dataset: Arc<Dataset>) -> Vec<Effect> {
        let bounds = dataset.bounds;
        // Nothing of it shows before the question is answered that stands in the list.
        let is_asked = dataset.doubt.is_some() && bounds.is_none();
        let is_styled = self.files.styled() == Some(key);
        let is_timed = self.timeline.until.is_some();
        let is_listed = self.table.as_ref().is_some_and(|table| table.of == Subject::File(key.to_owned()));
        let Some(file) = self.files.at(key) else { return Vec::new() };
        let arrival = std::mem::replace(&mut file.arrival, Arrival::Again);
        if seems_to_have_looks(dataset.source()) && arrival != Arrival::Again {
            file.style.by = StyleBy::Own;
        }
        file.keep_text(&dataset);
        file.content = FileContent::Ready { dataset, filled: 0 };
        let is_filtered = !file.filter.text.is_empty();
        let is_wanted = is_styled || is_listed || is_timed || is_filtered || file.style.by != StyleBy::One;
        let mut effects = if is_wanted { file.want_columns() } else { Vec::new() };
        let path = (file.origin == Origin::Disk).then(|| file.path.clone());
        if is_asked {
            self.set_left_open(true);
        }
        self.files.remember(path);
        effects.extend(self.take_awaited());
        self.show_arrived(arrival, bounds);
        effects
    }
}

#[cfg(test)]
mod tests;
