//! An answer has three voices, and a standing that is derived from them.
//!
//! Only *not for us* is set by hand; everything else follows from who said what, and whether anybody checked. See
//! [`Answer::standing`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::call::SaidIn;
use super::id::{PartnerId, PersonId};
use super::is_false;
use super::place::VoiceKey;

/// How far an answer, or a voice of it, can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Nothing is written.
    Blank,
    /// Something we believe and have not checked.
    Guess,
    /// They told us.
    Asked,
    /// All have agreed.
    Agreed,
    /// We differ.
    Disputed,
    /// The question does not apply.
    NotForUs,
}

impl Standing {
    /// The word that a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Guess => "guess",
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Disputed => "disputed",
            Self::NotForUs => "not for us",
        }
    }

    /// The mark that stands for the word where there is no room.
    pub fn mark(self) -> char {
        match self {
            Self::Blank => '.',
            Self::Guess => '?',
            Self::Asked => '~',
            Self::Agreed => '=',
            Self::Disputed => '!',
            Self::NotForUs => '-',
        }
    }

    /// Whether the question still wants work: blank, a guess, or disputed.
    pub fn is_unsure(self) -> bool {
        matches!(self, Self::Blank | Self::Guess | Self::Disputed)
    }
}

/// How far one partner's voice can be relied on; set by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Heard {
    /// We believe it of them and have not checked.
    #[default]
    Guess,
    /// They told us.
    Asked,
    /// They and we agree.
    Agreed,
    /// They and we differ.
    Disputed,
}

impl Heard {
    /// The standing that it gives to the answer.
    pub fn standing(self) -> Standing {
        match self {
            Self::Guess => Standing::Guess,
            Self::Asked => Standing::Asked,
            Self::Agreed => Standing::Agreed,
            Self::Disputed => Standing::Disputed,
        }
    }
}

/// How a partner's words came to us.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Source {
    /// Typed in without saying where they come from.
    #[default]
    ByHand,
    /// Said on an occasion, in words: "the call of 14 March".
    Said(String),
    /// Said on a call, in one line of it.
    Call(SaidIn),
}

impl Source {
    fn is_default(&self) -> bool {
        *self == Self::ByHand
    }
}

/// Words of our own, or wording that all accept, and when they last changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Voice {
    /// The words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The day they last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

impl Voice {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What one partner said, or what we believe they would say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Theirs {
    /// How far it can be relied on.
    #[serde(default)]
    pub heard: Heard,
    /// The day the words last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The day on which the standing was last set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Date>,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// How it came to us.
    #[serde(default, skip_serializing_if = "Source::is_default")]
    pub source: Source,
    /// The words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Theirs {
    /// Whether there is anything to show: words, or a standing set by hand.
    pub fn says_something(&self) -> bool {
        !is_blank(&self.text) || self.heard != Heard::Guess
    }
}

/// Who agreed, and when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Accord {
    /// The partner that agreed.
    pub partner: PartnerId,
    /// The person who said so, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The day.
    pub on: Date,
}

/// What a voice said before: kept once a visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Version {
    /// Whose words.
    pub voice: VoiceKey,
    /// The day on which they had last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The day on which they were replaced.
    pub until: Date,
    /// The words.
    pub text: String,
}

/// The answer to one question, in three voices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// The question does not apply to this partnership.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(in crate::domain) not_for_us: bool,
    /// Left out of every export unless asked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(in crate::domain) private: bool,
    /// What is ours may go into the partners' copies.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(in crate::domain) to_share: bool,
    /// The day on which it was opened again: what stood before wants to be talked over anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::domain) reopened: Option<Date>,
    /// What we think.
    #[serde(default, skip_serializing_if = "Voice::is_default")]
    pub(in crate::domain) ours: Voice,
    /// What each partner said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::domain) theirs: BTreeMap<PartnerId, Theirs>,
    /// Wording that all accept.
    #[serde(default, skip_serializing_if = "Voice::is_default")]
    pub(in crate::domain) agreed: Voice,
    /// Who agreed, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) accords: Vec<Accord>,
    /// What the voices said before, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) earlier: Vec<Version>,
}

