//! How far the system has what was sent, for those who wait for it.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The last record that the system has.
#[derive(Debug)]
pub(super) struct Kept {
    so_far: Mutex<SoFar>,
    risen: Condvar,
}

#[derive(Debug)]
struct SoFar {
    seq: u64,
    given_up: bool,
}

/// What became of whoever waited last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiter {
    /// Nobody did, or they saw what they waited for: nobody is to be woken.
    HasSeen,
    /// It took too long for them.
    HasGivenUp,
}

impl Kept {
    pub(super) fn new(seq: u64) -> Self {
        Self { so_far: Mutex::new(SoFar { seq, given_up: false }), risen: Condvar::new() }
    }

    /// Waits until the system has a record; false where that takes longer than `at_most`.
    pub(super) fn wait(&self, seq: u64, at_most: Duration) -> bool {
        let waited = self.risen.wait_timeout_while(self.lock(), at_most, |so_far| so_far.seq < seq);
        let (mut so_far, _) = waited.unwrap_or_else(PoisonError::into_inner);
        so_far.given_up = so_far.seq < seq;
        !so_far.given_up
    }

    /// The system has everything up to this record. `None` where that is no news.
    pub(super) fn rise(&self, to: u64) -> Option<Waiter> {
        let mut so_far = self.lock();
        if to <= so_far.seq {
            return None;
        }
        so_far.seq = to;
        let given_up = std::mem::take(&mut so_far.given_up);
        drop(so_far);
        self.risen.notify_all();
        Some(if given_up { Waiter::HasGivenUp } else { Waiter::HasSeen })
    }

    fn lock(&self) -> MutexGuard<'_, SoFar> {
        self.so_far.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
