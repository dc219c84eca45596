//! The pulse over time: what each side felt about the ten lines on a day, where the sides differ, what was good and is
//! not now, and which serious line nobody has answered yet.
//!
//! Nothing is added up and nobody is averaged: *don't know* and a side that was not asked stay what they are. Start
//! reading at [`readings`].

use jiff::civil::Date;

use crate::content::on_map;
use crate::domain::{Board, Choice, Concern, Edit, PartnerId, Pulse, RecordId, Revision, Workbook};
use crate::order::InOrder;

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

/// The mark of what was said, for charts and columns: never without its word beside it. Blank where nobody was asked.
pub fn concern_mark(concern: Option<Concern>) -> &'static str {
    match concern {
        None => " ",
        Some(Concern::NoConcern) => ".",
        Some(Concern::SomeConcern) => "~",
        Some(Concern::Serious) => "!",
        Some(Concern::DontKnow) => "?",
    }
}

/// Our side, then each partner: whose pulse is taken.
pub fn pulse_sides(workbook: &Workbook) -> Vec<PartnerId> {
    std::iter::once(PartnerId::us()).chain(workbook.partners().iter().map(|p| p.id.clone())).collect()
}

/// What a side has said about a line over time: "no concern in March 2025, some concern in July 2025, serious since October 2025".
/// Empty where it was never asked.
pub fn course_in_words(readings: &[Reading<'_>], line: &str, side: &PartnerId) -> String {
    let said = readings.iter().filter_map(|reading| Some((reading.on, reading.said(line, side)?)));
    // the first day of each stretch, what was said, and how often
    let mut stretches: Vec<(Option<Date>, Concern, usize)> = Vec::new();
    for (on, concern) in said {
        match stretches.last_mut() {
            Some((_, last, times)) if *last == concern => *times += 1,
            _ => stretches.push((on, concern, 1)),
        }
    }
    let last = stretches.len().saturating_sub(1);
    let mut words = Vec::new();
    for (n, (on, concern, times)) in stretches.into_iter().enumerate() {
        let since = match (n == last, times) {
            (true, 2..) => "since",
            (false, 2..) => "from",
            _ => "in",
        };
        let Some(on) = on else {
            words.push(concern.words().to_owned());
            continue;
        };
        // each with its year: a bare month would be read as one of this year
        words.push(format!("{} {since} {}", concern.words(), on.strftime("%B %Y")));
    }
    words.join(", ")
}

/// The occasion on which a pulse is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The walk that it belongs to; none where it stands by itself.
    pub walk: Option<RecordId>,
    /// The day.
    pub on: Date,
}

impl Occasion {
    /// Whether a pulse was noted on it.
    pub fn is_of(&self, pulse: &Pulse) -> bool {
        match &self.walk {
            Some(walk) => pulse.walk.as_ref() == Some(walk),
            None => pulse.walk.is_none() && pulse.on == Some(self.on),
        }
    }

    /// What a side said on it about a line; `None` where it was not asked.
    pub fn said(&self, workbook: &Workbook, line: &str, side: &PartnerId) -> Option<Concern> {
        let theirs =
            workbook.all::<Pulse>().iter().filter(|p| self.is_of(p) && p.side.as_ref() == Some(side));
        theirs.filter_map(|pulse| pulse.lines.get(line)).next_back().copied()
    }

    /// The edit that notes what a side says about a line; `None` takes it away again. There is one record for each side
    /// and occasion: `fresh` names it where there is none yet.
    pub fn rate(
        &self,
        workbook: &Workbook,
        (line, side): (&str, &PartnerId),
        concern: Option<Concern>,
        fresh: RecordId,
    ) -> Option<Edit> {
        let theirs = |pulse: &&Pulse| self.is_of(pulse) && pulse.side.as_ref() == Some(side);
        let mut all = workbook.all::<Pulse>().iter().filter(theirs);
        let now = all.clone().rfind(|pulse| pulse.lines.contains_key(line)).or_else(|| all.next_back());
        let mut pulse = match (now, concern) {
            (Some(pulse), _) => pulse.clone(),
            (None, None) => return None,
            (None, Some(_)) => Pulse {
                on: Some(self.on),
                side: Some(side.clone()),
                walk: self.walk.clone(),
                ..Pulse::new(fresh)
            },
        };
        let before = match concern {
            Some(concern) => pulse.lines.insert(line.to_owned(), concern),
            None => pulse.lines.remove(line),
        };
        if before == concern {
            return None;
        }
        let record = Box::new(pulse.into());
        Some(match now {
            Some(_) => Edit::SetRecord(record),
            None => Edit::AddRecord { record, place: usize::MAX },
        })
    }
}

