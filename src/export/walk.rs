//! What goes out of a review: the pocket card, the invitation, the message that says what we heard, the record of the walk.
//!
//! What we did not say is read by none of them. An empty source is said to be empty; a message that a person worded goes
//! out as they worded it. How the pulse went and how things stand is in `pulse` beside this. Start reading at [`card`].

use super::document::{Block, Document, Item, Level, Paper, Private};
use super::subject::Subject;
use super::voices::{self, day, or_to_agree};
use super::{TO_AGREE, clean, follow_up, sentence, title};
use crate::domain::query::{self, Reading, concern_mark, course_in_words, pulse_lines};
use crate::domain::{Choice, Concern, HardThing, PartnerId, Promise, Pulse, Revision, ToFix, Walk, WalkMode};

/// The walk that is to come: the one that was named, the next that was not held, or else the last.
fn to_come<'a>(subject: &Subject<'a>, private: &mut Private) -> Option<&'a Walk> {
    let all = subject.records::<Walk>(private);
    let open = all.iter().filter(|walk| !walk.is_held());
    let next = open.min_by_key(|walk| (walk.planned.is_none(), walk.planned));
    if let Some(named) = subject.named(&all) {
        return Some(named);
    }
    next.or_else(|| all.iter().max_by_key(|walk| walk.held)).copied()
}

/// The walk that is over: the one that was named, or else the last that was held.
pub(super) fn held<'a>(subject: &Subject<'a>, private: &mut Private) -> Option<&'a Walk> {
    let all = subject.records::<Walk>(private);
    let last = || all.iter().filter(|walk| walk.is_held()).max_by_key(|walk| walk.held).copied();
    match subject.named(&all) {
        Some(named) => Some(named).filter(|walk| walk.is_held()),
        None => last(),
    }
}

fn fact(label: &str, words: impl AsRef<str>) -> (String, String) {
    (label.to_owned(), or_to_agree(words.as_ref().trim()).to_owned())
}

/// "Friday 12 September 2025", or that there is no day.
fn on(date: Option<jiff::civil::Date>) -> String {
    date.map_or_else(|| TO_AGREE.to_owned(), |date| date.strftime("%A %-d %B %Y").to_string())
}

/// What the occasion is called: "review walk".
fn called(mode: WalkMode) -> &'static str {
    match mode {
        WalkMode::JointReview => "joint review",
        WalkMode::Walk => "review walk",
        _ => "review",
    }
}

/// The pocket card: the prompts in large letters, and on the back where, when and how to reach each other. It leaves out
/// everything else.
pub fn card(subject: &Subject<'_>) -> Document {
    let (mut card, mut private) = (Document::titled("To ask on the way"), Private::default());
    card.paper = Paper::Card;
    let Some(walk) = to_come(subject, &mut private) else {
        card.paragraph("No walk is planned yet.");
        card.private = private;
        return card;
    };
    let prompts = walk.prompts.iter().take(Walk::PROMPTS);
    let asks = prompts.filter_map(|id| subject.content().question(id.as_str()));
    card.list(asks.map(|question| Item::plain(&question.ask)).collect());
    if walk.prompts.is_empty() {
        card.paragraph(TO_AGREE);
    }
    card.heading(Level::Section, "On the back");
    card.blocks.push(Block::Facts(vec![
        fact("Where", &walk.place),
        fact("When", format!("{}, {}", on(walk.planned), or_to_agree(&walk.time))),
        fact("To reach each other", &walk.reach),
    ]));
    card.private = private;
    card
}

/// The invitation to the next walk.
pub fn invitation(subject: &Subject<'_>) -> Document {
    let (mut mail, mut private) = (Document::default(), Private::default());
    match to_come(subject, &mut private) {
        Some(walk) => follow_up::blocks(&mut mail, &invitation_text(subject, walk)),
        None => mail.beside.push("No walk is planned yet, so there is nobody to invite.".to_owned()),
    }
    super::first_words::say_beside(&mut mail, private);
    mail
}

