//! A partner's copy that came back: what it says, laid over how the workbook is now.
//!
//! Such a copy holds only what [`Workbook::shared_with`] gave away and what the partner wrote since. So what it does not
//! hold is no difference, and what it may not say is not listened to: it is read by an allow-list, as it was made by one.
//! The result is a workbook that differs from ours in what the copy says, and in nothing else.

use super::stock::record_in_bin;
use crate::domain::answer::{Answer, Heard, Source, is_blank};
use crate::domain::id::PartnerId;
use crate::domain::people::{BinKey, Partner, Person};
use crate::domain::promise::Promise;
use crate::domain::record::AnyRecord;
use crate::domain::workbook::Workbook;

/// How the workbook would be with everything that a partner's copy says. `None` where the copy is of nobody who takes part
/// now, or of another workbook.
pub fn with_what_a_partner_says(now: &Workbook, copy: &Workbook) -> Option<(PartnerId, Workbook)> {
    let partner = copy.copy_for.clone().filter(|_| copy.id == now.id)?;
    let place = now.partners.iter().position(|here| here.id == partner)?;
    let mut said = now.clone();
    names(&mut said.us, &copy.us);
    if let (Some(here), Some(there)) = (said.partners.get_mut(place), copy.partner(&partner)) {
        names(here, there);
    }
    let of_both = |person: &&Person| person.partner.is_us() || person.partner == partner;
    for person in copy.people.iter().filter(of_both) {
        people(&mut said, person);
    }
    for (question, there) in &copy.answers {
        let mut answer = said.answer(question).clone();
        voices(&mut answer, there, &partner);
        if answer != *said.answer(question) {
            said.answers.insert(question.clone(), answer);
        }
    }
    let between = |p: &&Promise| (p.by.is_us() && p.to == partner) || (p.by == partner && p.to.is_us());
    for promise in copy.promises.iter().filter(between) {
        promises(&mut said, promise);
    }
    Some((partner, said))
}

/// Whatever is said takes the place of what stands here; nothing said changes nothing.
fn words(here: &mut String, there: &str) {
    if !is_blank(there) {
        there.clone_into(here);
    }
}

fn or_as_it_is<T: Clone>(here: &mut Option<T>, there: &Option<T>) {
    if there.is_some() {
        here.clone_from(there);
    }
}

fn names(here: &mut Partner, there: &Partner) {
    words(&mut here.name, &there.name);
    words(&mut here.kind, &there.kind);
}

/// Somebody who lies in the bin here stays there: the copy may be older than that.
fn people(said: &mut Workbook, there: &Person) {
    if let Some(here) = said.people.iter_mut().find(|here| here.id == there.id) {
        if here.partner == there.partner {
            words(&mut here.name, &there.name);
            words(&mut here.role, &there.role);
            or_as_it_is(&mut here.since, &there.since);
            or_as_it_is(&mut here.left, &there.left);
        }
        return;
    }
    let binned = said.bin.iter().any(|binned| binned.key() == BinKey::Person(&there.id));
    if !binned && !is_blank(&there.name) {
        let fresh = Person::named(there.id.clone(), there.partner.clone(), &there.name);
        said.people.push(Person { role: there.role.clone(), since: there.since, left: there.left, ..fresh });
    }
}

/// Their own voice is theirs to say, so it is heard and no guess. An agreement is made in talking, not by a file.
fn voices(here: &mut Answer, there: &Answer, partner: &PartnerId) {
    if !is_blank(&there.ours.text) && there.ours.text != here.ours.text {
        here.ours = there.ours.clone();
    }
    if !is_blank(&there.agreed.text) && there.agreed.text != here.agreed.text {
        here.agreed = there.agreed.clone();
    }
    let Some(theirs) = there.theirs.get(partner).filter(|theirs| !is_blank(&theirs.text)) else { return };
    let voice = here.theirs.entry(partner.clone()).or_default();
    if voice.text != theirs.text {
        voice.text.clone_from(&theirs.text);
        voice.on = theirs.on;
        voice.checked = theirs.on.or(voice.checked);
        voice.source = Source::Said("their copy, which came back".to_owned());
        voice.heard = if theirs.heard == Heard::Disputed { Heard::Disputed } else { Heard::Asked };
    } else if theirs.heard == Heard::Disputed {
        voice.heard = Heard::Disputed;
    }
}

/// What was promised, by when, and what became of it; our remarks stay.
fn promises(said: &mut Workbook, there: &Promise) {
    match said.any_record(&there.id) {
        Some(AnyRecord::Promise(_)) => {}
        // the id is taken by something else, or it lies in the bin
        Some(_) => return,
        None if record_in_bin(said, &there.id).is_some() => return,
        None => {
            let fresh = Promise::new(there.id.clone(), there.by.clone(), there.to.clone(), &there.what);
            said.promises.push(Promise {
                made: there.made,
                due: there.due,
                state: there.state,
                changed: there.changed,
                ..fresh
            });
            return;
        }
    }
    let Some(here) = said.promises.iter_mut().find(|here| here.id == there.id) else { return };
    if here.by != there.by || here.to != there.to || here.private {
        return;
    }
    words(&mut here.what, &there.what);
    or_as_it_is(&mut here.made, &there.made);
    or_as_it_is(&mut here.due, &there.due);
    if here.state != there.state {
        (here.state, here.changed) = (there.state, there.changed);
    }
}
