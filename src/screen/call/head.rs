//! With whom the call is: a letter or two find a partner or somebody known, and a name that nobody has becomes somebody to
//! sort out later. It never stands in the way: Esc, Tab and Enter on nothing all lead to the line.

use jiff::civil::Date;

use super::{At, CallScreen};
use crate::command::{Ctx, Outcome};
use crate::domain::{Call, Edit, PartnerId, Person, PersonId, Workbook, query};
use crate::order::InOrder;
use crate::widget::field;

/// Somebody who may be on the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// A partner.
    Partner(PartnerId),
    /// A person; the side comes along.
    Person(PersonId),
}

impl Who {
    /// The name, with the side where that is not said by it.
    pub(super) fn name(&self, workbook: &Workbook) -> String {
        match self {
            Self::Partner(id) => query::side(workbook, id),
            Self::Person(id) => workbook.person(id).map_or_else(String::new, |person| {
                if person.partner.is_unsorted() {
                    format!("{}, not sorted yet", person.name)
                } else {
                    format!("{}, {}", person.name, query::side(workbook, &person.partner))
                }
            }),
        }
    }

    /// Whether it is somebody who has left by a day.
    pub(super) fn has_left(&self, workbook: &Workbook, today: Date) -> bool {
        match self {
            Self::Partner(_) => false,
            Self::Person(id) => workbook.person(id).is_some_and(|person| !person.is_there(today)),
        }
    }
}

impl CallScreen {
    pub(super) fn ask_partner(&mut self, _: &Ctx<'_>) -> Outcome {
        self.head.set_text("");
        self.choice = 0;
        self.step_aside(At::Partner);
        Outcome::Done
    }

    pub(super) fn ask_people(&mut self, _: &Ctx<'_>) -> Outcome {
        self.head.set_text("");
        self.choice = 0;
        self.step_aside(At::People);
        Outcome::Done
    }

    pub(super) fn skip(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.type_on(ctx)
    }

    /// Who is found by what is typed, the best first.
    pub(super) fn found(&self, ctx: &Ctx<'_>) -> Vec<Who> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        let wanted = self.head.text();
        if self.at == At::People {
            return people(workbook, self.call(ctx), &wanted, ctx.today());
        }
        partners(workbook, &wanted, ctx.today())
    }

    pub(super) fn choose_by(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let last = self.found(ctx).len().saturating_sub(1);
        // the first arrow marks the first name, where nothing was typed and Enter would pass over it
        self.choice = match (self.head.is_empty(), self.choice, by > 0) {
            (true, 0, true) => 1,
            (true, n, false) => n.saturating_sub(1),
            (true, n, true) => (n + 1).min(last + 1),
            (false, n, _) => n.saturating_add_signed(by).min(last),
        };
        Outcome::Done
    }

    /// Which of those found Enter would take.
    pub(super) fn marked(&self) -> Option<usize> {
        if self.head.is_empty() { self.choice.checked_sub(1) } else { Some(self.choice) }
    }

    pub(super) fn take(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let found = self.found(ctx);
        let marked = self.marked().and_then(|n| found.get(n)).cloned();
        let name = field::clean_line(self.head.text().trim());
        if marked.is_none() && name.is_empty() {
            return self.type_on(ctx);
        }
        self.begun.get_or_insert(ctx.now);
        let at_people = self.at == At::People;
        let (edits, said) = match marked {
            Some(who) if at_people => (self.with_or_without(&who, ctx), None),
            Some(who) => (self.edits_for(&who, ctx), None),
            None => {
                let said = format!("{name} is on the call. Where they belong can be sorted out later.");
                (self.edits_for_stranger(name, ctx), Some(said))
            }
        };
        self.head.set_text("");
        self.choice = 0;
        if !at_people {
            self.type_on(ctx);
        }
        let edits = Outcome::Edits(edits);
        match said {
            Some(said) => Outcome::All(vec![edits, Outcome::Say(said)]),
            None => edits,
        }
    }

    /// The edits that say with whom the call is, for a name or some letters of it; none for no letters.
    pub(super) fn edits_for_who(&self, who: &str, ctx: &Ctx<'_>) -> Vec<Edit> {
        let who = field::clean_line(who.trim());
        let Some(workbook) = ctx.workbook().filter(|_| !who.is_empty()) else { return Vec::new() };
        let same = workbook.partners().iter().find(|partner| partner.name.trim() == who);
        let found = same.map(|partner| Who::Partner(partner.id.clone()));
        match found.or_else(|| partners(workbook, &who, ctx.today()).into_iter().next()) {
            Some(who) => self.edits_for(&who, ctx),
            None => self.edits_for_stranger(who, ctx),
        }
    }

