//! From lines to the questions of the workbook: a question to ask back belongs to one, and what they said or where we
//! differ becomes a partner's own words in its answer.

use super::{Tidy, done, put_line};
use crate::command::{Ctx, Outcome};
use crate::content::types::Question;
use crate::domain::query::{questions_like, quoted, side};
use crate::domain::{
    Call, Edit, Heard, Line, PartnerId, PersonId, QuestionId, SaidIn, Source, Splice, Tag, TextPlace,
    Version, VoiceKey, Workbook,
};
use crate::overlay::picker::{Aside, Item, Target};
use crate::overlay::{Choose, Menu, MenuRow};
use crate::screen::words::or;

/// The most questions that are offered before the others.
const LIKELY: usize = 3;

/// The question that a line is most like, if it shares words with any.
pub(super) fn likeliest<'c>(line: &Line, workbook: &Workbook, ctx: &Ctx<'c>) -> Option<&'c Question> {
    let (questions, like) = questions_like(workbook, ctx.content, &line.text);
    questions.first().copied().filter(|_| like > 0)
}

/// Lets a person choose the question that a line to ask back belongs to.
pub(super) fn place(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, workbook)) = tidy.at_line(ctx) else { return Outcome::Unused };
    tidy.acting = true;
    let (call, line) = (call.head(), line.clone());
    choose("Where does it belong?", &line.text.clone(), workbook, ctx, move |question, _| {
        let line = Line { about: Some(question.clone()), ..line.clone() };
        Outcome::Edit(put_line(&call, line))
    })
}

/// The question was asked already.
pub(super) fn asked(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, _)) = tidy.at_line(ctx) else { return Outcome::Unused };
    tidy.acting = true;
    Outcome::All(vec![
        Outcome::Edit(done(call, line)),
        Outcome::Say("Asked: it is not kept any more.".to_owned()),
    ])
}

/// Lets a person choose whose words a line holds, where that is not known, then the answer that they belong to.
pub(super) fn hear(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, workbook)) = tidy.at_line(ctx) else { return Outcome::Unused };
    tidy.acting = true;
    let partners: Vec<PartnerId> = match &call.partner {
        Some(_) => call.partners().cloned().collect(),
        None => workbook.partners().iter().map(|partner| partner.id.clone()).collect(),
    };
    match partners.as_slice() {
        [] => {
            let keys = ctx.keymap.shown("global.add-partner");
            Outcome::Say(format!("Whose words are they? {keys} adds a partner first."))
        }
        [only] => hear_from(only, call, line, workbook, ctx),
        several => {
            let row = |id: &PartnerId| {
                MenuRow::new(None, side(workbook, id), "", hear_from(id, call, line, workbook, ctx))
            };
            Outcome::Open(Box::new(Menu::new("Whose words are they?", several.iter().map(row).collect())))
        }
    }
}

fn hear_from(partner: &PartnerId, call: &Call, line: &Line, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let person = {
        let mut theirs =
            call.with.iter().filter(|id| workbook.person(id).is_some_and(|p| p.partner == *partner));
        // with several on the call nobody can tell who said it
        theirs.next().filter(|_| theirs.next().is_none()).cloned()
    };
    let words = Words { partner: partner.clone(), person, call: call.head(), line: line.clone() };
    choose("Which answer do these words belong to?", &line.text, workbook, ctx, move |question, ctx| {
        words.put_in(question, ctx)
    })
}

/// Words of a partner on their way into an answer.
struct Words {
    partner: PartnerId,
    person: Option<PersonId>,
    call: Call,
    line: Line,
}

impl Words {
    /// Puts the words into an answer. A private line asks first, since an answer leaves with every document; where words
    /// stand already, a person says whether they go or stay.
    fn put_in(&self, question: &QuestionId, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if self.line.private && !workbook.answer(question).is_private() {
            let secret = Edit::SetPrivate { question: question.clone(), to: true };
            let rows = vec![
                MenuRow::new(
                    Some('l'),
                    "Let it be: it stays a private line",
                    "",
                    Outcome::Edit(done(&self.call, &self.line)),
                ),
                MenuRow::new(
                    Some('p'),
                    "Put it in, and keep the whole answer private",
                    "",
                    self.beside(question, Some(secret), ctx),
                ),
            ];
            let title = "This line is private, and an answer leaves with every document.";
            return Outcome::Open(Box::new(Menu::new(title, rows)));
        }
        self.beside(question, None, ctx)
    }

