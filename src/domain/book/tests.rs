use jiff::civil::date;
use proptest::prelude::*;

use super::super::*;
use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap()
}

fn ours() -> TextPlace {
    TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours)
}

fn insert(pos: usize, text: &str) -> Edit {
    Edit::Splice(Splice {
        place: ours(),
        at: pos,
        delete: String::new(),
        insert: text.into(),
        on: Some(date(2025, 3, 5)),
    })
}

fn book() -> Book {
    Book::new(Workbook::new(WorkbookId::new("w"), "Walk"), 0)
}

fn steps(book: &Book) -> usize {
    book.done.len()
}

#[test]
fn typing_is_one_phrase_until_a_pause_a_line_break_or_another_place() {
    let mut b = book();
    for (n, c) in "hello".chars().enumerate() {
        b.act(insert(n, &c.to_string()), at(n as i64 * 100)).unwrap();
    }
    assert_eq!(steps(&b), 1);
    b.act(insert(5, " you"), at(2_000)).unwrap();
    assert_eq!(steps(&b), 2, "a pause ends the phrase");
    b.act(insert(9, "\n"), at(2_100)).unwrap();
    b.act(insert(10, "x"), at(2_200)).unwrap();
    assert_eq!(steps(&b), 3, "a line break ends it");
    b.act(insert(0, "y"), at(2_300)).unwrap();
    assert_eq!(steps(&b), 4, "elsewhere begins another");
    b.undo(at(3_000)).unwrap();
    assert_eq!(b.workbook().text(&ours()), Some("hello you\nx"));
}

#[test]
fn undo_takes_back_a_phrase_and_redo_brings_it_again() {
    let mut b = book();
    b.act(insert(0, "a"), at(0)).unwrap();
    b.act(insert(1, "b"), at(1)).unwrap();
    let (_, step) = b.undo(at(2)).unwrap();
    assert_eq!(step.edits().count(), 1, "one splice, merged");
    assert_eq!(*b.workbook(), Workbook::new(WorkbookId::new("w"), "Walk"));
    b.redo(at(3)).unwrap();
    assert_eq!(b.workbook().text(&ours()), Some("ab"));
    assert!(b.redo(at(4)).is_none());
}

#[test]
fn several_edits_are_done_together_or_not_at_all() {
    let mut b = book();
    let stranger = Edit::BinPartner { partner: PartnerId::new("nobody"), on: date(2025, 1, 1) };
    let before = b.workbook().clone();
    assert!(b.act_all(vec![insert(0, "a"), stranger], at(0)).is_err());
    assert_eq!(*b.workbook(), before);
    assert_eq!(b.seq(), 0);
}

#[test]
fn a_partner_comes_back_from_the_bin_to_its_place() {
    let mut b = book();
    for (place, name) in ["one", "two"].into_iter().enumerate() {
        let partner = Partner::named(PartnerId::new(name), name);
        b.act(Edit::AddPartner { partner, place }, at(0)).unwrap();
    }
    let full = b.workbook().clone();
    let on = date(2025, 1, 1);
    b.act(Edit::BinPartner { partner: PartnerId::new("one"), on }, at(0)).unwrap();
    assert_eq!(b.workbook().bin().len(), 1);
    b.act(Edit::Restore { from: 0 }, at(0)).unwrap();
    assert_eq!(*b.workbook(), full);
    b.undo(at(0)).unwrap();
    assert_eq!(b.workbook().partners().len(), 1);
}

/// What a test does to a book: kept apart from `Edit` so that most of what is generated fits.
#[derive(Debug, Clone)]
enum Doing {
    Type { question: u8, voice: u8, at: u8, delete: u8, insert: String },
    Partner(u8),
    Bin(u8),
    Restore(u8),
    Heard(u8, u8),
    Mark(u8, bool),
    Keep(u8),
    State(u8),
    Pause,
    Undo,
    Redo,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        6 => (0..3u8, 0..4u8, any::<u8>(), 0..4u8, "[a-zé\\n ]{0,3}")
            .prop_map(|(question, voice, at, delete, insert)| Doing::Type { question, voice, at, delete, insert }),
        1 => (0..4u8).prop_map(Doing::Partner),
        1 => (0..4u8).prop_map(Doing::Bin),
        1 => (0..3u8).prop_map(Doing::Restore),
        1 => (0..3u8, 0..4u8).prop_map(|(q, h)| Doing::Heard(q, h)),
        1 => (0..3u8, any::<bool>()).prop_map(|(q, to)| Doing::Mark(q, to)),
        1 => (0..3u8).prop_map(Doing::Keep),
        1 => (0..6u8).prop_map(Doing::State),
        1 => Just(Doing::Pause),
        2 => Just(Doing::Undo),
        1 => Just(Doing::Redo),
    ]
}

