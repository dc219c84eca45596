//! A visit to a field. In an answer, what stood there on entering is kept as an earlier version on leaving, if it
//! differs. Keys within a visit are undo, never versions.

use jiff::civil::Date;

use super::{App, Effect};
use crate::domain::{Edit, TextPlace, Version};

/// The field that is visited, and what stood there on entering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    place: TextPlace,
    text: String,
    on: Option<Date>,
}

impl App {
    /// Compares the field that takes text now with the one before, and ends or begins visits accordingly.
    pub(super) fn follow_visit(&mut self) {
        let place = self.top().and_then(|(layer, _)| layer.place());
        let visited = self.open.as_ref().and_then(|open| open.visit.as_ref());
        if visited.map(|visit| &visit.place) == place.as_ref() {
            return;
        }
        // where nothing was visited there is no phrase to end: the first letter of a line makes the place that the
        // letters after it go to
        if visited.is_some() {
            self.end_visit();
        }
        let Some(open) = &mut self.open else { return };
        open.visit = place.map(|place| {
            let (text, on) = match &place {
                TextPlace::Voice(question, voice) => {
                    let answer = open.book.workbook().answer(question);
                    (answer.text(voice).to_owned(), answer.changed_on(voice))
                }
                // other places keep no earlier versions
                _ => (String::new(), None),
            };
            Visit { place, text, on }
        });
    }

    /// Ends the visit, if there is one. An earlier version is kept along with the last step, so that undo takes back
    /// both at once.
    pub(super) fn end_visit(&mut self) {
        let today = self.today();
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        open.book.end_phrase();
        let Some(Visit { place: TextPlace::Voice(question, voice), text, on }) = open.visit.take() else {
            return;
        };
        let now = open.book.workbook().answer(&question).text(&voice);
        if now == text || text.trim().is_empty() {
            return;
        }
        let edit = Edit::KeepVersion { question, version: Version { voice, on, until: today, text } };
        if let Ok(records) = open.book.act_along(edit, wall) {
            self.after_records(records);
        }
    }

    /// Hands records to the world and notes that there is something to save.
    pub(super) fn after_records(&mut self, records: Vec<crate::domain::Record>) {
        let Some(open) = &mut self.open else { return };
        let Some(last) = records.last() else { return };
        open.saving.made(last.seq, self.now);
        open.fold_at = Some(self.now.mono + super::FOLD_AFTER);
        self.effects.push(Effect::Append(records));
    }
}
