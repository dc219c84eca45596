//! Partnership on a page: for anyone new to it.
//!
//! What is agreed comes first and in full, and so does what the sides see differently. What was only heard or guessed is
//! said to be so, in brief: a page that hides it would be believed. Where that is more than a page, it is shortened.

use super::document::{Block, Document, Item, Level, TO_AGREE};
use super::follow_up::count_words;
use super::subject::{Entry, Subject};
use super::{COLUMNS, first_of, plain, title, voices};
use crate::content::types::{About, Aspect, Question};
use crate::domain::{Partner, Standing};

/// Words up to which it is a page. Where there are more, each part is told by its first answer and names the others.
const WORDS: usize = 520;
/// Questions that are named in a shortened part, and beside an answer of it; of the others there is the number.
const NAMED: usize = 4;
const NAMED_BESIDE: usize = 2;

/// The page: in full where that is a page, shortened where it is not. A partner's is never shortened, since the partner
/// has nothing longer to look it up in.
pub fn page(subject: &Subject<'_>) -> Document {
    let page = in_full(subject);
    let long = count_words(&plain(&page, COLUMNS)) > WORDS;
    if long && subject.reader().is_none() { shortened(subject) } else { page }
}

fn in_full(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(title(subject));
    let content = subject.content();
    let written = subject.select(content.questions(), |e| {
        matches!(e.standing, Standing::Agreed | Standing::Asked | Standing::Guess | Standing::Disputed)
    });
    page.private = written.private;
    who(&mut page, subject);
    settled(&mut page, subject, &written.entries);
    differ(&mut page, subject, &written.entries);
    heard(&mut page, subject, &written.entries);
    guessed(&mut page, subject, &written.entries);
    page
}

fn shortened(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(title(subject));
    let content = subject.content();
    let written = subject.select(content.questions(), |e| e.standing != Standing::Blank);
    page.private = written.private;
    facts(&mut page, subject, named);
    page.heading(Level::Section, "What is settled");
    let (mut items, mut open) = (Vec::new(), Vec::new());
    for aspect in content.aspects() {
        let settled = written.entries.iter().filter(|e| e.standing == Standing::Agreed);
        let here: Vec<&Entry<'_>> = settled.filter(|e| belongs(aspect, e.question)).collect();
        items.extend(told_by_its_first(aspect, &here));
        if written.entries.iter().any(|e| belongs(aspect, e.question)) {
            open.extend(expected(subject, aspect).into_iter().map(|question| question.short.as_str()));
        }
    }
    if items.is_empty() {
        page.paragraph("Nothing is settled yet.");
    }
    page.list(items);
    let of = |standing: Standing| -> Vec<&str> {
        let all = written.entries.iter().filter(|e| e.standing == standing);
        all.map(|e| e.question.short.as_str()).collect()
    };
    let parts = [
        ("Where we differ", of(Standing::Disputed)),
        ("What we have heard and not agreed yet", of(Standing::Asked)),
        ("What is only our guess, and not checked", of(Standing::Guess)),
        ("Still to agree", open),
    ];
    for (heading, names) in parts.into_iter().filter(|(_, names)| !names.is_empty()) {
        page.heading(Level::Section, heading);
        page.paragraph(first_of(&names, NAMED));
    }
    page.note("Shortened, so that it is a page. “The whole workbook” has every answer in full.");
    page
}

/// An aspect with the first of its settled answers in brief, and the others by name. Wording that all accept goes before
/// what is ours alone to say.
fn told_by_its_first(aspect: &Aspect, settled: &[&Entry<'_>]) -> Option<Item> {
    let worded = |entry: &&&Entry<'_>| !entry.answer.agreed().text.trim().is_empty();
    let first = settled.iter().find(worded).or(settled.first())?;
    let agreed = first.answer.agreed().text.trim();
    let words = if agreed.is_empty() { first.answer.ours().text.trim() } else { agreed };
    let others = settled.iter().filter(|entry| entry.question.id != first.question.id);
    let others: Vec<&str> = others.map(|entry| entry.question.short.as_str()).collect();
    let also = if others.is_empty() {
        String::new()
    } else {
        format!(" Settled too: {}", first_of(&others, NAMED_BESIDE))
    };
    Some(Item::new(&aspect.name, format!("{}{also}", voices::brief(voices::or_to_agree(words)))))
}

/// The facts at the head: state, purpose, who it is between. Shared with the whole workbook.
pub(super) fn who(page: &mut Document, subject: &Subject<'_>) {
    facts(page, subject, side);
}

fn facts(page: &mut Document, subject: &Subject<'_>, side: fn(&Subject<'_>, &Partner) -> String) {
    if subject.is_example() {
        page.note("This is the worked example: the people and places in it are made up.");
    }
    let mut facts = Vec::new();
    // where we stand and what we are after is ours to say: it is in no copy
    if subject.reader().is_none() {
        facts.push(("State".to_owned(), super::state(subject)));
        facts.push(("Purpose".to_owned(), voices::or_to_agree(subject.purpose()).to_owned()));
    }
    facts.push(("Our side".to_owned(), side(subject, subject.us())));
    let partners = subject.partners();
    facts.extend(partners.iter().map(|p| ("Partner".to_owned(), side(subject, p))));
    if partners.is_empty() {
        facts.push(("Partner".to_owned(), TO_AGREE.to_owned()));
    }
    facts.push(("As of".to_owned(), voices::day(subject.today())));
    page.blocks.push(Block::Facts(facts));
}

