//! Whose turn it is: so many requests at a time to each host, none twice, and none during a pause.

use std::collections::{HashMap, HashSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::disk::Key;
use super::{Clock, Manners};
use crate::net::{NetError, Next, Progress, Watch};

/// How often one who waits asks whether to go on.
const TICK: Duration = Duration::from_millis(50);

/// More missing tiles than this are not remembered.
const MOST_MISSING: usize = 20_000;

/// What a request has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Fine,
    /// The person no longer wants it; says nothing of the host.
    Stopped,
    /// The host wants a rest, for so many seconds if it says so, or cannot be reached.
    Pause {
        asked: Option<u64>,
        error: NetError,
    },
    /// This tile is not to be had for so many seconds.
    Missing {
        secs: u64,
        error: NetError,
    },
}

#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    freed: Condvar,
    parallel: usize,
    first_pause: u64,
    longest_pause: u64,
}

#[derive(Debug, Default)]
struct State {
    hosts: HashMap<String, Host>,
    under_way: HashSet<Key>,
    missing: HashMap<Key, (u64, NetError)>,
}

#[derive(Debug, Default)]
struct Host {
    under_way: usize,
    /// Failures one after another.
    failures: u32,
    pause: Option<Pause>,
}

#[derive(Debug)]
struct Pause {
    until: u64,
    /// What brought it about.
    error: NetError,
}

/// The right to one request; given back when it goes.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    queue: &'a Queue,
    key: Key,
    host: String,
    pub(super) has_waited: bool,
}

impl Queue {
    pub(super) fn new(manners: &Manners) -> Self {
        Self {
            state: Mutex::default(),
            freed: Condvar::new(),
            parallel: manners.parallel.max(1),
            first_pause: manners.first_pause_secs.max(1),
            longest_pause: manners.longest_pause_secs.max(1),
        }
    }

    /// Waits for the turn; an error where there is none to be had now.
    pub(super) fn turn(
        &self,
        key: Key,
        host: &str,
        clock: &Clock,
        watch: &Watch<'_>,
    ) -> Result<Turn<'_>, NetError> {
        let mut state = self.locked();
        let mut has_waited = false;
        loop {
            state.refused(key, host, clock())?;
            let is_taken = state.under_way.contains(&key);
            let place = state.hosts.entry(host.to_owned()).or_default();
            if !is_taken && place.under_way < self.parallel {
                place.under_way += 1;
                state.under_way.insert(key);
                return Ok(Turn { queue: self, key, host: host.to_owned(), has_waited });
            }
            if watch(Progress::default()) == Next::Stop {
                return Err(NetError::Stopped);
            }
            has_waited = true;
            let woken = self.freed.wait_timeout(state, TICK);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub(super) fn forget(&self) {
        let mut state = self.locked();
        state.missing.clear();
        for host in state.hosts.values_mut() {
            host.pause = None;
            host.failures = 0;
        }
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Doubles with each failure, between the first and the longest pause.
    fn pause_after(&self, failures: u32) -> u64 {
        let doubled = self.first_pause.saturating_mul(1 << failures.saturating_sub(1).min(30));
        doubled.min(self.longest_pause)
    }
}

impl State {
    /// Why a request may not go out now; pauses that are over are forgotten.
    fn refused(&mut self, key: Key, host: &str, now: u64) -> Result<(), NetError> {
        match self.missing.get(&key) {
            Some((until, error)) if now < *until => return Err(error.clone()),
            Some(_) => drop(self.missing.remove(&key)),
            None => {}
        }
        let Some(place) = self.hosts.get_mut(host) else { return Ok(()) };
        match &place.pause {
            Some(pause) if now < pause.until => Err(match &pause.error {
                NetError::Status(_) => NetError::Busy { host: host.to_owned(), secs: pause.until - now },
                error => error.clone(),
            }),
            Some(_) => {
                place.pause = None;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn miss(&mut self, key: Key, until: u64, error: NetError) {
        if self.missing.len() >= MOST_MISSING {
            self.missing.clear();
        }
        self.missing.insert(key, (until, error));
    }
}

impl Turn<'_> {
    /// Tells what the request has shown.
    pub(super) fn done(self, verdict: Verdict, now: u64) {
        let mut state = self.queue.locked();
        match verdict {
            Verdict::Stopped => {}
            Verdict::Missing { secs, error } => {
                state.miss(self.key, now.saturating_add(secs), error);
                state.hosts.entry(self.host.clone()).or_default().failures = 0;
            }
            Verdict::Fine => state.hosts.entry(self.host.clone()).or_default().failures = 0,
            Verdict::Pause { asked, error } => {
                let place = state.hosts.entry(self.host.clone()).or_default();
                // Requests that were under way together fail together, and count once.
                if place.pause.is_none() {
                    place.failures = place.failures.saturating_add(1);
                }
                let secs = asked.unwrap_or_else(|| self.queue.pause_after(place.failures));
                let until = now.saturating_add(secs);
                if place.pause.as_ref().is_none_or(|pause| pause.until < until) {
                    place.pause = Some(Pause { until, error });
                }
            }
        }
        drop(state);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.queue.locked();
        state.under_way.remove(&self.key);
        if let Some(place) = state.hosts.get_mut(&self.host) {
            place.under_way = place.under_way.saturating_sub(1);
        }
        drop(state);
        self.queue.freed.notify_all();
    }
}
