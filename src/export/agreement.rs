//! The agreement in each of its forms, as it would be sent: the clauses as they stand, in the order of the form.
//!
//! A document is a row of [`Part`]s, each of one clause or of none, so that a screen can show the clause that is being
//! written. What nobody has said prints as *[to agree]*; what is only proposed is said to be so at the end. Start at
//! [`parts`].

pub mod amended;
pub mod email;
pub mod fairness;
pub mod full;
pub mod gaps;
pub mod memorandum;
pub mod summary;
pub mod terms;

use super::document::{Block, Document, Item, Level, TO_AGREE};
use super::subject::Subject;
use super::{title, voices};
use crate::domain::query::{ClauseNow, ClauseWords};
use crate::domain::{Agreement, AgreementForm, Choice, PartnerId, QuestionId, Standing};

/// Ends every form but the email, which says it in its own words.
const NOT_A_CONTRACT: &str = "This is not a contract and not legal advice. If it has to bind anybody, ask somebody with legal training before \
     you sign.";

/// Headings of a form, each with the clauses that stand under it, by number.
type Skeleton = &'static [(&'static str, &'static [u8])];

/// A part of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The question of its clause; `None` for what belongs to no clause.
    pub question: Option<QuestionId>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// The name of the document for a form.
pub fn name_of(form: AgreementForm) -> &'static str {
    match form {
        AgreementForm::Suggested | AgreementForm::Email => "email-agreement",
        AgreementForm::Memorandum => "memorandum",
        AgreementForm::TermsOfReference => "terms-of-reference",
        AgreementForm::PartnershipAgreement => "partnership-agreement",
    }
}

/// The agreement in a form, part by part, without its title.
pub fn parts(subject: &Subject<'_>, form: AgreementForm) -> Vec<Part> {
    match form {
        AgreementForm::Suggested | AgreementForm::Email => email::parts(subject),
        AgreementForm::Memorandum => memorandum::parts(subject),
        AgreementForm::TermsOfReference => terms::parts(subject),
        AgreementForm::PartnershipAgreement => full::parts(subject),
    }
}

/// The title of the agreement in a form; empty for an email, which has none.
pub fn title_of(subject: &Subject<'_>, form: AgreementForm) -> String {
    match form {
        AgreementForm::Suggested | AgreementForm::Email => String::new(),
        form => match subject.reader() {
            // the title of a workbook is ours
            Some(partner) => {
                let (us, them) = (subject.side(&PartnerId::us()), subject.side(partner));
                format!("{}: {us} and {them}", form.title())
            }
            None => format!("{}: {}", form.title(), title(subject)),
        },
    }
}

fn document(subject: &Subject<'_>, form: AgreementForm) -> Document {
    let mut document = Document::titled(title_of(subject, form));
    document.blocks = parts(subject, form).into_iter().flat_map(|part| part.blocks).collect();
    document.private = subject.select(clause_questions(subject), |_| true).private;
    document
}

fn clause_questions<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = &'a crate::content::types::Question> + use<'a> {
    subject.content().aspect("agreement").into_iter().flat_map(|sheet| &sheet.questions)
}

/// The clauses as a form is made of them.
struct Clauses<'a>(Vec<ClauseNow<'a>>);

impl<'a> Clauses<'a> {
    fn of(subject: &Subject<'a>, form: AgreementForm) -> Self {
        Self(subject.agreement(form))
    }

    fn number(&self, number: u8) -> Option<&ClauseNow<'a>> {
        self.0.get(usize::from(number).checked_sub(1)?)
    }

    /// Those of a heading that the form needs or that have words.
    fn shown(&self, numbers: &[u8]) -> Vec<&ClauseNow<'a>> {
        let all = numbers.iter().filter_map(|n| self.number(*n));
        all.filter(|now| is_shown(now)).collect()
    }

    /// Those that stand under none of the headings, and that somebody has worded or the form needs.
    fn others(&self, skeleton: Skeleton) -> Vec<&ClauseNow<'a>> {
        let stands = |number: u8| skeleton.iter().any(|(_, numbers)| numbers.contains(&number));
        let others = (1_u8..).zip(&self.0).filter(|(number, _)| !stands(*number)).map(|(_, now)| now);
        others.filter(|now| is_shown(now) && (now.needed || is_worded(now))).collect()
    }
}

fn is_shown(now: &ClauseNow<'_>) -> bool {
    now.words != ClauseWords::NotForUs && (now.needed || now.words.text().is_some())
}

/// Whether somebody has put it into words, rather than that it is drawn from elsewhere.
fn is_worded(now: &ClauseNow<'_>) -> bool {
    now.words.text().is_some() && !matches!(now.words, ClauseWords::Drawn(_))
}

/// The words of a clause as blocks, after a label where there is one.
fn said(label: &str, now: &ClauseNow<'_>) -> Vec<Block> {
    let words = now.words.text().unwrap_or(TO_AGREE);
    let colon = if label.is_empty() { "" } else { super::text::colon_after(label) };
    let drawn = matches!(now.words, ClauseWords::Drawn(_));
    let mut blocks = Vec::new();
    if drawn && words.contains('\n') {
        if !label.is_empty() {
            blocks.push(Block::Paragraph(format!("{label}{colon}")));
        }
        blocks.push(Block::List(words.lines().map(Item::plain).collect()));
    } else {
        let gap = if label.is_empty() { "" } else { " " };
        blocks.push(Block::Paragraph(format!("{label}{colon}{gap}{words}")));
    }
    blocks
}

