//! Changing the open workbook: edits, typing, undo and redo, a text that comes back from an editor. Everything that
//! changes it goes through here, so that it is recorded, saved and shown.

use super::{App, Effect, words};
use crate::command::Go;
use crate::domain::{
    Act, Edit, Partner, PartnerField, QuestionId, Refused, Splice, Step, TextPlace, Version, VoiceKey,
};
use crate::widget::field;

impl App {
    pub(super) fn edit(&mut self, edits: Vec<Edit>) {
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        if let Some(why) = &open.reading {
            let text = format!("Nothing was changed: {why}");
            return self.warn(text);
        }
        if !self.goes_on {
            open.book.end_phrase();
        }
        let done = edits.iter().find_map(|edit| words::done(edit, open.book.workbook(), &self.content));
        // more of the same paste belongs to the step before it
        let book = &mut open.book;
        let acted = if self.goes_on { book.act_all_along(edits, wall) } else { book.act_all(edits, wall) };
        match acted {
            Ok(records) => {
                self.after_records(records);
                self.sync_all();
                if let Some(done) = done {
                    self.say(done);
                }
            }
            Err(refused) => self.refused(&refused),
        }
    }

    /// A splice typed into the field that shows a place.
    pub(super) fn typed_at(&mut self, place: TextPlace, splice: field::Splice) {
        let (wall, today) = (self.now.wall, self.today());
        let Some(open) = &mut self.open else { return };
        if let Some(why) = &open.reading {
            let text = format!("Nothing was changed: {why}");
            self.warn(text);
            return self.sync_all();
        }
        if let TextPlace::Voice(question, _) = &place {
            open.last_question = Some(question.clone());
        }
        let on = matches!(place, TextPlace::Voice(..)).then_some(today);
        let field::Splice { at, delete, insert } = splice;
        let edit = Edit::Splice(Splice { place, at, delete, insert, on });
        let book = &mut open.book;
        let done = if self.goes_on { book.act_along(edit, wall) } else { book.act(edit, wall) };
        match done {
            Ok(records) => self.after_records(records),
            Err(refused) => {
                self.refused(&refused);
                self.sync_all();
            }
        }
    }

    pub(super) fn refused(&mut self, refused: &Refused) {
        let text = match refused {
            Refused::TooLong { would_be } => format!(
                "Nothing was added: the text would be {} KB and a field takes 200. Keep it as a file beside the workbook.",
                would_be / 1024
            ),
            Refused::AlreadyThere(name) => format!("{name} is here already; nothing was changed."),
            Refused::NothingThere => "There is nothing to take back.".to_owned(),
            Refused::NoSuchPartner(_) | Refused::NoSuchPerson(_) | Refused::NoSuchRecord(_) => {
                "That is not here any more; nothing was changed. u takes back the last change.".to_owned()
            }
            Refused::NoCall(_) => {
                "The call of this line is not here. If it is in the bin, bring it back first.".to_owned()
            }
            Refused::TextDiffers => "The text has changed in the meantime; it is shown anew.".to_owned(),
        };
        self.warn(text);
    }

    pub(super) fn undo(&mut self) {
        self.end_visit();
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        if open.reading.is_some() {
            return self.say("This workbook is open to read here; nothing can be undone.");
        }
        let Some((record, _)) = open.book.undo(wall) else {
            let hangs = open.book.last_done().map(|s| words::step(s, open.book.workbook(), &self.content));
            let has_notes = open.book.has_come_in();
            return self.say(match hangs {
                Some(step) => format!("Not undone: {step}. A note that came in since hangs on it."),
                None if has_notes => "There is nothing more to undo; notes that came in stay.".to_owned(),
                None => "There is nothing more to undo.".to_owned(),
            });
        };
        let step = open.book.last_undone();
        let said = step.map(|s| words::step(s, open.book.workbook(), &self.content));
        let place = step.and_then(place_of);
        let stays =
            if matches!(record.act, Act::UndoPast { .. }) { "What came in since stays. " } else { "" };
        self.after_records(vec![record]);
        self.show_change(place);
        let redo = self.keymap.shown("global.redo");
        self.say(format!("Undone: {}. {stays}{redo} brings it again.", said.unwrap_or_default()));
    }

