//! `alongside export NAME --what DOCUMENT [--format FORMAT] [-o FILE] [--for PARTNER]`, and what there is: `--list`

use std::path::Path;

use jiff::civil::Date;

use serde::Serialize;

use super::args::Export;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::query::record_in_words;
use crate::domain::{Partner, PartnerId, RecordId, RecordRef, Workbook, dates};
use crate::export::{
    Artefact, Copies, Document, Format, NotMade, Order, PARTS, Part, Written, artefacts, left_out,
};
use crate::store::{Store, StoreError};

/// Makes a document and prints it, or writes it to a file that is whole or not there at all.
pub fn run(export: &Export, session: &mut Session<'_>) -> Result<Exit, Failure> {
    if export.list {
        return list(export.json, session);
    }
    let entry = session.entry(export.name.as_deref().unwrap_or_default())?;
    let workbook = session.read(&entry)?;
    let order = Order {
        format: format(export)?,
        ascii: export.ascii,
        partner: export.partner.as_deref().map(|words| partner(words, &workbook)).transpose()?,
        about: export.about.as_deref().map(|words| about(words, export, &workbook, session)).transpose()?,
        with_private: export.with_private,
        since: export.since.as_deref().map(|words| past_day(words, session)).transpose()?,
        changed: entry.changed.map(|at| session.day_of(at)),
        ..Order::of(export.what.name)
    };
    let today = session.day_of(session.now());
    let made = order.make(&workbook, session.content(), today).map_err(|why| not_made(why, &workbook))?;
    if made.document.blocks.is_empty() {
        made.document.beside.iter().for_each(|sentence| session.out.words(sentence));
        return Ok(Exit::Nothing);
    }
    let written = match &made.copy {
        Some(copy) => Written::Words(Store::text_to_send(copy).ok_or_else(does_not_read_back)?),
        None => order.format.write(&made.document)?,
    };
    if export.to == Path::new("-") {
        match &written {
            Written::Words(words) => session.out.document(words),
            Written::Bytes(_) if session.out.is_terminal() => return Err(not_to_a_terminal(order.format)),
            Written::Bytes(bytes) => session.out.bytes(bytes.clone()),
        }
    } else {
        must_be_a_file(&export.to)?;
        let path = session.store.write_new(&export.to, written.bytes(), export.force).map_err(or_force)?;
        session.out.line(&path.to_string_lossy());
        session.out.words(&format!("“{}” is written there as {}.", export.what.title, order.format.word()));
    }
    say_left_out(&made.document, session);
    made.remarks.iter().for_each(|sentence| session.out.words(sentence));
    Ok(Exit::Well)
}

/// A document as `--list --json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    title: &'static str,
    help: &'static str,
    formats: Vec<&'static str>,
    copies: &'static str,
    part: &'static str,
}

/// Prints the documents there are.
fn list(json: bool, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let formats = |artefact: &Artefact| artefact.formats.iter().map(|format| format.name()).collect();
    if json {
        let copies = |artefact: &Artefact| match artefact.copies {
            Copies::None => "none",
            Copies::Some | Copies::Each => "some",
            Copies::Only => "only",
        };
        let row = |part: &Part, artefact: &Artefact| Row {
            name: artefact.name,
            title: artefact.title,
            help: artefact.help,
            formats: formats(artefact),
            copies: copies(artefact),
            part: part.title,
        };
        let all = PARTS.iter().flat_map(|part| part.rows.iter().map(|artefact| row(part, artefact)));
        session.out.json(&all.collect::<Vec<_>>())?;
        return Ok(Exit::Well);
    }
    let wide = artefacts().map(|artefact| artefact.name.len()).max().unwrap_or(0);
    for artefact in artefacts() {
        let formats: Vec<&str> = formats(artefact);
        let rest = format!("  {}. {}. Comes as {}.", artefact.title, artefact.help, formats.join(", "));
        session.out.strong(&format!("{:wide$}", artefact.name), &rest);
    }
    Ok(Exit::Well)
}

/// The format that was asked for, by name or by the ending of the file; else the usual one of the document.
fn format(export: &Export) -> Result<Format, Failure> {
    let ending = export.to.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let by_ending = ending.as_deref().and_then(Format::named);
    let comes_as =
        |of: &Artefact| of.formats.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    // whatever else was said, a file that ends so would not open as what it says it is
    if let (None, Some(ending @ ("pdf" | "doc" | "odt" | "rtf" | "xlsx" | "ods"))) =
        (by_ending, ending.as_deref())
    {
        return Err(Failure::usage(
            format!("no document comes as .{ending}"),
            "A .docx opens in Word and LibreOffice, a .html prints well, also into a PDF, and a .csv opens in a \
             spreadsheet.",
        ));
    }
    if let (Some(asked), Some(ends)) = (export.format, by_ending)
        && asked != ends
    {
        return Err(Failure::usage(
            format!(
                "--format says {}, and the file is to end in .{}",
                asked.name(),
                ending.unwrap_or_default()
            ),
            "Nothing was written. Please leave out --format, or let the file end as it says.",
        ));
    }
    let format = export.format.or(by_ending).unwrap_or_else(|| export.what.usual_format());
    if export.what.formats.contains(&format) {
        return Ok(format);
    }
    let lacks = match format {
        Format::Csv => "it holds no table",
        Format::Calendar => "it holds no days",
        _ => "it does not come in that format",
    };
    Err(Failure::usage(
        format!("“{}” cannot be {}: {lacks}", export.what.title, format.word()),
        format!("It comes as {}.", comes_as(export.what)),
    ))
}

