use super::*;
use crate::domain::query::versions;
use crate::domain::{
    Agreement, AgreementForm, AnyRecord, FormChoice, Heard, MoneyLine, Partner, PartnerId, PartnerStatus,
    Phase, RecordId, Source,
};
use crate::screen::aspect::clauses::Way;
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;

fn act(world: &mut World, edits: Vec<Edit>) {
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
}

fn put(question: &str, voice: VoiceKey, text: &str) -> Edit {
    let place = TextPlace::Voice(QuestionId::new(question), voice);
    Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: text.into(), on: None })
}

fn record(record: impl Into<AnyRecord>) -> Edit {
    Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }
}

/// The screen as it is opened.
fn opened(world: &World) -> AgreementScreen {
    let mut screen = AgreementScreen::new();
    screen.sync(&world.ctx());
    screen
}

/// The same once the sides see one purpose the same way: where they differ, nothing is drawn from their answers.
fn at_one() -> World {
    let mut world = world();
    let asked = Edit::SetHeard {
        question: QuestionId::new("SCO-2"),
        partner: PartnerId::new("museum"),
        heard: Heard::Asked,
        checked: None,
        person: None,
        source: Source::ByHand,
    };
    act(&mut world, vec![asked]);
    world
}

fn run(world: &World, screen: &mut dyn Layer, names: &[&str]) {
    for name in names {
        screen.run(name, &world.ctx());
    }
}

