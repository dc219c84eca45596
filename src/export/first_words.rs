//! What goes to candidates, and the lists of them: the email, the script for a call, the request for an introduction.
//!
//! A candidate stands in no partner's copy. Each document is about the one who was named, or else the one who comes next:
//! see [`to_approach`].

use super::document::{Document, Item, Private};
use super::subject::Subject;
use super::voices::{self, day, or_to_agree};
use super::{TO_AGREE, title};
use crate::domain::query::is_one_sided;
use crate::domain::{Candidate, CandidateState, Choice, Route};

/// Everybody who was thought of.
pub fn longlist(subject: &Subject<'_>) -> Document {
    candidates(subject, "Longlist", |_| true)
}

/// Those who might well suit, or with whom it has gone further.
pub fn shortlist(subject: &Subject<'_>) -> Document {
    candidates(subject, "Shortlist", |candidate| {
        !matches!(candidate.state, CandidateState::Idea | CandidateState::NotNow)
    })
}

fn candidates(subject: &Subject<'_>, name: &str, wanted: fn(&Candidate) -> bool) -> Document {
    let mut list = Document::titled(format!("{name} of candidates: {}", title(subject)));
    let mut private = Private::default();
    let all: Vec<&Candidate> =
        subject.records::<Candidate>(&mut private).into_iter().filter(|c| wanted(c)).collect();
    let cell = |text: &str| or_to_agree(text.trim()).to_owned();
    let dated = |label: &str, on: Option<jiff::civil::Date>| on.map(|on| format!("{label} {}", day(on)));
    let row = |candidate: &&Candidate| {
        let next = match (candidate.next_step.trim(), candidate.next) {
            ("", None) => TO_AGREE.to_owned(),
            ("", Some(on)) => day(on),
            (step, None) => step.to_owned(),
            (step, Some(on)) => format!("{step}, {}", day(on)),
        };
        let come = [
            Some(candidate.state.words().to_owned()),
            dated("approached", candidate.approached),
            dated("replied", candidate.replied),
        ];
        vec![
            cell(&candidate.name),
            come.into_iter().flatten().collect::<Vec<_>>().join("; "),
            cell(&candidate.fit),
            cell(&candidate.might_want),
            cell(&candidate.warm_link),
            cell(&candidate.contact),
            next,
        ]
    };
    let head = [
        "Who",
        "How far",
        "Why they might suit",
        "What they might want",
        "Who knows them",
        "First contact",
        "Next",
    ];
    if all.is_empty() {
        list.paragraph("Nobody stands here yet.");
    } else {
        list.table(head, all.iter().map(row).collect());
    }
    list.private = private;
    list
}

/// The candidate to whom first words are due: the one who was named; or else one who was not approached yet, the short list
/// and those with an opener first. Nobody who was approached, has become a partner or was turned down is picked unasked.
fn to_approach<'a>(subject: &Subject<'a>, private: &mut Private) -> Option<&'a Candidate> {
    let all = subject.records::<Candidate>(private);
    if subject.about().is_some() {
        return subject.named(&all);
    }
    let open = |candidate: &&&Candidate| {
        candidate.approached.is_none()
            && matches!(candidate.state, CandidateState::Idea | CandidateState::Shortlisted)
    };
    let due = all.iter().filter(open).max_by_key(|candidate| {
        (candidate.state == CandidateState::Shortlisted, !candidate.opener.trim().is_empty())
    });
    due.copied()
}

/// Who we are, why you, what you might gain, one small next step: with what stands beside it.
struct Pitch {
    name: String,
    who_we_are: String,
    why_you: String,
    their_gain: String,
    next: String,
}

