//! What a person does to the lines of a call: types and stamps them, goes from one to another, tags, splits, joins, moves
//! and puts them away. Each is an edit at once; the stamp of a line is the moment of its first key and stays.

use jiff::Timestamp;

use super::{At, CallScreen, Next};
use crate::command::tags::Mark;
use crate::command::{Ctx, Outcome};
use crate::domain::{Edit, FIELD_LIMIT, Line, RecordId, SaidIn, Splice, TextPlace, query};
use crate::layer::Layer as _;
use crate::screen::words::{self, READ_ONLY};

impl CallScreen {
    /// How many rows one can go to: every line, and the free row after the last where no line is open.
    pub(super) fn slots(&self, ctx: &Ctx<'_>) -> usize {
        self.lines(ctx).len() + usize::from(self.has_free_row(ctx))
    }

    pub(super) fn has_free_row(&self, ctx: &Ctx<'_>) -> bool {
        ctx.writable && self.open.is_none()
    }

    /// Which row the person is at, counted from 0.
    pub(super) fn row_at(&self, ctx: &Ctx<'_>) -> usize {
        let line = match &self.at {
            At::Line(line, _) => Some(line),
            At::Rest => self.focus.as_ref(),
            _ => self.open.as_ref(),
        };
        let lines = self.lines(ctx);
        let last = self.slots(ctx).saturating_sub(1);
        line.and_then(|id| lines.iter().rposition(|line| line.id == *id)).unwrap_or(last)
    }

    fn id_at(&self, row: usize, ctx: &Ctx<'_>) -> Option<RecordId> {
        self.lines(ctx).get(row).map(|line| line.id.clone())
    }

    pub(super) fn put_focus(&mut self, line: Option<RecordId>, ctx: &Ctx<'_>) {
        self.focus = line;
        self.at = At::Rest;
        self.focus_at = self.row_at(ctx);
    }

    pub(super) fn walk_to(&mut self, row: usize, ctx: &Ctx<'_>) {
        self.focus_at = row.min(self.slots(ctx).saturating_sub(1));
        self.focus = self.id_at(self.focus_at, ctx);
    }

    pub(super) fn walk(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.walk_to(self.row_at(ctx).saturating_add_signed(by), ctx);
        Outcome::Done
    }

    /// The line that is so many rows from the one that is typed.
    pub(super) fn neighbour(&self, by: isize, ctx: &Ctx<'_>) -> Option<RecordId> {
        self.id_at(self.row_at(ctx).checked_add_signed(by)?, ctx)
    }

    /// Types on in the line above or below; below the last line that is the open one.
    pub(super) fn type_by(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        match self.neighbour(by, ctx) {
            Some(line) => self.type_in(line, false, ctx),
            None => self.type_on(ctx),
        }
    }

    fn type_in(&mut self, line: RecordId, from_rest: bool, ctx: &Ctx<'_>) -> Outcome {
        if self.open.as_ref() == Some(&line) {
            return self.type_on(ctx);
        }
        self.at = At::Line(line, from_rest);
        self.fill(ctx);
        self.field.set_caret(self.field.len());
        Outcome::Done
    }

    pub(super) fn edit_focused(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        self.picked.clear();
        match self.id_at(self.row_at(ctx), ctx) {
            Some(line) => self.type_in(line, true, ctx),
            None => self.type_on(ctx),
        }
    }

    /// Hands the line in focus to the person's editor.
    pub(super) fn editor(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.id_at(self.row_at(ctx), ctx) {
            Some(line) => Outcome::Editor(TextPlace::Line(self.call.clone(), line)),
            None => Outcome::Unused,
        }
    }

    /// When something is said now, on this call.
    fn now(&self, ctx: &Ctx<'_>) -> Timestamp {
        ctx.time_on(&self.call)
    }

