//! The pulse over time: what each side felt about the ten lines on a day, where the sides differ, what was good and is
//! not now, and which serious line nobody has answered yet.
//!
//! Nothing is added up and nobody is averaged: *don't know* and a side that was not asked stay what they are. Start
//! reading at [`readings`].

use jiff::civil::Date;

use crate::content::on_map;
use crate::domain::{Board, Concern, PartnerId, Pulse, RecordId, Revision, Workbook};

/// The ids of the ten lines, in the order of the cycle: the nine aspects, then communicating.
pub fn pulse_lines() -> impl Iterator<Item = &'static str> {
    on_map().iter().filter(|row| row.arc.is_in_cycle()).map(|row| row.id)
}

/// What the sides said on one occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'w> {
    /// The day; `None` where nobody noted it.
    pub on: Option<Date>,
    /// The walk on which it was asked, where it was on one.
    pub walk: Option<&'w RecordId>,
    /// One for each side that was asked, in the order in which they were noted.
    pub sides: Vec<&'w Pulse>,
}

impl Reading<'_> {
    /// What a side said about a line; `None` where it was not asked.
    pub fn said(&self, line: &str, side: &PartnerId) -> Option<Concern> {
        let theirs = self.sides.iter().filter(|pulse| pulse.side.as_ref() == Some(side));
        theirs.filter_map(|pulse| pulse.lines.get(line)).next_back().copied()
    }

    /// Whether two sides that could tell feel differently about a line.
    pub fn is_split(&self, line: &str) -> bool {
        let mut said = self.sides.iter().filter_map(|pulse| pulse.lines.get(line)).filter(could_tell);
        said.next().is_some_and(|first| said.any(|other| other != first))
    }
}

fn could_tell(concern: &&Concern) -> bool {
    **concern != Concern::DontKnow
}

/// Every occasion on which a pulse was noted, oldest first; those of one walk together, and those of one day.
pub fn readings(workbook: &Workbook) -> Vec<Reading<'_>> {
    let mut all: Vec<Reading<'_>> = Vec::new();
    for pulse in workbook.all::<Pulse>() {
        let together = |reading: &&mut Reading<'_>| match (reading.walk, &pulse.walk) {
            (Some(walk), Some(other)) => walk == other,
            (None, None) => reading.on == pulse.on,
            _ => false,
        };
        match all.iter_mut().find(together) {
            Some(reading) => {
                reading.on = reading.on.max(pulse.on);
                reading.sides.push(pulse);
            }
            None => all.push(Reading { on: pulse.on, walk: pulse.walk.as_ref(), sides: vec![pulse] }),
        }
    }
    all.sort_by_key(|reading| reading.on);
    all
}

/// What a side last said about a line, and when; what it could not tell counts as well.
pub fn last_said<'w>(
    readings: &[Reading<'w>],
    line: &str,
    side: &PartnerId,
) -> Option<(Option<Date>, Concern)> {
    readings.iter().rev().find_map(|reading| Some((reading.on, reading.said(line, side)?)))
}

/// The lines that a side once found good and does not now, with the day on which it last did.
pub fn gone_since<'w>(readings: &[Reading<'w>], side: &PartnerId) -> Vec<(&'static str, Option<Date>)> {
    let good = |line: &'static str| {
        let (_, now) = last_said(readings, line, side)?;
        let worse = matches!(now, Concern::SomeConcern | Concern::Serious);
        let then = readings.iter().rev().find(|r| r.said(line, side) == Some(Concern::NoConcern))?;
        worse.then_some((line, then.on))
    };
    pulse_lines().filter_map(good).collect()
}

/// The lines that somebody last called serious, and about which nothing is to change and nobody said why not.
pub fn unanswered_concerns(workbook: &Workbook) -> Vec<&'static str> {
    let readings = readings(workbook);
    let sides = || std::iter::once(PartnerId::us()).chain(workbook.partners().iter().map(|p| p.id.clone()));
    let serious_since = |line: &str| {
        let serious = sides().filter_map(|side| last_said(&readings, line, &side));
        serious.filter(|(_, concern)| *concern == Concern::Serious).map(|(on, _)| on).max()
    };
    let is_open = |line: &&'static str| {
        serious_since(line).is_some_and(|since| {
            !workbook.all::<Revision>().iter().any(|change| answers(change, line, since))
        })
    };
    pulse_lines().filter(is_open).collect()
}

