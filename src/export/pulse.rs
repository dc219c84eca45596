//! How the partnership is, for whoever asks: a short report on a page, and the pulse of each side over time.
//!
//! The pulse is drawn where that can be and told in words everywhere; nothing is added up and nobody is averaged.

use super::document::{Block, Document, Item, Level, Picture, Private};
use super::subject::Subject;
use super::voices::{day, or_to_agree};
use super::walk::{course, held, line_name, moved, readings, said, sides};
use super::{sentence, state, title};
use crate::domain::query::{gone_since, last_said, pulse_lines};
use crate::domain::{Board, Choice, Concern, Revision};

/// The readings that one picture shows, so that its words keep their cells.
const READINGS: usize = 5;

/// The trend of the ten lines.
pub fn trend(subject: &Subject<'_>) -> Document {
    let mut trend = Document::titled(format!("The pulse over time: {}", title(subject)));
    let mut private = Private::default();
    let all = readings(subject, &mut private);
    if all.is_empty() {
        trend.paragraph("Nobody’s pulse has been noted yet.");
    }
    for side in sides(subject) {
        let asked = |line: &&str| all.iter().any(|reading| reading.said(line, &side).is_some());
        let lines: Vec<&str> = pulse_lines().filter(asked).collect();
        if lines.is_empty() {
            if !all.is_empty() {
                trend.heading(Level::Section, sentence(&subject.side(&side)));
                trend.paragraph("Never asked.");
            }
            continue;
        }
        trend.heading(Level::Section, sentence(&subject.side(&side)));
        for part in all.chunks(READINGS) {
            let on = |reading: &crate::domain::query::Reading<'_>| {
                reading.on.map_or_else(|| "no day".to_owned(), |on| on.strftime("%-d %b %Y").to_string())
            };
            let head = std::iter::once("Line".to_owned()).chain(part.iter().map(on)).collect();
            let row = |line: &&str| {
                let cells = part.iter().map(|reading| said(reading.said(line, &side)));
                std::iter::once(line_name(subject, line)).chain(cells).collect()
            };
            let first = part.first().map(on).unwrap_or_default();
            let last = part.last().map(on).unwrap_or_default();
            let span = if first == last { first } else { format!("{first} to {last}") };
            trend.picture(Picture::Matrix {
                title: format!("{}, {span}", sentence(&subject.side(&side))),
                head,
                rows: lines.iter().map(row).collect(),
            });
        }
        let gone = gone_since(&all, &side);
        let told = lines.iter().map(|line| {
            let gone = gone.iter().find(|(gone, _)| gone == line);
            let gone = gone.map_or_else(String::new, |(_, good)| match good {
                Some(good) => format!(". Was good on {}, is not now", day(*good)),
                None => ". Was good, is not now".to_owned(),
            });
            Item::new(line_name(subject, line), format!("{}{gone}.", course(&all, line, &side)))
        });
        trend.list(told.collect());
    }
    trend.private = private;
    trend
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
        let told: Vec<String> = Concern::ALL
            .iter()
            .map(|concern| (concern, of(*concern)))
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(concern, lines)| format!("{}: {}", concern.words(), lines.join(", ")))
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
