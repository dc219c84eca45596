//! What happens around a workbook that is open: another window asks for it, another program writes its file or leaves
//! another copy beside it.
//!
//! A window that wants to write in a workbook that another one holds leaves a request in its folder. The holder sees it at
//! once, saves, lets go and turns to reading; one that does not answer is never overridden. What another program has made
//! of `workbook.ron` is looked at by the writer (`keep.rs`), which alone knows what it left there; here it is only
//! noticed. Start reading at [`Lookout::start`] and [`Store::take_over`].

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::error::StoreError;
use super::lock::{self, Holder, Lock};
use super::notice::{LOOKS_EVERY, Noticed, Notices};
use super::open::{self, Opened};
use super::writer::{Saver, Wake};
use super::{Store, conflict, paths, save};
use crate::notation;

/// How often a window that waits for another tries whether it has let go.
const TRIES_EVERY: Duration = Duration::from_millis(20);

/// How long a copy has to lie there before it is told of. An editor leaves one for a moment while it saves.
const SETTLES: Duration = Duration::from_millis(500);

/// Looks out for what others do to an open workbook until it is dropped.
#[derive(Debug)]
pub struct Lookout {
    jobs: Sender<Job>,
    seen: Receiver<Seen>,
}

/// What others have done around an open workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// A window asks for it.
    Asked(Holder),
    /// So many copies lie beside it that did not before.
    Copies(usize),
}

#[derive(Debug)]
enum Job {
    Look(Look),
    /// There are no more notices.
    Blind,
    Stop,
}

impl Lookout {
    /// Begins to look out. The writer of the workbook is told whenever somebody may have written its file. `copies` are the
    /// names of the other copies that are known to lie beside it. `wake` is called whenever there is something to tell.
    pub fn start(store: &Store, folder: &Path, copies: Vec<String>, saver: Saver, wake: Wake) -> Self {
        Self::begin(store, folder, copies, saver, wake, true)
    }

    pub(super) fn begin(
        store: &Store,
        folder: &Path,
        copies: Vec<String>,
        saver: Saver,
        wake: Wake,
        notices: bool,
    ) -> Self {
        let (jobs, heard) = mpsc::channel();
        let (told, seen) = mpsc::channel();
        let desk = Desk {
            store: store.clone(),
            folder: folder.to_owned(),
            copies,
            arriving: None,
            saver,
            told,
            wake,
        };
        let bell = jobs.clone();
        // without a thread nobody is noticed; each save still looks whether the file is ours
        let _ = std::thread::Builder::new()
            .name("lookout".to_owned())
            .spawn(move || desk.work(&heard, &bell, notices));
        Self { jobs, seen }
    }

    /// What has been seen since this was last asked, in its order. Never waits.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.try_iter().collect()
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        // it can only fail where there is no thread
        let _ = self.jobs.send(Job::Stop);
    }
}

/// What is worth a look, since something may have happened to it.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    request: bool,
    file: bool,
    copies: bool,
}

impl Look {
    const EVERYWHERE: Self = Self { request: true, file: true, copies: true };

    fn and(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            file: self.file || other.file,
            copies: self.copies || other.copies,
        }
    }
}

/// The thread of a lookout.
struct Desk {
    store: Store,
    folder: PathBuf,
    /// The other copies that lay there when last looked.
    copies: Vec<String>,
    /// Those that have come since, and when the last of them did.
    arriving: Option<(Vec<String>, Instant)>,
    saver: Saver,
    told: Sender<Seen>,
    wake: Wake,
}

impl Desk {
    fn work(mut self, heard: &Receiver<Job>, bell: &Sender<Job>, notices: bool) {
        let mut notices = if notices { self.notices(bell) } else { Vec::new() };
        // what happened before there were any
        let _ = bell.send(Job::Look(Look::EVERYWHERE));
        loop {
            let settled = self
                .arriving
                .as_ref()
                .map(|(_, at)| (*at + SETTLES).saturating_duration_since(Instant::now()));
            let job = match settled.or(notices.is_empty().then_some(LOOKS_EVERY)) {
                None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at_most) => heard.recv_timeout(at_most),
            };
            let first = match job {
                Ok(job) => job,
                Err(RecvTimeoutError::Timeout) => Job::Look(Look::EVERYWHERE),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            // what came meanwhile is looked at together
            let mut at = Look::default();
            for job in std::iter::once(first).chain(heard.try_iter()) {
                match job {
                    Job::Stop => return,
                    Job::Blind => notices.clear(),
                    Job::Look(look) => at = at.and(look),
                }
            }
            if at.file {
                self.saver.look();
            }
            if at.request
                && let Some(holder) = self.request()
            {
                self.tell(Seen::Asked(holder));
            }
            if at.copies {
                self.look_for_copies();
            }
        }
    }

