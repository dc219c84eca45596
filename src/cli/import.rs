//! `alongside import PATH`

use std::io::IsTerminal;

use super::args::{Import, Met};
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::store::{ImportItem, OnConflict};

/// Checks what is there, whole, and brings it in. What is here already is asked about, or else said with the flags that
/// decide; nothing is written before that.
pub fn run(wanted: &Import, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let import = session.workbooks().read_import(&wanted.path)?;
    let here: Vec<&ImportItem> = import.items.iter().filter(|item| item.conflict.is_some()).collect();
    let on_conflict = match said(&wanted.met) {
        Some(on_conflict) => on_conflict,
        None if here.is_empty() => OnConflict::Refuse,
        None if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => {
            match ask(&here, session) {
                Some(on_conflict) => on_conflict,
                None => {
                    session.out.words("Nothing was brought in.");
                    return Ok(Exit::Well);
                }
            }
        }
        None => return Err(refused(&here)),
    };
    let brought = session.workbooks().import(import, on_conflict, &mut session.ids(), session.now())?;
    brought.folders.iter().for_each(|folder| session.out.line(&folder.to_string_lossy()));
    if brought.folders.is_empty() {
        session.out.words("There was nothing new to bring in.");
    }
    Ok(Exit::Well)
}

fn said(met: &Met) -> Option<OnConflict> {
    match met {
        Met { as_copy: true, .. } => Some(OnConflict::Beside),
        Met { replace: true, .. } => Some(OnConflict::Replace),
        Met { skip: true, .. } => Some(OnConflict::Skip),
        Met { .. } => None,
    }
}

fn names(here: &[&ImportItem]) -> String {
    here.iter().map(|item| format!("“{}”", item.title)).collect::<Vec<_>>().join(", ")
}

fn refused(here: &[&ImportItem]) -> Failure {
    let is = if here.len() == 1 { "is" } else { "are" };
    Failure::new(
        Exit::CannotCreate,
        format!("{} {is} here already", names(here)),
        "Nothing was brought in. `alongside open NAME --beside FILE` shows what differs in a copy of a workbook that is \
         here, and takes what you want of it. Or say --as-copy to have it beside the one that is here, --replace to have it in its place \
         (the old one goes to the bin), or --skip to bring in only the rest.",
    )
}

/// Asks once; anything but one of the letters leaves everything as it is.
fn ask(here: &[&ImportItem], session: &Session<'_>) -> Option<OnConflict> {
    let is = if here.len() == 1 { "is" } else { "are" };
    session.out.at_once(&format!("{} {is} here already.\n", names(here)));
    session.out.at_once(
        "c  bring in a copy beside it\nr  put it in its place; the old one goes to the bin\ns  leave it, bring in the \
         rest\nc, r, s, or Enter to bring in nothing: ",
    );
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).ok()?;
    match answer.trim().to_lowercase().as_str() {
        "c" => Some(OnConflict::Beside),
        "r" => Some(OnConflict::Replace),
        "s" => Some(OnConflict::Skip),
        _ => None,
    }
}
