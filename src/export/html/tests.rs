//! The page is read by the parser of a browser, which must find nothing to complain of and every word that was written.

use crate::testing::properties::cases;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use proptest::prelude::*;

use super::*;
use crate::export::{clean, example};

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// What the parser says: its complaints, the tags and the text in order.
#[derive(Default)]
struct Seen {
    errors: RefCell<Vec<String>>,
    /// Of each node its name; the first is the document.
    nodes: RefCell<Vec<Option<QualName>>>,
    text: RefCell<String>,
    next: Cell<usize>,
}

impl Seen {
    fn node(&self, element: Option<QualName>) -> usize {
        self.nodes.borrow_mut().push(element);
        self.next.replace(self.next.get() + 1)
    }

    fn say(&self, child: NodeOrText<usize>) {
        if let NodeOrText::AppendText(text) = child {
            self.text.borrow_mut().push_str(&text);
        }
    }
}

#[derive(Debug)]
struct Name(QualName);

impl html5ever::tree_builder::ElemName for Name {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &html5ever::LocalName {
        &self.0.local
    }
}

impl TreeSink for Seen {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, msg: Cow<'static, str>) {
        self.errors.borrow_mut().push(msg.into_owned());
    }

    fn get_document(&self) -> usize {
        if self.next.get() == 0 { self.node(None) } else { 0 }
    }

    fn elem_name(&self, target: &usize) -> Name {
        Name(self.nodes.borrow()[*target].clone().unwrap())
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> usize {
        self.node(Some(name))
    }

    fn create_comment(&self, _: html5ever::tendril::StrTendril) -> usize {
        self.errors.borrow_mut().push("a comment".into());
        self.node(None)
    }

    fn create_pi(&self, _: html5ever::tendril::StrTendril, _: html5ever::tendril::StrTendril) -> usize {
        self.node(None)
    }

    fn append(&self, _: &usize, child: NodeOrText<usize>) {
        self.say(child);
    }

    fn append_based_on_parent_node(&self, _: &usize, _: &usize, child: NodeOrText<usize>) {
        self.errors.borrow_mut().push("something stands outside its table".into());
        self.say(child);
    }

    fn append_doctype_to_document(
        &self,
        _: html5ever::tendril::StrTendril,
        _: html5ever::tendril::StrTendril,
        _: html5ever::tendril::StrTendril,
    ) {
    }

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        if mode != QuirksMode::NoQuirks {
            self.errors.borrow_mut().push("quirks".into());
        }
    }

    fn append_before_sibling(&self, _: &usize, child: NodeOrText<usize>) {
        self.say(child);
    }

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &usize) {}

    fn reparent_children(&self, _: &usize, _: &usize) {}

    fn is_mathml_annotation_xml_integration_point(&self, _: &usize) -> bool {
        false
    }
}

fn read(html: &str) -> Seen {
    let mut options = ParseOpts::default();
    options.tokenizer.exact_errors = true;
    options.tree_builder.exact_errors = true;
    parse_document(Seen::default(), options).one(html)
}

impl Seen {
    fn names(&self) -> Vec<String> {
        self.nodes.borrow().iter().flatten().map(|name| name.local.to_string()).collect()
    }

    fn count(&self, wanted: &str) -> usize {
        self.names().iter().filter(|name| *name == wanted).count()
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_browser_finds_nothing_to_complain_of() {
    let seen = read(&write(&example::document()));
    assert_eq!(*seen.errors.borrow(), Vec::<String>::new());
    let headings: Vec<String> =
        seen.names().into_iter().filter(|name| name.starts_with('h') && name.len() == 2).collect();
    assert_eq!(headings, ["h1", "h2", "h3", "h2", "h2"]);
    assert_eq!((seen.count("table"), seen.count("svg"), seen.count("desc")), (1, 3, 3));
    assert_eq!((seen.count("script"), seen.count("link"), seen.count("img"), seen.count("b")), (0, 0, 0, 0));
    assert!(seen.text.borrow().contains("3 < 4 & |pipes| are text."));
    assert!(seen.text.borrow().contains("Scoping: in hand."));
    let course = "Ending: 1 May 2025 blank, 3 June 2025 who knows, 2 July 2026 well, In words";
    assert!(seen.text.borrow().contains(course), "what is drawn is told too");
}

#[test]
fn it_asks_for_nothing_from_elsewhere() {
    let page = write(&example::document());
    for asks in ["http:", "https:", "url(", "@import", "src=", "href="] {
        assert!(!page.contains(asks), "{asks}");
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(page.contains("@page { size: A4") && page.contains("color-scheme: light dark"));
    assert!(page.contains("scope=\"col\"") && page.contains("scope=\"row\""));
}

#[test]
fn a_page_of_the_example() {
    let page = write(&example::document());
    let (_, body) = page.split_once("<body>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn every_document_of_nine_partners_is_a_page_a_word_file_and_a_calendar() {
    let world = crate::testing::World::nine();
    let workbook = world.book.as_ref().unwrap().workbook();
    let day = jiff::civil::date(2025, 11, 20);
    let partner = workbook.partners()[0].id.clone();
    let mut days = 0;
    for row in crate::export::artefacts() {
        let partner = (row.copies != crate::export::Copies::None).then(|| partner.clone());
        let order = crate::export::Order { partner, ..crate::export::Order::of(row.name) };
        let document = order.make(workbook, &world.content, day).unwrap().document;
        let seen = read(&write(&document));
        assert_eq!(*seen.errors.borrow(), Vec::<String>::new(), "{}", row.name);
        let tables = document.blocks.iter().filter(|block| matches!(block, Block::Table { .. })).count();
        assert_eq!(seen.count("table"), tables, "{}", row.name);
        let file = crate::export::Format::Calendar.write(&document).unwrap();
        let read: Vec<_> = ical::IcalParser::new(file.bytes()).collect::<Result<_, _>>().unwrap();
        assert_eq!(read.iter().map(|calendar| calendar.events.len()).sum::<usize>(), document.dates.len());
        days += document.dates.len();
    }
    assert!(days > 0, "some document has days");
}

#[test]
fn the_parser_of_these_tests_does_complain() {
    let of = |html: &str| read(html).errors.borrow().len();
    assert!(of("<p>x</p>") > 0 && of("<!DOCTYPE html><title>x</title><p>a</b>") > 0);
    assert!(of("<!DOCTYPE html><title>x</title><table><tr>x</table>") > 0);
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn whatever_is_in_it_the_page_is_a_page(texts in example::texts()) {
        let seen = read(&write(&example::made_of(&texts)));
        prop_assert_eq!(&*seen.errors.borrow(), &Vec::<String>::new());
        prop_assert_eq!(seen.count("script") + seen.count("b"), 0);
        let read = squeezed(&seen.text.borrow());
        for said in &texts {
            let said = squeezed(&clean::text(said));
            prop_assert!(read.contains(&said), "{said:?} is not in {read:?}");
        }
    }
}
