//! What money and hours come to, side by side and in all. Exact, each currency apart; nothing is converted.

use crate::domain::{Contribution, Hours, MoneyLine, Paid, PartnerId, Sum, Workbook};

/// What goes to a side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MoneySum {
    /// What was paid.
    pub paid: Sum,
    /// What is still to be paid.
    pub to_pay: Sum,
}

/// The time that a side gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursSum {
    /// Minutes that are paid.
    pub paid: u64,
    /// Minutes that are given, expenses or not.
    pub given: u64,
    /// What they are worth at their rates, those that have one.
    pub worth: Sum,
    /// Whether some of them have no rate, so that the worth is less than it could be.
    pub without_rate: bool,
}

/// What money comes to for each side to which some goes, in the order in which they first come, and in all. The lines are
/// those that may be seen by whoever reads the sums.
pub fn money_sums<'a>(
    lines: impl IntoIterator<Item = &'a MoneyLine>,
) -> (Vec<(Option<PartnerId>, MoneySum)>, MoneySum) {
    let mut sides: Vec<(Option<PartnerId>, MoneySum)> = Vec::new();
    let mut all = MoneySum::default();
    for line in lines {
        let Some(amount) = &line.amount else { continue };
        let count = |sum: &mut MoneySum| {
            if line.paid.is_some() { sum.paid.add(amount) } else { sum.to_pay.add(amount) }
        };
        count(&mut all);
        add(&mut sides, line.paid_to.as_ref(), count);
    }
    (sides, all)
}

/// The time that each side gave, in the order in which they first come, and all of it.
pub fn hours_sums<'a>(
    entries: impl IntoIterator<Item = &'a Contribution>,
) -> (Vec<(Option<PartnerId>, HoursSum)>, HoursSum) {
    let mut sides: Vec<(Option<PartnerId>, HoursSum)> = Vec::new();
    let mut all = HoursSum::default();
    for entry in entries {
        let Some(hours) = entry.hours else { continue };
        let count = |sum: &mut HoursSum| {
            let minutes = if entry.paid == Paid::Paid { &mut sum.paid } else { &mut sum.given };
            *minutes += u64::from(hours.minutes);
            match &entry.rate {
                Some(rate) => sum.worth.add_worth(hours, rate),
                None => sum.without_rate = true,
            }
        };
        count(&mut all);
        add(&mut sides, entry.side.as_ref(), count);
    }
    (sides, all)
}

/// Adds to what is kept of a side, begun where nothing is yet.
fn add<T: Default>(sides: &mut Vec<(Option<PartnerId>, T)>, side: Option<&PartnerId>, add: impl Fn(&mut T)) {
    match sides.iter_mut().find(|(there, _)| there.as_ref() == side) {
        Some((_, sum)) => add(sum),
        None => {
            let mut sum = T::default();
            add(&mut sum);
            sides.push((side.cloned(), sum));
        }
    }
}

impl MoneySum {
    /// "paid £1,250.00, still to pay £40.00"; empty where there is nothing.
    pub fn in_words(&self) -> String {
        let paid = Some(format!("paid {}", self.paid)).filter(|_| !self.paid.is_empty());
        let to_pay = Some(format!("still to pay {}", self.to_pay)).filter(|_| !self.to_pay.is_empty());
        paid.into_iter().chain(to_pay).collect::<Vec<_>>().join(", ")
    }
}

impl HoursSum {
    /// "12 h given, 3 h paid, worth £180.00"; empty where there is nothing.
    pub fn in_words(&self) -> String {
        let time =
            |minutes: u64, word: &str| (minutes > 0).then(|| format!("{} {word}", time_in_words(minutes)));
        let short = if self.without_rate { ", as far as it has a rate" } else { "" };
        let worth = (!self.worth.is_empty()).then(|| format!("worth {}{short}", self.worth));
        let parts = [time(self.given, "given"), time(self.paid, "paid"), worth];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Minutes as people say them, however many.
pub fn time_in_words(minutes: u64) -> String {
    match u32::try_from(minutes) {
        Ok(minutes) => Hours { minutes }.to_string(),
        Err(_) => format!("{} h", minutes / 60),
    }
}

/// What money comes to in a workbook, private lines among it.
pub fn all_money(workbook: &Workbook) -> (Vec<(Option<PartnerId>, MoneySum)>, MoneySum) {
    money_sums(workbook.all::<MoneyLine>())
}

/// What hours come to in a workbook, private ones among them.
pub fn all_hours(workbook: &Workbook) -> (Vec<(Option<PartnerId>, HoursSum)>, HoursSum) {
    hours_sums(workbook.all::<Contribution>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Money, RecordId};
    use jiff::civil::date;

    fn line(amount: &str, to: Option<&str>, paid: bool) -> MoneyLine {
        MoneyLine {
            amount: Some(Money::read(amount, "GBP").unwrap()),
            paid_to: to.map(PartnerId::new),
            paid: paid.then(|| date(2025, 3, 1)),
            ..MoneyLine::new(RecordId::new(amount))
        }
    }

    #[test]
    fn money_adds_up_side_by_side_and_in_all() {
        let lines = [
            line("1,250.00", Some("museum"), true),
            line("-14.50", Some("museum"), true),
            line("0.10", Some("school"), false),
            line("0.20", Some("school"), false),
            line("€3", Some("school"), false),
            line("0", None, false),
            MoneyLine { amount: None, ..line("7", Some("nobody"), true) },
        ];
        let (sides, all) = money_sums(&lines);
        let said: Vec<String> = sides.iter().map(|(_, sum)| sum.in_words()).collect();
        assert_eq!(said, ["paid £1,235.50", "still to pay €3.00 and £0.30", "still to pay £0.00"]);
        assert_eq!(all.in_words(), "paid £1,235.50, still to pay €3.00 and £0.30");
    }

    #[test]
    fn the_largest_amounts_do_not_run_over() {
        let lines = [1, 2].map(|_| line("92,233,720,368,547,758.07", Some("museum"), false));
        assert_eq!(money_sums(&lines).1.in_words(), "still to pay £184,467,440,737,095,516.14");
    }

    #[test]
    fn hours_paid_and_given_stand_apart_with_their_worth() {
        let entry = |minutes, paid, rate: Option<&str>| Contribution {
            side: Some(PartnerId::new("museum")),
            hours: Some(Hours { minutes }),
            paid,
            rate: rate.map(|rate| Money::read(rate, "GBP").unwrap()),
            ..Contribution::new(RecordId::new("c"))
        };
        let entries = [entry(90, Paid::Given, Some("20")), entry(30, Paid::Paid, Some("10.01"))];
        let (sides, all) = hours_sums(&entries);
        assert_eq!(sides.len(), 1);
        assert_eq!(all.in_words(), "1 h 30 given, 30 min paid, worth £35.01");
        let with = hours_sums(&[entry(90, Paid::Expenses, Some("20")), entry(60, Paid::Given, None)]).1;
        assert_eq!(with.in_words(), "2 h 30 given, worth £30.00, as far as it has a rate");
        let many = vec![entry(u32::MAX, Paid::Given, None); 3];
        assert_eq!(hours_sums(&many).1.in_words(), "214748364 h given");
    }
}
