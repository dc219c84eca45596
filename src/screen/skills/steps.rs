//! What is done about a gap: a way to learn becomes a step with one key, then gets its person and its day; and once it is
//! done, somebody asks whether it helped.

use super::sides;
use crate::command::{Ctx, Outcome};
use crate::content::types::{Family, Suggestion, Term};
use crate::domain::query::skills::Gap;
use crate::domain::query::{self};
use crate::domain::{Choice, Edit, Helped, PartnerId, Remedy, Topic, Who, Workbook};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::board_step::what;
use crate::screen::prompts;
use crate::screen::words::{self, READ_ONLY};

/// Whether a step is this way to learn this skill.
pub(super) fn is_for(remedy: &Remedy, term: &Term, way: &Suggestion) -> bool {
    remedy.skill.0 == term.id && remedy.suggestion.0 == way.id
}

fn set(remedy: Remedy) -> Edit {
    Edit::SetRecord(Box::new(remedy.into()))
}

/// Makes a step of a way to learn, then asks who sees to it and by when. Each may be left for later.
pub(super) fn take_up(
    gap: &Gap<'_>,
    way: &Suggestion,
    side: &PartnerId,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
) -> Outcome {
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    if workbook.all::<Remedy>().iter().any(|r| is_for(r, gap.term, way) && r.done.is_none()) {
        return Outcome::Say(format!("{} is taken up already; it stands below.", way.name));
    }
    let names = |sides: &[PartnerId]| -> Vec<String> {
        sides.iter().map(|side| query::side(workbook, side)).collect()
    };
    let together = gap.is_shared() || way.family == Family::Partnership;
    let for_whom = match (gap.is_shared(), together) {
        (true, _) => words::listed(&names(&gap.wide_for)),
        (false, true) => words::listed(&names(&sides(workbook))),
        (false, false) => query::side(workbook, side),
    };
    let remedy = Remedy {
        skill: Topic(gap.term.id.clone()),
        suggestion: Topic(way.id.clone()),
        what: format!("{}: {}", way.name, gap.term.term),
        for_whom: words::capital(&for_whom),
        ..Remedy::new(ctx.ids.record())
    };
    let add = Edit::AddRecord { record: Box::new(remedy.clone().into()), place: usize::MAX };
    Outcome::All(vec![Outcome::Edit(add), Outcome::Open(Box::new(who(&remedy, workbook, ctx)))])
}

/// Who sees to it.
fn who(remedy: &Remedy, workbook: &Workbook, ctx: &Ctx<'_>) -> Menu {
    let mut rows = Vec::new();
    for side in sides(workbook) {
        let people = workbook.people_of(&side).filter(|person| person.is_there(ctx.today()));
        let people: Vec<Who> = people.map(|p| Who::person(side.clone(), p.id.clone())).collect();
        for who in people.into_iter().chain([Who::side(side.clone())]) {
            let label = words::capital(&query::who_in_words(workbook, &who));
            let with = Remedy { lead: Some(who), ..remedy.clone() };
            let then = vec![Outcome::Edit(set(with.clone())), by_when(&with, ctx)];
            rows.push(MenuRow::new(None, label, "", Outcome::All(then)));
        }
    }
    rows.push(MenuRow::new(None, "Nobody yet", "", by_when(remedy, ctx)));
    Menu::new(format!("Taken up: {}. Who sees to it?", remedy.what), rows)
}

fn by_when(remedy: &Remedy, ctx: &Ctx<'_>) -> Outcome {
    let remedy = remedy.clone();
    prompts::day("By when?", None, ctx.today(), move |due| match due {
        Some(_) => Outcome::Edit(set(Remedy { due, ..remedy.clone() })),
        None => Outcome::Done,
    })
}

/// Asks whether a step helped, which says that it is done; then how one can tell.
pub(super) fn ask(remedy: &Remedy, ctx: &Ctx<'_>) -> Outcome {
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let done = remedy.done.or(Some(ctx.today()));
    let mut rows = Vec::new();
    for (letter, helped) in [('h', Helped::Helped), ('l', Helped::Little), ('n', Helped::No)] {
        let said = Remedy { done, helped, ..remedy.clone() };
        let label = words::capital(helped.words());
        let then = vec![Outcome::Edit(set(said.clone())), how(&said)];
        rows.push(MenuRow::new(Some(letter), label, "", Outcome::All(then)));
    }
    if remedy.done.is_none() {
        let said = set(Remedy { done, ..remedy.clone() });
        rows.push(MenuRow::new(Some('d'), "Done; ask me another day", "", Outcome::Edit(said)));
    }
    Outcome::Open(Box::new(Menu::new(format!("Did it help? {}", what(remedy, ctx)), rows)))
}

fn how(remedy: &Remedy) -> Outcome {
    let said = remedy.clone();
    let prompt = Prompt::new("How can you tell?", &remedy.outcome, move |outcome| {
        let same = outcome == said.outcome;
        Ok(if same { Outcome::Done } else { Outcome::Edit(set(Remedy { outcome, ..said.clone() })) })
    });
    let hint = "What somebody does differently now. Leave it empty for no words. Enter takes it.";
    Outcome::Open(Box::new(prompt.hint(hint).placeholder("Ben rang them before they rang us")))
}