/// The words of an invitation: the person's own where there are some, or else those that are drafted from the walk.
pub fn invitation_text(subject: &Subject<'_>, walk: &Walk) -> String {
    if walk.invitation.trim().is_empty() {
        drafted_invitation(subject, walk)
    } else {
        walk.invitation.clone()
    }
}

/// The invitation as it is drafted.
pub fn drafted_invitation(subject: &Subject<'_>, walk: &Walk) -> String {
    let how = match walk.mode {
        WalkMode::Walk => "go for a walk with us",
        WalkMode::Drive => "come for a drive with us",
        WalkMode::Coffee => "have a coffee with us",
        WalkMode::Phone => "talk with us on the phone",
        WalkMode::Room => "sit down with us",
        WalkMode::JointReview => "look back on the project with us",
    };
    let line = |text: &str| or_to_agree(&clean::line(text)).to_owned();
    let mut parts = vec!["Hello,".to_owned()];
    parts.push(format!("Would you like to {how} on {}, {}?", on(walk.planned), line(&walk.time)));
    parts.push(format!("Where: {}", line(&walk.place)));
    if let Some(moved) = moved(walk) {
        parts.push(format!("{}.", sentence(&moved)));
    }
    parts.push(format!("Why we ask: {}", line(&walk.why)));
    parts.push(
        "It is less about how far the work has got than about how it is for you, and how we are with each other. \
         There is nothing to prepare."
            .to_owned(),
    );
    if !walk.reach.trim().is_empty() {
        parts.push(format!("On the day: {}.", clean::line(&walk.reach).trim_end_matches('.')));
    }
    parts.push("If another day, or another way to meet, suits you better, please say so.".to_owned());
    parts.push(voices::name_of(subject.us()).to_owned());
    parts.join("\n\n")
}

/// "moved from 26 June and 3 July 2025", which is not the same as missed.
pub fn moved(walk: &Walk) -> Option<String> {
    let days: Vec<String> = walk.moved.iter().map(|date| day(*date)).collect();
    let (last, others) = days.split_last()?;
    let days = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(format!("moved from {days}"))
}

/// The message to the partner: what we heard, and what we will do about it.
pub fn heard(subject: &Subject<'_>) -> Document {
    let (mut mail, mut private) = (Document::default(), Private::default());
    let Some(walk) = held(subject, &mut private) else {
        mail.beside.push("No walk has been held yet, so there is nothing to tell.".to_owned());
        super::first_words::say_beside(&mut mail, private);
        return mail;
    };
    let text = heard_text(subject, walk);
    follow_up::blocks(&mut mail, &text);
    let secret = secrets(subject, walk);
    match secret {
        0 => {}
        1 => mail.beside.push("1 private thing of that day left out.".to_owned()),
        n => mail.beside.push(format!("{n} private things of that day left out.")),
    }
    let unsaid = walk.unsaid.trim();
    if !unsaid.is_empty() && text.contains(unsaid) {
        mail.beside
            .push("It has the words of what you did not say: please look before you send it.".to_owned());
    }
    let words = follow_up::count_words(&text);
    if words > follow_up::WORDS {
        let most = follow_up::WORDS;
        mail.beside.push(format!("{words} words: under {most} it is more likely to be read to the end."));
    }
    super::first_words::say_beside(&mut mail, private);
    mail
}

/// How much of a walk is private and goes into no message.
fn secrets(subject: &Subject<'_>, walk: &Walk) -> usize {
    let mut all = Private::default();
    let open = subject.with_private(false);
    let shown = open.records::<HardThing>(&mut all).into_iter().map(|thing| &thing.id).collect::<Vec<_>>();
    let things = subject.with_private(true).records::<HardThing>(&mut Private::default());
    let hidden = things.into_iter().filter(|t| t.walk.as_ref() == Some(&walk.id) && !shown.contains(&&t.id));
    let open = open.all_promises();
    let promises = subject.with_private(true).all_promises();
    hidden.count() + promises.into_iter().filter(|p| walk.has_promise(p) && !open.contains(p)).count()
}

/// The words of that message: the person's own where there are some, or else those that are drafted.
pub fn heard_text(subject: &Subject<'_>, walk: &Walk) -> String {
    if walk.message.trim().is_empty() { drafted_heard(subject, walk) } else { walk.message.clone() }
}

