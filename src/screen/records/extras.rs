//! What some families say besides their rows: what money and hours come to, what an activity still lacks.

use crate::domain::query::{self, activity_lacks, lacking, side};
use crate::domain::{Activity, AnyRecord, Family, PartnerId, RecordRef, Workbook};
use crate::screen::words;

/// What is said besides the rows of a family.
#[derive(Debug, Default)]
pub(super) struct Extras {
    /// Above all of them; empty for nothing.
    pub head: String,
    /// Under a heading, by its words.
    under: Vec<(String, String)>,
}

impl Extras {
    /// What is said under a heading.
    pub fn under(&self, group: &str) -> Option<&str> {
        self.under.iter().find(|(there, _)| there == group).map(|(_, said)| said.as_str())
    }
}

/// What is said besides the rows of a family.
pub(super) fn extras(family: Family, workbook: &Workbook) -> Extras {
    match family {
        Family::MoneyLine => {
            let (sides, all) = query::all_money(workbook);
            sums(workbook, sides.into_iter().map(|(side, sum)| (side, sum.in_words())), &all.in_words())
        }
        Family::Contribution => {
            let (sides, all) = query::all_hours(workbook);
            sums(workbook, sides.into_iter().map(|(side, sum)| (side, sum.in_words())), &all.in_words())
        }
        Family::Activity => {
            let open = workbook.all::<Activity>().iter().filter(|activity| activity.done.is_none()).count();
            let head = match lacking(workbook).len() {
                0 => String::new(),
                n => format!("{n} of {open} still lack something."),
            };
            Extras { head, under: Vec::new() }
        }
        _ => Extras::default(),
    }
}

fn sums(workbook: &Workbook, sides: impl Iterator<Item = (Option<PartnerId>, String)>, all: &str) -> Extras {
    let name = |id: Option<PartnerId>| {
        id.map_or_else(|| super::table::NOBODY.to_owned(), |id| words::capital(&side(workbook, &id)))
    };
    let under: Vec<(String, String)> = sides.map(|(id, said)| (name(id), said)).collect();
    Extras { head: if all.is_empty() { String::new() } else { format!("In all: {all}") }, under }
}

/// What a record still lacks, in few words for its row; empty where that is nothing.
pub(super) fn lacks_in_short(record: RecordRef<'_>) -> String {
    let activity = match record {
        RecordRef::Activity(activity) => activity,
        RecordRef::Role(role) if role.lead.is_none() => return "! nobody leads".to_owned(),
        // it is there all the same: what shows it may be found later
        RecordRef::Legacy(legacy) if legacy.evidence.trim().is_empty() => {
            return "to be shown".to_owned();
        }
        _ => return String::new(),
    };
    match activity_lacks(activity).as_slice() {
        [] => String::new(),
        [only] => format!("! {only}"),
        several => format!("! {} missing", several.len()),
    }
}

/// The same in full, for the head of its form.
pub(super) fn lacks(record: &AnyRecord) -> Option<String> {
    let activity = match record {
        AnyRecord::Activity(activity) => activity,
        AnyRecord::Legacy(legacy) if legacy.evidence.trim().is_empty() => {
            return Some(
                "Nothing shows it yet. It counts all the same; a photograph or a sentence will do."
                    .to_owned(),
            );
        }
        _ => return None,
    };
    let lacks = activity_lacks(activity);
    (!lacks.is_empty()).then(|| format!("! Still missing: {}.", lacks.join("; ")))
}
