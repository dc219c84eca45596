//! Which form of agreement fits: what is asked, what the book knows, what it comes to; and the choice of another, with the
//! reason. It suggests and explains; the person decides.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{Weighed, Weight, weigh};
use crate::domain::{AgreementForm, Choice, Edit, FormChoice};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::aspect::clauses::result;
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::list::List;
use crate::widget::text::{put, right_of, wrap};

/// The form chooser.
#[derive(Debug, Default)]
pub struct FormScreen {
    list: List,
}

pub(in crate::screen) const ROWS: &[Command<FormScreen>] = &[
    command("agreement-form.choose", &["enter"], "Choose an answer, or another form", FormScreen::choose)
        .footer(1, "choose")
        .words("select answer overrule reason")
        .when(|_, ctx| ctx.writable),
    command("agreement-form.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("agreement-form.down", &["down", "j"], "To the next question", |s: &mut FormScreen, ctx| {
        s.by(1, ctx)
    }),
    command("agreement-form.up", &["up", "k"], "To the question before", |s: &mut FormScreen, ctx| {
        s.by(-1, ctx)
    }),
    command("agreement-form.first", &["home", "g g"], "To the first one", |s: &mut FormScreen, ctx| {
        s.by(isize::MIN, ctx)
    }),
    command("agreement-form.last", &["end", "G"], "To the choice of a form", |s: &mut FormScreen, ctx| {
        s.by(isize::MAX, ctx)
    }),
];

impl FormScreen {
    /// At the first question.
    pub fn new() -> Self {
        Self::default()
    }

    fn len(ctx: &Ctx<'_>) -> usize {
        ctx.content.signals().len() + 1
    }

    fn by(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(rows, Self::len(ctx));
        Outcome::Done
    }

    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let weighed = weigh(workbook, ctx.content);
        match weighed.signals.get(self.list.focus(Self::len(ctx))) {
            Some(weight) => answers(weight, ctx),
            None => forms(&weighed, ctx),
        }
    }
}

/// The edit that keeps a choice.
fn keep(ctx: &Ctx<'_>, change: impl FnOnce(&mut FormChoice)) -> Edit {
    let before = ctx.workbook().and_then(|workbook| workbook.all::<FormChoice>().last()).cloned();
    let is_new = before.is_none();
    let mut choice = before.unwrap_or_else(|| FormChoice::new(ctx.ids.record()));
    change(&mut choice);
    let record = Box::new(choice.into());
    if is_new { Edit::AddRecord { record, place: usize::MAX } } else { Edit::SetRecord(record) }
}

fn answers(weight: &Weight<'_>, ctx: &Ctx<'_>) -> Outcome {
    let id = &weight.signal.id;
    let row = |(n, answer): (usize, &crate::content::types::SignalAnswer)| {
        let letter = char::from_digit(u32::try_from(n + 1).unwrap_or(0), 10);
        let number = u8::try_from(n).unwrap_or(u8::MAX);
        let edit = keep(ctx, |choice| {
            choice.signals.insert(id.clone(), number);
        });
        let points = match answer.points {
            0 => String::new(),
            points => words::count(points.into(), "point", "points"),
        };
        MenuRow::new(letter, answer.words.as_str(), points, Outcome::Edit(edit))
    };
    let mut rows: Vec<MenuRow> = weight.signal.answers.iter().enumerate().map(row).collect();
    if weight.by_hand && !weight.known.is_empty() {
        let edit = keep(ctx, |choice| {
            choice.signals.remove(id);
        });
        rows.push(MenuRow::new(Some('b'), "As the book says", weight.known.as_str(), Outcome::Edit(edit)));
    }
    Outcome::Open(Box::new(Menu::new(weight.signal.ask.as_str(), rows).focused(weight.answer)))
}

fn forms(weighed: &Weighed<'_>, ctx: &Ctx<'_>) -> Outcome {
    let suggested = keep(ctx, |choice| {
        choice.form = AgreementForm::Suggested;
        choice.why.clear();
    });
    let mut rows =
        vec![MenuRow::new(Some('s'), "As suggested", weighed.suggested.words(), Outcome::Edit(suggested))];
    for (form, letter) in AgreementForm::FORMS.into_iter().zip(['e', 'm', 't', 'p']) {
        let choice = keep(ctx, |choice| choice.form = form);
        rows.push(MenuRow::new(Some(letter), form.title(), "", ask_why(choice, &weighed.why)));
    }
    Outcome::Open(Box::new(Menu::new("Which form shall it be?", rows)))
}