fn pitch(subject: &Subject<'_>, candidate: Option<&Candidate>, document: &mut Document) -> Pitch {
    let us = subject.us();
    let kind = us.kind.trim();
    let kind = if kind.is_empty() { String::new() } else { format!(", {kind}") };
    let text = |part: fn(&Candidate) -> &String| {
        or_to_agree(candidate.map_or("", |candidate| part(candidate).trim())).to_owned()
    };
    if let Some(candidate) = candidate {
        let name = or_to_agree(candidate.name.trim());
        if subject.about().is_none() {
            document.beside.push(format!("For {name}: the candidate who comes next."));
        }
        if is_one_sided(candidate) {
            document.beside.push("It does not say yet what is in it for them.".to_owned());
        }
    } else {
        document.beside.push(
            "No candidate waits for first words. Please say for whom it is, or note a candidate first."
                .to_owned(),
        );
    }
    Pitch {
        name: text(|c| &c.name),
        who_we_are: format!("{}{kind}", voices::name_of(us)),
        why_you: text(|c| &c.fit),
        their_gain: text(|c| &c.their_gain),
        next: text(|c| &c.next_step),
    }
}

/// An email to a candidate.
pub fn approach(subject: &Subject<'_>) -> Document {
    let (mut mail, mut private) = (Document::default(), Private::default());
    let candidate = to_approach(subject, &mut private);
    let pitch = pitch(subject, candidate, &mut mail);
    let opener = candidate.map_or("", |candidate| candidate.opener.trim());
    let contact = candidate.map_or("", |candidate| candidate.contact.trim());
    mail.paragraph(format!("To {}, {}", or_to_agree(contact), pitch.name));
    if opener.is_empty() {
        mail.paragraph(format!("We are {}.", pitch.who_we_are));
        mail.paragraph(format!("Why we write to you: {}", pitch.why_you));
    } else {
        mail.paragraph(opener);
    }
    mail.paragraph(format!("What you might gain: {}", pitch.their_gain));
    mail.paragraph(format!("A small next step, if you like: {}", pitch.next));
    mail.paragraph(voices::name_of(subject.us()));
    say_beside(&mut mail, private);
    mail
}

/// Four lines for a call to a candidate.
pub fn call_script(subject: &Subject<'_>) -> Document {
    let mut private = Private::default();
    let candidate = to_approach(subject, &mut private);
    let mut script = Document::default();
    let pitch = pitch(subject, candidate, &mut script);
    script.title = format!("Call to {}", pitch.name);
    script.list(vec![
        Item::new("Who I am", format!("I am with {}.", pitch.who_we_are)),
        Item::new("Why you", pitch.why_you),
        Item::new("What you might gain", pitch.their_gain),
        Item::new("A small next step", pitch.next),
    ]);
    say_beside(&mut script, private);
    script
}

/// A message to whoever knows a candidate and could introduce us.
pub fn introduction(subject: &Subject<'_>) -> Document {
    let (mut mail, mut private) = (Document::default(), Private::default());
    let all = subject.records::<Candidate>(&mut private);
    let open = |c: &&&Candidate| c.approached.is_none() && c.state != CandidateState::NotNow;
    let through = |c: &&&Candidate| c.route == Route::Introduction || !c.warm_link.trim().is_empty();
    let candidate = match subject.about() {
        Some(_) => subject.named(&all),
        None => all.iter().rev().filter(open).find(through).copied(),
    };
    let candidate = candidate.or_else(|| to_approach(subject, &mut Private::default()));
    let pitch = pitch(subject, candidate, &mut mail);
    let link = candidate.map_or("", |candidate| candidate.warm_link.trim());
    let contact = candidate.map_or("", |candidate| candidate.contact.trim());
    mail.paragraph(format!("To {},", or_to_agree(link)));
    let name = &pitch.name;
    mail.paragraph(format!("you know {name}. Would you bring us together, if that feels right to you?"));
    mail.list(vec![
        Item::new("Whom we hope to meet", or_to_agree(contact)),
        Item::new("Why them", pitch.why_you),
        Item::new("What they might gain", pitch.their_gain),
        Item::new("A small next step", pitch.next),
    ]);
    mail.paragraph("If you would rather not, that is quite all right; please just say so.");
    mail.paragraph(voices::name_of(subject.us()));
    say_beside(&mut mail, private);
    mail
}

/// What was left out of a message is said beside it, not in it.
pub(super) fn say_beside(message: &mut Document, private: Private) {
    let left_out = match private.left_out {
        0 => return,
        1 => "1 private record was not looked at.".to_owned(),
        n => format!("{n} private records were not looked at."),
    };
    message.beside.push(left_out);
}