/// The message as it is drafted.
pub fn drafted_heard(subject: &Subject<'_>, walk: &Walk) -> String {
    let what = match walk.mode {
        WalkMode::Walk => "the walk",
        WalkMode::Drive => "the drive",
        WalkMode::Coffee => "the coffee",
        WalkMode::Phone => "the talk",
        WalkMode::Room => "coming",
        WalkMode::JointReview => "looking back with us",
    };
    let when = walk.held.map(|date| date.strftime(" on %A %-d %B").to_string()).unwrap_or_default();
    let mut parts = vec!["Hello,".to_owned(), format!("Thank you for {what}{when}.")];
    parts.push(format!("What we heard: {}", or_to_agree(clean::text(&walk.to_tell).trim())));
    let promises = subject.with_private(false).all_promises();
    let item = |promise: &&Promise| {
        let who = if promise.by.is_us() { "we".to_owned() } else { subject.side(&promise.by) };
        let due = promise.due.map(|due| due.strftime(", by %A %-d %B").to_string()).unwrap_or_default();
        format!("- {who}: {}{due}", or_to_agree(&clean::line(&promise.what)))
    };
    let mut items: Vec<String> = promises.iter().filter(|p| walk.has_promise(p)).map(item).collect();
    let more = clean::line(&walk.will_do);
    items.extend(Some(format!("- we: {more}")).filter(|_| !more.is_empty()));
    if !items.is_empty() {
        parts.push(format!("What follows from it:\n{}", items.join("\n")));
    }
    if let Some(next) = walk.next {
        parts.push(format!("We would like to do this again by {}.", next.strftime("%A %-d %B %Y")));
    }
    parts.push("Please say so if we have got anything wrong, or left something out.".to_owned());
    parts.push(voices::name_of(subject.us()).to_owned());
    parts.join("\n\n")
}

/// The record of the last walk, or of the last joint review.
pub fn record(subject: &Subject<'_>) -> Document {
    let mut private = Private::default();
    let Some(walk) = held(subject, &mut private) else {
        let mut record = Document::titled(format!("Review walk: {}", title(subject)));
        record.paragraph("No walk has been held yet.");
        record.private = private;
        return record;
    };
    let mut record = Document::titled(format!("{}: {}", sentence(called(walk.mode)), title(subject)));
    let mut facts = vec![
        fact("When", on(walk.held)),
        fact("How", walk.mode.words()),
        fact("Where", &walk.place),
        fact("Who was there", &walk.present),
    ];
    facts.extend(moved(walk).map(|moved| ("Moved, not missed".to_owned(), moved)));
    record.blocks.push(Block::Facts(facts));
    record.heading(Level::Section, "What goes well");
    record.paragraph(or_to_agree(walk.worked.trim()));
    record.heading(Level::Section, "Harder things");
    let things = subject.records::<HardThing>(&mut private).into_iter();
    let of_it: Vec<&HardThing> = things.filter(|thing| thing.walk.as_ref() == Some(&walk.id)).collect();
    let rows = of_it.iter().map(|thing| {
        let who = thing.by.as_ref().map(|who| subject.who(who)).unwrap_or_default();
        vec![or_to_agree(&thing.what).to_owned(), who, thing.words.clone(), whose(thing.to_fix).to_owned()]
    });
    record.table(["What", "Who raised it", "In whose words", "Whose to mend"], rows.collect());
    if of_it.is_empty() {
        record.paragraph("Nothing hard is noted.");
    }
    record.heading(Level::Section, "The pulse of each side");
    pulse_of(subject, walk, &mut record, &mut private);
    record.heading(Level::Section, "What we will change");
    changes(subject, walk, &of_it, &mut record, &mut private);
    record.heading(Level::Section, "What we told them we heard");
    record.paragraph(or_to_agree(walk.to_tell.trim()));
    record.blocks.push(Block::Facts(vec![
        ("Sent".to_owned(), walk.sent.map_or_else(|| "not sent yet".to_owned(), day)),
        fact("Next one by", walk.next.map(day).unwrap_or_default()),
    ]));
    if let Some(next) = walk.next {
        record.date(&walk.id, next, format!("Next {}", called(walk.mode)));
    }
    record.private = private;
    record
}

