//! All keys that do something here, searchable and runnable, grouped by where they belong. It reads them from the rows
//! of the commands and knows no command itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::palette::{goes, words};
use super::picker::{self, Aside, Item, Picker, Target};
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::keymap;
use crate::layer::Layer;
use crate::widget::field::Field;

/// What can be done in the help, apart from choosing.
pub const COMMANDS: &[Command<Help>] =
    &[command("help.close", &["f1"], "Close the help", Help::close).words("cancel back")];

/// The two states, said in words.
const TWO_STATES: &str = "MOVING: a key moves, opens or does something. TYPING: a key writes. Enter goes in, Esc \
                          comes out; neither loses anything: typing is saving.";

/// All keys that do something here.
#[derive(Debug)]
pub struct Help {
    picker: Picker,
}

impl Help {
    /// The help for the screen below the overlays.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        let picker = Picker::new("A key, or what it does", items(ctx));
        Self { picker: picker.preface(TWO_STATES) }
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(Outcome::Done))
    }
}

impl Layer for Help {
    fn scope(&self) -> &'static str {
        "help"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        vec!["All keys here".to_owned()]
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        self.picker.count()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let mut rows = rows_that_apply(picker::COMMANDS, &self.picker, ctx);
        rows.extend(rows_that_apply(COMMANDS, self, ctx));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx)
            .or_else(|| run_by_name(picker::COMMANDS, &mut self.picker, name, ctx))
            .unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.picker.field)
    }

    fn typed(&mut self, _: &Ctx<'_>) -> Outcome {
        self.picker.typed();
        Outcome::Done
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.picker.set_items(items(ctx));
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let nothing = "No key here does that. Take a letter or a word away, or try another word for it.";
        self.picker.draw(area, buf, ctx, nothing)
    }
}

/// Every row once: those of the screen first, then those that hold everywhere, each scope under its head.
fn items(ctx: &Ctx<'_>) -> Vec<Item> {
    let screen = ctx.rows.first().map_or("", Row::scope);
    let head = |row: &Row| match row.scope() {
        scope if scope == screen && scope != "global" => "THIS SCREEN",
        "typing" => "WHILE TYPING",
        _ if goes(row) => "GO TO",
        _ => "EVERYWHERE",
    };
    let item = |row: &Row| {
        let keys: Vec<String> = ctx.keymap.of(row.name).iter().map(|keys| keymap::shown(keys)).collect();
        Item {
            words: format!("{} {}", words(row), keys.join(" ")),
            aside: Aside::Key(keys.join("  ")),
            ..Item::new(head(row), row.help, Target::Run(row.name))
        }
    };
    ctx.rows.iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Keymap;
    use crate::overlay::sizes::draws_at_any_size;
    use crate::testing::World;

    const ROWS: &[Command<()>] = &[
        command("map.open", &["enter"], "Open the aspect in focus", |(), _| Outcome::Done),
        command("global.jot", &["J", "f2", "ctrl-j"], "Jot a line", |(), _| Outcome::Done).words("note"),
        command("global.go-map", &["g m"], "The cycle map", |(), _| Outcome::Done),
        command("map.next", &["right", "l"], "Go to the next aspect", |(), _| Outcome::Done),
    ];

    fn world() -> World {
        let mut world = World::new();
        world.rows = ROWS.iter().map(Command::row).collect();
        world.keymap = Keymap::new(&world.rows);
        world
    }

    fn chosen(typed: &str) -> String {
        let world = world();
        let mut help = Help::new(&world.ctx());
        help.field().unwrap().paste(typed).unwrap();
        help.typed(&world.ctx());
        format!("{:?}", help.run("picker.choose", &world.ctx()))
    }

    #[test]
    fn it_says_the_two_states_and_every_key() {
        let world = world();
        insta::assert_snapshot!(world.drawn(&Help::new(&world.ctx()), 60, 16), @"
            A key, or what it does

            MOVING: a key moves, opens or does something. TYPING: a
            key writes. Enter goes in, Esc comes out; neither loses
            anything: typing is saving.

            THIS SCREEN
            > Open the aspect in focus                           Enter
              Go to the next aspect                           Right  l
            EVERYWHERE
              Jot a line                                 J  F2  Ctrl-J
            GO TO
              The cycle map                                        g m
            ");
    }

    #[test]
    fn keys_and_words_find_a_row_and_enter_runs_it() {
        for typed in ["jot", "note", "f2", "ctrl-j"] {
            assert_eq!(chosen(typed), r#"Close(Run("global.jot"))"#, "{typed}");
        }
        assert_eq!(chosen("go map"), r#"Close(Run("global.go_map"))"#);
        assert_eq!(chosen("g m"), r#"Close(Run("global.go_map"))"#);
    }

    #[test]
    fn where_there_is_little_room_the_keys_come_before_the_sentences() {
        let world = world();
        let drawn = world.drawn(&Help::new(&world.ctx()), 40, 7);
        assert!(!drawn.contains("MOVING") && drawn.contains("> Open the aspect in focus"), "{drawn}");
    }

    #[test]
    fn it_closes_and_draws_at_any_size() {
        let mut world = world();
        let mut help = Help::new(&world.ctx());
        assert_eq!(format!("{:?}", help.run("help.close", &world.ctx())), "Close(Done)");
        assert_eq!(format!("{:?}", help.run("picker.close", &world.ctx())), "Close(Done)");
        draws_at_any_size(&mut world, &help);
    }
}
