//! What the system says in passing: hang-up, termination, stop. A thread of its own listens, so that a closed window is
//! saved and left even where the drawing thread is stuck.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::store::Saver;

use super::terminal::Screen;
use super::wait::Waker;

/// Those who can save: the open workbook, if one is open, then those that are just being let go of. Shared with the thread
/// that listens.
pub(super) type SharedSavers = Arc<Mutex<Vec<Saver>>>;

/// How long the last save may take when the window has been closed.
const LAST_SAVE: Duration = Duration::from_millis(800);

/// What the listener leaves for the loop.
#[derive(Debug, Clone, Default)]
pub(super) struct Signals {
    savers: SharedSavers,
    suspend: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
    stopped_here: Arc<AtomicBool>,
}

impl Signals {
    pub(super) fn savers(&self) -> SharedSavers {
        Arc::clone(&self.savers)
    }

    /// Whether the system asked to stop for a while since this was last asked.
    pub(super) fn take_suspend(&self) -> bool {
        self.suspend.swap(false, Ordering::AcqRel)
    }

    /// Stops the program until the shell brings it back.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn suspend(&self, screen: &mut Screen) -> io::Result<()> {
        // the signal that ends this stop is no news
        self.stopped_here.store(true, Ordering::Release);
        screen.suspend()
    }

    /// Whether the system let the program go on since this was last asked, after a stop that nobody announced: somebody
    /// else may have had the terminal meanwhile.
    pub(super) fn take_resumed(&self) -> bool {
        self.resumed.swap(false, Ordering::AcqRel) && !self.stopped_here.swap(false, Ordering::AcqRel)
    }
}

/// Begins to listen.
///
/// # Errors
/// What the system refused.
#[cfg(unix)]
pub(super) fn listen(waker: Waker) -> io::Result<Signals> {
    use signal_hook::consts::{
        SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
    };
    use signal_hook::iterator::Signals as Iterator;

    let signals = Signals::default();
    let shared = signals.clone();
    // those of no meaning here are heard so that they do not end the program with the terminal in its hands
    let mut heard =
        Iterator::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, SIGUSR1, SIGUSR2])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in heard.forever() {
            match signal {
                SIGTSTP => {
                    shared.suspend.store(true, Ordering::Release);
                    waker.ring();
                }
                SIGCONT => {
                    shared.resumed.store(true, Ordering::Release);
                    waker.ring();
                }
                SIGWINCH => waker.ring(),
                SIGUSR1 => {}
                SIGUSR2 => super::mishap::arm(),
                _ => {
                    save_now(&shared.savers);
                    super::terminal::restore();
                    std::process::exit(128 + signal);
                }
            }
        }
    })?;
    Ok(signals)
}

/// Begins to listen. Nothing is heard on this system.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(super) fn listen(_waker: Waker) -> io::Result<Signals> {
    Ok(Signals::default())
}

#[cfg_attr(not(unix), allow(dead_code))]
fn save_now(savers: &SharedSavers) {
    let until = Instant::now() + LAST_SAVE;
    let savers = savers.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for saver in savers {
        saver.fold_now(until.saturating_duration_since(Instant::now()));
    }
}
