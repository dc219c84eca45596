//! A strip of things to choose from: arrows and Enter, or a letter at once. It knows neither what its rows mean nor who
//! opened it. Start at [`Menu::new`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line::{Line, inset, lead};
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::{Extent, Layer};
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text::{below, put, right_of, row, tell_apart, width};

/// The most rows that a strip shows at once; the others are scrolled to.
const MOST_ROWS: u16 = 10;

/// Rows of the screen that a strip leaves alone: header, rule, status, footer, and one of the body.
const LEFT_ALONE: u16 = 5;

/// What can be done in a menu.
pub const COMMANDS: &[Command<Menu>] = &[
    command("menu.choose", &["enter"], "Choose the row in focus", Menu::choose).footer(1, "choose"),
    command("menu.close", &["esc"], "Close the menu; nothing is chosen", Menu::close)
        .words("cancel back")
        .footer(2, "back"),
    command("menu.down", &["down"], "Go to the next row", |menu: &mut Menu, _| menu.by(1)),
    command("menu.up", &["up"], "Go to the row before", |menu: &mut Menu, _| menu.by(-1)),
    command("menu.next", &["j"], "Go to the next row", |menu: &mut Menu, _| menu.by(1))
        .when(|menu: &Menu, _| !menu.has('j')),
    command("menu.previous", &["k"], "Go to the row before", |menu: &mut Menu, _| menu.by(-1))
        .when(|menu: &Menu, _| !menu.has('k')),
    command("menu.page-down", &["pagedown"], "Go down by what is in sight", |menu: &mut Menu, _| {
        menu.page(1)
    }),
    command("menu.page-up", &["pageup"], "Go up by what is in sight", |menu: &mut Menu, _| menu.page(-1)),
    command("menu.first", &["home"], "Go to the first row", |menu: &mut Menu, _| menu.by(isize::MIN)),
    command("menu.last", &["end"], "Go to the last row", |menu: &mut Menu, _| menu.by(isize::MAX)),
];

/// A strip of things to choose from.
#[derive(Debug)]
pub struct Menu {
    title: String,
    rows: Vec<MenuRow>,
    list: List,
}

/// One thing to choose.
#[derive(Debug)]
pub struct MenuRow {
    letter: Option<char>,
    label: String,
    aside: String,
    /// Taken when the row is chosen, which happens once.
    outcome: Option<Outcome>,
}

impl MenuRow {
    /// A row: the letter that chooses it at once, its words, what stands at its right end, and what it does. Where it
    /// runs a command, the right end is taken for its key.
    pub fn new(
        letter: Option<char>,
        label: impl Into<String>,
        aside: impl Into<String>,
        outcome: Outcome,
    ) -> Self {
        Self { letter, label: label.into(), aside: aside.into(), outcome: Some(outcome) }
    }
}

impl Menu {
    /// A menu under a title, with its first row in focus. An empty title takes no room.
    pub fn new(title: impl Into<String>, rows: Vec<MenuRow>) -> Self {
        Self { title: title.into(), rows, list: List::default() }
    }

    /// The menu with another row in focus, counted from 0.
    #[must_use]
    pub fn focused(mut self, row: usize) -> Self {
        self.list.set(row);
        self
    }

    fn has(&self, letter: char) -> bool {
        self.rows.iter().any(|row| row.letter == Some(letter))
    }

    fn title_rows(&self) -> u16 {
        u16::from(!self.title.is_empty())
    }

    fn by(&mut self, rows: isize) -> Outcome {
        self.list.by(rows, self.rows.len());
        Outcome::Done
    }

    fn page(&mut self, pages: isize) -> Outcome {
        self.list.by_pages(pages, self.rows.len());
        Outcome::Done
    }

    fn choose(&mut self, _: &Ctx<'_>) -> Outcome {
        self.take(self.list.focus(self.rows.len()))
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(Outcome::Done))
    }

    fn take(&mut self, n: usize) -> Outcome {
        let outcome = self.rows.get_mut(n).and_then(|row| row.outcome.take());
        Outcome::Close(Box::new(outcome.unwrap_or(Outcome::Done)))
    }

    /// The words of the rows. Where nothing stands at their ends they are names as often as not, and those that begin
    /// alike are cut so that they can be told apart.
    fn labels(&self, columns: u16, with_letters: bool) -> Vec<String> {
        let labels: Vec<&str> = self.rows.iter().map(|row| row.label.as_str()).collect();
        if self.rows.iter().any(|row| !row.aside.is_empty()) {
            return labels.into_iter().map(str::to_owned).collect();
        }
        tell_apart(&labels, columns.saturating_sub(lead(with_letters)))
    }

    fn draw_title(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>, unseen: usize) {
        let used = put(buf, area, &self.title, ctx.theme.strong());
        let more = format!("{unseen} more below");
        let room = right_of(area, used + 2);
        if unseen > 0 && width(&more) <= room.width {
            put(buf, right_of(room, room.width - width(&more)), &more, ctx.theme.quiet());
        }
    }
}

