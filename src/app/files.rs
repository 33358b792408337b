//! Reads opened files on threads of their own and tells the state how it goes.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::examining::{self, Examined};
use super::joining::Joining;
use super::network;
use crate::data::{Batch, Dataset, Fault, Sheet, Source};
use crate::format::{self, Next, ReadAs, ReadError, Watch};
use crate::i18n::Strings;
use crate::state::{Command, FileCommand, JoinCommand, Progress, QuizCommand};

/// A file that is read sooner is not shown before it is there.
const PREVIEW_AFTER: Duration = Duration::from_millis(500);
/// Vertices that must have been read for the first and for the second preview; more of them would take their time
/// and memory from the file itself.
const FIRST_PREVIEW: u64 = 250_000;
const SECOND_PREVIEW: u64 = 1_500_000;

/// Everything that is being read.
pub(super) struct Jobs {
    running: HashMap<String, Arc<Job>>,
    news: Receiver<FileCommand>,
    teller: Sender<FileCommand>,
    /// Tables that are no layers of their own, and whatever else was wanted.
    tables: Receiver<Command>,
    sheets: Sender<Command>,
}

/// One file under way.
struct Job {
    /// What its reader does next.
    next: AtomicU8,
    started: Instant,
    /// Vertices from which on the next preview is shown.
    preview_from: AtomicU64,
    teller: Sender<FileCommand>,
    key: String,
    bytes: AtomicU64,
    vertices: AtomicU64,
    total: AtomicU64,
    ctx: egui::Context,
    /// Levels whose areas are wanted, in the order in which they were.
    wanted: Sender<usize>,
}

impl Watch for Job {
    fn next(&self, bytes: u64, vertices: u64) -> Next {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.vertices.fetch_add(vertices, Ordering::Relaxed);
        self.ctx.request_repaint_after(std::time::Duration::from_millis(60));
        self.wish()
    }

    fn wants_preview(&self, vertices: u64) -> bool {
        self.started.elapsed() >= PREVIEW_AFTER && vertices >= self.preview_from.load(Ordering::Relaxed)
    }

    fn preview(&self, source: Source, batch: Batch) {
        let is_first = batch.vertices.len() < SECOND_PREVIEW as usize;
        self.preview_from.store(if is_first { SECOND_PREVIEW } else { u64::MAX }, Ordering::Relaxed);
        let dataset = Arc::new(Dataset::new(source, batch).0);
        self.tell(FileCommand::Preview { key: self.key.clone(), dataset });
    }
}

impl Job {
    fn wish(&self) -> Next {
        [Next::GoOn, Next::Keep, Next::Drop][usize::from(self.next.load(Ordering::Relaxed).min(2))]
    }

    fn set_wish(&self, next: Next) {
        self.next.store(next as u8, Ordering::Relaxed);
    }

    /// Reads what stands in a file. A table that does not tell where its rows lie is no layer: it is given to whoever
    /// can do something with it, and nothing is read.
    fn read(
        &self,
        (source, path): (Source, &Path),
        read_as: &ReadAs,
        teller: &Sender<Command>,
    ) -> Result<(Source, Batch), ReadError> {
        let bytes = (*source).as_ref();
        if !format::is_sheet(bytes, path) {
            return format::read_source_as(source, path, (read_as, self));
        }
        let sheet = format::sheet(bytes, path)?;
        if format::has_places(&sheet) {
            return format::read_sheet(&sheet, path, (read_as, self));
        }
        let key = self.key.clone();
        let command = match results(&key, (bytes, path), &sheet) {
            Some(results) => Command::Quiz(results),
            None => Command::Join(JoinCommand::Open { key, rows: Arc::new(sheet) }),
        };
        // The window may be gone.
        let _ = teller.send(command);
        self.ctx.request_repaint();
        Err(ReadError { path: path.to_owned(), fault: Fault::Stopped })
    }

    fn tell(&self, command: FileCommand) {
        // The window may be gone.
        let _ = self.teller.send(command);
        self.ctx.request_repaint();
    }

    /// So much of it came over the network; whether it is to come on.
    fn fetches(&self, bytes: u64, total: u64) -> bool {
        self.bytes.store(bytes, Ordering::Relaxed);
        self.total.store(total.max(bytes + 1), Ordering::Relaxed);
        self.ctx.request_repaint_after(Duration::from_millis(60));
        self.wish() == Next::GoOn
    }

