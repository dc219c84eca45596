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
        let mut lines = Vec::new();
        for (said, style) in head {
            lines.extend(text::wrap(said, area.width).into_iter().map(|line| Laid::words(line, *style)));
        }
        let labels = fields.iter().map(|f| text::width(f.label)).max().unwrap_or(0);
        let beside = (area.width >= BESIDE && !ctx.linear).then_some((labels + 2).min(area.width * 3 / 5));
        if !lines.is_empty() {
            lines.push(Laid::words(String::new(), ctx.theme.text()));
        }
        for (n, field) in fields.iter().enumerate() {
            self.lay(n, field, beside, area.width, &mut lines, ctx);
        }
        self.put(&lines, area, buf, ctx)
    }

    /// The rows of one field.
    fn lay(
        &self,
        n: usize,
        field: &FormField,
        beside: Option<u16>,
        columns: u16,
        lines: &mut Vec<Laid>,
        ctx: &Ctx<'_>,
    ) {
        let theme = ctx.theme;
        let indent = beside.unwrap_or(0) + 2;
        let room = columns.saturating_sub(indent).max(1);
        if beside.is_none() {
            lines.push(Laid { label: Some(field.label), ..Laid::words(String::new(), theme.quiet()) });
        }
        let label = beside.map(|_| field.label);
        if self.part == Part::Typing(n) {
            let rows = if self.field.kind() == Kind::Prose {
                self.field.desired_height(room).clamp(2, PROSE_ROWS)
            } else {
                1
            };
            lines.push(Laid { label, indent, typed: rows, focus: true, ..Laid::default() });
            lines.extend((1..rows).map(|_| Laid::default()));
        } else {
            let focus = self.part == Part::At(n);
            let shown = field.shown(ctx);
            let empty = shown.trim().is_empty();
            let style = match (focus, empty) {
                (true, _) => theme.focus(),
                (false, true) => theme.quiet(),
                (false, false) => theme.text(),
            };
            let nothing =
                if matches!(field.value, Value::Day(..)) { field.hint.as_ref() } else { "nothing yet" };
            let said = if empty { nothing.to_owned() } else { shown };
            for (row, line) in text::wrap(&said, room).into_iter().enumerate() {
                let first = row == 0;
                lines.push(Laid {
                    label: label.filter(|_| first),
                    focus: focus && first,
                    indent,
                    words: line,
                    style,
                    ..Laid::default()
                });
            }
        }
        if beside.is_none() {
            lines.push(Laid::words(String::new(), theme.text()));
        }
    }

    fn put(&self, lines: &[Laid], area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let height = usize::from(area.height);
        let mut shown: Vec<&Laid> = lines.iter().collect();
        if shown.len() > height {
            // without the free lines more of the form is in sight
            shown.retain(|line| !line.is_free() || self.is_typing());
        }
        let focus = shown.iter().position(|line| line.focus);
        let bottom = focus.map_or(0, |n| n + shown.get(n).map_or(1, |l| usize::from(l.typed.max(1))));
        let top = bottom.saturating_sub(height);
        let mut cursor = None;
        for (line, row) in shown.into_iter().skip(top).zip(area.rows()) {
            if let Some(label) = line.label {
                text::put(buf, text::right_of(row, 2), label, ctx.theme.quiet());
            }
            let place = text::right_of(row, line.indent);
            if line.focus {
                text::put(buf, row, ">", ctx.theme.text());
                cursor = (!row.is_empty()).then(|| page::cursor(row, line.indent));
            }
            if line.typed > 0 {
                let field = Rect { height: line.typed, ..place }.intersection(area);
                self.field.render(field, buf, style(ctx));
                cursor = self.field.cursor_position(field).or(cursor);
            } else if !line.words.is_empty() {
                text::put(buf, place, &line.words, line.style);
            }
        }
        cursor
    }
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
    /// Rows that the field takes which is typed in.
    typed: u16,
}

impl Laid {
    fn words(words: String, style: Style) -> Self {
        Self { words, style, ..Self::default() }
    }

    fn is_free(&self) -> bool {
        self.words.is_empty() && self.label.is_none() && self.typed == 0
    }
}

fn style(ctx: &Ctx<'_>) -> FieldStyle {
    FieldStyle { text: ctx.theme.text(), selected: ctx.theme.selected(), placeholder: ctx.theme.quiet() }
}
