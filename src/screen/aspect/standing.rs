//! The menus that say how far an answer can be relied on: who told us, who agreed, where we differ.

use super::AspectScreen;
use crate::command::{Ctx, Outcome};
use crate::domain::{
    Accord, Answer, Edit, Heard, Partner, PartnerId, PersonId, QuestionId, Source, Standing, Theirs, VoiceKey,
};
use crate::overlay::menu::{Menu, MenuRow};
use crate::overlay::prompt::Prompt;

/// Sets the standing of the voice in focus; of every partner's where the focus is on ours or on what is agreed.
pub(super) fn menu(screen: &mut AspectScreen, ctx: &Ctx<'_>) -> Outcome {
    let (Some(question), Some(answer), Some(workbook)) =
        (screen.question_id(ctx), screen.answer(ctx), ctx.workbook())
    else {
        return Outcome::Unused;
    };
    let partners: Vec<&Partner> = match screen.focused_voice(ctx) {
        VoiceKey::Theirs(id) => workbook.partners().iter().filter(|p| p.id == id).collect(),
        _ => workbook.partners().iter().collect(),
    };
    let mut rows = Vec::new();
    // Enter alone changes nothing: the focus stands on what is so already, and else on leaving it
    let mut focus = usize::MAX;
    if partners.is_empty() {
        rows.push(MenuRow::new(Some('n'), "Add a partner first", "", super::super::prompts::new_partner()));
    } else {
        let heard = [
            ('g', Heard::Guess, "we believe it and have not checked"),
            ('a', Heard::Asked, "we asked, and they told us"),
            ('=', Heard::Agreed, "they and we agree"),
            ('d', Heard::Disputed, "they and we differ"),
        ];
        for (letter, heard, meaning) in heard {
            let standing = heard.standing();
            let label = format!("{} {:<10}  {meaning}", standing.mark(), standing.word());
            let outcome = set_heard(&question, answer, &partners, heard, ctx);
            let now = partners.iter().all(|p| answer.theirs(&p.id).is_some_and(|t| t.heard == heard));
            if now {
                focus = rows.len();
            }
            rows.push(MenuRow::new(Some(letter), label, if now { "now" } else { "" }, outcome));
        }
    }
    let to = !answer.is_not_for_us();
    let words = if to {
        "not for us  the question does not apply"
    } else {
        "for us      the question applies after all"
    };
    let not_for_us = Outcome::Edit(Edit::SetNotForUs { question, to });
    rows.push(MenuRow::new(Some('x'), format!("{} {words}", Standing::NotForUs.mark()), "", not_for_us));
    let with = match partners.as_slice() {
        [] => "How far can this be relied on? With a partner there is more to say.".to_owned(),
        [one] => {
            format!("How far can this be relied on, with {}?", super::super::words::or(&one.name, "them"))
        }
        _ => "How far can this be relied on, with all partners?".to_owned(),
    };
    rows.push(MenuRow::new(None, "Leave it as it is", "Esc", Outcome::Done));
    let focus = focus.min(rows.len().saturating_sub(1));
    Outcome::Open(Box::new(Menu::new(with, rows).focused(focus)))
}

fn set_heard(
    question: &QuestionId,
    answer: &Answer,
    partners: &[&Partner],
    heard: Heard,
    ctx: &Ctx<'_>,
) -> Outcome {
    let mut edits: Vec<Edit> = Vec::new();
    for partner in partners {
        let theirs = answer.theirs(&partner.id).cloned().unwrap_or_default();
        edits.push(mark(question, &partner.id, heard, theirs, ctx));
    }
    let accords = accords(answer, partners, heard, ctx);
    if accords != answer.accords() {
        edits.push(Edit::SetAccords { question: question.clone(), accords });
    }
    let done = Outcome::Edits(edits);
    if heard == Heard::Agreed && is_one_sided(answer, partners) { ask_first(done) } else { done }
}