    fn beside(&self, question: &QuestionId, also: Option<Edit>, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let voice = VoiceKey::Theirs(self.partner.clone());
        let before = workbook.answer(question).text(&voice).to_owned();
        // where we differ the line is ours, about them
        let words = if self.differs() { self.line.text.trim().to_owned() } else { quoted(&self.line.text) };
        let short = ctx.content.question(question.as_str()).map_or("", |q| q.short.as_str());
        let mut edits: Vec<Edit> = also.into_iter().collect();
        if before.trim().is_empty() {
            edits.extend(self.edits(question, &before, &words, ctx));
            return self.and_say(edits, workbook, short);
        }
        let with = |text: &str| {
            let all = edits.iter().cloned().chain(self.edits(question, &before, text, ctx)).collect();
            self.and_say(all, workbook, short)
        };
        let rows = vec![
            MenuRow::new(
                Some('b'),
                "Add it below what stands there",
                "",
                with(&format!("{before}\n{words}")),
            ),
            MenuRow::new(Some('r'), "Put it in place of that", "kept as earlier words", with(&words)),
            MenuRow::new(None, "Leave the answer as it is", "Esc", Outcome::Done),
        ];
        let title = format!("‘{short}’ has words of {} already.", side(workbook, &self.partner));
        Outcome::Open(Box::new(Menu::new(title, rows)))
    }

    fn and_say(&self, edits: Vec<Edit>, workbook: &Workbook, short: &str) -> Outcome {
        let who = side(workbook, &self.partner);
        let how = if self.differs() { "what we heard from" } else { "words of" };
        let from = if self.differs() { "on" } else { "from" };
        let said = Outcome::Say(format!("In ‘{short}’ now, as {how} {who} {from} this call."));
        Outcome::All(vec![Outcome::Edits(edits), said])
    }

    fn differs(&self) -> bool {
        self.line.tag == Some(Tag::Differs)
    }

    /// One step: the words, what they are worth, what stood there before, and the line has become something.
    fn edits(&self, question: &QuestionId, before: &str, text: &str, ctx: &Ctx<'_>) -> Vec<Edit> {
        let voice = VoiceKey::Theirs(self.partner.clone());
        let today = ctx.today();
        let was_on = ctx.workbook().and_then(|workbook| workbook.answer(question).changed_on(&voice));
        let splice = Splice {
            place: TextPlace::Voice(question.clone(), voice.clone()),
            at: 0,
            delete: before.to_owned(),
            insert: text.to_owned(),
            on: Some(today),
        };
        let said = SaidIn { call: self.call.id.clone(), line: self.line.id.clone() };
        let mut edits = vec![
            Edit::Splice(splice),
            Edit::SetHeard {
                question: question.clone(),
                partner: self.partner.clone(),
                heard: if self.differs() { Heard::Disputed } else { Heard::Asked },
                checked: Some(self.call.on),
                person: self.person.clone(),
                source: Source::Call(said),
            },
        ];
        if !before.trim().is_empty() {
            let version = Version { voice, on: was_on, until: today, text: before.to_owned() };
            edits.push(Edit::KeepVersion { question: question.clone(), version });
        }
        let line = Line { about: Some(question.clone()), done: true, ..self.line.clone() };
        edits.push(put_line(&self.call, line));
        edits
    }
}

/// A list of all questions, those most like the words of a line first.
fn choose(
    asks: &str,
    line: &str,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
    then: impl Fn(&QuestionId, &Ctx<'_>) -> Outcome + 'static,
) -> Outcome {
    let (questions, like) = questions_like(workbook, ctx.content, line);
    let (likely, _) = questions.split_at(like.min(LIKELY));
    let others =
        ctx.content.questions().filter(|question| likely.iter().all(|other| other.id != question.id));
    let all: Vec<&Question> = likely.iter().copied().chain(others).collect();
    let items = all.iter().enumerate().map(|(n, question)| {
        let aspect = ctx.content.aspect_of(&question.id).map_or("", |aspect| aspect.name.as_str());
        let group = if n < likely.len() { "Most like the line" } else { aspect };
        let aside = if n < likely.len() { aspect } else { "" };
        Item {
            aside: Aside::Words(aside.to_owned()),
            words: format!("{} {aspect}", question.short),
            ..Item::new(group, question.ask.as_str(), Target::Asker)
        }
    });
    let items = items.collect();
    let ids: Vec<QuestionId> = all.iter().map(|question| QuestionId::new(&question.id)).collect();
    let crumbs = vec![or(workbook.title(), "No title yet").to_owned(), asks.to_owned()];
    let choose = Choose::new(crumbs, "Words of the question", items, move |n, ctx| {
        ids.get(n).map_or(Outcome::Done, |question| then(question, ctx))
    });
    Outcome::Open(Box::new(choose.preface(line.trim())))
}
