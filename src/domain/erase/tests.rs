use crate::testing::properties::cases;
use proptest::prelude::*;

use super::*;
use crate::content::Content;
use crate::domain::random::{edit_of, wish};
use crate::domain::*;

fn spelled(name: &str, reach: &str, text: &str) -> Vec<(String, Kind, bool)> {
    let hits = Seeker::new(name, reach).hits(text);
    hits.iter().map(|hit| (text[hit.from..hit.to].to_owned(), hit.kind, hit.sure)).collect()
}

fn words(name: &str, text: &str) -> Vec<String> {
    spelled(name, "", text).into_iter().filter(|(_, _, sure)| *sure).map(|(word, ..)| word).collect()
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let name = "Helen Marsh";
    for text in
        ["HELEN MARSH", "helen  marsh", "Helen\nMarsh", "helen.marsh", "HelenMarsh", "Helen\u{a0}Marsh"]
    {
        assert_eq!(words(name, &format!("so {text}, she")), [text], "{text:?}");
    }
    assert_eq!(
        words(name, "Helen Marsh's, Helen Marshs, helen_marsh@x.org"),
        ["Helen Marsh", "Helen Marsh", "helen_marsh"]
    );
    assert_eq!(words(name, "Helen said; Marsh too; the marsh is wet"), ["Helen", "Marsh"]);
    assert_eq!(words("O'Brien", "what O\u{2019}Brien said"), ["O\u{2019}Brien"]);
    assert_eq!(words("Zoë", "ZOË, Zoës"), ["ZOË"]);
    assert_eq!(words("山田太郎", "昨日山田太郎さんが"), ["山田太郎"]);
    assert_eq!(words("", "nobody"), [""; 0]);
    // twice, one laid over the other: nothing of it stays
    assert_eq!(words("Ann Lee Ann Lee", "Ann Lee Ann Lee  Ann Lee"), ["Ann Lee Ann Lee  Ann Lee"]);
}

#[test]
fn a_name_is_found_whichever_way_its_accents_are_written() {
    // as one letter, and as a letter with an accent after it
    let (one, two) = ("Zo\u{eb} Fran\u{e7}ois", "Zoe\u{308} Franc\u{327}ois");
    for (name, text) in [(one, two), (two, one), (two, two)] {
        assert_eq!(words(name, &format!("ask {text}, she")), [text], "{name:?} in {text:?}");
        assert_eq!(words(name, &format!("{}'s", text.split(' ').next().unwrap())).len(), 1);
    }
    assert_eq!(words("김민수", "오늘 김민수씨가 왔다".nfd_text().as_str()), ["김민수".nfd_text()]);
    // another letter is another name
    assert_eq!(words("Rene", "Rene\u{301} rang"), [""; 0]);
    let reach = |reach: &str, text: &str| spelled("Q", reach, text).len();
    assert_eq!(reach("zo\u{eb}@x.org", "to zoe\u{308}@x.org, or"), 1);
    assert!(is_same_name(one, two) && !is_same_name("Rene", "Ren\u{e9}"));
}

trait Nfd {
    fn nfd_text(&self) -> String;
}

impl Nfd for str {
    fn nfd_text(&self) -> String {
        unicode_normalization::UnicodeNormalization::nfd(self).collect()
    }
}

#[test]
fn what_may_be_an_ordinary_word_is_found_and_not_sure() {
    let unsure = |name: &str, text: &str| {
        let hits = spelled(name, "", text);
        hits.into_iter().filter(|(_, _, sure)| !sure).map(|(word, ..)| word).collect::<Vec<_>>()
    };
    assert_eq!(unsure("Will Grant", "we will apply for a grant, Will"), ["will", "grant"]);
    assert_eq!(unsure("Ann", "planning with Ann"), ["ann"]);
    assert_eq!(
        unsure("the evening volunteer lead", "Volunteer days, the evening"),
        ["Volunteer", "the", "evening"]
    );
    assert_eq!(spelled("Al Li", "", "all lie"), []);
}

