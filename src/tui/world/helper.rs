//! A thread that reads much, and stays: what it reads may take many times the size of a workbook, and each thread that ever
//! did so would keep that room for itself.

use std::sync::mpsc::{Sender, channel};

type Job = Box<dyn FnOnce() + Send>;

/// A thread for one kind of reading. It begins with its first job and ends with the program.
pub(super) struct Helper {
    name: &'static str,
    jobs: Option<Sender<Job>>,
}

impl Helper {
    /// A helper that has not begun.
    pub fn new(name: &'static str) -> Self {
        Self { name, jobs: None }
    }

    /// Has something done after what is being done. Of several jobs that wait only the last is done: nobody waits for the
    /// others any more. `false` where there is no thread to be had.
    pub fn have_done(&mut self, job: impl FnOnce() + Send + 'static) -> bool {
        self.begin();
        let given = self.jobs.as_ref().is_some_and(|jobs| jobs.send(Box::new(job)).is_ok());
        if !given {
            // the thread is gone; the next job begins another
            self.jobs = None;
        }
        given
    }

    fn begin(&mut self) {
        if self.jobs.is_some() {
            return;
        }
        let (jobs, heard) = channel::<Job>();
        let work = move || {
            while let Ok(first) = heard.recv() {
                heard.try_iter().last().unwrap_or(first)();
            }
        };
        if std::thread::Builder::new().name(self.name.to_owned()).spawn(work).is_ok() {
            self.jobs = Some(jobs);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    #[test]
    fn one_thread_does_it_all_and_of_what_waits_only_the_last() {
        let mut helper = Helper::new("reader");
        let ((said, heard), (go, wait)) = (channel(), channel::<()>());
        let who = || (std::thread::current().name().map(str::to_owned), std::thread::current().id());
        let tell = said.clone();
        assert!(helper.have_done(move || {
            let _ = tell.send((0, who()));
            let _ = wait.recv_timeout(SOON);
        }));
        let (_, first) = heard.recv_timeout(SOON).unwrap();
        assert_eq!(first.0.as_deref(), Some("reader"));
        for n in 1..=3 {
            let tell = said.clone();
            assert!(helper.have_done(move || drop(tell.send((n, who())))));
        }
        go.send(()).unwrap();
        assert_eq!(heard.recv_timeout(SOON).unwrap(), (3, first));
        drop((helper, said));
        assert!(heard.recv_timeout(SOON).is_err(), "the thread ends with whoever had it");
    }
}
