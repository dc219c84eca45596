//! The jot strip: a line from anywhere, without leaving what one was at. It goes into the call that goes on, among the jots
//! of the day in the open workbook, or into the inbox, and says which. Nothing typed here is lost: a line that stands here
//! when the strip is closed is kept too, and pressed again its key takes the words along to the call screen.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line::{field_style, inset};
use super::who::Who;
use crate::command::tags::{Mark, legend, tag_rows};
use crate::command::{
    Ask, Command, Ctx, Go, Outcome, Row, Talk, Words, command, rows_that_apply, run_by_name,
};
use crate::domain::{Edit, Line, PRIVATE_LETTER, RecordId, Tag, WorkbookId, query};
use crate::layer::{Extent, Layer};
use crate::widget::field::{Field, Kind};
use crate::widget::text::{fit, put, right_of, row, width};

/// What can be done in the jot strip.
pub const COMMANDS: &[Command<Jot>] = &[
    command("jot.keep", &["enter"], "Keep the line; on an empty line, close the strip", Jot::keep)
        .footer(1, "keep"),
    command("jot.close", &["esc"], "Keep what stands here and go back", Jot::close)
        .words("back leave")
        .footer(2, "keep and go back"),
    command("jot.to", &["shift-tab"], "Where it goes: the next place", Jot::turn)
        .words("inbox workbook call other")
        .footer(3, "elsewhere"),
    command("jot.call", &["ctrl-j", "f2"], "The call screen, with the words that stand here", Jot::call)
        .words("phone ring talk")
        .footer(4, "call screen"),
];

/// The rows that tag the line.
pub const TAG_COMMANDS: &[Command<Jot>] = tag_rows!("jot", Jot, Jot::tag);

/// Where a jot goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum To {
    /// Into a call that goes on.
    Call(RecordId),
    /// Among the jots of today in the open workbook.
    Book,
    /// Into the inbox, meant for a workbook that is not open to write.
    Other(WorkbookId),
    /// Into the inbox.
    Inbox,
}

/// The moment of the first key of a line, by the clock of the day and on each call.
#[derive(Debug, Clone)]
struct Began {
    at: Timestamp,
    talks: Vec<Talk>,
}

impl Began {
    fn on(&self, to: &To) -> Timestamp {
        let talk = self.talks.iter().find(|talk| matches!(to, To::Call(call) if talk.call == *call));
        talk.map_or(self.at, |talk| talk.now)
    }
}

/// The jot strip.
#[derive(Debug)]
pub struct Jot {
    field: Field,
    kept: usize,
    tag: Option<Tag>,
    private: bool,
    began: Option<Began>,
    /// Where it goes, once somebody has said so.
    to: Option<To>,
}

impl Default for Jot {
    fn default() -> Self {
        Self::new()
    }
}

impl Jot {
    /// An empty strip.
    pub fn new() -> Self {
        Self {
            field: Field::new(Kind::Line).with_placeholder("What is not to be forgotten?"),
            kept: 0,
            tag: None,
            private: false,
            began: None,
            to: None,
        }
    }

    /// A strip with words that could not be kept, on their way to where they were meant for.
    pub fn again(words: Words, to: Option<WorkbookId>) -> Self {
        let Words { at, text, tag, private } = words;
        let (began, to) = (Some(Began { at, talks: Vec::new() }), Some(to.map_or(To::Inbox, To::Other)));
        let mut jot = Self { tag, private, began, to, ..Self::new() };
        jot.field.set_text(&text);
        jot.field.set_caret(text.len());
        jot
    }

    /// Where it can go, the likeliest first.
    fn places(ctx: &Ctx<'_>) -> Vec<To> {
        let mut places = Vec::new();
        let open = ctx.workbook();
        if ctx.writable && open.is_some() {
            places.extend(ctx.talks.iter().map(|talk| To::Call(talk.call.clone())));
            places.push(To::Book);
        } else if let Some(open) = open {
            places.push(To::Other(open.id().clone()));
        }
        // with nothing open it is for the inbox, unless somebody says otherwise
        if open.is_none() {
            places.push(To::Inbox);
        }
        let others = ctx.shelf.workbooks.iter().filter(|book| book.trouble.is_none() && !book.example);
        let others = others.filter(|book| open.is_none_or(|open| *open.id() != book.id));
        places.extend(others.map(|book| To::Other(book.id.clone())));
        if open.is_some() {
            places.push(To::Inbox);
        }
        places
    }

