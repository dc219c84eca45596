//! This workbook beside another one of the same id: itself on an earlier day, another copy of it, what another program had
//! made of it, a partner's copy that came back. What differs, taking it, and being done with it.
//!
//! Somebody else reads what there is and tells it as news; this screen compares, shows and asks for the edits. What
//! differs, in which words, and how it is taken is `domain::compare`. What is taken or kept is in `merge`. The versions of
//! an agreement are something else: see `agreement/versions.rs`.

mod draw;
mod merge;
mod names;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{prompts, words};
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::compare::{self, Difference, Said, Stands, Thing};
use crate::domain::{PartnerId, QuestionId, VoiceKey, Workbook};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::overlay::Choose;
use crate::overlay::picker::{Item, Target};
use crate::overlay::reader::{Block, Reader};
use crate::shelf::{News, Origin, Other, Which};
use crate::widget::list::List;

/// What the workbook can be set beside, and what differs from one of them.
#[derive(Debug, Default)]
pub struct Versions {
    /// What there is, newest first; `None` until it is known.
    others: Option<Vec<Other>>,
    /// Versions that are kept and cannot be read.
    unreadable: usize,
    /// Why nothing can be shown, in words.
    trouble: Option<String>,
    /// The one that was asked for.
    asked: Option<Which>,
    beside: Option<Beside>,
    /// What differs and is not out of the way; what the other one only lacks comes last, unless it is a day.
    differs: Vec<Differs>,
    /// What was kept as it is here.
    kept: Vec<Kept>,
    /// How many of what differs are out of the way because they were kept.
    out_of_the_way: usize,
    list: List,
    /// The answer from which it was opened.
    from: Option<(QuestionId, VoiceKey)>,
}

/// The other one.
#[derive(Debug)]
struct Beside {
    other: Other,
    /// The day of the last change that it holds, where later ones may be missing.
    only_up_to: Option<Date>,
    /// As it was read.
    read: Arc<Workbook>,
    /// The partner whose copy it is, where one came back.
    partner: Option<PartnerId>,
    /// As it is compared: of a partner's copy what it says, laid over how ours is now.
    workbook: Workbook,
}

/// Something that differs, as it is listed.
#[derive(Debug)]
struct Differs {
    difference: Difference,
    said: Said,
    /// The other one says nothing that is not here.
    lacks: bool,
    /// It is in a partner's copy, and not theirs to say.
    about_us: bool,
}

/// A difference that somebody is done with, as long as it says the same.
#[derive(Debug)]
struct Kept {
    which: Which,
    thing: Thing,
    said: Said,
}

pub(super) const ROWS: &[Command<Versions>] = &[
    command("versions.open", &["enter"], "Show this one whole, there and here", Versions::open)
        .footer(1, "whole")
        .when(|s, _| s.in_focus().is_some())
        .words("read compare difference then now"),
    command("versions.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command(
        "versions.older",
        &["left", "h"],
        "Set the one before it in time beside this",
        |s: &mut Versions, _| s.turn(1),
    )
    .footer(6, "older")
    .words("day before earlier past")
    .when(|s, _| s.can_turn()),
    command(
        "versions.newer",
        &["right", "l"],
        "Set the one after it in time beside this",
        |s: &mut Versions, _| s.turn(-1),
    )
    .footer(9, "newer")
    .words("day after later")
    .when(|s, _| s.can_turn()),
    command(
        "versions.choose",
        &["o"],
        "Choose what to set beside this: days, copies, a file",
        Versions::choose,
    )
    .footer(8, "others")
    .words("versions copies conflict list days"),
    command("versions.file", &["f"], "Choose a file to set beside this: a copy that came back", |_, _| {
        prompts::set_beside()
    })
    .words("partner copy returned merge import read back"),
    command("versions.take", &["B"], "Take this one as it is there", Versions::take)
        .footer(3, "take")
        .words("bring back restore revert return theirs merge accept")
        .when(|s, _| s.in_focus().is_some())
        .changes(),
    command("versions.keep", &["K"], "Keep ours: it is out of the way in this list", Versions::keep)
        .footer(3, "keep ours")
        .words("mine reject ignore leave")
        .when(|s, _| s.merges() && s.in_focus().is_some()),
    command(
        "versions.both",
        &["+"],
        "Keep both: ours, then theirs as a paragraph of its own",
        Versions::both,
    )
    .footer(6, "both")
    .words("join merge together")
    .when(Versions::has_both)
    .changes(),
    command(
        "versions.take-all",
        &["A"],
        "Take everything from there, once that is confirmed",
        Versions::take_all,
    )
    .footer(5, "all of it")
    .words("bring back restore revert whole workbook merge")
    .when(|s, _| s.in_focus().is_some())
    .changes(),
    command("versions.show-kept", &["s"], "Show again what was kept as ours", Versions::show_kept)
        .footer(5, "show kept")
        .words("again reset")
        .when(|s, _| s.out_of_the_way > 0),
    command("versions.put-away", &["M"], "Done with this copy: move it into the history", Versions::put_away)
        .footer(6, "put away")
        .words("finish done archive remove conflict copy")
        .when(|s, _| s.can_go())
        .changes(),
    command("versions.down", &["down", "j"], "To the next one", |s: &mut Versions, _| s.step(1)),
    command("versions.up", &["up", "k"], "To the one before", |s: &mut Versions, _| s.step(-1)),
    command("versions.page-down", &["pagedown"], "A page down", |s: &mut Versions, _| s.step_pages(1)),
    command("versions.page-up", &["pageup"], "A page up", |s: &mut Versions, _| s.step_pages(-1)),
    command("versions.first", &["home", "g g"], "To the first one", |s: &mut Versions, _| s.step(isize::MIN)),
    command("versions.last", &["end", "G"], "To the last one", |s: &mut Versions, _| s.step(isize::MAX)),
];

