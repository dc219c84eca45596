//! What goes out of scoping and building: the scoping note and the note when the answer is no, the sheets about each side,
//! the pilot. What goes to candidates is in `first_words`. None of these has copies. Start reading at [`scope_note`].

use super::document::{Block, Document, Item, Level, Private};
use super::first_words::say_beside;
use super::subject::Subject;
use super::voices::{self, day, or_to_agree};
use super::{TO_AGREE, title};
use crate::domain::query;
use crate::domain::{
    Asset, Candidate, CandidateState, Choice, Evidence, FitSign, GoDecision, GoOn, OpenPoint, Openness,
    Partner, PartnerId, Phase, Pilot, PilotOutcome, SignHeard, VoiceKey,
};

/// What an answer says: what is agreed, or else what is ours.
fn answer(subject: &Subject<'_>, id: &str, private: &mut Private) -> String {
    let found = subject.select(subject.content().question(id), |_| true);
    *private += found.private;
    let words = found.entries.first().map(|entry| {
        let agreed = entry.answer.agreed().text.as_str();
        if agreed.trim().is_empty() { entry.answer.ours().text.as_str() } else { agreed }
    });
    or_to_agree(words.unwrap_or("").trim()).to_owned()
}

fn fact(label: &str, words: impl AsRef<str>) -> (String, String) {
    (label.to_owned(), or_to_agree(words.as_ref()).to_owned())
}

/// The latest decision that may be shown.
fn decision<'a>(subject: &Subject<'a>, private: &mut Private) -> Option<&'a GoDecision> {
    let all = subject.records::<GoDecision>(private);
    let decided = all.into_iter().filter(|decision| decision.decision != GoOn::Undecided).enumerate();
    decided.max_by_key(|(n, decision)| (decision.on, *n)).map(|(_, decision)| decision)
}

fn in_words(decision: Option<&GoDecision>) -> String {
    let Some(decision) = decision else { return String::new() };
    let on = decision.on.map(|on| format!(", {}", day(on))).unwrap_or_default();
    let by = decision.by.trim();
    let by = if by.is_empty() { String::new() } else { format!(", decided by {by}") };
    let why = decision.why.trim();
    let why = if why.is_empty() { String::new() } else { format!(". {why}") };
    format!("{}{on}{by}{why}", super::sentence(decision.decision.words()))
}

/// The scoping note.
pub fn scope_note(subject: &Subject<'_>) -> Document {
    let mut note = Document::titled(format!("Scoping note: {}", title(subject)));
    let mut private = Private::default();
    let aim = match subject.purpose().trim() {
        "" => answer(subject, "SCO-2", &mut private),
        purpose => purpose.to_owned(),
    };
    let us = subject.us();
    let phase = Phase::GettingStarted;
    let kind = query::type_of(us, phase, subject.content());
    let level = query::level_of(us, phase, subject.content());
    let or_answer = |chosen: &str, id: &str, private: &mut Private| {
        if chosen.is_empty() { answer(subject, id, private) } else { chosen.to_owned() }
    };
    let facts = vec![
        fact("Aim", aim),
        fact("Reason, and why now", answer(subject, "SCO-1", &mut private)),
        fact("Whose need it is, and how we know", answer(subject, "SCO-4", &mut private)),
        fact("Type of partnership", or_answer(kind, "SCO-11", &mut private)),
        fact("Depth of involvement", or_answer(level, "SCO-12", &mut private)),
        fact("How long, and what then", answer(subject, "SCO-6", &mut private)),
        fact("Go on or not", in_words(decision(subject, &mut private))),
    ];
    note.blocks.push(Block::Facts(facts));
    note.heading(Level::Section, "Evidence of need");
    let evidence = subject.records::<Evidence>(&mut private).into_iter();
    let rows = evidence.map(|e| {
        vec![
            or_to_agree(&e.what).to_owned(),
            e.need.words().to_owned(),
            or_to_agree(&e.source).to_owned(),
            e.on.map(day).unwrap_or_default(),
        ]
    });
    table(&mut note, ["What it shows", "Whose need", "How we know", "When"], rows.collect());
    note.heading(Level::Section, "Fixed and open");
    let points = subject.records::<OpenPoint>(&mut private).into_iter();
    let rows = points.map(|point| {
        let state = if point.state == Openness::Fixed { "fixed" } else { "open" };
        let told = if point.told { "partners were told" } else { "not told yet" };
        vec![or_to_agree(&point.what).to_owned(), state.to_owned(), point.why.clone(), told.to_owned()]
    });
    table(&mut note, ["What", "Fixed or open", "Why", "Told"], rows.collect());
    note.private = private;
    note
}