    fn progress(&self) -> Progress {
        let total = self.total.load(Ordering::Relaxed);
        let bytes = self.bytes.load(Ordering::Relaxed).min(total);
        let elapsed = self.started.elapsed().as_secs_f64();
        let left = elapsed * (total - bytes) as f64 / bytes.max(1) as f64;
        Progress {
            bytes,
            seconds_left: (elapsed > 1.0 && bytes > 0).then(|| left.ceil() as u32),
            total,
            vertices: self.vertices.load(Ordering::Relaxed),
        }
    }
}

impl Jobs {
    pub(super) fn new() -> Self {
        let (teller, news) = unbounded();
        let (sheets, tables) = unbounded();
        Self { running: HashMap::new(), news, teller, tables, sheets }
    }

    /// For what else works beside the window.
    pub(super) fn teller(&self) -> Sender<Command> {
        self.sheets.clone()
    }

    /// Begins to read a file.
    pub(super) fn start(&mut self, ctx: &egui::Context, key: String, (path, read_as): (PathBuf, ReadAs)) {
        let path = at_home(path);
        let total = std::fs::metadata(&path).map_or(0, |about| about.len());
        let teller = self.sheets.clone();
        self.spawn((ctx, total), key, move |job| {
            let source = format::map(&path)?;
            job.read((source, &path), &read_as, &teller)
        });
    }

