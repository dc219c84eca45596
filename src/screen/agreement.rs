//! The agreement builder: the clauses with their standings, and beside them the agreement as it would be sent.
//!
//! The answer to a clause is written as on every other sheet: an [`AspectScreen`] is inside, and has the list, the voices
//! and the typing. This screen adds what is about agreements: which clauses the form needs, the document, what is drawn
//! from elsewhere, the ways on. `paper` shows the document, `form` chooses one, `versions` has what was agreed.

mod draw;
pub mod form;
mod paper;
pub mod versions;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use form::FormScreen;
pub use versions::VersionsScreen;

use super::aspect::{AspectScreen, Part};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{self, ClauseNow, ClauseWords, Weighed};
use crate::domain::{Edit, QuestionId, Splice, TextPlace, VoiceKey};
use crate::export::agreement::name_of;
use crate::layer::{Layer, Whereabouts};
use crate::widget::field::Field;
use paper::Paper;

/// The aspect, by id, whose questions are the clauses.
pub const SHEET: &str = "agreement";

/// The agreement builder.
#[derive(Debug)]
pub struct AgreementScreen {
    sheet: AspectScreen,
    /// Whether the document has the whole screen, to be read.
    reads: bool,
    paper: Paper,
}

/// The rows while moving; those of the sheet come beside them.
pub(super) const ROWS: &[Command<AgreementScreen>] = &[
    command(
        "agreement.write",
        &["enter", "e"],
        "Word this clause; Tab goes to ours and theirs",
        AgreementScreen::write,
    )
    .footer(1, "write")
    .when(AgreementScreen::is_on_clause)
    .words("edit clause type"),
    command(
        "agreement.part",
        &["tab", "shift-tab"],
        "From the clauses to their words, and back",
        |s: &mut AgreementScreen, ctx| s.turn_part(ctx),
    )
    .footer(8, "words")
    .when(AgreementScreen::is_on_clause),
    command(
        "agreement.read",
        &["v"],
        "Read the agreement, and back to the clauses",
        |s: &mut AgreementScreen, _| {
            s.reads = !s.reads;
            Outcome::Done
        },
    )
    .footer(3, "read it")
    .words("document preview view"),
    command(
        "agreement.take",
        &["+"],
        "Take over what is drawn from other answers, as our wording",
        AgreementScreen::take,
    )
    .when(|s, ctx| ctx.writable && s.drawn(ctx).is_some())
    .footer(5, "take over")
    .changes()
    .words("prefill draw answers"),
    command(
        "agreement.next",
        &["."],
        "Next clause that the form needs and that is not agreed",
        AgreementScreen::next,
    )
    .footer(6, "next gap")
    .words("gap blank disputed"),
    command("agreement.form", &["f"], "Which form of agreement fits?", |_, _| Outcome::Go(Go::Form))
        .footer(7, "form")
        .words("email memorandum terms reference"),
    command("agreement.versions", &["V"], "Agreed today, and earlier versions", |_, _| {
        Outcome::Go(Go::Versions(None))
    })
    .footer(7, "versions")
    .words("sign agreed compare difference review"),
    command(
        "agreement.export",
        &["x"],
        "Send, print or keep the agreement",
        |s: &mut AgreementScreen, ctx| {
            Outcome::Go(Go::Document(name_of(s.weighed(ctx).map_or_else(Default::default, |w| w.form))))
        },
    )
    .words("export print save word docx html markdown document"),
];

/// The rows of the sheet that are as they are everywhere.
const OF_THE_SHEET: &[&str] = &[
    "aspect-door.open",
    "aspect.back",
    "aspect.up",
    "aspect.down",
    "aspect.left",
    "aspect.right",
    "aspect.first",
    "aspect.last",
    "aspect.page-up",
    "aspect.page-down",
    "aspect.standing",
    "aspect.heard",
    "aspect.private",
    "aspect.share",
    "aspect.earlier",
    "aspect.source",
    "aspect.copy",
    "aspect.editor",
];

impl AgreementScreen {
    /// At the first clause.
    pub fn new() -> Self {
        Self { sheet: AspectScreen::new(SHEET), reads: false, paper: Paper::default() }
    }

    /// At a clause; with a voice, its words are in focus.
    pub fn at(question: &QuestionId, voice: Option<VoiceKey>) -> Self {
        Self { sheet: AspectScreen::at(SHEET, question, voice), ..Self::new() }
    }

