//! Who holds it all together: which partners hang on one person, at their end or at ours, and who stands in for whom.

use jiff::civil::Date;

use crate::domain::query::{deputies, hangs_on, key_people, side, stand_in_for, there};
use crate::domain::{PartnerId, Person, Workbook};
use crate::overlay::{Block, Reader};
use crate::screen::words;

/// The page that says it, partner by partner.
pub fn page(workbook: &Workbook, today: Date) -> Reader {
    let mut blocks = vec![Block::Text(in_short(workbook, today))];
    blocks.extend(without(workbook, today).map(Block::Text));
    for partner in std::iter::once(workbook.us()).chain(workbook.partners()) {
        let people = there(workbook, &partner.id, today);
        blocks.extend([Block::Space, Block::Heading(words::capital(&side(workbook, &partner.id)))]);
        if people.is_empty() {
            blocks.push(Block::Quiet("Nobody is named here.".to_owned()));
        }
        blocks.extend(people.into_iter().map(|person| Block::Point(role(person, workbook, today))));
        if let Some(only) = hangs_on(workbook, &partner.id, today) {
            blocks.push(Block::Text(format!(
                "It hangs on {}. Who could be asked along to the next meeting?",
                name(only)
            )));
        }
        let gone = workbook.people_of(&partner.id).filter(|person| !person.is_there(today));
        let gone: Vec<&str> = gone.map(name).collect();
        if !gone.is_empty() {
            blocks.push(Block::Quiet(format!("Has left: {}.", words::listed(&gone))));
        }
    }
    let title = words::or(workbook.title(), "No title yet").to_owned();
    Reader::new(vec![title, "People".to_owned()], "Who would carry on?", blocks)
}

/// How many partners hang on one person, in a sentence.
fn in_short(workbook: &Workbook, today: Date) -> String {
    let key = key_people(workbook, today);
    let theirs = key.iter().filter(|key| key.theirs.is_some()).count();
    let ours = hangs_on(workbook, &PartnerId::us(), today);
    let theirs = match theirs {
        0 => "No partner hangs on one person at their end".to_owned(),
        1 => "One partner hangs on one person at their end".to_owned(),
        n => format!("{n} partners hang on one person at their end"),
    };
    match ours {
        Some(person) => format!("{theirs}; at ours, everything hangs on {}.", name(person)),
        None => format!("{theirs}."),
    }
}

/// For how many nobody stands in, in a sentence; nothing where nobody is named at all.
fn without(workbook: &Workbook, today: Date) -> Option<String> {
    let all = deputies(workbook, today);
    let without = all.iter().filter(|of| of.by.is_empty()).count();
    match (all.len(), without) {
        (0, _) => None,
        (_, 0) => Some("Somebody stands in for everybody.".to_owned()),
        (all, without) => Some(format!(
            "Nobody stands in for {without} of {}. Who stands in is said on the screen of the people.",
            words::count(all, "person", "people")
        )),
    }
}

fn name(person: &Person) -> &str {
    words::or(&person.name, "somebody without a name")
}

fn role(person: &Person, workbook: &Workbook, today: Date) -> String {
    let mut said = name(person).to_owned();
    if !person.role.trim().is_empty() {
        said.push_str(&format!(", {}", person.role.trim()));
    }
    let by = stand_in_for(workbook, person, today);
    if by.is_empty() {
        said.push_str("; nobody stands in");
    } else {
        let by: Vec<&str> = by.into_iter().map(name).collect();
        said.push_str(&format!("; {} stands in", words::listed(&by)));
    }
    if !person.deputy_for.trim().is_empty() {
        said.push_str(&format!("; stands in for {}", person.deputy_for.trim()));
    }
    if person.crosses {
        said.push_str("; at home on both sides");
    }
    said
}
