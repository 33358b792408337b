//! A person's notes: where they stand, which is open, and that each change is kept.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Effect, State};
use crate::data::{Note, Notes};
use crate::geo::LonLat;

/// The notes and which of them is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnNotes {
    pub all: Arc<Notes>,
    pub open: Option<usize>,
    /// Where they are kept; `None` where there is no home to keep them in.
    pub path: Option<PathBuf>,
    /// Why the last change could not be kept, or where a file that did not read was set aside.
    pub trouble: Option<NoteTrouble>,
}

/// What went wrong with keeping notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteTrouble {
    /// The system's own words.
    NotKept(String),
    /// The file that did not read has this name now.
    SetAside(PathBuf),
}

/// What can be asked of notes.
#[derive(Clone, Debug, PartialEq)]
pub enum NoteCommand {
    /// What was read when the window opened.
    Read {
        notes: Arc<Notes>,
        path: Option<PathBuf>,
        trouble: Option<NoteTrouble>,
    },
    /// A new one, and opens it; `created` is the day.
    Add {
        at: LonLat,
        created: String,
    },
    Open(Option<usize>),
    SetTitle {
        index: usize,
        title: String,
    },
    SetText {
        index: usize,
        text: String,
    },
    Move {
        index: usize,
        to: LonLat,
    },
    Delete(usize),
    /// Those of a project, but for what is there already.
    TakeIn(Vec<Note>),
    Trouble(Option<NoteTrouble>),
}

impl State {
    pub(super) fn apply_to_notes(&mut self, command: NoteCommand) -> Vec<Effect> {
        let before = Arc::clone(&self.notes.all);
        match command {
            NoteCommand::Read { notes, path, trouble } => {
                self.notes = OwnNotes { all: notes, open: None, path, trouble };
                return Vec::new();
            }
            NoteCommand::Add { at, created } => {
                let note = Note {
                    at,
                    title: String::new(),
                    text: String::new(),
                    created,
                    rest: serde_json::Map::new(),
                };
                self.change_notes(|list| list.push(note));
                self.notes.open = self.notes.all.list.len().checked_sub(1);
            }
            NoteCommand::TakeIn(others) => self.change_notes(|list| {
                for note in others {
                    if !list.contains(&note) {
                        list.push(note);
                    }
                }
            }),
            NoteCommand::Open(open) => self.notes.open = open.filter(|at| *at < self.notes.all.list.len()),
            NoteCommand::SetTitle { index, title } => self.change_note(index, |note| note.title = title),
            NoteCommand::SetText { index, text } => self.change_note(index, |note| note.text = text),
            NoteCommand::Move { index, to } => self.change_note(index, |note| note.at = to),
            NoteCommand::Delete(index) => {
                self.notes.open = None;
                self.change_notes(|list| {
                    if index < list.len() {
                        list.remove(index);
                    }
                });
            }
            NoteCommand::Trouble(trouble) => self.notes.trouble = trouble,
        }
        self.kept_since(&before)
    }

    fn change_notes(&mut self, change: impl FnOnce(&mut Vec<Note>)) {
        change(&mut Arc::make_mut(&mut self.notes.all).list);
    }

    fn change_note(&mut self, index: usize, change: impl FnOnce(&mut Note)) {
        self.change_notes(|list| {
            if let Some(note) = list.get_mut(index) {
                change(note);
            }
        });
    }

    /// Notes as they were at another time.
    pub(super) fn restore_notes(&mut self, notes: Arc<Notes>) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.notes.all, notes);
        self.notes.open = self.notes.open.filter(|at| *at < self.notes.all.list.len());
        self.kept_since(&before)
    }

    /// Every change is written at once.
    fn kept_since(&self, before: &Arc<Notes>) -> Vec<Effect> {
        if *before == self.notes.all {
            Vec::new()
        } else {
            vec![Effect::KeepNotes(Arc::clone(&self.notes.all))]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Command;
    use crate::state::tests::fresh;

    fn ask(state: &mut State, command: NoteCommand) -> Vec<Effect> {
        state.apply(Command::Note(command))
    }

    #[test]
    fn every_change_is_kept_and_a_deleted_note_comes_back() {
        let mut state = fresh();
        let at = LonLat::new(80.4, 44.2);
        let effects = ask(&mut state, NoteCommand::Add { at, created: "2026-11-26".to_owned() });
        assert!(matches!(effects.as_slice(), [Effect::KeepNotes(notes)] if notes.list.len() == 1));
        assert_eq!(state.notes.open, Some(0));
        let effects = ask(&mut state, NoteCommand::SetTitle { index: 0, title: "gate".to_owned() });
        assert!(matches!(effects.as_slice(), [Effect::KeepNotes(notes)] if notes.list[0].title == "gate"));
        assert!(ask(&mut state, NoteCommand::Open(None)).is_empty());
        assert_eq!(ask(&mut state, NoteCommand::Delete(0)).len(), 1);
        assert!(state.notes.all.list.is_empty());
        let effects = state.apply(Command::Undo);
        assert!(matches!(effects.as_slice(), [Effect::KeepNotes(notes)] if notes.list[0].title == "gate"));
        assert!(ask(&mut state, NoteCommand::Delete(7)).is_empty(), "there is none");
    }
}
