//! Drawing an aspect: questions left, the answer beside them, guidance below or, where there is room, in a third column.
//!
//! Only the voice in focus is wrapped whole, by its field, which remembers; of the others no more is looked at than the
//! rows that can be shown, so a frame costs the same in a long answer as in a short one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::words;
use super::doors::{Door, doors};
use super::{AspectScreen, Part, many};
use crate::command::Ctx;
use crate::content::types::Question;
use crate::domain::query::{self, Leaver, is_open_again, standing_of};
use crate::domain::{Answer, Heard, PersonId, SaidIn, Source, Standing, VoiceKey, Workbook};
use crate::screen::page;
use crate::widget::cells::cells;
use crate::widget::field::FieldStyle;
use crate::widget::text::{below, fit, put, put_wrapped, right_of, row, tell_apart, width, wrap};

/// From so many columns on, the questions stand beside the answer.
pub(in crate::screen) const TWO_COLUMNS: u16 = 68;
/// From so many columns on, the guidance has a column of its own.
const THREE_COLUMNS: u16 = 108;
pub(in crate::screen) const LIST: u16 = 33;
const GUIDE: u16 = 34;

pub(super) fn draw(screen: &AspectScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    if ctx.linear || area.width < TWO_COLUMNS {
        return match screen.part {
            Part::Questions => draw_questions(screen, area, buf, ctx),
            _ => draw_answer(screen, area, buf, ctx, true),
        };
    }
    let left = Rect { width: LIST, ..area };
    let rest = right_of(area, LIST + 1);
    rule(Rect { x: area.x + LIST, width: 1, ..area }, buf, ctx);
    let in_list = draw_questions(screen, left, buf, ctx);
    let rest = right_of(rest, 1);
    let in_rest = if area.width >= THREE_COLUMNS {
        let answer = Rect { width: rest.width - GUIDE - 3, ..rest };
        let guide = right_of(rest, answer.width + 3);
        let in_guide = draw_guidance(screen, guide, buf, ctx);
        draw_answer(screen, answer, buf, ctx, false).or(in_guide)
    } else {
        draw_answer(screen, rest, buf, ctx, true)
    };
    if screen.part == Part::Questions { in_list } else { in_rest }
}

pub(in crate::screen) fn rule(area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    for at in area.rows() {
        put(buf, at, "│", ctx.theme.quiet());
    }
}

fn draw_questions(screen: &AspectScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    draw_list(screen, area, buf, ctx, &|question| Look { name: question.short.clone(), stands_back: false })
}

/// How a question looks in the list.
pub(in crate::screen) struct Look {
    /// What it is called.
    pub name: String,
    /// It matters less than the others.
    pub stands_back: bool,
}

/// The questions with their standings, then the ways on.
pub(in crate::screen) fn draw_list(
    screen: &AspectScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    look: &dyn Fn(&Question) -> Look,
) -> Option<Position> {
    let (aspect, workbook) = (screen.aspect(ctx)?, ctx.workbook()?);
    let doors = doors(&screen.aspect, ctx);
    let len = aspect.questions.len() + doors.len();
    let legend = if usize::from(area.height) >= len + 4 { 3 } else { 0 };
    let cue = u16::from(legend == 0 && usize::from(area.height) < len);
    let list = Rect { height: area.height.saturating_sub(legend + cue), ..area };
    let window = screen.list.window(list.height.into(), len);
    let first = window.start;
    if cue > 0 {
        // under the names, where the eye goes on
        let said = page::out_of_sight(first, len.saturating_sub(window.end));
        put(buf, right_of(below(area, list.height), 4), &said, ctx.theme.quiet());
    }
    let mut cursor = None;
    let past = aspect.questions.len().saturating_sub(first);
    let ways = (aspect.questions.len()..).zip(&doors).skip(first.saturating_sub(aspect.questions.len()));
    for ((n, door), at) in ways.zip(list.rows().skip(past)) {
        let here = n == screen.list.focus(len);
        if here {
            cursor = Some(Position { x: at.x, y: at.y });
        }
        draw_door(door, here, screen.part == Part::Questions, at, buf, ctx);
    }
    for ((n, question), at) in
        aspect.questions.iter().enumerate().skip(first).take(window.len()).zip(list.rows())
    {
        let here = n == screen.list.focus(len);
        let standing = standing_of(workbook, question);
        let lead = if here && screen.part == Part::Questions { ">" } else { " " };
        let in_words = ctx.linear || area.width > LIST;
        let mark_width = if in_words { 12 } else { 2 };
        let label = Rect { width: at.width.saturating_sub(mark_width + 1), ..at };
        let look = look(question);
        let line = format!("{lead}{:>2} {}", n + 1, look.name);
        let style = match (here, screen.part) {
            (true, Part::Questions) => ctx.theme.focus(),
            (true, _) => ctx.theme.focus_elsewhere(),
            _ if look.stands_back => ctx.theme.quiet(),
            _ => ctx.theme.text(),
        };
        put(buf, label, &line, style);
        let mark = match (ctx.linear, in_words) {
            (true, _) => standing.word().to_owned(),
            (false, true) => format!("{} {}", standing.mark(), standing.word()),
            (false, false) => standing.mark().to_string(),
        };
        put(buf, right_of(at, at.width.saturating_sub(mark_width)), &mark, ctx.theme.standing(standing));
        if here {
            cursor = Some(Position { x: at.x, y: at.y });
        }
    }
    if legend > 0 && area.width <= LIST {
        draw_legend(below(area, area.height - 2), buf, ctx);
    }
    cursor
}

