use crate::testing::properties::cases;
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::content::Content;
use crate::domain::{
    Edit, Legacy, Partner, PartnerField, Person, PersonId, RecordField, RecordId, SaidIn, Splice, TextPlace,
    Word, Workbook, WorkbookId,
};
use crate::export::{COLUMNS, plain};

fn id(id: &str) -> RecordId {
    RecordId::new(id)
}

fn line(id: &str, tag: Option<Tag>, text: &str) -> Line {
    Line { tag, ..Line::new(RecordId::new(id), Timestamp::UNIX_EPOCH, text) }
}

fn add(workbook: &mut Workbook, record: impl Into<crate::domain::AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: 99 }).unwrap();
}

fn workbook(lines: Vec<Line>) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
    let museum = PartnerId::new("museum");
    workbook
        .apply(Edit::AddPartner {
            partner: Box::new(Partner::named(museum.clone(), "City Museum")),
            place: 0,
        })
        .unwrap();
    for (id, side, name) in
        [("amina", "museum", "Amina"), ("lead", "museum", "the volunteer lead"), ("jo", "us", "Jo")]
    {
        let person = Person::named(PersonId::new(id), PartnerId::new(side), name);
        workbook.apply(Edit::AddPerson { person: Box::new(person), place: 9 }).unwrap();
    }
    let place = TextPlace::Partner(PartnerId::us(), PartnerField::Name);
    let insert = "Riverside Trust".to_owned();
    workbook.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: None })).unwrap();
    let with = ["amina", "lead", "jo"].map(PersonId::new).to_vec();
    let call = Call::begun(id("call"), date(2025, 3, 5), Timestamp::UNIX_EPOCH);
    let ended = Some(Timestamp::from_second(540).unwrap());
    let follow_up = Some(date(2025, 3, 19));
    add(&mut workbook, Call { partner: Some(museum), with, ended, follow_up, lines, ..call });
    workbook
}

fn all_lines() -> Vec<Line> {
    vec![
        line("0", None, "hello, budget first"),
        line("1", Some(Tag::Promise), "they send the budget by Friday"),
        line("2", Some(Tag::Differs), "\"paid workshops\" leaves out preparation"),
        line("3", Some(Tag::Said), "we always forget the evening volunteers"),
        line("4", Some(Tag::Agreed), "the poster is made together"),
        line("5", Some(Tag::Ask), "who pays for preparation?"),
        line("6", Some(Tag::Promise), "we ring the printer"),
        Line { private: true, ..line("7", Some(Tag::Said), "their treasurer is off sick") },
        line("8", Some(Tag::Worry), "the money may not come"),
        Line { done: true, ..line("9", Some(Tag::Ask), "asked already?") },
    ]
}

fn promise(line: &str, ours: bool, what: &str) -> Promise {
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let (by, to) = if ours { (us, museum) } else { (museum, us) };
    let said_in = Some(SaidIn { call: id("call"), line: id(line) });
    Promise { said_in, ..Promise::new(id(&format!("p{line}")), by, to, what) }
}

fn written(workbook: &Workbook) -> String {
    let content = Content::new();
    plain(&follow_up(&Subject::new(workbook, &content, date(2025, 3, 6))), COLUMNS)
}

#[test]
fn it_reads_like_a_message_that_a_person_would_send() {
    let mut workbook = workbook(all_lines());
    let due = Some(date(2025, 3, 7));
    add(&mut workbook, Promise { due, ..promise("1", false, "send the budget") });
    insta::assert_snapshot!("a_message", written(&workbook));
    let content = Content::new();
    let document = follow_up(&Subject::new(&workbook, &content, date(2025, 3, 6)));
    assert_eq!(
        document.beside,
        ["1 private line left out.", "1 line in your own shorthand: read it before sending."]
    );
}

#[test]
fn a_part_without_a_source_is_left_out() {
    let workbook = workbook(vec![line("0", None, "hello")]);
    let said = written(&workbook);
    assert!(said.contains("Thank you for the call") && !said.contains("heard"), "{said}");
    assert!(!said.contains("agreed") && !said.contains("Who does") && !said.contains("check"), "{said}");
    let empty = Workbook::new(WorkbookId::new("w"), "Walks");
    let content = Content::new();
    let document = follow_up(&Subject::new(&empty, &content, date(2025, 3, 6)));
    assert!(document.blocks.is_empty() && !document.beside.is_empty());
}

#[test]
fn the_words_of_a_person_are_the_message() {
    let mut workbook = workbook(all_lines());
    let place = TextPlace::Record(id("call"), RecordField::Message);
    let insert = "Dear Amina,\n\nonly this:\n- one\n- two\n".to_owned();
    workbook.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: None })).unwrap();
    assert_eq!(written(&workbook), "Dear Amina,\n\nonly this:\n\n- one\n- two\n");
}

