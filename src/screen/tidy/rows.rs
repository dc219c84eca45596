//! What can be done on the tidy sheet: in every step, in each of them, and while something is typed.

use super::step::Step;
use super::{Tidy, answers, keep, message, promises};
use crate::command::{Command, Outcome, command};
use crate::domain::Tag;
use crate::screen::words::READ_ONLY;

/// The rows of every step.
pub(super) const ROWS: &[Command<Tidy>] = &[
    command("tidy.next-step", &["tab"], "To the next step; what is left stays for later", Tidy::next_step)
        .footer(3, "next step")
        .when(Tidy::has_next)
        .words("skip later"),
    command("tidy.step-before", &["shift-tab"], "To the step before", Tidy::step_before),
    command("tidy.back", &["esc"], "Leave the sheet; it goes on where it was left", |_, _| Outcome::Back)
        .footer(2, "back"),
    command("tidy.let-be", &["o"], "Let the line be: there is nothing to do about it", Tidy::let_be)
        .footer(5, "let it be")
        .when(|s, ctx| s.step.is_owed() && s.at_line(ctx).is_some())
        .words("done skip nothing fine okay")
        .changes(),
    command(
        "tidy.let-all-be",
        &["O"],
        "Let all the lines be: there is nothing to do about any of them",
        Tidy::let_all_be,
    )
    .when(|s, ctx| ctx.writable && s.call(ctx).is_some_and(|call| call.to_tidy() > 0))
    .words("done skip dismiss all rest old nothing")
    .changes(),
    command("tidy.line", &["l", "right"], "To the line, where it was said", Tidy::go_to_line)
        .when(|s, ctx| s.at_line(ctx).is_some())
        .words("open call source"),
    command("tidy.down", &["down", "j"], "To the next line", |s: &mut Tidy, ctx| s.by(1, ctx)),
    command("tidy.up", &["up", "k"], "To the line before", |s: &mut Tidy, ctx| s.by(-1, ctx)),
    command("tidy.page-down", &["pagedown"], "A page down", |s: &mut Tidy, ctx| s.by_pages(1, ctx)),
    command("tidy.page-up", &["pageup"], "A page up", |s: &mut Tidy, ctx| s.by_pages(-1, ctx)),
    command("tidy.first", &["home"], "To the first line", |s: &mut Tidy, ctx| s.by(isize::MIN, ctx)),
    command("tidy.last", &["end", "G"], "To the last line", |s: &mut Tidy, ctx| s.by(isize::MAX, ctx)),
];