#[test]
fn contact_details_are_found_among_other_words() {
    let reach = "mornings, +44 1904 555 123, helen@museum.example or @helenm; 12 Mill Lane";
    let found = |text: &str| {
        let hits = spelled("Q", reach, text);
        hits.into_iter().map(|(word, kind, sure)| (word, kind == Kind::Contact && sure)).collect::<Vec<_>>()
    };
    let sure = |words: &[&str]| words.iter().map(|w| ((*w).to_owned(), true)).collect::<Vec<_>>();
    assert_eq!(found("ring 01904 555123 before noon."), sure(&["01904 555123"]));
    assert_eq!(found("(01904) 555-123"), sure(&["(01904) 555-123"]));
    assert_eq!(found("write to HELEN@museum.example."), sure(&["HELEN@museum.example"]));
    assert_eq!(found("she is @helenm, not @helenmary"), sure(&["@helenm"]));
    assert_eq!(found("meet at 12 mill lane"), sure(&["12 mill lane"]));
    assert_eq!(found("on 2025-03-14, mornings, 1904 pounds"), []);
}

const HELEN: &str = "Quillon Zebedee";
const REACH: &str = "by phone, 07700 900123, quill@zeb.example";

fn helen() -> PersonId {
    PersonId::new("h9")
}

/// A workbook in which the person stands everywhere.
fn full() -> Workbook {
    full_on(Workbook::new(WorkbookId::new("w"), ""))
}

/// The same in a workbook that has other things in it already.
fn full_on(mut wb: Workbook) -> Workbook {
    wb.title = "Walks with Quillon Zebedee".into();
    let day = jiff::civil::date(2025, 3, 14);
    let (question, museum) = (QuestionId::new("SCO-1"), PartnerId::new("museum"));
    let now = jiff::Timestamp::UNIX_EPOCH;
    let mut act = |edit: Edit| drop(wb.apply(edit).unwrap());
    act(Edit::AddPartner { partner: Box::new(Partner::named(museum.clone(), "City Museum")), place: 0 });
    let person = Person {
        reach: REACH.into(),
        role: "curator".into(),
        ..Person::named(helen(), museum.clone(), HELEN)
    };
    act(Edit::AddPerson { person: Box::new(person), place: 0 });
    let deputy =
        Person { deputy_for: HELEN.into(), ..Person::named(PersonId::new("dele"), museum.clone(), "Dele") };
    act(Edit::AddPerson { person: Box::new(deputy), place: 1 });
    act(Edit::SetHeard {
        question: question.clone(),
        partner: museum.clone(),
        heard: Heard::Asked,
        checked: Some(day),
        person: Some(helen()),
        source: Source::Said("Quillon's walk".into()),
    });
    act(Edit::SetAccords {
        question: question.clone(),
        accords: vec![Accord { partner: museum.clone(), person: Some(helen()), on: day }],
    });
    let text = "first\nQuillon will ring 07700 900 123\nlast".to_owned();
    act(Edit::KeepVersion {
        question,
        version: Version { voice: VoiceKey::Ours, on: None, until: day, text: text.clone() },
    });
    let mut call = Call::begun(RecordId::new("c"), day, now);
    call.with = vec![helen()];
    call.message = format!("Dear {HELEN},");
    call.lines = vec![Line::new(RecordId::new("l"), now, text)];
    act(Edit::AddRecord { record: Box::new(call.clone().into()), place: 0 });
    act(Edit::BinRecord { family: Family::Call, record: call.id.clone(), on: day });
    call.id = RecordId::new("c2");
    act(Edit::AddRecord { record: Box::new(call.into()), place: 0 });
    let promise = Promise {
        by_person: Some(helen()),
        ..Promise::new(RecordId::new("p"), museum, PartnerId::us(), "a quill")
    };
    act(Edit::AddRecord { record: Box::new(promise.into()), place: 0 });
    let snapshot = Snapshot { people: vec![helen(), PersonId::new("dele")], ..Snapshot::default() };
    let pause = Some(Box::new(Pause { light_touch: "ZEBEDEE".into(), snapshot, ..Pause::default() }));
    act(Edit::ChangeState(StateChange { pause, ..StateChange::to(PartnershipState::Paused, day) }));
    wb
}

