//! Workbooks to play with: the worked example, an empty one, one with the longest texts there can be, one in many
//! scripts.

use std::sync::OnceLock;

use alongside::content::SAMPLE;
use alongside::domain::{
    Accord, Action, Activity, AnyRecord, Book, Contribution, Edit, FIELD_LIMIT, Group, Heard, Hours, Money,
    MoneyLine, Partner, PartnerId, PartnershipState, Person, PersonId, Promise, QuestionId, RecordId, Role,
    Source, Splice, StateChange, TextPlace, Version, VoiceKey, Who, Workbook, WorkbookId,
};
use jiff::civil::{Date, date};

/// The worked example.
pub fn sample() -> Workbook {
    static READ: OnceLock<Workbook> = OnceLock::new();
    let read = || alongside::store::format::parse_workbook(SAMPLE).expect("the example can be read").workbook;
    READ.get_or_init(read).clone()
}

/// A workbook in which nobody has written anything.
pub fn blank() -> Workbook {
    Workbook::new(WorkbookId::new("blank"), "Walks with the day centre")
}

/// An empty workbook with an id and a title.
pub fn titled(id: &str, title: &str) -> Workbook {
    Workbook::new(WorkbookId::new(id), title)
}

/// A partnership that has rested for 244 days when a play begins.
pub fn paused() -> Workbook {
    let mut making = Making::new("paused", "Signs for the allotment society");
    making.partner("society", "Allotment society");
    making.voice("SCO-1", VoiceKey::Ours, "They want to grow.");
    for state in [PartnershipState::Active, PartnershipState::Paused] {
        making.act(Edit::ChangeState(StateChange::to(state, date(2025, 3, 11))));
    }
    making.done()
}

/// A workbook that is being made, edit by edit.
pub struct Making(Book);

/// The day on which everything in a made-up workbook happened.
pub const DAY: Date = date(2025, 3, 12);

impl Making {
    pub fn new(id: &str, title: &str) -> Self {
        Self(Book::new(Workbook::new(WorkbookId::new(id), title), 0))
    }

    pub fn act(&mut self, edit: Edit) -> &mut Self {
        self.0.act_all(vec![edit], "2025-03-12T10:00:00Z".parse().unwrap()).expect("the edit fits");
        self
    }

    pub fn write(&mut self, place: TextPlace, text: &str) -> &mut Self {
        let on = matches!(place, TextPlace::Voice(..)).then_some(DAY);
        let at = self.0.workbook().text(&place).expect("the place is there").len();
        self.act(Edit::Splice(Splice { place, at, delete: String::new(), insert: text.into(), on }))
    }

    pub fn voice(&mut self, question: &str, voice: VoiceKey, text: &str) -> &mut Self {
        self.write(TextPlace::Voice(QuestionId::new(question), voice), text)
    }

    pub fn partner(&mut self, id: &str, name: &str) -> &mut Self {
        let partner = Partner {
            kind: name.into(),
            reach: name.into(),
            busy: name.into(),
            ..Partner::named(PartnerId::new(id), name)
        };
        self.act(Edit::AddPartner { partner: Box::new(partner), place: usize::MAX })
    }

    pub fn person(&mut self, id: &str, partner: &str, name: &str) -> &mut Self {
        let person = Person {
            role: name.into(),
            reach: name.into(),
            deputy_for: name.into(),
            ..Person::named(PersonId::new(id), PartnerId::new(partner), name)
        };
        self.act(Edit::AddPerson { person: Box::new(person), place: usize::MAX })
    }

    pub fn add(&mut self, record: impl Into<AnyRecord>) -> &mut Self {
        self.act(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX })
    }

    pub fn done(&self) -> Workbook {
        self.0.workbook().clone()
    }
}

