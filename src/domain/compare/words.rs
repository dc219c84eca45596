//! Saying a difference to a person: what it is, and what stands on each side. What stands in each thing is in `tell`.

mod tell;

use jiff::civil::Date;

use super::{Difference, Listed, Stands, Thing};
use crate::content::Content;
use crate::domain::answer::Version;
use crate::domain::call::Line;
use crate::domain::id::{PartnerId, PersonId, QuestionId, RecordId};
use crate::domain::partnership::StateChange;
use crate::domain::people::{Binned, Partner, Person};
use crate::domain::place::TextPlace;
use crate::domain::query::{place_in_words, record_in_words, side, sides_on, value_in_words, who_in_words};
use crate::domain::record::{Family, RecordRef, Value, Who};
use crate::domain::workbook::Workbook;
use crate::order::InOrder;

/// A difference as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What differs: "Why now · ours", "Send the budget".
    pub what: String,
    /// The part of the workbook that it is in: "Scoping", "Promises". May be empty.
    pub part: String,
    /// What stands on each side, where that differs; never none.
    pub rows: Vec<Row>,
}

/// One thing about a difference, on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is: "By when". Empty for the words themselves.
    pub label: String,
    /// How it is now; empty for nothing.
    pub now: String,
    /// How it is on the other side; empty for nothing.
    pub other: String,
}

impl Stands {
    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::InBin => "in the bin",
            Self::Nowhere => "not there",
        }
    }
}

/// Labels, each with what stands there; empty words for nothing.
type Told = Vec<(String, String)>;

/// Says a difference that [`differences`](super::differences) found between two workbooks.
pub fn words(difference: &Difference, now: &Workbook, other: &Workbook, content: &Content) -> Said {
    said(
        difference,
        &Teller { workbook: now, content, all: true },
        &Teller { workbook: other, content, all: true },
    )
}

/// The same for what goes out of the workbook: `None` for what is private on either side, and without private lines and
/// what is to be borne in mind about people.
pub fn words_to_send(
    difference: &Difference,
    now: &Workbook,
    other: &Workbook,
    content: &Content,
) -> Option<Said> {
    let now = Teller { workbook: now, content, all: false };
    let other = Teller { workbook: other, content, all: false };
    let private = now.keeps_back(&difference.thing) || other.keeps_back(&difference.thing);
    (!private).then(|| said(difference, &now, &other))
}

fn said(difference: &Difference, one: &Teller<'_>, another: &Teller<'_>) -> Said {
    let namer = if difference.now == Stands::Nowhere { another } else { one };
    let (what, part) = namer.name(&difference.thing);
    // what lies in the bin on one side is as it was there, and said once
    let tells = |teller: &Teller<'_>, stands: Stands, elsewhere: Stands| match (stands, elsewhere) {
        (Stands::InBin, Stands::There) => Told::new(),
        _ => teller.tell(&difference.thing),
    };
    let now = tells(one, difference.now, difference.other);
    let other = tells(another, difference.other, difference.now);
    let mut labels: Vec<&String> = now.iter().map(|(label, _)| label).collect();
    for (n, (label, _)) in other.iter().enumerate() {
        if !labels.contains(&label) {
            labels.insert(n.min(labels.len()), label);
        }
    }
    let words = |told: &Told, label: &String| {
        told.iter().find(|(there, _)| there == label).map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let rows = labels.into_iter().map(|label| Row {
        label: label.clone(),
        now: words(&now, label),
        other: words(&other, label),
    });
    let mut rows: Vec<Row> = rows.filter(|row| row.now != row.other).collect();
    if rows.is_empty() {
        let (now, other) = (difference.now.words().to_owned(), difference.other.words().to_owned());
        let same = now == other;
        rows.push(match same {
            true => {
                Row { label: "A detail".to_owned(), now: "as it is".to_owned(), other: "another".to_owned() }
            }
            false => Row { label: String::new(), now, other },
        });
    }
    Said { what, part, rows }
}

/// How much differs, in words: "3 answers, a promise, the state". Empty where nothing does.
pub fn how_many_in_words(all: &[Difference], content: &Content) -> String {
    let count = |is: &dyn Fn(&Thing) -> bool| all.iter().filter(|d| is(&d.thing)).count();
    let mut questions: Vec<&QuestionId> = all.iter().filter_map(|d| d.thing.question()).collect();
    questions.order();
    questions.dedup();
    let mut parts = Vec::new();
    let mut say = |n: usize, one: &str, many: &str| match n {
        0 => {}
        1 => parts.push(one.to_owned()),
        n => parts.push(format!("{n} {many}")),
    };
    say(count(&|t| *t == Thing::Title), "the title", "titles");
    say(count(&|t| *t == Thing::Purpose), "what the partnership is for", "purposes");
    let states = count(&|t| matches!(t, Thing::State(_) | Thing::States)).min(1);
    say(states, "the state", "states");
    say(questions.len(), "1 answer", "answers");
    say(count(&|t| matches!(t, Thing::Partner(_))), "1 partner", "partners");
    say(count(&|t| matches!(t, Thing::Person(_))), "1 person", "people");
    for family in Family::ALL {
        let (one, many) = nouns(*family, content);
        let n = count(&|t| matches!(t, Thing::Record(of, _) if of == family));
        say(n, &format!("1 {one}"), &many);
    }
    say(count(&|t| matches!(t, Thing::Line(..))), "1 line of a call", "lines of calls");
    say(count(&|t| matches!(t, Thing::LookAgain(_))), "a day to look again", "days to look again");
    say(count(&|t| matches!(t, Thing::Order(_))), "an order", "orders");
    parts.join(", ")
}