/// A way on, below the questions.
fn draw_door(door: &Door<'_>, here: bool, in_list: bool, at: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let style = match (here, in_list) {
        (true, true) => ctx.theme.focus(),
        (true, false) => ctx.theme.focus_elsewhere(),
        _ => ctx.theme.text(),
    };
    let lead = if here && in_list { ">" } else { " " };
    let label = format!("{lead} + {}", door.label());
    // what it is called comes first
    let left = at.width.saturating_sub(width(&label) + 2).max(4);
    let count = door.count(ctx);
    let count = if width(&count) > left { String::new() } else { count };
    put(buf, Rect { width: at.width.saturating_sub(width(&count) + 2), ..at }, &label, style);
    put(buf, right_of(at, at.width.saturating_sub(width(&count) + 1)), &count, ctx.theme.quiet());
}

/// What a door leads to, in the place of an answer.
pub(in crate::screen) fn draw_behind(
    door: &Door<'_>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    put(buf, row(area, 0), door.label(), ctx.theme.strong());
    let mut rest = below(area, 2);
    for about in door.about(ctx) {
        for line in wrap(&about, rest.width) {
            put(buf, row(rest, 0), &line, ctx.theme.text());
            rest = below(rest, 1);
        }
    }
    let open = ctx.keymap.shown("aspect-door.open");
    put(buf, row(below(rest, 1), 0), &format!("{open} opens it."), ctx.theme.quiet());
    (!area.is_empty()).then_some(Position { x: area.x, y: area.y })
}

/// What the marks mean, in two rows.
fn draw_legend(area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let rows = [
        [Standing::Agreed, Standing::Asked, Standing::Guess],
        [Standing::Disputed, Standing::Blank, Standing::NotForUs],
    ];
    for (standings, at) in rows.iter().zip(area.rows()) {
        let mut rest = at;
        for standing in standings {
            let used = put(buf, rest, &standing.mark().to_string(), ctx.theme.standing(*standing));
            let word = right_of(rest, used + 1);
            let used = used + 1 + put(buf, word, standing.word(), ctx.theme.quiet());
            rest = right_of(rest, used + 2);
        }
    }
}

/// The question, its voices, and the guidance below them where it has no column of its own.
pub(in crate::screen) fn draw_answer(
    screen: &AspectScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    with_guidance: bool,
) -> Option<Position> {
    if let Some(door) = screen.door(ctx) {
        return draw_behind(&door, area, buf, ctx);
    }
    let (question, answer) = (screen.question(ctx)?, screen.answer(ctx)?);
    let mut area = area;
    for line in wrap(&question.ask, area.width) {
        put(buf, row(area, 0), &line, ctx.theme.strong());
        area = below(area, 1);
    }
    if let Some(marks) = marks(question, answer, ctx) {
        let used = put_wrapped(buf, area, &marks, ctx.theme.notice());
        area = below(area, used);
    }
    area = below(area, u16::from(area.height > 8));
    let mut in_guidance = None;
    let mut voices = area;
    if with_guidance {
        let rows =
            if screen.part == Part::Guidance { area.height / 2 } else { guidance_rows(screen, area, ctx) };
        voices.height = area.height.saturating_sub(rows + u16::from(rows > 0));
    }
    let (in_voices, used) = draw_voices(screen, voices, buf, ctx)?;
    if with_guidance {
        // it stands at the bottom, and has whatever the voices leave
        let gap = u16::from(used >= voices.height && voices.height < area.height);
        let rest = below(area, used + gap);
        let rows = guidance_wanted(screen, rest, ctx);
        in_guidance = draw_guidance(screen, below(rest, rest.height.saturating_sub(rows)), buf, ctx);
    }
    if screen.part == Part::Guidance { in_guidance } else { in_voices }
}

