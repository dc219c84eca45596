//! What goes out of revising: the note that says what changes and why, and the short evaluation. What the agreement says
//! otherwise than before is in `agreement`. Start reading at [`change_note`].

use super::cells::{day, sides, text, who};
use super::document::{Block, Document, Item, Level, Private};
use super::subject::Subject;
use super::voices::{self, or_to_agree};
use super::{TO_AGREE, sentence, title};
use crate::content::types::About;
use crate::domain::{Board, Choice, Finding, InFamily, Measure, Revision, Went};

/// What an answer says that may go out: what is agreed; else what is ours, where it is about us alone or was marked to
/// share. Empty where there is neither.
pub(super) fn said(subject: &Subject<'_>, id: &str, private: &mut Private) -> String {
    let found = subject.select(subject.content().question(id), |_| true);
    *private += found.private;
    let words = found.entries.first().map(|entry| {
        let agreed = entry.answer.agreed().text.trim();
        let open = entry.answer.is_to_share() || entry.question.about == About::Us;
        match (agreed.is_empty(), open) {
            (false, _) => agreed,
            (true, true) => entry.answer.ours().text.trim(),
            (true, false) => "",
        }
    });
    words.unwrap_or_default().to_owned()
}

/// The purpose: what was agreed about it, or else the line on the map.
pub(super) fn purpose(subject: &Subject<'_>, private: &mut Private) -> String {
    match said(subject, "SCO-2", private).as_str() {
        "" => subject.purpose().trim().to_owned(),
        agreed => agreed.to_owned(),
    }
}

pub(super) fn fact(label: &str, words: impl AsRef<str>) -> (String, String) {
    (label.to_owned(), or_to_agree(words.as_ref().trim()).to_owned())
}

/// Our side and every partner, by name.
pub(super) fn between(subject: &Subject<'_>) -> String {
    let partners = subject.partners().iter();
    let names: Vec<&str> = std::iter::once(subject.us()).chain(partners).map(voices::name_of).collect();
    names.join(", ")
}

/// The records of a family that may be shown; those that may not are counted in the document.
pub(super) fn open<'a, R: InFamily>(subject: &Subject<'a>, document: &mut Document) -> Vec<&'a R> {
    subject.records::<R>(&mut document.private)
}

/// What is to change, one part a change; where nothing is, the last one that was made.
pub fn change_note(subject: &Subject<'_>) -> Document {
    let mut note = Document::titled(format!("Change note: {}", title(subject)));
    let all: Vec<&Revision> = open::<Revision>(subject, &mut note)
        .into_iter()
        .filter(|change| change.board != Board::Keep)
        .collect();
    let mut changes: Vec<&Revision> = all.iter().copied().filter(|change| change.done.is_none()).collect();
    if changes.is_empty() {
        changes.extend(all.iter().max_by_key(|change| change.done));
    }
    if let Some(named) = subject.named(&all) {
        changes = vec![named];
    }
    if changes.is_empty() {
        note.paragraph("Nothing is to change at present.");
        return note;
    }
    note.paragraph(format!(
        "Between {}. This is what changes between us, and why. Please say so if you see it otherwise.",
        between(subject)
    ));
    for change in changes {
        note.heading(Level::Section, sentence(or_to_agree(change.what.trim())));
        note.blocks.push(Block::Facts(change_facts(subject, change)));
        for (key, on, words) in [("due", change.due, "by"), ("again", change.review_by, "look again")] {
            if let Some(on) = on {
                note.date(format!("{}-{key}", change.id), on, format!("{}: {words}", text(&change.what)));
            }
        }
    }
    note
}

fn change_facts(subject: &Subject<'_>, change: &Revision) -> Vec<(String, String)> {
    let agreed = match (sides(subject, &change.agreed_by), day(change.agreed)) {
        (by, on) if by.is_empty() || on.is_empty() => format!("{by}{on}"),
        (by, on) => format!("{by}, on {on}"),
    };
    let seen_to = match (who(subject, change.lead.as_ref()), change.due) {
        (who, Some(due)) => format!("{who}, by {}", voices::day(due)),
        (who, None) => who,
    };
    let will_be = match (change.after.trim(), change.board) {
        ("", Board::Drop) => "No more of it.",
        (after, _) => after,
    };
    let mut facts = vec![
        fact("What was", &change.before),
        fact("What will be", will_be),
        fact("Why", &change.why),
        fact("Agreed by", agreed),
        fact("From", day(change.from)),
        fact("Who sees to it", seen_to),
    ];
    let clause = change.clause.as_ref().and_then(|id| subject.content().question(id.as_str()));
    facts.extend(clause.map(|clause| fact("Clause it touches", &clause.short)));
    if let Some(done) = change.done {
        facts.push(fact("Made on", voices::day(done)));
    }
    facts.extend(Some(fact("What came of it", &change.effect)).filter(|_| !change.effect.trim().is_empty()));
    facts.push(fact("We look at it again on", day(change.review_by)));
    facts
}

