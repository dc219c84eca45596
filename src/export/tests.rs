use crate::testing::properties::cases;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;
use crate::content::{Content, Wording};
use crate::domain::{
    Accord, Edit, Heard, Partner, PartnerField, PartnerId, PartnershipState, Pause, Person, PersonId,
    QuestionId, Source, Splice, StateChange, TextPlace, VoiceKey, Workbook, WorkbookId,
};

const MARCH: Date = date(2025, 3, 12);
const TODAY: Date = date(2025, 11, 4);

/// The content with the wording of a few questions fixed, so that a better wording breaks no test here.
fn content() -> Content {
    let questions = [
        ("SCO-1", "What, and why now?", "What shall we do, and why now?"),
        ("SCO-2", "Shared purpose", "What one line would both sign?"),
        ("SCO-3", "Do we need this?", "Does this need a partnership at all?"),
        ("SCO-4", "Whose need is it?", "Who needs this most?"),
        ("SCO-5", "Which challenge?", "Which local challenge would this ease?"),
        ("SCO-6", "How long?", "How long shall this last?"),
        ("SCO-7", "What does each want?", "What does each side hope for?"),
        ("SCO-8", "What does each bring?", "What does each side bring?"),
        ("SCO-11", "Eleven", "The eleventh question?"),
    ];
    let wording = questions.map(|(id, short, ask)| Wording {
        id: id.to_owned(),
        short: Some(short.to_owned()),
        ask: Some(ask.to_owned()),
        hint: None,
        title: None,
        text: None,
    });
    Content::with_wording(wording.to_vec())
}

fn q(id: &str) -> QuestionId {
    QuestionId::new(id)
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn carers() -> PartnerId {
    PartnerId::new("carers")
}

fn put(workbook: &mut Workbook, place: TextPlace, text: &str) {
    let on = matches!(place, TextPlace::Voice(..)).then_some(MARCH);
    let insert = text.to_owned();
    workbook.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on })).unwrap();
}

fn say(workbook: &mut Workbook, id: &str, voice: VoiceKey, text: &str) {
    put(workbook, TextPlace::Voice(q(id), voice), text);
}

fn heard(workbook: &mut Workbook, id: &str, partner: PartnerId, heard: Heard, said: &str) {
    let source = if said.is_empty() { Source::ByHand } else { Source::Said(said.to_owned()) };
    let person = (partner == museum()).then(|| PersonId::new("amina"));
    let edit = Edit::SetHeard { question: q(id), partner, heard, checked: Some(MARCH), person, source };
    workbook.apply(edit).unwrap();
}

fn private(workbook: &mut Workbook, id: &str) {
    workbook.apply(Edit::SetPrivate { question: q(id), to: true }).unwrap();
}

/// A small workbook with one of everything.
fn sample() -> Workbook {
    let mut w = Workbook::new(WorkbookId::new("w"), "Tactile guide with City Museum");
    put(&mut w, TextPlace::Purpose, "A guide that can be read by touch");
    put(&mut w, TextPlace::Partner(PartnerId::us(), PartnerField::Name), "Riverside Trust");
    put(&mut w, TextPlace::Partner(PartnerId::us(), PartnerField::Kind), "charity");
    for (place, (id, name)) in [(museum(), "City Museum"), (carers(), "")].into_iter().enumerate() {
        w.apply(Edit::AddPartner { partner: Box::new(Partner::named(id, name)), place }).unwrap();
    }
    let mut amina = Person::named(PersonId::new("amina"), museum(), "Amina");
    amina.role = "learning officer".into();
    amina.reach = "rings back after four".into();
    w.apply(Edit::AddPerson { person: Box::new(amina), place: 0 }).unwrap();
    let (ours, reason) = (String::new(), "not for a document".to_owned());
    let change = StateChange {
        state: PartnershipState::Active,
        on: MARCH,
        ours,
        theirs: reason,
        decided_by: String::new(),
        pause: None,
    };
    w.apply(Edit::ChangeState(change)).unwrap();

    say(&mut w, "SCO-1", VoiceKey::Agreed, "A guide to ten objects,\nby June.\n\nThen we look again.");
    heard(&mut w, "SCO-1", museum(), Heard::Agreed, "");
    let accords = vec![Accord { partner: museum(), person: Some(PersonId::new("amina")), on: MARCH }];
    w.apply(Edit::SetAccords { question: q("SCO-1"), accords }).unwrap();
    say(&mut w, "SCO-2", VoiceKey::Ours, "# Museums *everyone* [can](http://x) touch");
    say(&mut w, "SCO-2", VoiceKey::Theirs(museum()), "Come and touch");
    heard(&mut w, "SCO-2", museum(), Heard::Asked, "the call of 14 March");
    say(&mut w, "SCO-4", VoiceKey::Ours, "People who do not come");
    say(&mut w, "SCO-5", VoiceKey::Theirs(museum()), "They want a grant");
    say(&mut w, "SCO-6", VoiceKey::Ours, "Two years");
    say(&mut w, "SCO-6", VoiceKey::Theirs(museum()), "One season, then see");
    heard(&mut w, "SCO-6", museum(), Heard::Disputed, "");
    heard(&mut w, "SCO-8", museum(), Heard::Agreed, "");
    say(&mut w, "SCO-7", VoiceKey::Ours, "Their director is leaving");
    private(&mut w, "SCO-7");
    say(&mut w, "FIN-1", VoiceKey::Ours, "We fear the other bid");
    private(&mut w, "FIN-1");
    w
}

