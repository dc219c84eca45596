//! Mistakes on purpose, for the tests of what becomes of the terminal and the text when the program makes one: a panic at a
//! place that `ALONGSIDE_MISHAP` names, once SIGUSR2 has come. There is none of it in a release build.

#[cfg(all(debug_assertions, unix))]
mod armed {
    use std::sync::atomic::{AtomicBool, Ordering};

    static ARMED: AtomicBool = AtomicBool::new(false);

    /// The next time that the place is reached it panics.
    pub(in crate::tui) fn arm() {
        ARMED.store(true, Ordering::Release);
    }

    /// Panics where that was asked for, once.
    #[allow(clippy::panic)]
    pub(in crate::tui) fn at(place: &str) {
        let here = || std::env::var("ALONGSIDE_MISHAP").is_ok_and(|named| named == place);
        if ARMED.load(Ordering::Acquire) && here() && ARMED.swap(false, Ordering::AcqRel) {
            panic!("a mishap on purpose, at {place}");
        }
    }
}

#[cfg(all(debug_assertions, unix))]
pub(super) use armed::{arm, at};

/// Nothing.
#[cfg(not(all(debug_assertions, unix)))]
pub(super) fn at(_: &str) {}

/// Nothing.
#[cfg(all(not(debug_assertions), unix))]
pub(super) fn arm() {}
