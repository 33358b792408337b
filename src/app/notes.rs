//! Keeps notes on the disk: read at the start, written at each change, and never over what another hand wrote.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::data::Notes;
use crate::format::notes;
use crate::state::{NoteCommand, NoteTrouble};

const FILE: &str = "notes.geojson";

/// Writes notes on a thread of its own, the newest only where several wait.
pub(super) struct Keeper {
    wanted: Option<Sender<Arc<Notes>>>,
    writer: Option<JoinHandle<()>>,
    troubles: Receiver<Option<NoteTrouble>>,
}

/// Where notes are kept; `None` where there is no home.
pub(super) fn home() -> Option<PathBuf> {
    super::home::folder().map(|folder| folder.join(FILE))
}

/// The day, as notes name it.
pub(super) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// What is kept in `path`. A file that does not read is set aside under another name.
pub(super) fn read(path: &Path) -> NoteCommand {
    let (notes, trouble) = match fs::read_to_string(path) {
        Ok(text) => match notes::read(&text) {
            Ok(notes) => (notes, None),
            Err(error) => {
                log::error!("{}: {error}", path.display());
                (Notes::default(), Some(set_aside(path)))
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Notes::default(), None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => (Notes::default(), Some(set_aside(path))),
        Err(error) => (Notes::default(), Some(NoteTrouble::NotKept(error.to_string()))),
    };
    NoteCommand::Read { notes: Arc::new(notes), path: Some(path.to_owned()), trouble }
}

/// Gives a file another name that is free.
fn set_aside(path: &Path) -> NoteTrouble {
    match super::home::set_aside(path) {
        Ok(free) => NoteTrouble::SetAside(free),
        Err(error) => NoteTrouble::NotKept(error.to_string()),
    }
}

impl Keeper {
    /// Writes to `path`, as long as nobody else changes it.
    pub(super) fn new(path: PathBuf, wake: impl Fn() + Send + 'static) -> Self {
        let (wanted, waiting) = unbounded::<Arc<Notes>>();
        let (teller, troubles) = unbounded();
        let write = move || {
            let mut known = fs::read_to_string(&path).ok();
            while let Ok(first) = waiting.recv() {
                let newest = waiting.try_iter().last().unwrap_or(first);
                let trouble = match keep(&path, &newest, &mut known) {
                    Ok(aside) => aside.map(NoteTrouble::SetAside),
                    Err(error) => Some(NoteTrouble::NotKept(error.to_string())),
                };
                // The window may be gone.
                let _ = teller.send(trouble);
                wake();
            }
        };
        let writer = std::thread::Builder::new().name("atlas-notes".to_owned()).spawn(write);
        if let Err(error) = &writer {
            log::error!("notes cannot be written: {error}");
        }
        Self { wanted: Some(wanted), writer: writer.ok(), troubles }
    }

    pub(super) fn keep(&self, notes: Arc<Notes>) {
        if let Some(wanted) = &self.wanted {
            // Its thread lives as long as this.
            let _ = wanted.send(notes);
        }
    }

    /// How the last change went.
    pub(super) fn news(&self) -> Option<NoteCommand> {
        self.troubles.try_iter().last().map(NoteCommand::Trouble)
    }
}

/// What is still waiting is written before the program ends.
impl Drop for Keeper {
    fn drop(&mut self) {
        self.wanted = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            log::error!("the last change of a note may not be written");
        }
    }
}

/// Writes the notes whole or not at all; where another program wrote meanwhile, what it wrote goes to another name.
fn keep(path: &Path, wanted: &Notes, known: &mut Option<String>) -> io::Result<Option<PathBuf>> {
    let found = fs::read_to_string(path).ok();
    let mut aside = None;
    if found.is_some()
        && found != *known
        && let NoteTrouble::SetAside(path) = set_aside(path)
    {
        aside = Some(path);
    }
    let text = notes::write(wanted);
    super::home::write_whole(path, text.as_bytes())?;
    *known = Some(text);
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Note;
    use crate::geo::LonLat;

    fn notes(title: &str) -> Arc<Notes> {
        let note = Note {
            at: LonLat::new(80.0, 44.0),
            title: title.to_owned(),
            text: String::new(),
            created: today(),
            rest: serde_json::Map::new(),
        };
        Arc::new(Notes { list: vec![note], others: Vec::new() })
    }

    fn read_back(path: &Path) -> Arc<Notes> {
        let NoteCommand::Read { notes, .. } = read(path) else { panic!("notes") };
        notes
    }

    #[test]
    fn the_last_change_is_on_the_disk_when_the_program_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new").join(FILE);
        let keeper = Keeper::new(path.clone(), || {});
        (0..50).for_each(|number| keeper.keep(notes(&number.to_string())));
        drop(keeper);
        assert_eq!(read_back(&path), notes("49"));
    }

    #[test]
    fn what_another_program_wrote_and_what_does_not_read_is_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        let mut known = None;
        keep(&path, &notes("mine"), &mut known).expect("written");
        fs::write(&path, notes::write(&notes("theirs"))).expect("written");
        let aside = keep(&path, &notes("mine again"), &mut known).expect("written").expect("set aside");
        assert_eq!(read_back(&aside), notes("theirs"));
        assert_eq!(read_back(&path), notes("mine again"));
        fs::write(&path, "{broken").expect("written");
        let NoteCommand::Read { notes, trouble: Some(NoteTrouble::SetAside(aside)), .. } = read(&path) else {
            panic!("set aside")
        };
        assert!(notes.list.is_empty());
        assert_eq!(fs::read_to_string(aside).expect("kept"), "{broken");
    }
}