/// A document in a format of words.
fn words(format: Format, document: &Document) -> String {
    format.write(document).unwrap().words().unwrap_or_default().to_owned()
}

fn written(name: &str, format: Format, workbook: &Workbook) -> String {
    let content = content();
    let document = artefact(name).unwrap().document(&Subject::new(workbook, &content, TODAY));
    // which aspects are still untouched depends on what the content offers, which is not tested here
    let text = words(format, &document);
    match text.find("Nothing is written yet for: ") {
        Some(at) => {
            let end = text[at..].find("\n\n").map_or(text.len(), |n| at + n);
            format!("{}Nothing is written yet for: ...{}", &text[..at], &text[end..])
        }
        None => text,
    }
}

#[test]
fn the_page_in_markdown() {
    insta::assert_snapshot!(written("page", Format::Markdown, &sample()));
}

#[test]
fn the_page_in_plain_text() {
    insta::assert_snapshot!(written("page", Format::Text, &sample()));
}

#[test]
fn a_page_that_would_be_several_is_shortened_and_says_so() {
    let example = crate::store::format::parse_workbook(crate::content::SAMPLE).unwrap().workbook;
    let page = written("page", Format::Text, &example);
    let words = crate::export::follow_up::count_words(&page);
    assert!(words <= 560, "{words} words:\n{page}");
    assert!(page.contains("Shortened, so that it is a page."), "{page}");
    for heading in ["What is settled", "Where we differ", "What is only our guess", "Still to agree"] {
        assert!(page.contains(heading), "{heading}:\n{page}");
    }
    let short = written("page", Format::Text, &sample());
    assert!(!short.contains("Shortened"), "what fits stands in full:\n{short}");
    // a partner has nothing longer to look it up in
    let partner = Some(example.partners()[0].id.clone());
    let order = Order { partner, ..Order::of("page") };
    let copy = order.make(&example, &Content::new(), TODAY).unwrap().document;
    assert!(!plain(&copy, COLUMNS).contains("Shortened"));
}

#[test]
fn the_questions_to_ask() {
    insta::assert_snapshot!(written("questions", Format::Text, &sample()));
}

#[test]
fn the_whole_workbook() {
    insta::assert_snapshot!(written("workbook", Format::Markdown, &sample()));
}

#[test]
fn an_empty_workbook_says_what_is_to_agree() {
    let empty = Workbook::new(WorkbookId::new("w"), "");
    insta::assert_snapshot!(written("page", Format::Text, &empty));
    assert!(written("questions", Format::Text, &empty).contains("Nothing here is a guess"));
}

#[test]
fn one_question_shows_what_was_said_before() {
    let mut w = sample();
    let version =
        crate::domain::Version { voice: VoiceKey::Ours, on: None, until: MARCH, text: "Everybody".into() };
    w.apply(Edit::KeepVersion { question: q("SCO-4"), version }).unwrap();
    let content = content();
    let document = question(&Subject::new(&w, &content, TODAY), content.question("SCO-4").unwrap());
    insta::assert_snapshot!(words(Format::Text, &document));
}

