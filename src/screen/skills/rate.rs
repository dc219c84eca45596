//! The lines of a head: how much the work needs each, how much of it is there, by digits, with the words for each number
//! and the meaning of the line always in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Skills, called};
use crate::command::{Ctx, Go, Outcome};
use crate::content::types::{Head, Term};
use crate::domain::query::skills::RaterView;
use crate::domain::{Edit, PartnerId, Rating, Who, Workbook};
use crate::screen::page::{self, Pen};
use crate::screen::words::{self, READ_ONLY};
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// The heads, in the order in which they are gone through.
const HEADS: [Head; 4] = [Head::Leadership, Head::Trust, Head::Learning, Head::Performance];
/// Columns that the two numbers of a rater take.
const NUMBERS: u16 = 11;
/// The fewest columns for the name of a line.
const NAME: u16 = 30;

fn head_words(head: Head) -> &'static str {
    match head {
        Head::Leadership => "Leadership",
        Head::Trust => "Trust",
        Head::Learning => "Learning",
        Head::Performance => "Managing for performance",
    }
}

/// The two numbers in words, one line each.
fn scale(have: bool) -> String {
    let (lead, words) = if have { ("Have", Rating::HAVES) } else { ("Need", Rating::NEEDS) };
    let each = words.iter().enumerate().map(|(n, words)| format!("{n} {words}"));
    format!("{lead}: {}", each.collect::<Vec<_>>().join(", "))
}

impl Skills {
    fn head(&self) -> Head {
        HEADS.get(self.head).copied().unwrap_or(Head::Leadership)
    }