#[test]
fn a_long_message_is_said_to_be_long_and_is_not_cut() {
    let long: Vec<Line> =
        (0..40).map(|n| line(&n.to_string(), Some(Tag::Agreed), "one two three four five six")).collect();
    let workbook = workbook(long);
    let content = Content::new();
    let document = follow_up(&Subject::new(&workbook, &content, date(2025, 3, 6)));
    assert!(document.beside[0].contains("words: under 200"), "{:?}", document.beside);
    assert_eq!(written(&workbook).matches("four five six").count(), 40);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_private_text_is_in_a_message(
        marks in prop::collection::vec((any::<bool>(), 0..9usize, any::<bool>(), any::<bool>(), any::<bool>()), 0..12)
    ) {
        let lines = marks.iter().enumerate().map(|(n, (private, tag, done, ..))| {
            let text = format!("{}{n} word", if *private { "secret" } else { "open" });
            let tag = Tag::ALL.get(*tag).copied();
            Line { private: *private, done: *done, ..line(&n.to_string(), tag, &text) }
        });
        let mut workbook = workbook(lines.collect());
        let mut hidden = 0;
        for (n, (private, _, _, promised, secret)) in marks.iter().enumerate() {
            hidden += usize::from(*private);
            if *promised {
                let what = if *private || *secret { "secret promise" } else { "open promise" };
                add(&mut workbook, Promise { private: *secret, ..promise(&n.to_string(), *secret, what) });
            }
        }
        let content = Content::new();
        for with_private in [false, true] {
            let subject = Subject::new(&workbook, &content, date(2025, 3, 6)).with_private(with_private);
            let call = workbook.call(&id("call")).unwrap();
            let message = draft(&subject, call);
            prop_assert!(!message.text.contains("secret"), "{}", message.text);
            prop_assert_eq!(message.left_out, hidden);
        }
    }
}

#[test]
fn a_written_message_that_still_has_a_private_line_says_so() {
    let mut workbook = workbook(all_lines());
    let content = Content::new();
    let before = Subject::new(&workbook, &content, date(2025, 3, 6));
    let draft = draft(&before, before.call().unwrap()).text;
    let place = TextPlace::Record(id("call"), RecordField::Message);
    let insert = draft.replace("  ", " ");
    workbook.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: None })).unwrap();
    let beside = |workbook: &Workbook| follow_up(&Subject::new(workbook, &content, date(2025, 3, 6))).beside;
    assert_eq!(beside(&workbook), ["1 private line left out."]);
    let line = workbook.line(&id("call"), &id("3")).unwrap().clone();
    let line = Line { private: true, ..line };
    workbook.apply(Edit::SetLine { call: id("call"), line }).unwrap();
    assert_eq!(
        beside(&workbook),
        [
            "1 private line left out.",
            "It has the words of 1 private line: please take them out, or draft it anew."
        ]
    );
}

#[test]
fn what_was_promised_in_a_private_line_leaves_nowhere() {
    let mut workbook = workbook(all_lines());
    let due = Some(date(2025, 3, 7));
    add(&mut workbook, Promise { due, made: due, ..promise("7", false, "hire a treasurer") });
    let said_in = Some(SaidIn { call: id("call"), line: id("7") });
    let word = Word { said_in: said_in.clone(), agreed: due, ..Word::new(id("w7"), "hire a treasurer") };
    add(&mut workbook, word);
    add(&mut workbook, Legacy { said_in, ..Legacy::noted(id("l7"), date(2025, 3, 7), "hire a treasurer") });
    let content = Content::new();
    let subject = Subject::new(&workbook, &content, date(2025, 3, 8)).with_since(Some(date(2025, 3, 1)));
    for artefact in crate::export::artefacts() {
        let text = plain(&artefact.document(&subject), COLUMNS);
        assert!(!text.contains("hire a treasurer"), "{}:\n{text}", artefact.name);
    }
    let agenda = crate::domain::query::agenda(&workbook);
    assert!(agenda.iter().all(|item| item.private == (item.words == "hire a treasurer")));
    let told = crate::domain::query::timeline(&workbook, &content);
    let told = told.iter().filter(|told| format!("{told:?}").contains("hire a treasurer"));
    assert_eq!(told.filter(|told| told.private).count(), 3, "the promise, the word, and what remains");
    for (record, field) in [("p7", RecordField::What), ("w7", RecordField::Term), ("l7", RecordField::What)] {
        assert!(workbook.is_private(&TextPlace::Record(id(record), field)), "{record}");
    }
}

#[test]
fn the_page_names_those_who_are_there() {
    let mut workbook = workbook(all_lines());
    let amina = workbook.person(&PersonId::new("amina")).unwrap().clone();
    workbook.apply(Edit::SetPerson(Box::new(Person { left: Some(date(2025, 3, 1)), ..amina }))).unwrap();
    let content = Content::new();
    let page = crate::export::artefact("page").unwrap();
    let page = plain(&page.document(&Subject::new(&workbook, &content, date(2025, 3, 6))), COLUMNS);
    assert!(page.contains("the volunteer lead") && !page.contains("Amina"), "{page}");
}

#[test]
fn where_we_differ_is_asked_in_our_words() {
    for (text, asked) in [
        ("theirs leaves out preparation.", "- Do we see this differently: theirs leaves out preparation?"),
        ("who pays first?", "- Do we see this differently: who pays first?"),
    ] {
        let said = written(&workbook(vec![line("1", Some(Tag::Differs), text)]));
        assert!(said.contains(asked), "{said}");
    }
}
