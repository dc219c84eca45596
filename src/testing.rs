//! What unit tests of layers need: a [`Ctx`] over a small workbook, and a way to see what a layer draws.

pub mod chance;
pub mod properties;

use std::cell::Cell;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Ctx, Row, Talk};
use crate::content::Content;
use crate::domain::{
    Book, Edit, Heard, IdSource, Partner, PartnerId, QuestionId, Source, Splice, TextPlace, VoiceKey,
};
use crate::domain::{Workbook, WorkbookId};
use crate::keymap::Keymap;
use crate::layer::Layer;
use crate::shelf::Shelf;
use crate::theme::Theme;

/// Everything a [`Ctx`] borrows from. Change its parts, then call [`World::ctx`].
#[derive(Debug)]
pub struct World {
    pub content: Content,
    pub book: Option<Book>,
    pub shelf: Shelf,
    pub rows: Vec<Row>,
    pub keymap: Keymap,
    pub size: (u16, u16),
    pub linear: bool,
    pub lens: Cell<bool>,
    pub talks: Vec<Talk>,
    pub ids: IdSource,
}

impl World {
    /// A workbook with one partner, City Museum, and answers of several standings.
    pub fn new() -> Self {
        let mut book = Book::new(Workbook::new(WorkbookId::new("w"), "Tactile guide"), 0);
        let museum = PartnerId::new("museum");
        let edits = [
            Edit::AddPartner { partner: Box::new(Partner::named(museum.clone(), "City Museum")), place: 0 },
            write("SCO-1", VoiceKey::Ours, "People who cannot see the rooms want to walk them."),
            write("SCO-2", VoiceKey::Ours, "A guide that fingers can read."),
            write("SCO-2", VoiceKey::Theirs(museum.clone()), "Every visitor should find their way."),
            Edit::SetHeard {
                question: QuestionId::new("SCO-2"),
                partner: museum,
                heard: Heard::Disputed,
                checked: Some(jiff::civil::date(2025, 3, 14)),
                person: None,
                source: Source::Said("the call of 14 March".into()),
            },
        ];
        for edit in edits {
            book.act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
        }
        Self {
            content: Content::new(),
            book: Some(book),
            shelf: Shelf { complete: true, ..Shelf::default() },
            rows: Vec::new(),
            keymap: Keymap::default(),
            size: (80, 24),
            linear: false,
            lens: Cell::new(false),
            talks: Vec::new(),
            ids: IdSource::new(7),
        }
    }

    /// Nine partners with their people, fourteen in all, three groups, and roles, money, promises and activities among
    /// them; some cells of the matrix are blank.
    pub fn nine() -> Self {
        let mut world = Self::new();
        let mut book = Book::new(Workbook::new(WorkbookId::new("nine"), "Young carers' summer"), 0);
        for edit in nine() {
            book.act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
        }
        world.book = Some(book);
        world
    }

