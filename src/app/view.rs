//! One frame: where one is, what one looks at, what is saved, which keys matter.
//!
//! ```text
//! Tactile guide > Scoping                     question 3 of 15     the first line
//!
//! the body: a screen, or an overlay in its place
//! ───────────────────────────────────────────────────────────────  a strip, where there is one
//! the strip
//! Saved 14:03                                            MOVING    the status line
//! Enter open   g go to   Ctrl-J jot   ? keys                       the footer
//! ```

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{App, Parts, SavingWord};
use crate::command::{Ctx, Row};
use crate::domain::query;
use crate::keymap::{Chord, Match, shown};
use crate::layer::{Extent, Layer};
use crate::order::InOrder;
use crate::screen;
use crate::widget::cells::cells;
use crate::widget::text::{below, brief, fit, put, right_of, row, width, wrap};

/// Columns of MOVING and TYPING.
const MODE: u16 = 6;
/// The smallest window that shows the workbook.
const SMALLEST: (u16, u16) = (40, 12);
/// From so many rows on, an empty row stands below the first line.
const GENEROUS: u16 = 16;

impl App {
    /// Draws everything and puts the terminal's cursor on what is in focus.
    pub fn view(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        if let Some(position) = self.draw(area, frame.buffer_mut()) {
            frame.set_cursor_position(position);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return self.draw_too_small(area, buf);
        }
        let rows = self.rows_below_overlays();
        let parts = Parts { size: (area.width, area.height), ..self.parts() };
        let ctx = parts.ctx(&rows);
        let inner = Rect { x: area.x + 1, width: area.width - 2, ..area };
        let head = 1 + u16::from(area.height >= GENEROUS);
        let strips = self.strips(&ctx, inner.width);
        let status = self.status(inner.width, &ctx);
        let foot_height = cells(status.lines.len()) + 1;
        let above_foot = area.height.saturating_sub(head + foot_height);
        let strips_height =
            strips.iter().map(|(rows, _)| rows + 1).fold(0_u16, u16::saturating_add).min(above_foot);
        let body_height = above_foot - strips_height;
        let body = Rect { y: area.y + head, height: body_height, ..inner };

        let covering = self.covering(&ctx);
        let shown: Option<&dyn Layer> =
            covering.and_then(|n| self.overlays.get(n)).map(AsRef::as_ref).or(self.screen());
        let mut cursor = shown.and_then(|layer| layer.draw(body, buf, &ctx));
        // what stands in the first line may depend on how much of the body was in sight
        self.draw_header(row(inner, 0), buf, &ctx);
        let mut below_body = below(inner, head + body_height);
        below_body.height = strips_height;
        for (height, strip) in strips {
            let rule = "─".repeat(inner.width.into());
            put(buf, row(below_body, 0), &rule, ctx.theme.quiet());
            let strip_area =
                Rect { height: height.min(below_body.height.saturating_sub(1)), ..below(below_body, 1) };
            let at = self.draw_strip(&strip, strip_area, buf, &ctx);
            cursor = at.or(cursor);
            below_body = below(below_body, height + 1);
        }
        let foot = below(inner, area.height.saturating_sub(foot_height));
        let status_area = Rect { height: foot_height - 1, ..foot };
        self.draw_status(status_area, &status, buf, &ctx);
        self.draw_footer(row(foot, foot_height - 1), buf, &ctx);
        // where there is no room for what is in focus, the cursor says at least where one is
        cursor.or(Some(inner.as_position()))
    }

    fn draw_too_small(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let (columns, rows) = SMALLEST;
        let text = format!("Make the window larger ({columns} x {rows}) to go on. Your text is safe.");
        for (line, at) in wrap(&text, area.width).iter().zip(area.rows()) {
            put(buf, at, line, Style::new());
        }
        (!area.is_empty()).then_some(Position { x: area.x, y: area.y })
    }

    fn draw_header(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let named = self.overlays.iter().rev().map(AsRef::as_ref).chain(self.screen());
        let Some(layer) = named.into_iter().find(|layer| layer.extent(ctx) == Extent::Body) else { return };
        let aside = fit(&layer.aside(ctx), area.width / 2);
        let crumbs = layer.crumbs(ctx);
        let room = area.width.saturating_sub(width(&aside) + 2);
        let mut line = crumbs.join(" > ");
        if width(&line) > room
            && let [.., last] = crumbs.as_slice()
        {
            line.clone_from(last);
        }
        put(buf, Rect { width: room.min(area.width), ..area }, &line, ctx.theme.strong());
        let right = right_of(area, area.width.saturating_sub(width(&aside)));
        put(buf, right, &aside, ctx.theme.quiet());
    }

