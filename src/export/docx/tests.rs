//! The file is opened as a program would: unzipped, its XML read, its text compared with the plain text.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::Command;

use crate::testing::properties::cases;
use proptest::prelude::*;
use roxmltree::{Document as Xml, Node};
use zip::ZipArchive;

use super::*;
use crate::export::{example, plain};

/// What the tags of the format belong to.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn written(document: &Document) -> Vec<u8> {
    write(&document.clone().without_pictures()).unwrap()
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((W, name))
}

fn value<'a>(node: &Node<'a, '_>) -> Option<&'a str> {
    node.attribute((W, "val"))
}

/// The text of each paragraph with its style, in order; breaks and tabs as what they are.
fn read(file: &[u8]) -> Vec<(String, String)> {
    let text = part(file, "word/document.xml");
    let xml = Xml::parse(&text).unwrap();
    let paragraph = |node: Node<'_, '_>| {
        let style = node.descendants().find(|n| is(n, "pStyle")).and_then(|n| value(&n)).unwrap_or_default();
        let runs = node.descendants().filter(|n| !n.ancestors().any(|a| is(&a, "pPr")));
        let text = runs.map(|n| match n.tag_name().name() {
            "t" => n.text().unwrap_or_default().to_owned(),
            "br" => "\n".to_owned(),
            "tab" => "\t".to_owned(),
            _ => String::new(),
        });
        (style.to_owned(), text.collect())
    };
    xml.descendants().filter(|n| is(n, "p")).map(paragraph).collect()
}

/// How often each word is said; plain text has some headings in capitals.
fn words_of(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    // as capitals and back, since some letters then become two
    let text = text.to_uppercase().to_lowercase();
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    split.for_each(|word| *words.entry(word.to_owned()).or_default() += 1);
    words
}

#[test]
fn its_text_is_that_of_the_plain_text() {
    let document = example::document();
    let text: Vec<String> = read(&written(&document)).into_iter().map(|(_, text)| text).collect();
    assert_eq!(words_of(&text.join("\n")), words_of(&plain(&document, 1_000)));
    assert!(text.iter().any(|text| text == "Two lines\nof one paragraph."), "{text:?}");
}

#[test]
fn headings_lists_quotes_and_blanks_are_what_they_are_called() {
    let file = written(&example::document());
    let all = read(&file);
    let of =
        |style: &str| all.iter().filter(|(s, _)| s == style).map(|(_, t)| t.as_str()).collect::<Vec<_>>();
    assert_eq!(of("Title"), ["Agreement <with> “City Museum” & us"]);
    assert_eq!(of("Heading1"), ["Who does what", "How it stands", "Signed"]);
    assert_eq!(of("Heading2"), ["In their words"], "no level is left out on the way down");
    assert_eq!(of("Quote"), ["# not a heading\n  indented", "<b>not bold</b>"]);
    assert_eq!(of("ListBullet")[..3], ["Lead: words", "only words", "Only lead?"]);
    assert_eq!(of("Blank"), ["Signed for the museum: \t", "\t"]);

    let styles = part(&file, "word/styles.xml");
    let styles = Xml::parse(&styles).unwrap();
    for (n, id) in ["Heading1", "Heading2", "Heading3"].into_iter().enumerate() {
        let style =
            styles.descendants().find(|n| is(n, "style") && n.attribute((W, "styleId")) == Some(id)).unwrap();
        let inner =
            |name: &str| style.descendants().find(|n| is(n, name)).and_then(|n| value(&n)).map(str::to_owned);
        assert_eq!(inner("outlineLvl"), Some(n.to_string()));
        assert_eq!(inner("name"), Some(format!("heading {}", n + 1)));
    }
    let ids: Vec<&str> = styles.descendants().filter_map(|n| n.attribute((W, "styleId"))).collect();
    for (style, _) in &all {
        assert_eq!(ids.iter().filter(|id| *id == style).count(), 1, "{style} is there, and once");
    }
    let document = part(&file, "word/document.xml");
    let xml = Xml::parse(&document).unwrap();
    let count = |name: &str| xml.descendants().filter(|n| is(n, name)).count();
    let bullets = all.iter().filter(|(style, _)| style == "ListBullet").count();
    assert_eq!(count("numId"), bullets);
    let leaders = xml.descendants().filter(|n| n.attribute((W, "leader")) == Some("underscore")).count();
    assert_eq!((leaders, count("tbl"), count("tblHeader")), (2, 3, 3));
    assert_eq!(count("cantSplit"), count("tr"), "no row is broken by a page");
    let list = part(&file, "word/numbering.xml");
    let list = Xml::parse(&list).unwrap();
    let formats: Vec<&str> =
        list.descendants().filter(|n| is(n, "numFmt")).filter_map(|n| value(&n)).collect();
    assert_eq!(formats, ["bullet"]);
    assert!(
        part(&file, "docProps/core.xml").contains("<dc:title>Agreement &lt;with&gt; “City Museum” &amp; us<")
    );
    Xml::parse(&part(&file, "docProps/core.xml")).unwrap();
}

