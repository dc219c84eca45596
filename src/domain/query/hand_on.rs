//! A partner leaves, or rests: everything that hangs on it, and what becomes of each.
//!
//! [`hangs_on_side`] lists it; [`hand_on`] makes the edits that hand each thing on, end it or leave it as it is, together
//! with the partner's status and the record of the change. What is decided by default is in [`Hanging::usual`].

use jiff::civil::Date;

use super::key_people::there;
use super::say::{record_in_words, side, who_in_words};
use crate::content::Content;
use crate::domain::{
    ActionState, AnyRecord, Edit, Family, InFamily, Legacy, Membership, Move, Partner, PartnerId,
    PartnerStatus, Person, PersonId, Promise, PromiseState, RecordField, RecordId, RecordRef, TouchPoint,
    Value, Who, Workbook,
};
use crate::order::InOrder;

/// What hangs on a side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thread {
    /// A field of a record that names the side, or somebody there.
    Field(Family, RecordId, RecordField),
    /// Something it promised.
    PromisedBy(RecordId),
    /// Something it was promised.
    PromisedTo(RecordId),
    /// Something that remains, which it keeps.
    Kept(RecordId),
    /// Being in touch with it every so often.
    Touch(RecordId),
    /// Somebody there who stands in for somebody.
    Deputy(PersonId),
    /// Somebody there.
    Person(PersonId),
}

/// Something that hangs on a side, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    /// What it is.
    pub thread: Thread,
    /// What it stands under: "Roles".
    pub group: &'static str,
    /// What it is called.
    pub words: String,
    /// Left out of what goes out of the workbook.
    pub private: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It stays as it is.
    Stays,
    /// A side or a person takes it on.
    To(Who),
    /// It ends: nobody does it, the promise is let go, the person leaves as well.
    Ends,
}

/// Who may take something on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takers {
    /// A side, or somebody there.
    Anybody,
    /// A side.
    Sides,
    /// Somebody.
    People,
}

impl Hanging {
    /// What becomes of it unless somebody says otherwise. People leave with their side, and belong to no group any more;
    /// whatever somebody has to see to stays until it is said who does.
    pub fn usual(&self, change: Move) -> Fate {
        if change != Move::Leaving {
            return Fate::Stays;
        }
        match &self.thread {
            Thread::Person(_) | Thread::Touch(_) => Fate::Ends,
            Thread::Field(_, _, RecordField::Members | RecordField::Support | RecordField::Sides) => {
                Fate::Ends
            }
            _ => Fate::Stays,
        }
    }

    /// Who may take it on.
    pub fn takers(&self) -> Takers {
        match &self.thread {
            Thread::Deputy(_) => Takers::People,
            Thread::Person(_) | Thread::Touch(_) | Thread::PromisedTo(_) => Takers::Sides,
            Thread::Field(_, _, field) => match field {
                RecordField::Members => Takers::People,
                RecordField::Support | RecordField::Sides | RecordField::HeldBy | RecordField::PaidTo => {
                    Takers::Sides
                }
                _ => Takers::Anybody,
            },
            _ => Takers::Anybody,
        }
    }

    /// What it means that it ends.
    pub fn end(&self) -> &'static str {
        match &self.thread {
            Thread::PromisedBy(_) | Thread::PromisedTo(_) => "let go",
            Thread::Touch(_) => "into the bin",
            Thread::Person(_) => "leaves as well",
            Thread::Field(_, _, RecordField::Members | RecordField::Support | RecordField::Sides) => {
                "no longer in it"
            }
            _ => "nobody, for now",
        }
    }
}

/// Everything that hangs on a side, in the order in which it is best looked at.
pub fn hangs_on_side(workbook: &Workbook, content: &Content, id: &PartnerId, today: Date) -> Vec<Hanging> {
    let look = Look { workbook, content, id, today };
    let mut all = Vec::new();
    for family in [Family::Role, Family::Activity, Family::Action, Family::Group, Family::TrustStep] {
        look.fields(family, &mut all);
    }
    look.promises(&mut all);
    look.fields(Family::MoneyLine, &mut all);
    look.legacies(&mut all);
    look.touches(&mut all);
    look.people(&mut all);
    all
}

struct Look<'a> {
    workbook: &'a Workbook,
    content: &'a Content,
    id: &'a PartnerId,
    today: Date,
}

