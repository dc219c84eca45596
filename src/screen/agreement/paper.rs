//! The agreement as it would be sent, on the screen, with the clause in focus in sight.
//!
//! Each part of the document is wrapped once and kept as long as neither it nor the width changes, so that a key costs the
//! wrapping of one clause.

use std::cell::{Cell, RefCell};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::command::{Ctx, Outcome};
use crate::domain::query::{ClauseNow, ClauseWords};
use crate::domain::{AgreementForm, QuestionId};
use crate::export::agreement::{Part, parts, title_of};
use crate::export::{Document, Subject, plain};
use crate::widget::cells::cells;
use crate::widget::text::{put, right_of, row};

/// Columns of the margin, where the clause in focus and what is drawn from elsewhere are marked.
const MARGIN: u16 = 2;

/// The document as it is shown.
#[derive(Debug, Default)]
pub(super) struct Paper {
    wrapped: RefCell<(u16, Vec<Wrapped>)>,
    /// Lines above the window while it is read, the most that can be, and the rows of the window.
    top: Cell<usize>,
    last_top: Cell<usize>,
    page: Cell<usize>,
}

#[derive(Debug, Clone)]
struct Wrapped {
    part: Part,
    lines: Vec<String>,
}

/// What is to be shown of it.
pub(super) struct Shown<'p> {
    pub form: AgreementForm,
    pub clauses: &'p [ClauseNow<'p>],
    /// The clause that is to be in sight; `None` while the document is read.
    pub focus: Option<&'p QuestionId>,
    /// Whether the clause in focus is being written, so that its end matters.
    pub writes: bool,
}

impl Paper {
    pub fn by(&self, lines: isize) -> Outcome {
        self.top.set(self.top.get().saturating_add_signed(lines).min(self.last_top.get()));
        Outcome::Done
    }

    pub fn by_page(&self, pages: isize) -> Outcome {
        let page = isize::try_from(self.page.get().max(2)).unwrap_or(isize::MAX) - 1;
        self.by(pages.saturating_mul(page))
    }

    /// Whether some of it is below what is in sight, while it is read.
    pub fn goes_on(&self) -> bool {
        self.top.get() < self.last_top.get()
    }

    pub fn draw(&self, shown: &Shown<'_>, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        self.wrap(shown.form, area.width.saturating_sub(MARGIN).max(1), ctx);
        let wrapped = self.wrapped.borrow();
        let mut lines: Vec<(&str, &str, Style)> = Vec::new();
        let mut of_focus = 0..0;
        for one in &wrapped.1 {
            let here = one.part.question.is_some() && one.part.question.as_ref() == shown.focus;
            let (mark, style) = look(one, here, shown.clauses, ctx);
            if here {
                let more = if of_focus.is_empty() { lines.len() } else { of_focus.start };
                of_focus = more..lines.len() + one.lines.len();
            }
            let marks = [mark].into_iter().chain(std::iter::repeat(" "));
            lines.extend(one.lines.iter().zip(marks).map(|(line, mark)| (mark, line.as_str(), style)));
            lines.push((" ", "", ctx.theme.text()));
        }
        lines.pop();
        let rows = usize::from(area.height);
        let last_top = lines.len().saturating_sub(rows);
        let top = match shown.focus {
            None => self.top.get(),
            // the end of what is written stays in sight; otherwise it is read from its beginning
            Some(_) if shown.writes && of_focus.len() + 2 > rows => {
                of_focus.end.saturating_sub(rows.saturating_sub(1))
            }
            Some(_) => of_focus.start.saturating_sub(rows / 4),
        };
        let top = top.min(last_top);
        if shown.focus.is_none() {
            self.top.set(top);
            self.last_top.set(last_top);
            self.page.set(rows);
        }
        for ((mark, line, style), at) in lines.iter().skip(top).zip(area.rows()) {
            put(buf, at, mark, ctx.theme.strong());
            put(buf, right_of(at, MARGIN), line, *style);
        }
        // on the first words in sight
        let first = lines.iter().skip(top).take(rows).position(|(_, line, _)| !line.trim().is_empty());
        let down = cells(first.unwrap_or(0));
        let at = right_of(row(area, down), MARGIN.min(area.width.saturating_sub(1)));
        Some(Position { x: at.x, y: at.y })
    }

    /// Where the lines of each part are kept, so that a test can see which were made anew.
    #[cfg(test)]
    pub fn lines(&self) -> Vec<*const u8> {
        let first = |one: &Wrapped| one.lines.first().map(|line| line.as_ptr());
        self.wrapped.borrow().1.iter().filter_map(first).collect()
    }

    /// Wraps what has changed.
    fn wrap(&self, form: AgreementForm, columns: u16, ctx: &Ctx<'_>) {
        let Some(workbook) = ctx.workbook() else { return };
        let subject = Subject::new(workbook, ctx.content, ctx.today());
        let title = title_of(&subject, form);
        let title = Document::titled(title);
        let parts = parts(&subject, form);
        let mut wrapped = self.wrapped.borrow_mut();
        let before = if wrapped.0 == columns { std::mem::take(&mut wrapped.1) } else { Vec::new() };
        let mut before = before.into_iter().peekable();
        let lines = |document: &Document| -> Vec<String> {
            plain(document, columns.into()).lines().map(str::to_owned).collect()
        };
        let mut after = Vec::with_capacity(parts.len() + 1);
        if !title.title.is_empty() {
            after.push(Wrapped { part: Part { question: None, blocks: Vec::new() }, lines: lines(&title) });
            before.next_if(|one| one.part.blocks.is_empty());
        }
        for part in parts {
            let kept = before.next().filter(|one| one.part == part);
            after.push(kept.unwrap_or_else(|| {
                let document = Document { blocks: part.blocks.clone(), ..Document::default() };
                Wrapped { lines: lines(&document), part }
            }));
        }
        *wrapped = (columns, after);
    }
}

/// The mark in the margin of a part, and how its words look.
fn look(one: &Wrapped, here: bool, clauses: &[ClauseNow<'_>], ctx: &Ctx<'_>) -> (&'static str, Style) {
    let question = one.part.question.as_ref();
    let now = question.and_then(|question| clauses.iter().find(|now| now.question == *question));
    let drawn = now.is_some_and(|now| matches!(now.words, ClauseWords::Drawn(_)));
    match (here, drawn) {
        (true, _) => (">", ctx.theme.text()),
        (false, true) => ("+", ctx.theme.quiet()),
        (false, false) if now.is_some_and(|now| now.words.text().is_none()) => (".", ctx.theme.quiet()),
        _ => (" ", ctx.theme.text()),
    }
}
