//! An aspect: its questions, and the answer to one of them in three voices, with guidance beside it.
//!
//! The screen holds which question and which voice is in focus, and a field that shows that voice's text; the text itself
//! is the workbook's. `standing` has the menus that set standings, `draw` the drawing. Start reading at [`ROWS`].

pub(super) mod clauses;
mod doors;
pub(super) mod draw;
mod many;
mod standing;

use super::{prompts, words};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::Content;
use crate::content::types::{Aspect, Card, CardKind, Question};
use crate::domain::query;
use crate::domain::{Answer, Call, Edit, Heard, Line, QuestionId, SaidIn, Source, TextPlace, VoiceKey};
use crate::layer::{Layer, Whereabouts};
use crate::overlay::reader::{Block, Reader};
use crate::widget::field::{Field, Kind};
use crate::widget::list::List;
use crate::widget::text::width;
pub(super) use doors::Door;
use doors::doors;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The screen of one aspect.
#[derive(Debug)]
pub struct AspectScreen {
    aspect: String,
    pub(super) list: List,
    pub(super) part: Part,
    /// Which voice, counted from ours.
    voice: usize,
    /// A voice to put into focus as soon as the partners are known.
    wanted: Option<VoiceKey>,
    pub(super) typing: bool,
    field: Field,
    /// The place whose text the field shows.
    shows: Option<TextPlace>,
    /// Where typing goes on in this voice, after it was left for a moment.
    resume: Option<usize>,
    /// Which of the question's cards is shown.
    card: usize,
    /// How many ideas of the deck were dealt.
    dealt: usize,
}

/// The part of the screen in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Questions,
    Answer,
    Guidance,
}

/// The rows while moving.
pub(super) const ROWS: &[Command<AspectScreen>] = &[
    command("aspect.write", &["enter", "e"], "Write in this answer", AspectScreen::enter)
        .footer(1, "write")
        .changes()
        .when(AspectScreen::is_on_question)
        .words("edit answer type"),
    command("aspect.back", &["esc"], "One step back", AspectScreen::back).footer(2, "back"),
    command(
        "aspect.next-part",
        &["tab"],
        "Next part: questions, answer, guidance",
        |s: &mut AspectScreen, ctx| s.turn_part(ctx, 1),
    )
    .footer(8, "next part")
    .when(AspectScreen::is_on_question),
    command("aspect.part-before", &["shift-tab"], "The part before it", |s: &mut AspectScreen, ctx| {
        s.turn_part(ctx, -1)
    })
    .when(AspectScreen::is_on_question),
    command("aspect.up", &["up", "k"], "Up", |s: &mut AspectScreen, ctx| s.walk(ctx, -1)),
    command("aspect.down", &["down", "j"], "Down", |s: &mut AspectScreen, ctx| s.walk(ctx, 1)),
    command("aspect.left", &["left", "h"], "Left", AspectScreen::left),
    command("aspect.right", &["right", "l"], "Right", AspectScreen::right),
    command("aspect.first", &["g g", "home"], "To the first question", |s: &mut AspectScreen, ctx| {
        s.jump(ctx, 0)
    }),
    command("aspect.last", &["G", "end"], "To the last question", |s: &mut AspectScreen, ctx| {
        s.jump(ctx, usize::MAX)
    }),
    command("aspect.page-up", &["pageup"], "Up a page of questions", |s: &mut AspectScreen, ctx| {
        s.page(ctx, -1)
    }),
    command("aspect.page-down", &["pagedown"], "Down a page of questions", |s: &mut AspectScreen, ctx| {
        s.page(ctx, 1)
    }),
    command("aspect.standing", &["t"], "Set the standing: asked, agreed, disputed, not for us", |s, ctx| {
        standing::menu(s, ctx)
    })
    .footer(5, "standing")
    .when(|s: &AspectScreen, ctx| ctx.writable && s.question(ctx).is_some())
    .changes()
    .words("agree dispute guess asked"),
    command("aspect.heard", &["w"], "Say who told us, and on what occasion", standing::ask_source)
        .when(|s, ctx| ctx.writable && s.is_theirs(ctx))
        .changes()
        .words("source person call"),
    command(
        "aspect.private",
        &["p"],
        "Private on or off: left out of every export",
        AspectScreen::turn_private,
    )
    .when(|s, ctx| ctx.writable && s.is_on_question(ctx))
    .changes()
    .words("secret hide confidential"),
    command(
        "aspect.share",
        &["S"],
        "Ours may be shared with the partners, on or off",
        AspectScreen::turn_share,
    )
    .when(|s, ctx| ctx.writable && s.is_on_question(ctx))
    .changes(),
    command("aspect.earlier", &["H"], "What was said before, and on calls", AspectScreen::earlier)
        .when(|s, ctx| {
            s.answer(ctx).is_some_and(|a| !a.earlier().is_empty()) || !s.lines_about(ctx).is_empty()
        })
        .words("history earlier versions changed lines notes"),
    command(
        "aspect.source",
        &["s"],
        "To the line of the call where they said it",
        AspectScreen::go_to_source,
    )
    .when(|s, ctx| s.source(ctx).is_some())
    .words("call line where said"),
    command("aspect.guidance", &["o"], "Read all guidance for this question", AspectScreen::read)
        .when(AspectScreen::is_on_question)
        .words("help cards open"),
    command(
        "aspect.sheet",
        &["c"],
        "To the cards or the grid that belong to this question",
        |s: &mut AspectScreen, ctx| s.way(ctx).map_or(Outcome::Unused, Outcome::Go),
    )
    .footer(3, "cards, grid")
    .when(|s: &AspectScreen, ctx| s.way(ctx).is_some())
    .words("choose type level want bring differences compare"),
    command("aspect.deal", &["*"], "Deal a few ideas", AspectScreen::deal)
        .when(|s, ctx| s.ideas(ctx).next().is_some())
        .words("ideas random inspiration deck"),
    command("aspect.look-again", &[], "Set a day to look at this aspect again", AspectScreen::look_again)
        .words("review date remind later when")
        .when(|_, ctx| ctx.writable)
        .changes(),
    command("aspect.copy", &["y"], "Copy this voice's text", AspectScreen::copy)
        .when(AspectScreen::is_on_question),
    command("aspect.editor", &["E"], "Write this text in your own editor", |s: &mut AspectScreen, ctx| {
        s.focused_place(ctx).map_or(Outcome::Unused, Outcome::Editor)
    })
    .when(|s, ctx| ctx.writable && s.is_on_question(ctx))
    .words("vim nano external"),
];

