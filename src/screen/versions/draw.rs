//! How the screen looks: which one stands beside this, what differs, and below it how the one in focus is there and here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::page::{self, Pen};
use super::super::words;
use super::{Beside, Differs, Versions, names};
use crate::command::Ctx;
use crate::domain::compare::{self, Difference, Said, Stands};
use crate::shelf::{Origin, Which};
use crate::widget::cells::cells;
use crate::widget::text;

/// Rows for how the one in focus is there and here, where there is room.
const BESIDE: u16 = 9;
/// The fewest that say something of both.
const FEWEST: u16 = 4;
/// Rows of the list that stay in sight above it.
const LISTED: u16 = 3;

pub(super) fn draw(screen: &Versions, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    if area.is_empty() {
        return None;
    }
    let mut pen = Pen::new(buf, area);
    let (Some(beside), Some(_)) = (&screen.beside, ctx.workbook()) else {
        pen.say(&nothing_yet(screen, ctx), ctx.theme.quiet());
        return Some(page::cursor(area, 0));
    };
    head(screen, beside, &mut pen, ctx);
    if screen.differs.is_empty() {
        pen.say(&nothing_left(screen, beside, ctx), ctx.theme.text());
        return Some(page::cursor(area, 0));
    }
    let left = pen.rest().height;
    let below = match left {
        left if left > BESIDE + LISTED => BESIDE.max(left * 2 / 5),
        left if left > FEWEST + LISTED => left - LISTED,
        _ => 0,
    };
    let length = cells(screen.differs.len());
    let (rows, buf) = pen.take(length.min(left - below));
    let focus = screen.list.focus(screen.differs.len());
    let mut cursor = None;
    for (n, row) in screen.list.window(rows.height.into(), screen.differs.len()).zip(rows.rows()) {
        let Some(differs) = screen.differs.get(n) else { continue };
        let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
        let aside = what_became(differs, beside);
        let room = row.width.saturating_sub(2 + text::width(aside));
        let line = format!("{}{aside}", text::fit(&name(&differs.said), room));
        cursor = cursor.or(page::entry(buf, row, &line, style, n == focus));
    }
    if let Some(differs) = screen.differs.get(focus).filter(|_| below > 0) {
        pen.gap();
        let area = pen.rest();
        let (_, buf) = pen.take(area.height);
        both_sides(differs, beside, area, buf, ctx);
    }
    cursor
}

/// "Scoping > Why now · ours".
pub(super) fn name(said: &Said) -> String {
    if said.part.is_empty() { said.what.clone() } else { format!("{} > {}", said.part, said.what) }
}

fn nothing_yet(screen: &Versions, ctx: &Ctx<'_>) -> String {
    let file = ctx.keymap.shown("versions.file");
    match (&screen.trouble, &screen.others) {
        (Some(trouble), _) if screen.has_others() => {
            format!("{trouble} {} chooses another.", ctx.keymap.shown("versions.choose"))
        }
        (Some(trouble), _) => trouble.clone(),
        (None, Some(others)) if others.is_empty() => format!(
            "Nothing earlier is kept of this workbook yet. Each visit that changes something keeps how it was before; \
             from the next day on it can be seen here, beside how it is. {file} sets a copy beside it that came from \
             somebody else."
        ),
        _ => "Looking up what is kept …".to_owned(),
    }
}

/// What is said where no difference is in the list.
fn nothing_left(screen: &Versions, beside: &Beside, ctx: &Ctx<'_>) -> String {
    let same = match &beside.other.which {
        Which::Day(day) => {
            return format!("Everything is as it was at the end of {}.", words::day(*day, ctx.today()));
        }
        _ if screen.out_of_the_way > 0 => "Nothing is left to take from it.",
        _ => "Nothing in it differs from what is here.",
    };
    let kept = match screen.out_of_the_way {
        0 => String::new(),
        n => {
            let show = ctx.keymap.shown("versions.show-kept");
            format!(
                " {} kept as it is here; {show} shows it again.",
                words::count(n, "difference was", "differences were")
            )
        }
    };
    let done = match beside.other.origin {
        Origin::Copy => format!(
            " {} moves the copy into the history of this workbook, where nothing is lost of it.",
            ctx.keymap.shown("versions.put-away")
        ),
        Origin::File => " The file stays where it is.".to_owned(),
        _ => String::new(),
    };
    format!("{same}{kept}{done}")
}

