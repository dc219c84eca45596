//! What is set down beside a walk: a promise with its day, a hard thing that was raised, a change that was agreed.

use jiff::civil::Date;

use super::WalkScreen;
use super::step::Step;
use crate::command::{Ctx, Outcome};
use crate::domain::query::{side, worries};
use crate::domain::{
    AnyRecord, Board, Choice, Edit, HardThing, PartnerId, Promise, RecordId, Revision, Topic, Walk, Who,
    Workbook,
};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::words::{self, READ_ONLY};
use crate::screen::{board, prompts};

/// Adds what belongs to the step.
pub(super) fn add(screen: &mut WalkScreen, ctx: &Ctx<'_>) -> Outcome {
    let (Some(walk), Some(workbook)) = (screen.walk(ctx), ctx.workbook()) else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    match screen.step {
        Step::WillDo => promise(walk, workbook, ctx),
        Step::Harder => hard_thing(walk, workbook, ctx),
        Step::Changes => change(walk, workbook, ctx),
        _ => Outcome::Unused,
    }
}

fn added(record: impl Into<AnyRecord>) -> Outcome {
    Outcome::Edit(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX })
}

const A_FEW_WORDS: &str = "A few words are enough.";

/// The partners who took part; everybody where nobody is named.
fn partners(walk: &Walk, workbook: &Workbook) -> Vec<PartnerId> {
    let took_part = |id: &PartnerId| walk.sides.is_empty() || walk.sides.contains(id);
    let all = workbook.partners().iter().map(|partner| partner.id.clone());
    let named: Vec<PartnerId> = all.filter(took_part).collect();
    if named.is_empty() { vec![PartnerId::unsorted()] } else { named }
}

/// Asks what, then to whom where there are several, then by when.
fn promise(walk: &Walk, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let (today, id) = (ctx.today(), ctx.ids.record());
    // it was made on the walk, on whatever day it is written down
    let (made, on) = (walk.held.or(Some(today)), Some(walk.id.clone()));
    let to: Vec<(PartnerId, String)> = partners(walk, workbook)
        .into_iter()
        .map(|id| {
            let name = words::capital(&side(workbook, &id));
            (id, name)
        })
        .collect();
    let prompt = Prompt::new("What will you do?", "", move |what| {
        if what.is_empty() {
            return Err(A_FEW_WORDS.to_owned());
        }
        let by_when = |to: &PartnerId| {
            let promise = Promise::new(id.clone(), PartnerId::us(), to.clone(), &what);
            let promise = Promise { made, walk: on.clone(), ..promise };
            prompts::day("By when?", None, today, move |due| added(Promise { due, ..promise.clone() }))
        };
        Ok(match to.as_slice() {
            [(only, _)] => by_when(only),
            all => {
                let row =
                    |(id, name): &(PartnerId, String)| MenuRow::new(None, name.clone(), "", by_when(id));
                Outcome::Open(Box::new(Menu::new("To whom?", all.iter().map(row).collect())))
            }
        })
    });
    Outcome::Open(Box::new(
        prompt.hint("By when comes next.").placeholder("send the new plan of the training"),
    ))
}

/// Asks what was raised, then by whom.
fn hard_thing(walk: &Walk, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let blank = HardThing { walk: Some(walk.id.clone()), ..HardThing::new(ctx.ids.record()) };
    let mut who: Vec<(Option<Who>, String)> = std::iter::once(PartnerId::us())
        .chain(partners(walk, workbook))
        .map(|id| {
            let name = words::capital(&side(workbook, &id));
            (Some(Who::side(id)), name)
        })
        .collect();
    who.push((None, "Nobody named".to_owned()));
    let prompt = Prompt::new("What was raised?", "", move |what| {
        if what.is_empty() {
            return Err(A_FEW_WORDS.to_owned());
        }
        let row = |(by, name): &(Option<Who>, String)| {
            let thing = HardThing { what: what.clone(), by: by.clone(), ..blank.clone() };
            MenuRow::new(None, name.clone(), "", added(thing))
        };
        Ok(Outcome::Open(Box::new(Menu::new("Who raised it?", who.iter().map(row).collect()))))
    });
    Outcome::Open(Box::new(
        prompt
            .hint("Plainly, without blame. Who raised it comes next.")
            .placeholder("the training talked down to the parents"),
    ))
}

/// Asks what changes, then in which way, what it mends where something hard was raised, which serious line it is about where
/// there is one, and by when.
fn change(walk: &Walk, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let raised = workbook.all::<HardThing>().iter().filter(|thing| thing.walk.as_ref() == Some(&walk.id));
    let raised: Vec<(RecordId, String)> = raised
        .map(|thing| (thing.id.clone(), words::or(&thing.what, "something without words").to_owned()))
        .collect();
    let blank = Revision { walk: Some(walk.id.clone()), ..Revision::new(ctx.ids.record()) };
    let today = ctx.today();
    let serious: Vec<(Topic, String)> = worries(workbook)
        .iter()
        .map(|worry| (Topic(worry.line.to_owned()), board::worry_in_words(worry, workbook, ctx)))
        .collect();
    let prompt = Prompt::new("What have you agreed to change?", "", move |what| {
        if what.is_empty() {
            return Err(A_FEW_WORDS.to_owned());
        }
        let row = |board: Board| {
            let change = Revision { what: what.clone(), board, ..blank.clone() };
            let then = match board {
                Board::Mend => mends(change, &raised, &serious, today),
                _ => about(change, &serious, today),
            };
            MenuRow::new(None, words::capital(board.words()), "", then)
        };
        let boards = [Board::Mend, Board::Try, Board::Drop, Board::Keep];
        Ok(Outcome::Open(Box::new(Menu::new("In which way?", boards.into_iter().map(row).collect()))))
    });
    Outcome::Open(Box::new(
        prompt
            .hint("Why, and which line of the pulse it answers, stand with the changes.")
            .placeholder("a second training, led with two parents"),
    ))
}

/// Asks which of the things that were raised a change mends; where there is one, it is that.
fn mends(
    change: Revision,
    raised: &[(RecordId, String)],
    serious: &[(Topic, String)],
    today: Date,
) -> Outcome {
    let mending =
        |id: Option<&RecordId>| about(Revision { mends: id.cloned(), ..change.clone() }, serious, today);
    match raised {
        [] => mending(None),
        [(only, _)] => mending(Some(only)),
        several => {
            let row =
                |(id, what): &(RecordId, String)| MenuRow::new(None, what.clone(), "", mending(Some(id)));
            let mut rows: Vec<MenuRow> = several.iter().map(row).collect();
            rows.push(MenuRow::new(None, "Something else", "", mending(None)));
            Outcome::Open(Box::new(Menu::new("What does it mend?", rows)))
        }
    }
}

/// Asks which serious line a change is about, then by when. What is kept wants its reason first, so it is not asked.
fn about(change: Revision, serious: &[(Topic, String)], today: Date) -> Outcome {
    let by_when = |change: Revision| {
        prompts::day("By when?", None, today, move |due| added(Revision { due, ..change.clone() }))
    };
    if serious.is_empty() || change.board == Board::Keep {
        return by_when(change);
    }
    let row = |(line, words): &(Topic, String)| {
        let change = Revision { aspect: line.clone(), ..change.clone() };
        MenuRow::new(None, words.clone(), "", by_when(change))
    };
    let mut rows: Vec<MenuRow> = serious.iter().map(row).collect();
    rows.push(MenuRow::new(None, "About something else", "", by_when(change.clone())));
    Outcome::Open(Box::new(Menu::new("Is it about this?", rows)))
}
