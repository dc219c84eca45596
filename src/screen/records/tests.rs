use super::*;
use crate::domain::{Legacy, Partner, PartnerId, Promise, PromiseState, SaidIn, TouchPoint, Word};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

fn add(world: &mut World, record: impl Into<AnyRecord>) {
    act(world, Edit::AddRecord { record: Box::new(record.into()), place: 99 });
}

fn promise(id: &str, ours: bool, what: &str) -> Promise {
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let (by, to) = if ours { (us, museum) } else { (museum, us) };
    Promise { made: Some(date(2025, 3, 14)), ..Promise::new(RecordId::new(id), by, to, what) }
}

fn small() -> World {
    let mut world = world();
    let said_in = Some(SaidIn { call: RecordId::new("gone"), line: RecordId::new("gone") });
    add(&mut world, Promise { due: Some(date(2025, 11, 14)), ..promise("budget", true, "send the budget") });
    add(&mut world, Promise { said_in, ..promise("list", false, "a list of the parents who came") });
    add(
        &mut world,
        Promise { due: Some(date(2025, 6, 1)), ..promise("key", false, "a key to the side door") },
    );
    let (state, changed) = (PromiseState::Kept, Some(date(2025, 11, 5)));
    add(&mut world, Promise { state, changed, ..promise("room", true, "book the room") });
    let word = Word::new(RecordId::new("vulnerable"), "vulnerable");
    let museum = PartnerId::new("museum");
    add(&mut world, Word { whose: Some(museum.clone()), instead: "people we work with".into(), ..word });
    let touch = TouchPoint::with(RecordId::new("call"), museum);
    let last = Some(date(2025, 9, 1));
    add(&mut world, TouchPoint { last, every_weeks: Some(4), kind: "a call".into(), ..touch });
    add(&mut world, Legacy::noted(RecordId::new("l"), date(2025, 10, 2), "two parents who interview"));
    world
}

#[test]
fn what_is_owed_stands_by_side_and_day() {
    let world = small();
    let mut promises = Records::new(Family::Promise, None);
    insta::assert_snapshot!("promises_80", drawn(&world, &promises, 80, 21));
    insta::assert_snapshot!("promises_120", drawn(&world, &promises, 120, 37));
    let (items, _) = promises.items(&world.ctx());
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["budget", "key", "list"]);
    promises.run("records.all", &world.ctx());
    let (items, _) = promises.items(&world.ctx());
    assert_eq!(items.last().unwrap().id.as_str(), "room");
    insta::assert_snapshot!("promises_all_60", {
        let mut narrow = small();
        narrow.size = (60, 20);
        drawn(&narrow, &promises, 60, 17)
    });
}

#[test]
fn every_family_shows_its_list_and_its_form() {
    let mut world = small();
    for (family, name) in
        [(Family::Word, "words"), (Family::TouchPoint, "touch_points"), (Family::Legacy, "legacies")]
    {
        let mut records = Records::new(family, None);
        records.run("records.details", &world.ctx());
        insta::assert_snapshot!(name, drawn(&world, &records, 80, 21));
    }
    world.linear = true;
    insta::assert_snapshot!("promises_linear", drawn(&world, &Records::new(Family::Promise, None), 80, 21));
}

#[test]
fn every_family_that_is_not_a_call_is_shown_in_one_way() {
    let content = crate::content::Content::new();
    for family in Family::ALL {
        let sheets = SHEETS.iter().filter(|sheet| sheet.family == *family).count();
        let tables = content.tables().iter().filter(|table| table.family == family.name()).count();
        assert_eq!(sheets + tables, usize::from(*family != Family::Call), "{family:?}");
    }
}

#[test]
fn enter_goes_through_the_fields() {
    let world = small();
    let ctx = world.ctx();
    let mut promises = Records::new(Family::Promise, None);
    promises.run("records.edit", &ctx);
    let what = TextPlace::Record(RecordId::new("budget"), crate::domain::RecordField::What);
    assert_eq!(promises.place(), Some(what));
    assert_eq!(promises.field().unwrap().text(), "send the budget");
    promises.run("records-fields.next", &ctx);
    assert!(promises.field().is_none());
    let asked = promises.run("records.edit", &ctx);
    assert!(format!("{asked:?}").contains("Due"), "{asked:?}");
    promises.run("records.down", &ctx);
    let asked = promises.run("records.edit", &ctx);
    assert!(format!("{asked:?}").contains("City Museum, to us"), "{asked:?}");
    promises.run("records.back", &ctx);
    assert!(matches!(promises.run("records.back", &ctx), Outcome::Back));
}

#[test]
fn what_became_of_it_is_one_key_and_a_letter() {
    let world = small();
    let mut promises = Records::new(Family::Promise, None);
    let Outcome::Open(mut menu) = promises.run("records.mark", &world.ctx()) else { panic!() };
    let kept = format!("{:?}", menu.letter('k', &world.ctx()).unwrap());
    assert!(kept.contains("state: Kept") && kept.contains("changed: Some(2025-11-10)"), "{kept}");
}