/// Nine partners with fourteen people and three groups: a question that all have answered, clauses that some agreed to,
/// roles, activities, money and promises among them.
pub fn nine() -> Workbook {
    let mut making = Making::new("nine", "Young carers' summer");
    let partners = [
        ("museum", "City Museum"),
        ("carers", "Young Carers' Charity"),
        ("school", "Riverside Secondary School"),
        ("library", "Central Library"),
        ("council", "City Council, culture team"),
        ("gardens", "Botanic Gardens"),
        ("church", "St Anne's church hall"),
        ("bus", "The bus company"),
        ("radio", "Harbour Radio"),
    ];
    for (id, name) in partners {
        making.act(Edit::AddPartner {
            partner: Box::new(Partner::named(PartnerId::new(id), name)),
            place: usize::MAX,
        });
    }
    let people = [
        ("ana", "us", "Ana Silva"),
        ("ben", "us", "Ben"),
        ("jo", "museum", "Jo Bell"),
        ("eve", "museum", "Eve"),
        ("kim", "carers", "Kim"),
        ("lou", "carers", "Lou Marsh"),
        ("max", "school", "Max"),
        ("nia", "school", "Nia"),
        ("oli", "library", "Oli"),
        ("pat", "council", "Pat"),
        ("quinn", "gardens", "Quinn"),
        ("rae", "church", "Rae"),
        ("sam", "bus", "Sam"),
        ("tia", "radio", "Tia"),
    ];
    for (id, side, name) in people {
        let person = Person::named(PersonId::new(id), PartnerId::new(side), name);
        making.act(Edit::AddPerson { person: Box::new(person), place: usize::MAX });
    }
    let theirs = |id: &str| VoiceKey::Theirs(PartnerId::new(id));
    making.voice(
        "SCO-2",
        VoiceKey::Ours,
        "A summer that young carers plan themselves, with days off that are really off.",
    );
    for (id, name) in partners {
        let words = format!(
            "{name} hopes that the days are planned early, and that somebody rings when they change."
        );
        making.voice("SCO-2", theirs(id), &words);
    }
    making.voice("SCO-2", VoiceKey::Agreed, "A summer that young carers plan, and adults carry.");
    // some have spoken, and most have not
    making.voice("SCO-3", theirs("gardens"), "No: one of us could run it, and it would be worse.");
    for (question, partner) in [("K-1", "museum"), ("K-2", "museum"), ("K-1", "school")] {
        making.act(Edit::SetHeard {
            question: QuestionId::new(question),
            partner: PartnerId::new(partner),
            heard: Heard::Agreed,
            checked: Some(DAY),
            person: None,
            source: Source::ByHand,
        });
        let accord = Accord { partner: PartnerId::new(partner), person: None, on: DAY };
        making.act(Edit::SetAccords { question: QuestionId::new(question), accords: vec![accord] });
    }
    nine_at_work(&mut making);
    making.done()
}

/// What the nine do together.
fn nine_at_work(making: &mut Making) {
    let who = |id: &str| Some(Who::side(PartnerId::new(id)));
    let jo = Some(Who::person(PartnerId::new("museum"), PersonId::new("jo")));
    let role =
        |what: &str, lead: Option<Who>| Role { what: what.into(), lead, ..Role::new(RecordId::new(what)) };
    making.add(Role {
        support: [PartnerId::new("museum")].into(),
        ..role("looking after the volunteers", who("carers"))
    });
    making.add(role("keeping the budget", jo.clone()));
    making.add(role("telling the press", who("radio")));
    let group = |name: &str, lead: Option<Who>, members: [&str; 2]| Group {
        name: name.into(),
        lead,
        members: members.map(PersonId::new).into(),
        ..Group::new(RecordId::new(name))
    };
    making.add(group("the welcome group", jo.clone(), ["jo", "kim"]));
    making.add(group("the transport group", who("bus"), ["eve", "sam"]));
    making.add(group("the story group", who("carers"), ["ana", "nia"]));
    let walk = Activity::new(RecordId::new("walk"));
    making.add(Activity {
        what: "story walk in the museum garden".into(),
        lead: jo,
        from: Some(date(2025, 11, 22)),
        public: true,
        risk: who("museum"),
        sides: ["museum", "school", "library"].map(PartnerId::new).into(),
        ..walk
    });
    making.add(Activity { what: "a broadcast".into(), ..Activity::new(RecordId::new("broadcast")) });
    making.add(Action {
        what: "book the interpreter".into(),
        lead: who("museum"),
        due: Some(date(2025, 11, 1)),
        ..Action::new(RecordId::new("interpreter"))
    });
    for (what, pence, to, paid) in [
        ("the interpreters' hours", 125_000, "carers", Some(DAY)),
        ("hire of the hall", 30_050, "church", None),
        ("bus fares given back", -1_450, "bus", None),
    ] {
        making.add(MoneyLine {
            what: what.into(),
            amount: Some(Money::new(pence, "GBP")),
            paid_to: Some(PartnerId::new(to)),
            held_by: Some(PartnerId::new("museum")),
            paid,
            ..MoneyLine::new(RecordId::new(what))
        });
    }
    making.add(Contribution {
        what: "four volunteers at the open day".into(),
        side: Some(PartnerId::new("carers")),
        hours: Some(Hours { minutes: 1_230 }),
        rate: Some(Money::new(1_260, "GBP")),
        ..Contribution::new(RecordId::new("hours"))
    });
    let promise = |by: &str, to: &str, what: &str| {
        Promise::new(RecordId::new(what), PartnerId::new(by), PartnerId::new(to), what)
    };
    making.add(Promise { due: Some(date(2025, 11, 14)), ..promise("museum", "us", "send the plan") });
    making.add(promise("us", "museum", "find a photographer"));
    making.add(promise("museum", "school", "lend the handling boxes"));
}

