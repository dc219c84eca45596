//! What can be done about a difference: take it, keep ours, keep both, take all; and being done with a copy.

use super::{Beside, Differs, Kept, Versions, names};
use crate::command::{Ask, Ctx, Outcome};
use crate::domain::compare::{self, Difference, Thing};
use crate::domain::{Edit, VoiceKey, Workbook};
use crate::overlay::picker::{Item, Target};
use crate::overlay::{Choose, confirm};
use crate::screen::words::{self, READ_ONLY};
use crate::shelf::{Origin, Which};

impl Versions {
    pub(super) fn take(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some((differs, beside)), Some(now)) = (self.in_focus(), ctx.workbook()) else {
            return Outcome::Unused;
        };
        let what = format!("\u{2018}{}\u{2019} is", differs.said.what);
        match edits(&[&differs.difference], beside, now, ctx) {
            Ok(edits) => done(edits, &what, beside, ctx),
            Err(why) => Outcome::Say(why),
        }
    }

    pub(super) fn keep(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((differs, beside)) = self.in_focus() else { return Outcome::Unused };
        let (which, thing, said) =
            (beside.other.which.clone(), differs.difference.thing.clone(), differs.said.clone());
        let what = said.what.clone();
        self.kept.push(Kept { which, thing, said });
        self.compare(ctx);
        Outcome::Say(format!("\u{2018}{what}\u{2019} stays as it is here."))
    }

    pub(super) fn show_kept(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let which = self.beside.as_ref().map(|beside| beside.other.which.clone());
        self.kept.retain(|kept| Some(&kept.which) != which.as_ref());
        self.compare(ctx);
        Outcome::Done
    }

    pub(super) fn has_both(&self, ctx: &Ctx<'_>) -> bool {
        let (Some((differs, beside)), Some(now)) = (self.in_focus(), ctx.workbook()) else { return false };
        self.merges() && compare::both(now, &beside.workbook, &differs.difference, ctx.today()).is_some()
    }

    pub(super) fn both(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some((differs, beside)), Some(now)) = (self.in_focus(), ctx.workbook()) else {
            return Outcome::Unused;
        };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let there = &beside.workbook;
        let Some(edits) = compare::both(now, there, &differs.difference, ctx.today()) else {
            return Outcome::Unused;
        };
        let after = match tried(now, &edits) {
            Ok(after) => after,
            Err(why) => return Outcome::Say(why),
        };
        // it still differs, since ours has more now; with both kept it is out of the way, until ours is another again
        let said = compare::words(&differs.difference, &after, there, ctx.content);
        let (which, thing) = (beside.other.which.clone(), differs.difference.thing.clone());
        let (what, undo) = (differs.said.what.clone(), ctx.keymap.shown("global.undo"));
        let proposed = match thing {
            Thing::Voice(_, VoiceKey::Agreed) => " It is a proposal until both have said yes.",
            _ => "",
        };
        self.kept.push(Kept { which, thing, said });
        let words = format!("\u{2018}{what}\u{2019} has both now.{proposed} {undo} takes it back.");
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(words)])
    }

    /// Everything that the other one says; what would go, or is ours to say, only once it was named.
    pub(super) fn take_all(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some((_, beside)), Some(now)) = (self.in_focus(), ctx.workbook()) else {
            return Outcome::Unused;
        };
        let (rest, says): (Vec<&Differs>, Vec<&Differs>) =
            self.differs.iter().partition(|differs| differs.lacks || differs.about_us);
        let of = |some: &[&Differs]| -> Result<Vec<Edit>, String> {
            let some: Vec<&Difference> = some.iter().map(|differs| &differs.difference).collect();
            edits(&some, beside, now, ctx)
        };
        let whole: Vec<&Differs> = self.differs.iter().collect();
        let (some, all) = match (of(&says), of(&whole)) {
            (Ok(some), Ok(all)) => (some, all),
            (Err(why), _) | (_, Err(why)) => return Outcome::Say(why),
        };
        let as_there = names::as_there(&beside.other, beside.partner.as_ref(), ctx);
        let undo = ctx.keymap.shown("global.undo");
        let count = |n| words::count(n, "thing", "things");
        let mut rows = Vec::new();
        if !says.is_empty() {
            let what = if rest.is_empty() { "Everything is" } else { "All that it says is" };
            let words = if rest.is_empty() { "Take it all" } else { "Take these, leave the rest" };
            rows.push(('b', words, done(some, what, beside, ctx)));
        }
        let question = match (says.len(), rest.len()) {
            (says, 0) => format!("{} {as_there}? One step, {undo} takes it back.", count(says)),
            (0, rest) => format!(
                "{} {as_there}? {} ours.",
                count(rest),
                if rest == 1 { "It costs" } else { "They cost" }
            ),
            (says, n) => {
                let what = match (rest.iter().all(|d| d.lacks), beside.other.origin) {
                    (true, Origin::Past) => "new since",
                    (true, _) => "only here",
                    (false, _) => "ours to say",
                };
                let (is, stays) = if n == 1 { ("is", "stays") } else { ("are", "stay") };
                format!("{} {as_there}? One step; {n} that {is} {what} {stays}.", count(says))
            }
        };
        if !rest.is_empty() {
            let all = done(all, "Everything is", beside, ctx);
            rows.push(('r', "All of it: see first what goes", self.named(&rest, all, ctx)));
        }
        Outcome::Open(Box::new(confirm(question, "Leave it as it is now", rows)))
    }

    /// A page that names what taking everything would cost, before it is done.
    fn named(&self, rest: &[&Differs], all: Outcome, ctx: &Ctx<'_>) -> Outcome {
        let list = |is: fn(&&&Differs) -> bool| {
            let names: Vec<String> =
                rest.iter().filter(is).map(|differs| super::draw::name(&differs.said)).collect();
            names.join("; ")
        };
        let (goes, changes) = (list(|differs| differs.lacks), list(|differs| !differs.lacks));
        let mut words = Vec::new();
        if !goes.is_empty() {
            words.push(format!(
                "These are not there, and would go here, to the bin or to the earlier versions: {goes}."
            ));
        }
        if !changes.is_empty() {
            words.push(format!("These are ours to say, and would be said their way: {changes}."));
        }
        let items = ["Leave it as it is now", "Take all of it, these too"];
        let items = items.map(|words| Item::new("", words, Target::Asker)).to_vec();
        let once = std::cell::Cell::new(Some(all));
        let page = Choose::new(self.crumbs_of(ctx), "Shall these go, too?", items, move |n, _| match n {
            0 => Outcome::Done,
            _ => once.take().unwrap_or(Outcome::Done),
        });
        Outcome::Open(Box::new(page.preface(words.join(" "))))
    }

    fn crumbs_of(&self, ctx: &Ctx<'_>) -> Vec<String> {
        crate::layer::Layer::crumbs(self, ctx)
    }

    /// Offers to put the copy away, which asks once more as long as something is left to take.
    pub(super) fn put_away(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(Beside { other, .. }) = &self.beside else { return Outcome::Unused };
        let Which::Copy(name) = &other.which else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let left = self.left_to_take();
        let act = Outcome::Ask(Ask::PutAway(name.clone()));
        if left == 0 {
            return act;
        }
        let question = format!(
            "{} not taken. Put the copy away all the same?",
            words::count(left, "thing is", "things are")
        );
        Outcome::Open(Box::new(confirm(
            question,
            "Leave it beside the workbook",
            [('p', "Put it into the history", act)],
        )))
    }

    /// How many differences say something that is not here.
    pub(super) fn left_to_take(&self) -> usize {
        self.differs.iter().filter(|differs| !differs.lacks).count()
    }
}

