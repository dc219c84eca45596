//! How the sheet looks: what matters most across the page, then what is owed on the left and the last ten things on the
//! right, or all below each other where there is no room; the ways to go on at the bottom, always in sight.
//!
//! Long texts are cut to a few rows, then short facts put beside each other, as long as that lets everything fit; where it
//! does not, nothing is cut and the sheet scrolls.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{CHOICES, Welcome};
use crate::command::Ctx;
use crate::domain::query::{self, Happening, Welcome as Sheet};
use crate::domain::{Promise, TextPlace, VoiceKey, Workbook};
use crate::screen::{page, words};
use crate::widget::text::{self, right_of, row};

/// A piece of text at a column of a row.
type Piece = (u16, String, Style);

/// Columns between facts that stand beside each other.
const BETWEEN: u16 = 3;

pub(super) fn draw(screen: &Welcome, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let Some(workbook) = ctx.workbook() else {
        text::put(buf, area, "No workbook is open.", ctx.theme.quiet());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    };
    let sheet = screen.sheet(workbook, ctx);
    let choices = Choices::laid(screen, &sheet, area, ctx);
    let text_rows = area.height.saturating_sub(choices.rows);
    let body = Rect { height: text_rows, ..area };
    let (lines, cut) = fitting(screen, &sheet, workbook, body, ctx);
    screen.cut.set(cut);
    let key = ctx.keymap.shown("welcome.page-down");
    // where it does not fit, a row says how much is out of sight
    let scrolls = lines.len() > text_rows.into() && text_rows > 1;
    let body = Rect { height: text_rows - u16::from(scrolls), ..body };
    let room = usize::from(body.height);
    let last_top = lines.len().saturating_sub(room);
    let top = screen.top.get().min(last_top);
    screen.top.set(top);
    screen.last_top.set(last_top);
    screen.page.set(room);
    for (line, at) in lines.iter().skip(top).zip(body.rows()) {
        for (column, words, style) in line {
            text::put(buf, right_of(at, *column), words, *style);
        }
    }
    if scrolls {
        let below = lines.len().saturating_sub(top + room);
        let at = row(area, body.height);
        let said = page::out_of_sight(top, below);
        let on = if below > 0 { format!("; {key} reads on") } else { String::new() };
        text::put(buf, at, &format!("{said}{on}"), ctx.theme.quiet());
    }
    if cut && lines.len() < text_rows.into() {
        let said = format!("… cut here and there; {key} shows all of it");
        text::put(buf, row(area, text_rows - 1), &said, ctx.theme.quiet());
    }
    choices.draw(text::below(area, text_rows), buf, ctx)
}

/// The sheet with its texts cut as little as lets it fit, and whether any was; whole where it does not fit anyway, and where
/// somebody has asked for it.
fn fitting(
    screen: &Welcome,
    sheet: &Sheet<'_>,
    workbook: &Workbook,
    area: Rect,
    ctx: &Ctx<'_>,
) -> (Vec<Vec<Piece>>, bool) {
    let laid =
        |most: usize, tight: bool| Said { screen, sheet, workbook, ctx, tight }.lines(area.width, most);
    let fits = |lines: &Vec<Vec<Piece>>| lines.len() <= area.height.into();
    let ways = [(3, false), (2, false), (1, false), (1, true)].into_iter();
    let whole = laid(usize::MAX, false);
    if screen.whole || fits(&whole) {
        return (whole, false);
    }
    ways.map(|(most, tight)| laid(most, tight)).find(fits).map_or((whole, false), |lines| (lines, true))
}

struct Said<'a> {
    screen: &'a Welcome,
    sheet: &'a Sheet<'a>,
    workbook: &'a Workbook,
    ctx: &'a Ctx<'a>,
    /// Short facts stand beside each other.
    tight: bool,
}

