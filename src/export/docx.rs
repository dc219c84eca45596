//! Writes a document for Word and LibreOffice: headings by style and level, tables whose head comes again on each page,
//! bullets that are a list, lines to fill in as tabs with a leader. The same document gives the same bytes: nothing in
//! the file says when it was made, or by whom.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, IndentLevel, NumberingId, PageMargin, Paragraph, Run, Shading, Tab,
    TabLeaderType, TabValueType, Table, TableCell, TableLayoutType, TableRow, WidthType,
};
use unicode_width::UnicodeWidthStr;

use super::clean;
use super::document::{Block, Document, Item, Level, Paper, Steps, TO_AGREE};
use super::text::{colon_after, label};

/// Twentieths of a point: A4, its margins, and what is between them.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_134;
const TEXT_WIDTH: usize = 9_638;
/// The same for a card of A6, and half points of its large letters.
const CARD: (u32, u32) = (5_953, 8_391);
const CARD_MARGIN: i32 = 454;
const LARGE: usize = 30;
/// The number of the one list there is.
const BULLETS: usize = 1;

/// The document as the bytes of a .docx.
///
/// # Errors
/// What its parts or the file around them could not hold, in the words of who writes them.
pub fn write(document: &Document) -> Result<Vec<u8>, String> {
    let card = document.paper == Paper::Card;
    let (page, margin) = if card { (CARD, CARD_MARGIN) } else { (PAGE, MARGIN) };
    let margin = PageMargin::new().top(margin).right(margin).bottom(margin).left(margin);
    let mut docx = Docx::new().page_size(page.0, page.1).page_margin(margin);
    let title = clean::line(&document.title);
    if !title.is_empty() {
        docx = docx.add_paragraph(paragraph("Title").add_run(Run::new().add_text(&title)));
    }
    let (mut steps, mut sections) = (Steps::new(), 0);
    for part in &document.blocks {
        docx = match part {
            Block::Heading(level, text) => {
                let style = format!("Heading{}", steps.down_to(*level) - 1);
                sections += usize::from(*level == Level::Section);
                let letter = document.paper == Paper::Letters && *level == Level::Section && sections > 1;
                let heading = paragraph(&style).page_break_before(card || letter);
                docx.add_paragraph(heading.add_run(Run::new().add_text(clean::line(text))))
            }
            Block::List(items) if card => {
                let large = |item: &Item| Run::new().bold().size(LARGE).add_text(clean::line(&item.words));
                let prompt = |item| {
                    paragraph("ListBullet")
                        .numbering(NumberingId::new(BULLETS), IndentLevel::new(0))
                        .add_run(large(item))
                };
                items.iter().map(prompt).fold(docx, Docx::add_paragraph)
            }
            Block::Table { head, rows } => docx.add_table(table(head, rows)).add_paragraph(paragraph(NORMAL)),
            part => block(part).into_iter().fold(docx, Docx::add_paragraph),
        };
    }
    let mut parts = docx.build();
    parts.document = with(
        &parts.document,
        &[(CANNOT_SPLIT, AGAIN_ON_EACH_PAGE), (NOTHING_OF_A_ROW, OF_A_ROW), ("<w:pPr><w:rPr />", "<w:pPr>")],
    );
    parts.styles = STYLES.as_bytes().to_vec();
    parts.numberings = NUMBERING.as_bytes().to_vec();
    let end = "</cp:coreProperties>";
    let said =
        format!("<dc:language>en-GB</dc:language><dc:title>{}</dc:title>{end}", super::html::escape(&title));
    parts.doc_props.core = with(&parts.doc_props.core, &[(">unknown<", ">alongside<"), (end, &said)]);
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| error.to_string())?;
    Ok(file.into_inner())
}

/// How headings, quotes and the rest look, and the one list: the library's own come with a second list and styles in an
/// order that the format does not allow.
const STYLES: &str = include_str!("docx/styles.xml");
const NUMBERING: &str = include_str!("docx/numbering.xml");

/// What is put into the head of a table, and what is to stand there: the library has no word for a row that comes again.
const CANNOT_SPLIT: &str = "<w:cantSplit />";
const AGAIN_ON_EACH_PAGE: &str = "<w:cantSplit /><w:tblHeader />";

/// What stands for every other row, and what is to: a row that a page breaks is hard to read.
const NOTHING_OF_A_ROW: &str = "<w:trPr />";
const OF_A_ROW: &str = "<w:trPr><w:cantSplit /></w:trPr>";

/// The style that is meant where no other is.
const NORMAL: &str = "Normal";

/// A part of the file with one thing in place of another. What a person typed is escaped in it and holds no such mark.
fn with(part: &[u8], instead: &[(&str, &str)]) -> Vec<u8> {
    let part = String::from_utf8_lossy(part).into_owned();
    instead.iter().fold(part, |part, (old, new)| part.replace(old, new)).into_bytes()
}

fn paragraph(style: &str) -> Paragraph {
    Paragraph::new().style(style)
}

fn block(block: &Block) -> Vec<Paragraph> {
    match block {
        Block::Facts(facts) => facts.iter().map(|(label, value)| fact(label, value)).collect(),
        Block::Paragraph(text) => paragraphs(text, NORMAL),
        Block::Quote { who, marks, words } => quote(who, marks, words),
        Block::List(items) => items.iter().map(item).collect(),
        Block::Blank(label) => vec![blank(label)],
        Block::Note(text) => {
            vec![paragraph(NORMAL).add_run(Run::new().italic().add_text(clean::line(text)))]
        }
        // written above, or said in words by other blocks
        Block::Heading(..) | Block::Table { .. } | Block::Picture(_) => Vec::new(),
    }
}

