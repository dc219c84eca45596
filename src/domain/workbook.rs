//! A workbook: one partnership, everything that is written about it.
//!
//! It can be read by anybody and changed only through [`Workbook::apply`]; see [`super::edit`]. How it looks on disk is
//! the business of the store, which adds the format number in front.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Standing, Theirs};
use super::building::{Asset, Assumption, FitSign, Pilot, TrustStep};
use super::call::{Call, Line, SaidIn};
use super::delivering::{Action, Activity, ChangeAsked, Group, TrainingGiven};
use super::ending::{Ending, Teller, WindUp};
use super::finding::{Candidate, TriedIdea};
use super::governing::{Agreement, Contribution, Decision, FormChoice, Membership, MoneyLine, Role};
use super::id::{PartnerId, PersonId, QuestionId, RecordId, WorkbookId, by_question};
use super::is_false;
use super::partnership::{Partnership, PartnershipState};
use super::people::{Binned, Partner, Person, PersonField};
use super::place::TextPlace;
use super::promise::Promise;
use super::record::InFamily;
use super::reviewing::{HardThing, Pulse, Walk};
use super::revising::{Finding, Measure, Revision};
use super::scoping::{Evidence, GoDecision, OpenPoint};
use super::skills::{Rating, Remedy};
use super::sustaining::{CarryOn, Legacy};
use super::talk::{TouchPoint, Word};

/// One partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// Names it for ever.
    pub(in crate::domain) id: WorkbookId,
    /// What the person calls it.
    #[serde(default)]
    pub(in crate::domain) title: String,
    /// What the partnership is for, in a line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(in crate::domain) purpose: String,
    /// The worked example: a private copy, never counted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(in crate::domain) example: bool,
    /// Made for one partner to fill in and send back: it holds what they may have, and no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::domain) copy_for: Option<PartnerId>,
    /// The state and how it came to it.
    #[serde(default)]
    pub(in crate::domain) partnership: Partnership,
    /// Our own side.
    pub(in crate::domain) us: Partner,
    /// The partners, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) partners: Vec<Partner>,
    /// The people of all sides, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) people: Vec<Person>,
    /// The answers, by question. Untouched questions are not kept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "by_question")]
    pub(in crate::domain) answers: BTreeMap<QuestionId, Answer>,
    /// When to look at an aspect again, by the aspect's id, where somebody set a day.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::domain) look_again: BTreeMap<String, Date>,
    /// What was promised, in either direction, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) promises: Vec<Promise>,
    /// Being in touch every so often.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) touch_points: Vec<TouchPoint>,
    /// Words that jar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) words: Vec<Word>,
    /// What already remains of the work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) legacies: Vec<Legacy>,
    /// Calls with their lines, and the jots of each day, in the order in which they began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) calls: Vec<Call>,
    /// Evidence of need.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) evidence: Vec<Evidence>,
    /// Fixed and open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) open_points: Vec<OpenPoint>,
    /// Go on or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) go_decisions: Vec<GoDecision>,
    /// Ideas tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) tried_ideas: Vec<TriedIdea>,
    /// Candidates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) candidates: Vec<Candidate>,
    /// What each side brings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) assets: Vec<Asset>,
    /// What we assume.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) assumptions: Vec<Assumption>,
    /// Steps towards trust.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) trust_steps: Vec<TrustStep>,
    /// Pilots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) pilots: Vec<Pilot>,
    /// Signs of a fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) fit_signs: Vec<FitSign>,
    /// Form of the agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) form_choices: Vec<FormChoice>,
    /// Versions of the agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) agreements: Vec<Agreement>,
    /// Roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) roles: Vec<Role>,
    /// Decisions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) decisions: Vec<Decision>,
    /// Money.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) money: Vec<MoneyLine>,
    /// Hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) contributions: Vec<Contribution>,
    /// Joining and leaving.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) memberships: Vec<Membership>,
    /// Activities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) activities: Vec<Activity>,
    /// To do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) actions: Vec<Action>,
    /// Working groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) groups: Vec<Group>,
    /// Training.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) trainings: Vec<TrainingGiven>,
    /// Changes on request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) changes_asked: Vec<ChangeAsked>,
    /// Walks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) walks: Vec<Walk>,
    /// Harder things.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) hard_things: Vec<HardThing>,
    /// Pulses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) pulses: Vec<Pulse>,
    /// Findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) findings: Vec<Finding>,
    /// Measures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) measures: Vec<Measure>,
    /// Changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) revisions: Vec<Revision>,
    /// Ratings of skills.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) ratings: Vec<Rating>,
    /// What is done about gaps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) remedies: Vec<Remedy>,
    /// What goes on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) carry_ons: Vec<CarryOn>,
    /// Endings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) endings: Vec<Ending>,
    /// To wind up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) wind_ups: Vec<WindUp>,
    /// Who has to hear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) tellers: Vec<Teller>,
    /// What was removed, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) bin: Vec<Binned>,
}

