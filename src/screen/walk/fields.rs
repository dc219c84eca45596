//! What each step of a walk asks, as a form.

use super::step::Step;
use super::{WalkScreen, set};
use crate::command::{Ctx, Go};
use crate::domain::query::{self, Occasion, pulse_lines, pulse_sides};
use crate::domain::{
    Choice, Edit, Family, HardThing, InFamily, Promise, QuestionId, RecordField, Revision, TextPlace, Walk,
    WalkMode, Workbook,
};
use crate::screen::form::FormField;
use crate::screen::{connected, words};

/// What the fields of the two messages are called.
pub(super) const INVITATION: &str = "Invitation";
pub(super) const MESSAGE: &str = "Message to them";
/// The command that opens the field in focus again.
const AGAIN: &str = "walk.edit";

/// The promises that were made on a walk.
pub(super) fn promises<'w>(walk: &Walk, workbook: &'w Workbook) -> Vec<&'w Promise> {
    workbook.promises().iter().filter(|promise| walk.has_promise(promise)).collect()
}

/// The changes that came of a walk, or that are to mend what was raised on it.
pub(super) fn changes<'w>(walk: &Walk, workbook: &'w Workbook) -> Vec<&'w Revision> {
    let raised = |id: &crate::domain::RecordId| {
        let mut things = workbook.all::<HardThing>().iter();
        things.any(|thing: &HardThing| thing.id == *id && thing.walk.as_ref() == Some(&walk.id))
    };
    let of_it = |change: &&Revision| {
        change.walk.as_ref() == Some(&walk.id) || change.mends.as_ref().is_some_and(raised)
    };
    workbook.all::<Revision>().iter().filter(of_it).collect()
}

impl WalkScreen {
    /// The fields of the step.
    pub(super) fn fields(&self, ctx: &Ctx<'_>) -> Vec<FormField> {
        let (Some(walk), Some(workbook)) = (self.walk(ctx), ctx.workbook()) else { return Vec::new() };
        let text =
            |label, hint, field| FormField::text(label, hint, TextPlace::Record(walk.id.clone(), field));
        match self.step {
            Step::Prepare => prepare(walk, workbook, ctx),
            Step::Surprised => {
                vec![text("What surprised you", "before it seems obvious", RecordField::Surprised)]
            }
            Step::Hard => vec![text("What was hard", "to hear, or to say", RecordField::Hard)],
            Step::Asked => vec![text("What they asked for", "in their words", RecordField::Asked)],
            Step::WillDo => will_do(walk, workbook, ctx),
            Step::ToTell => vec![
                text("What you heard", "as you will say it to them", RecordField::ToTell),
                text(MESSAGE, "Enter drafts it; under 200 words", RecordField::Message),
                day(walk, "Sent on", walk.sent, true, |walk, sent| Walk { sent, ..walk }),
            ],
            Step::Harder => harder(walk, workbook, ctx),
            Step::Pulse => vec![FormField::link(
                "The ten lines",
                taken(walk, workbook),
                Go::Pulse(Some(walk.id.clone())),
            )],
            Step::Changes => {
                let change = |change: &&Revision| {
                    let due = change.due.map(|due| format!(", by {}", words::weekday(due, ctx.today())));
                    let what = words::or(&change.what, "not said yet");
                    let said = format!("{what}{}", due.unwrap_or_default());
                    let go = Go::Records(Family::Revision, Some(change.id.clone()));
                    FormField::link(board(change), said, go)
                };
                changes(walk, workbook).iter().map(change).collect()
            }
            Step::Next => vec![
                day(walk, "Next walk by", walk.next, false, |walk, next| Walk { next, ..walk }),
                day(walk, "Message sent on", walk.sent, true, |walk, sent| Walk { sent, ..walk }),
                day(walk, "Looked back on", walk.debriefed, true, |walk, debriefed| Walk {
                    debriefed,
                    ..walk
                }),
            ],
        }
    }
}

/// The column of the board, as a label.
fn board(change: &Revision) -> &'static str {
    use crate::domain::Board;
    match change.board {
        Board::Keep => "Keep",
        Board::Mend => "Mend",
        Board::Drop => "Drop",
        Board::Try => "Try",
    }
}

fn day(
    walk: &Walk,
    label: &'static str,
    now: Option<jiff::civil::Date>,
    past: bool,
    put: fn(Walk, Option<jiff::civil::Date>) -> Walk,
) -> FormField {
    let walk = walk.clone();
    FormField { past, ..FormField::day(label, now, move |day| set(put(walk.clone(), day))) }
}

