//! Sleeping until a key, a bell from another thread, or a deadline.
//!
//! The terminal and the bell are waited for together, on one thread, so that nothing else ever reads keys: a reader of
//! its own would eat those meant for the person's editor. It also notices a terminal that is gone, which the event
//! library would wait for without end.

/// Why [`Waker::wait`] came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// Keys wait to be read.
    Input,
    /// Another thread rang.
    Bell,
    /// The time is up.
    Deadline,
    /// The terminal is gone.
    Gone,
}

#[cfg(unix)]
pub(super) use unix::Waker;

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, Read, Write};
    use std::os::fd::OwnedFd;
    use std::sync::Arc;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use rustix::pipe::{PipeFlags, pipe_with};

    use super::Woken;

    /// A bell that any thread can ring.
    #[derive(Debug, Clone)]
    pub(in crate::tui) struct Waker {
        bell: Arc<File>,
        heard: Arc<File>,
    }

    impl Waker {
        pub(in crate::tui) fn new() -> io::Result<Self> {
            let (heard, bell): (OwnedFd, OwnedFd) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
            Ok(Self { bell: Arc::new(bell.into()), heard: Arc::new(heard.into()) })
        }

        /// Rings. Ringing twice before anybody listens is the same as once.
        pub(in crate::tui) fn ring(&self) {
            // a full pipe has rung already
            let _ = (&*self.bell).write(&[1]);
        }

        /// Sleeps, for ever where no time is given.
        pub(in crate::tui) fn wait(&self, at_most: Option<Duration>) -> io::Result<Woken> {
            let stdin = rustix::stdio::stdin();
            let mut waited =
                [PollFd::from_borrowed_fd(stdin, PollFlags::IN), PollFd::new(&*self.heard, PollFlags::IN)];
            let time = at_most.and_then(|at_most| Timespec::try_from(at_most).ok());
            match poll(&mut waited, time.as_ref()) {
                Ok(0) => return Ok(Woken::Deadline),
                Ok(_) => {}
                Err(Errno::INTR) => return Ok(Woken::Bell),
                Err(error) => return Err(error.into()),
            }
            let [keys, bell] = waited.map(|fd| fd.revents());
            if bell.contains(PollFlags::IN) {
                let mut rung = [0; 64];
                while matches!((&*self.heard).read(&mut rung), Ok(n) if n == rung.len()) {}
            }
            if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return Ok(Woken::Gone);
            }
            Ok(if keys.contains(PollFlags::IN) { Woken::Input } else { Woken::Bell })
        }
    }
}

#[cfg(not(unix))]
pub(super) use elsewhere::Waker;

#[cfg(not(unix))]
mod elsewhere {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    use super::Woken;

    /// How often the bell is looked at where it cannot be waited for together with the keys.
    const LOOK: Duration = Duration::from_millis(50);

    /// A bell that any thread can ring.
    #[derive(Debug, Clone, Default)]
    pub(in crate::tui) struct Waker(Arc<AtomicBool>);

    impl Waker {
        pub(in crate::tui) fn new() -> io::Result<Self> {
            Ok(Self::default())
        }

        pub(in crate::tui) fn ring(&self) {
            self.0.store(true, Ordering::Release);
        }

        pub(in crate::tui) fn wait(&self, at_most: Option<Duration>) -> io::Result<Woken> {
            let until = at_most.map(|at_most| Instant::now() + at_most);
            loop {
                let left = until.map(|until| until.saturating_duration_since(Instant::now()));
                if crossterm::event::poll(left.unwrap_or(LOOK).min(LOOK))? {
                    return Ok(Woken::Input);
                }
                if self.0.swap(false, Ordering::AcqRel) {
                    return Ok(Woken::Bell);
                }
                if left.is_some_and(|left| left.is_zero()) {
                    return Ok(Woken::Deadline);
                }
            }
        }
    }
}

impl Waker {
    /// The bell as something to call, for threads that know nothing of it.
    pub(super) fn callback(&self) -> Box<dyn Fn() + Send> {
        let waker = self.clone();
        Box::new(move || {
            super::mishap::at(std::thread::current().name().unwrap_or_default());
            waker.ring();
        })
    }
}