#[test]
fn it_draws_in_any_size_and_without_a_workbook() {
    let mut world = small();
    let twin = Partner::named(PartnerId::new("twin"), HARD_NAME);
    act(&mut world, Edit::AddPartner { partner: Box::new(twin), place: 9 });
    let by = PartnerId::new("twin");
    add(&mut world, Promise::new(RecordId::new("hard"), by, PartnerId::us(), HARD_NAME));
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            for family in Family::ALL {
                let mut records = Records::new(*family, None);
                for name in ["records.last", "records.details", "records.edit", "records-fields.down"] {
                    records.run(name, &world.ctx());
                    let cursor = draws_anywhere(&world, &records, width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{name} {width}x{height}");
                }
            }
        }
    }
    world.book = None;
    for (width, height) in SIZES {
        draws_anywhere(&world, &Records::new(Family::Promise, None), width, height);
    }
}

#[test]
fn tab_passes_over_no_field_and_asks_for_a_day() {
    let world = small();
    let ctx = world.ctx();
    let mut promises = Records::new(Family::Promise, None);
    promises.run("records.edit", &ctx);
    let asked = format!("{:?}", promises.run("records-fields.down", &ctx));
    assert!(asked.contains("Due"), "{asked}");
    assert!(promises.field().is_none(), "nothing typed now can land in another field");
}

