//! Holds the files of `assets/` to what the program and its readers rely on: they parse, they refer to things that are
//! there, they carry every idea of the sources, they fit their places on the screen, and they are plain to read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use alongside::content::types::{
    Arc, Aspect, Card, CardKind, Clause, Door, Entrance, Family, Lens, Named, Question, Signal, SignalAnswer,
    Source, Stage, Suggestion, Table, Term, TermKind,
};
use alongside::content::{ASPECTS, Content, SAMPLE, parse};
use alongside::domain::{self, RecordField, RecordId, Value};
use serde::de::DeserializeOwned;
use unicode_width::UnicodeWidthStr;

/// The ids of the source inventory, one a line.
const SOURCE_IDS: &str = include_str!("source_ids.txt");

#[test]
fn every_file_parses_and_is_the_one_the_program_carries() {
    let content = Content::new();
    // the clauses of an agreement are a sheet of questions too
    for (row, aspect) in ASPECTS.iter().zip(content.aspects()).filter(|(row, _)| row.id != "agreement") {
        assert_eq!(*aspect, read::<Aspect>(&format!("aspects/{}", row.id)));
        if row.arc != Arc::Sheet {
            assert_eq!(content.cards_of(row.id), read::<Vec<Card>>(&format!("cards/{}", row.id)));
        }
    }
    assert_eq!(content.aspects().count(), ASPECTS.len());
    assert_eq!(content.terms(), read::<Vec<Term>>("glossary"));
    assert_eq!(content.suggestions(), read::<Vec<Suggestion>>("suggestions"));
    assert_eq!(content.clauses(), read::<Vec<Clause>>("clauses"));
    assert_eq!(content.tables(), read::<Vec<Table>>("records"));
    assert_eq!(content.signals(), read::<Vec<Signal>>("forms"));
    assert_eq!(content.types(), read::<Vec<Named>>("types"));
    assert_eq!(content.levels(), read::<Vec<Named>>("levels"));
    assert_eq!(content.legacies(), read::<Vec<Named>>("legacies"));
    assert_eq!(content.ways(), read::<Vec<Named>>("ways"));
    assert_eq!(content.entrances(), read::<Vec<Entrance>>("entrances"));
    assert_eq!(content.lenses(), read::<Vec<Lens>>("lenses"));
    assert_eq!(content.sources(), read::<Vec<Source>>("sources"));
    assert_eq!(SAMPLE, fs::read_to_string(asset("sample")).unwrap());
}

