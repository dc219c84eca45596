//! What a person sees who has no workbook yet: a welcome and six ways to begin.
//!
//! It makes nothing itself; each way is a row that asks the world for something. Start at [`CHOICES`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::{prompts, words};
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::Layer;
use crate::widget::cells::cells;
use crate::widget::list::List;

/// A way to begin.
struct Choice {
    /// The command that takes it.
    command: &'static str,
    label: &'static str,
    about: &'static str,
}

const CHOICES: [Choice; 6] = [
    Choice {
        command: "first.start",
        label: "Start a workbook",
        about: "A title is enough, and you can change it at any time.",
    },
    Choice {
        command: "first.example",
        label: "Look at the worked example",
        about: "A partnership some months in, to read and to try things on. It is your own copy.",
    },
    Choice {
        command: "first.tour",
        label: "Take a 60-second tour",
        about: "The keys that matter, tried out on the example. You can leave it at any moment.",
    },
    Choice {
        command: "first.bring-in",
        label: "Bring one in",
        about: "A backup, a workbook folder or a workbook file that you have already.",
    },
    Choice {
        command: "first.note",
        label: "Just take a note",
        about: "One line, kept safe until there is a workbook to put it in.",
    },
    Choice {
        command: "first.linear",
        label: "Reading layout: for screen readers and magnifiers",
        about: "One column, and words in place of pictures, for screen readers and magnifiers.",
    },
];

const WELCOME: &str = "Welcome to alongside, a workbook for people who work together across organisations. It asks \
                       one question at a time, and nothing has to be finished.";

/// The first screen of all.
#[derive(Debug, Default)]
pub struct FirstRun {
    list: List,
}

pub(super) const ROWS: &[Command<FirstRun>] = &[
    command("first.choose", &["enter"], "Begin in the way in focus", FirstRun::choose).footer(1, "choose"),
    command("first.down", &["down", "j"], "To the next way to begin", FirstRun::down).footer(3, "next"),
    command("first.up", &["up", "k"], "To the way before", FirstRun::up),
    command("first.start", &["1"], "Start a workbook", |_, _| prompts::new_workbook())
        .words("new make create begin"),
    command("first.example", &["2"], "Look at the worked example", |_, _| Outcome::Ask(Ask::OpenExample))
        .words("sample demo try"),
    command("first.tour", &["3"], "Take a 60-second tour", |_, _| Outcome::Ask(Ask::Tour))
        .words("learn help keys"),
    command("first.bring-in", &["4"], "Bring one in", |_, _| prompts::bring_in())
        .words("import restore backup open file"),
    command("first.note", &["5"], "Just take a note", |_, _| Outcome::Run("global.jot")).words("jot write"),
    command("first.linear", &["6"], "Turn the reading layout on or off", |_, ctx| {
        Outcome::Ask(Ask::SetLinear(!ctx.linear))
    })
    .words("screen reader magnifier linear braille accessible"),
];

impl FirstRun {
    /// With the first way in focus.
    pub fn new() -> Self {
        Self::default()
    }

    fn down(&mut self, _: &Ctx<'_>) -> Outcome {
        self.list.by(1, CHOICES.len());
        Outcome::Done
    }

    fn up(&mut self, _: &Ctx<'_>) -> Outcome {
        self.list.by(-1, CHOICES.len());
        Outcome::Done
    }

    fn in_focus(&self) -> Option<&'static Choice> {
        CHOICES.get(self.list.focus(CHOICES.len()))
    }

    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(choice) = self.in_focus() else { return Outcome::Unused };
        run_by_name(ROWS, self, choice.command, ctx).unwrap_or(Outcome::Unused)
    }

    fn about(&self, ctx: &Ctx<'_>) -> String {
        let Some(choice) = self.in_focus() else { return String::new() };
        match choice.command {
            "first.linear" if ctx.linear => format!("{} It is on now.", choice.about),
            "first.linear" => format!("{} It is off now.", choice.about),
            _ => choice.about.to_owned(),
        }
    }

    fn draw_choices(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let focus = self.list.focus(CHOICES.len());
        let mut cursor = None;
        for (n, row) in self.list.window(area.height.into(), CHOICES.len()).zip(area.rows()) {
            let Some(choice) = CHOICES.get(n) else { continue };
            let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
            let key = ctx.keymap.shown(choice.command);
            let label =
                if key.is_empty() { choice.label.to_owned() } else { format!("{key}  {}", choice.label) };
            cursor = cursor.or(page::entry(buf, row, &label, style, n == focus));
        }
        cursor
    }
}