/// Whose it is to mend, under a heading that says so.
fn whose(to_fix: ToFix) -> &'static str {
    to_fix.words().trim_end_matches(" to mend")
}

/// The readings that may be shown.
pub(super) fn readings<'a>(subject: &Subject<'a>, private: &mut Private) -> Vec<Reading<'a>> {
    query::readings_of(subject.records::<Pulse>(private))
}

/// Our side, then each partner.
pub(super) fn sides(subject: &Subject<'_>) -> Vec<PartnerId> {
    std::iter::once(PartnerId::us()).chain(subject.partners().iter().map(|p| p.id.clone())).collect()
}

/// What was said, mark first; what nobody asked stays blank.
pub(super) fn said(concern: Option<Concern>) -> String {
    let words = concern.map(|said| format!("{} {}", concern_mark(Some(said)), said.words()));
    words.unwrap_or_default()
}

fn pulse_of(subject: &Subject<'_>, walk: &Walk, record: &mut Document, private: &mut Private) {
    let all = readings(subject, private);
    let Some(reading) = all.iter().find(|reading| reading.walk == Some(&walk.id)) else {
        return record.paragraph("Nobody’s pulse is noted with it.");
    };
    let sides: Vec<PartnerId> = sides(subject)
        .into_iter()
        .filter(|side| side.is_us() || walk.sides.is_empty() || walk.sides.contains(side))
        .collect();
    let row = |line: &str| {
        let mut row = vec![line_name(subject, line)];
        row.extend(sides.iter().map(|side| match reading.said(line, side) {
            None => "not asked".to_owned(),
            concern => said(concern),
        }));
        row.push(if reading.is_split(line) { "<> we differ" } else { "" }.to_owned());
        row
    };
    let head = std::iter::once("Line".to_owned());
    let head =
        head.chain(sides.iter().map(|side| sentence(&subject.side(side)))).chain(["Differ".to_owned()]);
    record.table(head.collect::<Vec<_>>(), pulse_lines().map(row).collect());
}

/// What a line of the pulse is called.
pub(super) fn line_name(subject: &Subject<'_>, line: &str) -> String {
    subject.content().aspect(line).map_or(line, |aspect| &aspect.name).to_owned()
}

/// The course of a line for a side in words; empty where it was never asked.
pub(super) fn course(readings: &[Reading<'_>], line: &str, side: &PartnerId) -> String {
    course_in_words(readings, line, side)
}

fn changes(
    subject: &Subject<'_>,
    walk: &Walk,
    things: &[&HardThing],
    record: &mut Document,
    private: &mut Private,
) {
    let of_it = |change: &&Revision| {
        let mends = |thing: &&HardThing| change.mends.as_ref() == Some(&thing.id);
        change.walk.as_ref() == Some(&walk.id) || things.iter().any(mends)
    };
    let changes = subject.records::<Revision>(private).into_iter().filter(of_it);
    let row = |change: &Revision| {
        vec![
            or_to_agree(&change.what).to_owned(),
            change.lead.as_ref().map(|who| subject.who(who)).unwrap_or_else(|| TO_AGREE.to_owned()),
            change.due.map(day).unwrap_or_else(|| TO_AGREE.to_owned()),
        ]
    };
    let mut rows: Vec<Vec<String>> = changes.map(row).collect();
    let promises = subject.all_promises().into_iter().filter(|promise| walk.has_promise(promise));
    rows.extend(promises.map(|promise| {
        let due = promise.due.map(day).unwrap_or_else(|| TO_AGREE.to_owned());
        vec![or_to_agree(&promise.what).to_owned(), subject.side(&promise.by), due]
    }));
    if rows.is_empty() {
        record.paragraph(or_to_agree(walk.will_do.trim()));
    } else {
        record.table(["What", "Who", "By when"], rows);
        if !walk.will_do.trim().is_empty() {
            record.paragraph(walk.will_do.trim());
        }
    }
}

#[cfg(test)]
mod tests;