/// What is said about the answer as a whole.
fn marks(question: &Question, answer: &Answer, ctx: &Ctx<'_>) -> Option<String> {
    let mut marks = Vec::new();
    if let (Some(on), Some(workbook)) = (answer.reopened(), ctx.workbook())
        && is_open_again(workbook, question)
    {
        marks.push(format!("reopened {}", words::day(on, ctx.today())));
    }
    let so = [
        (answer.is_not_for_us(), "- not for us"),
        (answer.is_private(), "private, left out of exports"),
        (answer.is_to_share(), "ours may be shared"),
    ];
    let one_sided = ctx.workbook().is_some_and(|w| query::is_one_sided_answer(w, &question.id));
    marks.extend(one_sided.then(|| query::ONLY_OURS.to_owned()));
    marks.extend(so.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| words.to_owned()));
    (!marks.is_empty()).then(|| marks.join("   "))
}

/// Rows that are kept for the guidance below an answer: two or three, and none where the voices need them.
fn guidance_rows(screen: &AspectScreen, area: Rect, ctx: &Ctx<'_>) -> u16 {
    let voices = cells(AspectScreen::voices(ctx).len()).min(4);
    let spare = area.height.saturating_sub(voices * 3 + 2);
    let least = match (screen.cards(ctx).is_empty(), AspectScreen::voices(ctx).len()) {
        (true, _) => 0,
        (false, 0..=5) => 3,
        // many voices have a row each first
        (false, _) => 2,
    };
    if spare < 2 { 0 } else { spare.min(least) }
}

/// Rows that the guidance would like, within what is left for it.
fn guidance_wanted(screen: &AspectScreen, rest: Rect, ctx: &Ctx<'_>) -> u16 {
    let cards = screen.cards(ctx);
    let card = cards.get(screen.card.min(cards.len().saturating_sub(1)));
    let lines = |text: &str| wrap(text, rest.width.max(1)).len();
    let wanted =
        card.map_or(0, |card| lines(&card.text) + card.points.iter().map(|p| lines(p)).sum::<usize>() + 2);
    cells(wanted).min(rest.height)
}

/// The card in focus, and where it comes from.
fn draw_guidance(screen: &AspectScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let cards = screen.cards(ctx);
    let n = screen.card.min(cards.len().saturating_sub(1));
    let card = cards.get(n)?;
    if area.is_empty() {
        return None;
    }
    let focused = screen.part == Part::Guidance;
    let mut text = area;
    if focused || area.height >= 8 {
        let lead = if focused { "> " } else { "" };
        let style = if focused { ctx.theme.focus() } else { ctx.theme.heading() };
        let counter = if cards.len() > 1 && focused {
            format!("  {} of {}", n + 1, cards.len())
        } else {
            String::new()
        };
        put(buf, row(text, 0), &format!("{lead}{}{counter}", card.title), style);
        text = below(text, 1);
    }
    let room = text.height.saturating_sub(1);
    let lines = wrap(&card.text, text.width);
    let cut = lines.len() > room.into();
    for (n, (line, at)) in lines.iter().zip(Rect { height: room, ..text }.rows()).enumerate() {
        let last = cut && n + 1 == usize::from(room);
        let line = if last { fit(&format!("{line} …"), text.width) } else { line.clone() };
        put(buf, at, &line, if focused { ctx.theme.text() } else { ctx.theme.quiet() });
    }
    let mut rest = below(text, room.min(u16::try_from(lines.len()).unwrap_or(room)));
    for point in card.points.iter().take(rest.height.saturating_sub(1).into()) {
        let used = put_wrapped(
            buf,
            Rect { height: rest.height - 1, ..rest },
            &format!("- {point}"),
            ctx.theme.quiet(),
        );
        rest = below(rest, used);
        if rest.height <= 1 {
            break;
        }
    }
    let source = ctx.content.source(&card.source).map_or("", |source| &source.short);
    let more = if cards.len() > 1 || cut || !card.points.is_empty() { "o: more" } else { "" };
    let at = row(rest, 0);
    let more_at = at.width.saturating_sub(width(more));
    let left = Rect { width: more_at.saturating_sub(2), ..at };
    put(buf, left, &format!("from: {source}"), ctx.theme.quiet());
    put(buf, right_of(at, more_at), more, ctx.theme.quiet());
    focused.then_some(Position { x: area.x, y: area.y })
}

