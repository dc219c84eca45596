use super::*;
use crate::domain::{AnyRecord, Partner, PartnerId, Promise, PromiseState, WorkbookId};
use jiff::civil::date;

fn workbook(records: Vec<AnyRecord>) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Young carers");
    let museum = Partner::named(PartnerId::new("museum"), "City Museum");
    workbook.apply(Edit::AddPartner { partner: Box::new(museum), place: 0 }).unwrap();
    for record in records {
        add(&mut workbook, record);
    }
    workbook
}

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn apply(workbook: &mut Workbook, edits: Vec<Edit>) {
    for edit in edits {
        workbook.apply(edit).unwrap();
    }
}

fn theirs() -> Ending {
    Ending {
        parting: Parting::End,
        by: "their trustees".into(),
        wish: Some(PartnerId::new("museum")),
        ours: "We would have gone on.".into(),
        theirs: "The gallery closes.".into(),
        ..Ending::new(RecordId::new("e"))
    }
}

fn teller(name: &str, turn: Option<u32>) -> AnyRecord {
    Teller { name: name.into(), turn, ..Teller::new(RecordId::new(name)) }.into()
}

fn names(workbook: &Workbook) -> Vec<(String, Option<u32>)> {
    tellers(workbook).into_iter().map(|t| (t.name.clone(), t.turn)).collect()
}

#[test]
fn an_ending_by_the_other_side_takes_its_reasons_along_and_is_typed_once() {
    let today = date(2026, 1, 5);
    let mut w = workbook(vec![theirs().into()]);
    let edits = announce(ending_now(&w).unwrap(), &w, &Content::new(), today);
    apply(&mut w, edits);
    let change = w.partnership().log().last().unwrap().clone();
    assert_eq!((change.state, change.on), (PartnershipState::Ending, today));
    assert_eq!(change.theirs, "The gallery closes.");
    assert_eq!(
        (change.ours.as_str(), change.decided_by.as_str()),
        ("We would have gone on.", "their trustees")
    );
    assert_eq!(ending_now(&w).unwrap().announced, Some(today));
    assert_eq!(wish_in_words(ending_now(&w).unwrap().wish.as_ref(), &w), "the wish of City Museum");
    // said again, nothing changes
    assert!(announce(ending_now(&w).unwrap(), &w, &Content::new(), date(2026, 2, 1)).is_empty());
}

#[test]
fn a_pause_rests_with_its_day_and_how_things_stood() {
    let ending = Ending {
        parting: Parting::Pause,
        check_back: Some(date(2026, 6, 1)),
        bring_back: "a new site".into(),
        ..theirs()
    };
    let mut w = workbook(vec![ending.into()]);
    let edits = announce(ending_now(&w).unwrap(), &w, &Content::new(), date(2026, 1, 5));
    apply(&mut w, edits);
    let pause = w.partnership().log().last().unwrap().pause.clone().unwrap();
    assert_eq!((pause.until, pause.restart.as_str()), (Some(date(2026, 6, 1)), "a new site"));
    // when all about it is done, it still rests
    let edits = done_with(ending_now(&w).unwrap(), &w, date(2026, 2, 1));
    apply(&mut w, edits);
    assert_eq!(w.state(), PartnershipState::Paused);
}

#[test]
fn what_has_ended_can_be_opened_again_and_the_ending_stays() {
    let mut w = workbook(vec![theirs().into()]);
    let active = StateChange::to(PartnershipState::Active, date(2025, 3, 1));
    w.apply(Edit::ChangeState(active)).unwrap();
    let edits = announce(ending_now(&w).unwrap(), &w, &Content::new(), date(2026, 1, 5));
    apply(&mut w, edits);
    let edits = done_with(ending_now(&w).unwrap(), &w, date(2026, 3, 31));
    apply(&mut w, edits);
    assert_eq!(w.state(), PartnershipState::Ended);
    let edits = open_again(&w, date(2026, 9, 1));
    apply(&mut w, edits);
    assert_eq!(w.state(), PartnershipState::Active);
    let ending = ending_now(&w).unwrap();
    assert_eq!((ending.announced, ending.done), (Some(date(2026, 1, 5)), Some(date(2026, 3, 31))));
    assert!(open_again(&w, date(2026, 9, 2)).is_empty(), "it is open");
}

