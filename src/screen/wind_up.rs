//! Saying what has become of something that is to be wound up: done, let go for a reason, or still owed. What came from a
//! promise takes the promise along, as one step; letting one go asks first.

use super::words::{self, READ_ONLY};
use crate::command::{Ctx, Outcome};
use crate::domain::query::{promise_of, takes_along, wind_up};
use crate::domain::{Promise, WindUp, WindUpState};
use crate::overlay::{Menu, MenuRow, Prompt};

/// Offers what has become of it.
pub(super) fn mark(owed: &WindUp, ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let promise = promise_of(owed, workbook);
    let became = |state, said: &str| {
        let edits = Outcome::Edits(wind_up(owed, state, "", promise, ctx.today()));
        let along = promise.filter(|promise| takes_along(promise, state));
        Outcome::All(std::iter::once(edits).chain(along.map(|_| Outcome::Say(said.to_owned()))).collect())
    };
    let now = |state| if owed.state == state { "now" } else { "" };
    let done = became(WindUpState::Done, "Done, and the promise is kept with it.");
    let open = became(WindUpState::Open, "Still owed, and so is the promise.");
    let rows = vec![
        MenuRow::new(None, "Done", now(WindUpState::Done), done),
        MenuRow::new(None, "Waived, for a reason", now(WindUpState::Waived), waive(owed, promise, ctx)),
        MenuRow::new(None, "Still owed", now(WindUpState::Open), open),
    ];
    Outcome::Open(Box::new(Menu::new(words::or(&owed.what, "What has become of it?"), rows)))
}

/// Asks why it is let go; and where it came from a promise that is not over, whether that goes with it.
fn waive(owed: &WindUp, promise: Option<&Promise>, ctx: &Ctx<'_>) -> Outcome {
    let promise = promise.filter(|promise| promise.is_owed()).cloned();
    let (item, today) = (owed.clone(), ctx.today());
    let prompt = Prompt::new("Why is it let go?", &owed.why, move |why| {
        if why.trim().is_empty() {
            return Err("A few words are enough: somebody may ask one day.".to_owned());
        }
        let edits = |promise| Outcome::Edits(wind_up(&item, WindUpState::Waived, &why, promise, today));
        let Some(promise) = &promise else { return Ok(edits(None)) };
        let whose = if promise.is_ours() { "We promised it." } else { "They promised it." };
        let rows = vec![
            MenuRow::new(Some('y'), "Yes, with the same reason", "", edits(Some(promise))),
            MenuRow::new(Some('n'), "No, the promise stays open", "", edits(None)),
        ];
        Ok(Outcome::Open(Box::new(Menu::new(format!("{whose} Is the promise let go too?"), rows))))
    });
    Outcome::Open(Box::new(prompt.placeholder("they said that they would rather keep it so")))
}