impl Versions {
    /// At an answer, where one is given, on the newest day on which it was another; otherwise beside what matters most.
    pub fn new(from: Option<(QuestionId, VoiceKey)>) -> Self {
        Self { from, ..Self::default() }
    }

    /// Beside this one.
    #[must_use]
    pub fn beside(self, which: Option<Which>) -> Self {
        Self { asked: which, ..self }
    }

    /// What it wants to be told before anything can be shown.
    pub fn wants(&self) -> Ask {
        let question = self.from.as_ref().map(|(question, _)| question.clone());
        Ask::Past { which: self.asked.clone(), question }
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.list.by(by, self.differs.len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize) -> Outcome {
        self.list.by_pages(pages, self.differs.len());
        Outcome::Done
    }

    /// Whether there is anything to set beside this.
    fn has_others(&self) -> bool {
        self.others.as_ref().is_some_and(|others| !others.is_empty())
    }

    /// Whether there is another one to turn to.
    fn can_turn(&self) -> bool {
        let shown = usize::from(self.beside.is_some());
        self.others.as_ref().is_some_and(|others| others.len() > shown)
    }

    /// Whether it is beside something that somebody else may have written, and not beside its own past.
    fn merges(&self) -> bool {
        self.beside.as_ref().is_some_and(|beside| beside.other.origin != Origin::Past)
    }

    /// Whether the other one lies in the folder and can be put away.
    fn can_go(&self) -> bool {
        self.beside.as_ref().is_some_and(|beside| beside.other.origin == Origin::Copy)
    }

    /// So many on in the list, which begins with the newest.
    fn turn(&mut self, by: isize) -> Outcome {
        let others = self.others.as_deref().unwrap_or_default();
        let at = self.asked.as_ref().and_then(|which| others.iter().position(|there| there.which == *which));
        let to = at.unwrap_or_default().checked_add_signed(by).and_then(|to| others.get(to));
        match to.map(|other| other.which.clone()) {
            Some(which) => {
                self.asked = Some(which.clone());
                Outcome::Ask(Ask::Past { which: Some(which), question: None })
            }
            None if by > 0 => Outcome::Say("Nothing older is kept.".to_owned()),
            None => Outcome::Say("That is the newest; how it is today is beside it.".to_owned()),
        }
    }

    /// A list of what there is.
    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let others = self.others.clone().unwrap_or_default();
        let mut items: Vec<Item> = others
            .iter()
            .map(|other| Item::new("", names::in_list(other, ctx.today()), Target::Asker))
            .collect();
        items.push(Item::new("", "A file: a copy that came back, or one from elsewhere", Target::Asker));
        // whichever it is, its news is waited for
        self.asked = None;
        let choose = Choose::new(self.crumbs(ctx), "What shall stand beside it?", items, move |n, _| {
            match others.get(n) {
                Some(other) => Outcome::Ask(Ask::Past { which: Some(other.which.clone()), question: None }),
                None => prompts::set_beside(),
            }
        });
        Outcome::Open(Box::new(choose))
    }

    /// The difference in focus, and the other one.
    fn in_focus(&self) -> Option<(&Differs, &Beside)> {
        Some((self.differs.get(self.list.focus(self.differs.len()))?, self.beside.as_ref()?))
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((differs, beside)) = self.in_focus() else { return Outcome::Unused };
        let Differs { difference, said, .. } = differs;
        let (there, here) = names::sides_whole(&beside.other, beside.partner.as_ref(), ctx);
        let mut blocks = side(&there, difference.other, said, |row| &row.other);
        blocks.push(Block::Space);
        blocks.extend(side(&here, difference.now, said, |row| &row.now));
        let remarks = merge::remarks(differs, beside, ctx);
        if !remarks.is_empty() {
            blocks.push(Block::Space);
            blocks.extend(remarks.into_iter().map(Block::Quiet));
        }
        Outcome::Open(Box::new(Reader::new(self.crumbs(ctx), draw::name(said), blocks)))
    }