/// One voice as it is laid out: its key, its heading, and the rows of its text where it is not in focus.
pub(super) struct Laid {
    pub voice: VoiceKey,
    pub name: String,
    pub about: String,
    pub standing: Standing,
    pub lines: Vec<String>,
    pub rows: u16,
}

/// Draws the voices from the top; says where the cursor belongs and how many rows were used.
fn draw_voices(
    screen: &AspectScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<(Option<Position>, u16)> {
    let (workbook, answer) = (ctx.workbook()?, screen.answer(ctx)?);
    let focus = screen.focused_voice(ctx);
    let mut laid: Vec<Laid> = AspectScreen::voices(ctx)
        .into_iter()
        .map(|voice| lay(screen, voice, area, ctx, workbook, answer))
        .collect();
    let at = laid.iter().position(|l| l.voice == focus).unwrap_or(0);
    if many::are_many(laid.len(), area.height) {
        return Some(many::draw(screen, &laid, at, answer, area, buf, ctx));
    }
    share_out(&mut laid, &focus, area.height);
    let mut rest = area;
    let mut cursor = None;
    // the voices before the one in focus make room for it
    let fits = |from: usize| {
        laid.iter().take(at + 1).skip(from).map(|l| l.rows + 2).fold(0_u16, u16::saturating_add)
            <= area.height + 1
    };
    let from = (0..=at).find(|from| fits(*from)).unwrap_or(at);
    for (n, voice) in laid.iter().enumerate().skip(from) {
        let left = laid.len() - n;
        // where not all fit, the last row says how many there are besides
        let more_to_come = left > 1 && rest.height < 2 + voice.rows + 2;
        if rest.height < 2 || (more_to_come && voice.voice != focus) {
            let said = format!("{} not in sight", words::count(from + left, "more voice", "more voices"));
            put(buf, row(rest, 0), &said, ctx.theme.quiet());
            rest = below(rest, 1);
            break;
        }
        let focused = voice.voice == focus;
        let mut hidden = String::new();
        let text = Rect { height: voice.rows.min(rest.height - 1), ..below(rest, 1) };
        // what could stand in an empty field is said only while one types there
        if focused && (screen.typing || !screen.field.is_empty()) {
            cursor = draw_field(screen, text, buf, ctx);
            hidden = hidden_rows(screen, text);
        } else {
            cursor = cursor.or(focused.then_some(Position { x: rest.x, y: rest.y }));
            for (line, at) in voice.lines.iter().zip(text.rows()) {
                let blank = answer.text(&voice.voice).trim().is_empty();
                put(buf, at, line, if blank { ctx.theme.quiet() } else { ctx.theme.text() });
            }
        }
        draw_heading(screen, &laid, n, &hidden, row(rest, 0), buf, ctx);
        rest = below(rest, 1 + voice.rows + 1);
        if voice.voice == VoiceKey::Ours && workbook.partners().is_empty() && rest.height > 4 {
            rest = below(rest, draw_nobody(row(rest, 0), screen.typing, buf, ctx) + 1);
        }
    }
    Some((cursor, area.height - rest.height))
}

/// How many rows of the text in focus are out of sight, in words; nothing where none is.
pub(super) fn hidden_rows(screen: &AspectScreen, text: Rect) -> String {
    let (above, below) = screen.field.hidden_rows(text);
    match above + below {
        0 => String::new(),
        hidden => format!(" … {}", words::count(hidden, "more row", "more rows")),
    }
}

/// Says that there is no other side yet, and how it comes in. Returns the rows used.
fn draw_nobody(at: Rect, typing: bool, buf: &mut Buffer, ctx: &Ctx<'_>) -> u16 {
    let used = put(buf, at, "THEIRS", ctx.theme.heading());
    let keys = ctx.keymap.shown("global.add-partner");
    put(
        buf,
        right_of(at, used + 1),
        &format!("nobody yet; {}{keys} adds a partner", if typing { "Esc, " } else { "" }),
        ctx.theme.quiet(),
    );
    1
}

/// The heading of one of the voices: its name, which looks like no other's, what is said beside it, and at the end how
/// many rows are hidden.
pub(super) fn draw_heading(
    screen: &AspectScreen,
    laid: &[Laid],
    n: usize,
    hidden: &str,
    at: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) {
    let Some(voice) = laid.get(n) else { return };
    let here = voice.voice == screen.focused_voice(ctx) && screen.part == Part::Answer && !screen.typing;
    let (lead, style) = if here { ("> ", ctx.theme.focus()) } else { ("", ctx.theme.heading()) };
    let names: Vec<&str> = laid.iter().map(|voice| voice.name.as_str()).collect();
    let room = at.width.saturating_sub(width(lead) + width(hidden));
    let name = tell_apart(&names, room).into_iter().nth(n).unwrap_or_default();
    let used = put(buf, at, &format!("{lead}{name}"), style);
    if !voice.about.is_empty() {
        put(buf, right_of(at, used + 1), &voice.about, ctx.theme.standing(voice.standing));
    }
    put(buf, right_of(at, at.width.saturating_sub(width(hidden))), hidden, ctx.theme.quiet());
}

pub(super) fn draw_field(
    screen: &AspectScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let style =
        FieldStyle { text: ctx.theme.text(), selected: ctx.theme.selected(), placeholder: ctx.theme.quiet() };
    screen.field.render(area, buf, style);
    if screen.typing {
        return screen.field.cursor_position(area);
    }
    Some(Position { x: area.x, y: area.y.saturating_sub(1) })
}

fn lay(
    screen: &AspectScreen,
    voice: VoiceKey,
    area: Rect,
    ctx: &Ctx<'_>,
    workbook: &Workbook,
    answer: &Answer,
) -> Laid {
    let (about, standing) = about(&voice, screen, ctx, workbook, answer);
    let name = voice_name(&voice, workbook).to_uppercase();
    let shows_field = screen.typing || !screen.field.is_empty();
    let (lines, rows) = if voice == screen.focused_voice(ctx) && shows_field {
        (Vec::new(), screen.field.desired_height(area.width))
    } else {
        let text = answer.text(&voice);
        // more than fills the area is never shown, so it is not wrapped either
        let most = usize::from(area.width) * usize::from(area.height) + 1;
        let start: String = text.trim_end().chars().take(most).collect();
        let shown = if start.is_empty() { nothing_yet(&voice, answer).to_owned() } else { start };
        let lines = wrap(&shown, area.width);
        let rows = cells(lines.len());
        (lines, rows)
    };
    Laid { voice, name, about, standing, lines, rows }
}

fn nothing_yet(voice: &VoiceKey, answer: &Answer) -> &'static str {
    match voice {
        VoiceKey::Theirs(id) if answer.theirs(id).is_some_and(|t| t.says_something()) => {
            "without words of their own"
        }
        VoiceKey::Theirs(_) => "nothing heard yet",
        VoiceKey::Agreed if !answer.accords().is_empty() => "as it stands above; no wording of its own",
        VoiceKey::Ours | VoiceKey::Agreed => "nothing yet",
    }
}

