//! What the walk has left behind: in the workbook, and in what is printed and sent.

use alongside::content::Content;
use alongside::domain::query::{AspectState, aspect_state, worries};
use alongside::domain::{
    Board, Concern, Edit, Family, HardThing, PartnerId, PersonId, Pulse, QuestionId, Remedy, Revision, Walk,
    Who, Workbook,
};
use jiff::civil::date;

use super::{CHANGE, HARD, HELD, LOOKS_BACK, MENDED_BY, PROMPTS, RAINS, RAISED, UNSAID, WHY, charity};
use crate::home::Home;

/// Every record, and how they name each other.
pub fn holds_what_came_of_it(workbook: &Workbook) {
    let [walk] = workbook.all::<Walk>() else { panic!("one walk") };
    assert_eq!(walk.prompts, PROMPTS.map(QuestionId::new));
    assert_eq!((walk.planned, walk.held), (Some(HELD), Some(HELD)));
    assert_eq!(walk.moved, [date(2025, 9, 10)].into());
    let looked_back = Some(date(2025, 9, 14));
    assert_eq!((walk.debriefed, walk.sent), (looked_back, looked_back));
    assert_eq!(walk.next, Some(date(2025, 12, 12)));
    assert_eq!((walk.to_tell.as_str(), walk.unsaid.as_str()), (HARD, UNSAID));
    // it was promised on the walk, whenever it is written down
    let [promise] = workbook.promises() else { panic!("one promise") };
    assert_eq!((promise.made, promise.due), (Some(HELD), Some(date(2025, 9, 19))));

    let [thing] = workbook.all::<HardThing>() else { panic!("one hard thing") };
    assert_eq!((thing.what.as_str(), thing.walk.as_ref()), (RAISED, Some(&walk.id)));
    assert_eq!(thing.by, Some(Who::side(charity())));
    let [change] = workbook.all::<Revision>() else { panic!("one change") };
    assert_eq!((change.what.as_str(), change.board, change.due), (CHANGE, Board::Mend, Some(MENDED_BY)));
    assert_eq!((change.walk.as_ref(), change.mends.as_ref()), (Some(&walk.id), Some(&thing.id)));
    let manager = Who::person(charity(), PersonId::new("manager"));
    assert_eq!((change.aspect.0.as_str(), change.lead.as_ref()), ("delivering", Some(&manager)));

    // the list of what to learn is short; each has its person and its day, one serves the change
    let steps: Vec<_> = workbook
        .all::<Remedy>()
        .iter()
        .map(|step| (step.skill.0.as_str(), step.suggestion.0.as_str(), step.due.unwrap()))
        .collect();
    let shadowing = ("SP-TS4", "SP-A11", date(2025, 10, 31));
    let role_play = ("SP-LS3", "SP-A10", date(2025, 9, 26));
    assert_eq!(steps, [("SP-TS5", "SP-A4", MENDED_BY), role_play, shadowing]);
    assert!(workbook.all::<Remedy>().iter().all(|step| step.lead.is_some()));
    let serve: Vec<_> = workbook.all::<Remedy>().iter().map(|step| step.revision.as_ref()).collect();
    assert_eq!(serve, [Some(&change.id), None, None]);
}

/// What each side said; and what would be settled if nothing were to change.
pub fn holds_the_pulse(workbook: &Workbook) {
    let [ours, theirs] = workbook.all::<Pulse>() else { panic!("two pulses") };
    assert_eq!((ours.side.clone(), theirs.side.clone()), (Some(PartnerId::us()), Some(charity())));
    assert_eq!((ours.on, theirs.on), (Some(HELD), Some(HELD)));
    assert_eq!((ours.lines.len(), ours.lines["delivering"]), (10, Concern::NoConcern));
    let said: Vec<_> = theirs.lines.iter().map(|(line, said)| (line.as_str(), *said)).collect();
    let unknown = [("building", Concern::DontKnow), ("finding", Concern::DontKnow)];
    let known = [("delivering", Concern::Serious), ("scoping", Concern::NoConcern)];
    assert_eq!(said, [unknown[0], known[0], unknown[1], known[1]], "nobody filled in the others");

    let content = Content::new();
    let state =
        |workbook: &Workbook| aspect_state(workbook, content.aspect("revising").unwrap(), date(2025, 9, 14));
    assert_eq!((state(workbook), worries(workbook).len()), (AspectState::Settled, 0));
    let mut without = workbook.clone();
    let change = workbook.all::<Revision>()[0].id.clone();
    let family = Family::Revision;
    without.apply(Edit::BinRecord { family, record: change, on: date(2025, 9, 14) }).unwrap();
    assert_eq!((state(&without), worries(&without).len()), (AspectState::InHand, 1));
}

/// A document as one line of words.
fn exported(home: &Home, now: &str, what: &str) -> String {
    let ran = home.run_at(now, &["export", "Parents", "--what", what]);
    assert!(ran.status.success(), "{what}: {}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!text.contains(UNSAID), "{what}: {text}");
    text
}

#[track_caller]
fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

/// What is printed and sent before the walk.
pub fn goes_out_before(home: &Home) {
    let card = exported(home, RAINS, "pocket-card");
    let asks = ["And how are we", "something worth having", "nobody has said out loud", "not there now"];
    says(&card, &asks);
    says(&card, &["think of us now", "the park gate", "Friday 12 September 2025", "07700 900123"]);
    let invitation = exported(home, RAINS, "walk-invitation");
    let day = "go for a walk with us on Friday 12 September 2025, half past two?";
    says(&invitation, &[day, WHY, "Moved from 10 September 2025.", "The university"]);
    assert!(!invitation.contains("missed") && !invitation.contains("Wednesday"), "{invitation}");
}

/// What is sent and kept after it.
pub fn goes_out_after(home: &Home) {
    let heard = exported(home, LOOKS_BACK, "what-we-heard");
    let promised = "we: send the plan of a second training, by Friday 19 September";
    says(&heard, &["Thank you for the walk on Friday 12 September.", HARD, promised, "The university"]);
    let record = exported(home, LOOKS_BACK, "walk-record");
    says(&record, &["Moved, not missed", "moved from 10 September 2025", RAISED, CHANGE, "the manager"]);
    says(&record, &["<> we differ", "! serious", "? don’t know", "not asked", "12 December 2025"]);
    assert_eq!(record.matches("<> we differ").count(), 1, "{record}");
    let agenda = String::from_utf8(home.run_at(LOOKS_BACK, &["agenda", "--json"]).stdout).unwrap();
    for day in ["2025-09-19", "2025-09-26", "2025-10-10", "2025-10-31", "2025-12-12"] {
        assert!(agenda.contains(day), "{day} is not in:\n{agenda}");
    }
}