/// Whether a change is about a line as it stands since a day: one that was made before it is not.
fn answers(change: &Revision, line: &str, since: Option<Date>) -> bool {
    let reasoned = change.board != Board::Keep || !change.why.trim().is_empty();
    change.aspect.0 == line && reasoned && change.done.is_none_or(|done| Some(done) >= since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AnyRecord, Edit, Partner, Topic, WorkbookId};
    use jiff::civil::date;

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Parents interview");
        let partner = Partner::named(charity(), "Carers' Charity");
        workbook.apply(Edit::AddPartner { partner, place: 0 }).unwrap();
        workbook
    }

    fn charity() -> PartnerId {
        PartnerId::new("charity")
    }

    fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
        workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
    }

    fn pulse(id: &str, side: &PartnerId, on: Date, lines: &[(&str, Concern)]) -> Pulse {
        let lines = lines.iter().map(|(line, concern)| ((*line).to_owned(), *concern)).collect();
        Pulse { on: Some(on), side: Some(side.clone()), lines, ..Pulse::new(RecordId::new(id)) }
    }

    #[test]
    fn there_are_ten_lines_and_communicating_is_one() {
        let lines: Vec<&str> = pulse_lines().collect();
        assert_eq!(lines.len(), 10);
        assert_eq!(lines.last(), Some(&"communicating"));
    }

    #[test]
    fn sides_that_feel_differently_stand_out_and_who_cannot_tell_or_is_silent_does_not() {
        let mut workbook = workbook();
        let (us, day) = (PartnerId::us(), date(2025, 9, 12));
        use Concern::{DontKnow, NoConcern, Serious};
        let ours = [("delivering", NoConcern), ("finding", Serious), ("ending", NoConcern)];
        add(&mut workbook, pulse("a", &us, day, &ours));
        add(&mut workbook, pulse("b", &charity(), day, &[("delivering", Serious), ("finding", DontKnow)]));
        let all = readings(&workbook);
        assert_eq!(all.len(), 1, "those of one day stand together");
        assert!(all[0].is_split("delivering"));
        assert!(!all[0].is_split("finding"), "who could not tell does not differ");
        assert!(!all[0].is_split("ending"), "who was not asked does not differ");
        assert_eq!(all[0].said("finding", &charity()), Some(DontKnow));
        assert_eq!(all[0].said("ending", &charity()), None);
    }

    #[test]
    fn what_was_good_and_is_not_now_is_told_with_its_day() {
        let mut workbook = workbook();
        let us = PartnerId::us();
        for (n, concern) in
            [Concern::NoConcern, Concern::NoConcern, Concern::SomeConcern].into_iter().enumerate()
        {
            let on = date(2023 + i16::try_from(n).unwrap(), 3, 1);
            add(&mut workbook, pulse(&n.to_string(), &us, on, &[("building", concern)]));
        }
        assert_eq!(gone_since(&readings(&workbook), &us), [("building", Some(date(2024, 3, 1)))]);
        assert!(gone_since(&readings(&workbook), &charity()).is_empty());
    }

    #[test]
    fn a_serious_line_wants_a_change_or_a_reason_for_none() {
        let mut workbook = workbook();
        add(&mut workbook, pulse("a", &charity(), date(2025, 9, 12), &[("delivering", Concern::Serious)]));
        assert_eq!(unanswered_concerns(&workbook), ["delivering"]);
        let change =
            Revision { aspect: Topic("delivering".into()), ..Revision::new(RecordId::new("change")) };
        add(&mut workbook, change.clone());
        assert_eq!(unanswered_concerns(&workbook), ["delivering"], "to keep it so wants a reason");
        let set = |workbook: &mut Workbook, change: Revision| {
            workbook.apply(Edit::SetRecord(Box::new(change.into()))).unwrap();
        };
        set(&mut workbook, Revision { why: "the trainer has left".into(), ..change.clone() });
        assert!(unanswered_concerns(&workbook).is_empty());
        let mended = Revision { board: Board::Mend, done: Some(date(2025, 6, 1)), ..change };
        set(&mut workbook, mended.clone());
        assert_eq!(unanswered_concerns(&workbook), ["delivering"], "what was done before does not answer it");
        set(&mut workbook, Revision { done: Some(date(2025, 10, 10)), ..mended });
        assert!(unanswered_concerns(&workbook).is_empty());
    }
}
