//! Who stands in for whom. For whom somebody stands in is kept in words, so that "whoever does the rota" is an answer
//! too; people are found in it by their names.

use jiff::civil::Date;

use super::key_people::there;
use crate::domain::{PartnerId, Person, Workbook};

/// Somebody, and who stands in for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputised<'a> {
    /// The side.
    pub side: PartnerId,
    /// The person.
    pub person: &'a Person,
    /// Who stands in, of whatever side; empty for nobody.
    pub by: Vec<&'a Person>,
}

/// Everybody who is there on a day, side by side, with who stands in for them.
pub fn deputies(workbook: &Workbook, today: Date) -> Vec<Deputised<'_>> {
    let sides = std::iter::once(workbook.us()).chain(workbook.partners());
    let people = sides.flat_map(|side| {
        there(workbook, &side.id, today).into_iter().map(|person| (side.id.clone(), person))
    });
    people
        .map(|(side, person)| Deputised { side, person, by: stand_in_for(workbook, person, today) })
        .collect()
}

/// Who stands in for a person on a day.
pub fn stand_in_for<'a>(workbook: &'a Workbook, person: &Person, today: Date) -> Vec<&'a Person> {
    let others = workbook.people().iter().filter(|other| other.id != person.id && other.is_there(today));
    others.filter(|other| names(&other.deputy_for, &person.name)).collect()
}

/// The people of a side who stand in for somebody, on a day.
pub fn stand_ins<'a>(workbook: &'a Workbook, side: &PartnerId, today: Date) -> Vec<&'a Person> {
    there(workbook, side, today).into_iter().filter(|person| !person.deputy_for.trim().is_empty()).collect()
}

/// Whether words speak of a name: it stands there as whole words.
fn names(words: &str, name: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (words, name) = (plain(words), plain(name));
    !name.is_empty() && words.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Partner, PersonId, WorkbookId};
    use jiff::civil::date;

    #[test]
    fn who_stands_in_is_found_by_name_and_leaves_with_the_day() {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = Partner::named(PartnerId::new("museum"), "City Museum");
        workbook.apply(Edit::AddPartner { partner: Box::new(museum), place: 0 }).unwrap();
        for (name, side, deputy_for) in
            [("Jo Bell", "museum", ""), ("Eve", "museum", "jo bell, at weekends"), ("Joanna", "us", "")]
        {
            let person = Person::named(PersonId::new(name), PartnerId::new(side), name);
            let person = Person { deputy_for: deputy_for.into(), ..person };
            workbook.apply(Edit::AddPerson { person: Box::new(person), place: 9 }).unwrap();
        }
        let today = date(2025, 3, 1);
        let said = |workbook: &Workbook| -> Vec<(String, Vec<String>)> {
            let all = deputies(workbook, today).into_iter();
            all.map(|d| (d.person.name.clone(), d.by.iter().map(|p| p.name.clone()).collect())).collect()
        };
        let none = Vec::<String>::new;
        assert_eq!(
            said(&workbook),
            [("Joanna".into(), none()), ("Jo Bell".into(), vec!["Eve".into()]), ("Eve".into(), none())]
        );
        assert_eq!(stand_ins(&workbook, &PartnerId::new("museum"), today).len(), 1);
        let eve = workbook.person(&PersonId::new("Eve")).unwrap().clone();
        workbook.apply(Edit::SetPerson(Box::new(Person { left: Some(today), ..eve }))).unwrap();
        assert!(said(&workbook).iter().all(|(_, by)| by.is_empty()), "Eve has left");
    }
}