fn mark(question: &QuestionId, partner: &PartnerId, heard: Heard, theirs: Theirs, ctx: &Ctx<'_>) -> Edit {
    Edit::SetHeard {
        question: question.clone(),
        partner: partner.clone(),
        heard,
        checked: Some(ctx.today()),
        person: theirs.person,
        source: theirs.source,
    }
}

/// Who agrees from now on: those who did, less the partners in question, plus these where they agree.
fn accords(answer: &Answer, partners: &[&Partner], heard: Heard, ctx: &Ctx<'_>) -> Vec<Accord> {
    let others = answer.accords().iter().filter(|a| partners.iter().all(|p| p.id != a.partner)).cloned();
    let these = partners.iter().filter(|_| heard == Heard::Agreed).map(|partner| Accord {
        partner: partner.id.clone(),
        person: answer.theirs(&partner.id).and_then(|theirs| theirs.person.clone()),
        on: ctx.today(),
    });
    others.chain(these).collect()
}

/// Whether only one side has said anything, so that an agreement would be somebody's word for somebody else.
fn is_one_sided(answer: &Answer, partners: &[&Partner]) -> bool {
    let said = |voice: &VoiceKey| !answer.text(voice).trim().is_empty();
    let agreed_words = said(&VoiceKey::Agreed);
    let all_theirs = partners.iter().all(|p| said(&VoiceKey::Theirs(p.id.clone())));
    let every_side = said(&VoiceKey::Ours) && all_theirs;
    !(agreed_words || every_side)
}

fn ask_first(done: Outcome) -> Outcome {
    let rows = vec![
        MenuRow::new(None, "Leave it as it is", "Esc", Outcome::Done),
        MenuRow::new(Some('y'), "Mark as agreed all the same", "", done),
    ];
    Outcome::Open(Box::new(Menu::new("Only one side is written down. Have the others really agreed?", rows)))
}

/// Asks on what occasion the partner in focus said it, then who it was.
pub(super) fn ask_source(screen: &mut AspectScreen, ctx: &Ctx<'_>) -> Outcome {
    let (Some(question), VoiceKey::Theirs(partner), Some(answer)) =
        (screen.question_id(ctx), screen.focused_voice(ctx), screen.answer(ctx))
    else {
        return Outcome::Unused;
    };
    let theirs = answer.theirs(&partner).cloned().unwrap_or_default();
    let before = match &theirs.source {
        Source::Said(occasion) => occasion.clone(),
        Source::ByHand | Source::Call(_) => String::new(),
    };
    let people: Vec<(PersonId, String)> = ctx
        .workbook()
        .map(|w| w.people_of(&partner).map(|p| (p.id.clone(), p.name.clone())).collect())
        .unwrap_or_default();
    let today = ctx.today();
    let prompt = Prompt::new("On what occasion did they say it?", &before, move |occasion| {
        let occasion = occasion.trim();
        let source = match &theirs.source {
            // the line that they said it in stays, unless another occasion is named
            Source::Call(said) if occasion.is_empty() => Source::Call(said.clone()),
            _ if occasion.is_empty() => Source::ByHand,
            _ => Source::Said(occasion.to_owned()),
        };
        // what they told us on an occasion is not a guess any more
        let heard = match theirs.heard {
            Heard::Guess if source != Source::ByHand => Heard::Asked,
            heard => heard,
        };
        let edit = |person: Option<PersonId>| Edit::SetHeard {
            question: question.clone(),
            partner: partner.clone(),
            heard,
            checked: Some(today),
            person,
            source: source.clone(),
        };
        if people.is_empty() {
            return Ok(Outcome::Edit(edit(theirs.person.clone())));
        }
        let mut rows: Vec<MenuRow> = people
            .iter()
            .map(|(id, name)| MenuRow::new(None, name.as_str(), "", Outcome::Edit(edit(Some(id.clone())))))
            .collect();
        rows.push(MenuRow::new(Some('-'), "Nobody in particular", "", Outcome::Edit(edit(None))));
        Ok(Outcome::Open(Box::new(Menu::new("Who said it?", rows))))
    });
    Outcome::Open(Box::new(prompt.placeholder("the call of 14 March").hint("Enter goes on. Esc leaves it.")))
}