impl Look<'_> {
    fn fields(&self, family: Family, all: &mut Vec<Hanging>) {
        let heading = self.content.table(family.name()).map_or("", |table| &table.heading);
        for record in self.workbook.each(family).filter(|record| !is_over(*record)) {
            let words = record_in_words(record, heading, self.workbook, self.content);
            let words = or(&words, "not said yet");
            for field in family.fields() {
                let Some(how) = record.value(*field).and_then(|value| self.named(*field, &value)) else {
                    continue;
                };
                all.push(Hanging {
                    thread: Thread::Field(family, record.id().clone(), *field),
                    group: family.many(),
                    words: format!("{words}: {how}"),
                    private: self.workbook.keeps_back(record),
                });
            }
        }
    }

    /// How a field names the side: "leads", "Jo leads"; `None` where it does not, or where that is only history.
    fn named(&self, field: RecordField, value: &Value) -> Option<String> {
        let verb = match field {
            RecordField::Lead => "leads".to_owned(),
            RecordField::Support => "helps".to_owned(),
            RecordField::Sides => "takes part".to_owned(),
            RecordField::Members => "belongs to it".to_owned(),
            RecordField::Crosser => "goes between".to_owned(),
            RecordField::HeldBy => "holds it".to_owned(),
            RecordField::PaidTo => "is still to have it".to_owned(),
            RecordField::Risk | RecordField::TrainingBy | RecordField::Materials => {
                field.label().to_lowercase()
            }
            _ => return None,
        };
        match value {
            Value::Who(Some(who)) if self.is_theirs(who) => Some(match &who.person {
                Some(person) => format!("{}, {verb}", self.name(person)),
                None => verb,
            }),
            Value::Sides(sides) if sides.contains(self.id) => Some(verb),
            Value::Side(Some(side)) if side == self.id => Some(verb),
            Value::People(people) => {
                let names: Vec<String> =
                    people.iter().filter(|id| self.is_there(id)).map(|id| self.name(id)).collect();
                (!names.is_empty()).then(|| format!("{}, {verb}", names.join(", ")))
            }
            _ => None,
        }
    }

    fn is_theirs(&self, who: &Who) -> bool {
        who.side == *self.id || who.person.as_ref().is_some_and(|person| self.is_there(person))
    }

    fn is_there(&self, person: &PersonId) -> bool {
        self.workbook.person(person).is_some_and(|person| person.partner == *self.id)
    }

    fn name(&self, id: &PersonId) -> String {
        let name = self.workbook.person(id).map_or("", |person| person.name.trim());
        or(name, "somebody").to_owned()
    }

    fn promises(&self, all: &mut Vec<Hanging>) {
        for promise in self.workbook.promises().iter().filter(|promise| promise.is_owed()) {
            let what = or(&promise.what, "not said yet");
            if promise.by == *self.id {
                let to = if promise.to.is_us() { "us".to_owned() } else { side(self.workbook, &promise.to) };
                all.push(Hanging {
                    thread: Thread::PromisedBy(promise.id.clone()),
                    group: "What they owe",
                    words: format!("{what}: to {to}"),
                    private: self.workbook.is_secret(promise),
                });
            } else if promise.to == *self.id {
                let by = if promise.is_ours() { "us".to_owned() } else { side(self.workbook, &promise.by) };
                all.push(Hanging {
                    thread: Thread::PromisedTo(promise.id.clone()),
                    group: "What they are owed",
                    words: format!("{what}: by {by}"),
                    private: self.workbook.is_secret(promise),
                });
            }
        }
        all.order_by_key(|hanging| matches!(hanging.thread, Thread::PromisedTo(_)));
    }

    fn legacies(&self, all: &mut Vec<Hanging>) {
        let kept = |legacy: &&Legacy| legacy.keeper.as_ref().is_some_and(|who| self.is_theirs(who));
        all.extend(self.workbook.legacies().iter().filter(kept).map(|legacy| Hanging {
            thread: Thread::Kept(legacy.id.clone()),
            group: "What remains",
            words: format!("{}: keeps it", or(&legacy.what, "not said yet")),
            private: self.workbook.keeps_back(legacy.lent()),
        }));
    }

    fn touches(&self, all: &mut Vec<Hanging>) {
        let touches = self.workbook.touch_points().iter().filter(|touch| touch.partner == *self.id);
        all.extend(touches.map(|touch| {
            let every = match touch.every_weeks {
                Some(1) => ", every week".to_owned(),
                Some(weeks) => format!(", every {weeks} weeks"),
                None => String::new(),
            };
            Hanging {
                thread: Thread::Touch(touch.id.clone()),
                group: "Being in touch",
                words: format!("{}{every}", or(&touch.kind, "be in touch")),
                private: false,
            }
        }));
    }

    fn people(&self, all: &mut Vec<Hanging>) {
        let people = there(self.workbook, self.id, self.today);
        let deputies = people.iter().filter(|person| !person.deputy_for.trim().is_empty());
        all.extend(deputies.map(|person| Hanging {
            thread: Thread::Deputy(person.id.clone()),
            group: "Standing in",
            words: format!("{} stands in for {}", or(&person.name, "somebody"), person.deputy_for.trim()),
            private: false,
        }));
        all.extend(people.iter().map(|person| Hanging {
            thread: Thread::Person(person.id.clone()),
            group: "People",
            words: match person.role.trim() {
                "" => or(&person.name, "somebody").to_owned(),
                role => format!("{}, {role}", or(&person.name, "somebody")),
            },
            private: false,
        }));
    }
}

