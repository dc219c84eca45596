//! `alongside rescue WORKBOOK [--from FILE]`

use super::args::Rescue;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::store::{Amount, Damage, Rescue as Found};

/// The most lines of one place, and the most places, of which the words are said.
const LINES: usize = 12;
/// How many letters of each line are shown.
const LETTERS: usize = 2_000;
const PLACES: usize = 40;

/// Makes a new workbook of what could still be read of a damaged one, and says what could not. The damaged one stays as
/// it is.
pub fn run(wanted: &Rescue, session: &mut Session<'_>) -> Result<Exit, Failure> {
    if wanted.name.trim().is_empty() {
        return Err(Failure::usage("no name was given", "`alongside list` shows the workbooks there are."));
    }
    let folder = session.store.folder_named(&wanted.name)?;
    let found = session.store.look_to_rescue(&folder, wanted.from.as_deref())?;
    if found.salvaged.is_whole() && wanted.from.is_none() {
        session.out.words("This workbook can be read as it stands, so there is nothing to rescue.");
        return Ok(Exit::Well);
    }
    let made = session.workbooks().rescue(&found, &session.ids(), session.now())?;
    session.out.line(&made.to_string_lossy());
    let rest = if found.salvaged.is_whole() { "" } else { " of what could still be read" };
    session.out.words(&format!("“{}” is made{rest}: {}.", found.title, figures(found.amount)));
    say_later(&found, session);
    say_places(&found.salvaged.places, session);
    session.out.words(&format!(
        "Nothing of the old one has changed. It is kept, byte for byte: {}",
        found.file.display()
    ));
    say_earlier(&found, &wanted.name, session);
    Ok(Exit::Well)
}

fn say_later(found: &Found, session: &Session<'_>) {
    if found.later > 0 {
        session.out.words(&format!(
            "{} from the journal, made since the last save, {} in it.",
            counted(found.later, "change"),
            if found.later == 1 { "is" } else { "are" }
        ));
    }
    if found.unfit > 0 {
        session.out.words(&format!(
            "{} from the journal did not fit what is left; the journal beside the old file still has them.",
            counted(found.unfit, "change")
        ));
    }
}

fn say_places(places: &[Damage], session: &Session<'_>) {
    for place in places.iter().take(PLACES) {
        let (first, last) = place.lines;
        let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
        let words = place.words.lines().count();
        session.out.words(&format!("  {lines}: {}{}", place.fate.words(), if words > 0 { ":" } else { "" }));
        for line in place.words.lines().take(LINES) {
            // a line without an end is not for reading here; the old file has it whole
            let more = if line.chars().nth(LETTERS).is_some() { " \u{2026}" } else { "" };
            session.out.words(&format!("      {}{more}", line.chars().take(LETTERS).collect::<String>()));
        }
        if words > LINES {
            session.out.words(&format!("      and {} more", counted(words - LINES, "line")));
        }
    }
    if places.len() > PLACES {
        session.out.words(&format!("  and {} more", counted(places.len() - PLACES, "place")));
    }
}

fn say_earlier(found: &Found, name: &str, session: &Session<'_>) {
    let Some((path, amount)) = &found.earlier else { return };
    let more = match amount.cmp(&found.amount) {
        std::cmp::Ordering::Greater => "holds more",
        std::cmp::Ordering::Equal => "holds as much",
        std::cmp::Ordering::Less => "holds less",
    };
    session.out.words(&format!(
        "An earlier version can be read whole and {more} ({}). To have that one too:\n  alongside rescue {} --from {}",
        figures(*amount),
        quoted(name),
        quoted(&path.to_string_lossy())
    ));
}

fn figures(amount: Amount) -> String {
    format!("{}, {}", counted(amount.answers, "answer"), counted(amount.words, "word"))
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
