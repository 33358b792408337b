//! Opened files are looked at on the disk from time to time: another program may have written them anew.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use crate::state::{Command, FileCommand, OnDisk};

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);

/// What tells one writing of a file from another; `None` where it is gone.
type Stamp = Option<(u64, Option<SystemTime>)>;

#[derive(Debug)]
struct Watched {
    key: String,
    path: PathBuf,
    /// When it was read.
    read: Stamp,
    told: OnDisk,
}

/// Looks at files on a thread of its own, which ends with it.
#[derive(Debug)]
pub(super) struct Watcher {
    files: Arc<Mutex<Vec<Watched>>>,
    news: Receiver<FileCommand>,
    /// Hung up when this is dropped.
    _open: Sender<()>,
}

impl Watcher {
    pub(super) fn new(ctx: &egui::Context) -> Self {
        let woken = ctx.clone();
        let files: Arc<Mutex<Vec<Watched>>> = Arc::default();
        let (teller, news) = unbounded();
        let (open, closed) = unbounded::<()>();
        let seen = Arc::clone(&files);
        let watch = move || {
            while closed.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let changes = look(&mut seen.lock().unwrap_or_else(PoisonError::into_inner));
                let has_any = !changes.is_empty();
                // The window may be gone.
                for change in changes {
                    let _ = teller.send(change);
                }
                if has_any {
                    woken.request_repaint();
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("atlas-watch".to_owned()).spawn(watch) {
            log::error!("changes of opened files are not noticed: {error}");
        }
        Self { files, news, _open: open }
    }

    /// A file is read now.
    pub(super) fn watch(&self, key: &str, path: &std::path::Path) {
        let read = stamp(path);
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|file| file.key != key);
        files.push(Watched { key: key.to_owned(), path: path.to_owned(), read, told: OnDisk::Same });
    }

    /// Nobody shows it any more.
    pub(super) fn forget(&self, key: &str) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).retain(|file| file.key != key);
    }

    pub(super) fn news(&self) -> impl Iterator<Item = Command> {
        self.news.try_iter().map(Command::File)
    }
}

fn stamp(path: &std::path::Path) -> Stamp {
    fs::metadata(path).ok().map(|about| (about.len(), about.modified().ok()))
}

/// What is otherwise than when it was told last.
fn look(files: &mut [Watched]) -> Vec<FileCommand> {
    let mut changes = Vec::new();
    for file in files {
        let now = stamp(&file.path);
        let on_disk = match now {
            now if now == file.read => OnDisk::Same,
            None => OnDisk::Gone,
            Some(_) => OnDisk::Changed,
        };
        if on_disk != file.told {
            file.told = on_disk;
            changes.push(FileCommand::OnDisk { key: file.key.clone(), is: on_disk });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_goes_and_comes_back_is_told_each_time_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.geojson");
        fs::write(&path, "{}").expect("written");
        let aside = folder.path().join("aside");
        let watched =
            Watched { key: "a".to_owned(), path: path.clone(), read: stamp(&path), told: OnDisk::Same };
        let mut files = [watched];
        let mut told = || look(&mut files);
        let is = |is| vec![FileCommand::OnDisk { key: "a".to_owned(), is }];
        assert_eq!(told(), []);
        fs::rename(&path, &aside).expect("moved");
        assert_eq!((told(), told()), (is(OnDisk::Gone), Vec::new()));
        fs::rename(&aside, &path).expect("moved back");
        assert_eq!(told(), is(OnDisk::Same), "the same file is back");
        fs::write(&path, "{ }").expect("written");
        assert_eq!((told(), told()), (is(OnDisk::Changed), Vec::new()));
    }
}