/// Gives the rows there are to the voices: all they want where it fits; otherwise two, or one, to those out of focus
/// and the rest to the one in focus.
fn share_out(laid: &mut [Laid], focus: &VoiceKey, height: u16) {
    let headings = cells(laid.len() * 2).saturating_sub(1);
    let room = height.saturating_sub(headings);
    let wanted = |laid: &[Laid], most: u16| {
        laid.iter().filter(|l| l.voice != *focus).fold(0, |sum: u16, l| sum.saturating_add(l.rows.min(most)))
    };
    let of_focus = laid.iter().find(|l| l.voice == *focus).map_or(1, |l| l.rows);
    if wanted(laid, u16::MAX).saturating_add(of_focus) <= room {
        return;
    }
    const LEAST_IN_FOCUS: u16 = 3;
    let least = of_focus.min(LEAST_IN_FOCUS);
    let most = [3, 2].into_iter().find(|most| wanted(laid, *most).saturating_add(least) <= room).unwrap_or(1);
    for voice in laid.iter_mut().filter(|l| l.voice != *focus && l.rows > most) {
        voice.rows = most;
        voice.lines.truncate(most.into());
        if let Some(last) = voice.lines.last_mut() {
            last.push_str(" …");
        }
    }
    let left = room.saturating_sub(wanted(laid, most)).max(least);
    for voice in laid.iter_mut().filter(|l| l.voice == *focus) {
        voice.rows = voice.rows.min(left);
    }
}

