//! Tells an open window what comes into the inbox, and takes away, moves and addresses jots for it, on a thread of its
//! own: the screen never waits for the inbox.
//!
//! The system's file notices wake the thread. Where they cannot be had, or say nothing of what other machines do, it
//! looks every two seconds; with notices it does not wake up by itself. Start reading at [`Watch::of`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use super::super::later::Later;
use super::super::notice::{LOOKS_EVERY, Noticed, Notices};
use super::super::writer::Wake;
use super::{Inbox, Waiting, order};
use crate::domain::{RecordId, WorkbookId};
use crate::order::InOrder;

/// The most jots that are told at once, so that whoever is told stays quick.
const AT_ONCE: usize = 200;

/// What has happened in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxNews {
    /// These are in the inbox, or are not as they were; oldest first.
    Came {
        /// The jots.
        jots: Vec<Waiting>,
        /// They were there when it first looked.
        before: bool,
    },
    /// The files of these names are not in the inbox any more.
    Gone(Vec<String>),
    /// A jot was put into the bin; it is at this path now.
    Binned(PathBuf),
    /// Something could not be done: what, and what to do. The jot is as it was.
    Failed {
        /// What happened, to which file.
        words: String,
        /// What to do.
        hint: String,
    },
}

/// Watches the inbox until it is dropped.
#[derive(Debug)]
pub struct Watch {
    jobs: Sender<Job>,
    news: Receiver<InboxNews>,
    thread: Later,
}

#[derive(Debug)]
enum Job {
    /// Something happened to the files of these names.
    Look(BTreeSet<String>),
    /// Anything may have happened.
    LookAtAll,
    /// The inbox itself was moved or removed.
    Again,
    Take(Vec<(String, RecordId)>),
    Address(String, WorkbookId),
    Bin(String),
    Stop,
}

impl Watch {
    /// A watch that is to begin; what it is asked for until then waits. `wake` is called after each piece of news.
    pub fn of(inbox: Inbox, wake: Wake) -> Self {
        Self::with(inbox, wake, true)
    }

    fn with(inbox: Inbox, wake: Wake, notices: bool) -> Self {
        let (jobs, heard) = mpsc::channel();
        let (told, news) = mpsc::channel();
        let bell = jobs.clone();
        let desk = Desk { inbox, told, wake, bell, known: BTreeMap::new(), before: true };
        Self { jobs, news, thread: Later::new(move || desk.work(&heard, notices)) }
    }

    /// Begins to watch. What is there already is told first. Without a thread the inbox is not seen: nothing in it is lost,
    /// and the next window shows it.
    pub fn begin(&mut self) {
        self.thread.begin("inbox");
    }

    /// What has happened since this was last asked. Never waits.
    pub fn news(&self) -> Vec<InboxNews> {
        self.news.try_iter().collect()
    }

    /// Looks now, without a notice. Never waits.
    pub fn look(&self) {
        self.send(Job::Look(BTreeSet::new()));
    }

    /// Takes away the files of jots that are safely in a workbook, by name and id. Never waits.
    pub fn take(&self, files: Vec<(String, RecordId)>) {
        self.send(Job::Take(files));
    }

    /// Says for which workbook a jot is meant. Never waits.
    pub fn address(&self, name: String, to: WorkbookId) {
        self.send(Job::Address(name, to));
    }

    /// Puts a jot into the bin. Never waits.
    pub fn bin(&self, name: String) {
        self.send(Job::Bin(name));
    }

    /// Does what it was asked for, and ends. Waits for it, so long at most.
    pub fn finish(mut self, at_most: Duration) {
        self.begin();
        self.send(Job::Stop);
        let until = Instant::now() + at_most;
        let left = || until.saturating_duration_since(Instant::now());
        // the thread lets go of the other end when it ends
        while self.news.recv_timeout(left()).is_ok() {}
    }

    fn send(&self, job: Job) {
        // it can only fail where there is no thread, and then nothing was told that could be asked for
        let _ = self.jobs.send(job);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.send(Job::Stop);
    }
}

/// What was told of a file.
#[derive(Debug, PartialEq, Eq)]
struct Known {
    /// Length and time of change, where they could be had.
    as_of: Option<(u64, SystemTime)>,
    /// Why it cannot be read, where it cannot.
    trouble: Option<String>,
}

/// The thread of a watch.
struct Desk {
    inbox: Inbox,
    told: Sender<InboxNews>,
    wake: Wake,
    /// For whoever brings notices.
    bell: Sender<Job>,
    known: BTreeMap<String, Known>,
    before: bool,
}

