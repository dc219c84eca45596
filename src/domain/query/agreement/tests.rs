use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::*;
use crate::domain::query::{AgendaKind, AspectState, agenda, aspect_state};
use crate::domain::{
    Activity, AnyRecord, Edit, FormChoice, Group, Money, MoneyLine, PaidFor, Partner, RecordId, Role, Splice,
    TextPlace, Who, WorkbookId,
};

const TODAY: Date = date(2025, 11, 10);

fn workbook(partners: usize) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
    for n in 0..partners {
        let partner = Partner::named(PartnerId::new(format!("p{n}")), format!("Partner {n}"));
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: n }).unwrap();
    }
    workbook
}

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn write(workbook: &mut Workbook, question: &str, voice: VoiceKey, text: &str) {
    let place = TextPlace::Voice(QuestionId::new(question), voice);
    let delete = workbook.text(&place).unwrap_or("").to_owned();
    let splice = Splice { place, at: 0, delete, insert: text.into(), on: Some(TODAY) };
    workbook.apply(Edit::Splice(splice)).unwrap();
}

fn id(n: &str) -> RecordId {
    RecordId::new(n)
}

fn choose(signals: &[(&str, u8)]) -> Workbook {
    let mut workbook = workbook(1);
    let signals = signals.iter().map(|(signal, answer)| ((*signal).to_owned(), *answer)).collect();
    add(&mut workbook, FormChoice { signals, ..FormChoice::new(id("f")) });
    workbook
}

fn now<'a>(workbook: &Workbook, content: &'a Content) -> Vec<ClauseNow<'a>> {
    let weighed = weigh(workbook, content);
    let form = weighed.form;
    paper(workbook, content, &weighed, form, false)
}

fn clause<'p, 'a>(paper: &'p [ClauseNow<'a>], id: &str) -> &'p ClauseNow<'a> {
    paper.iter().find(|now| now.clause.id == id).unwrap()
}