    fn terms<'c>(&self, ctx: &Ctx<'c>) -> Vec<&'c Term> {
        ctx.content.terms().iter().filter(|term| term.head == self.head()).collect()
    }

    fn term<'c>(&self, ctx: &Ctx<'c>) -> Option<&'c Term> {
        let terms = self.terms(ctx);
        terms.get(self.line.focus(terms.len())).copied()
    }

    /// "7 of 36 lines".
    pub(super) fn lines_said(&self, ctx: &Ctx<'_>) -> String {
        let views = Self::views(ctx);
        let lines = self.own(&views).map_or(0, RaterView::lines);
        format!("{lines} of {} lines", ctx.content.terms().len())
    }

    fn own<'v, 'w>(&self, views: &'v [RaterView<'w>]) -> Option<&'v RaterView<'w>> {
        views.iter().find(|view| *view.side == self.side && view.rater == Some(&self.rater))
    }

    pub(super) fn step_line(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        if self.line.by(by, self.terms(ctx).len()) && by.unsigned_abs() == 1 {
            self.have = false;
        }
        Outcome::Done
    }

    pub(super) fn column(&mut self, have: bool) -> Outcome {
        self.have = have;
        Outcome::Done
    }

    pub(super) fn turn_head(&mut self, by: isize) -> Outcome {
        self.head = (self.head + HEADS.len()).saturating_add_signed(by) % HEADS.len();
        self.have = false;
        self.line.set(0);
        Outcome::Done
    }

    pub(super) fn read_line(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.term(ctx).map_or(Outcome::Unused, |term| Outcome::Go(Go::Guide(Some(term.id.clone()))))
    }

    /// The rating of this rater today: the one there is, or a new one.
    fn today(&self, workbook: &Workbook, ctx: &Ctx<'_>) -> (Rating, bool) {
        let today = Some(ctx.today());
        let there = workbook.all::<Rating>().iter().rfind(|r| self.is_own(r) && r.on == today);
        let new = || Rating {
            side: Some(self.side.clone()),
            rater: Some(self.rater.clone()),
            on: today,
            ..Rating::new(ctx.ids.record())
        };
        (there.cloned().unwrap_or_else(new), there.is_none())
    }

    fn is_own(&self, rating: &Rating) -> bool {
        rating.side.as_ref() == Some(&self.side) && rating.rater.as_ref() == Some(&self.rater)
    }

    /// Takes a number down for the line in focus and goes on to the next.
    pub(super) fn say(&mut self, number: u8, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let (Some(workbook), Some(term)) = (ctx.workbook(), self.term(ctx)) else { return Outcome::Unused };
        let (mut rating, is_new) = self.today(workbook, ctx);
        let numbers = if self.have { &mut rating.haves } else { &mut rating.needs };
        numbers.insert(term.id.clone(), number);
        let record = Box::new(rating.into());
        let edit =
            if is_new { Edit::AddRecord { record, place: usize::MAX } } else { Edit::SetRecord(record) };
        let was_last = self.have && !self.line.by(1, self.terms(ctx).len());
        self.have = !self.have;
        if was_last {
            self.have = true;
            let said = format!(
                "That was the last line of {}. {} leads to the next head, {} to what stands out.",
                head_words(self.head()),
                ctx.keymap.shown("skills-rate.head"),
                ctx.keymap.shown("skills-rate.next"),
            );
            return Outcome::All(vec![Outcome::Edit(edit), Outcome::Say(said)]);
        }
        Outcome::Edit(edit)
    }

    /// Takes a number back, also one of an earlier day: nobody has said then.
    pub(super) fn unsay(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let (Some(workbook), Some(term)) = (ctx.workbook(), self.term(ctx)) else { return Outcome::Unused };
        let have = self.have;
        let without = |rating: &Rating| {
            let mut rating = rating.clone();
            let numbers = if have { &mut rating.haves } else { &mut rating.needs };
            numbers.remove(&term.id)?;
            Some(Edit::SetRecord(Box::new(rating.into())))
        };
        let own = workbook.all::<Rating>().iter().filter(|rating| self.is_own(rating));
        let edits: Vec<Edit> = own.filter_map(without).collect();
        if edits.is_empty() {
            return Outcome::Say("Nothing is said here yet.".to_owned());
        }
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Say("Unrated again.".to_owned())])
    }

    pub(super) fn draw_rate(
        &self,
        workbook: &Workbook,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Option<Position> {
        let views = Self::views(ctx);
        let others: Vec<&RaterView<'_>> = views
            .iter()
            .filter(|v| *v.side == self.side && v.rater != Some(&self.rater) && v.lines() > 0)
            .collect();
        let fit = usize::from(area.width.saturating_sub(NAME) / NUMBERS).saturating_sub(1);
        let beside = if ctx.linear { 0 } else { fit.min(others.len()) };
        let (in_columns, in_words) = others.split_at(beside);
        let below = self.below(in_words, workbook, area, ctx);
        let height =
            below.iter().map(|(words, _)| page::rows_of(words, area.width)).fold(0_u16, u16::saturating_add);
        let mut pen = Pen::new(buf, Rect { height: area.height.saturating_sub(height), ..area });
        if area.height > 9 {
            self.draw_heads(&mut pen, ctx);
        }
        let (middle, buf) = pen.take(area.height);
        let columns = Columns { own: self.own(&views), others: in_columns, workbook };
        let cursor = self.draw_lines(&columns, middle, buf, ctx);
        let mut pen = Pen::new(buf, text::below(area, area.height.saturating_sub(height)));
        for (words, style) in &below {
            pen.say(words, *style);
        }
        cursor
    }

    /// What stands below the lines: the meaning, what others say, the words for the numbers; less of it where there is
    /// little room, and the words for the number that comes next in any case.
    fn below(
        &self,
        in_words: &[&RaterView<'_>],
        workbook: &Workbook,
        area: Rect,
        ctx: &Ctx<'_>,
    ) -> Vec<(String, ratatui::style::Style)> {
        let style = |have| if have == self.have { ctx.theme.strong() } else { ctx.theme.quiet() };
        let now = (scale(self.have), style(self.have));
        if area.height <= 9 {
            return vec![now];
        }
        let mut below = vec![(String::new(), ctx.theme.text())];
        if let Some(term) = self.term(ctx) {
            below.push((term.meaning.clone(), ctx.theme.text()));
            let said = |view: &&&RaterView<'_>| view.need(&term.id).or(view.have(&term.id)).is_some();
            for view in in_words.iter().filter(said) {
                let (need, have) = (number(view.need(&term.id)), number(view.have(&term.id)));
                let name = words::capital(&called(view.rater, &self.side, workbook));
                below.push((format!("{name}: need {need}, have {have}"), ctx.theme.quiet()));
            }
            if area.height > 17 {
                below.push((String::new(), ctx.theme.text()));
            }
        }
        below.extend([(scale(false), style(false)), (scale(true), style(true))]);
        below
    }

    fn draw_heads(&self, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
        let (row, buf) = pen.take(1);
        if ctx.linear || row.width < 58 {
            let words = format!("{}, head {} of {}", head_words(self.head()), self.head + 1, HEADS.len());
            text::put(buf, row, &words, ctx.theme.strong());
        } else {
            let mut rest = row;
            for (n, head) in HEADS.into_iter().enumerate() {
                let (mark, style) =
                    if n == self.head { (">", ctx.theme.strong()) } else { (" ", ctx.theme.quiet()) };
                let used = text::put(buf, rest, &format!("{mark}{}", head_words(head)), style);
                rest = text::right_of(rest, used + 2);
            }
        }
        pen.gap();
    }

    fn draw_lines(
        &self,
        columns: &Columns<'_, '_>,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Option<Position> {
        let terms = self.terms(ctx);
        let focus = self.line.focus(terms.len());
        let count = cells(columns.others.len()) + 1;
        let name = area.width.saturating_sub(count * NUMBERS).min(46);
        let place =
            |n: u16, row: Rect| Rect { width: NUMBERS - 1, ..text::right_of(row, name + n * NUMBERS) };
        let mut body = area;
        if !ctx.linear && area.height > 6 {
            let names =
                std::iter::once(Some(&self.rater)).chain(columns.others.iter().map(|view| view.rater));
            for (n, rater) in (0..).zip(names) {
                let who = in_short(rater, &self.side, columns.workbook);
                let at = place(n, text::row(body, 0));
                text::put(buf, at, &text::fit(&who, at.width), ctx.theme.strong());
                text::put(buf, place(n, text::row(body, 1)), "need have", ctx.theme.quiet());
            }
            body = text::below(body, 2);
        }
        let mut cursor = None;
        let window = List::at(focus).window(body.height.into(), terms.len());
        for (n, row) in window.zip(body.rows()) {
            let Some(term) = terms.get(n) else { continue };
            let here = n == focus;
            let own = columns.own;
            let (need, have) = (own.and_then(|v| v.need(&term.id)), own.and_then(|v| v.have(&term.id)));
            if ctx.linear {
                let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
                let words = format!("{}: {}", term.term, in_words(need, have));
                cursor = cursor.or(page::entry(buf, row, &words, style, here));
                continue;
            }
            let style = if here { ctx.theme.focus_elsewhere() } else { ctx.theme.text() };
            let room = Rect { width: name.min(row.width), ..row };
            let words = text::fit(&term.term, name.saturating_sub(3));
            let at_name = page::entry(buf, room, &words, style, here);
            let cell = |said, is_have: bool, buf: &mut Buffer| {
                let at = text::right_of(place(0, row), 1 + u16::from(is_have) * 5);
                let style = match (here && self.have == is_have, said) {
                    (true, _) => ctx.theme.focus(),
                    (false, None) => ctx.theme.quiet(),
                    (false, Some(_)) => ctx.theme.text(),
                };
                text::put(buf, at, &number(said), style);
                (here && self.have == is_have && !at.is_empty()).then(|| page::cursor(at, 0))
            };
            let at = cell(need, false, buf).or(cell(have, true, buf));
            cursor = cursor.or(at).or(at_name);
            for (c, view) in (1..).zip(columns.others) {
                let said = format!(" {}    {}", number(view.need(&term.id)), number(view.have(&term.id)));
                text::put(buf, place(c, row), &said, ctx.theme.quiet());
            }
        }
        cursor
    }
}

/// Whose numbers stand side by side.
struct Columns<'v, 'w> {
    own: Option<&'v RaterView<'w>>,
    others: &'v [&'v RaterView<'w>],
    workbook: &'v Workbook,
}

/// A rater in few columns: the name alone, whatever side it belongs to.
fn in_short(rater: Option<&Who>, side: &PartnerId, workbook: &Workbook) -> String {
    let person = rater.and_then(|who| who.person.as_ref()).and_then(|id| workbook.person(id));
    let name = person.map(|person| person.name.trim()).filter(|name| !name.is_empty());
    name.map_or_else(|| words::capital(&called(rater, side, workbook)), ToOwned::to_owned)
}

/// A number, or the mark of what nobody has said.
pub(super) fn number(said: Option<u8>) -> String {
    said.map_or_else(|| ".".to_owned(), |said| said.to_string())
}

/// "need 3, can’t do without; have 1, some", or what is unrated.
fn in_words(need: Option<u8>, have: Option<u8>) -> String {
    let one = |label: &str, said: Option<u8>, words: [&str; 4]| match said {
        Some(n) => format!("{label} {n}, {}", words.get(usize::from(n)).copied().unwrap_or_default()),
        None => format!("{label} unrated"),
    };
    format!("{}; {}", one("need", need, Rating::NEEDS), one("have", have, Rating::HAVES))
}