#[test]
fn no_word_of_a_table_is_broken_while_there_is_room() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let head =
        row(&["What", "Amount", "For", "Where it comes from", "Held by", "Goes to", "To be paid", "Paid on"]);
    let long = "three people at the first three open afternoons, and whoever comes with them on the bus";
    let day = "29 September 2025";
    let rows =
        [row(&[long, "£1,260.00", "costs", "the small grant", "City Museum", "Walking by Touch", day, day])];
    let widths = widths(&head, &rows, head.len());
    assert!(widths.iter().sum::<usize>() <= TEXT_WIDTH, "{widths:?}");
    for (n, width) in widths.iter().enumerate() {
        let words = [head[n].as_str(), rows[0][n].as_str()].into_iter().flat_map(str::split_whitespace);
        // what a letter of nine points takes in the font that the file names, and the sides of a cell
        let least = words.map(UnicodeWidthStr::width).max().unwrap() * 92 + 200;
        assert!(*width >= least, "{n}: {width} for {least} in {widths:?}");
    }
    assert!(widths[0] > widths[2], "what is long gets more");
    let few = super::widths(&row(&["a", "b"]), &[row(&["c", "d"])], 2);
    assert!(few.iter().sum::<usize>() > TEXT_WIDTH - 10, "a narrow table is as wide as the text: {few:?}");
    assert!(super::widths(&[], &[], 0).is_empty());
}

#[test]
fn the_same_document_gives_the_same_bytes_on_any_day() {
    let file = written(&example::document());
    // other paragraphs in between: numbers are not counted on from one file to the next
    written(&Document::titled("another"));
    assert!(file == written(&example::document()));
    let mut archive = ZipArchive::new(Cursor::new(&file)).unwrap();
    for n in 0..archive.len() {
        let entry = archive.by_index(n).unwrap();
        assert_eq!(entry.last_modified().map(|at| at.year()), Some(1980), "{}", entry.name());
    }
}

/// What LibreOffice makes of it, where it is installed.
#[test]
fn libreoffice_reads_the_same_words() {
    let Some(office) = ["soffice", "libreoffice"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success()))
    else {
        println!("skipped: LibreOffice is not installed, so nothing has opened the .docx but the tests");
        return;
    };
    let document = example::document();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agreement.docx");
    std::fs::write(&file, written(&document)).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let out = Command::new(office)
        .args([&profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = std::fs::read_to_string(folder.path().join("agreement.txt")).unwrap();
    assert_eq!(words_of(&text), words_of(&plain(&document, 1_000)));
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn whatever_is_in_it_the_file_can_be_opened(texts in example::texts()) {
        let document = example::made_of(&texts);
        let text: Vec<String> = read(&written(&document)).into_iter().map(|(_, text)| text).collect();
        prop_assert_eq!(words_of(&text.join("\n")), words_of(&plain(&document, 100_000)));
        Xml::parse(&part(&written(&document), "docProps/core.xml")).unwrap();
    }
}
