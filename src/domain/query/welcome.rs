//! What somebody who comes back needs to know on one screen: how long it was, why it rested, what was last said, what
//! each side owes, what is old or only guessed, who is gone, whom to ring first.
//!
//! Plain facts and no verdicts: a day that has gone by is a day. Start reading at [`welcome`].

mod said;

use jiff::civil::Date;

use super::pause::{is_old, last_pause, resumed};
use super::since::{gone, snapshot_of};
use super::timeline::{Happening, timeline};
use super::{never_checked, standing_of};
use crate::content::{Content, types::Question};
use crate::order::InOrder;
pub use said::{
    away_in_words, contact_in_words, gone_in_words, look_again_in_words, owed_in_words, owed_without_day,
    some_of,
};

use crate::domain::{
    PartnerId, PartnerStatus, PartnershipState, Person, Promise, Standing, StateChange, Workbook,
};

/// Days without a change after which somebody has been away.
const AWAY_DAYS: i64 = 30;

/// Things that happened last that are told.
const LAST: usize = 10;

/// How long nobody has been here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// So many days, from that day on.
    Days {
        /// How many; 0 for today.
        days: i64,
        /// The day of the pause, or of the last change.
        from: Date,
    },
    /// The clock says a day before the last thing that happened here: nobody can count from it.
    ClockBehind {
        /// What the clock says.
        today: Date,
        /// The day of the pause, or of the last change.
        last: Date,
    },
    /// Nothing here has a day.
    Unknown,
}

/// A pause that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resting<'w> {
    /// Its place in the log, from 0.
    pub at: usize,
    /// The change that began it.
    pub change: &'w StateChange,
    /// The day to look at it again, and how many days ago that was; negative where it is still to come. Not counted
    /// where the clock is behind.
    pub look_again: Option<(Date, Option<i64>)>,
}

/// Whom to ring first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact<'w> {
    /// The side.
    pub partner: &'w PartnerId,
    /// The person, where one is known.
    pub person: Option<&'w Person>,
    /// How they like to be reached; may be empty.
    pub reach: &'w str,
}

/// How things stand for somebody who comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome<'w> {
    /// How long it was.
    pub away: Away,
    /// The state now.
    pub state: PartnershipState,
    /// The state that taking up again leads to.
    pub resumed: PartnershipState,
    /// The pause, while it lasts.
    pub pause: Option<Resting<'w>>,
    /// The last things that happened, oldest first.
    pub last: Vec<Happening>,
    /// What our side owes, what has a day first.
    pub we_owe: Vec<&'w Promise>,
    /// What the others owe us.
    pub they_owe: Vec<&'w Promise>,
    /// Answers that were last touched more than a year ago.
    pub old: Vec<&'w Question>,
    /// Answers that nobody has checked.
    pub guessed: Vec<&'w Question>,
    /// People who have gone since.
    pub gone: Vec<&'w Person>,
    /// Whom to ring first, where anybody can be rung.
    pub contact: Option<Contact<'w>>,
}

/// Whether somebody who opens this workbook today has been away: it rests, or nothing in it has changed for a month. The
/// worked example never asks, since its days are fixed. `changed` is the day of the last change, `welcomed` the day on
/// which somebody was last told how things stand; where they are known. What does not rest tells it once a day.
pub fn has_been_away(
    workbook: &Workbook,
    changed: Option<Date>,
    welcomed: Option<Date>,
    today: Date,
) -> bool {
    let long = changed.and_then(|changed| days_between(changed, today)).is_some_and(|days| days >= AWAY_DAYS);
    let told = welcomed == Some(today);
    !workbook.is_example() && (workbook.state() == PartnershipState::Paused || (long && !told))
}

