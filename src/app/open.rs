//! The open workbook and what a person left lying: taking it up, letting go of it, where one was, words not used yet.

use std::time::Duration;

use super::draft::Draft;
use super::jots::Jots;
use super::tour::Tour;
use super::{App, Effect, Open, Opened, PlaceInBook, Saving, SavingWord};
use crate::command::Go;
use crate::domain::query;
use crate::layer::Whereabouts;

impl App {
    pub(super) fn take_opened(&mut self, mut opened: Opened) {
        if self.open_id() == Some(opened.book.workbook().id()) {
            // the same workbook, held in another way: the person stays where they are
            opened.place = self.place().or(opened.place);
        }
        self.close_book();
        self.leave_overlays(0);
        let last_question = opened.place.as_ref().and_then(|place| place.question.clone());
        let changed = opened.changed.map(|at| at.to_zoned(self.zone.clone()).date());
        let was =
            opened.place.as_ref().and_then(|place| Some((place.question.clone()?, place.voice.clone())));
        let welcomed = opened.place.as_ref().and_then(|place| place.welcomed);
        let today = self.today();
        let away = query::has_been_away(opened.book.workbook(), changed, welcomed, today)
            && !opened.fresh
            && !opened.tour;
        self.open = Some(Open {
            saving: Saving::new(opened.book.seq(), self.now),
            book: opened.book,
            visit: None,
            last_question,
            changed,
            was,
            welcomed: if away { Some(today) } else { welcomed },
            fold_at: None,
            reading: opened.reading,
            held: opened.held,
            told_of: opened.told_of,
            jots: Jots::default(),
        });
        self.tour = opened.tour.then(Tour::new);
        self.go(Go::Map);
        let calls = opened.call.is_some();
        if let Some(call) = opened.call {
            if away {
                // somebody who talks goes on typing; what there is to know waits below
                self.go(Go::Welcome);
            }
            self.go(Go::NewCall(call));
        } else if opened.fresh {
            self.go(Go::Entrances);
        } else if let Some(place) = opened.go {
            self.go_to_place(&place);
        } else if let (Some(mut place), false) = (opened.place, opened.tour) {
            if away && place.question.is_some() && matches!(place.screen.as_str(), "map" | "people") {
                // the sheet names the question, so that is what leaving the sheet leads to
                "aspect".clone_into(&mut place.screen);
            }
            self.return_to(&place);
        }
        if away && !calls {
            // it lies over the place where the person was, or wanted to go
            self.go(Go::Welcome);
        }
        let told_of = self.open.as_ref().is_some_and(|open| open.told_of.is_some());
        if let Some(which) = opened.beside {
            self.go(Go::Beside(which));
        }
        match opened.notice {
            notice if notice.is_empty() => {}
            notice if told_of => {
                let look = self.keymap.shown("global.go-as-it-was");
                self.say(format!("{notice} {look} shows what differs."));
            }
            notice => self.say(notice),
        }
        self.handed_over();
    }

    pub(super) fn return_to(&mut self, place: &PlaceInBook) {
        match (place.screen.as_str(), &place.question) {
            // back to the call, as long as it goes on; it lies over the answer in which one was
            ("call-over-aspect" | "call", question) => {
                if let (Some(question), "call-over-aspect") = (question, place.screen.as_str()) {
                    self.go(Go::Question(question.clone(), place.voice.clone()));
                    if let Some(screen) = self.screens.last_mut() {
                        screen.resume_at(place.caret);
                    }
                }
                self.follow_talks();
                if !self.talks.shown().is_empty() {
                    self.go(Go::Call { call: None, line: None });
                }
            }
            ("aspect", Some(question)) => {
                self.go(Go::Question(question.clone(), place.voice.clone()));
                if let Some(screen) = self.screens.last_mut() {
                    screen.resume_at(place.caret);
                }
            }
            ("people", _) => self.go(Go::People(None)),
            _ => {}
        }
    }

    /// The question in focus is the one that is gone on from, whether something was typed in it or not.
    pub(super) fn follow_question(&mut self) {
        let Some(place) = self.whereabouts() else { return };
        if let Some(open) = &mut self.open {
            open.last_question = Some(place.question);
        }
    }

    pub(super) fn whereabouts(&self) -> Option<Whereabouts> {
        self.screens.last()?.whereabouts(&self.ctx(&[]))
    }

