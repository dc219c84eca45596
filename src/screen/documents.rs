//! The documents that can be made, with what the chosen one says beside them: what to send, how it is written, whose copy
//! it is. Before anything leaves, it says here what was left out and which words somebody asked to avoid.
//!
//! What is shown is what is written: both come from the same [`Order`]. Nothing here knows a disk; the path that is
//! proposed is asked for, and the world writes it.

mod draw;

use std::cell::{Cell, Ref, RefCell};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{page, words};
use crate::command::{Ask, Command, Ctx, Export, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{PartnerId, RecordId, query};
use crate::export::{self, Artefact, Copies, Document, Format, Order, artefacts};
use crate::layer::Layer;
use crate::overlay::Prompt;
use crate::widget::list::List;

impl Default for Documents {
    fn default() -> Self {
        Self::new()
    }
}

/// Columns below which a document is not set narrower, only broken.
const NARROWEST: usize = 24;

/// The documents to choose from.
#[derive(Debug)]
pub struct Documents {
    list: List,
    /// Whether the keys move in the text instead of the list.
    reads: bool,
    /// The format that was last chosen; a document that does not come in it goes out in its usual one.
    format: Option<Format>,
    ascii: bool,
    /// Whose copy it is, where copies are made of it.
    partner: Option<PartnerId>,
    /// The record that it is about, where the document is about one; the one that comes next where none is chosen.
    about: Option<RecordId>,
    /// What was made last, and of what; kept from one drawing to the next.
    made: RefCell<Option<(Order, Shown)>>,
    /// Lines of the text above the window, the most that can be, and the rows of the window.
    top: Cell<usize>,
    last_top: Cell<usize>,
    page: Cell<usize>,
}

/// A document as it is shown.
#[derive(Debug, Clone, Default)]
struct Shown {
    /// Its words; those of the file itself where a person can read it.
    text: String,
    /// What is set anew for the columns there are, where it is words in lines and not the file itself that is shown.
    flows: Option<Document>,
    /// Its lines for so many columns; kept from one drawing to the next.
    lines: RefCell<(u16, Vec<String>)>,
    /// What is to be known before it leaves.
    remarks: Vec<String>,
    /// Whether there is anything to write.
    empty: bool,
}

pub(super) const ROWS: &[Command<Documents>] = &[
    command("documents.write", &["enter"], "Write it to a file", Documents::write).footer(1, "write it"),
    command("documents.format", &["f"], "The next format", |s: &mut Documents, ctx| s.next_format(1, ctx))
        .footer(3, "format")
        .words("word docx html pdf markdown text csv calendar json"),
    command("documents.format-before", &["F"], "The format before", |s: &mut Documents, ctx| {
        s.next_format(-1, ctx)
    }),
    command("documents.copy-for", &["c"], "Whose copy it is: ours, or one partner's", Documents::next_reader)
        .when(|s: &Documents, ctx| s.row().copies != Copies::None && has_partners(ctx))
        .footer(5, "whose copy")
        .words("partner share"),
    command("documents.about", &["w"], "Which one it is about", Documents::next_about)
        .when(|s: &Documents, ctx| s.about_which(ctx).len() > 1)
        .footer(6, "which one")
        .words("candidate whom walk change"),
    command("documents.ascii", &["a"], "Only plain letters and signs, on or off", |s: &mut Documents, _| {
        s.ascii = !s.ascii;
        s.read_anew()
    })
    .words("ascii accents"),
    command("documents.text", &["y"], "Copy its text", Documents::copy)
        .footer(7, "copy text")
        .words("clipboard yank"),
    command("documents.part", &["tab"], "From the list to the text, and back", |s: &mut Documents, _| {
        s.reads = !s.reads;
        Outcome::Done
    })
    .footer(6, "list or text"),
    command("documents.down", &["down", "j"], "Down", |s: &mut Documents, _| s.by(1)),
    command("documents.up", &["up", "k"], "Up", |s: &mut Documents, _| s.by(-1)),
    command("documents.page-down", &["pagedown"], "A page of the text down", |s: &mut Documents, _| {
        s.by_page(1)
    }),
    command("documents.page-up", &["pageup"], "A page of the text up", |s: &mut Documents, _| s.by_page(-1)),
    command("documents.first", &["home", "g g"], "To the top", |s: &mut Documents, _| s.by(isize::MIN)),
    command("documents.last", &["end", "G"], "To the end", |s: &mut Documents, _| s.by(isize::MAX)),
    command("documents.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
];

/// What writes a document to a file, in the format that the ending of its name asks for.
pub fn written(what: &'static str, path: &str, again: &'static str) -> Outcome {
    write(Order::of(what), path, again)
}

fn write(order: Order, path: &str, again: &'static str) -> Outcome {
    let order = order.for_file(path);
    Outcome::Ask(Ask::Export(Box::new(Export { order, path: path.to_owned(), over: false, again })))
}

fn has_partners(ctx: &Ctx<'_>) -> bool {
    ctx.workbook().is_some_and(|workbook| !workbook.partners().is_empty())
}

impl Documents {
    /// With the first document in focus.
    pub fn new() -> Self {
        Self {
            list: List::default(),
            reads: false,
            format: None,
            ascii: false,
            partner: None,
            about: None,
            made: RefCell::default(),
            top: Cell::new(0),
            // keys can come faster than drawings
            last_top: Cell::new(usize::MAX),
            page: Cell::new(1),
        }
    }

    /// With a document in focus, by the name of its row.
    pub fn at(name: &str) -> Self {
        let place = artefacts().position(|row| row.name == name).unwrap_or(0);
        Self { list: List::at(place), ..Self::default() }
    }

    /// The row of the chosen document.
    fn row(&self) -> &'static Artefact {
        artefacts().nth(self.list.focus(artefacts().count())).unwrap_or(&export::USUAL)
    }

    /// What is to be made as things are chosen.
    fn order(&self, ctx: &Ctx<'_>) -> Order {
        let row = self.row();
        let format = self.format.filter(|format| row.formats.contains(format));
        let there = |id: &PartnerId| ctx.workbook().is_some_and(|w| w.partners().iter().any(|p| p.id == *id));
        let chosen = self.partner.clone().filter(there);
        let first = || ctx.workbook().and_then(|w| w.partners().first()).map(|partner| partner.id.clone());
        let partner = match row.copies {
            Copies::None => None,
            Copies::Some | Copies::Each => chosen,
            Copies::Only => chosen.or_else(first),
        };
        let about = self.about.clone().filter(|id| self.about_which(ctx).contains(id));
        let usual = Order::of(row.name);
        Order { format: format.unwrap_or(usual.format), ascii: self.ascii, partner, about, ..usual }
    }

    /// The records that it could be about; none for a document about the whole workbook.
    fn about_which(&self, ctx: &Ctx<'_>) -> Vec<RecordId> {
        let (Some(family), Some(workbook)) = (self.row().about(), ctx.workbook()) else { return Vec::new() };
        let open = workbook.each(family).filter(|record| !workbook.keeps_back(*record));
        open.map(|record| record.id().clone()).collect()
    }

    /// Makes the document where it is not the one that was made last, and shows it to somebody.
    fn with_shown<T>(&self, ctx: &Ctx<'_>, look: impl FnOnce(&Order, &Shown) -> T) -> T {
        let order = self.order(ctx);
        let mut made = self.made.borrow_mut();
        let (order, shown) = match made.take().filter(|(last, _)| *last == order) {
            Some(kept) => kept,
            None => {
                let shown = shown(&order, ctx);
                (order, shown)
            }
        };
        let seen = look(&order, &shown);
        *made = Some((order, shown));
        seen
    }

    fn by(&mut self, rows: isize) -> Outcome {
        if self.reads {
            self.top.set(self.top.get().saturating_add_signed(rows).min(self.last_top.get()));
            return Outcome::Done;
        }
        self.list.by(rows, artefacts().count());
        self.read_anew()
    }

    fn by_page(&mut self, pages: isize) -> Outcome {
        let page = isize::try_from(self.page.get().max(2)).unwrap_or(isize::MAX) - 1;
        let rows = pages.saturating_mul(page);
        self.top.set(self.top.get().saturating_add_signed(rows).min(self.last_top.get()));
        Outcome::Done
    }

    /// Another document, or another form of it, is read from its beginning.
    fn read_anew(&mut self) -> Outcome {
        self.top.set(0);
        self.last_top.set(usize::MAX);
        Outcome::Done
    }

    fn next_format(&mut self, step: isize, ctx: &Ctx<'_>) -> Outcome {
        let (formats, now) = (self.row().formats, self.order(ctx).format);
        let at = formats.iter().position(|format| *format == now).unwrap_or(0);
        let next = at.cast_signed().saturating_add(step).rem_euclid(formats.len().max(1).cast_signed());
        self.format = formats.get(next.cast_unsigned()).copied();
        self.read_anew();
        Outcome::Say(format!("As {}.", self.order(ctx).format.word()))
    }

    /// From ours to each partner's in turn, and back to ours where the document is not always somebody's.
    fn next_reader(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let now = self.order(ctx).partner;
        let mut all: Vec<Option<PartnerId>> =
            workbook.partners().iter().map(|p| Some(p.id.clone())).collect();
        if self.row().copies != Copies::Only {
            all.insert(0, None);
        }
        let at = all.iter().position(|reader| *reader == now).unwrap_or(0);
        self.partner = all.get((at + 1) % all.len().max(1)).cloned().flatten();
        self.read_anew();
        Outcome::Say(format!("This is {}.", whose(&self.order(ctx), ctx)))
    }

    /// To the next of those that it could be about; after the last, to the one that it takes by itself.
    fn next_about(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let all = self.about_which(ctx);
        let now = self.order(ctx).about;
        let at = now.and_then(|id| all.iter().position(|other| *other == id));
        self.about = all.get(at.map_or(0, |at| at + 1)).cloned();
        self.read_anew();
        Outcome::Say(match &self.about {
            Some(id) => format!("It is about {}.", about_in_words(id, ctx)),
            None => "It is about the one that comes next.".to_owned(),
        })
    }

    fn copy(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.with_shown(ctx, |_, shown| match shown.empty {
            true => Outcome::Say("There is nothing to copy here yet.".to_owned()),
            false => Outcome::Copy(shown.text.clone()),
        })
    }

    /// Asks for the name of a file; the ending may change the format once more.
    fn write(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let order = self.order(ctx);
        if self.with_shown(ctx, |_, shown| shown.empty) {
            return Outcome::Say("There is nothing to write in it yet.".to_owned());
        }
        let path = format!("{}/{}", ctx.shelf.documents, file_name(&order, ctx));
        let formats: Vec<String> = self.row().formats.iter().map(|f| format!(".{}", f.extension())).collect();
        let asked = match &order.partner {
            Some(_) => format!("Where shall it go? It is {}.", whose(&order, ctx)),
            None => "Where shall it go? Private answers stay out.".to_owned(),
        };
        let prompt = Prompt::new(&asked, &path, move |path| match path.trim() {
            "" => Err("A full path is needed, such as the one proposed.".to_owned()),
            path => Ok(write(order.clone(), path, "documents.write")),
        });
        let hint =
            format!("The ending says how: {}. Enter writes it. Esc goes back.", words::listed(&formats));
        Outcome::Open(Box::new(prompt.hint(&hint)))
    }
}

impl Shown {
    /// Its lines for so many columns, none of them broken twice.
    fn lines(&self, columns: u16) -> Ref<'_, Vec<String>> {
        if self.lines.borrow().0 != columns || self.lines.borrow().1.is_empty() {
            let flown = self.flows.as_ref().map(|document| {
                export::plain(document, usize::from(columns).clamp(NARROWEST, export::COLUMNS))
            });
            let text = flown.as_deref().unwrap_or(&self.text).trim_end();
            let lines = text.lines().flat_map(|line| page::broken(line, columns)).collect();
            self.lines.replace((columns, lines));
        }
        Ref::map(self.lines.borrow(), |(_, lines)| lines)
    }
}