/// The rows on a way on below the questions, beside those of [`ROWS`] that apply there.
pub(super) const DOOR_ROWS: &[Command<AspectScreen>] =
    &[command("aspect-door.open", &["enter", "e"], "Open what is in focus", AspectScreen::enter)
        .footer(1, "open")
        .when(|s, ctx| s.door(ctx).is_some())
        .words("go table records sheet")];

/// The rows while typing.
pub(super) const TYPING_ROWS: &[Command<AspectScreen>] = &[
    command("aspect-typing.stop", &["esc"], "Stop typing; the text is kept", |s: &mut AspectScreen, ctx| {
        s.stop(ctx)
    })
    .footer(1, "stop typing, then ?"),
    command(
        "aspect-typing.next-voice",
        &["tab"],
        "Next voice: ours, theirs, agreed",
        |s: &mut AspectScreen, ctx| s.turn_voice(ctx, 1),
    )
    .footer(3, "next voice"),
    command(
        "aspect-typing.voice-before",
        &["shift-tab"],
        "The voice before it",
        |s: &mut AspectScreen, ctx| s.turn_voice(ctx, -1),
    ),
];

impl AspectScreen {
    /// An aspect, by id, at its first question.
    pub fn new(aspect: &str) -> Self {
        Self {
            aspect: aspect.to_owned(),
            list: List::default(),
            part: Part::Questions,
            voice: 0,
            wanted: None,
            typing: false,
            field: Field::new(Kind::Prose),
            shows: None,
            resume: None,
            card: 0,
            dealt: 0,
        }
    }

    /// An aspect at one of its questions; with a voice, the answer is in focus.
    pub fn at(aspect: &str, question: &QuestionId, voice: Option<VoiceKey>) -> Self {
        let number = question.as_str().rsplit('-').next().and_then(|n| n.parse::<usize>().ok());
        let mut screen = Self::new(aspect);
        screen.list.set(number.map_or(0, |n| n.saturating_sub(1)));
        if voice.is_some() {
            screen.part = Part::Answer;
        }
        screen.wanted = voice;
        screen
    }

    fn aspect<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Aspect> {
        ctx.content.aspect(&self.aspect)
    }

