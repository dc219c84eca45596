//! The versions of the agreement: what was agreed, by whom, until when; agreed today; and any two side by side.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{
    ClauseNow, HowChanged, NewVersion, agreed_today, compare, in_force, now_as_version, paper, side,
    since_agreed, versions, weigh,
};
use crate::domain::{
    Agreement, AgreementForm, Edit, Family, Partner, PartnerId, QuestionId, RecordId, Workbook,
};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::overlay::reader::{Block, Reader};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::page::{self, Pen};
use crate::screen::{prompts, words};
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text::{below, put, right_of, row, wrap};

/// The versions, and before them the words as they stand now.
#[derive(Debug)]
pub struct VersionsScreen {
    list: List,
    /// A version to put into focus as soon as the workbook is known.
    wanted: Option<RecordId>,
}

pub(in crate::screen) const ROWS: &[Command<VersionsScreen>] = &[
    command("agreement-versions.open", &["enter"], "Read this version", VersionsScreen::read)
        .footer(1, "read"),
    command("agreement-versions.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command(
        "agreement-versions.agreed",
        &["n"],
        "Agreed today: keep the words as they stand",
        VersionsScreen::agree,
    )
    .footer(3, "agreed today")
    .when(|_, ctx| ctx.writable)
    .changes()
    .words("new version sign signed yes"),
    command("agreement-versions.compare", &["c"], "Lay it beside another version", VersionsScreen::compare)
        .footer(5, "compare")
        .words("difference changes amended")
        .when(|_, ctx| ctx.workbook().is_some_and(|w| w.how_many(Family::Agreement) > 0)),
    command(
        "agreement-versions.edit",
        &["e"],
        "Change who agreed, the days, the remark",
        VersionsScreen::edit,
    )
    .footer(6, "details")
    .words("review by agreed on remark bin remove")
    .when(|s, ctx| ctx.writable && s.version(ctx).is_some()),
    command(
        "agreement-versions.down",
        &["down", "j"],
        "To the next version",
        |s: &mut VersionsScreen, ctx| s.by(1, ctx),
    ),
    command("agreement-versions.up", &["up", "k"], "To the version before", |s: &mut VersionsScreen, ctx| {
        s.by(-1, ctx)
    }),
    command(
        "agreement-versions.first",
        &["home", "g g"],
        "To the words as they stand",
        |s: &mut VersionsScreen, ctx| s.by(isize::MIN, ctx),
    ),
    command(
        "agreement-versions.last",
        &["end", "G"],
        "To the first version",
        |s: &mut VersionsScreen, ctx| s.by(isize::MAX, ctx),
    ),
];

/// A wording that can be laid beside another: a version, or the words as they stand.
struct Wording {
    name: String,
    clauses: BTreeMap<QuestionId, String>,
}

impl VersionsScreen {
    /// At one of the versions, or at the words as they stand.
    pub fn new(at: Option<RecordId>) -> Self {
        Self { list: List::default(), wanted: at }
    }

    fn len(ctx: &Ctx<'_>) -> usize {
        1 + ctx.workbook().map_or(0, |workbook| workbook.how_many(Family::Agreement))
    }

    fn by(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(rows, Self::len(ctx));
        Outcome::Done
    }

    /// The version in focus; `None` on the words as they stand.
    fn version<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Agreement> {
        let n = self.list.focus(Self::len(ctx)).checked_sub(1)?;
        versions(ctx.workbook()?).into_iter().nth(n)
    }

    fn read(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let (wording, facts) = match self.version(ctx) {
            Some(version) => (of(version, ctx), facts(version, workbook, ctx.today())),
            None => (as_it_stands(ctx), Vec::new()),
        };
        let mut blocks: Vec<Block> = facts.into_iter().map(Block::Quiet).collect();
        let clauses = wording.clauses.iter();
        let mut clauses: Vec<_> =
            clauses.map(|(question, text)| (number(question), question, text)).collect();
        clauses.order();
        for (_, question, text) in clauses {
            blocks.extend([
                Block::Space,
                Block::Heading(short(question, ctx).to_owned()),
                Block::Text(text.clone()),
            ]);
        }
        if wording.clauses.is_empty() {
            blocks.push(Block::Text("No clause has any words yet.".to_owned()));
        }
        Outcome::Open(Box::new(Reader::new(self.crumbs(ctx), wording.name, blocks)))
    }