impl Answer {
    /// The empty answer, for questions that nobody has touched.
    pub const BLANK: &'static Self = &Self {
        not_for_us: false,
        private: false,
        to_share: false,
        reopened: None,
        ours: Voice { text: String::new(), on: None },
        theirs: BTreeMap::new(),
        agreed: Voice { text: String::new(), on: None },
        accords: Vec::new(),
        earlier: Vec::new(),
    };

    /// What we think.
    pub fn ours(&self) -> &Voice {
        &self.ours
    }

    /// What a partner said.
    pub fn theirs(&self, partner: &PartnerId) -> Option<&Theirs> {
        self.theirs.get(partner)
    }

    /// What each partner said, those who are gone among them.
    pub fn voices_of_others(&self) -> impl Iterator<Item = (&PartnerId, &Theirs)> {
        self.theirs.iter()
    }

    /// Wording that all accept.
    pub fn agreed(&self) -> &Voice {
        &self.agreed
    }

    /// Who agreed, and when.
    pub fn accords(&self) -> &[Accord] {
        &self.accords
    }

    /// What the voices said before, oldest first.
    pub fn earlier(&self) -> &[Version] {
        &self.earlier
    }

    /// Whether the question was set aside as not for us.
    pub fn is_not_for_us(&self) -> bool {
        self.not_for_us
    }

    /// Whether it is left out of exports.
    pub fn is_private(&self) -> bool {
        self.private
    }

    /// Whether what is ours may go into the partners' copies.
    pub fn is_to_share(&self) -> bool {
        self.to_share
    }

    /// The day on which it was opened again, where it was.
    pub fn reopened(&self) -> Option<Date> {
        self.reopened
    }

    /// Whether it was opened again and nothing has been relied on since: nobody has checked or agreed on that day or
    /// after it, nor, for a question about our own side alone, have we written.
    pub fn is_open_again(&self, ours_settles: bool) -> bool {
        let Some(opened) = self.reopened else { return false };
        let since = |on: Option<Date>| on.is_some_and(|on| on >= opened);
        let checked = self.theirs.values().any(|t| t.heard != Heard::Guess && since(t.checked));
        let agreed = self.accords.iter().any(|accord| accord.on >= opened);
        let settled = checked || agreed || (ours_settles && since(self.ours.on));
        !settled && !self.not_for_us
    }

    /// The text of a voice; empty where it has said nothing.
    pub fn text(&self, voice: &VoiceKey) -> &str {
        match voice {
            VoiceKey::Ours => &self.ours.text,
            VoiceKey::Agreed => &self.agreed.text,
            VoiceKey::Theirs(partner) => self.theirs.get(partner).map_or("", |t| &t.text),
        }
    }

    /// The day on which a voice last changed.
    pub fn changed_on(&self, voice: &VoiceKey) -> Option<Date> {
        match voice {
            VoiceKey::Ours => self.ours.on,
            VoiceKey::Agreed => self.agreed.on,
            VoiceKey::Theirs(partner) => self.theirs.get(partner).and_then(|t| t.on),
        }
    }

    /// Whether anybody's words are in it: earlier ones too, and those of partners who are gone.
    pub fn holds_words(&self) -> bool {
        let said = [&self.ours.text, &self.agreed.text];
        said.into_iter().chain(self.theirs.values().map(|t| &t.text)).any(|text| !is_blank(text))
            || !self.earlier.is_empty()
    }

    /// The most recent day on which anything in it changed or was checked.
    pub fn last_touched(&self) -> Option<Date> {
        let theirs = self.theirs.values().flat_map(|t| [t.on, t.checked]);
        let accords = self.accords.iter().map(|a| Some(a.on));
        [self.ours.on, self.agreed.on].into_iter().chain(theirs).chain(accords).flatten().max()
    }

    /// The standing, derived: disputed before guess before asked before agreed.
    ///
    /// `partners` are those who take part now; a voice of somebody else is not counted. `ours_settles` is true for
    /// questions about our own side alone. Words of ours with nothing heard from anybody are a guess.
    pub fn standing<'a>(
        &self,
        partners: impl IntoIterator<Item = &'a PartnerId>,
        ours_settles: bool,
    ) -> Standing {
        if self.not_for_us {
            return Standing::NotForUs;
        }
        let heard = partners
            .into_iter()
            .filter_map(|p| self.theirs.get(p))
            .filter(|t| t.says_something())
            .map(|t| t.heard.standing());
        let weakest = heard.min_by_key(|s| match s {
            Standing::Disputed => 0,
            Standing::Guess => 1,
            Standing::Asked => 2,
            _ => 3,
        });
        match weakest {
            Some(standing) => standing,
            None if is_blank(&self.ours.text) && is_blank(&self.agreed.text) => Standing::Blank,
            None if ours_settles => Standing::Agreed,
            None => Standing::Guess,
        }
    }

    /// Whether a voice changed after somebody had agreed: the agreement wants another look.
    pub fn changed_since_agreed(&self) -> bool {
        let Some(agreed) = self.accords.iter().map(|a| a.on).min() else { return false };
        let theirs = self.theirs.values().map(|t| t.on);
        [self.ours.on, self.agreed.on].into_iter().chain(theirs).flatten().any(|on| on > agreed)
    }
}

/// Whether a text holds nothing but space.
pub(in crate::domain) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(ours: &str, voices: &[(&str, Heard)]) -> (Answer, Vec<PartnerId>) {
        let ids: Vec<_> = (0..voices.len()).map(|n| PartnerId::new(format!("p{n}"))).collect();
        let theirs = ids
            .iter()
            .zip(voices)
            .map(|(id, (text, heard))| {
                (id.clone(), Theirs { text: (*text).into(), heard: *heard, ..Theirs::default() })
            })
            .collect();
        (Answer { ours: Voice { text: ours.into(), on: None }, theirs, ..Answer::default() }, ids)
    }

    #[test]
    fn the_standing_follows_from_the_voices() {
        use Heard::{Agreed, Asked, Disputed, Guess};
        type Theirs<'a> = &'a [(&'a str, Heard)];
        let cases: [(&str, Theirs, Standing); 8] = [
            ("", &[], Standing::Blank),
            ("  \n", &[("", Guess)], Standing::Blank),
            ("we think so", &[("", Guess)], Standing::Guess),
            ("we think so", &[("yes", Asked)], Standing::Asked),
            ("", &[("", Agreed)], Standing::Agreed),
            ("x", &[("a", Asked), ("b", Guess)], Standing::Guess),
            ("x", &[("a", Guess), ("b", Disputed)], Standing::Disputed),
            ("x", &[("a", Agreed), ("b", Asked)], Standing::Asked),
        ];
        for (ours, voices, expected) in cases {
            let (answer, ids) = answer(ours, voices);
            assert_eq!(answer.standing(&ids, false), expected, "{ours:?} {voices:?}");
        }
    }

    #[test]
    fn a_question_about_us_is_settled_by_us() {
        let (answer, ids) = answer("four hours a week", &[]);
        assert_eq!(answer.standing(&ids, true), Standing::Agreed);
    }

    #[test]
    fn a_partner_who_is_gone_is_not_counted() {
        let (answer, _) = answer("x", &[("no", Heard::Disputed)]);
        assert_eq!(answer.standing(&[], false), Standing::Guess);
    }
}
