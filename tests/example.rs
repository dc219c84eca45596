//! Holds the worked example to its promises: it reads back whole, names only people and questions that are there, and has
//! something to show on every screen. Its story is looked at on one fixed day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use alongside::content::{Content, SAMPLE, parse};
use alongside::domain::query::{AspectState, Leaver, aspect_state, disputed, leaver, standing_of};
use alongside::domain::{
    Activity, Agreement, Answer, AnyRecord, Binned, Candidate, CandidateState, Contribution, Family, FitSign,
    FormChoice, GoDecision, GoOn, InFamily, Line, MoneyLine, Paid, PartnerId, PartnerStatus, Person,
    PersonId, Pilot, PilotOutcome, Promise, PromiseState, QuestionId, RecordField, RecordId, Role, SaidIn,
    SignHeard, Source, Standing, Tag, Topic, Value, Version, Workbook,
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
    for record in records(&workbook) {
        for field in record.family().fields() {
            let lost = record.value(*field).and_then(|value| lost(&value, &workbook, &content));
            check(lost.is_none(), format!("{}, {}: {lost:?}", record.id(), field.name()));
        }
    }
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
    assert_eq!(states.map(count), [4, 1, 3, 1]);
    assert_eq!(promises.len(), 9);
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
    assert!(workbook.legacies().iter().all(|l| full([&l.what, &l.for_whom], l.noted)));
    assert!(workbook.look_agains().all(|(_, on)| on > TODAY));
    assert!(workbook.partners().iter().all(|p| p.levels.len() == 2 && !p.limits.is_empty()));
    let left =
        |b: &Binned| matches!(b, Binned::Partner { partner, .. } if partner.status == PartnerStatus::Left);
    assert!(workbook.bin().iter().any(left));
    let people = |holds: fn(&Person) -> bool| workbook.people().iter().filter(|p| holds(p)).count();
    assert_eq!([people(|p| p.crosses), people(|p| !p.note.is_empty()), people(|p| p.left.is_some())], [1; 3]);
    let content = Content::new();
    let asked = content.question("DEL-8").expect("the question is there");
    assert!(matches!(leaver(&workbook, asked, TODAY), Some(Leaver::Agreed(p)) if p.id.as_str() == "meena"));
}

