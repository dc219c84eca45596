//! Who has what in the partnership: sides down, things across. What is blank is the message.
//!
//! A cell is said in few words and knows what stands behind it; nothing here knows how it is drawn or turned. Start
//! reading at [`matrix`].

use jiff::civil::Date;

use super::deputies::stand_ins;
use super::say::{record_in_words, side};
use super::sums::money_sums;
use crate::content::Content;
use crate::content::types::Question;
use crate::domain::{
    Activity, Agreement, AgreementForm, Call, Choice, Family, Heard, MoneyLine, Partner, PartnerId,
    PartnerStatus, PersonId, Phase, QuestionId, RecordId, Role, Sum, Workbook,
};
use crate::order::InOrder;

/// What stands across.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Across {
    /// The roles that it leads or helps with.
    Roles,
    /// The activities that it leads or takes part in.
    Activities,
    /// How deep its involvement is.
    Level,
    /// The money that goes to it or that it holds.
    Money,
    /// Who stands in for somebody there.
    Deputies,
    /// When there was contact.
    LastContact,
    /// How far the agreement with it has come.
    Agreement,
}

impl Across {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Roles,
        Self::Activities,
        Self::Level,
        Self::Money,
        Self::Deputies,
        Self::LastContact,
        Self::Agreement,
    ];

    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Roles => "Roles",
            Self::Activities => "Activities",
            Self::Level => "Level",
            Self::Money => "Money",
            Self::Deputies => "Deputies",
            Self::LastContact => "Last contact",
            Self::Agreement => "Agreement",
        }
    }

    /// What is said where there is nothing.
    pub fn nothing(self) -> &'static str {
        match self {
            Self::Roles => "no role",
            Self::Activities => "none",
            Self::Level => "not said",
            Self::Money => "none",
            Self::Deputies => "nobody",
            Self::LastContact => "never",
            Self::Agreement => "nothing",
        }
    }

    /// Whether it is asked of a side: there is no agreement with oneself.
    fn is_asked_of(self, side: &PartnerId) -> bool {
        !side.is_us() || !matches!(self, Self::Level | Self::LastContact | Self::Agreement)
    }
}

/// Something that stands behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// What it is, in a line.
    pub words: String,
    /// Where it stands.
    pub at: BehindAt,
}

/// Where something stands that is behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BehindAt {
    /// A record.
    Record(Family, RecordId),
    /// A call.
    Call(RecordId),
    /// A person.
    Person(PersonId),
    /// A side itself.
    Side(PartnerId),
    /// A question, such as a clause.
    Question(QuestionId),
}

/// What a side has of a thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixCell {
    /// In few words; empty where there is nothing.
    pub words: String,
    /// What stands behind it.
    pub behind: Vec<Behind>,
    /// It is not asked of this side, so that being empty means nothing.
    pub idle: bool,
}

impl MatrixCell {
    /// Whether there is nothing where something could be.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty() && !self.idle
    }
}

/// Sides down, things across.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// A row for each side that takes part, ours first: its id, its name, a cell for each of [`Across::ALL`].
    pub rows: Vec<(PartnerId, String, Vec<MatrixCell>)>,
    /// How many partners have left and are not in it.
    pub left: usize,
}

impl Matrix {
    /// How many cells are blank.
    pub fn blanks(&self) -> usize {
        self.rows.iter().flat_map(|(.., cells)| cells).filter(|cell| cell.is_blank()).count()
    }
}

/// The matrix of a workbook on a day; with its private records only where they were asked for.
pub fn matrix(workbook: &Workbook, content: &Content, today: Date, with_private: bool) -> Matrix {
    let look = Look { workbook, content, today, with_private };
    let (there, left): (Vec<&Partner>, Vec<&Partner>) =
        workbook.partners().iter().partition(|partner| partner.status != PartnerStatus::Left);
    let row = |partner: &Partner| {
        let cells = Across::ALL.into_iter().map(|across| look.cell(partner, across)).collect();
        (partner.id.clone(), capital(&side(workbook, &partner.id)), cells)
    };
    Matrix { rows: std::iter::once(workbook.us()).chain(there).map(row).collect(), left: left.len() }
}

struct Look<'a> {
    workbook: &'a Workbook,
    content: &'a Content,
    today: Date,
    with_private: bool,
}