    fn weighed<'a>(&self, ctx: &Ctx<'a>) -> Option<Weighed<'a>> {
        Some(query::weigh(ctx.workbook()?, ctx.content))
    }

    /// The clauses as they stand for the form that is meant, without the words of those that are private.
    fn clauses<'a>(&self, ctx: &Ctx<'a>) -> Vec<ClauseNow<'a>> {
        let Some((workbook, weighed)) = ctx.workbook().zip(self.weighed(ctx)) else { return Vec::new() };
        query::paper(workbook, ctx.content, &weighed, weighed.form, false)
    }

    fn is_on_clause(&self, ctx: &Ctx<'_>) -> bool {
        self.sheet.door(ctx).is_none()
    }

    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<ClauseNow<'a>> {
        let question = self.sheet.question_id(ctx)?;
        self.clauses(ctx).into_iter().find(|now| now.question == question)
    }

    /// What is drawn from elsewhere for the clause in focus.
    fn drawn(&self, ctx: &Ctx<'_>) -> Option<String> {
        match self.in_focus(ctx)?.words {
            ClauseWords::Drawn(drawn) => Some(drawn.words),
            _ => None,
        }
    }

    fn write(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.reads = false;
        // the wording that all accept is what goes into the document
        if self.sheet.part != Part::Answer {
            self.sheet.focus_voice(&VoiceKey::Agreed, ctx);
        }
        self.sheet.enter(ctx)
    }

    fn turn_part(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.reads = false;
        if self.sheet.part == Part::Questions {
            self.sheet.focus_voice(&VoiceKey::Agreed, ctx);
            self.sheet.part = Part::Answer;
        } else {
            self.sheet.part = Part::Questions;
        }
        Outcome::Done
    }

    fn take(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some(insert), Some(question)) = (self.drawn(ctx), self.sheet.question_id(ctx)) else {
            return Outcome::Unused;
        };
        let place = TextPlace::Voice(question, VoiceKey::Ours);
        let delete = ctx.workbook().and_then(|w| w.text(&place)).unwrap_or("").to_owned();
        let edit = Edit::Splice(Splice { place, at: 0, delete, insert, on: Some(ctx.today()) });
        let undo = ctx.keymap.shown("global.undo");
        let said = format!("It is our wording now, for the others to agree to. {undo} takes that back.");
        Outcome::All(vec![Outcome::Edit(edit), Outcome::Say(said)])
    }

    fn next(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let clauses = self.clauses(ctx);
        let here = self.sheet.list.focus(self.sheet.len(ctx));
        let gaps: Vec<usize> =
            clauses.iter().enumerate().filter(|(_, now)| now.gap().is_some()).map(|(n, _)| n).collect();
        let next = gaps.iter().find(|n| **n > here).or(gaps.first());
        match next {
            None => Outcome::Say("Every clause that this form needs is agreed.".to_owned()),
            Some(n) => self.sheet.jump(ctx, *n),
        }
    }

    /// Moves in the document while it is read; everything else is the sheet's.
    fn step(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        if self.reads {
            return match name {
                "aspect.up" => self.paper.by(-1),
                "aspect.down" => self.paper.by(1),
                "aspect.page-up" => self.paper.by_page(-1),
                "aspect.page-down" => self.paper.by_page(1),
                "aspect.first" => self.paper.by(isize::MIN),
                "aspect.last" => self.paper.by(isize::MAX),
                "aspect.back" | "aspect.left" | "aspect.right" => {
                    self.reads = false;
                    Outcome::Done
                }
                name => self.sheet.run(name, ctx),
            };
        }
        match name {
            "aspect.right" if self.sheet.part == Part::Answer => Outcome::Done,
            "aspect.right" if self.sheet.door(ctx).is_none() => self.turn_part(ctx),
            name => self.sheet.run(name, ctx),
        }
    }
}

impl Default for AgreementScreen {
    fn default() -> Self {
        Self::new()
    }
}

impl Layer for AgreementScreen {
    fn scope(&self) -> &'static str {
        // it is left and come back to as every sheet of questions is
        "aspect"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        self.sheet.crumbs(ctx)
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        if self.reads && self.paper.goes_on() {
            return "more below".to_owned();
        }
        let at = self.sheet.list.focus(self.sheet.len(ctx)) + 1;
        let of = self.sheet.questions(ctx);
        if at > of { String::new() } else { format!("clause {at} of {of}") }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let sheet = self.sheet.rows(ctx);
        if self.sheet.typing {
            return sheet;
        }
        let own = rows_that_apply(ROWS, self, ctx);
        own.into_iter().chain(sheet.into_iter().filter(|row| OF_THE_SHEET.contains(&row.name))).collect()
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        if name.starts_with("aspect") {
            return self.step(name, ctx);
        }
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn letter(&mut self, letter: char, ctx: &Ctx<'_>) -> Option<Outcome> {
        self.reads = false;
        self.sheet.letter(letter, ctx)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.sheet.field()
    }

    fn place(&self) -> Option<TextPlace> {
        self.sheet.place()
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.sheet.sync(ctx);
    }

    fn whereabouts(&self, ctx: &Ctx<'_>) -> Option<Whereabouts> {
        self.sheet.whereabouts(ctx)
    }

    fn resume_at(&mut self, caret: usize) {
        self.sheet.resume_at(caret);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}

#[cfg(test)]
mod tests;