    /// Where it goes now.
    fn to(&self, ctx: &Ctx<'_>) -> To {
        let places = Self::places(ctx);
        let said = self.to.clone().filter(|to| places.contains(to));
        said.or_else(|| places.into_iter().next()).unwrap_or(To::Inbox)
    }

    fn turn(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (places, now) = (Self::places(ctx), self.to(ctx));
        let at = places.iter().position(|to| *to == now).unwrap_or(0);
        self.to = places.get((at + 1) % places.len().max(1)).cloned();
        Outcome::Say(format!("{}.", self.label(ctx)))
    }

    /// Takes the line out of the field, with the moment of its first key; `None` where there are only blanks.
    fn take(&mut self, ctx: &Ctx<'_>) -> Option<Words> {
        let text = self.field.text().trim().to_owned();
        self.field.set_text("");
        let began = self.began.take();
        let (tag, private) = (self.tag.take(), std::mem::take(&mut self.private));
        if text.is_empty() {
            return None;
        }
        let to = self.to(ctx);
        let at =
            began.map_or_else(|| Began { at: ctx.now, talks: ctx.talks.to_vec() }.on(&to), |b| b.on(&to));
        Some(Words { at, text, tag, private })
    }

    /// Puts words where they go.
    fn put(&self, words: Words, ctx: &Ctx<'_>) -> Outcome {
        let Words { at, text, tag, private } = words;
        let to = match self.to(ctx) {
            To::Inbox => None,
            To::Other(id) => Some(id),
            place => {
                let line = Line { tag, private, ..Line::new(ctx.ids.record(), at, text) };
                return match (place, ctx.workbook()) {
                    (To::Call(call), _) => Outcome::Edit(Edit::AddLine { call, line, place: usize::MAX }),
                    (_, Some(workbook)) => Outcome::Edits(Edit::jot(workbook, ctx.today(), line, ctx.ids)),
                    (_, None) => Outcome::Unused,
                };
            }
        };
        Outcome::Ask(Ask::Jot { text, to, tag, private })
    }

    fn keep(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.take(ctx) {
            Some(words) => {
                self.kept += 1;
                self.put(words, ctx)
            }
            None => Outcome::Close(Box::new(Outcome::Done)),
        }
    }

    fn close(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let kept = self.take(ctx).map(|words| self.put(words, ctx));
        Outcome::Close(Box::new(kept.unwrap_or(Outcome::Done)))
    }

    /// To the call screen with the words that stand here: into the call that goes on, or as the beginning of a new one.
    fn call(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let elsewhere = matches!(self.to, Some(To::Other(_) | To::Inbox));
        if ctx.book.is_some() && (!ctx.writable || elsewhere) {
            // the words are not for a call here
            let words = self.take(ctx).map(|words| self.put(words, ctx));
            let go = Outcome::Go(Go::Call { call: None, line: None });
            return Outcome::Close(Box::new(Outcome::All(words.into_iter().chain([go]).collect())));
        }
        let front = ctx.talks.first().map(|talk| To::Call(talk.call.clone()));
        if !matches!(self.to, Some(To::Call(_))) {
            self.to = front;
        }
        let call = match &self.to {
            Some(To::Call(call)) => Some(call.clone()),
            _ => None,
        };
        let words = self.take(ctx);
        let then = match (ctx.book, words) {
            (None, words) => Outcome::Open(Box::new(Who::new(words, ctx))),
            (Some(_), Some(words)) => Outcome::Go(Go::CallWithWords(call, words)),
            (Some(_), None) => Outcome::Go(Go::Call { call, line: None }),
        };
        Outcome::Close(Box::new(then))
    }

