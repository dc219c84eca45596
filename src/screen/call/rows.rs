//! What can be done on a call, by where the person is: resting on the lines, typing one, saying who it is, choosing what to
//! ask.

use super::{At, CallScreen, layout};
use crate::command::tags::{Mark, tag_rows};
use crate::command::{Command, Go, NewCall, Outcome, command};

/// The rows while resting on the lines.
pub(in crate::screen) const ROWS: &[Command<CallScreen>] = &[
    command("call.edit", &["enter", "e"], "Write in this line", CallScreen::edit_focused)
        .footer(1, "write")
        .words("type change correct"),
    command("call.back", &["esc"], "Leave the screen; a call goes on", CallScreen::leave).footer(2, "back"),
    command("call.line", &["J", "ctrl-j", "f2"], "Go on typing the call line", CallScreen::type_on)
        .footer(3, "type on")
        .when(|_, ctx| ctx.writable)
        .words("note jot write"),
    command("call.end", &["X"], "End the call", CallScreen::end)
        .footer(5, "end the call")
        .when(|s, ctx| ctx.writable && s.is_running(ctx))
        .changes()
        .words("stop hang up finish tidy"),
    command("call.up", &["up", "k"], "To the line before", |s: &mut CallScreen, ctx| s.walk(-1, ctx)),
    command("call.down", &["down", "j"], "To the next line", |s: &mut CallScreen, ctx| s.walk(1, ctx)),
    command("call.page-up", &["pageup"], "A page up", |s: &mut CallScreen, ctx| s.walk(-layout::PAGE, ctx)),
    command("call.page-down", &["pagedown"], "A page down", |s: &mut CallScreen, ctx| {
        s.walk(layout::PAGE, ctx)
    }),
    command("call.first", &["g g", "home"], "To the first line", |s: &mut CallScreen, ctx| {
        s.walk(isize::MIN, ctx)
    }),
    command("call.last", &["G", "end"], "To the last line", |s: &mut CallScreen, ctx| {
        s.walk(isize::MAX, ctx)
    }),
    command("call.select", &["s"], "Select this line, or let it go", CallScreen::select)
        .when(CallScreen::has_lines)
        .words("mark several choose"),
    command(
        "call.select-up",
        &["shift-up"],
        "Select this line and the one above",
        |s: &mut CallScreen, ctx| s.select_by(-1, ctx),
    ),
    command(
        "call.select-down",
        &["shift-down"],
        "Select this line and the one below",
        |s: &mut CallScreen, ctx| s.select_by(1, ctx),
    ),
    command("call.private", &["p"], "Private on or off: never sent to anybody", |s: &mut CallScreen, ctx| {
        s.tag(Mark::Private, ctx)
    })
    .when(|_, ctx| ctx.writable)
    .changes()
    .words("secret hide"),
    command("call.earlier", &["<"], "Move this line up", |s: &mut CallScreen, ctx| s.shift(-1, ctx))
        .when(CallScreen::can_change_lines)
        .changes()
        .words("order earlier"),
    command("call.later", &[">"], "Move this line down", |s: &mut CallScreen, ctx| s.shift(1, ctx))
        .when(CallScreen::can_change_lines)
        .changes()
        .words("order later"),
    command("call.join", &["+"], "Join this line with the one above", CallScreen::join_focused)
        .when(CallScreen::can_change_lines)
        .changes()
        .words("merge"),
    command("call.split", &["-"], "Split this line in two", CallScreen::split_focused)
        .when(CallScreen::can_change_lines)
        .words("break two part"),
    command("call.bin", &["d d"], "Put this line into the bin", CallScreen::bin)
        .when(CallScreen::can_change_lines)
        .changes()
        .words("delete remove"),
    command("call.editor", &["E"], "Write this line in your own editor", CallScreen::editor)
        .when(CallScreen::can_change_lines)
        .words("vim nano external"),
    command("call.copy", &["y"], "Copy this line", CallScreen::copy).when(CallScreen::has_lines),
    command(
        "call.medium",
        &["m"],
        "Phone, video, in person, message: the next of them",
        CallScreen::turn_medium,
    )
    .when(|s, ctx| ctx.writable && !s.is_jots(ctx))
    .changes()
    .words("medium how"),
    command("call.who", &["w"], "Say with whom it is", |s: &mut CallScreen, ctx| s.ask_partner(ctx))
        .when(|s, ctx| ctx.writable && !s.is_jots(ctx))
        .words("partner name"),
    command("call.people", &[], "Say which people are on the call", |s: &mut CallScreen, ctx| {
        s.ask_people(ctx)
    })
    .when(|s, ctx| ctx.writable && !s.is_jots(ctx))
    .words("person name who"),
    command("call.new", &["n"], "Begin another call; this one goes on", |_, _| {
        Outcome::Go(Go::NewCall(NewCall::default()))
    })
    .when(|_, ctx| ctx.writable)
    .words("second ring phone"),
    command("call.other", &["c"], "To the other call that goes on", CallScreen::other)
        .when(|s, ctx| ctx.talks.iter().any(|talk| talk.call != s.call))
        .words("switch next"),
    command(
        "call.part",
        &["shift-tab"],
        "Round: line, with whom, people, what to ask",
        CallScreen::turn_part,
    ),
];

