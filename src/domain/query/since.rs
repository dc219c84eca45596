//! What has changed since a day: read off the answers' own earlier versions, the dates of promises and people, and, where
//! the day is that of a pause, off the snapshot that was taken then.
//!
//! A day counts as over: what was done on the day itself had been done by then.

use jiff::civil::Date;

use super::standing_of;
use crate::content::Content;
use crate::domain::{
    Answer, Binned, Heard, PartnerId, PartnershipState, Person, PersonId, Promise, QuestionId, Snapshot,
    Standing, StateChange, Theirs, VoiceKey, Workbook,
};

/// What has changed since a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since<'w> {
    /// The day.
    pub from: Date,
    /// Changes of the partnership's state.
    pub states: Vec<&'w StateChange>,
    /// Answers whose words or standing are not what they were, in the order of their questions.
    pub answers: Vec<Changed<'w>>,
    /// Promises made.
    pub promised: Vec<&'w Promise>,
    /// Promises that were owed and are no longer, or on new terms.
    pub closed: Vec<&'w Promise>,
    /// People who came.
    pub came: Vec<&'w Person>,
    /// People who left, or are in the bin.
    pub gone: Vec<&'w Person>,
}

/// An answer that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<'w> {
    /// The question.
    pub question: QuestionId,
    /// The voices whose words differ.
    pub voices: Vec<Words<'w>>,
    /// How far it could be relied on then; `None` where nobody can say any more.
    pub then: Option<Standing>,
    /// How far it can be relied on now.
    pub now: Standing,
    /// The day on which it was opened again, where that is since.
    pub reopened: Option<Date>,
    /// Left out of what goes out of the workbook.
    pub private: bool,
}

/// What a voice said then, and what it says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words<'w> {
    /// The voice.
    pub voice: VoiceKey,
    /// Then; empty where it had not spoken.
    pub then: &'w str,
    /// Now.
    pub now: &'w str,
    /// Then it was what we supposed of a partner, and nobody had checked it.
    pub supposed_then: bool,
    /// It is what we suppose of a partner now.
    pub supposed_now: bool,
}

impl Since<'_> {
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
            && self.answers.is_empty()
            && self.promised.is_empty()
            && self.closed.is_empty()
            && self.came.is_empty()
            && self.gone.is_empty()
    }
}

/// What has changed since the end of a day. `snapshot` is what was taken on that day, where it was that of a pause; see
/// [`snapshot_of`].
pub fn since<'w>(
    workbook: &'w Workbook,
    content: &Content,
    from: Date,
    snapshot: Option<&Snapshot>,
) -> Since<'w> {
    let after = |on: Option<Date>| on.is_some_and(|on| on > from);
    let made = |p: &&Promise| {
        let said = p.said_in.as_ref().and_then(|said| workbook.call(&said.call)).map(|call| call.on);
        after(p.made.or(said))
    };
    let closed = |p: &&Promise| {
        let owed_then = snapshot.is_some_and(|taken| taken.owed.contains(&p.id));
        after(p.changed) || (owed_then && !p.is_owed())
    };
    let answers = workbook.answers().filter_map(|(id, answer)| {
        let question = content.question(id.as_str());
        let now = match question {
            Some(question) => standing_of(workbook, question),
            None => workbook.standing(id, false),
        };
        changed(workbook, (id, answer), now, from, snapshot)
    });
    Since {
        from,
        states: states(workbook, from),
        answers: answers.collect(),
        promised: workbook.promises().iter().filter(made).collect(),
        closed: workbook.promises().iter().filter(closed).collect(),
        came: workbook.people().iter().filter(|p| after(p.since) && !after(p.left)).collect(),
        gone: gone(workbook, from, snapshot),
    }
}

/// The changes of state since a day; after the pause of that day, where there was one, whatever the clock said later.
fn states(workbook: &Workbook, from: Date) -> Vec<&StateChange> {
    let log = workbook.partnership().log();
    let pause = log.iter().rposition(|c| c.state == PartnershipState::Paused && c.on == from);
    match pause {
        Some(at) => log.iter().skip(at + 1).collect(),
        None => log.iter().filter(|change| change.on > from).collect(),
    }
}

/// The snapshot that was taken on a day, where it was that of a pause.
pub fn snapshot_of(workbook: &Workbook, day: Date) -> Option<&Snapshot> {
    let pause = workbook.partnership().log().iter().rev().filter(|change| change.on == day);
    pause.filter_map(|change| change.pause.as_ref()).map(|pause| &pause.snapshot).next()
}

/// The people who were there on a day and are no longer: they have left, or are in the bin.
pub fn gone<'w>(workbook: &'w Workbook, from: Date, snapshot: Option<&Snapshot>) -> Vec<&'w Person> {
    let was_there = |id: &PersonId| snapshot.is_none_or(|taken| taken.people.contains(id));
    let left = workbook.people().iter().filter(|p| p.left.is_some_and(|left| left > from));
    let binned = workbook.bin().iter().filter_map(|binned| match binned {
        Binned::Person { person, on, .. } if *on > from && was_there(&person.id) => Some(person),
        _ => None,
    });
    left.chain(binned).collect()
}

