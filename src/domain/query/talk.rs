//! What a talk is for: what to ask a partner, what is owed between us, and what a line has become.

use super::walk::with_standing;
use crate::content::{Content, types::Question};
use crate::domain::{
    Answer, Call, Heard, Line, PartnerId, Promise, RecordId, SaidIn, Source, Standing, Tag, Workbook,
};

/// Something to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToAsk<'a> {
    /// A question that was jotted down and has not been asked.
    Kept {
        /// The call, or the jots of a day.
        call: &'a Call,
        /// The line of it.
        line: &'a Line,
    },
    /// A question on which this partner and we differ.
    Disputed(&'a Question),
    /// A question whose answer we only believe.
    Guess(&'a Question),
}

/// What to ask a partner, or anybody where none is given: questions kept first, then disputes, then guesses. The lines of
/// the call `now` are left out: they were said just now.
pub fn to_ask<'a>(
    workbook: &'a Workbook,
    content: &'a Content,
    partner: Option<&PartnerId>,
    now: &RecordId,
) -> Vec<ToAsk<'a>> {
    let with = |call: &&Call| {
        let for_them = match partner {
            None => true,
            // of somebody whom nobody knows yet, only what is for nobody in particular
            Some(partner) if partner.is_unsorted() => call.is_jots(),
            Some(partner) => call.partner.is_none() || call.partners().any(|on| on == partner),
        };
        call.id != *now && for_them
    };
    let kept = workbook.calls().iter().filter(with).flat_map(|call| {
        let open = |line: &&Line| line.tag == Some(Tag::Ask) && !line.done && !line.text.trim().is_empty();
        call.lines.iter().filter(open).map(move |line| ToAsk::Kept { call, line })
    });
    let heard =
        |answer: &Answer| partner.and_then(|partner| answer.theirs(partner)).map(|theirs| theirs.heard);
    let disputed = with_standing(workbook, content, Standing::Disputed)
        .filter(|(_, answer)| partner.is_none() || heard(answer) == Some(Heard::Disputed))
        .map(|(question, _)| ToAsk::Disputed(question));
    let known = partner.is_none_or(|partner| !partner.is_unsorted());
    let guesses = with_standing(workbook, content, Standing::Guess)
        .filter(|(_, answer)| known && heard(answer).is_none_or(|heard| heard == Heard::Guess))
        .map(|(question, _)| ToAsk::Guess(question));
    kept.chain(disputed).chain(guesses).collect()
}

/// What is still owed between us and a partner, or anybody where none is given, oldest first.
pub fn owed_with<'a>(
    workbook: &'a Workbook,
    partner: Option<&'a PartnerId>,
) -> impl Iterator<Item = &'a Promise> {
    let with = move |promise: &&Promise| {
        promise.state.is_owed()
            && partner.is_none_or(|partner| promise.by == *partner || promise.to == *partner)
    };
    workbook.promises().iter().filter(with)
}

/// Whether something in the workbook names this line as where it was said.
pub fn is_source(workbook: &Workbook, said: &SaidIn) -> bool {
    let named = |by: &Option<SaidIn>| by.as_ref() == Some(said);
    workbook.promises().iter().any(|promise| named(&promise.said_in))
        || workbook.words().iter().any(|word| named(&word.said_in))
        || workbook.legacies().iter().any(|legacy| named(&legacy.said_in))
        || workbook.answers().any(|(_, answer)| {
            workbook
                .partners()
                .iter()
                .filter_map(|partner| answer.theirs(&partner.id))
                .any(|theirs| matches!(&theirs.source, Source::Call(by) if by == said))
        })
}

/// With whom a call is, in a few words: the side, or those who are on it where the side is not known. `None` where
/// nobody was named.
pub fn call_with(call: &Call, workbook: &Workbook) -> Option<String> {
    let sides = sides_on(call, workbook);
    if sides.is_some() {
        return sides;
    }
    let people = call.with.iter().filter_map(|id| workbook.person(id)).map(|person| person.name.trim());
    let people: Vec<&str> = people.filter(|name| !name.is_empty()).collect();
    let (last, others) = people.split_last()?;
    Some(if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) })
}

/// The partners on a call by their names: "City Museum and Botanic garden". `None` where no partner is known.
pub fn sides_on(call: &Call, workbook: &Workbook) -> Option<String> {
    let sides: Vec<String> = call.partners().map(|id| super::side(workbook, id)).collect();
    let (last, others) = sides.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
}

/// What a call is called: "Call with City Museum", "Jotted 12 March".
pub fn call_title(call: &Call, workbook: &Workbook) -> String {
    if call.is_jots() {
        return format!("Jotted {}", call.on.strftime("%-d %B %Y"));
    }
    let occasion = call.medium.occasion();
    let partner = sides_on(call, workbook);
    let people = call.with.iter().filter_map(|id| workbook.person(id));
    let people = people.filter(|person| !person.name.trim().is_empty());
    // somebody of a second partner is said to be so
    let from_elsewhere =
        |of: &PartnerId| call.partner.as_ref().is_some_and(|on| on != of) && !of.is_unsorted();
    let people = people.map(|person| match person.name.trim() {
        name if from_elsewhere(&person.partner) => {
            format!("{name} of {}", super::side(workbook, &person.partner))
        }
        name => name.to_owned(),
    });
    let people: Vec<String> = people.collect();
    match (partner, people.as_slice()) {
        (Some(partner), []) => format!("{occasion} with {partner}"),
        (Some(partner), people) => format!("{occasion} with {partner} - {}", people.join(", ")),
        (None, []) => format!("{occasion} with somebody"),
        (None, [others @ .., last]) if !others.is_empty() => {
            format!("{occasion} with {} and {last}", others.join(", "))
        }
        (None, people) => format!("{occasion} with {}", people.concat()),
    }
}
