//! Decodes basemap chunks and relief tiles away from the window's thread.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::ground_mesh::GroundMesh;
use crate::basemap::{Basemap, ChunkId, ReliefTile, TileId};
use crate::geo::Warp;

/// Threads that decode.
const THREADS: usize = 2;

/// A part of the basemap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Chunk(ChunkId),
    Tile(TileId),
}

/// A decoded part, or that it is damaged.
pub(super) enum Loaded {
    Chunk(ChunkId, Option<Box<GroundMesh>>),
    Tile(TileId, Option<ReliefTile>),
}

/// Threads that turn bytes into meshes and pictures.
pub struct Loader {
    basemap: Arc<Basemap<'static>>,
    wanted: Arc<Queue>,
    results: Receiver<Loaded>,
    asked: HashSet<Part>,
    /// Asked for and not yet arrived.
    pending: usize,
    wake: Arc<Wake>,
}

/// What is to be decoded. Whichever thread is free takes the newest: what was asked for while the map flew past
/// can wait.
#[derive(Default)]
struct Queue {
    parts: Mutex<Vec<Part>>,
    is_filled: Condvar,
    is_closed: AtomicBool,
}

impl Queue {
    fn push(&self, part: Part) {
        self.locked().push(part);
        self.is_filled.notify_one();
    }

    /// Waits for one; `None` once nobody asks any more.
    fn pop(&self) -> Option<Part> {
        let mut parts = self.locked();
        loop {
            if self.is_closed.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(part) = parts.pop() {
                return Some(part);
            }
            parts = self.is_filled.wait(parts).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        // Under the lock, so that no thread is between its look and its wait.
        let _parts = self.locked();
        self.is_closed.store(true, Ordering::Relaxed);
        self.is_filled.notify_all();
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Part>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type WakeUp = Box<dyn Fn() + Send + Sync>;

/// Whom to tell that something arrived; empty until there is a window.
#[derive(Default)]
struct Wake(OnceLock<WakeUp>);

impl Loader {
    /// Starts the threads; parts asked for before there is a window are ready when it comes.
    #[must_use]
    pub fn new(basemap: Arc<Basemap<'static>>) -> Self {
        let wake = Arc::new(Wake::default());
        let wanted = Arc::new(Queue::default());
        let (sender, results) = unbounded();
        for number in 0..THREADS {
            let (parts, wake) = (Arc::clone(&wanted), Arc::clone(&wake));
            let (sender, basemap) = (sender.clone(), Arc::clone(&basemap));
            let work = move || work(&basemap, &parts, &wake, &sender);
            if let Err(error) =
                std::thread::Builder::new().name(format!("atlas-basemap-{number}")).spawn(work)
            {
                log::error!("cannot start a thread for the basemap: {error}");
            }
        }
        Self { basemap, wanted, results, asked: HashSet::new(), pending: 0, wake }
    }

    /// Calls `wake` whenever something arrives.
    pub fn on_arrival(&self, wake: impl Fn() + Send + Sync + 'static) {
        if self.wake.0.set(Box::new(wake)).is_err() {
            log::warn!("the basemap's loader already has someone to wake");
        }
    }

    /// The picture is not whole yet; another is to follow.
    pub(super) fn ask_for_a_frame(&self) {
        if let Some(wake) = self.wake.0.get() {
            wake();
        }
    }

    /// Asks for parts; those already asked for are left alone.
    pub fn ask(&mut self, parts: impl IntoIterator<Item = Part>) {
        for part in parts {
            if self.asked.insert(part) {
                self.wanted.push(part);
                self.pending += 1;
            }
        }
    }

    /// What has arrived since; waits for what is pending, unless nothing comes for as long as `patience`.
    pub(super) fn arrived(&mut self, patience: Duration) -> Vec<Loaded> {
        let mut arrived: Vec<Loaded> = self.results.try_iter().collect();
        while arrived.len() < self.pending
            && let Ok(loaded) = self.results.recv_timeout(patience)
        {
            arrived.push(loaded);
        }
        self.pending -= arrived.len();
        arrived
    }

    /// Decodes here and now: for pictures without a window.
    pub(super) fn load_now(&self, part: Part) -> Loaded {
        load(&self.basemap, part)
    }

    /// A chunk for an equal-area page; `None` where it is damaged.
    pub(super) fn bent(&self, id: ChunkId, warp: &Warp) -> Option<GroundMesh> {
        let chunk = self.basemap.chunk(id).inspect_err(|error| log::error!("{id:?}: {error}")).ok()?;
        Some(GroundMesh::bent(&chunk, warp))
    }

    /// May be asked for again: it was dropped to make room.
    pub(super) fn forget(&mut self, part: Part) {
        self.asked.remove(&part);
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.wanted.close();
    }
}

impl std::fmt::Debug for Loader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loader").field("asked", &self.asked.len()).finish_non_exhaustive()
    }
}

fn work(basemap: &Basemap<'_>, parts: &Queue, wake: &Wake, sender: &Sender<Loaded>) {
    while let Some(part) = parts.pop() {
        if sender.send(load(basemap, part)).is_err() {
            return;
        }
        if let Some(wake) = wake.0.get() {
            wake();
        }
    }
}

fn load(basemap: &Basemap<'_>, part: Part) -> Loaded {
    match part {
        Part::Chunk(id) => {
            let bounds = basemap.chunk_bounds(id);
            let chunk = basemap.chunk(id).inspect_err(|error| log::error!("{id:?}: {error}")).ok();
            Loaded::Chunk(
                id,
                chunk.zip(bounds).map(|(chunk, bounds)| Box::new(GroundMesh::new(chunk, bounds, id.detail))),
            )
        }
        Part::Tile(id) => {
            let tile = basemap.relief_tile(id).inspect_err(|error| log::error!("{id:?}: {error}")).ok();
            Loaded::Tile(id, tile)
        }
    }
}
