//! What was decided: when, by whom, how, and where it is written.

use super::cells::{day_to_agree, nothing, text};
use super::document::Document;
use super::subject::Subject;
use super::title;
use crate::domain::Decision;
use crate::order::InOrder;

/// The log, earliest first.
pub fn log(subject: &Subject<'_>) -> Document {
    let mut log = Document::titled(format!("Decisions: {}", title(subject)));
    let mut decisions = subject.records::<Decision>(&mut log.private);
    decisions.order_by_key(|decision| (decision.on.is_none(), decision.on));
    let row = |decision: &Decision| {
        vec![
            day_to_agree(decision.on),
            text(&decision.what),
            text(&decision.by),
            decision.how.clone(),
            decision.minuted.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = decisions.into_iter().map(row).collect();
    nothing(&mut log, &rows, "No decision is written down yet.");
    log.table(["When", "What was decided", "By whom", "How", "Where it is written"], rows);
    log
}
