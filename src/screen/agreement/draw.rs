//! Drawing the builder: clauses left, the document right; while a clause is worded, its voices left and the document right.
//! Where there is room all three stand beside one another, where there is little one at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::AgreementScreen;
use super::paper::Shown;
use crate::command::Ctx;
use crate::domain::Revision;
use crate::domain::query::{ClauseNow, ClauseWords, Weighed, side};
use crate::screen::aspect::Part;
use crate::screen::aspect::draw::{LIST, Look, TWO_COLUMNS, draw_answer, draw_behind, draw_list, rule};
use crate::screen::words;
use crate::widget::text::{below, put, put_wrapped, right_of, row, wrap};

/// From so many columns on, clauses, voices and document stand beside one another.
const THREE_COLUMNS: u16 = 112;

pub(super) fn draw(
    screen: &AgreementScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let weighed = screen.weighed(ctx)?;
    let clauses = screen.clauses(ctx);
    if screen.reads {
        let shown = Shown { form: weighed.form, clauses: &clauses, focus: None, writes: false };
        return screen.paper.draw(&shown, area, buf, ctx);
    }
    let answers = screen.sheet.part != Part::Questions;
    if ctx.linear || area.width < TWO_COLUMNS {
        return if answers {
            draw_answer(&screen.sheet, area, buf, ctx, false)
        } else {
            draw_clauses(screen, &weighed, &clauses, area, buf, ctx)
        };
    }
    let left = if answers && area.width < THREE_COLUMNS { area.width / 2 } else { LIST };
    let first = Rect { width: left, ..area };
    let rest = right_of(area, left + 2);
    rule(Rect { x: area.x + left, width: 1, ..area }, buf, ctx);
    if !answers {
        let cursor = draw_clauses(screen, &weighed, &clauses, first, buf, ctx);
        draw_beside(screen, &weighed, &clauses, rest, buf, ctx);
        return cursor;
    }
    if area.width < THREE_COLUMNS {
        let cursor = draw_answer(&screen.sheet, Rect { width: left - 1, ..first }, buf, ctx, false);
        draw_document(screen, &weighed, &clauses, rest, buf, ctx);
        return cursor;
    }
    draw_clauses(screen, &weighed, &clauses, first, buf, ctx);
    let half = rest.width / 2;
    let cursor = draw_answer(&screen.sheet, Rect { width: half.saturating_sub(1), ..rest }, buf, ctx, false);
    rule(Rect { x: rest.x + half, width: 1, ..rest }, buf, ctx);
    draw_document(screen, &weighed, &clauses, right_of(rest, half + 2), buf, ctx);
    cursor
}

