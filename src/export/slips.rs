//! A slip of promises for each partner: what we said we would do for them, and what they said they would do.

use super::document::{Document, Item, Level};
use super::subject::Subject;
use super::voices::{self, name_of};
use super::{sentence, title};
use crate::domain::{Partner, PartnerId, Promise};
use crate::order::InOrder;

/// A part for each partner with whom something is open; one alone where it is that partner's copy.
pub fn slips(subject: &Subject<'_>) -> Document {
    let mut slips = Document::titled(format!("What we owe each other: {}", title(subject)));
    let mut open: Vec<&Promise> = subject.all_promises().into_iter().filter(|p| p.is_owed()).collect();
    open.order_by_key(|promise| (promise.due.is_none(), promise.due));
    let mut any = false;
    for partner in subject.partners() {
        any |= slip(subject, &open, partner, &mut slips);
    }
    if !any {
        slips.paragraph("Nothing is open between us.");
    }
    for promise in open {
        if let Some(on) = promise.due {
            let by = sentence(&subject.side(&promise.by));
            slips.date(&promise.id, on, format!("{by}: {}", voices::or_to_agree(&promise.what)));
        }
    }
    slips
}

fn slip(subject: &Subject<'_>, open: &[&Promise], partner: &Partner, slips: &mut Document) -> bool {
    let item = |promise: &&&Promise, other: &PartnerId| {
        let by = promise.due.map(|due| format!(", by {}", voices::day(due))).unwrap_or_default();
        let to = if other.is_us() || *other == partner.id {
            String::new()
        } else {
            format!(" (for {})", subject.side(other))
        };
        Item::plain(format!("{}{to}{by}", voices::or_to_agree(promise.what.trim())))
    };
    let ours: Vec<Item> =
        open.iter().filter(|p| p.is_ours() && p.to == partner.id).map(|p| item(&p, &p.to)).collect();
    let theirs: Vec<Item> = open.iter().filter(|p| p.by == partner.id).map(|p| item(&p, &p.to)).collect();
    if ours.is_empty() && theirs.is_empty() {
        return false;
    }
    slips.heading(Level::Section, name_of(partner));
    let you = subject.reader().is_some();
    for (lead, items) in [
        ("We said that we would", ours),
        (if you { "You said that you would" } else { "They said that they would" }, theirs),
    ] {
        if !items.is_empty() {
            slips.paragraph(format!("{lead}:"));
            slips.list(items);
        }
    }
    true
}
