use super::*;
use crate::domain::{
    AnyRecord, Heard, Medium, Partner, PartnerId, Person, PersonId, QuestionId, Source, VoiceKey, Word,
};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

fn id(id: &str) -> RecordId {
    RecordId::new(id)
}

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

fn add(world: &mut World, record: impl Into<AnyRecord>) {
    act(world, Edit::AddRecord { record: Box::new(record.into()), place: 99 });
}

fn line(id: &str, seconds: i64, tag: Option<Tag>, text: &str) -> Line {
    let at = start().checked_add(SignedDuration::from_secs(seconds)).unwrap();
    Line { tag, ..Line::new(RecordId::new(id), at, text) }
}

fn start() -> Timestamp {
    "2025-11-10T10:42:00Z".parse().unwrap()
}

fn call(call: &str, lines: Vec<Line>) -> Call {
    let ended = Some(start().checked_add(SignedDuration::from_secs(760)).unwrap());
    let partner = Some(PartnerId::new("museum"));
    Call { ended, partner, lines, ..Call::begun(id(call), date(2025, 11, 10), start()) }
}

/// A call with City Museum in which there is something to do in every step.
fn small() -> World {
    let mut world = world();
    act(&mut world, {
        let person = Person::named(PersonId::new("amina"), PartnerId::new("museum"), "Amina");
        Edit::AddPerson { person: Box::new(person), place: 9 }
    });
    let lines = vec![
        line("hello", 0, None, "hello, budget first"),
        line("budget", 72, Some(Tag::Promise), "they send the budget by Friday"),
        line("workshops", 210, Some(Tag::Differs), "\"paid workshops\" - theirs leaves out preparation"),
        line("treasurer", 300, None, "their treasurer is off sick"),
        line("volunteers", 432, Some(Tag::Said), "we always forget the evening volunteers"),
        line("mark", 500, None, ""),
        line("pays", 718, Some(Tag::Ask), "who pays for preparation, and from which budget?"),
    ];
    add(&mut world, Call { with: vec![PersonId::new("amina")], ..call("call", lines) });
    world
}

fn sheet(world: &World) -> Tidy {
    let mut tidy = Tidy::new(None);
    tidy.sync(&world.ctx());
    tidy
}

/// Runs a row and carries out what it asks of the workbook; what it opens or says comes back.
fn run(world: &mut World, tidy: &mut Tidy, name: &str) -> Vec<Outcome> {
    let outcome = tidy.run(name, &world.ctx());
    carry(world, tidy, outcome)
}

fn carry(world: &mut World, tidy: &mut Tidy, outcome: Outcome) -> Vec<Outcome> {
    let mut rest = Vec::new();
    let mut waiting = std::collections::VecDeque::from([outcome]);
    while let Some(outcome) = waiting.pop_front() {
        match outcome {
            Outcome::Edit(edit) => waiting.push_front(Outcome::Edits(vec![edit])),
            Outcome::Edits(edits) => {
                world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
                tidy.sync(&world.ctx());
            }
            Outcome::All(all) => all.into_iter().rev().for_each(|outcome| waiting.push_front(outcome)),
            Outcome::Close(then) => waiting.push_front(*then),
            Outcome::Done => {}
            other => rest.push(other),
        }
    }
    rest
}

/// Runs a row of the layer that was opened, and carries that out.
fn answer(world: &mut World, tidy: &mut Tidy, opened: Vec<Outcome>, name: &str) -> Vec<Outcome> {
    let Some(Outcome::Open(mut layer)) = opened.into_iter().next() else { panic!("nothing was opened") };
    let outcome = layer.run(name, &world.ctx());
    carry(world, tidy, outcome)
}

fn undo(world: &mut World, tidy: &mut Tidy) {
    world.book.as_mut().unwrap().undo(Timestamp::UNIX_EPOCH).unwrap();
    tidy.sync(&world.ctx());
}

