//! The text input: many lines of wrapped prose, or one line that scrolls sideways. It edits, selects and
//! draws text; it knows no workbook, no keys, no theme and no undo. Each change is answered as one [`Splice`]
//! for the workbook, which is the truth that this is a copy of. Start at [`Field::act`].
//!
//! Inside, `lines` holds the text, `wrap` cuts lines into rows, `motion` moves the caret over them and `draw` puts
//! them on the screen. `glyph`, beside it, says what one character is.

mod clean;
mod draw;
mod lines;
mod motion;
mod splice;
#[cfg(test)]
pub(super) mod tests;
mod wrap;

pub(super) use clean::{TAB, is_unwelcome};
pub use clean::{clean, clean_line};
pub use draw::FieldStyle;
pub use motion::Motion;
pub use splice::Splice;

use draw::View;
use lines::{Lines, Place};
use motion::Caret;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use wrap::Layout;

/// The most that a field takes from keys and pastes, in bytes of UTF-8.
pub const LIMIT: usize = 200 * 1024;

/// What sort of text a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Paragraphs, wrapped at words.
    Prose,
    /// One line, scrolled sideways.
    Line,
}

/// What a person does to a field. It holds no text, so that a row of keys can name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Insert a character, cleaned as by [`clean()`].
    Char(char),
    /// Start a new line; nothing in a [`Kind::Line`].
    Newline,
    /// Delete the grapheme before the caret.
    Backspace,
    /// Delete the grapheme after the caret.
    Delete,
    /// Delete to the end of the row as drawn; at the end of a line, the newline.
    KillToEnd,
    /// Delete to the start of the row as drawn.
    KillToStart,
    /// Delete to the start of the word.
    KillWord,
    /// Move the caret and let go of the selection.
    Move(Motion),
    /// Move the caret and select what it passes.
    Select(Motion),
    /// Select the whole text.
    SelectAll,
    /// Remember the selection as [`Field::yank`].
    Copy,
    /// Copy, then delete.
    Cut,
    /// Insert what was last cut or copied.
    Paste,
}

/// What came of a [`Verb`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// The text changed; the workbook is to be told.
    Changed(Splice),
    /// The caret or the selection changed.
    Moved,
    /// [`Field::yank`] has new text.
    Copied,
    /// An arrow led out of the text: the focus may go to the neighbour.
    Edge,
    /// There was nothing to do.
    Nothing,
}

/// A text was too long to be taken; the field is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this would make {} KB, and one field holds {} KB", .would_be.div_ceil(1024), .limit / 1024)]
pub struct TooLong {
    /// How long the whole text would have become, in bytes.
    pub would_be: usize,
    /// How long it may be, in bytes.
    pub limit: usize,
}

/// An input for text. See the [module](self).
#[derive(Clone, Debug)]
pub struct Field {
    kind: Kind,
    placeholder: String,
    lines: Lines,
    /// What was last cut or copied.
    yank: String,
    caret: Caret,
    /// Where a selection began; it reaches to the caret, and may be empty.
    anchor: Option<Place>,
    /// A cache, filled while drawing, hence the cells.
    layout: RefCell<Layout>,
    view: Cell<View>,
}