#[test]
fn one_aspect_lists_what_is_blank() {
    let (content, w) = (content(), sample());
    let document = aspect(&Subject::new(&w, &content, TODAY), content.aspect("scoping").unwrap());
    let text = words(Format::Text, &document);
    assert!(text.contains("STILL BLANK") || text.contains("Still blank"), "{text}");
    assert!(text.contains("- Does this need a partnership at all?"), "{text}");
    assert!(text.contains("1 private answer left out."), "{text}");
}

#[test]
fn private_answers_are_there_when_asked_for_and_marked() {
    let (content, w) = (content(), sample());
    let subject = Subject::new(&w, &content, TODAY).with_private(true);
    let text = words(Format::Text, &artefact("workbook").unwrap().document(&subject));
    assert!(text.contains("Their director is leaving") && text.contains("private"), "{text}");
    assert!(!text.contains("left out") && text.contains("Holds 2 private answers."), "{text}");
}

#[test]
fn an_answer_to_a_question_nobody_asks_any_more_is_not_lost() {
    let mut w = sample();
    say(&mut w, "OLD-3", VoiceKey::Ours, "from long ago");
    say(&mut w, "OLD-4", VoiceKey::Ours, "whispered");
    private(&mut w, "OLD-4");
    let text = written("workbook", Format::Text, &w);
    assert!(text.contains("OLD-3") && text.contains("from long ago"), "{text}");
    assert!(!text.contains("whispered") && text.contains("3 private answers left out."), "{text}");
}

#[test]
fn what_a_partner_said_who_is_gone_stays_out_of_sight() {
    let mut w = sample();
    w.apply(Edit::BinPartner { partner: museum(), on: TODAY }).unwrap();
    for row in artefacts() {
        assert!(!written(row.name, Format::Text, &w).contains("One season"), "{}", row.name);
    }
}

#[test]
fn what_we_suppose_is_never_said_to_be_theirs() {
    for row in artefacts() {
        let text = written(row.name, Format::Text, &sample());
        let Some((before, _)) = text.split_once("They want a grant") else {
            assert!(!["page", "questions", "workbook"].contains(&row.name), "{}", row.name);
            continue;
        };
        let line = &before[before.len().saturating_sub(80)..];
        assert!(
            line.contains("we suppose") || line.contains("our guess of their view"),
            "{}: {line}",
            row.name
        );
    }
}

#[test]
fn what_has_changed_says_then_and_now_and_whose_guess_it_is() {
    let content = Content::new();
    let made = |workbook: &Workbook, since: Option<Date>| {
        let subject = Subject::new(workbook, &content, TODAY).with_since(since);
        words(Format::Text, &artefact("changes").unwrap().document(&subject))
    };
    let mut workbook = sample();
    let since_ever = made(&workbook, Some(jiff::civil::date(2000, 1, 1)));
    let (before, _) = since_ever.split_once("They want a grant").unwrap();
    assert!(before.get(before.len() - 80..).unwrap().contains("our guess of their view"));
    assert!(made(&workbook, None).contains("Nothing that has a day has changed since."));
    // private answers stay out, and are counted
    let question = QuestionId::new("SCO-5");
    workbook.apply(Edit::SetPrivate { question, to: true }).unwrap();
    let without = made(&workbook, Some(jiff::civil::date(2000, 1, 1)));
    assert!(!without.contains("They want a grant") && without.contains("private answer"), "{without}");
}

#[test]
fn the_pause_note_says_what_was_settled_and_what_is_not() {
    let mut workbook = sample();
    assert!(written("pause-note", Format::Text, &workbook).contains("has not been paused"));
    let pause = Pause {
        until: Some(jiff::civil::date(2026, 6, 1)),
        frozen: "the signage, 600 unspent".into(),
        ..Pause::default()
    };
    let change = StateChange {
        ours: "The site is gone.".into(),
        pause: Some(Box::new(pause)),
        ..StateChange::to(PartnershipState::Paused, TODAY)
    };
    workbook.apply(Edit::ChangeState(change)).unwrap();
    let note = written("pause-note", Format::Text, &workbook);
    for words in ["The site is gone.", "the signage, 600 unspent", "1 June 2026", "[to agree]"] {
        assert!(note.contains(words), "{words}: {note}");
    }
    assert!(written("welcome", Format::Text, &workbook).contains("the signage, 600 unspent"));
    workbook.apply(Edit::ChangeState(StateChange::to(PartnershipState::Active, TODAY))).unwrap();
    assert!(written("pause-note", Format::Text, &workbook).contains("The pause is over: active since"));
}

