//! What scoping, finding and building make of their records: whether to go on, which ideas are dealt, what a pitch and an
//! asset leave out.
//!
//! The checks warn in words and hold nothing back; who shows the words is not known here. Start reading at
//! [`go_decision`] and [`hand`].

use crate::content::Content;
use crate::content::types::Named;
use crate::domain::{
    Candidate, GoDecision, GoOn, Partner, Phase, QuestionId, Topic, TriedIdea, VoiceKey, Workbook,
};
use crate::order::InOrder;

/// The type of partnership that is meant with a side in a phase, by name; empty where none is.
pub fn type_of<'c>(side: &Partner, phase: Phase, content: &'c Content) -> &'c str {
    named(side.types.get(&phase), content.types())
}

/// How deep the involvement of a side is in a phase, by name; empty where nobody has said.
pub fn level_of<'c>(side: &Partner, phase: Phase, content: &'c Content) -> &'c str {
    named(side.levels.get(&phase), content.levels())
}

fn named<'c>(id: Option<&String>, all: &'c [Named]) -> &'c str {
    all.iter().find(|named| Some(&named.id) == id).map_or("", |named| &named.name)
}

/// How many ideas are dealt at once.
const HAND: usize = 3;

/// The latest decision whether to go on; `None` while nothing was decided.
pub fn go_decision(workbook: &Workbook) -> Option<&GoDecision> {
    let decided = workbook.all::<GoDecision>().iter().filter(|d| d.decision != GoOn::Undecided);
    // of two without a day, or of one day, the one that was noted later
    decided.enumerate().max_by_key(|(n, decision)| (decision.on, *n)).map(|(_, decision)| decision)
}

/// Whether it was decided not to go on with it for now. It stays readable, apart from what is under way.
pub fn is_set_aside(workbook: &Workbook) -> bool {
    go_decision(workbook).is_some_and(|d| matches!(d.decision, GoOn::NotYet | GoOn::OtherRoute))
}

/// The ideas to deal, of those of a deck, after so many have been dealt already: at most three, none twice. Those that
/// were tried least come first, so that one is dealt again only after all others were tried as often. The order is
/// another in each workbook, and the same whenever it is opened.
pub fn hand<'i>(workbook: &Workbook, deck: &[&'i str], dealt: usize) -> Vec<&'i str> {
    let tried = |idea: &str| workbook.all::<TriedIdea>().iter().filter(|t| t.idea.0 == idea).count();
    let least = deck.iter().map(|idea| tried(idea)).min().unwrap_or(0);
    let mut left: Vec<&str> = deck.iter().copied().filter(|idea| tried(idea) == least).collect();
    left.order_by_key(|idea| (mixed(workbook.id().as_str(), least, idea), *idea));
    let count = left.len();
    (0..HAND.min(count)).filter_map(|n| left.get((dealt + n) % count).copied()).collect()
}

/// A number for an idea that looks like chance and is the same every time.
fn mixed(workbook: &str, round: usize, idea: &str) -> u64 {
    let round = round.to_string();
    let bytes = workbook.bytes().chain(*b"/").chain(round.bytes()).chain(*b"/").chain(idea.bytes());
    let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    // words that begin alike would stand together otherwise
    let sum = (sum ^ (sum >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    sum ^ (sum >> 33)
}

/// When an idea was tried last, and how often in all.
pub fn tried<'w>(workbook: &'w Workbook, idea: &str) -> Vec<&'w TriedIdea> {
    workbook.all::<TriedIdea>().iter().filter(|tried| tried.idea == Topic(idea.to_owned())).collect()
}

/// What is said where a pitch tells only what is in it for us.
pub const ONLY_OURS: &str = "So far this tells what we gain. What would they gain? It is kept as it is.";

/// What is said where something that a side brings is written as something that it has not.
pub const A_LACK: &str =
    "This reads as what is missing. What do they have, know or do that could serve? It is kept as it is.";

