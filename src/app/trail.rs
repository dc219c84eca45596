//! The way back from where a text stands: who went to look at something comes back to the very caret.
//!
//! The screens that were left are put aside as they were and taken up again, so that nothing about them needs to be
//! remembered. A jump elsewhere forgets them.

use super::App;
use crate::command::Go;
use crate::layer::Layer;

/// How many times one may go on from place to place and still come back step by step.
const MOST: usize = 20;

/// Screens that were left to look at something, and how many lie there as long as one looks at it.
#[derive(Debug)]
pub(super) struct Trail {
    left: Vec<Box<dyn Layer>>,
    depth: usize,
}

impl App {
    /// Goes to look at a place; a step back from there takes up the screens that were left.
    pub(super) fn visit(&mut self, go: Go) {
        if self.workbook().is_none() {
            return self.look(go);
        }
        let mut trail = std::mem::take(&mut self.trail);
        let left = std::mem::take(&mut self.screens);
        self.screens = vec![self.bottom_screen()];
        self.go(Go::Map);
        self.look(go);
        let depth = self.screens.len();
        trail.push(Trail { left, depth });
        if trail.len() > MOST {
            trail.remove(0);
        }
        self.trail = trail;
    }

    fn look(&mut self, go: Go) {
        match go {
            Go::Place(place) => self.go_to_place(&place),
            Go::Look(go) => self.look(*go),
            go => self.go(go),
        }
    }

    /// Takes up the screens that were left, where the one in sight is what one went to look at.
    pub(super) fn back_on_trail(&mut self) -> bool {
        let screens = self.screens.len();
        if self.trail.last().is_some_and(|trail| trail.depth > screens) {
            // the place was left on another way
            self.trail.clear();
        }
        // what lies over the place is left first
        let Some(trail) = self.trail.pop_if(|trail| trail.depth == screens) else { return false };
        self.screens = trail.left;
        self.sync_all();
        true
    }
}
