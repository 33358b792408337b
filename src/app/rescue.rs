//! What happens when the graphics device is lost: the program starts anew in its own place, as the session has it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The way out of a lost device; by default there is none.
#[derive(Clone, Debug, Default)]
pub struct Rescue {
    restart: Option<fn()>,
    is_restarted: bool,
    lost: Arc<AtomicBool>,
}

impl Rescue {
    /// `restart` starts the program anew in the place of this one and does not come back, unless it cannot;
    /// `is_restarted` says that this is such a start.
    #[must_use]
    pub fn new(restart: fn(), is_restarted: bool) -> Self {
        Self { restart: Some(restart), is_restarted, lost: Arc::default() }
    }

    /// Whether the person is to be told why the window opened anew.
    pub(super) fn is_restarted(&self) -> bool {
        self.is_restarted
    }

    /// What is to be called when the device of the window is lost.
    pub(super) fn alarm(&self, ctx: &egui::Context) -> impl Fn(&str) + Send + Sync + 'static {
        let (lost, woken) = (Arc::clone(&self.lost), ctx.clone());
        move |message| {
            log::error!("the graphics device is lost: {message}");
            lost.store(true, Ordering::Release);
            woken.request_repaint();
        }
    }

    /// The way to start anew, once that is needed.
    pub(super) fn needed(&self) -> Option<fn()> {
        self.restart.filter(|_| self.lost.load(Ordering::Acquire))
    }

    /// Runs the window. What a lost device leaves may end in a panic before the next frame asks.
    pub(super) fn guard<T>(&self, run: impl FnOnce() -> T) -> T {
        std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
            if let Some(restart) = self.needed() {
                restart();
            }
            std::panic::resume_unwind(panic)
        })
    }
}