/// What somebody who comes back today needs to know. `changed` is the day of the last change, where it is known; without
/// it the last thing that has a day counts.
pub fn welcome<'w>(
    workbook: &'w Workbook,
    content: &'w Content,
    changed: Option<Date>,
    today: Date,
) -> Welcome<'w> {
    let last = last_things(workbook, content, |told| !told.is_planned(today));
    let paused = last_pause(workbook).filter(|_| workbook.state() == PartnershipState::Paused);
    let from = paused.map(|(_, change)| change.on).or(changed).or(last.last().map(|told| told.on));
    let pause = paused.map(|(at, change)| {
        let until = change.pause.as_ref().and_then(|pause| pause.until);
        let counts = today >= change.on;
        let look_again = until.map(|until| (until, days_between(until, today).filter(|_| counts)));
        Resting { at, change, look_again }
    });
    let since = from.map_or_else(Vec::new, |from| gone(workbook, from, snapshot_of(workbook, from)));
    let owed = |ours: bool| {
        let mut owed: Vec<&Promise> =
            workbook.promises().iter().filter(|p| p.is_owed() && p.is_ours() == ours).collect();
        owed.order_by_key(|p| (p.due.is_none(), p.due));
        owed
    };
    let is_said = |q: &&Question| !matches!(standing_of(workbook, q), Standing::Blank | Standing::NotForUs);
    Welcome {
        away: away(from, today),
        state: workbook.state(),
        resumed: resumed(workbook),
        pause,
        last,
        we_owe: owed(true),
        they_owe: owed(false),
        old: content.questions().filter(is_said).filter(|q| is_old(workbook, q, today)).collect(),
        guessed: never_checked(workbook, content),
        gone: since,
        contact: contact(workbook, pause.map(|pause| pause.change), today),
    }
}

/// The last ten things that happened, of those that are wanted, oldest first.
pub fn last_things(
    workbook: &Workbook,
    content: &Content,
    wanted: impl Fn(&Happening) -> bool,
) -> Vec<Happening> {
    let mut last = timeline(workbook, content);
    last.retain(wanted);
    last.drain(..last.len().saturating_sub(LAST));
    last
}

/// Days from one day to another; negative where the other is earlier. `None` beyond the calendar.
pub fn days_between(from: Date, to: Date) -> Option<i64> {
    to.since(from).ok().map(|span| span.get_days().into())
}

fn away(from: Option<Date>, today: Date) -> Away {
    match from.and_then(|from| Some((from, days_between(from, today)?))) {
        Some((last, days)) if days < 0 => Away::ClockBehind { today, last },
        Some((from, days)) => Away::Days { days, from },
        None => Away::Unknown,
    }
}

