//! What an artefact may read of a workbook: everything but the private answers, unless they were asked for.
//!
//! Artefacts get a [`Subject`] and never the answers themselves, so that none of them can forget to ask. What was left
//! out is counted. Which words make a document is not known here.

use jiff::civil::Date;

use super::document::Private;
use crate::content::{
    Content,
    types::{Aspect, Question},
};
use crate::domain::query::{
    self, ClauseNow, Contact, Deputised, Fact, Matrix, Since, Welcome, promises_of, side, standing_of,
};
use crate::domain::{
    Agreement, AgreementForm, Answer, Call, InFamily, Line, Partner, PartnerId, Person, PersonId, Promise,
    QuestionId, RecordId, Standing, StateChange, Who, Workbook,
};

/// What an artefact is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    workbook: &'a Workbook,
    content: &'a Content,
    today: Date,
    with_private: bool,
    since: Option<Date>,
    changed: Option<Date>,
    call: Option<&'a Call>,
    about: Option<&'a RecordId>,
    reader: Option<&'a PartnerId>,
    addressee: Option<&'a PartnerId>,
}

/// The answer to a question, as an artefact sees it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its answer.
    pub answer: &'a Answer,
    /// How far it can be relied on.
    pub standing: Standing,
}

/// Answers that an artefact asked for.
#[derive(Debug, Clone, Default)]
pub struct Selection<'a> {
    /// Those that it may show, in the order of their questions.
    pub entries: Vec<Entry<'a>>,
    /// How many of them are private, and how many were left out for being so.
    pub private: Private,
}

impl<'a> Subject<'a> {
    /// A workbook on a given day, without its private answers.
    pub fn new(workbook: &'a Workbook, content: &'a Content, today: Date) -> Self {
        Self {
            workbook,
            content,
            today,
            with_private: false,
            since: None,
            changed: None,
            call: None,
            about: None,
            reader: None,
            addressee: None,
        }
    }

    /// The same, with the private answers: only where the person asked for them.
    #[must_use]
    pub fn with_private(self, with_private: bool) -> Self {
        Self { with_private, ..self }
    }

    /// The same, with the day since when it is asked what has changed.
    #[must_use]
    pub fn with_since(self, since: Option<Date>) -> Self {
        Self { since, ..self }
    }

    /// The same, with the day on which the workbook last changed, where it is known.
    #[must_use]
    pub fn with_changed(self, changed: Option<Date>) -> Self {
        Self { changed, ..self }
    }

    /// The same, as the copy for one partner. The workbook is to be the one that this partner may have:
    /// [`Workbook::shared_with`] makes it, and [`super::Order`] sees to that.
    #[must_use]
    pub(super) fn for_partner(self, reader: &'a PartnerId) -> Self {
        Self { reader: Some(reader), ..self }
    }

