//! How an opened file is drawn: in one colour, by classes of a property, or as its features say.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::files::OpenFile;
use super::{Effect, State};
use crate::data::{Classes, Column, Method, Table, has_looks, own_looks};

/// Classes of numbers that can be chosen.
pub const MOST_CLASSES: usize = 9;
pub const FEWEST_CLASSES: usize = 2;

/// The style of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileStyle {
    /// Which of the theme's colours for files.
    pub colour: usize,
    pub by: StyleBy,
    /// From 0 to 100.
    pub opacity_percent: u8,
}

/// What the colour of a feature goes by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StyleBy {
    #[default]
    One,
    /// Its own properties, by simplestyle.
    Own,
    Categories {
        column: String,
    },
    Numbers {
        column: String,
        method: Method,
        wanted: usize,
    },
}

/// What a file's features say of themselves, read when it is first needed.
#[derive(Clone, Debug, Default)]
pub enum Columns {
    #[default]
    Unread,
    Reading,
    Ready(Arc<Table>),
}

impl StyleBy {
    /// The column it goes by.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::One | Self::Own => None,
            Self::Categories { column } | Self::Numbers { column, .. } => Some(column),
        }
    }
}

impl FileStyle {
    #[must_use]
    pub fn plain(colour: usize) -> Self {
        Self { colour, by: StyleBy::One, opacity_percent: 100 }
    }
}

impl OpenFile {
    /// What its features say; `None` until it was read.
    #[must_use]
    pub fn table(&self) -> Option<&Arc<Table>> {
        match &self.columns {
            Columns::Ready(table) => Some(table),
            Columns::Unread | Columns::Reading => None,
        }
    }

    /// Sorts the features anew where the style needs it.
    fn classify(&mut self) {
        let classes = self.table().and_then(|table| classes(table, &self.style.by));
        if self.table().is_some() && classes.is_none() {
            self.style.by = StyleBy::One;
        }
        self.classes = classes.map(Arc::new);
        self.mask();
    }

    /// The way to its columns, where they are wanted and not there yet.
    pub(super) fn want_columns(&mut self) -> Vec<Effect> {
        let Some(dataset) = self.whole().cloned() else { return Vec::new() };
        if !matches!(self.columns, Columns::Unread) {
            return Vec::new();
        }
        self.columns = Columns::Reading;
        vec![Effect::ReadColumns { key: self.key.clone(), dataset }]
    }
}

fn classes(table: &Table, by: &StyleBy) -> Option<Classes> {
    let column = |name: &str| table.column(name);
    match by {
        StyleBy::One => None,
        StyleBy::Own => has_looks(table).then(|| own_looks(table)),
        StyleBy::Categories { column: name } => {
            column(name).map(|column: &Column| Classes::categories(column, table.rows()))
        }
        StyleBy::Numbers { column: name, method, wanted } => {
            Classes::numbers(column(name)?, table.rows(), (*method, *wanted))
        }
    }
}

impl State {
    /// Opens the style of a file in the list, or closes it.
    pub(super) fn open_style(&mut self, key: Option<String>) -> Vec<Effect> {
        let wanted = key.as_deref().and_then(|key| self.files.at(key)).map(OpenFile::want_columns);
        self.files.styled = key;
        wanted.unwrap_or_default()
    }

    pub(super) fn set_style(&mut self, key: &str, style: FileStyle) -> Vec<Effect> {
        let Some(file) = self.files.at(key) else { return Vec::new() };
        let is_same = file.style.by == style.by;
        file.style = style;
        if file.style.by == StyleBy::One {
            file.classes = None;
            file.mask();
            return Vec::new();
        }
        if !is_same {
            file.classify();
        }
        file.want_columns()
    }

    pub(super) fn take_columns(&mut self, key: &str, table: Arc<Table>) {
        if let Some(file) = self.files.at(key) {
            file.columns = Columns::Ready(table);
            if file.style.by != StyleBy::One {
                file.classify();
            }
        }
        self.refilter(key);
        self.guess_join();
    }
}
