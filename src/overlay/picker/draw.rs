//! How a list that is narrowed by typing looks. Drawing changes nothing that a person could see; it only remembers how
//! far the list is scrolled and how much is in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Aside, Item, Picker};
use crate::command::Ctx;
use crate::overlay::line::{Line, field_style, inset};
use crate::theme::Theme;
use crate::widget::text::{below, fit, put, put_wrapped, right_of, row, wrap};

/// Areas with fewer rows than this have no empty line below the field.
const GAP_FROM: u16 = 8;

/// Rows of the list that a preface must leave.
const LEFT_BY_PREFACE: usize = 4;

/// Columns by which the second line of a thing is indented.
const UNDER: u16 = 4;

/// What one line of the list holds; the number counts the things shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Head(usize),
    Thing(usize),
    Under(usize),
}

impl Picker {
    /// Draws the field and the list, or `nothing` where the list is empty. Says where the cursor belongs: in the field,
    /// or on the row in focus once the arrows have moved it.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>, nothing: &str) -> Option<Position> {
        let field = row(inset(area), 0);
        self.field.render(field, buf, field_style(*ctx.theme));
        let gap = u16::from(area.height >= GAP_FROM);
        let mut rest = below(inset(area), 1 + gap);
        rest = below(rest, self.draw_preface(rest, buf, *ctx.theme));
        if self.shown.is_empty() {
            put_wrapped(buf, rest, nothing, ctx.theme.text());
        }
        let focus = self.draw_list(rest, buf, *ctx.theme);
        if self.moved && focus.is_some() { focus } else { self.field.cursor_position(field) }
    }

    /// Draws the preface where it has its place, and says how many rows it took.
    fn draw_preface(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> u16 {
        let rows = wrap(&self.preface, area.width).len() + 1;
        let room = usize::from(area.height).saturating_sub(LEFT_BY_PREFACE);
        if self.preface.is_empty() || !self.field.is_empty() || rows > room {
            return 0;
        }
        put_wrapped(buf, area, &self.preface, theme.text()) + 1
    }

    fn draw_list(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Position> {
        let rows = self.lines();
        let top = self.scroll(&rows, area.height.into());
        let in_sight = rows.iter().skip(top).take(area.height.into());
        self.page.set(in_sight.clone().filter(|row| matches!(row, Row::Thing(_))).count());
        let words: Vec<Vec<char>> = self.field.text().split_whitespace().map(lower).collect();
        let mut cursor = None;
        for (line, row) in in_sight.zip(area.rows()) {
            match *line {
                Row::Head(n) => {
                    put(buf, row, self.thing(n).map_or("", |item| &item.group), theme.heading());
                }
                Row::Thing(n) => {
                    let start = self.thing(n).and_then(|i| draw_thing(i, row, buf, theme, n == self.focus));
                    cursor = if n == self.focus { start } else { cursor };
                }
                Row::Under(n) => {
                    let under = self.thing(n).map_or("", |item| &item.under);
                    draw_under(under, &words, right_of(row, UNDER), buf, theme);
                }
            }
        }
        cursor
    }

    fn thing(&self, n: usize) -> Option<&Item> {
        self.items.get(*self.shown.get(n)?)
    }

    /// The lines of the whole list.
    fn lines(&self) -> Vec<Row> {
        let mut lines = Vec::with_capacity(self.shown.len() + 8);
        let mut head = "";
        for n in 0..self.shown.len() {
            let Some(item) = self.thing(n) else { continue };
            if item.group != head {
                head = &item.group;
                lines.push(Row::Head(n));
            }
            lines.push(Row::Thing(n));
            if !item.under.is_empty() {
                lines.push(Row::Under(n));
            }
        }
        lines
    }

    /// The first line in sight, so that all of the thing in focus is among them, and its head where it is the first.
    fn scroll(&self, rows: &[Row], height: usize) -> usize {
        let at = rows.iter().position(|row| *row == Row::Thing(self.focus)).unwrap_or(0);
        let last = at + usize::from(rows.get(at + 1) == Some(&Row::Under(self.focus)));
        let first = at - usize::from(at > 0 && matches!(rows.get(at - 1), Some(Row::Head(_))));
        let top = self.top.get().min(first).max((last + 1).saturating_sub(height)).min(at);
        let top = top.min(rows.len().saturating_sub(height));
        self.top.set(top);
        top
    }
}

fn draw_thing(item: &Item, row: Rect, buf: &mut Buffer, theme: Theme, focused: bool) -> Option<Position> {
    let (aside, aside_style) = match &item.aside {
        Aside::Key(key) => (key, theme.key()),
        Aside::Words(words) => (words, theme.quiet()),
    };
    let line = Line { letter: None, label: &item.label, more: &item.more, aside, aside_style };
    line.draw(row, buf, theme, focused)
}

/// Draws a line with the words in it in bold, whatever their case.
fn draw_under(text: &str, words: &[Vec<char>], row: Rect, buf: &mut Buffer, theme: Theme) {
    let text = fit(text, row.width);
    let mut rest = row;
    for (piece, strong) in pieces(&text, words) {
        let style = if strong { theme.strong() } else { theme.quiet() };
        rest = right_of(rest, put(buf, rest, piece, style));
    }
}

/// A text cut where words begin and end in it, with whether each piece is one of the words.
fn pieces<'a>(text: &'a str, words: &[Vec<char>]) -> Vec<(&'a str, bool)> {
    // each letter of the text in lower case, with the place of the letter that it comes from
    let letters: Vec<(usize, char)> =
        text.char_indices().flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c))).collect();
    let mut pieces = Vec::new();
    let (mut from, mut n) = (0, 0);
    while n < letters.len() {
        let tail = letters.get(n..).unwrap_or_default();
        let found = words.iter().filter(|word| begins(tail, word)).map(Vec::len).max().unwrap_or(0);
        let (start, end) = (tail.first(), letters.get(n + found));
        let start = start.map_or(text.len(), |(at, _)| *at);
        let end = end.map_or(text.len(), |(at, _)| *at);
        if found > 0 && end > start {
            pieces.push((text.get(from..start).unwrap_or(""), false));
            pieces.push((text.get(start..end).unwrap_or(""), true));
            from = end;
        }
        n += found.max(1);
    }
    pieces.push((text.get(from..).unwrap_or(""), false));
    pieces
}

fn begins(letters: &[(usize, char)], word: &[char]) -> bool {
    !word.is_empty() && letters.len() >= word.len() && letters.iter().zip(word).all(|((_, a), b)| a == b)
}

fn lower(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_the_pieces_make_up_the_text() {
        let words = [lower("INS"), lower("é")];
        let cut = pieces("Insurance, insulÉ", &words);
        let strong: Vec<_> = cut.iter().filter(|(_, strong)| *strong).map(|(piece, _)| *piece).collect();
        assert_eq!(strong, ["Ins", "ins", "É"]);
        for text in ["İİ x İstanbul", "", "日本語", "ß ss SS"] {
            let whole: String =
                pieces(text, &[lower("i"), lower("s")]).iter().map(|(piece, _)| *piece).collect();
            assert_eq!(whole, text);
        }
    }
}