    fn edit(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let version = self.version(ctx);
        version.map_or(Outcome::Unused, |v| Outcome::Go(Go::Records(Family::Agreement, Some(v.id.clone()))))
    }

    /// Asks beside which other wording; with only one other there is nothing to ask.
    fn compare(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let mut all: Vec<Wording> = vec![as_it_stands(ctx)];
        all.extend(versions(workbook).into_iter().map(|version| of(version, ctx)));
        let here = self.list.focus(all.len());
        let reader = |n: usize| {
            // the later one stands first in the list
            let (then, now) = (all.get(here.max(n))?, all.get(here.min(n))?);
            Some(Outcome::Open(Box::new(side_by_side(self.crumbs(ctx), then, now, ctx))))
        };
        let others: Vec<usize> = (0..all.len()).filter(|n| *n != here).collect();
        if let [only] = others.as_slice() {
            return reader(*only).unwrap_or(Outcome::Unused);
        }
        let rows = others.into_iter().filter_map(|n| {
            let letter = char::from_digit(u32::try_from(n).ok()?, 10).filter(|_| n > 0);
            Some(MenuRow::new(letter, all.get(n)?.name.clone(), "", reader(n)?))
        });
        Outcome::Open(Box::new(Menu::new("Beside which?", rows.collect())))
    }

    fn agree(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let partners = workbook.partners();
        if partners.is_empty() {
            let keys = ctx.keymap.shown("global.go-people");
            return Outcome::Say(format!("It takes two to agree. {keys}, then n, adds a partner."));
        }
        if now_as_version(&clauses(workbook, ctx)).is_empty() {
            return Outcome::Say("No clause has any words yet, so there is nothing to agree to.".to_owned());
        }
        let all: Vec<&Partner> = partners.iter().collect();
        if let [only] = all.as_slice() {
            return ask_by(workbook, &[only], ctx);
        }
        let everybody = MenuRow::new(Some('a'), "All of us", "", ask_by(workbook, &all, ctx));
        let single = partners.iter().enumerate().map(|(n, partner)| {
            let letter = char::from_digit(u32::try_from(n + 1).unwrap_or(99), 10);
            let name = words::or(&partner.name, "A partner without a name");
            MenuRow::new(letter, format!("{name} and we"), "", ask_by(workbook, &[partner], ctx))
        });
        let rows = [everybody].into_iter().chain(single).collect();
        Outcome::Open(Box::new(Menu::new("Who has agreed today?", rows)))
    }
}

fn clauses<'a>(workbook: &Workbook, ctx: &Ctx<'a>) -> Vec<ClauseNow<'a>> {
    let weighed = weigh(workbook, ctx.content);
    paper(workbook, ctx.content, &weighed, weighed.form, false)
}

fn as_it_stands(ctx: &Ctx<'_>) -> Wording {
    let clauses = ctx.workbook().map(|workbook| now_as_version(&clauses(workbook, ctx))).unwrap_or_default();
    Wording { name: "The words as they stand now".to_owned(), clauses }
}

fn of(version: &Agreement, ctx: &Ctx<'_>) -> Wording {
    Wording { name: name(version, ctx.today()), clauses: version.clauses.clone() }
}

/// "Version 2, agreed 3 March".
fn name(version: &Agreement, today: Date) -> String {
    let number = version.number.map_or_else(|| "A version".to_owned(), |number| format!("Version {number}"));
    match version.agreed {
        Some(on) => format!("{number}, agreed {}", words::day(on, today)),
        None => format!("{number}, proposed"),
    }
}

