//! The cycle map, the home of a workbook: nine aspects in a ring of three arcs, communicating at the heart.
//!
//! Where the window is too small for a ring, and in the linear layout, the same map is a list. It shows states in words
//! and never a score.

mod lens;
mod waits;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::waits::Waits;
use super::words::count;
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::types::{Arc, Lens};
use crate::content::{AspectRow, on_map};
use crate::domain::query::{self, AspectState};
use crate::domain::{PartnershipState, Workbook};
use crate::layer::Layer;
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::ring::{self, Ring};
use crate::widget::text::{below, fit, put, right_of, row, width, wrap};

/// The cycle map.
#[derive(Debug, Default)]
pub struct Map {
    /// The aspect in focus, as a place in [`on_map`].
    list: List,
    /// Whether the focus has been put where the person last was.
    placed: bool,
}

/// Rows below the ring for what waits.
const FACTS: u16 = 2;

pub(super) const ROWS: &[Command<Map>] = &[
    command("map.open", &["enter"], "Open the aspect in focus", |map: &mut Map, _| map.open())
        .footer(1, "open")
        .words("enter go"),
    command("map.clockwise", &["tab"], "Next aspect round the ring", |map: &mut Map, _| map.step(1)),
    command("map.back-round", &["shift-tab"], "The aspect before it", |map: &mut Map, _| map.step(-1)),
    command("map.left", &["left", "h"], "Left", |map: &mut Map, ctx| map.walk(ctx, (-1.0, 0.0))),
    command("map.right", &["right", "l"], "Right", |map: &mut Map, ctx| map.walk(ctx, (1.0, 0.0))),
    command("map.up", &["up", "k"], "Up", |map: &mut Map, ctx| map.walk(ctx, (0.0, -1.0))),
    command("map.down", &["down", "j"], "Down", |map: &mut Map, ctx| map.walk(ctx, (0.0, 1.0))),
    command("map.first", &["g g", "home"], "To the first aspect", |map: &mut Map, _| map.set(0)),
    command("map.last", &["G", "end"], "To the last", |map: &mut Map, _| map.set(on_map().len() - 1)),
    command(
        "map.lens",
        &["L"],
        "See the ring as Connect, Begin, Implementation, Monitor",
        |map: &mut Map, ctx| map.turn_lens(ctx),
    )
    .words("lens model other names stages working together"),
    command("map.rename", &["e"], "Rename this workbook", |_, _| Outcome::Run("global.rename"))
        .when(|_, ctx| ctx.writable)
        .changes(),
    command("map.back", &["esc"], "Back to the library", |_, _| Outcome::Back).footer(2, "library"),
];

impl Map {
    /// The map with the focus where the person last wrote.
    pub fn new() -> Self {
        Self::default()
    }

    /// The map with the focus on an aspect, by id.
    pub fn at(aspect: &str) -> Self {
        let n = on_map().iter().position(|row| row.id == aspect).unwrap_or(0);
        Self { list: List::at(n), placed: true }
    }

    fn focus(&self) -> usize {
        self.list.focus(on_map().len())
    }

    fn set(&mut self, n: usize) -> Outcome {
        self.list.set(n);
        Outcome::Done
    }

    fn open(&self) -> Outcome {
        match on_map().get(self.focus()) {
            Some(aspect) => Outcome::Go(Go::Aspect(aspect.id.to_owned())),
            None => Outcome::Unused,
        }
    }

    fn step(&mut self, by: isize) -> Outcome {
        let len = on_map().len();
        let next = self.focus().saturating_add_signed(by.rem_euclid(len as isize)) % len;
        self.set(next)
    }

    fn walk(&mut self, ctx: &Ctx<'_>, towards: (f64, f64)) -> Outcome {
        if !shows_ring(ctx) {
            let by = if towards.0 + towards.1 > 0.0 { 1 } else { -1 };
            self.list.by(by, on_map().len());
            return Outcome::Done;
        }
        if let Some(next) = nearest(self.focus(), towards) {
            self.list.set(next);
        }
        Outcome::Done
    }

    fn turn_lens(&mut self, ctx: &Ctx<'_>) -> Outcome {
        ctx.lens.set(!ctx.lens.get());
        lens::turned(ctx)
    }

    /// The word below an aspect's name, and how it looks.
    fn word(
        &self,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
        aspect: &AspectRow,
    ) -> (String, ratatui::style::Style) {
        if let Some(lens) = lens::on(ctx) {
            return lens::word(lens, aspect, ctx);
        }
        let state = ctx
            .content
            .aspect(aspect.id)
            .map_or(AspectState::Untouched, |aspect| query::aspect_state(workbook, aspect, ctx.today()));
        (state.words().to_owned(), ctx.theme.aspect(state))
    }

