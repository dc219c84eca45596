//! Promises out of lines: who, what and by when, as the words suggest them. Nothing is applied before a person says so.

use std::ops::Range;

use jiff::civil::Date;

use super::{Tidy, done};
use crate::command::{Ctx, Outcome};
use crate::domain::dates;
use crate::domain::query::{self, Who, side, what_is_promised, who_promises};
use crate::domain::{Call, Edit, Line, PartnerId, Promise, RecordId, SaidIn, Workbook};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::{prompts, words};

/// Who promises, then to whom.
pub(super) type Sides = (PartnerId, PartnerId);

/// What a line suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggestion {
    /// Who promises; `None` where the words do not say so.
    pub sides: Option<Sides>,
    /// What.
    pub what: String,
    /// By when, and the words that say so.
    pub due: Option<(Date, String)>,
}

/// The day that a line speaks of, and the bytes that say it. Whoever was on the call counted from its day.
pub(super) fn suggested_day(text: &str, on: Date) -> Option<(Date, Range<usize>)> {
    dates::find(text, on).map(|found| (found.on, found.words))
}

/// What a line suggests, with who promises as the person turned it.
pub(super) fn suggest(line: &Line, call: &Call, workbook: &Workbook, turned: Option<usize>) -> Suggestion {
    let ways = ways(call, workbook);
    let guess = || match who_promises(&line.text)? {
        Who::They => ways.iter().find(|(by, _)| !by.is_us()),
        Who::We => ways.iter().find(|(by, _)| by.is_us()),
    };
    let sides = match turned {
        Some(turned) => ways.get(turned % ways.len().max(1)).cloned(),
        // with several partners the words do not say which
        None if ways.len() > 2 => None,
        None => guess().cloned(),
    };
    let day = suggested_day(&line.text, call.on);
    let due = day.as_ref().and_then(|(day, at)| Some((*day, line.text.get(at.clone())?.to_owned())));
    let what = day.map_or(line.text.as_str(), |(_, at)| without_day(&line.text, &at));
    Suggestion { sides, what: what_is_promised(what).to_owned(), due }
}

/// The words without the day at their end, and without what leads up to it; as they are where the day is elsewhere.
fn without_day<'a>(text: &'a str, at: &Range<usize>) -> &'a str {
    let after = text.get(at.end..).unwrap_or_default();
    let Some(before) = text.get(..at.start).filter(|_| !after.contains(char::is_alphanumeric)) else {
        return text;
    };
    let mut before = before.trim_end();
    for lead in ["the", "by", "on", "before", "until", "due", "for", "at"] {
        let shorter = before.strip_suffix(lead).filter(|rest| rest.is_empty() || rest.ends_with(' '));
        before = shorter.unwrap_or(before).trim_end();
    }
    let before = before.trim_end_matches([',', '-', ';', ':', ' ']);
    if before.is_empty() { text } else { before }
}

/// Between whom it can be: each partner of the call and us, or every partner and us.
pub(super) fn ways(call: &Call, workbook: &Workbook) -> Vec<Sides> {
    let partners: Vec<PartnerId> = match &call.partner {
        Some(_) => call.partners().cloned().collect(),
        None if workbook.partners().is_empty() => vec![PartnerId::unsorted()],
        None => workbook.partners().iter().map(|partner| partner.id.clone()).collect(),
    };
    partners.into_iter().flat_map(|id| [(id.clone(), PartnerId::us()), (PartnerId::us(), id)]).collect()
}

/// Who promises to whom, in words.
pub(super) fn sides_in_words((by, to): &Sides, workbook: &Workbook) -> String {
    match (by.is_us(), to.is_us()) {
        (true, _) => format!("we, to {}", side(workbook, to)),
        _ => format!("{}, to us", side(workbook, by)),
    }
}

/// The promises that the line has become already.
pub(super) fn came_of<'a>(line: &Line, call: &Call, workbook: &'a Workbook) -> Vec<&'a Promise> {
    let said = |promise: &&Promise| promise.said_in.as_ref().is_some_and(|said| said.line == line.id);
    query::promises_of(workbook, &call.id).into_iter().filter(said).collect()
}

/// A promise that is about to be taken: what is known whatever a person still changes.
struct Taken {
    id: RecordId,
    call: Call,
    line: Line,
    /// Between whom it can be, with the words for it.
    ways: Vec<(Sides, String)>,
    sides: Option<Sides>,
}

impl Taken {
    fn new(suggestion: &Suggestion, call: &Call, line: &Line, workbook: &Workbook, id: RecordId) -> Self {
        let words = |sides: Sides| {
            let words = words::capital(&sides_in_words(&sides, workbook));
            (sides, words)
        };
        let ways = ways(call, workbook).into_iter().map(words).collect();
        Self { id, call: call.head(), line: line.clone(), ways, sides: suggestion.sides.clone() }
    }

