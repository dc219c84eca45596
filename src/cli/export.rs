//! `alongside export NAME --what DOCUMENT`

use std::path::Path;

use jiff::civil::Date;

use super::args::Export;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::dates;
use crate::export::{Document, Format, left_out, watch};
use crate::store::StoreError;

/// Makes a document and prints it, or writes it to a file that is whole or not there at all.
pub fn run(export: &Export, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let entry = session.entry(&export.name)?;
    let workbook = session.read(&entry)?;
    let since = export.since.as_deref().map(|words| past_day(words, session)).transpose()?;
    let changed = entry.changed.map(|at| session.day_of(at));
    let subject = session.subject(&workbook, export.with_private).with_since(since).with_changed(changed);
    let document = (export.what.make)(&subject);
    let format = export.format.map(Format::from).or_else(|| Format::of_file(&export.to));
    let format = format.unwrap_or_else(|| export.what.usual_format());
    if document.blocks.is_empty() {
        document.beside.iter().for_each(|sentence| session.out.words(sentence));
        return Ok(Exit::Nothing);
    }
    let text = format.write(&document);
    if export.to == Path::new("-") {
        session.out.document(&text);
    } else {
        must_be_a_file(&export.to)?;
        let path = session.store.write_new(&export.to, text.as_bytes(), export.force).map_err(or_force)?;
        session.out.line(&path.to_string_lossy());
        session.out.words(&format!("“{}” is written there as {}.", export.what.title, format.word()));
    }
    say_left_out(&document, session);
    watch::remarks(&workbook, &document).iter().for_each(|sentence| session.out.words(sentence));
    Ok(Exit::Well)
}

fn past_day(words: &str, session: &Session<'_>) -> Result<Date, Failure> {
    dates::read_past(words, session.day_of(session.now())).ok_or_else(|| {
        Failure::usage(
            format!("\u{201c}{words}\u{201d} is not a day"),
            "Such as 2025-02-28, 28 Feb, friday or yesterday.",
        )
    })
}

/// Says how many private answers a document does not hold, and how to have them in it.
pub fn say_left_out(document: &Document, session: &Session<'_>) {
    if let Some(words) = left_out(document.private.left_out) {
        session.out.words(&format!("{words} --with-private puts them in."));
    }
}

/// Refuses what is there and is no file: a document written over a device would take its place.
///
/// # Errors
/// [`Exit::CannotCreate`].
pub fn must_be_a_file(path: &Path) -> Result<(), Failure> {
    match path.metadata() {
        Ok(there) if !there.is_file() => Err(Failure::new(
            Exit::CannotCreate,
            format!("{} is there already, and it is not a file", path.display()),
            "It was left as it is. Please choose another name; a document goes to standard output with --to -",
        )),
        _ => Ok(()),
    }
}

/// The failure, with the flag that helps where something is there already.
pub fn or_force(error: StoreError) -> Failure {
    let there = matches!(error, StoreError::AlreadyThere { .. });
    let failure = Failure::from(error);
    if there {
        let hint =
            "It was left as it is. Please choose another name, or say --force to write over it.".to_owned();
        return Failure { hint, ..failure };
    }
    failure
}