fn workbook(world: &World) -> &Workbook {
    world.book.as_ref().unwrap().workbook()
}

fn line_of<'a>(world: &'a World, line: &str) -> &'a Line {
    workbook(world).line(&id("call"), &id(line)).unwrap()
}

#[test]
fn every_step_says_what_it_asks() {
    let mut world = small();
    let word = Word { instead: "people who come late".into(), ..Word::new(id("w"), "evening volunteer") };
    add(&mut world, Word { whose: Some(PartnerId::new("museum")), ..word });
    for (n, name) in
        ["tags", "promises", "questions", "answers", "words", "remains", "next", "message"].iter().enumerate()
    {
        let mut tidy = sheet(&world);
        let digit = char::from_digit(u32::try_from(n).unwrap() + 1, 10).unwrap();
        tidy.letter(digit, &world.ctx());
        if *name == "words" {
            tidy.run("tidy.last", &world.ctx());
            tidy.run("tidy.up", &world.ctx());
        }
        insta::assert_snapshot!(format!("{name}_80"), drawn(&world, &tidy, 80, 20));
        insta::assert_snapshot!(format!("{name}_60"), {
            world.size = (60, 20);
            drawn(&world, &tidy, 60, 16)
        });
        world.size = (80, 24);
    }
    world.linear = true;
    insta::assert_snapshot!("tags_linear", drawn(&world, &sheet(&world), 80, 20));
}

#[test]
fn a_letter_tags_the_line_and_the_next_one_comes() {
    let mut world = small();
    let mut tidy = sheet(&world);
    assert_eq!((tidy.step, tidy.aside(&world.ctx())), (Step::Tags, "6 left".to_owned()));
    run(&mut world, &mut tidy, "tidy-tags.private");
    assert!(line_of(&world, "hello").private && line_of(&world, "hello").tag.is_none());
    run(&mut world, &mut tidy, "tidy-tags.promise");
    assert_eq!(line_of(&world, "hello").tag, Some(Tag::Promise));
    assert_eq!(tidy.at_line(&world.ctx()).unwrap().1.id, id("treasurer"));
    run(&mut world, &mut tidy, "tidy.let-be");
    assert_eq!(tidy.step, Step::Promises, "the last line of the step brings the next");
    undo(&mut world, &mut tidy);
    assert!(!line_of(&world, "treasurer").done);
    assert_eq!(tidy.step, Step::Promises, "undo does not lead away");
    let opened = {
        tidy.letter('1', &world.ctx());
        run(&mut world, &mut tidy, "tidy-tags.choose")
    };
    answer(&mut world, &mut tidy, opened, "menu.choose");
    assert_eq!(line_of(&world, "treasurer").tag, Some(Tag::Said));
}

#[test]
fn one_key_takes_a_promise_as_it_is_suggested() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('2', &world.ctx());
    let before = workbook(&world).clone();
    let said = format!("{:?}", run(&mut world, &mut tidy, "tidy-promises.take"));
    assert!(said.contains("City Museum, to us: send the budget, Fri 14 Nov."), "{said}");
    let promise = &workbook(&world).promises()[0];
    assert_eq!((promise.by.as_str(), promise.to.is_us()), ("museum", true));
    assert_eq!(promise.what, "send the budget");
    assert_eq!((promise.due, promise.made), (Some(date(2025, 11, 14)), Some(date(2025, 11, 10))));
    assert_eq!(promise.said_in.as_ref().unwrap().line, id("budget"));
    assert!(line_of(&world, "budget").done);
    assert_eq!(tidy.step, Step::Questions);
    undo(&mut world, &mut tidy);
    assert_eq!(*workbook(&world), before, "one step");
}