/// Which one it is, how much differs, and what is to be known about it.
fn head(screen: &Versions, beside: &Beside, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
    pen.say(&names::name(&beside.other, beside.partner.as_ref(), ctx), ctx.theme.strong());
    let others = screen.others.as_deref().unwrap_or_default();
    let at = others.iter().position(|there| there.which == beside.other.which);
    let mut facts: Vec<String> = at.map(|at| format!("{} of {}", at + 1, others.len())).into_iter().collect();
    let (differ, left) = (screen.differs.len(), screen.left_to_take());
    match (differ, differ - left) {
        (0, _) => {}
        (_, _) if beside.other.origin == Origin::Past => {
            facts.push(words::count(differ, "thing is otherwise", "things are otherwise"));
        }
        (_, lacks) => {
            let left = match (left, beside.other.origin) {
                (0, Origin::Copy) => {
                    let away = ctx.keymap.shown("versions.put-away");
                    format!("nothing left to take: {away} puts it away")
                }
                (0, _) => "nothing left to take".to_owned(),
                (left, _) => words::count(left, "thing to look at", "things to look at"),
            };
            let lacks = (lacks > 0).then(|| format!("{lacks} only here"));
            facts.extend(std::iter::once(left).chain(lacks));
        }
    }
    if screen.out_of_the_way > 0 {
        facts.push(format!("{} kept as here", screen.out_of_the_way));
    }
    let asked = screen.asked.as_ref().filter(|asked| **asked != beside.other.which);
    let asked = asked.and_then(|asked| others.iter().find(|other| other.which == *asked));
    facts.extend(asked.map(|other| match &other.which {
        Which::Day(day) => format!("looking up {} …", words::day(*day, ctx.today())),
        _ => "looking up another …".to_owned(),
    }));
    pen.say(&words::capital(&facts.join(" · ")), ctx.theme.quiet());
    if let Some(trouble) = &screen.trouble {
        pen.say(trouble, ctx.theme.quiet());
    }
    if let Some(only) = beside.only_up_to {
        let only = words::day(only, ctx.today());
        pen.say(&format!("What changed between {only} and then is not kept."), ctx.theme.quiet());
    }
    if screen.unreadable > 0 {
        let versions = words::count(screen.unreadable, "version", "versions");
        pen.say(&format!("{versions} cannot be read; check says more."), ctx.theme.quiet());
    }
    let is_its =
        |d: &Differs| screen.from.as_ref().is_some_and(|(q, _)| d.difference.thing.question() == Some(q));
    if screen.from.is_some() && !screen.differs.iter().any(is_its) && differ > 0 {
        let words = match beside.other.origin {
            Origin::Past => "The answer you came from was the same then.",
            _ => "The answer you came from is the same there.",
        };
        pen.say(words, ctx.theme.quiet());
    }
    pen.gap();
}

/// What became of it since, or on which side it is, where it is not on both.
fn what_became(differs: &Differs, beside: &Beside) -> &'static str {
    let Difference { now, other, .. } = differs.difference;
    if beside.other.origin == Origin::Past {
        return match (other, now) {
            (Stands::There, Stands::InBin) => ", in the bin since",
            (Stands::There, Stands::Nowhere) => ", gone since",
            (Stands::InBin, Stands::There) => ", was in the bin",
            (Stands::Nowhere, _) => ", new since",
            (Stands::InBin, _) => ", in the bin then",
            (Stands::There, Stands::There) => "",
        };
    }
    match (other, now) {
        (Stands::There, Stands::InBin) => ", in the bin here",
        (Stands::There, Stands::Nowhere) => ", only there",
        (Stands::InBin, Stands::There) => ", in the bin there",
        (Stands::InBin, _) => ", in both bins",
        (Stands::Nowhere, _) => ", only here",
        _ if differs.lacks => ", only here",
        _ if differs.about_us => ", ours to say",
        (Stands::There, Stands::There) => "",
    }
}

/// There and here: beside one another where there is room, otherwise one below the other. What is longer than its room
/// says so.
fn both_sides(differs: &Differs, beside: &Beside, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let Differs { difference, said, .. } = differs;
    let past = beside.other.origin == Origin::Past;
    let (there, here) = names::sides(&beside.other, beside.partner.as_ref(), ctx);
    let there = (
        there,
        in_lines(
            said,
            difference.other,
            if past { "Nothing stood there." } else { "Nothing is said there." },
            |row| &row.other,
        ),
    );
    let here = (here, in_lines(said, difference.now, "Nothing is said here.", |row| &row.now));
    let (left, right) = if page::is_wide(ctx) {
        page::split(area, buf, *ctx.theme, area.width / 2)
    } else {
        // what needs less leaves the rest to the other
        let rows = |words: &[String]| {
            words.iter().map(|line| page::rows_of(line, area.width)).fold(1, u16::saturating_add)
        };
        let half = area.height.div_ceil(2);
        let spare = (area.height - half).saturating_sub(rows(&here.1));
        let height = rows(&there.1).clamp(half.min(rows(&there.1)), half.saturating_add(spare));
        (Rect { height, ..area }, text::below(area, height))
    };
    let wrapped = |place: Rect, words: &[String]| -> Vec<String> {
        words.iter().flat_map(|line| text::wrap(line, place.width.min(page::MEASURE))).collect()
    };
    let (one, another) = (wrapped(left, &there.1), wrapped(right, &here.1));
    let same = one.iter().zip(&another).take_while(|(one, another)| one == another).count();
    for (place, heading, lines) in [(left, there.0, one), (right, here.0, another)] {
        let mut pen = Pen::new(buf, place);
        pen.line(&heading, ctx.theme.heading());
        let room = usize::from(pen.rest().height);
        if lines.len() <= room {
            lines.iter().for_each(|line| pen.line(line, ctx.theme.text()));
            continue;
        }
        // what both have in front is left out where what differs would be out of sight
        let skip =
            if same + 2 > room { same.saturating_sub(1).min(lines.len().saturating_sub(2)) } else { 0 };
        let mut room = room.saturating_sub(1);
        if skip > 0 {
            pen.line("…", ctx.theme.quiet());
            room = room.saturating_sub(1);
        }
        lines.iter().skip(skip).take(room).for_each(|line| pen.line(line, ctx.theme.text()));
        let open = ctx.keymap.shown("versions.open");
        pen.line(&format!("… more: {open}"), ctx.theme.quiet());
    }
}

fn in_lines(
    said: &Said,
    stands: Stands,
    nothing: &str,
    side: impl Fn(&compare::Row) -> &String,
) -> Vec<String> {
    let rows = said.rows.iter().filter_map(|row| match (row.label.is_empty(), side(row).trim()) {
        (_, "") => None,
        (true, text) => Some(text.to_owned()),
        (false, text) => Some(format!("{}: {text}", row.label)),
    });
    let lines: Vec<String> = rows.collect();
    match stands {
        _ if !lines.is_empty() => lines,
        Stands::There => vec![nothing.to_owned()],
        stands => vec![words::capital(stands.words())],
    }
}
