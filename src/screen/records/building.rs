//! What a pilot's keys do beyond the table: what follows from it, and its signs of a fit beside it.

use crate::command::{Ctx, Go, Outcome};
use crate::domain::query::side;
use crate::domain::{
    AnyRecord, Choice, Edit, Family, FitSign, PartnerId, PartnershipState, Pilot, PilotOutcome, Workbook,
    onward,
};
use crate::order::InOrder;
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::form::FormField;
use crate::screen::words;

/// Offers what may follow from a pilot; each then offers what it could carry over, in words.
pub(super) fn mark(pilot: &Pilot, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let row = |outcome: PilotOutcome| {
        let aside = if outcome == pilot.outcome { "now" } else { "" };
        let then = match outcome {
            PilotOutcome::Open => edits(onward::outcome_only(pilot, outcome, ctx.today())),
            PilotOutcome::Continue => carry_on(pilot, workbook, ctx),
            PilotOutcome::Change => change(pilot, workbook, ctx),
            PilotOutcome::Stop => stop(pilot, ctx),
        };
        MenuRow::new(None, words::capital(outcome.words()), aside, then)
    };
    let rows = PilotOutcome::ALL.iter().map(|outcome| row(*outcome)).collect();
    let at = PilotOutcome::ALL.iter().position(|outcome| *outcome == pilot.outcome).unwrap_or(0);
    Outcome::Open(Box::new(Menu::new(words::or(&pilot.aim, "A pilot"), rows).focused(at)))
}

fn edits(edits: Vec<Edit>) -> Outcome {
    Outcome::Edits(edits)
}

fn offer(title: &str, rows: Vec<(&str, Vec<Edit>)>) -> Outcome {
    let row = |(words, all): (&str, Vec<Edit>)| MenuRow::new(None, words, "", edits(all));
    Outcome::Open(Box::new(Menu::new(title, rows.into_iter().map(row).collect())))
}

fn carry_on(pilot: &Pilot, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let with = |activity, active| onward::carries_on(pilot, workbook, ctx.ids, ctx.today(), activity, active);
    let mut rows = vec![("Its aim becomes an activity", with(true, false))];
    if matches!(workbook.state(), PartnershipState::Exploring | PartnershipState::Pilot) {
        rows.push(("Its aim becomes an activity, and the partnership is active", with(true, true)));
        rows.push(("The partnership is active", with(false, true)));
    }
    rows.push(("Only note that it is carried on", with(false, false)));
    offer("Carry on. What follows from it?", rows)
}

fn change(pilot: &Pilot, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let again = onward::changes(pilot, workbook, ctx.ids, ctx.today());
    let only = onward::outcome_only(pilot, PilotOutcome::Change, ctx.today());
    let rows = vec![
        ("Begin a new pilot from this one; its signs are not heard yet", again),
        ("Only note that it changes", only),
    ];
    offer("Change it. What follows from it?", rows)
}

fn stop(pilot: &Pilot, ctx: &Ctx<'_>) -> Outcome {
    let only = onward::outcome_only(pilot, PilotOutcome::Stop, ctx.today());
    let (pilot, today) = (pilot.clone(), ctx.today());
    let decision = ctx.ids.record();
    let why = pilot.why.clone();
    let ask = Prompt::new("Why does it stop?", &why, move |why| {
        Ok(Outcome::Edits(onward::stops(&pilot, &why, decision.clone(), today)))
    })
    .hint("In words that both sides would accept. It stands with the pilot and among the decisions.");
    let rows = vec![
        MenuRow::new(None, "Note the reason, as a decision too", "", Outcome::Open(Box::new(ask))),
        MenuRow::new(None, "Only note that it stops", "", edits(only)),
    ];
    Outcome::Open(Box::new(Menu::new("Stop. What follows from it?", rows)))
}

/// The signs of a pilot, side by side with it, each leading to where it is changed; nothing for other records.
pub(super) fn signs(record: &AnyRecord, workbook: &Workbook) -> Vec<FormField> {
    let AnyRecord::Pilot(pilot) = record else { return Vec::new() };
    let of_it = workbook.all::<FitSign>().iter().filter(|sign| sign.pilot.as_ref() == Some(&pilot.id));
    let mut signs: Vec<&FitSign> = of_it.collect();
    signs.order_by(|a, b| a.side.cmp(&b.side));
    let field = |sign: &FitSign| {
        let who = sign.side.as_ref().map_or_else(|| "both sides".to_owned(), |id| side(workbook, id));
        let what = words::or(&sign.what, "not said yet");
        let said = format!("{}: {what} ({})", words::capital(&who), sign.heard.words());
        FormField::link("Sign of a fit", said, Go::Records(Family::FitSign, Some(sign.id.clone())))
    };
    signs.into_iter().map(field).collect()
}

/// Asks for a sign, then for whose it is, and adds it to the pilot.
pub(super) fn add_sign(record: Option<&AnyRecord>, ctx: &Ctx<'_>) -> Outcome {
    let (Some(AnyRecord::Pilot(pilot)), Some(workbook)) = (record, ctx.workbook()) else {
        return Outcome::Unused;
    };
    if !ctx.writable {
        return Outcome::Say(words::READ_ONLY.to_owned());
    }
    let blank = FitSign { pilot: Some(pilot.id.clone()), ..FitSign::new(ctx.ids.record()) };
    let us = workbook.us().id.clone();
    let sides = std::iter::once(us).chain(workbook.partners().iter().map(|partner| partner.id.clone()));
    let sides: Vec<_> = sides.map(|id| (words::capital(&side(workbook, &id)), id)).collect();
    let ask = Prompt::new("What would tell that it fits?", "", move |what| {
        if what.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        let row = |(name, id): &(String, PartnerId)| {
            let sign = FitSign { what: what.clone(), side: Some(id.clone()), ..blank.clone() };
            MenuRow::new(None, name.clone(), "", Outcome::Edit(added_only(sign)))
        };
        let mut rows: Vec<MenuRow> = sides.iter().map(row).collect();
        let both = FitSign { what: what.clone(), ..blank.clone() };
        rows.push(MenuRow::new(None, "Both sides", "", Outcome::Edit(added_only(both))));
        Ok(Outcome::Open(Box::new(Menu::new("For whom would it be a sign?", rows))))
    });
    Outcome::Open(Box::new(ask.placeholder("families come back a second time")))
}

fn added_only(sign: FitSign) -> Edit {
    Edit::AddRecord { record: Box::new(sign.into()), place: usize::MAX }
}
