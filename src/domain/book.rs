//! A workbook together with its history: what was done, in steps that can be undone and redone.
//!
//! Everything that happens to a [`Book`] is a [`Record`], and replaying the records gives the same book with the same
//! history. That is what the journal on disk relies on. A book does not know where its records are kept.
//!
//! ```text
//!            act ──▶ done: [step 1][step 2][step 3]    undone: []
//!           undo ──▶ done: [step 1][step 2]            undone: [step 3]
//!           redo ──▶ done: [step 1][step 2][step 3]    undone: []
//!   another act ──▶ forgets what was undone
//! ```
//!
//! Notes that come in from outside are steps too, but nobody's last act: undo passes over them, and they leave what was
//! undone to be done again. See `past.rs`.

mod act;
mod past;

use std::collections::VecDeque;
use std::sync::Arc;

pub use act::{Act, Record};
pub(crate) use act::{MOST_COUNTED, counted};
use jiff::Timestamp;

use super::edit::{Edit, Refused, Splice};
use super::place::TextPlace;
use super::workbook::Workbook;

/// Typing that rests for longer than this, in milliseconds, begins a new phrase.
pub const PHRASE_PAUSE_MS: i64 = 1_000;

/// Steps that are kept to be undone.
const DEPTH: usize = 20_000;

/// Edits that are undone together: a phrase of typing, or one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    number: u64,
    /// Each edit with its inverse, in the order in which they were done.
    edits: Vec<(Edit, Edit)>,
    last: Timestamp,
    /// It came from outside and not from a key.
    came_in: bool,
}

impl Step {
    /// The edits as they were done, in order.
    pub fn edits(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter().map(|(edit, _)| edit)
    }

    /// Each edit with what takes it back, in order.
    pub fn with_inverses(&self) -> impl Iterator<Item = &(Edit, Edit)> {
        self.edits.iter()
    }

    /// When its last edit was done.
    pub fn at(&self) -> Timestamp {
        self.last
    }

    /// The same step, made of other edits.
    fn with(&self, edits: past::Pairs) -> Self {
        Self { number: self.number, edits, last: self.last, came_in: self.came_in }
    }
}

/// A workbook and its history. Of a copy the workbook is its own, the steps so far are shared: a past of years is there
/// once, however many keep the book.
#[derive(Debug, Clone)]
pub struct Book {
    workbook: Workbook,
    seq: u64,
    next_step: u64,
    done: VecDeque<Arc<Step>>,
    /// Each with the number of the last step that had come in when it was undone.
    undone: Vec<(Arc<Step>, u64)>,
    /// The number of the last step that came in; 0 for none.
    last_in: u64,
    phrase_open: bool,
}

impl Book {
    /// A book with no history. `seq` is the number of the last record that the workbook holds, 0 for a new one.
    pub fn new(workbook: Workbook, seq: u64) -> Self {
        Self {
            workbook,
            seq,
            next_step: seq + 1,
            done: VecDeque::new(),
            undone: Vec::new(),
            last_in: 0,
            phrase_open: false,
        }
    }

    /// The workbook.
    pub fn workbook(&self) -> &Workbook {
        &self.workbook
    }

    /// The workbook without its history.
    pub fn into_workbook(self) -> Workbook {
        self.workbook
    }

    /// The number of the last record.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The step that undo would take back: the last one that did not come in from outside.
    pub fn last_done(&self) -> Option<&Step> {
        self.done.iter().rfind(|step| !step.came_in).map(Arc::as_ref)
    }

    /// The step that redo would do again.
    pub fn last_undone(&self) -> Option<&Step> {
        self.undone.last().map(|(step, _)| step.as_ref())
    }

    /// Whether the last step came in from outside.
    pub fn has_come_in(&self) -> bool {
        self.done.back().is_some_and(|step| step.came_in)
    }