impl Field {
    /// An empty field.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            placeholder: String::new(),
            lines: Lines::new(""),
            yank: String::new(),
            caret: Caret::default(),
            anchor: None,
            layout: RefCell::default(),
            view: Cell::default(),
        }
    }

    /// The field with `text` in it, and the caret at its end.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.set_text(text);
        self.set_caret(text.len());
        self
    }

    /// The field with a hint that shows as long as it is empty.
    #[must_use]
    pub fn with_placeholder(mut self, hint: impl Into<String>) -> Self {
        self.placeholder = hint.into();
        self
    }

    /// What sort of text this is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The text, byte for byte as it was set or typed.
    pub fn text(&self) -> String {
        self.lines.text()
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.lines.end() == Place::default()
    }

    /// Does what a person asks for.
    ///
    /// # Errors
    /// [`TooLong`] if the text would grow beyond [`LIMIT`]; then nothing was changed.
    pub fn act(&mut self, verb: Verb) -> Result<Did, TooLong> {
        match verb {
            Verb::Char(c) => self.paste(c.encode_utf8(&mut [0; 4])),
            Verb::Newline => self.paste("\n"),
            Verb::Backspace => self.erase(Motion::Left),
            Verb::Delete => self.erase(Motion::Right),
            Verb::KillWord => self.erase(Motion::WordLeft),
            Verb::KillToStart => self.erase(Motion::RowStart),
            Verb::KillToEnd if self.caret.place.byte == self.lines.line(self.caret.place.line).len() => {
                self.erase(Motion::Right)
            }
            Verb::KillToEnd => self.erase(Motion::RowEnd),
            Verb::Move(motion) => Ok(self.travel(motion, false)),
            Verb::Select(motion) => Ok(self.travel(motion, true)),
            Verb::SelectAll => Ok(self.select_all()),
            Verb::Copy => Ok(self.copy()),
            Verb::Cut => match self.copy() {
                Did::Copied => self.replace_selection(""),
                nothing => Ok(nothing),
            },
            Verb::Paste => self.paste(&self.yank()),
        }
    }

    /// Inserts `text` for the selection, whole or not at all, [cleaned](clean()) and without newlines in a
    /// [`Kind::Line`].
    ///
    /// # Errors
    /// [`TooLong`] if the text would grow beyond [`LIMIT`]; then nothing was changed.
    pub fn paste(&mut self, text: &str) -> Result<Did, TooLong> {
        let text = match self.kind {
            Kind::Prose => clean(text),
            Kind::Line => clean_line(text),
        };
        if text.is_empty() {
            return Ok(Did::Nothing);
        }
        self.replace_selection(&text)
    }

    /// Takes over the text of the workbook, exactly and at any length, and says whether it was another one.
    /// The caret stays where the text round it stays.
    pub fn set_text(&mut self, text: &str) -> bool {
        // Compared without a copy: this is asked often, and the answer is mostly no.
        if self.lines.as_slice().iter().map(String::as_str).eq(text.split('\n')) {
            return false;
        }
        let Some(splice) = Splice::between(&self.text(), text) else {
            return false;
        };
        let caret = splice.carry(self.caret());
        let applied = self.apply_splice(&splice);
        self.set_caret(caret);
        applied
    }

    /// Follows a change that the workbook made, such as an undo, and puts the caret at the end of it.
    /// `false`, and nothing done, if it does not fit the text; then [`set_text`](Self::set_text) is the way.
    pub fn apply_splice(&mut self, splice: &Splice) -> bool {
        let from = self.lines.place(splice.at);
        let to = from.after(&splice.delete);
        let fits = self.lines.offset(from) == splice.at && to <= self.lines.end();
        if !fits || self.lines.between(from, to) != splice.delete {
            return false;
        }
        self.replace(from, to, &splice.insert);
        true
    }

    /// Where the caret is, in bytes from the start of the text; always between two graphemes.
    pub fn caret(&self) -> usize {
        self.lines.offset(self.caret.place)
    }

    /// Puts the caret at byte `at` of the text, or as near as graphemes allow, and lets go of the selection.
    pub fn set_caret(&mut self, at: usize) {
        self.rest_at(self.lines.place(at));
    }

    /// Whether the caret is in the first row, as last drawn: an arrow up would lead out of the text.
    pub fn is_on_first_row(&self) -> bool {
        self.destination(Motion::Up) == self.caret
    }

    /// Whether the caret is in the last row, as last drawn.
    pub fn is_on_last_row(&self) -> bool {
        self.destination(Motion::Down) == self.caret
    }

    /// The selected bytes of the text, if there are any.
    pub fn selection(&self) -> Option<Range<usize>> {
        let (from, to) = self.selected_places()?;
        Some(self.lines.offset(from)..self.lines.offset(to))
    }

    /// The selected text, if there is any.
    pub fn selected_text(&self) -> Option<String> {
        let (from, to) = self.selected_places()?;
        Some(self.lines.between(from, to))
    }

    /// Lets go of the selection, and says whether there was one.
    pub fn unselect(&mut self) -> bool {
        let had = self.selected_places().is_some();
        self.anchor = None;
        had
    }

    /// What was last cut or copied here.
    pub fn yank(&self) -> String {
        self.yank.clone()
    }

    /// Brings what was cut or copied in another field.
    pub fn set_yank(&mut self, text: &str) {
        text.clone_into(&mut self.yank);
    }

    fn selected_places(&self) -> Option<(Place, Place)> {
        let (anchor, caret) = (self.anchor?, self.caret.place);
        (anchor != caret).then(|| (anchor.min(caret), anchor.max(caret)))
    }

    fn select_all(&mut self) -> Did {
        if self.is_empty() {
            return Did::Nothing;
        }
        self.anchor = Some(Place::default());
        self.caret = Caret::at(self.lines.end());
        Did::Moved
    }

    fn copy(&mut self) -> Did {
        let Some(text) = self.selected_text() else {
            return Did::Nothing;
        };
        self.yank = text;
        Did::Copied
    }

    fn travel(&mut self, motion: Motion, selecting: bool) -> Did {
        let (caret, selection) = (self.caret, self.selected_places());
        let goal = match (motion, selection) {
            // An arrow without Shift lets go of a selection at its near end.
            (Motion::Left, Some((from, _))) if !selecting => Caret::at(from),
            (Motion::Right, Some((_, to))) if !selecting => Caret::at(to),
            _ => self.destination(motion),
        };
        self.anchor = selecting.then(|| self.anchor.unwrap_or(caret.place));
        self.caret = goal;
        if (goal, self.selected_places()) != (caret, selection) {
            Did::Moved
        } else if motion.is_arrow() && !selecting {
            Did::Edge
        } else {
            Did::Nothing
        }
    }

    fn destination(&self, motion: Motion) -> Caret {
        let layout = self.layout_for(self.view.get().width);
        self.page(&layout).go(self.caret, motion)
    }

    /// Deletes the selection, or else what lies between the caret and where `motion` leads.
    fn erase(&mut self, motion: Motion) -> Result<Did, TooLong> {
        if self.selected_places().is_none() {
            self.anchor = Some(self.destination(motion).place);
        }
        self.replace_selection("")
    }

    /// The only way in which a person changes the text.
    fn replace_selection(&mut self, insert: &str) -> Result<Did, TooLong> {
        let (from, to) = self.selected_places().unwrap_or((self.caret.place, self.caret.place));
        if from == to && insert.is_empty() {
            return Ok(Did::Nothing);
        }
        let (at, delete) = (self.lines.offset(from), self.lines.between(from, to));
        let would_be = self.len() - delete.len() + insert.len();
        // A text that came in too long may still be made shorter.
        if would_be > LIMIT && insert.len() > delete.len() {
            return Err(TooLong { would_be, limit: LIMIT });
        }
        self.replace(from, to, insert);
        if delete == insert {
            return Ok(Did::Moved);
        }
        Ok(Did::Changed(Splice { at, delete, insert: insert.to_owned() }))
    }

    /// The only way in which the text changes at all.
    fn replace(&mut self, from: Place, to: Place, insert: &str) {
        self.lines.replace(from, to, insert);
        let end = from.after(insert);
        let fresh = self.lines.as_slice().get(from.line..=end.line).unwrap_or_default();
        self.layout.get_mut().replace(from.line, to.line - from.line + 1, fresh);
        self.rest_at(end);
    }

    /// Puts the caret at a place, or after the grapheme that an edit may have closed round it.
    fn rest_at(&mut self, place: Place) {
        let byte = super::glyph::snap(self.lines.line(place.line), place.byte);
        self.caret = Caret::at(Place { byte, ..place });
        self.anchor = None;
    }
}