    /// What stands above the status line, from the top down, with its height.
    fn strips(&self, ctx: &Ctx<'_>, columns: u16) -> Vec<(u16, Strip<'_>)> {
        let mut strips = Vec::new();
        if let Some((_, _, line)) = self.tour.and_then(super::tour::Tour::line) {
            let rows = cells(wrap(line, columns.saturating_sub(8)).len());
            strips.push((rows, Strip::Tour));
        }
        let from = self.covering(ctx).map_or(0, |n| n + 1);
        for layer in self.overlays.iter().skip(from).rev().take(1) {
            if let Extent::Strip(rows) = layer.extent(ctx) {
                strips.push((rows.min(ctx.size.1 / 2), Strip::Layer(layer.as_ref())));
            }
        }
        let shown = self.overlays.last().map(AsRef::as_ref).or(self.screen());
        let shows_itself = self.typing && shown.is_some_and(|layer| layer.shows_sequences(ctx));
        if self.menu_is_due() && !self.linear && !shows_itself {
            let entries = self.sequences_from_here();
            let columns = usize::from(columns / column(columns)).max(1);
            let rows = cells(entries.len().div_ceil(columns));
            strips.push((rows.min(ctx.size.1.saturating_sub(6)), Strip::Keys(entries)));
        }
        strips
    }

