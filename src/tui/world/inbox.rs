//! The inbox: what comes in is told, what is safely in a workbook goes out, and a note that is jotted here goes in.

use super::World;
use crate::app::Message;
use crate::domain::{RecordId, Tag, WorkbookId};
use crate::shelf::Note;
use crate::store::{InboxNews, Jot, Waiting};

impl World {
    pub(super) fn jot(&mut self, text: String, to: Option<WorkbookId>, tag: Option<Tag>, private: bool) {
        let goes_in = to.is_some() && to == self.open.as_ref().map(|held| held.id.clone());
        let jot = Jot { at: self.clock.now().wall, to, tag, private, text };
        match self.store.inbox().add(&jot, &self.ids) {
            Ok(_) => {
                self.inbox.look();
                self.done(if goes_in { "Noted." } else { "Noted. It waits in the inbox; g i shows it." });
            }
            Err(error) => self.failed(&error),
        }
    }

    pub(super) fn take_inbox(&mut self) {
        for news in self.inbox.news() {
            match news {
                InboxNews::Came { jots, before } => {
                    self.tell_inbox(jots.into_iter().map(note).collect(), Vec::new(), before);
                }
                InboxNews::Gone(names) => self.tell_inbox(Vec::new(), names, false),
                InboxNews::Binned(path) => {
                    self.done(format!("The note is in the bin, as {}.", path.display()));
                }
                InboxNews::Failed { words, hint } => self.could_not(format!("{words}. {hint}")),
            }
        }
    }

    fn tell_inbox(&mut self, came: Vec<Note>, gone: Vec<String>, before: bool) {
        self.shelf.follow_inbox(came.clone(), &gone);
        self.ready.push_back(Message::Jots { came, gone, before });
    }

    /// Takes the files of notes away whose lines are on the disk. What was recovered on opening may not be there yet:
    /// notes that were found in it wait for the next sync.
    pub(super) fn jots_kept(&mut self, files: Vec<(String, RecordId)>) {
        match &mut self.open {
            Some(held) if held.recovered => held.kept_jots.extend(files),
            _ => self.inbox.take(files),
        }
    }

    /// Everything of the open workbook was synced.
    pub(super) fn recovered_is_synced(&mut self) {
        if let Some(held) = &mut self.open
            && std::mem::take(&mut held.recovered)
        {
            let files = std::mem::take(&mut held.kept_jots);
            if !files.is_empty() {
                self.inbox.take(files);
            }
        }
    }
}

fn note(waiting: Waiting) -> Note {
    let (name, id) = (waiting.name().to_owned(), waiting.id);
    match waiting.jot {
        Ok(Jot { at, to, tag, private, text }) => Note { name, id, at: Some(at), to, tag, private, text },
        Err(why) => Note { name, id, at: None, to: None, tag: None, private: false, text: why },
    }
}
