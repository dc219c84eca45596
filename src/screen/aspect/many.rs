//! More voices than fit below each other: the one in focus in full, and a row for each of the others, so that nobody's is
//! out of sight before it must.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::words;
use super::AspectScreen;
use super::draw::{Laid, draw_field, draw_heading, hidden_rows};
use crate::command::Ctx;
use crate::domain::Answer;
use crate::widget::cells::cells;
use crate::widget::text::{below, fit, put, right_of, row, tell_apart, width};

/// Voices up to which each has its own rows, and scrolls where it must.
const FEW: usize = 4;
/// The fewest rows for the voice in focus, its heading among them.
const LEAST_IN_FOCUS: u16 = 4;

/// Whether there are too many voices for their headings and a row of each.
pub(super) fn are_many(voices: usize, height: u16) -> bool {
    voices > FEW && voices * 3 > usize::from(height) + 1
}

/// Draws the voices; says where the cursor belongs and how many rows were used.
pub(super) fn draw(
    screen: &AspectScreen,
    laid: &[Laid],
    at: usize,
    answer: &Answer,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> (Option<Position>, u16) {
    let others = cells(laid.len().saturating_sub(1));
    let wanted = laid.get(at).map_or(1, |voice| voice.rows.max(1)) + 1;
    let most = area.height.saturating_sub(others).max(LEAST_IN_FOCUS.min(area.height));
    let block = wanted.min(most);
    let spare = area.height.saturating_sub(block.saturating_add(others));
    let window = in_sight(laid.len(), at, area.height.saturating_sub(block));
    let names: Vec<&str> = laid.iter().map(|voice| voice.name.as_str()).collect();
    let column = names.iter().map(|name| width(name)).max().unwrap_or(0).min(area.width * 2 / 5);
    let names = tell_apart(&names, column);
    let mut rest = area;
    let mut cursor = None;
    for n in window.clone() {
        let Some(voice) = laid.get(n) else { continue };
        if n != at {
            let name = names.get(n).map_or("", String::as_str);
            draw_row(voice, name, column, answer, row(rest, 0), buf, ctx);
            rest = below(rest, 1);
            continue;
        }
        if spare > 1 && n > window.start {
            rest = below(rest, 1);
        }
        let text =
            Rect { height: block.saturating_sub(1).min(rest.height.saturating_sub(1)), ..below(rest, 1) };
        let mut hidden = String::new();
        if screen.typing || !screen.field.is_empty() {
            cursor = draw_field(screen, text, buf, ctx);
            hidden = hidden_rows(screen, text);
        } else {
            cursor = (!rest.is_empty()).then_some(Position { x: rest.x, y: rest.y });
            for (line, place) in voice.lines.iter().zip(text.rows()) {
                put(buf, place, line, ctx.theme.quiet());
            }
        }
        draw_heading(screen, laid, n, &hidden, row(rest, 0), buf, ctx);
        rest = below(rest, block + u16::from(spare > 0));
    }
    let unseen = laid.len() - window.len();
    if unseen > 0 {
        let said = format!("{} not in sight", words::count(unseen, "more voice", "more voices"));
        put(buf, row(rest, 0), &said, ctx.theme.quiet());
        rest = below(rest, 1);
    }
    (cursor, area.height - rest.height)
}

/// Which voices are in sight where `room` rows are left beside the one in focus; it is always among them. Where not all
/// are, a row is kept to say so.
fn in_sight(voices: usize, at: usize, room: u16) -> std::ops::Range<usize> {
    let room = usize::from(room);
    if voices <= room + 1 {
        return 0..voices;
    }
    let room = room.saturating_sub(1);
    let start = at.saturating_sub(room / 2).min(voices.saturating_sub(room + 1));
    start..(start + room + 1).min(voices)
}

/// A voice in a row: whose it is, how far it can be relied on, and how its words begin.
fn draw_row(
    voice: &Laid,
    name: &str,
    column: u16,
    answer: &Answer,
    at: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) {
    put(buf, Rect { width: column.min(at.width), ..at }, name, ctx.theme.heading());
    let says = !answer.text(&voice.voice).trim().is_empty() || !voice.about.is_empty();
    let mark = if says { voice.standing.mark().to_string() } else { ".".to_owned() };
    put(buf, right_of(at, column + 1), &mark, ctx.theme.standing(voice.standing));
    let words = voice.lines.first().map_or("", String::as_str);
    let more = if voice.lines.len() > 1 && !words.ends_with('…') { " …" } else { "" };
    let place = right_of(at, column + 3);
    let style = if says { ctx.theme.text() } else { ctx.theme.quiet() };
    put(buf, place, &fit(&format!("{words}{more}"), place.width), style);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_voice_in_focus_is_always_in_sight() {
        for voices in 1..20 {
            for at in 0..voices {
                for room in 0..20 {
                    let window = in_sight(voices, at, room);
                    assert!(window.contains(&at), "{voices} {at} {room}: {window:?}");
                    let said = usize::from(window.len() < voices);
                    assert!(window.len() - 1 + said <= usize::from(room).max(said), "{voices} {at} {room}");
                }
            }
        }
        assert_eq!(in_sight(11, 0, 5), 0..5);
        assert_eq!(in_sight(11, 10, 5), 6..11);
    }

    #[test]
    fn few_voices_have_their_own_rows() {
        assert!(!are_many(4, 3));
        assert!(!are_many(5, 14));
        assert!(are_many(5, 13));
    }
}
