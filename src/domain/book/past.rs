//! Undoing and doing again past notes that came in meanwhile: the notes stay, whatever the person takes back.
//!
//! A step was made for the workbook as it was without the notes, so its places in lists may be others now. It is done
//! where it leads to the same as it would have led to without them, the notes apart, and nowhere else.

use super::Step;
use crate::domain::edit::Edit;
use crate::domain::workbook::Workbook;

/// Edits, each with what takes it back, in the order in which they are done.
pub(super) type Pairs = Vec<(Edit, Edit)>;

/// The edits of `way`, made to fit the workbook as it is now, with `notes` in it that came in after they were made.
/// `None` where they and the notes hang on one another.
pub(super) fn past(now: &Workbook, notes: &[&Step], way: &[(Edit, Edit)]) -> Option<Pairs> {
    let mut without = now.clone();
    take_out(&mut without, notes)?;
    carry(&mut without, way.iter().map(|(edit, _)| edit))?;
    as_it_stands(now, notes, way, &without).or_else(|| notes_anew(now, notes, way, without))
}

/// The edits as they are. What they give must be what is wanted, once the notes are taken out, and the way back from there
/// must lead to how it is now: what comes back out of the bin goes to the place that the bin knows.
fn as_it_stands(now: &Workbook, notes: &[&Step], way: &[(Edit, Edit)], wanted: &Workbook) -> Option<Pairs> {
    let mut there = now.clone();
    let pairs = carry(&mut there, way.iter().map(|(edit, _)| edit))?;
    let mut back = there.clone();
    carry(&mut back, pairs.iter().rev().map(|(_, inverse)| inverse))?;
    take_out(&mut there, notes)?;
    (there == *wanted && back == *now).then_some(pairs)
}

/// What is wanted, with the notes put in anew: good where the way back from there leads to how it is now.
fn notes_anew(now: &Workbook, notes: &[&Step], way: &[(Edit, Edit)], wanted: Workbook) -> Option<Pairs> {
    let mut there = wanted;
    for note in notes {
        carry(&mut there, note.edits())?;
    }
    let back = carry(&mut there, way.iter().rev().map(|(_, inverse)| inverse))?;
    (there == *now).then(|| turned(back))
}

/// The same way, walked back.
pub(super) fn turned(pairs: Pairs) -> Pairs {
    pairs.into_iter().rev().map(|(edit, inverse)| (inverse, edit)).collect()
}

fn take_out(workbook: &mut Workbook, notes: &[&Step]) -> Option<()> {
    for note in notes.iter().rev() {
        carry(workbook, note.edits.iter().rev().map(|(_, inverse)| inverse))?;
    }
    Some(())
}

fn carry<'e>(workbook: &mut Workbook, edits: impl Iterator<Item = &'e Edit>) -> Option<Pairs> {
    edits.map(|edit| Some((edit.clone(), workbook.apply_again(edit.clone()).ok()?))).collect()
}