    fn draw_strip(&self, strip: &Strip<'_>, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        match strip {
            Strip::Layer(layer) => layer.draw(area, buf, ctx),
            Strip::Tour => {
                let (at, of, line) = self.tour.and_then(super::tour::Tour::line)?;
                let counter = format!("{at} of {of}");
                put(buf, area, &counter, ctx.theme.quiet());
                for (line, at) in
                    wrap(line, area.width.saturating_sub(8)).iter().zip(right_of(area, 8).rows())
                {
                    put(buf, at, line, ctx.theme.notice());
                }
                None
            }
            Strip::Keys(entries) => {
                let column = column(area.width);
                let columns = (area.width / column).max(1);
                let per_column = entries.len().div_ceil(usize::from(columns)).max(1);
                let shown = usize::from(area.height) * usize::from(columns);
                let per_column = per_column.min(area.height.max(1).into());
                let more =
                    (format!("{} more", (entries.len() + 1).saturating_sub(shown)), "? shows all keys");
                for (n, (keys, help)) in entries.iter().map(|(k, h)| (k, *h)).enumerate().take(shown) {
                    let cut = entries.len() > shown && n + 1 == shown;
                    let (keys, help) = if cut { (&more.0, more.1) } else { (keys, help) };
                    let x = cells(n / per_column) * column;
                    let y = cells(n % per_column);
                    let cell = row(right_of(area, x), y);
                    let cell = Rect { width: cell.width.min(column - 1), ..cell };
                    let used = put(buf, cell, keys, ctx.theme.key());
                    let room = right_of(cell, used + 2);
                    put(buf, room, &brief(help, room.width), ctx.theme.text());
                }
                None
            }
        }
    }

    /// The rows whose keys begin with what was typed: the rest of their keys, and what they do.
    fn sequences_from_here(&self) -> Vec<(String, &'static str)> {
        let rows = if self.typing { self.rows_now() } else { self.rows_below_overlays() };
        let typed = &self.pending;
        let rest = |row: &Row| {
            let keys = self
                .keymap
                .of(row.name)
                .iter()
                .find(|keys| keys.len() > typed.len() && keys.starts_with(typed))?;
            Some((shown(keys.get(typed.len()..)?), row.help))
        };
        rows.iter().filter_map(rest).collect()
    }

    /// What the status line says: a notice, or how it stands with the disk. As many rows as it takes, within reason.
    fn status(&self, columns: u16, ctx: &Ctx<'_>) -> Status {
        /// Rows of a notice; what is longer than that belongs on a page.
        const MOST: u16 = 4;
        let saving = self.open.as_ref().map(|open| open.saving.word(self.now.mono));
        let failing = matches!(saving, Some(SavingWord::NotSaved(..) | SavingWord::SavedBut(..)));
        let (text, style) = match &self.notice {
            // a failed save stays in sight until it is mended
            // nothing that is said takes the place of the sign
            Some(notice) if saving == Some(SavingWord::NotYetKept) => {
                let (sign, style) = self.saving_words(saving, ctx);
                (format!("{sign} · {}", notice.text), style)
            }
            Some(notice) if !failing => {
                let style = if notice.alarm { ctx.theme.alarm() } else { ctx.theme.notice() };
                (notice.text.clone(), style)
            }
            _ => self.saving_words(saving, ctx),
        };
        let room = columns.saturating_sub(MODE + 2);
        // a line to the person needs the room more
        let said = if self.notice.is_some() { width(&text) } else { width(&text).min(columns * 2 / 5) };
        let call = self.call_words(ctx, room.saturating_sub(said.saturating_add(3)));
        let room = if call.is_empty() { room } else { room.saturating_sub(width(&call) + 3) };
        let mut lines = wrap(&text, room);
        lines.truncate(MOST.min(ctx.size.1 / 4).max(1).into());
        Status { lines, style, call }
    }

    fn draw_status(&self, area: Rect, status: &Status, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let Status { lines, style, call } = status;
        let mode = if self.typing { "TYPING" } else { "MOVING" };
        let last = row(area, area.height.saturating_sub(1));
        put(buf, right_of(last, area.width.saturating_sub(MODE)), mode, ctx.theme.strong());
        let at = area.width.saturating_sub(MODE + 3 + width(call));
        put(buf, right_of(last, at), call, ctx.theme.strong());
        let room = Rect { width: area.width.saturating_sub(MODE + 2), ..area };
        for (line, at) in lines.iter().zip(room.rows()) {
            put(buf, at, line, *style);
        }
    }

    /// The calls that go on, in the room there is: how late it is on the one in front, with whom, and with whom the
    /// others are. Empty where none does.
    fn call_words(&self, ctx: &Ctx<'_>, room: u16) -> String {
        let Some(workbook) = ctx.workbook() else { return calls_elsewhere(ctx, room) };
        let calls: Vec<_> =
            ctx.talks.iter().filter_map(|talk| Some((talk, workbook.call(&talk.call)?))).collect();
        let Some(((talk, call), others)) = calls.split_first() else { return String::new() };
        let late = screen::call::elapsed(call.started, talk.now);
        let with = query::call_with(call, workbook).map(|who| format!(" with {who}")).unwrap_or_default();
        let named = others.iter().map(|(_, call)| query::call_with(call, workbook));
        let named: Vec<String> = named.map(|who| who.unwrap_or_else(|| "somebody".to_owned())).collect();
        let (also, more) = match named.len() {
            0 => (String::new(), String::new()),
            n => (format!(", also {}", named.join(", ")), format!(", {n} more")),
        };
        // no timer ticks where a screen reader would say it
        let short = if ctx.linear { "Call".to_owned() } else { format!("Call {late}") };
        let forms =
            [format!("{short}{with}{also}"), format!("{short}{with}{more}"), format!("{short}{more}")];
        forms.into_iter().find(|form| width(form) <= room).unwrap_or(short)
    }

    fn saving_words(&self, word: Option<SavingWord>, ctx: &Ctx<'_>) -> (String, Style) {
        let reading = self.open.as_ref().and_then(|open| open.reading.as_ref());
        match (reading, word) {
            (Some(why), _) => (format!("Open to read: {why}"), ctx.theme.notice()),
            (None, None) => (String::new(), ctx.theme.quiet()),
            (None, Some(SavingWord::Saved(at))) => (format!("Saved {}", self.clock(at)), ctx.theme.quiet()),
            (None, Some(SavingWord::KeptOnly)) => {
                ("Kept, not yet safe from a power cut".to_owned(), ctx.theme.notice())
            }
            (None, Some(SavingWord::NotYetKept)) => ("not yet kept".to_owned(), ctx.theme.alarm()),
            (None, Some(SavingWord::SavedBut(why, at))) => {
                (format!("Saved {}, but {why}", self.clock(at)), ctx.theme.alarm())
            }
            (None, Some(SavingWord::NotSaved(why, at))) => {
                // the time comes first, since a long reason does not fit
                (format!("NOT SAVED, last good copy {}: {why}", self.clock(at)), ctx.theme.alarm())
            }
        }
    }

    fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }

    /// The keys that matter here, as many as fit; the higher their rank, the sooner they drop out.
    fn draw_footer(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let mut hints = self.hints(ctx);
        let gap = 3;
        let wide = |hints: &[Hint]| {
            hints
                .iter()
                .map(|h| width(&h.keys) + 1 + width(h.word) + gap)
                .fold(0_u16, u16::saturating_add)
                .saturating_sub(gap)
        };
        while wide(&hints) > area.width && !hints.is_empty() {
            let last = hints.iter().enumerate().max_by_key(|(n, h)| (h.rank, *n)).map_or(0, |(n, _)| n);
            hints.remove(last);
        }
        let mut rest = area;
        for hint in &hints {
            let used = put(buf, rest, &hint.keys, ctx.theme.key());
            let word = right_of(rest, used + 1);
            let used = used + 1 + put(buf, word, hint.word, ctx.theme.quiet());
            rest = right_of(rest, used + gap);
        }
    }

    fn hints(&self, ctx: &Ctx<'_>) -> Vec<Hint> {
        let typing = self.typing;
        let layer = self.overlays.last().map(AsRef::as_ref).or(self.screen());
        let own = layer.map(|layer| layer.rows(ctx)).unwrap_or_default();
        let everywhere = super::global::rows_now(ctx);
        let in_overlay = !self.overlays.is_empty();
        let hint = |row: &Row, footer: Option<(u8, &'static str)>, printable: bool| {
            let (rank, word) = footer?;
            let fits = |keys: &&Vec<Chord>| printable || keys.iter().all(|k| k.printable().is_none());
            let keys = self.keymap.of(row.name).iter().find(fits)?;
            Some(Hint { rank, keys: shown(keys), word })
        };
        // what is open to read offers nothing that it would refuse
        let reads = self.open.as_ref().is_some_and(|open| open.reading.is_some());
        let own: Vec<Row> = own.into_iter().filter(|row| !(reads && row.changes)).collect();
        let of_layer = own.iter().filter_map(|row| hint(row, row.footer, !typing));
        // a key that means something else on this layer is not shown as what it means elsewhere
        let is_free = |row: &Row| {
            let keys = self.keymap.of(row.name).iter();
            let mut keys = keys.filter(|keys| !typing || keys.iter().all(|k| k.printable().is_none()));
            keys.next().is_none_or(|keys| self.keymap.find(&own, keys) == Match::None)
        };
        let of_all = everywhere.iter().filter_map(|row| {
            let hint = match (typing, in_overlay) {
                (true, false) => hint(row, row.footer_typing, false),
                (_, true) => None,
                (false, false) => hint(row, row.footer, true),
            };
            hint.filter(|_| is_free(row))
        });
        let mut hints: Vec<Hint> = of_layer.chain(of_all).collect();
        // where a layer has its own way out, the one out of the program matters least
        if own.iter().any(|row| row.footer.is_some_and(|(rank, _)| rank == WAY_OUT)) {
            for hint in hints.iter_mut().filter(|hint| hint.word == "leave") {
                hint.rank = u8::MAX;
            }
        }
        if !typing && !in_overlay && ctx.book.is_some() {
            hints.push(Hint { rank: 5, keys: "g".to_owned(), word: "go to" });
        }
        // Tab and a letter tag: the key is enough here, the letters stand elsewhere
        let tag = own.iter().find(|row| row.name.ends_with(".tag-said"));
        let tag = tag.and_then(|row| self.keymap.of(row.name).first()?.first());
        hints.extend(tag.map(|key| Hint {
            rank: if typing { 3 } else { 6 },
            keys: key.shown(),
            word: "tag",
        }));
        hints.order_by_key(|hint| hint.rank);
        hints
    }
}

