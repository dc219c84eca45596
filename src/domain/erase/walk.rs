//! Every text of a workbook, and everything that points to a person.
//!
//! What a type holds is taken apart whole, so that a part that is added later is not forgotten here: the compiler asks.

use super::Spot;
use crate::domain::answer::{Answer, Source, Theirs, Version};
use crate::domain::partnership::{Pause, StateChange};
use crate::domain::{
    AnyRecord, Binned, Call, InFamily, Legacy, Partner, PartnerField, PersonField, PersonId, Promise,
    QuestionId, RecordField, StateField, TextPlace, TouchPoint, VoiceKey, Word, Workbook,
};

type Each<'e> = &'e mut dyn FnMut(Spot, &mut String);

/// Calls with every text that a person may have written, and where it stands. Ids, and what is chosen from a list, are no
/// texts.
pub(super) fn texts(workbook: &mut Workbook, each: Each<'_>) {
    let Workbook {
        id: _,
        title,
        purpose,
        example: _,
        partnership,
        us,
        partners,
        people,
        answers,
        look_again: _,
        promises,
        touch_points,
        words,
        legacies,
        calls,
        bin,
    } = workbook;
    each(Spot::Text(TextPlace::Title), title);
    each(Spot::Text(TextPlace::Purpose), purpose);
    for (at, change) in partnership.log.iter_mut().enumerate() {
        state(at, change, each);
    }
    for side in std::iter::once(us).chain(partners) {
        let id = side.id.clone();
        partner(side, &mut |field, text| each(Spot::Text(TextPlace::Partner(id.clone(), field)), text));
    }
    for person in people {
        let id = person.id.clone();
        for field in PersonField::ALL {
            each(Spot::Text(TextPlace::Person(id.clone(), field)), person.field_mut(field));
        }
    }
    for (question, answer) in answers {
        voices(question, answer, each);
    }
    promises.iter_mut().for_each(|record| own(record, each));
    touch_points.iter_mut().for_each(|record| own(record, each));
    words.iter_mut().for_each(|record| own(record, each));
    legacies.iter_mut().for_each(|record| own(record, each));
    for call in calls {
        own(call, each);
        let id = call.id.clone();
        for line in &mut call.lines {
            each(Spot::Text(TextPlace::Line(id.clone(), line.id.clone())), &mut line.text);
        }
    }
    for (n, binned) in bin.iter_mut().enumerate() {
        let mut text = 0;
        in_bin(binned, &mut |words| {
            each(Spot::Bin(n, text), words);
            text += 1;
        });
    }
}

fn state(at: usize, change: &mut StateChange, each: Each<'_>) {
    for field in StateField::ALL {
        if let Some(text) = change.field_mut(field) {
            each(Spot::Text(TextPlace::State(at, field)), text);
        }
    }
}

fn partner(partner: &mut Partner, each: &mut dyn FnMut(PartnerField, &mut String)) {
    for field in PartnerField::ALL {
        each(field, partner.field_mut(field));
    }
}

fn voices(question: &QuestionId, answer: &mut Answer, each: Each<'_>) {
    let Answer {
        not_for_us: _,
        private: _,
        to_share: _,
        reopened: _,
        ours,
        theirs,
        agreed,
        accords: _,
        earlier,
    } = answer;
    let spot = |voice| Spot::Text(TextPlace::Voice(question.clone(), voice));
    each(spot(VoiceKey::Ours), &mut ours.text);
    for (partner, said) in theirs {
        let Theirs { heard: _, on: _, checked: _, person: _, source, text } = said;
        each(spot(VoiceKey::Theirs(partner.clone())), text);
        if let Source::Said(words) = source {
            each(Spot::Source(question.clone(), partner.clone()), words);
        }
    }
    each(spot(VoiceKey::Agreed), &mut agreed.text);
    for (n, version) in earlier.iter_mut().enumerate() {
        let Version { voice: _, on: _, until: _, text } = version;
        each(Spot::Earlier(question.clone(), n), text);
    }
}

fn own<R: InFamily>(record: &mut R, each: Each<'_>) {
    let id = record.id().clone();
    for field in R::FIELDS {
        if let Some(text) = record.field_mut(*field) {
            each(Spot::Text(TextPlace::Record(id.clone(), *field)), text);
        }
    }
}

fn in_bin(binned: &mut Binned, each: &mut dyn FnMut(&mut String)) {
    match binned {
        Binned::Partner { partner: side, on: _, place: _ } => partner(side, &mut |_, text| each(text)),
        Binned::Person { person, on: _, place: _ } => {
            PersonField::ALL.into_iter().for_each(|field| each(person.field_mut(field)));
        }
        Binned::Record { record, on: _, place: _ } => {
            fn all<R: InFamily>(record: &mut R, each: &mut dyn FnMut(&mut String)) {
                let fields: &[RecordField] = R::FIELDS;
                for field in fields {
                    record.field_mut(*field).into_iter().for_each(&mut *each);
                }
            }
            match &mut **record {
                AnyRecord::Call(call) => {
                    all(call, each);
                    call.lines.iter_mut().for_each(|line| each(&mut line.text));
                }
                AnyRecord::Promise(record) => all(record, each),
                AnyRecord::Word(record) => all(record, each),
                AnyRecord::TouchPoint(record) => all(record, each),
                AnyRecord::Legacy(record) => all(record, each),
            }
        }
        Binned::Line { call: _, line, on: _, place: _ } => each(&mut line.text),
    }
}

