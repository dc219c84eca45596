//! A paste of several lines, which becomes several lines of the call, in one step.

use super::{At, CallScreen};
use crate::command::{Ctx, Outcome};
use crate::domain::{Edit, Line, RecordId, Splice};
use crate::layer::Layer as _;
use crate::widget::field;

/// The most lines that one paste makes.
const MOST: usize = 5_000;

impl CallScreen {
    /// Makes lines of a pasted text; `None` where it is one line, which the field takes by itself.
    pub(super) fn paste_lines(&mut self, text: &str, ctx: &Ctx<'_>) -> Option<Outcome> {
        let text = field::clean(text);
        if !text.contains('\n') {
            return None;
        }
        let typed = self.field.text();
        let here = self.field.selection().unwrap_or(self.field.caret()..self.field.caret());
        let before = typed.get(..here.start).unwrap_or_default();
        let after = typed.get(here.end..).unwrap_or_default();
        let ends = text.ends_with('\n') && after.is_empty();
        let mut lines = lines_of(&text);
        if typed.is_empty() && self.place().is_none() {
            // nothing stands there that a break at the beginning could end
            lines.retain(|line| !line.trim().is_empty());
        }
        if lines.len() > MOST || text.len() + typed.len() > field::LIMIT {
            let said =
                "Nothing was added: that is more than a call takes at once. Keep it as a file of its own.";
            return Some(Outcome::Say(said.to_owned()));
        }
        lines.first_mut()?.insert_str(0, before);
        let caret = lines.last().map_or(0, String::len);
        lines.last_mut()?.push_str(after);
        let ended = ends && self.at == At::Open;
        let shown = lines.last().filter(|_| !ended).cloned().unwrap_or_default();
        let (last, edits) = self.edits_for_lines(lines, &typed, ctx);
        self.go_on_after_paste(last, ends);
        self.field.set_text(&shown);
        self.field.set_caret(caret.min(shown.len()));
        Some(Outcome::Edits(edits))
    }

    /// The edits that put lines where the person types, the first in place of what is typed there; and the last line.
    fn edits_for_lines(
        &mut self,
        lines: Vec<String>,
        typed: &str,
        ctx: &Ctx<'_>,
    ) -> (Option<RecordId>, Vec<Edit>) {
        let row = self.row_at(ctx);
        // what belongs to a private line is private, into however many lines it is broken
        let private = match self.place() {
            Some(_) => self.lines(ctx).get(row).is_some_and(|line| line.private),
            None => self.next.private,
        };
        let (mut last, mut edits) = (None, Vec::new());
        for (n, text) in lines.into_iter().enumerate() {
            match self.place() {
                Some(place) if n == 0 => {
                    last = self.lines(ctx).get(row).map(|line| line.id.clone());
                    let (delete, insert) = (typed.to_owned(), text);
                    if delete != insert {
                        edits.push(Edit::Splice(Splice { place, at: 0, delete, insert, on: None }));
                    }
                }
                None if n == 0 => {
                    let (id, added) = self.add_line(text, ctx);
                    edits.extend(added);
                    last = Some(id);
                }
                _ => {
                    let line = Line::new(ctx.ids.record(), ctx.time_on(&self.call), text);
                    let line = Line { private, ..line };
                    last = Some(line.id.clone());
                    edits.push(Edit::AddLine { call: self.call.clone(), line, place: row + n });
                }
            }
        }
        (last, edits)
    }

    /// The last of the lines is typed on, unless the paste has ended it.
    fn go_on_after_paste(&mut self, last: Option<RecordId>, ends: bool) {
        let Some(last) = last else { return };
        match &mut self.at {
            At::Line(at, _) => *at = last,
            _ if ends => self.open = None,
            _ if self.open.as_ref() != Some(&last) => self.open_before = self.open.replace(last),
            _ => {}
        }
    }
}

/// The lines of a text. Blank ones between others say nothing and are left out; the first goes on with what stands where
/// it is pasted, and the last is gone on with, so both stay as they are.
fn lines_of(text: &str) -> Vec<String> {
    let all: Vec<&str> = text.split('\n').collect();
    let end = all.len() - 1;
    let says = |n: usize, line: &str| n == 0 || !line.trim().is_empty();
    let whole = |n: usize, line: &str| if n == end { line.to_owned() } else { line.trim_end().to_owned() };
    all.iter().enumerate().filter(|(n, line)| says(*n, line)).map(|(n, line)| whole(n, line)).collect()
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn blank_lines_say_nothing_and_a_break_at_the_beginning_ends_what_stands_there() {
        assert_eq!(lines_of("one\ntwo"), ["one", "two"]);
        assert_eq!(lines_of("one \n\n  \n two \nthr "), ["one", " two", "thr "]);
        assert_eq!(lines_of("\none\n"), ["", "one"]);
        assert_eq!(lines_of("\n\n"), [""]);
    }
}
