use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::domain::{Edit, PartnerId, Promise, RecordId, Splice, TextPlace};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::screen::words::READ_ONLY;
use crate::testing::World;

/// How the small workbook was in March: another answer, no standing, a partner that is in the bin since.
fn march(world: &World) -> Arc<Workbook> {
    let mut then = world.book.as_ref().unwrap().workbook().clone();
    let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
    let before = then.text(&place).unwrap().to_owned();
    let insert = "We had not asked anybody yet.".to_owned();
    let splice = Splice { place, at: 0, delete: before, insert, on: Some(date(2025, 3, 3)) };
    then.apply(Edit::Splice(splice)).unwrap();
    then.apply(Edit::AddPartner {
        partner: Box::new(crate::domain::Partner::named(PartnerId::new("carers"), HARD_NAME)),
        place: 9,
    })
    .unwrap();
    Arc::new(then)
}

fn day(day: Date) -> Other {
    let changed = Some(day.at(23, 59, 59, 0));
    Other { which: Which::Day(day), origin: Origin::Past, changed, trouble: None }
}

fn of(other: Other, workbook: Arc<Workbook>) -> News {
    News::Beside { other, only_up_to: None, workbook, from: None }
}

fn told(world: &World, screen: &mut Versions) {
    let ctx = world.ctx();
    let others = [date(2025, 11, 8), date(2025, 3, 3), date(2024, 12, 1)].map(day).to_vec();
    screen.told(&News::Others { others, unreadable: 0 }, &ctx);
    screen.told(&of(day(date(2025, 3, 3)), march(world)), &ctx);
}

fn shown(world: &World) -> Versions {
    let mut screen = Versions::new(None);
    told(world, &mut screen);
    screen
}

#[test]
fn a_day_beside_today_at_several_sizes() {
    let mut world = world();
    insta::assert_snapshot!("versions_80", drawn(&world, &shown(&world), 80, 21));
    insta::assert_snapshot!("versions_60", drawn(&world, &shown(&world), 60, 17));
    insta::assert_snapshot!("versions_120", drawn(&world, &shown(&world), 120, 37));
    world.linear = true;
    insta::assert_snapshot!("versions_linear", drawn(&world, &shown(&world), 80, 21));
}

#[test]
fn what_is_not_known_and_what_is_not_kept_are_said() {
    let world = world();
    let mut screen = Versions::new(None);
    assert!(drawn(&world, &screen, 80, 21).contains("Looking up what is kept"));
    screen.told(&News::NoPast("The disk is gone.".into()), &world.ctx());
    assert!(drawn(&world, &screen, 80, 21).contains("The disk is gone."));
    screen.told(&News::Others { others: Vec::new(), unreadable: 0 }, &world.ctx());
    assert!(drawn(&world, &screen, 80, 21).contains("Nothing earlier is kept"));
    let mut screen = shown(&world);
    let same = Arc::new(world.book.as_ref().unwrap().workbook().clone());
    screen.asked = Some(Which::Day(date(2025, 11, 8)));
    let news = News::Beside {
        other: day(date(2025, 11, 8)),
        only_up_to: Some(date(2025, 11, 1)),
        workbook: same,
        from: None,
    };
    screen.told(&news, &world.ctx());
    let picture = drawn(&world, &screen, 80, 21);
    assert!(picture.contains("Everything is as it was at the end of 8 November."), "{picture}");
    assert!(picture.contains("What changed between 1 November and then is not kept."), "{picture}");
}

/// Carries out what a screen asks for, on the workbook of the world.
fn carried(world: &mut World, outcome: Outcome) -> String {
    let Outcome::All(all) = outcome else { panic!("{outcome:?}") };
    let mut said = String::new();
    for outcome in all {
        match outcome {
            Outcome::Edits(edits) => {
                let book = world.book.as_mut().unwrap();
                drop(book.act_all(edits, jiff::Timestamp::UNIX_EPOCH).unwrap());
            }
            Outcome::Say(words) => said = words,
            other => panic!("{other:?}"),
        }
    }
    said
}

