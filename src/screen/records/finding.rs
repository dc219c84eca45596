//! What a candidate's keys do beyond the table: states with their day, and becoming a partner.

use super::set;
use crate::command::{Ctx, Go, Outcome};
use crate::domain::{
    AnyRecord, Candidate, CandidateState, Choice, PartnerField, PartnerId, TextPlace, onward,
};
use crate::overlay::{Menu, MenuRow};
use crate::screen::{prompts, words};

/// Offers the states. Being approached and a reply have a day: it is asked for, and set with the state.
pub(super) fn mark(candidate: &Candidate, ctx: &Ctx<'_>) -> Outcome {
    let row = |state: CandidateState| {
        let aside = if state == candidate.state { "now" } else { "" };
        MenuRow::new(None, words::capital(state.words()), aside, to(candidate, state, ctx))
    };
    let rows = CandidateState::ALL.iter().map(|state| row(*state)).collect();
    let at = CandidateState::ALL.iter().position(|state| *state == candidate.state).unwrap_or(0);
    Outcome::Open(Box::new(Menu::new(words::or(&candidate.name, "A candidate"), rows).focused(at)))
}

fn to(candidate: &Candidate, state: CandidateState, ctx: &Ctx<'_>) -> Outcome {
    let (today, with) = (ctx.today(), Candidate { state, ..candidate.clone() });
    match state {
        CandidateState::Approached => {
            let now = candidate.approached.or(Some(today));
            prompts::happened("When did you approach them?", now, today, move |on| {
                Outcome::Edit(set(Candidate { approached: on, ..with.clone() }))
            })
        }
        CandidateState::Talking => {
            let now = candidate.replied.or(Some(today));
            prompts::happened("When did they reply?", now, today, move |on| {
                Outcome::Edit(set(Candidate { replied: on, ..with.clone() }))
            })
        }
        CandidateState::Partner => partner(Some(&candidate.clone().into()), ctx),
        _ => Outcome::Edit(set(with)),
    }
}

/// They take part from now on, in one step that is undone as one.
pub(super) fn partner(record: Option<&AnyRecord>, ctx: &Ctx<'_>) -> Outcome {
    let (Some(AnyRecord::Candidate(candidate)), Some(workbook)) = (record, ctx.workbook()) else {
        return Outcome::Unused;
    };
    if !ctx.writable {
        return Outcome::Say(words::READ_ONLY.to_owned());
    }
    let name = words::or(&candidate.name, "They").trim().to_owned();
    let people = |id: &PartnerId| Go::People(Some(TextPlace::Partner(id.clone(), PartnerField::Name)));
    if let Some(partner) = candidate.partner.as_ref().filter(|id| workbook.partner(id).is_some()) {
        let said = Outcome::Say(format!("{name}: a partner of this workbook already."));
        return Outcome::All(vec![Outcome::Go(people(partner)), said]);
    }
    let id = ctx.ids.partner();
    let edits = onward::becomes_partner(candidate, id, ctx.ids, ctx.today());
    let undo = ctx.keymap.shown("global.undo");
    let kept = if candidate.private {
        "What is private about them stayed with the candidate."
    } else {
        "What you know of them came along."
    };
    let said = format!("{name}: a partner now. {kept} {undo} takes it back.");
    Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
}
