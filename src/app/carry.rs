//! Does what a layer asked for: edits the workbook, goes places, opens and closes layers, hands wishes on to the world.

use super::{App, Effect};
use crate::command::{Ask, Ctx, Go, Outcome};
use crate::domain::{
    Edit, Partner, PartnerField, Person, PersonField, QuestionId, Refused, Step, TextPlace, VoiceKey,
};
use crate::export;
use crate::layer::Layer;
use crate::overlay::jot::Jot;
use crate::overlay::menu::{Menu, MenuRow};
use crate::screen;
use crate::widget::field;

impl App {
    pub(super) fn carry(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done => {}
            Outcome::Unused => self.say("Nothing to do here."),
            Outcome::All(outcomes) => outcomes.into_iter().for_each(|outcome| self.carry(outcome)),
            Outcome::Say(text) => self.say(text),
            Outcome::Edit(edit) => self.edit(vec![edit]),
            Outcome::Edits(edits) => self.edit(edits),
            Outcome::EndTour => self.tour = None,
            Outcome::Undo => self.undo(),
            Outcome::Redo => self.redo(),
            Outcome::AddPartner(name) => self.add_partner(name),
            Outcome::AddPerson(partner, name) => {
                let person = Person::named(self.ids.person(), partner, field::clean_line(name.trim()));
                let place = TextPlace::Person(person.id.clone(), PersonField::Name);
                self.edit(vec![Edit::AddPerson { person, place: usize::MAX }]);
                self.refocus_people(place);
            }
            Outcome::Go(place) => self.go(place),
            Outcome::Back => self.back(),
            Outcome::Open(layer) => self.open_layer(layer),
            Outcome::Close(then) => {
                let closed = self.overlays.pop();
                self.keep_draft(closed, matches!(*then, Outcome::Done));
                self.carry(*then);
            }
            Outcome::Copy(text) => self.effects.push(Effect::Copy(text)),
            Outcome::Editor(place) => self.hand_to_editor(place),
            Outcome::Run(name) => self.run_below(name),
            Outcome::Ask(ask) => self.ask(ask),
        }
    }

    /// Runs a row of the screen in sight, or one that works everywhere.
    fn run_below(&mut self, name: &'static str) {
        if super::typing::verb(name).is_some() {
            return self.say("That key works while you are typing in a field.");
        }
        let rows = self.rows_below_overlays();
        let ctx_rows = rows.clone();
        let in_screen = rows.iter().any(|row| row.name == name && row.scope() != "global");
        let outcome = if in_screen {
            self.with_screen(|screen, ctx| screen.run(name, ctx), &ctx_rows)
        } else {
            super::global::run(name, &self.ctx(&ctx_rows))
        };
        self.carry(outcome);
    }

    fn with_screen(
        &mut self,
        act: impl FnOnce(&mut dyn Layer, &Ctx<'_>) -> Outcome,
        rows: &[crate::command::Row],
    ) -> Outcome {
        let overlays = std::mem::take(&mut self.overlays);
        let outcome = match self.top() {
            Some((layer, parts)) => act(layer.as_mut(), &parts.ctx(rows)),
            None => Outcome::Unused,
        };
        self.overlays = overlays;
        outcome
    }

    /// Words that stood in a prompt when it was left are put aside for the next time; words that were used are not.
    fn keep_draft(&mut self, layer: Option<Box<dyn Layer>>, unused: bool) {
        let Some(mut layer) = layer else { return };
        let Some((asked, field)) = layer.draft() else { return };
        let text = field.text();
        if unused && !text.trim().is_empty() {
            self.drafts.insert(asked.to_owned(), text);
            self.say("Put aside: the words will be there when you come back.");
        } else {
            self.drafts.remove(asked);
        }
    }

    fn open_layer(&mut self, mut layer: Box<dyn Layer>) {
        if let Some((asked, field)) = layer.draft()
            && field.is_empty()
            && let Some(text) = self.drafts.get(asked)
        {
            field.set_text(text);
            field.set_caret(text.len());
        }
        // the palette over the palette would only hide the first
        if let Some(same) =
            self.overlays.iter().position(|l| l.scope() == layer.scope() && l.scope() != "menu")
        {
            self.overlays.truncate(same);
        }
        self.overlays.push(layer);
    }

    fn edit(&mut self, edits: Vec<Edit>) {
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        if let Some(why) = &open.reading {
            let text = format!("Nothing was changed: {why}");
            return self.warn(text);
        }
        open.book.end_phrase();
        match open.book.act_all(edits, wall) {
            Ok(records) => {
                self.after_records(records);
                self.sync_all();
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
        let edit = Edit::Splice(crate::domain::Splice { place, at, delete, insert, on });
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

    fn refused(&mut self, refused: &Refused) {
        let text = match refused {
            Refused::TooLong { would_be } => format!(
                "Nothing was added: the text would be {} KB and a field takes 200. Keep it as a file beside the workbook.",
                would_be / 1024
            ),
            Refused::AlreadyThere(name) => format!("{name} is here already; nothing was changed."),
            Refused::NothingThere => "There is nothing to take back.".to_owned(),
            Refused::NoSuchPartner(_) | Refused::NoSuchPerson(_) => {
                "That is not here any more; nothing was changed. u takes back the last change.".to_owned()
            }
            Refused::TextDiffers => "The text has changed in the meantime; it is shown anew.".to_owned(),
        };
        self.warn(text);
    }

    fn undo(&mut self) {
        self.end_visit();
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        if open.reading.is_some() {
            return self.say("This workbook is open to read here; nothing can be undone.");
        }
        let Some((record, _)) = open.book.undo(wall) else {
            return self.say("There is nothing more to undo.");
        };
        let step = open.book.last_undone();
        let said = step.map(|s| super::words::step(s, open.book.workbook(), &self.content));
        let place = step.and_then(place_of);
        self.after_records(vec![record]);
        self.show_change(place);
        let redo = self.keymap.shown("global.redo");
        self.say(format!("Undone: {}. {redo} brings it again.", said.unwrap_or_default()));
    }

    fn redo(&mut self) {
        self.end_visit();
        let wall = self.now.wall;
        let Some(open) = &mut self.open else { return };
        let Some((record, _)) = open.book.redo(wall) else {
            return self.say("There is nothing to do again.");
        };
        let step = open.book.last_done();
        let said = step.map(|s| super::words::step(s, open.book.workbook(), &self.content));
        let place = step.and_then(place_of);
        self.after_records(vec![record]);
        self.show_change(place);
        self.say(format!("Done again: {}.", said.unwrap_or_default()));
    }

    /// Where answers are in sight, the one that was changed comes into sight.
    fn show_change(&mut self, place: Option<(QuestionId, Option<VoiceKey>)>) {
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

    fn add_partner(&mut self, name: String) {
        let partner = Partner::named(self.ids.partner(), field::clean_line(name.trim()));
        let said = format!("{} is a partner in this workbook now.", partner.name);
        let place = TextPlace::Partner(partner.id.clone(), PartnerField::Kind);
        self.edit(vec![Edit::AddPartner { partner, place: usize::MAX }]);
        if self.notice.is_none() {
            self.say(said);
        }
        self.refocus_people(place);
    }

    /// On the people screen somebody who joined is opened; elsewhere the person stays where they are.
    fn refocus_people(&mut self, place: TextPlace) {
        if self.screens.last().is_some_and(|s| s.scope() == "people") {
            self.screens.pop();
            self.screens.push(Box::new(screen::people::People::new(Some(place))));
            self.sync_all();
        }
    }

    pub(super) fn go(&mut self, place: Go) {
        self.overlays.clear();
        match place {
            Go::Library => {
                self.close_book();
                self.screens = vec![self.bottom_screen()];
                self.effects.push(Effect::ReadShelf);
            }
            Go::Map => {
                let on_map = self.screens.get(1).is_some_and(|s| s.scope() == "map");
                self.screens.truncate(1 + usize::from(on_map));
                if !on_map {
                    self.screens.push(Box::new(screen::map::Map::new()));
                }
            }
            Go::Aspect(id) => {
                self.screens.truncate(1);
                self.screens.push(Box::new(screen::map::Map::at(&id)));
                self.screens.push(Box::new(screen::aspect::AspectScreen::new(&id)));
            }
            Go::Question(question, voice) => self.go_to_question(&question, voice),
            Go::People(at) => self.push_screen(Box::new(screen::people::People::new(at))),
            Go::Guide(at) => self.push_screen(Box::new(screen::guide::Guide::new(at))),
            Go::Bin => self.push_screen(Box::new(screen::bin::Bin::new())),
            Go::Entrances => self.push_screen(Box::new(screen::entrances::Entrances::new())),
            Go::Preview => {
                let text = self.preview();
                self.push_screen(Box::new(screen::preview::Preview::new(text)));
            }
        }
        self.sync_all();
    }

    fn go_to_question(&mut self, question: &QuestionId, voice: Option<VoiceKey>) {
        let Some(aspect) = self.content.aspect_of(question.as_str()).map(|a| a.id.clone()) else {
            return self.say("That question is not in this version.");
        };
        self.screens.truncate(1);
        self.screens.push(Box::new(screen::map::Map::at(&aspect)));
        self.screens.push(Box::new(screen::aspect::AspectScreen::at(&aspect, question, voice)));
        if let Some(open) = &mut self.open {
            open.last_question = Some(question.clone());
        }
    }

    /// Goes to where a text stands.
    pub(super) fn go_to_place(&mut self, place: &TextPlace) {
        match place {
            TextPlace::Title | TextPlace::Purpose => self.go(Go::Map),
            TextPlace::Voice(question, voice) => self.go(Go::Question(question.clone(), Some(voice.clone()))),
            TextPlace::Partner(..) | TextPlace::Person(..) => self.go(Go::People(Some(place.clone()))),
        }
    }

    /// Lays a screen over the one in sight; the same screen is not laid twice.
    fn push_screen(&mut self, screen: Box<dyn Layer>) {
        if let Some(same) = self.screens.iter().position(|s| s.scope() == screen.scope()) {
            self.screens.truncate(same);
        }
        self.screens.push(screen);
    }

    fn back(&mut self) {
        if self.screens.len() > 1 {
            self.screens.pop();
            if self.screens.len() == 1 {
                self.go(Go::Library);
            }
            self.sync_all();
        } else {
            let quit = self.keymap.shown("global.quit");
            self.say(format!("This is as far back as it goes; {quit} leaves."));
        }
    }

    fn preview(&self) -> String {
        let (Some(workbook), Some(page)) = (self.workbook(), export::artefact("page")) else {
            return String::new();
        };
        let subject = export::Subject::new(workbook, &self.content, self.today());
        export::Format::Text.write(&(page.make)(&subject))
    }

    fn hand_to_editor(&mut self, place: TextPlace) {
        let Some(open) = &self.open else { return };
        if let Some(why) = &open.reading {
            let text = format!("Nothing can be changed here: {why}");
            return self.warn(text);
        }
        let Some(text) = open.book.workbook().text(&place).map(str::to_owned) else { return };
        self.end_visit();
        self.effects.push(Effect::Editor { place, text });
    }

    pub(super) fn edited(&mut self, place: TextPlace, text: &str) {
        let Some(before) = self.workbook().and_then(|w| w.text(&place)).map(str::to_owned) else { return };
        // editors end a file with a line break that nobody typed
        let text = field::clean(text);
        let text = if before.ends_with('\n') { &text } else { text.strip_suffix('\n').unwrap_or(&text) };
        let Some(splice) = field::Splice::between(&before, text) else {
            return self.say("Back from the editor; nothing was changed.");
        };
        let on = Some(self.today());
        let field::Splice { at, delete, insert } = splice;
        let mut edits = Vec::new();
        if let (TextPlace::Voice(question, voice), false) = (&place, before.trim().is_empty()) {
            let was_on = self.workbook().and_then(|w| w.answer(question).changed_on(voice));
            let version = crate::domain::Version {
                voice: voice.clone(),
                on: was_on,
                until: self.today(),
                text: before,
            };
            edits.push(Edit::KeepVersion { question: question.clone(), version });
        }
        edits.insert(0, Edit::Splice(crate::domain::Splice { place, at, delete, insert, on }));
        self.edit(edits);
        if self.notice.is_none() {
            self.say("Back from the editor; the text is here.");
        }
    }

    fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::SaveNow => self.effects.push(Effect::SaveNow),
            Ask::Quit => {
                self.close_book();
                self.effects.push(Effect::Quit);
            }
            Ask::Export { path, over, with_private } => {
                if let Some(workbook) = self.workbook().cloned().map(Box::new) {
                    self.effects.push(Effect::Export { path, over, with_private, workbook });
                }
            }
            Ask::SetLinear(linear) => {
                self.linear = linear;
                let word =
                    if linear { "Reading layout: one column, words, no ring." } else { "The usual layout." };
                self.say(word);
                self.effects.push(Effect::Ask(Ask::SetLinear(linear)));
            }
            Ask::BinWorkbook(id) => {
                self.shelf.workbooks.retain(|w| w.id != id);
                self.effects.push(Effect::Ask(Ask::BinWorkbook(id)));
                self.sync_all();
            }
            Ask::OpenAt(id, place) if self.open_id() == Some(&id) => self.go_to_place(&place),
            ask => self.effects.push(Effect::Ask(ask)),
        }
    }

    pub(super) fn exported(&mut self, path: &str, text: String, left_out: &str) {
        let rows = vec![
            MenuRow::new(Some('o'), "Open it", "", Outcome::Ask(Ask::Reveal(path.to_owned()))),
            MenuRow::new(Some('p'), "Copy its path", "", Outcome::Copy(path.to_owned())),
            MenuRow::new(Some('t'), "Copy its text", "", Outcome::Copy(text)),
            MenuRow::new(None, "Nothing more", "Esc", Outcome::Done),
        ];
        self.overlays.push(Box::new(Menu::new(format!("Written to {path}. {left_out}"), rows)));
    }

    pub(super) fn export_exists(&mut self, path: String, with_private: bool) {
        let over = Ask::Export { path: path.clone(), over: true, with_private };
        let rows = vec![
            MenuRow::new(Some('n'), "Another name", "", Outcome::Run("global.export_to")),
            MenuRow::new(Some('r'), "Replace it", "", Outcome::Ask(over)),
            MenuRow::new(None, "Leave it", "Esc", Outcome::Done),
        ];
        self.overlays.push(Box::new(Menu::new(format!("There is a file at {path} already."), rows)));
    }

    pub(super) fn import_exists(&mut self, path: String, title: &str) {
        let rows = vec![
            MenuRow::new(Some('c'), "Bring in a copy beside it", "", Outcome::Ask(Ask::ImportAsCopy(path))),
            MenuRow::new(None, "Leave things as they are", "Esc", Outcome::Done),
        ];
        self.overlays.push(Box::new(Menu::new(format!("\u{201c}{title}\u{201d} is here already."), rows)));
    }

    /// A paste while nothing takes text: it is offered as a note and none of it is read as keys.
    pub(super) fn offer_as_note(&mut self, text: &str) {
        let mut jot = Jot::new();
        if let Some(field) = jot.field() {
            let _ = field.paste(text);
        }
        self.overlays.push(Box::new(jot));
        self.say("That was pasted text. Enter keeps it as a note; none of it was read as keys.");
    }

    pub(super) fn take_saving(&mut self, message: super::Message) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        match message {
            super::Message::Kept(seq) => open.saving.kept(seq),
            super::Message::Synced(seq) => open.saving.synced(seq, now),
            super::Message::NotSaved { why } => open.saving.failed(why),
            super::Message::Mended => {
                open.saving.mended();
                self.say("Saving works again; all is kept.");
            }
            _ => {}
        }
    }

    pub(super) fn today(&self) -> jiff::civil::Date {
        self.now.wall.to_zoned(self.zone.clone()).date()
    }
}

/// The answer that a step changed, where it changed one.
fn place_of(step: &Step) -> Option<(QuestionId, Option<VoiceKey>)> {
    step.edits().find_map(|edit| match edit {
        Edit::Splice(crate::domain::Splice { place: TextPlace::Voice(question, voice), .. }) => {
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