/// Asks for the reason, and keeps it with the form.
fn ask_why(edit: Edit, before: &str) -> Outcome {
    let prompt = Prompt::new("Why does this form suit you better?", before, move |why| {
        let mut edit = edit.clone();
        if let Edit::AddRecord { record, .. } | Edit::SetRecord(record) = &mut edit
            && let crate::domain::AnyRecord::FormChoice(choice) = record.as_mut()
        {
            choice.why = why;
        }
        Ok(Outcome::Edit(edit))
    });
    let hint = "The reason is kept beside the choice. It may stay empty.";
    Outcome::Open(Box::new(prompt.hint(hint).placeholder("their trustees ask for one")))
}

impl Layer for FormScreen {
    fn scope(&self) -> &'static str {
        "agreement-form"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| workbook.title());
        vec![
            words::or(title, "No title yet").to_owned(),
            "Agreement".to_owned(),
            "Which form fits?".to_owned(),
        ]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let weighed = weigh(ctx.workbook()?, ctx.content);
        let mut pen = Pen::new(buf, page::page(area));
        for (n, said) in result(&weighed).iter().enumerate() {
            pen.say(said, if n == 0 { ctx.theme.strong() } else { ctx.theme.text() });
        }
        pen.gap();
        let (list, buf) = pen.take(u16::MAX);
        let focus = self.list.focus(Self::len(ctx));
        let mut lines: Vec<Line> = Vec::new();
        let last = weighed.signals.len();
        for (n, weight) in weighed.signals.iter().enumerate() {
            lines.extend(entry(n, &weight.signal.ask, &answered(weight), list.width));
        }
        lines.extend(entry(last, "The form", &chosen(&weighed), list.width));
        let end = lines.iter().rposition(|line| line.of == focus).unwrap_or(0);
        let window = List::at(end).window(list.height.into(), lines.len());
        let mut cursor = None;
        for (line, at) in lines.get(window).into_iter().flatten().zip(list.rows()) {
            let here = line.of == focus;
            let style = match (here, line.answer) {
                (true, true) => ctx.theme.strong(),
                (false, true) => ctx.theme.quiet(),
                (true, false) => ctx.theme.focus(),
                (false, false) => ctx.theme.text(),
            };
            if line.first {
                cursor = cursor.or(page::entry(buf, at, &line.words, style, here));
            } else {
                put(buf, right_of(at, if line.answer { 4 } else { 2 }), &line.words, style);
            }
        }
        cursor.or_else(|| (!list.is_empty()).then(|| page::cursor(list, 0)))
    }
}

/// A row of the list: of which entry, whether it is its first, whether it is of the answer.
struct Line {
    of: usize,
    first: bool,
    answer: bool,
    words: String,
}

fn entry(of: usize, ask: &str, answer: &str, columns: u16) -> Vec<Line> {
    let asked = wrap(ask, columns.saturating_sub(2)).into_iter().enumerate();
    let asked = asked.map(|(n, words)| Line { of, first: n == 0, answer: false, words });
    let answered = wrap(answer, columns.saturating_sub(4)).into_iter();
    asked.chain(answered.map(|words| Line { of, first: false, answer: true, words })).collect()
}

/// What was answered, what it weighs, and where that comes from.
fn answered(weight: &Weight<'_>) -> String {
    let points = match weight.points() {
        0 => String::new(),
        points => format!(" ({})", words::count(usize::try_from(points).unwrap_or(0), "point", "points")),
    };
    let from = match (weight.by_hand, weight.known.as_str()) {
        (true, "") => " · your answer".to_owned(),
        (true, known) => format!(" · your answer; the book says: {known}"),
        (false, "") => return format!("Not answered yet; counts as: {}", weight.words().to_lowercase()),
        (false, known) => format!(" · the book says: {known}"),
    };
    format!("{}{points}{from}", weight.words())
}

fn chosen(weighed: &Weighed<'_>) -> String {
    if weighed.is_overruled() {
        format!("{} · your choice", weighed.form.title())
    } else {
        format!("{} · as suggested", weighed.form.title())
    }
}