#[test]
fn each_trace_says_where_it_is_and_what_stays_stays() {
    let (wb, content) = (full(), Content::new());
    let shown: Vec<String> = traces(&wb, &helen())
        .iter()
        .map(|t| {
            let at = t.at.in_words(&wb, &helen(), &content);
            let mark = if t.chosen { "goes" } else { "stays" };
            format!("{mark} {:?} | {} | {} | {} | {}", t.kind, at.part, at.thing, t.spelled, t.line)
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    let clean = erase(&wb, &helen(), &traces(&wb, &helen()));
    assert_eq!(clean.title(), "Walks with [name removed]");
    let line = clean.line(&RecordId::new("c2"), &RecordId::new("l")).unwrap();
    assert_eq!(line.text, "first\n[name removed] will ring [removed]\nlast");
    assert_eq!(clean.answer(&QuestionId::new("SCO-1")).accords()[0].person, None);
    assert!(traces(&clean, &helen()).is_empty());
}

#[test]
fn what_is_taken_out_of_the_list_stays_there_and_in_the_past() {
    let wb = full();
    let mut chosen = traces(&wb, &helen());
    let line = Spot::Text(TextPlace::Line(RecordId::new("c2"), RecordId::new("l")));
    for trace in chosen.iter_mut().filter(|t| t.at == line) {
        trace.chosen = false;
    }
    let clean = erase(&wb, &helen(), &chosen);
    let text = |wb: &Workbook| wb.line(&RecordId::new("c2"), &RecordId::new("l")).unwrap().text.clone();
    assert_eq!(text(&clean), text(&wb));
    assert!(!format!("{:?}", clean.answer(&QuestionId::new("SCO-1"))).contains("Quillon"));
    // a line that stays wherever it was shown stays in a note too; any other goes by its spelling
    for trace in chosen.iter_mut().filter(|t| t.line.contains("will ring")) {
        trace.chosen = false;
    }
    let erasure = Erasure::new(&wb, &helen(), chosen).unwrap();
    let eraser = erasure.ready();
    assert_eq!(eraser.text("Quillon will ring 07700 900 123"), None);
    assert_eq!(eraser.text("ask Quillon, 07700900123").as_deref(), Some("ask [name removed], [removed]"));
    assert_eq!(eraser.text("a quill and a zebedee").as_deref(), None);
    assert!(eraser.stands_in("quillon zebedee") && !eraser.stands_in("a quill"));
}

#[test]
fn the_past_is_rewritten_with_what_it_knew() {
    let wb = full();
    let erasure = Erasure::new(&wb, &helen(), traces(&wb, &helen())).unwrap();
    let mut then = wb.clone();
    let person = Person {
        reach: "ask at 01904 555 123".into(),
        ..Person::named(helen(), PartnerId::new("museum"), "Quill Zeb")
    };
    then.apply(Edit::SetPerson(Box::new(person))).unwrap();
    then.title = "Quill Zeb, 01904 555123".into();
    let (clean, places) = erasure.ready().earlier_workbook(&then);
    assert_eq!(clean.title(), "[name removed], [removed]");
    assert!(places > 5);
    assert!(!erasure.is_due_in(&clean));
}

/// What is put into texts; every form in which the name must be found.
const SNIPPETS: [&str; 6] =
    ["Quillon Zebedee", "QUILLON ZEBEDEE", "quillon zebedee", "Zebedee", "quill@zeb.example", "07700 900123"];

/// Every family that is described, the endings with all that belongs to them among them: in its list and in the bin.
#[test]
fn no_family_keeps_anything_of_the_person_and_every_record_stays() {
    let day = jiff::civil::date(2025, 3, 14);
    let mut wb = full();
    let museum = PartnerId::new("museum");
    let mut families = 0;
    for family in Family::ALL {
        for which in ["there", "binned"] {
            let id = RecordId::new(format!("{family:?}-{which}"));
            let Some(mut record) = family.blank(id.clone()) else { continue };
            for field in family.fields() {
                let value = match record.value(*field).unwrap() {
                    Value::Text(_) => Value::Text(format!("{HELEN} said so, and it stays learned")),
                    Value::Who(_) => Value::Who(Some(Who::person(museum.clone(), helen()))),
                    Value::People(_) => Value::People([helen()].into()),
                    _ => continue,
                };
                record = record.with(*field, value).unwrap();
            }
            wb.apply(Edit::AddRecord { record: Box::new(record), place: usize::MAX }).unwrap();
            if which == "binned" {
                wb.apply(Edit::BinRecord { family: *family, record: id, on: day }).unwrap();
            }
            families += 1;
        }
    }
    assert!(families > 60, "only {families}");
    let clean = erase(&wb, &helen(), &traces(&wb, &helen()));
    let mut all: Vec<AnyRecord> = Vec::new();
    for family in Family::ALL {
        all.extend(clean.records(*family));
    }
    all.extend(clean.bin().iter().filter_map(|binned| match binned {
        Binned::Record { record, .. } => Some((**record).clone()),
        _ => None,
    }));
    let described = all.iter().filter(|record| record.family().blank(record.id().clone()).is_some()).count();
    assert_eq!(described, families, "none is lost");
    let mut learned = 0;
    for record in &all {
        for field in record.family().fields() {
            let (name, helen) = (record.id().as_str(), helen());
            match record.value(*field) {
                Some(Value::Text(text)) => {
                    assert!(
                        !text.contains("Quillon") && !text.contains("Zebedee"),
                        "{name} {field:?}: {text}"
                    );
                    learned += usize::from(text.ends_with("it stays learned"));
                }
                Some(Value::Who(Some(who))) => assert_ne!(who.person, Some(helen), "{name} {field:?}"),
                Some(Value::People(people)) => assert!(!people.contains(&helen), "{name} {field:?}"),
                _ => {}
            }
        }
    }
    assert!(learned > families, "what was learned stays");
}

fn all_texts(workbook: &Workbook) -> Vec<String> {
    let mut texts = Vec::new();
    walk::texts(&mut workbook.clone(), &mut |_, text| texts.push(text.clone()));
    texts
}

fn without_texts(mut workbook: Workbook) -> Workbook {
    walk::texts(&mut workbook, &mut |_, text| text.clear());
    workbook
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn nothing_of_the_person_is_left_and_nothing_else_changes(
        wishes in prop::collection::vec(wish(), 0..80),
        put in prop::collection::vec((0_usize..200, 0_usize..SNIPPETS.len(), any::<bool>()), 0..30),
        binned in any::<bool>(),
    ) {
        let mut wb = Workbook::new(WorkbookId::new("w"), "");
        for wish in &wishes {
            if let Some(edit) = edit_of(wish, &wb) {
                let _ = wb.apply(edit);
            }
        }
        let mut wb = full_on(wb);
        // somebody whom the edits know too
        let whose = if wb.person(&PersonId::new("h0")).is_some() { PersonId::new("h0") } else { helen() };
        if let Some(person) = wb.person(&whose).cloned() {
            let known = Person { name: HELEN.into(), reach: REACH.into(), ..person };
            wb.apply(Edit::SetPerson(Box::new(known))).unwrap();
        }
        let count = all_texts(&wb).len();
        for (at, what, before) in &put {
            let mut n = 0;
            walk::texts(&mut wb, &mut |_, text| {
                if n == at % count {
                    *text = if *before { format!("{} {text}", SNIPPETS[*what]) } else { format!("{text} {}", SNIPPETS[*what]) };
                }
                n += 1;
            });
        }
        if binned && wb.person(&whose).is_some() {
            wb.apply(Edit::BinPerson { person: whose.clone(), on: jiff::civil::date(2025, 1, 1) }).unwrap();
        }
        let known = find(&wb, &whose).unwrap();
        let seeker = Seeker::new(&known.name, &known.reach);
        let mut all = traces(&wb, &whose);
        all.iter_mut().for_each(|trace| trace.chosen = true);
        let clean = erase(&wb, &whose, &all);

        let said = format!("{clean:?}").to_lowercase();
        for gone in ["quillon zebedee", "zebedee", "quill@zeb", "07700", &format!("\"{whose}\"")] {
            prop_assert!(!said.contains(gone), "{gone} is left: {said}");
        }
        let mut unlinked = wb.clone();
        walk::unlink(&mut unlinked, &whose);
        prop_assert_eq!(without_texts(clean.clone()), without_texts(unlinked.clone()));
        for (after, before) in all_texts(&clean).iter().zip(all_texts(&unlinked)) {
            let mut rest = before.as_str();
            for piece in after.replace(NAME_REMOVED, "\0").replace(REMOVED, "\0").split('\0') {
                let at = rest.find(piece);
                prop_assert!(at.is_some(), "{piece:?} is new in {after:?}, was {before:?}");
                rest = &rest[at.unwrap_or(0) + piece.len()..];
            }
            prop_assert_eq!(after == &before, seeker.hits(&before).is_empty(), "{:?} {:?}", after, before);
        }
        prop_assert!(traces(&clean, &whose).is_empty());
        prop_assert_eq!(erase(&clean, &whose, &all), clean);
    }
}
