//! Every text of a workbook, and everything that points to a person.
//!
//! What a type holds is taken apart whole, so that a part that is added later is not forgotten here: the compiler asks.

use super::Spot;
use crate::domain::answer::{Answer, Source, Theirs, Version};
use crate::domain::partnership::{Pause, StateChange};
use crate::domain::{
    AnyRecord, Binned, Family, Partner, PartnerField, PersonField, PersonId, QuestionId, RecordField,
    StateField, TextPlace, VoiceKey, Workbook,
};

type Each<'e> = &'e mut dyn FnMut(Spot, &mut String);

/// Calls with every text that a person may have written, and where it stands. Ids, and what is chosen from a list, are no
/// texts.
pub(super) fn texts(workbook: &mut Workbook, each: Each<'_>) {
    // the records apart, which are gone through together
    let Workbook {
        id: _,
        title,
        purpose,
        example: _,
        copy_for: _,
        partnership,
        us,
        partners,
        people,
        answers,
        look_again: _,
        ..
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
    let mut copies = 0;
    workbook.each_record_text(&mut |id, field, text| {
        let spot = match field {
            Some(field) => Spot::Text(TextPlace::Record(id.clone(), field)),
            None => Spot::Copy(id.clone(), copies),
        };
        copies += usize::from(field.is_none());
        each(spot, text);
    });
    for call in &mut workbook.calls {
        let id = call.id.clone();
        for line in &mut call.lines {
            each(Spot::Text(TextPlace::Line(id.clone(), line.id.clone())), &mut line.text);
        }
    }
    for (n, binned) in workbook.bin.iter_mut().enumerate() {
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

fn in_bin(binned: &mut Binned, each: &mut dyn FnMut(&mut String)) {
    match binned {
        Binned::Partner { partner: side, on: _, place: _ } => partner(side, &mut |_, text| each(text)),
        Binned::Person { person, on: _, place: _ } => {
            PersonField::ALL.into_iter().for_each(|field| each(person.field_mut(field)));
        }
        Binned::Record { record, on: _, place: _ } => {
            record.each_text(each);
            if let AnyRecord::Call(call) = &mut **record {
                call.lines.iter_mut().for_each(|line| each(&mut line.text));
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
    for (record, family, field) in workbook.forget_in_records(id) {
        found(Spot::Record(record), what_was(family, field));
    }
    let mut n = 0;
    workbook.bin.retain_mut(|binned| {
        let what = match binned {
            Binned::Person { person, .. } if person.id == *id => {
                found(Spot::Person, &in_a_line(person));
                return false;
            }
            Binned::Record { record, .. } => {
                let family = record.family();
                record.forget(id).map(|field| what_was(family, field))
            }
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

/// What somebody was to a record.
fn what_was(family: Family, field: RecordField) -> &'static str {
    match (family, field) {
        (Family::Call, _) => "who was on the call",
        (Family::Promise, _) => "who is to keep the promise",
        (Family::TouchPoint, _) => "with whom to be in touch",
        (_, RecordField::Members) => "who belongs to it",
        (_, RecordField::Keeper) => "who keeps it",
        _ => "who sees to it; their side stays",
    }
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