    /// How many rows the list has: the questions, then the doors.
    pub(super) fn len(&self, ctx: &Ctx<'_>) -> usize {
        self.questions(ctx) + doors(&self.aspect, ctx).len()
    }

    pub(super) fn questions(&self, ctx: &Ctx<'_>) -> usize {
        self.aspect(ctx).map_or(0, |aspect| aspect.questions.len())
    }

    /// The question in focus; `None` on a door.
    fn question<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Question> {
        self.aspect(ctx)?.questions.get(self.list.focus(self.len(ctx)))
    }

    /// The door in focus; `None` on a question.
    pub(super) fn door<'c>(&self, ctx: &Ctx<'c>) -> Option<Door<'c>> {
        let n = self.list.focus(self.len(ctx)).checked_sub(self.questions(ctx))?;
        doors(&self.aspect, ctx).into_iter().nth(n)
    }

    fn is_on_question(&self, ctx: &Ctx<'_>) -> bool {
        self.question(ctx).is_some()
    }

    /// The screen that the question in focus belongs to.
    fn way(&self, ctx: &Ctx<'_>) -> Option<Go> {
        doors::way_of(&self.question(ctx)?.id)
    }

    pub(super) fn question_id(&self, ctx: &Ctx<'_>) -> Option<QuestionId> {
        self.question(ctx).map(|question| QuestionId::new(&question.id))
    }

    pub(super) fn answer<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Answer> {
        Some(ctx.workbook()?.answer(&self.question_id(ctx)?))
    }

    /// The voices of an answer, in the order in which they are shown.
    fn voices(ctx: &Ctx<'_>) -> Vec<VoiceKey> {
        let partners = ctx.workbook().map_or(&[][..], |workbook| workbook.partners());
        let theirs = partners.iter().map(|partner| VoiceKey::Theirs(partner.id.clone()));
        [VoiceKey::Ours].into_iter().chain(theirs).chain([VoiceKey::Agreed]).collect()
    }

    fn focused_voice(&self, ctx: &Ctx<'_>) -> VoiceKey {
        let voices = Self::voices(ctx);
        voices.get(self.voice.min(voices.len().saturating_sub(1))).cloned().unwrap_or(VoiceKey::Ours)
    }

    /// Puts a voice into focus.
    pub(super) fn focus_voice(&mut self, voice: &VoiceKey, ctx: &Ctx<'_>) {
        self.voice = Self::voices(ctx).iter().position(|one| one == voice).unwrap_or(0);
        self.fill(ctx);
    }

    fn focused_place(&self, ctx: &Ctx<'_>) -> Option<TextPlace> {
        Some(TextPlace::Voice(self.question_id(ctx)?, self.focused_voice(ctx)))
    }

    /// The line of a call in which the voice in focus was said.
    fn source(&self, ctx: &Ctx<'_>) -> Option<SaidIn> {
        let VoiceKey::Theirs(partner) = self.focused_voice(ctx) else { return None };
        match &self.answer(ctx)?.theirs(&partner)?.source {
            Source::Call(said) => Some(said.clone()),
            Source::ByHand | Source::Said(_) => None,
        }
    }

    fn go_to_source(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.source(ctx).map_or(Outcome::Unused, |SaidIn { call, line }| {
            Outcome::Go(Go::Place(TextPlace::Line(call, line)))
        })
    }

    /// The lines of calls that belong to the question.
    fn lines_about<'a>(&self, ctx: &Ctx<'a>) -> Vec<(&'a Call, &'a Line)> {
        let question = self.question_id(ctx).zip(ctx.workbook());
        question.map(|(id, workbook)| query::lines_about(workbook, &id)).unwrap_or_default()
    }

    fn is_theirs(&self, ctx: &Ctx<'_>) -> bool {
        matches!(self.focused_voice(ctx), VoiceKey::Theirs(_))
    }

    /// Shows the text of the voice in focus in the field.
    fn fill(&mut self, ctx: &Ctx<'_>) {
        let Some(place) = self.focused_place(ctx) else { return };
        let text = ctx.workbook().and_then(|workbook| workbook.text(&place)).unwrap_or("");
        if self.shows.as_ref() == Some(&place) {
            self.field.set_text(text);
        } else {
            let hint = match (&place, self.question(ctx)) {
                (TextPlace::Voice(_, VoiceKey::Ours), Some(question)) => question.hint.clone(),
                (TextPlace::Voice(_, VoiceKey::Theirs(_)), _) => {
                    "What they say, in their own words; or what you think they would say".to_owned()
                }
                _ => "Wording that all accept".to_owned(),
            };
            self.field = Field::new(Kind::Prose).with_placeholder(hint).with_text(text);
            if self.shows.is_some() {
                self.resume = None;
            }
            self.shows = Some(place);
        }
        if !self.typing {
            // to be read from its beginning
            self.field.set_caret(0);
        }
    }

    pub(super) fn enter(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if let Some(door) = self.door(ctx) {
            return Outcome::Go(door.go());
        }
        if self.part == Part::Guidance {
            return self.read(ctx);
        }
        if !ctx.writable {
            return Outcome::Say(super::words::READ_ONLY.to_owned());
        }
        self.part = Part::Answer;
        self.typing = true;
        self.fill(ctx);
        self.field.set_caret(self.resume.take().unwrap_or(self.field.len()));
        Outcome::Done
    }

    fn stop(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.typing = false;
        self.field.unselect();
        self.resume = Some(self.field.caret());
        let VoiceKey::Theirs(partner) = self.focused_voice(ctx) else { return Outcome::Done };
        let theirs = self.answer(ctx).and_then(|answer| answer.theirs(&partner));
        let unchecked = theirs.is_some_and(|t| t.heard == Heard::Guess && !t.text.trim().is_empty());
        if !unchecked {
            return Outcome::Done;
        }
        let keys = ctx.keymap.shown("aspect.standing");
        Outcome::Say(format!("Kept as a guess. Did they tell you this? {keys}, then a."))
    }

    fn back(&mut self, _ctx: &Ctx<'_>) -> Outcome {
        if self.part != Part::Questions {
            self.part = Part::Questions;
            return Outcome::Done;
        }
        // a sheet lies over the aspect that it belongs to
        Content::within(&self.aspect)
            .map_or(Outcome::Back, |within| Outcome::Go(Go::Aspect(within.to_owned())))
    }

    fn turn_voice(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let count = Self::voices(ctx).len();
        self.voice = (self.voice.min(count - 1) + count).saturating_add_signed(by) % count;
        self.fill(ctx);
        self.field.set_caret(self.field.len());
        Outcome::Done
    }

    fn turn_part(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        if self.door(ctx).is_some() {
            // there is nothing to write beside a door
            return if by > 0 { self.enter(ctx) } else { Outcome::Done };
        }
        let parts = [Part::Questions, Part::Answer, Part::Guidance];
        let here = parts.iter().position(|part| *part == self.part).unwrap_or(0);
        let next = (here + parts.len()).saturating_add_signed(by) % parts.len();
        self.part = parts.get(next).copied().unwrap_or(Part::Questions);
        Outcome::Done
    }

    fn walk(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        match self.part {
            Part::Questions => {
                let len = self.len(ctx);
                self.list.by(by, len);
                self.at_question(ctx)
            }
            Part::Answer => self.walk_voices(ctx, by),
            Part::Guidance => self.turn_card(ctx, by),
        }
    }

    /// Up and down through the voices, and over the edge to the question before or after.
    fn walk_voices(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let last = Self::voices(ctx).len().saturating_sub(1);
        let before = self.voice.min(last);
        self.voice = before.saturating_add_signed(by).min(last);
        if self.voice != before {
            self.fill(ctx);
            return Outcome::Done;
        }
        if !self.list.by(by, self.questions(ctx)) {
            let edge = if by > 0 { "last" } else { "first" };
            return Outcome::Say(format!("That is the {edge} voice of the {edge} question here."));
        }
        self.at_question(ctx);
        self.voice = if by < 0 { last } else { 0 };
        self.fill(ctx);
        Outcome::Done
    }

    fn at_question(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.voice = 0;
        self.card = 0;
        self.fill(ctx);
        Outcome::Done
    }

    fn turn_card(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let last = self.question(ctx).map_or(0, |question| question.cards.len().saturating_sub(1));
        self.card = self.card.min(last).saturating_add_signed(by).min(last);
        Outcome::Done
    }

    fn left(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.part {
            Part::Questions => self.back(ctx),
            Part::Guidance if self.card > 0 => self.turn_card(ctx, -1),
            Part::Answer | Part::Guidance => self.turn_part(ctx, -1),
        }
    }

    fn right(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.part {
            Part::Guidance => self.turn_card(ctx, 1),
            _ => self.turn_part(ctx, 1),
        }
    }

    pub(super) fn jump(&mut self, ctx: &Ctx<'_>, n: usize) -> Outcome {
        let len = self.len(ctx);
        self.list.set(n.min(len.saturating_sub(1)));
        self.at_question(ctx)
    }

    fn page(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let len = self.len(ctx);
        self.list.by_pages(by, len);
        self.at_question(ctx)
    }

    fn turn_private(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some(question), Some(answer)) = (self.question_id(ctx), self.answer(ctx)) else {
            return Outcome::Unused;
        };
        let to = !answer.is_private();
        let said = if to { "Private: left out of every export." } else { "Not private any more." };
        Outcome::All(vec![Outcome::Edit(Edit::SetPrivate { question, to }), Outcome::Say(said.to_owned())])
    }

    fn turn_share(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some(question), Some(answer)) = (self.question_id(ctx), self.answer(ctx)) else {
            return Outcome::Unused;
        };
        let to = !answer.is_to_share();
        let said = if to {
            "Our words here may be shared with the partners."
        } else {
            "Our words here stay with us."
        };
        Outcome::All(vec![Outcome::Edit(Edit::SetToShare { question, to }), Outcome::Say(said.to_owned())])
    }

    fn copy(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let text = self.focused_place(ctx).and_then(|place| ctx.workbook()?.text(&place).map(str::to_owned));
        match text {
            Some(text) if !text.is_empty() => Outcome::Copy(text),
            _ => Outcome::Say("There is nothing to copy here yet.".to_owned()),
        }
    }

    fn cards<'a>(&self, ctx: &Ctx<'a>) -> Vec<&'a Card> {
        let ids = self.question(ctx).map_or(&[][..], |question| &question.cards);
        ids.iter().filter_map(|id| ctx.content.card(id)).collect()
    }

    fn ideas<'a>(&self, ctx: &Ctx<'a>) -> impl Iterator<Item = &'a Card> + use<'a> {
        ctx.content.cards_of(&self.aspect).iter().filter(|card| card.kind == CardKind::Idea)
    }

    /// Every card of the question, to read at leisure.
    fn look_again(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let aspect = self.aspect.clone();
        prompts::day(
            "When shall we look at this again?",
            workbook.look_again(&aspect),
            ctx.today(),
            move |on| Outcome::Edit(Edit::SetLookAgain { aspect: aspect.clone(), on }),
        )
    }

    fn read(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(question) = self.question(ctx) else { return Outcome::Unused };
        let blocks = self.cards(ctx).into_iter().flat_map(|card| card_blocks(card, ctx)).collect();
        let crumbs = self.crumbs(ctx);
        Outcome::Open(Box::new(Reader::new(crumbs, question.ask.as_str(), blocks)))
    }

    /// Three ideas of the aspect; none comes twice before all have come. The deck is cut at another place each day.
    fn deal(&mut self, ctx: &Ctx<'_>) -> Outcome {
        const HAND: usize = 3;
        if self.aspect == "finding" {
            return Outcome::Go(Go::Deck);
        }
        let ideas: Vec<&Card> = self.ideas(ctx).collect();
        let cut = usize::try_from(ctx.today().day_of_year()).unwrap_or(0) * 7;
        let count = HAND.min(ideas.len());
        let hand = (0..count).filter_map(|n| ideas.get((cut + self.dealt + n) % ideas.len()));
        let blocks = hand.flat_map(|card| card_blocks(card, ctx)).collect();
        self.dealt += HAND;
        let crumbs = self.crumbs(ctx);
        Outcome::Open(Box::new(Reader::new(crumbs, super::words::count(count, "idea", "ideas"), blocks)))
    }

    /// What the voices said before, latest first.
    fn earlier(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some(question), Some(answer), Some(workbook)) =
            (self.question(ctx), self.answer(ctx), ctx.workbook())
        else {
            return Outcome::Unused;
        };
        let mut blocks = Vec::new();
        for version in answer.earlier().iter().rev() {
            let voice = draw::voice_name(&version.voice, workbook);
            let until = super::words::day(version.until, ctx.today());
            let when = match version.on {
                Some(on) => format!("{voice}, from {} until {until}", super::words::day(on, ctx.today())),
                None => format!("{voice}, until {until}"),
            };
            blocks.extend([Block::Heading(when), Block::Text(version.text.clone()), Block::Space]);
        }
        if !answer.earlier().is_empty() {
            blocks
                .push(Block::Quiet("A changed view is worth keeping. Nothing here is ever lost.".to_owned()));
        }
        let keys = ctx.keymap.shown("global.go-as-it-was");
        blocks
            .push(Block::Quiet(format!("{keys} shows this answer as it was on a day, and brings it back.")));
        let lines = self.lines_about(ctx);
        if !lines.is_empty() {
            blocks.extend([Block::Space, Block::Heading("Said on calls".to_owned())]);
        }
        for (call, line) in lines {
            let said = SaidIn { call: call.id.clone(), line: line.id.clone() };
            let tag = line.tag.map(|tag| format!(", {}", tag.words())).unwrap_or_default();
            let from = draw::call_in_words(&said, workbook, ctx.today());
            blocks.extend([Block::Text(line.text.trim().to_owned()), Block::Quiet(format!("{from}{tag}"))]);
        }
        Outcome::Open(Box::new(Reader::new(self.crumbs(ctx), format!("Before: {}", question.ask), blocks)))
    }
}

