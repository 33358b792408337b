//! The session on the disk: read when the window opens, written while it is open, one file for each window.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::home;
use crate::format::notes as notes_text;
use crate::i18n::Strings;
use crate::state::{
    Command, NoteCommand, PROJECT_ENDING, Session, SessionCommand, SessionFault, SessionTrouble, State,
};

/// At least so many seconds lie between two looks at what has changed: no kill loses more than that and the writing.
const PAUSE_SECS: f64 = 1.0;
/// Windows that are open at once and keep their own sessions.
const MOST_WINDOWS: u32 = 9;
/// A session is what a person did: more than this is something else.
const MOST_BYTES: u64 = 256 << 20;
/// So much of a file is looked at for whether it is a project.
const LOOKED_AT: u64 = 256;

/// The file of one window's session, which no other window takes while this lives.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    _locked: File,
}

/// The first place that no other window has: the window that opens second goes on where the second was left.
///
/// # Errors
/// Where there is no home, or one that cannot be written, or where too many windows are open.
pub(super) fn place() -> io::Result<Place> {
    place_in(&home::folder().ok_or(io::ErrorKind::NotFound)?)
}

fn place_in(folder: &Path) -> io::Result<Place> {
    fs::create_dir_all(folder)?;
    home::tidy(folder);
    let name = |number| match number {
        1 => "session".to_owned(),
        number => format!("session-{number}"),
    };
    for number in 1..=MOST_WINDOWS {
        let lock = folder.join(format!("{}.lock", name(number)));
        let locked = File::options().create(true).truncate(false).write(true).open(lock)?;
        if locked.try_lock().is_ok() {
            return Ok(Place { path: folder.join(format!("{}.json", name(number))), _locked: locked });
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

impl Place {
    /// What was left there. A session that does not read is set aside and told.
    pub(super) fn read(&self) -> (Option<Session>, Option<SessionTrouble>) {
        let text = match text_of(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (None, None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return (None, Some(self.set_aside()));
            }
            Err(error) => return (None, Some(SessionTrouble::NotKept(error.to_string()))),
        };
        match Session::from_json(&text) {
            Ok(session) => (Some(session), None),
            Err(fault) => {
                log::error!("{}: {fault}", self.path.display());
                (None, Some(self.set_aside()))
            }
        }
    }

    fn set_aside(&self) -> SessionTrouble {
        match home::set_aside(&self.path) {
            Ok(path) => SessionTrouble::SetAside(path),
            Err(error) => SessionTrouble::NotKept(error.to_string()),
        }
    }
}

fn text_of(path: &Path) -> io::Result<String> {
    let about = fs::metadata(path)?;
    if !about.is_file() || about.len() > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    fs::read_to_string(path)
}

/// Writes sessions on a thread of its own, the newest only where several wait.
pub(super) struct Keeper {
    wanted: Option<Sender<Session>>,
    writer: Option<JoinHandle<()>>,
    troubles: Receiver<Option<SessionTrouble>>,
    /// What was handed over last.
    last: Option<Session>,
    /// When the state was looked at last, in egui's seconds.
    looked_secs: Option<f64>,
}

impl Keeper {
    pub(super) fn new(place: Place, wake: impl Fn() + Send + 'static) -> Self {
        let (wanted, waiting) = unbounded::<Session>();
        let (teller, troubles) = unbounded();
        let write = move || {
            let mut is_kept = true;
            while let Ok(first) = waiting.recv() {
                let newest = waiting.try_iter().last().unwrap_or(first);
                let written = home::write_whole(&place.path, newest.to_json().as_bytes());
                let was_kept = std::mem::replace(&mut is_kept, written.is_ok());
                if is_kept && was_kept {
                    continue;
                }
                // The window may be gone.
                let _ = teller.send(written.err().map(|error| SessionTrouble::NotKept(error.to_string())));
                wake();
            }
        };
        let writer = std::thread::Builder::new().name("atlas-session".to_owned()).spawn(write);
        if let Err(error) = &writer {
            log::error!("the session cannot be written: {error}");
        }
        Self { wanted: Some(wanted), writer: writer.ok(), troubles, last: None, looked_secs: None }
    }

    /// Looks at the state in each frame, not more often than once in a pause; after the last frame once more.
    pub(super) fn watch(&mut self, ctx: &egui::Context, state: &State, now_secs: f64) {
        if let Some(secs) = self.look(state, now_secs) {
            ctx.request_repaint_after(Duration::from_secs_f64(secs));
        }
    }

    /// So many seconds later it wants to look again.
    fn look(&mut self, state: &State, now_secs: f64) -> Option<f64> {
        let passed = self.looked_secs.map_or(PAUSE_SECS, |last| now_secs - last);
        // A clock that was set back is as good as a pause.
        if (0.0..PAUSE_SECS).contains(&passed) {
            return Some(PAUSE_SECS - passed);
        }
        self.looked_secs = Some(now_secs);
        self.keep(state);
        None
    }

    /// Hands over what has changed.
    pub(super) fn keep(&mut self, state: &State) {
        let Some(session) = state.session().filter(|session| self.last.as_ref() != Some(session)) else {
            return;
        };
        if let Some(wanted) = &self.wanted {
            // Its thread lives as long as this.
            let _ = wanted.send(session.clone());
        }
        self.last = Some(session);
    }

    /// How the writing goes, where that has changed.
    pub(super) fn news(&self) -> Option<Command> {
        self.troubles.try_iter().last().map(|trouble| Command::Session(SessionCommand::Trouble(trouble)))
    }
}

/// What is still waiting is written before the program ends.
impl Drop for Keeper {
    fn drop(&mut self) {
        self.wanted = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            log::error!("the last changes of the session may not be written");
        }
    }
}

/// Whether a file may be a project.
pub(super) fn is_project(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    if name.ends_with(PROJECT_ENDING) {
        return true;
    }
    let may_be = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    // Whoever opens a pipe waits for its other end.
    if !may_be || !path.is_file() {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path)
        .and_then(|file| io::Read::read_to_end(&mut io::Read::take(file, LOOKED_AT), &mut head));
    read.is_ok() && Session::seems(&head)
}

/// What opens a project.
///
/// # Errors
/// Why it cannot be opened.
pub(super) fn open(path: &Path, strings: &Strings) -> Result<Vec<Command>, String> {
    let text = text_of(path).map_err(|error| error.to_string())?;
    let mut session = Session::from_json(&text).map_err(|fault| told(strings, &fault))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    session.make_absolute(folder);
    // Where it was mailed with its files they lie beside it.
    for file in session.files.iter_mut().filter(|file| file.text.is_none() && !file.path.exists()) {
        let beside = file.path.file_name().map(|name| folder.join(name));
        if let Some(beside) = beside.filter(|beside| beside.exists()) {
            file.path = beside;
        }
    }
    let notes = session.notes.take().and_then(|notes| notes_text::read(&notes.to_string()).ok());
    let notes = notes.map(|notes| Command::Note(NoteCommand::TakeIn(notes.list)));
    Ok(std::iter::once(Command::Session(SessionCommand::Open(Box::new(session)))).chain(notes).collect())
}

/// Why a text is no session, in the language of the window.
fn told(strings: &Strings, fault: &SessionFault) -> String {
    match fault {
        SessionFault::Broken { line, column, .. } => {
            let (line, column) = (line.to_string(), column.to_string());
            strings.session.broken.fill_all(&[("line", &line), ("column", &column)])
        }
        SessionFault::Later(version) if version.is_empty() => strings.session.later.clone(),
        SessionFault::Later(version) => strings.session.later_version.fill("version", version),
    }
}

/// Writes what is open as a project, with paths as seen from where it lies, and the notes.
pub(super) fn save(session: Session, notes: &crate::data::Notes, path: &Path) -> Result<(), String> {
    let mut session = session;
    session.make_relative(path.parent().unwrap_or(Path::new("")));
    let text = (!notes.list.is_empty()).then(|| notes_text::write(notes));
    session.notes = text.and_then(|text| serde_json::from_str(&text).ok());
    home::write_whole(path, session.to_json().as_bytes())
        .map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests;
