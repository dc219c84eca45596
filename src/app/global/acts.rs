//! What the commands do that work everywhere: what they ask, what they offer, where they lead. The rows stand in
//! `global.rs`.

use crate::command::{Ask, Ctx, Go, Outcome, Row};
use crate::domain::{
    Call, Edit, Legacy, PartnerField, PartnerId, PartnershipState, Pause, QuestionId, Splice, StateChange,
    TextPlace, query,
};
use crate::keymap::{Chord, Key};
use crate::order::InOrder;
use crate::overlay::menu::{Menu, MenuRow};
use crate::overlay::prompt::Prompt;
use crate::overlay::who::Who;

pub(super) fn open(layer: impl crate::layer::Layer + 'static) -> Outcome {
    Outcome::Open(Box::new(layer))
}

/// The call screen; with no workbook open it is asked first whose call it is.
pub(super) fn call(ctx: &Ctx<'_>) -> Outcome {
    match ctx.book {
        Some(_) => Outcome::Go(Go::Call { call: None, line: None }),
        None => open(Who::new(None, ctx)),
    }
}

/// Ends the call that goes on; where several do, it is asked which.
pub(super) fn end_call(ctx: &Ctx<'_>) -> Outcome {
    match going_on(ctx).as_slice() {
        [] => Outcome::Unused,
        [(call, _)] => crate::screen::call::end(call, ctx),
        calls => {
            let rows = calls.iter().map(|(call, title)| {
                MenuRow::new(None, title.as_str(), "", crate::screen::call::end(call, ctx))
            });
            open(Menu::new("Which call ends?", rows.collect()))
        }
    }
}

/// The calls that go on, the one in front first, with what they are called.
fn going_on<'a>(ctx: &Ctx<'a>) -> Vec<(&'a Call, String)> {
    let Some(workbook) = ctx.workbook() else { return Vec::new() };
    let calls = ctx.talks.iter().filter_map(|talk| workbook.call(&talk.call));
    calls.map(|call| (call, query::call_title(call, workbook))).collect()
}

pub(super) fn aspect(id: &str) -> Outcome {
    Outcome::Go(Go::Aspect(id.to_owned()))
}

pub(super) fn next_question(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    match query::next_unsure(workbook, ctx.content, ctx.last_question, ctx.today()) {
        Some(question) => Outcome::Go(Go::Question(QuestionId::new(&question.id), None)),
        None => Outcome::Say("Nothing is blank or unsure. That is rare; enjoy it.".to_owned()),
    }
}

pub(super) fn never_checked(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let guesses = query::never_checked(workbook, ctx.content);
    if guesses.is_empty() {
        return Outcome::Say(
            "There is no guess in this workbook: everything written was checked.".to_owned(),
        );
    }
    let rows = guesses.into_iter().map(|question| {
        let place = Go::Question(QuestionId::new(&question.id), None);
        let aspect = ctx.content.aspect_of(&question.id).map_or("", |a| a.name.as_str());
        MenuRow::new(None, question.ask.as_str(), aspect, Outcome::Go(place))
    });
    open(Menu::new("Never checked with them: what to ask next time", rows.collect()))
}

/// What one can do here, as a menu: what one does comes before where one goes, and moving about comes last.
pub(super) fn space_menu(ctx: &Ctx<'_>) -> Menu {
    let mut shown: Vec<&Row> = ctx.rows.iter().filter(|row| row.name != "global.space").collect();
    let moves = |row: &Row| {
        let named = |chord: &Chord| !matches!(chord.key, Key::Char(_) | Key::Enter);
        ctx.keymap.of(row.name).iter().any(|keys| keys.iter().any(named))
    };
    shown.order_by_key(|row| match ctx.keymap.of(row.name).first().map(Vec::as_slice) {
        _ if moves(row) && !row.changes => 4,
        Some([chord]) if chord.printable().is_some_and(char::is_alphabetic) => 0,
        None => 1,
        Some([chord]) if chord.printable().is_some() => 2,
        Some([_, _, ..]) => 3,
        _ => 4,
    });
    let rows = shown.into_iter().map(|row| {
        let letter = ctx.keymap.of(row.name).iter().find_map(|keys| match keys.as_slice() {
            [chord] => chord.printable(),
            _ => None,
        });
        // a letter stands before its row already
        let aside = if letter.is_some() { String::new() } else { ctx.keymap.shown(row.name) };
        MenuRow::new(letter, row.help, aside, Outcome::Run(row.name))
    });
    Menu::new("What can I do here?", rows.collect())
}

