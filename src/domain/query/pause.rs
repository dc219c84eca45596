//! Pausing, taking up again, starting over: what each of them needs to know, and the edits that a fresh start is made of.
//!
//! Days come in as values. Start reading at [`snapshot`].

use jiff::ToSpan;
use jiff::civil::Date;

use super::standing_of;
use crate::content::{Content, types::Question};
use crate::domain::{
    Edit, Heard, PartnershipState, QuestionId, Snapshot, Standing, StateChange, Version, VoiceKey, Workbook,
};

/// An answer that was last touched longer ago than this, in days, wants another look.
pub(super) const OLD_DAYS: i64 = 365;

/// How things stand on a day: standings, promises that are owed, people who are there.
pub fn snapshot(workbook: &Workbook, content: &Content, today: Date) -> Snapshot {
    let standing = |question: &QuestionId| match content.question(question.as_str()) {
        Some(question) => standing_of(workbook, question),
        None => workbook.standing(question, false),
    };
    Snapshot {
        standings: workbook.answers().map(|(id, _)| (id.clone(), standing(id))).collect(),
        owed: workbook.promises().iter().filter(|p| p.is_owed()).map(|p| p.id.clone()).collect(),
        people: workbook.people().iter().filter(|p| p.is_there(today)).map(|p| p.id.clone()).collect(),
    }
}

/// The last pause, whether it lasts or not: its place in the log, and the change.
pub fn last_pause(workbook: &Workbook) -> Option<(usize, &StateChange)> {
    let log = workbook.partnership().log();
    let at = log.iter().rposition(|change| change.state == PartnershipState::Paused)?;
    log.get(at).map(|change| (at, change))
}

/// The state that taking up again leads to: the one before the pause or the ending. Where nobody had said one before, that
/// was exploring, as it is for every workbook that is begun.
pub fn resumed(workbook: &Workbook) -> PartnershipState {
    use PartnershipState::{Ended, Ending, Paused};
    let rests = |state: PartnershipState| matches!(state, Paused | Ending | Ended);
    let now = workbook.state();
    if !rests(now) {
        return now;
    }
    let mut log = workbook.partnership().log().iter().rev();
    log.find(|change| !rests(change.state)).map(|change| change.state).unwrap_or_default()
}

/// Why a question is worth opening again when one starts over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worth {
    /// The sides differ.
    Disputed,
    /// Nobody has checked it.
    Guessed,
    /// It was last touched more than a year ago.
    Old,
}

impl Worth {
    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::Guessed => "only guessed",
            Self::Old => "more than a year old",
        }
    }
}

/// Whether an answer is worth opening again, and why.
pub fn worth_reopening(workbook: &Workbook, question: &Question, today: Date) -> Option<Worth> {
    match standing_of(workbook, question) {
        Standing::Disputed => Some(Worth::Disputed),
        Standing::Guess => Some(Worth::Guessed),
        Standing::Asked | Standing::Agreed if is_old(workbook, question, today) => Some(Worth::Old),
        _ => None,
    }
}

/// Whether an answer was last touched more than a year ago.
pub fn is_old(workbook: &Workbook, question: &Question, today: Date) -> bool {
    let touched = workbook.answer(&QuestionId::new(&question.id)).last_touched();
    let old = today.checked_sub(OLD_DAYS.days()).ok();
    touched.zip(old).is_some_and(|(touched, old)| touched < old)
}