    fn compare(&mut self, ctx: &Ctx<'_>) {
        (self.differs, self.out_of_the_way) = (Vec::new(), 0);
        let (Some(beside), Some(now)) = (&mut self.beside, ctx.workbook()) else { return };
        if beside.partner.is_some() {
            match compare::with_what_a_partner_says(now, &beside.read) {
                Some((_, said)) => beside.workbook = said,
                // they take part no longer: what it says is nobody's here
                None => beside.workbook = now.clone(),
            }
        }
        let there = &beside.workbook;
        let of_itself = beside.other.origin == Origin::Past;
        let all = match of_itself {
            true => compare::differences(now, there),
            false => compare::differences_of_copy(now, there),
        };
        let mut all: Vec<Differs> = all
            .into_iter()
            .map(|difference| Differs {
                said: compare::words(&difference, now, there, ctx.content),
                lacks: compare::only_lacks(&difference, now, there, ctx.content),
                about_us: beside
                    .partner
                    .as_ref()
                    .is_some_and(|of| !compare::is_theirs(&difference, of, now, there)),
                difference,
            })
            .collect();
        let every = all.len();
        let which = &beside.other.which;
        all.retain(|d| !self.kept.iter().any(|kept| kept.is(which, d)));
        self.out_of_the_way = every - all.len();
        if !of_itself {
            all.order_by_key(|differs| (differs.lacks, differs.about_us));
        }
        self.differs = all;
    }

    /// The answer from which it was opened comes into focus.
    fn focus_on_answer(&mut self) {
        let Some((question, voice)) = &self.from else { return self.list.set(0) };
        let very = |d: &Differs| d.difference.thing == Thing::Voice(question.clone(), voice.clone());
        let near = |d: &Differs| d.difference.thing.question() == Some(question);
        let at = self.differs.iter().position(very);
        self.list.set(at.or_else(|| self.differs.iter().position(near)).unwrap_or_default());
    }

    fn show(&mut self, beside: Beside, ctx: &Ctx<'_>) {
        self.asked = Some(beside.other.which.clone());
        self.trouble = None;
        self.beside = Some(beside);
        self.compare(ctx);
        self.focus_on_answer();
    }
}

impl Kept {
    fn is(&self, which: &Which, differs: &Differs) -> bool {
        self.which == *which && self.thing == differs.difference.thing && self.said == differs.said
    }
}

/// One side of a difference as a page.
fn side(heading: &str, stands: Stands, said: &Said, words: impl Fn(&compare::Row) -> &String) -> Vec<Block> {
    let place = if stands == Stands::There { String::new() } else { format!(": {}", stands.words()) };
    let mut blocks = vec![Block::Heading(format!("{heading}{place}"))];
    for row in &said.rows {
        match (row.label.is_empty(), words(row).trim()) {
            (_, "") => {}
            (true, text) => blocks.push(Block::Text(text.to_owned())),
            (false, text) => blocks.push(Block::Text(format!("{}: {text}", row.label))),
        }
    }
    if let [_] = blocks.as_slice() {
        blocks.push(Block::Quiet("Nothing stands there.".to_owned()));
    }
    blocks
}

impl Layer for Versions {
    fn scope(&self) -> &'static str {
        "versions"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| workbook.title());
        let last = if self.merges() { "Another copy" } else { "As it was" };
        vec![words::or(title, "No title yet").to_owned(), last.to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.compare(ctx);
    }

    fn told(&mut self, news: &News, ctx: &Ctx<'_>) {
        match news {
            News::Others { others, unreadable } => {
                // the one that was shown may have been put away
                let gone = |beside: &Beside| !others.iter().any(|other| other.which == beside.other.which);
                if self.beside.as_ref().is_some_and(gone) {
                    self.beside = None;
                    self.asked = None;
                    self.compare(ctx);
                }
                self.others = Some(others.clone());
                self.unreadable = *unreadable;
                self.trouble = None;
            }
            News::Beside { other, only_up_to, workbook, from }
                if self.asked.as_ref().is_none_or(|asked| *asked == other.which) =>
            {
                let is_its = ctx.workbook().is_some_and(|now| now.id() == workbook.id());
                if is_its {
                    let read = Arc::clone(workbook);
                    let (other, only_up_to, partner) = (other.clone(), *only_up_to, from.clone());
                    let workbook = Workbook::clone(&read);
                    self.show(Beside { other, only_up_to, read, partner, workbook }, ctx);
                }
            }
            News::NoPast(why) => self.trouble = Some(why.clone()),
            News::Beside { .. } | News::Found { .. } => {}
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
