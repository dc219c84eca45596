//! Writes a document as one HTML file that stands alone: no script, nothing from elsewhere. On a screen it is light or
//! dark as the reader has it; on paper it fits A4, and lines to fill in are ruled. Pictures are drawn by [`super::svg`].

use super::document::{Block, Document, Item, Paper, Picture, Steps, TO_AGREE};
use super::text::{colon_after, label};
use super::{clean, svg};

/// What a document without a title is called in the window's frame.
const UNTITLED: &str = "A message";

/// How it looks. The system's own colours, so that light, dark and high contrast are all the reader's choice.
const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; background: Canvas; color: CanvasText; margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word; }
h1, h2, h3, h4, dt, th, figcaption, .blank { font-family: 'Segoe UI', Helvetica, Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { font-size: 1.3rem; margin-top: 2rem; border-bottom: 1px solid; }
h3 { font-size: 1.1rem; }
h4 { font-size: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
figure { margin: 1rem 0; }
blockquote { margin: .25rem 0 1rem; padding-left: 1rem; border-left: 3px solid; }
blockquote p, .words, dd, li, td { white-space: pre-wrap; margin-top: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { border-bottom-width: 2px; }
.blank { display: flex; align-items: flex-end; gap: .5rem; margin: 1.5rem 0; }
.line { flex: 1; min-width: 10rem; border-bottom: 1px solid; height: 1.5em; }
.note { font-style: italic; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: CanvasText; font-family: 'Segoe UI', Helvetica, Arial, sans-serif; }
svg .drawn { fill: none; stroke: CanvasText; }
svg .empty { fill: none; stroke: CanvasText; stroke-dasharray: 4 4; }
svg .guide { stroke: CanvasText; opacity: .3; }
svg .mark { fill: Canvas; stroke: CanvasText; }
svg .grave { stroke-width: 2.5; }
svg .apart { stroke-dasharray: 3 2; }
@page { size: A4; margin: 18mm 20mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10.5pt; line-height: 1.35; }
  h1 { font-size: 17pt; margin: 0 0 .6rem; }
  h2 { font-size: 13pt; margin: .9rem 0 .4rem; }
  h3 { font-size: 11.5pt; margin: .7rem 0 .3rem; }
  h4 { font-size: 10.5pt; margin: .6rem 0 .2rem; }
  p { margin: .4rem 0; }
  dl, ul, table { margin: .4rem 0; }
  blockquote, figure { margin: .25rem 0 .5rem; }
  table { font-size: 9pt; }
  th, td { padding: .15rem .3rem; }
  main { max-width: none; padding: 0; }
  h1, h2, h3, h4, figcaption { break-after: avoid; }
  tr, li, svg, figure, .blank { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
}
";

/// What is otherwise on a card: it is small, its letters are large, and each heading begins another side of it.
const CARD: &str = "\
main { max-width: 105mm; }
h1 { font-size: 1rem; margin: 0 0 .5rem; }
h2 { font-size: 1rem; break-before: page; }
ul { margin: 0; padding-left: 1.2rem; }
li { font: bold 1.35rem/1.25 'Segoe UI', Helvetica, Arial, sans-serif; margin-bottom: .6rem; }
@page { size: A6; margin: 7mm; }
@media print { body { font-size: 11pt; } li { font-size: 15pt; } h2 { margin-top: 0; } }
";

/// What is otherwise where there are several letters: each begins a sheet of its own.
const LETTERS: &str = "\
@media print { h2 { break-before: page; margin-top: 0; } h2:first-of-type { break-before: auto; } }
";

/// The document as HTML. Ends with a line break.
pub fn write(document: &Document) -> String {
    let title = clean::line(&document.title);
    let named = if title.is_empty() { UNTITLED } else { &title };
    let paper = match document.paper {
        Paper::Sheet => "",
        Paper::Card => CARD,
        Paper::Letters => LETTERS,
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}{paper}</style>\n</head>\n<body>\n<main>\n",
        escape(named)
    );
    if !title.is_empty() {
        out.push_str(&format!("<h1>{}</h1>\n", escape(&title)));
    }
    let (mut steps, mut pictures) = (Steps::new(), 0);
    for part in &document.blocks {
        match part {
            Block::Heading(level, text) => {
                let depth = steps.down_to(*level);
                out.push_str(&format!("<h{depth}>{}</h{depth}>\n", escape(&clean::line(text))));
            }
            Block::Picture(picture) => {
                pictures += 1;
                out.push_str(&drawn(picture, pictures));
            }
            part => out.push_str(&block(part)),
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn drawn(picture: &Picture, number: usize) -> String {
    let title = escape(&clean::line(picture.title()));
    format!("<figure>\n<figcaption>{title}</figcaption>\n{}</figure>\n", svg::write(picture, number))
}

fn block(block: &Block) -> String {
    match block {
        Block::Facts(facts) => {
            let fact = |(label, value): &(String, String)| {
                format!("<dt>{}</dt><dd>{}</dd>\n", escape(&clean::line(label)), words(value))
            };
            format!("<dl>\n{}</dl>\n", facts.iter().map(fact).collect::<String>())
        }
        Block::Paragraph(text) => format!("<p class=\"words\">{}</p>\n", words(text)),
        Block::Quote { who, marks, words } => quote(who, marks, words),
        Block::List(items) => format!("<ul>\n{}</ul>\n", items.iter().map(item).collect::<String>()),
        Block::Table { head, rows } => table(head, rows),
        Block::Blank(label) => {
            let label = clean::line(label);
            let colon = if label.is_empty() { "" } else { colon_after(&label) };
            format!(
                "<p class=\"blank\"><span>{}{colon}</span><span class=\"line\" role=\"img\" \
                 aria-label=\"to fill in\"></span></p>\n",
                escape(&label)
            )
        }
        Block::Note(text) => format!("<p class=\"note\">{}</p>\n", escape(&clean::line(text))),
        // written above, where they are counted
        Block::Heading(..) | Block::Picture(_) => String::new(),
    }
}

fn quote(who: &str, marks: &[String], said: &str) -> String {
    let label = label(who, marks);
    let name = clean::line(who);
    let rest = label.strip_prefix(&name).unwrap_or(&label);
    let strong = if name.is_empty() { name } else { format!("<strong>{}</strong>", escape(&name)) };
    let label =
        if label.is_empty() { label } else { format!("<figcaption>{strong}{}</figcaption>\n", escape(rest)) };
    let said = words(said);
    let said = if said.is_empty() { said } else { format!("<blockquote><p>{said}</p></blockquote>\n") };
    format!("<figure>\n{label}{said}</figure>\n")
}

fn item(item: &Item) -> String {
    let (lead, said) = (clean::line(&item.lead), words(&item.words));
    match (lead.is_empty(), said.is_empty()) {
        (true, _) => format!("<li>{said}</li>\n"),
        (_, true) => format!("<li><strong>{}</strong></li>\n", escape(&lead)),
        _ => format!("<li><strong>{}{}</strong> {said}</li>\n", escape(&lead), colon_after(&lead)),
    }
}

fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    let cell = |row: &[String], n: usize| words(row.get(n).map_or("", String::as_str));
    let over: String = (0..columns).map(|n| format!("<th scope=\"col\">{}</th>", cell(head, n))).collect();
    let row = |row: &Vec<String>| {
        let cells: String = (1..columns).map(|n| format!("<td>{}</td>", cell(row, n))).collect();
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", cell(row, 0))
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"table\">\n<table>\n<thead>\n<tr>{over}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

/// A text of several lines, or the sign for what is still to agree.
fn words(text: &str) -> String {
    let text = clean::text(text);
    let text = text.trim_matches('\n').trim_end();
    if text == TO_AGREE { format!("<em>{TO_AGREE}</em>") } else { escape(text) }
}

/// Text that means nothing but itself, between tags and within the quotes of an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
