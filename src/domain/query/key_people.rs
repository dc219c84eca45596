//! What hangs on one person: at a partner, at our side, and between the two.

use jiff::civil::Date;

use crate::content::types::{ComesBack, Question};
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

/// Why people who have left make an answer want another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaver<'a> {
    /// They agreed to it for their side: it is to be agreed again with whoever is there now.
    Agreed(&'a Person),
    /// The question asks who carries on, and they have left since it was answered.
    SinceThen(&'a Person),
}

impl Leaver<'_> {
    /// The words that a person reads: "agreed with Jo, who has left".
    pub fn words(self) -> String {
        let name = |person: &Person| match person.name.trim() {
            "" => "somebody".to_owned(),
            name => name.to_owned(),
        };
        match self {
            Self::Agreed(person) => format!("agreed with {}, who has left", name(person)),
            Self::SinceThen(person) => format!("{} has left since", name(person)),
        }
    }
}

/// Why people who have left by today make the answer to a question want another look; `None` where they do not. Who is
/// known to leave on a day to come is still there.
pub fn leaver<'a>(workbook: &'a Workbook, question: &Question, today: Date) -> Option<Leaver<'a>> {
    let answer = workbook.answer(&QuestionId::new(&question.id));
    let has_left = |person: &Person| person.left.is_some_and(|left| left <= today);
    let gone = |id: &PersonId| workbook.person(id).filter(|person| has_left(person));
    let agreed = answer.accords().iter().filter_map(|accord| accord.person.as_ref()).find_map(gone);
    if let Some(person) = agreed {
        return Some(Leaver::Agreed(person));
    }
    let answered = answer.last_touched()?;
    let since = |person: &&Person| has_left(person) && person.left.is_some_and(|left| left >= answered);
    let comes_back = question.comes_back == Some(ComesBack::SomebodyLeft);
    let person = workbook.people().iter().rev().filter(|_| comes_back).find(since)?;
    Some(Leaver::SinceThen(person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Accord, Edit, Partner, Splice, TextPlace, VoiceKey, WorkbookId};
    use jiff::civil::date;

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = Partner::named(PartnerId::new("museum"), "City Museum");
        workbook.apply(Edit::AddPartner { partner: Box::new(museum), place: 0 }).unwrap();
        for (id, side) in [("jo", "museum"), ("eve", "museum"), ("ana", "us")] {
            let person = Person::named(PersonId::new(id), PartnerId::new(side), id);
            workbook.apply(Edit::AddPerson { person: Box::new(person), place: 9 }).unwrap();
        }
        workbook
    }

    fn leave(workbook: &mut Workbook, id: &str) {
        let left = Some(date(2025, 3, 1));
        let person = workbook.person(&PersonId::new(id)).unwrap().clone();
        workbook.apply(Edit::SetPerson(Box::new(Person { left, ..person }))).unwrap();
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
    fn what_somebody_agreed_who_has_left_wants_another_look() {
        let (mut workbook, content) = (workbook(), crate::content::Content::new());
        let question = content.question("SCO-2").unwrap();
        let accord = Accord {
            partner: PartnerId::new("museum"),
            person: Some(PersonId::new("jo")),
            on: date(2025, 1, 5),
        };
        let id = QuestionId::new("SCO-2");
        workbook.apply(Edit::SetAccords { question: id, accords: vec![accord] }).unwrap();
        let today = date(2025, 3, 1);
        assert_eq!(leaver(&workbook, question, today), None);
        leave(&mut workbook, "eve");
        assert_eq!(leaver(&workbook, question, today), None, "Eve agreed to nothing");
        leave(&mut workbook, "jo");
        assert_eq!(leaver(&workbook, question, today).unwrap().words(), "agreed with jo, who has left");
        assert_eq!(leaver(&workbook, question, date(2025, 2, 28)), None, "Jo is still there the day before");
    }

    #[test]
    fn the_question_who_would_carry_on_comes_back_until_it_is_answered_anew() {
        let (mut workbook, content) = (workbook(), crate::content::Content::new());
        let question = content.question("RVW-12").unwrap();
        let write = |workbook: &mut Workbook, on: Date| {
            let place = TextPlace::Voice(QuestionId::new("RVW-12"), VoiceKey::Ours);
            let insert = "Eve".to_owned();
            let splice = Splice { place, at: 0, delete: String::new(), insert, on: Some(on) };
            workbook.apply(Edit::Splice(splice)).unwrap();
        };
        leave(&mut workbook, "jo");
        let today = date(2025, 3, 10);
        assert_eq!(leaver(&workbook, question, today), None, "it was never answered");
        write(&mut workbook, date(2025, 2, 1));
        assert_eq!(leaver(&workbook, question, date(2025, 2, 28)), None, "Jo is still there");
        assert_eq!(leaver(&workbook, question, today).unwrap().words(), "jo has left since");
        write(&mut workbook, date(2025, 3, 2));
        assert_eq!(leaver(&workbook, question, today), None);
    }
}