impl Look<'_> {
    fn cell(&self, partner: &Partner, across: Across) -> MatrixCell {
        if !across.is_asked_of(&partner.id) {
            return MatrixCell { idle: true, ..MatrixCell::default() };
        }
        match across {
            Across::Roles => self.roles(&partner.id),
            Across::Activities => self.activities(&partner.id),
            Across::Level => self.level(partner),
            Across::Money => self.money(&partner.id),
            Across::Deputies => self.deputies(&partner.id),
            Across::LastContact => self.last_contact(&partner.id),
            Across::Agreement => self.agreement(&partner.id),
        }
    }

    /// The records of a family that may be seen.
    fn all<R: crate::domain::InFamily + 'static>(&self) -> impl Iterator<Item = &R> {
        let shown = |record: &&R| self.with_private || !self.workbook.keeps_back(record.lent());
        self.workbook.all::<R>().iter().filter(shown)
    }

    fn behind<R: crate::domain::InFamily>(&self, record: &R, before: &str, after: &str) -> Behind {
        let heading = self.content.table(R::FAMILY.name()).map_or("", |table| &table.heading);
        let words = record_in_words(record.lent(), heading, self.workbook, self.content);
        let words = if words.is_empty() { "not said yet".to_owned() } else { words };
        Behind {
            words: format!("{before}{words}{after}"),
            at: BehindAt::Record(R::FAMILY, record.id().clone()),
        }
    }

    fn roles(&self, id: &PartnerId) -> MatrixCell {
        let leads: Vec<&Role> =
            self.all().filter(|role: &&Role| role.lead.as_ref().is_some_and(|who| who.side == *id)).collect();
        let helps: Vec<&Role> = self
            .all()
            .filter(|role: &&Role| role.support.contains(id))
            .filter(|role| !leads.iter().any(|led| led.id == role.id))
            .collect();
        let words = joined([counted("leads", leads.len()), counted("helps", helps.len())]);
        let leads = leads.into_iter().map(|role| self.behind(role, "leads: ", ""));
        let behind = leads.chain(helps.into_iter().map(|role| self.behind(role, "helps: ", "")));
        MatrixCell { words, behind: behind.collect(), idle: false }
    }

    fn activities(&self, id: &PartnerId) -> MatrixCell {
        let leads = |activity: &Activity| activity.lead.as_ref().is_some_and(|who| who.side == *id);
        let all: Vec<&Activity> =
            self.all().filter(|a: &&Activity| leads(a) || a.sides.contains(id)).collect();
        let (open, done): (Vec<&Activity>, Vec<&Activity>) = all.into_iter().partition(|a| a.done.is_none());
        let led = open.iter().filter(|activity| leads(activity)).count();
        let words = match (open.len(), done.len()) {
            (0, done) => counted_after(done, "done"),
            (open, _) => joined([counted("leads", led), counted("in", open - led)]),
        };
        let before = |activity: &Activity| if leads(activity) { "leads: " } else { "takes part: " };
        let open = open.into_iter().map(|activity| self.behind(activity, before(activity), ""));
        let behind = open.chain(done.into_iter().map(|a| self.behind(a, before(a), ", done")));
        MatrixCell { words, behind: behind.collect(), idle: false }
    }

    /// Its level in the latest phase for which one was said.
    fn level(&self, partner: &Partner) -> MatrixCell {
        let name = |id: &String| {
            let named = self.content.levels().iter().find(|level| level.id == *id);
            named.map_or_else(|| id.clone(), |level| level.name.clone())
        };
        let of = |phase: &Phase| Some((*phase, name(partner.levels.get(phase)?)));
        let levels: Vec<(Phase, String)> = Phase::ALL.iter().filter_map(of).collect();
        let behind = levels.iter().map(|(phase, name)| Behind {
            words: format!("{}: {name}", phase.words()),
            at: BehindAt::Side(partner.id.clone()),
        });
        let words = levels.last().map(|(_, name)| name.clone()).unwrap_or_default();
        MatrixCell { behind: behind.collect(), words, idle: false }
    }

    fn money(&self, id: &PartnerId) -> MatrixCell {
        let gets: Vec<&MoneyLine> =
            self.all().filter(|l: &&MoneyLine| l.paid_to.as_ref() == Some(id)).collect();
        // what was paid on is held no longer
        let holds: Vec<&MoneyLine> = self
            .all()
            .filter(|l: &&MoneyLine| l.held_by.as_ref() == Some(id) && l.paid.is_none())
            .filter(|line| line.paid_to.as_ref() != Some(id))
            .collect();
        let sum = |lines: &[&MoneyLine]| {
            let mut sum = Sum::default();
            lines.iter().filter_map(|line| line.amount.as_ref()).for_each(|amount| sum.add(amount));
            sum
        };
        let said = |word: &str, lines: &[&MoneyLine]| match (lines.len(), sum(lines)) {
            (0, _) => String::new(),
            (_, sum) if sum.is_empty() => format!("{word} some"),
            (_, sum) => format!("{word} {sum}"),
        };
        let words = joined([said("gets", &gets), said("holds", &holds)]);
        let line = |line: &&MoneyLine, before: &str| {
            let (_, sum) = money_sums([*line]);
            let sum = sum.in_words();
            let after = if sum.is_empty() { ", no amount said".to_owned() } else { format!(", {sum}") };
            self.behind(*line, before, &after)
        };
        let gets = gets.iter().map(|gets| line(gets, "gets: "));
        let behind = gets.chain(holds.iter().map(|holds| line(holds, "holds: "))).collect();
        MatrixCell { words, behind, idle: false }
    }

    fn deputies(&self, id: &PartnerId) -> MatrixCell {
        let people = stand_ins(self.workbook, id, self.today);
        let name = |person: &crate::domain::Person| match person.name.trim() {
            "" => "somebody".to_owned(),
            name => name.to_owned(),
        };
        let words = match people.as_slice() {
            [] => String::new(),
            [only] => name(only),
            [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
        };
        let behind = people.iter().map(|person| Behind {
            words: format!("{} stands in for {}", name(person), person.deputy_for.trim()),
            at: BehindAt::Person(person.id.clone()),
        });
        MatrixCell { behind: behind.collect(), words, idle: false }
    }

    fn last_contact(&self, id: &PartnerId) -> MatrixCell {
        let talked = |call: &&Call| !call.is_jots() && call.partner.as_ref() == Some(id);
        let call = self.workbook.calls().iter().filter(talked).max_by_key(|call| (call.on, call.started));
        let touch = self.workbook.touch_points().iter().filter(|touch| touch.partner == *id);
        let touch = touch.filter_map(|touch| Some((touch.last?, touch))).max_by_key(|(on, _)| *on);
        let mut behind = Vec::new();
        behind.extend(call.map(|call| {
            let words = format!("{}, {}", super::call_title(call, self.workbook), day(call.on));
            (call.on, Behind { words, at: BehindAt::Call(call.id.clone()) })
        }));
        behind.extend(touch.map(|(on, touch)| {
            let at = BehindAt::Record(Family::TouchPoint, touch.id.clone());
            let kind = if touch.kind.trim().is_empty() { "in touch" } else { touch.kind.trim() };
            (on, Behind { words: format!("{kind}, {}", day(on)), at })
        }));
        behind.order_by_key(|(on, _)| std::cmp::Reverse(*on));
        let words = behind.first().map(|(on, _)| short_day(*on, self.today)).unwrap_or_default();
        MatrixCell { words, behind: behind.into_iter().map(|(_, behind)| behind).collect(), idle: false }
    }

    /// A dispute comes first, then the last version that it agreed to, then how many clauses it agreed to.
    fn agreement(&self, id: &PartnerId) -> MatrixCell {
        let clauses = self.content.aspect("agreement").map_or(&[][..], |sheet| &sheet.questions);
        let answer = |q: &Question| self.workbook.answer(&QuestionId::new(&q.id));
        let shown = |q: &&Question| self.with_private || !answer(q).is_private();
        let disputed = |q: &&Question| answer(q).theirs(id).is_some_and(|t| t.heard == Heard::Disputed);
        let agreed = |q: &&Question| answer(q).accords().iter().any(|accord| accord.partner == *id);
        let (disputed, others): (Vec<&Question>, Vec<&Question>) =
            clauses.iter().filter(shown).partition(disputed);
        let agreed: Vec<&Question> = others.into_iter().filter(agreed).collect();
        let versions = self.all::<Agreement>().filter(|version| version.agreed_by.contains(id));
        let version = versions.filter_map(|v| Some((v.agreed?, v))).max_by_key(|(on, _)| *on);
        let words = match (disputed.len(), version, agreed.len()) {
            (0, Some((on, _)), _) => format!("agreed {}", short_day(on, self.today)),
            (0, None, 0) => String::new(),
            (0, None, n) => counted_after(n, if n == 1 { "clause" } else { "clauses" }),
            (n, ..) => format!("! {n} disputed"),
        };
        let clause = |q: &&Question, before: &str| Behind {
            words: format!("{before}: {}", q.short),
            at: BehindAt::Question(QuestionId::new(&q.id)),
        };
        let version = version.map(|(on, version)| Behind {
            words: format!("{}, agreed {}", form(version), day(on)),
            at: BehindAt::Record(Family::Agreement, version.id.clone()),
        });
        let behind = disputed.iter().map(|q| clause(q, "disputed")).chain(version);
        let behind = behind.chain(agreed.iter().map(|q| clause(q, "agreed"))).collect();
        MatrixCell { words, behind, idle: false }
    }
}