/// What a document says, or why there is none.
fn shown(order: &Order, ctx: &Ctx<'_>) -> Shown {
    let Some(workbook) = ctx.workbook() else { return Shown { empty: true, ..Shown::default() } };
    let made = match order.make(workbook, ctx.content, ctx.today()) {
        Ok(made) => made,
        // on this screen only one thing can be missing
        Err(_) => {
            let partners = ctx.keymap.shown("global.go-people");
            let text = format!("There is no partner yet to make a copy for: {partners} adds one.");
            return Shown { text, empty: true, ..Shown::default() };
        }
    };
    let text = match order.format {
        Format::Docx | Format::Html | Format::Workbook => export::plain(&made.document, export::COLUMNS),
        format => {
            format.write(&made.document).ok().and_then(|w| w.words().map(str::to_owned)).unwrap_or_default()
        }
    };
    let flows = matches!(order.format, Format::Docx | Format::Html | Format::Text | Format::Workbook);
    let left_out = export::left_out(made.document.private.left_out);
    let remarks = left_out.into_iter().chain(made.remarks).collect();
    Shown {
        text: text.trim_start_matches('\u{feff}').to_owned(),
        remarks,
        empty: made.document.blocks.is_empty(),
        flows: flows.then_some(made.document),
        lines: RefCell::default(),
    }
}