impl Said<'_> {
    /// Every line, each text in at most so many rows.
    fn lines(&self, columns: u16, most: usize) -> Vec<Vec<Piece>> {
        let mut lines = self.head(columns, most);
        lines.push(Vec::new());
        if !page::is_wide(self.ctx) {
            let mut left = self.left(columns, most);
            left.push(Vec::new());
            lines.extend(left);
            lines.extend(self.right(columns, usize::MAX));
            return lines;
        }
        let half = columns / 2 - 2;
        let left = self.left(half, most);
        let right = self.right(columns - half - 3, most.saturating_sub(1).max(1));
        for n in 0..left.len().max(right.len()) {
            let mut line = left.get(n).cloned().unwrap_or_default();
            let beside = right.get(n).into_iter().flatten();
            line.extend(beside.map(|(x, words, style)| (half + 3 + x, words.clone(), *style)));
            lines.push(line);
        }
        lines
    }

    /// What matters most: how long, why, what rests, whom to ring, where one was.
    fn head(&self, columns: u16, most: usize) -> Vec<Vec<Piece>> {
        let (theme, sheet) = (self.ctx.theme, self.sheet);
        let mut lines = Vec::new();
        // how long it was is never cut
        flow(&mut lines, &query::away_in_words(sheet), columns, usize::MAX, theme.strong());
        if let Some(words) = query::look_again_in_words(sheet) {
            flow(&mut lines, &words, columns, usize::MAX, theme.text());
        }
        let first = lines.len();
        let mut said = |label: &str, words: &str| {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if words.is_empty() {
                return;
            }
            let mut fact = Vec::new();
            labelled(&mut fact, label, &words, columns, most, (theme.quiet(), theme.text()));
            let beside = lines.len() > first && self.tight && fact.len() == 1;
            match (lines.last_mut(), fact.first()) {
                (Some(before), Some(fact))
                    if beside && width_of(before) + BETWEEN + width_of(fact) <= columns =>
                {
                    let at = width_of(before) + BETWEEN;
                    before.extend(fact.iter().map(|(x, words, style)| (at + x, words.clone(), *style)));
                }
                _ => lines.append(&mut fact),
            }
        };
        if let Some(pause) = sheet.pause {
            said("Why, ours:", &pause.change.ours);
            said("Why, theirs:", &pause.change.theirs);
            if let Some(pause) = &pause.change.pause {
                said("Rests meanwhile:", &pause.frozen);
                said("In light touch:", &pause.light_touch);
                said("To start it again:", &pause.restart);
            }
        }
        if let Some(contact) = &sheet.contact {
            said("Ring first:", &query::contact_in_words(contact, self.workbook));
        }
        if let Some(place) = self.was() {
            said("You were at:", &place);
        }
        lines
    }

    fn was(&self) -> Option<String> {
        let (question, voice) = self.screen.was.as_ref()?;
        let place = TextPlace::Voice(question.clone(), voice.clone().unwrap_or(VoiceKey::Ours));
        let said = query::place_in_words(&place, Some(self.workbook), self.ctx.content);
        match voice {
            Some(_) => Some(said.thing),
            // without a voice in focus it was the question alone
            None => self.ctx.content.question(question.as_str()).map(|question| question.short.clone()),
        }
    }

    /// What is owed, old, guessed; who is gone.
    fn left(&self, columns: u16, most: usize) -> Vec<Vec<Piece>> {
        let (theme, sheet) = (self.ctx.theme, self.sheet);
        let mut lines = Vec::new();
        let day = |promise: &Promise| {
            promise.due.map_or_else(|| "no day".to_owned(), |due| words::short_day(due, self.ctx.today()))
        };
        let owed = sheet.we_owe.iter().chain(&sheet.they_owe);
        let widest = owed.map(|promise| text::width(&day(promise))).max().unwrap_or(0);
        for (heading, owed) in [("WE OWE", &sheet.we_owe), ("THEY OWE", &sheet.they_owe)] {
            lines.push(vec![(0, heading.to_owned(), theme.heading())]);
            for promise in owed {
                // the day comes first: whatever is cut, it is not the day
                let indent = widest + 4;
                let words = query::owed_without_day(promise, self.workbook);
                let rows = text::wrap(&words, columns.saturating_sub(indent));
                let mut rows = cut(rows, most).into_iter();
                let first = rows.next().unwrap_or_default();
                lines.push(vec![(2, day(promise), theme.quiet()), (indent, first, theme.text())]);
                lines.extend(rows.map(|row| vec![(indent, row, theme.text())]));
            }
            if owed.is_empty() {
                lines.push(vec![(2, "nothing".to_owned(), theme.quiet())]);
            }
        }
        let mut said = |label: String, words: String| {
            labelled(&mut lines, &label, &words, columns, most, (theme.strong(), theme.text()));
        };
        let (old, guessed) = (&sheet.old, &sheet.guessed);
        if !old.is_empty() {
            said(
                format!("{} more than a year old:", words::count(old.len(), "answer", "answers")),
                query::some_of(old),
            );
        }
        if !guessed.is_empty() {
            said(format!("{} only guessed:", guessed.len()), query::some_of(guessed));
        }
        for (n, person) in sheet.gone.iter().enumerate() {
            let label = if n == 0 { "Gone since:" } else { "and:" };
            said(label.to_owned(), query::gone_in_words(person, self.workbook));
        }
        lines
    }

    /// The last things that happened, oldest first.
    fn right(&self, columns: u16, most: usize) -> Vec<Vec<Piece>> {
        let theme = self.ctx.theme;
        let heading = match self.sheet.last.len() {
            0 => return vec![vec![(0, "NOTHING HAS A DAY YET".to_owned(), theme.heading())]],
            10 => "THE LAST TEN THINGS".to_owned(),
            n => words::count(n, "THING SO FAR", "THINGS SO FAR"),
        };
        let mut lines = vec![vec![(0, heading, theme.heading())]];
        let days: Vec<String> =
            self.sheet.last.iter().map(|told| words::short_day(told.on, self.ctx.today())).collect();
        let widest = days.iter().map(|day| text::width(day)).max().unwrap_or(0);
        for (told, day) in self.sheet.last.iter().zip(&days) {
            let indent = widest + 2;
            let mut rows = cut(text::wrap(&in_words(told), columns.saturating_sub(indent)), most).into_iter();
            let first = rows.next().unwrap_or_default();
            lines.push(vec![(0, day.clone(), theme.quiet()), (indent, first, theme.text())]);
            lines.extend(rows.map(|row| vec![(indent, row, theme.text())]));
        }
        lines
    }
}