    fn tag(&mut self, mark: Mark, _: &Ctx<'_>) -> Outcome {
        (self.tag, self.private) = mark.put_on(self.tag, self.private);
        let tag = self.tag.map_or("no tag", Tag::words);
        let private = if self.private { ", private" } else { "" };
        Outcome::Say(format!("This line: {tag}{private}."))
    }

    /// Where it goes, in words.
    fn label(&self, ctx: &Ctx<'_>) -> String {
        let titled = |id: &WorkbookId| {
            let listed =
                ctx.shelf.workbooks.iter().find(|book| book.id == *id).map(|book| book.title.as_str());
            let open = ctx.workbook().filter(|workbook| workbook.id() == id).map(|workbook| workbook.title());
            listed.or(open).filter(|title| !title.trim().is_empty()).unwrap_or("a workbook").to_owned()
        };
        match self.to(ctx) {
            To::Call(call) => {
                let who =
                    ctx.workbook().and_then(|workbook| query::call_with(workbook.call(&call)?, workbook));
                format!("Jot: into the call with {}", who.as_deref().unwrap_or("somebody"))
            }
            To::Book => {
                let title = ctx.workbook().map_or("", |workbook| workbook.title());
                format!("Jot: into {}", if title.trim().is_empty() { "this workbook" } else { title })
            }
            To::Other(id) => format!("Jot: for {}, by way of the inbox", titled(&id)),
            To::Inbox => "Jot: into the inbox".to_owned(),
        }
    }

    fn hint(&self) -> String {
        let next = if self.field.is_empty() {
            "Enter or Esc goes back"
        } else {
            "Enter keeps it and goes on, Esc keeps it and goes back"
        };
        match self.kept {
            0 => next.to_owned(),
            1 => format!("1 line kept. {next}"),
            n => format!("{n} lines kept. {next}"),
        }
    }

    /// The letters of the line: that of its tag, and whether it is private.
    fn letters(&self) -> String {
        self.tag.map(Tag::letter).into_iter().chain(self.private.then_some(PRIVATE_LETTER)).collect()
    }
}

impl Layer for Jot {
    fn scope(&self) -> &'static str {
        "jot"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        Vec::new()
    }

    fn extent(&self, _: &Ctx<'_>) -> Extent {
        Extent::Strip(3)
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let mut rows = rows_that_apply(COMMANDS, self, ctx);
        rows.extend(rows_that_apply(TAG_COMMANDS, self, ctx));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx)
            .or_else(|| run_by_name(TAG_COMMANDS, self, name, ctx))
            .unwrap_or(Outcome::Unused)
    }

    fn draft(&mut self) -> Option<(&str, &mut Field)> {
        Some(("Jot", &mut self.field))
    }

    fn draft_tags(&self) -> String {
        self.tag.map(Tag::letter).into_iter().chain(self.private.then_some(PRIVATE_LETTER)).collect()
    }

    fn tag_draft(&mut self, letters: &str) {
        self.tag = letters.chars().find_map(Tag::of);
        self.private = letters.contains(PRIVATE_LETTER);
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.began.get_or_insert_with(|| Began { at: ctx.now, talks: ctx.talks.to_vec() });
        Outcome::Done
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = inset(area);
        let top = u16::from(area.height > 1);
        if top > 0 {
            let first = row(area, 0);
            let tags =
                legend().into_iter().map(|(letter, _)| letter.to_string()).collect::<Vec<_>>().join(" ");
            let aside = format!("Tab {tags}");
            let room = first.width.saturating_sub(width(&aside) + 3);
            let label = self.label(ctx);
            if width(&label) <= room {
                put(buf, right_of(first, first.width - width(&aside)), &aside, ctx.theme.quiet());
            }
            put(buf, first, &fit(&label, first.width), ctx.theme.strong());
        }
        put(buf, row(area, top + 1), &self.hint(), ctx.theme.quiet());
        let letters = self.letters();
        let used = put(buf, row(area, top), &letters, ctx.theme.key());
        let line = right_of(row(area, top), if used > 0 { used + 1 } else { 0 });
        self.field.render(line, buf, field_style(*ctx.theme));
        self.field.cursor_position(line)
    }
}

#[cfg(test)]
mod tests;