impl Layer for Menu {
    fn scope(&self) -> &'static str {
        "menu"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        Vec::new()
    }

    fn extent(&self, ctx: &Ctx<'_>) -> Extent {
        let rows = cells(self.rows.len()).min(MOST_ROWS) + self.title_rows();
        Extent::Strip(rows.min(ctx.size.1.saturating_sub(LEFT_ALONE)).max(1))
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(COMMANDS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn letter(&mut self, letter: char, _: &Ctx<'_>) -> Option<Outcome> {
        let n = self.rows.iter().position(|row| row.letter == Some(letter))?;
        Some(self.take(n))
    }

    fn holds_edits(&self) -> bool {
        true
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = inset(area);
        // where there is one row, it is for what is in focus
        let title_rows = if area.height > 1 { self.title_rows() } else { 0 };
        let body = below(area, title_rows);
        let window = self.list.window(body.height.into(), self.rows.len());
        if title_rows > 0 {
            self.draw_title(row(area, 0), buf, ctx, self.rows.len() - window.end);
        }
        let with_letters = self.rows.iter().any(|row| row.letter.is_some());
        let focus = self.list.focus(self.rows.len());
        let labels = self.labels(body.width, with_letters);
        let mut cursor = None;
        for (n, row) in window.zip(body.rows()) {
            let Some((MenuRow { letter, aside, outcome, .. }, label)) = self.rows.get(n).zip(labels.get(n))
            else {
                continue;
            };
            let runs = matches!(outcome, Some(Outcome::Run(_)));
            let aside_style = if runs { ctx.theme.key() } else { ctx.theme.quiet() };
            let letter = with_letters.then_some(letter.unwrap_or(' '));
            let line = Line { letter, label, aside, aside_style, ..Line::default() };
            let start = line.draw(row, buf, *ctx.theme, n == focus);
            cursor = if n == focus { start } else { cursor };
        }
        cursor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Go;
    use crate::overlay::sizes::{AWKWARD, cursor, draws_at_any_size};
    use crate::testing::World;

    fn standing() -> Menu {
        let rows = vec![
            MenuRow::new(Some('g'), "A guess", "? not checked", Outcome::Say("guess".into())),
            MenuRow::new(Some('a'), "They told us", "~ asked", Outcome::Say("asked".into())),
            MenuRow::new(None, "Go to the map", "", Outcome::Go(Go::Map)),
        ];
        Menu::new("What City Museum says is", rows)
    }

    fn long() -> Menu {
        let rows = (1..=20).map(|n| MenuRow::new(None, format!("Row {n}"), "", Outcome::Say(n.to_string())));
        Menu::new("Twenty", rows.collect())
    }

    fn closed_with(outcome: Outcome) -> String {
        match outcome {
            Outcome::Close(inner) => format!("{inner:?}"),
            other => format!("not closed: {other:?}"),
        }
    }

    #[test]
    fn it_shows_letters_words_and_the_focus() {
        let world = World::new();
        insta::assert_snapshot!(world.drawn(&standing(), 44, 4), @"
         What City Museum says is
         > g  A guess                 ? not checked
           a  They told us                  ~ asked
              Go to the map
        ");
        assert_eq!(cursor(&world, &standing(), 44, 4), Some(Position::new(6, 1)));
    }

    #[test]
    fn a_letter_chooses_at_once_and_others_are_not_its_business() {
        let world = World::new();
        let mut menu = standing();
        assert!(menu.letter('z', &world.ctx()).is_none());
        assert_eq!(closed_with(menu.letter('a', &world.ctx()).unwrap()), r#"Say("asked")"#);
        assert_eq!(closed_with(menu.letter('a', &world.ctx()).unwrap()), "Done", "taken once");
    }

    #[test]
    fn arrows_and_enter_choose_too_and_escape_chooses_nothing() {
        let world = World::new();
        let mut menu = standing();
        for name in ["menu.down", "menu.next", "menu.down", "menu.previous"] {
            menu.run(name, &world.ctx());
        }
        assert_eq!(closed_with(menu.run("menu.choose", &world.ctx())), r#"Say("asked")"#);
        assert_eq!(closed_with(standing().run("menu.close", &world.ctx())), "Done");
        assert!(matches!(standing().run("map.open", &world.ctx()), Outcome::Unused));
    }

    #[test]
    fn a_row_with_the_letter_j_is_chosen_by_it() {
        let world = World::new();
        let menu = Menu::new("", vec![MenuRow::new(Some('j'), "Jot", "", Outcome::Done)]);
        let names: Vec<_> = menu.rows(&world.ctx()).iter().map(|row| row.name).collect();
        assert!(!names.contains(&"menu.next") && names.contains(&"menu.previous"));
    }

    #[test]
    fn a_long_menu_scrolls_and_says_how_much_is_below() {
        let world = World::new();
        let mut menu = long();
        assert_eq!(menu.extent(&world.ctx()), Extent::Strip(11));
        insta::assert_snapshot!(world.drawn(&menu, 30, 4), @"
         Twenty         17 more below
         > Row 1
           Row 2
           Row 3
        ");
        menu.run("menu.page-down", &world.ctx());
        menu.run("menu.down", &world.ctx());
        assert!(world.drawn(&menu, 30, 4).contains("> Row 4"));
        menu.run("menu.last", &world.ctx());
        assert!(world.drawn(&menu, 30, 4).ends_with("> Row 20"));
        menu.run("menu.first", &world.ctx());
        assert!(world.drawn(&menu, 30, 4).contains("> Row 1\n"));
    }

    #[test]
    fn it_leaves_the_screen_room_and_begins_where_it_is_told() {
        let mut world = World::new();
        world.size = (40, 12);
        let menu = long().focused(12);
        assert_eq!(menu.extent(&world.ctx()), Extent::Strip(7));
        assert!(world.drawn(&menu, 40, 7).contains("> Row 13"));
        assert_eq!(world.drawn(&menu, 40, 1), " > Row 13");
    }

    #[test]
    fn it_draws_at_any_size() {
        let mut world = World::new();
        let awkward = || MenuRow::new(Some('日'), AWKWARD, AWKWARD, Outcome::Done);
        let menu = Menu::new(AWKWARD, vec![awkward(), awkward(), awkward()]).focused(1);
        draws_at_any_size(&mut world, &menu);
        draws_at_any_size(&mut world, &Menu::new("", Vec::new()));
    }
}