#[test]
fn who_and_day_and_words_of_a_promise_can_be_others() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('2', &world.ctx());
    run(&mut world, &mut tidy, "tidy-promises.who");
    assert!(drawn(&world, &tidy, 80, 20).contains("Who   We, to City Museum"));
    let opened = run(&mut world, &mut tidy, "tidy-promises.day");
    answer(&mut world, &mut tidy, opened, "prompt.accept");
    let promise = &workbook(&world).promises()[0];
    assert!(promise.is_ours() && promise.due == Some(date(2025, 11, 14)), "{promise:?}");
    undo(&mut world, &mut tidy);
    tidy.letter('2', &world.ctx());
    let opened = run(&mut world, &mut tidy, "tidy-promises.words");
    answer(&mut world, &mut tidy, opened, "prompt.accept");
    assert_eq!(workbook(&world).promises()[0].what, "send the budget");
}

#[test]
fn where_the_words_do_not_say_who_it_is_asked() {
    let mut world = small();
    add(
        &mut world,
        Call {
            partner: None,
            ..call(
                "other",
                vec![Line { private: true, ..line("list", 1, Some(Tag::Promise), "a list of parents") }],
            )
        },
    );
    let mut tidy = Tidy::new(Some(id("other")));
    tidy.sync(&world.ctx());
    assert!(drawn(&world, &tidy, 80, 20).contains("the words do not say"));
    let opened = run(&mut world, &mut tidy, "tidy-promises.take");
    assert!(workbook(&world).promises().is_empty(), "nothing is applied silently");
    answer(&mut world, &mut tidy, opened, "menu.choose");
    let promise = &workbook(&world).promises()[0];
    assert!(promise.private && promise.by.as_str() == "museum", "a private line makes a private promise");
}

#[test]
fn a_question_gets_its_place_and_is_still_to_be_asked() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('3', &world.ctx());
    let opened = run(&mut world, &mut tidy, "tidy-questions.place");
    answer(&mut world, &mut tidy, opened, "picker.choose");
    let placed = line_of(&world, "pays");
    assert!(placed.about.is_some() && !placed.done && !placed.wants_tidying(), "{placed:?}");
    assert_eq!(tidy.step, Step::Answers);
    undo(&mut world, &mut tidy);
    tidy.letter('3', &world.ctx());
    run(&mut world, &mut tidy, "tidy.let-be");
    let kept = line_of(&world, "pays");
    assert!(kept.kept && kept.about.is_none() && !kept.done && !kept.wants_tidying(), "{kept:?}");
    undo(&mut world, &mut tidy);
    tidy.letter('3', &world.ctx());
    run(&mut world, &mut tidy, "tidy-questions.asked");
    assert!(line_of(&world, "pays").done);
}

#[test]
fn what_they_said_becomes_their_own_words() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('4', &world.ctx());
    let museum = VoiceKey::Theirs(PartnerId::new("museum"));
    // where we differ comes first; it goes into a blank answer
    let opened = run(&mut world, &mut tidy, "tidy-answers.place");
    let before = workbook(&world).clone();
    answer(&mut world, &mut tidy, opened, "picker.choose");
    let question = line_of(&world, "workshops").about.clone().unwrap();
    let theirs = workbook(&world).answer(&question).theirs(&PartnerId::new("museum")).unwrap().clone();
    assert_eq!((theirs.heard, theirs.checked), (Heard::Disputed, Some(date(2025, 11, 10))));
    assert_eq!(theirs.person, Some(PersonId::new("amina")));
    assert!(matches!(&theirs.source, Source::Call(said) if said.line == id("workshops")));
    undo(&mut world, &mut tidy);
    assert_eq!(*workbook(&world), before, "one step");

    let words = Line { text: "find their way".into(), ..line_of(&world, "volunteers").clone() };
    act(&mut world, Edit::SetLine { call: id("call"), line: words });
    let mut tidy = sheet(&world);
    tidy.letter('4', &world.ctx());
    tidy.run("tidy.last", &world.ctx());
    let question = QuestionId::new("SCO-2");
    for (letter, text) in
        [('b', "Every visitor should find their way.\n“find their way”"), ('r', "“find their way”")]
    {
        let mut opened = run(&mut world, &mut tidy, "tidy-answers.place");
        let Some(Outcome::Open(choose)) = opened.first_mut() else { panic!() };
        let _ = choose.field().unwrap().paste("one sentence of purpose");
        choose.typed(&world.ctx());
        let opened = answer(&mut world, &mut tidy, opened, "picker.choose");
        let Some(Outcome::Open(mut menu)) = opened.into_iter().next() else { panic!("it asks") };
        let outcome = menu.letter(letter, &world.ctx()).unwrap();
        let chosen = {
            carry(&mut world, &mut tidy, outcome);
            line_of(&world, "volunteers").about.clone()
        };
        assert_eq!(chosen, Some(question.clone()), "the wording of the example has changed");
        let answer = workbook(&world).answer(&question);
        assert_eq!(answer.text(&museum), text);
        assert_eq!(answer.earlier().last().unwrap().text, "Every visitor should find their way.");
        undo(&mut world, &mut tidy);
        tidy.letter('4', &world.ctx());
        tidy.run("tidy.last", &world.ctx());
    }
}

