use super::*;
use crate::domain::{
    Edit, Heard, Legacy, Partner, PartnershipState, PersonId, QuestionId, RecordId, Source, Splice, Tag,
    Version, VoiceKey, WorkbookId,
};
use jiff::civil::date;

struct Making(Workbook);

impl Making {
    fn new() -> Self {
        let mut making = Self(Workbook::new(WorkbookId::new("w"), "Allotments"));
        let partner = Partner::named(PartnerId::new("society"), "Society");
        making.act(Edit::AddPartner { partner: Box::new(partner), place: 0 });
        making
    }

    fn act(&mut self, edit: Edit) {
        self.0.apply(edit).unwrap();
    }

    fn add(&mut self, record: impl Into<crate::domain::AnyRecord>) {
        self.act(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX });
    }

    fn call(&mut self, id: &str, on: Date, started: &str, lines: &[(&str, &str)]) {
        let mut call = Call::begun(RecordId::new(id), on, started.parse().unwrap());
        call.partner = Some(PartnerId::new("society"));
        call.lines = lines
            .iter()
            .map(|(at, text)| Line::new(RecordId::new(format!("{id}-{at}")), at.parse().unwrap(), *text))
            .collect();
        self.add(call);
    }

    fn write(&mut self, question: &str, voice: VoiceKey, text: &str, on: Date) {
        let place = TextPlace::Voice(QuestionId::new(question), voice);
        let delete = self.0.text(&place).unwrap().to_owned();
        self.act(Edit::Splice(Splice { place, at: 0, delete, insert: text.into(), on: Some(on) }));
    }

    fn heard(&mut self, question: &str, heard: Heard, on: Date) {
        let (question, partner) = (QuestionId::new(question), PartnerId::new("society"));
        let (checked, source) = (Some(on), Source::ByHand);
        self.act(Edit::SetHeard { question, partner, heard, checked, person: None, source });
    }

    fn said(&self) -> Vec<String> {
        let all = timeline(&self.0, &Content::new());
        let one = |told: Happening| format!("{} {}: {}", told.on, told.what, told.words);
        all.into_iter().map(one).collect()
    }
}

#[test]
fn what_happened_is_told_in_order_and_in_words() {
    let mut making = Making::new();
    let society = PartnerId::new("society");
    let (first, last) = (date(2025, 2, 3), date(2025, 2, 28));
    making.call(
        "c",
        first,
        "2025-02-03T10:42:00Z",
        &[("2025-02-03T10:42:10Z", "they lost\nthe site"), ("2025-02-03T10:44:00Z", "budget by Friday")],
    );
    let mut promise = Promise::new(RecordId::new("p"), PartnerId::us(), society.clone(), "send the budget");
    promise.said_in =
        Some(SaidIn { call: RecordId::new("c"), line: RecordId::new("c-2025-02-03T10:44:00Z") });
    promise.state = PromiseState::Kept;
    promise.changed = Some(last);
    making.add(promise);
    making.add(Legacy::noted(RecordId::new("l"), first, "a seed library"));
    making.write("SCO-1", VoiceKey::Ours, "People want to grow.", first);
    making.write("SCO-1", VoiceKey::Theirs(society.clone()), "We need a gate.", first);
    making.heard("SCO-1", Heard::Asked, first);
    making.heard("SCO-2", Heard::Agreed, date(2025, 2, 10));
    let mut person = Person::named(PersonId::new("ann"), society.clone(), "Ann");
    (person.role, person.left) = ("secretary".into(), Some(last));
    making.act(Edit::AddPerson { person: Box::new(person), place: 0 });
    let mut change = StateChange::to(PartnershipState::Paused, last);
    (change.ours, change.theirs) = ("No site.".into(), "Not before spring.".into());
    making.act(Edit::ChangeState(change));
    let mut word = Word::new(RecordId::new("v"), "vulnerable");
    (word.agreed, word.instead) = (Some(date(2025, 2, 5)), "older people".into());
    making.add(word);
    assert_eq!(
        making.said(),
        [
            "2025-02-03 Call with Society, 2 lines: they lost the site",
            "2025-02-03 We promised Society: send the budget",
            "2025-02-03 What, and why now? · ours: People want to grow.",
            "2025-02-03 What, and why now? · Society told us: We need a gate.",
            "2025-02-03 Noticed that something remains: a seed library",
            "2025-02-05 A word to avoid: “vulnerable”: say older people",
            "2025-02-10 One line of shared purpose · agreed with Society: ",
            "2025-02-28 We kept our promise to Society: send the budget",
            "2025-02-28 Ann left Society: secretary",
            "2025-02-28 Paused: No site. They say: Not before spring.",
        ]
    );
}

