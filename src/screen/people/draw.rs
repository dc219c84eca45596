//! How the people look: the sides with their people on the left, the fields of the one in focus on the right, or one of
//! the two where there is no room for both.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::entry::Entry;
use super::{Part, People};
use crate::command::Ctx;
use crate::domain::Workbook;
use crate::screen::page;
use crate::screen::words;
use crate::widget::field::FieldStyle;
use crate::widget::text;

const WHO_ARE_WE: &str = "Who are we? Every document takes it from here.";

pub(super) fn draw(people: &People, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let Some(workbook) = ctx.workbook() else {
        text::put(buf, area, "No workbook is open.", ctx.theme.quiet());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    };
    let in_list = people.part == Part::List;
    if !page::is_wide(ctx) {
        return if in_list {
            draw_list(people, workbook, area, buf, ctx)
        } else {
            Details::of(people, workbook, area.width, ctx)?.draw(area, buf, ctx)
        };
    }
    let (left, right) = page::split(area, buf, *ctx.theme, (area.width * 2 / 5).clamp(28, 44));
    let list = draw_list(people, workbook, left, buf, ctx);
    let details = Details::of(people, workbook, right.width, ctx).and_then(|d| d.draw(right, buf, ctx));
    if in_list { list } else { details }
}

fn draw_list(
    people: &People,
    workbook: &Workbook,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (entries, focus) = people.entries(workbook);
    let names = names(&entries, workbook, area.width);
    let mut cursor = None;
    for (n, row) in people.list.borrow().window(area.height.into(), entries.len()).zip(area.rows()) {
        let (Some(entry), Some(shown)) = (entries.get(n), names.get(n)) else { continue };
        let style = match (n == focus, people.part, entry) {
            (true, Part::List, _) => ctx.theme.focus(),
            (true, ..) => ctx.theme.focus_elsewhere(),
            (false, _, Entry::Side(_)) => ctx.theme.strong(),
            (false, _, Entry::Person(_)) => ctx.theme.text(),
        };
        if ctx.linear {
            let words = format!("{}. {}.", entry.name(workbook), entry.about(workbook));
            cursor = cursor.or(page::entry(buf, row, &words, style, n == focus));
            continue;
        }
        let indent = indent(entry);
        let focused = page::entry(buf, row, "", style, n == focus).map(|_| page::cursor(row, 2 + indent));
        let place = text::right_of(row, 2 + indent);
        let used = text::put(buf, place, shown, style);
        let aside = match entry {
            Entry::Side(id) if id.is_us() && entry.name(workbook) != "Our side" => "our side",
            Entry::Side(_) => "",
            Entry::Person(id) => workbook.person(id).map_or("", |person| person.role.trim()),
        };
        text::put(buf, text::right_of(place, used + 2), aside, ctx.theme.quiet());
        cursor = cursor.or(focused);
    }
    cursor
}

/// Columns by which a person stands further in than the side.
fn indent(entry: &Entry) -> u16 {
    if matches!(entry, Entry::Person(_)) { 2 } else { 0 }
}

/// The names in a list so many columns wide, cut so that sides that differ look different, and so do people.
fn names(entries: &[Entry], workbook: &Workbook, columns: u16) -> Vec<String> {
    let whole: Vec<String> = entries.iter().map(|entry| entry.name(workbook)).collect();
    let cut = |indented: u16| {
        let those = entries.iter().zip(&whole).filter(|(entry, _)| indent(entry) == indented);
        let names: Vec<&str> = those.map(|(_, name)| name.as_str()).collect();
        text::tell_apart(&names, columns.saturating_sub(2 + indented)).into_iter()
    };
    let (mut sides, mut people) = (cut(0), cut(2));
    let next = |entry| if indent(entry) == 0 { sides.next() } else { people.next() }.unwrap_or_default();
    entries.iter().map(next).collect()
}

/// The lines of a form, and what stands in them.
struct Details<'a> {
    people: &'a People,
    lines: Vec<(String, Style)>,
    /// The line of the field in focus, or of the field that takes text.
    focus: Option<usize>,
}

impl<'a> Details<'a> {
    fn of(people: &'a People, workbook: &Workbook, columns: u16, ctx: &Ctx<'_>) -> Option<Self> {
        let (entries, focus) = people.entries(workbook);
        let entry = entries.get(focus)?;
        let mut details = Self { people, lines: Vec::new(), focus: None };
        let theme = ctx.theme;
        details.say(&entry.name(workbook), columns, "", theme.heading());
        let nameless = matches!(entry, Entry::Side(id) if id.is_us() && workbook.us().name.trim().is_empty());
        let about = if nameless { WHO_ARE_WE.to_owned() } else { entry.about(workbook) };
        details.say(&about, columns, "", if nameless { theme.text() } else { theme.quiet() });
        for (n, field) in entry.fields().into_iter().enumerate() {
            details.lines.push((String::new(), theme.text()));
            details.lines.push((format!("  {}", field.label), theme.quiet()));
            let at = details.lines.len();
            let value = workbook.text(&field.place).unwrap_or_default();
            if people.part == Part::Typing(n) {
                details.lines.push((String::new(), theme.text()));
            } else if words::or(value, "").is_empty() {
                let style = if people.part == Part::Details(n) { theme.focus() } else { theme.quiet() };
                details.say("nothing yet", columns, "  ", style);
            } else {
                let style = if people.part == Part::Details(n) { theme.focus() } else { theme.text() };
                details.say(value, columns, "  ", style);
            }
            if matches!(people.part, Part::Details(m) | Part::Typing(m) if m == n) {
                details.focus = Some(at);
            }
        }
        Some(details)
    }

    fn say(&mut self, words: &str, columns: u16, indent: &str, style: Style) {
        let lines = text::wrap(words, columns.saturating_sub(text::width(indent)));
        self.lines.extend(lines.into_iter().map(|line| (format!("{indent}{line}"), style)));
    }

    fn draw(self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let height = usize::from(area.height);
        let mut lines: Vec<_> = self.lines.iter().enumerate().collect();
        if lines.len() > height {
            // without the free lines more of the form is in sight
            lines.retain(|(n, (words, _))| !words.is_empty() || Some(*n) == self.focus);
        }
        let focus = lines.iter().position(|(n, _)| Some(*n) == self.focus);
        let top = focus.map_or(0, |focus| (focus + 1).saturating_sub(height));
        let mut cursor = None;
        for ((n, (words, style)), row) in lines.into_iter().skip(top).zip(area.rows()) {
            let value = Rect { width: row.width.saturating_sub(2).max(1), ..text::right_of(row, 2) };
            if Some(n) != self.focus {
                text::put(buf, row, words, *style);
            } else if self.people.is_typing() {
                text::put(buf, row, ">", ctx.theme.text());
                let value = value.intersection(row);
                self.people.field.render(value, buf, field_style(ctx));
                cursor = self.people.field.cursor_position(value);
            } else {
                text::put(buf, row, ">", ctx.theme.text());
                text::put(buf, text::right_of(row, 2), words.trim_start(), *style);
            }
            if Some(n) == self.focus && !row.is_empty() {
                cursor = cursor.or_else(|| Some(page::cursor(row, 2)));
            }
        }
        cursor
    }
}

fn field_style(ctx: &Ctx<'_>) -> FieldStyle {
    FieldStyle { text: ctx.theme.text(), selected: ctx.theme.selected(), placeholder: ctx.theme.quiet() }
}
