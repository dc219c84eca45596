//! What goes out at an end: the letter in its three tones, the pack for whoever takes over, what was learned, the thanks.
//!
//! The letter is made of what stands with the ending, what is to be wound up and who has to hear; what is missing is to
//! agree, and nothing is invented. Start reading at [`letter`]; the rest is in `handover`.

pub mod handover;
#[cfg(test)]
mod tests;

use super::document::{Document, Item, Private};
use super::first_words::say_beside;
use super::follow_up::count_words;
use super::subject::Subject;
use super::voices::{self, day, or_to_agree};
use super::{TO_AGREE, plain, title};
use crate::domain::query::ending_of;
use crate::domain::{Door, Ending, Owed, Parting, Promise, PromiseState, Teller, Tone, WindUp, WindUpState};

/// The name by which the command line asks for the letter.
pub const LETTER: &str = "ending-letter";
/// Words up to which a letter is read to its end.
const WORDS: usize = 350;
/// The most things for which somebody is thanked by name.
const THANKED: usize = 3;

/// What the letter is made of.
struct Letter<'s, 'a> {
    subject: &'s Subject<'a>,
    ending: &'a Ending,
    private: Private,
}

/// The ending that was named, or else the one that counts now.
fn ending<'a>(subject: &Subject<'a>, private: &mut Private) -> Option<&'a Ending> {
    let all = subject.records::<Ending>(private);
    subject.named(&all).or_else(|| ending_of(&all))
}

/// The letter, in the tone that was chosen.
pub fn letter(subject: &Subject<'_>) -> Document {
    let (mut document, mut private) = (Document::default(), Private::default());
    let Some(ending) = ending(subject, &mut private) else {
        document.beside.push("No ending is noted yet, so there is nothing to write.".to_owned());
        return document;
    };
    let mut letter = Letter { subject, ending, private };
    letter.write(&mut document);
    let private = letter.private;
    let words = count_words(&plain(&document, 80));
    if words > WORDS {
        document
            .beside
            .push(format!("{words} words: under {WORDS} it is more likely to be read to the end."));
    }
    document.beside.push(format!("The tone is “{}”; it is chosen with the ending.", tone(ending.tone)));
    say_beside(&mut document, private);
    document
}

fn tone(tone: Tone) -> &'static str {
    use crate::domain::Choice;
    tone.words()
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