impl Desk {
    fn work(mut self, heard: &Receiver<Job>, notices: bool) {
        let mut watcher = notices.then(|| self.notices()).flatten();
        self.look(&BTreeSet::new(), true);
        self.before = false;
        loop {
            let first = match &watcher {
                Some(_) => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
                None => heard.recv_timeout(LOOKS_EVERY),
            };
            let first = match first {
                Ok(job) => job,
                Err(RecvTimeoutError::Timeout) => Job::LookAtAll,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let (mut names, mut all) = (BTreeSet::new(), false);
            // what came meanwhile is looked at together
            for job in std::iter::once(first).chain(heard.try_iter()) {
                match job {
                    Job::Look(changed) => names.extend(changed),
                    Job::LookAtAll => all = true,
                    Job::Again => {
                        all = true;
                        watcher = None;
                    }
                    Job::Stop => return,
                    Job::Take(taken) => self.take(taken),
                    Job::Address(name, to) => {
                        let done = self.inbox.address(&name, &to);
                        names.insert(name);
                        self.say_if_failed(done);
                    }
                    Job::Bin(name) => match self.inbox.bin(&name) {
                        Ok(path) => self.tell(InboxNews::Binned(path)),
                        Err(error) => self.say_if_failed(Err(error)),
                    },
                }
            }
            if watcher.is_none()
                && notices
                && self.inbox.store.disk().meta(self.inbox.store.folders().root()).is_ok()
            {
                watcher = self.notices();
                all |= watcher.is_some();
            }
            self.look(&names, all);
        }
    }

    /// Asks for notices; `None` where there are none, or where they would not tell of everything.
    fn notices(&self) -> Option<Notices> {
        let folder = self.inbox.folder();
        self.inbox.make_folder().ok()?;
        // notices name files by the folder's real path on some systems
        let folder = self.inbox.store.disk().resolve(&folder).unwrap_or(folder);
        let bell = self.bell.clone();
        Notices::of(folder, move |noticed| {
            let job = match noticed {
                Noticed::Anything => Job::LookAtAll,
                Noticed::Gone => Job::Again,
                Noticed::Names(mut names) => {
                    names.retain(|name| super::is_jot(name));
                    if names.is_empty() {
                        return;
                    }
                    Job::Look(names)
                }
            };
            // it can only fail once nobody watches any more
            let _ = bell.send(job);
        })
    }

    /// Tells what is not as it was told before. Files that were told are read again where they are among `changed`, or
    /// where all are looked at and it is another length or time; those that could not be read always.
    fn look(&mut self, changed: &BTreeSet<String>, all: bool) {
        // an inbox that cannot be listed is told by who lists it when asked to
        let Ok(names) = self.inbox.names(&self.inbox.folder()) else { return };
        let there: BTreeSet<&String> = names.iter().collect();
        let gone: Vec<String> = self.known.keys().filter(|name| !there.contains(name)).cloned().collect();
        if !gone.is_empty() {
            gone.iter().for_each(|name| drop(self.known.remove(name)));
            self.tell(InboxNews::Gone(gone));
        }
        let mut came = Vec::new();
        for name in &names {
            let read_again = self.known.get(name).is_none_or(|known| {
                changed.contains(name)
                    || known.trouble.is_some()
                    || (all && known.as_of.is_none_or(|as_of| Some(as_of) != self.as_of(name)))
            });
            if !read_again {
                continue;
            }
            let as_of = self.as_of(name);
            let waiting = self.inbox.read(&self.inbox.folder(), name);
            let known = Known { as_of, trouble: waiting.jot.as_ref().err().cloned() };
            let told = known.trouble.is_some()
                && self.known.get(name).is_some_and(|before| before.trouble == known.trouble);
            self.known.insert(name.clone(), known);
            if !told {
                came.push(waiting);
            }
            if came.len() == AT_ONCE {
                self.tell(InboxNews::Came { jots: std::mem::take(&mut came), before: self.before });
            }
        }
        if !came.is_empty() {
            self.tell(InboxNews::Came { jots: came, before: self.before });
        }
    }

    fn as_of(&self, name: &str) -> Option<(u64, SystemTime)> {
        let meta = self.inbox.store.disk().meta(&self.inbox.folder().join(name)).ok()?;
        Some((meta.len, meta.modified))
    }

    fn take(&self, mut files: Vec<(String, RecordId)>) {
        files.order_by(|a, b| order(&a.0).cmp(&order(&b.0)));
        let folder = self.inbox.folder();
        for (name, id) in files {
            // one that stays is in the workbook all the same, and goes away when that is opened next
            let taken = self.inbox.take(&folder.join(name), &id).map(drop);
            self.say_if_failed(taken);
        }
    }

    fn say_if_failed(&self, done: Result<(), super::StoreError>) {
        if let Err(error) = done {
            self.tell(InboxNews::Failed { words: error.to_string(), hint: error.hint() });
        }
    }

    fn tell(&self, news: InboxNews) {
        // nobody may be listening any more
        let _ = self.told.send(news);
        (self.wake)();
    }
}

#[cfg(test)]
mod tests;
