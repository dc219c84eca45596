//! Merging another copy of a workbook, difference by difference: taking theirs, keeping both, and what is no reason to
//! take anything.
//!
//! It goes by what [`take`](super::take) does for an earlier version, with what matters where two people wrote at once:
//! a copy that only lacks something does not say that it is to go, and nobody agrees to anything by being merged.

use jiff::civil::Date;

use super::script::edits_between;
use super::take::taken;
use super::words::words;
use super::{Difference, Stands, Thing, differences};
use crate::content::Content;
use crate::domain::answer::{Answer, Heard, Version, is_blank};
use crate::domain::edit::Edit;
use crate::domain::id::{PartnerId, QuestionId};
use crate::domain::place::VoiceKey;
use crate::domain::record::{AnyRecord, Family};
use crate::domain::workbook::Workbook;

/// What differs in another copy of the workbook. As [`differences`], without what says the same in the same words and
/// was only written on another day.
pub fn differences_of_copy(now: &Workbook, copy: &Workbook) -> Vec<Difference> {
    let mut all = differences(now, copy);
    all.retain(|difference| match &difference.thing {
        Thing::Voice(question, voice) => {
            let (one, other) = (now.answer(question), copy.answer(question));
            let heard = |answer: &Answer| match voice {
                VoiceKey::Theirs(partner) => answer.theirs.get(partner).map(|t| t.heard).unwrap_or_default(),
                VoiceKey::Ours | VoiceKey::Agreed => Heard::Guess,
            };
            one.text(voice) != other.text(voice) || heard(one) != heard(other)
        }
        _ => true,
    });
    all
}

/// Whether the copy says nothing that is not here: it only lacks what is here, or has it in its bin.
pub fn only_lacks(difference: &Difference, now: &Workbook, copy: &Workbook, content: &Content) -> bool {
    match (&difference.thing, difference.now, difference.other) {
        (_, Stands::There, Stands::InBin | Stands::Nowhere) => return true,
        (_, Stands::There, Stands::There) => {}
        _ => return false,
    }
    match &difference.thing {
        Thing::Voice(question, voice) => is_blank(copy.answer(question).text(voice)),
        Thing::Title => is_blank(copy.title()),
        Thing::Purpose => is_blank(copy.purpose()),
        Thing::States => copy.partnership.log.len() < now.partnership.log.len(),
        Thing::Accords(question) => {
            let (here, there) = (now.answer(question), copy.answer(question));
            // who agreed comes with the wording, so a yes to none costs ours
            let no_wording = is_blank(&there.agreed.text) && !is_blank(&here.agreed.text);
            no_wording || there.accords.iter().all(|accord| here.accords.contains(accord))
        }
        Thing::LookAgain(aspect) => !copy.look_again.contains_key(aspect),
        Thing::State(_) | Thing::Marks(_) | Thing::Earlier(_) | Thing::Order(_) => false,
        Thing::Partner(_) | Thing::Person(_) | Thing::Record(..) | Thing::Line(..) => {
            words(difference, now, copy, content).rows.iter().all(|row| is_blank(&row.other))
        }
    }
}

/// Whether a difference in a copy that came back from a partner is about what is theirs to say: their voice, who they
/// are, what they promised.
pub fn is_theirs(difference: &Difference, partner: &PartnerId, now: &Workbook, copy: &Workbook) -> bool {
    match &difference.thing {
        Thing::Voice(_, VoiceKey::Theirs(of)) | Thing::Partner(of) => of == partner,
        Thing::Person(id) => {
            let side = |workbook: &Workbook| workbook.person(id).map(|person| person.partner == *partner);
            side(now).or_else(|| side(copy)).unwrap_or(false)
        }
        Thing::Record(Family::Promise, id) => {
            let by = |workbook: &Workbook| match workbook.any_record(id) {
                Some(AnyRecord::Promise(promise)) => Some(promise.by == *partner),
                _ => None,
            };
            by(now).or_else(|| by(copy)).unwrap_or(false)
        }
        _ => false,
    }
}