fn changed<'w>(
    workbook: &Workbook,
    (id, answer): (&QuestionId, &'w Answer),
    now: Standing,
    from: Date,
    snapshot: Option<&Snapshot>,
) -> Option<Changed<'w>> {
    let theirs = workbook.partners().iter().map(|p| VoiceKey::Theirs(p.id.clone()));
    let taken = snapshot.map(|taken| taken.standings.get(id).copied().unwrap_or(Standing::Blank));
    let voices = [VoiceKey::Ours].into_iter().chain(theirs).chain([VoiceKey::Agreed]);
    let voices = voices.filter_map(|voice| {
        let (then, now) = (words_then(answer, &voice, from), answer.text(&voice));
        let theirs = match &voice {
            VoiceKey::Theirs(id) => answer.theirs(id),
            VoiceKey::Ours | VoiceKey::Agreed => None,
        };
        let supposed_now = theirs.is_some_and(|theirs| theirs.heard == Heard::Guess);
        let relied_on = matches!(taken, Some(Standing::Asked | Standing::Agreed))
            || theirs.is_some_and(|theirs| was_relied_on(answer, theirs, from));
        let supposed_then = supposed_now && !relied_on;
        (then.trim() != now.trim()).then_some(Words { voice, then, now, supposed_then, supposed_now })
    });
    let voices: Vec<_> = voices.collect();
    let reopened = answer.reopened().filter(|on| *on > from);
    let then = taken.or_else(|| standing_then(answer, now, &voices, from));
    let same_standing = match then {
        Some(then) => then == now,
        None => !marked_since(answer, from),
    };
    if voices.is_empty() && same_standing && reopened.is_none() {
        return None;
    }
    Some(Changed { question: id.clone(), voices, then, now, reopened, private: answer.is_private() })
}

/// Whether a voice that is only supposed now had been checked by the end of a day: opening a question again since leaves
/// the day on which that was.
fn was_relied_on(answer: &Answer, theirs: &Theirs, from: Date) -> bool {
    let Some(checked) = theirs.checked.filter(|on| *on <= from) else { return false };
    answer.reopened().is_some_and(|on| on > from && on >= checked)
}

/// What a voice said at the end of a day.
fn words_then<'w>(answer: &'w Answer, voice: &VoiceKey, from: Date) -> &'w str {
    let replaced = answer.earlier().iter().find(|version| version.voice == *voice && version.until > from);
    let (on, text) = match replaced {
        Some(version) => (version.on, version.text.as_str()),
        None => (answer.changed_on(voice), answer.text(voice)),
    };
    if on.is_some_and(|on| on > from) { "" } else { text }
}