#[test]
fn no_file_is_left_out_of_the_program() {
    let lists = "glossary suggestions clauses types levels legacies ways entrances lenses sources sample records forms";
    let lists = lists.split(' ').map(asset);
    let aspects = ASPECTS.iter().filter(|row| row.id != "agreement");
    let aspects = aspects.map(|row| asset(&format!("aspects/{}", row.id)));
    let cards = ASPECTS.iter().filter(|row| row.arc != Arc::Sheet);
    let cards = cards.map(|row| asset(&format!("cards/{}", row.id)));
    let known: BTreeSet<_> = aspects.chain(cards).chain(lists).collect();
    let found: BTreeSet<_> = ["", "aspects", "cards"]
        .iter()
        .flat_map(|folder| fs::read_dir(assets().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    assert_eq!(found, known);
}

#[test]
fn the_table_of_aspects_equals_the_files() {
    let content = Content::new();
    for row in ASPECTS {
        let aspect = content.aspect(row.id).unwrap_or_else(|| panic!("{} does not parse", row.id));
        let stands = (aspect.id.as_str(), aspect.code.as_str(), aspect.name.as_str(), aspect.arc);
        assert_eq!(stands, (row.id, row.code, row.name, row.arc));
        for (n, question) in aspect.questions.iter().enumerate() {
            assert_eq!(question.id, format!("{}-{}", row.code, n + 1));
        }
        assert_eq!(content.cards_of(row.id).is_empty(), row.arc == Arc::Sheet, "{} has no cards", row.id);
        for card in content.cards_of(row.id) {
            assert_eq!(content.card(&card.id), Some(card), "its id begins with that of its aspect");
        }
    }
}

#[test]
fn everything_that_was_promised_is_there() {
    let content = Content::new();
    let ring = |arc| content.aspects().filter(|a| a.arc == arc).count();
    let arcs = [Arc::GettingStarted, Arc::WorkingTogether, Arc::WhatNext, Arc::Heart, Arc::Tool];
    assert_eq!(arcs.map(ring), [3, 3, 3, 1, 1]);
    assert_eq!(content.cycle_questions().count(), 135);
    assert_eq!(content.aspect("skills").unwrap().questions.len(), 8);
    let kind = |kind| content.terms().iter().filter(|t| t.kind == kind).count();
    assert_eq!((kind(TermKind::Skill), kind(TermKind::Knowledge)), (19, 17));
    let family = |family| content.suggestions().iter().filter(|s| s.family == family).count();
    assert_eq!((family(Family::People), family(Family::Partnership)), (11, 13));
    assert_eq!(content.clauses().len(), 29);
    assert_eq!(content.aspect("agreement").unwrap().questions.len(), 29);
    assert_eq!(content.aspect("differences").unwrap().questions.len(), 9);
    assert_eq!(content.types().len(), 4);
    assert_eq!(content.levels().len(), 5);
    assert_eq!(content.ways().len(), 7);
    assert_eq!(content.entrances().len(), 4);
    assert_eq!(content.lenses().iter().map(|l| l.stages.len()).collect::<Vec<_>>(), [4]);
}

#[test]
fn no_name_is_given_twice() {
    let content = Content::new();
    let named = [content.types(), content.levels(), content.legacies(), content.ways()].concat();
    let ids = content.aspects().map(|a| &a.id);
    let ids = ids.chain(content.questions().map(|q| &q.id)).chain(content.cards().map(|c| &c.id));
    let ids = ids.chain(content.terms().iter().map(|t| &t.id));
    let ids = ids.chain(content.suggestions().iter().map(|s| &s.id));
    let ids = ids.chain(content.clauses().iter().map(|c| &c.id)).chain(named.iter().map(|n| &n.id));
    let ids = ids.chain(content.entrances().iter().map(|e| &e.id));
    assert_eq!(repeated(ids), Vec::<&String>::new());
    // sources and lenses may share a name with each other, never with one of their own
    assert_eq!(repeated(content.sources().iter().map(|s| &s.id)), Vec::<&String>::new());
    assert_eq!(repeated(content.lenses().iter().map(|l| &l.id)), Vec::<&String>::new());
    for aspect in content.aspects() {
        let labels = aspect.questions.iter().map(|q| &q.short);
        assert_eq!(repeated(labels), Vec::<&String>::new(), "two labels alike in {}", aspect.id);
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let content = Content::new();
    let suggestion = |id: &String| content.suggestions().iter().find(|s| s.id == *id);
    let mut lost = Vec::new();
    let mut check = |holds: bool, from: &str, to: &str| {
        if !holds {
            lost.push(format!("{from} -> {to}"));
        }
    };
    for aspect in content.aspects() {
        check(!aspect.settled_when.is_empty(), &aspect.id, "nothing settles it");
        for id in &aspect.settled_when {
            check(aspect.questions.iter().any(|q| q.id == *id), &aspect.id, id);
        }
    }
    for question in content.questions() {
        question.cards.iter().for_each(|id| check(content.card(id).is_some(), &question.id, id));
    }
    for card in content.cards() {
        check(content.source(&card.source).is_some(), &card.id, &card.source);
    }
    for named in [content.types(), content.levels(), content.legacies(), content.ways()].concat() {
        check(content.source(&named.source).is_some(), &named.id, &named.source);
    }
    for term in content.terms() {
        let people = |id| suggestion(id).is_some_and(|s| s.family == Family::People);
        term.people.iter().for_each(|id| check(people(id), &term.id, id));
        let partnership = |id| suggestion(id).is_some_and(|s| s.family == Family::Partnership);
        term.partnership.iter().for_each(|id| check(partnership(id), &term.id, id));
        check(!term.people.is_empty() || !term.partnership.is_empty(), &term.id, "no way to learn it");
        term.felt_in.iter().for_each(|id| check(content.aspect(id).is_some(), &term.id, id));
        check(!term.felt_in.is_empty(), &term.id, "felt nowhere");
    }
    for door in content.entrances().iter().flat_map(|e| &e.doors) {
        check(content.question(&door.question).is_some(), &door.label, &door.question);
    }
    for lens in content.lenses() {
        check(content.source(&lens.source).is_some(), &lens.id, &lens.source);
        for stage in &lens.stages {
            stage.aspects.iter().for_each(|id| check(content.aspect(id).is_some(), &stage.name, id));
        }
    }
    for clause in content.clauses() {
        clause.sources.iter().for_each(|id| check(content.source(id).is_some(), &clause.id, id));
        check(content.question(&clause.question()).is_some(), &clause.id, "no question");
        check(!clause.needed_in.is_empty(), &clause.id, "needed in no form");
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn every_question_begins_with_guidance_of_its_own() {
    let content = Content::new();
    let with_cards = || content.aspects().filter(|a| a.arc != Arc::Sheet).flat_map(|a| &a.questions);
    for question in with_cards() {
        assert!((1..=4).contains(&question.cards.len()), "{} has too many cards, or none", question.id);
        let first = content.card(&question.cards[0]).unwrap();
        assert_eq!(first.kind, CardKind::Guidance, "{} begins with {}", question.id, first.id);
    }
    let firsts = with_cards().map(|q| &q.cards[0]);
    assert_eq!(repeated(firsts), Vec::<&String>::new());
}

#[test]
fn every_family_of_records_is_shown_and_names_only_what_is_there() {
    let content = Content::new();
    let described = |family: &&domain::Family| family.blank(RecordId::new("x")).is_some();
    let families: Vec<&domain::Family> = domain::Family::ALL.iter().filter(described).collect();
    let shown: Vec<&str> = content.tables().iter().map(|table| table.family.as_str()).collect();
    assert_eq!(families.iter().map(|family| family.name()).collect::<Vec<_>>(), shown);
    let mut wrong = Vec::new();
    for (family, table) in families.iter().zip(content.tables()) {
        let record = family.blank(RecordId::new("x")).unwrap();
        let has = |name: &str| family.fields().iter().any(|field| field.name() == name);
        let says = |words: &String| {
            family.fields().iter().any(|field| match record.value(*field) {
                Some(Value::Choice(_, all)) => all.contains(&words.as_str()),
                _ => false,
            })
        };
        let one = [&table.heading, &table.who, &table.group, &table.mark];
        let named = one.into_iter().chain(&table.aside).chain(table.hints.keys());
        wrong.extend(named.filter(|name| !name.is_empty() && !has(name)).map(|n| (family.name(), n.clone())));
        let over = table.over.iter().filter(|over| !has(over) && !says(over));
        wrong.extend(over.map(|over| (family.name(), over.clone())));
        assert_eq!(table.over.is_empty(), table.closed.is_empty(), "{}", table.family);
        assert!(table.aspect.is_empty() || content.aspect(&table.aspect).is_some(), "{}", table.family);
        // every text that somebody may write has something that helps to begin, or is the one that is asked for
        let text = |field: &&RecordField| matches!(record.value(**field), Some(Value::Text(_)));
        let helped = |field: &&RecordField| table.hints.contains_key(field.name());
        let bare = family.fields().iter().filter(text).filter(|field| !helped(field));
        wrong.extend(bare.map(|field| (family.name(), format!("no hint for {}", field.name()))));
    }
    assert_eq!(wrong, Vec::<(&str, String)>::new());
}

#[test]
fn the_form_chooser_adds_up() {
    let content = Content::new();
    assert_eq!(repeated(content.signals().iter().map(|signal| &signal.id)), Vec::<&String>::new());
    for Signal { id, answers, .. } in content.signals() {
        let points: Vec<u8> = answers.iter().map(|answer| answer.points).collect();
        assert!(points.len() > 1 && points[0] == 0 && points.is_sorted(), "{id}: {points:?}");
        assert_eq!(repeated(answers.iter().map(|answer| &answer.words)), Vec::<&String>::new(), "{id}");
    }
}

#[test]
fn what_is_asked_for_a_new_record_comes_with_an_example() {
    let content = Content::new();
    let halves = content.tables().iter().filter(|table| table.ask.is_empty() != table.example.is_empty());
    assert_eq!(halves.map(|table| &table.family).collect::<Vec<_>>(), Vec::<&String>::new());
    let asks = |table: &&Table| !table.ask.is_empty() && !table.ask.ends_with('?');
    assert_eq!(content.tables().iter().filter(asks).count(), 0);
}

#[test]
fn every_card_can_be_met() {
    let content = Content::new();
    let shown: BTreeSet<_> = content.questions().flat_map(|q| &q.cards).collect();
    // ideas and prompts are dealt; every other card must stand beside a question
    let hidden = content.cards().filter(|c| !matches!(c.kind, CardKind::Idea | CardKind::Prompt));
    let hidden: Vec<_> = hidden.filter(|c| !shown.contains(&c.id)).map(|c| &c.id).collect();
    assert_eq!(hidden, Vec::<&String>::new());
    let taught: BTreeSet<_> =
        content.terms().iter().flat_map(|t| t.people.iter().chain(&t.partnership)).collect();
    let idle = content.suggestions().iter().filter(|s| !taught.contains(&s.id)).map(|s| &s.id);
    assert_eq!(idle.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_idea_of_the_sources_is_carried() {
    let known: BTreeSet<&str> = SOURCE_IDS.lines().collect();
    assert_eq!(known.len(), 361);
    let content = Content::new();
    let covers = covers(&content);
    let carried: BTreeSet<&str> = covers.iter().map(String::as_str).collect();
    assert_eq!(carried.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such id");
    assert_eq!(known.difference(&carried).collect::<Vec<_>>(), Vec::<&&str>::new(), "not carried");
}

#[test]
fn everything_fits_its_place() {
    let content = Content::new();
    let wide = |text: &Text| text.words.width() > text.most;
    let long: Vec<_> = texts(&content).into_iter().filter(wide).map(|t| (t.of, t.words)).collect();
    assert_eq!(long, Vec::<(String, String)>::new());
    let empty: Vec<_> = texts(&content).into_iter().filter(|t| t.words.is_empty()).map(|t| t.of).collect();
    // what may be empty, such as a hint or the condition of a clause, is left out by `texts`
    assert_eq!(empty, Vec::<String>::new());
}

#[test]
fn everything_is_clean_and_plain() {
    let content = Content::new();
    let jargon = "stakeholder leverage synergy synergies deliverable utilise utilize buy-in touchpoint empower \
                  impactful learnings remedy remedies";
    let american = "organization organize organized color center behavior program favor neighbor neighborhood labor \
                    honor realize recognize analyze theater traveled judgment fulfill enroll";
    let ids: BTreeSet<String> = SOURCE_IDS
        .lines()
        .map(str::to_owned)
        .chain(content.questions().map(|q| q.id.clone()))
        .chain(content.clauses().iter().map(|c| c.id.clone()))
        .collect();
    let mut wrong = Vec::new();
    for Text { of, words, .. } in texts(&content) {
        let mut say = |what: &str| wrong.push(format!("{of}: {what}: {words}"));
        if words.contains(char::is_control) || words.contains("  ") || words.trim() != words {
            say("a stray space or an invisible character");
        }
        if words.contains(['!', '\u{2014}']) {
            say("an exclamation mark or a long dash");
        }
        for word in words.split(|c: char| !c.is_alphanumeric() && c != '-') {
            let low = word.to_lowercase();
            let stem = low.strip_suffix('s').unwrap_or(&low);
            let listed = |list: &str| list.split_whitespace().any(|w| w == low || w == stem);
            if listed(jargon) {
                say("jargon");
            }
            if listed(american) {
                say("spelt the other side of the ocean");
            }
            if ids.contains(word) {
                say("an id that means nothing to a reader");
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Something a person reads.
struct Text {
    /// Where it stands.
    of: String,
    words: String,
    /// The most columns it may take.
    most: usize,
}

/// Everything of the content that a person reads. The patterns name every field, so that a new one cannot be forgotten.
fn texts(content: &Content) -> Vec<Text> {
    let mut all = Vec::new();
    let mut add = |of: &str, words: &str, most| {
        all.push(Text { of: of.to_owned(), words: words.to_owned(), most });
    };
    for Aspect { id, name, purpose, code: _, arc: _, settled_when: _, questions } in content.aspects() {
        add(id, name, 16);
        add(id, purpose, 140);
        for Question { id, short, ask, hint, about: _, comes_back: _, cards: _, covers: _ } in questions {
            add(id, short, 26);
            add(id, ask, 140);
            if !hint.is_empty() {
                add(id, hint, 160);
            }
        }
    }
    for Card { id, kind: _, title, text, points, source: _, covers: _ } in content.cards() {
        add(id, title, 40);
        add(id, text, 320);
        points.iter().for_each(|p| add(id, p, 100));
    }
    for term in content.terms() {
        let Term { id, term, meaning, kind: _, head: _, our_definition: _, .. } = term;
        add(id, term, 60);
        add(id, meaning, 320);
    }
    for Suggestion { id, name, family: _, text, points, covers: _ } in content.suggestions() {
        add(id, name, 40);
        add(id, text, 320);
        points.iter().for_each(|p| add(id, p, 100));
    }
    for Clause { id, name, ask, hint, needed_in: _, when, sources: _, covers: _ } in content.clauses() {
        add(id, name, 40);
        add(id, ask, 140);
        add(id, hint, 160);
        if !when.is_empty() {
            add(id, when, 60);
        }
    }
    for list in [content.types(), content.levels(), content.legacies(), content.ways()] {
        for Named { id, name, text, points, source: _, covers: _ } in list {
            add(id, name, 40);
            add(id, text, 320);
            points.iter().for_each(|p| add(id, p, 100));
        }
    }
    for Entrance { id, name, text, doors, covers: _ } in content.entrances() {
        add(id, name, 40);
        add(id, text, 70);
        doors.iter().for_each(|Door { label, question: _ }| add(id, label, 50));
    }
    for Lens { id, name, text, stages, source: _, covers: _ } in content.lenses() {
        add(id, name, 60);
        add(id, text, 320);
        for Stage { name, ask, text, points, aspects: _, covers: _ } in stages {
            add(name, name, 20);
            add(name, ask, 140);
            add(name, text, 320);
            points.iter().for_each(|p| add(name, p, 100));
        }
    }
    for table in content.tables() {
        let Table {
            family,
            title,
            one,
            many,
            empty,
            ask,
            example,
            closed,
            hints,
            aspect: _,
            heading: _,
            apart: _,
            who: _,
            aside: _,
            group: _,
            over: _,
            mark: _,
        } = table;
        add(family, title, 26);
        add(family, one, 40);
        add(family, many, 40);
        add(family, empty, 240);
        // what is not asked, and the example of it, may both be left out
        for (words, most) in [(ask, 60), (example, 60), (closed, 60)] {
            if !words.is_empty() {
                add(family, words, most);
            }
        }
        hints.values().for_each(|hint| add(family, hint, 60));
    }
    for Signal { id, short, ask, answers } in content.signals() {
        add(id, short, 16);
        add(id, ask, 140);
        answers.iter().for_each(|SignalAnswer { words, points: _ }| add(id, words, 40));
    }
    for Source { id, short, name } in content.sources() {
        add(id, short, 34);
        add(id, name, 200);
    }
    all
}

/// The ids of the source inventory that some part of the content says it carries.
fn covers(content: &Content) -> Vec<String> {
    let named = [content.types(), content.levels(), content.legacies(), content.ways()].into_iter().flatten();
    let aspects = content.questions().map(|q| &q.covers).chain(content.cards().map(|c| &c.covers));
    let words =
        content.terms().iter().map(|t| &t.covers).chain(content.suggestions().iter().map(|s| &s.covers));
    let papers = content.clauses().iter().map(|c| &c.covers).chain(named.map(|n| &n.covers));
    let ways =
        content.entrances().iter().map(|e| &e.covers).chain(content.lenses().iter().map(|l| &l.covers));
    let stages = content.lenses().iter().flat_map(|l| &l.stages).map(|s| &s.covers);
    aspects.chain(words).chain(papers).chain(ways).chain(stages).flatten().cloned().collect()
}

/// What occurs more than once.
fn repeated<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut counts = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_insert(0) += 1);
    counts.into_iter().filter(|(_, n)| *n > 1).map(|(id, _)| id).collect()
}

/// A file of `assets/`, as it lies in the project.
fn read<T: DeserializeOwned>(name: &str) -> T {
    let file = fs::read_to_string(asset(name)).unwrap();
    parse(&file).unwrap_or_else(|e| panic!("{name}.ron: {e}"))
}

fn asset(name: &str) -> PathBuf {
    assets().join(format!("{name}.ron"))
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}
