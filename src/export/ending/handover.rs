//! What stays behind at an end: the pack for whoever takes over, what was learned, and the list of thanks. None of these
//! has copies for one partner.

use super::{ending, said};
use crate::domain::query::{ClauseNow, ClauseWords, remains_in_words};
use crate::domain::{
    Board, CarryOn, Choice, Contribution, Door, Finding, Legacy, OpenPoint, Openness, Owed, Parting,
    PartnerId, Promise, PromiseState, Revision, Role, Standing, Went, WindUp, Word,
};
use crate::export::cells;
use crate::export::document::{Block, Document, Item, Level, Private, TO_AGREE};
use crate::export::revising::stopped;
use crate::export::subject::Subject;
use crate::export::voices::{self, day, or_to_agree};
use crate::export::{first_of, sentence, state, title};

/// Questions that are only guessed, by name; of the others there is the number.
const OPEN: usize = 8;
/// The days that are named as coming next.
const DAYS: usize = 5;
/// The clauses that whoever takes over reads first: those that every form has, and money.
const FIRST: &[&str] = &["K01", "K02", "K05", "K06", "K07", "K08", "K13", "K14", "K22", "K24", "K28"];

fn fact(label: &str, words: impl AsRef<str>) -> (String, String) {
    (label.to_owned(), or_to_agree(words.as_ref().trim()).to_owned())
}

fn list_or_to_agree(document: &mut Document, items: Vec<Item>) {
    if items.is_empty() {
        document.paragraph(TO_AGREE);
    } else {
        document.list(items);
    }
}

/// The pack for whoever takes over.
pub fn pack(subject: &Subject<'_>) -> Document {
    let mut pack = Document::titled(format!("Handover: {}", title(subject)));
    let mut private = Private::default();
    in_ten_lines(&mut pack, subject, &mut private);
    people(&mut pack, subject);
    days(&mut pack, subject, &mut private);
    promises(&mut pack, subject);
    agreement(&mut pack, subject);
    unsure(&mut pack, subject, &mut private);
    words(&mut pack, subject);
    alone(&mut pack, subject, &mut private);
    pack.private = private;
    pack
}

fn in_ten_lines(pack: &mut Document, subject: &Subject<'_>, private: &mut Private) {
    let ending = ending(subject, private);
    let of = |part: fn(&crate::domain::Ending) -> &String| ending.map_or("", |ending| part(ending).trim());
    let partners: Vec<&str> = subject.partners().iter().map(voices::name_of).collect();
    let legacies = subject.records::<Legacy>(private);
    let kept = legacies.iter().filter(|legacy| legacy.keeper.is_some()).count();
    let how = ending.filter(|e| e.parting != Parting::NotDecided).map_or("", |e| e.parting.words());
    pack.heading(Level::Section, "The partnership in ten lines");
    pack.blocks.push(Block::Facts(vec![
        fact("What it is for", subject.purpose()),
        fact(
            "Between",
            format!("{} and {}", or_to_agree(&subject.us().name), or_to_agree(&partners.join(", "))),
        ),
        fact("Where it stands", state(subject)),
        fact("What becomes of it", sentence(how)),
        fact("The last day", cells::day(ending.and_then(|ending| ending.closes))),
        fact("Who takes it on", of(|ending| &ending.hand_to)),
        fact("What was done", of(|ending| &ending.achieved)),
        fact("What was learned", of(|ending| &ending.learned)),
        fact("Left behind", remains_in_words((legacies.len(), kept))),
        fact("Records", of(|ending| &ending.records)),
    ]));
}

fn people(pack: &mut Document, subject: &Subject<'_>) {
    pack.heading(Level::Section, "Who is who, and how to reach them");
    let sides = std::iter::once(subject.us()).chain(subject.partners());
    let rows = sides.flat_map(|side| {
        let name = or_to_agree(&side.name).to_owned();
        let people = subject.people_of(side);
        let whole = vec![name.clone(), TO_AGREE.to_owned(), cells::text(side.reach.trim())];
        if people.is_empty() {
            return vec![whole];
        }
        let row = |person: &&crate::domain::Person| {
            let reach = if person.reach.trim().is_empty() { side.reach.trim() } else { person.reach.trim() };
            let who = match (person.name.trim(), person.role.trim()) {
                ("", role) => cells::text(role),
                (name, "") => name.to_owned(),
                (name, role) => format!("{name}, {role}"),
            };
            vec![name.clone(), who, cells::text(reach)]
        };
        people.iter().map(row).collect()
    });
    let rows = rows.collect();
    pack.table(["Side", "Who", "How to reach them"], rows);
}

