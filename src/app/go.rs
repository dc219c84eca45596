//! Going places: which screens lie on top of one another, and what a step back uncovers.

use jiff::civil::Date;

use super::{App, Effect, Told};
use crate::command::Go;
use crate::domain::{Family, QuestionId, TextPlace, VoiceKey};
use crate::export;
use crate::layer::Layer;
use crate::screen;
use crate::shelf::Which;

impl App {
    pub(super) fn go(&mut self, place: Go) {
        self.leave_overlays(0);
        if let Go::Place(_) | Go::Look(_) = place {
            self.visit(place);
            return self.sync_all();
        }
        if place.jumps() {
            self.trail.clear();
        }
        match place {
            Go::Place(_) | Go::Look(_) => {}
            Go::Library if self.stays_open() => {}
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
                self.screens.push(match id.as_str() {
                    screen::agreement::SHEET => Box::new(screen::AgreementScreen::new()),
                    id => Box::new(screen::aspect::AspectScreen::new(id)),
                });
            }
            Go::Question(question, voice) => self.go_to_question(&question, voice),
            Go::People(at) => self.push_screen(Box::new(screen::people::People::new(at))),
            Go::Records(family, at) => {
                self.push_screen(Box::new(screen::records::Records::new(family, at)));
            }
            Go::Agenda => {
                self.push_screen(Box::new(screen::agenda::Agenda::new()));
                self.effects.push(Effect::ReadShelf);
            }
            Go::Guide(at) => self.push_screen(Box::new(screen::guide::Guide::new(at))),
            Go::Erase(person) => self.push_screen(Box::new(screen::erase::Erase::new(person))),
            Go::AsItWas(at) => {
                let here = self.whereabouts();
                let here = here.map(|here| (here.question, here.voice.unwrap_or(VoiceKey::Ours)));
                // what was told of comes first, once
                let told = self.open.as_mut().and_then(|open| open.told_of.take());
                let from = if told.is_some() { None } else { at.or(here) };
                let which = match told {
                    Some(Told::Kept(name)) => Some(Which::Kept(name)),
                    // the first of them that can be read
                    Some(Told::Copies) | None => None,
                };
                self.look_beside(screen::versions::Versions::new(from).beside(which));
            }
            Go::Beside(which) => {
                self.look_beside(screen::versions::Versions::new(None).beside(Some(which)));
            }
            Go::Bin => self.push_screen(Box::new(screen::bin::Bin::new())),
            Go::Call { call, line } => self.go_to_call(call, line),
            Go::NewCall(new) => self.begin_call(new),
            Go::CallWithWords(call, words) => self.go_to_call_with(call, words),
            Go::Notes => self.push_screen(Box::new(screen::notes::Notes::new())),
            Go::Inbox => self.push_screen(Box::new(screen::inbox::Inbox::new())),
            Go::Entrances => self.push_screen(Box::new(screen::entrances::Entrances::new())),
            Go::Timeline(who, kind) => {
                self.push_screen(Box::new(screen::timeline::Timeline::new(who, kind)));
            }
            Go::Changes(from) => {
                let page = self.changes(from);
                self.overlays.extend(page);
            }
            Go::States(at) => self.push_screen(Box::new(screen::state::States::new(at))),
            Go::StartOver(aspects) => {
                self.push_screen(Box::new(screen::start_over::StartOver::new(aspects)));
            }
            Go::Welcome => {
                let before = self.open.as_ref().map(|open| (open.changed, open.was.clone()));
                let (changed, was) = before.unwrap_or_default();
                self.push_screen(Box::new(screen::welcome::Welcome::new(changed, was)));
            }
            Go::Matrix(side) => self.push_screen(Box::new(screen::matrix::Overview::new(side))),
            Go::Deputies => {
                let today = self.today();
                let page = self.workbook().map(|workbook| screen::people::deputies(workbook, today));
                self.overlays.extend(page.map(|page| Box::new(page) as Box<dyn Layer>));
            }
            Go::HandOn(partner, change) => {
                self.push_screen(Box::new(screen::hand_on::HandOn::new(partner, change)));
            }
            Go::Deck => self.push_screen(Box::new(screen::deck::Deck::new())),
            Go::Kinds(kinds) => self.push_screen(Box::new(screen::kinds::KindCards::new(kinds))),
            Go::Board(at) => self.push_screen(Box::new(screen::board::BoardScreen::new(at))),
            Go::Walk(walk) => self.push_screen(Box::new(screen::walk::WalkScreen::new(walk))),
            Go::Pulse(walk) => self.push_screen(Box::new(screen::pulse::PulseScreen::new(walk))),
            Go::Grid(of) => self.push_screen(Box::new(screen::grid::Grid::new(of))),
            Go::Ending => self.push_screen(Box::new(screen::ending::EndingSteps::new())),
            Go::Portfolio => {
                self.push_screen(Box::new(screen::portfolio::Portfolio::new()));
                self.effects.push(Effect::ReadShelf);
            }
            Go::Skills(at) => self.push_screen(Box::new(screen::skills::Skills::new(at))),
            Go::Tidy(call) => self.push_screen(Box::new(screen::tidy::Tidy::new(call).left_at(&self.tidied))),
            Go::ToTidy => self.push_screen(Box::new(screen::to_tidy::ToTidy::new())),
            Go::Document(name) => self.push_screen(Box::new(screen::documents::Documents::at(name))),
            Go::Form => self.push_screen(Box::new(screen::agreement::FormScreen::new())),
            Go::Versions(at) => self.push_screen(Box::new(screen::agreement::VersionsScreen::new(at))),
            Go::Documents => self.push_screen(Box::new(screen::documents::Documents::new())),
            Go::Preview => {
                let (text, remarks) = self.preview();
                self.push_screen(Box::new(screen::preview::Preview::new(text).remarks(remarks)));
            }
        }
        self.sync_all();
    }

    fn look_beside(&mut self, screen: screen::versions::Versions) {
        self.effects.push(Effect::Ask(screen.wants()));
        self.push_screen(Box::new(screen));
    }

    pub(super) fn go_to_question(&mut self, question: &QuestionId, voice: Option<VoiceKey>) {
        let Some(aspect) = self.content.aspect_of(question.as_str()).map(|a| a.id.clone()) else {
            return self.say("That question is not in this version.");
        };
        self.screens.truncate(1);
        self.screens.push(Box::new(screen::map::Map::at(&aspect)));
        self.screens.push(match aspect.as_str() {
            screen::agreement::SHEET => Box::new(screen::AgreementScreen::at(question, voice)),
            aspect => Box::new(screen::aspect::AspectScreen::at(aspect, question, voice)),
        });
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
            TextPlace::Line(call, line) => {
                self.go(Go::Call { call: Some(call.clone()), line: Some(line.clone()) });
            }
            TextPlace::Record(id, _) => match self.workbook().and_then(|w| w.any_record(id)) {
                Some(record) if record.family() == Family::Call => self.go(Go::Tidy(Some(id.clone()))),
                Some(record) if record.family() == Family::Agreement => {
                    self.go(Go::Versions(Some(id.clone())));
                }
                Some(record) if record.family() == Family::FormChoice => self.go(Go::Form),
                Some(record) => {
                    self.go(Go::Records(record.family(), Some(id.clone())));
                }
                None => self.go(Go::Map),
            },
            TextPlace::State(at, _) => self.go(Go::States(Some(*at))),
        }
    }

    /// Lays a screen over the one in sight; the same screen is not laid twice.
    pub(super) fn push_screen(&mut self, screen: Box<dyn Layer>) {
        if let Some(same) = self.screens.iter().position(|s| s.scope() == screen.scope()) {
            self.screens.truncate(same);
        }
        self.screens.push(screen);
    }

    pub(super) fn back(&mut self) {
        match self.screens.len() {
            0 | 1 => {
                let quit = self.keymap.shown("global.quit");
                self.say(format!("This is as far back as it goes; {quit} leaves."));
            }
            2 => self.go(Go::Library),
            _ if self.back_on_trail() => {}
            _ => {
                self.screens.pop();
                self.sync_all();
            }
        }
    }

    /// The page as it would go out, and what is to be known about it before it does.
    pub(super) fn preview(&self) -> (String, Vec<String>) {
        let (Some(workbook), Some(page)) = (self.workbook(), export::artefact("page")) else {
            return Default::default();
        };
        let subject = export::Subject::new(workbook, &self.content, self.today());
        let page = page.document(&subject);
        (export::plain(&page, export::COLUMNS), export::watch::remarks(workbook, &page))
    }

    /// What has changed since a day, as a page to read; it stays on the screen, so what is private is on it.
    fn changes(&self, from: Option<Date>) -> Option<Box<dyn Layer>> {
        let (workbook, changes) = (self.workbook()?, export::artefact("changes")?);
        let subject = export::Subject::new(workbook, &self.content, self.today());
        let document = changes.document(&subject.with_private(true).with_since(from));
        let crumbs = vec![workbook.title().to_owned(), "What has changed".to_owned()];
        Some(Box::new(super::changes::page(crumbs, &document)))
    }

    /// On the people screen somebody who joined is opened; elsewhere the person stays where they are.
    pub(super) fn refocus_people(&mut self, place: TextPlace) {
        if self.screens.last().is_some_and(|s| s.scope() == "people") {
            self.screens.pop();
            self.screens.push(Box::new(screen::people::People::new(Some(place))));
            self.sync_all();
        }
    }
}