#[test]
fn a_word_is_ours_and_not_agreed_until_somebody_says_so() {
    let world = small();
    let Outcome::Open(mut prompt) = Records::new(Family::Word, None).run("records.new", &world.ctx()) else {
        panic!()
    };
    prompt.field().unwrap().paste("service users").unwrap();
    let added = format!("{:?}", prompt.run("prompt.accept", &world.ctx()));
    assert!(added.contains(r#"whose: Some(PartnerId("us")), agreed: None"#), "{added}");
    assert!(added.contains("What shall we say instead?"), "{added}");
}

mod starting {
    use super::*;
    use crate::domain::{
        Asset, Candidate, CandidateState, FitSign, Pilot, PilotOutcome, SignHeard, TriedIdea,
    };

    fn began() -> World {
        let mut world = world();
        let candidate = Candidate {
            name: "Young carers’ charity".into(),
            opener: "We are a university.".into(),
            contact: "the co-ordinator".into(),
            might_want: "a rest at weekends".into(),
            ..Candidate::new(RecordId::new("c"))
        };
        add(&mut world, candidate);
        let pilot = Pilot { aim: "whether Saturdays suit".into(), ..Pilot::new(RecordId::new("pilot")) };
        let sign = |id: &str, heard| FitSign {
            what: "families come back".into(),
            pilot: Some(RecordId::new("pilot")),
            side: Some(PartnerId::new("museum")),
            heard,
            ..FitSign::new(RecordId::new(id))
        };
        add(&mut world, pilot);
        add(&mut world, sign("a", SignHeard::NotHeard));
        add(&mut world, FitSign { side: None, ..sign("b", SignHeard::DoesNotFit) });
        add(&mut world, Asset { what: "no website".into(), ..Asset::new(RecordId::new("asset")) });
        world
    }

    /// Chooses the row of a menu, from its top.
    fn choose(world: &World, menu: Outcome, row: usize) -> Outcome {
        let Outcome::Open(mut menu) = menu else { panic!("{menu:?}") };
        menu.run("menu.first", &world.ctx());
        for _ in 0..row {
            menu.run("menu.down", &world.ctx());
        }
        let Outcome::Close(then) = menu.run("menu.choose", &world.ctx()) else { panic!() };
        *then
    }

    fn edits(world: &mut World, outcome: Outcome) {
        let edits = match outcome {
            Outcome::Edits(edits) => edits,
            Outcome::All(all) => {
                let edits = all.into_iter().find_map(|one| match one {
                    Outcome::Edits(edits) => Some(edits),
                    _ => None,
                });
                edits.unwrap()
            }
            other => panic!("{other:?}"),
        };
        world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
    }

    fn of(family: Family) -> Records {
        Records::new(family, None)
    }

    #[test]
    fn they_look_like_this() {
        let mut world = began();
        for (family, name) in [
            (Family::Candidate, "candidate_80"),
            (Family::Pilot, "pilot_80"),
            (Family::Asset, "asset_80"),
            (Family::TriedIdea, "ideas_empty"),
        ] {
            let mut records = of(family);
            records.run("records.details", &world.ctx());
            insta::assert_snapshot!(name, drawn(&world, &records, 80, 21));
        }
        let mut pilot = of(Family::Pilot);
        insta::assert_snapshot!("pilot_120", drawn(&world, &pilot, 120, 37));
        pilot.run("records.details", &world.ctx());
        world.size = (60, 20);
        insta::assert_snapshot!("pilot_60", drawn(&world, &pilot, 60, 17));
        world.linear = true;
        insta::assert_snapshot!("pilot_linear", drawn(&world, &of(Family::Pilot), 80, 21));
    }

    #[test]
    fn a_state_of_a_candidate_is_set_with_its_day() {
        let world = began();
        let mut candidates = of(Family::Candidate);
        let menu = candidates.run("records.mark", &world.ctx());
        let Outcome::Open(mut prompt) = choose(&world, menu, 2) else { panic!() };
        let Outcome::Close(then) = prompt.run("prompt.accept", &world.ctx()) else { panic!() };
        let said = format!("{then:?}");
        assert!(
            said.contains("state: Approached") && said.contains("approached: Some(2025-11-10)"),
            "{said}"
        );
    }

    #[test]
    fn a_candidate_becomes_a_partner_once() {
        let mut world = began();
        let mut candidates = Records::new(Family::Candidate, Some(RecordId::new("c")));
        let became = candidates.run("records.partner", &world.ctx());
        edits(&mut world, became);
        let workbook = world.ctx().workbook().unwrap();
        assert_eq!(workbook.partners().last().unwrap().name, "Young carers’ charity");
        assert_eq!(workbook.all::<Candidate>()[0].state, CandidateState::Partner);
        let again = format!("{:?}", candidates.run("records.partner", &world.ctx()));
        assert!(again.contains("already") && !again.contains("Edit"), "{again}");
    }

    #[test]
    fn what_follows_from_a_pilot_is_offered_and_nothing_done_unasked() {
        let mut world = began();
        let mut pilots = of(Family::Pilot);
        let offered = choose(&world, pilots.run("records.mark", &world.ctx()), 1);
        let said = format!("{offered:?}");
        assert!(said.contains("Its aim becomes an activity") && said.contains("Only note"), "{said}");
        let offered = choose(&world, pilots.run("records.mark", &world.ctx()), 2);
        let again = choose(&world, offered, 0);
        edits(&mut world, again);
        let workbook = world.ctx().workbook().unwrap();
        assert_eq!(workbook.all::<Pilot>().len(), 2);
        assert_eq!(workbook.all::<Pilot>()[0].outcome, PilotOutcome::Change);
        let heard = workbook.all::<FitSign>().iter().filter(|s| s.heard == SignHeard::NotHeard).count();
        assert_eq!((workbook.all::<FitSign>().len(), heard), (4, 3));
    }

    #[test]
    fn what_is_left_out_is_said_calmly_and_only_where_it_is() {
        let said = |record: AnyRecord| remark(&record);
        let asset = |what: &str| Asset { what: what.into(), ..Asset::new(RecordId::new("a")) };
        assert_eq!(said(asset("no website").into()), Some(query::A_LACK));
        assert_eq!(said(asset("a hall with a stage").into()), None);
        let candidate = Candidate { opener: "We are.".into(), ..Candidate::new(RecordId::new("c")) };
        assert_eq!(said(candidate.clone().into()), Some(query::ONLY_OURS));
        let with = Candidate { their_gain: "a say for their young people".into(), ..candidate };
        assert_eq!(said(with.into()), None);
    }

    #[test]
    fn an_idea_is_noted_from_the_deck() {
        let mut world = began();
        let mut ideas = of(Family::TriedIdea);
        assert!(matches!(ideas.run("records.deal", &world.ctx()), Outcome::Go(Go::Deck)));
        let Outcome::Open(mut asked) = choose(&world, ideas.run("records.new", &world.ctx()), 4) else {
            panic!()
        };
        let Outcome::Close(then) = asked.run("prompt.accept", &world.ctx()) else { panic!() };
        let Outcome::All(all) = *then else { panic!() };
        let Some(Outcome::Edit(edit)) = all.into_iter().next() else { panic!() };
        act(&mut world, edit);
        assert_eq!(world.ctx().workbook().unwrap().all::<TriedIdea>()[0].idea.0, "finding-idea-team");
    }
}

#[test]
fn a_long_form_is_short_where_it_can_be_and_says_what_is_out_of_sight() {
    let mut world = world();
    let candidate = crate::domain::Candidate {
        name: "Railway museum".into(),
        fit: "Nothing in it is afraid of hands, and the floor is level from the street to the engines."
            .into(),
        ..crate::domain::Candidate::new(RecordId::new("c"))
    };
    add(&mut world, candidate);
    let mut screen = Records::new(Family::Candidate, None);
    insta::assert_snapshot!("long_form_80", drawn(&world, &screen, 80, 21));
    screen.run("records.details", &world.ctx());
    for _ in 0..40 {
        screen.run("records.down", &world.ctx());
    }
    let end = drawn(&world, &screen, 80, 21);
    assert!(end.contains("rows above") && !end.contains("below"), "{end}");
    for _ in 0..40 {
        screen.run("records.up", &world.ctx());
    }
    let top = drawn(&world, &screen, 80, 21);
    assert!(top.contains("more rows below") && !top.contains("above"), "{top}");
}