fn could_tell(concern: &&Concern) -> bool {
    **concern != Concern::DontKnow
}

/// Every occasion on which a pulse was noted, oldest first; those of one walk together, and those of one day.
pub fn readings(workbook: &Workbook) -> Vec<Reading<'_>> {
    readings_of(workbook.all::<Pulse>())
}

/// The same of some pulses, for whoever may not see all.
pub fn readings_of<'w>(pulses: impl IntoIterator<Item = &'w Pulse>) -> Vec<Reading<'w>> {
    let mut all: Vec<Reading<'w>> = Vec::new();
    // where every line was taken away again nobody has said anything
    for pulse in pulses.into_iter().filter(|pulse| !pulse.lines.is_empty()) {
        let together = |reading: &&mut Reading<'w>| match (reading.walk, &pulse.walk) {
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
    all.order_by_key(|reading| reading.on);
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
    use crate::domain::{AnyRecord, Partner, Topic, WorkbookId};
    use jiff::civil::date;

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Parents interview");
        let partner = Partner::named(charity(), "Carers' Charity");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
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

    #[test]
    fn the_course_is_told_in_words_and_silence_is_not_filled() {
        let mut workbook = workbook();
        use Concern::{DontKnow, NoConcern, Serious, SomeConcern};
        let told = [
            (date(2025, 3, 1), NoConcern),
            (date(2025, 7, 1), SomeConcern),
            (date(2025, 10, 1), Serious),
            (date(2026, 1, 1), Serious),
        ];
        for (n, (on, concern)) in told.into_iter().enumerate() {
            add(&mut workbook, pulse(&n.to_string(), &PartnerId::us(), on, &[("delivering", concern)]));
        }
        add(&mut workbook, pulse("x", &charity(), date(2025, 3, 1), &[("delivering", DontKnow)]));
        let all = readings(&workbook);
        assert_eq!(
            course_in_words(&all, "delivering", &PartnerId::us()),
            "no concern in March 2025, some concern in July 2025, serious since October 2025"
        );
        assert_eq!(course_in_words(&all, "delivering", &charity()), "don’t know in March 2025");
        assert_eq!(course_in_words(&all, "ending", &charity()), "");
    }

    #[test]
    fn a_side_has_one_record_on_each_occasion() {
        let mut workbook = workbook();
        let today = Occasion { walk: None, on: date(2025, 11, 10) };
        let walk = Occasion { walk: Some(RecordId::new("walk")), on: date(2025, 11, 10) };
        let mut rate = |occasion: &Occasion, line: &str, concern, id: &str| {
            let edit = occasion.rate(&workbook, (line, &charity()), concern, RecordId::new(id));
            let is_some = edit.is_some();
            edit.map(|edit| workbook.apply(edit).unwrap());
            (is_some, workbook.all::<Pulse>().len())
        };
        assert_eq!(rate(&today, "ending", None, "a"), (false, 0), "nothing to take away");
        assert_eq!(rate(&today, "ending", Some(Concern::Serious), "a"), (true, 1));
        assert_eq!(rate(&today, "finding", Some(Concern::DontKnow), "b"), (true, 1));
        assert_eq!(rate(&walk, "ending", Some(Concern::NoConcern), "c"), (true, 2), "the walk has its own");
        assert_eq!(rate(&today, "ending", Some(Concern::Serious), "d"), (false, 2), "it says so already");
        assert_eq!(rate(&today, "ending", None, "e"), (true, 2));
        assert_eq!(today.said(&workbook, "ending", &charity()), None);
        assert_eq!(today.said(&workbook, "finding", &charity()), Some(Concern::DontKnow));
        assert_eq!(walk.said(&workbook, "ending", &charity()), Some(Concern::NoConcern));
        assert_eq!(today.said(&workbook, "finding", &PartnerId::us()), None);
    }
}
