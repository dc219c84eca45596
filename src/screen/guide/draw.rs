//! How the guide looks: the articles under their sections on the left, the one in focus on the right where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::article::Article;
use super::{Guide, Line};
use crate::command::Ctx;
use crate::overlay::Block;
use crate::screen::page::{self, Pen};
use crate::widget::text;

pub(super) fn draw(guide: &Guide, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    if !page::is_wide(ctx) {
        return draw_list(guide, area, buf, ctx);
    }
    let (left, right) = page::split(area, buf, *ctx.theme, (area.width * 2 / 5).clamp(28, 44));
    if let Some(article) = guide.in_focus(ctx) {
        draw_article(article, right, buf, ctx);
    }
    draw_list(guide, left, buf, ctx)
}

fn draw_list(guide: &Guide, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let articles = guide.articles(ctx);
    let lines = guide.lines(ctx);
    let mut pen = Pen::new(buf, area);
    let mut cursor = None;
    if guide.typing || !guide.filter.is_empty() {
        let (row, buf) = pen.take(1);
        cursor = page::finder(buf, row, &guide.filter, guide.typing, *ctx.theme);
        if area.height > 8 {
            pen.gap();
        }
    }
    let Some(focus) = guide.focus_line(&lines) else {
        let (all, place) = (ctx.keymap.shown("guide.back"), pen.rest());
        pen.say(&format!("Nothing here has these words. {all} shows everything."), ctx.theme.quiet());
        return cursor.or_else(|| (!place.is_empty()).then(|| page::cursor(place, 0)));
    };
    let (area, buf) = pen.take(area.height);
    for (n, row) in guide.window(area.height.into(), focus, lines.len()).zip(area.rows()) {
        match lines.get(n) {
            Some(Line::Section(section)) => {
                text::put(buf, row, &section.to_uppercase(), ctx.theme.heading());
            }
            Some(Line::Article(place)) => {
                let title = articles.get(*place).map_or("", |article| &article.title);
                let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
                cursor = cursor.or(page::entry(buf, row, title, style, n == focus));
            }
            Some(Line::Gap) | None => {}
        }
    }
    cursor
}

/// The article, as far as there is room; below it the key that shows the rest, where something is left out.
fn draw_article(article: &Article, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let theme = ctx.theme;
    let mut lines: Vec<_> =
        text::wrap(&article.title, area.width).into_iter().map(|l| (l, theme.strong())).collect();
    lines.push((String::new(), theme.text()));
    for block in &article.blocks {
        let (words, indent, style) = match block {
            Block::Heading(words) => (words, "", theme.heading()),
            Block::Text(words) => (words, "", theme.text()),
            Block::Point(words) => (words, "- ", theme.text()),
            Block::Quiet(words) => (words, "", theme.quiet()),
            Block::Space => {
                lines.push((String::new(), theme.text()));
                continue;
            }
        };
        let wrapped = text::wrap(words, area.width.min(page::MEASURE).saturating_sub(text::width(indent)));
        for (n, line) in wrapped.into_iter().enumerate() {
            let lead = if n == 0 { indent } else { "  ".get(..indent.len()).unwrap_or("") };
            lines.push((format!("{lead}{line}"), style));
        }
    }
    let cut = lines.len() > area.height.into();
    let shown = area.height - if cut { area.height.min(2) } else { 0 };
    for ((line, style), row) in lines.iter().zip(area.rows().take(shown.into())) {
        text::put(buf, row, line, *style);
    }
    if cut {
        let more = format!("{} reads the rest", ctx.keymap.shown("guide.open"));
        text::put(buf, text::row(area, area.height.saturating_sub(1)), &more, theme.quiet());
    }
}