#[test]
fn rows_have_names_of_their_own_and_help() {
    for (n, row) in artefacts().enumerate() {
        assert!(!row.title.is_empty() && !row.help.is_empty());
        assert!(artefacts().skip(n + 1).all(|other| other.name != row.name));
    }
}

#[test]
fn a_document_with_every_kind_of_block_in_markdown() {
    insta::assert_snapshot!(words(Format::Markdown, &example::document()));
}

#[test]
fn a_document_with_every_kind_of_block_in_plain_text() {
    insta::assert_snapshot!(words(Format::Text, &example::document()));
}

#[test]
fn a_document_with_every_kind_of_block_as_json() {
    let json: serde_json::Value = serde_json::from_str(&words(Format::Json, &example::document())).unwrap();
    let kinds: Vec<&str> =
        json["blocks"].as_array().unwrap().iter().filter_map(|b| b["kind"].as_str()).collect();
    for kind in ["heading", "facts", "paragraph", "quote", "list", "table", "blank", "note", "ring", "matrix"]
    {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    assert_eq!(
        (json["on"].as_str(), json["dates"][0]["on"].as_str()),
        (Some("2025-11-04"), Some("2025-11-14"))
    );
    assert_eq!(json["private"]["left_out"], 0);
    // the shape that other programs rely on
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), ["beside", "blocks", "dates", "on", "private", "title"]);
    assert_eq!(keys(&json["dates"][0]), ["description", "on", "summary", "uid"]);
    let block = |kind: &str| json["blocks"].as_array().unwrap().iter().find(|b| b["kind"] == kind).unwrap();
    for (kind, shape) in [
        ("heading", &["kind", "level", "text"][..]),
        ("facts", &["facts", "kind"]),
        ("paragraph", &["kind", "text"]),
        ("quote", &["kind", "marks", "who", "words"]),
        ("list", &["items", "kind"]),
        ("table", &["head", "kind", "rows"]),
        ("blank", &["kind", "label"]),
        ("note", &["kind", "text"]),
        ("ring", &["around", "heart", "kind", "title"]),
        ("matrix", &["head", "kind", "rows", "title"]),
    ] {
        assert_eq!(keys(block(kind)), shape, "{kind}");
    }
}

#[test]
fn what_json_says_is_what_the_document_says() {
    let mut document = Document::titled("T");
    let marks = vec!["asked".into(), "12 March 2025".into()];
    document.blocks.push(Block::Quote { who: "Museum".into(), marks, words: "Both.".into() });
    document.list(vec![Item::new("Who", "us"), Item::plain("more")]);
    document.table(["a", "b"], vec![vec!["1".into(), "2".into()], vec!["3".into(), "4".into()]]);
    document.blocks.push(Block::Facts(vec![("Aim".into(), "to see".into())]));
    let json: serde_json::Value = serde_json::from_str(&words(Format::Json, &document)).unwrap();
    let expected = serde_json::json!([
        { "kind": "quote", "who": "Museum", "marks": ["asked", "12 March 2025"], "words": "Both." },
        { "kind": "list", "items": [{ "lead": "Who", "words": "us" }, { "lead": "", "words": "more" }] },
        { "kind": "table", "head": ["a", "b"], "rows": [["1", "2"], ["3", "4"]] },
        { "kind": "facts", "facts": [{ "label": "Aim", "value": "to see" }] }
    ]);
    assert_eq!(json["blocks"], expected);
}

#[test]
fn every_row_comes_in_formats_of_its_own_and_they_are_told_apart_by_name() {
    for row in artefacts() {
        assert!(!row.formats.is_empty(), "{}", row.name);
        for (n, format) in row.formats.iter().enumerate() {
            assert!(!row.formats[..n].contains(format), "{} names {format:?} twice", row.name);
        }
    }
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
        assert_eq!(Format::named(&format.extension().to_uppercase()), Some(format));
    }
    assert_eq!(Format::named("pdf"), None);
}

