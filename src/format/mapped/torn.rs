//! A mapped file that another program cuts short: what is gone reads as zeros in place of ending the program.
//!
//! The system answers a look behind the end of the file with `SIGBUS`. The handler lays empty pages there, if the
//! address is in one of our maps; every other fault goes where it went before.

use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Maps that are guarded at once; more are read without guard.
const MOST: usize = 64;

/// Begin and length of each map in bytes; 0 is a free place.
static MAPS: [(AtomicUsize, AtomicUsize); MOST] =
    [const { (AtomicUsize::new(0), AtomicUsize::new(0)) }; MOST];
static INSTALLED: Once = Once::new();

/// A mapped file under guard.
#[derive(Debug)]
pub(super) struct Guarded {
    map: memmap2::Mmap,
    place: Option<usize>,
}

impl Guarded {
    pub(super) fn new(map: memmap2::Mmap) -> Self {
        INSTALLED.call_once(install);
        let (begin, length) = (map.as_ptr() as usize, map.len());
        let take = |place: &usize| {
            let taken = MAPS[*place].0.compare_exchange(0, begin, Ordering::AcqRel, Ordering::Relaxed);
            taken.is_ok()
        };
        let place = (0..MOST).find(take);
        if let Some(place) = place {
            MAPS[place].1.store(length, Ordering::Release);
        }
        Self { map, place }
    }
}

impl AsRef<[u8]> for Guarded {
    fn as_ref(&self) -> &[u8] {
        &self.map
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            MAPS[place].1.store(0, Ordering::Release);
            MAPS[place].0.store(0, Ordering::Release);
        }
    }
}

#[allow(unsafe_code)]
fn install() {
    // SAFETY: the action is whole before it is handed over, and the handler only makes calls that a handler may.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_bus as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGBUS, &raw const action, std::ptr::null_mut());
    }
}

/// The end of the map in which an address lies.
fn end_of(address: usize) -> Option<usize> {
    let ends = MAPS.iter().filter_map(|(begin, length)| {
        let (begin, length) = (begin.load(Ordering::Acquire), length.load(Ordering::Acquire));
        (begin != 0 && (begin..begin + length).contains(&address)).then_some(begin + length)
    });
    ends.max()
}

#[allow(unsafe_code)]
extern "C" fn on_bus(_signal: i32, about: *mut libc::siginfo_t, _context: *mut libc::c_void) {
    // SAFETY: the system hands over a whole record. The pages laid down lie in a map of ours that has none there:
    // its file ends before them. Where that is not so the fault takes its usual way, at the next try.
    unsafe {
        let page = usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)).unwrap_or(4096);
        let address = (*about).si_addr() as usize;
        let begin = address / page * page;
        let laid = end_of(address).map(|end| {
            let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED;
            libc::mmap(begin as *mut libc::c_void, end - begin, libc::PROT_READ, flags, -1, 0)
        });
        if laid.is_none_or(|laid| laid == libc::MAP_FAILED) {
            libc::signal(libc::SIGBUS, libc::SIG_DFL);
        }
    }
}
