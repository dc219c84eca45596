//! Holds the worked example to its promises: it reads back whole, names only people and questions that are there, and has
//! something to show on every screen. Its story is looked at on one fixed day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use alongside::content::{Content, SAMPLE, parse};
use alongside::domain::query::{AspectState, Leaver, aspect_state, disputed, leaver, standing_of};
use alongside::domain::{
    Answer, Binned, Line, PartnerId, PartnerStatus, Person, PersonId, Promise, PromiseState, RecordId,
    SaidIn, Source, Standing, Tag, Version, Workbook,
};
use alongside::export::{self, Document, Format, Subject};
use alongside::store::format::{FORMAT, parse_workbook};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

#[test]
fn the_example_holds_nothing_that_would_be_lost() {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    // a misspelt field is passed over on the way in, so it is missing on the way out
    let written = options.to_string(&example()).unwrap();
    assert_eq!(parse::<ron::Value>(SAMPLE).unwrap(), parse::<ron::Value>(&written).unwrap());
    assert_eq!((example().format, example().seq), (FORMAT, 0));
    assert_eq!(parse_workbook(SAMPLE).unwrap().unknown, Vec::<String>::new());
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
fn the_records_of_the_example_name_only_what_is_there() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let at = |side: &PartnerId, id: &PersonId| workbook.person(id).is_some_and(|p| p.partner == *side);
    let mut wrong = Vec::new();
    let mut check = |holds: bool, what: String| wrong.extend((!holds).then_some(what));
    for call in workbook.calls() {
        check(call.is_jots() == call.partner.is_none(), format!("{}: with whom", call.id));
        let there = |id: &PersonId| call.partner.as_ref().is_some_and(|side| at(side, id));
        check(call.with.iter().all(there), format!("{}: {:?}", call.id, call.with));
        for line in &call.lines {
            let asked = line.about.as_ref().is_none_or(|id| content.question(id.as_str()).is_some());
            check(asked, format!("{} is about {:?}", line.id, line.about));
        }
    }
    let mut sides: Vec<_> = workbook.calls().iter().filter_map(|call| call.partner.as_ref()).collect();
    sides.extend(workbook.words().iter().filter_map(|word| word.whose.as_ref()));
    for promise in workbook.promises() {
        sides.extend([&promise.by, &promise.to]);
        check(promise.by.is_us() != promise.to.is_us(), format!("{}: between whom", promise.id));
        let theirs = promise.by_person.as_ref().is_none_or(|id| at(&promise.by, id));
        check(theirs, format!("{}: {:?}", promise.id, promise.by_person));
    }
    for touch in workbook.touch_points() {
        sides.push(&touch.partner);
        let theirs = touch.person.as_ref().is_none_or(|id| at(&touch.partner, id));
        check(theirs, format!("{}: {:?}", touch.id, touch.person));
    }
    for side in sides {
        check(workbook.partner(side).is_some(), format!("nobody is called {side}"));
    }
    for said in said_in(&workbook) {
        let line = workbook.line(&said.call, &said.line);
        check(line.is_some_and(|line| line.done), format!("{said:?} is not there, or is still to be tidied"));
    }
    for partner in workbook.partners() {
        let named = |id: &String| content.levels().iter().any(|level| level.id == *id);
        check(partner.levels.values().all(named), format!("{}: {:?}", partner.id, partner.levels));
    }
    for (aspect, _) in workbook.look_agains() {
        check(content.aspect(aspect).is_some(), format!("look again at {aspect}"));
    }
    let ids = record_ids(&workbook);
    check(ids.iter().collect::<BTreeSet<_>>().len() == ids.len(), format!("an id is there twice: {ids:?}"));
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_calls_of_the_example_run_as_calls_do() {
    let Example { workbook, .. } = example();
    let calls = workbook.calls();
    let talks = || calls.iter().filter(|call| !call.is_jots());
    assert_eq!((talks().count(), calls.len()), (4, 5));
    assert!(calls.is_sorted_by_key(|call| call.started));
    for call in calls {
        assert!((5..=14).contains(&call.lines.len()), "{} has {} lines", call.id, call.lines.len());
        let stamps: Vec<_> = call.lines.iter().map(|line| line.at).collect();
        assert!(stamps.is_sorted_by(|one, next| one < next), "{} is out of order", call.id);
        assert!(stamps[0] >= call.started && call.on <= TODAY, "{}", call.id);
        assert!(!call.is_running() && call.ended.is_none_or(|ended| ended > stamps[stamps.len() - 1]));
        for at in [call.started].into_iter().chain(stamps).chain(call.ended) {
            assert_eq!(at.to_zoned(TimeZone::UTC).date(), call.on, "{}", call.id);
        }
    }
    let to_tidy: Vec<_> = talks().map(alongside::domain::Call::to_tidy).collect();
    assert_eq!(to_tidy, [0, 0, 0, 3]);
    assert_eq!(calls.iter().map(alongside::domain::Call::to_tidy).sum::<usize>(), 3);
    let lines: Vec<&Line> = calls.iter().flat_map(|call| &call.lines).collect();
    for tag in Tag::ALL {
        assert!(lines.iter().any(|line| line.tag == Some(tag)), "no line has the tag {}", tag.words());
    }
    assert!(lines.iter().any(|line| line.tag.is_none() && line.text.is_empty()), "no bare marker");
    assert_eq!(lines.iter().filter(|line| line.private).count(), 2);
    assert!(lines.iter().filter(|line| line.about.is_some()).count() >= 8);
}

#[test]
fn both_sides_of_the_example_owe_something() {
    let Example { workbook, .. } = example();
    let promises = workbook.promises();
    let owed = |ours: bool| promises.iter().filter(move |p| p.is_owed() && p.is_ours() == ours);
    assert!(owed(true).count() >= 2 && owed(false).count() >= 2);
    let states = [PromiseState::Open, PromiseState::Renegotiated, PromiseState::Kept, PromiseState::LetGo];
    let count = |state| promises.iter().filter(|p| p.state == state).count();
    assert_eq!(states.map(count), [4, 1, 2, 1]);
    assert_eq!(promises.len(), 8);
    let late = |p: &&Promise| p.is_owed() && p.due.is_some_and(|due| due < TODAY);
    assert_eq!(promises.iter().filter(late).count(), 1);
    assert!(promises.iter().any(|p| p.is_owed() && p.due.is_none()));
    assert!(promises.is_sorted_by_key(|p| p.made));
    for promise in promises {
        let said = promise.said_in.as_ref().and_then(|said| workbook.call(&said.call));
        assert!(said.is_none_or(|call| promise.made == Some(call.on)), "{} was made elsewhere", promise.id);
        let changed = promise.changed.is_none_or(|on| promise.made <= Some(on) && on <= TODAY);
        assert!(changed && !promise.what.is_empty(), "{}", promise.id);
        assert_eq!(promise.state == PromiseState::Open, promise.changed.is_none(), "{}", promise.id);
        assert_eq!(promise.state == PromiseState::Open, promise.note.is_empty(), "{}", promise.id);
    }
}

#[test]
fn the_example_has_something_of_every_kind_to_show() {
    let Example { workbook, .. } = example();
    let slipped = workbook.touch_points().iter().filter(|t| t.due().is_some_and(|due| due < TODAY));
    assert_eq!((workbook.touch_points().len(), slipped.count()), (3, 1));
    let full = |texts: [&str; 2], on: Option<Date>| {
        texts.iter().all(|text| !text.is_empty()) && on.is_some_and(|on| on <= TODAY)
    };
    assert_eq!(
        (workbook.words().len(), workbook.legacies().len(), workbook.look_agains().count()),
        (3, 3, 2)
    );
    assert!(workbook.words().iter().all(|w| !w.term.is_empty() && full([&w.problem, &w.instead], w.agreed)));
    assert!(workbook.legacies().iter().all(|l| full([&l.what, &l.for_whom], Some(l.noted))));
    assert!(workbook.look_agains().all(|(_, on)| on > TODAY));
    assert!(workbook.partners().iter().all(|p| p.levels.len() == 2 && !p.limits.is_empty()));
    let left =
        |b: &Binned| matches!(b, Binned::Partner { partner, .. } if partner.status == PartnerStatus::Left);
    assert!(workbook.bin().iter().any(left));
    let people = |holds: fn(&Person) -> bool| workbook.people().iter().filter(|p| holds(p)).count();
    assert_eq!([people(|p| p.crosses), people(|p| !p.note.is_empty()), people(|p| p.left.is_some())], [1; 3]);
    let content = Content::new();
    let asked = content.question("DEL-8").expect("the question is there");
    assert!(matches!(leaver(&workbook, asked), Some(Leaver::Agreed(p)) if p.id.as_str() == "meena"));
}

#[test]
fn what_is_private_in_the_example_leaves_with_no_export() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let lines = workbook.calls().iter().flat_map(|call| &call.lines).filter(|line| line.private);
    let notes = workbook.people().iter().map(|person| &person.note).filter(|note| !note.is_empty());
    let secret: Vec<String> = lines.map(|line| &line.text).chain(notes).map(|text| letters(text)).collect();
    assert_eq!(secret.len(), 3);
    for with_private in [false, true] {
        let subject = Subject::new(&workbook, &content, TODAY).with_private(with_private);
        let mut documents: Vec<Document> = export::ARTEFACTS.iter().map(|a| a.document(&subject)).collect();
        documents.extend(content.aspects().map(|aspect| export::aspect(&subject, aspect)));
        documents.extend(content.questions().map(|question| export::question(&subject, question)));
        for document in &documents {
            for format in Format::ALL {
                let written = letters(&String::from_utf8_lossy(format.write(document).unwrap().bytes()));
                let held: Vec<_> = secret.iter().filter(|text| written.contains(text.as_str())).collect();
                assert_eq!(held, Vec::<&String>::new(), "in {} as {format:?}", document.title);
            }
        }
    }
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
    assert!((45..=65).contains(&answers.len()), "{} answers", answers.len());
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

/// Wherever something of the workbook says that it was said in a line of a call.
fn said_in(workbook: &Workbook) -> Vec<SaidIn> {
    let promises = workbook.promises().iter().filter_map(|p| p.said_in.clone());
    let words = workbook.words().iter().filter_map(|word| word.said_in.clone());
    let legacies = workbook.legacies().iter().filter_map(|legacy| legacy.said_in.clone());
    let voices = workbook.answers().flat_map(|(_, answer)| {
        let partners = workbook.partners().iter().filter_map(|p| answer.theirs(&p.id));
        partners.filter_map(|theirs| match &theirs.source {
            Source::Call(said) => Some(said.clone()),
            Source::ByHand | Source::Said(_) => None,
        })
    });
    let voices: Vec<_> = voices.collect();
    assert_eq!(voices.len(), 1, "one partner's words come from a line");
    promises.chain(words).chain(legacies).chain(voices).collect()
}

/// The ids of all records, and of the lines of calls.
fn record_ids(workbook: &Workbook) -> Vec<RecordId> {
    let calls = workbook.calls().iter();
    let lines = calls.clone().flat_map(|call| &call.lines).map(|line| &line.id);
    let ids = lines.chain(calls.map(|call| &call.id)).chain(workbook.promises().iter().map(|p| &p.id));
    let ids = ids.chain(workbook.words().iter().map(|word| &word.id));
    let ids = ids.chain(workbook.touch_points().iter().map(|touch| &touch.id));
    ids.chain(workbook.legacies().iter().map(|legacy| &legacy.id)).cloned().collect()
}

/// The letters and digits of a text alone, so that neither wrapping nor escaping hides it.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