#[test]
fn a_private_line_asks_before_it_goes_into_an_answer() {
    let mut world = small();
    let secret = Line { private: true, ..line_of(&world, "volunteers").clone() };
    act(&mut world, Edit::SetLine { call: id("call"), line: secret });
    let mut tidy = sheet(&world);
    tidy.letter('4', &world.ctx());
    tidy.run("tidy.last", &world.ctx());
    let opened = run(&mut world, &mut tidy, "tidy-answers.place");
    let opened = answer(&mut world, &mut tidy, opened, "picker.choose");
    assert!(line_of(&world, "volunteers").about.is_none(), "nothing has gone in");
    let Some(Outcome::Open(mut menu)) = opened.into_iter().next() else { panic!("it asks") };
    let outcome = menu.letter('p', &world.ctx()).unwrap();
    let rest = carry(&mut world, &mut tidy, outcome);
    if let Some(Outcome::Open(mut menu)) = rest.into_iter().find(|o| matches!(o, Outcome::Open(_))) {
        let outcome = menu.letter('b', &world.ctx()).unwrap();
        carry(&mut world, &mut tidy, outcome);
    }
    let question = line_of(&world, "volunteers").about.clone().unwrap();
    assert!(workbook(&world).answer(&question).is_private());
}

#[test]
fn a_word_and_what_remains_name_their_line() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('5', &world.ctx());
    tidy.run("tidy.down", &world.ctx());
    tidy.run("tidy.down", &world.ctx());
    let opened = run(&mut world, &mut tidy, "tidy-words.add");
    let opened = answer(&mut world, &mut tidy, opened, "prompt.accept");
    answer(&mut world, &mut tidy, opened, "prompt.accept");
    let word = &workbook(&world).words()[0];
    assert_eq!((word.term.as_str(), word.agreed), ("paid workshops", None), "nobody has agreed to anything");
    assert_eq!(word.whose, Some(PartnerId::us()), "it is a line of ours about them");
    assert_eq!(word.said_in.as_ref().unwrap().line, id("workshops"));
    tidy.letter('6', &world.ctx());
    let opened = run(&mut world, &mut tidy, "tidy-remains.add");
    answer(&mut world, &mut tidy, opened, "prompt.accept");
    let legacy = &workbook(&world).legacies()[0];
    assert_eq!(legacy.what, "hello, budget first");
    assert!(line_of(&world, "hello").done, "a line without a tag has become something");
}

