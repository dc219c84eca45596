//! How an ending goes, step by step: what is to be wound up, who hears in which order, what still stands in the way, and
//! what announcing it, being done with it and opening it again come to.
//!
//! The reasons are written once, with the ending; a change of state takes them from there. Whatever is filled in comes from
//! the book. Start reading at [`ending_now`] and [`what_stands`].

use jiff::civil::Date;

use super::pause::{resumed, snapshot};
use super::say::side;
use crate::content::Content;
use crate::domain::{
    Choice, Edit, Ending, IdSource, InFamily, Legacy, MoneyLine, Owed, Parting, PartnerId, PartnershipState,
    Pause, Promise, PromiseState, RecordId, StateChange, Teller, Who, WindUp, WindUpState, Workbook,
};
use crate::order::InOrder;

/// What is gone through once at every end, beside what the book knows of.
const REMINDERS: &[(Owed, &str)] = &[
    (Owed::Kit, "what was lent goes back: things, keys, folders"),
    (Owed::Data, "what we know about people: who keeps it, what is deleted"),
    (Owed::Credit, "who is named for what, and where"),
    (Owed::Thanks, "thanks to everybody who took part"),
];

/// The ending that is under way: the last that is decided and not done. Where there is none, the last that was decided;
/// else the last of all.
pub fn ending_now(workbook: &Workbook) -> Option<&Ending> {
    ending_of(&workbook.all::<Ending>().iter().collect::<Vec<_>>())
}

/// The same, of those that may be seen.
pub fn ending_of<'a>(all: &[&'a Ending]) -> Option<&'a Ending> {
    let decided = |ending: &&&'a Ending| ending.parting != Parting::NotDecided;
    let open = all.iter().rfind(|ending| decided(ending) && ending.done.is_none());
    open.or_else(|| all.iter().rfind(decided)).or_else(|| all.last()).copied()
}

/// What still stands between now and settled, a sentence each; empty where nothing does.
pub fn what_stands(workbook: &Workbook) -> Vec<String> {
    let Some(ending) = ending_now(workbook).filter(|ending| ending.parting != Parting::NotDecided) else {
        let mut stands =
            vec!["It is not decided yet whether it ends, rests, starts over or is handed on.".to_owned()];
        stands.extend(owed_or_unheard(workbook));
        return stands;
    };
    let mut stands = owed_or_unheard(workbook);
    if ending.check_back.is_none() && !ending.no_check_back {
        stands.push("No day to check back is set, and nobody has said that none is wanted.".to_owned());
    }
    stands
}

fn owed_or_unheard(workbook: &Workbook) -> Vec<String> {
    let owed = workbook.all::<WindUp>().iter().filter(|owed| owed.state == WindUpState::Open);
    let unheard = tellers(workbook).into_iter().filter(|teller| teller.done.is_none());
    let owed: Vec<&str> = owed.map(|owed| owed.what.trim()).collect();
    let unheard: Vec<&str> = unheard.map(|teller| teller.name.trim()).collect();
    let mut stands = Vec::new();
    match owed.as_slice() {
        [] => {}
        [one] => stands.push(format!("1 thing is still owed: {}.", or_something(one))),
        [first, ..] => {
            stands.push(format!("{} things are still owed, first: {}.", owed.len(), or_something(first)));
        }
    }
    match unheard.as_slice() {
        [] => {}
        [one] => stands.push(format!("Still to be told: {}.", or_something(one))),
        [first, ..] => {
            stands.push(format!("{} have still to be told, first {}.", unheard.len(), or_something(first)));
        }
    }
    stands
}

fn or_something(words: &str) -> &str {
    let words = words.trim_end_matches(['.', ' ']);
    if words.is_empty() { "something without words" } else { words }
}

/// Everybody who has to hear, in the order of their turns; those without one come last.
pub fn tellers(workbook: &Workbook) -> Vec<&Teller> {
    let mut tellers: Vec<&Teller> = workbook.all::<Teller>().iter().collect();
    tellers.order_by_key(|teller| (teller.turn.is_none(), teller.turn));
    tellers
}

/// Moves somebody up or down in the order of those who have to hear; all are numbered anew from 1. Empty where that changes
/// nothing.
pub fn move_teller(workbook: &Workbook, teller: &RecordId, by: isize) -> Vec<Edit> {
    let mut order = tellers(workbook);
    let Some(from) = order.iter().position(|one| one.id == *teller) else { return Vec::new() };
    let to = from.saturating_add_signed(by).min(order.len().saturating_sub(1));
    if from == to {
        return Vec::new();
    }
    let moved = order.remove(from);
    order.insert(to, moved);
    let numbered = order.into_iter().zip(1..);
    let changed = numbered.filter(|(teller, turn)| teller.turn != Some(*turn));
    changed.map(|(teller, turn)| set(Teller { turn: Some(turn), ..teller.clone() })).collect()
}

