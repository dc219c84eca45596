//! How the partnership is, for whoever asks: a short report on a page, and the pulse of each side over time.
//!
//! The pulse is drawn where that can be and told in words everywhere; nothing is added up and nobody is averaged.

use super::document::{Block, Document, Item, Level, Picture, Private, Run, Step};
use super::subject::Subject;
use super::voices::{day, or_to_agree};
use super::walk::{course, held, line_name, moved, readings, sides};
use super::{sentence, state, title};
use crate::domain::query::{Reading, concern_mark, gone_since, last_said, pulse_lines};
use crate::domain::{Board, Choice, Concern, PartnerId, Revision};

/// The readings that one picture shows, so that its marks can be told apart: three years, four times a year.
const READINGS: usize = 12;

/// The trend of the ten lines.
pub fn trend(subject: &Subject<'_>) -> Document {
    let mut trend = Document::titled(format!("The pulse over time: {}", title(subject)));
    let mut private = Private::default();
    let all = readings(subject, &mut private);
    if all.is_empty() {
        trend.paragraph("Nobody’s pulse has been noted yet.");
    }
    for side in sides(subject).iter().filter(|_| !all.is_empty()) {
        trend.heading(Level::Section, sentence(&subject.side(side)));
        let asked = |line: &&str| all.iter().any(|reading| reading.said(line, side).is_some());
        let lines: Vec<&str> = pulse_lines().filter(asked).collect();
        if lines.is_empty() {
            trend.paragraph("Never asked.");
            continue;
        }
        let told = |line: &str| course_and_loss(&all, line, side);
        let mut left = all.as_slice();
        while !left.is_empty() {
            let (part, rest) = left.split_at(left.len().min(READINGS));
            // the words are about the whole time, so they stand with the last picture
            let words = |line: &str| if rest.is_empty() { told(line) } else { String::new() };
            trend.picture(drawn(subject, part, side, &lines, &words));
            left = rest;
        }
    }
    trend.private = private;
    trend
}