    pub(super) fn edits_for(&self, who: &Who, ctx: &Ctx<'_>) -> Vec<Edit> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        let change = |call: &mut Call| match who {
            Who::Partner(partner) => {
                let stays = |id: &PersonId| workbook.person(id).is_some_and(|p| may_be_on(p, Some(partner)));
                call.partner = Some(partner.clone());
                call.with.retain(stays);
                call.also.retain(|other| other != partner);
            }
            Who::Person(id) => {
                // whoever is on the call already stays on it
                let side = workbook.person(id).map(|person| person.partner.clone());
                if let Some(side) = side.filter(|side| !side.is_unsorted()) {
                    call.also.retain(|other| *other != side);
                    call.partner = Some(side);
                }
                if !call.with.contains(id) {
                    call.with.push(id.clone());
                }
            }
        };
        vec![self.change_call(ctx, change)]
    }

    /// A name that nobody here has: somebody to sort out later, or somebody more at the partner's.
    fn edits_for_stranger(&self, name: String, ctx: &Ctx<'_>) -> Vec<Edit> {
        let partner = self.call(ctx).and_then(|call| call.partner.clone()).filter(|_| self.at == At::People);
        let side = partner.unwrap_or_else(PartnerId::unsorted);
        let person = Person::named(ctx.ids.person(), side, name);
        let id = person.id.clone();
        let call = self.change_call(ctx, |call| call.with.push(id));
        vec![Edit::AddPerson { person: Box::new(person), place: usize::MAX }, call]
    }

    fn with_or_without(&self, who: &Who, ctx: &Ctx<'_>) -> Vec<Edit> {
        let change = |call: &mut Call| match who {
            Who::Person(id) => turn(&mut call.with, id),
            Who::Partner(id) if call.partner.is_none() => call.partner = Some(id.clone()),
            Who::Partner(id) => turn(&mut call.also, id),
        };
        vec![self.change_call(ctx, change)]
    }
}

/// Takes something out of a list, or puts it in where it is not there.
fn turn<T: Clone + PartialEq>(list: &mut Vec<T>, what: &T) {
    match list.iter().position(|there| there == what) {
        Some(at) => _ = list.remove(at),
        None => list.push(what.clone()),
    }
}

/// Partners and people by some letters: those with a word that begins so first, then those that hold it anywhere.
/// Without letters, the partners alone. Who has left comes last.
fn partners(workbook: &Workbook, wanted: &str, today: Date) -> Vec<Who> {
    let partners = workbook.partners().iter();
    if wanted.trim().is_empty() {
        return partners.map(|partner| Who::Partner(partner.id.clone())).collect();
    }
    let partners = partners.filter_map(|p| Some((rank(&p.name, wanted)?, Who::Partner(p.id.clone()))));
    let people = workbook.people().iter().filter(|person| !person.partner.is_us());
    let people = people.filter_map(|p| Some((rank(&p.name, wanted)?, Who::Person(p.id.clone()))));
    let mut found: Vec<(u8, Who)> = partners.chain(people).collect();
    found.order_by_key(|(rank, who)| (who.has_left(workbook, today), *rank));
    found.into_iter().map(|(_, who)| who).collect()
}

/// The people who may be on a call: those of its partner and those not sorted yet, or everybody but us without one. By
/// letters also those of another partner, who may have been on it too, and that partner itself, after the others. Who has
/// left comes last.
fn people(workbook: &Workbook, call: Option<&Call>, wanted: &str, today: Date) -> Vec<Who> {
    let partner = call.and_then(|call| call.partner.as_ref());
    let is_near = |person: &Person| may_be_on(person, partner);
    let asked_for = !wanted.trim().is_empty();
    let people = workbook.people().iter().filter(|p| is_near(p) || (asked_for && !p.partner.is_us()));
    let ranked =
        people.filter_map(|p| Some(((!is_near(p), rank(&p.name, wanted)?), Who::Person(p.id.clone()))));
    let is_on = |id: &PartnerId| call.is_some_and(|call| call.also.contains(id));
    let others = workbook.partners().iter().filter(|p| Some(&p.id) != partner);
    let others = others.filter(|p| asked_for || is_on(&p.id));
    let others =
        others.filter_map(|p| Some(((!is_on(&p.id), rank(&p.name, wanted)?), Who::Partner(p.id.clone()))));
    let mut found: Vec<((bool, u8), Who)> = ranked.chain(others).collect();
    found.order_by_key(|(rank, who)| (who.has_left(workbook, today), *rank));
    found.into_iter().map(|(_, who)| who).collect()
}

fn may_be_on(person: &Person, partner: Option<&PartnerId>) -> bool {
    match partner {
        Some(partner) => person.partner == *partner || person.partner.is_unsorted(),
        None => !person.partner.is_us(),
    }
}

/// How well a name fits the letters: 0 where it begins so, 1 where each of the words begins one of its own, 2 where they
/// stand in it anywhere. `None` where they do not.
fn rank(name: &str, wanted: &str) -> Option<u8> {
    let (name, wanted) = (name.trim().to_lowercase(), wanted.trim().to_lowercase());
    if name.is_empty() {
        return None;
    }
    let begins = |word: &str| name.split(|c: char| !c.is_alphanumeric()).any(|w| w.starts_with(word));
    if name.starts_with(&wanted) {
        Some(0)
    } else if wanted.split_whitespace().all(begins) {
        Some(1)
    } else {
        name.contains(&wanted).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn a_letter_or_two_find_the_name_that_has_a_word_beginning_so() {
        assert_eq!(rank("City Museum", "ci"), Some(0));
        assert_eq!(rank("City Museum", "mus"), Some(1));
        assert_eq!(rank("City Museum", "c m"), Some(1));
        assert_eq!(rank("City Museum", "use"), Some(2));
        assert_eq!(rank("City Museum", "zoo"), None);
        assert_eq!(rank("Carers' group", "g"), Some(1));
        assert_eq!(rank("Åse's friends", "å"), Some(0));
    }
}
