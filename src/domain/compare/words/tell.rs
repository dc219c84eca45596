//! What stands in a thing, label by label: a voice, a partner, a person, a line, a record.

use jiff::civil::Date;

use super::{Teller, Told, long_day, state_in_words};
use crate::domain::answer::{Answer, Source};
use crate::domain::call::{Line, SaidIn};
use crate::domain::id::{PartnerId, PersonId};
use crate::domain::partnership::{StateChange, StateField};
use crate::domain::people::{Partner, PartnerField, Person, PersonField};
use crate::domain::place::VoiceKey;
use crate::domain::query::{side, sides_on, value_in_words};
use crate::domain::record::{RecordRef, Value};

impl Teller<'_> {
    pub(super) fn voice(&self, answer: &Answer, voice: &VoiceKey) -> Told {
        let day = |on: Option<Date>| on.map(long_day).unwrap_or_default();
        let mut told = vec![
            (String::new(), answer.text(voice).to_owned()),
            ("Last changed".to_owned(), day(answer.changed_on(voice))),
        ];
        if let VoiceKey::Theirs(partner) = voice
            && let Some(theirs) = answer.theirs.get(partner)
        {
            told.push(("Standing".to_owned(), theirs.heard.standing().word().to_owned()));
            told.push(("Checked on".to_owned(), day(theirs.checked)));
            let who = theirs.person.as_ref().map(|id| self.person(id)).unwrap_or_default();
            told.push(("Who said it".to_owned(), who));
            told.push(("Where it is from".to_owned(), self.source(&theirs.source)));
        }
        told
    }

    fn source(&self, source: &Source) -> String {
        match source {
            Source::ByHand => String::new(),
            Source::Said(words) => words.clone(),
            Source::Call(said) => self.said_in(Some(said)),
        }
    }

    fn said_in(&self, said: Option<&SaidIn>) -> String {
        let call = said.map(|said| self.record(&said.call).map(|record| self.record_name(record)));
        call.map(|name| name.unwrap_or_else(|| "a call".to_owned())).unwrap_or_default()
    }

    pub(super) fn tell_partner(&self, partner: &Partner) -> Told {
        let texts =
            PartnerField::ALL.into_iter().map(|f| (f.label().to_owned(), partner.field(f).to_owned()));
        let mut told: Told = texts.collect();
        told.push(("How far it has come".to_owned(), partner.status.words().to_owned()));
        for (phase, id) in &partner.levels {
            let name = self.content.levels().iter().find(|level| level.id == *id).map_or(id, |l| &l.name);
            told.push((format!("Level, {}", phase.words().to_lowercase()), name.clone()));
        }
        for (phase, id) in &partner.types {
            let name = self.content.types().iter().find(|one| one.id == *id).map_or(id, |t| &t.name);
            told.push((format!("Type, {}", phase.words().to_lowercase()), name.clone()));
        }
        told
    }

    pub(super) fn tell_person(&self, person: &Person) -> Told {
        let texts = PersonField::ALL.into_iter().filter(|field| self.all || *field != PersonField::Note);
        let texts = texts.map(|f| (f.label().to_owned(), person.field(f).to_owned()));
        let mut told: Told = texts.collect();
        let day = |on: Option<Date>| on.map(long_day).unwrap_or_default();
        told.push(("Side".to_owned(), side(self.workbook, &person.partner)));
        told.push(("There since".to_owned(), day(person.since)));
        told.push(("Left".to_owned(), day(person.left)));
        told.push(("At home on both sides".to_owned(), yes(person.crosses)));
        told
    }

    pub(super) fn tell_line(&self, line: &Line) -> Told {
        vec![
            (String::new(), line.text.clone()),
            ("Tag".to_owned(), line.tag.map(|tag| tag.words().to_owned()).unwrap_or_default()),
            ("Private".to_owned(), yes(line.private)),
            ("Belongs to".to_owned(), line.about.as_ref().map(|id| self.question(id)).unwrap_or_default()),
            ("Done with".to_owned(), yes(line.done)),
            ("Kept to be asked".to_owned(), yes(line.kept)),
        ]
    }

    pub(super) fn tell_record(&self, record: RecordRef<'_>) -> Told {
        let day = |on: Option<Date>| on.map(long_day).unwrap_or_default();
        let side = |id: &PartnerId| side(self.workbook, id);
        let person = |id: &Option<PersonId>| id.as_ref().map(|id| self.person(id)).unwrap_or_default();
        let own: Vec<(&str, String)> = match record {
            RecordRef::Call(call) => {
                let people = Value::People(call.with.iter().cloned().collect());
                let lines: Vec<&str> = self.lines(&call.lines).collect();
                vec![
                    ("When", long_day(call.on)),
                    ("With", sides_on(call, self.workbook).unwrap_or_default()),
                    ("People", value_in_words(&people, self.workbook, self.content)),
                    ("How", call.medium.words().to_owned()),
                    ("Ended", yes(call.ended.is_some())),
                    ("In touch again on", day(call.follow_up)),
                    ("Message sent on", day(call.sent)),
                    ("What was said", lines.join("\n")),
                ]
            }
            RecordRef::Promise(promise) => vec![
                ("Who promised", side(&promise.by)),
                ("Who does it", person(&promise.by_person)),
                ("To whom", side(&promise.to)),
                ("Made on", day(promise.made)),
                ("By when", day(promise.due)),
                ("State", promise.state.word().to_owned()),
                ("State since", day(promise.changed)),
                ("Private", yes(promise.private)),
            ],
            RecordRef::Word(word) => vec![
                ("Who asked for it", word.whose.as_ref().map(side).unwrap_or_default()),
                ("Agreed on", day(word.agreed)),
            ],
            RecordRef::TouchPoint(touch) => vec![
                ("With", side(&touch.partner)),
                ("With whom", person(&touch.person)),
                ("Weeks between", touch.every_weeks.map(|weeks| weeks.to_string()).unwrap_or_default()),
                ("Last", day(touch.last)),
                ("Next", day(touch.next)),
            ],
            _ => Vec::new(),
        };
        let fields = record
            .family()
            .fields()
            .iter()
            .filter_map(|field| Some((field.label().to_owned(), self.value(&record.value(*field)?))));
        let mut told: Told = fields.collect();
        told.extend(own.into_iter().map(|(label, words)| (label.to_owned(), words)));
        told.push(("Where it was said".to_owned(), self.said_in(record.said_in())));
        told
    }

    /// What stands in a field, also what no form shows; empty for nothing.
    fn value(&self, value: &Value) -> String {
        let lines = |all: Vec<String>| all.join("\n");
        match value {
            Value::Mark(on) => yes(*on),
            Value::Wording(all) => {
                lines(all.iter().map(|(id, words)| format!("{}: {words}", self.question(id))).collect())
            }
            Value::Numbers(all) => lines(all.iter().map(|(name, n)| format!("{name}: {n}")).collect()),
            value => value_in_words(value, self.workbook, self.content),
        }
    }
}

pub(super) fn marks(answer: &Answer) -> Told {
    vec![
        ("Not for us".to_owned(), yes(answer.not_for_us)),
        ("Private".to_owned(), yes(answer.private)),
        ("May be shared".to_owned(), yes(answer.to_share)),
        ("Opened again".to_owned(), answer.reopened.map(long_day).unwrap_or_default()),
    ]
}

pub(super) fn state(change: &StateChange) -> Told {
    let texts = StateField::ALL.into_iter();
    let texts = texts.filter_map(|f| Some((f.label().to_owned(), change.field(f)?.to_owned())));
    let mut told = vec![(String::new(), state_in_words(change))];
    told.extend(texts);
    let until = change.pause.as_ref().and_then(|pause| pause.until);
    told.push(("Look at it again on".to_owned(), until.map(long_day).unwrap_or_default()));
    told
}

/// A mark in words; what is not set needs none.
fn yes(on: bool) -> String {
    if on { "yes".to_owned() } else { String::new() }
}