pub(super) fn rename(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    prompt_for_place(workbook.title(), "The workbook's title", TextPlace::Title)
}

pub(super) fn purpose(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    prompt_for_place(workbook.purpose(), "What is this partnership for?", TextPlace::Purpose)
}

/// Asks what remains and notes it with today's day; the person stays where they are.
pub(super) fn remains(ctx: &Ctx<'_>) -> Outcome {
    let (id, today) = (ctx.ids.record(), ctx.today());
    let prompt = Prompt::new("What remains?", "", move |what| {
        if what.is_empty() {
            return Err("A few words are enough; the rest can be said later.".to_owned());
        }
        let legacy = Legacy::noted(id.clone(), today, what);
        let add = Edit::AddRecord { record: Box::new(legacy.into()), place: usize::MAX };
        let said = "Noted with today’s date, under What remains. Who keeps it can be said later.";
        Ok(Outcome::All(vec![Outcome::Edit(add), Outcome::Say(said.to_owned())]))
    });
    open(
        prompt
            .placeholder("two parents who now run interviews themselves")
            .hint("A thing made, a contact, something learned; also what nobody planned. Enter notes it."),
    )
}

/// Asks for a line and puts it in place of the old one, as one step.
fn prompt_for_place(old: &str, label: &str, place: TextPlace) -> Outcome {
    let before = old.to_owned();
    open(
        Prompt::new(label, old, move |text| {
            let text = text.trim().to_owned();
            if text.is_empty() && place == TextPlace::Title {
                return Err("A workbook needs a title; a word will do.".to_owned());
            }
            let splice =
                Splice { place: place.clone(), at: 0, delete: before.clone(), insert: text, on: None };
            Ok(Outcome::Edit(Edit::Splice(splice)))
        })
        .hint("Enter keeps it. Esc goes back."),
    )
}

/// The states to choose from; the one that is chosen stands at once, and its reasons are written beside it.
pub(super) fn state_menu(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let (now, log) = (workbook.state(), workbook.partnership().log());
    let rows = PartnershipState::ALL.into_iter().map(|state| {
        if state == now {
            let last = log.len().checked_sub(1);
            return MenuRow::new(None, state.word(), "now", Outcome::Go(Go::States(last)));
        }
        let mut change = StateChange::to(state, ctx.today());
        if state == PartnershipState::Paused {
            let snapshot = query::snapshot(workbook, ctx.content, ctx.today());
            change.pause = Some(Box::new(Pause { snapshot, ..Pause::default() }));
        }
        let there = Outcome::Go(Go::States(Some(log.len())));
        let done = Outcome::All(vec![Outcome::Edit(Edit::ChangeState(change)), there]);
        MenuRow::new(None, state.word(), "", done)
    });
    let at = PartnershipState::ALL.iter().position(|state| now == *state).unwrap_or(0);
    open(Menu::new("Where does this partnership stand?", rows.collect()).focused(at))
}

/// The workbook is put away once its name was typed, from the library, where it is in sight what happened.
pub(super) fn bin_workbook(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    crate::screen::prompts::bin_workbook(workbook.id().clone(), workbook.title(), true)
}