#[test]
fn one_comes_back_and_the_rest_stays_and_undo_takes_it_back() {
    let mut world = world();
    let before = world.book.as_ref().unwrap().workbook().clone();
    let question = QuestionId::new("SCO-1");
    let mut screen = Versions::new(Some((question.clone(), VoiceKey::Ours)));
    told(&world, &mut screen);
    let (thing, differ) = (screen.in_focus().unwrap().0.difference.thing.clone(), screen.differs.len());
    assert_eq!(thing, Thing::Voice(question.clone(), VoiceKey::Ours), "the answer it was opened from");
    let outcome = screen.run("versions.take", &world.ctx());
    let said = carried(&mut world, outcome);
    assert!(said.contains("as on 3 March") && said.contains("takes it back"), "{said}");
    screen.sync(&world.ctx());
    assert_eq!(screen.differs.len(), differ - 1);
    let answer = world.book.as_ref().unwrap().workbook().answer(&question);
    assert_eq!(answer.ours().text, "We had not asked anybody yet.");
    assert_eq!(answer.earlier().len(), 1, "what stood is kept");
    world.book.as_mut().unwrap().undo(jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(*world.book.as_ref().unwrap().workbook(), before);
}

#[test]
fn all_of_a_day_comes_back_once_that_is_confirmed() {
    let mut world = world();
    let mut screen = shown(&world);
    let Outcome::Open(mut bar) = screen.run("versions.take-all", &world.ctx()) else { panic!() };
    assert_eq!(
        format!("{:?}", bar.run("menu.choose", &world.ctx())),
        "Close(Done)",
        "Enter alone does no harm"
    );
    let Some(Outcome::Close(act)) = bar.letter('b', &world.ctx()) else { panic!() };
    carried(&mut world, *act);
    screen.sync(&world.ctx());
    assert!(screen.differs.is_empty());
    assert!(drawn(&world, &screen, 80, 21).contains("Everything is as it was"));
}

#[test]
fn days_are_turned_and_only_the_one_asked_for_is_shown() {
    let world = world();
    let mut screen = shown(&world);
    let asks = |outcome: Outcome| match outcome {
        Outcome::Ask(Ask::Past { which: Some(Which::Day(day)), .. }) => Some(day),
        _ => None,
    };
    assert_eq!(asks(screen.run("versions.older", &world.ctx())), Some(date(2024, 12, 1)));
    assert!(drawn(&world, &screen, 80, 21).contains("1 December 2024 …"));
    assert!(matches!(screen.run("versions.older", &world.ctx()), Outcome::Say(_)));
    // news of a day that was passed by
    let news = of(day(date(2025, 11, 8)), march(&world));
    screen.told(&news, &world.ctx());
    assert_eq!(screen.beside.as_ref().unwrap().other.which, Which::Day(date(2025, 3, 3)));
    assert_eq!(asks(screen.run("versions.newer", &world.ctx())), Some(date(2025, 3, 3)));
}

#[test]
fn a_book_opened_to_read_stays_as_it_is_and_another_books_past_is_not_shown() {
    let world = world();
    let mut screen = shown(&world);
    let mut ctx = world.ctx();
    ctx.writable = false;
    assert!(matches!(screen.run("versions.take", &ctx), Outcome::Say(why) if why == READ_ONLY));
    assert!(matches!(screen.run("versions.take-all", &ctx), Outcome::Say(why) if why == READ_ONLY));
    let other = Arc::new(Workbook::new(crate::domain::WorkbookId::new("other"), "Other"));
    let mut screen = Versions::new(None);
    screen.told(
        &News::Beside { other: day(date(2025, 3, 3)), only_up_to: None, workbook: other, from: None },
        &world.ctx(),
    );
    assert!(screen.beside.is_none());
}

#[test]
fn it_draws_in_any_size() {
    let mut world = world();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            for screen in [Versions::new(None), shown(&world)] {
                let cursor = draws_anywhere(&world, &screen, width, height);
                assert!(cursor.is_none_or(|_| width > 0 && height > 0), "{width}x{height}");
            }
        }
    }
}

const COPY: &str = "workbook (Ana's conflicted copy 2025-11-02).ron";

fn copy() -> Other {
    let changed = Some(date(2025, 11, 2).at(14, 3, 0, 0));
    Other { which: Which::Copy(COPY.into()), origin: Origin::Copy, changed, trouble: None }
}