/// Text as a person might paste it: ordinary words, everything Markdown knows, everything a terminal knows.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,6}",
        "[ \\t\\n]{1,3}",
        "[-#>*_`~|\\[\\]()<>&;:=+.!$\\\\\"0-9]{1,4}",
        prop::sample::select(vec![
            "\u{1b}[2J",
            "\u{1b}]52;c;eA==\u{7}",
            "\u{9b}1m",
            "\u{202e}",
            "\u{e0041}",
            "\u{200b}",
            "\r\n",
            "\r",
            "\0",
            "\u{2028}",
            "\n---\n",
            "\n===\n",
            "\n| a | b |\n| - | - |\n",
            "\n    code",
            "\n```\n",
            "[a](b)",
            "[a]: b\n",
            "<b>",
            "<!--",
            "&amp;",
            "&#27;",
            "http://x.y/a_b",
            "**b**",
            "\n1. x",
            "\n- [ ] x",
            "[^1]",
            "\n[^1]: n",
            "\\",
            "\n:-\n",
            "\n+ x",
            "# x",
            "\n> x",
            "é",
            "👩\u{200d}👧",
            "\u{3000}",
            "_a_",
            "a__b__",
            "$x$",
            "\n\n",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn workbook_of(texts: &[String]) -> Workbook {
    let text = |n: usize| texts.get(n).map_or("", String::as_str);
    let mut w = Workbook::new(WorkbookId::new("w"), text(0));
    put(&mut w, TextPlace::Purpose, text(1));
    w.apply(Edit::AddPartner { partner: Box::new(Partner::named(museum(), text(2))), place: 0 }).unwrap();
    w.apply(Edit::AddPerson {
        person: Box::new(Person::named(PersonId::new("amina"), museum(), text(3))),
        place: 0,
    })
    .unwrap();
    for (id, how) in [
        ("SCO-1", Heard::Agreed),
        ("SCO-2", Heard::Asked),
        ("SCO-4", Heard::Guess),
        ("SCO-6", Heard::Disputed),
    ] {
        say(&mut w, id, VoiceKey::Ours, text(4));
        say(&mut w, id, VoiceKey::Theirs(museum()), text(5));
        say(&mut w, id, VoiceKey::Agreed, text(6));
        heard(&mut w, id, museum(), how, text(7));
    }
    w
}

fn every_export(workbook: &Workbook, with_private: bool) -> Vec<String> {
    let content = content();
    let subject = Subject::new(workbook, &content, TODAY).with_private(with_private);
    let mut documents: Vec<Document> = artefacts().map(|row| row.document(&subject)).collect();
    documents.extend(content.aspects().map(|a| aspect(&subject, a)));
    documents.extend(
        content.aspect("scoping").into_iter().flat_map(|a| &a.questions).map(|q| question(&subject, q)),
    );
    // what is no text is opened by tests of its own
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::Docx);
    documents.iter().flat_map(|d| formats.clone().map(|f| words(f, d))).collect()
}

/// Markdown read back as the words a person sees, and whatever in it is more than the writer may write.
fn read_back(markdown: &str) -> (String, Vec<String>) {
    let (mut words, mut strange) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)) {
        match event {
            Event::Text(text) => words.push_str(&text),
            // how a cell of a table has several lines
            Event::InlineHtml(tag) if &*tag == "<br>" => words.push('\n'),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push('\n'),
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(None)
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::Emphasis,
            ) => {}
            other => strange.push(format!("{other:?}")),
        }
    }
    (words, strange)
}

