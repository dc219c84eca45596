//! Finding words: in the open workbook at every key, or in all of them by asking the world. It shows which question and
//! whose voice, in words, with the line around what was found; choosing goes there. Start at [`Find::here`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::picker::{self, Aside, Item, Picker, Target};
use crate::command::{Ask, Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::Content;
use crate::domain::query::{Finder, Where, place_in_words};
use crate::domain::{TextPlace, Workbook};
use crate::layer::Layer;
use crate::shelf::{FoundIn, News};
use crate::widget::field::Field;

/// The most places that are shown: nobody reads on beyond them.
const MOST: usize = 100;

/// What can be done while finding, apart from choosing.
pub const COMMANDS: &[Command<Find>] = &[command(
    "find.everywhere",
    &["ctrl-f"],
    "Look in all workbooks, or in this one alone again",
    Find::change_where,
)
.words("everywhere library wider")
.footer(4, "here or everywhere")];

/// Looking for words.
#[derive(Debug)]
pub struct Find {
    picker: Picker,
    /// The places of the open workbook; `None` while looking everywhere.
    here: Option<Finder>,
    /// Whether the world has not told everything yet.
    looking: bool,
}

impl Find {
    /// Looks in the open workbook; everywhere where none is open.
    pub fn here(ctx: &Ctx<'_>) -> Self {
        Self { here: ctx.workbook().map(Finder::new), ..Self::everywhere() }
    }

    /// Looks in all workbooks.
    pub fn everywhere() -> Self {
        Self { picker: Picker::of_answers("Words to find"), here: None, looking: false }
    }

    fn change_where(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.here.take().is_none() {
            self.here = ctx.workbook().map(Finder::new);
        }
        if self.here.is_none() {
            // what is on the list was found here; all of it is found again
            self.picker.answer(Vec::new());
        }
        self.typed(ctx)
    }

    fn look(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let wanted = self.picker.wanted();
        self.looking = false;
        if let (Some(finder), Some(workbook)) = (&mut self.here, ctx.workbook()) {
            let hits = finder.find(workbook, &wanted, MOST);
            let items = hits.into_iter().map(|hit| Item {
                under: hit.line,
                ..item("", &hit.place, Some(workbook), ctx.content, Target::Go(Go::Place(hit.place.clone())))
            });
            self.picker.answer(items.collect());
            return Outcome::Done;
        }
        if wanted.is_empty() {
            self.picker.answer(Vec::new());
            return Outcome::Done;
        }
        self.looking = true;
        Outcome::Ask(Ask::FindEverywhere(wanted))
    }

    fn nothing(&self, ctx: &Ctx<'_>) -> String {
        let key = ctx.keymap.shown("find.everywhere");
        match (self.picker.wanted().is_empty(), self.looking, self.here.is_some()) {
            (true, _, true) => {
                format!("Type words that stand in an answer, a name or a note. {key} looks in all workbooks.")
            }
            (true, _, false) => "Type words that stand somewhere in your workbooks.".to_owned(),
            (false, true, _) => "Looking through your workbooks.".to_owned(),
            (false, false, true) => {
                format!(
                    "These words stand nowhere in this workbook. Try fewer; {key} looks in all workbooks."
                )
            }
            (false, false, false) => {
                "These words stand in none of your workbooks. Try fewer, or a part of a word.".to_owned()
            }
        }
    }
}

impl Layer for Find {
    fn scope(&self) -> &'static str {
        "find"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", Workbook::title);
        match (self.here.is_some(), title) {
            (false, _) => vec!["Find in all workbooks".to_owned()],
            (true, "") => vec!["Find in this workbook".to_owned()],
            (true, title) => vec![title.to_owned(), "Find".to_owned()],
        }
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        match (self.picker.wanted().is_empty(), self.looking) {
            (true, _) => String::new(),
            (false, true) => format!("{} so far", self.picker.len()),
            (false, false) if self.picker.len() >= MOST => format!("the first {}", self.picker.len()),
            (false, false) => self.picker.count(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let mut rows = rows_that_apply(picker::COMMANDS, &self.picker, ctx);
        rows.extend(rows_that_apply(COMMANDS, self, ctx));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx)
            .or_else(|| run_by_name(picker::COMMANDS, &mut self.picker, name, ctx))
            .unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.picker.field)
    }

    fn typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.picker.typed();
        self.look(ctx)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if self.here.is_some() {
            self.here = ctx.workbook().map(Finder::new);
            self.look(ctx);
        }
    }

    fn told(&mut self, news: &News, ctx: &Ctx<'_>) {
        let News::Found { words, hits, complete } = news else { return };
        if self.here.is_some() || words.trim() != self.picker.wanted() {
            // an answer to what is no longer asked
            return;
        }
        self.looking = !complete;
        self.picker.answer(hits.iter().take(MOST).map(|hit| found(hit, ctx)).collect());
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        self.picker.draw(area, buf, ctx, &self.nothing(ctx))
    }
}

/// Something found by the world, under the title of its workbook.
fn found(hit: &FoundIn, ctx: &Ctx<'_>) -> Item {
    let open = ctx.workbook().filter(|workbook| *workbook.id() == hit.workbook);
    let target = match open {
        Some(_) => Target::Go(Go::Place(hit.place.clone())),
        None => Target::Ask(Ask::OpenAt(hit.workbook.clone(), hit.place.clone())),
    };
    let title = if hit.title.is_empty() { "A workbook without a title" } else { &hit.title };
    Item { under: hit.line.clone(), ..item(title, &hit.place, open, ctx.content, target) }
}

/// A place in words. Names of partners and people are known only where their workbook is at hand.
fn item(
    group: &str,
    place: &TextPlace,
    workbook: Option<&Workbook>,
    content: &Content,
    target: Target,
) -> Item {
    let Where { thing, part } = place_in_words(place, workbook, content);
    Item { aside: Aside::Words(part), ..Item::new(group, thing, target) }
}

#[cfg(test)]
mod tests;