#[test]
fn the_points_suggest_the_lightest_form_that_holds() {
    use AgreementForm::{Email, Memorandum, PartnershipAgreement};
    let content = Content::new();
    type Case<'a> = (&'a [(&'a str, u8)], u32, AgreementForm);
    let cases: [Case<'_>; 14] = [
        (&[], 0, Email),
        (&[("money", 1)], 1, Email),
        (&[("money", 2)], 2, Email),
        (&[("length", 2)], 2, Email),
        (&[("risk", 1)], 2, Email),
        (&[("money", 3)], 3, Memorandum),
        (&[("money", 1), ("risk", 1)], 3, Memorandum),
        (&[("length", 1), ("data", 1), ("product", 1), ("level", 1)], 4, Memorandum),
        (&[("money", 3), ("length", 2)], 5, Memorandum),
        (&[("money", 3), ("length", 2), ("product", 1)], 6, PartnershipAgreement),
        (&[("partners", 1), ("group", 1), ("binding", 1)], 1, Email),
        (&[("partners", 2), ("data", 1)], 3, Memorandum),
        (&[("money", 99)], 3, Memorandum),
        (
            &[
                ("money", 3),
                ("length", 2),
                ("partners", 2),
                ("risk", 1),
                ("data", 1),
                ("product", 1),
                ("level", 1),
            ],
            12,
            PartnershipAgreement,
        ),
    ];
    for (signals, points, form) in cases {
        let weighed = weigh(&choose(signals), &content);
        assert_eq!((weighed.points, weighed.suggested, weighed.form), (points, form, form), "{signals:?}");
    }
    for (points, form) in [(2, Email), (3, Memorandum), (5, Memorandum), (6, PartnershipAgreement)] {
        assert_eq!(suggested(points), form, "{points}");
    }
}

#[test]
fn the_book_answers_what_it_knows_and_the_hand_goes_before() {
    let content = Content::new();
    for (partners, answer) in [(0, 0), (1, 0), (2, 1), (4, 1), (5, 2)] {
        let weighed = weigh(&workbook(partners), &content);
        let signal = weighed.signals.iter().find(|weight| weight.signal.id == "partners").unwrap();
        assert_eq!((signal.answer, signal.by_hand), (answer, false), "{partners}");
    }
    let mut book = workbook(1);
    let paid = |n: &str, minor, paid_for| MoneyLine {
        amount: Some(Money::new(minor, "GBP")),
        paid_for,
        paid_to: Some(PartnerId::new("p0")),
        held_by: Some(PartnerId::us()),
        ..MoneyLine::new(id(n))
    };
    let money = |book: &Workbook| {
        weigh(book, &content).signals.iter().find(|weight| weight.signal.id == "money").unwrap().answer
    };
    assert_eq!(money(&book), 0);
    add(&mut book, paid("1", 900_000, PaidFor::Costs));
    assert_eq!(money(&book), 1, "costs alone are expenses, however much");
    add(&mut book, paid("2", -500_001, PaidFor::Time));
    assert_eq!(money(&book), 2);
    add(&mut book, paid("3", 100_001, PaidFor::Time));
    assert_eq!(money(&book), 3, "5,000 is much");
    add(&mut book, FormChoice { signals: BTreeMap::from([("money".into(), 0)]), ..FormChoice::new(id("f")) });
    assert_eq!(money(&book), 0);
    add(&mut book, Group { name: "Paths".into(), ..Group::new(id("g")) });
    assert!(weigh(&book, &content).group_meets());
}

#[test]
fn a_group_that_meets_and_what_must_bind_weigh_nothing_and_are_said() {
    let content = Content::new();
    let weighed = weigh(&choose(&[("group", 1), ("binding", 1)]), &content);
    assert!(weighed.group_meets() && weighed.wants_advice());
    assert_eq!(weighed.points, 0);
    let chairs = content.clauses().iter().find(|clause| clause.id == "K09").unwrap();
    assert!(weighed.needs(chairs, AgreementForm::Email), "terms of reference need it");
    assert!(!weigh(&choose(&[]), &content).needs(chairs, AgreementForm::Email));
}

#[test]
fn another_form_is_kept_with_its_reason() {
    let content = Content::new();
    let mut book = workbook(1);
    let form = AgreementForm::Memorandum;
    add(&mut book, FormChoice { form, why: "their trustees ask for one".into(), ..FormChoice::new(id("f")) });
    let weighed = weigh(&book, &content);
    assert_eq!((weighed.suggested, weighed.form), (AgreementForm::Email, form));
    assert!(weighed.is_overruled());
    assert_eq!(weighed.why, "their trustees ask for one");
}

#[test]
fn an_untouched_clause_says_what_stands_elsewhere_and_invents_nothing() {
    let content = Content::new();
    let mut book = workbook(1);
    assert_eq!(clause(&now(&book, &content), "K02").words, ClauseWords::None);
    write(&mut book, "SCO-2", VoiceKey::Ours, "A guide that fingers can read.");
    let museum = Who::side(PartnerId::new("p0"));
    add(&mut book, Role { what: "the paths".into(), lead: Some(museum.clone()), ..Role::new(id("r")) });
    add(&mut book, Role { what: "the secret".into(), private: true, ..Role::new(id("s")) });
    let risk =
        Activity { what: "open day".into(), public: true, risk: Some(museum), ..Activity::new(id("a")) };
    add(&mut book, Activity { from: Some(date(2026, 5, 9)), ..risk });
    let paper = now(&book, &content);
    let said = |id: &str| clause(&paper, id).words.text().unwrap_or("").to_owned();
    assert_eq!(said("K02"), "A guide that fingers can read.");
    assert_eq!(said("K07"), "the paths: Partner 0\nopen day: risk assessment Partner 0");
    assert_eq!(said("K08"), "open day, 9 May 2026");
    assert_eq!(said("K19"), "Risk assessment for open day: Partner 0");
    assert_eq!(said("K01"), "[to agree: our name]\nPartner 0");
    assert_eq!(said("K16"), "");
    assert!(
        matches!(&clause(&paper, "K07").words, ClauseWords::Drawn(d) if d.from == "Roles and Activities")
    );
    assert!(clause(&paper, "K19").needed, "the public comes");

    // private words are not drawn on, and ours go before what is drawn
    let private = Edit::SetPrivate { question: QuestionId::new("SCO-2"), to: true };
    book.apply(private).unwrap();
    write(&mut book, "K-7", VoiceKey::Ours, "We lead.");
    let paper = now(&book, &content);
    assert_eq!(clause(&paper, "K02").words, ClauseWords::None);
    assert_eq!(clause(&paper, "K07").words, ClauseWords::Ours("We lead.".into()));
}

/// Questions that ask what we think of each other and how it goes, not for words to sign.
#[test]
fn what_we_think_is_in_no_clause_until_it_was_agreed_or_marked_to_share() {
    let content = Content::new();
    let sources = [
        ("BLD-7", "K03"),
        ("GOV-12", "K04"),
        ("SCO-6", "K05"),
        ("SCO-11", "K06"),
        ("DEL-2", "K07"),
        ("DEL-5", "K09"),
        ("GOV-14", "K10"),
        ("GOV-3", "K11"),
        ("GOV-5", "K14"),
        ("SCO-8", "K15"),
        ("GOV-11", "K17"),
        ("COM-1", "K22"),
        ("GOV-14", "K28"),
    ];
    for (source, id) in sources {
        let mut book = workbook(1);
        write(&mut book, source, VoiceKey::Ours, "we doubt it");
        assert_eq!(clause(&now(&book, &content), id).words, ClauseWords::None, "{source} in {id}");
        let mut shared = book.clone();
        shared.apply(Edit::SetToShare { question: QuestionId::new(source), to: true }).unwrap();
        assert_eq!(clause(&now(&shared, &content), id).words.text(), Some("we doubt it"), "{source} in {id}");
        write(&mut book, source, VoiceKey::Agreed, "as we said");
        assert_eq!(clause(&now(&book, &content), id).words.text(), Some("as we said"), "{source} in {id}");
        let disputed = Edit::SetHeard {
            question: QuestionId::new(source),
            partner: PartnerId::new("p0"),
            heard: Heard::Disputed,
            checked: Some(TODAY),
            person: None,
            source: crate::domain::Source::ByHand,
        };
        book.apply(disputed).unwrap();
        assert_eq!(clause(&now(&book, &content), id).words, ClauseWords::None, "{source} is disputed");
    }
    // how well we keep in touch is no promise of how, and whoever brings the chairs covers nothing
    let mut book = workbook(1);
    for question in ["COM-9", "DEL-4"] {
        write(&mut book, question, VoiceKey::Agreed, "it slipped");
    }
    for id in ["K22", "K19"] {
        assert_eq!(clause(&now(&book, &content), id).words, ClauseWords::None, "{id}");
    }
}

#[test]
fn money_that_stays_where_it_is_asks_for_no_clause() {
    let content = Content::new();
    let mut book = workbook(1);
    let us = Some(PartnerId::us());
    let line = MoneyLine { held_by: us.clone(), paid_to: us, ..MoneyLine::new(id("m")) };
    add(&mut book, MoneyLine { amount: Some(Money::new(100, "GBP")), ..line.clone() });
    assert!(!super::money_moves(&book) && !weigh(&book, &content).money_moves());
    add(&mut book, MoneyLine { paid_to: Some(PartnerId::new("p0")), ..MoneyLine { id: id("n"), ..line } });
    assert!(super::money_moves(&book) && weigh(&book, &content).money_moves());
    let none = BTreeMap::from([("money".to_owned(), 0)]);
    add(&mut book, FormChoice { signals: none, ..FormChoice::new(id("f")) });
    assert!(!super::money_moves(&book) && !weigh(&book, &content).money_moves());
}

#[test]
fn no_money_is_said_only_where_somebody_said_so() {
    let content = Content::new();
    assert_eq!(clause(&now(&workbook(1), &content), "K13").words, ClauseWords::None);
    let said = now(&choose(&[("money", 0)]), &content);
    assert_eq!(clause(&said, "K13").words.text(), Some("No money changes hands."));
}

#[test]
fn gaps_are_what_the_form_needs_and_nobody_agreed() {
    let content = Content::new();
    let mut book = workbook(1);
    write(&mut book, "K-2", VoiceKey::Ours, "To walk.");
    write(&mut book, "K-5", VoiceKey::Ours, "A year.");
    let heard = |question: &str, heard| Edit::SetHeard {
        question: QuestionId::new(question),
        partner: PartnerId::new("p0"),
        heard,
        checked: Some(TODAY),
        person: None,
        source: crate::domain::Source::ByHand,
    };
    book.apply(heard("K-5", Heard::Disputed)).unwrap();
    write(&mut book, "K-6", VoiceKey::Agreed, "Small.");
    book.apply(heard("K-6", Heard::Agreed)).unwrap();
    book.apply(Edit::SetNotForUs { question: QuestionId::new("K-28"), to: true }).unwrap();
    let paper = now(&book, &content);
    let found: Vec<_> = gaps(&paper).iter().map(|(gap, now)| (*gap, now.clause.id.as_str())).collect();
    let expected = [
        (Gap::Disputed, "K05"),
        (Gap::Blank, "K07"),
        (Gap::Blank, "K08"),
        (Gap::Blank, "K22"),
        (Gap::Blank, "K24"),
        (Gap::OneSide, "K01"),
        (Gap::OneSide, "K02"),
    ];
    assert_eq!(found, expected);
    assert_eq!(gaps_in_words(&paper), "1 disputed, 4 blank, 2 from one side only");
}

#[test]
fn two_wordings_are_held_side_by_side() {
    let words = |all: &[(&str, &str)]| -> BTreeMap<QuestionId, String> {
        all.iter().map(|(question, text)| (QuestionId::new(*question), (*text).to_owned())).collect()
    };
    let then =
        words(&[("K-1", "us and them"), ("K-2", "to walk\nand talk"), ("K-5", "a year"), ("K-10", "x")]);
    let now =
        words(&[("K-1", "us and them"), ("K-2", "to walk and  talk"), ("K-5", "two years"), ("K-9", "y")]);
    let said: Vec<_> = compare(&then, &now).iter().map(|c| (c.question.as_str().to_owned(), c.how)).collect();
    let expected = [
        ("K-1", HowChanged::Same),
        ("K-2", HowChanged::Same),
        ("K-5", HowChanged::Changed),
        ("K-9", HowChanged::New),
        ("K-10", HowChanged::Gone),
    ];
    assert_eq!(said, expected.map(|(question, how)| (question.to_owned(), how)));
}

fn agree(book: &mut Workbook, content: &Content, n: &str, review_by: Option<Date>, today: Date) {
    let sides = vec![PartnerId::us(), PartnerId::new("p0")];
    let version =
        NewVersion { id: id(n), form: AgreementForm::Email, sides, by: "the lead".into(), review_by };
    let (edits, record) = agreed_today(book, &now(book, content), version, today);
    edits.into_iter().for_each(|edit| book.apply(edit).map(drop).unwrap());
    add(book, record);
}

#[test]
fn an_agreement_is_kept_as_it_was_and_the_next_takes_its_place() {
    let content = Content::new();
    let mut book = workbook(1);
    for n in [1, 2, 5, 6, 7, 8, 22, 28] {
        write(&mut book, &format!("K-{n}"), VoiceKey::Ours, &format!("Clause {n}."));
    }
    let governing = content.aspect("governing").unwrap();
    for question in &governing.settled_when {
        write(&mut book, question, VoiceKey::Ours, "Yes.");
    }
    assert_eq!(aspect_state(&book, governing, TODAY), AspectState::InHand, "no clause is agreed yet");
    agree(&mut book, &content, "v1", Some(date(2026, 5, 1)), TODAY);
    assert_eq!(aspect_state(&book, governing, TODAY), AspectState::Settled, "the day is drawn from GOV-13");
    write(&mut book, "K-24", VoiceKey::Agreed, "In May.");
    write(&mut book, "K-5", VoiceKey::Agreed, "Two years.");
    let changed = since_agreed(&book, &now(&book, &content)).map(|(version, n)| (version.number, n));
    assert_eq!(changed, Some((Some(1), 2)));
    agree(&mut book, &content, "v2", Some(date(2026, 6, 1)), date(2025, 12, 1));
    assert_eq!(aspect_state(&book, governing, date(2025, 12, 1)), AspectState::Settled);
    let kept = versions(&book);
    let numbers: Vec<_> = kept.iter().map(|version| version.number).collect();
    assert_eq!(numbers, [Some(2), Some(1)]);
    assert_eq!(kept[0].supersedes, Some(id("v1")));
    assert_eq!(kept[1].clauses[&QuestionId::new("K-5")], "Clause 5.");
    assert_eq!(in_force(&book).unwrap().id, id("v2"));
    // the review of the one that counts comes up by itself
    let reviews: Vec<_> = agenda(&book).into_iter().filter(|i| i.kind == AgendaKind::Review).collect();
    assert_eq!(reviews.iter().map(|item| item.on).collect::<Vec<_>>(), [Some(date(2026, 6, 1))]);

    // money that moves wants its clauses too
    add(&mut book, MoneyLine::new(id("m")));
    assert_eq!(aspect_state(&book, governing, TODAY), AspectState::InHand);
}

#[test]
fn what_is_disputed_stays_so_when_the_rest_is_agreed() {
    let content = Content::new();
    let mut book = workbook(1);
    write(&mut book, "K-2", VoiceKey::Ours, "To walk.");
    let heard = Edit::SetHeard {
        question: QuestionId::new("K-2"),
        partner: PartnerId::new("p0"),
        heard: Heard::Disputed,
        checked: Some(TODAY),
        person: None,
        source: crate::domain::Source::ByHand,
    };
    book.apply(heard).unwrap();
    agree(&mut book, &content, "v1", None, TODAY);
    assert_eq!(book.standing(&QuestionId::new("K-2"), false), Standing::Disputed);
    assert!(!in_force(&book).unwrap().clauses.contains_key(&QuestionId::new("K-2")));
    assert_eq!(
        book.standing(&QuestionId::new("K-1"), false),
        Standing::Agreed,
        "it was drawn from the people"
    );
}