fn squeezed(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{a0}').collect()
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn no_export_holds_a_control_character(texts in prop::collection::vec(any_text(), 8)) {
        for export in every_export(&workbook_of(&texts), true) {
            let lines = export.trim_start_matches('\u{feff}').replace("\r\n", "\n");
            prop_assert!(!lines.chars().any(|c| clean::is_unsafe(c) && c != '\n'), "{export:?}");
            prop_assert!(export.is_empty() || export.ends_with('\n'));
        }
    }

    #[test]
    fn no_export_holds_a_private_text(private_ones in prop::collection::vec(any::<bool>(), 4), text in "[a-z ]{0,10}") {
        let ids = ["SCO-1", "SCO-2", "SCO-4", "SCO-6"];
        let texts: Vec<String> = (0..8).map(|_| text.clone()).collect();
        let mut w = workbook_of(&texts);
        let mut hidden = 0;
        for (id, hide) in ids.into_iter().zip(private_ones) {
            let (secret, voices) = (format!("secret{id} "), [VoiceKey::Ours, VoiceKey::Theirs(museum()), VoiceKey::Agreed]);
            let secret = if hide { secret } else { format!("open{id} ") };
            for voice in voices {
                say(&mut w, id, voice.clone(), &secret);
                let version = crate::domain::Version { voice, on: None, until: MARCH, text: secret.clone() };
                w.apply(Edit::KeepVersion { question: q(id), version }).unwrap();
            }
            if hide {
                private(&mut w, id);
                hidden += 1;
            }
        }
        let exports = every_export(&w, false);
        for export in &exports {
            prop_assert!(!export.contains("secret"), "{export}");
        }
        let whole = written("workbook", Format::Text, &w);
        prop_assert_eq!(whole.contains("left out"), hidden > 0);
        if let Some(words) = left_out(hidden) {
            prop_assert!(whole.contains(&words));
        }
        prop_assert_eq!(every_export(&w, true).iter().any(|e| e.contains("secret")), hidden > 0);
    }

    #[test]
    fn whatever_is_in_a_table_it_is_text_in_markdown(texts in prop::collection::vec(any_text(), 8)) {
        let markdown = words(Format::Markdown, &example::made_of(&texts));
        let (seen, strange) = read_back(&markdown);
        prop_assert!(strange.is_empty(), "{strange:?} in\n{markdown}");
        for said in &texts {
            let said = squeezed(&clean::text(said));
            prop_assert!(squeezed(&seen).contains(&said), "{said:?} is not in\n{seen}\nof\n{markdown}");
        }
    }

    #[test]
    fn in_ascii_there_is_nothing_else(texts in prop::collection::vec(any_text(), 8)) {
        let document = ascii::document(&example::made_of(&texts));
        for format in Format::ALL.into_iter().filter(|format| *format != Format::Docx) {
            let text = words(format, &document);
            prop_assert!(text.is_ascii(), "{format:?}: {text}");
        }
    }

    #[test]
    fn plain_text_is_no_wider_than_it_was_asked_to_be(texts in prop::collection::vec("[a-zé日]{0,9}( [a-zé]{0,9}){0,20}", 8), columns in 24_usize..90) {
        use unicode_width::UnicodeWidthStr;
        for line in plain(&example::made_of(&texts), columns).lines() {
            prop_assert!(line.trim_end().width() <= columns || !line.trim().contains(' '), "{columns}: {line:?}");
        }
    }

    #[test]
    fn what_a_person_typed_is_text_in_markdown(texts in prop::collection::vec(any_text(), 8)) {
        let content = content();
        let w = workbook_of(&texts);
        let subject = Subject::new(&w, &content, TODAY).with_private(true);
        for row in artefacts() {
            let markdown = words(Format::Markdown, &row.document(&subject));
            let (seen, strange) = read_back(&markdown);
            prop_assert!(strange.is_empty(), "{strange:?} in\n{markdown}");
            if row.name == "workbook" {
                for said in &texts[4..7] {
                    let said = squeezed(&clean::text(said));
                    prop_assert!(squeezed(&seen).contains(&said), "{said:?} is not in\n{seen}\nof\n{markdown}");
                }
            }
        }
    }
}

#[test]
fn what_comes_out_is_what_the_name_of_the_file_says() {
    let of = |name: &str| name.rsplit_once('.').and_then(|(_, ending)| Format::named(ending));
    for (name, format) in [
        ("follow-up.md", Some(Format::Markdown)),
        ("FOLLOW-UP.MD", Some(Format::Markdown)),
        ("page.txt", Some(Format::Text)),
        ("page.TXT", Some(Format::Text)),
        ("page.text", Some(Format::Text)),
        ("a.md/message", None),
        ("message.eml", None),
    ] {
        assert_eq!(of(name), format, "{name}");
    }
    let usual = |name: &str| artefact(name).unwrap().usual_format();
    assert_eq!((usual("follow-up"), usual("page")), (Format::Text, Format::Markdown));
}
