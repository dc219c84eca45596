//! Saying in words where a trace is.

use super::Spot;
use crate::content::Content;
use crate::domain::query::{Where, place_in_words};
use crate::domain::{Binned, Family, PersonId, QuestionId, StateField, TextPlace, VoiceKey, Workbook};

impl Spot {
    /// Where this is, in words: "Why now · ours", under "Scoping". `person` is whose trace it is.
    pub fn in_words(&self, workbook: &Workbook, person: &PersonId, content: &Content) -> Where {
        let place = |place: &TextPlace| place_in_words(place, Some(workbook), content);
        let voice =
            |question: &QuestionId, voice: VoiceKey| place(&TextPlace::Voice(question.clone(), voice));
        let with = |at: Where, what: &str| Where { thing: format!("{} · {what}", at.thing), ..at };
        match self {
            Self::Person => Where { thing: "The person, with all details".into(), part: "People".into() },
            Self::Text(at) => place(at),
            Self::Source(question, partner) => {
                with(voice(question, VoiceKey::Theirs(partner.clone())), "where it was heard")
            }
            Self::Said(question, partner) => voice(question, VoiceKey::Theirs(partner.clone())),
            Self::Earlier(question, n) => {
                let version = workbook.answer(question).earlier().get(*n);
                let whose = version.map_or(VoiceKey::Ours, |version| version.voice.clone());
                with(voice(question, whose), "an earlier version")
            }
            Self::Accord(question) => voice(question, VoiceKey::Agreed),
            Self::Record(id) | Self::Copy(id, _) => {
                let family = workbook.any_record(id).map(|record| record.family());
                let thing = family.map_or("A record", Family::word);
                Where { thing: capital(thing), part: String::new() }
            }
            Self::Bin(n, _) | Self::BinLink(n) => {
                // places in the bin are counted without the person, who goes first
                let own = |b: &&Binned| matches!(b, Binned::Person { person: p, .. } if p.id == *person);
                let what = workbook.bin().iter().filter(|b| !own(b)).nth(*n).map_or("something", in_bin);
                Where { thing: capital(what), part: "Bin".into() }
            }
            Self::Snapshot(at) => {
                let at = place(&TextPlace::State(*at, StateField::Frozen));
                Where { thing: "How things stood at a pause".into(), ..at }
            }
        }
    }
}

fn in_bin(binned: &Binned) -> &'static str {
    match binned {
        Binned::Partner { .. } => "a partner",
        Binned::Person { .. } => "a person",
        Binned::Record { record, .. } => record.family().word(),
        Binned::Line { .. } => "a line of a call",
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
