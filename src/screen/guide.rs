//! The guide: every card, type, level, stage, word, remedy, clause and source, to read and to find words in.
//!
//! It knows the content and no workbook. `article` turns the content into things to read, `draw` says how they look.
//! Start at [`ROWS`]; while words to find are typed the keys are those of [`FILTER_ROWS`].

mod article;
mod draw;
#[cfg(test)]
mod tests;

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::article::Article;
use super::words;
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::Layer;
use crate::overlay::Reader;
use crate::widget::field::{Field, Kind};
use crate::widget::list::List;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Section(String),
    /// An article, by its place among all.
    Article(usize),
    Gap,
}

/// Everything there is to read.
#[derive(Debug)]
pub struct Guide {
    /// Made when they are first wanted; what ships and a person's own wording do not change while the program runs.
    articles: OnceCell<Vec<Article>>,
    /// The article to begin with, by id.
    wanted: Option<String>,
    /// The article in focus, by its place among all. `None` before a person moved.
    focus: Option<usize>,
    /// Which lines are in sight; follows the focus while drawing, hence the cell.
    list: RefCell<List>,
    filter: Field,
    typing: bool,
}

pub(super) const ROWS: &[Command<Guide>] = &[
    command("guide.open", &["enter", "right", "l"], "Read it as a page", Guide::open).footer(1, "read"),
    command("guide.back", &["esc"], "Show everything again, or step back", Guide::back).footer(2, "back"),
    command("guide.filter", &["/"], "Find words in the guide", Guide::find)
        .footer(3, "find")
        .words("search filter"),
    command("guide.next-section", &["tab"], "To the next section", |s: &mut Guide, ctx| {
        s.go_to_section(1, ctx)
    })
    .footer(3, "next section"),
    command("guide.section-before", &["shift-tab"], "To the section before", |s: &mut Guide, ctx| {
        s.go_to_section(-1, ctx)
    }),
    command("guide.copy", &["y"], "Copy this text", Guide::copy).words("clipboard yank"),
    command("guide.down", &["down", "j"], "To the next one", |s: &mut Guide, ctx| s.step(1, ctx)),
    command("guide.up", &["up", "k"], "To the one before", |s: &mut Guide, ctx| s.step(-1, ctx)),
    command("guide.page-down", &["pagedown"], "A page down", |s: &mut Guide, ctx| s.step(PAGE, ctx)),
    command("guide.page-up", &["pageup"], "A page up", |s: &mut Guide, ctx| s.step(-PAGE, ctx)),
    command("guide.first", &["home", "g g"], "To the first one", |s: &mut Guide, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("guide.last", &["end", "G"], "To the last one", |s: &mut Guide, ctx| s.step(isize::MAX, ctx)),
];

pub(super) const FILTER_ROWS: &[Command<Guide>] = &[
    command("guide-filter.open", &["enter"], "Read the one in focus", Guide::open).footer(1, "read"),
    command("guide-filter.clear", &["esc"], "Show everything again", Guide::back).footer(2, "all"),
    command("guide-filter.rest", &["tab"], "Keep the words and go to the list", Guide::rest)
        .footer(3, "list"),
    command("guide-filter.down", &["down"], "To the next one", |s: &mut Guide, ctx| s.step(1, ctx)),
    command("guide-filter.up", &["up"], "To the one before", |s: &mut Guide, ctx| s.step(-1, ctx)),
    command("guide-filter.page-down", &["pagedown"], "A page down", |s: &mut Guide, ctx| s.step(PAGE, ctx)),
    command("guide-filter.page-up", &["pageup"], "A page up", |s: &mut Guide, ctx| s.step(-PAGE, ctx)),
];

/// Articles that a page key goes over.
const PAGE: isize = 15;

impl Guide {
    /// With the first article in focus, or the card, word, remedy, clause or other entry of that id.
    pub fn new(focus: Option<String>) -> Self {
        Self {
            articles: OnceCell::new(),
            wanted: focus,
            focus: None,
            list: RefCell::default(),
            filter: Field::new(Kind::Line).with_placeholder("a word or two"),
            typing: false,
        }
    }

    fn articles(&self, ctx: &Ctx<'_>) -> &[Article] {
        self.articles.get_or_init(|| article::articles(ctx.content))
    }

    /// The articles that have all the words of the filter.
    fn shown(&self, ctx: &Ctx<'_>) -> Vec<usize> {
        let words = self.filter.text().to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let has_all = |article: &Article| words.iter().all(|word| article.lower.contains(word));
        self.articles(ctx).iter().enumerate().filter(|(_, a)| has_all(a)).map(|(place, _)| place).collect()
    }

    /// What stands in the list: the articles shown, with the name of their section above the first of each.
    fn lines(&self, ctx: &Ctx<'_>) -> Vec<Line> {
        let articles = self.articles(ctx);
        let mut lines = Vec::new();
        let mut section = "";
        for place in self.shown(ctx) {
            let Some(article) = articles.get(place) else { continue };
            if article.section != section {
                section = &article.section;
                if !lines.is_empty() {
                    lines.push(Line::Gap);
                }
                lines.push(Line::Section(section.to_owned()));
            }
            lines.push(Line::Article(place));
        }
        lines
    }

    /// The article in focus among those shown, by its place among all.
    fn focus(&self, ctx: &Ctx<'_>) -> Option<usize> {
        let shown = self.shown(ctx);
        let wanted = || self.articles(ctx).iter().position(|a| Some(&a.id) == self.wanted.as_ref());
        self.focus.or_else(wanted).filter(|place| shown.contains(place)).or_else(|| shown.first().copied())
    }

    fn focus_line(&self, lines: &[Line]) -> Option<usize> {
        let wanted = || self.articles.get()?.iter().position(|a| Some(&a.id) == self.wanted.as_ref());
        let focus = self.focus.or_else(wanted);
        let at = lines.iter().position(|line| matches!(line, Line::Article(place) if Some(*place) == focus));
        at.or_else(|| lines.iter().position(|line| matches!(line, Line::Article(_))))
    }

    /// The lines in sight; above the first article of a section its name is among them.
    fn window(&self, height: usize, focus: usize, len: usize) -> Range<usize> {
        let mut list = self.list.borrow_mut();
        if height > 2 {
            list.set(focus.saturating_sub(1));
            list.window(height, len);
        }
        list.set(focus);
        list.window(height, len)
    }

    fn in_focus(&self, ctx: &Ctx<'_>) -> Option<&Article> {
        self.articles(ctx).get(self.focus(ctx)?)
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let shown = self.shown(ctx);
        let at =
            self.focus(ctx).and_then(|focus| shown.iter().position(|place| *place == focus)).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(shown.len().saturating_sub(1));
        self.focus = shown.get(to).copied();
        Outcome::Done
    }

    /// To the first article of the next section, or of the one before.
    fn go_to_section(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let section = |place: usize| self.articles(ctx).get(place).map(|article| article.section.as_str());
        let shown = self.shown(ctx);
        let mut firsts: Vec<usize> = Vec::new();
        for &place in &shown {
            if firsts.last().and_then(|&last| section(last)) != section(place) {
                firsts.push(place);
            }
        }
        let here = self.focus(ctx).and_then(section);
        let at = firsts.iter().position(|&first| section(first) == here).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(firsts.len().saturating_sub(1));
        self.focus = firsts.get(to).copied();
        Outcome::Done
    }

    fn reader(&self, ctx: &Ctx<'_>) -> Option<Reader> {
        let article = self.in_focus(ctx)?;
        let mut crumbs = self.crumbs(ctx);
        crumbs.push(article.section.clone());
        Some(Reader::new(crumbs, article.title.clone(), article.blocks.clone()))
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.reader(ctx) {
            Some(reader) => Outcome::Open(Box::new(reader)),
            None => Outcome::Say("There is nothing to read here; fewer words find more.".to_owned()),
        }
    }

    fn copy(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.reader(ctx).map_or(Outcome::Unused, |reader| Outcome::Copy(reader.text()))
    }

    fn find(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = true;
        Outcome::Done
    }

    fn rest(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = false;
        Outcome::Done
    }

    fn back(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !self.typing && self.filter.is_empty() {
            return Outcome::Back;
        }
        self.focus = self.focus(ctx).or(self.focus);
        self.typing = false;
        self.filter.set_text("");
        Outcome::Done
    }
}

impl Layer for Guide {
    fn scope(&self) -> &'static str {
        "guide"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["Guide".to_owned()]).collect()
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let (all, shown) = (self.articles(ctx).len(), self.shown(ctx).len());
        if shown == all {
            return self.in_focus(ctx).map(|article| article.section.clone()).unwrap_or_default();
        }
        format!("{shown} of {all} have these words")
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(if self.typing { FILTER_ROWS } else { ROWS }, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let ran = run_by_name(ROWS, self, name, ctx).or_else(|| run_by_name(FILTER_ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.filter)
    }

    fn typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.focus = self.shown(ctx).first().copied();
        Outcome::Done
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
