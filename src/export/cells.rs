//! What stands in the cells of the tables: somebody, a side, a day, an amount. Where something is expected and nothing is
//! written, they say so.

use jiff::civil::Date;

use super::document::{Document, TO_AGREE};
use super::subject::Subject;
use super::voices;
use crate::domain::{PartnerId, Who};

/// Somebody, or the sign that it is still to agree who.
pub fn who(subject: &Subject<'_>, who: Option<&Who>) -> String {
    who.map_or_else(|| TO_AGREE.to_owned(), |who| super::sentence(&subject.who(who)))
}

/// A side, or the sign that it is still to agree which.
pub fn side(subject: &Subject<'_>, side: Option<&PartnerId>) -> String {
    side.map_or_else(|| TO_AGREE.to_owned(), |id| super::sentence(&subject.side(id)))
}

/// Several sides; empty for none.
pub fn sides<'a>(subject: &Subject<'_>, sides: impl IntoIterator<Item = &'a PartnerId>) -> String {
    sides.into_iter().map(|id| super::sentence(&subject.side(id))).collect::<Vec<_>>().join(", ")
}

/// A day; empty for none.
pub fn day(on: Option<Date>) -> String {
    on.map(voices::day).unwrap_or_default()
}

/// A day, or the sign that it is still to agree.
pub fn day_to_agree(on: Option<Date>) -> String {
    on.map_or_else(|| TO_AGREE.to_owned(), voices::day)
}

/// What somebody wrote, or the sign that it is still to agree.
pub fn text(words: &str) -> String {
    voices::or_to_agree(words).to_owned()
}

/// Says that there is nothing, in a paragraph, where a document has no row.
pub fn nothing(document: &mut Document, rows: &[Vec<String>], words: &str) {
    if rows.is_empty() {
        document.paragraph(words);
    }
}