fn days(pack: &mut Document, subject: &Subject<'_>, private: &mut Private) {
    pack.heading(Level::Section, "What comes next");
    let items = subject.days_to_come(private);
    let row = |item: &crate::domain::query::AgendaItem| {
        let on = item.on.map(day).unwrap_or_default();
        let who = if item.who.is_empty() { String::new() } else { format!(" ({})", item.who) };
        Item::new(on, format!("{}: {}{who}", item.kind.words(), or_to_agree(item.words.trim())))
    };
    list_or_to_agree(pack, items.iter().take(DAYS).map(row).collect());
}

fn promises(pack: &mut Document, subject: &Subject<'_>) {
    pack.heading(Level::Section, "Promises that are open");
    let promises = subject.all_promises();
    let (ours, theirs): (Vec<&Promise>, Vec<&Promise>) =
        promises.into_iter().filter(|promise| promise.is_owed()).partition(|promise| promise.is_ours());
    let mut items = Vec::new();
    for (who, promises) in [("We owe", ours), ("They owe", theirs)] {
        if promises.is_empty() {
            items.push(Item::new(who, "nothing that we know of"));
        }
        items.extend(promises.iter().map(|promise| Item::new(who, subject.owed_in_words(promise))));
    }
    pack.list(items);
}

fn agreement(pack: &mut Document, subject: &Subject<'_>) {
    pack.heading(Level::Section, "What was agreed, in plain words");
    let clauses = subject.agreement(subject.form());
    let agreed = clauses.iter().filter_map(|now| match &now.words {
        ClauseWords::Agreed(words) => Some((now, words.trim())),
        _ => None,
    });
    let (first, more): (Vec<_>, Vec<_>) =
        agreed.partition(|(now, _)| FIRST.contains(&now.clause.id.as_str()));
    let item = |(now, words): &(&ClauseNow<'_>, &str)| Item::new(&now.clause.name, voices::brief(words));
    list_or_to_agree(pack, first.iter().map(item).collect());
    if !more.is_empty() {
        let names: Vec<String> = more.iter().map(|(now, _)| now.clause.name.clone()).collect();
        pack.paragraph(format!("Agreed too, and to be read in the agreement itself: {}.", names.join("; ")));
    }
}

fn unsure(pack: &mut Document, subject: &Subject<'_>, private: &mut Private) {
    for (heading, wanted) in [
        ("Where the sides differ", Standing::Disputed),
        ("What is only guessed, and was never asked", Standing::Guess),
    ] {
        let found = subject.select(subject.content().questions(), |entry| entry.standing == wanted);
        *private += found.private;
        if found.entries.is_empty() {
            continue;
        }
        pack.heading(Level::Section, heading);
        // what nobody has checked is a question to ask, and no answer to hand on
        if wanted == Standing::Guess {
            let asked: Vec<&str> = found.entries.iter().map(|entry| entry.question.short.as_str()).collect();
            pack.paragraph(first_of(&asked, OPEN));
            continue;
        }
        let item = |entry: &crate::export::subject::Entry<'_>| {
            let voices = voices::in_brief(subject, entry.answer);
            let said = voices.into_iter().map(|(who, words)| format!("{who}: {words}"));
            Item::new(&entry.question.short, said.collect::<Vec<_>>().join("\n"))
        };
        pack.list(found.entries.iter().map(item).collect());
    }
}

fn words(pack: &mut Document, subject: &Subject<'_>) {
    pack.heading(Level::Section, "Words to use and to avoid");
    let words = subject.records::<Word>(&mut Private::default());
    let row = |word: &&Word| vec![cells::text(&word.term), cells::text(&word.instead)];
    let rows: Vec<Vec<String>> = words.iter().map(row).collect();
    cells::nothing(pack, &rows, "None was noted.");
    pack.table(["Rather not", "Say instead"], rows);
}

/// What is fixed, what was dropped, and a door that was closed.
fn alone(pack: &mut Document, subject: &Subject<'_>, private: &mut Private) {
    pack.heading(Level::Section, "What to leave alone");
    let with_why = |what: &str, why: &str| {
        let why = why.trim();
        let what = or_to_agree(what.trim()).to_owned();
        Item::plain(if why.is_empty() { what } else { format!("{what} ({})", why.trim_end_matches('.')) })
    };
    let fixed = subject.records::<OpenPoint>(private).into_iter().filter(|p| p.state == Openness::Fixed);
    let mut items: Vec<Item> = fixed.map(|point| with_why(&point.what, &point.why)).collect();
    let dropped = subject.records::<Revision>(private).into_iter().filter(|r| r.board == Board::Drop);
    items.extend(dropped.map(|one| with_why(&format!("dropped: {}", one.what.trim()), &one.why)));
    if ending(subject, &mut Private::default()).is_some_and(|ending| ending.door == Door::Closed) {
        items.push(Item::plain("The door was closed for good: please do not ring them about it."));
    }
    list_or_to_agree(pack, items);
}

