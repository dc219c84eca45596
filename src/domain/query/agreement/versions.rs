//! Versions of the agreement: which there are, which counts, and what an agreement of today would hold.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::ClauseNow;
use crate::domain::{
    Accord, Agreement, AgreementForm, Edit, Heard, PartnerId, QuestionId, RecordId, Splice, Standing,
    TextPlace, VoiceKey, Workbook,
};
use crate::order::InOrder;

/// The versions, latest first.
pub fn versions(workbook: &Workbook) -> Vec<&Agreement> {
    let mut versions: Vec<(usize, &Agreement)> = workbook.all::<Agreement>().iter().enumerate().collect();
    versions.order_by_key(|(place, version)| std::cmp::Reverse((version.number, *place)));
    versions.into_iter().map(|(_, version)| version).collect()
}

/// The version that counts: the latest that was agreed and that no other has taken the place of.
pub fn in_force(workbook: &Workbook) -> Option<&Agreement> {
    let versions = versions(workbook);
    let superseded: BTreeSet<&RecordId> = versions.iter().filter_map(|v| v.supersedes.as_ref()).collect();
    versions.into_iter().find(|version| version.agreed.is_some() && !superseded.contains(&version.id))
}

/// The number of the next version, from 1.
pub fn next_number(workbook: &Workbook) -> u32 {
    let last = workbook.all::<Agreement>().iter().filter_map(|version| version.number).max();
    last.unwrap_or(0).saturating_add(1)
}

/// The words of each clause as they stand now.
pub fn now_as_version(paper: &[ClauseNow<'_>]) -> BTreeMap<QuestionId, String> {
    let worded = paper.iter().filter_map(|now| Some((now.question.clone(), now.words.text()?.to_owned())));
    worded.collect()
}

/// What it takes that what stands on paper is agreed today: the edits by which its clauses stand as agreed with the
/// partners who agreed, and the version that is to be kept. What is disputed stays so, and so does what is private.
pub fn agreed_today(
    workbook: &Workbook,
    paper: &[ClauseNow<'_>],
    version: Version,
    today: Date,
) -> (Vec<Edit>, Agreement) {
    let agreed = paper.iter().filter(|now| now.words.text().is_some() && now.standing != Standing::Disputed);
    let partners: Vec<&PartnerId> = version.sides.iter().filter(|side| !side.is_us()).collect();
    let edits: Vec<Edit> = agreed.clone().flat_map(|now| agree(workbook, now, &partners, today)).collect();
    let clauses = now_as_version(&agreed.cloned().collect::<Vec<_>>());
    let record = Agreement {
        number: Some(next_number(workbook)),
        form: version.form,
        agreed: Some(today),
        agreed_by: version.sides.iter().cloned().collect(),
        by: version.by,
        review_by: version.review_by,
        supersedes: in_force(workbook).map(|version| version.id.clone()),
        clauses,
        ..Agreement::new(version.id)
    };
    (edits, record)
}

/// What is to be known of a version that is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Names it for ever.
    pub id: RecordId,
    /// Its form.
    pub form: AgreementForm,
    /// The sides that agree, ours among them.
    pub sides: Vec<PartnerId>,
    /// Who agrees for them, by role.
    pub by: String,
    /// When it is to be looked at again.
    pub review_by: Option<Date>,
}

/// The edits by which a clause stands as agreed with some partners.
fn agree(workbook: &Workbook, now: &ClauseNow<'_>, partners: &[&PartnerId], today: Date) -> Vec<Edit> {
    let answer = workbook.answer(&now.question);
    let mut edits = Vec::new();
    let words = now.words.text().unwrap_or("");
    let place = TextPlace::Voice(now.question.clone(), VoiceKey::Agreed);
    if answer.agreed().text.trim().is_empty() {
        let delete = answer.agreed().text.clone();
        let splice = Splice { place, at: 0, delete, insert: words.to_owned(), on: Some(today) };
        edits.push(Edit::Splice(splice));
    }
    for partner in partners {
        let theirs = answer.theirs(partner).cloned().unwrap_or_default();
        if theirs.heard != Heard::Agreed {
            edits.push(Edit::SetHeard {
                question: now.question.clone(),
                partner: (*partner).clone(),
                heard: Heard::Agreed,
                checked: Some(today),
                person: theirs.person,
                source: theirs.source,
            });
        }
    }
    let others = answer.accords().iter().filter(|accord| !partners.contains(&&accord.partner)).cloned();
    let who = |partner: &PartnerId| answer.accords().iter().find(|accord| accord.partner == *partner);
    let these = partners.iter().map(|partner| Accord {
        partner: (*partner).clone(),
        person: who(partner).and_then(|accord| accord.person.clone()),
        on: today,
    });
    let accords: Vec<Accord> = others.chain(these).collect();
    edits.push(Edit::SetAccords { question: now.question.clone(), accords });
    edits
}
