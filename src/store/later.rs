//! Work for a thread of its own that has not begun: a thread costs the first frame a tenth of a millisecond, and whoever
//! only looks at the list for a moment needs few.

use std::fmt;

/// The work of a thread that begins when it is first needed, once. Dropped before that, it never begins.
#[derive(Default)]
pub(super) struct Later(Option<Box<dyn FnOnce() + Send>>);

impl Later {
    /// Work that waits.
    pub fn new(work: impl FnOnce() + Send + 'static) -> Self {
        Self(Some(Box::new(work)))
    }

    /// Begins, on a thread of this name, unless it has begun. Where there is no thread to be had the work is dropped, and
    /// with it all that it holds.
    pub fn begin(&mut self, name: &str) {
        if let Some(work) = self.0.take() {
            let _ = std::thread::Builder::new().name(name.to_owned()).spawn(work);
        }
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "waiting" } else { "begun" })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    #[test]
    fn it_begins_once_and_only_when_it_is_asked_to() {
        let (told, heard) = channel();
        let mut later = Later::new(move || drop(told.send(std::thread::current().name().map(str::to_owned))));
        assert_eq!(format!("{later:?}"), "waiting");
        assert!(heard.try_recv().is_err());
        later.begin("inbox");
        later.begin("another");
        assert_eq!(format!("{later:?}"), "begun");
        assert_eq!(heard.recv_timeout(Duration::from_secs(20)).unwrap().as_deref(), Some("inbox"));
        assert!(heard.recv_timeout(Duration::from_secs(20)).is_err(), "there was one of it");
    }

    #[test]
    fn what_never_begins_lets_go_of_what_it_holds() {
        let (told, heard) = channel::<()>();
        drop(Later::new(move || drop(told)));
        assert!(heard.recv_timeout(Duration::from_secs(20)).is_err());
    }
}