/// What one of a family is called in a count, and several.
fn nouns(family: Family, content: &Content) -> (String, String) {
    let by_hand = match family {
        Family::Call => ("call", "calls"),
        Family::Promise => ("promise", "promises"),
        Family::Word => ("word to avoid", "words to avoid"),
        Family::TouchPoint => ("touch point", "touch points"),
        _ => match content.table(family.name()) {
            Some(table) => (table.one.as_str(), table.many.as_str()),
            None => ("record", "records"),
        },
    };
    (by_hand.0.to_owned(), by_hand.1.to_owned())
}

/// What one workbook says about a thing.
struct Teller<'w> {
    workbook: &'w Workbook,
    content: &'w Content,
    /// Also what is left out of everything that goes out.
    all: bool,
}

impl<'w> Teller<'w> {
    /// What a thing is called, and the part of the workbook that it is in.
    fn name(&self, thing: &Thing) -> (String, String) {
        let place = |place: &TextPlace| {
            let said = place_in_words(place, Some(self.workbook), self.content);
            (said.thing, said.part)
        };
        let answer = |question: &QuestionId, what: &str| {
            let aspect = self.content.aspect_of(question.as_str()).map_or("", |aspect| &aspect.name);
            (format!("{} · {what}", self.question(question)), aspect.to_owned())
        };
        match thing {
            Thing::Title => place(&TextPlace::Title),
            Thing::Purpose => place(&TextPlace::Purpose),
            Thing::State(at) => {
                let change = self.workbook.partnership.log.get(*at);
                let what = change.map_or_else(|| "A change of state".to_owned(), state_in_words);
                (what, "The state of the partnership".to_owned())
            }
            Thing::States => ("The state of the partnership".to_owned(), String::new()),
            Thing::Partner(id) => (capital(&side(self.workbook, id)), "People".to_owned()),
            Thing::Person(id) => (capital(&self.person(id)), "People".to_owned()),
            Thing::Voice(question, voice) => place(&TextPlace::Voice(question.clone(), voice.clone())),
            Thing::Marks(question) => answer(question, "how it is marked"),
            Thing::Accords(question) => answer(question, "who agreed"),
            Thing::Earlier(question) => answer(question, "earlier versions"),
            Thing::LookAgain(aspect) => ("When to look at it again".to_owned(), self.aspect(aspect)),
            Thing::Record(family, id) => {
                let name = self.record(id).map(|record| self.record_name(record)).unwrap_or_default();
                let name = if name.is_empty() { capital(family.word()) } else { name };
                (name, family.many().to_owned())
            }
            Thing::Line(call, _) => {
                let name = self.record(call).map(|record| self.record_name(record));
                (format!("A line of: {}", name.unwrap_or_else(|| "a call".to_owned())), "Calls".to_owned())
            }
            Thing::Order(Listed::Partners) => ("The order of the partners".to_owned(), "People".to_owned()),
            Thing::Order(Listed::People) => ("The order of the people".to_owned(), "People".to_owned()),
            Thing::Order(Listed::Records(family)) => ("The order".to_owned(), family.many().to_owned()),
            Thing::Order(Listed::Lines(call)) => {
                let name = self.record(call).map(|record| self.record_name(record)).unwrap_or_default();
                (format!("The order of the lines of: {name}"), "Calls".to_owned())
            }
        }
    }

    /// What stands in a thing.
    fn tell(&self, thing: &Thing) -> Told {
        let words = |text: &str| vec![(String::new(), text.to_owned())];
        let workbook = self.workbook;
        match thing {
            Thing::Title => words(&workbook.title),
            Thing::Purpose => words(&workbook.purpose),
            Thing::State(at) => workbook.partnership.log.get(*at).map(tell::state).unwrap_or_default(),
            Thing::States => {
                let log = &workbook.partnership.log;
                let last = log.last().map_or_else(|| workbook.state().word().to_owned(), state_in_words);
                let all: Vec<String> = log.iter().map(state_in_words).collect();
                vec![(String::new(), last), ("How it came to it".to_owned(), all.join("; "))]
            }
            Thing::Partner(id) => self.partner(id).map(|p| self.tell_partner(p)).unwrap_or_default(),
            Thing::Person(id) => self.find_person(id).map(|p| self.tell_person(p)).unwrap_or_default(),
            Thing::Voice(question, voice) => self.voice(workbook.answer(question), voice),
            Thing::Marks(question) => tell::marks(workbook.answer(question)),
            Thing::Accords(question) => {
                let accords = workbook.answer(question).accords.iter().map(|accord| {
                    let who = Who { side: accord.partner.clone(), person: accord.person.clone() };
                    format!("{}, {}", who_in_words(workbook, &who), long_day(accord.on))
                });
                vec![("Agreed by".to_owned(), accords.collect::<Vec<_>>().join("; "))]
            }
            Thing::Earlier(question) => {
                let until = |v: &Version| (format!("Until {}", long_day(v.until)), v.text.clone());
                workbook.answer(question).earlier.iter().map(until).collect()
            }
            Thing::LookAgain(aspect) => {
                words(&workbook.look_again.get(aspect).map(|on| long_day(*on)).unwrap_or_default())
            }
            Thing::Record(_, id) => self.record(id).map(|r| self.tell_record(r)).unwrap_or_default(),
            Thing::Line(call, id) => self.line(call, id).map(|line| self.tell_line(line)).unwrap_or_default(),
            Thing::Order(listed) => words(&self.order(listed).join("; ")),
        }
    }

