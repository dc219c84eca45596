//! A list with the form of the one in focus beside it: going between the two, into the fields and out again. What stands
//! in the list, and what the form shows, is the screen's own.

use super::{Form, FormField};
use crate::command::{Ctx, Outcome};

/// A screen that is a list with a form beside it. Its rows name these functions as they name its own.
pub trait Beside {
    /// Where the focus is in the form.
    fn form(&mut self) -> &mut Form;

    /// The fields of the one in focus; none where the list is empty.
    fn fields(&self, ctx: &Ctx<'_>) -> Vec<FormField>;

    /// Keeps to the one in focus, whatever comes into the list or leaves it while its form is open.
    fn hold(&mut self, _ctx: &Ctx<'_>) {}

    /// Into the form, to read.
    fn show_details(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.form().is_away() && !self.fields(ctx).is_empty() {
            self.hold(ctx);
            self.form().rest_at(0);
        }
        Outcome::Done
    }

    /// Out of the form.
    fn show_list(&mut self, _: &Ctx<'_>) -> Outcome {
        self.form().leave();
        Outcome::Done
    }

    /// Into the form, or out of it.
    fn other_part(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.form().is_away() { self.show_details(ctx) } else { self.show_list(ctx) }
    }

    /// One step back: out of the form, then out of the screen.
    fn back(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.form().is_away() { Outcome::Back } else { self.show_list(ctx) }
    }

    /// Does the obvious with the field in focus.
    fn edit(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.hold(ctx);
        let fields = self.fields(ctx);
        self.form().open(&fields, ctx)
    }

    /// On to the next field, and out after the last.
    fn accept(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let fields = self.fields(ctx);
        self.form().next(&fields, ctx)
    }

    /// On to a neighbouring field, none passed over.
    fn turn(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let fields = self.fields(ctx);
        self.form().turn(by, &fields, ctx)
    }

    /// Ends typing; the focus stays on the field.
    fn stop(&mut self, _: &Ctx<'_>) -> Outcome {
        self.form().stop();
        Outcome::Done
    }

    /// Moves the focus in the form by so many fields; false where the focus is in the list.
    fn step_in_form(&mut self, by: isize, ctx: &Ctx<'_>) -> bool {
        if self.form().is_away() {
            return false;
        }
        let fields = self.fields(ctx).len();
        self.form().step(by, fields);
        true
    }

    /// The workbook has changed from elsewhere; where nothing is in focus any more the form is left.
    fn sync_form(&mut self, ctx: &Ctx<'_>) {
        self.form().sync(ctx);
        if self.fields(ctx).is_empty() {
            self.form().leave();
        }
    }
}
