//! What the app says about changes: the notice after undo, the name of a file.

use jiff::civil::Date;

use crate::content::Content;
use crate::domain::query::{place_in_words, side};
use crate::domain::{
    AnyRecord, Edit, Move, PartnerField, PartnershipState, PersonField, QuestionId, Step, TextPlace,
    VoiceKey, Workbook,
};

/// What a step did, as a noun: "typing in 'Why now' (ours)".
pub(super) fn step(step: &Step, workbook: &Workbook, content: &Content) -> String {
    if let Some(words) = lines_words(step).or_else(|| membership_words(step, workbook)) {
        return words;
    }
    let what = step.edits().find(|edit| !matches!(edit, Edit::KeepVersion { .. }));
    let words = what.map_or_else(|| "a change".to_owned(), |edit| edit_words(edit, workbook, content));
    match step.edits().filter(|edit| !matches!(edit, Edit::KeepVersion { .. } | Edit::Splice(_))).count() {
        0 | 1 => words,
        n => format!("{words}, and {} more", n - 1),
    }
}

/// What a step did to the lines of a call as a whole, where it is one of the things that take more than one edit.
fn lines_words(step: &Step) -> Option<String> {
    let let_be = step.with_inverses().filter(|(edit, before)| match (edit, before) {
        (Edit::SetLine { line, .. }, Edit::SetLine { line: before, .. }) => {
            line.done != before.done || line.kept != before.kept
        }
        _ => false,
    });
    match (let_be.count(), step.edits().count()) {
        (1, 1) => return Some("what is to be done about a line".to_owned()),
        (n, all) if n == all && n > 0 => return Some(format!("what is to be done about {n} lines")),
        _ => {}
    }
    let edits: Vec<&Edit> = step.edits().collect();
    let all = |is: fn(&Edit) -> bool| edits.iter().all(|edit| is(edit));
    Some(match edits.as_slice() {
        [Edit::SetLine { .. }, Edit::TakeBackLine { .. }] => "two lines joined".to_owned(),
        [Edit::TakeBackLine { line: id, .. }, Edit::AddLine { line, .. }] if line.id == *id => {
            "a line moved".to_owned()
        }
        [Edit::Splice(splice), Edit::AddLine { line, .. }]
            if splice.insert.is_empty() && splice.delete.trim_start() == line.text =>
        {
            "a line split in two".to_owned()
        }
        [_, _, ..] if all(|edit| matches!(edit, Edit::SetLine { .. })) => {
            format!("the tags of {} lines", edits.len())
        }
        [_, _, ..] if all(|edit| matches!(edit, Edit::BinLine { .. })) => {
            format!("{} lines going to the bin", edits.len())
        }
        _ => return None,
    })
}

/// A partner that joined, paused or left, with everything that was handed on: it is one thing to whoever did it.
fn membership_words(step: &Step, workbook: &Workbook) -> Option<String> {
    let mut edits = step.edits();
    let several = step.edits().count() > 1;
    let change = edits.find_map(|edit| match edit {
        Edit::AddRecord { record, .. } => match &**record {
            AnyRecord::Membership(change) => Some(change),
            _ => None,
        },
        _ => None,
    })?;
    let name = change.side.as_ref().map(|id| side(workbook, id)).filter(|_| several)?;
    Some(match change.change {
        Move::Joining => format!("{name} joining"),
        Move::Pausing => format!("{name} resting, with what was handed on"),
        Move::Leaving => format!("{name} leaving, with what was handed on"),
    })
}

fn edit_words(edit: &Edit, workbook: &Workbook, content: &Content) -> String {
    let short = |id: &QuestionId| {
        content.question(id.as_str()).map_or_else(|| id.to_string(), |question| question.short.clone())
    };
    match edit {
        Edit::Splice(splice) => match &splice.place {
            TextPlace::Title => "the title".to_owned(),
            TextPlace::Purpose => "the purpose".to_owned(),
            TextPlace::Voice(question, voice) => {
                format!("typing in \u{2018}{}\u{2019}, {}", short(question), voice_words(voice, workbook))
            }
            TextPlace::Partner(id, field) => format!(
                "{} of {}",
                partner_field(*field),
                workbook.partner(id).map(|p| p.name.as_str()).filter(|n| !n.is_empty()).unwrap_or("our side")
            ),
            TextPlace::Person(id, field) => {
                format!("{} of {}", person_field(*field), workbook.person(id).map_or("a person", |p| &p.name))
            }
            TextPlace::Line(..) => "typing in a line".to_owned(),
            place @ (TextPlace::State(..) | TextPlace::Record(..)) => {
                let thing = place_in_words(place, Some(workbook), content).thing;
                format!("typing in \u{2018}{thing}\u{2019}")
            }
        },
        Edit::SetHeard { question, .. } => format!("the standing of \u{2018}{}\u{2019}", short(question)),
        Edit::SetAccords { question, .. } => format!("who agreed to \u{2018}{}\u{2019}", short(question)),
        Edit::SetNotForUs { question, .. } => format!("\u{2018}{}\u{2019} not for us", short(question)),
        Edit::SetPrivate { question, .. } => format!("\u{2018}{}\u{2019} private or not", short(question)),
        Edit::SetToShare { question, .. } => format!("\u{2018}{}\u{2019} to share or not", short(question)),
        Edit::KeepVersion { .. } | Edit::DropVersion { .. } => "an earlier version".to_owned(),
        Edit::AddPartner { partner, .. } => format!("{} joining", partner.name),
        Edit::AddPerson { person, .. } => format!("{} joining", person.name),
        Edit::TakeBackPartner { .. } | Edit::TakeBackPerson { .. } => "somebody joining".to_owned(),
        Edit::BinPartner { .. } => "a partner going to the bin".to_owned(),
        Edit::BinPerson { .. } => "a person going to the bin".to_owned(),
        Edit::Restore { .. } | Edit::BinAgain { .. } => "bringing back from the bin".to_owned(),
        Edit::ChangeBin { .. } => "something in the bin".to_owned(),
        Edit::ChangeState(change) => format!("the change to {}", change.state.word().to_lowercase()),
        Edit::TakeBackState | Edit::SetState { .. } => "a change of state".to_owned(),
        Edit::SetReopened { question, .. } => format!("opening \u{2018}{}\u{2019} again", short(question)),
        Edit::SetLookAgain { .. } => "a day to look again".to_owned(),
        Edit::SetPartner(partner) => format!("the details of {}", or(&partner.name, "our side")),
        Edit::SetPerson(person) => format!("the details of {}", or(&person.name, "a person")),
        Edit::AddRecord { record, .. } => format!("{} added", record.family().word()),
        Edit::TakeBackRecord { family, .. } => format!("{} added", family.word()),
        Edit::SetRecord(record) => format!("a change of {}", record.family().word()),
        Edit::BinRecord { family, .. } => format!("{} going to the bin", family.word()),
        Edit::AddLine { .. } | Edit::TakeBackLine { .. } => "a line".to_owned(),
        Edit::SetLine { .. } => "the tag of a line".to_owned(),
        Edit::BinLine { .. } => "a line going to the bin".to_owned(),
    }
}