/// What was found, with what shows it; what is measured; who gained; what follows.
pub fn evaluation(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("Short evaluation: {}", title(subject)));
    let mut private = Private::default();
    page.blocks.push(Block::Facts(vec![
        fact("Between", between(subject)),
        fact("Purpose", purpose(subject, &mut private)),
        fact("What success means here", said(subject, "REV-3", &mut private)),
        fact("Who has gained, and who has not", said(subject, "REV-4", &mut private)),
    ]));
    let findings: Vec<&Finding> = open(subject, &mut page);
    for (went, heading) in [(Went::Well, "What went well"), (Went::LessWell, "What went less well")] {
        page.heading(Level::Section, heading);
        let of: Vec<Item> =
            findings.iter().filter(|finding| finding.went == went).map(|finding| found(finding)).collect();
        if of.is_empty() {
            page.paragraph(TO_AGREE);
        }
        page.list(of);
    }
    measures(subject, &mut page);
    changes(subject, &mut page);
    page.private += private;
    page
}

fn found(finding: &Finding) -> Item {
    let source = match (finding.source.trim(), finding.on.map(voices::day)) {
        ("", None) => String::new(),
        ("", Some(on)) => format!(" ({on})"),
        (source, None) => format!(" ({source})"),
        (source, Some(on)) => format!(" ({source}, {on})"),
    };
    let why = finding.why.trim();
    let why = if why.is_empty() { String::new() } else { format!("{}\n", stopped(why)) };
    let evidence = or_to_agree(finding.evidence.trim());
    // what stands in brackets belongs to the sentence before it
    let evidence = if source.is_empty() { evidence } else { evidence.trim_end_matches('.') };
    let shows = format!("What shows it: {evidence}{source}");
    Item::new(sentence(or_to_agree(finding.what.trim())), format!("{why}{}", stopped(&shows)))
}

/// The words with a full stop, where they end without a mark of their own.
pub(super) fn stopped(words: &str) -> String {
    let words = words.trim_end();
    let ends = words.ends_with(['.', '!', '?', '…', ']', '”']) || words.is_empty();
    if ends { words.to_owned() } else { format!("{words}.") }
}

fn measures(subject: &Subject<'_>, page: &mut Document) {
    let all: Vec<&Measure> = open(subject, page);
    page.heading(Level::Section, "What we look at to know");
    let row = |measure: &&Measure| {
        let on = measure.on.map(|on| format!(", {}", voices::day(on))).unwrap_or_default();
        vec![
            text(&measure.what),
            text(&measure.for_whom),
            text(&measure.baseline),
            text(&measure.now),
            format!("{}{on}", text(&measure.source)),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    if rows.is_empty() {
        page.paragraph(TO_AGREE);
    }
    page.table(["What", "For whom", "At the start", "Now", "How we know"], rows);
}

fn changes(subject: &Subject<'_>, page: &mut Document) {
    let all: Vec<&Revision> = open(subject, page);
    page.heading(Level::Section, "What follows from it");
    let of = |board: &Board| {
        let board = *board;
        all.iter().filter(move |change| change.board == board).map(move |change| {
            let effect = match (change.effect_on, change.effect.trim()) {
                (None, "") => String::new(),
                (Some(on), "") => voices::day(on),
                (None, effect) => effect.to_owned(),
                (Some(on), effect) => format!("{}: {effect}", voices::day(on)),
            };
            let when = change.done.map(|on| format!("done {}", voices::day(on)));
            let keeps = board == Board::Keep;
            let to_agree = |words: String| if keeps && words == TO_AGREE { String::new() } else { words };
            vec![
                sentence(board.words()),
                text(&change.what),
                to_agree(who(subject, change.lead.as_ref())),
                to_agree(when.unwrap_or_else(|| super::cells::day_to_agree(change.due))),
                effect,
            ]
        })
    };
    let rows: Vec<Vec<String>> = Board::ALL.iter().flat_map(of).collect();
    if rows.is_empty() {
        page.paragraph(TO_AGREE);
    }
    page.table(["Keep or change", "What", "Who sees to it", "By when", "What came of it"], rows);
}

#[cfg(test)]
mod tests;