    /// Carries out an edit as a step of its own, or as more of the phrase being typed.
    ///
    /// # Errors
    /// [`Refused`]; nothing has changed then.
    pub fn act(&mut self, edit: Edit, at: Timestamp) -> Result<Vec<Record>, Refused> {
        let joins = self.continues_phrase(&edit, at);
        let step = if joins { self.next_step.saturating_sub(1) } else { self.next_step };
        let stays_open = matches!(&edit, Edit::Splice(splice) if !splice.insert.contains('\n'));
        let records = self.act_in(vec![edit], at, step)?;
        self.phrase_open = stays_open;
        Ok(records)
    }

    /// Carries out several edits as one step. All are done, or none.
    ///
    /// # Errors
    /// [`Refused`] for the first edit that does not fit; nothing has changed then.
    pub fn act_all(&mut self, edits: Vec<Edit>, at: Timestamp) -> Result<Vec<Record>, Refused> {
        // a line that began with a letter is gone on with; the letters after it belong to the same phrase
        let begins = matches!(edits.last(), Some(Edit::AddLine { line, .. }) if !line.text.is_empty());
        let records = self.act_in(edits, at, self.next_step)?;
        self.phrase_open = begins;
        Ok(records)
    }

    /// Takes in what came from outside, as one step that undo passes over. All edits are done, or none.
    ///
    /// # Errors
    /// [`Refused`] for the first edit that does not fit; nothing has changed then.
    pub fn take_in(&mut self, edits: Vec<Edit>, at: Timestamp) -> Result<Vec<Record>, Refused> {
        self.carry_out(edits, at, self.next_step, true)
    }

    /// Carries out an edit as part of the last step, so that undo takes back both at once. After something that came in
    /// from outside it is a step of its own.
    ///
    /// # Errors
    /// [`Refused`]; nothing has changed then.
    pub fn act_along(&mut self, edit: Edit, at: Timestamp) -> Result<Vec<Record>, Refused> {
        self.act_all_along(vec![edit], at)
    }

    /// Carries out several edits as part of the last step. All are done, or none.
    ///
    /// # Errors
    /// [`Refused`] for the first edit that does not fit; nothing has changed then.
    pub fn act_all_along(&mut self, edits: Vec<Edit>, at: Timestamp) -> Result<Vec<Record>, Refused> {
        let last = self.done.back().filter(|last| !last.came_in);
        let step = last.map_or(self.next_step, |last| last.number);
        self.act_in(edits, at, step)
    }

    /// What is typed next begins a new phrase.
    pub fn end_phrase(&mut self) {
        self.phrase_open = false;
    }

    /// Takes back the last step that did not come in from outside. `None` where there is none, and where what came in
    /// after it hangs on it; [`Self::last_done`] tells which.
    pub fn undo(&mut self, at: Timestamp) -> Option<(Record, &Step)> {
        let act = if self.has_come_in() {
            let (step, edits) = self.undo_past()?;
            self.lift(step, edits.clone()).then_some(Act::UndoPast { step, edits })?
        } else {
            Act::Undo
        };
        self.step_back().then_some(())?;
        let record = self.number(at, act);
        self.last_undone().map(|step| (record, step))
    }

    /// Does the last step undone again. `None` where there is none, and where it does not go with what came in since;
    /// [`Self::last_undone`] tells which.
    pub fn redo(&mut self, at: Timestamp) -> Option<(Record, &Step)> {
        let (last, over) = self.undone.last()?;
        let act = if *over < self.last_in {
            let late = |step: &&Arc<Step>| step.came_in && step.number > *over;
            let notes: Vec<&Step> = self.done.iter().filter(late).map(Arc::as_ref).collect();
            let (step, edits) = (last.number, past::past(&self.workbook, &notes, &last.edits)?);
            self.refit(step, edits.clone()).then_some(Act::RedoPast { step, edits })?
        } else {
            Act::Redo
        };
        self.step_forward().then_some(())?;
        let record = self.number(at, act);
        self.done.back().map(|step| (record, step.as_ref()))
    }