    /// Fetches a file from its address and reads it; what was fetched before serves where nobody asks again.
    pub(super) fn fetch(
        &mut self,
        ctx: &egui::Context,
        (key, address): (String, String),
        (is_asked, strings): (bool, &'static Strings),
    ) {
        let teller = self.sheets.clone();
        self.spawn((ctx, 0), key, move |job| {
            let kept = network::kept(&address).filter(|path| !is_asked && path.exists());
            let fetched = match kept {
                Some(path) => Ok(path),
                None if !is_asked => Err(Fault::NotAsked),
                None => network::fetched((&address, strings), &|bytes, total| job.fetches(bytes, total)),
            };
            let path = fetched.map_err(|fault| ReadError { path: PathBuf::from(&address), fault })?;
            job.read((format::map(&path)?, &path), &ReadAs::default(), &teller)
        });
    }

    /// Begins to make a layer of a table that is joined to places.
    pub(super) fn start_join(&mut self, ctx: &egui::Context, key: String, joining: Joining) {
        let name = PathBuf::from(&key);
        self.spawn((ctx, 0), key, move |job| format::read_source(Arc::new(joining.text()), &name, job));
    }

    /// Begins to read a text as if it were a file.
    pub(super) fn start_text(&mut self, ctx: &egui::Context, key: String, text: String) {
        let total = text.len() as u64;
        let source: Source = Arc::new(text.into_bytes());
        let teller = self.sheets.clone();
        self.spawn((ctx, total), key, move |job| {
            job.read((source, Path::new(&job.key)), &ReadAs::default(), &teller)
        });
    }

    fn spawn(
        &mut self,
        (ctx, total): (&egui::Context, u64),
        key: String,
        reader: impl FnOnce(&Job) -> Result<(Source, Batch), ReadError> + Send + 'static,
    ) {
        let (wanted, levels) = unbounded();
        let job = Arc::new(Job {
            wanted,
            next: AtomicU8::new(Next::GoOn as u8),
            started: Instant::now(),
            preview_from: AtomicU64::new(FIRST_PREVIEW),
            teller: self.teller.clone(),
            key: key.clone(),
            bytes: AtomicU64::new(0),
            vertices: AtomicU64::new(0),
            total: AtomicU64::new(total),
            ctx: ctx.clone(),
        });
        self.running.insert(key.clone(), Arc::clone(&job));
        let reading = std::thread::Builder::new().name(format!("atlas-file-{key}"));
        let guarded = move || {
            let run = AssertUnwindSafe(|| read(&job, reader, &levels));
            // A fault of a reader is told in the file's row; the hook has written its report.
            if std::panic::catch_unwind(run).is_err() {
                job.tell(FileCommand::Failed { key: job.key.clone(), fault: Fault::Stumbled });
            }
        };
        if let Err(error) = reading.spawn(guarded) {
            // The receiver lives as long as this.
            let fault = Fault::NoThread { message: error.to_string() };
            let _ = self.teller.send(FileCommand::Failed { key, fault });
        }
    }

    /// Lets the person choose files in the system's own window, which may take as long as it likes.
    pub(super) fn choose(&self, ctx: &egui::Context) {
        let (teller, ctx) = (self.teller.clone(), ctx.clone());
        let choose = move || {
            let chosen = rfd::FileDialog::new()
                .add_filter("*", &[format::all_extensions(), vec!["toml"]].concat())
                .pick_files();
            if let Some(paths) = chosen.filter(|paths| !paths.is_empty()) {
                // The window may be gone.
                let _ = teller.send(FileCommand::Open { paths, fits: true });
                ctx.request_repaint();
            }
        };
        if let Err(error) = std::thread::Builder::new().name("atlas-choose".to_owned()).spawn(choose) {
            log::error!("the window for choosing files cannot open: {error}");
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

    /// Lets the doctor look through a file; a window that is gone stops it.
    pub(super) fn examine(&self, ctx: &egui::Context, key: String, source: Examined) {
        let (teller, ctx) = (self.teller.clone(), ctx.clone());
        let examine = move || {
            let Some(report) = source.report() else { return };
            // The window may be gone.
            let _ = teller.send(FileCommand::Examined { key, report: Arc::new(report) });
            ctx.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name("atlas-doctor".to_owned()).spawn(examine) {
            log::error!("a file cannot be looked through: {error}");
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
            job.set_wish(Next::Drop);
            // Wakes a thread that waits for levels.
            let _ = job.wanted.send(0);
        }
    }

    /// It is to end with what was read.
    pub(super) fn end(&self, key: &str) {
        if let Some(job) = self.running.get(key) {
            job.set_wish(Next::Keep);
        }
    }

    /// What has happened since.
    pub(super) fn news(&mut self) -> Vec<Command> {
        let told: Vec<FileCommand> = self.news.try_iter().collect();
        let follows: Vec<Command> = told.iter().filter_map(examining::follows).map(Command::File).collect();
        let progress = self
            .running
            .iter()
            .map(|(key, job)| FileCommand::Progress { key: key.clone(), progress: job.progress() });
        let tables = self.tables.try_iter();
        let all: Vec<Command> =
            progress.chain(told.iter().cloned()).map(Command::File).chain(tables).chain(follows).collect();
        for command in &told {
            // What was read stays under way: its areas are filled through the same job.
            if let FileCommand::Failed { key, .. } = command {
                self.running.remove(key);
            }
        }
        all
    }
}

/// The results of a quiz, where a table is that.
fn results(key: &str, (bytes, path): (&[u8], &Path), sheet: &Sheet) -> Option<QuizCommand> {
    let has = |name: &str| sheet.columns.iter().any(|column| column == name);
    if !["person", "kind", "asked", "is_right"].iter().all(|name| has(name)) {
        return None;
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Some(QuizCommand::Pool { key: key.to_owned(), name, text: String::from_utf8(bytes.to_vec()).ok()? })
}

/// A path that begins with `~/` is one in the person's own folder.
pub(super) fn at_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path,
    }
}

fn read(
    job: &Job,
    reader: impl FnOnce(&Job) -> Result<(Source, Batch), ReadError>,
    levels: &Receiver<usize>,
) {
    let key = || job.key.clone();
    let (source, batch) = match reader(job) {
        Ok(read) => read,
        Err(ReadError { fault: Fault::Stopped, .. }) => return,
        Err(error) => return job.tell(FileCommand::Failed { key: key(), fault: error.fault }),
    };
    let (dataset, mut unfilled) = Dataset::new(source, batch);
    if job.wish() == Next::Drop {
        return;
    }
    let dataset = Arc::new(dataset);
    let has_areas = dataset.has_areas;
    job.tell(FileCommand::Read { key: key(), dataset: Arc::clone(&dataset) });
    let mut filled = 0;
    while has_areas && let Ok(number) = levels.recv() {
        // Each frame that misses a level asks for it; what was flown past is wanted no more.
        let number = levels.try_iter().last().unwrap_or(number);
        if job.wish() == Next::Drop {
            return;
        }
        if dataset.levels.get(number).is_none_or(|level| level.areas().is_some()) {
            continue;
        }
        dataset.fill(&mut unfilled, number, || job.wish() != Next::Drop);
        filled += 1;
        job.tell(FileCommand::Filled { key: key(), levels: filled });
    }
}