/// Whether a record is only history.
fn is_over(record: RecordRef<'_>) -> bool {
    match record {
        RecordRef::Action(action) => action.state != ActionState::Open,
        RecordRef::MoneyLine(line) => line.paid.is_some(),
        record => matches!(record.value(RecordField::DoneOn), Some(Value::Day(Some(_)))),
    }
}

/// A change of membership with everything that was decided about what hangs on the partner.
#[derive(Debug, Clone)]
pub struct Handing<'a> {
    /// The partner.
    pub partner: &'a PartnerId,
    /// What happens.
    pub change: Move,
    /// The day.
    pub on: Date,
    /// What hangs on it, and what becomes of each.
    pub fates: &'a [(Hanging, Fate)],
    /// Names the record of it.
    pub record: RecordId,
}

/// The edits that carry a change of membership out. They belong together.
pub fn hand_on(workbook: &Workbook, handing: &Handing<'_>) -> Vec<Edit> {
    let mut doing = Doing { workbook, handing, records: Vec::new(), people: Vec::new(), bin: Vec::new() };
    for (hanging, fate) in handing.fates {
        doing.carry_out(&hanging.thread, fate);
    }
    doing.follow();
    let status = match handing.change {
        Move::Joining => PartnerStatus::In,
        Move::Pausing => PartnerStatus::Paused,
        Move::Leaving => PartnerStatus::Left,
    };
    let partner = workbook.partner(handing.partner).cloned();
    let partner = partner.map(|partner| Edit::SetPartner(Box::new(Partner { status, ..partner })));
    // something that still hangs on a partner who has left wants another look
    let stays = handing.change == Move::Leaving && handing.fates.iter().any(|(_, fate)| *fate == Fate::Stays);
    let membership = Membership {
        side: Some(handing.partner.clone()),
        change: handing.change,
        on: Some(handing.on),
        hand_on: in_words(workbook, handing),
        done: (!stays).then_some(handing.on),
        ..Membership::new(handing.record.clone())
    };
    let mut edits = vec![Edit::AddRecord { record: Box::new(membership.into()), place: usize::MAX }];
    edits.extend(partner);
    edits.extend(doing.records.into_iter().map(|record| Edit::SetRecord(Box::new(record))));
    edits.extend(doing.people.into_iter().map(|person| Edit::SetPerson(Box::new(person))));
    edits.extend(doing.bin);
    edits
}

/// What was handed on, to whom, what ended and what stays: a line each.
fn in_words(workbook: &Workbook, handing: &Handing<'_>) -> String {
    let line = |(hanging, fate): &(Hanging, Fate)| {
        let fate = match fate {
            Fate::Stays if handing.change == Move::Leaving => "still to be handed on".to_owned(),
            Fate::Stays => return None,
            Fate::To(who) => format!("to {}", who_in_words(workbook, who)),
            Fate::Ends => hanging.end().to_owned(),
        };
        // what is said of the change may go out
        let words = if hanging.private { "Something private" } else { hanging.words.as_str() };
        Some(format!("{words} → {fate}"))
    };
    handing.fates.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// Records and people as they will be; each stands here once, whatever happens to it.
struct Doing<'a> {
    workbook: &'a Workbook,
    handing: &'a Handing<'a>,
    records: Vec<AnyRecord>,
    people: Vec<Person>,
    bin: Vec<Edit>,
}