#[test]
fn the_day_and_the_mood_lead_on_to_the_message() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('7', &world.ctx());
    let mut opened = run(&mut world, &mut tidy, "tidy-next.edit");
    let Some(Outcome::Open(prompt)) = opened.first_mut() else { panic!() };
    let _ = prompt.field().unwrap().paste("in two weeks");
    answer(&mut world, &mut tidy, opened, "prompt.accept");
    let kept = workbook(&world).call(&id("call")).unwrap();
    assert_eq!((kept.follow_up, kept.lines.len()), (Some(date(2025, 11, 24)), 7), "the lines stay");
    tidy.run("tidy.down", &world.ctx());
    run(&mut world, &mut tidy, "tidy-next.edit");
    assert_eq!(tidy.place(), Some(TextPlace::Record(id("call"), RecordField::Mood)));
    run(&mut world, &mut tidy, "tidy-typing.accept");
    assert_eq!(tidy.step, Step::Message);
    assert!(drawn(&world, &tidy, 80, 40).contains("in touch again on Monday 24 November"));
}

#[test]
fn the_message_is_the_draft_until_somebody_types() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('8', &world.ctx());
    run(&mut world, &mut tidy, "tidy-message.write");
    assert_eq!(tidy.place(), None, "the draft stands nowhere");
    assert_eq!(tidy.field.caret(), 0, "one writes where one has read to");
    assert!(tidy.field().unwrap().text().starts_with("Hello Amina,"));
    run(&mut world, &mut tidy, "tidy-typing.stop");
    assert_eq!(workbook(&world).call(&id("call")).unwrap().message, "");
    run(&mut world, &mut tidy, "tidy-message.write");
    tidy.field.set_caret(0);
    let _ = tidy.field.paste("Dear all. ");
    let outcome = tidy.typed(&world.ctx());
    carry(&mut world, &mut tidy, outcome);
    assert!(workbook(&world).call(&id("call")).unwrap().message.starts_with("Dear all. Hello Amina,"));
    assert_eq!(tidy.place(), Some(TextPlace::Record(id("call"), RecordField::Message)));
    assert_eq!(tidy.field.caret(), "Dear all. ".len());
    undo(&mut world, &mut tidy);
    assert_eq!(tidy.place(), None);
    assert!(tidy.field().unwrap().text().starts_with("Hello Amina,"));
    let outcome = {
        let _ = tidy.field.paste("x");
        tidy.typed(&world.ctx())
    };
    carry(&mut world, &mut tidy, outcome);
    run(&mut world, &mut tidy, "tidy-typing.stop");
    let asked = run(&mut world, &mut tidy, "tidy-message.redraft");
    let Some(Outcome::Open(mut menu)) = asked.into_iter().next() else { panic!("it asks first") };
    let outcome = menu.letter('r', &world.ctx()).unwrap();
    carry(&mut world, &mut tidy, outcome);
    assert_eq!(workbook(&world).call(&id("call")).unwrap().message, "");
}

#[test]
fn taking_the_message_out_is_noted() {
    for name in ["tidy-message.copy", "tidy-message.file"] {
        let mut world = small();
        let mut tidy = sheet(&world);
        tidy.letter('8', &world.ctx());
        let rest = run(&mut world, &mut tidy, name);
        let rest = match name {
            "tidy-message.file" => {
                assert_eq!(
                    workbook(&world).call(&id("call")).unwrap().sent,
                    None,
                    "not before it is asked for"
                );
                answer(&mut world, &mut tidy, rest, "prompt.accept")
            }
            _ => rest,
        };
        let said = format!("{rest:?}");
        assert!(said.contains("Hello Amina") || said.contains("follow-up\""), "{said}");
        assert_eq!(workbook(&world).call(&id("call")).unwrap().sent, Some(date(2025, 11, 10)));
    }
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('8', &world.ctx());
    let rest = run(&mut world, &mut tidy, "tidy-message.editor");
    assert!(matches!(rest.as_slice(), [Outcome::Editor(_)]), "{rest:?}");
    assert!(workbook(&world).call(&id("call")).unwrap().message.starts_with("Hello Amina"));
}