/// Every heading that has something under it, with its clauses.
fn under_headings(clauses: &Clauses<'_>, skeleton: Skeleton) -> Vec<Part> {
    let mut parts = Vec::new();
    let others = clauses.others(skeleton);
    let sections = skeleton.iter().map(|(heading, numbers)| (*heading, clauses.shown(numbers)));
    for (heading, shown) in sections.chain([("Also", others)]) {
        let alone = shown.len() == 1 && heading != "Also";
        for (n, now) in shown.iter().enumerate() {
            let mut blocks = Vec::new();
            if n == 0 {
                blocks.push(Block::Heading(Level::Section, heading.to_owned()));
            }
            blocks.extend(said(if alone { "" } else { &now.clause.name }, now));
            parts.push(Part { question: Some(now.question.clone()), blocks });
        }
    }
    parts
}

/// What is in place of what, and of which day it is.
fn head(subject: &Subject<'_>, clauses: &Clauses<'_>) -> Part {
    let now = voices::day(subject.today());
    if subject.reader().is_some() {
        let mut facts = vec![("Your copy, as of".to_owned(), now)];
        facts.extend(subject.in_force().into_iter().flat_map(facts_of));
        return Part { question: None, blocks: vec![Block::Facts(facts)] };
    }
    let facts = match subject.since_agreed(&clauses.0) {
        None => vec![("Draft of".to_owned(), now)],
        Some((version, 0)) => vec![("Agreed".to_owned(), version)],
        Some((version, _)) => {
            vec![("Draft of".to_owned(), now), ("Takes the place of".to_owned(), version)]
        }
    };
    Part { question: None, blocks: vec![Block::Facts(facts)] }
}

/// Of which form a version is, when it was agreed and when it is looked at again.
pub(super) fn facts_of(version: &Agreement) -> Vec<(String, String)> {
    let form = match version.form {
        AgreementForm::Suggested => String::new(),
        form => format!(", {}", form.words()),
    };
    let number = version.number.map_or_else(|| "yes".to_owned(), |number| format!("version {number}"));
    let on = |day: Option<jiff::civil::Date>| day.map_or_else(|| TO_AGREE.to_owned(), voices::day);
    vec![
        ("Agreement between us".to_owned(), format!("{number}{form}")),
        ("Agreed on".to_owned(), on(version.agreed)),
        ("We look at it again by".to_owned(), on(version.review_by)),
    ]
}

/// Clauses that are open, by name, with the words for why: those on which the sides differ, those that are only proposed,
/// those of which nobody has said anything. Only what stands in the document is named.
fn open<'c>(clauses: &'c Clauses<'_>, parts: &[Part]) -> Vec<(&'static str, Vec<&'c str>)> {
    let there = |now: &&ClauseNow<'_>| parts.iter().any(|part| part.question.as_ref() == Some(&now.question));
    let named = |wanted: &dyn Fn(&ClauseNow<'_>) -> bool| -> Vec<&'c str> {
        let all = clauses.0.iter().filter(there).filter(|now| now.words != ClauseWords::NotForUs);
        all.filter(|now| wanted(now)).map(|now| now.clause.name.as_str()).collect()
    };
    let disputed = |now: &ClauseNow<'_>| now.standing == Standing::Disputed;
    let worded = |now: &ClauseNow<'_>| now.words.text().is_some();
    let needed = |now: &ClauseNow<'_>| now.needed || now.clause.when.is_empty();
    let all = [
        ("Still to agree", named(&|now| !worded(now) && !disputed(now) && needed(now))),
        ("Where we differ", named(&disputed)),
        ("Proposed, and not agreed yet", named(&|now| worded(now) && !disputed(now) && !now.is_agreed())),
    ];
    all.into_iter().filter(|(_, names)| !names.is_empty()).collect()
}

/// The same, put at the front of a form, after its head.
fn with_what_is_open(clauses: &Clauses<'_>, mut parts: Vec<Part>) -> Vec<Part> {
    let said = open(clauses, &parts).into_iter();
    let blocks: Vec<Block> =
        said.map(|(what, names)| Block::Paragraph(format!("{what}: {}.", names.join("; ")))).collect();
    if !blocks.is_empty() {
        parts.insert(parts.len().min(1), Part { question: None, blocks });
    }
    parts
}

/// Lines to sign on, one a side, and what this is not.
fn signed(subject: &Subject<'_>) -> Part {
    let mut blocks = vec![Block::Heading(Level::Section, "Names by role, and date".to_owned())];
    let sides = [subject.us()].into_iter().chain(subject.partners());
    blocks.extend(sides.map(|side| Block::Blank(format!("For {}", voices::name_of(side)))));
    blocks.push(Block::Paragraph(NOT_A_CONTRACT.to_owned()));
    Part { question: None, blocks }
}

#[cfg(test)]
mod tests;
