//! Everything that happened, in order, in words.
//!
//! Nothing is kept for it: it is read off the records and the answers, whose earlier versions are their own history.
//! What has no date is not on it. Start reading at [`timeline`]; how the order comes about is in [`in_order`].

mod answers;
mod order;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;

use super::dated::{DATED, day_of, sides_of};
use super::say::side;
use super::talk::call_with;
use crate::content::Content;
use crate::domain::{
    Call, Line, Medium, PartnerId, Person, PersonField, Promise, PromiseState, RecordField, SaidIn,
    StateChange, StateField, TextPlace, TouchPoint, Word, Workbook,
};

/// The most characters of somebody's own words that a happening carries.
const MOST_WORDS: usize = 300;

/// What sort of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happened {
    /// A call, a meeting, or the jots of a day.
    Talk,
    /// A promise was made, or something became of it.
    Promise,
    /// An answer was written, changed, checked or opened again.
    Answer,
    /// Somebody came or left.
    Person,
    /// A word that jars was agreed on.
    Word,
    /// Something that remains was noticed.
    Legacy,
    /// Being in touch, without a call that was noted.
    Touch,
    /// A need was shown, an idea tried, a candidate approached, something tried out.
    Starting,
    /// Something was decided, agreed, paid or given.
    Agreeing,
    /// Something was done together.
    Doing,
    /// A walk, a pulse, what was found, a skill.
    Reviewing,
    /// Something changed in how the partnership works.
    Changing,
    /// What is done so that it ends well.
    Parting,
    /// The partnership changed its state.
    State,
}

impl Happened {
    /// All of them; on one day, what has no time of its own stands in this order.
    pub const ALL: [Self; 14] = [
        Self::Talk,
        Self::Promise,
        Self::Answer,
        Self::Person,
        Self::Word,
        Self::Legacy,
        Self::Touch,
        Self::Starting,
        Self::Agreeing,
        Self::Doing,
        Self::Reviewing,
        Self::Changing,
        Self::Parting,
        Self::State,
    ];

    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Talk => "calls and notes",
            Self::Promise => "promises",
            Self::Answer => "answers",
            Self::Person => "people",
            Self::Word => "words",
            Self::Legacy => "what remains",
            Self::Touch => "being in touch",
            Self::Starting => "getting started",
            Self::Agreeing => "decisions, agreements and money",
            Self::Doing => "what was done together",
            Self::Reviewing => "walks, pulses and skills",
            Self::Changing => "what was changed",
            Self::Parting => "ending",
            Self::State => "the state",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The day.
    pub on: Date,
    /// The moment, where it is known.
    pub at: Option<Timestamp>,
    /// What sort of thing it is.
    pub kind: Happened,
    /// The sides that it is about, ours among them where it is about us alone; empty where it is about all.
    pub who: Vec<PartnerId>,
    /// What happened, in our words: "We promised City Museum".
    pub what: String,
    /// The same in a word or two, to stand before somebody's own: "We promised".
    pub brief: String,
    /// Somebody's own words about it, on one line and cut where they are long; may be empty.
    pub words: String,
    /// Left out of what goes out of the workbook.
    pub private: bool,
    /// Where it stands, to be opened.
    pub place: TextPlace,
}

impl Happening {
    /// Whether it was noted for a day that is still to come.
    pub fn is_planned(&self, today: Date) -> bool {
        use Happened::{Agreeing, Changing, Doing, Parting, Reviewing, Starting};
        matches!(self.kind, Starting | Agreeing | Doing | Reviewing | Changing | Parting) && self.on > today
    }

    /// Whether it is about a side; what is about all is about each.
    pub fn concerns(&self, partner: &PartnerId) -> bool {
        self.who.is_empty() || self.who.contains(partner)
    }
}

/// Everything that happened and has a day, oldest first.
pub fn timeline(workbook: &Workbook, content: &Content) -> Vec<Happening> {
    let mut told = Telling { workbook, content, all: Vec::new() };
    told.calls();
    workbook.promises().iter().for_each(|promise| told.promise(promise));
    workbook.answers().for_each(|(question, answer)| told.answer(question, answer));
    workbook.people().iter().for_each(|person| told.person(person));
    workbook.words().iter().for_each(|word| told.word(word));
    workbook.touch_points().iter().for_each(|touch| told.touch(touch));
    told.dated();
    told.states();
    order::in_order(told.all)
}

