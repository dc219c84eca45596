//! What goes out at an end: the letter in its three tones, the pack for whoever takes over, what was learned, the thanks.
//!
//! A letter goes to one partner. It is made of what stands with the ending, of what is to be wound up between us, of who
//! has to hear, and of that partner's own words; what is missing is to agree, and nothing is invented. Start reading at
//! [`letter`]; the rest is in `handover`.

pub mod handover;
#[cfg(test)]
mod tests;

use super::document::{Document, Item, Level, Paper, Private};
use super::first_words::say_beside;
use super::follow_up::count_words;
use super::subject::Subject;
use super::voices::{self, day, or_to_agree};
use super::{TO_AGREE, plain, title};
use crate::domain::query::ending_of;
use crate::domain::{
    Choice, Contribution, Door, Ending, Heard, Owed, Parting, Partner, PartnerId, Promise, PromiseState,
    Role, Teller, Tone, WindUp, WindUpState,
};
use crate::order::InOrder;

/// The name by which the command line asks for the letter.
pub const LETTER: &str = "ending-letter";
/// Words up to which a letter is read to its end.
const WORDS: usize = 350;
/// The most things for which somebody is thanked by name.
const THANKED: usize = 3;
/// The most people who are greeted by name.
const GREETED: usize = 3;
/// The question of why it ends, in each side's own words.
const WHY: &str = "END-4";

/// What a letter is made of.
struct Letter<'s, 'a> {
    subject: &'s Subject<'a>,
    ending: &'a Ending,
    /// To whom it is; `None` where nobody takes part.
    to: Option<&'a Partner>,
    private: Private,
}

/// The ending that was named, or else the one that counts now.
fn ending<'a>(subject: &Subject<'a>, private: &mut Private) -> Option<&'a Ending> {
    let all = subject.records::<Ending>(private);
    subject.named(&all).or_else(|| ending_of(&all))
}

/// The letter to the partner who was named, or one to each, in the tone that was chosen. No letter holds what another
/// partner said, owes or did.
pub fn letter(subject: &Subject<'_>) -> Document {
    let (mut document, mut private) = (Document::default(), Private::default());
    let Some(ending) = ending(subject, &mut private) else {
        document.beside.push("No ending is noted yet, so there is nothing to write.".to_owned());
        say_beside(&mut document, private);
        return document;
    };
    let to: Vec<Option<&Partner>> = match (subject.addressee(), subject.partners()) {
        (Some(one), _) => vec![Some(one)],
        (None, []) => vec![None],
        (None, all) => all.iter().map(Some).collect(),
    };
    if to.len() > 1 {
        document.paper = Paper::Letters;
    }
    let mut counted = private;
    for partner in &to {
        let mut one = Document::default();
        let mut letter = Letter { subject, ending, to: *partner, private };
        letter.write(&mut one);
        // each letter looks at the same records, so what one of them left out is what all did
        counted = letter.private;
        let words = count_words(&plain(&one, 80));
        if words > WORDS {
            let whose =
                partner.map_or_else(|| "The letter".to_owned(), |to| format!("To {}", voices::name_of(to)));
            document.beside.push(format!(
                "{whose}: {words} words. Under {WORDS} it is more likely to be read to the end."
            ));
        }
        if let Some(to) = partner.filter(|_| document.paper == Paper::Letters) {
            document.heading(Level::Section, format!("To {}", voices::name_of(to)));
        }
        document.blocks.extend(one.blocks);
    }
    document.beside.push(format!("The tone is “{}”; it is chosen with the ending.", ending.tone.words()));
    say_beside(&mut document, counted);
    document
}

/// A text as a sentence of its own.
fn stop(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return TO_AGREE.to_owned();
    }
    let ends = words.ends_with(['.', '!', '?', '…', '”', '"']);
    super::sentence(&if ends { words } else { format!("{words}.") })
}

