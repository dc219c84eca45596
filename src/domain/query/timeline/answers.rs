//! What happened to an answer: its voices written and changed, checked and agreed, opened again.

use jiff::civil::Date;

use super::{Happened, Happening, Telling, one_line};
use crate::domain::{Answer, Heard, PartnerId, QuestionId, Theirs, VoiceKey};

impl Telling<'_> {
    pub(super) fn answer(&mut self, question: &QuestionId, answer: &Answer) {
        let short = self.content.question(question.as_str()).map_or(question.as_str(), |q| q.short.as_str());
        let of = One { question, answer, short };
        self.voice(&of, &VoiceKey::Ours, None);
        // what somebody said who is in the bin is out of sight until they return
        let here = |partner: &PartnerId| self.workbook.partner(partner).is_some();
        for (partner, theirs) in answer.voices_of_others().filter(|(partner, _)| here(partner)) {
            self.voice(&of, &VoiceKey::Theirs(partner.clone()), Some(theirs));
            self.checked(&of, partner, theirs);
        }
        self.voice(&of, &VoiceKey::Agreed, None);
        for accord in answer.accords() {
            let theirs = answer.theirs(&accord.partner);
            let told = theirs.is_some_and(|t| t.heard == Heard::Agreed && t.checked == Some(accord.on));
            if !told {
                let what = format!("agreed with {}", self.name(&accord.partner));
                let words = one_line(&answer.agreed().text);
                self.tell(of.happening(
                    accord.on,
                    &VoiceKey::Agreed,
                    vec![accord.partner.clone()],
                    &what,
                    words,
                ));
            }
        }
        if let Some(on) = answer.reopened() {
            self.tell(of.happening(on, &VoiceKey::Ours, Vec::new(), "opened again", String::new()));
        }
    }

    /// Each wording that a voice has had, on the day on which it was written.
    fn voice(&mut self, of: &One<'_>, voice: &VoiceKey, theirs: Option<&Theirs>) {
        let earlier = of.answer.earlier().iter().filter(|version| version.voice == *voice);
        let now = (of.answer.changed_on(voice), of.answer.text(voice));
        let wordings: Vec<(Option<Date>, &str)> =
            earlier.map(|version| (version.on, version.text.as_str())).chain([now]).collect();
        let mut before = "";
        for (n, (on, text)) in wordings.iter().enumerate() {
            let was = std::mem::replace(&mut before, text);
            let is_now = n + 1 == wordings.len();
            // what was checked on the day it was written is told once, with its standing
            let told = is_now && theirs.is_some_and(|t| t.checked.is_some() && t.checked == *on);
            let (Some(on), false) = (on, was == *text || told) else { continue };
            let whose = match voice {
                VoiceKey::Ours => "ours".to_owned(),
                VoiceKey::Agreed => "agreed wording".to_owned(),
                // what we suppose is never told as theirs
                VoiceKey::Theirs(partner) if theirs.is_some_and(|t| t.heard == Heard::Guess) => {
                    format!("{}, we suppose", self.name(partner))
                }
                VoiceKey::Theirs(partner) => self.name(partner),
            };
            let change = match (was.trim().is_empty(), text.trim().is_empty()) {
                (true, true) => continue,
                (true, false) => "",
                (false, true) => ", taken out",
                (false, false) => ", changed",
            };
            let who = match voice {
                VoiceKey::Ours => vec![PartnerId::us()],
                VoiceKey::Theirs(partner) => vec![partner.clone()],
                VoiceKey::Agreed => Vec::new(),
            };
            self.tell(of.happening(*on, voice, who, &format!("{whose}{change}"), one_line(text)));
        }
    }

    /// The day on which somebody last said how far a voice can be relied on.
    fn checked(&mut self, of: &One<'_>, partner: &PartnerId, theirs: &Theirs) {
        let Some(on) = theirs.checked else { return };
        let name = self.name(partner);
        let what = match theirs.heard {
            Heard::Asked => format!("{name} told us"),
            Heard::Agreed => format!("agreed with {name}"),
            Heard::Disputed => format!("{name} differs"),
            // what was relied on and then opened again was checked on that day all the same
            Heard::Guess if of.answer.reopened().is_some_and(|again| again >= on) => {
                format!("checked with {name}")
            }
            Heard::Guess => format!("{name}, we suppose"),
        };
        let voice = VoiceKey::Theirs(partner.clone());
        self.tell(of.happening(on, &voice, vec![partner.clone()], &what, one_line(&theirs.text)));
    }
}

/// The answer that is told of.
struct One<'a> {
    question: &'a QuestionId,
    answer: &'a Answer,
    short: &'a str,
}

impl One<'_> {
    fn happening(
        &self,
        on: Date,
        voice: &VoiceKey,
        who: Vec<PartnerId>,
        what: &str,
        words: String,
    ) -> Happening {
        Happening {
            on,
            at: None,
            kind: Happened::Answer,
            who,
            what: format!("{} · {what}", self.short),
            brief: super::sentence(what),
            words,
            private: self.answer.is_private(),
            place: crate::domain::TextPlace::Voice(self.question.clone(), voice.clone()),
        }
    }
}
