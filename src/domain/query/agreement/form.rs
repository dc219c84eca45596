//! Which form of agreement is the lightest that will hold: what is asked, what the book knows of it, what it weighs.

use std::collections::BTreeMap;

use crate::content::Content;
use crate::content::types::{Clause, Form, Signal};
use crate::domain::{
    Activity, AgreementForm, Choice, FormChoice, Group, Money, MoneyLine, PaidFor, PartnerStatus, Phase,
    Workbook,
};

/// Levels of involvement that weigh: partners act together, or a partner's own work is supported.
const DEEP: [&str; 2] = ["acting-together", "supporting"];
/// From so many whole pounds, euros or the like on, money is much.
const MUCH: i128 = 5_000;
/// Days in three months, and in a year.
const THREE_MONTHS: i64 = 92;
const A_YEAR: i64 = 366;

/// One signal: what was answered, and where that comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight<'a> {
    /// What is asked.
    pub signal: &'a Signal,
    /// The number of the answer, from 0.
    pub answer: usize,
    /// Somebody chose it here.
    pub by_hand: bool,
    /// What the book says about it; empty where it says nothing.
    pub known: String,
}

impl Weight<'_> {
    /// The words of the answer.
    pub fn words(&self) -> &str {
        self.signal.answers.get(self.answer).map_or("", |answer| &answer.words)
    }

    /// What it weighs.
    pub fn points(&self) -> u32 {
        self.signal.answers.get(self.answer).map_or(0, |answer| answer.points.into())
    }
}

/// What speaks for a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed<'a> {
    /// Every signal, in the order in which they are asked.
    pub signals: Vec<Weight<'a>>,
    /// What they weigh together.
    pub points: u32,
    /// The form that fits.
    pub suggested: AgreementForm,
    /// The form that is meant: the one that was chosen, or else the one that fits.
    pub form: AgreementForm,
    /// Why another was chosen; empty where none was, or nobody said.
    pub why: String,
    /// Whether an activity meets the public.
    pub public: bool,
}

impl Weighed<'_> {
    fn answer(&self, id: &str) -> usize {
        self.signals.iter().find(|weight| weight.signal.id == id).map_or(0, |weight| weight.answer)
    }

    /// Whether a group meets regularly, so that terms of reference are wanted as well.
    pub fn group_meets(&self) -> bool {
        self.answer("group") > 0
    }

    /// Whether something must bind, so that advice should be had first.
    pub fn wants_advice(&self) -> bool {
        self.answer("binding") > 0
    }

    /// Whether money moves between the sides.
    pub fn money_moves(&self) -> bool {
        self.answer("money") > 0
    }

    /// Whether somebody said here that no money moves.
    pub fn no_money(&self) -> bool {
        self.signals.iter().any(|w| w.signal.id == "money" && w.by_hand && w.answer == 0)
    }

    /// Whether a form other than the suggested one was chosen.
    pub fn is_overruled(&self) -> bool {
        self.form != self.suggested
    }

    /// Whether a form needs a clause, with the terms of reference that go with it.
    pub fn needs(&self, clause: &Clause, form: AgreementForm) -> bool {
        let applies = match clause.id.as_str() {
            "K13" | "K14" => self.money_moves(),
            "K19" => self.answer("risk") > 0 || self.public,
            "K20" => self.answer("data") > 0,
            _ => true,
        };
        let in_form = clauses_of(form).is_some_and(|form| clause.needed_in.contains(&form));
        let in_terms = self.group_meets() && clause.needed_in.contains(&Form::TermsOfReference);
        applies && (in_form || in_terms)
    }
}

/// The form as the clauses name it.
pub fn clauses_of(form: AgreementForm) -> Option<Form> {
    match form {
        AgreementForm::Suggested => None,
        AgreementForm::Email => Some(Form::Email),
        AgreementForm::Memorandum => Some(Form::Memorandum),
        AgreementForm::TermsOfReference => Some(Form::TermsOfReference),
        AgreementForm::PartnershipAgreement => Some(Form::PartnershipAgreement),
    }
}

/// The form that fits so many points.
pub fn suggested(points: u32) -> AgreementForm {
    match points {
        0..=2 => AgreementForm::Email,
        3..=5 => AgreementForm::Memorandum,
        _ => AgreementForm::PartnershipAgreement,
    }
}

/// Weighs what was answered, and what the book knows where nobody has answered.
pub fn weigh<'a>(workbook: &Workbook, content: &'a Content) -> Weighed<'a> {
    let choice = workbook.all::<FormChoice>().last();
    let none = BTreeMap::new();
    let chosen = choice.map_or(&none, |choice| &choice.signals);
    let signals: Vec<Weight<'_>> = content
        .signals()
        .iter()
        .map(|signal| {
            let (known, words) = known(workbook, &signal.id).unwrap_or_default();
            let by_hand = chosen.get(&signal.id).map(|n| usize::from(*n));
            let most = signal.answers.len().saturating_sub(1);
            Weight {
                signal,
                answer: by_hand.unwrap_or(known).min(most),
                by_hand: by_hand.is_some(),
                known: words,
            }
        })
        .collect();
    let points = signals.iter().map(Weight::points).sum();
    let suggested = suggested(points);
    let meant = choice.map(|choice| choice.form).filter(|form| *form != AgreementForm::Suggested);
    let why = choice.filter(|_| meant.is_some()).map(|choice| choice.why.trim().to_owned());
    Weighed {
        signals,
        points,
        suggested,
        form: meant.unwrap_or(suggested),
        why: why.unwrap_or_default(),
        public: workbook.all::<Activity>().iter().any(|activity| activity.public),
    }
}