fn table<const N: usize>(document: &mut Document, head: [&str; N], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        document.paragraph(TO_AGREE);
    } else {
        document.table(head, rows);
    }
}

/// The note when the answer is no: to whoever hoped for it.
pub fn not_this_time(subject: &Subject<'_>) -> Document {
    let (mut note, mut private) = (Document::default(), Private::default());
    let all = subject.records::<Candidate>(&mut private);
    let no = || all.iter().rev().find(|candidate| candidate.state == CandidateState::NotNow).copied();
    let turned_away = subject.named(&all).or_else(no);
    // a decision to go on gives no reason for a no
    let decision = decision(subject, &mut private).filter(|decision| decision.decision != GoOn::Go);
    let to = turned_away.map_or("", |candidate| candidate.name.as_str());
    note.paragraph(format!("To {},", or_to_agree(to)));
    note.paragraph(format!("thank you for thinking with us about “{}”.", title(subject)));
    let what = match decision.map(|decision| decision.decision) {
        Some(GoOn::OtherRoute) => "We have decided to take another route for it, not a partnership",
        Some(GoOn::NotYet) => "We have decided not to begin yet",
        _ => "We have decided not to go on with it together this time",
    };
    let on = decision.and_then(|decision| decision.on).map(|on| format!(" ({})", day(on)));
    note.paragraph(format!("{what}{}.", on.unwrap_or_default()));
    let why = decision.map_or("", |decision| decision.why.trim());
    note.paragraph(format!("The reason: {}", or_to_agree(why)));
    note.paragraph(
        "That says nothing against you or your work. If things change on your side or ours, please write.",
    );
    note.paragraph(or_to_agree(&subject.us().name));
    if decision.is_none() {
        note.beside.push(
            "No decision against it is noted under “Go on or not”, so the reason is yours to say.".to_owned(),
        );
    }
    say_beside(&mut note, private);
    note
}

/// Who we are, for a partner.
pub fn about_us(subject: &Subject<'_>) -> Document {
    let us = subject.us();
    let mut sheet = Document::titled(format!("About us: {}", voices::name_of(us)));
    let mut private = Private::default();
    side(subject, us, &mut sheet, &mut private);
    sheet.private = private;
    sheet
}

/// What we know of each partner, for them to put right.
pub fn about_them(subject: &Subject<'_>) -> Document {
    let mut sheet = Document::titled("About you, as far as we know");
    let mut private = Private::default();
    sheet.paragraph("Please put right whatever is not so.");
    for partner in subject.partners() {
        sheet.heading(Level::Section, voices::name_of(partner));
        side(subject, partner, &mut sheet, &mut private);
    }
    if subject.partners().is_empty() {
        sheet.paragraph("No partner takes part yet.");
    }
    sheet.private = private;
    sheet
}

fn side(subject: &Subject<'_>, side: &Partner, sheet: &mut Document, private: &mut Private) {
    let people = subject.people_of(side).into_iter().map(|person| {
        let role = person.role.trim();
        if role.is_empty() { person.name.clone() } else { format!("{}, {role}", person.name) }
    });
    sheet.blocks.push(Block::Facts(vec![
        fact("What sort of body", &side.kind),
        fact("Size", &side.size),
        fact("Where", &side.place),
        fact("Who is paid, who gives their time", &side.paid),
        fact("Busy times", &side.busy),
        fact("Limits", &side.limits),
        fact("How to reach", &side.reach),
        fact("People", people.collect::<Vec<_>>().join("; ")),
    ]));
    for (id, heading) in [("SCO-7", "Hopes"), ("SCO-8", "Brings")] {
        let words = said_by(subject, id, &side.id, private);
        if !words.is_empty() {
            sheet.heading(Level::Point, heading);
            sheet.paragraph(words);
        }
    }
    let assets = subject.records::<Asset>(private).into_iter();
    let of_side: Vec<Item> = assets
        .filter(|asset| asset.side.as_ref() == Some(&side.id))
        .map(|asset| Item::new(or_to_agree(&asset.what), asset.for_what.trim()))
        .collect();
    if !of_side.is_empty() {
        sheet.heading(Level::Point, "Has and can do");
        sheet.list(of_side);
    }
}