#[test]
fn it_goes_on_where_something_is_left() {
    let mut world = small();
    let mut tidy = sheet(&world);
    for _ in 0..2 {
        run(&mut world, &mut tidy, "tidy.let-be");
    }
    assert_eq!(sheet(&world).step, Step::Promises);
    run(&mut world, &mut tidy, "tidy.next-step");
    run(&mut world, &mut tidy, "tidy.let-be");
    assert_eq!(sheet(&world).step, Step::Promises, "what was passed over is still there");
    run(&mut world, &mut tidy, "tidy.step-before");
    assert_eq!(tidy.step, Step::Promises);
    run(&mut world, &mut tidy, "tidy-promises.take");
    for _ in 0..2 {
        run(&mut world, &mut tidy, "tidy.let-be");
    }
    assert_eq!(tidy.aside(&world.ctx()), "all tidy");
    assert_eq!(tidy.step, Step::Words);
    let steps = std::iter::from_fn(|| {
        tidy.run("tidy.next-step", &world.ctx());
        Some(tidy.step)
    });
    assert_eq!(steps.take(4).collect::<Vec<_>>(), [Step::Remains, Step::Next, Step::Message, Step::Message]);
    let call = workbook(&world).call(&id("call")).unwrap();
    let sent = Call { sent: Some(date(2025, 11, 10)), ..call.head() };
    act(&mut world, Edit::SetRecord(Box::new(sent.into())));
    assert_eq!(sheet(&world).step, Step::Message);
}

#[test]
fn the_steps_together_are_what_is_left() {
    let world = small();
    let call = workbook(&world).call(&id("call")).unwrap();
    let left: usize = Step::all(call).iter().map(|step| step.left(call)).sum();
    assert_eq!(left, call.to_tidy());
}

#[test]
fn jots_of_a_day_have_no_message() {
    let mut world = world();
    let jots = Call {
        medium: Medium::Jots,
        ended: None,
        partner: None,
        ..call("jots", vec![line("a", 0, None, "bring the tile")])
    };
    add(&mut world, jots);
    let mut tidy = sheet(&world);
    let picture = drawn(&world, &tidy, 80, 20);
    assert!(picture.contains("10:42") && !picture.contains("Message"), "{picture}");
    run(&mut world, &mut tidy, "tidy-tags.said");
    assert_eq!(tidy.step, Step::Answers);
    assert!(tidy.letter('8', &world.ctx()).is_none());
}

#[test]
fn to_read_only_nothing_is_changed() {
    let world = small();
    let mut tidy = sheet(&world);
    let mut ctx = world.ctx();
    ctx.writable = false;
    for (n, step) in ALL_ROWS[1..9].iter().enumerate() {
        tidy.letter(char::from_digit(u32::try_from(n).unwrap() + 1, 10).unwrap(), &ctx);
        for row in step.iter().filter(|row| row.row().changes) {
            let outcome = tidy.run(row.row().name, &ctx);
            let harmless = matches!(&outcome, Outcome::Unused | Outcome::Say(_));
            assert!(harmless || row.row().name == "tidy-next.edit", "{}: {outcome:?}", row.row().name);
        }
        let asked = tidy.run("tidy.let-be", &ctx);
        assert!(matches!(asked, Outcome::Unused | Outcome::Say(_)), "{asked:?}");
    }
}

#[test]
fn it_draws_in_any_size_with_anything_in_it() {
    let mut world = small();
    let twin = Partner::named(PartnerId::new("twin"), HARD_NAME);
    act(&mut world, Edit::AddPartner { partner: Box::new(twin), place: 9 });
    let hard = HARD_NAME.repeat(30);
    let tags = [None, Some(Tag::Promise), Some(Tag::Ask), Some(Tag::Said)];
    let lines = tags.iter().enumerate().map(|(n, tag)| line(&format!("hard{n}"), 99_999, *tag, &hard));
    let twin = Some(PartnerId::new("twin"));
    add(&mut world, Call { partner: twin, message: hard.clone(), ..call("hard", lines.collect()) });
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            for step in '1'..='8' {
                let mut tidy = Tidy::new(Some(id("hard")));
                tidy.sync(&world.ctx());
                tidy.letter(step, &world.ctx());
                let cursor = draws_anywhere(&world, &tidy, width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "step {step} {width}x{height}");
                tidy.run("tidy-message.write", &world.ctx());
                draws_anywhere(&world, &tidy, width, height);
            }
        }
    }
    for call in [None, Some(id("gone"))] {
        let mut tidy = Tidy::new(call);
        world.book = None;
        tidy.sync(&world.ctx());
        draws_anywhere(&world, &tidy, 80, 20);
    }
}

