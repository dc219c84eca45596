//! A step of learning on the board: one key makes a change of it, and the two name each other.

use super::words::{self, READ_ONLY};
use crate::command::{Ctx, Outcome};
use crate::domain::query::skills::suggestion;
use crate::domain::{Board, Edit, Remedy, Revision};

/// What a step is, in a line.
pub(super) fn what(remedy: &Remedy, ctx: &Ctx<'_>) -> String {
    let said = remedy.what.trim();
    if !said.is_empty() {
        return said.to_owned();
    }
    suggestion(&remedy.suggestion.0, ctx.content).map_or("A step without words", |way| &way.name).to_owned()
}

/// Puts a step on the board, as a change that it serves: something to try, with the same words, person and day. Both say
/// so of each other, and are undone as one.
pub(super) fn put_on_board(step: &Remedy, ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let there = |change: &&Revision| Some(&change.id) == step.revision.as_ref();
    if let Some(change) = workbook.all::<Revision>().iter().find(there) {
        return Outcome::Say(format!(
            "It is on the board already: {}.",
            words::or(&change.what, "a change without words")
        ));
    }
    let change = Revision {
        what: what(step, ctx),
        board: Board::Try,
        lead: step.lead.clone(),
        due: step.due,
        done: step.done,
        private: step.private,
        ..Revision::new(ctx.ids.record())
    };
    let linked = Remedy { revision: Some(change.id.clone()), ..step.clone() };
    let board = ctx.keymap.shown("global.go-board");
    Outcome::All(vec![
        Outcome::Edits(vec![
            Edit::AddRecord { record: Box::new(change.into()), place: usize::MAX },
            Edit::SetRecord(Box::new(linked.into())),
        ]),
        Outcome::Say(format!("On the board, under try; the two name each other. {board} shows the board.")),
    ])
}