/// "Name, kind".
fn named(_: &Subject<'_>, side: &Partner) -> String {
    let kind = if side.kind.trim().is_empty() { String::new() } else { format!(", {}", side.kind.trim()) };
    format!("{}{kind}", voices::name_of(side))
}

/// "Name, kind: person (what they do), person". How to reach them stays in the workbook.
fn side(subject: &Subject<'_>, side: &Partner) -> String {
    let people: Vec<String> = subject
        .people_of(side)
        .iter()
        .map(|p| match (p.name.trim(), p.role.trim()) {
            (name, "") => name.to_owned(),
            ("", role) => role.to_owned(),
            (name, role) => format!("{name} ({role})"),
        })
        .filter(|person| !person.is_empty())
        .collect();
    let people = if people.is_empty() { String::new() } else { format!(": {}", people.join(", ")) };
    format!("{}{people}", named(subject, side))
}

fn settled(page: &mut Document, subject: &Subject<'_>, written: &[Entry<'_>]) {
    page.heading(Level::Section, "What is settled");
    let mut anything = false;
    let mut untouched = Vec::new();
    for aspect in subject.content().aspects() {
        let here: Vec<&Entry<'_>> = written.iter().filter(|e| belongs(aspect, e.question)).collect();
        if here.is_empty() {
            if aspect.arc.is_in_cycle() {
                untouched.push(aspect.name.as_str());
            }
            continue;
        }
        let agreed = here.iter().filter(|e| e.standing == Standing::Agreed);
        let (ours, agreed): (Vec<&Entry<'_>>, Vec<_>) =
            agreed.partition(|e| e.question.about == About::Us && e.answer.agreed().text.trim().is_empty());
        let mut lines: Vec<Item> = ours.iter().map(|e| in_brief(subject, e)).collect();
        lines.extend(gaps(subject, aspect));
        if agreed.is_empty() && lines.is_empty() {
            continue;
        }
        anything = true;
        page.heading(Level::Part, &aspect.name);
        for entry in agreed {
            page.heading(Level::Point, &entry.question.short);
            page.blocks.extend(agreed_wording(subject, entry));
        }
        page.list(lines);
    }
    if !anything {
        page.paragraph("Nothing is settled yet.");
    }
    if !untouched.is_empty() && subject.reader().is_none() {
        page.note(format!("Nothing is written yet for: {}.", untouched.join(", ")));
    }
}

/// The agreed wording alone where there is one; where there is not, every voice, and that the wording is missing.
fn agreed_wording(subject: &Subject<'_>, entry: &Entry<'_>) -> Vec<Block> {
    voices::agreed(subject, entry.answer).map_or_else(
        || {
            let mut blocks = voices::all(subject, entry);
            blocks.push(voices::no_wording());
            blocks
        },
        |wording| vec![wording],
    )
}

/// What the page expects of an aspect that somebody has begun, and does not find.
fn gaps(subject: &Subject<'_>, aspect: &Aspect) -> Vec<Item> {
    expected(subject, aspect).into_iter().map(|question| Item::new(&question.short, TO_AGREE)).collect()
}

fn expected<'a>(subject: &Subject<'a>, aspect: &'a Aspect) -> Vec<&'a Question> {
    let expected = aspect.questions.iter().filter(|q| aspect.settled_when.contains(&q.id));
    let blank = subject.select(expected, |e| e.standing == Standing::Blank && !e.answer.is_private());
    blank.entries.iter().map(|entry| entry.question).collect()
}

fn differ(page: &mut Document, subject: &Subject<'_>, written: &[Entry<'_>]) {
    let disputed: Vec<_> = written.iter().filter(|e| e.standing == Standing::Disputed).collect();
    if disputed.is_empty() {
        return;
    }
    page.heading(Level::Section, "Where we differ");
    for entry in disputed {
        page.heading(Level::Point, &entry.question.short);
        page.blocks.extend(voices::all(subject, entry));
    }
}

fn heard(page: &mut Document, subject: &Subject<'_>, written: &[Entry<'_>]) {
    let heard: Vec<_> = written.iter().filter(|e| e.standing == Standing::Asked).collect();
    if !heard.is_empty() {
        page.heading(Level::Section, "What we have heard and not agreed yet");
        page.list(heard.into_iter().map(|e| in_brief(subject, e)).collect());
    }
}

fn guessed(page: &mut Document, subject: &Subject<'_>, written: &[Entry<'_>]) {
    let guesses: Vec<_> = written.iter().filter(|e| e.standing == Standing::Guess).collect();
    if !guesses.is_empty() {
        // a guess of ours is in no copy, only what we marked to share
        if subject.reader().is_some() {
            page.heading(Level::Section, "What we would like you to know");
        } else {
            page.heading(Level::Section, "What is only our guess");
            page.paragraph("We have not checked these with everyone they concern.");
        }
        page.list(guesses.into_iter().map(|e| in_brief(subject, e)).collect());
    }
}

/// A line for each voice, cut to its first sentences: a page holds no more.
fn in_brief(subject: &Subject<'_>, entry: &Entry<'_>) -> Item {
    let lines = match voices::in_brief(subject, entry.answer).as_slice() {
        [(_, only)] if entry.question.about == About::Us => only.clone(),
        lines => lines.iter().map(|(who, words)| format!("{who}: {words}")).collect::<Vec<_>>().join("\n"),
    };
    Item::new(&entry.question.short, lines)
}

fn belongs(aspect: &Aspect, question: &Question) -> bool {
    aspect.questions.iter().any(|q| q.id == question.id)
}