#[test]
fn four_hundred_lines_in_sixty_calls_are_no_work() {
    let mut world = world();
    for n in 0..60 {
        let tag = |m: usize| Tag::ALL.get((n + m) % 9).copied();
        let lines =
            (0..7).map(|m| line(&format!("{n}-{m}"), 1, tag(m), "they send the budget for preparation"));
        add(&mut world, call(&format!("call{n}"), lines.collect()));
    }
    let began = std::time::Instant::now();
    let mut tidy = sheet(&world);
    for _ in 0..8 {
        for _ in 0..5 {
            drawn(&world, &tidy, 80, 20);
            tidy.rows(&world.ctx());
        }
        tidy.run("tidy.next-step", &world.ctx());
    }
    // a frame has 16 ms; this is forty of them, unoptimised
    assert!(began.elapsed().as_millis() < 4_000, "{:?}", began.elapsed());
}

#[test]
fn a_word_is_theirs_only_from_what_they_said_or_both_agreed() {
    for (tag, whose) in [
        (None, "us"),
        (Some(Tag::WeSaid), "us"),
        (Some(Tag::Worry), "us"),
        (Some(Tag::Said), "museum"),
        (Some(Tag::Agreed), "museum"),
    ] {
        let mut world = world();
        add(&mut world, call("call", vec![line("jars", 0, tag, "\"vulnerable\" jars")]));
        let mut tidy = Tidy::new(Some(id("call")));
        tidy.sync(&world.ctx());
        tidy.letter('5', &world.ctx());
        let opened = run(&mut world, &mut tidy, "tidy-words.add");
        let opened = answer(&mut world, &mut tidy, opened, "prompt.accept");
        answer(&mut world, &mut tidy, opened, "prompt.accept");
        let word = &workbook(&world).words()[0];
        assert_eq!((word.whose.as_ref().unwrap().as_str(), word.agreed), (whose, None), "{tag:?}");
    }
}

#[test]
fn a_sheet_goes_on_where_it_was_left() {
    let mut world = small();
    let left = Left::default();
    let again = |world: &World| {
        let mut tidy = Tidy::new(None).left_at(&left);
        tidy.sync(&world.ctx());
        tidy
    };
    let mut tidy = again(&world);
    assert_eq!(tidy.step, Step::Tags);
    tidy.letter('2', &world.ctx());
    run(&mut world, &mut tidy, "tidy-promises.who");
    let mut tidy = again(&world);
    assert_eq!(tidy.step, Step::Promises);
    assert!(
        drawn(&world, &tidy, 80, 20).contains("Who   We, to City Museum"),
        "what was turned stays turned"
    );
    for step in ['5', '8', '3'] {
        tidy.letter(step, &world.ctx());
        let before = tidy.step;
        tidy = again(&world);
        assert_eq!(tidy.step, before);
    }
    let pays = Line { done: true, ..line_of(&world, "pays").clone() };
    act(&mut world, Edit::SetLine { call: id("call"), line: pays });
    assert_eq!(again(&world).step, Step::Tags, "nothing is left where it was left");
}