/// Opens a question again. Every word stays; nothing counts as checked or agreed until it is so again. The agreed wording
/// is kept as an earlier version, since it is no longer agreed.
pub fn reopen(workbook: &Workbook, question: &QuestionId, on: Date) -> Vec<Edit> {
    let answer = workbook.answer(question);
    let mut edits = vec![Edit::SetReopened { question: question.clone(), on: Some(on) }];
    let agreed = answer.agreed();
    if !agreed.text.trim().is_empty() {
        let version =
            Version { voice: VoiceKey::Agreed, on: agreed.on, until: on, text: agreed.text.clone() };
        edits.push(Edit::KeepVersion { question: question.clone(), version });
    }
    if !answer.accords().is_empty() {
        edits.push(Edit::SetAccords { question: question.clone(), accords: Vec::new() });
    }
    if answer.is_not_for_us() {
        edits.push(Edit::SetNotForUs { question: question.clone(), to: false });
    }
    for partner in workbook.partners() {
        let Some(theirs) = answer.theirs(&partner.id).filter(|t| t.heard != Heard::Guess) else { continue };
        edits.push(Edit::SetHeard {
            question: question.clone(),
            partner: partner.id.clone(),
            heard: Heard::Guess,
            // when it was last checked stays to be seen
            checked: theirs.checked,
            person: theirs.person.clone(),
            source: theirs.source.clone(),
        });
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::domain::query::{AspectState, aspect_state, next_unsure};
    use crate::domain::{
        Accord, GoDecision, GoOn, Partner, PartnerId, RecordId, Source, Splice, TextPlace, WorkbookId,
    };
    use jiff::civil::date;

    fn write(voice: VoiceKey, question: &str, on: Date) -> Edit {
        let place = TextPlace::Voice(QuestionId::new(question), voice);
        Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: "words".into(), on: Some(on) })
    }

    fn agreed(question: &str, on: Date) -> Vec<Edit> {
        let (partner, question) = (PartnerId::new("p"), QuestionId::new(question));
        vec![
            write(VoiceKey::Theirs(partner.clone()), question.as_str(), on),
            write(VoiceKey::Agreed, question.as_str(), on),
            Edit::SetHeard {
                question: question.clone(),
                partner: partner.clone(),
                heard: Heard::Agreed,
                checked: Some(on),
                person: None,
                source: Source::ByHand,
            },
            Edit::SetAccords { question, accords: vec![Accord { partner, person: None, on }] },
        ]
    }

    /// A workbook in which everything in the cycle is agreed.
    fn settled(content: &Content, on: Date) -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let partner = Partner::named(PartnerId::new("p"), "Society");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
        for question in content.cycle_questions() {
            agreed(&question.id, on).into_iter().for_each(|edit| drop(workbook.apply(edit).unwrap()));
        }
        workbook
    }

    #[test]
    fn a_question_opened_again_is_unsure_until_it_is_agreed_again() {
        let content = Content::new();
        let mut workbook = settled(&content, date(2025, 2, 3));
        let today = date(2025, 10, 30);
        let scoping = content.aspect("scoping").unwrap();
        assert_eq!(next_unsure(&workbook, &content, None, today), None);
        let go = GoDecision { decision: GoOn::Go, on: Some(today), ..GoDecision::new(RecordId::new("go")) };
        workbook.apply(Edit::AddRecord { record: Box::new(go.into()), place: 0 }).unwrap();
        assert_eq!(aspect_state(&workbook, scoping, today), AspectState::Settled);

        let question = QuestionId::new("SCO-2");
        let before = workbook.answer(&question).clone();
        for edit in reopen(&workbook, &question, today) {
            workbook.apply(edit).unwrap();
        }
        let answer = workbook.answer(&question);
        assert!(answer.is_open_again(false));
        assert_eq!(answer.agreed().text, before.agreed().text);
        assert_eq!(answer.earlier().last().unwrap().text, before.agreed().text);
        assert_eq!(answer.theirs(&PartnerId::new("p")).unwrap().text, "words");
        assert_eq!(next_unsure(&workbook, &content, None, today).unwrap().id, "SCO-2");
        assert_eq!(aspect_state(&workbook, scoping, today), AspectState::LookAgain);

        for edit in agreed("SCO-2", today).into_iter().skip(2) {
            workbook.apply(edit).unwrap();
        }
        assert!(!workbook.answer(&question).is_open_again(false));
        assert_eq!(next_unsure(&workbook, &content, None, today), None);
    }

    #[test]
    fn a_question_about_us_is_open_until_we_write_again() {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        workbook.apply(write(VoiceKey::Ours, "SCO-1", date(2025, 2, 3))).unwrap();
        let question = QuestionId::new("SCO-1");
        for edit in reopen(&workbook, &question, date(2025, 10, 30)) {
            workbook.apply(edit).unwrap();
        }
        assert!(workbook.answer(&question).is_open_again(true));
        workbook.apply(write(VoiceKey::Ours, "SCO-1", date(2025, 10, 30))).unwrap();
        assert!(!workbook.answer(&question).is_open_again(true));
    }

    #[test]
    fn taking_up_again_leads_to_where_it_was() {
        use PartnershipState::{Active, Ended, Ending, Exploring, Paused, Pilot};
        for (log, state) in [
            (vec![], Exploring),
            (vec![Paused], Exploring),
            (vec![Paused, Paused, Ending], Exploring),
            (vec![Pilot, Paused, Paused], Pilot),
            (vec![Pilot, Active, Paused, Ended], Active),
        ] {
            let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
            for state in log {
                workbook.apply(Edit::ChangeState(StateChange::to(state, date(2025, 2, 3)))).unwrap();
            }
            assert_eq!(resumed(&workbook), state);
        }
    }
}
