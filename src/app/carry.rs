//! Does what a layer asked for: edits the workbook, goes places, opens and closes layers, hands wishes on to the world.

use super::draft::Draft;
use super::tour::Tour;
use super::{App, Effect};
use crate::command::{Ask, Ctx, Export, Go, Outcome, Words};
use crate::domain::erase::Erasure;
use crate::domain::{Edit, Person, PersonField, TextPlace, WorkbookId};
use crate::layer::Layer;
use crate::overlay::jot::Jot;
use crate::overlay::menu::{Menu, MenuRow};
use crate::overlay::reader::{Block, Reader};
use crate::shelf::Which;
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
                self.edit(vec![Edit::AddPerson { person: Box::new(person), place: usize::MAX }]);
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
        let Some(mut draft) = layer.and_then(|mut layer| Draft::of(layer.as_mut())) else { return };
        if !unused {
            draft.text.clear();
        }
        if draft.put_aside(&mut self.drafts) {
            self.say("Put aside: the words will be there when you come back.");
        }
    }

    /// Takes away all that stands over the screens, from one of the overlays on. A note that was begun is kept, as when
    /// its strip is closed; other words are put aside.
    pub(super) fn leave_overlays(&mut self, from: usize) {
        while self.overlays.len() > from {
            let outcome = self.top().and_then(|(layer, parts)| {
                let close = ["jot", "who"].into_iter().zip(["jot.close", "who.close"]);
                let (_, close) = close.into_iter().find(|(scope, _)| *scope == layer.scope())?;
                Some(layer.run(close, &parts.ctx(&[])))
            });
            let then = if let Some(Outcome::Close(then)) = outcome { *then } else { Outcome::Done };
            let closed = self.overlays.pop();
            self.keep_draft(closed, matches!(then, Outcome::Done));
            self.carry(then);
        }
    }

    fn open_layer(&mut self, mut layer: Box<dyn Layer>) {
        // the palette over the palette would only hide the first; another question is not the same
        let question = layer.draft().map(|(question, _)| question.to_owned());
        let is_same = |other: &mut Box<dyn Layer>| {
            let same_scope = other.scope() == layer.scope() && other.scope() != "menu";
            same_scope && other.draft().map(|(question, _)| question.to_owned()) == question
        };
        let same = self.overlays.iter_mut().position(is_same);
        self.leave_overlays(same.unwrap_or(self.overlays.len()));
        Draft::give_back(layer.as_mut(), &self.drafts);
        self.overlays.push(layer);
    }

    fn is_at_example(&self) -> bool {
        self.workbook().is_some_and(crate::domain::Workbook::is_example)
    }

    /// Whether the open workbook has to stay open, because not everything in it is saved; says so.
    pub(super) fn stays_open(&mut self) -> bool {
        let Some(why) = self.unsaved() else { return false };
        let quit = self.keymap.shown("global.quit");
        self.warn(format!(
            "This workbook stays open: it is not saved yet. {why} {quit} leaves all the same."
        ));
        true
    }

    fn ask(&mut self, ask: Ask) {
        let closes = matches!(
            ask,
            Ask::NewWorkbook(_)
                | Ask::OpenWorkbook(_)
                | Ask::OpenAt(..)
                | Ask::CallIn(..)
                | Ask::CallWith(_)
                | Ask::OpenExample
                | Ask::Tour
                | Ask::Import(_)
                | Ask::ImportAsCopy(_)
                | Ask::Erase(_)
        );
        if closes && self.stays_open() {
            return;
        }
        match ask {
            Ask::SaveNow => self.effects.push(Effect::SaveNow),
            Ask::Quit => {
                self.close_book();
                self.effects.push(Effect::Quit);
            }
            Ask::Export(export) => {
                if let Some(workbook) = self.workbook().cloned().map(Box::new) {
                    self.effects.push(Effect::Export { export, workbook });
                }
            }
            Ask::Erase(erasure) => self.erase(erasure),
            Ask::TakeOver(_) => self.take_over(),
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
            Ask::CallIn(id, call) if self.open_id() == Some(&id) => self.go(Go::NewCall(call)),
            Ask::OpenWorkbook(id) if self.open_id() == Some(&id) => self.go(Go::Map),
            Ask::OpenExample if self.is_at_example() => self.go(Go::Map),
            Ask::Tour if self.is_at_example() => {
                self.go(Go::Map);
                self.tour = Some(Tour::new());
            }
            ask => self.effects.push(Effect::Ask(ask)),
        }
    }

    /// The workbook is let go of first, so that nothing of it is held when it is rewritten; the world opens it anew.
    fn erase(&mut self, erasure: Box<Erasure>) {
        let Some(open) = &self.open else { return };
        if let Some(why) = &open.reading {
            let text = format!("Nothing was removed: {why}");
            return self.warn(text);
        }
        let workbook = open.book.workbook().id().clone();
        self.drafts = erasure.ready().words(&self.drafts);
        self.yank.clear();
        self.close_book();
        self.effects.push(Effect::Erase { workbook, erasure });
    }

    /// What still gives somebody away is a page to read; where there is nothing, a line says so.
    pub(super) fn erased(&mut self, places: usize, unreached: Vec<String>) {
        let count = if places == 1 { "1 place was".to_owned() } else { format!("{places} places were") };
        if unreached.is_empty() {
            return self.say(format!("{count} changed, and all that is kept of the past."));
        }
        let mut blocks = vec![
            Block::Text(
                "These could not be rewritten, or belong to something else. Please look at them yourself."
                    .into(),
            ),
            Block::Space,
        ];
        blocks.extend(unreached.into_iter().map(Block::Point));
        let crumbs = vec!["What still holds the name".to_owned()];
        self.overlays.push(Box::new(Reader::new(crumbs, "", blocks)));
        self.warn(format!("{count} changed. This could not be reached."));
    }

    pub(super) fn exported(&mut self, what: &'static str, path: &str, text: String, remarks: &str) {
        let rows = vec![
            MenuRow::new(Some('o'), "Open it", "", Outcome::Ask(Ask::Reveal(path.to_owned()))),
            MenuRow::new(Some('p'), "Copy its path", "", Outcome::Copy(path.to_owned())),
            MenuRow::new(Some('t'), "Copy its text", "", Outcome::Copy(text)),
            MenuRow::new(None, "Nothing more", "Esc", Outcome::Done),
        ];
        let title = if what == "page" { "What now with the page?" } else { "What now with it?" };
        self.overlays.push(Box::new(Menu::new(title, rows)));
        self.say(format!("{remarks} Written to {path}.").trim_start());
    }

    /// A file is there already; `wanted` is what was asked for.
    pub(super) fn export_exists(&mut self, wanted: Export) {
        let (path, again) = (wanted.path.clone(), wanted.again);
        let over = Ask::Export(Box::new(Export { over: true, ..wanted }));
        let rows = vec![
            MenuRow::new(Some('n'), "Another name", "", Outcome::Run(again)),
            MenuRow::new(Some('r'), "Replace it", "", Outcome::Ask(over)),
            MenuRow::new(None, "Leave it", "Esc", Outcome::Done),
        ];
        self.overlays.push(Box::new(Menu::new(format!("There is a file at {path} already."), rows)));
    }

    pub(super) fn import_exists(&mut self, path: String, workbook: Option<WorkbookId>, title: &str) {
        let which = Which::File(path.clone());
        let look = workbook.map(|id| match self.open_id() == Some(&id) {
            true => Outcome::Go(Go::Beside(which)),
            false => Outcome::Ask(Ask::OpenBeside(id, which)),
        });
        let look =
            look.map(|look| MenuRow::new(Some('d'), "See what differs, and take what you want", "", look));
        let as_copy = "Bring it in as another workbook";
        let rows = [
            MenuRow::new(Some('c'), as_copy, "", Outcome::Ask(Ask::ImportAsCopy(path))),
            MenuRow::new(None, "Leave things as they are", "Esc", Outcome::Done),
        ];
        let rows = look.into_iter().chain(rows).collect();
        self.overlays.push(Box::new(Menu::new(format!("\u{201c}{title}\u{201d} is here already."), rows)));
    }

    /// A note could not be kept: a strip has its words again, below one in which somebody types on already.
    pub(super) fn not_jotted(&mut self, words: Words, to: Option<WorkbookId>, why: &str) {
        let strip = self.overlays.iter().position(|layer| layer.scope() == "jot");
        self.overlays.insert(strip.unwrap_or(self.overlays.len()), Box::new(Jot::again(words, to)));
        self.warn(format!("{why} The words are here again."));
    }

    /// A strip into which something comes by itself: half-typed words that the person has not seen again stay, before it.
    pub(super) fn strip(&self) -> Jot {
        let mut jot = Jot::new();
        Draft::give_back(&mut jot, &self.drafts);
        if let Some(field) = jot.field() {
            field.set_caret(field.len());
        }
        jot
    }

    /// A paste while nothing takes text: it is offered as a note and none of it is read as keys.
    pub(super) fn offer_as_note(&mut self, text: &str) {
        let mut jot = self.strip();
        if let Some(field) = jot.field() {
            let gap = if field.is_empty() { "" } else { " " };
            if let Err(too_long) = field.paste(&format!("{gap}{text}")) {
                return self.too_long(too_long);
            }
        }
        self.overlays.push(Box::new(jot));
        self.say("Pasted text. Enter keeps it as a note; none of it was read as keys.");
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
