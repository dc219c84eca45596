//! The commands that work everywhere: going places, undo, help, notes, leaving.

mod acts;

use self::acts::{
    aspect, bin_workbook, call, end_call, export, export_to, never_checked, next_question, open, purpose,
    quit_bar, remains, rename, space_menu, state_menu,
};
use crate::command::{Ask, Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::Family;
use crate::overlay::find::Find;
use crate::overlay::help::Help;
use crate::overlay::jot::Jot;
use crate::overlay::palette::Palette;
use crate::screen::{prompts, start_over};

/// The scope of these commands; it holds nothing.
pub(super) struct Everywhere;

/// The rows, in the order in which the help page shows them.
const ROWS: &[Command<Everywhere>] = &[
    command("global.space", &["space"], "What can I do here?", |_, ctx| open(space_menu(ctx)))
        .words("menu options"),
    command("global.help", &["?", "f1"], "All keys here", |_, ctx| open(Help::new(ctx)))
        .footer(4, "keys")
        .footer_typing(7, "keys")
        .words("shortcuts manual how"),
    command("global.palette", &[":", "ctrl-p"], "Look for a command, a place or a name", |_, ctx| {
        open(Palette::new(ctx))
    })
    .words("search run command palette"),
    command("global.find", &["/"], "Find words in this workbook", |_, ctx| open(Find::here(ctx)))
        .when(has_book)
        .words("search grep look"),
    command("global.find-everywhere", &["ctrl-f"], "Find words in all workbooks", |_, _| {
        open(Find::everywhere())
    })
    .words("search grep look"),
    command("global.jot", &["J", "ctrl-j", "f2"], "Jot a note, from anywhere", |_, _| open(Jot::new()))
        .footer(7, "jot")
        .footer_typing(5, "jot")
        .words("note inbox remember write quick"),
    command("global.undo", &["u", "ctrl-z"], "Undo, any kind of change", |_, _| Outcome::Undo)
        .footer_typing(6, "undo")
        .when(has_book)
        .changes()
        .words("back revert mistake"),
    command("global.redo", &["U", "ctrl-y"], "Do again what was undone", |_, _| Outcome::Redo)
        .when(has_book)
        .changes(),
    command("global.save", &["ctrl-s"], "Make sure that all is safe on disk", |_, _| {
        Outcome::Ask(Ask::SaveNow)
    })
    .when(has_book)
    .words("store write disk"),
    command("global.take-over", &["W"], "Write here: the other window lets go of it", |_, ctx| {
        ctx.workbook().map_or(Outcome::Done, |workbook| Outcome::Ask(Ask::TakeOver(workbook.id().clone())))
    })
    .when(|_, ctx| ctx.held)
    .footer(1, "take over")
    .words("take over lock held another window read only"),
    command("global.next", &["."], "Next question that is blank or unsure", |_, ctx| next_question(ctx))
        .when(has_book)
        .footer(8, "next question")
        .words("continue todo empty"),
    command("global.preview", &["v"], "See the partnership on a page", |_, _| Outcome::Go(Go::Preview))
        .when(has_book)
        .words("page summary print view"),
    command("global.export", &["x"], "Documents to send, to print or to keep", |_, ctx| export(ctx))
        .when(has_book)
        .words("export print save pdf word docx html share send file markdown document partner copy"),
    command("global.export-to", &[], "Choose where the exported page goes", |_, ctx| export_to(ctx))
        .when(has_book),
    command("global.go-map", &["g m"], "The cycle map", |_, _| Outcome::Go(Go::Map))
        .when(has_book)
        .words("home ring"),
    command("global.go-heart", &["g h"], "Communicating, the heart", |_, _| aspect("communicating"))
        .when(has_book),
    command("global.go-scoping", &["g s"], "Scoping", |_, _| aspect("scoping")).when(has_book),
    command("global.go-finding", &["g f"], "Finding", |_, _| aspect("finding")).when(has_book),
    command("global.go-building", &["g b"], "Building", |_, _| aspect("building")).when(has_book),
    command("global.go-agreement", &["g a"], "The agreement, clause by clause", |_, _| aspect("agreement"))
        .when(has_book)
        .words("agreement contract memorandum mou clauses terms reference governing"),
    command("global.go-governing", &[], "Governing: money, roles, decisions", |_, _| aspect("governing"))
        .when(has_book)
        .words("agreement structure power"),
    command("global.go-form", &[], "Which form of agreement fits?", |_, _| Outcome::Go(Go::Form))
        .when(has_book)
        .words("memorandum mou email chooser terms"),
    command("global.go-versions", &[], "Versions of the agreement: agreed today, compare", |_, _| {
        Outcome::Go(Go::Versions(None))
    })
    .when(has_book)
    .words("memorandum signed sign history difference review"),
    command("global.go-delivering", &["g d"], "Delivering", |_, _| aspect("delivering")).when(has_book),
    command("global.go-walk", &["g r"], "The review walk, before and after", |_, _| {
        Outcome::Go(Go::Walk(None))
    })
    .when(has_book)
    .words("reviewing debrief joint review invitation pocket card heard"),
    command("global.go-reviewing", &[], "Reviewing: its questions", |_, _| aspect("reviewing"))
        .when(has_book)
        .words("walk"),
    command("global.go-board", &["g c"], "Changes: keep, mend, drop, try", |_, _| {
        Outcome::Go(Go::Board(None))
    })
    .when(has_book)
    .words("board revising revise change kanban columns"),
    command("global.go-revising", &[], "Revising, what changes", |_, _| aspect("revising")).when(has_book),
    command("global.go-sustaining", &["g l"], "Sustaining and its legacy", |_, _| aspect("sustaining"))
        .when(has_book)
        .words("legacy"),
    command("global.go-ending", &["g e"], "Ending, and pausing", |_, _| aspect("ending"))
        .when(has_book)
        .words("pause stop"),
    command("global.go-skills", &["g k"], "The skills tool: learn and offer", |_, _| {
        Outcome::Go(Go::Skills(None))
    })
    .when(has_book)
    .words("training learning needs gaps rate"),
    command("global.go-notes", &["g n"], "Notes: every call and jot", |_, _| Outcome::Go(Go::Notes))
        .when(has_book)
        .words("calls jots log said history lines"),
    command("global.go-call", &["g C"], "A call: the one going on, or new", |_, ctx| call(ctx))
        .words("phone ring talk telephone meeting"),
    command("global.go-people", &["g p"], "Partners and people", |_, _| Outcome::Go(Go::People(None)))
        .when(has_book)
        .words("contacts names organisation"),
    command("global.go-owed", &["g o"], "What is owed, both ways", |_, _| {
        Outcome::Go(Go::Records(Family::Promise, None))
    })
    .when(has_book)
    .words("promises debts due actions who owes"),
    command("global.go-words", &["g w"], "Words to use and to avoid", |_, _| {
        Outcome::Go(Go::Records(Family::Word, None))
    })
    .when(has_book)
    .words("word list language jargon avoid vocabulary"),
    command("global.go-touch-points", &[], "Touch points: being in touch every so often", |_, _| {
        Outcome::Go(Go::Records(Family::TouchPoint, None))
    })
    .when(has_book)
    .words("contact regular call every weeks slipped"),
    command("global.go-remains", &[], "What remains of the work so far", |_, _| {
        Outcome::Go(Go::Records(Family::Legacy, None))
    })
    .when(has_book)
    .words("legacy legacies left behind note"),
    command(
        "global.note-remains",
        &["R", "ctrl-r"],
        "Note something that remains, from anywhere",
        |_, ctx| remains(ctx),
    )
    .footer_typing(8, "what remains")
    .when(can_write)
    .changes()
    .words("legacy legacies lasting left behind unplanned jot"),
    command("global.go-agenda", &["g A"], "The agenda: all workbooks", |_, _| Outcome::Go(Go::Agenda))
        .words("calendar dates due deadlines who owes what when reviews"),
    command("global.go-timeline", &["g t"], "The timeline: what happened", |_, _| {
        Outcome::Go(Go::Timeline(None, None))
    })
    .when(has_book)
    .words("history log events diary past"),
    command("global.changes", &[], "What has changed since, or over a month", |_, _| {
        Outcome::Go(Go::Changes(None))
    })
    .when(has_book)
    .words("difference compare report since the last pause"),
    command("global.go-welcome", &["g W"], "Welcome back: how things stand", |_, _| Outcome::Go(Go::Welcome))
        .when(has_book)
        .words("return resume summary last"),
    command("global.go-states", &[], "How the state came about, and why", |_, _| {
        Outcome::Go(Go::States(None))
    })
    .when(has_book)
    .words("pause reasons log history until"),
    command("global.start-over", &[], "Start over from a stage: open questions again", |_, ctx| {
        start_over::ask_stage(ctx)
    })
    .when(can_write)
    .words("reset reopen"),
    command("global.go-guide", &["g u"], "The guide: all there is to read", |_, _| {
        Outcome::Go(Go::Guide(None))
    })
    .words("glossary cards words terms clauses help sources"),
    command("global.go-to-tidy", &["g i"], "To tidy: what calls and notes left", |_, ctx| {
        Outcome::Go(if ctx.book.is_some() { Go::ToTidy } else { Go::Inbox })
    })
    .when(|_, ctx| ctx.book.is_some() || !ctx.shelf.jots.is_empty())
    .words("sort out jots call lines promises questions"),
    command("global.tidy", &[], "Tidy the last call: its lines, and the follow-up message", |_, _| {
        Outcome::Go(Go::Tidy(None))
    })
    .when(has_book)
    .words("sheet follow-up message send after"),
    command("global.go-inbox", &[], "The inbox: notes that wait for a workbook", |_, _| {
        Outcome::Go(Go::Inbox)
    })
    .when(|_, ctx| !ctx.shelf.jots.is_empty())
    .words("jots notes"),
    command("global.go-bin", &["g B"], "The bin: what was removed", |_, _| Outcome::Go(Go::Bin))
        .words("deleted restore trash"),
    command("global.go-as-it-was", &["g v"], "As it was on a day, beside now", |_, _| {
        Outcome::Go(Go::AsItWas(None))
    })
    .when(has_book)
    .words("history versions earlier restore bring back past compare difference before"),
    command("global.go-library", &["g L"], "The library: all workbooks", |_, _| Outcome::Go(Go::Library))
        .words("workbooks list switch"),
    command("global.end-call", &["X"], "End the call that goes on", |_, ctx| end_call(ctx))
        .when(|_, ctx| ctx.writable && !ctx.talks.is_empty())
        .changes()
        .words("stop hang up finish tidy"),
    command("global.unchecked", &[], "What have we never checked?", |_, ctx| never_checked(ctx))
        .when(has_book)
        .words("guess questions ask call"),
    command("global.new", &[], "Start a new workbook", |_, _| prompts::new_workbook()).words("create add"),
    command("global.rename", &[], "Rename this workbook", |_, ctx| rename(ctx))
        .when(can_write)
        .changes()
        .words("title"),
    command("global.purpose", &[], "Say in a line what this partnership is for", |_, ctx| purpose(ctx))
        .when(can_write)
        .changes()
        .words("aim why"),
    command("global.state", &[], "Change the state: exploring, pilot, active, paused …", |_, ctx| {
        state_menu(ctx)
    })
    .when(can_write)
    .changes()
    .words("pause end active pilot"),
    command("global.add-partner", &["n"], "Add a partner, for a voice of their own", |_, _| {
        prompts::new_partner()
    })
    .when(can_write)
    .changes()
    .words("new organisation group voice theirs"),
    command("global.bin-workbook", &[], "Put this workbook into the bin", |_, ctx| bin_workbook(ctx))
        .when(has_book)
        .changes()
        .words("delete remove throw away"),
    command("global.end-tour", &["T"], "End the tour", |_, _| Outcome::EndTour)
        .footer(3, "end the tour")
        .when(|_, ctx| ctx.touring),
    command("global.entrances", &[], "Where are you? The four ways in", |_, _| Outcome::Go(Go::Entrances))
        .when(has_book)
        .words("begin start stuck stock"),
    command("global.go-matrix", &["g *"], "Who has what, partner by partner", |_, _| {
        Outcome::Go(Go::Matrix(None))
    })
    .when(has_book)
    .words("matrix grid overview table partners roles money deputies at a glance"),
    command("global.go-deputies", &[], "Who would carry on? Who stands in for whom", |_, _| {
        Outcome::Go(Go::Deputies)
    })
    .when(has_book)
    .words("deputy deputies key person risk succession second"),
    command("global.go-pulse", &[], "The pulse: how each side feels about ten lines", |_, _| {
        Outcome::Go(Go::Pulse(None))
    })
    .when(has_book)
    .words("concern serious rate health check feel trend"),
    command("global.import", &[], "Bring in a backup or a workbook", |_, _| prompts::bring_in())
        .words("open file restore load"),
    command("global.example", &[], "Look at the worked example", |_, _| Outcome::Ask(Ask::OpenExample))
        .words("sample demo"),
    command("global.tour", &[], "Take the 60-second tour", |_, _| Outcome::Ask(Ask::Tour))
        .words("learn tutorial help"),
    command("global.linear", &[], "Reading layout for screen readers, on or off", |_, ctx| {
        Outcome::Ask(Ask::SetLinear(!ctx.linear))
    })
    .words("linear accessibility magnifier braille"),
    command("global.suspend", &[], "Go to the shell for a while; fg comes back", |_, _| {
        Outcome::Ask(Ask::Suspend)
    })
    .words("background stop shell")
    .when(|_, _| cfg!(unix)),
    command("global.quit", &["q", "ctrl-q"], "Leave; all is saved", |_, ctx| quit_bar(ctx))
        .footer(6, "leave")
        .words("exit close bye"),
];

pub(super) fn rows() -> Vec<Row> {
    ROWS.iter().map(Command::row).collect()
}

pub(super) fn rows_now(ctx: &Ctx<'_>) -> Vec<Row> {
    rows_that_apply(ROWS, &Everywhere, ctx)
}

pub(super) fn run(name: &str, ctx: &Ctx<'_>) -> Outcome {
    run_by_name(ROWS, &mut Everywhere, name, ctx).unwrap_or(Outcome::Unused)
}

fn has_book(_: &Everywhere, ctx: &Ctx<'_>) -> bool {
    ctx.book.is_some()
}

fn can_write(_: &Everywhere, ctx: &Ctx<'_>) -> bool {
    ctx.book.is_some() && ctx.writable
}