fn form(version: &Agreement) -> &'static str {
    if version.form == AgreementForm::Suggested { "an agreement" } else { version.form.words() }
}

fn counted(word: &str, count: usize) -> String {
    if count == 0 { String::new() } else { format!("{word} {count}") }
}

fn counted_after(count: usize, word: &str) -> String {
    if count == 0 { String::new() } else { format!("{count} {word}") }
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn day(on: Date) -> String {
    on.strftime("%-d %B %Y").to_string()
}

fn short_day(on: Date, today: Date) -> String {
    let form = if on.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    on.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AnyRecord;
    use crate::domain::{Edit, Money, Person, Who, WorkbookId};
    use jiff::civil::date;

    const TODAY: Date = date(2025, 11, 10);

    fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
        workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: 99 }).unwrap();
    }

    fn small() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        for (id, name, status) in [
            ("museum", "City Museum", PartnerStatus::In),
            ("school", "The school", PartnerStatus::In),
            ("gone", "The garden", PartnerStatus::Left),
        ] {
            let partner = Partner { status, ..Partner::named(PartnerId::new(id), name) };
            workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 9 }).unwrap();
        }
        workbook
    }

    fn said(workbook: &Workbook, with_private: bool) -> Vec<String> {
        let matrix = matrix(workbook, &Content::new(), TODAY, with_private);
        let rows = matrix.rows.iter().map(|(_, name, cells)| {
            let cells: Vec<&str> =
                cells.iter().map(|cell| if cell.idle { "-" } else { cell.words.as_str() }).collect();
            format!("{name}|{}", cells.join("|"))
        });
        rows.collect()
    }

    #[test]
    fn whoever_has_left_is_counted_and_what_is_not_asked_is_not_blank() {
        let workbook = small();
        assert_eq!(said(&workbook, true), ["Our side|||-|||-|-", "City Museum|||||||", "The school|||||||"]);
        let matrix = matrix(&workbook, &Content::new(), TODAY, true);
        assert_eq!((matrix.left, matrix.blanks()), (1, 4 + 14));
    }

    #[test]
    fn a_cell_says_in_few_words_what_stands_behind_it() {
        let mut workbook = small();
        let museum = PartnerId::new("museum");
        let us = Who::side(PartnerId::us());
        let role = |id: &str, lead: &Who| Role {
            what: id.into(),
            lead: Some(lead.clone()),
            ..Role::new(RecordId::new(id))
        };
        add(&mut workbook, Role { support: [museum.clone()].into(), ..role("bids", &us) });
        add(&mut workbook, role("volunteers", &Who::side(museum.clone())));
        add(&mut workbook, Role { private: true, ..role("secret", &Who::side(museum.clone())) });
        let activity = Activity::new(RecordId::new("walk"));
        let sides = [museum.clone(), PartnerId::new("school")].into();
        add(&mut workbook, Activity { lead: Some(us), sides, ..activity });
        let money = MoneyLine {
            amount: Some(Money::new(125_000, "GBP")),
            paid_to: Some(museum.clone()),
            held_by: Some(PartnerId::us()),
            ..MoneyLine::new(RecordId::new("m"))
        };
        add(&mut workbook, money);
        let eve = Person::named(PersonId::new("eve"), museum.clone(), "Eve");
        let eve = Person { deputy_for: "Jo".into(), ..eve };
        workbook.apply(Edit::AddPerson { person: Box::new(eve), place: 0 }).unwrap();
        let partner = workbook.partner(&museum).unwrap().clone();
        let levels = [(Phase::WorkingTogether, "consultation".to_owned())].into();
        workbook.apply(Edit::SetPartner(Box::new(Partner { levels, ..partner }))).unwrap();
        let call = Call::begun(RecordId::new("c"), date(2025, 11, 3), jiff::Timestamp::UNIX_EPOCH);
        add(&mut workbook, Call { partner: Some(museum.clone()), ..call });
        let version = Agreement {
            agreed: Some(date(2024, 3, 5)),
            agreed_by: [museum].into(),
            ..Agreement::new(RecordId::new("v"))
        };
        add(&mut workbook, version);
        assert_eq!(
            said(&workbook, false),
            [
                "Our side|leads 1|leads 1|-|holds £1,250.00||-|-",
                "City Museum|leads 1, helps 1|in 1|Consultation|gets £1,250.00|Eve|3 Nov|agreed 5 Mar 2024",
                "The school||in 1|||||",
            ]
        );
        assert!(
            said(&workbook, true)[1].contains("leads 2, helps 1"),
            "private ones where they were asked for"
        );
        let matrix = matrix(&workbook, &Content::new(), TODAY, false);
        let behind: Vec<&str> = matrix.rows[1].2.iter().flat_map(|c| &c.behind).map(|b| &*b.words).collect();
        assert_eq!(
            behind,
            [
                "leads: volunteers",
                "helps: bids",
                "takes part: not said yet",
                "Working together: Consultation",
                "gets: not said yet, still to pay £1,250.00",
                "Eve stands in for Jo",
                "Call with City Museum, 3 November 2025",
                "an agreement, agreed 5 March 2024",
            ]
        );
    }
}