/// By whom, in which form, until when, in place of what.
fn facts(version: &Agreement, workbook: &Workbook, today: Date) -> Vec<String> {
    let mut facts = Vec::new();
    if version.form != AgreementForm::Suggested {
        facts.push(version.form.title());
    }
    let sides: Vec<String> = version.agreed_by.iter().map(|id| side(workbook, id)).collect();
    if !sides.is_empty() {
        facts.push(format!("Agreed by {}", words::listed(&sides)));
    }
    if !version.by.trim().is_empty() {
        facts.push(format!("For them: {}", version.by.trim()));
    }
    facts.extend(version.review_by.map(|on| format!("Look again by {}", words::day(on, today))));
    let before =
        version.supersedes.as_ref().and_then(|id| versions(workbook).into_iter().find(|v| v.id == *id));
    facts.extend(before.map(|before| format!("In place of {}", lower(&name(before, today)))));
    if !version.remark.trim().is_empty() {
        facts.push(version.remark.trim().to_owned());
    }
    facts
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn number(question: &QuestionId) -> u32 {
    question.as_str().rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(u32::MAX)
}

fn short<'a>(question: &QuestionId, ctx: &Ctx<'a>) -> &'a str {
    ctx.content.question(question.as_str()).map_or("A clause of another version", |question| &question.short)
}

/// Two wordings, clause by clause, in words.
fn side_by_side(crumbs: Vec<String>, then: &Wording, now: &Wording, ctx: &Ctx<'_>) -> Reader {
    let changes = compare(&then.clauses, &now.clauses);
    let (same, differ): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.how == HowChanged::Same);
    let mut blocks =
        vec![Block::Quiet(format!("Then: {}. Now: {}.", then.name, lower(&now.name))), Block::Space];
    if differ.is_empty() {
        blocks.push(Block::Text("Nothing is different.".to_owned()));
    }
    for change in differ {
        blocks.push(Block::Heading(format!("{}: {}", short(change.question, ctx), change.how.words())));
        for (when, text) in [("Then", change.then), ("Now", change.now)] {
            if !text.is_empty() {
                blocks.push(Block::Text(format!("{when}: {text}")));
            }
        }
        blocks.push(Block::Space);
    }
    if !same.is_empty() {
        let names: Vec<&str> = same.iter().map(|change| short(change.question, ctx)).collect();
        blocks.push(Block::Quiet(format!("As it was: {}.", names.join(", "))));
    }
    Reader::new(crumbs, "What is different", blocks)
}

/// Asks who agreed for each side, then until when, and keeps the version.
fn ask_by(workbook: &Workbook, partners: &[&Partner], ctx: &Ctx<'_>) -> Outcome {
    let sides: Vec<PartnerId> =
        [PartnerId::us()].into_iter().chain(partners.iter().map(|partner| partner.id.clone())).collect();
    let weighed = weigh(workbook, ctx.content);
    let paper = clauses(workbook, ctx);
    let version = NewVersion {
        id: ctx.ids.record(),
        form: weighed.form,
        sides: sides.clone(),
        by: String::new(),
        review_by: None,
    };
    let today = ctx.today();
    let (edits, record) = agreed_today(workbook, &paper, version, today);
    let left: usize = paper.iter().filter(|now| now.needed && now.words.text().is_none()).count();
    let undo = ctx.keymap.shown("global.undo");
    let again = workbook.look_again("reviewing").filter(|on| *on > today);
    let again = again.or_else(|| today.checked_add(1.year()).ok());
    let prompt =
        Prompt::new("Who agreed for each side, by role?", &roles(workbook, &sides, today), move |by| {
            let (edits, record, undo) = (edits.clone(), Agreement { by, ..record.clone() }, undo.clone());
            Ok(prompts::day("When do we look at it again?", again, today, move |review_by| {
                let record = Agreement { review_by, ..record.clone() };
                let number = record.number.unwrap_or(1);
                let mut edits = edits.clone();
                edits.push(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX });
                let still = match left {
                    0 => String::new(),
                    1 => " 1 clause is still to agree.".to_owned(),
                    n => format!(" {n} clauses are still to agree."),
                };
                let said = format!("Version {number} is kept as it stands.{still} {undo} takes it back.");
                Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
            }))
        });
    let hint = "By role: people change, and the paper stays. It may stay empty.";
    Outcome::Open(Box::new(prompt.hint(hint).placeholder("the producer, the co-ordinator")))
}

