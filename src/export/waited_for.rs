//! What is waited for: promises, things to do and money whose day has passed. Days are facts; nobody is blamed.

use jiff::civil::Date;

use super::cells::{nothing, side, text, who};
use super::document::Document;
use super::subject::Subject;
use super::{title, voices};
use crate::domain::{Action, ActionState, MoneyLine};
use crate::order::InOrder;

/// The list, longest waited for first.
pub fn list(subject: &Subject<'_>) -> Document {
    let mut list = Document::titled(format!("What is waited for: {}", title(subject)));
    let mut rows: Vec<(Date, Vec<String>)> = Vec::new();
    let past = |due: Option<Date>| due.filter(|due| *due < subject.today());
    let row = |on: Date, what: &str, by: String, to: String| {
        (on, vec![text(what), by, to, voices::day(on), waited(on, subject.today())])
    };
    for promise in subject.all_promises().into_iter().filter(|promise| promise.is_owed()) {
        if let Some(on) = past(promise.due) {
            let (by, to) = (side(subject, Some(&promise.by)), side(subject, Some(&promise.to)));
            rows.push(row(on, &promise.what, by, to));
        }
    }
    let actions = subject.records::<Action>(&mut list.private);
    for action in actions.into_iter().filter(|action| action.state == ActionState::Open) {
        if let Some(on) = past(action.due) {
            rows.push(row(on, &action.what, who(subject, action.lead.as_ref()), String::new()));
        }
    }
    let money = subject.records::<MoneyLine>(&mut list.private);
    for line in money.into_iter().filter(|line| line.paid.is_none()) {
        if let Some(on) = past(line.due) {
            let amount = line.amount.as_ref().map(|amount| format!(", {amount}")).unwrap_or_default();
            let what = format!("{}{amount}", text(&line.what));
            let (by, to) = (side(subject, line.held_by.as_ref()), side(subject, line.paid_to.as_ref()));
            rows.push(row(on, &what, by, to));
        }
    }
    rows.order();
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, row)| row).collect();
    nothing(&mut list, &rows, "Nothing is waited for.");
    list.table(["What", "From whom", "For whom", "Meant for", "Waited for"], rows);
    list
}

fn waited(on: Date, today: Date) -> String {
    match today.since(on).map(|span| span.get_days()) {
        Ok(1) => "1 day".to_owned(),
        Ok(days) => format!("{days} days"),
        Err(_) => String::new(),
    }
}