/// A happening, and the day under which it is sorted: its own, unless its place in a sequence says otherwise.
struct Told {
    under: Date,
    happening: Happening,
}

struct Telling<'a> {
    workbook: &'a Workbook,
    content: &'a Content,
    all: Vec<Told>,
}

impl Telling<'_> {
    fn tell(&mut self, happening: Happening) {
        self.all.push(Told { under: happening.on, happening });
    }

    fn name(&self, id: &PartnerId) -> String {
        if id.is_us() { "us".to_owned() } else { side(self.workbook, id) }
    }

    fn calls(&mut self) {
        let mut before: Option<(Date, Timestamp)> = None;
        for call in self.workbook.calls() {
            // a clock that was set back between two calls of a day does not turn them round
            let at = match before {
                Some((on, at)) if on == call.on => at.max(call.started),
                _ => call.started,
            };
            before = Some((call.on, at));
            let first = call.lines.iter().find(|line| !line.private && !line.text.trim().is_empty());
            let place = match first.or(call.lines.first()) {
                Some(line) => TextPlace::Line(call.id.clone(), line.id.clone()),
                None => TextPlace::Record(call.id.clone(), RecordField::Mood),
            };
            self.tell(Happening {
                on: call.on,
                at: Some(at),
                kind: Happened::Talk,
                // with nobody named it is a note of our own
                who: match call.partners().cloned().collect::<Vec<_>>() {
                    nobody if nobody.is_empty() => vec![PartnerId::us()],
                    sides => sides,
                },
                what: self.call_in_words(call),
                brief: kind_of(call).to_owned(),
                words: first.map_or_else(String::new, |line| one_line(&line.text)),
                private: false,
                place,
            });
        }
    }

    fn call_in_words(&self, call: &Call) -> String {
        let lines = match call.lines.len() {
            0 => String::new(),
            1 => ", 1 line".to_owned(),
            n => format!(", {n} lines"),
        };
        match call_with(call, self.workbook) {
            Some(who) if !call.is_jots() => format!("{} with {who}{lines}", kind_of(call)),
            _ => format!("{}{lines}", kind_of(call)),
        }
    }

    fn promise(&mut self, promise: &Promise) {
        let said = promise.said_in.as_ref().and_then(|said| self.line(said));
        let happening = |on: Date, at: Option<Timestamp>, brief: &str, what: String| Happening {
            on,
            at,
            kind: Happened::Promise,
            who: [&promise.by, &promise.to].into_iter().filter(|id| !id.is_us()).cloned().collect(),
            what,
            brief: brief.to_owned(),
            words: one_line(&promise.what),
            private: self.workbook.is_secret(promise),
            place: TextPlace::Record(promise.id.clone(), RecordField::What),
        };
        let (by, to) = (self.name(&promise.by), self.name(&promise.to));
        let said_at = said.filter(|(on, _)| promise.made.is_none_or(|made| made == *on));
        if let Some(on) = promise.made.or(said.map(|(on, _)| on)) {
            let who = if promise.is_ours() { "We" } else { by.as_str() };
            let brief = format!("{who} promised");
            self.tell(happening(on, said_at.map(|(_, line)| line.at), &brief, format!("{brief} {to}")));
        }
        let Some(on) = promise.changed else { return };
        let whose =
            if promise.is_ours() { format!("Our promise to {to}") } else { format!("{by}’s promise") };
        let what = match promise.state {
            PromiseState::Open => return,
            PromiseState::Kept if promise.is_ours() => format!("We kept our promise to {to}"),
            PromiseState::Kept => format!("{by} kept their promise"),
            PromiseState::Renegotiated => format!("{whose} on new terms"),
            PromiseState::LetGo => format!("{whose} was let go"),
            PromiseState::Broken => format!("{whose} was not kept"),
        };
        self.tell(happening(on, None, &sentence(promise.state.word()), what));
    }

    fn line(&self, said: &SaidIn) -> Option<(Date, &Line)> {
        let call = self.workbook.call(&said.call)?;
        Some((call.on, call.line(&said.line)?))
    }

    fn person(&mut self, person: &Person) {
        let side = if person.partner.is_us() { "our side".to_owned() } else { self.name(&person.partner) };
        let name = if person.name.trim().is_empty() { "Somebody" } else { person.name.trim() };
        let with = [(person.since, "joined"), (person.left, "left")];
        for (on, verb) in with.into_iter().filter_map(|(on, verb)| Some((on?, verb))) {
            self.tell(Happening {
                on,
                at: None,
                kind: Happened::Person,
                who: vec![person.partner.clone()],
                what: format!("{name} {verb} {side}"),
                brief: format!("{name} {verb}"),
                words: one_line(&person.role),
                private: false,
                place: TextPlace::Person(person.id.clone(), PersonField::Name),
            });
        }
    }

    fn word(&mut self, word: &Word) {
        let said = word.said_in.as_ref().and_then(|said| self.line(said));
        let Some(on) = word.agreed.or(said.map(|(on, _)| on)) else { return };
        let instead = one_line(&word.instead);
        self.tell(Happening {
            on,
            at: said.filter(|(said_on, _)| *said_on == on).map(|(_, line)| line.at),
            kind: Happened::Word,
            who: word.whose.iter().cloned().collect(),
            what: format!("A word to avoid: “{}”", one_line(&word.term)),
            brief: format!("Not “{}”", one_line(&word.term)),
            words: if instead.is_empty() { one_line(&word.problem) } else { format!("say {instead}") },
            private: self.workbook.was_private(word.said_in.as_ref()),
            place: TextPlace::Record(word.id.clone(), RecordField::Term),
        });
    }

    fn touch(&mut self, touch: &TouchPoint) {
        let Some(on) = touch.last else { return };
        self.tell(Happening {
            on,
            at: None,
            kind: Happened::Touch,
            who: vec![touch.partner.clone()],
            what: format!("In touch with {}", self.name(&touch.partner)),
            brief: "In touch".to_owned(),
            words: one_line(&touch.kind),
            private: false,
            place: TextPlace::Record(touch.id.clone(), RecordField::Kind),
        });
    }

    /// The days of the described records.
    fn dated(&mut self) {
        for dated in DATED.iter().filter(|dated| !dated.told.is_empty()) {
            for record in self.workbook.each(dated.family) {
                let Some(on) = day_of(dated, record) else { continue };
                self.tell(Happening {
                    on,
                    at: None,
                    kind: dated.kind,
                    who: sides_of(record),
                    what: dated.told.to_owned(),
                    brief: dated.told.to_owned(),
                    words: one_line(&dated.words(record, self.workbook, self.content)),
                    private: self.workbook.keeps_back(record),
                    place: dated.place(record),
                });
            }
        }
    }

    fn states(&mut self) {
        let log = self.workbook.partnership().log();
        let days: Vec<Date> = log.iter().map(|change| change.on).collect();
        let under = order::sound_days(&days);
        let mut before = crate::domain::PartnershipState::default();
        for ((at, change), under) in log.iter().enumerate().zip(under) {
            let again = at > 0 && before == change.state;
            before = change.state;
            let what = if again { "Taken up again" } else { change.state.word() };
            let happening = Happening {
                on: change.on,
                at: None,
                kind: Happened::State,
                who: Vec::new(),
                what: what.to_owned(),
                brief: what.to_owned(),
                words: reasons(change),
                private: false,
                place: TextPlace::State(at, StateField::Ours),
            };
            self.all.push(Told { under, happening });
        }
    }
}

/// What sort of talk it was.
fn kind_of(call: &Call) -> &'static str {
    match call.medium {
        Medium::Phone => "Call",
        Medium::Video => "Video call",
        Medium::InPerson => "Meeting",
        Medium::Message => "Message",
        Medium::Jots => "Jotted",
    }
}

/// A word with a capital in front.
fn sentence(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The reasons of a change, as each side gives them, on one line.
fn reasons(change: &StateChange) -> String {
    let (ours, theirs) = (one_line(&change.ours), one_line(&change.theirs));
    match (ours.is_empty(), theirs.is_empty()) {
        (_, true) => ours,
        (true, false) => format!("they say: {theirs}"),
        (false, false) => format!("{ours} They say: {theirs}"),
    }
}

/// A text on one line, its breaks made blanks, cut where it is long.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut letters = 0;
    for word in text.split_whitespace() {
        letters += word.chars().count() + 1;
        if letters > MOST_WORDS {
            if line.is_empty() {
                line.extend(word.chars().take(MOST_WORDS));
            }
            line.push('…');
            return line;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