    /// Tells the world of words that stand in a prompt, so that they outlive a closed window.
    pub(super) fn follow_drafts(&mut self) {
        self.follow_draft_below();
        let mut words = self.drafts.clone();
        let standing = self.overlays.last_mut().and_then(|layer| Draft::of(layer.as_mut()));
        if let Some(draft) = standing {
            draft.put_aside(&mut words);
        }
        if words != self.drafts_sent {
            self.drafts_sent.clone_from(&words);
            self.effects.push(Effect::Drafts(words));
        }
    }

    /// Words that stand in a screen and are not in the workbook yet, such as a name half typed. They are kept as long as
    /// they stand there, and given back to a field that was shown anew after the window was closed.
    fn follow_draft_below(&mut self) {
        let before = self.drafting.take();
        for screen in self.screens.iter_mut().rev() {
            let Some(asked) = screen.draft().map(|(asked, _)| asked.to_owned()) else { continue };
            if before.as_ref() != Some(&asked) {
                Draft::give_back(screen.as_mut(), &self.drafts);
            }
            if let Some(draft) = Draft::of(screen.as_mut()) {
                draft.put_aside(&mut self.drafts);
            }
            self.drafting = Some(asked);
            break;
        }
        // what stood there before was used, or let go
        if let Some(before) = before.filter(|before| self.drafting.as_ref() != Some(before)) {
            self.drafts.remove(&before);
        }
    }

    /// Why not everything is in the hands of the system, where it is not.
    pub(super) fn unsaved(&self) -> Option<String> {
        self.open.as_ref()?.unsaved(self.now.mono)
    }

    /// Lets go of the open workbook, if any; everything in it is kept already.
    pub(super) fn close_book(&mut self) {
        self.end_visit();
        if let Some(open) = &self.open {
            let workbook = open.book.workbook();
            if !workbook.us().name.trim().is_empty() && !workbook.is_example() {
                self.effects.push(Effect::OurSide(Box::new(workbook.us().clone())));
            }
            self.remember_place();
            self.close_jots();
            self.effects.push(Effect::CloseBook);
        }
        self.open = None;
        self.trail.clear();
        self.tour = None;
    }

    pub(super) fn remember_place(&mut self) {
        if let Some(place) = self.place() {
            self.effects.push(Effect::Remember(place));
        }
    }

    /// Where the person is; `None` on a screen that is no place to come back to.
    fn place(&self) -> Option<PlaceInBook> {
        let beside = [
            "bin",
            "versions",
            "guide",
            "preview",
            "timeline",
            "states",
            "start-over",
            "welcome",
            "inbox",
            "agenda",
            "notes",
        ];
        let calls = !self.talks.shown().is_empty();
        let counts = |scope: &str| !beside.contains(&scope) && (calls || scope != "call");
        let screen = self.screens.iter().rev().find(|s| counts(s.scope()))?;
        let screen = screen.scope().to_owned();
        // a call lies over the answer in which one was, and that is gone on with afterwards
        let ctx = self.ctx(&[]);
        let below = || self.screens.iter().rev().find_map(|s| s.whereabouts(&ctx));
        let (whereabouts, screen) = match screen.as_str() {
            "call" => match below() {
                Some(below) => (Some(below), "call-over-aspect".to_owned()),
                None => (None, screen),
            },
            // what lies over it has no place of its own
            _ => (below(), screen),
        };
        let last = self.open.as_ref().and_then(|open| open.last_question.clone());
        let welcomed = self.open.as_ref().and_then(|open| open.welcomed);
        Some(match whereabouts {
            Some(Whereabouts { question, voice, caret }) => {
                PlaceInBook { screen, question: Some(question), voice, caret, welcomed }
            }
            None => PlaceInBook { screen, question: last, voice: None, caret: 0, welcomed },
        })
    }

    /// On leaving a field, and after a rest.
    pub(super) fn fold_when_due(&mut self) {
        let left = self.typing && !self.is_typing();
        let Some(open) = &mut self.open else { return };
        if open.fold_at.is_some_and(|at| left || self.now.mono >= at) {
            open.fold_at = None;
            self.effects.push(Effect::Fold);
            self.remember_place();
        }
    }
}

impl Open {
    /// Why not everything is in the hands of the system, where it is not.
    pub(super) fn unsaved(&self, now: Duration) -> Option<String> {
        match self.saving.word(now) {
            _ if self.reading.is_some() => None,
            SavingWord::NotSaved(why, _) | SavingWord::SavedBut(why, _) => Some(why),
            SavingWord::NotYetKept => Some("The disk has not answered yet.".to_owned()),
            SavingWord::Saved(_) | SavingWord::KeptOnly => None,
        }
    }
}