    /// The promise; where it is not known between whom, that is asked.
    fn with(&self, what: &str, due: Option<Date>) -> Outcome {
        if let Some((sides, who)) = self.ways.iter().find(|(sides, _)| Some(sides) == self.sides.as_ref()) {
            return self.between(sides, who, what, due);
        }
        let rows = self.ways.iter().enumerate().map(|(n, (sides, who))| {
            let letter = u32::try_from(n + 1).ok().filter(|n| *n < 10).and_then(|n| char::from_digit(n, 10));
            MenuRow::new(letter, who.as_str(), "", self.between(sides, who, what, due))
        });
        Outcome::Open(Box::new(Menu::new("Who promised it?", rows.collect())))
    }

    fn between(&self, (by, to): &Sides, who: &str, what: &str, due: Option<Date>) -> Outcome {
        let (call, line) = (&self.call, &self.line);
        let said_in = Some(SaidIn { call: call.id.clone(), line: line.id.clone() });
        let promise = Promise {
            made: Some(call.on),
            due,
            said_in,
            private: line.private,
            ..Promise::new(self.id.clone(), by.clone(), to.clone(), what)
        };
        let day = due.map(|due| format!(", {}", words::weekday(due, call.on))).unwrap_or_default();
        let record = Box::new(promise.into());
        let edits = vec![Edit::AddRecord { record, place: usize::MAX }, done(call, line)];
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(format!("{who}: {what}{day}."))])
    }
}

/// Takes the whole suggestion; asks who where the words do not say so.
pub(super) fn take(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, workbook)) = tidy.at_line(ctx) else { return Outcome::Unused };
    if !came_of(line, call, workbook).is_empty() {
        tidy.acting = true;
        return Outcome::Edit(done(call, line));
    }
    let Some((taken, suggestion)) = begin(tidy, ctx) else { return Outcome::Unused };
    taken.with(&suggestion.what, suggestion.due.map(|(due, _)| due))
}

fn begin(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Option<(Taken, Suggestion)> {
    let (call, line, workbook) = tidy.at_line(ctx)?;
    let suggestion = suggest(line, call, workbook, tidy.turned(&line.id));
    tidy.acting = true;
    Some((Taken::new(&suggestion, call, line, workbook, ctx.ids.record()), suggestion))
}

/// Turns who promises round.
pub(super) fn turn(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, workbook)) = tidy.at_line(ctx) else { return Outcome::Unused };
    let ways = ways(call, workbook);
    let now = suggest(line, call, workbook, tidy.turned(&line.id)).sides;
    let at = now.and_then(|now| ways.iter().position(|way| *way == now));
    tidy.left.set_who(&line.id, at.map_or(0, |at| (at + 1) % ways.len().max(1)));
    Outcome::Done
}

/// Asks for another day, then takes the promise with it.
pub(super) fn another_day(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((taken, Suggestion { what, due, .. })) = begin(tidy, ctx) else { return Outcome::Unused };
    prompts::day("By when?", due.map(|(due, _)| due), ctx.today(), move |due| taken.with(&what, due))
}

/// Asks for other words, then takes the promise with them.
pub(super) fn other_words(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((taken, Suggestion { what, due, .. })) = begin(tidy, ctx) else { return Outcome::Unused };
    let due = due.map(|(due, _)| due);
    let prompt = Prompt::new("What was promised?", &what, move |what| {
        if what.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        Ok(taken.with(&what, due))
    });
    Outcome::Open(Box::new(prompt.hint("Enter takes the promise with these words.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_found_with_its_words_and_taken_from_the_end() {
        let day = date(2025, 11, 14);
        let text = "send the budget by 2025-11-14.";
        let (on, at) = suggested_day(text, day).unwrap();
        assert_eq!((on, &text[at.clone()]), (day, "2025-11-14"));
        assert_eq!(without_day(text, &at), "send the budget");
        let inside = "send the 2025-11-14 budget";
        let (_, at) = suggested_day(inside, day).unwrap();
        assert_eq!(without_day(inside, &at), inside);
        let alone = "2025-11-14";
        assert_eq!(without_day(alone, &(0..10)), alone);
        let friday = "they send the budget by Friday";
        let (on, at) = suggested_day(friday, date(2025, 11, 10)).unwrap();
        assert_eq!((on, without_day(friday, &at)), (day, "they send the budget"));
        let elsewhere = "by Friday, the budget";
        let (_, at) = suggested_day(elsewhere, day).unwrap();
        assert_eq!(without_day(elsewhere, &at), elsewhere);
        assert_eq!(suggested_day("é – nothing 2025-13-14 12", day), None);
    }
}