/// The roles of the people of some sides who are there.
fn roles(workbook: &Workbook, sides: &[PartnerId], today: Date) -> String {
    let of = |id: &PartnerId| {
        let people =
            workbook.people().iter().filter(|person| person.partner == *id && person.is_there(today));
        let role = people.map(|person| person.role.trim()).find(|role| !role.is_empty())?;
        Some(format!("{role} ({})", side(workbook, id)))
    };
    sides.iter().filter_map(of).collect::<Vec<_>>().join(", ")
}

impl Layer for VersionsScreen {
    fn scope(&self) -> &'static str {
        "agreement-versions"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| workbook.title());
        vec![words::or(title, "No title yet").to_owned(), "Agreement".to_owned(), "Versions".to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        let Some(wanted) = self.wanted.take() else { return };
        let all = ctx.workbook().map(versions).unwrap_or_default();
        self.list.set(all.iter().position(|version| version.id == wanted).map_or(0, |n| n + 1));
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let workbook = ctx.workbook()?;
        let area = page::page(area);
        let all = versions(workbook);
        let mut pen = Pen::new(buf, area);
        if all.is_empty() && area.height > 6 {
            let keys = ctx.keymap.shown("agreement-versions.agreed");
            pen.say(
                &format!(
                    "Nothing has been agreed in writing yet. When you have, {keys} keeps the words as they stand that day, \
                     who agreed, and when you look again."
                ),
                ctx.theme.quiet(),
            );
            pen.gap();
        }
        let (list, buf) = pen.take(u16::MAX);
        let focus = self.list.focus(all.len() + 1);
        let window = self.list.window(usize::from(list.height).min(all.len() + 1), all.len() + 1);
        let mut cursor = None;
        for (n, at) in window.clone().zip(list.rows()) {
            let here = n == focus;
            let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
            let name = match n.checked_sub(1).and_then(|n| all.get(n)) {
                None => "The words as they stand now".to_owned(),
                Some(version) => {
                    let counts = in_force(workbook).is_some_and(|one| one.id == version.id);
                    format!("{}{}", name(version, ctx.today()), if counts { " · it counts" } else { "" })
                }
            };
            cursor = cursor.or(page::entry(buf, at, &name, style, here));
        }
        let used = cells(window.len());
        let mut rest = below(list, used.saturating_add(1));
        let said = match self.version(ctx) {
            Some(version) => facts(version, workbook, ctx.today()),
            None => now_facts(workbook, ctx),
        };
        let columns = rest.width.saturating_sub(2);
        for line in said.iter().flat_map(|said| wrap(said, columns)) {
            put(buf, right_of(row(rest, 0), 2), &line, ctx.theme.quiet());
            rest = below(rest, 1);
        }
        cursor
    }
}

/// How the words as they stand compare with the version that counts.
fn now_facts(workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<String> {
    let paper = clauses(workbook, ctx);
    let weighed = weigh(workbook, ctx.content);
    let mut facts = vec![weighed.form.title()];
    facts.extend(since_agreed(workbook, &paper).map(|(version, changed)| {
        let version = lower(&name(version, ctx.today()));
        match changed {
            0 => format!("As in {version}."),
            1 => format!("1 clause differs from {version}."),
            n => format!("{n} clauses differ from {version}."),
        }
    }));
    let gaps = crate::domain::query::gaps_in_words(&paper);
    if !gaps.is_empty() {
        facts.push(format!("Still to agree: {gaps}."));
    }
    facts
}