/// The standing at the end of a day, where it can be told from what is kept: nobody has marked anything since.
fn standing_then(answer: &Answer, now: Standing, voices: &[Words<'_>], from: Date) -> Option<Standing> {
    if marked_since(answer, from) {
        return None;
    }
    let had_words = |voice: &VoiceKey| !words_then(answer, voice, from).trim().is_empty();
    let marked: Vec<&PartnerId> =
        answer.voices_of_others().filter(|(_, t)| t.checked.is_some()).map(|(id, _)| id).collect();
    let said = [VoiceKey::Ours, VoiceKey::Agreed].iter().any(had_words)
        || answer.voices_of_others().any(|(id, _)| had_words(&VoiceKey::Theirs(id.clone())));
    match (voices.is_empty(), said || !marked.is_empty()) {
        (true, _) => Some(now),
        (false, false) => Some(Standing::Blank),
        (false, true) => None,
    }
}

/// Whether somebody has said since how far the answer can be relied on.
fn marked_since(answer: &Answer, from: Date) -> bool {
    let checked = answer.voices_of_others().filter_map(|(_, theirs)| theirs.checked);
    let accords = answer.accords().iter().map(|accord| accord.on);
    checked.chain(accords).chain(answer.reopened()).any(|on| on > from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Splice, TextPlace, Version, WorkbookId};
    use jiff::civil::date;

    fn edit(workbook: &mut Workbook, edit: Edit) {
        workbook.apply(edit).unwrap();
    }

    /// Puts `text` in place of what ours says, as one visit on a day.
    fn visit(workbook: &mut Workbook, question: &str, text: &str, on: Date) {
        let question = QuestionId::new(question);
        let voice = VoiceKey::Ours;
        let (before, was_on) = {
            let answer = workbook.answer(&question);
            (answer.text(&voice).to_owned(), answer.changed_on(&voice))
        };
        let place = TextPlace::Voice(question.clone(), voice.clone());
        let splice = Splice { place, at: 0, delete: before.clone(), insert: text.into(), on: Some(on) };
        edit(workbook, Edit::Splice(splice));
        if !before.is_empty() {
            let version = Version { voice, on: was_on, until: on, text: before };
            edit(workbook, Edit::KeepVersion { question, version });
        }
    }

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        visit(&mut workbook, "SCO-1", "first", date(2025, 1, 5));
        visit(&mut workbook, "SCO-1", "second", date(2025, 2, 28));
        visit(&mut workbook, "SCO-1", "third", date(2025, 11, 1));
        visit(&mut workbook, "SCO-1", "fourth", date(2025, 11, 2));
        visit(&mut workbook, "SCO-2", "untouched", date(2025, 1, 5));
        visit(&mut workbook, "SCO-3", "new", date(2025, 11, 2));
        workbook
    }

    fn said<'w>(since: &Since<'w>) -> Vec<(String, &'w str, &'w str)> {
        let all = since.answers.iter();
        all.flat_map(|a| a.voices.iter().map(|v| (a.question.to_string(), v.then, v.now))).collect()
    }

    #[test]
    fn what_it_said_then_is_what_stood_at_the_end_of_the_day() {
        let (workbook, content) = (workbook(), Content::new());
        let on = |day| said(&since(&workbook, &content, day, None));
        let with = |then| vec![("SCO-1".into(), then, "fourth"), ("SCO-3".into(), "", "new")];
        assert_eq!(on(date(2025, 11, 1)), with("third"));
        assert_eq!(on(date(2025, 10, 31)), with("second"));
        assert_eq!(on(date(2025, 2, 28)), with("second"));
        assert_eq!(on(date(2025, 2, 27)), with("first"));
        assert_eq!(on(date(2025, 11, 2)), vec![]);
        assert_eq!(on(date(2024, 12, 31)).len(), 3);
    }

    #[test]
    fn words_that_were_agreed_and_then_opened_again_were_no_guess_then() {
        use crate::domain::{Partner, Source};
        let content = Content::new();
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let (partner, question) = (PartnerId::new("p"), QuestionId::new("SCO-2"));
        let museum = Partner::named(partner.clone(), "City Museum");
        edit(&mut workbook, Edit::AddPartner { partner: Box::new(museum), place: 0 });
        let voice = VoiceKey::Theirs(partner.clone());
        let place = TextPlace::Voice(question.clone(), voice.clone());
        let write = |workbook: &mut Workbook, delete: &str, insert: &str, on| {
            let (delete, insert) = (delete.to_owned(), insert.to_owned());
            let splice = Splice { place: place.clone(), at: 0, delete, insert, on: Some(on) };
            edit(workbook, Edit::Splice(splice));
        };
        write(&mut workbook, "", "in the atrium", date(2025, 1, 5));
        let asked = Edit::SetHeard {
            question: question.clone(),
            partner,
            heard: Heard::Agreed,
            checked: Some(date(2025, 1, 20)),
            person: None,
            source: Source::ByHand,
        };
        edit(&mut workbook, asked);
        for again in super::super::reopen(&workbook, &question, date(2025, 10, 30)) {
            edit(&mut workbook, again);
        }
        write(&mut workbook, "in the atrium", "in the hall", date(2025, 11, 2));
        let version = Version {
            voice,
            on: Some(date(2025, 1, 5)),
            until: date(2025, 11, 2),
            text: "in the atrium".into(),
        };
        edit(&mut workbook, Edit::KeepVersion { question, version });
        let supposed = |from, taken: Option<&Snapshot>| {
            let since = since(&workbook, &content, from, taken);
            let words = &since.answers[0].voices[0];
            assert_eq!((words.then, words.now), ("in the atrium", "in the hall"));
            (words.supposed_then, words.supposed_now)
        };
        assert_eq!(supposed(date(2025, 2, 28), None), (false, true));
        assert_eq!(supposed(date(2025, 1, 10), None), (true, true), "it had not been checked yet");
        assert_eq!(supposed(date(2025, 10, 30), None), (true, true), "it was open again by then");
        let mut taken = Snapshot::default();
        taken.standings.insert(QuestionId::new("SCO-2"), Standing::Agreed);
        assert_eq!(supposed(date(2025, 1, 10), Some(&taken)), (false, true), "the snapshot knows");
    }

    #[test]
    fn the_standing_then_is_the_snapshots_or_said_only_where_it_is_known() {
        let (mut workbook, content) = (workbook(), Content::new());
        let pause = StateChange::to(PartnershipState::Paused, date(2025, 2, 28));
        edit(&mut workbook, Edit::ChangeState(pause));
        let mut taken = Snapshot::default();
        taken.standings.insert(QuestionId::new("SCO-1"), Standing::Agreed);
        taken.standings.insert(QuestionId::new("SCO-2"), Standing::Guess);
        let all = since(&workbook, &content, date(2025, 2, 28), Some(&taken));
        let standings: Vec<_> = all.answers.iter().map(|a| (a.question.as_str(), a.then, a.now)).collect();
        assert_eq!(
            standings,
            [
                ("SCO-1", Some(Standing::Agreed), Standing::Guess),
                ("SCO-3", Some(Standing::Blank), Standing::Guess)
            ]
        );
        assert!(all.states.is_empty());
        let all = since(&workbook, &content, date(2025, 2, 27), None);
        let then: Vec<_> = all.answers.iter().map(|a| a.then).collect();
        assert_eq!(then, [None, Some(Standing::Blank)]);
        assert_eq!(all.states.len(), 1);
    }
}