/// The edits that take what is `chosen` from another copy, to be done together, as one step. As [`take`](super::take),
/// except that an agreement is never made by it: wording that comes in without the yes it was given is a proposal, dated
/// `today`, and who agreed to some wording comes along with that wording or not at all.
pub fn merge(now: &Workbook, copy: &Workbook, chosen: &[Difference], today: Date) -> Vec<Edit> {
    let mut chosen = chosen.to_vec();
    for difference in differences(now, copy) {
        let Thing::Voice(question, VoiceKey::Agreed) = &difference.thing else { continue };
        let yes = |d: &Difference| d.thing == Thing::Accords(question.clone());
        if chosen.iter().any(yes) && !chosen.contains(&difference) {
            chosen.push(difference);
        }
    }
    let mut here = taken(now, copy, &chosen, today);
    let questions: Vec<QuestionId> = chosen.iter().filter_map(|d| d.thing.question()).cloned().collect();
    for question in questions {
        propose(&mut here, now, copy, &question, today);
    }
    edits_between(now, &here)
}

/// The edits that keep both: ours, then theirs as a paragraph of its own. `None` for what is no words, and where one side
/// has none. Both together are a proposal to whoever had agreed to one of them.
pub fn both(now: &Workbook, copy: &Workbook, difference: &Difference, today: Date) -> Option<Vec<Edit>> {
    let join = |ours: &str, theirs: &str| {
        let both = !is_blank(ours) && !is_blank(theirs) && ours != theirs;
        both.then(|| format!("{}\n\n{}", ours.trim_end(), theirs.trim()))
    };
    let mut here = now.clone();
    match &difference.thing {
        Thing::Purpose => here.purpose = join_line(&now.purpose, &copy.purpose)?,
        Thing::Voice(question, voice) => {
            let there = copy.answer(question);
            let text = join(now.answer(question).text(voice), there.text(voice))?;
            let answer = here.answers.entry(question.clone()).or_default();
            match voice {
                VoiceKey::Ours => (answer.ours.text, answer.ours.on) = (text, Some(today)),
                VoiceKey::Agreed => (answer.agreed.text, answer.agreed.on) = (text, Some(today)),
                VoiceKey::Theirs(partner) => {
                    let heard = there.theirs.get(partner).map(|t| t.heard).unwrap_or_default();
                    let theirs = answer.theirs.entry(partner.clone()).or_default();
                    (theirs.text, theirs.on) = (text, Some(today));
                    theirs.heard = weaker(weaker(theirs.heard, heard), Heard::Asked);
                }
            }
            propose(&mut here, now, copy, question, today);
        }
        _ => return None,
    }
    Some(edits_between(now, &here))
}

/// The purpose is a line, so both stand in one.
fn join_line(ours: &str, theirs: &str) -> Option<String> {
    let (ours, theirs) = (ours.trim(), theirs.trim());
    let both = !ours.is_empty() && !theirs.is_empty() && ours != theirs;
    both.then(|| format!("{ours}; {theirs}"))
}

/// The one of two that can be relied on less.
fn weaker(one: Heard, other: Heard) -> Heard {
    let rank = |heard| match heard {
        Heard::Disputed => 0,
        Heard::Guess => 1,
        Heard::Asked => 2,
        Heard::Agreed => 3,
    };
    if rank(other) < rank(one) { other } else { one }
}

/// Where the agreed wording is another now, nobody here has said yes to it, unless that came along as it was there.
fn propose(here: &mut Workbook, now: &Workbook, copy: &Workbook, question: &QuestionId, today: Date) {
    let (before, there) = (now.answer(question), copy.answer(question));
    let Some(answer) = here.answers.get_mut(question) else { return };
    if answer.agreed.text == before.agreed.text {
        return;
    }
    let as_there = answer.agreed.text == there.agreed.text;
    if !(as_there && answer.accords == there.accords) {
        // what was said before today is known to be older than this wording; what was said today would seem newer
        answer.accords.retain(|accord| accord.on < today);
        if !answer.accords.is_empty() {
            answer.agreed.on = Some(today);
        }
    }
    for (partner, theirs) in &mut answer.theirs {
        let said_so_there = as_there && there.theirs.get(partner).is_some_and(|t| t.heard == Heard::Agreed);
        if theirs.heard == Heard::Agreed && !said_so_there {
            theirs.heard = Heard::Asked;
        }
    }
    let text = &before.agreed.text;
    let kept = |v: &Version| v.voice == VoiceKey::Agreed && v.text == *text;
    if !is_blank(text) && !answer.agreed.text.starts_with(text.as_str()) && !answer.earlier.iter().any(kept) {
        let (voice, on) = (VoiceKey::Agreed, before.agreed.on);
        answer.earlier.push(Version { voice, on, until: today, text: text.clone() });
    }
}