/// Our side is asked once, on the first way out of the workbook; then come the documents to choose from.
pub(super) fn export(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if workbook.us().name.trim().is_empty() && ctx.writable {
        let place = TextPlace::Partner(PartnerId::us(), PartnerField::Name);
        let prompt = Prompt::new("Who are we? Every document takes our name from here.", "", move |name| {
            let splice = Splice {
                place: place.clone(),
                at: 0,
                delete: String::new(),
                insert: name.trim().to_owned(),
                on: None,
            };
            let named = Outcome::Edit(Edit::Splice(splice));
            Ok(Outcome::All(vec![named, Outcome::Go(Go::Documents)]))
        })
        .placeholder("Walking by Touch")
        .hint("Asked once, and offered to the next workbook. Enter goes on; leave it empty to skip.");
        return open(prompt);
    }
    Outcome::Go(Go::Documents)
}

pub(super) fn export_to(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let name = super::super::words::file_name(workbook.title(), ctx.today());
    let path = format!("{}/{name}", ctx.shelf.documents);
    open(
        Prompt::new("Where shall the page go? Private answers stay out.", &path, |path| match path.trim() {
            "" => Err("A full path is needed, such as the one proposed.".to_owned()),
            path => Ok(crate::screen::documents::written("page", path, "global.export-to")),
        })
        .hint("Markdown; a name that ends in .txt gives plain text. Enter writes it. Esc goes back."),
    )
}

pub(super) fn quit_bar(ctx: &Ctx<'_>) -> Outcome {
    if ctx.unsaved {
        let rows = vec![
            MenuRow::new(None, "Stay", "Esc", Outcome::Done),
            MenuRow::new(Some('q'), "Leave all the same", "", Outcome::Ask(Ask::Quit)),
        ];
        return open(Menu::new(
            "Not everything is saved. q leaves and loses what was typed last, Esc stays.",
            rows,
        ));
    }
    if ctx.writable && !ctx.talks.is_empty() {
        return open(quit_bar_with_calls(&going_on(ctx), ctx));
    }
    open(Menu::new(
        calls_elsewhere(ctx).unwrap_or_else(|| "All is saved. q leaves, Esc stays.".to_owned()),
        vec![
            MenuRow::new(Some('q'), "Leave", "", Outcome::Ask(Ask::Quit)),
            MenuRow::new(None, "Stay", "Esc", Outcome::Done),
        ],
    ))
}

fn quit_bar_with_calls(calls: &[(&Call, String)], ctx: &Ctx<'_>) -> Menu {
    let (title, leave) = match calls.len() {
        0 | 1 => (
            "Call still open: X ends it, q leaves it open, Esc stays.".to_owned(),
            "Leave, and leave the call open",
        ),
        n => (
            format!("{n} calls still open: q leaves them open, Esc stays."),
            "Leave, and leave the calls open",
        ),
    };
    let mut rows = vec![MenuRow::new(Some('q'), leave, "", Outcome::Ask(Ask::Quit))];
    rows.extend(calls.iter().enumerate().map(|(n, (call, title))| {
        let letter = (n == 0).then_some('X');
        let end = crate::screen::call::end(call, ctx);
        MenuRow::new(letter, format!("End the {}", super::super::keys::lower_first(title)), "", end)
    }));
    rows.push(MenuRow::new(None, "Stay", "Esc", Outcome::Done));
    Menu::new(title, rows)
}

/// With no workbook open: which calls go on in those there are, where any does.
fn calls_elsewhere(ctx: &Ctx<'_>) -> Option<String> {
    let all = ctx.shelf.workbooks.iter().filter(|_| ctx.book.is_none());
    let calls: Vec<&str> = all.flat_map(|book| book.digest.talking.iter().map(String::as_str)).collect();
    let said = match calls.as_slice() {
        [] => return None,
        [call] => format!("{call} is still open."),
        calls => format!("{} calls are still open.", calls.len()),
    };
    Some(format!("All is saved. {said} q leaves, Esc stays."))
}