fn edit_of(doing: &Doing, wb: &Workbook) -> Option<Edit> {
    let q = |n: u8| QuestionId::new(format!("SCO-{n}"));
    let on = date(2025, 3, 5);
    Some(match doing {
        Doing::Type { question, voice, at, delete, insert } => {
            let voice = match voice {
                0 => VoiceKey::Ours,
                1 => VoiceKey::Agreed,
                n => VoiceKey::Theirs(PartnerId::new(format!("p{n}"))),
            };
            let place = TextPlace::Voice(q(*question), voice);
            let text = wb.text(&place)?;
            let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let from = usize::from(*at) % starts.len();
            let to = (from + usize::from(*delete)).min(starts.len() - 1);
            let delete = text[starts[from]..starts[to]].to_owned();
            Edit::Splice(Splice { place, at: starts[from], delete, insert: insert.clone(), on: Some(on) })
        }
        Doing::Partner(n) => Edit::AddPartner {
            partner: Partner::named(PartnerId::new(format!("p{n}")), format!("Partner {n}")),
            place: usize::from(*n),
        },
        Doing::Bin(n) => Edit::BinPartner { partner: PartnerId::new(format!("p{n}")), on },
        Doing::Restore(n) => Edit::Restore { from: usize::from(*n) },
        Doing::Heard(n, h) => Edit::SetHeard {
            question: q(*n),
            partner: PartnerId::new("p2"),
            heard: [Heard::Guess, Heard::Asked, Heard::Agreed, Heard::Disputed][usize::from(*h)],
            checked: Some(on),
            person: None,
            source: Source::Said("the walk".into()),
        },
        Doing::Mark(n, to) if *n == 0 => Edit::SetNotForUs { question: q(0), to: *to },
        Doing::Mark(n, to) if *n == 1 => Edit::SetPrivate { question: q(0), to: *to },
        Doing::Mark(_, to) => Edit::SetToShare { question: q(0), to: *to },
        Doing::Keep(n) => Edit::KeepVersion {
            question: q(*n),
            version: Version { voice: VoiceKey::Ours, on: None, until: on, text: "before".into() },
        },
        Doing::State(n) => Edit::ChangeState(StateChange {
            state: PartnershipState::ALL[usize::from(*n)],
            on,
            ours: String::new(),
            theirs: String::new(),
            decided_by: String::new(),
            pause: None,
        }),
        Doing::Pause | Doing::Undo | Doing::Redo => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Undo-all gives the start, redo-all the end, and the records alone give the same book and the same history.
    #[test]
    fn everything_can_be_undone_and_replayed(doings in prop::collection::vec(doing(), 0..60)) {
        let start = Workbook::new(WorkbookId::new("w"), "Walk");
        let mut b = book();
        let mut clock = 0;
        let mut records = Vec::new();
        for doing in &doings {
            clock += if matches!(doing, Doing::Pause) { 5_000 } else { 90 };
            match doing {
                Doing::Undo => records.extend(b.undo(at(clock)).map(|(r, _)| r)),
                Doing::Redo => records.extend(b.redo(at(clock)).map(|(r, _)| r)),
                _ => {
                    let before = b.workbook().clone();
                    if let Some(edit) = edit_of(doing, b.workbook()) {
                        match b.act(edit, at(clock)) {
                            Ok(made) => records.extend(made),
                            Err(_) => prop_assert_eq!(b.workbook(), &before, "a refusal changes nothing"),
                        }
                    }
                }
            }
        }
        let end = b.workbook().clone();

        let mut again = book();
        for record in &records {
            again.replay(record).unwrap();
        }
        prop_assert_eq!(again.workbook(), &end);
        prop_assert_eq!(&again.done, &b.done);
        prop_assert_eq!(&again.undone, &b.undone);

        let mut remembered = Book::new(end.clone(), b.seq());
        records.iter().for_each(|r| remembered.remember(r));
        prop_assert_eq!(&remembered.done, &b.done);

        while b.redo(at(clock)).is_some() {}
        let furthest = b.workbook().clone();
        while b.undo(at(clock)).is_some() {}
        prop_assert_eq!(b.workbook(), &start);
        while b.redo(at(clock)).is_some() {}
        prop_assert_eq!(b.workbook(), &furthest);
    }
}