/// What is said once an edit has been carried out, where the screen alone would not say it. To be asked before.
pub(super) fn done(edit: &Edit, workbook: &Workbook, content: &Content) -> Option<String> {
    let short = |id: &QuestionId| content.question(id.as_str()).map(|question| question.short.clone());
    Some(match edit {
        Edit::BinPartner { partner, .. } => {
            format!(
                "{} is in the bin, with what they said. u or g B brings it back.",
                workbook.partner(partner)?.name
            )
        }
        Edit::BinPerson { person, .. } => {
            format!("{} is in the bin. u or g B brings them back.", workbook.person(person)?.name)
        }
        Edit::BinRecord { family, .. } => {
            format!("{} is in the bin. u or g B brings it back.", capital(family.word()))
        }
        Edit::BinLine { .. } => "The line is in the bin. u or g B brings it back.".to_owned(),
        Edit::Restore { from } => format!("{} is back.", workbook.bin().get(*from)?.name()),
        Edit::SetHeard { question, heard, .. } => {
            format!("\u{2018}{}\u{2019}: {}.", short(question)?, heard.standing().word())
        }
        Edit::SetNotForUs { question, to: true } => {
            format!("\u{2018}{}\u{2019} is not for us. u takes that back.", short(question)?)
        }
        Edit::ChangeState(change) if change.state == workbook.state() => {
            format!("Taken up again; it is {}.", change.state.word().to_lowercase())
        }
        Edit::ChangeState(change) if change.state == PartnershipState::Ended => {
            "The partnership has ended, from today.".to_owned()
        }
        Edit::ChangeState(change) => {
            format!("The partnership is {} from today.", change.state.word().to_lowercase())
        }
        _ => return None,
    })
}

/// Words at the beginning of a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A name, or what stands for it where there is none.
fn or<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.trim().is_empty() { otherwise } else { name }
}

/// Whose voice it is, in words.
fn voice_words(voice: &VoiceKey, workbook: &Workbook) -> String {
    match voice {
        VoiceKey::Ours => "ours".to_owned(),
        VoiceKey::Agreed => "agreed".to_owned(),
        VoiceKey::Theirs(id) => workbook.partner(id).map_or("theirs", |p| &p.name).to_owned(),
    }
}

fn partner_field(field: PartnerField) -> &'static str {
    match field {
        PartnerField::Name => "the name",
        PartnerField::Kind => "the kind",
        PartnerField::Reach => "how to reach",
        PartnerField::Busy => "the busy seasons",
        PartnerField::Limits => "the limits",
        PartnerField::Size => "the size",
        PartnerField::Place => "the place",
        PartnerField::Paid => "who is paid",
        PartnerField::FoundVia => "how we found",
        PartnerField::IntroducedBy => "who introduced",
    }
}

fn person_field(field: PersonField) -> &'static str {
    match field {
        PersonField::Name => "the name",
        PersonField::Role => "what they do,",
        PersonField::Reach => "how to reach",
        PersonField::DeputyFor => "the deputy",
        PersonField::Note => "the note",
    }
}

/// A file's name from a title and a day, fit for every file system: `tactile-guide-2025-11-10.md`.
pub(super) fn file_name(title: &str, today: Date) -> String {
    crate::screen::words::file_name(title, today, "md")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_never_becomes_a_path() {
        let day = jiff::civil::date(2025, 11, 10);
        assert_eq!(file_name("Tactile guide: City/Museum", day), "tactile-guide-city-museum-2025-11-10.md");
        assert_eq!(file_name("../..", day), "partnership-2025-11-10.md");
        assert!(file_name(&"x".repeat(300), day).len() < 80);
    }
}