#[test]
fn every_wording_is_told_once_and_what_was_opened_again_too() {
    let mut making = Making::new();
    making.write("SCO-1", VoiceKey::Agreed, "Grow together.", date(2025, 1, 5));
    let question = QuestionId::new("SCO-1");
    let keep = |on, until, text: &str| Edit::KeepVersion {
        question: QuestionId::new("SCO-1"),
        version: Version { voice: VoiceKey::Agreed, on: Some(on), until, text: text.into() },
    };
    making.act(keep(date(2025, 1, 5), date(2025, 2, 3), "Grow together."));
    making.write("SCO-1", VoiceKey::Agreed, "Grow side by side.", date(2025, 2, 3));
    // opened again: the wording is kept although it stands unchanged
    making.act(keep(date(2025, 2, 3), date(2025, 10, 30), "Grow side by side."));
    making.act(Edit::SetReopened { question, on: Some(date(2025, 10, 30)) });
    assert_eq!(
        making.said(),
        [
            "2025-01-05 What, and why now? · agreed wording: Grow together.",
            "2025-02-03 What, and why now? · agreed wording, changed: Grow side by side.",
            "2025-10-30 What, and why now? · opened again: ",
        ]
    );
}

#[test]
fn a_clock_set_back_turns_neither_calls_nor_states_round() {
    let mut making = Making::new();
    let day = date(2025, 3, 5);
    making.call("one", day, "2025-03-05T10:42:00Z", &[]);
    making.call("two", day, "2025-03-05T09:50:00Z", &[("2025-03-05T09:50:00Z", "second")]);
    for (state, on) in [
        (PartnershipState::Active, day),
        (PartnershipState::Paused, date(2001, 1, 1)),
        (PartnershipState::Active, date(2025, 3, 6)),
    ] {
        making.act(Edit::ChangeState(StateChange::to(state, on)));
    }
    assert_eq!(
        making.said(),
        [
            "2025-03-05 Call with Society: ",
            "2025-03-05 Call with Society, 1 line: second",
            "2025-03-05 Active: ",
            "2001-01-01 Paused: ",
            "2025-03-06 Active: ",
        ]
    );
}

#[test]
fn private_words_of_a_call_are_not_what_it_is_told_by() {
    let mut making = Making::new();
    let started = "2025-03-05T10:42:00Z";
    making.call(
        "c",
        date(2025, 3, 5),
        started,
        &[(started, "about the treasurer"), ("2025-03-05T10:43:00Z", "hello")],
    );
    let call = RecordId::new("c");
    let line = Line { private: true, ..making.0.call(&call).unwrap().lines[0].clone() };
    making.act(Edit::SetLine { call, line: Line { tag: Some(Tag::Worry), ..line } });
    assert_eq!(making.said(), ["2025-03-05 Call with Society, 2 lines: hello"]);
}

#[test]
fn what_concerns_a_side() {
    let mut making = Making::new();
    making.write("SCO-1", VoiceKey::Ours, "ours", date(2025, 1, 5));
    making.write("SCO-1", VoiceKey::Agreed, "agreed", date(2025, 1, 6));
    let all = timeline(&making.0, &Content::new());
    let concerns: Vec<_> = all.iter().map(|told| told.concerns(&PartnerId::new("society"))).collect();
    assert_eq!(concerns, [false, true]);
}

#[test]
fn words_stay_on_one_line_and_are_cut() {
    assert_eq!(one_line("  two\n lines "), "two lines");
    assert!(one_line(&"word ".repeat(100)).chars().count() <= MOST_WORDS);
    assert_eq!(one_line(&"日".repeat(1000)).chars().count(), MOST_WORDS + 1);
}