    /// Does what a record says, as it was done the first time. Records the book holds already are passed over.
    ///
    /// # Errors
    /// [`Refused`] where the record does not fit; nothing has changed then.
    pub fn replay(&mut self, record: &Record) -> Result<(), Refused> {
        if record.seq <= self.seq {
            return Ok(());
        }
        match &record.act {
            Act::Do { step, edit, came_in, .. } => {
                let inverse = self.workbook.apply_again(edit.clone())?;
                self.push(*step, (edit.clone(), inverse), record.at, *came_in);
            }
            Act::Undo => self.step_back().then_some(()).ok_or(Refused::NothingThere)?,
            Act::Redo => self.step_forward().then_some(()).ok_or(Refused::NothingThere)?,
            Act::UndoPast { step, edits } => {
                let back = self.lift(*step, edits.clone()) && self.step_back();
                back.then_some(()).ok_or(Refused::NothingThere)?;
            }
            Act::RedoPast { step, edits } => {
                let again = self.refit(*step, edits.clone()) && self.step_forward();
                again.then_some(()).ok_or(Refused::NothingThere)?;
            }
        }
        self.seq = record.seq;
        self.phrase_open = false;
        Ok(())
    }

    /// Remembers a record that the workbook already holds, so that it can be undone. To be called in order, before
    /// anything else is done. Records that are not whole (an undo without its step) are passed over.
    pub fn remember(&mut self, record: &Record) {
        match &record.act {
            Act::Do { step, edit, inverse, came_in } => {
                self.push(*step, (edit.clone(), inverse.clone()), record.at, *came_in);
            }
            Act::Undo => self.put_aside(),
            Act::Redo => self.done.extend(self.undone.pop().map(|(step, _)| step)),
            Act::UndoPast { step, edits } => {
                if self.lift(*step, edits.clone()) {
                    self.put_aside();
                }
            }
            Act::RedoPast { step, edits } => {
                if self.refit(*step, edits.clone()) {
                    self.done.extend(self.undone.pop().map(|(step, _)| step));
                }
            }
        }
        self.phrase_open = false;
    }

    /// Forgets all history: there is nothing to undo from here.
    pub fn forget_history(&mut self) {
        self.done.clear();
        self.undone.clear();
        self.phrase_open = false;
    }

    fn act_in(&mut self, edits: Vec<Edit>, at: Timestamp, step: u64) -> Result<Vec<Record>, Refused> {
        self.carry_out(edits, at, step, false)
    }

    fn carry_out(
        &mut self,
        edits: Vec<Edit>,
        at: Timestamp,
        step: u64,
        came_in: bool,
    ) -> Result<Vec<Record>, Refused> {
        let edits: Vec<Edit> = edits.into_iter().map(Edit::lean).collect();
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in &edits {
            match self.workbook.apply(edit.clone()) {
                Ok(inverse) => inverses.push(inverse),
                Err(refused) => {
                    for inverse in inverses.into_iter().rev() {
                        // made from this very state, so it fits
                        let _ = self.workbook.apply_again(inverse);
                    }
                    return Err(refused);
                }
            }
        }
        let done = edits.into_iter().zip(inverses).map(|(edit, inverse)| {
            self.push(step, (edit.clone(), inverse.clone()), at, came_in);
            self.number(at, Act::Do { step, edit, inverse, came_in })
        });
        Ok(done.collect())
    }

    fn number(&mut self, at: Timestamp, act: Act) -> Record {
        self.phrase_open = false;
        self.seq += 1;
        Record { seq: self.seq, at, act }
    }

    fn push(&mut self, number: u64, pair: (Edit, Edit), at: Timestamp, came_in: bool) {
        if came_in {
            self.last_in = number;
        } else {
            self.undone.clear();
        }
        self.next_step = self.next_step.max(number + 1);
        match self.done.back_mut() {
            Some(step) if step.number == number => {
                let step = Arc::make_mut(step);
                step.last = at;
                let merged = step.edits.last_mut().is_some_and(|last| merge(last, &pair));
                if !merged {
                    step.edits.push(pair);
                }
            }
            _ => self.done.push_back(Arc::new(Step { number, edits: vec![pair], last: at, came_in })),
        }
        while self.done.len() > DEPTH {
            self.done.pop_front();
        }
    }