/// Those whose name is some words, or else those in whose name some letters are.
fn called<'a, T>(words: &str, all: impl Iterator<Item = &'a T> + Clone, name: fn(&T) -> &str) -> Vec<&'a T> {
    let wanted = words.trim().to_lowercase();
    let exactly: Vec<&T> = all.clone().filter(|one| name(one).trim().to_lowercase() == wanted).collect();
    let holds = |one: &&T| !wanted.is_empty() && name(one).to_lowercase().contains(&wanted);
    if exactly.is_empty() { all.filter(holds).collect() } else { exactly }
}

/// The record that some letters name, of the family that the document is about. One that is private is named only where
/// private answers are asked for.
fn about(
    words: &str,
    export: &Export,
    workbook: &Workbook,
    session: &Session<'_>,
) -> Result<RecordId, Failure> {
    let content = session.content();
    let table = export.what.about().and_then(|family| Some((family, content.table(family.name())?)));
    let Some((family, table)) = table else {
        let these: Vec<&str> = artefacts().filter(|a| a.about().is_some()).map(|a| a.name).collect();
        return Err(Failure::usage(
            format!("“{}” is about the whole workbook", export.what.title),
            format!("--about goes with --what {}.", these.join(", ")),
        ));
    };
    let open = |record: &RecordRef<'_>| export.with_private || !workbook.keeps_back(*record);
    let named = |record: RecordRef<'_>| {
        let name = record_in_words(record, &table.heading, workbook, content);
        (record.id().clone(), name)
    };
    let all: Vec<(RecordId, String)> = workbook.each(family).filter(open).map(named).collect();
    let found = called(words, all.iter(), |(_, name)| name);
    let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).filter(|n| !n.is_empty()).collect();
    let there_are = match names.as_slice() {
        [] => format!("No {} has a name yet.", table.one),
        names => format!("There are {}.", names.join(", ")),
    };
    match found.as_slice() {
        [(id, _)] => Ok(id.clone()),
        [] => Err(Failure::usage(format!("no {} is called “{words}”", table.one), there_are)),
        _ => Err(Failure::usage(format!("several {} could be “{words}”", table.many), there_are)),
    }
}

/// The partner that some letters name.
fn partner(words: &str, workbook: &Workbook) -> Result<PartnerId, Failure> {
    let found = called(words, workbook.partners().iter(), |partner: &Partner| &partner.name);
    match found.as_slice() {
        [only] => Ok(only.id.clone()),
        [] => Err(Failure::usage(format!("no partner is called “{words}”"), partners_there_are(workbook))),
        _ => {
            Err(Failure::usage(format!("several partners could be “{words}”"), partners_there_are(workbook)))
        }
    }
}

fn partners_there_are(workbook: &Workbook) -> String {
    let names: Vec<&str> =
        workbook.partners().iter().map(|p| p.name.trim()).filter(|n| !n.is_empty()).collect();
    match names.as_slice() {
        [] => "No partner has a name yet.".to_owned(),
        names => format!("There are {}.", names.join(", ")),
    }
}

fn does_not_read_back() -> Failure {
    Failure::new(
        Exit::OurBug,
        "the copy could not be written so that it reads back as it is",
        "Nothing was written. As a .docx or .html it can be sent all the same.",
    )
}

fn not_made(why: NotMade, workbook: &Workbook) -> Failure {
    let hint = match why {
        NotMade::WhoseCopy => format!("Please say --for PARTNER. {}", partners_there_are(workbook)),
        NotMade::NoCopies(_) => {
            "`alongside export --list` says what there is; --what partner-copy always is one.".to_owned()
        }
        NotMade::NoSuchPartner => partners_there_are(workbook),
        NotMade::NoSuchDocument(_) => "`alongside export --list` says what there is.".to_owned(),
    };
    Failure::usage(why.to_string(), hint)
}

fn not_to_a_terminal(format: Format) -> Failure {
    Failure::usage(
        format!("{} is nothing that a terminal can show", format.word()),
        format!("Please say where to put it: -o FILE.{}", format.extension()),
    )
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
