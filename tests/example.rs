//! Holds the worked example to its promises: it reads back whole, names only people and questions that are there, and has
//! something to show on every screen. Its story is looked at on one fixed day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use alongside::content::{Content, SAMPLE, parse};
use alongside::domain::query::{AspectState, aspect_state, disputed, standing_of};
use alongside::domain::{Answer, Binned, PartnerId, PersonId, Standing, Version, Workbook};
use jiff::civil::{Date, date};
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

#[test]
fn the_example_holds_nothing_that_would_be_lost() {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    // a misspelt field is passed over on the way in, so it is missing on the way out
    let written = options.to_string(&example()).unwrap();
    assert_eq!(parse::<ron::Value>(SAMPLE).unwrap(), parse::<ron::Value>(&written).unwrap());
    assert_eq!((example().format, example().seq), (1, 0));
    // of two answers to one question the later would win
    let begins = |line: &&str| line.starts_with("            \"") && line.contains("\": (");
    assert_eq!(SAMPLE.lines().filter(begins).count(), example().workbook.answers().count());
    assert!(example().workbook.is_example());
}

#[test]
fn the_example_names_only_what_is_there() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let (mut partners, mut people) = (BTreeSet::from([PartnerId::us()]), BTreeSet::new());
    partners.extend(workbook.partners().iter().map(|p| p.id.clone()));
    people.extend(workbook.people().iter().map(|p| p.id.clone()));
    for binned in workbook.bin() {
        match binned {
            Binned::Partner { partner, .. } => partners.insert(partner.id.clone()),
            Binned::Person { person, .. } => people.insert(person.id.clone()),
            Binned::Record { .. } | Binned::Line { .. } => false,
        };
    }
    let mut lost = Vec::new();
    for person in workbook.people().iter().filter(|p| !partners.contains(&p.partner)) {
        lost.push(person.id.to_string());
    }
    for (id, answer) in workbook.answers() {
        if content.question(id.as_str()).is_none() {
            lost.push(id.to_string());
        }
        let (sides, names) = named_in(answer);
        let unknown_side = |id: &&String| !partners.contains(&PartnerId::new(*id));
        lost.extend(sides.iter().filter(unknown_side).map(|p| format!("{id}: {p}")));
        let unknown_name = |id: &&String| !people.contains(&PersonId::new(*id));
        lost.extend(names.iter().filter(unknown_name).map(|p| format!("{id}: {p}")));
        for partner in workbook.partners() {
            let speaker = answer.theirs(&partner.id).and_then(|t| t.person.as_ref());
            if speaker.is_some_and(|p| workbook.person(p).is_none_or(|p| p.partner != partner.id)) {
                lost.push(format!("{id}: {speaker:?} does not speak for {}", partner.name));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn the_example_makes_every_screen_worth_a_look() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    for aspect in content.aspects() {
        let touched = workbook.answers().any(|(id, _)| aspect.questions.iter().any(|q| q.id == id.as_str()));
        assert!(touched, "nobody has touched {}", aspect.name);
    }
    let standings: Vec<_> = content.questions().map(|q| standing_of(&workbook, q)).collect();
    let count = |standing| standings.iter().filter(|s| **s == standing).count();
    for (standing, least) in [
        (Standing::Guess, 10),
        (Standing::Asked, 15),
        (Standing::Agreed, 12),
        (Standing::Disputed, 3),
        (Standing::NotForUs, 2),
    ] {
        assert!(count(standing) >= least, "{standing:?} occurs {} times", count(standing));
    }
    let answers: Vec<_> = workbook.answers().map(|(_, answer)| answer).collect();
    assert!((45..=60).contains(&answers.len()), "{} answers", answers.len());
    assert!(answers.iter().map(|a| a.earlier().len()).sum::<usize>() >= 8);
    assert_eq!(answers.iter().filter(|a| a.is_private()).count(), 1);
    assert_eq!(answers.iter().filter(|a| a.is_to_share()).count(), 2);
    assert!(answers.iter().any(|a| a.ours().text.chars().count() >= 1_400));
    assert!(answers.iter().any(|a| !a.ours().text.is_ascii()));
    assert_eq!((workbook.partners().len(), workbook.bin().len()), (2, 2));
}

#[test]
fn the_example_stands_where_its_story_says() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let state = |aspect: &str| aspect_state(&workbook, content.aspect(aspect).unwrap(), TODAY);
    let (settled, again) = (AspectState::Settled, AspectState::LookAgain);
    let (in_hand, untouched) = (AspectState::InHand, AspectState::Untouched);
    assert_eq!(["scoping", "finding", "building"].map(state), [settled, in_hand, settled]);
    assert_eq!(["governing", "delivering", "reviewing"].map(state), [in_hand, again, again]);
    assert_eq!(["revising", "sustaining", "ending"].map(state), [in_hand, untouched, in_hand]);
    assert_eq!(["communicating", "skills"].map(state), [in_hand, in_hand]);
    let differ: Vec<_> = disputed(&workbook, &content).iter().map(|q| q.id.as_str()).collect();
    assert_eq!(differ, ["GOV-5", "DEL-4", "COM-12"]);
    let changed = workbook.answers().filter(|(_, a)| a.changed_since_agreed()).map(|(id, _)| id.as_str());
    assert_eq!(changed.collect::<Vec<_>>(), ["RVW-3"]);
}

#[test]
fn the_days_of_the_example_follow_one_another() {
    let Example { workbook, .. } = example();
    let log: Vec<Date> = workbook.partnership().log().iter().map(|change| change.on).collect();
    assert_eq!(log, [date(2024, 11, 4), date(2025, 2, 17), date(2025, 5, 6)]);
    let mut wrong = Vec::new();
    for (id, answer) in workbook.answers() {
        let last = answer.last_touched().into_iter().chain(answer.earlier().iter().map(|v| v.until)).max();
        if last.is_some_and(|on| on > TODAY) {
            wrong.push(format!("{id} lies ahead"));
        }
        for Version { voice, on, until, .. } in answer.earlier() {
            // what replaced a version began on the day on which it ended; an emptied voice has no day
            let next = answer.changed_on(voice);
            if on.is_none_or(|on| on > *until) || next.is_some_and(|next| next != *until) {
                wrong.push(format!("{id}: what {voice:?} said until {until}"));
            }
        }
        for accord in answer.accords() {
            if answer.agreed().on.is_none_or(|on| on > accord.on) {
                wrong.push(format!("{id}: agreed to before it was worded"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_example_is_clean() {
    let stray = |line: &str| line.trim_end() != line || line.contains(['!', '\t', '\u{2014}']);
    let stray: Vec<_> = SAMPLE.lines().filter(|line| stray(line)).collect();
    assert_eq!(stray, Vec::<&str>::new());
}

/// The day on which the example is looked at.
const TODAY: Date = date(2025, 11, 10);

/// A workbook file, as much of it as the example has.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    format: u32,
    seq: u64,
    workbook: Workbook,
}

fn example() -> Example {
    parse(SAMPLE).unwrap_or_else(|e| panic!("sample.ron: {e}"))
}

/// The ids of partners and of people that an answer names, read from its form on disk, which hides none.
fn named_in(answer: &Answer) -> (Vec<String>, Vec<String>) {
    let form = serde_json::to_value(answer).unwrap();
    let list = |of: &str| form[of].as_array().cloned().unwrap_or_default();
    let voices = form["theirs"].as_object().cloned().unwrap_or_default();
    let accords = list("accords");
    let sides = voices.keys().map(String::as_str);
    let sides = sides.chain(accords.iter().filter_map(|a| a["partner"].as_str()));
    let earlier = list("earlier");
    let sides = sides.chain(earlier.iter().filter_map(|v| v["voice"]["Theirs"].as_str()));
    let people = voices.values().chain(&accords).filter_map(|said| said["person"].as_str());
    (sides.map(str::to_owned).collect(), people.map(str::to_owned).collect())
}