fn prepare(walk: &Walk, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<FormField> {
    let text = |label, hint, field| FormField::text(label, hint, TextPlace::Record(walk.id.clone(), field));
    let mode = WalkMode::ALL
        .iter()
        .map(|mode| (words::capital(mode.words()), set(Walk { mode: *mode, ..walk.clone() })));
    let sides: Vec<String> = walk.sides.iter().map(|side| query::side(workbook, side)).collect();
    vec![
        day(walk, "Day", walk.planned, false, |walk, planned| Walk { planned, ..walk }),
        FormField::choice("How you meet", words::capital(walk.mode.words()), mode.collect()),
        text("Where", "easy to get to for everybody", RecordField::Place),
        text("At what time", "half past two", RecordField::Time),
        text("Why you ask", "so that the request does not seem odd", RecordField::Why),
        FormField::many("On the card", prompts_in_words(walk, ctx), prompts(walk, ctx), AGAIN),
        FormField::many("Who takes part", words::listed(&sides), several(walk, workbook), AGAIN),
        text("Who comes, by role", "the director, the head of volunteering", RecordField::Present),
        text("To reach each other", "a number that is answered on the day", RecordField::Reach),
        text(INVITATION, "Enter drafts it from what stands here", RecordField::Invitation),
        day(walk, "Held on", walk.held, true, |walk, held| Walk { held, ..walk }),
    ]
}

/// The questions on the card, in short.
fn prompts_in_words(walk: &Walk, ctx: &Ctx<'_>) -> String {
    let short = |id: &QuestionId| ctx.content.question(id.as_str()).map(|question| question.short.clone());
    walk.prompts.iter().filter_map(short).collect::<Vec<_>>().join("; ")
}

/// The questions of reviewing; when the card is full only those on it, to be taken off.
fn prompts(walk: &Walk, ctx: &Ctx<'_>) -> Vec<(String, bool, Edit)> {
    let questions = ctx.content.aspect("reviewing").map_or(&[][..], |aspect| &aspect.questions);
    let full = walk.prompts.len() >= Walk::PROMPTS;
    let row = |question: &crate::content::types::Question| {
        let id = QuestionId::new(&question.id);
        let on = walk.prompts.contains(&id);
        let mut with = walk.clone();
        if on {
            with.prompts.retain(|prompt| *prompt != id);
        } else {
            with.prompts.push(id);
        }
        (on || !full).then(|| (question.short.clone(), on, set(with)))
    };
    questions.iter().filter_map(row).collect()
}

fn several(walk: &Walk, workbook: &Workbook) -> Vec<(String, bool, Edit)> {
    let row = |side| {
        let on = walk.sides.contains(&side);
        let mut with = walk.clone();
        let name = words::capital(&query::side(workbook, &side));
        if on {
            with.sides.remove(&side);
        } else {
            with.sides.insert(side);
        }
        (name, on, set(with))
    };
    pulse_sides(workbook).into_iter().map(row).collect()
}

fn will_do(walk: &Walk, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<FormField> {
    let promise = |promise: &&Promise| {
        let due = promise.due.map(|due| format!(", by {}", words::weekday(due, ctx.today())));
        let said = format!("{}{}", words::or(&promise.what, "not said yet"), due.unwrap_or_default());
        let label = if promise.is_ours() { "We promised" } else { "They promised" };
        FormField::link(label, said, Go::Records(Family::Promise, Some(promise.id.clone())))
    };
    let mut fields: Vec<FormField> = promises(walk, workbook).iter().map(promise).collect();
    let place = TextPlace::Record(walk.id.clone(), RecordField::WillDo);
    fields.push(FormField::text("Besides promises", "what is no promise with a day", place));
    fields
}

fn harder(walk: &Walk, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<FormField> {
    let text = |label, hint, field| FormField::text(label, hint, TextPlace::Record(walk.id.clone(), field));
    let mut fields = vec![text("What went well", "say it first, and to them as well", RecordField::Worked)];
    let things = workbook.all::<HardThing>().iter().filter(|thing| thing.walk.as_ref() == Some(&walk.id));
    for thing in things {
        let who = thing.by.as_ref().map(|who| format!(" · {}", query::who_in_words(workbook, who)));
        let said = format!("{}{}", words::or(&thing.what, "not said yet"), who.unwrap_or_default());
        fields.push(FormField::link("Raised", said, Go::Records(Family::HardThing, Some(thing.id.clone()))));
        // what is done about it stands below it
        fields.extend(connected::fields(thing.lent(), workbook, ctx));
    }
    fields.push(text("What you learned", "about your own house", RecordField::Learned));
    fields.push(text("What you did not say", "for your eyes; in no document", RecordField::Unsaid));
    fields
}

/// How far the pulse of a walk is taken: "us 10 of 10, City Museum not asked".
fn taken(walk: &Walk, workbook: &Workbook) -> String {
    let occasion = Occasion { walk: Some(walk.id.clone()), on: walk.held.unwrap_or_default() };
    let side = |side| {
        let name = if crate::domain::PartnerId::is_us(&side) {
            "us".to_owned()
        } else {
            query::side(workbook, &side)
        };
        let said = pulse_lines().filter(|line| occasion.said(workbook, line, &side).is_some()).count();
        match said {
            0 => format!("{name} not asked yet"),
            n => format!("{name} {n} of {}", pulse_lines().count()),
        }
    };
    let all: Vec<String> = pulse_sides(workbook).into_iter().map(side).collect();
    all.join("; ")
}