    /// Whether a thing is left out of what goes out of the workbook.
    fn keeps_back(&self, thing: &Thing) -> bool {
        if let Some(question) = thing.question() {
            return self.workbook.answer(question).private;
        }
        match thing {
            Thing::Record(_, id) => self.record(id).is_some_and(|record| self.workbook.keeps_back(record)),
            Thing::Line(call, id) => self.line(call, id).is_some_and(|line| line.private),
            _ => false,
        }
    }

    fn question(&self, id: &QuestionId) -> String {
        self.content.question(id.as_str()).map_or_else(|| id.to_string(), |question| question.short.clone())
    }

    fn aspect(&self, id: &str) -> String {
        self.content.aspect(id).map_or(id, |aspect| &aspect.name).to_owned()
    }

    fn person(&self, id: &PersonId) -> String {
        value_in_words(&Value::People([id.clone()].into()), self.workbook, self.content)
    }

    fn partner(&self, id: &PartnerId) -> Option<&'w Partner> {
        let binned = self.workbook.bin.iter().find_map(|binned| match binned {
            Binned::Partner { partner, .. } if partner.id == *id => Some(partner),
            _ => None,
        });
        self.workbook.partner(id).or(binned)
    }

    fn find_person(&self, id: &PersonId) -> Option<&'w Person> {
        let binned = self.workbook.bin.iter().find_map(|binned| match binned {
            Binned::Person { person, .. } if person.id == *id => Some(person),
            _ => None,
        });
        self.workbook.person(id).or(binned)
    }

    fn record(&self, id: &RecordId) -> Option<RecordRef<'w>> {
        let there = Family::ALL.iter().find_map(|family| self.workbook.each(*family).find(|r| r.id() == id));
        there.or_else(|| {
            self.workbook.bin.iter().find_map(|binned| match binned {
                Binned::Record { record, .. } if record.id() == id => Some(RecordRef::from(&**record)),
                _ => None,
            })
        })
    }

    fn line(&self, call: &RecordId, id: &RecordId) -> Option<&'w Line> {
        let binned = self.workbook.bin.iter().find_map(|binned| match binned {
            Binned::Line { call: of, line, .. } if of == call && line.id == *id => Some(line),
            _ => None,
        });
        self.workbook.line(call, id).or(binned)
    }

    fn record_name(&self, record: RecordRef<'_>) -> String {
        let by = match record {
            RecordRef::Call(call) => {
                let (day, sides) = (long_day(call.on), sides_on(call, self.workbook));
                return match (call.is_jots(), sides) {
                    (true, _) => format!("Jotted {day}"),
                    (_, Some(sides)) => format!("{} with {sides}, {day}", call.medium.occasion()),
                    (_, None) => format!("{} of {day}", call.medium.occasion()),
                };
            }
            RecordRef::Promise(_) => "What",
            RecordRef::Word(_) => "Term",
            RecordRef::TouchPoint(_) => "Kind",
            _ => self.content.table(record.family().name()).map_or("", |table| &table.heading),
        };
        record_in_words(record, by, self.workbook, self.content)
    }

    fn order(&self, listed: &Listed) -> Vec<String> {
        match listed {
            Listed::Partners => self.workbook.partners.iter().map(|p| side(self.workbook, &p.id)).collect(),
            Listed::People => self.workbook.people.iter().map(|p| self.person(&p.id)).collect(),
            Listed::Records(family) => {
                let shown = |record: &RecordRef<'_>| self.all || !self.workbook.keeps_back(*record);
                self.workbook.each(*family).filter(shown).map(|r| self.record_name(r)).collect()
            }
            Listed::Lines(call) => {
                let lines = self.workbook.call(call).map(|call| call.lines.as_slice()).unwrap_or_default();
                self.lines(lines).map(str::to_owned).collect()
            }
        }
    }

    /// The words of lines.
    fn lines<'l>(&self, lines: &'l [Line]) -> impl Iterator<Item = &'l str> {
        let all = self.all;
        lines.iter().filter(move |line| all || !line.private).map(|line| line.text.as_str())
    }
}

fn state_in_words(change: &StateChange) -> String {
    format!("{} since {}", change.state.word(), long_day(change.on))
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn long_day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