/// Three voices, a source, an accord, an earlier version, a dispute, things in the bin: all with the same words.
fn everywhere(making: &mut Making, partner: &str, person: &str, words: &str) {
    let theirs = VoiceKey::Theirs(PartnerId::new(partner));
    let (first, second) = (QuestionId::new("SCO-1"), QuestionId::new("SCO-2"));
    let heard = |question: &QuestionId, heard| Edit::SetHeard {
        question: question.clone(),
        partner: PartnerId::new(partner),
        heard,
        checked: Some(DAY),
        person: Some(PersonId::new(person)),
        source: Source::Said(words.lines().next().unwrap_or("").into()),
    };
    for voice in [VoiceKey::Ours, theirs.clone(), VoiceKey::Agreed] {
        making.voice("SCO-1", voice, words);
    }
    making.act(heard(&first, Heard::Agreed));
    let accord = Accord { partner: PartnerId::new(partner), person: Some(PersonId::new(person)), on: DAY };
    making.act(Edit::SetAccords { question: first.clone(), accords: vec![accord] });
    let version = Version { voice: VoiceKey::Ours, on: Some(DAY), until: DAY, text: words.into() };
    making.act(Edit::KeepVersion { question: first, version });
    making.voice("SCO-2", VoiceKey::Ours, words).act(heard(&second, Heard::Disputed));
    making.voice("GOV-1", VoiceKey::Ours, words);
    making.act(Edit::ChangeState(StateChange {
        state: PartnershipState::Active,
        on: DAY,
        ours: words.into(),
        theirs: words.into(),
        decided_by: words.lines().next().unwrap_or("").into(),
        pause: None,
    }));
}

/// The longest of everything: a title of 300 characters, twelve partners whose names begin alike, an answer of 200 KB.
pub fn longest() -> Workbook {
    let title = "A partnership with a title that was pasted in from a funding form ".repeat(5);
    let mut making = Making::new("longest", &title[..300]);
    let name = |n: usize| {
        format!("The Federation of Community Museums and Libraries of the Northern Valleys, branch {n}")
    };
    for n in 1..=12 {
        making.partner(&format!("p{n}"), &name(n));
        making.person(
            &format!("person{n}"),
            &format!("p{n}"),
            &format!("{} and its evening volunteers", name(n)),
        );
    }
    let words = "A sentence as people write them when nobody stops them, and then one more clause. ";
    everywhere(&mut making, "p1", "person1", &words.repeat(20));
    let long = words.repeat(FIELD_LIMIT / words.len());
    making.voice("SCO-3", VoiceKey::Ours, &long);
    making.voice("SCO-3", VoiceKey::Theirs(PartnerId::new("p12")), &"x".repeat(FIELD_LIMIT));
    making.write(TextPlace::Purpose, &words.repeat(4));
    making.act(Edit::BinPartner { partner: PartnerId::new("p7"), on: DAY });
    making.act(Edit::BinPerson { person: PersonId::new("person9"), on: DAY });
    making.done()
}

/// One word of more letters than a screen counts columns.
pub fn endless_word() -> String {
    "w".repeat(usize::from(u16::MAX) + 500)
}

/// A workbook in which every name and every text is such a word, as a file from elsewhere may hold.
pub fn endless() -> Workbook {
    let word = endless_word();
    let mut making = Making::new("endless", &word);
    making.partner("p1", &word).partner("p2", &format!("{word}2"));
    making.person("person1", "p1", &word);
    everywhere(&mut making, "p1", "person1", &word);
    making.write(TextPlace::Purpose, &word);
    making.done()
}

/// Characters that are wide, that combine, that go from right to left.
pub const SCRIPTS: &str = "日本語の団体と地域の人々 👩‍👩‍👧‍👦👍🏽🇬🇧 क्षत्रिय हिन्दी में लिखा \
                           مرحبا بالعالم שלום e\u{301}a\u{308}o\u{302} Ålesund ไทย한국어 \
                           ﷽ 👨🏿‍🚀 ½ ﬁ ℃ ⌚︎ ❤️";

/// A workbook in many scripts.
pub fn wide() -> Workbook {
    let mut making = Making::new("wide", SCRIPTS);
    making.partner("jp", "日本語の団体と地域の人々のための会 👩‍👩‍👧‍👦");
    making.partner("hi", "क्षत्रिय हिन्दी समुदाय केंद्र");
    making.partner("ar", "مركز المجتمع في المدينة القديمة");
    making.person("one", "jp", "👨🏿‍🚀 宇宙飛行士の田中さん");
    making.person("two", "ar", "e\u{301}le\u{300}ne שלום");
    everywhere(&mut making, "jp", "one", &format!("{SCRIPTS}\n{}", SCRIPTS.repeat(6)));
    making.voice("SCO-3", VoiceKey::Theirs(PartnerId::new("hi")), SCRIPTS);
    making.voice("SCO-3", VoiceKey::Theirs(PartnerId::new("ar")), &"日".repeat(500));
    making.write(TextPlace::Purpose, SCRIPTS);
    making.act(Edit::BinPerson { person: PersonId::new("two"), on: DAY });
    making.done()
}
