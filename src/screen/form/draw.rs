//! Drawing a form: its head, then its fields below each other, labels beside them where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Form, FormField, Part, Value};
use crate::command::Ctx;
use crate::screen::page;
use crate::widget::field::{FieldStyle, Kind};
use crate::widget::text;

/// Columns from which labels stand beside what they name.
const BESIDE: u16 = 46;
/// The most rows that a field of prose takes while it is typed in.
const PROSE_ROWS: u16 = 6;
/// Rows from which one says how much is out of sight.
const CUE_FROM: u16 = 5;
/// Rows below the field in focus that stay in sight.
const AHEAD: usize = 2;

impl Form {
    /// Draws the fields down an area, below what is said at its head, and says where the cursor belongs if the focus is
    /// here.
    pub fn draw(
        &self,
        head: &[(String, Style)],
        fields: &[FormField],
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Option<Position> {
        let labels = fields.iter().map(|f| text::width(f.label)).max().unwrap_or(0);
        let beside = (area.width >= BESIDE && !ctx.linear).then_some((labels + 2).min(area.width * 3 / 5));
        let laid = |way: Way| {
            let mut lines = Vec::new();
            for (said, style) in head {
                lines.extend(text::wrap(said, area.width).into_iter().map(|line| Laid::words(line, *style)));
            }
            if !lines.is_empty() {
                lines.push(Laid::words(String::new(), ctx.theme.text()));
            }
            for (n, field) in fields.iter().enumerate() {
                self.lay(n, field, way, area.width, &mut lines, ctx);
            }
            lines
        };
        let lines = match beside {
            Some(columns) => laid(Way::Beside(columns)),
            None => {
                let lines = laid(Way::Above);
                let used = lines.iter().filter(|line| !line.is_free()).count();
                // what is short takes one row, so that more of a long form is in sight
                if used > area.height.into() && !ctx.linear { laid(Way::InFront) } else { lines }
            }
        };
        self.put(lines, area, buf, ctx)
    }

    /// The rows of one field.
    fn lay(&self, n: usize, field: &FormField, way: Way, columns: u16, lines: &mut Vec<Laid>, ctx: &Ctx<'_>) {
        let theme = ctx.theme;
        let typed = self.part == Part::Typing(n);
        let said = if typed { String::new() } else { said(field, ctx) };
        let in_front = text::width(field.label) + 4;
        let indent = match way {
            Way::Beside(columns) => columns + 2,
            Way::InFront if !typed && in_front + text::width(&said) <= columns => in_front,
            Way::InFront | Way::Above => 2,
        };
        let room = columns.saturating_sub(indent).max(1);
        if indent == 2 {
            lines.push(Laid { label: Some(field.label), ..Laid::words(String::new(), theme.quiet()) });
        }
        let label = (indent > 2).then_some(field.label);
        if typed {
            let rows = if self.field.kind() == Kind::Prose {
                self.field.desired_height(room).clamp(2, PROSE_ROWS)
            } else {
                1
            };
            lines.push(Laid { label, indent, typed: rows, focus: true, ..Laid::default() });
            lines.extend((1..rows).map(|_| Laid { covered: true, ..Laid::default() }));
        } else {
            let focus = self.part == Part::At(n);
            let style = match (focus, field.shown(ctx).trim().is_empty()) {
                (true, _) => theme.focus(),
                (false, true) => theme.quiet(),
                (false, false) => theme.text(),
            };
            for (row, line) in text::wrap(&said, room).into_iter().enumerate() {
                let first = row == 0;
                lines.push(Laid {
                    label: label.filter(|_| first),
                    focus: focus && first,
                    colon: indent == in_front && way == Way::InFront,
                    indent,
                    words: line,
                    style,
                    ..Laid::default()
                });
            }
        }
        if way == Way::Above {
            lines.push(Laid::words(String::new(), theme.text()));
        }
    }

    fn put(&self, mut lines: Vec<Laid>, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        if lines.len() > area.height.into() {
            // without the free lines more of the form is in sight
            lines.retain(|line| !line.is_free());
        }
        let mut rows = area;
        let scrolls = lines.len() > area.height.into() && area.height >= CUE_FROM;
        rows.height -= u16::from(scrolls);
        let height = usize::from(rows.height);
        let focus = lines.iter().position(|line| line.focus);
        let bottom = focus.map_or(0, |n| n + lines.get(n).map_or(1, |l| usize::from(l.typed.max(1))));
        // what comes next is in sight too
        let top = (bottom + AHEAD).min(lines.len()).saturating_sub(height).min(focus.unwrap_or(0));
        if scrolls {
            let said = page::out_of_sight(top, lines.len().saturating_sub(top + height));
            text::put(buf, text::right_of(text::below(area, rows.height), 2), &said, ctx.theme.quiet());
        }
        let mut cursor = None;
        for (line, row) in lines.iter().skip(top).zip(rows.rows()) {
            if let Some(label) = line.label {
                let colon = if line.colon { ":" } else { "" };
                text::put(buf, text::right_of(row, 2), &format!("{label}{colon}"), ctx.theme.quiet());
            }
            let place = text::right_of(row, line.indent);
            if line.focus {
                text::put(buf, row, ">", ctx.theme.text());
                cursor = (!row.is_empty()).then(|| page::cursor(row, line.indent));
            }
            if line.typed > 0 {
                let field = Rect { height: line.typed, ..place }.intersection(rows);
                self.field.render(field, buf, style(ctx));
                cursor = self.field.cursor_position(field).or(cursor);
            } else if !line.words.is_empty() {
                text::put(buf, place, &line.words, line.style);
            }
        }
        cursor
    }
}

/// What stands in a field, or that nothing does.
fn said(field: &FormField, ctx: &Ctx<'_>) -> String {
    let shown = field.shown(ctx);
    match &field.value {
        _ if !shown.trim().is_empty() => shown,
        Value::Day(..) => field.hint.as_ref().to_owned(),
        _ => "nothing yet".to_owned(),
    }
}

/// Where the label of a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In a column of so many columns beside what it names.
    Beside(u16),
    /// On a row of its own, with a free one below the field.
    Above,
    /// In front of what is short, above what is not, without free rows.
    InFront,
}

/// A row of a form as it is drawn.
#[derive(Debug, Default)]
struct Laid {
    label: Option<&'static str>,
    /// Columns before the words.
    indent: u16,
    words: String,
    style: Style,
    focus: bool,
    /// A label in front of what it names ends with one.
    colon: bool,
    /// Rows that the field takes which is typed in.
    typed: u16,
    /// One of those rows.
    covered: bool,
}

impl Laid {
    fn words(words: String, style: Style) -> Self {
        Self { words, style, ..Self::default() }
    }

    fn is_free(&self) -> bool {
        self.words.is_empty() && self.label.is_none() && self.typed == 0 && !self.covered
    }
}

fn style(ctx: &Ctx<'_>) -> FieldStyle {
    FieldStyle { text: ctx.theme.text(), selected: ctx.theme.selected(), placeholder: ctx.theme.quiet() }
}