/// Some readings of a side as a picture.
fn drawn(
    subject: &Subject<'_>,
    part: &[Reading<'_>],
    side: &PartnerId,
    lines: &[&str],
    words: &dyn Fn(&str) -> String,
) -> Picture {
    let days: Vec<String> = part.iter().map(on).collect();
    let span = match days.as_slice() {
        [first, .., last] if first != last => format!("{first} to {last}"),
        [first, ..] => first.clone(),
        [] => String::new(),
    };
    let run = |line: &&str| Run {
        name: line_name(subject, line),
        said: part.iter().map(|reading| step_of(reading.said(line, side)?)).collect(),
        words: words(line),
    };
    let step = |concern: &Concern| Step {
        mark: concern_mark(Some(*concern)).to_owned(),
        words: concern.words().to_owned(),
        height: height(*concern),
    };
    Picture::Course {
        title: format!("{}, {span}", sentence(&subject.side(side))),
        days,
        steps: Concern::ALL.iter().map(step).collect(),
        lines: lines.iter().map(run).collect(),
    }
}

fn step_of(concern: Concern) -> Option<usize> {
    Concern::ALL.iter().position(|one| *one == concern)
}

/// The day of a reading, where there is little room.
fn on(reading: &Reading<'_>) -> String {
    reading.on.map_or_else(|| "no day".to_owned(), |on| on.strftime("%-d %b %Y").to_string())
}

/// How high a concern stands; not to know is no matter of more or less.
fn height(concern: Concern) -> Option<u8> {
    match concern {
        Concern::NoConcern => Some(0),
        Concern::SomeConcern => Some(1),
        Concern::Serious => Some(2),
        Concern::DontKnow => None,
    }
}

/// How a line went for a side, and that it was good and is not now.
fn course_and_loss(all: &[Reading<'_>], line: &str, side: &PartnerId) -> String {
    let gone = gone_since(all, side);
    let gone = gone.iter().find(|(gone, _)| *gone == line);
    let gone = gone.map_or_else(String::new, |(_, good)| match good {
        Some(good) => format!(". It was good on {} and is not now", day(*good)),
        None => ". It was good and is not now".to_owned(),
    });
    format!("{}{gone}.", sentence(&course(all, line, side)))
}

/// The report on a page.
pub fn status(subject: &Subject<'_>) -> Document {
    let mut report = Document::titled(format!("How it stands: {}", title(subject)));
    let mut private = Private::default();
    let work = subject.select(subject.content().question("RVW-1"), |_| true);
    private += work.private;
    let work = work.entries.first().map_or("", |entry| {
        let agreed = entry.answer.agreed().text.trim();
        if agreed.is_empty() { entry.answer.ours().text.trim() } else { agreed }
    });
    let walk = held(subject, &mut private);
    let mut facts = vec![
        ("On".to_owned(), day(subject.today())),
        ("State".to_owned(), state(subject)),
        ("How far the work has got".to_owned(), or_to_agree(work).to_owned()),
    ];
    facts.push((
        "Last looked at together".to_owned(),
        walk.map_or_else(
            || "not yet".to_owned(),
            |walk| {
                let moved = moved(walk).map(|moved| format!(" ({moved})")).unwrap_or_default();
                format!("{}, {}{moved}", walk.held.map(day).unwrap_or_default(), walk.mode.words())
            },
        ),
    ));
    facts.push((
        "Next time".to_owned(),
        or_to_agree(&walk.and_then(|walk| walk.next).map(day).unwrap_or_default()).to_owned(),
    ));
    report.blocks.push(Block::Facts(facts));
    report.heading(Level::Section, "What goes well");
    report.paragraph(or_to_agree(walk.map_or("", |walk| walk.worked.trim())));
    report.heading(Level::Section, "How each side feels about it");
    report.list(feelings(subject, &mut private));
    report.heading(Level::Section, "What changes");
    let open = subject.records::<Revision>(&mut private).into_iter();
    let changes = open.filter(|change| change.done.is_none() && change.board != Board::Keep).map(|change| {
        let due = change.due.map(|due| format!(", by {}", day(due))).unwrap_or_default();
        Item::new(sentence(change.board.words()), format!("{}{due}", or_to_agree(&change.what)))
    });
    let changes: Vec<Item> = changes.collect();
    if changes.is_empty() {
        report.paragraph("No change is under way.");
    }
    report.list(changes);
    report.private = private;
    report
}

/// What each side last said, serious lines by name, and those on which the sides differ.
fn feelings(subject: &Subject<'_>, private: &mut Private) -> Vec<Item> {
    let all = readings(subject, private);
    let sides = sides(subject);
    let side = |id: &crate::domain::PartnerId| {
        let of = |wanted: Concern| {
            let lines = pulse_lines()
                .filter(|line| last_said(&all, line, id).is_some_and(|(_, concern)| concern == wanted));
            lines.map(|line| line_name(subject, line)).collect::<Vec<_>>()
        };
        // what weighs most first
        let order = [Concern::Serious, Concern::SomeConcern, Concern::DontKnow, Concern::NoConcern];
        let told: Vec<String> = order
            .iter()
            .map(|concern| (concern, of(*concern)))
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(concern, lines)| {
                let said = if *concern == Concern::Serious { "serious concern" } else { concern.words() };
                format!("{said} about {}", lines.join(", "))
            })
            .collect();
        let told = if told.is_empty() { "not asked yet".to_owned() } else { told.join("; ") };
        Item::new(sentence(&subject.side(id)), told)
    };
    let mut items: Vec<Item> = sides.iter().map(side).collect();
    let differ: Vec<String> = pulse_lines()
        .filter(|line| all.last().is_some_and(|reading| reading.is_split(line)))
        .map(|line| line_name(subject, line))
        .collect();
    if !differ.is_empty() {
        items.push(Item::new("Where we differ", differ.join(", ")));
    }
    items
}