impl Workbook {
    /// An empty workbook.
    pub fn new(id: WorkbookId, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            purpose: String::new(),
            example: false,
            copy_for: None,
            partnership: Partnership::default(),
            us: Partner::named(PartnerId::us(), ""),
            partners: Vec::new(),
            people: Vec::new(),
            answers: BTreeMap::new(),
            look_again: BTreeMap::new(),
            promises: Vec::new(),
            touch_points: Vec::new(),
            words: Vec::new(),
            legacies: Vec::new(),
            calls: Vec::new(),
            evidence: Vec::new(),
            open_points: Vec::new(),
            go_decisions: Vec::new(),
            tried_ideas: Vec::new(),
            candidates: Vec::new(),
            assets: Vec::new(),
            assumptions: Vec::new(),
            trust_steps: Vec::new(),
            pilots: Vec::new(),
            fit_signs: Vec::new(),
            form_choices: Vec::new(),
            agreements: Vec::new(),
            roles: Vec::new(),
            decisions: Vec::new(),
            money: Vec::new(),
            contributions: Vec::new(),
            memberships: Vec::new(),
            activities: Vec::new(),
            actions: Vec::new(),
            groups: Vec::new(),
            trainings: Vec::new(),
            changes_asked: Vec::new(),
            walks: Vec::new(),
            hard_things: Vec::new(),
            pulses: Vec::new(),
            findings: Vec::new(),
            measures: Vec::new(),
            revisions: Vec::new(),
            ratings: Vec::new(),
            remedies: Vec::new(),
            carry_ons: Vec::new(),
            endings: Vec::new(),
            wind_ups: Vec::new(),
            tellers: Vec::new(),
            bin: Vec::new(),
        }
    }

    /// The same workbook under another id: a private copy of the example, or an import beside the original.
    #[must_use]
    pub fn with_id(mut self, id: WorkbookId) -> Self {
        self.id = id;
        self
    }

    /// The same workbook with our own side filled in from another one.
    #[must_use]
    pub fn with_our_side(mut self, us: Partner) -> Self {
        self.us = Partner { id: PartnerId::us(), ..us };
        self
    }

    /// Names it for ever.
    pub fn id(&self) -> &WorkbookId {
        &self.id
    }

    /// What the person calls it; may be empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the partnership is for; may be empty.
    pub fn purpose(&self) -> &str {
        &self.purpose
    }

    /// Whether this is a copy of the worked example.
    pub fn is_example(&self) -> bool {
        self.example
    }

    /// The partner whose copy it is, where it was made to be sent to one.
    pub fn copy_for(&self) -> Option<&PartnerId> {
        self.copy_for.as_ref()
    }

    /// The state and how it came to it.
    pub fn partnership(&self) -> &Partnership {
        &self.partnership
    }

    /// The state now.
    pub fn state(&self) -> PartnershipState {
        self.partnership.state()
    }

    /// Our own side.
    pub fn us(&self) -> &Partner {
        &self.us
    }

    /// The partners, our own side apart.
    pub fn partners(&self) -> &[Partner] {
        &self.partners
    }

    /// A partner, or our own side.
    pub fn partner(&self, id: &PartnerId) -> Option<&Partner> {
        if id.is_us() { Some(&self.us) } else { self.partners.iter().find(|p| p.id == *id) }
    }

    /// The people of all sides.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The people of one side.
    pub fn people_of<'a>(&'a self, partner: &'a PartnerId) -> impl Iterator<Item = &'a Person> {
        self.people.iter().filter(move |p| p.partner == *partner)
    }

    /// A person.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|p| p.id == *id)
    }

    /// The answer to a question; blank where nobody has touched it.
    pub fn answer(&self, question: &QuestionId) -> &Answer {
        self.answers.get(question).unwrap_or(Answer::BLANK)
    }

    /// Every answer that somebody has touched, in the order of its question.
    pub fn answers(&self) -> impl Iterator<Item = (&QuestionId, &Answer)> {
        self.answers.iter()
    }

    /// The standing of an answer among the partners who take part now.
    pub fn standing(&self, question: &QuestionId, ours_settles: bool) -> Standing {
        self.answer(question).standing(self.partners.iter().map(|p| &p.id), ours_settles)
    }

    /// The records of a family, in the order in which they came.
    pub fn all<R: InFamily>(&self) -> &[R] {
        R::all(self)
    }

    /// Calls and the jots of each day, in the order in which they began.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// A call, or the jots of a day.
    pub fn call(&self, id: &RecordId) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.id == *id)
    }

    /// A line of a call.
    pub fn line(&self, call: &RecordId, line: &RecordId) -> Option<&Line> {
        self.call(call)?.line(line)
    }

    /// What was promised, in either direction, oldest first.
    pub fn promises(&self) -> &[Promise] {
        &self.promises
    }

    /// Words that jar.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Being in touch every so often.
    pub fn touch_points(&self) -> &[TouchPoint] {
        &self.touch_points
    }

    /// What already remains of the work.
    pub fn legacies(&self) -> &[Legacy] {
        &self.legacies
    }

    /// When to look at an aspect again, where somebody set a day.
    pub fn look_again(&self, aspect: &str) -> Option<Date> {
        self.look_again.get(aspect).copied()
    }

    /// Every aspect with a day on which to look at it again.
    pub fn look_agains(&self) -> impl Iterator<Item = (&str, Date)> {
        self.look_again.iter().map(|(aspect, on)| (aspect.as_str(), *on))
    }

    /// What was removed, oldest first.
    pub fn bin(&self) -> &[Binned] {
        &self.bin
    }

    /// The text at a place; `None` where the partner or person is not there.
    pub fn text(&self, place: &TextPlace) -> Option<&str> {
        match place {
            TextPlace::Title => Some(&self.title),
            TextPlace::Purpose => Some(&self.purpose),
            TextPlace::Voice(question, voice) => Some(self.answer(question).text(voice)),
            TextPlace::Partner(id, field) => self.partner(id).map(|p| p.field(*field)),
            TextPlace::Person(id, field) => self.person(id).map(|p| p.field(*field)),
            TextPlace::State(at, field) => self.partnership.log.get(*at)?.field(*field),
            TextPlace::Record(id, field) => self.record_text(id, *field),
            TextPlace::Line(call, line) => self.line(call, line).map(|line| line.text.as_str()),
        }
    }

    /// Whether the text at a place is left out of what goes out of the workbook.
    pub fn is_private(&self, place: &TextPlace) -> bool {
        match place {
            TextPlace::Voice(question, _) => self.answer(question).private,
            TextPlace::Line(call, line) => self.line(call, line).is_some_and(|line| line.private),
            TextPlace::Record(id, _) => self.is_record_private(id),
            TextPlace::Person(_, PersonField::Note) => true,
            _ => false,
        }
    }

    /// Whether a promise is left out of everything that goes out: it is private, or the line is in which it was said.
    pub fn is_secret(&self, promise: &Promise) -> bool {
        promise.private || self.was_private(promise.said_in.as_ref())
    }

    /// Whether something came from a line that is private, so that what became of the line leaves as little as it does.
    pub fn was_private(&self, said_in: Option<&SaidIn>) -> bool {
        let line = said_in.and_then(|said| self.line(&said.call, &said.line));
        line.is_some_and(|line| line.private)
    }

    /// Forgets answers and voices that hold nothing, so that undoing everything gives back the very start.
    pub(in crate::domain) fn tidy(&mut self, question: &QuestionId) {
        let Some(answer) = self.answers.get_mut(question) else { return };
        answer.theirs.retain(|_, theirs| *theirs != Theirs::default());
        if *answer == *Answer::BLANK {
            self.answers.remove(question);
        }
    }
}