/// The form, how far it has come, and the clauses; those that it does not need in brackets.
fn draw_clauses(
    screen: &AgreementScreen,
    weighed: &Weighed<'_>,
    clauses: &[ClauseNow<'_>],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let mut rest = area;
    if area.height >= 8 {
        put(buf, row(rest, 0), &format!(" {}", weighed.form.title()), ctx.theme.strong());
        let needed = clauses.iter().filter(|now| now.needed).count();
        let agreed = clauses.iter().filter(|now| now.needed && now.gap().is_none()).count();
        let said = format!(" {agreed} of {needed} clauses agreed");
        put(buf, row(rest, 1), &said, ctx.theme.quiet());
        if weighed.group_meets() && area.height >= 14 {
            put(buf, row(rest, 2), " with terms of reference", ctx.theme.quiet());
        }
        rest = below(rest, 2 + u16::from(area.height >= 14));
    }
    let legend = u16::from(area.height >= 14) * 2;
    let list = Rect { height: rest.height.saturating_sub(legend), ..rest };
    let look = |question: &crate::content::types::Question| {
        let now = clauses.iter().find(|now| now.question.as_str() == question.id);
        let needed = now.is_none_or(|now| now.needed);
        let drawn = now.is_some_and(|now| matches!(now.words, ClauseWords::Drawn(_)));
        let lead = match (drawn, ctx.linear) {
            (true, true) => "drawn: ",
            (true, false) => "+",
            _ => "",
        };
        let name = if needed { question.short.clone() } else { format!("({})", question.short) };
        Look { name: format!("{lead}{name}"), stands_back: !needed }
    };
    let cursor = draw_list(&screen.sheet, list, buf, ctx, &look);
    if legend > 0 {
        let words =
            if ctx.linear { " (in brackets) not needed here" } else { " + drawn   ( ) not needed here" };
        put(buf, row(rest, rest.height - 1), words, ctx.theme.quiet());
    }
    cursor
}

/// What the clause in focus asks and how it stands, with the document below; or what a way on leads to.
fn draw_beside(
    screen: &AgreementScreen,
    weighed: &Weighed<'_>,
    clauses: &[ClauseNow<'_>],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) {
    if let Some(door) = screen.sheet.door(ctx) {
        draw_behind(&door, area, buf, ctx);
        return;
    }
    let Some(now) = screen.in_focus(ctx) else { return };
    let mut rest = area;
    let used =
        put_wrapped(buf, Rect { height: area.height.min(3), ..rest }, &now.clause.ask, ctx.theme.strong());
    rest = below(rest, used);
    let said = wrap(&about(&now, weighed, ctx), rest.width);
    for line in said.iter().take(2) {
        put(buf, row(rest, 0), line, ctx.theme.quiet());
        rest = below(rest, 1);
    }
    put(buf, row(rest, 0), &"─".repeat(rest.width.into()), ctx.theme.quiet());
    draw_document(screen, weighed, clauses, below(rest, 1), buf, ctx);
}

fn draw_document(
    screen: &AgreementScreen,
    weighed: &Weighed<'_>,
    clauses: &[ClauseNow<'_>],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) {
    let question = screen.sheet.question_id(ctx);
    let shown = Shown { form: weighed.form, clauses, focus: question.as_ref(), writes: screen.sheet.typing };
    screen.paper.draw(&shown, area, buf, ctx);
}

/// The change that is to touch a clause and is not made yet, in words.
fn to_change(now: &ClauseNow<'_>, ctx: &Ctx<'_>) -> Option<String> {
    let changes = ctx.workbook()?.all::<Revision>();
    let open = |change: &&Revision| change.clause.as_ref() == Some(&now.question) && change.done.is_none();
    let change = changes.iter().find(open)?;
    let go = ctx.keymap.shown("global.go-board");
    Some(format!("To be changed: {} ({go}). ", words::or(&change.what, "not said yet")))
}

/// How a clause stands, in a sentence that says what can be done about it.
fn about(now: &ClauseNow<'_>, weighed: &Weighed<'_>, ctx: &Ctx<'_>) -> String {
    format!("{}{}", to_change(now, ctx).unwrap_or_default(), stands(now, weighed, ctx))
}

fn stands(now: &ClauseNow<'_>, weighed: &Weighed<'_>, ctx: &Ctx<'_>) -> String {
    let write = ctx.keymap.shown("agreement.write");
    match &now.words {
        ClauseWords::Drawn(drawn) => {
            let take = ctx.keymap.shown("agreement.take");
            format!("Drawn from {}. {take} makes it our wording.", drawn.from)
        }
        ClauseWords::Private => "Private: its words stay out of what goes out.".to_owned(),
        ClauseWords::NotForUs => "Not for us.".to_owned(),
        ClauseWords::None if !now.needed => {
            format!("Not needed in this form: {}.", weighed.form.title().to_lowercase())
        }
        ClauseWords::None => format!("Nobody has said anything yet. {write} words it."),
        ClauseWords::Ours(_) => format!("Our wording, {}.", agreed_or(now, "not agreed yet")),
        ClauseWords::Theirs(id, _) => {
            let who = ctx.workbook().map(|workbook| side(workbook, id)).unwrap_or_default();
            format!("In the words of {who}, {}.", agreed_or(now, "not agreed yet"))
        }
        ClauseWords::Agreed(_) => {
            let standing = ctx.keymap.shown("aspect.standing");
            match now.is_agreed() {
                true => "Agreed by everybody.".to_owned(),
                false if now.standing == crate::domain::Standing::Disputed => "Disputed.".to_owned(),
                false => format!("Worded. Have they agreed? {standing} says so."),
            }
        }
    }
}

fn agreed_or<'s>(now: &ClauseNow<'_>, otherwise: &'s str) -> &'s str {
    match now.standing {
        crate::domain::Standing::Agreed => "agreed",
        crate::domain::Standing::Disputed => "disputed",
        _ => otherwise,
    }
}
