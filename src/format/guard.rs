//! Calls into a parser of others that may panic on a hostile file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// What a call returns; `None` where it panicked, which is a fault of the file and nothing to report.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    DEPTH.set(DEPTH.get() + 1);
    let returned = catch_unwind(AssertUnwindSafe(call)).ok();
    DEPTH.set(DEPTH.get() - 1);
    returned
}

/// Whether this thread is in such a call, so that a panic is no fault of the program.
#[must_use]
pub fn is_guarded() -> bool {
    DEPTH.get() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_none_and_outside_nothing_is_guarded() {
        assert_eq!(guarded(is_guarded), Some(true));
        assert_eq!(guarded(|| guarded(|| -> u8 { panic!("a hostile file") })), Some(None));
        assert!(!is_guarded());
    }
}