/// With no workbook open: the calls that go on in those there are, as long as one looks at the library.
fn calls_elsewhere(ctx: &Ctx<'_>, room: u16) -> String {
    let calls: Vec<&String> = ctx.shelf.workbooks.iter().flat_map(|book| &book.digest.talking).collect();
    let forms = match calls.as_slice() {
        [] => return String::new(),
        [call] => [format!("{call} still open"), "Call still open".to_owned()],
        calls => [format!("{} calls still open", calls.len()), "Calls still open".to_owned()],
    };
    let fits = forms.iter().find(|form| width(form) <= room);
    fits.cloned().unwrap_or_default()
}

/// What the status line says, as many rows as that takes, and the calls at its right end.
struct Status {
    lines: Vec<String>,
    style: Style,
    call: String,
}

/// The rank of the way out in the footer.
const WAY_OUT: u8 = 2;

/// Columns of one entry of the keys that follow: two beside one another, where there is any room for that.
fn column(width: u16) -> u16 {
    const WIDE: u16 = 38;
    const NARROW: u16 = 18;
    if width >= 2 * NARROW { WIDE.min(width / 2) } else { width.max(2) }
}

/// What can stand above the status line.
enum Strip<'a> {
    Layer(&'a dyn Layer),
    Tour,
    Keys(Vec<(String, &'static str)>),
}

/// A key and its word in the footer.
struct Hint {
    rank: u8,
    keys: String,
    word: &'static str,
}