const TAG_ROWS: &[Command<Tidy>] = &[
    command("tidy-tags.choose", &["enter"], "Choose what the line is", Tidy::choose_tag)
        .footer(1, "choose")
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.said", &["s"], "They said it", |s: &mut Tidy, ctx| s.tag(Tag::Said, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.we-said", &["w"], "We said it", |s: &mut Tidy, ctx| s.tag(Tag::WeSaid, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.agreed", &["a"], "Agreed between us", |s: &mut Tidy, ctx| s.tag(Tag::Agreed, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.promise", &["p"], "A promise", |s: &mut Tidy, ctx| s.tag(Tag::Promise, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.ask", &["q"], "A question to ask back", |s: &mut Tidy, ctx| s.tag(Tag::Ask, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.differs", &["d"], "We differ on it", |s: &mut Tidy, ctx| s.tag(Tag::Differs, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.money", &["m"], "About money", |s: &mut Tidy, ctx| s.tag(Tag::Money, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.worry", &["x"], "A worry", |s: &mut Tidy, ctx| s.tag(Tag::Worry, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.private", &["v"], "Private, or not: it goes with any of these", Tidy::turn_private)
        .when(Tidy::can)
        .changes(),
];

const PROMISE_ROWS: &[Command<Tidy>] = &[
    command("tidy-promises.take", &["enter"], "Take the promise as it is suggested", promises::take)
        .footer(1, "take it")
        .when(Tidy::can)
        .changes(),
    command("tidy-promises.who", &["w"], "Turn who promises round", promises::turn)
        .footer(5, "who")
        .when(Tidy::can),
    command("tidy-promises.day", &["t"], "Another day, or none", promises::another_day)
        .footer(5, "day")
        .words("due date when")
        .when(Tidy::can)
        .changes(),
    command("tidy-promises.words", &["e"], "Other words", promises::other_words)
        .footer(6, "words")
        .when(Tidy::can)
        .changes(),
];

const QUESTION_ROWS: &[Command<Tidy>] = &[
    command("tidy-questions.place", &["enter"], "Choose the question that it belongs to", answers::place)
        .footer(1, "choose")
        .when(Tidy::can)
        .changes(),
    command("tidy-questions.asked", &["a"], "It was asked already", answers::asked)
        .footer(6, "asked already")
        .when(Tidy::can)
        .changes(),
];

const ANSWER_ROWS: &[Command<Tidy>] = &[command(
    "tidy-answers.place",
    &["enter"],
    "Choose the answer that these words belong to",
    answers::hear,
)
.footer(1, "choose")
.when(Tidy::can)
.changes()];

const WORD_ROWS: &[Command<Tidy>] =
    &[command("tidy-words.add", &["enter"], "Put a word of this line on the list", keep::word)
        .footer(1, "a word of it")
        .words("jars avoid vocabulary")
        .when(Tidy::can)
        .changes()];

const REMAIN_ROWS: &[Command<Tidy>] =
    &[command("tidy-remains.add", &["enter"], "Set the line down as something that remains", keep::remains)
        .footer(1, "it remains")
        .words("legacy lasts keep")
        .when(Tidy::can)
        .changes()];

const NEXT_ROWS: &[Command<Tidy>] =
    &[command("tidy-next.edit", &["enter"], "Say when, or how it felt", Tidy::edit_next)
        .footer(1, "edit")
        .words("follow up date mood")
        .when(|s, ctx| s.call(ctx).is_some())
        .changes()];

const MESSAGE_ROWS: &[Command<Tidy>] = &[
    command("tidy-message.write", &["enter"], "Write in the message", |s: &mut Tidy, ctx| {
        if ctx.writable { message::write(s, ctx) } else { Outcome::Say(READ_ONLY.to_owned()) }
    })
    .footer(1, "write")
    .changes(),
    command("tidy-message.copy", &["y"], "Copy the message, to be sent", message::copy)
        .footer(3, "copy")
        .words("clipboard send mail"),
    command("tidy-message.file", &["x"], "Write the message to a file", message::file)
        .footer(5, "to a file")
        .words("export save"),
    command("tidy-message.editor", &["E"], "Write the message in your own editor", message::editor)
        .when(|_, ctx| ctx.writable)
        .words("vim nano external"),
    command("tidy-message.redraft", &["r"], "Draft it anew from the lines", message::redraft)
        .footer(6, "draft anew")
        .when(|_, ctx| ctx.writable)
        .changes(),
];

/// The rows while something is typed.
pub(super) const TYPING_ROWS: &[Command<Tidy>] = &[
    command("tidy-typing.stop", &["esc"], "Stop typing; what is typed stays", Tidy::stop)
        .footer(2, "stop typing, then ?"),
    command("tidy-typing.accept", &["enter"], "Keep it and go on", Tidy::accept)
        .footer(1, "next")
        .when(|s, _| !s.writing),
    command("tidy-typing.next", &["tab"], "To the next step", Tidy::next_step).when(Tidy::has_next),
];

/// The rows of the sheet and of all its steps.
pub(in crate::screen) const ALL_ROWS: &[&[Command<Tidy>]] = &[
    ROWS,
    TAG_ROWS,
    PROMISE_ROWS,
    QUESTION_ROWS,
    ANSWER_ROWS,
    WORD_ROWS,
    REMAIN_ROWS,
    NEXT_ROWS,
    MESSAGE_ROWS,
    TYPING_ROWS,
];

impl Tidy {
    /// The rows of the step itself.
    pub(super) fn step_rows(&self) -> &'static [Command<Self>] {
        match self.step {
            Step::Tags => TAG_ROWS,
            Step::Promises => PROMISE_ROWS,
            Step::Questions => QUESTION_ROWS,
            Step::Answers => ANSWER_ROWS,
            Step::Words => WORD_ROWS,
            Step::Remains => REMAIN_ROWS,
            Step::Next => NEXT_ROWS,
            Step::Message => MESSAGE_ROWS,
        }
    }
}