#[test]
fn where_we_differ_goes_in_as_we_heard_it() {
    let mut world = small();
    let ours = Line { text: "theirs leaves out preparation".into(), ..line_of(&world, "workshops").clone() };
    act(&mut world, Edit::SetLine { call: id("call"), line: ours });
    let mut tidy = sheet(&world);
    tidy.letter('4', &world.ctx());
    let text = drawn(&world, &tidy, 80, 20);
    assert!(text.contains("It goes in as what we heard, disputed, with this call as the source."), "{text}");
    let opened = run(&mut world, &mut tidy, "tidy-answers.place");
    let said = format!("{:?}", answer(&mut world, &mut tidy, opened, "picker.choose"));
    assert!(said.contains("as what we heard from City Museum"), "{said}");
    let question = line_of(&world, "workshops").about.clone().unwrap();
    let answer = workbook(&world).answer(&question);
    assert_eq!(answer.text(&VoiceKey::Theirs(PartnerId::new("museum"))), "theirs leaves out preparation");
}

#[test]
fn the_last_step_offers_no_next_one() {
    let mut world = small();
    let mut tidy = sheet(&world);
    let offers =
        |tidy: &Tidy, world: &World, name: &str| tidy.rows(&world.ctx()).iter().any(|row| row.name == name);
    assert!(offers(&tidy, &world, "tidy.next-step"));
    tidy.letter('8', &world.ctx());
    assert!(!offers(&tidy, &world, "tidy.next-step"));
    run(&mut world, &mut tidy, "tidy-message.write");
    assert!(!offers(&tidy, &world, "tidy-typing.next"));
    let mut tidy = sheet(&world);
    let said = tidy.run("tidy.step-before", &world.ctx());
    assert!(matches!(said, Outcome::Say(said) if said == "This is the first step."));
}

#[test]
fn shorthand_is_to_be_read_before_sending_and_own_wording_says_so() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('8', &world.ctx());
    let text = drawn(&world, &tidy, 80, 20);
    assert!(text.contains("1 line in your own shorthand: read it before sending."), "{text}");
    assert!(!text.contains("Your own wording"), "{text}");
    run(&mut world, &mut tidy, "tidy-message.write");
    let _ = tidy.field.paste("Dear all. ");
    let outcome = tidy.typed(&world.ctx());
    carry(&mut world, &mut tidy, outcome);
    run(&mut world, &mut tidy, "tidy-typing.stop");
    let text = drawn(&world, &tidy, 80, 20);
    assert!(text.contains("Your own wording; r drafts it anew."), "{text}");
    assert!(!text.contains("shorthand"), "{text}");
    insta::assert_snapshot!("message_own_80", text);
}

#[test]
fn what_is_above_and_below_in_the_message_is_said() {
    let mut world = small();
    let mut tidy = sheet(&world);
    tidy.letter('8', &world.ctx());
    let text = drawn(&world, &tidy, 60, 16);
    assert!(text.contains(" more rows below") && !text.contains("above"), "{text}");
    run(&mut world, &mut tidy, "tidy-message.write");
    for _ in 0..10 {
        let _ = tidy.field.act(Verb::Move(Motion::Down));
        drawn(&world, &tidy, 60, 16);
    }
    let text = drawn(&world, &tidy, 60, 16);
    assert!(text.contains(" rows above, ") && text.contains(" below"), "{text}");
    let _ = tidy.field.act(Verb::Move(Motion::TextEnd));
    let text = drawn(&world, &tidy, 60, 16);
    assert!(text.contains(" rows above") && !text.contains("below"), "{text}");
}

#[test]
fn lines_and_what_they_suggest_say_what_is_out_of_sight() {
    let mut world = world();
    let lines = (0..6).map(|n| line(&format!("l{n}"), n, None, "a word in passing")).collect::<Vec<_>>();
    add(&mut world, call("call", lines.clone()));
    let tidy = sheet(&world);
    let text = drawn(&world, &tidy, 60, 7);
    assert!(text.contains(&format!("… {} more row", lines.len() - 3)), "{text}");
    assert!(
        text.lines().last().unwrap().contains(" more row"),
        "the letters do not fit, and that is said:\n{text}"
    );
    let text = drawn(&world, &tidy, 60, 30);
    assert!(!text.contains(" more row"), "{text}");
}