/// The turn of whoever is added to those who have to hear: the last.
pub fn next_turn(workbook: &Workbook) -> u32 {
    workbook.all::<Teller>().iter().filter_map(|teller| teller.turn).max().unwrap_or(0).saturating_add(1)
}

/// What the book knows to be open and is not among what is to be wound up yet: promises in either direction, money that was
/// not paid; and four things that are forgotten at every end.
pub fn still_to_wind_up(workbook: &Workbook, ids: &IdSource) -> Vec<WindUp> {
    let ending = ending_now(workbook).map(|ending| ending.id.clone());
    let blank = || WindUp { ending: ending.clone(), ..WindUp::new(ids.record()) };
    let there = workbook.all::<WindUp>();
    // one whose words were changed since is there all the same
    let same = |old: &WindUp, owed: &WindUp| owed.promise.is_some() && old.promise == owed.promise;
    let is_new = |owed: &WindUp| {
        !there.iter().any(|old| same(old, owed) || (old.kind == owed.kind && old.what.trim() == owed.what))
    };
    let promises = workbook.promises().iter().filter(|promise| promise.is_owed()).map(|promise| WindUp {
        what: promise.what.trim().to_owned(),
        kind: Owed::Promise,
        side: Some(promise.to.clone()),
        lead: Some(Who { side: promise.by.clone(), person: promise.by_person.clone() }),
        due: promise.due,
        private: workbook.is_secret(promise),
        promise: Some(promise.id.clone()),
        ..blank()
    });
    let money = workbook.all::<MoneyLine>().iter().filter(|line| line.paid.is_none());
    let money = money.map(|line| WindUp {
        what: money_in_words(line, workbook),
        kind: Owed::Money,
        side: line.paid_to.clone(),
        lead: line.held_by.clone().map(Who::side),
        due: line.due,
        private: workbook.keeps_back(line.lent()),
        ..blank()
    });
    let forgotten = REMINDERS.iter().filter(|(kind, _)| !there.iter().any(|old| old.kind == *kind));
    let reminders = forgotten.map(|(kind, what)| WindUp { what: (*what).to_owned(), kind: *kind, ..blank() });
    promises.chain(money).filter(is_new).chain(reminders).collect()
}

/// The promise that something to be wound up came from, where it is still there.
pub fn promise_of<'w>(owed: &WindUp, workbook: &'w Workbook) -> Option<&'w Promise> {
    let id = owed.promise.as_ref()?;
    workbook.promises().iter().find(|promise| promise.id == *id)
}

/// What a promise comes to when what was to be wound up of it comes to a state.
fn comes_to(state: WindUpState) -> PromiseState {
    match state {
        WindUpState::Open => PromiseState::Open,
        WindUpState::Done => PromiseState::Kept,
        WindUpState::Waived => PromiseState::LetGo,
    }
}

/// Whether a state of something to be wound up would change the promise that it came from. One that is owed on other terms
/// stays so.
pub fn takes_along(promise: &Promise, state: WindUpState) -> bool {
    let to = comes_to(state);
    promise.state != to && !(to.is_owed() && promise.is_owed())
}

/// Says what has become of something to be wound up: its state, the day, and why it was let go where words are given. The
/// promise that is given comes along, as far as that changes it.
pub fn wind_up(
    owed: &WindUp,
    state: WindUpState,
    why: &str,
    promise: Option<&Promise>,
    today: Date,
) -> Vec<Edit> {
    let done = if state == WindUpState::Open { None } else { owed.done.or(Some(today)) };
    let why = if why.trim().is_empty() { owed.why.clone() } else { why.trim().to_owned() };
    let along = promise.filter(|promise| takes_along(promise, state)).map(|promise| {
        let says_why = state == WindUpState::Waived && promise.note.trim().is_empty();
        let note = if says_why { why.clone() } else { promise.note.clone() };
        set(Promise { state: comes_to(state), changed: Some(today), note, ..promise.clone() })
    });
    let own = set(WindUp { state, done, why, ..owed.clone() });
    std::iter::once(own).chain(along).collect()
}

