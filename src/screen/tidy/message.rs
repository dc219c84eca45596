//! The follow-up message: drafted from the lines, written on in place, taken out by copying or to a file.
//!
//! As long as nobody has typed in it the message is the draft and stands nowhere; the first key makes it the call's own.

use super::Tidy;
use crate::command::{Ask, Ctx, Export, Outcome};
use crate::domain::{Call, Edit, RecordField, Splice, TextPlace, Workbook};
use crate::export::follow_up::{self, Message};
use crate::export::{Order, Subject, watch};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::words;

/// The message of a call as it stands.
pub(super) fn of(call: &Call, workbook: &Workbook, ctx: &Ctx<'_>) -> Message {
    follow_up::message(&Subject::new(workbook, ctx.content, ctx.today()), call)
}

/// What the message would be if nobody had written in it.
pub(super) fn draft(call: &Call, workbook: &Workbook, ctx: &Ctx<'_>) -> Message {
    follow_up::draft(&Subject::new(workbook, ctx.content, ctx.today()), call)
}

/// What is said above the message: how long it is, what it leaves out, whether somebody has written in it, whether it was
/// taken out; then the words of the list that it uses.
pub(super) fn head(
    tidy: &Tidy,
    call: &Call,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
) -> (Vec<String>, Vec<String>) {
    let message = of(call, workbook, ctx);
    let mut said = follow_up::remarks(&message);
    if message.words() <= follow_up::WORDS {
        said.insert(0, format!("{}.", words::count(message.words(), "word", "words")));
    }
    if !call.message.trim().is_empty() && call.message != draft(call, workbook, ctx).text {
        let anew = ctx.keymap.shown("tidy-message.redraft");
        // while it is written in, the key is a letter
        let how = if tidy.writing { String::new() } else { format!("; {anew} drafts it anew") };
        said.push(format!("Your own wording{how}."));
    }
    if let Some(sent) = call.sent {
        said.push(format!("Copied or put in a file {}.", words::ago(sent, ctx.today())));
    }
    let used = watch::used(workbook, &message.text);
    (said, used.into_iter().map(|word| watch::warning(workbook, word)).collect())
}

fn place(call: &Call) -> TextPlace {
    TextPlace::Record(call.id.clone(), RecordField::Message)
}

/// Puts a text in place of what the call has for its message.
pub(super) fn set(call: &Call, text: String) -> Edit {
    Edit::Splice(Splice { place: place(call), at: 0, delete: call.message.clone(), insert: text, on: None })
}

/// Notes that the message is taken out, then takes it.
fn out(call: &Call, ctx: &Ctx<'_>, how: Outcome) -> Outcome {
    let today = ctx.today();
    if call.sent == Some(today) || !ctx.writable {
        return how;
    }
    let sent = Call { sent: Some(today), ..call.head() };
    Outcome::All(vec![Outcome::Edit(Edit::SetRecord(Box::new(sent.into()))), how])
}

pub(super) fn copy(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, workbook)) = tidy.call(ctx).zip(ctx.workbook()) else { return Outcome::Unused };
    out(call, ctx, Outcome::Copy(of(call, workbook, ctx).text))
}

/// Asks for the name of a file.
pub(super) fn file(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, workbook)) = tidy.call(ctx).zip(ctx.workbook()) else { return Outcome::Unused };
    let name = words::file_name(&format!("{} follow up", workbook.title()), call.on, "txt");
    let path = format!("{}/{name}", ctx.shelf.documents);
    let id = call.id.clone();
    // the day is noted when the file is asked for; a name that is taken is asked for again at once
    let noted = out(call, ctx, Outcome::Done);
    let mut noted = Some(noted).filter(|noted| !matches!(noted, Outcome::Done));
    let sent = std::cell::RefCell::new(noted.take());
    let prompt = Prompt::new("Where shall the message go? Private lines stay out.", &path, move |path| {
        if path.is_empty() {
            return Err("A full path is needed, such as the one proposed.".to_owned());
        }
        let order = Order { call: Some(id.clone()), ..Order::of(follow_up::NAME) };
        let order = order.for_file(&path);
        let ask = Ask::Export(Box::new(Export { order, path, over: false, again: "tidy-message.file" }));
        let mut all: Vec<Outcome> = sent.borrow_mut().take().into_iter().collect();
        all.push(Outcome::Ask(ask));
        Ok(Outcome::All(all))
    });
    Outcome::Open(Box::new(
        prompt.hint("Plain text; a name that ends in .md gives Markdown. Enter writes it."),
    ))
}

/// Hands the message to the person's editor. The draft becomes the call's own before, so that there is something to
/// come back to.
pub(super) fn editor(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, workbook)) = tidy.call(ctx).zip(ctx.workbook()) else { return Outcome::Unused };
    let editor = Outcome::Editor(place(call));
    if !call.message.is_empty() {
        return editor;
    }
    Outcome::All(vec![Outcome::Edit(set(call, of(call, workbook, ctx).text)), editor])
}

/// Drafts the message anew; asks first where somebody has changed it.
pub(super) fn redraft(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, workbook)) = tidy.call(ctx).zip(ctx.workbook()) else { return Outcome::Unused };
    if call.message.is_empty() {
        return Outcome::Say("It is the draft as it stands, made of the lines as they are now.".to_owned());
    }
    let anew = Outcome::Edit(set(call, String::new()));
    if call.message == draft(call, workbook, ctx).text {
        return anew;
    }
    let undo = ctx.keymap.shown("global.undo");
    let rows = vec![
        MenuRow::new(None, "Leave it as it is", "Esc", Outcome::Done),
        MenuRow::new(Some('r'), "Draft it anew from the lines", format!("{undo} brings this one back"), anew),
    ];
    Outcome::Open(Box::new(Menu::new("You have written in it. Draft it anew all the same?", rows)))
}

/// Begins to write in it.
pub(super) fn write(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    // where it was read to
    tidy.writing = true;
    tidy.fill(ctx);
    Outcome::Done
}

/// The first key in the draft: what stands in the field is the call's own message from now on.
pub(super) fn typed(tidy: &Tidy, ctx: &Ctx<'_>) -> Outcome {
    match tidy.call(ctx) {
        Some(call) if tidy.writing => Outcome::Edit(set(call, tidy.field.text())),
        _ => Outcome::Done,
    }
}