    pub(super) fn redo(&mut self) {
        self.end_visit();
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        if open.reading.is_some() {
            return self.say("This workbook is open to read here; nothing can be done again.");
        }
        let Some((record, _)) = open.book.redo(wall) else {
            let step = open.book.last_undone().map(|s| words::step(s, open.book.workbook(), &self.content));
            return self.say(match step {
                Some(step) => {
                    format!("Not done again: {step}. It does not go with a note that came in since.")
                }
                None => "There is nothing to do again.".to_owned(),
            });
        };
        let step = open.book.last_done();
        let said = step.map(|s| words::step(s, open.book.workbook(), &self.content));
        let place = step.and_then(place_of);
        self.after_records(vec![record]);
        self.show_change(place);
        self.say(format!("Done again: {}.", said.unwrap_or_default()));
    }

    /// Where answers are in sight, the one that was changed comes into sight.
    pub(super) fn show_change(&mut self, place: Option<(QuestionId, Option<VoiceKey>)>) {
        let shown = self.screens.last_mut().filter(|s| s.scope() == "aspect").and_then(|s| s.place());
        let is_shown = matches!((&shown, &place), (Some(TextPlace::Voice(a, _)), Some((b, _))) if a == b);
        match place {
            Some((question, voice))
                if !is_shown && self.screens.last().is_some_and(|s| s.scope() == "aspect") =>
            {
                self.go(Go::Question(question, voice));
            }
            _ => self.sync_all(),
        }
    }

    pub(super) fn add_partner(&mut self, name: String) {
        let partner = Partner::named(self.ids.partner(), field::clean_line(name.trim()));
        // since when it takes part nobody has said; the day is not made up
        let keys = self.keymap.shown("people.left");
        let said = format!("{} takes part. {keys} notes since when.", partner.name);
        let place = TextPlace::Partner(partner.id.clone(), PartnerField::Kind);
        self.edit(vec![Edit::AddPartner { partner: Box::new(partner), place: usize::MAX }]);
        if self.notice.is_none() {
            self.say(said);
        }
        self.refocus_people(place);
    }

    pub(super) fn edited(&mut self, place: TextPlace, text: &str) {
        let Some(before) = self.workbook().and_then(|w| w.text(&place)).map(str::to_owned) else { return };
        // editors end a file with a line break that nobody typed
        let text = if place.is_prose() { field::clean(text) } else { field::clean_line(text) };
        let text = if before.ends_with('\n') { &text } else { text.strip_suffix('\n').unwrap_or(&text) };
        let Some(splice) = field::Splice::between(&before, text) else {
            return self.say("Back from the editor; nothing was changed.");
        };
        let on = Some(self.today());
        let field::Splice { at, delete, insert } = splice;
        let mut edits = Vec::new();
        if let (TextPlace::Voice(question, voice), false) = (&place, before.trim().is_empty()) {
            let was_on = self.workbook().and_then(|w| w.answer(question).changed_on(voice));
            let version = Version { voice: voice.clone(), on: was_on, until: self.today(), text: before };
            edits.push(Edit::KeepVersion { question: question.clone(), version });
        }
        edits.insert(0, Edit::Splice(Splice { place, at, delete, insert, on }));
        self.edit(edits);
        if self.notice.is_none() {
            self.say("Back from the editor; the text is here.");
        }
    }

    pub(super) fn hand_to_editor(&mut self, place: TextPlace) {
        let Some(open) = &self.open else { return };
        if let Some(why) = &open.reading {
            let text = format!("Nothing can be changed here: {why}");
            return self.warn(text);
        }
        let Some(text) = open.book.workbook().text(&place).map(str::to_owned) else { return };
        self.end_visit();
        self.effects.push(Effect::Editor { place, text });
    }
}

/// The answer that a step changed, where it changed one.
fn place_of(step: &Step) -> Option<(QuestionId, Option<VoiceKey>)> {
    step.edits().find_map(|edit| match edit {
        Edit::Splice(Splice { place: TextPlace::Voice(question, voice), .. }) => {
            Some((question.clone(), Some(voice.clone())))
        }
        Edit::SetHeard { question, .. }
        | Edit::SetAccords { question, .. }
        | Edit::SetNotForUs { question, .. }
        | Edit::SetPrivate { question, .. }
        | Edit::SetToShare { question, .. } => Some((question.clone(), None)),
        _ => None,
    })
}