    /// The edits that add a line after the last; the first one of all begins the call.
    pub(super) fn add_line(&mut self, text: String, ctx: &Ctx<'_>) -> (RecordId, Vec<Edit>) {
        let Next { tag, private, about } = std::mem::take(&mut self.next);
        let line = Line { tag, private, about, ..Line::new(ctx.ids.record(), self.now(ctx), text) };
        let id = line.id.clone();
        let mut edits = Vec::new();
        if self.call(ctx).is_none() {
            edits.push(self.change_call(ctx, |_| ()));
        }
        edits.push(Edit::AddLine { call: self.call.clone(), line, place: usize::MAX });
        (id, edits)
    }

    /// The first key of the open line, which makes it.
    pub(super) fn first_key(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let text = self.field.text();
        if self.at != At::Open || text.is_empty() {
            return Outcome::Done;
        }
        let (id, edits) = self.add_line(text, ctx);
        self.open = Some(id);
        Outcome::Edits(edits)
    }

    /// Ends the open line; an empty one marks the moment. An earlier line is accepted.
    pub(super) fn stamp(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.at.clone() {
            // while somebody talks the next words belong on the open line
            At::Line(line, true) if !self.is_running(ctx) => {
                self.put_focus(Some(line), ctx);
                Outcome::Done
            }
            At::Open if self.open.take().is_some() => {
                self.open_before = None;
                self.field.set_text("");
                self.next = Next::default();
                Outcome::Done
            }
            At::Open => Outcome::Edits(self.add_line(String::new(), ctx).1),
            _ => self.type_on(ctx),
        }
    }

    /// The lines that a key in this place is meant for.
    fn meant(&self, ctx: &Ctx<'_>) -> Vec<RecordId> {
        match &self.at {
            At::Rest if !self.picked.is_empty() => {
                let lines = self.lines(ctx).iter().map(|line| &line.id);
                lines.filter(|line| self.picked.contains(line)).cloned().collect()
            }
            At::Rest => self.id_at(self.row_at(ctx), ctx).into_iter().collect(),
            At::Line(line, _) => vec![line.clone()],
            _ => self.open.clone().into_iter().collect(),
        }
    }

    pub(super) fn tag(&mut self, mark: Mark, ctx: &Ctx<'_>) -> Outcome {
        let meant = self.meant(ctx);
        if meant.is_empty() {
            let (tag, private) = mark.put_on(self.next.tag, self.next.private);
            self.next = Next { tag, private, ..self.next.clone() };
            return Outcome::Say(format!("The next line: {}.", self.next_in_words()));
        }
        let lines = meant.iter().filter_map(|id| self.call(ctx)?.line(id));
        let edits = lines.map(|line| {
            let (tag, private) = mark.put_on(line.tag, line.private);
            Edit::SetLine { call: self.call.clone(), line: Line { tag, private, ..line.clone() } }
        });
        let edits: Vec<Edit> = edits.collect();
        self.picked.clear();
        let said = match edits.as_slice() {
            [Edit::SetLine { line, .. }] => format!("This line: {}.", in_words(line.tag, line.private)),
            lines => format!("{} lines: {}.", lines.len(), mark.words()),
        };
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
    }

    fn next_in_words(&self) -> String {
        in_words(self.next.tag, self.next.private)
    }

    pub(super) fn select(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(line) = self.id_at(self.row_at(ctx), ctx) else { return Outcome::Unused };
        match self.picked.iter().position(|picked| *picked == line) {
            Some(at) => _ = self.picked.remove(at),
            None => self.picked.push(line),
        }
        self.say_picked(ctx)
    }

    /// Selects this line and the next in a direction; going back lets go of them again.
    pub(super) fn select_by(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let here = self.id_at(self.row_at(ctx), ctx);
        let there = self.neighbour(by, ctx);
        if there.as_ref().is_some_and(|there| self.picked.contains(there)) {
            self.picked.retain(|picked| Some(picked) != here.as_ref());
        } else {
            for line in here.iter().chain(&there) {
                if !self.picked.contains(line) {
                    self.picked.push(line.clone());
                }
            }
        }
        if there.is_some() {
            self.put_focus(there, ctx);
        }
        self.say_picked(ctx)
    }