    fn draw_ring(
        &self,
        ring: &Ring,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
    ) -> Option<Position> {
        ring.draw_line(buf, ctx.theme.quiet());
        let titles = ["1 GETTING STARTED", "2 WORKING TOGETHER", "3 WHAT NEXT?"];
        for (n, (area, title)) in ring.titles.iter().zip(titles).enumerate() {
            if lens::on(ctx).is_none() {
                let indent = if n == 0 { area.width.saturating_sub(width(title)) } else { 0 };
                put(buf, right_of(*area, indent), title, ctx.theme.heading());
            }
        }
        let on_ring = on_map().iter().enumerate().filter(|(_, a)| is_on_ring(a.arc));
        let mut cursor = None;
        for ((n, aspect), area) in on_ring.zip(&ring.labels) {
            let at = self.draw_label(n, aspect, *area, buf, ctx, workbook);
            cursor = at.or(cursor);
        }
        self.draw_heart(ring.heart, buf, ctx, workbook).or(cursor)
    }

    fn draw_label(
        &self,
        n: usize,
        aspect: &AspectRow,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
    ) -> Option<Position> {
        let focused = n == self.focus();
        let disputed = disputes(ctx, workbook, aspect);
        let mark = if disputed > 0 { " !" } else { "" };
        let name = format!("{}{mark}", aspect.name);
        let (word, word_style) = self.word(ctx, workbook, aspect);
        let side = side(n);
        let name_at = aligned(row(area, 0), &name, side);
        put(buf, aligned(row(area, 1), &word, side), &word, word_style);
        if !focused {
            put(buf, name_at, &name, ctx.theme.strong());
            return None;
        }
        // the mark of the focus stands before the name, which stays where it is
        let x = name_at.x.saturating_sub(2).max(area.x);
        let at = Rect { x, width: area.right().saturating_sub(x), ..name_at };
        put(buf, at, &format!("> {name} "), ctx.theme.focus());
        Some(Position { x: at.x, y: at.y })
    }

    fn draw_heart(
        &self,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
    ) -> Option<Position> {
        let (n, heart) = on_map().iter().enumerate().find(|(_, a)| a.arc == Arc::Heart)?;
        let focused = n == self.focus();
        let inside = usize::from(area.width.saturating_sub(2));
        let quiet = ctx.theme.quiet();
        put(buf, row(area, 0), &format!("╭{}╮", "─".repeat(inside)), quiet);
        put(buf, row(area, 4), &format!("╰{}╯", "─".repeat(inside)), quiet);
        for y in 1..4 {
            put(buf, row(area, y), "│", quiet);
            put(buf, right_of(row(area, y), area.width.saturating_sub(1)), "│", quiet);
        }
        let name = heart.name.to_uppercase();
        let name = if focused { format!("> {name} ") } else { name };
        let style = if focused { ctx.theme.focus() } else { ctx.theme.strong() };
        let at = centred(row(area, 1), &name);
        put(buf, at, &name, style);
        let seen = lens::on(ctx).is_none();
        let unchecked = if seen { query::never_checked(workbook, ctx.content).len() } else { 0 };
        let untidy = if seen { query::left_to_tidy(workbook) } else { 0 };
        let guess = ctx.theme.standing(crate::domain::Standing::Guess);
        let mut lines = vec![self.word(ctx, workbook, heart)];
        lines.extend((unchecked > 0).then(|| (format!("{unchecked} to check"), guess)));
        lines.extend((untidy > 0).then(|| (format!("{untidy} to tidy"), ctx.theme.text())));
        // there is room for two: what waits comes before the state
        let first = lines.len().saturating_sub(2);
        for ((line, style), y) in lines.iter().skip(first).zip(2..4) {
            put(buf, centred(row(area, y), line), line, *style);
        }
        focused.then_some(Position { x: at.x, y: at.y })
    }

