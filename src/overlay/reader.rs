//! A calm page to read: headings, paragraphs, points. It scrolls and can be copied; it knows nothing of where its text
//! comes from. Start at [`Reader::new`].

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::line::inset;
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::Layer;
use crate::theme::Theme;
use crate::widget::cells::cells;
use crate::widget::text::{put, row, wrap};

/// Columns of a line that reads well.
const MOST_COLUMNS: u16 = 76;

/// What can be done on a page.
pub const COMMANDS: &[Command<Reader>] = &[
    command("reader.down", &["down", "j"], "Read on by a line", |page: &mut Reader, _| page.by(1))
        .footer(1, "read on"),
    command("reader.up", &["up", "k"], "Go back by a line", |page: &mut Reader, _| page.by(-1)),
    command("reader.page-down", &["pagedown", "space"], "Read on by a page", |page: &mut Reader, _| {
        page.by_page(1)
    })
    .footer(5, "next page"),
    command("reader.page-up", &["pageup"], "Go back by a page", |page: &mut Reader, _| page.by_page(-1)),
    command("reader.top", &["home", "g g"], "Go to the top", |page: &mut Reader, _| page.by(isize::MIN)),
    command("reader.end", &["end", "G"], "Go to the end", |page: &mut Reader, _| page.by(isize::MAX)),
    command("reader.copy", &["y"], "Copy the text of this page", Reader::copy)
        .words("clipboard yank")
        .footer(4, "copy"),
    command("reader.close", &["esc"], "Stop reading", Reader::close).words("back leave").footer(2, "back"),
];

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The head of a part.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A line of a list.
    Point(String),
    /// Something that stands back: where it comes from, what to do next.
    Quiet(String),
    /// An empty line.
    Space,
}

/// A page to read.
#[derive(Debug)]
pub struct Reader {
    crumbs: Vec<String>,
    title: String,
    blocks: Vec<Block>,
    /// Lines above the window; follows what the last drawing had room for.
    top: Cell<usize>,
    /// The most that `top` could be when it was last drawn.
    last_top: Cell<usize>,
    /// Rows of text in sight when it was last drawn.
    page: Cell<usize>,
}

impl Reader {
    /// A page of blocks under a title; an empty title takes no room. `crumbs` is what the first line of the screen says.
    pub fn new(crumbs: Vec<String>, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self {
            crumbs,
            title: title.into(),
            blocks,
            top: Cell::new(0),
            last_top: Cell::new(usize::MAX),
            page: Cell::new(1),
        }
    }

    /// The page as plain text, as it is copied: paragraphs whole, points after a hyphen.
    pub fn text(&self) -> String {
        let title = (!self.title.is_empty()).then(|| format!("{}\n\n", self.title));
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Heading(text) | Block::Text(text) | Block::Quiet(text) => format!("{text}\n"),
            Block::Point(text) => format!("- {text}\n"),
            Block::Space => "\n".to_owned(),
        });
        title.into_iter().chain(blocks).collect()
    }

    fn by(&mut self, lines: isize) -> Outcome {
        self.top.set(self.top.get().saturating_add_signed(lines).min(self.last_top.get()));
        Outcome::Done
    }

    fn by_page(&mut self, pages: isize) -> Outcome {
        let page = isize::try_from(self.page.get().max(2)).unwrap_or(isize::MAX) - 1;
        self.by(pages.saturating_mul(page))
    }

    fn copy(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Copy(self.text())
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(Outcome::Done))
    }

    fn lines(&self, columns: u16, theme: Theme) -> Vec<(String, Style)> {
        let mut lines = Vec::new();
        if !self.title.is_empty() {
            lines.extend(wrap(&self.title, columns).into_iter().map(|line| (line, theme.strong())));
            lines.push((String::new(), theme.text()));
        }
        for block in &self.blocks {
            match block {
                Block::Heading(text) => lines.extend(styled(wrap(text, columns), theme.heading())),
                Block::Text(text) => lines.extend(styled(wrap(text, columns), theme.text())),
                Block::Quiet(text) => lines.extend(styled(wrap(text, columns), theme.quiet())),
                Block::Point(text) => lines.extend(styled(point(text, columns), theme.text())),
                Block::Space => lines.push((String::new(), theme.text())),
            }
        }
        lines
    }

    /// The first line in sight, for a window of `rows` rows over `lines` lines; remembers both for the keys to come.
    fn scroll(&self, rows: usize, lines: usize) -> usize {
        let last_top = lines.saturating_sub(rows);
        let top = self.top.get().min(last_top);
        self.top.set(top);
        self.last_top.set(last_top);
        self.page.set(rows);
        top
    }
}

fn styled(lines: Vec<String>, style: Style) -> impl Iterator<Item = (String, Style)> {
    lines.into_iter().map(move |line| (line, style))
}

