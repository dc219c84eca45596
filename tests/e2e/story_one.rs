//! Story 1: from an idea to a first reply, with one idea turned away. A public engagement officer scopes a leaflet, which
//! a translator can be paid for, and research with young carers, for which a partner is found. Left in the middle of an
//! answer, told in five hundred characters, with accents and apostrophes in the names; an empty workbook goes out too.

use alongside::content::Content;
use alongside::content::types::CardKind;
use alongside::domain::query;
use alongside::domain::{
    Candidate, CandidateState, GoDecision, GoOn, Heard, OpenPoint, Openness, Phase, QuestionId, TextPlace,
    TriedIdea, VoiceKey, Workbook,
};
use jiff::civil::date;

use crate::home::Home;
use crate::window::Window;

const FIRST_DAY: &str = "2025-01-14T09:10:00Z";
const ASKED: &str = "2025-01-16T15:00:00Z";
const WALKED: &str = "2025-01-20T12:30:00Z";
const REPLIED: &str = "2025-02-03T10:00:00Z";

const LEAFLET: &str = "A leaflet, translated";
const CARERS: &str = "Research with young carers";
const CHARITY: &str = "L’Étoile, the young carers' charity";
/// The two ideas that are tried, as the deck has them.
const TEAM: &str = "Ask your own team";
const WALK: &str = "Go for a walk there";

/// Typing that is waited for: an Enter that comes on its heels would be taken for part of a paste.
trait Typed {
    fn typed(&mut self, words: &str) -> &mut Self;
}

impl Typed for Window {
    fn typed(&mut self, words: &str) -> &mut Self {
        let letters: Vec<char> = words.chars().collect();
        let mut so_far: Vec<char> = Vec::new();
        for piece in letters.chunks(12) {
            self.type_text(&piece.iter().collect::<String>());
            so_far.extend(piece.iter().filter(|letter| !letter.is_whitespace()));
            let end: String = so_far[so_far.len().saturating_sub(12)..].iter().collect();
            // long texts are broken anywhere, also beside the questions
            self.wait_for(words, |seen| {
                seen.unwrapped(0).contains(&end) || seen.unwrapped(35).contains(&end)
            });
        }
        self
    }
}

fn open(home: &Home, now: &str, title: &str) -> Window {
    let mut window = home.window().env("ALONGSIDE_NOW", now).arg("open").arg(title).open();
    window.wait("MOVING");
    window
}

/// The workbook whose folder begins like this.
fn kept(home: &Home, slug: &str) -> Workbook {
    let folders = std::fs::read_dir(home.root().join("workbooks")).unwrap();
    let mut folders = folders.map(|folder| folder.unwrap().path());
    let folder = folders.find(|path| path.file_name().unwrap().to_string_lossy().starts_with(slug)).unwrap();
    home.store().read(&folder).unwrap().book.workbook().clone()
}

fn text(workbook: &Workbook, question: &str, voice: VoiceKey) -> String {
    workbook.text(&TextPlace::Voice(QuestionId::new(question), voice)).unwrap_or_default().to_owned()
}