/// Who was to stay in light touch, or was on the last call, or is the first of whom we know.
fn contact<'w>(workbook: &'w Workbook, pause: Option<&StateChange>, today: Date) -> Option<Contact<'w>> {
    let theirs = |person: &&'w Person| !person.partner.is_us() && person.is_there(today);
    let light = pause.and_then(|change| change.pause.as_ref()).map_or("", |pause| pause.light_touch.as_str());
    let named = |person: &&&'w Person| {
        let name = person.name.trim();
        !name.is_empty() && light.to_lowercase().contains(&name.to_lowercase())
    };
    let people: Vec<&Person> = workbook.people().iter().filter(theirs).collect();
    let on_call = || {
        let with = workbook.calls().iter().rev().flat_map(|call| &call.with);
        with.filter_map(|id| people.iter().find(|person| person.id == *id)).next()
    };
    if let Some(person) = people.iter().find(named).or_else(on_call).or(people.first()).copied() {
        return Some(Contact { partner: &person.partner, person: Some(person), reach: person.reach.trim() });
    }
    let partner = workbook.partners().iter().find(|partner| partner.status != PartnerStatus::Left)?;
    Some(Contact { partner: &partner.id, person: None, reach: partner.reach.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Pause, PersonId, RecordId, WorkbookId};
    use jiff::civil::date;

    fn paused(on: Date, until: Option<Date>) -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Allotments");
        for (state, pause) in [
            (PartnershipState::Active, None),
            (PartnershipState::Paused, Some(Box::new(Pause { until, ..Pause::default() }))),
        ] {
            workbook.apply(Edit::ChangeState(StateChange { pause, ..StateChange::to(state, on) })).unwrap();
        }
        workbook
    }

    #[test]
    fn days_are_counted_over_a_leap_day() {
        let content = Content::new();
        let workbook = paused(date(2024, 2, 28), Some(date(2024, 2, 29)));
        let sheet = welcome(&workbook, &content, None, date(2024, 3, 1));
        assert_eq!(sheet.away, Away::Days { days: 2, from: date(2024, 2, 28) });
        assert_eq!(sheet.pause.unwrap().look_again, Some((date(2024, 2, 29), Some(1))));
        let workbook = paused(date(2024, 2, 29), None);
        let sheet = welcome(&workbook, &content, None, date(2025, 2, 28));
        assert_eq!(sheet.away, Away::Days { days: 365, from: date(2024, 2, 29) });
        let workbook = paused(date(2025, 2, 28), Some(date(2025, 6, 1)));
        let sheet = welcome(&workbook, &content, None, date(2025, 10, 30));
        assert_eq!(sheet.away, Away::Days { days: 244, from: date(2025, 2, 28) });
        assert_eq!(sheet.pause.unwrap().look_again, Some((date(2025, 6, 1), Some(151))));
    }

    #[test]
    fn a_clock_that_is_behind_is_not_counted_from() {
        let workbook = paused(date(2025, 2, 28), Some(date(2025, 6, 1)));
        let content = Content::new();
        let sheet = welcome(&workbook, &content, None, date(2024, 12, 31));
        let (today, last) = (date(2024, 12, 31), date(2025, 2, 28));
        assert_eq!(sheet.away, Away::ClockBehind { today, last });
        assert_eq!(sheet.pause.unwrap().look_again, Some((date(2025, 6, 1), None)));
        assert!(has_been_away(&workbook, Some(date(2025, 2, 28)), None, date(2024, 12, 31)));
    }

    #[test]
    fn a_month_without_a_change_is_away_and_the_example_never_is() {
        let active = Workbook::new(WorkbookId::new("w"), "Allotments");
        let changed = Some(date(2025, 10, 1));
        assert!(!has_been_away(&active, changed, None, date(2025, 10, 30)));
        assert!(has_been_away(&active, changed, None, date(2025, 10, 31)));
        assert!(!has_been_away(&active, None, None, date(2025, 10, 31)));
        let told = |day| has_been_away(&active, changed, Some(date(2025, 10, day)), date(2025, 10, 31));
        assert!(!told(31) && told(30), "it is told once a day");
        let rests = paused(date(2025, 10, 1), None);
        assert!(has_been_away(&rests, changed, Some(date(2025, 10, 31)), date(2025, 10, 31)));
        let text = crate::content::SAMPLE;
        let example = crate::store::format::parse_workbook(text).unwrap().workbook;
        assert!(!has_been_away(&example, changed, None, date(2026, 10, 31)));
    }

    #[test]
    fn whom_to_ring_is_who_stays_in_touch_and_is_there() {
        let content = Content::new();
        let mut workbook = paused(date(2025, 2, 28), None);
        let society = PartnerId::new("society");
        let partner = crate::domain::Partner::named(society.clone(), "Society");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
        let at = |workbook: &Workbook| {
            let sheet = welcome(workbook, &content, None, date(2025, 10, 30));
            sheet.contact.map(|contact| contact.person.map_or("", |p| p.name.as_str()).to_owned())
        };
        assert_eq!(at(&workbook), Some(String::new()));
        for name in ["Ann", "Ben"] {
            let person = Person::named(PersonId::new(name), society.clone(), name);
            workbook.apply(Edit::AddPerson { person: Box::new(person), place: 9 }).unwrap();
        }
        assert_eq!(at(&workbook).unwrap(), "Ann");
        let change = workbook.partnership().log().last().unwrap();
        let pause = Pause { light_touch: "ben, the secretary".into(), ..Pause::default() };
        let change = StateChange { pause: Some(Box::new(pause)), ..change.clone() };
        workbook.apply(Edit::SetState { at: 1, change }).unwrap();
        assert_eq!(at(&workbook).unwrap(), "Ben");
        let ben = workbook.person(&PersonId::new("Ben")).unwrap().clone();
        workbook.apply(Edit::SetPerson(Box::new(Person { left: Some(date(2025, 5, 1)), ..ben }))).unwrap();
        assert_eq!(at(&workbook).unwrap(), "Ann");
        let sheet = welcome(&workbook, &content, None, date(2025, 10, 30));
        assert_eq!(sheet.gone.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Ben"]);
    }

    #[test]
    fn what_is_owed_stands_by_its_day() {
        let content = Content::new();
        let mut workbook = paused(date(2025, 2, 28), None);
        for (id, by, due) in [("a", "us", None), ("b", "us", Some(date(2025, 3, 7))), ("c", "society", None)]
        {
            let mut promise =
                Promise::new(RecordId::new(id), PartnerId::new(by), PartnerId::new("other"), id);
            promise.due = due;
            let record = Box::new(promise.into());
            workbook.apply(Edit::AddRecord { record, place: 9 }).unwrap();
        }
        let sheet = welcome(&workbook, &content, None, date(2025, 10, 30));
        assert_eq!(sheet.we_owe.iter().map(|p| p.what.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(sheet.they_owe.len(), 1);
    }
}