/// Whether what is noted for the first words to a candidate tells only what is in it for us.
pub fn is_one_sided(candidate: &Candidate) -> bool {
    let pitch = [&candidate.our_gain, &candidate.opener];
    if candidate.their_gain.trim().is_empty() {
        return pitch.iter().any(|text| !text.trim().is_empty());
    }
    speaks_only_of_us(&candidate.their_gain)
}

/// The same for a question of the workbook: what is in it for them.
pub fn is_one_sided_answer(workbook: &Workbook, question: &str) -> bool {
    question == "FIN-13"
        && speaks_only_of_us(workbook.answer(&QuestionId::new(question)).text(&VoiceKey::Ours))
}

/// Whether a text says "we" and never "you" or "they".
fn speaks_only_of_us(text: &str) -> bool {
    const OURS: &[&str] = &["we", "us", "our", "ours", "i", "me", "my", "we'd", "we'll", "we're", "i'd"];
    const THEIRS: &[&str] = &["you", "your", "yours", "they", "them", "their", "theirs", "both", "each"];
    let words: Vec<String> = words_of(text).collect();
    let has = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
    has(OURS) && !has(THEIRS)
}

/// Whether something that a side brings is written as something that it has not.
pub fn is_written_as_a_lack(text: &str) -> bool {
    const LACK: &[&str] = &["lack", "lacks", "lacking", "no", "without", "missing", "hasn't", "haven't"];
    words_of(text).any(|word| LACK.contains(&word.as_str()))
}