/// How to choose, by the keys that do it.
fn how_to_choose(ctx: &Ctx<'_>) -> String {
    let key = |name| ctx.keymap.shown(name);
    let (down, up, choose) = (key("first.down"), key("first.up"), key("first.choose"));
    format!("{down} and {up} go from one to the next, {choose} chooses. A number chooses at once.")
}

/// Where things are kept, and what waits there.
fn where_it_stays(ctx: &Ctx<'_>) -> String {
    let kept =
        format!("Everything stays in {} on this computer. Nothing is sent anywhere.", ctx.shelf.folder);
    match ctx.shelf.jots.len() {
        0 => kept,
        1 => format!("{kept} 1 note waits there; {} shows it.", ctx.keymap.shown("global.go-to-tidy")),
        jots => {
            let (notes, key) = (words::count(jots, "note", "notes"), ctx.keymap.shown("global.go-to-tidy"));
            format!("{kept} {notes} wait there; {key} shows them.")
        }
    }
}

impl Layer for FirstRun {
    fn scope(&self) -> &'static str {
        "first"
    }

    fn crumbs(&self, _ctx: &Ctx<'_>) -> Vec<String> {
        vec!["alongside".to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let (about, how, kept) = (self.about(ctx), how_to_choose(ctx), where_it_stays(ctx));
        let choices = cells(CHOICES.len()).min(area.height);
        let rows = |words: &str| page::rows_of(words, area.width) + 1;
        let parts = [(4, rows(WELCOME)), (0, choices), (1, rows(&about)), (3, rows(&how)), (2, rows(&kept))];
        let [welcome, _, with_about, with_how, with_kept] = page::that_fit(parts, area.height);

        let mut pen = Pen::new(buf, area);
        if welcome {
            pen.say(WELCOME, ctx.theme.text());
            pen.gap();
        }
        let (list, buf) = pen.take(choices);
        let cursor = self.draw_choices(list, buf, ctx);
        let below = [
            (with_about, about, ctx.theme.strong()),
            (with_how, how, ctx.theme.quiet()),
            (with_kept, kept, ctx.theme.quiet()),
        ];
        for (_, words, style) in below.into_iter().filter(|(fits, ..)| *fits) {
            pen.gap();
            pen.say(&words, style);
        }
        cursor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};

    #[test]
    fn the_first_screen() {
        let mut world = world();
        world.shelf.folder = "/home/ana/.config/alongside".into();
        let mut first = FirstRun::new();
        insta::assert_snapshot!("first_run_80", drawn(&world, &first, 80, 21));
        insta::assert_snapshot!("first_run_40", drawn(&world, &first, 40, 9));
        first.list.set(5);
        world.linear = true;
        insta::assert_snapshot!("first_run_linear", drawn(&world, &first, 60, 17));
    }

    #[test]
    fn every_way_to_begin_is_taken_with_enter_and_with_its_number() {
        let world = world();
        let ctx = world.ctx();
        for (n, choice) in CHOICES.iter().enumerate() {
            let mut first = FirstRun { list: List::at(n) };
            let entered = format!("{:?}", first.run("first.choose", &ctx));
            assert_eq!(entered, format!("{:?}", FirstRun::new().run(choice.command, &ctx)));
            assert!(!entered.contains("Unused"));
            assert_eq!(ctx.keymap.shown(choice.command), (n + 1).to_string());
        }
        assert!(matches!(FirstRun::new().run("first.choose", &ctx), Outcome::Open(_)));
        assert!(matches!(FirstRun::new().run("first.linear", &ctx), Outcome::Ask(Ask::SetLinear(true))));
    }

    #[test]
    fn the_choice_in_focus_is_in_sight_and_has_the_cursor() {
        let world = world();
        for (width, height) in SIZES {
            let mut first = FirstRun::new();
            for _ in 0..CHOICES.len() {
                draws_anywhere(&world, &first, width, height);
                first.down(&world.ctx());
            }
            assert_eq!(first.list.focus(CHOICES.len()), 5);
        }
    }
}