/// Somebody's own words where there are some, else what happened.
fn in_words(told: &Happening) -> String {
    if told.words.is_empty() { told.what.clone() } else { format!("{}: {}", told.brief, told.words) }
}

fn width_of(line: &[Piece]) -> u16 {
    line.iter().map(|(x, words, _)| x + text::width(words)).max().unwrap_or(0)
}

/// Puts a text down, broken at words, in at most so many rows.
fn flow(lines: &mut Vec<Vec<Piece>>, words: &str, columns: u16, most: usize, style: Style) {
    lines.extend(cut(text::wrap(words, columns), most).into_iter().map(|line| vec![(0, line, style)]));
}

/// The same behind a label; what does not fit on its row goes on two columns in.
fn labelled(
    lines: &mut Vec<Vec<Piece>>,
    label: &str,
    words: &str,
    columns: u16,
    most: usize,
    (of_label, of_words): (Style, Style),
) {
    // room for the label, which no break may take away
    let whole = format!("{}{words}", "\u{2007}".repeat((text::width(label) + 1).into()));
    let fits = text::width(&whole) <= columns;
    let mut rows = text::wrap(&whole, if fits { columns } else { columns.saturating_sub(2) });
    rows.iter_mut().skip(1).for_each(|row| row.insert_str(0, "  "));
    for (n, line) in cut(rows, most).into_iter().enumerate() {
        let words = line.replace('\u{2007}', " ");
        let mut pieces = vec![(0, words, of_words)];
        if n == 0 {
            pieces.push((0, label.to_owned(), of_label));
        }
        lines.push(pieces);
    }
}

/// The first rows, with a sign that there is more.
fn cut(mut rows: Vec<String>, most: usize) -> Vec<String> {
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            last.push_str(" …");
        }
    }
    rows
}

/// The ways to go on as they are laid out, and what the one in focus does.
struct Choices {
    /// The row and the column of each, its words, and whether it is in focus.
    placed: Vec<(u16, u16, String, bool)>,
    about: String,
    rows: u16,
}

impl Choices {
    fn laid(screen: &Welcome, sheet: &Sheet<'_>, area: Rect, ctx: &Ctx<'_>) -> Self {
        const GAP: u16 = 2;
        let focus = screen.list.focus(CHOICES.len());
        let mut placed = Vec::new();
        let (mut x, mut y) = (0, 0);
        for (n, choice) in CHOICES.iter().enumerate() {
            let key = ctx.keymap.shown(choice.command);
            let words = format!("{key} {}", choice.label(sheet));
            let wide = text::width(&words) + 3;
            if x > 0 && (ctx.linear || x + wide > area.width) {
                (x, y) = (0, y + 1);
            }
            placed.push((y, x, words, n == focus));
            x += wide + GAP;
        }
        // where there is little room the sheet itself comes before the sentence, and one row of it before the choices
        let about = if area.height > y + 6 { screen.about(sheet) } else { String::new() };
        let rows = (y + 1 + u16::from(!about.is_empty())).min(area.height);
        Self { placed, about, rows }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let mut cursor = None;
        // the row of the one in focus is in sight, whatever else is not
        let rows = self.placed.iter().map(|(y, ..)| y + 1).max().unwrap_or(0);
        let at = self.placed.iter().find(|(.., focus)| *focus).map_or(0, |(y, ..)| *y);
        let from = (at + 1).saturating_sub(area.height).min(rows.saturating_sub(1));
        for (y, x, words, focus) in self.placed.iter().filter(|(y, ..)| *y >= from) {
            let place = right_of(row(area, y - from), *x);
            let style = if *focus { ctx.theme.focus() } else { ctx.theme.text() };
            let lead = if *focus { "> " } else { "  " };
            text::put(buf, place, &format!("{lead}{words} "), style);
            if *focus && !place.is_empty() {
                cursor = Some(page::cursor(place, 2));
            }
        }
        text::put(buf, row(area, rows - from), &self.about, ctx.theme.quiet());
        cursor
    }
}