    /// Tells of copies that are new and have lain there for a moment.
    fn look_for_copies(&mut self) {
        // a folder that cannot be listed just now says nothing
        let Ok(listed) = self.store.list_copies(&self.folder) else { return };
        // one that goes and comes again is told of again
        self.copies.retain(|known| listed.contains(known));
        let new: Vec<String> = listed.into_iter().filter(|name| !self.copies.contains(name)).collect();
        match self.arriving.take().filter(|(before, _)| *before == new) {
            _ if new.is_empty() => {}
            Some((_, at)) if at.elapsed() >= SETTLES => {
                self.tell(Seen::Copies(new.len()));
                self.copies.extend(new);
            }
            Some(same) => self.arriving = Some(same),
            None => self.arriving = Some((new, Instant::now())),
        }
    }

    fn tell(&self, seen: Seen) {
        // nobody may be listening any more
        let _ = self.told.send(seen);
        (self.wake)();
    }

    /// Asks for notices of the folder, and of the one where `workbook.ron` really is; none where one of them has none.
    fn notices(&self, bell: &Sender<Job>) -> Vec<Notices> {
        let disk = self.store.disk();
        let file = save::resolved(disk, &self.folder.join(paths::WORKBOOK));
        let (Ok(folder), Ok(file)) = (disk.resolve(&self.folder), file) else { return Vec::new() };
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = file.parent().filter(|parent| **parent != *folder).map(Path::to_owned);
        let mut all = Vec::new();
        for folder in std::iter::once(folder).chain(beside) {
            let (bell, name) = (bell.clone(), name.clone());
            let tell = move |noticed| {
                let job = match noticed {
                    Noticed::Gone => Job::Blind,
                    Noticed::Anything => Job::Look(Look::EVERYWHERE),
                    Noticed::Names(names) => {
                        let look = Look {
                            request: names.contains(paths::WANTED),
                            file: names.contains(&name),
                            copies: names.iter().any(|name| conflict::is_name(name)),
                        };
                        if !look.request && !look.file && !look.copies {
                            return;
                        }
                        Job::Look(look)
                    }
                };
                // it can only fail once nobody looks out any more
                let _ = bell.send(job);
            };
            match Notices::of(folder, tell) {
                Some(notices) => all.push(notices),
                None => return Vec::new(),
            }
        }
        all
    }

    fn request(&self) -> Option<Holder> {
        let bytes = self.store.disk().read(&self.folder.join(paths::WANTED)).ok()?;
        Some(lock::parse(&bytes))
    }
}

impl Store {
    /// Asks the window that holds a workbook to let go of it, waits until it does, and opens it to write. It is asked to
    /// save everything first, and is never overridden. Blocks, `at_most` so long.
    ///
    /// # Errors
    /// [`StoreError::Held`] where it has not let go in that time; nothing has changed then. Or as [`Store::open`].
    pub fn take_over(&self, folder: &Path, now: Timestamp, at_most: Duration) -> Result<Opened, StoreError> {
        let disk = self.disk();
        let wanted = folder.join(paths::WANTED);
        let words = notation::line(&Holder::here(now)).unwrap_or_default();
        let ask = || save::quickly(disk, &wanted, words.as_bytes());
        let mut asked = ask();
        let until = Instant::now() + at_most;
        loop {
            match lock::take(disk, folder, now) {
                // this sweeps the request away, too
                Lock::Ours(lock) => return open::holding(self, folder, lock, now),
                Lock::Theirs(holder) if Instant::now() >= until => {
                    // ours; one that stays is swept by who opens it next
                    let _ = disk.remove(&wanted);
                    asked?;
                    return Err(StoreError::Held { path: folder.to_owned(), holder });
                }
                Lock::Theirs(_) => {
                    // whoever took the workbook over meanwhile has swept the request away, or what was to become it
                    if asked.is_err() || save::is_gone(disk, &wanted) {
                        asked = ask();
                    }
                    std::thread::sleep(TRIES_EVERY);
                }
                Lock::NotAllowed | Lock::Cannot(_) => return self.open(folder, now),
            }
        }
    }
}

#[cfg(test)]
mod tests;