/// A point with its lines indented below one another.
fn point(text: &str, columns: u16) -> Vec<String> {
    let lines = wrap(text, columns.saturating_sub(2)).into_iter().enumerate();
    lines.map(|(n, line)| format!("{}{line}", if n == 0 { "- " } else { "  " })).collect()
}

impl Layer for Reader {
    fn scope(&self) -> &'static str {
        "reader"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        self.crumbs.clone()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(COMMANDS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = inset(area);
        let area = Rect { width: area.width.min(MOST_COLUMNS), ..area };
        if area.is_empty() {
            return None;
        }
        let lines = self.lines(area.width, *ctx.theme);
        // a page that is cut gives its last row to saying so
        let cut = lines.len() > area.height.into() && area.height > 2;
        let rows = area.height - u16::from(cut);
        let top = self.scroll(rows.into(), lines.len());
        for ((line, style), row) in lines.iter().skip(top).zip(area.rows().take(rows.into())) {
            put(buf, row, line, *style);
        }
        if cut {
            let unseen = lines.len().saturating_sub(top + usize::from(rows));
            let said = if unseen == 0 { "The end".to_owned() } else { format!("{unseen} more below") };
            put(buf, row(area, rows), &said, ctx.theme.quiet());
        }
        // on words, so that a screen reader has something to say
        let on = lines.iter().skip(top).take(rows.into()).position(|(line, _)| !line.trim().is_empty());
        let at = row(area, on.map_or(0, cells));
        Some(at.as_position())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::sizes::{AWKWARD, cursor, draws_at_any_size};
    use crate::testing::World;

    fn page() -> Reader {
        let blocks = vec![
            Block::Text("Ask who would be surprised to hear of this in a year.".into()),
            Block::Space,
            Block::Heading("TRY".into()),
            Block::Point("Draw the table and the empty chairs round it.".into()),
            Block::Point("Ring one of them.".into()),
            Block::Quiet("from: a source".into()),
        ];
        Reader::new(vec!["Guide".into()], "Who is not at the table?", blocks)
    }

    #[test]
    fn it_reads_like_a_page() {
        insta::assert_snapshot!(World::new().drawn(&page(), 34, 12), @"
         Who is not at the table?

         Ask who would be surprised to
         hear of this in a year.

         TRY
         - Draw the table and the empty
           chairs round it.
         - Ring one of them.
         from: a source
        ");
    }

    #[test]
    fn it_scrolls_and_says_what_is_below() {
        let world = World::new();
        let mut page = page();
        insta::assert_snapshot!(world.drawn(&page, 34, 4), @"
         Who is not at the table?

         Ask who would be surprised to
         7 more below
        ");
        for name in ["reader.down", "reader.page-down", "reader.up"] {
            page.run(name, &world.ctx());
            world.drawn(&page, 34, 4);
        }
        insta::assert_snapshot!(world.drawn(&page, 34, 4), @"
         Ask who would be surprised to
         hear of this in a year.

         5 more below
        ");
        page.run("reader.end", &world.ctx());
        page.run("reader.down", &world.ctx());
        assert!(world.drawn(&page, 34, 4).ends_with("The end"));
        // several keys may come before the next drawing
        for name in ["reader.end", "reader.down", "reader.down", "reader.up"] {
            page.run(name, &world.ctx());
        }
        assert!(world.drawn(&page, 34, 4).ends_with("1 more below"));
        page.run("reader.top", &world.ctx());
        assert!(world.drawn(&page, 34, 4).starts_with(" Who is not"));
    }

    #[test]
    fn its_text_is_copied_whole() {
        let Outcome::Copy(text) = page().run("reader.copy", &World::new().ctx()) else { panic!() };
        assert!(text.starts_with("Who is not at the table?\n\nAsk who would be surprised to hear"), "{text}");
        assert!(text.contains("\n\nTRY\n- Draw the table and the empty chairs round it.\n"), "{text}");
    }

    #[test]
    fn lines_are_no_wider_than_reads_well_and_the_cursor_is_on_the_first() {
        let world = World::new();
        let page = Reader::new(Vec::new(), "", vec![Block::Text("word ".repeat(60))]);
        assert!(world.drawn(&page, 200, 10).lines().all(|line| line.len() <= 77));
        assert_eq!(cursor(&world, &page, 200, 10), Some(Position::new(1, 0)));
    }

    #[test]
    fn it_draws_at_any_size() {
        let mut world = World::new();
        let blocks = [Block::Heading, Block::Text, Block::Point, Block::Quiet].map(|b| b(AWKWARD.into()));
        draws_at_any_size(&mut world, &Reader::new(Vec::new(), AWKWARD, blocks.to_vec()));
        draws_at_any_size(&mut world, &Reader::new(Vec::new(), "", Vec::new()));
    }
}