    /// The same ring, or the same list, with the stages of another model below it and the question of each.
    fn draw_lens(
        &self,
        lens: &Lens,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
    ) -> Option<Position> {
        let ring_there = shows_ring(ctx);
        let least = if ring_there { ring::SMALLEST.1 } else { cells(on_map().len()) };
        let focus = on_map().get(self.focus());
        let lines = lens::lines(lens, focus, (area.width, area.height.saturating_sub(least)));
        let below_it = cells(lines.len());
        let upper = Rect { height: area.height.saturating_sub(below_it), ..area };
        let lower = below(area, upper.height);
        let mut cursor = None;
        if let Some(ring) = Ring::new(upper, 9, 3).filter(|_| ring_there) {
            // the last row of the ring is free, as the arcs have no titles here
            let free = row(upper, upper.height.saturating_sub(1));
            for (n, aspect) in on_map().iter().enumerate().filter(|(_, a)| a.arc == Arc::Tool) {
                cursor = self.draw_line(n, aspect, free, buf, ctx, workbook).or(cursor);
            }
            cursor = self.draw_ring(&ring, buf, ctx, workbook).or(cursor);
        } else {
            cursor = self.draw_list(upper, buf, ctx, workbook);
        }
        lens::draw(&lines, lower, buf, ctx);
        cursor
    }

    fn draw_list(
        &self,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
    ) -> Option<Position> {
        let mut lines: Vec<Option<usize>> = Vec::new();
        let mut heading = None;
        // where not all of it fits, the names come before the headings
        let arcs = on_map().iter().zip(on_map().iter().skip(1)).filter(|(a, b)| a.arc != b.arc).count() + 1;
        let with_headings = usize::from(area.height) >= on_map().len() + arcs && lens::on(ctx).is_none();
        for (n, aspect) in on_map().iter().enumerate() {
            if with_headings && heading != Some(aspect.arc) {
                lines.push(None);
                heading = Some(aspect.arc);
            }
            lines.push(Some(n));
        }
        let focus_line = lines.iter().position(|line| *line == Some(self.focus())).unwrap_or(0);
        // the heading above the first aspect of a group comes into sight with it
        let scroll = List::at(focus_line);
        let mut cursor = None;
        let window = scroll.window(area.height.into(), lines.len());
        for (line, at) in lines.get(window.clone()).into_iter().flatten().zip(area.rows()) {
            let index = line.unwrap_or(0);
            let Some(aspect) = on_map().get(index) else { continue };
            if line.is_none() {
                let next = lines.iter().skip(window.start + usize::from(at.y - area.y)).flatten().next();
                let arc = next.and_then(|n| on_map().get(*n)).map(|a| a.arc);
                put(buf, at, arc.map_or("", arc_title), ctx.theme.heading());
                continue;
            }
            cursor = self.draw_line(index, aspect, at, buf, ctx, workbook).or(cursor);
        }
        cursor
    }

    fn draw_line(
        &self,
        n: usize,
        aspect: &AspectRow,
        at: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
    ) -> Option<Position> {
        let focused = n == self.focus();
        let lead = if focused { "> " } else { "  " };
        let style = if focused { ctx.theme.focus() } else { ctx.theme.text() };
        let name = format!("{lead}{:<15}", aspect.name);
        let used = put(buf, at, &name, style);
        let (word, style) = self.word(ctx, workbook, aspect);
        let after = put(buf, right_of(at, used + 1), &word, style);
        let disputed = disputes(ctx, workbook, aspect);
        if disputed > 0 {
            let room = at.width.saturating_sub(used + after + 3);
            let line = format!("! {disputed} disputed");
            let line = if width(&line) > room { "!".to_owned() } else { line };
            put(
                buf,
                right_of(at, used + after + 3),
                &line,
                ctx.theme.standing(crate::domain::Standing::Disputed),
            );
        }
        focused.then_some(Position { x: at.x, y: at.y })
    }

    fn draw_facts(
        &self,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
        workbook: &Workbook,
        waits: &[Waits],
        beside_ring: bool,
    ) -> Option<Position> {
        let mut cursor = None;
        let mut left = row(area, 0);
        if beside_ring {
            for (n, aspect) in on_map().iter().enumerate().filter(|(_, a)| a.arc == Arc::Tool) {
                cursor = self.draw_line(n, aspect, left, buf, ctx, workbook).or(cursor);
                left = right_of(left, 34);
            }
        }
        if let Some(next) = waits.iter().find(|line| line.is_next() && beside_ring) {
            next.draw(right_of(row(area, 0), 34), buf, ctx);
        }
        for (n, line) in waits.iter().filter(|line| !(line.is_next() && beside_ring)).enumerate() {
            line.draw(row(area, cells(n).saturating_add(1)), buf, ctx);
        }
        let mut facts = facts(ctx, workbook, beside_ring);
        while facts.len() > 1 && width(&facts.join("   ")) + 2 > area.width {
            facts.pop();
        }
        let line = facts.join("   ");
        let at = row(area, area.height.saturating_sub(1));
        put(buf, right_of(at, 2), &line, ctx.theme.quiet());
        cursor
    }
}