    fn step_back(&mut self) -> bool {
        let Some(step) = self.done.back() else { return false };
        for (_, inverse) in step.edits.iter().rev() {
            // the inverse was made from this very state, so it fits
            let _ = self.workbook.apply_again(inverse.clone());
        }
        self.put_aside();
        true
    }

    fn put_aside(&mut self) {
        self.undone.extend(self.done.pop_back().map(|step| (step, self.last_in)));
    }

    fn step_forward(&mut self) -> bool {
        let Some((step, _)) = self.undone.pop() else { return false };
        for (edit, _) in &step.edits {
            let _ = self.workbook.apply_again(edit.clone());
        }
        self.done.push_back(step);
        true
    }

    /// The last step of the person, and its edits as they are on top of what came in after it.
    fn undo_past(&self) -> Option<(u64, past::Pairs)> {
        let notes: Vec<&Step> =
            self.done.iter().rev().map(Arc::as_ref).take_while(|step| step.came_in).collect();
        let notes: Vec<&Step> = notes.into_iter().rev().collect();
        let step = self.last_done()?;
        let back = past::past(&self.workbook, &notes, &past::turned(step.edits.clone()))?;
        Some((step.number, past::turned(back)))
    }

    /// Lays the last step of the person on top of what came in after it; its edits are these then. The workbook stays as
    /// it is.
    fn lift(&mut self, number: u64, edits: past::Pairs) -> bool {
        let at = self.done.iter().rposition(|step| !step.came_in);
        let at = at.filter(|at| self.done.get(*at).is_some_and(|step| step.number == number));
        let Some(step) = at.and_then(|at| self.done.remove(at)) else { return false };
        self.done.push_back(Arc::new(step.with(edits)));
        true
    }

    /// Makes the step undone last fit what came in since. The workbook stays as it is.
    fn refit(&mut self, number: u64, edits: past::Pairs) -> bool {
        let last = self.undone.last_mut().filter(|(step, _)| step.number == number);
        last.map(|(step, _)| *step = Arc::new(step.with(edits))).is_some()
    }

    /// Whether an edit is more of the phrase being typed: the same place, the adjoining bytes, no pause before it.
    fn continues_phrase(&self, edit: &Edit, at: Timestamp) -> bool {
        let (Edit::Splice(next), Some(step)) = (edit, self.done.back()) else { return false };
        let pause = at.as_millisecond().saturating_sub(step.last.as_millisecond()).abs();
        let goes_on = match step.edits.last() {
            Some((Edit::Splice(last), _)) => last.place == next.place && adjoins(last, next),
            Some((Edit::AddLine { call, line, .. }, _)) => {
                next.place == TextPlace::Line(call.clone(), line.id.clone())
                    && next.at + next.delete.len() == line.text.len()
            }
            _ => false,
        };
        self.phrase_open && step.number + 1 == self.next_step && pause <= PHRASE_PAUSE_MS && goes_on
    }
}

/// Whether `next` goes on where `last` ended: typing forward, or taking away backward or forward.
fn adjoins(last: &Splice, next: &Splice) -> bool {
    let end = last.at + last.insert.len();
    next.at == end || next.at + next.delete.len() == end
}

/// Folds typing into the edit before it, so that a phrase is one splice and not one for each letter.
fn merge(last: &mut (Edit, Edit), (edit, inverse): &(Edit, Edit)) -> bool {
    let ((Edit::Splice(first), Edit::Splice(first_back)), Edit::Splice(next), Edit::Splice(_)) =
        ((&mut last.0, &mut last.1), edit, inverse)
    else {
        return false;
    };
    let goes_on = next.delete.is_empty() && next.at == first.at + first.insert.len();
    if first.place != next.place || !goes_on {
        return false;
    }
    first.insert.push_str(&next.insert);
    first.on = next.on;
    first_back.delete.push_str(&next.insert);
    true
}

#[cfg(test)]
mod tests;