    /// What a layer sees. The day is 10 November 2025.
    pub fn ctx(&self) -> Ctx<'_> {
        Ctx {
            content: &self.content,
            book: self.book.as_ref(),
            writable: true,
            held: false,
            shelf: &self.shelf,
            keymap: &self.keymap,
            theme: &PLAIN,
            now: "2025-11-10T14:03:00Z".parse().unwrap(),
            talks: &self.talks,
            ids: &self.ids,
            zone: utc(),
            size: self.size,
            linear: self.linear,
            rows: &self.rows,
            touring: false,
            unsaved: false,
            last_question: None,
            lens: &self.lens,
        }
    }

    /// What a layer draws in a body of this size, as lines of text.
    pub fn drawn(&self, layer: &dyn Layer, width: u16, height: u16) -> String {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        layer.draw(area, &mut buf, &self.ctx());
        let lines = (0..height).map(|y| {
            let line: String = (0..width).map(|x| buf[(x, y)].symbol()).collect();
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The partners of [`World::nine`]: their ids, and what they are called.
pub const NINE: [(&str, &str); 9] = [
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

fn nine() -> Vec<Edit> {
    use crate::domain::{
        Action, Activity, AnyRecord, Contribution, Group, Hours, Legacy, Money, MoneyLine, Paid, Person,
        PersonId, Promise, RecordId, Role, Who,
    };
    use jiff::civil::date;
    let side = |n: usize| PartnerId::new(NINE[n].0);
    let person = |id: &str, name: &str, side: PartnerId, deputy_for: &str| Edit::AddPerson {
        person: Box::new(Person {
            deputy_for: deputy_for.into(),
            ..Person::named(PersonId::new(id), side, name)
        }),
        place: usize::MAX,
    };
    let add = |record: AnyRecord| Edit::AddRecord { record: Box::new(record), place: usize::MAX };
    let id = |id: &str| RecordId::new(id);
    let mut edits: Vec<Edit> = NINE
        .iter()
        .map(|(id, name)| Edit::AddPartner {
            partner: Box::new(Partner::named(PartnerId::new(*id), *name)),
            place: usize::MAX,
        })
        .collect();
    edits.extend([
        person("ana", "Ana Silva", PartnerId::us(), ""),
        person("ben", "Ben", PartnerId::us(), "Ana Silva"),
        person("jo", "Jo Bell", side(0), ""),
        person("eve", "Eve", side(0), "Jo Bell"),
    ]);
    let names = ["Kim", "Lou Marsh", "Max", "Nia", "Oli", "Pat", "Quinn", "Rae", "Sam", "Tia"];
    edits.extend(names.iter().enumerate().map(|(n, name)| {
        person(&name.to_lowercase(), name, side(1 + n % 8), if *name == "Sam" { "Kim" } else { "" })
    }));
    let who = |n: usize| Some(Who::side(side(n)));
    let jo = Some(Who::person(side(0), PersonId::new("jo")));
    let role = |n: &str, what: &str, lead| Role { what: what.into(), lead, ..Role::new(id(n)) };
    edits.extend([
        add(Role {
            support: [side(0), side(1)].into(),
            ..role("r1", "looking after the volunteers", who(1))
        }
        .into()),
        add(role("r2", "keeping the budget", jo.clone()).into()),
        add(role("r3", "telling the press", who(8)).into()),
        add(role("r4", "minding the rooms", who(0)).into()),
    ]);
    let group = |n: &str, name: &str, lead, members: [&str; 2]| Group {
        name: name.into(),
        lead,
        members: members.map(PersonId::new).into(),
        ..Group::new(id(n))
    };
    edits.extend([
        add(group("g1", "the welcome group", jo.clone(), ["jo", "kim"]).into()),
        add(group("g2", "the transport group", who(7), ["eve", "rae"]).into()),
        add(group("g3", "the story group", who(1), ["ana", "nia"]).into()),
    ]);
    let activity = |n: &str, what: &str, lead| Activity { what: what.into(), lead, ..Activity::new(id(n)) };
    edits.extend([
        add(Activity {
            from: Some(date(2025, 11, 22)),
            public: true,
            risk: who(0),
            sides: [side(0), side(2), side(3)].into(),
            ..activity("a1", "story walk in the museum garden", jo)
        }
        .into()),
        add(activity("a2", "a broadcast", None).into()),
        add(Activity { done: Some(date(2025, 10, 4)), ..activity("a3", "open day", who(5)) }.into()),
        add(Action {
            what: "book the interpreter".into(),
            lead: who(0),
            due: Some(date(2025, 11, 1)),
            activity: Some(id("a1")),
            ..Action::new(id("t1"))
        }
        .into()),
    ]);
    let money = |n: &str, what: &str, pence, to: usize, paid| MoneyLine {
        what: what.into(),
        amount: Some(Money::new(pence, "GBP")),
        paid_to: Some(side(to)),
        held_by: Some(side(0)),
        paid,
        ..MoneyLine::new(id(n))
    };
    edits.extend([
        add(money("m1", "the interpreters' hours", 125_000, 1, Some(date(2025, 10, 1))).into()),
        add(money("m2", "bus fares", -1_450, 7, None).into()),
        add(money("m3", "hire of the hall", 30, 6, None).into()),
    ]);
    edits.extend([
        add(Contribution {
            what: "four volunteers at the open day".into(),
            side: Some(side(1)),
            hours: Some(Hours { minutes: 1_230 }),
            paid: Paid::Given,
            rate: Some(Money::new(1_260, "GBP")),
            ..Contribution::new(id("h1"))
        }
        .into()),
        add(Promise {
            due: Some(date(2025, 11, 14)),
            ..Promise::new(id("p1"), side(0), PartnerId::us(), "send the plan")
        }
        .into()),
        add(Promise::new(id("p2"), PartnerId::us(), side(0), "find a photographer").into()),
        add(Promise::new(id("p3"), side(0), side(2), "lend the handling boxes").into()),
        add(Legacy {
            keeper: who(0),
            ..Legacy::noted(id("l1"), date(2025, 9, 1), "a box of recorded stories")
        }
        .into()),
    ]);
    edits
}

const PLAIN: Theme = Theme::new(false);

fn utc() -> &'static TimeZone {
    static UTC: TimeZone = TimeZone::UTC;
    &UTC
}

fn write(question: &str, voice: VoiceKey, text: &str) -> Edit {
    Edit::Splice(Splice {
        place: TextPlace::Voice(QuestionId::new(question), voice),
        at: 0,
        delete: String::new(),
        insert: text.into(),
        on: Some(jiff::civil::date(2025, 3, 12)),
    })
}
