//! Where each tidy sheet was left, and what a person turned in it and has not taken yet. It is kept as long as the program
//! runs, and nowhere else.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::step::Step;
use crate::domain::RecordId;

/// Where the sheets were left; every sheet has the same.
#[derive(Debug, Clone, Default)]
pub struct Left(Rc<RefCell<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    /// By call.
    steps: HashMap<RecordId, Step>,
    /// Who promises in a line: a place among those between whom it can be.
    who: HashMap<RecordId, usize>,
}

impl Left {
    /// The step at which the sheet of a call was left.
    pub(super) fn step(&self, call: &RecordId) -> Option<Step> {
        self.0.borrow().steps.get(call).copied()
    }

    pub(super) fn set_step(&self, call: &RecordId, step: Step) {
        self.0.borrow_mut().steps.insert(call.clone(), step);
    }

    /// Who promises in a line, where a person turned it.
    pub(super) fn who(&self, line: &RecordId) -> Option<usize> {
        self.0.borrow().who.get(line).copied()
    }

    pub(super) fn set_who(&self, line: &RecordId, way: usize) {
        self.0.borrow_mut().who.insert(line.clone(), way);
    }
}