/// What the book knows about a signal: the number of the answer, and why, in words.
fn known(workbook: &Workbook, signal: &str) -> Option<(usize, String)> {
    match signal {
        "money" => money(workbook),
        "length" => length(workbook),
        "partners" => partners(workbook),
        "level" => level(workbook),
        "group" => {
            let group = workbook.all::<Group>().first()?;
            Some((1, format!("working group: {}", named(&group.name))))
        }
        _ => None,
    }
}

fn named(name: &str) -> &str {
    let name = name.trim();
    if name.is_empty() { "one without a name" } else { name }
}

/// Whether money moves between the sides: as somebody answered, or else as far as the book knows of any.
pub(in crate::domain::query) fn money_moves(workbook: &Workbook) -> bool {
    let chosen = workbook.all::<FormChoice>().last().and_then(|choice| choice.signals.get("money"));
    chosen.map_or_else(|| moving(workbook).next().is_some(), |answer| *answer > 0)
}

/// The lines of money that leave who holds them. What stays there weighs nothing.
fn moving(workbook: &Workbook) -> impl Iterator<Item = &MoneyLine> {
    let moves = |line: &&MoneyLine| line.paid_to.is_none() || line.paid_to != line.held_by;
    workbook.all::<MoneyLine>().iter().filter(moves)
}

fn money(workbook: &Workbook) -> Option<(usize, String)> {
    let lines: Vec<&MoneyLine> = moving(workbook).collect();
    if lines.is_empty() {
        return None;
    }
    let said = match lines.len() {
        1 => "1 sum under Money".to_owned(),
        n => format!("{n} sums under Money"),
    };
    if lines.iter().all(|line| line.paid_for == PaidFor::Costs) {
        return Some((1, format!("{said}, all of it for costs")));
    }
    let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
    for money in lines.iter().filter_map(|line| line.amount.as_ref()) {
        *sums.entry(&money.currency).or_default() += i128::from(money.minor);
    }
    let much = sums.iter().any(|(currency, minor)| whole(*minor, currency) >= MUCH);
    Some((if much { 3 } else { 2 }, said))
}

/// Whole pounds, euros or the like.
fn whole(minor: i128, currency: &str) -> i128 {
    let one = Money::new(1, currency).figures();
    let places = one.split_once('.').map_or(0, |(_, places)| places.len());
    minor / 10_i128.pow(u32::try_from(places).unwrap_or(0))
}

fn length(workbook: &Workbook) -> Option<(usize, String)> {
    let activities = workbook.all::<Activity>();
    let days = || activities.iter().flat_map(|a| [a.from, a.until]).flatten();
    let (first, last) = (days().min()?, days().max()?);
    let length = i64::from(first.until(last).ok()?.get_days());
    if length == 0 {
        return None;
    }
    let answer = usize::from(length >= THREE_MONTHS) + usize::from(length >= A_YEAR);
    let day = |on: jiff::civil::Date| on.strftime("%-d %b %Y").to_string();
    Some((answer, format!("activities from {} to {}", day(first), day(last))))
}

fn partners(workbook: &Workbook) -> Option<(usize, String)> {
    let there = |status| matches!(status, PartnerStatus::In | PartnerStatus::Talking | PartnerStatus::Paused);
    let partners = workbook.partners().iter().filter(|partner| there(partner.status)).count();
    let answer = match partners {
        0 => return None,
        1 => 0,
        2..=4 => 1,
        _ => 2,
    };
    let others =
        if partners == 1 { "1 partner and us".to_owned() } else { format!("{partners} partners and us") };
    Some((answer, others))
}

fn level(workbook: &Workbook) -> Option<(usize, String)> {
    let levels = || workbook.partners().iter().filter_map(|p| p.levels.get(&Phase::WorkingTogether));
    let deep = levels().find(|level| DEEP.contains(&level.as_str()));
    match deep {
        Some(level) => Some((1, level.replace('-', " "))),
        None => levels().next().map(|level| (0, level.replace('-', " "))),
    }
}

impl AgreementForm {
    /// The forms that can be chosen, lightest first.
    pub const FORMS: [Self; 4] =
        [Self::Email, Self::Memorandum, Self::TermsOfReference, Self::PartnershipAgreement];

    /// Its name as a heading: "Email agreement".
    pub fn title(self) -> String {
        let words = self.words();
        let mut letters = words.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }
}
