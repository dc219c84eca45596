//! What the other one is called, so that a person knows which it is and when it was so.

use jiff::civil::{Date, DateTime};

use super::super::words;
use crate::command::Ctx;
use crate::domain::PartnerId;
use crate::domain::query::side;
use crate::shelf::{Origin, Other, Which};

/// "Another copy: workbook (1).ron", as the head of the page.
pub(super) fn name(other: &Other, partner: Option<&PartnerId>, ctx: &Ctx<'_>) -> String {
    let today = ctx.today();
    match (other.origin, partner.zip(ctx.workbook())) {
        (_, Some((partner, workbook))) => {
            format!("The copy of {}, beside how it is here: {}", side(workbook, partner), file(other))
        }
        (Origin::Past, _) => format!("{}, beside how it is now", in_list(other, today)),
        _ => in_list(other, today),
    }
}

/// The same in a list.
pub(super) fn in_list(other: &Other, today: Date) -> String {
    let when = other.changed.map(|at| moment(at, today));
    let changed = when.as_ref().map(|when| format!(", changed {when}")).unwrap_or_default();
    let at = when.map(|when| format!(", {when}")).unwrap_or_default();
    match (&other.which, other.origin) {
        (Which::Day(day), _) => format!("As it was at the end of {}", words::day(*day, today)),
        (_, Origin::Theirs | Origin::Past) => format!("As another program had left it{at}"),
        (_, Origin::Replaced) => format!("Ours, before another program wrote over it{at}"),
        (_, Origin::Copy) => format!("Another copy: {}{changed}", file(other)),
        (_, Origin::PutAway) => format!("A copy that was put away: {}{changed}", file(other)),
        (_, Origin::File) => format!("The file {}{changed}", file(other)),
    }
}

/// In the middle of a sentence: "as on 3 March".
pub(super) fn as_there(other: &Other, partner: Option<&PartnerId>, ctx: &Ctx<'_>) -> String {
    match (&other.which, partner.zip(ctx.workbook())) {
        (Which::Day(day), _) => format!("as on {}", words::day(*day, ctx.today())),
        (_, Some((partner, workbook))) => format!("as {} has it", side(workbook, partner)),
        _ if other.origin == Origin::Replaced => "as it was here before".to_owned(),
        _ => "as in the other copy".to_owned(),
    }
}

/// What stands above each side, where there is little room.
pub(super) fn sides(other: &Other, partner: Option<&PartnerId>, ctx: &Ctx<'_>) -> (String, String) {
    match (&other.which, partner.zip(ctx.workbook())) {
        (Which::Day(day), _) => (format!("THEN · {}", words::day(*day, ctx.today())), "NOW".to_owned()),
        (_, Some((partner, workbook))) => {
            (format!("THERE · {}", side(workbook, partner)), "HERE · now".to_owned())
        }
        _ => {
            let when = other.changed.map(|at| format!(" · {}", moment(at, ctx.today())));
            (format!("THERE{}", when.unwrap_or_default()), "HERE · now".to_owned())
        }
    }
}

/// The same on a page of its own.
pub(super) fn sides_whole(other: &Other, partner: Option<&PartnerId>, ctx: &Ctx<'_>) -> (String, String) {
    match (&other.which, partner.zip(ctx.workbook())) {
        (Which::Day(day), _) => {
            (format!("Then, at the end of {}", words::day(*day, ctx.today())), "Now".to_owned())
        }
        (_, Some((partner, workbook))) => {
            (format!("In the copy of {}", side(workbook, partner)), "Here, now".to_owned())
        }
        _ => (in_list(other, ctx.today()), "Here, now".to_owned()),
    }
}

/// The name of its file.
fn file(other: &Other) -> &str {
    match &other.which {
        Which::Day(_) => "",
        Which::Kept(name) if other.origin == Origin::PutAway => own_name(name),
        Which::Kept(name) | Which::Copy(name) => name,
        Which::File(path) => path.rsplit(['/', '\\']).next().unwrap_or(path),
    }
}

/// Without the time at which it was put away.
fn own_name(name: &str) -> &str {
    name.split_once("-copy-").map_or(name, |(_, own)| own)
}

/// "10 November, 14:03".
fn moment(at: DateTime, today: Date) -> String {
    format!("{}, {}", words::day(at.date(), today), at.strftime("%H:%M"))
}