/// What is to be known about taking a difference.
pub(super) fn remarks(differs: &Differs, beside: &Beside, ctx: &Ctx<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    if beside.other.origin == Origin::Past {
        return remarks;
    }
    if differs.lacks {
        remarks.push(
            "It only lacks this. Taking it would take this away here; keeping ours changes nothing."
                .to_owned(),
        );
    }
    if let (true, Some(partner), Some(workbook)) = (differs.about_us, &beside.partner, ctx.workbook()) {
        let who = crate::domain::query::side(workbook, partner);
        remarks.push(format!("{} changed what is ours to say.", words::capital(&who)));
    }
    if matches!(differs.difference.thing, Thing::Voice(_, VoiceKey::Agreed)) {
        remarks.push("Taking a wording is a proposal: nobody agrees by it until they say so.".to_owned());
    }
    remarks
}

/// The edits that take some of what differs, or why that cannot be.
fn edits(
    chosen: &[&Difference],
    beside: &Beside,
    now: &Workbook,
    ctx: &Ctx<'_>,
) -> Result<Vec<Edit>, String> {
    if !ctx.writable {
        return Err(READ_ONLY.to_owned());
    }
    let chosen: Vec<Difference> = chosen.iter().map(|difference| (*difference).clone()).collect();
    let take = if beside.other.origin == Origin::Past { compare::take } else { compare::merge };
    let edits = take(now, &beside.workbook, &chosen, ctx.today());
    tried(now, &edits)?;
    Ok(edits)
}

/// The workbook after the edits, tried on a copy.
fn tried(now: &Workbook, edits: &[Edit]) -> Result<Workbook, String> {
    let mut tried = now.clone();
    for edit in edits {
        let done = tried.apply(edit.clone());
        done.map_err(|why| format!("That cannot be taken: {why}. Nothing was changed."))?;
    }
    Ok(tried)
}

fn done(edits: Vec<Edit>, what: &str, beside: &Beside, ctx: &Ctx<'_>) -> Outcome {
    let as_there = names::as_there(&beside.other, beside.partner.as_ref(), ctx);
    let undo = ctx.keymap.shown("global.undo");
    let said = format!("{what} {as_there}. {undo} takes it back.");
    Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
}