impl Letter<'_, '_> {
    fn write(&mut self, document: &mut Document) {
        let names: Vec<&str> = self.subject.partners().iter().map(voices::name_of).collect();
        let to = if names.is_empty() { TO_AGREE.to_owned() } else { listed(&names) };
        document.paragraph(format!("Dear {to},"));
        match self.ending.tone {
            Tone::Warm => {
                self.gains(document);
                document.paragraph(self.thanks());
                document.paragraph(self.that_it_ends());
            }
            Tone::Neutral => {
                document.paragraph(self.that_it_ends());
                document.paragraph(format!("What we did together: {}", stop(&self.ending.achieved)));
                document.paragraph(self.thanks());
            }
            Tone::PoorFit => {
                document.paragraph(format!(
                    "we write with respect for you and for your work. What we learned with you: {}",
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
        document.paragraph(or_to_agree(&self.subject.us().name));
    }

    fn gains(&self, document: &mut Document) {
        let gained = self.ending.gained.trim();
        document.paragraph(format!("before anything else, what we gained with you: {}", stop(gained)));
        document.paragraph(format!("What we did together: {}", stop(&self.ending.achieved)));
        if !self.ending.learned.trim().is_empty() {
            document.paragraph(format!("What we learned: {}", stop(&self.ending.learned)));
        }
    }

    /// Thanks for specific things: what they promised and kept, or else what is among the thanks to be wound up.
    fn thanks(&mut self) -> String {
        let kept = |p: &&Promise| p.state == PromiseState::Kept && !p.is_ours() && !p.what.trim().is_empty();
        let promises = self.subject.all_promises();
        let kept: Vec<&str> = promises.iter().copied().filter(kept).map(|p| p.what.trim()).collect();
        let first = kept.len().saturating_sub(THANKED);
        let mut things: Vec<String> =
            kept.iter().skip(first).map(|what| format!("“{}”", what.trim_end_matches('.'))).collect();
        if things.is_empty() {
            let of_thanks = |owed: &&WindUp| owed.kind == Owed::Thanks && !owed.what.trim().is_empty();
            let owed = self.subject.records::<WindUp>(&mut Private::default());
            things = owed.into_iter().filter(of_thanks).map(|owed| owed.what.trim().to_owned()).collect();
            things.truncate(THANKED);
        } else {
            let names: Vec<&str> = things.iter().map(String::as_str).collect();
            return format!("Thank you. You said that you would, and you did: {}.", listed(&names));
        }
        let names: Vec<&str> = things.iter().map(String::as_str).collect();
        match names.as_slice() {
            [] => format!("Thank you for {TO_AGREE}."),
            names => format!("Thank you: {}", stop(&listed(names))),
        }
    }

    /// That it ends, when, and whose wish it was.
    fn that_it_ends(&self) -> String {
        let ending = self.ending;
        let on = ending.closes.map_or_else(|| TO_AGREE.to_owned(), day);
        let work = format!("our work together on “{}”", title(self.subject));
        let what = match ending.parting {
            Parting::NotDecided => return format!("How {work} goes on from here: {TO_AGREE}."),
            Parting::End => format!("{work} ends; the last day is {on}"),
            Parting::Pause => format!("{work} rests, from {on}"),
            Parting::Reset => format!("{work} starts over, on other terms, from {on}"),
            Parting::HandOn => {
                let to = or_to_agree(ending.hand_to.trim()).trim_end_matches('.');
                format!("{work} is handed on to {to}; the last day with us is {on}")
            }
        };
        let said = match &ending.wish {
            None => what,
            Some(id) if id.is_us() => format!("we have decided that {what}"),
            // they said so to us; it is not ours to announce to them
            Some(id) if self.subject.partners().len() == 1 && self.subject.partner(id).is_some() => {
                format!("you have told us that {what}. We write to set down what follows from it")
            }
            Some(id) => format!("{} has told us that {what}", self.subject.side(id)),
        };
        let by = ending.by.trim();
        let by = if by.is_empty() { String::new() } else { format!(" Who decided: {}", stop(by)) };
        format!("{}.{by}", super::sentence(&said))
    }

    /// Why, in the words of both; of theirs first where it was their wish.
    fn reasons(&self, document: &mut Document) {
        let label = match (self.subject.partners().len(), &self.ending.wish) {
            (0 | 1, _) => "Why, in your words".to_owned(),
            (_, Some(id)) if !id.is_us() => format!("Why, in the words of {}", self.subject.side(id)),
            _ => "Why, as you see it".to_owned(),
        };
        let ours = ("Why, as we see it".to_owned(), self.ending.ours.trim());
        let theirs = (label, self.ending.theirs.trim());
        let by_them = self.ending.wish.as_ref().is_some_and(|id| !id.is_us());
        let both = if by_them { [theirs, ours] } else { [ours, theirs] };
        document.list(both.map(|(label, words)| Item::new(label, stop(words))).to_vec());
    }

    /// What each still owes, and by when; without an item, what was promised and is open.
    fn owed(&mut self, document: &mut Document) {
        let owed = self.subject.records::<WindUp>(&mut self.private);
        let mine = |owed: &&WindUp| {
            owed.state == WindUpState::Open
                && owed.ending.as_ref().is_none_or(|id| *id == self.ending.id)
                && !owed.what.trim().is_empty()
        };
        let listed: Vec<&WindUp> = owed.into_iter().filter(mine).collect();
        let mut items: Vec<Item> = listed.iter().map(|owed| self.owed_item(owed)).collect();
        if listed.is_empty() {
            let promises = self.subject.all_promises();
            let open = promises.into_iter().filter(|promise| promise.is_owed());
            items = open.map(|promise| self.promised(promise)).collect();
        }
        if items.is_empty() {
            document.paragraph(
                "Nothing is owed on either side that we know of. Please say so if you see it otherwise.",
            );
            return;
        }
        document.paragraph("What is still to be settled between us:");
        document.list(items);
    }

    fn owed_item(&self, owed: &WindUp) -> Item {
        let who = match (&owed.lead, &owed.side) {
            (Some(who), _) if who.side.is_us() => "We".to_owned(),
            (Some(who), _) => super::sentence(&self.subject.side(&who.side)),
            (None, Some(to)) if to.is_us() => "To us".to_owned(),
            (None, Some(to)) => format!("To {}", self.subject.side(to)),
            (None, None) => "Between us".to_owned(),
        };
        let by = owed.due.map_or_else(|| format!("by {TO_AGREE}"), |due| format!("by {}", day(due)));
        Item::new(who, format!("{}, {by}", owed.what.trim().trim_end_matches('.')))
    }

    fn promised(&self, promise: &Promise) -> Item {
        let who = if promise.is_ours() {
            "We".to_owned()
        } else {
            super::sentence(&self.subject.side(&promise.by))
        };
        let by = promise.due.map_or_else(|| format!("by {TO_AGREE}"), |due| format!("by {}", day(due)));
        Item::new(who, format!("{}, {by}", or_to_agree(promise.what.trim()).trim_end_matches('.')))
    }

    /// Who is told and when, in their order.
    fn told(&mut self, document: &mut Document) {
        let mut tellers = self.subject.records::<Teller>(&mut self.private);
        tellers.retain(|teller| teller.ending.as_ref().is_none_or(|id| *id == self.ending.id));
        tellers.sort_by_key(|teller| (teller.turn.is_none(), teller.turn));
        let when = |teller: &Teller| match (teller.done, teller.due) {
            (Some(on), _) => format!(" (told {})", day(on)),
            (None, Some(due)) => format!(" (by {})", day(due)),
            (None, None) => String::new(),
        };
        let names = tellers.iter().filter(|teller| !teller.name.trim().is_empty());
        let names: Vec<String> = names.map(|t| format!("{}{}", t.name.trim(), when(t))).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let who = if names.is_empty() { TO_AGREE.to_owned() } else { names.join("; then ") };
        document.paragraph(format!("Who hears of it, in this order: {who}."));
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

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