#[test]
fn who_hears_stands_in_order_and_moving_numbers_anew() {
    let mut w = workbook(vec![teller("press", None), teller("funder", Some(7)), teller("families", Some(2))]);
    assert_eq!(
        tellers(&w).iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        ["families", "funder", "press"]
    );
    let edits = move_teller(&w, &RecordId::new("press"), -1);
    apply(&mut w, edits);
    let numbered = [("families", 1), ("press", 2), ("funder", 3)];
    assert_eq!(names(&w), numbered.map(|(name, turn)| (name.to_owned(), Some(turn))));
    assert!(move_teller(&w, &RecordId::new("families"), -1).is_empty(), "first already");
    assert!(move_teller(&w, &RecordId::new("funder"), 1).is_empty(), "last already");
    assert_eq!(next_turn(&w), 4);
}

#[test]
fn what_is_open_in_the_book_is_filled_in_once() {
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let mut w = workbook(vec![theirs().into()]);
    let promise = |id: &str, by: &PartnerId, to: &PartnerId, what: &str| {
        Promise::new(RecordId::new(id), by.clone(), to.clone(), what)
    };
    add(&mut w, promise("a", &us, &museum, "send the photos"));
    add(&mut w, promise("b", &museum, &us, "return the ramp"));
    let kept = Promise { state: PromiseState::Kept, ..promise("c", &us, &museum, "the budget") };
    add(&mut w, kept);
    add(&mut w, Promise { private: true, ..promise("d", &us, &museum, "a word in private") });
    add(&mut w, MoneyLine { what: "the bus".into(), ..MoneyLine::new(RecordId::new("m")) });
    let paid = MoneyLine { paid: Some(date(2025, 1, 1)), ..MoneyLine::new(RecordId::new("p")) };
    add(&mut w, paid);
    let ids = IdSource::new(7);
    let filled = still_to_wind_up(&w, &ids);
    let kinds: Vec<Owed> = filled.iter().map(|owed| owed.kind).collect();
    use Owed::{Credit, Data, Kit, Money, Promise as Promised, Thanks};
    assert_eq!(kinds, [Promised, Promised, Promised, Money, Kit, Data, Credit, Thanks]);
    assert_eq!(filled[1].lead, Some(Who::side(museum.clone())));
    assert_eq!((filled[0].side.as_ref(), filled[1].side.as_ref()), (Some(&museum), Some(&us)));
    assert_eq!(filled.iter().map(|owed| owed.private).collect::<Vec<_>>()[..4], [false, false, true, false]);
    assert!(filled.iter().all(|owed| owed.ending == Some(RecordId::new("e"))));
    for owed in filled {
        add(&mut w, owed);
    }
    assert_eq!(still_to_wind_up(&w, &ids), [], "nothing twice");
}

#[test]
fn what_stands_in_the_way_is_said_in_words() {
    let mut w = workbook(Vec::new());
    assert_eq!(what_stands(&w).len(), 1, "{:?}", what_stands(&w));
    add(&mut w, theirs());
    add(&mut w, WindUp { what: "return the ramp.".into(), ..WindUp::new(RecordId::new("o")) });
    add(&mut w, teller("the families", Some(1)));
    add(&mut w, teller("the press", Some(2)));
    assert_eq!(
        what_stands(&w),
        [
            "1 thing is still owed: return the ramp.",
            "2 have still to be told, first the families.",
            "No day to check back is set, and nobody has said that none is wanted.",
        ]
    );
    assert_eq!(remains_in_words(what_remains(&w)), "");
    for id in ["a", "b"] {
        add(&mut w, Legacy { keeper: Some(Who::side(PartnerId::us())), ..Legacy::new(RecordId::new(id)) });
    }
    assert_eq!(remains_in_words(what_remains(&w)), "2 things remain, kept");
    add(&mut w, Legacy::new(RecordId::new("c")));
    assert_eq!(remains_in_words(what_remains(&w)), "3 things remain, 2 of them kept");
}
