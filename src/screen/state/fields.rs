//! What is asked about a change of state, and what is said at its head.

use jiff::civil::Date;

use crate::command::Ctx;
use crate::domain::{Edit, PartnershipState, Pause, StateChange, StateField, TextPlace};
use crate::screen::form::FormField;
use crate::screen::words;

/// The fields of a change, by its place in the log.
pub(super) fn fields(at: usize, change: &StateChange) -> Vec<FormField> {
    let text = |field: StateField| FormField::text(field.label(), hint(field), TextPlace::State(at, field));
    let mut fields = vec![text(StateField::Ours), text(StateField::Theirs), text(StateField::DecidedBy)];
    if change.state == PartnershipState::Paused {
        let until = change.pause.as_ref().and_then(|pause| pause.until);
        let set = change.clone();
        fields.push(FormField::day("Look again on", until, move |day| with_until(at, &set, day)));
        // a pause of an older version has no more than its reasons until a day is set
        if change.pause.is_some() {
            fields.extend([StateField::Frozen, StateField::LightTouch, StateField::Restart].map(text));
        }
    }
    let set = change.clone();
    fields.push(FormField::day("From", Some(change.on), move |day| {
        let on = day.unwrap_or(set.on);
        Edit::SetState { at, change: StateChange { on, ..set.clone() } }
    }));
    fields
}

fn with_until(at: usize, change: &StateChange, until: Option<Date>) -> Edit {
    let pause = Pause { until, ..change.pause.as_deref().cloned().unwrap_or_default() };
    Edit::SetState { at, change: StateChange { pause: Some(Box::new(pause)), ..change.clone() } }
}

/// What is said above the fields.
pub(super) fn head(change: &StateChange, ctx: &Ctx<'_>) -> Vec<String> {
    let mut head = vec![format!("{} from {}.", change.state.word(), words::day(change.on, ctx.today()))];
    if let Some(pause) = &change.pause {
        let taken = &pause.snapshot;
        let kept = [
            (taken.standings.len(), "answer", "answers"),
            (taken.owed.len(), "promise owed", "promises owed"),
            (taken.people.len(), "person", "people"),
        ];
        let kept = kept.into_iter().filter(|(count, ..)| *count > 0);
        let kept: Vec<String> = kept.map(|(count, one, many)| words::count(count, one, many)).collect();
        if !kept.is_empty() {
            head.push(format!("How things stood that day is kept: {}.", words::listed(&kept)));
        }
    }
    head
}

fn hint(field: StateField) -> &'static str {
    match field {
        StateField::Ours => "in a sentence or two",
        StateField::Theirs => "in their own words where you have them",
        StateField::DecidedBy => "both together, or who",
        StateField::Frozen => "things, money, data; a line each",
        StateField::LightTouch => "one person on each side",
        StateField::Restart => "what would have to happen",
    }
}