fn money_in_words(line: &MoneyLine, workbook: &Workbook) -> String {
    let what = line.what.trim();
    let amount = line.amount.as_ref().map(ToString::to_string).unwrap_or_default();
    let to = line.paid_to.as_ref().map(|to| format!(" to {}", side(workbook, to))).unwrap_or_default();
    match (amount.is_empty(), what.is_empty()) {
        (false, false) => format!("{amount}{to}, for {what}"),
        (false, true) => format!("{amount}{to}"),
        (true, _) => format!("{}{to}", if what.is_empty() { "money" } else { what }),
    }
}

/// The state that announcing an ending leads to; none for starting over, which goes on, and where nothing is decided.
pub fn announced_state(parting: Parting) -> Option<PartnershipState> {
    match parting {
        Parting::End | Parting::HandOn => Some(PartnershipState::Ending),
        Parting::Pause => Some(PartnershipState::Paused),
        Parting::NotDecided | Parting::Reset => None,
    }
}

/// Announces an ending: it has its day, and the partnership its state, with the reasons that stand with the ending. Where
/// the day that was named is over, the state is of that day.
pub fn announce(ending: &Ending, workbook: &Workbook, content: &Content, today: Date) -> Vec<Edit> {
    let on = ending.announced.filter(|on| *on <= today).unwrap_or(today);
    let mut edits = Vec::new();
    if ending.announced != Some(on) {
        edits.push(set(Ending { announced: Some(on), ..ending.clone() }));
    }
    let state = announced_state(ending.parting).filter(|state| *state != workbook.state());
    edits.extend(state.map(|state| {
        let pause = (state == PartnershipState::Paused).then(|| {
            Box::new(Pause {
                until: ending.check_back,
                restart: ending.bring_back.clone(),
                snapshot: snapshot(workbook, content, today),
                ..Pause::default()
            })
        });
        Edit::ChangeState(StateChange { pause, ..reasons(ending, state, on) })
    }));
    edits
}

/// The end of an ending: it is done today, and the partnership has ended; one that only rests goes on resting.
pub fn done_with(ending: &Ending, workbook: &Workbook, today: Date) -> Vec<Edit> {
    let mut edits = vec![set(Ending { done: ending.done.or(Some(today)), ..ending.clone() })];
    let ends = matches!(ending.parting, Parting::End | Parting::HandOn);
    if ends && workbook.state() != PartnershipState::Ended {
        edits.push(Edit::ChangeState(reasons(ending, PartnershipState::Ended, today)));
    }
    edits
}

/// Opens again what has ended: the state goes back to what it was before; the ending stays where it is.
pub fn open_again(workbook: &Workbook, today: Date) -> Vec<Edit> {
    let state = resumed(workbook);
    if state == workbook.state() {
        return Vec::new();
    }
    vec![Edit::ChangeState(StateChange::to(state, today))]
}

fn reasons(ending: &Ending, state: PartnershipState, on: Date) -> StateChange {
    StateChange {
        ours: ending.ours.clone(),
        theirs: ending.theirs.clone(),
        decided_by: ending.by.clone(),
        ..StateChange::to(state, on)
    }
}

/// Whose wish an ending was, in words: "our wish", "the wish of City Museum"; empty where it was everybody's.
pub fn wish_in_words(wish: Option<&PartnerId>, workbook: &Workbook) -> String {
    match wish {
        None => String::new(),
        Some(id) if id.is_us() => "our wish".to_owned(),
        Some(id) => format!("the wish of {}", side(workbook, id)),
    }
}

/// An ending in words: "end it, on 31 March 2026".
pub fn ending_in_words(ending: &Ending) -> String {
    let on = ending.closes.map(|on| format!(", on {}", on.strftime("%-d %B %Y"))).unwrap_or_default();
    format!("{}{on}", ending.parting.words())
}

/// What remains of the work, and how much of it has a keeper: both may be 0.
pub fn what_remains(workbook: &Workbook) -> (usize, usize) {
    let all = workbook.all::<Legacy>();
    (all.len(), all.iter().filter(|legacy| legacy.keeper.is_some()).count())
}

/// The same in words, for what has ended: "3 things remain, kept"; empty where nothing was noted.
pub fn remains_in_words((all, kept): (usize, usize)) -> String {
    let remain = match all {
        0 => return String::new(),
        1 => "1 thing remains".to_owned(),
        all => format!("{all} things remain"),
    };
    match kept {
        0 => remain,
        kept if kept == all => format!("{remain}, kept"),
        kept => format!("{remain}, {kept} of them kept"),
    }
}

fn set(record: impl Into<crate::domain::AnyRecord>) -> Edit {
    Edit::SetRecord(Box::new(record.into()))
}

#[cfg(test)]
mod tests;