/// Another copy: an answer is another there, one partner is only there, a promise is only here.
fn beside_a_copy(world: &mut World) -> Versions {
    let there = march(world);
    let museum = world.book.as_ref().unwrap().workbook().partners()[0].id.clone();
    let promise =
        Promise::new(RecordId::new("ours"), PartnerId::us(), museum, "Send the budget to everybody");
    let edit = Edit::AddRecord { record: Box::new(promise.into()), place: 0 };
    drop(world.book.as_mut().unwrap().act(edit, jiff::Timestamp::UNIX_EPOCH).unwrap());
    let mut screen = Versions::new(None);
    let others = vec![copy(), day(date(2025, 3, 3))];
    screen.told(&News::Others { others, unreadable: 0 }, &world.ctx());
    screen.told(&of(copy(), there), &world.ctx());
    screen
}

#[test]
fn a_copy_beside_the_workbook_at_several_sizes() {
    let mut world = world();
    let screen = beside_a_copy(&mut world);
    insta::assert_snapshot!("copy_80", drawn(&world, &screen, 80, 21));
    insta::assert_snapshot!("copy_60", drawn(&world, &screen, 60, 17));
    insta::assert_snapshot!("copy_40", drawn(&world, &screen, 40, 9));
    insta::assert_snapshot!("copy_120", drawn(&world, &screen, 120, 37));
    world.linear = true;
    insta::assert_snapshot!("copy_linear", drawn(&world, &screen, 80, 21));
}

#[test]
fn what_is_kept_is_out_of_the_way_and_both_can_be_kept() {
    let mut world = world();
    let mut screen = beside_a_copy(&mut world);
    let question = QuestionId::new("SCO-1");
    let before = world.book.as_ref().unwrap().workbook().text(&ours(&question)).unwrap().to_owned();
    let every = screen.differs.len();
    assert_eq!(screen.left_to_take(), every - 1, "what is only here is nothing to take");
    assert!(screen.differs.last().unwrap().lacks, "and comes last");
    let at = screen.differs.iter().position(|d| d.difference.thing.question().is_some()).unwrap();
    screen.list.set(at);
    assert!(matches!(screen.run("versions.keep", &world.ctx()), Outcome::Say(_)));
    assert_eq!((screen.differs.len(), screen.out_of_the_way), (every - 1, 1));
    assert!(drawn(&world, &screen, 80, 21).contains("1 kept as here"));
    screen.run("versions.show-kept", &world.ctx());
    assert_eq!((screen.differs.len(), screen.out_of_the_way), (every, 0));
    screen.list.set(at);
    let both = screen.run("versions.both", &world.ctx());
    assert!(carried(&mut world, both).contains("has both now"));
    screen.sync(&world.ctx());
    let text = world.book.as_ref().unwrap().workbook().text(&ours(&question)).unwrap().to_owned();
    assert_eq!(text, format!("{}\n\nWe had not asked anybody yet.", before.trim_end()));
    assert_eq!(screen.differs.len(), every - 1, "both are kept, so it is out of the way");
    world.book.as_mut().unwrap().undo(jiff::Timestamp::UNIX_EPOCH).unwrap();
    screen.sync(&world.ctx());
    assert_eq!(screen.differs.len(), every, "undone, it is there again");
}

fn ours(question: &QuestionId) -> TextPlace {
    TextPlace::Voice(question.clone(), VoiceKey::Ours)
}

#[test]
fn taking_all_takes_no_removal_unless_it_was_named() {
    let mut world = world();
    let mut screen = beside_a_copy(&mut world);
    let Outcome::Open(mut bar) = screen.run("versions.take-all", &world.ctx()) else { panic!() };
    let Some(Outcome::Close(named)) = bar.letter('r', &world.ctx()) else { panic!() };
    let Outcome::Open(page) = *named else { panic!() };
    assert!(world.drawn(page.as_ref(), 80, 21).contains("Send the budget to everybody"), "it is named");
    let Some(Outcome::Close(act)) = bar.letter('b', &world.ctx()) else { panic!() };
    carried(&mut world, *act);
    screen.sync(&world.ctx());
    assert_eq!((screen.left_to_take(), screen.differs.len()), (0, 1), "what is only here stays");
    let promises = world.book.as_ref().unwrap().workbook().promises();
    assert!(promises.iter().any(|promise| promise.what == "Send the budget to everybody"));
    // nothing is left to take, so it goes without a question
    let goes = screen.run("versions.put-away", &world.ctx());
    assert!(matches!(goes, Outcome::Ask(Ask::PutAway(name)) if name == COPY));
}