fn fact(label: &str, value: &str) -> Paragraph {
    let label = Run::new().bold().add_text(format!("{}: ", clean::line(label)));
    paragraph(NORMAL).add_run(label).add_run(words(&clean::line(value)))
}

fn quote(who: &str, marks: &[String], said: &str) -> Vec<Paragraph> {
    let label = label(who, marks);
    let name = clean::line(who);
    let said = paragraphs(said, "Quote");
    let mut all = Vec::new();
    if !label.is_empty() {
        let rest = label.strip_prefix(&name).unwrap_or(&label);
        let end = if said.is_empty() { "" } else { ":" };
        let head = paragraph(NORMAL).keep_next(!said.is_empty()).add_run(Run::new().bold().add_text(&name));
        all.push(head.add_run(Run::new().add_text(format!("{rest}{end}"))));
    }
    all.extend(said);
    all
}

fn item(item: &Item) -> Paragraph {
    let (lead, said) = (clean::line(&item.lead), clean::text(&item.words));
    let said = said.trim();
    let mut all = paragraph("ListBullet").numbering(NumberingId::new(BULLETS), IndentLevel::new(0));
    if !lead.is_empty() {
        let colon = if said.is_empty() { "" } else { colon_after(&lead) };
        all = all.add_run(Run::new().bold().add_text(format!("{lead}{colon}")));
    }
    match (lead.is_empty(), said.is_empty()) {
        (_, true) => all,
        (true, _) => all.add_run(words(said)),
        _ => all.add_run(Run::new().add_text(" ")).add_run(words(said)),
    }
}

/// A label and a tab that draws a line to the right margin.
fn blank(label: &str) -> Paragraph {
    let label = clean::line(label);
    let label = if label.is_empty() { label } else { format!("{label}{} ", colon_after(&label)) };
    let line = Tab::new().val(TabValueType::Right).leader(TabLeaderType::Underscore).pos(TEXT_WIDTH);
    paragraph("Blank").add_tab(line).add_run(Run::new().add_text(label).add_tab())
}

fn table(head: &[String], rows: &[Vec<String>]) -> Table {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    let widths = widths(head, rows, columns);
    let cell = |row: &[String], n: usize, first: bool| {
        let text = clean::text(row.get(n).map_or("", String::as_str));
        let run = words(text.trim());
        let run = if first { run.bold() } else { run };
        let cell = TableCell::new()
            .width(widths.get(n).copied().unwrap_or_default(), WidthType::Dxa)
            .add_paragraph(paragraph("TableText").align(AlignmentType::Left).add_run(run));
        if first { cell.shading(Shading::new().fill("EDEDED")) } else { cell }
    };
    let row =
        |row: &[String], first: bool| TableRow::new((0..columns).map(|n| cell(row, n, first)).collect());
    let over = row(head, true).cant_split();
    let all = std::iter::once(over).chain(rows.iter().map(|cells| row(cells, false)));
    Table::new(all.collect())
        .set_grid(widths.clone())
        .width(TEXT_WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

/// Twentieths of a point that a letter of a table takes, bold or wide as it may be, and the room beside a cell's text.
const LETTER: usize = 118;
const BESIDE: usize = 230;
/// Letters beyond which a word may be broken, and a line need not be kept whole.
const LONG_WORD: usize = 16;
const LONG_LINE: usize = 40;

/// The width of the text, shared out so that no word is broken as long as there is room, and long lines get the rest.
fn widths(head: &[String], rows: &[Vec<String>], columns: usize) -> Vec<usize> {
    let most = |n: usize, measure: fn(&str) -> usize| {
        let cells = rows.iter().map(Vec::as_slice).chain([head]).filter_map(|row| row.get(n));
        cells.map(|cell| measure(cell)).max().unwrap_or(0)
    };
    let longest = |cell: &str| cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0).min(LONG_LINE);
    let word =
        |cell: &str| cell.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0).min(LONG_WORD);
    let least: Vec<usize> = (0..columns).map(|n| most(n, word) * LETTER + BESIDE).collect();
    let wanted: Vec<usize> = (0..columns).map(|n| most(n, longest) * LETTER + BESIDE).collect();
    let more: Vec<usize> =
        least.iter().zip(&wanted).map(|(least, wanted)| wanted.saturating_sub(*least)).collect();
    let (taken, asked) = (least.iter().sum::<usize>().max(1), more.iter().sum::<usize>());
    match TEXT_WIDTH.checked_sub(taken) {
        None => least.iter().map(|least| TEXT_WIDTH * least / taken).collect(),
        Some(left) if asked == 0 => least.iter().map(|least| least + left * least / taken).collect(),
        Some(left) => least.iter().zip(&more).map(|(least, more)| least + left * more / asked).collect(),
    }
}

/// A text as paragraphs: an empty line parts them, a line break is one.
fn paragraphs(text: &str, style: &str) -> Vec<Paragraph> {
    let text = clean::text(text);
    let mut all = Vec::new();
    let mut part: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end).chain([""]) {
        if !line.is_empty() {
            part.push(line);
        } else if !part.is_empty() {
            all.push(paragraph(style).add_run(words(&part.join("\n"))));
            part.clear();
        }
    }
    all
}

/// A cleaned text as a run, its line breaks kept; the sign for what is still to agree stands out.
fn words(text: &str) -> Run {
    let run = Run::new();
    let run = if text == TO_AGREE { run.italic() } else { run };
    text.split('\n').enumerate().fold(run, |run, (n, line)| {
        let run = if n == 0 { run } else { run.add_break(BreakType::TextWrapping) };
        run.add_text(line)
    })
}

#[cfg(test)]
mod tests;
