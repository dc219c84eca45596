//! The rows of an ending: what stands in each, and under which heading.

use crate::command::Ctx;
use crate::domain::query::{self, ending_in_words, who_in_words, wish_in_words};
use crate::domain::{
    Choice, Ending, InFamily, Parting, PartnershipState, RecordId, Teller, WindUp, WindUpState, Workbook,
};
use crate::screen::words;

/// A row that can be in focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// Nothing is decided yet.
    Nothing,
    /// How it ends.
    Ending(RecordId),
    /// The step that comes next.
    Next(Next),
    /// Something to be wound up.
    Owed(RecordId),
    /// Somebody who has to hear.
    Teller(RecordId),
}

/// A step with the ending as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It is said, and the partnership has its state.
    Announce,
    /// All of it is done.
    Done,
    /// What had ended is taken up again.
    Reopen,
}

/// A row as it is said.
pub(super) struct Said {
    pub words: String,
    pub aside: String,
    /// It is over, so that it may step back.
    pub over: bool,
}

/// The rows, in order.
pub(super) fn entries(workbook: &Workbook) -> Vec<Entry> {
    let now = query::ending_now(workbook);
    let mut entries = vec![now.map_or(Entry::Nothing, |ending| Entry::Ending(ending.id.clone()))];
    entries.extend(now.into_iter().flat_map(|ending| next(ending, workbook)).map(Entry::Next));
    let of_it = |owed: &&WindUp| {
        owed.state == WindUpState::Open
            || owed.ending.is_none()
            || owed.ending.as_ref() == now.map(InFamily::id)
    };
    entries.extend(workbook.all::<WindUp>().iter().filter(of_it).map(|owed| Entry::Owed(owed.id.clone())));
    entries.extend(query::tellers(workbook).into_iter().map(|teller| Entry::Teller(teller.id.clone())));
    entries
}

fn next(ending: &Ending, workbook: &Workbook) -> Vec<Next> {
    use PartnershipState::{Ended, Ending as Winding, Paused};
    let state = workbook.state();
    let rests = matches!(state, Paused | Winding | Ended);
    let wanted = query::announced_state(ending.parting);
    let mut next = Vec::new();
    let said = ending.announced.is_some() && (wanted.is_none() || wanted == Some(state));
    if ending.parting != Parting::NotDecided && ending.done.is_none() {
        next.push(if said { Next::Done } else { Next::Announce });
    }
    next.extend(rests.then_some(Next::Reopen));
    next
}

/// The heading above a row, with what is said beside it; `None` where it stands under the one before.
pub(super) fn heading(entry: &Entry) -> &'static str {
    match entry {
        Entry::Nothing | Entry::Ending(_) | Entry::Next(_) => "How it ends",
        Entry::Owed(_) => "To wind up",
        Entry::Teller(_) => "Who has to hear, in this order",
    }
}

/// A row in words.
pub(super) fn said(entry: &Entry, workbook: &Workbook, ctx: &Ctx<'_>) -> Said {
    let plain = |words: &str| Said { words: words.to_owned(), aside: String::new(), over: false };
    match entry {
        Entry::Nothing => plain("Nothing is decided yet. Enter: end it, pause it, start over, hand it on"),
        Entry::Next(Next::Announce) if is_said(workbook) => plain("Let the state of the partnership follow"),
        Entry::Next(Next::Announce) => plain("Announce it: the state of the partnership follows"),
        Entry::Next(Next::Done) => plain("It is done"),
        Entry::Next(Next::Reopen) => plain("Open it again; how it ended stays written"),
        Entry::Ending(id) => {
            find(workbook, id).map_or_else(|| plain(""), |ending| ending_said(ending, workbook, ctx))
        }
        Entry::Owed(id) => {
            find(workbook, id).map_or_else(|| plain(""), |owed| owed_said(owed, workbook, ctx))
        }
        Entry::Teller(id) => {
            find(workbook, id).map_or_else(|| plain(""), |one| teller_said(one, workbook, ctx))
        }
    }
}

/// Whether the ending has been announced already, whatever the state of the partnership says.
fn is_said(workbook: &Workbook) -> bool {
    query::ending_now(workbook).is_some_and(|ending| ending.announced.is_some())
}

fn find<'w, R: InFamily>(workbook: &'w Workbook, id: &RecordId) -> Option<&'w R> {
    workbook.all::<R>().iter().find(|record| record.id() == id)
}

fn ending_said(ending: &Ending, workbook: &Workbook, ctx: &Ctx<'_>) -> Said {
    let wish = wish_in_words(ending.wish.as_ref(), workbook);
    let wish = if wish.is_empty() { String::new() } else { format!(" · {wish}") };
    let day = |on| words::short_day(on, ctx.today());
    let aside = match (ending.done, ending.announced) {
        (Some(on), _) => format!("done {}", day(on)),
        (None, Some(on)) => format!("announced {}", day(on)),
        (None, None) => "not announced".to_owned(),
    };
    let words = format!("{}{wish}", words::capital(&ending_in_words(ending)));
    Said { words, aside, over: ending.done.is_some() }
}

fn owed_said(owed: &WindUp, workbook: &Workbook, ctx: &Ctx<'_>) -> Said {
    let who = owed.lead.as_ref().map(|who| who_in_words(workbook, who));
    let by = owed.due.map(|due| words::short_day(due, ctx.today()));
    let aside = match owed.state {
        WindUpState::Open => {
            let parts: Vec<String> = who.into_iter().chain(by).collect();
            if parts.is_empty() { owed.kind.words().to_owned() } else { parts.join(", ") }
        }
        state => state.words().to_owned(),
    };
    let private = if owed.private { " (private)" } else { "" };
    let words = format!("{}{private}", words::or(&owed.what, "something without words"));
    Said { words, aside, over: owed.state != WindUpState::Open }
}

fn teller_said(teller: &Teller, workbook: &Workbook, ctx: &Ctx<'_>) -> Said {
    let turn = teller.turn.map_or_else(|| "-".to_owned(), |turn| turn.to_string());
    let day = |on| words::short_day(on, ctx.today());
    let aside = match (teller.done, &teller.by) {
        (Some(on), _) => format!("heard {}", day(on)),
        (None, by) => {
            let by = by.as_ref().map(|who| format!("from {}", who_in_words(workbook, who)));
            let due = teller.due.map(|on| format!("by {}", day(on)));
            let parts: Vec<String> = by.into_iter().chain(due).collect();
            if parts.is_empty() { "from whom?".to_owned() } else { parts.join(", ") }
        }
    };
    let words = format!("{turn}  {}", words::or(&teller.name, "somebody without a name"));
    Said { words, aside, over: teller.done.is_some() }
}