/// Carries out what a menu, a prompt or a screen asks for, as far as it changes the workbook.
fn carry(world: &mut World, outcome: Outcome) {
    match outcome {
        Outcome::Edit(edit) => act(world, vec![edit]),
        Outcome::Edits(edits) => act(world, edits),
        Outcome::All(all) => all.into_iter().for_each(|one| carry(world, one)),
        Outcome::Close(then) => carry(world, *then),
        Outcome::Say(_) | Outcome::Done => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn clauses_stand_beside_the_document() {
    let world = at_one();
    insta::assert_snapshot!(drawn(&world, &opened(&world), 80, 20));
    insta::assert_snapshot!(drawn(&world, &opened(&world), 60, 16));
}

#[test]
fn what_is_typed_is_in_the_document_at_once() {
    let mut world = world();
    let mut screen = opened(&world);
    run(&world, &mut screen, &["agreement.next", "agreement.write"]);
    assert_eq!(screen.place(), Some(TextPlace::Voice(QuestionId::new("K-2"), VoiceKey::Agreed)));
    act(&mut world, vec![put("K-2", VoiceKey::Agreed, "So that fingers read what eyes read.")]);
    screen.sync(&world.ctx());
    insta::assert_snapshot!(drawn(&world, &screen, 80, 20));
    insta::assert_snapshot!(drawn(&world, &screen, 120, 20));
    let other = screen.place();
    screen.run("aspect-typing.next-voice", &world.ctx());
    assert_ne!(screen.place(), other, "Tab goes to ours and theirs");
}

#[test]
fn one_part_is_wrapped_for_one_key() {
    let mut world = world();
    let screen = opened(&world);
    drawn(&world, &screen, 80, 20);
    let before: Vec<*const u8> = screen.paper.lines();
    act(&mut world, vec![put("K-2", VoiceKey::Agreed, "So that fingers read.")]);
    drawn(&world, &screen, 80, 20);
    let after = screen.paper.lines();
    let anew = after.iter().filter(|line| !before.contains(line)).count();
    assert!(anew <= 2, "{anew} of {} parts were wrapped anew", after.len());
}

#[test]
fn what_is_drawn_is_taken_over_by_one_key() {
    let mut world = at_one();
    let mut screen = opened(&world);
    run(&world, &mut screen, &["aspect.down"]);
    assert!(drawn(&world, &screen, 80, 20).contains("Drawn from One line of shared purpose. +"));
    let taken = screen.run("agreement.take", &world.ctx());
    carry(&mut world, taken);
    screen.sync(&world.ctx());
    let answer = world.ctx().workbook().unwrap().answer(&QuestionId::new("K-2"));
    assert_eq!(answer.ours().text, "A guide that fingers can read.");
    assert!(
        !screen.rows(&world.ctx()).iter().any(|row| row.name == "agreement.take"),
        "nothing is drawn now"
    );
    assert!(drawn(&world, &screen, 80, 20).contains("Our wording, not agreed yet."));
}

#[test]
fn a_private_clause_is_not_in_the_document() {
    let mut world = world();
    let private = Edit::SetPrivate { question: QuestionId::new("K-2"), to: true };
    act(&mut world, vec![put("K-2", VoiceKey::Ours, "between us only"), private]);
    let mut screen = opened(&world);
    run(&world, &mut screen, &["aspect.down"]);
    let text = drawn(&world, &screen, 80, 40);
    assert!(!text.contains("between us only") && text.contains("Private: its words stay out"), "{text}");
    run(&world, &mut screen, &["agreement.read"]);
    assert!(!drawn(&world, &screen, 80, 60).contains("between us only"));
}

#[test]
fn the_document_is_read_whole_and_left_again() {
    let world = world();
    let mut screen = opened(&world);
    run(&world, &mut screen, &["agreement.read"]);
    let text = drawn(&world, &screen, 60, 40);
    assert!(text.contains("it is not a contract"), "{text}");
    drawn(&world, &screen, 60, 8);
    run(&world, &mut screen, &["aspect.last"]);
    assert!(drawn(&world, &screen, 60, 8).contains("With best wishes"));
    run(&world, &mut screen, &["aspect.back"]);
    assert!(drawn(&world, &screen, 60, 20).contains("clauses agreed"));
}

#[test]
fn the_way_to_the_documents_has_the_form_chosen() {
    let mut world = world();
    let export = |world: &World| opened(world).run("agreement.export", &world.ctx());
    assert!(matches!(export(&world), Outcome::Go(Go::Document("email-agreement"))));
    let form = AgreementForm::PartnershipAgreement;
    act(&mut world, vec![record(FormChoice { form, ..FormChoice::new(RecordId::new("f")) })]);
    assert!(matches!(export(&world), Outcome::Go(Go::Document("partnership-agreement"))));
}

#[test]
fn the_ways_on_say_what_is_behind_them() {
    let mut world = world();
    let line = MoneyLine { paid_to: Some(PartnerId::new("museum")), ..MoneyLine::new(RecordId::new("m")) };
    act(&mut world, vec![record(line)]);
    let mut screen = opened(&world);
    run(&world, &mut screen, &["aspect.last"]);
    let mut said = Vec::new();
    for way in Way::ALL {
        let text = drawn(&world, &screen, 80, 20);
        assert!(text.contains(way.label()), "{text}");
        said.push(text);
        run(&world, &mut screen, &["aspect.up"]);
    }
    // the last comes first
    for (text, words) in
        said.iter().zip(["Nothing has been agreed", "Was the bid written together?", "blank", "fits"])
    {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn an_answer_and_another_form_are_kept() {
    let mut world = world();
    let mut screen = FormScreen::new();
    insta::assert_snapshot!(drawn(&world, &screen, 80, 20));
    let Outcome::Open(mut menu) = screen.run("agreement-form.choose", &world.ctx()) else { panic!() };
    let chosen = menu.letter('4', &world.ctx()).unwrap();
    carry(&mut world, chosen);
    run(&world, &mut screen, &["agreement-form.last", "agreement-form.up"]);
    let Outcome::Open(mut menu) = screen.run("agreement-form.choose", &world.ctx()) else { panic!() };
    let chosen = menu.letter('2', &world.ctx()).unwrap();
    carry(&mut world, chosen);
    run(&world, &mut screen, &["agreement-form.last"]);
    let Outcome::Open(mut menu) = screen.run("agreement-form.choose", &world.ctx()) else { panic!() };
    let Some(Outcome::Close(then)) = menu.letter('e', &world.ctx()) else { panic!() };
    let Outcome::Open(mut prompt) = *then else { panic!() };
    prompt.field().unwrap().set_text("we trust each other");
    let kept = prompt.run("prompt.accept", &world.ctx());
    carry(&mut world, kept);
    insta::assert_snapshot!(drawn(&world, &screen, 80, 20));
    assert_eq!(world.ctx().workbook().unwrap().all::<FormChoice>().len(), 1, "one record has it all");
}

#[test]
fn agreed_today_is_kept_and_laid_beside_what_stands_now() {
    let mut world = at_one();
    act(&mut world, vec![put("K-5", VoiceKey::Ours, "Until June.")]);
    let mut screen = VersionsScreen::new(None);
    insta::assert_snapshot!(drawn(&world, &screen, 80, 12));
    let Outcome::Open(mut who) = screen.run("agreement-versions.agreed", &world.ctx()) else { panic!() };
    who.field().unwrap().set_text("the director, the producer");
    let Outcome::Close(then) = who.run("prompt.accept", &world.ctx()) else { panic!() };
    let Outcome::Open(mut again) = *then else { panic!() };
    let kept = again.run("prompt.accept", &world.ctx());
    carry(&mut world, kept);
    let change = Edit::Splice(Splice {
        place: TextPlace::Voice(QuestionId::new("K-5"), VoiceKey::Agreed),
        at: 6,
        delete: "June.".into(),
        insert: "May.".into(),
        on: None,
    });
    act(&mut world, vec![change]);
    screen.sync(&world.ctx());
    run(&world, &mut screen, &["agreement-versions.down"]);
    insta::assert_snapshot!(drawn(&world, &screen, 80, 12));
    let Outcome::Open(reader) = screen.run("agreement-versions.compare", &world.ctx()) else { panic!() };
    insta::assert_snapshot!(drawn(&world, reader.as_ref(), 60, 20));
    let Outcome::Open(reader) = screen.run("agreement-versions.open", &world.ctx()) else { panic!() };
    assert!(drawn(&world, reader.as_ref(), 60, 20).contains("Until June."));
}

#[test]
fn two_are_needed_to_agree() {
    let world = World { book: Some(crate::domain::Book::new(blank(), 0)), ..world() };
    let mut screen = VersionsScreen::new(None);
    let Outcome::Say(said) = screen.run("agreement-versions.agreed", &world.ctx()) else { panic!() };
    assert!(said.contains("It takes two"), "{said}");
}

fn blank() -> crate::domain::Workbook {
    crate::domain::Workbook::new(crate::domain::WorkbookId::new("b"), "")
}

/// Nine partners with long names, something in every voice, and a version that all agreed to.
fn nine() -> World {
    let mut world = world();
    for n in 0..8 {
        let id = PartnerId::new(format!("p{n}"));
        let mut partner = Partner::named(id.clone(), format!("{HARD_NAME} {n}"));
        partner.levels.insert(Phase::WorkingTogether, "supporting".into());
        partner.status = PartnerStatus::In;
        let heard = Edit::SetHeard {
            question: QuestionId::new("K-1"),
            partner: id.clone(),
            heard: Heard::Disputed,
            checked: None,
            person: None,
            source: Source::ByHand,
        };
        act(
            &mut world,
            vec![
                Edit::AddPartner { partner: Box::new(partner), place: usize::MAX },
                put("K-1", VoiceKey::Theirs(id), HARD_NAME),
                heard,
            ],
        );
    }
    let agreed = world.ctx().today();
    let clauses = [(QuestionId::new("K-1"), HARD_NAME.repeat(20))].into_iter().collect();
    let version =
        Agreement { number: Some(1), agreed: Some(agreed), clauses, ..Agreement::new(RecordId::new("v")) };
    act(&mut world, vec![record(version)]);
    world
}

#[test]
fn it_draws_anywhere() {
    let empty = World { book: Some(crate::domain::Book::new(blank(), 0)), ..world() };
    for mut world in [world(), nine(), empty] {
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                let mut screen = opened(&world);
                for steps in [
                    &[][..],
                    &["agreement.write"],
                    &["aspect-typing.stop", "agreement.read"],
                    &["agreement.read", "aspect.back", "aspect.last"],
                ] {
                    run(&world, &mut screen, steps);
                    screen.sync(&world.ctx());
                    let cursor = draws_anywhere(&world, &screen, width, height);
                    assert!(cursor.is_some() || width < 40 || height < 9, "{width}x{height} {steps:?}");
                }
                draws_anywhere(&world, &FormScreen::new(), width, height);
                let mut versions = VersionsScreen::new(Some(RecordId::new("v")));
                versions.sync(&world.ctx());
                draws_anywhere(&world, &versions, width, height);
            }
        }
    }
    assert_eq!(versions(nine().ctx().workbook().unwrap()).len(), 1);
}
