//! Reads opened files on threads of their own and tells the state how it goes.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::data::Dataset;
use crate::format::{self, ReadError, Watch};
use crate::state::{Command, FileCommand, Progress};

/// Everything that is being read.
pub(super) struct Jobs {
    running: HashMap<String, Arc<Job>>,
    news: Receiver<FileCommand>,
    teller: Sender<FileCommand>,
}

/// One file under way.
struct Job {
    is_stopped: AtomicBool,
    bytes: AtomicU64,
    vertices: AtomicU64,
    total: u64,
    ctx: egui::Context,
    /// Levels whose areas are wanted, in the order in which they were.
    wanted: Sender<usize>,
}

impl Watch for Job {
    fn go_on(&self, bytes: u64, vertices: u64) -> bool {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.vertices.fetch_add(vertices, Ordering::Relaxed);
        self.ctx.request_repaint_after(std::time::Duration::from_millis(60));
        !self.is_stopped.load(Ordering::Relaxed)
    }
}

impl Job {
    fn progress(&self) -> Progress {
        Progress {
            bytes: self.bytes.load(Ordering::Relaxed).min(self.total),
            total: self.total,
            vertices: self.vertices.load(Ordering::Relaxed),
        }
    }
}

impl Jobs {
    pub(super) fn new() -> Self {
        let (teller, news) = unbounded();
        Self { running: HashMap::new(), news, teller }
    }

    /// Begins to read a file.
    pub(super) fn start(&mut self, ctx: &egui::Context, key: String, path: PathBuf) {
        let path = at_home(path);
        let total = std::fs::metadata(&path).map_or(0, |about| about.len());
        let (wanted, levels) = unbounded();
        let job = Arc::new(Job {
            wanted,
            is_stopped: AtomicBool::new(false),
            bytes: AtomicU64::new(0),
            vertices: AtomicU64::new(0),
            total,
            ctx: ctx.clone(),
        });
        self.running.insert(key.clone(), Arc::clone(&job));
        let teller = self.teller.clone();
        let reading = std::thread::Builder::new().name(format!("atlas-file-{key}"));
        let read = {
            let key = key.clone();
            move || read(&job, (&key, &path), &levels, &teller)
        };
        if let Err(error) = reading.spawn(read) {
            // The receiver lives as long as this.
            let _ = self.teller.send(FileCommand::Failed { key, message: error.to_string() });
        }
    }

    /// Begins to read what the features of a file say.
    pub(super) fn read_columns(&self, ctx: &egui::Context, key: String, dataset: Arc<Dataset>) {
        let (teller, ctx) = (self.teller.clone(), ctx.clone());
        let read = move || {
            let table = Arc::new(format::columns(&dataset));
            // The window may be gone.
            let _ = teller.send(FileCommand::Columns { key, table });
            ctx.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name("atlas-columns".to_owned()).spawn(read) {
            log::error!("the properties of a file cannot be read: {error}");
        }
    }

    /// The areas of a level are to be seen.
    pub(super) fn fill(&self, key: &str, level: usize) {
        if let Some(job) = self.running.get(key) {
            // Its thread may have ended: then there is nothing to fill.
            let _ = job.wanted.send(level);
        }
    }

    /// Nobody waits for it any more; what was read is freed by its own thread.
    pub(super) fn stop(&mut self, key: &str) {
        if let Some(job) = self.running.remove(key) {
            job.is_stopped.store(true, Ordering::Relaxed);
            // Wakes a thread that waits for levels.
            let _ = job.wanted.send(0);
        }
    }

    /// What has happened since.
    pub(super) fn news(&mut self) -> Vec<Command> {
        let told: Vec<FileCommand> = self.news.try_iter().collect();
        let progress = self
            .running
            .iter()
            .map(|(key, job)| FileCommand::Progress { key: key.clone(), progress: job.progress() });
        let all: Vec<Command> = progress.chain(told.iter().cloned()).map(Command::File).collect();
        for command in &told {
            // What was read stays under way: its areas are filled through the same job.
            if let FileCommand::Failed { key, .. } = command {
                self.running.remove(key);
            }
        }
        all
    }
}

/// A path that begins with `~/` is one in the person's own folder.
fn at_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path,
    }
}

fn read(
    job: &Arc<Job>,
    (key, path): (&str, &std::path::Path),
    levels: &Receiver<usize>,
    teller: &Sender<FileCommand>,
) {
    let tell = |command| {
        // The window may be gone.
        let _ = teller.send(command);
        job.ctx.request_repaint();
    };
    let (source, batch) = match format::read(path, job.as_ref()) {
        Ok(read) => read,
        Err(ReadError::Stopped { .. }) => return,
        Err(error) => return tell(FileCommand::Failed { key: key.to_owned(), message: error.to_string() }),
    };
    let (dataset, mut unfilled) = Dataset::new(source, batch);
    if job.is_stopped.load(Ordering::Relaxed) {
        return;
    }
    let dataset = Arc::new(dataset);
    let has_areas = dataset.has_areas;
    tell(FileCommand::Read { key: key.to_owned(), dataset: Arc::clone(&dataset) });
    let mut filled = 0;
    while has_areas && let Ok(number) = levels.recv() {
        if job.is_stopped.load(Ordering::Relaxed) {
            return;
        }
        // Each frame that misses a level asks for it.
        if dataset.levels.get(number).is_none_or(|level| level.areas().is_some()) {
            continue;
        }
        dataset.fill(&mut unfilled, number);
        filled += 1;
        tell(FileCommand::Filled { key: key.to_owned(), levels: filled });
    }
}
