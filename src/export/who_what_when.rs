//! Who does what by when: the activities, and what is to be done.

use super::cells::{day, day_to_agree, nothing, sides, text, who};
use super::document::{Document, Level, Private};
use super::subject::Subject;
use super::title;
use crate::domain::query::activity_lacks;
use crate::domain::{Action, ActionState, Activity};
use crate::order::InOrder;

/// The sheet.
pub fn sheet(subject: &Subject<'_>) -> Document {
    let mut sheet = Document::titled(format!("Who, what, when: {}", title(subject)));
    activities(subject, &mut sheet);
    actions(subject, &mut sheet);
    sheet
}

fn activities(subject: &Subject<'_>, sheet: &mut Document) {
    let activities = subject.records::<Activity>(&mut sheet.private);
    let open: Vec<&Activity> = activities.into_iter().filter(|activity| activity.done.is_none()).collect();
    sheet.heading(Level::Section, "Activities");
    let row = |activity: &&Activity| {
        let until = activity.until.filter(|until| Some(*until) != activity.from);
        let when = match (activity.from, until) {
            (None, until) => day_to_agree(until),
            (from, None) => day(from),
            (from, until) => format!("{} to {}", day(from), day(until)),
        };
        vec![
            text(&activity.what),
            who(subject, activity.lead.as_ref()),
            sides(subject, &activity.sides),
            when,
            activity.place.clone(),
            activity_lacks(activity).join("; "),
        ]
    };
    let rows: Vec<Vec<String>> = open.iter().map(row).collect();
    nothing(sheet, &rows, "No activity is planned.");
    sheet.table(["What", "Who leads", "Who takes part", "When", "Where", "Still missing"], rows);
    for activity in open {
        let what = text(&activity.what);
        for (on, word) in [(activity.from, "begins"), (activity.until, "ends")] {
            if let Some(on) = on {
                sheet.date(format!("{}-{word}", activity.id), on, format!("{what}: {word}"));
            }
        }
    }
}

fn actions(subject: &Subject<'_>, sheet: &mut Document) {
    let actions = subject.records::<Action>(&mut sheet.private);
    let mut open: Vec<&Action> = actions.into_iter().filter(|a| a.state == ActionState::Open).collect();
    open.order_by_key(|action| (action.due.is_none(), action.due));
    sheet.heading(Level::Section, "To do");
    // an activity that is private is not named by what belongs to it
    let activities = subject.records::<Activity>(&mut Private::default());
    let part_of = |action: &Action| {
        let activity = activities.iter().find(|activity| Some(&activity.id) == action.activity.as_ref());
        activity.map(|activity| activity.what.clone()).unwrap_or_default()
    };
    let row = |action: &&Action| {
        vec![
            text(&action.what),
            who(subject, action.lead.as_ref()),
            day_to_agree(action.due),
            part_of(action),
        ]
    };
    let rows: Vec<Vec<String>> = open.iter().map(row).collect();
    nothing(sheet, &rows, "Nothing is to be done.");
    sheet.table(["What", "Who", "By when", "Part of"], rows);
    for action in open {
        if let Some(on) = action.due {
            sheet.date(&action.id, on, text(&action.what));
        }
    }
}