/// What a record is called, within a sentence.
fn about_in_words(id: &RecordId, ctx: &Ctx<'_>) -> String {
    let record = ctx.workbook().and_then(|workbook| Some((workbook, workbook.any_record(id)?)));
    let words = record.and_then(|(workbook, record)| {
        let table = ctx.content.table(record.family().name())?;
        Some(query::record_in_words(&record, &table.heading, workbook, ctx.content))
    });
    words.filter(|words| !words.is_empty()).unwrap_or_else(|| "one without a name".to_owned())
}

/// Whose copy it is, within a sentence.
fn whose(order: &Order, ctx: &Ctx<'_>) -> String {
    let letter = artefacts().any(|row| row.name == order.what && row.copies == Copies::Each);
    match order.partner.as_ref().zip(ctx.workbook()) {
        Some((partner, workbook)) if letter => format!("the letter to {}", query::side(workbook, partner)),
        None if letter => "a letter to each partner".to_owned(),
        Some((partner, workbook)) => {
            format!("the copy for {}", query::side(workbook, partner))
        }
        None => "for ourselves".to_owned(),
    }
}

/// The name that is proposed: what it is and for whom, the title, the day.
fn file_name(order: &Order, ctx: &Ctx<'_>) -> String {
    let Some(workbook) = ctx.workbook() else { return String::new() };
    let partner = order.partner.as_ref().and_then(|id| workbook.partner(id)).map_or("", |p| p.name.trim());
    let name = match order.what {
        "page" if partner.is_empty() => workbook.title().to_owned(),
        what => format!("{what} {partner} {}", workbook.title()),
    };
    words::file_name(&name, ctx.today(), order.format.extension())
}

impl Layer for Documents {
    fn scope(&self) -> &'static str {
        "documents"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        let part = self.reads.then(|| self.row().title.to_owned());
        title.into_iter().chain(["Documents".to_owned()]).chain(part).collect()
    }

    fn aside(&self, _ctx: &Ctx<'_>) -> String {
        match (self.top.get(), self.last_top.get()) {
            (_, 0) => String::new(),
            (top, last) if top >= last => "the end".to_owned(),
            _ => "more below".to_owned(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, _ctx: &Ctx<'_>) {
        self.made.take();
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}

#[cfg(test)]
mod tests;