/// What was learned, for whoever begins the next one.
pub fn learning(subject: &Subject<'_>) -> Document {
    let mut note = Document::titled(format!("What we learned: {}", title(subject)));
    let mut private = Private::default();
    let ending = ending(subject, &mut private);
    let of = |part: fn(&crate::domain::Ending) -> &String| ending.map_or("", |ending| part(ending).trim());
    let ends = match ending.map(|ending| ending.parting) {
        Some(Parting::Pause) => "rests",
        Some(Parting::Reset) => "starts over",
        Some(Parting::HandOn) => "is handed on",
        Some(Parting::End | Parting::NotDecided) | None => "ends",
    };
    let wish = ending.and_then(|ending| ending.wish.as_ref()).filter(|id| !id.is_us());
    let they = wish.map_or_else(|| "they see it".to_owned(), |id| format!("{} sees it", subject.side(id)));
    note.blocks.push(Block::Facts(vec![
        fact("What it was for", subject.purpose()),
        fact("What was done", of(|ending| &ending.achieved)),
        fact("What was gained", of(|ending| &ending.gained)),
        fact("What was learned", of(|ending| &ending.learned)),
        fact(&format!("Why it {ends}, as we see it"), of(|ending| &ending.ours)),
        fact(&format!("Why it {ends}, as {they}"), of(|ending| &ending.theirs)),
    ]));
    for id in ["END-5", "END-7"] {
        let found = subject.select(subject.content().question(id), |entry| entry.answer.holds_words());
        private += found.private;
        for entry in &found.entries {
            note.heading(Level::Section, &entry.question.ask);
            note.blocks.extend(voices::all(subject, entry));
        }
    }
    let findings = subject.records::<Finding>(&mut private);
    let item = |finding: &&Finding| {
        Item::new(sentence(or_to_agree(finding.what.trim())), stopped(finding.why.trim()))
    };
    for (went, heading) in [(Went::Well, "What went well"), (Went::LessWell, "What went less well")] {
        let of = findings.iter().filter(|finding| finding.went == went).map(item);
        section(&mut note, heading, of.collect());
    }
    let legacies = subject.records::<Legacy>(&mut private);
    let item = |legacy: &&Legacy| Item::plain(sentence(or_to_agree(legacy.what.trim())));
    section(&mut note, "What remains", legacies.iter().map(item).collect());
    let on = subject.records::<CarryOn>(&mut private);
    let item = |on: &&CarryOn| Item::plain(sentence(or_to_agree(on.what.trim())));
    section(&mut note, "What goes on", on.iter().map(item).collect());
    note.private = private;
    note
}

fn section(note: &mut Document, heading: &str, items: Vec<Item>) {
    if !items.is_empty() {
        note.heading(Level::Section, heading);
        note.list(items);
    }
}

/// Whom to thank, for what.
pub fn thanks(subject: &Subject<'_>) -> Document {
    let mut list = Document::titled(format!("Thanks: {}", title(subject)));
    let mut private = Private::default();
    let roles = subject.records::<Role>(&mut private);
    let hours = subject.records::<Contribution>(&mut private);
    let promises = subject.all_promises();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |who: String, what: Vec<String>| {
        let what = if what.is_empty() { TO_AGREE.to_owned() } else { what.join("; ") };
        rows.push(vec![who, what]);
    };
    for side in std::iter::once(subject.us()).chain(subject.partners()) {
        for person in subject.people_of(side) {
            let led = roles
                .iter()
                .filter(|role| role.lead.as_ref().is_some_and(|who| who.person.as_ref() == Some(&person.id)));
            let kept = promises.iter().filter(|promise| {
                promise.by_person.as_ref() == Some(&person.id) && promise.state == PromiseState::Kept
            });
            let what = led.map(|role| role.what.as_str()).chain(kept.map(|promise| promise.what.as_str()));
            add(format!("{}, {}", or_to_agree(&person.name), subject.side(&side.id)), said(what));
        }
        if !side.id.is_us() {
            add(or_to_agree(&side.name).to_owned(), of_side(&side.id, &promises, &hours));
        }
    }
    if rows.is_empty() {
        list.paragraph(TO_AGREE);
    }
    list.table(["Who", "For what"], rows);
    let noted = subject.records::<WindUp>(&mut private).into_iter().filter(|owed| owed.kind == Owed::Thanks);
    let item =
        |owed: &WindUp| Item::new(sentence(owed.state.words()), or_to_agree(owed.what.trim()).to_owned());
    section(&mut list, "Noted among what is to be wound up", noted.map(item).collect());
    list.private = private;
    list
}

/// What a side kept without a person being named, and the hours that it gave.
fn of_side(side: &PartnerId, promises: &[&Promise], hours: &[&Contribution]) -> Vec<String> {
    let kept = promises.iter().filter(|promise| {
        promise.by == *side && promise.by_person.is_none() && promise.state == PromiseState::Kept
    });
    let given = hours.iter().filter(|given| given.side.as_ref() == Some(side));
    said(kept.map(|promise| promise.what.as_str()).chain(given.map(|given| given.what.as_str())))
}