impl Layer for Map {
    fn scope(&self) -> &'static str {
        "map"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", Workbook::title);
        let example = ctx.workbook().is_some_and(Workbook::is_example);
        let badge = if example { " (example)" } else { "" };
        vec![format!("{title}{badge}")]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let Some(workbook) = ctx.workbook() else { return String::new() };
        let state = workbook.state().word();
        // what has ended may well be sustained: both are true
        let remains = query::remains_in_words(query::what_remains(workbook));
        match workbook.partnership().log().last() {
            Some(change) if change.state == PartnershipState::Ended && !remains.is_empty() => {
                format!("{state} · {remains}")
            }
            Some(change) if change.state != PartnershipState::Exploring => {
                format!("{state} since {}", change.on.strftime("%B %Y"))
            }
            _ => state.to_owned(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn letter(&mut self, letter: char, _ctx: &Ctx<'_>) -> Option<Outcome> {
        let n = usize::try_from(letter.to_digit(10)?).ok()?.checked_sub(1)?;
        Some(self.set(n))
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if !self.placed {
            self.placed = true;
            let aspect = ctx.last_question.and_then(|question| ctx.content.aspect_of(question.as_str()));
            let n = aspect.and_then(|aspect| on_map().iter().position(|row| row.id == aspect.id));
            self.list.set(n.unwrap_or(0));
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let workbook = ctx.workbook()?;
        let purpose = if ctx.size.1 >= 30 || ctx.linear { workbook.purpose() } else { "" };
        let mut area = area;
        if !purpose.is_empty() {
            for line in wrap(purpose, area.width.saturating_sub(4).min(72)).iter().take(2) {
                let at = row(area, 0);
                let at = if ctx.linear { at } else { centred(at, line) };
                put(buf, at, line, ctx.theme.text());
                area = below(area, 1);
            }
            area = below(area, 1);
        }
        let ring_there = shows_ring(ctx);
        if let Some(lens) = lens::on(ctx) {
            return self.draw_lens(lens, area, buf, ctx, workbook);
        }
        let mut waits = waits::lines(ctx, workbook);
        // the aspects come first
        let least = if ring_there { ring::SMALLEST.1 } else { cells(on_map().len()) };
        waits.truncate(area.height.saturating_sub(least + FACTS).into());
        // at the ring the next day stands beside the tools
        let lines = waits.iter().filter(|line| !(line.is_next() && ring_there)).count();
        let facts = FACTS + cells(lines);
        let upper = Rect { height: area.height.saturating_sub(facts), ..area };
        let lower = below(area, upper.height);
        let ring = Ring::new(upper, 9, 3).filter(|_| ring_there);
        let (cursor, beside) = match &ring {
            Some(ring) => (self.draw_ring(ring, buf, ctx, workbook), true),
            None => (self.draw_list(upper, buf, ctx, workbook), false),
        };
        self.draw_facts(lower, buf, ctx, workbook, &waits, beside).or(cursor)
    }
}

/// What waits, in words; nothing that is zero.
fn facts(ctx: &Ctx<'_>, workbook: &Workbook, beside_ring: bool) -> Vec<String> {
    let mut facts = Vec::new();
    let untidy = query::left_to_tidy(workbook);
    // at the ring it stands in the heart
    if untidy > 0 && !beside_ring {
        facts.push(format!("{untidy} to tidy"));
    }
    let disputed = query::disputed(workbook, ctx.content).len();
    if disputed > 0 {
        facts.push(format!("{disputed} disputed"));
    }
    let unchecked = query::never_checked(workbook, ctx.content).len();
    if unchecked > 0 && !workbook.partners().is_empty() {
        facts.push(format!("{} to check with them", count(unchecked, "guess", "guesses")));
    }
    if !ctx.shelf.jots.is_empty() {
        facts.push(format!("{} in the inbox", count(ctx.shelf.jots.len(), "note", "notes")));
    }
    if let Some(aspect) = ctx.last_question.and_then(|q| ctx.content.aspect_of(q.as_str())) {
        facts.push(format!("you were last in {}", aspect.name));
    }
    if facts.is_empty() {
        facts.push("Any aspect can come first. Scoping is a good place to begin.".to_owned());
    }
    facts
}

fn disputes(ctx: &Ctx<'_>, workbook: &Workbook, aspect: &AspectRow) -> usize {
    ctx.content.aspect(aspect.id).map_or(0, |aspect| query::tally(workbook, aspect).disputed)
}

fn is_on_ring(arc: Arc) -> bool {
    arc.is_in_cycle() && arc != Arc::Heart
}

fn arc_title(arc: Arc) -> &'static str {
    match arc {
        Arc::GettingStarted => "1 GETTING STARTED",
        Arc::WorkingTogether => "2 WORKING TOGETHER",
        Arc::WhatNext => "3 WHAT NEXT?",
        Arc::Heart => "THE HEART",
        Arc::Tool | Arc::Sheet => "BESIDE THE RING",
    }
}

/// Whether the ring is drawn: there is room, and nobody asked for the linear layout. The frame around the body takes
/// four rows and two columns.
fn shows_ring(ctx: &Ctx<'_>) -> bool {
    let (columns, rows) = ctx.size;
    !ctx.linear && columns >= ring::SMALLEST.0 + 2 && rows >= ring::SMALLEST.1 + FACTS + 4
}

/// Where an aspect stands, in a plane with the heart at its middle and y downwards.
fn spot(n: usize) -> Option<(f64, f64)> {
    let ring = on_map().iter().filter(|a| is_on_ring(a.arc)).count();
    let aspect = on_map().get(n)?;
    match aspect.arc {
        Arc::Heart => Some((0.0, 0.0)),
        Arc::Tool => Some((-0.6, 1.4)),
        Arc::Sheet => None,
        _ => {
            let place = on_map().iter().take(n).filter(|a| is_on_ring(a.arc)).count();
            let angle = (place as f64 + 0.5) / ring as f64 * std::f64::consts::TAU;
            Some((angle.sin(), -angle.cos()))
        }
    }
}

/// The aspect nearest to one in a direction: as little aside as ahead.
fn nearest(from: usize, (dx, dy): (f64, f64)) -> Option<usize> {
    let (x, y) = spot(from)?;
    let reach = |n: usize| {
        let (to_x, to_y) = spot(n)?;
        let (along_x, along_y) = (to_x - x, to_y - y);
        let ahead = along_x * dx + along_y * dy;
        let aside = (along_x * dy).abs() + (along_y * dx).abs();
        (ahead > 0.05 && n != from).then_some(ahead + 2.0 * aside)
    };
    let reached = (0..on_map().len()).filter_map(|n| reach(n).map(|cost| (n, cost)));
    reached.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(n, _)| n)
}

/// On which side of the ring an aspect stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

fn side(n: usize) -> Side {
    match spot(n) {
        Some((x, _)) if x < -0.1 => Side::Left,
        Some((x, _)) if x > 0.1 => Side::Right,
        _ => Side::Middle,
    }
}

/// The part of a row in which a label stands: names and words on one side of the ring begin, or end, below one another.
fn aligned(area: Rect, text: &str, side: Side) -> Rect {
    /// Free columns at the outer end of a label, for the mark of the focus.
    const FREE: u16 = 2;
    let room = area.width.saturating_sub(width(text));
    match side {
        Side::Left => right_of(area, room.saturating_sub(FREE)),
        Side::Middle => right_of(area, room / 2),
        Side::Right => right_of(area, FREE.min(room)),
    }
}

/// The part of a row in which a text stands in the middle.
fn centred(area: Rect, text: &str) -> Rect {
    let text = fit(text, area.width);
    right_of(area, area.width.saturating_sub(width(&text)) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[test]
    fn every_aspect_can_be_walked_to_from_every_other() {
        let ways = [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)];
        for start in 0..on_map().len() {
            let mut reached = vec![start];
            let mut next = 0;
            while let Some(&here) = reached.get(next) {
                for way in ways {
                    if let Some(n) = nearest(here, way).filter(|n| !reached.contains(n)) {
                        reached.push(n);
                    }
                }
                next += 1;
            }
            assert_eq!(reached.len(), on_map().len(), "from {start}: {reached:?}");
        }
    }

    #[test]
    fn the_ring_is_drawn_where_it_fits_and_a_list_elsewhere() {
        let mut world = World::new();
        assert!(world.drawn(&Map::new(), 78, 20).contains('╭'));
        world.size = (60, 20);
        let list = world.drawn(&Map::new(), 58, 16);
        assert!(list.contains("> Scoping") && !list.contains('╭'), "{list}");
        world.size = (120, 40);
        world.linear = true;
        assert!(!world.drawn(&Map::new(), 118, 36).contains('╭'));
    }
}
