//! The partnership on a page, as it would go out: plain text to scroll through and to copy.
//!
//! Whoever opens it brings the text; the screen only shows it. Lines that are too long are broken at words, under the
//! indent that they have.

use std::cell::{Cell, RefCell};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{page, words};
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::Layer;
use crate::widget::cells::cells;
use crate::widget::text;

/// The most sentences that stand above a text.
const MOST_REMARKS: usize = 3;

/// A text to look through.
#[derive(Debug)]
pub struct Preview {
    text: String,
    /// What is to be known about it before it leaves; stands above the text and is not copied.
    remarks: Vec<String>,
    /// The text broken for the columns of the last drawing; kept from one drawing to the next.
    broken: RefCell<(u16, Vec<String>)>,
    /// Lines above the window, the most that can be, and the rows of the window when it was last drawn.
    top: Cell<usize>,
    last_top: Cell<usize>,
    rows: Cell<usize>,
}

pub(super) const ROWS: &[Command<Preview>] = &[
    command("preview.down", &["down", "j"], "A line down", |s: &mut Preview, _| s.by(1)).footer(1, "read on"),
    command("preview.up", &["up", "k"], "A line up", |s: &mut Preview, _| s.by(-1)),
    command("preview.page-down", &["pagedown"], "A page down", |s: &mut Preview, _| s.by_page(1)),
    command("preview.page-up", &["pageup"], "A page up", |s: &mut Preview, _| s.by_page(-1)),
    command("preview.first", &["home", "g g"], "To the top", |s: &mut Preview, _| s.by(isize::MIN)),
    command("preview.last", &["end", "G"], "To the end", |s: &mut Preview, _| s.by(isize::MAX)),
    command("preview.copy", &["y"], "Copy the whole text", Preview::copy)
        .footer(3, "copy")
        .words("clipboard yank"),
    command("preview.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
];

impl Preview {
    /// At the top of a text.
    pub fn new(text: String) -> Self {
        Self {
            text,
            remarks: Vec::new(),
            broken: RefCell::default(),
            top: Cell::new(0),
            last_top: Cell::new(usize::MAX),
            rows: Cell::new(1),
        }
    }

    /// The same, with sentences above it that are no part of it.
    #[must_use]
    pub fn remarks(self, remarks: Vec<String>) -> Self {
        Self { remarks, ..self }
    }

    fn by(&mut self, lines: isize) -> Outcome {
        self.top.set(self.top.get().saturating_add_signed(lines).min(self.last_top.get()));
        Outcome::Done
    }

    fn by_page(&mut self, pages: isize) -> Outcome {
        let page = isize::try_from(self.rows.get().max(2)).unwrap_or(isize::MAX) - 1;
        self.by(pages.saturating_mul(page))
    }

    fn copy(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Copy(self.text.clone())
    }

    fn break_for(&self, columns: u16) {
        let mut broken = self.broken.borrow_mut();
        if broken.0 != columns {
            *broken = (
                columns,
                self.text.trim_end().lines().flat_map(|line| page::broken(line, columns)).collect(),
            );
        }
    }
}

impl Layer for Preview {
    fn scope(&self) -> &'static str {
        "preview"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["On a page".to_owned()]).collect()
    }

    fn aside(&self, _ctx: &Ctx<'_>) -> String {
        let (top, last) = (self.top.get(), self.last_top.get());
        match (top, last) {
            (_, 0) => String::new(),
            (top, last) if top >= last => "the end".to_owned(),
            _ => "more below".to_owned(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        if area.is_empty() {
            return None;
        }
        let mut pen = page::Pen::new(buf, area);
        for remark in self.remarks.iter().take(MOST_REMARKS) {
            pen.say(remark, ctx.theme.notice());
        }
        if !self.remarks.is_empty() {
            pen.gap();
        }
        let area = pen.rest();
        if area.is_empty() {
            return None;
        }
        self.break_for(area.width);
        let broken = self.broken.borrow();
        let lines = &broken.1;
        let last_top = lines.len().saturating_sub(area.height.into());
        self.last_top.set(last_top);
        self.rows.set(area.height.into());
        self.top.set(self.top.get().min(last_top));
        for (line, row) in lines.iter().skip(self.top.get()).zip(area.rows()) {
            text::put(buf, row, line, ctx.theme.text());
        }
        if lines.is_empty() {
            text::put(buf, area, "There is nothing on the page yet.", ctx.theme.quiet());
        }
        // on words, so that a screen reader has something to say
        let first = lines.iter().skip(self.top.get()).position(|line| !line.trim().is_empty()).unwrap_or(0);
        let at = text::row(area, cells(first));
        let line = lines.get(self.top.get() + first).map_or("", String::as_str);
        let indent = text::width(line) - text::width(line.trim_start());
        Some(page::cursor(if at.is_empty() { area } else { at }, indent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};

    const PAGE: &str = "# Tactile guide\n\nWith City Museum, and active since March 2025 when both of us said yes.\n\n  - send the budget by Friday, to the two of them\n  - list\n";

    #[test]
    fn a_page_is_broken_under_its_indent() {
        insta::assert_snapshot!(drawn(&world(), &Preview::new(PAGE.into()), 30, 12), @"
         # Tactile guide

         With City Museum, and active
         since March 2025 when both
         of us said yes.

           - send the budget by
             Friday, to the two of
             them
           - list
        ");
    }

    #[test]
    fn it_scrolls_to_the_end_and_no_further() {
        let world = world();
        let mut preview = Preview::new(PAGE.into());
        let first = |preview: &Preview| drawn(&world, preview, 30, 4).lines().next().unwrap_or("").to_owned();
        assert_eq!(first(&preview), " # Tactile guide");
        assert_eq!(preview.aside(&world.ctx()), "more below");
        preview.run("preview.page-down", &world.ctx());
        assert_eq!(first(&preview), " since March 2025 when both");
        preview.run("preview.last", &world.ctx());
        assert_eq!(first(&preview), "   - send the budget by");
        assert_eq!(preview.aside(&world.ctx()), "the end");
        // keys can come faster than drawings
        for name in ["preview.down", "preview.page-down", "preview.up"] {
            preview.run(name, &world.ctx());
        }
        assert_eq!(first(&preview), "");
        preview.run("preview.first", &world.ctx());
        assert_eq!(first(&preview), " # Tactile guide");
        assert!(matches!(preview.run("preview.copy", &world.ctx()), Outcome::Copy(text) if text == PAGE));
        assert!(matches!(preview.run("preview.back", &world.ctx()), Outcome::Back));
    }

    #[test]
    fn it_draws_in_any_size() {
        let world = world();
        for text in [String::new(), PAGE.to_owned(), format!("        {HARD_NAME}\n{HARD_NAME}")] {
            for (width, height) in SIZES {
                let mut preview = Preview::new(text.clone());
                draws_anywhere(&world, &preview, width, height);
                preview.run("preview.last", &world.ctx());
                draws_anywhere(&world, &preview, width, height);
            }
        }
    }
}