impl Doing<'_> {
    fn carry_out(&mut self, thread: &Thread, fate: &Fate) {
        if *fate == Fate::Stays {
            return;
        }
        let to = match fate {
            Fate::To(who) => Some(who.clone()),
            _ => None,
        };
        match thread {
            Thread::Field(family, id, field) => self.field(*family, id, *field, to),
            Thread::PromisedBy(id) => self.promise(
                id,
                |promise| match &to {
                    Some(who) => Promise { by: who.side.clone(), by_person: who.person.clone(), ..promise },
                    None => promise,
                },
                to.is_none(),
            ),
            Thread::PromisedTo(id) => self.promise(
                id,
                |promise| match &to {
                    Some(who) => Promise { to: who.side.clone(), ..promise },
                    None => promise,
                },
                to.is_none(),
            ),
            Thread::Kept(id) => {
                let legacy = self.workbook.legacies().iter().find(|legacy| legacy.id == *id).cloned();
                self.records.extend(legacy.map(|legacy| Legacy { keeper: to, ..legacy }.into()));
            }
            Thread::Touch(id) => match to {
                Some(who) => {
                    let touch = self.workbook.touch_points().iter().find(|touch| touch.id == *id).cloned();
                    let moved = |touch| TouchPoint { partner: who.side, person: None, ..touch };
                    self.records.extend(touch.map(|touch| moved(touch).into()));
                }
                None => self.bin.push(Edit::BinRecord {
                    family: Family::TouchPoint,
                    record: id.clone(),
                    on: self.handing.on,
                }),
            },
            Thread::Deputy(id) => {
                let stands_in = self.person(id).map(|person| std::mem::take(&mut person.deputy_for));
                let taker = to.and_then(|who| who.person);
                if let (Some(for_whom), Some(taker)) = (stands_in, taker)
                    && let Some(taker) = self.person(&taker)
                {
                    let before = taker.deputy_for.trim();
                    let gap = if before.is_empty() { "" } else { ", " };
                    taker.deputy_for = format!("{before}{gap}{for_whom}");
                }
            }
            Thread::Person(id) => {
                let on = self.handing.on;
                if let Some(person) = self.person(id) {
                    match to {
                        Some(who) => person.partner = who.side,
                        None => person.left = Some(on),
                    }
                }
            }
        }
    }

    fn field(&mut self, family: Family, id: &RecordId, field: RecordField, to: Option<Who>) {
        let Some(record) = self.record(family, id) else { return };
        let value = match (record.value(field), to) {
            (Some(Value::Who(_)), to) => Value::Who(to),
            (Some(Value::Side(_)), to) => Value::Side(to.map(|who| who.side)),
            (Some(Value::Sides(mut sides)), to) => {
                sides.remove(self.handing.partner);
                sides.extend(to.map(|who| who.side));
                Value::Sides(sides)
            }
            (Some(Value::People(mut people)), to) => {
                let theirs = |id: &PersonId| {
                    self.workbook.person(id).is_some_and(|person| person.partner == *self.handing.partner)
                };
                people.retain(|id| !theirs(id));
                people.extend(to.and_then(|who| who.person));
                Value::People(people)
            }
            _ => return,
        };
        self.set(record.with(field, value));
    }

    /// The record as it will be so far.
    fn record(&self, family: Family, id: &RecordId) -> Option<AnyRecord> {
        let changed = self.records.iter().find(|record| record.id() == id).cloned();
        changed.or_else(|| self.workbook.record(family, id))
    }

    fn set(&mut self, record: Option<AnyRecord>) {
        let Some(record) = record else { return };
        match self.records.iter_mut().find(|there| there.id() == record.id()) {
            Some(there) => *there = record,
            None => self.records.push(record),
        }
    }

    fn promise(&mut self, id: &RecordId, change: impl Fn(Promise) -> Promise, let_go: bool) {
        let Some(promise) = self.workbook.promises().iter().find(|promise| promise.id == *id) else { return };
        let changed = change(promise.clone());
        let state = if let_go { PromiseState::LetGo } else { PromiseState::Renegotiated };
        let changed = Promise { state, changed: Some(self.handing.on), ..changed };
        self.records.push(changed.into());
    }

    /// The person as they will be.
    fn person(&mut self, id: &PersonId) -> Option<&mut Person> {
        if !self.people.iter().any(|person| person.id == *id) {
            self.people.push(self.workbook.person(id)?.clone());
        }
        self.people.iter_mut().find(|person| person.id == *id)
    }

    /// Whoever goes over to another side takes along what they see to in person.
    fn follow(&mut self) {
        let moved: Vec<Who> = self
            .people
            .iter()
            .filter(|person| person.partner != *self.handing.partner)
            .filter(|person| {
                self.workbook.person(&person.id).is_some_and(|was| was.partner != person.partner)
            })
            .map(|person| Who::person(person.partner.clone(), person.id.clone()))
            .collect();
        for (hanging, fate) in self.handing.fates {
            let (Thread::Field(family, id, field), Fate::Stays) = (&hanging.thread, fate) else { continue };
            let Some(record) = self.record(*family, id) else { continue };
            if let Some(Value::Who(Some(who))) = record.value(*field)
                && let Some(moved) = moved.iter().find(|moved| moved.person == who.person)
            {
                self.set(record.with(*field, Value::Who(Some(moved.clone()))));
            }
        }
    }
}

fn or<'a>(words: &'a str, otherwise: &'a str) -> &'a str {
    if words.trim().is_empty() { otherwise } else { words.trim() }
}
