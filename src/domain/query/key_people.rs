//! What hangs on one person: at a partner, at our side, and between the two.

use jiff::civil::Date;

use crate::domain::{PartnerId, Person, PersonId, QuestionId, Workbook};

/// The people of a side who are there on a day.
pub fn there<'a>(workbook: &'a Workbook, side: &PartnerId, today: Date) -> Vec<&'a Person> {
    let side = side.clone();
    workbook.people().iter().filter(|p| p.partner == side && p.is_there(today)).collect()
}

/// The person on whom a side hangs: the only one there, so that nobody can stand in. `None` where there are several, or
/// where nobody is named at all.
pub fn hangs_on<'a>(workbook: &'a Workbook, side: &PartnerId, today: Date) -> Option<&'a Person> {
    match there(workbook, side, today).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// A partner that hangs on one person, at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPerson {
    /// The partner.
    pub partner: PartnerId,
    /// The only person there, where there is only one.
    pub theirs: Option<PersonId>,
    /// The only person of ours who is in touch with them, where there is only one.
    pub ours: Option<PersonId>,
}

/// Which partners hang on one person at their end, at ours, or at both.
pub fn key_people(workbook: &Workbook, today: Date) -> Vec<KeyPerson> {
    let ours = hangs_on(workbook, &PartnerId::us(), today).map(|person| person.id.clone());
    let partners = workbook.partners().iter().map(|partner| KeyPerson {
        partner: partner.id.clone(),
        theirs: hangs_on(workbook, &partner.id, today).map(|person| person.id.clone()),
        ours: ours.clone(),
    });
    partners.filter(|key| key.theirs.is_some() || key.ours.is_some()).collect()
}

/// The answers that somebody who has left agreed to for their side: they are to be agreed again with whoever is there
/// now.
pub fn agreed_with_leavers(workbook: &Workbook, today: Date) -> Vec<(QuestionId, PersonId)> {
    let gone = |id: &PersonId| workbook.person(id).is_none_or(|person| !person.is_there(today));
    let answers = workbook.answers().flat_map(|(question, answer)| {
        let accords = answer.accords().iter().filter_map(|accord| accord.person.as_ref());
        accords.filter(|id| gone(id)).map(|id| (question.clone(), id.clone()))
    });
    answers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Accord, Edit, Partner, WorkbookId};
    use jiff::civil::date;

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = Partner::named(PartnerId::new("museum"), "City Museum");
        workbook.apply(Edit::AddPartner { partner: museum, place: 0 }).unwrap();
        for (id, side) in [("jo", "museum"), ("eve", "museum"), ("ana", "us")] {
            let person = Person::named(PersonId::new(id), PartnerId::new(side), id);
            workbook.apply(Edit::AddPerson { person, place: 9 }).unwrap();
        }
        workbook
    }

    fn leave(workbook: &mut Workbook, id: &str) {
        let left = Some(date(2025, 3, 1));
        let person = workbook.person(&PersonId::new(id)).unwrap().clone();
        workbook.apply(Edit::SetPerson(Person { left, ..person })).unwrap();
    }

    #[test]
    fn a_side_hangs_on_the_last_one_there() {
        let mut workbook = workbook();
        let (museum, before, after) = (PartnerId::new("museum"), date(2025, 2, 28), date(2025, 3, 1));
        assert_eq!(hangs_on(&workbook, &museum, after), None);
        assert_eq!(key_people(&workbook, after).len(), 1, "our own side hangs on Ana");
        leave(&mut workbook, "jo");
        assert_eq!(hangs_on(&workbook, &museum, before), None, "Jo is still there the day before");
        assert_eq!(hangs_on(&workbook, &museum, after).unwrap().name, "eve");
        let key = &key_people(&workbook, after)[0];
        assert_eq!(
            (key.theirs.as_ref().unwrap().as_str(), key.ours.as_ref().unwrap().as_str()),
            ("eve", "ana")
        );
        leave(&mut workbook, "eve");
        assert_eq!(hangs_on(&workbook, &museum, after), None, "nobody is there at all");
    }

    #[test]
    fn what_somebody_agreed_who_has_left_is_named() {
        let mut workbook = workbook();
        let question = QuestionId::new("SCO-2");
        let accord = Accord {
            partner: PartnerId::new("museum"),
            person: Some(PersonId::new("jo")),
            on: date(2025, 1, 5),
        };
        workbook.apply(Edit::SetAccords { question: question.clone(), accords: vec![accord] }).unwrap();
        assert_eq!(agreed_with_leavers(&workbook, date(2025, 3, 2)), []);
        leave(&mut workbook, "jo");
        assert_eq!(agreed_with_leavers(&workbook, date(2025, 3, 2)), [(question, PersonId::new("jo"))]);
    }
}
