//! What of a workbook one partner may have in hands: an allow-list, so that whatever is added to a workbook later is in
//! no copy until somebody takes it up here.
//!
//! The copy is a workbook of its own, made of nothing else; so no document that is made of it can hold more. How a
//! document says it, and which documents make sense as a copy, is not known here. Start at [`Workbook::shared_with`].

use super::answer::{Answer, Heard, Source, Theirs, Voice};
use super::governing::Agreement;
use super::id::{PartnerId, PersonId, RecordId};
use super::people::{Partner, Person};
use super::promise::Promise;
use super::workbook::Workbook;

/// What one partner may have of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// That, as a workbook. It has no state, no purpose and no title of its own, since those are ours.
    pub workbook: Workbook,
    /// Agreed wordings that are not in it, since this partner has not said yes to them, or they were changed since.
    pub unagreed: usize,
    /// Names of people that are never given, since something sensitive is noted about them. Wordings may name them all
    /// the same: whoever sends a copy is to be told.
    pub unnamed: Vec<String>,
}

impl Workbook {
    /// What a partner who takes part may have; `None` for anybody else.
    ///
    /// That is: wording that they agreed to, their own words as far as they were heard, what of ours was marked to share,
    /// promises between them and us, who is who on both sides, and of the agreement that counts, if they are a party to
    /// it, which form it has, when it was agreed and when it is looked at again. Nothing private, no guess, nothing of
    /// other partners, no earlier version, and nobody about whom something sensitive is noted.
    ///
    /// Roles, activities, decisions, money and hours are not in it: nothing in them says that a partner agreed to them.
    /// What was agreed about them stands in the clauses.
    pub fn shared_with(&self, partner: &PartnerId) -> Option<Shared> {
        let side = self.partner(partner).filter(|side| !side.id.is_us())?;
        let mut copy = Self::new(self.id.clone(), "");
        copy.example = self.example;
        copy.us = Partner { kind: self.us.kind.clone(), ..Partner::named(PartnerId::us(), &self.us.name) };
        copy.partners =
            vec![Partner { kind: side.kind.clone(), ..Partner::named(side.id.clone(), &side.name) }];
        let sides = |person: &&Person| person.partner.is_us() || person.partner == *partner;
        copy.people = self.people.iter().filter(sides).filter(|p| is_named(p)).map(person).collect();
        let named = |id: &PersonId| copy.people.iter().any(|person| person.id == *id);
        let mut unagreed = 0;
        for (question, answer) in self.answers.iter().filter(|(_, answer)| !answer.private) {
            let shared = shared(answer, partner, &named);
            unagreed += usize::from(!answer.agreed.text.trim().is_empty() && shared.agreed.text.is_empty());
            if shared != *Answer::BLANK {
                copy.answers.insert(question.clone(), shared);
            }
        }
        let between = |p: &&Promise| (p.by.is_us() && p.to == *partner) || (p.by == *partner && p.to.is_us());
        let open = self.promises.iter().filter(between).filter(|promise| !self.is_secret(promise));
        copy.promises = open.map(|p| promise(p, &named)).collect();
        copy.agreements = super::query::in_force(self)
            .filter(|version| !version.private && version.agreed_by.contains(partner))
            .map(|version| agreement(version, partner))
            .into_iter()
            .collect();
        let unnamed = self.people.iter().filter(|p| !is_named(p)).map(|p| p.name.trim().to_owned());
        let unnamed = unnamed.filter(|name| !name.is_empty()).collect();
        Some(Shared { workbook: copy, unagreed, unnamed })
    }

    /// The same as a workbook to send: the partner may open it, write in it and send it back, and it can then be laid
    /// beside this one ([`super::compare::with_what_a_partner_says`]). It is called after both sides. `None` as above.
    pub fn copy_to_send(&self, partner: &PartnerId) -> Option<Self> {
        let mut copy = self.shared_with(partner)?.workbook;
        copy.copy_for = Some(partner.clone());
        let names = [&copy.us.name, &copy.partner(partner)?.name].map(|name| name.trim());
        let named: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        copy.title = if named.is_empty() { "A copy for a partner".to_owned() } else { named.join(" and ") };
        Some(copy)
    }
}

fn is_named(person: &Person) -> bool {
    person.note.trim().is_empty()
}

/// Who it is and what they do; how to reach them, and for whom they stand in, is our own note.
fn person(person: &Person) -> Person {
    Person {
        role: person.role.clone(),
        since: person.since,
        left: person.left,
        ..Person::named(person.id.clone(), person.partner.clone(), &person.name)
    }
}

fn shared(answer: &Answer, partner: &PartnerId, named: &impl Fn(&PersonId) -> bool) -> Answer {
    let known = |id: &Option<PersonId>| id.clone().filter(|id| named(id));
    let mut copy = Answer::default();
    if answer.to_share {
        copy.ours = answer.ours.clone();
    }
    let theirs = answer.theirs.get(partner).filter(|theirs| theirs.heard != Heard::Guess);
    if let Some(theirs) = theirs {
        // on which occasion it was said is told in our words
        let source = match &theirs.source {
            Source::Said(_) | Source::ByHand => Source::ByHand,
            Source::Call(said) => Source::Call(said.clone()),
        };
        let theirs = Theirs { person: known(&theirs.person), source, ..theirs.clone() };
        copy.theirs.insert(partner.clone(), theirs);
    }
    if said_yes(answer, partner) {
        copy.agreed = Voice { text: answer.agreed.text.clone(), on: answer.agreed.on };
        let own = answer.accords.iter().filter(|accord| accord.partner == *partner);
        copy.accords = own
            .cloned()
            .map(|mut accord| {
                accord.person = known(&accord.person);
                accord
            })
            .collect();
    }
    copy
}

/// Whether a partner agreed to the wording as it stands: by name, or where nobody is named, in their own voice.
fn said_yes(answer: &Answer, partner: &PartnerId) -> bool {
    let since = |on| answer.agreed.on.is_none_or(|changed| changed <= on);
    if answer.accords.is_empty() {
        let theirs = answer.theirs.get(partner).filter(|theirs| theirs.heard == Heard::Agreed);
        return theirs.is_some_and(|theirs| theirs.checked.is_none_or(since));
    }
    answer.accords.iter().any(|accord| accord.partner == *partner && since(accord.on))
}

/// That there is an agreement: its words are those of the clauses, as far as they hold for this partner now. Who agreed for
/// each side, and our remarks, stay with us; so do the other parties.
fn agreement(version: &Agreement, partner: &PartnerId) -> Agreement {
    let sides = version.agreed_by.iter().filter(|side| side.is_us() || *side == partner);
    Agreement {
        number: version.number,
        form: version.form,
        agreed: version.agreed,
        agreed_by: sides.cloned().collect(),
        review_by: version.review_by,
        ..Agreement::new(RecordId::new(version.id.as_str()))
    }
}

/// What is owed, by when and what became of it; our remarks on it stay with us.
fn promise(promise: &Promise, named: &impl Fn(&PersonId) -> bool) -> Promise {
    let id = RecordId::new(promise.id.as_str());
    Promise {
        by_person: promise.by_person.clone().filter(|id| named(id)),
        made: promise.made,
        due: promise.due,
        state: promise.state,
        changed: promise.changed,
        ..Promise::new(id, promise.by.clone(), promise.to.clone(), &promise.what)
    }
}
