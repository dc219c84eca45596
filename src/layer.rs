//! One thing that takes keys and draws itself: a screen, or an overlay on top of it.
//!
//! A layer sees the program through [`Ctx`] and answers with an [`Outcome`]; it never holds the workbook. Its keys are
//! command rows, so a layer's `run` is given a name, not a key.

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Ctx, Outcome, Row};
use crate::domain::{QuestionId, TextPlace, VoiceKey};
use crate::widget::field::Field;

/// Where a layer stands on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// It takes the whole body, between the first line and the status line.
    Body,
    /// It is a strip of so many rows above the status line; what is below stays in sight.
    Strip(u16),
}

/// Where a person is on a screen of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// The question.
    pub question: QuestionId,
    /// The voice, where the answer is in focus.
    pub voice: Option<VoiceKey>,
    /// Bytes from the start of its text to where typing would go on.
    pub caret: usize,
}

/// A screen or an overlay.
pub trait Layer: fmt::Debug {
    /// The first part of the names of its commands: `map`, `palette`.
    fn scope(&self) -> &'static str;

    /// What the first line of the screen says: the way here, outermost first. Empty for strips.
    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String>;

    /// What the first line says at its right end.
    fn aside(&self, _ctx: &Ctx<'_>) -> String {
        String::new()
    }

    /// Where it stands.
    fn extent(&self, _ctx: &Ctx<'_>) -> Extent {
        Extent::Body
    }

    /// Its rows that apply now.
    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row>;

    /// Runs a command of its scope by name.
    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome;

    /// A character that no row names: a letter of a menu. `None` where it means nothing.
    fn letter(&mut self, _letter: char, _ctx: &Ctx<'_>) -> Option<Outcome> {
        None
    }

    /// The field that takes text now; `None` while moving.
    fn field(&mut self) -> Option<&mut Field> {
        None
    }

    /// The place whose text that field shows. A field without a place is the layer's own, such as a filter.
    fn place(&self) -> Option<TextPlace> {
        None
    }

    /// The text of a field of its own has changed.
    fn typed(&mut self, _ctx: &Ctx<'_>) -> Outcome {
        Outcome::Done
    }

    /// A text that was pasted while its field takes text, for a layer that makes more of it than the field would.
    /// `None` leaves it to the field.
    fn pasted(&mut self, _text: &str, _ctx: &Ctx<'_>) -> Option<Outcome> {
        None
    }

    /// Whether it shows by itself what may follow a key that begins a sequence, so that no strip need do so.
    fn shows_sequences(&self, _ctx: &Ctx<'_>) -> bool {
        false
    }

    /// Which question a person is at, also while moving; `None` on screens without questions.
    fn whereabouts(&self, _ctx: &Ctx<'_>) -> Option<Whereabouts> {
        None
    }

    /// The next typing goes on at this caret, in bytes, instead of at the end.
    fn resume_at(&mut self, _caret: usize) {}

    /// What was asked and the field for it, where the words are to be put aside when the layer is left without using
    /// them.
    fn draft(&mut self) -> Option<(&str, &mut Field)> {
        None
    }

    /// The tags of the words in [`Layer::draft`], as letters, to be put aside with them. Empty for none.
    fn draft_tags(&self) -> String {
        String::new()
    }

    /// Puts the tags of words that were put aside on again.
    fn tag_draft(&mut self, _letters: &str) {}

    /// Whether it holds edits that were made from the workbook as it stands, so that nothing may be undone beneath it.
    fn holds_edits(&self) -> bool {
        false
    }

    /// The workbook or the library has changed from elsewhere: fields and lists are to be filled anew.
    fn sync(&mut self, _ctx: &Ctx<'_>) {}

    /// Something the world answered, for the layer that asked: lines found, a file written.
    fn told(&mut self, _news: &crate::shelf::News, _ctx: &Ctx<'_>) {}

    /// Draws itself and says where the cursor belongs.
    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position>;
}