/// Takes a person out of the people, the bin, and everything that points to them. Returns where that was, and what it
/// said there: who agreed, who promised.
pub(super) fn unlink(workbook: &mut Workbook, id: &PersonId) -> Vec<(Spot, String)> {
    let mut gone = Vec::new();
    let mut found = |at: Spot, what: &str| gone.push((at, what.to_owned()));
    workbook.people.retain(|person| {
        let is = person.id == *id;
        if is {
            found(Spot::Person, &in_a_line(person));
        }
        !is
    });
    for (question, answer) in &mut workbook.answers {
        for (partner, said) in &mut answer.theirs {
            if forget(&mut said.person, id) {
                found(Spot::Said(question.clone(), partner.clone()), "who said it");
            }
        }
        for accord in &mut answer.accords {
            if forget(&mut accord.person, id) {
                found(Spot::Accord(question.clone()), "who agreed; their side and the day stay");
            }
        }
    }
    for (at, change) in workbook.partnership.log.iter_mut().enumerate() {
        if let Some(pause) = &mut change.pause {
            let Pause { until: _, frozen: _, light_touch: _, restart: _, snapshot } = &mut **pause;
            if drop_from(&mut snapshot.people, id) {
                found(Spot::Snapshot(at), "who took part on that day");
            }
        }
    }
    let promises = workbook.promises.iter_mut().map(|r| (r.id.clone(), unlink_promise(r, id)));
    let touches = workbook.touch_points.iter_mut().map(|r| (r.id.clone(), unlink_touch(r, id)));
    let calls = workbook.calls.iter_mut().map(|r| (r.id.clone(), unlink_call(r, id)));
    for (record, what) in promises.chain(touches).chain(calls) {
        what.into_iter().for_each(|what| found(Spot::Record(record.clone()), what));
    }
    let mut n = 0;
    workbook.bin.retain_mut(|binned| {
        let what = match binned {
            Binned::Person { person, .. } if person.id == *id => {
                found(Spot::Person, &in_a_line(person));
                return false;
            }
            Binned::Record { record, .. } => unlink_record(record, id),
            Binned::Partner { .. } | Binned::Person { .. } | Binned::Line { .. } => None,
        };
        what.into_iter().for_each(|what| found(Spot::BinLink(n), what));
        n += 1;
        true
    });
    gone
}

fn in_a_line(person: &crate::domain::Person) -> String {
    let texts = PersonField::ALL.into_iter().map(|field| person.field(field).trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn unlink_record(record: &mut AnyRecord, id: &PersonId) -> Option<&'static str> {
    match record {
        AnyRecord::Call(record) => unlink_call(record, id),
        AnyRecord::Promise(record) => unlink_promise(record, id),
        AnyRecord::TouchPoint(record) => unlink_touch(record, id),
        AnyRecord::Word(record) => {
            let Word { id: _, whose: _, agreed: _, said_in: _, term: _, problem: _, instead: _ } = record;
            None
        }
        AnyRecord::Legacy(record) => {
            let Legacy { id: _, noted: _, said_in: _, what: _, for_whom: _ } = record;
            None
        }
    }
}

fn unlink_promise(promise: &mut Promise, id: &PersonId) -> Option<&'static str> {
    let Promise {
        id: _,
        by: _,
        by_person,
        to: _,
        made: _,
        due: _,
        said_in: _,
        state: _,
        changed: _,
        private: _,
        what: _,
        note: _,
    } = promise;
    forget(by_person, id).then_some("who is to keep the promise")
}

fn unlink_touch(touch: &mut TouchPoint, id: &PersonId) -> Option<&'static str> {
    let TouchPoint { id: _, partner: _, person, every_weeks: _, last: _, next: _, kind: _ } = touch;
    forget(person, id).then_some("with whom to be in touch")
}

fn unlink_call(call: &mut Call, id: &PersonId) -> Option<&'static str> {
    let Call {
        id: _,
        partner: _,
        with,
        also: _,
        medium: _,
        on: _,
        started: _,
        ended: _,
        follow_up: _,
        sent: _,
        mood: _,
        message: _,
        lines: _,
    } = call;
    drop_from(with, id).then_some("who was on the call")
}

fn forget(there: &mut Option<PersonId>, id: &PersonId) -> bool {
    let is = there.as_ref() == Some(id);
    if is {
        *there = None;
    }
    is
}

fn drop_from(people: &mut Vec<PersonId>, id: &PersonId) -> bool {
    let before = people.len();
    people.retain(|there| there != id);
    people.len() < before
}