#[test]
fn what_is_private_in_the_example_leaves_with_no_export() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let lines = workbook.calls().iter().flat_map(|call| &call.lines).filter(|line| line.private);
    let notes = workbook.people().iter().map(|person| &person.note).filter(|note| !note.is_empty());
    let mut secret: Vec<String> =
        lines.map(|line| &line.text).chain(notes).map(|text| letters(text)).collect();
    // a private record goes out where it is asked for, as a private answer does; lines and notes never do
    let always = secret.len();
    for record in private_records(&workbook) {
        let texts = record.family().fields().iter().filter_map(|field| record.field(*field));
        secret.extend(texts.map(letters).filter(|text| !text.is_empty()));
    }
    assert_eq!((private_records(&workbook).len(), secret.len()), (1, 12));
    for with_private in [false, true] {
        let subject = Subject::new(&workbook, &content, TODAY).with_private(with_private);
        let mut documents: Vec<Document> = export::artefacts().map(|a| a.document(&subject)).collect();
        documents.extend(content.aspects().map(|aspect| export::aspect(&subject, aspect)));
        documents.extend(content.questions().map(|question| export::question(&subject, question)));
        for document in &documents {
            for format in Format::ALL {
                let written = letters(&String::from_utf8_lossy(format.write(document).unwrap().bytes()));
                let kept = if with_private { secret.get(..always).unwrap_or(&[]) } else { &secret };
                let held: Vec<_> = kept.iter().filter(|text| written.contains(text.as_str())).collect();
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
    let within = |sheet: &str| {
        let code = format!("{}-", content.aspect(sheet).unwrap().code);
        workbook.answers().filter(|(id, _)| id.as_str().starts_with(&code)).count()
    };
    let (clauses, differences) = (within("agreement"), within("differences"));
    assert_eq!((clauses, differences), (28, 9));
    let walked = answers.len() - clauses - differences;
    assert!((45..=65).contains(&walked), "{walked} answers");
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
    let in_hand = AspectState::InHand;
    assert_eq!(["scoping", "finding", "building"].map(state), [settled, in_hand, settled]);
    assert_eq!(["governing", "delivering", "reviewing"].map(state), [in_hand, in_hand, again]);
    assert_eq!(["revising", "sustaining", "ending"].map(state), [in_hand, in_hand, in_hand]);
    assert_eq!(["communicating", "skills"].map(state), [in_hand, in_hand]);
    let differ: Vec<_> = disputed(&workbook, &content).iter().map(|q| q.id.as_str()).collect();
    assert_eq!(differ, ["GOV-5", "DEL-4", "COM-12", "K-14"]);
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
fn every_table_of_the_example_has_something_to_show() {
    let Example { workbook, .. } = example();
    let bare: Vec<_> = Family::ALL.iter().filter(|family| workbook.how_many(**family) == 0).collect();
    assert_eq!(bare, Vec::<&Family>::new());
    let mut unused = Vec::new();
    for family in Family::ALL {
        let records = workbook.records(*family);
        let used = |field: &RecordField| {
            records.iter().any(|record| record.value(*field).is_some_and(|value| !value.is_empty()))
        };
        // one record is private, and its family shows how that looks
        let fields = family.fields().iter().filter(|field| **field != RecordField::Private);
        // nothing of a promise is wound up in the example yet: that is one key on the screen of its ending
        let by_a_key = (Family::WindUp, RecordField::Promise);
        let fields = fields.filter(|field| (*family, **field) != by_a_key);
        unused.extend(fields.filter(|field| !used(field)).map(|field| (*family, *field)));
    }
    assert_eq!(unused, Vec::<(Family, RecordField)>::new());
}

#[test]
fn the_agreement_of_the_example_is_almost_there() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let chosen = FormChoice::all(&workbook)[0].form;
    let needed = content
        .clauses()
        .iter()
        .filter(|clause| clause.needed_in.iter().any(|form| format!("{form:?}") == format!("{chosen:?}")));
    let questions: Vec<_> = needed.map(|clause| content.question(&clause.question()).unwrap()).collect();
    let of = |standing| {
        let there = questions.iter().filter(|q| standing_of(&workbook, q) == standing);
        there.map(|q| q.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((of(Standing::Blank), of(Standing::Disputed)), (vec!["K-27"], vec!["K-14"]));
    let parties = workbook.answer(&QuestionId::new("K-1"));
    assert_eq!((parties.accords().len(), workbook.partners().len()), (1, 2), "one side has yet to agree");
    // a version that was, and the one that stands, with a review day to come
    let [first, second] = Agreement::all(&workbook) else { panic!("there are two versions") };
    assert_eq!(
        (first.number, second.number, second.supersedes.as_ref()),
        (Some(1), Some(2), Some(&first.id))
    );
    assert!(first.agreed < second.agreed && second.agreed <= Some(TODAY) && second.review_by > Some(TODAY));
    for (id, words) in &second.clauses {
        // what stands in it is what the clause says now, or what it said then
        let answer = workbook.answer(id);
        let then = answer.earlier().iter().any(|version| version.text == *words);
        assert!(answer.agreed().text == *words || then, "{id}: {words}");
    }
}

#[test]
fn the_example_leaves_some_things_open() {
    let Example { workbook, .. } = example();
    let lines = MoneyLine::all(&workbook);
    let owed = lines.iter().filter(|line| line.paid.is_none()).count();
    assert_eq!((owed, lines.iter().filter(|line| line.funder.is_empty()).count()), (2, 1));
    let hours = Contribution::all(&workbook);
    let given = hours.iter().filter(|h| h.paid == Paid::Given && h.rate.is_some());
    assert!(given.count() > 0 && hours.iter().any(|h| h.paid == Paid::Paid));
    let activities = Activity::all(&workbook);
    assert_eq!(activities.iter().filter(|a| a.lead.is_none()).count(), 1);
    assert_eq!(activities.iter().filter(|a| a.public && a.risk.is_none()).count(), 1);
    assert_eq!(Role::all(&workbook).iter().filter(|role| role.support.is_empty()).count(), 1);
    let pilot = &Pilot::all(&workbook)[0];
    assert!(pilot.outcome == PilotOutcome::Continue && pilot.until < Some(TODAY));
    let signs = FitSign::all(&workbook);
    let heard = |heard| signs.iter().filter(|sign| sign.heard == heard).count();
    assert_eq!([SignHeard::Fits, SignHeard::DoesNotFit, SignHeard::NotHeard].map(heard), [2, 1, 1]);
    let candidates = Candidate::all(&workbook);
    let stands = |state| candidates.iter().filter(|candidate| candidate.state == state).count();
    let states = [CandidateState::Partner, CandidateState::NotNow, CandidateState::Shortlisted];
    assert_eq!((states.map(stands), candidates.len()), ([1; 3], 3));
    assert!(GoDecision::all(&workbook).iter().any(|go| go.decision == GoOn::Go && go.on < Some(TODAY)));
}

#[test]
fn what_is_over_in_the_example_lies_behind() {
    let Example { workbook, .. } = example();
    use RecordField::{AgreedOn, ApproachedOn, CheckedOn, DoneOn, PaidOn, RepliedOn};
    let mut ahead = Vec::new();
    for record in records(&workbook) {
        let day = |field| match record.value(field) {
            Some(Value::Day(day)) => day,
            _ => None,
        };
        let over = [AgreedOn, ApproachedOn, CheckedOn, DoneOn, PaidOn, RepliedOn];
        let late = over.iter().filter(|field| day(**field).is_some_and(|on| on > TODAY));
        ahead.extend(late.map(|field| (record.id().to_string(), *field)));
        let (from, until) = (day(RecordField::From), day(RecordField::Until));
        assert!(until.is_none() || from <= until, "{}", record.id());
    }
    assert_eq!(ahead, Vec::<(String, RecordField)>::new());
}

#[test]
fn the_example_keeps_to_its_own_word_list() {
    let Example { workbook, .. } = example();
    let avoid: Vec<String> = workbook.words().iter().map(|word| word.term.to_lowercase()).collect();
    let told = [Family::Call, Family::Promise, Family::Word];
    let mut wrong = Vec::new();
    let mut check = |of: &str, text: &str| {
        let text = text.to_lowercase();
        let heard = avoid.iter().find(|term| text.contains(term.as_str()));
        wrong.extend(heard.map(|term| format!("{of}: {term}")));
    };
    for record in records(&workbook).iter().filter(|record| !told.contains(&record.family())) {
        for field in record.family().fields() {
            match record.value(*field) {
                Some(Value::Text(text)) => check(record.id().as_str(), &text),
                Some(Value::Wording(words)) => {
                    words.values().for_each(|text| check(record.id().as_str(), text))
                }
                _ => {}
            }
        }
    }
    for (id, answer) in workbook.answers() {
        // elsewhere people may say how a word came to be on the list
        if id.as_str().starts_with("K-") || id.as_str().starts_with("DIF-") {
            check(id.as_str(), &answer.ours().text);
            check(id.as_str(), &answer.agreed().text);
            answer.voices_of_others().for_each(|(_, theirs)| check(id.as_str(), &theirs.text));
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

/// All records, those of hand-made families too.
fn records(workbook: &Workbook) -> Vec<AnyRecord> {
    Family::ALL.iter().flat_map(|family| workbook.records(*family)).collect()
}

/// The records that were marked as private.
fn private_records(workbook: &Workbook) -> Vec<AnyRecord> {
    records(workbook).into_iter().filter(AnyRecord::is_private).collect()
}

/// The ids of all records, and of the lines of calls.
fn record_ids(workbook: &Workbook) -> Vec<RecordId> {
    let lines = workbook.calls().iter().flat_map(|call| &call.lines).map(|line| line.id.clone());
    lines.chain(records(workbook).iter().map(|record| record.id().clone())).collect()
}

/// What a field names and is not there. A partner in the bin may be named, a person there may not.
fn lost(value: &Value, workbook: &Workbook, content: &Content) -> Option<String> {
    let in_bin = |id: &PartnerId| {
        workbook
            .bin()
            .iter()
            .any(|binned| matches!(binned, Binned::Partner { partner, .. } if partner.id == *id))
    };
    let no_side = |id: &&PartnerId| workbook.partner(id).is_none() && !in_bin(id);
    let no_person = |id: &&PersonId| workbook.person(id).is_none();
    let no_question = |id: &&QuestionId| content.question(id.as_str()).is_none();
    match value {
        Value::Side(side) => side.as_ref().filter(no_side).map(ToString::to_string),
        Value::Sides(sides) => sides.iter().find(no_side).map(ToString::to_string),
        Value::People(people) => people.iter().find(no_person).map(ToString::to_string),
        Value::Who(Some(who)) => {
            let stranger =
                |id: &&PersonId| workbook.person(id).is_none_or(|person| person.partner != who.side);
            let person = who.person.as_ref().filter(stranger).map(ToString::to_string);
            person.or_else(|| Some(&who.side).filter(no_side).map(ToString::to_string))
        }
        Value::Record(Some(id)) => workbook.any_record(id).is_none().then(|| id.to_string()),
        Value::Topic(Topic(id)) => (!id.is_empty() && content.topic(id).is_none()).then(|| id.clone()),
        Value::Choices(chosen, _) => chosen.keys().find(|id| content.aspect(id).is_none()).cloned(),
        Value::Question(question) => question.as_ref().filter(no_question).map(ToString::to_string),
        Value::Questions(questions) => questions.iter().find(no_question).map(ToString::to_string),
        Value::Wording(words) => words.keys().find(no_question).map(ToString::to_string),
        Value::Numbers(chosen) => {
            let asked = |id: &str, at: u8| {
                let signal =
                    content.signals().iter().any(|s| s.id == id && usize::from(at) < s.answers.len());
                signal
                    || (content.terms().iter().any(|term| term.id == id)
                        && at <= alongside::domain::Rating::MOST)
            };
            chosen.iter().find(|(id, at)| !asked(id, **at)).map(|(id, _)| id.clone())
        }
        _ => None,
    }
}

/// The letters and digits of a text alone, so that neither wrapping nor escaping hides it.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn a_document_about_one_of_several_is_about_the_one_that_was_named() {
    let Example { workbook, .. } = example();
    let content = Content::new();
    let made = |what: &str, about: &str| {
        let about = RecordId::new(about);
        let subject = Subject::new(&workbook, &content, TODAY).about_record(Some(&about));
        export::plain(&export::artefact(what).unwrap().document(&subject), export::COLUMNS)
    };
    for (what, about, says, not) in [
        ("change-note", "re1", "Thursday call", "object fewer"),
        ("change-note", "re2", "object fewer", "Thursday call"),
        ("pocket-card", "wa1", "towpath", "bandstand"),
        ("pocket-card", "wa2", "bandstand", "towpath"),
        ("walk-record", "wa1", "towpath", "bandstand"),
        ("ending-letter", "en1", "31 March 2026", "Harbour Arts"),
    ] {
        let text = made(what, about);
        assert!(text.contains(says) && !text.contains(not), "{what} about {about}:\n{text}");
    }
    assert!(made("walk-record", "wa2").contains("No walk has been held yet"));
}