/// A card as blocks to read: its title, its text, its points, where it comes from.
fn card_blocks(card: &Card, ctx: &Ctx<'_>) -> Vec<Block> {
    let source = ctx.content.source(&card.source).map_or("", |source| &source.short);
    let mut blocks = vec![Block::Heading(card.title.clone()), Block::Text(card.text.clone())];
    blocks.extend(card.points.iter().cloned().map(Block::Point));
    blocks.extend([Block::Quiet(format!("from: {source}")), Block::Space]);
    blocks
}

impl Layer for AspectScreen {
    fn scope(&self) -> &'static str {
        "aspect"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| workbook.title());
        let name = self.aspect(ctx).map_or("", |aspect| aspect.name.as_str());
        vec![title.to_owned(), name.to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let len = self.questions(ctx);
        let state =
            self.aspect(ctx).zip(ctx.workbook()).map(|(a, w)| query::aspect_state(w, a, ctx.today()).words());
        let (state, at) = (state.unwrap_or(""), self.list.focus(self.len(ctx)) + 1);
        let question = if at > len { String::new() } else { format!("   question {at} of {len}") };
        let again = ctx.workbook().and_then(|w| w.look_again(&self.aspect));
        let again = again.map(|on| format!("{state}, again {}{question}", words::short_day(on, ctx.today())));
        // the way here comes first; the day stands in the agenda too
        let room = ctx.size.0.saturating_sub(width(&self.crumbs(ctx).join(" > ")).saturating_add(4));
        again.filter(|again| width(again) <= room).unwrap_or_else(|| format!("{state}{question}"))
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        if self.typing {
            return rows_that_apply(TYPING_ROWS, self, ctx);
        }
        let mut rows = rows_that_apply(DOOR_ROWS, self, ctx);
        rows.extend(rows_that_apply(ROWS, self, ctx));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        if self.typing {
            return run_by_name(TYPING_ROWS, self, name, ctx).unwrap_or(Outcome::Unused);
        }
        let ran = run_by_name(DOOR_ROWS, self, name, ctx).or_else(|| run_by_name(ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn letter(&mut self, letter: char, ctx: &Ctx<'_>) -> Option<Outcome> {
        let n = usize::try_from(letter.to_digit(10)?).ok()?.checked_sub(1)?;
        Some(self.jump(ctx, n))
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.field)
    }

    fn place(&self) -> Option<TextPlace> {
        self.shows.clone().filter(|_| self.typing)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if let Some(wanted) = self.wanted.take() {
            self.voice = Self::voices(ctx).iter().position(|voice| *voice == wanted).unwrap_or(0);
        }
        self.fill(ctx);
        // a voice that has gone, with its partner, takes the typing with it
        self.typing &= ctx.writable && self.shows == self.focused_place(ctx);
    }

    fn whereabouts(&self, ctx: &Ctx<'_>) -> Option<Whereabouts> {
        let voice = (self.part == Part::Answer).then(|| self.focused_voice(ctx));
        let caret = if self.typing { self.field.caret() } else { self.resume.unwrap_or(self.field.len()) };
        Some(Whereabouts { question: self.question_id(ctx)?, voice, caret })
    }

    fn resume_at(&mut self, caret: usize) {
        self.resume = Some(caret);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}

#[cfg(test)]
mod tests;