/// Whose voice it is, as a person reads it.
pub(super) fn voice_name(voice: &VoiceKey, workbook: &Workbook) -> String {
    match voice {
        VoiceKey::Ours => "Ours".to_owned(),
        VoiceKey::Agreed => "Agreed".to_owned(),
        VoiceKey::Theirs(id) => {
            let name = workbook.partner(id).map_or("", |partner| partner.name.as_str());
            words::or(name, "A partner who is gone").to_owned()
        }
    }
}

/// What is said beside a voice's name: its standing, who said it, when.
fn about(
    voice: &VoiceKey,
    screen: &AspectScreen,
    ctx: &Ctx<'_>,
    workbook: &Workbook,
    answer: &Answer,
) -> (String, Standing) {
    let today = ctx.today();
    let mut parts: Vec<String> = Vec::new();
    let standing = match voice {
        VoiceKey::Ours => {
            let standing = screen.question(ctx).map_or(Standing::Blank, |q| standing_of(workbook, q));
            let only_ours =
                workbook.partners().iter().all(|p| answer.theirs(&p.id).is_none_or(|t| !t.says_something()));
            let shown = if only_ours { standing } else { Standing::Blank };
            match shown {
                Standing::Guess => parts.push("? a guess".to_owned()),
                Standing::Agreed => parts.push("= settled by us".to_owned()),
                _ => {}
            }
            shown
        }
        VoiceKey::Theirs(id) => {
            let theirs = answer.theirs(id).filter(|theirs| theirs.says_something());
            let Some(theirs) = theirs else { return (String::new(), Standing::Blank) };
            let standing = theirs.heard.standing();
            let word = if theirs.heard == Heard::Guess { "a guess" } else { standing.word() };
            parts.push(format!("{} {word}", standing.mark()));
            parts.extend(theirs.person.as_ref().map(|id| person_name(id, workbook)));
            match &theirs.source {
                Source::Said(occasion) => parts.push(occasion.clone()),
                Source::Call(said) => {
                    parts.push(call_in_words(said, workbook, today));
                    // the day is that of the call, and said already
                    return (parts.join(" · "), standing);
                }
                Source::ByHand => {}
            }
            standing
        }
        VoiceKey::Agreed if answer.accords().is_empty() => Standing::Blank,
        VoiceKey::Agreed => {
            let with: Vec<String> = answer
                .accords()
                .iter()
                .map(|accord| {
                    let who = voice_name(&VoiceKey::Theirs(accord.partner.clone()), workbook);
                    format!("{who}, {}", words::short_day(accord.on, today))
                })
                .collect();
            parts.push(format!("= with {}", with.join("; ")));
            if answer.changed_since_agreed() {
                parts.push("changed since".to_owned());
            }
            Standing::Agreed
        }
    };
    // whoever is there now has not agreed to it
    let leaver = screen.question(ctx).and_then(|question| query::leaver(workbook, question, today));
    match (leaver, voice) {
        (Some(Leaver::Agreed(_)), VoiceKey::Agreed) | (Some(Leaver::SinceThen(_)), VoiceKey::Ours) => {
            parts.extend(leaver.map(Leaver::words));
        }
        _ => {}
    }
    if let (Some(on), false) = (answer.changed_on(voice), *voice == VoiceKey::Agreed) {
        parts.push(words::short_day(on, today));
    }
    (parts.join(" · "), standing)
}

/// Where words were said: "the call of 14 March, 07:12".
pub(super) fn call_in_words(said: &SaidIn, workbook: &Workbook, today: jiff::civil::Date) -> String {
    let Some(call) = workbook.call(&said.call) else { return "a call that is in the bin".to_owned() };
    let day = words::day(call.on, today);
    match call.line(&said.line) {
        _ if call.is_jots() => format!("jotted {day}"),
        Some(line) => format!("the call of {day}, {}", words::elapsed(call.started, line.at)),
        None => format!("the call of {day}"),
    }
}

fn person_name(id: &PersonId, workbook: &Workbook) -> String {
    workbook.person(id).map_or_else(|| "somebody who has left".to_owned(), |person| person.name.clone())
}