    fn say_picked(&self, ctx: &Ctx<'_>) -> Outcome {
        let tag = ctx.keymap.of("call.tag-said").first().and_then(|keys| keys.first());
        let tag = tag.map(|chord| chord.shown()).unwrap_or_default();
        Outcome::Say(match self.picked.len() {
            0 => "No line is selected.".to_owned(),
            n => format!(
                "{} selected: {tag} and a letter tags, Esc lets go.",
                words::count(n, "line", "lines")
            ),
        })
    }

    /// Moves the line in focus among the others; its stamp goes with it.
    pub(super) fn shift(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let row = self.row_at(ctx);
        let lines = self.lines(ctx);
        let Some((line, to)) = lines.get(row).zip(row.checked_add_signed(by).filter(|to| *to < lines.len()))
        else {
            return Outcome::Say("It is at the edge already.".to_owned());
        };
        let call = self.call.clone();
        Outcome::Edits(vec![
            Edit::TakeBackLine { call: call.clone(), line: line.id.clone() },
            Edit::AddLine { call, line: line.clone(), place: to },
        ])
    }

    pub(super) fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let meant = self.meant(ctx);
        if meant.is_empty() {
            return Outcome::Unused;
        }
        self.picked.clear();
        let (on, undo, bin) =
            (ctx.today(), ctx.keymap.shown("global.undo"), ctx.keymap.shown("global.go-bin"));
        let said = match meant.len() {
            1 => format!("The line is in the bin. {undo} or {bin} brings it back."),
            n => format!("{n} lines are in the bin. {undo} or {bin} brings them back."),
        };
        let edits = meant.into_iter().map(|line| Edit::BinLine { call: self.call.clone(), line, on });
        Outcome::All(vec![Outcome::Edits(edits.collect()), Outcome::Say(said)])
    }

    pub(super) fn copy(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let meant = self.meant(ctx);
        let texts = meant.iter().filter_map(|id| Some(self.call(ctx)?.line(id)?.text.as_str()));
        let text = texts.collect::<Vec<_>>().join("\n");
        if text.is_empty() {
            Outcome::Say("There is nothing to copy here.".to_owned())
        } else {
            Outcome::Copy(text)
        }
    }

    /// What is typed after the caret becomes a line of its own, said at the same moment.
    pub(super) fn split(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let row = self.row_at(ctx);
        let (text, caret) = (self.field.text(), self.field.caret());
        let (Some(line), Some((head, tail))) = (self.lines(ctx).get(row), text.split_at_checked(caret))
        else {
            return Outcome::Say("There is nothing to split yet.".to_owned());
        };
        if head.trim().is_empty() || tail.trim().is_empty() {
            return Outcome::Say(
                "Put the caret between two words; what follows it becomes a line.".to_owned(),
            );
        }
        let (kept, call) = (head.trim_end().len(), self.call.clone());
        let second = Line {
            private: line.private,
            about: line.about.clone(),
            ..Line::new(ctx.ids.record(), line.at, tail.trim_start())
        };
        let place = TextPlace::Line(call.clone(), line.id.clone());
        let delete = text.get(kept..).unwrap_or_default().to_owned();
        match &mut self.at {
            At::Line(at, _) => at.clone_from(&second.id),
            _ => self.open_before = self.open.replace(second.id.clone()),
        }
        self.field.set_text(&second.text);
        self.field.set_caret(0);
        Outcome::Edits(vec![
            Edit::Splice(Splice { place, at: kept, delete, insert: String::new(), on: None }),
            Edit::AddLine { call, line: second, place: row + 1 },
        ])
    }

    /// Opens the line in focus with the caret between two of its words, where it can be split.
    pub(super) fn split_focused(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let row = self.row_at(ctx);
        let Some(line) = self.lines(ctx).get(row) else {
            return Outcome::Say("There is no line here to split.".to_owned());
        };
        let Some(gap) = gap_near_the_middle(&line.text) else {
            return Outcome::Say("This line has no two words to part.".to_owned());
        };
        self.picked.clear();
        self.type_in(line.id.clone(), true, ctx);
        self.field.set_caret(gap);
        let split = ctx.keymap.shown("call-line.split");
        Outcome::Say(format!("{split} splits at the caret; move it first where it should be elsewhere."))
    }

    /// Whether nothing stands in the open line and another is above it.
    pub(super) fn is_at_fresh_line(&self, ctx: &Ctx<'_>) -> bool {
        self.at == At::Open && self.open.is_none() && self.field.is_empty() && self.has_lines(ctx)
    }

    pub(super) fn joins_by_backspace(&self, ctx: &Ctx<'_>) -> bool {
        self.field.caret() == 0
            && self.field.selection().is_none()
            && self.place().is_some()
            && self.neighbour(-1, ctx).is_some()
    }

    pub(super) fn join_typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.is_at_fresh_line(ctx) {
            return self.type_by(-1, ctx);
        }
        let Some((above, joint, edits)) = self.join(self.row_at(ctx), ctx) else { return self.stays_apart() };
        let from_rest = matches!(self.at, At::Line(_, true));
        if self.at == At::Open {
            self.open = None;
        }
        self.at = At::Line(above, from_rest);
        if let Some(Edit::SetLine { line, .. }) = edits.first() {
            self.field.set_text(&line.text);
            self.field.set_caret(joint);
        }
        Outcome::Edits(edits)
    }

    pub(super) fn join_focused(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let row = self.row_at(ctx);
        if row == 0 || row >= self.lines(ctx).len() {
            return Outcome::Say("There is no line above to join it with.".to_owned());
        }
        let Some((above, _, edits)) = self.join(row, ctx) else { return self.stays_apart() };
        self.put_focus(Some(above), ctx);
        Outcome::Edits(edits)
    }

    fn stays_apart(&self) -> Outcome {
        Outcome::Say("Something came of this line, so it stays apart.".to_owned())
    }

    /// The edits that join a line with the one above: which that is, and where the second begins in it. `None` where
    /// something names the second as where it was said.
    fn join(&self, row: usize, ctx: &Ctx<'_>) -> Option<(RecordId, usize, Vec<Edit>)> {
        let lines = self.lines(ctx);
        let (above, line) = (lines.get(row.checked_sub(1)?)?, lines.get(row)?);
        let (call, id) = (self.call.clone(), line.id.clone());
        if query::is_source(ctx.workbook()?, &SaidIn { call: call.clone(), line: id.clone() }) {
            return None;
        }
        let gap = if above.text.is_empty() || line.text.is_empty() { "" } else { " " };
        let text = format!("{}{gap}{}", above.text, line.text);
        let joint = above.text.len() + gap.len();
        let joined = Line {
            tag: above.tag.or(line.tag),
            // what was private stays so, whatever it is joined with
            private: above.private || line.private,
            about: above.about.clone().or(line.about.clone()),
            done: above.done && line.done,
            text,
            ..above.clone()
        };
        if joined.text.len() > FIELD_LIMIT {
            return None;
        }
        let taken = Edit::TakeBackLine { call: call.clone(), line: id };
        Some((above.id.clone(), joint, vec![Edit::SetLine { call, line: joined }, taken]))
    }
}

/// The end of a word with another after it that is nearest to the middle of a text, in bytes from its start.
fn gap_near_the_middle(text: &str) -> Option<usize> {
    let ends = text.char_indices().filter(|(at, c)| {
        let (head, tail) = (text.get(..*at).unwrap_or_default(), text.get(*at..).unwrap_or_default());
        c.is_whitespace() && head.ends_with(|c: char| !c.is_whitespace()) && !tail.trim().is_empty()
    });
    ends.map(|(at, _)| at).min_by_key(|at| at.abs_diff(text.len() / 2))
}

/// A tag and whether it is private, in words.
fn in_words(tag: Option<crate::domain::Tag>, private: bool) -> String {
    let tag = tag.map_or("no tag", |tag| tag.words());
    if private { format!("{tag}, private") } else { tag.to_owned() }
}
