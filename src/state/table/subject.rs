//! Whose features a table lists: those of a file, or the atlas's own of one kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::filter::RowFilter;
use super::listing::Listing;
use crate::atlas::{Id, Kind};
use crate::data::Table;
use crate::i18n::Language;
use crate::state::{Effect, FileContent, OpenFile, State};

/// Whose features a table lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// By its key.
    File(String),
    Atlas(Kind),
}

/// The atlas's own things of the kinds whose tables were opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lists(BTreeMap<Kind, List>);

#[derive(Clone, Debug, PartialEq)]
struct List {
    listing: Arc<Listing>,
    filter: RowFilter,
}

impl Lists {
    /// The kinds whose tables were opened.
    pub(in crate::state) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.0.keys().copied()
    }

    /// The things that a filter of their kind keeps from view.
    pub(super) fn filtered_out(&self) -> impl Iterator<Item = &Id> {
        self.0.values().flat_map(|list| {
            let out = |(row, id): (u32, _)| (!list.filter.lets_through(row)).then_some(id);
            (0..).zip(&list.listing.ids).filter_map(out)
        })
    }
}

impl State {
    /// The columns of a table's rows; `None` while they are being read.
    #[must_use]
    pub fn table_of(&self, subject: &Subject) -> Option<&Table> {
        match subject {
            Subject::File(key) => self.files.get(key)?.table().map(Arc::as_ref),
            Subject::Atlas(kind) => Some(&self.lists.0.get(kind)?.listing.table),
        }
    }

    /// What is let through of them.
    #[must_use]
    pub fn filter_of(&self, subject: &Subject) -> Option<&RowFilter> {
        match subject {
            Subject::File(key) => Some(&self.files.get(key)?.filter),
            Subject::Atlas(kind) => Some(&self.lists.0.get(kind)?.filter),
        }
    }

    /// How many rows pass, and how many there are.
    #[must_use]
    pub fn row_counts(&self, subject: &Subject) -> (usize, usize) {
        let all = match subject {
            Subject::File(key) => {
                self.files.get(key).and_then(|file| file.whole()).map_or(0, |dataset| dataset.len())
            }
            Subject::Atlas(kind) => self.lists.0.get(kind).map_or(0, |list| list.listing.ids.len()),
        };
        let passing = self.filter_of(subject).and_then(|filter| filter.passing.as_ref());
        (passing.map_or(all, |passing| passing.count()), all)
    }

    /// The id of a row.
    #[must_use]
    pub fn id_of_row(&self, subject: &Subject, row: u32) -> Option<Id> {
        match subject {
            Subject::File(key) => Some(self.files.get(key)?.feature(row)),
            Subject::Atlas(kind) => self.lists.0.get(kind)?.listing.ids.get(row as usize).cloned(),
        }
    }

    /// The row of an id, where the table has it.
    #[must_use]
    pub fn row_of_id(&self, subject: &Subject, id: &Id) -> Option<u32> {
        match subject {
            Subject::File(key) => {
                self.files.feature(id).filter(|(file, ..)| file.key == *key).map(|(_, _, row)| row)
            }
            Subject::Atlas(kind) => {
                let ids = &self.lists.0.get(kind)?.listing.ids;
                ids.iter().position(|other| other == id).map(|row| row as u32)
            }
        }
    }

    /// Whether there is anything to list.
    #[must_use]
    pub fn has_subject(&self, subject: &Subject) -> bool {
        match subject {
            Subject::File(key) => {
                self.files.get(key).is_some_and(|file| !matches!(file.content, FileContent::Failed(_)))
            }
            Subject::Atlas(_) => true,
        }
    }

    /// Sees to it that the columns are there, or on their way.
    pub(in crate::state) fn want_table(&mut self, subject: &Subject) -> Vec<Effect> {
        match subject {
            Subject::File(key) => self.files.at(key).map(OpenFile::want_columns).unwrap_or_default(),
            Subject::Atlas(kind) => {
                let (catalog, language) = (&self.catalog, self.settings.language);
                self.lists.0.entry(*kind).or_insert_with(|| List {
                    listing: Arc::new(Listing::new(catalog, language, *kind)),
                    filter: RowFilter::default(),
                });
                Vec::new()
            }
        }
    }

    /// Sets the text of a filter and reads it.
    pub(super) fn set_filter(&mut self, subject: &Subject, text: String) {
        match subject {
            Subject::File(key) => {
                let until = self.timeline.limits();
                if let Some(file) = self.files.at(key) {
                    file.filter.text = text;
                    file.refilter(until);
                }
            }
            Subject::Atlas(kind) => {
                if let Some(list) = self.lists.0.get_mut(kind) {
                    list.filter.text = text;
                    list.filter.read(&list.listing.table);
                    // A tour's filter may name columns as another language does; the rows are the same.
                    for language in Language::ALL.into_iter().filter(|one| *one != self.settings.language) {
                        if list.filter.lacks_column() {
                            list.filter.read(&Listing::new(&self.catalog, language, *kind).table);
                        }
                    }
                }
                self.layers.filtered_out = self.lists.filtered_out().cloned().collect();
            }
        }
    }

    /// The tables of the atlas's own things in another language; what passed goes on to pass.
    pub(in crate::state) fn retell_lists(&mut self) {
        for (kind, list) in &mut self.lists.0 {
            list.listing = Arc::new(Listing::new(&self.catalog, self.settings.language, *kind));
        }
        if let Some(open) = &mut self.table
            && matches!(open.of, Subject::Atlas(_))
        {
            open.sort = None;
            open.hidden.clear();
            open.moved.clear();
        }
        self.reorder(true);
    }
}
