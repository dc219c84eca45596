//! Money and hours: every line, and what they come to side by side and in all. Each currency stands apart.

use super::cells::{day, nothing, side, text};
use super::document::{Document, Level};
use super::subject::Subject;
use super::title;
use crate::domain::query::{hours_sums, money_sums, time_in_words};
use crate::domain::{Choice, Contribution, MoneyLine, PaidFor, PartnerId};

/// The tables.
pub fn money(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("Money and hours: {}", title(subject)));
    lines(subject, &mut page);
    hours(subject, &mut page);
    page
}

/// Whose a sum is.
fn whose(subject: &Subject<'_>, id: Option<&PartnerId>) -> String {
    side(subject, id)
}

fn lines(subject: &Subject<'_>, page: &mut Document) {
    let lines = subject.records::<MoneyLine>(&mut page.private);
    page.heading(Level::Section, "Money");
    let row = |line: &&MoneyLine| {
        let paid_for = if line.paid_for == PaidFor::NotSaid { "" } else { line.paid_for.words() };
        vec![
            text(&line.what),
            line.amount.as_ref().map_or_else(|| super::TO_AGREE.to_owned(), ToString::to_string),
            paid_for.to_owned(),
            text(&line.funder),
            side(subject, line.held_by.as_ref()),
            side(subject, line.paid_to.as_ref()),
            day(line.due),
            day(line.paid),
        ]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    nothing(page, &rows, "No money is written down.");
    page.table(
        ["What", "Amount", "For", "Where it comes from", "Held by", "Goes to", "To be paid", "Paid on"],
        rows,
    );
    let (sides, all) = money_sums(lines);
    if sides.is_empty() {
        return;
    }
    let row = |name: String, sum: &crate::domain::query::MoneySum| {
        vec![name, sum.paid.to_string(), sum.to_pay.to_string()]
    };
    let mut sums: Vec<Vec<String>> =
        sides.iter().map(|(id, sum)| row(whose(subject, id.as_ref()), sum)).collect();
    sums.push(row("In all".to_owned(), &all));
    page.heading(Level::Part, "What it comes to");
    page.table(["Goes to", "Paid", "Still to pay"], sums);
}

fn hours(subject: &Subject<'_>, page: &mut Document) {
    let entries = subject.records::<Contribution>(&mut page.private);
    page.heading(Level::Section, "Hours");
    let row = |entry: &&Contribution| {
        vec![
            text(&entry.what),
            side(subject, entry.side.as_ref()),
            entry.hours.map_or_else(|| super::TO_AGREE.to_owned(), |hours| hours.to_string()),
            entry.paid.words().to_owned(),
            entry.rate.as_ref().map(ToString::to_string).unwrap_or_default(),
            day(entry.on),
        ]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    nothing(page, &rows, "No hours are written down.");
    page.table(["What", "Whose time", "How long", "Paid or given", "Worth an hour", "When"], rows);
    let (sides, all) = hours_sums(entries);
    if sides.is_empty() {
        return;
    }
    let row = |name: String, sum: &crate::domain::query::HoursSum| {
        vec![name, time_in_words(sum.given), time_in_words(sum.paid), sum.worth.to_string()]
    };
    let mut sums: Vec<Vec<String>> =
        sides.iter().map(|(id, sum)| row(whose(subject, id.as_ref()), sum)).collect();
    if all.without_rate {
        page.note("Time that has no worth an hour is counted as time and not as money.");
    }
    sums.push(row("In all".to_owned(), &all));
    page.heading(Level::Part, "What it comes to in hours");
    page.table(["Whose time", "Given", "Paid", "Worth"], sums);
}
