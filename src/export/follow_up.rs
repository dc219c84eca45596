//! The message after a call: thanks, what I heard, what we agreed, who does what by when, what I still want to check.
//!
//! It is drafted from the lines and the promises of the call, and says nothing that is not in them: a part without a
//! source is left out. Once a person has changed the draft, their words are the message. Private lines are in neither.

use jiff::civil::Date;

use super::clean;
use super::document::{Document, Item};
use super::subject::Subject;
use crate::domain::query::{Who, quoted, what_is_promised, who_promises};
use crate::domain::{Call, Line, Medium, PartnerId, Promise, PromiseState, Tag};

/// The name by which the command line asks for it.
pub const NAME: &str = "follow-up";

/// Words up to which a message is read to its end.
pub const WORDS: usize = 200;

/// The message of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its text: paragraphs with a free line between them, items of a list begin with a hyphen.
    pub text: String,
    /// How many private lines of the call are not in it.
    pub left_out: usize,
    /// How many are, since a person's own words were not drafted anew after a line became private.
    pub still_in: usize,
    /// How many lines in it are in the shorthand of whoever wrote them down; 0 once a person has changed the draft.
    pub shorthand: usize,
}

impl Message {
    /// How many words it has.
    pub fn words(&self) -> usize {
        count_words(&self.text)
    }
}

/// How many words a text has.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The artefact: the message of the call that the subject is about, as the person left it, or else as it is drafted.
pub fn follow_up(subject: &Subject<'_>) -> Document {
    let mut document = Document::default();
    let Some(call) = subject.call() else {
        document.beside.push("No call has ended yet, so there is nothing to follow up.".to_owned());
        return document;
    };
    let message = message(subject, call);
    blocks(&mut document, &message.text);
    document.beside.extend(remarks(&message));
    document
}

/// The message of a call as it stands: the person's own words where there are some, or else the draft.
pub fn message(subject: &Subject<'_>, call: &Call) -> Message {
    if call.message.trim().is_empty() {
        return draft(subject, call);
    }
    let private = call.lines.iter().filter(|line| line.private && !line.is_marker());
    let (still_in, left_out): (Vec<&Line>, Vec<&Line>) =
        private.partition(|line| call.message.contains(words(line).as_str()));
    Message { text: call.message.clone(), left_out: left_out.len(), still_in: still_in.len(), shorthand: 0 }
}

/// What is to be known about a message beside it: private lines left out, lines in shorthand, and that it is long.
pub fn remarks(message: &Message) -> Vec<String> {
    let mut remarks = Vec::new();
    match message.left_out {
        0 => {}
        1 => remarks.push("1 private line left out.".to_owned()),
        n => remarks.push(format!("{n} private lines left out.")),
    }
    match message.still_in {
        0 => {}
        1 => remarks.push(still_in("1 private line")),
        n => remarks.push(still_in(&format!("{n} private lines"))),
    }
    if message.shorthand > 0 {
        let lines = if message.shorthand == 1 { "line" } else { "lines" };
        let it = if message.shorthand == 1 { "it" } else { "them" };
        remarks
            .push(format!("{} {lines} in your own shorthand: read {it} before sending.", message.shorthand));
    }
    let words = message.words();
    if words > WORDS {
        remarks.push(format!("{words} words: under {WORDS} it is more likely to be read to the end."));
    }
    remarks
}

fn still_in(lines: &str) -> String {
    format!("It has the words of {lines}: please take them out, or draft it anew.")
}

/// The message as it is drafted from the lines and the promises of a call.
pub fn draft(subject: &Subject<'_>, call: &Call) -> Message {
    let (lines, left_out) = subject.lines(call);
    let mut parts = vec![greeting(subject, call), thanks(call)];
    let tagged = |tag| lines.iter().copied().filter(move |line: &&Line| line.tag == Some(tag));
    let heard = tagged(Tag::Said).map(|line| quoted(&clean::line(&line.text)));
    part(&mut parts, "What I heard from you:", heard);
    part(&mut parts, "What we agreed:", tagged(Tag::Agreed).map(words));
    part(&mut parts, "Who does what:", promised(subject, call, &lines).into_iter());
    let asked = tagged(Tag::Ask).filter(|line| !line.done).map(words);
    let differs: Vec<String> =
        tagged(Tag::Differs).filter(|line| !line.done || line.about.is_some()).map(in_question).collect();
    let shorthand = differs.len();
    part(&mut parts, "What I would still like to check with you:", asked.chain(differs));
    if let Some(on) = call.follow_up {
        parts.push(format!("I will be in touch again on {}.", weekday(on)));
    }
    parts.push("Please say so if I have got anything wrong, or left something out.".to_owned());
    parts.push(farewell(subject, call));
    Message { text: parts.join("\n\n"), left_out, still_in: 0, shorthand }
}