/// The words in lower case, without what stands around them.
fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase().replace('’', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::{AspectState, aspect_state};
    use crate::domain::{
        AnyRecord, Edit, Family, QuestionId, RecordId, Splice, TextPlace, VoiceKey, WorkbookId,
    };
    use jiff::civil::date;

    fn workbook(id: &str) -> Workbook {
        Workbook::new(WorkbookId::new(id), "Young carers")
    }

    fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
        workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
    }

    fn try_idea(workbook: &mut Workbook, idea: &str) {
        let id = RecordId::new(format!("{idea}-{}", workbook.how_many(Family::TriedIdea)));
        add(workbook, TriedIdea { idea: Topic(idea.to_owned()), ..TriedIdea::new(id) });
    }

    fn deck(content: &Content) -> Vec<&str> {
        let ideas = content
            .cards_of("finding")
            .iter()
            .filter(|card| card.kind == crate::content::types::CardKind::Idea);
        ideas.map(|card| card.id.as_str()).collect()
    }

    #[test]
    fn a_tried_idea_is_not_dealt_again_before_all_others_were_tried() {
        let content = Content::new();
        let deck = deck(&content);
        assert_eq!(deck.len(), 25);
        let mut workbook = workbook("w");
        let mut dealt = 0;
        for round in 0..3 {
            let mut tried: Vec<&str> = Vec::new();
            while tried.len() < deck.len() {
                let hand = hand(&workbook, &deck, dealt);
                dealt += 1;
                let mut once = hand.clone();
                once.sort_unstable();
                once.dedup();
                assert_eq!(once.len(), hand.len(), "an idea is in a hand once");
                assert_eq!(hand.len(), (deck.len() - tried.len()).min(3));
                assert!(hand.iter().all(|idea| !tried.contains(idea)), "round {round}: {hand:?} again");
                try_idea(&mut workbook, hand[0]);
                tried.push(hand[0]);
            }
        }
        assert_eq!(hand(&workbook, &[], 0), Vec::<&str>::new());
    }

    #[test]
    fn the_order_is_another_in_each_workbook_and_keeps() {
        let content = Content::new();
        let deck = deck(&content);
        let first = |id: &str| hand(&workbook(id), &deck, 0);
        assert_eq!(first("a"), first("a"));
        let hands: std::collections::HashSet<_> = ["a", "b", "c", "d", "e"].map(first).into();
        assert!(hands.len() > 3, "{hands:?}");
        assert_ne!(first("a"), deck[..3], "mixed");
    }

    #[test]
    fn the_latest_decision_counts_and_sets_aside() {
        let mut workbook = workbook("w");
        assert_eq!(go_decision(&workbook), None);
        let decision =
            |id: &str, on, decision| GoDecision { on, decision, ..GoDecision::new(RecordId::new(id)) };
        add(&mut workbook, decision("later", Some(date(2025, 3, 1)), GoOn::Go));
        add(&mut workbook, decision("first", Some(date(2025, 1, 14)), GoOn::OtherRoute));
        add(&mut workbook, decision("open", None, GoOn::Undecided));
        assert_eq!(go_decision(&workbook).unwrap().id.as_str(), "later");
        assert!(!is_set_aside(&workbook));
        add(&mut workbook, decision("last", Some(date(2025, 3, 1)), GoOn::NotYet));
        assert!(is_set_aside(&workbook), "of two on a day the one that was noted later");
    }

    #[test]
    fn a_pitch_is_checked_for_what_is_in_it_for_them() {
        let candidate = |theirs: &str, ours: &str, opener: &str| Candidate {
            their_gain: theirs.into(),
            our_gain: ours.into(),
            opener: opener.into(),
            ..Candidate::new(RecordId::new("c"))
        };
        for (theirs, ours, opener, one_sided) in [
            ("", "", "", false),
            ("", "we reach families", "", true),
            ("", "", "We are a university.", true),
            ("We get our participants.", "", "", true),
            ("Their young people are heard.", "we reach families", "", false),
            ("free rooms, and a say in what is asked", "data", "", false),
            ("We’d lend our rooms to them", "", "", false),
        ] {
            assert_eq!(is_one_sided(&candidate(theirs, ours, opener)), one_sided, "{theirs}/{ours}/{opener}");
        }
    }

    #[test]
    fn an_asset_written_as_a_lack_is_noticed() {
        for (text, lack) in [
            ("They lack a room", true),
            ("no transport", true),
            ("Without a website.", true),
            ("hasn’t got staff", true),
            ("trust of the families", false),
            ("a no-nonsense chair", false),
            ("notice boards in every shop", false),
            ("black box theatre", false),
        ] {
            assert_eq!(is_written_as_a_lack(text), lack, "{text}");
        }
    }

    fn write(workbook: &mut Workbook, question: &str) {
        let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
        let on = Some(date(2025, 1, 14));
        let splice = Splice { place, at: 0, delete: String::new(), insert: "said".into(), on };
        workbook.apply(Edit::Splice(splice)).unwrap();
    }

    #[test]
    fn scoping_and_finding_settle_with_their_records() {
        let (content, today) = (Content::new(), date(2025, 1, 20));
        let mut workbook = workbook("w");
        let state =
            |workbook: &Workbook, id: &str| aspect_state(workbook, content.aspect(id).unwrap(), today);
        assert_eq!(state(&workbook, "scoping"), AspectState::Untouched);
        add(&mut workbook, crate::domain::Evidence::new(RecordId::new("e")));
        assert_eq!(state(&workbook, "scoping"), AspectState::InHand, "a record is something noted");
        for id in ["scoping", "finding"] {
            for question in &content.aspect(id).unwrap().settled_when {
                write(&mut workbook, question);
            }
            assert_eq!(state(&workbook, id), AspectState::InHand, "{id}");
        }
        let decision = GoDecision { decision: GoOn::Go, ..GoDecision::new(RecordId::new("go")) };
        add(&mut workbook, decision.clone());
        assert_eq!(state(&workbook, "scoping"), AspectState::InHand, "a decision wants its day");
        let dated = GoDecision { on: Some(today), ..decision };
        workbook.apply(Edit::SetRecord(Box::new(dated.into()))).unwrap();
        assert_eq!(state(&workbook, "scoping"), AspectState::Settled);
        let candidate = Candidate { replied: Some(today), ..Candidate::new(RecordId::new("c")) };
        add(&mut workbook, candidate.clone());
        assert_eq!(state(&workbook, "finding"), AspectState::InHand, "a first talk wants its day");
        let dated = Candidate { next: Some(date(2025, 2, 10)), ..candidate };
        workbook.apply(Edit::SetRecord(Box::new(dated.into()))).unwrap();
        assert_eq!(state(&workbook, "finding"), AspectState::Settled);
    }
}