/// The rows that tag while resting.
pub(in crate::screen) const TAG_ROWS: &[Command<CallScreen>] = tag_rows!("call", CallScreen, CallScreen::tag);

/// The rows while a line is typed.
pub(in crate::screen) const LINE_ROWS: &[Command<CallScreen>] = &[
    command(
        "call-line.stamp",
        &["enter"],
        "Stamp this line and begin the next; accept an earlier one",
        CallScreen::stamp,
    )
    .footer(1, "stamp"),
    command("call-line.rest", &["esc"], "Rest on the lines; the text is kept", CallScreen::rest)
        .footer(2, "rest"),
    command("call-line.up", &["up"], "To the line before", |s: &mut CallScreen, ctx| s.type_by(-1, ctx))
        .footer(6, "earlier line")
        .when(|s, ctx| s.field.is_on_first_row() && s.neighbour(-1, ctx).is_some()),
    command("call-line.down", &["down"], "To the next line", |s: &mut CallScreen, ctx| s.type_by(1, ctx))
        .when(|s, _| s.at != At::Open && s.field.is_on_last_row()),
    command("call-line.split", &["ctrl-o"], "Split this line at the caret", CallScreen::split)
        .words("break two"),
    command(
        "call-line.join",
        &["backspace"],
        "Join this line with the one above, or go on with that",
        CallScreen::join_typed,
    )
    .when(|s, ctx| s.joins_by_backspace(ctx) || s.is_at_fresh_line(ctx))
    .words("unfinished"),
    command(
        "call-line.part",
        &["shift-tab"],
        "Round: line, with whom, people, what to ask",
        CallScreen::turn_part,
    )
    .footer(7, "with whom"),
    command("call-line.last", &["ctrl-j", "f2"], "To the last line, which is open", CallScreen::type_on)
        .words("note jot"),
];

/// The rows that tag the line that is typed.
pub(in crate::screen) const LINE_TAG_ROWS: &[Command<CallScreen>] =
    tag_rows!("call-line", CallScreen, CallScreen::tag);

/// The rows while somebody says who it is.
pub(in crate::screen) const HEAD_ROWS: &[Command<CallScreen>] = &[
    command(
        "call-head.take",
        &["enter"],
        "Take the name that is marked, or the one you typed",
        CallScreen::take,
    )
    .footer(1, "take"),
    command("call-head.skip", &["esc"], "Leave it open and go back", CallScreen::come_back)
        .footer(2, "not now"),
    command("call-head.next", &["tab"], "On to the line", CallScreen::skip),
    command(
        "call-head.part",
        &["shift-tab"],
        "Round: line, with whom, people, what to ask",
        CallScreen::turn_part,
    )
    .footer(5, "next part"),
    command("call-head.down", &["down"], "To the next name", |s: &mut CallScreen, ctx| s.choose_by(1, ctx))
        .footer(3, "next name"),
    command("call-head.up", &["up"], "To the name before", |s: &mut CallScreen, ctx| s.choose_by(-1, ctx)),
    command("call-head.line", &["ctrl-j", "f2"], "To the call line", CallScreen::skip),
];

/// The rows beside the lines.
pub(in crate::screen) const SIDE_ROWS: &[Command<CallScreen>] = &[
    command("call-side.asked", &["enter"], "It was asked", CallScreen::asked)
        .footer(1, "it was asked")
        .when(|_, ctx| ctx.writable)
        .changes()
        .words("question guess check"),
    command("call-side.back", &["esc", "shift-tab"], "Back to where you were", CallScreen::come_back)
        .footer(2, "back"),
    command("call-side.down", &["down", "j"], "To the next question", |s: &mut CallScreen, ctx| {
        s.choose_side(1, ctx)
    })
    .footer(3, "next"),
    command("call-side.up", &["up", "k"], "To the question before", |s: &mut CallScreen, ctx| {
        s.choose_side(-1, ctx)
    }),
    command("call-side.line", &["J", "ctrl-j", "f2"], "Go on typing the call line", CallScreen::type_on),
];

impl CallScreen {
    /// The rows of where the person is, and those that tag there.
    pub(super) fn commands(&self) -> [&'static [Command<Self>]; 2] {
        match self.at {
            At::Partner | At::People => [HEAD_ROWS, &[]],
            At::Open | At::Line(..) => [LINE_ROWS, LINE_TAG_ROWS],
            At::Rest => [ROWS, TAG_ROWS],
            At::Side => [SIDE_ROWS, &[]],
        }
    }
}