#[test]
fn a_copy_with_something_left_in_it_is_put_away_only_when_that_is_confirmed() {
    let mut world = world();
    let mut screen = beside_a_copy(&mut world);
    let Outcome::Open(mut bar) = screen.run("versions.put-away", &world.ctx()) else { panic!() };
    assert_eq!(format!("{:?}", bar.run("menu.choose", &world.ctx())), "Close(Done)");
    assert!(format!("{:?}", bar.letter('p', &world.ctx())).contains("PutAway"));
    // once it is away it is not shown any more
    let others = vec![day(date(2025, 3, 3))];
    screen.told(&News::Others { others, unreadable: 0 }, &world.ctx());
    assert!(screen.beside.is_none() && screen.differs.is_empty());
}

#[test]
fn a_partners_copy_speaks_for_them_and_what_is_ours_to_say_is_named() {
    let mut world = world();
    let now = world.book.as_ref().unwrap().workbook().clone();
    let museum = now.partners()[0].id.clone();
    let mut back = now.copy_to_send(&museum).unwrap();
    let question = QuestionId::new("SCO-1");
    for (voice, words) in
        [(VoiceKey::Theirs(museum.clone()), "Ask our porters."), (VoiceKey::Ours, "You pay.")]
    {
        let place = TextPlace::Voice(question.clone(), voice);
        let delete = back.text(&place).unwrap_or_default().to_owned();
        let splice = Splice { place, at: 0, delete, insert: words.into(), on: Some(date(2025, 11, 8)) };
        back.apply(Edit::Splice(splice)).unwrap();
    }
    let changed = Some(date(2025, 11, 8).at(9, 0, 0, 0));
    let file = Which::File("/home/ada/back.ron".into());
    let other = Other { which: file, origin: Origin::File, changed, trouble: None };
    let mut screen = Versions::new(None);
    screen.told(&News::Others { others: vec![other.clone()], unreadable: 0 }, &world.ctx());
    let news = News::Beside { other, only_up_to: None, workbook: Arc::new(back), from: Some(museum.clone()) };
    screen.told(&news, &world.ctx());
    assert_eq!(screen.differs.len(), 2, "what the copy cannot hold is no difference");
    insta::assert_snapshot!("came_back_80", drawn(&world, &screen, 80, 21));
    let Outcome::Open(mut bar) = screen.run("versions.take-all", &world.ctx()) else { panic!() };
    let Some(Outcome::Close(act)) = bar.letter('b', &world.ctx()) else { panic!() };
    carried(&mut world, *act);
    screen.sync(&world.ctx());
    let answer = world.book.as_ref().unwrap().workbook().answer(&question).clone();
    assert_eq!(answer.theirs(&museum).unwrap().text, "Ask our porters.");
    assert_ne!(answer.ours().text, "You pay.");
    assert!(drawn(&world, &screen, 80, 21).contains("ours to say"));
}

#[test]
fn what_is_longer_than_its_room_says_so() {
    let mut world = world();
    let place = ours(&QuestionId::new("SCO-1"));
    let text = "A long answer of many words. ".repeat(60);
    let splice = Splice { place, at: 0, delete: String::new(), insert: text, on: None };
    drop(world.book.as_mut().unwrap().act(Edit::Splice(splice), jiff::Timestamp::UNIX_EPOCH).unwrap());
    let mut screen = shown(&world);
    screen.list.set(1);
    for (width, height) in [(60, 17), (80, 21), (120, 37)] {
        let picture = drawn(&world, &screen, width, height);
        assert!(picture.contains("more: Enter"), "{width}x{height}\n{picture}");
    }
    let picture = drawn(&world, &screen, 60, 17);
    assert!(picture.contains("THEN") && picture.contains("NOW"), "{picture}");
}
