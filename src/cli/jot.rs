//! `alongside jot TEXT…`, `alongside jot -`
//!
//! A note goes into the inbox and nowhere else: no workbook is opened or locked, and no window is waited for.

use std::io::{self, IsTerminal, Read};

use jiff::Timestamp;
use jiff::civil::Time;

use super::args;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::{FIELD_LIMIT, PRIVATE_LETTER, Tag, WorkbookId};
use crate::export::clean;
use crate::store::Jot;

/// What is asked on a terminal.
const QUESTION: &str = "What is not to be forgotten? ";

/// Puts each line into the inbox and prints where they went.
pub fn run(wanted: &args::Jot, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let (tag, private) = wanted.tag.unwrap_or_default();
    let (at, later) = match &wanted.at {
        Some(at) => moment(at, session)?,
        None => (session.now(), false),
    };
    let to = wanted.to.as_deref().map(|name| session.listed(name)).transpose()?;
    let Some(lines) = lines(wanted, session)? else {
        session.out.words("Nothing was written, so nothing was noted.");
        return Ok(Exit::Nothing);
    };
    let (inbox, ids) = (session.store.inbox(), session.ids());
    let to_id: Option<WorkbookId> = to.as_ref().map(|entry| entry.id.clone());
    for (n, text) in lines.iter().enumerate() {
        // each a moment after the one before, so that they stay in order
        let at = at + jiff::SignedDuration::from_micros(i64::try_from(n).unwrap_or(0));
        let jot = Jot { at, to: to_id.clone(), tag, private, text: text.clone() };
        inbox.add(&jot, &ids).map_err(|error| failed(error.into(), n, lines.len()))?;
    }
    let what = if lines.len() == 1 { "Noted".to_owned() } else { format!("{} notes", lines.len()) };
    session.out.line(&match to.map(|entry| entry.title.clone()) {
        Some(title) if title.trim().is_empty() => format!("{what}, for the workbook without a title."),
        Some(title) => format!("{what}, for “{title}”."),
        None => format!("{what}, in the inbox."),
    });
    if later {
        let clock = at.to_zoned(session.zone()).strftime("%H:%M").to_string();
        session.out.words(&format!("{clock} is still to come today; it was taken as you said."));
    }
    Ok(Exit::Well)
}

/// The lines to be noted; `None` where there are none.
fn lines(wanted: &args::Jot, session: &Session<'_>) -> Result<Option<Vec<String>>, Failure> {
    let text = match wanted.text.as_slice() {
        [] if io::stdin().is_terminal() => {
            session.out.at_once(QUESTION);
            let mut line = String::new();
            io::stdin().read_line(&mut line).map_err(not_read)?;
            line
        }
        [] => {
            return Err(Failure::usage(
                "there is nothing to note",
                "Say it after the command, as in `alongside jot ring the carers' group`; or `alongside jot -` to note \
                 each line of standard input.",
            ));
        }
        [dash] if dash == "-" => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(not_read)?;
            String::from_utf8(bytes).map_err(|_| {
                Failure::new(
                    Exit::BadData,
                    "standard input is not text in UTF-8",
                    "Nothing was noted. `iconv -t UTF-8` makes it so.",
                )
            })?
        }
        words => {
            let text = words.join(" ");
            if clean::line(&text).is_empty() {
                return Err(Failure::usage(
                    "a note needs a word",
                    "For example: alongside jot ring the carers' group",
                ));
            }
            text
        }
    };
    let lines: Vec<String> = clean::text(&text)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    if let Some(long) = lines.iter().position(|line| line.len() > FIELD_LIMIT) {
        return Err(Failure::new(
            Exit::BadData,
            format!("line {} is too long: a note takes {} KB", long + 1, FIELD_LIMIT / 1000),
            "Nothing was noted. Keep it as a file beside the workbook, and note where that is.",
        ));
    }
    Ok((!lines.is_empty()).then_some(lines))
}

/// What went wrong, and how much of it is noted all the same.
fn failed(failure: Failure, noted: usize, all: usize) -> Failure {
    match noted {
        0 => failure,
        noted => Failure {
            hint: format!("{noted} of {all} lines are noted; the rest is not. {}", failure.hint),
            ..failure
        },
    }
}

fn not_read(error: io::Error) -> Failure {
    Failure::new(Exit::Io, format!("standard input could not be read: {error}"), "Nothing was noted.")
}

/// The moment of `--at`, and whether it is a time of today that is still to come.
fn moment(at: &str, session: &Session<'_>) -> Result<(Timestamp, bool), Failure> {
    if let Ok(moment) = at.parse::<Timestamp>() {
        return Ok((moment, false));
    }
    let refused = || {
        Failure::usage(
            format!("“{at}” is not a time"),
            "It is written like this: 14:05, for today at that time; or 2025-11-04T14:05:00Z.",
        )
    };
    let time =
        Time::strptime("%H:%M", at).or_else(|_| Time::strptime("%H:%M:%S", at)).map_err(|_| refused())?;
    let today = session.day_of(session.now());
    let moment = today.to_datetime(time).to_zoned(session.zone()).map_err(|_| refused())?.timestamp();
    Ok((moment, moment > session.now()))
}

/// Reads the letters of `--tag`: one of a tag, the one for private, or both in any order.
pub fn tag_of(letters: &str) -> Result<(Option<Tag>, bool), String> {
    let (mut tag, mut private) = (None, false);
    for letter in letters.chars() {
        match Tag::of(letter) {
            _ if letter == PRIVATE_LETTER => private = true,
            Some(_) if tag.is_some() => return Err(format!("one tag a note, not “{letters}”")),
            Some(found) => tag = Some(found),
            None => return Err(format!("there is no tag “{}”: {}", clean::line(&letter.to_string()), TAGS)),
        }
    }
    if letters.is_empty() { Err(TAGS.to_owned()) } else { Ok((tag, private)) }
}

/// The letters with what they mean.
pub const TAGS: &str =
    "s said, w we said, a agreed, p promise, q ask back, d differs, m money, x worry, v private";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_letters_and_private_goes_with_any() {
        assert_eq!(tag_of("p"), Ok((Some(Tag::Promise), false)));
        assert_eq!(tag_of("pv"), Ok((Some(Tag::Promise), true)));
        assert_eq!(tag_of("vx"), Ok((Some(Tag::Worry), true)));
        assert_eq!(tag_of("v"), Ok((None, true)));
        for wrong in ["", "z", "ps", "P"] {
            assert!(tag_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_tag_is_explained() {
        for tag in Tag::ALL {
            assert!(TAGS.contains(&format!("{} {}", tag.letter(), tag.words())), "{tag:?}");
        }
    }
}