/// Where we differ, as a question of ours: the line is what whoever was on the call wrote down, not what they said.
fn in_question(line: &Line) -> String {
    let text = words(line);
    format!("Do we see this differently: {}?", text.trim_end_matches(['.', '?', '!', ' ']))
}

/// "Hello Amina and Ben," where people are called by what looks like a name; a role makes no greeting.
fn greeting(subject: &Subject<'_>, call: &Call) -> String {
    let names = call.with.iter().filter_map(|id| subject.person(id)).filter(|person| !person.partner.is_us());
    let names: Vec<String> = names.map(|person| clean::line(&person.name)).filter(|n| is_name(n)).collect();
    match names.split_last() {
        None => "Hello,".to_owned(),
        Some((only, [])) => format!("Hello {only},"),
        Some((last, others)) => format!("Hello {} and {last},", others.join(", ")),
    }
}

/// Whether every word begins with a capital, where there are three at most.
fn is_name(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let all = words.clone().all(|word| word.starts_with(char::is_uppercase));
    all && words.clone().count() <= 3 && words.next().is_some()
}

fn thanks(call: &Call) -> String {
    let on = weekday(call.on);
    match call.medium {
        Medium::Phone | Medium::Jots => format!("Thank you for the call on {on}."),
        Medium::Video => format!("Thank you for the video call on {on}."),
        Medium::InPerson => format!("Thank you for meeting on {on}."),
        Medium::Message => format!("Thank you for your message of {on}."),
    }
}

fn part(parts: &mut Vec<String>, head: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
    if !items.is_empty() {
        parts.push(format!("{head}\n{}", items.join("\n")));
    }
}

fn words(line: &Line) -> String {
    clean::line(&line.text)
}

/// The promises of the call, then the lines that are to become one and have not yet.
fn promised(subject: &Subject<'_>, call: &Call, lines: &[&Line]) -> Vec<String> {
    let promises = subject.promises(call);
    let kept = |promise: &&&Promise| !matches!(promise.state, PromiseState::LetGo | PromiseState::Broken);
    let mut items: Vec<String> =
        promises.iter().filter(kept).map(|promise| promise_in_words(promise, subject, call)).collect();
    let became = |line: &Line| {
        promises.iter().any(|promise| promise.said_in.as_ref().is_some_and(|said| said.line == line.id))
    };
    let open = lines.iter().filter(|line| line.tag == Some(Tag::Promise) && !line.done && !became(line));
    items.extend(open.map(|line| {
        let text = words(line);
        match who_promises(&text) {
            Some(Who::We) => format!("We: {}", what_is_promised(&text)),
            Some(Who::They) => format!("You: {}", what_is_promised(&text)),
            None => text,
        }
    }));
    items
}

fn promise_in_words(promise: &Promise, subject: &Subject<'_>, call: &Call) -> String {
    let who = match &call.partner {
        _ if promise.is_ours() => "We".to_owned(),
        Some(partner) if promise.by != *partner => subject.side(&promise.by),
        _ => "You".to_owned(),
    };
    let what = clean::line(&promise.what);
    let what = if what.is_empty() { "something to be said more closely".to_owned() } else { what };
    match (promise.state, promise.due) {
        (PromiseState::Kept, _) => format!("{who}: {what} (done)"),
        (_, Some(due)) => format!("{who}: {what}, by {}", weekday(due)),
        (_, None) => format!("{who}: {what}"),
    }
}

/// The person of ours who was on the call, and our side, as far as they have names.
fn farewell(subject: &Subject<'_>, call: &Call) -> String {
    let us = PartnerId::us();
    let people = call.with.iter().filter_map(|id| subject.person(id)).filter(|person| person.partner == us);
    let mut lines = vec!["With best wishes,".to_owned()];
    lines.extend(people.map(|person| clean::line(&person.name)).filter(|name| is_name(name)));
    let side = clean::line(&subject.us().name);
    lines.extend((!side.is_empty()).then_some(side));
    lines.join("\n")
}

/// "Friday 7 March".
fn weekday(date: Date) -> String {
    date.strftime("%A %-d %B").to_string()
}

/// A text as paragraphs and lists.
pub(super) fn blocks(document: &mut Document, text: &str) {
    let (mut paragraph, mut items) = (Vec::new(), Vec::new());
    for line in clean::text(text).lines().chain([""]) {
        let item = line.strip_prefix("- ");
        if item.is_none() {
            document.list(std::mem::take(&mut items));
        }
        if (item.is_some() || line.trim().is_empty()) && !paragraph.is_empty() {
            document.paragraph(std::mem::take(&mut paragraph).join("\n"));
        }
        match item {
            Some(item) => items.push(Item::plain(item)),
            None if line.trim().is_empty() => {}
            None => paragraph.push(line.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;
