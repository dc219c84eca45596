//! What other windows and programs do to the open workbook: it is asked for, it is handed over, its file is replaced.
//!
//! The workbook is always let go of first, with everything in it saved, and opened again by the world. It knows no file.

use super::{Again, App, Effect, Told};
use crate::command::Ask;

impl App {
    /// Another window asks for the workbook. It goes there, unless not everything is saved.
    pub(super) fn wanted(&mut self) {
        if let Some(why) = self.unsaved() {
            return self.warn(format!("Another window asks for this workbook. It stays here for now: {why}"));
        }
        // in the jot strip one types on as well, and what stands there is kept first
        self.interrupted = self.is_typing();
        self.open_again(Again::HandedOver);
    }

    /// The workbook was handed over and is open to read. Whoever was in mid-sentence types on, into a note for it: no
    /// letter is lost, and none is read as a key.
    pub(super) fn handed_over(&mut self) {
        let reads = self.open.as_ref().is_some_and(|open| open.reading.is_some());
        // where not everything could be saved it stays here, and one types on in it
        if !std::mem::take(&mut self.interrupted) || !reads {
            return;
        }
        let strip = self.strip();
        self.overlays.push(Box::new(strip));
        self.say("Another window has taken this over; all of yours was saved first. What you type goes on as a note for it.");
    }

    /// Another program has replaced the file. What was written here meanwhile goes first: saving it keeps both.
    pub(super) fn replaced(&mut self, kept: String) {
        self.open_again(Again::Replaced(kept));
    }

    /// Another program has changed the file while something was being written here: both are kept.
    pub(super) fn changed_outside(&mut self, kept: String) {
        if let Some(open) = &mut self.open {
            open.told_of = Some(Told::Kept(kept));
        }
        let look = self.keymap.shown("global.go-as-it-was");
        self.say(format!("Another program changed this, too. Both are kept; {look} shows what differs."));
    }

    /// Copies lie beside the workbook that did not when it was opened: a sync tool left them there.
    pub(super) fn copies_came(&mut self, count: usize) {
        let Some(open) = &mut self.open else { return };
        if open.told_of.is_some() {
            // looking back shows what was told of first, and from there the copies
            return;
        }
        open.told_of = Some(Told::Copies);
        let look = self.keymap.shown("global.go-as-it-was");
        let came = match count {
            1 => "Another copy of this has appeared".to_owned(),
            n => format!("{n} other copies of this have appeared"),
        };
        self.say_in_passing(format!("{came} beside it. {look} shows what differs."));
    }

    fn open_again(&mut self, why: Again) {
        let Some(open) = self.open.as_ref().filter(|open| open.reading.is_none()) else { return };
        let workbook = open.book.workbook().id().clone();
        self.leave_overlays(0);
        self.close_book();
        self.effects.push(Effect::OpenAgain { workbook, why });
    }

    /// Asks the window that holds the open workbook for it.
    pub(super) fn take_over(&mut self) {
        let Some(open) = self.open.as_ref().filter(|open| open.held) else { return };
        let workbook = open.book.workbook().id().clone();
        self.say("Asking the other window\u{2026}");
        self.effects.push(Effect::Ask(Ask::TakeOver(workbook)));
    }
}