    /// Whose copy the document is; `None` where it is for ourselves.
    pub fn reader(&self) -> Option<&'a PartnerId> {
        self.reader
    }

    /// The same, as a letter to one partner. It sees the whole workbook: what may stand before this partner's eyes is the
    /// letter's to know.
    #[must_use]
    pub(super) fn addressed_to(self, addressee: &'a PartnerId) -> Self {
        Self { addressee: Some(addressee), ..self }
    }

    /// To whom a letter is; `None` where it goes to each partner.
    pub fn addressee(&self) -> Option<&'a Partner> {
        self.workbook.partner(self.addressee?)
    }

    /// The same, about one of its calls.
    #[must_use]
    pub fn about_call(self, call: Option<&RecordId>) -> Self {
        Self { call: call.and_then(|id| self.workbook.call(id)), ..self }
    }

    /// The call that the document is about: the one that was named, or else the last that ended.
    pub fn call(&self) -> Option<&'a Call> {
        let talks = self.workbook.calls().iter().filter(|call| !call.is_jots() && !call.is_running());
        self.call.or_else(|| talks.max_by_key(|call| call.started))
    }

    /// The same, about one of its records.
    #[must_use]
    pub fn about_record(self, about: Option<&'a RecordId>) -> Self {
        Self { about, ..self }
    }

    /// The record that the document is about, where one was named.
    pub fn about(&self) -> Option<&'a RecordId> {
        self.about
    }

    /// The lines of a call that are not private, and how many are. Private lines leave with no document, whatever was
    /// asked for.
    pub fn lines(&self, call: &'a Call) -> (Vec<&'a Line>, usize) {
        let (private, open): (Vec<&Line>, Vec<&Line>) =
            call.lines.iter().filter(|line| !line.is_marker()).partition(|line| line.private);
        (open, private.len())
    }

    /// What was promised in a call, apart from what is private or was said in a private line.
    pub fn promises(&self, call: &'a Call) -> Vec<&'a Promise> {
        let mut promises = promises_of(self.workbook, &call.id);
        promises.retain(|promise| !self.workbook.is_secret(promise));
        promises
    }

    /// Every promise, in either direction, apart from what is private; oldest first.
    pub fn all_promises(&self) -> Vec<&'a Promise> {
        let shown = |promise: &&Promise| self.with_private || !self.workbook.is_secret(promise);
        self.workbook.promises().iter().filter(shown).collect()
    }

    /// Of some records the one that the document is about, where one was named.
    pub fn named<R: InFamily>(&self, all: &[&'a R]) -> Option<&'a R> {
        all.iter().find(|record| self.about == Some(record.id())).copied()
    }

    /// The records of a family, in order, apart from those that are private; these are counted.
    pub fn records<R: InFamily>(&self, private: &mut Private) -> Vec<&'a R> {
        let (secret, open): (Vec<&R>, Vec<&R>) =
            self.workbook.all::<R>().iter().partition(|record| self.workbook.keeps_back(record.lent()));
        for _ in &secret {
            *private += self.private_one();
        }
        if self.with_private { self.workbook.all::<R>().iter().collect() } else { open }
    }

    /// What has a day from today on, apart from what is private, by day; that is counted. What is owed stands elsewhere.
    pub fn days_to_come(&self, private: &mut Private) -> Vec<query::AgendaItem> {
        let mut items = query::agenda(self.workbook);
        items.retain(|item| !item.kind.is_owed() && item.on.is_some_and(|on| on >= self.today));
        for _ in items.iter().filter(|item| item.private) {
            *private += self.private_one();
        }
        items.retain(|item| self.with_private || !item.private);
        items
    }

    /// What a side is called within a sentence.
    pub fn side(&self, id: &PartnerId) -> String {
        side(self.workbook, id)
    }

    /// The questions and what goes with them.
    pub fn content(&self) -> &'a Content {
        self.content
    }

    /// The day of the document.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The title; may be empty.
    pub fn title(&self) -> &'a str {
        self.workbook.title()
    }

    /// The purpose; may be empty.
    pub fn purpose(&self) -> &'a str {
        self.workbook.purpose()
    }

    /// Whether the workbook is a copy of the worked example.
    pub fn is_example(&self) -> bool {
        self.workbook.is_example()
    }

    /// The word for the state now, and the change that led to it, where there was one.
    pub fn state(&self) -> (&'static str, Option<&'a StateChange>) {
        (self.workbook.state().word(), self.workbook.partnership().log().last())
    }

    /// How far an aspect has come, in words that tell nothing of what is in it.
    pub fn state_of(&self, aspect: &Aspect) -> &'static str {
        query::aspect_state(self.workbook, aspect, self.today).words()
    }

    /// The day since when it is asked what has changed, where one was named.
    pub fn since(&self) -> Option<Date> {
        self.since
    }

    /// The last pause, whether it lasts or not.
    pub fn last_pause(&self) -> Option<&'a StateChange> {
        query::last_pause(self.workbook).map(|(_, change)| change)
    }

    /// What has changed since the end of a day, private answers counted instead of shown.
    pub fn changes_since(&self, from: Date) -> (Since<'a>, Private) {
        let snapshot = query::snapshot_of(self.workbook, from);
        let mut since = query::since(self.workbook, self.content, from, snapshot);
        let mut private = Private::default();
        for _ in since.answers.iter().filter(|changed| changed.private) {
            private += self.private_one();
        }
        if !self.with_private {
            since.answers.retain(|changed| !changed.private);
            since.promised.retain(|promise| !self.workbook.is_secret(promise));
            since.closed.retain(|promise| !self.workbook.is_secret(promise));
        }
        (since, private)
    }

    /// How things stand for somebody who comes back today; nothing private among it unless it was asked for.
    pub fn welcome(&self) -> Welcome<'a> {
        let mut welcome = query::welcome(self.workbook, self.content, self.changed, self.today);
        if !self.with_private {
            let shown = |q: &&Question| !self.workbook.answer(&QuestionId::new(&q.id)).is_private();
            welcome.last = query::last_things(self.workbook, self.content, |told| {
                !told.private && !told.is_planned(self.today)
            });
            welcome.we_owe.retain(|promise| !self.workbook.is_secret(promise));
            welcome.they_owe.retain(|promise| !self.workbook.is_secret(promise));
            welcome.old.retain(shown);
            welcome.guessed.retain(shown);
        }
        welcome
    }

    /// What is owed, in words.
    pub fn owed_in_words(&self, promise: &Promise) -> String {
        query::owed_in_words(promise, self.workbook)
    }

    /// Who has gone, in words.
    pub fn gone_in_words(&self, person: &Person) -> String {
        query::gone_in_words(person, self.workbook)
    }

    /// Whom to ring first, in words.
    pub fn contact_in_words(&self, contact: &Contact<'_>) -> String {
        query::contact_in_words(contact, self.workbook)
    }

    /// Our own side.
    pub fn us(&self) -> &'a Partner {
        self.workbook.us()
    }

    /// The partners who take part now.
    pub fn partners(&self) -> &'a [Partner] {
        self.workbook.partners()
    }

    /// A partner who takes part now, or our own side.
    pub fn partner(&self, id: &PartnerId) -> Option<&'a Partner> {
        self.workbook.partner(id)
    }

    /// A person.
    pub fn person(&self, id: &PersonId) -> Option<&'a Person> {
        self.workbook.person(id)
    }

    /// The people of one side who are there today.
    pub fn people_of(&self, side: &Partner) -> Vec<&'a Person> {
        self.workbook.people().iter().filter(|p| p.partner == side.id && p.is_there(self.today)).collect()
    }

    /// The answers to `questions` that are `wanted`, the private ones counted instead of shown.
    pub fn select(
        &self,
        questions: impl IntoIterator<Item = &'a Question>,
        wanted: impl Fn(&Entry<'a>) -> bool,
    ) -> Selection<'a> {
        let mut selection = Selection::default();
        for question in questions {
            let answer = self.workbook.answer(&QuestionId::new(&question.id));
            let entry = Entry { question, answer, standing: standing_of(self.workbook, question) };
            if !wanted(&entry) {
                continue;
            }
            if answer.is_private() && (answer.holds_words() || entry.standing != Standing::Blank) {
                selection.private += self.private_one();
            }
            if !answer.is_private() || self.with_private {
                selection.entries.push(entry);
            }
        }
        selection
    }

    /// Answers to questions that this version does not ask: written by another version, or with another wording.
    pub fn strays(&self) -> (Vec<(&'a QuestionId, &'a Answer)>, Private) {
        let mut private = Private::default();
        let mut strays: Vec<_> =
            self.workbook.answers().filter(|(id, _)| self.content.question(id.as_str()).is_none()).collect();
        for _ in strays.iter().filter(|(_, answer)| answer.is_private()) {
            private += self.private_one();
        }
        strays.retain(|(_, answer)| !answer.is_private() || self.with_private);
        (strays, private)
    }

    /// The clauses of the agreement as they stand for a form, without the words of those that are private.
    pub fn agreement(&self, form: AgreementForm) -> Vec<ClauseNow<'a>> {
        let weighed = query::weigh(self.workbook, self.content);
        query::paper(self.workbook, self.content, &weighed, form, self.with_private)
    }

    /// The form that the agreement has.
    pub fn form(&self) -> AgreementForm {
        query::weigh(self.workbook, self.content).form
    }

    /// The versions of the agreement, latest first, without the words of what is private.
    pub fn versions(&self) -> Vec<Agreement> {
        let shown = |version: &&&Agreement| self.with_private || !self.workbook.keeps_back(version.lent());
        let versions = query::versions(self.workbook);
        let mut versions: Vec<Agreement> =
            versions.iter().filter(shown).map(|version| (*version).clone()).collect();
        if !self.with_private {
            let open = |question: &QuestionId| !self.workbook.answer(question).is_private();
            versions.iter_mut().for_each(|version| version.clauses.retain(|question, _| open(question)));
        }
        versions
    }

    /// The version that counts, where it may be shown.
    pub fn in_force(&self) -> Option<&'a Agreement> {
        let version = query::in_force(self.workbook)?;
        (self.with_private || !self.workbook.is_record_private(&version.id)).then_some(version)
    }

    /// The version that counts, in words, and how many clauses stand otherwise now.
    pub fn since_agreed(&self, clauses: &[ClauseNow<'_>]) -> Option<(String, usize)> {
        let (version, changed) = query::since_agreed(self.workbook, clauses)?;
        let hidden = !self.with_private && self.workbook.keeps_back(version.lent());
        (!hidden).then(|| (super::agreement::amended::named(version), changed))
    }

    /// What the book says about how even things are.
    pub fn fairness(&self) -> Vec<Fact> {
        query::fairness(self.workbook, self.content, self.with_private)
    }

    /// Who has what.
    pub fn matrix(&self) -> Matrix {
        query::matrix(self.workbook, self.content, self.today, self.with_private)
    }

    /// Everybody who is there, and who stands in for them.
    pub fn deputies(&self) -> Vec<Deputised<'a>> {
        query::deputies(self.workbook, self.today)
    }

    /// Somebody, in words.
    pub fn who(&self, who: &Who) -> String {
        query::who_in_words(self.workbook, who)
    }

    /// What a person is called, without their side.
    pub fn person_name(&self, id: &PersonId) -> String {
        let name = self.workbook.person(id).map_or("", |person| person.name.trim());
        if name.is_empty() { "somebody".to_owned() } else { name.to_owned() }
    }

    fn private_one(&self) -> Private {
        if self.with_private { Private { held: 1, left_out: 0 } } else { Private { held: 0, left_out: 1 } }
    }
}