fn export(home: &Home, title: &str, what: &str) -> String {
    let made = home.run_at(REPLIED, &["export", title, "--what", what]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap()
}

fn leave(mut window: Window) {
    window.keys("q").wait("q leaves").keys("q").exited(0);
}

/// The leaflet: three answers, and a decision to take another route.
fn the_leaflet(home: &Home) {
    let mut window = home.window().env("ALONGSIDE_NOW", FIRST_DAY).open();
    window.wait("Start a workbook").keys("enter").wait("TYPING").typed(LEAFLET).keys("enter");
    window.wait("Where are you?").keys("esc").wait("COMMUNICATING").keys("g s").wait("question 1 of");
    for (n, words) in [
        ("1", "Parents at the gate cannot read our letters."),
        ("2", "Together we will be understood."),
        ("3", "A translator could be paid for this."),
    ] {
        window.keys(n).wait(&format!("question {n} of")).keys("enter").wait("TYPING");
        window.typed(words).keys("esc").wait("MOVING");
    }
    // the last of the ways on is the decision
    window.keys("G").wait("Nothing is decided yet").keys("enter").wait("n adds one");
    window.keys("n").wait("Who decides?").typed("the two of us").keys("enter").wait("not decided");
    window.keys("t").wait("Another route").keys("down down down enter").wait("another route");
    window.keys("right down down enter").wait("TYPING").typed("A translator can be paid.");
    window
        .keys("esc")
        .wait("MOVING")
        .keys("esc esc")
        .wait("Enter opens it")
        .keys("g m")
        .wait("COMMUNICATING");
    window.wait("Aside").wait("A translator can be paid");
    window.keys("g L").wait("Set aside").wait(LEAFLET);
    leave(window);
    let workbook = kept(home, "a-leaflet");
    let decision = &workbook.all::<GoDecision>()[0];
    assert_eq!((decision.decision, decision.on), (GoOn::OtherRoute, Some(date(2025, 1, 14))));
    let note = export(home, LEAFLET, "not-this-time");
    assert!(note.contains("another route") && note.contains("A translator can be paid."), "{note}");
}

/// Five hundred characters.
fn long_answer() -> String {
    let sentence = "They look after somebody at home, and nobody at school has asked them how. ";
    sentence.repeat(7).chars().take(500).collect::<String>().trim_end().to_owned() + "."
}

/// The research: scoped, left in the middle of an answer and gone on with.
fn scoping(home: &Home) {
    let mut window = home.window().env("ALONGSIDE_NOW", FIRST_DAY).open();
    window
        .wait("Aside")
        .keys("g L")
        .wait("Set aside")
        .keys("n")
        .wait("What shall we call it?")
        .typed(CARERS)
        .keys("enter");
    window.wait("Where are you?").wait("Starting out").keys("enter").wait("question 1 of");
    window.keys("9 down down").wait("question 11 of").keys("c").wait("What we have in mind");
    window.keys("down down down enter").wait("It stands as the answer as well").keys("esc");
    window.wait("question 11 of").wait("Collaborative").keys("down").wait("question 12 of").keys("c");
    window.wait("Information").keys("down down down enter").wait("Acting together, for us").keys("esc");
    window.keys("7").wait("question 7 of").keys("enter").wait("TYPING");
    window.typed("We want to hear young carers.").keys("esc").wait("MOVING");
    window.keys("esc G up").wait("Say what partners can still shape").keys("enter").wait("n adds one");
    window.keys("n").wait("What is it about?").typed("the topic, set by the funder").keys("enter");
    window
        .wait("Open")
        .keys("t")
        .wait("Fixed")
        .keys("down enter")
        .wait("Fixed")
        .keys("esc")
        .wait("Enter opens it");
    window.keys("6").wait("question 6 of").keys("enter").wait("TYPING");
    let words = long_answer();
    let (first, rest) = words.split_at(230);
    window.typed(first);
    window.keys("ctrl-q").wait("q leaves").keys("q").exited(0);
    assert_eq!(text(&kept(home, "research"), "SCO-6", VoiceKey::Ours), first);

    let mut window = open(home, FIRST_DAY, CARERS);
    // it is there as it was left, and goes on in the middle of the answer
    window.wait("question 6 of").wait("asked them how. They").keys("enter").wait("TYPING").typed(rest);
    window.keys("esc").wait("MOVING");
    leave(window);
    let workbook = kept(home, "research");
    assert_eq!(text(&workbook, "SCO-6", VoiceKey::Ours), words);
    assert_eq!(workbook.us().types[&Phase::GettingStarted], "collaborative");
    assert_eq!(workbook.us().levels[&Phase::GettingStarted], "acting-together");
    assert_eq!(text(&workbook, "SCO-12", VoiceKey::Ours), "Acting together");
    assert_eq!(workbook.all::<OpenPoint>()[0].state, Openness::Fixed);
}

/// The titles of each hand that is dealt, one after the other.
fn hands(workbook: &Workbook) -> Vec<Vec<String>> {
    let content = Content::new();
    let ideas = content.cards_of("finding").iter().filter(|card| card.kind == CardKind::Idea);
    let deck: Vec<&str> = ideas.map(|card| card.id.as_str()).collect();
    let title = |id: &str| content.card(id).unwrap().title.clone();
    let hand = |n: usize| query::hand(workbook, &deck, 3 * n).into_iter().map(title).collect();
    // as many as it takes for every idea to be in one
    (0..deck.len().div_ceil(3)).map(hand).collect()
}

/// Leafs through the deck until an idea is in focus; what is dealt on the way is in sight.
fn leaf_to(window: &mut Window, hands: &[Vec<String>], idea: &str) {
    for (n, hand) in hands.iter().enumerate() {
        if n > 0 {
            window.keys("*").wait(&format!("> {}", hand[0]));
        }
        let Some(place) = hand.iter().position(|title| title == idea) else { continue };
        for title in &hand[1..=place] {
            window.keys("down").wait(&format!("> {title}"));
        }
        return;
    }
    panic!("{idea} was not dealt");
}

/// One idea is tried and ticked off.
fn try_idea(home: &Home, now: &str, idea: &str, outcome: &str) {
    let mut window = open(home, now, CARERS);
    window.keys("g f").wait("question 1 of").keys("*").wait("Three ideas to try");
    leaf_to(&mut window, &hands(&kept(home, "research")), idea);
    window.keys("enter").wait("what came of it?").typed(outcome).keys("enter").wait("Noted as tried");
    leave(window);
}

/// What was tried does not come again while others are left.
fn deck(home: &Home) {
    try_idea(home, ASKED, TEAM, "Zoë’s sister-in-law is a volunteer there");
    try_idea(home, WALKED, WALK, "their door was open");
    let workbook = kept(home, "research");
    let tried: Vec<_> = workbook.all::<TriedIdea>().iter().map(|tried| tried.on.unwrap()).collect();
    assert_eq!(tried, [date(2025, 1, 16), date(2025, 1, 20)]);
    let ideas: Vec<_> = workbook.all::<TriedIdea>().iter().map(|tried| tried.idea.0.as_str()).collect();
    assert_eq!(ideas, ["finding-idea-team", "finding-idea-walk"]);
    let mut window = open(home, WALKED, CARERS);
    window.keys("g f").wait("question 1 of").keys("*").wait("2 of 25 tried");
    for (n, hand) in hands(&workbook).iter().enumerate() {
        if n > 0 {
            window.keys("*");
        }
        for title in hand {
            window.wait(title);
        }
        assert!(!hand.iter().any(|title| title == TEAM || title == WALK), "dealt again: {hand:?}");
    }
    leave(window);
}

/// Two candidates, and a pitch that lists only our gains at first.
fn candidates(home: &Home) {
    let mut window = open(home, WALKED, CARERS);
    window.keys("g f G").wait("Nobody stands here yet").keys("enter").wait("n adds one");
    window.keys("n").wait("Who might it be?").typed(CHARITY).keys("enter").wait("An idea");
    let write = |window: &mut Window, below: usize, words: &str| {
        let down = "down ".repeat(below);
        window.keys(format!("right {down}enter").trim()).wait("TYPING").typed(words).keys("esc");
        window.wait("MOVING");
    };
    write(&mut window, 11, "We are a university and look for young carers.");
    window.wait("It is kept as it is").keys("left");
    write(&mut window, 9, "Their young people are heard.");
    window.gone("It is kept as it is").keys("left");
    write(&mut window, 6, "a volunteer of ours");
    window.keys("left");
    write(&mut window, 5, "a rest at weekends");
    window.keys("left n").wait("Who might it be?").typed("Large secondary school").keys("enter");
    window.wait("2 candidates");
    write(&mut window, 7, "the pastoral head, not the head teacher");
    window.keys("left esc").wait("Enter opens it");
    leave(window);
    // FIN-13 objects as well, and keeps what was written
    let mut window = open(home, WALKED, CARERS);
    window.keys("g f 9 down down down down").wait("question 13 of").keys("enter").wait("TYPING");
    window.typed("We get our participants.").wait("It is kept as it is");
    window.typed(" They get a say.").gone("It is kept as it is").keys("esc").wait("MOVING");
    leave(window);
    let workbook = kept(home, "research");
    assert_eq!(text(&workbook, "FIN-13", VoiceKey::Ours), "We get our participants. They get a say.");
    let names: Vec<_> = workbook.all::<Candidate>().iter().map(|c| c.name.clone()).collect();
    assert_eq!(names, [CHARITY, "Large secondary school"]);
}

/// They reply, and become a partner in one key.
fn reply(home: &Home) {
    let mut window = open(home, REPLIED, CARERS);
    window.keys("g f G enter").wait("2 candidates").keys("t").wait("Approached");
    window.keys("down down enter").wait("When did you approach them?");
    window.keys("ctrl-u").typed("27 Jan").wait("27 Jan").keys("enter").wait("Approached");
    // it stands under another heading now, and stays in focus
    window.keys("t").wait("Talking").keys("down enter").wait("When did they reply?").keys("enter");
    window.wait("Talking").keys("P").wait("a partner now");
    window.keys("g p").wait("1 partner").wait("L’Étoile");
    window.keys("g L").wait("Set aside").wait(CARERS);
    leave(window);
    let workbook = kept(home, "research");
    let partner = &workbook.partners()[0];
    assert_eq!((partner.name.as_str(), partner.introduced_by.as_str()), (CHARITY, "a volunteer of ours"));
    let theirs = workbook.answer(&QuestionId::new("SCO-7")).theirs(&partner.id).unwrap();
    assert_eq!((theirs.text.as_str(), theirs.heard), ("a rest at weekends", Heard::Guess));
    let candidate = &workbook.all::<Candidate>()[0];
    assert_eq!((candidate.state, candidate.partner.as_ref()), (CandidateState::Partner, Some(&partner.id)));
    assert_eq!((candidate.approached, candidate.replied), (Some(date(2025, 1, 27)), Some(date(2025, 2, 3))));
    // what was only guessed is what to ask at the first meeting
    let questions = export(home, CARERS, "questions");
    assert!(questions.contains("What we have not checked") && questions.contains("a rest at weekends"));
    assert!(export(home, CARERS, "scope-note").contains("the topic, set by the funder"));
}

/// A workbook in which nothing stands goes out all the same, and says what is to agree.
fn nothing(home: &Home) {
    let made = home.run_at(REPLIED, &["new", "Nothing yet"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    for what in ["scope-note", "not-this-time", "approach", "call-script", "pilot-note", "questions"] {
        let text = export(home, "Nothing yet", what);
        assert!(text.contains("[to agree]") || text.contains("yet") || text.contains("Nothing"), "{text}");
    }
}

#[test]
fn from_an_idea_to_a_first_reply_with_one_turned_away() {
    let home = Home::new();
    the_leaflet(&home);
    scoping(&home);
    deck(&home);
    candidates(&home);
    reply(&home);
    nothing(&home);
}