/// What a side says in an answer: of ours only what was marked to share, of theirs only what they told us.
fn said_by(subject: &Subject<'_>, id: &str, side: &PartnerId, private: &mut Private) -> String {
    let found = subject.select(subject.content().question(id), |entry| {
        if side.is_us() { entry.answer.is_to_share() } else { entry.answer.theirs(side).is_some() }
    });
    *private += found.private;
    let Some(entry) = found.entries.first() else { return String::new() };
    let voice = if side.is_us() { VoiceKey::Ours } else { VoiceKey::Theirs(side.clone()) };
    let guessed = entry
        .answer
        .theirs(side)
        .is_some_and(|theirs| theirs.heard == crate::domain::Heard::Guess && !side.is_us());
    if guessed { String::new() } else { entry.answer.text(&voice).trim().to_owned() }
}

/// The latest pilot.
pub fn pilot_note(subject: &Subject<'_>) -> Document {
    let mut private = Private::default();
    let mut note = Document::titled(format!("Pilot note: {}", title(subject)));
    let pilots = subject.records::<Pilot>(&mut private);
    let running = pilots.iter().rev().find(|pilot| pilot.outcome == PilotOutcome::Open);
    let Some(pilot) = running.or(pilots.last()).copied() else {
        note.paragraph("No pilot is noted yet.");
        note.private = private;
        return note;
    };
    let dates = match (pilot.from, pilot.until) {
        (Some(from), Some(until)) => format!("{} to {}", day(from), day(until)),
        (Some(from), None) => format!("from {}", day(from)),
        (None, Some(until)) => format!("until {}", day(until)),
        (None, None) => String::new(),
    };
    let outcome = match (pilot.outcome, pilot.decided) {
        (PilotOutcome::Open, _) => String::new(),
        (outcome, Some(on)) => format!("{}, {}. {}", outcome.words(), day(on), pilot.why.trim()),
        (outcome, None) => format!("{}. {}", outcome.words(), pilot.why.trim()),
    };
    note.blocks.push(Block::Facts(vec![
        fact("Aim", &pilot.aim),
        fact("Dates", dates),
        fact("Sessions", &pilot.sessions),
    ]));
    note.heading(Level::Section, "Signs of a fit");
    let signs = subject.records::<FitSign>(&mut private).into_iter();
    let rows = signs.filter(|sign| sign.pilot.as_ref() == Some(&pilot.id)).map(|sign| {
        let who = sign.side.as_ref().map_or_else(|| "both sides".to_owned(), |id| subject.side(id));
        // a sign that nobody spoke about says nothing against the pilot
        let heard = match sign.heard {
            SignHeard::NotHeard => "not heard yet",
            heard => heard.words(),
        };
        vec![or_to_agree(&sign.what).to_owned(), who, heard.to_owned(), sign.words.clone()]
    });
    table(&mut note, ["Sign", "For whom", "Heard", "In whose words"], rows.collect());
    note.heading(Level::Section, "Looking back");
    note.blocks.push(Block::Facts(vec![
        fact("What worked", &pilot.worked),
        fact("What we gained", &pilot.our_wins),
        fact("What they gained", &pilot.their_wins),
        fact("What could grow", &pilot.could_grow),
        fact("Looking back together", &pilot.together),
        fact("Outcome", outcome.trim()),
    ]));
    note.private = private;
    note
}

/// The line that both sides would sign.
pub fn vision(subject: &Subject<'_>) -> Document {
    let mut line = Document::titled("Our shared vision");
    let mut private = Private::default();
    for id in ["BLD-7", "SCO-2"] {
        let found = subject
            .select(subject.content().question(id), |entry| !entry.answer.agreed().text.trim().is_empty());
        private += found.private;
        if let Some(agreed) = found.entries.first().and_then(|entry| voices::agreed(subject, entry.answer)) {
            line.blocks.push(agreed);
            line.private = private;
            return line;
        }
    }
    line.paragraph(TO_AGREE);
    line.private = private;
    line
}

#[cfg(test)]
mod tests;