impl<'a> Letter<'_, 'a> {
    fn write(&mut self, document: &mut Document) {
        document.paragraph(format!("Dear {},", self.greeted()));
        match self.ending.tone {
            Tone::Warm => {
                self.gains(document);
                document.paragraph(self.thanks());
                document.paragraph(self.that_it_ends());
            }
            Tone::Neutral => {
                document.paragraph(self.that_it_ends());
                document.paragraph(format!("This is what we did together: {}", stop(&self.ending.achieved)));
                document.paragraph(self.thanks());
            }
            Tone::PoorFit => {
                document.paragraph(format!(
                    "We write with respect for you and for your work. This is what we learned with you: {}",
                    stop(&self.ending.learned)
                ));
                document.paragraph(self.that_it_ends());
                document.paragraph(self.thanks());
            }
        }
        self.reasons(document);
        self.owed(document);
        self.told(document);
        document.paragraph(self.door());
        let wishes = match self.ending.tone {
            Tone::Warm => "With thanks and warm wishes,",
            Tone::Neutral => "With good wishes,",
            Tone::PoorFit => "With respect and good wishes,",
        };
        document.paragraph(format!("{wishes}\n{}", or_to_agree(&self.subject.us().name)));
    }

    /// The people of that side by name, where they are few; else the side. Nobody about whom something sensitive is noted.
    fn greeted(&self) -> String {
        let Some(to) = self.to else { return TO_AGREE.to_owned() };
        let people = self.subject.people_of(to);
        let named: Vec<&str> =
            people.iter().filter(|p| p.note.trim().is_empty()).map(|p| p.name.trim()).collect();
        let few = !named.is_empty() && named.len() == people.len() && named.len() <= GREETED;
        if few && named.iter().all(|name| !name.is_empty()) {
            return listed(&named);
        }
        voices::name_of(to).to_owned()
    }

    /// Whether it is this letter's reader.
    fn is_reader(&self, id: &PartnerId) -> bool {
        self.to.is_some_and(|to| to.id == *id)
    }

    /// Whether somebody may read of it in this letter: the reader's, or ours, or nobody's in particular.
    fn is_between(&self, side: Option<&PartnerId>) -> bool {
        side.is_none_or(|id| id.is_us() || self.is_reader(id))
    }

    fn gains(&self, document: &mut Document) {
        document.paragraph(format!(
            "Before anything else, this is what we gained with you: {}",
            stop(&self.ending.gained)
        ));
        document.paragraph(format!("This is what we did together: {}", stop(&self.ending.achieved)));
        if !self.ending.learned.trim().is_empty() {
            document.paragraph(format!("And this is what we learned: {}", stop(&self.ending.learned)));
        }
    }

    /// Thanks for specific things: what they promised and kept; or else what is among the thanks to be wound up; or else
    /// what they saw to, and gave.
    fn thanks(&self) -> String {
        let kept = |p: &&Promise| p.state == PromiseState::Kept && self.is_reader(&p.by);
        let promises = self.subject.all_promises().into_iter().filter(kept).map(|p| p.what.as_str());
        let last = |all: Vec<String>| all.into_iter().rev().take(THANKED).rev().collect::<Vec<_>>();
        let things = last(said(promises));
        if !things.is_empty() {
            return format!("Thank you for what you said you would do, and did: {}.", things.join("; "));
        }
        let mut unread = Private::default();
        let owed = self.subject.records::<WindUp>(&mut unread).into_iter();
        let of_thanks = |owed: &&WindUp| owed.kind == Owed::Thanks && self.is_between(owed.side.as_ref());
        let things = last(said(owed.filter(of_thanks).map(|owed| owed.what.as_str())));
        if !things.is_empty() {
            return format!("Thank you: {}", stop(&things.join("; ")));
        }
        let roles = self.subject.records::<Role>(&mut unread).into_iter();
        let led = roles.filter(|role| role.lead.as_ref().is_some_and(|who| self.is_reader(&who.side)));
        let hours = self.subject.records::<Contribution>(&mut unread).into_iter();
        let given = hours.filter(|given| given.side.as_ref().is_some_and(|side| self.is_reader(side)));
        let mut things =
            said(led.map(|role| role.what.as_str()).chain(given.map(|given| given.what.as_str())));
        things.truncate(THANKED);
        match things.as_slice() {
            [] => format!("Thank you for {TO_AGREE}."),
            things => format!("Thank you for all that you saw to: {}.", things.join("; ")),
        }
    }

    /// That it ends, when, and whose wish it was: ours, or the reader's. That it was another partner's is theirs to say.
    fn that_it_ends(&self) -> String {
        let ending = self.ending;
        let on = ending.closes.map_or_else(|| TO_AGREE.to_owned(), day);
        let work = format!("our work together on “{}”", title(self.subject));
        let what = match ending.parting {
            Parting::NotDecided => return format!("How {work} goes on from here: {TO_AGREE}."),
            Parting::End => format!("{work} comes to an end; the last day is {on}"),
            Parting::Pause => format!("{work} rests, from {on}"),
            Parting::Reset => format!("{work} starts over, on other terms, from {on}"),
            Parting::HandOn => {
                let to = or_to_agree(ending.hand_to.trim()).trim_end_matches('.');
                format!("{work} is handed on to {to}; the last day with us is {on}")
            }
        };
        let said = match &ending.wish {
            Some(id) if id.is_us() => format!("we have decided that {what}"),
            // they said so to us; it is not ours to announce to them
            Some(id) if self.is_reader(id) => {
                format!("you have told us that {what}. We write to set down what follows from it")
            }
            _ => what,
        };
        let by = ending.by.trim();
        let by = if by.is_empty() { String::new() } else { format!(" Who decides: {}", stop(by)) };
        format!("{}.{by}", super::sentence(&said))
    }

    /// What this reader said of why: with the ending, where it is theirs, or else with the question.
    fn their_reason(&mut self) -> String {
        let Some(to) = self.to else { return String::new() };
        let with_ending = self.ending.theirs.trim();
        let theirs = match &self.ending.wish {
            Some(id) if !id.is_us() => self.is_reader(id),
            _ => self.subject.partners().len() == 1,
        };
        if theirs && !with_ending.is_empty() {
            return with_ending.to_owned();
        }
        let asked = self.subject.select(self.subject.content().question(WHY), |_| true);
        let entry = asked.entries.first().and_then(|entry| entry.answer.theirs(&to.id));
        let heard = entry.filter(|theirs| theirs.heard != Heard::Guess);
        heard.map(|theirs| theirs.text.trim().to_owned()).unwrap_or_default()
    }

    /// Why, in the words of both; in theirs first where it was their wish.
    fn reasons(&mut self, document: &mut Document) {
        let theirs = format!("Why, in your own words: {}", stop(&self.their_reason()));
        let ours = format!("Why, as we see it: {}", stop(self.ending.ours.trim()));
        let by_them = self.ending.wish.as_ref().is_some_and(|id| self.is_reader(id));
        for why in if by_them { [theirs, ours] } else { [ours, theirs] } {
            document.paragraph(why);
        }
    }

    /// What we and this reader still owe each other, and by when; without an item, what was promised and is open.
    fn owed(&mut self, document: &mut Document) {
        let owed = self.subject.records::<WindUp>(&mut self.private);
        let open = |owed: &&WindUp| {
            owed.state == WindUpState::Open
                && owed.ending.as_ref().is_none_or(|id| *id == self.ending.id)
                && !owed.what.trim().is_empty()
        };
        let listed: Vec<&WindUp> = owed.into_iter().filter(open).collect();
        let between = |owed: &&&WindUp| {
            self.is_between(owed.side.as_ref()) && self.is_between(owed.lead.as_ref().map(|who| &who.side))
        };
        let mut items: Vec<Item> = listed.iter().filter(between).map(|owed| self.owed_item(owed)).collect();
        if listed.is_empty() {
            let with_us = |promise: &&Promise| {
                promise.is_owed() && self.is_between(Some(&promise.by)) && self.is_between(Some(&promise.to))
            };
            let promises = self.subject.all_promises().into_iter().filter(with_us);
            items = promises.map(|promise| self.promised(promise)).collect();
        }
        if items.is_empty() {
            document.paragraph(
                "Nothing is owed between us that we know of. Please say so if you see it otherwise.",
            );
            return;
        }
        document.paragraph("What is still to be settled between us:");
        document.list(items);
    }

    fn owed_item(&self, owed: &WindUp) -> Item {
        let who = match (&owed.lead, &owed.side) {
            (Some(who), _) if who.side.is_us() => "We",
            (Some(_), _) => "You",
            (None, Some(to)) if to.is_us() => "To us",
            (None, Some(_)) => "To you",
            (None, None) => "Between us",
        };
        let by = owed.due.map_or_else(|| format!("by {TO_AGREE}"), |due| format!("by {}", day(due)));
        Item::new(who, format!("{}, {by}", owed.what.trim().trim_end_matches('.')))
    }

    fn promised(&self, promise: &Promise) -> Item {
        let who = if promise.is_ours() { "We" } else { "You" };
        let by = promise.due.map_or_else(|| format!("by {TO_AGREE}"), |due| format!("by {}", day(due)));
        Item::new(who, format!("{}, {by}", or_to_agree(promise.what.trim()).trim_end_matches('.')))
    }

    /// Who is told and when, in their order.
    fn told(&mut self, document: &mut Document) {
        let mut tellers = self.subject.records::<Teller>(&mut self.private);
        tellers.retain(|teller| teller.ending.as_ref().is_none_or(|id| *id == self.ending.id));
        tellers.order_by_key(|teller| (teller.turn.is_none(), teller.turn));
        let when = |teller: &Teller| match (teller.done, teller.due) {
            (Some(on), _) => format!(" (told on {})", day(on)),
            (None, Some(due)) => format!(" (by {})", day(due)),
            (None, None) => String::new(),
        };
        let names = tellers.iter().filter(|teller| !teller.name.trim().is_empty());
        let names: Vec<String> = names.map(|t| format!("{}{}", t.name.trim(), when(t))).collect();
        let who = if names.is_empty() { TO_AGREE.to_owned() } else { names.join("; then ") };
        document.paragraph(format!("We would like people to hear of it in this order: {who}."));
    }

    /// How the door is left, and when we ring again.
    fn door(&self) -> String {
        let back = self.ending.bring_back.trim();
        let back = if back.is_empty() {
            String::new()
        } else {
            format!(" What might bring us back: {}", stop(back))
        };
        let door = match self.ending.door {
            Door::NotSaid => format!("How we leave the door: {TO_AGREE}.{back}"),
            Door::Open => format!("The door stays open.{back}"),
            Door::Ajar => {
                let back = if back.is_empty() { format!(" What would open it: {TO_AGREE}.") } else { back };
                format!("The door stays ajar.{back}")
            }
            Door::Closed => "We close this for good, and wish you well.".to_owned(),
        };
        let marked = match (self.ending.celebration.trim(), self.ending.celebrate) {
            ("", _) => String::new(),
            (how, on) => {
                let on = on.map(|on| format!(" ({})", day(on))).unwrap_or_default();
                format!(" Before that we would like to mark it with you: {}{on}.", how.trim_end_matches('.'))
            }
        };
        let check = match (self.ending.check_back, self.ending.no_check_back) {
            (Some(on), _) => format!(" We will ring you on {}.", day(on)),
            (None, true) => " No further call is planned.".to_owned(),
            (None, false) => format!(" When we ring again: {TO_AGREE}."),
        };
        format!("{door}{marked}{check}")
    }
}

/// What was written of it, without full stops, so that it can stand in a row.
fn said<'a>(all: impl Iterator<Item = &'a str>) -> Vec<String> {
    let words = all.map(|words| words.trim().trim_end_matches('.'));
    words.filter(|words| !words.is_empty()).map(str::to_owned).collect()
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
